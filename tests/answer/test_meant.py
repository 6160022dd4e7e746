"""What a question means: stations by their own names, for whom, as defined; months, years; direction, all done."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from api.library import Library
from evals.answers import numbers
from tests.conftest import library_of

TEXTS = {
    "港湾.txt": "常山县暖心港湾建设情况\n常山县委社会工作部\n2026年5月8日\n"
    "快递员、外卖骑手在常山县城有了歇脚处。全县依托沿街商铺建成“暖心港湾”17个，配有微波炉和充电柜。\n",
    "小哥.txt": "开化县小哥驿站运行情况\n开化县委社会工作部\n2026年5月9日\n开化县今年建成小哥驿站8个。\n",
    "人才.txt": "龙游县人才驿站揭牌\n龙游县委组织部\n2026年5月10日\n"
    "龙游县建成人才驿站6个，来龙游求职的毕业生可免费住宿7天。\n",
    "志愿.txt": "江山市志愿服务工作情况\n江山市文明办\n2026年1月20日\n"
    "2025年，江山市注册志愿者达4.2万人。3月5日，全市有1300名志愿者走上街头。\n",
    "月报.txt": "柯城区法律援助月报\n柯城区司法局\n2025年4月12日\n"
    "2025年1月，全区受理法律援助案件31件。2025年2月，全区受理法律援助案件24件。2025年3月，全区受理法律援助案件40件。\n",
    "十月.txt": "衢江区游客接待情况\n衢江区文化和旅游局\n2025年11月6日\n2025年1—10月，衢江区接待游客812万人次。\n",
    "登记.txt": "龙游县婚姻登记统计\n龙游县民政局\n2026年1月15日\n"
    "2025年，全县办理结婚登记2100对，比上年增长6.2%；办理离婚登记640对，比上年下降4.5%。\n",
    "隐患.txt": "常山县消防隐患排查\n常山县消防救援局\n2026年3月15日\n"
    "2026年2月，常山县排查消防隐患320处，隐患整改率为93.5%。\n",
    "总数.txt": "安吉县骑手驿站\n安吉县委社会工作部\n2026年1月12日\n"
    "2024年，安吉县共有骑手驿站46个。2025年，安吉县共有骑手驿站58个。\n",
    "率.txt": "长兴县燃气隐患治理\n长兴县住建局\n2026年3月2日\n2026年2月，长兴县燃气隐患整改率近100%。\n",
    "报告.txt": "德清县2026年政府工作报告\n德清县人民政府\n2026年1月15日\n"
    "新的一年，我们计划新建口袋公园30个。过去一年，建成口袋公园21个。\n",
    "实事.txt": "平湖市民生实事\n平湖市人民政府\n2026年1月9日\n"
    "（一）老年食堂。2025年年初计划建30个，至2025年12月底建成27个。\n（二）口袋公园。2025年计划建10个，建成12个。\n",
    "镇里.txt": "嘉善县调解故事\n嘉善县司法局\n2026年1月9日\n2025年，西塘镇调解劳资纠纷412件。\n",
    "待遇.txt": "秀洲区社区工作者队伍建设\n秀洲区委社会工作部\n2026年1月9日\n"
    "秀洲区建立社区工作者四岗十八级薪酬体系，把连续考核优秀的社区工作者纳入事业编制招聘范围，提高社区工作者待遇。\n",
    "人口.txt": "海宁市人口\n海宁市统计局\n2026年1月20日\n"
    "2024年，海宁市常住人口109.2万人。2025年，海宁市常住人口109.8万人。\n",
    "信访.txt": "桐乡市信访\n桐乡市信访局\n2026年1月20日\n"
    "2024年，桐乡市累计受理信访310件。2025年，桐乡市累计受理信访290件。\n",
    "军人.txt": "嘉兴市秀洲区退役军人驿站\n秀洲区退役军人事务局\n2026年1月20日\n"
    "秀洲区建成退役军人驿站9个，吸纳骑手党员30名。\n",
    "慰问.txt": "海盐县送清凉\n海盐县总工会\n2026年7月2日\n2026年6月，海盐县慰问骑手320名。\n",
    "夜校.txt": "海盐县办夜校\n海盐县委社会工作部\n2026年7月3日\n2026年6月，海盐县培训骑手450名。\n",
    "党龄.txt": "南浔区党员队伍情况\n南浔区委组织部\n2026年1月15日\n全区有20年党龄的党员120名。\n",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with library_of(tmp_path_factory.mktemp("意"), TEXTS) as made:
        yield made


def test_stations_for_riders_are_counted_under_their_own_names_and_none_for_others(library: Library) -> None:
    answer = library.ask("哪些县给外卖骑手建了驿站？各建了多少？", llm="none")
    assert {c.place for c in answer.claims if c.place} == {"330822", "330824", "330523"}
    assert {"17", "8", "58"} <= numbers(answer)


def test_persons_are_no_stations(library: Library) -> None:
    answer = library.ask("秀洲区骑手驿站有多少个？", llm="none")
    assert answer.refused or ("没有单独列出的数" in "".join(answer.caveats) and "退役军人驿站9个" in answer.text)


def test_a_place_to_rest_is_a_station(library: Library) -> None:
    answer = library.ask("常山给骑手歇脚的地方有几个？", llm="none")
    assert not answer.refused and "17" in numbers(answer)


def test_what_is_registered_is_not_who_came_out_one_day(library: Library) -> None:
    answer = library.ask("江山市有多少注册志愿者？", llm="none")
    assert "4.2万" in answer.text and "1300" not in answer.text


def test_volunteers_are_ranked_by_how_many_there_are(library: Library) -> None:
    answer = library.ask("哪些县市志愿者最多？列出前10个。", llm="none")
    assert "4.2万" in answer.text and "1300" not in answer.text


def test_months_add_up_to_their_quarter(library: Library) -> None:
    answer = library.ask("柯城区2025年一季度一共受理法律援助案件多少件？", llm="none")
    assert "95" in numbers(answer) and "31 + 24 + 40" in answer.text
    assert all(c.verified for c in answer.claims)


def test_named_months_add_up_without_the_ones_between(library: Library) -> None:
    answer = library.ask("柯城区2025年1月和2025年3月受理法律援助案件加起来多少件？", llm="none")
    assert "71" in numbers(answer) and "24" not in numbers(answer)


def test_ten_months_are_no_whole_year(library: Library) -> None:
    assert library.ask("衢江区2025年全年接待游客多少人次？", llm="none").refused
    told = library.ask("衢江区2025年前10个月接待游客多少人次？", llm="none")
    assert told.plan.operation == "lookup" and not told.refused and "812万" in told.text


def test_a_year_is_told_by_two_digits(library: Library) -> None:
    plan = library.ask("龙游县25年结婚登记多少对？", llm="none").plan
    assert plan.period is not None and (plan.period.start, plan.period.end) == ("2025-01-01", "2025-12-31")
    assert library.ask("龙游县近10年结婚登记多少对？", llm="none").plan.period != plan.period
    assert "120" in library.ask("南浔区有20年党龄的党员有多少名？", llm="none").text


def test_what_there_is_at_two_times_is_not_added(library: Library) -> None:
    answer = library.ask("2024年和2025年安吉县一共有多少个骑手驿站？", llm="none")
    assert "58" in numbers(answer) and "104" not in numbers(answer)

    told = library.ask("2024年和2025年海宁市常住人口一共多少？", llm="none").text
    assert "109.8万" in told and "219" not in told
    assert "合计600件（310 + 290）" in library.ask("2024年和2025年桐乡市一共受理信访多少件？", llm="none").text


def test_a_report_looks_back_on_a_year_and_plans_the_next(library: Library) -> None:
    planned = library.ask("2026年德清县计划新建多少个口袋公园？", llm="none")
    assert "计划新建口袋公园30个" in planned.text
    assert "21" in numbers(library.ask("2025年德清县建成多少个口袋公园？", llm="none"))


@pytest.mark.parametrize(
    ("question", "opens"),
    [
        ("龙游县2025年离婚登记同比下降，对吗？", "与资料一致"),
        ("龙游县2025年离婚登记同比上升了，对吗？", "与资料不一致"),
        ("龙游县2025年结婚登记同比上升了，对吗？", "与资料一致"),
        ("常山县2026年2月的消防隐患都整改完了，对吗？", "与资料不一致"),
        ("常山县2026年2月的消防隐患是不是都整改完了？", "与资料不一致"),
        ("平湖市2025年计划的30个老年食堂是不是都建成了？", "与资料不一致"),
        ("平湖市2025年计划的10个口袋公园是不是都建成了？", "与资料一致"),
        ("常山县2026年2月的消防隐患没有全部整改完，对吗？", "与资料一致"),
        ("长兴县燃气隐患都整改完了，对吗？", "与资料不一致"),
    ],
)
def test_directions_and_completion_are_checked(library: Library, question: str, opens: str) -> None:
    answer = library.ask(question, llm="none")
    assert answer.text.startswith(opens) and all(c.verified for c in answer.claims)


def test_figures_of_other_deeds_do_not_contradict_each_other(library: Library) -> None:
    answer = library.ask("海盐县2026年6月慰问、培训骑手多少名？", llm="none")
    assert {"320", "450"} <= numbers(answer)
    assert not any("说法不一" in each for each in answer.caveats)


def test_a_towns_figure_is_not_told_for_the_whole_county(library: Library) -> None:
    assert library.ask("嘉善全县2025年调解劳资纠纷多少件？", llm="none").refused
    assert "412" in library.ask("嘉善县西塘镇2025年调解劳资纠纷多少件？", llm="none").text


def test_how_something_is_raised_asks_for_ways(library: Library) -> None:
    answer = library.ask("各地如何提高社区工作者的待遇和积极性？", llm="none")
    assert not answer.refused and "薪酬体系" in answer.text
