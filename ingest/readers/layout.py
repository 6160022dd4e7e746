"""Characters with boxes → blocks in the order a person reads them.

Per page: characters are put on lines, lines are parted at gutters, columns are read one after another with whatever
spans them in between (a title over two columns), and lines of a column are joined to paragraphs.
"""

from __future__ import annotations

from ingest.block import Block
from ingest.readers.columns import find_gutters, read_columns, usual_gutters
from ingest.readers.glyphs import Glyph
from ingest.readers.margins import without_margins, without_upright
from ingest.readers.paragraphs import Setting, read_column
from ingest.readers.rows import body_size, read_rows


def read_pages(pages: list[list[Glyph]]) -> tuple[list[Block], list[str]]:
    """Blocks in reading order, and the lines of page heads and feet that were left out."""
    body = body_size(pages)
    freed = [without_upright(page) for page in pages]
    kept, margins = without_margins([read_rows(page, body) for page, _ in freed], body)
    gutters = [find_gutters(page) for page in kept]
    known = list(zip(gutters, kept, strict=True))
    columns = [
        column
        for page, own in zip(kept, gutters, strict=True)
        for column in read_columns(page, usual_gutters(page, own, known))
    ]
    setting = Setting.of(columns, body)
    blocks = [block for column in columns for block in read_column(column, setting)]
    return blocks, margins + [said for _, said in freed if said]
