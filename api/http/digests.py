"""/v1/digests: issues in the making, their checks, their files, and the ledger."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, File, Query, UploadFile
from fastapi.responses import FileResponse, JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from api import issues
from api.http.current import Here
from api.http.files import as_file, uploaded
from api.http.models import Clean
from corpus.codec import decode
from corpus.digests import Digests, Issue, Saved
from corpus.model import Citation, Claim, Span

router = APIRouter(prefix="/v1/digests", tags=["摘编"])

_FAR = 2**31
Id = Annotated[str, StringConstraints(pattern=r"^[\w-]{1,24}$")]


class BeginIn(BaseModel):
    """What to begin with: a theme drafts, without one the issue is empty."""

    model_config = ConfigDict(extra="forbid")

    theme: str = Field(default="", max_length=100, examples=["新就业群体服务"])
    places: list[str] = Field(default=[], max_length=4000)
    title: Clean = Field(default="", max_length=300)
    template: str = Field(default="experience", description="experience、brief、comparison")


class SourceIn(BaseModel):
    """A body span of an article, and what stands there."""

    model_config = ConfigDict(extra="forbid")

    article: str = Field(max_length=64)
    start: int = Field(ge=0, le=_FAR)
    end: int = Field(ge=1, le=_FAR)
    quote: Clean = Field(max_length=20_000)


class DerivationIn(BaseModel):
    """The sum a claim came from."""

    operation: str = Field(max_length=40)
    inputs: list[str] = Field(default=[], max_length=5000)
    result: str = Field(max_length=100)
    unit: str | None = Field(default=None, max_length=40)
    expression: Clean = Field(default="", max_length=20_000)


class StatedIn(BaseModel):
    """A claim of an answer in its words, and by which of its entry's sources (from 0) it is carried."""

    model_config = ConfigDict(extra="forbid")

    text: Clean = Field(max_length=20_000)
    sources: list[Annotated[int, Field(ge=0)]] = Field(default=[], max_length=500)
    derivation: DerivationIn | None = None


class EntryIn(BaseModel):
    """One item."""

    model_config = ConfigDict(extra="forbid")

    id: Id
    heading: Clean = Field(default="", max_length=300)
    text: Clean = Field(default="", max_length=50_000)
    unit: Clean = Field(default="", max_length=100)
    place: str | None = Field(default=None, pattern=r"^\d{6}$")
    sources: list[SourceIn] = Field(default=[], max_length=500)
    claims: list[StatedIn] = Field(default=[], max_length=500)


class SectionIn(BaseModel):
    """A heading and its entries."""

    model_config = ConfigDict(extra="forbid")

    id: Id
    heading: Clean = Field(default="", max_length=300)
    entries: list[EntryIn] = Field(default=[], max_length=2000)


class IssueIn(BaseModel):
    """An issue as a page sends it; its parts as in ``Issue``."""

    model_config = ConfigDict(extra="forbid")

    title: Clean = Field(max_length=300)
    template: Literal["experience", "brief", "comparison"] = "experience"
    masthead: Clean = Field(default="", max_length=100)
    number: Clean = Field(default="", max_length=60)
    issuer: Clean = Field(default="", max_length=100)
    dated: str = Field(default="", pattern=r"^(\d{4}-\d{2}-\d{2})?$")
    recipients: Clean = Field(default="", max_length=500)
    published: bool = False
    sections: list[SectionIn] = Field(default=[], max_length=200)

    @model_validator(mode="after")
    def _each_id_once(self) -> IssueIn:
        ids = [s.id for s in self.sections] + [e.id for s in self.sections for e in s.entries]
        if len(ids) != len(set(ids)):
            raise ValueError("twice")
        return self

    def issue(self) -> Issue:
        """As it is kept."""
        return decode(Issue, self.model_dump())


class SaveIn(BaseModel):
    """A new state of an issue over version ``version``."""

    model_config = ConfigDict(extra="forbid")

    version: int = Field(ge=1, le=_FAR)
    issue: IssueIn


class PassageIn(BaseModel):
    """A passage of an article's body."""

    model_config = ConfigDict(extra="forbid")

    article: str
    start: int = Field(ge=0)
    end: int = Field(ge=1)


class GatherIn(PassageIn):
    """A passage, further ones for the same entry, and the entry's heading and text where they are to be others."""

    more: list[PassageIn] = Field(default=[], max_length=499)
    heading: Clean = Field(default="", max_length=300, description="条目标题；不写为文章标题")
    text: Clean = Field(default="", max_length=50_000, description="条目正文；不写为原文")
    section: str = Field(default="", max_length=24, description="收进哪一节（id）；不写为本省的一节，没有就是最后一节")


class ClaimIn(BaseModel):
    """A claim in the form of ``/v1/ask``."""

    text: Clean = Field(max_length=20_000)
    place: str | None = Field(default=None, pattern=r"^\d{6}$")
    citations: list[int] = Field(default=[], max_length=500)
    derivation: DerivationIn | None = None


class CitationIn(BaseModel):
    """A citation in the form of ``/v1/ask``."""

    n: int
    article: str = Field(max_length=64)
    quote: Clean = Field(max_length=20_000)
    start: int = Field(le=_FAR)
    end: int = Field(le=_FAR)
    field: Literal["body", "title", "column", "source_line", "caption"] = "body"


class ClaimsIn(BaseModel):
    """Claims of an answer with its citations; the question heads what is of no place."""

    question: Clean = Field(default="", max_length=300)
    claims: list[ClaimIn] = Field(min_length=1, max_length=500)
    citations: list[CitationIn] = Field(default=[], max_length=500)
    section: str = Field(default="", max_length=24, description="收进哪一节（id）；不写为本省的一节，没有就是最后一节")


