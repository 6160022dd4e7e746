"""What a library's database says: documents, articles, passages, facts, practices, links."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, literal, or_, select, union

from corpus.codec import decode
from corpus.corrections import Correction, corrected, stored
from corpus.database import batches
from corpus.links import Link, links_of
from corpus.model import Article, Document, Fact, Passage, Practice, Span
from corpus.rows import (
    article_of,
    fact_of,
    outline_of,
    passage_of,
)
from corpus.tables import article as articles_
from corpus.tables import document as documents_
from corpus.tables import fact as facts_
from corpus.tables import index_state
from corpus.tables import passage as passages_
from corpus.tables import practice as practices_

if TYPE_CHECKING:
    from sqlalchemy import Column, ColumnElement, Engine, Select


_MATCHED = (articles_.c.title, articles_.c.body, articles_.c.simplified)


@dataclass(frozen=True, slots=True)
class DocumentState:
    """A document as the catalogue knows it.

    ``state``: received, stored, indexed, failed, replaced (by ``replaced_by``) or deleted. ``origin``: the absolute
    path it was read from. ``received``: when it came in, in seconds of the epoch, None where nobody knows.
    """

    document: Document
    state: str
    reason: str | None
    articles: int
    facts: int
    origin: str | None = None
    replaced_by: str | None = None
    received: int | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """What a query is limited to: places with all below them, publication dates (inclusive).

    ``also``: articles about other places that belong to it for what they tell of these.
    """

    places: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    also: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether it limits anything."""
        return bool(self.places or self.since or self.until)


@dataclass(frozen=True, slots=True)
class Holding:
    """How much a library has in a scope; ``first`` and ``last`` are publication dates."""

    documents: int
    articles: int
    facts: int
    practices: int
    first: str | None
    last: str | None

    @property
    def mentioned(self) -> bool:
        """Whether any article or figure is in the scope."""
        return self.articles > 0 or self.facts > 0


