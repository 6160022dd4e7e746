"""The workbook as .xlsx: A4 landscape, 宋体, heads repeated and frozen. Text is only ever written as text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from corpus.errors import UsageError
from corpus.files import replacing
from extract.workbook.blocks import Block, Formula, Link, Sheet
from extract.workbook.content import Content
from extract.workbook.sheets import EVIDENCE_SHEET, sheets

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

_MOST_ROWS = 1_048_000
_PAGE = 190
"""Characters across a printed page; columns beyond go to the next."""
_LINE = 13.5
"""Points of a line of text; a row has at most 409."""
_MOST_CHARACTERS = 32_767
_CUT = "……（过长，以下略，见原文）"
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff￾￿]")


def write_xlsx(content: Content, path: Path) -> None:
    """Write the workbook.

    Raises:
        UsageError: a sheet cannot hold so many rows.
        LibraryError: the file cannot be written.
    """
    if (count := content.survey.counts.total()) > _MOST_ROWS:
        raise UsageError(f"数据有 {count} 条，超出表格上限。请加筛选条件，或导出 .csv、.parquet。")
    write_sheets(sheets(content), path, marking=content.marking)


def write_sheets(made: Iterable[Sheet], path: Path, *, marking: str = "", title: str = "通鉴资料库导出") -> None:
    """Write sheets as they are made.

    Raises:
        LibraryError: the file cannot be written.
    """
    from xlsxwriter import Workbook

    look = {"font_name": "宋体", "font_size": 10}
    options = {"constant_memory": True, "default_format_properties": look, "strings_to_urls": False}
    with replacing(path) as aside, Workbook(str(aside), options) as book:
        book.set_properties({"title": title, "author": "通鉴"})
        styles = _Styles(book)
        for sheet in made:
            _write(book.add_worksheet(sheet.name), sheet, styles, marking=marking)


class _Styles:
    """The formats of a workbook, made once each."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[int, bool], Format] = {}
        border = {"border": 1, "border_color": "#A6A6A6", "valign": "vcenter"}
        self._border = border
        self.text = book.add_format({**border, "text_wrap": True, "num_format": "@"})
        self.index = book.add_format({**border, "align": "center", "num_format": "0"})
        self.head = book.add_format(
            {**border, "bold": True, "bg_color": "#E7ECEF", "align": "center", "text_wrap": True}
        )
        self.title = book.add_format({"bold": True, "font_size": 12})
        self.line = book.add_format({"font_color": "#595959"})
        self.percent = book.add_format({**border, "num_format": "0.0%"})

    def number(self, decimals: int, *, noted: bool = False) -> Format:
        """A number with as many decimals as its source gives; ``noted`` ones are tinted."""
        key = decimals, noted
        if key not in self._made:
            pattern = "0" + ("." + "0" * decimals if decimals else "")
            tint = {"bg_color": "#FFF6DD"} if noted else {}
            self._made[key] = self._book.add_format({**self._border, **tint, "num_format": pattern})
        return self._made[key]


def _write(page: Worksheet, sheet: Sheet, styles: _Styles, *, marking: str) -> None:
    _paper(page, sheet, marking=marking)
    widths = [width for _, width, _ in sheet.blocks[0].heads]
    at = 0
    for n, block in enumerate(sheet.blocks):
        for i, line in enumerate(block.above):
            page.write_string(at, 0, line, styles.line if i else styles.title)
            at += 1
        head = at
        at = _block(page, block, head, styles, widths)
        if block.choices:
            column = [name for name, *_ in block.heads].index(block.choices[0])
            page.data_validation(head + 1, column, at, column, {"validate": "list", "source": list(block.choices[1])})
        if n == 0:
            _columns(page, sheet, head, at - 1)
        at += 1


def _columns(page: Worksheet, sheet: Sheet, head: int, last: int) -> None:
    heads = sheet.blocks[0].heads
    for column, (_, width, _) in enumerate(heads):
        page.set_column(column, column, width)
    if sheet.listed or sheet.repeated:
        page.repeat_rows(head)
    if sheet.listed:
        page.freeze_panes(head + 1, sheet.frozen)
        page.autofilter(head, 0, max(last, head + 1), len(heads) - 1)


def _paper(page: Worksheet, sheet: Sheet, *, marking: str) -> None:
    page.set_paper(9)
    page.set_landscape()
    page.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.6)
    page.set_footer("&C第 &P 页，共 &N 页")
    if marking:
        page.set_header(f"&L{marking}")
    page.fit_to_pages(ceil(sum(width for _, width, _ in sheet.blocks[0].heads) / _PAGE), 0)
    if sheet.frozen:
        page.repeat_columns(0, sheet.frozen - 1)
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


def _block(page: Worksheet, block: Block, at: int, styles: _Styles, widths: Sequence[float]) -> int:
    """Write heads and rows from row ``at`` on; the row after them."""
    page.set_row(at, 2 * _LINE + 3)
    for column, (head, _, _) in enumerate(block.heads):
        page.write_string(at, column, head, styles.head)
    for row in block.rows:
        at += 1
        page.set_row(at, min(409, _LINE * _lines(row, widths) + 1.5))
        for column, cell in enumerate(row):
            _cell(page, (at, column), cell, styles)
    return at + 1


def _lines(row: Sequence[object], widths: Sequence[float]) -> int:
    """Lines the fullest cell takes: spreadsheets other than Excel do not work out the height of wrapped rows."""
    longest = 1
    for cell, width in zip(row, widths, strict=False):
        if isinstance(cell, str) and len(cell) * 2 > width:
            longest = max(longest, sum(ceil(display_width(part) / width) or 1 for part in cell.split("\n")))
    return longest


def display_width(text: str) -> int:
    """Columns a text takes on a line: a Chinese character takes two.

    >>> display_width("县级2个")
    7
    """
    return sum(2 if east_asian_width(char) in "FWA" else 1 for char in text)


def _cell(page: Worksheet, at: tuple[int, int], cell: object, styles: _Styles) -> None:
    noted = isinstance(cell, Link) and cell.noted
    if isinstance(cell, Link):
        page.write_url(*at, f"internal:'{EVIDENCE_SHEET}'!A{cell.row + 1}", styles.number(0), "")
        cell = cell.cell
    if isinstance(cell, Formula):
        page.write_formula(*at, cell.text, styles.percent if cell.percent else styles.index, "")
    elif cell is None:
        page.write_blank(*at, None, styles.text)
    elif isinstance(cell, int):
        page.write_number(*at, cell, styles.index)
    elif isinstance(cell, Decimal):
        page.write_number(*at, float(cell), styles.number(decimals(cell), noted=noted))
    else:
        page.write_string(*at, clean(str(cell)), styles.text)


def decimals(value: Decimal) -> int:
    """The decimals a number is shown with.

    >>> decimals(Decimal("95.40")), decimals(Decimal("2.4E+8"))
    (2, 0)
    """
    exponent = value.as_tuple().exponent
    return min(max(0, -exponent), 10) if isinstance(exponent, int) else 0


def clean(text: str) -> str:
    r"""A text that a cell can hold: no control characters, no half surrogates, no markup, at most 32,767 characters.

    >>> clean("第一行\x0c\r\n第二行"), clean("<r>x</r>")
    ('第一行\n第二行', ' <r>x</r>')
    """
    text = _CONTROLS.sub("", text)
    if text.startswith("<r>"):
        # XlsxWriter takes such a string for ready-made XML.
        text = " " + text
    return text if len(text) <= _MOST_CHARACTERS else text[: _MOST_CHARACTERS - len(_CUT)] + _CUT
