"""A person's correction of a figure in answers: told beside what the source prints, reckoned with, and judged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.exports import correct
from api.library import Library
from api.shapes import answer_json
from corpus.corrections import Correction
from corpus.model import Answer
from evals.answers import uncovered
from tests.conftest import ask, library_of

TEXTS = {
    "昆山.txt": "昆山市：驿站暖人心\n昆山市建成新就业群体驿站112个，选派党建指导员约30名。"
    "每座驿站都有饮水机，骑手说这里像家。\n",
    "德清.txt": "德清县：办好驿站\n德清县建成新就业群体驿站52个，选派党建指导员20名。\n",
}
AMENDED = "建成新就业群体驿站500个（人工更正，原文112个）"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with library_of(tmp_path, TEXTS) as library:
        fact = next(f for f in library.facts() if f.quantity.surface == "112个")
        correct(library, [Correction(fact.id, "value", "112", "500")], "张三")
        yield library


def test_a_corrected_figure_is_told_beside_what_is_printed(library: Library) -> None:
    answer = ask(library, "昆山市建成多少个新就业群体驿站？")
    (claim,) = answer.claims
    assert AMENDED in answer.text and claim.verified
    assert claim.derivation and (claim.derivation.operation, claim.derivation.result) == ("correction", "500")
    assert claim.derivation.expression == "112个 → 500个"
    assert answer.table and answer.table.rows[0][1:3] == ("112个", "500") and "人工更正" in answer.table.rows[0][-1]
    assert not uncovered(answer)


def test_sums_and_differences_reckon_with_what_was_corrected(library: Library) -> None:
    answer = ask(library, "昆山市和德清县的新就业群体驿站相差多少？")
    assert "相差448个（500 − 52）" in answer.text and AMENDED in answer.text
    assert all(c.verified for c in answer.claims) and not uncovered(answer)
    ranked = ask(library, "各地新就业群体驿站由多到少？").text
    assert ranked.index("500个") < ranked.index("52个")


def test_a_sentence_with_a_corrected_figure_says_so(library: Library) -> None:
    answer = ask(library, "昆山市怎样建设驿站？")
    told = [c for c in answer.claims if "500个" in c.text]
    assert told and all(AMENDED in c.text and c.verified for c in told)


def test_bounds_and_what_was_not_corrected_stay(library: Library) -> None:
    fact = next(f for f in library.facts() if f.quantity.value == 30)
    changes = [Correction(fact.id, "value", "30", "33"), Correction(fact.id, "bound", "approx", "exact")]
    correct(library, changes, "张三")
    answer = ask(library, "昆山市选派了多少名党建指导员？")
    assert "选派党建指导员33名（人工更正，原文约30名）" in answer.text and all(c.verified for c in answer.claims)
    assert "20名" in ask(library, "德清县选派了多少名党建指导员？").text


def test_verify_holds_a_correction_against_what_is_noted(library: Library) -> None:
    answer = ask(library, "昆山市建成多少个新就业群体驿站？")
    assert [v.verified for v in library.verify(answer_json(answer))] == [True]
    assert [v.verified for v in library.verify(_with(answer, "500个", "600个"))] == [False]
    assert [v.verified for v in library.verify(_with(answer, "原文112个", "原文113个"))] == [False]


def _with(answer: Answer, old: str, new: str) -> object:
    told = answer_json(answer)
    for claim in told["claims"]:
        claim["text"] = claim["text"].replace(old, new)
    return told
