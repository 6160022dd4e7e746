from __future__ import annotations

from decimal import Decimal

import pytest

from extract.measures import dimension
from extract.quantities import scan

One = tuple[str, str, str | None, str | None, str]


def _all(text: str) -> list[One]:
    return [
        (q.surface, format(q.value, "f"), None if q.value_high is None else format(q.value_high, "f"), q.unit, q.bound)
        for q in scan(text)
    ]


FORMS: list[tuple[str, One]] = [
    # money: a verb's 负 is no minus
    ("为企业减负8190万元", ("8190万元", "81900000", None, "元", "exact")),
    ("筹措资金2.4亿元", ("2.4亿元", "240000000", None, "元", "exact")),
    ("发放补贴5万余元", ("5万余元", "50000", None, "元", "approx_above")),
    ("拨付1.5亿多元", ("1.5亿多元", "150000000", None, "元", "approx_above")),
    ("月租三百五十元", ("三百五十元", "350", None, "元", "exact")),
    # people and things, with their bounds
    ("注册志愿者350多万名", ("350多万名", "3500000", None, "名", "approx_above")),
    ("服务1,250.5万小时", ("1,250.5万小时", "12505000", None, "小时", "exact")),
    ("提供岗位2000余个", ("2000余个", "2000", None, "个", "approx_above")),
    ("走访2025余户", ("2025余户", "2025", None, "户", "approx_above")),
    ("配备3-5名干部", ("3-5名", "3", "5", "名", "range")),
    ("配备3至5名干部", ("3至5名", "3", "5", "名", "range")),
    ("配备３～５名干部", ("３～５名", "3", "5", "名", "range")),
    ("面积30—50平方米", ("30—50平方米", "30", "50", "平方米", "range")),
    ("投入2—3万元", ("2—3万元", "20000", "30000", "元", "range")),
    ("近百家商户", ("近百家", "100", None, "家", "less_than")),
    ("数十家企业", ("数十家", "10", "99", "家", "approx")),
    ("十几名律师", ("十几名", "11", "19", "名", "approx")),
    ("几百名群众", ("几百名", "100", "999", "名", "approx")),
    ("三五名骨干", ("三五名", "3", "5", "名", "range")),
    ("上千人次", ("上千人次", "1000", None, "人次", "more_than")),
    ("服务1300人次左右", ("1300人次左右", "1300", None, "人次", "approx")),
    ("约600户", ("600户", "600", None, "户", "approx")),
    ("超过500户", ("500户", "500", None, "户", "more_than")),
    ("逾8000件", ("8000件", "8000", None, "件", "more_than")),
    ("突破10万人", ("10万人", "100000", None, "人", "more_than")),
    ("不少于20个", ("20个", "20", None, "个", "at_least")),
    ("20个以上", ("20个以上", "20", None, "个", "at_least")),
    ("不足30人", ("30人", "30", None, "人", "less_than")),
    ("不超过800米", ("800米", "800", None, "米", "less_than")),
    ("不高于每千瓦时0.4元", ("0.4元", "0.4", None, "元", "less_than")),
    ("50岁以下", ("50岁以下", "50", None, "岁", "less_than")),
    ("聘请二十位顾问", ("二十位", "20", None, "位", "exact")),
    ("建成一百三十八个站点", ("一百三十八个", "138", None, "个", "exact")),
    ("新增１２个点位", ("１２个", "12", None, "个", "exact")),
    # shares
    ("占比达到95%", ("95%", "95", None, "%", "exact")),
    ("满意率98.6％", ("98.6％", "98.6", None, "%", "exact")),
    ("百分之九十五", ("百分之九十五", "95", None, "%", "exact")),
    ("百分之三点五", ("百分之三点五", "3.5", None, "%", "exact")),
    ("千分之五", ("千分之五", "0.5", None, "%", "exact")),
    ("三成企业", ("三成", "30", None, "%", "exact")),
    ("七成五的商户", ("七成五", "75", None, "%", "exact")),
    ("打八折", ("八折", "80", None, "%", "exact")),
    ("三分之二", ("三分之二", "0.666666666667", None, None, "exact")),
    ("提高32.5个百分点", ("32.5个百分点", "32.5", None, "个百分点", "exact")),
    # numerals of the wider language
    ("增加到1万6千多户", ("1万6千多户", "16000", None, "户", "approx_above")),
    ("新增4万多亿元", ("4万多亿元", "4000000000000", None, "元", "approx_above")),
    ("装机3.5亿千瓦", ("3.5亿千瓦", "350000000", None, "千瓦", "exact")),
    ("十多万人", ("十多万人", "100000", None, "人", "approx_above")),
    ("二十几万元", ("二十几万元", "210000", "290000", "元", "approx")),
    ("一百二三十户", ("一百二三十户", "120", "130", "户", "range")),
    ("两到三万元", ("两到三万元", "20000", "30000", "元", "range")),
    ("5-20%", ("5-20%", "5", "20", "%", "range")),
    ("半成", ("半成", "5", None, "%", "exact")),
    ("一半", ("一半", "0.5", None, None, "exact")),
    ("一个半小时", ("一个半小时", "1.5", None, "小时", "exact")),
    ("三斤半", ("三斤半", "3.5", None, "斤", "exact")),
    ("123元4角5分", ("123元4角5分", "123.45", None, "元", "exact")),
    ("伍仟元整", ("伍仟元整", "5000", None, "元", "exact")),
    ("3.2万美金", ("3.2万美金", "32000", None, "美元", "exact")),
    ("兑换港币300", ("港币300", "300", None, "港元", "exact")),
    ("气温-5℃", ("-5℃", "-5", None, "℃", "exact")),
    ("发生火灾事故一起", ("一起", "1", None, "起", "exact")),
    ("查处一起案件", ("一起", "1", None, "起", "exact")),
    ("零下5度", ("零下5度", "-5", None, "度", "exact")),
    ("50万元（含）以上", ("50万元（含）以上", "500000", None, "元", "at_least")),
    ("收入突破了30万元", ("30万元", "300000", None, "元", "more_than")),
    ("10万与20万元之间", ("10万与20万元", "100000", "200000", "元", "range")),
    # a word of limits that is part of another word
    ("节约30万元", ("30万元", "300000", None, "元", "exact")),
    ("签约12家企业", ("12家", "12", None, "家", "exact")),
    ("解约12户", ("12户", "12", None, "户", "exact")),
    ("化解约3403件", ("3403件", "3403", None, "件", "approx")),
    ("损失约50万元", ("50万元", "500000", None, "元", "approx")),
    ("提高超30%", ("30%", "30", None, "%", "more_than")),
    ("附近6个社区", ("6个", "6", None, "个", "exact")),
    # area and compound units
    ("流转土地1.2万亩", ("1.2万亩", "12000", None, "亩", "exact")),
    ("建筑面积3000平方米", ("3000平方米", "3000", None, "平方米", "exact")),
]


