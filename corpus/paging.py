"""Pages of a library's articles, facts and practices: each is read from where the last one ended, however far that is.

The cursor of a page is the id of its last item; its place in the order is looked up, and the next page begins behind
it. The order is an index's (``article_order``), so a page costs the same at the end of a long list as at its beginning.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sqlalchemy import and_, func, not_, or_, select, tuple_

from corpus.codec import decode
from corpus.corrections import REVIEWS, corrected, stored
from corpus.database import batches
from corpus.doubts import CONTRADICTED, KINDS, Brief, contradicting, in_doubt
from corpus.errors import UsageError
from corpus.model import Article, Fact, Practice
from corpus.reading import Reading, Scope, within
from corpus.rows import fact_of, plain, standing
from corpus.tables import article as articles_
from corpus.tables import correction as corrections_
from corpus.tables import fact as facts_
from corpus.tables import link as links_
from corpus.tables import practice as practices_

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, FromClause

T = TypeVar("T")

_FIRST = ("", -1, -1, "")
"""Before every position: with it the database goes through the order's index instead of sorting all that there is."""
_SENTENCE = facts_.c.rest["sentence_text"].as_string()
_FLAGS = facts_.c.rest["flags"].as_string()
_NAME = facts_.c.rest["indicator_name"].as_string()
_YEAR = func.coalesce(facts_.c.rest[("period", "end")].as_string(), articles_.c.published_on)


