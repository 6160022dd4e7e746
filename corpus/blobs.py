"""Original files, content-addressed: ``blobs/ab/cd/<sha256>``, written aside, synced, renamed."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


class Blobs:
    """The original files of a library, by sha256."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Where a file is or would be."""
        return self.folder / sha256[:2] / sha256[2:4] / sha256

    def put(self, sha256: str, content: bytes) -> None:
        """Keep a file; one that is there already stays as it is."""
        target = self.path(sha256)
        if target.exists():
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
            os.replace(aside, target)
        except BaseException:
            Path(aside).unlink(missing_ok=True)
            raise

    def get(self, sha256: str) -> bytes | None:
        """The bytes of a file, or None."""
        target = self.path(sha256)
        return target.read_bytes() if target.exists() else None
