"""Text → quantities: every number with its unit, bound and value.

The grammar: [bound word] number [余/多] [scale] [余/多] unit [以上/左右], where number is Arabic, Chinese, a fraction,
a percentage, a vague number (数十, 十几) or a range of two. Dates, clock times, ordinals and document numbers are no
quantities. What a quantity is about, and whether it is a fact at all, is decided by the stages after this one.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources

from corpus.model import Bound, Quantity, Span
from corpus.script import simplified
from extract.numerals import HAN_DIGITS, HAN_SCALES, adjacent, arabic, chinese, scale

_ARABIC = r"[0-9０-９]{1,3}(?:,[0-9０-９]{3})+(?:[.．][0-9０-９]+)?(?![0-9０-９])|[0-9０-９]+(?:[.．][0-9０-９]+)?"
_HAN = rf"[{HAN_DIGITS}{HAN_SCALES}]+(?:点[{HAN_DIGITS}]+[万亿]*)?"
_PREFIXES: dict[str, Bound] = {
    "不少于": "at_least", "不低于": "at_least", "不小于": "at_least", "至少": "at_least", "最少": "at_least",
    "不超过": "less_than", "不高于": "less_than", "不多于": "less_than", "至多": "less_than", "最多": "less_than",
    "不足": "less_than", "不到": "less_than", "不满": "less_than", "少于": "less_than", "低于": "less_than",
    "小于": "less_than", "接近": "less_than", "将近": "less_than", "近": "less_than", "超过": "more_than",
    "超出": "more_than", "高于": "more_than", "大于": "more_than", "多于": "more_than", "突破": "more_than",
    "超": "more_than", "逾": "more_than", "上": "more_than", "约": "approx", "大约": "approx", "大概": "approx",
}  # fmt: skip
_SUFFIXES: dict[str, Bound] = {
    "及以上": "at_least", "以上": "at_least", "以下": "less_than", "以内": "less_than", "之内": "less_than",
    "左右": "approx", "上下": "approx",
}  # fmt: skip
_DATE = re.compile(
    r"(?:[12][0-9]{3}|[二一][〇零○一二三四五六七八九]{3})(?:年度?|[-/.][01]?[0-9][-/.][0-3]?[0-9])(?:[初末底中]|代|版)?"
    r"(?:[01]?[0-9]月份?(?:[0-3]?[0-9][日号])?|[一二三四五六七八九十]{1,2}月份?(?:[一二三四五六七八九十]{1,3}[日号])?)?"
    r"|(?<![0-9.])[01]?[0-9]月份?[0-3]?[0-9][日号]|(?<![0-9.个])[01]?[0-9]月份?(?![0-9]*个)"
    r"|(?<![个十])[一二三四五六七八九十]{1,2}月(?:份|[一二三四五六七八九十]{1,3}[日号]|(?=[，、至到底初末以，。]))"
    r"|(?<![0-9.,])[0-3]?[0-9][日号](?=[，。、（）()上下晚中起前后至到早凌]|$)"
    r"|(?<![0-9])[0-2]?[0-9][:：][0-5][0-9](?:[:：][0-5][0-9])?|[0-2]?[0-9][时点](?:[0-5]?[0-9]分|半|整|许|左右|(?=[，。、至到]|$))"
    r"|[12][0-9]{3}(?=[-—~～至到][12][0-9]{3}年)"
)
_DATE_RANGE_HEAD = re.compile(
    r"[0-9]{1,2}(?:[-—–~～至到、])(?=[0-9]{1,2}月)|[0-9]{1,2}(?:[-—–~～至到、])(?=[0-9]{1,2}[日号])"
)
_NOT_NUMBERS = re.compile(
    r"第\s?(?:[0-9０-９]+|[零〇一二两三四五六七八九十百千万]+)"
    r"|[〔\[［（(][12][0-9]{3}[〕\]］）)]\s?(?:第?\s?[0-9]+号)?"
    r"|(?<![0-9])(?:1[3-9][0-9]{9}|0[0-9]{2,3}[-－—][0-9]{7,8}|[48]00[-－][0-9-]{7,})(?![0-9])"
    r"|https?://[!-~]+|[A-Za-z][A-Za-z.]*[-_]?[0-9][A-Za-z0-9._-]*"
)
_RANGE = re.compile(r"\s?(?:-|－|—|–|——|~|～|至|到)\s?")


@dataclass(frozen=True, slots=True)
class Unit:
    """A measure word: ``normal`` is its normal form, ``dimension`` what it measures."""

    word: str
    dimension: str
    normal: str


@cache
def units() -> dict[str, Unit]:
    """The measure words by their written form."""
    text = resources.files("extract").joinpath("data/units.csv").read_text("utf8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {r["unit"]: Unit(r["unit"], r["dimension"], r["normal"] or r["unit"]) for r in rows}


def dimension(unit: str | None) -> str:
    """What a normalised unit measures; "none" without a unit."""
    found = units().get((unit or "").split("/")[0])
    return found.dimension if found else "none"


@cache
def _grammar() -> re.Pattern[str]:
    words = "|".join(re.escape(u) for u in sorted(units(), key=len, reverse=True) if u not in ("%", "％", "‰"))
    before = "|".join(sorted(_PREFIXES, key=len, reverse=True))
    after = "|".join(sorted(_SUFFIXES, key=len, reverse=True))
    return re.compile(
        rf"(?P<prefix>{before})?[ 　]?(?P<sign>[-－−负])?"
        rf"(?:(?P<per>百|千|万)分之(?P<pern>{_ARABIC}|{_HAN})"
        rf"|(?P<den>[0-9]+|[{HAN_DIGITS}十百]+)分之(?P<num>[0-9]+|[{HAN_DIGITS}十百]+)"
        rf"|(?P<vague>[数几]|好几|成)(?P<vscale>[十百千万亿]+)"
        rf"|(?P<teen>[{HAN_DIGITS}]?十|[{HAN_DIGITS}]百)几(?P<tscale>[万亿]?)"
        rf"|(?P<ar>{_ARABIC})[ 　]?(?P<mid>[余多几来])?[ 　]?(?P<scale>[百千万亿]*)"
        rf"|(?P<han>{_HAN})(?P<hmid>[余多来])?(?P<hscale>[百千万亿]*))"
        rf"(?P<tail>余|多(?!个?百分))?[ 　]?(?:(?P<pct>[%％‰]"
        rf"|成(?![为立功效员本果长都熟绩交年人就品型份色群])"
        rf"(?P<cheng>[{HAN_DIGITS}0-9]|半)?|折(?=[^叠返]|$))|"
        rf"(?P<early>{after})?(?P<unit>{words})(?P<peru>/(?:{words}))?)?"
        rf"(?P<suffix>{after})?"
    )


@dataclass(frozen=True, slots=True)
class _Number:
    low: Decimal
    high: Decimal | None
    unit: str | None
    bound: Bound
    start: int
    end: int
    factor: int
    bare: bool


def scan(text: str) -> list[Quantity]:
    """Every quantity of a text, in order.

    >>> [(q.surface, str(q.value), q.unit, q.bound) for q in scan("提供岗位2000余个，融资2.4亿元，比例达到95%")]
    [('2000余个', '2000', '个', 'approx_above'), ('2.4亿元', '240000000', '元', 'exact'), ('95%', '95', '%', 'exact')]
    """
    plain = simplified(text)
    numbers = list(_numbers(plain))
    found: list[Quantity] = []
    at = 0
    while at < len(numbers):
        number = numbers[at]
        merged = _as_range(plain, number, numbers[at + 1]) if at + 1 < len(numbers) else None
        at += 2 if merged else 1
        number = merged or number
        surface = text[number.start : number.end]
        found.append(
            Quantity(surface, number.low, number.high, number.unit, number.bound, Span(number.start, number.end))
        )
    return found


def _numbers(text: str) -> Iterator[_Number]:
    blocked = _blocked(text)
    at = 0
    while match := _grammar().search(text, at):
        at = max(match.end(), match.start() + 1)
        first, last = _extent(match)
        clash = next((b for b in blocked if b.start < last and first < b.end), None)
        if clash:
            at = max(clash.end, match.start() + 1)
            continue
        if number := _number(text, match):
            yield number


def _extent(match: re.Match[str]) -> tuple[int, int]:
    """From the first digit to the end of the digits: what a date or an ordinal may lay claim to."""
    for group in ("ar", "han", "pern", "num", "vscale", "teen"):
        if match[group]:
            return match.start(group), match.end(group)
    return match.span()


def _blocked(text: str) -> list[Span]:
    spans = [Span(*m.span()) for p in (_DATE, _NOT_NUMBERS, _DATE_RANGE_HEAD) for m in p.finditer(text)]
    return sorted(spans)


def _number(text: str, match: re.Match[str]) -> _Number | None:
    value = _value(match)
    if value is None:
        return None
    low, high, factor = value
    unit = _unit(match)
    start, end = match.start(), match.end()
    prefix, sign = match["prefix"], match["sign"]
    if sign and _is_minus(text, match.start("sign"), sign):
        low, high = -low, None if high is None else -high
    elif sign:
        start, prefix = match.start("sign") + 1, None
    if prefix == "上" and match["han"] not in ("百", "千", "万", "亿", "百万", "千万"):
        prefix, start = None, start + 1
    if prefix and start == match.start():
        start += len(prefix) if not _prefix_in_surface(prefix, match) else 0
    if match["han"] and not _is_number(text, match, prefix):
        return None
    if unit is None and match["unit"] is None:
        end = match.end("pct") if match["pct"] else end
    start += len(text[start:end]) - len(text[start:end].lstrip())
    end = start + len(text[start:end].rstrip())
    bound = _bound(match, prefix, high)
    return _Number(_tidy(low), None if high is None else _tidy(high), unit, bound, start, end, factor, unit is None)


def _tidy(value: Decimal) -> Decimal:
    """Without trailing zeros or an exponent: 12505000.0 → 12505000."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _prefix_in_surface(prefix: str, match: re.Match[str]) -> bool:
    """近百家 and 上万人次 are one word; 超过500户 is a word and a number."""
    return match["han"] is not None and set(match["han"]) <= set(HAN_SCALES) and len(prefix) == 1


