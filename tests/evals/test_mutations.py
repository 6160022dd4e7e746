"""Claims altered one thing at a time: what is altered is rejected, what means the same passes."""

from __future__ import annotations

import json

import pytest

from api.library import Library
from api.wiring import sources
from corpus.model import Claim
from evals.mutations import alterations, rewordings, run_mutations
from tests.conftest import ROOT


def test_every_altered_claim_of_the_sample_answers_is_rejected(sample_library: Library) -> None:
    file = ROOT / "corpus/samples/questions.jsonl"
    questions = [json.loads(line)["question"] for line in file.read_text("utf8").splitlines()]
    answers = [sample_library.ask(question, llm="none") for question in questions]
    found = run_mutations(answers, sources(sample_library))
    assert found["altered"] > 1000
    assert found["passed"] == []
    assert found["refused"] == []


@pytest.mark.parametrize(
    ("kind", "changed"),
    [
        ("digit", "德清县三季度选派党建指导员211名"),
        ("scale", "德清县三季度选派党建指导员210万名"),
        ("unit", "德清县三季度选派党建指导员210家"),
        ("bound", "德清县三季度选派党建指导员近210名"),
        ("period", "德清县二季度选派党建指导员210名"),
        ("standing", "德清县三季度选派党建指导员计划达到210名"),
    ],
)
def test_what_is_altered(sample_library: Library, kind: str, changed: str) -> None:
    claim = Claim("德清县三季度选派党建指导员210名", "330521", (1,))
    made = {(a.kind, a.claim.text) for a in alterations(claim, "选派党建指导员210名", sources(sample_library))}
    kinds = {k for k, _ in made}
    assert kind in kinds
    if kind in ("bound", "standing"):
        assert (kind, changed) in made


def test_places_are_changed_to_others_of_the_library(sample_library: Library) -> None:
    claim = Claim("德清县选派党建指导员210名", "330521", (1,))
    altered = list(alterations(claim, "", sources(sample_library)))
    assert {a.claim.place for a in altered if a.kind == "place field"}.isdisjoint({"330521", "330500", "330000"})
    assert all("德清县" not in a.claim.text for a in altered if a.kind == "place")


def test_what_means_the_same() -> None:
    said = [c.text for c in rewordings(Claim("投入2.4亿元，建站20个", None, ()))]
    assert said == ["投入24000.0万元，建站20个", "投入2.4亿元，建站２０个", "投入2.4亿元，建站二十个"]
