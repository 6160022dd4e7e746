"""What the heads of a form ask for: the thing counted, what was done with it, its unit; whatever is unclear is refused.

Forms say in several cells what a sentence says in one: 党组织数 over 企业, 党建指导员 over 选派数.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from corpus.model import Period
from corpus.places import Gazetteer
from corpus.spacing import squeezed
from extract.actions import is_action
from extract.cells import is_total
from extract.heads import BARE_HEAD, CHANGE, IN_BRACKETS, PLAN, SHARE, bracketed, is_unit, said_in, units_told
from extract.measures import units
from extract.period import find_period
from extract.quantities import scan
from extract.tokens import tokens

_PART = re.compile(r"(?:[#＃]|其\s*中\s*[:：]?|其中[、，])")
_NUMBERED = re.compile(r"(?:[一二三四五六七八九十]+、|[(（][一二三四五六七八九十\d]+[)）]|\d+[.、．)])")
_LEAD = re.compile(
    r"^(?:累计|本年度?|当年|本期|目前|现有|已经?(?!故)|共有?|实有|实际|年[内末底]|期[内末]|(?:全|本|我|该)(?:省|市|州|县|区|旗))+(?=..)"
)
_TAIL = re.compile(r"(?:建设|工作|开展|完成)?情况$|(?:[总合小]计|累计)$")
_COUNT = re.compile(
    r"(?:总?(?:数量?|人次数?|人数|户数|家数|个数|件数|条数|项数|份数|场数|支数|期数|处数|场次数?|次数|金额)|总[量计]|面积数)$"
)
_CATEGORY = re.compile(r"(?:情况|工作|建设|方面|领域|项目|内容|指标|类别?|任务|基础|保障|基本信息)$")
_NOTHING = re.compile(r"(?:数量?|填报数值?|数额|小计|本年|当年|全年|年度|年|期末|人数|个数|总数|填报内容)?")
_RELATIVE = re.compile(r"(?:上年|去年)?同期(?:数|值)?|上期(?:数|值)?")
_NAMED = 5
"""Characters of a name that says by itself what is counted."""
_RUNNING = re.compile(r"(?:本年|今年|当年|年初)(?:以来|至今)?累计(?:数|值|完成)?|(?:本年|今年|当年|年初)(?:以来|至今)")
_BARE_SHARE = re.compile(r"(?:总|完成|覆盖|达标|合格|占|增长|参与|知晓|使用)?(?:率|比例?|比重|占比|百分比)")
_EMPTY_BRACKETS = re.compile(r"[（(][\s，,、]*[)）]")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one head asks for. ``objects`` are the ways to name it; ``unit`` is as the form writes it.

    ``counted``: the words themselves say that something is counted. ``whole`` is what a part (其中) is part of, and
    ``part`` which. ``refused`` says why no figure may be put there.
    """

    objects: tuple[str, ...] = ()
    action: str = ""
    unit: str | None = None
    counted: bool = False
    category: bool = False
    part: str = ""
    whole: Wanted | None = None
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """A unit as a form writes it: ``unit`` in its normal form, of which it is ``factor``."""

    factor: Decimal
    unit: str


@lru_cache(1024)
def scale(unit: str) -> Scale | None:
    """What a written unit is.

    >>> scale("万元"), scale("累计")
    (Scale(factor=Decimal('10000'), unit='元'), None)
    """
    if not is_unit(unit):
        return None
    (found,) = scan(f"1{unit}")
    return Scale(found.value, found.unit or "")


def title_unit(title: Sequence[str]) -> str | None:
    """The one unit that stands above a table for all of it.

    >>> title_unit(["情况表", "单位：万元"]), title_unit(["单位：个、人"]), title_unit(["填报单位：德清县"])
    ('万元', None, None)
    """
    found = {unit for line in title for unit in units_told(line)}
    return found.pop() if len(found) == 1 else None


# --- periods ----------------------------------------------------------------------------------------------------------


def head_period(text: str, general: Period | None) -> tuple[Period | None, str]:
    """The period a head states and the words that are left; ``general`` is that of the whole form.

    >>> head_period("2023年新建数", None)[0].end, head_period("2023年新建数", None)[1]
    ('2023-12-31', '新建数')
    >>> head_period("上年同期", Period("2026年上半年", "2026-01-01", "2026-06-30", "stated"))[0].end
    '2025-06-30'
    """
    if match := re.fullmatch(r"((?:19|20)\d\d)(?:-(\d\d)-01)?", text):
        text = f"{match[1]}年" + (f"{int(match[2])}月" if match[2] else "")
    if match := _RELATIVE.search(text):
        return _year_before(general, match.group()), (text[: match.start()] + text[match.end() :])
    if match := _RUNNING.search(text):
        return _year_so_far(general, match.group()), text[: match.start()] + text[match.end() :]
    found = find_period(text, general.end if general and general.end else None)
    if found is None or found.text is None or found.basis == "published":
        return None, text
    left = text.replace(found.text, "", 1)
    return found, _EMPTY_BRACKETS.sub("", left)


