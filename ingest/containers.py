"""A ZIP or a letter → the files in it, unpacked where they can do no harm.

Nothing is written outside the folder given; names are made safe, and what an archive claims is not believed: bytes are
counted as they come.
"""

from __future__ import annotations

import os
import re
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from corpus.errors import ReadError
from ingest.read import DEFAULT_LIMITS, Limits
from ingest.sniff import EML, sent_as

_MOST_MEMBERS = 5_000
_MOST_BYTES = 2_000_000_000
_DEEPEST = 3
_RATIO = 300
_RATIO_FROM = 20_000_000
"""From this size on, a file packed more than 300 to one is a bomb."""
_LONGEST = 80
_LARGEST_DIRECTORY = 4_000_000
"""Bytes: no document packed as an archive has a directory so large, and only a child process may read one."""
_END_WITHIN = 65_557
_HEAD = 4096
_BLOCK = 1 << 20
_UNSAFE = re.compile(r"[\x00-\x1f\x7f<>:\"|?*\\]")
_NOT_MEMBERS = re.compile(r"(?:^|/)(?:__MACOSX/|\.(?!\.)|~\$)|(?:^|/)(?:thumbs\.db|desktop\.ini)$", re.I)
_FORMATS = ("[Content_Types].xml", "OFD.xml", "mimetype", "uof.xml")
_DOCUMENTS = (".uof", ".uot", ".uos", ".uop")
"""What an archive that is itself a document begins with or holds, or is named."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive: its path there (里.zip!/a.txt in an inner one), and where it is now or why it is not."""

    name: str
    path: Path | None = None
    error: ReadError | None = None


