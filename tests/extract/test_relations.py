from __future__ import annotations

import pytest

from tests.conftest import Extracted

Tie = tuple[int, str, int]


@pytest.mark.parametrize(
    ("body", "ties"),
    [
        ("建成驿站46个，其中24小时开放的18个。", [(1, "part_of", 0)]),
        ("派单412件，办结389件。其中融资类63件，用工类118件。", None),
        ("会同9家单位18名骨干组成专班。", [(1, "pair", 0)]),
        ("举办培训6期420人次。", [(1, "pair", 0)]),
        ("覆盖率由62.5%提升至95%。", [(0, "baseline_of", 1)]),
        ("驿站从最初的3个增加到21个。", [(0, "baseline_of", 1)]),
        ("新建驿站64个，超额4个。", [(1, "change_of", 0)]),
        ("网格由1126个调整为1204个。", [(0, "baseline_of", 1)]),
        ("低保标准由每人每月700元提高到每人每月730元。", [(0, "baseline_of", 1)]),
        ("注册志愿者4.2万人，同比增长12.5%。", [(1, "change_of", 0)]),
        ("选派干部50名。新建站点20个。", []),
    ],
)
def test_ties(extracted: Extracted, body: str, ties: list[Tie] | None) -> None:
    facts = extracted(body)
    number = {f.id: i for i, f in enumerate(facts)}
    found = [(i, r.type, number[r.fact]) for i, f in enumerate(facts) for r in f.relations]
    if ties is None:
        assert all(r[1] != "part_of" or r[2] < r[0] for r in found)
    else:
        assert found == ties


def test_respectively_gives_each_its_own_action(extracted: Extracted) -> None:
    first, second = extracted("将11家、23家两新组织分别纳入整改和观察名单。")
    assert "整改" in first.action
    assert "观察" in second.action
    assert first.object == second.object


def test_respectively_gives_each_its_own_month(extracted: Extracted) -> None:
    facts = extracted("全县7月、8月分别办结案件31件、24件。")
    assert [(f.quantity.surface, f.period.text) for f in facts] == [("31件", "7月"), ("24件", "8月")]
    facts = extracted("2025年7月、8月，全县分别办结案件31件、24件。")
    assert [f.period.start for f in facts] == ["2025-07-01", "2025-08-01"]
    facts = extracted("截至2024年底，全县建成驿站86处，上年底为61处。")
    assert [f.period.end for f in facts] == ["2024-12-31", "2023-12-31"]


def test_a_change_is_no_level_of_its_own_indicator(extracted: Extracted) -> None:
    level, change = extracted("注册志愿者4.2万人，同比增长12.5%。")
    assert level.indicator != change.indicator
    assert change.quantity.unit == "%"


def test_the_same_figure_in_shorter_words_points_at_the_first(extracted: Extracted) -> None:
    first, second = extracted("组建志愿服务队10支。10支服务队走进社区。")
    assert (first.duplicate_of, second.duplicate_of) == (None, first.id)
    first, second = extracted("选举产生15名妇联执委。为15位妇联执委颁发证书。")
    assert (first.duplicate_of, second.duplicate_of) == (None, first.id)
    for other in ("关停企业12家。培育企业12家。", "慰问“五保”老人30名。慰问“失独”老人30名。"):
        assert [f.duplicate_of for f in extracted(other)] == [None, None], other
    assert [f.duplicate_of for f in extracted("组建志愿服务队2支。2支服务队走进社区。")] == [None, None]


def test_the_same_figure_told_twice_points_at_the_first(extracted: Extracted) -> None:
    first, second = extracted("全县选派党建指导员210名。\n全县选派党建指导员210名，逐家走访。")
    assert (first.duplicate_of, second.duplicate_of) == (None, first.id)


@pytest.mark.parametrize(
    ("body", "ties"),
    [
        # two sides of one thing across a clause: how often and for whom
        ("开展志愿服务249次，参与群众1207人，服务老人300名。", [(1, "pair", 0), (2, "pair", 0)]),
        ("组建群防队伍58支，吸纳各界力量430人。", [(1, "pair", 0)]),
        ("改造老旧小区69个，惠及群众4.1万户。", [(1, "pair", 0)]),
        ("建成供水工程7000处、覆盖人口800余万人。", [(1, "pair", 0)]),
        ("全县划分网格312个，配备网格长8名。", [(1, "pair", 0)]),
        ("举办讲座12场，办招聘会8场，参加320人。", [(2, "pair", 1)]),
        # and what came of it
        ("提供法律服务16次，服务企业39户，解决问题57个。", [(1, "pair", 0), (2, "pair", 0)]),
        ("开展直播带货23次，累计成交额581万元。", [(1, "pair", 0)]),
        # no two sides: two things done
        ("全县划分网格312个，培训网格长8名。", []),
        ("开展活动3次，投入资金20万元。", []),
        ("接待群众1.1万人次，调解矛盾纠纷8000余件。", []),
        ("清理死角80处，清除小广告70处。", []),
        # two and their sum
        ("去年设立站点100家。今年又新增20家，目前一共有120家站点。", [(0, "part_of", 2), (1, "part_of", 2)]),
        ("2023年建成驿站30个，2024年建成50个，2025年建成80个。", []),
        ("覆盖率分别为30%、40%、70%。", []),
        ("企业320家，服务业从业人员12000人。", []),
        ("举办活动30场，金融机构贷款余额300亿元。", []),
        # a row that makes up what was told before
        (
            "现场有12名选手参赛。评出一等奖1名、二等奖3名、三等奖3名、优秀奖5名。",
            [(1, "part_of", 0), (2, "part_of", 0), (3, "part_of", 0), (4, "part_of", 0)],
        ),
    ],
)
def test_sides_and_rows(extracted: Extracted, body: str, ties: list[Tie]) -> None:
    facts = extracted(body)
    number = {f.id: i for i, f in enumerate(facts)}
    assert [(i, r.type, number[r.fact]) for i, f in enumerate(facts) for r in f.relations] == ties


def test_told_again_by_the_body_below_is_one_figure(extracted: Extracted) -> None:
    first, again = extracted("德清县30家“小憩驿站”挂牌。据介绍，武康街道的“小憩驿站”当天共挂牌30家。")
    assert again.duplicate_of == first.id


def test_the_same_number_of_two_streets_is_two_figures(extracted: Extracted) -> None:
    first, second = extracted("武康街道建成邻里驿站30个，舞阳街道建成邻里驿站30个。")
    assert (first.duplicate_of, second.duplicate_of) == (None, None)
