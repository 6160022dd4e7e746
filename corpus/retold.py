"""The same practice told by several articles: under one name, of one place or of a place and the one above it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from corpus.model import Practice
from corpus.script import simplified

_SET_OFF = re.compile(r"[\s“”‘’「」『』《》\"'·—-]+")


def retold(practices: Sequence[Practice]) -> dict[str, tuple[str, ...]]:
    """Of each practice that other articles tell too, those others' ids.

    A name that two places of different counties use is two practices: nothing says that one is the other's.
    """
    by_name: defaultdict[str, list[Practice]] = defaultdict(list)
    for practice in practices:
        if practice.kind != "unnamed" and practice.place is not None:
            by_name[_folded(practice.practice)].append(practice)
    found = {}
    for alike in by_name.values():
        for one in alike:
            others = (p.id for p in alike if p.article != one.article and _one_place(p, one))
            if ids := tuple(others):
                found[one.id] = ids
    return found


def _folded(name: str) -> str:
    """The name without quotation marks, spaces and dashes, in simplified characters."""
    return simplified(_SET_OFF.sub("", name))


def _one_place(a: Practice, b: Practice) -> bool:
    """Whether both are of one division, or the division of one lies right below that of the other."""
    if a.place is None or b.place is None:
        return False
    shorter, longer = sorted((a.place.path, b.place.path), key=len)
    return longer[: len(shorter)] == shorter and len(longer) - len(shorter) < 2
