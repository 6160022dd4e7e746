"""What reports on a larger place tell of places in it: found, counted, ranked and quoted as theirs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from api.library import Library
from evals.answers import numbers
from tests.conftest import library_of

TEXTS = {
    "简报.txt": "湖州群团工作简报\n2026年第5期　　2026年7月6日\n\n现将各县上半年有关工作刊发如下。\n\n一、德清县\n"
    "残联：适配辅助器具1320件。\n团委：拟于下半年开设青年夜校6个班，教室正在装修。\n\n二、安吉县\n残联：适配辅助器具986件。\n"
    "团委：办青年夜校16个班，周二、周四晚上开课，全部免费。\n\n三、长兴县\n残联：适配辅助器具1147件。\n团委：组织大学生返乡实践311人。\n",
    "通报.txt": "湖州市民政局\n关于2026年上半年养老服务工作情况的通报\n各县（区）民政局：\n一、助餐\n"
    "截至6月30日，全市老年助餐点612个。两个区中，吴兴区178个、南浔区154个；三个县中，德清县84个、安吉县97个、长兴县99个。\n"
    "二、床位\n全年计划新建家庭养老床位900张，分县情况如下：\n单位　　　全年计划（张）　上半年建成（张）\n"
    "德清县　　300　　180\n安吉县　　200　　130\n长兴县　　400　　95\n进度慢的要抓紧。\n",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with library_of(tmp_path_factory.mktemp("下"), TEXTS) as made:
        yield made


DEQING, ANJI, CHANGXING = "330521", "330523", "330522"


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("德清县适配了多少件辅助器具？", "1320"),
        ("长兴县有多少个老年助餐点？", "99"),
        ("安吉县上半年建成家庭养老床位多少张？", "130"),
    ],
)
def test_a_countys_figure_stands_in_a_report_on_its_city(library: Library, question: str, number: str) -> None:
    answer = library.ask(question, llm="none")
    assert number in numbers(answer) and all(c.verified for c in answer.claims)


def test_what_a_county_does_is_quoted_from_its_section(library: Library) -> None:
    answer = library.ask("安吉县的青年夜校怎么办的？", llm="none")
    assert "周二、周四晚上开课" in answer.text and answer.coverage.places_with_evidence == (ANJI,)


def test_places_that_only_mean_to_are_none_that_have(library: Library) -> None:
    answer = library.ask("已开办青年夜校的县", llm="none")
    assert answer.coverage.places_with_evidence == (ANJI,)


def test_counties_are_summed_without_the_districts(library: Library) -> None:
    assert "280" in numbers(library.ask("湖州市三个县（市）的老年助餐点合计多少个？", llm="none"))
    assert "612" in numbers(library.ask("湖州市老年助餐点一共多少个？", llm="none"))


@pytest.mark.parametrize(
    ("question", "order"),
    [
        ("湖州三个县适配辅助器具 由低到高", [ANJI, CHANGXING, DEQING]),
        ("湖州三个县适配辅助器具 大到小", [DEQING, CHANGXING, ANJI]),
        ("湖州三个县适配辅助器具 多→少", [DEQING, CHANGXING, ANJI]),
    ],
)
def test_orders_both_ways(library: Library, question: str, order: list[str]) -> None:
    answer = library.ask(question, llm="none")
    assert [c.place for c in answer.claims if c.derivation is None] == order


def test_a_mean_over_places(library: Library) -> None:
    assert "1151" in numbers(library.ask("湖州三个县平均每个县适配辅助器具多少件？", llm="none"))


def test_a_check_of_a_planned_figure(library: Library) -> None:
    answer = library.ask("德清上半年建成家庭养老床位300张？核一下", llm="none")
    assert "180" in numbers(answer) and "不一致" in answer.text
