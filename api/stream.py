"""The facts and articles of a large library, gone through again and again without being held in memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from corpus.catalogue import Catalogue
from corpus.model import Article, Fact

_KEPT = 4000
"""Outlines kept in memory."""
_AHEAD = 200
"""Articles whose outlines are read at once."""


class FactStream:
    """Facts that are read anew each time they are gone through."""

    def __init__(self, read: Callable[[], Iterator[Fact]], ahead: Callable[[list[str]], None]) -> None:
        self._read, self._ahead = read, ahead

    def __iter__(self) -> Iterator[Fact]:
        """The facts; the outlines of their articles are read some hundred at a time before them."""
        waiting: list[Fact] = []
        articles: dict[str, None] = {}
        for fact in self._read():
            if fact.article not in articles and len(articles) >= _AHEAD:
                yield from self._given(waiting, articles)
                waiting, articles = [], {}
            waiting.append(fact)
            articles[fact.article] = None
        yield from self._given(waiting, articles)

    def _given(self, facts: list[Fact], articles: dict[str, None]) -> Iterator[Fact]:
        self._ahead(list(articles))
        yield from facts

    def __len__(self) -> int:
        return self._count

    @cached_property
    def _count(self) -> int:
        return sum(1 for _ in self._read())


class Outlines(Mapping[str, Article]):
    """The articles of a catalogue without their bodies; the last ones used stay in memory, ``whole`` ones always."""

    def __init__(self, catalogue: Catalogue, whole: Mapping[str, Article]) -> None:
        self._catalogue, self._whole = catalogue, whole
        self._kept: OrderedDict[str, Article] = OrderedDict()

    def read(self, articles: list[str]) -> None:
        """Have these at hand."""
        missing = [a for a in articles if a not in self._whole and a not in self._kept]
        self._kept.update(self._catalogue.outlines(missing) if missing else {})
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)

    def __getitem__(self, article: str) -> Article:
        if article in self._whole:
            return self._whole[article]
        if article not in self._kept:
            self.read([article])
        return self._kept[article]

    def __iter__(self) -> Iterator[str]:
        return iter([*self._whole, *(a for a in self._kept if a not in self._whole)])

    def __len__(self) -> int:
        return len(self._whole) + sum(a not in self._whole for a in self._kept)
