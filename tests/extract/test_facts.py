"""Whole sentences of the genre, over places and kinds of text, each written for this test: what must come out of them.

A row is: kind of text, place, body, and for each fact: surface, value, unit, bound, status, level of its subject.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.model import Span
from extract.facts import Rules, facts
from tests.conftest import Extracted, an_article

Row = tuple[str, str, str, str, str, str]


def _row(text: str) -> Row:
    surface, value, unit, *rest = text.split("|")
    bound, status, level = [*rest, *["exact", "done", "county"][len(rest) :]]
    return surface, value, unit, bound, status, level


SENTENCES: list[tuple[str, str, str, list[str]]] = [
    (
        "report",
        "370783",
        "一年来，全市新建村级志愿服务站315个，注册志愿者12.6万名，累计服务时长98万小时。",
        ["315个|315|个", "12.6万名|126000|名", "98万小时|980000|小时"],
    ),
    ("report", "510781", "拨付社会组织发展资金860万元，扶持项目47个。", ["860万元|8600000|元", "47个|47|个"]),
    ("report", "130426", "为民营企业减税降费1.35亿元。", ["1.35亿元|135000000|元"]),
    ("report", "361130", "调解矛盾纠纷1860余件，调解成功率98.7%。", ["1860余件|1860|件|approx_above", "98.7%|98.7|%"]),
    ("report", "451226", "近三年来，累计培训基层干部5000多人次。", ["5000多人次|5000|人次|approx_above"]),
    ("report", "632223", "牧区设立流动党员服务点28处，覆盖牧户近2000户。", ["28处|28|处", "2000户|2000|户|less_than"]),
    ("report", "429004", "全市1个党群服务中心、26个驿站实行错时开放。", ["1个|1|个", "26个|26|个"]),
    (
        "report",
        "222403",
        "上半年开展文明实践活动1,120场，受众超30万人次。",
        ["1,120场|1120|场", "30万人次|300000|人次|more_than"],
    ),
    ("plan", "640424", "计划年底前培育社区社会组织60家。", ["60家|60|家|exact|planned"]),
    (
        "plan",
        "640424",
        "拟投入资金不少于200万元，建设县级孵化基地1个。",
        ["200万元|2000000|元|at_least|planned", "1个|1|个|exact|planned"],
    ),
    ("plan", "500156", "力争2027年底前实现物业小区党组织覆盖率达到90%以上。", ["90%以上|90|%|at_least|planned"]),
    ("plan", "350924", "下一步，将再选派干部80名到企业挂职。", ["80名|80|名|exact|planned"]),
    ("plan", "611026", "到2028年，力争持证社工达到300人左右。", ["300人左右|300|人|approx|planned"]),
    ("notice", "440224", "要求各乡镇选派不少于3名。", ["3名|3|名|at_least|planned"]),
    ("notice", "440224", "原则上每名指导员联系企业不超过5家。", ["5家|5|家|less_than|planned"]),
    (
        "news",
        "410821",
        "活动现场发放宣传资料1500余份，接受咨询230人次。",
        ["1500余份|1500|份|approx_above", "230人次|230|人次"],
    ),
    ("news", "410821", "记者从县里了解到，全县共有网约车司机、外卖骑手约4200人。", ["4200人|4200|人|approx"]),
    (
        "news",
        "532924",
        "宾居镇组织义诊3场，服务老人上百名。",
        ["3场|3|场|exact|done|township", "上百名|100|名|more_than|done|township"],
    ),
    (
        "news",
        "320583",
        "花桥镇建成暖心驿站15个，日均接待骑手600人次。",
        ["15个|15|个|exact|done|township", "600人次|600|人次|exact|done|township"],
    ),
    ("news", "210102", "北市场街道和平社区筹集善款6.8万元。", ["6.8万元|68000|元|exact|done|community"]),
    (
        "news",
        "460200",
        "驿站配备座椅40把、充电柜2组，可同时容纳25人休息。",
        ["40把|40|把|exact|done|prefecture", "2组|2|组|exact|done|prefecture", "25人|25|人|exact|capacity|prefecture"],
    ),
    (
        "news",
        "140728",
        "目前，38个驿站全部投用，正在建设的6个将于国庆前开放。",
        ["38个|38|个", "6个|6|个|exact|ongoing"],
    ),
    ("news", "150721", "专班由9家单位18名骨干组成，逐户走访企业154家。", ["9家|9|家", "18名|18|名", "154家|154|家"]),
    ("news", "341181", "数十家商户自愿加入，累计让利十几万元。", ["数十家|10|家|approx", "十几万元|110000|元|approx"]),
    ("news", "350102", "志愿者年龄最大的72岁，最小的19岁，共86人。", ["86人|86|人"]),
    ("practice", "431230", "创新“三带三促”工作法，培育农村带头人165名。", ["165名|165|名"]),
    ("practice", "431230", "推行“一站式”接待、“十分钟”响应，办结事项2300件。", ["2300件|2300|件"]),
    ("practice", "420324", "依托12345热线受理诉求3480件，办结率99.1%。", ["3480件|3480|件", "99.1%|99.1|%"]),
    ("practice", "420324", "办理时限由20个工作日压缩至7个工作日。", ["20个工作日|20|工作日", "7个工作日|7|工作日"]),
    (
        "practice",
        "420324",
        "行业党组织覆盖率从年初的58%提高到83.5%，提高25.5个百分点。",
        ["58%|58|%", "83.5%|83.5|%", "25.5个百分点|25.5|个百分点"],
    ),
    ("practice", "330521", "将8家行业协会、17家民非组织分别列入整改名单和注销名单。", ["8家|8|家", "17家|17|家"]),
    (
        "practice",
        "330521",
        "排查“僵尸型”社会组织64家，注销41家，撤销登记12家。",
        ["64家|64|家", "41家|41|家", "12家|12|家"],
    ),
    ("practice", "330521", "每月组织一次走访、每季度开展一次评议，全年走访企业2600家次。", ["2600家次|2600|家次"]),
    (
        "practice",
        "370783",
        "三分之二的驿站设在商圈，五成以上的骑手成为常客。",
        ["三分之二|66.666667|%", "五成以上|50|%|at_least"],
    ),
    ("practice", "370783", "组建3至5人的送学小组21个。", ["3至5人|3|人|range", "21个|21|个"]),
    (
        "practice",
        "370783",
        "全市300余名人大代表、政协委员联系企业，人均联系4家。",
        ["300余名|300|名|approx_above", "4家|4|家"],
    ),
    ("summary", "130426", "与去年同期相比，信访总量下降18.3%。", ["18.3%|18.3|%"]),
    (
        "summary",
        "130426",
        "截至10月底，城市社区配备专职工作者460名，其中持证268名，持证率58.3%。",
        ["460名|460|名", "268名|268|名", "58.3%|58.3|%"],
    ),
    ("summary", "130426", "全国新就业群体规模已达8400万人。", ["8400万人|84000000|人|exact|background|national"]),
    ("summary", "130426", "全省共建成驿站5200个。", ["5200个|5200|个|exact|done|province"]),
    ("summary", "130426", "全市设立基金1.2亿元。", ["1.2亿元|120000000|元|exact|done|prefecture"]),
    ("summary", "130426", "成立联合党委两个、功能型党支部三十五个。", ["两个|2|个", "三十五个|35|个"]),
    ("summary", "130426", "先后荣获省级以上荣誉11项，3个案例入选全国典型。", ["11项|11|项", "3个|3|个"]),
    ("summary", "130426", "全县共有村（社区）308个、物业小区127个。", ["308个|308|个", "127个|127|个"]),
    (
        "summary",
        "130426",
        "投放“小哥”爱心餐券１２００张，折合人民币3.6万元。",
        ["１２００张|1200|张", "3.6万元|36000|元"],
    ),
    ("summary", "130426", "设立5000元至2万元不等的奖补。", ["5000元至2万元|5000|元|range"]),
    ("organisation", "130426", "晨光社工服务中心开展个案服务36例。", ["36例|36|例|exact|done|organisation"]),
    ("organisation", "130426", "县外卖行业协会为骑手购买保险2100份。", ["2100份|2100|份|exact|done|organisation"]),
    ("organisation", "130426", "某快递企业吸纳困难群众就业19人。", ["19人|19|人|exact|done|organisation"]),
    (
        "carry",
        "130426",
        "龙虎乡建成议事亭7座。组织议事会52次。",
        ["7座|7|座|exact|done|township", "52次|52|次|exact|done|township"],
    ),
    ("carry", "130426", "索堡镇选派干部4名。全县共选派干部158名。", ["4名|4|名|exact|done|township", "158名|158|名"]),
    ("carry", "130426", "计划新建站点30个。目前已建成21个。", ["30个|30|个|exact|planned", "21个|21|个"]),
    ("bounds", "130426", "参训人数不到100人。", ["100人|100|人|less_than"]),
    ("bounds", "130426", "接待来访群众逾9000人次。", ["9000人次|9000|人次|more_than"]),
    ("bounds", "130426", "发动社会力量捐款将近40万元。", ["40万元|400000|元|less_than"]),
    ("bounds", "130426", "平均每个网格服务居民300户上下。", ["300户上下|300|户|approx"]),
    ("bounds", "130426", "组织二三十名老党员参与巡逻。", ["二三十名|20|名|range"]),
    ("bounds", "130426", "公益岗位补贴标准为每人每月1800元。", ["1800元|1800|元"]),
    ("long", "130426", "筹资三亿五千万元改造老旧小区62个。", ["三亿五千万元|350000000|元", "62个|62|个"]),
    ("long", "130426", "惠及居民4.8万户、14万余人。", ["4.8万户|48000|户", "14万余人|140000|人|approx_above"]),
]


@pytest.mark.parametrize(
    ("kind", "place", "body", "rows"), SENTENCES, ids=[f"{k}-{b[:12]}" for k, _, b, _ in SENTENCES]
)
def test_sentence(extracted: Extracted, kind: str, place: str, body: str, rows: list[str]) -> None:
    found = [
        (
            f.quantity.surface,
            format(f.quantity.value, "f"),
            f.quantity.unit,
            f.quantity.bound,
            f.status,
            f.subject_level,
        )
        for f in extracted(body, place=place)
    ]
    assert found == [_row(row) for row in rows]


@pytest.mark.parametrize(
    "body",
    [
        "会议强调，要坚持两手抓、两促进，做到一把尺子量到底。",
        "2026年7月10日，县委社会工作部召开第3次部务会议，学习〔2026〕18号文件。",
        "42岁的张师傅开了15年车，最怕的是找不到厕所。",
        "“一碗面只要8块钱，骑手来了管饱。”店主说。",
        "联系人：李某，电话0310-3890001，地址涉县振兴路68号。",
        "推行“六联六促”机制，构建“1+3+N”格局，打造五心驿站。",
        "坚持“四个一”标准，念好“三字诀”，走好新时代群众路线。",
        "每周三晚上，志愿者都会到小区转一转。",
    ],
)
def test_a_sentence_without_facts(extracted: Extracted, body: str) -> None:
    assert [f.quantity.surface for f in extracted(body)] == []


def test_every_fact_points_at_its_own_characters(rules: Rules) -> None:
    for _, place, body, _ in SENTENCES:
        article = an_article(rules, "前言。\n" + body, place)
        for fact in facts(article, rules):
            assert fact.quantity.span.of(article.body) == fact.quantity.surface
            assert fact.sentence.of(article.body) == fact.sentence_text
            assert fact.sentence.start <= fact.quantity.span.start < fact.quantity.span.end <= fact.sentence.end
            assert fact.source is not None
            assert (fact.source.start, fact.source.end) == (fact.quantity.span.start, fact.quantity.span.end)


def test_ids_depend_on_article_and_position_alone(rules: Rules) -> None:
    article = an_article(rules, "选派干部20名。走访企业20家。")
    ids = [f.id for f in facts(article, rules)]
    assert len(set(ids)) == 2
    assert ids == [f.id for f in facts(article, rules)]
    assert set(ids).isdisjoint(f.id for f in facts(replace(article, id="a2"), rules))


def test_a_period_is_taken_over_within_its_paragraph_and_marked(extracted: Extracted) -> None:
    first, second, third = extracted("上半年，新建站点12个。培训骨干300人次。\n走访企业80家。")
    assert (first.period.basis, second.period.basis, third.period.basis) == ("stated", "inherited", "none")
    assert (second.period.start, second.period.end) == ("2026-01-01", "2026-06-30")
    assert third.flags == ("no_period",)


def test_as_of_now_means_the_day_of_publication_and_is_marked(extracted: Extracted) -> None:
    [fact] = extracted("截至目前，全县建成驿站46个。", published="2026-07-10")
    assert (fact.period.end, fact.period.basis) == ("2026-07-10", "published")
    [fact] = extracted("截至目前，全县建成驿站46个。", published=None)
    assert fact.period.end is None


def test_a_share_of_a_population_is_a_percentage(extracted: Extracted) -> None:
    [fact] = extracted("三分之二的行业协会建立了党组织。")
    assert (str(fact.quantity.value), fact.quantity.unit) == ("66.666667", "%")


def test_an_empty_body_has_no_facts(rules: Rules) -> None:
    assert facts(an_article(rules, ""), rules) == ()
    assert facts(an_article(rules, "\n \n"), rules) == ()


def test_the_folder_of_overrides_adds_an_indicator(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("overrides")
    head = "id,zh,family,stat_type,units,norm_unit,object_lexicon,verb_lexicon,trigger_description,aggregation"
    row = 'lamp.installed,路灯安装数,works,flow,"盏",盏,"路灯","安装,新装",,sum'
    (folder / "indicators.csv").write_text(f"{head}\n{row}\n", encoding="utf-8-sig")
    rules = Rules.load(folder)
    [fact] = facts(an_article(rules, "全县安装路灯320盏。"), rules)
    assert (fact.indicator, fact.indicator_name, fact.quantity.span) == ("lamp.installed", "路灯安装数", Span(6, 10))
