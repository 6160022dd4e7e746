"""Files on their way in: archives opened first, each of their files then read like any other, scans last."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, TypeVar

from api.files import is_text, leads_out, shown
from corpus.errors import ReadError

if TYPE_CHECKING:
    from corpus.model import Progress
    from ingest.read import Limits

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Item:
    """A file to take in: where it is, its path as people know it (材料.zip!/a.txt), why it is not there.

    ``origin`` is the absolute path by which a later version of it is known; a file that was ``sent`` has none that
    lasts, and is known by the path shown.
    """

    path: Path
    shown: str
    error: ReadError | None = None
    origin: str = ""
    sent: bool = False


@contextmanager
def opened(paths: Sequence[Path], aside: Path | None = None, workers: int = 1) -> Iterator[list[Item]]:
    """The files, those of archives and letters unpacked while the block runs, below ``aside`` or a temporary folder."""
    if aside is None:
        aside = Path(tempfile.mkdtemp(prefix="tongjian-"))
    else:
        shutil.rmtree(aside, ignore_errors=True)
    try:
        yield list(_items(paths, aside, workers))
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def read_items(
    items: Sequence[Item],
    work: Callable[[Path, Limits], R],
    *,
    skip: Container[int] = (),
    marked: Sequence[str] = (),
    workers: int = 1,
    progress: Progress | None = None,
    scanning: Progress | None = None,
) -> Iterator[tuple[int, R | ReadError]]:
    """The position of each item with what ``work`` makes of it or why it cannot be read: in order, scans at the end.

    ``work`` runs in child processes. The positions in ``skip`` are not read; ``marked`` are the paths of files that
    were found marked before. ``progress`` hears of every item and ``scanning`` of every scan, when the caller is done
    with it.
    """
    from ingest.containers import is_letter
    from ingest.read import DEFAULT_LIMITS, read_many

    errors = {at: error for at, item in enumerate(items) if (error := item.error or _refused(item))}
    wanted = [at for at in range(len(items)) if at not in skip and at not in errors]
    letters = dict.fromkeys(at for at in wanted if is_letter(items[at].path))
    first = [items[at].path for at in wanted if at not in letters]
    results = read_many(first, workers=workers, limits=_limits, work=work)
    scans = {}
    marked = [*marked, *(items[at].shown for at, error in errors.items() if error.kind == "marked")]
    for at, item in enumerate(items):
        if at not in skip and at not in letters:
            result = errors.get(at) or next(results)[1]
            if isinstance(result, ReadError) and result.kind == "scan":
                scans[at] = DEFAULT_LIMITS.for_scan(result.pages)
            else:
                marked += [item.shown] if _is_marked(result) else []
                yield at, result
        if progress is not None:
            progress(at + 1, len(items), item.path.name)
    limits = {items[at].path: each for at, each in scans.items()}.__getitem__
    late = read_many([items[at].path for at in scans], workers=workers, limits=limits, work=work)
    for n, (at, (path, result)) in enumerate(zip(scans, late, strict=True), 1):
        marked += [items[at].shown] if _is_marked(result) else []
        yield at, result
        if scanning is not None:
            scanning(n, len(scans), path.name)
    yield from _letters(items, list(letters), marked, workers, work)


def _letters(
    items: Sequence[Item],
    letters: Sequence[int],
    marked: Sequence[str],
    workers: int,
    work: Callable[[Path, Limits], R],
) -> Iterator[tuple[int, R | ReadError]]:
    """The letters, when what was sent with them is known: one with a marked file is refused, for it holds that file."""
    from ingest.marks import refusal
    from ingest.read import read_many

    holders = holders_of(marked)
    clean = [items[at].path for at in letters if items[at].shown not in holders]
    results = read_many(clean, workers=workers, limits=_limits, work=work)
    for at in letters:
        yield at, refusal(items[at].path.name) if items[at].shown in holders else next(results)[1]


_PACKED = 10
"""How many times what it takes up a file holds whose parts are compressed."""


def _limits(path: Path) -> Limits:
    """The limits of a file that is no scan; what lies in a file that is packed is larger than it."""
    from ingest.read import DEFAULT_LIMITS

    try:
        size = path.stat().st_size if path.is_file() else 0
    except OSError:
        size = 0  # reading it tells what is wrong
    packed = path.suffix.lower() in (".docx", ".xlsx", ".ofd", ".wps", ".et", ".odt", ".ods")
    return replace(DEFAULT_LIMITS, ocr=False).for_bytes(size * _PACKED if packed else size)


def holders_of(paths: Iterable[str]) -> set[str]:
    """The archives and letters in which files lie: 甲.zip and 甲.zip!/乙.eml of 甲.zip!/乙.eml!/丙.csv."""
    return {path[: m.start()] for path in paths for m in re.finditer("!/", path)}


def _is_marked(result: object) -> bool:
    return isinstance(result, ReadError) and result.kind == "marked"


def is_refused(item: Item) -> bool:
    """Whether a file is not read at all, whatever is in it."""
    return item.error is not None or _refused(item) is not None


def _refused(item: Item) -> ReadError | None:
    """Why a file is not read at all: by its name, or that of a folder or archive it lies in."""
    from ingest.marks import refusal

    if not is_text(item.path):
        return ReadError("unsupported", f"文件名 {item.shown!r} 不是 UTF-8 编码，请改名后再导入。")
    if leads_out(item.path):
        return ReadError("unsupported", f"{item.shown!r} 是指向别处的链接，没有读。请导入它指向的文件。")
    return refusal(item.path.name) if _named_secret(item.shown) else None


def _named_secret(path: str) -> bool:
    """Whether a part of a path says that what it names is secret."""
    from ingest.marks import is_marked_name

    return any(is_marked_name(PurePath(part.removesuffix("!")).stem) for part in path.split("/"))


def _items(paths: Sequence[Path], aside: Path, workers: int) -> Iterator[Item]:
    from ingest.containers import is_container, is_letter, unpack_each

    letters = [is_letter(path) for path in paths]
    secret = [_named_secret(shown(path)) for path in paths]
    holding = [
        not named and (letter or is_container(path)) for path, letter, named in zip(paths, letters, secret, strict=True)
    ]
    unpacked = unpack_each([path for path, holds in zip(paths, holding, strict=True) if holds], aside, workers)
    for path, letter, holds in zip(paths, letters, holding, strict=True):
        told = shown(path)
        if letter or not holds:
            yield Item(path, told)
        if holds:
            _, members = next(unpacked)
            if isinstance(members, ReadError):
                yield Item(path, told, members)
                continue
            for m in members:
                within = f"{told}!/{m.name}"
                yield Item(m.path or Path(within), within, m.error)
