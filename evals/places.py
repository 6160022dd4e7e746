"""Addresses of peers' test suites (JioNLP, cpca), read by the gazetteer and compared with what they expect.

A case is right where the places expected are those found, the finest of each address. Cases that contradict a
convention are listed in ``golds/conventions.csv`` with the others.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from corpus.places import Gazetteer
from evals.quantities import conventions, read_cases

_TASKS = ("location_parser", "transform", "text_with_addrs")


def run_places(cases: Path) -> dict[str, Any]:
    """Right, judged and apart, and the ids of the wrong cases.

    Raises:
        NotFound: the cases are not there.
    """
    gazetteer, apart = Gazetteer.load(), conventions()
    rows = read_cases(cases, _TASKS)
    judged = [row for row in rows if row["id"] not in apart]
    wrong = [row["id"] for row in judged if not _is_right(row, gazetteer)]
    return {"right": len(judged) - len(wrong), "judged": len(judged), "apart": len(rows) - len(judged), "wrong": wrong}


def _is_right(row: dict[str, Any], gazetteer: Gazetteer) -> bool:
    mentions = gazetteer.find(row["input"])
    found = [code for m in mentions if (code := gazetteer.settle(m.candidates)) is not None]
    wanted = row["expected"]
    if "adcodes" in wanted:
        return found == list(wanted["adcodes"])
    names = [wanted.get(level) for level in ("province", "city", "county")]
    finest = [name for name in names if name and name != "市辖区"][-1]
    return bool(found) and (found[0] == wanted.get("adcode") or gazetteer.place(found[0]).path[-1] == finest)
