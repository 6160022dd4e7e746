"""The lines of a column → paragraphs, by indent, type size, line ends and the distance from line to line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from statistics import median

from corpus.model import SourceRun
from ingest.block import Block
from ingest.credits import is_person
from ingest.dates import find_date
from ingest.fields import is_organ
from ingest.readers.glyphs import Cells, Column, Glyph, Line
from ingest.titles import is_issue_number, is_newspaper_page
from ingest.traced import Traced
from ingest.typography import SENT_TO, cannot_begin, counts_on, ends_sentence, is_cjk, is_ideograph

_CELL = 2.5
_LEAST_BLANK = 0.05
_SPACE = 0.2
"""The least width of a space between characters that stand no further apart than ``_CLOSE``, in type sizes."""
_CLOSE = 0.05
_ENTRY = re.compile(r"(?:[…·．—]|\.{2}){2,}[（(]?\d{1,3}[)）]?$")
"""The end of a line of a table of contents: leaders and a page number."""
_TAKEN_BY = re.compile(r"[（(]?[一-鿿·]{1,4}(?:摄影|摄|供图)[)）]?")
_BULLETS = "◇◆●○■▶►▪★☆◎▲"
_SENT_TO = re.compile(rf"(?:{SENT_TO}|附件\s?\d?)[:：]")
_BRACKETED = re.compile(r"【[^】]{2,12}】")
"""A heading in brackets, which stands on a line of its own."""
_MARK = re.compile(r"[①-⑳]|\[\d")


@dataclass(frozen=True, slots=True)
class _Edges:
    """A column's measure: where its full lines begin and end, from line to line, and the body's type size."""

    left: float
    right: float
    pitch: float
    body: float


@dataclass(frozen=True, slots=True)
class _Setting:
    """How the running text of a document is set: its face, how paragraphs are told apart.

    They are ``indented``, or ``spaced``: flush, with space between them.
    """

    font: str
    indented: bool
    spaced: bool = False

    @staticmethod
    def of(columns: Sequence[tuple[Column, _Edges]], size: float) -> _Setting:
        """The setting of the text of a size in these columns."""
        fonts: Counter[str] = Counter()
        indented = full = gaps = 0
        for column, edges in columns:
            gaps += sum(_apart(a, b, edges) for a, b in zip(column, column[1:], strict=False) if a.size == b.size)
            for line in column:
                if abs(line.size - size) < 0.08 * size:
                    fonts[line.font] += len(line.glyphs)
                    full += edges.right - line.right < 1.6 * size
                    indented += _indented(line, edges) and edges.right - line.right < 1.6 * size
        font = fonts.most_common(1)[0][0] if fonts else ""
        told = indented > 1 and indented * 20 >= full
        return _Setting(font, told, not told and gaps > 1 and gaps * 20 >= full)


def read_paragraphs(columns: Sequence[Column], size: float) -> list[Block]:
    """The blocks of a document's columns, whose running text is of a size."""
    measured = [(column, _edges_of(_running(column) or column, size)) for column in columns]
    setting = _Setting.of([(_running(column), edges) for column, edges in measured], size)
    return [block for column, edges in measured for block in _read_column(column, edges, setting)]


def _read_column(column: Column, edges: _Edges, setting: _Setting) -> list[Block]:
    """Blocks of a column: a paragraph ends at a short line, a new size, an indent or a wide gap; a row is alone."""
    blocks: list[Block] = []
    before: Line | None = None
    group: list[Line] = []
    row = False
    for line, following in zip_longest(column, column[1:]):
        heading = bool(group) and following is not None and _is_heading(group[-1], line, following, edges)
        parted = _is_row(line)
        if group and (heading or parted or row or not _goes_on(group, line, edges)):
            blocks.append(_block(group, before, edges, setting, row=row))
            before, group = group[-1], []
        group.append(line)
        row = parted
    return [*blocks, _block(group, before, edges, setting, row=row)] if group else blocks


def _running(column: Column) -> Column:
    """The lines that are no rows of a ruled table."""
    return [line for line in column if not line.cells]


def _indented(line: Line, edges: _Edges) -> bool:
    return 1.2 < (line.left - edges.left) / line.size < 3


