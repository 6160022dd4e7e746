"""The aspects by which places are compared: a codebook, the built-in one or the user's own."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from corpus.errors import UsageError
from corpus.files import is_workbook
from corpus.spacing import squeezed

_HEADS = (("方面", "方面名称", "name"), ("定义", "含义", "definition"), ("例词", "示例", "examples"))
"""What may stand above the name, the definition and the examples."""
_WANTED = "编码表要有“方面”“定义”“例词”三列（或 name、definition、examples），每行一个方面，例词用；隔开。"


@dataclass(frozen=True, slots=True)
class Aspect:
    """One column of a codebook: its definition and examples tell what belongs to it."""

    name: str
    definition: str
    examples: tuple[str, ...]


def read_aspects(file: Path | None = None) -> tuple[Aspect, ...]:
    """The codebook in a CSV file or on the first sheet of an .xlsx; the built-in one without.

    Its columns are 方面, 定义, 例词 (parted by ；), or name, definition, examples.

    Raises:
        UsageError: there is no such file, or a column or every row is missing.
    """
    if file is None:
        return aspects_of(written())
    if is_workbook(file):
        return _aspects(_rows(file))
    try:
        text = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as exc:
        raise UsageError(f"读不了编码表 {str(file)!r}。请存为 UTF-8 的 CSV 或 .xlsx。{_WANTED}") from exc
    return aspects_of(text)


def written() -> str:
    """The built-in codebook as CSV, to be changed into one's own."""
    return resources.files("answer").joinpath("data/aspects.csv").read_text("utf8")


def aspects_of(text: str) -> tuple[Aspect, ...]:
    r"""The codebook in a CSV text; a quoted field may hold commas and line breaks.

    Raises:
        UsageError: a column or every row is missing.

    >>> [a.name for a in aspects_of('方面,定义,例词\n站长,"谁管,\n怎么管",轮值；值守')]
    ['站长']
    """
    try:
        return _aspects(list(csv.reader(io.StringIO(text, newline=""))))
    except csv.Error as exc:
        raise UsageError(f"编码表不是 CSV：{exc}。请检查引号是否成对。") from exc


def _rows(file: Path) -> list[list[str]]:
    from extract.workbook.edited import cell_text, reading_workbook

    with reading_workbook(file) as book:
        return [[cell_text(cell) for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)]


def _aspects(rows: Iterable[Sequence[str]]) -> tuple[Aspect, ...]:
    heads, *body = [row for row in rows if any(cell.strip() for cell in row)] or [()]
    titles = [squeezed(head).lower() for head in heads]
    at = [next((n for n, title in enumerate(titles) if title in known), -1) for known in _HEADS]
    told = [[" ".join(row[n].split()) if n < len(row) else "" for n in at] for row in body]
    if -1 in at or not any(name for name, _, _ in told):
        raise UsageError(_WANTED)
    return tuple(Aspect(name, definition, _parted(examples)) for name, definition, examples in told if name)


def _parted(examples: str) -> tuple[str, ...]:
    return tuple(e.strip() for e in examples.replace(";", "；").split("；") if e.strip())


def aspects_named(names: Sequence[str], file: Path | None = None) -> tuple[Aspect, ...]:
    """The aspects of a codebook by name; a name that it does not have is an aspect of that name alone."""
    known = {a.name: a for a in read_aspects(file)}
    return tuple(known.get(name, Aspect(name, "", ())) for name in names)
