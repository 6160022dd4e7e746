"""What is made of one file, in the child process that reads it: its articles, facts, practices and passages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.model import Fact, Passage, Practice
from extract.facts import RULES, Rules, facts
from extract.practices import practices
from ingest.read import FileResult, Limits, read_file
from retrieval.chunk import chunk


@dataclass(frozen=True, slots=True)
class Made:
    """A file as it was read, and all that is made of it but vectors."""

    read: FileResult
    facts: list[Fact]
    practices: list[Practice]
    passages: list[Passage]


def make(path: Path, limits: Limits, overrides: Path | None = None) -> Made:
    """Read a file and extract from it by the rules of a library's ``overrides``.

    Raises:
        ReadError: the file cannot be read; ``kind`` says why.
    """
    read = read_file(path, limits, overrides)
    found = {a.id: facts(a, _rules(overrides)) for a in read.articles}
    return Made(
        read,
        [fact for group in found.values() for fact in group],
        [p for a in read.articles for p in practices(a, found[a.id], RULES, overrides)],
        [p for a in read.articles for p in chunk(a)],
    )


@cache
def _rules(overrides: Path | None) -> Rules:
    """The rules as they are when the child begins: a run reads every file by the same."""
    return Rules.load(overrides)
