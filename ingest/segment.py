"""The blocks of a document → its articles, each with its headline and the blocks of its body.

A document is one article unless there is evidence of several: source lines at their ends, column names, titles that
begin with a place, entries of a table of contents, the size titles are set in. Headings inside an article have none of
these.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest

from corpus.places import Gazetteer
from ingest import titles
from ingest.block import Block, Edge
from ingest.credits import is_dateline, read_byline
from ingest.endings import find_ending, is_whole
from ingest.fields import is_attachment, is_organ
from ingest.headline import Headline, read_headline
from ingest.opening import without_contents
from ingest.pieces import are_alike, bulleted, shared_place, with_titles_parted, without_numbers, without_serial
from ingest.typography import ends_sentence, is_numbered

_ENOUGH = 3
_DISPLAY = 1.8
"""From this ratio to the body's size on, type is that of headlines."""
_NOTE = 3
"""Paragraphs an editor's note has at most."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One article before its fields are read: its headline and the blocks below it."""

    headline: Headline
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """A document cut into articles; ``masthead`` are the lines of its masthead and foot, which no article keeps."""

    drafts: tuple[Draft, ...]
    masthead: tuple[str, ...]


@dataclass(slots=True)
class _Group:
    """Short lines ``[start, end)`` that stand together before a paragraph."""

    start: int
    end: int
    lines: list[Block] = field(default_factory=list)


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
    blocks = without_numbers(blocks, gazetteer) if opening.bulletin else blocks
    blocks, serial = without_serial(blocks)
    blocks, news = with_titles_parted(blocks, gazetteer)
    serial |= bulleted(blocks)
    groups = _groups(blocks, serial)
    evidence = _Evidence(blocks, groups, contents, opening.bulletin, gazetteer, news, serial, edges)
    starts = [g for g in groups if evidence.starts_article(g)]
    first_text = starts[0].start if starts else 0
    if not starts or any(not titles.heading_like(b) for b in blocks[:first_text]):
        starts = [g for g in groups if g.start == 0] + [g for g in starts if g.start > 0]
    several = len(starts) > 1
    if several:
        masthead += _take_cover(starts, blocks, serial)
    drafts: list[Draft] = []
    column: str | None = None
    if not starts or starts[0].start > 0:
        end = starts[0].start if starts else len(blocks)
        drafts.append(Draft(Headline(), tuple(blocks[:end])))
    for group, following in zip_longest(starts, starts[1:]):
        head = read_headline(evidence.headline_of(group), gazetteer, evidence.is_column, contents)
        note = _note_above(drafts[-1]) if drafts else ()
        if drafts and (head.before or note):
            last = drafts[-1]
            drafts[-1] = Draft(last.headline, last.blocks[: len(last.blocks) - len(note)] + head.before)
        beside = _column_beside(group, edges)
        if beside and head.column in evidence.kickers:
            head = head.with_kicker()
        column = head.column or beside or (column if several else None)
        end = following.start if following else len(blocks)
        drafts.append(Draft(head.under(column), note + head.after + tuple(blocks[group.end : end])))
    return Cut(tuple(d for d in drafts if d.headline.title or d.blocks), tuple(masthead))


def _column_beside(group: _Group, edges: Sequence[Edge]) -> str | None:
    """The last name at the edge of a page that stands before or beside the title of a group."""
    title = max(group.lines, key=_measure)
    box = next((run.box for run in title.line.runs), None)
    if title.page is None or box is None:
        return None
    at = (title.page, box[3])
    return next((edge.text for edge in reversed(edges) if (edge.page, edge.top) <= at), None)


def _note_above(draft: Draft) -> tuple[Block, ...]:
    """The editor's note that ends a draft: it leads up to the title below, unless it stands under a title itself."""
    noted = [titles.is_editors_note(block.text) for block in draft.blocks[-_NOTE:]]
    first = len(draft.blocks) - len(noted) + noted.index(True) if True in noted else 0
    note = draft.blocks[first:]
    whole = all(titles.is_paragraph(b) or titles.is_editors_note(b.text) for b in note)
    return note if True in noted and whole and (first or not draft.headline.title) else ()


