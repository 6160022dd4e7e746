"""The HTTP application over one library."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import metadata

from fastapi import APIRouter, FastAPI
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, Response

from answer.llm import is_loopback
from api.http import (
    ask,
    comparing,
    corrections,
    desk,
    digests,
    documents,
    exports,
    fills,
    indicators,
    jobs,
    ledger,
    lists,
    maps,
    metrics,
    openapi,
    pages,
    places,
    problems,
    reading,
    verify,
)
from api.http.current import Current, Here, Remembered, warm
from api.http.etags import Etags
from api.http.guard import Guard
from api.http.heads import Heads
from api.http.idempotency import Idempotency
from api.http.models import ProblemOut, ReadyOut
from api.jobs import Jobs
from api.library import Library
from api.uploads import forget_old
from corpus.jobs import JobLog

_PROBLEMS = {
    status: {"description": told, "content": {problems.MEDIA_TYPE: {"schema": ProblemOut.model_json_schema()}}}
    for status, told in ((404, "没有找到"), (409, "资料库暂不可用"), (422, "请求内容不对"), (500, "服务器出错"))
}

_ROUTES = (
    ask, verify, comparing, reading, lists, places, indicators, documents, corrections, ledger, digests, exports, fills,
    jobs, desk, maps, metrics, pages,
)  # fmt: skip


health = APIRouter(tags=["状态"])


@health.get("/healthz", summary="服务是否在运行")
def healthz() -> dict[str, str]:
    """Alive."""
    return {"status": "ok"}


@health.get("/readyz", summary="资料库能否作答", response_model=ReadyOut)
def readyz(library: Here) -> Response:
    """Whether catalogue and index can be read."""
    counts = library.catalogue.counts()
    if counts["passage"]:
        library.index_counts()
    return JSONResponse({"status": "ok", "counts": counts})


def create_app(library: Library, host: str = "127.0.0.1") -> FastAPI:
    """The application; ``host`` is the address it listens on: on loopback only this machine's names are served."""

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(forget_old, library.folder)
        await run_in_threadpool(warm, library)
        yield
        await run_in_threadpool(app.state.jobs.close)

    app = FastAPI(
        title="通鉴", version=metadata.version("tongjian"), lifespan=life, docs_url=None, redoc_url=None,
        description="读各地材料，答可查证的问题。偏移量都是半开区间，以码点计；列表用 next 游标翻页。",
        responses=_PROBLEMS,  # type: ignore[arg-type]
    )  # fmt: skip
    app.state.current = Current(library)
    app.state.examples = pages.Examples(app.state.current)
    app.state.remembered = Remembered()
    app.state.metrics = metrics.Metrics()
    app.state.jobs = Jobs(JobLog(library.catalogue.engine))
    app.state.pages = documents.Pages()
    problems.install(app, pages.fault)
    openapi.install(app)
    for module in _ROUTES:
        app.include_router(module.router)
    app.include_router(health)
    pages.add_static(app)
    app.add_middleware(Heads)
    app.add_middleware(Idempotency)
    app.add_middleware(Etags)
    app.add_middleware(metrics.Measured, metrics=app.state.metrics)
    app.add_middleware(Guard, local=is_loopback(host))
    return app
