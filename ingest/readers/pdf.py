"""PDF → blocks in reading order, from characters with boxes; the order in which they were drawn is not trusted."""

from __future__ import annotations

import ctypes
import logging
import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING
from unicodedata import normalize

from corpus.errors import ReadError
from corpus.model import Box
from ingest.block import Block, Source
from ingest.readers.faces import Faces
from ingest.readers.garbage import is_garbage, is_wrong_map, said
from ingest.readers.glyphs import Glyph
from ingest.readers.layout import read_pages
from ingest.readers.ocr import FEW, LONGEST, REMEDY, Pose, as_they_lie, is_here, put_off, read_picture, recognised
from ingest.readers.pasted import without_print
from ingest.readers.pdfium import Address, address_of, calls
from ingest.readers.rules import Rules, page_rules
from ingest.sniff import PDF
from ingest.traced import Traced

if TYPE_CHECKING:
    import pypdf
    import pypdfium2

_log = logging.getLogger(__name__)
_MOST_PAGES = 5000
_MADE = re.compile(r"D:(20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")
_COVERED = 0.3
"""The share of a page that pictures cover on a scan."""
_OUTLINES = 300
"""So many paths and hardly a character: text turned into curves."""
_RADICALS = frozenset(normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6))
"""Characters that a font may map to radicals; PDFium, which says them as characters, then gives them a wrong box."""
_BELOW = 0.12
"""The share of a Chinese character's height below its base line."""
_DPI = 200
_FAR = 1e6


def read_pdf(data: bytes, name: str, *, ocr: bool = True) -> Source:
    """The text of a PDF; pages that are scans, or whose text layer is not what they show, are recognised.

    Raises:
        ReadError: kind ``encrypted``, ``damaged``, ``too_large``, ``no_text`` (nothing could be read), or ``scan``
            where pages must be recognised and ``ocr`` is put off.
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
            read = _Pages(document, data)
            if read.pictures and is_here():
                if not ocr:
                    raise put_off(name, len(read.pictures))
                read.recognise()
        except pypdfium2.PdfiumError as exc:
            raise ReadError("damaged", f"文件 {name!r} 的某一页已损坏，请重新获取后再导入。") from exc
    return _source(read, name)


class _Second:
    """The same file as pypdf reads it, opened where it is asked."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    @cached_property
    def reader(self) -> pypdf.PdfReader:
        """The reader; pypdf raises many kinds of errors on damaged files, here and when it is used."""
        import pypdf

        return pypdf.PdfReader(BytesIO(self._data))


class _Pages:
    """The characters of each page; ``pictures`` are the pages (from 0) that must be recognised."""

    def __init__(self, document: pypdfium2.PdfDocument, data: bytes) -> None:
        self.document = document
        self.second = _Second(data)
        self.glyphs: list[list[Glyph]] = []
        self.rules: list[Rules] = []
        self.pictures: list[int] = []
        self.poses: dict[int, Pose] = {}
        made = _MADE.match(document.get_metadata_value("CreationDate") or "")
        self.made_on = "-".join(made.groups()) if made else None
        for i in range(len(document)):
            page = document[i]
            found, bare = _glyphs(page, i + 1)
            found += _lost(page, i, self.second) if bare else []
            lies = _lies(found)
            if lies or _is_picture(page, found):
                self.pictures.append(i)
                found = [] if lies else found
            self.rules.append(Rules() if lies or not found or page.get_rotation() else page_rules(page))
            page.close()
            self.glyphs.append(found)

    def recognise(self) -> None:
        """Read the pictures; what no picture shows stays as its text layer says."""
        for i in self.pictures:
            page = self.document[i]
            width, height = page.get_size()
            scale = min(_DPI / 72, LONGEST / max(width, height, 1.0))
            picture = page.render(scale=scale).to_numpy()
            page.close()
            seen = read_picture(picture, i + 1, 1 / scale)
            if len(seen.glyphs) >= len(self.glyphs[i]):
                self.glyphs[i], self.poses[i + 1], self.rules[i] = seen