def _signed(group: _Group) -> list[Block]:
    """The lines of a group that a body, a person or a date signs below, as they do titles and not headings."""
    below = [group.lines[i + 1 : i + 4] for i in range(len(group.lines))]
    return [
        line
        for line, signs in zip(group.lines, below, strict=True)
        if len(line.text) > 5 and not _signs(line) and any(map(_signs, signs))
    ]


def _signs(line: Block) -> bool:
    return is_organ(line.text) or titles.is_date(line.text) or read_byline(line.text) is not None


def _take_cover(starts: Sequence[_Group], blocks: Sequence[Block], serial: frozenset[int]) -> list[str]:
    """What stands before the first title of several: on a page of its own, above the first of a series, set larger.

    It is taken out of the title's lines.
    """
    first, page = starts[0], blocks[0].page
    others = [max(map(_measure, group.lines), default=0.0) for group in starts[1:]]
    larger = min(others) > 0 and max(others) < min(others) + 0.06 < _measure(first.lines[0])
    at = next((i for i, line in enumerate(first.lines) if id(line) in serial), None)
    if at is None and larger and not titles.may_be_column(first.lines[0].text):
        able = (i for i, ln in enumerate(first.lines) if not titles.is_byline(ln.text, ln.size, ln.level))
        at = next((i for i in able if _near(_measure(first.lines[i]), others[0])), None)
    if at is None:
        at = sum(line.page == page for line in first.lines)
        if page is None or at == len(first.lines) or at != sum(block.page == page for block in blocks):
            return []
    cover, first.lines = first.lines[:at], first.lines[at:]
    return [line.text for line in cover]


def _groups(blocks: Sequence[Block], serial: frozenset[int]) -> list[_Group]:
    """Runs of short lines, source lines and paragraphs parting them; each stands before a paragraph."""
    groups: list[_Group] = []
    current: _Group | None = None
    volume = _is_volume(blocks)
    for i, block in enumerate(blocks):
        ending = find_ending(block.text)
        numbered = is_numbered(block.text) and not (volume and titles.is_part(block.text))
        if titles.heading_like(block) and ending is None and not numbered:
            if id(block) in serial and current is not None and all(ends_sentence(ln.text) for ln in current.lines):
                current = None
            current = current or _Group(i, i)
            current.lines.append(block)
            current.end = i + 1
        else:
            signs = ending is not None and is_whole(block.text, ending)
            if current is not None and (not signs or _is_under_title(current, blocks[i + 1 : i + 3])):
                _leave_signature(current)
                groups += [current] if current.lines else []
            current = None
    return groups


def _is_volume(blocks: Sequence[Block]) -> bool:
    """Whether a document has parts (第一篇　机制创新) with a title right below each, as those of a volume have."""
    below = [following for block, following in pairwise(blocks) if titles.is_part(block.text)]
    return len(below) > 1 and all(
        titles.heading_like(line) and len(line.text) > 5 and not is_numbered(line.text) for line in below
    )


def _is_under_title(group: _Group, following: Sequence[Block]) -> bool:
    """Whether a source line below a group stands between a title and its text, a date between them perhaps.

    The title opens the document, so that there is nothing else to sign, or is set in type of its own.
    """
    named = group.start == 0 or any(line.size > titles.LARGER or line.marked for line in group.lines)
    text = following[1:] if following and titles.is_date(following[0].text) else following[:1]
    return named and any(map(titles.is_paragraph, text))


def _set_apart(group: _Group) -> Block | None:
    """The line a page sets apart from the title below it, as it does the name of a column."""
    lines = [line for line in group.lines if not titles.is_caption(line.text) and line.size > titles.SMALLER]
    if len(lines) < 2:
        return None
    name, title = lines[0], max(lines[1:3], key=lambda line: line.size)
    if (
        (name.page is None and not 0 < name.level < title.level)
        or not titles.may_be_column(name.text)
        or is_organ(name.text)
        or len(title.text) < (5 if title.size > 1.2 else 8)
    ):
        return None
    unlike = abs(name.size - title.size) > 0.04 or name.marked != title.marked or title.gap > 0
    unlike = unlike or name.level != title.level
    brief = len(titles.bare(name.text)) <= 6 and len(title.text) > 2 * len(name.text)
    titled = not titles.is_byline(title.text) and not title.text.startswith(("—", "－"))
    return name if titled and (unlike or brief) else None


