"""Whether characters read from a file are those a person sees: a font's map may be missing or wrong.

A wrong map may give common characters in an order no text has. Such are told by pairs: of the characters that stand
side by side in running Chinese, two in five are a pair of some common word; of wrong ones, one in fifty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.script import simplified
from ingest.readers.glyphs import Glyph
from ingest.words import common_characters, pairs

_ENOUGH = 40
"""Fewer Chinese characters than this tell nothing: a list of names, a line of a form."""
_COMMON = 0.3
"""The share of common characters that any text has: real ones .59 and more, names and rare words included."""
_STRANGE = 0.2
_WIDE = 0.92
_RUN = re.compile(r"[㐀-鿿]{5,}")
"""Running text: names in a list and cells of a table are shorter."""
_CHINESE = re.compile(r"[㐀-鿿]")
_UNUSUAL = re.compile(r"[\ue000-\uf8ff\ufffd\x00-\x1fĀ-ʯ֐-᳿]")
"""Private use, a replacement, a control, or a letter of scripts that these documents do not use."""
_WINDOW, _FEW_PAIRS = 100, 30
"""Pairs judged together, so that one font of a page is enough, and the fewest that can be judged."""
_PAIRED, _PAIRED_OF_FEW = 0.13, 0.08
"""Shares of common pairs. In 5,065 windows of real texts the least is .18; in wrong ones, .12 the most."""


def is_garbage(text: str) -> bool:
    """Whether a text is not what its page shows; white space must stand where its words do not touch.

    >>> is_garbage("近日，三塘镇在六个村办起夜校。" * 4), is_garbage("鄀鄁鄂鄃鄄鄅鄆鄇" * 8)
    (False, True)
    >>> is_garbage("的国在了人有中这不和" * 4), is_garbage("王秀英 李国强 张桂兰 " * 9)
    (True, False)
    """
    if not all(_paired(text)):
        return True
    text = "".join(text.split())
    chinese = _CHINESE.findall(text)
    if len(chinese) >= _ENOUGH and sum(map(common_characters().__contains__, chinese)) < _COMMON * len(chinese):
        return True
    return len(_UNUSUAL.findall(text)) > _STRANGE * len(text)


def said(glyphs: Sequence[Glyph]) -> str:
    """The characters as drawn, a line feed where one does not stand right beside the last."""
    out: list[str] = []
    right = base = -1e9
    for g in glyphs:
        if not -0.6 * g.size < g.left - right < 0.6 * g.size or abs(g.base - base) > 0.3 * g.size:
            out.append("\n")
        out.append(g.char)
        right, base = g.right, g.base
    return "".join(out)


def is_wrong_map(glyphs: Sequence[Glyph]) -> bool:
    """Whether Latin letters and marks are as wide as Chinese characters: their font's map to Unicode is missing."""
    latin = [g for g in glyphs if g.char <= "ɏ"]
    wide = sum(g.right - g.left > _WIDE * g.size > 0 for g in latin)
    return len(latin) * 2 > len(glyphs) >= _ENOUGH // 2 and wide * 2 > len(latin)


def _paired(text: str) -> Iterator[bool]:
    """For each window of running text, whether enough of its pairs are common."""
    known, window = pairs(), list[bool]()
    for run in _RUN.findall(simplified(text)):
        window += [pair in known for pair in zip(run, run[1:], strict=False)]
        if len(window) >= _WINDOW:
            yield sum(window) >= _PAIRED * len(window)
            window = []
    if len(window) >= _FEW_PAIRS:
        yield sum(window) >= _PAIRED_OF_FEW * len(window)
