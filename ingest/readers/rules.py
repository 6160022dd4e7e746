"""The straight rules that a page draws, level and upright lines and the edges of boxes; those of a PDF's page."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

_THIN = 2.5
"""Points: a filled box no wider than this is a rule."""
_MOST = 20_000
"""Segments of the paths of a page: a drawing of more is no table, and would take long."""
_DEEPEST = 3

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Rules:
    """Rules of one page in points from its top left corner: (where, from, to) of level ones and of upright ones."""

    level: list[tuple[float, float, float]] = field(default_factory=list)
    upright: list[tuple[float, float, float]] = field(default_factory=list)

    def draw(self, points: Sequence[Point]) -> None:
        """Add a connected line by its points from the page's top left corner: one drawn thin, or its straight edges."""
        xs, ys = [x for x, _ in points], [y for _, y in points]
        if len(points) > 2 and min(max(xs) - min(xs), max(ys) - min(ys)) <= _THIN:
            self._add(min(xs), min(ys), max(xs), max(ys))
            return
        for (x1, y1), (x2, y2) in pairwise(points):
            self._add(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))

    def _add(self, left: float, top: float, right: float, bottom: float) -> None:
        if bottom - top <= _THIN < right - left:
            self.level.append(((top + bottom) / 2, left, right))
        elif right - left <= _THIN < bottom - top:
            self.upright.append(((left + right) / 2, top, bottom))


def page_rules(page: Any) -> Rules:  # noqa: ANN401 - a page of pypdfium2
    """The rules of a page that is not turned."""
    left, _, _, top = page.get_cropbox() or page.get_mediabox()
    rules = Rules()
    try:
        for points in _lines(page.raw, _Page(), _SAME, 0, [_MOST]):
            rules.draw([(x - left, top - y) for x, y in points])
    except _TooMany:
        return Rules()
    return rules


class _TooMany(Exception):
    """A page draws more than a table does."""


class _Page:
    """The objects of a page or of a form in it."""

    def __init__(self, *, form: bool = False) -> None:
        from pypdfium2 import raw

        self.count = raw.FPDFFormObj_CountObjects if form else raw.FPDFPage_CountObjects
        self.get = raw.FPDFFormObj_GetObject if form else raw.FPDFPage_GetObject


def _lines(
    holder: Any,  # noqa: ANN401
    objects: _Page,
    outer: Matrix,
    depth: int,
    left: list[int],
) -> Iterator[list[Point]]:
    """The connected straight lines drawn in a page or form, in its own units; ``left`` counts what may still come.

    Raises:
        _TooMany: nothing is left.
    """
    from pypdfium2 import raw

    for i in range(objects.count(holder)):
        item = objects.get(holder, i)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            left[0] -= raw.FPDFPath_CountSegments(item)
            if left[0] < 0:
                raise _TooMany
            yield from _path(item, _times(_matrix(item), outer))
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            yield from _lines(item, _Page(form=True), _times(_matrix(item), outer), depth + 1, left)


def _path(path: Any, matrix: Matrix) -> Iterator[list[Point]]:  # noqa: ANN401
    """The connected lines of a path, if it is drawn; curved ones are left out."""
    from pypdfium2 import raw

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, fill, stroke)
    if fill.value or stroke.value:
        yield from _pieces(path, matrix)


def _pieces(path: Any, matrix: Matrix) -> Iterator[list[Point]]:  # noqa: ANN401
    from pypdfium2 import raw

    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    piece: list[Point] = []
    straight = True
    for i in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, i)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if straight and len(piece) > 1:
                yield piece
            piece, straight = [], True
        straight = straight and kind != raw.FPDF_SEGMENT_BEZIERTO
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        piece.append((a * x.value + c * y.value + e, b * x.value + d * y.value + f))
        if raw.FPDFPathSegment_GetClose(segment):
            piece.append(piece[0])
    if straight and len(piece) > 1:
        yield piece


def _matrix(item: Any) -> Matrix:  # noqa: ANN401
    from pypdfium2 import raw

    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, found):
        return _SAME
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    """First ``inner``, then ``outer``."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u
