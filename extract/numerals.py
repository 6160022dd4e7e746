"""Chinese and Arabic numerals → Decimal. Financial forms (壹佰) and full width included."""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = {
    c: i
    for i, row in enumerate(("零〇○", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
    for c in row
}
SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
LARGE = {"万": 10**4, "亿": 10**8}
HAN_DIGITS = "".join(DIGITS)
HAN_SCALES = "".join(SMALL) + "".join(LARGE)
_WIDE = str.maketrans("０１２３４５６７８９．，", "0123456789.,")


def arabic(text: str) -> Decimal:
    """The value of Arabic digits, full width and thousands commas allowed.

    >>> arabic("1,250.5"), arabic("１２")
    (Decimal('1250.5'), Decimal('12'))
    """
    return Decimal(text.translate(_WIDE).replace(",", ""))


def scale(text: str) -> int:
    """The product of scale characters.

    >>> scale("万"), scale("千万"), scale("")
    (10000, 10000000, 1)
    """
    product = 1
    for char in text:
        product *= SMALL.get(char) or LARGE[char]
    return product


def chinese(text: str) -> Decimal | None:
    """The value of a Chinese numeral, or None where the characters form none.

    >>> [str(chinese(t)) for t in ("一百三十八", "两千", "四十八万", "三百一", "一点三五")]
    ['138', '2000', '480000', '310', '1.35']
    >>> [str(chinese(t)) for t in ("二〇二六", "三亿五千万", "百")]
    ['2026', '350000000', '100']
    """
    if "点" in text:
        whole, _, fraction = text.partition("点")
        left = chinese(whole)
        tail = re.match(rf"([{HAN_DIGITS}]+)([万亿]*)$", fraction)
        if left is None or tail is None:
            return None
        digits = "".join(str(DIGITS[c]) for c in tail[1])
        return (left + Decimal(f"0.{digits}")) * scale(tail[2])
    if len(text) > 1 and all(c in DIGITS for c in text):
        return Decimal("".join(str(DIGITS[c]) for c in text))
    return _positional(text)


def _positional(text: str) -> Decimal | None:
    """三亿五千万: what stands before a scale is multiplied by it; 亿 takes in all before it, 万 what follows 亿."""
    total = tens_of_thousands = section = 0
    digit: int | None = None
    last = 0
    after_zero = False
    for char in text:
        if char in DIGITS:
            if digit not in (None, 0):
                return None
            digit = DIGITS[char]
            after_zero = after_zero or digit == 0
            continue
        if char in SMALL:
            section += (1 if digit is None else digit) * SMALL[char]
            last = SMALL[char]
        elif char == "万":
            tens_of_thousands += (section + (digit or 0) or 1) * 10**4
            section, last = 0, 10**4
        elif char == "亿":
            total = (total + tens_of_thousands + section + (digit or 0) or 1) * 10**8
            tens_of_thousands, section, last = 0, 0, 10**8
        else:
            return None
        digit, after_zero = None, False
    if digit and last >= 100 and not after_zero:
        digit *= last // 10
    return Decimal(total + tens_of_thousands + section + (digit or 0))


def adjacent(text: str) -> tuple[Decimal, Decimal] | None:
    """The range that neighbouring digits name (三五 → 3–5, 五六十 → 50–60, 十七八 → 17–18), else None.

    >>> adjacent("两三百"), adjacent("十七八"), adjacent("一二三")
    ((Decimal('200'), Decimal('300')), (Decimal('17'), Decimal('18')), None)
    """
    match = re.fullmatch(rf"([二两三四五六七八九]?十)?([{HAN_DIGITS}])([{HAN_DIGITS}])([{HAN_SCALES}]*)", text)
    if match is None:
        return None
    low, high = DIGITS[match[2]], DIGITS[match[3]]
    if not (0 < low and (high == low + 1 or (low, high) == (3, 5))):
        return None
    tens = int(chinese(match[1]) or 0) if match[1] else 0
    factor = scale(match[4])
    return Decimal((tens + low) * factor), Decimal((tens + high) * factor)
