"""The layouts' evaluation on a bulletin that ReportLab sets: what is read is scored, and what is wrong counts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.model import Article
from corpus.places import Gazetteer
from corpus.spacing import squeezed
from evals.layouts.layouts import LAYOUTS, make
from evals.layouts.measures import match, score
from evals.layouts.reportlab import FONT_FILES
from evals.layouts.run import read_sample
from ingest.read import read_file

pytest.importorskip("rapidfuzz", reason="rapidfuzz is not installed")
UPDATES = next(layout for layout in LAYOUTS if layout.name == "reportlab_updates")
POCKET = next(layout for layout in LAYOUTS if layout.name == "reportlab_pocket")
NEWS = next(layout for layout in LAYOUTS if layout.name == "reportlab_news")


def test_a_newspaper_with_jumps_is_read_as_it_was_written(tmp_path: Path) -> None:
    rates = read_sample(make(NEWS, 1), tmp_path).rates()
    assert (rates["article_f1"], rates["title"], rates["place"], rates["furniture_in_body"]) == (1.0, 1.0, 1.0, 0)
    assert rates["cer"] == 0.0 and rates["paragraphs"] == 1.0


@pytest.mark.parametrize("name", ["reportlab_folded", "reportlab_pocket", "typst_reference", "typst_tabs"])
def test_county_bulletins_are_read_as_they_were_written(tmp_path: Path, name: str) -> None:
    """Sheets of two pages, briefs in frames and columns, kickers, bylines, sentences said again, tabs, own contents."""
    if name.startswith("typst"):
        pytest.importorskip("typst", reason="typst is not installed")
    elif not all(Path(file).exists() for file in FONT_FILES.values()):
        pytest.skip("fonts-arphic-uming, -ukai and fonts-wqy-zenhei are not installed: only fonts mark its titles")
    layout = next(each for each in LAYOUTS if each.name == name)
    rates = read_sample(make(layout, 11), tmp_path).rates()
    assert (rates["article_f1"], rates["title"], rates["place"], rates["furniture_in_body"]) == (1.0, 1.0, 1.0, 0)
    assert rates["cer"] is not None and rates["cer"] < 0.02
    assert rates["date"] == rates["subtitle"] == 1.0


def test_what_is_lost_or_made_up_counts(tmp_path: Path) -> None:
    sample = make(NEWS, 2)
    path = tmp_path / "简报.pdf"
    path.write_bytes(sample.pdf)
    articles = read_file(path).articles
    lost = score(sample.truth, articles[1:]).rates()
    assert lost["article_f1"] < 1 and lost["cer"] > 0 and lost["paragraphs"] < 1  # type: ignore[operator]
    torn = [replace(articles[0], body=articles[0].body.replace("，", "，\n")), *articles[1:]]
    assert score(sample.truth, torn).rates()["breaks_precision"] < 1  # type: ignore[operator]


def test_matching_is_one_to_one() -> None:
    assert match(["三塘镇办起夜校，居民踊跃参加"], ["三塘镇办起夜校，居民踊跃参加"] * 2) == {0: 0}


def test_text_and_pages_depend_on_the_seed() -> None:
    one, other = make(NEWS, 1), make(NEWS, 2)
    assert one.truth.items[0].paragraphs != other.truth.items[0].paragraphs
    assert one.truth == make(NEWS, 1).truth


def test_every_county_article_names_its_place_and_is_printed() -> None:
    import pypdfium2

    sample = make(POCKET, 1)
    with pypdfium2.PdfDocument(sample.pdf) as document:
        printed = squeezed("".join(page.get_textpage().get_text_range() for page in document))
    for item in sample.truth.items:
        place = Gazetteer.load().place(item.adcode or "").path[-1]
        assert place in item.whole_title + (item.subtitle or "") + item.paragraphs[0]
        assert squeezed(item.paragraphs[0])[:10] in printed and squeezed(item.whole_title) in printed


def test_what_could_as_well_be_a_field_is_right() -> None:
    truth = make(POCKET, 1).truth
    dated = truth.items[0]
    article = Article("", "", "", 0, dated.whole_title, "\n".join(dated.paragraphs), (), source_line=dated.byline)
    assert dated.byline and dated.byline != dated.source_line
    assert score(replace(truth, items=(dated,)), [article]).rates()["source_line"] == 1.0


def test_plain_articles_are_printed_whole() -> None:
    import pypdfium2

    sample = make(UPDATES, 1)
    assert sample.truth == make(UPDATES, 1).truth
    with pypdfium2.PdfDocument(sample.pdf) as document:
        printed = squeezed("".join(page.get_textpage().get_text_range() for page in document))
    assert printed.count("虚构样例") == 1
    for item in sample.truth.items:
        place = Gazetteer.load().place(item.adcode or "").path[-1]
        assert place in item.whole_title + (item.subtitle or "") + item.paragraphs[0]
        assert squeezed(item.whole_title) in printed
        assert all(squeezed(text)[:10] in printed and squeezed(text)[-10:] in printed for text in item.paragraphs)
