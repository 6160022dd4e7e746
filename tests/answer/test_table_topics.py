"""Tables that say only with title or heading what they count, lists of rules, and what is asked of them (虚构)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from api.library import Library
from tests.conftest import ask, library_of

TEXTS = {
    "办法.txt": "永春县在职职工大病慰问办法\n永春县总工会\n2025年3月12日\n"
    "第一条 慰问对象为本县在职工会会员，入会满一年。\n第二条 首次确诊的，一次性发放慰问金5000元。\n"
    "第三条 职工应当自确诊之日起6个月内向所在基层工会提出申请。\n"
    "第四条 申请材料包括：申请表；身份证复印件；诊断证明书；本人银行卡复印件。\n"
    "第五条 有下列情形之一的不予慰问：酗酒致病的；镶牙、体检住院的；提供虚假材料的。\n",
    "通报.html": "<html><head><title>益阳市2025年城镇老旧小区改造完成情况通报</title></head><body>"
    "<h1>益阳市住房和城乡建设局关于2025年城镇老旧小区改造完成情况的通报</h1><p>2026年1月22日</p>"
    "<p>各区县（市）人民政府：</p><p>2025年，全市计划改造城镇老旧小区52个，实际完工51个。现将完成情况通报如下：</p>"
    "<table><tr><th>区县（市）</th><th>计划数（个）</th><th>完工数（个）</th><th>惠及户数（户）</th><th>完成投资（万元）</th></tr>"
    "<tr><td>桃江县</td><td>19</td><td>19</td><td>1876</td><td>5390</td></tr>"
    "<tr><td>安化县</td><td>21</td><td>20</td><td>1492</td><td>4630</td></tr>"
    "<tr><td>南县</td><td>12</td><td>12</td><td>1122</td><td>3490</td></tr></table></body></html>",
    "总结.md": "# 泗阳县人力资源和社会保障局2025年工作总结\n\n## 一、就业创业\n全年城镇新增就业1.52万人。\n\n"
    "## 二、职业技能培训\n全年培训18640人次，培训后取得证书12870人。历年培训人次为：\n\n"
    "| 年度 | 培训人次 | 其中：取得证书人数 |\n|---|---|---|\n| 2022 | 14210 | 9035 |\n| 2023 | 16380 | 10960 |\n"
    "| 2024 | 19150 | 12640 |\n| 2025 | 18640 | 12870 |\n\n"
    "## 三、2026年目标\n城镇新增就业1.4万人；职业技能培训1.6万人次。\n",
    "报告.txt": "桃江县2026年政府工作报告\n2026年1月15日\n一、2025年工作回顾\n"
    "2025年，全县地区生产总值352.4亿元，增长5.2%；固定资产投资下降1.9%。\n",
    "桃源.txt": "桃源县公共充电桩建设情况\n2026年1月9日\n"
    "截至2025年底，桃源县公共充电桩保有量达1042个，当年新建310个。\n",
    "桃江.txt": "桃江县公共充电桩建设情况\n2026年1月9日\n截至2025年底，桃江县累计建成公共充电桩530个。\n",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with library_of(tmp_path_factory.mktemp("表题"), TEXTS) as made:
        yield made


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("桃江县、安化县、南县2025年老旧小区改造共完成投资多少？", ["13510万元"]),
        ("桃江县2025年城镇老旧小区改造惠及多少户居民？", ["1876户"]),
        ("益阳各县2025年老旧小区改造惠及户数，谁最多谁最少？", ["1876户", "1122户"]),
        # the heading above a table names what its columns count
        ("泗阳 职业技能培训人次 2022—2025 走势", ["14210", "16380", "19150", "18640"]),
        ("泗阳县2022年至2025年平均每年开展职业技能培训多少人次？", ["平均17095人次"]),
        # what has fallen is told where it is asked how much it grew
        ("桃江2025年固定资产投资涨了多少？", ["固定资产投资下降1.9%"]),
        ("公共充电桩总数过了1000个的有哪几个县，各多少？", ["桃源县", "1042个"]),
        # the list that a rule holds, to its end
        ("申请永春县在职职工大病慰问，需要准备哪些材料？", ["申请表", "身份证复印件", "诊断证明书", "银行卡复印件"]),
        ("永春哪些情况不给慰问金？", ["酗酒致病的", "体检住院的", "提供虚假材料的"]),
        # what only a heading says is planned is told as planned
        ("泗阳县2026年职业技能培训多少人次？", ["计划职业技能培训1.6万人次"]),
    ],
)
def test_what_a_table_or_heading_tells(library: Library, question: str, said: list[str]) -> None:
    answer = ask(library, question)
    assert not answer.refused and [each for each in said if each not in answer.text] == [], answer.text
    assert all(claim.verified for claim in answer.claims)


def test_no_mean_without_every_year(library: Library) -> None:
    answer = ask(library, "泗阳县2021年至2025年平均每年开展职业技能培训多少人次？")
    assert "平均" not in answer.text and "18640" in answer.text


def test_no_place_below_the_threshold(library: Library) -> None:
    assert "桃江" not in ask(library, "公共充电桩总数过了1000个的有哪几个县，各多少？").text


def test_amounts_in_a_row_are_each_told_of_each_place(library: Library) -> None:
    answer = ask(library, "桃江县2025年地区生产总值增速与固定资产投资增速")
    assert "地区生产总值增长5.2%" in answer.text and "下降1.9%" in answer.text


def test_a_noun_that_ends_like_a_measure_word_is_no_unit(library: Library) -> None:
    assert "1042个" in ask(library, "湖南各县公共充电桩数").text