@pytest.mark.parametrize(("text", "wanted"), FORMS, ids=[t for t, _ in FORMS])
def test_form(text: str, wanted: One) -> None:
    assert _all(text) == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        "2026年7月10日",
        "2026-07-10",
        "二〇二六年七月",
        "8月15日",
        "7月上旬",
        "第3期",
        "第十二次",
        "〔2026〕18号",
        "（2025）7号",
        "上午9:30",
        "下午3时",
        "13800138000",
        "0572-8080123",
        "https://www.example.cn/a1/20260710",
        "2023—2025年",
        "万企帮万村",
        "三季度",
        "珠三角地区",
        "五角大楼",
        "上半年",
        "5G应用",
        "90后",
        "大陆企业",
        "队伍家喻户晓",
        "进一步推进",
        "扫描二维码",
        "红十字会",
        "大家一起参加",
        "一度停工",
        "一面推进施工",
        "每月10日",
        "2月7 日",
        "11日的会议",
        "一体推进",
        "百姓满意",
        "千方百计",
    ],
)
def test_no_quantity(text: str) -> None:
    assert _all(text) == []


def test_a_list_of_quantities_keeps_its_order_and_spans() -> None:
    text = "9家单位18名骨干走访企业120家、商户1300余户，化解矛盾56件。"
    found = scan(text)
    assert [q.surface for q in found] == ["9家", "18名", "120家", "1300余户", "56件"]
    assert all(q.span.of(text) == q.surface for q in found)


@pytest.mark.parametrize("text", ["\n138名", "新增 138名", "前言\n\n 138名", "超过 138名", "共计\u3000138名"])
def test_white_space_before_a_quantity_is_not_its_own(text: str) -> None:
    [found] = scan(text)
    assert found.surface == "138名"
    assert found.span.of(text) == "138名"


def test_from_a_to_b_is_two_values_not_a_range() -> None:
    assert [(q.value, q.bound) for q in scan("覆盖率由62.5%提升至95%以上")] == [
        (Decimal("62.5"), "exact"),
        (Decimal(95), "at_least"),
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2.4亿元", "24000万元"),
        ("二十个", "20个"),
        ("１３８名", "138名"),
        ("百分之五", "5%"),
        ("1,250人", "1250人"),
        ("1.5万户", "15000户"),
        ("三百余件", "300余件"),
    ],
)
def test_two_ways_of_writing_one_value(one: str, other: str) -> None:
    [a], [b] = scan(one), scan(other)
    assert (a.value, a.value_high, a.unit, a.bound) == (b.value, b.value_high, b.unit, b.bound)


@pytest.mark.parametrize(
    ("unit", "kind"),
    [("名", "person"), ("人次", "person_time"), ("元", "money"), ("%", "ratio"), (None, "none"), ("户", "household")],
)
def test_dimensions(unit: str | None, kind: str) -> None:
    assert dimension(unit) == kind
