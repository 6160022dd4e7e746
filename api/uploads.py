"""Files that come in over HTTP: kept aside while they are taken in, and gone afterwards."""

from __future__ import annotations

import os
import re
import shutil
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, BinaryIO

from api.files import is_document
from api.incoming import Item
from api.shapes import report_json
from corpus.desk import Desk
from corpus.errors import NotFound, UsageError
from corpus.model import Progress
from corpus.retire import GONE

if TYPE_CHECKING:
    from api.library import Library
    from corpus.reading import DocumentState

_CONTROL = re.compile(r'[\x00-\x1f\x7f<>:"|?*]+')
_KEPT = 86_400
"""Seconds."""
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.I)
"""Names that Windows keeps for itself."""
_LONGEST = 200
"""Bytes of one part of a name."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file sent: its name, with the folders it lay in, and its bytes."""

    name: str
    file: BinaryIO


def keep(library: Path, uploads: Sequence[Upload]) -> Path:
    """Write the files into a folder of their own below the library, hidden and system files left out; the folder.

    Raises:
        UsageError: there is no file.
    """
    if not uploads:
        raise UsageError("没有收到文件，请选择文件后再上传。")
    folder = library / "uploads" / uuid.uuid4().hex[:16]
    for upload in uploads:
        if not is_document(PurePosixPath(*_parts(upload.name))):
            continue
        target = _free(folder.joinpath(*safe_parts(upload.name)))
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as out:
            shutil.copyfileobj(upload.file, out, 1 << 20)
    if not folder.exists():
        raise UsageError("选中的都是系统文件或隐藏文件，没有可导入的材料。")
    return folder


def forget_old(library: Path) -> None:
    """Take away what a server that was killed left of its uploads more than a day ago."""
    for folder in (library / "uploads").glob("*"):
        if time.time() - folder.stat().st_mtime > _KEPT:
            shutil.rmtree(folder, ignore_errors=True)


def safe_parts(name: str) -> list[str]:
    r"""The parts of a name sent by a browser, none of which leads out of a folder.

    >>> safe_parts("材料/../第1期.pdf"), safe_parts("C:\\下载\\甲.txt"), safe_parts("..")
    (['材料', '第1期.pdf'], ['下载', '甲.txt'], ['未命名'])
    """
    parts = [_CONTROL.sub("_", p).strip(" .") for p in _parts(name)]
    return [_shortened(f"_{p}" if _RESERVED.fullmatch(p) else p) for p in parts if p] or ["未命名"]


def _parts(name: str) -> list[str]:
    """The parts of a name as sent, steps up and drive letters left out."""
    return [p for p in re.split(r"[/\\]", re.sub(r"^[A-Za-z]:", "", name)) if p not in ("", ".", "..")]


def _shortened(part: str) -> str:
    stem, dot, ending = part.rpartition(".")
    if not dot or len(ending) > 10:
        stem, ending = part, ""
    room = _LONGEST - len(f".{ending}".encode())
    return stem.encode()[:room].decode(errors="ignore") + (f".{ending}" if ending else "")


def _free(path: Path) -> Path:
    """The path, or the first like it that is not taken."""
    found, n = path, 2
    while found.exists():
        found, n = path.with_stem(f"{path.stem}（{n}）"), n + 1
    return found


def taking_in(
    library: Library, folder: Path, known_as: Callable[[Item], Item] | None = None
) -> Callable[[Progress], dict[str, Any]]:
    """The work of taking in what was kept in a folder, which goes afterwards; ``known_as`` as in ``Library.ingest``."""
    known_as = known_as or _from(folder)

    def work(progress: Progress) -> dict[str, Any]:
        try:
            return report_json(library.ingest([folder], progress, known_as=known_as))
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    return work


def _from(folder: Path) -> Callable[[Item], Item]:
    """Knows files by their paths from a folder on."""
    return lambda item: replace(item, shown=item.shown.removeprefix(f"{folder}{os.sep}"), origin=item.shown, sent=True)


def _as_before(state: DocumentState, path: Path) -> Callable[[Item], Item]:
    """Knows the original at a path, and what lies in it, by what it was known by."""
    start, origin = state.document.path, state.origin or ""

    def known(item: Item) -> Item:
        within = item.shown.removeprefix(str(path))
        return replace(item, shown=start + within, origin=origin and origin + within, sent=True)

    return known


def bringing_back(library: Library, document: str) -> Callable[[Progress], dict[str, Any]]:
    """The work of taking in again the original of a document that was taken out.

    Raises:
        NotFound: there is no such document among those taken out, or its original is lost.
    """
    from corpus.blobs import Blobs

    state = Desk(library.catalogue.engine).document(document)
    kept = state and state.state in GONE and state.document.sha256
    content = Blobs(library.folder / "blobs").get(kept) if kept else None
    if not state or not content:
        raise NotFound(f"没有可恢复的文件 {document!r}。")
    folder = library.folder / "uploads" / uuid.uuid4().hex[:16]
    folder.mkdir(parents=True)
    path = folder / safe_parts(state.document.name)[-1]
    path.write_bytes(content)
    return taking_in(library, folder, _as_before(state, path))
