"""POST /v1/ask: a question's answer, whole or as events."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from queue import Empty, SimpleQueue
from typing import Annotated, Any

from fastapi import APIRouter, Header
from fastapi.responses import JSONResponse, Response, StreamingResponse

from answer.say import name_of
from api.http.current import Here
from api.http.models import AnswerOut, AskIn
from api.http.problems import problem_of
from api.library import Library
from api.shapes import Json, answer_json, plan_json, references_json
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


def _asked(library: Library, asked: AskIn, understood: Callable[[Plan], None] | None = None) -> Json:
    answer = library.ask(
        asked.question, llm=asked.llm, places=asked.places, plan=asked.plan, previous=asked.previous,
        aspects=asked.aspects, understood=understood,
    )  # fmt: skip
    return shown(library, answer)


def shown(library: Library, answer: Answer) -> Json:
    """An answer in the contract's shape, with the plan in words, the names of its places, how to cite its articles."""
    covered = answer.coverage
    codes = {c for c in (*answer.plan.places, *covered.places_asked, *covered.places_with_evidence) if c}
    codes |= {c.place for c in answer.claims if c.place} | {c.place for c in answer.citations if c.place}
    names = {code: name_of(library.gazetteer.place(code)) for code in sorted(codes)}
    words = _in_words(answer.plan, answer.question, names, library)
    cited = library.catalogue.outlines({c.article for c in answer.citations})
    references = references_json(cited.values())
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


def _in_words(plan: Plan, question: str, names: dict[str, str], library: Library) -> list[Json]:
    completed = squeezed(plan.asked) != squeezed(simplified(question))
    return reading(plan, names, library, completed=completed)


def _events(library: Library, asked: AskIn) -> Iterator[str]:
    """The plan as soon as it is made, the rest when the answer is verified."""
    told: SimpleQueue[Plan | Json | Exception] = SimpleQueue()

    def work() -> None:
        try:
            told.put(_asked(library, asked, told.put))
        except Exception as exc:  # the HTTP edge: the status line is sent already, so the error is an event
            told.put(exc)

    threading.Thread(target=work, name="ask", daemon=True).start()
    while True:
        try:
            said = told.get(timeout=_KEEP_ALIVE)
        except Empty:
            yield ": 仍在作答\n\n"
            continue
        if isinstance(said, Plan):
            names = {code: name_of(library.gazetteer.place(code)) for code in said.places}
            words = _in_words(said, asked.question, names, library)
            yield _event("plan", plan_json(said) | {"reading": words, "names": names})
        elif isinstance(said, Exception):
            yield _event("error", problem_of(said))
            return
        else:
            yield from _told(said)
            return


def _told(answer: Json) -> Iterator[str]:
    for claim in answer["claims"]:
        yield _event("claim", claim)
    for citation in answer["citations"]:
        yield _event("citation", citation)
    if answer["table"] is not None:
        yield _event("table", answer["table"])
    yield _event("done", answer)


def _event(name: str, value: Any) -> str:  # noqa: ANN401
    return f"event: {name}\ndata: {json.dumps(value, ensure_ascii=False)}\n\n"
