"""An answer as a file: Word with its sources below, or a workbook with its tables and its sources.

Every figure keeps the number [n] of its source: in Word behind the text, in a workbook beside it, so that a figure is
a number that can be reckoned with, and leads to its row of 依据.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import UsageError
from corpus.files import replacing
from corpus.labels import EVIDENCE
from extract.workbook.blocks import Block, Cell, Kind, Link, Sheet

if TYPE_CHECKING:
    from docx.document import Document

ENDINGS = (".docx", ".xlsx")
ANSWER = "回答"
"""The name of the first sheet."""
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d+)?")
_MOST_ABOVE = 6
"""Lines above a table that stay in sight with its head."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table under a name; ``citations`` are the numbers of the sources of each cell."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    citations: Sequence[Sequence[Sequence[int]]]


@dataclass(frozen=True, slots=True)
class Told:
    """What of an answer goes into a file; ``sources`` are numbered references with what they say.

    ``marking``: what their articles are marked with (内部资料).
    """

    question: str
    text: str
    tables: Sequence[Grid]
    caveats: Sequence[str]
    sources: Sequence[tuple[int, str, str]]
    marking: str = ""


def write_answer(told: Told, out: Path) -> None:
    """Write an answer by the ending of the file.

    Raises:
        UsageError: the ending is unknown.
    """
    if out.suffix not in ENDINGS:
        raise UsageError(f"不支持的输出格式 {out.suffix!r}，请用 {'、'.join(ENDINGS)} 之一。")
    (_docx if out.suffix == ".docx" else _xlsx)(told, out)


# --- Word -------------------------------------------------------------------------------------------------------------


def _docx(told: Told, out: Path) -> None:
    from answer.digest_docx import begun

    document = begun(told.question, date.today().isoformat())
    if told.marking:
        document.add_paragraph(told.marking, style="Marking")
    document.add_paragraph(told.question, style="Title")
    document.add_paragraph("", style="Subtitle")
    for line in told.text.split("\n"):
        document.add_paragraph(line)
    for n, grid in enumerate(told.tables):
        if n:
            document.add_paragraph(grid.name, style="Heading 1")
        _table(document, grid)
    for caveat in told.caveats:
        document.add_paragraph(f"注意：{caveat}")
    document.add_paragraph(EVIDENCE, style="Heading 1")
    for n, reference, quote in told.sources:
        document.add_paragraph(f"[{n}] {reference} 原文：{quote}", style="List")
    with replacing(out) as aside:
        document.save(str(aside))


def _table(document: Document, grid: Grid) -> None:
    table = document.add_table(rows=1, cols=len(grid.columns), style="Table Grid")
    for cell, text in zip(table.rows[0].cells, grid.columns, strict=True):
        cell.text = text
    for row, cited in zip(grid.rows, grid.citations, strict=True):
        before: Sequence[int] = ()
        for cell, text, numbers in zip(table.add_row().cells, row, cited, strict=True):
            # A row's marks stand once, at the first cell that has them.
            cell.text = text if numbers == before else text + _marks(numbers)
            before = numbers or before
    for paragraph in (p for row in table.rows for cell in row.cells for p in cell.paragraphs):
        paragraph.style = "List"


def _marks(numbers: Sequence[int]) -> str:
    return "".join(f"[{n}]" for n in dict.fromkeys(numbers))


# --- a workbook -------------------------------------------------------------------------------------------------------


def _xlsx(told: Told, out: Path) -> None:
    from extract.workbook.xlsx import write_sheets

    write_sheets(list(_sheets(told)), out, marking=told.marking, title=told.question)


def _sheets(told: Told) -> Iterator[Sheet]:
    rows = {n: at for at, (n, _, _) in enumerate(told.sources, 1)}
    lines = told.text.split("\n") if told.text else []
    if not told.tables:
        block = Block(((ANSWER, 100.0, "text"),), [[line] for line in lines], (told.question, *told.caveats))
        yield Sheet(ANSWER, (block,), listed=False)
    for n, grid in enumerate(told.tables):
        above = () if n else (told.question, *lines, *told.caveats)
        in_sight = len(above) <= _MOST_ABOVE
        yield Sheet(grid.name, (_block(grid, rows, above),), frozen=1, listed=in_sight, repeated=True)
    heads: tuple[tuple[str, float, Kind], ...] = (
        ("编号", 7.0, "number"),
        ("出处", 60.0, "text"),
        ("原文", 60.0, "text"),
    )
    yield Sheet(EVIDENCE, (Block(heads, [list(row) for row in told.sources]),), frozen=1)


def _block(grid: Grid, sources: dict[int, int], above: tuple[str, ...]) -> Block:
    """The table, numbers as numbers; the marks of sources behind each cell, or once behind rows of one source each."""
    alone = all(len({tuple(cell) for cell in row if cell}) <= 1 for row in grid.citations)
    cited = [c for c in range(len(grid.columns)) if any(row[c] for row in grid.citations)]
    behind = [len(grid.columns) - 1] if alone and cited else cited
    heads: list[tuple[str, float, Kind]] = []
    for column, name in enumerate(grid.columns):
        heads.append((name, 18.0, "text"))
        if column in behind:
            heads.append((EVIDENCE, 8.0, "text"))
    made: list[list[Cell | Link]] = []
    for row, numbers in zip(grid.rows, grid.citations, strict=True):
        cells: list[Cell | Link] = []
        for column, text in enumerate(row):
            cells.append(Decimal(text) if _NUMBER.fullmatch(text) else text)
            if column in behind:
                told = next((each for each in numbers if each), ()) if alone else numbers[column]
                cells.append(_link(told, sources))
        made.append(cells)
    return Block(tuple(heads), made, above)


def _link(numbers: Sequence[int], sources: dict[int, int]) -> Cell | Link:
    """The marks of a cell, leading to the first of its sources."""
    known = [n for n in numbers if n in sources]
    return Link(_marks(numbers), sources[known[0]]) if known else _marks(numbers)
