"""The type sizes of the lines that OCR finds in a picture, which it does not tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import hypot
from statistics import median
from typing import Any

from ingest.typography import is_ideograph

Recognised = tuple[Any, str, float, Any]
"""A line: four corners in pixels, text, score, characters with their scores and corners."""
_ALIKE = 0.06
"""Sizes this near to each other are one; those told by height, three times as near."""
_CUT = 0.8
"""The size of type over the height of the box OCR cuts for it."""
_FAR_LARGER = 1.5
_FEW = 5


def type_sizes(lines: Sequence[Recognised], scale: float) -> list[float]:
    """The type size of each line in points: what is nearly alike on a page is alike.

    Lines of enough Chinese characters tell theirs by the step from one to the next; where a line is as high as those of
    another size, its characters were only set apart to fill the measure. The others are as large as the line above or
    below that is nearest to them in height, whose boxes are cut alike; much higher ones (drop capitals) stand alone.
    """
    sure = {i: size for i, line in enumerate(lines) if (size := _step(line)) > 0}
    shares = [size / max(_height(lines[i]), 1.0) for i, size in sure.items()]
    share = median(shares) if shares else _CUT
    clusters = _clusters([(size, len(lines[i][1])) for i, size in sure.items()])
    own = {i: _nearest(size, clusters, 2 * _ALIKE) for i, size in sure.items()}
    own |= _only_set_apart(own, [_height(line) for line in lines], clusters[0] if clusters else 0.0)
    sizes = []
    for i, line in enumerate(lines):
        if i not in own:
            size = share * _height(line)
            beside = [own[k] for k in own if _touches(line, lines[k]) and size < _FAR_LARGER * own[k]]
            found = min(beside, key=lambda s: abs(s - size)) if beside else _nearest(size, clusters, 3 * _ALIKE)
        else:
            found = own[i]
        sizes.append(round(scale * found, 1))
    return sizes


def _only_set_apart(sizes: Mapping[int, float], heights: Sequence[float], usual: float) -> dict[int, float]:
    """The usual size for lines of larger steps that are no higher than those of it; ``sizes`` by the line's number."""
    alike = [heights[i] for i, size in sizes.items() if size == usual]
    high = (1 + _ALIKE) * median(alike) if alike else 0.0
    return {i: usual for i, size in sizes.items() if usual < size < _FAR_LARGER * usual and heights[i] < high}


def _nearest(size: float, clusters: Sequence[float], most: float) -> float:
    """The cluster a size belongs to, itself where none is near."""
    near = min(clusters, key=lambda c: abs(c - size), default=size)
    return near if abs(near - size) <= most * near else size


def _touches(line: Recognised, other: Recognised) -> bool:
    """Whether a line stands right above or below another, in its column."""
    (left, top), (right, bottom) = line[0][0], line[0][2]
    (left2, top2), (right2, bottom2) = other[0][0], other[0][2]
    between = max(float(top - bottom2), float(top2 - bottom))
    apart = float(max(left, left2) - min(right, right2))
    return between < 0.9 * _height(line) and apart < 3 * _height(line)  # the line above may be indented


def _clusters(sizes: Sequence[tuple[float, int]]) -> list[float]:
    """The sizes that come most, each standing for those near it; ``sizes`` are values with their weights.

    The text's own, of which there are most lines and most slips, takes in twice as far as the others.
    """
    found: list[float] = []
    rest = list(sizes)
    while rest:
        best = max(rest, key=lambda s: sum(n for o, n in rest if abs(o - s[0]) <= _ALIKE * s[0]))[0]
        reach = best * (_ALIKE if found else 2 * _ALIKE)
        near = [(o, n) for o, n in rest if abs(o - best) <= reach]
        found.append(sum(o * n for o, n in near) / sum(n for _, n in near))
        rest = [(o, n) for o, n in rest if abs(o - best) > reach]
    return found


def _step(line: Recognised) -> float:
    """The mean step from ideograph to ideograph in pixels, 0 where a line has too few of them side by side.

    Single steps stand on the grid of the recognition; over a run their errors cancel. Marks are left out: how wide
    they are is the font's.
    """
    total, n = 0.0, 0
    for (a, _, here), (b, _, there) in pairwise(line[3]):
        if is_ideograph(a) and is_ideograph(b):
            total += float(there[0][0]) - float(here[0][0])
            n += 1
    return total / n if n >= _FEW else 0.0


def _height(line: Recognised) -> float:
    """The height of a line's box, whatever its lean."""
    (x1, y1), (x2, y2) = line[0][0], line[0][3]
    return hypot(float(x2 - x1), float(y2 - y1))
