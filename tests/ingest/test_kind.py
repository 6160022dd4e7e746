"""What an article is: method or event, whatever column it stands in."""

from __future__ import annotations

from time import perf_counter

import pytest

from ingest.kind import find_kind

METHOD = "山丹县针对流动党员联系难，建立“返乡一次报到、在外一季联系”制度。\n一是建台账。\n二是建支部。\n三是建站点。"
EVENT = "近日，山丹县举行流动党员服务站揭牌仪式，首批9个服务站启用。"


@pytest.mark.parametrize(
    ("title", "column", "body", "kind"),
    [
        ("甘肃山丹：流动党员不断线", "工作动态", METHOD, "practice"),
        ("甘肃山丹：流动党员不断线", None, METHOD, "practice"),
        ("甘肃山丹：服务站启用", "党建动态", EVENT, "news"),
        ("甘肃山丹：服务站启用", "典型案例", EVENT, "practice"),
        ("甘肃山丹：服务站启用", "理论学习", EVENT, "other"),
        ("甘肃多地探索流动党员管理", None, METHOD, "news"),
        ("山丹县委社会工作部上半年工作总结和下半年打算", None, METHOD, "work_report"),
        ("驿站建设工作指引（试行）", None, "第一条 为规范驿站建设。", "policy"),
        ("山丹县稳步推进驿站建设", None, "截至9月底，甘肃省山丹县建成驿站52个。", "news"),
        ("养老金申领详解", "业务办理", "一、对象\n参保人员。\n二、材料\n身份证。\n三、流程\n到窗口办理。", "other"),
        ("怎么申领社会保障卡？", None, "带上身份证到服务中心办理。", "other"),
    ],
)
def test_kind(title: str, column: str | None, body: str, kind: str) -> None:
    assert find_kind(title, column, body) == kind


@pytest.mark.parametrize("line", ["一、德清县张某\n", "（一）村里\n（二）镇上\n", "一是张某，二是李某。\n"])
def test_a_long_list_takes_no_time(line: str) -> None:
    start = perf_counter()
    find_kind("德清县建立“四联”工作法", None, "德清县建立“四联”机制。\n" + line * 13_000)
    assert perf_counter() - start < 4
