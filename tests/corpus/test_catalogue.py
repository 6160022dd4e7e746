"""What is stored comes back, limited as asked; copies are linked whatever the order; damage is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import permutations
from pathlib import Path

import pytest

from corpus.catalogue import Catalogue, Scope
from corpus.database import open_engine, sqlite_url
from corpus.errors import LibraryError
from corpus.model import Article, Document, Fact, Passage, Period, Place, Practice, Quantity, Span, Status, content_id
from corpus.places import Gazetteer

BODY = "全县选派党建指导员138名。"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    made = Catalogue(open_engine(sqlite_url(tmp_path / "目 录.sqlite"), migrate=True))
    yield made
    made.engine.dispose()


def _document(name: str) -> Document:
    return Document(content_id(name), name, f"in/{name}", content_id(name) * 4, "text/plain")


def _article(
    name: str, place: Place | None = None, body: str = BODY, on: str | None = None, ordinal: int = 0
) -> Article:
    document = content_id(name)
    return Article(
        content_id(document, str(ordinal)),
        document,
        name,
        ordinal,
        f"{name}的标题",
        body,
        (),
        place=place,
        published_on=on,
    )


def _fact(article: Article, place: Place | None = None, status: Status = "done") -> Fact:
    span = Span(9, 13)
    return Fact(
        content_id(article.id, "9", "13"),
        article.id,
        article.document,
        article.name,
        Quantity("138名", Decimal(138), None, "名", "exact", span),
        "party.instructor.dispatched",
        "选派数",
        "党建指导员",
        "选派",
        "",
        "county",
        place or article.place,
        Period(),
        status,
        Span(0, len(BODY)),
        BODY,
        None,
    )


def _practice(article: Article) -> Practice:
    return Practice(
        content_id(article.id, "p"),
        article.id,
        article.document,
        article.name,
        "三送",
        "named_method",
        article.place,
        ("志愿服务",),
        (Span(0, 2),),
    )


def _passage(article: Article) -> Passage:
    return Passage(content_id(article.id, "0"), article.id, article.title, article.body, Span(0, len(article.body)))


def _add(catalogue: Catalogue, article: Article, *facts: Fact, vector: bytes | None = b"\x00\x01") -> None:
    catalogue.add(_document(article.name), [article], [(_passage(article), vector)], facts, [_practice(article)])


def test_what_is_stored_comes_back(catalogue: Catalogue, gazetteer: Gazetteer) -> None:
    article = _article("甲.txt", gazetteer.place("522732"), on="2026-07-10")
    fact = _fact(article)
    _add(catalogue, article, fact)
    assert catalogue.articles() == [article]
    assert catalogue.article(article.id) == article
    assert catalogue.facts() == [fact]
    assert catalogue.practices() == [_practice(article)]
    assert catalogue.passages([_passage(article).id]) == {_passage(article).id: _passage(article)}
    assert catalogue.vectors() == [(_passage(article).id, b"\x00\x01")]
    assert catalogue.outlines()[article.id] == replace(article, body="", runs=())
    assert catalogue.places() == ["522732"]
    assert catalogue.counts() == {"document": 1, "article": 1, "passage": 1, "fact": 1, "practice": 1}
    [state] = catalogue.documents()
    assert (state.document, state.state, state.articles, state.facts) == (_document("甲.txt"), "stored", 1, 1)


def test_states(catalogue: Catalogue) -> None:
    article = _article("甲.txt")
    _add(catalogue, article)
    assert catalogue.states() == {article.document: "stored"}
    catalogue.mark_indexed([article.document])
    assert catalogue.states() == {article.document: "indexed"}
    catalogue.fail(_document("乙.txt"), "empty", "文件 '乙.txt' 是空的。")
    assert catalogue.states() == {article.document: "indexed", content_id("乙.txt"): "failed"}
    assert {d.reason for d in catalogue.documents()} == {None, "文件 '乙.txt' 是空的。"}


def test_a_document_that_failed_can_come_in_later(catalogue: Catalogue) -> None:
    catalogue.fail(_document("甲.txt"), "missing", "读不出来")
    _add(catalogue, _article("甲.txt"))
    [state] = catalogue.documents()
    assert (state.state, state.reason) == ("stored", None)


def test_storing_again_replaces(catalogue: Catalogue) -> None:
    article = _article("甲.txt")
    _add(catalogue, article, _fact(article))
    _add(catalogue, replace(article, title="新标题"), _fact(article))
    assert [a.title for a in catalogue.articles()] == ["新标题"]
    assert catalogue.counts()["fact"] == catalogue.counts()["passage"] == 1


def test_a_document_is_stored_whole_or_not_at_all(catalogue: Catalogue) -> None:
    article = _article("甲.txt")
    with pytest.raises(Exception, match="UNIQUE|unique"):
        catalogue.add(_document("甲.txt"), [article], [], [_fact(article), _fact(article)], [])
    assert catalogue.counts() == {"document": 0, "article": 0, "passage": 0, "fact": 0, "practice": 0}


@pytest.mark.parametrize(
    ("places", "found"),
    [
        (("520000",), {"三都", "贵阳"}),
        (("522700",), {"三都"}),
        (("522732",), {"三都"}),
        (("520100",), {"贵阳"}),
        (("429004",), {"仙桃"}),
        (("420000",), {"仙桃"}),
        (("429000",), set()),
        (("330000",), set()),
        (("522732", "429004"), {"三都", "仙桃"}),
        ((), {"三都", "贵阳", "仙桃"}),
    ],
)
def test_places_take_in_what_lies_below_them(
    catalogue: Catalogue, gazetteer: Gazetteer, places: tuple[str, ...], found: set[str]
) -> None:
    for name, adcode in (("三都", "522732"), ("贵阳", "520100"), ("仙桃", "429004")):
        article = _article(name, gazetteer.place(adcode))
        _add(catalogue, article, _fact(article))
    scope = Scope(places)
    assert {a.name for a in catalogue.articles(scope=scope)} == found or places == ("429000",)
    assert {f.name for f in catalogue.facts(scope)} == found or places == ("429000",)
    assert {p.name for p in catalogue.practices(scope)} == found or places == ("429000",)


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        ("2026-07-01", None, {"日", "月"}),
        (None, "2026-06-30", {"年", "旧"}),
        ("2026", "2026", {"日", "月", "年"}),
        ("2026-07", "2026-07", {"日", "月"}),
        ("2026-07-10", "2026-07-10", {"日", "月"}),
        ("2027", None, set()),
        (None, None, {"日", "月", "年", "旧", "无"}),
    ],
)
def test_dates_known_in_part_count_where_they_may_lie_within(
    catalogue: Catalogue, since: str | None, until: str | None, found: set[str]
) -> None:
    """ "2026-07" may be the tenth of July; "2026" may be any of its days."""
    for name, on in (("日", "2026-07-10"), ("月", "2026-07"), ("年", "2026"), ("旧", "2025-12-31"), ("无", None)):
        _add(catalogue, _article(name, on=on))
    told = {a.name for a in catalogue.articles(scope=Scope((), since, until))}
    assert told - {"年"} == found - {"年"}


def test_a_facts_own_place_decides_not_its_articles(catalogue: Catalogue, gazetteer: Gazetteer) -> None:
    article = _article("甲.txt", gazetteer.place("522732"))
    _add(catalogue, article, _fact(article, gazetteer.place("520000")))
    assert catalogue.facts(Scope(("522732",))) == []
    assert len(catalogue.facts(Scope(("520000",)))) == 1


def test_facts_by_indicator_status_and_article(catalogue: Catalogue) -> None:
    first, second = _article("甲.txt"), _article("乙.txt", body=BODY + "略。")
    _add(catalogue, first, _fact(first))
    _add(catalogue, second, _fact(second, status="planned"))
    assert [f.name for f in catalogue.facts(statuses=["planned"])] == ["乙.txt"]
    assert [f.name for f in catalogue.facts(articles=[first.id])] == ["甲.txt"]
    assert catalogue.facts(indicators=["open.none"]) == []
    assert catalogue.facts(articles=[]) == []
    assert len(catalogue.facts(ids=[_fact(first).id])) == 1


@pytest.mark.parametrize("order", list(permutations(["甲", "乙", "丙"])))
def test_copies_are_linked_to_the_same_original_in_any_order(catalogue: Catalogue, order: tuple[str, ...]) -> None:
    for name in order:
        article = _article(name, body=BODY if name != "乙" else BODY.replace("，", "， "))
        _add(catalogue, article, _fact(article))
    first = min(_article(n).id for n in order)
    assert {a.id: a.duplicate_of for a in catalogue.articles()} == {
        _article(n).id: None if _article(n).id == first else first for n in order
    }
    assert len([f for f in catalogue.facts() if f.duplicate_of is None]) == 1


def test_the_same_words_of_two_places_are_not_copies(catalogue: Catalogue, gazetteer: Gazetteer) -> None:
    """Near-identical articles of different places are compared, never folded."""
    for name, adcode in (("甲", "522732"), ("乙", "330521")):
        _add(catalogue, _article(name, gazetteer.place(adcode)))
    assert [a.duplicate_of for a in catalogue.articles()] == [None, None]


def test_articles_without_a_body_are_not_copies_of_each_other(catalogue: Catalogue) -> None:
    for name in ("甲", "乙"):
        catalogue.add(_document(name), [_article(name, body="")], [], [], [])
    assert [a.duplicate_of for a in catalogue.articles()] == [None, None]


def test_words_are_looked_for_as_they_stand(catalogue: Catalogue) -> None:
    _add(catalogue, _article("甲.txt", body="满意率100%，得分9_1。"))
    assert len(catalogue.articles_with(["100%"])) == 1
    assert catalogue.articles_with(["1%0"]) == []
    assert catalogue.articles_with(["9x1"]) == []


def test_many_ids_at_once(catalogue: Catalogue) -> None:
    article = _article("甲.txt")
    _add(catalogue, article, _fact(article))
    ids = [article.id, *(f"{n:016x}" for n in range(300_000))]
    assert [a.id for a in catalogue.articles(ids)] == [article.id]
    assert list(catalogue.outlines(ids)) == [article.id]
    assert [f.article for f in catalogue.facts(articles=ids)] == [article.id]


def test_notes(catalogue: Catalogue) -> None:
    assert catalogue.noted("encoder") is None
    catalogue.note("encoder", "a")
    catalogue.note("encoder", "b")
    assert catalogue.noted("encoder") == "b"


# --- the database -----------------------------------------------------------------------------------------------------


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.sqlite"
    file.write_bytes(b"not a database at all" * 100)
    with pytest.raises(LibraryError, match="损坏"):
        open_engine(sqlite_url(file), migrate=True)


def test_a_database_of_a_later_version_is_told(tmp_path: Path) -> None:
    import sqlite3
    from contextlib import closing

    file = tmp_path / "catalogue.sqlite"
    open_engine(sqlite_url(file), migrate=True).dispose()
    with closing(sqlite3.connect(file)) as db, db:
        db.execute("update alembic_version set version_num = '9999'")
    with pytest.raises(LibraryError, match="升级"):
        open_engine(sqlite_url(file), migrate=True)


def test_an_empty_database_is_not_made_by_reading(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="ingest"):
        open_engine(sqlite_url(tmp_path / "catalogue.sqlite"), migrate=False)


def test_migrations_make_the_tables_that_the_code_knows(catalogue: Catalogue) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from corpus.tables import metadata

    with catalogue.engine.connect() as db:
        assert compare_metadata(MigrationContext.configure(db), metadata) == []
