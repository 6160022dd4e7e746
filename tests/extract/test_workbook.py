"""The workbook: what its sheets say, that nothing in it is live, and that edits come back as typed."""

import csv
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from corpus.corrections import Correction, corrected
from corpus.errors import LibraryError, UsageError
from corpus.files import replacing
from corpus.indicators import indicators
from corpus.model import Article, Fact, Period, Practice, Quantity, Relation, Span, content_id
from corpus.places import Gazetteer
from extract.workbook import (
    Content,
    Difference,
    Known,
    differences,
    read_edited,
    write_csv,
    write_lines,
    write_parquet,
    write_xlsx,
)
from extract.workbook.columns import COLUMNS
from extract.workbook.comparison import compare
from extract.workbook.content import remarks, shown
from extract.workbook.review import doubts

_GAZETTEER = Gazetteer.load()
_STATIONS = ("site.stations", "驿站/阵地数")


def _fact(place: str, surface: str, value: str, unit: str = "个", **changes: Any) -> Fact:
    """A fact of one sentence; ``changes`` go over its fields, ``bound``, ``high`` and ``said`` into its parts."""
    said = changes.pop("said", f"建成驿站{surface}。")
    at = said.index(surface)
    bound, high = changes.pop("bound", "exact"), changes.pop("high", None)
    quantity = Quantity(surface, Decimal(value), high and Decimal(high), unit, bound, Span(at, at + len(surface)))
    where = _GAZETTEER.place(place)
    article = changes.pop("article", content_id("a", place))
    fact = Fact(
        content_id("f", place, said, surface, article), article, content_id("d"), "简报.txt", quantity, *_STATIONS,
        "驿站", "建成", where.name, where.level, where, Period("2026年", "2026-01-01", "2026-12-31", "stated"), "done",
        Span(0, len(said)), said, None, rules="1",
    )  # fmt: skip
    return replace(fact, **changes)


def _content(facts: Sequence[Fact], practices: Sequence[Practice] = (), **changes: Any) -> Content:
    articles = {
        f.article: Article(f.article, f.document, f.name, 0, f"{f.subject}做法", f.sentence_text, (), place=f.place,
                           published_on="2026-10-01")
        for f in facts
    }  # fmt: skip
    return Content(facts, practices, articles | changes.pop("articles", {}), indicators(), **changes)


@pytest.fixture
def written(tmp_path: Path) -> Path:
    facts = [
        _fact("522732", "46个", "46"), _fact("330521", "2000余个", "2000", bound="approx_above"),
        _fact("330521", "2.4亿元", "240000000", "元", said="投入2.4亿元。", indicator="money.invested",
              indicator_name="投入金额"),
        _fact("522732", "95.40%", "95.40", "%", said="满意率95.40%。", indicator="service.resolution_rate",
              indicator_name="满意度"),
        _fact("330521", "9个", "9", said="武康街道建成9个。", subject="武康街道", subject_level="township"),
    ]  # fmt: skip
    write_xlsx(_content(facts, made_at="2026-11-20 09:00"), tmp_path / "表.xlsx")
    return tmp_path / "表.xlsx"


def _grid(path: Path, sheet: str) -> list[list[Any]]:
    from openpyxl import load_workbook  # type: ignore[import-untyped]

    page = load_workbook(path)[sheet]
    return [list(row) for row in page.iter_rows(values_only=True)]


def _part(path: Path, sheet: int) -> str:
    with zipfile.ZipFile(path) as parts:
        return parts.read(f"xl/worksheets/sheet{sheet}.xml").decode()


# --- what the sheets say ----------------------------------------------------------------------


def test_the_sheets_stand_in_order(written: Path) -> None:
    from openpyxl import load_workbook

    names = load_workbook(written).sheetnames
    assert names == ["说明", "指标数据", "对比表", "做法", "依据", "指标字典", "待核清单", "抽检"]


