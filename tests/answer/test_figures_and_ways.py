"""Questions that ask in one breath which places, how many, and how they went about it."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import ask, assert_figures, library_of

_TEXTS = {
    "甲.txt": "德清县新就业群体服务情况\n\n上半年，德清县统筹党群服务中心和沿街商铺资源，建成骑手驿站32个。"
    "驿站由商家认领、街道验收，设立服务专员，夏天送清凉。\n\n驿站忙闲不均的问题还没有解决。\n\n发布日期：2026年7月5日",
    "乙.txt": "安吉县小哥友好城市建设\n\n安吉县在沿街商铺设“山城暖驿”18个，设立服务专员，为骑手联系平价早餐。"
    "县里和平台企业谈了5轮，跑了40多个站点。\n\n发布日期：2026年7月6日",
    "丙.txt": "长兴县就业服务\n\n长兴县建成零工驿站9个，为零工对接岗位。\n\n发布日期：2026年7月7日",
}  # fmt: skip


def test_which_how_many_and_how(tmp_path: Path) -> None:
    with library_of(tmp_path, _TEXTS) as library:
        answer = ask(library, "哪些县给外卖骑手建了驿站？各建了多少？做法有何不同？")
    assert_figures(answer, {"32", "18"}, {"9"})
    assert answer.table
    assert [row[2] for row in answer.table.rows] == ["32", "18"]
    assert set(answer.coverage.places_with_evidence) == {"330521", "330523"}
    assert "统筹党群服务中心和沿街商铺资源" in answer.text
    assert "平价早餐" in answer.text
    assert "两地都设立服务专员" in answer.text
    assert "忙闲不均" not in answer.text


def test_how_many_were_built_is_no_count_of_places(tmp_path: Path) -> None:
    with library_of(tmp_path, _TEXTS) as library:
        answer = ask(library, "哪些地方建了骑手驿站，建了几个，是怎么建的")
    assert_figures(answer, {"32", "18"}, {"9"})
