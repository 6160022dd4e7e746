"""The lexical index: BM25 (Robertson & Zaragoza 2009) by tantivy over text that is cut into tokens here.

One writer; any number of readers in other processes, each seeing the last commit at the time of its search.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import LibraryError
from corpus.model import Passage
from retrieval.tokenise import Segmentation, tokeniser

if TYPE_CHECKING:
    import tantivy

logger = logging.getLogger(__name__)

DAMAGED = (
    "文字索引无法读写：可能正被其他程序占用、已损坏、分词方式已改或磁盘已满；"
    "关闭其他程序、腾出空间后执行 tongjian rebuild 重建"
)
MEMORY = 64_000_000
LONGEST_QUERY = 512
"""Distinct tokens of a query that are looked up; a question has a few dozen."""


class LexicalIndex:
    """Passages by their tokens, their title's before their own."""

    def __init__(self, folder: Path, *, writer: bool, segmentation: Segmentation = "bigram") -> None:
        """Open or, as the writer, make the index in ``folder``. Raises LibraryError."""
        import tantivy

        self._tokens = tokeniser(segmentation)
        self._schema = _schema(segmentation)
        self._field = segmentation
        with _translated():
            if writer:
                folder.mkdir(parents=True, exist_ok=True)
            elif not tantivy.Index.exists(str(folder)):
                raise ValueError("no index")
            self._index = tantivy.Index(self._schema, path=str(folder))
            self._writer = self._index.writer(MEMORY, 1) if writer else None

    def upsert(self, passages: Iterable[Passage]) -> None:
        """Add the passages, or put them in place of those with their ids; all at once or, on failure, not at all."""
        import tantivy

        with self._commit() as writer:
            for passage in passages:
                writer.delete_documents_by_term("id", passage.id)
                document = tantivy.Document()
                document.add_text("id", passage.id)
                document.add_text(self._field, " ".join([*self._tokens(passage.title), *self._tokens(passage.text)]))
                writer.add_document(document)

    def delete(self, ids: Iterable[str]) -> None:
        """Take passages out; ids that are not there are no error."""
        with self._commit() as writer:
            for id_ in ids:
                writer.delete_documents_by_term("id", id_)

    def search(self, text: str, k: int, allowed: Collection[str] | None = None) -> list[tuple[str, float]]:
        """The best ``k`` passages with their BM25 scores, of ``allowed`` ids only if given."""
        query = self._query(text, allowed)
        if query is None or k < 1:
            return []
        with _translated():
            self._index.reload()
            searcher = self._index.searcher()
            hits = searcher.search(query, k).hits
            return [(str(searcher.doc(address).get_first("id")), float(score)) for score, address in hits]

    def frequency(self, words: Collection[str]) -> int:
        """In how many passages or their titles one of the words stands, as far as its neighbouring characters tell."""
        query = self._holding(words)
        if query is None:
            return 0
        with _translated():
            self._index.reload()
            return int(getattr(self._index.searcher().search(query, 1, count=True), "count", 0) or 0)

    def count(self) -> int:
        """How many passages are in the last commit."""
        with _translated():
            self._index.reload()
            return int(self._index.searcher().num_docs)

    def close(self) -> None:
        """Finish merges and give the folder free."""
        if self._writer is not None:
            self._writer.wait_merging_threads()
            self._writer = None

    @contextmanager
    def _commit(self) -> Iterator[tantivy.IndexWriter]:
        """The writer; what was done with it is committed in the end, or undone."""
        if self._writer is None:
            raise LibraryError("文字索引以只读方式打开，不能写入")
        with _translated():
            try:
                yield self._writer
                self._writer.commit()
            except BaseException:
                self._writer.rollback()
                raise

    def _holding(self, words: Collection[str]) -> tantivy.Query | None:
        """All neighbouring pairs of one of the words."""
        from tantivy import Occur, Query

        either = []
        for word in words:
            made = self._tokens(word)
            pairs = [t for t in made if len(t) > 1] or made
            musts = [(Occur.Must, Query.term_query(self._schema, self._field, t)) for t in dict.fromkeys(pairs)]
            if musts:
                either.append((Occur.Should, Query.boolean_query(musts)))
        return Query.boolean_query(either) if either else None

    def _query(self, text: str, allowed: Collection[str] | None) -> tantivy.Query | None:
        """Terms, never query syntax: whatever a user types is text."""
        from tantivy import Occur, Query

        tokens: Sequence[str] = list(dict.fromkeys(self._tokens(text)))[:LONGEST_QUERY]
        if not tokens or (allowed is not None and not allowed):
            return None
        terms = [(Occur.Should, Query.term_query(self._schema, self._field, token)) for token in tokens]
        query = Query.boolean_query(terms)
        if allowed is None:
            return query
        within = Query.const_score_query(Query.term_set_query(self._schema, "id", list(allowed)), 0.0)
        return Query.boolean_query([(Occur.Must, query), (Occur.Must, within)])


def _schema(segmentation: Segmentation) -> tantivy.Schema:
    """The text's field bears the name of its segmentation: an index of another one does not open."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field(segmentation, stored=False, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (ValueError, OSError) as exc:
        logger.warning("lexical index: %s", exc)
        raise LibraryError(DAMAGED) from exc