def _value(match: re.Match[str]) -> tuple[Decimal, Decimal | None, int] | None:
    """Low, high, and the scale written after the digits."""
    if match["per"]:
        n = _plain(match["pern"])
        return None if n is None else (n * 100 / scale(match["per"]), None, 1)
    if match["den"]:
        n, d = _plain(match["num"]), _plain(match["den"])
        return None if n is None or not d else (round(n / d, 12), None, 1)
    if match["vscale"]:
        low = Decimal(scale(match["vscale"]))
        return (low, None, 1) if match["vague"] == "成" else (low, low * 10 - 1, 1)
    if match["teen"]:
        low, factor = chinese(match["teen"]) or Decimal(0), scale(match["tscale"])
        step = 1 if match["teen"].endswith("十") else 10
        return (low + step) * factor, (low + 9 * step) * factor, 1
    if match["ar"]:
        factor = scale(match["scale"])
        return _percent(match, arabic(match["ar"])) * factor, None, factor
    pair = adjacent(match["han"])
    factor = scale(match["hscale"])
    if pair and not match["pct"]:
        return pair[0] * factor, pair[1] * factor, 1
    n = chinese(match["han"])
    return None if n is None else (_percent(match, n) * factor, None, factor)


def _plain(text: str) -> Decimal | None:
    return arabic(text) if text[0] in "0123456789０１２３４５６７８９" else chinese(text)