class Reading:
    """Reads of one library's database."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def noted(self, key: str) -> str | None:
        """What was noted under a key."""
        with self.engine.connect() as db:
            return db.execute(select(index_state.c.value).where(index_state.c.key == key)).scalar()

    def states(self) -> dict[str, str]:
        """The state of every document by id."""
        with self.engine.connect() as db:
            return {row[0]: row[1] for row in db.execute(select(documents_.c.id, documents_.c.state))}

    def documents(self) -> list[DocumentState]:
        """Every document with its counts, by id."""
        with self.engine.connect() as db:
            return [state_of(row) for row in db.execute(counted_documents().order_by(documents_.c.id))]

    def articles(
        self, ids: Collection[str] | None = None, scope: Scope = Scope(), *, document: str | None = None
    ) -> list[Article]:
        """Live articles in order of document and position; ``ids`` and ``document`` limit to those."""
        query = select(articles_).where(*within(scope))
        query = query.where(articles_.c.document == document) if document else query
        with self.engine.connect() as db:
            rows = [row for batch in _limited(query, articles_.c.id, ids) for row in db.execute(batch)]
        return [article_of(row) for row in sorted(rows, key=lambda row: (row.document, row.ordinal))]

    def outlines(self, ids: Collection[str] | None = None, scope: Scope = Scope()) -> dict[str, Article]:
        """Live articles by id with ``body`` and ``runs`` left empty: titles, places and dates of many cheaply."""
        columns = (articles_.c.id, articles_.c.duplicate_of, articles_.c.version_of, articles_.c.rest)
        query = select(*columns).where(*within(scope)).order_by(articles_.c.document, articles_.c.ordinal)
        with self.engine.connect() as db:
            rows = [row for batch in _limited(query, articles_.c.id, ids) for row in db.execute(batch)]
        return {row.id: outline_of(row) for row in rows}

    def articles_with(self, words: Collection[str], scope: Scope = Scope()) -> list[str]:
        """The ids of articles whose title or body has one of the words."""
        has = [column.contains(w, autoescape=True) for w in words for column in _MATCHED]
        query = select(articles_.c.id).where(or_(*has), *within(scope)).order_by(articles_.c.id)
        with self.engine.connect() as db:
            return list(db.execute(query).scalars())

    def article(self, article: str) -> Article | None:
        """One article, or None."""
        found = self.articles([article])
        return found[0] if found else None

    def facts(
        self,
        scope: Scope = Scope(),
        *,
        indicators: Collection[str] = (),
        statuses: Collection[str] = (),
        articles: Collection[str] | None = None,
        ids: Collection[str] | None = None,
        about: Collection[str] = (),
        inside: Span | None = None,
    ) -> list[Fact]:
        """Facts in order of document, article and position; places are the facts' own, dates their articles'.

        ``about``: one of the words is in what is counted or done. ``inside``: the quantity lies in a span of the body.
        """
        joined = facts_.join(articles_, facts_.c.article == articles_.c.id)
        query = select(facts_, articles_.c.version_of, articles_.c.document, articles_.c.ordinal).select_from(joined)
        query = query.where(*within(scope, facts_.c.adcode))
        for column, wanted in ((facts_.c.indicator, indicators), (facts_.c.status, statuses)):
            query = query.where(column.in_(list(wanted))) if wanted else query
        if about:
            query = query.where(or_(*(facts_.c.about.contains(word, autoescape=True) for word in about)))
        if inside is not None:
            query = query.where(facts_.c.start >= inside.start, facts_.c.end <= inside.end)
        batches = [b for q in _limited(query, facts_.c.article, articles) for b in _limited(q, facts_.c.id, ids)]
        with self.engine.connect() as db:
            known = stored(db)
            rows = [row for batch in batches for row in db.execute(batch)]
        rows.sort(key=lambda row: (row.document, row.ordinal, row.start, row.id))
        return [corrected(fact_of(row), known.get(row.id, ())) for row in rows]

    def each_fact(
        self, scope: Scope = Scope(), statuses: Collection[str] = (), also: Sequence[ColumnElement[bool]] = ()
    ) -> Iterator[Fact]:
        """The facts of a scope in the same order, a thousand in memory at a time; ``also``: more conditions."""
        joined = facts_.join(articles_, facts_.c.article == articles_.c.id)
        query = select(facts_, articles_.c.version_of).select_from(joined).where(*within(scope, facts_.c.adcode))
        query = query.where(*also, *([facts_.c.status.in_(list(statuses))] if statuses else []))
        query = query.order_by(articles_.c.document, articles_.c.ordinal, facts_.c.start, facts_.c.id)
        with self.engine.connect().execution_options(stream_results=True, yield_per=1000) as db:
            known = stored(db)
            for row in db.execute(query):
                yield corrected(fact_of(row), known.get(row.id, ()))

    def indicator_names(self) -> dict[str, str]:
        """The name of every indicator that has a fact, by id."""
        name = facts_.c.rest["indicator_name"].as_string()
        with self.engine.connect() as db:
            return {row[0]: row[1] for row in db.execute(select(facts_.c.indicator, name).distinct())}

    def corrections(self, facts: Sequence[str] | None = None) -> dict[str, list[Correction]]:
        """Every correction by fact, oldest first; those of some hundred facts, or of all."""
        with self.engine.connect() as db:
            return stored(db, facts)

    def practices(self, scope: Scope = Scope(), articles: Collection[str] | None = None) -> list[Practice]:
        """Practices in order of document, article and position."""
        joined = practices_.join(articles_, practices_.c.article == articles_.c.id)
        query = select(practices_, articles_.c.document, articles_.c.ordinal.label("position")).select_from(joined)
        query = query.where(*within(scope, practices_.c.adcode))
        with self.engine.connect() as db:
            rows = [row for batch in _limited(query, practices_.c.article, articles) for row in db.execute(batch)]
        rows.sort(key=lambda row: (row.document, row.position, row.ordinal))
        return [decode(Practice, row.rest) for row in rows]

    def links(self, articles: Collection[str] | None = None) -> list[Link]:
        """Which articles are copies, alike, or versions: those of some articles, or all."""
        with self.engine.connect() as db:
            return links_of(db, articles)

    def passages(self, ids: Collection[str]) -> dict[str, Passage]:
        """The live passages among ``ids``."""
        joined = passages_.join(articles_, passages_.c.article == articles_.c.id)
        query = select(passages_, articles_.c.title, articles_.c.body).select_from(joined)
        with self.engine.connect() as db:
            rows = [row for batch in batches(ids) for row in db.execute(query.where(passages_.c.id.in_(batch)))]
        return {row.id: passage_of(row) for row in rows}

    def passage_ids(self, scope: Scope = Scope()) -> list[str]:
        """The ids of all passages in a scope."""
        joined = passages_.join(articles_, passages_.c.article == articles_.c.id)
        query = select(passages_.c.id).select_from(joined).where(*within(scope)).order_by(passages_.c.id)
        with self.engine.connect() as db:
            return list(db.execute(query).scalars())

    def vectors(self, scope: Scope = Scope()) -> list[tuple[str, bytes]]:
        """Passage ids with their float16 embeddings, by id."""
        joined = passages_.join(articles_, passages_.c.article == articles_.c.id)
        query = select(passages_.c.id, passages_.c.vector).select_from(joined).where(*within(scope))
        with self.engine.connect() as db:
            rows = db.execute(query.where(passages_.c.vector.is_not(None)).order_by(passages_.c.id))
            return [(row.id, row.vector) for row in rows]

    def stored_passages(self, documents: Collection[str] | None = None) -> Iterator[tuple[Passage, bytes | None]]:
        """Every passage with its embedding, or those of some documents: what the indexes are made from."""
        joined = passages_.join(articles_, passages_.c.article == articles_.c.id)
        query = select(passages_, articles_.c.title, articles_.c.body).select_from(joined).order_by(passages_.c.id)
        with self.engine.connect() as db:
            for batch in [None] if documents is None else batches(documents):
                limited = query if batch is None else query.where(articles_.c.document.in_(batch))
                for row in db.execute(limited):
                    yield passage_of(row), row.vector

    def places(self) -> list[str]:
        """The adcodes of the places that articles of the library are about, in code order."""
        return self._places(articles_.c.adcode)

    def places_told(self) -> list[str]:
        """Those, and the places within them that only figures of the articles tell of."""
        return self._places(articles_.c.adcode, facts_.c.adcode)

    def _places(self, *columns: Column[Any]) -> list[str]:
        query = union(*(select(column).where(column.is_not(None)).distinct() for column in columns))
        with self.engine.connect() as db:
            return sorted(db.execute(query).scalars())

    def articles_besides(self, places: Sequence[str]) -> list[str]:
        """The ids of articles about other places, or none, that have figures of some."""
        scope = Scope(tuple(places))
        joined = facts_.join(articles_, facts_.c.article == articles_.c.id)
        query = select(facts_.c.article).select_from(joined).where(*within(scope, facts_.c.adcode)).distinct()
        own = select(articles_.c.id).where(*within(scope))
        with self.engine.connect() as db:
            return sorted(db.execute(query.where(facts_.c.article.not_in(own))).scalars())

    def holding(self, scope: Scope) -> Holding:
        """How many documents, articles, facts and practices lie in a scope, and from when to when."""
        a = articles_.c
        outline = select(
            func.count(a.document.distinct()), func.count(), func.min(a.published_on), func.max(a.published_on)
        ).where(*within(scope))
        with self.engine.connect() as db:
            documents, articles, first, last = db.execute(outline).one()
            facts, practices = (
                db.execute(
                    select(func.count())
                    .select_from(table.join(articles_, table.c.article == a.id))
                    .where(*within(scope, table.c.adcode))
                ).scalar_one()
                for table in (facts_, practices_)
            )
        return Holding(documents, articles, facts, practices, first, last)

    def counts(self) -> dict[str, int]:
        """Rows of each table."""
        tables = (documents_, articles_, passages_, facts_, practices_)
        with self.engine.connect() as db:
            return {t.name: db.execute(select(func.count()).select_from(t)).scalar_one() for t in tables}


def counted_documents() -> Select[Any]:
    """Documents with how many articles and facts each has; ``state_of`` reads the rows."""
    n_articles = select(func.count()).where(articles_.c.document == documents_.c.id).scalar_subquery()
    joined = facts_.join(articles_, facts_.c.article == articles_.c.id)
    n_facts = select(func.count()).select_from(joined).where(articles_.c.document == documents_.c.id)
    return select(documents_, n_articles.label("n"), n_facts.scalar_subquery().label("f"))


def state_of(row: Any) -> DocumentState:  # noqa: ANN401
    """The document of a row of ``counted_documents``."""
    document = decode(Document, row.rest)
    return DocumentState(document, row.state, row.reason, row.n, row.f, row.origin, row.replaced_by, row.received)


def within(scope: Scope, adcode: ColumnElement[Any] = articles_.c.adcode) -> list[ColumnElement[bool]]:
    """The conditions of a scope on articles, or on the places of what they are joined with."""
    clauses: list[ColumnElement[bool]] = []
    if scope.places:
        whole = [place for place in scope.places if place.endswith("00")]
        exact = [place for place in scope.places if not place.endswith("00")]
        nested = [(adcode >= first) & (adcode < end) for first, end in map(_codes_in, whole)]
        besides = [articles_.c.id.in_(scope.also)] if scope.also and adcode is articles_.c.adcode else []
        clauses.append(or_(adcode.in_(exact), *nested, *besides))
    if scope.since:
        within = literal(scope.since).startswith(articles_.c.published_on)
        clauses.append(or_(articles_.c.published_on >= scope.since, within))
    if scope.until:
        clauses.append(articles_.c.published_on <= scope.until + "~")
    return clauses


def _codes_in(adcode: str) -> tuple[str, str]:
    """The first code of a division and the first behind it, so that an index serves.

    Codes nest: 520000 ⊃ 522700 ⊃ 522732; a province-administered county (429004) has only itself.
    """
    prefix = adcode[:2] if adcode.endswith("0000") else adcode[:4]
    return prefix, str(int(prefix) + 1)


def _limited(query: Select[Any], column: ColumnElement[Any], ids: Collection[str] | None) -> list[Select[Any]]:
    """A query limited to ids, in as many pieces as a database takes parameters; the query itself without ids."""
    return [query] if ids is None else [query.where(column.in_(batch)) for batch in batches(ids)]
