"""What a figure takes from around it: the thing told before, a name of the text's own, the time of the title."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.aliases import aliases
from extract.facts import Rules, facts
from tests.conftest import Extracted, an_article
from tests.extract.test_tables import table_of


@pytest.mark.parametrize(
    ("body", "things"),
    [
        # what a paragraph says that it speaks of
        ("社区食堂方面，今年新建18家，年底累计64家。", [("社区食堂", "新建"), ("社区食堂", "")]),
        ("一、目前进展\n残疾人之家方面，已建成21个。", [("残疾人之家", "建成")]),
        ("党建联络员方面，选派72名。", [("党建联络员", "选派")]),
        # a kind of work is no thing
        ("托育方面，各地开放35个。", [("开放", "开放")]),
        # how many there are, behind what was closed
        (
            "今年新建就业工坊7个、关停3个，6月末在营58个。",
            [("就业工坊", "新建"), ("就业工坊", "关停"), ("就业工坊", "")],
        ),
        # kinds of a thing
        ("其中助老类活动1280场，交通类795场。", [("助老类活动", ""), ("交通类活动", "")]),
        # so many in all, behind so many for each
        ("村均牌子由12块减至4块，其中河西镇清理95块。", [("村均牌子", ""), ("村均牌子", "减至"), ("牌子", "清理")]),
    ],
)
def test_what_is_counted_further_on(extracted: Extracted, body: str, things: list[tuple[str, str]]) -> None:
    assert [(f.object, f.action) for f in extracted(body)] == things


@pytest.mark.parametrize(
    ("text", "name", "thing"),
    [
        ("选派“红色帮手”（即党建指导员）90名。", "红色帮手", "党建指导员"),
        ("派到园区当“暖心管家”，实际承担的就是党建指导员的职责。", "暖心管家", "党建指导员"),
        ("一、家门口的床位（即家庭养老床位）\n新建30张。", "家门口的床位", "家庭养老床位"),
        ("口径：年末在册的乡村工坊，与帮扶车间为同一统计对象", "乡村工坊", "帮扶车间"),
    ],
)
def test_names_of_a_texts_own(text: str, name: str, thing: str) -> None:
    assert aliases(text) == {name: thing}


def test_a_figure_under_such_a_name_counts_the_thing_too(extracted: Extracted) -> None:
    (fact,) = extracted("向园区选派“红色帮手”（即党建指导员）90名。")
    assert (fact.object, fact.also, fact.indicator) == ("“红色帮手”", "党建指导员", "party.instructor.dispatched")


@pytest.mark.parametrize(
    ("title", "published", "body", "start", "end"),
    [
        ("德清县2024年工作总结", "2025-01-08", "今年新建驿站12个。", "2024-01-01", "2024-12-31"),
        ("德清县2025年上半年工作小结", "2025-07-08", "上半年新建驿站12个。", "2025-01-01", "2025-06-30"),
        ("德清县政府工作报告", "2025-01-08", "今年新建驿站12个。", "2025-01-01", "2025-12-31"),
    ],
)
def test_this_year_is_the_one_a_title_looks_back_on(
    rules: Rules, title: str, published: str, body: str, start: str, end: str
) -> None:
    (fact,) = facts(replace(an_article(rules, body, published=published), title=title), rules)
    assert (fact.period.start, fact.period.end) == (start, end)


@pytest.mark.parametrize(
    ("body", "status", "start", "end"),
    [
        # a year's target behind a figure of its part
        ("社区食堂2025年6月底48家，全年目标60家。", "planned", "2025-01-01", "2025-12-31"),
        ("2026年将试点错峰开放，并争取开放点增至60家。", "planned", "2026-01-01", "2026-12-31"),
        ("2025年要新认定就业工坊60家。", "planned", "2025-01-01", "2025-12-31"),
        # what was planned, and what came of it
        ("2025年计划新建食堂50家，实际新建60家。", "done", "2025-01-01", "2025-12-31"),
    ],
)
def test_the_last_figure_is_of_its_time(extracted: Extracted, body: str, status: str, start: str, end: str) -> None:
    fact = extracted(body)[-1]
    assert (f"{fact.quantity.value:f}", fact.status, fact.period.start, fact.period.end) == ("60", status, start, end)


def test_the_year_before_is_told_by_the_one_before_it(extracted: Extracted) -> None:
    now, before = extracted("2024年，全县收到建议640条，上年为512条。")
    assert (now.period.end, before.period.start, before.period.end) == ("2024-12-31", "2023-01-01", "2023-12-31")


def test_one_table_that_holds_two(rules: Rules) -> None:
    rows = [
        ["年度", "工坊数（个）", "就业人数（人）"],
        ["2023", "31", "610"],
        ["2024", "36", "702"],
        ["2025（计划）", "40", "800"],
        ["分区域（2024年末）", "工坊数（个）", "就业人数（人）"],
        ["河东街道（安置区）", "20", "402"],
        ["河西镇", "10", "180"],
        ["其他乡镇（街道）", "6", "120"],
    ]
    found = table_of(rules, rows)
    assert [(f.subject_level, f.status, f.period.start, f.period.end) for f in found[::2]] == [
        ("county", "done", "2023-01-01", "2023-12-31"),
        ("county", "done", "2024-01-01", "2024-12-31"),
        ("county", "planned", "2025-01-01", "2025-12-31"),
        *[("township", "done", None, "2024-12-31")] * 3,
    ]
    assert {f.object for f in found[::2]} == {"工坊"}


def test_columns_without_a_time_have_that_of_the_one_before(rules: Rules) -> None:
    rows = [["镇", "2025年工坊（个）", "学员（名）"], ["河西镇", "10", "180"], ["河东镇", "12", "205"]]
    assert {f.period.text for f in table_of(rules, rows)} == {"2025年"}


@pytest.mark.parametrize(
    ("head", "value", "unit"), [("就业人数（万人）", "31000", "人"), ("奖补资金（万元）", "31000", "元")]
)
def test_a_scale_in_the_head_of_a_column(rules: Rules, head: str, value: str, unit: str) -> None:
    rows = [["镇", head], ["河西镇", "3.1"], ["河东镇", "2.6"]]
    first = table_of(rules, rows)[0].quantity
    assert (f"{first.value:f}", first.unit) == (value, unit)


def test_a_province_told_in_passing_has_its_own_figure(extracted: Extracted) -> None:
    found = extracted("德清县收到建议640条。浙江全省同期征集建议31.2万条。")
    assert [f.place and f.place.name for f in found] == ["德清县", "浙江省"]
