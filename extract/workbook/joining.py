"""One head of a form under another: what both together ask for."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.heads import SHARE
from extract.measures import dimension
from extract.workbook.wanted import PERSON, Wanted, scale, telling

CATEGORY = re.compile(r"(?:情况|工作|建设|管理|服务|治理|方面|领域|项目|内容|指标|类别?|任务|基础|保障|基本信息)$")
"""A head that is as a rule one over others."""
BARE_SHARE = re.compile(r"(?:总|完成|覆盖|达标|合格|占|增长|参与|知晓|使用)?(?:率|比例?|比重|占比|百分比)")
"""A share that does not say of what."""
_NAMED = 5
"""Characters of a name that says by itself what is counted."""


def join(outer: Wanted, inner: Wanted) -> Wanted:
    """What a head under another asks for: the lower one, with what it lacks from the upper one."""
    unit, above = inner.unit or outer.unit, outer.above
    acted = "" if outer.category and CATEGORY.search(outer.action) else outer.action
    if not outer.objects:
        action = inner.action or (acted if inner.objects else outer.action)
        return replace(inner, action=action, unit=unit, above=above)
    if not inner.objects:
        if not outer.counted and not telling(outer.objects[0]) and (named := named_by_action(inner)).objects:
            return replace(named, above=above)
        counted = outer.counted or inner.counted
        return replace(outer, action=inner.action or acted, unit=unit, counted=counted, category=False)
    return _both_named(outer, replace(inner, unit=unit, above=above), acted)


def counted_in(wanted: Wanted, unit: str | None) -> Wanted:
    """With the unit of a column of units, unless the words tell another kind of it (a share)."""
    told, own = scale(unit) if unit else None, scale(wanted.unit) if wanted.unit else None
    if told is None or (own is not None and dimension(own.unit) != dimension(told.unit)):
        return wanted
    return replace(wanted, unit=unit, counted=True, category=False)


def named_by_action(wanted: Wanted) -> Wanted:
    """Where nothing but what was done is named: persons served or trained are 人次, trainings and the like events."""
    asked = scale(wanted.unit) if wanted.unit and wanted.action and not wanted.objects else None
    kind = dimension(asked.unit) if asked else ""
    if kind == "person_time":
        return replace(wanted, objects=("人次",), counted=True)
    return replace(wanted, objects=(wanted.action,), action="", counted=True) if kind == "event" else wanted


def _both_named(outer: Wanted, inner: Wanted, acted: str) -> Wanted:
    """Two heads that both name something; ``acted`` is what the upper one says was done."""
    mine, theirs = inner.objects[0], outer.objects[0]
    if inner.category and not inner.counted and not telling(mine):
        return replace(outer, unit=inner.unit)
    below = replace(inner, whole=outer, part=mine) if telling(theirs) and theirs != mine else inner
    if theirs in mine:
        return replace(below, action=inner.action or acted, counted=True)
    if not inner.part and _only_groups(outer, inner, acted):
        return replace(below, part="", above=(*inner.above, theirs))
    if outer.category and outer.counted and acted and not inner.part and inner.counted:
        return replace(below, refused="" if inner.action else "上下级表头的关系不明")
    if SHARE.search(mine):
        return replace(below, objects=(theirs + mine,))
    made = (mine + theirs,) if outer.counted else (theirs + mine,) if inner.counted else (mine + theirs, theirs + mine)
    counted, action = outer.counted or inner.counted, inner.action or acted
    return replace(inner, objects=made, action=action, counted=counted, category=False, whole=outer, part=mine)


def _only_groups(outer: Wanted, inner: Wanted, acted: str) -> bool:
    """Whether a head only groups the one below it, which says by itself what is counted.

    It names no thing, or is a heading, or who did what the lower one says (党建指导员 over 联系企业数).
    """
    mine, theirs = inner.objects[0], outer.objects[0]
    if not outer.counted and not telling(theirs):
        return True
    if SHARE.search(mine):
        return not outer.counted and BARE_SHARE.fullmatch(mine) is None
    if outer.category and (not outer.counted or not acted):
        return inner.counted or (not outer.counted and (len(mine) >= _NAMED or mine[:2] in theirs))
    return not outer.counted and bool(inner.action) and PERSON.search(theirs) is not None
