"""对比表: places × indicators in administrative order, of the places' own figures alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.model import Article, Fact, Place
from extract.workbook.content import in_table_unit, is_level, is_named, measure, own_level, plain

_MOST = 60
"""Columns of one table: more cannot be read."""
RESULTS = ("done", "ongoing")
"""Statuses of what is there: plans, capacity and background are not."""


@dataclass(frozen=True, slots=True)
class Head:
    """A column: indicator and the unit all its values are in."""

    indicator: str
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A cell: the fact shown, its value in the column's unit, and other figures of the same place and indicator."""

    fact: Fact
    value: Decimal
    others: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """``rows`` in code order, a missing figure being None; ``points`` are of bodies below the places.

    ``alone`` counts the indicators left out because one place only has a figure, ``more`` those beyond the limit.
    """

    heads: tuple[Head, ...]
    rows: tuple[tuple[Place, tuple[Compared | None, ...]], ...]
    points: tuple[Fact, ...]
    alone: int
    more: int


def compare(
    facts: Sequence[Fact],
    articles: Mapping[str, Article],
    statuses: Sequence[str] = RESULTS,
    asked: Sequence[Place] = (),
) -> Comparison:
    """Compare the places' own figures; plans and background are no results and stay out unless asked for.

    Places ``asked`` for have a row even without a figure.
    """
    usable = [f for f in facts if is_level(f) and is_named(f) and f.status in statuses]
    cells: dict[tuple[str, str], dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact in usable:
        if own_level(fact) and fact.place is not None:
            cells[_key(fact)][fact.place.adcode].append(fact)
    several = [key for key, by_place in cells.items() if len(by_place) > 1]
    kept = several or list(cells)
    kept.sort(key=lambda key: (-len(cells[key]), key[0].startswith("open."), key))
    chosen = kept[:_MOST]
    heads = tuple(_head(key, [f for group in cells[key].values() for f in group]) for key in chosen)
    places = {place.adcode: place for place in asked}
    places |= {f.place.adcode: f.place for key in chosen for group in cells[key].values() for f in group if f.place}
    rows = tuple(
        (place, tuple(_cell(cells[key].get(code, ()), head, articles) for key, head in zip(chosen, heads, strict=True)))
        for code, place in sorted(places.items())
    )
    points = tuple(f for f in usable if _below(f) and _key(f) in chosen)
    return Comparison(heads, rows, points, len(cells) - len(several) if several else 0, len(kept) - len(chosen))


def _key(fact: Fact) -> tuple[str, str]:
    return fact.indicator, measure(fact.quantity.unit)


def _below(fact: Fact) -> bool:
    return fact.subject_level in ("township", "community", "organisation")


def _head(key: tuple[str, str], facts: Sequence[Fact]) -> Head:
    """The unit most of the values are written in; money all in 万元 where the largest is that large."""
    largest = max(facts, key=lambda f: f.quantity.value).quantity
    unit = in_table_unit(largest.value, largest.unit)[1]
    if unit != "万元":
        unit = Counter(f.quantity.unit or "" for f in facts).most_common(1)[0][0]
    return Head(key[0], facts[0].indicator_name, unit)


def _cell(facts: Sequence[Fact], head: Head, articles: Mapping[str, Article]) -> Compared | None:
    if not facts:
        return None
    best = max(facts, key=lambda f: standing(f, articles[f.article]))
    said = figure(best)
    others = {figure(f): f for f in facts if figure(f) != said}
    return Compared(best, in_unit(best.quantity.value, head), tuple(others.values()))


def standing(fact: Fact, article: Article) -> tuple[bool, str, str, int]:
    """A whole before its parts, the latest period, the latest publication, the first mention."""
    part = any(r.type == "part_of" for r in fact.relations)
    return (
        not part,
        fact.period.end or article.published_on or "",
        article.published_on or "",
        -fact.quantity.span.start,
    )


def figure(fact: Fact) -> tuple[Decimal, Decimal | None, str]:
    """What two facts must share to say the same."""
    return fact.quantity.value, fact.quantity.value_high, fact.quantity.bound


def in_unit(value: Decimal, head: Head) -> Decimal:
    """A value in a column's unit.

    >>> in_unit(Decimal("385500"), Head("money.invested", "投入金额", "万元"))
    Decimal('38.55')
    """
    if head.unit != "万元":
        return value
    return Decimal(plain((value / 10_000).normalize()))
