"""The sample library: real places, invented facts, documents that follow from their sources."""

import json
from pathlib import Path

import pytest

from corpus.places import Gazetteer
from corpus.samples.generate import HERE, read_sources, write_all
from ingest.locate import locate_article

ROWS = [json.loads(line) for line in (HERE / "expected.jsonl").read_text("utf-8").splitlines()]
QUESTIONS = [json.loads(line) for line in (HERE / "questions.jsonl").read_text("utf-8").splitlines()]


def text_of(path: Path) -> str:
    if path.suffix == ".pdf":
        pdfium = pytest.importorskip("pypdfium2")
        return "\f".join(page.get_textpage().get_text_bounded() for page in pdfium.PdfDocument(path))
    if path.suffix == ".docx":
        docx = pytest.importorskip("docx")
        return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    return path.read_bytes().decode("gb18030" if path.name == "泾源县志愿服务季综述.txt" else "utf-8")


def test_regenerating_gives_the_same_text(tmp_path: Path) -> None:
    pytest.importorskip("reportlab")
    paths = write_all(tmp_path)
    assert len(paths) >= 16 and {path.suffix for path in paths} == {".pdf", ".docx", ".html", ".txt"}
    for path in paths:
        assert text_of(path) == text_of(HERE / path.name), path.name
    assert (tmp_path / "expected.jsonl").read_bytes() == (HERE / "expected.jsonl").read_bytes()


def test_every_article_says_it_is_invented() -> None:
    for document in read_sources():
        assert "虚构样例" in text_of(HERE / document["file"])
        for article in document["article"]:
            assert "虚构样例，所有数字均为编造" in article["body"], article["title"]


def test_pdfs_hold_every_paragraph_to_the_character() -> None:
    for document in read_sources():
        if document["file"].endswith(".pdf"):
            text = "".join(text_of(HERE / document["file"]).split())
            for article in document["article"]:
                assert "".join(article["title"]).replace(" ", "") in text
                first = article["body"].strip().split("\n")[0]
                assert first[:40] in text


def test_breadth() -> None:
    assert len(ROWS) >= 30
    places = {row["adcode"] for row in ROWS if row["adcode"]}
    assert len(places) >= 20 and len({adcode[:2] for adcode in places}) >= 10
    assert {"党建动态", "经验做法"} <= {row["column"] for row in ROWS}

    def places_with(word: str) -> set[str]:
        return {row["adcode"] for row in ROWS for fact in row["facts"] if word in fact["object"]}

    assert len(places_with("驿站")) >= 8 and len(places_with("指导员")) >= 6 and len(places_with("志愿服务队")) >= 4


def test_facts_stand_in_their_articles() -> None:
    for document in read_sources():
        for article in document["article"]:
            for fact in article["facts"]:
                assert fact["text"] in article["body"], fact
                assert fact["status"] in {"done", "ongoing", "planned", "capacity", "background"}


def test_places_are_the_expected_ones() -> None:
    gazetteer = Gazetteer.load()
    for document in read_sources():
        for article in document["article"]:
            body = article["body"].strip()
            located = locate_article(
                gazetteer,
                title="".join(article["title"]),
                lead=body.split("\n")[0],
                source_line=article.get("source_line"),
                issuer=document.get("issuer"),
                body=body,
            )
            assert (located.place.adcode if located.place else "") == article["place"], article["title"]


def test_questions_ask_about_living_places() -> None:
    gazetteer = Gazetteer.load()
    assert len(QUESTIONS) >= 20 and sum(question["refused"] for question in QUESTIONS) >= 3
    for question in QUESTIONS:
        assert all(adcode in gazetteer.divisions for adcode in question["places"])
        assert not question["refused"] or question["numbers"] == []


def test_question_numbers_follow_from_the_facts() -> None:
    by_place: dict[str, set[str]] = {}
    for row in ROWS:
        for fact in row["facts"]:
            by_place.setdefault(fact.get("place") or row["adcode"] or "", set()).add(fact["value"])
    for question in QUESTIONS:
        known = {value for adcode in question["places"] for value in by_place.get(adcode, set())}
        derived = (
            {str(sum(int(each) for each in question["derivation"].split(" + ")))} if "derivation" in question else set()
        )
        stated = {"6"} if "增加" in question["question"] else set()
        assert set(question["numbers"]) <= known | derived | stated, question["question"]
