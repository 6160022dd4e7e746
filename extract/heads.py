"""What the words of a table's heads say beside the thing counted: units, plans, changes, shares, nothing at all."""

from __future__ import annotations

import re
from functools import lru_cache

from extract.quantities import scan

IN_BRACKETS = re.compile(r"[（(]\s*(?:单位\s*[:：]\s*)?([^（）()]{1,12})\s*[)）]")
_SCALE = re.compile("[十百千万亿]+")
_UNITS_TOLD = re.compile(r"(?:计量)?单\s*位\s*[:：]\s*([^\s。；（）()]{1,30})")
SAYS_UNIT = {"人次": "人次", "人数": "人", "户数": "户", "家数": "家", "个数": "个", "场次": "场次", "件数": "件"}
SHARE = re.compile(r"(?:率|占比|比例|比重|百分比|%|％|增幅|增长|增速)$")
_COUNTED_IN = {
    unit: re.compile(things) for units, things in (
        ("元", "投资|资金|金额|经费|收入|产值|[款费额价]$"), ("座", "[桥库厕站塔井]$"),
        ("人名次", "[员人者工师口众]数?$|[人场]次$"),
        ("个处", "[点站所室院堂店屋]$|中心$|机构$|组织$|超市$"), ("户", "户数?$"), ("亩顷", "[田地林园]$|面积"),
        ("里米", "[路渠管线道]$|里程|长度"), ("吨", "产量|粮食"),
    ) for unit in units
}  # fmt: skip
"""The last character of a unit → what is counted in it."""
CHANGE = re.compile(r"同比|环比|增长|增幅|增速|比上年|较上年|比去年|较去年")
PLAN = re.compile(r"目标|计划|任务|指标值?$|年度指标")
BARE_HEAD = re.compile(
    r"(?:数量?|数值|数据|完成(?:数|情况|值)?|实际(?:数|完成)?|指标值|本期|累计|合计|总计|情况|内容)?"
)


def bracketed(head: str) -> list[str]:
    """The units that a head tells in brackets; a scale alone is one of what the head says.

    >>> bracketed("注册志愿者（期末，万人）"), bracketed("服务人次（万）"), bracketed("服务人次")
    (['万人'], ['万人次'], [])
    """
    told = [part.strip() for match in IN_BRACKETS.finditer(head) for part in re.split("[，,、；;]", match.group(1))]
    scaled = [part + unit for part in told if _SCALE.fullmatch(part) for unit in said_in(head)]
    return [*filter(is_unit, told), *scaled]


def said_in(head: str) -> list[str]:
    """The units that a head says in words (持证人数)."""
    return [unit for word, unit in SAYS_UNIT.items() if word in head]


def units_told(line: str) -> list[str]:
    """The units that a line above a table names.

    >>> units_told("填报单位：德清县 单位：个、万元"), units_told("单位：个，人")
    (['个', '万元'], ['个', '人'])
    """
    return [unit for told in _UNITS_TOLD.findall(line) for unit in re.split("[、，,和]", told) if is_unit(unit)]


def table_unit(caption: str, head: str) -> str | None:
    """The unit that a line above a table gives a column: of several the one in which its head is counted.

    >>> table_unit("有关情况如下（单位：公里、座、万元）", "投资"), table_unit("单位：户、万元", "农户")
    ('万元', '户')
    """
    units = units_told(caption)
    if len(units) > 1:
        units = [u for u in units if (things := _COUNTED_IN.get(u[-1])) and things.search(head)]
    return units[0] if units else None


@lru_cache(1024)
def is_unit(text: str) -> bool:
    """Whether a text is a unit and nothing else.

    >>> is_unit("万元"), is_unit("人次"), is_unit("累计")
    (True, True, False)
    """
    found = scan(f"1{text}")
    return len(found) == 1 and found[0].unit is not None and found[0].span.end == len(text) + 1
