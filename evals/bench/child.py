"""A tool of a benchmark, run in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any


def run_child(python: str, script: str, *args: str, ours: bool, given: str = "") -> Any:  # noqa: ANN401
    """The JSON of the last line that a script prints; only ``ours`` sees this project's packages."""
    told = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    if ours:
        told["PYTHONPATH"] = str(Path(__file__).resolve().parents[2])
    ran = subprocess.run([python, "-c", script, *args], input=given.encode(), capture_output=True, check=True, env=told)
    return json.loads(ran.stdout.splitlines()[-1])
