"""``python -m evals.bench``: every benchmark, each against a named rival in the same run."""

from __future__ import annotations

import sys

from evals.bench.encoder import run_encoder
from evals.bench.ingest import run_ingest
from evals.bench.quantities import run_quantities


def main() -> None:
    """Print each benchmark's figures."""
    for name, run in (("encoder", run_encoder), ("ingest", run_ingest), ("quantities", run_quantities)):
        sys.stdout.write(f"{name}: {run()}\n")


if __name__ == "__main__":
    main()
