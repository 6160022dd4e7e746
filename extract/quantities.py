"""Text → quantities: every number with its unit, bound and value.

The grammar: [bound word] numeral [余/多] [scale] [余/多] unit [以上/左右], where the numeral is Arabic, Chinese or
mixed, a fraction, a percentage, a vague number (数十, 十几), a half or a range of two. Dates, clock times, ordinals and
numbers of documents are no quantities. What a quantity is about, and whether it is a fact at all, is decided later.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.model import Bound, Quantity, Span
from extract.grammar import (
    AFTER,
    BEFORE,
    BETWEEN,
    CURRENCY,
    HALF,
    HALF_UNITS,
    LEFT,
    LIANG,
    LONGEST,
    NAMED,
    NOT_ALONE,
    PURE_ONLY,
    RANGE,
    SMALL_MONEY,
    START,
    TENTHS,
    TO,
    TOO_LARGE,
    grammar,
)
from extract.measures import units
from extract.numerals import SCALES, WORDS, last_scale, numeral
from extract.shadow import shadow
from extract.uncounted import uncounted
from extract.values import short, value_of

_POINTS = "个百分点"
_IN_POINTS = re.compile(r"[、和与及]\s?[0-9]+(?:\.[0-9]+)?个百分点")
"""Behind so many of what the next number of the row names (1.3个、2.1个百分点)."""
_SIGNED = ("℃", "℉", "%", "‰", "个百分点")


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
    numbers = [
        replace(n, unit=_POINTS) if n.unit == "个" and _IN_POINTS.match(plain, n.end) else n for n in _numbers(plain)
    ]
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
    blocked = uncounted(text)
    ends = [b.end for b in blocked]
    at = done = 0
    while start := START.search(text, at):
        at = start.start()
        match = grammar().match(text, at)
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
        if last - first > LONGEST:
            continue
        if number := _number(text, match, done):
            yield number
            at = done = max(number.end, last)


def _digits(match: re.Match[str]) -> tuple[int, int]:
    """From the first digit to the end of the digits: what a date or an ordinal may lay claim to."""
    last = max(match.end(group) for group in ("n", "pern", "num", "under", "vscale", "half"))
    return match.start(), last


def _number(text: str, match: re.Match[str], floor: int) -> _Number | None:
    left = LEFT.search(text, max(floor, match.start() - 9), match.start())
    assert left is not None
    bound_word, named = _bound_word(text, left, match), left["named"]
    value = value_of(match)
    if value is None:
        return None
    start = match.start()
    alone = _is_number(text, match, left.start("sign") if left["sign"] else start, bound_word)
    if not alone and not (match["n"] and TO.match(text, match.end("n"))):
        return None
    low, high = value
    unit, end = _unit(match)
    low, high, unit, end = _with_rest(text, match, low, high, unit, end)
    if left["sign"] and (left["sign"] == "零下" or _is_minus(text, left.start("sign"), unit)):
        low, high = -low, None if high is None else -high
        start = left.start("sign")
    if named and unit in (None, "元", "度"):
        unit, start = NAMED[named], start if unit else min(start, left.start("named"))
    bound = _bound(match, bound_word, high)
    if bound_word and _is_pure(match) and len(bound_word) == 1:
        start = left.start("bound")
    written = (match["n"] or "") + (match["scale"] or match["many"] or "")
    factor = short(match["short"]) if match["short"] else last_scale(written)
    if max(abs(low), abs(low if high is None else high)) >= TOO_LARGE:
        return None
    return _Number(_tidy(low), None if high is None else _tidy(high), unit, bound, start, end, factor, alone)


def _tidy(value: Decimal) -> Decimal:
    """Without trailing zeros or an exponent: 12505000.0 → 12505000."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _bound_word(text: str, left: re.Match[str], match: re.Match[str]) -> str | None:
    word = left["bound"]
    if word is None or (word in NOT_ALONE and re.search(f"(?:{NOT_ALONE[word]})$", text[: left.start("bound")][-2:])):
        return None
    return None if word in PURE_ONLY and not _is_pure(match) else word


