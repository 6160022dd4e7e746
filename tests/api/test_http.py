from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient
from pydantic import BaseModel
from sqlalchemy.exc import OperationalError

import api.http.models as models
from api.http.app import create_app
from api.http.examples import examples
from api.http.serve import run, serving
from api.library import Library
from api.shapes import answer_json
from corpus.errors import LibraryError, ModelError, NotFound, UsageError
from corpus.model import Answer
from tests.conftest import library_of

TEXTS = {
    "昆山.txt": "江苏昆山：驿站暖人心\n\n昆山市建成新就业群体驿站112个，覆盖全部区镇。驿站配有饮水机，骑手可以歇脚。\n",
    "平遥.txt": "山西平遥：古城里的小哥之家\n\n平遥县建成新就业群体驿站38个，服务骑手。\n",
    "德清.txt": "浙江德清：办好驿站\n\n德清县建成新就业群体驿站52个，站长由党员担任。\n",
}
ASKED = "各地建成了多少个新就业群体驿站？"
PROBLEM = "application/problem+json"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with library_of(tmp_path_factory.mktemp("http"), TEXTS) as made:
        yield made


@pytest.fixture(scope="module")
def client(library: Library) -> Iterator[TestClient]:
    with TestClient(create_app(library)) as made:
        yield made


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, Path]]:
    folder = tmp_path_factory.mktemp("empty") / "library"
    with Library.open(folder, create=True) as library, TestClient(create_app(library)) as made:
        yield made, folder


def events(text: str) -> list[tuple[str, Any]]:
    blocks = [b.split("\n", 1) for b in text.strip().split("\n\n") if not b.startswith(":")]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in blocks]


def test_an_answer_has_the_contracts_shape_and_the_plan_in_words(client: TestClient, library: Library) -> None:
    said = client.post("/v1/ask", json={"question": ASKED}).json()
    models.AnswerOut.model_validate(said)
    direct = answer_json(library.ask(ASKED))
    assert {k: said[k] for k in direct if k != "ms"} == {k: direct[k] for k in direct if k != "ms"}
    assert said["names"] == {"140728": "平遥县", "320583": "昆山市", "330521": "德清县"}
    assert said["reading"][0] == {"label": "问法", "text": "逐地列数"}
    within = client.post("/v1/ask", json={"question": ASKED, "places": ["德清县", "昆山市"]}).json()
    assert within["coverage"]["places_with_evidence"] == ["320583", "330521"]


def test_a_question_leans_on_earlier_ones_and_a_plan_is_edited(client: TestClient) -> None:
    asked = {"question": "那昆山市呢？", "previous": ["德清县建了多少个新就业群体驿站？"]}
    said = client.post("/v1/ask", json=asked).json()
    assert said["plan"]["asked"] == "昆山市建了多少个新就业群体驿站？"
    assert said["reading"][0] == {"label": "完整的问题", "text": said["plan"]["asked"]}
    edited = said["plan"] | {"places": ["德清县"]}
    said = client.post("/v1/ask", json=asked | {"plan": edited, "aspects": []}).json()
    assert said["plan"]["places"] == ["330521"] and "330521" in said["coverage"]["places_with_evidence"]
    told = client.post("/v1/ask", json={"question": ASKED, "aspects": [{"name": "资金", "examples": ["经费"]}]}).json()
    assert told["plan"]["aspects"] == ["资金"]


def test_events_come_in_order_and_carry_the_same(client: TestClient) -> None:
    whole = client.post("/v1/ask", json={"question": ASKED}).json()
    response = client.post("/v1/ask", json={"question": ASKED}, headers={"accept": "text/event-stream"})
    assert response.headers["content-type"].startswith("text/event-stream")
    told = events(response.text)
    names = [name for name, _ in told]
    order = ["plan", "claim", "citation", "table", "done"]
    assert sorted(names, key=order.index) == names and set(names) == set(order)
    assert [c for name, c in told if name == "claim"] == whole["claims"]
    assert [c for name, c in told if name == "citation"] == whole["citations"]
    assert told[-1][1]["text"] == whole["text"]


