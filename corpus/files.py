"""Files that people give, by their names, and files that people get: whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import LibraryError


def is_workbook(path: Path) -> bool:
    """Whether a file is an Excel workbook by its name."""
    return path.suffix.lower() in (".xlsx", ".xlsm")


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A temporary path beside ``target`` that takes its place when the block ends well, and is gone when not.

    Raises:
        LibraryError: the file cannot be written there, or another program holds it.
    """
    aside = target.with_name(f".{target.stem}.{os.getpid()}{target.suffix}")
    try:
        yield aside
        os.replace(aside, target)
    except PermissionError as exc:
        raise LibraryError(
            f"不能写入文件 {str(target)!r}。如已在表格或文字软件中打开，请先关闭，或换一个文件名。"
        ) from exc
    except OSError as exc:
        raise LibraryError(f"文件 {str(target)!r} 没有写成：{exc.strerror or exc}。请检查磁盘空间和文件夹。") from exc
    finally:
        aside.unlink(missing_ok=True)
