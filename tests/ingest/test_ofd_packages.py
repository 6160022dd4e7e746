"""OFD packages as producers put them together: several documents, old encodings, pages that begin elsewhere."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.model import Span
from ingest.read import read_file
from tests.ingest.test_ofd import BODY, NS, TITLE, article_page, content, ofd, put, text, zipped

SECOND = "三塘镇新建书屋五处，群众都说好，还要再建两处。"
Parts = dict[str, bytes]


def parts_of(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_second_document(parts: Parts) -> None:
    info = "<ofd:DocInfo><ofd:Author>李四</ofd:Author><ofd:CreationDate>2019-01-01</ofd:CreationDate></ofd:DocInfo>"
    entry = f"<ofd:DocBody>{info}<ofd:DocRoot>Doc_1/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    parts["OFD.xml"] = parts["OFD.xml"].replace(b"</ofd:OFD>", entry.encode())
    parts["Doc_1/Document.xml"] = (
        f'<ofd:Document {NS}><ofd:Pages><ofd:Page ID="0" BaseLoc="P.xml"/></ofd:Pages></ofd:Document>'.encode()
    )
    parts["Doc_1/P.xml"] = content(text(30, 40, 5.5, SECOND)).encode()


def with_annotation(parts: Parts) -> None:
    parts["Doc_0/Document.xml"] = parts["Doc_0/Document.xml"].replace(
        b"</ofd:Document>", b"<ofd:Annotations>Annots.xml</ofd:Annotations></ofd:Document>"
    )
    listed = f'<ofd:Annotations {NS}><ofd:Page PageID="0"><ofd:FileLoc>A.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>'
    drawn = f"<ofd:PageAnnot {NS}><ofd:Annot><ofd:Appearance>{text(30, 100, 5.5, '请核实这一段')}</ofd:Appearance>"
    parts["Doc_0/Annots.xml"] = listed.encode()
    parts["Doc_0/A.xml"] = f"{drawn}</ofd:Annot></ofd:PageAnnot>".encode()


def at_another_origin(parts: Parts) -> None:
    box = b"<ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>-20 -30 250 360</ofd:PhysicalBox></ofd:PageArea>"
    parts["Doc_0/Document.xml"] = parts["Doc_0/Document.xml"].replace(b"<ofd:CommonData>", box)


def changed(change: Callable[[Parts], None]) -> bytes:
    parts = parts_of(ofd([article_page()]))
    change(parts)
    return zipped(parts)


def test_the_text_of_all_documents_is_read_and_the_first_says_who_made_it(tmp_path: Path) -> None:
    result = read_file(put(tmp_path, changed(with_second_document)))
    assert result.document.pages == 2 and result.articles[0].author == "张三"
    assert SECOND in "".join(article.title + article.body for article in result.articles)
    assert all((article.published_on or "")[:4] != "2019" for article in result.articles)


def test_annotations_are_no_text(tmp_path: Path) -> None:
    (article,) = read_file(put(tmp_path, changed(with_annotation))).articles
    assert (article.title, article.body) == (TITLE, BODY)


def test_boxes_are_told_from_the_corner_of_the_page(tmp_path: Path) -> None:
    def left_top(data: bytes) -> tuple[float, float]:
        (article,) = read_file(put(tmp_path, data)).articles
        at = article.body.index("德清县")
        source = article.source(Span(at, at + 3))
        assert source is not None
        return source.boxes[0][0], source.boxes[0][1]

    plain, moved = left_top(ofd([article_page()])), left_top(changed(at_another_origin))
    assert moved == pytest.approx((plain[0] + 20 * 72 / 25.4, plain[1] + 30 * 72 / 25.4), abs=0.5)


def test_names_in_gb18030_that_the_archive_does_not_mark(tmp_path: Path) -> None:
    parts = parts_of(ofd([article_page()]))
    stored = b"Doc_0/Pages/Page_0/Content.xml"
    place = "Pages/第一页/内容正文.xml"
    named = ("Doc_0/" + place).encode("gb18030")
    stand_in = "Doc_0/" + "x" * (len(named) - 6)
    parts["Doc_0/Document.xml"] = parts["Doc_0/Document.xml"].replace(stored[6:], place.encode())
    parts[stand_in] = parts.pop(stored.decode())
    data = zipped(parts).replace(stand_in.encode(), named)
    (article,) = read_file(put(tmp_path, data)).articles
    assert (article.title, article.body) == (TITLE, BODY)


def test_digits_on_the_squares_of_chinese_characters_are_one_number(tmp_path: Path) -> None:
    said = "德清县新建驿站138个，服务骑手3400人次。"
    steps = " ".join(["5.5"] * (len(said) - 1))
    line = (
        f'<ofd:TextObject ID="9" Boundary="30 35 170 11" Font="1" Size="5.5">'
        f'<ofd:TextCode X="0" Y="5.5" DeltaX="{steps}">{said}</ofd:TextCode></ofd:TextObject>'
    )
    result = read_file(put(tmp_path, ofd([text(70, 20, 7, TITLE) + line])))
    assert said in result.articles[0].body
