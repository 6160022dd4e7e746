"""Statistics as work reports and bulletins of statistics tell them: whole names, targets, shares, figures in rows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.facts import Rules, facts
from tests.conftest import Extracted, an_article


@pytest.mark.parametrize(
    ("body", "objects"),
    [
        # the name is whole, verbs and all, up to what the verb is done to
        ("一般公共预算支出规模将首次达到30万亿元、比上年增加1.2万亿元。", ["一般公共预算支出规模"] * 2),
        ("居民医保人均财政补助标准提高24元。", ["居民医保人均财政补助标准"]),
        ("城镇登记失业率控制在4.5%以内。", ["城镇登记失业率"]),
        ("家庭医生签约服务重点人群覆盖率76.8%，登记失业率3.4%。", ["家庭医生签约服务重点人群覆盖率", "登记失业率"]),
        ("受理劳动争议案件1586件，调解仲裁结案率97.4%。", ["劳动争议案件", "调解仲裁结案率"]),
        ("今年赤字率拟按4%左右安排，赤字规模5.8万亿元。", ["赤字率", "赤字规模"]),
        ("技术合同成交额增长10.8%。", ["技术合同成交额"]),
        ("非化石能源消费占比达到21.7%。", ["非化石能源消费占比"]),
        ("能源综合生产能力达到58亿吨标准煤。", ["能源综合生产能力"]),
        ("PM2.5平均浓度28微克/立方米。", ["PM2.5平均浓度"]),
        ("完成固定资产投资42.3亿元。", ["固定资产投资"]),
        ("刑事案件发案数下降9.8%，群众安全感满意度99.2%。", ["刑事案件发案数", "群众安全感满意度"]),
        # what stood just before has grown, or is its whole
        (
            "固定资产投资增长9%，零售总额达到45.2亿元、增长8.1%。",
            ["固定资产投资", "零售总额", "零售总额"],
        ),
        ("新增市场主体5200户，总量达3.8万户。", ["市场主体", "市场主体"]),
        ("新增监测对象86户312人。", ["监测对象", "监测对象"]),
        ("其中10亿元以上项目6个。", ["项目", "项目"]),
        # a share is of what was told, not of what it is a share of
        ("税收收入12亿元，占一般公共预算收入的65%。", ["税收收入", "税收收入占比"]),
        ("高速铁路超过1.9万公里，占世界60%以上。", ["高速铁路", "高速铁路占比"]),
        # behind 分别 each is of its own
        (
            "生产安全事故起数、死亡人数分别下降12.5%和20%。",
            ["生产安全事故起数", "死亡人数"],
        ),
        (
            "城乡居民人均可支配收入分别达到36120元和18450元。",
            ["城镇居民人均可支配收入", "农村居民人均可支配收入"],
        ),
        (
            "接待游客680万人次、实现旅游综合收入52亿元，分别增长18%和21%。",
            ["游客", "旅游综合收入", "游客", "旅游综合收入"],
        ),
        (
            "城乡居民人均可支配收入分别达到2.9万元和1.1万元、增长5.6%和7.8%。",
            ["城镇居民人均可支配收入", "农村居民人均可支配收入"] * 2,
        ),
        (
            "城镇、农村居民人均可支配收入分别增长5.5%和7.5%。",
            ["城镇居民人均可支配收入", "农村居民人均可支配收入"],
        ),
        ("刑事、治安案件分别下降12%和9%。", ["刑事案件", "治安案件"]),
        ("党员、群众代表分别为12名和9名。", ["党员", "群众代表"]),
        # words that are a thing, an age, a letter and a digit
        ("发放防暑包1500份。", ["防暑包"]),
        ("为1.2万名80岁以上老人发放津贴。", ["老人"]),
        ("5G基站建成860个。", ["5G基站"]),
        ("优良天数312天，比上年增加9天。人均预期寿命79.2岁。", ["天数", "天数", "人均预期寿命"]),
    ],
)
def test_what_is_counted(extracted: Extracted, body: str, objects: list[str]) -> None:
    assert [f.object for f in extracted(body)] == objects


def test_points_of_a_row_are_points(extracted: Extracted) -> None:
    found = extracted("办结率99.2%，满意率96.8%，同比分别提高1.3个、2.1个百分点。")
    assert [(f.object, f.quantity.unit) for f in found[2:]] == [("办结率", "个百分点"), ("满意率", "个百分点")]


def test_times_behind_respectively(extracted: Extracted) -> None:
    found = extracted("2023年、2024年城镇新增就业分别为1.72万人、1.79万人。")
    assert [(f.quantity.surface, f.period.text) for f in found] == [("1.72万人", "2023年"), ("1.79万人", "2024年")]


@pytest.mark.parametrize(
    ("body", "statuses"),
    [
        ("主要预期目标是：生产总值增长5%左右；城镇新增就业900万人以上；粮食产量1.3万亿斤。就业1200人。", "ppp d"),
        ("主要预期目标是：\n生产总值增长5%左右；\n城镇新增就业900万人以上。\n去年建成驿站12个。", "pp d"),
        ("加强城市规划建设治理，城镇化率达到67.9%。", "d"),
        ("二、2032年工作安排\n重点抓好以下工作：\n改造老旧小区12个。\n累计已建成公园8个。", "pd"),
        ("二、今年发展主要目标和工作部署\n国内生产总值增长5%，\n城镇新增就业12万人。\n安排补贴2亿元。", "ppp"),
        ("三、对2026年工作的建议\n各位代表！\n改造老旧小区12个。\n补助从40元提高到45元。", "pdp"),
        ("一、工作回顾\n完成以下工作：\n改造老旧小区12个。\n二、下一步打算\n新建公园2个。", "dp"),
    ],
)
def test_members_of_a_list_of_targets(extracted: Extracted, body: str, statuses: str) -> None:
    assert [f.status[0] for f in extracted(body)] == list(statuses.replace(" ", ""))


@pytest.mark.parametrize(
    ("text", "published", "start", "end"),
    [
        ("过去五年，建成驿站12个。", "2026-01-08", "2021-01-01", "2025-12-31"),
        ("过去五年，建成驿站12个。", "2026-07-08", "2022-01-01", "2026-07-08"),
        ("五年来，建成驿站12个。", "2026-07-08", "2022-01-01", "2026-07-08"),
        ("2025年底达到58个驿站。", "2026-07-08", None, "2025-12-31"),
    ],
)
def test_periods(extracted: Extracted, text: str, published: str, start: str | None, end: str) -> None:
    (fact,) = extracted(text, published=published)
    assert (fact.period.start, fact.period.end) == (start, end)


def test_what_is_expected_of_a_year_that_is_over_is_an_estimate(extracted: Extracted) -> None:
    past, coming = extracted("2025年预计实现生产总值312亿元。预计2026年实现生产总值330亿元。", published="2026-01-10")
    assert (past.status, coming.status) == ("done", "planned")


@pytest.mark.parametrize(
    "body",
    [
        "圆满完成年度目标任务：新建驿站15个；改造老旧小区20个；培训志愿者300名。",
        "力争完成目标任务；截至目前，建成驿站15个。",
    ],
)
def test_what_was_reached_is_no_aim(extracted: Extracted, body: str) -> None:
    assert {f.status for f in extracted(body)} == {"done"}


@pytest.mark.parametrize(
    ("body", "objects"),
    [
        ("小学、初中分别新增学位1200个、800个。", ["学位", "学位"]),
        ("新签约项目45个，其中投资10亿元以上12个。", ["项目", "资金", "项目"]),
        ("县慈善总会募集资金总额320万元。", ["资金总额"]),
        ("全省共有国家级高新区12家。", ["国家级高新区"]),
        ("社会治理网格员320名。", ["社会治理网格员"]),
    ],
)
def test_what_is_counted_stays_what_it_is(extracted: Extracted, body: str, objects: list[str]) -> None:
    assert [f.object for f in extracted(body)] == objects


@pytest.mark.parametrize(
    ("body", "start", "end"),
    [
        ("2021年至2025年五年来，全县建成驿站150个。", "2021-01-01", "2025-12-31"),
        ("五年来，全县建成驿站150个。", "2021-01-01", "2025-12-31"),
    ],
)
def test_five_years_told_at_the_beginning_of_a_year(extracted: Extracted, body: str, start: str, end: str) -> None:
    (fact,) = extracted(body, published="2026-02-10")
    assert (fact.period.start, fact.period.end) == (start, end)


def test_what_may_come_of_a_year_that_is_over_is_still_a_plan(extracted: Extracted) -> None:
    found = extracted("2025年全县引进项目12个，预计可新增产值15亿元。", published="2026-01-10")
    assert [f.status for f in found] == ["done", "planned"]


def test_each_of_a_row_grew_by_what_stands_at_its_place(extracted: Extracted) -> None:
    found = extracted("接待游客680万人次、实现旅游收入52亿元，分别增长18%和21%。")
    named = {f.id: f.quantity.surface for f in found}
    ties = {f.quantity.surface: named[r.fact] for f in found for r in f.relations if r.type == "change_of"}
    assert ties == {"18%": "680万人次", "21%": "52亿元"}


def test_a_report_looks_back_first(rules: Rules) -> None:
    body = "一、工作回顾\n建成驿站12个。\n二、今年工作安排\n新建公园2个。\n三、加强自身建设\n公开信息7600条。"
    article = replace(an_article(rules, body), title="政府工作报告")
    assert [f.status for f in facts(article, rules)] == ["done", "planned", "planned"]


def test_a_line_that_looks_back_on_years_opens_them(extracted: Extracted) -> None:
    lines = ["过去五年，我国成就举世瞩目。", "一是民生改善。", "城镇新增就业6400万人。", "去年，城镇新增就业1312万人。"]
    found = extracted("\n".join(lines), published="2016-03-05")
    assert [(f.period.start, f.period.end) for f in found] == [
        ("2011-01-01", "2015-12-31"), ("2015-01-01", "2015-12-31")
    ]  # fmt: skip
