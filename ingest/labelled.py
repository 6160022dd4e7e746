"""Texts that say of each part what it is (标题：……, 正文：……), as exports of office systems do → records."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from ingest.block import Block, Source
from ingest.dates import date_in_name
from ingest.labels import FIELDS, SENDER
from ingest.readers.sheets import articles_of
from ingest.traced import Traced, join
from ingest.typography import is_prose

_LABELS = {
    **{field: pattern for field, pattern in FIELDS.items() if field != "number"},
    "source_line": rf"{SENDER}|{FIELDS['source_line']}",
}
_LABELLED = re.compile(
    "|".join(rf"(?:[【\[](?P<{f}>{p})[】\]]\s*[:：]?|(?P<{f}_bare>{p})(?:\s*[:：]|\t))" for f, p in _LABELS.items())
)
_ABOUT = re.compile(r"\s*(?:备?注|说明)\s*[:：]")
"""How a note on a table begins."""
_HEADS = 5
"""Among so many first rows are the heads, which every page says again."""
_COUNT = re.compile(r"[【\[（(]?(?:信息|稿件|文章|材料|第)?\s*[\d一二三四五六七八九十]{1,3}\s*[篇条则]?[】\]）)]?")
"""A line that counts the record below it (【信息2】)."""


def records(source: Source) -> tuple[Source, ...]:
    """The articles of a text with labels, a source each; none where titles and texts are not labelled in turn."""
    found = [(i, m) for i, block in enumerate(source.blocks) if (m := _LABELLED.match(block.text))]
    starts = [i for i, m in found if _field(m) == "title"]
    texts = [i for i, m in found if _field(m) == "body"]
    ends = [*starts[1:], len(source.blocks)]
    if not starts or any(sum(a < i < b for i in texts) != 1 for a, b in zip(starts, ends, strict=True)):
        return ()
    above = tuple(block.text for block in source.blocks[: starts[0]])
    if len(starts) == 1:
        starts = [0]
    return tuple(
        replace(_record(source, source.blocks[start:end]), margins=(*source.margins, *above))
        for start, end in zip(starts, ends, strict=True)
    )


def tabled(source: Source) -> tuple[Source, ...]:
    """The articles of a document that is a table of them, one a row below heads that say which cell is what."""
    rows = [block for block in source.blocks if block.role == "row"]
    around = [block.text for block in source.blocks if block.role != "row" and not _ABOUT.match(block.text)]
    if len(rows) < 3 or any(map(is_prose, around)):
        return ()
    rows = [row for i, row in enumerate(rows) if row.text not in {above.text for above in rows[: min(i, _HEADS)]}]
    return tuple(
        replace(part, blocks=tuple(replace(b, line=line) for b in part.blocks for line in _paragraphs(b.line)))
        for part in articles_of(_of_one_length(list(map(_cells, rows))), source.media_type)
    )


def _of_one_length(rows: list[list[Traced]]) -> list[list[Traced]]:
    """The rows, each with as many cells as the longest."""
    wide = max(map(len, rows))
    return [[*row, *[Traced("")] * (wide - len(row))] for row in rows]


def _cells(row: Block) -> list[Traced]:
    return [row.line.cut(m.start(), m.end()) for m in re.finditer(r"(?:^|(?<=\t))[^\t]*", row.text)]


def _record(source: Source, blocks: Sequence[Block]) -> Source:
    """The article in blocks of which the first is the title."""
    said: dict[str, str] = {}
    title: list[Block] = []
    kept: list[Block] = []
    within = ""
    for block, field, rest in _read(blocks):
        within = field or ("" if block.role == "row" else within)
        if block.role == "row" and within == "body":
            kept += [replace(block, line=line, role="text") for line in _paragraphs(rest.line)]
        elif within in ("title", "body"):
            (title if within == "title" else kept).extend([rest] if rest.text else [])
        elif field == "source_line":
            said.setdefault(field, re.sub(r"】[:：]?|\t+", "：", block.text.lstrip("【")))
        elif field:
            said.setdefault(field, rest.text)
    while kept and _COUNT.fullmatch(kept[-1].text):
        kept.pop()
    head = Block(join(block.line for block in title), title[0].page if title else None, level=1, firm=True)
    return Source(
        (head, *kept), source.media_type, "fields", title=head.text,
        column=said.get("column"), source_line=said.get("source_line"), author=said.get("author"),
        published_on=date_in_name(said.get("published_on", "")), flags=source.flags,
    )  # fmt: skip


def _read(blocks: Sequence[Block]) -> Iterator[tuple[Block, str | None, Block]]:
    """Each block, or part of a row, the field its label names, and what stands behind the label."""
    for block in chain.from_iterable(map(_parts, blocks)):
        m = _LABELLED.match(block.text)
        yield block, _field(m) if m else None, replace(block, line=block.line.cut(m.end() if m else 0).strip())


def _parts(block: Block) -> Iterator[Block]:
    """A row of a form by its labels: each with the cells that stand behind it."""
    cells = [m.start() for m in re.finditer(r"(?:^|(?<=\t))[^\t]+", block.text)] if block.role == "row" else []
    starts = [at for at in cells if at == 0 or _LABELLED.match(block.text, at)] or [0]
    for start, end in zip(starts, [*starts[1:], len(block.text)], strict=True):
        yield replace(block, line=block.line.cut(start, end).strip())


def _paragraphs(cell: Traced) -> Iterator[Traced]:
    """The paragraphs of a cell, whose lines a row sets one after another."""
    at = 0
    for m in re.finditer(r"(?<=[。！？”])\s+|$", cell.text):
        if (line := cell.cut(at, m.start()).strip()).text:
            yield line
        at = m.end()


def _field(m: re.Match[str]) -> str:
    return (m.lastgroup or "").removesuffix("_bare")
