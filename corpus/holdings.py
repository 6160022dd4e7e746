"""How much a library holds of each place, counted in one go over all of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from corpus.reading import Holding
from corpus.tables import article as articles_
from corpus.tables import fact as facts_
from corpus.tables import practice as practices_

if TYPE_CHECKING:
    from sqlalchemy import Engine


@dataclass
class Held:
    """What is held of a place, those below it included once they are added."""

    documents: set[str] = field(default_factory=set)
    articles: int = 0
    facts: int = 0
    practices: int = 0
    first: str | None = None
    last: str | None = None

    def add(self, other: Held) -> None:
        """Take in what is held of a place below."""
        self.documents |= other.documents
        self.articles += other.articles
        self.facts += other.facts
        self.practices += other.practices
        self.first = min(filter(None, (self.first, other.first)), default=None)
        self.last = max(filter(None, (self.last, other.last)), default=None)

    def counted(self) -> Holding:
        """As numbers."""
        return Holding(len(self.documents), self.articles, self.facts, self.practices, self.first, self.last)


def held_by_place(engine: Engine) -> dict[str, Held]:
    """What is held of each place itself, by adcode; articles count where they are about it, figures by their own place.

    A document counts for each place that one of its articles is about.
    """
    a = articles_.c
    made: dict[str, Held] = {}
    outline = select(a.adcode, func.count(), func.min(a.published_on), func.max(a.published_on)).group_by(a.adcode)
    with engine.connect() as db:
        for adcode, n, first, last in db.execute(outline.where(a.adcode.is_not(None))):
            made[adcode] = Held(articles=n, first=first, last=last)
        for adcode, document in db.execute(select(a.adcode, a.document).where(a.adcode.is_not(None)).distinct()):
            made[adcode].documents.add(document)
        for adcode, n in db.execute(select(facts_.c.adcode, func.count()).group_by(facts_.c.adcode)):
            if adcode is not None:
                made.setdefault(adcode, Held()).facts = n
        for adcode, n in db.execute(select(practices_.c.adcode, func.count()).group_by(practices_.c.adcode)):
            if adcode is not None:
                made.setdefault(adcode, Held()).practices = n
    return made
