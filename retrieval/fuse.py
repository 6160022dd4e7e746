"""Two ranked lists → one, by their scores (min-max normalisation, convex combination: arXiv:2210.11934)."""

from __future__ import annotations

from collections.abc import Sequence

Ranked = Sequence[tuple[str, float]]

DENSE_WEIGHT = 0.4
"""Measured over several collections, see ``evals/reports/retrieval.md``."""
DEPTH = 100
"""How much of each list is fused."""


def fuse(dense: Ranked, lexical: Ranked, weight: float = DENSE_WEIGHT) -> list[tuple[str, float]]:
    """Ids of either list, best first; a list gives its best 1, its worst 0, and 0 to what it does not hold.

    >>> fuse([("a", 0.9), ("b", 0.8)], [("b", 7.0), ("c", 3.0)])
    [('b', 0.6), ('a', 0.4), ('c', 0.0)]
    """
    near, literal = _scaled(dense[:DEPTH]), _scaled(lexical[:DEPTH])
    fused = {id_: weight * near.get(id_, 0.0) + (1 - weight) * literal.get(id_, 0.0) for id_ in near | literal}
    return sorted(fused.items(), key=lambda item: (-item[1], item[0]))


def _scaled(ranked: Ranked) -> dict[str, float]:
    if not ranked:
        return {}
    scores = [score for _, score in ranked]
    low, high = min(scores), max(scores)
    return {id_: (score - low) / (high - low) if high > low else 1.0 for id_, score in ranked}
