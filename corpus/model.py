"""The nouns. Frozen, slotted, plain data: made by one stage, read by the next, stored by the catalogue.

Offsets are half-open code points into one named field of an article, its body unless said otherwise.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, Protocol

Bound = Literal["exact", "approx_above", "approx", "less_than", "at_least", "more_than", "range"]
Status = Literal["done", "ongoing", "planned", "capacity", "background"]
Level = Literal["national", "province", "prefecture", "county", "township", "community", "organisation"]
PlaceLevel = Literal["province", "prefecture", "county"]
Kind = Literal["work_report", "notice", "practice", "news", "policy", "other"]
Field = Literal["body", "title", "column", "source_line", "caption"]
Operation = Literal["lookup", "list", "rank", "aggregate", "trend", "compare", "define", "survey", "check"]


def content_id(*parts: str | bytes) -> str:
    """A 16-digit hex id that depends on the content alone.

    >>> content_id("a", "b") == content_id("a", "b") != content_id("ab")
    True
    """
    digest = hashlib.sha256()
    for part in parts:
        raw = part.encode() if isinstance(part, str) else part
        digest.update(len(raw).to_bytes(8, "big") + raw)
    return digest.hexdigest()[:16]


class Progress(Protocol):
    """Told after each item of a long job: how many of how many are done, and the item's name."""

    def __call__(self, done: int, total: int, item: str, /) -> None:
        """Show it."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open code-point offsets ``[start, end)``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of ``text`` in this span."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


def overlapped(spans: Sequence[Span], span: Span) -> Span | None:
    """The last of a row of spans that shares a character with ``span``; the row in text order, no two overlapping.

    >>> overlapped([Span(0, 3), Span(5, 9)], Span(2, 6)), overlapped([Span(0, 3)], Span(3, 6))
    (Span(start=5, end=9), None)
    """
    at = bisect_left(spans, span.end, key=lambda each: each.start)
    return spans[at - 1] if at and spans[at - 1].overlaps(span) else None


# --- from file to article -----------------------------------------------------------------------------------------

Box = tuple[float, float, float, float]
"""left, top, right, bottom in PDF points (1/72 inch) from the page's top left corner."""


@dataclass(frozen=True, slots=True)
class SourceRun:
    """``length`` body characters from ``body`` on that lie one after another in the source.

    Text formats set ``source`` (code-point offset into the decoded file); PDF and images set ``page`` (from 1) and
    ``box``, the run's rectangle, in which characters are equally wide.
    """

    body: int
    length: int
    source: int | None = None
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class SourceSpan:
    """Where a body span lies in the source: ``start``/``end`` (the hull), or ``page`` with ``boxes``."""

    start: int | None = None
    end: int | None = None
    page: int | None = None
    boxes: tuple[Box, ...] = ()


def locate(runs: Iterable[SourceRun], span: Span) -> SourceSpan | None:
    """The source of a body span, or None if none of its characters came from the source.

    On several pages, the boxes of the first page are given.

    >>> locate([SourceRun(0, 3, source=10), SourceRun(3, 2, source=20)], Span(2, 4))
    SourceSpan(start=12, end=21, page=None, boxes=())
    """
    starts: list[int] = []
    ends: list[int] = []
    page: int | None = None
    boxes: list[Box] = []
    for run in runs:
        lo, hi = max(span.start, run.body), min(span.end, run.body + run.length)
        if lo >= hi:
            continue
        if run.source is not None:
            starts.append(run.source + lo - run.body)
            ends.append(run.source + hi - run.body)
        elif run.box is not None and page in (None, run.page):
            page = run.page
            left, top, right, bottom = run.box
            advance = (right - left) / run.length
            boxes.append((left + advance * (lo - run.body), top, left + advance * (hi - run.body), bottom))
    if starts:
        return SourceSpan(start=min(starts), end=max(ends))
    return SourceSpan(page=page, boxes=tuple(boxes)) if boxes else None


