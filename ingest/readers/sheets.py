"""Workbooks and delimited text → articles (a row each) or tables.

The "decoded file" of a workbook, to which offsets refer, is its rows as lines, cells parted by tabs, sheets one after
another; that of a CSV is its own decoded text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import PurePath

from corpus.errors import ReadError
from ingest.block import Block, Source
from ingest.dates import find_date
from ingest.sniff import SHEETS, decode
from ingest.traced import Traced, join

_MOST_CELLS = 400_000
_FIELDS = {
    "title": re.compile(r"(?:文章|稿件|信息|材料)?(?:标题|题目|篇名|题名|名称)"),
    "body": re.compile(r"(?:文章|稿件|信息)?(?:正文|内容|全文|文本)"),
    "published_on": re.compile(r"(?:发布|发表|刊发|报送|成文|印发)?(?:日期|时间)"),
    "source_line": re.compile(r"(?:文章|稿件|信息)?来源|出处|转自|媒体"),
    "author": re.compile(r"作者|撰稿人?|记者"),
    "column": re.compile(r"栏目|类别|分类|专栏"),
    "number": re.compile(r"文号|发文字号"),
    "site": re.compile(r"地区|地方|属地|区域|区县|县区|省市|所在地|报送单位|单位"),
}
_SECRECY = re.compile(r"(?:秘密|保密)等级|密级(?:和保密期限)?|公开(?:属性|方式|类别)")
_GENERIC = re.compile(r"(?:[Ss]heet|工作表)?\s*\d*")
_HEADS_WITHIN = 5
_BODY = 30
"""The mean length a column of texts has at least: a table may have a column 内容 too."""
Row = list[Traced]


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    rows: list[Row]


def read_sheets(data: bytes, name: str, media_type: str) -> Source:
    """The sheets of a workbook or a delimited text: one part an article, or one part a table.

    Raises:
        ReadError: kind ``damaged``, ``encrypted``, ``too_large`` or ``no_text``.
    """
    sheets = _workbook(data, name) if media_type in SHEETS else _delimited(decode(data, name).text)
    sheets = [_Sheet(s.name, _trimmed(s.rows)) for s in sheets]
    if sum(len(row) for s in sheets for row in s.rows) > _MOST_CELLS:
        raise ReadError("too_large", f"表格 {name!r} 超过 {_MOST_CELLS} 格，请拆分后再导入。")
    stem = PurePath(name).stem
    sheets = [_Sheet(stem if _GENERIC.fullmatch(s.name) else s.name, s.rows) for s in sheets]
    parts = [part for sheet in sheets if sheet.rows for part in _parts(sheet, media_type)]
    if not parts:
        raise ReadError("no_text", f"表格 {name!r} 是空的，请检查。")
    return Source((), media_type, "sheets", parts=tuple(parts))


def sheets_text(data: bytes) -> str:
    """The decoded file of a workbook, to which the offsets of its articles refer."""
    return "\n".join("\t".join(row) for _, rows in _read(data, "") for row in rows)


def _workbook(data: bytes, name: str) -> list[_Sheet]:
    at = 0
    sheets = []
    for title, rows in _read(data, name):
        placed = []
        for row in rows:
            cells = []
            for text in row:
                cells.append(Traced.of(text, at))
                at += len(text) + 1
            at += not row
            placed.append(cells)
        sheets.append(_Sheet(title, placed))
    return sheets


def _read(data: bytes, name: str) -> list[tuple[str, list[list[str]]]]:
    """Name and rows of each visible sheet, cells as displayed, merged ones where they begin."""
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
        shown = python_calamine.SheetVisibleEnum.Visible
        seen = [sheet.name for sheet in book.sheets_metadata if sheet.visible == shown]
        found = [(title, book.get_sheet_by_name(title).to_python(skip_empty_area=False)) for title in seen]
        return [(title, [[_shown(v) for v in row] for row in rows]) for title, rows in found]
    except python_calamine.PasswordError as exc:
        raise ReadError("encrypted", f"表格 {name!r} 有密码，请去掉密码后再导入。") from exc
    except (python_calamine.CalamineError, ValueError, OSError, TypeError) as exc:
        raise ReadError("damaged", f"表格 {name!r} 已损坏，读不出来，请另存为 .xlsx 后再导入。") from exc


def _shown(value: object) -> str:
    """A cell as a person sees it.

    >>> [_shown(v) for v in (12.0, 0.1 + 0.2, True, "　新市镇 ", 88.5)]
    ['12', '0.3', '是', '新市镇', '88.5']
    >>> _shown(12345678901.25)
    '12345678901.25'
    """
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return f"{Decimal(f'{value:.15g}'):f}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date | time | timedelta):
        return str(value)
    return re.sub(r"[\t ]+", " ", str(value)).replace("\r\n", "\n").replace("\r", "\n").strip(" 　\n")


def _delimited(text: str) -> list[_Sheet]:
    """The rows of a delimited text; each cell knows where it stands in it."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",\t;|", key=first.count)
    rows: list[Row] = []
    at = 0
    for record in _records(text):
        rows.append(_cells(record, at, delimiter))
        at += len(record)
    return [_Sheet("", rows)]


