"""What a figure counts whose clause names no thing, or names what is none: places, bodies, deeds, areas."""

from __future__ import annotations

import pytest

from tests.conftest import Extracted

Thing = tuple[str, str]


@pytest.mark.parametrize(
    ("body", "things"),
    [
        # 处 behind 等 is no thing; the deed is what is counted
        ("志愿者在城隍庙、文峰塔等处讲解390场。", [("讲解", "讲解")]),
        ("志愿者设立劝导点390处。", [("劝导点", "设立")]),
        # 和 and 会 end a word at the end of a text
        ("上半年劝和82对。", [("对", "劝和")]),
        ("全县劝导和帮扶家庭82户。", [("家庭", "帮扶")]),
        # a series goes on with what its first figure counts, a heading on how things are is no thing
        (
            "一、基本情况\n2022年末有52个村实行，2023年末87个，2024年末达到118个。",
            [("村", "实行"), ("村", "实行"), ("村", "")],
        ),
        # what joins years before, and is in use, is of what was told before
        (
            "新建幸福食堂60个。加上以前年度建成的134个，到2024年底全县累计建成运营198个。",
            [("幸福食堂", "新建"), ("幸福食堂", "建成"), ("幸福食堂", "建成")],
        ),
        # the heading's thing is taken whole
        ("（一）老年幸福食堂。计划建30个。", [("老年幸福食堂", "建")]),
        ("全县办起积分超市96个。", [("积分超市", "办起")]),
        # what says of what kind the things are stays with them, a verb of what is done to them does not
        ("全县有45个正在施工的工地。", [("正在施工的工地", "")]),
        ("亮明身份的党员320名。", [("亮明身份的党员", "")]),
        ("转化软弱涣散的党组织12个。", [("软弱涣散的党组织", "转化")]),
        ("建立对接机制12个，对接项目40个。", [("对接机制", "建立"), ("项目", "对接")]),
        ("今年以来化解32件。", [("化解", "化解")]),
        # of villagers, not 的村民
        ("组织15个村的8236名村民参加体检。", [("村", "组织"), ("村民", "参加体检")]),
        # a street or town at the head of a clause is no object
        ("全县改建户厕1310座，其中大程镇完成418座。", [("户厕", "改建"), ("户厕", "完成")]),
        ("全县评出先进乡镇18个，其中大程镇获奖3次。", [("先进乡镇", "评出"), ("获奖", "获奖")]),
    ],
)
def test_what_is_counted(extracted: Extracted, body: str, things: list[Thing]) -> None:
    assert [(f.object, f.action) for f in extracted(body)] == things


@pytest.mark.parametrize(
    ("body", "things"),
    [
        # as the last figure in that unit
        (
            "全县有困难残疾人家庭1320户。今年计划改造850户，已改造305户。",
            ["困难残疾人家庭", "困难残疾人家庭", "困难残疾人家庭"],
        ),
        # as the figure in that unit of which the same was done, over one of something else
        ("全县建成服务点2133个。培训骨干460名。年底要建到2400个。", ["服务点", "骨干", "服务点"]),
        ("全县建成服务点2133个。走访企业460家。年底要建到2400处。", ["服务点", "企业", "处"]),
        # what is left, or still being done, of the last
        ("发现险情87处，已处置85处，剩余2处正在抢护。", ["险情", "险情", "险情"]),
        # as the whole, and not as a part of it that another sentence told
        (
            "全县已有小哥驿站46个，其中通宵开放的9个。桃花镇一个镇就有13个。",
            ["小哥驿站", "通宵开放的小哥驿站", "小哥驿站"],
        ),
        # of what a limit before says which are counted
        ("5亿元以上项目仅4个。", ["项目", "项目"]),
        # a share that a place has of what another has
        ("定西市到位资金198.3亿元，陇西县占15.9%。", ["资金", "资金占比"]),
        # what the counted are like, with the verb
        ("亮明身份的党员1126名。", ["亮明身份的党员"]),
        ("今年以来服务34.5万人次。", ["人次"]),
        # a deed with a thing of its own keeps it
        ("全县有困难残疾人家庭1320户。今年计划改造危房850户。", ["困难残疾人家庭", "危房"]),
    ],
)
def test_a_deed_without_a_noun_takes_up_the_thing(extracted: Extracted, body: str, things: list[str]) -> None:
    assert [f.object for f in extracted(body)] == things


def test_a_share_told_with_占_is_of_the_part(extracted: Extracted) -> None:
    for body in ("骑手占新就业群体的41.6%。", "公益岗位中，骑手占全部岗位的41.6%。"):
        assert [(f.object, f.action) for f in extracted(body)] == [("骑手占比", "占")]
    [rate] = extracted("党组织覆盖率达到41.6%。")
    assert "占" not in rate.object + rate.action


LIST = "德清县142件，安吉县118件，长兴县155件。"


@pytest.mark.parametrize(
    "told",
    [
        # what stands nearest is another deed, a rate, a change
        "全市调解矛盾纠纷415件，涉及群众620人，办结400件。县市方面，",
        "全市调解矛盾纠纷415件，办结率98%。县市方面，",
        "全市调解矛盾纠纷415件，比上年增加15件。",
    ],
)
def test_a_list_by_counties_counts_what_its_whole_does(extracted: Extracted, told: str) -> None:
    facts = extracted(told + LIST, place="330500")
    whole, parts = facts[0], facts[-3:]
    assert [(f.object, f.action) for f in parts] == [(whole.object, whole.action)] * 3 == [("矛盾纠纷", "调解")] * 3
    assert [[(r.type, r.fact) for r in f.relations] for f in parts] == [[("part_of", whole.id)]] * 3
    assert [f.subject for f in parts] == ["德清县", "安吉县", "长兴县"]


def test_a_list_by_counties_that_names_its_thing_keeps_it(extracted: Extracted) -> None:
    listed = "德清县收到来信142件，安吉县收到来信118件，长兴县收到来信155件。"
    facts = extracted("全市调解矛盾纠纷415件，比上年增加15件。" + listed, place="330500")
    assert {f.object for f in facts[-3:]} == {"来信"}


def test_which_places_a_list_is_of_is_no_thing(extracted: Extracted) -> None:
    assert "县市" not in {f.object for f in extracted("县市方面，" + LIST, place="330500")}
    assert {f.object for f in extracted("来信方面，" + LIST, place="330500")} == {"来信"}
