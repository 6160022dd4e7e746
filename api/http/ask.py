"""POST /v1/ask: a question's answer, whole or as events."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as Waiting
from typing import Annotated, Any

from fastapi import APIRouter, Header
from fastapi.responses import JSONResponse, Response, StreamingResponse

from answer.digest import reference
from answer.say import name_of
from api.http.current import Here
from api.http.models import AnswerOut, AskIn
from api.http.problems import problem_of
from api.library import Library
from api.shapes import Json, answer_json
from corpus.labels import OPERATION
from corpus.model import Answer, Plan
from corpus.script import simplified
from corpus.spacing import squeezed

EVENTS = "text/event-stream"
_KEEP_ALIVE = 10.0
"""Seconds of silence after which a comment tells the reader that the stream lives."""


router = APIRouter(prefix="/v1", tags=["问答"])


@router.post(
    "/ask",
    summary="提问，得到逐句有出处的答案",
    description="Accept: text/event-stream 时依次给出 plan、claim、citation、table、done 事件，出错时给 error。",
    response_model=AnswerOut,
    responses={200: {"content": {EVENTS: {"schema": {"type": "string"}}}}},
)
def ask(asked: AskIn, library: Here, accept: Annotated[str, Header(include_in_schema=False)] = "") -> Response:
    """An answer, as JSON or as events."""
    if EVENTS in accept:
        return StreamingResponse(_events(library, asked), media_type=EVENTS)
    return JSONResponse(_asked(library, asked))


def _asked(library: Library, asked: AskIn) -> Json:
    answer = library.ask(
        asked.question, llm=asked.llm, places=asked.places, plan=asked.plan, previous=asked.previous,
        aspects=asked.aspects,
    )  # fmt: skip
    return shown(library, answer)


def shown(library: Library, answer: Answer) -> Json:
    """An answer in the contract's shape, with the plan in words, the names of its places, how to cite its articles."""
    covered = answer.coverage
    codes = {c for c in (*answer.plan.places, *covered.places_asked, *covered.places_with_evidence) if c}
    codes |= {c.place for c in answer.claims if c.place} | {c.place for c in answer.citations if c.place}
    names = {code: name_of(library.gazetteer.place(code)) for code in sorted(codes)}
    completed = squeezed(answer.plan.asked) != squeezed(simplified(answer.question))
    words = reading(answer.plan, names, library, completed=completed)
    cited = library.catalogue.outlines({c.article for c in answer.citations})
    references = {
        a.id: {
            "reference": reference(a, a.place), "issuer": a.issuer, "published_on": a.published_on, "number": a.number
        }
        for a in cited.values()
    }  # fmt: skip
    return answer_json(answer) | {"reading": words, "names": names, "references": references}


def reading(plan: Plan, names: dict[str, str], library: Library, *, completed: bool = False) -> list[Json]:
    """The plan in words: what is done, where, about what, when, and what the question takes for granted.

    ``completed``: the question leaned on an earlier one, and is shown whole.
    """
    known = [library.rules.indicators[i].name for i in plan.indicators if i in library.rules.indicators]
    period = plan.period
    told = {
        "完整的问题": plan.asked if completed else "",
        "问法": OPERATION[plan.operation],
        "地方": "、".join(names[p] for p in plan.places) or "资料库中各地",
        "内容": "、".join(known) or plan.topic,
        "时间": (period.text or f"{period.start}至{period.end}") if period else "",
        "问句中的数": "、".join(plan.assumed),
    }
    return [{"label": label, "text": text} for label, text in told.items() if text]


def _events(library: Library, asked: AskIn) -> Iterator[str]:
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(_asked, library, asked)
        while not _done(future):
            yield ": 仍在作答\n\n"
        try:
            answer = future.result()
        except Exception as exc:  # the HTTP edge: the status line is sent already, so the error is an event
            yield _event("error", problem_of(exc))
            return
    yield _event("plan", answer["plan"] | {"reading": answer["reading"], "names": answer["names"]})
    for claim in answer["claims"]:
        yield _event("claim", claim)
    for citation in answer["citations"]:
        yield _event("citation", citation)
    if answer["table"] is not None:
        yield _event("table", answer["table"])
    yield _event("done", answer)


def _done(future: Future[Json]) -> bool:
    try:
        future.exception(timeout=_KEEP_ALIVE)
    except Waiting:
        return False
    return True


def _event(name: str, value: Any) -> str:  # noqa: ANN401
    return f"event: {name}\ndata: {json.dumps(value, ensure_ascii=False)}\n\n"
