"""Dates as documents print them."""

from __future__ import annotations

import re

from corpus.script import with_narrow_digits

_FULL = re.compile(
    r"(?<!\d)((?:19|20)\d{2})\s*(?:年|[-/.])\s*(\d{1,2})(?:\s*(?:月|[-/.])\s*(\d{1,2})\s*日?|\s*月)(?!\d)"
)
_CHINESE = re.compile(
    r"([一二][〇○零一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十]{1,3})日)?"
)
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_TO = re.compile(r"\s*[-—–－~～至到]+\s*(?:((?:19|20)\d{2})\s*年)?\s*(?:(\d{1,2})\s*月)?\s*(\d{1,2})\s*日")
"""The last day of a span, behind its first."""
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?:年|(?!\d))")


def find_date(text: str) -> str | None:
    """The first date with a year and a month in a text, as ``YYYY-MM-DD`` or ``YYYY-MM``.

    >>> find_date("二〇二六年五月十二日"), find_date("2026年 4月 20 日"), find_date("（2026年上半年）")
    ('2026-05-12', '2026-04-20', None)
    >>> find_date("２０２６年１月２６日"), find_date("2025年10月27日—11月2日")  # of a week its last
    ('2026-01-26', '2025-11-02')
    """
    text = with_narrow_digits(text)
    if m := _CHINESE.search(text):
        year = "".join(_digit(c) for c in m[1])
        return _iso(year, _number(m[2]), _number(m[3]) if m[3] else None)
    m = _FULL.search(text)
    if m and m[3] and (last := _TO.match(text, m.end())):
        return _iso(last[1] or m[1], int(last[2] or m[2]), int(last[3]))
    return _iso(m[1], int(m[2]), int(m[3]) if m[3] else None) if m else None


def date_in_name(stem: str) -> str | None:
    """The date in a file name, possibly only a year.

    >>> date_in_name("简报20260512"), date_in_name("三塘县2026年工作要点"), date_in_name("附件3")
    ('2026-05-12', '2026', None)
    """
    if m := _COMPACT.search(stem):
        return f"{m[1]}-{m[2]}-{m[3]}"
    if found := find_date(stem):
        return found
    m = _YEAR.search(stem)
    return m[1] if m else None


def _iso(year: str, month: int, day: int | None) -> str | None:
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= 31):
        return None
    return f"{year}-{month:02}" + (f"-{day:02}" if day else "")


def _digit(c: str) -> str:
    return "0" if c in "〇○零" else str("一二三四五六七八九".index(c) + 1)


def _number(text: str) -> int:
    """A number up to 31 in Chinese digits."""
    tens, sep, ones = text.partition("十")
    if not sep:
        return int("".join(_digit(c) for c in text))
    return (int(_digit(tens)) if tens else 1) * 10 + (int(_digit(ones)) if ones else 0)
