"""The cells of a sheet by row and column, merged ones saying the same everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet  # type: ignore[import-untyped]

At = tuple[int, int]
"""Row and column of a cell, from 1."""
LAST_ROW, LAST_COLUMN = 20_000, 500
"""Beyond these nothing is read."""


@dataclass(frozen=True)
class Grid:
    """A sheet open for writing, and its cells as shown (``values``): formulas by their results."""

    page: Worksheet
    values: Mapping[At, str]

    @cached_property
    def ends(self) -> dict[At, At]:
        """The first cell of a merged range → its last."""
        return {
            (a.min_row, a.min_col): (min(a.max_row, LAST_ROW), min(a.max_col, LAST_COLUMN))
            for a in self.page.merged_cells.ranges
        }

    @cached_property
    def merged(self) -> dict[At, At]:
        """Every cell of a merged range → its first."""
        return {
            (r, c): (first, left)
            for (first, left), (last, right) in self.ends.items()
            for r in range(first, last + 1)
            for c in range(left, right + 1)
        }

    @cached_property
    def last(self) -> At:
        """The last row and the last column that say anything."""
        ends = [self.ends.get(at, at) for at, text in self.values.items() if text.strip()]
        return max((r for r, _ in ends), default=0), max((c for _, c in ends), default=0)

    def first(self, r: int, c: int) -> At:
        """The cell that says what another one says: itself, or the first of its merged range."""
        return self.merged.get((r, c), (r, c))

    def text(self, r: int, c: int) -> str:
        """What a cell says."""
        return self.values.get(self.first(r, c), "")

    def anchors(self, r: int) -> list[At]:
        """The first cells of what a row says, each once."""
        found = dict.fromkeys(self.first(r, c) for c in range(1, self.last[1] + 1))
        return [at for at in found if self.values.get(at, "").strip()]

    def is_empty(self, at: At) -> bool:
        """Whether there is neither a value nor a formula."""
        value = self.page.cell(*at).value
        return value is None or (isinstance(value, str) and not value.strip())
