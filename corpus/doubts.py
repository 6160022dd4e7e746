"""Which facts a person should look at first: those that contradict each other, then those that are unsure otherwise."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

KINDS = ("数值不一", "文字有误", "地方未定", "时间为推定", "未写明时间")
"""The kinds of doubt, the gravest first."""
CONTRADICTED = "contradicted"
"""What facts are asked for by that are of the first kind; no flag of theirs, since it lies between them."""
_MISREAD = ('"garbled"', '"ocr"', '"truncated"')
_BELOW = ("township", "community", "organisation")
"""Levels of which a place has many bodies."""
_TOLD = ("done", "ongoing", "planned")
"""Statuses of what a place did or means to do; capacities and background vary with what they are told of."""
_TIES = re.compile("(?:part|change|baseline)_of")
_ASSUMED = ("published", "inherited")
_THERE = frozenset(["", *"有 共有 现有 建有 设有 拥有 建 建成 共建 建立 设立 达 达到".split()])
"""Verbs that say what there is."""
_ADDS = re.compile("[新增再又]")
_EACH = re.compile("每(?![周天日晚次逢季])|[平人户]均|以[上下内]的")
"""Words of so many for each, or for those of some size (200人以上的补助9万元)."""
_UNTOLD = re.compile(r"open\.other\..*\.(?:thing|person|household|body|event|text|none)")
"""Indicators of so many of something, which without a verb may be anything (小学45个)."""
_ROUND = Decimal("0.1")
"""How far, as a share, what is told about a value may lie from it."""
Sentences = Callable[[Collection[str]], Mapping[str, str]]
"""The sentences of facts by id."""


@dataclass(frozen=True, slots=True)
class Brief:
    """As much of a fact as tells whether it is doubtful; ``corrected``: a person has set it right.

    ``ties`` and ``flags`` are JSON, ``sentence`` is where it stands in its article, ``published`` when that came out.
    """

    id: str
    article: str
    published: str | None
    adcode: str | None
    indicator: str
    status: str
    level: str
    subject: str
    object: str
    action: str | None
    value: str
    bound: str
    unit: str | None
    start: str | None
    period: str | None
    basis: str | None
    sentence: str
    ties: str | None
    flags: str | None
    stands: bool
    corrected: bool


def in_doubt(facts: Iterable[Brief], sentences: Sentences) -> dict[str, str | None]:
    """The kind of doubt of each fact by id, the gravest first, those without doubt last; else in the order given."""
    told = list(facts)
    alike: dict[tuple[Any, ...], list[Brief]] = defaultdict(list)
    for fact in told:
        if _may_contradict(fact):
            alike[_what(fact)].append(fact)
    groups = [group for group in alike.values() if len({f.value for f in group}) > 1]
    texts = sentences([f.id for group in groups for f in group])
    contradicted = {f.id for group in groups for f in group if any(_against(f, group, texts))}
    return gravest_first({fact.id: _kind(fact, fact.id in contradicted) for fact in told})


def gravest_first(kinds: Mapping[str, str | None]) -> dict[str, str | None]:
    """Kinds of doubt by id, the gravest first, those without doubt last; else in the order given."""
    order = sorted(kinds, key=lambda each: KINDS.index(kind) if (kind := kinds[each]) else len(KINDS))
    return {each: kinds[each] for each in order}


def contradicting(fact: str, facts: Iterable[Brief], sentences: Sentences) -> list[str]:
    """The ids of the facts that contradict one of them, in the order given."""
    told = [each for each in facts if each.id == fact or _may_contradict(each)]
    (one,) = (each for each in told if each.id == fact)
    alike = [each for each in told if _what(each) == _what(one)] if _may_contradict(one) else []
    return [each.id for each in _against(one, alike, sentences([each.id for each in alike]))]


def _may_contradict(fact: Brief) -> bool:
    """Whether a fact says what a place did with how many of a thing that is named, as a whole or as a change."""
    named = len(fact.object) > 1 and fact.object != fact.unit and (fact.action or not _UNTOLD.fullmatch(fact.indicator))
    return bool(fact.stands and fact.adcode and named and fact.status in _TOLD and "part_of" not in (fact.ties or ""))


def _what(fact: Brief) -> tuple[Any, ...]:
    """What two facts must share to be of the same; what has no period is of the day its article came out."""
    body = fact.subject if fact.level in _BELOW else ""
    ties = frozenset(_TIES.findall(fact.ties or ""))
    when = (fact.start, fact.period) if fact.start or fact.period else fact.published
    return fact.adcode, fact.level, body, fact.indicator, fact.object, fact.status, fact.unit, when, ties


def _against(one: Brief, alike: Sequence[Brief], texts: Mapping[str, str]) -> Iterator[Brief]:
    """Those of the facts of the same that cannot hold beside one of them.

    In other articles, where neither article tells both amounts; in its own only where two sentences differ in numbers
    alone.
    """
    told = defaultdict[str, set[str]](set)
    for each in alike:
        told[each.article].add(each.value)
    for other in alike:
        if one.article == other.article:
            apart = _but_for_numbers(texts[one.id]) == _but_for_numbers(texts[other.id])
        else:
            apart = one.value not in told[other.article] and other.value not in told[one.article]
        if apart and _contradict(one, other, texts):
            yield other


def _contradict(one: Brief, other: Brief, texts: Mapping[str, str]) -> bool:
    """Whether two facts tell other amounts of one action in two sentences; not of so many for each."""
    if (one.article, one.sentence) == (other.article, other.sentence) or not _same_action(one, other):
        return False
    (low, high), (least, most) = _between(one), _between(other)
    each = any(_EACH.search(texts[fact.id]) for fact in (one, other))
    return not each and (high < least or most < low)


def _same_action(one: Brief, other: Brief) -> bool:
    a, b = one.action or "", other.action or ""
    if bool(_ADDS.search(a)) is not bool(_ADDS.search(b)):
        return False
    return {a, b} <= _THERE or (bool(a and b) and (a in b or b in a))


def _between(fact: Brief) -> tuple[Decimal, Decimal]:
    """Between which values a figure may lie: 30余 from 30 up to a tenth more, 超过30 from 30 on."""
    value = Decimal(fact.value)
    low = value * (1 - _ROUND) if fact.bound in ("approx", "less_than") else value
    if fact.bound in ("at_least", "more_than", "range"):
        return low, Decimal("Infinity")
    return low, value * (1 + _ROUND) if fact.bound in ("approx", "approx_above") else value


def _but_for_numbers(sentence: str) -> str:
    return re.sub(r"[\W\d]+", "", sentence)


def _kind(fact: Brief, contradicted: bool) -> str | None:
    flags = fact.flags or ""
    if contradicted:
        return KINDS[0]
    if fact.corrected:
        return None
    unplaced = fact.adcode is None and fact.level != "national"
    doubts = (any(flag in flags for flag in _MISREAD), unplaced, fact.basis in _ASSUMED, '"no_period"' in flags)
    return next((kind for kind, holds in zip(KINDS[1:], doubts, strict=True) if holds), None)
