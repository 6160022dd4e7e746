"""Keeping a library whole: check, backup, restore."""

from __future__ import annotations

import os
import sqlite3
import tarfile
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from api.library import Library
from api.lock import writing
from corpus.blobs import Blobs
from corpus.errors import LibraryError, NotFound, TongjianError, UsageError

_DATABASE = "catalogue.sqlite"


@dataclass(frozen=True, slots=True)
class Consistency:
    """Rows of each table, and what is amiss, with its remedy."""

    counts: dict[str, int]
    problems: tuple[str, ...]


def check(library: Library) -> Consistency:
    """Compare catalogue, original files and the lexical index."""
    catalogue = library.catalogue
    counts = catalogue.counts()
    problems: list[str] = []
    unfinished = [s for s in catalogue.states().values() if s == "stored"]
    if unfinished:
        problems.append(f"有 {len(unfinished)} 个文件尚未进入索引：再运行一次 tongjian ingest，或 tongjian rebuild。")
    blobs = Blobs(library.folder / "blobs")
    for state in catalogue.documents():
        if state.state != "failed" and not blobs.path(state.document.sha256).exists():
            problems.append(f"缺少原文件 {state.document.name!r}：请重新导入它。")
    try:
        _, held = library.index_counts()
        if held != counts["passage"]:
            problems.append(f"词索引有 {held} 段，资料库有 {counts['passage']} 段：请运行 tongjian rebuild。")
    except TongjianError as exc:
        problems.append(f"索引打不开（{exc}）：请运行 tongjian rebuild。")
    return Consistency(counts, tuple(problems))


def backup(library: Library, out: Path) -> int:
    """Write database, original files and overrides to one tar file; its size in bytes.

    Raises:
        UsageError: the library is on a database server, or the file's folder is not there.
    """
    source = library.folder / _DATABASE
    if library.settings.database_url:
        raise UsageError("资料库在数据库服务器上，请用服务器自己的备份工具（如 pg_dump）。")
    if not out.parent.exists() or out.is_dir():
        raise UsageError(f"不能写到 {str(out)!r}：请给出已有文件夹中的文件名。")
    with writing(library.folder, "备份"), tempfile.TemporaryDirectory() as aside:
        copy = Path(aside) / _DATABASE
        with closing(sqlite3.connect(source)) as db, closing(sqlite3.connect(copy)) as to:
            db.backup(to)
        partial = out.with_name(out.name + ".part")
        try:
            with tarfile.open(partial, "w") as tar:
                tar.add(copy, _DATABASE)
                for part in ("blobs", "overrides"):
                    if (library.folder / part).exists():
                        tar.add(library.folder / part, part)
            os.replace(partial, out)
        except OSError as exc:
            raise LibraryError(f"备份没有写成：{exc.strerror}。") from exc
        finally:
            partial.unlink(missing_ok=True)
    return out.stat().st_size


def restore(source: Path, folder: Path) -> dict[str, int]:
    """Make a library of a backup in a folder that is empty or not there; rows of each table.

    Raises:
        NotFound: there is no such backup.
        UsageError: the folder holds something.
        LibraryError: the file is no backup.
    """
    if not source.is_file():
        raise NotFound(f"没有备份文件 {str(source)!r}。")
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(f"文件夹 {str(folder)!r} 不是空的。请用 --library 指定一个新文件夹。")
    try:
        with tarfile.open(source) as tar:
            if _DATABASE not in tar.getnames():
                raise LibraryError(f"{str(source)!r} 不是通鉴的备份文件。")
            folder.mkdir(parents=True, exist_ok=True)
            tar.extractall(folder, filter="data")
    except tarfile.TarError as exc:
        raise LibraryError(f"{str(source)!r} 不是通鉴的备份文件，或已损坏。") from exc
    with Library.open(folder, create=True) as library:
        library.rebuild()
        return library.catalogue.counts()
