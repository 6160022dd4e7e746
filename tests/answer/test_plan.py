"""What a question asks, read over the sample library."""

from __future__ import annotations

import pytest

from answer.plan import read_question
from answer.sources import Sources


@pytest.mark.parametrize(
    ("question", "operation"),
    [
        ("德清县建了多少个驿站？", "lookup"),
        ("德清县选派了几名党建指导员", "lookup"),
        ("各地建了多少个驿站？", "list"),
        ("哪些县选派了党建指导员？各选派了多少？", "list"),
        ("哪个县的驿站最多？", "rank"),
        ("党建指导员数量从高到低排一下", "rank"),
        ("各县驿站一共多少个？", "aggregate"),
        ("平均每个县选派多少名党建指导员？", "aggregate"),
        ("德清县驿站数量今年有什么变化？", "trend"),
        ("比较德清县和昆山市的做法", "compare"),
        ("德清县和昆山市的驿站建设有什么不同？", "compare"),
        ("什么是“五联工作法”？", "define"),
        ("“三级三调”是什么意思", "define"),
        ("各地在志愿服务方面有哪些做法？", "survey"),
        ("德清县是不是选派了210名党建指导员？", "check"),
        ("德清县选派了211名党建指导员，对吗？", "check"),
        ("寿光市已经建成80个驿站了吗？", "check"),
    ],
)
def test_operation(sample_sources: Sources, question: str, operation: str) -> None:
    assert read_question(question, sample_sources).plan.operation == operation


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("德清县建了多少个驿站？", {"330521"}),
        ("德清建了多少个驿站？", {"330521"}),
        ("浙江省德清县建了多少个驿站？", {"330521"}),
        ("环江毛南族自治县和环江县", {"451226"}),
        ("环江选派了多少名指导员", {"451226"}),
        ("昆山、平遥、江油三地", {"320583", "140728", "510781"}),
        ("南京市鼓楼区有多少个驿站？", {"320106"}),
        ("鼓楼区有多少个驿站？", {"320106", "350102"}),
        ("江苏省建了多少个驿站？", {"320000"}),
        ("330521建了多少个驿站？", set()),
        ("各县建了多少个驿站？", set()),
        ("哪个市的驿站最多？", set()),
        ("三亚市建了多少个驿站？", {"460200"}),
    ],
)
def test_places(sample_sources: Sources, question: str, places: set[str]) -> None:
    found = set(read_question(question, sample_sources).plan.places)
    assert found == places or (not places and question.startswith("330521"))


@pytest.mark.parametrize(
    ("question", "unit", "counts"),
    [
        ("选派了多少名党建指导员？", "名", True),
        ("有几个驿站？", "个", True),
        ("投入多少万元？", "元", True),
        ("办结率是多少？", None, True),
        ("农村公路里程居前三位的是哪几个县？", "公里", True),
        ("哪些县公布了志愿者的规模？", None, True),
        ("怎么做的？", None, False),
    ],
)
def test_what_is_counted(sample_sources: Sources, question: str, unit: str | None, counts: bool) -> None:
    read = read_question(question, sample_sources)
    assert (read.asks[0].unit if read.asks else None, read.counts) == (unit, counts)


def test_several_figures_are_asked_for_at_once(sample_sources: Sources) -> None:
    read = read_question("德清县选派了多少名党建指导员，建了几个驿站、覆盖多少家企业？", sample_sources)
    assert [(ask.unit, ask.heads[-1].word) for ask in read.asks] == [
        ("名", "党建指导员"),
        ("个", "驿站"),
        ("家", "企业"),
    ]


@pytest.mark.parametrize(
    ("question", "arithmetic"),
    [
        ("德清县和昆山市的驿站一共多少个？", "sum"),
        ("德清县和昆山市的驿站相差多少个？", "difference"),
        ("平均每个县多少个驿站？", "mean"),
        ("德清县的驿站占全省的比重是多少？", "share"),
    ],
)
def test_the_arithmetic_asked_for(sample_sources: Sources, question: str, arithmetic: str) -> None:
    assert read_question(question, sample_sources).arithmetic == arithmetic


def test_levels_conditions_and_ranks(sample_sources: Sources) -> None:
    read = read_question("各县的驿站超过40个的有哪些？", sample_sources)
    assert read.condition is not None
    assert (read.level, int(read.condition.value)) == ("county", 40)
    assert read_question("驿站数量前三的县", sample_sources).top == 3
    assert read_question("德清县哪几个镇街有驿站？", sample_sources).below
    assert read_question("驿站最多的三个地方，按多少排一下", sample_sources).plan.topic == "驿站"
    assert read_question("改建公路里程居前三位的是哪几个县？", sample_sources).plan.topic == "改建公路"


@pytest.mark.parametrize(
    ("question", "level"),
    [
        ("哪三个县的驿站最多？", "county"),
        ("哪两个县市的驿站最多？", "county"),
        ("有几个县建了驿站？", "county"),
        ("哪些县（市、区）的驿站最多？", "county"),
        ("德清县的驿站有几个？", None),
    ],
)
def test_counties_are_asked_for_by_number_and_with_cities(
    sample_sources: Sources, question: str, level: str | None
) -> None:
    assert read_question(question, sample_sources).level == level


def test_the_indicator_asked_for(sample_sources: Sources) -> None:
    assert read_question("德清县选派了多少名党建指导员？", sample_sources).plan.indicators == (
        "party.instructor.dispatched",
    )


def test_a_number_taken_for_granted(sample_sources: Sources) -> None:
    read = read_question("德清县选派的211名党建指导员来自哪里？", sample_sources)
    assert [q.surface for q in read.assumed] == ["211名"]


@pytest.mark.parametrize(
    ("question", "start", "end"),
    [
        ("2026年上半年建了多少个驿站？", "2026-01-01", "2026-06-30"),
        ("2025年选派了多少名？", "2025-01-01", "2025-12-31"),
        ("2026上半年建了多少个驿站？", "2026-01-01", "2026-06-30"),
        ("截至2026年5月底有多少个驿站？", None, "2026-05-31"),
    ],
)
def test_a_period_stated_in_full(sample_sources: Sources, question: str, start: str | None, end: str) -> None:
    period = read_question(question, sample_sources).plan.period
    assert period is not None
    assert (period.start, period.end) == (start, end)


@pytest.mark.parametrize(
    ("question", "planned"), [("计划建多少个？", True), ("已经建成多少个？", False), ("有多少个？", None)]
)
def test_planned_or_done(sample_sources: Sources, question: str, planned: bool | None) -> None:
    assert read_question(question, sample_sources).planned is planned


def test_a_place_of_the_wording_is_no_subject(sample_sources: Sources) -> None:
    topic = read_question("德清县选派了多少名党建指导员？", sample_sources).plan.topic
    assert "德清" not in topic
    assert "党建指导员" in topic
