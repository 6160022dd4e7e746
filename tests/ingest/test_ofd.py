"""OFD as its producers write it: steps in runs, absolute and relative places, templates; and as attackers do."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from corpus.errors import ReadError
from corpus.model import Span
from ingest.read import read_file
from tests.ingest.test_hostile import TEXT as PLAIN

NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
TITLE = "德清县：驿站暖人心"
BODY = "近日，德清县新建驿站12个，服务骑手3,400人次，骑手歇脚、喝水、充电都有了去处，群众都说好。"
BODY += "下一步还要把驿站办到商圈和园区。"
TEMPLATE = "（虚构样例）德清县委社会工作部编"


def text(x: float, y: float, size: float, said: str, *, runs: bool = True, ctm: bool = False) -> str:
    """A text object in millimetres, its baseline at ``y``; steps as a run or one by one."""
    wide = [size * (0.5 if c.isascii() else 1.0) for c in said[:-1]]
    steps = " ".join(f"{w:g}" for w in wide)
    if runs and len(set(wide)) == 1:
        steps = f"g {len(wide)} {wide[0]:g}"
    placed = f'CTM="{size:g} 0 0 {size:g} 0 0" Size="1"' if ctm else f'Size="{size:g}"'
    if ctm:
        steps = " ".join(f"{w / size:g}" for w in wide)
    return (
        f'<ofd:TextObject ID="9" Boundary="{x:g} {y - size:g} 200 {2 * size:g}" Font="1" {placed}>'
        f'<ofd:TextCode X="0" Y="{1 if ctm else size:g}" DeltaX="{steps}">{said}</ofd:TextCode></ofd:TextObject>'
    )


def content(objects: str, template: str = "") -> str:
    used = '<ofd:Template TemplateID="5"/>' if template else ""
    return f'<ofd:Page {NS}>{used}<ofd:Content><ofd:Layer ID="3">{objects}</ofd:Layer></ofd:Content></ofd:Page>'


def ofd(
    pages: list[str], *, template: str = "", absolute: bool = False, extra: dict[str, bytes] | None = None
) -> bytes:
    root = "/Doc_0/" if absolute else ""
    named = "".join(f'<ofd:Page ID="{n}" BaseLoc="{root}Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    common = f'<ofd:TemplatePage ID="5" BaseLoc="{root}Tpls/T.xml"/>' if template else ""
    files = {
        "OFD.xml": f"<ofd:OFD {NS}><ofd:DocBody><ofd:DocInfo><ofd:Title>驿站</ofd:Title><ofd:Author>张三</ofd:Author>"
        "<ofd:CreationDate>2026-03-05</ofd:CreationDate></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
        "</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {NS}><ofd:CommonData><ofd:PublicRes>PublicRes.xml</ofd:PublicRes>{common}"
        f"</ofd:CommonData><ofd:Pages>{named}</ofd:Pages></ofd:Document>",
        **{f"Doc_0/Pages/Page_{n}/Content.xml": content(page, template) for n, page in enumerate(pages)},
    }
    if template:
        files["Doc_0/Tpls/T.xml"] = content(template)
    return zipped({k: v.encode() for k, v in files.items()} | (extra or {}))


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def article_page(first: float = 40.0, *, ctm: bool = False) -> str:
    """A title and a paragraph of lines of 24 characters, the first indented."""
    lines = [BODY[:22], *[BODY[i : i + 24] for i in range(22, len(BODY), 24)]]
    objects = text(70, first, 7, TITLE, ctm=ctm)
    for n, line in enumerate(lines):
        objects += text(30 + (11 if n == 0 else 0), first + 14 + 8 * n, 5.5, line, runs=bool(n % 2), ctm=ctm)
    return objects


def put(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "公文.ofd"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("absolute", [False, True])
@pytest.mark.parametrize("ctm", [False, True])
def test_text_in_reading_order_with_boxes(tmp_path: Path, absolute: bool, ctm: bool) -> None:
    result = read_file(put(tmp_path, ofd([article_page(ctm=ctm)], absolute=absolute)))
    (article,) = result.articles
    assert (article.title, article.body, article.author) == (TITLE, BODY, "张三")
    assert article.place is not None and article.place.adcode == "330521"
    assert (result.document.pages, result.document.reader) == (1, "ofd")
    at = article.body.index("德清县")
    source = article.source(Span(at, at + 3))
    assert source is not None and source.page == 1
    left, top, right, bottom = source.boxes[0]
    assert left == pytest.approx((30 + 11 + 3 * 5.5) * 72 / 25.4, abs=1) and bottom - top == pytest.approx(15.6, abs=1)


def test_what_templates_repeat_is_no_text(tmp_path: Path) -> None:
    head = text(30, 15, 3.5, TEMPLATE)
    pages = [article_page(), *(text(30, 60 + 8 * n, 5.5, BODY[:24]) * 3 for n in range(2))]
    result = read_file(put(tmp_path, ofd(pages, template=head)))
    assert all(TEMPLATE not in a.body for a in result.articles) and result.document.pages == 3


def test_two_columns(tmp_path: Path) -> None:
    left = [BODY[i : i + 12] for i in range(0, 60, 12)] * 2
    right = [PLAIN.replace("\n", "")[i : i + 12] for i in range(0, 36, 12)] * 3
    objects = "".join(text(20, 30 + 7 * n, 5, line) for n, line in enumerate(left))
    objects += "".join(text(110, 30 + 7 * n, 5, line) for n, line in enumerate(right))
    body = "".join(a.title + a.body for a in read_file(put(tmp_path, ofd([objects]))).articles).replace("\n", "")
    assert body.index("".join(right[:2])) > body.index("".join(left[5:8]))


def locked(data: bytes) -> bytes:
    """The package with the flag of a password on every part."""
    out = bytearray(data)
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = out.find(sign)
        while start >= 0:
            out[start + at] |= 1
            start = out.find(sign, start + 4)
    return bytes(out)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (zipped({"OFD.xml": b'<!DOCTYPE o [<!ENTITY x SYSTEM "file:///etc/passwd">]><OFD>&x;</OFD>'}), "damaged"),
        (ofd([article_page()])[:400], "damaged"),
        (ofd(["<ofd:Broken"]), "damaged"),
        (locked(ofd([article_page()])), "encrypted"),
        (ofd([]), "no_text"),
        (ofd([text(1, 1, 5, "字")], extra={"Doc_0/Encryptions.xml": b"<a/>"}), "encrypted"),
        (ofd(["<ofd:PageBlock>" * 200 + "</ofd:PageBlock>" * 200]), "no_text"),
        (ofd([article_page().replace("Boundary=", "Bound=")]), "damaged"),
    ],
)
def test_broken_and_hostile_ones_are_named(tmp_path: Path, data: bytes, kind: str) -> None:
    with pytest.raises(ReadError, match="公文.ofd") as caught:
        read_file(put(tmp_path, data))
    assert caught.value.kind == kind


@pytest.mark.parametrize("broken", ["<ofd:Broken", None])
def test_a_page_that_cannot_be_read_is_told_and_the_others_are_read(tmp_path: Path, broken: str | None) -> None:
    data = ofd([article_page(), broken or "", text(30, 40, 5.5, BODY[:24])])
    if broken is None:
        data = without(data, "Doc_0/Pages/Page_1/Content.xml")
    result = read_file(put(tmp_path, data))
    assert result.articles[0].title == TITLE and result.document.unread == (2,) and result.document.pages == 3


@pytest.mark.parametrize(
    ("at", "stored"),
    [
        ("Pages/%E7%AC%AC1%E9%A1%B5.xml", "Doc_0/Pages/第1页.xml"),
        ("Pages\\Page_0\\Content.xml", "Doc_0/Pages/Page_0/Content.xml"),
        ("/Doc_0/Pages/P.xml", "Doc_0/Pages/P.xml"),
        ("./Pages/../Pages/P.xml", "Doc_0/Pages/P.xml"),
        ("pages/p.XML", "Doc_0/Pages/P.xml"),
    ],
)
def test_pages_are_found_as_every_producer_names_them(tmp_path: Path, at: str, stored: str) -> None:
    path = put(tmp_path, moved(ofd([article_page()]), "Pages/Page_0/Content.xml", at, stored))
    (article,) = read_file(path).articles
    assert (article.title, article.body) == (TITLE, BODY)


def test_text_of_composites_and_blocks_is_read(tmp_path: Path) -> None:
    inner = article_page()
    unit = f'<ofd:CompositeGraphicUnit ID="6" Width="210" Height="297"><ofd:Content>{inner}</ofd:Content>'
    units = f"<ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
    resources = f"<ofd:Res {NS}>{units}</ofd:Res>"
    page = '<ofd:PageBlock><ofd:CompositeObject ID="8" Boundary="0 0 210 297" ResourceID="6"/></ofd:PageBlock>'
    (article,) = read_file(put(tmp_path, ofd([page], extra={"Doc_0/PublicRes.xml": resources.encode()}))).articles
    assert (article.title, article.body) == (TITLE, BODY)


def test_a_slanted_watermark_is_no_text(tmp_path: Path) -> None:
    mark = text(60, 150, 9, "内部使用请勿外传").replace("Font=", 'CTM="0.7 -0.7 0.7 0.7 0 0" Font=')
    (article,) = read_file(put(tmp_path, ofd([article_page() + mark]))).articles
    assert article.body == BODY


def test_placeholders_of_glyphs_are_no_text(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as caught:
        read_file(put(tmp_path, ofd([text(30, 40 + 8 * n, 5.5, "¤" * 24) for n in range(3)])))
    assert caught.value.kind == "no_text"


def without(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return zipped({n: archive.read(n) for n in archive.namelist() if n != name})


def moved(data: bytes, place: str, at: str, stored: str) -> bytes:
    """The package with its page named ``at`` in the document and stored as ``stored``."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {n: archive.read(n) for n in archive.namelist()}
    parts["Doc_0/Document.xml"] = parts["Doc_0/Document.xml"].replace(place.encode(), at.encode())
    parts[stored] = parts.pop(f"Doc_0/{place}")
    return zipped(parts)


