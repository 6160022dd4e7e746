"""Numbers in Chinese characters, as headings and lists have them."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"


def han(n: int) -> str:
    """A number below 1000 in Chinese.

    >>> [han(n) for n in (3, 10, 12, 20, 105, 110)]
    ['三', '十', '十二', '二十', '一百零五', '一百一十']
    """
    if n < 10:
        return _DIGITS[n]
    if n < 100:
        tens, ones = divmod(n, 10)
        return (_DIGITS[tens] if tens > 1 else "") + "十" + (_DIGITS[ones] if ones else "")
    hundreds, rest = divmod(n, 100)
    joint = "零" if 0 < rest < 10 else "一" if 10 <= rest < 20 else ""
    return _DIGITS[hundreds] + "百" + joint + (han(rest) if rest else "")
