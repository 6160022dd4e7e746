"""Pages of columns on ReportLab's canvas, filled one after the other."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from evals.layouts.county.reportlab import _fitting, _Row, _Setter
from evals.layouts.layouts import LAYOUTS, style_of
from evals.layouts.model import Bulletin, Figure, Item

_PICTURE = 78.0
RED, BLUE = (0.66, 0.08, 0.08), (0.07, 0.3, 0.5)


class Sheet(_Setter):
    """Fills one column after the other; pictures are as wide as a column."""

    count = 3
    gutter = 18.0

    def __init__(self, bulletin: Bulletin, rng: random.Random, turn: int, layout: str, size: float) -> None:
        self.turn = turn
        own = next(x for x in LAYOUTS if x.name == layout)
        style = replace(style_of(turn, own), size=size, pitch=rng.choice([1.5, 1.6, 1.7]), gutter=self.gutter)
        super().__init__(bulletin, style)

    @property
    def measure(self) -> float:
        """The width of a column."""
        return (self.page.width - self.gutter * (self.count - 1)) / self.count

    def left(self, column: int) -> float:
        """The left edge of a column."""
        return self.page.left + column * (self.measure + self.gutter)

    def put(self, row: _Row, left: float, y: float, width: float, inset: float = 0.0) -> None:
        """A row, or a picture."""
        if row.kind == "picture":
            self.canvas.setFillColorRGB(0.78, 0.84, 0.88)
            foot = y + (1 + len(row.lines)) * row.size * 1.35
            self.canvas.rect(left, foot, width, _PICTURE, stroke=0, fill=1)
            self.canvas.setFillGray(0)
            for i, text in enumerate(row.lines, 1):
                line = replace(row, text=text, kind="text", align="centre")
                super().put(line, left, foot - i * row.size * 1.35, width)
        elif row.kind == "bar":
            self.canvas.setFillColorRGB(*(RED if self.turn != 1 else BLUE))
            self.canvas.rect(left, y - 1, width, row.size * 1.5, stroke=0, fill=1)
            self.canvas.setFillGray(1)
            super().put(replace(row, kind="text"), left, y + 1, width, 5)
            self.canvas.setFillGray(0)
        else:
            super().put(row, left, y, width, inset)

    def headline(self, item: Item, size: float, width: float, align: str) -> list[_Row]:
        """Title and subtitle, with room around them."""
        rows = [row for line in item.title for row in self.lines(line, self.bold, size, width, align)]
        rows += self.lines(f"——{item.subtitle}", self.kai, self.size * 1.1, width, align) if item.subtitle else []
        rows += self.lines(item.byline, self.kai, self.size, width, align) if item.byline else []
        first = replace(rows[0], height=rows[0].height + self.pitch * 0.6)
        return [first, *rows[1:], _Row("", self.body, 1, self.pitch * 0.35, kind="head")]

    def told(self, item: Item) -> list[_Row]:
        """The lines of the text with its pictures."""
        figures = {figure.at: figure for figure in item.figures}
        rows: list[_Row] = []
        for i, part in enumerate(item.parts):
            rows += self._part(part, "")
            rows += [self._picture(figures[i])] if i in figures else []
        if item.source_as_set:
            rows += self.lines(item.source_as_set, self.kai, self.size, self.measure, "right", "text")
        return rows

    def _picture(self, figure: Figure) -> _Row:
        """A picture with the lines below it."""
        size = self.size * 0.88
        lines = self.wrap(figure.caption, self.kai, size, self.measure)
        return _Row(
            "", self.kai, size, _PICTURE + (1 + len(lines)) * size * 1.35 + 8, kind="picture", lines=tuple(lines)
        )

    def flow(self, rows: Sequence[_Row], column: int, top: float, bottom: float) -> tuple[list[_Row], float]:
        """Rows in one column; what is left of them, and where the column ends."""
        taken, y = _fitting(rows, top - bottom), top
        for row in rows[:taken]:
            y -= row.height
            self.put(row, self.left(column), y, self.measure)
        return list(rows[taken:]), y
