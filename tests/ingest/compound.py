"""OLE compound files of version 3, as old Office and locked new Office write them: streams in the root, no more."""

from __future__ import annotations

import struct

_SECTOR = 512
_LEAST = 4096
"""Streams shorter than this lie elsewhere (in the mini stream): they are filled up with zeros."""
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_NOBODY = _FREE


def compound(streams: dict[str, bytes]) -> bytes:
    """A file of the streams, of 60 KB at most: one sector of allocation, then the directory, then the streams."""
    names = sorted(streams, key=lambda name: (len(name), name.upper()))
    entries = [_entry("Root Entry", 5, child=1 if names else _NOBODY)]
    table = [_FAT]
    directory = -(-(1 + len(names)) * 128 // _SECTOR)
    table += _chain(1, directory)
    body = b""
    for n, name in enumerate(names, 1):
        data = streams[name].ljust(_LEAST, b"\0")
        sectors = -(-len(data) // _SECTOR)
        entries.append(_entry(name, 2, right=n + 1 if n < len(names) else _NOBODY, start=len(table), size=len(data)))
        table += _chain(len(table), sectors)
        body += data.ljust(sectors * _SECTOR, b"\0")
    assert len(table) <= _SECTOR // 4, "more than one sector of allocation"
    listed = b"".join(entries).ljust(directory * _SECTOR, b"\0")
    allocated = struct.pack("<128I", *table, *[_FREE] * (128 - len(table)))
    return _header() + allocated + listed + body


def _chain(first: int, sectors: int) -> list[int]:
    return [*range(first + 1, first + sectors), _END]


def _entry(
    name: str, kind: int, *, right: int = _NOBODY, child: int = _NOBODY, start: int = _END, size: int = 0
) -> bytes:
    written = (name + "\0").encode("utf-16-le")
    head = written.ljust(64, b"\0") + struct.pack("<HBB3I", len(written), kind, 1, _NOBODY, right, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)


def _header() -> bytes:
    fixed = struct.pack("<8s16s5H6x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6)
    counts = struct.pack("<9I", 0, 1, 1, 0, _LEAST, _END, 0, _END, 0)
    return fixed + counts + struct.pack("<109I", 0, *[_FREE] * 108)
