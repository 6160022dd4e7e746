from __future__ import annotations

import pytest

from corpus.model import Status
from extract.status import says_planned, status_of


@pytest.mark.parametrize(
    ("left", "clause", "status"),
    [
        ("全县已建成驿站", "全县已建成驿站46个，", "done"),
        ("年底前，计划再新建驿站", "计划再新建驿站12个。", "planned"),
        ("拟选派干部", "拟选派干部20名", "planned"),
        ("力争到2027年建成", "力争到2027年建成80个", "planned"),
        ("下一步，将新建站点", "将新建站点5个", "planned"),
        ("预计年内投入", "预计年内投入300万元", "planned"),
        ("确保年底前覆盖", "确保年底前覆盖100家", "planned"),
        ("将", "将16家协会纳入整治", "done"),
        ("拟定清单", "拟定清单16项", "done"),
        ("将矛盾化解在基层，化解", "化解56件", "done"),
        ("计划建设20个，目前已建成", "目前已建成12个", "done"),
        ("正在建设驿站", "正在建设驿站5个", "ongoing"),
        ("驿站可同时容纳", "可同时容纳30人", "capacity"),
        ("每天能够服务", "每天能够服务200人次", "capacity"),
        ("建成可容纳300人的礼堂", "建成可容纳300人的礼堂5个", "done"),
        ("建成日处理能力", "建成日处理能力2万吨的污水厂2座", "capacity"),
        ("建成日处理能力2万吨的污水厂", "建成日处理能力2万吨的污水厂2座", "done"),
        ("在建项目15个，建设中的", "建设中的8个", "ongoing"),
        ("建设中心驿站", "建设中心驿站2个", "done"),
        ("实施服务能力提升项目", "实施服务能力提升项目12个", "done"),
    ],
)
def test_county(left: str, clause: str, status: Status) -> None:
    assert status_of(left, clause) == status


def test_a_national_figure_is_background() -> None:
    assert status_of("全国新就业群体规模已超", "全国新就业群体规模已超8400万人", background=True) == "background"


@pytest.mark.parametrize(
    "text",
    [
        "计划新建",
        "拟建站点",
        "力争达到",
        "将陆续投用",
        "有望突破",
        "到2027年底，建成",
        "未来五年，新建",
        "争取到2027年建成",
        "争取到年底达到",
    ],
)
def test_words_of_planning(text: str) -> None:
    assert says_planned(text)


@pytest.mark.parametrize(
    "text",
    [
        "将16家纳入整治",
        "拟订方案",
        "已建成46个",
        "虚拟展厅",
        "建成未来社区5个",
        "面向未来，建成",
        "培育拟上市企业4家",
        "取消计划外项目3个",
        "争取到上级资金1200万元",
        "年度计划完成率达到102%",
    ],
)
def test_not_words_of_planning(text: str) -> None:
    assert not says_planned(text)