def test_numbers_are_numbers_and_codes_are_text(written: Path) -> None:
    from openpyxl import load_workbook

    page = load_workbook(written)["指标数据"]
    heads = [cell.value for cell in page[1]]
    assert heads == [c.head for c in COLUMNS]
    row = page[4]
    at = {head: row[i] for i, head in enumerate(heads)}
    assert (at["数值"].value, at["单位"].value, at["显示值"].value) == (240_000_000, "元", "24000万元")
    assert at["地方代码"].value == "330521"
    assert at["数值"].number_format == "0"
    assert page[5][heads.index("数值")].number_format == "0.00"


def test_the_paper_is_a4_on_its_side_with_heads_repeated_and_frozen(written: Path) -> None:
    sheet = _part(written, 2)
    assert 'paperSize="9"' in sheet and 'orientation="landscape"' in sheet
    assert re.search(r'<pane [^>]*ySplit="1"[^>]*state="frozen"', sheet)
    assert "<autoFilter" in sheet and "numberStoredAsText" in sheet
    with zipfile.ZipFile(written) as parts:
        assert "宋体" in parts.read("xl/styles.xml").decode()
        assert "_xlnm.Print_Titles" in parts.read("xl/workbook.xml").decode()


def test_comparison_cells_are_numbers_that_lead_to_their_sentence(written: Path) -> None:
    from openpyxl import load_workbook

    book = load_workbook(written)
    page = book["对比表"]
    heads = next(row for row in page.iter_rows(values_only=True) if row[0] == "地方代码")
    deqing = next(row for row in page.iter_rows() if row[1].value == "德清县")
    assert deqing[3].value == 2000
    link = re.fullmatch(r"'依据'!A(\d+)", deqing[3].hyperlink.location)
    assert link is not None
    assert book["依据"].cell(int(link[1]), 2).value == "建成驿站2000余个。"
    assert "余" in deqing[heads.index("备注")].value


def test_comparison_takes_the_places_own_results_alone_in_code_order() -> None:
    facts = [
        _fact("522732", "46个", "46"),
        _fact("330521", "52个", "52"),
        _fact("330521", "9个", "9", subject="武康街道", subject_level="township"),
        _fact("330521", "80个", "80", status="planned"),
        _fact("330521", "6个", "6", relations=(Relation("change_of", "x"),)),
        replace(_fact("330521", "3个", "3"), place=None, subject_level="national"),
    ]
    table = compare(facts, _content(facts).articles)
    assert [place.adcode for place, _ in table.rows] == ["330521", "522732"]
    assert [[cell and cell.value for cell in cells] for _, cells in table.rows] == [[52], [46]]
    assert [fact.subject for fact in table.points] == ["武康街道"]
    assert table.rows[0][1][0] is not None and table.rows[0][1][0].others == ()


def test_a_missing_figure_is_blank_and_several_values_are_noted() -> None:
    other = ("volunteer.teams", "志愿服务队数")
    facts = [
        _fact("330521", "46个", "46", period=Period("6月底", None, "2026-06-30", "stated")),
        _fact("330521", "52个", "52", period=Period("9月底", None, "2026-09-30", "stated")),
        _fact("522732", "30个", "30"),
        _fact("522732", "5个", "5", indicator=other[0], indicator_name=other[1]),
        _fact("361130", "7个", "7", indicator=other[0], indicator_name=other[1]),
    ]
    table = compare(facts, _content(facts).articles)
    deqing = dict(zip([h.indicator for h in table.heads], table.rows[0][1], strict=True))
    assert deqing["volunteer.teams"] is None
    assert deqing["site.stations"] is not None and deqing["site.stations"].value == 52
    assert [shown(f) for f in deqing["site.stations"].others] == ["46个"]


def test_indicators_of_one_place_are_left_out_and_measure_words_never_compared() -> None:
    bare = {"indicator": "open.other.个.thing", "indicator_name": "个", "object": "个"}
    facts = [
        _fact("330521", "46个", "46"),
        _fact("522732", "52个", "52"),
        _fact("330521", "3个", "3", **bare),
        _fact("522732", "4个", "4", **bare),
        _fact("330521", "8个", "8", indicator="open.hold.夜校.thing"),
    ]
    table = compare(facts, _content(facts).articles)
    assert [h.indicator for h in table.heads] == ["site.stations"]
    assert table.alone == 1


