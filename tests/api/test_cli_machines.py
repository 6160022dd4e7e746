"""The command line on the machines of these offices: GBK consoles, homes that cannot be written, no heavy start."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import COMMAND, ROOT, Ran, here, tongjian

COMMANDS = (
    "ingest",
    "articles",
    "show",
    "facts",
    "practices",
    "extract",
    "search",
    "ask",
    "verify",
    "export",
    "import",
    "digest",
    "serve",
    "check",
    "rebuild",
    "backup",
    "restore",
    "doctor",
    "eval",
    "quantities",
    "demo",
)


def test_help_names_every_command() -> None:
    ran = tongjian("--help")
    assert ran.code == 0
    named = {line.split()[0] for line in ran.out.splitlines() if line.startswith("  ") and line.strip()}
    assert set(COMMANDS) <= named


@pytest.mark.parametrize("command", [c for c in COMMANDS])
def test_every_command_has_help(command: str) -> None:
    ran = here(command, "--help")
    assert ran.code == 0, ran.err
    assert command in ran.out


def test_help_imports_nothing_heavy() -> None:
    heavy = (
        "chromadb",
        "onnxruntime",
        "sqlalchemy",
        "jieba",
        "tantivy",
        "langchain",
        "fastapi",
        "numpy",
        "pypdfium2",
        "docx",
    )
    code = f"from api.cli.app import run\nimport sys\nrun(['--help'])\nsys.exit(','.join(m for m in {heavy!r} if m in sys.modules) or 0)"  # noqa: E501
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_gbk_console_gets_gbk(home: Path) -> None:
    for args in (["facts"], ["ask", "德清县选派了多少名党建指导员？"]):
        ran = tongjian(*args, "--library", "资料 库", cwd=home, PYTHONIOENCODING="gbk", PYTHONUTF8="0")
        assert ran.code == 0, ran.err
        assert "�" not in ran.out
    ran = tongjian("quantities", "✓选派①名ǎ干部😀210名", PYTHONIOENCODING="gbk", PYTHONUTF8="0")
    assert ran.code == 0, ran.err
    assert "210" in ran.out


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no pseudo-terminals here")
def test_a_terminal_in_gbk(home: Path) -> None:
    import pty

    left, right = pty.openpty()
    env = {k: v for k, v in os.environ.items() if not k.startswith("TONGJIAN_") or k == "TONGJIAN_CACHE"}
    done = subprocess.Popen(
        [*COMMAND, "ask", "德清县选派了多少名党建指导员？", "--library", "资料 库"],
        cwd=home,
        stdout=right,
        stderr=right,
        stdin=right,
        env=env
        | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0", "TERM": "xterm", "COLUMNS": "200"},
    )
    os.close(right)
    shown = b""
    try:
        while block := os.read(left, 4096):
            shown += block
    except OSError:
        pass
    finally:
        os.close(left)
    assert done.wait(60) == 0, shown
    assert "210名" in shown.decode("gbk")
    assert "\x1b[?" not in shown.decode("gbk")


def test_a_home_that_cannot_be_written(home: Path, tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file, not a folder")
    (tmp_path / "tmp").mkdir()

    def run(*args: str) -> Ran:
        home, cache = str(tmp_path / "home"), str(tmp_path / "home" / "x")
        library = str(tmp_path / "库")
        return tongjian(
            *args, "--library", library, "--json", HOME=home, TMPDIR=str(tmp_path / "tmp"), XDG_CACHE_HOME=cache
        )

    ran = run("ingest", str(home / "材料"))
    assert ran.code == 0, ran.err
    assert [d["status"] for d in ran.one["documents"]] == ["indexed"]
    assert run("ask", "德清县建成多少个驿站？").one["refused"] is False


def test_a_reader_that_stops_reading_is_no_error(home: Path) -> None:
    command = " ".join(f"'{part}'" for part in (*COMMAND, "facts", "--library", "资料 库", "--json"))
    done = subprocess.run(
        ["sh", "-c", f"{command} | head -c 5"],
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


def test_no_file_is_left_where_the_user_stands(home: Path, tmp_path: Path) -> None:
    here("ask", "德清县建成多少个驿站？", "--library", str(home / "资料 库"), cwd=tmp_path)
    here("quantities", "5名", cwd=tmp_path)
    assert list(tmp_path.iterdir()) == []
