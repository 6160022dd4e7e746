"""Characters with boxes → blocks in the order a person reads them.

Per page: characters are put on lines, lines are parted at gutters, columns are read one after another with whatever
spans them in between (a title over two columns), and lines of a column are joined to paragraphs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from ingest.block import Block
from ingest.readers.columns import find_gutters, has_spanning, read_columns, usual_gutters
from ingest.readers.glyphs import Column, Glyph
from ingest.readers.margins import without_margins, without_upright
from ingest.readers.paragraphs import read_paragraphs
from ingest.readers.rows import body_size, read_rows
from ingest.readers.rules import Rules
from ingest.readers.tables import take_tables
from ingest.typography import is_ideograph


def read_pages(pages: list[list[Glyph]], rules: Sequence[Rules] = ()) -> tuple[list[Block], list[str]]:
    """Blocks in reading order, and the lines of page heads and feet that were left out; ``rules`` are those drawn."""
    pages = _scaled(pages)
    body = body_size(pages)
    drawn = rules or [Rules()] * len(pages)
    tables = [take_tables(page, own, body) for page, own in zip(pages, drawn, strict=True)]
    freed = [without_upright(page) for _, page in tables]
    kept, margins = without_margins([read_rows(page, body) for page, _ in freed], body)
    gutters = [find_gutters(page) for page in kept]
    kept = [page + table for page, (table, _) in zip(kept, tables, strict=True)]
    known = list(zip(gutters, kept, strict=True))
    gutters = [usual_gutters(page, own, known) for page, own in zip(kept, gutters, strict=True)]
    spanning = any(has_spanning(page, own, body) for page, own in zip(kept, gutters, strict=True))
    columns = [
        part
        for page, own in zip(kept, gutters, strict=True)
        for column in read_columns(page, own, spanning=spanning)
        for part in _unframed(column)
    ]
    return read_paragraphs(columns, body), margins + [name for _, said in freed for name in said]


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
