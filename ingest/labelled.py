"""Texts that say of each part what it is (标题：……, 正文：……), as exports of office systems do → records."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.block import Block, Source
from ingest.dates import date_in_name
from ingest.traced import Traced, join

_LABELS = {
    "title": r"(?:文章|稿件|信息)?(?:标题|题目)",
    "body": r"(?:文章|稿件|信息)?(?:正文|内容|全文)",
    "source_line": r"(?:报送|供稿|来稿|选送|发文)单位|供稿|(?:文章|稿件|信息)?来源",
    "author": r"作者|撰稿人?",
    "published_on": r"(?:发布|发文|报送|上报|供稿|投稿|刊发)?(?:日期|时间)",
    "column": r"栏目|类别",
}
_LABELLED = re.compile(
    "|".join(rf"(?:[【\[](?P<{f}>{p})[】\]]\s*[:：]?|(?P<{f}_bare>{p})(?:\s*[:：]|\t))" for f, p in _LABELS.items())
)


def records(source: Source) -> tuple[Source, ...]:
    """The articles of a text with labels, a source each; none where titles and texts are not labelled in turn."""
    found = [(i, m) for i, block in enumerate(source.blocks) if (m := _LABELLED.match(block.text))]
    starts = [i for i, m in found if _field(m) == "title"]
    texts = [i for i, m in found if _field(m) == "body"]
    ends = [*starts[1:], len(source.blocks)]
    if not starts or any(sum(a < i < b for i in texts) != 1 for a, b in zip(starts, ends, strict=True)):
        return ()
    above = tuple(block.text for block in source.blocks[: starts[0]])
    return tuple(
        replace(_record(source, source.blocks[start:end]), margins=(*source.margins, *above))
        for start, end in zip(starts, ends, strict=True)
    )


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
            said.setdefault(field, block.text.replace("【", "").replace("】", "："))
        elif field:
            said.setdefault(field, rest.text)
    head = Block(join(block.line for block in title), title[0].page if title else None, level=1, firm=True)
    return Source(
        (head, *kept), source.media_type, "fields", title=head.text,
        column=said.get("column"), source_line=said.get("source_line"), author=said.get("author"),
        published_on=date_in_name(said.get("published_on", "")), flags=source.flags,
    )  # fmt: skip


def _read(blocks: Sequence[Block]) -> Iterator[tuple[Block, str | None, Block]]:
    """Each block, the field its label names, and what stands behind the label."""
    for block in blocks:
        m = _LABELLED.match(block.text)
        yield block, _field(m) if m else None, replace(block, line=block.line.cut(m.end() if m else 0).strip())


def _paragraphs(cell: Traced) -> Iterator[Traced]:
    """The paragraphs of a cell, whose lines a row sets one after another."""
    at = 0
    for m in re.finditer(r"(?<=[。！？”])\s+|$", cell.text):
        if (line := cell.cut(at, m.start()).strip()).text:
            yield line
        at = m.end()


def _field(m: re.Match[str]) -> str:
    return (m.lastgroup or "").removesuffix("_bare")
