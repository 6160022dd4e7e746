"""The way from file to index: read → extract → chunk → embed → one transaction → indexes. Nothing else composes it."""

from __future__ import annotations

import logging
import os
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.exc import OperationalError

from api.files import document_id, is_text, shown
from corpus.blobs import Blobs
from corpus.catalogue import Catalogue
from corpus.database import batches
from corpus.errors import LibraryError, ReadError, TongjianError
from corpus.model import Document, Fact, Failure, Passage, Practice, Progress, content_id

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from api.incoming import Item
    from extract.facts import Rules
    from ingest.read import FileResult, Limits
    from retrieval.encoder import Encoder
    from retrieval.indexes import Indexes

log = logging.getLogger(__name__)

_INDEX_EVERY = 32
"""Documents between two commits of the indexes."""
_AHEAD = 2
"""Documents extracted while the vectors of the one before are computed."""
_LIVE = ("stored", "indexed")
"""The states of documents that need not be read again."""


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of one path.

    ``status`` is indexed, stored (without index), duplicate or failed; ``kind`` says of what kind a failure is;
    ``unread`` are the pages that could not be read.
    """

    id: str
    name: str
    path: str
    status: str
    articles: int = 0
    facts: int = 0
    reason: str | None = None
    kind: str | None = None
    pages: int | None = None
    unread: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What became of every path, in the order given."""

    documents: tuple[Ingested, ...]
    seconds: float = 0.0

    @property
    def failures(self) -> tuple[Failure, ...]:
        """The paths that failed, with their reasons."""
        return tuple(Failure("read", d.path, d.status, d.reason or "") for d in self.documents if d.status == "failed")


@dataclass(frozen=True, slots=True)
class _Made:
    """A document and all that is made of it, its vectors still being computed."""

    path: Path
    result: FileResult
    facts: list[Fact]
    practices: list[Practice]
    passages: list[Passage]
    vectors: Future[Sequence[bytes | None]]


