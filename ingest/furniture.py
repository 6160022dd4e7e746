"""What stands on a page but not in its text: page numbers, running heads, share bars."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from itertools import pairwise, takewhile

from corpus.spacing import squeezed
from ingest.block import Block
from ingest.fields import is_organ
from ingest.footnotes import SMALL
from ingest.titles import LARGER, WIDE_GAP, heading_like, is_contents, is_inner_heading, is_issue_number, is_remark
from ingest.traced import Traced, join
from ingest.typography import ends_sentence
from ingest.words import words

_DASHES = r"[-—–－―·•\s|]*"
_NUMBERED_PAGE = re.compile(
    rf"{_DASHES}第\s*\d{{1,4}}\s*[页版](?:\s*[,，/／]?\s*共\s*\d{{1,4}}\s*页)?{_DASHES}|\d{{1,4}}\s*[/／]\s*\d{{1,4}}"
)
_DASHED_PAGE = re.compile(r"[-—–－―·•]+\s*\d{1,4}\s*[-—–－―·•]+")
_SECTION = re.compile(r"0\d|[1-9]\d|(?:PART|Part|NO|No)[.\s]*\d{1,2}")
_BLANKS = re.compile(r"\s{50}")
_ON_PAGE = re.compile(r"[（(]?(?:详见|见)?第?\s*[A-D]?[\d一二三四五六七八]{1,2}\s*版[)）]?$")
_OPENING, _HEAD = 12, 5
_SMALL = 0.75
"""Of the size of the text: what is set smaller is a mark beside it."""
_HEADING = 40
"""Characters that a heading has at most below the number that counts it."""
_NOTE_MARK = re.compile(r"[\[〔【(（]\d{1,2}[\]〕】)）]|[①-⑳*※]")
"""The mark of a note, set small beside the lines of a title."""
_DRAWN = re.compile(r"\s*(?:[━─—―＿_=＝~～*＊·…-]\s*){6,}")
"""A rule drawn with characters."""
_PUT_TOGETHER = re.compile("(?:整理|汇编|编印?)$")
_BARE = re.compile(r"\d{1,4}")


def is_page_number(text: str, *, bare: bool = False) -> bool:
    """Whether a line only counts pages; a bare number only where the place on the page says so.

    >>> [is_page_number(t) for t in ("— 12 —", "第3页 共8页", "12", "2026年")]
    [True, True, False, False]
    """
    text = text.strip()
    return bool(_NUMBERED_PAGE.fullmatch(text) or _DASHED_PAGE.fullmatch(text) or (bare and _BARE.fullmatch(text)))


def page_shape(text: str) -> str:
    """The line with every number alike, so that running heads of different pages are the same."""
    return re.sub(r"\d+", "#", "".join(text.split()))


def without_furniture(blocks: tuple[Block, ...], kept: Collection[int] = ()) -> list[Block]:
    """The blocks without page numbers, running heads and what a site put beside the text.

    What stands below the number of a section, set alone, is a heading. ``kept``: where numbers are that count news.
    """
    heads = _running_heads(blocks)
    sections = _section_numbers(blocks)
    again = _mastheads_again(blocks)
    aside = _counting(blocks) | sections | _slogans(blocks) | _guides(blocks)
    count = {id(blocks[i]) for i in kept}
    out: list[Block] = []
    gap, headed = 0, False
    blocks = _with_marks(blocks)
    for i, block in enumerate(blocks):
        numbers = i < _OPENING and is_issue_number(block.text)  # of a masthead, though later pages say it again
        head = block.text in heads and not numbers and not (i == 0 and _is_title(blocks))
        if id(block) in again or (block.size < _SMALL and _NOTE_MARK.fullmatch(block.text)):
            continue
        beside = is_page_number(block.text) or id(block) in aside or head
        if beside and block.role != "row" and id(block) not in count:
            gap = max(gap, block.gap)
            headed = id(block) in sections
            continue
        if _DRAWN.fullmatch(block.text):
            gap = max(gap, block.gap, 1)
            continue
        line = _without_chrome(block.line)
        if line.text:
            level = block.level or (2 if headed and len(line.text) <= _HEADING else 0)
            out.append(replace(block, line=line, gap=max(gap, block.gap), level=level))
        gap, headed = 0, False
    return out


def _counting(blocks: tuple[Block, ...]) -> set[int]:
    """Bare numbers alone on a line that count up one by one: page numbers of a text made from pages."""
    numbers = [b for b in blocks if not b.firm and _BARE.fullmatch(b.text)]
    up = all(int(b.text) - int(a.text) == 1 for a, b in zip(numbers, numbers[1:], strict=False))
    return {id(b) for b in numbers} if len(numbers) > 1 and up else set()


def _section_numbers(blocks: tuple[Block, ...]) -> set[int]:
    """Numbers set large above the headings they count (01, 02, 03), which say nothing themselves."""
    numbers = [b for b in blocks if b.role == "text" and _SECTION.fullmatch(b.text)]
    counted = [int(re.sub(r"\D", "", b.text)) for b in numbers]
    return {id(b) for b in numbers} if counted == [*range(1, len(numbers) + 1)] else set()


def _mastheads_again(blocks: tuple[Block, ...]) -> set[int]:
    """The lines that say again, parted by gaps, what the first lines of a text say, the number of the issue with it.

    At the top of a page the number beside a name tells enough.
    """
    first = {squeezed(block.text) for block in blocks[:_HEAD]}
    again = {
        id(block)
        for block in blocks[_HEAD:]
        if is_issue_number(block.text) and all(squeezed(part) in first for part in WIDE_GAP.split(block.text) if part)
    }
    tops = (b for a, b in pairwise(blocks) if b.page and a.page and b.page > a.page and "\t" in b.text)
    return again | {id(b) for b in tops if any(is_issue_number(part) for part in WIDE_GAP.split(b.text))}


def _guides(blocks: tuple[Block, ...]) -> set[int]:
    """The guide to a newspaper's other pages in a box among its articles: titles, and on which page each is."""
    found: set[int] = set()
    for i, block in enumerate(blocks):
        if block.page is not None and is_contents(block.text):
            short = list(takewhile(lambda b: len(b.text) <= _HEADING and "。" not in b.text, blocks[i + 1 : i + 24]))
            pages = [n for n, line in enumerate(short, i + 1) if _ON_PAGE.search(line.text)]
            found |= {id(each) for each in blocks[i : pages[-1] + 1]} if len(pages) > 1 else set()
    return found


