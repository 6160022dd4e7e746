"""Every hostile file ends in a named reason or in sound articles, within its limits; the next file is fine."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from corpus.errors import ReadError
from ingest.read import FileResult, Limits, read_file, read_many
from tests.chaos.hostile import TEXT, write_all
from tests.conftest import ROOT

LIMITS = Limits(memory_bytes=1_500_000_000, cpu_seconds=6, wall_seconds=20, characters=1_000_000)
GOOD = "好的.txt"
SOUND = ("样式成环.docx", "带宏.docx", "-rf.txt", "换\n行.txt", "表情😀.txt", "一行.txt")


@dataclass(frozen=True)
class Read:
    """What became of the files, and how many MB the process that had them read took at most, and its children."""

    outcomes: dict[str, str]
    messages: dict[str, str]
    longest: int
    good: int
    own: float
    children: float


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """Every hostile file read, a good one after each, in a process whose memory holds nothing else."""
    folder = tmp_path_factory.mktemp("hostile")
    paths = write_all(folder)
    assert len(set(paths)) == len(paths) >= 60
    (folder / GOOD).write_text(f"德清县驿站建设\n{TEXT}\n", encoding="utf8")
    order = folder / "order.json"
    order.write_text(json.dumps([str(path) for path in paths]), encoding="utf8")
    command = [sys.executable, "-m", "tests.chaos.test_hostile_corpus", str(order)]
    ran = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True, timeout=600)
    found = Read(**json.loads(ran.stdout))
    assert found.outcomes.keys() == {path.name for path in paths} and found.good == len(paths)
    return found


@pytest.mark.skipif(sys.platform == "win32", reason="the names and limits are POSIX")
def test_every_hostile_file_is_named_and_harms_nothing(read: Read) -> None:
    for name, message in read.messages.items():
        assert repr(name)[1:-1] in message or name in message, message
    assert {name: read.outcomes[name] for name in SOUND} == dict.fromkeys(SOUND, "read")
    assert read.outcomes["外部实体.docx"] != "read" and read.outcomes["实体.ofd"] != "read"
    assert (read.outcomes["加密.docx"], read.outcomes["数字海.txt"]) == ("encrypted", "too_large")
    assert read.longest <= LIMITS.characters


@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory, and what was taken, are told by Linux")
def test_no_process_takes_more_than_it_may(read: Read) -> None:
    assert read.own < 200
    assert 100 < read.children <= LIMITS.memory_bytes / 1e6


def main(order: Path) -> None:
    """Read the files listed, the good one after each, and print what became of them."""
    import resource

    good = order.parent / GOOD
    mixed = [path for listed in json.loads(order.read_text("utf8")) for path in (Path(listed), good)]
    outcomes: dict[str, str] = {}
    messages: dict[str, str] = {}
    longest = well = 0
    for path, result in read_many(mixed, workers=2, limits=LIMITS, work=read_file):
        if path == good:
            well += isinstance(result, FileResult)
        elif isinstance(result, ReadError):
            outcomes[path.name], messages[path.name] = result.kind, result.message
        else:
            outcomes[path.name] = "read"
            longest = max(longest, *(len(article.body) for article in result.articles))
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e3
    sys.stdout.write(json.dumps(vars(Read(outcomes, messages, longest, well, _peak(), children))))


def _peak() -> float:
    """This process's own peak in MB; ``ru_maxrss`` would be its parent's at its start."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    return next(int(line.split()[1]) / 1e3 for line in status.read_text().splitlines() if line.startswith("VmHWM"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