class SentenceIn(BaseModel):
    """A sentence of an entry, the words to search by where they are others, and the entry's place."""

    sentence: Clean = Field(min_length=1, max_length=2000)
    query: Clean = Field(default="", max_length=2000)
    place: str | None = Field(default=None, pattern=r"^\d{6}$")


class OfferedOut(BaseModel):
    """A sentence of an article; ``carries``: it carries what is to be cited."""

    article: str
    start: int
    end: int
    quote: str
    title: str
    name: str
    published_on: str | None
    place: str | None
    adcode: str | None
    unit: str
    carries: bool


class SourcesOut(BaseModel):
    """Sentences offered, those that carry it first."""

    items: list[OfferedOut]


class ExportIn(BaseModel):
    """In which form, as which file."""

    form: str = Field(default="clean", description="clean 清样、proof 校核稿")
    format: str = Field(default="docx", description="docx、md、html")
    standard: Literal["2025", "2015"] = Field(default="2025", description="GB/T 7714 的版本")


class DigestOut(BaseModel):
    """An issue with its checks."""

    model_config = ConfigDict(extra="allow")

    id: str
    version: int
    changed_at: str
    issue: Issue
    checks: dict[str, list[dict[str, Any]]]
    characters: int


@router.get("", summary="摘编一览")
def digests(library: Here) -> JSONResponse:
    """Every issue, the last changed first."""
    return JSONResponse({"items": [_listed(each) for each in Digests(library.catalogue.engine).all()], "next": None})


@router.post("", summary="新建摘编；给出主题即按做法起草", status_code=201, response_model=DigestOut)
def begin(asked: BeginIn, library: Here) -> Response:
    """A new issue."""
    saved = issues.begin(library, asked.theme, asked.places, asked.title, asked.template)
    return JSONResponse(issues.shown(library, saved), 201, headers={"Location": f"/v1/digests/{saved.id}"})


@router.post("/sources", summary="为一句话找出处", response_model=SourcesOut)
def offered_sources(asked: SentenceIn, library: Here) -> Response:
    """Sentences of the library that a sentence may be cited from."""
    found = issues.offered_sources(library, asked.sentence, asked.query, asked.place)
    return JSONResponse({"items": found})


@router.get("/{digest}", summary="一份摘编，每句标明是否与原文一致", response_model=DigestOut)
def one(digest: str, library: Here) -> Response:
    """One issue with its checks."""
    return JSONResponse(issues.shown(library, Digests(library.catalogue.engine).get(digest)))


@router.put("/{digest}", summary="保存摘编；别处改过则不覆盖", response_model=DigestOut)
def save(digest: str, asked: SaveIn, library: Here) -> Response:
    """Save a new state."""
    saved = Digests(library.catalogue.engine).save(digest, asked.issue.issue(), asked.version)
    return JSONResponse(issues.shown(library, saved))


@router.delete("/{digest}", summary="删除摘编", status_code=204)
def delete(digest: str, library: Here) -> Response:
    """Take one out."""
    Digests(library.catalogue.engine).delete(digest)
    return Response(status_code=204)


@router.post("/{digest}/passages", summary="把一段原文收进摘编", response_model=DigestOut)
def add_passages(digest: str, asked: GatherIn, library: Here) -> Response:
    """Gather passages as an entry."""
    passages = [(each.article, Span(each.start, each.end)) for each in (asked, *asked.more)]
    saved = issues.add_passages(
        library, digest, passages, heading=asked.heading, text=asked.text, section=asked.section
    )
    return JSONResponse(issues.shown(library, saved))


@router.post("/{digest}/claims", summary="把回答中的句子连同出处收进摘编，一地一条", response_model=DigestOut)
def add_claims(digest: str, asked: ClaimsIn, library: Here) -> Response:
    """Gather claims of an answer, an entry a place."""
    claims = [decode(Claim, each.model_dump()) for each in asked.claims]
    citations = [Citation(title="", place=None, name="", **each.model_dump()) for each in asked.citations]
    saved = issues.add_claims(library, digest, claims, citations, asked.question, asked.section)
    return JSONResponse(issues.shown(library, saved))


@router.get("/{digest}/file", summary="清样或校核稿", response_class=FileResponse)
def export(digest: str, asked: Annotated[ExportIn, Query()], library: Here) -> Response:
    """The issue as a file."""
    saved = Digests(library.catalogue.engine).get(digest)
    name = f"{saved.issue.title}（{issues.FORMS.get(asked.form, '')}）.{asked.format}"
    return as_file(name, lambda path: issues.write(library, saved, path, asked.form, asked.standard))


@router.post("/{digest}/revised", summary="导回在 Word 或 WPS 中改过的文件", response_model=DigestOut)
def bring_back(digest: str, file: Annotated[UploadFile, File()], library: Here) -> Response:
    """Take over what an edited .docx says otherwise."""
    with uploaded(file) as path:
        saved, found = issues.bring_back(library, digest, path)
    told = {
        "changed": found.changed, "added": found.added, "headings": found.headings, "moved": found.moved,
        "kept": list(found.kept), "missing": list(found.missing), "left": list(found.left),
    }  # fmt: skip
    return JSONResponse(issues.shown(library, saved) | told)


def _listed(saved: Saved) -> dict[str, Any]:
    issue = saved.issue
    return {
        "id": saved.id, "title": issue.title, "template": issue.template, "number": issue.number, "dated": issue.dated,
        "published": issue.published, "version": saved.version, "changed_at": saved.changed_at,
        "entries": len(issue.entries),
        "sections": [{"id": section.id, "heading": section.heading} for section in issue.sections],
    }  # fmt: skip
