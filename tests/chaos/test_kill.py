"""Taking in is killed at several moments and run again: the library is the same as one that was never disturbed."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from api.library import Library
from api.upkeep import check
from tests.conftest import COMMAND, ROOT, here, tongjian

FILES = 8
State = tuple[object, ...]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")


def _write(folder: Path) -> None:
    folder.mkdir()
    names = ("涉县", "德清县", "昆山市", "婺源县")
    for n in range(FILES):
        place = names[n % len(names)]
        lines = [
            f"{place}：第{n}批站点建设",
            f"2026年，{place}新建站点{n + 10}个，选派党建指导员{n + 30}名。",
            "推行“三查三看”工作法，走访企业300余家。",
        ]
        (folder / f"{n:02}号 材料.txt").write_text("\n".join(lines) + "\n", encoding="utf8")


def _state(home: Path) -> State:
    with Library.open(home) as library:
        looked = check(library)
        hits = [
            [(h.passage.id, round(h.score, 5)) for h in library.search(q, 10)]
            for q in ("站点建设", "党建指导员", "三查三看")
        ]
        return (
            [(a.id, a.duplicate_of) for a in library.articles()],
            [f.id for f in library.facts()],
            [p.id for p in library.practices()],
            library.catalogue.passage_ids(),
            {d.state for d in library.documents()},
            looked.problems,
            hits,
        )


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("chaos") / "材料"
    _write(folder)
    return folder


@pytest.fixture(scope="module")
def undisturbed(source: Path) -> State:
    home = source.parent / "安静 库"
    with Library.open(home, create=True) as library:
        assert not library.ingest([source]).failures
    state = _state(home)
    assert state[4:6] == ({"indexed"}, ())
    return state


def _documents(home: Path) -> int:
    try:
        with closing(sqlite3.connect(f"file:{home / 'catalogue.sqlite'}?mode=ro", uri=True)) as db:
            return int(db.execute("select count(*) from document").fetchone()[0])
    except sqlite3.Error:
        return 0


def _ingest(source: Path, home: Path) -> subprocess.Popen[bytes]:
    env = {k: v for k, v in os.environ.items() if not k.startswith("TONGJIAN_") or k == "TONGJIAN_CACHE"}
    return subprocess.Popen(
        [*COMMAND, "ingest", str(source), "--library", str(home)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=env | {"PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )


def _holds(home: Path, documents: int) -> bool:
    return _documents(home) >= documents


def _kill_when(running: subprocess.Popen[bytes], due: Callable[[], bool]) -> bool:
    """Kill with all its children when ``due``; whether it was still running."""
    until = time.monotonic() + 60
    while running.poll() is None and not due() and time.monotonic() < until:
        time.sleep(0.005)
    alive = running.poll() is None
    if alive:
        os.killpg(running.pid, signal.SIGKILL)
    running.wait(30)
    return alive


@pytest.mark.parametrize("documents", [1, FILES])
def test_killed_at_a_number_of_documents(source: Path, undisturbed: State, tmp_path: Path, documents: int) -> None:
    home = tmp_path / "库"
    _kill_when(_ingest(source, home), lambda: _documents(home) >= documents)
    held = _documents(home)
    assert held >= documents
    if documents < FILES:
        assert here("rebuild", "--library", home).code == 0, "the lock of a dead process holds nobody up"
    ran = here("ingest", source, "--library", home, "--json")
    assert ran.code == 0, ran.err
    assert [d["status"] for d in ran.one["documents"]].count("duplicate") >= held
    assert _state(home) == undisturbed


def test_killed_again_and_again(source: Path, undisturbed: State, tmp_path: Path) -> None:
    home = tmp_path / "库"
    chance = random.Random(20261122)
    killed = 0
    for wanted in sorted(chance.sample(range(FILES - 1), 3)):
        killed += _kill_when(_ingest(source, home), partial(_holds, home, wanted))
    assert killed
    ran = here("ingest", source, "--library", home, "--json")
    assert ran.code == 0, ran.err
    assert _state(home) == undisturbed


def test_a_reading_child_killed_is_one_failed_file(tmp_path: Path) -> None:
    """Only the reader dies: its file fails with a reason or is read again, the others come in."""
    source, home = tmp_path / "材料", tmp_path / "库"
    _write(source)
    running = _ingest(source, home)
    _kill_children(running)
    assert running.wait(90) in (0, 3)
    assert here("ingest", source, "--library", home, "--json").code == 0
    with Library.open(home) as library:
        assert {d.state for d in library.documents()} == {"indexed"}
        assert len(library.documents()) == FILES


def _kill_children(running: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while running.poll() is None and time.monotonic() < until:
        children = Path(f"/proc/{running.pid}/task/{running.pid}/children")
        if not children.exists():
            return
        for child in children.read_text().split():
            grand = Path(f"/proc/{child}/task/{child}/children")
            for pid in grand.read_text().split() if grand.exists() else []:
                try:
                    os.kill(int(pid), signal.SIGKILL)
                except ProcessLookupError:
                    continue
                return
        time.sleep(0.002)


def test_two_writers_at_once(source: Path, tmp_path: Path) -> None:
    home = tmp_path / "库"
    first = _ingest(source, home)
    until = time.monotonic() + 60
    while _documents(home) < 1 and first.poll() is None and time.monotonic() < until:
        time.sleep(0.01)
    os.killpg(first.pid, signal.SIGSTOP)
    try:
        second = tongjian("ingest", source, "--library", home)
        reading = tongjian("articles", "--library", home, "--json")
    finally:
        os.killpg(first.pid, signal.SIGCONT)
    assert second.code == 1, second.err
    assert str(first.pid) in second.err
    assert "导入" in second.err
    assert (reading.code, bool(reading.rows)) == (0, True)
    assert first.wait(90) == 0
    assert len(_state(home)[0]) == FILES  # type: ignore[arg-type]