def _is_pure(match: re.Match[str]) -> bool:
    """A scale without digits: 近百家, 上万人次."""
    return match["n"] is not None and set(match["n"]) <= set("百千万亿佰仟")


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
        rest = SMALL_MONEY.match(text, end)
        if rest and rest.end() > end and (rest["jiao"] or rest["fen"] or rest["whole"]):
            more = _some(rest["jiao"]) / 10 + (_some(rest["fen"]) + _some(rest["cent"])) / 100
            unit, end = unit if written.dimension == "money" else "元", rest.end()
        if currency := CURRENCY.match(text, end):
            unit, end = NAMED[currency[0]], currency.end()
    if match["unit"] in ("块", "毛", "米") and not more and (rest := TENTHS.match(text, end)):
        step = {"块": Decimal("0.1"), "米": Decimal("0.1"), "毛": Decimal("0.01")}[match["unit"]]
        more, end = _some(rest["tenths"]) * (step / 10 if rest["zero"] else step), rest.end()
        unit = "元" if match["unit"] == "块" else unit
    if match["unit"] == "斤" and (rest := LIANG.match(text, end)):
        more, end = _some(rest["liang"]) / 10 + (Decimal("0.05") if rest["half"] else 0), rest.end()
    elif written.dimension in HALF_UNITS and HALF.match(text, end):
        more, end = written.factor / 2, end + 1
    return low + more, high, unit, end


def _some(digits: str | None) -> Decimal:
    return numeral(digits) or Decimal(0) if digits else Decimal(0)


def _is_minus(text: str, at: int, unit: str | None) -> bool:
    """Whether a dash is a sign.

    It is one at the head of a text or a clause, after a space that no number is before, and between a word and a
    number that may fall below zero (气温-5℃).
    """
    before = text[at - 1 : at] if at else ""
    if before in " 　":
        return re.search(r"[0-9A-Za-z%）)][ 　]+$", text[max(0, at - 6) : at]) is None
    if unit in _SIGNED and re.match("[一-鿿]", before):
        return True
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
    alone = not _in_word(before) and not _in_word(after)
    if n == "伍" and before == "队":
        return False
    if n in WORDS:
        return alone or match["pct"] is not None or (match["unit"] or "") in ("元", "圆", "角", "分", "元整", "圆整")
    if counted or len(n) > 2:
        return True
    if len(n) == 2 and n[0] in "十百千万亿" and n[1] in SCALES:
        return alone
    stated = before in tuple("是为于前达到") and (not _in_word(after) or after in tuple("不却那和与的"))
    scaled = any(c in SCALES for c in n) and bool(match["tail"] or match["mid"])
    return alone or stated or scaled


def _in_word(char: str) -> bool:
    return re.match(r"[一-鿿A-Za-z]", char) is not None


def _bound(match: re.Match[str], word: str | None, high: Decimal | None) -> Bound:
    if match["vscale"] or match["mid"] == "几":
        return "approx"
    if high is not None:
        return "range"
    if match["mid"] or match["tail"]:
        return "approx_above"
    if word:
        return BEFORE[word]
    after = match["suffix"] or match["early"]
    return AFTER[after] if after else "exact"


def _as_range(text: str, left: _Number, right: _Number) -> _Number | None:
    """One range of two numbers with a dash or 至 between them, or None."""
    gap = text[left.end : right.start]
    between = BETWEEN.fullmatch(gap) and text[right.end : right.end + 2] == "之间"
    if not (RANGE.fullmatch(gap) or between) or left.high is not None or right.high is not None:
        return None
    if re.search(r"[由从][^，。；]{0,8}$", text[max(0, left.start - 12) : left.start]) and gap.strip() in ("至", "到"):
        return None
    if left.unit not in (None, right.unit) and not (left.unit == "个" and "个" in text[right.start : right.end]):
        return None
    low = left.low
    smaller = left.factor == 1 or left.factor < 10**4 <= right.factor
    if left.unit is None and smaller and low * right.factor <= right.low:
        low *= right.factor
    if low >= right.low:
        return None
    return _Number(low, right.low, right.unit, "range", left.start, right.end, 1, True)
