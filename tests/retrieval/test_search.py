from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import ModelError
from corpus.model import Passage
from retrieval.chunk import titled
from retrieval.encoder.e5 import E5Encoder
from retrieval.indexes import Indexes, open_indexes
from retrieval.search import Mode, Searcher


@pytest.fixture
def indexes(tmp_path: Path, passages: list[Passage], encoder: E5Encoder) -> Iterator[Indexes]:
    opened = open_indexes(tmp_path, encoder.name, writer=True)
    opened.upsert(passages, encoder.encode_passages([titled(passage) for passage in passages]))
    yield opened
    opened.close()


@pytest.mark.parametrize("mode", ["hybrid", "dense", "lexical"])
def test_each_mode_finds_it(indexes: Indexes, encoder: E5Encoder, mode: Mode) -> None:
    searcher = Searcher(encoder, indexes.dense, indexes.lexical)
    hits = searcher.search("哪里为外卖骑手设了歇脚点", 2, mode=mode)
    assert hits[0][0] == "p2"
    assert len(hits) <= 2
    assert [score for _, score in hits] == sorted((score for _, score in hits), reverse=True)


def test_hybrid_finds_what_shares_no_word(indexes: Indexes, encoder: E5Encoder) -> None:
    searcher = Searcher(encoder, indexes.dense, indexes.lexical)
    assert searcher.search("canteen meals for the elderly", 1, mode="lexical") == []
    assert searcher.search("canteen meals for the elderly", 1)[0][0] == "p4"


def test_a_reader_ranks_like_the_writer(indexes: Indexes, encoder: E5Encoder, passages: list[Passage]) -> None:
    matrix = encoder.encode_passages([titled(passage) for passage in passages]).astype(np.float16)
    ids = [passage.id for passage in passages]
    writer = Searcher(encoder, indexes.dense, indexes.lexical)
    reader = Searcher(encoder, None, indexes.lexical)
    for query in ("党建指导员有多少名", "邻里纠纷怎么化解"):
        exact = reader.search(query, 4, vectors=lambda: (ids, matrix))
        assert [id_ for id_, _ in exact] == [id_ for id_, _ in writer.search(query, 4)]


def test_only_allowed_passages_in_every_mode(indexes: Indexes, encoder: E5Encoder) -> None:
    searcher = Searcher(encoder, indexes.dense, indexes.lexical)
    for mode in ("hybrid", "dense", "lexical"):
        hits = searcher.search("党建指导员老党员助餐", 5, mode=mode, allowed={"p3", "p4", "gone"})
        assert {id_ for id_, _ in hits} <= {"p3", "p4"}
        assert hits


def test_without_an_encoder_hybrid_is_lexical_and_says_so(indexes: Indexes) -> None:
    searcher = Searcher(None, None, indexes.lexical)
    assert searcher.lexical_only
    assert searcher.search("暖心驿站", 3) == searcher.search("暖心驿站", 3, mode="lexical") != []
    with pytest.raises(ModelError, match="lexical"):
        searcher.search("暖心驿站", 3, mode="dense")


def test_an_empty_query_finds_nothing(indexes: Indexes, encoder: E5Encoder) -> None:
    searcher = Searcher(encoder, indexes.dense, indexes.lexical)
    assert searcher.search(" \n", 3) == []
    assert searcher.search("骑手", 0) == []
