"""Questions that a library can answer, made of what it holds: a visitor's first ones."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from answer.say import OWN_LEVELS, name_of
from api.library import Library
from corpus.errors import TongjianError
from corpus.model import Fact
from extract.measures import dimension

_MOST = 4


def examples(library: Library) -> list[str]:
    """At most four questions, each tried and answered."""
    found: list[str] = []
    for question in _made(library):
        if question not in found and _answered(library, question):
            found.append(question)
        if len(found) == _MOST:
            break
    return found


def _made(library: Library) -> Iterator[str]:
    shared = _shared(library)
    if shared:
        yield _how_many(shared[0])
    if methods := _methods(library):
        yield f"什么是“{methods[0]}”？"
    for theme in _themes(library)[:1]:
        yield f"各地在{theme}方面有哪些做法？"
    for facts in shared[1:2]:
        first, second = sorted({name_of(f.place) for f in facts})[:2]
        yield f"{first}和{second}的{facts[0].object}，哪里更多？"
    if shared:
        yield f"哪里的{shared[0][0].object}最多？"
    for facts in shared[1:4]:
        yield _how_many(facts)


def _shared(library: Library) -> list[list[Fact]]:
    """Facts of an indicator that several places report of themselves, the most widely reported first."""
    by_indicator: dict[str, dict[str, Fact]] = defaultdict(dict)
    for fact in library.catalogue.facts(statuses=["done"]):
        own = fact.subject_level in OWN_LEVELS and fact.place is not None and fact.stands
        if own and fact.place and fact.object and dimension(fact.quantity.unit) != "ratio":
            by_indicator[fact.indicator].setdefault(fact.place.adcode, fact)
    groups = [list(facts.values()) for facts in by_indicator.values() if len(facts) > 1]
    return sorted(groups, key=lambda facts: (-len(facts), facts[0].indicator))


def _how_many(facts: list[Fact]) -> str:
    """Asked in the words that most of the places use."""
    said = Counter((f.action, f.quantity.unit or "", f.object) for f in facts)
    action, unit, thing = said.most_common(1)[0][0]
    return f"各地{action}了多少{unit}{thing}？" if action else f"各地有多少{unit}{thing}？"


def _methods(library: Library) -> list[str]:
    listed = library.practices()
    named = [p for p in listed if p.kind == "named_method" and p.members]
    return [p.practice for p in sorted(named, key=lambda p: -len(p.members))]


def _themes(library: Library) -> list[str]:
    places: dict[str, set[str]] = defaultdict(set)
    for practice in library.practices():
        for theme in practice.themes:
            if practice.place is not None and theme != "其他":
                places[theme].add(practice.place.adcode)
    return sorted((t for t, p in places.items() if len(p) > 1), key=lambda t: (-len(places[t]), t))


def _answered(library: Library, question: str) -> bool:
    try:
        return not library.ask(question, llm="none").refused
    except TongjianError:
        return False
