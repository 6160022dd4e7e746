"""What a question is of: its verb, unit, day, years and plan, over an invented library."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from api.library import Library
from tests.conftest import ask, assert_figures, library_of

TEXTS = {
    "德清.txt": "德清县2034年群众建议工作总结\n德清县委社会工作部\n2035年1月9日\n虚构样例。\n"
    "全年收到群众建议862条，采纳214条。聘请建议征集员46名。发放奖励3.2万元。\n"
    "共清理村级牌子940块，村均牌子由14块减至6块。\n"
    "2034年计划新建议事厅30个，实际新建41个。学员1200人，其中随迁子女占38.5%。\n"
    "议事厅用得多，主要原因是干部每周到点坐班，当场答复。\n",
    "安吉.txt": "安吉县2034年群众建议工作总结\n安吉县委社会工作部\n2035年1月10日\n虚构样例。\n"
    "全年收到群众建议510条，采纳133条。聘请建议征集员28名。\n截至2034年底，全县有议事厅52个。\n共清理村级牌子720块。\n",
    "安宁.txt": "安宁市2034年社区工作小结\n安宁市委社会工作部\n2035年1月11日\n虚构样例。\n"
    "全市社区工作者418名，持证率由2033年底的31.5%提高到2034年底的40.2%。\n老年食堂29家，日均就餐600人次。\n",
    "嵊州.txt": "嵊州市2034年养老服务情况\n嵊州市民政局\n2035年1月11日\n虚构样例。\n助餐点63个，覆盖121个村。\n",
    "桐庐.csv": "桐庐县乡村工坊统计表（虚构样例）,,\n填报：桐庐县人力资源和社会保障局；填报日期：2035年2月12日,,\n"
    "年度,工坊数(个),用工人数(人)\n2033,31,610\n2034,36,702\n"
    "分区域(2034年末),工坊数(个),用工人数(人)\n分水镇（安置区）,20,402\n横村镇,10,180\n其他乡镇（街道）,6,120\n",
    "长兴.txt": "长兴县议事厅情况表\n长兴县委社会工作部\n2035年1月12日\n虚构样例。\n"
    "年份\t议事厅（个）\t财政投入（万元）\n2032年\t31\t12\n2033年\t40\t18\n2034年\t36\t25\n",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with library_of(tmp_path_factory.mktemp("问"), TEXTS) as made:
        yield made


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        # the verb that is asked with
        ("德清县2034年收到的群众建议里，被采纳的有多少条？", {"214"}, {"46"}),
        # persons are not asked for in 条
        ("2034年各县收到群众建议的条数，各是多少？", {"862", "510"}, {"46", "28"}),
        # so much for each is no part of a sum
        ("德清、安吉2034年一共清理了多少块村级牌子？", {"1660"}, {"6"}),
        # a sum of money that is named without 多少
        ("长兴县2033年财政投入", {"18"}, {"25"}),
        # years that are added up
        ("长兴县2032到2034年财政投入合计多少？", {"55"}, set()),
    ],
)
def test_the_figure_that_is_asked_for(library: Library, question: str, told: set[str], untold: set[str]) -> None:
    assert_figures(ask(library, question), told, untold)


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("听说德清县2034年议事厅没完成计划，是真的吗？", False),
        ("德清县2034年议事厅超额完成计划，对吗？", True),
        ("长兴县2034年末的议事厅是否比上年末减少？", True),
        ("长兴县2034年末的议事厅比上年末增加了，属实吗？", False),
        ("德清县学员中随迁子女过半，对否", False),
        ("德清县学员中随迁子女不到一半，对吗？", True),
    ],
)
def test_held_against_plans_years_and_halves(library: Library, question: str, holds: bool) -> None:
    answer = ask(library, question)
    assert answer.text.startswith("与资料一致" if holds else "与资料不一致")


def test_a_figure_long_before_the_day_asked_of_is_no_answer(library: Library) -> None:
    assert_figures(ask(library, "截至2034年底安吉县有议事厅多少个？"), {"52"}, set())
    later = ask(library, "截至2035年6月底安吉县有议事厅多少个？")
    assert later.refused or "没有单独列出的数，以下是写到它的原句，请自行辨认。" in later.caveats


def test_reasons_stand_beside_figures(library: Library) -> None:
    answer = ask(library, "德清县2034年新建了多少个议事厅？为啥用得多？")
    assert_figures(answer, {"41"}, set())
    assert "每周到点坐班" in answer.text


def test_a_place_whose_short_name_begins_a_word(library: Library) -> None:
    assert_figures(ask(library, "安宁社区工作者持证率2033年底是多少？"), {"31.5"}, set())


def test_whether_any_place_has_some_is_no_question_after_those_without(library: Library) -> None:
    answer = ask(library, "有没有地方建了议事厅？各有多少个？")
    assert_figures(answer, {"52", "36"}, set())


def test_things_of_one_family_by_several_names(library: Library) -> None:
    assert_figures(ask(library, "各地老年食堂、助餐点各有多少？"), {"29", "63"}, {"600", "121"})


def test_the_second_of_two_tables_in_one_is_cited_with_its_own_heads(library: Library) -> None:
    answer = ask(library, "桐庐县分水镇2034年末乡村工坊有多少个？")
    assert_figures(answer, {"20"}, {"36", "31"})
    assert any("分区域(2034年末)" in c.quote for c in answer.citations)
    assert_figures(ask(library, "桐庐县2034年乡村工坊有多少个？"), {"36"}, {"6"})
