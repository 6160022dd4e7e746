"""The child's side of the sandbox: reads the files it is told of, within limits, and sends back what it found."""

from __future__ import annotations

import contextlib
import importlib
import os
import pickle
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from corpus.errors import ReadError
from ingest.read import Limits


def main() -> None:
    """Serve until standard input ends, then take away the folder for what is written aside, the first argument.

    What a library prints goes to standard error, not into the answers.
    """
    tempfile.tempdir = sys.argv[1]
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    try:
        serve(sys.stdin.buffer, answers)
    finally:
        shutil.rmtree(tempfile.tempdir, ignore_errors=True)


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer each (path, limits, work) with what the work gives or a ReadError."""
    while True:
        try:
            path, limits, work = pickle.load(requests)
        except EOFError:
            return
        pickle.dump(_answer(path, limits, work), answers)
        answers.flush()


def _answer(path: Path, limits: Limits, work: Callable[[Path, Limits], object]) -> object:
    try:
        _limit(limits)
        return work(path, limits)
    except ReadError as error:
        return error
    except MemoryError:
        return ReadError(
            "memory", f"读取文件 {path.name!r} 需要的内存超过上限，已跳过。文件可能有问题，请拆分或另存后再导入。"
        )
    except RecursionError:
        return ReadError("crashed", f"文件 {path.name!r} 的结构嵌套过深，读不出来，已跳过。")
    except Exception as exc:
        # One file of a batch: whatever a library raises on it, the batch goes on.
        crash = ReadError(
            "crashed", f"读取文件 {path.name!r} 时出错（{type(exc).__name__}），已跳过。请检查文件是否完整。"
        )
        crash.add_note("".join(traceback.format_tb(exc.__traceback__)))  # without its message, which may quote the file
        return crash


def _limit(limits: Limits) -> None:
    """Bound memory, and processor time from now on, where the system can."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        resource = importlib.import_module("resource")
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, hard))
        used = int(time.process_time())
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (used + limits.cpu_seconds, hard))
