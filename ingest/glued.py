"""A news text saved as one line, its title glued to its first sentence → title and body.

The title is cut off where a dateline, a byline, an opening date or a quoted voice begins. Without such evidence a short
title is still named, but the body keeps every character.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ingest.block import Block
from ingest.titles import is_titled
from ingest.traced import Traced
from ingest.typography import balanced
from ingest.words import words

_PREFIX = re.compile(r"^原标题\s*[:：]\s*")
_ORIGIN = re.compile(r"^来\s*源\s*[:：]\s*")
_SPACED = re.compile(r"((?:[^\s。，；]{4,40}[ 　\u00a0]+){1,3})(?=[^\s。，；]*[，。；])")
_REPORTER = re.compile(r"记者|通讯员|实习生|报道|[讯电](?:\s|$|[（(])|消息")
_FURTHEST = 75
_NEAREST = 6


@dataclass(frozen=True, slots=True)
class Unglued:
    """The title, whether the body still holds it, the body, and the source line that stood before it."""

    title: str
    kept: bool
    body: Traced
    source_line: str | None = None


def unglue(block: Block) -> Unglued | None:
    """Title and body of a one-line text; None if the block is not one.

    >>> text = "原标题：三塘镇办起老年食堂近日，三塘镇在六个村办起老年食堂。" + "老人只付五元。" * 40
    >>> found = unglue(Block(Traced.of(text, 0)))
    >>> found.title, found.body.text[:5], found.body.runs[0].source
    ('三塘镇办起老年食堂', '近日，三塘', 13)
    """
    line = block.line
    prefix = _PREFIX.match(line.text)
    if prefix is None and (len(line.text) < 200 or block.firm):
        return None
    if prefix is not None:
        line = line.cut(prefix.end())
    source_line, line = _origin(line)
    if prefix is None:
        found = _official(line, source_line) or _spaced(line, source_line)
        return found or (Unglued("", True, line, source_line) if source_line else None)
    if twice := _said_twice(line.text):
        title, rest = line.text[: twice[0]], line.cut(twice[1])
    elif (at := _lead_at(line.text)) is not None:
        title, rest = line.text[:at], line.cut(at)
    else:
        return Unglued(first_clause(line.text), True, line, source_line)
    later, rest = _origin(rest.strip())
    return Unglued(title.strip(" □\u00a0"), False, rest, source_line or later)


def _official(line: Traced, source_line: str | None) -> Unglued | None:
    """An official document on one line: its title (关于……的通知) stands before the first space after it."""
    for m in re.finditer(r"\s+", line.text[:160]):
        title = line.text[: m.start()]
        if is_titled(title) and not re.search(r"[。；]", title):
            return Unglued(title.strip(), False, line.cut(m.end()), source_line)
    return None


def _spaced(line: Traced, source_line: str | None) -> Unglued | None:
    """A title parted from the first sentence by a space; the body keeps it."""
    m = _SPACED.match(line.text)
    if m is None or len(m.group(1).strip()) < 8 or not balanced(m.group(1)) or _REPORTER.search(m.group(1)):
        return None
    return Unglued(m.group(1).strip(), True, line, source_line)


def _origin(line: Traced) -> tuple[str | None, Traced]:
    """The 来源：人民网 a line begins with, and the line without it."""
    m = re.match(_ORIGIN.pattern + f"({_media()}(?:[－—-][一-鿿]{{2,3}}频道)?)", line.text)
    return (m.group(1), line.cut(m.end()).strip()) if m else (None, line)


def first_clause(text: str) -> str:
    """The first words of a text, for a title where none is printed.

    >>> first_clause("近年来，三塘镇坚持党建引领，办好民生实事。")
    '近年来，三塘镇坚持党建引领'
    """
    text = text.split("\n", 1)[0].strip()
    text = (
        re.sub(
            rf"^(?:{_media()}|本报|本网)[^。，“”]{{0,24}}?(?:电|讯|消息|报道)\s*[：:]?\s*(?:[（(][^）)]{{2,60}}[)）])?\s*",
            "",
            text,
        )
        or text
    )
    stops = [m.start() for m in re.finditer(r"[。！？；，]|(?<=.)[ 　\u00a0]", text[:48])]
    good = [s for s in stops if s >= 10 and balanced(text[:s])]
    return text[: good[0]] if good else text[:30]


@cache
def _media() -> str:
    return "(?:" + "|".join(words("media")) + ")"


@cache
def _leads() -> tuple[re.Pattern[str], ...]:
    """What begins the text after a title, surest first; the group ``at`` is where."""
    media, month = _media(), r"(?:\d{4}年)?\d{1,2}月\d{1,2}日"
    return (
        re.compile(rf"(?P<at>{media}[^。，“”]{{0,12}}?(?:{month})?\s*(?:电|讯|消息|报道)[ 　（(])"),
        re.compile(rf"(?P<at>{media}[^。，“”]{{0,8}}?{month}(?:电|讯|消息|报道))"),
        re.compile(r"(?P<at>(?:本报|本网|本台)讯)"),
        re.compile(
            rf"(?P<at>(?:□\s*|文[/／]|{media}\s*[|｜]?\s*|(?:本报|本网|特约|[（(](?:本报|特约)?)?)"
            r"(?:实习生|记者|通讯员)[ 　])"
        ),
        re.compile(rf"(?P<at>{media}\s*[|｜]?\s*(?:全媒体)?记者)"),
        re.compile(r"(?P<at>[（(](?:本报|特约)?(?:记者|通讯员))"),
        re.compile(r"(?P<at>(?:作者|来源|撰稿)\s*[:：]|文[/／]|□)"),
        re.compile(
            rf"(?P<at>(?:近日|近期|日前|连日来|近年来|今年以来|去年以来|眼下|昨天|今天)[，,（]|近期以来|今年(?:以来)?，|(?:{month}|\d{{4}}年\d{{1,2}}月)"
            r"(?:上午|下午|晚|至|，|以来|[一-鿿]{0,4}，)|自.{2,14}以来，)"
        ),
        re.compile(r"(?P<at>近日|日前|(?:\d{4}年)?\d{1,2}月\d{1,2}日)"),
        re.compile(r"(?<=[一-鿿”！？])(?P<at>“[^”]{4,60}[，。！？、…][^”]{0,200}”)"),
        re.compile(r"(?<=[一-鿿”])(?P<at>为(?:了|进一步|深入|积极|切实|贯彻|推动|加强)[^“”]{4,40}，)"),
    )


def _lead_at(text: str) -> int | None:
    """Where the text after the title begins, or None."""
    found = []
    for rank, pattern in enumerate(_leads()):
        m = pattern.search(text, _NEAREST, _FURTHEST + 40)
        if m is not None and _NEAREST <= m.start("at") <= _FURTHEST and _whole(text[: m.start("at")]):
            found.append((m.start("at"), rank))
    sure = [f for f in found if f[1] < 10]
    return min(sure or found, default=(None, 0))[0]


def _whole(title: str) -> bool:
    """Whether a title may end here: nothing it opened is left open, and it is no beginning of a phrase."""
    return balanced(title) and re.search(r"[，、：:的在…]$|。", title.strip()) is None


def _said_twice(text: str) -> tuple[int, int] | None:
    """Where the first and the second saying of a title end, if the text begins by saying it twice."""
    for n in range(_FURTHEST, _NEAREST, -1):
        title = text[:n].strip()
        again = n + len(text[n:]) - len(text[n:].lstrip())
        if len(title) > _NEAREST and text.startswith(title, again):
            return n, again + len(title)
    return None
