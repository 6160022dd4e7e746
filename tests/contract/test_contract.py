"""What outside checks run: the shared contract check, and the shapes that must stay."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from api.library import Library
from api.shapes import answer_json, article_json, fact_json, practice_json
from tests.conftest import COMMAND, ROOT, Shared

FACT = (
    "id article document name indicator indicator_name object action subject subject_level text value value_high unit bound place period status "  # noqa: E501
    "denominator relations flags sentence start end source duplicate_of practice"
)
ARTICLE = (
    "id document name column title subtitle kind place places issuer source_line published_on chars duplicate_of flags"
)
PRACTICE = "id article document name practice aliases kind claimed_count members place themes spans problem measures results source_spans flags"  # noqa: E501
ANSWER = "question mode plan refused reason text claims citations table coverage caveats ms"


@pytest.mark.skipif(sys.platform == "win32", reason="the check runs one program, here a script")
def test_the_shared_contract_check(shared: Shared, tmp_path: Path) -> None:
    check = shared("checks/contract_check.py")
    program = tmp_path / "tongjian"
    quoted = " ".join(f"'{part}'" for part in COMMAND)
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec {quoted} "$@"\n')
    program.chmod(0o755)
    env = {k: v for k, v in os.environ.items() if not k.startswith("TONGJIAN_") or k == "TONGJIAN_CACHE"}
    done = subprocess.run(
        [sys.executable, str(check), str(program)],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env=env,
        timeout=400,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]


def test_every_fact_has_the_contracts_fields_and_values(sample_library: Library) -> None:
    found = [fact_json(f) for f in sample_library.facts()]
    ids = {f["id"] for f in found}
    bodies = {a.id: a.body for a in sample_library.articles()}
    assert len(ids) == len(found) > 100
    for fact in found:
        assert set(FACT.split()) <= set(fact)
        assert fact["bound"] in "exact approx_above approx less_than at_least more_than range".split()
        assert fact["status"] in "done ongoing planned capacity background".split()
        assert fact["subject_level"] in "national province prefecture county township community organisation".split()
        assert fact["period"]["basis"] in "stated inherited published none".split()
        assert (fact["bound"] == "range") <= (fact["value_high"] is not None)
        assert bodies[fact["article"]][fact["start"] : fact["end"]] == fact["text"]
        assert {r["fact"] for r in fact["relations"]} <= ids
        assert fact["duplicate_of"] is None or fact["duplicate_of"] in ids
        source = fact["source"]
        assert source is None or set(source) in ({"start", "end"}, {"page", "boxes"})


def test_every_article_and_practice_has_the_contracts_fields(sample_library: Library) -> None:
    articles = {a.id: a for a in sample_library.articles()}
    for article in articles.values():
        shown = article_json(article, body=True)
        assert set(ARTICLE.split()) <= set(shown)
        assert shown["chars"] == len(shown["body"])
        assert shown["kind"] in "work_report notice practice news policy other".split()
    for practice in sample_library.practices():
        shown = practice_json(practice, articles[practice.article])
        assert set(PRACTICE.split()) <= set(shown)
        body = articles[practice.article].body
        assert any(body[a:b] == practice.practice for a, b in shown["spans"]) or practice.practice in practice.aliases
        assert {len(v) for v in (shown["spans"], shown["source_spans"]["spans"])} == {len(practice.spans)}


def test_answers_have_the_contracts_fields(sample_library: Library) -> None:
    for question in ("德清县选派了多少名党建指导员？", "三亚市有多少个驿站？", "各地驿站各有多少个？"):
        answer = answer_json(sample_library.ask(question, llm="none"))
        assert set(ANSWER.split()) <= set(answer)
        assert {"operation", "places", "indicators", "aspects", "period"} <= set(answer["plan"])
        assert {"places_in_library", "places_asked", "places_with_evidence", "places_without"} <= set(
            answer["coverage"]
        )
        for citation in answer["citations"]:
            assert {"n", "article", "title", "place", "name", "page", "field", "quote", "start", "end"} <= set(citation)
