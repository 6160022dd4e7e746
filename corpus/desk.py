"""What the web desk lists and counts: files and articles by page, the facets of articles, what needs attention."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer, case, cast, func, literal, select

from corpus.database import batches
from corpus.model import Article
from corpus.paging import At, Listing, Page, WantedArticles, flagged, needing
from corpus.reading import DocumentState, counted_documents, state_of
from corpus.retire import LIVE
from corpus.rows import outline_of
from corpus.tables import article as articles_
from corpus.tables import document as documents_
from corpus.tables import fact as facts_
from corpus.tables import practice as practices_

if TYPE_CHECKING:
    from sqlalchemy import Engine, Select

_MOST = 200
"""Values of a facet that are listed."""
_FLAGS = articles_.c.rest["flags"].as_string()
_COLUMN = articles_.c.rest["column"].as_string()
_SOURCE = articles_.c.rest["source_line"].as_string()
_NAME = articles_.c.rest["name"].as_string()
_LOCAL = case((articles_.c.adcode.is_not(None), articles_.c.id))
"""The id of an article about a place, null of others: the country is none."""
_YEAR = func.substr(articles_.c.published_on, 1, 4)
_DELETED_LAST = case((documents_.c.state == "deleted", 1), else_=0)
_LATEST_FIRST = -func.coalesce(documents_.c.received, 0)
_FAILED_FIRST = case((documents_.c.state == "failed", 0), else_=1)
_DATE = func.substr(func.coalesce(articles_.c.published_on, "").concat("-00-00"), 1, 10)
_AGE = literal(99_999_999) - cast(func.replace(_DATE, "-", ""), Integer)
_SINCE = case((articles_.c.published_on.is_(None), 99_999_999), else_=literal(99_999_999) - _AGE)
_RECEIVED = select(_LATEST_FIRST).where(documents_.c.id == articles_.c.document).scalar_subquery()
_WITHIN = articles_.c.document, articles_.c.ordinal
_ARTICLES = {
    "newest": Listing(articles_, articles_.c.id, (_AGE, *_WITHIN), (-1, "", -1)),
    "oldest": Listing(articles_, articles_.c.id, (_SINCE, *_WITHIN), (-1, "", -1)),
    "received": Listing(articles_, articles_.c.id, (_RECEIVED, *_WITHIN), (-(2**53), "", -1)),
    "place": Listing(
        articles_, articles_.c.id, (func.coalesce(articles_.c.adcode, "999999"), _AGE, *_WITHIN), ("", -1, "", -1)
    ),
}
"""The orders of articles: the newest or the oldest first, the last that came in, by places in administrative order."""
_DOCUMENTS = Listing(
    documents_, documents_.c.id, (_DELETED_LAST, _LATEST_FIRST, _FAILED_FIRST, documents_.c.name, documents_.c.id),
    (-1, 0, -1, "", ""),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facet:
    """A value of a facet and how many articles have it."""

    value: str
    count: int


class Desk:
    """Lists and counts over one library's database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def document(self, document: str) -> DocumentState | None:
        """One file with its state, or None."""
        with self._engine.connect() as db:
            row = db.execute(counted_documents().where(documents_.c.id == document)).one_or_none()
        return state_of(row) if row else None

    def live(self, documents: Sequence[str]) -> list[str]:
        """Those of some hundred files that the library holds."""
        query = select(documents_.c.id).where(documents_.c.id.in_(documents), documents_.c.state.in_(LIVE))
        with self._engine.connect() as db:
            return list(db.execute(query).scalars())

    def documents(self, words: str, state: str | None, at: At) -> Page[DocumentState]:
        """Files, the latest first, of those of one time the failed first, by name, and the deleted last.

        Replaced ones only when asked for by state.

        Raises:
            UsageError: the cursor's file is gone.
        """
        wanted = [documents_.c.state == state if state else documents_.c.state != "replaced"]
        wanted += [documents_.c.name.contains(word, autoescape=True) for word in words.split()]
        with self._engine.connect() as db:
            ids, following, total = _DOCUMENTS.keys(db, wanted, at)
            rows = {row.id: row for row in db.execute(counted_documents().where(documents_.c.id.in_(ids)))}
        return Page(tuple(state_of(rows[i]) for i in ids), following, total)

    def articles(self, chosen: WantedArticles, at: At, order: str = "newest") -> Page[Article]:
        """Articles without bodies in one of the orders, those without a date or place last.

        Raises:
            UsageError: the cursor's article is gone.
        """
        columns = (articles_.c.id, articles_.c.duplicate_of, articles_.c.version_of, articles_.c.rest)
        with self._engine.connect() as db:
            ids, following, total = _ARTICLES[order].keys(db, chosen.clauses(), at)
            rows = {row.id: row for row in db.execute(select(*columns).where(articles_.c.id.in_(ids)))}
        return Page(tuple(outline_of(rows[i]) for i in ids), following, total)

    def latest(self, limit: int) -> list[Article]:
        """Articles without bodies that came in last, in order of their documents."""
        a = articles_.c
        query = select(a.id, a.duplicate_of, a.version_of, a.rest).join_from(articles_, documents_)
        with self._engine.connect() as db:
            rows = db.execute(query.order_by(_LATEST_FIRST, a.document, a.ordinal).limit(limit)).all()
        return [outline_of(row) for row in rows]

    def facets(self, chosen: WantedArticles) -> dict[str, list[Facet]]:
        """How many of the chosen articles have each place (adcode), column, kind, year, source, file, flag and need.

        A place counts what is of the places in it, too, as a choice of it gives them; every province has its count.
        """
        columns = (articles_.c.adcode, _COLUMN, articles_.c.kind, _YEAR, _SOURCE, _NAME, _FLAGS)
        names = ("place", "column", "kind", "year", "source", "name", "flag")
        counts: list[Counter[str | None]] = [Counter() for _ in names]
        with self._engine.connect() as db:
            for row in db.execute(select(*columns).where(*chosen.clauses())):
                for counted, value in zip(counts, row, strict=True):
                    counted[value] += 1
            needs = needing()
            sums = [func.count().filter(clause) for clause in needs.values()]
            attention = dict(zip(needs, db.execute(select(*sums).where(*chosen.clauses())).one(), strict=True))
        found = dict(zip(names, counts, strict=True))
        flags: Counter[str | None] = Counter()
        for listed, n in found["flag"].items():
            flags.update(dict.fromkeys(json.loads(listed or "[]"), n))
        provinces: dict[str | None, int] = {f"{code[:2]}0000": 0 for code in found["place"] if code}
        found |= {"flag": flags, "place": Counter(with_places_in(provinces | dict(found["place"])))}
        told = {name: _facets(counted) for name, counted in found.items()}
        return told | {"attention": [Facet(name, n) for name, n in attention.items() if n]}

    def states(self, words: str) -> list[Facet]:
        """How many files of a name are in each state."""
        query = select(documents_.c.state, func.count())
        for word in words.split():
            query = query.where(documents_.c.name.contains(word, autoescape=True))
        with self._engine.connect() as db:
            return _facets(Counter({row[0]: row[1] for row in db.execute(query.group_by(documents_.c.state))}))

    def sent(self) -> Iterator[tuple[str, Article, int]]:
        """Articles that stand, by month, one for all that name the same sender, and how many they are."""
        rest, columns = articles_.c.rest, articles_.c
        who = tuple(rest[name].as_string() for name in ("reporter", "issuer", "source_line"))
        month = func.coalesce(func.substr(columns.published_on, 1, 7), "")
        query = select(month, func.min(columns.id), func.count()).group_by(month, *who, columns.adcode)
        query = query.where(columns.duplicate_of.is_(None), columns.version_of.is_(None))
        with self._engine.connect() as db:
            rows = db.execute(query).all()
            outline = select(columns.id, columns.duplicate_of, columns.version_of, columns.rest)
            for some in batches(rows):
                ids = [row[1] for row in some]
                told = {row.id: outline_of(row) for row in db.execute(outline.where(columns.id.in_(ids)))}
                for when, article, n in some:
                    yield when, told[article], n

    def attention(self) -> dict[str, int]:
        """What a person should look at: files that failed, articles in need of it by what they need."""
        queries: dict[str, Select[Any]] = {
            "failed": select(func.count()).select_from(documents_).where(documents_.c.state == "failed"),
        } | {name: select(func.count()).select_from(articles_).where(clause) for name, clause in needing().items()}
        with self._engine.connect() as db:
            return {name: db.execute(query).scalar_one() for name, query in queries.items()}

    def unreviewed(self) -> int:
        """How many facts nobody has confirmed or put aside."""
        query = select(func.count()).select_from(facts_).where(flagged("unreviewed"))
        with self._engine.connect() as db:
            return db.execute(query).scalar_one()

    def years(self) -> list[tuple[str, int]]:
        """How many articles each year has, the years in order."""
        query = select(_YEAR, func.count()).where(articles_.c.published_on.is_not(None)).group_by(_YEAR)
        with self._engine.connect() as db:
            return [(row[0], row[1]) for row in db.execute(query.order_by(_YEAR))]

    def named_practices(self, limit: int) -> list[tuple[str, int]]:
        """The practices told in the most articles about places, with in how many articles in all."""
        practice, kind = practices_.c.practice, practices_.c.rest["kind"].as_string()
        told, local = (func.count(column.distinct()) for column in (practices_.c.article, _LOCAL))
        joined = practices_.join(articles_, practices_.c.article == articles_.c.id)
        query = select(practice, told).select_from(joined).where(kind != "unnamed").group_by(practice).having(local > 0)
        ordered = query.order_by(told.desc(), local.desc(), practice).limit(limit)
        with self._engine.connect() as db:
            return [(row[0], row[1]) for row in db.execute(ordered)]

    def shared_indicators(self, limit: int) -> list[str]:
        """The indicators of which the most places tell what is done, those of one place left out."""
        places = func.count(facts_.c.adcode.distinct())
        query = select(facts_.c.indicator).where(facts_.c.status == "done").group_by(facts_.c.indicator)
        with self._engine.connect() as db:
            ordered = query.having(places > 1).order_by(places.desc(), facts_.c.indicator)
            return list(db.execute(ordered.limit(limit)).scalars())

    def practices_of_kind(self, kind: str, limit: int) -> list[str]:
        """Names of practices of a kind, those with the most parts first."""
        parts = func.length(practices_.c.rest["members"].as_string())
        query = select(practices_.c.practice).where(practices_.c.rest["kind"].as_string() == kind, parts > len("[]"))
        with self._engine.connect() as db:
            return list(db.execute(query.order_by(parts.desc(), practices_.c.practice).limit(limit)).scalars())

    def shared_themes(self, limit: int) -> list[str]:
        """The themes on which practices of the most places are told, 其他 left out."""
        themes = practices_.c.rest["themes"].as_string()
        query = select(themes, practices_.c.adcode).where(practices_.c.adcode.is_not(None)).distinct()
        places: Counter[str] = Counter()
        with self._engine.connect() as db:
            for listed, _ in db.execute(query):
                places.update(json.loads(listed or "[]"))
        del places["其他"]
        told = sorted((theme for theme, n in places.items() if n > 1), key=lambda theme: (-places[theme], theme))
        return told[:limit]


def with_places_in(counts: Mapping[str | None, int]) -> dict[str | None, int]:
    """The counts of places with those of the places in them.

    >>> with_places_in({"520000": 1, "522700": 2, "522732": 3, None: 4})
    {'520000': 6, '522700': 5, '522732': 3, None: 4}
    """
    found = dict.fromkeys(counts, 0)
    for code, n in counts.items():
        for place in {code, code[:4] + "00", code[:2] + "0000"} if code else {code}:
            if place in found:
                found[place] += n
    return found


def _facets(counted: Counter[str | None]) -> list[Facet]:
    """The most frequent values, the first first."""
    told = sorted(((v, n) for v, n in counted.items() if v is not None), key=lambda each: (-each[1], each[0]))
    return [Facet(value, n) for value, n in told[:_MOST]]
