"""Citations: numbered from 1 in the order they are first used, one for each quoted span."""

from __future__ import annotations

from dataclasses import dataclass, field

from answer.sources import Sources
from corpus.model import Article, Citation, Fact, Field, Span
from extract.sentences import sentences
from extract.tables import table_parts

_SHORTEST, _FAR = 2, 300
"""Characters of the shortest name of a thing, and between a figure and the head of its list."""


@dataclass
class Citations:
    """The citations of one answer in the making."""

    sources: Sources
    made: list[Citation] = field(default_factory=list)
    _numbers: dict[tuple[str, Field, Span], int] = field(default_factory=dict, repr=False)

    def fact(self, fact: Fact) -> list[int]:
        """The numbers of the citations of a fact: its sentence, or its table row, the heads, its date and its thing."""
        article = self.article(fact.article)
        own = [self.span(article, fact.sentence)]
        if (head := self.head(fact)) is not None:
            return [*own, self.span(article, head)]
        tables = (
            self.sources.once(("tables", article.id), lambda: table_parts(article)) if "table" in fact.flags else ()
        )
        grid = next((g for g in tables if any(row[0].start == fact.sentence.start for row in g.rows)), None)
        if grid is None or not grid.header:
            return own
        heads = Span(grid.rows[0][0].start, grid.rows[grid.header - 1][-1].end)
        when = fact.period.text if fact.period.basis == "stated" else ""
        thing = fact.object if len(fact.object) >= _SHORTEST else ""
        beside, body = fact.sentence_text + "\n" + heads.of(article.body), article.body
        above = dict.fromkeys((
            _told_in(body, when, 0, heads.start) if when and when not in beside else None,
            _told_in(body, thing, heads.start - _FAR, heads.start) if thing and thing not in beside else None,
        ))  # fmt: skip
        return [*own, self.span(article, heads), *(self.span(article, line) for line in above if line)]

    def head(self, fact: Fact) -> Span | None:
        """The sentence above a fact's that names what it counts, where its own does not (各县办件情况。甲县12件，…)."""
        if "table" in fact.flags or fact.object in fact.sentence_text or len(fact.object) < _SHORTEST:
            return None
        body, start = self.article(fact.article).body, fact.sentence.start
        return _told_in(body, fact.object, start - _FAR, start)

    def span(self, article: Article, span: Span, where: Field = "body") -> int:
        """The number of the citation of a span of an article's field."""
        key = article.id, where, span
        if key in self._numbers:
            return self._numbers[key]
        self._numbers[key] = len(self.made) + 1
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


def _told_in(body: str, words: str, start: int, end: int) -> Span | None:
    """The sentence with the last of some words between two offsets."""
    at = body.rfind(words, max(0, start), end)
    return next((s for s in sentences(body) if s.start <= at < s.end), None) if at >= 0 else None
