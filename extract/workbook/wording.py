"""What the heads of a form ask for: the thing counted, what was done with it, its unit; whatever is unclear is refused.

Forms say in several cells what a sentence says in one: 党组织数 over 企业, 党建指导员 over 选派数.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.places import Gazetteer
from corpus.spacing import squeezed
from extract.actions import is_action
from extract.cells import is_total
from extract.heads import BARE_HEAD, CHANGE, IN_BRACKETS, PLAN, SHARE, bracketed, said_in, units_told
from extract.measures import units
from extract.tokens import tokens
from extract.workbook.joining import BARE_SHARE, CATEGORY, counted_in, join, named_by_action
from extract.workbook.periods import head_period
from extract.workbook.wanted import Wanted

_PART = re.compile(r"(?:[#＃]|其\s*中\s*[:：]?|其中[、，])")
_NUMBERED = re.compile(r"(?:[一二三四五六七八九十]+、|[(（][一二三四五六七八九十\d]+[)）]|\d+[.、．)])")
_LEAD = re.compile(
    r"^(?:累计|本年度?|当年|本期|目前|现有|已经?(?!故)|共有?|实有|实际|年[内末底]|期[内末]|(?:全|本|我|该)(?:省|市|州|县|区|旗))+(?=..)"
)
_TAIL = re.compile(r"(?:建设|工作|开展|完成)?情况$|(?:[总合小]计|累计)$")
_COUNT = re.compile(
    r"(?:总?(?:数量?|人次数?|人数|户数|家数|个数|件数|条数|项数|份数|场数|支数|期数|处数|场次数?|次数|金额)|总[量计]|面积数)$"
)
_NOTHING = re.compile(r"(?:数量?|填报数值?|数额|小计|本年|当年|全年|年度|年|期末|人数|个数|总数|填报内容)?")
NOT_LEVELS = PLAN_HEAD, CHANGE_HEAD = "计划、目标数不填", "增减数、增幅不填"
"""Why a head of no level is refused."""
_EMPTY_BRACKETS = re.compile(r"[（(][\s，,、]*[)）]")


def title_unit(title: Sequence[str]) -> str | None:
    """The one unit that stands above a table for all of it.

    >>> title_unit(["情况表", "单位：万元"]), title_unit(["单位：个、人"]), title_unit(["填报单位：德清县"])
    ('万元', None, None)
    """
    found = {unit for line in title for unit in units_told(line)}
    return found.pop() if len(found) == 1 else None


def read_wanted(texts: Sequence[str], title: Wanted | None = None, unit: str | None = None) -> Wanted | None:
    """What a path of heads asks for, outermost first; None where the words say nothing of what is counted.

    The lower heads carry the meaning; one that only groups them (阵地建设) is passed over. ``title`` is what the title
    of the form counts; it completes a head that only names a part or an action. ``unit`` stands in a column of units.

    >>> read_wanted(["新建党组织数", "其中：企业"]).objects
    ('企业党组织',)
    >>> found = read_wanted(["队伍建设", "党建指导员", "选派数（名）"])
    >>> found.objects, found.action, found.unit
    (('党建指导员',), '选派', '名')
    >>> read_wanted(["服务情况", "累计服务人次（万人次）"]).objects
    ('人次',)
    """
    if any(is_total(text) for text in texts[:1]) and len(texts) == 1:
        return None
    parts = [each for text in _with_parts(texts) if (each := _single(text)) is not None]
    joined = "".join(texts)
    if PLAN.search(joined) or CHANGE.search(joined):
        unit = unit or (parts[-1].unit if parts else None)
        return Wanted(unit=unit, refused=PLAN_HEAD if PLAN.search(joined) else CHANGE_HEAD)
    if not parts:
        return None
    parts[-1] = counted_in(parts[-1], unit)
    whole = parts[0]
    for part in parts[1:]:
        whole = join(whole, part)
    if title is not None and not whole.counted:
        whole = join(title, whole)
    whole = named_by_action(whole)
    if not whole.refused and (not any(whole.objects) or BARE_SHARE.fullmatch(whole.objects[0])):
        return replace(whole, refused="表头没有写明对象")
    return replace(whole, refused="表头只有类别") if whole.category and not whole.counted else whole


def read_title(title: Sequence[str], gazetteer: Gazetteer) -> Wanted | None:
    """What the title of a form counts, where it says so (新建党组织情况统计表)."""
    for text in title:
        plain = re.sub(
            r"(?:(?:情况)?(?:统计|调查|汇总|登记|报|一览|明细|进度|进展)表?|情况表|表|报表)$", "", squeezed(text)
        )
        if plain == squeezed(text) or len(plain) > 40:
            continue
        for mention in reversed(gazetteer.find(plain)):
            plain = plain[: mention.span.start] + plain[mention.span.end :]
        plain = re.sub(
            r"^.*各?(?:县|市|区|旗|地|乡镇|镇街|单位)[、（(县市区旗）)]*(?=..)", "", head_period(plain, None)[1]
        )
        found = _single(plain)
        if found is not None and found.objects and found.action and not found.category:
            return replace(found, counted=True)
    return None


def says_nothing(text: str) -> bool:
    """Whether a head only says that there is a number (数量, 总数, 本期).

    >>> says_nothing("总数"), says_nothing("完成数"), says_nothing("党员数")
    (True, True, False)
    """
    return (BARE_HEAD.fullmatch(text) or _NOTHING.fullmatch(text)) is not None


def is_part(text: str) -> bool:
    """Whether a head says that it is a part of the one before it (其中：企业)."""
    return _PART.match(text) is not None


def stands_alone(texts: Sequence[str]) -> bool:
    """Whether a head says by itself that something is counted, and is no mere name of a part."""
    found = _single(texts[-1]) if texts else None
    return found is not None and found.counted


def _with_parts(texts: Sequence[str]) -> Iterator[str]:
    """The heads, those below a mere 其中 as parts of what stands over it."""
    part = False
    for text in texts:
        alone = _PART.fullmatch(text) is not None
        if not alone:
            yield f"其中：{text}" if part and not is_part(text) else text
        part = alone


def _single(text: str) -> Wanted | None:
    """What the words of one cell ask for; None where they only say that there is a number."""
    part = is_part(text)
    text, unit = _without_unit(unicodedata.normalize("NFKC", _PART.sub("", text, count=1) if part else text))
    numbered = _NUMBERED.match(text)
    heading = numbered is not None and re.match("[一二三四五六七八九十（(]", text) is not None
    text = text[numbered.end() :] if numbered else text
    text = text.strip("：:、，,-—*★ ")
    if says_nothing(text):
        return Wanted(unit=unit, counted=True) if unit else None
    unit = unit or next(iter(said_in(text)), None)
    category = heading or CATEGORY.search(text) is not None
    plain = _LEAD.sub("", _TAIL.sub("", text) or text)
    if SHARE.search(plain):
        return Wanted((plain,), "", unit or "%", counted=True)
    bare, unit = _without_count(plain, unit)
    category = category and bare == plain and unit is None
    thing, action = _parted(bare)
    acted = bool(action and thing) and not heading and not (category and CATEGORY.search(action))
    counted = bare != plain or unit is not None or acted
    return Wanted((thing,) if thing else (), action, unit, counted, category, thing if part else "")


def _without_unit(text: str) -> tuple[str, str | None]:
    for match in IN_BRACKETS.finditer(text):
        if units := bracketed(squeezed(text[: match.end()])):
            return text[: match.start()] + text[match.end() :], units[0]
    return _EMPTY_BRACKETS.sub("", text), None


def _without_count(text: str, unit: str | None) -> tuple[str, str | None]:
    """Without the words that say that a number follows (驿站数), which may tell its unit (户数)."""
    match = _COUNT.search(text)
    if match and len(text) - len(match.group()) >= 2:
        said = match.group().removeprefix("总").removesuffix("数")
        return text[: match.start()], unit or (said if said in units() else None)
    return text, unit


def _parted(text: str) -> tuple[str, str]:
    """The thing and what is done with it; a verb stands before its thing or behind it.

    >>> _parted("选派党建指导员"), _parted("矛盾纠纷化解"), _parted("社会组织"), _parted("建成")
    (('党建指导员', '选派'), ('矛盾纠纷', '化解'), ('社会组织', ''), ('', '建成'))
    """
    words = [w.word for w in tokens(text)]
    if all(is_action(word) for word in words):
        return "", text
    first = 0
    while is_action(words[first]) and any(not is_action(word) for word in words[first + 1 :]):
        first += 1
    if first and len("".join(words[first:])) >= 2:
        return "".join(words[first:]), "".join(words[:first])
    if is_action(words[-1]) and len("".join(words[:-1])) >= 2:
        return "".join(words[:-1]), words[-1]
    return text, ""
