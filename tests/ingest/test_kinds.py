"""Files are what their bytes say, whatever they are named; those that cannot be read name a remedy."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import openpyxl  # type: ignore[import-untyped]
import pytest

from corpus.errors import ReadError
from ingest.containers import is_container
from ingest.read import read_file
from ingest.readers.office import find_office

LEAD = "近日，德清县新建驿站12个，服务骑手3,400人次，群众都说好。（虚构样例）"
needs_office = pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed")
UOF = b'<?xml version="1.0"?><uof:UOF xmlns:uof="http://schemas.uof.org/cn/2003/uof"/>'
WORD_2003 = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?><?mso-application progid="Word.Document"?>
<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body><w:p><w:r><w:t>德清县驿站建设情况\
</w:t></w:r></w:p><w:p><w:r><w:t>{LEAD}</w:t></w:r></w:p></w:body></w:wordDocument>"""


@pytest.mark.parametrize(
    ("name", "data", "remedy"),
    [
        ("论文.caj", b"CAJ\x00\x01\x02\xff" * 40, "CAJViewer"),
        ("论文.nh", b"HN\x1a\x00\x01\xff" * 40, "CAJViewer"),
        ("论文.kdh", b"KDH 2.00\x00\x01\xff" * 40, "CAJViewer"),
        ("改过名.doc", b"KDH 2.00\x00\x01\xff" * 40, "CAJViewer"),
        ("公文.sep", b"\x01\x00\xfe\xff" * 60, "书生阅读器"),
        ("公文.gd", b"\x01\x00\xfe\xff" * 60, "书生阅读器"),
        ("公文.uot", UOF, "WPS"),
        ("公文.cebx", b"\x01\x00\xfe\xff" * 60, "Apabi"),
        ("照片.heic", b"\0\0\0\x18ftypheic" + b"\0" * 60, "JPG"),
        ("会场.mp4", b"\0\0\0\x18ftypisom" + b"\0" * 60, "转写"),
        ("报告.lnk", b"L\0\0\0\x01\x14\x02\0" + b"\0" * 60, "指向的文件"),
    ],
)
def test_foreign_formats_are_named_with_a_remedy(tmp_path: Path, name: str, data: bytes, remedy: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ReadError, match=remedy) as caught:
        read_file(path)
    assert caught.value.kind == "unsupported"


def test_a_packed_uof_is_a_document_not_an_archive(tmp_path: Path) -> None:
    path = tmp_path / "公文.uof"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("uof.xml", UOF)
    assert not is_container(path)
    with pytest.raises(ReadError, match="UOF") as caught:
        read_file(path)
    assert caught.value.kind == "unsupported"


@needs_office
def test_word_2003_xml_named_doc(tmp_path: Path) -> None:
    path = tmp_path / "报告.doc"
    path.write_text(WORD_2003, encoding="utf-8")
    (article,) = read_file(path).articles
    assert (article.title, article.body) == ("德清县驿站建设情况", LEAD)


@needs_office
@pytest.mark.parametrize("name", ["情况.doc", "情况.xlsx"])
def test_rtf_under_another_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    text = "".join(f"\\u{ord(c)}?" for c in LEAD)
    path.write_bytes(rb"{\rtf1\ansi " + text.encode() + b"}")
    assert LEAD in read_file(path).articles[0].body


def test_a_page_named_doc(tmp_path: Path) -> None:
    path = tmp_path / "情况.doc"
    word = '<html xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta charset="gb2312"></head>'
    path.write_bytes(f"{word}<body><p>德清县驿站建设情况<p>{LEAD}</body></html>".encode("gb18030"))
    (article,) = read_file(path).articles
    assert article.body.endswith(LEAD) and read_file(path).document.media_type == "text/html"


def test_a_page_named_xls_is_a_table(tmp_path: Path) -> None:
    path = tmp_path / "统计.xls"
    rows = "<tr><td>填报单位：德清县民政局<td>单位：个<tr><td>镇<td>驿站<tr><td>武康街道<td>12<tr><td>新市镇<td>8"
    path.write_bytes(f'<meta charset="gb2312"><table><caption>德清县驿站统计表{rows}</table>'.encode("gb18030"))
    (article,) = read_file(path).articles
    assert article.title == "德清县驿站统计表"
    (grid,) = article.tables
    assert [[c.of(article.body) for c in row] for row in grid.rows] == [
        ["镇", "驿站"], ["武康街道", "12"], ["新市镇", "8"],
    ]  # fmt: skip


@pytest.mark.parametrize("first", ["德清县驿站建设情况", "http://example.cn/a\nhttp://example.cn/b"])
def test_a_text_named_eml(tmp_path: Path, first: str) -> None:
    path = tmp_path / "情况.eml"
    path.write_text(f"{first}\n{LEAD}\n", encoding="utf-8")
    result = read_file(path)
    assert result.document.media_type == "text/plain" and result.articles[0].body.endswith(LEAD)


def retyped(path: Path, old: str, new: str) -> Path:
    """The package with another type for its main part, as a template or with macros."""
    with zipfile.ZipFile(path) as package:
        files = {name: package.read(name) for name in package.namelist()}
    types = files["[Content_Types].xml"]
    assert old.encode() in types
    files["[Content_Types].xml"] = types.replace(old.encode(), new.encode())
    with zipfile.ZipFile(path, "w") as package:
        for name, data in {**files, "word/vbaProject.bin": b"macro"}.items():
            package.writestr(name, data)
    return path


@pytest.mark.parametrize(
    ("ending", "kind"),
    [
        ("docm", "application/vnd.ms-word.document.macroEnabled.main+xml"),
        ("dotx", "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"),
        ("dotm", "application/vnd.ms-word.template.macroEnabledTemplate.main+xml"),
    ],
)
def test_word_with_macros_and_templates(tmp_path: Path, ending: str, kind: str) -> None:
    path = tmp_path / f"情况.{ending}"
    document = docx.Document()
    document.add_heading("德清县驿站建设情况", 1)
    document.add_paragraph(LEAD)
    document.save(str(path))
    plain = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    (article,) = read_file(retyped(path, plain, kind)).articles
    assert (article.title, article.body) == ("德清县驿站建设情况", LEAD)


def test_excel_with_macros(tmp_path: Path) -> None:
    path = tmp_path / "统计.xlsm"
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (["镇", "驿站"], ["武康街道", 3]):
        book.active.append(row)
    book.save(path)
    plain = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    retyped(path, plain, "application/vnd.ms-excel.sheet.macroEnabled.main+xml")
    assert read_file(path).articles[0].body == "镇\t驿站\n武康街道\t3"
