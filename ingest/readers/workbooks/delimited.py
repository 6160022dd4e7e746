"""Delimited text → rows of cells, each of which knows where it stands in the text (RFC 4180, taken leniently)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ingest.traced import Traced, join

Row = list[Traced]
_TOLD = re.compile(r"\ufeff?sep=([,;\t|])[ \t]*\r?\n", re.I)
"""The first line by which a spreadsheet is told what parts cells."""


def read_delimited(text: str) -> list[Row]:
    r"""The rows of a delimited text.

    A quotation mark opens a cell only at its beginning and where another closes it before a delimiter or line end; any
    other is a character; so is one that joins lines to a record of more or fewer cells than the heads, where its first
    line alone has as many.

    >>> [[cell.text for cell in row] for row in read_delimited('镇,屏\n新市镇,5"\n"武康,3\n')]
    [['镇', '屏'], ['新市镇', '5"'], ['"武康', '3']]
    """
    told = _TOLD.match(text)
    at = told.end() if told else 0
    first = next((line for line in text[at:].splitlines() if line.strip()), "")
    delimiter = told[1] if told else max(",\t;|", key=first.count)
    rows: list[Row] = []
    wide = 0
    while at < len(text):
        row, end = _record(text, at, delimiter)
        if wide > 1 and len(row) != wide and _lines(text, at, end) > 1:
            plain, short = _record(text, at, delimiter, quotes=False)
            row, end = (plain, short) if len(plain) == wide else (row, end)
        wide = wide or len(row)
        rows.append(row)
        at = end
    return rows


def _lines(text: str, start: int, end: int) -> int:
    return len(text[start:end].splitlines())


def _record(text: str, at: int, delimiter: str, *, quotes: bool = True) -> tuple[Row, int]:
    """The cells of the record that begins at an offset, and where the next begins."""
    quoted, bare = _patterns(delimiter)
    row: Row = []
    while True:
        m = (quoted.match(text, at) if quotes else None) or bare.match(text, at)
        assert m is not None
        cell = Traced.of(m.group(), at).strip(" ")
        row.append(_unquoted(cell) if m.re is quoted else cell)
        at = m.end()
        if text[at : at + 1] == delimiter:
            at += 1
            continue
        at += 2 if text[at : at + 2] == "\r\n" else 1
        return row, at


@cache
def _patterns(delimiter: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A cell in quotation marks, and any other."""
    ends = rf"(?={re.escape(delimiter)}|\r|\n|\Z)"
    return re.compile(rf' *+"(?:[^"]|"")*+" *+{ends}'), re.compile(rf"[^{re.escape(delimiter)}\r\n]*")


def _unquoted(cell: Traced) -> Traced:
    """A cell without its quotation marks; a doubled one inside is one."""
    inside = cell.cut(1, len(cell) - 1)
    return join(_single(inside))


def _single(line: Traced) -> Iterator[Traced]:
    start = 0
    for m in re.finditer('""', line.text):
        yield line.cut(start, m.start() + 1)
        start = m.end()
    yield line.cut(start)
