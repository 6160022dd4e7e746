"""Why a number is no fact: names, slogans, lexical numerals, ages, grades, hotlines, frequencies, place names.

The reasons are the classes of negatives that annotators of the genre use; None means the number may be a fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from corpus.model import Quantity, Span, overlapped
from corpus.wordlists import read_entries
from extract.lists import any_of
from extract.measures import dimension

_SMALL_HAN = re.compile(r"[一二两三四五六七八九十]$")
_HAN_NUMBER = re.compile(r"[零〇一二两三四五六七八九十百千万亿]+")
_QUOTES = re.compile(r"“[^“”]*”|‘[^‘’]*’|「[^「」]*」")
_TITLES = re.compile(r"《[^《》]*》")
_SENTENCE_MARK = re.compile(r"[，。！？；：]")
_EVERY = re.compile(r"每(?:一?个?)(?:周|月|季度?|年|半年|半月|天|日|学期|季|星期)[^，。；]{0,14}$")
_NUMBERED = {"村", "班", "里", "路", "街", "组", "站", "中", "小", "院", "区"}
"""Units that a Chinese numeral before them numbers rather than counts (宝林二村, 市二院)."""
_FREQUENCY_UNITS = {"次", "场", "期", "轮", "回", "遍", "堂", "课"}
_OFTEN = 12
"""Times a week, a month or a year up to which a number says how often, and beyond which how much."""
_DIVISIONS = frozenset("国省市县区州镇乡村地方岸")
"""Units that a small Chinese numeral sums up rather than counts (大化、都安、环江三县)."""
_TAKEN = r"[用耗]时|(?:等候|等待|排队|办理|办结|响应|审批|到达|处置|通行)的?时[间限]"
"""What is measured by the time it takes."""
_TIME_CONTEXT = re.compile(
    r"(?:时长|" + _TAKEN + r"|等候|等待|响应"
    r"|志愿服务|自治服务|服务|工时|学时|课时|服务时间|累计[^，。；]{0,8}|总计|共计|长达|缩短[^，。；]{0,6}"
    r"|压缩[^，。；]{0,6}|压减[^，。；]{0,6}"
    r"|减[少至到][^，。；]{0,4}|提速[^，。；]{0,4}|平均[^，。；]{0,8})(?:不?超过?|不足|达到?|约|近|逾|突破|为|共)?$"
)
_ROW = 160
"""Characters before a time in a list of places in which what took it may be named."""
_STAGE = re.compile("(?:工程|项目|标准|厂房|建设|改造|扩建|地块|用地|主体)")
"""What has a first and a second stage (产业园二期|标准厂房)."""
_NAME_TAIL = re.compile(rf"^(?:{any_of('name_tails')})")
_ABSTRACT = re.compile(rf"^(?:{any_of('abstract_heads')})")
_COUNT_VERB = re.compile(rf"(?:{any_of('count_verbs')})了?$")


@dataclass(frozen=True, slots=True)
class Context:
    """What surrounds the quantities of one text: quoted spans, 《》 spans and place names."""

    text: str
    quotes: tuple[Span, ...]
    titles: tuple[Span, ...]
    places: tuple[Span, ...]
    fixed: tuple[Span, ...]


@cache
def _fixed() -> re.Pattern[str]:
    words = set(read_entries("extract", "data/fixed_expressions.txt"))
    return re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)))


def context(text: str, places: Iterable[Span] = ()) -> Context:
    """Read the surroundings of a text once for all its quantities."""

    def spans(pattern: re.Pattern[str]) -> tuple[Span, ...]:
        return tuple(Span(*m.span()) for m in pattern.finditer(text))

    return Context(text, spans(_QUOTES), spans(_TITLES), tuple(places), spans(_fixed()))


def reason(quantity: Quantity, around: Context) -> str | None:
    """Why this quantity is no fact, or None.

    >>> from extract.quantities import scan
    >>> text = "推行“七步法”，选派138名党建指导员，每月组织一次学习"
    >>> [(q.surface, reason(q, context(text))) for q in scan(text)]
    [('七步', 'name'), ('138名', None), ('一次', 'frequency')]
    """
    text, span = around.text, quantity.span
    if overlapped(around.titles, span):
        return "title"
    place = overlapped(around.places, span)
    if place and place.start <= span.start and span.end <= place.end:
        return "place_name"
    if quantity.unit is None:
        return _bare(quantity)
    before, after = text[max(0, span.start - 24) : span.start], text[span.end : span.end + 12]
    return (
        _grade(before, after)
        or _fixed_expression(quantity, around)
        or _quoted_name(quantity, around)
        or (None if _times_of_places(quantity, around) else _time_or_age(quantity, before, after))
        or _frequency(quantity, before)
        or _lexical(quantity, before, after)
    )


def _bare(quantity: Quantity) -> str | None:
    return None if "分之" in quantity.surface else "no_unit"


def _grade(before: str, after: str) -> str | None:
    if re.search(r"[A-Za-z0-9×+＋/]$|[0-9][-－—]$", before) or re.match(r"[A-Za-z]", after):
        return "grade"
    return "ordinal" if re.search(r"第\s?$|(?<![提以空向目此之年])前$", before) else None


def _fixed_expression(quantity: Quantity, around: Context) -> str | None:
    covered = overlapped(around.fixed, quantity.span)
    return "lexical" if covered and _HAN_NUMBER.match(quantity.surface) else None


def _quoted_name(quantity: Quantity, around: Context) -> str | None:
    """A numeral inside a short quotation without sentence marks belongs to a name or slogan."""
    quote = overlapped(around.quotes, quantity.span)
    if quote is None or not (quote.start < quantity.span.start and quantity.span.end < quote.end):
        return None
    inner = around.text[quote.start + 1 : quote.end - 1]
    if len(inner) <= 14 and not _SENTENCE_MARK.search(inner):
        return "name"
    return "quoted_price" if quantity.unit == "元" and quantity.value < 10000 else None


def _times_of_places(quantity: Quantity, around: Context) -> bool:
    """Whether a time stands behind a place in a text that tells how long something took (平均用时：茂南区2.9小时)."""
    start = quantity.span.start
    place = overlapped(around.places, Span(start - 1, start)) if start else None
    told = around.text[max(0, start - _ROW) : start]
    beside = place is not None and place.end == start
    return dimension(quantity.unit) == "time" and beside and re.search(_TAKEN, told) is not None


def _time_or_age(quantity: Quantity, before: str, after: str) -> str | None:
    kind = dimension(quantity.unit)
    if kind == "age" or re.match(r"岁|周岁", after):
        return None if re.search("寿命[^，。；的]{0,8}$", before) else "age"
    if quantity.unit == "天" and "天数" in before:
        return None
    if kind != "time":
        return None
    if quantity.unit in ("小时", "工作日", "分钟", "天", "秒") and _TIME_CONTEXT.search(before):
        return None
    if quantity.unit in ("小时", "工作日", "分钟", "天") and (
        re.search(r"[由从]$", before) or re.match(r"[^，。；]{0,10}(?:压缩|缩短|压减|减少|缩减)", after)
    ):
        return None
    return "time"


def _frequency(quantity: Quantity, before: str) -> str | None:
    often = quantity.unit in _FREQUENCY_UNITS and quantity.value <= _OFTEN
    return "frequency" if often and _EVERY.search(before) else None


_MADE_SO = ("建", "形", "完", "达", "生", "集", "连")
"""What 成 belongs to before a size that names a kind (建成|万亩级示范片)."""


def _lexical(quantity: Quantity, before: str, after: str) -> str | None:
    """Chinese numerals that count nothing: 一项机制, 三个重构, 两级联动, 七步法."""
    numeral = _HAN_NUMBER.match(quantity.surface)
    if after.startswith("级") or (quantity.surface.startswith("成") and before.endswith(_MADE_SO)):
        return "name"
    if dimension(quantity.unit) == "structure" and (numeral or not re.match(r"\d", quantity.surface)):
        return "structure"
    if quantity.unit in ("届", "版", "级", "维", "节", "番") and quantity.value < 100:
        return "structure"
    if numeral and quantity.unit in _DIVISIONS and quantity.value <= 10:
        return "structure"
    if numeral is None or quantity.bound in ("approx", "approx_above", "range"):
        return None
    if quantity.unit == "期" and _STAGE.match(after):
        return "name"
    if (
        _NAME_TAIL.match(after)
        or (quantity.unit not in ("座", "条", "个") and re.match("[山峡岭]", after))
        or (quantity.unit in _NUMBERED and re.search(r"[一-鿿]$", before))
    ):
        return "name"
    if numeral[0] == "一":
        return None if quantity.unit in ("家", "座", "所") and _COUNT_VERB.search(before) else "lexical"
    if _SMALL_HAN.fullmatch(numeral[0]) and quantity.unit in ("个", "项", "张", "条", "大类", "种", "类"):
        return "name" if _ABSTRACT.match(after) or after.startswith("”") else None
    return None
