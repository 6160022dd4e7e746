"""Sentences of the library that an entry's sentence may be cited from, those that carry it first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from answer.issue import stands
from answer.issue_claims import carried
from answer.sources import Sources
from answer.words import bigrams
from corpus.catalogue import Scope
from corpus.digests import Entry, Source, Stated
from corpus.model import Article
from extract.sentences import sentences

_PASSAGES = 30
"""Passages looked through."""
_MOST = 8
"""Sentences offered."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A sentence of an article, and whether it carries what is to be cited."""

    source: Source
    article: Article
    carries: bool


def offered(sentence: str, query: str, place: str | None, sources: Sources) -> list[Offered]:
    """The sentences most like ``query`` in its words; ``place`` is the entry's."""
    asked = bigrams(query)
    found = {source.quote: (source, article) for source, article in _sentences(query, sources)}
    shares = {quote: len(asked & bigrams(quote)) for quote in found}
    best = sorted((quote for quote in found if shares[quote]), key=lambda quote: -shares[quote])[:_MOST]
    told = [Offered(*found[quote], _carries(sentence, found[quote][0], place, sources)) for quote in best]
    return sorted(told, key=lambda each: not each.carries)


def _sentences(query: str, sources: Sources) -> Iterator[tuple[Source, Article]]:
    for hit in sources.search(query, _PASSAGES, Scope()):
        article = sources.article(hit.passage.article)
        if article is not None:
            for span in sentences(article.body, hit.passage.span):
                yield Source(article.id, span.start, span.end, span.of(article.body)), article


def _carries(sentence: str, source: Source, place: str | None, sources: Sources) -> bool:
    stated = Stated(sentence, (0,))
    return stands(sentence, source.quote) or carried(stated, Entry("", place=place, sources=(source,)), sources)
