"""Documents that are ZIP packages (DOCX, OFD): opened only where what they hold stays in bounds."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

from corpus.errors import ReadError

BROKEN = (KeyError, ValueError, IndexError, zipfile.BadZipFile, zlib.error, SyntaxError, OSError, NotImplementedError)
"""What a damaged package raises, from zip, XML and relationships."""
_MOST_BYTES = 400_000_000


def open_package(data: bytes, name: str) -> zipfile.ZipFile:
    """The package's files.

    Raises:
        ReadError: kind ``too_large``; any of ``BROKEN`` where it is no whole ZIP.
    """
    archive = zipfile.ZipFile(BytesIO(data))
    if sum(info.file_size for info in archive.infolist()) > _MOST_BYTES:
        raise ReadError("too_large", f"文件 {name!r} 解压后过大，请拆分后再导入。")
    return archive
