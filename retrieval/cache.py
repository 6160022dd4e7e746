"""Where what can be made again is kept between runs: the built encoder, jieba's dictionary."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from pathlib import Path

logger = logging.getLogger(__name__)


def cache_folder() -> Path:
    """The user's cache folder for this program, made and writable.

    ``TONGJIAN_CACHE`` wins, then ``XDG_CACHE_HOME`` (``LOCALAPPDATA`` on Windows), then ``~/.cache``. Where that
    cannot be written, a folder of this user's own below the system's temporary folder.
    """
    preferred, fallback = _preferred(), _fallback()
    if _writable(preferred):
        return preferred
    if _writable(fallback) and _is_own(fallback):
        return fallback
    return Path(tempfile.mkdtemp(prefix="tongjian-"))


def write_atomically(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path`` whole or not at all; of two writers the later one wins. Raises OSError."""
    handle, temporary = tempfile.mkstemp(prefix=f"{path.name}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise


def _preferred() -> Path:
    if chosen := os.environ.get("TONGJIAN_CACHE"):
        return Path(chosen).expanduser()
    base = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME")
    return Path(base or os.path.expanduser("~/.cache")) / "tongjian"


def _fallback() -> Path:
    user = os.getuid() if hasattr(os, "getuid") else "user"
    return Path(tempfile.gettempdir()) / f"tongjian-cache-{user}"


def _writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as exc:
        logger.info("cache folder %s cannot be made: %s", folder, exc)
        return False
    return os.access(folder, os.W_OK | os.X_OK)


def _is_own(folder: Path) -> bool:
    """False where another user made the folder of a guessable name first: what it holds would be loaded as a model."""
    return not hasattr(os, "getuid") or folder.stat().st_uid == os.getuid()
