"""/v1/search, /v1/articles/{article}: passages found, and one article."""

from __future__ import annotations

import time
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, Response

from api.http.current import Here
from api.http.models import ArticleBodyOut, HitsOut, SearchIn
from api.library import Library
from api.shapes import Json, article_json, hit_json

router = APIRouter(prefix="/v1")


@router.post("/search", summary="按词和意思检索段落", tags=["检索"], response_model=HitsOut)
def search(asked: SearchIn, library: Here) -> Response:
    """Passages that speak to a query."""
    return JSONResponse(_hits(library, asked))


@router.get("/search", summary="按词和意思检索段落", tags=["检索"], response_model=HitsOut)
def search_by_address(asked: Annotated[SearchIn, Query()], library: Here) -> Response:
    """The same with everything in the address."""
    return JSONResponse(_hits(library, asked))


@router.get("/articles/{article}", summary="一篇文章及其正文", tags=["资料"], response_model=ArticleBodyOut)
def article(article: str, library: Here) -> Response:
    """One article with its body."""
    return JSONResponse(article_json(library.article(article), body=True))


def _hits(library: Library, asked: SearchIn) -> Json:
    if not library.catalogue.counts()["passage"]:
        return {"hits": [], "ms": 0.0, "lexical_only": library.encoder is None}
    started = time.perf_counter()
    hits = library.search(
        asked.query, asked.k, place=asked.places or asked.place, since=asked.since, until=asked.until, mode=asked.mode
    )
    spent = (time.perf_counter() - started) * 1000
    outlines = library.catalogue.outlines({h.passage.article for h in hits})
    rows = [hit_json(hit, outlines[hit.passage.article]) for hit in hits]
    return {"hits": rows, "ms": round(spent, 1), "lexical_only": library.searcher.lexical_only}
