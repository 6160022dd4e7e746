"""Workbooks and delimited files: a row an article, or a table whose cells become figures, offsets kept."""

from __future__ import annotations

import datetime
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest
import xlsxwriter  # type: ignore[import-untyped]

from corpus.errors import ReadError
from corpus.model import Span
from extract.facts import Rules, facts
from ingest.read import read_file
from ingest.readers.sheets import sheets_text

BODY = "近日，德清县新建驿站12个，群众都说好。\n下一步，还要办好“驿站”。（虚构样例）"


def workbook(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_a_row_is_an_article(tmp_path: Path) -> None:
    heads: list[object] = ["序号", "标题", "正文", "发布日期", "来源", "作者", "栏目"]
    day = datetime.date(2026, 3, 5)
    rows: list[list[object]] = [
        heads,
        [1, "德清县：驿站暖人心", BODY, day, "德清发布", "张三", "经验做法"],
        [
            2,
            "涉县：夜校进村庄",
            "近日，涉县在六个村办起夜校，开设剪纸、电商、护理等课程，群众都说好。",
            "2026年4月",
            "",
            "",
            "",
        ],
    ]
    path = workbook(tmp_path / "稿件.xlsx", {"Sheet1": rows})
    first, second = read_file(path).articles
    assert (first.title, first.body, first.column) == ("德清县：驿站暖人心", BODY, "经验做法")
    assert (first.published_on, first.author, first.source_line) == ("2026-03-05", "张三", "德清发布")
    assert [a.place.adcode for a in (first, second) if a.place] == ["330521", "130426"]
    assert second.published_on == "2026-04"
    at = first.body.index("驿站12个")
    source = first.source(Span(at, at + 5))
    assert source is not None and sheets_text(path.read_bytes())[source.start : source.end] == "驿站12个"


@pytest.mark.parametrize(
    "heads",
    [("呈报日", "区县", "题目", "呈报单位", "正文摘录"), ("刊发日", "属地", "稿名", "稿源", "何事")],
)
def test_heads_that_offices_make_up(tmp_path: Path, heads: tuple[str, ...]) -> None:
    text = "德清县在物流园办起驿站，备有热水和药箱，骑手凭码领取，还请律师每周坐班答疑。"
    rows: list[list[object]] = [["用稿情况一览"], [*heads]]
    rows += [
        ["2025-08-04", "德清县", "驿站暖人心", "德清县就业局", text],
        ["2025-08-11", "涉县", "夜校", "涉县就业局", text],
    ]
    first, second = read_file(workbook(tmp_path / "稿件.xlsx", {"Sheet1": rows})).articles
    assert (first.title, first.body, first.published_on) == ("驿站暖人心", text, "2025-08-04")
    assert (first.source_line, second.title) == ("德清县就业局", "夜校")


def test_a_statistics_sheet_is_a_table_of_figures(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["德清县2026年上半年驿站建设情况（虚构样例）"], ["单位：个"], ["镇（街道）", "新建驿站数", "完成率"],
        ["武康街道", 12.0, 0.1 + 0.2], ["新市镇", 8, None], ["合计", 20, None],
    ]  # fmt: skip
    (article,) = read_file(workbook(tmp_path / "统计.xlsx", {"驿站": rows})).articles
    assert article.title == "德清县2026年上半年驿站建设情况（虚构样例）"
    assert article.body.split("\n")[0] == "单位：个" and "武康街道\t12\t0.3" in article.body
    found = [f for f in facts(article, Rules.load()) if f.object == "驿站"]
    assert [(f.quantity.surface, f.quantity.unit, f.subject) for f in found] == [
        ("12", "个", "武康街道"), ("8", "个", "新市镇"), ("20", "个", "德清县"),
    ]  # fmt: skip


def test_each_sheet_is_read_hidden_ones_are_not(tmp_path: Path) -> None:
    path = tmp_path / "多表.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name in ("武康街道", "新市镇", "底稿"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["项目", "数量"])
            sheet.write_row(1, 0, ["驿站", 3])
            if name == "底稿":
                sheet.hide()
    assert [a.title for a in read_file(path).articles] == ["武康街道", "新市镇"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_csv_of_articles_points_into_its_own_text(tmp_path: Path, encoding: str) -> None:
    body = BODY.replace("“驿站”", '""驿站""')
    text = f'标题,正文,日期\r\n德清县：驿站暖人心,"{body}",2026-03-05\r\n'
    path = tmp_path / "稿件.csv"
    path.write_bytes(text.encode(encoding))
    (article,) = read_file(path).articles
    assert article.body == BODY.replace("“驿站”", '"驿站"') and article.published_on == "2026-03-05"
    for word in ("新建驿站12个", "下一步"):
        at = article.body.index(word)
        source = article.source(Span(at, at + len(word)))
        assert source is not None and text[source.start : source.end] == word


def test_other_delimiters_and_a_plain_table(tmp_path: Path) -> None:
    path = tmp_path / "各镇驿站.tsv"
    path.write_text("镇\t驿站（个）\n武康街道\t5\n新市镇\t3\n", encoding="utf-8")
    (article,) = read_file(path).articles
    assert article.title == "各镇驿站" and len(article.tables[0].rows) == 3


def test_broken_locked_and_empty_workbooks_are_named(tmp_path: Path) -> None:
    path = workbook(tmp_path / "好.xlsx", {"a": [["项目", "数量"], ["驿站", 3]]})
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(path.read_bytes()[:900])
    with pytest.raises(ReadError, match="坏.xlsx"):
        read_file(broken)
    empty = workbook(tmp_path / "空.xlsx", {"a": []})
    with pytest.raises(ReadError, match="空"):
        read_file(empty)


def test_a_manifest_is_a_table(shared: object) -> None:
    path = shared("corpus/local_news/manifest.csv")  # type: ignore[operator]
    (article,) = read_file(path).articles
    assert len(article.tables[0].rows) == 144


@pytest.mark.parametrize("mark", ["above", "column"])
def test_a_secrecy_mark_of_a_sheet_of_articles_keeps_it_out(tmp_path: Path, mark: str) -> None:
    if mark == "above":
        rows: list[list[object]] = [["机密★1年"], ["标题", "正文"], ["德清县：驿站暖人心", BODY]]
    else:
        rows = [["标题", "正文", "密级"], ["德清县：驿站暖人心", BODY, "机密"]]
    with pytest.raises(ReadError) as caught:
        read_file(workbook(tmp_path / "稿件.xlsx", {"Sheet1": rows}))
    assert caught.value.kind == "marked"


def csv_of(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "稿件.csv"
    path.write_text(text, encoding="utf-8-sig")
    return path


@pytest.mark.parametrize(
    "text",
    [
        "sep=;\n标题;正文;地区\n德清县：驿站;近日，德清县新建驿站12个，骑手歇脚有了去处，群众都说好。;德清县\n",
        "title,content,region,date\n德清县：驿站,近日，德清县新建驿站12个，骑手歇脚有了去处，群众都说好。,德清县,46148\n",
        "正文,地区,日期\n近日，德清县新建驿站12个，骑手歇脚有了去处，充电也方便，群众都说好。,德清县,2026-05-06\n",
        "标题,内容,地区\n建驿站,德清县建成驿站12个。,德清县\n",
    ],
)
def test_tables_of_articles_by_other_names(tmp_path: Path, text: str) -> None:
    (article,) = read_file(csv_of(tmp_path, text)).articles
    assert article.place is not None and article.place.adcode == "330521"
    assert "驿站12个" in article.body
    assert article.published_on == ("2026-05-06" if "日期" in text or "date" in text else None)


def test_a_row_with_a_title_alone_is_kept_and_who_sent_it_in_is_told(tmp_path: Path) -> None:
    text = f"标题,正文,报送单位\n德清县：空稿,,\n德清县：驿站,{BODY.splitlines()[0]},德清县委社会工作部\n"
    first, second = read_file(csv_of(tmp_path, text)).articles
    assert (first.title, first.body, second.reporter) == ("德清县：空稿", "", "德清县委社会工作部")


def test_a_ledger_of_cases_has_its_texts_in_the_columns_of_their_parts(tmp_path: Path) -> None:
    done = "全年开课260场，听课的人从三十个增加到九十个，没有一场空过座位。"
    rows = [
        ("德清县", "驿站暖人心", "德清县在物流园办起驿站，备有热水和药箱，骑手凭码领取，律师每周坐班。"),
        ("涉县", "太行夜校", "涉县把党课、农技课、法治课搬进果园。" * 2),
    ]
    text = "填报时间：2026年5月6日,,,,\n序号,县（市、区）,项目名称,主要做法,取得成效\n"
    text += "".join(f"{n},{place},{title},{did},{done}\n" for n, (place, title, did) in enumerate(rows, 1))
    first, second = read_file(csv_of(tmp_path, text)).articles
    assert (first.title, second.title, first.published_on) == ("驿站暖人心", "太行夜校", "2026-05-06")
    assert first.body == f"{rows[0][2]}\n{done}" and first.place is not None and first.place.name == "德清县"


def test_a_list_of_building_projects_is_no_ledger_of_cases(tmp_path: Path) -> None:
    how = "主体工程已经完工，正在进行内部装修，预计六月底交付使用。"
    rows = "".join(f"{n},{place}驿站,{place}总工会,{place}{how}\n" for n, place in enumerate(("德清县", "涉县"), 1))
    (table,) = read_file(csv_of(tmp_path, f"序号,项目名称,建设单位,进展情况\n{rows}")).articles
    assert table.tables
