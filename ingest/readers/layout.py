"""Characters with boxes → blocks in the order a person reads them.

Per page: characters are put on lines, lines are parted at gutters, columns are read one after another with whatever spans
them in between (a title over two columns), and lines of a column are joined to paragraphs by indent, size and line ends.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from corpus.model import SourceRun
from ingest.block import Block
from ingest.furniture import is_page_number, page_shape
from ingest.traced import Traced, join
from ingest.typography import ends_sentence, is_cjk


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as seen on a page: box from the page's top left corner, type size, whether a space stood before it."""

    char: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    page: int
    spaced: bool

    @property
    def middle(self) -> float:
        """Its vertical centre."""
        return (self.top + self.bottom) / 2


@dataclass(slots=True, eq=False)
class Line:
    """Characters on one line of one column, from left to right."""

    glyphs: list[Glyph]
    left: float
    top: float
    right: float
    bottom: float
    size: float

    @staticmethod
    def of(glyphs: list[Glyph]) -> Line:
        """The line of the given characters."""
        return Line(
            glyphs,
            min(g.left for g in glyphs),
            min(g.top for g in glyphs),
            max(g.right for g in glyphs),
            max(g.bottom for g in glyphs),
            Counter(round(g.size, 1) for g in glyphs).most_common(1)[0][0],
        )

    @property
    def text(self) -> str:
        """Its characters without the spaces between them."""
        return "".join(g.char for g in self.glyphs)


Column = list[Line]


@dataclass(frozen=True, slots=True)
class _Edges:
    """A column's measure: where its full lines begin and end, from line to line, and the body's type size."""

    left: float
    right: float
    pitch: float
    body: float


def read_pages(pages: list[list[Glyph]]) -> tuple[list[Block], list[str]]:
    """Blocks in reading order, and the lines of page heads and feet that were left out."""
    lines = [_lines(page) for page in pages]
    weights: Counter[float] = Counter()
    for line in (line for page in lines for line in page):
        weights[line.size] += len(line.glyphs)
    body = weights.most_common(1)[0][0] if weights else 10.0
    kept, margins = _without_margins(lines)
    gutters = [_gutter(page) for page in kept]
    blocks: list[Block] = []
    for page, gutter in zip(kept, gutters, strict=True):
        for column in _columns(page, gutter or _usual(page, gutters)):
            blocks.extend(_paragraphs(column, body))
    return blocks, margins


def _lines(glyphs: list[Glyph]) -> list[Line]:
    """The lines of a page, parted where a gap is wider than a space may be."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(_once(glyphs), key=lambda g: (g.middle, g.left)):
        row = next((r for r in reversed(rows[-6:]) if _same_row(r[0], glyph)), None)
        if row is None:
            rows.append([glyph])
        else:
            row.append(glyph)
    return [line for row in rows for line in _parted(sorted(row, key=lambda g: g.left))]


def _once(glyphs: list[Glyph]) -> Iterable[Glyph]:
    """Without characters drawn twice for a bold look."""
    seen: set[tuple[str, int, int]] = set()
    for g in glyphs:
        keys = {(g.char, round(g.left / 2) + dx, round(g.top / 2) + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)}
        if not (keys & seen and g.size > 5):
            yield g
        seen.add((g.char, round(g.left / 2), round(g.top / 2)))


def _same_row(first: Glyph, glyph: Glyph) -> bool:
    size = max(first.size, glyph.size)
    return abs(first.middle - glyph.middle) < 0.45 * size


def _parted(row: list[Glyph]) -> list[Line]:
    """A row split where the gap is wider than one and a half characters."""
    parts = [[row[0]]]
    for last, glyph in zip(row, row[1:], strict=False):
        if glyph.left - last.right > 1.4 * max(last.size, glyph.size):
            parts.append([])
        parts[-1].append(glyph)
    return [Line.of(part) for part in parts]


def _without_margins(pages: list[list[Line]]) -> tuple[list[list[Line]], list[str]]:
    """Pages without their running heads and page numbers: the outermost lines that repeat or only count pages."""
    edges = [_edges(page) for page in pages]
    shapes = Counter(shape for page in edges for shape in {page_shape(line.text) for line in page})
    need = 2 if len(pages) < 6 else 3
    margins: list[str] = []
    kept = []
    for page, edge in zip(pages, edges, strict=True):
        drop = {
            id(line) for line in edge if is_page_number(line.text, bare=True) or shapes[page_shape(line.text)] >= need
        }
        margins.extend(line.text for line in page if id(line) in drop or line in edge and len(line.text) <= 30)
        kept.append([line for line in page if id(line) not in drop])
    return kept, margins


def _edges(page: list[Line]) -> list[Line]:
    """The lines of the first two and last two rows of a page, if they are short."""
    tops = sorted({round(line.top) for line in page})
    if not tops:
        return []
    outer = set(tops[:2] + tops[-2:])
    return [line for line in page if round(line.top) in outer and len(line.text) <= 50]


def _usual(lines: list[Line], gutters: list[float | None]) -> float | None:
    """The gutter of the document's other pages, where this page keeps it clear too: its last column may be short."""
    found = [g for g in gutters if g is not None]
    if not found or len(found) * 2 < len(gutters):
        return None
    x = median(found)
    sides = [sum(ln.right <= x for ln in lines), sum(ln.left >= x for ln in lines)]
    return x if min(sides) > 0 and sum(sides) * 4 >= 3 * len(lines) else None


