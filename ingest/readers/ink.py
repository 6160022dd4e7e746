"""What the ink of a page tells that OCR does not: how heavy the type of a line is, and the rules of tables.

Some titles differ in nothing else from the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, sin
from typing import TYPE_CHECKING, Any

from ingest.readers.rules import Rules

if TYPE_CHECKING:
    from ingest.readers.ocr import Picture

PLAIN, HEAVY = "plain", "heavy"
_HEAVIER = 1.25
"""Strokes so many times as wide as the text's: 1.1 at most in Songti of one size, 1.4 and more in Heiti or bold."""
_INK, _PAPER = 1, 90
"""Percentiles of a page's pixels that are its ink and its paper."""
_SHORTEST = 26.0
"""Points: rules are longer than the strokes of all type but a masthead's."""
_PIECE = 5.0
"""Points of a rule that must be dark without a break; longer pieces of a leaning one would not be."""


def faces(picture: Picture, corners: Sequence[Any], sizes: Sequence[float], lengths: Sequence[int]) -> list[str]:
    """For each line, whether it is set plain or heavy, beside most of the page's text.

    ``corners``: four points of each line in pixels; ``sizes``: its type size in pixels; ``lengths``: its characters.
    """
    dark, ink, paper = _tones(picture)
    strokes = [_stroke(dark, box, ink, paper) / size for box, size in zip(corners, sizes, strict=True)]
    usual = _middle(strokes, lengths)
    return [HEAVY if stroke >= _HEAVIER * usual > 0 else PLAIN for stroke in strokes]


def rules(picture: Picture, scale: float, skew: float) -> Rules:
    """The level and upright rules of a page, in points (``scale`` points a pixel) of the page set straight."""
    import numpy as np

    dark, ink, paper = _tones(picture)
    drawn = (dark < (ink + paper) / 2).astype(np.uint8)
    piece, found = max(3, round(_PIECE / scale)), Rules()
    for x, y, width, height in (*_runs(drawn, (piece, 1)), *_runs(drawn, (1, piece))):
        long, thick = max(width, height), min(width, height)
        if long * scale < _SHORTEST or thick > 0.2 * long:
            continue
        # On a page that leans, a rule runs from corner to corner of its box.
        rising = (skew < 0) == (width > height)
        ends = ((x, y + height), (x + width, y)) if rising else ((x, y), (x + width, y + height))
        found.draw([_straight(px * scale, py * scale, -skew) for px, py in ends])
    return found


def _runs(drawn: Any, piece: tuple[int, int]) -> list[tuple[int, int, int, int]]:  # noqa: ANN401
    """The boxes (x, y, width, height) of what is dark in pieces of a width and height, pieces that touch together."""
    import cv2
    import numpy as np

    left = cv2.morphologyEx(drawn, cv2.MORPH_OPEN, np.ones(piece[::-1], np.uint8))
    boxes = cv2.connectedComponentsWithStats(cv2.dilate(left, np.ones((3, 3), np.uint8)), connectivity=8)[2]
    return [(int(x), int(y), int(width), int(height)) for x, y, width, height, _ in boxes[1:]]


def _straight(x: float, y: float, angle: float) -> tuple[float, float]:
    return float(x * cos(angle) - y * sin(angle)), float(x * sin(angle) + y * cos(angle))


def _tones(picture: Picture) -> tuple[Any, float, float]:
    """The darkest channel of each pixel, and how dark the page's ink and its paper are."""
    import numpy as np

    dark = picture.min(axis=2)
    ink, paper = (float(np.percentile(dark, p)) for p in (_INK, _PAPER))
    return dark, ink, paper


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
