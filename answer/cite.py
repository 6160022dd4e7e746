"""Citations: numbered from 1 in the order they are first used, one for each quoted span."""

from __future__ import annotations

from dataclasses import dataclass, field

from answer.sources import Sources
from corpus.model import Article, Citation, Fact, Field, Span


@dataclass
class Citations:
    """The citations of one answer in the making."""

    sources: Sources
    made: list[Citation] = field(default_factory=list)

    def fact(self, fact: Fact) -> int:
        """The number of the citation of a fact's sentence."""
        return self.span(self.article(fact.article), fact.sentence)

    def span(self, article: Article, span: Span, where: Field = "body") -> int:
        """The number of the citation of a span of an article's field."""
        for known in self.made:
            if (known.article, known.field, known.start, known.end) == (article.id, where, span.start, span.end):
                return known.n
        text = article.body if where == "body" else str(getattr(article, where) or "")
        source = article.source(span) if where == "body" else None
        self.made.append(
            Citation(
                len(self.made) + 1,
                article.id,
                article.title,
                article.place.adcode if article.place else None,
                article.name,
                span.of(text),
                span.start,
                span.end,
                where,
                source.page if source else None,
            )  # fmt: skip
        )
        return len(self.made)

    def article(self, article: str) -> Article:
        """An article of the library."""
        found = self.sources.article(article)
        assert found is not None, article
        return found
