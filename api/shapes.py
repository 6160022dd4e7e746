"""The contract's JSON shapes of the nouns. Field names here are fixed; see the contract."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from answer.reference import Citing, author, host_of, reference, titled
from corpus.catalogue import DocumentState
from corpus.links import Link
from corpus.model import (
    Answer,
    Article,
    Citation,
    Derivation,
    Fact,
    Hit,
    Period,
    Place,
    Plan,
    Practice,
    Quantity,
    SourceSpan,
    Span,
)  # fmt: skip

if TYPE_CHECKING:
    from api.preview import Preview
    from api.report import Report

Json = dict[str, Any]


def plain(value: object) -> str:
    """A decimal without exponent: ``240000000``."""
    return format(value, "f") if hasattr(value, "as_tuple") else str(value)


def place_json(place: Place | None) -> Json | None:
    """A place object, or null."""
    if place is None:
        return None
    return {
        "adcode": place.adcode, "name": place.name, "path": list(place.path),
        "level": place.level, "detail": place.detail,
    }  # fmt: skip


def article_json(article: Article, *, body: bool = False) -> Json:
    """An article, with its body where asked."""
    shown: Json = {
        "id": article.id, "document": article.document, "name": article.name, "column": article.column,
        "title": article.title, "subtitle": article.subtitle, "kind": article.kind,
        "place": place_json(article.place), "place_basis": article.place_basis,
        "places": [place_json(p) for p in article.places], "issuer": article.issuer,
        "source_line": article.source_line, "published_on": article.published_on, "date_basis": article.date_basis,
        "author": article.author, "issue": article.issue, "number": article.number, "reporter": article.reporter,
        "ordinal": article.ordinal, "chars": len(article.body), "duplicate_of": article.duplicate_of,
        "version_of": article.version_of, "flags": list(article.flags),
    }  # fmt: skip
    if body:
        shown["body"] = article.body
        shown["captions"] = [{"text": c.text, "at": c.at} for c in article.captions]
        shown["note"] = article.note
        shown["headings"] = [{"level": h.level, "start": h.span.start, "end": h.span.end} for h in article.headings]
        shown["tables"] = [
            {"header": grid.header, "rows": [[_span(cell) for cell in row] for row in grid.rows]}
            for grid in article.tables
        ]
        shown["repeats"] = [_span(s) for s in article.repeats]
    return shown


def report_json(report: Report) -> Json:
    """What became of each file, as ``tongjian ingest`` prints it."""
    rows = [
        {
            "id": d.id, "name": d.name, "path": d.path, "status": d.status, "articles": d.articles, "facts": d.facts,
            "pages": d.pages, "unread": list(d.unread), "reason": d.reason, "kind": d.kind,
            "replaced": list(d.replaced), "same_as": d.same_as,
        }
        for d in report.documents
    ]  # fmt: skip
    return {"documents": rows, "seconds": round(report.seconds, 2)}


def preview_json(found: Preview) -> Json:
    """A file as ``tongjian ingest --dry-run`` shows it."""
    status = "failed" if found.error else "duplicate" if found.known else "readable"
    return {
        "name": found.name, "path": found.path, "status": status,
        "reason": found.error.message if found.error else None,
        "articles": [article_json(article) for article in found.articles],
    }  # fmt: skip


def link_json(link: Link) -> Json:
    """Two articles that are copies, alike or versions; differences as spans of both bodies."""
    return {
        "article": link.article, "other": link.other, "kind": link.kind, "share": link.share,
        "differences": [{"here": _span(d.here), "there": _span(d.there)} for d in link.differences],
    }  # fmt: skip


def document_json(state: DocumentState) -> Json:
    """A document with its state and its history."""
    document, at = state.document, state.received
    return {
        "id": document.id, "name": document.name, "path": document.path, "status": state.state,
        "media_type": document.media_type, "pages": document.pages, "reader": document.reader,
        "articles": state.articles, "facts": state.facts, "reason": state.reason,
        "origin": state.origin, "replaced_by": state.replaced_by,
        "received_at": None if at is None else datetime.fromtimestamp(at).astimezone().isoformat(),
    }  # fmt: skip


def quantity_json(quantity: Quantity) -> Json:
    """A quantity as ``tongjian quantities`` prints it."""
    high = quantity.value_high
    return {
        "text": quantity.surface, "start": quantity.span.start, "end": quantity.span.end,
        "value": plain(quantity.value), "value_high": None if high is None else plain(high),
        "unit": quantity.unit, "bound": quantity.bound,
    }  # fmt: skip


def fact_json(fact: Fact) -> Json:
    """A fact."""
    return {
        "id": fact.id, "article": fact.article, "document": fact.document, "name": fact.name,
        "indicator": fact.indicator, "indicator_name": fact.indicator_name, "object": fact.object,
        "action": fact.action, "subject": fact.subject, "subject_level": fact.subject_level,
        **quantity_json(fact.quantity), "place": place_json(fact.place),
        "period": period_json(fact.period),
        "status": fact.status, "denominator": fact.denominator,
        "relations": [{"type": r.type, "fact": r.fact} for r in fact.relations], "flags": list(fact.flags),
        "sentence": fact.sentence_text, "sentence_span": _span(fact.sentence),
        "source": source_json(fact.source), "duplicate_of": fact.duplicate_of,
        "practice": fact.practice, "rules": fact.rules,
    }  # fmt: skip


def practice_json(practice: Practice, article: Article, same_as: Sequence[str] = ()) -> Json:
    """A practice; its source spans need the article. ``same_as`` are the ids of it in other articles."""
    parts = {
        "spans": practice.spans, "problem": practice.problem,
        "measures": practice.measures, "results": practice.results,
    }  # fmt: skip
    return {
        "id": practice.id, "article": practice.article, "document": practice.document, "name": practice.name,
        "practice": practice.practice, "aliases": list(practice.aliases), "kind": practice.kind,
        "claimed_count": list(practice.claimed_count),
        "members": [{"text": m.text, "start": m.span.start, "end": m.span.end} for m in practice.members],
        "place": place_json(practice.place), "themes": list(practice.themes),
        **{key: [_span(s) for s in spans] for key, spans in parts.items()},
        "source_spans": {key: _sources(article, spans) for key, spans in parts.items()},
        "same_as": list(same_as), "flags": list(practice.flags), "rules": practice.rules,
    }  # fmt: skip


def _sources(article: Article, spans: Sequence[Span]) -> list[Any]:
    found: list[Any] = []
    for span in spans:
        source = article.source(span)
        found.append([source.start, source.end] if source and source.start is not None else source_json(source))
    return found


def source_json(source: SourceSpan | None) -> Json | None:
    """Where characters lie in the file: offsets, or page and boxes."""
    if source is None:
        return None
    if source.start is not None:
        return {"start": source.start, "end": source.end}
    return {"page": source.page, "boxes": [[round(x, 2) for x in box] for box in source.boxes]}


def hit_json(hit: Hit, article: Article) -> Json:
    """A search hit with its article's heading."""
    span = hit.passage.span
    return {
        "rank": hit.rank, "score": round(hit.score, 6), "article": article.id, "title": article.title,
        "place": place_json(article.place), "text": hit.passage.text, "start": span.start, "end": span.end,
        "name": article.name, "passage": hit.passage.id,
    }  # fmt: skip


