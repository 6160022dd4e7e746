"""Questions that lean on the one before, as a person asks them one after the other."""

from __future__ import annotations

import pytest

from api.library import Library


@pytest.mark.parametrize(
    ("before", "question", "whole"),
    [
        ("德清县建了多少个驿站？", "那昆山市呢？", "昆山市建了多少个驿站？"),
        ("哪些县建了驿站？", "昆山市呢", "昆山市建了驿站？"),
        ("德清县2026年建了多少个驿站？", "2025年呢？", "德清县2025年建了多少个驿站？"),
        ("德清县建了多少个驿站？", "去年呢", "德清县去年建了多少个驿站？"),
        ("德清县和昆山市的驿站怎么建的？", "两地各建了多少？", "德清县、昆山市驿站各建了多少？"),
        ("德清县建了多少个驿站？", "那里有几名党建指导员？", "德清县有几名党建指导员？"),
        ("德清县的驿站是谁牵头建的", "资金从哪里来？", "德清县驿站资金从哪里来？"),
        ("德清县建了多少个驿站？", "为什么？", "德清县驿站为什么？"),
        ("德清县建了多少个驿站？", "那党建指导员呢？", "德清县建了多少个党建指导员？"),
        ("德清县和昆山市各建了多少个驿站？", "排个序", "德清县和昆山市各建了多少个驿站，排个序"),
        ("昆山、平遥、江油三地的驿站谁最多？", "那江油呢", "江油的驿站谁最多？"),
        ("德清县建了多少个驿站？", "昆山市有多少？", "昆山市驿站有多少？"),
    ],
)
def test_what_leans_is_completed_and_shown(sample_library: Library, before: str, question: str, whole: str) -> None:
    answer = sample_library.ask(question, llm="none", previous=before)
    assert answer.plan.asked == whole
    assert answer.question == question


@pytest.mark.parametrize(
    "question",
    [
        "昆山市选派了几名党建指导员？",
        "什么是“五联工作法”？",
        "全国各地有哪些志愿服务做法？",
        "三都县纳入整治和整顿的各有多少家？",
        "三都县化解了多少？",
    ],
)
def test_a_whole_question_stays(sample_library: Library, question: str) -> None:
    answer = sample_library.ask(question, llm="none", previous="德清县建了多少个驿站？")
    assert answer.plan.asked == question
    assert answer.text == sample_library.ask(question, llm="none").text


def test_the_places_of_the_answer_before(sample_library: Library) -> None:
    answer = sample_library.ask("它们各选派了多少？", llm="none", previous="哪些县选派了党建指导员？")
    assert len(answer.plan.places) > 5
    assert not answer.refused


def test_each_leans_on_the_one_before_it(sample_library: Library) -> None:
    answer = sample_library.ask("排个序", llm="none", previous=["德清县建了多少个驿站？", "那昆山市和德清县呢？"])
    assert answer.plan.operation == "rank"
    assert set(answer.plan.places) == {"330521", "320583"}
