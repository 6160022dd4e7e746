"""The benchmark of questions measures a library of whole clones: spans, figures, places as extraction leaves them."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.library import Library
from corpus.errors import UsageError
from evals.bench.answers import questions, run_answers_bench, scaled, searches
from extract.quantities import scan


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("scale") / "library"
    scaled(home, 500, 1500)
    return home


def test_questions_and_searches_are_measured_both_ways(folder: Path) -> None:
    found = run_answers_bench(500, 1500, folder, most=15)
    assert 500 <= found["library"]["passage"] < 510 and abs(found["library"]["fact"] - 1500) < 20
    for how in ("reader", "holding"):
        way = found[how]
        assert way["questions"]["all"]["n"] == way["searches"]["all"]["n"] == 15
        assert way["questions"]["refused"] < 10 and way["questions"]["stopped"] == 0
        assert way["peak_mb"] > 50
        operations = {kind.split(",")[0] for kind in way["questions"]} - {"all", "refused", "stopped"}
        assert len(operations) > 3
        for timed in (way["questions"]["all"], way["searches"]["all"], found["sqlite LIKE"]["all"]):
            assert 0 < timed["p50"] <= timed["p95"] <= timed["max"]
        assert found["search_p95_to_like"][how] > 0
    assert found["library"]["mb"]["all"] > found["library"]["mb"]["dense"] > 0.5


def test_a_clone_is_whole(folder: Path) -> None:
    with Library.open(folder) as library:
        articles = {a.id: a for a in library.articles()}
        for fact in library.facts():
            article = articles[fact.article]
            assert fact.quantity.span.of(article.body) == fact.quantity.surface
            assert fact.sentence.of(article.body) == fact.sentence_text
            read = [q.value for q in scan(fact.quantity.surface)]
            if fact.quantity.surface[0].isdigit() and fact.quantity.value_high is None and len(read) == 1:
                assert fact.quantity.value == read[0], fact.quantity
        originals = [a for a in articles.values() if a.name == "IV003.txt"]
        clones = [a for a in articles.values() if a.name.endswith("-IV003.txt")]
        assert len(originals) == 1 and len(clones) > 1
        for clone in clones:
            assert clone.place is not None and clone.place.name[:2] in clone.title + clone.body
            assert "沭阳" not in clone.title + clone.body and len(clone.body) == len(originals[0].body)
        assert len({a.body for a in clones}) == len(clones) == len({a.place for a in clones})
        assert library.index_counts()[1] == len(library.catalogue.passage_ids())


def test_sixty_of_each_the_same_every_time(folder: Path) -> None:
    with Library.open(folder) as library:
        assert len(set(questions(library))) == len(set(searches(library))) == 60
        assert questions(library) == questions(library) and searches(library) == searches(library)


def test_a_smaller_library_is_not_measured_as_a_larger(folder: Path) -> None:
    with pytest.raises(UsageError):
        scaled(folder, 5000, 15000)
