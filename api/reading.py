"""What a library says, without its lock: documents, articles, facts, practices, search."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from api.searching import LibrarySearch
from api.settings import Settings
from corpus.catalogue import Catalogue, DocumentState, Scope
from corpus.errors import ModelError, NotFound, UsageError
from corpus.labels import STATUS, code_of
from corpus.links import Link
from corpus.model import Article, Fact, Hit, Place, Practice
from corpus.paging import WantedFacts
from corpus.places import Gazetteer
from corpus.reading import Holding

if TYPE_CHECKING:
    from extract.facts import Rules
    from retrieval.encoder import Encoder
    from retrieval.search import Mode


Places = str | Sequence[str] | None
"""A place's name, alias or adcode, or several; with all below them. None: everywhere."""


class LibraryReading:
    """Reads of one library in one folder."""

    def __init__(self, folder: Path, catalogue: Catalogue, settings: Settings) -> None:
        self.folder = folder
        self.catalogue = catalogue
        self.settings = settings
        self.overrides = folder / "overrides"

    def documents(self) -> list[DocumentState]:
        """Every document with its state."""
        return self.catalogue.documents()

    def articles(self, place: Places = None) -> list[Article]:
        """Every article, or those of a place and the places below it."""
        return self.catalogue.articles(scope=self.scope(place))

    def article(self, article: str) -> Article:
        """One article.

        Raises:
            NotFound: there is none of that id.
        """
        found = self.catalogue.article(article)
        if found is None:
            raise NotFound(f"资料库里没有文章 {article!r}，也许已被删除。", command="tongjian articles")
        return found

    def links(self, article: str | None = None) -> list[Link]:
        """Which articles are copies, alike (with where they differ), or versions: those of one article, or all."""
        return self.catalogue.links([article] if article else None)

    def facts(self, place: Places = None, indicator: str | None = None, status: str | None = None) -> list[Fact]:
        """Facts of a place, an indicator (id, name or part of it), a status.

        Raises:
            UsageError: the place or the status is unknown.
        """
        return list(self.each_fact(place, indicator, status))

    def each_fact(
        self,
        place: Places = None,
        indicator: str | None = None,
        status: str | None = None,
        narrower: WantedFacts | None = None,
    ) -> Iterator[Fact]:
        """The same facts, a thousand in memory at a time; ``narrower``: what must hold besides.

        Raises:
            UsageError: the place or the status is unknown.
        """
        meant = code_of(STATUS, status) if status else None
        if status and meant is None:
            raise UsageError(f"没有状态 {status!r}，可用：{'、'.join(STATUS)}。")
        wanted = self.indicators_asked(indicator) if indicator else ()
        also = narrower.clauses() if narrower else ()
        for fact in self.catalogue.each_fact(self.scope(place), [meant] if meant else (), also):
            if not indicator or fact.indicator in wanted or indicator in (fact.indicator, fact.indicator_name):
                yield fact

    def practices(self, place: Places = None, theme: str | None = None) -> list[Practice]:
        """Practices of a place, of a theme."""
        found = self.catalogue.practices(self.scope(place))
        return [p for p in found if theme is None or theme in p.themes]

    def search(
        self,
        query: str,
        k: int = 10,
        *,
        place: Places = None,
        since: str | None = None,
        until: str | None = None,
        mode: Mode = "hybrid",
    ) -> list[Hit]:
        """Passages that speak to a query, best first; copies of an article give one hit."""
        return self.search_in(query, k, self.scope(place, since, until), mode)

    def scope(self, place: Places = None, since: str | None = None, until: str | None = None) -> Scope:
        """Places and dates as a scope.

        Raises:
            UsageError: the place is unknown or has several meanings.
        """
        for date in (since, until):
            _check_date(date)
        if not place:
            if place is not None and not isinstance(place, str):
                raise UsageError("地名单是空的，请至少写一个地方。")
            return Scope((), since, until)
        named = [place] if isinstance(place, str) else place
        return Scope(tuple(dict.fromkeys(self.resolve(each).adcode for each in named)), since, until)

    def resolve(self, place: str) -> Place:
        """The place of a name, alias or adcode, read with the library's own places as context.

        Raises:
            UsageError: it is unknown or has several meanings.
        """
        if place in self.gazetteer.divisions:
            return self.gazetteer.place(place)
        found = self.gazetteer.resolve(place, self.catalogue.places()) or self.gazetteer.resolve(place)
        if found is None:
            several = "、".join("".join(p.path) for p in self.gazetteer.candidates(place)[:5])
            hint = f"可能是：{several}。请写出上级" if several else "请检查写法，或用行政区划代码"
            raise UsageError(f"不能确定地名 {place!r}。{hint}。")
        return found

    def holdings(self, places: Places = None) -> list[tuple[Place, Holding]]:
        """What the library has of each of some places, in their order, or of each that its articles speak of."""
        codes = self.scope(places).places or self.catalogue.places()
        return [(self.gazetteer.place(code), self.catalogue.holding(Scope((code,)))) for code in codes]

    def index_counts(self) -> tuple[int | None, int]:
        """Passages in the dense (None: not open) and the lexical index."""
        return self.searcher.counts()

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """Places, with the library's overrides."""
        return Gazetteer.load(self.overrides)

    @cached_property
    def rules(self) -> Rules:
        """Extraction rules, with the library's overrides."""
        from extract.facts import Rules

        return Rules.load(self.overrides)

    @cached_property
    def encoder(self) -> Encoder | None:
        """The encoder, or None where its weights are missing (search is then by words only)."""
        from retrieval.encoder import load_encoder

        try:
            return load_encoder(self.settings.encoder)
        except ModelError:
            if self.settings.encoder:
                raise
            return None

    def indicator_ids(self, indicator: str) -> tuple[str, ...]:
        """The ids of the indicators of that id or name: the known ones, or else those that figures bear."""
        known = self._indicators(indicator)
        return tuple(sorted(known)) or tuple(self.catalogue.indicators_named(indicator))

    def indicators_asked(self, words: str) -> tuple[str, ...]:
        """The ids of the indicators of that id or name, or else of those with that in their name."""
        names = self.catalogue.indicator_names() | {i.id: i.name for i in self.rules.indicators.values()}
        return self.indicator_ids(words) or tuple(sorted(i for i, name in names.items() if words in name))

    def _indicators(self, indicator: str) -> set[str]:
        return {i.id for i in self.rules.indicators.values() if indicator in (i.id, i.name)}

    def search_in(self, query: str, k: int, scope: Scope, mode: Mode = "hybrid") -> list[Hit]:
        """The same within a scope."""
        return self.searcher.search(query, k, scope, mode)

    @cached_property
    def searcher(self) -> LibrarySearch:
        """Search over this library's indexes."""
        return LibrarySearch(self.folder, self.catalogue, lambda: self.encoder)


def _check_date(date: str | None) -> None:
    if date is not None and not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", date):
        raise UsageError(f"日期 {date!r} 写法不对，应如 2026-03-01、2026-03 或 2026。")
