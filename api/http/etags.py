"""ETag and If-None-Match for what is read by GET: a list that has not changed since is not made anew (304)."""

from __future__ import annotations

import re
from secrets import token_hex

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.current import Current, stamp_of
from corpus.model import content_id

_TAGGED = re.compile(
    r"/v1/(articles|facts|practices|places|indicators)(/.*)?|/v1/(documents|corrections|digests)"
    r"|/v1/desk/(overview|facets|facts|indicators|articles.*)"
)


def tagged(path: str) -> bool:
    """Whether what is read there has an ETag."""
    return _TAGGED.fullmatch(path) is not None


class Etags:
    """ASGI middleware: tags what is read, and answers 304 to a client that has it in its newest state.

    A tag holds until the server is started anew, perhaps with another version or other overrides.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._started = token_hex(4)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer or pass on one request."""
        tag = self._tag(scope)
        if tag is None:
            await self.app(scope, receive, send)
            return
        headers = {"etag": tag, "cache-control": "private, no-cache"}
        if _has(Headers(scope=scope).get("if-none-match", ""), tag):
            await Response(status_code=304, headers=headers)(scope, receive, send)
            return

        async def send_tagged(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                MutableHeaders(scope=message).update(headers)
            await send(message)

        await self.app(scope, receive, send_tagged)

    def _tag(self, scope: Scope) -> str | None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or not tagged(scope["path"]):
            return None
        current: Current = scope["app"].state.current
        library = current()
        stamp = stamp_of(library)
        own = [(file.name, file.stat().st_mtime_ns) for file in sorted(library.overrides.glob("[!.]*"))]
        asked = f"{scope['path']}?{scope['query_string'].decode('latin-1')}"
        return None if stamp is None else f'W/"{content_id(self._started, repr(stamp), repr(own), asked)}"'


def _has(header: str, tag: str) -> bool:
    """Whether a header names the tag; the comparison is weak (RFC 9110).

    >>> _has('"b", W/"a"', 'W/"a"'), _has("*", 'W/"a"'), _has('"b"', 'W/"a"')
    (True, True, False)
    """
    named = [each.strip().removeprefix("W/") for each in header.split(",")]
    return "*" in named or tag.removeprefix("W/") in named
