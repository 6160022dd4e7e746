"""Search of one library: who may open which index, and what is kept in memory between two writes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from api.lock import writing
from api.vectors import unpack
from corpus.catalogue import Catalogue, Scope
from corpus.errors import ModelError
from corpus.model import Hit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from retrieval.encoder import Encoder
    from retrieval.indexes import Indexes
    from retrieval.search import Mode, Searcher

ENCODER = "encoder"
"""Under this key the catalogue notes the encoder that made its vectors."""


_ENCODED = 8192
"""Short texts whose vectors are kept, 1.5 kB each."""


class LibrarySearch:
    """Searches the catalogue's vectors exactly, or the dense index while this process holds the library."""

    def __init__(self, folder: Path, catalogue: Catalogue, encoder: Callable[[], Encoder | None]) -> None:
        self._folder = folder
        self._catalogue = catalogue
        self._encoder = encoder
        self._held: Indexes | None = None
        self._readers: Indexes | None = None
        self._searcher: Searcher | None = None
        self._vectors: tuple[Sequence[str], NDArray[np.float32]] | None = None
        self._encoded: dict[str, NDArray[np.float32]] = {}
        self._any = False

    @property
    def lexical_only(self) -> bool:
        """Whether search is by words only, for want of an encoder or of vectors."""
        return self._catalogue.noted(ENCODER) is None or self._encoder() is None

    def search(self, query: str, k: int, scope: Scope, mode: Mode) -> list[Hit]:
        """Passages within a scope, best first; copies of an article give one hit."""
        if not self._catalogue.counts()["passage"]:
            return []
        allowed = set(self._catalogue.passage_ids(scope)) if scope else None
        dense = self._held is not None and self._held.dense is not None and not scope
        vectors = None if dense else lambda: self._matrix(scope)
        found = self._opened().search(query, k * 2, mode=mode, allowed=allowed, vectors=vectors)
        passages = self._catalogue.passages([passage for passage, _ in found])
        outlines = self._catalogue.outlines({p.article for p in passages.values()})
        hits: list[Hit] = []
        for passage, score in found:
            kept = passages.get(passage)
            if kept is not None and outlines[kept.article].stands and len(hits) < k:
                hits.append(Hit(len(hits) + 1, score, kept))
        return hits

    def frequency(self, words: Collection[str]) -> int:
        """In how many passages one of the words stands; an empty library need not have an index."""
        if not self._any:
            self._any = self._catalogue.counts()["passage"] > 0
        return self._indexes().lexical.frequency(words) if self._any else 0

    def similarities(self, question: str, texts: Sequence[str]) -> list[float] | None:
        """Cosine similarity of a question to each text; None where search is by words only.

        Texts are encoded once in a process, the last few thousand of them.
        """
        if self.lexical_only:
            return None
        import numpy as np

        encoder = self.checked_encoder()
        assert encoder is not None
        new = [t for t in dict.fromkeys(texts) if t not in self._encoded]
        if len(self._encoded) + len(new) > _ENCODED:
            self._encoded.clear()
            new = list(dict.fromkeys(texts))
        if new:
            self._encoded.update(zip(new, encoder.encode_passages(new), strict=True))
        if not texts:
            return []
        vectors = np.stack([self._encoded[t] for t in texts])
        return [float(x) for x in vectors @ encoder.encode_queries([question])[0]]

    @property
    def held(self) -> bool:
        """Whether this process holds the library, so that its indexes show every write at once."""
        return self._held is not None

    def counts(self) -> tuple[int | None, int]:
        """Passages in the dense (None: not open) and the lexical index."""
        return self._indexes().counts()

    @contextmanager
    def writable(self, what: str) -> Iterator[Indexes]:
        """Both indexes open for writing, the library's lock held for it.

        Raises:
            LibraryError: another process holds the library.
            ModelError: another encoder made the library's vectors.
        """
        from retrieval.indexes import open_indexes

        if self._held is not None:
            yield self._held
            return
        with writing(self._folder, what):
            encoder = self.checked_encoder()
            indexes = open_indexes(self._folder / "index", encoder.name if encoder else None, writer=True)
            if encoder is not None:
                self._catalogue.note(ENCODER, encoder.name)
            try:
                yield indexes
            finally:
                indexes.close()
                self.forget()

    @contextmanager
    def holding(self, what: str) -> Iterator[None]:
        """Hold the library while a block runs and search its dense index instead of vectors kept in memory."""
        with self.writable(what) as indexes:
            self.forget()
            self._held = indexes
            try:
                yield
            finally:
                self._held = None

    def checked_encoder(self) -> Encoder | None:
        """The encoder, if it is the one that made the library's vectors.

        Raises:
            ModelError: it is another.
        """
        noted, encoder = self._catalogue.noted(ENCODER), self._encoder()
        if encoder is not None and noted not in (None, encoder.name):
            raise ModelError(f"资料库的向量由 {noted!r} 生成，当前模型是 {encoder.name!r}。请运行 tongjian rebuild。")
        return encoder

    def forget(self) -> None:
        """Drop what was read before a write."""
        if self._readers is not None:
            self._readers.close()
        self._readers = self._searcher = self._vectors = None

    def _indexes(self) -> Indexes:
        from retrieval.indexes import open_indexes

        if self._held is not None:
            return self._held
        if self._readers is None:
            self._readers = open_indexes(self._folder / "index", None, writer=False)
        return self._readers

    def _opened(self) -> Searcher:
        from retrieval.search import Searcher

        if self._searcher is None:
            indexes = self._indexes()
            encoder = None if self.lexical_only else self.checked_encoder()
            self._searcher = Searcher(encoder, indexes.dense, indexes.lexical)
        return self._searcher

    def _matrix(self, scope: Scope) -> tuple[Sequence[str], NDArray[np.float32]]:
        if scope:
            return _matrix(self._catalogue.vectors(scope))
        if self._vectors is None:
            self._vectors = _matrix(self._catalogue.vectors())
        return self._vectors


def _matrix(rows: Sequence[tuple[str, bytes]]) -> tuple[Sequence[str], NDArray[np.float32]]:
    import numpy as np

    if not rows:
        return [], np.zeros((0, 1), dtype=np.float32)
    return [passage for passage, _ in rows], unpack([vector for _, vector in rows])
