"""/v1/jobs: long work, how far it is, what came of it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field

from api.jobs import Jobs
from corpus.jobs import Job

router = APIRouter(prefix="/v1", tags=["任务"])


def _of_request(request: Request) -> Jobs:
    jobs: Jobs = request.app.state.jobs
    return jobs


AllJobs = Annotated[Jobs, Depends(_of_request)]
"""The server's jobs, as a route's parameter."""


class JobOut(BaseModel):
    """A job; ``done`` of ``total`` items are behind it."""

    id: str
    kind: str = Field(examples=["ingest"])
    title: str
    state: str = Field(examples=["running"], description="queued、running、done、failed、stopped")
    queued_at: str
    ended_at: str | None
    done: int
    total: int
    item: str
    result: dict[str, Any]
    error: str | None


class JobsOut(BaseModel):
    """The last jobs, the newest first."""

    items: list[JobOut]


@router.get("/jobs", summary="最近的任务", response_model=JobsOut)
def jobs(all_jobs: AllJobs, limit: Annotated[int, Query(ge=1, le=200)] = 50) -> Response:
    """The last jobs."""
    return JSONResponse({"items": [job_json(job) for job in all_jobs.newest(limit)]})


@router.get("/jobs/{job}", summary="一项任务的进度和结果", response_model=JobOut)
def one_job(job: str, all_jobs: AllJobs) -> Response:
    """One job."""
    return JSONResponse(job_json(all_jobs.get(job)))


def accepted(job: Job) -> JSONResponse:
    """202 with where to look."""
    return JSONResponse(job_json(job), 202, headers={"Location": f"/v1/jobs/{job.id}"})


def job_json(job: Job) -> dict[str, Any]:
    """A job."""
    return {
        "id": job.id, "kind": job.kind, "title": job.title, "state": job.state, "queued_at": job.queued_at,
        "ended_at": job.ended_at, "done": job.done, "total": job.total, "item": job.item, "result": job.result,
        "error": job.error,
    }  # fmt: skip
