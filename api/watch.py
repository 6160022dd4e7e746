"""Folders watched for files that are added or changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from threading import Event

SETTLED = 1_000
"""Milliseconds without a change before files are taken in: a copy in progress is not read half."""


def changes(folders: Sequence[Path], stop: Event | None = None) -> Iterator[list[Path]]:
    """The files added or changed since the last time, sorted; files taken away are no change."""
    from watchfiles import Change, watch

    from api.files import is_document

    for found in watch(*folders, stop_event=stop, step=SETTLED, debounce=10 * SETTLED, yield_on_timeout=False):
        paths = sorted({Path(path) for change, path in found if change != Change.deleted})
        kept = [path for path in paths if path.is_file() and is_document(Path(path.name))]
        if kept:
            yield kept
