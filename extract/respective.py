"""What 分别 tells apart: figures before it by their actions, those behind it by their things or times."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.model import Fact, Period, Quantity, Span
from extract.actions import is_action
from extract.clause import Phrase, last_clause, names_place
from extract.measures import dimension
from extract.nouns import STOP, noun_before
from extract.period import find_period, period_spans
from extract.tokens import tokens

LINKED = re.compile(r"\s*(?:和|与|及|以及|、|或)\s*")
_COMPARED = re.compile("[，,、]?(?:同比|环比|比上年|较上年|比去年|较去年|比上年同期|较上年同期|比去年同期|较去年同期)?")
_GROWN = re.compile(
    "[，,、]?(?:同比|环比|比上年|较上年|比去年|较去年)?(?:分别)?(?:增长|增加|提高|上升|下降|减少|降低)了?"
)
"""Between a row and the row of by how much each of its figures grew (29870元和11320元、增长|5.6%和7.8%)."""
_BOTH = re.compile("城乡居民(?=人均)")
_WHICH = re.compile("城镇|农村|城市|乡村|男性?|女性?|第?[一二三]产业?|公办|民办|线[上下]")
"""Words that only tell which of several alike."""
_PERSONS = frozenset("员者人师工手民众")


def _row(text: str, sentence: Span, spans: Sequence[Span]) -> tuple[int, list[int]]:
    """Where 分别 stands, and which figures follow it in a row; none where fewer than two do."""
    mark = text.find("分别", sentence.start, sentence.end)
    first = next((n for n, span in enumerate(spans) if span.start > mark), None) if mark >= 0 else None
    if first is None or STOP.search(text, mark, spans[first].start):
        return mark, []
    row = linked(text, spans, first)
    return mark, row if len(row) > 1 else []


def linked(text: str, spans: Sequence[Span], first: int) -> list[int]:
    """The figures from one on that nothing but 、 or 和 parts."""
    ends = (n for n in range(first + 1, len(spans)) if not LINKED.fullmatch(text[spans[n - 1].end : spans[n].start]))
    return list(range(first, next(ends, len(spans))))


def told_of(text: str, sentence: Span, spans: Sequence[Span]) -> dict[int, int]:
    """The figure of which each one behind 分别 tells something more: that at its place in the row before."""
    mark, row = _row(text, sentence, spans)
    if not row:
        return {}
    counted = [n for n, span in enumerate(spans) if span.end <= mark][-len(row) :]
    of_counted = len(counted) == len(row) and _COMPARED.fullmatch(text[spans[counted[-1]].end : mark])
    grown = _grown(text, spans, row)
    return dict(zip([*(row if of_counted else ()), *grown], [*(counted if of_counted else ()), *row], strict=False))


def _grown(text: str, spans: Sequence[Span], row: Sequence[int]) -> list[int]:
    """The figures behind a row, as many, that tell by how much each of it grew."""
    behind = row[-1] + 1
    if behind == len(spans) or not _GROWN.fullmatch(text[spans[behind - 1].end : spans[behind].start]):
        return []
    grown = linked(text, spans, behind)
    return grown if len(grown) == len(row) else []


_YEAR = re.compile(r"\d{4}年|[今去明]年|[上前]年|本年度?")
"""The year of the first of several times, which holds for the others (2025年7月、8月)."""


def respectively(text: str, sentence: Span, quantities: Sequence[Quantity]) -> dict[int, str]:
    """The action of each quantity before a 分别 whose verb takes as many complements.

    >>> from extract.quantities import scan
    >>> t = "将16家协会、39家社会组织分别纳入整治和整顿范畴。"
    >>> respectively(t, Span(0, len(t)), scan(t))
    {0: '纳入整治', 1: '纳入整顿'}
    """
    mark = text.find("分别", sentence.start, sentence.end)
    if mark < 0:
        return {}
    before = [i for i, q in enumerate(quantities) if q.span.end <= mark]
    tail = re.split(r"[，。；]", text[mark + 2 : sentence.end])[0]
    if len(before) < 2 or any(mark < q.span.start < mark + 2 + len(tail) for q in quantities):
        return {}
    verb, items = _complements(tail)
    if len(items) != len(before):
        return {}
    return {at: verb + item for at, item in zip(before, items, strict=True)}


def things_apart(text: str, sentence: Span, quantities: Sequence[Quantity], found: list[Phrase]) -> list[Phrase]:
    """The phrases, those of a row behind 分别 each of the thing named, or counted, at its place in the row before."""
    spans = [q.span for q in quantities]
    mark, row = _row(text, sentence, spans)
    if not row:
        return found
    counted = [n for n, q in enumerate(quantities) if q.span.end <= mark]
    between = text[quantities[counted[-1]].span.end : mark] if counted else text[sentence.start : mark]
    if noun_before(tokens(text[mark + 2 : quantities[row[0]].span.start])):
        return found
    alike = len({dimension(quantities[n].unit) for n in row}) == 1
    names = _names(last_clause(between), alike=alike)
    if len(names) == len(row):
        for n, name in zip(row, names, strict=True):
            found[n] = replace(found[n], object=name, where="before")
    for n, other in told_of(text, sentence, spans).items():
        found[n] = replace(found[n], object=found[other].object, where="inherited")
    return found


def times_apart(text: str, sentence: Span, made: list[Fact], published: str | None) -> list[Fact]:
    """The facts of a sentence, those of a row behind 分别 each of its own of as many times (2023年、2024年分别为…)."""
    figures = [f.quantity.span for f in made]
    mark, row = _row(text, sentence, figures)
    before = text[sentence.start : mark]
    spans = period_spans(before) if row else []
    joined = [False, *(LINKED.fullmatch(before[a.end : b.start]) is not None for a, b in pairwise(spans))][-len(row) :]
    if not row or len(spans) < len(row) or joined[0] or not all(joined[1:]):
        return made
    year = ""
    for n, span in zip(row, spans[-len(row) :], strict=True):
        own = _YEAR.match(span.of(before))
        year = own.group() if own else year
        told = span.of(before) if own else year + span.of(before)
        period = find_period(told, published)
        made[n] = replace(made[n], period=replace(period, text=span.of(before)) if period else Period())
    for n, other in zip(_grown(text, figures, row), row, strict=False):
        made[n] = replace(made[n], period=made[other].period)
    return made


def _names(clause: str, *, alike: bool) -> list[str]:
    """The things that a row names, the last one's kind given to those that only tell which (城镇、农村居民收入).

    ``alike``: their figures are of one dimension, so that they can be of one kind.
    """
    items = [part for part in re.split("[、和与及]", _BOTH.sub("城镇、农村居民", clause)) if part]
    kind = _kind(items) if len(items) > 1 and alike else ""
    names = [item + kind for item in items[:-1]] + items[-1:] if kind else [noun_before(tokens(item)) for item in items]
    return names if len(names) > 1 and all(names) and not any(names_place(name) for name in names) else []


def _kind(items: Sequence[str]) -> str:
    """What the last of some names says of all of them: 案件 of 刑事、治安案件; nothing of 快递员、外卖骑手."""
    if which := _WHICH.match(items[-1]):
        return items[-1][which.end() :] if all(_WHICH.fullmatch(item) for item in items[:-1]) else ""
    words = [tokens(item) for item in items]
    before = [w[0] for w in words[:-1] if len(w) == 1]
    length = len(items[0])
    if len(before) < len(items) - 1 or any(len(w.word) != length or w.word[-1] in _PERSONS for w in before):
        return ""
    parted = len(words[-1]) == 2 and len(words[-1][0].word) == length and words[-1][1].is_noun
    return items[-1][length:] if parted or all(w.tag == "b" for w in before) else ""


def _complements(tail: str) -> tuple[str, list[str]]:
    words = tokens(tail)
    if not words or not (words[0].is_verb or is_action(words[0].word)):
        return "", []
    verb = words[0].word
    parts = [p for p in re.split(r"[和与及、]", tail[len(verb) :]) if p]
    return verb, [next((w.word for w in tokens(p)), p) for p in parts]
