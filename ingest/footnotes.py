"""Footnotes of a page → below the paragraph that holds their mark, where the article that they belong to is known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.block import Block
from ingest.traced import join
from ingest.typography import RAISED, ends_sentence

_MARKED = re.compile(r"[①-⑳]|\[\d{1,2}\]|［\d{1,2}］|[⁰¹²³⁴-⁹]{1,2}|\d{1,2}(?=\s*[一-鿿《“])")
_ALIKE = 0.04
SMALL = 0.95
"""Below this ratio to the body's size, what begins with the mark of a note is one."""


def brought_home(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with every footnote after the block on its page, or the one before, that has its mark."""
    out: list[Block] = []
    noted: set[tuple[int, str]] = set()
    note: Block | None = None
    for block in blocks:
        if note is not None and _goes_on(note, block):
            at = out.index(note)
            out[at] = note = replace(note, line=join([note.line, block.line]))
            continue
        note = None
        mark = _MARKED.match(block.text)
        sign = mark.group() if mark else ""
        sign = sign.translate(RAISED) if sign.isascii() and sign.isdigit() else sign
        home = _home(out, block, sign, noted) if sign and block.size < SMALL else None
        if home is None:
            out.append(block)
        else:
            note = replace(block, firm=True)
            out.insert(out.index(home) + 1, note)
            noted.add((id(home), sign))
    return out


def _goes_on(note: Block, block: Block) -> bool:
    """Whether the line below a note goes on with it: set alike, and the note has not ended."""
    alike = abs(block.size - note.size) < _ALIKE and block.page == note.page and not block.gap
    return alike and not ends_sentence(note.text) and not _MARKED.match(block.text)


def _home(blocks: Sequence[Block], note: Block, mark: str, noted: set[tuple[int, str]]) -> Block | None:
    """The first block on the note's page or the one before that has the mark in its text, and no note for it yet.

    A note that begins with a plain number has it raised in the text.
    """
    for block in blocks:
        near = block.page is not None and note.page is not None and note.page - 1 <= block.page <= note.page
        if near and mark in block.text[1:] and (id(block), mark) not in noted:
            return block
    return None
