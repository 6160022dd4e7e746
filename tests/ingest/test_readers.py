"""Readers give the same text, with the place of every character in the decoded file."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.han import han
from corpus.model import Article, Span
from ingest.block import Block
from ingest.body import write_body
from ingest.furniture import is_page_number, without_furniture
from ingest.read import read_file
from ingest.readers.docx import docx_text, read_docx
from ingest.readers.html import read_html
from ingest.readers.text import read_text
from ingest.traced import Traced, join

WORDS = st.sampled_from(
    [
        "三塘镇",
        "近日，",
        "办起夜校。",
        "\n",
        "\r\n",
        "\n\n",
        "　　",
        "（镇党建办供图）",
        "— 3 —",
        "“好”",
        "a b",
        "\t",
        "12名",
        "；",
    ]
)


@given(st.lists(WORDS, max_size=60).map("".join))
@settings(max_examples=150, deadline=None)
def test_text_blocks_and_bodies_lead_back_to_the_file(text: str) -> None:
    source = read_text(text.encode(), "文.txt")
    for block in source.blocks:
        same_in(block.line, text)
    body = write_body(source.blocks)
    same_in(body.line, text)
    for caption in body.captions:
        assert caption.at <= len(body.line.text)


def same_in(line: Traced, text: str) -> None:
    covered: set[int] = set()
    for run in line.runs:
        assert run.source is not None
        assert line.text[run.body : run.body + run.length] == text[run.source : run.source + run.length]
        covered.update(range(run.body, run.body + run.length))
    assert all(c.isspace() for i, c in enumerate(line.text) if i not in covered)


@given(st.text(max_size=30), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=6))
def test_cutting_and_joining_keeps_the_source(text: str, cuts: list[tuple[int, int]]) -> None:
    line = Traced.of(text, 7)
    joined = join([part for a, b in cuts for part in (line.cut(a, max(a, b)), "\n")])
    same_in(joined, " " * 7 + text)


PAGE = """<html><head><meta charset="utf-8"><title>三塘县办好夜校_三塘县人民政府网</title>
<meta name="PubDate" content="2026-03-04 10:20"></head><body>
<div class="nav"><a href="/">首页</a><a href="/a">政务公开</a></div>
<h1>三塘县办好夜校</h1><div class="info">来源：三塘县民政局 发布时间：2026-03-04</div>
<div class="TRS_Editor"><p>近日，三塘县在<b>138</b>个村办起&ldquo;夜校&rdquo;&#65292;群众
    很满意。<p>第二段没有关上<br>换一行。</p><script>var a = "脚本";</script>
