"""Tables drawn with rules on PDF pages: wrapped, empty and merged cells stand where they are printed."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from corpus.model import Article
from ingest.read import DEFAULT_LIMITS, FileResult, read_file, read_many

ABOVE = "2026年上半年，三塘县（虚构样例）在各镇办起驿站，选派指导员，有关情况见下表，各镇要对照查漏补缺。"
BELOW = "以上数据由各镇报送，县委社会工作部汇总，供工作中参考。下一步将继续加强指导，抓好落实。"
ROWS = [
    ["镇", "驿站", "", "指导员（名）", "做法"],
    ["", "已建（个）", "在建（个）", "", ""],
    ["红旗镇", "12", "3", "34", "依托便民服务中心建设骑手驿站，设置饮水机、充电柜和休息区"],
    ["白水镇", "", "18", "", "把矛盾调解室设在集市旁"],
    ["合计", "12", "21", "34", ""],
]
MERGED = [("SPAN", (1, 0), (2, 0)), ("SPAN", (0, 0), (0, 1)), ("SPAN", (3, 0), (3, 1)), ("SPAN", (4, 0), (4, 1))]


def typeset(folder: Path, *style: Any, rows: list[list[str]] = ROWS) -> Article:  # noqa: ANN401
    from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]
    from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table  # type: ignore[import-untyped]

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    text = ParagraphStyle("text", fontName="STSong-Light", fontSize=11, leading=18, wordWrap="CJK", firstLineIndent=22)
    cell = ParagraphStyle("cell", fontName="STSong-Light", fontSize=10, leading=14, wordWrap="CJK")
    title = ParagraphStyle("title", fontName="STSong-Light", fontSize=18, leading=30, alignment=1)
    table = Table([[Paragraph(c, cell) for c in row] for row in rows], colWidths=[60, 70, 70, 60, 130], style=[*style])
    out = BytesIO()
    flow = [Paragraph("三塘县驿站建设情况", title), Paragraph(ABOVE, text), table, Paragraph(BELOW, text)]
    SimpleDocTemplate(out).build(flow)
    path = folder / "通报.pdf"
    path.write_bytes(out.getvalue())
    (article,) = read_file(path).articles
    return article


def cells(article: Article) -> list[list[list[str]]]:
    return [[[cell.of(article.body) for cell in row] for row in grid.rows] for grid in article.tables]


@pytest.mark.parametrize(
    "style",
    [
        [("GRID", (0, 0), (-1, -1), 0.5, "black")],
        [("BOX", (0, 0), (-1, -1), 1.5, "black"), ("INNERGRID", (0, 0), (-1, -1), 0.25, "gray")],
        [("INNERGRID", (0, 0), (-1, -1), 0.5, "black"), ("LINEABOVE", (0, 0), (-1, 0), 1, "black")]
        + [("LINEBELOW", (0, -1), (-1, -1), 1, "black")],
        [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("BACKGROUND", (0, 0), (-1, 1), "lightgrey")],
    ],
    ids=["grid", "heavy-frame", "open-sides", "tinted-head"],
)
def test_cells_stand_where_they_are_printed(tmp_path: Path, style: list[Any]) -> None:
    article = typeset(tmp_path, *style, *MERGED)
    assert cells(article) == [ROWS]
    assert article.tables[0].header == 2
    assert article.body.split("\n")[0] == ABOVE and article.body.split("\n")[-1] == BELOW


def test_a_cell_leads_to_its_place_on_the_page(tmp_path: Path) -> None:
    article = typeset(tmp_path, ("GRID", (0, 0), (-1, -1), 0.5, "black"), *MERGED)
    last = article.tables[0].rows[2][4]
    source = article.source(last)
    assert source is not None and source.page == 1 and len(source.boxes) > 1
    assert min(box[0] for box in source.boxes) > 300


def test_a_page_that_rules_part_into_texts_is_no_table(tmp_path: Path) -> None:
    long = "红旗镇把驿站建在商圈，骑手歇脚、喝水、充电都有了去处，群众说好。" * 6
    article = typeset(
        tmp_path,
        ("GRID", (0, 0), (-1, -1), 0.5, "black"),
        rows=[[long, long, "", "", ""], [long, long, "", "", ""]],
    )
    assert article.tables == () and "\t" not in article.body.replace("\n", "")[:200]


def test_underlines_and_frames_are_no_table(tmp_path: Path) -> None:
    article = typeset(
        tmp_path, ("BOX", (0, 0), (-1, -1), 0.5, "black"), ("LINEBELOW", (0, 0), (-1, 0), 0.5, "black"), rows=ROWS[2:]
    )
    assert BELOW in article.body and ABOVE in article.body


@pytest.mark.parametrize("drawing", ["dashes", "comb", "zigzag"])
def test_a_drawing_of_thousands_of_lines_is_read_past(tmp_path: Path, drawing: str) -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen import canvas  # type: ignore[import-untyped]

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    path = tmp_path / "图.pdf"
    page = canvas.Canvas(str(path))
    page.setFont("STSong-Light", 11)
    for i in range(20):
        page.drawString(60, 780 - 18 * i, ABOVE[:36])
    if drawing == "dashes":
        for i in range(12_000):
            page.line(50 + i % 40 * 12, 400 - i / 40, 58 + i % 40 * 12, 400 - i / 40)
    elif drawing == "comb":
        page.line(50, 400, 550, 400)
        page.line(50, 100, 50, 400)
        for i in range(190):
            page.line(50 + 2.6 * i, 390, 50 + 2.6 * i, 400)
            page.line(50, 100 + 1.5 * i, 60, 100 + 1.5 * i)
    else:
        lines = page.beginPath()
        lines.moveTo(50, 400)
        for i in range(200_000):
            lines.lineTo(50 + i % 500, 400 - i % 3)
        page.drawPath(lines)
    page.save()
    ((_, result),) = read_many([path], limits=replace(DEFAULT_LIMITS, cpu_seconds=20), work=read_file)
    assert isinstance(result, FileResult) and ABOVE[:36] in result.articles[0].body
