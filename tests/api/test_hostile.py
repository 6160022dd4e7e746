"""Whatever is written into an address or a body, the answer is a page of what there is or a problem, never a crash."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.library import Library

STRANGE = ("\x00", "%_'\"", "9" * 300, "-1", "../../etc/passwd", "😀 <script>")
BODIES: tuple[Any, ...] = (
    None, [], {}, "x", {"places": ["\x00"]}, {"places": []},
    {"places": ["贵州"] * 4000, "indicators": ["site.stations"]},
    {"theme": "\x00"}, {"theme": "驿站", "aspects": [{"name": " "}]}, {"query": "\x00"}, {"question": "\x00"},
    {"claims": [{"text": "3", "citations": [9e99]}]},
    {"claims": [{"text": "甲有3个", "citations": [1]}], "citations": [
        {"n": 1, "article": "x", "quote": "", "start": -5, "end": 10**30}]},
    {"claims": [{"text": "3", "derivation": {"operation": "sum", "inputs": ["x"], "result": "NaN"}}]},
)  # fmt: skip
RAW = (b"", b"\xff\xfe", b'{"theme": "\\ud800"}', b'{"question": "\\ud800"}', b'{"query": "\\ud800"}', b"[" * 100_000)


@pytest.fixture(scope="module")
def client(sample_library: Library) -> Iterator[TestClient]:
    with TestClient(create_app(sample_library), raise_server_exceptions=False) as made:
        yield made


def _described(client: TestClient, method: str) -> Iterator[tuple[str, list[str]]]:
    for path, operations in client.get("/openapi.json").json()["paths"].items():
        if method in operations:
            parameters = operations[method].get("parameters", [])
            yield path, [p["name"] for p in parameters if p["in"] == "query"]


@pytest.mark.parametrize("strange", STRANGE)
def test_addresses(client: TestClient, strange: str) -> None:
    for path, parameters in _described(client, "get"):
        filled = re.sub(r"\{\w+\}", quote(strange, safe=""), path)
        asked: list[dict[str, str]] = [{}, *({name: strange} for name in parameters)]
        for params in asked:
            response = client.get(filled, params=params)
            assert response.status_code < 500, (filled, params)
            if response.status_code >= 400:
                assert response.headers["content-type"] == "application/problem+json", (filled, params)


def test_bodies(client: TestClient) -> None:
    reads = ("/v1/ask", "/v1/verify", "/v1/compare", "/v1/search", "/v1/exports")
    for path in reads:
        for body in BODIES:
            assert client.post(path, json=body).status_code < 500, (path, body)
        for raw in RAW:
            response = client.post(path, content=raw, headers={"content-type": "application/json"})
            assert response.status_code < 500, (path, raw[:40])
