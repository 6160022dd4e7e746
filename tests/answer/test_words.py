from __future__ import annotations

from pathlib import Path

import pytest

from answer.words import bigrams, covered, stop_words, synonyms, terms


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("选派了多少名党建指导员？", ["选派", "党建指导员"]),
        ("什么是“五联工作法”？", ["五联工作法"]),
        ("？！……", []),
        ("", []),
    ],
)
def test_the_words_that_carry_a_subject(question: str, words: list[str]) -> None:
    found = [t.word for t in terms(question)]
    assert [w for w in words if w not in found] == []
    assert len(found) <= len(words) + 1


def test_the_last_word_weighs_more() -> None:
    first, last = terms("志愿 服务")[:2] if len(terms("志愿 服务")) > 1 else (terms("驿站")[0], terms("驿站")[0])
    assert last.weight >= first.weight


def test_a_term_is_found_in_any_of_its_forms() -> None:
    [term] = terms("骑手")
    assert term.within("快递员之家")
    assert not term.within("老年食堂")


def test_what_only_means_the_same_does_not_count_within_the_name_of_another_thing() -> None:
    (term,) = [t for t in terms("驿站")]
    assert term.within("布设服务站点12个")
    assert not term.within("布设志愿服务站点12个")


def test_synonyms_hold_both_ways() -> None:
    for word in ("骑手", "快递员"):
        for other in synonyms(word):
            assert word in synonyms(other)


def test_an_unknown_word_means_itself() -> None:
    assert synonyms("无此一词") == frozenset({"无此一词"})


def test_a_librarys_own_synonyms_are_added(tmp_path: Path) -> None:
    (tmp_path / "synonyms.txt").write_text("# 本库\n小哥驿家 驿站\n", encoding="utf-8-sig")
    assert "小哥驿家" in synonyms("驿站", tmp_path)
    assert "小哥驿家" not in synonyms("驿站")


def test_stop_words_hold_no_subject() -> None:
    assert stop_words().isdisjoint({"驿站", "党建指导员", "志愿者", "社会组织"})


def test_covered_is_a_share_by_weight() -> None:
    wanted = terms("选派党建指导员")
    assert covered(wanted, "选派了党建指导员") == 1.0
    assert 0 < covered(wanted, "选派干部") < 0.5
    assert covered(wanted, "建成驿站") == 0.0
    assert covered((), "什么都行") == 0.0


def test_bigrams_leave_punctuation_out() -> None:
    assert bigrams("驿，站。") == {"驿站"}
    assert bigrams("站") == frozenset()
