from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from retrieval import cache
from retrieval.cache import cache_folder, write_atomically


def test_the_users_choice_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    monkeypatch.setenv("TONGJIAN_CACHE", str(tmp_path / "chosen" / "here"))
    assert cache_folder() == tmp_path / "chosen" / "here"
    assert cache_folder().is_dir()


@pytest.mark.skipif(sys.platform == "win32", reason="XDG is not of Windows")
def test_then_the_platforms(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("TONGJIAN_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "tongjian"


def test_a_home_that_cannot_be_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("TONGJIAN_CACHE", str(tmp_path / "file" / "below"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    folder = cache_folder()
    assert folder.parent == tmp_path
    assert os.access(folder, os.W_OK)


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="no user ids here")
def test_a_fallback_of_another_user_is_not_trusted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("TONGJIAN_CACHE", str(tmp_path / "file" / "below"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    planted = cache_folder()
    monkeypatch.setattr(cache, "_is_own", lambda folder: False)
    assert cache_folder() != planted


def test_a_failed_write_leaves_the_old_and_no_litter(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    target = tmp_path / "model.onnx"
    write_atomically(target, b"old")

    def fail(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OSError, match="space"):
        write_atomically(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]