def test_money_of_a_column_is_in_one_unit() -> None:
    facts = [
        _fact("330521", "2.4亿元", "240000000", "元", said="投入2.4亿元。"),
        _fact("522732", "8000元", "8000", "元", said="投入8000元。"),
    ]
    table = compare(facts, _content(facts).articles)
    assert table.heads[0].unit == "万元"
    assert [cells[0] and cells[0].value for _, cells in table.rows] == [Decimal(24000), Decimal("0.8")]


def test_nothing_ranks_or_shames(written: Path) -> None:
    with zipfile.ZipFile(written) as parts:
        everything = "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))
    assert not re.search("名次|排名|倒数|落后|#,##0", everything)


def test_internal_material_is_marked(tmp_path: Path) -> None:
    fact = _fact("522732", "46个", "46")
    marked = Article(fact.article, fact.document, "简报.txt", 0, "做法", fact.sentence_text, (), flags=("internal",))
    write_xlsx(_content([fact], articles={fact.article: marked}), tmp_path / "内.xlsx")
    assert ["标记", "内部资料"] in [row[:2] for row in _grid(tmp_path / "内.xlsx", "说明")]
    assert "内部资料" in _part(tmp_path / "内.xlsx", 2)


@pytest.mark.parametrize(
    ("surface", "bound", "said", "note"),
    [
        ("2000余个", "approx_above", "建成2000余个。", "原文为约数，余"),
        ("百家", "less_than", "惠及近百家。", "原文为约数，近"),
        ("95%以上", "at_least", "达95%以上。", "原文为下限，以上"),
        ("46个", "exact", "建成46个。", ""),
    ],
)
def test_the_bound_goes_to_the_remarks(surface: str, bound: str, said: str, note: str) -> None:
    assert remarks(_fact("522732", surface, "1", bound=bound, said=said)) == note


def test_a_range_shows_both_ends() -> None:
    assert shown(_fact("522732", "3—5名", "3", "名", bound="range", high="5")) == "3—5名"
    assert shown(_fact("522732", "2—3万元", "20000", "元", bound="range", high="30000")) == "2—3万元"


def test_doubts_come_worst_first() -> None:
    places = ["330521", "361130", "522732", "320583"]
    facts = [_fact(place, f"{n}个", str(n)) for place, n in zip(places, (40, 50, 60, 700), strict=True)]
    facts += [
        _fact("330521", "41个", "41", said="又说41个。"),
        _fact("361130", "5个", "5", flags=("no_period",), period=Period(), indicator="open.hold.x.thing"),
        _fact(
            "361130", "6个", "6", period=Period("目前", None, "2026-10-01", "published"), indicator="open.hold.y.thing"
        ),
    ]
    found = [(d.kind, d.fact.quantity.surface) for d in doubts(facts)]
    assert found == [
        ("数值悬殊", "700个"), ("数值不一", "40个"), ("数值不一", "41个"), ("时间为推定", "6个"), ("未写明时间", "5个")
    ]  # fmt: skip


# --- what must not be live --------------------------------------------------------------------------------------------

_HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=HYPERLINK(\"http://x\",\"点\")", "a\x0cb", "<r>x</r>", "_x0041_",
            "http://example.com", "长" * 40000, "半\ud800个", "a & b < c"]  # fmt: skip


@pytest.mark.parametrize("text", _HOSTILE)
def test_text_of_documents_is_never_live_and_comes_back_unchanged(tmp_path: Path, text: str) -> None:
    fact = _fact("522732", "46个", "46", subject=text, object=text, sentence_text=text)
    content = _content([fact])
    write_xlsx(content, tmp_path / "表.xlsx")
    for sheet in range(1, 8):
        assert not re.search(r"<f[ >]", _part(tmp_path / "表.xlsx", sheet))
    found, problems = differences(read_edited(tmp_path / "表.xlsx"), _known([fact]))
    assert (found, problems) == ([], [])


