"""How alike two texts are: copies of one text, texts that only look alike (雷同), versions of one draft.

Containment of shingles (Broder 1997): the share of the shorter text's shingles that stand in the longer. .96 for a
repeated paragraph against .32 for the next pair in this genre.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate
from pathlib import PurePath
from typing import Literal

from corpus.model import Span

LinkKind = Literal["copy", "alike", "version"]
COPY = 0.9
"""From this containment on two texts say the same, if no number differs."""
ALIKE = 0.8
TITLED = 0.6
"""The same of two texts on one place under one title, as two outlets print one report."""
VERSION = 0.5
LEAST = 2
"""The fewest sampled shingles two texts must share to be compared."""
_SHINGLE = 8
_SAMPLE = 32
_SHORT = 640
_CLAUSE = re.compile(r"[^，。；：！？\n]*[，。；：！？\n]|[^，。；：！？\n]+")
_FINE = 2_000
"""Pieces shorter than this are compared character by character."""
_MOST = 50
_HAN = "一二三四五六七八九十百千万亿"
_NUMBER = re.compile(
    rf"\d+(?:[.,]\d+)*|(?<![{_HAN}])[零〇两{_HAN}]{{1,9}}(?=[余多]?[名个家户人次支场项条处所座件万亿元])"
)
_DRAFT = (
    "初稿", "草稿", "征求意见稿", "讨论稿", "送审稿", "修改稿", "修改", "修订稿", "修订", "定稿", "最终稿", "最终版",
    "终稿", "正式稿", "印发稿",
)  # fmt: skip
"""What drafts are called, the earliest first."""
_DRAFTS = "|".join(sorted(_DRAFT, key=len, reverse=True))
_VERSION = re.compile(
    rf"[\s_\-—.（(\[【]*(?:(?P<draft>{_DRAFTS})|第?(?P<nth>[一二三四五六七八九十])稿|副本|(?<![A-Za-z])[vV](?P<v>\d{{1,3}}))"
    rf"[\s_\-—（(]*(?P<n>\d{{1,8}})?[\s）)\]】]*$"
)


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two texts differ: a span of each, one of them possibly empty."""

    here: Span
    there: Span


def shingles(body: str) -> frozenset[int]:
    """The hashed runs of eight characters of a text, white space and punctuation apart."""
    text = re.sub(r"[\W_]+", "", body).encode("utf-32-le")
    width = 4 * _SHINGLE
    return frozenset(zlib.crc32(text[i : i + width]) for i in range(0, len(text) - width + 1, 4))


def sketch(found: Collection[int]) -> list[int]:
    """The sample of a text's shingles that is stored: one in 32, of a short text one in 4; the same in every text."""
    rate = _SAMPLE if len(found) >= _SHORT else _SAMPLE // 8
    return sorted(h for h in found if h % rate == 0)


def containment(a: frozenset[int], b: frozenset[int]) -> float:
    """The share of the smaller set that is in the other, 0 to 1; 0 where one is empty.

    >>> one = shingles("近日，三塘镇在六个村办起夜校，请来二十三名老师。")
    >>> containment(one, shingles("本报讯 近日，三塘镇在六个村办起夜校，请来二十三名老师。群众都说好。"))
    1.0
    """
    least = min(len(a), len(b))
    return len(a & b) / least if least else 0.0


def same_numbers(a: str, b: str) -> bool:
    """Whether every number of the shorter text stands in the longer, as often.

    >>> same_numbers("选派138名，建站3个", "近日，选派138名，建站3个"), same_numbers("选派138名", "选派158名，建站3个")
    (True, False)
    """
    short, long = sorted((a, b), key=len)
    return not Counter(_NUMBER.findall(short)) - Counter(_NUMBER.findall(long))


def differences(a: str, b: str) -> tuple[Difference, ...]:
    """Where two texts differ, in order, at most fifty: clauses are matched first, then characters within those changed.

    >>> found = differences("全县建站36个，选派5名。", "全县建站39个，选派5名。")
    >>> [(d.here.start, d.here.end, d.there.start, d.there.end) for d in found]
    [(5, 6, 5, 6)]
    """
    ours, theirs = _CLAUSE.findall(a), _CLAUSE.findall(b)
    at, there = _starts(ours), _starts(theirs)
    found: list[Difference] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag == "equal" or len(found) >= _MOST:
            continue
        here, other = Span(at[i1], at[i2]), Span(there[j1], there[j2])
        found += (
            _changed(a, b, here, other)
            if max(here.end - here.start, other.end - other.start) < _FINE
            else [Difference(here, other)]
        )
    return tuple(found[:_MOST])


def _changed(a: str, b: str, here: Span, there: Span) -> list[Difference]:
    """The characters that differ between two short pieces."""
    matcher = SequenceMatcher(None, here.of(a), there.of(b), autojunk=False)
    return [
        Difference(Span(here.start + i1, here.start + i2), Span(there.start + j1, there.start + j2))
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        if tag != "equal"
    ]


def _starts(pieces: list[str]) -> list[int]:
    """Where each piece starts, and where the last one ends."""
    return list(accumulate(map(len, pieces), initial=0))


def draft_of(name: str) -> tuple[str, tuple[int, int]] | None:
    """What a draft's file name says without its version, and its rank among versions; None for a name without one.

    >>> draft_of("三塘县工作总结（定稿2）.docx"), draft_of("三塘县工作总结.docx")
    (('三塘县工作总结', (9, 2)), None)
    >>> draft_of("三塘县工作总结V3.docx"), draft_of("IV044.txt")
    (('三塘县工作总结', (0, 3)), None)
    """
    stem = PurePath(name).stem.strip()
    m = _VERSION.search(stem)
    if m is None or not stem[: m.start()].strip():
        return None
    nth = "一二三四五六七八九十".find(m["nth"]) + 1 if m["nth"] else int(m["v"] or 0)
    rank = _DRAFT.index(m["draft"]) if m["draft"] else 0
    return stem[: m.start()].strip(), (rank, int(m["n"] or nth or 0))


def stem_of(name: str) -> str:
    """A file name without extension and version."""
    found = draft_of(name)
    return found[0] if found else PurePath(name).stem.strip()
