"""/v1/places: the places of a library as a tree with what it holds of each; a name resolved."""

from __future__ import annotations

from collections import defaultdict
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from api.http.current import Here
from api.http.lists import Place
from api.library import Library
from api.shapes import Json, place_json
from corpus import model
from corpus.errors import UsageError
from corpus.holdings import Held, held_by_place
from corpus.reading import Holding


class PlacesIn(BaseModel):
    """Which places: a name to resolve, some places, or without either all."""

    model_config = ConfigDict(extra="forbid")

    q: Place | None = Field(default=None, description="要确定的地名、简称或代码", examples=["三都县"])
    place: list[Place] | None = Field(default=None, max_length=4000, description="只看这些地方，按所给先后；可写多次")


class NodeOut(BaseModel):
    """A place with what is held of it and of all below; ``own_articles`` are about itself, not about one below."""

    adcode: str
    name: str
    path: list[str]
    level: str
    detail: str | None
    parent: str | None
    documents: int
    articles: int
    facts: int
    practices: int
    first: str | None
    last: str | None
    mentioned: bool
    own_articles: int
    children: list[NodeOut]


class PlacesOut(BaseModel):
    """Provinces with their places below in code order; of a name the places it may mean, and which it does."""

    items: list[NodeOut]
    resolved: str | None


router = APIRouter(prefix="/v1", tags=["资料"])


@router.get("/places", summary="资料库里有哪些地方，各有多少材料", response_model=PlacesOut)
def places(asked: Annotated[PlacesIn, Query()], library: Here) -> Response:
    """The tree of places, some places, or what a name means."""
    if asked.q and asked.place:
        raise UsageError("q 和 place 只能用一个。")
    own = held_by_place(library.catalogue.engine)
    if asked.q:
        return JSONResponse(_resolved(library, asked.q, own))
    if asked.place is not None:
        found = [_node(library, library.resolve(name), own) for name in asked.place]
        return JSONResponse({"items": found, "resolved": None})
    return JSONResponse({"items": tree(library, own), "resolved": None})


def tree(library: Library, own: dict[str, Held]) -> list[Json]:
    """The provinces with what is held of each place, those below as ``children``."""
    whole: dict[str, Held] = defaultdict(Held)
    children: dict[str | None, set[str]] = defaultdict(set)
    for adcode, held in own.items():
        at: str | None = adcode
        while at is not None:
            whole[at].add(held)
            above = library.gazetteer.parent(at)
            children[above].add(at)
            at = above

    def nodes(parent: str | None) -> list[Json]:
        return [
            _shown(library, library.gazetteer.place(code), whole[code].counted(), own.get(code), nodes(code))
            for code in sorted(children[parent])
        ]

    return nodes(None)


def _resolved(library: Library, name: str, own: dict[str, Held]) -> Json:
    candidates = library.gazetteer.candidates(name)
    try:
        meant = library.resolve(name)
    except UsageError:
        return {"items": [_node(library, place, own) for place in candidates], "resolved": None}
    others = [place for place in candidates if place.adcode != meant.adcode]
    return {"items": [_node(library, place, own) for place in (meant, *others)], "resolved": meant.adcode}


def _node(library: Library, place: model.Place, own: dict[str, Held]) -> Json:
    whole = Held()
    for code in (place.adcode, *library.gazetteer.descendants(place.adcode)):
        if code in own:
            whole.add(own[code])
    return _shown(library, place, whole.counted(), own.get(place.adcode), [])


def _shown(library: Library, place: model.Place, held: Holding, own: Held | None, children: list[Json]) -> Json:
    shown = place_json(place)
    assert shown is not None
    return shown | {
        "parent": library.gazetteer.parent(place.adcode), "documents": held.documents, "articles": held.articles,
        "facts": held.facts, "practices": held.practices, "first": held.first, "last": held.last,
        "mentioned": held.mentioned, "own_articles": own.articles if own else 0, "children": children,
    }  # fmt: skip