@dataclass
class Builder:
    """Takes files into one library; holds what the steps need. ``index`` off only extracts."""

    catalogue: Catalogue
    blobs: Blobs
    indexes: Indexes
    encoder: Encoder | None
    rules: Rules
    overrides: Path
    workers: int = 1
    index: bool = True
    _unindexed: list[str] = field(default_factory=list)
    _shown: dict[Path, str] = field(default_factory=dict)

    def ingest(
        self, items: Sequence[Item], progress: Progress | None = None, scanning: Progress | None = None
    ) -> list[Ingested]:
        """Take each file in, scans after all others; what became of each, in the order given.

        A file that fails is told and the rest go on. ``scanning`` hears of the scans.
        """
        from ingest.read import DEFAULT_LIMITS

        if self.index:
            self.index_pending()
        self._shown = {item.path: item.shown for item in items if item.shown is not None}
        listed = [item.path for item in items]
        outcomes: dict[int, Ingested] = {}
        scans: dict[int, Limits] = {}
        first = self._lane(list(enumerate(listed)), self._settled(items), replace(DEFAULT_LIMITS, ocr=False))
        for n, (at, outcome) in enumerate(first, 1):
            if isinstance(outcome, ReadError):
                scans[at] = DEFAULT_LIMITS.for_scan(outcome.pages)
            else:
                outcomes[at] = outcome
            if progress is not None:
                progress(n, len(listed), listed[at].name)
        late = [(at, listed[at]) for at in scans]
        for n, (at, outcome) in enumerate(self._lane(late, {}, {listed[at]: scans[at] for at in scans}), 1):
            assert isinstance(outcome, Ingested), outcome
            outcomes[at] = outcome
            if scanning is not None:
                scanning(n, len(late), listed[at].name)
        if self.index:
            self.index_pending()
        return [outcomes[at] for at in range(len(listed))]

    def _lane(
        self, items: Sequence[tuple[int, Path]], settled: Mapping[int, Ingested], limits: Limits | Mapping[Path, Limits]
    ) -> Iterator[tuple[int, Ingested | ReadError]]:
        """Files in order with what became of them, or the error of a scan that is put off.

        While the vectors of one document are computed, the next is extracted.
        """
        from ingest.read import read_many

        results = read_many([p for at, p in items if at not in settled], workers=self.workers, limits=limits)
        waiting: deque[tuple[int, Ingested | ReadError | _Made]] = deque()
        with ThreadPoolExecutor(1, thread_name_prefix="embed") as pool:
            for at, _ in items:
                waiting.append((at, settled.get(at) or self._make(*next(results), pool)))
                if len(waiting) > _AHEAD:
                    yield self._finished(*waiting.popleft())
            while waiting:
                yield self._finished(*waiting.popleft())

    def _finished(self, at: int, made: Ingested | ReadError | _Made) -> tuple[int, Ingested | ReadError]:
        return at, self._finish(made) if isinstance(made, _Made) else made

    def _settled(self, items: Sequence[Item]) -> dict[int, Ingested]:
        """The outcome of what needs no reading, by position: what is in already, what could not be unpacked."""
        known = {doc for doc, state in self.catalogue.states().items() if state in _LIVE}
        outcomes: dict[int, Ingested] = {}
        for at, item in enumerate(items):
            path = item.path
            if item.error is not None:
                outcomes[at] = self._failed(path, item.error)
                continue
            doc = document_id(path)
            if doc is not None and doc in known:
                with _writes():
                    self.catalogue.replace_at(self._origin(path), doc)
                outcomes[at] = Ingested(doc, path.name, self._path(path), "duplicate")
            elif doc is not None:
                known.add(doc)
        return outcomes

    def _make(
        self, path: Path, result: FileResult | ReadError, pool: ThreadPoolExecutor
    ) -> Ingested | ReadError | _Made:
        """Extract and chunk; the vectors are begun. A scan that is put off is given back."""
        from extract.facts import RULES, facts
        from extract.practices import practices
        from retrieval.chunk import chunk, titled

        if not is_text(path):
            result = ReadError("unsupported", f"文件名 {shown(path)!r} 不是 UTF-8 编码，请改名后再导入。")
        if isinstance(result, ReadError):
            return result if result.kind == "scan" else self._failed(path, result)
        try:
            found = {a.id: facts(a, self.rules) for a in result.articles}
            told = [p for a in result.articles for p in practices(a, found[a.id], RULES, self.overrides)]
            passages = [p for a in result.articles for p in chunk(a)]
        except Exception:
            log.exception("not extracted: %s", path)
            return self._failed(path, _unbearable(path))
        vectors = pool.submit(self._embed, [titled(p) for p in passages])
        return _Made(path, result, [f for group in found.values() for f in group], told, passages, vectors)

    def _finish(self, made: _Made) -> Ingested:
        """Keep the file, store all that was made of it in one transaction, index now and then."""
        path, document = made.path, made.result.document
        try:
            content = path.read_bytes()
            with _writes():
                self.blobs.put(document.sha256, content)
                self._store(made)
        except TongjianError:
            raise
        except OSError as exc:
            return self._failed(path, ReadError("missing", f"文件 {path.name!r} 读不出来：{exc.strerror}。"))
        except Exception:
            log.exception("not taken in: %s", path)
            return self._failed(path, _unbearable(path))
        self._unindexed.append(document.id)
        if self.index and len(self._unindexed) >= _INDEX_EVERY:
            self.index_pending()
        status = "indexed" if self.index else "stored"
        counts = len(made.result.articles), len(made.facts)
        return Ingested(
            document.id, path.name, self._path(path), status, *counts, pages=document.pages, unread=document.unread
        )

    def _failed(self, path: Path, error: ReadError) -> Ingested:
        told = self._path(path)
        doc = document_id(path) or content_id(os.fsencode(told))
        document = Document(doc, Path(told).name, told, "", "application/octet-stream")
        with _writes():
            self.catalogue.fail(document, error.kind, error.message)
        log.info("not read: %s (%s)", document.path, error.kind)
        return Ingested(doc, document.name, document.path, "failed", reason=error.message, kind=error.kind)

    def _store(self, made: _Made) -> None:
        passages = list(zip(made.passages, made.vectors.result(), strict=True))
        document = replace(made.result.document, path=self._path(made.path))
        origin = self._origin(made.path)
        self.catalogue.add(document, made.result.articles, passages, made.facts, made.practices, origin=origin)

    def _path(self, path: Path) -> str:
        """A path as people know it: that of a file in an archive leads through the archive."""
        return self._shown.get(path) or shown(path)

    def _origin(self, path: Path) -> str:
        """The absolute path a file is known by."""
        return shown(Path(self._path(path)).absolute())

    def _embed(self, texts: Sequence[str]) -> Sequence[bytes | None]:
        if self.encoder is None or not texts or not self.index:
            return [None] * len(texts)
        return [row.tobytes() for row in self.encoder.encode_passages(texts).astype("<f2")]

    def index_pending(self) -> None:
        """Bring the indexes to what the catalogue holds: take out what is gone, put in what is only stored.

        What was left by a kill, and what was taken in without an index, is repaired here.
        """
        if stale := self.catalogue.stale():
            with _writes():
                self.indexes.delete(stale)
                self.catalogue.forget_stale(stale)
        pending = [doc for doc, state in self.catalogue.states().items() if state == "stored"]
        for batch in batches(pending):
            items = self._embedded(list(self.catalogue.stored_passages(batch)))
            with _writes():
                if items:
                    vectors = unpack([v for _, v in items]) if self.encoder is not None else None
                    self.indexes.upsert([p for p, _ in items], vectors)
                self.catalogue.mark_indexed(batch)
        self._unindexed.clear()

    def _embedded(self, items: list[tuple[Passage, bytes | None]]) -> list[tuple[Passage, bytes | None]]:
        """The passages with their vectors, those that have none embedded and stored first."""
        from retrieval.chunk import titled

        bare = [p for p, vector in items if vector is None]
        if self.encoder is None or not bare:
            return items
        made = dict(zip((p.id for p in bare), self._embed([titled(p) for p in bare]), strict=True))
        with _writes():
            self.catalogue.set_vectors((passage, vector) for passage, vector in made.items() if vector)
        return [(p, vector or made[p.id]) for p, vector in items]


def _unbearable(path: Path) -> ReadError:
    return ReadError("crashed", f"文件 {path.name!r} 的内容无法处理，请把它发给开发者。")


@contextmanager
def _writes() -> Iterator[None]:
    """What the library cannot write stops the batch: the next file would fare no better."""
    try:
        yield
    except (OSError, OperationalError) as exc:
        reason = getattr(exc, "strerror", None) or getattr(exc, "orig", exc)
        raise LibraryError(
            f"资料库写不进去（{reason}）。请检查磁盘空间和文件夹权限，再运行一次；已导入的都在。"
        ) from exc


def unpack(vectors: Sequence[bytes | None]) -> NDArray[np.float32]:
    """Stored float16 embeddings as one float32 matrix (n, dimensions)."""
    import numpy as np

    return np.stack([np.frombuffer(v or b"", dtype="<f2").astype(np.float32) for v in vectors])
