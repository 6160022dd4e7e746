"""What stands around every request: checks against DNS rebinding and other sites' forms, security headers, errors."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from answer.llm import is_loopback
from api.http.problems import problem, problem_of, respond

HEADERS = {
    "content-security-policy": "default-src 'self'; img-src 'self' blob:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; "
    "frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
_LOCAL_NAMES = frozenset({"localhost", "testserver"})


def host_name(header: str) -> str:
    """The host of a Host header, without port and brackets.

    >>> host_name("[::1]:8000"), host_name("Localhost:8000"), host_name("127.0.0.1")
    ('::1', 'localhost', '127.0.0.1')
    """
    name = header.strip().lower()
    return name[1:].partition("]")[0] if name.startswith("[") else name.partition(":")[0]


def _from_elsewhere(headers: Headers) -> bool:
    """Whether a browser sends this for a page of another site; programs send no Origin."""
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc.lower() != headers.get("host", "").strip().lower()


class Guard:
    """ASGI middleware; ``local`` refuses requests whose Host is not this machine's (another site's page, rebound)."""

    def __init__(self, app: ASGIApp, *, local: bool) -> None:
        self.app = app
        self.local = local

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer or pass on one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        started = False

        async def send_guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                headers.setdefault("cache-control", "no-store")
            await send(message)

        if self.local and not self._known(Headers(scope=scope).get("host", "")):
            refusal = respond(problem(400, "Host 头不是本机地址，已拒绝。请用 http://127.0.0.1 加端口打开。"))
            await refusal(scope, receive, send_guarded)
            return
        if scope["method"] not in ("GET", "HEAD", "OPTIONS") and _from_elsewhere(Headers(scope=scope)):
            refusal = respond(problem(403, "请求来自别的网站，已拒绝。请在通鉴自己的页面上操作。"))
            await refusal(scope, receive, send_guarded)
            return
        try:
            await self.app(scope, receive, send_guarded)
        except Exception as exc:  # the HTTP edge: nothing of the inside leaves, the log has it
            failed = respond(problem_of(exc))
            if started:
                raise
            await failed(scope, receive, send_guarded)

    @staticmethod
    def _known(header: str) -> bool:
        name = host_name(header)
        return name in _LOCAL_NAMES or is_loopback(name)
