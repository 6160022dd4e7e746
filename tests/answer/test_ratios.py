"""Means, differences and shares within a place and of several, over a library made for them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from api.library import Library
from corpus.model import Answer
from tests.conftest import library_of

HEAD = "2026年上半年文明实践情况\n县委宣传部\n2026年7月9日\n"
TEXTS = {
    "常山.txt": f"常山县{HEAD}组建应急小分队12支，队员180人。\n建成停车棚85个、充电站37座。\n"
    "公益岗位1860个，其中保洁岗1116个。\n劝和61对。\n发放产业扶持资金3.4亿元，产业扶持资金项目1200个。\n",
    "开化.txt": f"开化县{HEAD}组建应急小分队9支，队员162人。\n建成停车棚40个。\n劝和82对。\n"
    "县里组建财税服务团、法律服务团，走访企业310家。\n",
    "龙游.txt": f"龙游县{HEAD}全县有托位2650个，每千人口托位5.3个。\n",
}
Result = tuple[str, str]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with library_of(tmp_path_factory.mktemp("比"), TEXTS) as made:
        yield made


def results(answer: Answer) -> list[Result]:
    return [(c.derivation.operation, c.derivation.result) for c in answer.claims if c.derivation]


@pytest.mark.parametrize(
    ("question", "computed"),
    [
        # so many of one thing for each of another, of each place
        ("常山县平均一支小分队有多少名队员？", [("ratio", "15")]),
        ("常山县和开化县平均一支小分队有多少名队员？", [("ratio", "18"), ("ratio", "15")]),
        ("常山县和开化县平均有多少名队员？", [("mean", "171")]),
        # of two things of a place, and of one thing of two places
        ("常山县停车棚比充电站多几个？", [("difference", "48")]),
        ("常山县停车棚和充电站数量之差是多少？", [("difference", "48")]),
        ("常山县的停车棚比开化县多几个？", [("difference", "45")]),
        ("常山县、开化县劝和的对数相差多少？", [("difference", "21")]),
        ("常山县和开化县的停车棚一共多少个？", [("sum", "125")]),
        # a part of what its text says it is part of
        ("常山县公益岗位中保洁岗占比是多少？", [("share", "60")]),
        ("常山县有多少个保洁岗？", []),
    ],
)
def test_computed(library: Library, question: str, computed: list[Result]) -> None:
    answer = library.ask(question, llm="none")
    assert not answer.refused
    assert [(o, r.rstrip("%")) for o, r in results(answer)] == computed, answer.text


def test_so_much_for_each_of_a_thousand_is_no_total(library: Library) -> None:
    total = library.ask("龙游县有多少个托位？", llm="none")
    assert "2650个" in total.text and "5.3" not in total.text
    assert "5.3个" in library.ask("龙游县每千人口有多少个托位？", llm="none").text


def test_how_many_bodies_are_named_is_no_premise(library: Library) -> None:
    for question in ("开化县财税、法律两个团走访了多少家企业？", "开化县财税、法律两个服务团走访企业多少家？"):
        answer = library.ask(question, llm="none")
        assert ([c.text for c in answer.claims], answer.caveats) == (["开化县走访企业310家"], ()), answer.text
    wrong = library.ask("开化县走访的450家企业是哪些团走访的？", llm="none")
    assert "问题里的数与资料不符，已按资料更正。" in wrong.caveats


def test_a_word_for_money_asks_for_money(library: Library) -> None:
    money = library.ask("常山县产业扶持资金有多少？", llm="none")
    assert [c.text for c in money.claims] == ["常山县扶持资金3.4亿元"]
    projects = library.ask("常山县产业扶持资金项目有多少个？", llm="none")
    assert "1200个" in projects.text and "3.4" not in projects.text
