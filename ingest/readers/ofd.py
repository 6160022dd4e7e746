"""OFD (GB/T 33190-2016, the fixed layout of electronic 公文) → blocks in reading order, as from a PDF.

Seals and annotations are no text; they, and what is laid over a page such as a watermark, are kept with the margins. A
page of which anything cannot be read is told, and the others are read.
"""

from __future__ import annotations

import logging

from corpus.errors import ReadError
from ingest.block import Source
from ingest.dates import find_date
from ingest.readers.garbage import is_garbage, said
from ingest.readers.glyphs import Glyph
from ingest.readers.layout import read_pages
from ingest.readers.ocr import FEW, REMEDY, Pose, as_they_lie, is_here, put_off, read_picture, recognised
from ingest.readers.ofd_package import Body, Package, PageRef
from ingest.readers.ofd_page import POINTS, Budget, Drawing, Picture, TooMuch
from ingest.readers.ofd_pictures import is_covered, shown
from ingest.readers.ofd_text import glyphs_of, parted, quarter_of
from ingest.readers.ofd_xml import Box, PartError, child, children, page_box, text_of
from ingest.readers.rules import Rules
from ingest.sniff import OFD

_log = logging.getLogger(__name__)
_MOST_PAGES = 5_000
_A4 = (0.0, 0.0, 210.0, 297.0)


def read_ofd(data: bytes, name: str, *, ocr: bool = True) -> Source:
    """The text of an OFD file; a page that is a scan is recognised.

    Raises:
        ReadError: kind ``damaged``, ``encrypted``, ``too_large``, ``no_text``, or ``scan`` where ``ocr`` is put off.
    """
    try:
        package = Package(data, name)
        if package.encrypted:
            raise ReadError("encrypted", f"文件 {name!r} 已加密，请解密后再导入。")
        bodies = list(package.bodies())
        listed = [page for body in bodies for page in body.pages]
        if len(listed) > _MOST_PAGES:
            raise ReadError("too_large", f"文件 {name!r} 超过 {_MOST_PAGES} 页，请拆分后再导入。")
        pages = _Pages(package, listed)
    except PartError as exc:
        raise _damaged(name) from exc
    except TooMuch as exc:
        raise ReadError("too_large", f"文件 {name!r} 内容过多，请拆分后再导入。") from exc
    if pages.pictures and is_here():
        if not ocr:
            raise put_off(name, len(pages.pictures))
        pages.recognise()
    return _source(pages, bodies, name)


class _Pages:
    """The characters of each page, and what was found out about pages by their numbers (from 1).

    ``pictures`` are those of the pages to be recognised, ``spoilt`` the pages of which something could not be read,
    ``garbled`` those whose characters are not what they show.
    """

    def __init__(self, package: Package, listed: list[PageRef]) -> None:
        self.package = package
        self.glyphs: list[list[Glyph]] = []
        self.rules: list[Rules] = []
        self.sizes: list[tuple[float, float]] = []
        self.pictures: dict[int, list[Picture]] = {}
        self.poses: dict[int, Pose] = {}
        self.recognised: dict[int, Pose] = {}
        self.spoilt: set[int] = set()
        self.garbled: set[int] = set()
        self.aside = dict.fromkeys(note for page in listed for note in page.document.notes if note)
        budget = Budget()
        for number, page in enumerate(listed, 1):
            self._add(number, self._drawn(page, budget))

    def recognise(self) -> None:
        """Read the pictures; what no picture shows stays as the page's text objects say."""
        for number, pictures in self.pictures.items():
            page = shown(self.package, pictures, self.sizes[number - 1])
            if page is None:
                continue
            seen = read_picture(page[0], number, page[1])
            if len(seen.glyphs) >= max(1, len(self.glyphs[number - 1])):
                self.glyphs[number - 1], self.recognised[number], self.rules[number - 1] = seen
                self.poses[number] = seen.pose

    def _drawn(self, page: PageRef, budget: Budget) -> Drawing:
        try:
            if not page.path:
                raise PartError("page")
            content, whole = self.package.partly(page.path)
        except PartError:
            return Drawing({}, budget, page.document.box or _A4, whole=False)
        under = [page.document.templates.get(e.get("TemplateID", "")) for e in children(content, "Template")]
        boxes: list[Box | None] = [page_box(content), *(page_box(t[0]) for t in under if t), page.document.box]
        own = self.package.resources(content, ("PageRes",), page.path)
        box = next((box for box in boxes if box), _A4)
        drawing = Drawing({**page.document.resources, **own}, budget, box, whole=whole)
        for template in under:
            if template is not None:
                drawing.draw(template[0])
            drawing.whole = drawing.whole and template is not None and template[1]
        drawing.draw(content)
        return drawing

    def _add(self, number: int, drawing: Drawing) -> None:
        size = (drawing.box[2] * POINTS, drawing.box[3] * POINTS)
        quarter = quarter_of(drawing.runs)
        runs, aside = parted(drawing.runs, quarter)
        glyphs = glyphs_of(runs, number, quarter, size)
        if not drawing.whole or any(g.char == "�" for g in glyphs):
            self.spoilt.add(number)
        if is_garbage(said(glyphs)):
            glyphs = []
            self.garbled.add(number)
        if quarter:
            self.poses[number] = Pose(quarter, 0.0, size)
        if len(glyphs) < FEW and is_covered(drawing.pictures, size):
            self.pictures[number] = drawing.pictures
        self.aside |= dict.fromkeys(aside)
        self.glyphs.append(glyphs)
        self.rules.append(Rules() if quarter else drawing.rules)
        self.sizes.append(size)


def _source(pages: _Pages, bodies: list[Body], name: str) -> Source:
    """The source of the pages, or why there is none."""
    count = len(pages.glyphs)
    blocks, margins, edges = read_pages(pages.glyphs, pages.rules)
    if not blocks and pages.spoilt and not pages.garbled and not pages.pictures:
        raise _damaged(name)
    if not blocks or is_garbage("\n".join(b.text for b in blocks)):
        why = "是扫描件" if pages.pictures else "里没有可读的文字，或字体缺少文字对照表"
        raise ReadError("no_text", f"文件 {name!r} {why}。{REMEDY}")
    asked = sorted(number - 1 for number in pages.spoilt | pages.garbled | set(pages.pictures))
    unread, flags = recognised(asked, pages.recognised)
    if unread:
        _log.warning("%s: pages not read: %s", name, unread)
    about = next((body.info for body in bodies if any(page.path for page in body.pages)), None)
    seen = len(pages.recognised)
    return Source(
        tuple(as_they_lie(blocks, pages.poses)),
        OFD,
        "rapidocr" if seen == count else "ofd+rapidocr" if seen else "ofd",
        pages=count,
        margins=(*margins, *pages.aside),
        edges=edges,
        title=text_of(child(about, "Title")) or None,
        author=text_of(child(about, "Author")) or None,
        published_on=find_date(text_of(child(about, "CreationDate"))),
        flags=flags,
        unread=unread,
    )


def _damaged(name: str) -> ReadError:
    return ReadError("damaged", f"文件 {name!r} 已损坏，OFD 内容读不出来，请重新获取后再导入。")
