"""Questions that a library can answer, made of what it holds: a visitor's first ones."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from answer.say import OWN_LEVELS, name_of
from api.library import Library
from corpus.catalogue import Scope
from corpus.desk import Desk
from corpus.errors import TongjianError
from corpus.model import Fact
from extract.measures import dimension

_MOST = 4
_TRIED = 8
"""Indicators that are looked at."""
_PLAIN = re.compile("[^“”]{2,12}")
"""Names that are asked for; longer ones are descriptions."""
_NAMES = 20
_MANY = 100
"""Places beyond which a question keeps to a province."""


def examples(library: Library) -> list[str]:
    """At most four questions that are answered; those for figures are tried, which costs little."""
    found: list[str] = []
    for question, sure in _made(library):
        if question not in found and (sure or _answered(library, question)):
            found.append(question)
        if len(found) == _MOST:
            break
    return found


def _made(library: Library) -> Iterator[tuple[str, bool]]:
    """Questions, each with whether what it is made of answers it: a name of a practice, a theme of several places."""
    desk = Desk(library.catalogue.engine)
    within = _where(library)
    where = name_of(library.gazetteer.place(within)) + "各地" if within else "各地"
    shared = [facts for facts in (_of_places(library, i, within) for i in desk.shared_indicators(_TRIED)) if facts]
    if shared:
        yield _how_many(where, shared[0]), False
    methods = filter(_PLAIN.fullmatch, desk.practices_of_kind("named_method", _NAMES))
    for name in islice(methods, 1):
        yield f"什么是“{name}”？", True
    for theme in desk.shared_themes(1):
        yield f"{where}在{theme}方面有哪些做法？", True
    for facts in shared[1:2]:
        first, second = sorted({name_of(f.place) for f in facts})[:2]
        yield f"{first}和{second}的{facts[0].object}，哪里更多？", False
    if shared:
        yield f"{where}哪里的{shared[0][0].object}最多？" if within else f"哪里的{shared[0][0].object}最多？", False
    for facts in shared[1:4]:
        yield _how_many(where, facts), False


def _where(library: Library) -> str | None:
    """The province of the most places in a library of many, so that a first answer comes soon; None in a small one."""
    places = library.catalogue.places()
    if len(places) <= _MANY:
        return None
    province, _ = Counter(code[:2] for code in places).most_common(1)[0]
    return f"{province}0000"


def _of_places(library: Library, indicator: str, within: str | None) -> list[Fact]:
    """A figure of each place that reports an indicator of itself, where two places or more do."""
    found: dict[str, Fact] = {}
    scope = Scope((within,) if within else ())
    for fact in library.catalogue.facts(scope, indicators=[indicator], statuses=["done"]):
        own = fact.subject_level in OWN_LEVELS and fact.place is not None and fact.stands
        if own and fact.place and fact.object and dimension(fact.quantity.unit) != "ratio":
            found.setdefault(fact.place.adcode, fact)
    return list(found.values()) if len(found) > 1 else []


def _how_many(where: str, facts: list[Fact]) -> str:
    """Asked in the words that most of the places use."""
    said = Counter((f.action, f.quantity.unit or "", f.object) for f in facts)
    action, unit, thing = said.most_common(1)[0][0]
    return f"{where}{action}了多少{unit}{thing}？" if action else f"{where}有多少{unit}{thing}？"


def _answered(library: Library, question: str) -> bool:
    try:
        return not library.ask(question, llm="none").refused
    except TongjianError:
        return False
