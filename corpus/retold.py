"""The same practice told by several articles: under one name, of one place or of a place and the one above it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from corpus.model import Practice
from corpus.script import simplified

_MOST = 100
"""Ids told of one practice."""
_SET_OFF = re.compile(r"[\s“”‘’「」『』《》\"'·—-]+")


def retold(practices: Sequence[Practice]) -> dict[str, tuple[str, ...]]:
    """Of each practice that other articles tell too, those others' ids.

    A name that two places of different counties use is two practices: nothing says that one is the other's.
    """
    by_name: defaultdict[tuple[str, tuple[str, ...]], list[Practice]] = defaultdict(list)
    for practice in practices:
        if practice.kind != "unnamed" and practice.place is not None:
            by_name[folded(practice.practice), practice.place.path].append(practice)
    found: defaultdict[str, list[str]] = defaultdict(list)
    for (name, path), alike in by_name.items():
        above = by_name.get((name, path[:-1]), [])
        for one in alike:
            for other in (*alike, *above):
                if other.article != one.article and _one_place(one, other):
                    found[one.id].append(other.id)
            for other in above:
                if other.article != one.article and _one_place(one, other):
                    found[other.id].append(one.id)
    return {id: tuple(ids[:_MOST]) for id, ids in found.items()}


def folded(name: str) -> str:
    """The name without quotation marks, spaces and dashes, in simplified characters."""
    return simplified(_SET_OFF.sub("", name))


def _one_place(a: Practice, b: Practice) -> bool:
    """Whether neither is of a township or village that the other is not of, where both tell one."""
    details = {p.place.detail for p in (a, b) if p.place is not None} - {None}
    return len(details) < 2
