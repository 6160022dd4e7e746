"""tongjian matrix and agreement, as two coders use them."""

from __future__ import annotations

from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest

from api.library import Library
from api.matrix import agreement, matrix
from corpus.errors import UsageError


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
