"""GET /metrics: requests and seconds by route, rows of the library, as Prometheus reads them (text format 0.0.4)."""

from __future__ import annotations

import threading
import time
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from importlib import metadata

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.current import Here

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
BUCKETS = (0.005, 0.02, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 60.0)
"""Upper bounds in seconds."""

router = APIRouter(tags=["状态"])


@router.get("/metrics", summary="运行指标（Prometheus 文本格式）", response_class=PlainTextResponse)
def metrics(request: Request, library: Here) -> PlainTextResponse:
    """Counters since the start, and what the library holds now."""
    measured: Metrics = request.app.state.metrics
    rows = library.catalogue.counts()
    held = ["# HELP tongjian_library_rows Rows of each table.", "# TYPE tongjian_library_rows gauge"]
    held += [f'tongjian_library_rows{{table="{table}"}} {n}' for table, n in rows.items()]
    return PlainTextResponse("\n".join([*measured.lines(), *held]) + "\n", media_type=MEDIA_TYPE)


class Metrics:
    """Requests counted and timed; safe in threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._buckets: defaultdict[str, list[int]] = defaultdict(lambda: [0] * (len(BUCKETS) + 1))
        self._seconds: defaultdict[str, float] = defaultdict(float)

    def add(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request."""
        with self._lock:
            self._requests[method, route, status] += 1
            self._buckets[route][bisect_left(BUCKETS, seconds)] += 1
            self._seconds[route] += seconds

    def lines(self) -> list[str]:
        """All that was counted."""
        with self._lock:
            return list(self._lines())

    def _lines(self) -> Iterator[str]:
        yield "# HELP tongjian_info Version."
        yield "# TYPE tongjian_info gauge"
        yield f'tongjian_info{{version="{metadata.version("tongjian")}"}} 1'
        yield "# HELP tongjian_http_requests_total Requests by method, route and status."
        yield "# TYPE tongjian_http_requests_total counter"
        for (method, route, status), n in sorted(self._requests.items()):
            yield f'tongjian_http_requests_total{{method="{method}",route="{route}",status="{status}"}} {n}'
        yield "# HELP tongjian_http_request_seconds Seconds until a response was sent whole."
        yield "# TYPE tongjian_http_request_seconds histogram"
        for route, counted in sorted(self._buckets.items()):
            below = 0
            for bound, n in zip((*map(str, BUCKETS), "+Inf"), counted, strict=True):
                below += n
                yield f'tongjian_http_request_seconds_bucket{{route="{route}",le="{bound}"}} {below}'
            yield f'tongjian_http_request_seconds_sum{{route="{route}"}} {self._seconds[route]:.6f}'
            yield f'tongjian_http_request_seconds_count{{route="{route}"}} {below}'


class Measured:
    """ASGI middleware: each request is counted under its route, never under what a visitor writes."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status = 500

        async def send_seen(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        started = time.perf_counter()
        try:
            await self.app(scope, receive, send_seen)
        finally:
            method = scope["method"] if scope["method"] in _METHODS else "other"
            self.metrics.add(method, _route(scope, status), status, time.perf_counter() - started)


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def _route(scope: Scope, status: int) -> str:
    """The route's path; where none is told (a static file, 304) the beginning of the address, which was found."""
    if route := getattr(scope.get("route"), "path", None):
        return str(route)
    if status >= 400:
        return "other"
    parts = scope["path"].split("/")
    return "/".join(parts[: 3 if parts[1] == "v1" else 2])
