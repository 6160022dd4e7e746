from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.fuse import DENSE_SHARE, dense_weight, fuse

SCORES = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), st.floats(0.01, 100), max_size=40)


def ranked(scores: dict[str, float]) -> list[tuple[str, float]]:
    return sorted(scores.items(), key=lambda item: -item[1])


@given(SCORES, SCORES)
def test_every_id_comes_once_with_a_score_from_0_to_1(dense: dict[str, float], lexical: dict[str, float]) -> None:
    fused = fuse(ranked(dense), ranked(lexical))
    assert {id_ for id_, _ in fused} == dense.keys() | lexical.keys()
    assert len(fused) == len(dense.keys() | lexical.keys())
    assert all(0 <= score <= 1 + 1e-9 for _, score in fused)
    assert 0 <= dense_weight(ranked(dense), ranked(lexical)) <= DENSE_SHARE


def test_the_list_whose_best_stands_out_counts_more() -> None:
    flat = [(str(i), 1 - i / 1000) for i in range(100)]
    peaked = [("x", 9.0), *[(str(i), 1 - i / 1000) for i in range(1, 100)]]
    assert dense_weight(flat, peaked) < DENSE_SHARE / 2 < dense_weight(peaked, flat)
    assert dense_weight(flat, flat) == pytest.approx(DENSE_SHARE / 2)


def test_one_list_alone_keeps_its_order() -> None:
    hits = [("b", 3.0), ("a", 2.0), ("c", 1.0)]
    assert [id_ for id_, _ in fuse(hits, [])] == ["b", "a", "c"]
    assert [id_ for id_, _ in fuse([], hits)] == ["b", "a", "c"]
    assert fuse([], []) == []


def test_few_lexical_hits_are_all_better_than_none() -> None:
    dense = [("n", 0.9), ("b", 0.5), ("m", 0.4)]
    scores = dict(fuse(dense, [("a", 8.0), ("b", 7.9)]))
    assert scores["b"] > scores["m"]
    assert scores["b"] > scores["n"]
