"""A figure that a question states, held against period, unit, standing and bound, over a library made for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from api.library import Library
from evals.answers import numbers
from tests.conftest import library_of

TEXTS = {
    "常山.txt": "常山县2026年上半年文明实践情况\n常山县委宣传部\n2026年7月9日\n"
    "受理诉求510件，比去年同期的480件多30件。\n发放手册5.1万件。\n"
    "全县计划改造公厕80座，上半年完成46座。\n河长巡河1000余次。灌溉农田7.4万公顷。\n"
    "截至2026年5月底，全县登记志愿者8600人。2026年1至6月，登记志愿者8100人。\n",
    "开化.txt": "开化县办理诉求情况\n开化县信访局\n2026年7月6日\n"
    "2025年，全县办理诉求402件。2026年上半年，全县办理诉求230件，同比下降18.4%，诉求答复率98.7%。\n",
    "安吉.txt": "安吉县驿站建设情况\n安吉县委社会工作部\n2026年7月6日\n"
    "2024年，全县新建驿站12个。2025年，全县新建驿站15个。截至2025年底，全县187个行政村中，正式推行积分制的84个。\n"
    "2024年末，全县有养老床位1200张；2025年末，全县有养老床位1180张。\n",
}
AS_MANY, NOT_SO = "与资料一致：", "与资料不一致，资料的说法是："


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with library_of(tmp_path_factory.mktemp("核"), TEXTS) as made:
        yield made


@pytest.mark.parametrize(
    ("question", "opening", "figure"),
    [
        # of the time that is told
        ("开化县2025年办理诉求402件，对吗？", AS_MANY, "402"),
        ("开化县2025年办理诉求230件，对吗？", NOT_SO, "402"),
        ("开化县2026年上半年办理诉求230件，对吗？", AS_MANY, "230"),
        ("截至2026年5月底，常山县登记志愿者8600人，对吗？", AS_MANY, "8600"),
        ("截至2026年5月底，常山县登记志愿者8100人，对吗？", NOT_SO, "8600"),
        ("2026年1至6月，常山县登记志愿者8600人，对吗？", NOT_SO, "8100"),
        # in its own unit, where another says something else
        ("常山县灌溉农田7.4万公顷，对吗？", AS_MANY, "7.4"),
        ("常山县灌溉农田7.4万亩，对吗？", NOT_SO, "7.4"),
        # roughly as many, and not
        ("常山县发放手册5万多件，对吗？", AS_MANY, "5.1"),
        ("常山县发放手册4万多件，对吗？", NOT_SO, "5.1"),
        ("常山县河长巡河1000多次，对吗？", AS_MANY, "1000"),
        ("常山县河长巡河1000次，对吗？", NOT_SO, "1000"),
        # what it was before is not what it is
        ("常山县受理诉求510件，对吗？", AS_MANY, "510"),
        ("常山县受理诉求480件，对吗？", NOT_SO, "510"),
        # how much less, beside other rates
        ("开化县上半年诉求办理量同比降18.4%，对否", AS_MANY, "18.4"),
        ("开化县上半年诉求办理量同比降28.4%，对否", NOT_SO, "18.4"),
        # done
        ("常山县已改造公厕46座，对吗？", AS_MANY, "46"),
        ("常山县计划改造公厕46座，对吗？", NOT_SO, "46"),
        ("常山县计划改造公厕80座，对吗？", AS_MANY, "80"),
    ],
)
def test_held_against_the_library(library: Library, question: str, opening: str, figure: str) -> None:
    answer = library.ask(question, llm="none")
    assert answer.plan.operation == "check"
    assert answer.text.startswith(opening)
    assert figure in numbers(answer)


def test_a_plan_told_as_done_is_corrected_by_what_is_done(library: Library) -> None:
    answer = library.ask("常山县已改造公厕80座，对吗？", llm="none")
    assert answer.text.startswith(NOT_SO + "常山县上半年公厕完成46座")
    assert "所问的是计划数：常山县计划改造公厕80座" in answer.text


@pytest.mark.parametrize(("more", "opening"), [("30件", AS_MANY), ("50件", NOT_SO)])
def test_how_much_more_than_the_year_before(library: Library, more: str, opening: str) -> None:
    answer = library.ask(f"常山县受理诉求比去年同期多{more}，是真的吗？", llm="none")
    assert answer.text.startswith(opening)
    assert {"510", "480", "30"} <= numbers(answer)
    [change] = [c.derivation for c in answer.claims if c.derivation]
    assert (change.operation, change.result, len(change.inputs)) == ("increase", "30", 2)


def test_what_a_figure_was_does_not_stand_for_what_it_is(library: Library) -> None:
    answer = library.ask("常山县受理诉求多少件？", llm="none")
    assert [c.text for c in answer.claims] == ["常山县受理诉求510件"]


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("安吉县2025年新建驿站少于2024年，对吗？", NOT_SO),
        ("安吉县2025年新建的驿站比2024年多，是真的吗？", AS_MANY),
        ("安吉县2025年末养老床位数比2024年末减少了，属实吗？", AS_MANY),
        ("有材料称安吉县2025年末养老床位数超过2024年末，是否属实？", NOT_SO),
    ],
)
def test_more_or_less_than_in_another_year(library: Library, question: str, opening: str) -> None:
    answer = library.ask(question, llm="none")
    assert answer.text.startswith(opening) and len({c for claim in answer.claims for c in claim.citations}) > 1


def test_half_a_year_is_not_held_against_a_year(library: Library) -> None:
    answer = library.ask("开化县2026年上半年办理诉求少于2025年，对吗？", llm="none")
    assert AS_MANY not in answer.text and NOT_SO not in answer.text


def test_villages_that_do_it_are_counted(library: Library) -> None:
    assert library.ask("安吉县有84个村正式推行积分制，对吗？", llm="none").text.startswith(AS_MANY)
    assert library.ask("安吉县有89个村正式推行积分制，对吗？", llm="none").text.startswith(NOT_SO)
