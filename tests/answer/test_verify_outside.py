"""Answers in the contract's form from any source, and the arithmetic of derivations."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from answer.arithmetic import compute
from answer.sources import Sources
from answer.verify import verify_answer
from api.library import Library
from api.shapes import answer_json
from corpus.errors import UsageError
from corpus.model import Answer

QUESTION = "德清县选派了多少名党建指导员？"


@pytest.fixture(scope="module")
def answer(sample_library: Library) -> Answer:
    return sample_library.ask(QUESTION, llm="none")


def test_an_answer_in_the_contracts_form(answer: Answer, sample_sources: Sources) -> None:
    raw = json.loads(json.dumps(answer_json(answer)))
    assert [(v.n, v.verified) for v in verify_answer(raw, sample_sources)] == [(1, True)]
    raw["claims"].append(dict(raw["claims"][0], text="安吉县选派党建指导员210名"))
    raw["claims"].append(dict(raw["claims"][0], text="德清县选派党建指导员[1]"))
    judged = verify_answer(raw, sample_sources)
    assert [(v.n, v.verified) for v in judged] == [(1, True), (2, False), (3, True)]
    assert judged[1].reasons


def test_white_space_lost_or_added_in_a_quote_is_forgiven(answer: Answer, sample_sources: Sources) -> None:
    raw = answer_json(answer)
    raw["citations"][0]["quote"] = "\n".join(raw["citations"][0]["quote"][i : i + 7] for i in range(0, 200, 7)).strip()
    raw["citations"][0]["start"] = raw["citations"][0]["end"] = 0
    assert [v.verified for v in verify_answer(raw, sample_sources)] == [True]


@pytest.mark.parametrize(
    "raw", [None, [], "x", {}, {"claims": "x"}, {"claims": [{}]}, {"claims": [{"text": 3}], "citations": [{"n": "x"}]}]
)
def test_another_form_is_told(raw: object, sample_sources: Sources) -> None:
    with pytest.raises(UsageError):
        verify_answer(raw, sample_sources)


def test_no_claims_no_verdicts(sample_sources: Sources) -> None:
    assert verify_answer({"claims": []}, sample_sources) == []


@pytest.mark.parametrize(
    ("operation", "values", "result"),
    [
        ("sum", [16, 39], 55),
        ("mean", [10, 20], 15),
        ("difference", [52, 46], 6),
        ("ratio", [10, 4], Decimal("2.5")),
        ("share", [1, 4], 25),
        ("max", [3, 9, 4], 9),
        ("min", [3, 9, 4], 3),
        ("ratio", [1, 0], None),
        ("sum", [], None),
        ("guess", [1], None),
    ],
)
def test_arithmetic(operation: str, values: list[int], result: Decimal | int | None) -> None:
    assert compute(operation, [Decimal(v) for v in values]) == result
