"""Whose figure it is: a street's, a community's, an organisation's or the nation's never becomes the county's."""

from __future__ import annotations

import pytest

from tests.conftest import Extracted


@pytest.mark.parametrize(
    ("body", "levels"),
    [
        ("全县建成驿站46个。", ["county"]),
        ("德清县建成驿站46个，其中武康街道9个。", ["county", "township"]),
        ("武康街道建成驿站9个。", ["township"]),
        ("钟管镇新建议事点7处。", ["township"]),
        ("武康街道永平社区组建志愿队3支。", ["community"]),
        ("五四村流转土地1200亩。", ["community"]),
        ("全国新就业群体规模已超8400万人。", ["national"]),
        # whom an adverbial names does nothing, and an office of the very place is the place
        ("按照省残联安排，26户家庭完成改造，全省完成2150户。县总工会建成站14个。", ["county", "province", "county"]),
        ("2025年底全国县域充电设施覆盖率达到97%。", ["national"]),
        ("据统计，我国现有社会组织88万家。", ["national"]),
        ("全省建成驿站2100个。", ["province"]),
        ("浙江省建成驿站2100个。", ["province"]),
        ("全市建成驿站310个。", ["prefecture"]),
        ("湖州市建成驿站310个。", ["prefecture"]),
        ("县蓝天救援队出动队员56人次。", ["organisation"]),
        ("德清县蓝天救援队出动队员56人次，转移群众120名。", ["organisation", "organisation"]),
        ("德清县阳光社会工作服务中心开展活动45场。", ["organisation"]),
        ("某物业公司增设充电桩20个。", ["organisation"]),
        ("县快递行业协会发放补贴3万元。", ["organisation"]),
        ("县委社会工作部选派党建指导员210名。", ["county"]),
        ("数十家企业参与，十几名律师坐诊。", ["county", "county"]),
        ("全国新就业群体规模已超8400万人。德清县现有快递员、外卖员6300人。", ["national", "county"]),
        ("武康街道建成驿站9个。全县累计服务2.3万人次。", ["township", "county"]),
        ("由湖州市卫健委主办、县卫健委承办的义诊举行。开展讲座3场，义诊群众600人次。", ["county", "county"]),
    ],
)
def test_level(extracted: Extracted, body: str, levels: list[str]) -> None:
    assert [f.subject_level for f in extracted(body)] == levels


def test_a_national_figure_has_no_place(extracted: Extracted) -> None:
    [fact] = extracted("全国新就业群体规模已超8400万人。")
    assert fact.place is None or len(fact.place.path) == 0
    assert fact.status == "background"


def test_a_province_has_its_own_code_and_not_the_countys(extracted: Extracted) -> None:
    [fact] = extracted("全省建成驿站2100个。")
    assert fact.place is not None
    assert (fact.place.adcode, fact.place.level) == ("330000", "province")


def test_a_streets_figure_lies_in_the_county_with_its_detail(extracted: Extracted) -> None:
    [fact] = extracted("武康街道建成驿站9个。")
    assert fact.place is not None
    assert (fact.place.adcode, fact.place.detail, fact.subject) == ("330521", "武康街道", "武康街道")


def test_an_organisations_name_is_told(extracted: Extracted) -> None:
    [fact] = extracted("县快递行业协会发放补贴3万元。")
    assert "快递行业协会" in fact.subject


def test_another_place_named_is_the_subject(extracted: Extracted) -> None:
    facts = extracted("安吉县选派干部30名，德清县选派干部50名。")
    assert [(f.place and f.place.adcode, str(f.quantity.value)) for f in facts] == [("330523", "30"), ("330521", "50")]


def test_a_subject_carries_over_to_the_next_sentence_of_its_paragraph_only(extracted: Extracted) -> None:
    facts = extracted("武康街道建成驿站9个。组建队伍12支。\n开展活动30场。")
    assert [f.subject_level for f in facts] == ["township", "township", "county"]


def test_without_a_place_nothing_is_guessed(extracted: Extracted) -> None:
    [fact] = extracted("全县建成驿站46个。", place=None)
    assert fact.place is None


def test_a_town_is_not_a_far_district_of_the_same_name(extracted: Extracted) -> None:
    """新市镇 lies in 德清; 新市区 is in 乌鲁木齐."""
    facts = extracted("钟管镇、新市镇各新增驿站2个。新市镇培训骨干80名。")
    assert {f.place.adcode if f.place else None for f in facts} == {"330521"}
    assert {f.subject_level for f in facts} == {"township"}


@pytest.mark.parametrize(
    ("body", "whose"),
    [
        # a place that is only spoken of
        ("救援足迹遍及湖州、嘉兴、绍兴的10多个乡镇。", "330521"),
        ("某集团等6家企业到场，浙江某建设（集团）有限公司等3家企业供岗。", "330521"),
        # right before the number
        ("县图书馆入选，是浙江省3家入选单位之一。", "330000"),
        # the receiver, the receivers in turn
        ("德清县残联向安吉县捐赠资金50万元。", "330523"),
        # where it is done
        ("培训班在安吉县招收学员49人。", "330523"),
        # the article's own province, whatever was spoken of before
        ("近日，河北遭遇暴雨。我省派出队伍87支。", "330000"),
        # the place in an organisation's name
        ("湖州市守望志愿救援服务队首批20名队员携带物资出动。", "330521"),
        ("长兴县巧手公益协会组织志愿者300名。", "330521"),
    ],
)
def test_the_place_by_the_part_its_name_plays(extracted: Extracted, body: str, whose: str) -> None:
    last = extracted(body)[-1]
    assert last.place is not None
    assert last.place.adcode == whose


def test_receivers_in_turn(extracted: Extracted) -> None:
    facts = extracted("德清县为安吉县、长兴县分别捐赠51万元、50万元。")
    assert [f.place and f.place.adcode for f in facts] == ["330523", "330522"]


def test_an_organisation_referred_to_is_the_one_named(extracted: Extracted) -> None:
    body = "德清县守望救援协会成立于2008年。该协会出动队员900人次。全县转移群众3000名。"
    facts = extracted(body)
    assert [(f.subject, f.subject_level) for f in facts] == [
        ("德清县守望救援协会", "organisation"),
        ("德清县", "county"),
    ]


def test_the_main_clause_says_who_starts_from_what(extracted: Extracted) -> None:
    [fact] = extracted("依托6个站点，武康街道推行代办服务。")
    assert (fact.subject, fact.subject_level) == ("武康街道", "township")


def test_a_part_told_in_passing_ends_with_its_clause(extracted: Extracted) -> None:
    facts = extracted("全县建成驿站31个，其中武康街道12个，登记骑手1260人，上半年服务3.5万余人次。")
    assert [f.subject for f in facts] == ["德清县", "武康街道", "德清县", "德清县"]


def test_a_kind_of_bodies_is_no_body(extracted: Extracted) -> None:
    body = "规上工业企业实现营业收入1542.7亿元，增长5.8%。高新技术企业总数达240家。"
    assert {(f.subject, f.subject_level) for f in extracted(body)} == {("德清县", "county")}
    [given] = extracted("舞阳街道一家米业企业捐米40吨。")
    assert given.subject_level == "organisation"
    [theirs] = extracted("安吉县重点用工企业共计737家。")
    assert theirs.place and theirs.place.adcode == "330523"
