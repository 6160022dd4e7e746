"""Long work of a server, one piece after another in a thread; whoever asked for it may look how far it is."""

from __future__ import annotations

import logging
import os
import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from typing import Any

from corpus.errors import NotFound, TongjianError
from corpus.jobs import Job, JobLog
from corpus.model import Progress

log = logging.getLogger(__name__)

Work = Callable[[Progress], dict[str, Any]]
"""Does the work, telling its progress; returns the outcome as JSON."""


class Jobs:
    """Runs work in order. What a server left unfinished when it ended is noted as stopped by the next."""

    def __init__(self, journal: JobLog) -> None:
        self._journal = journal
        self._lock = threading.Lock()
        self._live: dict[str, Job] = {}
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="job")
        for job in journal.unfinished():
            if not _runs(job.process):
                journal.put(replace(job, state="stopped", ended_at=_now()))

    def submit(self, kind: str, title: str, work: Work) -> Job:
        """Have work done; returns at once."""
        job = Job(uuid.uuid4().hex[:16], kind, title, _now(), process=os.getpid())
        self._note(job)
        self._pool.submit(self._run, job, work)
        return job

    def get(self, job: str) -> Job:
        """How far a job is.

        Raises:
            NotFound: there is none of that id.
        """
        with self._lock:
            live = self._live.get(job)
        found = live or self._journal.get(job)
        if found is None:
            raise NotFound(f"没有任务 {job!r}。")
        return found

    def newest(self, limit: int) -> list[Job]:
        """The last jobs, the newest first."""
        with self._lock:
            live = dict(self._live)
        return [live.get(job.id, job) for job in self._journal.newest(limit)]

    def close(self) -> None:
        """Begin nothing more, and wait for what is being done."""
        self._pool.shutdown(cancel_futures=True)

    def _run(self, job: Job, work: Work) -> None:
        running = replace(job, state="running")
        with self._lock:
            self._live[job.id] = running

        def progress(done: int, total: int, item: str) -> None:
            with self._lock:
                self._live[job.id] = replace(running, done=done, total=total, item=item)

        try:
            self._journal.put(running)
            result = work(progress)
        except TongjianError as exc:
            self._end(job, state="failed", error=str(exc))
        except Exception:
            log.exception("job failed: %s", job.kind)
            self._end(job, state="failed", error="服务器内部出错，详情见服务器日志。")
        else:
            self._end(job, state="done", result=result)

    def _end(self, job: Job, **outcome: Any) -> None:  # noqa: ANN401 - fields of a job
        """Known here at once; where the database cannot take it, it stays known as long as the server runs."""
        with self._lock:
            ended = self._live[job.id] = replace(self._live[job.id], ended_at=_now(), **outcome)
        try:
            self._journal.put(ended)
        except Exception:
            log.exception("job not noted: %s", job.kind)
            return
        with self._lock:
            del self._live[job.id]

    def _note(self, job: Job) -> None:
        self._journal.put(job)
        with self._lock:
            self._live[job.id] = job


def _runs(process: int) -> bool:
    """Whether another process of that number runs; where that cannot be told, no."""
    if process in (0, os.getpid()) or os.name != "posix":
        return False
    try:
        os.kill(process, 0)
    except OSError:
        return False
    return True


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="microseconds")
