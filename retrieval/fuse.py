"""Two ranked lists → one, by their scores (min-max normalisation, convex combination: arXiv:2210.11934).

The weight is the query's own: the list whose best stands out more counts more (how far the top of a list stands from
its mean predicts how good the list is: Shtok et al. 2012, normalised query commitment).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum, sqrt

Ranked = Sequence[tuple[str, float]]

DENSE_SHARE = 0.75
"""The dense weight is between 0 and this, half of it where both lists stand out alike. Measured over several
collections, see ``evals/reports/retrieval.md``."""
DEPTH = 100
"""How much of each list is fused."""
TINY = 1e-9


def fuse(dense: Ranked, lexical: Ranked) -> list[tuple[str, float]]:
    """Ids of either list, best first; a list gives its best 1, its worst 0, and 0 to what it does not hold.

    >>> [id_ for id_, _ in fuse([("a", 0.9), ("b", 0.89), ("c", 0.7)], [("b", 7.0), ("d", 3.0)])]
    ['b', 'd', 'a', 'c']
    """
    weight = dense_weight(dense, lexical)
    near = _scaled(dense[:DEPTH], _near_scores(dense))
    literal = _scaled(lexical[:DEPTH], _literal_scores(lexical))
    fused = {id_: weight * near.get(id_, 0.0) + (1 - weight) * literal.get(id_, 0.0) for id_ in near | literal}
    return sorted(fused.items(), key=lambda item: (-item[1], item[0]))


def dense_weight(dense: Ranked, lexical: Ranked) -> float:
    """How much the dense list counts for this query, from 0 (as where it is empty) to ``DENSE_SHARE``."""
    near, literal = _prominence(_near_scores(dense)), _prominence(_literal_scores(lexical))
    return DENSE_SHARE * (near / (near + literal) if near + literal else 0.5)


def _near_scores(dense: Ranked) -> list[float]:
    return [score for _, score in dense[:DEPTH]]


def _literal_scores(lexical: Ranked) -> list[float]:
    """A lexical list shorter than was asked for is whole: all other passages score 0 and belong to its spread."""
    scores = [score for _, score in lexical[:DEPTH]]
    return scores + [0.0] * (DEPTH - len(scores)) if scores else []


def _prominence(scores: Sequence[float]) -> float:
    """How many standard deviations the best score is above the mean."""
    if not scores:
        return 0.0
    mean = fsum(scores) / len(scores)
    spread = sqrt(fsum((score - mean) ** 2 for score in scores) / len(scores))
    return (max(scores) - mean) / spread if spread > TINY else 0.0


def _scaled(ranked: Ranked, scores: Sequence[float]) -> dict[str, float]:
    if not ranked:
        return {}
    low, high = min(scores), max(scores)
    return {id_: (score - low) / (high - low) if high > low else 1.0 for id_, score in ranked}