def test_an_error_under_way_is_an_event(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    _break(monkeypatch, RuntimeError("/secret/path"))
    told = events(client.post("/v1/ask", json={"question": "问"}, headers={"accept": "text/event-stream"}).text)
    assert [name for name, _ in told] == ["error"]
    assert told[0][1]["status"] == 500 and "secret" not in json.dumps(told)


def test_a_refusal_is_an_answer(client: TestClient) -> None:
    response = client.post("/v1/ask", json={"question": "三亚市建成了多少个新就业群体驿站？"})
    assert response.status_code == 200
    assert response.json()["refused"] and response.json()["coverage"]["places_without"] == ["460200"]


def test_search_by_address_and_by_body_agree(client: TestClient, library: Library) -> None:
    wanted: dict[str, Any] = {"query": "骑手歇脚的地方", "k": 2}
    by_body, by_address = client.post("/v1/search", json=wanted).json(), client.get("/v1/search", params=wanted).json()
    assert by_body["hits"] == by_address["hits"]
    models.HitsOut.model_validate(by_body)
    best = by_body["hits"][0]
    assert best["name"] == "昆山.txt" and len(by_body["hits"]) == 2
    assert library.article(best["article"]).body[best["start"] : best["end"]] == best["text"]
    limited = client.get("/v1/search", params={"query": "驿站", "place": "浙江省", "mode": "lexical"}).json()
    assert [h["name"] for h in limited["hits"]] == ["德清.txt"]


def _all(client: TestClient, path: str, **params: Any) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    cursor = None
    for _ in range(50):
        page = client.get(path, params=params | ({"cursor": cursor} if cursor else {})).json()
        assert len(page["items"]) <= params["limit"]
        items += page["items"]
        cursor = page["next"]
        if cursor is None:
            return items
    raise AssertionError("the pages never end")


@pytest.mark.parametrize(("path", "shape"), [("/v1/articles", models.ArticleOut), ("/v1/facts", models.FactOut)])
def test_pages_hold_every_item_once(client: TestClient, path: str, shape: type[BaseModel]) -> None:
    whole = client.get(path, params={"limit": 200}).json()
    assert whole["next"] is None and len(whole["items"]) >= 3
    for item in whole["items"]:
        shape.model_validate(item)
    assert _all(client, path, limit=1) == _all(client, path, limit=2) == whole["items"]


def test_lists_are_filtered(client: TestClient) -> None:
    places = {a["place"]["adcode"] for a in _all(client, "/v1/articles", limit=9, place="江苏省")}
    assert places == {"320583"}
    facts = _all(client, "/v1/facts", limit=9, place="德清", indicator="site.stations", status="done")
    assert [f["text"] for f in facts] == ["52个"]
    assert _all(client, "/v1/facts", limit=9, status="planned") == []


def test_an_article_comes_with_its_body(client: TestClient) -> None:
    listed = client.get("/v1/articles").json()["items"][0]
    assert "body" not in listed
    article = client.get(f"/v1/articles/{listed['id']}").json()
    models.ArticleBodyOut.model_validate(article)
    assert len(article["body"]) == article["chars"]


@pytest.mark.parametrize(
    ("method", "path", "sent", "status", "says"),
    [
        ("GET", "/v1/articles/none", None, 404, "'none'"),
        ("GET", "/v1/nowhere", None, 404, "/v1/nowhere"),
        ("DELETE", "/v1/ask", None, 405, "DELETE"),
        ("POST", "/v1/ask", {}, 422, "question：缺少这一项"),
        ("POST", "/v1/ask", {"question": "　 "}, 422, "question：不能为空"),
        ("POST", "/v1/ask", {"question": "问" * 2001}, 422, "最多 2000 字"),
        ("POST", "/v1/ask", {"question": "问", "x": 1}, 422, "x：没有这一项"),
        ("POST", "/v1/ask", [1], 422, "应是 JSON 对象"),
        ("POST", "/v1/ask", {"question": "问", "plan": {"operation": "猜"}}, 422, "没有问法 '猜'"),
        ("POST", "/v1/ask", {"question": "问", "plan": {"x": 1}}, 422, "x：没有这一项"),
        ("GET", "/v1/search", None, 422, "query"),
        ("GET", "/v1/search?query=a&mode=x", None, 422, "hybrid、dense、lexical"),
        ("GET", "/v1/search?query=a&from=yesterday", None, 422, "yesterday"),
        ("GET", "/v1/facts?place=火星", None, 422, "火星"),
        ("GET", "/v1/articles?limit=0", None, 422, "不能小于 1"),
        ("GET", "/v1/articles?cursor=gone", None, 422, "gone"),
    ],
)
def test_errors_are_problems(client: TestClient, method: str, path: str, sent: Any, status: int, says: str) -> None:
    response = client.request(method, path, json=sent)
    assert (response.status_code, response.headers["content-type"]) == (status, PROBLEM)
    problem = response.json()
    models.ProblemOut.model_validate(problem)
    assert problem["status"] == status and says in problem["detail"]


def test_what_is_not_json_is_told(client: TestClient) -> None:
    response = client.post("/v1/ask", content="{", headers={"content-type": "application/json"})
    assert response.json()["detail"] == "请求正文：不是 JSON。"
    plain = client.post("/v1/ask", content='{"question": "问"}', headers={"content-type": "text/plain"})
    assert plain.status_code == 422, "another site's page may send plain text without asking first"


def _break(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr(Library, "ask", fail)


@pytest.mark.parametrize(
    ("error", "status", "says"),
    [
        (NotFound("没有它。"), 404, "没有它。"),
        (UsageError("问法不对。"), 422, "问法不对。"),
        (LibraryError("资料库正被占用。"), 409, "资料库正被占用。"),
        (OperationalError("select", {}, sqlite3.OperationalError("database is locked")), 409, "正在写入"),
        (ModelError("没有模型。"), 503, "没有模型。"),
        (RuntimeError("/secret/path"), 500, "服务器内部出错"),
        (OperationalError("select secret", {}, sqlite3.OperationalError("no such table")), 500, "服务器内部出错"),
    ],
)
def test_failures_say_what_they_are_and_nothing_of_the_inside(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int, says: str
) -> None:
    _break(monkeypatch, error)
    response = client.post("/v1/ask", json={"question": "问"})
    assert (response.status_code, response.headers["content-type"]) == (status, PROBLEM)
    assert says in response.json()["detail"] and "secret" not in response.text
    assert response.headers["x-content-type-options"] == "nosniff"


def test_every_response_has_the_security_headers(client: TestClient) -> None:
    for path in ("/", "/static/page.js", "/v1/articles", "/nowhere"):
        headers = client.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'self'")
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["referrer-policy"] == "no-referrer"


def test_the_page_runs_no_inline_code_and_names_no_other_host(client: TestClient) -> None:
    page = client.get("/").text
    files = [client.get(f"/static/{name}").text for name in ("page.js", "answer.js", "reader.js", "dom.js", "page.css")]
    assert "<script>" not in page and "style=" not in page and "onclick" not in page
    assert not any("http://" in text or "https://" in text or "innerHTML" in text for text in [page, *files])


def test_the_description_is_openapi_31_with_summaries_and_examples(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    wanted = {"/v1/ask", "/v1/search", "/v1/articles", "/v1/articles/{article}", "/v1/facts", "/healthz", "/readyz"}
    assert wanted <= set(described["paths"])
    for path in wanted:
        for operation in described["paths"][path].values():
            assert any("\u4e00" <= c <= "\u9fff" for c in operation["summary"])
            assert PROBLEM in operation["responses"]["404"]["content"]
    assert described["components"]["schemas"]["AskIn"]["properties"]["question"]["examples"]


def test_health(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json()["counts"]["document"] == 3


def test_twenty_questions_at_once(client: TestClient) -> None:
    questions = [ASKED, "昆山市建成了多少个新就业群体驿站？", "各地有哪些做法？", "三亚市有多少个驿站？"] * 5

    def ask(question: str) -> dict[str, Any]:
        response = client.post("/v1/ask", json={"question": question})
        assert response.status_code == 200
        return {k: v for k, v in response.json().items() if k != "ms"}

    alone = {q: ask(q) for q in set(questions)}
    with ThreadPoolExecutor(20) as pool:
        assert list(pool.map(ask, questions)) == [alone[q] for q in questions]


def test_an_empty_library_is_served_and_what_another_process_adds_is_found(
    empty: tuple[TestClient, Path], tmp_path: Path
) -> None:
    client, folder = empty
    assert client.get("/readyz").status_code == 200
    assert "还是空的" in client.get("/").text
    assert client.get("/v1/articles").json() == {"items": [], "next": None, "total": 0}
    assert client.get("/v1/search", params={"query": "驿站"}).json()["hits"] == []
    assert client.post("/v1/ask", json={"question": ASKED}).json()["refused"]
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with Library.open(folder) as other:
        other.ingest([tmp_path / "昆山.txt"])
    assert len(client.get("/v1/search", params={"query": "驿站"}).json()["hits"]) == 1
    with Library.open(folder) as other:
        other.ingest([tmp_path / "平遥.txt"])
    found = client.get("/v1/search", params={"query": "小哥之家", "mode": "dense"}).json()["hits"]
    assert {h["name"] for h in found} == {"昆山.txt", "平遥.txt"}
    assert '<form id="ask"' in client.get("/ask").text


def test_example_questions_are_answered(client: TestClient) -> None:
    questions = client.get("/examples").json()
    assert questions and len(questions) == len(set(questions))
    for question in questions:
        assert not client.post("/v1/ask", json={"question": question}).json()["refused"], question


def test_examples_try_only_what_is_cheap(sample_library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    ask = sample_library.ask

    def noted(question: str, **how: Any) -> Answer:
        asked.append(question)
        return ask(question, **how)

    with monkeypatch.context() as patch:
        patch.setattr(sample_library, "ask", noted)
        questions = examples(sample_library)
    assert any("做法" in q for q in questions) and not any("做法" in q for q in asked)
    assert all(not sample_library.ask(q, llm="none").refused for q in questions)


def test_serving_in_a_thread_and_a_port_that_is_taken(library: Library) -> None:
    with serving(library) as address:
        assert httpx.get(f"{address}healthz", trust_env=False).json() == {"status": "ok"}
        port = int(address.rstrip("/").rpartition(":")[2])
        with pytest.raises(UsageError, match=str(port)):
            run(library, port=port)
