"""What stands around the routes: keys of repeated requests, and what is measured."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Annotated, Any

import pytest
from fastapi import FastAPI, File, UploadFile
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.http.idempotency import Idempotency
from api.library import Library


class Desk:
    """A small application that counts what is written to it."""

    def __init__(self) -> None:
        self.written: list[Any] = []
        self.gate = threading.Event()
        self.gate.set()
        self.entered = threading.Event()
        self.fails = False
        self.app = FastAPI()

        @self.app.post("/v1/notes", status_code=202)
        def note(body: dict[str, str]) -> dict[str, int]:
            self.entered.set()
            self.gate.wait(10)
            if self.fails:
                raise RuntimeError("disk full")
            self.written.append(body)
            return {"n": len(self.written)}

        @self.app.post("/v1/files")
        def take(file: Annotated[UploadFile, File()]) -> dict[str, int]:
            self.written.append(file.file.read())
            return {"n": len(self.written)}

        @self.app.post("/v1/ask")
        def ask() -> dict[str, int]:
            self.written.append("asked")
            return {"n": len(self.written)}

        self.app.add_middleware(Idempotency)


@pytest.fixture
def desk() -> Iterator[tuple[Desk, TestClient]]:
    made = Desk()
    with TestClient(made.app, raise_server_exceptions=False) as client:
        yield made, client


def test_a_repeated_request_gets_the_first_response(desk: tuple[Desk, TestClient]) -> None:
    made, client = desk
    key = {"idempotency-key": "a-1"}
    first = client.post("/v1/notes", json={"text": "甲"}, headers=key)
    again = client.post("/v1/notes", json={"text": "甲"}, headers=key)
    assert (first.status_code, first.json()) == (again.status_code, again.json()) == (202, {"n": 1})
    assert again.headers["idempotency-replayed"] == "true" and "idempotency-replayed" not in first.headers
    assert again.headers["content-type"] == first.headers["content-type"]
    assert made.written == [{"text": "甲"}]
    assert client.post("/v1/notes", json={"text": "甲"}).json() == {"n": 2}, "without a key all is as ever"
    assert client.post("/v1/notes", json={"text": "甲"}, headers={"idempotency-key": "a-2"}).json() == {"n": 3}


def test_a_key_belongs_to_one_request(desk: tuple[Desk, TestClient]) -> None:
    made, client = desk
    key = {"idempotency-key": "b"}
    client.post("/v1/notes", json={"text": "甲"}, headers=key)
    for other in (
        client.post("/v1/notes", json={"text": "乙"}, headers=key),
        client.post("/v1/notes?draft=1", json={"text": "甲"}, headers=key),
        client.post("/v1/files", files={"file": ("a.txt", b"x")}, headers=key),
        client.post("/v1/notes", json={"text": "甲"}, headers={"idempotency-key": "k" * 201}),
    ):
        assert other.status_code == 422 and other.headers["content-type"] == "application/problem+json"
        assert "Idempotency-Key" in other.json()["detail"]
    assert len(made.written) == 1


def test_a_failed_request_may_be_sent_again(desk: tuple[Desk, TestClient]) -> None:
    made, client = desk
    key = {"idempotency-key": "c"}
    made.fails = True
    assert client.post("/v1/notes", json={"text": "甲"}, headers=key).status_code == 500
    made.fails = False
    assert client.post("/v1/notes", json={"text": "甲"}, headers=key).json() == {"n": 1}
    assert client.post("/v1/notes", json=[], headers={"idempotency-key": "d"}).status_code == 422
    assert client.post("/v1/notes", json={"text": "甲"}, headers={"idempotency-key": "d"}).json() == {"n": 2}


@pytest.mark.parametrize("size", [3, 200_000])
def test_a_file_sent_again_is_known_though_its_boundary_is_new(desk: tuple[Desk, TestClient], size: int) -> None:
    made, client = desk
    key = {"idempotency-key": "e"}
    content = bytes(i * 7 % 251 for i in range(size))
    assert client.post("/v1/files", files={"file": ("a.txt", content)}, headers=key).json() == {"n": 1}
    assert client.post("/v1/files", files={"file": ("a.txt", content)}, headers=key).json() == {"n": 1}
    assert made.written == [content]
    other = client.post("/v1/files", files={"file": ("a.txt", content[:-1] + b"?")}, headers=key)
    assert other.status_code == 422


def test_the_same_key_at_the_same_time_waits_for_the_first(desk: tuple[Desk, TestClient]) -> None:
    made, client = desk
    made.gate.clear()
    key = {"idempotency-key": "f"}
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(client.post, "/v1/notes", json={"text": "甲"}, headers=key)
        assert made.entered.wait(10)
        second = client.post("/v1/notes", json={"text": "甲"}, headers=key)
        made.gate.set()
        assert first.result().json() == {"n": 1}
    assert second.status_code == 409 and "正在处理" in second.json()["detail"]
    assert client.post("/v1/notes", json={"text": "甲"}, headers=key).json() == {"n": 1}


def test_what_only_reads_answers_anew(desk: tuple[Desk, TestClient]) -> None:
    _, client = desk
    key = {"idempotency-key": "g"}
    assert [client.post("/v1/ask", headers=key).json()["n"] for _ in range(2)] == [1, 2]


def test_nothing_is_written_twice_to_a_library(tmp_path: Path) -> None:
    text = "德清县：驿站\n\n德清县建成新就业群体驿站52个。\n".encode()
    with Library.open(tmp_path / "library", create=True) as library, TestClient(create_app(library)) as client:

        def upload() -> Any:
            return client.post(
                "/v1/documents", files={"files": ("德清.txt", text)}, headers={"idempotency-key": "upload-1"}
            )

        first, again = upload(), upload()
        assert (first.status_code, first.json()["id"]) == (again.status_code, again.json()["id"])
        assert again.status_code == 202 and again.headers["location"] == first.headers["location"]
        assert len(client.get("/v1/jobs").json()["items"]) == 1
        while client.get(first.headers["location"]).json()["state"] not in ("done", "failed"):
            pass
        (fact,) = client.get("/v1/facts").json()["items"]

        change = {"fact": fact["id"], "version": 0, "fields": {"value": "53"}}
        body = {"author": "李", "changes": [change]}
        told = [client.post("/v1/corrections", json=body, headers={"idempotency-key": "c-1"}) for _ in range(2)]
        assert [t.status_code for t in told] == [200, 200] and told[0].json() == told[1].json()
        assert client.post("/v1/corrections", json=body).status_code == 409, "without a key it is a conflict"
        for _ in range(2):
            client.post("/v1/digests", json={"title": "摘编"}, headers={"idempotency-key": "d-1"})
        assert len(client.get("/v1/digests").json()["items"]) == 1


def _measured(text: str) -> dict[str, float]:
    return {name: float(value) for name, value in re.findall(r"^([^#\s]\S*(?:\{.*\})?) (\S+)$", text, re.M)}


def test_requests_are_measured_by_route_and_status(sample_library: Library) -> None:
    with TestClient(create_app(sample_library)) as client:
        article = sample_library.articles()[0].id
        tag = client.get(f"/v1/articles/{article}").headers["etag"]
        client.get(f"/v1/articles/{article}", headers={"if-none-match": tag})
        client.get("/v1/articles/none")
        client.get('/nowhere"x')
        client.get("/static/page.css")
        response = client.get("/metrics")
        assert response.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
        told = _measured(response.text)
    total = "tongjian_http_requests_total"
    assert told[total + '{method="GET",route="/v1/articles/{article}",status="200"}'] == 1
    assert told[total + '{method="GET",route="/v1/articles/{article}",status="404"}'] == 1
    assert told[total + '{method="GET",route="/v1/articles",status="304"}'] == 1
    assert told[total + '{method="GET",route="other",status="404"}'] == 1
    assert told[total + '{method="GET",route="/static",status="200"}'] == 1
    seconds = "tongjian_http_request_seconds"
    assert told[seconds + '_bucket{route="/v1/articles/{article}",le="+Inf"}'] == 2
    assert told[seconds + '_count{route="/v1/articles/{article}"}'] == 2
    assert told[seconds + '_sum{route="/v1/articles/{article}"}'] > 0
    assert told['tongjian_library_rows{table="fact"}'] == sample_library.catalogue.counts()["fact"]
