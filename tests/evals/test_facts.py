"""Both golds through the project's own measure, with floors, and the measure itself on a gold of our own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import NotFound, UsageError
from evals.facts import run_facts
from tests.conftest import Shared

TEXT = "全县选派党建指导员30名，新建站点8个。"


def _gold(folder: Path, *rows: dict[str, Any]) -> Path:
    file = folder / "gold.jsonl"
    file.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf8")
    return file


def _mention(start: int, end: int, value: str, unit: str, **more: object) -> dict[str, Any]:
    return {
        "tier": "metric",
        "start": start,
        "end": end,
        "num_start": start,
        "num_end": end,
        "value": value,
        "unit": unit,
        "flags": "",
        **more,
    }


def test_bulletin(shared: Shared) -> None:
    """All mentions of the bulletin and none of its negatives."""
    scores = run_facts(shared("evals/extraction/gold_bulletin.jsonl"), shared("corpus/bulletins"))
    assert (scores["gold"], scores["recall"], scores["precision"]) == (32, 1.0, 1.0), scores["errors"]
    assert scores["fields"]["negatives_left_alone"] == 1.0
    for name, floor in {
        "bound": 1.0,
        "place": 0.95,
        "object": 0.95,
        "repeat": 1.0,
        "status": 0.95,
        "indicator": 0.9,
    }.items():
        assert scores["fields"][name] >= floor, name


def test_authored(shared: Shared) -> None:
    scores = run_facts(shared("evals/extraction/gold_authored.jsonl"), None)
    assert scores["f1"] >= 0.97, scores["errors"]
    for name in ("bound", "status", "value_high"):
        assert scores["fields"][name] >= 0.95, name


def test_a_wrong_value_counts_as_missed_and_extra(tmp_path: Path) -> None:
    rows = [_mention(9, 12, "31", "名"), _mention(17, 19, "8", "个")]
    scores = run_facts(_gold(tmp_path, {"id": "s1", "text": TEXT, "gold": rows}), None)
    assert (scores["gold"], scores["found"], scores["precision"], scores["recall"], scores["f1"]) == (
        2,
        2,
        0.5,
        0.5,
        0.5,
    )


def test_all_right(tmp_path: Path) -> None:
    rows = [_mention(9, 12, "30", "名"), _mention(17, 19, "8", "个")]
    scores = run_facts(_gold(tmp_path, {"id": "s1", "text": TEXT, "gold": rows}), None)
    assert (scores["f1"], scores["errors"], scores["fields"]["status"]) == (1.0, [], 1.0)


def test_a_missing_gold_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="gold.jsonl"):
        run_facts(tmp_path / "gold.jsonl", None)


def test_a_gold_of_offsets_needs_its_text(tmp_path: Path) -> None:
    with pytest.raises((NotFound, UsageError)):
        run_facts(_gold(tmp_path, _mention(0, 1, "1", "个")), None)
