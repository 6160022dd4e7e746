"""One file → its document and articles: the door of this folder.

``read_file`` works in this process; ``read_in_child`` and ``read_many`` read each file in a child process that a
hostile file may kill without harm.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from corpus.errors import ReadError
from corpus.model import Article, Document, content_id
from corpus.places import Gazetteer

R = TypeVar("R")

_SECONDS_PER_PAGE = 25
"""Of processor time, at most, for recognising one page."""
_BYTES_PER_SECOND = 30_000
"""Of text, at least, that are read and extracted from in a second of processor time."""
_CHARACTER = 3
"""Bytes of a Chinese character in UTF-8."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take: bytes on disk and of memory, seconds of processor and of clock, characters of text.

    ``ocr`` off puts scans off: they are errors of kind ``scan``.
    """

    file_bytes: int = 200_000_000
    memory_bytes: int = 2_000_000_000
    cpu_seconds: int = 90
    wall_seconds: float = 120.0
    characters: int = 5_000_000
    ocr: bool = True

    def for_scan(self, pages: int) -> Limits:
        """The limits of a scan: recognising a page takes some seconds and memory.

        A dense page of A4 at 300 dpi takes 2.2 GB of address space, of A3 2.6.
        """
        more = pages * _SECONDS_PER_PAGE
        return replace(
            self,
            ocr=True,
            memory_bytes=2 * self.memory_bytes,
            cpu_seconds=self.cpu_seconds + more,
            wall_seconds=self.wall_seconds + 2 * more,
        )

    def for_bytes(self, size: int) -> Limits:
        """The limits of a file of a size: more time, as far as that size can be text."""
        more = min(size, _CHARACTER * self.characters) // _BYTES_PER_SECOND
        return replace(self, cpu_seconds=self.cpu_seconds + more, wall_seconds=self.wall_seconds + 2 * more)


@dataclass(frozen=True, slots=True)
class FileResult:
    """What a file holds."""

    document: Document
    articles: tuple[Article, ...]


DEFAULT_LIMITS = Limits()


def read_file(path: Path, limits: Limits = DEFAULT_LIMITS, overrides: Path | None = None) -> FileResult:
    """The document and articles of a file, read in this process, with the places of a library's ``overrides``.

    Raises:
        ReadError: the file cannot be read; ``kind`` says why.
    """
    from ingest.article import write_articles
    from ingest.marks import refuse_marked
    from ingest.readers import read_blocks
    from ingest.sniff import media_type

    data = _bytes(path, limits)
    kind = media_type(data, path.name)
    source = read_blocks(data, path.name, kind, ocr=limits.ocr)
    for part in (source, *source.parts):
        refuse_marked(part, path.name)
    if sum(len(b.text) for part in (source, *source.parts) for b in part.blocks) > limits.characters:
        raise ReadError("too_large", f"文件 {path.name!r} 超过 {limits.characters} 字，请拆分后再导入。")
    sha256 = hashlib.sha256(data).hexdigest()
    document = Document(
        id=content_id(sha256),
        name=path.name,
        path=str(path),
        sha256=sha256,
        media_type=source.media_type,
        pages=source.pages,
        title=source.title,
        reader=source.reader,
        unread=source.unread,
    )
    articles = write_articles(source, document, Gazetteer.load(overrides))
    if not any(a.body or a.title for a in articles):
        raise ReadError("no_text", f"文件 {path.name!r} 里没有可读的文字。")
    return FileResult(document, articles)


def read_in_child(path: Path, limits: Limits = DEFAULT_LIMITS) -> FileResult:
    """The same, read in a child process.

    Raises:
        ReadError: also of kind ``crashed``, ``memory`` or ``time`` if the child died or was stopped.
    """
    ((_, result),) = read_many([path], limits=limits, work=read_file)
    if isinstance(result, ReadError):
        raise result
    return result


def read_many(
    paths: Sequence[Path],
    *,
    workers: int = 1,
    limits: Limits | Callable[[Path], Limits] = DEFAULT_LIMITS,
    work: Callable[[Path, Limits], R],
) -> Iterator[tuple[Path, R | ReadError]]:
    """Each path with what ``work`` makes of it or the error it gave, in the order given.

    Every file is worked on in a child process, which imports ``work``. ``limits`` are those of every file, or of each.
    """
    from ingest.sandbox import work_each

    limits_of = (lambda _: limits) if isinstance(limits, Limits) else limits
    return work_each(paths, workers, limits_of, work)


def _bytes(path: Path, limits: Limits) -> bytes:
    try:
        if path.stat().st_size > limits.file_bytes:
            raise ReadError(
                "too_large", f"文件 {path.name!r} 超过 {limits.file_bytes // 1_000_000} MB，请拆分后再导入。"
            )
        if path.exists() and not path.is_dir() and not path.is_file():
            raise ReadError("wrong_type", f"{str(path)!r} 是设备或管道，不是普通文件。")
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as exc:
        raise ReadError("missing", f"找不到文件 {str(path)!r}，请检查路径。") from exc
    except IsADirectoryError as exc:
        if not os.access(path, os.R_OK | os.X_OK):
            raise ReadError("missing", f"文件夹 {str(path)!r} 打不开，请检查权限。") from exc
        raise ReadError("wrong_type", f"{str(path)!r} 是文件夹，不是文件。") from exc
    except OSError as exc:
        raise ReadError("missing", f"文件 {str(path)!r} 读不出来（{exc.strerror}），请检查权限或磁盘。") from exc
