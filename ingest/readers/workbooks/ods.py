"""ODS → sheets of cells, whose texts the file keeps as shown (OpenDocument 1.3 part 3, 9.1)."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from corpus.errors import ReadError
from ingest.readers.package import open_package, xml_items
from ingest.readers.workbooks.cell import Cell, Cells, Sheet, filled, written

_ASIDE = ("annotation", "note", "shapes")
_MOST_AGAIN = 1_000
"""The most columns or rows one filled cell or row is repeated over."""


def read_ods(data: bytes, name: str) -> Iterator[Sheet]:
    """The visible sheets of a workbook in their order.

    Raises:
        ReadError: kind ``too_large`` or ``encrypted``; any of ``package.BROKEN`` where it is damaged.
    """
    package = open_package(data, name)
    if _is_locked(package):
        raise ReadError("encrypted", f"表格 {name!r} 有密码，请去掉密码后再导入。")
    hidden = set[str]()
    for styles in xml_items(package, "content.xml", "automatic-styles"):
        hidden |= {_said(style, "name") for style in styles if any(_said(p, "display") == "false" for p in style)}
    for table in xml_items(package, "content.xml", "table"):
        if _said(table, "style-name") not in hidden and _tag(table.getparent()) == "spreadsheet":
            yield Sheet(_said(table, "name"), filled(_rows(table)))


def _is_locked(package: zipfile.ZipFile) -> bool:
    manifest = "META-INF/manifest.xml"
    return manifest in package.namelist() and b"encryption-data" in package.read(manifest)


def _rows(table: Any) -> Iterator[Cells]:  # noqa: ANN401
    for row in table.iter("{*}table-row"):
        cells: Cells = {}
        at = 0
        for each in row.iterchildren("{*}table-cell", "{*}covered-table-cell"):
            again = _count(each, "number-columns-repeated")
            if _tag(each) == "table-cell" and (cell := _cell(each)).text:
                cells |= dict.fromkeys(range(at, at + min(again, _MOST_AGAIN)), cell)
            at += again
        for _ in range(min(_count(row, "number-rows-repeated"), _MOST_AGAIN) if cells else 0):
            yield cells


def _cell(cell: Any) -> Cell:  # noqa: ANN401
    paragraphs = [_text(p) for p in cell.iterchildren("{*}p")]
    text = written("\n".join(paragraphs)).text or _said(cell, "value")
    moment = _said(cell, "date-value")
    try:
        return Cell(text or moment, datetime.fromisoformat(moment).date().isoformat() if moment else None)
    except ValueError:
        return Cell(text)


def _text(element: Any) -> str:  # noqa: ANN401
    """The text of a paragraph, spaces and breaks written as elements put back."""
    out = [element.text or ""]
    for child in element:
        kind = _tag(child)
        if kind in ("s", "tab", "line-break"):
            out.append("\n" if kind == "line-break" else " ")
        elif kind not in _ASIDE:
            out.append(_text(child))
        out.append(child.tail or "")
    return "".join(out)


def _count(element: Any, name: str) -> int:  # noqa: ANN401
    said = _said(element, name)
    return int(said) if said.isdigit() else 1


def _said(element: Any, name: str) -> str:  # noqa: ANN401
    """An attribute by its local name."""
    return next((str(v) for k, v in element.attrib.items() if str(k).rpartition("}")[2] == name), "")


def _tag(element: Any) -> str:  # noqa: ANN401
    return str(element.tag).rpartition("}")[2] if element is not None else ""
