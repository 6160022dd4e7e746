"""What was not done, or ought to be, is never told as done; deeds are no names; each place of a list has its own."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extract.facts import Rules, facts
from tests.conftest import an_article


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("年检合格312家、基本合格28家、不合格11家。", [("年检合格", ""), ("基本合格", ""), ("不合格", "")]),
        ("应建党组织216个，已建209个，未建7个。", [("党组织", "应建"), ("党组织", "建"), ("党组织", "未建")]),
        ("办理提案97件，未办结3件，不满意1件。", [("提案", "办理"), ("提案", "未办结"), ("提案", "不满意")]),
        ("检查餐饮单位180家，不达标12家。", [("餐饮单位", "检查"), ("餐饮单位", "不达标")]),
        ("应到代表120人，实到118人。", [("代表", "应到"), ("代表", "实到")]),
        ("全县无党员企业83家。", [("无党员企业", "无")]),
        ("参检社会组织不少于300家。", [("社会组织", "参检")]),
    ],
)
def test_what_was_not_done_is_told_so(rules: Rules, text: str, told: list[tuple[str, str]]) -> None:
    found = facts(an_article(rules, text), rules)
    assert [(f.object, f.action) for f in found] == told


def test_what_was_not_done_is_no_part_of_an_indicator(rules: Rules) -> None:
    found = facts(an_article(rules, "办理提案97件，未办结3件。"), rules)
    assert found[0].indicator == "governance.proposals_met"
    assert found[1].indicator.startswith("open.") and found[1].indicator_name == "未办结提案"


def test_what_is_done_to_bodies_is_no_name_of_theirs(rules: Rules) -> None:
    text = "对92家“僵尸型”社会组织逐一核查，限期整改33家，注销登记42家，撤销登记17家。"
    found = facts(an_article(rules, text), rules)
    assert {f.object for f in found} == {"“僵尸型”社会组织"}
    assert [f.action for f in found[1:]] == ["限期整改", "注销登记", "撤销登记"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("钟管镇、新市镇各新增驿站2个。", [("钟管镇", 2), ("新市镇", 2)]),
        ("城关镇、崔家头镇分别新增驿站4个、5个。", [("城关镇", 4), ("崔家头镇", 5)]),
        ("城关镇、崔家头镇各有志愿者120名、调解员8名。",
         [("城关镇", 120), ("崔家头镇", 120), ("城关镇", 8), ("崔家头镇", 8)]),
        ("长兴县、安吉县和德清县分别选派指导员30名、20名和15名。", [("长兴县", 30), ("安吉县", 20), ("德清县", 15)]),
        ("钟管镇、新市镇建成驿站2个。", [("新市镇", 2)]),
        ("各镇均配备2名专职人员。", [("德清县", 2)]),
    ],
)  # fmt: skip
def test_each_place_of_a_list_has_its_own(rules: Rules, text: str, told: list[tuple[str, int]]) -> None:
    found = facts(an_article(rules, text), rules)
    assert [(f.subject, f.quantity.value) for f in found] == [(name, Decimal(value)) for name, value in told]
    assert len({f.id for f in found}) == len(found)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("书画装裱、草编两个工种取证率超过八成。", ["工种", "工种取证率"]),
        ("全县建制村通客车率保持100%。", ["通客车率"]),
        ("租户参与率从一开始的不到两成升到六成多。", ["租户参与率", "租户参与率"]),
        ("协会会费也从每年3000元降到1200元。", ["协会会费", "协会会费"]),
        ("农家乐从最多时的120家回落到97家。", ["农家乐", "农家乐"]),
        ("玉屏街道托管点最多，共12个。", ["托管点"]),
        ("在各乡镇开设了“旅居驿家”，已开21个。", ["“旅居驿家”"]),
        ("全县无物业老旧小区63个。截至6月30日已托管47个。", ["无物业老旧小区", "无物业老旧小区"]),
        ("建成万亩级示范片30个。", ["示范片"]),
        ("敬老院消防设施老化，仍有3家未取得消防验收手续。", ["敬老院"]),
        ("部分商会换届不及时，超期未换届的有3家。", ["超期未换届的商会"]),
        ("重复信访量较多，红单超期27张。", ["红单"]),
        ("参检率94.5%，比上一年度的93.1%高1.4个百分点。", ["参检率", "参检率", "参检率"]),
    ],
)
def test_what_a_figure_is_of_stands_further_off(rules: Rules, text: str, told: list[str]) -> None:
    assert [f.object for f in facts(an_article(rules, text), rules)] == told


def test_a_fall_is_no_level(rules: Rules) -> None:
    found = facts(an_article(rules, "工业投资下滑6.2%，渠道条数减了四成。"), rules)
    assert [(f.object, f.action) for f in found] == [("工业投资", "下滑"), ("渠道条数", "减")]
