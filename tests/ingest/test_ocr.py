"""Scans, photographs, pages whose text layer lies: recognised page by page, with boxes; marks seen before storing."""

from __future__ import annotations

import random
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import ReadError
from corpus.model import Span
from ingest.read import DEFAULT_LIMITS, FileResult, Limits, read_file, read_many
from ingest.readers.garbage import is_garbage
from ingest.readers.ocr import is_here, read_picture
from ingest.words import words

needs_ocr = pytest.mark.skipif(not is_here(), reason="the extra ocr (rapidocr) is not installed")

TITLE = "德清县：驿站暖人心"
TEXT = "近日，德清县新建驿站12个，服务骑手3,400人次，骑手歇脚、喝水、充电都有了去处，群众都说好。"
MORE = "下一步，德清县还要把驿站办到商圈和园区，让更多骑手受益。（虚构样例）"


def typeset(*pages: list[str], width: int = 320, height: int = 190) -> bytes:
    """A born-digital PDF, a page for each list of lines; the first line of the first page is larger."""
    if not has_font():
        pytest.skip("no Chinese font (fonts-noto-cjk) on this machine")
    return typeset_anyhow(*pages, width=width, height=height)


def typeset_anyhow(*pages: list[str], width: int, height: int) -> bytes:
    typst = pytest.importorskip("typst", reason="typst is not installed")
    lines = [
        f"#set page(width: {width}pt, height: {height}pt, margin: 24pt)",
        '#set text(font: "Noto Serif CJK SC", size: 11pt, lang: "zh")',
    ]
    for n, page in enumerate(pages):
        lines += ["#pagebreak()"] if n else []
        lines += [f"#align(center, text(size: 16pt)[{page[0]}])"] if not n else [page[0], ""]
        lines += [part for line in page[1:] for part in (line, "")]
    return bytes(typst.compile("\n".join(lines).encode()))


@cache
def has_font() -> bool:
    return len(read_glyphs(typeset_anyhow([TITLE, TEXT], width=320, height=190))) > 40


def read_glyphs(pdf: bytes) -> str:
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        return str(document[0].get_textpage().get_text_bounded())


def pictures(pdf: bytes, dpi: int = 200) -> list[Any]:
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=dpi / 72).to_pil().convert("L") for page in document]


def scanned(pdf: bytes, turn: float = 0.0) -> bytes:
    """The same as a scan: pictures only."""
    images = [image.rotate(turn, expand=True, fillcolor=255) if turn else image for image in pictures(pdf)]
    out = BytesIO()
    images[0].save(out, "PDF", save_all=True, append_images=images[1:], resolution=200)
    return out.getvalue()


