"""What became of the files that were taken in."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.model import Failure


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of one path.

    ``status`` is indexed, stored (without index), duplicate or failed; ``kind`` says of what kind a failure is;
    ``unread`` are the pages that could not be read, ``replaced`` the documents it is a newer version of,
    ``same_as`` the path by which the same file is known.
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
    replaced: tuple[str, ...] = ()
    same_as: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What became of every path, in the order given."""

    documents: tuple[Ingested, ...]
    seconds: float = 0.0

    @property
    def failures(self) -> tuple[Failure, ...]:
        """The paths that failed, with their reasons."""
        return tuple(Failure("read", d.path, d.status, d.reason or "") for d in self.documents if d.status == "failed")
