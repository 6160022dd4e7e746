"""The table rows of a body → its tables, each cell with its span."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.model import Grid, Span

_NUMBER = re.compile(r"[约近超]?[¥￥]?[-+]?\d[\d,.]*\s*[%％‰]?\s*[一-鿿]{0,3}")
_PERIOD = re.compile(r"\d{4}年?(?:\d{1,2}月)?|(?:19|20)\d{2}年[^\d].*")
_NOTE = re.compile(r"(?!其中)[^：:\d]{2,12}[：:].*|(?:19|20)\d{2}\s*年[\s\d年月日至—-]*")
_ORDINAL = re.compile(r"序号|编号|行次|No\.?")


def grids(body: str, rows: Sequence[Span]) -> tuple[Grid, ...]:
    r"""The tables of a body: rows that follow one another and have as many cells, two columns and two rows at least.

    >>> body = "镇\t驿站（个）\n三塘镇\t3\n合计\t3"
    >>> found = grids(body, [Span(0, 7), Span(8, 13), Span(14, 18)])
    >>> found[0].header, [cell.of(body) for cell in found[0].rows[1]]
    (1, ['三塘镇', '3'])
    """
    made: list[Grid] = []
    group: list[tuple[Span, ...]] = []
    last: Span | None = None
    for row in [*rows, None]:
        cells = _cells(body, row) if row else ()
        if group and (row is None or last is None or row.start != last.end + 1 or len(cells) != len(group[0])):
            made += _grid(body, group)
            group = []
        group.append(cells)
        last = row
    return tuple(made)


def _grid(body: str, rows: Sequence[tuple[Span, ...]]) -> list[Grid]:
    above = next((i for i, row in enumerate(rows) if not _is_note(body, row)), 0)
    rows = rows[above:]
    if len(rows) < 2 or len(rows[0]) < 2:
        return []
    skip = 1 if _ORDINAL.fullmatch(rows[0][0].of(body).strip()) else 0
    first = next((i for i, row in enumerate(rows) if _tells_numbers(body, row[skip:])), 1)
    return [Grid(tuple(rows), min(first, 3))]


def _is_note(body: str, row: Sequence[Span]) -> bool:
    """Whether a row says who filled the table in, when or in what unit (填报单位：民政局  单位：个)."""
    texts = [text for cell in row if (text := " ".join(cell.of(body).split()))]
    return all(map(_NOTE.fullmatch, texts)) and any("：" in t or ":" in t for t in texts)


def _tells_numbers(body: str, row: Sequence[Span]) -> bool:
    texts = [cell.of(body).strip() for cell in row]
    return any(_NUMBER.fullmatch(t) and not _PERIOD.fullmatch(t) for t in texts)


def _cells(body: str, row: Span) -> tuple[Span, ...]:
    cells = []
    at = row.start
    for text in row.of(body).split("\t"):
        cells.append(Span(at, at + len(text)))
        at += len(text) + 1
    return tuple(cells)
