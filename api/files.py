"""The files that are taken in, and what they are known by."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath

from corpus.model import content_id

_LIBRARY = "catalogue.sqlite"
"""What tells the folder of a library."""
_NOT_DOCUMENTS = {"thumbs.db", "desktop.ini"}


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The files named, and those below the folders named, sorted within each; hidden and system files left out.

    A library below a folder is no material.

    Folders that cannot be opened, and links that lead nowhere or out of the folder, are among them: reading tells why.
    A link to what is in the folder anyway is not.
    """
    found: list[Path] = []
    for path in paths:
        found += sorted(_below(path)) if path.is_dir() else [path]
    return found


def _below(folder: Path) -> Iterator[Path]:
    root, closed = folder.resolve(), list[Path]()
    for at, folders, names in os.walk(folder, onerror=lambda exc: closed.append(Path(exc.filename))):
        if _LIBRARY in names:
            folders.clear()
            continue
        links = [name for name in folders if Path(at, name).is_symlink()]
        for path in (Path(at, name) for name in (*names, *links)):
            inside = path.is_symlink() and path.exists() and path.resolve().is_relative_to(root)
            if is_document(path.relative_to(folder)) and not inside:
                yield path
    yield from (path for path in closed if is_document(path.relative_to(folder)))


def leads_out(path: Path) -> bool:
    """Whether a file is a link to one that does not lie beside or below it."""
    return path.is_symlink() and path.exists() and not path.resolve().is_relative_to(path.parent.resolve())


def is_document(path: PurePath) -> bool:
    """Whether a file below a folder is taken in: no hidden file, no lock file of an open document."""
    hidden = any(part.startswith((".", "~$")) or part == "__MACOSX" for part in path.parts)
    return not hidden and path.name.lower() not in _NOT_DOCUMENTS


def is_text(path: Path) -> bool:
    """Whether a path can be stored and shown: a file named on another system may not be UTF-8."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def shown(path: Path) -> str:
    """A path in characters that can be stored; bytes that are no UTF-8 are read as GB18030.

    >>> shown(Path("材料/" + "项目.txt".encode("gbk").decode("utf8", "surrogateescape")))
    '材料/项目.txt'
    """
    if is_text(path):
        return str(path)
    return "/".join(p if is_text(Path(p)) else os.fsencode(p).decode("gb18030", "replace") for p in path.parts)


def document_id(path: Path) -> str | None:
    """The id a file's bytes give, or None where it cannot be read or is no regular file."""
    digest = hashlib.sha256()
    if not path.is_file():
        return None
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    except OSError:
        return None
    return content_id(digest.hexdigest())
