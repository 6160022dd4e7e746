"""Cells say what their sheet shows, in every format; a cell far away costs nothing."""

from __future__ import annotations

import datetime
import tracemalloc
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest

from corpus.errors import ReadError
from corpus.model import Span
from extract.facts import Rules, facts
from ingest.read import read_file
from ingest.readers.office import find_office
from ingest.readers.sheets import sheets_text
from ingest.sniff import ODS, XLS, XLSX
from tests.ingest.workbook_files import EXCEL_2003, saved_as, write_xlsb

needs_office = pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed")
FORMATTED: list[tuple[object, str]] = [
    ("武康街道", "General"), (3400, "#,##0"), (0.95, "0%"), (0.1234, "0.00%"), (24000, '0.0,"千"'),
    (datetime.date(2026, 3, 5), 'yyyy"年"m"月"d"日"'), (datetime.date(2026, 3, 5), 'm"月"d"日"'),
    (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '), (-3, '#,##0;[Red]-#,##0'), (7, "000"), (True, "General"),
    (datetime.time(18, 5), "h:mm"),
]  # fmt: skip
SHOWN = "武康街道\t3,400\t95%\t12.34%\t24.0千\t2026年3月5日\t3月5日\t-\t-3\t007\t是\t18:05"


@pytest.fixture(scope="module")
def formatted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "德清县驿站"
    sheet.append([f"栏{n}" for n in range(len(FORMATTED))])
    sheet.append([value for value, _ in FORMATTED])
    for c, (_, code) in enumerate(FORMATTED, 1):
        sheet.cell(2, c).number_format = code
    hidden = book.create_sheet("底稿")
    hidden["A1"], hidden.sheet_state = "不看", "hidden"
    path = tmp_path_factory.mktemp("books") / "统计.xlsx"
    book.save(path)
    return path


def test_a_cell_says_what_the_sheet_shows(formatted: Path) -> None:
    (article,) = read_file(formatted).articles
    assert article.body.split("\n")[1] == SHOWN
    at = article.body.index("12.34%")
    source = article.source(Span(at, at + 6))
    assert source is not None and sheets_text(formatted.read_bytes(), XLSX)[source.start : source.end] == "12.34%"


@needs_office
@pytest.mark.parametrize(("ending", "media_type"), [("xls", XLS), ("ods", ODS)])
def test_the_same_sheet_in_another_format(formatted: Path, ending: str, media_type: str) -> None:
    path = saved_as(formatted, ending)
    (article,) = read_file(path).articles
    shown = article.body.split("\n")[1].replace("TRUE", "是")
    assert (article.title, shown) == ("德清县驿站", SHOWN)
    at = article.body.index("12.34%")
    source = article.source(Span(at, at + 6))
    assert source is not None and sheets_text(path.read_bytes(), media_type)[source.start : source.end] == "12.34%"


def far(path: Path, cell: str) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["镇", "驿站"], ["武康街道", 3]):
        sheet.append(row)
    sheet[cell] = "末"
    book.save(path)
    return path


def test_a_cell_in_the_last_row_and_column_costs_nothing(tmp_path: Path) -> None:
    path = far(tmp_path / "远.xlsx", "XFD1048576")
    read_file(path)
    tracemalloc.start()
    (article,) = read_file(path).articles
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert article.body == "镇\t驿站\t\n武康街道\t3\t\n\t\t末" and most < 20_000_000


@needs_office
@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_a_far_cell_in_another_format(tmp_path: Path, ending: str) -> None:
    (article,) = read_file(saved_as(far(tmp_path / "远.xlsx", "AZ9999"), ending)).articles
    assert article.body == "镇\t驿站\t\n武康街道\t3\t\n\t\t末"


@needs_office
def test_the_last_cell_of_an_old_sheet_takes_no_gigabyte(tmp_path: Path) -> None:
    from ingest.readers.workbooks.xls import is_scattered

    path = saved_as(far(tmp_path / "远.xlsx", "IV65536"), "xls")
    near = saved_as(far(tmp_path / "近.xlsx", "F9"), "xls")
    assert is_scattered(path.read_bytes()) and not is_scattered(near.read_bytes())
    (article,) = read_file(path).articles
    assert article.body == "镇\t驿站\t\n武康街道\t3\t\n\t\t末"


def test_excel_2003_xml_named_xls(tmp_path: Path) -> None:
    path = tmp_path / "导出.xls"
    path.write_bytes(EXCEL_2003.encode("gb18030"))
    (article,) = read_file(path).articles
    assert article.title == "德清县驿站"
    assert article.body == "镇\t驿站（个）\t完成率\t日期\n武康街道\t12\t95%\t2026年3月5日"
    assert ("12", "个", "武康街道") in [
        (f.quantity.surface, f.quantity.unit, f.subject) for f in facts(article, Rules.load())
    ]
    path.write_bytes(EXCEL_2003.encode("gb18030")[:-200])
    with pytest.raises(ReadError) as caught:
        read_file(path)
    assert caught.value.kind == "damaged"


@needs_office
def test_xlsb_is_read_through_libreoffice(tmp_path: Path) -> None:
    (article,) = read_file(write_xlsb(tmp_path / "二进制.xlsb", [["镇", "驿站"], ["武康街道", 12.0]])).articles
    assert (article.title, article.body) == ("德清县驿站", "镇\t驿站\n武康街道\t12")


def test_xlsb_without_libreoffice_names_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.readers.office.find_office", lambda: None)
    with pytest.raises(ReadError, match="LibreOffice.*xlsx") as caught:
        read_file(write_xlsb(tmp_path / "二进制.xlsb", [["镇", "驿站"]]))
    assert caught.value.kind == "unsupported"
