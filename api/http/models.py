"""The contract's shapes as pydantic models: requests are checked by them, responses described (OpenAPI)."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from api.asking import AspectIn, PlanIn

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
_UNPRINTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
Clean = Annotated[str, AfterValidator(lambda text: _UNPRINTED.sub("", text))]
"""Text without the characters that no file of text or Word may hold; they come in by pasting."""
Mode = Literal["hybrid", "dense", "lexical"]


_PLACE = "地名、简称或行政区划代码，含其下各地"


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Out(BaseModel):
    model_config = ConfigDict(extra="allow")


class AskIn(_In):
    """A question; ``llm`` is ``none`` or a model's name."""

    question: Text = Field(description="问题", examples=["各地选派了多少名党建指导员？"])
    llm: str | None = Field(default=None, max_length=200, description="none 不用语言模型，或写模型名")
    places: list[Text] | None = Field(
        default=None, max_length=4000, description="只看这些地方（地名或代码，含其下各地）"
    )
    plan: PlanIn | None = Field(default=None, description="改过的计划：只写改了的项，或把答案里的 plan 改后整个送回")
    previous: list[Text] = Field(default_factory=list, max_length=20, description="前面问过的问题，最近的在最后")
    aspects: list[str | AspectIn] | None = Field(default=None, max_length=20, description="要分开列出的方面")


class SearchIn(_In):
    """What to look for, and where."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    query: Text = Field(description="要找的内容", examples=["新就业群体驿站"])
    k: int = Field(default=10, ge=1, le=100, description="给几段")
    place: str | None = Field(default=None, description=_PLACE)
    places: list[Text] | None = Field(default=None, max_length=4000, description="或一批地方")
    since: str | None = Field(default=None, alias="from", description="起始日期", examples=["2026-01-01"])
    until: str | None = Field(default=None, alias="to", description="截止日期", examples=["2026-06-30"])
    mode: Mode = "hybrid"


class PlaceOut(_Out):
    """An administrative division."""

    adcode: str
    name: str
    path: list[str]
    level: str
    detail: str | None = None


class PeriodOut(_Out):
    """When, and how known."""

    text: str | None
    start: str | None
    end: str | None
    basis: str


class PlanOut(_Out):
    """How the question was read; places are adcodes."""

    operation: str
    places: list[str]
    indicators: list[str]
    aspects: list[str]
    period: PeriodOut | None


class DerivationOut(_Out):
    """Arithmetic over facts."""

    operation: str
    inputs: list[str]
    result: str
    unit: str | None
    expression: str


class ClaimOut(_Out):
    """One statement with the numbers of its citations."""

    text: str
    place: str | None
    citations: list[int]
    derivation: DerivationOut | None
    verified: bool


class CitationOut(_Out):
    """``quote`` is ``field[start:end]`` of the article, in code points."""

    n: int
    article: str
    title: str
    place: str | None
    name: str
    page: int | None
    field: Literal["body", "title", "column", "source_line", "caption"]
    quote: str
    start: int
    end: int


class TableOut(_Out):
    """Cells as text, and the citation numbers of each."""

    columns: list[str]
    rows: list[list[str]]
    cell_citations: list[list[list[int]]]


class CoverageOut(_Out):
    """How far the answer looked; places are adcodes."""

    places_in_library: int
    places_asked: list[str]
    places_with_evidence: list[str]
    places_without: list[str]


class NamedOut(_Out):
    """A label and what stands behind it."""

    label: str
    text: str


class AnswerOut(_Out):
    """A cited answer or a refusal.

    ``reading`` is the plan in words, ``names`` the name of each adcode used,
    ``references`` how to cite each article.
    """

    question: str
    mode: Literal["extractive", "llm"]
    plan: PlanOut
    refused: bool
    reason: str | None
    text: str
    claims: list[ClaimOut]
    citations: list[CitationOut]
    table: TableOut | None
    coverage: CoverageOut
    caveats: list[str]
    ms: float
    reading: list[NamedOut]
    names: dict[str, str]
    references: dict[str, dict[str, str | None]]


class HitOut(_Out):
    """A passage found."""

    rank: int
    score: float
    article: str
    title: str
    place: PlaceOut | None
    text: str
    start: int
    end: int
    name: str


class HitsOut(_Out):
    """Passages, best first."""

    hits: list[HitOut]
    ms: float
    lexical_only: bool


class ArticleOut(_Out):
    """An article; ``places`` are all it speaks of."""

    id: str
    document: str
    name: str
    column: str | None
    title: str
    subtitle: str | None
    kind: str
    place: PlaceOut | None
    places: list[PlaceOut]
    issuer: str | None
    source_line: str | None
    published_on: str | None
    chars: int
    duplicate_of: str | None
    flags: list[str]


class CaptionOut(_Out):
    """A picture's caption; ``at`` is the body offset where it stood."""

    text: str
    at: int


class ArticleBodyOut(ArticleOut):
    """An article with its body; ``repeats`` are body spans that say again what stood before."""

    body: str
    captions: list[CaptionOut]
    repeats: list[tuple[int, int]]


class FactOut(_Out):
    """A number with what it is about."""

    id: str
    article: str
    name: str
    indicator: str
    indicator_name: str
    text: str
    value: str
    unit: str | None
    bound: str
    place: PlaceOut | None
    period: PeriodOut
    status: str
    sentence: str
    start: int
    end: int


class FaultOut(_Out):
    """A wrong field, by JSON pointer."""

    pointer: str
    detail: str


class ProblemOut(_Out):
    """RFC 9457 problem details."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    kind: str | None = None
    errors: list[FaultOut] = []


class ReadyOut(_Out):
    """Rows of each table."""

    status: Literal["ok"]
    counts: dict[str, int]
