"""tongjian matrix and agreement, as two coders use them."""

from __future__ import annotations

from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest

from api.library import Library
from api.matrix import agreement, matrix
from corpus.errors import UsageError
from tests.conftest import library_of


def test_the_workbook_for_two_coders(sample_library: Library, tmp_path: Path) -> None:
    out = tmp_path / "matrix.xlsx"
    made = matrix(sample_library, "新就业群体驿站", out)
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["矩阵", "编码"]
    heads = [cell.value for cell in book["矩阵"][3]]
    assert heads == ["地方", *(a.name for a in made.aspects)]
    with pytest.raises(UsageError, match="都填了"):
        agreement(out)
    page = book["编码"]
    names = [cell.value for cell in page[3]]
    first, second = names.index("编码员甲"), names.index("编码员乙")
    for n, row in enumerate(page.iter_rows(min_row=4)):
        row[first].value, row[second].value = ("1", "1") if n % 2 else ("0", "0")
    book.save(out)
    found = agreement(out)
    assert found["全部"] == (page.max_row - 3, 1.0)
    assert set(found) == {*(a.name for a in made.aspects), "全部"}


def test_a_theme_that_nobody_speaks_of(sample_library: Library, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="没有哪个地方"):
        matrix(sample_library, "航天发射场气象保障", tmp_path / "m.xlsx")


def test_another_ending(sample_library: Library, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.xlsx"):
        matrix(sample_library, "驿站", tmp_path / "m.docx")


def test_internal_material_is_marked_on_every_page(tmp_path: Path) -> None:
    text = "内部资料\n德清县驿站建设情况\n德清县在集镇和商圈建设新就业群体驿站52个，由县财政给予每个驿站3万元补助。\n"
    with library_of(tmp_path, {"德清.txt": text}) as library:
        matrix(library, "新就业群体驿站", tmp_path / "m.xlsx")
    pages = openpyxl.load_workbook(tmp_path / "m.xlsx").worksheets
    assert [page.oddHeader.left.text for page in pages] == ["内部资料"] * 2
