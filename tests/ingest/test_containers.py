"""Archives as offices pack them, and as attackers do: whatever is in them, nothing is written outside."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path

import pytest

from api.library import Library
from corpus.errors import ReadError
from ingest.containers import is_container, unpack
from ingest.read import DEFAULT_LIMITS

TEXT = "德清县驿站建设\n德清县新建驿站12个，群众都说好。（虚构样例）\n"


def packed(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return path


def _stored(entries: list[tuple[bytes, bytes]]) -> bytes:
    """A ZIP as old Chinese Windows writes it: names as GBK bytes, no flag that says so."""
    import struct
    import zlib

    out, central = b"", b""
    for name, data in entries:
        crc, size, at = zlib.crc32(data), len(data), len(out)
        fixed = struct.pack("<HHHHHIIIHH", 20, 0, 0, 0, 0x21, crc, size, size, len(name), 0)
        out += b"PK\x03\x04" + fixed + name + data
        central += b"PK\x01\x02" + struct.pack("<H", 20) + fixed + struct.pack("<HHHII", 0, 0, 0, 0, at) + name
    end = struct.pack("<HHHHIIH", 0, 0, len(entries), len(entries), len(central), len(out), 0)
    return out + central + b"PK\x05\x06" + end


def names(tmp_path: Path, archive: Path) -> dict[str, str]:
    found = unpack(archive, DEFAULT_LIMITS, tmp_path / "out")
    for member in found:
        if member.path is not None:
            assert member.path.resolve().is_relative_to((tmp_path / "out").resolve())
            assert member.path.is_file()
    return {m.name: m.error.kind if m.error else "unpacked" for m in found}


def test_names_in_gbk_and_utf8(tmp_path: Path) -> None:
    old = tmp_path / "旧.zip"
    old.write_bytes(_stored([("三月/情况.txt".encode("gbk"), TEXT.encode())]))
    assert names(tmp_path, old) == {"三月/情况.txt": "unpacked"}
    assert names(tmp_path, packed(tmp_path / "新.zip", {"四月/情况.txt": TEXT.encode()})) == {
        "四月/情况.txt": "unpacked"
    }


def test_what_is_not_a_document_is_left_out(tmp_path: Path) -> None:
    files = {"__MACOSX/._a.txt": b"x", "a/.DS_Store": b"x", "~$a.docx": b"x", "a.txt": TEXT.encode(), "b/": b""}
    assert names(tmp_path, packed(tmp_path / "a.zip", files)) == {"a.txt": "unpacked"}


def test_inner_archives_are_opened_three_deep(tmp_path: Path) -> None:
    inner = packed(tmp_path / "4.zip", {"深.txt": TEXT.encode()}).read_bytes()
    for n in (3, 2, 1):
        inner = packed(tmp_path / f"{n}.zip", {"里.zip": inner, "a.txt": TEXT.encode()}).read_bytes()
    found = names(tmp_path, tmp_path / "1.zip")
    assert found["里.zip!/里.zip!/a.txt"] == "unpacked" and found["里.zip!/里.zip!/里.zip"] == "unsupported"


def test_nothing_leaves_the_folder(tmp_path: Path) -> None:
    files = {"../越界.txt": b"x", "/绝对.txt": b"x", "C:\\盘.txt": b"x", "a\nb.txt": b"y", "长" * 90 + ".txt": b"z"}
    archive = packed(tmp_path / "坏.zip", files)
    found = names(tmp_path, archive)
    assert [kind for name, kind in found.items() if "越界" in name or "绝对" in name or "盘" in name] == [
        "unsupported"
    ] * 3
    assert list(found.values()).count("unpacked") == 2
    assert {p.name for p in tmp_path.iterdir()} == {"坏.zip", "out"}


def test_links_and_passwords_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "链.zip"
    with zipfile.ZipFile(path, "w") as archive:
        link = zipfile.ZipInfo("链")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("锁.txt", TEXT)
    raw = bytearray(path.read_bytes())
    at = raw.rindex(b"PK\x01\x02")
    raw[at + 8] |= 1
    path.write_bytes(bytes(raw))
    assert names(tmp_path, path) == {"链": "unsupported", "锁.txt": "encrypted"}


def test_bombs_are_stopped_as_they_unfold(tmp_path: Path) -> None:
    archive = packed(tmp_path / "炸弹.zip", {"a.txt": b"0" * 60_000_000, "b.txt": TEXT.encode()})
    assert names(tmp_path, archive) == {"a.txt": "too_large", "b.txt": "unpacked"}
    assert sum(p.stat().st_size for p in (tmp_path / "out").rglob("*") if p.is_file()) < 1000


def test_too_many_files_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "多.zip", "w") as archive:
        for i in range(6000):
            archive.writestr(f"{i}.txt", b"")
    with pytest.raises(ReadError) as caught:
        unpack(tmp_path / "多.zip", DEFAULT_LIMITS, tmp_path / "out")
    assert caught.value.kind == "too_large"


def test_a_document_packed_as_zip_is_no_archive(tmp_path: Path) -> None:
    import docx

    docx.Document().save(str(tmp_path / "a.docx"))
    assert not is_container(tmp_path / "a.docx")
    assert not is_container(tmp_path / "没有.zip")


def test_an_archive_is_taken_in_file_by_file(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("03德清县委社会工作部/情况.txt", TEXT)
        archive.writestr("空.txt", b"")
    (tmp_path / "材料.zip").write_bytes(out.getvalue())
    (tmp_path / "坏.zip").write_bytes(out.getvalue()[:50])
    with Library.open(tmp_path / "库", create=True) as library:
        report = library.ingest([tmp_path / "材料.zip", tmp_path / "坏.zip"])
        assert [(d.name, d.status) for d in report.documents] == [
            ("情况.txt", "indexed"), ("空.txt", "failed"), ("坏.zip", "failed"),
        ]  # fmt: skip
        assert report.documents[0].path.endswith("材料.zip!/03德清县委社会工作部/情况.txt")
        (article,) = library.articles()
        assert article.reporter == "德清县委社会工作部"
        assert not (library.folder / "incoming").exists()
        assert library.ingest([tmp_path / "材料.zip"]).documents[0].status == "duplicate"


def test_a_directory_too_large_for_a_document_is_left_to_the_child(tmp_path: Path) -> None:
    archive = packed(tmp_path / "大.zip", {"a.txt": b"x"})
    data = bytearray(archive.read_bytes())
    at = data.rfind(b"PK\x05\x06")
    data[at + 12 : at + 16] = (50_000_000).to_bytes(4, "little")
    data[: at - 4] = b"PK\x03\x04" + bytes(at - 8)
    archive.write_bytes(data)
    assert is_container(archive)
    with pytest.raises(ReadError) as caught:
        unpack(archive, DEFAULT_LIMITS, tmp_path / "out")
    assert caught.value.kind == "damaged"
