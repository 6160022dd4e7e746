"""The test suites of peers: every case that contradicts no convention of ours is read as they expect."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from corpus.errors import NotFound
from evals.periods import run_periods
from evals.places import run_places
from evals.quantities import conventions, run_quantities


def test_the_suites_of_peers(shared: Callable[[str], Path]) -> None:
    scores = run_quantities(shared("evals/quantities/cases.jsonl"))
    low = {name: each["wrong"] for name, each in scores.items() if each["share"] < Decimal("0.98")}
    assert set(low) <= {"cn2an smart_data_dict"}, low
    places = run_places(shared("evals/quantities/cases.jsonl"))
    assert places["wrong"] == []
    assert sum(each["apart"] for each in [*scores.values(), places]) == len(conventions())


def test_the_periods_of_peers(shared: Callable[[str], Path]) -> None:
    found = run_periods(shared("evals/quantities/cases.jsonl"))
    assert found["judged"] > 30 and found["right"] >= 0.9 * found["judged"], found["wrong"]


def test_cases_that_are_not_there_are_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="没有用例文件"):
        run_quantities(tmp_path / "cases.jsonl")