def _source(read: _Pages, name: str) -> Source:
    """The source of the pages, or why there is none."""
    count = len(read.glyphs)
    blocks, margins, edges = read_pages(read.glyphs, read.rules)
    blocks = as_they_lie(blocks, read.poses)
    unread, flags = recognised(read.pictures, read.poses)
    reader = "rapidocr" if len(read.poses) == count else "pdfium+rapidocr" if read.poses else "pdfium"
    if not read.poses and sum(len(b.text) for b in blocks) < FEW * max(1, count):
        theirs = _second_opinion(read.second)
        if sum(len(b.text) for b in theirs) > 2 * sum(len(b.text) for b in blocks):
            blocks, reader = theirs, "pypdf"
    text = "".join(b.text for b in blocks)
    if (
        (len(text) < FEW * max(1, count) and len(text) < 200 and not read.poses)
        or not text
        or is_garbage("\n".join(b.text for b in blocks))
    ):
        why = "是扫描件，或字体缺少文字对照表" if read.pictures else "几乎没有文字"
        raise ReadError("no_text", f"文件 {name!r} {why}。{REMEDY}")
    if unread:
        _log.warning("%s: pages not read: %s", name, unread)
    source = Source(
        tuple(blocks),
        PDF,
        reader,
        pages=count,
        margins=tuple(margins),
        edges=edges,
        flags=flags,
        unread=unread,
        made_on=None if reader == "rapidocr" else read.made_on,  # the day of a scan is not that of its paper
    )
    return without_print(source)


def _lies(found: list[Glyph]) -> bool:
    """Whether a page's characters are not what it shows."""
    return is_garbage(said(found)) or is_wrong_map(found)


def _is_picture(page: pypdfium2.PdfPage, found: list[Glyph]) -> bool:
    """Whether a page has hardly a character, but something to see."""
    from pypdfium2 import raw

    if len(found) >= FEW:
        return False
    width, height = page.get_size()
    covered, outlines = 0.0, 0
    for item in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH), max_depth=2):
        if item.type == raw.FPDF_PAGEOBJ_PATH:
            outlines += 1
            continue
        left, bottom, right, top = item.get_bounds()
        covered += max(0.0, right - left) * max(0.0, top - bottom)
    return covered >= _COVERED * width * height > 0 or outlines >= _OUTLINES


def _glyphs(page: pypdfium2.PdfPage, number: int) -> tuple[list[Glyph], bool]:
    """The visible characters of a page with boxes from its top left corner, as the page is seen.

    Also whether it uses a font that is not in the file. PDFium is asked as seldom as can be: the base line of a
    character is that of the last one where both stand as high in one text object.
    """
    from pypdfium2 import raw

    turn = page.get_rotation()
    left, bottom, right, top = page.get_cropbox() or page.get_mediabox()
    text = page.get_textpage()
    handle, chars = address_of(text.raw), _characters(text)
    out: list[Glyph] = []
    page_size = (right - left, top - bottom)
    x, y = ctypes.c_double(), ctypes.c_double()
    at_x, at_y, origin_of, item_of = ctypes.addressof(x), ctypes.addressof(y), calls().origin, calls().item
    spaced, high = False, 0.0
    faces = Faces(handle)
    last: Address | None = -1
    for i, (char, box) in enumerate(zip(chars, _boxes(handle, len(chars)), strict=True)):
        if char < " " or char.isspace():
            spaced = spaced or (char not in "\r\n" and not raw.FPDFText_IsGenerated(text.raw, i))
            continue
        if box is None:
            continue
        drawn = _as_drawn(handle, i, box) if char in _RADICALS else None
        its_left, its_top, its_right, its_bottom = drawn or box
        seen = (its_left - left, top - its_top, its_right - left, top - its_bottom)
        if not -_FAR < seen[0] + seen[1] + seen[2] + seen[3] < _FAR:  # nor is NaN
            continue
        item = item_of(handle, i)
        if item != last or its_bottom != high or turn:
            origin_of(handle, i, at_x, at_y)
            high = its_bottom
        if item != last:
            faces.turn_to(i, item)
            last = item
        if drawn:
            x.value, y.value, high = drawn[0], drawn[3] + _BELOW * (drawn[1] - drawn[3]), float("nan")
        base = top - y.value
        if turn:
            seen = _turned(seen, turn, page_size)
            base = _turned((x.value - left, base, x.value - left, base), turn, page_size)[1]
        size = faces.size
        if size < 2 or size > 3 * (seen[3] - seen[1]):
            size = _size(size, seen)
        out.append(Glyph(char, *seen, size, number, base, spaced, faces.name))
        spaced = False
    text.close()
    return out, faces.bare


