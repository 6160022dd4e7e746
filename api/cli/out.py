"""What commands print, and the two options that every command takes."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress as RichProgress

    from api.library import Library


SOME_FAILED = 3
"""Exit code: done, but some items failed."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass
class Common:
    """``--library`` and ``--json``, wherever in the line they stood; whether some items of the command failed."""

    library: str | None = None
    json: bool = False
    some_failed: bool = False


common = Common()


def take_common(argv: Sequence[str]) -> list[str]:
    """Set ``common`` from the arguments and give back the others."""
    common.library, common.json, common.some_failed = None, False, False
    rest: list[str] = []
    given = iter(argv)
    for arg in given:
        if arg == "--":
            rest += [arg, *given]
        elif arg == "--json":
            common.json = True
        elif arg == "--library":
            common.library = next(given, None)
            if common.library is None:
                rest.append(arg)
        elif arg.startswith("--library="):
            common.library = arg.split("=", 1)[1]
        else:
            rest.append(arg)
    return rest


def prepare_streams() -> None:
    """UTF-8 where the output is a file or pipe; a console that lacks a character shows a question mark for it."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Callable[..., None] | None = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            if stream.isatty():
                reconfigure(errors="replace")
            else:
                reconfigure(encoding=os.environ.get("PYTHONIOENCODING", "utf-8").split(":")[0], errors="replace")


def open_library(*, create: bool = False) -> Library:
    """The library that the line or the environment names."""
    from api.library import Library
    from api.settings import load_settings

    settings = load_settings(library=common.library)
    return Library.open(settings.library, create=create, settings=settings)


def write(text: str = "", *, to: IO[str] | None = None) -> None:
    """One line for people; what a file's name or text would have a terminal do is left out."""
    (to or sys.stdout).write(_CONTROL.sub("�", text) + "\n")


def note(text: str) -> None:
    """One line on stderr."""
    write(text, to=sys.stderr)


def write_json(value: object) -> None:
    """One JSON object on one line."""
    write(json.dumps(value, ensure_ascii=False))


def write_rows(rows: Iterable[Any]) -> None:
    """JSON lines."""
    for row in rows:
        write_json(row)


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table for people on stdout."""
    from rich.table import Table

    made = Table(title=title or None, title_justify="left", show_edge=False)
    for column in columns:
        made.add_column(column, overflow="fold", no_wrap=column == "编号")
    for row in rows:
        made.add_row(*("" if cell is None else str(cell) for cell in row))
    _console(sys.stdout).print(made)


@contextmanager
def progress_bar(what: str) -> Iterator[Callable[[int, int, str], None]]:
    """A progress bar on stderr, as a ``Progress``: how many, the rate, the time left, the item."""
    with progress_bars(what) as (bar,):
        yield bar


@contextmanager
def progress_bars(*names: str) -> Iterator[list[Callable[[int, int, str], None]]]:
    """The same for several jobs, one after another; each bar appears with its job."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"), BarColumn(bar_width=24), MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"), TimeRemainingColumn(), TextColumn("{task.fields[item]}"),
    )  # fmt: skip
    with Progress(*columns, console=_console(sys.stderr), transient=False) as bars:
        yield [_bar(bars, name, first=name == names[0]) for name in names]


def _bar(bars: RichProgress, name: str, *, first: bool) -> Callable[[int, int, str], None]:
    task = bars.add_task(name, total=None, item="", rate="", visible=first, start=first)

    def show(done: int, total: int, item: str) -> None:
        bars.start_task(task) if done == 1 and not first else None
        speed = bars.tasks[task].speed
        rate = f"{speed * 60:.0f} 个/分" if speed else ""
        bars.update(task, completed=done, total=total, item=item if done < total else "", rate=rate, visible=True)

    return show


def _console(stream: IO[str]) -> Console:
    from rich.console import Console

    return Console(file=stream, markup=False, highlight=False, soft_wrap=False)


def check_output(path: Path, endings: Sequence[str]) -> Path:
    """A file to be written, with one of the endings allowed.

    Raises:
        UsageError: it has another ending, or its folder is not there.
    """
    from corpus.errors import UsageError

    if path.suffix.lower() not in endings:
        raise UsageError(f"不支持的输出格式 {path.suffix!r}，请用 {'、'.join(endings)} 之一。")
    if not path.parent.exists():
        raise UsageError(f"文件夹 {str(path.parent)!r} 不存在，请先建立。")
    return path
