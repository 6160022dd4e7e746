"""A plan that a person changed is followed and shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from api.library import Library
from api.shapes import answer_json
from corpus.errors import UsageError
from corpus.model import Answer

ASKED = "德清县建了多少个驿站？"


def _edited(library: Library, **plan: object) -> Answer:
    return library.ask(ASKED, llm="none", plan=plan)


def test_another_place(sample_library: Library) -> None:
    answer = _edited(sample_library, places=["昆山市"])
    assert answer.plan.places == ("320583",)
    assert answer.text == sample_library.ask("昆山市建了多少个驿站？", llm="none").text


def test_other_words(sample_library: Library) -> None:
    answer = _edited(sample_library, topic="党建指导员")
    assert answer.plan.topic == "党建指导员"
    assert "210名" in answer.text and "驿站" not in answer.text


def test_another_operation_over_the_whole_library(sample_library: Library) -> None:
    answer = _edited(sample_library, operation="按数量排列", places=[])
    assert (answer.plan.operation, answer.plan.places) == ("rank", ())
    assert answer.text.startswith("按数量由多到少")


def test_sentences_instead_of_figures(sample_library: Library) -> None:
    assert _edited(sample_library, operation="survey").claims[0].text.startswith("德清县：")


def test_an_indicator_by_its_name(sample_library: Library) -> None:
    answer = _edited(sample_library, indicators=["党建指导员选派数"], places=[], operation="list")
    assert answer.plan.indicators == ("party.instructor.dispatched",)
    assert answer.table is not None and len(answer.table.rows) > 5


def test_an_indicator_of_the_library_alone(sample_library: Library) -> None:
    fact = next(f for f in sample_library.facts("德清县") if f.indicator.startswith("open."))
    answer = _edited(sample_library, indicators=[fact.indicator])
    assert fact.quantity.surface in answer.text


def test_period_put_in_and_taken_out(sample_library: Library) -> None:
    put_in = _edited(sample_library, period="2026年上半年")
    assert put_in.plan.period is not None and put_in.plan.period.end == "2026-06-30"
    assert _edited(sample_library, period={"start": "2026-01-01", "end": "2026-06-30"}).text == put_in.text
    dated = sample_library.ask("德清县2019年建了多少个驿站？", llm="none")
    free = sample_library.ask("德清县2019年建了多少个驿站？", llm="none", plan={"period": None})
    assert free.plan.period is None and not free.refused
    assert free.text != dated.text


def test_a_plan_given_back_unchanged_changes_nothing(sample_library: Library) -> None:
    answer = sample_library.ask(ASKED, llm="none")
    again = sample_library.ask(ASKED, llm="none", plan=answer_json(answer)["plan"])
    assert (again.plan, again.text) == (answer.plan, answer.text)


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        ({"operation": "猜"}, "没有问法 '猜'"),
        ({"places": ["某某县"]}, "某某县"),
        ({"indicators": ["没有的"]}, "没有指标 '没有的'"),
        ({"period": "哪天"}, "读不懂时间 '哪天'"),
        ({"topic": "  "}, "要查的内容是空的"),
        ({"plaecs": ["德清县"]}, "plaecs"),
        ({"places": 3}, "places"),
    ],
)
def test_what_cannot_be_followed_is_told(sample_library: Library, plan: dict[str, Any], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        sample_library.ask(ASKED, llm="none", plan=plan)


def test_own_aspects(sample_library: Library, tmp_path: Path) -> None:
    question = "德清县和昆山市的驿站有什么不同？"
    answer = sample_library.ask(question, llm="none", aspects=["问题", "食堂菜价"])
    assert answer.plan.aspects == ("问题", "食堂菜价")
    assert answer.table is not None and answer.table.columns == ("地方", "方面", "依据")
    assert {row[1] for row in answer.table.rows} == {"问题"}
    assert "昆山市未提及" in answer.text and "食堂菜价" in answer.text
    book = tmp_path / "aspects.csv"
    book.write_text("name,definition,examples\n问题,难处和短板,歇脚难；饮水难\n", "utf8")
    by_book = sample_library.ask(question, llm="none", aspects=book)
    assert by_book.plan.aspects == ("问题",) and all(c.verified for c in by_book.claims)