def _year_before(general: Period | None, said: str) -> Period:
    if general is None or general.end is None or said.startswith("上期"):
        return Period(said, None, None, "stated")
    start, end = (date and f"{int(date[:4]) - 1}{date[4:]}" for date in (general.start, general.end))
    return Period(said, start, (end or "").replace("-02-29", "-02-28") or None, "stated")


def _year_so_far(general: Period | None, said: str) -> Period:
    """From the year's first day to the end of the form's period."""
    if general is None or general.end is None:
        return Period(said, None, None, "stated")
    return Period(said, f"{general.end[:4]}-01-01", general.end, "stated")


def title_period(title: Sequence[str]) -> Period | None:
    """The period that stands above a table: the first that is told with its dates, else the first told.

    >>> title_period(["附件1", "2023年上半年情况统计表", "填报日期：2023年7月5日"]).text
    '2023年上半年'
    """
    said = [re.sub(r"(?:填[报表]|制表|报送|上报|报出)?(?:日期|时间)\s*[:：].*", "", text) for text in title]
    found = [period for text in said if (period := find_period(squeezed(text), None)) is not None]
    return next((p for p in found if p.end), found[0] if found else None)


# --- things -----------------------------------------------------------------------------------------------------------


def read_wanted(texts: Sequence[str], title: Wanted | None = None) -> Wanted | None:
    """What a path of heads asks for, outermost first; None where the words say nothing of what is counted.

    ``title`` is what the title of the form counts; it completes a head that only names a part or an action.

    >>> read_wanted(["新建党组织数", "其中：企业"]).objects
    ('企业党组织',)
    >>> found = read_wanted(["党建指导员", "选派数（名）"])
    >>> found.objects, found.action, found.unit
    (('党建指导员',), '选派', '名')
    """
    if any(is_total(text) for text in texts[:1]) and len(texts) == 1:
        return None
    joined = "".join(texts)
    if PLAN.search(joined) or CHANGE.search(joined):
        return Wanted(refused="计划、目标数不填" if PLAN.search(joined) else "增减数、增幅不填")
    read = [_single(text) for text in texts]
    parts = [each for each in read if each is not None]
    if not parts:
        return None
    whole = parts[0]
    for part in parts[1:]:
        whole = _joined(whole, part)
    if title is not None and not whole.counted:
        whole = _joined(title, whole)
    if not whole.refused and (not any(whole.objects) or _BARE_SHARE.fullmatch(whole.objects[0])):
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
    return found is not None and found.counted and bool(found.objects)


def _single(text: str) -> Wanted | None:
    """What the words of one cell ask for; None where they only say that there is a number."""
    part = is_part(text)
    text, unit = _without_unit(unicodedata.normalize("NFKC", _PART.sub("", text, count=1) if part else text))
    numbered = _NUMBERED.match(text)
    text = text[numbered.end() :] if numbered else text
    text = text.strip("：:、，,-—*★ ")
    if says_nothing(text):
        return Wanted(unit=unit, counted=True) if unit else None
    unit = unit or next(iter(said_in(text)), None)
    category = _CATEGORY.search(text) is not None
    plain = _LEAD.sub("", _TAIL.sub("", text) or text)
    if SHARE.search(plain):
        return Wanted((plain,), "", unit or "%", counted=True)
    bare, unit = _without_count(plain, unit)
    if numbered and bare == plain and unit is None and re.match(r"[一二三四五六七八九十（(]", numbered.group()):
        return Wanted((bare,), category=True)
    thing, action = _parted(bare)
    counted = bare != plain or unit is not None or bool(action and thing)
    objects = (thing,) if thing else ()
    return Wanted(objects, action, unit, counted, category and bare == plain and unit is None, thing if part else "")


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


def _joined(outer: Wanted, inner: Wanted) -> Wanted:
    """What a head under another asks for."""
    unit = inner.unit or outer.unit
    if not outer.objects:
        return replace(inner, action=inner.action or outer.action, unit=unit)
    if not inner.objects:
        action = inner.action or outer.action
        return replace(outer, action=action, unit=unit, counted=outer.counted or inner.counted, category=False)
    mine, theirs = inner.objects[0], outer.objects[0]
    if outer.category and not inner.part and (inner.counted or (not outer.counted and len(mine) >= _NAMED)):
        unclear = outer.counted and not inner.action
        return replace(inner, unit=unit, refused="上下级表头的关系不明" if unclear else "")
    if theirs in mine:
        return replace(inner, action=inner.action or outer.action, unit=unit, counted=True)
    if SHARE.search(mine):
        return replace(inner, objects=(theirs + mine,), unit=unit)
    made = (mine + theirs,) if outer.counted else (theirs + mine,) if inner.counted else (mine + theirs, theirs + mine)
    return Wanted(
        made, inner.action or outer.action, unit, outer.counted or inner.counted, part=mine,
        whole=outer if outer.counted else None,
    )  # fmt: skip
