"""PDF → blocks in reading order, from characters with boxes; the order in which they were drawn is not trusted."""

from __future__ import annotations

import ctypes
import logging
import math
from io import BytesIO
from typing import TYPE_CHECKING

from corpus.errors import ReadError
from corpus.model import Box
from ingest.block import Block, Source
from ingest.readers.faces import Faces
from ingest.readers.glyphs import Glyph
from ingest.readers.layout import read_pages
from ingest.sniff import PDF
from ingest.traced import Traced

if TYPE_CHECKING:
    import pypdfium2  # type: ignore[import-untyped]

_log = logging.getLogger(__name__)
_MOST_PAGES = 5000
_FEW = 20
_OCR = "扫描件的文字识别（OCR）将在后续版本提供，请先用其他软件识别成可复制文字的 PDF 或 DOCX。"
_COMMON = frozenset("的一是在不了有和人中大为上个国工作会发展组织建设党员社区服务区市县以及对等年月日")


def read_pdf(data: bytes, name: str) -> Source:
    """The text of a PDF.

    Raises:
        ReadError: kind ``encrypted``, ``damaged``, ``too_large`` or ``no_text`` (scanned, or its fonts cannot be read).
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as exc:
        if exc.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
            raise ReadError("encrypted", f"文件 {name!r} 有密码，请去掉密码后再导入。") from exc
        raise ReadError("damaged", f"文件 {name!r} 已损坏或不完整，PDF 打不开，请重新获取后再导入。") from exc
    with document:
        count = len(document)
        if count > _MOST_PAGES:
            raise ReadError("too_large", f"文件 {name!r} 有 {count} 页，超过 {_MOST_PAGES} 页，请拆分后再导入。")
        try:
            pages = [_page(document[i], i, data) for i in range(count)]
        except pypdfium2.PdfiumError as exc:
            raise ReadError("damaged", f"文件 {name!r} 的某一页已损坏，请重新获取后再导入。") from exc
    blocks, margins = read_pages(pages)
    reader = "pdfium"
    if sum(len(b.text) for b in blocks) < _FEW * max(1, count):
        blocks, reader = _second_opinion(data, blocks), "pypdf"
    text = "".join(b.text for b in blocks)
    if len(text) < _FEW * max(1, count) and len(text) < 200:
        raise ReadError("no_text", f"文件 {name!r} 几乎没有文字，可能是扫描件。{_OCR}")
    if _unreadable(text):
        raise ReadError("no_text", f"文件 {name!r} 的字体缺少文字对照表，读出的是乱码。{_OCR}")
    return Source(tuple(blocks), PDF, reader, pages=count, margins=tuple(margins))


def _page(page: pypdfium2.PdfPage, index: int, data: bytes) -> list[Glyph]:
    found = _glyphs(page, index + 1) + _lost(page, index, data)
    page.close()
    return found


def _glyphs(page: pypdfium2.PdfPage, number: int) -> list[Glyph]:
    """The visible characters of a page with boxes from its top left corner, as the page is seen."""
    from pypdfium2 import raw

    turn = page.get_rotation()
    left, bottom, right, top = page.get_cropbox() or page.get_mediabox()
    text = page.get_textpage()
    out: list[Glyph] = []
    page_size = (right - left, top - bottom)
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    spaced, faces = False, Faces(text)
    for i in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, i)
        char = chr(code) if 0 < code < 0x110000 else "�"
        if char.isspace() or code < 32:
            spaced = spaced or (not raw.FPDFText_IsGenerated(text, i) and char not in "\r\n")
            continue
        if not raw.FPDFText_GetLooseCharBox(text, i, ctypes.byref(box)):
            continue
        if not all(map(math.isfinite, (box.left, box.top, box.right, box.bottom))):
            continue
        raw.FPDFText_GetCharOrigin(text, i, ctypes.byref(x), ctypes.byref(y))
        seen = _turned((box.left - left, top - box.top, box.right - left, top - box.bottom), turn, page_size)
        base = _turned((x.value - left, top - y.value, x.value - left, top - y.value), turn, page_size)[1]
        size = _size(float(raw.FPDFText_GetFontSize(text, i)), seen)
        out.append(Glyph(char, *seen, size, number, base, spaced, faces.of(i)))
        spaced = False
    text.close()
    return out


def _lost(page: pypdfium2.PdfPage, index: int, data: bytes) -> list[Glyph]:
    """Strings of one character in a font that is not in the file: PDFium gives them no extent and leaves them out."""
    from pypdfium2 import raw

    points = []
    for item in page.get_objects(filter=(raw.FPDF_PAGEOBJ_TEXT,), max_depth=1):
        left, bottom, right, top = item.get_bounds()
        if right <= left and top <= bottom:
            points.append((left, bottom))
    if not points or page.get_rotation():
        return []
    found: list[Glyph] = []
    corner_left, _, _, corner_top = page.get_cropbox() or page.get_mediabox()

    def keep(text: str, _cm: object, tm: list[float], _font: object, size: float) -> None:
        x, y, size = tm[4], tm[5], size * abs(tm[3] or 1.0)
        if len(text.strip()) == 1 and any(abs(x - px) < 1 and abs(y - py) < 1 for px, py in points):
            box = (x - corner_left, corner_top - y - 0.88 * size, x - corner_left + size, corner_top - y + 0.12 * size)
            found.append(Glyph(text.strip(), *box, size, index + 1, corner_top - y, False))

    import pypdf

    try:
        pypdf.PdfReader(BytesIO(data)).pages[index].extract_text(visitor_text=keep)
    except Exception as exc:  # as in _second_opinion
        _log.info("pypdf could not read page %d: %s", index + 1, type(exc).__name__)
    return found


def _size(size: float, box: Box) -> float:
    """The type size as drawn: the font's own is 1 where the text matrix scales it, the box of 一 may be flat."""
    height = max(box[3] - box[1], 0.9 * (box[2] - box[0]))
    return height if size < 2 or size > 3 * height > 0 else size