def _columns(lines: list[Line], gutter: float | None) -> list[Column]:
    """The lines of a page in reading order, grouped by the column they stand in."""
    if not lines:
        return []
    if gutter is None:
        return [_rows_joined(sorted(lines, key=lambda ln: (ln.top, ln.left)))]
    spanning = sorted((ln for ln in lines if ln.left < gutter < ln.right), key=lambda ln: ln.top)
    out: list[Column] = []
    rest = [ln for ln in lines if not ln.left < gutter < ln.right]
    for bound in [*spanning, None]:
        band = [ln for ln in rest if bound is None or ln.bottom <= bound.top + 0.5 * bound.size]
        rest = [ln for ln in rest if ln not in band]
        if band and _centred(band, gutter):
            out.append(_rows_joined(band))
        else:
            for side in ([ln for ln in band if ln.right <= gutter], [ln for ln in band if ln.left >= gutter]):
                out.extend(_columns(side, _gutter(side)))
        if bound is not None and out and out[-1] and out[-1][-1] in spanning:
            out[-1].append(bound)
        elif bound is not None:
            out.append([bound])
    return out


def _centred(band: list[Line], gutter: float) -> bool:
    """Whether a band is one row about the gutter, such as a date and a number under a masthead."""
    return len(band) == 2 and abs(band[0].top - band[1].top) < 2 and band[0].right < gutter < band[1].left


def _gutter(lines: list[Line]) -> float | None:
    """The middle of the widest upright gap that text keeps clear on both sides, or None on a page of one column."""
    if len(lines) < 8:
        return None
    size = median(ln.size for ln in lines)
    begins = [left for left, n in Counter(round(ln.left) for ln in lines).items() if n > 2]
    best: tuple[float, float] | None = None
    for right in sorted({round(ln.right) for ln in lines}):
        x = (right + min((left for left in begins if left > right), default=right)) / 2
        sides = [ln for ln in lines if ln.right <= x], [ln for ln in lines if ln.left >= x]
        crossing = len(lines) - len(sides[0]) - len(sides[1])
        if min(map(len, sides)) < 4 or crossing * 4 > len(lines) or not _facing(*sides):
            continue
        clear = min(ln.left for ln in sides[1]) - max(ln.right for ln in sides[0])
        full = median(ln.right - ln.left for ln in sides[0] + sides[1])
        if clear >= 0.8 * size and full >= 7 * size and (best is None or crossing - clear / size < best[0]):
            best = (crossing - clear / size, x)
    return best[1] if best else None


def _facing(left: list[Line], right: list[Line]) -> bool:
    """Whether the two sides stand beside each other, not one below the other."""
    top = max(min(ln.top for ln in left), min(ln.top for ln in right))
    bottom = min(max(ln.bottom for ln in left), max(ln.bottom for ln in right))
    beside = [ln for ln in left + right if top <= (ln.top + ln.bottom) / 2 <= bottom]
    return len(beside) * 2 >= len(left) + len(right) or len(beside) >= 12


def _rows_joined(lines: list[Line]) -> list[Line]:
    """Parts of one row put together again where there are no columns (cells of a table, a spaced title)."""
    out: list[Line] = []
    for line in sorted(lines, key=lambda ln: (round(ln.top / 3), ln.left)):
        last = out[-1] if out else None
        if (
            last
            and abs((last.top + last.bottom) - (line.top + line.bottom)) < 0.9 * line.size
            and last.right <= line.left
        ):
            out[-1] = Line.of(last.glyphs + line.glyphs)
        else:
            out.append(line)
    return out


