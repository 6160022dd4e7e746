"""Recall at k."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def recall_at_k(ranking: Sequence[str], relevant: Mapping[str, float], k: int) -> float | None:
    """The share of the relevant documents among the first ``k``; None where nothing is relevant.

    >>> recall_at_k(["a", "b", "c"], {"a": 1, "c": 1}, 2)
    0.5
    """
    wanted = {id_ for id_, grade in relevant.items() if grade > 0}
    if not wanted:
        return None
    return len(wanted & set(ranking[:k])) / len(wanted)
