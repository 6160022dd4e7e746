"""XLS and ET → sheets of cells: values by calamine, their number formats from the records ([MS-XLS] 2.4)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

from corpus.errors import ReadError
from ingest.readers.workbooks.cell import Cell, Cells, Sheet, filled, truth, written
from ingest.readers.workbooks.numberformat import BUILT_IN, GENERAL, serial, shown

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_BOUNDSHEET, _FORMAT, _XF, _EOF = 0x85, 0x41E, 0xE0, 0x0A
_NUMBER, _RK, _MULRK, _FORMULA = 0x203, 0x27E, 0xBD, 0x06
_CELLS = frozenset({_NUMBER, _RK, _MULRK, _FORMULA, 0xFD, 0x204, 0x205, 0xD6})
"""The records of cells that say something, which begin with their row and column."""
_MOST = 2_000_000
Codes = dict[tuple[int, int], str]


def read_xls(data: bytes, name: str) -> Iterator[Sheet]:
    """The visible sheets of a workbook in their order.

    Raises:
        ReadError: kind ``encrypted`` or ``damaged``.
    """
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
        codes = _codes(data)
        for n, found in enumerate(book.sheets_metadata):
            if found.visible == python_calamine.SheetVisibleEnum.Visible:
                rows = _rows(book.get_sheet_by_name(found.name), codes[n] if n < len(codes) else {})
                yield Sheet(found.name, filled(rows))
    except python_calamine.PasswordError as exc:
        raise ReadError("encrypted", f"表格 {name!r} 有密码，请去掉密码后再导入。") from exc
    except python_calamine.CalamineError as exc:
        raise ReadError("damaged", f"表格 {name!r} 已损坏，读不出来，请另存为 .xlsx 后再导入。") from exc


def is_scattered(data: bytes) -> bool:
    """Whether a workbook has a cell so far from the others that a full sheet up to it would take a gigabyte."""
    try:
        book, _ = _book(data)
        starts = [struct.unpack_from("<I", body)[0] for kind, body in _records(book, 0) if kind == _BOUNDSHEET]
        return any(_area(book, at) > _MOST for at in starts)
    except (OSError, struct.error):
        return False


def _area(book: bytes, at: int) -> int:
    """The cells of the smallest rectangle that holds all cells of a sheet."""
    cells = [struct.unpack_from("<HH", body) for kind, body in _records(book, at) if kind in _CELLS]
    wide, high = ([place[i] for place in cells] for i in (1, 0))
    return (max(wide) - min(wide) + 1) * (max(high) - min(high) + 1) if cells else 0


def _rows(sheet: CalamineSheet, codes: Codes) -> Iterator[Cells]:
    top, left = sheet.start or (0, 0)
    for r, row in enumerate(sheet.iter_rows(), top):
        yield {c: _cell(value, codes.get((r, c), "")) for c, value in enumerate(row, left) if value != ""}


def _cell(value: object, code: str) -> Cell:
    if isinstance(value, bool):
        return truth(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value, time())
    if isinstance(value, datetime):
        return shown(serial(value), code or BUILT_IN[14])
    if isinstance(value, time):
        value = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    if isinstance(value, timedelta):
        return shown(value / timedelta(days=1), code or BUILT_IN[21])
    return shown(float(value), code) if isinstance(value, int | float) else written(str(value))


def _codes(data: bytes) -> list[Codes]:
    """The number formats of the cells of each sheet that holds cells, as far as they can be told."""
    book, wide = _book(data)
    named, styles, starts = dict(BUILT_IN), list[int](), list[int]()
    try:
        for kind, body in _records(book, 0):
            if kind == _FORMAT:
                named[struct.unpack_from("<H", body)[0]] = _string(body[2:], wide=wide)
            elif kind == _XF:
                styles.append(struct.unpack_from("<H", body, 2)[0])
            elif kind == _BOUNDSHEET:
                starts.append(struct.unpack_from("<I", body)[0])
        codes = [named.get(style, GENERAL) for style in styles]
        return [dict(_styled(book, at, codes)) for at in starts]
    except (struct.error, IndexError):
        return []


def _book(data: bytes) -> tuple[bytes, bool]:
    """The stream of a workbook, and whether its strings count in two bytes (BIFF8)."""
    import olefile

    with olefile.OleFileIO(BytesIO(data)) as package:
        wide = package.exists("Workbook")
        return package.openstream("Workbook" if wide else "Book").read(), wide


def _records(book: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records of one substream."""
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        if kind == _EOF:
            return
        yield kind, book[at + 4 : at + 4 + length]
        at += 4 + length


def _styled(book: bytes, at: int, codes: list[str]) -> Iterator[tuple[tuple[int, int], str]]:
    """Row, column and format of the numbers of a sheet."""
    for kind, body in _records(book, at):
        found: list[tuple[int, int, int]] = []
        if kind in (_NUMBER, _RK, _FORMULA):
            found.append(struct.unpack_from("<HHH", body))
        elif kind == _MULRK:
            row, first = struct.unpack_from("<HH", body)
            found += [(row, first + i, *struct.unpack_from("<H", body, 4 + 6 * i)) for i in range((len(body) - 6) // 6)]
        for row, column, style in found:
            if style < len(codes):
                yield (row, column), codes[style]


def _string(body: bytes, *, wide: bool) -> str:
    """The text of a format: BIFF8 counts in two bytes and says how wide its characters are, BIFF5 in one."""
    if not wide:
        return body[1 : 1 + body[0]].decode("gb18030", "replace")
    count, flag, text = int.from_bytes(body[:2], "little"), body[2], body[3:]
    return text[: 2 * count].decode("utf-16-le", "replace") if flag & 1 else text[:count].decode("latin-1")