<table><tr><td>乡镇</td><td>夜校数</td></tr><tr><td>三塘镇</td><td>6</td></tr></table></div>
<div class="footer">主办：三塘县人民政府 网站标识码</div></body></html>"""


def test_a_web_page(tmp_path: Path) -> None:
    path = tmp_path / "页.html"
    path.write_text(PAGE)
    (article,) = read_file(path).articles
    assert (article.title, article.published_on, article.source_line) == (
        "三塘县办好夜校",
        "2026-03-04",
        "来源：三塘县民政局",
    )
    assert article.body.split("\n") == [
        "近日，三塘县在138个村办起“夜校”，群众很满意。",
        "第二段没有关上",
        "换一行。",
        "乡镇\t夜校数",
        "三塘镇\t6",
    ]
    assert source_of(article, "138个") == "138</b>个"
    assert source_of(article, "夜校”，") == "夜校&rdquo;&#65292;"


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        ("<table><tr><td>镇<td>数<tr><td>三塘镇<td>6</table>", ["镇\t数", "三塘镇\t6"]),
        ("<table><thead><tr><th>镇<th>数<tbody><tr><td>三塘镇<td>6</table>", ["镇\t数", "三塘镇\t6"]),
        ("<table><tr><td>镇</td><td>数</td></tr><td>三塘镇<td>6</table>", ["镇\t数", "三塘镇\t6"]),
        ("<table><tr><td>镇</div><td>数<tr><td>三塘镇<td>6</table>", ["镇\t数", "三塘镇\t6"]),
        ("<ul><li>甲<ul><li>乙<li>丙</ul><li>丁</ul>", ["甲", "乙", "丙", "丁"]),
        ("<p>甲<p>乙<div>丙</div>丁", ["甲", "乙", "丙", "丁"]),
    ],
)
def test_elements_left_open_end_where_the_next_begins(markup: str, lines: list[str]) -> None:
    text = "近日，三塘镇在六个村办起夜校，开设剪纸、电商等课程，群众都说好。"
    page = f"<html><body><div id=zoom><p>{text}</p>{markup}</div></body></html>"
    assert [b.text for b in read_html(page.encode(), "页.html").blocks] == [text, *lines]


def source_of(article: Article, text: str) -> str:
    at = article.body.index(text)
    found = article.source(Span(at, at + len(text)))
    assert found is not None and found.start is not None and found.end is not None
    return PAGE[found.start : found.end]


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<div>",
                "</div>",
                "<b>",
                "夜校",
                "&amp;",
                "&nbsp;",
                "&#x4e00;",
                "&lt",
                " ",
                "\n",
                "<br/>",
                "<!--x-->",
                "<td>",
                "</td>",
            ]
        ),
        max_size=40,
    ).map("".join)
)
@settings(max_examples=150, deadline=None)
def test_html_offsets(markup: str) -> None:
    text = f"<body><div>三塘镇的夜校今天开班了，大家都来{markup}听课。</div></body>"
    for block in read_html(text.encode(), "页.html").blocks:
        for run in block.line.runs:
            assert run.source is not None
            here = block.text[run.body : run.body + run.length]
            assert here == text[run.source : run.source + run.length] or text[run.source] in "&;" or "&" in text


def test_word_offsets_refer_to_its_plain_text() -> None:
    import docx

    document = docx.Document()
    document.add_heading("三塘镇办起夜校", 1)
    document.add_paragraph("近日，三塘镇办起夜校。")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "夜校", "6所"
    document.add_paragraph("　　群众都说好。")
    out = BytesIO()
    document.save(out)
    text = docx_text(out.getvalue())
    assert text == "三塘镇办起夜校\n近日，三塘镇办起夜校。\n夜校\t6所\n　　群众都说好。"
    source = read_docx(out.getvalue(), "夜校.docx")
    assert [b.level for b in source.blocks] == [1, 0, 0, 0]
    for block in source.blocks:
        same_in(block.line, text)


def test_hard_wrapped_lines_become_paragraphs() -> None:
    lines = [
        "　　近日，三塘镇在六个村办起夜校，开设剪纸",
        "电商、护理、种植等课程，请来二十三名老师轮",
        "流授课，群众都说好。",
        "　　下一步，三塘镇还要把夜校办到田间地头去",
        "让更多群众受益。",
    ]
    blocks = read_text("\n".join(lines).encode(), "文.txt").blocks
    assert [len(b.text) for b in blocks] == [len("".join(lines[:3])) - 2, len("".join(lines[3:])) - 2]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("- 1 -", True), ("第 3 页 / 共 9 页", True), ("3/9", True), ("12", False), ("2026", False), ("三", False)],
)
def test_page_numbers(text: str, expected: bool) -> None:
    assert is_page_number(text) is expected


def test_cleaning_is_idempotent() -> None:
    text = "三塘镇在六个村办起夜校。夜校开设剪纸、电商等课程，群众\n\n— 2 —\n\n都说好，还想多学。\n\n返回搜狐，查看更多"
    first = clean(read_text(text.encode(), "文.txt").blocks)
    assert first == "三塘镇在六个村办起夜校。夜校开设剪纸、电商等课程，群众都说好，还想多学。"
    assert clean(tuple(Block(Traced(line), gap=1) for line in first.split("\n"))) == first


def clean(blocks: tuple[Block, ...]) -> str:
    return write_body(without_furniture(blocks)).line.text


def test_an_official_document_as_pdf(tmp_path: Path) -> None:
    from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]
    from reportlab.pdfgen import canvas  # type: ignore[import-untyped]

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    path = tmp_path / "公文.pdf"
    sheet = canvas.Canvas(str(path))

    def page(*lines: tuple[float, int, str]) -> None:
        for i, (x, size, text) in enumerate(lines):
            sheet.setFont("STSong-Light", size)
            for j, cell in enumerate(text.split("\t")):
                sheet.drawString(x + 150 * j, 760 - 28 * i, cell)
        sheet.drawCentredString(297, 50, f"— {sheet.getPageNumber()} —")
        sheet.showPage()

    page(
        (150, 22, "北塘县人民政府关于加强社区治理的意见"),
        (88, 16, "各乡镇人民政府："),
        (120, 16, "到2027年，全县建成示范社区30个，培育社区社会组织二百"),
        (88, 16, "余家，实现社区综合服务设施全覆盖，居民满意率稳步提高，同"),
        (88, 16, "时，要把"),
    )
    page(
        (88, 16, "矛盾化解在基层。"),
        (330, 16, "北塘县人民政府"),
        (330, 16, "2026年5月12日"),
        (88, 16, "乡镇\t社区数\t社工数"),
        (88, 16, "三塘镇\t6\t18"),
        (88, 16, "白水乡\t4\t9"),
    )
    sheet.save()
    (article,) = read_file(path).articles
    assert (article.kind, article.issuer, article.published_on) == ("policy", "北塘县人民政府", "2026-05-12")
    assert article.body.split("\n")[1:] == [
        "到2027年，全县建成示范社区30个，培育社区社会组织二百余家，实现社区综合服务设施全覆盖，居民满意率稳步提高，"
        "同时，要把矛盾化解在基层。",
        "北塘县人民政府",
        "2026年5月12日",
        "乡镇\t社区数\t社工数",
        "三塘镇\t6\t18",
        "白水乡\t4\t9",
    ]
    second = article.source(Span(article.body.index("18"), article.body.index("18") + 2))
    assert second is not None and second.page == 2


def test_what_pdfium_reads_of_sparse_pages_is_told_as_its_own(tmp_path: Path) -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen import canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    path = tmp_path / "稀疏.pdf"
    sheet = canvas.Canvas(str(path))
    for n in range(20):
        sheet.setFont("STSong-Light", 16)
        sheet.drawString(88, 760 - 28 * n, f"三塘镇第{han(n + 1)}村新建驿站{n + 2}个。")
        sheet.showPage()
    sheet.save()
    assert read_file(path).document.reader == "pdfium"
