from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.errors import LibraryError, ModelError
from retrieval.dense import BATCH, DenseIndex, exact_search


def units(rows: int, seed: int = 0) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    matrix = np.random.default_rng(seed).standard_normal((rows, 32)).astype(np.float32)
    return np.asarray(matrix / np.linalg.norm(matrix, axis=1, keepdims=True), np.float32)


def test_upsert_replaces_and_delete_forgives(tmp_path: Path) -> None:
    index, vectors = DenseIndex(tmp_path, "e"), units(3)
    index.upsert(["a", "b"], vectors[:2])
    index.upsert(["b", "c"], vectors[[2, 1]].astype(np.float16))
    assert index.search(vectors[2], 1)[0][0] == "b"
    [(best, cosine)] = index.search(vectors[1], 1)
    assert best == "c"
    assert cosine == pytest.approx(1, abs=1e-3)
    index.delete(["a", "never there"])
    assert index.count() == 2
    index.close()


def test_what_is_written_is_there_after_reopening(tmp_path: Path) -> None:
    index, vectors = DenseIndex(tmp_path, "e"), units(2)
    index.upsert(["a", "b"], vectors)
    index.close()
    again = DenseIndex(tmp_path, "e")
    assert again.search(vectors[1], 1)[0][0] == "b"
    again.close()


def test_more_than_one_batch(tmp_path: Path) -> None:
    index, vectors = DenseIndex(tmp_path, "e"), units(BATCH + 2)
    index.upsert([str(i) for i in range(BATCH + 2)], vectors)
    assert index.count() == BATCH + 2
    assert index.search(vectors[BATCH + 1], 1)[0][0] == str(BATCH + 1)
    index.close()


def test_allowed_ids_are_searched_exactly_and_unknown_ones_ignored(tmp_path: Path) -> None:
    index, vectors = DenseIndex(tmp_path, "e"), units(50)
    ids = [str(i) for i in range(50)]
    index.upsert(ids, vectors)
    allowed = {"3", "7", "never there"}
    expected = exact_search(vectors[[3, 7]], ["3", "7"], vectors[0], 5)
    assert [id_ for id_, _ in index.search(vectors[0], 5, allowed)] == [id_ for id_, _ in expected]
    assert index.search(vectors[0], 5, {"never there"}) == []
    assert index.search(vectors[0], 5, set()) == []
    index.close()


def test_another_encoder_is_refused(tmp_path: Path) -> None:
    DenseIndex(tmp_path, "one").close()
    with pytest.raises(ModelError, match="tongjian rebuild"):
        DenseIndex(tmp_path, "two")
    DenseIndex(tmp_path, "one").close()


def test_a_damaged_index_is_one_of_our_errors(tmp_path: Path) -> None:
    DenseIndex(tmp_path, "e").close()
    (tmp_path / "chroma.sqlite3").write_bytes(b"no database" * 999)
    with pytest.raises(LibraryError, match="tongjian rebuild"):
        DenseIndex(tmp_path, "e")


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    index = DenseIndex(tmp_path, "e")
    assert index.search(units(1)[0], 5) == []
    index.close()


def test_exact_search_agrees_with_sorting_all() -> None:
    vectors, query = units(200), units(1, seed=1)[0]
    ids = [f"p{i}" for i in range(200)]
    best = sorted(range(200), key=lambda i: -float(vectors[i] @ query))[:7]
    assert [id_ for id_, _ in exact_search(vectors, ids, query, 7)] == [ids[i] for i in best]
    assert [id_ for id_, _ in exact_search(vectors.astype(np.float16), ids, query, 1)] == [ids[best[0]]]
    assert exact_search(vectors[:0], [], query, 7) == []
