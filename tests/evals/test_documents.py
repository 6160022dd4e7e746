"""Documents as offices print them, of every format, come back as the articles they hold."""

from __future__ import annotations

from pathlib import Path

from evals.documents import run_documents
from tests.conftest import ROOT

LEAST = {"article_f1": 0.98, "title": 0.97, "date": 0.99, "subtitle": 0.98, "paragraphs": 0.95, "captions": 0.99}


def test_documents_by_another_hand() -> None:
    found = run_documents(ROOT / "evals" / "layouts" / "eighth")["all"]
    assert found["articles"] == 109
    assert {name: found[name] for name, least in LEAST.items() if found[name] < least} == {}
    assert found["furniture_in_body"] == 0 and found["cer"] < 0.04


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "空.txt").write_bytes(b"")
    article = '{"title": "甲", "subtitle": "", "column": "", "place": "", "source": "", "author": "", "captions": []'
    (tmp_path / "空.txt.truth.json").write_text(f'{{"articles": [{article}, "paragraphs": ["乙。"]}}]}}', "utf8")
    assert any("empty" in line for line in run_documents(tmp_path)["failures"])
