"""Every hostile file ends in a named reason or in sound articles, within its limits; the next file is fine."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

import pytest

from corpus.errors import ReadError
from ingest.read import FileResult, Limits, read_many
from tests.chaos.hostile import TEXT, hostile, write_all

LIMITS = Limits(memory_bytes=1_500_000_000, cpu_seconds=6, wall_seconds=20)
SOUND = ("样式成环.docx", "带宏.docx", "多", "-rf.txt", "换\n行.txt", "表情😀.txt", "一行.txt")


@pytest.mark.skipif(sys.platform == "win32", reason="the names and limits are POSIX")
def test_every_hostile_file_is_named_and_harms_nothing(tmp_path: Path) -> None:
    paths = write_all(tmp_path)
    assert len(paths) >= 60 and len(paths) == len(list(hostile()))
    good = tmp_path / "好的.txt"
    good.write_text(f"德清县驿站建设\n{TEXT}\n", encoding="utf8")
    mixed = [p for path in paths for p in (path, good)]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    outcomes: dict[str, str] = {}
    for path, result in read_many(mixed, workers=2, limits=LIMITS):
        if path == good:
            assert isinstance(result, FileResult), result
            continue
        outcomes[path.name] = result.kind if isinstance(result, ReadError) else "read"
        if isinstance(result, ReadError):
            assert repr(path.name)[1:-1] in result.message or path.name in result.message, result.message
        else:
            assert all(len(a.body) <= LIMITS.characters for a in result.articles)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert grown < 200, f"the parent grew by {grown:.0f} MB"
    assert {name for name in SOUND if name in outcomes and outcomes[name] != "read"} == set()
    assert not [name for name, kind in outcomes.items() if "实体" in name and kind == "read" and name != "实体海.html"]
