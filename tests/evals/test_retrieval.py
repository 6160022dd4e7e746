from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import NotFound, UsageError
from evals.retrieval import read_collection, run_retrieval, score

SHARED = Path(__file__).parents[3] / "shared" / "evals" / "retrieval"

DOCUMENTS: list[dict[str, str]] = [
    {"_id": "d1", "title": "青溪县选派党建指导员", "text": "全县选派指导员57名。" + "两新组织党建稳步推进。" * 60},
    {"_id": "d2", "text": "白石区办好暖心驿站 为外卖骑手提供饮水、充电和歇脚的地方。"},
    {"_id": "d3", "text": "云岭镇组织老党员参与矛盾纠纷调解。" + "邻里之间和睦相处。" * 60 + "镇里另建蜂场三处。"},
]
QUERIES = [
    {"_id": "q1", "text": "蜂场建了几处"},
    {"_id": "q2", "text": "骑手在哪里歇脚"},
    {"_id": "q3", "text": "没有人判过的问题"},
]


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    for name, rows in (("corpus", DOCUMENTS), ("queries", QUERIES)):
        lines = [json.dumps(row, ensure_ascii=False) for row in rows]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td3\t1\nq2\td2\t1\n", encoding="utf-8")
    return tmp_path


def test_the_contracts_shape_and_a_long_documents_best_passage(collection: Path) -> None:
    result = run_retrieval(collection, "lexical")
    assert {key: result[key] for key in ("recall_at_1", "mrr_at_10", "ndcg_at_10", "queries")} == {
        "recall_at_1": 1.0,
        "mrr_at_10": 1.0,
        "ndcg_at_10": 1.0,
        "queries": 2,
    }
    assert set(result) == {
        *("recall_at_1", "recall_at_5", "recall_at_10", "mrr_at_10", "ndcg_at_10"),
        *("queries", "passages_per_second", "query_ms_p50", "query_ms_p95"),
    }
    assert run_retrieval(collection, "lexical", limit=1)["queries"] == 1


def test_titles_are_given_or_a_leading_heading(collection: Path) -> None:
    titles = [article.title for article in read_collection(collection).articles]
    assert titles == ["青溪县选派党建指导员", "白石区办好暖心驿站", ""]


def test_score_leaves_out_queries_without_relevant_documents() -> None:
    means = score({"a": ["x"], "b": ["x"], "c": ["x"]}, {"a": {"x": 1}, "b": {"y": 1}, "c": {"x": 0}})
    assert means["recall_at_1"] == means["ndcg_at_10"] == 0.5


def test_what_is_missing_or_malformed_is_named(collection: Path) -> None:
    (collection / "corpus.jsonl").write_text('{"text": "没有编号"}', encoding="utf-8")
    with pytest.raises(UsageError, match="BEIR"):
        read_collection(collection)
    (collection / "qrels.tsv").unlink()
    with pytest.raises(NotFound, match=r"qrels\.tsv"):
        read_collection(collection)


@pytest.mark.parametrize(("name", "floor"), [("cmrc2018_dev", 0.97), ("ncp_policy", 0.89)])
def test_lexical_search_of_real_collections(name: str, floor: float) -> None:
    if not (SHARED / name).is_dir():
        pytest.skip(f"the collection {name} is not here")
    result: dict[str, Any] = run_retrieval(SHARED / name, "lexical")
    assert result["ndcg_at_10"] >= floor
