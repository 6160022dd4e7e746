"""/v1/corrections: a person's changes of figures, and who changed what. Nobody overwrites another's change unseen."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field, model_validator

from api.exports import correct
from api.http.current import Here
from api.library import Library
from api.shapes import fact_json
from corpus.corrections import Correction, checked, field_text, newest, place_text
from corpus.errors import NotFound
from corpus.model import Fact

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
    """A fact with its version (how often it was changed) and what was changed, oldest first."""

    model_config = ConfigDict(extra="allow")

    id: str
    version: int
    history: list[dict[str, Any]]


class CorrectedOut(BaseModel):
    """The facts as they now are."""

    items: list[FactDeskOut]


class ChangesIn(BaseModel):
    """Which page."""

    cursor: str | None = Field(default=None, pattern=r"^\d{1,18}$", description="上一页给出的 next")
    limit: int = Field(default=100, ge=1, le=500, description="每页几项")


class ChangeOut(BaseModel):
    """A changed field of a fact: its text before and after, who said so, and when."""

    fact: str
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
def write(asked: CorrectionsIn, library: Here) -> Response:
    """Write changes, all or none."""
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
    correct(library, found, asked.author.strip(), {change.fact: change.version for change in asked.changes})
    now = library.catalogue.corrections(ids)
    order = {fact: at for at, fact in enumerate(ids)}
    changed = sorted(library.catalogue.facts(ids=ids), key=lambda f: order[f.id])
    return JSONResponse({"items": [desk_json(fact, now.get(fact.id, [])) for fact in changed]})


@router.get("/corrections", summary="谁在何时改了什么", response_model=ChangesOut)
def history(asked: Annotated[ChangesIn, Query()], library: Here) -> Response:
    """A page of corrections, the newest first."""
    before = int(asked.cursor) if asked.cursor else None
    with library.catalogue.engine.connect() as db:
        rows = newest(db, before, asked.limit + 1)
    items = [{"fact": c.fact, **_told(c)} for _, c in rows[: asked.limit]]
    following = str(rows[asked.limit - 1][0]) if len(rows) > asked.limit else None
    return JSONResponse({"items": items, "next": following})


@router.get("/facts/{fact}", summary="一条数据及其更正", response_model=FactDeskOut)
def one_fact(fact: str, library: Here) -> Response:
    """One fact with its history."""
    return JSONResponse(desk_json(_fact(library, fact), library.catalogue.corrections([fact]).get(fact, [])))


def desk_json(fact: Fact, changes: list[Correction]) -> dict[str, Any]:
    """A fact as the desk shows and edits it."""
    review = field_text(fact, "review")
    return fact_json(fact) | {
        "version": len(changes), "review": review, "history": [_told(change) for change in changes],
    }  # fmt: skip


def _told(change: Correction) -> dict[str, Any]:
    return {"field": change.field, "old": change.old, "new": change.new, "author": change.author, "at": change.at}


def _fact(library: Library, fact: str) -> Fact:
    found = library.catalogue.facts(ids=[fact])
    if not found:
        raise NotFound(f"没有数据 {fact!r}。")
    return found[0]
