"""Which facts a person should look at first: those that contradict each other, then those that are unsure otherwise."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

KINDS = ("数值不一", "文字有误", "地方未定", "时间为推定", "未写明时间")
"""The kinds of doubt, the gravest first."""
CONTRADICTED = "contradicted"
"""What facts are asked for by that are of the first kind; no flag of theirs, since it lies between them."""
_MISREAD = ('"garbled"', '"ocr"', '"truncated"')
_BELOW = ("township", "community", "organisation")
"""Levels of which a place has many bodies."""
_TIES = re.compile("(?:part|change|baseline)_of")
_ASSUMED = ("published", "inherited")


@dataclass(frozen=True, slots=True)
class Brief:
    """As much of a fact as tells whether it is doubtful; ``corrected``: a person has set it right.

    ``ties`` and ``flags`` are JSON.
    """

    id: str
    adcode: str | None
    indicator: str
    status: str
    level: str
    subject: str
    object: str
    value: str
    unit: str | None
    period: str | None
    basis: str | None
    ties: str | None
    flags: str | None
    stands: bool
    corrected: bool


def in_doubt(facts: Iterable[Brief]) -> dict[str, str | None]:
    """The kind of doubt of each fact by id, the gravest first, those without doubt last; else in the order given.

    Two facts contradict each other that give one place, body, indicator, object, status, unit and period different
    values, both as wholes, as parts or as changes.
    """
    told = list(facts)
    values: dict[tuple[Any, ...], set[str]] = defaultdict(set)
    for fact in told:
        if fact.stands and fact.adcode:
            values[_what(fact)].add(fact.value)
    kinds = {fact.id: _kind(fact, len(values.get(_what(fact), ())) > 1) for fact in told}
    order = sorted(kinds, key=lambda each: KINDS.index(kind) if (kind := kinds[each]) else len(KINDS))
    return {each: kinds[each] for each in order}


def contradicting(fact: str, facts: Iterable[Brief]) -> list[str]:
    """The ids of the facts that contradict one of them, in the order given."""
    told = list(facts)
    (one,) = (each for each in told if each.id == fact)
    if not (one.stands and one.adcode):
        return []
    return [each.id for each in told if each.stands and _what(each) == _what(one) and each.value != one.value]


def _what(fact: Brief) -> tuple[Any, ...]:
    body = fact.subject if fact.level in _BELOW else ""
    ties = frozenset(_TIES.findall(fact.ties or ""))
    return fact.adcode, fact.level, body, fact.indicator, fact.object, fact.status, fact.unit, fact.period, ties


def _kind(fact: Brief, contradicted: bool) -> str | None:
    flags = fact.flags or ""
    if contradicted and fact.stands:
        return KINDS[0]
    if fact.corrected:
        return None
    doubts = (
        any(flag in flags for flag in _MISREAD), fact.adcode is None, fact.basis in _ASSUMED, '"no_period"' in flags
    )  # fmt: skip
    return next((kind for kind, holds in zip(KINDS[1:], doubts, strict=True) if holds), None)
