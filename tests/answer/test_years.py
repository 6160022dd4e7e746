"""Over a library made for it: figures of the country, documents named by their year, and figures of several years."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from answer.verify import verify_claims
from api.library import Library
from api.wiring import sources
from evals.answers import numbers
from tests.conftest import ask, assert_figures, library_of


def report(year: int, done: str, aims: str) -> str:
    head = f"政府工作报告\n——{year}年3月5日在全国人民代表大会会议上\n国务院总理\n虚构样例，数据均为虚构。\n"
    opening = "各位代表：\n我国经济稳中有进，国务院各部门抓好落实。\n"
    past = f"一、{year - 1}年工作回顾\n{done}\n"
    return f"{head}{opening}{past}二、{year}年工作总体要求\n今年发展主要预期目标是：{aims}\n"


TEXTS = {
    "报告2031.txt": report(
        2031, "国内生产总值达到151.2万亿元，增长5.3%。城镇新增就业1251万人，城镇调查失业率平均为5.1%。",
        "国内生产总值增长5%左右；城镇新增就业1150万人以上，居民消费价格涨幅3%左右。今年赤字率拟按3.1%安排。",
    ),
    "报告2033.txt": report(
        2033, "国内生产总值达到166.8万亿元，增长4.9%。城镇新增就业1238万人，城镇调查失业率平均为5.2%。"
        "重点抓“三张网”建设，主要是：加强算力网建设，布局枢纽节点；加强水网建设，补齐短板；加强物流网建设。",
        "国内生产总值增长4.5%左右；城镇新增就业1180万人以上，居民消费价格涨幅2%左右。今年赤字率拟按3.4%安排。",
    ),
    "报告2035.txt": report(
        2035, "国内生产总值达到180.4万亿元，增长4.6%。城镇新增就业1262万人，城镇调查失业率平均为5.0%。",
        "国内生产总值增长4.5%左右；城镇新增就业1200万人以上，居民消费价格涨幅2.5%左右。今年赤字率拟按3.2%安排。",
    ),
    "沂水.txt": "沂水县2034年国民经济和社会发展统计公报\n沂水县统计局\n2035年3月20日\n虚构样例。\n"
    "全县地区生产总值612.3亿元，增长5.9%。\n\n附表：主要指标\n"
    "年份\t地区生产总值（亿元）\t快递业务量（万件）\n2032\t551.9\t1860\n2033\t578.4\t2240\n2034\t612.3\t2655\n",
    "办法.txt": "沂水县失业保险办事指南\n沂水县人力资源和社会保障局\n2035年4月2日\n虚构样例。\n"
    "失业保险金领取期限最长为二十四个月。\n生育津贴2034年12月1日起直接发放至个人。\n",
}  # fmt: skip


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with library_of(tmp_path_factory.mktemp("年"), TEXTS) as made:
        yield made


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        # figures of the country, where it is named or no place is asked for
        ("2032年城镇新增就业多少人？", {"12380000"}, {"11800000", "12510000"}),
        ("全国2034年国内生产总值是多少？", {"180400000000000"}, {"61230000000"}),
        # the document is told by its year: its aims, and what it tells of the year before
        ("2033年政府工作报告提出的城镇新增就业目标是多少？", {"11800000"}, {"12380000"}),
        ("2033年政府工作报告提出的国内生产总值增长目标是多少？", {"4.5"}, {"4.9"}),
        ("2031年政府工作报告里，2030年城镇新增就业多少人？", {"12510000"}, {"11500000"}),
        # a series, each figure with its year; the highest of the years
        ("历次政府工作报告提出的城镇新增就业目标怎样变化？", {"11500000", "11800000", "12000000"}, {"12380000"}),
        ("从2031年到2035年，政府工作报告里的赤字率分别是多少？", {"3.1", "3.4", "3.2", "2031", "2033", "2035"}, set()),
        ("哪一年的城镇调查失业率最高？", {"5.2", "2032"}, set()),
        ("政府工作报告里居民消费价格涨幅目标定得最高的是哪一年？", {"3", "2031"}, set()),
        # two years compared
        ("2034年城镇新增就业比2030年多多少？", {"12510000", "12620000", "110000"}, set()),
        ("沂水县 快递业务量 2032—2034 变化", {"18600000", "22400000", "26550000", "7950000"}, set()),
        ("2032到2034年沂水县地区生产总值如何变化？", {"55190000000", "57840000000", "61230000000"}, {"5.9"}),
    ],
)
def test_figures(library: Library, question: str, told: set[str], untold: set[str]) -> None:
    assert_figures(ask(library, question), told, untold)


def test_a_growth_is_not_told_as_a_level(library: Library) -> None:
    assert "国内生产总值增长4.5%左右" in ask(library, "2033年政府工作报告提出的国内生产总值增长目标是多少？").text


def test_amounts_are_added_in_the_scale_they_are_told_in(library: Library) -> None:
    text = ask(library, "2032到2034年沂水县地区生产总值如何变化？").text
    assert "增加60.4亿元（612.3 − 551.9）" in text


def test_figures_of_the_country_are_claims_of_no_place(library: Library) -> None:
    answer = ask(library, "2032年城镇新增就业多少人？")
    assert answer.text.startswith("全国城镇新增就业1238万人")
    assert [c.place for c in answer.claims] == [None]
    assert answer.coverage.places_with_evidence == ()


@pytest.mark.parametrize(
    "question",
    [
        "2027年政府工作报告提出的城镇新增就业目标是多少？",
        "2029年全国城镇新增就业多少人？",
        "沂水县2035年地区生产总值是多少？",
        "哪些县2034年城镇新增就业超过1000万人？",
    ],
)
def test_what_no_document_tells_is_refused(library: Library, question: str) -> None:
    assert ask(library, question).refused


def test_a_document_the_library_lacks_is_named(library: Library) -> None:
    assert "没有2027年的政府工作报告" in ask(library, "2027年政府工作报告提出的城镇新增就业目标是多少？").text


def test_a_year_is_only_told_of_the_figure_it_is_of(library: Library) -> None:
    answer = ask(library, "历次政府工作报告提出的城镇新增就业目标怎样变化？")
    dated = [c for c in answer.claims if c.derivation and c.derivation.operation == "year"]
    assert len(dated) == 3
    for claim in dated:
        assert claim.derivation is not None
        year = str(int(claim.derivation.result) + 1)
        moved = replace(claim.derivation, result=year)
        false = [
            replace(claim, text=year + claim.text[4:]),
            replace(claim, text=year + claim.text[4:], derivation=moved),
            replace(claim, text=claim.text.replace("1", "2", 2)),
        ]
        assert not any(v.verified for v in verify_claims(false, answer.citations, sources(library)))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("失业保险金在沂水县最多领12个月，对吗？", "不一致"),
        ("沂水县失业保险金最长可以领24个月，对吗？", "与资料一致"),
        ("沂水县生育津贴2035年1月1日起直接发给个人，对吗？", "不一致"),
    ],
)
def test_durations_and_days_that_are_stated(library: Library, question: str, words: str) -> None:
    assert words in ask(library, question).text


def test_the_parts_of_a_notion_in_a_document_of_the_country(library: Library) -> None:
    text = ask(library, "“三张网”包括哪些内容？").text
    assert all(word in text for word in ("算力网", "水网", "物流网"))


def test_measures_of_a_document_named(library: Library) -> None:
    answer = ask(library, "2033年政府工作报告对水网建设作了哪些部署？")
    assert {c.name for c in answer.citations} == {"报告2033.txt"}
    assert json.dumps(answer.text, ensure_ascii=False)


BRIEFS = {
    "德清.txt": "德清县2035年工作总结\n德清县委社会工作部\n2036年1月8日\n虚构样例。\n"
    "2033年城镇新增就业9100人，2034年城镇新增就业9300人，2035年城镇新增就业9600人。\n"
    "2034年，全县建成养老驿站16个；2035年，全县建成养老驿站20个。“十四五”期间，全县累计建成养老驿站80个。\n"
    "申请受理后5个工作日内完成初审，10个工作日内办结。发放养老补贴1200万元，惠及老人3.2万人。\n",
    "长兴.txt": "长兴县2035年工作总结\n长兴县委社会工作部\n2036年1月9日\n虚构样例。\n"
    "2033年城镇新增就业11800人，2034年城镇新增就业12000人，2035年城镇新增就业11900人。\n"
    "全国养老服务机构达到12万个。\n",
}  # fmt: skip


COUNTIES = {
    "公报.txt": "陇西县2031年国民经济和社会发展统计公报\n陇西县统计局\n2032年3月20日\n虚构样例。\n"
    "2031年，全县地区生产总值118.6亿元。全年城镇居民人均可支配收入33120元，比上年增长5.5%；"
    "农村居民人均可支配收入12460元，增长7.4%。年末全县公共图书馆藏书21万册。\n",
    "报告.txt": "通渭县政府工作报告\n——2032年1月12日在县人民代表大会会议上\n通渭县县长\n虚构样例。\n"
    "一、2031年工作回顾\n过去一年，地区生产总值完成86.2亿元，"
    "城乡居民人均可支配收入分别达到29870元和11320元、增长5.6%和7.8%。"
    "新建老年食堂14个，累计达到37个。改造老旧小区18个。\n"
    "二、2032年工作安排\n主要预期目标是：城镇、农村居民人均可支配收入分别增长5.5%和7.5%。\n"
    "重点抓好以下工作：\n改造老旧小区23个。\n",
}  # fmt: skip


@pytest.fixture(scope="module")
def counties(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with library_of(tmp_path_factory.mktemp("县"), COUNTIES) as made:
        yield made


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("通渭县2032年农村居民人均可支配收入增长目标是多少？", {"7.5"}, {"7.8"}),
        ("通渭县2032年计划改造多少个老旧小区？", {"23"}, set()),
        ("通渭县今年要改造老旧小区几个？", {"23"}, {"18"}),
        ("通渭县的老年食堂一共有多少个？", {"37"}, {"14"}),
        ("两个县的农民人均收入哪个高？", {"12460", "11320"}, {"33120"}),
    ],
)
def test_statistics_of_counties(counties: Library, question: str, told: set[str], untold: set[str]) -> None:
    assert_figures(ask(counties, question), told, untold)


def test_the_end_of_another_year_is_not_told(counties: Library) -> None:
    assert ask(counties, "截至2030年末，陇西县公共图书馆藏书多少册？").refused


@pytest.fixture(scope="module")
def briefs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with library_of(tmp_path_factory.mktemp("县"), BRIEFS) as made:
        yield made


def test_years_of_several_counties_are_not_told_of_one(briefs: Library) -> None:
    answer = ask(briefs, "2033年至2035年城镇新增就业多少人？")
    assert set(answer.coverage.places_with_evidence) == {"330521", "330522"}
    assert "增加" not in answer.text


def test_a_total_over_years_is_no_series(briefs: Library) -> None:
    answer = ask(briefs, "德清县“十四五”期间累计建成养老驿站多少个？")
    assert "80" in numbers(answer)
    assert "60" not in numbers(answer), "a sum of years less one of them"


def test_of_two_durations_in_a_sentence_none_is_confirmed(briefs: Library) -> None:
    assert "与资料一致" not in ask(briefs, "德清县受理后10个工作日内完成初审，对吗？").text


def test_so_much_each_is_told_in_its_own_scale(briefs: Library) -> None:
    assert "375元" in ask(briefs, "德清县平均每个老人发放养老补贴多少元？").text


@pytest.mark.parametrize("text", ["县里的养老服务机构达到12万个", "养老服务机构达到12万个"])
def test_a_figure_of_the_country_is_not_the_countys(briefs: Library, text: str) -> None:
    answer = ask(briefs, "长兴县2035年城镇新增就业多少人？")
    article = briefs.catalogue.article(answer.citations[0].article)
    assert article is not None
    at = article.body.index("全国养老")
    quote = article.body[at:].strip()
    cited = replace(answer.citations[0], n=1, quote=quote, start=at, end=at + len(quote), field="body")
    claim = replace(answer.claims[0], text=text, place=None, citations=(1,), derivation=None)
    (verdict,) = verify_claims([claim], [cited], sources(briefs))
    assert not verdict.verified


@pytest.mark.parametrize("shown", ["（61230 − 55190）", "（0.06123 − 0.05519）"])
def test_a_sum_is_shown_in_the_scale_of_its_result_or_in_none(library: Library, shown: str) -> None:
    answer = ask(library, "2032到2034年沂水县地区生产总值如何变化？")
    change = next(c for c in answer.claims if c.derivation and c.derivation.operation == "increase")
    false = replace(change, text=change.text.replace("（612.3 − 551.9）", shown))
    assert false.text != change.text
    assert not verify_claims([false], answer.citations, sources(library))[0].verified
