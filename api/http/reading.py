"""/v1/search, /v1/articles, /v1/facts: reading a library. Lists come in pages."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Annotated, Protocol, TypeVar

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, Response

from api.http.current import Here
from api.http.models import ArticleBodyOut, ArticlesIn, ArticlesOut, FactsIn, FactsOut, HitsOut, SearchIn
from api.library import Library
from api.shapes import Json, article_json, fact_json, hit_json
from corpus.errors import UsageError


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


_T = TypeVar("_T", bound=_Identified)

router = APIRouter(prefix="/v1")


@router.post("/search", summary="按词和意思检索段落", tags=["检索"], response_model=HitsOut)
def search(asked: SearchIn, library: Here) -> Response:
    """Passages that speak to a query."""
    return JSONResponse(_hits(library, asked))


@router.get("/search", summary="按词和意思检索段落", tags=["检索"], response_model=HitsOut)
def search_by_address(asked: Annotated[SearchIn, Query()], library: Here) -> Response:
    """The same with everything in the address."""
    return JSONResponse(_hits(library, asked))


@router.get("/articles", summary="资料库里的文章", tags=["资料"], response_model=ArticlesOut)
def articles(asked: Annotated[ArticlesIn, Query()], library: Here) -> Response:
    """A page of articles, in order of document and position."""
    return _page(library.articles(asked.place), asked.cursor, asked.limit, article_json)


@router.get("/articles/{article}", summary="一篇文章及其正文", tags=["资料"], response_model=ArticleBodyOut)
def article(article: str, library: Here) -> Response:
    """One article with its body."""
    return JSONResponse(article_json(library.article(article), body=True))


@router.get("/facts", summary="从文章中提取的数据", tags=["资料"], response_model=FactsOut)
def facts(asked: Annotated[FactsIn, Query()], library: Here) -> Response:
    """A page of facts, in order of document, article and position."""
    found = library.facts(asked.place, asked.indicator, asked.status)
    return _page(found, asked.cursor, asked.limit, fact_json)


def _hits(library: Library, asked: SearchIn) -> Json:
    if not library.catalogue.counts()["passage"]:
        return {"hits": [], "ms": 0.0, "lexical_only": library.encoder is None}
    started = time.perf_counter()
    hits = library.search(
        asked.query, asked.k, place=asked.place, since=asked.since, until=asked.until, mode=asked.mode
    )
    spent = (time.perf_counter() - started) * 1000
    outlines = library.catalogue.outlines({h.passage.article for h in hits})
    rows = [hit_json(hit, outlines[hit.passage.article]) for hit in hits]
    return {"hits": rows, "ms": round(spent, 1), "lexical_only": library.searcher.lexical_only}


def _page(items: Sequence[_T], cursor: str | None, limit: int, shape: Callable[[_T], Json]) -> JSONResponse:
    start = 0
    if cursor is not None:
        start = next((i for i, item in enumerate(items, 1) if item.id == cursor), -1)
        if start < 0:
            raise UsageError(f"游标 {cursor!r} 已失效（资料库有变动或筛选条件不同），请从第一页重新读取。")
    shown = items[start : start + limit]
    more = start + limit < len(items)
    return JSONResponse({"items": [shape(item) for item in shown], "next": shown[-1].id if more else None})