def derivation_json(derivation: Derivation | None) -> Json | None:
    """A derivation, or null."""
    if derivation is None:
        return None
    return {
        "operation": derivation.operation, "inputs": list(derivation.inputs), "result": derivation.result,
        "unit": derivation.unit, "expression": derivation.expression,
    }  # fmt: skip


def citation_json(citation: Citation) -> Json:
    """A citation."""
    return {
        "n": citation.n, "article": citation.article, "title": citation.title, "place": citation.place,
        "name": citation.name, "page": citation.page, "field": citation.field, "quote": citation.quote,
        "start": citation.start, "end": citation.end,
    }  # fmt: skip


def period_json(period: Period) -> Json:
    """When, and how known."""
    return {"text": period.text, "start": period.start, "end": period.end, "basis": period.basis}


def plan_json(plan: Plan) -> Json:
    """How a question was understood."""
    return {
        "operation": plan.operation, "places": list(plan.places), "indicators": list(plan.indicators),
        "aspects": list(plan.aspects), "topic": plan.topic, "assumed": list(plan.assumed), "asked": plan.asked,
        "period": None if plan.period is None else period_json(plan.period),
    }  # fmt: skip


def references_json(articles: Iterable[Article]) -> Json:
    """How to cite each article, after GB/T 7714-2025 and -2015, by id."""
    today = date.today().isoformat()
    return {
        a.id: {
            "reference": reference(a, Citing(today)), "reference_2015": reference(a, Citing(today, "2015")),
            "author": author(a) or None, "issuer": a.issuer, "published_on": a.published_on, "number": a.number,
            "title": titled(a), "host": host_of(a) or None,
        }
        for a in articles
    }  # fmt: skip


def answer_json(answer: Answer) -> Json:
    """An answer."""
    plan, table, covered = answer.plan, answer.table, answer.coverage
    return {
        "question": answer.question, "mode": answer.mode,
        "plan": plan_json(plan),
        "refused": answer.refused, "reason": answer.reason, "text": answer.text,
        "claims": [
            {"text": c.text, "place": c.place, "citations": list(c.citations),
             "derivation": derivation_json(c.derivation), "verified": c.verified}
            for c in answer.claims
        ],
        "citations": [citation_json(c) for c in answer.citations],
        "table": None if table is None else {
            "columns": list(table.columns), "rows": [list(r) for r in table.rows],
            "cell_citations": [[list(cell) for cell in row] for row in table.cell_citations],
        },
        "coverage": {
            "places_in_library": covered.places_in_library, "places_asked": list(covered.places_asked),
            "places_with_evidence": list(covered.places_with_evidence), "places_without": list(covered.places_without),
        },
        "caveats": list(answer.caveats), "ms": round(answer.ms, 1),
    }  # fmt: skip


def _span(span: Span) -> list[int]:
    return [span.start, span.end]
