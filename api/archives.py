"""Files on their way in: archives opened first, each of their files then like any other."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import ReadError


@dataclass(frozen=True, slots=True)
class Item:
    """A file to take in: where it is, its path as people know it if that differs (材料.zip!/a.txt), why it failed."""

    path: Path
    shown: str | None = None
    error: ReadError | None = None


@contextmanager
def opened(paths: Sequence[Path], aside: Path) -> Iterator[list[Item]]:
    """The files, those of archives unpacked below ``aside`` while the block runs."""
    from ingest.containers import is_container, is_letter, unpack_in_child

    shutil.rmtree(aside, ignore_errors=True)
    items: list[Item] = []
    try:
        for n, path in enumerate(paths):
            letter = is_letter(path)
            if letter or not is_container(path):
                items.append(Item(path))
            if not letter and not is_container(path):
                continue
            try:
                members = unpack_in_child(path, aside / str(n))
            except ReadError as error:
                items.append(Item(path, error=error))
                continue
            for m in members:
                told = f"{path}!/{m.name}"
                items.append(Item(m.path or Path(told), told, m.error))
        yield items
    finally:
        shutil.rmtree(aside, ignore_errors=True)
