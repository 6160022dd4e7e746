"""Characters with boxes → blocks in the order a person reads them.

Per page: characters are put on lines, lines are parted at gutters, columns are read one after another with whatever
spans them in between (a title over two columns), and lines of a column are joined to paragraphs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from statistics import median

from ingest.block import Block
from ingest.furniture import is_page_number, page_shape
from ingest.readers.glyphs import Column, Glyph, Line
from ingest.readers.paragraphs import read_column


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
            blocks.extend(read_column(column, body))
    return blocks, margins


def _lines(glyphs: list[Glyph]) -> list[Line]:
    """The lines of a page, parted where a gap is wider than a space may be."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(_once(glyphs), key=lambda g: (g.base, g.left)):
        near = [row for row in rows[-12:] if _same_row(row[0], glyph)]
        if near:
            min(near, key=lambda row: abs(row[0].base - glyph.base)).append(glyph)
        else:
            rows.append([glyph])
    return [line for row in rows for line in _parted(sorted(row, key=lambda g: g.left))]


def _once(glyphs: list[Glyph]) -> Iterable[Glyph]:
    """Without characters drawn twice, a trifle apart, for a bold look."""
    seen: dict[tuple[str, int], list[Glyph]] = {}
    for g in glyphs:
        drawn = seen.setdefault((g.char, round(g.base)), [])
        if not any(abs(g.left - d.left) < 0.2 * g.size for d in drawn):
            drawn.append(g)
            yield g


def _same_row(first: Glyph, glyph: Glyph) -> bool:
    return abs(first.base - glyph.base) < 0.3 * max(first.size, glyph.size)


def _parted(row: list[Glyph]) -> list[Line]:
    """A row split where the gap is wider than one and a half characters."""
    parts = [[row[0]]]
    for last, glyph in zip(row, row[1:], strict=False):
        if glyph.left - last.right > 1.4 * max(last.size, glyph.size):
            parts.append([])
        parts[-1].append(glyph)
    return [Line.of(part) for part in parts]


def _without_margins(pages: list[list[Line]]) -> tuple[list[list[Line]], list[str]]:
    """Pages without their running heads and page numbers: the outermost rows that repeat or only count pages."""
    edges = [_edge_rows(page) for page in pages]
    shapes = Counter(shape for rows in edges for shape in {page_shape(_said(row)) for row in rows})
    need = 2 if len(pages) < 6 else 3
    margins: list[str] = []
    kept = []
    for page, rows in zip(pages, edges, strict=True):
        drop: set[int] = set()
        for row in rows:
            margins.extend(line.text for line in row)
            if is_page_number(_said(row), bare=True) or shapes[page_shape(_said(row))] >= need:
                drop |= {id(line) for line in row}
        kept.append([line for line in page if id(line) not in drop])
    return kept, margins


def _edge_rows(page: list[Line]) -> list[list[Line]]:
    """The first two and last two rows of a page, those that are short."""
    rows: dict[int, list[Line]] = {}
    for line in page:
        rows.setdefault(round(line.glyphs[0].base), []).append(line)
    at = sorted(rows)
    return [rows[y] for y in sorted({*at[:2], *at[-2:]}) if len(_said(rows[y])) <= 50]


def _said(row: list[Line]) -> str:
    return " ".join(line.text for line in row)


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
    lines = _split_at(lines, gutter)
    # A mark hung over the edge of the left column reaches into the gutter, but not to the right column.
    edge = min((ln.left for ln in lines if ln.left >= gutter), default=gutter)
    spanning = sorted((ln for ln in lines if ln.left < gutter and ln.right > edge), key=lambda ln: ln.top)
    out: list[Column] = []
    rest = [ln for ln in lines if ln not in spanning]
    for bound in [*spanning, None]:
        band = [ln for ln in rest if bound is None or ln.bottom <= bound.top + 0.5 * bound.size]
        rest = [ln for ln in rest if ln not in band]
        if band and _centred(band, gutter):
            out.append(_rows_joined(band))
        else:
            for side in ([ln for ln in band if ln.left < gutter], [ln for ln in band if ln.left >= gutter]):
                out.extend(_columns(side, _gutter(side)))
        if bound is not None and out and out[-1] and out[-1][-1] in spanning:
            out[-1].append(bound)
        elif bound is not None:
            out.append([bound])
    return out


def _split_at(lines: list[Line], gutter: float) -> list[Line]:
    """Rows of both columns that stand so close that they were taken for one line, parted at the gutter.

    A row is parted where it has a gap there and its second half begins where the right column's lines do.
    """
    begins = Counter(round(ln.left) for ln in lines if ln.left > gutter)
    size = median(ln.size for ln in lines)
    out: list[Line] = []
    for line in lines:
        at = 0
        if line.left < gutter < line.right and line.size <= 1.05 * size:
            at = next((i for i in range(1, len(line.glyphs)) if _begins_right(line, i, gutter, begins)), 0)
        out += [Line.of(line.glyphs[:at]), Line.of(line.glyphs[at:])] if at else [line]
    return out


def _begins_right(line: Line, i: int, gutter: float, begins: Counter[int]) -> bool:
    """Whether the right column's part of a row begins with its glyph ``i``."""
    last, glyph = line.glyphs[i - 1], line.glyphs[i]
    near = sum(begins[round(glyph.left) + d] for d in (-1, 0, 1))
    return glyph.left >= gutter - 0.5 * line.size and glyph.left - last.right >= 0.4 * line.size and near >= 2


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
