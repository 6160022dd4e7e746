"""The dense index: vectors and ids in an embedded Chroma, and exact search over vectors the caller has.

Only the process that holds the library's lock may open the Chroma folder: a second process on it gets wrong results
without an error. Others search the catalogue's vectors with ``exact_search``.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import LibraryError, ModelError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float16] | NDArray[np.float32]

logger = logging.getLogger(__name__)

COLLECTION = "passages"
BATCH = 5_000
"""Chroma takes at most 5,461 records a call."""
ROWS = 65_536
"""Rows turned to float32 at a time by the exact search: 100 MB."""


class DenseIndex:
    """Approximate nearest neighbours by inner product of unit vectors (HNSW, arXiv:1603.09320)."""

    def __init__(self, folder: Path, encoder: str) -> None:
        """Open or make the index of the encoder named ``encoder``.

        Raises ModelError where another encoder made it, LibraryError where it cannot be read.
        """
        with _translated():
            self._client = _client(folder)
            try:
                self._collection = self._client.get_or_create_collection(
                    COLLECTION,
                    embedding_function=None,
                    metadata={"encoder": encoder},
                    configuration={"hnsw": {"space": "ip"}},
                )
            except Exception:
                self.close()
                raise
        made_by = (self._collection.metadata or {}).get("encoder")
        if made_by != encoder:
            self.close()
            raise ModelError(
                f"向量索引由模型 {made_by!r} 建立，与当前模型 {encoder!r} 不同；请执行 tongjian rebuild 重建"
            )

    def upsert(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Add the vectors, shape (len(ids), dimensions), or put them in place of those with their ids."""
        import numpy as np

        with _translated():
            for start in range(0, len(ids), BATCH):
                part = slice(start, start + BATCH)
                self._collection.upsert(ids=list(ids[part]), embeddings=np.asarray(vectors[part], np.float32))

    def delete(self, ids: Sequence[str]) -> None:
        """Take vectors out; ids that are not there are no error."""
        with _translated():
            for start in range(0, len(ids), BATCH):
                self._collection.delete(ids=list(ids[start : start + BATCH]))

    def search(
        self, query: NDArray[np.float32], k: int, allowed: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """The best ``k`` ids for a unit vector with their cosines, of ``allowed`` ids only if given."""
        with _translated():
            if allowed is not None:
                return exact_search(*self._stored(list(allowed)), query, k)
            count = min(k, self._collection.count())
            if count < 1:
                return []
            found = self._collection.query(query_embeddings=[query], n_results=count, include=["distances"])
            distances = (found["distances"] or [[]])[0]
            return [(id_, 1 - float(distance)) for id_, distance in zip(found["ids"][0], distances, strict=True)]

    def _stored(self, ids: Sequence[str]) -> tuple[Vectors, list[str]]:
        """The vectors of those ids that are there (Chroma's own filter fails on one that is not)."""
        import numpy as np

        found: list[str] = []
        rows: list[Any] = []
        for start in range(0, len(ids), BATCH):
            records = self._collection.get(ids=list(ids[start : start + BATCH]), include=["embeddings"])
            found += records["ids"]
            rows += [] if records["embeddings"] is None else list(records["embeddings"])
        return np.asarray(rows, np.float32), found

    def count(self) -> int:
        """How many vectors it holds."""
        with _translated():
            return int(self._collection.count())

    def close(self) -> None:
        """Give the folder free."""
        with _translated():
            self._client.close()


def exact_search(matrix: Vectors, ids: Sequence[str], query: NDArray[np.float32], k: int) -> list[tuple[str, float]]:
    """The best ``k`` of ``ids`` by inner product with their rows of ``matrix``, ties in the order given.

    >>> import numpy as np
    >>> exact_search(np.eye(3, dtype=np.float32), ["a", "b", "c"], np.array([0, 1, 0], np.float32), 1)
    [('b', 1.0)]
    """
    import numpy as np

    if not len(ids) or k < 1:
        return []
    parts = [np.asarray(matrix[at : at + ROWS], np.float32) @ query for at in range(0, len(ids), ROWS)]
    scores = np.concatenate(parts)
    if k < len(scores):
        near = np.sort(np.argpartition(-scores, k - 1)[:k])
        best = near[np.argsort(-scores[near], kind="stable")]
    else:
        best = np.argsort(-scores, kind="stable")
    return [(ids[row], float(scores[row])) for row in best]


def _client(folder: Path) -> Any:  # noqa: ANN401
    """Chroma's client without telemetry; always the same settings, since a path refuses others."""
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings

    logging.getLogger("chromadb").setLevel(logging.WARNING)
    folder.mkdir(parents=True, exist_ok=True)
    folder = folder.resolve()
    settings = Settings(anonymized_telemetry=False, is_persistent=True, persist_directory=str(folder))
    try:
        return chromadb.PersistentClient(path=str(folder), settings=settings)
    except Exception:
        # Chroma keeps a client that failed to start for its path: the rebuilt folder would get it again.
        SharedSystemClient._identifier_to_system.pop(str(folder), None)
        raise


@contextmanager
def _translated() -> Iterator[None]:
    """Chroma's errors, of many unrelated classes, as one of ours."""
    try:
        yield
    except Exception as exc:
        logger.warning("dense index: %s", exc)
        raise LibraryError("向量索引无法读写：可能已损坏或磁盘已满；腾出空间后执行 tongjian rebuild 重建") from exc
