"""The way from file to index: read → extract → chunk → embed → one transaction → indexes. Nothing else composes it."""

from __future__ import annotations

import logging
import os
import time
from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from api.files import document_id, shown
from api.incoming import Item, holders_of, is_refused, read_items
from api.lock import storing
from api.report import Ingested
from api.vectors import embed, embed_missing, unpack
from corpus.blobs import Blobs
from corpus.catalogue import Catalogue
from corpus.database import batches
from corpus.errors import ReadError, TongjianError
from corpus.model import Article, Document, Passage, Progress, content_id
from corpus.retire import LIVE
from corpus.revised import is_revision

if TYPE_CHECKING:
    from api.making import Made
    from retrieval.encoder import Encoder
    from retrieval.indexes import Indexes

T = TypeVar("T")

log = logging.getLogger(__name__)

_INDEX_EVERY = 32
"""Documents between two commits of the indexes."""
_WHATEVER = ("empty", "encrypted", "damaged", "too_large", "no_text", "time", "memory")
"""Kinds of failures that a file's bytes alone are the reason of."""
_AHEAD = 2
"""Documents taken from their readers while the vectors of the one before are computed."""


@dataclass(frozen=True, slots=True)
class _Embedding:
    """A file and all that is made of it, its vectors still being computed."""

    item: Item
    made: Made
    vectors: Future[Sequence[bytes | None]]


@dataclass
class Builder:
    """Takes files into one library; holds what the steps need. ``index`` off only extracts.

    ``received``: when the files came in, in seconds of the epoch.
    """

    catalogue: Catalogue
    blobs: Blobs
    indexes: Indexes
    encoder: Encoder | None
    overrides: Path
    workers: int = 1
    index: bool = True
    received: int = field(default_factory=lambda: int(time.time()))
    _unindexed: list[str] = field(default_factory=list)

    def ingest(
        self, items: Sequence[Item], progress: Progress | None = None, scanning: Progress | None = None
    ) -> list[Ingested]:
        """Take each file in, scans after all others; what became of each, in the order given.

        A file that fails is told and the rest go on. While the vectors of one document are computed, the next are
        read and extracted. ``scanning`` hears of the scans.
        """
        from api.making import make

        work = partial(make, overrides=self.overrides)
        if self.index:
            self.index_pending()
        outcomes: dict[int, Ingested] = {}
        ids = [None if item.error else document_id(item.path) for item in items]
        with ThreadPoolExecutor(1, thread_name_prefix="embed") as pool:
            while len(outcomes) < len(items):  # a copy of a file that fails is read itself
                outcomes |= self._known(items, ids, outcomes)
                outcomes |= self._failed_alike(items, ids, outcomes)
                later = _copies(ids, outcomes)
                later |= _awaiting(items, later)
                marked = [each.path for each in outcomes.values() if each.kind == "marked"]
                results = read_items(
                    items, work, skip=outcomes.keys() | later, marked=marked, workers=self.workers, progress=progress,
                    scanning=scanning,
                )  # fmt: skip
                begun = ((at, self._begin(items[at], result, pool)) for at, result in results)
                for at, each in _ahead(begun, _AHEAD):
                    outcomes[at] = self._finish(each) if isinstance(each, _Embedding) else each
                progress = scanning = None
        if self.index:
            self.index_pending()
        return [outcomes[at] for at in range(len(items))]

    def _known(
        self, items: Sequence[Item], ids: Sequence[str | None], outcomes: Mapping[int, Ingested]
    ) -> dict[int, Ingested]:
        """The outcome of what is in already, by position; a file whose name is marked is not looked up."""
        known = {doc for doc, state in self.catalogue.states().items() if state in LIVE}
        held = [
            (at, doc) for at, doc in enumerate(ids)
            if doc in known and doc is not None and at not in outcomes and not is_refused(items[at])
        ]  # fmt: skip
        with storing():
            paths = defaultdict[str, list[str]](list)
            for at, doc in held:
                paths[doc].append(_origin(items[at]))
            self._move(paths)
            for at, doc in held:
                self.catalogue.replace(self.catalogue.read_from(_origin(items[at]), doc), doc)
        return {
            at: Ingested(doc, items[at].path.name, items[at].shown, "duplicate", same_as=self.catalogue.path(doc))
            for at, doc in held
        }

    def _move(self, origins: Mapping[str, Sequence[str]]) -> None:
        """Know documents by their new paths, whose files were moved or renamed: none is history while it has one."""
        for document, paths in origins.items():
            before = self.catalogue.origin(document)
            if before is not None and before not in paths and not _holds(before, document):
                self.catalogue.move(document, paths[0])

    def _failed_alike(
        self, items: Sequence[Item], ids: Sequence[str | None], outcomes: Mapping[int, Ingested]
    ) -> dict[int, Ingested]:
        """The outcome of copies of what failed for a reason that its name has no part in."""
        failed = {ids[at]: each for at, each in outcomes.items() if ids[at] is not None and each.kind in _WHATEVER}
        found: dict[int, Ingested] = {}
        for at, item in enumerate(items):
            first = failed.get(ids[at]) if at not in outcomes and not is_refused(item) else None
            if first is not None and first.kind is not None:
                reason = (first.reason or "").replace(repr(first.name), repr(item.path.name))
                found[at] = self._failed(item, ReadError(first.kind, reason))
        return found

    def _begin(self, item: Item, result: Made | ReadError, pool: ThreadPoolExecutor) -> Ingested | _Embedding:
        """Begin the vectors of what was made."""
        if isinstance(result, ReadError):
            return self._failed(item, result)
        return _Embedding(item, result, pool.submit(self._embed, result.passages))

    def _finish(self, embedding: _Embedding) -> Ingested:
        """Keep the file, store all that was made of it in one transaction, index now and then."""
        item, made = embedding.item, embedding.made
        document = made.read.document
        try:
            content = item.path.read_bytes()
            with storing():
                self.blobs.put(document.sha256, content)
                replaced = self._store(embedding)
        except TongjianError:
            raise
        except OSError as exc:
            return self._failed(item, ReadError("missing", f"文件 {item.path.name!r} 读不出来：{exc.strerror}。"))
        except Exception:
            log.exception("not taken in: %s", item.shown)
            return self._failed(item, _unbearable(item))
        self._unindexed.append(document.id)
        if self.index and len(self._unindexed) >= _INDEX_EVERY:
            self.index_pending()
        status = "indexed" if self.index else "stored"
        counts = len(made.read.articles), len(made.facts)
        return Ingested(
            document.id, item.path.name, item.shown, status, *counts, pages=document.pages, unread=document.unread,
            replaced=tuple(replaced),
        )  # fmt: skip

    def _failed(self, item: Item, error: ReadError) -> Ingested:
        doc = document_id(item.path) or content_id(os.fsencode(item.shown))
        document = Document(doc, Path(item.shown).name, item.shown, "", "application/octet-stream")
        with storing():
            self.catalogue.fail(document, error.kind, error.message, self.received)
        log.info("not read: %s (%s) %s", document.path, error.kind, "".join(getattr(error, "__notes__", ())))
        return Ingested(doc, document.name, document.path, "failed", reason=error.message, kind=error.kind)

    def _store(self, embedding: _Embedding) -> list[str]:
        """Store what was made of a document; the documents it replaced."""
        item, made = embedding.item, embedding.made
        passages = list(zip(made.passages, embedding.vectors.result(), strict=True))
        document = replace(made.read.document, path=item.shown)
        origin = _origin(item)
        replaced = self.catalogue.read_from(origin, document.id)
        if item.sent:
            replaced += [d for d in self._revised(document, made.read.articles) if d not in replaced]
        parts = made.read.articles, passages, made.facts, made.practices
        self.catalogue.add(document, *parts, origin=origin, received=self.received, replaces=replaced)
        return replaced

    def _revised(self, document: Document, articles: Sequence[Article]) -> list[str]:
        """The documents known by the same path of which one that was sent is a newer version."""
        named = self.catalogue.known_as(document.path, document.id)
        return [each for each in named if is_revision(articles, self.catalogue.articles(document=each))]

    def _embed(self, passages: Sequence[Passage]) -> Sequence[bytes | None]:
        if self.encoder is None or not self.index:
            return [None] * len(passages)
        return embed(self.encoder, passages)

    def index_pending(self) -> None:
        """Bring the indexes to what the catalogue holds: take out what is gone, put in what is only stored.

        What was left by a kill, and what was taken in without an index, is repaired here.
        """
        if stale := self.catalogue.stale():
            with storing():
                self.indexes.delete(stale)
                self.catalogue.forget_stale(stale)
        pending = [doc for doc, state in self.catalogue.states().items() if state == "stored"]
        for batch in batches(pending):
            items = list(self.catalogue.stored_passages(batch))
            vectors = None
            if items and self.encoder is not None:
                vectors = unpack([v for _, v in embed_missing(self.catalogue, self.encoder, items)])
            with storing():
                if items:
                    self.indexes.upsert([p for p, _ in items], vectors)
                self.catalogue.mark_indexed(batch)
        self._unindexed.clear()