@dataclass(frozen=True, slots=True)
class Place:
    """An administrative division, ``detail`` being a township, street, village, community or zone below it."""

    adcode: str
    name: str
    path: tuple[str, ...]
    level: PlaceLevel
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One source file. ``id`` is from its bytes alone; ``unread`` are the pages (from 1) that could not be read."""

    id: str
    name: str
    path: str
    sha256: str
    media_type: str
    pages: int | None = None
    title: str | None = None
    reader: str | None = None
    unread: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Caption:
    """Text under a picture, kept apart from the body; ``at`` is the body offset where it stood."""

    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside an article: its body span and its depth, 1 the highest."""

    span: Span
    level: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table in the body: one body line a row, its cells parted by tabs.

    ``rows`` are the body spans of the cells, empty for an empty cell; every row has as many. A merged cell stands where
    it begins and is empty where it goes on. The first ``header`` rows name the columns.
    """

    rows: tuple[tuple[Span, ...], ...]
    header: int = 1


@dataclass(frozen=True, slots=True)
class Article:
    """One item of a document.

    ``flags``: truncated, repeated_passage, no_title, place_unresolved, garbled, internal (内部资料), work_secret
    (工作秘密), revised (含修订痕迹), ocr (read from a picture), older_version (of ``version_of``).
    ``place_basis``: title, lead, source_line, issuer, body, file_name (or that of its folder), site, none.
    ``date_basis``: printed, file_name, metadata, none.
    ``repeats``: body spans that say again what stands earlier in the same body. ``note``: the editor's note (按语)
    before the body. ``issue``: the bulletin's issue (2026年第3期). ``number``: the document number (文号).
    ``reporter``: who sent it in (报送单位).
    """

    id: str
    document: str
    name: str
    ordinal: int
    title: str
    body: str
    runs: tuple[SourceRun, ...]
    column: str | None = None
    subtitle: str | None = None
    kind: Kind = "other"
    place: Place | None = None
    place_basis: str = "none"
    places: tuple[Place, ...] = ()
    issuer: str | None = None
    source_line: str | None = None
    published_on: str | None = None
    date_basis: str = "none"
    captions: tuple[Caption, ...] = ()
    repeats: tuple[Span, ...] = ()
    flags: tuple[str, ...] = ()
    duplicate_of: str | None = None
    version_of: str | None = None
    author: str | None = None
    note: str | None = None
    issue: str | None = None
    number: str | None = None
    reporter: str | None = None
    headings: tuple[Heading, ...] = ()
    tables: tuple[Grid, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether it is neither a copy nor an older version: what is counted and told."""
        return self.duplicate_of is None and self.version_of is None

    def source(self, span: Span) -> SourceSpan | None:
        """Where a body span lies in the source file."""
        return locate(self.runs, span)


@dataclass(frozen=True, slots=True)
class Failure:
    """What a batch returns beside its results: the stage, the item, the kind of failure and a message for people."""

    stage: str
    item: str
    kind: str
    message: str


