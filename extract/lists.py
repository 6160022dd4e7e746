"""Named word lists from ``data/lists.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources


@cache
def _lists() -> dict[str, str]:
    return tomllib.loads(resources.files("extract").joinpath("data/lists.toml").read_text("utf8"))


def words(name: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(_lists()[name].split())


def any_of(name: str) -> str:
    """The words of a list, longest first, as the alternatives of a regular expression; a word may be a pattern."""
    return "|".join(sorted(_lists()[name].split(), key=len, reverse=True))
