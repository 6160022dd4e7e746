"""What a section or a title says of its figures: their time, that they are plans; and what a sentence leaves short."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.model import Heading, Span
from extract.facts import Rules, facts
from tests.conftest import an_article

REPORT = (
    "一、2025年工作回顾\n新增助餐点6个，全县助餐点累计17个。\n（一）服务。\n走访群众120户。\n"
    "二、2026年主要任务\n（前略）\n实施供水工程20处；助餐点累计达到22个。\n（一）治理。\n建设网格12个。\n"
    "三、工作要求\n召开会议3次。\n"
)


def _with_headings(rules: Rules, body: str, title: str = "工作情况") -> list[tuple[str, str | None, str]]:
    article = replace(an_article(rules, body), title=title)
    marks = [(line, 2 if line.startswith("（") else 1) for line in body.split("\n") if line[:1] in "一二三（"]
    headings = tuple(
        Heading(Span(body.index(line), body.index(line) + len(line)), level)
        for line, level in marks if line != "（前略）"
    )  # fmt: skip
    found = facts(replace(article, headings=headings), rules)
    return [(f.quantity.surface, f.period.text, f.status) for f in found]


def test_figures_are_of_their_section_s_time_and_standing(rules: Rules) -> None:
    assert _with_headings(rules, REPORT) == [
        ("6个", "2025年", "done"), ("17个", "2025年", "done"), ("120户", "2025年", "done"),
        ("20处", "2026年", "planned"), ("22个", "2026年", "planned"), ("12个", "2026年", "planned"),
        ("3次", None, "done"),
    ]  # fmt: skip


def test_a_title_gives_each_of_its_parts_a_time(rules: Rules) -> None:
    body = "全县建成驿站38个。\n下一步打算\n建设驿站50个。\n"
    found = _with_headings(rules, body, title="德清县2025年工作总结和2026年工作打算")
    assert found == [("38个", "2025年", "done"), ("50个", "2026年", "planned")]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        # the end of a month is part of the time, and what it reached counts the thing before
        ("上半年，全县新建驿站8个，6月末累计达到46个。", [("8个", "驿站", "新建"), ("46个", "驿站", "")]),
        ("6月末，全县有志愿者301名。", [("301名", "志愿者", "")]),
        # so many of a whole are part of it, told again or not
        ("全县58个驿站中有22个实行24小时开放。", [("58个", "驿站", ""), ("22个", "驿站", "")]),
        # a kind alone has the name that its sentence gave it
        ("开展校外培训机构“春季行动”，排查机构167家。", [("167家", "校外培训机构", "排查")]),
        # what is inspected
        ("检查企业58家，开展安全检查12次。", [("58家", "企业", "检查"), ("12次", "安全检查", "开展")]),
        # rates named by what happens, and those that are to be reached
        ("森林火灾受害率控制在0.03‰。", [("0.03‰", "森林火灾受害率", "")]),
        ("农村自来水普及率力争达到92.5%。", [("92.5%", "农村自来水普及率", "")]),
        # verbs that name a kind of facility
        ("建有电动自行车充电端口2.15万个。", [("2.15万个", "电动自行车充电端口", "建有")]),
    ],
)
def test_what_a_sentence_counts(rules: Rules, body: str, told: list[tuple[str, str, str]]) -> None:
    found = facts(an_article(rules, body), rules)
    assert [(f.quantity.surface, f.object, f.action) for f in found] == told


def test_a_part_points_at_every_telling_of_its_whole(rules: Rules) -> None:
    first, whole, part = facts(an_article(rules, "德清县有驿站58个。\n德清县58个驿站中有22个全天开放。"), rules)
    assert whole.duplicate_of == first.id
    assert {r.fact for r in part.relations if r.type == "part_of"} == {first.id, whole.id}


@pytest.mark.parametrize(
    ("body", "subject"),
    [
        ("在新市镇、洛舍镇等地累计建成驿站5个。", "德清县"),
        ("新市镇、洛舍镇等6个镇建成驿站。", "德清县"),
        ("新市镇建成驿站5个。", "新市镇"),
    ],
)
def test_bodies_that_are_only_examples_have_no_figure(rules: Rules, body: str, subject: str) -> None:
    assert facts(an_article(rules, body), rules)[0].subject == subject


@pytest.mark.parametrize(
    ("body", "told"),
    [
        # what is put to use, and how much of what was told is in each place
        ("全市加装电梯投入使用152部。", [("152部", "电梯", "投入使用")]),
        (
            "全年受理矛盾纠纷3120件。分县区受理量为：吴兴区1980件，德清县1140件。",
            [("3120件", "矛盾纠纷", "受理"), ("1980件", "矛盾纠纷", "受理"), ("1140件", "矛盾纠纷", "受理")],
        ),
        # the rate that is highest and lowest
        (
            "化解率最高的是德清县，为99.1%；最低的是安吉县，为97.2%。",
            [("99.1%", "化解率", ""), ("97.2%", "化解率", "")],
        ),
        # the thing that the heading above names
        ("一、关于加装电梯\n我市2020年启动这项工作。累计建成96部。", [("96部", "电梯", "建成")]),
        # of two kinds with names none is meant
        ("排查各类场所50处，文化活动场所开放，整改场所12处。", [("50处", "场所", "排查"), ("12处", "场所", "整改")]),
        ("选派两新党建指导员97名。", [("97名", "两新党建指导员", "选派")]),
        # of the year told before, what the clause before counts
        ("2025年建成幸福食堂24家，其中当年新增9家。", [("24家", "幸福食堂", "建成"), ("9家", "幸福食堂", "新增")]),
    ],
)
def test_what_is_counted_by_what_stands_around(rules: Rules, body: str, told: list[tuple[str, str, str]]) -> None:
    found = facts(an_article(rules, body), rules)
    assert [(f.quantity.surface, f.object, f.action) for f in found] == told


def test_the_end_of_a_year_that_was_over_is_no_plan(rules: Rules) -> None:
    aimed = "规划提出，到2025年底，全县建成驿站100个。"
    assert [f.status for f in facts(an_article(rules, aimed, published="2026-07-10"), rules)] == ["planned"]
    said = "到2025年底，全县有托位5120个。"
    assert [f.status for f in facts(an_article(rules, said, published="2026-01-16"), rules)] == ["done"]
    assert [f.status for f in facts(an_article(rules, said, published="2025-03-16"), rules)] == ["planned"]


def test_a_figure_of_the_city_set_beside_is_the_city_s(rules: Rules) -> None:
    own, city = facts(an_article(rules, "2025年德清县加装电梯77部。作为参照，湖州全市去年共加装320部。"), rules)
    assert (own.subject, city.subject) == ("德清县", "湖州市")


def test_a_sum_behind_a_part_is_the_whole_s(rules: Rules) -> None:
    found = facts(an_article(rules, "全年加装电梯63部，其中武康街道29部；自2019年启动以来累计投用318部。"), rules)
    assert [f.subject for f in found] == ["德清县", "武康街道", "德清县"]


def test_a_thing_within_others_is_no_part_of_them(rules: Rules) -> None:
    (_, stations) = facts(an_article(rules, "全县12个社区里5个驿站已建成。"), rules)
    assert not stations.tied("part_of")
    (_, open_) = facts(an_article(rules, "全县58个驿站中有22个建成开放。"), rules)
    assert open_.tied("part_of")
