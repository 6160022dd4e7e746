"""The lines of a page → columns in reading order, parted by gutters; what spans a gutter is read in between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from ingest.readers.glyphs import Column, Line
from ingest.readers.gutters import Gutters, find_gutters, on_a_level
from ingest.readers.rules import Rules
from ingest.titles import LARGER, is_issue_number

_SIDE_TO_SIDE = 0.85
_UNEVEN = 6.0
"""By how much columns set even may end apart, in type sizes."""
_BLANK = 2.6
"""From line to line over what is blank from side to side, in type sizes."""
_TITLE = 1.2
"""The least size of a title set larger on purpose, over that of the text."""
_MASTHEAD = 2.5
"""The size of a bulletin's name over that of what its masthead sets beside it."""
_MIXED = 0.85
"""A line with type smaller than this share of its size is no title: a label before a large figure."""
_NAME = 1.8
"""The size of a bulletin's name over that of the text."""


def read_columns(lines: Sequence[Line], gutters: Gutters, rules: Rules, *, spanning: bool = False) -> list[Column]:
    """The lines of a page in reading order, grouped by the column they stand in.

    ``spanning`` says that the document sets titles over all columns: then a short one parts them too, as ``rules`` from
    side to side do.
    """
    head = _masthead(lines)
    rest = [ln for ln in lines if ln not in head]
    over = _with_names(_short_titles(rest, gutters) if spanning else [], rest)
    out = [head] if head else []
    for band in _ruled_bands(rest, rules, gutters):
        own = _own_gutters(band, gutters) if len(band) < len(rest) else gutters
        for part in _bands(band, own):
            whole = [ln for ln in part if ln in over]
            out += _between(part, whole, own) if whole else _columns(part, own)
    return out


def _ruled_bands(lines: Sequence[Line], rules: Rules, gutters: Gutters) -> list[list[Line]]:
    """A page of columns parted by rules from side to side."""
    if not lines or not gutters:
        return [list(lines)]
    left, right = min(ln.left for ln in lines), max(ln.right for ln in lines)
    cuts = sorted(y for y, x1, x2 in rules.level if min(x2, right) - max(x1, left) > _SIDE_TO_SIDE * (right - left))
    cuts = [y for y in cuts if not any(ln.base - 0.7 * ln.size < y < ln.base - 0.1 * ln.size for ln in lines)]
    parts = [[ln for ln in lines if a <= ln.base < b] for a, b in pairwise([float("-inf"), *cuts, float("inf")])]
    return [part for part in parts if part]


def _own_gutters(lines: Sequence[Line], gutters: Gutters) -> Gutters:
    """The gutters of a part of a page: those of the page that it keeps clear, and those it has itself."""
    if len(lines) < 8:
        return gutters
    parted = _split(lines, gutters)
    size = median(ln.size for ln in lines)
    kept = [x for x in gutters if sum(ln.left < x < ln.right for ln in parted) * 4 <= len(lines)]
    return sorted([*kept, *(x for x in find_gutters(lines) if all(abs(x - known) > 2 * size for known in kept))])


def _bands(lines: Sequence[Line], gutters: Gutters) -> list[list[Line]]:
    """A page parted where it is blank from side to side above a line in larger type: what is above is read first.

    All its columns then end about there.
    """
    if not lines:
        return []
    ordered = sorted(lines, key=lambda ln: ln.base)
    size = median(ln.size for ln in lines)
    bands = [[ordered[0]]]
    for last, line in pairwise(ordered):
        blank = line.base - last.base > _BLANK * size and line.base - line.size > last.base + size
        if blank and len(bands[-1]) > 7:
            row = [ln for ln in ordered if 0 <= ln.base - line.base < size and ln.size > LARGER * size]
            titled = len({sum(x < ln.left for x in gutters) for ln in row}) == 1
            if titled and _ends_even(bands[-1], gutters, last.base - _UNEVEN * size):
                bands.append([])
        bands[-1].append(line)
    return bands


def _ends_even(lines: Sequence[Line], gutters: Gutters, least: float) -> bool:
    """Whether every column of these lines comes down to a base line."""
    edges = [float("-inf"), *gutters, float("inf")]
    sides = ([ln.base for ln in lines if left < ln.right and ln.left < right] for left, right in pairwise(edges))
    return all(max(side, default=least) >= least for side in sides)


