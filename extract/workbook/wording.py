"""What the heads of a form ask for: the thing counted, what was done with it, its unit; whatever is unclear is refused.

Forms say in several cells what a sentence says in one: 党组织数 over 企业, 党建指导员 over 选派数.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from corpus.model import Period
from corpus.places import Gazetteer
from corpus.spacing import squeezed
from extract.actions import is_action
from extract.cells import is_total
from extract.heads import BARE_HEAD, CHANGE, IN_BRACKETS, PLAN, SHARE, bracketed, is_unit, said_in, units_told
from extract.lists import words
from extract.measures import dimension, units
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
_CATEGORY = re.compile(r"(?:情况|工作|建设|管理|服务|治理|方面|领域|项目|内容|指标|类别?|任务|基础|保障|基本信息)$")
FIELDS = words("fields_of_work")
"""Words that name a field of work, and no thing that is counted."""
_NOTHING = re.compile(r"(?:数量?|填报数值?|数额|小计|本年|当年|全年|年度|年|期末|人数|个数|总数|填报内容)?")
_RELATIVE = re.compile(r"(?:上年|去年)?同期(?:数|值)?|上期(?:数|值)?")
_NAMED = 5
"""Characters of a name that says by itself what is counted."""
_RUNNING = re.compile(r"(?:本年|今年|当年|年初)(?:以来|至今)?累计(?:数|值|完成)?|(?:本年|今年|当年|年初)(?:以来|至今)")
_BARE_SHARE = re.compile(r"(?:总|完成|覆盖|达标|合格|占|增长|参与|知晓|使用)?(?:率|比例?|比重|占比|百分比)")
PERSON = re.compile(r"(?:[员者人士工生童妇年]|党员|骑手|小哥|干部|群众|居民|老人|儿童|人才|专家|书记|师)$")
"""A name of persons."""
NOT_LEVELS = PLAN_HEAD, CHANGE_HEAD = "计划、目标数不填", "增减数、增幅不填"
"""Why a head of no level is refused."""
_EMPTY_BRACKETS = re.compile(r"[（(][\s，,、]*[)）]")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one head asks for. ``objects`` are the ways to name it; ``unit`` is as the form writes it.

    ``counted``: the words themselves say that something is counted. ``whole`` is what a part (其中) is part of, and
    ``part`` which. ``above`` are the heads over it that only group: a figure's surroundings must say what they name.
    ``refused`` says why no figure may be put there.
    """

    objects: tuple[str, ...] = ()
    action: str = ""
    unit: str | None = None
    counted: bool = False
    category: bool = False
    part: str = ""
    whole: Wanted | None = None
    above: tuple[str, ...] = ()
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


def read_wanted(texts: Sequence[str], title: Wanted | None = None, unit: str | None = None) -> Wanted | None:
    """What a path of heads asks for, outermost first; None where the words say nothing of what is counted.

    The lower heads carry the meaning; one that only groups them (阵地建设) is passed over. ``title`` is what the title of
    the form counts; it completes a head that only names a part or an action. ``unit`` stands in a column of units.

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
    parts[-1] = _counted_in(parts[-1], unit)
    whole = parts[0]
    for part in parts[1:]:
        whole = _joined(whole, part)
    if title is not None and not whole.counted:
        whole = _joined(title, whole)
    whole = _named_by_action(whole)
    if not whole.refused and (not any(whole.objects) or _BARE_SHARE.fullmatch(whole.objects[0])):
        return replace(whole, refused="表头没有写明对象")
    return replace(whole, refused="表头只有类别") if whole.category and not whole.counted else whole


def telling(head: str) -> list[str]:
    """The words of a head that name things, and not merely a field of work.

    >>> telling("阵地"), telling("社会组织管理"), telling("志愿服务")
    ([], ['社会组织'], [])
    """
    found = [w.word for w in tokens(head)]
    return [word for word in found if len(word) > 1 and word not in FIELDS and not is_action(word)]


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
    category = heading or _CATEGORY.search(text) is not None
    plain = _LEAD.sub("", _TAIL.sub("", text) or text)
    if SHARE.search(plain):
        return Wanted((plain,), "", unit or "%", counted=True)
    bare, unit = _without_count(plain, unit)
    category = category and bare == plain and unit is None
    thing, action = _parted(bare)
    acted = bool(action and thing) and not heading and not (category and _CATEGORY.search(action))
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


def _counted_in(wanted: Wanted, unit: str | None) -> Wanted:
    """With the unit of a column of units, unless the words tell another kind of it (a share)."""
    told, own = scale(unit) if unit else None, scale(wanted.unit) if wanted.unit else None
    if told is None or (own is not None and dimension(own.unit) != dimension(told.unit)):
        return wanted
    return replace(wanted, unit=unit, counted=True, category=False)


def _named_by_action(wanted: Wanted) -> Wanted:
    """Where nothing but what was done is named: persons served or trained are 人次, trainings and the like events."""
    asked = scale(wanted.unit) if wanted.unit and wanted.action and not wanted.objects else None
    kind = dimension(asked.unit) if asked else ""
    if kind == "person_time":
        return replace(wanted, objects=("人次",), counted=True)
    return replace(wanted, objects=(wanted.action,), action="", counted=True) if kind == "event" else wanted


def _joined(outer: Wanted, inner: Wanted) -> Wanted:
    """What a head under another asks for: the lower one, with what it lacks from the upper one."""
    unit, above = inner.unit or outer.unit, outer.above
    acted = "" if outer.category and _CATEGORY.search(outer.action) else outer.action
    if not outer.objects:
        action = inner.action or (acted if inner.objects else outer.action)
        return replace(inner, action=action, unit=unit, above=above)
    if not inner.objects:
        if not outer.counted and not telling(outer.objects[0]) and (named := _named_by_action(inner)).objects:
            return replace(named, above=above)
        counted = outer.counted or inner.counted
        return replace(outer, action=inner.action or acted, unit=unit, counted=counted, category=False)
    mine, theirs = inner.objects[0], outer.objects[0]
    if inner.category and not inner.counted and not telling(mine):
        return replace(outer, unit=unit)
    below = replace(inner, unit=unit, above=above)
    if telling(theirs) and theirs != mine:
        below = replace(below, whole=outer, part=mine)
    if theirs in mine:
        return replace(below, action=inner.action or acted, counted=True)
    if not inner.part and _only_groups(outer, inner, acted):
        return replace(below, part="", above=(*above, theirs))
    if outer.category and outer.counted and acted and not inner.part and inner.counted:
        return replace(below, refused="" if inner.action else "上下级表头的关系不明")
    if SHARE.search(mine):
        return replace(below, objects=(theirs + mine,))
    made = (mine + theirs,) if outer.counted else (theirs + mine,) if inner.counted else (mine + theirs, theirs + mine)
    counted = outer.counted or inner.counted
    return replace(
        below, objects=made, action=inner.action or acted, counted=counted, category=False, whole=outer, part=mine
    )  # fmt: skip


def _only_groups(outer: Wanted, inner: Wanted, acted: str) -> bool:
    """Whether a head only groups the one below it, which says by itself what is counted.

    It names no thing, or is a heading, or who did what the lower one says (党建指导员 over 联系企业数).
    """
    mine, theirs = inner.objects[0], outer.objects[0]
    if not outer.counted and not telling(theirs):
        return True
    if SHARE.search(mine):
        return not outer.counted and _BARE_SHARE.fullmatch(mine) is None
    if outer.category and (not outer.counted or not acted):
        return inner.counted or (not outer.counted and len(mine) >= _NAMED)
    return not outer.counted and bool(inner.action) and PERSON.search(theirs) is not None
