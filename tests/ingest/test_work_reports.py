"""Long work reports are one article each, with the tree of their sections, not fifty articles."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.read import read_file

REPORTS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "work_reports"


@pytest.mark.skipif(not REPORTS.exists(), reason="the shared work reports are not here")
def test_each_is_one_article_with_its_sections() -> None:
    for path in sorted(REPORTS.glob("*.txt")):
        (article,) = read_file(path).articles
        assert article.kind == "work_report" and "报告" in article.title, path.name
        tops = [h.span.of(article.body) for h in article.headings if h.level == 1]
        assert 2 <= len(tops) <= 12, (path.name, tops)
        assert [top[0] for top in tops] == list("一二三四五六七八九十")[: len(tops)], (path.name, tops)
        assert max(h.level for h in article.headings) <= 3
