"""How well a text fits a question: by the words it has, where they stand, and by its meaning."""

from __future__ import annotations

from collections.abc import Sequence

from answer.words import Term
from corpus.model import Article, Span
from corpus.rows import plain
from corpus.script import simplified
from extract.sentences import paragraphs

ENOUGH = 0.35
"""The fit that evidence must have."""
SURE = 0.6
"""The fit of a figure that answers where no figure was asked for, and of one whose likes are left out."""
BY_WORDS = 0.55
"""The share of a question's words that evidence must have where meaning cannot be compared, for want of an encoder."""
_UNLIKE, _ALIKE = 0.845, 0.925
"""Cosines of the encoder: of texts that have nothing to do with each other, and of a question and its answer."""
NEARBY, HEADED, _TITLED = 0.6, 0.75, 0.5
"""What a word counts that stands in the paragraph, in its headings or in the title, but not in the sentence."""
SEARCHED = 60
"""Passages that search adds to what is found by name."""


def likeness(cosine: float) -> float:
    """How alike two texts are in meaning, 0 to 1."""
    return min(max((cosine - _UNLIKE) / (_ALIKE - _UNLIKE), 0.0), 1.0)


def share_in(term: Term, layers: Sequence[tuple[str, float]]) -> float:
    """What a term counts by the text that has it best."""
    return max((worth * term.share(text) for text, worth in layers), default=0.0)


def context_of(article: Article, span: Span) -> list[tuple[str, float]]:
    """The paragraph around a span with its headings, and the title, with what a word there counts."""
    around = paragraph_around(article, span)
    return [(plainly(headings_over(article, around.start) + around.of(article.body)), NEARBY), title_of(article)]


def headings_over(article: Article, at: int) -> str:
    """The headings of the sections, from the outermost in, in which a place of the body stands, in one text."""
    open_: dict[int, str] = {}
    for heading in article.headings:
        if heading.span.start > at:
            break
        open_ = {level: text for level, text in open_.items() if level < heading.level}
        open_[heading.level] = heading.span.of(article.body)
    return " ".join(open_.values())


def paragraph_around(article: Article, span: Span) -> Span:
    """The paragraph in which a span begins."""
    return next((p for p in paragraphs(article.body) if p.start <= span.start < p.end), span)


def title_of(article: Article) -> tuple[str, float]:
    """An article's column, title and subtitle, with what a word there counts."""
    return plainly(f"{article.column or ''} {article.title} {article.subtitle or ''}"), _TITLED


def plainly(text: str) -> str:
    """Simplified, without quotation marks and blanks: as texts are compared."""
    return plain(simplified(text))
