"""``Idempotency-Key``: a writing POST that is sent again with its key gets the first response and writes nothing.

Kept in this process for the last thousand keys; what is written bears content ids besides, so that a repetition after
a restart finds a file or a correction already there. A request that failed wrote nothing and may be sent again.
"""

from __future__ import annotations

import hashlib
import re
from collections import OrderedDict
from dataclasses import dataclass, field

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.problems import problem, respond

HEADER = "idempotency-key"
READS = frozenset(
    {
        "/v1/ask",
        "/v1/search",
        "/v1/verify",
        "/v1/compare",
        "/v1/exports",
        "/v1/digests/sources",
        "/v1/desk/answer-file",
        "/v1/desk/model",
    }  # fmt: skip
)
"""POST routes that write nothing: sent again they simply answer again."""

_KEPT = 1000
_LARGEST = 1_000_000
"""Bytes of a response that is kept."""
_KEY = re.compile(r"[\x21-\x7e]{1,200}")


def writes(method: str, path: str) -> bool:
    """Whether a request may write, so that a key means something."""
    return method == "POST" and path.startswith("/v1/") and path not in READS


@dataclass
class _Response:
    """What was answered to a request with this fingerprint; ``start`` is None while it is under way."""

    fingerprint: str = ""
    start: Message | None = None
    body: bytearray = field(default_factory=bytearray)


class _Fingerprint:
    """A hash over a request as it is read; the boundary of a form, new each time it is sent, is left out."""

    def __init__(self, scope: Scope, headers: Headers) -> None:
        kind, _, parameters = headers.get("content-type", "").partition(";")
        found = re.search(r'boundary="?([^";]+)', parameters)
        self._boundary = found[1].encode("latin-1") if found and kind == "multipart/form-data" else b""
        self._hash = hashlib.sha256(f"{scope['path']}?{scope['query_string']!r} {kind}".encode())
        self._tail = b""

    def add(self, chunk: bytes) -> None:
        """Take in more of the body; the end of it is held back, since a boundary may go on in the next chunk."""
        if not self._boundary:
            self._hash.update(chunk)
            return
        data = (self._tail + chunk).replace(self._boundary, b"")
        held = len(self._boundary) - 1
        self._hash.update(data[:-held])
        self._tail = data[-held:]

    def value(self) -> str:
        """The hash over all of it."""
        self._hash.update(self._tail)
        return self._hash.hexdigest()


class Idempotency:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._kept: OrderedDict[str, _Response] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or give the response that its key had before."""
        if scope["type"] != "http" or not writes(scope["method"], scope["path"]):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        key = headers.get(HEADER)
        if key is None:
            await self.app(scope, receive, send)
        elif not _KEY.fullmatch(key):
            refusal = problem(422, "Idempotency-Key 应是 1 到 200 个可见的 ASCII 字符。", "UsageError")
            await respond(refusal)(scope, receive, send)
        elif key not in self._kept:
            await self._first(key, _Fingerprint(scope, headers), scope, receive, send)
        else:
            await self._again(self._kept[key], _Fingerprint(scope, headers), scope, receive, send)

    async def _first(self, key: str, fingerprint: _Fingerprint, scope: Scope, receive: Receive, send: Send) -> None:
        made = self._kept[key] = _Response()
        unread = True

        async def receive_hashed() -> Message:
            nonlocal unread
            message = await receive()
            if message["type"] == "http.request":
                fingerprint.add(message.get("body", b""))
                unread = message.get("more_body", False)
            else:
                unread = False
            return message

        start: Message | None = None
        whole = False

        async def send_kept(message: Message) -> None:
            nonlocal start, whole
            if message["type"] == "http.response.start":
                start = dict(message)
            elif len(made.body) <= _LARGEST:
                made.body += message.get("body", b"")
                whole = not message.get("more_body", False)
            await send(message)

        try:
            await self.app(scope, receive_hashed, send_kept)
            while unread:
                await receive_hashed()
        finally:
            if whole and start is not None and start["status"] < 400 and len(made.body) <= _LARGEST:
                made.fingerprint, made.start = fingerprint.value(), start
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            else:
                del self._kept[key]

    @staticmethod
    async def _again(made: _Response, fingerprint: _Fingerprint, scope: Scope, receive: Receive, send: Send) -> None:
        more = True
        while more:
            message = await receive()
            fingerprint.add(message.get("body", b""))
            more = message.get("more_body", False)
        if made.start is None:
            await respond(problem(409, "同一 Idempotency-Key 的请求正在处理，请稍后再试。"))(scope, receive, send)
        elif made.fingerprint != fingerprint.value():
            refusal = problem(422, "这个 Idempotency-Key 已用于另一个请求，请换一个。", "UsageError")
            await respond(refusal)(scope, receive, send)
        else:
            replayed = [*made.start["headers"], (b"idempotency-replayed", b"true")]
            await send({**made.start, "headers": replayed})
            await send({"type": "http.response.body", "body": bytes(made.body)})
