"""XLSX, XLSM and XLTX → sheets of cells (ECMA-376 part 1, 18), a row at a time; macros are not looked at."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Any

from ingest.readers.package import open_package, parse_xml, xml_items
from ingest.readers.workbooks.cell import Cell, Cells, Sheet, filled, truth, written
from ingest.readers.workbooks.numberformat import BUILT_IN, GENERAL, serial, shown

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CODE = re.compile(r"&(?:[A-JL-Z]|\"[^\"]*\"|K[0-9A-Fa-f]{6}|\d{1,3})")
"""A code of a page head: a field, or how what follows is set."""
_MARGIN = re.compile(r"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)[^>]*>([^<]+)<")
_BLOCK, _TAIL = 1 << 16, 1 << 20
_COLUMN = re.compile(r"[A-Z]{1,3}")


def read_xlsx(data: bytes, name: str) -> Iterator[Sheet]:
    """The visible sheets of a workbook in their order.

    Raises:
        ReadError: kind ``too_large``; any of ``package.BROKEN`` where it is damaged.
    """
    package = open_package(data, name)
    top = _book_path(package)
    targets = _relations(package, top)
    book = parse_xml(package.read(top))
    parts = {kind: path for kind, path in targets.values()}
    cells = _Cells(
        list(_strings(package, parts.get("sharedStrings", ""))),
        list(_codes(package, parts.get("styles", ""))),
        any(e.get("date1904") in ("1", "true") for e in book.iter("{*}workbookPr")),
    )
    for sheet in book.iter("{*}sheet"):
        link = next((v for k, v in sheet.attrib.items() if str(k).endswith("}id")), "")
        kind, path = targets.get(str(link), ("", ""))
        if kind == "worksheet" and sheet.get("state", "visible") == "visible":
            rows = filled(map(cells.row, xml_items(package, path, "row")))
            yield Sheet(str(sheet.get("name", "")), rows, tuple(_margins(package, path)))


def _margins(package: zipfile.ZipFile, path: str) -> Iterator[str]:
    """What a sheet prints above and below its pages (18.3.1.46): it stands behind all its cells."""
    end = b""
    with package.open(path) as sheet:
        while block := sheet.read(_BLOCK):
            end = (end + block)[-_TAIL:]
    for m in _MARGIN.finditer(end.decode("utf-8", "ignore")):
        for part in re.split("&[LCR]", unescape(unescape(m[1]))):
            said = _CODE.sub("", part).strip()
            yield from dict.fromkeys(each for each in (said, *said.split()) if each)


def _book_path(package: zipfile.ZipFile) -> str:
    found = [path for kind, path in _relations(package, "").values() if kind == "officeDocument"]
    return found[0] if found else "xl/workbook.xml"


def _relations(package: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Kind and path of what a part refers to, by id."""
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path not in package.namelist():
        return {}
    found = {}
    for each in parse_xml(package.read(path)).iterchildren("{*}Relationship"):
        kind, target = str(each.get("Type", "")).rsplit("/", 1)[-1], str(each.get("Target", ""))
        whole = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
        found[str(each.get("Id"))] = (kind, whole)
    return found


def _strings(package: zipfile.ZipFile, path: str) -> Iterator[str]:
    for item in xml_items(package, path, "si") if path else ():
        yield _text(item)


def _text(item: Any) -> str:  # noqa: ANN401
    """The text of an item without its phonetic guide."""
    said = "".join(t.text or "" for t in item.iter("{*}t") if not str(t.getparent().tag).endswith("}rPh"))
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), said)


def _codes(package: zipfile.ZipFile, path: str) -> Iterator[str]:
    """The number format of each cell style."""
    if not path:
        return
    styles = parse_xml(package.read(path))
    own = {e.get("numFmtId"): str(e.get("formatCode", "")) for e in styles.iterfind("{*}numFmts/{*}numFmt")}
    for style in styles.iterfind("{*}cellXfs/{*}xf"):
        number = str(style.get("numFmtId", "0"))
        yield own.get(number) or BUILT_IN.get(int(number) if number.isdigit() else 0, GENERAL)


@dataclass(frozen=True, slots=True)
class _Cells:
    """Reads rows with what the workbook keeps apart: texts, formats, and the day it counts from."""

    strings: list[str]
    codes: list[str]
    since_1904: bool

    def row(self, row: Any) -> Cells:  # noqa: ANN401
        """The cells of a row; one that does not say where it stands is next to the last."""
        found: Cells = {}
        column = -1
        for cell in row.iterchildren("{*}c"):
            letters = _COLUMN.match(str(cell.get("r", "")))
            column = _index(letters.group()) if letters else column + 1
            found[column] = self._cell(cell)
        return found

    def _cell(self, cell: Any) -> Cell:  # noqa: ANN401
        kind, value = cell.get("t", "n"), str(cell.findtext("{*}v") or "")
        if kind == "inlineStr":
            return written("".join(_text(item) for item in cell.iterchildren("{*}is")))
        if not value.strip():
            return Cell("")
        if kind == "s":
            at = int(value)
            return written(self.strings[at] if 0 <= at < len(self.strings) else "")
        if kind == "b":
            return truth(value.strip() in ("1", "true"))
        if kind not in ("n", "d"):
            return written(_ESCAPED.sub(lambda m: chr(int(m[1], 16)), value))
        try:
            moment = serial(datetime.fromisoformat(value).replace(tzinfo=None)) if kind == "d" else float(value)
        except ValueError:
            return written(value)
        style = str(cell.get("s", "0"))
        code = self.codes[int(style)] if style.isdigit() and int(style) < len(self.codes) else GENERAL
        return shown(moment, code, since_1904=self.since_1904 and kind == "n")


def _index(letters: str) -> int:
    """The number of a column, from 0.

    >>> _index("A"), _index("XFD")
    (0, 16383)
    """
    at = 0
    for letter in letters:
        at = at * 26 + ord(letter) - 64
    return at - 1
