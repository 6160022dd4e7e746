"""When: the period a sentence states, or takes over, or that follows from the publication date.

今年 and bare months take the document's year. 截至 = 截止; 截至目前 means the publication date and is marked so.
同比 and 环比 name a base, never a period.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable

from corpus.model import Period, Span
from corpus.script import with_narrow_digits
from extract.actions import is_action
from extract.numerals import numeral

_Y = r"20[0-9]{2}|19[0-9]{2}|(?:二[〇零○]|一九)[〇零○一二三四五六七八九]{2}"
_REL = "今年|本年度?|去年|上年|(?<!以)前年|明年"
_YEAR = rf"(?:(?P<year>{_Y})年度?|(?P<rel>{_REL}))"
_M = r"1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]"
_D = r"[12][0-9]|3[01]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九]"
_MONTH = rf"(?P<m>{_M})月份?(?:(?P<d>{_D})[日号])?"
_N = r"[0-9]{1,2}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九]"
_TO = r"\s?[-－—–~～至到]{1,2}\s?"
_BASE = re.compile(r"(?:同比|环比|较|(?<!占)比(?![例率重值]))[^，。；]{0,4}$")
_BEGINS = re.compile(r"[（(\s]*[自从在于到截至止]*$")
SAME_SPAN = ("同期", "同一时段", "同一时期")
"""What a period ends in whose span another one tells."""
_IN_A_NAME = re.compile("年?度?[“‘《]")
"""Behind a year that is part of what bears a name (2023年“夏日送清凉”活动)."""
NAMED_YEAR = re.compile(rf"(?:{_Y})年度?[“‘《]")
"""Such a year, with the mark that the name begins with."""
_OF_OLD = re.compile("”[^，。；]{0,8}(?:提出|实施|施行|发布)[^，。；]{0,4}[后来]")
_HEARD = re.compile(
    r"[，,]?(?:记者)?(?:从[^，。；]{2,24}?)?(?:获悉|了解到)(?:[，,：:]|“)|[，,](?:[^，。；]{2,30}[^，。；]{0,24}?(?:接受采访时|时)介绍|记者[^，。；]{0,12}(?:获悉|了解到))[，,：:]"
    r"(?!当[天日]|现场)"
)
"""Behind the day on which somebody told what follows (记者8月17日从市邮政局获悉，全市…)."""
_SAME_TOLD = re.compile("(?:去年|上年|(?:19|20)[0-9]{2}年)(?:同期|同一时[段期])")
_Dates = tuple[str | None, str | None]


def find_period(text: str, published: str | None) -> Period | None:
    """The last period a text states, or None; one that a verb takes (签订2023年协议) only where there is no other.

    >>> find_period("仅2026年上半年便已新建党组织", None)
    Period(text='2026年上半年', start='2026-01-01', end='2026-06-30', basis='stated')
    >>> find_period("今年以来共开展", "2025-07-08")
    Period(text='今年以来', start='2025-01-01', end='2025-07-08', basis='stated')
    """
    text = with_narrow_digits(text)
    found: list[tuple[int, int, re.Match[str], _Read]] = []
    for pattern, read in _FORMS:
        for match in pattern.finditer(text):
            passed = read is _told_elsewhere and re.search("[，,；;]", text[match.end() :]) is not None
            named = read is _year and _IN_A_NAME.match(text, match.end()) is not None
            passed = passed or (named and not _OF_OLD.search(text, match.end()))
            a_day = read is _month and bool(match["d"])
            passed = passed or (a_day and _HEARD.match(text, match.end()) is not None)
            if not passed and not _BASE.search(text[max(0, match.start() - 6) : match.start()]):
                found.append((match.end(), -match.start(), match, read))
    if not found:
        return None
    when = [each for each in found if not is_action(text[max(0, -each[1] - 2) : -each[1]])]
    match, read = max(when or found, key=lambda each: each[:2])[2:]
    start, end = read(match, published)
    if read is _told_elsewhere and (this := find_period(_SAME_TOLD.sub("", text[: match.start()]), published)):
        start, end = same_span(match.group(), this)
    now = read is _now
    said = match.groupdict().get("said") or match.group()
    return Period(said, start, end, "published" if now and published else "stated")


def same_span(told: str, period: Period) -> _Dates:
    """The span of a period in the year that is told (去年同期, 2024年同期); none where the period is open.

    >>> same_span("2024年同期", Period("上半年", "2026-01-01", "2026-06-30", "stated"))
    ('2024-01-01', '2024-06-30')
    """
    if period.start is None or period.end is None:
        return None, None
    year = re.match("[0-9]{4}", told)
    back = int(period.end[:4]) - int(year[0]) if year else 1
    first, last = (_day(int(d[:4]) - back, int(d[5:7]), int(d[8:])) for d in (period.start, period.end))
    return first, last


def leading_period(sentence: str, published: str | None) -> Period | None:
    """The period that a clause of the sentence begins with: when what it tells happens.

    >>> leading_period("今年以来，全县建站3个", "2025-07-08").start
    '2025-01-01'
    >>> leading_period("公布2022年度名单", None) is None
    True
    """
    for clause in re.split("[，,：:]", sentence):
        found = find_period(clause, published)
        told = found.text if found and found.text else "年度"
        if not told.endswith("年度") and _BEGINS.match(clause, 0, clause.find(told)):
            return found
    return None


def whole_year(year: int | str) -> tuple[str, str]:
    """The first and the last day of a year.

    >>> whole_year(2025)
    ('2025-01-01', '2025-12-31')
    """
    return f"{year}-01-01", f"{year}-12-31"


def is_wide(period: Period) -> bool:
    """Whether a period is long or open enough to hold for more than the next sentence: beyond a month."""
    if period.basis == "published" or period.start is None:
        return False
    return period.end is None or period.start[:7] != period.end[:7]


def without_periods(text: str) -> str:
    """A text with its periods taken out.

    >>> without_periods("三季度比上半年增加了多少")
    ' 比 增加了多少'
    """
    for pattern, _ in _FORMS:
        text = pattern.sub(" ", text)
    return text


def period_spans(text: str) -> list[Span]:
    """Where a text names periods, in order, without those inside others.

    >>> [s.of("去年和2025年上半年各多少") for s in period_spans("去年和2025年上半年各多少")]
    ['去年', '2025年上半年']
    """
    text = with_narrow_digits(text)
    found = sorted({m.span() for pattern, _ in _FORMS for m in pattern.finditer(text)}, key=lambda s: (s[0], -s[1]))
    kept: list[Span] = []
    for start, end in found:
        if not kept or start >= kept[-1].end:
            kept.append(Span(start, end))
    return kept


_Read = Callable[["re.Match[str]", "str | None"], _Dates]


def _which(match: re.Match[str], published: str | None) -> int | None:
    groups = match.groupdict()
    if groups.get("year"):
        return _int(groups["year"])
    if not published:
        return None
    return _relative(groups.get("rel"), published)


def _relative(word: str | None, published: str) -> int:
    return int(published[:4]) + {"去年": -1, "上年": -1, "前年": -2, "明年": 1}.get(word or "", 0)


def _day(year: int, month: int, day: int | None = None) -> str:
    last = calendar.monthrange(year, month)[1]
    return f"{year}-{month:02d}-{min(day or last, last):02d}"


def _months(match: re.Match[str], published: str | None, first: int, last: int) -> _Dates:
    year = _which(match, published)
    return (None, None) if year is None else (_day(year, first, 1), _day(year, last))


def _told_elsewhere(match: re.Match[str], published: str | None) -> _Dates:
    """去年同期, of which the sentence or the one before tells the span."""
    return None, None


def _year_end(match: re.Match[str], published: str | None) -> _Dates:
    year = _which(match, published)
    return None, _day(year, 12) if year else None


def _now(match: re.Match[str], published: str | None) -> _Dates:
    return None, published


def _as_of(match: re.Match[str], published: str | None) -> _Dates:
    year = _which(match, published)
    if year is None:
        return None, None
    if match["d"] and not match["m"]:
        return None, _last_such_day(_int(match["d"]), published)
    return None, _day(year, _int(match["m"] or "12"), _int(match["d"]) if match["d"] else None)


def _last_such_day(day: int, published: str | None) -> str | None:
    """The last day of that number until the publication date (截至6日)."""
    if not published or len(published) < 10:
        return None
    for back in range(3):
        year, month = _earlier(published, back)
        if day <= calendar.monthrange(year, month)[1] and (back or day <= int(published[8:])):
            return _day(year, month, day)
    return None


def _by_year_end(match: re.Match[str], published: str | None) -> _Dates:
    return None, _day(int(published[:4]), 12) if published else None


def _half(match: re.Match[str], published: str | None) -> _Dates:
    return _months(match, published, 1, 6) if match["half"] == "上" else _months(match, published, 7, 12)


def _quarter(match: re.Match[str], published: str | None) -> _Dates:
    n = 1 if match["q"] == "首" else _int(match["q"])
    return _months(match, published, 3 * n - 2, 3 * n)


def _span(match: re.Match[str], published: str | None) -> _Dates:
    first, last = _int(match["m1"]), _int(match["m2"])
    return _months(match, published, first, last) if first <= last else (None, None)


def _from(match: re.Match[str], published: str | None) -> _Dates:
    """Since a year, a month or a day of it."""
    year, groups = _which(match, published), match.groupdict()
    if year is None:
        return None, None
    return _begun(match, _day(year, _int(groups.get("m") or "1"), _int(groups.get("d") or "1")), published)


def _begun(match: re.Match[str], start: str, published: str | None) -> _Dates:
    """Since a day; of a bare month that is still to come, since that of the year before."""
    dated = match.groupdict().get("year") or match.groupdict().get("rel")
    if published and start[: len(published)] > published and not dated:
        start = f"{int(start[:4]) - 1}{start[4:]}"
    return start, published


def _year(match: re.Match[str], published: str | None) -> _Dates:
    return _months(match, published, 1, 12)


def _month(match: re.Match[str], published: str | None) -> _Dates:
    year, month, day = _which(match, published), _int(match["m"]), match.groupdict().get("d")
    if year is None:
        return None, None
    if match["since"]:
        return _begun(match, _day(year, month, _int(day) if day else 1), published)
    return _day(year, month, _int(day) if day else 1), _day(year, month, _int(day) if day else None)


def _days(match: re.Match[str], published: str | None) -> _Dates:
    year, month = _which(match, published), _int(match["m"])
    if year is None:
        return None, None
    last = _int(match["m2"]) if match["m2"] else month
    return _day(year, month, _int(match["d"])), _day(year, last, _int(match["d2"]))


def _from_to(match: re.Match[str], published: str | None) -> _Dates:
    """From a year, month or day, or the end of one, to one of another year."""
    if match["rel2"] and not published:
        return None, None
    first = _int(match["y1"])
    last = _int(match["y2"]) if match["y2"] else _relative(match["rel2"], published or "")
    if first > last:
        return None, None
    start = _day(first, _int(match["m1"] or "1"), _int(match["d1"] or "1"))
    if match["e1"]:
        start = _day(first, _int(match["m1"] or "12"))
    return start, _day(last, _int(match["m2"] or "12"), _int(match["d2"]) if match["d2"] else None)


def _first(match: re.Match[str], published: str | None) -> _Dates:
    """The first months or quarters of a year."""
    n = _int(match["n"]) * (3 if match["u"] == "季度" else 1)
    return _months(match, published, 1, n) if n <= 12 else (None, None)


def _this(match: re.Match[str], published: str | None) -> _Dates:
    """This or the last month or quarter, counted from the publication date."""
    if not published or len(published) < 7:
        return None, None
    size = 1 if match["u"] == "月" else 3
    year, month = _earlier(published, 0 if match["which"] == "本" else size)
    first = month - (month - 1) % size
    day = _int(match["d"]) if match["d"] else None
    return _day(year, first, day or 1), _day(year, first + size - 1, day)


def _five_years(match: re.Match[str], published: str | None) -> _Dates:
    """“十四五” is 2021 to 2025."""
    first = 2021 + 5 * (_int(match["n"]) - 4)
    return _day(first, 1, 1), published if match["since"] else _day(first + 4, 12)


def _past_months(match: re.Match[str], published: str | None) -> _Dates:
    if not published or len(published) < 7:
        return None, None
    year, month = _earlier(published, _int(match["n"]))
    day = min(int(published[8:] or 1), calendar.monthrange(year, month)[1])
    return _day(year, month, day), published


def _earlier(published: str, months: int) -> tuple[int, int]:
    year, month = divmod(int(published[:4]) * 12 + int(published[5:7]) - 1 - months, 12)
    return year, month + 1


def _int(text: str) -> int:
    return int(numeral(text) or 0)


def _years(match: re.Match[str], published: str | None) -> _Dates:
    """So many years up to now; 过去五年, told at the beginning of a year, are those that are over."""
    if not published:
        return None, None
    n, year = _int(match["n"] or match["n2"]), int(published[:4])
    over = not match.group().startswith("近") and published[5:7] in ("01", "02", "03")
    return (_day(year - n, 1, 1), _day(year - 1, 12)) if over else (_day(year - n + 1, 1, 1), published)


_TEN_DAYS = {"上": (1, 10), "中": (11, 20), "下": (21, None)}


def _ten_days(match: re.Match[str], published: str | None) -> _Dates:
    """A third of a month, or as of its end (截至9月中旬)."""
    year, month = _which(match, published), _int(match["m"])
    if year is None:
        return None, None
    first, last = _TEN_DAYS[match["third"]]
    if match["since"]:
        return _begun(match, _day(year, month, first), published)
    return None if match.group().startswith("截") else _day(year, month, first), _day(year, month, last)


_FORMS: list[tuple[re.Pattern[str], _Read]] = [
    (
        re.compile(rf"(?:截(?:至|止[至到于]?))?{_YEAR}?(?P<m>{_M})月份?(?P<third>[上中下])旬(?P<since>以来|起)?"),
        _ten_days,
    ),
    (re.compile(r"截[至止](?:目前|发稿)|目前|现已|迄今"), _now),
    (re.compile(rf"截(?:至|止[至到于]?){_YEAR}?(?:(?P<m>{_M})月份?)?(?:(?P<d>{_D})[日号]|[底末]|(?<=[月份]))"), _as_of),
    (re.compile(r"(?:预计|计划|力争|争取|确保|拟|将)[^，。；0-9]{0,8}?(?P<said>[至到]?年[底末]前?)"), _by_year_end),
    (_SAME_TOLD, _told_elsewhere),
    (re.compile(rf"{_YEAR}年?[末底](?!前|实现|完成)"), _year_end),
    (re.compile(rf"(?<![0-9一二三四五六七八九]){_YEAR}?(?P<m>{_M})月份?(?P<d>)[末底](?!前)"), _as_of),
    (re.compile(rf"{_YEAR}?(?P<half>[上下])半年"), _half),
    (re.compile(rf"{_YEAR}?第?(?P<q>[一二三四1-4首])季度"), _quarter),
    (re.compile(rf"{_YEAR}?(?<!提)[前头](?P<n>{_N})个?(?P<u>季度|月)"), _first),
    (re.compile(rf"{_YEAR}?(?<![0-9])(?P<m1>{_M})月?份?{_TO}(?P<m2>{_M})月份?[底末]?"), _span),
    (
        re.compile(rf"{_YEAR}?(?P<m>{_M})月(?P<d>{_D})[日号]?{_TO}(?:(?P<m2>{_M})月)?(?P<d2>{_D})[日号]"),
        _days,
    ),
    (
        re.compile(
            rf"(?P<y1>{_Y})年?(?:(?P<m1>{_M})月份?(?:(?P<d1>{_D})[日号])?)?(?P<e1>年?[末底])?{_TO}"
            rf"(?:(?P<y2>{_Y})年|(?P<rel2>{_REL}))(?:(?P<m2>{_M})月份?(?:(?P<d2>{_D})[日号])?)?(?:年?[末底])?"
        ),
        _from_to,
    ),
    (re.compile(rf"{_YEAR}(?:以来|来|起(?:至今)?|开始)"), _from),
    (re.compile(rf"{_YEAR}(?!以来|来|起|开始|同期|同一时)"), _year),
    (
        re.compile(
            rf"[自从]?{_YEAR}(?:{_MONTH})?(?:(?![和与及、])[^，。；0-9是为历半季有]{{0,16}}?(?:以来|之日起)|至今)(?!的|投入最|最)"
        ),
        _from,
    ),
    (re.compile(rf"[自从]{_YEAR}(?:{_MONTH})?[^，。；0-9]{{0,12}}?(?:起|开始)"), _from),
    (re.compile(rf"始于{_YEAR}(?:{_MONTH})?"), _from),
    (re.compile(rf"[自从]{_MONTH}[^，。；0-9]{{0,12}}?(?:以来|之日起|起|开始|开课|开班|启动|施行|试行)"), _from),
    (
        re.compile(rf"(?<![0-9一二三四五六七八九]){_YEAR}?{_MONTH}(?P<since>以来|起|至今)?"),
        _month,
    ),
    (
        re.compile(
            rf"(?:近|过去)(?P<n>{_N})年(?:来|以来|间)?|(?<![0-9一二三四五六七八九十年每])(?<!时隔)(?P<n2>{_N})年(?:以来|来(?!自))"
        ),
        _years,
    ),
    (re.compile(rf"(?:近|过去)(?P<n>{_N})个?月(?:来|以来|间)?"), _past_months),
    (re.compile(rf"(?P<which>[本上])一?个?(?P<u>月|季度)(?:(?P<d>{_D})[日号])?(?![度末底初中上下])"), _this),
    (re.compile(r"[“\"]?十(?P<n>[一二三四五])五[”\"]?(?:规划)?(?:期间|时期|(?P<since>以来))"), _five_years),
]