def _slogans(blocks: tuple[Block, ...]) -> set[int]:
    """The lines of advertisements that say so themselves: 公益广告, and what is set large right above it."""
    found: set[int] = set()
    for i, block in enumerate(blocks):
        if block.page is not None and squeezed(block.text).strip("【】[]（）()") == "公益广告":
            above = [b for b in reversed(blocks[max(0, i - 3) : i]) if b.page == block.page]
            found |= {id(block), *map(id, takewhile(lambda b: b.size > LARGER, above))}
    return found


def _running_heads(blocks: tuple[Block, ...]) -> set[str]:
    """Short lines said three times or more that at least once stand inside an unfinished sentence."""
    free = [b for b in blocks if not (b.firm or is_inner_heading(b.text) or is_page_number(b.text))]
    counts = Counter(page_shape(b.text) for b in free if len(b.text) <= 40 and not ends_sentence(b.text))
    heads: set[str] = set()
    for last, block in zip(free, free[1:], strict=False):
        inside = len(last.text) > 20 and last.size <= LARGER and not last.level and not ends_sentence(last.text)
        if counts[page_shape(block.text)] >= 3 and inside:
            heads.add(page_shape(block.text))
    return {b.text for b in free if page_shape(b.text) in heads}


def _with_marks(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks; the mark of a note that a page sets apart, smaller than the note, stands before it again."""
    out: list[Block] = []
    for block in blocks:
        mark = out[-1] if out else None
        own = mark is not None and _NOTE_MARK.fullmatch(mark.text) and mark.page is not None
        if mark is not None and own and mark.size < block.size < SMALL and mark.page == block.page:
            out[-1] = replace(block, line=join([mark.line, block.line]), gap=max(mark.gap, block.gap))
        else:
            out.append(block)
    return tuple(out)


def _is_title(blocks: tuple[Block, ...]) -> bool:
    """Whether the first line is all that is said over the text, but for the body that put it together."""
    below = takewhile(heading_like, blocks[1:])
    alone = all(is_organ(_PUT_TOGETHER.sub("", block.text)) for block in below)
    return alone and heading_like(blocks[0]) and not is_remark(blocks[0].text)


def _without_chrome(line: Traced) -> Traced:
    if _BLANKS.search(line.text):  # no site sets so many, and patterns would take long
        return line
    for pattern in words("chrome"):
        pieces, at = [], 0
        for m in re.finditer(pattern, line.text):
            pieces.append(line.cut(at, m.start()))
            at = m.end()
        if at:
            line = join([*pieces, line.cut(at)]).strip()
    return line
