"""Numerals, Arabic, Chinese and mixed, → Decimal. Financial forms (壹佰) and tens in one character (廿) included.

Text is expected narrow and simplified (see ``extract.shadow``); white space within a numeral is allowed beside a scale.
"""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = {
    c: i
    for i, row in enumerate(("零〇○", "一壹", "二两贰俩弍", "三叁参", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
    for c in row
}
WORDS = frozenset("参伍陆拾佰仟")
"""Financial digits that are parts of words unless they stand in a numeral (参加, 队伍, 大陆, 收拾)."""
SCALES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "万": 10**4, "亿": 10**8, "兆": 10**12}
_TENS = {"廿": 20, "卅": 30, "卌": 40}

SPACE = r"[ 　]{0,2}"
"""White space that may stand within a quantity."""
_DIGIT = "零〇○一二三四五六七八九壹贰弍叁肆伍陆柒捌玖"
_THREE = r"参(?=[拾佰仟万亿])|(?<=[拾佰仟零])参"
_RUN = rf"(?:[两俩](?=[{_DIGIT}])|[{_DIGIT}]|{_THREE})+"
_THOUSAND = r"千(?![瓦卡伏赫米克])|(?<![0-9万亿多余])千(?=[米克])"
_SCALE = rf"(?:[十拾百佰仟万亿廿卅卌]|{_THOUSAND}|兆(?![瓦字赫比帕焦欧A-Za-z]))"
ARABIC = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|(?<![0-9A-Za-z.])\.[0-9]+)"
_AFTER = (
    rf"零?[0-9]+(?![0-9]*[.,][0-9])|{SPACE}[0-9]+(?={SPACE}{_SCALE})"
    rf"|{SPACE}[两俩](?={SPACE}{_SCALE})|{SPACE}{_RUN}"
)
NUMERAL = (
    rf"(?>(?:{ARABIC}|{_RUN}|[两俩]|(?={_SCALE}))(?:{SPACE}{_SCALE}(?:{_AFTER})?)*"
    rf"(?:{SPACE}点{SPACE}(?:[{_DIGIT}]+(?![十百])|[0-9]+)(?:{SPACE}[万亿]+)?)?)"
)
"""A pattern of one numeral; it may match the empty string before a scale."""
SCALE_RUN = rf"(?:[十百万亿]|{_THOUSAND})"
"""A pattern of one scale after 余 or 多; 千 of 千瓦 is none."""
_PARTS = re.compile(rf"{ARABIC}|[{''.join(DIGITS)}]+|.")
_BLANK = re.compile("[ 　]")
_ADJACENT = re.compile(r"(.*?)([一二两三四五六七八九])([一二两三四五六七八九])([十百千万亿]*)")


def numeral(text: str) -> Decimal | None:
    """The value of a numeral, or None where the characters form none.

    >>> [str(numeral(t)) for t in ("一百三十八", "两千", "三百一", "一点三五", "1,250.5万", "5亿1万4千6百")]
    ['138', '2000', '310', '1.35', '12505000.0', '500014600']
    >>> [str(numeral(t)) for t in ("二〇二六", "三亿五千万", "百", "七 万 五千", "3万4000", "廿二")]
    ['2026', '350000000', '100', '75000', '34000', '22']
    """
    plain = _BLANK.sub("", text)
    whole, point, fraction = plain.partition("点")
    if not point:
        return _positional(plain)
    left, tail = _positional(whole), re.fullmatch(r"([^万亿]+)([万亿]*)", fraction)
    if left is None or tail is None:
        return None
    digits = "".join(c if c.isascii() else str(DIGITS[c]) for c in tail[1])
    return (left + Decimal(f"0.{digits}")) * scale(tail[2])


def scale(text: str) -> int:
    """The product of scale characters.

    >>> scale("万"), scale("千万"), scale("")
    (10000, 10000000, 1)
    """
    product = 1
    for char in text:
        product *= SCALES[char]
    return product


def last_scale(text: str) -> int:
    """The scale that a numeral ends in, large ones (万, 亿) taken together; 1 where it ends in a digit.

    >>> last_scale("三十 万"), last_scale("9百亿"), last_scale("三百"), last_scale("3万4000")
    (10000, 100000000, 100, 1)
    """
    text = _BLANK.sub("", text)
    large = re.search(r"[万亿]+$", text)
    return scale(large[0]) if large else scale(text[-1]) if text[-1:] in SCALES else 1


def adjacent(text: str) -> tuple[Decimal, Decimal] | None:
    """The range that neighbouring digits name (三五 → 3–5, 五六十 → 50–60, 一百二三十 → 120–130), else None.

    >>> adjacent("两三百"), adjacent("十七八"), adjacent("一二三")
    ((Decimal('200'), Decimal('300')), (Decimal('17'), Decimal('18')), None)
    """
    match = _ADJACENT.fullmatch(text)
    if match is None or (match[1] and match[1][-1] not in SCALES):
        return None
    if (DIGITS[match[2]], DIGITS[match[3]]) != (3, 5) and DIGITS[match[3]] != DIGITS[match[2]] + 1:
        return None
    low, high = (numeral(match[1] + match[n] + match[4]) for n in (2, 3))
    return None if low is None or high is None else (low, high)


def _positional(text: str) -> Decimal | None:
    """三亿五千万: what stands before a scale is multiplied by it; 亿 takes in all before it, 万 what follows 亿."""
    parts = _PARTS.findall(text)
    if len(parts) == 1 and parts[0] not in SCALES and parts[0] not in _TENS:
        return _atom(parts[0])
    trillions = hundred_millions = ten_thousands = section = Decimal(0)
    digit: Decimal | None = None
    last, before, zero = 1, "", False
    for part in parts:
        if part in ("零", "〇", "○") and before:
            zero = True
            continue
        if part in _TENS:
            section, last = section + _TENS[part], 10
        elif part not in SCALES:
            if digit is not None or (digit := _atom(part)) is None or (before and digit >= max(last, 10)):
                return None
            zero = zero or part[0] in "零〇○0"
        elif SCALES[part] < 10**4:
            section += (digit or 1) * SCALES[part]
        elif part == "万":
            ten_thousands = ten_thousands * 10**4 if before == "万" else ten_thousands + _some(section, digit) * 10**4
            section = Decimal(0)
        else:
            some = _some(section + ten_thousands, digit) * SCALES[part]
            if part == "亿":
                hundred_millions = hundred_millions * 10**8 if before == "亿" else hundred_millions + some
            else:
                trillions += some
            ten_thousands = section = Decimal(0)
        if part in SCALES:
            digit, last, zero = None, SCALES[part], False
        before = part
    if digit and last >= 100 and not zero and len(before) == 1:
        digit *= last // 10
    return trillions + hundred_millions + ten_thousands + section + (digit or 0)


def _some(section: Decimal, digit: Decimal | None) -> Decimal:
    return section + (digit or 0) or Decimal(1)


def _atom(text: str) -> Decimal | None:
    """Arabic digits, or Chinese ones read one by one."""
    if text[0] in "0123456789.":
        return Decimal(text.replace(",", ""))
    if not all(c in DIGITS for c in text):
        return None
    return Decimal("".join(str(DIGITS[c]) for c in text))
