"""Baselines over a few files of the invented library: what they paste, where it stands, and the table of all three."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.library import Library
from corpus.model import Answer
from evals.baselines import CHUNK_SIZE, K, langchain_chroma, pasted, run_baselines
from tests.conftest import ROOT

QUESTIONS = ROOT / "evals/questions/invented_tune.jsonl"
NAMES = ("IV001", "IV003", "IV006", "IV024", "IV028", "IV033")
FILES = [ROOT / f"evals/questions/invented/{name}.txt" for name in NAMES]
ASKED = "突泉县到底有多少个人民调解员啊？"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(tmp_path_factory.mktemp("baselines") / "library", create=True) as library:
        library.ingest(FILES)
        yield library


def told(answer: Answer) -> None:
    """What every answer of a baseline is."""
    assert not answer.refused
    assert answer.plan.operation == "lookup"
    assert len(answer.claims) == len(answer.citations) == K
    for claim, citation in zip(answer.claims, answer.citations, strict=True):
        assert (claim.text, claim.place, claim.citations) == (citation.quote, citation.place, (citation.n,))
        assert f"{citation.quote}[{citation.n}]" in answer.text
    assert answer.coverage.places_with_evidence == tuple(
        dict.fromkeys(c.place for c in answer.citations if c.place is not None)
    )
    assert answer.ms > 0


def test_pasted_passages_of_our_own_search(library: Library) -> None:
    answer = pasted(library)(ASKED)
    told(answer)
    for citation in answer.citations:
        article = library.article(citation.article)
        assert article.body[citation.start : citation.end] == citation.quote
        assert (article.name, article.title) == (citation.name, citation.title)
    assert "152224" in answer.coverage.places_with_evidence
    assert answer.citations[0].name == "IV006.txt"


def test_nothing_found_is_refused(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library", create=True) as empty:
        answer = pasted(empty)(ASKED)
    assert answer.refused
    assert answer.reason
    with langchain_chroma(tmp_path / "chroma", []) as ask:
        assert ask(ASKED).refused


def test_a_plain_pipeline_of_text_files(tmp_path: Path) -> None:
    (tmp_path / "gbk.txt").write_bytes("突泉县有人民调解员".encode("gbk"))
    (tmp_path / "page.html").write_text("突泉县有人民调解员", encoding="utf-8")
    with langchain_chroma(tmp_path / "chroma", [*FILES, tmp_path / "gbk.txt", tmp_path / "page.html"]) as ask:
        answer = ask(ASKED)
    told(answer)
    for citation in answer.citations:
        file = next(path for path in FILES if path.name == citation.name)
        assert file.read_text("utf8")[citation.start : citation.end] == citation.quote
        assert len(citation.quote) <= CHUNK_SIZE
    first = answer.citations[0]
    assert (first.name, first.place) == ("IV006.txt", "152224")


def test_a_chunks_place_is_the_first_that_is_settled(tmp_path: Path) -> None:
    texts = {"open": "鼓楼区和江苏省、龙游县都有驿站。", "none": "各地都有驿站。"}
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    with langchain_chroma(tmp_path / "chroma", [tmp_path / f"{name}.txt" for name in texts]) as ask:
        answer = ask("哪里有驿站？")
    assert {c.name: c.place for c in answer.citations} == {"open.txt": "320000", "none.txt": None}


def test_one_table_of_all_three(tmp_path: Path) -> None:
    rows = [json.loads(line) for line in QUESTIONS.read_text("utf8").splitlines()]
    chosen = [row for row in rows if row["question"] in (ASKED, "常山那边的爱心驿站是谁掏钱建的，掏了多少？")]
    chosen.append(next(row for row in rows if row["refused"]))
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in chosen), encoding="utf8")
    scores = run_baselines(file, FILES)
    assert list(scores) == ["ours", "pasted", "langchain", "refused"]
    assert "cannot refuse" in scores["refused"]
    for name in ("pasted", "langchain"):
        assert scores[name]["questions"] == len(chosen) == 3
        assert scores[name]["right"] == pytest.approx(2 / 3)
        assert scores[name]["refusal"] == {"precision": None, "recall": 0}
        assert scores[name]["claims_verified"] == scores[name]["numbers_covered"] == 1
    assert scores["ours"]["refusal"]["recall"] == 1
    assert not any("wrong" in scores[name] for name in ("ours", "pasted", "langchain"))