def _paragraphs(column: Column, body: float) -> list[Block]:
    """Blocks of a column: a paragraph ends at a short line, a new size, an indent or a wide gap."""
    edges = _edges_of(column, body)
    blocks: list[Block] = []
    group: list[Line] = []
    for line in column:
        if group and not _goes_on(group[-1], line, edges):
            blocks.append(_block(group, edges))
            group = []
        group.append(line)
    return [*blocks, _block(group, edges)] if group else blocks


def _edges_of(column: Column, body: float) -> _Edges:
    """The column's own measure, from the lines of body size."""
    left, right = min(ln.left for ln in column), max(ln.right for ln in column)
    usual = [ln for ln in column if abs(ln.size - body) < 0.08 * body]
    if len(usual) > 2:
        left = Counter(round(ln.left) for ln in usual).most_common(1)[0][0]
        left = min(left, min(ln.left for ln in usual) + 0.5)
        right = max(ln.right for ln in usual)
        right = median(ln.right for ln in usual if ln.right > right - 3 * body)
    pitches = [
        b.top - a.top for a, b in zip(column, column[1:], strict=False) if abs(a.size - b.size) < 0.5 and b.top > a.top
    ]
    pitch = median(pitches) if pitches else 2 * body
    return _Edges(left, right, pitch, body)


def _goes_on(last: Line, line: Line, edges: _Edges) -> bool:
    """Whether a line goes on with the paragraph of the line before it."""
    if abs(last.size - line.size) > 0.08 * last.size or line.top - last.top > 1.5 * max(edges.pitch, 1.2 * line.size):
        return False
    indent, last_slack = line.left - edges.left, edges.right - last.right
    centred = abs((last.left + last.right) - (line.left + line.right)) < 1.5 * line.size
    if centred and (line.size > 1.12 * edges.body or min(indent, last.left - edges.left) > 2.5 * line.size):
        return True
    # A line that ends early to keep a mark off the next one's beginning still goes on, unless it ends a sentence.
    most = 1.6 if ends_sentence(last.text) else 3.5
    return indent < 1.2 * line.size and last_slack < most * last.size


def _block(lines: list[Line], edges: _Edges) -> Block:
    """One block; broken title lines get a space where the line was ended on purpose."""
    pieces: list[Traced | str] = []
    for last, line in zip([None, *lines], lines, strict=False):
        if last is not None and _spaced(last, line, edges):
            pieces.append(" ")
        pieces.extend(_traced(line))
    return Block(join(pieces), page=lines[0].glyphs[0].page, size=lines[0].size / edges.body)


def _spaced(last: Line, line: Line, edges: _Edges) -> bool:
    """Whether a space stands between two lines of a block: between Latin words, or where a title was broken early."""
    a, b = last.glyphs[-1].char, line.glyphs[0].char
    if a.isascii() and a.isalnum() and b.isascii() and b.isalnum():
        return a.isalpha() or b.isalpha()
    if last.size < 1.12 * edges.body:
        return False
    whole = max(edges.right - edges.left, last.right - last.left, line.right - line.left)
    return whole - (last.right - last.left) > 3 * last.size


def _traced(line: Line) -> list[Traced | str]:
    """The line's text in runs of equal advance, with the spaces that can be seen."""
    pieces: list[Traced | str] = []
    run: list[Glyph] = []
    for last, glyph in zip([None, *line.glyphs], line.glyphs, strict=False):
        gap = glyph.left - last.right if last else 0.0
        blank = last is not None and _blank(last, glyph, gap)
        if run and (blank or abs((glyph.right - glyph.left) - (run[-1].right - run[-1].left)) > 0.6 or abs(gap) > 0.6):
            pieces.append(_run(run))
            run = []
        if blank:
            pieces.append("\t" if gap > 2.5 * glyph.size else " ")
        run.append(glyph)
    return [*pieces, _run(run)]


def _blank(last: Glyph, glyph: Glyph, gap: float) -> bool:
    """Whether a space stands between two characters."""
    if is_cjk(last.char) or is_cjk(glyph.char):
        return gap > (0.2 if glyph.spaced else 0.6) * glyph.size
    return gap > (0.05 if glyph.spaced else 0.2) * glyph.size


def _run(glyphs: list[Glyph]) -> Traced:
    text = "".join(g.char for g in glyphs)
    box = (glyphs[0].left, min(g.top for g in glyphs), glyphs[-1].right, max(g.bottom for g in glyphs))
    # A glyph may be more than one character (a ligature read as two): the run counts characters.
    return Traced(text, (SourceRun(0, len(text), page=glyphs[0].page, box=box),))