@dataclass(frozen=True, slots=True)
class At:
    """Where a page begins, behind the item of that id, and how many it has."""

    cursor: str | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Items in order; ``next`` is the cursor of the next page; ``total`` is counted for the first page alone."""

    items: tuple[T, ...]
    next: str | None
    total: int | None


@dataclass(frozen=True, slots=True)
class WantedArticles:
    """Which articles; what is given must all hold. Each of ``words`` is in title, body or file name."""

    scope: Scope = Scope()
    words: tuple[str, ...] = ()
    kind: str | None = None
    column: str | None = None
    year: str | None = None
    document: str | None = None
    name: str | None = None
    flag: str | None = None
    attention: str | None = None
    practice: str | None = None
    source: str | None = None

    def clauses(self) -> list[ColumnElement[bool]]:
        """As conditions.

        Raises:
            UsageError: ``attention`` is none of ``needing``.
        """
        a = articles_.c
        found = within(self.scope)
        among = (a.title, a.body, a.simplified, a.rest["name"].as_string())
        found += [or_(*(column.contains(word, autoescape=True) for column in among)) for word in self.words]
        found += [a.kind == self.kind] if self.kind else []
        found += [a.rest["column"].as_string() == self.column] if self.column else []
        found += [a.published_on.startswith(self.year, autoescape=True)] if self.year else []
        found += [a.rest["name"].as_string() == self.name] if self.name else []
        found += [a.rest["source_line"].as_string() == self.source] if self.source else []
        if self.flag:
            found.append(a.rest["flags"].as_string().contains(json.dumps(self.flag), autoescape=True))
        if self.attention:
            if self.attention not in needing():
                raise UsageError(f"没有 {self.attention!r} 这一类，可用：{'、'.join(needing())}。")
            found.append(needing()[self.attention])
        if self.practice:
            told = practices_.c.practice == self.practice, practices_.c.rest["kind"].as_string() != "unnamed"
            found.append(a.id.in_(select(practices_.c.article).where(*told)))
        return found + ([a.document == self.document] if self.document else [])


def needing() -> dict[str, ColumnElement[bool]]:
    """The articles that a person should look at, by what is the matter with them."""
    a, flags = articles_.c, articles_.c.rest["flags"].as_string()
    doubts = ("truncated", "garbled", "pages_unread", "no_title")
    alike = (select(column).where(links_.c.kind == "alike") for column in (links_.c.article, links_.c.other))
    return {
        "doubtful": or_(*(flags.contains(json.dumps(flag), autoescape=True) for flag in doubts)),
        "unplaced": a.adcode.is_(None), "undated": a.published_on.is_(None), "copies": a.duplicate_of.is_not(None),
        "alike": or_(*(a.id.in_(ids) for ids in alike)),
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class WantedFacts:
    """Which facts; what is given must all hold.

    ``indicators`` are ids, ``ids`` those of facts. Each of ``words`` is in what is counted or done, or in the sentence.
    ``year`` is that of the period's end, or of publication where none is told.
    """

    scope: Scope = Scope()
    indicators: tuple[str, ...] = ()
    status: str | None = None
    words: tuple[str, ...] = ()
    flag: str | None = None
    level: str | None = None
    year: str | None = None
    article: str | None = None
    document: str | None = None
    ids: tuple[str, ...] = ()

    def clauses(self) -> list[ColumnElement[bool]]:
        """As conditions."""
        f = facts_.c
        found = within(self.scope, f.adcode)
        found += [f.id.in_(self.ids)] if self.ids else []
        found += [f.indicator.in_(self.indicators)] if self.indicators else []
        found += [_told(word) for word in self.words]
        found += [flagged(self.flag)] if self.flag else []
        found += [_YEAR.startswith(self.year, autoescape=True)] if self.year else []
        # No index serves status and level; as expressions they do not keep SQLite from following the order.
        same = (
            (func.coalesce(f.status, ""), self.status), (func.coalesce(f.level, ""), self.level),
            (f.article, self.article), (articles_.c.document, self.document),
        )  # fmt: skip
        return found + [column == wanted for column, wanted in same if wanted]


@dataclass(frozen=True, slots=True)
class WantedPractices:
    """Which practices; what is given must all hold."""

    scope: Scope = Scope()
    theme: str | None = None
    kind: str | None = None
    article: str | None = None

    def clauses(self) -> list[ColumnElement[bool]]:
        """As conditions."""
        rest = practices_.c.rest
        found = within(self.scope, practices_.c.adcode)
        if self.theme:
            found.append(rest["themes"].as_string().contains(json.dumps(self.theme), autoescape=True))
        found += [rest["kind"].as_string() == self.kind] if self.kind else []
        return found + ([practices_.c.article == self.article] if self.article else [])


@dataclass(frozen=True, slots=True)
class Listing:
    """A list that is paged: its rows, their id, the columns they are in order by, what is before every row."""

    source: FromClause
    id: ColumnElement[str]
    order: tuple[ColumnElement[Any], ...]
    first: tuple[Any, ...] = _FIRST

    def keys(
        self, db: Connection, clauses: Sequence[ColumnElement[bool]], at: At
    ) -> tuple[list[str], str | None, int | None]:
        """The ids of a page, the cursor of the next, and on the first page how many there are."""
        position: Sequence[Any] = self.first[: len(self.order)]
        total = None
        if at.cursor is None:
            total = db.execute(select(func.count()).select_from(self.source).where(*clauses)).scalar_one()
        else:
            found = db.execute(select(*self.order).select_from(self.source).where(self.id == at.cursor)).one_or_none()
            if found is None:
                raise UsageError(f"游标 {at.cursor!r} 已失效（资料库有变动），请从第一页重新读取。")
            position = tuple(found)
        if total == 0:
            return [], None, total
        query = select(self.id).select_from(self.source).where(*clauses, tuple_(*self.order) > position)
        ids = list(db.execute(query.order_by(*self.order).limit(at.limit + 1)).scalars())
        return ids[: at.limit], ids[at.limit - 1] if len(ids) > at.limit else None, total


_JOINED_FACTS = facts_.join(articles_, facts_.c.article == articles_.c.id)
_JOINED_PRACTICES = practices_.join(articles_, practices_.c.article == articles_.c.id)
_ORDER = (articles_.c.document, articles_.c.ordinal)
_ARTICLES = Listing(articles_, articles_.c.id, _ORDER)
_FACTS = Listing(_JOINED_FACTS, facts_.c.id, (*_ORDER, facts_.c.start, facts_.c.id))
_PRACTICES = Listing(_JOINED_PRACTICES, practices_.c.id, (*_ORDER, practices_.c.ordinal, practices_.c.id))


class Paging(Reading):
    """Reads of one library's database, a page at a time."""

    def article_page(self, wanted: WantedArticles, at: At = At()) -> Page[Article]:
        """Articles in order of document and position, with their bodies and without the way back to the source.

        Raises:
            UsageError: the cursor's article is gone.
        """
        a = articles_.c
        with self.engine.connect() as db:
            ids, following, total = _ARTICLES.keys(db, wanted.clauses(), at)
            columns = (a.id, a.duplicate_of, a.version_of, a.body, a.rest)
            rows = {row.id: row for row in db.execute(select(*columns).where(a.id.in_(ids)))}
        return Page(tuple(_without_runs(rows[i]) for i in ids), following, total)

    def fact_page(self, wanted: WantedFacts, at: At = At()) -> Page[Fact]:
        """Facts in order of document, article and position.

        Raises:
            UsageError: the cursor's fact is gone.
        """
        with self.engine.connect() as db:
            ids, following, total = _FACTS.keys(db, wanted.clauses(), at)
        return Page(tuple(self.facts_by_id(ids)), following, total)

    def doubtful(self, wanted: WantedFacts) -> dict[str, str | None]:
        """The kind of doubt of each fact by id, the gravest first (``corpus.doubts``).

        What contradicts a fact counts wherever it is told, also where its words, flag, year or article are not wanted.
        """
        wide = replace(wanted, words=(), flag=None, year=None, article=None, document=None)
        found = in_doubt(self._briefs(wide), self._sentences)
        flag = None if wanted.flag == CONTRADICTED else wanted.flag
        if (narrow := replace(wanted, flag=flag)) != wide:
            query = select(facts_.c.id).select_from(_JOINED_FACTS).where(*narrow.clauses())
            with self.engine.connect() as db:
                among = set(db.execute(query).scalars())
            found = {each: kind for each, kind in found.items() if each in among}
        if wanted.flag == CONTRADICTED:
            found = {each: kind for each, kind in found.items() if kind == KINDS[0]}
        return found

    def doubts_of(self, facts: Sequence[Fact]) -> dict[str, str | None]:
        """The kind of doubt of each of some hundred facts by id."""
        found = self.doubts_beside(facts)
        return {fact.id: found.get(fact.id) for fact in facts}

    def doubts_beside(self, facts: Sequence[Fact]) -> dict[str, str | None]:
        """The kind of doubt of some hundred facts, and of all that may contradict them, by id."""
        placed = [fact for fact in facts if fact.place]
        unplaced = tuple(fact.id for fact in facts if not fact.place)
        found = self.doubtful(_beside(placed)) if placed else {}
        return found | (self.doubtful(WantedFacts(ids=unplaced)) if unplaced else {})

    def contradicting(self, fact: Fact) -> list[Fact]:
        """The facts that tell otherwise of the same (``corpus.doubts``)."""
        ids = contradicting(fact.id, self._briefs(_beside([fact])), self._sentences) if fact.place else []
        return self.facts_by_id(ids)

    def _sentences(self, facts: Collection[str]) -> dict[str, str]:
        with self.engine.connect() as db:
            queries = (select(facts_.c.id, _SENTENCE).where(facts_.c.id.in_(ids)) for ids in batches(facts))
            return {row[0]: row[1] for query in queries for row in db.execute(query)}

    def _briefs(self, wanted: WantedFacts) -> list[Brief]:
        rest, told = facts_.c.rest, facts_.c
        parts = (
            ("quantity", "value"), ("quantity", "bound"), ("quantity", "unit"), ("period", "start"), ("period", "end"),
            ("period", "basis"),
        )  # fmt: skip
        query = (
            select(
                told.id, told.article, articles_.c.published_on, told.adcode, told.indicator, told.status, told.level,
                *(rest[name].as_string() for name in ("subject", "object", "action")),
                *(rest[part].as_string() for part in parts),
                *(rest[name].as_string() for name in ("sentence", "relations")), _FLAGS,
                and_(told.duplicate_of.is_(None), articles_.c.version_of.is_(None)), flagged("corrected"),
            )
            .select_from(_JOINED_FACTS)
            .where(*wanted.clauses(), tuple_(*_FACTS.order) > _FIRST)
            .order_by(*_FACTS.order)
        )  # fmt: skip
        with self.engine.connect() as db:
            rows: list[Any] = list(db.execute(query))
        found = [Brief(*row) for row in rows]
        looked_at = [each.id for each in found if each.corrected]
        facts = {fact.id: fact for ids in batches(looked_at) for fact in self.facts_by_id(ids)}
        return [_as_corrected(each, facts[each.id]) if each.id in facts else each for each in found]

    def facts_by_id(self, ids: Sequence[str]) -> list[Fact]:
        """Some hundred facts in the order of their ids as given."""
        query = select(facts_, articles_.c.version_of).select_from(_JOINED_FACTS).where(facts_.c.id.in_(ids))
        with self.engine.connect() as db:
            known = stored(db, ids)
            found = {row.id: corrected(fact_of(row), known.get(row.id, ())) for row in db.execute(query)}
        return [found[i] for i in ids if i in found]

    def practice_page(self, wanted: WantedPractices, at: At = At()) -> Page[Practice]:
        """Practices in order of document, article and position.

        Raises:
            UsageError: the cursor's practice is gone.
        """
        p = practices_.c
        with self.engine.connect() as db:
            ids, following, total = _PRACTICES.keys(db, wanted.clauses(), at)
            rows = {row.id: row.rest for row in db.execute(select(p.id, p.rest).where(p.id.in_(ids)))}
        return Page(tuple(decode(Practice, rows[i]) for i in ids), following, total)

    def practices_named(self, names: Sequence[str]) -> list[Practice]:
        """Every practice of one of these names, by id: the same told elsewhere."""
        p = practices_.c
        with self.engine.connect() as db:
            rows = db.execute(select(p.rest).where(p.practice.in_(names)).order_by(p.id)).scalars()
            return [decode(Practice, rest) for rest in rows]

    def indicators_named(self, name: str) -> list[str]:
        """The ids of indicators whose facts bear a name."""
        query = select(facts_.c.indicator).where(or_(facts_.c.indicator == name, _NAME == name)).distinct()
        with self.engine.connect() as db:
            return sorted(db.execute(query).scalars())

    def indicator_counts(self) -> dict[str, tuple[int, str]]:
        """How many facts each indicator has, and the id of one of them, by indicator."""
        query = select(facts_.c.indicator, func.count(), func.min(facts_.c.id)).group_by(facts_.c.indicator)
        with self.engine.connect() as db:
            return {row[0]: (row[1], row[2]) for row in db.execute(query)}


