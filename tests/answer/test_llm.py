"""Language models that lie, fail and hang, on loopback: nothing they make up reaches the reader."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from answer.draft import NOT_USED
from answer.llm import ChatModel, DraftedClaim, Evidence, Refused, open_model
from api.library import Library
from api.wiring import sources
from corpus.errors import ModelError
from corpus.model import Answer
from tests.conftest import library_of

TEXTS = {
    "昆山.txt": "江苏昆山：选派指导员建强两新组织\n\n昆山市选派党建指导员138名，联系两新组织260家。各镇设立工作站。\n",
    "平遥.txt": "山西平遥：指导员进企业\n\n平遥县选派党建指导员50余名，拟于年底前实现全覆盖。指导员每月走访企业。\n",
}
ASKED = "昆山市、平遥县各选派了多少名党建指导员？"
KUNSHAN = ("昆山市选派党建指导员138名", "选派党建指导员138名")
PINGYAO = ("平遥县选派党建指导员50余名", "选派党建指导员50余名")
Reply = Callable[[dict[str, Any]], "bytes | None"]


class FaultServer:
    """An OpenAI-compatible endpoint that answers as told; ``requests`` are the bodies it was sent."""

    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = []
        self.reply: Reply = lambda _: None
        self.status = 200
        self.released = threading.Event()
        faults = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
                faults.requests.append(asked)
                said = faults.reply(asked)
                if said is None:
                    faults.released.wait(20)
                    return
                self.send_response(faults.status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(said) if faults.status != 299 else len(said) + 500))
                self.end_headers()
                self.wfile.write(said)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"


@pytest.fixture
def faults() -> Iterator[FaultServer]:
    made = FaultServer()
    thread = threading.Thread(target=made.server.serve_forever, daemon=True)
    thread.start()
    yield made
    made.released.set()
    made.server.shutdown()
    made.server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with library_of(tmp_path_factory.mktemp("llm"), TEXTS) as made:
        yield made


@pytest.fixture
def extractive(library: Library) -> Answer:
    answer = library.ask(ASKED, llm="none")
    assert not answer.refused and answer.mode == "extractive"
    assert {c.place for c in answer.claims if c.place} == {"320583", "140728"}
    return answer


def completion(content: str, finish: str = "stop") -> bytes:
    message = {"role": "assistant", "content": content}
    choices = [{"index": 0, "message": message, "finish_reason": finish}]
    return json.dumps({"id": "x", "object": "chat.completion", "created": 0, "model": "m", "choices": choices}).encode()


def claims(*told: tuple[str, list[int], str]) -> bytes:
    listed = [{"text": text, "evidence": evidence, "quote": quote} for text, evidence, quote in told]
    return completion(json.dumps({"claims": listed}, ensure_ascii=False))


def numbers(answer: Answer) -> dict[str | None, int]:
    """The number of the citation of each place."""
    return {c.place: c.n for c in answer.citations}


def ask(library: Library, model: ChatModel, question: str = ASKED) -> Answer:
    from answer.ask import ask as answer

    return answer(question, sources(library), model)


def same_as(answer: Answer, extractive: Answer) -> bool:
    return replace(answer, ms=0, caveats=()) == replace(extractive, ms=0, caveats=())


def test_an_honest_model_is_used_and_its_claims_are_cited(
    library: Library, faults: FaultServer, extractive: Answer
) -> None:
    n = numbers(extractive)
    faults.reply = lambda _: claims(
        ("平遥县已选派党建指导员50余名", [n["140728"]], PINGYAO[1]),
        ("昆山市选派党建指导员138名，联系两新组织260家", [n["320583"]], KUNSHAN[1]),
    )
    answer = ask(library, open_model(faults.url, "m", "secret", 10))
    assert answer.mode == "llm" and NOT_USED not in answer.caveats
    assert f"昆山市选派党建指导员138名，联系两新组织260家[{n['320583']}]" in answer.text
    assert f"平遥县已选派党建指导员50余名[{n['140728']}]" in answer.text
    assert all(c.verified for c in answer.claims)
    assert (answer.citations, answer.table, answer.coverage) == (
        extractive.citations, extractive.table, extractive.coverage,
    )  # fmt: skip
    order = [c.place for c in extractive.claims if c.place]
    assert [c.place for c in answer.claims if c.place] == list(dict.fromkeys(order)), "places keep their order"
    assert len(faults.requests) == 1
    sent = faults.requests[0]
    assert sent["response_format"]["type"] == "json_schema"
    assert all(c.quote in sent["messages"][-1]["content"] for c in extractive.citations)


@pytest.mark.parametrize(
    ("place", "text", "quote"),
    [
        ("140728", "平遥县选派党建指导员138名", PINGYAO[1]),
        ("320583", "泾阳县选派党建指导员138名", KUNSHAN[1]),
        ("320583", "昆山市选派党建指导员138人", KUNSHAN[1]),
        ("140728", "平遥县选派党建指导员50名", PINGYAO[1]),
        ("320583", "昆山市选派党建指导员138名，荣获全国先进称号", KUNSHAN[1]),
        ("320583", "昆山市的经验受到广泛好评", KUNSHAN[1]),
        ("320583", "昆山市选派党建指导员138名[编号]", KUNSHAN[1]),
        ("320583", "昆山市选派党建指导员138名", "选派党建指导员158名"),
        ("320583", "昆山市选派党建指导员138名", ""),
        ("320583", "昆山市和平遥县选派党建指导员138名和50余名", KUNSHAN[1]),
        ("140728", "平遥县党建指导员已于年底前实现全覆盖", "实现全覆盖"),
        ("320583", "", KUNSHAN[1]),
    ],
    ids=[
        "another place's number", "a place not in evidence", "名 to 人", "余 dropped", "an invented clause",
        "an invented fact", "a literal mark", "a changed quote", "no quote", "two places merged", "a plan told as done",
        "nothing said",
    ],
)  # fmt: skip
def test_a_lie_is_drafted_again_twice_and_then_dropped(
    library: Library, faults: FaultServer, extractive: Answer, place: str, text: str, quote: str
) -> None:
    n = numbers(extractive)
    faults.reply = lambda _: claims((text, [n[place]], quote))
    answer = ask(library, open_model(faults.url, "m", "k", 10))
    assert same_as(answer, extractive)
    assert NOT_USED in answer.caveats
    assert len(faults.requests) == 3
    assert "不合要求" in faults.requests[1]["messages"][-1]["content"]


def test_two_places_merged_under_both_their_citations_are_refused(
    library: Library, faults: FaultServer, extractive: Answer
) -> None:
    both = sorted(numbers(extractive).values())
    faults.reply = lambda _: claims(("两地共选派党建指导员138名和50余名", both, KUNSHAN[1]))
    assert same_as(ask(library, open_model(faults.url, "m", "k", 10)), extractive)


def test_a_citation_that_was_not_offered_is_refused(library: Library, faults: FaultServer, extractive: Answer) -> None:
    faults.reply = lambda _: claims((KUNSHAN[0], [99], KUNSHAN[1]))
    assert same_as(ask(library, open_model(faults.url, "m", "k", 10)), extractive)


def test_a_corrected_draft_is_used_and_other_places_keep_their_sentences(
    library: Library, faults: FaultServer, extractive: Answer
) -> None:
    n = numbers(extractive)
    told = iter(["昆山市选派党建指导员158名", "昆山市选派138名党建指导员"])
    faults.reply = lambda _: claims((next(told), [n["320583"]], KUNSHAN[1]))
    answer = ask(library, open_model(faults.url, "m", "k", 10))
    assert answer.mode == "llm"
    assert f"昆山市选派138名党建指导员[{n['320583']}]" in answer.text and "158" not in answer.text
    assert len(faults.requests) == 2
    assert "50余名" in answer.text, "the place the model left out is still told"


def test_a_claim_without_its_place_gets_it(library: Library, faults: FaultServer, extractive: Answer) -> None:
    n = numbers(extractive)
    faults.reply = lambda _: claims(("选派党建指导员138名", [n["320583"]], KUNSHAN[1]))
    answer = ask(library, open_model(faults.url, "m", "k", 10))
    assert answer.mode == "llm"
    assert "昆山市：选派党建指导员138名" in answer.text


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (200, completion("这不是 JSON")),
        (200, completion('{"claims": [{"text": "昆山市选派')),
        (200, completion('{"claims": [{"text": "昆山市选派', "length")),
        (200, completion('{"points": []}')),
        (200, completion("null")),
        (200, b'{"id": "x", "object": "chat.completion", "created": 0, "model": "m", "choices": []}'),
        (200, b"<html>502</html>"),
        (200, b""),
        (500, b'{"error": {"message": "no"}}'),
        (401, b'{"error": {"message": "no"}}'),
        (299, completion("{}")),
    ],
    ids=[
        "not JSON", "cut JSON", "out of length", "another form", "null", "no choices", "HTML", "empty", "500", "401",
        "connection cut",
    ],
)  # fmt: skip
def test_a_model_that_fails_leaves_the_extractive_answer(
    library: Library, faults: FaultServer, extractive: Answer, status: int, said: bytes
) -> None:
    faults.status, faults.reply = status, lambda _: said
    answer = ask(library, open_model(faults.url, "m", "k", 5))
    assert same_as(answer, extractive)
    assert NOT_USED in answer.caveats


def test_a_model_that_hangs_is_given_up(library: Library, faults: FaultServer, extractive: Answer) -> None:
    started = time.perf_counter()
    answer = ask(library, open_model(faults.url, "m", "k", 0.3))
    assert time.perf_counter() - started < 8
    assert same_as(answer, extractive)
    assert NOT_USED in answer.caveats


def test_an_unreachable_model_is_a_model_error() -> None:
    model = open_model("http://127.0.0.1:9/v1", "m", "k", 1)
    with pytest.raises(ModelError, match="语言模型"):
        model.draft("问", [Evidence(1, "甲县", "题", "文。")])
    with pytest.raises(ModelError, match="写法不对"):
        open_model("127.0.0.1:8080", "m", "k", 1)


def test_the_key_and_the_address_are_the_ones_given(
    library: Library, faults: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    faults.reply = lambda _: claims()
    assert open_model(faults.url, "the-model", "k", 5).draft("问", [Evidence(1, "甲县", "题", "文。")]) == []
    assert faults.requests[0]["model"] == "the-model"


def test_tracing_stays_off(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    monkeypatch.delenv("LANGSMITH_TRACING", raising=False)
    open_model("http://127.0.0.1:9/v1", "m", "k", 1)
    assert os.environ["LANGSMITH_TRACING"] == "false"
    assert open_model("http://127.0.0.1:9/v1", "m", "k", 1).local
    assert not open_model("http://192.0.2.1/v1", "m", "k", 1).local
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    assert not open_model("http://127.0.0.1:9/v1", "m", "k", 1).local


def test_what_was_wrong_is_told() -> None:
    from answer.llm import request

    told = request("问？", [], [Refused(DraftedClaim("甲县20个", (1,), "20个"), ("数不符",))])
    assert "“甲县20个”：数不符" in told
