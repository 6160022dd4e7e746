"""Facts and sentences in the source's own words."""

from __future__ import annotations

import re

import pytest

from answer.say import excerpt, name_of, told, whose
from answer.words import terms
from extract.facts import Rules
from extract.quantities import scan
from extract.status import says_planned
from tests.conftest import Extracted


@pytest.mark.parametrize(
    ("adcode", "name"),
    [
        ("330521", "德清县"),
        ("320106", "南京市鼓楼区"),
        ("350102", "福州市鼓楼区"),
        ("522732", "三都水族自治县"),
        ("330000", "浙江省"),
        ("429004", "仙桃市"),
    ],
)
def test_a_districts_name_has_its_city(rules: Rules, adcode: str, name: str) -> None:
    assert name_of(rules.gazetteer.place(adcode)) == name


def test_no_place_no_name() -> None:
    assert name_of(None) == ""


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("选派138名党建指导员。", "选派138名党建指导员"),
        ("建立临时党支部20个。", "建立临时党支部20个"),
        ("调解成功率达98.2%。", "调解成功率为98.2%"),
        ("计划新建驿站12个。", "计划新建驿站12个"),
        ("年底前，力争新建驿站12个。", "新建驿站12个"),
        ("驿站可同时容纳30人。", "可"),
        ("上半年，走访企业300余家。", "上半年走访企业300余家"),
    ],
)
def test_told(extracted: Extracted, body: str, said: str) -> None:
    [fact] = extracted(body)
    assert said in told(fact)


def test_a_plan_is_always_told_as_one(extracted: Extracted) -> None:
    for body in (
        "计划新建驿站12个。",
        "力争到2027年建成站点80个。",
        "下一步，将选派干部20名。",
        "拟投入资金300万元，建设站点5个。",
    ):
        for fact in extracted(body):
            assert fact.status == "planned"
            assert says_planned(told(fact)), told(fact)


def test_what_is_told_keeps_number_unit_and_bound(extracted: Extracted) -> None:
    bodies = [
        "近百家商户加入。",
        "培训骨干5000多人次。",
        "满意率95%以上。",
        "发放补贴2.4亿元。",
        "组建3至5人的小组。",
        "超过500户受益。",
        "约600户受益。",
    ]
    for body in bodies:
        for fact in extracted(body):
            q = fact.quantity
            assert (q.value, q.value_high, q.unit, q.bound) in {
                (s.value, s.value_high, s.unit, s.bound) for s in scan(told(fact))
            }


def test_no_word_is_doubled(extracted: Extracted) -> None:
    """武康街道武康街道9个, 调解调解263件."""
    for body in ("调解263件。", "其中武康街道9个。", "化解纠纷130余件。", "开展培训12场。", "全县驿站21个。"):
        for fact in extracted("全县建成驿站46个，" + body):
            text = whose(fact) + told(fact)
            assert not re.search(r"([一-鿿]{2,6})\1", text), text


def test_a_streets_figure_names_the_street(extracted: Extracted) -> None:
    [fact] = extracted("武康街道建成驿站9个。")
    assert whose(fact) == "德清县武康街道"
    [fact] = extracted("全县建成驿站46个。")
    assert whose(fact) == "德清县"


def test_an_excerpt_is_the_sentences_own_characters_within_the_limit() -> None:
    sentence = (
        "截至目前，"
        + "组织骨干走访企业、商户和园区，" * 8
        + "推动党建指导员结对联系两新组织，"
        + "形成工作合力，" * 5
        + "取得成效。"
    )
    found = excerpt(sentence, terms("党建指导员"), limit=60)
    assert len(found) <= 60
    assert found in sentence
    assert "党建指导员" in found


def test_a_short_sentence_is_kept_whole_but_for_its_lead() -> None:
    assert excerpt("截至目前，选派干部20名。", terms("干部")) == "选派干部20名"
    assert excerpt("", ()) == ""
