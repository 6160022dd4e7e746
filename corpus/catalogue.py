"""The catalogue: the only truth of a library. Every write is one transaction; a batch is never half in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from corpus.codec import decode
from corpus.corrections import Correction, corrected, store, stored
from corpus.database import batches
from corpus.errors import Conflict
from corpus.links import link_articles
from corpus.model import Article, Document, Fact, Passage, Practice
from corpus.paging import Paging
from corpus.reading import DocumentState, Scope
from corpus.retire import GONE, retire
from corpus.rows import (
    article_row,
    document_row,
    fact_columns,
    fact_rows,
    passage_row,
    practice_row,
)
from corpus.tables import article as articles_
from corpus.tables import document as documents_
from corpus.tables import fact as facts_
from corpus.tables import index_state, stale_passage
from corpus.tables import passage as passages_
from corpus.tables import practice as practices_

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Table

__all__ = ["Catalogue", "DocumentState", "Scope"]


class Catalogue(Paging):
    """Reads and writes of one library's database."""

    def add(
        self,
        document: Document,
        articles: Sequence[Article],
        passages: Sequence[tuple[Passage, bytes | None]],
        facts: Sequence[Fact],
        practices: Sequence[Practice],
        *,
        origin: str | None = None,
        received: int | None = None,
        replaces: Collection[str] = (),
    ) -> None:
        """Store one document and all that was made of it, in one transaction; state ``stored``.

        ``received``: when it came in, in seconds of the epoch. The documents it ``replaces`` become history.
        """
        with self.engine.begin() as tx:
            for old in replaces:
                retire(tx, old, "replaced", document.id)
            tx.execute(delete(documents_).where(documents_.c.id == document.id))
            row = document_row(document, "stored") | {"received": received}
            tx.execute(insert(documents_).values(**row, origin=origin))
            _insert(tx, articles_, [article_row(a) for a in articles])
            _insert(tx, passages_, [passage_row(p, vector) for p, vector in passages])
            _insert(tx, facts_, fact_rows(tx, facts))
            _insert(tx, practices_, [practice_row(p, i) for i, p in enumerate(practices)])
            link_articles(tx, articles)

    def origin(self, document: str) -> str | None:
        """The path from which a document was read last."""
        with self.engine.connect() as tx:
            return tx.scalar(select(documents_.c.origin).where(documents_.c.id == document))

    def path(self, document: str) -> str | None:
        """The path by which people know a document."""
        with self.engine.connect() as tx:
            return tx.scalar(select(documents_.c.path).where(documents_.c.id == document))

    def move(self, document: str, origin: str) -> None:
        """A document is known by a new path from now on."""
        with self.engine.begin() as tx:
            tx.execute(update(documents_).where(documents_.c.id == document).values(origin=origin))

    def read_from(self, origin: str, document: str) -> list[str]:
        """The other documents, not history yet, that were read from a path."""
        return self._others(documents_.c.origin == origin, document)

    def known_as(self, path: str, document: str) -> list[str]:
        """The other documents, not history yet, that people know by a path."""
        return self._others(documents_.c.path == path, document)

    def _others(self, same: ColumnElement[bool], document: str) -> list[str]:
        query = select(documents_.c.id).where(same, documents_.c.id != document, documents_.c.state.not_in(GONE))
        with self.engine.connect() as db:
            return list(db.execute(query.order_by(documents_.c.id)).scalars())

    def replace(self, documents: Collection[str], document: str) -> None:
        """Make documents history, another having taken their place."""
        with self.engine.begin() as tx:
            for old in documents:
                retire(tx, old, "replaced", document)

    def delete(self, documents: Collection[str]) -> None:
        """Take documents out; their rows and original files stay, and taking the files in again brings them back."""
        with self.engine.begin() as tx:
            for document in sorted(documents):
                retire(tx, document, "deleted")

    def fail(self, document: Document, kind: str, reason: str, received: int | None = None) -> None:
        """Record that a file could not be read; ``received`` as in ``add``."""
        with self.engine.begin() as tx:
            known = tx.execute(select(documents_.c.attempts).where(documents_.c.id == document.id)).scalar()
            tx.execute(delete(documents_).where(documents_.c.id == document.id))
            row = document_row(document, "failed") | {"reason": reason, "kind_of_failure": kind, "received": received}
            tx.execute(insert(documents_).values(**row | {"attempts": (known or 0) + 1}))

    def mark_indexed(self, documents: Collection[str]) -> None:
        """Note that the passages of these documents are in both indexes."""
        with self.engine.begin() as tx:
            for ids in batches(documents):
                tx.execute(update(documents_).where(documents_.c.id.in_(ids)).values(state="indexed"))

    def stale(self) -> list[str]:
        """The passages that are gone and may still be in the indexes."""
        with self.engine.connect() as db:
            return list(db.execute(select(stale_passage.c.id)).scalars())

    def forget_stale(self, passages: Collection[str]) -> None:
        """Note that passages are out of both indexes."""
        with self.engine.begin() as tx:
            for ids in batches(passages):
                tx.execute(delete(stale_passage).where(stale_passage.c.id.in_(ids)))

    def set_vectors(self, vectors: Iterable[tuple[str, bytes]]) -> None:
        """Store the embeddings of passages."""
        with self.engine.begin() as tx:
            for passage, vector in vectors:
                tx.execute(update(passages_).where(passages_.c.id == passage).values(vector=vector))

    def correct(self, corrections: Sequence[Correction], before: Mapping[str, int] | None = None) -> None:
        """Lay a person's corrections over facts; every later reading has them.

        ``before``: how many corrections each fact had when they were made.

        Raises:
            Conflict: a fact has others by now; nothing is written.
        """
        with self.engine.begin() as tx:
            store(tx, corrections)
            known = stored(tx)
            made = Counter(c.fact for c in corrections)
            for fact, count in (before or {}).items():
                if len(known.get(fact, ())) != count + made[fact]:
                    raise Conflict(_changed(known.get(fact, [])[: -made[fact] or None]))
            for ids in batches({c.fact for c in corrections}):
                for row in tx.execute(select(facts_.c.id, facts_.c.rest).where(facts_.c.id.in_(ids))).all():
                    columns = fact_columns(corrected(decode(Fact, row.rest), known[row.id]))
                    tx.execute(update(facts_).where(facts_.c.id == row.id).values(**columns))

    def note(self, key: str, value: str) -> None:
        """Remember a property of the library, such as the encoder's name."""
        with self.engine.begin() as tx:
            tx.execute(delete(index_state).where(index_state.c.key == key))
            tx.execute(insert(index_state).values(key=key, value=value))


def _changed(others: Sequence[Correction]) -> str:
    """That somebody changed a fact meanwhile, and who."""
    who = "".join(f"（{each.author or '未署名'}，{each.at[:16].replace('T', ' ')}）" for each in others[-1:])
    return f"这条数据刚被别处改过{who}，这次没有写入。请看过新的内容再改。"


def _insert(tx: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        tx.execute(insert(table), rows)
