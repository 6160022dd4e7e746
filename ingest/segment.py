"""The blocks of a document → its articles, each with its headline and the blocks of its body.

A document is one article unless there is evidence of several: source lines at their ends, column names, titles that
begin with a place, entries of a table of contents, the size titles are set in. Headings inside an article have none of
these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from corpus.places import Gazetteer
from ingest import titles
from ingest.block import Block, Edge
from ingest.entries import with_entries_parted
from ingest.evidence import Evidence, Group, find_groups, measure, near
from ingest.fields import is_organ
from ingest.headline import Headline, read_headline
from ingest.opening import Opening, without_contents
from ingest.pieces import (
    shared_place,
    with_titles_parted,
    without_lone_numbers,
    without_numbers,
    without_place_numbers,
    without_serial,
)
from ingest.series import titles_in_series

_ENCLOSES = re.compile(
    "(?:印发|转发|公布|发布|实施)《?(?P<what>[^《》]{6,60}?)》?(?:[（(][^（()）]{1,12}[)）])?的通知"
    "(?:[（(][^（()）]*[)）])?$"
)
"""The title of a notice that encloses a paper, by that paper's name."""
_QUALIFIED = re.compile("^[（(][^（()）]{1,12}[)）]|[（(][^（()）]{1,12}[)）]$")
"""What stands in brackets before or behind a title (（此件公开发布）, （试行）)."""
_COVER = 8
"""Lines that a cover has at most."""
_NOTE = 3
"""Paragraphs an editor's note has at most."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One article before its fields are read: its headline and the blocks below it."""

    headline: Headline
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """A document cut into articles; ``masthead`` are the lines of its masthead and foot, which no article keeps.

    ``counted``: numbers that stood alone over its titles tell its articles; ``entries``: they are those of a yearbook.
    """

    drafts: tuple[Draft, ...]
    masthead: tuple[str, ...]
    counted: bool = False
    entries: bool = False


def segment(blocks: Sequence[Block], gazetteer: Gazetteer, edges: Sequence[Edge] = ()) -> Cut:
    """The articles of a document in order; ``edges`` are names of columns at the edges of its pages.

    >>> from ingest.traced import Traced
    >>> def block(text): return Block(Traced(text), gap=1)
    >>> lines = ["三塘镇：敲门行动暖人心", "近日，三塘镇组织走访。", "（三塘镇供稿）", "白水乡：办好夜校"]
    >>> lines.append("白水乡办起夜校。")
    >>> [d.headline.title for d in segment([block(t) for t in lines], Gazetteer.load()).drafts]
    ['三塘镇：敲门行动暖人心', '白水乡：办好夜校']
    """
    opening = without_contents(blocks)
    contents, blocks, masthead = opening.contents, list(opening.kept), list(opening.masthead)
    if opening.cover:
        if opening.bulletin or 2 * sum(titles.names_place(each, gazetteer) for each in contents) >= len(contents):
            masthead += [block.text for block in opening.cover]
        else:
            blocks = [*opening.cover, *blocks]
    blocks = without_numbers(blocks, gazetteer, contents) if opening.bulletin else blocks
    bare = without_place_numbers(blocks, gazetteer)
    cut = _parted(bare, opening, masthead, gazetteer, edges)
    if bare is not blocks and not _are_columns([b for b, n in zip(bare, blocks, strict=True) if b is not n], cut):
        cut = _parted(blocks, opening, masthead, gazetteer, edges)
    return _without_cover(cut, opening.cover)


def _without_cover(cut: Cut, cover: Sequence[Block]) -> Cut:
    """The same; where the first of several articles has no text and stands on a cover, that is of the masthead.

    A cover stands above the contents or is the first page, and perhaps the one behind it.
    """
    first, *others = cut.drafts
    text = (b.role == "row" or (titles.is_paragraph(b) and not titles.is_about_issue(b.text)) for b in first.blocks)
    if not others or not 0 < len(first.blocks) <= _COVER or any(text):
        return cut
    pages = {block.page for block in first.blocks}
    front = 1 in pages and pages <= {1, 2}
    alone = front and pages.isdisjoint(block.page for draft in others for block in draft.blocks)
    if not alone and not (cover and all(block in cover for block in first.blocks)):
        return cut
    said = [*first.headline.title.split(), *(block.text for block in first.blocks)]
    return replace(cut, drafts=tuple(others), masthead=(*said, *cut.masthead))


