"""What an answer is made from: the catalogue, the places, the indicators, and search."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from corpus.catalogue import Catalogue, Scope
from corpus.indicators import Indicator
from corpus.model import Article, Fact, Hit
from corpus.places import Gazetteer

Search = Callable[[str, int, Scope], list[Hit]]


@dataclass(frozen=True)
class Sources:
    """A library as the answering stages see it, for one question: what was read once is kept."""

    catalogue: Catalogue
    gazetteer: Gazetteer
    indicators: Mapping[str, Indicator]
    search: Search
    overrides: Path | None = None
    _articles: dict[str, Article | None] = field(default_factory=dict, repr=False)
    _facts: dict[str, list[Fact]] = field(default_factory=dict, repr=False)

    @cached_property
    def places(self) -> tuple[str, ...]:
        """The adcodes that the library's articles speak of, in code order."""
        return tuple(self.catalogue.places())

    def article(self, article: str) -> Article | None:
        """One article, with its body."""
        if article not in self._articles:
            self._articles[article] = self.catalogue.article(article)
        return self._articles[article]

    def facts_of(self, article: str) -> list[Fact]:
        """The facts of one article."""
        if article not in self._facts:
            self._facts[article] = self.catalogue.facts(articles=[article])
        return self._facts[article]
