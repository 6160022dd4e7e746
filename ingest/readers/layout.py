"""Characters with boxes → blocks in the order a person reads them.

Per page: characters are put on lines, lines are parted at gutters, columns are read one after another with whatever
spans them in between (a title over two columns), and lines of a column are joined to paragraphs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter
from statistics import median
from typing import NamedTuple

from ingest.block import Block, Edge
from ingest.readers.columns import read_columns, sets_over_columns
from ingest.readers.glyphs import Column, Glyph
from ingest.readers.gutters import find_gutters, usual_gutters
from ingest.readers.margins import columns_named, stacked_marks, without_margins, without_upright
from ingest.readers.paragraphs import read_paragraphs
from ingest.readers.rows import body_size, read_rows
from ingest.readers.rules import Rules
from ingest.readers.tables import take_tables
from ingest.readers.zones import zones
from ingest.typography import is_ideograph

_SHEET = 200
"""Characters on a sheet that can be told to be two pages."""
_FOLD = 4.0
"""The least width of what is blank at the fold of a sheet, and how far it may lie from the middle, in type sizes."""


class Read(NamedTuple):
    """Blocks in reading order; the lines of page heads and feet that were left out, and the columns they name."""

    blocks: list[Block]
    margins: list[str]
    edges: tuple[Edge, ...]


def read_pages(pages: list[list[Glyph]], rules: Sequence[Rules] = ()) -> Read:
    """What stands on pages; ``rules`` are those drawn."""
    pages = _scaled(pages)
    body = body_size(pages)
    drawn = rules or [Rules()] * len(pages)
    sides = [(side, own) for page, own in zip(pages, drawn, strict=True) for side in _sides(page, own, body)]
    parts = [(n, zone, own) for n, (side, own) in enumerate(sides) for zone in zones(side, own, body)]
    tables = [take_tables(zone, own, body) for _, zone, own in parts]
    freed = [without_upright(page) for _, page in tables]
    rows = [read_rows(page, body) for page, _, _ in freed]
    whole = [
        [line for (m, _, _), own in zip(parts, rows, strict=True) if m == n for line in own] for n in range(len(sides))
    ]
    left, margins, heads = without_margins(whole, body)
    stay = {id(line) for page in left for line in page}
    kept = [[line for line in own if id(line) in stay] for own in rows]
    for (n, _, _), own in zip(parts, kept, strict=True):
        if own and sum(m == n for m, _, _ in parts) > 1:
            min(own, key=attrgetter("base")).leads = True
    gutters = [find_gutters(page) for page in kept]
    kept = [page + table for page, (table, _) in zip(kept, tables, strict=True)]
    known = list(zip(gutters, kept, strict=True))
    gutters = [usual_gutters(page, own, known) for page, own in zip(kept, gutters, strict=True)]
    spanning = sets_over_columns(list(zip(kept, gutters, strict=True)), body)
    columns = [
        part
        for page, own, (_, _, lines) in zip(kept, gutters, parts, strict=True)
        for column in read_columns(page, own, lines, spanning=spanning)
        for part in _unframed(column)
    ]
    aside = [name for _, said, _ in freed for name in said] + [mark for page in pages for mark in stacked_marks(page)]
    edges = columns_named([*heads, *(edge for _, _, tabs in freed for edge in tabs)])
    return Read(read_paragraphs(columns, body), margins + aside, edges)


def _sides(page: list[Glyph], rules: Rules, body: float) -> list[list[Glyph]]:
    """A sheet that lies across with two pages beside each other, as those; any other page as it is.

    Nothing is ruled over the fold but what frames the sheet.
    """
    if len(page) < _SHEET:
        return [page]
    left, right = min(g.left for g in page), max(g.right for g in page)
    if right - left < max(g.bottom for g in page) - min(g.top for g in page):
        return [page]
    near = sorted(g.right for g in page if g.right < (left + right) / 2 + _FOLD * body)
    far = min((g.left for g in page if g.left > near[-1] - 1), default=right)
    if far - near[-1] < _FOLD * body or abs(far + near[-1] - left - right) > _FOLD * body:
        return [page]
    if sum(start < near[-1] and end > far for _, start, end in rules.level) > 2:
        return [page]
    halves = [g for g in page if g.right <= near[-1]], [g for g in page if g.right > near[-1]]
    return list(halves) if min(map(len, halves)) > _SHEET / 4 else [page]


def _unframed(column: Column) -> list[Column]:
    """A column, and the frames in it as columns of their own."""
    parts: list[Column] = [[]]
    for line in column:
        if line.framed:
            parts += [*(list(cell) for cell in line.cells), []]
        else:
            parts[-1].append(line)
    return [part for part in parts if part]


def _scaled(pages: list[list[Glyph]]) -> list[list[Glyph]]:
    """The characters with sizes as seen: a Chinese character is as wide as its size, whatever the file scales it by."""
    ratios = [(g.right - g.left) / g.size for page in pages for g in page if g.size > 0 and is_ideograph(g.char)]
    ratio = median(ratios) if ratios else 1.0
    if abs(ratio - 1) < 0.1 or ratio <= 0:
        return pages
    return [[replace(g, size=g.size * ratio) for g in page] for page in pages]
