"""Text → quantities: every number with its unit, bound and value.

The grammar: [bound word] numeral [余/多] [scale] [余/多] unit [以上/左右], where the numeral is Arabic, Chinese or
mixed, a fraction, a percentage, a vague number (数十, 十几), a half or a range of two. Dates, clock times, ordinals and
numbers of documents are no quantities. What a quantity is about, and whether it is a fact at all, is decided later.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from corpus.model import Bound, Quantity, Span
from extract.dates import not_counted
from extract.measures import units
from extract.numerals import DIGITS, NUMERAL, SCALE_RUN, SCALES, WORDS, adjacent, last_scale, numeral, scale
from extract.shadow import shadow

_BEFORE: dict[str, Bound] = {
    "不少于": "at_least", "不低于": "at_least", "不小于": "at_least", "不下": "at_least", "不下于": "at_least",
    "至少": "at_least", "最少": "at_least", "起码": "at_least", "大于等于": "at_least", "大于或等于": "at_least",
    "≥": "at_least", ">=": "at_least", "不超过": "less_than", "不高于": "less_than", "不多于": "less_than",
    "不大于": "less_than", "至多": "less_than", "最多": "less_than", "不足": "less_than", "不到": "less_than",
    "不满": "less_than", "少于": "less_than", "低于": "less_than", "小于": "less_than", "小于等于": "less_than",
    "小于或等于": "less_than", "≤": "less_than", "<=": "less_than", "<": "less_than", "接近": "less_than",
    "将近": "less_than", "近": "less_than", "超过": "more_than", "超出": "more_than", "高于": "more_than",
    "大于": "more_than", "多于": "more_than", "突破": "more_than", "超": "more_than", "逾": "more_than",
    ">": "more_than", "上": "more_than", "过": "more_than", "约": "approx", "大约": "approx", "大概": "approx",
    "约为": "approx", "约有": "approx",
}  # fmt: skip
_NOT_ALONE = {
    "近": "最附邻就亲临贴",
    "约": "节预签公条特制相违毁续解邀合契失履",
    "超": "赶高",
    "过": "超经通度跨渡不",
    "上": "以",
}
"""Before which characters a bound word of one character is part of another word (节约, 签约, 最近)."""
_PURE_ONLY = ("上", "过")
"""Bound words that stand only before a scale without digits (上百, 过万)."""
_AFTER: dict[str, Bound] = {
    "及以上": "at_least", "或以上": "at_least", "以上": "at_least", "及以下": "less_than", "以下": "less_than",
    "之下": "less_than", "以内": "less_than", "之内": "less_than", "左右": "approx", "上下": "approx",
}  # fmt: skip
_NAMED = {
    "人民币": "元", "¥": "元", "￥": "元", "RMB": "元", "港币": "港元", "美金": "美元", "$": "美元", "日币": "日元",
    "新台币": "新台币", "台币": "新台币", "欧元": "欧元", "日元": "日元", "美元": "美元", "港元": "港元",
    "摄氏": "℃", "华氏": "℉",
}  # fmt: skip
"""Units written before the number: 人民币50元, 摄氏37度."""
_NOT_BEFORE = {
    "角": "(?![一-鿿])|角(?=[的整零一二三四五六七八九])",
    "打": "(?![造击印开破通包卡工断算扰好响拼磨赢分动])",
}
"""What must not follow a measure word that is also part of other words (三角洲, 十打造)."""
_DIGIT = "".join(c for c in DIGITS if c != "参")
_START = re.compile(
    rf"[0-9{_DIGIT}{''.join(SCALES)}廿卅卌]|参(?=[拾佰仟万亿])|\.(?=[0-9])|[数几成](?=[十百千万亿])|(?<![上下前后大多])半|对折"
)
_LEFT = re.compile(
    rf"(?:(?P<bound>{'|'.join(sorted(map(re.escape, _BEFORE), key=len, reverse=True))})[了有]?)?[ 　]?"
    rf"(?P<named>{'|'.join(map(re.escape, _NAMED))})?[ 　]{{0,2}}(?P<sign>[-－−–]|负|零下)?[ 　]?$"
)
_END = rf"(?![{_DIGIT}{''.join(SCALES)}个分角毛、点a-z]|块)"
_MONEY_LEFT = re.compile(
    rf"零?(?:(?P<jiao>[0-9]|[{_DIGIT}])[角毛](?:(?P<cent>[{_DIGIT}]){_END})?)?"
    rf"零?(?:(?P<fen>[0-9]{{1,2}}|[{_DIGIT}]|[一二三四五六七八九]?十[一二三四五六七八九]?)分(?!之))?"
    r"(?P<whole>[整正钱](?![一-鿿]))?"
)
_LIANG = re.compile(rf"(?P<liang>[0-9]|[{_DIGIT}两])两(?P<half>半(?![一-鿿]))?")
_TENTHS = re.compile(rf"(?P<zero>零)?(?P<tenths>[{_DIGIT}]){_END}")
_HALF_UNITS = {"mass", "time", "length", "area", "volume"}
_SPACE = r"[ 　]{0,2}"
_OF = rf"{_SPACE}分{_SPACE}之{_SPACE}"
_SHORT = r"(?:[kKwW]|M)(?=$|[^A-Za-z0-9一-鿿]|个百|元|左右|上下|以[上下]|[多余])"
_RANGE = re.compile(r"(?:[（(]含[）)])?\s?(?:-|－|—|–|——|--|~|～|至|到)\s?")
_TO = re.compile(rf"\s?[-－—–~～至到]\s?[0-9{_DIGIT}两]")
_TOO_LARGE = Decimal(10) ** 26
_LONGEST = 60
"""Characters of a numeral; what is longer is a code."""
_BETWEEN = re.compile(r"\s?[与和]\s?")


@cache
def _grammar() -> re.Pattern[str]:
    measures = sorted((u for u in units() if u not in ("%", "％", "‰")), key=len, reverse=True)
    words = "|".join(
        re.escape(u) + _NOT_BEFORE.get(u[-1], "(?![A-Za-z0-9])" if u[-1].isascii() else "") for u in measures
    )
    after = "|".join(sorted(_AFTER, key=len, reverse=True))
    return re.compile(
        rf"(?:(?P<per>(?:[百佰千仟]?万|万万|[百佰千仟亿])){_OF}(?P<pern>[负-]?{NUMERAL})(?P<perk>{_SHORT})?"
        rf"|(?:(?P<whole>{NUMERAL}){_SPACE}又{_SPACE})?(?P<den>{NUMERAL}){_OF}(?P<num>[负-]?{NUMERAL})"
        rf"|(?:(?P<add>[0-9]+) )?(?P<over>[0-9]+)/(?P<under>[0-9]+)(?![0-9/.])"
        rf"|(?P<vague>[数几成])(?P<vscale>[十百千万亿]+)"
        rf"|(?P<half>一?半(?:百|(?=成|{words}|[，。、；！？的）]|$))|对折)"
        rf"|(?P<n>{NUMERAL})(?P<power>[eE][-+]?[0-9]+(?![0-9A-Za-z])|\^-?[0-9]+)?"
        rf"(?:{_SPACE}(?P<mid>余|多(?!个?百分)|来(?![自源到访电信函宾客华京])|(?<=[十百千万零])几|(?<=[十百千万零] )几)"
        rf"{_SPACE}(?P<scale>{SCALE_RUN}*)|个(?P<many>亿|[百千]?万(?=[元块])))?"
        rf"(?P<short>[ 　]?{_SHORT})?)"
        rf"(?P<tail>余|多(?!个?百分))?[ 　]{{0,3}}(?:(?P<pct>[%‰]"
        rf"|成(?![为立功效员本果长都熟绩交年人就品型份色群])(?P<cheng>{_SPACE}[{_DIGIT}0-9]|半)?|折(?=[^叠返]|$))"
        rf"|(?P<points>个?{_SPACE}百{_SPACE}分{_SPACE}点)"
        rf"|(?P<and>个半(?=小时|钟头|月|学期))?(?P<early>{after})?(?P<unit>{words})(?P<peru>/(?:{words}))?)?"
        rf"(?:[（(]含[）)])?(?P<suffix>{after})?"
    )


@dataclass(frozen=True, slots=True)
class _Number:
    """``factor``: the scale that the numeral ends in; not ``alone``: a number only as the low end of a range."""

    low: Decimal
    high: Decimal | None
    unit: str | None
    bound: Bound
    start: int
    end: int
    factor: int
    alone: bool


def scan(text: str) -> list[Quantity]:
    """Every quantity of a text, in order.

    >>> [(q.surface, str(q.value), q.unit, q.bound) for q in scan("提供岗位2000余个，融资2.4亿元，比例达到95%")]
    [('2000余个', '2000', '个', 'approx_above'), ('2.4亿元', '240000000', '元', 'exact'), ('95%', '95', '%', 'exact')]
    """
    plain = shadow(text)
    numbers = list(_numbers(plain))
    found: list[Quantity] = []
    at = 0
    while at < len(numbers):
        number = numbers[at]
        merged = _as_range(plain, number, numbers[at + 1]) if at + 1 < len(numbers) else None
        at += 2 if merged else 1
        number = merged or number
        if not number.alone:
            continue
        surface = text[number.start : number.end]
        found.append(
            Quantity(surface, number.low, number.high, number.unit, number.bound, Span(number.start, number.end))
        )
    return found


def _numbers(text: str) -> Iterator[_Number]:
    blocked = not_counted(text)
    ends = [b.end for b in blocked]
    at = done = 0
    while start := _START.search(text, at):
        at = start.start()
        match = _grammar().match(text, at)
        if match is None:
            at += 1
            continue
        first, last = _digits(match)
        nearest = bisect_right(ends, first)
        if nearest < len(blocked) and blocked[nearest].start < last:
            at = max(blocked[nearest].end, at + 1)
            continue
        if last == first:
            at += 1
            continue
        at = last
        if last - first > _LONGEST:
            continue
        if number := _number(text, match, done):
            yield number
            at = done = max(number.end, last)


def _digits(match: re.Match[str]) -> tuple[int, int]:
    """From the first digit to the end of the digits: what a date or an ordinal may lay claim to."""
    last = max(match.end(group) for group in ("n", "pern", "num", "under", "vscale", "half"))
    return match.start(), last


def _number(text: str, match: re.Match[str], floor: int) -> _Number | None:
    left = _LEFT.search(text, max(floor, match.start() - 9), match.start())
    assert left is not None
    bound_word, named = _bound_word(text, left, match), left["named"]
    value = _value(match)
    if value is None:
        return None
    start = match.start()
    alone = _is_number(text, match, left.start("sign") if left["sign"] else start, bound_word)
    if not alone and not (match["n"] and _TO.match(text, match.end("n"))):
        return None
    low, high = value
    unit, end = _unit(match)
    low, high, unit, end = _with_rest(text, match, low, high, unit, end)
    if left["sign"] and (left["sign"] == "零下" or _is_minus(text, left.start("sign"))):
        low, high = -low, None if high is None else -high
        start = left.start("sign")
    if named and unit in (None, "元", "度"):
        unit, start = _NAMED[named], start if unit else min(start, left.start("named"))
    bound = _bound(match, bound_word, high)
    if bound_word and _is_pure(match) and len(bound_word) == 1:
        start = left.start("bound")
    factor = last_scale(re.sub(r"[ 　]", "", match["n"] or "") + (match["scale"] or match["many"] or ""))
    if match["short"]:
        factor = _short(match["short"])
    if max(abs(low), abs(low if high is None else high)) >= _TOO_LARGE:
        return None
    return _Number(_tidy(low), None if high is None else _tidy(high), unit, bound, start, end, factor, alone)


def _tidy(value: Decimal) -> Decimal:
    """Without trailing zeros or an exponent: 12505000.0 → 12505000."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _bound_word(text: str, left: re.Match[str], match: re.Match[str]) -> str | None:
    word = left["bound"]
    if word is None or text[left.start("bound") - 1 : left.start("bound")] in tuple(_NOT_ALONE.get(word, "")):
        return None
    return None if word in _PURE_ONLY and not _is_pure(match) else word


