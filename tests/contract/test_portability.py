"""Windows and minimal machines: what only POSIX has is never taken for granted when a module is loaded."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGES = ("corpus", "ingest", "extract", "retrieval", "answer", "api", "evals")
ONLY_POSIX = {"fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "posix", "syslog", "crypt"}
CALLS = {
    ("os", n)
    for n in (
        "fork",
        "forkpty",
        "getuid",
        "geteuid",
        "getloadavg",
        "sched_getaffinity",
        "killpg",
        "setsid",
        "mkfifo",
        "uname",
        "nice",
    )
}
CALLS |= {
    ("signal", n) for n in ("SIGKILL", "SIGALRM", "SIGHUP", "SIGCHLD", "SIGUSR1", "SIGSTOP", "alarm", "setitimer")
}
FILES = sorted(p for package in PACKAGES for p in (ROOT / package).rglob("*.py"))


def _unguarded(node: ast.AST, guarded: bool = False) -> Iterator[ast.AST]:
    """The nodes that run when the module is loaded and are under no ``try`` or ``if``."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            if not isinstance(child, ast.Lambda):
                yield from (*child.decorator_list, *child.args.defaults)
            continue
        inside = guarded or isinstance(child, ast.Try | ast.If)
        if not inside:
            yield child
        yield from _unguarded(child, inside)


def _posix(tree: ast.Module) -> list[str]:
    found: list[str] = []
    for node in _unguarded(tree):
        if isinstance(node, ast.Import):
            found += [a.name for a in node.names if a.name.split(".")[0] in ONLY_POSIX]
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in ONLY_POSIX:
            found.append(str(node.module))
        elif (
            isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and (node.value.id, node.attr) in CALLS
        ):
            found.append(f"{node.value.id}.{node.attr}")
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_loading_a_module_needs_nothing_of_posix_alone(file: Path) -> None:
    assert _posix(ast.parse(file.read_text("utf8"))) == []


def test_the_guard_sees_what_it_should() -> None:
    told = "import os, signal\nimport fcntl\nA = signal.SIGKILL\nclass B:\n    c = os.fork\n"
    assert _posix(ast.parse(told)) == ["fcntl", "signal.SIGKILL", "os.fork"]
    quiet = "import os, sys\ntry:\n    import fcntl\nexcept ImportError:\n    fcntl = None\nif sys.platform != 'win32':\n    import resource\ndef f():\n    import pwd\n    os.fork()\n"  # noqa: E501
    assert _posix(ast.parse(quiet)) == []


@pytest.mark.parametrize("file", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_text_files_are_opened_with_an_encoding(file: Path) -> None:
    """The console's encoding is GBK on the machines of these offices."""
    wrong = []
    for node in ast.walk(ast.parse(file.read_text("utf8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ("read_text", "write_text")
        ):
            said = any(k.arg == "encoding" for k in node.keywords) or len(node.args) >= (
                1 if node.func.attr == "read_text" else 2
            )
            wrong += [] if said else [node.lineno]
    assert wrong == []


@pytest.mark.parametrize("folder", PACKAGES)
def test_no_file_name_that_windows_refuses(folder: str) -> None:
    for path in (ROOT / folder).rglob("*"):
        assert not set(path.name) & set('<>:"|?*\\'), path
        assert path.stem.lower() not in ("con", "prn", "aux", "nul", "com1", "lpt1"), path
        assert len(str(path.relative_to(ROOT))) < 200
