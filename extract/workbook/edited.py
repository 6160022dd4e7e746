"""An edited workbook back: 指标数据 found wherever its heads stand, read, and compared with the library."""

from __future__ import annotations

import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.corrections import checked, place_text
from corpus.errors import NotFound, ReadError, UsageError
from corpus.labels import BOUND, LEVEL, STATUS, code_of
from corpus.model import Article, Fact, Place
from extract.quantities import dimension, scan
from extract.workbook.columns import COLUMNS, Column, Row
from extract.workbook.content import divisions, plain
from extract.workbook.xlsx import clean

if TYPE_CHECKING:
    from corpus.places import Gazetteer

_HEADS = {c.head: c for c in COLUMNS}
_NEEDED = {"编号", "数值"}
_HEAD_WITHIN = 30
_MOST_BYTES = 512 * 1024 * 1024
_LABELS = {"status": STATUS, "bound": BOUND, "subject_level": LEVEL}


@dataclass(frozen=True, slots=True)
class EditedRow:
    """A row as typed: its number in the sheet, and head → text of the cells (``""`` for an empty one)."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Edited:
    """The rows of 指标数据 in an edited workbook."""

    rows: tuple[EditedRow, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of a fact that the workbook gives otherwise than the library."""

    fact: str
    field: str
    head: str
    old: str | None
    new: str | None


@dataclass(frozen=True)
class Known:
    """What edits are read against: the facts by id, indicator names by id, and places."""

    facts: Mapping[str, Fact]
    indicators: Mapping[str, str]
    gazetteer: Gazetteer


def read_edited(path: Path) -> Edited:
    """The rows of an .xlsx; the sheet and its columns are found by their heads.

    Raises:
        UsageError: it is no workbook, or no sheet has the heads.
    """
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    _check(path)
    try:
        book = load_workbook(path, read_only=True, data_only=True)
        pages = sorted(book.worksheets, key=lambda page: page.title != "指标数据")
        for page in pages:
            page.reset_dimensions()
            if (rows := _rows(page.iter_rows(values_only=True))) is not None:
                return Edited(tuple(rows))
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as exc:
        raise UsageError(f"读不了表格 {path.name!r}，可能已损坏。请另存为 .xlsx 后再导入。") from exc
    finally:
        if "book" in locals():
            book.close()
    raise UsageError(f"表格 {path.name!r} 里没有“编号”和“数值”两栏。请用 tongjian export 导出的“指标数据”表修改。")


def differences(edited: Edited, known: Known) -> tuple[list[Difference], list[str]]:
    """What the workbook gives otherwise than the library, and the cells and rows that could not be taken."""
    found: list[Difference] = []
    problems: list[str] = []
    seen: dict[str, int] = {}
    for row in edited.rows:
        fact = _fact_of(row, known, seen, problems)
        if fact is not None:
            for field, new, head in _edits(fact, row, known, problems):
                found += _difference(fact, field, new, head, row.number, problems)
    return found, problems