# --- from article to facts, practices and passages ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as written, with its unit, normalised.

    ``value`` is in the bare unit (2.4亿元 → 240000000 元; 95% → 95 %). ``value_high`` is set for ranges only.
    """

    surface: str
    value: Decimal
    value_high: Decimal | None
    unit: str | None
    bound: Bound
    span: Span


@dataclass(frozen=True, slots=True)
class Period:
    """When: ISO dates (inclusive) and how known. ``basis``: stated, inherited, published, none."""

    text: str | None = None
    start: str | None = None
    end: str | None = None
    basis: str = "none"


@dataclass(frozen=True, slots=True)
class Relation:
    """This fact's tie to another: part_of, respectively, pair, baseline_of, change_of, repeats."""

    type: str
    fact: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A quantity with what it is about. ``rules`` is the version of the rules that made it.

    ``printed``: what the source prints, where a person corrected the quantity. ``also``: what the text says that the
    thing it counts is, which it calls by a name of its own (“红领顾问”, 即党建指导员).
    """

    id: str
    article: str
    document: str
    name: str
    quantity: Quantity
    indicator: str
    indicator_name: str
    object: str
    action: str
    subject: str
    subject_level: Level
    place: Place | None
    period: Period
    status: Status
    sentence: Span
    sentence_text: str
    source: SourceSpan | None
    denominator: str | None = None
    relations: tuple[Relation, ...] = ()
    flags: tuple[str, ...] = ()
    duplicate_of: str | None = None
    practice: str | None = None
    rules: str = ""
    printed: Quantity | None = None
    also: str = ""

    @property
    def left(self) -> str:
        """What its sentence says before it."""
        return self.sentence_text[: self.quantity.span.start - self.sentence.start]

    def tied(self, *types: str) -> bool:
        """Whether it is tied to another figure in one of some ways: part_of, change_of, baseline_of."""
        return any(relation.type in types for relation in self.relations)

    @property
    def stands(self) -> bool:
        """Whether it is told nowhere else and in no newer version, and nobody put it aside: what is counted."""
        return self.duplicate_of is None and not {"older_version", "not_used"} & set(self.flags)


@dataclass(frozen=True, slots=True)
class Member:
    """One named part of a practice (七步法: 取)."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Practice:
    """A named or described way of working, with the sentences that tell its problem, measures and results.

    ``kind``: named_method, mechanism, platform_site, team_brand, campaign, policy_document, unnamed.
    ``claimed_count``: for each number in the name, that number (三送三提 → 3, 3).
    """

    id: str
    article: str
    document: str
    name: str
    practice: str
    kind: str
    place: Place | None
    themes: tuple[str, ...]
    spans: tuple[Span, ...]
    aliases: tuple[str, ...] = ()
    claimed_count: tuple[int, ...] = ()
    members: tuple[Member, ...] = ()
    problem: tuple[Span, ...] = ()
    measures: tuple[Span, ...] = ()
    results: tuple[Span, ...] = ()
    flags: tuple[str, ...] = ()
    rules: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit of retrieval: ``text == article.body[span]``; ``title`` goes before it when it is indexed."""

    id: str
    article: str
    title: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, best first from ``rank`` 1."""

    rank: int
    score: float
    passage: Passage


# --- from question to answer ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Plan:
    """What a question asks: operation, places (adcodes), indicators, words of the object, aspects, period.

    ``asked``: the question as it was understood, what it leans on of earlier ones put in.
    """

    operation: Operation
    places: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
    period: Period | None = None
    topic: str = ""
    assumed: tuple[str, ...] = ()
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Derivation:
    """Arithmetic done by code: ``operation`` over the fact ids ``inputs`` gives ``result`` in ``unit``."""

    operation: str
    inputs: tuple[str, ...]
    result: str
    unit: str | None
    expression: str


@dataclass(frozen=True, slots=True)
class Citation:
    """``quote`` is ``field[start:end]`` of the article, to the character."""

    n: int
    article: str
    title: str
    place: str | None
    name: str
    quote: str
    start: int
    end: int
    field: Field = "body"
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of an answer about one place, and what carries it."""

    text: str
    place: str | None
    citations: tuple[int, ...]
    derivation: Derivation | None = None
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text cells; ``cell_citations[r][c]`` are the citation numbers of a cell."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    cell_citations: tuple[tuple[tuple[int, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far the answer looked. Places are adcodes."""

    places_in_library: int
    places_asked: tuple[str, ...] = ()
    places_with_evidence: tuple[str, ...] = ()
    places_without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """A cited, verified answer, or a refusal with its reason."""

    question: str
    mode: Literal["extractive", "llm"]
    plan: Plan
    text: str
    coverage: Coverage
    claims: tuple[Claim, ...] = ()
    citations: tuple[Citation, ...] = ()
    table: Table | None = None
    refused: bool = False
    reason: str | None = None
    caveats: tuple[str, ...] = field(default=())
    ms: float = 0.0
