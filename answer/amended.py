"""Figures that a person corrected: told as corrected beside what the source prints, and judged by what it prints."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from answer.say import BOUND_WORD, SCALES, as_written, in_words, scale_of
from answer.sources import Sources
from corpus.labels import AMENDED
from corpus.model import Citation, Derivation, Fact, Quantity, Span, overlapped

CORRECTION = "correction"
"""The operation of a derivation that tells what a person corrected."""


def amend(text: str, cited: Sequence[Citation], sources: Sources) -> tuple[str, Derivation | None]:
    """A text with its corrected figures as corrected, and which they are; the text as it is where it has none."""
    found: dict[Span, Fact] = {}
    for citation in cited:
        quoted = Span(citation.start, citation.end)
        for fact in sources.amended.get(citation.article, ()) if citation.field == "body" else ():
            at = _printed_at(text, fact) if quoted.overlaps(fact.quantity.span) else None
            if at is not None and overlapped(sorted(found), at) is None:
                found[at] = fact
    if not found:
        return text, None
    told = [(span, fact, span.of(text)) for span, fact in sorted(found.items())]
    for span, fact, printed in reversed(told):
        text = text[: span.start] + AMENDED.format(amount=_amount(fact), printed=printed) + text[span.end :]
    changes = "，".join(f"{printed} → {_amount(fact)}" for _, fact, printed in told)
    first = told[0][1].quantity
    inputs = tuple(fact.id for _, fact, _ in told)
    return text, Derivation(CORRECTION, inputs, format(first.value.normalize(), "f"), first.unit, changes)


def as_printed(text: str, facts: Sequence[Fact]) -> tuple[str, list[Fact]]:
    """A text with what its sources print for the figures told as corrected, and the facts as extracted for these."""
    kept = []
    for fact in facts:
        told = AMENDED.format(amount=_amount(fact), printed="\n") if fact.printed else ""
        before, _, behind = told.partition("\n")
        found = re.search(f"{re.escape(before)}([^（）]+){re.escape(behind)}", text) if told else None
        if fact.printed and found and found[1].endswith(_ways_written(fact.printed)):
            text = text[: found.start()] + found[1] + text[found.end() :]
            fact = replace(fact, quantity=fact.printed, printed=None)
        kept.append(fact)
    return text, kept


def _printed_at(text: str, fact: Fact) -> Span | None:
    """Where a text has a figure as its source prints it, with the word of its bound."""
    assert fact.printed is not None
    for words in _ways_written(fact.printed):
        spots = [m.span() for m in re.finditer(rf"(?<![\d.]){re.escape(words)}", text)]
        if spots:
            beside = [spot for spot in spots if fact.left and text[: spot[0]].endswith(fact.left[-2:])]
            start, end = (beside or spots)[0]
            bound = BOUND_WORD.search(text[:start])
            return Span(bound.start() if bound and fact.printed.bound not in ("exact", "range") else start, end)
    return None


def _ways_written(printed: Quantity) -> tuple[str, str]:
    return as_written(printed), printed.surface


def _amount(fact: Fact) -> str:
    """The corrected figure, in the scale of the one printed where it reaches it."""
    quantity, scale = fact.quantity, scale_of([fact.printed]) if fact.printed else ""
    scale = scale if abs(quantity.value) >= SCALES[scale] else ""
    low = in_words(quantity.value, quantity.unit, quantity.bound, scale)
    if quantity.value_high is None:
        return low
    return f"{low.removesuffix(quantity.unit or '')}—{in_words(quantity.value_high, quantity.unit, 'exact', scale)}"
