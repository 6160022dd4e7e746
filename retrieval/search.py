"""Query → passages: encode, retrieve from both indexes, fuse."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Literal

from corpus.errors import ModelError
from retrieval.dense import DenseIndex, exact_search
from retrieval.encoder import Encoder
from retrieval.fuse import DEPTH, fuse
from retrieval.lexical import LexicalIndex

if TYPE_CHECKING:
    from retrieval.dense import Vectors

Mode = Literal["hybrid", "dense", "lexical"]
VectorSource = Callable[[], "tuple[Sequence[str], Vectors]"]
"""Ids and their unit vectors, shape (len(ids), dimensions)."""


class Searcher:
    """Searches one library. Without an encoder, ``lexical_only`` is True and hybrid search is lexical search."""

    def __init__(self, encoder: Encoder | None, dense: DenseIndex | None, lexical: LexicalIndex) -> None:
        self._encoder = encoder
        self._dense = dense
        self._lexical = lexical
        self.lexical_only = encoder is None

    def search(
        self,
        query: str,
        k: int,
        *,
        mode: Mode = "hybrid",
        allowed: Collection[str] | None = None,
        vectors: VectorSource | None = None,
    ) -> list[tuple[str, float]]:
        """At most ``k`` passage ids with scores, best first, of ``allowed`` ids only if given.

        ``vectors`` gives the vectors to search exactly (of the allowed passages; of all for a process that may not
        open the dense index); without it the dense index is searched. Raises ModelError where ``mode`` is dense and
        there is no encoder.
        """
        if not query.strip() or k < 1:
            return []
        depth = max(k, DEPTH)
        if mode == "lexical" or (mode == "hybrid" and self.lexical_only):
            return self._lexical.search(query, k, allowed)
        near = self._near(query, depth, allowed, vectors)
        if mode == "dense":
            return near[:k]
        return fuse(near, self._lexical.search(query, depth, allowed))[:k]

    def _near(
        self, query: str, k: int, allowed: Collection[str] | None, vectors: VectorSource | None
    ) -> list[tuple[str, float]]:
        if self._encoder is None:
            raise ModelError("没有可用的向量模型，不能按语义检索；请改用 --mode lexical（原因见 tongjian doctor）")
        vector = self._encoder.encode_queries([query])[0]
        if vectors is not None:
            ids, matrix = vectors()
            return exact_search(matrix, ids, vector, k)
        if self._dense is None:
            raise ModelError("向量索引没有打开，不能按语义检索；请改用 --mode lexical")
        return self._dense.search(vector, k, allowed)
