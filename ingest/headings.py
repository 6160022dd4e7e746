"""The headings inside a body and their depth: numbered ones as offices number them, others by their mark-up."""

from __future__ import annotations

import re
from collections.abc import Mapping

from corpus.model import Heading, Span
from ingest.typography import balanced, ends_sentence

_SERIES = (
    re.compile(r"第[一二三四五六七八九十百\d]{1,4}(?:部分|编|篇|章)|[一二三四五六七八九十]{1,3}[、．.]"),
    re.compile(r"第[一二三四五六七八九十\d]{1,3}节|[（(][一二三四五六七八九十]{1,3}[)）]"),
    re.compile(r"\d{1,2}(?:[、．]|\.(?!\d))"),
    re.compile(r"[（(]\d{1,2}[)）]|[①-⑳]"),
)
"""一、 （一） 1. （1）: GB/T 9704, and chapters above them."""
_LONGEST = 50
_RUN_IN = re.compile(r"[^。；！？\n]{4,40}[。：:]")
_ENDS = re.compile(r"[，、；。]$")


def find_headings(body: str, marked: Mapping[int, int]) -> tuple[Heading, ...]:
    r"""The headings of a body in order; depth 1 is the highest that occurs.

    ``marked``: for a line's offset the depth its type size or mark-up gives. The first sentence of a paragraph is a
    heading too, where it is numbered 一、 or （一）.

    >>> body = "一、夯实基础\n全县建站3个。\n（一）选好址。由社区选址。\n（二）管好站。轮流值日。"
    >>> [(h.level, h.span.of(body)) for h in find_headings(body, {})]
    [(1, '一、夯实基础'), (2, '（一）选好址。'), (2, '（二）管好站。')]
    """
    found: list[tuple[Span, int]] = []
    at = 0
    for line in body.split("\n"):
        span = Span(at, at + len(line))
        at = span.end + 1
        depth = _depth(line)
        if depth is None:
            if span.start in marked and _alone(line):
                found.append((span, marked[span.start]))
        elif _alone(line):
            found.append((span, depth))
        elif m := _RUN_IN.match(line):
            if balanced(m.group()) and depth < 3:
                found.append((Span(span.start, span.start + m.end()), depth))
    order = {depth: i for i, depth in enumerate(sorted({depth for _, depth in found}), 1)}
    return tuple(Heading(span, order[depth]) for span, depth in found)


def _depth(line: str) -> int | None:
    return next((i + 1 for i, series in enumerate(_SERIES) if series.match(line)), None)


def _alone(line: str) -> bool:
    """Whether a line is nothing but a heading."""
    if "\t" in line or not 2 <= len(line) <= _LONGEST or _ENDS.search(line):
        return False
    return not ends_sentence(line) or re.search(r"[！？!?]$", line) is not None
