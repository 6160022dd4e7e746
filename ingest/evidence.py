"""What speaks for a run of short lines being the headline of an article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.places import Gazetteer
from corpus.spacing import squeezed
from ingest import titles
from ingest.block import Block, Edge
from ingest.credits import is_dateline, read_byline
from ingest.endings import find_ending, is_whole
from ingest.fields import is_attachment, is_organ
from ingest.pieces import are_alike, shared_place
from ingest.typography import ends_sentence, is_numbered
from ingest.words import words

_ENOUGH = 3
_NAMED = 8
_SPACED = 5
"""Where fewer than one of so many paragraphs of a plain text stand apart, what stands apart begins something."""
_SHORT = 2
"""Paragraphs that short news has at most."""
_SECTION = 16
"""Characters that the heading of a section has at most."""
_DISPLAY = 1.8
"""From this ratio to the body's size on, type is that of headlines."""


@dataclass(slots=True)
class Group:
    """Short lines ``[start, end)`` that stand together before a paragraph."""

    start: int
    end: int
    lines: list[Block] = field(default_factory=list)

    @property
    def said(self) -> str:
        """Its lines in one, without white space."""
        return squeezed("".join(line.text for line in self.lines))


def find_groups(blocks: Sequence[Block], serial: frozenset[int]) -> list[Group]:
    """Runs of short lines, source lines and paragraphs parting them; each stands before a paragraph."""
    groups: list[Group] = []
    current: Group | None = None
    volume = _is_volume(blocks)
    for i, block in enumerate(blocks):
        ending = find_ending(block.text)
        numbered = is_numbered(block.text) and not (volume and titles.is_part(block.text))
        if titles.heading_like(block) and ending is None and not numbered:
            if id(block) in serial and current is not None and all(ends_sentence(ln.text) for ln in current.lines):
                current = None
            current = current or Group(i, i)
            current.lines.append(block)
            current.end = i + 1
        else:
            signs = ending is not None and is_whole(block.text, ending)
            titled = current is not None and any(id(line) in serial for line in current.lines)
            if current is not None and (not signs or titled or _is_under_title(current, blocks[i + 1 : i + 3])):
                _leave_signature(current)
                if titles.is_paragraph(block):
                    _leave_attachment(current)
                groups += [current] if current.lines else []
            current = None
    return groups


