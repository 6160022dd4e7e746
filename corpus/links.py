"""How articles hang together: copies counted once, look-alikes told apart, versions of one draft.

Whatever the order the articles came in, the same links hold: an original is the longest of its copies, of equals the
one with the smallest id; the newest version is the one whose file name says so, of equals the last to come in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, or_, select, update

from corpus.codec import decode, encode
from corpus.database import batches
from corpus.model import Article
from corpus.near import (
    ALIKE,
    COPY,
    LEAST,
    TITLED,
    VERSION,
    Difference,
    LinkKind,
    containment,
    differences,
    draft_of,
    same_numbers,
    shingles,
    sketch,
    stem_of,
)
from corpus.spacing import squeezed
from corpus.tables import article as articles_
from corpus.tables import document as documents_
from corpus.tables import fact as facts_
from corpus.tables import link as links_
from corpus.tables import shingle as shingles_

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection

_A_TITLE = 8
"""Characters of the shortest title that two articles do not have by chance."""
_HALF = 0.5
"""The share of the longer text the shorter one must have to be the same or alike, not an excerpt."""


@dataclass(frozen=True, slots=True)
class Link:
    """Two articles that are copies, alike (with where they differ) or versions, and how much of the shorter they share.

    ``article`` is the smaller id; ``here`` of a difference is a span of its body.
    """

    article: str
    other: str
    kind: LinkKind
    share: float
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class _Text:
    """What of an article decides its links."""

    id: str
    document: str
    name: str
    adcode: str | None
    detail: str | None
    title: str
    body: str
    received: int


def link_articles(tx: Connection, made: Sequence[Article]) -> None:
    """Compare new articles, just stored, with all there are, and bring originals and versions up to date."""
    touched: set[str] = set()
    later = {article.id for article in made}
    for article in made:
        later.remove(article.id)
        (text,) = _texts(tx, [article.id])
        own = shingles(text.body)
        hashes = sketch(own)
        near = _candidates(tx, article.id, hashes)
        if hashes:
            tx.execute(insert(shingles_), [{"hash": h, "article": article.id} for h in hashes])
        for other in _texts(tx, (near | _same_content(tx, article.id)) - later):
            link = _link(text, own, other)
            if link is not None:
                tx.execute(insert(links_), link)
                touched |= {article.id, other.id}
    settle(tx, touched)


def linked_with(tx: Connection, articles: Collection[str]) -> set[str]:
    """The articles linked with some: what to settle again once those are gone."""
    found: set[str] = set()
    for batch in batches(articles):
        query = select(links_.c.article, links_.c.other).where(_touching(batch))
        found |= {each for row in tx.execute(query) for each in row}
    return found - set(articles)


def links_of(db: Connection, articles: Collection[str] | None = None) -> list[Link]:
    """The links of some articles, or all, in order of article and other."""
    query = select(links_)
    queries = [query] if articles is None else [query.where(_touching(batch)) for batch in batches(articles)]
    rows = [row for each in queries for row in db.execute(each)]
    found = {
        (row.article, row.other): Link(
            row.article, row.other, row.kind, row.share, tuple(decode(Difference, d) for d in row.differences)
        )
        for row in rows
    }
    return [found[key] for key in sorted(found)]


def settle(tx: Connection, articles: Collection[str]) -> None:
    """Work out anew, for these articles and all linked with them, which is the original and which the newest.

    A copy is linked with its original itself: two texts that only hold the same third one both stand.
    """
    for kind, column in (("copy", "duplicate_of"), ("version", "version_of")):
        seen: set[str] = set()
        for article in sorted(articles):
            if article in seen:
                continue
            beside = _beside(tx, article, kind)
            seen |= beside.keys()
            left = {t.id: t for t in _texts(tx, beside.keys())}
            while left:
                first = _original(left.values()) if kind == "copy" else _newest(left.values())
                others = [each for each in left if each != first and (kind != "copy" or each in beside[first])]
                for each, value in ((first, None), *((other, first) for other in others)):
                    tx.execute(update(articles_).where(articles_.c.id == each).values({column: value}))
                if kind == "copy":
                    _twin_facts(tx, first, others)
                left = {each: text for each, text in left.items() if each != first and each not in others}


def _link(a: _Text, own: frozenset[int], b: _Text) -> dict[str, Any] | None:
    other = shingles(b.body)
    share = containment(own, other) if own and other else float(squeezed(a.body) == squeezed(b.body))
    kind = _kind(a, b, share)
    if kind is None:
        return None
    first, second = sorted((a, b), key=lambda t: t.id)
    found = differences(first.body, second.body) if kind != "copy" else ()
    return {
        "article": first.id, "other": second.id, "kind": kind, "share": round(share, 4),
        "differences": [encode(each) for each in found],
    }  # fmt: skip


def _kind(a: _Text, b: _Text, share: float) -> LinkKind | None:
    """What two articles are to each other, or None."""
    same_place = a.adcode == b.adcode and a.detail == b.detail
    if same_place and share >= VERSION and _are_drafts(a, b):
        return "version"
    titled = same_place and len(a.title) >= _A_TITLE and squeezed(a.title) == squeezed(b.title)
    if share < (TITLED if titled else ALIKE):
        return None
    short, long = sorted((len(a.body), len(b.body)))
    if same_place and share >= COPY and short >= _HALF * long and same_numbers(a.body, b.body):
        return "copy"
    return "alike" if a.document != b.document and short >= _HALF * long else None


def _are_drafts(a: _Text, b: _Text) -> bool:
    named = draft_of(a.name) is not None or draft_of(b.name) is not None
    return a.document != b.document and named and stem_of(a.name) == stem_of(b.name)


def _original(texts: Iterable[_Text]) -> str:
    return min(texts, key=lambda t: (-len(squeezed(t.body)), t.id)).id


def _newest(texts: Iterable[_Text]) -> str:
    return max(texts, key=lambda t: ((draft_of(t.name) or ("", (-1, 0)))[1], t.received, t.id)).id


def _beside(tx: Connection, article: str, kind: str) -> dict[str, set[str]]:
    """The article and all that links of a kind lead to, each with those that it is itself linked with."""
    beside: dict[str, set[str]] = {article: set()}
    asked: set[str] = set()
    while fresh := beside.keys() - asked:
        for batch in batches(fresh):
            query = select(links_.c.article, links_.c.other).where(links_.c.kind == kind, _touching(batch))
            for one, other in tx.execute(query):
                beside.setdefault(one, set()).add(other)
                beside.setdefault(other, set()).add(one)
        asked |= fresh
    return beside


def _twin_facts(tx: Connection, original: str, copies: Sequence[str]) -> None:
    """The facts of a copy point at the same figure of the original's; one that only the copy has stands by itself."""
    twins: dict[tuple[str, str], list[str]] = {}
    for row in tx.execute(_facts_of(original)):
        twins.setdefault(_told(row.rest), []).append(row.id)
        tx.execute(update(facts_).where(facts_.c.id == row.id).values(duplicate_of=row.rest.get("duplicate_of")))
    for copy in copies:
        left = {key: list(ids) for key, ids in twins.items()}
        for row in tx.execute(_facts_of(copy)).all():
            same = left.get(_told(row.rest))
            twin = same.pop(0) if same else row.rest.get("duplicate_of")
            tx.execute(update(facts_).where(facts_.c.id == row.id).values(duplicate_of=twin))