def _holds(origin: str, document: str) -> bool:
    """Whether the file at a path, or the archive it lies in, is still there with what was read from it."""
    path, _, within = origin.partition("!/")
    return Path(path).exists() if within else document_id(Path(path)) == document


def _awaiting(items: Sequence[Item], later: Collection[int]) -> set[int]:
    """The positions of letters with a file sent along that is read later: what is in it decides about them."""
    holders = holders_of(items[at].shown for at in later)
    return {at for at, item in enumerate(items) if item.shown in holders}


def _copies(ids: Sequence[str | None], outcomes: Mapping[int, Ingested]) -> set[int]:
    """The positions of files of which an earlier one, not yet read, has the same bytes."""
    waiting = [at for at in range(len(ids)) if at not in outcomes and ids[at] is not None]
    first = {ids[at]: at for at in reversed(waiting)}
    return {at for at in waiting if first[ids[at]] != at}


def _origin(item: Item) -> str:
    """The absolute path a file is known by."""
    return item.origin or shown(Path(item.shown).absolute())


def _unbearable(item: Item) -> ReadError:
    return ReadError("crashed", f"文件 {item.path.name!r} 的内容无法处理，请把它发给开发者。")


def _ahead(items: Iterable[T], n: int) -> Iterator[T]:
    """The items, ``n`` more drawn before each is given."""
    waiting: deque[T] = deque()
    for item in items:
        waiting.append(item)
        if len(waiting) > n:
            yield waiting.popleft()
    yield from waiting
