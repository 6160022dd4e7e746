"""Files read in child processes: a crash, a bomb or an endless loop costs one file, never the parent.

A child is a fresh Python that runs ``ingest.worker`` and reads one file after another over pipes; it is replaced when
it dies or is stopped. No fork, so the same on every platform; memory and processor limits where the system has them.
What it writes aside lies in a folder of its own, which goes with it.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import TypeVar, cast

from corpus.errors import ReadError
from ingest.read import Limits

R = TypeVar("R")

GROUP = ".group"
"""How the name of a file ends that is a group of processes which a child has started and which ends with it."""

_BOOT = "import sys; sys.path[:] = sys.argv[2:]; from ingest.worker import main; main()"


def work_each(
    paths: Sequence[Path], workers: int, limits_of: Callable[[Path], Limits], work: Callable[[Path, Limits], R]
) -> Iterator[tuple[Path, R | ReadError]]:
    """Each path with what ``work`` (a function a child can import) gives or its error, in order.

    At most two files a worker are worked on ahead.
    """
    workers = max(1, min(workers, len(paths)))
    idle: SimpleQueue[_Child] = SimpleQueue()
    children = [_Child() for _ in range(workers)]
    for child in children:
        idle.put(child)

    def ask(path: Path) -> R | ReadError:
        child = idle.get()
        try:
            return cast("R | ReadError", child.ask(path, limits_of(path), work))
        finally:
            idle.put(child)

    waiting: deque[tuple[Path, Future[R | ReadError]]] = deque()
    pool = ThreadPoolExecutor(workers, thread_name_prefix="read")
    try:
        for path in paths:
            waiting.append((path, pool.submit(ask, path)))
            if len(waiting) > 2 * workers:
                first, future = waiting.popleft()
                yield first, future.result()
        while waiting:
            first, future = waiting.popleft()
            yield first, future.result()
    finally:
        for _, future in waiting:
            future.cancel()
        for child in children:
            child.close()
        pool.shutdown()


class _Child:
    """A child process that is started when first needed and again after it died."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self.aside = ""
        self.closed = False
        self.changing = threading.Lock()

    def ask(self, path: Path, limits: Limits, work: Callable[[Path, Limits], object]) -> object:
        """Have the child work on a file."""
        with self.changing:
            if self.closed:
                return ReadError("crashed", f"读取已停止，文件 {path.name!r} 没有读。")
            if self.process is not None and self.process.poll() is not None:
                self._end()
            process = self.process = self.process or self._start()
        stopped = threading.Event()

        def stop() -> None:
            stopped.set()
            process.kill()

        timer = threading.Timer(limits.wall_seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            assert process.stdin is not None and process.stdout is not None
            pickle.dump((path, limits, work), process.stdin)
            process.stdin.flush()
            result: object = pickle.load(process.stdout)
        except (EOFError, OSError, pickle.UnpicklingError):
            result = self._reason(path, process, stopped=stopped.is_set())
        finally:
            timer.cancel()
        if isinstance(result, ReadError) and result.kind in ("memory", "time"):
            with self.changing:
                self._end()
        return result

    def close(self) -> None:
        """End the child."""
        with self.changing:
            self.closed = True
            self._end()

    def _start(self) -> subprocess.Popen[bytes]:
        flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
        self.aside = tempfile.mkdtemp(prefix="tongjian-")
        try:
            return subprocess.Popen(
                [sys.executable, "-c", _BOOT, self.aside, *[p or os.getcwd() for p in sys.path]],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                creationflags=flags,
            )
        except OSError:
            shutil.rmtree(self.aside, ignore_errors=True)
            raise

    def _reason(self, path: Path, process: subprocess.Popen[bytes], *, stopped: bool) -> ReadError:
        """Why the child gave no answer."""
        code = process.wait() if stopped else _code(process)
        if stopped or code in (-24, 152):  # SIGXCPU
            return time_error(path)
        return ReadError(
            "crashed", f"读取文件 {path.name!r} 时程序异常退出（代码 {code}），文件可能已损坏或有问题，已跳过。"
        )

    def _end(self) -> None:
        process, self.process = self.process, None
        if process is None:
            return
        process.kill()
        process.wait()
        _end_groups(Path(self.aside))
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue  # the other end is gone, and so is what was to be flushed
        shutil.rmtree(self.aside, ignore_errors=True)


def _end_groups(aside: Path) -> None:
    for file in aside.glob(f"*{GROUP}"):
        if sys.platform != "win32":
            with contextlib.suppress(ProcessLookupError, PermissionError, ValueError):
                os.killpg(int(file.stem), signal.SIGKILL)


def time_error(path: Path) -> ReadError:
    """The error of a file that takes too long."""
    return ReadError("time", f"读取文件 {path.name!r} 超时，已跳过。请检查文件是否正常，或拆分后再导入。")


def _code(process: subprocess.Popen[bytes]) -> int:
    try:
        return process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()
