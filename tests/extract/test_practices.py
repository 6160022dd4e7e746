"""Named ways of working, told from ornament."""

from __future__ import annotations

import pytest

from tests.conftest import Practised


@pytest.mark.parametrize(
    ("body", "name", "kind"),
    [
        ("推行“四必访”工作制度，做到情况早知道。", "四必访", "mechanism"),
        ("创新“三带三促”工作法，培育带头人165名。", "三带三促", "named_method"),
        ("开展“扫楼扫街”专项行动，摸清底数。", "扫楼扫街", "campaign"),
        ("组建“骑手先锋”志愿服务队31支。", "骑手先锋", "team_brand"),
        ("印发《关于规范驿站运行的若干措施》，明确标准。", "关于规范驿站运行的若干措施", "policy_document"),
        ("建立社会组织联席会议机制，每季度会商。", "社会组织联席会议机制", "mechanism"),
        ("打造“小哥之家”服务站，提供饮水充电。", "小哥之家", "platform_site"),
        ("四海镇“小喇叭”学生志愿服务队成立。", "小喇叭", "team_brand"),
        ("引入“苏绣”残疾人工艺培训项目。", "苏绣", "campaign"),
        ("安装“一键通”应急呼叫系统。", "一键通", "platform_site"),
    ],
)
def test_a_name_and_its_kind(practised: Practised, body: str, name: str, kind: str) -> None:
    [found] = practised(body)
    assert (found.practice, found.kind) == (name, kind)
    assert [s.of(body) for s in found.spans] == [name]


@pytest.mark.parametrize(
    "body",
    [
        "画出治理“同心圆”，奏响共治“交响曲”。",
        "实现企业与社区“双向奔赴”。",
        "骑手小陈说：“现在歇脚方便多了。”",
        "织密“覆盖网”，下好“先手棋”，打好“组合拳”。",
        "让党旗在一线高高飘扬。",
        "推进“三农”工作项目。",
        "开展“七一”走访慰问活动。",
    ],
)
def test_ornament_is_no_practice(practised: Practised, body: str) -> None:
    assert [p.practice for p in practised(body)] == []


def test_claimed_count_and_members(practised: Practised) -> None:
    body = "推行“三级三调”工作法：院坝先调、村社再调、乡镇联调。"
    [found] = practised(body)
    assert found.claimed_count == (3, 3)
    assert [m.text for m in found.members] == ["院坝先调", "村社再调", "乡镇联调"]
    assert all(m.span.of(body) == m.text for m in found.members)
    assert found.flags == ()


def test_members_that_are_not_as_many_as_claimed_are_flagged(practised: Practised) -> None:
    [found] = practised("推行“五联工作法”：组织联建、阵地联用、人才联育、活动联办。")
    assert found.flags == ("member_count_differs",)


def test_one_name_told_twice_is_one_practice_with_two_spans(practised: Practised) -> None:
    body = "推行“四必访”工作制度。\n“四必访”工作制度实施以来，走访群众1300户。"
    [found] = practised(body)
    assert [s.of(body) for s in found.spans] == ["四必访", "四必访"]


def test_problem_measures_results(practised: Practised) -> None:
    body = "针对骑手停车难的问题，县里多次会商。推行“微改造”工作法，腾出闲置地块。截至目前，新增停车位320个。"
    [found] = practised(body)
    assert [s.of(body) for s in found.problem] == ["针对骑手停车难的问题，县里多次会商。"]
    assert any("腾出闲置地块" in s.of(body) for s in found.measures)
    assert [s.of(body) for s in found.results] == ["截至目前，新增停车位320个。"]


