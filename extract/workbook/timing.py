"""Whether a figure stands for the period that a form states. A figure of another year never does."""

from __future__ import annotations

import calendar
from typing import Literal

from corpus.model import Article, Fact, Period

Match = Literal["same", "within", "undated", "other"]
_LATE = 6
"""Months after a period in which an undated figure may still tell of it."""
_RUNNING = ("今年", "本年", "本年度", "今年以来")


def match_period(stated: Period | None, fact: Fact, article: Article, *, stock: bool) -> Match:
    """How a figure's period lies to the stated one.

    ``within`` is a figure up to an earlier day: what begins later, as a quarter of the year, is another figure. A month
    or a quarter takes a figure without a first day only of what is there (``stock``).
    """
    if stated is None:
        return "same"
    start, end = _first(stated.start), _last(stated.end)
    if end is None:
        return "other"
    begin = start or f"{end[:4]}-01-01"
    first, last = _first(fact.period.start), _told_end(fact, article)
    short = not begin.endswith("-01-01")
    if last is None:
        return "other" if short else _undated(fact, begin, end, article)
    if not begin <= last <= end or first not in (None, begin) or (first is None and short and not stock):
        return "other"
    return "same" if last == end else "within"


def _undated(fact: Fact, begin: str, end: str, article: Article) -> Match:
    """A figure without dates may be of the period its article was published in or soon after."""
    published = _last(article.published_on)
    if fact.period.text and fact.period.basis in ("stated", "inherited"):
        return "other"
    return "undated" if published is None or begin <= published <= _later(end) else "other"


def _told_end(fact: Fact, article: Article) -> str | None:
    """The last day a figure speaks of; a running year ends with the publication."""
    end, published = _last(fact.period.end), _last(article.published_on)
    if end and published and published < end and fact.period.text in _RUNNING:
        return published
    return end


def _later(day: str) -> str:
    year, month = divmod(int(day[:4]) * 12 + int(day[5:7]) - 1 + _LATE, 12)
    return f"{year}-{month + 1:02d}-31"


def _first(day: str | None) -> str | None:
    return day + "-01-01"[len(day) - 4 :] if day else None


def _last(day: str | None) -> str | None:
    if not day or len(day) == 10:
        return day
    month = int(day[5:7]) if len(day) == 7 else 12
    return f"{day[:4]}-{month:02d}-{calendar.monthrange(int(day[:4]), month)[1]}"
