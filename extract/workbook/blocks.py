"""A sheet as plain rows: its blocks, their heads, and cells that lead somewhere or work something out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Cell = str | Decimal | int | None
Kind = Literal["text", "number"]


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads to a row (from 1, below the head) of 依据; ``noted`` ones are explained in the remarks."""

    cell: Cell
    row: int
    noted: bool = False


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula of our own; ``percent`` shows its result so."""

    text: str
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Heads with (name, width, kind) and rows below them, after lines of text; ``choices`` for a column, by head."""

    heads: tuple[tuple[str, float, Kind], ...]
    rows: Iterable[Sequence[Cell | Link | Formula]]
    above: tuple[str, ...] = ()
    choices: tuple[str, tuple[str, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its blocks from top to bottom, and the columns kept in sight.

    ``listed``: its first block is a list to be filtered, its head kept in sight; ``repeated``: printed on every page.
    """

    name: str
    blocks: tuple[Block, ...]
    frozen: int = 0
    listed: bool = True
    repeated: bool = False
