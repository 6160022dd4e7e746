"""The command line: ``tongjian COMMAND …``. One JSON object or JSON lines on stdout with --json; all else on stderr."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and leave with its exit code: 0 done, 1 failed, 2 bad usage, 3 some items failed."""
    from api.cli.app import run

    sys.exit(run(sys.argv[1:]))