def _measure(line: Block) -> float:
    """The size of a line, or a stand-in for its heading level."""
    return line.size if line.size > titles.LARGER else 10.0 - line.level if line.level else 0.0


def _style(line: Block) -> tuple[float, bool, int]:
    """How a line is set."""
    return round(line.size, 1), line.marked, line.level


def _near(size: float, other: float) -> bool:
    """Whether two sizes are one, as they may be measured on a scan."""
    return abs(size - other) < 0.05 * other


def _count(sizes: Sequence[float], size: float) -> int:
    """How many of the sizes are this one."""
    return sum(_near(each, size) for each in sizes)


def _leave_signature(group: _Group) -> None:
    """Leave to the article above what signs it: the name of a body and the date below it."""
    dated = next((i for i, line in enumerate(group.lines[:3]) if titles.is_date(line.text)), None)
    if group.start and dated is not None and all(is_organ(line.text) for line in group.lines[:dated]):
        del group.lines[: dated + 1]
        group.start += dated + 1


class _Evidence:
    """What speaks for a group of short lines being the headline of an article."""

    def __init__(
        self,
        blocks: Sequence[Block],
        groups: Sequence[_Group],
        contents: frozenset[str],
        issue: bool,
        gazetteer: Gazetteer,
        news: frozenset[int],
        serial: frozenset[int],
        edges: Sequence[Edge],
    ) -> None:
        self.blocks, self.contents, self.issue, self.gazetteer = blocks, contents, issue, gazetteer
        counts = Counter(
            titles.bare(line.text) for g in groups for line in g.lines[:-1] if titles.may_be_column(line.text)
        )
        self.serial, self.parts = serial, titles.parts_of_each(blocks)
        self.repeated = {name for name, n in counts.items() if n > 1}
        apart = [name for group in groups if issue and (name := _set_apart(group))]
        self.apart = set(map(id, apart))
        self.kickers = self._kickers(apart, {edge.text for edge in edges})
        self.ended = sum(find_ending(b.text) is not None for b in blocks) > 1
        self.size = self._title_size(groups)
        self.briefs = self._briefs(groups) | news

    def _kickers(self, apart: Sequence[Block], columns: set[str]) -> set[str]:
        """The lines over titles that are no columns where pages name those at their edges: several set alike."""
        styles = Counter(map(_style, apart))
        named = {_style(line) for line in apart if titles.bare(line.text) in columns or titles.is_column(line.text)}
        return {
            titles.bare(line.text) for line in apart if styles[_style(line)] > 1 and _style(line) not in named
        } - self.repeated

    def is_column(self, line: Block) -> bool:
        """Whether a line is the name of a column."""
        text = line.text
        if titles.is_column(text) or id(line) in self.apart or titles.is_part(text):
            return True
        if not titles.may_be_column(text) or titles.bare(text) in self.parts:
            return False
        return titles.ornamented(text) or ((self.issue or self.ended) and titles.bare(text) in self.repeated)

    def headline_of(self, group: _Group) -> list[Block]:
        """The group's lines; at the head of a bulletin without the name it has in larger type than its titles."""
        if group.start > 0 or not self.size:
            return group.lines
        larger = [ln for ln in group.lines if _measure(ln) > self.size + 0.06 and not self.is_column(ln)]
        return [ln for ln in group.lines if ln not in larger] or group.lines

    def starts_article(self, group: _Group) -> bool:
        """Whether an article begins with the group."""
        if group.start == 0:
            return True
        if is_attachment(self.blocks[group.start - 1].text):
            return False
        own = next((i for i, line in enumerate(group.lines) if is_attachment(line.text)), len(group.lines))
        return max((self._score(group, i) for i in range(own)), default=0) >= _ENOUGH

    def _score(self, group: _Group, i: int) -> int:
        """Points for line ``i`` of the group being a title."""
        line = group.lines[i]
        text = line.text
        last, following = self.blocks[group.start - 1], self._after(group)
        if titles.is_caption(text) or titles.is_byline(text, line.size, line.level):
            return 0
        ended = find_ending(last.text) is not None
        columned = any(self.is_column(other) for other in group.lines[: i + 1])
        score = 3 * ended + 3 * columned + 3 * titles.is_editors_note(last.text)
        score += 3 * titles.is_place_led(text, self.gazetteer)
        score += 4 * any(entry.startswith(titles.bare(text)) for entry in self.contents if len(titles.bare(text)) >= 4)
        score += (2 + self.issue) * (id(line) in self.briefs) + 3 * (id(line) in self.serial)
        score += 3 * (self.size > 0 and _near(_measure(line), self.size))
        set_off = line.size > titles.LARGER or line.marked or line.level > 0
        score += (2 + set_off) * any(other.text.startswith("——") for other in group.lines[i + 1 : i + 2])
        score += (line.size > _DISPLAY) + 2 * is_dateline(following)
        score += 3 * (group.end < len(self.blocks) and titles.is_editors_note(self.blocks[group.end].text))
        score += titles.names_place(text, self.gazetteer) and not ends_sentence(last.text)
        score += titles.is_lead(following)
        score += titles.shared_body(text, following) and titles.is_lead(following)
        score += self.issue
        if self._unlike_lead(following) and not (columned or ended):
            score -= 1
        return score

    def _briefs(self, groups: Sequence[_Group]) -> set[int]:
        """Titles of short news: lines alike, one after another, each naming another place that its text names too."""
        found: set[int] = set()
        last: tuple[Block, str] | None = None
        led = False
        for group in groups:
            line = group.lines[-1]
            place = shared_place(self.gazetteer, line.text, self._after(group))
            if place and last and place != last[1] and are_alike(line, last[0]):
                found |= set() if led else {id(last[0]), id(line)}
            else:
                led = self._is_led(group)
            last = (line, place) if place else None
        return found

    def _is_led(self, group: _Group) -> bool:
        """Whether a text leads up to a line: nothing stands over the line, and the text above does not end."""
        return len(group.lines) == 1 and group.start > 0 and find_ending(self.blocks[group.start - 1].text) is None

    def _after(self, group: _Group) -> str:
        """The first paragraph below a group that is no editor's note."""
        texts = [block.text for block in self.blocks[group.end : group.end + 2]]
        return next((text for text in texts if not titles.is_editors_note(text)), "")

    @staticmethod
    def _unlike_lead(text: str) -> bool:
        """Whether the paragraph goes on with something: a list, or the rest of a sentence."""
        return is_numbered(text) or re.match(r"[，。、；]|同时|此外|其中|另外|例如|比如", text) is not None

    def _title_size(self, groups: Sequence[_Group]) -> float:
        """The size titles are set in: of the first if it is signed as others are, or comes again; else 0."""
        signed = [_measure(line) for group in groups for line in _signed(group)]
        first = [_measure(line) for group in groups[:1] for line in _signed(group)]
        if sure := max((size for size in first if size and _count(signed, size) > 1), default=0.0):
            return sure
        sizes = [s for g in groups for s in {_measure(ln) for ln in g.lines} if s]
        for group in groups:
            lines = [
                ln for ln in group.lines if not self.is_column(ln) and not titles.is_byline(ln.text, ln.size, ln.level)
            ]
            measured = [s for ln in lines if len(ln.text) >= 6 and (s := _measure(ln))]
            if (self.ended or self.issue) and len(measured) > 1 and _count(sizes, max(measured)) == 1:
                measured.remove(max(measured))
            if measured:
                return max(measured) if _count(sizes, max(measured)) > 1 else 0.0
        return 0.0
