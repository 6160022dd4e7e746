"""What several folders' tests stand on: extraction of a few sentences, and the sample library, ingested once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from answer.sources import Sources
from api.library import Library
from api.wiring import sources
from corpus.model import Answer, Article, Fact, Practice, SourceRun
from evals.answers import numbers
from extract.facts import Rules, facts
from extract.practices import practices

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"

settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

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


@contextmanager
def library_of(folder: Path, texts: Mapping[str, str]) -> Iterator[Library]:
    """A library in a folder, of some texts, each a file of its name there."""
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Library.open(folder / "library", create=True) as made:
        assert not made.ingest([folder / name for name in texts]).failures
        yield made


def ask(library: Library, question: str) -> Answer:
    """What a library answers without a model."""
    return library.ask(question, llm="none")


def assert_figures(answer: Answer, told: set[str], untold: set[str]) -> None:
    """That an answer tells some numbers and not others, and every claim of it holds."""
    found = numbers(answer)
    assert not answer.refused, answer.text
    assert told <= found, answer.text
    assert not untold & found, answer.text
    assert all(c.verified for c in answer.claims)


@pytest.fixture(scope="session")
def sample_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The package's samples as a library; to be read only."""
    from api.samples import samples

    with Library.open(tmp_path_factory.mktemp("samples") / "资料 库", create=True) as library:
        report = library.ingest(samples())
        assert not report.failures, report.failures
        yield library


@pytest.fixture(scope="session")
def sample_sources(sample_library: Library) -> Sources:
    """What answers over the samples are made from."""
    return sources(sample_library)


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def one(self) -> Any:
        """The one JSON object on stdout."""
        assert len(self.out.splitlines()) == 1, self.out
        return json.loads(self.out)

    @property
    def rows(self) -> list[Any]:
        """The JSON lines on stdout."""
        return [json.loads(line) for line in self.out.splitlines()]


COMMAND = (sys.executable, "-c", "from api.cli import main; main()")
"""``tongjian`` wherever the tests run: the script of the environment need not be on the path."""


def tongjian(
    *args: str | Path, stdin: str | None = None, cwd: Path | None = None, command: Sequence[str] = COMMAND, **env: str
) -> Ran:
    """Run the command line in a process of its own, with ``env`` over the environment without our variables."""
    told = {k: v for k, v in os.environ.items() if not k.startswith("TONGJIAN_") or k == "TONGJIAN_CACHE"}
    done = subprocess.run(
        [*command, *map(str, args)], input=None if stdin is None else stdin.encode(), capture_output=True, check=False,
        cwd=cwd, env=told | {"PYTHONPATH": str(ROOT)} | env, timeout=120,
    )  # fmt: skip
    encoding = env.get("PYTHONIOENCODING", "utf-8")
    return Ran(done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding, "replace"))


def here(*args: str | Path, stdin: str = "", cwd: Path | None = None, **env: str) -> Ran:
    """The same in this process, where a process of its own would prove nothing more."""
    from api.cli.app import run

    out, err = StringIO(), StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "stdin", StringIO(stdin))
        if cwd is not None:
            patch.chdir(cwd)
        for name, value in env.items():
            patch.setenv(name, value)
        code = run([str(arg) for arg in args])
    return Ran(code, out.getvalue(), err.getvalue())
