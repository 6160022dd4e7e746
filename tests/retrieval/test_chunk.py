from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Article
from retrieval.chunk import LIMIT, chunk, split, titled

BODIES = st.text(alphabet="党建工作，。！？；：、”） \n\t1a𠮷", max_size=900)


def article(body: str, title: str = "") -> Article:
    return Article("a", "d", "a.txt", 0, title, body, ())


@given(BODIES)
def test_passages_tile_the_body_but_for_white_space(body: str) -> None:
    passages = chunk(article(body))
    assert "".join("".join(p.text for p in passages).split()) == "".join(body.split())
    assert [p.span for p in passages] == sorted(p.span for p in passages)
    assert not any(a.span.overlaps(b.span) for a, b in zip(passages, passages[1:], strict=False))


@given(BODIES)
def test_a_passage_is_its_span_and_short(body: str) -> None:
    for passage in chunk(article(body)):
        assert passage.text == body[passage.span.start : passage.span.end]
        assert passage.text == passage.text.strip() != ""
        assert len(passage.text) <= LIMIT


def test_ids_depend_on_article_and_span_only() -> None:
    first, again = chunk(article("一句。" * 200)), chunk(article("一句。" * 200, title="另一个题目"))
    assert [p.id for p in first] == [p.id for p in again]
    assert len({p.id for p in first}) == len(first) > 1


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("甲" * 12 + "。" + "乙" * 3 + "，" + "丙" * 20, ["甲" * 12 + "。", "乙" * 3 + "，" + "丙" * 16, "丙" * 4]),
        ("甲" * 11 + "\n" + "乙" * 3 + "。" + "丙" * 5, ["甲" * 11, "乙" * 3 + "。" + "丙" * 5]),
        ("他说：“" + "甲" * 8 + "。”" + "乙" * 9, ["他说：“" + "甲" * 8 + "。”", "乙" * 9]),
        ("甲" * 12 + "；" + "乙" * 4 + "，" + "丙" * 4, ["甲" * 12 + "；", "乙" * 4 + "，" + "丙" * 4]),
        ("甲" * 45, ["甲" * 20, "甲" * 20, "甲" * 5]),
        (" \n\t", []),
    ],
)
def test_cuts_at_the_strongest_pause(text: str, pieces: list[str]) -> None:
    assert [span.of(text) for span in split(text, limit=20)] == pieces


def test_the_title_stands_before_what_is_embedded() -> None:
    assert titled(chunk(article("正文。", title="题目"))[0]) == "题目\n正文。"
    assert titled(chunk(article("正文。"))[0]) == "正文。"