def _beside(facts: Sequence[Fact]) -> WantedFacts:
    """What may contradict facts that have a place."""
    places = dict.fromkeys(fact.place.adcode for fact in facts if fact.place)
    return WantedFacts(Scope(tuple(places)), tuple(dict.fromkeys(fact.indicator for fact in facts)))


def _as_corrected(brief: Brief, fact: Fact) -> Brief:
    """Of a fact that a person has set right: its flags are answered."""
    q, period = fact.quantity, fact.period
    return replace(
        brief, adcode=fact.place.adcode if fact.place else None, indicator=fact.indicator, status=fact.status,
        level=fact.subject_level, subject=fact.subject, object=fact.object, action=fact.action,
        value=format(q.value, "f"), bound=q.bound, unit=q.unit, start=period.start, period=period.end,
        basis=period.basis, flags=None, stands=fact.stands,
    )  # fmt: skip


def _told(word: str) -> ColumnElement[bool]:
    """A word is in the words a figure is found by, or in its sentence; bodies, each looked through once, first."""
    told = select(articles_.c.id).where(articles_.c.body.contains(word, autoescape=True))
    inside = and_(facts_.c.article.in_(told), _SENTENCE.contains(word, autoescape=True))
    return or_(facts_.c.about.contains(plain(word), autoescape=True), inside)


def flagged(flag: str) -> ColumnElement[bool]:
    """The facts that bear a flag, also one that a person's corrections give or take."""
    if flag == "older_version":
        return articles_.c.version_of.is_not(None)
    if flag == "corrected":
        return facts_.c.id.in_(select(corrections_.c.fact))
    if flag == "unreviewed":
        return not_(or_(*(flagged(review) for review in REVIEWS)))
    if flag in REVIEWS:
        last = select(func.max(corrections_.c.id)).where(corrections_.c.field == "review").group_by(corrections_.c.fact)
        said = select(corrections_.c.fact).where(corrections_.c.id.in_(last), corrections_.c.new == flag)
        return facts_.c.id.in_(said)
    found: ColumnElement[bool] = _FLAGS.contains(json.dumps(flag), autoescape=True)
    return found


def _without_runs(row: Any) -> Article:  # noqa: ANN401
    return decode(Article, row.rest | {"body": row.body, "runs": []} | standing(row))
