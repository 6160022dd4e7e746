"""Traditional script is kept as written and matched in simplified: place, figures, search, answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.library import Library
from corpus.script import simplified
from ingest.decode import decode

TEXT = "德清縣：驛站暖人心\n近日，德清縣新建驛站12個，服務騎手3,400人次，羣衆都說好。（虛構樣例）\n"


def test_simplification_keeps_every_offset() -> None:
    assert len(simplified(TEXT)) == len(TEXT) and simplified("新建驛站12個") == "新建驿站12个"


@pytest.mark.parametrize("encoding", ["utf-8", "big5hkscs", "gb18030"])
def test_traditional_text_is_decoded_in_any_encoding(encoding: str) -> None:
    assert decode((TEXT * 4).encode(encoding)).text == TEXT * 4


def test_simplified_text_in_gb18030_is_never_taken_for_big5() -> None:
    text = simplified(TEXT) * 4
    assert decode(text.encode("gb18030")).encoding == "gb18030"


def test_a_traditional_article_is_placed_counted_found_and_quoted_as_written(tmp_path: Path) -> None:
    path = tmp_path / "情況.txt"
    path.write_bytes(TEXT.encode("big5hkscs"))
    with Library.open(tmp_path / "庫", create=True) as library:
        library.ingest([path])
        (article,) = library.articles()
        assert article.place is not None and article.place.adcode == "330521"
        assert "新建驛站12個" in article.body
        fact = next(f for f in library.facts() if f.quantity.value == 12)
        assert (fact.quantity.surface, fact.quantity.unit, fact.object) == ("12個", "个", "驿站")
        assert fact.sentence_text == fact.sentence.of(article.body)
        answer = library.ask("德清县新建了多少个驿站？")
        assert not answer.refused and "驛站12個" in answer.text and "驛站12個" in answer.citations[0].quote
        assert library.search("骑手服务")[0].passage.text in article.body
        asked = library.ask("德清縣新建了多少個驛站？")
        assert asked.question == "德清縣新建了多少個驛站？" and "12" in asked.text
