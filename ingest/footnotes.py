"""Footnotes of a page → below the paragraph that holds their mark, where the article that they belong to is known."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.block import Block

_MARKED = re.compile(r"([①-⑳]|\[\d{1,2}\]|［\d{1,2}］)")
_SMALL = 0.95


def brought_home(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with every footnote after the block on its page, or the one before, that has its mark."""
    out: list[Block] = []
    for block in blocks:
        mark = _MARKED.match(block.text)
        at = _home(out, block, mark.group()) if mark and block.page is not None and block.size < _SMALL else None
        if at is None:
            out.append(block)
        else:
            out.insert(at + 1, block)
    return out


def _home(blocks: Sequence[Block], note: Block, mark: str) -> int | None:
    """The last block with the mark inside its text, no further than a page before the note."""
    for i in range(len(blocks) - 1, -1, -1):
        page = blocks[i].page
        if page is None or note.page is None or page < note.page - 1:
            return None
        if mark in blocks[i].text[1:]:
            return i
    return None
