"""The parts of an OFD package (GB/T 33190-2016): a ZIP of XML files that name each other, each producer its own way."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from ingest.readers.ofd_xml import Box, Element, PartError, child, descendants, page_box, parsed, text_of
from ingest.readers.package import BROKEN, is_locked, open_package, read_part

Resource = tuple[Any, str]
"""An element, and the path of the file that its own paths are relative to."""


@dataclass(frozen=True, slots=True)
class DocumentParts:
    """What the pages of a document share: the box of a page in millimetres, templates and resources by their ids.

    A template is the root of its content and whether all of it could be read. ``notes`` are the texts of annotations.
    """

    box: Box | None = None
    templates: dict[str, tuple[Element, bool]] = field(default_factory=dict)
    resources: dict[str, Resource] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PageRef:
    """A page: where its content is ("" where it is nowhere), and of which of the package's documents it is one."""

    path: str
    document: DocumentParts


@dataclass(frozen=True, slots=True)
class Body:
    """A document of the package: what it says about itself, and its pages."""

    info: Element
    pages: list[PageRef]


class Package:
    """An opened package. ``name`` is the file's, for its errors."""

    def __init__(self, data: bytes, name: str) -> None:
        """Open it.

        Raises:
            ReadError: kind ``too_large``.
            PartError: it is no whole ZIP.
        """
        try:
            self._archive = open_package(data, name)
        except BROKEN as exc:
            raise PartError(name) from exc
        self._name = name
        self._parts: dict[str, zipfile.ZipInfo] = {}
        for info in self._archive.infolist():
            for spelling in _spellings(info):
                self._parts.setdefault(_key(spelling), info)

    @property
    def encrypted(self) -> bool:
        """Whether its parts are locked, by the ZIP or as GM/T 0099 does it."""
        if is_locked(self._archive) or any(posixpath.basename(key) == "encryptions.xml" for key in self._parts):
            return True
        return "ofd.xml" in self._parts and bool(descendants(self.partly("OFD.xml")[0], "Encryptions"))

    def find(self, location: str, *of: str) -> str:
        """The path of a location named in the part ``of``: relative to it, or from the root (with ``/``, or in error).

        Raises:
            PartError: there is no such part.
        """
        location = location.strip().replace("\\", "/")
        folders = [] if location.startswith("/") else [posixpath.dirname(path) for path in of]
        for spelling in dict.fromkeys((location, unquote(location), unquote(location, "gb18030"))):
            for folder in (*folders, ""):
                path = posixpath.join(folder, spelling.lstrip("/"))
                if _key(path) in self._parts:
                    return path
        raise PartError(location)

    def read(self, path: str) -> bytes:
        """The bytes of a part.

        Raises:
            PartError: it is missing or damaged.
            ReadError: kind ``too_large``.
        """
        try:
            return read_part(self._archive, self._parts[_key(path)], self._name)
        except (*BROKEN, EOFError, RuntimeError) as exc:
            raise PartError(path) from exc

    def partly(self, path: str) -> tuple[Element, bool]:
        """The root element of a part, and whether all of it could be read.

        Raises:
            PartError: it is missing, no XML, or declares entities.
        """
        return parsed(self.read(path), path)

    def root(self, path: str) -> Element:
        """The root element of a part that is whole.

        Raises:
            PartError: it is missing or damaged, or declares entities.
        """
        root, whole = self.partly(path)
        if not whole:
            raise PartError(path)
        return root

    def bodies(self) -> Iterator[Body]:
        """The documents in their order; one that cannot be read has one page that is nowhere.

        Raises:
            PartError: the entry cannot be read.
        """
        for body in descendants(self.root("OFD.xml"), "DocBody"):
            info = child(body, "DocInfo")
            for named in descendants(body, "DocRoot"):
                try:
                    path = self.find(text_of(named), "OFD.xml")
                    document = self.root(path)
                except PartError:
                    yield Body(info, [PageRef("", DocumentParts())])
                else:
                    yield Body(info, list(self._pages(document, path)))

    def resources(self, root: Element, kinds: tuple[str, ...], of: str) -> dict[str, Resource]:
        """The pictures and composites that a document or page names in elements of these kinds."""
        found: dict[str, Resource] = {}
        for named in (e for kind in kinds for e in descendants(root, kind)):
            try:
                path = self.find(text_of(named), of)
                listed, _ = self.partly(path)
            except PartError:
                continue
            base = posixpath.join(posixpath.dirname(path), listed.get("BaseLoc", "").replace("\\", "/"), "_")
            for kind in ("MultiMedia", "CompositeGraphicUnit"):
                found |= {item.get("ID", ""): (item, base) for item in descendants(listed, kind)}
        return found

    def _pages(self, document: Element, path: str) -> Iterator[PageRef]:
        parts = DocumentParts(
            page_box(child(document, "CommonData")),
            resources=self.resources(document, ("PublicRes", "DocumentRes"), path),
            notes=list(self._notes(document, path)),
        )
        for template in descendants(document, "TemplatePage"):
            try:
                parts.templates[template.get("ID", "")] = self.partly(self._located(template, path))
            except PartError:
                continue
        for page in descendants(child(document, "Pages"), "Page"):
            try:
                yield PageRef(self._located(page, path), parts)
            except PartError:
                yield PageRef("", parts)

    def _located(self, element: Element, of: str) -> str:
        return self.find(element.get("BaseLoc") or text_of(child(element, "BaseLoc")), of)

    def _notes(self, document: Element, path: str) -> Iterator[str]:
        """The texts of annotations; those that cannot be read are left out."""
        for named in descendants(document, "Annotations"):
            try:
                listed = self.find(text_of(named), path)
                files = [text_of(e) for e in descendants(self.partly(listed)[0], "FileLoc")]
            except PartError:
                continue
            for file in files:
                try:
                    root, _ = self.partly(self.find(file, listed, path))
                except PartError:
                    continue
                for drawn in descendants(root, "TextObject"):
                    yield "".join("".join(code.itertext()).strip() for code in descendants(drawn, "TextCode"))


def _spellings(info: zipfile.ZipInfo) -> Iterator[str]:
    """The name of an entry as the ZIP gives it, in the encodings of writers that do not mark it, and unescaped."""
    names = [info.filename]
    if not info.flag_bits & 0x800 and not info.filename.isascii():
        raw = info.filename.encode("cp437", "replace")
        names += [raw.decode(encoding, "replace") for encoding in ("utf-8", "gb18030")]
    yield from names
    yield from (unquote(name) for name in names if "%" in name)


def _key(path: str) -> str:
    return posixpath.normpath(posixpath.join("/", path.replace("\\", "/"))).lstrip("/").lower()
