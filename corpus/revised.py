"""Whether a file is another one mended: what decides when two files come in under one name (decisions/0009)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.model import Article
from corpus.near import VERSION, containment, shingles
from corpus.spacing import squeezed

_TIME = re.compile(r"\d+|[一二三四五六七八九十]+|[上下]半")
"""What tells reports of several years, months or issues apart in their titles."""


def is_revision(new: Sequence[Article], old: Sequence[Article]) -> bool:
    """Whether a file's articles are those of an earlier file, mended.

    They are about the same places and not of other days, and have the same title, or half the text and no other time
    in the title.
    """
    if not (new and old and _places(new) & _places(old)):
        return False
    if (days := _days(new)) and (before := _days(old)) and not days & before:
        return False
    title, was = squeezed(new[0].title), squeezed(old[0].title)
    return title == was != "" or (_TIME.findall(title) == _TIME.findall(was) and _share(new, old) >= VERSION)


def _places(articles: Sequence[Article]) -> set[tuple[str, str | None] | None]:
    return {(a.place.adcode, a.place.detail) if a.place else None for a in articles}


def _days(articles: Sequence[Article]) -> set[str]:
    """The days of publication that the texts or the file's name give."""
    return {a.published_on for a in articles if a.published_on and a.date_basis != "metadata"}


def _share(new: Sequence[Article], old: Sequence[Article]) -> float:
    return containment(*(shingles("\n".join(a.body for a in articles)) for articles in (new, old)))
