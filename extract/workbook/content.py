"""What a workbook is made of, and the small readings of a fact that its sheets share."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from corpus.indicators import Indicator
from corpus.labels import ADDITION, BOUND_NOTE, CORRECTED, FLAG, RELATION, marking
from corpus.model import Article, Fact, Place, Practice, Span
from extract.measures import dimension

if TYPE_CHECKING:
    from corpus.reading import Holding

_MARKS = {
    "approx_above": ("余", "多", "几", "来"), "approx": ("左右", "上下", "大约", "大概", "约", "数", "几"),
    "less_than": ("不足", "不到", "不满", "不超过", "以内", "以下", "接近", "将近", "近"),
    "at_least": ("不少于", "不低于", "至少", "及以上", "以上"), "more_than": ("超过", "突破", "高于", "逾", "超"),
}  # fmt: skip
"""Words in which a bound is written, longest first."""


class Facts(Protocol):
    """Facts that may be gone through several times, in the order of their articles and of the text."""

    def __iter__(self) -> Iterator[Fact]: ...

    def __len__(self) -> int: ...


MADE_AT = "生成时间"
"""The item of the sheet 说明 that tells when a workbook was made."""


@dataclass(frozen=True)
class Content:
    """Facts and practices chosen for an export, with their articles by id (bodies only where a practice needs them).

    ``filters`` are said on the first sheet as given, head → value; ``asked`` are the places of a list, which have a row
    of their own whether anything is told of them or not; ``status`` is the one asked for, if one was;
    ``made_at`` is local time.
    """

    facts: Facts
    practices: Sequence[Practice]
    articles: Mapping[str, Article]
    indicators: Mapping[str, Indicator]
    filters: Mapping[str, str] = field(default_factory=dict)
    asked: Sequence[tuple[Place, Holding]] = ()
    status: str | None = None
    made_at: str = ""
    version: str = ""
    rules: str = ""

    @cached_property
    def unmentioned(self) -> frozenset[str]:
        """The places of the list asked for of which the library has nothing."""
        return frozenset(place.adcode for place, held in self.asked if not held.mentioned)

    @cached_property
    def survey(self) -> Survey:
        """What going through the facts once tells of all of them."""
        return Survey.of(self)

    @property
    def marking(self) -> str:
        """What the export is marked with (内部资料), from the articles used."""
        return self.survey.marking

    def numbered(self) -> Iterator[tuple[Fact, int, bool]]:
        """Each fact with the number, from 1, of the sentence it stands in, and whether that is the first of it."""
        article, numbers, last = "", dict[Span, int](), 0
        for fact in self.facts:
            if fact.article != article:
                article, numbers = fact.article, {}
            first = fact.sentence not in numbers
            last += first
            yield fact, numbers.setdefault(fact.sentence, last), first


@dataclass
class Survey:
    """Counts over the facts and practices of an export; ``names`` and ``units`` of indicators by id."""

    articles: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    names: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    places_of: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    marking: str = ""

    @staticmethod
    def of(content: Content) -> Survey:
        """Go through the facts once."""
        made, flags = Survey(), set[str]()
        for fact in content.facts:
            made._article(content, fact.article, flags)
            code = fact.indicator
            made.counts[code] += 1
            made.names[code], made.units[code] = fact.indicator_name, fact.quantity.unit or ""
            if fact.place:
                made.places.add(fact.place.adcode)
                made.places_of[code].add(fact.place.adcode)
        for practice in content.practices:
            made._article(content, practice.article, flags)
        made.marking = marking(flags)
        return made

    def _article(self, content: Content, article: str, flags: set[str]) -> None:
        if article not in self.articles:
            self.articles.add(article)
            self.documents.add(content.articles[article].document)
            flags.update(content.articles[article].flags)


def divisions(place: Place | None) -> tuple[str, str, str]:
    """Province, prefecture and county of a place, "" where it has none.

    >>> divisions(Place("429004", "仙桃市", ("湖北省", "仙桃市"), "county"))
    ('湖北省', '', '仙桃市')
    """
    if place is None:
        return "", "", ""
    path = place.path
    county = path[-1] if place.level == "county" else ""
    between = path[1 : len(path) - (place.level == "county")] if len(path) > 1 else ()
    return path[0], between[0] if between else "", county


def plain(value: Decimal | None) -> str:
    """A decimal as written: no exponent, no thousands commas, "" for none."""
    return "" if value is None else format(value, "f")


def in_table_unit(value: Decimal, unit: str | None) -> tuple[Decimal, str]:
    """A value in the unit official tables use: money from ten thousand 元 on in 万元, all else as it is.

    >>> in_table_unit(Decimal("240000000"), "元"), in_table_unit(Decimal("385500"), "元")
    ((Decimal('24000'), '万元'), (Decimal('38.55'), '万元'))
    """
    if unit == "元" and value >= 10_000:
        return whole(value / 10_000), "万元"
    return value, unit or ""


_ADDING = re.compile("(?:新(?!型)|净?增)(?!.*[至到]$)")
"""Actions that add to what there is."""
_AGAIN = re.compile("又[一-鿿]{1,2}$")
"""Words before a figure that add to what there was: 又有3个."""


def whole(value: Decimal) -> Decimal:
    """The same number without zeros after the point or an exponent."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def shown(fact: Fact) -> str:
    """The value with its unit as a table shows it; 余, 近 and the like go to the note."""
    q = fact.quantity
    value, unit = in_table_unit(q.value, q.unit)
    if q.value_high is None:
        return plain(value) + unit
    scale = q.value / value if value else Decimal(1)
    return f"{plain(value)}—{plain(whole(q.value_high / scale))}{unit}"


