"""What is to be reached, told from what has been: targets, plans with a part done, headings of plans."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.facts import Rules, facts
from tests.conftest import Extracted, an_article


@pytest.mark.parametrize(
    ("body", "facts"),
    [
        # a target is planned and of its thing, not of a 任务
        ("今年，全县农村户厕改建任务3600座。", [("农村户厕", "planned")]),
        ("农村户厕新建改建任务3600座，已完成2100座。", [("农村户厕", "planned"), ("农村户厕", "done")]),
        ("年度计划改造12个老旧小区，已开工8个。", [("老旧小区", "planned"), ("老旧小区", "done")]),
        ("年度计划已改造老旧小区12个。", [("老旧小区", "done")]),
        ("全县改建农村户厕3600座。", [("农村户厕", "done")]),
        (
            "新改建农村公路715公里，年度计划680公里，比上年多63公里。",
            [("农村公路", s) for s in ("done", "planned", "done")],
        ),
        ("培训学员300人，全年计划280人。", [("学员", "done"), ("学员", "planned")]),
        # a target in brackets, and how much of it is done
        (
            "累计到位资金31.6亿元，完成全年任务（42亿元）的75.2%。",
            [("资金", "done"), ("资金", "planned"), ("任务", "done")],
        ),
        ("新发展党员30名，占全年计划（50名）的60%。", [("党员", "done"), ("党员", "planned"), ("党员占比", "done")]),
        # what part of the year has seen done, behind a plan
        ("计划改造农村公厕1800座，上半年完成1310座。", [("农村公厕", "planned"), ("农村公厕", "done")]),
        ("计划改造农村公厕1800座，实际完工960座。", [("农村公厕", "planned"), ("农村公厕", "done")]),
        ("计划改造农村公厕1800座，前5个月开工960座。", [("农村公厕", "planned"), ("农村公厕", "done")]),
        ("年初计划建农村公厕30座，至2025年12月底建成27座。", [("农村公厕", "planned"), ("农村公厕", "done")]),
        ("计划改造农村公厕1800座，其中山区310座。", [("农村公厕", "planned"), ("农村公厕", "planned")]),
    ],
)
def test_targets_and_what_is_done_of_them(extracted: Extracted, body: str, facts: list[tuple[str, str]]) -> None:
    assert [(f.object, f.status) for f in extracted(body)] == facts


@pytest.mark.parametrize(
    ("body", "published", "status"),
    [
        ("2026年安排300户。", "2026-07-10", "planned"),
        ("2027年安排300户。", "2026-07-10", "planned"),
        ("2026年已安排300户。", "2026-07-10", "done"),
        ("2025年安排300户。", "2026-07-10", "done"),
        ("2026年安排300户。", None, "done"),
    ],
)
def test_what_a_year_has_in_hand_is_planned_until_it_is_over(
    extracted: Extracted, body: str, published: str | None, status: str
) -> None:
    assert [f.status for f in extracted(body, published=published)] == [status]


@pytest.mark.parametrize(
    ("body", "statuses"),
    [
        ("四、下半年重点。武康街道再建驿站2家，乾元镇再建3家。", ["planned", "planned"]),
        ("（三）明年任务。新建驿站2家。\n培训骨干30名。", ["planned", "planned"]),
        ("四、下半年重点。新建驿站2家。\n五、主要成效。培训骨干30名。", ["planned", "done"]),
        ("三、主要成效。武康街道新建驿站2家。", ["done"]),
        ("下半年重点镇新建驿站2家。", ["done"]),
        ("五、2026年目标\n新建驿站2家。", ["planned"]),
        ("五、目标任务完成情况\n新建驿站2家。", ["done"]),
    ],
)
def test_a_heading_of_plans_run_into_its_paragraph(extracted: Extracted, body: str, statuses: list[str]) -> None:
    assert [f.status for f in extracted(body)] == statuses


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("下半年打算：改造村卫生室12个。", "planned"),
        ("【打算】年内再把32项事项并入综窗。", "planned"),
        ("任务完成情况：改造村卫生室12个。", "done"),
        ("会议同意年内新建冷库9座。", "planned"),
        ("商务局要盘活3座闲置库房。", "planned"),
        ("部要素市场成交3宗。", "done"),
        ("民生实事安排全年新建床位3000张。", "planned"),
        ("想请县里支持90万元。", "planned"),
        ("明年，我们将重点办好以下实事：\n1.新建口袋公园10个。", "planned"),
        ("该县将新就业群体服务管理作为书记领办项目：走访骑手320名。", "done"),
        ("全县将信访工作纳入考核任务：化解信访积案45件。", "done"),
        ("县里将新建驿站12个。", "planned"),
    ],
)
def test_labels_decisions_and_wishes_are_of_what_is_to_come(extracted: Extracted, body: str, status: str) -> None:
    assert [f.status for f in extracted(body)] == [status]


def test_a_plan_holds_targets_but_where_it_says_how_things_stand(rules: Rules) -> None:
    body = "一、现状\n全县现有助餐点19个。\n（一）床位。家庭床位80张。\n二、目标\n（一）助餐点。2026年底达到30个。"
    article = replace(an_article(rules, body), title="德清县养老服务三年行动方案（2026—2028年）")
    assert [f.status for f in facts(article, rules)] == ["done", "done", "planned"]
