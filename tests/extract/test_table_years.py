"""Tables whose rows are years or parts of one: each figure is of its row's period."""

from __future__ import annotations

from extract.facts import Rules
from tests.extract.test_tables import table_of


def periods(rules: Rules, rows: list[list[str]]) -> list[tuple[str, str | None, str | None, str | None]]:
    return [(f.quantity.surface, f.period.text, f.period.start, f.period.end) for f in table_of(rules, rows)]


def test_rows_of_years_give_their_figures_the_year(rules: Rules) -> None:
    heads = ["年份", "地区生产总值（亿元）", "粮食总产量（万吨）"]
    rows = [heads, ["2023", "578.4", "52.4"], ["2024年", "612.3", "52.7"]]
    assert periods(rules, rows) == [
        ("578.4", "2023年", "2023-01-01", "2023-12-31"),
        ("52.4", "2023年", "2023-01-01", "2023-12-31"),
        ("612.3", "2024年", "2024-01-01", "2024-12-31"),
        ("52.7", "2024年", "2024-01-01", "2024-12-31"),
    ]


def test_a_column_of_bare_years_is_no_column_of_figures_whatever_its_head(rules: Rules) -> None:
    rows = [["指标", "驿站（个）"], ["2022", "12"], ["2023", "25"], ["2024", "31"]]
    assert [(f.quantity.surface, f.period.text) for f in table_of(rules, rows)] == [
        ("12", "2022年"), ("25", "2023年"), ("31", "2024年"),
    ]  # fmt: skip


def test_quarters_are_of_the_year_their_column_tells(rules: Rules) -> None:
    rows = [["时间", "2025年接诉（件）"], ["一季度", "310"], ["二季度", "295"]]
    assert periods(rules, rows) == [
        ("310", "2025年一季度", "2025-01-01", "2025-03-31"),
        ("295", "2025年二季度", "2025-04-01", "2025-06-30"),
    ]


def test_a_note_below_the_rows_is_no_time(rules: Rules) -> None:
    rows = [
        ["月份", "2025年活动（场次）"],
        ["1月", "412"],
        ["2月", "365"],
        ["合计", "777"],
        ["说明：数据截至2月底。", ""],
    ]
    assert periods(rules, rows) == [
        ("412", "2025年1月", "2025-01-01", "2025-01-31"),
        ("365", "2025年2月", "2025-02-01", "2025-02-28"),
        ("777", "2025年", "2025-01-01", "2025-12-31"),
    ]


def test_a_decimal_alone_in_its_cell_is_no_item_of_a_list(rules: Rules) -> None:
    rows = [["县市区", "每千人口托位（个）"], ["宜都市", "4.9"], ["枝江市", "4.5"]]
    assert [str(f.quantity.value) for f in table_of(rules, rows)] == ["4.9", "4.5"]


def test_a_target_a_year_is_a_column_of_figures(rules: Rules) -> None:
    heads = ["指标", "单位", "年度目标", "完成数"]
    rows = [heads, ["新建驿站", "个", "30", "31"], ["新增志愿者", "万人", "1.2", "1.5"]]
    assert [(f.quantity.surface, f.object, f.status) for f in table_of(rules, rows)] == [
        ("30", "驿站", "planned"), ("31", "驿站", "done"), ("1.2", "志愿者", "planned"), ("1.5", "志愿者", "done"),
    ]  # fmt: skip


def test_heads_of_years_are_heads(rules: Rules) -> None:
    rows = [["指标", "单位", "2025年基数", "2026年目标"], ["新就业群体驿站", "个", "47", "85"]]
    assert [(f.quantity.surface, f.object, f.status, f.period.text) for f in table_of(rules, rows)] == [
        ("47", "新就业群体驿站", "done", "2025年"), ("85", "新就业群体驿站", "planned", "2026年"),
    ]  # fmt: skip


def test_a_total_below_months_is_of_the_year(rules: Rules) -> None:
    rows = [["月份", "2025年受理（件）"], ["1月", "310"], ["2月", "295"], ["合计", "605"]]
    assert [p[1] for p in periods(rules, rows)] == ["2025年1月", "2025年2月", "2025年"]


def test_figures_like_years_and_years_of_building_are_no_periods(rules: Rules) -> None:
    assert [p[0] for p in periods(rules, [["乡镇", "数量（个）"], ["武康街道", "2012"], ["乾元镇", "2015"]])] == [
        "2012", "2015",
    ]  # fmt: skip
    built = [["机构", "建成年份", "床位（张）"], ["甲福利院", "2012", "80"], ["乙福利院", "2015", "96"]]
    assert [p[1] for p in periods(rules, built) if p[0] in ("80", "96")] == [None, None]
