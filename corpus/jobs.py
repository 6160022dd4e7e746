"""Long work that a server does: what is asked for, how far it is, what came of it. Finished jobs outlive the server."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select

from corpus.codec import decode, encode
from corpus.tables import job as jobs_

if TYPE_CHECKING:
    from sqlalchemy import Engine

DONE = ("done", "failed", "stopped")
"""The states of a job that has ended."""


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work.

    ``state``: queued, running, done, failed, stopped (the server ended first). ``done`` of ``total`` items are behind
    it, ``item`` is the last. ``result`` is its outcome as JSON, ``error`` why it failed. Times are ISO 8601.
    ``process`` is the number of the process that does it.
    """

    id: str
    kind: str
    title: str
    queued_at: str
    state: str = "queued"
    ended_at: str | None = None
    done: int = 0
    total: int = 0
    item: str = ""
    result: dict[str, Any] = field(default_factory=dict)
    error: str | None = None
    process: int = 0

    @property
    def ended(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in DONE


class JobLog:
    """The jobs of one library's database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def put(self, job: Job) -> None:
        """Keep a job as it is now."""
        row = {
            "id": job.id, "kind": job.kind, "title": job.title, "state": job.state, "queued_at": job.queued_at,
            "ended_at": job.ended_at, "rest": encode(job),
        }  # fmt: skip
        with self._engine.begin() as tx:
            tx.execute(delete(jobs_).where(jobs_.c.id == job.id))
            tx.execute(insert(jobs_).values(**row))

    def get(self, job: str) -> Job | None:
        """One job, or None."""
        with self._engine.connect() as db:
            row = db.execute(select(jobs_).where(jobs_.c.id == job)).one_or_none()
        return _job(row) if row else None

    def newest(self, limit: int) -> list[Job]:
        """The last jobs, the newest first."""
        query = select(jobs_).order_by(jobs_.c.queued_at.desc(), jobs_.c.id).limit(limit)
        with self._engine.connect() as db:
            return [_job(row) for row in db.execute(query)]

    def unfinished(self) -> list[Job]:
        """The jobs that have not ended."""
        with self._engine.connect() as db:
            return [_job(row) for row in db.execute(select(jobs_).where(jobs_.c.state.not_in(DONE)))]


def _job(row: Any) -> Job:  # noqa: ANN401
    return decode(Job, row.rest | {"state": row.state, "ended_at": row.ended_at})