def sets_over_columns(pages: Sequence[tuple[Sequence[Line], Gutters]], body: float) -> bool:
    """Whether a document sets its titles over all columns: one reaches over a gutter, or the columns clear for most."""
    clear = whole = 0
    for lines, gutters in pages:
        head = _masthead(lines)
        parted = _split(lines, gutters)
        for line in (ln for ln in lines if LARGER * body < ln.size < 2 * body and ln not in head and gutters):
            if any(line.left < x < line.right for x in gutters) and _alone(line, lines):
                return True
            if line.size > _TITLE * body and len(line.text) > 5:
                whole += 1
                clear += _clears(line, parted, gutters)
    return whole > 1 and clear * 5 >= whole * 4


def _split(lines: Sequence[Line], gutters: Gutters) -> Sequence[Line]:
    for x in gutters:
        lines = _split_at(lines, x)
    return lines


def _masthead(lines: Sequence[Line]) -> Column:
    """The rows down to the one that counts issues, where it is among the first and no text is above it."""
    ordered = sorted(lines, key=lambda ln: (round(ln.base), ln.left))
    at = next((i for i, ln in enumerate(ordered[:10]) if is_issue_number(ln.text)), None)
    if at is None or len(lines) < 12:
        return []
    below = ordered[at]
    name = max(ordered[: at + 4], key=lambda ln: ln.size)
    if name.size > _NAME * median(ln.size for ln in lines) and name.base - name.size < below.base < name.base:
        below = name  # the number stands beside the name of the bulletin, other lines under it
    head = [ln for ln in ordered if ln.base < below.base + 0.3 * ordered[at].size]
    return head if len(head) <= 10 and not any(len(ln.text) > 30 for ln in head if ln is not ordered[at]) else []


def _columns(lines: Sequence[Line], gutters: Gutters) -> list[Column]:
    if not lines:
        return []
    inside = [x for x in gutters if any(ln.right <= x for ln in lines) and any(ln.left >= x for ln in lines)]
    if not inside:
        return [_rows_joined(lines)]
    parted = _split(lines, inside)
    crossing = [ln for ln in parted if any(ln.left < x < ln.right for x in inside)]
    whole = _with_names([ln for ln in crossing if _alone(ln, parted)], parted)
    if whole and len(whole) < len(parted):
        return _between(parted, whole, inside)
    gutter = min(inside, key=lambda x: sum(ln.left < x < ln.right for ln in lines))
    others = [x for x in inside if x != gutter]
    # A mark hung over the edge of the left column reaches into the gutter, but not to the right column.
    edge = min((ln.left for ln in parted if ln.left >= gutter), default=gutter)
    spanning = sorted((ln for ln in parted if ln.left < gutter and ln.right > edge), key=lambda ln: ln.top)
    out: list[Column] = []
    rest = [ln for ln in parted if ln not in spanning]
    for bound in [*spanning, None]:
        band = [ln for ln in rest if bound is None or ln.bottom <= bound.top + 0.5 * bound.size]
        rest = [ln for ln in rest if ln not in band]
        for side in ([ln for ln in band if ln.left < gutter], [ln for ln in band if ln.left >= gutter]):
            out.extend(_columns(side, others))
        if bound is not None and out and out[-1] and out[-1][-1] in spanning:
            out[-1].append(bound)
        elif bound is not None:
            out.append([bound])
    return out


def _alone(line: Line, lines: Sequence[Line]) -> bool:
    """Whether nothing stands beside a line."""
    return not any(other is not line and on_a_level(line, other) for other in lines)


def _with_names(bounds: Sequence[Line], lines: Sequence[Line]) -> list[Line]:
    """Lines over all columns, the names of columns set above them, subtitles and bylines set below."""
    out = list(bounds)
    for bound in bounds:
        name = _set_over(bound, lines)
        around = [*([name] if name is not None else []), *_set_under(bound, lines)]
        out += [line for line in around if line not in out]
    return out


def _set_under(bound: Line, lines: Sequence[Line]) -> list[Line]:
    """What stands below a title with nothing beside it, at its edge or its middle: a subtitle, a byline."""
    found: list[Line] = []
    last = bound
    full = median(ln.right - ln.left for ln in lines)
    for line in sorted((ln for ln in lines if ln.base > bound.base + 0.5 * ln.size), key=lambda ln: ln.base):
        step = line.base - last.base
        aligned = min(
            abs(line.right - bound.right),
            abs(line.left - bound.left),
            abs(line.left + line.right - bound.left - bound.right) / 2,
        )
        as_text = line.right - line.left > 0.9 * full and not line.text.startswith(("—", "－"))
        if step > 2.2 * line.size or aligned > line.size or as_text or not _alone(line, lines):
            break
        found.append(line)
        last = line
    return found