def _percent(match: re.Match[str], value: Decimal) -> Decimal:
    mark = match["pct"] or ""
    if mark.startswith("成"):
        extra = match["cheng"]
        more = Decimal(0) if not extra else Decimal(5) if extra == "半" else _plain(extra) or Decimal(0)
        return value * 10 + more
    if mark == "折":
        return value * 10 if value < 10 else value
    return value


def _unit(match: re.Match[str]) -> str | None:
    if match["pct"] == "‰":
        return "‰"
    if match["per"] or match["pct"]:
        return "%"
    if match["unit"] is None:
        return None
    unit = units()[match["unit"]].normal
    return unit + "/" + units()[match["peru"][1:]].normal if match["peru"] else unit


def _is_minus(text: str, at: int, sign: str) -> bool:
    before = text[at - 1 : at]
    if sign == "负":
        return before == "" or before in "：:，,。；（( 为是达至约"
    return before == "" or before in "：:，,。；（( 为是达至约\n"


def _is_number(text: str, match: re.Match[str], prefix: str | None) -> bool:
    """Whether Chinese numeral characters are a number here, not part of a word (统一, 万企, 十分)."""
    han = match["han"]
    if set(han) <= set("百千万亿百佰仟拾"):
        return bool(prefix or match["tail"] or match["hmid"]) and match["unit"] is not None
    if match["unit"] or match["pct"] or len(han) > 2:
        return True
    if len(han) == 2 and han[0] in "十百千万亿" and han[1] in HAN_SCALES:
        return False
    before, after = text[match.start() - 1 : match.start()], text[match.end("han") : match.end("han") + 1]
    alone = not re.match(r"[一-鿿A-Za-z]", before) and not re.match(r"[一-鿿A-Za-z]", after)
    return alone or (len(han) > 1 and any(c in HAN_SCALES for c in han) and bool(match["tail"] or match["hmid"]))


def _bound(match: re.Match[str], prefix: str | None, high: Decimal | None) -> Bound:
    if match["vague"] == "成":
        return "approx"
    if match["vscale"] or match["teen"]:
        return "approx"
    if high is not None:
        return "range"
    if match["mid"] or match["hmid"] or match["tail"]:
        return "approx_above"
    if prefix:
        return _PREFIXES[prefix]
    after = match["suffix"] or match["early"]
    return _SUFFIXES[after] if after else "exact"


def _as_range(text: str, left: _Number, right: _Number) -> _Number | None:
    """One range of two numbers with a dash or 至 between them, or None."""
    gap = text[left.end : right.start]
    if not _RANGE.fullmatch(gap) or left.high is not None or right.high is not None:
        return None
    if re.search(r"[由从][^，。；]{0,8}$", text[: left.start]) and gap.strip() in ("至", "到"):
        return None
    if left.unit not in (None, right.unit):
        return None
    low = left.low
    if left.bare and left.factor == 1 and low * right.factor <= right.low:
        low *= right.factor
    if low >= right.low or right.unit is None:
        return None
    return _Number(low, right.low, right.unit, "range", left.start, right.end, 1, False)