def _without_enclosed(starts: Sequence[Group]) -> list[Group]:
    """The titles of articles, without that of a paper that the notice above encloses (关于印发《…》的通知)."""
    kept: list[Group] = []
    for group in starts:
        title = _QUALIFIED.sub("", group.said.strip("《》"))
        above = kept[-1].said if kept else ""
        encloses = _ENCLOSES.search(above)
        what = _QUALIFIED.sub("", encloses["what"]) if encloses else ""
        if not what or not title.endswith(what) or not above.startswith(title.removesuffix(what)):
            kept.append(group)
    return kept


def _are_columns(heads: Sequence[Block], cut: Cut) -> bool:
    """Whether the names of places that head sections became the columns or titles of articles."""
    named = {titles.bare(text) for d in cut.drafts for text in (d.headline.column, d.headline.title) if text}
    return all(titles.bare(head.text) in named for head in heads)


def _parted(
    blocks: list[Block], opening: Opening, masthead: Sequence[str], gazetteer: Gazetteer, edges: Sequence[Edge]
) -> Cut:
    """The articles of blocks without contents and masthead."""
    masthead, contents = list(masthead), opening.contents
    blocks, numbered = without_lone_numbers(blocks, gazetteer)
    blocks, serial = without_serial(blocks)
    serial |= numbered
    blocks, entries = with_entries_parted(blocks)
    blocks, news = with_titles_parted(blocks, gazetteer, bulletin=opening.bulletin)
    news, serial = news | entries, serial | entries
    serial |= titles_in_series(blocks, gazetteer)
    groups = find_groups(blocks, serial)
    evidence = Evidence(blocks, groups, contents, opening.bulletin, gazetteer, news, serial, edges)
    starts = _without_enclosed([g for g in groups if evidence.starts_article(g)])
    first_text = starts[0].start if starts else 0
    if not starts or any(not titles.heading_like(b) for b in blocks[:first_text]):
        starts = [g for g in groups if g.start == 0] + [g for g in starts if g.start > 0]
    several = len(starts) > 1
    if several:
        masthead += _take_cover(starts, blocks, serial, evidence.is_column)
    elif starts:
        masthead += _take_head(starts[0])
    drafts: list[Draft] = []
    column: str | None = None
    told = (0, 0.0)
    above = blocks[: starts[0].start] if several else []
    if above and not any(titles.is_editors_note(b.text) or not titles.is_about_issue(b.text) for b in above):
        masthead += [block.text for block in above]
    elif not starts or starts[0].start > 0:
        end = starts[0].start if starts else len(blocks)
        drafts.append(Draft(Headline(), tuple(blocks[:end])))
    for group, following in zip_longest(starts, starts[1:]):
        head = read_headline(evidence.headline_of(group), gazetteer, evidence.is_column, contents)
        note = _note_above(drafts[-1]) if drafts else ()
        if not drafts:
            masthead += [line.text for line in head.before]
        elif head.before or note:
            last = drafts[-1]
            drafts[-1] = Draft(last.headline, last.blocks[: len(last.blocks) - len(note)] + head.before)
        edge = _edge_beside(group, _of_articles(edges, starts[0]))
        if edge and head.column in evidence.kickers:
            head = head.with_kicker()
        beside = edge.text if edge and (edge.page, edge.top) > told else None
        told = _stands_at(group) or told if head.column else told
        column = head.column or beside or (column if several else None)
        end = following.start if following else len(blocks)
        drafts.append(Draft(head.under(column), note + head.after + tuple(blocks[group.end : end])))
    said = [d for d in drafts if d.headline.title or not all(titles.is_remark(b.text) for b in d.blocks)]
    return Cut(tuple(said or drafts), tuple(masthead), bool(numbered), bool(entries))


