"""What an answer is made from: the catalogue, the places, the indicators, and search."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from corpus.catalogue import Catalogue, Scope
from corpus.indicators import Indicator
from corpus.model import Article, Hit
from corpus.places import Gazetteer

Search = Callable[[str, int, Scope], list[Hit]]


@dataclass(frozen=True)
class Sources:
    """A library as the answering stages see it."""

    catalogue: Catalogue
    gazetteer: Gazetteer
    indicators: Mapping[str, Indicator]
    search: Search
    overrides: Path | None = None

    @cached_property
    def places(self) -> tuple[str, ...]:
        """The adcodes that the library's articles speak of, in code order."""
        return tuple(self.catalogue.places())

    def article(self, article: str) -> Article | None:
        """One article, with its body."""
        return self.catalogue.article(article)
