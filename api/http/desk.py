"""/v1/desk: what the web pages list and count beyond the contract's own lists."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Literal

from fastapi import APIRouter, File, Query, Request, UploadFile
from fastapi.responses import FileResponse, JSONResponse, Response
from pydantic import BaseModel, Field, model_validator

from answer.reference import told_by
from answer.say import name_of
from api.answer_files import ANSWER, Grid, Told, write_answer
from api.http.corrections import desk_json
from api.http.current import Here, Remembered
from api.http.files import as_file, named, uploaded
from api.http.lists import FactsIn, fact_page
from api.http.models import Clean, TableOut
from api.issues import unverified
from api.library import Library
from api.shapes import Json, article_json, link_json, practice_json, references_json, source_json
from corpus.desk import Desk, Facet, with_places_in
from corpus.doubts import KINDS
from corpus.errors import ReadError, UsageError
from corpus.files import is_workbook
from corpus.holdings import held_by_place
from corpus.labels import ATTENTION, EVIDENCE, FLAG, KIND, LINK, STATE, marking
from corpus.links import Link
from corpus.model import Article, Fact, Span
from corpus.paging import At, WantedArticles, WantedFacts
from corpus.retire import GONE
from extract.sentences import sentences
from ingest.render import can_render

router = APIRouter(prefix="/v1/desk", tags=["网页"])

_TOP = 12
_NEWEST = 6
_CHANGES, _AROUND = 20, 12
"""Differences of two articles that are told, and characters on either side of each."""
_MOST_DOUBTS = 50_000
"""Facts beyond which nobody counts those that contradict each other."""


class ArticlesIn(BaseModel):
    """Which articles."""

    q: str = Field(default="", max_length=200, description="标题、正文或文件名中的字")
    place: str | None = Field(default=None, max_length=60)
    column: str | None = Field(default=None, max_length=200)
    kind: str | None = Field(default=None, max_length=20)
    year: str | None = Field(default=None, max_length=4)
    name: str | None = Field(default=None, max_length=300, description="文件名")
    flag: str | None = Field(default=None, max_length=30)
    attention: str | None = Field(
        default=None, max_length=30, description="需要看一看的：doubtful、unplaced、undated、copies、alike"
    )
    practice: str | None = Field(default=None, max_length=300, description="写到这一做法的")
    document: str | None = Field(default=None, max_length=64)
    source: str | None = Field(default=None, max_length=300, description="来源，如文中所写")
    sort: Literal["newest", "oldest", "received", "place"] = Field(
        default="newest", description="newest 新的在前，oldest 旧的在前，received 新近导入的在前，place 按行政区划"
    )
    cursor: str | None = Field(default=None, max_length=64)
    limit: int = Field(default=50, ge=1, le=200)

    def wanted(self, library: Library) -> WantedArticles:
        """What is asked for."""
        scope, words = library.scope(self.place or None), tuple(self.q.split())
        return WantedArticles(
            scope, words, self.kind, self.column, self.year, self.document, self.name, self.flag, self.attention,
            self.practice, self.source,
        )  # fmt: skip


@router.get("/overview", summary="资料库里有什么，什么需要看一看")
def overview(library: Here, request: Request) -> JSONResponse:
    """Counts, years, places, practices, the newest articles, what needs attention."""
    remembered: Remembered = request.app.state.remembered
    return JSONResponse(remembered(library, "overview", lambda: _overview(library, remembered)))


def _overview(library: Library, remembered: Remembered) -> Json:
    desk, counts = Desk(library.catalogue.engine), library.catalogue.counts()
    return {
        "counts": counts, "years": [{"year": y, "articles": n} for y, n in desk.years()],
        "places": _tree(library), "attention": desk.attention(), "unreviewed": desk.unreviewed(),
        "conflicting": _conflicting(library, remembered) if counts["fact"] <= _MOST_DOUBTS else None,
        "digests": [{"id": s.id, "title": s.issue.title, "unverified": n} for s, n in unverified(library)],
        "practices": [{"practice": name, "articles": n} for name, n in desk.named_practices(_TOP)],
        "newest": [_listed(a) for a in desk.latest(_NEWEST)],
    }  # fmt: skip


def _conflicting(library: Library, remembered: Remembered) -> int:
    """How many facts contradict others."""
    wanted = WantedFacts(library.scope(None))
    kinds = remembered(library, wanted, lambda: library.catalogue.doubtful(wanted))
    return sum(kind == KINDS[0] for kind in kinds.values())


@router.get("/articles", summary="按地方、栏目、类别、年份、来源筛选文章")
def articles(asked: Annotated[ArticlesIn, Query()], library: Here) -> JSONResponse:
    """A page of articles."""
    found = Desk(library.catalogue.engine).articles(asked.wanted(library), At(asked.cursor, asked.limit), asked.sort)
    words = asked.q.split()
    whole = library.catalogue.articles([a.id for a in found.items]) if words else []
    told = {a.id: _told_with(a, words) for a in whole}
    items = [_listed(a) | {"told": told.get(a.id)} for a in found.items]
    return JSONResponse({"items": items, "next": found.next, "total": found.total})


def _told_with(article: Article, words: Sequence[str]) -> Json | None:
    """The first sentence of a body that has the most of some words; None where none has any."""
    spans = [(sum(w in span.of(article.body) for w in words), span) for span in sentences(article.body)]
    most, best = max(spans, key=lambda each: each[0], default=(0, None))
    return {"text": best.of(article.body), "start": best.start, "end": best.end} if most and best else None


@router.get("/facets", summary="各栏目、类别、年份、来源、标记各有几篇")
def facets(asked: Annotated[ArticlesIn, Query()], library: Here, request: Request) -> JSONResponse:
    """How many of the chosen articles have each value."""
    labels = {"kind": KIND, "flag": FLAG, "attention": ATTENTION}
    wanted, remembered = asked.wanted(library), request.app.state.remembered
    found: dict[str, list[Facet]] = remembered(library, wanted, lambda: Desk(library.catalogue.engine).facets(wanted))
    told: dict[str, list[Json]] = {}
    for facet, values in found.items():
        names = _names(library, facet, values) or labels.get(facet, {})
        told[facet] = [{"value": v.value, "count": v.count, "label": names.get(v.value, v.value)} for v in values]
    return JSONResponse(told)


@router.get("/states", summary="各种状态的文件各有几个")
def states(library: Here, q: Annotated[str, Query(max_length=200, description="文件名中的字")] = "") -> JSONResponse:
    """How many files are in each state."""
    found = Desk(library.catalogue.engine).states(q)
    return JSONResponse({"state": [{"value": s.value, "count": s.count, "label": STATE[s.value]} for s in found]})


@router.get("/facts", summary="数据，附版本和核实情况")
def facts(asked: Annotated[FactsIn, Query()], library: Here, request: Request) -> JSONResponse:
    """A page of facts as the desk edits them."""
    page, kinds = fact_page(library, asked, request)
    changes = library.catalogue.corrections([f.id for f in page.items])
    kinds = kinds or library.catalogue.doubts_of(page.items)
    items = [desk_json(f, changes.get(f.id, [])) | {"doubt": kinds[f.id]} for f in page.items]
    return JSONResponse({"items": items, "next": page.next, "total": page.total})


@router.post("/workbook", summary="看改过的工作簿与资料库有何不同；write 为真则写入")
def workbook(
    file: Annotated[UploadFile, File()],
    library: Here,
    write: bool = False,
    author: Annotated[str, Query(max_length=40)] = "",
) -> JSONResponse:
    """What an edited workbook says otherwise; written as corrections where asked."""
    with uploaded(file) as path:
        found = library.import_workbook(path, write=write, author=author)
    facts = {f.id: f for f in library.catalogue.facts(ids={d.fact for d in found.differences})}
    told = [asdict(d) | _which(facts[d.fact]) for d in found.differences]
    return JSONResponse({"differences": told, "written": found.written, "problems": list(found.problems)})


def _which(fact: Fact) -> Json:
    """Which figure it is, and the words around it."""
    from extract.workbook import excerpt

    told = {"place": name_of(fact.place) if fact.place else None, "indicator_name": fact.indicator_name}
    return told | {"text": fact.quantity.surface, "sentence": excerpt(fact)}


@router.post("/places", summary="读一份地方名单（文本、CSV、XLSX）")
def places(file: Annotated[UploadFile, File()], library: Here) -> JSONResponse:
    """The places of a list in its order, and the lines that name none."""
    from api.places import read_places

    with uploaded(file) as path:
        listed = read_places(str(path), library)
    told = [{"adcode": place.adcode, "name": name_of(place)} for place in listed.places]
    return JSONResponse({"items": told, "problems": list(listed.problems)})


@router.get("/codebook", summary="编码表的样子：自带的六个方面", response_class=Response)
def codebook_template() -> Response:
    """The built-in codebook as a file to begin with."""
    from answer.codebook import written

    return Response(written().encode("utf-8-sig"), media_type="text/csv; charset=utf-8", headers=named("编码表.csv"))


@router.post("/codebook", summary="读一份编码表（CSV、XLSX）")
def codebook(file: Annotated[UploadFile, File()]) -> JSONResponse:
    """The aspects of a codebook."""
    from answer.codebook import aspects_of, read_aspects
    from ingest.decode import decode

    with uploaded(file) as path:
        try:
            text = None if is_workbook(path) else decode(path.read_bytes(), path.name).text
            aspects = read_aspects(path) if text is None else aspects_of(text)
        except ReadError as exc:
            raise UsageError(f"读不了编码表 {path.name!r}：{exc}") from exc
    return JSONResponse({"items": [asdict(aspect) for aspect in aspects]})


@router.get("/abilities", summary="这台机器能做什么")
def abilities() -> JSONResponse:
    """What is here and what is missing."""
    from api.doctor import examine

    return JSONResponse({"items": [asdict(check) for check in examine()]})


@router.post("/model", summary="试一试语言模型")
def try_model(library: Here) -> JSONResponse:
    """Have the configured model draft a claim."""
    from answer.llm import Evidence
    from api.wiring import chat_model

    model = chat_model(library.settings)
    if model is None:
        raise UsageError("没有配置语言模型。")
    started = time.perf_counter()
    model.draft("某县有几个站点？", [Evidence(1, "某县", "试用", "某县建成站点3个。")])
    return JSONResponse({"told": f"连接正常，用时 {time.perf_counter() - started:.1f} 秒。"})


class NamedTableIn(TableOut):
    """A table, on a sheet or under a heading of its own."""

    name: str = Field(default=ANSWER, min_length=1, max_length=31, pattern=r"^[^\[\]:*?/\\']+$")


class AnswerFileIn(BaseModel):
    """An answer as the page has it, and the ending of the file."""

    question: Clean = Field(max_length=2000)
    text: Clean = Field(max_length=200_000)
    table: NamedTableIn | None = None
    more: list[NamedTableIn] = Field(default=[], max_length=5, description="另外的表")
    caveats: list[Clean] = []
    sources: list[tuple[Annotated[int, Field(ge=1, le=100_000)], Clean, Clean]] = Field(
        default=[], description="编号、出处、原文"
    )
    articles: list[str] = Field(default=[], max_length=10_000, description="所引的文章，其中的密级标志印在文件上")
    format: Literal["docx", "xlsx"] = "docx"

    @model_validator(mode="after")
    def _even(self) -> AnswerFileIn:
        for table in self.tables:
            shape = [len(table.columns)] * len(table.rows)
            if [len(row) for row in table.rows] != shape or [len(row) for row in table.cell_citations] != shape:
                raise ValueError("uneven")
        if len({EVIDENCE, *(each.name for each in self.tables)}) <= len(self.tables):
            raise ValueError("named twice")
        return self

    @property
    def tables(self) -> list[NamedTableIn]:
        """All of its tables in their order."""
        return [*filter(None, [self.table]), *self.more]

    def told(self, library: Library) -> Told:
        """What goes into the file, with the marking of the articles cited."""
        grids = [Grid(each.name, each.columns, each.rows, each.cell_citations) for each in self.tables]
        cited = library.catalogue.outlines(set(self.articles))
        marks = marking(flag for article in cited.values() for flag in article.flags)
        return Told(self.question, self.text, grids, self.caveats, self.sources, marks)


@router.post("/answer-file", summary="把回答存成 Word 或表格", response_class=FileResponse)
def answer_file(told: AnswerFileIn, library: Here) -> Response:
    """An answer as a file."""
    return as_file(f"{ANSWER}.{told.format}", lambda path: write_answer(told.told(library), path))


@router.get("/articles/{article}", summary="一篇文章及其数据、做法、相关文章")
def article(article: str, library: Here) -> Response:
    """An article with everything that was made of it, for the reader."""
    found = library.article(article)
    facts = library.catalogue.facts(articles=[article])
    changes = library.catalogue.corrections([f.id for f in facts])
    document = Desk(library.catalogue.engine).document(found.document)
    return JSONResponse({
        **article_json(found, body=True), "kind_name": KIND[found.kind], "flag_names": _flags(found),
        "facts": [desk_json(f, changes.get(f.id, [])) for f in facts],
        "practices": [practice_json(p, found) for p in library.catalogue.practices(articles=[article])],
        "links": _links(library, found), "references": references_json([found]),
        "pages": document.document.pages if document and can_render(document.document.media_type) else None,
        "gone": document is None or document.state in GONE,
    })  # fmt: skip


@router.get("/articles/{article}/source", summary="正文的一段在原件中的位置")
def source(
    article: str, start: Annotated[int, Query(ge=0)], end: Annotated[int, Query(ge=1)], library: Here
) -> Response:
    """Where a body span lies in the source file: offsets, or page and boxes; null where nowhere."""
    return JSONResponse({"source": source_json(library.article(article).source(Span(start, end)))})


def _listed(article: Article) -> Json:
    shown = article_json(article)
    return shown | {"kind_name": KIND[article.kind], "flag_names": _flags(article)}


def _flags(article: Article) -> list[str]:
    return [FLAG.get(flag, flag) for flag in article.flags]


def _links(library: Library, article: Article) -> list[Json]:
    """The articles linked with one: what they are to it, and where they differ, in its words and in theirs."""
    links = library.links(article.id)
    others = {each.id: each for each in library.catalogue.articles({_other(link, article) for link in links})}
    return [
        link_json(link)
        | {"kind_name": LINK[link.kind], "title": other.title, "id": other.id, "name": other.name}
        | {"older": other.version_of is not None, "changes": _changes(link, article, other)}
        for link in links if (other := others.get(_other(link, article)))
    ]  # fmt: skip


def _other(link: Link, article: Article) -> str:
    return link.other if link.article == article.id else link.article


def _changes(link: Link, article: Article, other: Article) -> list[Json]:
    """The first differences, numbers whole, with what stands around them in the article."""
    found = []
    for each in link.differences[:_CHANGES]:
        here, there = (each.here, each.there) if link.article == article.id else (each.there, each.here)
        before = article.body[max(0, here.start - _AROUND) : here.start].rpartition("\n")[2]
        after = article.body[here.end : here.end + _AROUND].partition("\n")[0]
        head, tail = re.findall(r"\d*$", before)[0], re.findall(r"^\d*", after)[0]
        both = [head + span.of(body) + tail for span, body in ((here, article.body), (there, other.body))]
        around = before[: len(before) - len(head)], after[len(tail) :]
        found.append({"before": around[0], "here": both[0], "there": both[1], "after": around[1]})
    return found


def _tree(library: Library) -> list[Json]:
    """Provinces with articles, each with the library's places in it; these count what is of places in them, too."""
    kinds = ("articles", "facts", "practices")
    own = held_by_place(library.catalogue.engine)
    whole = {kind: with_places_in({code: getattr(held, kind) for code, held in own.items()}) for kind in kinds}
    provinces: dict[str, Json] = {}
    for adcode, held in sorted(own.items()):
        place = library.gazetteer.place(adcode)
        province = provinces.setdefault(place.path[0], {"name": place.path[0], **dict.fromkeys(kinds, 0), "places": []})
        for kind in kinds:
            province[kind] += getattr(held, kind)
        nested = {kind: whole[kind][adcode] for kind in kinds}
        province["places"].append({"adcode": adcode, "name": name_of(place), **nested})
    return [province for province in provinces.values() if province["articles"]]


def _names(library: Library, facet: str, values: Sequence[Facet]) -> dict[str, str]:
    """The names of places, and of who is named as a source."""
    if facet == "place":
        return {v.value: name_of(library.gazetteer.place(v.value)) for v in values}
    return {v.value: told_by(v.value) for v in values} if facet == "source" else {}
