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
from extract.workbook.fitting import Reading, fits, likeness, needs_unit, right_unit, same_action
from extract.workbook.mapping import Entry, Slot
from extract.workbook.timing import Match, match_period
from extract.workbook.wording import scale

NOT_SAID, NO_INDICATOR, NO_PLACE, WRONG_TIME, TOTAL, BY_CHOICE = (
    "未提及", "指标未能对应", "地方未能对应", "时间不符", "合计未填", "不填",
)  # fmt: skip
_ORDER: Mapping[Match, int] = {"same": 2, "within": 1, "undated": 0}
_SAID_ELSEWHERE = (FLAG["no_period"], RELATION["part_of"])
_MOST_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Filled:
    """A cell with the figure chosen, its value in the form's unit, and what a reader must know.

    ``doubtful``: the sources differ, or the period is not told as the form has it.
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
    facts = [f for f in by_place.get(where.place.adcode, ()) if asked_for(what, f, reading, slot.context)]
    if not facts:
        return Unfilled(slot, NOT_SAID, _alike(what, by_place.get(where.place.adcode, ())))
    period = slot.when.period if slot.when and not slot.when.any_time else what.period
    if slot.when and slot.when.any_time or what.any_time:
        period = None
    return _chosen(slot, what, facts, period, reading)


def asked_for(what: Entry, fact: Fact, reading: Reading, context: str) -> bool:
    """Whether a figure is what an entry asks for; where a person chose the indicator, whatever it is called."""
    wanted = what.wanted
    if wanted is None:
        return False
    if not what.by_hand:
        return fits(wanted, fact, reading, context) > 0
    if fact.indicator not in what.indicators or (wanted.unit and not right_unit(wanted, fact, reading)):
        return False
    part = any(r.type == "part_of" and r.fact in reading.by_id for r in fact.relations)
    return not part and (not wanted.action or same_action(wanted, fact, reading))


def _chosen(
    slot: Slot, what: Entry, facts: Sequence[Fact], period: Period | None, reading: Reading
) -> Filled | Unfilled:
    matched = {f.id: _match(period, f, what, reading) for f in facts}
    timely = [f for f in facts if matched[f.id] != "other"]
    if not timely:
        listed = "；".join(map(_told, facts[:3]))
        unclear = "起止时间不明，请写明年份；" if period is not None and period.end is None else ""
        return Unfilled(slot, WRONG_TIME, f"{unclear}资料中有：{listed}")
    best = max(timely, key=lambda f: (_ORDER[matched[f.id]], *standing(f, reading.articles[f.article])))
    value, why = _value(best, what)
    if value is None:
        return Unfilled(slot, NOT_SAID, f"{why}：{_told(best)}")
    rivals = [f for f in timely if matched[f.id] == matched[best.id] and figure(f) != figure(best)]
    others = list({figure(f): f for f in rivals}.values())
    said = [note for note in remarks(best).split("；") if note not in _SAID_ELSEWHERE]
    notes = [*said, _of_time(matched[best.id], best, period)]
    notes += [f"另有不同数值：{_told(f)}" for f in others]
    notes += [f"状态：{STATUS[best.status]}"] if best.status != "done" else []
    doubtful = bool(others) or matched[best.id] != "same"
    return Filled(slot, best, value, tuple(filter(None, notes)), doubtful)


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
    alike = [(likeness(what.wanted, f) if what.wanted else 0, f) for f in facts]
    found = [f for n, f in sorted(alike, key=lambda each: -each[0]) if n > 1 or f.indicator in what.indicators]
    return "相近而口径不同、未填：" + "；".join(_told(f) for f in found[:3]) if found else ""


def _told(fact: Fact) -> str:
    when = f"，{fact.period.text}" if fact.period.text else ""
    return f"{fact.action}{fact.object}{shown(fact)}（{fact.name}{when}）"