def _is_row(line: Line) -> bool:
    """Whether the line is a row of a ruled table, or wide gaps part it, as they do the cells of one."""
    return bool(line.cells) or any(
        b.left - a.right > _CELL * b.size for a, b in zip(line.glyphs, line.glyphs[1:], strict=False)
    )


def _is_heading(last: Line, line: Line, following: Line, edges: _Edges) -> bool:
    """Whether a short line between the end of a sentence and an indented line is no sentence: a heading set flush."""
    indented = following.left - edges.left > 1.2 * line.size
    short = edges.right - line.right > 3 * line.size
    return ends_sentence(last.text) and short and indented and not re.search(r"[。！？；：”）)]$", line.text)


def _edges_of(column: Column, body: float) -> _Edges:
    """The column's own measure, from the lines of body size."""
    left, right = min(ln.left for ln in column), max(ln.right for ln in column)
    usual = [ln for ln in column if abs(ln.size - body) < 0.08 * body]
    if len(usual) > 2:
        left = Counter(round(ln.left) for ln in usual).most_common(1)[0][0]
        left = min(left, min(ln.left for ln in usual) + 0.5)
        right = _right_edge(usual, body)
    pitches = [
        b.base - a.base
        for a, b in zip(column, column[1:], strict=False)
        if abs(a.size - b.size) < 0.5 and b.base > a.base
    ]
    pitch = sorted(pitches)[len(pitches) // 3] if pitches else 2 * body  # more lines may begin a paragraph than not
    return _Edges(left, right, pitch, body)


def _right_edge(lines: Sequence[Line], body: float) -> float:
    """Where the lines end that end alike; where none do, as they do set ragged, about where the longest end."""
    ends = Counter(round(ln.right) for ln in lines)
    at = max(ends, key=lambda x: (sum(ends[x + d] for d in (-1, 0, 1)), x))
    alike = [ln.right for ln in lines if abs(round(ln.right) - at) <= 1]
    if len(alike) >= max(3, 0.25 * len(lines)):
        return max(alike)
    right = max(ln.right for ln in lines)
    return median(ln.right for ln in lines if ln.right > right - 3 * body)


def _goes_on(group: Sequence[Line], line: Line, edges: _Edges) -> bool:
    """Whether a line goes on with the paragraph of the lines before it."""
    last = group[-1]
    if abs(last.size - line.size) > 0.08 * last.size or line.base - last.base > 1.5 * max(edges.pitch, 1.2 * line.size):
        return False
    if line.glyphs[0].opens or (group[0].text.startswith(("—", "－")) and _is_credit(line)):
        return False
    if any(_BRACKETED.fullmatch(each.text) for each in (group[0], line)) or counts_on(group[0].text, line.text):
        return False
    if re.match(r"第[一二三四五六七八九十百]{1,3}[章节篇编]", line.text):
        return False
    if find_date(line.text) and len(line.text) <= 16:
        return False  # the date of a signature, centred below the name of the body that signs
    sent = _SENT_TO.match(group[0].text) and ends_sentence(last.text)
    if sent or line.text[0] in _BULLETS or _ENTRY.search(last.text) or _SENT_TO.match(line.text):
        return False
    indent, last_slack = line.left - edges.left, edges.right - last.right
    alike = abs((last.left + last.right) - (line.left + line.right)) < 1.5 * line.size
    small = max(last.size, line.size) < 0.95 * edges.body
    if small and any(is_issue_number(each.text) or is_newspaper_page(each.text) for each in (last, line)):
        return False
    if small and alike and not _MARK.match(line.text):
        return True
    if _is_rest(last, line) or _wraps_small(last, line, edges):
        return True
    if _closes(last, line, edges) or _changes_face(group, line):
        return False
    if alike and (line.size > 1.12 * edges.body or min(indent, last.left - edges.left) > 2.5 * line.size):
        return True
    if indent < 1.2 * line.size and last_slack < _head(line):
        return True
    # A line that ends early to keep a mark off the next one's beginning still goes on, unless it ends a sentence.
    most = 1.6 if ends_sentence(last.text) else 3.5
    return indent < 1.2 * line.size and last_slack < most * last.size


def _is_credit(line: Line) -> bool:
    """Whether a line below a subtitle begins with a date or □, or is the name of a body and perhaps of a person."""
    first = next((i for i, (a, b) in enumerate(pairwise(line.glyphs), 1) if b.left - a.right > 0.6 * a.size), 0)
    bodies = line.text, "".join(glyph.char for glyph in line.glyphs[:first])
    if line.text.startswith("□") or is_person(line.text):
        return True
    return any(map(is_organ, bodies)) or find_date(line.text[:12]) is not None


def _wraps_small(last: Line, line: Line, edges: _Edges) -> bool:
    """Whether a line of small type goes on close below another that begins where it does, as in a narrow caption."""
    small = max(last.size, line.size) < 0.95 * edges.body
    pitch = max(1.6 * line.size, 1.1 * edges.pitch)
    close = line.base - last.base < pitch and abs(line.left - last.left) < 0.5 * line.size
    open_still = not ends_sentence(last.text) or _TAKEN_BY.fullmatch(line.text)
    return small and close and last.font == line.font and bool(open_still)


def _is_rest(last: Line, line: Line) -> bool:
    """Whether a character or two are what a line set right, centred or full had no room for."""
    alike = abs(last.right - line.right) < 0.5 * line.size
    return len(line.text) <= 2 and alike and is_ideograph(line.text[0]) and not ends_sentence(last.text)


def _head(line: Line) -> float:
    """The width of what cannot be parted at the beginning of a line: one above with less room left is no short one."""
    end = 1
    first = line.glyphs[0].char
    while end < len(line.glyphs) and not is_ideograph(first) and not is_cjk(line.glyphs[end].char):
        end += 1
    while end < len(line.glyphs) and cannot_begin(line.glyphs[end].char):
        end += 1
    return line.glyphs[end - 1].right - line.left


def _closes(last: Line, line: Line, edges: _Edges) -> bool:
    """Whether a line ends what it belongs to: centred or set right above one that is not, or short in another face."""
    before, after = last.left - edges.left, edges.right - last.right
    inset = min(line.left - edges.left, edges.right - line.right) > line.size
    alike = inset and abs((last.left + last.right) - (line.left + line.right)) < 1.5 * line.size
    if min(before, after) > 1.6 * last.size and abs(before - after) < last.size and not alike:
        return True
    if before > 3.2 * last.size and line.left - edges.left < 3.2 * line.size and not alike:
        return True
    a, b = last.glyphs[-1], line.glyphs[0]
    return after > 0.9 * last.size and a.font != b.font and is_ideograph(a.char) and is_ideograph(b.char)


def _changes_face(group: Sequence[Line], line: Line) -> bool:
    """Whether whole lines in one face stop before a line in others; a first line may be no more than words in bold."""
    whole = len(group) > 1 or not ends_sentence(group[-1].text)
    if not whole or len(group[-1].glyphs) <= 3:
        return False
    own = _faces(line)
    return not any(own & _faces(other) for other in group)


def _faces(line: Line) -> set[str]:
    """The fonts of a line's Chinese characters; one of no name stands for all where a file names none."""
    return {glyph.font for glyph in line.glyphs if is_ideograph(glyph.char)} or {line.font}


def _block(lines: list[Line], before: Line | None, edges: _Edges, setting: _Setting, *, row: bool) -> Block:
    """One block; broken title lines get a space where the line was ended on purpose."""
    first, size = lines[0], lines[0].size / edges.body
    text, runs = "", list[SourceRun]()
    for last, line in zip([None, *lines], lines, strict=False):
        if last is not None and _spaced(last, line, edges):
            text += " "
        text += _row(line.cells, runs) if line.cells else _traced(line, len(text), runs)
    gap = before is not None and _apart(before, first, edges)
    usual = abs(size - 1) < 0.08
    return Block(
        Traced(text, tuple(runs)),
        page=first.glyphs[0].page,
        size=size,
        gap=int(gap),
        role="row" if row else "text",
        begins=_begins(first, before, edges, setting) if usual else None,
        full=usual and not row and _fills(lines[-1], edges),
        marked=bool(setting.font) and first.font != setting.font,
        leads=first.leads,
    )


def _fills(line: Line, edges: _Edges) -> bool:
    """Whether a line reaches the end of the measure, and is not centred or set right."""
    before, after = line.left - edges.left, edges.right - line.right
    centred = abs(before - after) < 0.6 * line.size < 2 * before
    return after < 1.2 * line.size and before < 3.2 * line.size and not centred


def _apart(above: Line, line: Line, edges: _Edges) -> bool:
    """Whether more than the usual space is above a line."""
    return line.base - above.base > 1.45 * max(edges.pitch, 1.2 * line.size)


def _begins(line: Line, before: Line | None, edges: _Edges, setting: _Setting) -> bool | None:
    """Whether a paragraph begins with a line: indented, or below a space; None where the setting does not tell."""
    if line.glyphs[0].opens:
        return True
    if setting.indented:
        return line.left - edges.left > 0.9 * line.size
    if before is not None and _apart(before, line, edges):
        return True
    return False if setting.spaced else None


def _parts_words(last: Line, line: Line) -> bool | None:
    """Whether words end one line and begin the next, not the two halves of a number; None where neither meet."""
    a, b = last.glyphs[-1].char, line.glyphs[0].char
    if a.isascii() and a.isalnum() and b.isascii() and b.isalnum():
        return a.isalpha() or b.isalpha()
    return None


def _spaced(last: Line, line: Line, edges: _Edges) -> bool:
    """Whether a space stands between two lines of a block: between Latin words, or where a title was broken early."""
    if (parted := _parts_words(last, line)) is not None:
        return parted
    if last.size < 1.12 * edges.body:
        return False
    whole = max(edges.right - edges.left, last.right - last.left, line.right - line.left)
    return whole - (last.right - last.left) > 3 * last.size


def _row(cells: Cells, runs: list[SourceRun]) -> str:
    """The cells of a row parted by tabs; its runs are added."""
    text = ""
    for n, cell in enumerate(cells):
        text += "\t" if n else ""
        for last, line in zip([None, *cell], cell, strict=False):
            text += " " if last is not None and _parts_words(last, line) else ""
            text += _traced(line, len(text), runs).replace("\t", " ")
    return text


def _traced(line: Line, at: int, runs: list[SourceRun]) -> str:
    """The line's text with the spaces that can be seen; its runs of equal advance are added, from offset ``at`` on."""
    pieces: list[str] = []
    last = line.glyphs[0]
    run, width, advance = [last], last.right - last.left, last.right - last.left
    close: bool | None = None
    for glyph in line.glyphs[1:]:
        gap, step, own = glyph.left - last.right, glyph.left - last.left, glyph.right - glyph.left
        wide = gap >= _SPACE * glyph.size and is_ideograph(last.char) and is_ideograph(glyph.char)
        close = _is_close(line) if wide and close is None else close
        blank = gap > _LEAST_BLANK * glyph.size and (_blank(last, glyph, gap) or (wide and close is True))
        # A run goes on with a character as wide as the last, and about as far from it as those before.
        alike = abs(own - width) <= 0.25 * last.size and abs(step - advance) <= max(0.6, 0.06 * last.size)
        if blank or not alike:
            at = _end(run, at, runs, pieces)
            run = []
        if blank:
            pieces.append("\t" if gap > _CELL * glyph.size else " ")
            at += 1
        run.append(glyph)
        last, width, advance = glyph, own, step if len(run) > 1 else own
    _end(run, at, runs, pieces)
    return "".join(pieces)


def _end(glyphs: list[Glyph], at: int, runs: list[SourceRun], pieces: list[str]) -> int:
    """Add a run of characters and its text; the offset after it."""
    # A glyph may be more than one character (a ligature read as two): the run counts characters.
    text = "".join([g.char for g in glyphs])
    box = (glyphs[0].left, min([g.top for g in glyphs]), glyphs[-1].right, max([g.bottom for g in glyphs]))
    runs.append(SourceRun(at, len(text), page=glyphs[0].page, box=box))
    pieces.append(text)
    return at + len(text)


def _is_close(line: Line) -> bool:
    """Whether the characters of a line are set close, so that a gap as wide as a space parts words (names)."""
    gaps = [
        (b.left - a.right) / a.size for a, b in pairwise(line.glyphs) if is_ideograph(a.char) and is_ideograph(b.char)
    ]
    return len(gaps) > 2 and median(gaps) < _CLOSE


def _blank(last: Glyph, glyph: Glyph, gap: float) -> bool:
    """Whether a space stands between two characters."""
    if is_cjk(last.char) or is_cjk(glyph.char):
        return gap > (0.15 if glyph.spaced else 0.6) * glyph.size
    return gap > (_LEAST_BLANK if glyph.spaced else 0.2) * glyph.size
