"""A moment and the parts of a date format → what the sheet shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from corpus.han import han
from ingest.readers.workbooks.cell import Cell

DATE_PARTS = frozenset({"date", "half", "elapsed"})
_MONTHS = "January February March April May June July August September October November December".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_DIGITS = "〇一二三四五六七八九"


def show_date(moment: datetime, tokens: Sequence[tuple[str, str]]) -> Cell:
    """The moment under the tokens of a format, and its day where the format shows any of it.

    >>> show_date(datetime(2026, 3, 5), [("chinese", ""), ("date", "yyyy"), ("text", "年")])
    Cell(text='二〇二六年', day='2026-03-05')
    """
    finest = "date" if any(kind == "date" and said[:1].lower() == "s" for kind, said in tokens) else ""
    moment += timedelta(microseconds=500_000) if finest or moment.microsecond > 999_000 else timedelta()
    told = list(_told(tokens))
    chinese = any(kind == "chinese" for kind, _ in tokens)
    half = any(kind == "half" for kind, _ in tokens)
    text = "".join(_part(moment, kind, said, half=half, chinese=chinese) for kind, said in told)
    day = any(kind == "date" and said[0] in "yedMa" for kind, said in told)
    return Cell(text.strip(), moment.date().isoformat() if day else None)


def _told(tokens: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The tokens, letters small but for M, a month: next to hours or seconds it is minutes."""
    timed = [(i, said[0].lower()) for i, (kind, said) in enumerate(tokens) if kind in ("date", "elapsed")]
    order = {i: n for n, (i, _) in enumerate(timed)}
    for i, (kind, said) in enumerate(tokens):
        if kind != "date" or said[0] not in "mM":
            yield kind, said.lower() if kind == "date" else said
            continue
        n = order[i]
        before, after = timed[n - 1][1] if n else "", timed[n + 1][1] if n + 1 < len(timed) else ""
        yield kind, said.lower() if before == "h" or after == "s" else said.upper()


def _part(moment: datetime, kind: str, said: str, *, half: bool, chinese: bool) -> str:
    if kind == "elapsed":
        passed = (moment - datetime(1899, 12, 30)).total_seconds()
        return str(int(passed // {"h": 3600, "m": 60, "s": 1}[said[0]]))
    if kind == "half":
        names = said.split("/")
        return names[moment.hour >= 12]
    if kind != "date":
        return said if kind in ("text", "literal") else ""
    letter, size = said[0], len(said.partition(".")[0])
    if letter in "ye":
        text = f"{moment.year:04}" if size > 2 or letter == "e" else f"{moment.year % 100:02}"
        return "".join(_DIGITS[int(c)] for c in text) if chinese else text
    if letter == "a":
        return ("星期" if size == 4 else "") + "一二三四五六日"[moment.weekday()]
    if size > 2 and letter in "Md":
        name = _MONTHS[moment.month - 1] if letter == "M" else _DAYS[moment.weekday()]
        return name if size == 4 else name[: 1 if size == 5 else 3]
    value = {"M": moment.month, "d": moment.day, "m": moment.minute, "s": moment.second, "h": moment.hour}[letter]
    if letter == "h" and half:
        value = value % 12 or 12
    return _chinese(value) if chinese else f"{value:0{min(size, 2)}}"


def _chinese(value: int) -> str:
    return han(value) if value else _DIGITS[0]
