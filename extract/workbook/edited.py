"""An edited workbook's 指标数据: found wherever its heads stand, and read as text."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from corpus.errors import UsageError
from corpus.spacing import squeezed
from extract.workbook.columns import COLUMNS
from extract.workbook.content import MADE_AT
from extract.workbook.verification import CONFIRMED_VALUE

if TYPE_CHECKING:
    from openpyxl import Workbook  # type: ignore[import-untyped]

_HEADS = sorted([*(c.head for c in COLUMNS), CONFIRMED_VALUE], key=len, reverse=True)
_HEAD_WITHIN = 30
_ESCAPED = re.compile("_x005F(?=_x[0-9A-Fa-f]{4}_)")
"""How the format writes an underscore that only looks like the beginning of an escape."""
_MOST_BYTES = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class EditedRow:
    """A row as typed: its number in the sheet, and head → text of the cells (``""`` for an empty one)."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Edited:
    """The rows of an edited workbook, what of it was not read, and when it was exported (local time)."""

    rows: tuple[EditedRow, ...]
    problems: tuple[str, ...] = ()
    made_at: str | None = None


_BROKEN = (ParseError, KeyError, IndexError, ValueError, TypeError, AttributeError, OSError)
"""What openpyxl raises where a workbook is damaged."""


def read_edited(path: Path) -> Edited:
    """The rows of an .xlsx; the sheet and its columns are found by their heads.

    Raises:
        UsageError: it is no workbook, or no sheet has the heads.
    """
    with reading_workbook(path) as book:
        for page in sorted(book.worksheets, key=lambda page: page.title != "指标数据"):
            page.reset_dimensions()
            found = _read(page.iter_rows(values_only=True))
            if found is not None:
                return replace(found, made_at=_made_at(book))
    raise UsageError(f"表格 {path.name!r} 里没有“编号”和“数值”两栏。请在从资料库导出的“指标数据”表上修改。")


def _made_at(book: Workbook) -> str | None:
    """When the workbook was exported, where its sheet 说明 still says so."""
    for page in book.worksheets:
        if page.title == "说明":
            for line in page.iter_rows(max_col=2, max_row=_HEAD_WITHIN, values_only=True):
                if line and line[0] == MADE_AT:
                    return str(line[1])
    return None


def open_workbook(path: Path, **options: bool) -> Workbook:
    """A workbook opened by openpyxl with its ``options``, for reading alone unless they say otherwise.

    Raises:
        UsageError: it is no workbook, is damaged, or would not fit into memory.
    """
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException  # type: ignore[import-untyped]

    try:
        with zipfile.ZipFile(path) as parts:
            size = sum(part.file_size for part in parts.infolist())
        if size > _MOST_BYTES:
            raise UsageError(f"表格 {path.name!r} 展开后过大（{size >> 20} MB）。请只留要用的工作表。")
        return load_workbook(path, **{"read_only": True, "data_only": True} | options)
    except FileNotFoundError as exc:
        raise UsageError(f"没有文件 {str(path)!r}。") from exc
    except (zipfile.BadZipFile, InvalidFileException, *_BROKEN) as exc:
        raise _damaged(path) from exc


@contextmanager
def reading_workbook(path: Path) -> Iterator[Workbook]:
    """A workbook open for reading alone; damage that shows only in its cells is told like that of the file.

    Raises:
        UsageError: as of ``open_workbook``.
    """
    book = open_workbook(path)
    try:
        yield book
    except _BROKEN as exc:
        raise _damaged(path) from exc
    finally:
        book.close()


def _damaged(path: Path) -> UsageError:
    """That a file is no workbook, with the remedy."""
    return UsageError(f"读不了表格 {path.name!r}，不是 .xlsx 或已损坏。请在表格软件中另存为 .xlsx 再试。")


def _read(lines: Iterable[Sequence[object]]) -> Edited | None:
    heads: dict[str, int] = {}
    rows: list[EditedRow] = []
    problems: list[str] = []
    for number, line in enumerate(lines, 1):
        if not heads:
            heads, problems = _heads([cell_text(cell) for cell in line])
            if not heads and number >= _HEAD_WITHIN:
                return None
            continue
        cells = {head: cell_text(line[at]) if at < len(line) else "" for head, at in heads.items()}
        if confirmed := cells.pop(CONFIRMED_VALUE, ""):
            cells["数值"] = confirmed
        if any(cells.values()):
            rows.append(EditedRow(number, cells))
    return Edited(tuple(rows), tuple(problems)) if heads else None


def _heads(cells: Sequence[str]) -> tuple[dict[str, int], list[str]]:
    """Head → column, and the columns that look like one already taken; nothing unless 编号 and 数值 are there."""
    titles = [squeezed(unicodedata.normalize("NFKC", cell)) for cell in cells]
    found = {title: at for at, title in reversed(list(enumerate(titles))) if title in _HEADS}
    problems = []
    for at, title in enumerate(titles):
        head = next((h for h in _HEADS if _means(title, h)), None)
        if head is None or found.get(head) == at or not title:
            continue
        if head in found:
            problems.append(f"“{cells[at]}”栏未读入，读的是“{cells[found[head]]}”栏。")
        else:
            found[head] = at
    if not {"编号", "数值"} <= found.keys():
        return {}, []
    return found, problems


def _means(title: str, head: str) -> bool:
    """Whether a title has the head word in it; one-character heads only at its beginning, before a mark.

    >>> _means("数值(核定)", "数值"), _means("县(市、区)", "县"), _means("起草人", "起")
    (True, True, False)
    """
    if len(head) > 1:
        return head in title
    return title == head or re.match(rf"{head}[(:/]", title) is not None


def cell_text(cell: object) -> str:
    """A cell as text: whole numbers without a point, dates as ISO."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return _ESCAPED.sub("", str(cell)).strip()


def matching(rows: Iterable[EditedRow], known: Iterable[str]) -> Iterator[tuple[EditedRow, str | None, str]]:
    """Each row with its fact id, or with None and why it cannot be taken."""
    ids, seen = set(known), dict[str, int]()
    for row in rows:
        fact = row.cells["编号"]
        if not fact:
            yield row, None, f"第 {row.number} 行没有编号，未读入。"
        elif fact not in ids:
            yield row, None, f"第 {row.number} 行的编号 {fact!r} 不在资料库中，未读入。"
        elif fact in seen:
            yield row, None, f"第 {row.number} 行与第 {seen[fact]} 行编号相同，只读了前一行。"
        else:
            seen[fact] = row.number
            yield row, fact, ""
