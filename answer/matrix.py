"""A theme over places: for each place and aspect of a codebook the sentences that speak to it, or 未提及.

A cell holds sentences of the sources alone. Its code is 1 where one is found, 0 where the source says there is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from answer.codebook import Aspect
from answer.narrated import NONE
from answer.plan import Question, read_question
from answer.sources import Sources
from answer.speaking import FoundSentence, by_part, meanings, speaking
from answer.telling import FRAGMENT, articles_telling, concrete
from corpus.errors import UsageError
from corpus.model import Place
from extract.sentences import clauses

Code = Literal["1", "0", "未提及"]

_SAID = 0.4
"""The fit from which on a sentence speaks to an aspect."""
_BY_EXAMPLE = 0.35
"""What an example of the aspect in a sentence adds to its likeness in meaning."""
_IN_CELL = 2


@dataclass(frozen=True, slots=True)
class Cell:
    """What a place says on an aspect."""

    code: Code
    sentences: tuple[FoundSentence, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows of cells in the order of ``places`` and ``aspects``."""

    theme: str
    aspects: tuple[Aspect, ...]
    places: tuple[Place, ...]
    rows: tuple[tuple[Cell, ...], ...]


def compile_matrix(theme: str, sources: Sources, aspects: Sequence[Aspect], places: Sequence[str] = ()) -> Matrix:
    """The matrix of a theme over places (adcodes; those of the library that speak of it where none are given).

    Raises:
        UsageError: the theme is empty.
    """
    if not theme.strip():
        raise UsageError("主题是空的，请写出要比较的内容，如 骑手驿站。")
    return matrix_of(read_question(theme, sources), sources, aspects, places)


def matrix_of(question: Question, sources: Sources, aspects: Sequence[Aspect], places: Sequence[str]) -> Matrix:
    """The matrix of a question's subject."""
    told: list[tuple[Place, tuple[Cell, ...]]] = []
    for place in _within(places or question.places, sources):
        here = replace(question, within=(), plan=replace(question.plan, places=(place,)))
        cells = _row(here, aspects, sources, given=bool(places))
        if cells is not None:
            told.append((sources.gazetteer.place(place), cells))
    return Matrix(question.text, tuple(aspects), tuple(p for p, _ in told), tuple(cells for _, cells in told))


def _within(places: Sequence[str], sources: Sources) -> list[str]:
    """The library's places in those named, a named one itself where it has none; all of the library's for none."""
    contains = sources.gazetteer.contains
    inside = {p: [held for held in sources.places if contains(p, held)] or [p] for p in places}
    return sorted({held for each in inside.values() for held in each}) if places else list(sources.places)


def _row(question: Question, aspects: Sequence[Aspect], sources: Sources, *, given: bool) -> tuple[Cell, ...] | None:
    """The cells of a place, of what is told of itself; None where that is nothing of the theme and it was not named."""
    articles = articles_telling(question, sources, nearest=False, own=True)
    if not articles and not given:
        return None
    told = (h for a in articles for h in speaking(a, question.wanted))
    here = (h for h in by_part(told, question.places, sources) if h.place in question.places)
    found = [h for h in here if not FRAGMENT.search(h.text)]
    return tuple(_cell(aspect, question, found, sources) for aspect in aspects)


def _cell(aspect: Aspect, question: Question, found: Sequence[FoundSentence], sources: Sources) -> Cell:
    meant = meanings(f"{question.core}{aspect.name}：{aspect.definition}", found, sources)
    scored = [replace(h, score=_fit(aspect, h.text, meaning)) for h, meaning in zip(found, meant, strict=True)]
    best = sorted((h for h in scored if h.score >= _SAID), key=lambda h: (-h.score, h.article.id, h.span))[:_IN_CELL]
    if not best:
        return Cell("未提及", ())
    none = all(_says_none(aspect, question, h.text) for h in best)
    return Cell("0" if none else "1", tuple(sorted(best, key=lambda h: (h.article.id, h.span))))


def _fit(aspect: Aspect, text: str, meaning: float) -> float:
    named = any(example in text for example in aspect.examples)
    return meaning / 2 + (_BY_EXAMPLE if named else 0) + concrete(text) / 2


def _says_none(aspect: Aspect, question: Question, text: str) -> bool:
    """Whether the clauses about the aspect or the theme deny it (尚未建立站点), and none affirms it."""
    told = [span.of(text) for span in clauses(text)]
    about = [
        c for c in told if any(e in c for e in aspect.examples) or any(t.within(c) for t in question.wanted)
    ]  # fmt: skip
    return bool(about) and all(NONE.search(c) for c in about)


def kappa(first: Sequence[str], second: Sequence[str]) -> float | None:
    """Cohen's κ of two coders' codes (Cohen 1960); None without codes, 1 where both only ever gave one and the same.

    >>> kappa(["1", "1", "0", "0"], ["1", "0", "0", "0"])
    0.5
    """
    pairs = list(zip(first, second, strict=True))
    if not pairs:
        return None
    agreed = sum(a == b for a, b in pairs) / len(pairs)
    by_chance = sum(first.count(c) * second.count(c) for c in {*first, *second}) / len(pairs) ** 2
    return 1.0 if by_chance == 1 else (agreed - by_chance) / (1 - by_chance)
