"""When: the period a sentence states, or takes over, or that follows from the publication date.

今年 and bare months take the document's year. 截至 = 截止; 截至目前 means the publication date and is marked so.
同比 and 环比 name a base, never a period.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable

from corpus.model import Period

_YEAR = r"(?:(?P<year>20[0-9]{2}|19[0-9]{2})年度?|(?P<rel>今年|本年度?|去年|上年|前年|明年))"
_M = r"1[0-2]|0?[1-9]"
_HAN = {c: i for i, c in enumerate("零一二三四五六七八九十")} | {"两": 2}
_BASE = re.compile(r"(?:同比|环比|较|比)[^，。；]{0,4}$")
_Dates = tuple[str | None, str | None]


def find_period(text: str, published: str | None) -> Period | None:
    """The last period a text states, or None.

    >>> find_period("仅2026年上半年便已新建党组织", None)
    Period(text='2026年上半年', start='2026-01-01', end='2026-06-30', basis='stated')
    >>> find_period("今年以来共开展", "2025-07-08")
    Period(text='今年以来', start='2025-01-01', end='2025-07-08', basis='stated')
    """
    found: list[tuple[int, int, re.Match[str], _Read]] = []
    for pattern, read in _FORMS:
        for match in pattern.finditer(text):
            if not _BASE.search(text[: match.start()]):
                found.append((match.end(), -match.start(), match, read))
    if not found:
        return None
    match, read = max(found, key=lambda each: each[:2])[2:]
    start, end = read(match, published)
    now = read is _now
    return Period(match.group(), start, end, "published" if now and published else "stated")


def without_periods(text: str) -> str:
    """A text with its periods taken out.

    >>> without_periods("三季度比上半年增加了多少")
    ' 比 增加了多少'
    """
    for pattern, _ in _FORMS:
        text = pattern.sub(" ", text)
    return text


_Read = Callable[["re.Match[str]", "str | None"], _Dates]


def _which(match: re.Match[str], published: str | None) -> int | None:
    groups = match.groupdict()
    if groups.get("year"):
        return int(groups["year"])
    if not published:
        return None
    return int(published[:4]) + {"去年": -1, "上年": -1, "前年": -2, "明年": 1}.get(groups.get("rel") or "", 0)


def _day(year: int, month: int, day: int | None = None) -> str:
    return f"{year}-{month:02d}-{day or calendar.monthrange(year, month)[1]:02d}"


def _months(match: re.Match[str], published: str | None, first: int, last: int) -> _Dates:
    year = _which(match, published)
    return (None, None) if year is None else (_day(year, first, 1), _day(year, last))


def _now(match: re.Match[str], published: str | None) -> _Dates:
    return None, published


def _as_of(match: re.Match[str], published: str | None) -> _Dates:
    year = _which(match, published)
    return None, year and _day(year, int(match["m"] or 12), int(match["d"]) if match["d"] else None) or None


def _half(match: re.Match[str], published: str | None) -> _Dates:
    return _months(match, published, 1, 6) if match["half"] == "上" else _months(match, published, 7, 12)


def _quarter(match: re.Match[str], published: str | None) -> _Dates:
    n = _HAN.get(match["q"]) or int(match["q"])
    return _months(match, published, 3 * n - 2, 3 * n)


def _span(match: re.Match[str], published: str | None) -> _Dates:
    return _months(match, published, int(match["m1"]), int(match["m2"]))


def _since(match: re.Match[str], published: str | None) -> _Dates:
    year = _which(match, published)
    return (None, None) if year is None else (_day(year, 1, 1), published)


def _year(match: re.Match[str], published: str | None) -> _Dates:
    return _months(match, published, 1, 12)


def _month(match: re.Match[str], published: str | None) -> _Dates:
    year, month, day = _which(match, published), int(match["m"]), match.groupdict().get("d")
    if year is None or (day and int(day) > 31):
        return None, None
    if match["since"]:
        return _day(year, month, int(day) if day else 1), published
    return _day(year, month, int(day) if day else 1), _day(year, month, int(day) if day else None)


def _days(match: re.Match[str], published: str | None) -> _Dates:
    year, month = _which(match, published), int(match["m"])
    if year is None or int(match["d"]) > 31 or int(match["d2"]) > 31:
        return None, None
    return _day(year, month, int(match["d"])), _day(year, int(match["m2"] or month), int(match["d2"]))


def _years(match: re.Match[str], published: str | None) -> _Dates:
    n = _HAN.get(match["n"]) or int(match["n"])
    return (_day(int(published[:4]) - n + 1, 1, 1), published) if published else (None, None)


_FORMS: list[tuple[re.Pattern[str], _Read]] = [
    (re.compile(r"截[至止](?:目前|发稿)|目前|现已|迄今"), _now),
    (re.compile(rf"截[至止]{_YEAR}?(?:(?P<m>{_M})月份?)?(?:(?P<d>[0-3]?[0-9])日|底|末)"), _as_of),
    (re.compile(rf"{_YEAR}?(?P<half>[上下])半年"), _half),
    (re.compile(rf"{_YEAR}?第?(?P<q>[一二三四1-4])季度"), _quarter),
    (re.compile(rf"{_YEAR}?(?P<m1>{_M})月?份?\s?[-—–~～至到]\s?(?P<m2>{_M})月份?"), _span),
    (
        re.compile(
            rf"{_YEAR}?(?P<m>{_M})月(?P<d>[0-3]?[0-9])日?\s?[-—–~～至到]\s?(?:(?P<m2>{_M})月)?(?P<d2>[0-3]?[0-9])日"
        ),
        _days,
    ),
    (re.compile(rf"{_YEAR}(?:以来|来)"), _since),
    (re.compile(rf"{_YEAR}(?!以来|来)"), _year),
    (re.compile(rf"(?<![0-9]){_YEAR}?(?P<m>{_M})月份?(?:(?P<d>[0-3]?[0-9])[日号])?(?P<since>以来|起)?"), _month),
    (re.compile(r"(?:近|过去)(?P<n>[一二两三四五六七八九十]|[0-9]{1,2})年(?:来|以来|间)?"), _years),
]
