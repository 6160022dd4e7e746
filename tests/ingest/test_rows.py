"""Rows of sheets and delimited texts: none is lost, each has its own date and place, heads are told."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from extract.facts import Rules, facts
from ingest.read import read_file
from tests.ingest.test_sheets import BODY, workbook

PLAIN = "近日，驿站建设现场会召开，新建驿站12个，群众都说好，下一步还要继续办好。（虚构样例）"


def test_a_quotation_mark_that_is_not_closed_loses_no_rows(tmp_path: Path) -> None:
    lines = ["标题,正文,日期", f'"德清县驿站,{PLAIN},2026-03-01', f'涉县驿站,"{PLAIN}",2026-03-02']
    lines += [f'安吉县5"屏,{PLAIN},2026-03-03', f'长兴县驿站,"{PLAIN}\n下一步，继续办好。",2026-03-04']
    path = tmp_path / "稿件.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    articles = read_file(path).articles
    assert [a.published_on for a in articles] == [f"2026-03-0{n}" for n in (1, 2, 3, 4)]
    assert articles[2].title == '安吉县5"屏' and articles[3].body.endswith("\n下一步，继续办好。")


def test_a_mark_that_would_join_whole_rows_is_a_character(tmp_path: Path) -> None:
    path = tmp_path / "屏.csv"
    path.write_text('镇,屏,数\n武康街道,"大,1\n新市镇,小,5"\n乾元镇,小,3\n', encoding="utf-8")
    (article,) = read_file(path).articles
    assert len(article.tables[0].rows) == 4


def test_the_date_of_a_row_beats_the_name_of_the_file(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["标题", "正文", "发布日期"], ["德清县：驿站暖人心", BODY, datetime.date(2026, 3, 5)],
        ["涉县：夜校进村庄", BODY, "20260306"], ["安吉县：没有日期", BODY, None],
    ]  # fmt: skip
    articles = read_file(workbook(tmp_path / "稿件汇总20260412.xlsx", {"Sheet1": rows})).articles
    assert [(a.published_on, a.date_basis) for a in articles] == [
        ("2026-03-05", "printed"), ("2026-03-06", "printed"), ("2026-04-12", "file_name"),
    ]  # fmt: skip


def test_a_date_shown_without_its_year_keeps_it(tmp_path: Path) -> None:
    import openpyxl  # type: ignore[import-untyped]

    path = workbook(
        tmp_path / "稿件.xlsx", {"a": [["标题", "正文", "日期"], ["驿站", BODY, datetime.date(2026, 3, 5)]]}
    )
    book = openpyxl.load_workbook(path)
    book["a"]["C2"].number_format = 'm"月"d"日"'
    book.save(path)
    assert read_file(path).articles[0].published_on == "2026-03-05"


@pytest.mark.parametrize(
    ("heads", "cells", "expected"),
    [
        (["区县"], ["涉县"], "130426"),
        (["地市", "县（市、区）"], ["湖州市", "德清县"], "330521"),
        (["所属地区"], ["浙江省湖州市德清县"], "330521"),
    ],
)
def test_a_column_of_places_gives_the_place(
    tmp_path: Path, heads: list[object], cells: list[object], expected: str
) -> None:
    rows: list[list[object]] = [["标题", *heads, "正文"], ["驿站现场会召开", *cells, PLAIN]]
    (article,) = read_file(workbook(tmp_path / "稿件.xlsx", {"Sheet1": rows})).articles
    assert article.place is not None
    assert (article.place.adcode, article.place_basis) == (expected, "source_line")


def test_a_column_of_places_yields_only_to_a_place_within(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["标题", "地区", "正文"], ["德清县：驿站暖人心", "湖州市", BODY], ["学习德清县驿站经验", "涉县", PLAIN],
    ]  # fmt: skip
    articles = read_file(workbook(tmp_path / "稿件.xlsx", {"Sheet1": rows})).articles
    assert [a.place and a.place.adcode for a in articles] == ["330521", "130426"]


@pytest.mark.parametrize(
    "heads", [["标题（必填）", "正文（必填）"], ["*标题", "*正文"], ["标题*", "正文＊"], ["文章标题：", "【必填】内容"]]
)
def test_heads_that_say_how_to_fill_them_in(tmp_path: Path, heads: list[object]) -> None:
    (article,) = read_file(workbook(tmp_path / "稿件.xlsx", {"a": [heads, ["德清县：驿站暖人心", BODY]]})).articles
    assert (article.title, article.body) == ("德清县：驿站暖人心", BODY)


def test_who_filled_a_table_in_is_no_head(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["2026年上半年驿站建设情况统计表"], ["填报单位：德清县民政局", None, "单位：个"],
        ["镇（街道）", "新建驿站", "改造驿站"], ["武康街道", 12, 3], ["新市镇", 8, 1],
    ]  # fmt: skip
    (article,) = read_file(workbook(tmp_path / "统计.xlsx", {"a": rows})).articles
    (grid,) = article.tables
    assert (grid.header, len(grid.rows), article.place and article.place.name) == (1, 3, "德清县")
    found = facts(article, Rules.load())
    assert [(f.quantity.surface, f.quantity.unit, f.subject, f.action) for f in found][:2] == [
        ("12", "个", "武康街道", "新建"), ("3", "个", "武康街道", "改造"),
    ]  # fmt: skip


def test_a_column_of_a_paper_holds_for_the_empty_cells_below(tmp_path: Path) -> None:
    rows: list[list[object]] = [["栏目", "信息题目", "内容摘要", "采用日期"]]
    rows += [["一线传真", "屋场夜校", BODY, "2026.3.5"], [None, "护河队上岗", BODY, "2026.3.6"]]
    articles = read_file(workbook(tmp_path / "刊发.xlsx", {"Sheet1": rows})).articles
    assert [(a.column, a.published_on) for a in articles] == [("一线传真", "2026-03-05"), ("一线传真", "2026-03-06")]


def test_a_sheet_named_after_a_place_says_where(tmp_path: Path) -> None:
    rows: list[list[object]] = [["标题", "正文"], ["老干部暖心", PLAIN]]
    (article,) = read_file(workbook(tmp_path / "各县稿件.xlsx", {"衡山县": rows})).articles
    assert article.place is not None and article.place.name == "衡山县"
