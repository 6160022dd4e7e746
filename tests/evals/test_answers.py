"""The measure of answers itself: what it must call wrong, and the sample questions through it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from api.library import Library
from corpus.errors import NotFound
from corpus.model import Answer, Citation, Claim, Coverage, Plan, Table
from evals.absent import run_absent
from evals.answers import judge, numbers, run_answers, uncovered
from tests.conftest import ROOT

QUOTE = "全县选派党建指导员210名，走访企业2600家次。"
GOOD = Answer(
    "德清县选派了多少名？", "extractive", Plan("lookup", ("330521",)), "德清县选派党建指导员210名[1]。",
    Coverage(5, ("330521",), ("330521",)), (Claim("德清县选派党建指导员210名", "330521", (1,), None, True),),
    (Citation(1, "a", "t", "330521", "n", QUOTE, 0, len(QUOTE)),),
)  # fmt: skip
ROW = {"question": GOOD.question, "refused": False, "numbers": ["210"], "places": ["330521"], "absent": ["2600"]}


def test_a_right_answer() -> None:
    assert judge(ROW, GOOD) == []
    assert uncovered(GOOD) == []
    assert numbers(GOOD) == {"210"}


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (replace(GOOD, refused=True), "refused"),
        (replace(GOOD, text="德清县选派党建指导员211名[1]。"), "missing 210"),
        (replace(GOOD, text=GOOD.text + "走访2600家次。"), "has 2600"),
        (replace(GOOD, coverage=Coverage(5)), "no place 330521"),
    ],
)
def test_a_wrong_answer(answer: Answer, why: str) -> None:
    assert any(why in told for told in judge(ROW, answer))


def test_a_refusal_that_was_wanted_is_right() -> None:
    refusal = replace(GOOD, refused=True, text="资料中未见。", claims=(), citations=())
    assert judge({"question": "?", "refused": True}, refusal) == []
    assert judge({"question": "?", "refused": True}, GOOD) == ["not refused"]


def test_numbers_in_the_table_count_and_citation_marks_do_not() -> None:
    table = Table(("地方", "数值"), (("德清县", "2.4亿元"),), (((), (1,)),))
    assert numbers(replace(GOOD, text="见表[7]。", table=table)) == {"240000000", "2.4"}


def test_a_number_from_nowhere_is_uncovered() -> None:
    assert uncovered(replace(GOOD, text="德清县选派党建指导员210名，占77%[1]。")) == ["77"]


def test_the_sample_questions(sample_library: Library) -> None:
    scores = run_answers(ROOT / "corpus/samples/questions.jsonl", lambda q: sample_library.ask(q, llm="none"))
    assert scores["questions"] == 21
    assert scores["right"] == 1.0, scores["wrong"]
    assert scores["claims_verified"] == scores["numbers_covered"] == 1.0
    assert scores["refusal"] == {"precision": 1.0, "recall": 1.0}


def test_shares_by_operation(tmp_path: Path) -> None:
    rows = [ROW | {"operation": "lookup"}, ROW | {"operation": "lookup", "numbers": ["9"]}, ROW | {"operation": "rank"}]
    file = tmp_path / "q.jsonl"
    file.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in rows) + "\n\n", encoding="utf8")
    scores = run_answers(file, lambda _: GOOD)
    assert scores["by_operation"] == {"lookup": 0.5, "rank": 1.0}
    assert scores["right"] == pytest.approx(2 / 3)
    assert [w["why"] for w in scores["wrong"]] == [["missing 9"]]


def test_no_file_of_questions(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        run_answers(tmp_path / "none.jsonl", lambda _: GOOD)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"only": True, "places": ["330522"]}, "other place 330521"),
        ({"must": [["指导员"], ["驿站", "之家"]]}, "does not say 驿站/之家"),
        ({"files": ["other.txt"]}, "does not cite other.txt"),
        ({"files_any": [["m", "o"]]}, "cites none of ['m', 'o']"),
        ({"order": ["330521", "330522"]}, "order ['330521']"),
    ],
)
def test_what_else_a_right_answer_has(row: dict[str, object], why: str) -> None:
    assert why in judge(ROW | row, GOOD)


def test_what_no_text_names_is_refused(sample_library: Library) -> None:
    found = run_absent(sample_library)
    assert found["questions"] % 3 == 0 < found["questions"]
    assert found["refused"] > 0.8 and len(found["answered"]) == round(found["questions"] * (1 - found["refused"]))
    assert "骑手驿站" not in "".join(each["question"] for each in found["answered"]), "the samples tell of them"
