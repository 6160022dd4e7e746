"""Passages a body says twice, as happens when an article is pasted together."""

from __future__ import annotations

from corpus.model import Span
from ingest.typography import is_cjk

_SHINGLE = 12
_LEAST = 60
_SLIP = 6
_MARKS = "，。；、：！？”）\n "


def repeated_passages(body: str) -> tuple[Span, ...]:
    r"""The spans of a body, each of 60 Chinese characters or more, that stand in it earlier, small changes aside.

    >>> once = "联合市监、民政等单位组建攻坚专班，对全县注册公司和党组织进行起底，锁定重点攻坚对象并逐一建立台账，"
    >>> once += "明确整改时限、逐项销号落实，确保不漏一家。"
    >>> body = "先摸清底数。" + once + "随后开展整治。\n再" + once
    >>> [span.of(body) == once for span in repeated_passages(body)]
    [True]
    """
    first: dict[str, int] = {}
    runs: list[list[int]] = []
    for i in range(len(body) - _SHINGLE + 1):
        shingle = body[i : i + _SHINGLE]
        earlier = first.setdefault(shingle, i)
        if earlier + _SHINGLE > i or "\n" in shingle:
            continue
        last = runs[-1] if runs else None
        if last and i - last[1] <= _SHINGLE + _SLIP and abs((i - earlier) - last[2]) <= _SLIP:
            last[1] = i
        else:
            runs.append([i, i, i - earlier])
    spans = []
    for begin, end, distance in runs:
        stop = end + _SHINGLE
        start = _clause_start(body, begin, begin - distance)
        if sum(is_cjk(c) for c in body[start:stop]) >= _LEAST:
            spans.append(Span(start, stop))
    return tuple(spans)


def _clause_start(body: str, start: int, earlier: int) -> int:
    """Where a span begins: here if a clause begins here at either place, or after the next mark if that is near."""
    if start and earlier and body[start - 1] not in _MARKS and body[earlier - 1] not in _MARKS:
        start = next((i for i in range(start, min(start + 10, len(body))) if body[i] in _MARKS), start)
    while start < len(body) and body[start] in _MARKS:
        start += 1
    return start
