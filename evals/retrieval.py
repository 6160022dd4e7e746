"""Retrieval measured on a collection in BEIR's form: ``corpus.jsonl``, ``queries.jsonl``, ``qrels.tsv``."""

from __future__ import annotations

import csv
import json
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import fmean, quantiles
from typing import Any

from corpus.errors import NotFound, UsageError
from corpus.model import Article, Passage, content_id
from evals.measures.mrr import mrr_at_k
from evals.measures.ndcg import ndcg_at_k
from evals.measures.recall import recall_at_k
from retrieval.chunk import chunk, titled
from retrieval.encoder import Encoder, load_encoder
from retrieval.indexes import Indexes, open_indexes
from retrieval.search import Mode, Searcher

DEPTH = 100
"""Passages asked for; a document's score is that of its best passage."""
HEADING = re.compile(r"\s*((?:[^\s。！？；，（()）]|（[^\s）]*）|\([^\s)]*\)){6,60})\s")
"""Where a collection has no titles: a first line, or what stands before the first blank, if it makes no pause."""
MEASURES: Mapping[str, Callable[[Sequence[str], Mapping[str, float]], float | None]] = {
    "recall_at_1": partial(recall_at_k, k=1),
    "recall_at_5": partial(recall_at_k, k=5),
    "recall_at_10": partial(recall_at_k, k=10),
    "mrr_at_10": partial(mrr_at_k, k=10),
    "ndcg_at_10": partial(ndcg_at_k, k=10),
}


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents as articles, queries by id, and each query's relevant documents with their grades."""

    articles: tuple[Article, ...]
    queries: Mapping[str, str]
    qrels: Mapping[str, Mapping[str, float]]


def run_retrieval(set_dir: Path, mode: Mode = "hybrid", limit: int | None = None) -> dict[str, float | int]:
    """The measures over the first ``limit`` judged queries (all if None), with speed: the contract's shape.

    Indexes are made in a temporary folder. ``passages_per_second`` counts cutting, encoding and indexing by the wall
    clock. Raises NotFound where a file is missing and UsageError where one is not in form.
    """
    collection = read_collection(Path(set_dir))
    encoder = None if mode == "lexical" else load_encoder()
    with tempfile.TemporaryDirectory() as folder:
        indexes = open_indexes(Path(folder), encoder.name if encoder else None, writer=True)
        try:
            started = time.perf_counter()
            passages = _index(collection.articles, encoder, indexes)
            speed = len(passages) / (time.perf_counter() - started)
            searcher = Searcher(encoder, indexes.dense, indexes.lexical)
            rankings, seconds = _search(searcher, mode, collection, passages, limit)
        finally:
            indexes.close()
    return {
        **score(rankings, collection.qrels),
        "queries": len(rankings),
        "passages_per_second": round(speed, 1),
        "query_ms_p50": round(1000 * _quantile(seconds, 50), 2),
        "query_ms_p95": round(1000 * _quantile(seconds, 95), 2),
    }


def score(rankings: Mapping[str, Sequence[str]], qrels: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """The mean of each measure over the queries that have a relevant document."""
    means: dict[str, float] = {}
    for name, measure in MEASURES.items():
        scores = [measure(ranking, qrels[query]) for query, ranking in rankings.items()]
        means[name] = round(fmean([value for value in scores if value is not None] or [0.0]), 4)
    return means


def read_collection(folder: Path) -> Collection:
    """The collection in ``folder``. Raises NotFound, UsageError."""
    for name in ("corpus.jsonl", "queries.jsonl", "qrels.tsv"):
        if not (folder / name).is_file():
            raise NotFound(f"评测集 {str(folder)!r} 中没有 {name!r}；需要 corpus.jsonl、queries.jsonl 和 qrels.tsv")
    try:
        articles = tuple(_article(row) for row in _rows(folder / "corpus.jsonl"))
        queries = {str(row["_id"]): str(row["text"]) for row in _rows(folder / "queries.jsonl")}
        return Collection(articles, queries, _qrels(folder / "qrels.tsv"))
    except (KeyError, ValueError) as exc:
        raise UsageError(f"评测集 {str(folder)!r} 的格式不对（应为 BEIR 格式）：{exc}") from exc


def _article(row: Mapping[str, Any]) -> Article:
    id_, body, title = str(row["_id"]), str(row["text"]), str(row.get("title") or "")
    if not title and (heading := HEADING.match(body)):
        title = heading[1]
    return Article(id_, content_id(id_), id_, 0, title, body, ())


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def _qrels(path: Path) -> dict[str, dict[str, float]]:
    qrels: dict[str, dict[str, float]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            qrels.setdefault(row["query-id"], {})[row["corpus-id"]] = float(row["score"])
    return qrels


def _index(articles: Sequence[Article], encoder: Encoder | None, indexes: Indexes) -> list[Passage]:
    passages = [passage for article in articles for passage in chunk(article)]
    vectors = encoder.encode_passages([titled(passage) for passage in passages]) if encoder else None
    indexes.upsert(passages, vectors)
    return passages


def _search(
    searcher: Searcher, mode: Mode, collection: Collection, passages: Sequence[Passage], limit: int | None
) -> tuple[dict[str, list[str]], list[float]]:
    """Each query's documents, best first, and the seconds each query took."""
    article_of = {passage.id: passage.article for passage in passages}
    rankings: dict[str, list[str]] = {}
    seconds: list[float] = []
    for id_ in [query for query in collection.queries if query in collection.qrels][:limit]:
        started = time.perf_counter()
        hits = searcher.search(collection.queries[id_], DEPTH, mode=mode)
        seconds.append(time.perf_counter() - started)
        rankings[id_] = list(dict.fromkeys(article_of[passage] for passage, _ in hits))
    return rankings, seconds


def _quantile(values: Sequence[float], percent: int) -> float:
    if len(values) < 2:
        return values[0] if values else 0.0
    return quantiles(values, n=100, method="inclusive")[percent - 1]
