"""Reciprocal rank at k; its mean over queries is MRR."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def mrr_at_k(ranking: Sequence[str], relevant: Mapping[str, float], k: int) -> float | None:
    """One over the rank of the first relevant document, 0 beyond ``k``; None where nothing is relevant.

    >>> mrr_at_k(["a", "b", "c"], {"b": 1}, 10)
    0.5
    """
    if not any(grade > 0 for grade in relevant.values()):
        return None
    ranks = (rank for rank, id_ in enumerate(ranking[:k], start=1) if relevant.get(id_, 0) > 0)
    first = next(ranks, None)
    return 1 / first if first else 0.0