def _is_pure(match: re.Match[str]) -> bool:
    """A scale without digits: 近百家, 上万人次."""
    return match["n"] is not None and set(match["n"]) <= set("百千万亿佰仟")


def _value(match: re.Match[str]) -> tuple[Decimal, Decimal | None] | None:
    """Low and high."""
    if match["per"]:
        n = _signed(match["pern"])
        return None if n is None else (n * 100 * _short(match["perk"]) / scale(match["per"]), None)
    if match["den"]:
        n, d = _signed(match["num"]), numeral(match["den"])
        whole = numeral(match["whole"]) if match["whole"] else Decimal(0)
        return None if n is None or not d or whole is None else (round(whole + n / d, 12), None)
    if match["over"]:
        d = Decimal(match["under"])
        return (round(int(match["add"] or 0) + Decimal(match["over"]) / d, 12), None) if d else None
    if match["vscale"]:
        low = Decimal(scale(match["vscale"]))
        return (low, None) if match["vague"] == "成" else (low, low * 10 - 1)
    if match["half"]:
        return (_of_share(match, Decimal(50 if match["half"].endswith(("百", "折")) else "0.5")), None)
    return _plain(match)


def _plain(match: re.Match[str]) -> tuple[Decimal, Decimal | None] | None:
    text, factor = match["n"], _short(match["short"])
    more = match["scale"] or match["many"] or ""
    if match["mid"] == "几":
        n, step, factor = numeral(text), max(1, last_scale(text) // 10), scale(more)
        return None if n is None else ((n + step) * factor, (n + 9 * step) * factor)
    pair = adjacent(text)
    if pair and not match["pct"]:
        return pair[0] * scale(more), pair[1] * scale(more)
    n = numeral(text + more)
    if n is None:
        return None
    if match["power"]:
        sign, exponent = match["power"][0], int(match["power"][1:])
        if abs(exponent) > 30:
            return None
        n = n**exponent if sign == "^" else n.scaleb(exponent)
    return _of_share(match, n) * factor + (Decimal("0.5") if match["and"] else 0), None


def _signed(text: str) -> Decimal | None:
    n = numeral(text.lstrip("负-"))
    return -n if n is not None and text[0] in "负-" else n


def _short(mark: str | None) -> int:
    return {"k": 1000, "w": 10**4, "m": 10**6}[mark.strip().lower()] if mark else 1


def _of_share(match: re.Match[str], value: Decimal) -> Decimal:
    mark = match["pct"] or ""
    if mark.startswith("成"):
        extra = (match["cheng"] or "").strip()
        return value * 10 + (Decimal(5) if extra == "半" else numeral(extra) or 0 if extra else 0)
    return value * 10 if mark == "折" and value <= 10 else value


def _unit(match: re.Match[str]) -> tuple[str | None, int]:
    """The normalised unit, and where what was read ends."""
    if match["pct"] == "‰":
        return "‰", match.end()
    if match["per"] or match["pct"] or match["half"] == "对折":
        return "%", match.end()
    if match["points"]:
        return "个百分点", match.end()
    if match["unit"] is None or match["half"] in ("一半", "半百"):
        ends = [match.end(g) for g in ("suffix", "tail", "short", "many", "scale", "mid", "power")]
        return None, max(*ends, _digits(match)[1])
    unit = units()[match["unit"]].normal
    return (unit + "/" + units()[match["peru"][1:]].normal if match["peru"] else unit), match.end()


def _with_rest(
    text: str, match: re.Match[str], low: Decimal, high: Decimal | None, unit: str | None, end: int
) -> tuple[Decimal, Decimal | None, str | None, int]:
    """What a smaller unit or a half adds: 3元5角, 三斤半, 六斤八两, 两块三."""
    if unit is None or match["unit"] is None:
        return low, high, unit, end
    written = units()[match["unit"]]
    low, high = low * written.factor, None if high is None else high * written.factor
    more = Decimal(0)
    if written.dimension == "money" or match["unit"] == "块":
        rest = _MONEY_LEFT.match(text, end)
        if rest and rest.end() > end and (rest["jiao"] or rest["fen"] or rest["whole"]):
            more = _some(rest["jiao"]) / 10 + (_some(rest["fen"]) + _some(rest["cent"])) / 100
            unit, end = unit if written.dimension == "money" else "元", rest.end()
        if currency := re.match("|".join(c for c in _NAMED if not c.isascii()), text[end : end + 4]):
            unit, end = _NAMED[currency[0]], end + currency.end()
    if match["unit"] in ("块", "毛", "米") and not more and (rest := _TENTHS.match(text, end)):
        step = {"块": Decimal("0.1"), "米": Decimal("0.1"), "毛": Decimal("0.01")}[match["unit"]]
        more, end = _some(rest["tenths"]) * (step / 10 if rest["zero"] else step), rest.end()
        unit = "元" if match["unit"] == "块" else unit
    if match["unit"] == "斤" and (rest := _LIANG.match(text, end)):
        more, end = _some(rest["liang"]) / 10 + (Decimal("0.05") if rest["half"] else 0), rest.end()
    elif written.dimension in _HALF_UNITS and re.match(r"半(?![一-鿿]|$)|半$|半(?=的|以|时间|多)", text[end : end + 3]):
        more, end = written.factor / 2, end + 1
    return low + more, high, unit, end


def _some(digits: str | None) -> Decimal:
    return numeral(digits) or Decimal(0) if digits else Decimal(0)


def _is_minus(text: str, at: int) -> bool:
    """Whether a dash is a sign: it opens the text or a clause, or stands after a space that no number is before."""
    before = text[at - 1 : at] if at else ""
    if before in " 　":
        return re.search(r"[0-9A-Za-z%）)][ 　]+$", text[max(0, at - 6) : at]) is None
    return before in "：:，,。；（(为是达至约了\n"


def _is_number(text: str, match: re.Match[str], start: int, bound: str | None) -> bool:
    """Whether the characters are a number here, not part of a word (统一, 万企, 十分, 5A级, 90后)."""
    n = match["n"]
    if n is None:
        return match["half"] != "半" or match["unit"] is not None or match["pct"] is not None
    counted = bool(match["unit"] or match["pct"] or match["points"])
    after = text[match.end("n") : match.end("n") + 1]
    if n[0] in "0123456789.":
        return counted or bool(match["short"] or match["power"]) or not re.match(r"[A-Za-z后]", after)
    if _is_pure(match):
        return bool(bound or match["tail"] or match["mid"]) and match["unit"] is not None
    before = text[start - 1 : start] if start else ""
    alone = not re.match(r"[一-鿿A-Za-z]", before) and not re.match(r"[一-鿿A-Za-z]", after)
    if n in WORDS:
        return alone or match["pct"] is not None or (match["unit"] or "") in ("元", "圆", "角", "分", "元整", "圆整")
    if counted or len(n) > 2:
        return True
    if len(n) == 2 and n[0] in "十百千万亿" and n[1] in SCALES:
        return alone
    stated = before in tuple("是为于前达到") and (
        not re.match(r"[一-鿿A-Za-z]", after) or after in tuple("不却那和与的")
    )
    scaled = any(c in SCALES for c in n) and bool(match["tail"] or match["mid"])
    return alone or stated or scaled


def _bound(match: re.Match[str], word: str | None, high: Decimal | None) -> Bound:
    if match["vscale"] or match["mid"] == "几":
        return "approx"
    if high is not None:
        return "range"
    if match["mid"] or match["tail"]:
        return "approx_above"
    if word:
        return _BEFORE[word]
    after = match["suffix"] or match["early"]
    return _AFTER[after] if after else "exact"


def _as_range(text: str, left: _Number, right: _Number) -> _Number | None:
    """One range of two numbers with a dash or 至 between them, or None."""
    gap = text[left.end : right.start]
    between = _BETWEEN.fullmatch(gap) and text[right.end : right.end + 2] == "之间"
    if not (_RANGE.fullmatch(gap) or between) or left.high is not None or right.high is not None:
        return None
    if re.search(r"[由从][^，。；]{0,8}$", text[: left.start][-12:]) and gap.strip() in ("至", "到"):
        return None
    if left.unit not in (None, right.unit):
        return None
    low = left.low
    smaller = left.factor == 1 or left.factor < 10**4 <= right.factor
    if left.unit is None and smaller and low * right.factor <= right.low:
        low *= right.factor
    if low >= right.low:
        return None
    return _Number(low, right.low, right.unit, "range", left.start, right.end, 1, True)