def _records(text: str) -> Iterator[str]:
    """The text in records: a line feed inside quotation marks ends none."""
    held: list[str] = []
    marks = size = 0
    for line in StringIO(text, newline=""):
        held.append(line)
        marks += line.count('"')
        size += len(line)
        if marks % 2 == 0 or size > 1_000_000:
            yield "".join(held)
            held, marks, size = [], 0, 0
    if held:
        yield "".join(held)


def _cells(record: str, at: int, delimiter: str) -> Row:
    cells: Row = []
    start = 0
    body = record.rstrip("\r\n")
    while start <= len(body):
        end = _cell_end(body, start, delimiter)
        cells.append(_unquoted(Traced.of(body[start:end], at + start)))
        start = end + 1
    return cells


def _cell_end(body: str, start: int, delimiter: str) -> int:
    """Where a cell ends: at the next delimiter outside quotation marks."""
    quoted = False
    for i in range(start, len(body)):
        if body[i] == '"':
            quoted = not quoted
        elif body[i] == delimiter and not quoted:
            return i
    return len(body)


def _unquoted(cell: Traced) -> Traced:
    """A cell without its quotation marks; a doubled one inside is one."""
    line = cell.strip(" ")
    if len(line) < 2 or line.text[0] != '"' or line.text[-1] != '"':
        return line
    line = line.cut(1, len(line) - 1)
    pieces, start = [], 0
    for m in re.finditer('""', line.text):
        pieces.append(line.cut(start, m.start() + 1))
        start = m.end()
    return join([*pieces, line.cut(start)])


def _trimmed(rows: Sequence[Row]) -> list[Row]:
    """Without empty rows and columns, every row as long as the longest."""
    kept = [row for row in rows if any(cell.text.strip() for cell in row)]
    wide = max((len(row) for row in kept), default=0)
    kept = [[*row, *[Traced("")] * (wide - len(row))] for row in kept]
    used = [c for c in range(wide) if any(row[c].text.strip() for row in kept)]
    return [[row[c] for c in used] for row in kept]


def _parts(sheet: _Sheet, media_type: str) -> Iterator[Source]:
    heads = _heads(sheet.rows)
    if heads is None:
        yield Source(tuple(_table(sheet)), media_type, "sheets", title=sheet.name)
        return
    at, columns = heads
    above = [_one_line(cell).text for row in sheet.rows[:at] for cell in row if cell.text.strip()]
    secrecy = [c for c, head in enumerate(sheet.rows[at]) if _SECRECY.fullmatch(re.sub(r"\s", "", head.text))]
    for row in sheet.rows[at + 1 :]:
        found = {field: row[c] for field, c in columns.items() if row[c].text.strip()}
        if "body" in found:
            marked = [_one_line(row[c]).text for c in secrecy if row[c].text.strip()]
            yield replace(_article(found, media_type), margins=(*above, *marked))


def _heads(rows: Sequence[Row]) -> tuple[int, dict[str, int]] | None:
    """Where the heads of a table of articles stand, and the column of each field; None for any other table."""
    for at, row in enumerate(rows[:_HEADS_WITHIN]):
        columns: dict[str, int] = {}
        for c, cell in enumerate(row):
            head = re.sub(r"\s", "", cell.text)
            field = next((f for f, p in _FIELDS.items() if f not in columns and p.fullmatch(head)), None)
            if field:
                columns[field] = c
        texts = [len(r[columns["body"]].text) for r in rows[at + 1 :]] if "body" in columns else []
        if "title" in columns and texts and sum(texts) >= _BODY * len(texts):
            return at, columns
    return None


def _article(found: dict[str, Traced], media_type: str) -> Source:
    """The article of a row."""
    said = {field: cell.text.strip() for field, cell in found.items()}
    blocks = [Block(_one_line(found["title"]), level=1, firm=True)] if "title" in found else []
    blocks += [Block(line, firm=True) for line in _lines(found["body"])]
    return Source(
        tuple(blocks), media_type, "sheets", title=said.get("title"), column=said.get("column"),
        source_line=said.get("source_line"), published_on=find_date(said.get("published_on", "")),
        site=said.get("site"), author=said.get("author"), number=said.get("number"),
    )  # fmt: skip


def _lines(cell: Traced) -> Iterator[Traced]:
    for m in re.finditer(r"[^\r\n]+", cell.text):
        line = cell.cut(m.start(), m.end()).strip()
        if line.text:
            yield line


def _one_line(cell: Traced) -> Traced:
    return join(_lines(cell), " ")


def _table(sheet: _Sheet) -> Iterator[Block]:
    """The lines above a table, then its rows; a row of one cell above the heads is a line."""
    heading = True
    for row in sheet.rows:
        filled = [cell for cell in row if cell.text.strip()]
        heading = heading and len(filled) == 1 and len(row) > 1
        if heading:
            yield Block(_one_line(filled[0]), firm=True, level=int(row is sheet.rows[0]))
        else:
            yield Block(join(map(_one_line, row), "\t"), firm=True, role="row")
