"""What a text tells of a whole beside what was added to it: its time, its deed, its parts, and what took its time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.facts import Rules, facts
from tests.conftest import Extracted, an_article

Told = tuple[str, str, str, str | None]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        # a whole behind what a period added is as of its end, and was not all done then
        (
            "2025年新建高标准农田3.6万亩，累计达到31.2万亩。",
            [("3.6万亩", "高标准农田", "新建", "2025-01-01"), ("31.2万亩", "高标准农田", "", None)],
        ),
        ("2025年1至6月累计办件7860件。", [("7860件", "办件", "", "2025-01-01")]),
        # what it grew from has a time of its own
        (
            "助餐点由2024年底的39个增至2025年底的58个。",
            [("39个", "助餐点", "", None), ("58个", "助餐点", "增至", None)],
        ),
        (
            "业委会组建率由2024年底的45.3%提高到58%。",
            [("45.3%", "业委会组建率", "", None), ("58%", "业委会组建率", "提高到", None)],
        ),
        # a year by year series
        (
            "综合产值一年一个台阶：2023年52.1亿元，2024年55.8亿元。",
            [("52.1亿元", "综合产值", "", "2023-01-01"), ("55.8亿元", "综合产值", "", "2024-01-01")],
        ),
        # a part by level is of the whole's things
        (
            "全县老年助餐点58个，其中村级39个。",
            [("58个", "老年助餐点", "", None), ("39个", "村级老年助餐点", "", None)],
        ),
        # of how many so many had it done
        (
            "对15个村的8236名村民已有序转移7716人。",
            [("15个", "村", "", None), ("8236名", "村民", "", None), ("7716人", "村民", "转移", None)],
        ),
        # verbs of what is new, of the thing told before
        (
            "加装电梯累计41部，今年新装6部。",
            [("41部", "电梯", "加装", None), ("6部", "电梯", "新装", "2026-01-01")],
        ),
        # kinds are parts; what follows them is of the whole
        (
            "全区调处矛盾纠纷4126件。按类型分，婚姻家庭912件，邻里1038件。谷阳镇办了735件。",
            [
                ("4126件", "矛盾纠纷", "调处", None),
                ("912件", "婚姻家庭", "", None),
                ("1038件", "邻里", "", None),
                ("735件", "矛盾纠纷", "办", None),
            ],
        ),
        # what took how long
        ("群众平均等候6.5分钟。", [("6.5分钟", "等候", "", None)]),
        ("响应时间由15分钟缩短至5分钟。", [("15分钟", "响应时间", "", None), ("5分钟", "响应时间", "缩短至", None)]),
        ("活动历时2小时。全县开通24小时热线。", []),
        # a task names what it is for
        (
            "残疾人家庭无障碍改造年度任务500户，已完工412户。",
            [("500户", "残疾人家庭无障碍改造", "改造", None), ("412户", "残疾人家庭无障碍改造", "完工", None)],
        ),
    ],
)
def test_what_is_told_of_a_whole(extracted: Extracted, body: str, told: list[Told]) -> None:
    found = [(f.quantity.surface, f.object, f.action, f.period.start) for f in extracted(body)]
    assert found == told


def test_the_time_of_a_list_of_places_is_what_its_head_took(extracted: Extracted) -> None:
    body = "（二）企业开办平均用时（含刻章、税控）\n德清县2.9小时，安吉县3.8小时，长兴县3.5小时。"
    found = extracted(body, place="330500")
    assert [(f.object, f.quantity.surface, f.place and f.place.name) for f in found] == [
        ("平均用时", "2.9小时", "德清县"),
        ("平均用时", "3.8小时", "安吉县"),
        ("平均用时", "3.5小时", "长兴县"),
    ]


@pytest.mark.parametrize(
    ("body", "subjects"),
    [
        # what is counted acts not
        ("设置入学计划563个，其中公办小学315个、民办小学248个。", ["德清县", "德清县", "德清县"]),
        ("全县养老机构14家，县人民医院接诊300人次。", ["德清县", "县人民医院"]),
        # a body that 的是 points at, and one whose name begins with a preposition
        ("进度最快的是武康街道，完成18.4公里；向阳镇因为征地，只完成3.2公里。", ["武康街道", "向阳镇"]),
    ],
)
def test_whose_figures_are(extracted: Extracted, body: str, subjects: list[str]) -> None:
    assert [f.subject for f in extracted(body)] == subjects


def test_a_title_that_ends_in_a_kind_of_bodies_names_none(rules: Rules) -> None:
    about = replace(an_article(rules, "上半年城镇新增就业2310人。"), title="问答｜在德清办企业，快了多少")
    assert [(f.subject, f.subject_level) for f in facts(about, rules)] == [("德清县", "county")]


def test_a_town_lies_in_the_place_right_before_it(extracted: Extracted) -> None:
    (fact,) = extracted("从布点看，德清县新市镇一个镇就有助餐点6个。", place="330500")
    assert (fact.subject, fact.place and fact.place.name) == ("新市镇", "德清县")


def test_a_target_that_is_not_reached_is_planned(extracted: Extracted) -> None:
    assert [f.status for f in extracted("加装电梯完工11部，离全年30部的目标不远不近。")] == ["done", "planned"]
    assert [f.status for f in extracted("实现全年改造30部的目标。")] == ["done"]


@pytest.mark.parametrize("body", ["县里已落实整改38项任务，群众满意。", "武康街道认领30个任务，新市镇认领20个任务。"])
def test_tasks_that_are_counted_are_no_target(extracted: Extracted, body: str) -> None:
    assert {f.status for f in extracted(body)} == {"done"}


def test_since_when_something_holds_is_its_own_time(extracted: Extracted) -> None:
    (fact,) = extracted("从2025年起全县助餐点扩大到50个。")
    assert fact.period.text is not None and "2025年" in fact.period.text


def test_figures_that_add_up_by_chance_are_no_parts(extracted: Extracted) -> None:
    assert extracted("全县建成幼儿园50所、小学30所、初中20所。改造12所。")[-1].object != "幼儿园"


def test_times_of_a_rule_and_things_of_another_change_are_left_alone(extracted: Extracted) -> None:
    assert extracted("医疗废物的暂存时间不超过24小时。") == []
    body = "助学贷款最高额度增加4000元。今年转移支付规模增加1.5万亿元，再提高30元。"
    assert "助学贷款" not in "".join(f.object for f in extracted(body)[1:])
