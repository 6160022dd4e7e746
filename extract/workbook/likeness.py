"""Names of things beside each other: how they are spelt, and what they share at their ends."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from corpus.rows import plain
from corpus.script import simplified
from extract.tokens import tokens


def likeness(names: Sequence[str], thing: str) -> int:
    """How many characters at their ends a thing and the most alike of some names share."""
    return max((_tail(bare(name), bare(thing)) for name in names), default=0)


def common_words(a: str, b: str) -> int:
    """The characters of the whole words at the end that two names share: 党组织 and 社会组织 share none."""
    if a.endswith(b) or b.endswith(a):
        return min(len(a), len(b))
    mine, theirs, same = words_of(a), words_of(b), 0
    for mine_, theirs_ in zip(reversed(mine), reversed(theirs), strict=False):
        if mine_ != theirs_:
            break
        same += len(mine_)
    return same


def _tail(a: str, b: str) -> int:
    same = 0
    while same < min(len(a), len(b)) and a[-1 - same] == b[-1 - same]:
        same += 1
    return same


@lru_cache(1 << 16)
def bare(text: str) -> str:
    """A name without quotes and blanks, in simplified characters."""
    return plain(simplified(text))


def words_of(text: str) -> list[str]:
    """The words of a name."""
    return [w.word for w in tokens(text)] if text else []
