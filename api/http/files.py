"""Files made for one request: written aside, sent to be saved, gone afterwards."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from fastapi import UploadFile
from fastapi.responses import FileResponse
from starlette.background import BackgroundTask

from api.uploads import safe_parts

BYTES = "application/octet-stream"


@contextmanager
def uploaded(file: UploadFile) -> Iterator[Path]:
    """A file sent, under its own name, while a block runs."""
    with tempfile.TemporaryDirectory(prefix="tongjian-") as folder:
        path = Path(folder) / safe_parts(file.filename or "")[-1]
        with path.open("wb") as out:
            shutil.copyfileobj(file.file, out)
        yield path


def as_file(name: str, write: Callable[[Path], object], media_type: str = BYTES) -> FileResponse:
    """What ``write`` puts into a file with the ending of ``name``, to be saved under that name (RFC 6266, RFC 5987)."""
    folder = Path(tempfile.mkdtemp(prefix="tongjian-"))
    path = folder / f"out{Path(name).suffix}"
    try:
        write(path)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    gone = BackgroundTask(shutil.rmtree, folder, ignore_errors=True)
    return FileResponse(path, media_type=media_type, headers=named(name), background=gone)


def _short(name: str) -> str:
    stem, ending = Path(name).stem, Path(name).suffix
    return re.sub(r"[\x00-\x1f\ud800-\udfff/\\]", "_", stem[:80] + ending[:20])


def named(name: str) -> dict[str, str]:
    """The header that has a browser save what comes under a name, with an ASCII name for old clients.

    >>> named("清样.docx")
    {'Content-Disposition': "attachment; filename=tongjian.docx; filename*=UTF-8''%E6%B8%85%E6%A0%B7.docx"}
    """
    ending = Path(name).suffix
    ascii_name = f"tongjian{ending if ending.isascii() and ending[1:].isalnum() else ''}"
    return {
        "Content-Disposition": f"attachment; filename={ascii_name}; filename*=UTF-8''{quote(_short(name), safe='')}"
    }
