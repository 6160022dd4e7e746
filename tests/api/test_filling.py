"""A given form filled from a library: what is filled, what is left and why, and that the form stays as it was."""

import json
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook  # type: ignore[import-untyped]
from openpyxl.comments import Comment  # type: ignore[import-untyped]
from openpyxl.styles import Font, PatternFill  # type: ignore[import-untyped]

from api.library import Library
from corpus.errors import UsageError
from tests.conftest import Ran, here

_TEXTS = {
    "德清.txt": "浙江德清：新就业群体服务\n浙江省湖州市德清县2026年上半年工作情况如下。"
    "2026年上半年，全县新建党组织18个，其中企业12个、社会组织6个。2026年上半年，选派党建指导员210名。"
    "截至2026年6月底，全县建成新就业群体驿站46个，其中上半年新增6个。"
    "2026年上半年，受理矛盾纠纷3465件，化解矛盾纠纷3403件，化解率98.2%。2026年上半年，投入资金2.4亿元。"
    "2026年上半年，全县组建志愿服务队180余支，注册志愿者1.2万名。计划2026年新建党组织30个。\n",
    "安吉.txt": "浙江安吉：党建引领社会工作\n浙江省湖州市安吉县2025年新建党组织9个，选派党建指导员77名。"
    "2026年1至5月，全县新建党组织11个。2026年二季度，化解矛盾纠纷500件。灵峰街道建成新就业群体驿站5个。\n",
    "长兴一.txt": "浙江长兴：驿站建设\n浙江省湖州市长兴县建成新就业群体驿站30个。长兴县招募大学生志愿者150名。\n",
    "长兴二.txt": "浙江长兴：驿站建设再提速\n浙江省湖州市长兴县建成新就业群体驿站33个，服务骑手2000余人次。\n",
    "吴兴.txt": "浙江吴兴：新就业群体驿站服务\n浙江省湖州市吴兴区截至2026年6月底建成新就业群体驿站40个，"
    "其中24小时开放的15个。2026年1—9月，全区驿站累计服务12.4万人次，其中2026年三季度4.9万人次。2026年上半年，社会组织培训4期320人次。\n",
    "临安.txt": "浙江临安：志愿服务\n浙江省杭州市临安区招募大学生志愿者140名。临安区建成志愿服务站点118个。\n",
    "南浔.txt": "内部资料\n=HYPERLINK(\"http://x.invalid\",\"点我\")\n浙江省湖州市南浔区2026年上半年选派党建指导员95名。\n",
}  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a library, without an encoder to keep it quick."""
    folder = tmp_path_factory.mktemp("用户 文件夹")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Library, "encoder", None)
        patch.setenv("TONGJIAN_WORKERS", "1")
        for name, text in _TEXTS.items():
            (folder / name).write_text(text, encoding="utf-8")
        with Library.open(folder / "库", create=True) as library:
            report = library.ingest([folder / name for name in _TEXTS])
            assert not report.failures
    return folder


def _form(path: Path, rows: Sequence[Any], merged: Sequence[str] = ()) -> Path:
    book = Workbook()
    page = book.active
    page.title = "社会工作"
    for row in rows:
        page.append(row)
    for area in merged:
        page.merge_cells(area)
    book.save(path)
    return path


def _fill(home: Path, form: Path, *options: str | Path) -> Ran:
    return here("fill", form, "--library", home / "库", "--json", *options)


def _page(ran: Ran) -> Any:
    return load_workbook(ran.one["out"])["社会工作"]


def _values(ran: Ran, area: str) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in _page(ran)[area]]


def _listed(ran: Ran, sheet: str) -> list[dict[str, Any]]:
    lines = list(load_workbook(ran.one["out"])[sheet].iter_rows(min_row=2, values_only=True))
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def _reason(ran: Ran, cell: str) -> tuple[str, str]:
    (found,) = [row for row in _listed(ran, "未填清单") if row["单元格"] == cell]
    return found["原因"], found["说明"] or ""


_HEADS = [
    ["湖州市2026年上半年社会工作情况统计表"],
    ["填报单位：", None, None, None, None, None, "单位：个"],
    [
        "序号",
        "县（区）",
        "新建党组织数",
        None,
        None,
        "党建指导员",
        "新就业群体驿站",
        "投入资金（万元）",
        "化解率（%）",
        "备注",
    ],
    [None, None, "总数", "其中：企业", "社会组织", "选派数（名）"],
]
_MERGED = ["A1:J1", "A3:A4", "B3:B4", "C3:E3", "G3:G4", "H3:H4", "I3:I4", "J3:J4"]


@pytest.fixture
def usual(tmp_path: Path) -> Path:
    """The usual form: a title with the period, merged heads over two rows, places in the rows, a total, notes."""
    rows = [
        *_HEADS, [None, "合计", "=SUM(C6:C9)"], [1, "德清县"], [2, "安吉"], [3, "长兴县"], [4, "南浔区", 5, "—"],
        ["注：本表由各县区填报。"],
    ]  # fmt: skip
    return _form(tmp_path / "报表.xlsx", rows, _MERGED)


def test_merged_heads_and_rows_of_places_are_filled(home: Path, usual: Path) -> None:
    ran = _fill(home, usual)
    assert ran.code == 0
    assert _values(ran, "C6:I6") == [[18, 12, 6, 210, 46, 24000, 98.2]]
    made = ran.one
    assert made["out"].endswith("报表（已填）.xlsx")
    assert (made["filled"], made["kept"]) == (10, 3)
    assert made["cells"] == made["filled"] + made["kept"] + made["unfilled"] == 35


def test_the_form_itself_is_never_written(home: Path, usual: Path) -> None:
    before = usual.read_bytes()
    assert _fill(home, usual).code == 0
    assert usual.read_bytes() == before
    assert _fill(home, usual, "--out", usual).code == 2
    assert usual.read_bytes() == before


def test_what_stands_there_is_kept(home: Path, usual: Path) -> None:
    ran = _fill(home, usual)
    page = _page(ran)
    assert page["C5"].value == "=SUM(C6:C9)" and page["C9"].value == 5 and page["D9"].value == "—"
    assert {str(area) for area in page.merged_cells.ranges} == set(_MERGED)


def test_a_total_is_never_added_up(home: Path, usual: Path) -> None:
    ran = _fill(home, usual)
    assert _values(ran, "D5:I5") == [[None] * 6]
    assert _reason(ran, "F5")[0] == "合计未填"


def test_a_figure_of_another_time_never_fills(home: Path, usual: Path) -> None:
    ran = _fill(home, usual)
    page = _page(ran)
    assert page["F7"].value is None
    assert _reason(ran, "F7") == ("时间不符", "资料中有：选派党建指导员77名（安吉.txt，2025年）")
    assert page["C7"].value == 11
    assert "2026年1至5月" in page["C7"].comment.text and page["C7"].fill.fgColor.rgb.endswith("FFF6DD")
    assert not page["C6"].fill.fgColor.rgb.endswith("FFF6DD")


def test_a_streets_figure_and_a_narrower_thing_never_fill(home: Path, tmp_path: Path) -> None:
    form = _form(tmp_path / "表.xlsx", [["县区", "新就业群体驿站数", "志愿者人数"], ["安吉县"], ["长兴县"], ["德清县"]])
    ran = _fill(home, form)
    assert _values(ran, "B2:C4") == [[None, None], [33, None], [46, 12000]]
    reason, detail = _reason(ran, "C3")
    assert reason == "未提及" and "大学生志愿者150名" in detail


def test_sources_that_differ_are_marked_and_told(home: Path, usual: Path) -> None:
    page = _page(_fill(home, usual))
    assert page["G8"].value == 33
    assert page["G8"].fill.fgColor.rgb.endswith("FFF6DD")
    assert "另有不同数值" in page["G8"].comment.text and "30个" in page["G8"].comment.text


def test_every_filled_cell_leads_to_its_source(home: Path, usual: Path) -> None:
    ran = _fill(home, usual)
    book = load_workbook(ran.one["out"])
    cell = book["社会工作"]["F6"]
    for said in ("210名", "德清.txt", "选派党建指导员210名"):
        assert said in cell.comment.text
    row = int(cell.hyperlink.location.rsplit("A", 1)[1])
    heads = [c.value for c in book["填报依据"][2]]
    source = dict(zip(heads, [c.value for c in book["填报依据"][row]], strict=True))
    assert (source["单元格"], source["原文表述"], source["填报值"], source["文件"]) == ("F6", "210名", 210, "德清.txt")
    assert "选派党建指导员210名" in source["原句"]
    linked = [c for line in book["社会工作"].iter_rows() for c in line if c.hyperlink]
    assert len(linked) == ran.one["filled"] == len(_listed(ran, "填报依据"))


def test_bounds_are_told(home: Path, tmp_path: Path) -> None:
    form = _form(tmp_path / "表.xlsx", [["县区", "志愿服务队（支）"], ["德清县"]])
    ran = _fill(home, form)
    assert _page(ran)["B2"].value == 180 and "余" in _page(ran)["B2"].comment.text
    assert "余" in _listed(ran, "填报依据")[0]["备注"]


def test_indicators_in_rows_and_places_in_columns(home: Path, tmp_path: Path) -> None:
    rows = [
        ["2026年上半年主要指标"], ["指标", "计量单位", "德清县", "安吉县", "合计"], ["一、矛盾调解"],
        ["化解矛盾纠纷数", "件"], ["受理矛盾纠纷", "万件"], ["二、党的建设"], ["新建党组织数", "个"],
        ["其中：企业", "个"], ["社会组织", "个"], ["党建指导员选派数", "人"],
    ]  # fmt: skip
    ran = _fill(home, _form(tmp_path / "表.xlsx", rows, ["A1:E1", "A3:E3", "A6:E6"]))
    assert _values(ran, "C4:D5") == [[3403, None], [0.3465, None]]
    assert _values(ran, "C7:D10") == [[18, 11], [12, None], [6, None], [210, None]]
    assert _reason(ran, "D4") == ("时间不符", "资料中有：化解矛盾纠纷500件（安吉.txt，2026年二季度）")
    assert _reason(ran, "E4")[0] == "合计未填"


def test_years_in_columns_of_a_form_of_one_place(home: Path, tmp_path: Path) -> None:
    rows = [
        ["安吉县社会工作情况"],
        ["指标", 2024, "2025年", "2026年", "2026年目标"],
        ["新建党组织数（个）"],
        ["选派党建指导员（名）"],
    ]
    ran = _fill(home, _form(tmp_path / "表.xlsx", rows))
    assert _values(ran, "B3:E4") == [[None, 9, 11, None], [None, 77, None, None]]
    assert _reason(ran, "E3") == ("指标未能对应", "计划、目标数不填")


def test_a_form_without_a_place_is_told_it(home: Path, tmp_path: Path) -> None:
    form = _form(tmp_path / "表.xlsx", [["指标", "数量"], ["新建党组织数（个）"]])
    ran = _fill(home, form)
    assert ran.one["filled"] == 0 and _reason(ran, "B2")[0] == "地方未能对应"
    told = _fill(home, form, "--place", "德清", "--period", "2026年上半年")
    assert _values(told, "B2:B2") == [[18]]


def test_tables_side_by_side_keep_their_own_places(home: Path, tmp_path: Path) -> None:
    rows = [
        ["县区", "选派党建指导员（名）", "县区", "选派党建指导员（名）"],
        ["德清县", None, "南浔区"],
        ["长兴县", None, "安吉县"],
    ]
    ran = _fill(home, _form(tmp_path / "表.xlsx", rows))
    assert _values(ran, "A2:D3") == [["德清县", 210, "南浔区", 95], ["长兴县", None, "安吉县", 77]]


def test_what_is_not_known_stays_empty_with_its_reason(home: Path, tmp_path: Path) -> None:
    rows = [["县区", "幸福指数", "党建指导员数", "驿站"], ["德清县"], ["乌有县"], ["鼓楼区"], ["武康街道"]]
    ran = _fill(home, _form(tmp_path / "表.xlsx", rows))
    assert _values(ran, "B2:D2") == [[None, 210, None]]
    assert _reason(ran, "B2")[0] == "指标未能对应"
    assert _reason(ran, "C3") == ("地方未能对应", "不是行政区划名称")
    assert "350102" in _reason(ran, "C4")[1]
    assert _reason(ran, "C5")[0] == "地方未能对应"


def test_a_title_that_counts_makes_bare_heads_its_parts(home: Path, tmp_path: Path) -> None:
    rows = [["2026年上半年新建党组织情况统计表"], ["县区", "企业", "社会组织"], ["德清县"]]
    ran = _fill(home, _form(tmp_path / "表.xlsx", rows))
    assert _values(ran, "B3:C3") == [[12, 6]]


def test_a_share_in_a_cell_of_percent(home: Path, tmp_path: Path) -> None:
    form = _form(tmp_path / "表.xlsx", [["县区", "化解率", "化解矛盾纠纷"], ["德清县"]])
    book = load_workbook(form)
    book.active["B2"].number_format = "0.0%"
    book.save(form)
    assert _values(_fill(home, form), "B2:C2") == [[0.982, 3403]]


def test_money_without_a_unit_is_left(home: Path, tmp_path: Path) -> None:
    ran = _fill(
        home, _form(tmp_path / "表.xlsx", [["县区", "投入资金", "投入资金（亿元）", "投入资金（人）"], ["德清县"]])
    )
    assert _values(ran, "B2:D2") == [[None, 2.4, None]]
    assert "单位" in _reason(ran, "B2")[1]


def test_several_tables_on_a_sheet(home: Path, tmp_path: Path) -> None:
    rows = [
        ["表一 2026年上半年党建情况"], ["县区", "新建党组织数", "选派党建指导员数"], ["德清县"], ["安吉县"],
        ["注：见附件"], [], ["表二 2025年情况"], ["县区", "新建党组织数", "化解矛盾纠纷"], ["安吉县"], ["德清县"],
    ]  # fmt: skip
    ran = _fill(home, _form(tmp_path / "表.xlsx", rows, ["A1:C1", "A7:C7"]))
    assert _values(ran, "B3:C4") == [[18, 210], [11, None]]
    assert _values(ran, "B9:C10") == [[9, None], [None, None]]


def test_wide_heads_that_are_not_merged_and_numbered_columns(home: Path, tmp_path: Path) -> None:
    rows = [
        ["湖州市社会工作"], ["县区", "2025年", None, "2026年上半年"],
        [None, "新建党组织数", "党建指导员数", "新建党组织数", "党建指导员数"], ["甲", 1, 2, 3, 4],
        ["德清县"], ["安吉县"],
    ]  # fmt: skip
    ran = _fill(home, _form(tmp_path / "表.xlsx", rows))
    assert _values(ran, "B5:E6") == [[None, None, 18, 210], [9, 77, 11, None]]


def test_months_of_the_year_of_the_title(home: Path, tmp_path: Path) -> None:
    rows = [["2026年新建党组织数统计表"], ["县区", "1月", "6月", "二季度", "上半年"], ["德清县"]]
    ran = _fill(home, _form(tmp_path / "表.xlsx", rows))
    assert _values(ran, "B3:E3") == [[None, None, None, 18]]


def test_a_period_without_a_year_fills_nothing(home: Path, tmp_path: Path) -> None:
    ran = _fill(home, _form(tmp_path / "表.xlsx", [["上半年情况表"], ["县区", "新建党组织数"], ["德清县"]]))
    assert _values(ran, "B3:B3") == [[None]] and "年份" in _reason(ran, "B3")[1]


def test_data_cells_that_are_merged_as_their_heads_are(home: Path, tmp_path: Path) -> None:
    rows = [["县区", "新建党组织数", None, "党建指导员数"], ["德清县"], ["南浔区"]]
    ran = _fill(home, _form(tmp_path / "表.xlsx", rows, ["B1:C1", "D1:E1", "B2:C2", "D2:E2", "D3:D4", "B3:C3"]))
    assert [_page(ran)[at].value for at in ("B2", "D2", "D3")] == [18, 210, None]


def test_places_on_both_sides_fill_nothing(home: Path, tmp_path: Path) -> None:
    rows = [["2026年上半年新建党组织统计表"], ["流入地", "德清县", "安吉县"], ["德清县"], ["安吉县"]]
    assert _fill(home, _form(tmp_path / "表.xlsx", rows)).one["filled"] == 0


def test_a_place_merged_over_its_indicators(home: Path, tmp_path: Path) -> None:
    rows = [["地区", "指标", "数值", "单位"], ["德清县", "新建党组织数", None, "个"], [None, "投入资金", None, "亿元"]]
    assert _values(_fill(home, _form(tmp_path / "表.xlsx", rows, ["A2:A3"])), "C2:C3") == [[18], [2.4]]


def test_heads_that_could_mean_something_else_fill_nothing(home: Path, tmp_path: Path) -> None:
    heads = [
        "县区",
        "企业",
        "社会组织党组织",
        "建成驿站新增数",
        "比上年增加",
        "完成率（%）",
        "矛盾纠纷",
        "党建指导员培训数",
    ]
    ran = _fill(home, _form(tmp_path / "表.xlsx", [heads, ["德清县"], ["安吉县"]]))
    assert ran.one["filled"] == 0, _values(ran, "B2:H3")


def test_heads_over_three_rows_that_only_group_are_passed_over(home: Path, tmp_path: Path) -> None:
    rows = [
        ["2026年上半年情况统计表"],
        ["县区", "阵地建设", None, "队伍建设", None, "群众工作", None, None, "基本情况"],
        [None, "新就业群体驿站", None, "党建指导员", "志愿服务队（支）", "矛盾纠纷", None, None, "注册志愿者（万人）"],
        [None, "累计建成（个）", "其中：24小时开放", "选派数", None, "受理", "化解", "化解率（%）"],
        ["德清县"], ["吴兴区"],
    ]  # fmt: skip
    merged = ["A2:A4", "B2:C2", "D2:E2", "F2:H2", "B3:C3", "E3:E4", "F3:H3", "I3:I4"]
    ran = _fill(home, _form(tmp_path / "表.xlsx", rows, merged))
    assert _values(ran, "B5:I5") == [[46, None, 210, 180, 3465, 3403, 98.2, 1.2]]
    assert _values(ran, "B6:I6") == [[40, 15, None, None, None, None, None, None]]


def test_a_head_above_that_names_a_thing_must_be_told_with_the_figure(home: Path, tmp_path: Path) -> None:
    rows = [
        ["县区", "企业", "就业服务", "志愿服务", "养老服务", "驿站建设", "社会组织"],
        [None, "新建党组织（个）", "服务人次", "驿站数（个）", "志愿服务队（支）", "服务人次（万人次）", "培训期数"],
        ["德清县"], ["吴兴区"],
    ]  # fmt: skip
    ran = _fill(home, _form(tmp_path / "表.xlsx", rows, ["A1:A2"]))
    assert _values(ran, "B3:G4") == [[None] * 6, [None, None, None, None, 12.4, 4]]


def test_persons_served_are_filled_for_their_own_months(home: Path, tmp_path: Path) -> None:
    rows = [
        ["县区", "服务情况", None, None],
        [None, "2026年1—9月累计服务人次（万人次）", "2026年三季度服务人次", "2025年服务人次"], ["吴兴区"],
    ]  # fmt: skip
    form = _form(tmp_path / "表.xlsx", rows, ["A1:A2", "B1:D1"])
    ran = _fill(home, form)
    assert _values(ran, "B3:D3") == [[12.4, 49000, None]]
    out = Path(ran.one["out"])
    _edited(out, "服务情况／服务人次", 时间="不限")
    assert _page(_fill(home, form, "--mapping", out))["D3"].value is None
    _edited(out, "服务情况／累计服务人次（万人次）", 时间="不限")
    assert _values(_fill(home, form, "--mapping", out), "B3:B3") == [[12.4]]


def test_items_of_one_place_under_a_head_over_two_columns(home: Path, tmp_path: Path) -> None:
    rows = [
        ["德清县2026年上半年情况"], ["项目", None, "单位", "数量"], ["矛盾纠纷", "受理", "件"], [None, "化解", "万件"],
        ["队伍建设", "党建指导员选派数", "名"], [None, "志愿服务队", "支"],
    ]  # fmt: skip
    ran = _fill(home, _form(tmp_path / "表.xlsx", rows, ["A1:D1", "A2:B2", "A3:A4", "A5:A6"]))
    assert _values(ran, "D3:D6") == [[3465], [0.3403], [210], [180]]


# --- the mapping ------------------------------------------------------------------------------------------------------


def _edited(path: Path, text: str, **cells: str | None) -> None:
    book = load_workbook(path)
    page = book["填报对应"]
    heads = [cell.value for cell in page[2]]
    row = next(r for r in page.iter_rows(min_row=3) if r[heads.index("表中文字")].value == text)
    for head, value in cells.items():
        row[heads.index(head)].value = value
    book.save(path)


def test_the_mapping_is_shown_and_saved(home: Path, usual: Path) -> None:
    ran = here("fill", usual, "--library", home / "库")
    assert "party.instructor.dispatched" in ran.out and "德清县，330521" in ran.out and "未填清单" in ran.out
    made = _fill(home, usual)
    (column,) = [c for c in made.one["mapping"]["columns"] if c["text"] == "党建指导员／选派数（名）"]
    assert column["indicators"] == ["party.instructor.dispatched"]
    assert (column["range"], column["unit"], column["period"], column["sure"]) == (
        "F6:F9",
        "名",
        "2026年上半年",
        "确定",
    )
    saved = {row["表中文字"]: row for row in _listed(made, "填报对应")}
    assert saved["安吉"]["地方代码"] == "330523"


def test_a_corrected_mapping_is_used_and_kept(home: Path, tmp_path: Path) -> None:
    form = _form(tmp_path / "表.xlsx", [["县区", "驿站总数", "志愿者人数", "党建指导员数"], ["长兴"], ["鼓楼区"]])
    out = Path(_fill(home, form).one["out"])
    _edited(out, "驿站总数", 把握="人工指定")
    _edited(out, "党建指导员数", 指标编号="不填")
    _edited(out, "鼓楼区", 地方代码="330503")
    for _ in range(2):
        ran = _fill(home, form, "--mapping", out)
        assert _values(ran, "B2:D3") == [[33, None, None], [None, None, None]]
        assert _values(ran, "D3:D3") == [[None]] and _reason(ran, "D3")[0] == "不填"
        (place,) = [p for p in ran.one["mapping"]["places"] if p["text"] == "鼓楼区"]
        assert (place["adcode"], place["place"], place["sure"]) == ("330503", "南浔区", "人工指定")


def test_an_indicator_chosen_by_hand_keeps_the_unit_and_marks_another_thing(home: Path, tmp_path: Path) -> None:
    rows = [
        ["县区", "基本情况", None, None], [None, "志愿大军（万人）", "新就业群体歇脚驿站", "驿站目标数"],
        ["德清县"], ["临安区"],
    ]  # fmt: skip
    form = _form(tmp_path / "表.xlsx", rows, ["A1:A2", "B1:D1"])
    out = Path(_fill(home, form).one["out"])
    _edited(out, "基本情况／志愿大军（万人）", 指标="志愿者人数")
    _edited(out, "基本情况／新就业群体歇脚驿站", 把握="人工指定")
    _edited(out, "基本情况／驿站目标数", 指标="驿站/阵地数")
    ran = _fill(home, form, "--mapping", out)
    assert _values(ran, "B3:D4") == [[1.2, 46, 46], [0.014, 118, 118]]
    page = _page(ran)
    tinted = [[cell.fill.fgColor.rgb.endswith("FFF6DD") for cell in row] for row in page["B3:D4"]]
    assert tinted == [[False, True, True], [True, True, True]]
    assert "大学生志愿者" in page["B4"].comment.text and "志愿服务站点" in page["C4"].comment.text
    assert "计划" in page["D3"].comment.text


def test_an_indicator_of_another_unit_is_told(home: Path, tmp_path: Path) -> None:
    form = _form(tmp_path / "表.xlsx", [["县区", "讲堂场次"], ["德清县"]])
    out = Path(_fill(home, form).one["out"])
    _edited(out, "讲堂场次", 指标="驿站/阵地数")
    ran = _fill(home, form, "--mapping", out)
    (column,) = ran.one["mapping"]["columns"]
    assert "“个”" in column["note"] and "“场次”" in column["note"]
    assert _reason(ran, "B2") == ("未提及", column["note"])
    _edited(out, "讲堂场次", 单位="个")
    assert _values(_fill(home, form, "--mapping", out), "B2:B2") == [[46]]


def test_a_mapping_serves_the_next_form_of_the_same_words(home: Path, tmp_path: Path) -> None:
    first = _form(tmp_path / "一.xlsx", [["县区", "驿站总数"], ["长兴"]])
    out = Path(_fill(home, first).one["out"])
    _edited(out, "驿站总数", 把握="人工指定")
    second = _form(tmp_path / "二.xlsx", [["2025年三季度表"], ["县区", "驿站总数"], ["德清"], ["长兴"], ["安吉"]])
    assert _values(_fill(home, second, "--mapping", out), "B3:B5") == [[None], [None], [None]]
    third = _form(tmp_path / "三.xlsx", [["县区", "驿站总数"], ["德清"], ["长兴"], ["安吉"]])
    assert _values(_fill(home, third, "--mapping", out), "B2:B4") == [[46], [33], [None]]


def test_a_corrected_time_and_unit_are_used(home: Path, usual: Path) -> None:
    out = Path(_fill(home, usual).one["out"])
    _edited(out, "党建指导员／选派数（名）", 时间="2025年")
    _edited(out, "投入资金（万元）", 单位="亿元")
    ran = _fill(home, usual, "--mapping", out)
    assert _values(ran, "F6:F9") == [[None], [77], [None], [None]]
    assert _values(ran, "H6:H6") == [[2.4]]
    _edited(out, "党建指导员／选派数（名）", 时间="不限")
    assert _values(_fill(home, usual, "--mapping", out), "F6:F9") == [[210], [77], [None], [95]]


def test_a_mapping_as_json(home: Path, tmp_path: Path) -> None:
    form = _form(tmp_path / "表.xlsx", [["县区", "歇脚处总数"], ["长兴"]])
    mapping = _fill(home, form).one
    mapping["mapping"]["columns"][0]["indicators"] = ["site.stations"]
    (tmp_path / "对应.json").write_text(json.dumps(mapping, ensure_ascii=False), encoding="utf-8")
    assert _values(_fill(home, form, "--mapping", tmp_path / "对应.json"), "B2:B2") == [[33]]


@pytest.mark.parametrize(
    ("head", "value"), [("指标编号", "无此指标"), ("单位", "好多"), ("时间", "某年某月"), ("地方代码", "999999")]
)
def test_a_mapping_that_cannot_be_read_is_refused(home: Path, tmp_path: Path, head: str, value: str) -> None:
    form = _form(tmp_path / "表.xlsx", [["县区", "党建指导员数"], ["德清县"]])
    out = Path(_fill(home, form).one["out"])
    _edited(out, "德清县" if head == "地方代码" else "党建指导员数", **{head: value})
    ran = _fill(home, form, "--mapping", out)
    assert ran.code == 2 and value in ran.one["error"]


# --- the file ---------------------------------------------------------------------------------------------------------


def test_text_of_documents_is_never_live(home: Path, usual: Path) -> None:
    ran = _fill(home, usual)
    assert _page(ran)["F9"].value == 95
    with zipfile.ZipFile(ran.one["out"]) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    assert sum(text.count("<f>") for text in sheets) == 1
    assert not any("x.invalid" in parts_ for parts_ in sheets if "<f>" in parts_)


def test_text_of_the_form_stays_text(home: Path, tmp_path: Path) -> None:
    form = _form(tmp_path / "表.xlsx", [["县区", "党建指导员数", "备注"], ["德清县", None, "x"]])
    book = load_workbook(form)
    book.active["C2"].value = "=cmd|' /C calc'!A0"
    book.active["C2"].data_type = "s"
    book.active["B1"].comment = Comment("原有批注", "某")
    book.active["B2"].comment = Comment("请填在职数", "某")
    book.save(form)
    page = _page(_fill(home, form))
    assert page["C2"].data_type == "s" and page["B1"].comment.text == "原有批注"
    assert page["B2"].comment.text.startswith("请填在职数\n依据1")


def test_the_look_of_the_form_stays(home: Path, usual: Path) -> None:
    book = load_workbook(usual)
    page = book.active
    page["F6"].font, page["F6"].fill = Font(name="仿宋", size=14), PatternFill("solid", fgColor="00FF00")
    page["F6"].number_format, page.column_dimensions["F"].width = "0.00", 33
    page.row_dimensions[6].height = 40
    book.save(usual)
    found = _page(_fill(home, usual))
    cell = found["F6"]
    assert (cell.value, cell.font.name, cell.font.size, cell.number_format) == (210, "仿宋", 14, "0.00")
    assert cell.fill.fgColor.rgb == "0000FF00"
    assert (found.column_dimensions["F"].width, found.row_dimensions[6].height) == (33, 40)


def test_a_marking_is_printed_on_every_sheet(home: Path, usual: Path) -> None:
    book = load_workbook(_fill(home, usual).one["out"])
    assert all("内部资料" in (page.oddHeader.left.text or "") for page in book.worksheets)


def test_an_unmarked_form_has_no_marking(home: Path, tmp_path: Path) -> None:
    form = _form(tmp_path / "表.xlsx", [["县区", "党建指导员数"], ["德清县"]])
    assert not load_workbook(_fill(home, form).one["out"]).worksheets[0].oddHeader.left.text


@pytest.mark.parametrize("name", ["没有.xlsx", "甲.txt", "坏.xlsx", "空.xlsx", "文.xlsx"])
def test_what_is_no_form_is_refused(home: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "甲.txt").write_text("x", encoding="utf-8")
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04nothing")
    _form(tmp_path / "空.xlsx", [])
    _form(tmp_path / "文.xlsx", [["关于报送工作情况的通知"], ["各县区："], ["请于6月底前报送。"]])
    before = sorted(tmp_path.iterdir())
    ran = _fill(home, tmp_path / name)
    assert ran.code == 2 and "error" in ran.one
    assert sorted(tmp_path.iterdir()) == before


def test_a_filled_form_can_be_filled_again(home: Path, usual: Path) -> None:
    first = _fill(home, usual)
    again = _fill(home, Path(first.one["out"]), "--out", usual.with_name("再填.xlsx"))
    assert (again.one["filled"], again.one["kept"]) == (0, first.one["filled"] + first.one["kept"])
    names = load_workbook(again.one["out"]).sheetnames
    assert names == ["社会工作", "填报对应", "填报依据", "未填清单"]


def test_from_python(home: Path, usual: Path) -> None:
    with Library.open(home / "库") as library:
        made = library.fill(usual)
        assert made.path.name == "报表（已填）.xlsx" and len(made.filling.filled) == 10
        with pytest.raises(UsageError):
            library.fill(usual, usual)


def test_office_opens_what_is_written(home: Path, usual: Path, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    out = Path(_fill(home, usual).one["out"])
    command = [
        office,
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "csv:Text - txt - csv (StarCalc):44,34,76",
    ]
    subprocess.run([*command, "--outdir", tmp_path, out], check=True, capture_output=True, timeout=110)
    text = (tmp_path / "报表（已填）.csv").read_text("utf-8")
    assert "德清县,18,12,6,210,46,24000,98.2" in text and ",合计,34," in text
