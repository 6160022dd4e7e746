"""The matrix of a theme: codes, sentences of the sources alone, own codebooks, agreement of coders."""

from __future__ import annotations

from pathlib import Path

import pytest

from answer.codebook import Aspect, aspects_of, read_aspects
from answer.matrix import compile_matrix, kappa
from answer.sources import Sources
from corpus.errors import UsageError


def test_a_theme_over_named_places(sample_sources: Sources) -> None:
    made = compile_matrix("新就业群体驿站", sample_sources, read_aspects(), ["330521", "320583"])
    assert [p.adcode for p in made.places] == ["320583", "330521"]
    assert all(len(row) == len(made.aspects) for row in made.rows)
    cells = [cell for row in made.rows for cell in row]
    assert {cell.code for cell in cells} <= {"1", "0", "未提及"}
    assert any(cell.code == "1" for cell in cells)
    for cell in cells:
        assert (cell.code == "未提及") == (not cell.sentences)
        assert all(hit.text in hit.article.body for hit in cell.sentences)


def test_places_that_say_nothing_of_the_theme_are_left_out(sample_sources: Sources) -> None:
    made = compile_matrix("新就业群体驿站", sample_sources, read_aspects())
    assert 1 < len(made.places) < len(sample_sources.places)


def test_a_province_means_the_places_in_it(sample_sources: Sources) -> None:
    made = compile_matrix("新就业群体驿站", sample_sources, read_aspects(), ["320000"])
    assert "320583" in [p.adcode for p in made.places]


def test_an_own_codebook(tmp_path: Path, sample_sources: Sources) -> None:
    file = tmp_path / "aspects.csv"
    file.write_text("name,definition,examples\n热水,站里有没有热水喝,热水；饮水\n", encoding="utf-8-sig")
    aspects = read_aspects(file)
    assert [(a.name, a.examples) for a in aspects] == [("热水", ("热水", "饮水"))]
    made = compile_matrix("新就业群体驿站", sample_sources, aspects)
    told = [hit.text for row in made.rows for hit in row[0].sentences]
    assert any("热水" in text or "饮水" in text for text in told)


@pytest.mark.parametrize("heads", ["方面,定义,例词", "方面名称,含义,示例", " Name,definition,examples"])
def test_the_heads_of_a_codebook(heads: str) -> None:
    assert aspects_of(f"\n{heads}\n热水,有没有热水,热水；饮水\n设施\n") == (
        Aspect("热水", "有没有热水", ("热水", "饮水")),
        Aspect("设施", "", ()),
    )


def test_a_codebook_in_a_workbook(tmp_path: Path) -> None:
    from openpyxl import Workbook  # type: ignore[import-untyped]

    made = Workbook()
    for row in (
        (),
        ("例词", "方面", "备注", "定义"),
        ("热水；饮水", "热水", None, "有没有热水"),
        (None, None, "无", None),
    ):
        made.active.append(row)
    made.save(tmp_path / "a.xlsx")
    assert read_aspects(tmp_path / "a.xlsx") == (Aspect("热水", "有没有热水", ("热水", "饮水")),)
    (tmp_path / "b.xlsx").write_bytes(b"PK")
    with pytest.raises(UsageError, match="另存为"):
        read_aspects(tmp_path / "b.xlsx")


@pytest.mark.parametrize("text", ["", "name,definition\n甲,乙\n", "方面,定义,例词\n,乙,丙\n"])
def test_a_codebook_without_its_columns(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="三列"):
        read_aspects(tmp_path / "a.csv")


def test_a_codebook_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="编码表"):
        read_aspects(tmp_path / "no.csv")


def test_an_empty_theme(sample_sources: Sources) -> None:
    with pytest.raises(UsageError, match="主题"):
        compile_matrix(" ", sample_sources, read_aspects())


@pytest.mark.parametrize(
    ("first", "second", "value"),
    [("1010", "1010", 1.0), ("1111", "1111", 1.0), ("1100", "1010", 0.0), ("10", "01", -1.0), ("", "", None)],
)
def test_kappa(first: str, second: str, value: float | None) -> None:
    assert kappa(first, second) == value
