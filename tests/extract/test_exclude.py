"""Numbers that are no facts: names, slogans, grades, hotlines, ages, frequencies, and their look-alikes that are."""

from __future__ import annotations

import pytest

from extract.exclude import context, reason
from extract.quantities import scan


def _kept(text: str) -> list[str]:
    around = context(text)
    return [q.surface for q in scan(text) if reason(q, around) is None]


@pytest.mark.parametrize(
    "text",
    [
        "推动三个重构",
        "推行七步法",
        "实现两个覆盖",
        "落实三会一课",
        "践行四下基层",
        "坚持两手抓",
        "推行“一站式”服务",
        "构建三级联动体系",
        "打造“一刻钟便民圈”",
        "落实“五个一”要求",
        "开展“三送三提”行动",
        "坚持一张蓝图绘到底",
        "拨打12345热线",
        "依据县委办〔2026〕18号文件",
        "第18号令",
        "建成5A级景区",
        "创建3A级村庄",
        "一批90后干部",
        "80后创业者",
        "骑手小王今年28岁",
        "面向18至45周岁青年",
        "每月开展一次走访",
        "每周组织2次巡查",
        "每季度召开1次联席会议",
        "十九届四中全会",
        "党的二十大精神",
        "“十四五”规划",
        "“双百”行动",
        "24小时不打烊",
        "一是摸清底数，二是建强队伍",
        "《关于做好2026年100件民生实事的通知》",
        "她说：“这里一杯水只要1元钱。”",
        "联系电话0572-8080123",
        "邮编313200",
        "G60科创走廊",
        "第3批名单",
        "一个支部一个阵地",
        "三天两头往外跑",
        "工作十分重要",
        "种植五倍子增收",
        "统一部署、统一行动",
        "进一步压实责任",
        "一二三产业融合",
        "“1+5+N”体系",
        "一网通办",
        "四季如春",
        "百花齐放",
        "千家万户",
        "五湖四海",
        "一线职工",
        "两新组织",
        "三新领域",
    ],
)
def test_not_a_fact(text: str) -> None:
    assert _kept(text) == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("推行七步法，选派138名指导员", ["138名"]),
        ("一批90后干部共28名", ["28名"]),
        ("依据〔2026〕18号文件新建站点18个", ["18个"]),
        ("12345热线受理诉求12345件", ["12345件"]),
        ("每季度举办一次培训，全年培训500余人次", ["500余人次"]),
        ("建成24小时开放的驿站18个", ["18个"]),
        ("开展“三送三提”行动3场", ["3场"]),
        ("新成立党支部三个", ["三个"]),
        ("组建3至5人的送学小组", ["3至5人"]),
        ("为老年人服务累计1200小时", ["1200小时"]),
        ("办理时限由15个工作日压缩至5个工作日", ["15个工作日", "5个工作日"]),
        ("有三分之二的商户参与", ["三分之二"]),
        ("调解矛盾纠纷一百二十件", ["一百二十件"]),
    ],
)
def test_the_look_alikes_that_count(text: str, kept: list[str]) -> None:
    assert _kept(text) == kept