def test_csv_disarms_text_and_leaves_numbers(tmp_path: Path) -> None:
    facts = [_fact("522732", "46个", "46", subject=t) for t in _HOSTILE[:5]] + [_fact("522732", "-5度", "-5", "度")]
    write_csv(_content(facts), tmp_path / "表.csv")
    assert (tmp_path / "表.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "表.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["主体"] for row in rows[:5]] == ["'" + t for t in _HOSTILE[:5]]
    assert (rows[5]["数值"], rows[5]["原文表述"]) == ("-5", "'-5度")


def test_parquet_and_lines_hold_the_facts(tmp_path: Path) -> None:
    import pyarrow.parquet as pq  # type: ignore[import-untyped]

    facts = [_fact("522732", "46个", "46"), _fact("429004", "3—5名", "3", "名", bound="range", high="5")]
    write_parquet(_content(facts), tmp_path / "表.parquet")
    rows = pq.read_table(tmp_path / "表.parquet").to_pylist()
    assert [(r["id"], r["value"], r["value_high"], r["prefecture"]) for r in rows] == [
        (facts[0].id, 46.0, None, "黔南布依族苗族自治州"), (facts[1].id, 3.0, 5.0, None)
    ]  # fmt: skip
    write_lines([{"a": "甲"}], tmp_path / "表.jsonl")
    assert (tmp_path / "表.jsonl").read_text("utf-8") == '{"a": "甲"}\n'


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    def rows() -> Iterator[dict[str, str]]:
        yield {"a": "甲"}
        raise RuntimeError("halfway")

    target = tmp_path / "表.jsonl"
    target.write_text("旧")
    with pytest.raises(RuntimeError):
        write_lines(rows(), target)
    assert target.read_text() == "旧"
    assert [p.name for p in tmp_path.iterdir()] == ["表.jsonl"]
    with pytest.raises(LibraryError, match="没有的文件夹"), replacing(tmp_path / "没有的文件夹" / "表.csv") as aside:
        aside.write_text("新")


# --- edits coming back ------------------------------------------------------------------------------------------------


def _known(facts: Sequence[Fact]) -> Known:
    names = {i.id: i.name for i in indicators().values()} | {f.indicator: f.indicator_name for f in facts}
    return Known({f.id: f for f in facts}, names, _GAZETTEER)


def _edit(tmp_path: Path, facts: Sequence[Fact], cells: dict[str, object], heads: dict[str, str] | None = None) -> Path:
    """The export of ``facts`` with cells of its first row replaced, columns reversed, and heads retitled."""
    from openpyxl import Workbook

    write_xlsx(_content(facts), tmp_path / "出.xlsx")
    grid = _grid(tmp_path / "出.xlsx", "指标数据")
    for head, value in cells.items():
        grid[1][grid[0].index(head)] = value
    grid[0] = [(heads or {}).get(head, head) for head in grid[0]]
    book = Workbook()
    page = book.active
    page.title = "我的表"
    page.append(["某处工作用表"])
    for row in [grid[0], *reversed(grid[1:])]:
        page.append(list(reversed(row)))
    book.save(tmp_path / "改.xlsx")
    return tmp_path / "改.xlsx"


_CASES: list[tuple[dict[str, object], dict[str, str | None]]] = [
    ({"数值": 47}, {"value": "47"}),
    ({"数值": "１３８人"}, {"value": "138", "unit": "人"}),
    ({"数值": "约138家"}, {"value": "138", "bound": "approx"}),
    ({"数值": "3-5个"}, {"value": "3", "value_high": "5", "bound": "range"}),
    ({"数值": "1,250"}, {"value": "1250"}),
    ({"数值": "46个"}, {}),
    ({"单位": "处", "对象": "新驿站"}, {"unit": "处", "object": "新驿站"}),
    ({"状态": "计划"}, {"status": "planned"}),
    ({"指标": "志愿者人数"}, {"indicator": "volunteer.count", "indicator_name": "志愿者人数"}),
    ({"指标编号": "volunteer.count"}, {"indicator": "volunteer.count", "indicator_name": "志愿者人数"}),
    ({"地方代码": 330521}, {"place": "330521 浙江省>湖州市>德清县"}),
    ({"省": "浙江省", "市": "湖州市", "县": "德清县"}, {"place": "330521 浙江省>湖州市>德清县"}),
    ({"起": "2026.3.1", "止": "2026年6月"}, {"period_start": "2026-03-01", "period_end": "2026-06"}),
    ({"标记": "已核实"}, {"review": "confirmed"}),
    ({"标记": "内部资料、不采用"}, {"review": "not_used"}),
]


