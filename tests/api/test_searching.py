"""Search of a library: the same hits from vectors in memory and from Chroma."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.library import Library
from corpus.errors import LibraryError

TEXTS = {
    "阿荣旗.txt": "内蒙古阿荣旗：选好指导员\n\n阿荣旗选派党建指导员86名，结对联系非公有制企业。\n",
    "仙桃.txt": "湖北仙桃：建好驿站\n\n仙桃市建成新就业群体驿站40个，服务骑手和快递员。\n",
}


@pytest.fixture
def library(tmp_path: Path) -> Library:
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf8")
    made = Library.open(tmp_path / "library", create=True)
    made.ingest(tmp_path / name for name in TEXTS)
    return made


def test_the_holder_searches_chroma_and_finds_the_same(library: Library) -> None:
    with library:
        before = [(h.passage.id, round(h.score, 3)) for h in library.search("外卖小哥歇脚的地方", 5, mode="dense")]
        with library.holding("试验"):
            assert library.index_counts() == (2, 2)
            held = [(h.passage.id, round(h.score, 3)) for h in library.search("外卖小哥歇脚的地方", 5, mode="dense")]
        after = [(h.passage.id, round(h.score, 3)) for h in library.search("外卖小哥歇脚的地方", 5, mode="dense")]
    assert before == held == after
    assert len(before) == 2


def test_nobody_writes_while_a_library_is_held(library: Library) -> None:
    with library, library.holding("网页服务"), Library.open(library.folder) as other:
        with pytest.raises(LibraryError, match="网页服务"):
            other.ingest([library.folder / "nothing.txt"])
        assert other.search("驿站", 1)


def test_an_empty_library_has_no_hits(tmp_path: Path) -> None:
    with Library.open(tmp_path / "empty", create=True) as library:
        assert library.search("驿站") == []
