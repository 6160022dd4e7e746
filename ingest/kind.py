"""Of what kind an article is: by its title, its column, and whether its text tells a way of working or an event."""

from __future__ import annotations

import re
from functools import cache
from typing import cast

from corpus.model import Kind
from corpus.wordlists import read_entries
from ingest.titles import columns, is_lead

_SPEECH = re.compile(r"向大会(?:报告|作).{0,12}(?:工作|报告)")
_EVENT = re.compile(r"记者|通讯员|讯|消息|电")
_PREFIXED = re.compile(r"[^：:，。]{2,20}[：:]")
_TOLD = re.compile(r"(?:截[至止][^，。]{2,12}，)?[一-鿿]{2,30}?(?:省|市|县|区|旗|州)(?!级|内|外|各|属|域)")
_LEAD = 400
_SEARCHED = 20_000
"""Characters of a body that are searched for its build: a longer one is a list or a book."""
_ENOUGH = 2
_ENOUGH_ALONE = 3


def find_kind(title: str, column: str | None, body: str) -> Kind:
    """The kind of an article.

    A column of news holds news, unless the article's text tells a way of working.

    >>> find_kind("三塘县人民政府关于防汛工作的通知", None, ""), find_kind("三塘：夜校暖人心", "经验做法", "近日，")
    ('notice', 'practice')
    >>> lead = "近年来，三塘县推行“夜校到家”机制，让学习就在家门口。"
    >>> find_kind("三塘：夜校暖人心", "工作动态", lead), find_kind("三塘夜校开班", "工作动态", "近日，夜校开班。")
    ('practice', 'news')
    """
    for pattern, kind in _titled():
        if pattern.search(title):
            return kind
    known = columns().get(column) if column else None
    if known and known != "news":
        return cast(Kind, known)
    if _SPEECH.search(body[:400]):
        return "work_report"
    if _points(title, body) >= (_ENOUGH if column else _ENOUGH_ALONE):
        return "practice"
    told = is_lead(body) or _EVENT.search(body[:60]) or _TOLD.match(body)
    return "news" if known or told or (column and _PREFIXED.match(title)) else "other"


def _points(title: str, body: str) -> int:
    """How much speaks for a text that tells a way of working; its build counts only beside its title or lead."""
    scopes = {"title": title, "lead": "\n".join(body[: 2 * _LEAD].split("\n")[:2])[:_LEAD], "body": body[:_SEARCHED]}

    def told(*names: str) -> int:
        return sum(points for scope, points, form in _methods() if scope in names and form.search(scopes[scope]))

    said = told("title", "lead")
    return said + told("body") if said > 0 else 0


@cache
def _titled() -> tuple[tuple[re.Pattern[str], Kind], ...]:
    rows = [row.rsplit(",", 1) for row in read_entries("ingest.data", "kinds.csv")]
    return tuple((re.compile(pattern), cast(Kind, kind)) for pattern, kind in rows)


@cache
def _methods() -> tuple[tuple[str, int, re.Pattern[str]], ...]:
    rows = [row.split(",", 2) for row in read_entries("ingest.data", "methods.csv")]
    return tuple((scope, int(points), re.compile(pattern)) for scope, points, pattern in rows)