@pytest.mark.parametrize(("cells", "expected"), _CASES)
def test_an_edit_is_read_as_offices_write_it(
    tmp_path: Path, cells: dict[str, object], expected: dict[str, str | None]
) -> None:
    facts = [_fact("522732", "46个", "46"), _fact("361130", "30个", "30")]
    path = _edit(tmp_path, facts, cells, {"数值": "数值（核定）", "县": "县（市、区）"})
    found, problems = differences(read_edited(path), _known(facts))
    assert problems == []
    assert {d.field: d.new for d in found} == expected
    assert {d.fact for d in found} <= {facts[0].id}


_BAD: list[tuple[dict[str, object], str]] = [
    ({"数值": "许多"}, "许多"),
    ({"数值": None}, "为空"),
    ({"状态": "拟建"}, "已完成"),
    ({"指标": "某某数"}, "指标字典"),
    ({"地方代码": "999999"}, "六位"),
    ({"起": "去年"}, "2026-03-01"),
    ({"编号": "abc"}, "abc"),
    ({"编号": None}, "没有编号"),
    ({"标记": "看过"}, "“已核实”、“不采用”"),
    ({"原句": "改了的原句"}, "“原句”栏只供参看，不读回：第 4 行"),
]


@pytest.mark.parametrize(("cells", "told"), _BAD)
def test_what_cannot_be_read_is_told_and_nothing_else_changes(
    tmp_path: Path, cells: dict[str, object], told: str
) -> None:
    facts = [_fact("522732", "46个", "46"), _fact("361130", "30个", "30")]
    found, problems = differences(read_edited(_edit(tmp_path, facts, cells)), _known(facts))
    assert found == []
    assert len(problems) == 1 and told in problems[0]


def test_missing_rows_delete_nothing_and_columns_alike_are_told(tmp_path: Path) -> None:
    from openpyxl import Workbook

    facts = [_fact("522732", "46个", "46"), _fact("361130", "30个", "30")]
    book = Workbook()
    book.active.append(["编号", "数值", "数值核对", "起草人"])
    book.active.append([facts[0].id, 47, 48, "王某"])
    book.active.append([facts[0].id, 49, 48, "王某"])
    book.save(tmp_path / "少.xlsx")
    found, problems = differences(read_edited(tmp_path / "少.xlsx"), _known(facts))
    assert found == [Difference(facts[0].id, "value", "数值", "46", "47")]
    assert len(problems) == 2 and "数值核对" in problems[0] and "编号相同" in problems[1]


def test_corrections_make_the_edit_the_librarys_own(tmp_path: Path) -> None:
    fact = _fact("522732", "46个", "46")
    path = _edit(tmp_path, [fact], {"数值": "2.4亿元", "时间": "今年上半年"})
    found, _ = differences(read_edited(path), _known([fact]))
    after = corrected(fact, [Correction(d.fact, d.field, d.old, d.new) for d in found])
    assert (after.quantity.value, after.quantity.unit, after.period.text) == (Decimal(240_000_000), "元", "今年上半年")
    assert differences(read_edited(path), _known([after])) == ([], [])
    assert "已更正" in remarks(after)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not a workbook", "编号,数值".encode()])
def test_what_is_no_workbook_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "坏.xlsx").write_bytes(content)
    with pytest.raises(UsageError, match="坏.xlsx"):
        read_edited(tmp_path / "坏.xlsx")
    with pytest.raises(UsageError, match="无.xlsx"):
        read_edited(tmp_path / "无.xlsx")