class Evidence:
    """What speaks for a group of short lines being the headline of an article."""

    def __init__(
        self,
        blocks: Sequence[Block],
        groups: Sequence[Group],
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
        self.over_text = {id(group.lines[-1]) for group in groups}
        self.repeated = {name for name, n in counts.items() if n > 1}
        apart = [name for group in groups if issue and (name := _set_apart(group))]
        sections = [line for group in groups for line in _sections(group, contents)]
        pairs = [pair for group in groups for pair in pairwise(group.lines)]
        over_news = [a for a, b in pairs if id(b) in news and (titles.may_be_column(a.text) or _is_over(a, b))]
        places = [a for a, b in pairs if id(b) in serial and gazetteer.resolve(titles.bare(a.text))]
        attached = [group.lines[0] for group in groups if self._is_attached(group)]
        self.apart = set(map(id, [*apart, *over_news, *sections, *places, *attached, *_labels(groups)]))
        self.kickers = self._kickers(apart, {part for edge in edges for part in edge.text.split("·")})
        self.ended = sum(find_ending(b.text) is not None for b in blocks) > 1
        opening = "".join(block.text for block in blocks[: groups[0].end]) if groups else ""
        self.issued = [
            squeezed(m[1]) for m in re.finditer(r"(?:印发|转发|发布|公布)[^《]{0,12}《([^》]{4,60})》", opening)
        ]
        self.size = self._title_size(groups)
        gaps = [block.gap for block in blocks if titles.is_paragraph(block)]
        plain = all(block.begins is None and block.size == 1.0 and not block.firm for block in blocks)
        self.tight = plain and _SPACED * sum(gap > 0 for gap in gaps) < len(gaps)
        self.briefs = self._briefs(groups) | news
        self.under_columns = self._under_columns(groups)

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
        set_off = titles.ornamented(text) and (self.issue or id(line) not in self.over_text)
        return set_off or ((self.issue or self.ended) and titles.bare(text) in self.repeated)

    def headline_of(self, group: Group) -> list[Block]:
        """The group's lines; at the head of a bulletin without the name it has in larger type than its titles."""
        if group.start > 0 or not self.size:
            return group.lines
        signed = _signed(group)
        larger = [
            ln for ln in group.lines if measure(ln) > self.size + 0.06 and ln not in signed and not self.is_column(ln)
        ]
        return [ln for ln in group.lines if ln not in larger] or group.lines

    def starts_article(self, group: Group) -> bool:
        """Whether an article begins with the group."""
        if group.start == 0:
            return True
        attached = is_attachment(self.blocks[group.start - 1].text) and not self._is_attached(group)
        if attached or self._is_issued(group):
            return False
        own = next((i for i, line in enumerate(group.lines) if is_attachment(line.text)), len(group.lines))
        return max((self._score(group, i) for i in range(own)), default=0) >= _ENOUGH

    def _is_attached(self, group: Group) -> bool:
        """Whether a group begins with the name of a collection of articles that is attached to a document."""
        named = group.start > 0 and len(group.lines) > 1 and titles.is_collection(group.lines[0].text)
        return named and is_attachment(self.blocks[group.start - 1].text)

    def _is_issued(self, group: Group) -> bool:
        """Whether the lines name what the title of the document says that it issues (关于印发《……方案》的通知)."""
        said = group.said
        return any(said.startswith(name) or name.startswith(said) for name in self.issued) and len(said) >= _NAMED

    def _score(self, group: Group, i: int) -> int:
        """Points for line ``i`` of the group being a title."""
        line = group.lines[i]
        text = line.text
        last, following = self.blocks[group.start - 1], self._after(group)
        inner = titles.bare(text) in words("inner_headings") or titles.is_table_name(text)
        if inner or titles.is_caption(text) or titles.is_byline(text, line.size, line.level):
            return 0
        ended = find_ending(last.text) is not None
        columned = any(self.is_column(other) for other in group.lines[: i + 1])
        score = 3 * ended + 3 * columned + 3 * titles.is_editors_note(last.text)
        smaller = self.size > 0 and measure(line) < self.size - 0.06 and not (ended or columned)
        score += (1 if smaller else 3) * titles.is_place_led(text, self.gazetteer)
        said = titles.without_count(text)
        score += 4 * any(entry.startswith(said) for entry in self.contents if len(said) >= 4)
        score += (2 + self.issue) * (id(line) in self.briefs) + 3 * (id(line) in self.serial)
        score += 2 * (self.issue and id(line) in self.under_columns)
        score += 3 * (self.size > 0 and near(measure(line), self.size))
        set_off = line.size > titles.LARGER or line.marked or line.level > 0
        score += (2 + set_off) * any(other.text.startswith("——") for other in group.lines[i + 1 : i + 2])
        score += (line.size > _DISPLAY) + 2 * is_dateline(following)
        score += 3 * (group.end < len(self.blocks) and titles.is_editors_note(self.blocks[group.end].text))
        score += titles.names_place(text, self.gazetteer) and not ends_sentence(last.text)
        score += self.tight and group.lines[0].gap > 0
        score += titles.is_lead(following)
        score += titles.shared_body(text, following) and titles.is_lead(following)
        score += self.issue + 2 * (line.leads and set_off)
        if self._unlike_lead(following) and not (columned or ended):
            score -= 1
        return score

    def _briefs(self, groups: Sequence[Group]) -> set[int]:
        """Titles of short news: lines alike, one after another, each naming another place that its text names too.

        In a bulletin of plain text lines that begin with a place go on with two that are.
        """
        found: set[int] = set()
        last: tuple[Block, str] | None = None
        led = False
        for group in groups:
            line = group.lines[-1]
            place = shared_place(self.gazetteer, line.text, self._after(group))
            if place is None and self.tight and self.issue and len(found) > 1:
                named = self.gazetteer.find(line.text)
                place = named[0].candidates[0] if named and named[0].span.start == 0 else None
            if place and last and place != last[1] and are_alike(line, last[0]):
                found |= set() if led else {id(last[0]), id(line)}
            else:
                led = self._is_led(group)
            last = (line, place) if place else None
        return found

    def _under_columns(self, groups: Sequence[Group]) -> set[int]:
        """The titles of short news: set off as the first under the name of its column is, a paragraph or two apart."""
        found: set[int] = set()
        style = None
        for last, group in pairwise([Group(0, 0), *groups]):
            named = [i for i, line in enumerate(group.lines[:-1]) if self.is_column(line)]
            if named:
                brief = titles.is_of_briefs(group.lines[named[-1]].text)
                style = _style(group.lines[named[-1] + 1]) if brief else None
            elif style is not None and style != (1.0, False, 0) and group.start - last.end <= _SHORT:
                found |= {id(line) for line in group.lines if _style(line) == style}
        return found

    def _is_led(self, group: Group) -> bool:
        """Whether a text leads up to a line: nothing stands over the line, and the text above does not end."""
        return len(group.lines) == 1 and group.start > 0 and find_ending(self.blocks[group.start - 1].text) is None

    def _after(self, group: Group) -> str:
        """The first paragraph below a group that is no editor's note."""
        texts = [block.text for block in self.blocks[group.end : group.end + 2]]
        return next((text for text in texts if not titles.is_editors_note(text)), "")

    @staticmethod
    def _unlike_lead(text: str) -> bool:
        """Whether the paragraph goes on with something: a list, or the rest of a sentence."""
        return is_numbered(text) or re.match(r"[，。、；]|同时|此外|其中|另外|例如|比如", text) is not None

    def _title_size(self, groups: Sequence[Group]) -> float:
        """The size titles are set in: of the first if it is signed as others are, or comes again; else 0."""
        signed = [measure(line) for group in groups for line in _signed(group)]
        first = [measure(line) for group in groups[:1] for line in _signed(group)]
        if sure := max((size for size in first if size and _count(signed, size) > 1), default=0.0):
            return sure
        if usual := max((size for size in signed if size and _count(signed, size) > 2), default=0.0):
            return usual
        sizes = [s for g in groups for s in {measure(ln) for ln in g.lines} if s]
        for group in groups:
            lines = [
                ln for ln in group.lines if not self.is_column(ln) and not titles.is_byline(ln.text, ln.size, ln.level)
            ]
            measured = [s for ln in lines if len(ln.text) >= 6 and (s := measure(ln))]
            if (self.ended or self.issue) and len(measured) > 1 and _count(sizes, max(measured)) == 1:
                measured.remove(max(measured))
            if measured:
                return max(measured) if _count(sizes, max(measured)) > 1 else 0.0
        return 0.0


def _sections(group: Group, contents: frozenset[str]) -> list[Block]:
    """The lines of a group that the contents list as they do a title below them: names of sections."""
    listed = [line for line in group.lines if titles.without_count(line.text) in contents]
    return [line for line in listed[:-1] if titles.may_be_column(line.text)]


def _labels(groups: Sequence[Group]) -> list[Block]:
    """Names of a few characters in small type right over a title in larger, set alike more than once in a document."""
    small = [
        name for group in groups for name, title in pairwise(group.lines)
        if name.size <= titles.SMALLER and title.size > 1.2 and titles.may_be_column(name.text)
    ]  # fmt: skip
    styles = Counter(map(_style, small))
    return [name for name in small if styles[_style(name)] > 1]


def _signed(group: Group) -> list[Block]:
    """The lines of a group that a body, a person or a date signs below, as they do titles and not headings."""
    below = [group.lines[i + 1 : i + 4] for i in range(len(group.lines))]
    return [
        line
        for line, signs in zip(group.lines, below, strict=True)
        if len(line.text) > 5 and not titles.is_part(line.text) and not _signs(line) and any(map(_signs, signs))
    ]


def _signs(line: Block) -> bool:
    signs = is_organ(line.text) or titles.is_date(line.text) or titles.is_reporter(line.text)
    return signs or read_byline(line.text) is not None


def _is_volume(blocks: Sequence[Block]) -> bool:
    """Whether a document has parts (第一篇　机制创新) with a title right below each, as those of a volume have."""
    below = [following for block, following in pairwise(blocks) if titles.is_part(block.text)]
    return len(below) > 1 and all(
        titles.heading_like(line) and len(line.text) > 5 and not is_numbered(line.text) for line in below
    )


def _is_under_title(group: Group, following: Sequence[Block]) -> bool:
    """Whether a source line below a group stands between a title and its text, a date or heading between them perhaps.

    The title opens the document, so that there is nothing else to sign, or is set in type of its own.
    """
    named = group.start == 0 or any(line.size > titles.LARGER or line.marked for line in group.lines)
    size = max((line.size for line in group.lines), default=0.0)
    between = following and (titles.is_date(following[0].text) or _is_heading_under(following[0], size))
    text = following[1:] if between else following[:1]
    return named and any(map(titles.is_paragraph, text))


def _is_heading_under(line: Block, size: float) -> bool:
    """Whether a line is a heading inside an article whose title is of a size."""
    return titles.heading_like(line) and line.size < size - 0.06 and titles.bare(line.text) in words("inner_headings")


def _is_over(name: Block, title: Block) -> bool:
    """Whether a short line is set as the heading of a section over a title."""
    return name.size > title.size + 0.06 and len(name.text) <= _SECTION


def _set_apart(group: Group) -> Block | None:
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


def measure(line: Block) -> float:
    """The size of a line, or a stand-in for its heading level."""
    return line.size if line.size > titles.LARGER else 10.0 - line.level if line.level else 0.0


def _style(line: Block) -> tuple[float, bool, int]:
    """How a line is set."""
    return round(line.size, 1), line.marked, line.level


def near(size: float, other: float) -> bool:
    """Whether two sizes are one, as they may be measured on a scan."""
    return abs(size - other) < 0.05 * other


def _count(sizes: Sequence[float], size: float) -> int:
    """How many of the sizes are this one."""
    return sum(near(each, size) for each in sizes)


def _leave_signature(group: Group) -> None:
    """Leave to the article above what signs it: the name of a body and the date below it."""
    dated = next((i for i, line in enumerate(group.lines[:4]) if titles.is_date(line.text)), None)
    signs = [line.text for line in group.lines[:dated] if not ends_sentence(line.text)]
    if group.start and dated is not None and all(map(is_organ, signs)):
        del group.lines[: dated + 1]
        group.start += dated + 1


def _leave_attachment(group: Group) -> None:
    """Leave to the document above what counts its attachments, where one is a collection (附件2|案例选编)."""
    counts = [i for i, line in enumerate(group.lines[:-2]) if is_attachment(line.text)]
    if counts and titles.is_collection(group.lines[counts[-1] + 1].text):
        del group.lines[: counts[-1] + 1]
        group.start += counts[-1] + 1