def _turned(box: Box, turn: int, page_size: tuple[float, float]) -> Box:
    """A box on a page that is shown turned clockwise by ``turn`` degrees."""
    left, top, right, bottom = box
    width, height = page_size
    if turn == 90:
        return height - bottom, left, height - top, right
    if turn == 180:
        return width - right, height - bottom, width - left, height - top
    if turn == 270:
        return top, width - right, bottom, width - left
    return box


def _second_opinion(data: bytes, blocks: list[Block]) -> list[Block]:
    """What pypdf reads, if that is more; it gives no boxes."""
    import pypdf

    try:
        pages = [page.extract_text() or "" for page in pypdf.PdfReader(BytesIO(data)).pages]
    except Exception as exc:  # pypdf raises many kinds on damaged files, and this is only a second opinion
        _log.info("pypdf could not read the file: %s", type(exc).__name__)
        return blocks
    theirs = [
        Block(Traced(line.strip()), page=n) for n, p in enumerate(pages, 1) for line in p.split("\n") if line.strip()
    ]
    return theirs if sum(len(b.text) for b in theirs) > 2 * sum(len(b.text) for b in blocks) else blocks


def _unreadable(text: str) -> bool:
    """Whether the characters are not those of any text: private, missing, or Chinese without one common character."""
    text = "".join(text.split())
    strange = sum(
        "\ue000" <= c <= "\uf8ff" or c == "�" or ord(c) < 32 or "Ā" <= c <= "ʯ" or "֐" <= c <= "᳿" for c in text
    )
    chinese = [c for c in text if "㐀" <= c <= "鿿"]
    common = sum(c in _COMMON for c in chinese)
    return strange * 5 > len(text) or (len(chinese) > 100 and common * 50 < len(chinese))
