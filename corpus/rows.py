"""The nouns ⇄ rows of the catalogue's tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from corpus.codec import decode, encode
from corpus.corrections import corrected, stored
from corpus.model import Article, Document, Fact, Passage, Practice, Span, content_id
from corpus.script import simplified

if TYPE_CHECKING:
    from sqlalchemy import Connection

_NOT_PLAIN = re.compile("[“”‘’《》「」\n ]+")


def content_of(article: Article) -> str:
    """What makes two articles copies: the same body, white space apart, about the same place.

    The same words of two places are two articles to be compared; without a body an article is like no other.
    """
    body = "".join(article.body.split())
    return content_id(body, article.place.adcode if article.place else "") if body else article.id


def document_row(document: Document, state: str) -> dict[str, Any]:
    """The columns of a document in a state."""
    return {
        "id": document.id, "name": document.name, "path": document.path, "sha256": document.sha256,
        "state": state, "attempts": 1, "rest": encode(document),
    }  # fmt: skip


def article_row(article: Article) -> dict[str, Any]:
    """The columns of an article; its body and runs apart from the ``rest``."""
    return {
        "id": article.id, "document": article.document, "ordinal": article.ordinal, "title": article.title,
        "adcode": article.place.adcode if article.place else None, "kind": article.kind,
        "published_on": article.published_on, "content": content_of(article), "body": article.body,
        "simplified": _simplified(article), "runs": encode(article.runs),
        "rest": encode(replace(article, body="", runs=())),
    }  # fmt: skip


def _simplified(article: Article) -> str | None:
    text = f"{article.title}\n{article.body}"
    return found if (found := simplified(text)) != text else None


def passage_row(passage: Passage, vector: bytes | None) -> dict[str, Any]:
    """The columns of a passage and its float16 embedding."""
    span = passage.span
    return {"id": passage.id, "article": passage.article, "start": span.start, "end": span.end, "vector": vector}


def fact_rows(tx: Connection, facts: Sequence[Fact]) -> list[dict[str, Any]]:
    """``rest`` is the fact as extracted; the columns, by which facts are found, are as corrected."""
    known = stored(tx)
    return [
        {
            "id": f.id, "article": f.article, "start": f.quantity.span.start, "end": f.quantity.span.end,
            "duplicate_of": f.duplicate_of, "rest": encode(f), **fact_columns(corrected(f, known.get(f.id, ()))),
        }
        for f in facts
    ]  # fmt: skip


def fact_columns(fact: Fact) -> dict[str, Any]:
    """The columns by which a fact is found."""
    return {
        "adcode": fact.place.adcode if fact.place else None, "indicator": fact.indicator, "about": about(fact),
        "status": fact.status, "level": fact.subject_level,
    }  # fmt: skip


def about(fact: Fact) -> str:
    """What a figure counts and what was done: the words it is found by."""
    return plain(fact.object + fact.action + fact.also)


def plain(text: str) -> str:
    """The text without quotation marks, line breaks and blanks.

    >>> plain("“小哥 驿站”")
    '小哥驿站'
    """
    return _NOT_PLAIN.sub("", text)


def practice_row(practice: Practice, ordinal: int) -> dict[str, Any]:
    """The columns of a practice at its position in the document."""
    return {
        "id": practice.id, "article": practice.article, "ordinal": ordinal, "practice": practice.practice,
        "adcode": practice.place.adcode if practice.place else None, "rest": encode(practice),
    }  # fmt: skip


def article_of(row: Any) -> Article:  # noqa: ANN401
    """The article of a row."""
    return decode(Article, row.rest | {"body": row.body, "runs": row.runs} | standing(row))


def standing(row: Any) -> dict[str, Any]:  # noqa: ANN401
    """What an article is a copy or an older version of, with the flag that says so."""
    return {"duplicate_of": row.duplicate_of, "version_of": row.version_of, "flags": _flags(row)}


def outline_of(row: Any) -> Article:  # noqa: ANN401
    """The article of a row without its body: title, place, dates of many cheaply."""
    empty: dict[str, Any] = {"body": "", "runs": []}
    return decode(Article, row.rest | empty | standing(row))


def fact_of(row: Any) -> Fact:  # noqa: ANN401
    """The fact of a row with its article's ``version_of``."""
    return decode(Fact, row.rest | {"duplicate_of": row.duplicate_of, "flags": _flags(row)})


def _flags(row: Any) -> list[str]:  # noqa: ANN401
    older = ["older_version"] if row.version_of else []
    return [*row.rest.get("flags", ()), *older]


def passage_of(row: Any) -> Passage:  # noqa: ANN401
    """The passage of a row joined with its article's title and body."""
    return Passage(row.id, row.article, row.title, row.body[row.start : row.end], Span(row.start, row.end))
