"""Figures that make up others, and figures told again: parts of a whole, sums, the same figure twice."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.model import Fact, Relation, Span
from extract.actions import action_class
from extract.classify import object_head
from extract.measures import dimension
from extract.subject import LOW

_SUM = re.compile("(?:共|总数|合计|总计|累计)[^，。；]{0,12}$")
_SUM_ALONE = re.compile("[，,、（(](?:[两三四][级者处地项类])?(?:共计?|合计|总计)$")
_TELLING = 10
"""A figure that is rarely the same by chance (10座电动自行车充电桩棚, later 10座充电桩棚)."""
_ROW, _NEAR = 3, 6
"""Figures that make a row, and figures before and after it among which its whole may be."""
_LISTED = 40
"""Figures behind a larger place's among which those of the places in it may stand."""
_LARGE = 30
"""A sum of only two that is no coincidence."""
_BARE = re.compile(r"[：:为有是各共约\s]*")
"""What may stand between a place of a list and its figure."""


def enumerated(found: Sequence[Fact]) -> list[Fact]:
    """Figures that make up a whole are its parts: a row near it (1名、3名、3名、5名 of 12名), two before their sum."""
    made = list(found)
    at = 0
    while at < len(made):
        end = at + 1
        while end < len(made) and _in_row(made[at], made[end]):
            end += 1
        if end - at > _ROW and (inside := _whole_inside(made[at:end])) is not None:
            made[at:end] = [f if f is inside else _part(f, inside) for f in made[at:end]]
        elif end - at >= _ROW or (end - at == 2 and made[at].quantity.value + made[at + 1].quantity.value >= _LARGE):
            total = sum((f.quantity.value for f in made[at:end]), start=Decimal(0))
            near = [*made[max(0, at - _NEAR) : at], *made[end : end + _NEAR]]
            whole = next((f for f in near if f.quantity.value == total and _is_whole(f, made[at])), None)
            made[at:end] = [_part(_counted_as(f, whole), whole) for f in made[at:end]]
        at = end
    for at, whole in enumerate(found):
        parts = _below(made, at, whole)
        if len(parts) > 1 and sum((made[k].quantity.value for k in parts), start=Decimal(0)) == whole.quantity.value:
            for k in parts:
                made[k] = _part(made[k], whole)
    for at in range(2, len(made)):
        if _adds_up(made[at - 2], made[at - 1], made[at]):
            made[at - 2 : at] = [_part(f, made[at]) for f in made[at - 2 : at]]
    return made


def _whole_inside(row: Sequence[Fact]) -> Fact | None:
    """The first or the last figure of a row, where the others make it up (全市412个：金安区98个，……)."""
    total = sum((f.quantity.value for f in row), start=Decimal(0))
    return next((f for f in (row[0], row[-1]) if 2 * f.quantity.value == total), None)


def _below(found: Sequence[Fact], at: int, whole: Fact) -> list[int]:
    """Where the figures of one thing are that stand behind a larger place's, each of another place in it."""
    if whole.place is None or whole.quantity.bound != "exact" or dimension(whole.quantity.unit) == "ratio":
        return []
    parts: dict[str, int] = {}
    for k in range(at + 1, min(at + 1 + _LISTED, len(found))):
        part = found[k]
        inside = part.place is not None and part.place.adcode != whole.place.adcode
        alike = (part.object, part.quantity.unit, part.status) == (whole.object, whole.quantity.unit, whole.status)
        if part.place and inside and alike and whole.place.name in part.place.path and part.subject_level not in LOW:
            parts.setdefault(part.place.adcode, k)
    return list(parts.values())


def _counted_as(part: Fact, whole: Fact | None) -> Fact:
    """A part of which its sentence names no thing counts what the whole does, and is no change of its neighbour."""
    if whole is None or "table" in part.flags or _told_beside(part) or not _told_beside(whole):
        return part
    place = part.place.name if part.place else ""
    between = part.left.rpartition(place)[2]
    if not _BARE.fullmatch(between):
        return part
    return replace(
        part, object=whole.object, action=whole.action, indicator=whole.indicator, indicator_name=whole.indicator_name,
        relations=tuple(r for r in part.relations if r.type != "change_of"),
    )  # fmt: skip


