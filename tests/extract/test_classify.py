"""Which indicator a sentence's figure is: by what is counted and what is done to it."""

from __future__ import annotations

import pytest

from tests.conftest import Extracted


@pytest.mark.parametrize(
    ("body", "indicator"),
    [
        ("首批小憩驿站30家挂牌。", "site.stations"),
        ("目前在册党员70名。", "party.member.count"),
        ("向灾区捐助物资价值14万元。", "money.donation"),
        ("累计服务12万余人次。", "service.person_times"),
        ("县文联推选出最美志愿者10名。", "culture.honours"),
        ("依法赋予乡镇行政处罚权60项。", "governance.matters"),
        ("财政收入从11亿元增加到17亿元。", "economy.fiscal_revenue"),
        ("志愿者完成宣讲350场。", "event.lectures"),
        ("2450支志愿服务队依托实践站开展服务。", "volunteer.teams"),
        # the same thing with another verb, or as a modifier of another thing, is another indicator
        ("走访社会组织16家。", "open"),
        ("举办儿童友好服务项目20个。", "open"),
        ("共实施招商引资项目104个。", "open"),
        ("实施公益创投项目24个。", "volunteer.projects"),
        ("全县受灾人口11.7万人。", "open"),
        ("全县人口11.7万人。", "population.resident"),
        ("共收到诉求118条。", "governance.concerns"),
        ("办结诉求109条。", "service.issues_resolved"),
        ("全县有村民小组113个。", "open"),
        ("比重上升到50.5%。", "open"),
        ("支持社会组织56家参与救灾。", "open"),
        ("评选出一等奖1名。", "open"),
        ("获评省级先进集体2个。", "culture.honours"),
        ("1.1万名志愿者参与赛会。", "open"),
    ],
)
def test_indicator(extracted: Extracted, body: str, indicator: str) -> None:
    found = extracted(body)[-1].indicator
    assert found.split(".")[0] == "open" if indicator == "open" else found == indicator


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("送去价值4万元的蔬菜及粮油等生活用品。", "生活用品"),
        ("捐助物资价值14万元。", "物资"),
        ("为两县分别捐赠51万元、49万元助残资金。", "助残资金"),
        ("拆除危旧房32间的工作已完成。", "危旧房"),
        ("开展心理疏导14次。", "心理疏导"),
        ("救援队3次走进学校宣讲安全知识。", "学校"),
        ("投入10余万元对管理用房进行改造。", "资金"),
        ("技术合同成交额增长10.8%。", "技术合同成交额"),
        ("申报市级项目8个的基础上继续培育。", "市级项目"),
        ("举办20个儿童友好服务特色项目。", "儿童友好服务特色项目"),
        ("去年建成驿站100家，今年又新增20家。", "驿站"),
    ],
)
def test_what_is_counted(extracted: Extracted, body: str, what: str) -> None:
    assert what in extracted(body)[-1].object


@pytest.mark.parametrize(
    "ways",
    [
        ["建成“银龄”食堂8个。", "建成幸福食堂8个。", "开设食堂8家。", "设立“暖心”食堂8处。"],
        ["建立“红色议事厅”9个。", "建成议事厅9处。"],
        ["建设小哥驿站3个。", "设立“暖蜂驿站”3处。", "打造爱心驿站3个。", "建成暖新驿站3家。"],
        ["建成老年助餐点4个。", "打造长者食堂4家。"],
    ],
)
def test_the_same_thing_under_the_names_of_several_places_is_one(extracted: Extracted, ways: list[str]) -> None:
    assert len({f.indicator for way in ways for f in extracted(way)}) == 1


def test_what_tells_one_kind_from_another_is_kept(extracted: Extracted) -> None:
    ways = [
        "培育“专精特新”企业5家。",
        "培育企业5家。",
        "建成“三无”小区5个。",
        "建成便民服务中心5个。",
        "建成服务中心5个。",
        "建成社区食堂5个。",
        "建成食堂5个。",
        "建成爱心超市5个。",
    ]
    assert len({f.indicator for way in ways for f in extracted(way)}) == len(ways)


def test_sites_that_somebody_went_to_are_not_what_there_is(extracted: Extracted) -> None:
    [gone, built] = extracted("业务科跑了30多个站点，建成驿站58个。")
    assert gone.indicator != built.indicator == "site.stations"


def test_a_shop_is_no_verb(extracted: Extracted) -> None:
    [fact] = extracted("在社区食堂、沿街商铺设“歇脚点”27处。")
    assert (fact.action, fact.object) == ("设", "“歇脚点”")
