"""Typeset, read, measure: every layout with its seeds."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus.errors import ReadError
from evals.layouts.layouts import LAYOUTS, Layout, Sample, Split, make
from evals.layouts.measures import Score, score
from evals.layouts.scan import scanned
from ingest.read import read_file

TUNING_SEEDS = (1, 2, 3)
HELD_OUT_SEEDS = (11, 12, 13)


def run_layouts(
    *, split: Split, only: str | None = None, keep: Path | None = None, scans: bool = False
) -> dict[str, Any]:
    """Rates by layout and over all; ``keep`` is a folder for the PDFs that were read.

    ``scans``: the first seed of each, as a scanner gives its pages.
    """
    chosen = [x for x in LAYOUTS if x.split == split and only in (None, x.name)]
    seeds = TUNING_SEEDS if split == "tuned" else HELD_OUT_SEEDS
    by_layout = {layout.name: _score_of(layout, seeds[:1] if scans else seeds, keep, scans) for layout in chosen}
    whole = sum(by_layout.values(), Score())
    return {
        "layouts": {name: found.rates() for name, found in by_layout.items()},
        "all": whole.rates(),
        "failures": [f"{name}: {line}" for name, found in by_layout.items() for line in found.failures],
    }


def as_table(found: dict[str, Any]) -> str:
    """The rates as a Markdown table, a row a layout."""
    names = list(found["all"])
    rows = [*found["layouts"].items(), ("all", found["all"])]
    lines = ["| layout | " + " | ".join(names) + " |", "|---" * (len(names) + 1) + "|"]
    for name, rates in rows:
        told = ("–" if (x := rates[n]) is None else f"{x:.4f}" if isinstance(x, float) else str(x) for n in names)
        lines.append(f"| {name} | " + " | ".join(told) + " |")
    return "\n".join(lines)


def read_sample(sample: Sample, folder: Path) -> Score:
    """The score of one sample, its PDF written into the folder."""
    path = folder / f"{sample.layout}-{sample.seed}.pdf"
    path.write_bytes(sample.pdf)
    try:
        articles = read_file(path).articles
    except ReadError as exc:
        return score(sample.truth, ()) + Score(failures=[f"{path.name}: {exc.kind}"])
    found = score(sample.truth, articles)
    found.failures = [f"seed {sample.seed}: {line}" for line in found.failures]
    return found


def _score_of(layout: Layout, seeds: Iterable[int], keep: Path | None, scans: bool) -> Score:
    with tempfile.TemporaryDirectory() as name:
        folder = keep or Path(name)
        samples = (make(layout, seed) for seed in seeds)
        read = (replace(s, pdf=scanned(s.pdf, s.seed)) if scans else s for s in samples)
        return sum((read_sample(sample, folder) for sample in read), Score())
