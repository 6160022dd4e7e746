"""What stands around the text of pages: running heads, page numbers, names set upright along an edge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass
from statistics import median

from ingest.block import Edge
from ingest.fields import is_organ
from ingest.furniture import is_page_number, page_shape
from ingest.pieces import is_serial
from ingest.readers.glyphs import Glyph, Line
from ingest.titles import LARGER, is_column, is_date, is_inner_heading, is_masthead, is_paper_line, may_be_column
from ingest.typography import ends_sentence, is_numbered

_CLOSE = 1.8
"""Type sizes from one character of an upright name to the next, at most."""
_APART = 3
"""Type sizes from which on the next character is no part of an upright name."""
_NEAR = 3.0
"""Points by which the same line may stand higher or lower on another page."""


@dataclass(slots=True, eq=False)
class _Row:
    """The first or second, last or last but one row of a page, and how it stands to the text."""

    lines: list[Line]
    page: int
    outer: bool
    top: bool
    base: float
    apart: bool
    said: str
    goes_on: bool
    """Whether the row below it is set in the same size."""

    @property
    def size(self) -> float:
        return self.lines[0].size

    def at_the_place_of(self, other: _Row) -> bool:
        """Whether it stands on its page where the other does."""
        return self.top == other.top and self.outer == other.outer and abs(self.base - other.base) < _NEAR


def without_margins(pages: Sequence[list[Line]], body: float) -> tuple[list[list[Line]], list[str], list[Edge]]:
    """Pages without running heads and page numbers, the lines of all pages' edges, and the names in the heads.

    A running head is said again on another page, or stands at the place of one; it stands apart from the text or is
    smaller. A heading of the text that comes twice at an edge has neither.
    """
    pitch = _pitch(pages)
    rows = [row for i, page in enumerate(pages) for row in _edge_rows(page, i, pitch)]
    shapes = [(page_shape(row.said), row.top) for row in rows]
    counts = Counter(shapes)
    need = 2 if len(pages) < 6 else 3
    sure = [row for row in rows if is_page_number(row.said, bare=True)]
    heads = [
        row
        for row, shape in zip(rows, shapes, strict=True)
        if counts[shape] >= need
        and (_unlike_text(row, body) or (counts[shape] > 2 and not is_numbered(row.said)))
        and not (ends_sentence(row.said) or _is_text(row, body))
    ]
    heads += [row for row in rows if row.top and row not in heads and _is_partly(row, rows, need)]
    known = set(map(id, heads))
    alike = [row for row in rows if _unlike_text(row, body) and any(_stands_for(row, o, known, body) for o in rows)]
    left_out = [*sure, *heads, *alike]
    drop = {id(line) for row in left_out for line in row.lines}
    names = {id(line): line for row in left_out if row.top for line in row.lines if may_be_column(line.text)}
    margins = [line.text for row in rows for line in row.lines]
    edges = [Edge(line.glyphs[0].page, 0.0, line.text) for line in names.values()]
    return [[line for line in page if id(line) not in drop] for page in pages], margins, edges


def columns_named(edges: Sequence[Edge]) -> tuple[Edge, ...]:
    """Those of the names at the edges of pages that are of columns: there are several, or it is known as one."""
    pages = {text: {edge.page for edge in edges if edge.text == text} for text in {edge.text for edge in edges}}
    every = set().union(*pages.values())
    names = {text for text, own in pages.items() if is_column(text) or (own != every or len(every) == 1)}
    columns = [edge for edge in edges if edge.text in names and (len(names) > 1 or is_column(edge.text))]
    return tuple(sorted(columns, key=lambda edge: (edge.page, edge.top)))


def _is_partly(row: _Row, rows: Sequence[_Row], need: int) -> bool:
    """Whether one piece of a row is said at the place of many pages, and the others are names or numbers."""
    beside = [line for other in rows if other.top and other is not row for line in other.lines]
    again = [sum(page_shape(o.text) == page_shape(line.text) for o in beside) >= need - 1 for line in row.lines]
    return (
        len(row.lines) > 1
        and any(again)
        and all(
            said or may_be_column(line.text) or is_page_number(line.text, bare=True)
            for line, said in zip(row.lines, again, strict=True)
        )
    )


def _stands_for(row: _Row, other: _Row, heads: Set[int], body: float) -> bool:
    """Whether a row is on its page what another is: a running head (known by its id), or both could be none but one."""
    if row.page == other.page or not row.at_the_place_of(other) or abs(row.size - other.size) > 0.3:
        return False
    if id(other) in heads:
        return True
    alone = row.outer and row.top and _unlike_text(other, body) and not ends_sentence(row.said)
    named = any(is_masthead(each.said) or is_paper_line(each.said) for each in (row, other))
    return alone and (row.size < 0.97 * body or named)


def stacked_marks(glyphs: Sequence[Glyph]) -> list[str]:
    """Levels of secrecy set upright on a page (机 over 密), with nothing beside either character."""
    firsts = [g for g in glyphs if g.char in "绝机秘"]
    seconds = [g for g in glyphs if g.char == "密"] if firsts else []
    return [
        a.char + b.char
        for a in firsts
        for b in seconds
        if abs(a.left + a.right - b.left - b.right) < 0.6 * a.size
        and 0.5 * a.size < b.top - a.top < 2.5 * a.size
        and not any(_is_beside(g, one) for g in glyphs for one in (a, b))
    ]


def _is_beside(glyph: Glyph, other: Glyph) -> bool:
    """Whether a character stands right before or after another on its row."""
    near = max(glyph.left - other.right, other.left - glyph.right) < 0.6 * other.size
    return glyph is not other and near and abs(glyph.base - other.base) < 0.4 * other.size


def without_upright(glyphs: Sequence[Glyph]) -> tuple[list[Glyph], list[str], list[Edge]]:
    """A page's characters without names set upright along its left and right edge, and those, read down and read up.

    The last are those that can be of columns.
    """
    said: list[str] = []
    edges: list[Edge] = []
    left = list(glyphs)
    for side in (1, -1):
        strip = _strip(left, side)
        if strip:
            down = "".join(g.char for g in strip)
            # Text turned on its side may begin at the foot: a mark must be found either way.
            said += [down, down[::-1]]
            named = (("".join(g.char for g in run), run[0]) for run in _stacks(strip))
            edges += [Edge(first.page, first.top, name) for name, first in named if may_be_column(name)]
            gone = set(map(id, strip))
            left = [g for g in left if id(g) not in gone]
    return left, said, edges


def _stacks(strip: Sequence[Glyph]) -> list[list[Glyph]]:
    """The characters of a strip by what stands close together."""
    runs: list[list[Glyph]] = []
    for glyph in strip:
        if runs and glyph.top - runs[-1][-1].top < _CLOSE * glyph.size:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return runs


def _strip(glyphs: Sequence[Glyph], side: int) -> list[Glyph]:
    """The outermost characters of a side, if they stand one below the other with nothing beside them."""
    if len(glyphs) < 8:
        return []
    centres = [side * (g.left + g.right) / 2 for g in glyphs]
    edge = min(centres)
    size = median([g.size for g, at in zip(glyphs, centres, strict=True) if at < edge + 2])
    inside = edge + 0.6 * size
    strip = sorted((g for g, at in zip(glyphs, centres, strict=True) if at < inside), key=lambda g: g.top)
    for end, inner in ((0, 1), (-1, -2)):
        # A page number above or below the name may begin in its strip.
        if len(strip) > 4 and abs(strip[end].top - strip[inner].top) >= _APART * size:
            del strip[end]
    if len(strip) < 4:
        return []
    top, bottom = strip[0].top, strip[-1].bottom
    beside = (g for g, at in zip(glyphs, centres, strict=True) if at >= inside and g.bottom > top and g.top < bottom)
    near = [g.left if side > 0 else -g.right for g in beside]
    rest = min(near, default=0.0)
    clear = rest - max(side * (g.right if side > 0 else g.left) for g in strip)
    steps = [b.top - a.top for a, b in zip(strip, strip[1:], strict=False)]
    if clear < 0.5 * size:
        return []
    tabs = all(may_be_column("".join(g.char for g in run)) for run in _stacks(strip))
    return strip if min(steps) > 0.4 * size and (max(steps) < _APART * size or tabs) else []


def _pitch(pages: Sequence[Sequence[Line]]) -> float:
    """How far apart rows of text stand, over all pages."""
    steps: list[float] = []
    for page in pages:
        at = sorted({round(line.base) for line in page})
        steps += [b - a for a, b in zip(at, at[1:], strict=False)]
    return median(steps) if steps else 0.0


def _edge_rows(page: Sequence[Line], number: int, pitch: float) -> list[_Row]:
    """The first two and last two rows of a page, those that are short."""
    rows: dict[int, list[Line]] = {}
    for line in page:
        rows.setdefault(round(line.base), []).append(line)
    at = sorted(rows)
    found = []
    for k in sorted({0, 1, len(at) - 2, len(at) - 1} & set(range(len(at)))):
        top = k < 2
        inner = k + 1 if top else k - 1
        gap = abs(at[inner] - at[k]) if 0 <= inner < len(at) else 0.0
        said = " ".join(line.text for line in rows[at[k]])
        if len(said) <= 50 and not is_inner_heading(said):
            outer = k in (0, len(at) - 1)
            alike = k + 1 < len(at) and abs(rows[at[k]][0].size - rows[at[k + 1]][0].size) < 0.3
            found.append(_Row(rows[at[k]], number, outer, top, at[k], gap > 1.35 * pitch > 0, said, alike))
    return found


def _is_text(row: _Row, body: float) -> bool:
    """Whether a row counts a piece or begins a title in large type, or signs the text that ends on its page."""
    if row.size < 0.96 * body:
        return False
    if row.top and is_serial(row.said):
        return True
    return row.goes_on and row.size > LARGER * body if row.top else is_date(row.said) or is_organ(row.said)


def _unlike_text(row: _Row, body: float) -> bool:
    return row.apart or row.size < 0.96 * body
