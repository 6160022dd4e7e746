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
    """Characters on one line of one column, from left to right."""

    glyphs: list[Glyph]
    left: float
    top: float
    right: float
    bottom: float
    size: float
    base: float
    font: str = ""

    @staticmethod
    def of(glyphs: list[Glyph]) -> Line:
        """The line of the given characters."""
        return Line(
            glyphs,
            min([g.left for g in glyphs]),
            min([g.top for g in glyphs]),
            max([g.right for g in glyphs]),
            max([g.bottom for g in glyphs]),
            _most([round(g.size, 1) for g in glyphs]),
            _most([round(g.base, 1) for g in glyphs]),
            _most([g.font for g in glyphs]),
        )

    @property
    def text(self) -> str:
        """Its characters without the spaces between them."""
        return "".join(g.char for g in self.glyphs)


def _most(values: list[T]) -> T:
    """The value that comes most often, the first of equals."""
    first = values[0]
    return first if values.count(first) == len(values) else Counter(values).most_common(1)[0][0]


Column = list[Line]
