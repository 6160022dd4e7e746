"""Every error as RFC 9457 problem details (``application/problem+json``), in words for people."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException

from corpus.errors import Conflict, LibraryError, ModelError, NotFound, TongjianError, UsageError

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
_STATUS: tuple[tuple[type[TongjianError], HTTPStatus], ...] = (
    (NotFound, HTTPStatus.NOT_FOUND),
    (UsageError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (Conflict, HTTPStatus.CONFLICT),
    (LibraryError, HTTPStatus.CONFLICT),
    (ModelError, HTTPStatus.SERVICE_UNAVAILABLE),
)
_TITLES = {
    400: "请求有误", 403: "不允许", 404: "没有找到", 405: "不支持这种请求方法", 409: "资料库暂不可用",
    415: "请求格式不对", 422: "请求内容不对", 500: "服务器出错", 503: "暂不可用",
}  # fmt: skip
_FAULTS = {
    "missing": "缺少这一项", "json_invalid": "不是 JSON", "string_too_short": "不能为空", "string_type": "应是文字",
    "string_too_long": "太长，最多 {max_length} 字", "int_parsing": "应是整数", "int_type": "应是整数",
    "greater_than_equal": "不能小于 {ge}", "less_than_equal": "不能大于 {le}", "literal_error": "只能是 {expected}",
    "extra_forbidden": "没有这一项", "model_attributes_type": "应是 JSON 对象",
}  # fmt: skip


def problem(status: int, detail: str, kind: str = "", errors: Sequence[dict[str, str]] = ()) -> dict[str, Any]:
    """The members of a problem; ``kind`` names our error's class, ``errors`` each wrong field with a JSON pointer.

    >>> problem(404, "没有这一页。")
    {'type': 'about:blank', 'title': '没有找到', 'status': 404, 'detail': '没有这一页。'}
    """
    said: dict[str, Any] = {
        "type": "about:blank", "title": _TITLES.get(status, HTTPStatus(status).phrase), "status": status,
        "detail": detail,
    }  # fmt: skip
    return said | ({"kind": kind} if kind else {}) | ({"errors": list(errors)} if errors else {})


def problem_of(exc: Exception) -> dict[str, Any]:
    """The problem that an error is; what is not ours says nothing of its inside."""
    if isinstance(exc, TongjianError):
        status = next((s for kind, s in _STATUS if isinstance(exc, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)
        told = problem(status, str(exc), type(exc).__name__)
        return told | {"title": "别处已改"} if isinstance(exc, Conflict) else told
    if isinstance(exc, OperationalError) and "locked" in str(exc):
        return problem(409, "资料库正在写入，请稍后再试。", "LibraryError")
    logger.error("unexpected error", exc_info=exc)
    return problem(500, "服务器内部出错，详情见服务器日志。请稍后再试；若总是如此，请告诉管理员。")


def respond(said: dict[str, Any]) -> JSONResponse:
    """A problem as a response."""
    return JSONResponse(said, said["status"], media_type=MEDIA_TYPE)


Page = Callable[[Request, dict[str, Any]], Response | None]
"""A problem as a page for people, None where a program asked."""


def install(app: FastAPI, page: Page) -> None:
    """Make the errors of the application problems; those nobody expected reach the guard."""

    async def found(request: Request, exc: Exception) -> Response:
        said = problem_of(exc)
        return page(request, said) or respond(said)

    async def http(request: Request, exc: Exception) -> Response:
        said = _of_http(request, exc)
        return page(request, said) or respond(said)

    app.add_exception_handler(TongjianError, found)
    app.add_exception_handler(OperationalError, found)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(RequestValidationError, _invalid)


def _of_http(request: Request, exc: Exception) -> dict[str, Any]:
    assert isinstance(exc, HTTPException)
    said = {404: f"没有 {request.url.path!r} 这个地址。", 405: f"{request.url.path!r} 不支持 {request.method}。"}
    return problem(exc.status_code, said.get(exc.status_code, _TITLES.get(exc.status_code, "请求有误") + "。"))


async def _invalid(_: Request, exc: Exception) -> JSONResponse:
    assert isinstance(exc, RequestValidationError)
    errors = [{"pointer": _pointer(e["loc"]), "detail": _fault(e)} for e in exc.errors()]
    detail = "；".join(f"{e['pointer'].partition('/')[2] or '请求正文'}：{e['detail']}" for e in errors) + "。"
    return respond(problem(422, detail, "UsageError", errors))


def _pointer(loc: Sequence[int | str]) -> str:
    """``("body", "question")`` → ``#/question``; ``("query", "k")`` → ``?/k``; a JSON error's offset is left out."""
    where = "?" if loc and loc[0] in ("query", "path") else "#"
    parts = [] if len(loc) == 2 and isinstance(loc[1], int) else [str(part) for part in loc[1:]]
    return "/".join([where, *parts])


def _fault(error: dict[str, Any]) -> str:
    told = {k: str(v).replace("', '", "、").replace("' or '", "、").strip("'") for k, v in error.get("ctx", {}).items()}
    return _FAULTS.get(error["type"], "写法不对").format_map(told)
