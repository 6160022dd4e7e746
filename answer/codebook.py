"""The aspects by which places are compared: a codebook, the built-in one or the user's own."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from corpus.errors import UsageError


@dataclass(frozen=True, slots=True)
class Aspect:
    """One column of a codebook: its definition and examples tell what belongs to it."""

    name: str
    definition: str
    examples: tuple[str, ...]


def read_aspects(file: Path | None = None) -> tuple[Aspect, ...]:
    """The codebook in a CSV file with the columns name, definition, examples (parted by ；); the built-in one without.

    Raises:
        UsageError: there is no such file, or a column or every row is missing.
    """
    if file is None:
        text = written()
    else:
        try:
            text = file.read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError) as exc:
            raise UsageError(
                f"读不了编码表 {str(file)!r}。请存为 UTF-8 的 CSV，列为 name、definition、examples。"
            ) from exc
    return aspects_of(text)


def written() -> str:
    """The built-in codebook as CSV, to be changed into one's own."""
    return resources.files("answer").joinpath("data/aspects.csv").read_text("utf8")


def aspects_of(text: str) -> tuple[Aspect, ...]:
    r"""The codebook in a CSV text; a quoted field may hold commas and line breaks.

    Raises:
        UsageError: a column or every row is missing.

    >>> [a.name for a in aspects_of('name,definition,examples\n站长,"谁管,\n怎么管",轮值；值守')]
    ['站长']
    """
    try:
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
    except csv.Error as exc:
        raise UsageError(f"编码表不是 CSV：{exc}。请检查引号是否成对。") from exc
    if not rows or not {"name", "definition", "examples"} <= set(rows[0]):
        raise UsageError("编码表要有 name、definition、examples 三列，每行一个方面。")
    told = [tuple(" ".join((r[column] or "").split()) for column in ("name", "definition", "examples")) for r in rows]
    return tuple(Aspect(name, definition, _parted(examples)) for name, definition, examples in told if name)


def _parted(examples: str) -> tuple[str, ...]:
    return tuple(e.strip() for e in examples.replace(";", "；").split("；") if e.strip())


def aspects_named(names: Sequence[str], file: Path | None = None) -> tuple[Aspect, ...]:
    """The aspects of a codebook by name; a name that it does not have is an aspect of that name alone."""
    known = {a.name: a for a in read_aspects(file)}
    return tuple(known.get(name, Aspect(name, "", ())) for name in names)
