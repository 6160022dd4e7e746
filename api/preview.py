"""What taking files in would find, without taking them in."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import ReadError
from corpus.model import Article, Progress


@dataclass(frozen=True, slots=True)
class Preview:
    """A file as it would be taken in: its articles, or why it cannot be read; ``known`` if it is in already."""

    path: Path
    articles: tuple[Article, ...] = ()
    known: bool = False
    error: ReadError | None = None


def preview(
    paths: Sequence[Path], live: Collection[str], workers: int = 1, progress: Progress | None = None
) -> Iterator[Preview]:
    """Each file read in a child process, in order; ``live`` are the ids of the documents that are in already."""
    from ingest.read import read_many

    for path, result in read_many(paths, workers=workers, progress=progress):
        if isinstance(result, ReadError):
            yield Preview(path, error=result)
        else:
            yield Preview(path, result.articles, result.document.id in live)
