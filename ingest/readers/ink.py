"""How heavy the type of a line is, from its picture: OCR tells no face, and some titles differ in nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ingest.readers.ocr import Picture

PLAIN, HEAVY = "plain", "heavy"
_HEAVIER = 1.25
"""Strokes so many times as wide as the text's: 1.1 at most in Songti of one size, 1.4 and more in Heiti or bold."""
_INK, _PAPER = 1, 90
"""Percentiles of a page's pixels that are its ink and its paper."""


def faces(picture: Picture, corners: Sequence[Any], sizes: Sequence[float], lengths: Sequence[int]) -> list[str]:
    """For each line, whether it is set plain or heavy, beside most of the page's text.

    ``corners``: four points of each line in pixels; ``sizes``: its type size in pixels; ``lengths``: its characters.
    """
    import numpy as np

    dark = picture.min(axis=2)
    ink, paper = (float(np.percentile(dark, p)) for p in (_INK, _PAPER))
    strokes = [_stroke(dark, box, ink, paper) / size for box, size in zip(corners, sizes, strict=True)]
    usual = _middle(strokes, lengths)
    return [HEAVY if stroke >= _HEAVIER * usual > 0 else PLAIN for stroke in strokes]


def _stroke(dark: Any, box: Any, ink: float, paper: float) -> float:  # noqa: ANN401
    """The mean width of the strokes in a box, in pixels: the ink over half the edges, blur left aside."""
    import numpy as np

    xs, ys = [int(x) for x, _ in box], [int(y) for _, y in box]
    part = dark[max(min(ys), 0) : max(ys) + 1, max(min(xs), 0) : max(xs) + 1].astype(np.float32)
    depth = np.clip(2 * (paper - part) / max(paper - ink, 1.0) - 0.5, 0.0, 1.0)
    edges = np.abs(np.diff(depth, axis=0)).sum() + np.abs(np.diff(depth, axis=1)).sum()
    return float(2 * depth.sum() / max(float(edges), 1.0))


def _middle(values: Sequence[float], weights: Sequence[int]) -> float:
    """The weighted median; 0 of none."""
    rest = sum(weights) / 2
    for value, weight in sorted(zip(values, weights, strict=True)):
        rest -= weight
        if rest <= 0:
            return value
    return 0.0