def test_a_page_of_pictures_is_recognised(tmp_path: Path) -> None:
    pytest.importorskip("rapidocr")
    ocr = pytest.importorskip("tests.ingest.test_ocr")
    if not ocr.has_font():
        pytest.skip("no Chinese font on this machine")
    out = io.BytesIO()
    ocr.pictures(ocr.typeset([ocr.TITLE, ocr.TEXT]))[0].save(out, "PNG")
    resources = (
        f'<ofd:Res {NS} BaseLoc="Res"><ofd:MultiMedias><ofd:MultiMedia ID="7"><ofd:MediaFile>a.png</ofd:MediaFile>'
    )
    resources += "</ofd:MultiMedia></ofd:MultiMedias></ofd:Res>"
    page = '<ofd:ImageObject ID="8" Boundary="0 0 210 125" ResourceID="7"/>'
    files = {"Doc_0/PublicRes.xml": resources.encode(), "Doc_0/Res/a.png": out.getvalue()}
    (article,) = read_file(put(tmp_path, ofd([page], extra=files))).articles
    assert (article.title, article.body) == (ocr.TITLE, ocr.TEXT) and "ocr" in article.flags


@pytest.mark.parametrize("boxes", [False, True], ids=["lines", "boxes"])
def test_cells_of_a_ruled_table_stand_where_they_are_printed(tmp_path: Path, boxes: bool) -> None:
    rows = [["镇", "驿站（个）", "做法"], ["武康镇", "12", "设置饮水机、充|电柜和休息区"], ["乾元镇", "", "建在商圈"]]
    xs, ys = [30.0, 60.0, 90.0, 150.0], [120.0, 132.0, 152.0, 164.0]
    drawn = article_page()
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            drawn += "".join(
                text(xs[j] + 2, ys[i] + 7 + 7 * n, 5, part) for n, part in enumerate(cell.split("|")) if part
            )
            if boxes:
                drawn += path(xs[j], ys[i], [(0, 0), (xs[j + 1] - xs[j], 0), (xs[j + 1] - xs[j], ys[i + 1] - ys[i]),
                                             (0, ys[i + 1] - ys[i])], closed=True)  # fmt: skip
    if not boxes:
        drawn += "".join(path(x, ys[0], [(0, 0), (0, ys[-1] - ys[0])]) for x in xs)
        drawn += "".join(path(xs[0], y, [(0, 0), (xs[-1] - xs[0], 0)]) for y in ys)
    (article,) = read_file(put(tmp_path, ofd([drawn]))).articles
    (grid,) = article.tables
    assert [[cell.of(article.body) for cell in row] for row in grid.rows] == [
        [cell.replace("|", "") for cell in row] for row in rows
    ]


def path(x: float, y: float, points: list[tuple[float, float]], *, closed: bool = False) -> str:
    """A path object in millimetres from its boundary's corner."""
    strokes = " ".join(f"{'L' if n else 'M'} {px:g} {py:g}" for n, (px, py) in enumerate(points))
    data = strokes + (" C" if closed else "")
    return (
        f'<ofd:PathObject ID="8" Boundary="{x:g} {y:g} 150 60" LineWidth="0.2">'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )
