"""Measure words: their dimension, their normal form and how many of it they are."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from corpus.wordlists import read_entries


@dataclass(frozen=True, slots=True)
class Unit:
    """A measure word: ``normal`` its normal form, of which it is ``factor``, and ``dimension`` what it measures."""

    word: str
    dimension: str
    normal: str
    factor: Decimal


@cache
def units() -> dict[str, Unit]:
    """The measure words by their written form."""
    rows = csv.DictReader(read_entries("extract", "data/units.csv"))
    return {
        r["unit"]: Unit(r["unit"], r["dimension"], r["normal"] or r["unit"], Decimal(r["factor"] or 1)) for r in rows
    }


@cache
def dimension(unit: str | None) -> str:
    """What a normalised unit measures; "none" without a unit."""
    found = units().get((unit or "").split("/")[0])
    return found.dimension if found else "none"