def _told_beside(fact: Fact) -> bool:
    """Whether a figure's own sentence names what it counts, beside the place."""
    place = fact.place.name if fact.place else ""
    return fact.object in fact.sentence_text and fact.object not in (place, fact.subject)


def _adds_up(first: Fact, second: Fact, total: Fact) -> bool:
    """Whether two figures of one thing are told and then their sum (去年100家，今年新增20家，一共120家)."""
    three = (first, second, total)
    exact = all(f.quantity.bound == "exact" and f.quantity.unit == total.quantity.unit for f in three)
    left = total.left
    summed = _SUM.search(left) is not None and dimension(total.quantity.unit) != "ratio"
    right_there = first.sentence == second.sentence == total.sentence and _SUM_ALONE.search(left) is not None
    alike = len({(right_there or object_head(f.object), f.place, f.status) for f in three}) == 1
    added = first.quantity.value + second.quantity.value
    return exact and alike and summed and added == total.quantity.value >= _LARGE


def _part(fact: Fact, whole: Fact | None) -> Fact:
    if whole is None or fact.tied("part_of"):
        return fact
    return replace(fact, relations=(*fact.relations, Relation("part_of", whole.id)))


def _in_row(first: Fact, other: Fact) -> bool:
    exact = first.quantity.bound == other.quantity.bound == "exact"
    return exact and first.sentence == other.sentence and first.quantity.unit == other.quantity.unit


def _is_whole(whole: Fact, part: Fact) -> bool:
    return whole.quantity.bound == "exact" and dimension(whole.quantity.unit) == dimension(part.quantity.unit)


def restated(found: Sequence[Fact]) -> list[Fact]:
    """The same figure of the same thing told again in the article points at the first telling, and so do its parts."""
    told: dict[tuple[object, ...], list[Fact]] = {}
    again: dict[str, set[Span]] = {}
    made: list[Fact] = []
    for fact in found:
        q = fact.quantity
        again.setdefault(fact.sentence_text, set()).add(fact.sentence)
        unit = "人" if dimension(q.unit) == "person" else q.unit
        known = told.setdefault((q.value, q.value_high, unit, q.bound, object_head(fact.object)[-2:], fact.status), [])
        earlier = next((other for other in known if _one_thing(other, fact)), None)
        plain = q.value < 2 or dimension(q.unit) == "ratio"
        if earlier is None:
            known.append(fact)
        elif not plain or len(again[fact.sentence_text]) > 1:
            fact = replace(fact, duplicate_of=earlier.id, relations=(*fact.relations, Relation("repeats", earlier.id)))
        made.append(fact)
    first = {f.id: f.duplicate_of for f in made if f.duplicate_of}
    return [_part_again(fact, first) for fact in made] if first else made


def _part_again(fact: Fact, first: Mapping[str, str]) -> Fact:
    """A part of what was told before as a part of its first telling too."""
    wholes = [first[r.fact] for r in fact.relations if r.type == "part_of" and r.fact in first]
    more = (Relation("part_of", whole) for whole in wholes)
    return replace(fact, relations=(*fact.relations, *more)) if wholes else fact


def _one_thing(first: Fact, second: Fact) -> bool:
    """Whether two figures alike may be one: of one thing, nobody else's, of no other place and no other time."""
    done = [action_class(f.action).name for f in (first, second) if f.action]
    if len(set(done)) > 1 and "other" not in done:
        return False
    heads = object_head(first.object), object_head(second.object)
    shorter = heads[0].endswith(heads[1]) or heads[1].endswith(heads[0])
    if heads[0] != heads[1] and not (shorter and first.quantity.value >= _TELLING):
        return False
    a, b = first.place, second.place
    if (a and a.adcode) != (b and b.adcode):
        return False
    if first.period.end != second.period.end and "stated" == first.period.basis == second.period.basis:
        return False
    if first.subject_level == second.subject_level:
        return first.subject_level not in LOW or first.subject == second.subject
    one_below = first.subject_level in LOW or second.subject_level in LOW
    return one_below and first.quantity.value >= _TELLING and len(heads[0]) >= 4
