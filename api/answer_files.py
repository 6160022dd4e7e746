"""An answer as a file: Word with its sources below, or a workbook with its table and its sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from corpus.errors import UsageError
from corpus.files import replacing

ENDINGS = (".docx", ".xlsx")


@dataclass(frozen=True, slots=True)
class Told:
    """What of an answer goes into a file; ``sources`` are numbered references with what they say."""

    question: str
    text: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    caveats: Sequence[str]
    sources: Sequence[tuple[int, str, str]]


def write_answer(told: Told, out: Path) -> None:
    """Write an answer by the ending of the file.

    Raises:
        UsageError: the ending is unknown.
    """
    if out.suffix not in ENDINGS:
        raise UsageError(f"不支持的输出格式 {out.suffix!r}，请用 {'、'.join(ENDINGS)} 之一。")
    (_docx if out.suffix == ".docx" else _xlsx)(told, out)


def _docx(told: Told, out: Path) -> None:
    from answer.digest_docx import begun

    document = begun(told.question, date.today().isoformat())
    document.add_paragraph(told.question, style="Title")
    document.add_paragraph("", style="Subtitle")
    for line in told.text.split("\n"):
        document.add_paragraph(line)
    if told.rows:
        table = document.add_table(rows=1, cols=len(told.columns), style="Table Grid")
        for cell, text in zip(table.rows[0].cells, told.columns, strict=True):
            cell.text = text
        for row in told.rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
        for paragraph in (p for row in table.rows for cell in row.cells for p in cell.paragraphs):
            paragraph.style = "List"
    for caveat in told.caveats:
        document.add_paragraph(f"注意：{caveat}")
    document.add_paragraph("依据", style="Heading 1")
    for n, reference, quote in told.sources:
        document.add_paragraph(f"[{n}] {reference} 原文：{quote}", style="List")
    with replacing(out) as aside:
        document.save(str(aside))


def _xlsx(told: Told, out: Path) -> None:
    from extract.workbook.blocks import Block, Sheet
    from extract.workbook.xlsx import write_sheets

    heads = tuple((name, 18.0, "text") for name in told.columns) or (("回答", 100.0, "text"),)
    rows = told.rows or [(line,) for line in told.text.split("\n")]
    sources = (("编号", 7.0, "number"), ("出处", 60.0, "text"), ("原文", 60.0, "text"))
    sheets = [
        Sheet("回答", (Block(heads, iter([list(row) for row in rows]), (told.question, *told.caveats)),), frozen=1),  # type: ignore[arg-type]
        Sheet("依据", (Block(sources, iter([list(row) for row in told.sources]), ("依据", "")),), frozen=1),  # type: ignore[arg-type]
    ]
    write_sheets(sheets, out, title=told.question)
