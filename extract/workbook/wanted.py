"""What a head of a form asks for, and the words and units it says it with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from extract.actions import is_action
from extract.heads import is_unit
from extract.lists import words
from extract.quantities import scan
from extract.tokens import tokens

PERSON = re.compile(r"(?:[员者人士工生童妇年]|党员|骑手|小哥|干部|群众|居民|老人|儿童|人才|专家|书记|师)$")
"""A name of persons."""
FIELDS = words("fields_of_work")
"""Words that name a field of work, and no thing that is counted."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one head asks for. ``objects`` are the ways to name it; ``unit`` is as the form writes it.

    ``counted``: the words themselves say that something is counted. ``whole`` is what a part (其中) is part of, and
    ``part`` which. ``above`` are the heads over it that only group: a figure's surroundings must say what they name.
    ``refused`` says why no figure may be put there.
    """

    objects: tuple[str, ...] = ()
    action: str = ""
    unit: str | None = None
    counted: bool = False
    category: bool = False
    part: str = ""
    whole: Wanted | None = None
    above: tuple[str, ...] = ()
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """A unit as a form writes it: ``unit`` in its normal form, of which it is ``factor``."""

    factor: Decimal
    unit: str


@lru_cache(1024)
def scale(unit: str) -> Scale | None:
    """What a written unit is.

    >>> scale("万元"), scale("累计")
    (Scale(factor=Decimal('10000'), unit='元'), None)
    """
    if not is_unit(unit):
        return None
    (found,) = scan(f"1{unit}")
    return Scale(found.value, found.unit or "")


def telling(head: str) -> list[str]:
    """The words of a head that name things, and not merely a field of work.

    >>> telling("阵地"), telling("社会组织管理"), telling("党的建设")
    ([], ['社会组织'], [])
    """
    found = [w.word for w in tokens(head)]
    return [word for word in found if len(word) > 1 and word not in FIELDS and not is_action(word)]
