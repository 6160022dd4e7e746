"""Real government pages against a gold made by reading them: title, date, issuer, where the text begins and ends."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from corpus.spacing import squeezed
from ingest.read import read_file

PAGES = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "html"
GOLD = Path(__file__).resolve().parents[2] / "evals" / "golds" / "html.jsonl"
ROWS = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
pytestmark = pytest.mark.skipif(not PAGES.exists(), reason="the shared pages are not here")


def digest(text: str) -> str:
    return hashlib.sha256(squeezed(text).encode()).hexdigest()[:16]


@pytest.mark.parametrize("row", ROWS, ids=[row["name"].split("_")[0] for row in ROWS])
def test_page(row: dict[str, Any]) -> None:
    (article,) = read_file(PAGES / row["name"]).articles
    sources = [run.source for run in article.runs if run.source is not None]
    last = article.runs[-1]
    assert last.source is not None
    assert {
        "name": row["name"],
        "title": digest(article.title),
        "published_on": article.published_on,
        "issuer": article.issuer,
        "body": digest(article.body),
        "length": len(squeezed(article.body)),
        "first": min(sources),
        "last": last.source + last.length - 1,
    } == row


def test_every_page_has_its_gold() -> None:
    assert {row["name"] for row in ROWS} == {path.name for path in PAGES.glob("*.html")}
