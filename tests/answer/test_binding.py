"""Numbers of a claim bound to what the source says with them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from answer.binding import bound, vague_kept, whole_kept
from corpus.model import Citation, Fact
from extract.quantities import scan
from tests.conftest import Extracted


def _citation(quote: str) -> Citation:
    return Citation(1, "a", "题", "330521", "n.txt", quote, 0, len(quote))


def _why(facts: Sequence[Fact], text: str) -> list[str]:
    cited = [_citation(facts[0].sentence_text)]
    told = [(q, [f for f in facts if f.quantity.value == q.value and f.quantity.unit == q.unit]) for q in scan(text)]
    return [why for q, same in told if (why := bound(text, q, same, cited))]


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        ("约谈企业14家，清退3家。", "德清县约谈企业14家"),
        ("党组织覆盖率由62.5%提升至95%以上。", "德清县党组织覆盖率由62.5%提升至95%以上"),
        ("现有住宅小区168个，其中老旧小区73个。", "德清县有老旧小区73个"),
        ("收集意见建议2,076条，已办结1,893条。", "德清县收集意见建议2076条"),
        ("尚有12家企业未建立党组织。", "德清县尚有12家企业未建立党组织"),
        ("去年底建成驿站7个，今年新建9个。", "德清县去年底建成驿站7个"),
    ],
)
def test_what_the_source_says_passes(extracted: Extracted, source: str, claim: str) -> None:
    assert _why(extracted(source), claim) == []


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        ("约谈企业14家，清退3家。", "德清县清退企业14家"),
        ("办结率达98%，满意度为88.2%。", "德清县办结率达88.2%"),
        ("党组织覆盖率由62.5%提升至95%以上。", "德清县党组织覆盖率为62.5%"),
        ("现有住宅小区168个，其中老旧小区73个。", "德清县有老旧小区168个"),
        ("收集意见建议2,076条，已办结1,893条。", "德清县办结意见建议2,076条"),
        ("尚有12家企业未建立党组织。", "德清县12家企业建立党组织"),
        ("去年底建成驿站7个。", "德清县建成驿站7个"),
    ],
)
def test_what_it_says_of_something_else_does_not(extracted: Extracted, source: str, claim: str) -> None:
    assert _why(extracted(source), claim)


def test_wholes_and_vague_words_are_the_sources_own() -> None:
    cited = [_citation("惠及经营户近千户，其中党员家庭挂牌。")]
    assert not whole_kept("党员家庭全部挂牌", cited)
    assert not whole_kept("党员家庭均已挂牌", cited)
    assert whole_kept("户均增收", cited)
    assert vague_kept("惠及经营户近千户", cited)
    assert not vague_kept("惠及经营户千户", cited)