def is_round_up(cut: Cut, gazetteer: Gazetteer) -> bool:
    """Whether a text is news of several places: each title or column names another, and so does the text below."""
    heads = [(draft.headline, draft.blocks[0].text if draft.blocks else "") for draft in cut.drafts]
    named = [
        shared_place(gazetteer, f"{head.column or head.title} {head.title}", text) for head, text in heads if head.title
    ]
    return len(named) > 2 and all(named) and len(set(named)) == len(named)


def _edge_beside(group: Group, edges: Sequence[Edge]) -> Edge | None:
    """The last name at the edge of a page that stands before or beside the title of a group."""
    at = _stands_at(group)
    return next((edge for edge in reversed(edges) if at and (edge.page, edge.top) <= at), None)


def _stands_at(group: Group) -> tuple[int, float] | None:
    """The page of a group's title and how far from its top the title ends; None where there are no pages."""
    page = group.lines[-1].page
    title = max((line for line in group.lines if line.page == page), key=measure)
    box = next((run.box for run in title.line.runs), None)
    return None if page is None or box is None else (page, box[3])


def _of_articles(edges: Sequence[Edge], first: Group) -> list[Edge]:
    """The names at the edges of pages from that of the first title on, without what its cover has there: the paper."""
    begin = first.lines[0].page or 1
    cover = {edge.text for edge in edges if edge.page == 1 < begin}
    return [edge for edge in edges if edge.page >= begin and edge.text not in cover]


def _note_above(draft: Draft) -> tuple[Block, ...]:
    """The editor's note that ends a draft: it leads up to the title below, unless it stands under a title itself."""
    noted = [titles.is_editors_note(block.text) for block in draft.blocks[-_NOTE:]]
    first = len(draft.blocks) - len(noted) + noted.index(True) if True in noted else 0
    note = draft.blocks[first:]
    whole = all(titles.is_paragraph(b) or titles.is_editors_note(b.text) for b in note)
    return note if True in noted and whole and (first or not draft.headline.title) else ()


def _take_head(first: Group) -> list[str]:
    """The body whose name stands at the head of a document, apart from the title that says what it is about."""
    lines = first.lines
    own = first.start == 0 and len(lines) > 1 and is_organ(lines[0].text) and lines[1].gap and "关于" in lines[1].text
    first.lines = lines[1:] if own else lines
    return [lines[0].text] if own else []


def _take_cover(
    starts: Sequence[Group], blocks: Sequence[Block], serial: frozenset[int], is_column: Callable[[Block], bool]
) -> list[str]:
    """What stands before the first title of several: on a page of its own, above the first of a series, set larger.

    It is taken out of the title's lines.
    """
    first, page = starts[0], blocks[0].page
    named = [[line for line in group.lines if not titles.is_part(line.text)] for group in starts[1:]]
    others = [max(map(measure, lines), default=0.0) for lines in named]
    larger = min(others) > 0 and max(others) < min(others) + 0.06 < measure(first.lines[0])
    at = next((i for i, line in enumerate(first.lines) if id(line) in serial), None)
    subtitled = [titles.is_subtitled(group.lines) for group in starts]
    if at is None and subtitled[0] and sum(i is not None for i in subtitled) * 2 > len(starts):
        at = subtitled[0]
    while at and is_column(first.lines[at - 1]) and not titles.is_masthead(first.lines[at - 1].text):
        at -= 1
    name = first.lines[0]
    bound = titles.is_collection(name.text) or not titles.may_be_column(name.text)
    if at is None and larger and bound and not is_column(name):
        able = (i for i, ln in enumerate(first.lines) if not titles.is_byline(ln.text, ln.size, ln.level))
        at = next((i for i in able if near(measure(first.lines[i]), others[0])), None)
    if at is None:
        at = sum(line.page == page for line in first.lines)
        if page is None or at == len(first.lines) or at != sum(block.page == page for block in blocks):
            return []
        if all(map(is_column, first.lines[:at])):
            return []
    cover, first.lines = first.lines[:at], first.lines[at:]
    return [line.text for line in cover]
