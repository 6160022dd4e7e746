"""Tables as analysts read them: what a cell counts, whose row it is, in which unit, and what only adds up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from corpus.model import Fact, Span
from extract.facts import Rules, facts
from extract.heads import table_unit
from ingest.grids import grids
from tests.conftest import an_article

Rows = list[list[str]]


def table_of(rules: Rules, rows: Rows, above: str = "", **about: Any) -> list[Fact]:
    lines = ["\t".join(row) for row in rows]
    body = (above + "\n" if above else "") + "\n".join(lines)
    at, spans = len(above) + 1 if above else 0, []
    for line in lines:
        spans.append(Span(at, at + len(line)))
        at += len(line) + 1
    article = replace(an_article(rules, body, **about), tables=grids(body, spans))
    return list(facts(article, rules))


def told(fact: Fact) -> tuple[str, str, str | None, str, str, str]:
    return (
        fact.quantity.surface,
        f"{fact.quantity.value:f}",
        fact.quantity.unit,
        fact.object,
        fact.action,
        fact.subject,
    )


STATIONS = [
    ["序号", "镇（街道）", "新建驿站数（个）", "服务骑手（人次）", "完成率"],
    ["1", "武康街道", "12", "3,400", "95%"],
    ["2", "新市镇", "8", "1200", "88.5"],
    ["", "合计", "20", "4600", "92%"],
]


def test_rows_of_places_and_columns_of_what_is_counted(rules: Rules) -> None:
    found = table_of(rules, STATIONS)
    assert [told(f) for f in found[:3]] == [
        ("12", "12", "个", "驿站", "新建", "武康街道"),
        ("3,400", "3400", "人次", "骑手", "服务", "武康街道"),
        ("95%", "95", "%", "完成率", "", "武康街道"),
    ]
    assert {f.subject_level for f in found[:6]} == {"township"}
    assert all("table" in f.flags and f.sentence_text.count("\t") == 4 for f in found)


def test_a_total_is_the_articles_own_and_counts_its_rows_once(rules: Rules) -> None:
    found = table_of(rules, STATIONS)
    total = next(f for f in found if f.quantity.surface == "20")
    assert (total.subject, total.subject_level) == ("德清县", "county")
    assert "total" in total.flags
    parts = [f for f in found if any(r.type == "part_of" and r.fact == total.id for r in f.relations)]
    assert [f.quantity.surface for f in parts] == ["12", "8"]
    shares = [f for f in found if f.quantity.unit == "%"]
    assert not any(f.relations for f in shares)


def test_equal_figures_of_two_townships_are_two_figures(rules: Rules) -> None:
    rows = [["镇街", "驿站（个）"], ["武康街道", "5"], ["新市镇", "5"]]
    assert [f.duplicate_of for f in table_of(rules, rows)] == [None, None]


def test_rows_of_items_and_columns_of_years(rules: Rules) -> None:
    rows = [["项目", "2024年", "2025年", "同比增长（%）"], ["志愿服务经费", "30.5", "42", "37.7"]]
    first, second, change = table_of(rules, rows, "单位：万元")
    assert told(first)[:4] == ("30.5", "305000", "元", "志愿服务经费")
    assert (first.period.start, second.period.start) == ("2024-01-01", "2025-01-01")
    assert [r.type for r in change.relations] == ["change_of"] and change.quantity.unit == "%"


def test_a_column_of_units(rules: Rules) -> None:
    rows = [["指标", "单位", "数量"], ["党建指导员", "名", "138"], ["覆盖率", "%", "98"]]
    assert [told(f)[1:4] for f in table_of(rules, rows)] == [("138", "名", "党建指导员"), ("98", "%", "覆盖率")]


def test_merged_heads_count_for_all_their_columns(rules: Rules) -> None:
    rows = [["街道", "驿站（个）", ""], ["", "新建", "改建"], ["武康街道", "3", ""], ["阜溪街道", "", "5"]]
    found = table_of(rules, rows)
    assert [told(f) for f in found] == [
        ("3", "3", "个", "驿站", "新建", "武康街道"),
        ("5", "5", "个", "驿站", "改建", "阜溪街道"),
    ]


def test_targets_are_plans(rules: Rules) -> None:
    rows = [["镇街", "新建驿站（个）", "目标数（个）"], ["武康街道", "3", "9"]]
    assert [(f.status, f.object) for f in table_of(rules, rows)] == [("done", "驿站"), ("planned", "驿站")]


@pytest.mark.parametrize("head", ["序号", "联系电话", "年份", "邮编"])
def test_numbers_that_count_nothing(rules: Rules, head: str) -> None:
    assert table_of(rules, [["单位", head], ["甲社区", "87999952"]]) == []


def test_a_cell_of_sentences_is_read_as_text(rules: Rules) -> None:
    rows = [["社区", "做法"], ["甲社区", "组建志愿队6支，服务老人900人次。"]]
    assert [told(f)[1:4] for f in table_of(rules, rows)] == [("6", "支", "志愿队"), ("900", "人次", "老人")]


def test_the_finest_place_of_a_row_is_whose_it_is(rules: Rules) -> None:
    rows = [
        ["区县", "市", "省", "责任单位", "驿站（个）", "chars"],
        ["甘州区", "张掖市", "甘肃省", "民政局", "5", "684"],
    ]
    (fact,) = table_of(rules, rows, place=None)
    assert (fact.subject, fact.subject_level, fact.object) == ("甘州区", "county", "驿站")
    assert fact.place is not None and fact.place.adcode == "620702"


def test_a_total_merged_over_the_ordinals_is_no_townships(rules: Rules) -> None:
    rows = [["序号", "镇（街道）", "驿站数（个）"], ["1", "武康街道", "12"], ["2", "新市镇", "8"], ["合计", "", "20"]]
    assert told(table_of(rules, rows)[-1])[-1] == "德清县"


def test_amounts_shown_with_the_sign_of_money_are_the_rows_figures(rules: Rules) -> None:
    rows = [["镇（街道）", "发放补贴（元）"], ["武康街道", "¥3,400.00"], ["新市镇", "¥5,600"]]
    assert [told(fact)[1:] for fact in table_of(rules, rows)] == [
        ("3400", "元", "补贴", "发放", "武康街道"),
        ("5600", "元", "补贴", "发放", "新市镇"),
    ]


def test_bare_heads_count_what_the_line_above_is_about_each_in_its_unit(rules: Rules) -> None:
    rows = [["县（区）", "计划", "完成", "危桥", "投资"], ["德清县", "230", "240", "7", "21600"]]
    rows += [["安吉县", "220", "213", "5", "20300"]]
    above = "2025年农村公路建设完成情况（单位：公里、座、万元）"
    found = table_of(rules, rows, above, place="330500")
    assert [(*told(f)[1:4], f.status) for f in found[:4]] == [
        ("230", "公里", "农村公路", "planned"),
        ("240", "公里", "农村公路", "done"),
        ("7", "座", "危桥", "done"),
        ("216000000", "元", "农村公路投资", "done"),
    ]


@pytest.mark.parametrize(
    ("caption", "head", "unit"),
    [
        ("单位：元/吨", "收购价格", "元/吨"),
        ("单位：公里、座、万元", "受益人口", None),
        ("单位：个、人次", "服务群众", "人次"),
        ("单位：户", "农户", "户"),
    ],
)
def test_the_unit_of_a_column_of_several(caption: str, head: str, unit: str | None) -> None:
    assert table_unit(caption, head) == unit


def test_tables_under_years_and_kinds_take_their_thing_from_the_line_above(rules: Rules) -> None:
    years = table_of(
        rules, [["乡镇", "2024年", "2025年"], ["新市镇", "21", "26"], ["洛舍镇", "18", "24"]],
        above="表二　困难残疾人家庭无障碍改造（户）",
    )  # fmt: skip
    assert [(f.object, f.quantity.unit, f.period.text) for f in years[:2]] == [
        ("困难残疾人家庭无障碍改造", "户", "2024年"), ("困难残疾人家庭无障碍改造", "户", "2025年"),
    ]  # fmt: skip
    kinds = table_of(
        rules, [["乡镇", "工程处数（处）", "其中：当年新增"], ["新市镇", "14", "3"], ["洛舍镇", "9", "2"]],
        above="表一　农村饮水安全巩固提升工程",
    )  # fmt: skip
    assert [(f.object, f.action) for f in kinds[:2]] == [
        ("农村饮水安全巩固提升工程", ""), ("农村饮水安全巩固提升工程", "新增"),
    ]  # fmt: skip


def test_the_time_of_a_table_stands_in_a_line_of_its_own(rules: Rules) -> None:
    found = table_of(
        rules, [["乡镇", "驿站（个）"], ["新市镇", "21"], ["洛舍镇", "18"]], above="（截至2025年12月31日）\n各镇如下"
    )
    assert {f.period.end for f in found} == {"2025-12-31"}


def test_a_head_over_years_counts_its_thing_in_each(rules: Rules) -> None:
    rows = [["县", "驿站数（个）", ""], ["", "2024年", "2025年"], ["德清县", "4", "12"], ["安吉县", "2", "5"]]
    found = table_of(rules, rows)
    assert [(f.object, f.quantity.unit, f.period.text) for f in found] == [
        ("驿站", "个", "2024年"), ("驿站", "个", "2025年")
    ] * 2  # fmt: skip


def test_rows_of_projects_bear_their_names_whatever_stands_beside(rules: Rules) -> None:
    rows = [
        ["序号", "项目名称", "类别", "建设性质", "总投资（万元）", "2026年计划投资（万元）", "责任单位"],
        ["1", "职业教育中心扩建", "教育", "新建", "12600", "4800", "市教育局"],
        ["2", "中心小学综合楼", "教育", "续建", "1850", "1200", "市教育局"],
    ]
    found = [f for f in table_of(rules, rows) if "table" in f.flags]
    assert [(f.object, f"{f.quantity.value:f}", f.status) for f in found] == [
        ("职业教育中心扩建总投资", "126000000", "done"), ("职业教育中心扩建计划投资", "48000000", "planned"),
        ("中心小学综合楼总投资", "18500000", "done"), ("中心小学综合楼计划投资", "12000000", "planned"),
    ]  # fmt: skip
