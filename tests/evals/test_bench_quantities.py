"""The benchmark of quantities measures our tasks on the samples, and rivals only where they are."""

from __future__ import annotations

import pytest

from evals.bench.quantities import run_quantities


def test_ours_is_measured_and_absent_rivals_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TONGJIAN_RIVALS", raising=False)
    found = run_quantities(("ours: quantities", "jionlp"))
    assert found["characters"] > 5000 and found["ours: quantities"] > 1000 and found["jionlp"] is None