def _facts_of(article: str) -> Any:  # noqa: ANN401
    return select(facts_.c.id, facts_.c.rest).where(facts_.c.article == article).order_by(facts_.c.start)


def _told(rest: dict[str, Any]) -> tuple[str, str]:
    """The sentence and the number of a fact: two with the same are one figure told twice."""
    return squeezed(rest["sentence_text"]), rest["quantity"]["surface"]


def _candidates(tx: Connection, article: str, hashes: Sequence[int]) -> set[str]:
    """The articles that share enough of a sketch to be compared."""
    shared: dict[str, int] = {}
    for batch in batches(hashes):
        query = select(shingles_.c.article, func.count()).where(shingles_.c.hash.in_(batch))
        for other, n in tx.execute(query.group_by(shingles_.c.article)):
            shared[other] = shared.get(other, 0) + n
    return {other for other, n in shared.items() if other != article and n >= LEAST}


def _same_content(tx: Connection, article: str) -> set[str]:
    """The articles with the same text about the same place, however short."""
    own = select(articles_.c.content).where(articles_.c.id == article).scalar_subquery()
    query = select(articles_.c.id).where(articles_.c.content == own, articles_.c.id != article)
    return set(tx.execute(query).scalars())


def _texts(tx: Connection, ids: Collection[str]) -> Iterator[_Text]:
    columns = (articles_.c.id, articles_.c.document, articles_.c.title, articles_.c.body, articles_.c.rest)
    read = (*columns, documents_.c.name, documents_.c.received)
    joined = articles_.join(documents_, articles_.c.document == documents_.c.id)
    for batch in batches(sorted(ids)):
        query = select(*read).select_from(joined).where(articles_.c.id.in_(batch))
        for row in tx.execute(query).all():
            place = row.rest.get("place") or {}
            about = place.get("adcode"), place.get("detail")
            yield _Text(row.id, row.document, row.name, *about, row.title, row.body, row.received or 0)


def _touching(batch: Sequence[str]) -> ColumnElement[bool]:
    return or_(links_.c.article.in_(batch), links_.c.other.in_(batch))
