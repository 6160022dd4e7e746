"""The cells of a form → the figures that fill them, or why they stay empty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.labels import FLAG, RELATION, STATUS
from corpus.model import Fact, Period
from extract.workbook.comparison import figure, standing
from extract.workbook.content import remarks, shown, whole
from extract.workbook.fitting import FAR, Reading, fits, fits_choice, needs_unit
from extract.workbook.likeness import likeness
from extract.workbook.mapping import Entry, Slot
from extract.workbook.timing import Match, match_period
from extract.workbook.wanted import scale

NOT_SAID, NO_INDICATOR, NO_PLACE, WRONG_TIME, TOTAL, BY_CHOICE = (
    "未提及", "指标未能对应", "地方未能对应", "时间不符", "合计未填", "不填",
)  # fmt: skip
_ORDER: Mapping[Match, int] = {"same": 2, "within": 1, "undated": 0}
_SAID_ELSEWHERE = (FLAG["no_period"], RELATION["part_of"])
_MOST_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Filled:
    """A cell with the figure chosen, its value in the form's unit, and what a reader must know.

    ``doubtful``: the sources differ, or the thing or the period is not told as the form has it.
    """

    slot: Slot
    fact: Fact
    value: Decimal
    notes: tuple[str, ...]
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Unfilled:
    """A cell left empty: the reason, and what of it a person may use."""

    slot: Slot
    reason: str
    detail: str = ""


def fill(slots: Sequence[Slot], reading: Reading) -> Iterator[Filled | Unfilled]:
    """Every slot filled or not, in order."""
    by_place: dict[str, list[Fact]] = defaultdict(list)
    for fact in reading.usable:
        if fact.place is not None:
            by_place[fact.place.adcode].append(fact)
    for slot in slots:
        yield _filled(slot, by_place, reading)


def _filled(slot: Slot, by_place: Mapping[str, Sequence[Fact]], reading: Reading) -> Filled | Unfilled:
    if slot.total:
        return Unfilled(slot, TOTAL, "合计不自动相加，请填写或设公式")
    what, where = slot.what, slot.where
    if (what and what.by_hand and not what.indicators) or (where and where.by_hand and where.place is None):
        return Unfilled(slot, BY_CHOICE, "人工指定不填")
    if what is None or not what.indicators or what.wanted is None:
        return Unfilled(slot, NO_INDICATOR, what.note if what else "表头没有写明指标")
    if where is None or where.place is None:
        return Unfilled(slot, NO_PLACE, where.note if where else "不能确定是哪个地方")
    own = by_place.get(where.place.adcode, ())
    facts = [(f, degree) for f in own if (degree := _degree(what, f, reading, slot.context))]
    if not facts:
        return Unfilled(slot, NOT_SAID, what.note if what.by_hand and what.note else _alike(what, own))
    period = slot.when.period if slot.when and not slot.when.any_time else what.period
    if slot.when and slot.when.any_time or what.any_time:
        period = None
    return _chosen(slot, what, facts, period, reading)


def _degree(what: Entry, fact: Fact, reading: Reading, context: str) -> int:
    """How well a figure is what an entry asks for; 0 where it is not."""
    if what.wanted is None:
        return 0
    if what.by_hand:
        return fits_choice(what.indicators, what.wanted, fact, reading, context)
    return fits(what.wanted, fact, reading, context)


@dataclass(frozen=True, slots=True)
class _Offer:
    """A figure for a cell: how well it is what is asked for, and how its period lies to the cell's."""

    fact: Fact
    degree: int
    match: Match

    @property
    def rank(self) -> tuple[bool, int]:
        """What is surely asked for stands before what may be, then the better period."""
        return self.degree > FAR, _ORDER[self.match]


def _chosen(
    slot: Slot, what: Entry, facts: Sequence[tuple[Fact, int]], period: Period | None, reading: Reading
) -> Filled | Unfilled:
    found = [(f, degree, _match(period, f, what, reading)) for f, degree in facts]
    offers = [_Offer(f, degree, match) for f, degree, match in found if match != "other"]
    if not offers:
        listed = "；".join(_told(f) for f, _ in facts[:3])
        unclear = "起止时间不明，请写明年份；" if period is not None and period.end is None else ""
        return Unfilled(slot, WRONG_TIME, f"{unclear}资料中有：{listed}")
    chosen = max(offers, key=lambda o: (*o.rank, *standing(o.fact, reading.articles[o.fact.article])))
    best = chosen.fact
    value, why = _value(best, what)
    if value is None:
        return Unfilled(slot, NOT_SAID, f"{why}：{_told(best)}")
    rivals = [o.fact for o in offers if o.rank == chosen.rank and figure(o.fact) != figure(best)]
    others = list({figure(f): f for f in rivals if not _is_part(f, best)}.values())
    said = [note for note in remarks(best).split("；") if note not in _SAID_ELSEWHERE]
    notes = [*said, _of_thing(chosen, what), _of_time(chosen.match, best, period)]
    notes += [f"另有不同数值：{_told(f)}" for f in others]
    notes += [f"状态：{STATUS[best.status]}"] if best.status != "done" else []
    doubtful = bool(others) or chosen.match != "same" or chosen.degree == FAR
    return Filled(slot, best, value, tuple(filter(None, notes)), doubtful)


def _is_part(fact: Fact, whole: Fact) -> bool:
    return any(r.type == "part_of" and r.fact == whole.id for r in fact.relations)


def _of_thing(offer: _Offer, what: Entry) -> str:
    if offer.degree > FAR:
        return ""
    if what.wanted and what.wanted.refused:
        return "表头是计划、目标或增减，原文不是，请核对"
    return f"原文说的是“{offer.fact.action}{offer.fact.object}”，与表中是否同一口径请核对"


def _match(period: Period | None, fact: Fact, what: Entry, reading: Reading) -> Match:
    known = reading.indicators.get(fact.indicator)
    stock = known.stat_type in ("stock", "state") if known else not (what.wanted and what.wanted.action)
    return match_period(period, fact, reading.articles[fact.article], stock=stock)


def _of_time(match: Match, fact: Fact, period: Period | None) -> str:
    if match == "undated":
        return "原文时间未写明，请核对"
    if match == "within" and period is not None:
        return f"原文时间为“{fact.period.text}”（至{fact.period.end}），表中时间为“{period.text}”，请核对"
    return ""


def _value(fact: Fact, what: Entry) -> tuple[Decimal | None, str]:
    """The figure in the form's unit, or why none can be written."""
    quantity = fact.quantity
    if quantity.value_high is not None or any(c in quantity.surface for c in "数几"):
        return None, "原文为区间或概数"
    if what.unit is None:
        return (None, "表中没有写明单位") if needs_unit(fact) else (whole(quantity.value), "")
    asked = scale(what.unit)
    if asked is None:
        return None, "单位不明"
    value = whole(quantity.value / asked.factor)
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > _MOST_DECIMALS:
        return None, f"换算成{what.unit}后位数过多"
    return value, ""


def _alike(what: Entry, facts: Sequence[Fact]) -> str:
    """Figures of the place that sound alike: for a person to judge, never filled."""
    alike = [(likeness(what.wanted.objects, f.object) if what.wanted else 0, f) for f in facts]
    found = [f for n, f in sorted(alike, key=lambda each: -each[0]) if n > 1 or f.indicator in what.indicators]
    return "相近而口径不同、未填：" + "；".join(_told(f) for f in found[:3]) if found else ""


def _told(fact: Fact) -> str:
    when = f"，{fact.period.text}" if fact.period.text else ""
    return f"{fact.action}{fact.object}{shown(fact)}（{fact.name}{when}）"
