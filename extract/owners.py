"""Whose each figure is that a sentence tells of several places at once (甲镇、乙镇各2个; 丙镇、丁镇分别4个、5个)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.model import Fact, Span, content_id
from extract.nouns import STOP
from extract.respective import LINKED, linked
from extract.subject import Subject, Subjects

_IN_TURN = re.compile("分别|依次")
_EACH = re.compile("各自?(?![类种项级地方界派行业族])|均(?!衡|匀)")
_Named = tuple[Span, Subject]


def owned_apart(body: str, sentence: Span, made: Sequence[Fact], subjects: Subjects) -> list[Fact]:
    """The facts of a sentence, each its own place's: in turn behind 分别, once for every place behind 各."""
    if not (_IN_TURN.search(body, sentence.start, sentence.end) or _EACH.search(body, sentence.start, sentence.end)):
        return list(made)
    owners: dict[int, Sequence[Subject]] = {}
    spans = [fact.quantity.span for fact in made]
    for run in _runs(body, subjects.named_in(sentence)):
        owners.update(_owners(body, run, spans))
    return [each for at, fact in enumerate(made) for each in _of_owners(fact, owners.get(at, ()))]


def _runs(body: str, named: Sequence[_Named]) -> Iterator[list[_Named]]:
    """Names that nothing but 、 or 和 parts, two and more."""
    run: list[_Named] = []
    for each in named:
        if run and not LINKED.fullmatch(body[run[-1][0].end : each[0].start]):
            if len(run) > 1:
                yield run
            run = []
        run.append(each)
    if len(run) > 1:
        yield run


def _owners(body: str, run: Sequence[_Named], spans: Sequence[Span]) -> dict[int, Sequence[Subject]]:
    """Whose the figures behind a row of names are, by their number."""
    end, subjects = run[-1][0].end, [subject for _, subject in run]
    first = next((n for n, span in enumerate(spans) if span.start >= end), None)
    if first is None or STOP.search(body, end, spans[first].start):
        return {}
    between = body[end : spans[first].start]
    if _IN_TURN.search(between):
        row = linked(body, spans, first)
        return {n: [subject] for n, subject in zip(row, subjects, strict=True)} if len(row) == len(subjects) else {}
    if not _EACH.search(between):
        return {}
    ends = (n for n in range(first + 1, len(spans)) if STOP.search(body, spans[n - 1].end, spans[n].start))
    return dict.fromkeys(range(first, next(ends, len(spans))), subjects)


def _of_owners(fact: Fact, owners: Sequence[Subject]) -> list[Fact]:
    """A fact as each owner's; the last one's keeps its id."""
    if not owners:
        return [fact]
    told = [replace(fact, subject=o.name, subject_level=o.level, place=o.place) for o in owners]
    span = fact.quantity.span
    return [
        replace(each, id=content_id(fact.article, str(span.start), str(span.end), each.subject)) for each in told[:-1]
    ] + told[-1:]
