"""/v1/corrections: a person's changes of figures, and who changed what. Nobody overwrites another's change unseen."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field, model_validator

from answer.say import name_of
from api.exports import correct
from api.http.current import Here, Remembered
from api.http.models import FactOut
from api.library import Library
from api.shapes import fact_json
from corpus.corrections import Correction, checked, field_text, newest, place_text
from corpus.doubts import gravest_first
from corpus.errors import NotFound
from corpus.model import Fact
from corpus.paging import WantedFacts
from extract.quantities import scan
from extract.workbook.content import ties_of

router = APIRouter(prefix="/v1", tags=["更正"])


class ChangeIn(BaseModel):
    """New texts of some fields of one fact, as ``version`` shows it."""

    model_config = ConfigDict(extra="forbid")

    fact: str = Field(max_length=64)
    version: int = Field(ge=0, description="读到它时的 version")
    fields: dict[str, str | None] = Field(examples=[{"value": "139", "review": "confirmed"}])


class CorrectionsIn(BaseModel):
    """Changes written all or none, signed."""

    model_config = ConfigDict(extra="forbid")

    author: str = Field(default="", max_length=40, description="核实人姓名")
    changes: list[ChangeIn] = Field(min_length=1, max_length=500, description="每条数据只能出现一次")

    @model_validator(mode="after")
    def _each_fact_once(self) -> CorrectionsIn:
        if len({change.fact for change in self.changes}) != len(self.changes):
            raise ValueError("twice")
        return self


class FactDeskOut(BaseModel):
    """A fact with its version (how often it was changed) and what was changed, oldest first; ``doubt``: its kind.

    ``as_written``: the value that a person set is what the words of the figure say.
    """

    model_config = ConfigDict(extra="allow")

    id: str
    doubt: str | None
    version: int
    as_written: bool
    history: list[dict[str, Any]]


class OneFactOut(FactDeskOut):
    """A fact with the facts that contradict it."""

    contradicting: list[FactOut]


class CorrectedOut(BaseModel):
    """The facts as they now are."""

    items: list[FactDeskOut]


class ChangesIn(BaseModel):
    """Which page."""

    cursor: str | None = Field(default=None, pattern=r"^\d{1,18}$", description="上一页给出的 next")
    limit: int = Field(default=100, ge=1, le=500, description="每页几项")


class ChangeOut(BaseModel):
    """A changed field of a fact: its text before and after, who said so, and when.

    ``place``, ``indicator_name`` and ``text`` say which figure it is; null where the fact is gone.
    """

    fact: str
    place: str | None
    indicator_name: str | None
    text: str | None
    field: str
    old: str | None
    new: str | None
    author: str
    at: str


class ChangesOut(BaseModel):
    """One page, the newest first; ``next`` is the cursor of the next."""

    items: list[ChangeOut]
    next: str | None


@router.post("/corrections", summary="更正、采用或不采用数据", response_model=CorrectedOut)
def write(asked: CorrectionsIn, library: Here, request: Request) -> Response:
    """Write changes, all or none; the order by doubt of all facts is revised, not made anew."""
    ids = [change.fact for change in asked.changes]
    facts = {f.id: f for f in library.catalogue.facts(ids=ids)}
    found: list[Correction] = []
    for change in asked.changes:
        fact = facts.get(change.fact)
        if fact is None:
            raise NotFound(f"没有数据 {change.fact!r}，也许材料已重新导入。请刷新后再改。")
        for field, new in change.fields.items():
            text = place_text(library.resolve(new)) if field == "place" and new else new
            if (correction := checked(fact, field, text)) is not None:
                found.append(correction)
    remembered: Remembered = request.app.state.remembered
    with remembered.writing(library, WantedFacts(library.scope(None))) as revise:
        versions = {change.fact: change.version for change in asked.changes}
        correct(library, found, asked.author.strip(), versions)
        order = {fact: at for at, fact in enumerate(ids)}
        changed = sorted(library.catalogue.facts(ids=ids), key=lambda f: order[f.id])
        beside = library.catalogue.doubts_beside([*facts.values(), *changed])
        revise(lambda kinds: gravest_first({fact: beside.get(fact, kind) for fact, kind in kinds.items()}))
    now = library.catalogue.corrections(ids)
    return JSONResponse({"items": [desk_json(f, now.get(f.id, [])) | {"doubt": beside.get(f.id)} for f in changed]})


@router.get("/corrections", summary="谁在何时改了什么", response_model=ChangesOut)
def history(asked: Annotated[ChangesIn, Query()], library: Here) -> Response:
    """A page of corrections, the newest first."""
    before = int(asked.cursor) if asked.cursor else None
    with library.catalogue.engine.connect() as db:
        rows = newest(db, before, asked.limit + 1)
    facts = {f.id: f for f in library.catalogue.facts_by_id(list({c.fact for _, c in rows}))}
    items = [{"fact": c.fact, **_which(facts.get(c.fact)), **_told(c)} for _, c in rows[: asked.limit]]
    following = str(rows[asked.limit - 1][0]) if len(rows) > asked.limit else None
    return JSONResponse({"items": items, "next": following})


@router.get("/facts/{fact}", summary="一条数据及其更正、与它矛盾的数据", response_model=OneFactOut)
def one_fact(fact: str, library: Here) -> Response:
    """One fact with its history."""
    found, changes = _fact(library, fact), library.catalogue.corrections([fact]).get(fact, [])
    others = [fact_json(other) for other in library.catalogue.contradicting(found)]
    doubt = library.catalogue.doubts_of([found])[fact]
    return JSONResponse(desk_json(found, changes) | {"doubt": doubt, "contradicting": others})


def desk_json(fact: Fact, changes: list[Correction]) -> dict[str, Any]:
    """A fact as the desk shows and edits it; ``as_written``: its value is what its words say."""
    review = field_text(fact, "review")
    return fact_json(fact) | {
        "version": len(changes), "review": review, "history": [_told(change) for change in changes],
        "as_written": _as_written(fact, changes), "ties": ties_of(fact),
    }  # fmt: skip


def _as_written(fact: Fact, changes: list[Correction]) -> bool:
    """Whether a value or unit that a person changed is still what the words of the figure say."""
    given = fact.quantity
    return not any(change.field in ("value", "value_high", "unit") for change in changes) or any(
        (said.value, said.value_high) == (given.value, given.value_high) and said.unit in (None, given.unit)
        for said in scan(given.surface)
    )


def _told(change: Correction) -> dict[str, Any]:
    return {"field": change.field, "old": change.old, "new": change.new, "author": change.author, "at": change.at}


def _which(fact: Fact | None) -> dict[str, str | None]:
    if fact is None:
        return {"place": None, "indicator_name": None, "text": None}
    return {"place": name_of(fact.place), "indicator_name": fact.indicator_name, "text": fact.quantity.surface}


def _fact(library: Library, fact: str) -> Fact:
    found = library.catalogue.facts(ids=[fact])
    if not found:
        raise NotFound(f"没有数据 {fact!r}。")
    return found[0]
