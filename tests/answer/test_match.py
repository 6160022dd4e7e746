"""Which facts and sentences speak to a question, over the sample library."""

from __future__ import annotations

import pytest

from answer.match import find_facts
from answer.plan import read_question
from answer.sources import Sources
from answer.speaking import find_sentences
from extract.sentences import clause_of


def _found(question: str, sources: Sources) -> list[str]:
    return [f.fact.quantity.surface for f in find_facts(read_question(question, sources), sources)]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("德清县选派了多少名党建指导员？", "210名"),
        ("寿宁县选派了多少名党建指导员？", "一百二十名"),
        ("平遥县有多少家商户加入？", "近百家"),
        ("昆山市发展了多少名党员？", "9名"),
        ("江油市受理了多少件诉求？", "1096件"),
        ("天长市引进了多少人才？", "120余人"),
        ("环江县帮助企业获得多少贷款？", "7600万元"),
    ],
)
def test_the_best_fact(sample_sources: Sources, question: str, first: str) -> None:
    assert _found(question, sample_sources)[0] == first


@pytest.mark.parametrize(
    "question",
    ["德清县建了多少所学校？", "婺源县选派了多少名党建指导员？", "平遥县的财政收入是多少？", "昆山市有多少座桥？"],
)
def test_nothing_fits(sample_sources: Sources, question: str) -> None:
    assert _found(question, sample_sources) == []


def test_a_plan_is_given_to_who_asks_for_plans(sample_sources: Sources) -> None:
    assert "80个" in _found("寿光市计划建成多少个驿站？", sample_sources)
    assert "80个" not in _found("寿光市已建成多少个驿站？", sample_sources)


def test_only_facts_of_the_places_asked(sample_sources: Sources) -> None:
    question = read_question("昆山市和平遥县各建了多少个驿站？", sample_sources)
    places = {f.fact.place.adcode for f in find_facts(question, sample_sources) if f.fact.place}
    assert places == {"320583", "140728"}
    assert question.places == ("320583", "140728")


def test_scores_fall_and_lie_between_0_and_1(sample_sources: Sources) -> None:
    scores = [f.score for f in find_facts(read_question("各地建了多少个驿站？", sample_sources), sample_sources)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < s <= 1.001 for s in scores)


def test_a_clause_holds_its_quantity(sample_sources: Sources) -> None:
    for found in find_facts(read_question("各地建了多少个驿站？", sample_sources), sample_sources):
        assert found.fact.quantity.surface in clause_of(found.fact)


def test_sentences_are_the_articles_own_and_few_a_place(sample_sources: Sources) -> None:
    hits = find_sentences(read_question("各地怎么调解矛盾纠纷？", sample_sources), sample_sources)
    assert "500156" in hits
    for place, found in hits.items():
        assert 0 < len(found) <= 3
        for hit in found:
            assert hit.article.place is not None
            assert hit.article.place.adcode == place
            assert hit.span.of(hit.article.body) == hit.text


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2025年哪些地方建了驿站，当年各建成多少个？", "2025年哪些地方建了驿站，各建成多少个？"),
        ("驿站100个往上的地方有哪些？", "驿站100个以上的地方有哪些？"),
    ],
)
def test_ways_of_saying_that_change_nothing(sample_sources: Sources, said: str, meant: str) -> None:
    (read, other) = (read_question(q, sample_sources) for q in (said, meant))
    assert (read.plan.topic, read.plan.operation) == (other.plan.topic, other.plan.operation)
    assert (read.condition is None) == (other.condition is None)
    assert not read.condition or not other.condition or read.condition.bound == other.condition.bound


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("平遥县驿站占全市的比重", ("140728", "140700")),
        ("平遥县驿站占全省的比重", ("140728", "140000")),
        ("晋中市女党员占全市党员的比重", ("140700",)),
        ("昆山市女党员占全市党员的比重", ("320583",)),
    ],
)
def test_the_whole_a_share_is_of(sample_sources: Sources, question: str, places: tuple[str, ...]) -> None:
    assert read_question(question, sample_sources).places == places
