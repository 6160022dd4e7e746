"""Whether characters read from a file are those a person sees: a font's map may be missing or wrong."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from ingest.readers.glyphs import Glyph
from ingest.words import words

_ENOUGH = 40
"""Fewer Chinese characters than this tell nothing: a list of names, a line of a form."""
_COMMON = 0.3
"""The share of common characters that any text has: real ones .59 and more, names and rare words included."""
_STRANGE = 0.2
_WIDE = 0.92


def is_garbage(text: str) -> bool:
    """Whether a text is not what its page shows.

    >>> is_garbage("近日，三塘镇在六个村办起夜校。" * 4), is_garbage("鄀鄁鄂鄃鄄鄅鄆鄇" * 8)
    (False, True)
    """
    text = "".join(text.split())
    strange = sum(map(_is_strange, text))
    chinese = [c for c in text if "㐀" <= c <= "鿿"]
    if len(chinese) >= _ENOUGH and sum(c in _frequent() for c in chinese) < _COMMON * len(chinese):
        return True
    return strange > _STRANGE * len(text)


def is_wrong_map(glyphs: Sequence[Glyph]) -> bool:
    """Whether Latin letters and marks are as wide as Chinese characters: their font's map to Unicode is missing."""
    latin = [g for g in glyphs if g.char <= "ɏ"]
    wide = sum(g.right - g.left > _WIDE * g.size > 0 for g in latin)
    return len(latin) * 2 > len(glyphs) >= _ENOUGH // 2 and wide * 2 > len(latin)


def _is_strange(c: str) -> bool:
    """Private use, a replacement, a control, or a letter of scripts that these documents do not use."""
    return "\ue000" <= c <= "\uf8ff" or c == "\ufffd" or ord(c) < 32 or "Ā" <= c <= "ʯ" or "֐" <= c <= "᳿"


@cache
def _frequent() -> frozenset[str]:
    return frozenset("".join(words("common_characters")))
