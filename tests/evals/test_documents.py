"""Documents as offices print them, of every format, come back as the articles they hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.documents import run_documents
from tests.conftest import ROOT

LEAST = {
    "eighth": {"articles": 109, "article_f1": 0.98, "title": 0.97, "date": 0.99, "paragraphs": 0.95, "captions": 0.99},
    "ninth": {"articles": 54, "article_f1": 0.90, "title": 0.83, "place": 0.83, "paragraphs": 0.89, "captions": 0.99},
    "tenth": {"articles": 65, "article_f1": 0.93, "title": 0.95, "place": 0.93, "paragraphs": 0.91, "captions": 0.89},
}


@pytest.mark.parametrize("name", LEAST)
def test_documents_by_another_hand(name: str) -> None:
    found = run_documents(ROOT / "evals" / "layouts" / name)["all"]
    assert {each: found[each] for each, least in LEAST[name].items() if found[each] < least} == {}
    assert found["furniture_in_body"] == 0


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "空.txt").write_bytes(b"")
    article = '{"title": "甲", "subtitle": "", "column": "", "place": "", "source": "", "author": "", "captions": []'
    (tmp_path / "空.txt.truth.json").write_text(f'{{"articles": [{article}, "paragraphs": ["乙。"]}}]}}', "utf8")
    assert any("empty" in line for line in run_documents(tmp_path)["failures"])
