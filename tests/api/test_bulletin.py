"""The shared bulletin as text and set in two columns as a PDF gives the same articles' facts."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.model import Article, Fact
from extract.facts import Rules, facts
from ingest.read import read_file
from tests.conftest import Shared
from tests.ingest.bulletin_pdf import Item, render


def _told(articles: tuple[Article, ...], rules: Rules) -> list[tuple[object, ...]]:
    found = [f for article in articles for f in facts(article, rules)]
    return [(f.quantity.value, f.quantity.unit, f.quantity.bound, *_about(f)) for f in found]


def _about(fact: Fact) -> tuple[object, ...]:
    return fact.object, fact.place and fact.place.adcode, fact.duplicate_of is not None


@pytest.fixture
def text(shared: Shared) -> tuple[Article, ...]:
    return read_file(shared("corpus/bulletins/social_work_bulletin.txt")).articles


def test_the_pdf_tells_what_the_text_tells(text: tuple[Article, ...], tmp_path: Path, rules: Rules) -> None:
    items = [
        Item(
            a.title, a.body.split("\n"), a.column if i == 0 or a.column != text[i - 1].column else None, a.source_line,
            {a.body[: c.at].count("\n"): c.text for c in a.captions},
        )
        for i, a in enumerate(text)
    ]  # fmt: skip
    path = tmp_path / "简报.pdf"
    path.write_bytes(render(items, columns=2))
    articles = read_file(path).articles
    assert _told(articles, rules) == _told(text, rules)
    found = [f for a in articles for f in facts(a, rules)]
    assert len(found) == 32
    assert sum(f.duplicate_of is not None for f in found) == 5
    assert all(f.source is not None and f.source.page and f.source.boxes for f in found)
