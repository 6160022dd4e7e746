"""Which figures contradict each other: those of the same, told otherwise elsewhere; not what only looks alike."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from api.library import Library
from corpus.paging import WantedFacts
from tests.conftest import library_of

CASES: dict[str, tuple[list[str], set[str]]] = {
    "江油市": (["江油市建成驿站64个。", "截至目前，江油市建成驿站70个，覆盖街道。"], {"64个", "70个"}),
    "德清县": (["德清县选派党建指导员210名。", "德清县共选派党建指导员201名。"], {"210名", "201名"}),
    "昆山市": (["今年1至6月，昆山市受理矛盾纠纷3465件，化解3403件。"], set()),
    "平遥县": (["平遥县募集善款1497万元。平遥县各街道募集善款520万元。平遥县企业募集善款977万元。"], set()),
    "竹溪县": (["竹溪县计划到年底建成驿站20个。", "竹溪县建成驿站12个。"], set()),
    "三都水族自治县": (["截至2026年3月底，三都县建成驿站30个。", "截至2026年6月底，三都县建成驿站36个。"], set()),
    "海晏县": (["海晏县建成驿站30余个。", "海晏县建成驿站32个。"], set()),
    "涉县": (["涉县建成驿站18个。", "涉县新建驿站6个。"], set()),
    "东辽县": (
        ["东辽县财税服务团开展服务12次，服务企业27户。东辽县法律服务团提供咨询，服务企业39户，解决问题57个。"], set(),
    ),
    "仙桃市": (
        ["仙桃市春季获金奖项目2个。仙桃市秋季获金奖项目4个。", "仙桃市春季获金奖项目2个。仙桃市秋季获金奖项目9个。"],
        {"4个", "9个"},
    ),
    "环江毛南族自治县": (["环江县补贴企业，200人以上的补贴9万元。", "环江县补贴企业，100人以上的补贴4万元。"], set()),
}  # fmt: skip
"""Of each place texts, and the figures of its that contradict each other."""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    texts = {
        f"{place}{n}.txt": f"{place}：工作进展{n}\n\n{text}\n"
        for place, (told, _) in CASES.items()
        for n, text in enumerate(told)
    }
    with library_of(tmp_path_factory.mktemp("doubts"), texts) as made:
        yield made


@pytest.mark.parametrize("place", CASES)
def test_only_what_is_told_otherwise_of_the_same_contradicts(library: Library, place: str) -> None:
    kinds = library.catalogue.doubtful(WantedFacts(library.scope(place)))
    facts = {f.id: f for f in library.facts(place=place)}
    assert facts
    flagged = {facts[i].quantity.surface for i, kind in kinds.items() if kind == "数值不一"}
    assert flagged == CASES[place][1]
    for fact in facts.values():
        others = {o.quantity.surface for o in library.catalogue.contradicting(fact)}
        assert others == (flagged - {fact.quantity.surface} if fact.quantity.surface in flagged else set())
