"""Limits, times and levels that a question sets, and headings as what stands around: over a library made for them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from api.library import Library
from evals.answers import numbers
from tests.conftest import library_of

TEXTS = {
    "柯城.txt": "柯城区2026年上半年文明实践情况\n柯城区委宣传部\n2026年7月8日\n一、志愿讲解\n"
    "文昌阁、周家祠等处讲解390场，听众2.1万人次。\n二、防溺水\n"
    "设置警示牌120块，配备救生圈80个。志愿者每天下午沿河巡查，劝离下水的孩子。\n三、移风易俗\n"
    "理事会逐户上门，劝村民简办酒席。\n四、组织领导\n各乡镇专班，名单如下：\n石梁镇专班4人、九华乡专班3人。\n",
    "常山.txt": "常山县志愿者登记情况\n常山县委宣传部\n2026年7月9日\n"
    "截至2026年5月底，全县登记志愿者8600人。2026年1至6月，登记志愿者8100人。\n劝和61对。\n",
    "开化.txt": "开化县志愿者登记情况\n开化县委宣传部\n2026年7月6日\n登记志愿者4100人。\n建成停车棚40个。\n",
    "龙游.txt": "龙游县2026年工作情况\n龙游县司法局\n2026年7月6日\n"
    "龙游县2023年办理法律援助312件，2024年办理法律援助355件，2025年办理法律援助403件。"
    "2026年1至6月，办理法律援助210件。\n登记志愿者12300人。\n建成停车棚120个。\n",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with library_of(tmp_path_factory.mktemp("限"), TEXTS) as made:
        yield made


CHANGSHAN, KAIHUA, LONGYOU = "330822", "330824", "330825"


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("登记志愿者没超过9000人的县有哪些？", [CHANGSHAN, KAIHUA]),
        ("登记志愿者1万人以上的县有哪些？", [LONGYOU]),
        ("登记志愿者8000以上的县有哪些？", [CHANGSHAN, LONGYOU]),
        ("停车棚连一百个都没有的县有哪些？", [KAIHUA]),
        ("停车棚100以上的县有哪些？", [LONGYOU]),
        # without a limit: all, by 县 as by 县（市、区）
        ("各县登记了多少志愿者？", [CHANGSHAN, KAIHUA, LONGYOU]),
        ("各县（市、区）登记了多少志愿者？", [CHANGSHAN, KAIHUA, LONGYOU]),
    ],
)
def test_places_within_a_limit(library: Library, question: str, places: list[str]) -> None:
    answer = library.ask(question, llm="none")
    assert answer.plan.operation == "list"
    assert [c.place for c in answer.claims if c.place] == places, answer.text


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("截至2026年5月底，常山县登记志愿者多少人？", "8600人"),
        ("2026年1至6月，常山县登记志愿者多少人？", "8100人"),
    ],
)
def test_the_figure_of_the_very_time_asked(library: Library, question: str, figure: str) -> None:
    answer = library.ask(question, llm="none")
    assert [figure in c.text for c in answer.claims] == [True], answer.text


def test_a_trend_is_of_spans_of_one_length(library: Library) -> None:
    answer = library.ask("龙游县法律援助办理量逐年走势如何？", llm="none")
    assert {"312", "355", "403", "91"} <= numbers(answer)
    assert "210" not in answer.text and "增加91件" in answer.text
    assert "210件" in library.ask("龙游县2026年1至6月办理法律援助多少件？", llm="none").text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("柯城区志愿讲解的场次是多少？", "讲解390场"),
        ("柯城区讲解的听众有多少人次？", "听众2.1万人次"),
        ("常山县劝和的对数是多少？", "劝和61对"),
    ],
)
def test_measure_words_ask_for_their_unit(library: Library, question: str, told: str) -> None:
    answer = library.ask(question, llm="none")
    assert [told in c.text for c in answer.claims] == [True], answer.text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("柯城区防溺水有哪些做法？", "沿河巡查"),
        ("柯城区防溺水设了多少块警示牌？", "警示牌120块"),
        ("柯城区移风易俗怎么做？", "劝村民简办酒席"),
        ("柯城区有哪些专班？", "石梁镇专班4人"),
    ],
)
def test_headings_say_what_is_below_and_are_never_cited(library: Library, question: str, told: str) -> None:
    answer = library.ask(question, llm="none")
    assert not answer.refused and told in answer.text
    quotes = {c.quote for c in answer.citations}
    assert not quotes & {"二、防溺水", "三、移风易俗", "四、组织领导", "各乡镇专班，名单如下："}


def test_what_stands_under_another_heading_is_not_told(library: Library) -> None:
    answer = library.ask("柯城区移风易俗怎么做？", llm="none")
    assert "巡查" not in answer.text and "讲解" not in answer.text
