"""Documents that are ZIP packages (DOCX, OFD, XLSX, ODS): opened only where what they hold stays in bounds."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from corpus.errors import ReadError

BROKEN = (KeyError, ValueError, IndexError, zipfile.BadZipFile, zlib.error, SyntaxError, OSError, NotImplementedError)
"""What a damaged package raises, from zip, XML and relationships."""
_MOST_BYTES = 400_000_000
_MOST_BYTES_OF_ONE = 100_000_000
_LOCKED = 0x1


def open_package(data: bytes, name: str) -> zipfile.ZipFile:
    """The package's files.

    Raises:
        ReadError: kind ``too_large``; any of ``BROKEN`` where it is no whole ZIP.
    """
    archive = zipfile.ZipFile(BytesIO(data))
    if sum(info.file_size for info in archive.infolist()) > _MOST_BYTES:
        raise ReadError("too_large", f"文件 {name!r} 解压后过大，请拆分后再导入。")
    return archive


def is_locked(archive: zipfile.ZipFile) -> bool:
    """Whether a part of the package needs a password."""
    return any(info.flag_bits & _LOCKED for info in archive.infolist())


def read_part(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    """The bytes of one part; no more is unpacked than it claims to hold.

    Raises:
        ReadError: kind ``too_large``; any of ``BROKEN`` where it is damaged.
    """
    if info.file_size > _MOST_BYTES_OF_ONE:
        raise ReadError("too_large", f"文件 {name!r} 中有一部分解压后过大，请拆分后再导入。")
    with archive.open(info) as part:
        return part.read(info.file_size + 1)


def xml_items(package: zipfile.ZipFile, path: str, tag: str) -> Iterator[Any]:
    """The elements of a local name in a part, one at a time: each is emptied when the next is asked for.

    Raises:
        KeyError: there is no such part.
        SyntaxError: the part is no whole XML.
    """
    from lxml import etree

    with package.open(path) as part:
        for _, element in etree.iterparse(part, tag="{*}" + tag, resolve_entities=False, no_network=True):
            yield element
            element.clear()
            while element.getprevious() is not None and element.getparent() is not None:
                del element.getparent()[0]


def parse_xml(data: bytes) -> Any:  # noqa: ANN401
    """The root of an XML text; its own entities stay unread.

    Raises:
        SyntaxError: it is no whole XML.
    """
    from lxml import etree

    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
