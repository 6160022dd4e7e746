"""The nouns of the contract's JSON shapes: what ``api.shapes`` makes, read back."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from api.report import Ingested, Report
from corpus import model
from corpus.reading import Holding

Json = dict[str, Any]


def place_of(raw: Json | None) -> model.Place | None:
    """A place, or None."""
    if raw is None:
        return None
    return model.Place(raw["adcode"], raw["name"], tuple(raw["path"]), raw["level"], raw.get("detail"))


def article_of(raw: Json) -> model.Article:
    """An article; its way back to the source (``runs``) is not in the shape, and without a body the body is empty."""
    same = (
        "id", "document", "name", "ordinal", "title", "column", "subtitle", "kind", "place_basis", "issuer",
        "source_line", "published_on", "date_basis", "duplicate_of", "version_of", "author", "issue", "number",
        "reporter",
    )  # fmt: skip
    tables = tuple(
        model.Grid(tuple(_spans(row) for row in grid["rows"]), grid["header"]) for grid in raw.get("tables", ())
    )
    return model.Article(
        **{name: raw[name] for name in same}, runs=(), body=raw.get("body", ""), place=place_of(raw["place"]),
        places=tuple(place for each in raw["places"] if (place := place_of(each))), flags=tuple(raw["flags"]),
        captions=tuple(model.Caption(c["text"], c["at"]) for c in raw.get("captions", ())), note=raw.get("note"),
        repeats=_spans(raw.get("repeats", ())), tables=tables,
        headings=tuple(model.Heading(model.Span(h["start"], h["end"]), h["level"]) for h in raw.get("headings", ())),
    )  # fmt: skip


def fact_of(raw: Json) -> model.Fact:
    """A fact."""
    same = (
        "id", "article", "document", "name", "indicator", "indicator_name", "object", "action", "subject",
        "subject_level", "status", "denominator", "duplicate_of", "practice", "rules",
    )  # fmt: skip
    high = raw["value_high"]
    quantity = model.Quantity(
        raw["text"], Decimal(raw["value"]), None if high is None else Decimal(high), raw["unit"], raw["bound"],
        model.Span(raw["start"], raw["end"]),
    )  # fmt: skip
    return model.Fact(
        **{name: raw[name] for name in same}, quantity=quantity, place=place_of(raw["place"]),
        period=_period(raw["period"]), sentence=model.Span(*raw["sentence_span"]), sentence_text=raw["sentence"],
        source=_source(raw["source"]), flags=tuple(raw["flags"]),
        relations=tuple(model.Relation(r["type"], r["fact"]) for r in raw["relations"]),
    )  # fmt: skip


def report_of(raw: Json) -> Report:
    """What became of the files taken in."""
    return Report(
        tuple(
            Ingested(**row | {"unread": tuple(row["unread"]), "replaced": tuple(row["replaced"])})
            for row in raw["documents"]
        ),
        raw["seconds"],
    )  # fmt: skip


def practice_of(raw: Json) -> model.Practice:
    """A practice."""
    same = ("id", "article", "document", "name", "practice", "kind", "rules")
    members = tuple(model.Member(m["text"], model.Span(m["start"], m["end"])) for m in raw["members"])
    told: Json = {name: _spans(raw[name]) for name in ("spans", "problem", "measures", "results")}
    told |= {name: tuple(raw[name]) for name in ("themes", "aliases", "claimed_count", "flags")}
    return model.Practice(
        **{name: raw[name] for name in same}, place=place_of(raw["place"]), members=members, **told
    )  # fmt: skip


def hit_of(raw: Json) -> model.Hit:
    """A search hit."""
    span = model.Span(raw["start"], raw["end"])
    passage = model.Passage(raw["passage"], raw["article"], raw["title"], raw["text"], span)
    return model.Hit(raw["rank"], raw["score"], passage)


def answer_of(raw: Json) -> model.Answer:
    """An answer."""
    plan, covered, table = raw["plan"], raw["coverage"], raw["table"]
    return model.Answer(
        raw["question"], raw["mode"],
        model.Plan(
            plan["operation"], tuple(plan["places"]), tuple(plan["indicators"]), tuple(plan["aspects"]),
            None if plan["period"] is None else _period(plan["period"]), plan["topic"], tuple(plan["assumed"]),
            plan["asked"],
        ),
        raw["text"],
        model.Coverage(
            covered["places_in_library"], tuple(covered["places_asked"]), tuple(covered["places_with_evidence"]),
            tuple(covered["places_without"]),
        ),
        tuple(_claim(c) for c in raw["claims"]),
        tuple(model.Citation(**c) for c in raw["citations"]),
        None if table is None else model.Table(
            tuple(table["columns"]), tuple(tuple(row) for row in table["rows"]),
            tuple(tuple(tuple(cell) for cell in row) for row in table["cell_citations"]),
        ),
        raw["refused"], raw["reason"], tuple(raw["caveats"]), raw["ms"],
    )  # fmt: skip


def holding_of(raw: Json) -> tuple[model.Place, Holding]:
    """A place with what a library holds of it."""
    place = place_of(raw)
    assert place is not None
    counts = (raw[name] for name in ("documents", "articles", "facts", "practices", "first", "last"))
    return place, Holding(*counts)


def _claim(raw: Json) -> model.Claim:
    derived = raw["derivation"]
    derivation = None if derived is None else model.Derivation(**derived | {"inputs": tuple(derived["inputs"])})
    return model.Claim(raw["text"], raw["place"], tuple(raw["citations"]), derivation, raw["verified"])


def _period(raw: Json) -> model.Period:
    return model.Period(raw["text"], raw["start"], raw["end"], raw["basis"])


def _source(raw: Json | None) -> model.SourceSpan | None:
    if raw is None:
        return None
    if "start" in raw:
        return model.SourceSpan(raw["start"], raw["end"])
    return model.SourceSpan(page=raw["page"], boxes=tuple(tuple(box) for box in raw["boxes"]))


def _spans(raw: Sequence[Sequence[int]]) -> tuple[model.Span, ...]:
    return tuple(model.Span(*each) for each in raw)
