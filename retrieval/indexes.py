"""Both indexes of a library, kept alike. They are derived from the catalogue and can be made from it again."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import LibraryError
from corpus.model import Passage
from retrieval.dense import DenseIndex
from retrieval.lexical import LexicalIndex
from retrieval.tokenise import Segmentation

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from retrieval.dense import Vectors

    Vector = NDArray[np.float16] | NDArray[np.float32]

BATCH = 5_000
SPACE = 200_000_000
"""Bytes that must be free before a write: a full disk makes a Chroma collection unreadable for good."""
SPACE_PER_PASSAGE = 20_000
UNFINISHED = "rebuilding"


class Indexes:
    """The dense and the lexical index below one folder; ``dense`` is None for readers and without an encoder."""

    def __init__(self, folder: Path, dense: DenseIndex | None, lexical: LexicalIndex) -> None:
        self.dense = dense
        self.lexical = lexical
        self._folder = folder

    def upsert(self, passages: Sequence[Passage], vectors: Vectors | None) -> None:
        """Put passages in with their vectors, shape (len(passages), dimensions). Repeating it changes nothing.

        Raises LibraryError where the disk is nearly full, before anything is written.
        """
        self._require_space(len(passages))
        if self.dense is not None and vectors is not None:
            self.dense.upsert([passage.id for passage in passages], vectors)
        self.lexical.upsert(passages)

    def delete(self, ids: Sequence[str]) -> None:
        """Take passages out; ids that are not there are no error."""
        if self.dense is not None:
            self.dense.delete(ids)
        self.lexical.delete(ids)

    def counts(self) -> tuple[int | None, int]:
        """How many passages the dense (None: not open) and the lexical index hold."""
        return (self.dense.count() if self.dense is not None else None), self.lexical.count()

    def close(self) -> None:
        """Give the files free."""
        self.lexical.close()
        if self.dense is not None:
            self.dense.close()

    def _require_space(self, passages: int) -> None:
        needed = SPACE + SPACE_PER_PASSAGE * passages
        free = shutil.disk_usage(self._folder).free
        if free < needed:
            raise LibraryError(
                f"磁盘空间不足：{str(self._folder)!r} 所在磁盘只剩 {free // 10**6} MB，"
                f"至少需要 {needed // 10**6} MB，请先清理"
            )


def open_indexes(folder: Path, encoder: str | None, *, writer: bool, segmentation: Segmentation = "bigram") -> Indexes:
    """The indexes below ``folder``; the writer makes what is missing and must hold the library's lock.

    ``encoder`` is the name of the encoder whose vectors are stored, None where there is none. Readers get no dense
    index: they search the catalogue's vectors exactly. Raises ModelError where another encoder made the dense index,
    LibraryError where one cannot be read or a rebuild was interrupted.
    """
    if (folder / UNFINISHED).exists():
        raise LibraryError("索引上次没有重建完，请执行 tongjian rebuild")
    return _open(folder, encoder, writer, segmentation)


def rebuild(
    folder: Path,
    encoder: str | None,
    items: Iterable[tuple[Passage, Vector | None]],
    *,
    segmentation: Segmentation = "bigram",
) -> Indexes:
    """Both indexes made anew from passages and their vectors, open for writing; what was there is thrown away.

    With an encoder every passage has its vector. The old ones need not be readable, and must be closed before. If it
    is interrupted, opening them says so until it is repeated.
    """
    import numpy as np

    folder.mkdir(parents=True, exist_ok=True)
    (folder / UNFINISHED).touch()
    for name in ("dense", "lexical"):
        _remove(folder / name)
    indexes = _open(folder, encoder, True, segmentation)
    rest = iter(items)
    try:
        while batch := list(islice(rest, BATCH)):
            vectors = [vector for _, vector in batch if vector is not None]
            matrix = np.stack(vectors).astype(np.float32) if encoder else None
            indexes.upsert([passage for passage, _ in batch], matrix)
    except BaseException:
        indexes.close()
        raise
    (folder / UNFINISHED).unlink()
    return indexes


def _open(folder: Path, encoder: str | None, writer: bool, segmentation: Segmentation) -> Indexes:
    lexical = LexicalIndex(folder / "lexical", writer=writer, segmentation=segmentation)
    try:
        dense = DenseIndex(folder / "dense", encoder) if writer and encoder else None
    except Exception:
        lexical.close()
        raise
    return Indexes(folder, dense, lexical)


def _remove(folder: Path) -> None:
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        return
    except OSError as exc:
        raise LibraryError(f"旧索引 {str(folder)!r} 无法删除，请关闭其他正在使用这个资料库的程序后再试") from exc
