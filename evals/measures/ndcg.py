"""Normalised discounted cumulative gain at k (Järvelin & Kekäläinen 2002), gain = grade as in trec_eval."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import log2


def ndcg_at_k(ranking: Sequence[str], relevant: Mapping[str, float], k: int) -> float | None:
    """The discounted gain of the first ``k`` over that of the best order; None where nothing is relevant.

    >>> ndcg_at_k(["a", "b", "c"], {"c": 1}, 10)
    0.5
    """
    ideal = _gain(sorted((max(grade, 0) for grade in relevant.values()), reverse=True)[:k])
    if not ideal:
        return None
    return _gain(max(relevant.get(id_, 0), 0) for id_ in ranking[:k]) / ideal


def _gain(grades: Iterable[float]) -> float:
    return sum(grade / log2(rank + 1) for rank, grade in enumerate(grades, start=1))
