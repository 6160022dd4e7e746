"""A library as a langchain retriever and as a tool for agents."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.tools import BaseTool, tool
from pydantic import ConfigDict

from api.client import RemoteLibrary
from api.library import Library
from corpus.model import Article, Hit

_TOLD = "在通鉴资料库里检索各地的工作材料。query 是要找的内容；place 是地名，只查该地及其下各地，可以不填。"


class TongjianRetriever(BaseRetriever):
    """Passages of a library as documents, best first; ``place`` limits to a place and those below it.

    A document's text is the passage; its metadata: article, title, place (adcode or None), start, end (code points in
    the article's body), name (file) and score.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    library: Library | RemoteLibrary
    k: int = 10
    place: str | None = None

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        hits = self.library.search(query, self.k, place=self.place)
        articles = _articles(self.library, {h.passage.article for h in hits})
        return [_document(hit, articles[hit.passage.article]) for hit in hits]


def _articles(library: Library | RemoteLibrary, ids: set[str]) -> Mapping[str, Article]:
    """The articles of some ids, of a local library without their bodies."""
    if isinstance(library, Library):
        return library.catalogue.outlines(ids)
    return {each: library.article(each) for each in ids}


def search_tool(library: Library | RemoteLibrary, k: int = 5) -> BaseTool:
    """A tool that finds at most ``k`` passages; its result is a JSON list of them with what a citation needs."""
    retriever = TongjianRetriever(library=library, k=k)

    @tool("search_tongjian", description=_TOLD)
    def search(query: str, place: str | None = None) -> str:
        """Passages as JSON."""
        found = retriever.model_copy(update={"place": place}).invoke(query)
        return json.dumps([{"text": d.page_content, **d.metadata} for d in found], ensure_ascii=False)

    return search


def _document(hit: Hit, article: Article) -> Document:
    span = hit.passage.span
    metadata: dict[str, Any] = {
        "article": article.id, "title": article.title, "place": article.place.adcode if article.place else None,
        "start": span.start, "end": span.end, "name": article.name, "score": hit.score,
    }  # fmt: skip
    return Document(page_content=hit.passage.text, metadata=metadata, id=hit.passage.id)
