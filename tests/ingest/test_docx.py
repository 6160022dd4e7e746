"""Word files as offices send them: tracked changes, comments, text boxes, notes, automatic numbers, merged cells."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ingest.read import read_file
from ingest.readers.docx import docx_text

LEAD = "近日，涉县新建驿站3个，服务骑手500人次，群众都说好，下一步还要继续办好。"


def xml(text: str) -> Any:
    return parse_xml(text.replace("<w:p", f"<w:p {nsdecls('w')}", 1))


def save(document: Any, path: Path) -> Path:
    document.save(str(path))
    return path


def add(document: Any, text: str) -> None:
    document.element.body.insert(len(document.element.body) - 1, xml(text))


def test_insertions_are_taken_deletions_and_comments_left_out(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("涉县驿站建设情况（虚构样例）")
    add(
        document,
        '<w:p><w:r><w:t>全县建成驿站</w:t></w:r><w:del w:id="1"><w:r><w:delText>30</w:delText></w:r></w:del>'
        '<w:ins w:id="2"><w:r><w:t>36</w:t></w:r></w:ins><w:r><w:t>个，服务骑手</w:t></w:r>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>不给人看</w:t></w:r>"
        '<w:moveFrom w:id="3"><w:r><w:t>九百名</w:t></w:r></w:moveFrom>'
        '<w:moveTo w:id="4"><w:r><w:t>800名。</w:t></w:r></w:moveTo></w:p>',
    )
    document.add_comment(document.paragraphs[0].runs[0], text="请核对这个数999个", author="乙")
    (article,) = read_file(save(document, tmp_path / "情况.docx")).articles
    assert article.body == "全县建成驿站36个，服务骑手800名。"
    assert "revised" in article.flags


def test_a_deleted_paragraph_mark_joins_two_paragraphs(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("涉县驿站建设情况（虚构样例）")
    add(
        document,
        '<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:r><w:t>全县建成驿站36个，</w:t></w:r></w:p>',
    )
    document.add_paragraph("服务骑手800名。")
    (article,) = read_file(save(document, tmp_path / "情况.docx")).articles
    assert article.body == "全县建成驿站36个，服务骑手800名。"


def test_a_file_without_changes_has_no_flag(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("涉县驿站建设情况（虚构样例）")
    document.add_paragraph(LEAD)
    (article,) = read_file(save(document, tmp_path / "情况.docx")).articles
    assert "revised" not in article.flags


def test_content_controls_links_and_fields_are_text(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("涉县驿站建设情况（虚构样例）")
    add(
        document,
        "<w:p><w:sdt><w:sdtContent><w:r><w:t>全县</w:t></w:r></w:sdtContent></w:sdt>"
        "<w:hyperlink><w:r><w:t>建成</w:t></w:r>"
        '</w:hyperlink><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF a </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>36</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>个驿站。</w:t></w:r></w:p>',
    )
    (article,) = read_file(save(document, tmp_path / "情况.docx")).articles
    assert article.body == "全县建成36个驿站。"


NUMBERS = """<w:numbering %s><w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="●"/></w:lvl></w:abstractNum>
<w:num w:numId="7"><w:abstractNumId w:val="7"/></w:num></w:numbering>"""


def test_automatic_numbers_are_text(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("涉县驿站建设情况（虚构样例）")
    for depth, text in ((0, "建好阵地"), (1, "选址"), (1, "装修"), (0, "配强队伍"), (1, "选人"), (2, "骑手")):
        add(
            document,
            f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="7"/></w:numPr></w:pPr>'
            f"<w:r><w:t>{text}</w:t></w:r></w:p>",
        )
        document.add_paragraph(LEAD)
    numbering = document.part.numbering_part.element
    for child in list(parse_xml(NUMBERS % nsdecls("w"))):
        numbering.append(child)
    path = save(document, tmp_path / "情况.docx")
    lines = docx_text(path.read_bytes()).split("\n")
    assert lines[1::2] == ["一、建好阵地", "（一）选址", "（二）装修", "二、配强队伍", "（一）选人", "骑手"]


AGAIN = """<w:numbering %s><w:num w:numId="8"><w:abstractNumId w:val="7"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>"""


def test_a_list_that_begins_anew_counts_from_its_start(tmp_path: Path) -> None:
    document = docx.Document()
    for numbered, text in ((7, "选址"), (7, "装修"), (8, "选人"), (8, "排班"), (7, "验收")):
        add(
            document,
            f'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{numbered}"/></w:numPr></w:pPr>'
            f"<w:r><w:t>{text}</w:t></w:r></w:p>",
        )
    numbering = document.part.numbering_part.element
    for child in [*parse_xml(NUMBERS % nsdecls("w")), *parse_xml(AGAIN % nsdecls("w"))]:
        numbering.append(child)
    text = docx_text(save(document, tmp_path / "情况.docx").read_bytes())
    assert text.split("\n") == ["一、选址", "二、装修", "一、选人", "二、排班", "三、验收"]


def test_a_caption_is_told_by_its_style_and_that_of_a_table_stays(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("涉县驿站建设情况（虚构样例）")
    document.add_paragraph(LEAD)
    document.add_paragraph("骑手在驿站里吃热饭", style="Caption")
    document.add_paragraph(LEAD)
    document.add_paragraph("表1　各乡镇驿站数", style="Caption")
    (article,) = read_file(save(document, tmp_path / "情况.docx")).articles
    assert [caption.text for caption in article.captions] == ["骑手在驿站里吃热饭"]
    assert article.body.split("\n") == [LEAD, LEAD, "表1　各乡镇驿站数"]


BOX = (
    '<w:p xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:r><mc:AlternateContent><mc:Choice '
    'Requires="wps"><w:drawing><w:txbxContent><w:p><w:r><w:t>{0}</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice>'
    "<mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>{0}</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r><w:r><w:t>{1}</w:t></w:r></w:p>"
)


def test_a_text_box_is_read_once_beside_its_paragraph(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("涉县驿站建设情况（虚构样例）")
    box = "框里的话：驿站由社区和企业一起管，骑手轮流值日，每周开一次议事会。"
    add(document, BOX.format(box, LEAD))
    text = docx_text(save(document, tmp_path / "情况.docx").read_bytes())
    assert text.count(box) == 1 and LEAD in text.split("\n")


def test_notes_stand_at_the_end_of_the_article(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("涉县驿站建设情况（虚构样例）")
    add(
        document,
        '<w:p><w:r><w:t>全县建成驿站36个</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'
        "<w:r><w:t>，服务骑手800名。</w:t></w:r></w:p>",
    )
    document.add_paragraph(LEAD)
    notes = (
        f'<w:footnotes {nsdecls("w")}><w:footnote w:id="2"><w:p><w:r><w:t>数据由县委社会工作部提供。</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    )
    _add_part(document, "footnotes", notes.encode())
    (article,) = read_file(save(document, tmp_path / "情况.docx")).articles
    first, second, note = article.body.split("\n")
    assert (first, second, note[4:]) == ("全县建成驿站36个，服务骑手800名。", LEAD, "数据由县委社会工作部提供。")


def _add_part(document: Any, kind: str, blob: bytes) -> None:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    kinds = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    part = Part(PackURI(f"/word/{kind}.xml"), f"{kinds}.{kind}+xml", blob, document.part.package)
    document.part.relate_to(part, f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}")


def test_a_table_keeps_its_columns(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("涉县驿站建设情况（虚构样例）")
    document.add_paragraph(LEAD)
    table = document.add_table(4, 3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "街道"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "驿站"
    for at, row in enumerate((("新建", "改建"), ("3", ""), ("", "5"))):
        for column, text in enumerate(row):
            table.cell(at + 1, column + 1).text = text
    table.cell(2, 0).text, table.cell(3, 0).text = "平安街道", "龙山街道"
    (article,) = read_file(save(document, tmp_path / "情况.docx")).articles
    (grid,) = article.tables
    assert grid.header == 2
    assert [[cell.of(article.body) for cell in row] for row in grid.rows] == [
        ["街道", "驿站", ""],
        ["", "新建", "改建"],
        ["平安街道", "3", ""],
        ["龙山街道", "", "5"],
    ]
    source = article.source(grid.rows[2][1])
    assert source is not None and docx_text((tmp_path / "情况.docx").read_bytes())[source.start : source.end] == "3"


def test_a_table_of_one_column_is_layout(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("涉县驿站建设情况（虚构样例）")
    document.add_table(1, 1).cell(0, 0).text = LEAD
    (article,) = read_file(save(document, tmp_path / "情况.docx")).articles
    assert article.body == LEAD and article.tables == ()


def test_a_row_put_in_as_a_whole_is_a_revision(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph(LEAD)
    table = document.add_table(2, 2)
    for row in table.rows:
        row.cells[0].text, row.cells[1].text = "涉县", "12个"
    table.rows[1]._tr.get_or_add_trPr().append(parse_xml(f'<w:ins {nsdecls("w")} w:id="1"/>'))
    (article,) = read_file(save(document, tmp_path / "表.docx")).articles
    assert "revised" in article.flags
