from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import LibraryError
from corpus.model import Passage
from retrieval.lexical import LexicalIndex


def found(index: LexicalIndex, query: str, allowed: set[str] | None = None) -> list[str]:
    return [id_ for id_, _ in index.search(query, 10, allowed)]


def test_finds_by_text_and_by_title(tmp_path: Path, passages: list[Passage]) -> None:
    index = LexicalIndex(tmp_path, writer=True)
    index.upsert(passages)
    assert found(index, "外卖骑手在哪里歇脚")[0] == "p2"
    assert found(index, "老年助餐")[0] == "p4"
    assert [score for _, score in index.search("党建指导员", 10)] == sorted(
        (score for _, score in index.search("党建指导员", 10)), reverse=True
    )


def test_upsert_replaces_and_delete_forgives(tmp_path: Path, passages: list[Passage]) -> None:
    index = LexicalIndex(tmp_path, writer=True)
    index.upsert(passages)
    index.upsert([replace(passages[0], title="", text="改写为一段说养蜂的话")])
    assert index.count() == 4
    assert found(index, "养蜂") == ["p1"]
    assert "p1" not in found(index, "党建指导员")
    index.delete(["p1", "never there"])
    assert index.count() == 3
    assert found(index, "养蜂") == []


def test_a_reader_sees_each_commit(tmp_path: Path, passages: list[Passage]) -> None:
    writer = LexicalIndex(tmp_path, writer=True)
    reader = LexicalIndex(tmp_path, writer=False)
    assert found(reader, "骑手") == []
    writer.upsert(passages)
    assert found(reader, "骑手") == ["p2"]
    with pytest.raises(LibraryError, match="只读"):
        reader.upsert(passages)


def test_only_allowed_passages(tmp_path: Path, passages: list[Passage]) -> None:
    index = LexicalIndex(tmp_path, writer=True)
    index.upsert(passages)
    assert set(found(index, "街道社区老党员")) >= {"p3", "p4"}
    assert found(index, "街道社区老党员", {"p3"}) == ["p3"]
    assert found(index, "街道社区老党员", set()) == []


@pytest.mark.parametrize("query", ['" OR NEAR( *', "text:x AND NOT", "id:p1", "^~[* TO *]", "\x00", "", "？！"])
def test_query_syntax_is_mere_text(tmp_path: Path, passages: list[Passage], query: str) -> None:
    index = LexicalIndex(tmp_path, writer=True)
    index.upsert(passages)
    assert found(index, query) == []


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=300))
def test_any_text_can_be_written_and_asked(tmp_path: Path, passages: list[Passage], text: str) -> None:
    index = LexicalIndex(tmp_path, writer=True)
    index.upsert([replace(passages[0], text=text)])
    index.search(text, 3)
    index.close()


def test_jieba_is_another_index(
    tmp_path: Path, passages: list[Passage], tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TONGJIAN_CACHE", str(tmp_path_factory.getbasetemp() / "jieba"))
    index = LexicalIndex(tmp_path, writer=True, segmentation="jieba")
    index.upsert(passages)
    assert found(index, "矛盾纠纷")[0] == "p3"
    index.close()
    with pytest.raises(LibraryError, match="tongjian rebuild"):
        LexicalIndex(tmp_path, writer=False)


def test_a_second_writer_and_a_missing_index_are_our_errors(tmp_path: Path) -> None:
    writer = LexicalIndex(tmp_path / "a", writer=True)
    with pytest.raises(LibraryError, match="占用"):
        LexicalIndex(tmp_path / "a", writer=True)
    with pytest.raises(LibraryError, match="tongjian rebuild"):
        LexicalIndex(tmp_path / "b", writer=False)
    writer.close()
    LexicalIndex(tmp_path / "a", writer=True).close()


def test_a_failed_write_changes_nothing(tmp_path: Path, passages: list[Passage]) -> None:
    def broken() -> Iterator[Passage]:
        yield passages[1]
        raise KeyboardInterrupt

    index = LexicalIndex(tmp_path, writer=True)
    index.upsert(passages[:1])
    with pytest.raises(KeyboardInterrupt):
        index.upsert(broken())
    index.upsert(passages[2:3])
    assert index.count() == 2
    assert found(index, "外卖骑手") == []
