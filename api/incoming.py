"""Files on their way in: archives opened first, each of their files then like any other."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from api.files import shown
from corpus.errors import ReadError


@dataclass(frozen=True, slots=True)
class Item:
    """A file to take in: where it is, its path as people know it (材料.zip!/a.txt), why it is not there."""

    path: Path
    shown: str
    error: ReadError | None = None


@contextmanager
def opened(paths: Sequence[Path], aside: Path, workers: int = 1) -> Iterator[list[Item]]:
    """The files, those of archives and letters unpacked below ``aside`` while the block runs."""
    shutil.rmtree(aside, ignore_errors=True)
    try:
        yield list(_items(paths, aside, workers))
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _items(paths: Sequence[Path], aside: Path, workers: int) -> Iterator[Item]:
    from ingest.containers import is_container, is_letter, unpack_each

    letters = [is_letter(path) for path in paths]
    holding = [letter or is_container(path) for path, letter in zip(paths, letters, strict=True)]
    unpacked = unpack_each([path for path, holds in zip(paths, holding, strict=True) if holds], aside, workers)
    for path, letter, holds in zip(paths, letters, holding, strict=True):
        told = shown(path)
        if letter or not holds:
            yield Item(path, told)
        if holds:
            _, members = next(unpacked)
            if isinstance(members, ReadError):
                yield Item(path, told, members)
                continue
            for m in members:
                within = f"{told}!/{m.name}"
                yield Item(m.path or Path(within), within, m.error)
