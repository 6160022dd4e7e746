"""Where derived files that may be thrown away are kept for this user."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path


def cache_folder(name: str) -> Path:
    """A writable folder for ``name`` below the user's cache folder (``TONGJIAN_CACHE`` overrides), made if missing.

    Falls back to the system's temporary folder where the home cannot be written.
    """
    for base in _bases():
        folder = base / name
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return folder
    return Path(tempfile.mkdtemp(prefix="tongjian-"))


def _bases() -> list[Path]:
    bases: list[Path] = []
    if override := os.environ.get("TONGJIAN_CACHE"):
        bases.append(Path(override))
    if sys.platform == "win32" and (local := os.environ.get("LOCALAPPDATA")):
        bases.append(Path(local) / "tongjian")
    if xdg := os.environ.get("XDG_CACHE_HOME"):
        bases.append(Path(xdg) / "tongjian")
    home = Path(os.path.expanduser("~"))
    bases.append(home / ".cache" / "tongjian")
    user = os.environ.get("USER") or os.environ.get("USERNAME") or "user"
    bases.append(Path(tempfile.gettempdir()) / f"tongjian-{user}")
    return bases
