"""A page costs the same wherever in a long list it lies."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from sqlalchemy import event

from api.library import Library
from corpus.catalogue import Catalogue
from corpus.database import open_engine, sqlite_url
from corpus.errors import UsageError
from corpus.paging import At, WantedArticles, WantedFacts, WantedPractices

COPIES = 70
Counted = tuple[Catalogue, Callable[[Callable[[], object]], int]]


@pytest.fixture(scope="module")
def long(sample_library: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counted]:
    """Some 20,000 facts, and how many steps of SQLite's machine a call takes."""
    file = tmp_path_factory.mktemp("long") / "catalogue.sqlite"
    with sqlite3.connect(sample_library.folder / "catalogue.sqlite") as source, sqlite3.connect(file) as db:
        source.backup(db)
        for n in range(1, COPIES + 1):
            _multiply(db, "article", n, {"ordinal": f"ordinal + {1000 * n}"})
            _multiply(db, "fact", n, {"article": f"article || '-{n}'"})
            _multiply(db, "practice", n, {"article": f"article || '-{n}'"})
    source.close()
    db.close()
    engine = open_engine(sqlite_url(file), migrate=False)
    steps = [0]

    def tick() -> None:
        steps[0] += 1

    event.listen(engine, "connect", lambda made, _: made.set_progress_handler(tick, 1))

    def taken(call: Callable[[], object]) -> int:
        steps[0] = 0
        call()
        return steps[0]

    engine.dispose()
    yield Catalogue(engine), taken
    engine.dispose()


def _multiply(db: sqlite3.Connection, table: str, n: int, changed: dict[str, str]) -> None:
    columns = [row[1] for row in db.execute(f"pragma table_info({table})")]
    told = {"id": f"id || '-{n}'"} | changed
    quoted = [f'"{c}"' for c in columns]
    values = [told.get(c, f'"{c}"') for c in columns]
    db.execute(
        f"insert into {table} ({','.join(quoted)}) select {','.join(values)} from {table} where id not like '%-%'"
    )


def _cursors(catalogue: Catalogue) -> list[str]:
    """Of an early, a middle and a late page."""
    found: list[str] = []
    at = At(None, 5000)
    while (page := catalogue.fact_page(WantedFacts(), at)).next is not None:
        found.append(page.next)
        at = At(page.next, 5000)
    return [found[0], found[len(found) // 2], found[-1]]


def test_a_late_page_costs_what_an_early_one_does(long: Counted) -> None:
    catalogue, taken = long
    total = catalogue.fact_page(WantedFacts()).total
    assert total is not None and total > 15_000
    everything = taken(lambda: catalogue.doubtful(WantedFacts()))
    for wanted in (WantedFacts(), WantedFacts(flag="no_period"), WantedFacts(year="2026"), WantedFacts(status="done")):
        for cursor in _cursors(catalogue):
            cost = taken(partial(catalogue.fact_page, wanted, At(cursor, 50)))
            assert cost * 20 < everything, (wanted, cursor)


def test_a_cursor_that_is_gone_is_told(long: Counted) -> None:
    catalogue, _ = long
    for page in (
        lambda: catalogue.article_page(WantedArticles(), At("gone")),
        lambda: catalogue.fact_page(WantedFacts(), At("gone")),
        lambda: catalogue.practice_page(WantedPractices(), At("gone")),
    ):
        with pytest.raises(UsageError, match="gone"):
            page()
