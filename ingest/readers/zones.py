"""A page that rules divide, as they do a newspaper's → its zones in reading order, each read as a page of its own.

A zone is cut by a rule from side to side, or one from top to bottom; where upright rules reach over part of its height
only, what is blank above and below them cuts it. A frame round an article is a zone that is read after the rest.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.readers.glyphs import Glyph
from ingest.readers.rules import Rules
from ingest.readers.tables import joined, tables_at
from ingest.titles import LARGER

_FEW = 20
"""Characters that a side of an upright rule holds at least."""
_TEXT = 80
"""Characters of running text that an article in a frame has at least."""
_HIGH = 3.5
"""The least height of an upright rule between columns, in type sizes."""
_WIDE = 5.0
"""The least width of a column, in type sizes."""
_COLUMN = 8.0
"""The least width of a column that no rule parts from the next, in type sizes."""
_GUTTER = 0.8
"""The least width of what is blank between two columns, in type sizes."""
_CLOSE = 0.6
"""The widest space between two characters of a title that runs on, in type sizes."""
_BLANK = 0.8
"""The least height of what is blank above and below columns, in type sizes."""
_WHITE = 1.8
"""The least height of what is blank above the title of another article, in type sizes."""
_SIDE_TO_SIDE = 0.85
_MOST = 80
"""Upright rules, or frames, on a page: a drawing has more."""
_MOST_LEVEL = 240
"""Level rules on a page: a drawing or ruled paper has more."""

Zone = list[Glyph]
_Rule = tuple[float, float, float]
_Box = tuple[float, float, float, float]


def zones(page: Zone, rules: Rules, body: float) -> list[Zone]:
    """The zones of a page in reading order: the page itself where no upright rule parts text."""
    upright = [rule for rule in joined(rules.upright) if rule[2] - rule[1] > _HIGH * body]
    level = joined(rules.level) if page and upright else []
    if not page or not upright or len(upright) > _MOST or len(level) > _MOST_LEVEL:
        return [page]
    for left, top, right, bottom in tables_at(page, rules):
        upright = [(x, a, b) for x, a, b in upright if not (left - 1 < x < right + 1 and a < bottom and top < b)]
        level = [(y, a, b) for y, a, b in level if not (top - 1 < y < bottom + 1 and a < right and left < b)]
    boxes = _frames(level, upright, body)
    if len(boxes) > _MOST:
        return [page]
    pairs = pairwise(sorted(rules.upright))
    seams = [(x, end) for (x, _, end), (below, start, _) in pairs if x == below and abs(start - end) < 1]
    edges = {x: {side for box in boxes for side in (0, 2) if box[side] == x} for x, _, _ in upright}
    cutter = _Cutter(level, upright, [rule for rule in upright if len(edges[rule[0]]) != 1], seams, body)
    framed, rest = [], page
    for box in (box for box in boxes if cutter.is_article(page, box)):
        framed.append([g for g in rest if _within(g, box)])
        rest = [g for g in rest if not _within(g, box)]
    found = [zone for part in [rest, *framed] for zone in cutter.cut(part)]
    return [part for zone in found for part in cutter.apart(zone)] if cutter.parted or framed else [page]


def _frames(level: Sequence[_Rule], upright: Sequence[_Rule], body: float) -> list[_Box]:
    """The frames of four rules, left to right; an upright rule between two of them is the edge of both."""
    found = []
    for i, (left, a, b) in enumerate(upright):
        for right, c, d in upright[i + 1 :]:
            if right - left < _WIDE * body:
                continue  # a bar, not a frame
            top, bottom = max(a, c), min(b, d)
            ruled = [
                any(abs(y - at) < 3 and x1 < left + 3 and x2 > right - 3 for at, x1, x2 in level) for y in (top, bottom)
            ]
            if abs(a - c) < body > abs(b - d) and all(ruled):
                found.append((left, top, right, bottom))
                break
    return found


def _within(glyph: Glyph, box: _Box) -> bool:
    left, top, right, bottom = box
    return left < glyph.left and glyph.right < right and top < glyph.base < bottom


@dataclass
class _Cutter:
    """Cuts a page along its rules; ``parted`` tells whether an upright one parted text.

    ``between`` are the upright rules that are no edge of a frame, as one in the midst of a column has; ``seams`` where
    one ends and the next begins right below it.
    """

    level: Sequence[_Rule]
    upright: Sequence[_Rule]
    between: Sequence[_Rule]
    seams: Sequence[tuple[float, float]]
    body: float
    parted: bool = False

    def cut(self, zone: Zone) -> list[Zone]:
        """The zones of a zone."""
        for halves in (self._across(zone), self._seamed(zone), self._beside(zone), self._over(zone)):
            if halves:
                return [part for half in halves for part in self.cut(half)]
        return [zone] if zone else []

    def apart(self, zone: Zone) -> list[Zone]:
        """The zones of one that rules do not cut: a title over text begins another below what is wide and blank."""
        cuts = [
            (above + top) / 2
            for (_, above, size), (top, _, following) in pairwise(self._bands(zone))
            if top - above > _WHITE * self.body and size < LARGER * self.body < following
        ]
        return [column for part in _between(zone, cuts) for column in self._in_columns(part)]

    def _in_columns(self, zone: Zone) -> list[Zone]:
        """A zone as short columns of text that white space parts, below a title over all of them perhaps."""
        bands = self._bands(zone)
        first = next((i for i, (_, _, size) in enumerate(bands) if size < LARGER * self.body), 0)
        for over in (0, first) if first else (0,):
            head, text = _parted(zone, (bands[over - 1][1] + bands[over][0]) / 2) if over else ([], zone)
            columns = self._columns(text)
            if first and not over and not all(any(g.size > LARGER * self.body for g in each) for each in columns):
                continue  # not each has a title of its own
            if len(columns) > 1 and all(map(self._is_column, columns[:-1])) and self._is_wide(columns[-1]):
                return [*([head] if head else []), *columns]
        return [zone]

    def _columns(self, zone: Zone) -> list[Zone]:
        """What stands between the upright gaps of a zone that are clear from its top to its bottom."""
        columns: list[Zone] = [[]]
        right = float("inf")
        for glyph in sorted(zone, key=lambda g: g.left):
            if glyph.left - right > _GUTTER * self.body:
                columns.append([])
            right = max(right, glyph.right) if columns[-1] and right < float("inf") else glyph.right
            columns[-1].append(glyph)
        return columns

    def _is_column(self, column: Zone) -> bool:
        """Whether characters make up three rows of text at least that a column is wide."""
        rows = len({round(g.base / 3) for g in column})
        wide = max(g.right for g in column) - min(g.left for g in column)
        return rows > 2 and self._is_wide(column) and len(column) > 0.5 * rows * wide / self.body

    def _is_wide(self, column: Zone) -> bool:
        return max(g.right for g in column) - min(g.left for g in column) > _COLUMN * self.body

    def is_article(self, page: Zone, box: _Box) -> bool:
        """Whether a frame stands round an article with a title, and not round most of the page."""
        inside = [g for g in page if _within(g, box)]
        crossing = [g for g in page if _crosses(g, box[0], box[1], box[3]) or _crosses(g, box[2], box[1], box[3])]
        titled = any(g.size > 1.2 * self.body for g in inside)
        text = sum(g.size < LARGER * self.body for g in inside)
        wide = max(g.right for g in page) - min(g.left for g in page)
        apart = box[2] - box[0] < _SIDE_TO_SIDE * wide and 2 * len(inside) < len(page)
        return titled and text >= _TEXT and not crossing and apart

    def _across(self, zone: Zone) -> list[Zone] | None:
        """What stands between the rules from side to side."""
        if not zone:
            return None
        left, right = min(g.left for g in zone), max(g.right for g in zone)
        reach = _SIDE_TO_SIDE * (right - left)
        rules = sorted({y for y, start, end in self.level if min(end, right) - max(start, left) >= reach})
        through: set[float] = set()
        for g in zone:
            first, end = bisect_right(rules, g.base - 0.7 * g.size), bisect_left(rules, g.base - 0.1 * g.size)
            through.update(rules[first:end])
        parts = [part for part in _between(zone, [y for y in rules if y not in through]) if part]
        return parts if len(parts) > 1 else None

    def _seamed(self, zone: Zone) -> tuple[Zone, Zone] | None:
        """What is above and below a seam between two columns that no line stands in: each has columns of its own."""
        for x, y in self.seams:
            above, below = _parted(zone, y)
            top, bottom = y - _HIGH * self.body, y + _HIGH * self.body
            clear = not any(g.base - 0.8 * g.size < y < g.base for g in zone)
            if clear and all(self._halves(part, x, top, bottom) for part in (above, below)):
                return above, below
        return None

    def _beside(self, zone: Zone) -> tuple[Zone, Zone] | None:
        """What is left and right of the first rule that reaches along both, or as a frame's edge along one of them."""
        slack = 2 * self.body
        for rule in sorted(self.upright):
            x, start, end = rule
            halves = self._halves(zone, x, float("-inf"), float("inf"))
            enough = all if rule in self.between else any
            if halves and enough(all(self._along(g, start, end, slack) for g in half) for half in halves):
                self.parted = True
                return halves
        return None

    def _along(self, glyph: Glyph, start: float, end: float, slack: float) -> bool:
        """Whether a character stands beside a rule: text may begin a little above it, a title over both sides not."""
        titled = glyph.size > LARGER * self.body
        return start - (slack / 4 if titled else slack) < glyph.base < end + slack

    def _halves(self, zone: Zone, x: float, top: float, bottom: float) -> tuple[Zone, Zone] | None:
        """The two columns beside an upright line, if there are two."""
        if any(_crosses(g, x, top, bottom) for g in zone) or _runs_over([g for g in zone if top < g.base < bottom], x):
            return None
        halves = [g for g in zone if g.right < x + 1], [g for g in zone if g.right >= x + 1]
        few = min(map(len, halves)) < _FEW
        if few or any(max(g.right for g in half) - min(g.left for g in half) < _WIDE * self.body for half in halves):
            return None
        return halves

    def _over(self, zone: Zone) -> list[Zone] | None:
        """What is above, beside and below upright rules that reach over part of a zone's height."""
        for x, start, end in sorted(self.between, key=lambda rule: (rule[1], rule[0])):
            beside = [g for g in zone if start < g.base < end]
            if not beside or len(beside) == len(zone) or self._halves(beside, x, start, end) is None:
                continue
            first, last = self._blank(zone, start, x), self._blank(zone, end, x)
            above, rest = _parted(zone, start if first is None else first)
            middle, below = _parted(rest, end if last is None else last)
            if (above and first is None) or (below and last is None) or not (above or below):
                continue
            return [part for part in (above, middle, below) if part]
        return None

    def _blank(self, zone: Zone, y: float, x: float) -> float | None:
        """The middle of what is blank from side to side nearest to a height.

        It is wide, or above or below larger type or a line that runs on over an upright rule at ``x``.
        """
        reach = 2 * self.body
        found = []
        for (start, above, size), (top, end, following) in pairwise(self._bands(zone)):
            wide = top - above >= _BLANK * self.body or max(size, following) > LARGER * self.body
            if above < y + reach and top > y - reach:
                beside = [g for g in zone if start < g.base < above or top < g.base < end]
                if wide or (min(above - start, end - top) < 1.5 * self.body and _runs_over(beside, x)):
                    found.append((above + top) / 2)
        return min(found, key=lambda at: abs(at - y), default=None)

    def _bands(self, zone: Zone) -> list[tuple[float, float, float]]:
        """Top, bottom and least size of what stands between heights that are blank from side to side."""
        bands: list[tuple[float, float, float]] = []
        for top, bottom, size in sorted((g.base - 0.8 * g.size, g.base + 0.1 * g.size, g.size) for g in zone):
            if bands and top <= bands[-1][1]:
                bands[-1] = (bands[-1][0], max(bottom, bands[-1][1]), min(size, bands[-1][2]))
            else:
                bands.append((top, bottom, size))
        return bands


def _between(zone: Zone, heights: Sequence[float]) -> list[Zone]:
    """What stands above, between and below heights in order."""
    parts: list[Zone] = [[] for _ in range(len(heights) + 1)]
    for glyph in zone:
        parts[bisect_right(heights, glyph.base)].append(glyph)
    return parts


def _parted(zone: Zone, y: float) -> tuple[Zone, Zone]:
    """What is above and below a height."""
    return [g for g in zone if g.base < y], [g for g in zone if g.base >= y]


def _crosses(glyph: Glyph, x: float, top: float, bottom: float) -> bool:
    return glyph.left < x - 0.5 and glyph.right > x + 0.5 and top < glyph.base < bottom


def _runs_over(zone: Zone, x: float) -> bool:
    """Whether a row of characters goes on over an upright line without a gap."""
    left, right = dict[int, float](), dict[int, float]()
    for g in zone:
        row = round(g.base)
        if g.right < x + 0.5:
            left[row] = max(g.right, left.get(row, g.right))
        elif g.left > x - 0.5:
            right[row] = min(g.left - _CLOSE * g.size, right.get(row, g.left))
    return any(right[row] < left[row] for row in left.keys() & right)