def joined(*pdfs: bytes) -> bytes:
    import pypdf

    writer = pypdf.PdfWriter()
    for pdf in pdfs:
        writer.append(BytesIO(pdf))
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def without_maps(pdf: bytes) -> bytes:
    """The same without the fonts' maps to Unicode: it looks right and reads as garbage."""
    import pypdf

    writer = pypdf.PdfWriter(clone_from=BytesIO(pdf))
    for page in writer.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            font.get_object().pop("/ToUnicode", None)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def put(tmp_path: Path, name: str, data: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


@needs_ocr
@pytest.mark.parametrize("turn", [0.0, 0.7])
def test_a_scan_reads_as_its_original_with_boxes_on_the_page(tmp_path: Path, turn: float) -> None:
    data = scanned(typeset([TITLE, TEXT, MORE]), turn)
    result = read_file(put(tmp_path, "扫描.pdf", data))
    (article,) = result.articles
    assert (article.title, article.body) == (TITLE, f"{TEXT}\n{MORE}")
    assert article.place is not None and article.place.adcode == "330521"
    assert "ocr" in article.flags and result.document.reader == "rapidocr"
    at = article.body.index("3,400人次")
    source = article.source(Span(at, at + 7))
    assert source is not None and source.page == 1
    (image,) = pictures(data)
    lefts, tops, rights, bottoms = zip(*source.boxes, strict=True)
    hull = [round(v * 200 / 72) for v in (min(lefts), min(tops), max(rights), max(bottoms))]
    ink = image.crop((hull[0], hull[1], hull[2], hull[3])).point(lambda v: 255 * (v < 128)).getbbox()
    assert ink is not None and ink[2] - ink[0] > 0.85 * (hull[2] - hull[0])
    around = image.crop((hull[0] - 40, hull[1], hull[2] + 40, hull[3])).point(lambda v: 255 * (v < 128)).getbbox()
    assert around is not None and around[2] - around[0] > ink[2] - ink[0]


@needs_ocr
def test_titles_told_by_their_weight_alone_are_seen_on_a_scan(tmp_path: Path) -> None:
    titles = ["德清县：驿站暖人心", "余姚市：夜校进了村"]
    bold = [f'#text(font: "Noto Sans CJK SC", weight: "bold")[{title}]' for title in titles]
    texts = [TEXT, "近日，余姚市在26个村办起夜校，开课138场，学员里有骑手，也有种粮大户，大家都说办得好。"]
    pages = [bold[0], texts[0], MORE, bold[1], texts[1], MORE.replace("德清县", "余姚市")]
    data = scanned(typeset(["社会工作信息"], [*pages], height=420))
    articles = read_file(put(tmp_path, "简报.pdf", data)).articles
    assert [(a.title, a.place.name if a.place else None) for a in articles] == [
        (titles[0], "德清县"),
        (titles[1], "余姚市"),
    ]


def test_nothing_is_lost_beside_a_space_that_has_no_box(monkeypatch: pytest.MonkeyPatch) -> None:
    numpy = pytest.importorskip("numpy")
    text = "2026 年第16期，德清县办"
    corners = [[(20 * i, 0), (20 * i + 20, 0), (20 * i + 20, 20), (20 * i, 20)] for i in range(len(text))]
    placed = [(char, 1.0, box) for char, box in zip(text, corners, strict=True) if char != " "]
    box = [(0, 0), (20 * len(text), 0), (20 * len(text), 20), (0, 20)]
    monkeypatch.setattr("ingest.readers.ocr._lines", lambda _: [(box, text, 1.0, placed)])
    glyphs = read_picture(numpy.full((40, 400, 3), 255, dtype="uint8"), 1, 1.0).glyphs
    assert [(g.char, g.left) for g in glyphs] == [(char, 20.0 * i) for i, char in enumerate(text) if char != " "]


@needs_ocr
@pytest.mark.parametrize("turn", [0.0, 0.7, -0.7])
def test_cells_of_a_table_on_a_scan_stand_where_they_are_printed(tmp_path: Path, turn: float) -> None:
    rows = [["镇", "驿站（个）", "主要做法"], ["武康镇", "12", "设置饮水机、充电柜和休息区，全天开放"]]
    rows += [["乾元镇", "", "把驿站建在商圈"], ["合计", "12", ""]]
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    table = f"#table(columns: (60pt, 60pt, 130pt), inset: 6pt, {cells})"
    data = scanned(typeset([TITLE, TEXT, table, MORE], height=320), turn)
    (article,) = read_file(put(tmp_path, "扫描.pdf", data)).articles
    (grid,) = article.tables
    assert [[cell.of(article.body) for cell in row] for row in grid.rows] == rows
    assert article.body.startswith(TEXT) and article.body.endswith(MORE)


@needs_ocr
@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_on_its_side_is_turned(tmp_path: Path, degrees: int) -> None:
    image = pictures(typeset([TITLE, TEXT, MORE]))[0].rotate(degrees, expand=True)
    out = BytesIO()
    image.save(out, "PNG", dpi=(200, 200))
    (article,) = read_file(put(tmp_path, "照片.png", out.getvalue())).articles
    assert (article.title, article.body) == (TITLE, f"{TEXT}\n{MORE}")


@needs_ocr
def test_only_the_pages_that_need_it_are_recognised(tmp_path: Path) -> None:
    first, second = typeset([TITLE, TEXT]), typeset(["其中，武康街道新建驿站5个，覆盖商圈3个，群众都说好。", MORE])
    result = read_file(put(tmp_path, "混合.pdf", joined(first, scanned(second))))
    (article,) = result.articles
    assert result.document.reader == "pdfium+rapidocr"
    assert article.body.startswith(TEXT) and article.body.endswith(MORE) and "武康街道新建驿站5个" in article.body


@needs_ocr
def test_a_text_layer_that_lies_is_not_believed(tmp_path: Path) -> None:
    data = without_maps(typeset([TITLE, TEXT, MORE]))
    assert TITLE[:4] not in read_glyphs(data)
    (article,) = read_file(put(tmp_path, "乱码.pdf", data)).articles
    assert (article.title, article.body) == (TITLE, f"{TEXT}\n{MORE}")


@needs_ocr
def test_a_mark_on_a_scan_is_seen(tmp_path: Path) -> None:
    data = scanned(typeset([TITLE, "机密★3年", TEXT]))
    with pytest.raises(ReadError) as caught:
        read_file(put(tmp_path, "扫描.pdf", data))
    assert caught.value.kind == "marked"


def test_common_characters_in_no_order_are_no_text() -> None:
    common = "".join(words("common_characters"))
    wrong = str.maketrans(common, "".join(random.Random(1).sample(common, len(common))))
    page = f"{TEXT}{MORE}" * 2
    assert not is_garbage(page) and is_garbage(page.translate(wrong))
    assert is_garbage(f"{page * 2}\n{page.translate(wrong)}"), "one font of several"
    rules = (files("ingest.data") / "pairs.txt").read_text(encoding="utf-8")
    assert sum(len(line) - 1 for line in rules.splitlines() if not line.startswith("#")) == 20_000


@pytest.mark.parametrize(
    "text",
    [
        "王秀英\n李国强\n张桂兰\n刘洪涛\n陈慧敏\n" * 20,
        "武康街道\n12\n85%\n乾元镇\n9\n77%\n" * 20,
        "縣委社會工作部選派黨建指導員，推動基層治理走深走實，各鄉鎮街道組織志願服務活動，群眾都說好。" * 4,
        "3\n—\n附件",
    ],
)
def test_names_tables_and_traditional_script_are_text(text: str) -> None:
    assert not is_garbage(text)


@pytest.mark.parametrize("degrees", [90, -90])
def test_a_mark_turned_on_the_side_of_a_page_is_seen(tmp_path: Path, degrees: int) -> None:
    mark = f"#place(left + horizon, dx: -20pt, rotate({degrees}deg, reflow: true)[机密★长期])"
    with pytest.raises(ReadError) as caught:
        read_file(put(tmp_path, "旁注.pdf", typeset([TITLE, mark, TEXT, MORE])))
    assert caught.value.kind == "marked"


@needs_ocr
def test_scans_can_be_put_off(tmp_path: Path) -> None:
    scan = put(tmp_path, "扫描.pdf", scanned(typeset([TITLE, TEXT], [MORE])))
    ((_, result),) = read_many([scan], limits=Limits(ocr=False), work=read_file)
    assert isinstance(result, ReadError) and (result.kind, result.pages) == ("scan", 2)


def test_without_the_extra_a_scan_names_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.readers.pdf.is_here", lambda: False)
    path = put(tmp_path, "扫描.pdf", scanned(typeset([TITLE, TEXT])))
    with pytest.raises(ReadError, match="扫描件.*tongjian") as caught:
        read_file(path)
    assert caught.value.kind == "no_text"


def test_without_the_extra_the_readable_pages_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.readers.pdf.is_here", lambda: False)
    data = joined(typeset([TITLE, TEXT]), scanned(typeset([MORE])))
    result = read_file(put(tmp_path, "混合.pdf", data))
    assert result.document.unread == (2,)
    assert "pages_unread" in result.articles[0].flags and result.articles[0].body == TEXT


@needs_ocr
def test_a_dense_page_at_300_dpi_is_read_within_the_limits_of_a_scan(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    pictures(typeset([TITLE, *([TEXT * 4] * 10)], width=595, height=842), dpi=300)[0].save(path)
    [(_, found)] = read_many([path], workers=1, limits=lambda _: DEFAULT_LIMITS.for_scan(1), work=read_file)
    assert isinstance(found, FileResult), found
