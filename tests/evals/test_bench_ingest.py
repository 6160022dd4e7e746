"""The benchmark of reading measures what it says: our reader and its rivals on one small file of known text."""

from __future__ import annotations

import pytest

from evals.bench.ingest import run_ingest


def test_readers_are_measured_on_the_same_known_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TONGJIAN_MARKITDOWN", raising=False)
    found = run_ingest(["reportlab_news"], items=3)
    assert found["files"] == 1 and found["pages"] >= 2 and found["markitdown"] is None
    assert found["ours"]["cer_percent"] < 1 < found["pypdf"]["cer_percent"]
    assert found["ours"]["pages_per_cpu_second"] > 1 and found["ours"]["peak_mb"] > 10
