"""A document taken out of the living library: its row and its original file stay, all that was made of it goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from corpus.errors import NotFound
from corpus.links import linked_with, settle
from corpus.tables import article as articles_
from corpus.tables import document as documents_
from corpus.tables import passage as passages_
from corpus.tables import stale_passage as stale_

if TYPE_CHECKING:
    from sqlalchemy import Connection

GONE = ("replaced", "deleted")
"""The states of documents that are history."""
LIVE = ("stored", "indexed")
"""The states of documents that need not be read again."""


def named(wanted: Sequence[str], live: Mapping[str, str]) -> list[str]:
    """The ids of the documents meant by ids or file names, each once; ``live``: the names by id.

    Raises:
        NotFound: one of them is none of the live ones.
    """
    chosen: dict[str, None] = {}
    for each in wanted:
        found = [document for document, name in live.items() if each in (document, name)]
        if not found:
            raise NotFound(f"资料库里没有文件 {each!r}，也许已被删除。", command="tongjian documents")
        chosen |= dict.fromkeys(found)
    return list(chosen)


def retire(tx: Connection, document: str, state: str, replaced_by: str | None = None) -> None:
    """Make a document history; its passages are noted as stale until they are out of the indexes."""
    articles = list(tx.execute(select(articles_.c.id).where(articles_.c.document == document)).scalars())
    linked = linked_with(tx, articles)
    joined = passages_.join(articles_, passages_.c.article == articles_.c.id)
    stale = select(passages_.c.id).select_from(joined).where(articles_.c.document == document)
    tx.execute(delete(stale_).where(stale_.c.id.in_(stale)))
    tx.execute(insert(stale_).from_select(["id"], stale))
    tx.execute(delete(articles_).where(articles_.c.document == document))
    tx.execute(update(documents_).where(documents_.c.id == document).values(state=state, replaced_by=replaced_by))
    settle(tx, linked)
