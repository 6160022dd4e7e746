"""Characters of a page with their boxes, and lines of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TypeVar

T = TypeVar("T")


@dataclass(slots=True, eq=False)
class Glyph:
    """A character as seen: its box from the page's top left corner, size, base line, a space before it, its font.

    ``opens`` marks a drop capital, with which a paragraph begins.
    """

    char: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    page: int
    base: float
    spaced: bool
    font: str = ""
    opens: bool = False

    def moved(self, x: float, y: float) -> Glyph:
        """The same further right and down."""
        return replace(
            self, left=self.left + x, right=self.right + x, top=self.top + y, bottom=self.bottom + y, base=self.base + y
        )


@dataclass(slots=True, eq=False)
class Line:
    """Characters on one line of one column, from left to right; ``text`` has no spaces between them.

    A row of a ruled table is one line of ``cells``; ``framed``, they are frames of text to be read one after another.
    ``leads`` marks the first line of a part of a page that rules cut.
    """

    glyphs: list[Glyph]
    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    base: float
    font: str = ""
    cells: Cells = ()
    framed: bool = False
    leads: bool = False

    @staticmethod
    def of(glyphs: list[Glyph]) -> Line:
        """The line of the given characters."""
        return Line(
            glyphs,
            "".join([g.char for g in glyphs]),
            min([g.left for g in glyphs]),
            min([g.top for g in glyphs]),
            max([g.right for g in glyphs]),
            max([g.bottom for g in glyphs]),
            _usual([g.size for g in glyphs]),
            _usual([g.base for g in glyphs]),
            _most([g.font for g in glyphs]),
        )


def _usual(values: list[float]) -> float:
    """The value in tenths that comes most often, the first of equals."""
    one = values.count(values[0]) == len(values)
    return round(values[0], 1) if one else _most([round(value, 1) for value in values])


def _most(values: list[T]) -> T:
    """The value that comes most often, the first of equals."""
    first = values[0]
    return first if values.count(first) == len(values) else Counter(values).most_common(1)[0][0]


Cells = tuple[tuple[Line, ...], ...]
"""The lines in each cell of a row; none in an empty one."""
Column = list[Line]
