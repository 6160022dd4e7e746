from __future__ import annotations

import shutil
from collections import namedtuple
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import LibraryError
from corpus.model import Passage
from retrieval.indexes import open_indexes, rebuild

VECTORS = np.eye(4, 8, dtype=np.float32)


def test_writer_then_reader(tmp_path: Path, passages: list[Passage]) -> None:
    tmp_path = tmp_path / "某市 社会工作部（资料库）"
    writer = open_indexes(tmp_path, "e", writer=True)
    writer.upsert(passages, VECTORS)
    writer.upsert(passages, VECTORS)
    reader = open_indexes(tmp_path, "e", writer=False)
    assert writer.counts() == (4, 4)
    assert reader.dense is None
    assert reader.counts() == (None, 4)
    writer.delete(["p1", "never there"])
    assert writer.counts() == (3, 3)
    writer.close()


def test_without_an_encoder_only_text_is_indexed(tmp_path: Path, passages: list[Passage]) -> None:
    indexes = open_indexes(tmp_path, None, writer=True)
    indexes.upsert(passages, None)
    assert indexes.counts() == (None, 4)
    indexes.close()


def test_rebuild_needs_nothing_of_the_old(tmp_path: Path, passages: list[Passage]) -> None:
    old = open_indexes(tmp_path, "old", writer=True)
    old.upsert(passages, VECTORS)
    old.close()
    (tmp_path / "dense" / "chroma.sqlite3").write_bytes(b"junk" * 999)
    shutil.rmtree(tmp_path / "lexical")
    with pytest.raises(LibraryError, match="tongjian rebuild"):
        open_indexes(tmp_path, "old", writer=True)
    pairs = zip(passages[:3], VECTORS[:3].astype(np.float16), strict=True)
    new = rebuild(tmp_path, "new", pairs)
    assert new.counts() == (3, 3)
    assert new.dense is not None
    assert new.dense.search(VECTORS[2], 1)[0][0] == "p3"
    new.close()
    open_indexes(tmp_path, "new", writer=True).close()


def test_an_interrupted_rebuild_is_said(tmp_path: Path, passages: list[Passage]) -> None:
    def broken() -> Iterator[tuple[Passage, None]]:
        yield passages[0], None
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(tmp_path, None, broken())
    with pytest.raises(LibraryError, match="tongjian rebuild"):
        open_indexes(tmp_path, None, writer=False)
    again = rebuild(tmp_path, None, ((passage, None) for passage in passages))
    assert again.counts() == (None, 4)
    again.close()


def test_a_full_disk_is_refused_before_writing(
    tmp_path: Path, passages: list[Passage], monkeypatch: pytest.MonkeyPatch
) -> None:
    indexes = open_indexes(tmp_path, "e", writer=True)
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**9, 10**9, 10**6))
    with pytest.raises(LibraryError, match="磁盘空间不足"):
        indexes.upsert(passages, VECTORS)
    assert indexes.counts() == (0, 0)
    indexes.close()
