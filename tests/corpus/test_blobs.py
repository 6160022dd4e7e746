from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from corpus.blobs import Blobs

CONTENT = "选派指导员".encode()
SHA = hashlib.sha256(CONTENT).hexdigest()


def test_a_file_put_can_be_got(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path / "资料 库" / "blobs")
    blobs.put(SHA, CONTENT)
    assert blobs.get(SHA) == CONTENT
    assert blobs.path(SHA).relative_to(blobs.folder).parts == (SHA[:2], SHA[2:4], SHA)


def test_one_that_is_there_stays(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    blobs.put(SHA, CONTENT)
    before = blobs.path(SHA).stat().st_ino
    blobs.put(SHA, CONTENT)
    assert blobs.path(SHA).stat().st_ino == before
    assert len([p for p in tmp_path.rglob("*") if p.is_file()]) == 1


def test_one_that_is_not_there_is_none(tmp_path: Path) -> None:
    assert Blobs(tmp_path / "none").get(SHA) is None


def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("corpus.blobs.os.fsync", full)
    blobs = Blobs(tmp_path)
    with pytest.raises(OSError, match="No space"):
        blobs.put(SHA, CONTENT)
    assert blobs.get(SHA) is None
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []
