"""One writer a library: a file lock that names its holder, and what is told when writing fails."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from corpus.errors import LibraryError


@contextmanager
def writing(folder: Path, what: str) -> Iterator[None]:
    """Hold the library for writing while ``what`` runs.

    Raises:
        LibraryError: another process holds it; the message says which and since when.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(folder / ".lock")
    holder = folder / ".holder.json"
    try:
        lock.acquire(timeout=0)
    except Timeout as exc:
        raise LibraryError(f"资料库 {str(folder)!r} 正被占用（{_told(holder)}）。请等它结束，或先关闭它。") from exc
    try:
        said = {"pid": os.getpid(), "what": what, "since": datetime.now().isoformat(timespec="seconds")}
        holder.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


@contextmanager
def storing() -> Iterator[None]:
    """What the library cannot write stops a batch: the next file would fare no better.

    Raises:
        LibraryError: in place of what the file system or the database raised.
    """
    from sqlalchemy.exc import OperationalError

    try:
        yield
    except (OSError, OperationalError) as exc:
        reason = getattr(exc, "strerror", None) or getattr(exc, "orig", exc)
        raise LibraryError(
            f"资料库写不进去（{reason}）。请检查磁盘空间和文件夹权限，再运行一次；已导入的都在。"
        ) from exc


def _told(holder: Path) -> str:
    try:
        said = json.loads(holder.read_text("utf-8"))
        return f"{said['what']}，进程 {said['pid']}，自 {said['since']}"
    except (OSError, ValueError, KeyError):
        return "另一个通鉴进程"
