"""Workbooks and delimited text → articles (a row each) or tables.

The "decoded file" of a workbook, to which offsets refer, is its rows that say something as lines, the cells of the
columns that say something parted by tabs, sheets one after another; that of CSV and JSON is its own decoded text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from corpus.errors import ReadError
from ingest.block import Block, Source
from ingest.dates import date_in_name, find_date
from ingest.decode import decode
from ingest.labels import FIELDS, SENDER
from ingest.readers.json_rows import read_json_rows
from ingest.readers.package import BROKEN
from ingest.readers.workbooks.cell import Cell, Cells, Sheet
from ingest.readers.workbooks.delimited import Row, read_delimited
from ingest.sniff import CSV, EXCEL_XML, JSON, ODS, XLS, XLSB, XLSX
from ingest.traced import Traced, join
from ingest.words import words

_MOST_CELLS = 400_000
_MOST_CHARACTERS = 20_000_000
_MORE = {
    "title": "(?:文章|稿件|信息|材料)?名称|稿[名题]|主题|title|subject|headline",
    "body": "(?:详细|文章|信息|稿件)内容|[一-鿿]{0,4}(?:正文|全文|原文)(?:摘[录要]|节选|文本)?"
    "|content|body|text|full_?text|article",
    "published_on": "[刊呈报发编收来][一-鿿]{0,2}日|(?:created?|publish(?:ed)?|release)?_?(?:date|time|on|at)|pubdate",
    "source_line": "来源(?:单位|媒体|渠道)|稿源|source|origin|publisher",
    "author": "执笔|撰[写稿]|author|writer|reporter",
    "column": "[版板]块|版面|column|category|section|channel",
    "site": f"{SENDER}|(?:呈报|申报|提供|撰写|编写)?单位",
}
"""What columns of tables are called besides."""
_FIELDS = {
    field: re.compile("|".join(filter(None, (FIELDS.get(field), _MORE.get(field)))), re.I)
    for field in dict.fromkeys([*FIELDS, *_MORE])
}
_AREA = re.compile(
    r"(?:所属|所在)?(?:地区|地方|属地|区域|行政区划?|省份?|省市|省区市|地?市|市州|城市|市县|县市区|区县|县区|县|区|旗县)|所在地|region|area|place|location|province|city|county",
    re.I,
)
_DAY = re.compile("(0?[1-9]|1[0-2])[月./-](0?[1-9]|[12]\\d|3[01])日?")
_CASE = re.compile("(?:项目|案例|品牌|做法|经验)名称")
"""What names a case in a ledger, whose other columns are the parts that a case has (主要做法, 取得成效)."""
_NOTE = re.compile(r"[（(\[【][^）)\]】]*[）)\]】]|[\s*＊※★:：]")
"""What a head says besides its name: that it must be filled in, or how."""
_SECRECY = re.compile(
    r"(?:秘密|保密)等级|密级(?:和保密期限)?|公开(?:属性|方式|类别)|secre(?:cy|t)(?:_?level)?|classification", re.I
)
_TOTAL = re.compile(r"\s*(?:[合总小共]\s*计|备?注\s*[:：]|说明\s*[:：])")
_ABOUT_FILLING = re.compile(r"(?:填[写报表]?)?(?:说明|须知|要求)|字典|选项|下拉.*")
"""A sheet that tells how another is filled in."""
_GENERIC = re.compile(r"(?:[Ss]heet|工作表)?\s*\d*")
_HEADS_WITHIN = 5
_BODY = 30
"""The mean length a column of texts has at least: a table may have a column 内容 too."""
_LONG = 200
"""That length, where no other column tells that the rows are articles."""
_SURELY, _SHORT = 4, 12
"""So many columns that articles have tell them, however short their texts are, down to this."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet without empty rows and columns; ``days`` are those its cells hold, by where the cells begin.

    ``margins`` are its own name and what its pages print above and below.
    """

    name: str
    rows: list[Row]
    days: Mapping[int, str] = field(default_factory=dict)
    margins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Heads:
    """The row of the heads of a table of articles, the column of each field, those that say where, those of texts."""

    at: int
    columns: Mapping[str, int]
    areas: tuple[int, ...]
    texts: tuple[int, ...]


def read_sheets(data: bytes, name: str, media_type: str) -> Source:
    """The sheets of a workbook or a delimited text: one part an article, or one part a table.

    Raises:
        ReadError: kind ``damaged``, ``encrypted``, ``unsupported``, ``too_large`` or ``no_text``.
    """
    if media_type == CSV:
        sheets = [_Sheet("", _trimmed(read_delimited(decode(data, name).text)))]
        if sum(map(len, sheets[0].rows)) > _MOST_CELLS:
            raise _too_large(name)
    elif media_type == JSON:
        tables, said = read_json_rows(decode(data, name).text, name)
        if sum(len(rows) * len(rows[0]) for rows in tables) > _MOST_CELLS:
            raise _too_large(name)
        rows = next((rows for rows in tables if _heads(rows)), max(tables, key=len, default=[]))
        marks = (f"{'密级：' * bool(_SECRECY.match(line))}{line.partition('：')[2]}" for line in said)
        sheets = [_Sheet("", _trimmed(rows), margins=tuple(line for line in marks if "密" in line))]
    else:
        sheets = _workbook(data, name, media_type)
    stem = PurePath(name).stem
    sheets = [replace(s, name=stem if _GENERIC.fullmatch(s.name) else s.name) for s in sheets]
    if any(_heads(sheet.rows) for sheet in sheets):
        sheets = [sheet for sheet in sheets if not _ABOUT_FILLING.fullmatch(sheet.name)]
    parts = [
        replace(part, margins=(*part.margins, *sheet.margins))
        for sheet in sheets
        if sheet.rows
        for part in _parts(sheet, media_type)
    ]
    if not parts:
        raise ReadError("no_text", f"表格 {name!r} 是空的，请检查。")
    return Source((), media_type, "sheets", parts=tuple(parts))


def articles_of(rows: list[Row], media_type: str) -> list[Source]:
    """The articles of a table of them; none of any other table."""
    return list(_parts(_Sheet("", rows), media_type)) if _heads(rows) else []


def sheets_text(data: bytes, media_type: str = XLSX) -> str:
    """The decoded file of a workbook, to which the offsets of its articles refer."""
    return "\n".join("\t".join(c.text for c in row) for _, rows in _dense(data, "", media_type) for row in rows)


def _workbook(data: bytes, name: str, media_type: str) -> list[_Sheet]:
    at = 0
    sheets = []
    for sheet, rows in _dense(data, name, media_type):
        placed: list[Row] = []
        days = {}
        for row in rows:
            placed.append([])
            for cell in row:
                placed[-1].append(Traced.of(cell.text, at))
                if cell.day:
                    days[at] = cell.day
                at += len(cell.text) + 1
        sheets.append(_Sheet(sheet.name, placed, days, (sheet.name, *sheet.margins)))
    return sheets


def _dense(data: bytes, name: str, media_type: str) -> list[tuple[Sheet, list[list[Cell]]]]:
    """Each sheet and its rows, every row with a cell for each column that says something."""
    try:
        found = []
        cells = characters = 0
        for sheet in _sheets(data, name, media_type):
            rows: list[Cells] = []
            for row in sheet.rows:
                rows.append(row)
                cells += len(row)
                characters += sum(len(cell.text) for cell in row.values())
                if cells > _MOST_CELLS or characters > _MOST_CHARACTERS:
                    raise _too_large(name)
            used = sorted({c for row in rows for c in row})
            if len(used) * len(rows) > _MOST_CELLS:
                raise _too_large(name)
            found.append((sheet, [[row.get(c) or Cell("") for c in used] for row in rows]))
        return found
    except BROKEN as exc:
        raise ReadError("damaged", f"表格 {name!r} 已损坏，读不出来，请另存为 .xlsx 后再导入。") from exc


def _sheets(data: bytes, name: str, media_type: str) -> Iterator[Sheet]:
    if media_type == XLS:
        from ingest.readers.workbooks.xls import is_scattered, read_xls

        if not is_scattered(data):
            return read_xls(data, name)
        data = _converted(data, name, ".xls")
    if media_type == ODS:
        from ingest.readers.workbooks.ods import read_ods

        return read_ods(data, name)
    if media_type == EXCEL_XML:
        from ingest.readers.workbooks.spreadsheetml import read_spreadsheetml

        return read_spreadsheetml(data)
    from ingest.readers.workbooks.xlsx import read_xlsx

    if media_type == XLSB:
        data = _converted(data, name, ".xlsb")
    return read_xlsx(data, name)


def _converted(data: bytes, name: str, ending: str) -> bytes:
    from ingest.readers.office import converted

    return converted(data, name, ending, "xlsx")


def _too_large(name: str) -> ReadError:
    return ReadError("too_large", f"表格 {name!r} 超过 {_MOST_CELLS} 格，请拆分后再导入。")


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
    above = [_one_line(cell).text for row in sheet.rows[: heads.at] for cell in row if cell.text.strip()]
    secrecy = [c for c, head in enumerate(sheet.rows[heads.at]) if _SECRECY.fullmatch(_named(head))]
    for row in _filled_down(sheet.rows[heads.at + 1 :], heads.columns.get("column")):
        found = {field: row[c] for field, c in heads.columns.items() if row[c].text.strip()}
        if texts := [row[c] for c in heads.texts if row[c].text.strip()]:
            found["body"] = join(texts, "\n")
        if "body" in found or ("title" in found and not _is_total(row)):
            marked = [_one_line(row[c]).text for c in secrecy if row[c].text.strip()]
            area = "".join(_one_line(row[c]).text for c in heads.areas) or _place_of(sheet)
            article = _article(found, sheet.days, media_type, next(filter(None, map(find_date, above)), ""))
            yield replace(article, area=area, margins=(*above, *marked))


def _is_total(row: Row) -> bool:
    """Whether a row sums up those above it, or notes something of them."""
    return any(_TOTAL.match(cell.text) for cell in row)


def _place_of(sheet: _Sheet) -> str | None:
    """The place a sheet is named after, as where each county has its own."""
    return sheet.name if re.fullmatch(r"[一-鿿]{1,10}[县市区旗州盟]", sheet.name) else None


def _filled_down(rows: Sequence[Row], column: int | None) -> Iterator[Row]:
    """The rows; a name of a column of a paper (栏目) holds for the empty cells below it."""
    last: Traced | None = None
    for row in rows:
        if column is not None and last is not None and not row[column].text.strip():
            row = [*row[:column], last, *row[column + 1 :]]
        last = row[column] if column is not None else None
        yield row


def _heads(rows: Sequence[Row]) -> _Heads | None:
    """The heads of a table of articles; None for any other table."""
    for at, row in enumerate(rows[:_HEADS_WITHIN]):
        columns, areas = _named_columns(row)
        below = rows[at + 1 :]
        told_of = _told_of(row, below, columns, areas)
        texts = ["".join(r[c].text.strip() for c in told_of) for r in below] if told_of else []
        known = len({*columns.values(), *told_of}) + len(areas)
        long = sum(map(len, texts)) / len(texts) if texts else 0
        if texts and ("title" in columns or known >= _SURELY - 1):
            least = _SHORT if "title" in columns and known >= _SURELY else _BODY
            told = any(texts) and all(text.endswith(("。", "！", "？")) for text in texts if text)
            if told or long >= least:
                return _Heads(at, columns, areas, told_of)
        elif long >= _LONG:
            return _Heads(at, columns, areas, told_of)
    return None


def _named_columns(row: Row) -> tuple[dict[str, int], tuple[int, ...]]:
    """The columns that heads name as those of fields, and as those of places."""
    columns: dict[str, int] = {}
    areas = []
    for c, head in enumerate(map(_named, row)):
        named = next((f for f, p in _FIELDS.items() if f not in columns and p.fullmatch(head)), None)
        if named:
            columns[named] = c
        elif _AREA.fullmatch(head):
            areas.append(c)
    return columns, tuple(areas)


def _told_of(row: Row, below: Sequence[Row], columns: dict[str, int], areas: Collection[int]) -> tuple[int, ...]:
    """The columns in which the texts of articles stand: that of the body, else the only one with texts.

    Several are the parts of cases where they are called so (主要做法, 取得成效); the name of a case is then its title,
    and whose it is stands in a column of bodies (实施单位).
    """
    if "body" in columns:
        return (columns["body"],)
    free = [c for c in range(len(row)) if c not in {*columns.values(), *areas}]
    found = _texts(below, free)
    parts = bool(found) and all(_named(row[c]) in words("inner_headings") for c in found)
    case = next((c for c in free if parts and _CASE.fullmatch(_named(row[c]))), None)
    if case is not None:
        columns.setdefault("title", case)
        for body in [c for c in free if _named(row[c]).endswith("单位")][:1]:
            columns.setdefault("site", body)
    return found if "title" in columns and (parts or len(found) == 1) else ()


def _texts(rows: Sequence[Row], free: Collection[int]) -> tuple[int, ...]:
    """Of some columns those in which texts stand, two at least."""
    cells = {c: [text for row in rows if (text := row[c].text.strip())] for c in free}
    return tuple(c for c, texts in cells.items() if len(texts) > 1 and all(map(_is_text, texts)))


def _is_text(cell: str) -> bool:
    return len(cell) >= _BODY and cell.endswith(("。", "！", "？", "”", "）"))


def _named(head: Traced) -> str:
    """The name of a column: 标题（必填） and *标题 are 标题."""
    return _NOTE.sub("", head.text)


def _article(found: Mapping[str, Traced], days: Mapping[int, str], media_type: str, filled_on: str) -> Source:
    """The article of a row of a table that was filled in on a day."""
    said = {field: cell.text.strip() for field, cell in found.items()}
    held = [days.get(run.source or 0) for cell in (found.get("published_on"),) if cell for run in cell.runs[:1]]
    written = said.get("published_on", "")
    day = next(iter(held), None) or date_in_name(written) or _counted_day(written) or _day_of(filled_on, written)
    blocks = [Block(_one_line(found["title"]), level=1, firm=True)] if "title" in found else []
    blocks += [Block(line, firm=True) for line in _lines(found.get("body", Traced("")))]
    return Source(
        tuple(blocks), media_type, "sheets", title=said.get("title"), column=said.get("column"),
        source_line=said.get("source_line") or said.get("site"), published_on=day,
        site=said.get("site"), author=said.get("author"), number=said.get("number"),
    )  # fmt: skip


def _counted_day(text: str) -> str | None:
    """The day that a workbook counts (46148), where its cell is not set as a date."""
    from ingest.readers.workbooks.numberformat import day_of

    return day_of(int(text)) if re.fullmatch(r"[34]\d{4}", text) else None


def _day_of(filled_on: str, text: str) -> str | None:
    """The day that a cell gives without its year, by the day its table was filled in on.

    >>> _day_of("2026-01-08", "12月30日"), _day_of("2026-01", "1月6日"), _day_of("2026-01-08", "已采用")
    ('2025-12-30', '2026-01-06', None)
    """
    day = _DAY.fullmatch(text)
    if day is None or not filled_on:
        return None
    told = f"{int(day[1]):02}-{int(day[2]):02}"
    later = told[: len(filled_on) - 5] > filled_on[5:]
    return f"{int(filled_on[:4]) - later}-{told}"


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
