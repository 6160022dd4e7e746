"""What several folders' tests stand on: extraction of a few sentences, and the sample library, ingested once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from answer.sources import Sources
from api.library import Library
from api.wiring import sources
from corpus.model import Article, Fact, Practice, SourceRun
from extract.facts import Rules, facts
from extract.practices import practices

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"

Extracted = Callable[..., list[Fact]]
Practised = Callable[..., list[Practice]]
Shared = Callable[[str], Path]


@pytest.fixture(scope="session", autouse=True)
def _own_environment() -> Iterator[None]:
    """No test takes a library, a model or a database from the environment it happens to run in."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [n for n in os.environ if n.startswith("TONGJIAN_") and n != "TONGJIAN_CACHE"]:
            patch.delenv(name)
        yield


@pytest.fixture(scope="session")
def rules() -> Rules:
    """The package's rules of extraction."""
    return Rules.load()


def an_article(rules: Rules, body: str, place: str | None = "330521", published: str | None = "2026-07-10") -> Article:
    """An article with a body of the test's own, about a place, published on a day."""
    return Article(
        id="a1", document="d1", name="a.txt", ordinal=0, title="工作情况", body=body,
        runs=(SourceRun(0, len(body), source=0),), place=rules.gazetteer.place(place) if place else None,
        place_basis="title" if place else "none", published_on=published,
    )  # fmt: skip


@pytest.fixture(scope="session")
def extracted(rules: Rules) -> Extracted:
    """A body (with ``place`` and ``published``) → its facts."""
    return lambda body, **about: list(facts(an_article(rules, body, **about), rules))


@pytest.fixture(scope="session")
def practised(rules: Rules) -> Practised:
    """A body (with ``place`` and ``published``) → its practices."""

    def run(body: str, **about: str) -> list[Practice]:
        article = an_article(rules, body, **about)
        return list(practices(article, facts(article, rules), "test"))

    return run


@pytest.fixture(scope="session")
def shared() -> Shared:
    """The path of a shared file, or a skip where the shared folder is not beside the repository."""

    def path(name: str) -> Path:
        if not (SHARED / name).exists():
            pytest.skip(f"shared/{name} is not beside the repository")
        return SHARED / name

    return path


@pytest.fixture(scope="session")
def sample_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The package's samples as a library; to be read only."""
    from api.cli.demo import samples

    with Library.open(tmp_path_factory.mktemp("samples") / "资料 库", create=True) as library:
        report = library.ingest(samples())
        assert not report.failures, report.failures
        yield library


@pytest.fixture(scope="session")
def sample_sources(sample_library: Library) -> Sources:
    """What answers over the samples are made from."""
    return sources(sample_library)
