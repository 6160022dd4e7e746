"""Tables drawn with rules → rows of cells: the rules tell what no gap between words tells surely."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter
from statistics import median

from ingest.readers.glyphs import Cells, Glyph, Line
from ingest.readers.rows import read_rows
from ingest.readers.rules import Rules

_NEAR = 3.0
"""Points by which ends of rules may miss each other."""
_OPEN = 12.0
"""Points by which level rules reach past the outermost upright ones of a table with open sides."""
_LONGEST = 60
"""Characters in a usual cell of a table; the parts of a page that rules divide hold more."""
_PART = 0.7
"""Rules round more than this share of a page's text are those of the page."""
_HIGH = 3.0
"""Type sizes a frame is high at least: a lower one rules off a line, as under the head of a page."""
_SQUARES = 16
_MOST = 40_000
"""Pairs of rules on a page: a drawing that has more is no table."""

_Rule = tuple[float, float, float]
Held = dict[tuple[int, int], list[Glyph]]
"""The characters in each cell, by row and column."""


def take_tables(glyphs: Sequence[Glyph], rules: Rules, body: float) -> tuple[list[Line], list[Glyph]]:
    """The rows of a page's tables as lines of cells, and the characters outside; ``body`` is the size of the text.

    Frames that stand side by side with text in them are one line, ``framed``.
    """
    lines: list[Line] = []
    rest = list(glyphs)
    for grid in _grids(rules):
        held = grid.held(rest)
        if _is_squared(grid, held, body):
            continue
        if _is_table(held):
            rows = enumerate(grid.rows(held, body))
            lines += [_line(cells, grid, i, body) for i, cells in rows if any(cells)]
        elif grid.ys[-1] - grid.ys[0] > _HIGH * body and _is_framed(held, len(glyphs)):
            cells = tuple(cell for row in grid.rows(held, body) for cell in row if cell)
            frames = _line(cells, grid, 0, body)
            frames.framed, frames.bottom = True, grid.ys[-1]
            lines.append(frames)
        else:
            continue
        taken = {id(glyph) for cell in held.values() for glyph in cell}
        rest = [g for g in rest if id(g) not in taken]
    return lines, rest


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where a table's rows and columns are parted; ``root`` leads from a cell to the one it is merged with."""

    xs: list[float]
    ys: list[float]
    root: dict[tuple[int, int], tuple[int, int]]

    def held(self, glyphs: Iterable[Glyph]) -> Held:
        """The characters in each cell; those of a merged one where it begins."""
        held: Held = {}
        left, right, top, bottom = self.xs[0], self.xs[-1], self.ys[0], self.ys[-1]
        for glyph in glyphs:
            x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
            if left < x < right and top < y < bottom:
                at = self.root[bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1]
                held.setdefault(at, []).append(glyph)
        return held

    def rows(self, held: Held, body: float) -> list[Cells]:
        """The lines in each cell of each row."""
        lines = {at: sorted(read_rows(each, body), key=lambda ln: (ln.base, ln.left)) for at, each in held.items()}
        across = range(len(self.xs) - 1)
        return [tuple(tuple(lines.get((i, j), ())) for j in across) for i in range(len(self.ys) - 1)]


