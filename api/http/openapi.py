"""The description of the HTTP interface (OpenAPI 3.1): examples on every route, and the headers that stand around them.

``openapi.json`` holds the examples by operation (``GET /v1/facts``): ``request`` a body, ``response`` an answer. They
are made by ``python -m tests.api.examples``.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib import resources
from typing import Any

from fastapi import FastAPI

from api.http.etags import tagged
from api.http.idempotency import writes

Json = dict[str, Any]

_KEY = {
    "name": "Idempotency-Key", "in": "header", "required": False, "example": "5f1c7a52-0d1e-4a0b-9a53-2f6f4ad0c6de",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200},
    "description": "重发时带同一个键，得到第一次的回答，不会写两遍；同一个键换了内容是 422",
}  # fmt: skip
_IF_NONE_MATCH = {
    "name": "If-None-Match", "in": "header", "required": False, "schema": {"type": "string"},
    "description": "上次得到的 ETag；没有变化时回答 304，不带正文",
}  # fmt: skip
_ETAG = {"description": "资料库不变，它就不变", "schema": {"type": "string"}}


def install(app: FastAPI) -> None:
    """Describe an application with examples; made once, when first asked for."""
    plain = app.openapi

    def described() -> Json:
        if app.openapi_schema is None:
            app.openapi_schema = _with_examples(plain)
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]


def _with_examples(plain: Callable[[], Json]) -> Json:
    made = plain()
    examples: dict[str, Json] = json.loads(resources.files("api.http").joinpath("openapi.json").read_text("utf-8"))
    for path, operations in made["paths"].items():
        for method, operation in operations.items():
            _describe(operation, method.upper(), path, examples.get(f"{method.upper()} {path}", {}))
    return made


def _describe(operation: Json, method: str, path: str, example: Json) -> None:
    if "request" in example:
        for content in operation["requestBody"]["content"].values():
            content["example"] = example["request"]
    for status, response in operation["responses"].items():
        for kind, content in response.get("content", {}).items():
            if status.startswith("2") and (shown := example.get("events" if "event" in kind else "response")):
                content["example"] = shown
    if writes(method, path):
        operation.setdefault("parameters", []).append(_KEY)
    if method == "GET" and tagged(path):
        operation.setdefault("parameters", []).append(_IF_NONE_MATCH)
        operation["responses"]["200"]["headers"] = {"ETag": _ETAG}
        operation["responses"]["304"] = {"description": "没有变化"}
