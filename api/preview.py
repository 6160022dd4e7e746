"""What taking files in would find, without taking them in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from api.incoming import Item, opened, read_items
from corpus.errors import ReadError
from corpus.model import Article, Progress

if TYPE_CHECKING:
    from ingest.read import FileResult


@dataclass(frozen=True, slots=True)
class Preview:
    """A file as it would be taken in: its articles, or why it cannot be read; ``known`` if it is in already."""

    name: str
    path: str
    articles: tuple[Article, ...] = ()
    known: bool = False
    error: ReadError | None = None


def preview(
    paths: Sequence[Path],
    live: Collection[str],
    overrides: Path | None,
    workers: int = 1,
    progress: Progress | None = None,
    scanning: Progress | None = None,
) -> list[Preview]:
    """Each file as it would be read, in order; ``live`` are the ids of the documents that are in already."""
    from ingest.read import read_file

    with opened(paths, workers=workers) as items:
        work = partial(read_file, overrides=overrides)
        read = read_items(items, work, workers=workers, progress=progress, scanning=scanning)
        found = {at: _previewed(items[at], result, live) for at, result in read}
        return [found[at] for at in range(len(items))]


def _previewed(item: Item, result: FileResult | ReadError, live: Collection[str]) -> Preview:
    if isinstance(result, ReadError):
        return Preview(Path(item.shown).name, item.shown, error=result)
    return Preview(result.document.name, item.shown, result.articles, result.document.id in live)