def tables_at(glyphs: Sequence[Glyph], rules: Rules) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of each table on a page."""
    found = [grid for grid in _grids(rules) if _is_table(grid.held(glyphs))]
    return [(grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1]) for grid in found]


def _is_table(held: Held) -> bool:
    """Whether two rows at least hold two cells with text, and cells are as short as those of tables are."""
    filled = Counter(row for row, _ in held)
    return sum(n > 1 for n in filled.values()) > 1 and median(map(len, held.values())) <= _LONGEST


def _is_framed(held: Held, page: int) -> bool:
    """Whether frames stand side by side, and not round most of the characters of a page."""
    return len({column for _, column in held}) > 1 and sum(map(len, held.values())) < _PART * page


def _is_squared(grid: _Grid, held: Held, body: float) -> bool:
    """Whether it is squared paper: its squares are smaller than the type, or hold a character each."""
    wide, high = (median(b - a for a, b in pairwise(at)) for at in (grid.xs, grid.ys))
    single = bool(held) and median(map(len, held.values())) <= 1
    return min(wide, high) < 0.9 * body or (single and len(grid.xs) > _SQUARES)


def _line(cells: Cells, grid: _Grid, i: int, body: float) -> Line:
    """A row as a line of its cells."""
    line = Line.of([glyph for cell in cells for ln in cell for glyph in ln.glyphs])
    line.left, line.right, line.size = grid.xs[0], grid.xs[-1], round(body, 1)
    line.top, line.bottom = grid.ys[i], grid.ys[i + 1]
    line.base = (line.top + line.bottom) / 2
    line.cells = cells
    return line


def _grids(rules: Rules) -> list[_Grid]:
    """The grids that crossing rules make, of two columns at least."""
    level, upright = joined(rules.level), joined(rules.upright)
    if len(level) * len(upright) > _MOST:
        return []
    level = [h for h in level if any(_meet(h, u) for u in upright)]
    upright = [u for u in upright if any(_meet(h, u) for h in level)]
    made = [_grid(*part) for part in _connected(level, upright)]
    return [grid for grid in made if len(grid.xs) > 2 and len(grid.ys) > 1]


def joined(rules: Iterable[_Rule]) -> list[_Rule]:
    """Rules on one line that touch, as one; those that lie side by side, as one."""
    out: list[_Rule] = []
    for on_line in _near(sorted(rules)):
        at = on_line[0][0]
        for _, start, end in sorted(on_line, key=itemgetter(1)):
            if out and out[-1][0] == at and start <= out[-1][2] + _NEAR:
                out[-1] = (at, out[-1][1], max(end, out[-1][2]))
            else:
                out.append((at, start, end))
    return out


def _near(rules: Iterable[_Rule]) -> list[list[_Rule]]:
    """Rules in order of place, those that nearly fall together in one list."""
    out: list[list[_Rule]] = []
    for rule in rules:
        if out and rule[0] - out[-1][0][0] <= _NEAR / 2:
            out[-1].append(rule)
        else:
            out.append([rule])
    return out


def _connected(level: list[_Rule], upright: list[_Rule]) -> list[tuple[list[_Rule], list[_Rule]]]:
    """Rules that cross or meet, together."""
    out = []
    left, right = list(level), list(upright)
    while left:
        across, down = [left.pop()], list[_Rule]()
        grown = True
        while grown:
            new = [u for u in right if any(_meet(h, u) for h in across)]
            right = [u for u in right if u not in new]
            down += new
            more = [h for h in left if any(_meet(h, u) for u in down)]
            left = [h for h in left if h not in more]
            across += more
            grown = bool(new or more)
        out.append((across, down))
    return out


def _meet(level: _Rule, upright: _Rule) -> bool:
    y, x1, x2 = level
    x, y1, y2 = upright
    return x1 - _NEAR <= x <= x2 + _NEAR and y1 - _NEAR <= y <= y2 + _NEAR


def _grid(level: list[_Rule], upright: list[_Rule]) -> _Grid:
    xs, ys = _places(upright), _places(level)
    if xs:
        first, last = min(start for _, start, _ in level), max(end for _, _, end in level)
        xs = [*([first] if first < xs[0] - _OPEN else []), *xs, *([last] if last > xs[-1] + _OPEN else [])]
    walls = [[rule for rule in upright if abs(rule[0] - x) <= _NEAR] for x in xs]
    floors = [[rule for rule in level if abs(rule[0] - y) <= _NEAR] for y in ys]
    root = {(i, j): (i, j) for i in range(len(ys) - 1) for j in range(len(xs) - 1)}
    for i, j in sorted(root):
        if j and not _passes(walls[j], (ys[i] + ys[i + 1]) / 2):
            root[i, j] = root[i, j - 1]
        elif i and not _passes(floors[i], (xs[j] + xs[j + 1]) / 2):
            root[i, j] = root[i - 1, j]
    return _Grid(xs, ys, root)


def _places(rules: Iterable[_Rule]) -> list[float]:
    """Where the rules are, those that nearly fall together as one."""
    at = sorted(rule[0] for rule in rules)
    return at[:1] + [b for a, b in pairwise(at) if b - a > _NEAR]


def _passes(rules: Iterable[_Rule], along: float) -> bool:
    """Whether one of the rules passes ``along``."""
    return any(start < along < end for _, start, end in rules)