def is_container(path: Path) -> bool:
    """Whether a file is a ZIP of files, not a document that is packed as one."""
    try:
        if path.suffix.lower() in _DOCUMENTS or not path.is_file():
            return False
        with path.open("rb") as file:
            if file.read(4) != b"PK\x03\x04":
                return False
            if _directory_size(file) > _LARGEST_DIRECTORY:
                return True
        with zipfile.ZipFile(path) as archive:
            return not any(name in _FORMATS for name in archive.namelist()[:2_000])
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def _directory_size(file: BinaryIO) -> int:
    """The bytes of an archive's directory as its end tells (APPNOTE 4.3.16); 0 if it does not."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _END_WITHIN))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    return int.from_bytes(tail[at + 12 : at + 16], "little") if at >= 0 else 0


def is_letter(path: Path) -> bool:
    """Whether a file is a letter, whatever it is named, which is read itself and may have files attached."""
    if path.suffix.lower() == ".eml":
        return path.is_file()
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return sent_as(file.read(_HEAD).replace(b"\x00", b""), path.name) == EML
    except OSError:
        return False


def unpack_each(
    paths: Sequence[Path], into: Path, workers: int = 1, limits: Limits = DEFAULT_LIMITS
) -> Iterator[tuple[Path, list[Member] | ReadError]]:
    """Each archive or letter, in order, with what ``unpack`` gives or its error.

    All run in child processes, which a hostile archive may kill without harm.
    """
    from ingest.sandbox import work_each

    return work_each(paths, workers, lambda _: limits, partial(unpack, into=into))


def unpack(path: Path, limits: Limits, into: Path) -> list[Member]:
    """The files of an archive or a letter, unpacked in a new folder of ``into``; those that cannot be, with the reason.

    Raises:
        ReadError: kind ``damaged``, ``too_large``, or ``empty``, for the archive as a whole.
    """
    into.mkdir(parents=True, exist_ok=True)
    own = Path(tempfile.mkdtemp(dir=into))
    unpacking = _Unpacking(own, limits, path.name)
    if is_letter(path):
        return list(unpacking.attached(path, "", 1))
    found = list(unpacking.members(path, "", 1))
    if not found:
        raise ReadError("empty", f"压缩包 {path.name!r} 里没有文件。")
    return found


class _Unpacking:
    """One run: what was written so far, over all inner archives."""

    def __init__(self, into: Path, limits: Limits, name: str) -> None:
        self.into, self.limits, self.name = into, limits, name
        self.bytes = self.count = self.written = 0

    def members(self, path: Path, above: str, depth: int) -> Iterator[Member]:
        """The files of one archive and of those in it."""
        try:
            with zipfile.ZipFile(path) as archive:
                infos = archive.infolist()
                self.count += len(infos)
                if self.count > _MOST_MEMBERS:
                    told = f"压缩包 {self.name!r} 里超过 {_MOST_MEMBERS} 个文件，请分开后再导入。"
                    raise ReadError("too_large", told)
                for info in infos:
                    name = _decoded(info)
                    if not info.is_dir() and not _NOT_MEMBERS.search(name):
                        yield from self._member(archive, info, name, above, depth)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as exc:
            told = f"压缩包 {self.name!r} 已损坏或不完整，请重新获取后再导入。"
            raise ReadError("damaged", told) from exc

    def _member(
        self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, bare: str, above: str, depth: int
    ) -> Iterator[Member]:
        """One file, named ``bare`` in its archive: itself, or those in it."""
        name = above + bare
        error = self._refused(info, bare, name)
        if error is None:
            self.written += 1
            target = self.into / str(self.written) / _safe(name)
            error = self._write(archive, info, target, name)
        if error is not None:
            yield Member(name, error=error)
        else:
            yield from self._held(target, name, depth)

    def attached(self, path: Path, above: str, depth: int) -> Iterator[Member]:
        """The files sent with a letter, and those in them."""
        from ingest.readers.mail import attachments

        try:
            files = list(attachments(path.read_bytes(), path.name))
        except ReadError:
            return  # reading the letter itself tells
        for bare, content in files:
            self.written += 1
            self.count += 1
            self.bytes += len(content)
            name = above + bare
            if self.count > _MOST_MEMBERS or self.bytes > _MOST_BYTES:
                told = f"{self.name!r} 里的文件过多或过大，{name!r} 没有打开，请另存后再导入。"
                yield Member(name, error=ReadError("too_large", told))
                continue
            target = self.into / str(self.written) / _safe(bare)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            yield from self._held(target, name, depth)

    def _held(self, target: Path, name: str, depth: int) -> Iterator[Member]:
        """A file that was unpacked, with what it holds if it is itself an archive or a letter."""
        archive = is_container(target)
        if not archive and not is_letter(target):
            yield Member(name, target)
            return
        if not archive:
            yield Member(name, target)
        if depth >= _DEEPEST:
            told = f"{self.name!r} 套了 {_DEEPEST} 层以上，{name!r} 没有打开，请解压后再导入。"
            yield Member(name, error=ReadError("unsupported", told))
            return
        try:
            yield from (self.members if archive else self.attached)(target, name + "!/", depth + 1)
        except ReadError as error:
            yield Member(name, error=error)
        finally:
            if archive:
                target.unlink()

    def _refused(self, info: zipfile.ZipInfo, bare: str, name: str) -> ReadError | None:
        """Why a file is not unpacked at all, or None."""
        parts = re.split(r"[/\\]", bare)
        if ".." in parts or not parts[0] or re.match(r"[A-Za-z]:", parts[0]):
            return ReadError("unsupported", f"压缩包 {self.name!r} 中 {name!r} 的路径不安全，没有读。")
        if stat.S_ISLNK(info.external_attr >> 16):
            return ReadError("unsupported", f"压缩包 {self.name!r} 中 {name!r} 是链接，没有读。")
        if info.flag_bits & 1:
            return ReadError("encrypted", f"压缩包 {self.name!r} 中 {name!r} 有密码，请解压后再导入。")
        return None

    def _write(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path, name: str) -> ReadError | None:
        """Write one file, counting; None where it is whole."""
        target.parent.mkdir(parents=True, exist_ok=True)
        size = 0
        try:
            with archive.open(info) as source, target.open("wb") as out:
                while block := source.read(_BLOCK):
                    size += len(block)
                    self.bytes += len(block)
                    bomb = size > _RATIO_FROM and size > _RATIO * max(info.compress_size, 1)
                    if bomb or size > self.limits.file_bytes or self.bytes > _MOST_BYTES:
                        out.close()
                        target.unlink()
                        return ReadError("too_large", f"压缩包 {self.name!r} 中 {name!r} 解压后过大，没有读。")
                    out.write(block)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as exc:
            target.unlink(missing_ok=True)
            return ReadError("damaged", f"压缩包 {self.name!r} 中 {name!r} 已损坏（{type(exc).__name__}），没有读。")
        return None


def _decoded(info: zipfile.ZipInfo) -> str:
    """A name as its maker wrote it: without the UTF-8 flag it is GBK on Chinese Windows."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _safe(name: str) -> Path:
    """A relative path any file system takes: long parts shortened, what is not allowed replaced."""
    parts = [_UNSAFE.sub("_", part).strip(" .") or "_" for part in re.split(r"[/\\]", name)]
    return Path(*(_short(part) for part in parts))


def _short(part: str) -> str:
    stem, dot, ending = part.rpartition(".")
    if len(part) <= _LONGEST:
        return part
    return stem[: _LONGEST - len(ending) - 1] + dot + ending if dot and len(ending) < 10 else part[:_LONGEST]