def _set_over(bound: Line, lines: Sequence[Line]) -> Line | None:
    """A few characters set above a line over all columns and apart from the text above: the name of a column."""
    above = sorted((ln for ln in lines if ln.base < bound.base - 0.5 * bound.size), key=lambda ln: -ln.base)
    if not above or len(above[0].text) > 12 or not _alone(above[0], lines):
        return None
    gap = above[0].base - above[1].base if len(above) > 1 else above[0].size * 3
    return above[0] if gap > 2.1 * above[0].size and bound.base - above[0].base < 5 * bound.size else None


def _short_titles(lines: Sequence[Line], gutters: Gutters) -> list[Line]:
    """Lines in larger type that reach over no gutter, but have all columns to themselves."""
    parted = _split(lines, gutters)
    size = median(ln.size for ln in parted) if parted else 0.0
    return [ln for ln in lines if ln.size > LARGER * size and gutters and _clears(ln, parted, gutters)]


def _clears(line: Line, lines: Sequence[Line], gutters: Gutters) -> bool:
    """Whether the other columns leave room beside a line in larger type, as they do for a title over all of them."""
    x = [sum(g < ln.left + 1 for g in gutters) for ln in (line, *lines)]
    others = [ln for ln, column in zip(lines, x[1:], strict=True) if column != x[0]]
    near = any(abs(ln.base - line.base) < 1.3 * line.size for ln in others)
    mixed = min(g.size for g in line.glyphs) < _MIXED * line.size
    return not near and not mixed and any(ln.base < line.base for ln in others)


def _between(lines: Sequence[Line], whole: Sequence[Line], gutters: Gutters) -> list[Column]:
    """Columns of the bands between lines that stand alone across a gutter, and those lines where they stand."""
    out: list[Column] = []
    rest = [ln for ln in lines if ln not in whole]
    for bound in [*sorted(whole, key=lambda ln: ln.base), None]:
        band = [ln for ln in rest if bound is None or ln.base < bound.base]
        rest = [ln for ln in rest if ln not in band]
        out.extend(_columns(band, gutters))
        if bound is not None and not band and out and out[-1][-1] in whole:
            out[-1].append(bound)
        elif bound is not None:
            out.append([bound])
    return out


def _split_at(lines: Sequence[Line], gutter: float) -> list[Line]:
    """Rows of both columns that stand so close that they were taken for one line, parted at the gutter.

    A row is parted where it has a gap there and its second half begins where the right column's lines do, or where it
    has no other gap half as wide.
    """
    begins = Counter(round(ln.left) for ln in lines if ln.left > gutter)
    out: list[Line] = []
    for line in lines:
        at = 0
        if line.left < gutter < line.right and not line.cells:
            at = next((i for i in range(1, len(line.glyphs)) if _begins_right(line, i, gutter, begins)), 0)
        out += [Line.of(line.glyphs[:at]), Line.of(line.glyphs[at:])] if at else [line]
    return out


def _begins_right(line: Line, i: int, gutter: float, begins: Counter[int]) -> bool:
    """Whether the right column's part of a row begins with its glyph ``i``."""
    last, glyph = line.glyphs[i - 1], line.glyphs[i]
    near = sum(begins[round(glyph.left) + d] for d in (-1, 0, 1))
    gap = glyph.left - last.right
    if (
        len(line.glyphs) < 3
        or glyph.left < gutter - 0.5 * line.size
        or last.right > gutter + 0.5 * line.size
        or gap < 0.4 * line.size
    ):
        return False
    others = (b.left - a.right for a, b in zip(line.glyphs, line.glyphs[1:], strict=False) if a is not last)
    return near >= 2 or (gap >= 0.6 * line.size and gap > 2 * max(others, default=0.0))


def _rows_joined(lines: Sequence[Line]) -> Column:
    """Parts of one row put together again where there are no columns (cells of a table, a spaced title)."""
    out: list[Line] = []
    for line in sorted(lines, key=lambda ln: (round(ln.base / 3), ln.left)):
        last = out[-1] if out else None
        beside = last and abs(last.base - line.base) < 0.45 * line.size and last.right <= line.left
        named = last and max(last.size, line.size) > _MASTHEAD * min(last.size, line.size)
        if last and beside and not named and not (last.cells or line.cells):
            out[-1] = Line.of(last.glyphs + line.glyphs)
        else:
            out.append(line)
    return out
