"""What an answer is made from: the catalogue, the places, the indicators, and search."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from corpus.catalogue import Catalogue, Scope
from corpus.indicators import Indicator
from corpus.model import Article, Fact, Hit, Span
from corpus.places import Gazetteer

_Found = TypeVar("_Found")
Search = Callable[[str, int, Scope], list[Hit]]


@dataclass(frozen=True)
class Sources:
    """A library as the answering stages see it, for one question: what was read once is kept."""

    catalogue: Catalogue
    gazetteer: Gazetteer
    indicators: Mapping[str, Indicator]
    search: Search
    frequency: Callable[[Collection[str]], int]
    """In how many passages one of the words stands."""
    similarities: Callable[[str, Sequence[str]], list[float] | None]
    """How alike in meaning a question is to each text; None without an encoder."""
    overrides: Path | None = None
    _articles: dict[str, Article | None] = field(default_factory=dict, repr=False)
    _facts: dict[tuple[str, Span], list[Fact]] = field(default_factory=dict, repr=False)
    _found: dict[Hashable, Sequence[Any]] = field(default_factory=dict, repr=False)

    @cached_property
    def places(self) -> tuple[str, ...]:
        """The adcodes that the library's articles speak of, in code order."""
        return tuple(self.catalogue.places_told())

    def scope(self, places: Sequence[str]) -> Scope:
        """What the library has on places: articles about them, and others as far as they have figures of them."""
        if not places:
            return Scope()
        besides = self.once(("besides", tuple(places)), lambda: self.catalogue.articles_besides(places))
        return Scope(tuple(places), also=tuple(besides))

    @cached_property
    def amended(self) -> dict[str, list[Fact]]:
        """The figures whose quantity a person corrected, by article."""
        found: dict[str, list[Fact]] = {}
        for fact in self.catalogue.facts(ids=self.catalogue.corrections()):
            if fact.printed is not None:
                found.setdefault(fact.article, []).append(fact)
        return found

    @cached_property
    def passages(self) -> int:
        """How many passages the library has."""
        return self.catalogue.counts()["passage"]

    def once(self, key: Hashable, find: Callable[[], Iterable[_Found]]) -> Sequence[_Found]:
        """What was found for a key, found the first time it is asked for."""
        if key not in self._found:
            self._found[key] = tuple(find())
        return self._found[key]

    def article(self, article: str) -> Article | None:
        """One article, with its body."""
        if article not in self._articles:
            self._articles[article] = self.catalogue.article(article)
        return self._articles[article]

    def facts_in(self, article: str, span: Span) -> list[Fact]:
        """The facts whose characters lie in a span of an article's body."""
        if (article, span) not in self._facts:
            self._facts[article, span] = self.catalogue.facts(articles=[article], inside=span)
        return self._facts[article, span]
