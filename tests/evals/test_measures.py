from __future__ import annotations

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.measures.mrr import mrr_at_k
from evals.measures.ndcg import ndcg_at_k
from evals.measures.recall import recall_at_k

RANKING = ["d3", "d1", "d9", "d2", "d7"]
GRADED = {"d1": 2.0, "d2": 1.0, "d4": 1.0, "d9": 0.0}


@pytest.mark.parametrize(("k", "value"), [(1, 0.0), (2, 1 / 3), (4, 2 / 3), (10, 2 / 3)])
def test_recall(k: int, value: float) -> None:
    assert recall_at_k(RANKING, GRADED, k) == pytest.approx(value)


@pytest.mark.parametrize(("k", "value"), [(1, 0.0), (2, 0.5), (10, 0.5)])
def test_mrr(k: int, value: float) -> None:
    assert mrr_at_k(RANKING, GRADED, k) == pytest.approx(value)


def test_ndcg_by_hand() -> None:
    gain = 2 / log2(3) + 1 / log2(5)
    ideal = 2 / log2(2) + 1 / log2(3) + 1 / log2(4)
    assert ndcg_at_k(RANKING, GRADED, 10) == pytest.approx(gain / ideal)
    assert ndcg_at_k(RANKING, GRADED, 2) == pytest.approx((2 / log2(3)) / (2 + 1 / log2(3)))
    assert ndcg_at_k(["d1", "d2", "d4"], GRADED, 10) == pytest.approx(1)


@pytest.mark.parametrize("measure", [recall_at_k, mrr_at_k, ndcg_at_k])
@pytest.mark.parametrize("relevant", [{}, {"d1": 0.0}])
def test_nothing_relevant_is_no_score(measure: object, relevant: dict[str, float]) -> None:
    assert callable(measure)
    assert measure(RANKING, relevant, 10) is None


@given(st.permutations(RANKING), st.integers(1, 6))
def test_all_lie_between_0_and_1_and_the_best_order_is_1(ranking: list[str], k: int) -> None:
    relevant = {"d3": 1.0, "d7": 1.0}
    for measure in (recall_at_k, mrr_at_k, ndcg_at_k):
        value = measure(ranking, relevant, k)
        assert value is not None
        assert 0 <= value <= 1
    best = sorted(ranking, key=lambda id_: -relevant.get(id_, 0))
    assert ndcg_at_k(best, relevant, k) == pytest.approx(1)
