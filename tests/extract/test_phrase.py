"""What is counted and what was done, by where they stand."""

from __future__ import annotations

import pytest

from tests.conftest import Extracted


@pytest.mark.parametrize(
    ("body", "pairs"),
    [
        # behind the quantity
        ("选派138名党建指导员。", [("党建指导员", "选派")]),
        ("协调提供2000余个就业岗位。", [("就业岗位", "提供")]),
        ("招募志愿者和社工120名。", [("社工", "招募")]),
        # before it
        ("建立临时党支部20个。", [("临时党支部", "建立")]),
        ("新建“暖新”驿站12个。", [("驿站", "新建")]),
        ("拨付专项经费45万元。", [("专项经费", "拨付")]),
        ("化解邻里纠纷130余件。", [("邻里纠纷", "化解")]),
        # one sentence, several
        ("新建党支部26个，发展党员9名，培训骨干310人次。", [("党支部", "新建"), ("党员", "发展"), ("骨干", "培训")]),
        ("推出技能培训16项、法律援助9项。", [("技能培训", "推出"), ("法律援助", "推出")]),
        ("发放宣传册300份，雨衣200件。", [("宣传册", "发放"), ("雨衣", "")]),
        ("获评省级先进集体2个，市级先进集体1个。", [("先进集体", "获评"), ("先进集体", "获评")]),
        ("调解纠纷86件。", [("纠纷", "调解")]),
        ("改造驿站6个，服务驿站8个。", [("驿站", "改造"), ("服务驿站", "")]),
        # read together with the measure word
        ("建成驿站4000个以上，新增床位200张左右。", [("驿站", "建成"), ("床位", "新增")]),
        ("全省25支队伍参加比赛。", [("队伍", "参加")]),
        ("新建和改造农村公路38万公里。", [("农村公路", "改造")]),
        ("为医务人员每人办理1份保险。", [("保险", "办理")]),
        ("纳入浙江省级重点名录的142户企业。", [("浙江省级重点名录的企业", "纳入")]),
        ("每天销售30吨没问题。", [("吨", "销售")]),
        ("零售总额实际增长16.9%，贷款实际利率为3%。", [("零售总额", "增长"), ("贷款实际利率", "")]),
        ("全市共受理物业服务投诉2036件，接到群众举报36件。", [("物业服务投诉", "受理"), ("群众举报", "接到")]),
        ("养老机构新增300张床位。", [("床位", "新增")]),
        ("建成3个都市农业园。", [("都市农业园", "建成")]),
        # who does it is not what is counted
        ("救援队挽救76人。", [("人员", "挽救")]),
        ("协会新建了站点3个。", [("站点", "新建")]),
        ("协会培训了300人。", [("培训", "培训")]),
        ("志愿服务队数量达到了55支。", [("志愿服务队", "")]),
        # what a change is compared with is not what is counted
        ("财政支出1万亿元，比上年增加1839亿元。", [("财政支出", ""), ("财政支出", "增加")]),
        # where everyone lives is not what is counted
        ("全村200多人全部转移。", [("人员", "转移")]),
        ("“村里有200多人，老人不少。", [("人员", "")]),
        ("开展义诊12场，受益群众860人。", [("义诊", "开展"), ("群众", "受益")]),
        # what a thing can hold is not how many there are
        ("建成可容纳300人的礼堂5个。", [("人员", "容纳"), ("礼堂", "建成")]),
        ("新建可停放100辆车的停车场2个。", [("车", "停放"), ("停车场", "新建")]),
        # nor what each is like
        ("建成面积达1200平方米的服务中心3个。", [("面积", "建成"), ("服务中心", "建成")]),
        ("引进年产值5000万元以上的企业6家。", [("年产值", "引进"), ("企业", "引进")]),
        ("新建总长12公里的绿道4条。", [("总长", "新建"), ("绿道", "新建")]),
        ("建成日处理能力2万吨的污水厂2座。", [("能力", "处理"), ("污水厂", "建成")]),
        # taken over
        ("清理社会组织23家，其中注销9家。", [("社会组织", "清理"), ("社会组织", "注销")]),
        ("全省建成驿站2100个，其中我县46个。", [("驿站", "建成"), ("驿站", "")]),
        ("受理诉求1096件，办结1012件。", [("诉求", "受理"), ("诉求", "办结")]),
        # shares
        ("矛盾纠纷调解成功率达98.2%。", [("调解成功率", "")]),
        ("群众满意率为97.3%。", [("群众满意率", "")]),
        ("三分之二的行业协会建立了党组织。", [("行业协会", "建立")]),
        ("近九成商户参与。", [("商户", "参与")]),
        # objects of each its own
        ("建成驿站9个，永平社区设立议事点3处。", [("驿站", "建成"), ("议事点", "设立")]),
        ("争取财政资金1.2亿元，其中中央财政资金4500万元。", [("财政资金", "争取"), ("中央财政资金", "")]),
    ],
)
def test_object_and_action(extracted: Extracted, body: str, pairs: list[tuple[str, str]]) -> None:
    found = [(f.object, f.action) for f in extracted(body)]
    assert len(found) == len(pairs)
    for (noun, verb), (wanted_noun, wanted_verb) in zip(found, pairs, strict=True):
        assert noun.replace("“", "").replace("”", "").endswith(wanted_noun), found
        assert wanted_verb in verb, found


def test_the_same_thing_has_the_same_indicator_wherever_the_noun_stands(extracted: Extracted) -> None:
    ways = ["选派138名党建指导员。", "选派党建指导员138名。", "共选派党建指导员138名。", "党建指导员选派138名。"]
    assert {f.indicator for way in ways for f in extracted(way)} == {"party.instructor.dispatched"}


@pytest.mark.parametrize(
    ("body", "indicator"),
    [
        ("服务企业近百家。", "party.org.established"),
        ("设立议事点3处。", "site.stations"),
        ("新建充电桩20个。", "site.stations"),
    ],
)
def test_an_indicator_is_not_taken_where_the_thing_is_another(extracted: Extracted, body: str, indicator: str) -> None:
    assert [f.indicator for f in extracted(body)] != [indicator]


@pytest.mark.parametrize(
    ("body", "objects"),
    [
        ("业委会组建率为61.5%，到6月底提高到68.3%。", ["业委会组建率", "业委会组建率"]),
        ("业委会组建率只有49.5%，今年6月底升到66.1%。", ["业委会组建率", "业委会组建率"]),
        ("组建率为57.4%，其中安吉县为52.6%。", ["组建率", "组建率"]),
        ("助餐点由去年同期的39个增至目前的58个。", ["助餐点", "助餐点"]),
        ("志愿者队伍从最初的26人发展到537人。", ["志愿者队伍", "志愿者队伍"]),
        ("建成驿站86个，其中12个全天24小时开放。", ["驿站", "驿站"]),
    ],
)
def test_what_grew_or_is_a_part_keeps_its_name(extracted: Extracted, body: str, objects: list[str]) -> None:
    assert [f.object for f in extracted(body)] == objects
