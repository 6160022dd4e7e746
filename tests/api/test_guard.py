from __future__ import annotations

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.http.guard import HEADERS, Guard


def _client(*, local: bool) -> TestClient:
    app = FastAPI()

    @app.get("/")
    def here() -> str:
        return "here"

    @app.get("/broken")
    def broken() -> str:
        raise RuntimeError("/secret/path")

    app.add_middleware(Guard, local=local)
    return TestClient(app)


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8000", 200), ("localhost", 200), ("LOCALHOST:80", 200), ("[::1]:8000", 200), ("testserver", 200),
        ("evil.example", 400), ("127.0.0.1.evil.example", 400), ("localhost.evil.example:80", 400), ("", 400),
        ("192.168.1.8", 400), ("[::ffff:192.0.2.1]", 400),
    ],
)  # fmt: skip
def test_on_loopback_only_this_machines_names_are_served(host: str, status: int) -> None:
    response = _client(local=True).get("/", headers={"host": host})
    assert response.status_code == status
    assert set(HEADERS) <= set(response.headers)
    if status == 400:
        assert response.headers["content-type"] == "application/problem+json"


def test_off_loopback_any_name_is_served() -> None:
    assert _client(local=False).get("/", headers={"host": "tongjian.office.example"}).status_code == 200


def test_what_nobody_expected_is_a_problem_with_headers_and_nothing_of_the_inside() -> None:
    response = _client(local=True).get("/broken")
    assert response.status_code == 500 and "secret" not in response.text
    assert set(HEADERS) <= set(response.headers)
