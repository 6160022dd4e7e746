"""待核清单: the figures a person should look at, the most doubtful first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from corpus.model import Fact
from extract.workbook.content import measure, shown

_ENOUGH = 4
"""Places a median must stand on."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A figure to be checked: the kind of doubt and why."""

    kind: str
    why: str
    fact: Fact


def doubts(facts: Sequence[Fact]) -> list[Doubt]:
    """Of the places' own compared figures: far from the other places, contradicted, of an assumed period, of none."""
    return [*_far(facts), *_contradicted(facts), *_assumed(facts), *_undated(facts)]


def _far(facts: Sequence[Fact]) -> Iterator[Doubt]:
    """Ten times the median of the places that have the indicator, or a tenth of it."""
    groups: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        groups[fact.indicator, measure(fact.quantity.unit)].append(fact)
    for group in groups.values():
        by_level = {level: [f for f in group if f.subject_level == level] for level in {f.subject_level for f in group}}
        for peers in by_level.values():
            if len({f.place.adcode for f in peers if f.place}) < _ENOUGH:
                continue
            middle = Decimal(median(f.quantity.value for f in peers))
            for fact in peers:
                value = fact.quantity.value
                if middle > 0 and (value >= middle * 10 or 0 < value * 10 <= middle):
                    yield Doubt("数值悬殊", f"同级各地中位数为 {middle.normalize():f}", fact)


def _contradicted(facts: Sequence[Fact]) -> Iterator[Doubt]:
    """Two values of one place, indicator, object, status and period."""
    groups: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in facts:
        part = fact.tied("part_of")
        period = fact.period.start, fact.period.end, fact.period.text if fact.period.end is None else None
        place = fact.place.adcode if fact.place else None
        key = (place, fact.indicator, fact.object, fact.status, measure(fact.quantity.unit), period, part)
        groups[key].append(fact)
    for group in groups.values():
        if len({f.quantity.value for f in group}) > 1:
            for fact in group:
                others = dict.fromkeys(shown(f) for f in group if f.quantity.value != fact.quantity.value)
                yield Doubt("数值不一", f"同一地方同一指标另有 {'、'.join(others)}", fact)


def _assumed(facts: Sequence[Fact]) -> Iterator[Doubt]:
    for fact in facts:
        if fact.period.basis == "published":
            yield Doubt("时间为推定", f"“{fact.period.text}”按发布日期推定为 {fact.period.end}", fact)
        elif fact.period.basis == "inherited":
            yield Doubt("时间为推定", f"承前文“{fact.period.text}”", fact)


def _undated(facts: Sequence[Fact]) -> Iterator[Doubt]:
    for fact in facts:
        if "no_period" in fact.flags:
            yield Doubt("未写明时间", "原文未写时间", fact)
