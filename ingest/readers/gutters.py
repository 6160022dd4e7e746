"""The gutters of a page: upright gaps that text keeps clear on both sides."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from ingest.readers.glyphs import Line

Gutters = list[float]
_GAP = 0.9


def find_gutters(lines: Sequence[Line]) -> Gutters:
    """The middles of a page's gutters from left to right; none on a page of one column."""
    if found := _gutters(lines):
        return found
    lone = _gutter(lines, least=1)
    return [lone] if lone is not None else _gutters([part for line in lines for part in _at_gaps(line)])


def _gutters(lines: Sequence[Line]) -> Gutters:
    x = _gutter(lines)
    if x is None:
        return []
    left, right = [ln for ln in lines if ln.right <= x], [ln for ln in lines if ln.left >= x]
    return [*_gutters(left), x, *_gutters(right)]


def _at_gaps(line: Line) -> list[Line]:
    """A line in the parts that a gap of about a character parts: rows of two columns may stand as near."""
    cuts = [i for i, (a, b) in enumerate(pairwise(line.glyphs), 1) if b.left - a.right > _GAP * line.size]
    parts = [Line.of(line.glyphs[i:k]) for i, k in pairwise([0, *cuts, len(line.glyphs)])]
    return parts if cuts else [line]


def usual_gutters(lines: Sequence[Line], own: Gutters, others: Sequence[tuple[Gutters, Sequence[Line]]]) -> Gutters:
    """A page's gutters and those of the document's other pages that it keeps clear: its last column may be short."""
    found = list(own)
    size = median(ln.size for ln in lines) if lines else 10.0
    for gutters, page in others:
        for x in gutters:
            if all(abs(x - known) > 2 * size for known in found) and _keeps(lines, x, page):
                found.append(x)
    return sorted(found)


def _keeps(lines: Sequence[Line], x: float, other: Sequence[Line]) -> bool:
    """Whether a page keeps another page's gutter clear, its right column beginning or ending where that one's does."""
    left, right = [ln for ln in lines if ln.right <= x], [ln for ln in lines if ln.left >= x]
    if not left or not right or (len(left) + len(right)) * 4 < 3 * len(lines):
        return False
    edges = Counter(round(at) for ln in other if ln.left >= x for at in (ln.left, ln.right))
    return any(edges[round(at) + d] > 2 for ln in right for at in (ln.left, ln.right) for d in (-1, 0, 1))


def _gutter(lines: Sequence[Line], *, least: int = 2) -> float | None:
    """The middle of the widest upright gap that text keeps clear on both sides, ``least`` lines or more, or None."""
    if len(lines) < 8:
        return None
    size = median(ln.size for ln in lines)
    begins = [left for left, n in Counter(round(ln.left) for ln in lines).items() if n >= least]
    lefts, rights = sorted(ln.left for ln in lines), sorted(ln.right for ln in lines)
    best: tuple[float, float] | None = None
    for right in sorted({round(ln.right) for ln in lines}):
        x = (right + min((left for left in begins if left > right), default=right)) / 2
        before, after = bisect_right(rights, x), bisect_left(lefts, x)
        if min(before, len(lines) - after) < least:
            continue
        clear = lefts[after] - rights[before - 1]
        if clear < 0.8 * size:
            continue
        sides = [ln for ln in lines if ln.right <= x], [ln for ln in lines if ln.left >= x]
        crossing = [ln for ln in lines if ln.left < x < ln.right]
        full = median(ln.right - ln.left for ln in sides[0] + sides[1])
        cost = len(crossing) - min(clear / size, 3.0)
        if full >= 7 * size and (best is None or cost < best[0]) and _parts(sides, crossing, size):
            best = (cost, x)
    return best[1] if best else None


def _parts(sides: tuple[list[Line], list[Line]], crossing: Sequence[Line], size: float) -> bool:
    """Whether two sides are columns: enough lines beside each other, few lines across them, text on both."""
    small, large = sorted(sides, key=len)
    if len(small) > 1 and len(large) >= 8 and _is_rail(small, large, crossing):
        return True
    if not small or not _facing(small, large):
        return False
    if len(small) < 2:
        return _beside_full(small[0], large) and len(crossing) * 4 <= len(large)
    whole = len(small) + len(large) + len(crossing)
    if len(small) >= 6 and _like_text(small) and _like_text(large):
        return len(crossing) * 2 <= whole
    if len(crossing) * 4 > whole:
        return False
    wide = max(ln.right - ln.left for ln in small) >= 5 * size
    return len(small) >= 4 or (wide and len(large) >= 8 and (_like_text(large) or not crossing))


def _is_rail(small: Sequence[Line], large: Sequence[Line], crossing: Sequence[Line]) -> bool:
    """Whether a few lines stand left of the text with nothing but a masthead above reaching over them."""
    top = min(ln.base for ln in small)
    left = max(ln.right for ln in small) <= min(ln.left for ln in large)
    return left and _like_text(large) and all(ln.base < top for ln in crossing)


def _beside_full(line: Line, side: Sequence[Line]) -> bool:
    """Whether a line stands right of a column's full line, where nothing can stand on a page of one column."""
    right = median(ln.right for ln in side)
    full = [ln for ln in side if abs(ln.right - right) < 0.6 * ln.size]
    return len(full) >= 8 and line.left > right and any(on_a_level(line, ln) for ln in full)


def _like_text(side: Sequence[Line]) -> bool:
    """Whether most lines of a side are about as long as its longest, as those of text are and cells are not."""
    widths = [ln.right - ln.left for ln in side]
    return median(widths) >= 0.6 * max(widths)


def _facing(small: Sequence[Line], large: Sequence[Line]) -> bool:
    """Whether the two sides stand beside each other, not one below the other.

    Most lines of a few have one beside them: lines that sign a text at its right stand alone.
    """
    bases = [ln.base for ln in large]
    top, bottom = min(bases) - large[0].size, max(bases) + large[0].size
    if len(small) >= 6:
        beside = [ln for ln in small if top <= ln.base <= bottom]
    else:
        beside = [ln for ln in small if any(on_a_level(ln, other) for other in large)]
    return len(beside) * 4 >= 3 * len(small)


def on_a_level(a: Line, b: Line) -> bool:
    """Whether two lines stand beside each other, by their base lines and sizes: boxes of some fonts are too tall."""
    above, below = sorted((a.base, a.size) for a in (a, b))
    return below[0] - below[1] < above[0]
