"""/v1/articles, /v1/facts, /v1/practices: lists of a library, a page at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.http.current import Here
from api.http.models import ArticleOut, FactOut, PlaceOut
from api.library import Library
from api.shapes import Json, article_json, fact_json, practice_json
from corpus.doubts import CONTRADICTED, KINDS
from corpus.errors import UsageError
from corpus.model import Fact, Practice
from corpus.paging import At, Page, WantedArticles, WantedFacts, WantedPractices
from corpus.retold import folded, retold

Place = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Year = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
ArticleKind = Literal["work_report", "notice", "practice", "news", "policy", "other"]
FactStatus = Literal["done", "ongoing", "planned", "capacity", "background"]
FactLevel = Literal["national", "province", "prefecture", "county", "township", "community", "organisation"]
PracticeKind = Literal[
    "named_method", "mechanism", "platform_site", "team_brand", "campaign", "policy_document", "unnamed"
]


class Paged(BaseModel):
    """Which page of a list."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    cursor: str | None = Field(default=None, max_length=200, description="上一页给出的 next")
    limit: int = Field(default=50, ge=1, le=1000, description="每页几项")

    @property
    def at(self) -> At:
        """As the catalogue reads it."""
        return At(self.cursor, self.limit)


class Placed(Paged):
    """Which page of a list, of which places."""

    place: list[Place] | None = Field(
        default=None, max_length=4000, description="地名、简称或行政区划代码，含其下各地；可写多次",
        examples=[["三都水族自治县"]],
    )  # fmt: skip


class ArticlesIn(Placed):
    """Which articles."""

    q: Words = Field(default="", description="标题、正文或文件名里的词，空格隔开，都要有", examples=["驿站"])
    kind: ArticleKind | None = Field(default=None, description="类型")
    column: str | None = Field(default=None, max_length=200, description="栏目")
    year: Year | None = Field(default=None, description="发布的年、年月或日", examples=["2026"])
    document: str | None = Field(default=None, max_length=64, description="文件编号")
    body: bool = Field(default=False, description="连同正文")


class FactsIn(Placed):
    """Which facts."""

    indicator: str | None = Field(
        default=None, max_length=200, description="指标的编号、名称，或名称中的字", examples=["site.stations"]
    )
    status: FactStatus | None = Field(default=None, description="状态")
    q: Words = Field(default="", description="对象、动作或原句里的词，空格隔开，都要有", examples=["驿站"])
    flag: str | None = Field(default=None, pattern=r"^[a-z_]{1,40}$", description="带有的标记", examples=["no_period"])
    level: FactLevel | None = Field(default=None, description="主体层级")
    year: Year | None = Field(default=None, description="截止的年、年月或日；没写时间的按发布日期", examples=["2026"])
    article: str | None = Field(default=None, max_length=64, description="文章编号")
    document: str | None = Field(default=None, max_length=64, description="文件编号")
    sort: Literal["text", "doubt", "conflict"] = Field(
        default="text", description="text 按文件、文章和先后；doubt 互相矛盾的在前，其次存疑的；conflict 只要互相矛盾的"
    )


class PracticesIn(Placed):
    """Which practices."""

    theme: str | None = Field(default=None, max_length=60, description="主题", examples=["基层治理"])
    kind: PracticeKind | None = Field(default=None, description="类型")


class ArticlesOut(BaseModel):
    """One page; ``next`` is the cursor of the next, ``total`` is told on the first."""

    items: list[ArticleOut]
    next: str | None
    total: int | None


class FactsOut(BaseModel):
    """One page; ``next`` is the cursor of the next, ``total`` is told on the first."""

    items: list[FactOut]
    next: str | None
    total: int | None


class MemberOut(BaseModel):
    """A named part of a practice."""

    text: str
    start: int
    end: int


class PracticeOut(BaseModel):
    """A way of working; spans are body offsets, ``same_as`` the ids of it in other articles."""

    model_config = ConfigDict(extra="allow")

    id: str
    article: str
    document: str
    name: str
    practice: str
    aliases: list[str]
    kind: PracticeKind
    claimed_count: list[int]
    members: list[MemberOut]
    place: PlaceOut | None
    themes: list[str]
    spans: list[tuple[int, int]]
    problem: list[tuple[int, int]]
    measures: list[tuple[int, int]]
    results: list[tuple[int, int]]
    source_spans: dict[str, list[Any]]
    same_as: list[str]
    flags: list[str]


