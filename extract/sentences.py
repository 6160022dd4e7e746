"""Sentences, clauses and paragraphs as spans."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.model import Fact, Span

_SENTENCE = re.compile(r"[^。！？；;\n]+(?:[。！？；;]+[”’」』）)]*)?")
_CLAUSE = re.compile(r"(?:[^，,。！？；;：:\n]|(?<=\d),(?=\d{3}))+[，,。！？；;：:]?")
_PARAGRAPH = re.compile(r"[^\n]+")


def sentences(text: str, within: Span | None = None) -> list[Span]:
    r"""Sentence spans (the end mark included; ； ends one too), without the white space around them.

    >>> text = "建站3个；选派5名。\n完成换届"
    >>> [s.of(text) for s in sentences(text)]
    ['建站3个；', '选派5名。', '完成换届']
    """
    return _spans(_SENTENCE, text, within)


@lru_cache(maxsize=16)
def clauses(text: str, within: Span | None = None) -> tuple[Span, ...]:
    """Clause spans, cut after every comma, colon and sentence end; each figure of a sentence asks for them."""
    return tuple(_spans(_CLAUSE, text, within))


def clause_of(fact: Fact) -> str:
    """The clause of the sentence that holds the quantity."""
    at = fact.quantity.span.start - fact.sentence.start
    spans = clauses(fact.sentence_text)
    return next((s.of(fact.sentence_text) for s in spans if s.start <= at < s.end), fact.sentence_text)


def clause_before(fact: Fact) -> str:
    """What the clause of a figure says before it."""
    return re.split("[，。；]", fact.left)[-1]


def paragraphs(text: str) -> list[Span]:
    """The non-empty lines of a text."""
    return _spans(_PARAGRAPH, text, None)


def _spans(pattern: re.Pattern[str], text: str, within: Span | None) -> list[Span]:
    start, end = (within.start, within.end) if within else (0, len(text))
    found = []
    for match in pattern.finditer(text, start, end):
        piece = match.group()
        left = len(piece) - len(piece.lstrip())
        stripped = piece.strip()
        if stripped:
            found.append(Span(match.start() + left, match.start() + left + len(stripped)))
    return found
