"""The way from file to index: read → extract → chunk → embed → one transaction → indexes. Nothing else composes it."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.exc import OperationalError

from corpus.blobs import Blobs
from corpus.catalogue import Catalogue
from corpus.errors import LibraryError, ReadError, TongjianError
from corpus.model import Document, Failure, Progress, content_id

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from extract.facts import Rules
    from ingest.read import FileResult
    from retrieval.encoder import Encoder
    from retrieval.indexes import Indexes

log = logging.getLogger(__name__)

_NOT_DOCUMENTS = {"thumbs.db", "desktop.ini"}
_INDEX_EVERY = 32
"""Documents between two commits of the indexes."""


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of one path: ``status`` is indexed, duplicate or failed."""

    id: str
    name: str
    path: str
    status: str
    articles: int = 0
    facts: int = 0
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What became of every path, in the order given."""

    documents: tuple[Ingested, ...]
    seconds: float = 0.0

    @property
    def failures(self) -> tuple[Failure, ...]:
        """The paths that failed, with their reasons."""
        return tuple(Failure("read", d.path, d.status, d.reason or "") for d in self.documents if d.status == "failed")


@dataclass
class Builder:
    """Takes files into one library; holds what the steps need."""

    catalogue: Catalogue
    blobs: Blobs
    indexes: Indexes
    encoder: Encoder | None
    rules: Rules
    overrides: Path
    workers: int = 1
    _unindexed: list[str] = field(default_factory=list)

    def ingest(self, paths: Iterable[Path], progress: Progress | None = None) -> Iterator[Ingested]:
        """Take each file in, in order; a file that fails is told and the rest go on."""
        from ingest.read import read_many

        self.index_pending()
        listed = list(paths)
        known = {doc for doc, state in self.catalogue.states().items() if state != "failed"}
        fresh, outcomes = self._sort(listed, known)
        results = read_many(fresh, workers=self.workers)
        for done, path in enumerate(listed, 1):
            outcome = outcomes.get(done - 1) or self._take(*next(results))
            if progress is not None:
                progress(done, len(listed), path.name)
            yield outcome
        self.index_pending()

    def _sort(self, listed: Sequence[Path], known: set[str]) -> tuple[list[Path], dict[int, Ingested]]:
        """The paths to read, and the outcome of those that need no reading, by position."""
        fresh: list[Path] = []
        outcomes: dict[int, Ingested] = {}
        for at, path in enumerate(listed):
            doc = _document_id(path)
            if doc is not None and doc in known:
                outcomes[at] = Ingested(doc, path.name, str(path), "duplicate")
                continue
            if doc is not None:
                known.add(doc)
            fresh.append(path)
        return fresh, outcomes

    def _take(self, path: Path, result: FileResult | ReadError) -> Ingested:
        if not _is_text(path):
            result = ReadError("unsupported", f"文件名 {_shown(path)!r} 不是 UTF-8 编码，请改名后再导入。")
        if isinstance(result, ReadError):
            return self._failed(path, result)
        document = result.document
        try:
            content = path.read_bytes()
            with _writes():
                self.blobs.put(document.sha256, content)
                facts = self._store(result)
        except TongjianError:
            raise
        except OSError as exc:
            return self._failed(path, ReadError("missing", f"文件 {path.name!r} 读不出来：{exc.strerror}。"))
        except Exception:
            log.exception("not taken in: %s", path)
            return self._failed(path, ReadError("crashed", f"文件 {path.name!r} 的内容无法处理，请把它发给开发者。"))
        self._unindexed.append(document.id)
        if len(self._unindexed) >= _INDEX_EVERY:
            self.index_pending()
        return Ingested(document.id, path.name, str(path), "indexed", len(result.articles), facts)

    def _failed(self, path: Path, error: ReadError) -> Ingested:
        doc = _document_id(path) or content_id(os.fsencode(path))
        document = Document(doc, Path(_shown(path)).name, _shown(path), "", "application/octet-stream")
        with _writes():
            self.catalogue.fail(document, error.kind, error.message)
        log.info("not read: %s (%s)", document.path, error.kind)
        return Ingested(doc, document.name, document.path, "failed", reason=error.message)

    def _store(self, result: FileResult) -> int:
        """Extract, chunk, embed, and store one document whole; how many facts it gave."""
        from extract.facts import RULES, facts
        from extract.practices import practices
        from retrieval.chunk import chunk, titled

        made_facts = {a.id: facts(a, self.rules) for a in result.articles}
        made_practices = [p for a in result.articles for p in practices(a, made_facts[a.id], RULES, self.overrides)]
        passages = [p for a in result.articles for p in chunk(a)]
        vectors = self._embed([titled(p) for p in passages])
        all_facts = [f for group in made_facts.values() for f in group]
        self.catalogue.add(
            result.document, result.articles, list(zip(passages, vectors, strict=True)), all_facts, made_practices
        )
        return len(all_facts)

    def _embed(self, texts: Sequence[str]) -> Sequence[bytes | None]:
        if self.encoder is None or not texts:
            return [None] * len(texts)
        return [row.tobytes() for row in self.encoder.encode_passages(texts).astype("<f2")]

    def index_pending(self) -> None:
        """Bring into the indexes what is stored and not yet there, as after a kill."""
        pending = [doc for doc, state in self.catalogue.states().items() if state == "stored"]
        if pending:
            items = list(self.catalogue.stored_passages(pending))
            with _writes():
                if items:
                    vectors = unpack([v for _, v in items]) if self.encoder is not None else None
                    self.indexes.upsert([p for p, _ in items], vectors)
                self.catalogue.mark_indexed(pending)
        self._unindexed.clear()


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


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The files named, and those below the folders named, sorted within each; hidden and system files left out."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(p for p in path.rglob("*") if p.is_file() and _is_document(p.relative_to(path)))
        else:
            found.append(path)
    return found


def _is_document(path: Path) -> bool:
    hidden = any(part.startswith((".", "~$")) for part in path.parts)
    return not hidden and path.name.lower() not in _NOT_DOCUMENTS


def _is_text(path: Path) -> bool:
    """Whether a path can be stored and shown: a file named on another system may not be UTF-8."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def _shown(path: Path) -> str:
    """A path in characters that can be stored; bytes that are no UTF-8 are read as GB18030.

    >>> _shown(Path("材料/" + "项目.txt".encode("gbk").decode("utf8", "surrogateescape")))
    '材料/项目.txt'
    """
    if _is_text(path):
        return str(path)
    return "/".join(p if _is_text(Path(p)) else os.fsencode(p).decode("gb18030", "replace") for p in path.parts)


def _document_id(path: Path) -> str | None:
    """The id a file's bytes give, or None where it cannot be read."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    except OSError:
        return None
    return content_id(digest.hexdigest())