def _as_drawn(handle: Address, i: int, box: Box) -> Box | None:
    """The box of an upright character by where it is drawn, where PDFium's does not begin there.

    That is told by the matrix of its text object for the first in it, by the character's origin for another.
    """
    item_of, origin_of, matrix_of = calls().item, calls().origin, calls().matrix
    matrix, x, y = (ctypes.c_float * 6)(), ctypes.c_double(), ctypes.c_double()
    known = matrix_of(handle, i, ctypes.addressof(matrix))
    if not known or not origin_of(handle, i, ctypes.addressof(x), ctypes.addressof(y)) or matrix[1] or matrix[2]:
        return None
    first = i == 0 or item_of(handle, i - 1) != item_of(handle, i)
    left, base = matrix[4:] if first else (x.value, y.value)
    em = calls().size(handle, i) * matrix[0]
    if em <= 2 or (abs(box[0] - left) < 0.02 * em and abs(box[3] - base) < em):
        return None
    return left, base + (1 - _BELOW) * em, left + em, base - _BELOW * em


def _boxes(handle: Address, count: int) -> Iterator[Box | None]:
    """Left, top, right and bottom of each character, from the page's lower left corner; None where it has none."""
    box_of = calls().box
    corners = (ctypes.c_float * (4 * count))()
    first = ctypes.addressof(corners)
    known = [box_of(handle, i, first + 16 * i) for i in range(count)]
    four = iter(corners[:])
    return (box if there else None for there, box in zip(known, zip(four, four, four, four, strict=True), strict=True))


def _characters(text: pypdfium2.PdfTextPage) -> Sequence[str]:
    """The characters of a page, one for each that PDFium counts: asked for together where they are as many.

    One beyond the first plane is counted as two: it stands at the first, and nothing at the second.
    """
    from pypdfium2 import raw

    count = text.count_chars()
    units = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(text.raw, 0, count, units) - 1
    whole = bytes(units)[: 2 * max(written, 0)].decode("utf-16-le", "replace")
    if written == len(whole) == count and "\0" not in whole and "�" not in whole:
        return whole
    codes = [raw.FPDFText_GetUnicode(text.raw, i) for i in range(count)]
    out = [chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else "�" for code in codes]
    for i, (high, low) in enumerate(pairwise(codes)):
        if 0xD800 <= high < 0xDC00 <= low < 0xE000:
            out[i], out[i + 1] = chr(0x10000 + ((high - 0xD800) << 10) + low - 0xDC00), ""
    return out


def _lost(page: pypdfium2.PdfPage, index: int, second: _Second) -> list[Glyph]:
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

    try:
        second.reader.pages[index].extract_text(visitor_text=keep)
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


def _second_opinion(second: _Second) -> list[Block]:
    """What pypdf reads; it gives no boxes."""
    try:
        pages = [page.extract_text() or "" for page in second.reader.pages]
    except Exception as exc:  # this is only a second opinion
        _log.info("pypdf could not read the file: %s", type(exc).__name__)
        return []
    return [
        Block(Traced(line.strip()), page=n) for n, p in enumerate(pages, 1) for line in p.split("\n") if line.strip()
    ]
