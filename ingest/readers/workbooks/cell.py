"""What every format of workbook gives: sheets of rows of cells, only those that say something."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows, and the ISO day it holds, whatever its format shows of it."""

    text: str
    day: str | None = None


Cells = dict[int, Cell]
"""A row: its cells by their column, from 0."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A visible sheet, its rows read as they are asked for; ``margins`` is what its pages print above and below."""

    name: str
    rows: Iterable[Cells]
    margins: tuple[str, ...] = ()


def written(text: str) -> Cell:
    r"""A cell of text: tabs part cells, so in one they are spaces.

    >>> written("　新市镇\t东\r\n").text
    '新市镇 东'
    """
    return Cell(re.sub(r"[\t ]+", " ", text).replace("\r\n", "\n").replace("\r", "\n").strip(" 　\n"))


def truth(value: bool) -> Cell:
    """A cell of yes or no."""
    return Cell("是" if value else "否")


def filled(rows: Iterable[Cells]) -> Iterator[Cells]:
    """The rows that say something, without their empty cells."""
    for row in rows:
        if said := {c: cell for c, cell in row.items() if cell.text}:
            yield said