def remarks(fact: Fact) -> str:
    """What a reader of the value must know: its bound, an assumed or missing period, its ties, corrections."""
    notes = [_bound_note(fact)]
    if fact.period.basis == "published":
        notes.append("时间按发布日期推定")
    notes += ties_of(fact)
    notes += [FLAG[flag] for flag in fact.flags if flag == "no_period"]
    notes += [CORRECTED for flag in fact.flags if flag == "corrected"]
    return "；".join(filter(None, notes))


def ties_of(fact: Fact) -> list[str]:
    """What keeps a figure from being a whole of its own: a part, a change, its base, an addition."""
    told = [RELATION[r.type] for r in fact.relations if r.type in ("part_of", "baseline_of", "change_of")]
    return told or ([ADDITION] if is_addition(fact) else [])


def is_addition(fact: Fact) -> bool:
    """Whether a figure adds to what there is: 新增5个, 新组建12支, 又建3个; not 增至."""
    return _ADDING.match(fact.action) is not None or _AGAIN.search(fact.left) is not None


def _bound_note(fact: Fact) -> str:
    bound = fact.quantity.bound
    if bound == "exact":
        return ""
    at, text = fact.quantity.span.start - fact.sentence.start, fact.sentence_text
    around = text[max(0, at - 3) : at] + fact.quantity.surface + text[at + len(fact.quantity.surface) :][:2]
    mark = next((m for m in _MARKS.get(bound, ()) if m in fact.quantity.surface), None)
    mark = mark or next((m for m in _MARKS.get(bound, ()) if m in around), None)
    return f"{BOUND_NOTE[bound]}，{mark}" if mark else BOUND_NOTE[bound]


def own_level(fact: Fact) -> bool:
    """Whether the figure is the place's own: not of a body below it nor of the nation."""
    return fact.place is not None and fact.place.detail is None and fact.subject_level == fact.place.level


def is_level(fact: Fact) -> bool:
    """Whether the figure says how much there is, not by how much it changed, and is no copy of another."""
    return fact.stands and not fact.tied("change_of", "baseline_of")


def is_named(fact: Fact) -> bool:
    """Whether the fact says what it counts well enough to be put beside another place's.

    An open indicator without an action does so by a noun longer than 人员, 资金 or 社区; a measure word never.
    """
    if not fact.indicator.startswith("open."):
        return True
    if dimension(fact.object) != dimension(None):
        return False
    return len(fact.object) > 3 or not fact.indicator.startswith("open.other.")


def measure(unit: str | None) -> str:
    """What may stand in one column.

    Persons are one measure (名, 人, 位), things and bodies another (个, 家), 场 and 场次 the same, all else only with
    its own unit.

    >>> measure("名") == measure("人"), measure("家") == measure("个"), measure("亩") == measure("平方米")
    (True, True, False)
    """
    kind = dimension(unit)
    if kind == "person":
        return "人"
    if kind in ("thing", "body"):
        return "个"
    written = unit or ""
    return written.removesuffix("次") or written if kind == "event" else written
