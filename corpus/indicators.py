"""The curated indicators: a start over the open identities that extraction makes. Data: ``indicators.csv``."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Indicator:
    """A named measure of the genre.

    ``objects`` and ``verbs`` are the words by which it is known (object * is any); ``units`` those it is counted in;
    ``aggregation`` says whether and how its values may be added over places. ``definition`` is what people wrote of it.
    """

    id: str
    name: str
    family: str
    stat_type: str
    units: tuple[str, ...]
    objects: tuple[str, ...]
    verbs: tuple[str, ...]
    aggregation: str
    definition: str = ""

    @property
    def additive(self) -> bool:
        """Whether values of different places may be added."""
        return not self.aggregation.startswith(("never", "no"))


ALONE = "="
"""Before an object that is meant only where nothing stands before it (人口, but not 受灾人口)."""


def indicators(overrides: Path | None = None) -> dict[str, Indicator]:
    """The indicators by id: the package's, with ``overrides/indicators.csv`` (same head, rows by id) on top."""
    file = overrides / "indicators.csv" if overrides else None
    if file is None or not file.is_file():
        return _package()
    return _package() | _read(file.read_text("utf-8-sig"))


@lru_cache(maxsize=1)
def _package() -> dict[str, Indicator]:
    return _read(resources.files("corpus").joinpath("indicators.csv").read_text("utf-8-sig"))


def _read(text: str) -> dict[str, Indicator]:
    rows = csv.DictReader(text.splitlines())
    return {
        row["id"]: Indicator(
            row["id"],
            row["zh"],
            row["family"],
            row["stat_type"],
            _words(row["units"]),
            _words(row["object_lexicon"]),
            _words(row["verb_lexicon"]),
            row["aggregation"],
            row.get("definition") or "",
        )  # fmt: skip
        for row in rows
        if row["id"] != "other.count"
    }


def _words(cell: str) -> tuple[str, ...]:
    return tuple(re.sub("[“”… ]", "", word) for word in cell.split(",") if word.strip())
