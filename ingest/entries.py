"""The entries of a yearbook (条目), whose names in brackets run into their texts (【信访代办】2021年，……)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.model import Article
from ingest import titles
from ingest.block import Block
from ingest.credits import is_person, named_in
from ingest.endings import find_ending
from ingest.words import words

_ENTRY = re.compile(r"【([^【】，。；]{2,24})】[ 　]*(?=[^\s【]{16})")
_FEWEST = 3
"""Entries that are no chance."""
_SIGNED = 2
"""Of their texts so many at least end with the names of persons in brackets."""


def with_entries_parted(blocks: Sequence[Block]) -> tuple[list[Block], frozenset[int]]:
    """The blocks, the names of entries on lines of their own, which are told by id; as they are without entries.

    Nothing but headings stands before the first, most are called differently and none as the parts of one piece are
    (【主要做法】), and those who wrote sign several.
    """
    found = {i: m for i, block in enumerate(blocks) if block.role != "row" and (m := _ENTRY.match(block.text))}
    first = next(iter(found), 0)
    names = {m[1] for m in found.values()}
    of_one = 2 * len(names) <= len(found) or any(titles.bare(name) in words("inner_headings") for name in names)
    if len(found) < _FEWEST or of_one or any(map(titles.is_paragraph, blocks[:first])):
        return list(blocks), frozenset()
    ends = pairwise([*found, len(blocks)])
    if sum(any(map(_is_signed, blocks[start:end])) for start, end in ends) < _SIGNED:
        return list(blocks), frozenset()
    out: list[Block] = []
    named: set[int] = set()
    for i, block in enumerate(blocks):
        if m := found.get(i):
            name = replace(block, line=block.line.cut(*m.span(1)), gap=1, marked=True, full=False, begins=None)
            named.add(id(name))
            out.append(name)
            block = replace(block, line=block.line.cut(m.end()).strip(), gap=0)
        out.append(block)
    return out, frozenset(named)


def signed_together(articles: Sequence[Article]) -> list[Article]:
    """Entries with their authors: who signs the last of several under one heading wrote those above it as well."""
    out: list[Article] = []
    for article in reversed(articles):
        below = out[-1] if out and out[-1].column == article.column else None
        out.append(article if article.author or below is None else replace(article, author=below.author))
    return out[::-1]


def _is_signed(block: Block) -> bool:
    """Whether a block ends with the names of those who wrote it, in brackets."""
    ending = find_ending(block.text)
    return ending is not None and all(map(is_person, named_in(ending.line)))
