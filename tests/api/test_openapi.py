from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.library import Library
from tests.conftest import ROOT

_SHOWN_BY_NONE = ("multipart/form-data", "image/png")


@pytest.fixture(scope="module")
def described(sample_library: Library) -> Iterator[dict[str, Any]]:
    with TestClient(create_app(sample_library)) as client:
        yield client.get("/openapi.json").json()


def _operations(described: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            yield f"{method.upper()} {path}", operation


def test_every_route_has_examples(described: dict[str, Any]) -> None:
    """``python -m tests.api.examples`` makes them; a new route is called there too."""
    examples = json.loads((ROOT / "api" / "http" / "openapi.json").read_text("utf-8"))
    assert set(examples) <= {name for name, _ in _operations(described)}, "an example of a route that is gone"
    for name, operation in _operations(described):
        bodies = [operation["requestBody"]] if "requestBody" in operation else []
        answers = [r for status, r in operation["responses"].items() if status.startswith("2")]
        for content in [c for each in (*bodies, *answers) for c in each.get("content", {}).items()]:
            if content[1].get("schema", {}).get("format") != "binary" and content[0] not in _SHOWN_BY_NONE:
                assert content[1].get("example"), (name, content[0])


def test_examples_are_as_their_schemas_say(described: dict[str, Any]) -> None:
    from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

    checked = 0
    for name, operation in _operations(described):
        for each in (operation.get("requestBody", {}), *operation["responses"].values()):
            content = each.get("content", {}).get("application/json", {})
            if "example" in content:
                schema = {"$ref": "#/s", "s": content["schema"], "components": described["components"]}
                errors = [e.message for e in Draft202012Validator(schema).iter_errors(content["example"])]
                assert not errors, (name, errors)
                checked += 1
    assert checked >= 40


def test_headers_are_described(described: dict[str, Any]) -> None:
    def headers(path: str, method: str) -> set[str]:
        return {p["name"] for p in described["paths"][path][method].get("parameters", []) if p["in"] == "header"}

    facts = described["paths"]["/v1/facts"]["get"]
    assert headers("/v1/facts", "get") == {"If-None-Match"} and "304" in facts["responses"]
    assert headers("/v1/ask", "post") == set()
    exported = described["paths"]["/v1/exports"]["get"]["responses"]["200"]["content"]
    assert {"text/csv", "application/vnd.apache.parquet", "application/x-ndjson"} <= set(exported)
