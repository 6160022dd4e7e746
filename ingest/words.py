"""The word lists of ``ingest/data``: one entry a line, ``#`` begins a comment."""

from __future__ import annotations

import re
from functools import cache

from corpus.wordlists import read_entries


@cache
def words(name: str) -> tuple[str, ...]:
    """The entries of ``data/NAME.txt`` in order."""
    return tuple(read_entries("ingest.data", f"{name}.txt"))


@cache
def common_characters() -> frozenset[str]:
    """The most frequent Chinese characters."""
    return frozenset("".join(words("common_characters")))


@cache
def any_of(name: str, template: str = "{}") -> re.Pattern[str]:
    """A pattern in which ``{}`` stands for any entry of ``data/NAME.txt`` (entries are regular expressions)."""
    return re.compile(template.replace("{}", "(?:" + "|".join(words(name)) + ")"))


@cache
def pairs() -> frozenset[tuple[str, str]]:
    """The pairs of characters that stand beside each other most often inside words."""
    return frozenset((line[0], c) for line in words("pairs") for c in line[1:])
