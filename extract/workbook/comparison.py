"""对比表: places × indicators in administrative order, of the places' own figures alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from corpus.model import Article, Fact, Place
from extract.workbook.content import Facts, in_table_unit, is_level, is_named, measure, own_level, plain

_MOST = 60
"""Columns of one table: more cannot be read."""
_MOST_POINTS = 20_000
"""Figures of bodies below the places listed under it."""
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
    """A cell: the fact shown, its value in the column's unit, and other figures of the same place and indicator.

    ``dated`` are all its figures whose period has an end, in order of it: one for each date and value.
    """

    fact: Fact
    value: Decimal
    others: tuple[Fact, ...]
    dated: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """``rows`` in code order, a missing figure being None; ``points`` are of bodies below the places, in code order.

    ``alone`` counts the indicators left out because one place only has a figure, ``more`` those beyond the limit,
    ``untold`` the points beyond theirs.
    """

    heads: tuple[Head, ...]
    rows: tuple[tuple[Place, tuple[Compared | None, ...]], ...]
    points: tuple[Fact, ...]
    alone: int
    more: int
    untold: int = 0

    @property
    def facts(self) -> list[Fact]:
        """The places' own figures in it, those only noted included."""
        cells = [cell for _, row in self.rows for cell in row if cell is not None]
        return [fact for cell in cells for fact in (cell.fact, *cell.others)]


@dataclass
class _Column:
    """What is known of a column before its cells: the places with a figure, the units, the largest figure."""

    name: str
    places: set[str] = field(default_factory=set)
    units: Counter[str] = field(default_factory=Counter)
    largest: tuple[Decimal, str | None] = (Decimal("-Infinity"), None)

    def add(self, fact: Fact, adcode: str) -> None:
        """Count a figure of a place."""
        q = fact.quantity
        self.places.add(adcode)
        self.units[q.unit or ""] += 1
        self.largest = max(self.largest, (q.value, q.unit), key=lambda each: each[0])

    def head(self, indicator: str) -> Head:
        """The unit most of the values are written in; money all in 万元 where the largest is that large."""
        unit = in_table_unit(*self.largest)[1]
        return Head(indicator, self.name, unit if unit == "万元" else self.units.most_common(1)[0][0])


def compare(
    facts: Facts,
    articles: Mapping[str, Article],
    statuses: Sequence[str] = RESULTS,
    asked: Sequence[Place] = (),
    *,
    alone: bool = False,
) -> Comparison:
    """Compare the places' own figures; plans and background are no results and stay out unless asked for.

    Places ``asked`` for have a row even without a figure; ``alone`` keeps indicators of which one place only has a
    figure. The facts are gone through twice: for the columns, for the cells.
    """
    columns: dict[tuple[str, str], _Column] = {}
    for fact in facts:
        if fact.place is not None and own_level(fact) and _is_usable(fact, statuses):
            column = columns.setdefault(_key(fact), _Column(fact.indicator_name))
            column.add(fact, fact.place.adcode)
    several = [key for key, column in columns.items() if alone or len(column.places) > 1]
    kept = several or list(columns)
    kept.sort(key=lambda key: (-len(columns[key].places), key[0].startswith("open."), key))
    chosen = {key: columns[key].head(key[0]) for key in kept[:_MOST]}
    cells: dict[str, dict[tuple[str, str], _Cell]] = {place.adcode: {} for place in asked}
    places = {place.adcode: place for place in asked}
    points: list[Fact] = []
    below = 0
    for fact in facts:
        key = _key(fact)
        if key not in chosen or fact.place is None or not _is_usable(fact, statuses):
            continue
        if own_level(fact):
            places.setdefault(fact.place.adcode, fact.place)
            cells.setdefault(fact.place.adcode, {}).setdefault(key, _Cell()).add(fact, articles[fact.article])
        elif _below(fact):
            below += 1
            points += [fact] if below <= _MOST_POINTS else []
    rows = tuple(
        (places[code], tuple(cell.told(head) if (cell := row.get(key)) else None for key, head in chosen.items()))
        for code, row in sorted(cells.items())
    )
    points.sort(key=lambda f: f.place.adcode if f.place else "")
    left_out = len(columns) - len(several) if several else 0
    heads = tuple(chosen.values())
    return Comparison(heads, rows, tuple(points), left_out, len(kept) - len(chosen), below - len(points))


class _Cell:
    """The best figure of a place so far, and the others that say otherwise."""

    def __init__(self) -> None:
        self._best: tuple[tuple[bool, str, str, int], Fact] | None = None
        self._figures: dict[tuple[Decimal, Decimal | None, str], Fact] = {}
        self._dated: dict[tuple[str, tuple[Decimal, Decimal | None, str]], Fact] = {}

    def add(self, fact: Fact, article: Article) -> None:
        """Take a figure in."""
        rank = standing(fact, article)
        if self._best is None or rank > self._best[0]:
            self._best = rank, fact
        self._figures[figure(fact)] = fact
        if fact.period.end:
            self._dated[fact.period.end, figure(fact)] = fact

    def told(self, head: Head) -> Compared:
        """The cell in its column's unit."""
        assert self._best is not None
        best = self._best[1]
        others = tuple(f for said, f in self._figures.items() if said != figure(best))
        dated = tuple(self._dated[at] for at in sorted(self._dated, key=lambda each: each[:1]))
        return Compared(best, in_unit(best.quantity.value, head), others, dated)


def _is_usable(fact: Fact, statuses: Sequence[str]) -> bool:
    return fact.status in statuses and is_level(fact) and is_named(fact)


def _key(fact: Fact) -> tuple[str, str]:
    return fact.indicator, measure(fact.quantity.unit)


def _below(fact: Fact) -> bool:
    return fact.subject_level in ("township", "community", "organisation")


def standing(fact: Fact, article: Article) -> tuple[bool, str, str, int]:
    """A whole before its parts, the latest period, the latest publication, the first mention."""
    part = fact.tied("part_of")
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
