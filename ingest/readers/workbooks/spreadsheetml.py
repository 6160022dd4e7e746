"""Excel 2003 XML, which many systems export as .xls → sheets of cells (Microsoft XML Spreadsheet Reference)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from ingest.readers.package import parse_xml
from ingest.readers.workbooks.cell import Cell, Cells, Sheet, filled, truth, written
from ingest.readers.workbooks.numberformat import BUILT_IN, GENERAL, serial, shown

_NAMED = {
    "General Number": GENERAL, "Fixed": "0.00", "Standard": "#,##0.00", "Percent": "0.00%", "Currency": BUILT_IN[7],
    "Short Date": BUILT_IN[14], "Medium Date": BUILT_IN[15], "Long Date": BUILT_IN[31], "General Date": BUILT_IN[22],
    "Short Time": BUILT_IN[20], "Medium Time": BUILT_IN[18], "Long Time": BUILT_IN[21],
}  # fmt: skip


def read_spreadsheetml(data: bytes) -> Iterator[Sheet]:
    """The visible sheets of a workbook in their order.

    Raises:
        SyntaxError: it is damaged.
    """
    book = parse_xml(data)
    codes = {}
    for style in book.iterfind("{*}Styles/{*}Style"):
        code = next((_said(f, "Format") for f in style.iterchildren("{*}NumberFormat")), "")
        codes[_said(style, "ID")] = _NAMED.get(code, code)
    for sheet in book.iterchildren("{*}Worksheet"):
        if not any((e.text or "").startswith("SheetHidden") for e in sheet.iterfind("{*}WorksheetOptions/{*}Visible")):
            yield Sheet(_said(sheet, "Name"), filled(_row(row, codes) for row in sheet.iterfind("{*}Table/{*}Row")))


def _row(row: Any, codes: dict[str, str]) -> Cells:  # noqa: ANN401
    cells: Cells = {}
    at = 0
    for cell in row.iterchildren("{*}Cell"):
        at = _count(cell, "Index") - 1 if _count(cell, "Index") else at
        for value in cell.iterchildren("{*}Data"):
            cells[at] = _cell(value, codes.get(_said(cell, "StyleID"), codes.get("Default", "")))
        at += 1 + _count(cell, "MergeAcross")
    return cells


def _cell(value: Any, code: str) -> Cell:  # noqa: ANN401
    text, kind = "".join(value.itertext()), _said(value, "Type")
    try:
        if kind == "Number":
            return shown(float(text), code)
        if kind == "DateTime":
            return shown(serial(datetime.fromisoformat(text).replace(tzinfo=None)), code or BUILT_IN[14])
    except ValueError:
        return written(text)
    return truth(text.strip() == "1") if kind == "Boolean" else written(text)


def _count(element: Any, name: str) -> int:  # noqa: ANN401
    said = _said(element, name)
    return int(said) if said.isdigit() else 0


def _said(element: Any, name: str) -> str:  # noqa: ANN401
    """An attribute by its local name."""
    return next((str(v) for k, v in element.attrib.items() if str(k).rpartition("}")[2] == name), "")
