"""Article → passages: pieces of the body of at most 300 characters that end where the text makes a pause."""

from __future__ import annotations

import re

from corpus.model import Article, Passage, Span, content_id

LIMIT = 300
PAUSES = (
    re.compile(r"\n+"),
    re.compile(r"[。！？!?…]+[”’』」）)】]*"),
    re.compile(r"[；;]"),
    re.compile(r"[：:，,、\s]"),
)
"""From the strongest to the weakest."""


def chunk(article: Article) -> tuple[Passage, ...]:
    """The passages of an article in order; together they are its body apart from white space between them."""
    return tuple(
        Passage(
            id=content_id(article.id, str(span.start), str(span.end)),
            article=article.id,
            title=article.title,
            text=span.of(article.body),
            span=span,
        )
        for span in split(article.body)
    )


def titled(passage: Passage) -> str:
    """What of a passage is embedded: the title of its article, then its text."""
    return f"{passage.title}\n{passage.text}" if passage.title else passage.text


def split(text: str, limit: int = LIMIT) -> list[Span]:
    """Spans of at most ``limit`` characters, none blank, none beginning or ending in white space.

    Each is cut at the strongest pause in the second half of the longest piece that would fit, the last such.

    >>> text = "近年来，全县选派指导员138名。他们走访企业16家。"
    >>> [span.of(text) for span in split(text, limit=20)]
    ['近年来，全县选派指导员138名。', '他们走访企业16家。']
    """
    spans: list[Span] = []
    start = 0
    while start < len(text):
        end = _cut(text, start, limit)
        piece = text[start:end]
        lead = len(piece) - len(piece.lstrip())
        if kept := piece.strip():
            spans.append(Span(start + lead, start + lead + len(kept)))
        start = end
    return spans


def _cut(text: str, start: int, limit: int) -> int:
    while start < len(text) and text[start].isspace():
        start += 1
    if len(text) - start <= limit:
        return len(text)
    for pause in PAUSES:
        ends = [match.end() for match in pause.finditer(text, start + limit // 2, start + limit)]
        if ends:
            return ends[-1]
    return start + limit
