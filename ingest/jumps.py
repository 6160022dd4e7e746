"""Articles that a paper continues on a later page (下转第3版 … 上接第1版) → their blocks one after another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest import titles
from ingest.block import Block
from ingest.endings import find_ending
from ingest.traced import join

_PAGE = r"第?\s*([\d一二三四五六七八九十]{1,3})\s*[版页]"
_LATER = re.compile(rf"[（(【\[]?\s*(?:紧?下转|转入?|续见)\s*{_PAGE}[^。，]{{0,6}}?\s*[）)】\]]?$")
_TITLED = re.compile(rf"^[^。]{{4,60}}[（(【\[]\s*(?:紧?上接|续)\s*{_PAGE}[^。，）)]{{0,12}}[）)】\]]$")
_EARLIER = re.compile(rf"^[（(【\[]?\s*(?:紧?上接|接|续)\s*{_PAGE}[^。，）)]{{0,30}}?\s*[）)】\]]?")


@dataclass(slots=True)
class _Part:
    """The blocks ``[start, end)`` that go on with an article of page ``of``; they stand on page ``page``."""

    start: int
    end: int
    of: int
    page: int | None


def rejoined(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with every continuation moved to where it was broken off, and the lines that point left out.

    >>> from ingest.traced import Traced
    >>> lines = ["夜校开课，居民（下转第2版）", "白水乡修路", "白水乡修好村路。", "（上接第1版）踊跃报名。"]
    >>> pages = [1, 1, 1, 2]
    >>> [b.text for b in rejoined([Block(Traced(t), page=p) for t, p in zip(lines, pages, strict=True)])]
    ['夜校开课，居民', '踊跃报名。', '白水乡修路', '白水乡修好村路。']
    """
    parts = _parts(blocks)
    pointers = {i: titles.counted(m.group(1)) for i, b in enumerate(blocks) if (m := _LATER.search(b.text))}
    homes: dict[int, _Part] = {}
    for i, target in pointers.items():
        part = _continuation(parts, homes, i, target, blocks[i].page)
        if part is not None:
            homes[i] = part
    moved = {i for part in homes.values() for i in range(part.start, part.end)}
    moved |= {i for part in homes.values() for i in _said_again(blocks, part)}
    out: list[Block] = []
    for i, block in enumerate(blocks):
        if i in homes:
            cut = _cut_end(block)
            out += [cut] if cut.text else []
            out += _cut_beginning(blocks[homes[i].start : homes[i].end])
        elif i not in moved:
            out.append(block)
    return out


def mended(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with source lines whole again that a page or a column broke in their brackets."""
    out: list[Block] = []
    for block in blocks:
        at = next((i for i in range(len(out) - 1, -1, -1) if out[i].size > titles.SMALLER), 0)
        if out and _torn(out[at], block):
            out[at] = replace(out[at], line=join([out[at].line, block.line]), full=block.full)
        else:
            out.append(block)
    return out


def _torn(above: Block, below: Block) -> bool:
    """Whether a bracket left open at the end of a block is closed at the end of the short one below."""
    opened = re.search(r"[（(][^（()）。]{0,30}$", above.text)
    closed = re.fullmatch(r"[^（()）。]{0,30}[)）]", below.text)
    return bool(opened and closed) and find_ending(above.text + below.text) is not None


def _parts(blocks: Sequence[Block]) -> list[_Part]:
    """Every continuation: down to its source line, the next headline, or the next continuation."""
    found = []
    for i, block in enumerate(blocks):
        m = _pointer(block.text)
        if m is None:
            continue
        end = i + 1
        while end < len(blocks) and not _starts_other(blocks, end):
            end += 1
            if find_ending(blocks[end - 1].text) is not None:
                break
        found.append(_Part(i, end, titles.counted(m.group(1)), block.page))
    return found


def _pointer(text: str) -> re.Match[str] | None:
    """The words at the beginning of a text that point back, the article's title before them or not."""
    return _EARLIER.match(text) or _TITLED.match(text)


def _starts_other(blocks: Sequence[Block], i: int) -> bool:
    """Whether another article, or the continuation of another, begins with a block."""
    block = blocks[i]
    if _pointer(block.text) or (block.size > titles.LARGER and titles.heading_like(block)):
        return True
    following = blocks[i + 1 : i + 2]
    return bool(following) and titles.heading_like(block) and _pointer(following[0].text) is not None


def _continuation(
    parts: Sequence[_Part], homes: dict[int, _Part], i: int, target: int, page: int | None
) -> _Part | None:
    """The continuation a pointer means: on the page it names and naming the pointer's page, else the next one left."""
    left = [part for part in parts if part.start > i and part not in homes.values()]
    for good in (
        [part for part in left if part.page == target and part.of == page],
        [part for part in left if part.page == target],
        [part for part in left if part.of == page],
    ):
        if good:
            return good[0]
    return left[0] if left else None


def _said_again(blocks: Sequence[Block], part: _Part) -> list[int]:
    """Lines above a continuation that say the article's title again."""
    at = part.start - 1
    if at < 0 or not titles.heading_like(blocks[at]) or blocks[at].page != part.page:
        return []
    said = titles.bare(blocks[at].text)
    earlier = "".join(titles.bare(block.text) for block in blocks[:at] if titles.heading_like(block))
    return [at] if len(said) >= 4 and said[:12] in earlier else []


def _cut_end(block: Block) -> Block:
    m = _LATER.search(block.text)
    return replace(block, line=block.line.cut(0, m.start()).strip(), full=True) if m else block


def _cut_beginning(blocks: Sequence[Block]) -> list[Block]:
    """A continuation without the words that point back; its first block goes on with what was broken off."""
    m = _pointer(blocks[0].text)
    first = replace(blocks[0], line=blocks[0].line.cut(m.end() if m else 0).strip())
    return [block for block in (first, *blocks[1:]) if block.text]
