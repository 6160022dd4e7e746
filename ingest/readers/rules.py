"""The straight rules that a page of a PDF draws: level and upright lines, and the edges of boxes."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from corpus.model import Box

_THIN = 2.5
"""Points: a filled box no wider than this is a rule."""
_MOST = 20_000
"""Lines of a page: a drawing of more is no table, and would take long."""
_DEEPEST = 3

Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Rules:
    """Rules of one page in points from its top left corner: (where, from, to) of level ones and of upright ones."""

    level: list[tuple[float, float, float]] = field(default_factory=list)
    upright: list[tuple[float, float, float]] = field(default_factory=list)

    def add(self, box: Box) -> None:
        """Add a line or a thin box; what is neither level nor upright is left out."""
        left, top, right, bottom = box
        if bottom - top <= _THIN < right - left:
            self.level.append(((top + bottom) / 2, left, right))
        elif right - left <= _THIN < bottom - top:
            self.upright.append(((left + right) / 2, top, bottom))


def page_rules(page: Any) -> Rules:  # noqa: ANN401 - a page of pypdfium2
    """The rules of a page that is not turned."""
    left, _, _, top = page.get_cropbox() or page.get_mediabox()
    rules = Rules()
    for n, (x1, y1, x2, y2) in enumerate(_lines(page.raw, _Page(), _SAME, 0)):
        if n >= _MOST:
            return Rules()
        rules.add((min(x1, x2) - left, top - max(y1, y2), max(x1, x2) - left, top - min(y1, y2)))
    return rules


class _Page:
    """The objects of a page or of a form in it."""

    def __init__(self, *, form: bool = False) -> None:
        from pypdfium2 import raw

        self.count = raw.FPDFFormObj_CountObjects if form else raw.FPDFPage_CountObjects
        self.get = raw.FPDFFormObj_GetObject if form else raw.FPDFPage_GetObject


def _lines(holder: Any, objects: _Page, outer: Matrix, depth: int) -> Iterator[Box]:  # noqa: ANN401
    """The straight lines drawn in a page or form, in its own units: x and y of both ends."""
    from pypdfium2 import raw

    for i in range(objects.count(holder)):
        item = objects.get(holder, i)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            yield from _path(item, _times(_matrix(item), outer))
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            yield from _lines(item, _Page(form=True), _times(_matrix(item), outer), depth + 1)


def _path(path: Any, matrix: Matrix) -> Iterator[Box]:  # noqa: ANN401
    """The lines of a path that is drawn: of one drawn thin, one; else each of its straight edges."""
    from pypdfium2 import raw

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, fill, stroke)
    if not fill.value and not stroke.value:
        return
    for points in _pieces(path, matrix):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        if len(points) > 2 and min(max(xs) - min(xs), max(ys) - min(ys)) <= _THIN:
            yield min(xs), min(ys), max(xs), max(ys)
            continue
        for (x1, y1), (x2, y2) in zip(points, points[1:], strict=False):
            yield x1, y1, x2, y2


def _pieces(path: Any, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:  # noqa: ANN401
    """The connected pieces of a path, by their points; curved ones are left out."""
    from pypdfium2 import raw

    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    piece: list[tuple[float, float]] = []
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