@pytest.mark.parametrize(
    ("body", "theme"),
    [
        ("推行“板凳会”调解工作法，化解邻里矛盾纠纷，调解员上门调解。", "矛盾调解"),
        ("打造骑手驿站“小哥之家”服务站，为快递员、外卖骑手等新就业群体提供服务。", "新就业群体服务"),
        ("组建“邻里帮”志愿服务队，志愿者常态化开展志愿服务。", "志愿服务"),
        ("建立社会组织“双随机”监管机制，规范行业协会商会，注销僵尸型社会组织。", "社会组织管理"),
    ],
)
def test_theme(practised: Practised, body: str, theme: str) -> None:
    assert theme in practised(body)[0].themes


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("设立‘公共客厅’‘暖心驿站’‘一角茶铺’等点位，请居民坐下来。", ["公共客厅", "暖心驿站", "一角茶铺"]),
        ("推行“党建+网格+志愿”的群防工作机制。", ["党建+网格+志愿"]),
        ("落实“林长制”“路长制”“河长制”。", ["林长制", "路长制", "河长制"]),
        ("启动乡村青年教师成长计划，首批结对40名。", ["乡村青年教师成长计划"]),
        ("7月24日，春风里零工市场正式揭牌启用。", ["春风里零工市场"]),
        ("打造暖“新”食堂5处。", ["暖“新”食堂"]),
        ("开展了爱心衣橱、未来少年班、星火读书会等公益项目。", ["爱心衣橱", "未来少年班", "星火读书会"]),
        ("“守望水岸，预防溺水”三湖巡护志愿服务项目启动。", ["守望水岸，预防溺水"]),
        ("成立“军嫂之家”服务驿站。“军嫂之家”志愿服务队同时成立。", ["军嫂之家", "军嫂之家"]),
    ],
)
def test_names_in_all_their_forms(practised: Practised, body: str, names: list[str]) -> None:
    assert [p.practice for p in practised(body)] == names


@pytest.mark.parametrize(
    "body",
    [
        "县图书馆荣获“最佳志愿服务组织”称号。",
        "开展志愿服务活动，召开工作会议。",
        "深入学习“三个代表”，坚决做到“两个维护”。",
        "让驿站成为骑手愿来的“温暖客厅”。",
        "坚持“绿水青山就是金山银山”的理念。",
    ],
)
def test_what_any_place_has_and_honours_are_none(practised: Practised, body: str) -> None:
    assert [p.practice for p in practised(body)] == []


@pytest.mark.parametrize(
    ("body", "members"),
    [
        ("推行“党建+网格+志愿”的群防工作机制。", ["党建", "网格", "志愿"]),
        ("机关党支部、企业党支部、农村党支部组建“三联体”，活动联办。", ["机关党支部", "企业党支部", "农村党支部"]),
        ("组建“财税服务、人才服务、法律服务”三大服务团，上门服务。", ["财税服务", "人才服务", "法律服务"]),
        ("打造“党建+治理”品牌。", []),
    ],
)
def test_members_in_and_beside_the_name(practised: Practised, body: str, members: list[str]) -> None:
    [found] = practised(body)
    assert [m.text for m in found.members] == members
    assert all(m.span.of(body) == m.text for m in found.members)


PARTS = "县委统一领导、部门统筹协调、乡镇具体落实"


@pytest.mark.parametrize(
    ("body", "names"),
    [
        # made of parts that are told
        (f"构建{PARTS}的工作机制。", [f"{PARTS}的工作机制"]),
        ("建立每周调度、每月调研、每季评议的推进机制。", ["每周调度、每月调研、每季评议的推进机制"]),
        (f"{PARTS}。", []),
        ("健全学习、工作、生活的场所。", []),
        # names of the trade, where they are done
        ("全面推行河长制、林长制。", ["河长制", "林长制"]),
        ("学习河长制的文件。", []),
        ("各村红白理事会上门劝导。", ["红白理事会"]),
        # rows of names formed with +
        ("推出“党建+物业”“党建+商圈”“党建+楼宇”。", ["党建+物业", "党建+商圈", "党建+楼宇"]),
        ("菜单上有“猪肉+白菜”“米饭+面条”。", []),
    ],
)
def test_ways_made_of_parts_of_the_trade_and_in_rows(practised: Practised, body: str, names: list[str]) -> None:
    assert [p.practice for p in practised(body)] == names


def test_the_members_of_a_way_made_of_parts(practised: Practised) -> None:
    body = f"构建{PARTS}的工作机制。"
    [found] = practised(body)
    assert (found.kind, [m.text for m in found.members]) == ("mechanism", PARTS.split("、"))
    assert all(m.span.of(body) == m.text for m in found.members)
