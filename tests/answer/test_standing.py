"""Which of several figures answers: planned or done, of the whole or a part, new or so far, of the time asked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from api.library import Library
from evals.answers import numbers
from tests.conftest import ask, library_of

TEXTS = {
    "范县年度.txt": "范县2025年工作总结\n范县人民政府\n2026年1月12日\n"
    "全年新建高标准农田4.5万亩，累计达到61.5万亩。截至年底，全县共有老年助餐点46个，其中村级31个。\n"
    "全年地区生产总值210亿元。既有住宅加装电梯累计41部，今年新装6部。\n",
    "范县半年.txt": "范县2026年上半年工作情况\n范县人民政府\n2026年7月10日\n"
    "全县老年助餐点达到58个，今年新增12个，其中村级39个。计划年底前建设公共充电桩80个。\n"
    "困难残疾人家庭无障碍改造年度任务500户，已完工412户。群众平均等候6.5分钟。\n"
    "进度最快的是濮城镇，完成改厕184户。\n",
    "泸县.txt": "泸县2026年上半年工作情况\n泸县人民政府\n2026年7月12日\n"
    "2026年上半年，全县新建高标准农田5.1万亩，建成高标准农田共82.7万亩。全县老年助餐点达到73个。\n"
    "受理信访事项268件，办结251件。调处矛盾纠纷430件，其中云龙镇调处21件。群众平均等候9分钟。\n"
    "对低洼处的824名村民已有序转移771人。公共充电桩建成26个。\n",
    "新建.txt": "南昌市新建区就业工作简报\n新建区人力资源和社会保障局\n2026年6月11日\n"
    "全区零工市场登记零工2.37万人。流湖镇种植西瓜320亩。\n",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with library_of(tmp_path_factory.mktemp("立"), TEXTS) as made:
        yield made


@pytest.mark.parametrize(
    ("question", "has", "lacks"),
    [
        # the latest of a series, whatever words tell it; the whole before its part
        ("范县现有多少个老年助餐点？", ["58"], ["46"]),
        ("范县和泸县的老年助餐点各有多少个？", ["58", "73"], ["46", "12"]),
        # what is new, and what there is
        ("范县2025年新建高标准农田多少亩？", ["45000"], ["615000"]),
        ("范县、泸县新建的高标准农田，从多到少排一下。", ["51000", "45000"], ["827000"]),
        ("范县、泸县今年新装电梯多少部？", ["6"], ["41"]),
        # what is measured is found by its very name; a verb is no place
        ("2026年上半年新建高标准农田最多的是哪个县？", ["51000"], ["23700"]),
        # of whom so many have been moved
        ("泸县一共转移了多少人？", ["771"], []),
        # cases in another of their units
        ("泸县调了多少起矛盾纠纷？", ["430"], ["21"]),
        # a town without its county, also by its short name
        ("云龙镇调了多少起纠纷？", ["21"], ["430"]),
        ("濮城今年改厕多少户？", ["184"], []),
        # times
        ("范县群众平均要等多久？", ["6.5"], []),
        ("范县、泸县群众等候用时，从短到长排一下", ["6.5", "9"], []),
        # what is left
        ("泸县受理的信访事项，还有多少件没办结？", ["17", "268", "251"], []),
        ("范县残疾人家庭无障碍改造的任务，还差多少户？", ["88", "500", "412"], []),
        # points
        ("范县给老人吃饭的点，一共有多少个？", ["58"], []),
    ],
)
def test_the_figure_that_stands(library: Library, question: str, has: list[str], lacks: list[str]) -> None:
    answer = ask(library, question)
    told = numbers(answer)
    assert not answer.refused and not [n for n in has if n not in told], answer.text
    assert not [n for n in lacks if n in told], answer.text


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("范县实际建成了多少个公共充电桩？", "只见到计划数"),
        ("南昌市新建区全区西瓜种植面积是多少亩？", "只见到街道、村或单位的数"),
        ("泸县2023年地区生产总值是多少亿元？", "没有写明"),
        ("快递进村覆盖率各县排名", "没有写明"),
    ],
)
def test_what_another_figure_does_not_answer_is_refused(library: Library, question: str, reason: str) -> None:
    answer = ask(library, question)
    assert answer.refused and reason in (answer.reason or ""), answer.text


def test_a_list_of_what_is_done_leaves_plans_out_and_says_so(library: Library) -> None:
    answer = ask(library, "哪些县现在有公共充电桩？各有多少个？")
    assert answer.coverage.places_with_evidence == ("510521",), answer.text
    assert any("范县" in caveat and "计划" in caveat for caveat in answer.caveats)


def test_a_series_goes_on_from_one_document_to_the_next(library: Library) -> None:
    answer = ask(library, "范县老年助餐点数 2025年底→2026年6月")
    assert [n for n in ("46", "58", "12") if n not in numbers(answer)] == [], answer.text


@pytest.mark.parametrize(
    ("statement", "opening"),
    [
        ("泸县的老年助餐点比范县还多，对不对？", "与资料一致："),
        ("范县的老年助餐点比泸县多，是不是？", "与资料不一致"),
        ("核实：范县老年助餐点为58个。", "与资料一致："),
        ("范县老年助餐点已达60个？", "与资料不一致"),
        ("“范县今年上半年老年助餐点达到58个” 属实？", "与资料一致："),
        ("范县2025年新建高标准农田61.5万亩，核对一下", "与资料不一致"),
        ("范县群众平均等候6.5小时，没搞错吧？", "与资料不一致"),
    ],
)
def test_statements_without_a_question_word_and_of_two_places(library: Library, statement: str, opening: str) -> None:
    assert ask(library, statement).text.startswith(opening), ask(library, statement).text


def test_one_of_two_figures_that_is_only_planned_does_not_take_the_other_away(library: Library) -> None:
    answer = ask(library, "范县现在建成了多少个公共充电桩，有多少个老年助餐点？")
    assert not answer.refused and {"80", "58"} <= set(numbers(answer)) and "只见到计划数" in answer.text, answer.text


def test_places_are_compared_by_their_figures_where_all_have_one_of_the_very_thing(library: Library) -> None:
    answer = ask(library, "范县 vs 泸县 老年助餐点")
    assert answer.plan.operation == "compare" and {"58", "73"} <= set(numbers(answer)), answer.text


@pytest.mark.parametrize(
    ("question", "operation"),
    [
        ("按高标准农田从高->低排一下各县", "rank"),
        ("哪些县的高标准农田>5万亩", "list"),
        ("高标准农田最多的2个县", "rank"),
        ("泸县老年助餐点 > 范县？", "check"),
        ("每人补贴2000块钱是真的吗", "check"),
    ],
)
def test_signs_and_numbers_at_the_end_of_a_question(library: Library, question: str, operation: str) -> None:
    assert ask(library, question).plan.operation == operation


def test_what_is_compared_first_is_what_is_said_of(library: Library) -> None:
    assert ask(library, "比范县的老年助餐点还多的是泸县，对吗？").text.startswith("与资料一致：")
