"""An answer as a file: figures are numbers, each with the number of its source, and nothing told is left out."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from fastapi.testclient import TestClient
from openpyxl import load_workbook  # type: ignore[import-untyped]

from api.http.app import create_app
from api.library import Library

TABLE = {
    "columns": ["地方", "驿站数", "站名"],
    "rows": [["德清县", "46", "小哥之家"], ["昆山市", "", "007号"]],
    "cell_citations": [[[], [1], [2]], [[], [], [3, 1]]],
}
SOURCES = [[n, f"出处{n}", f"原文{n}"] for n in (1, 2, 3)]
POINTS = {"name": "点位数据", "columns": ["主体", "数"], "rows": [["某街道", "4"]], "cell_citations": [[[], [2]]]}
TOLD: dict[str, Any] = {"question": "有多少？", "text": "有46个[1]。", "caveats": ["口径不一"], "sources": SOURCES}


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with Library.open(tmp_path / "library", create=True) as library, TestClient(create_app(library)) as client:
        yield client


def _written(client: TestClient, **told: Any) -> BytesIO:
    response = client.post("/v1/desk/answer-file", json=TOLD | told)
    assert response.status_code == 200, response.text
    return BytesIO(response.content)


def test_a_workbook_holds_numbers_beside_the_numbers_of_their_sources(client: TestClient) -> None:
    book = load_workbook(_written(client, format="xlsx", table=TABLE, more=[POINTS]))
    assert book.sheetnames == ["回答", "点位数据", "依据"]
    rows = list(book["回答"].iter_rows(values_only=True))
    assert [row[0] for row in rows[:3]] == ["有多少？", "有46个[1]。", "口径不一"]
    assert rows[3] == ("地方", "驿站数", "依据", "站名", "依据")
    assert rows[4] == ("德清县", 46, "[1]", "小哥之家", "[2]")
    assert [cell or None for cell in rows[5]] == ["昆山市", None, None, "007号", "[3][1]"]
    at = book["回答"]["E6"].hyperlink.location
    assert at == "'依据'!A4" and book["依据"]["A4"].value == 3
    assert list(book["点位数据"].iter_rows(values_only=True))[1] == ("某街道", 4, "[2]")


def test_a_row_of_one_source_has_its_number_once(client: TestClient) -> None:
    table = TABLE | {"cell_citations": [[[], [1], [1]], [[], [2], [2]]]}
    rows = list(load_workbook(_written(client, format="xlsx", table=table))["回答"].iter_rows(values_only=True))
    assert rows[3] == ("地方", "驿站数", "站名", "依据") and [row[3] for row in rows[4:]] == ["[1]", "[2]"]


def test_a_table_in_word_keeps_the_numbers_of_its_sources(client: TestClient) -> None:
    document = Document(_written(client, format="docx", table=TABLE, more=[POINTS]))
    first, second = document.tables
    assert [[cell.text for cell in row.cells] for row in first.rows][1:] == [
        ["德清县", "46[1]", "小哥之家[2]"], ["昆山市", "", "007号[3][1]"]
    ]  # fmt: skip
    assert second.rows[1].cells[1].text == "4[2]"
    assert any(p.text == "点位数据" for p in document.paragraphs)


@pytest.mark.parametrize(
    "bad",
    [
        {"table": TABLE | {"cell_citations": [[]]}}, {"more": [POINTS, POINTS]}, {"more": [POINTS | {"name": "依据"}]},
        {"more": [POINTS | {"name": "甲/乙"}]},
    ],
)  # fmt: skip
def test_tables_that_no_file_can_hold_are_refused(client: TestClient, bad: dict[str, Any]) -> None:
    assert client.post("/v1/desk/answer-file", json=TOLD | bad).status_code == 422


def test_what_is_marked_internal_is_marked_in_the_files_of_its_answer(tmp_path: Path) -> None:
    source = tmp_path / "德清.txt"
    source.write_text("内部资料\n德清县：驿站\n德清县建成驿站46个。\n", encoding="utf-8")
    with Library.open(tmp_path / "library", create=True) as library, TestClient(create_app(library)) as client:
        library.ingest([source])
        articles = [library.articles()[0].id]
        book = load_workbook(_written(client, format="xlsx", table=TABLE, articles=articles))
        assert all("内部资料" in (page.oddHeader.left.text or "") for page in book.worksheets)
        document = Document(_written(client, format="docx", table=TABLE, articles=articles))
        assert document.paragraphs[0].text == "内部资料"
        unmarked = load_workbook(_written(client, format="xlsx", table=TABLE))
        assert all(page.oddHeader.left.text is None for page in unmarked.worksheets)