class PracticesOut(BaseModel):
    """One page; ``next`` is the cursor of the next, ``total`` is told on the first."""

    items: list[PracticeOut]
    next: str | None
    total: int | None


router = APIRouter(prefix="/v1", tags=["资料"])


@router.get("/articles", summary="资料库里的文章", response_model=ArticlesOut)
def articles(asked: Annotated[ArticlesIn, Query()], library: Here) -> Response:
    """A page of articles, in order of document and position."""
    wanted = WantedArticles(
        library.scope(asked.place), tuple(asked.q.split()), asked.kind, asked.column, asked.year, asked.document
    )
    page = library.catalogue.article_page(wanted, asked.at)
    return _response(page, [article_json(a, body=asked.body) for a in page.items])


@router.get("/facts", summary="从文章中提取的数据", response_model=FactsOut)
def facts(asked: Annotated[FactsIn, Query()], library: Here, request: Request) -> Response:
    """A page of facts, in order of document, article and position, or of doubt."""
    page, kinds = fact_page(library, asked, request)
    return _response(page, [fact_json(f) | ({"doubt": kinds[f.id]} if kinds else {}) for f in page.items])


@router.get("/practices", summary="从文章中提取的做法", response_model=PracticesOut)
def practices(asked: Annotated[PracticesIn, Query()], library: Here) -> Response:
    """A page of practices, in order of document, article and position."""
    wanted = WantedPractices(library.scope(asked.place), asked.theme, asked.kind)
    page = library.catalogue.practice_page(wanted, asked.at)
    return _response(page, shown(library, page.items))


@router.get("/articles/{article}/practices", summary="一篇文章里的做法", response_model=PracticesOut)
def practices_of(article: str, asked: Annotated[Paged, Query()], library: Here) -> Response:
    """The practices that an article tells."""
    library.article(article)
    page = library.catalogue.practice_page(WantedPractices(article=article), asked.at)
    return _response(page, shown(library, page.items))


def fact_page(library: Library, asked: FactsIn, request: Request) -> tuple[Page[Fact], dict[str, str | None]]:
    """A page of facts, and where they are sorted by doubt the kind of doubt of each.

    Those that contradict each other are found by their doubt, and stand in its order.
    """
    wanted = wanted_facts(library, asked)
    if asked.sort == "text" and asked.flag != CONTRADICTED:
        return library.catalogue.fact_page(wanted, asked.at), {}
    kinds = request.app.state.remembered(library, wanted, lambda: library.catalogue.doubtful(wanted))
    if asked.sort == "conflict":
        kinds = {fact: kind for fact, kind in kinds.items() if kind == KINDS[0]}
    return _by_doubt(library, kinds, asked.at), kinds


def wanted_facts(library: Library, asked: FactsIn) -> WantedFacts:
    """The facts that a request asks for."""
    indicators = library.indicators_asked(asked.indicator) or (asked.indicator,) if asked.indicator else ()
    return WantedFacts(
        library.scope(asked.place), indicators, asked.status, tuple(asked.q.split()), asked.flag, asked.level,
        asked.year, asked.article, asked.document,
    )  # fmt: skip


def shown(library: Library, practices: Sequence[Practice]) -> list[Json]:
    """Practices in the contract's shape, with where else they are told."""
    bodies = {a.id: a for a in library.catalogue.articles({p.article for p in practices})}
    names = {name for p in practices for name in (p.practice, folded(p.practice))}
    again = retold(library.catalogue.practices_named(sorted(names)))
    return [practice_json(p, bodies[p.article], again.get(p.id, ())) for p in practices]


def _by_doubt(library: Library, kinds: Mapping[str, str | None], at: At) -> Page[Fact]:
    """A page of facts in order of the kinds of their doubts.

    Raises:
        UsageError: the cursor's fact is gone.
    """
    ids = list(kinds)
    start = 0
    if at.cursor is not None:
        if at.cursor not in kinds:
            raise UsageError(f"游标 {at.cursor!r} 已失效（资料库有变动或筛选条件不同），请从第一页重新读取。")
        start = ids.index(at.cursor) + 1
    chosen = ids[start : start + at.limit]
    following = chosen[-1] if start + at.limit < len(ids) else None
    found = tuple(library.catalogue.facts_by_id(chosen))
    return Page(found, following, len(ids) if at.cursor is None else None)


def _response(page: Page[Any], items: list[Json]) -> JSONResponse:
    return JSONResponse({"items": items, "next": page.next, "total": page.total})
