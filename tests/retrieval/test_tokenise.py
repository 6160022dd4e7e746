from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.tokenise import bigrams, words


@pytest.fixture(autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TONGJIAN_CACHE", str(tmp_path_factory.getbasetemp() / "jieba"))


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("投入2.4亿元", ["投", "入", "投入", "2.4", "亿", "元", "亿元"]),
        ("ＣＢＤ商圈", ["cbd", "商", "圈", "商圈"]),
        ("12345热线", ["12345", "热", "线", "热线"]),
        ("“两新”组织", ["两", "新", "两新", "组", "织", "组织"]),
        ('" OR * (', ["or"]),
        ("", []),
    ],
)
def test_bigrams(text: str, tokens: list[str]) -> None:
    assert bigrams(text) == tokens


@given(st.text(max_size=60))
def test_tokens_hold_no_white_space_and_are_stable(text: str) -> None:
    tokens = bigrams(text)
    assert all(token and not any(c.isspace() for c in token) for token in tokens)
    assert bigrams(text.upper().lower()) == bigrams(text.upper())


def test_words_of_the_genre_stay_whole_and_are_also_found_by_their_parts() -> None:
    tokens = words("落实三会一课，选派党建指导员138名")
    assert {"三会一课", "党建指导员", "指导员", "138"} <= set(tokens)
