"""Text and Markdown → blocks, hard wraps undone."""

from __future__ import annotations

import re
from collections import Counter

from ingest.block import Block, Source
from ingest.sniff import TEXT, decode
from ingest.traced import Traced, join
from ingest.typography import ends_sentence, width

_LINE = re.compile(r"[^\r\n\f\v\x85\u2028\u2029]*")
_BREAK = re.compile(r"\r\n|[\r\n\f\v\x85\u2028\u2029]")
_MARKDOWN = re.compile(r"(#{1,6})\s+")


def read_text(data: bytes, name: str) -> Source:
    """The blocks of a text file; a form feed begins a page."""
    text = decode(data, name).text
    blocks: list[Block] = []
    gap, page, at = 0, 1, 0
    while at <= len(text):
        match = _LINE.match(text, at)
        end = match.end() if match else at
        raw = Traced.of(text[at:end], at).keep(_printable)
        line = raw.strip()
        if line.text:
            blocks.append(_block(raw, line, gap, page, markdown=name.lower().endswith((".md", ".markdown"))))
            gap = 0
        elif at < len(text):
            gap += 1
        brk = _BREAK.match(text, end)
        if brk is None:
            break
        page += brk.group() == "\f"
        at = brk.end()
    return Source(tuple(_unwrap(blocks)), TEXT, "text", pages=page if page > 1 else None)


def _printable(c: str) -> bool:
    return c >= " " and c not in "\x7f\ufeff\u200b" or c == "\t"


def _block(raw: Traced, line: Traced, gap: int, page: int, *, markdown: bool) -> Block:
    level = 0
    if markdown and (m := _MARKDOWN.match(line.text)):
        level, line = len(m.group(1)), line.cut(m.end()).strip("# ")
    indented = raw.text[:1] in " \t　"
    return Block(line, page=page, gap=gap + 1 if indented and not gap else gap, level=level)


def _unwrap(blocks: list[Block]) -> list[Block]:
    """Lines broken at a fixed width put together again; an indented line begins a paragraph."""
    full = _measure(blocks)
    if not full:
        return blocks
    indents = sum(b.gap > 0 for b in blocks) > 2
    out: list[Block] = []
    parts: list[Traced] = []
    for block in blocks:
        last = parts[-1].text if parts else ""
        if parts and not block.gap and width(last) >= full - 2 and (indents or not ends_sentence(last)):
            parts.append(block.line)
            out[-1] = _with(out[-1], join(_spaced(parts)))
        else:
            parts = [block.line]
            out.append(block)
    return out


def _with(block: Block, line: Traced) -> Block:
    return Block(line, block.page, block.size, block.level, block.gap, block.firm, block.role)


def _spaced(parts: list[Traced]) -> list[Traced | str]:
    """Parts with a space between Latin words."""
    out: list[Traced | str] = []
    for part in parts:
        if out and parts and isinstance(out[-1], Traced) and _latin(out[-1].text[-1:]) and _latin(part.text[:1]):
            out.append(" ")
        out.append(part)
    return out


def _latin(c: str) -> bool:
    return c.isascii() and c.isalpha()


def _measure(blocks: list[Block]) -> float:
    """The width lines are broken at, in Chinese characters, or 0 if they are not."""
    open_lines = [width(b.text) for b in blocks if not ends_sentence(b.text)]
    if len(open_lines) < 4:
        return 0
    common, _ = Counter(round(w) for w in open_lines).most_common(1)[0]
    full = max(w for w in open_lines if w <= common + 1.5)
    near = sum(full - 2 <= w <= full for w in open_lines)
    over = sum(width(b.text) > full + 2 for b in blocks)
    return full if 10 <= full <= 60 and near * 2 >= len(open_lines) and over * 10 <= len(blocks) else 0
