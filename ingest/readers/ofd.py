"""OFD (GB/T 33190-2016), the fixed layout of electronic 公文 → blocks in reading order, as for PDF.

Pages and their templates are drawn in millimetres; text stands in TextCode elements, character by character.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from corpus.errors import ReadError
from corpus.model import Box
from ingest.block import Source
from ingest.dates import find_date
from ingest.readers.glyphs import Glyph
from ingest.readers.layout import read_pages
from ingest.readers.ocr import FEW, REMEDY, as_they_lie, is_here, put_off, recognised
from ingest.readers.ofd_pictures import Scans
from ingest.readers.package import BROKEN, open_package
from ingest.sniff import OFD
from ingest.typography import is_cjk

_POINTS = 72 / 25.4
_MOST_PAGES = 5_000
_DEEPEST = 8


def read_ofd(data: bytes, name: str, *, ocr: bool = True) -> Source:
    """The text of an OFD file; a page that is only pictures is recognised.

    Raises:
        ReadError: kind ``damaged``, ``encrypted``, ``too_large``, ``no_text``, or ``scan`` where ``ocr`` is put off.
    """
    try:
        package = _Package(open_package(data, name), name)
        pages = [page for root in package.roots() for page in package.pages(root)]
        scans = Scans(package.read, [page.pictures if len(page.glyphs) < FEW else [] for page in pages])
        if scans.pages and is_here():
            if not ocr:
                raise put_off(name, len(scans.pages))
            for at, glyphs in scans.recognised():
                pages[at].glyphs[:] = glyphs
    except BROKEN as exc:
        raise ReadError("damaged", f"文件 {name!r} 已损坏，OFD 内容读不出来，请重新获取后再导入。") from exc
    blocks, margins = read_pages([page.glyphs for page in pages])
    if not blocks:
        raise ReadError("no_text", f"文件 {name!r} 里没有文字，可能是扫描件。{REMEDY}")
    unread, flags = recognised(scans.pages, scans.poses)
    return Source(
        tuple(as_they_lie(blocks, scans.poses)), OFD, "ofd", pages=len(pages),
        margins=tuple(margins), title=package.told("Title"), author=package.told("Author"),
        published_on=find_date(package.told("CreationDate") or ""), flags=flags, unread=unread,
    )  # fmt: skip


@dataclass(slots=True)
class Page:
    """A page as drawn: its characters, and its pictures with their boxes in points and where they are stored."""

    number: int
    glyphs: list[Glyph] = field(default_factory=list)
    pictures: list[tuple[Box, str]] = field(default_factory=list)


class _Package:
    """The files of an OFD; ``read`` takes a path from the root."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        names = archive.namelist()
        if any(n.endswith("Encryptions.xml") for n in names):
            raise ReadError("encrypted", f"文件 {name!r} 已加密，请解密后再导入。")
        self.archive, self.name = archive, name
        self.names = {n.lower().lstrip("/"): n for n in names}
        self.top = self.xml("OFD.xml")
        self.count = 0

    def read(self, path: str) -> bytes:
        """The bytes of a file, whatever case its name is written in."""
        return self.archive.read(self.names[path.lower().lstrip("/")])

    def xml(self, path: str) -> Any:  # noqa: ANN401
        """The root of an XML file; entities and anything outside the file are never followed."""
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        root = etree.fromstring(self.read(path), parser)
        if root.getroottree().docinfo.doctype:
            raise ValueError("DOCTYPE")
        return root

    def told(self, tag: str) -> str | None:
        """What the file says of itself."""
        return next((e.text.strip() for e in _each(self.top, tag) if e.text and e.text.strip()), None)

    def roots(self) -> Iterator[str]:
        """The documents in the package."""
        for element in _each(self.top, "DocRoot"):
            if element.text:
                yield _path("", element.text)

    def pages(self, root: str) -> Iterator[Page]:
        """The pages of a document in order, each with its templates under it."""
        document, folder = self.xml(root), posixpath.dirname(root)
        templates = {
            e.get("ID"): _path(folder, e.get("BaseLoc", ""))
            for e in _each(document, "TemplatePage")
            if e.get("BaseLoc")
        }
        media = dict(self._media(document, folder))
        template = cache(self.xml)
        for element in next(_each(document, "Pages"), ()):
            self.count += 1
            if self.count > _MOST_PAGES:
                raise ReadError("too_large", f"文件 {self.name!r} 超过 {_MOST_PAGES} 页，请拆分后再导入。")
            page = Page(self.count)
            content = self.xml(_path(folder, element.get("BaseLoc", "")))
            for used in _each(content, "Template"):
                if used.get("TemplateID") in templates:
                    _draw(template(templates[used.get("TemplateID")]), page, media)
            _draw(content, page, media)
            yield page

    def _media(self, document: Any, folder: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401
        """Where the picture of each resource id is stored."""
        for kind in ("PublicRes", "DocumentRes"):
            for named in _each(document, kind):
                path = _path(folder, named.text or "")
                if path.lower() not in self.names:
                    continue
                resources = self.xml(path)
                base = _path(posixpath.dirname(path), resources.get("BaseLoc", "")) if resources.get("BaseLoc") else ""
                for medium in _each(resources, "MultiMedia"):
                    for file in _each(medium, "MediaFile"):
                        yield medium.get("ID", ""), _path(base or posixpath.dirname(path), file.text or "")


def _draw(content: Any, page: Page, media: dict[str, str]) -> None:  # noqa: ANN401
    """Put the text and pictures of a content file on a page."""
    stack = [(layer, 0) for layer in reversed(list(_each(content, "Layer")))]
    while stack:
        block, depth = stack.pop()
        for element in block:
            tag = _tag(element)
            if element.get("Visible") == "false":
                continue
            if tag == "PageBlock" and depth < _DEEPEST:
                stack.append((element, depth + 1))
            elif tag == "TextObject":
                page.glyphs.extend(_text(element, page.number))
            elif tag == "ImageObject" and element.get("ResourceID") in media:
                left, top, width, height = _numbers(element.get("Boundary"), 4)
                box = (left * _POINTS, top * _POINTS, (left + width) * _POINTS, (top + height) * _POINTS)
                page.pictures.append((box, media[element.get("ResourceID")]))


def _text(element: Any, page: int) -> Iterator[Glyph]:  # noqa: ANN401
    """The characters of a text object."""
    left, top, _, _ = _numbers(element.get("Boundary"), 4)
    a, b, c, d, e, f = _numbers(element.get("CTM"), 6) if element.get("CTM") else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    size = float(element.get("Size", "0"))
    drawn = size * (c * c + d * d) ** 0.5 * _POINTS
    across = float(element.get("HScale", "1")) * (a * a + b * b) ** 0.5
    x = y = 0.0
    for code in _each(element, "TextCode"):
        text = code.text or ""
        x, y = float(code.get("X", x)), float(code.get("Y", y))
        steps = list(zip(_deltas(code.get("DeltaX"), len(text)), _deltas(code.get("DeltaY"), len(text)), strict=True))
        spaced = False
        for char, (dx, dy) in zip(text, steps, strict=True):
            own = size * (1.0 if is_cjk(char) else 0.5)
            if char.isspace():
                spaced = True
            else:
                wide = dx if 0 < dx < 1.3 * own else own
                at = (left + a * x + c * y + e) * _POINTS
                base = (top + b * x + d * y + f) * _POINTS
                right = at + wide * across * _POINTS
                yield Glyph(char, at, base - 0.86 * drawn, right, base + 0.14 * drawn, drawn, page, base, spaced)
                spaced = False
            x, y = x + (dx or (0.0 if dy else own)), y + dy


def _deltas(written: str | None, n: int) -> list[float]:
    """The steps from character to character; ``g 3 4.2`` stands for three steps of 4.2, the last one goes on.

    >>> _deltas("4 g 2 5.5", 5)
    [4.0, 5.5, 5.5, 5.5, 5.5]
    """
    words = (written or "").split()
    steps: list[float] = []
    while words and len(steps) < n:
        word = words.pop(0)
        if word == "g" and len(words) > 1:
            times, step = int(words.pop(0)), float(words.pop(0))
            steps += [step] * min(times, n)
        else:
            steps.append(float(word))
    return (steps + [steps[-1] if steps else 0.0] * n)[:n]


def _numbers(written: str | None, n: int) -> Sequence[float]:
    found = [float(word) for word in (written or "").split()]
    if len(found) != n:
        raise ValueError(written)
    return found


def _path(folder: str, loc: str) -> str:
    """A location, from the root if it begins with a slash, else from the folder of the file that names it."""
    loc = loc.strip().replace("\\", "/")
    return posixpath.normpath(loc if loc.startswith("/") else posixpath.join(folder, loc)).lstrip("/")


def _each(root: Any, tag: str) -> Iterator[Any]:  # noqa: ANN401
    """The elements of a name below a root, whatever their namespace prefix."""
    return (e for e in root.iter() if _tag(e) == tag)


def _tag(element: Any) -> str:  # noqa: ANN401
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""
