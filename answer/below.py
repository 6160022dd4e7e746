"""Places below an article's own that its sentences tell of, each in a part of its own (余干县7个点…，万年县4个点…)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.model import Place, Span
from corpus.places import Gazetteer

_BEGINS = re.compile(r"(?:^|[，,；;：:。】]|其中|如|和|与|及|、)\s*[◆▲●■▍•（(\d）).、]*$")
"""What stands before a place with which a part begins."""
_ROW = re.compile(r"\s*[、和与及]\s*")
_OF = re.compile(r"[的等籍]|[（(]|[一-鿿]{0,2}(?:日报|晚报|融媒|电视台)")
"""Behind a name that is not the subject of its part."""


def parts_below(text: str, own: Place | None, gazetteer: Gazetteer) -> Iterator[tuple[tuple[str, ...], Span]]:
    """The runs of a sentence of a larger place's text that begin with places in it, each up to the next, and these.

    >>> from corpus.places import Gazetteer
    >>> g = Gazetteer.load()
    >>> text = "发现：余干县7个点不开门，万年县、婺源县点位缺人。"
    >>> [(codes, s.of(text)) for codes, s in parts_below(text, g.resolve("上饶市"), g)]
    [(('361127',), '余干县7个点不开门，'), (('361129', '361130'), '万年县、婺源县点位缺人。')]
    """
    if own is None or own.level == "county":
        return
    rows: list[tuple[list[str], Span]] = []
    for mention in gazetteer.find(text):
        code = gazetteer.settle(mention.candidates, [own.adcode])
        if code is None or code == own.adcode or not gazetteer.contains(own.adcode, code):
            continue
        joined = bool(rows) and _ROW.fullmatch(text, rows[-1][1].end, mention.span.start) is not None
        if joined:
            rows[-1] = ([*rows[-1][0], code], Span(rows[-1][1].start, mention.span.end))
        elif _BEGINS.search(text[: mention.span.start]):
            rows.append(([code], mention.span))
    rows = [(codes, span) for codes, span in rows if not _OF.match(text, span.end)]
    for at, (codes, span) in enumerate(rows):
        yield tuple(codes), Span(span.start, rows[at + 1][1].start if at + 1 < len(rows) else len(text))


def begins_with(text: str, own: Place | None, gazetteer: Gazetteer) -> tuple[str, ...]:
    """The places in a larger one that a run of its text begins with, none where it begins otherwise."""
    first = next(parts_below(text, own, gazetteer), None)
    return first[0] if first is not None and first[1].start == 0 else ()
