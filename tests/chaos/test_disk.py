"""The disk is full while taking in: a message, no half document, and all is well once there is room."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from api.library import Library
from api.upkeep import check
from tests.conftest import here, tongjian

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs a small tmpfs")


UNGUARDED = (
    sys.executable,
    "-c",
    "import retrieval.indexes as i; i.SPACE = i.SPACE_PER_PASSAGE = 0; from api.cli import main; main()",
)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """A disk of so many megabytes."""
    mounted: list[Path] = []

    def mount(size: int) -> Path:
        folder = tmp_path / "小盘"
        folder.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", f"size={size}m", "tmpfs", str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"no tmpfs may be mounted here: {done.stderr.strip()}")
        mounted.append(folder)
        return folder

    yield mount
    for folder in mounted:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "材料"
    folder.mkdir()
    for at in range(6):
        body = "\n".join(f"涉县第{at}批第{row}组新建站点{row + 10}个，选派干部{row + 3}名。" for row in range(16))
        (folder / f"{at:02}.txt").write_text(f"涉县：第{at}批站点\n{body}\n", encoding="utf8")
    return folder


def _fill(folder: Path, leave: int) -> Path:
    """Take all but ``leave`` bytes."""
    filler = folder / "占位"
    with filler.open("wb") as out:
        os.posix_fallocate(out.fileno(), 0, shutil.disk_usage(folder).free - leave)
    return filler


def test_little_room_is_told_before_anything_is_harmed(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "库"
    assert here("ingest", source / "00.txt", "--library", home).code == 0
    with monkeypatch.context() as patch:
        patch.setattr("retrieval.indexes.SPACE", 10**18)
        ran = here("ingest", source, "--library", home)
    assert ran.code == 1
    assert "磁盘空间不足" in ran.err
    assert here("search", "站点", "--library", home, "--json").one["hits"]
    assert here("ingest", source, "--library", home).code == 0
    assert here("check", "--library", home, "--json").one["problems"] == []


def test_full_while_writing(disk: Callable[[int], Path], source: Path, tmp_path: Path) -> None:
    """Past the guard: some of it is written, nothing by halves, and a rebuild with room mends what is left."""
    folder = disk(40)
    home = folder / "库"
    first = tongjian("ingest", source / "00.txt", "--library", home, command=UNGUARDED)
    assert first.code == 0, first.err
    filler = _fill(folder, 60_000)
    full = tongjian("ingest", source, "--library", home, command=UNGUARDED)
    assert full.code == 1
    assert "Traceback" not in full.err, full.err[-1500:]
    assert "空间" in full.err
    filler.unlink()
    bigger = tmp_path / "大盘" / "库"
    shutil.copytree(home, bigger)
    again = here("ingest", source, "--library", bigger)
    if again.code == 1:
        assert "rebuild" in again.err, again.err
        assert here("rebuild", "--library", bigger).code == 0
        again = here("ingest", source, "--library", bigger)
    assert again.code == 0, again.err
    with Library.open(bigger) as library:
        assert len(library.articles()) == 6
        assert check(library).problems == ()
        assert library.search("站点")
