"""SentencePiece Unigram tokenisation as XLM-R uses it (Kudo 2018, arXiv:1804.10959): the most probable segmentation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retrieval.encoder.weights import Vocabulary

SPACES = re.compile(" {2,}")
MARK = "▁"
UNKNOWN_PENALTY = 10.0
"""SentencePiece scores an unknown character this far below the rarest piece."""


class Unigram:
    """Turns text into piece ids; unknown characters in a row are one unknown piece, as in SentencePiece."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._pieces = dict(zip(vocabulary.pieces, range(len(vocabulary.pieces)), strict=True))
        del self._pieces[vocabulary.pieces[vocabulary.unknown]]
        # Written in rising order of length, so that the longest piece of each first character stays.
        self._longest = {piece[:1]: len(piece) for piece in sorted(vocabulary.pieces, key=len)}
        self._unknown_score = min(vocabulary.scores) - UNKNOWN_PENALTY

    def ids(self, text: str, limit: int) -> list[int]:
        """``<s>`` pieces ``</s>``, at most ``limit`` ids in all; what is beyond is left out."""
        pieces = self._segment(self._normalise(text))
        return [self._vocabulary.bos, *pieces[: limit - 2], self._vocabulary.eos]

    def _normalise(self, text: str) -> str:
        text = SPACES.sub(" ", text.translate(self._vocabulary.normalisation))
        return (text if text.startswith(" ") else " " + text).replace(" ", MARK)

    def _segment(self, text: str) -> list[int]:
        """Viterbi over all pieces at all positions."""
        unknown, scores = self._vocabulary.unknown, self._vocabulary.scores
        best = [0.0] + [float("-inf")] * len(text)
        back = [(0, unknown)] * (len(text) + 1)
        for start, first in enumerate(text):
            score = best[start]
            if score + self._unknown_score > best[start + 1]:
                best[start + 1], back[start + 1] = score + self._unknown_score, (start, unknown)
            for end in range(start + 1, min(start + self._longest.get(first, 0), len(text)) + 1):
                piece = self._pieces.get(text[start:end])
                if piece is not None and score + scores[piece] > best[end]:
                    best[end], back[end] = score + scores[piece], (start, piece)
        return _backtrack(back, unknown)


def _backtrack(back: list[tuple[int, int]], unknown: int) -> list[int]:
    ids: list[int] = []
    at = len(back) - 1
    while at:
        at, piece = back[at]
        if not (piece == unknown and ids and ids[-1] == unknown):
            ids.append(piece)
    ids.reverse()
    return ids
