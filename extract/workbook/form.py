"""The layout of a blank report form: what stands over and before each of its data cells.

Nothing is known here of places or indicators: a form is lines (columns under heads, rows behind names) and the cells
where they cross. Tables that stand side by side on one sheet are forms of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from corpus.spacing import squeezed
from extract.cells import is_total
from extract.heads import is_unit
from extract.workbook.bounds import find_end, find_heads, is_index, is_note, section
from extract.workbook.grid import At, Grid

_NO_DATA = re.compile(
    r"序号|编号|行次|栏次|.*代码|.*电话|手机.*|邮编|备\s*注|说明|排名|名次|联系(?:人|方式|电话).*|地址|(?:责任|牵头|配合)"
    r"(?:人|单位|部门|领导)?|负责人.*|填[报表]人|经办人|姓名|日期|签[名字章]|佐证.*|附件.*"
)
_UNIT_HEAD = re.compile(r"(?:计量)?单位")
_NUMBER = re.compile(r"[-+]?[\d,]*\.?\d+%?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_Kind = Literal["label", "data", "unit", "skip"]


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column: its number, and its words from the outermost in; ``indent`` is that of the innermost."""

    at: int
    texts: tuple[str, ...]
    indent: int = 0
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """One table of a sheet. ``names`` are the heads over the words of its rows.

    ``empty`` are the data cells to be filled, ``kept`` those that hold something.
    """

    sheet: str
    title: tuple[str, ...]
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    empty: frozenset[At]
    kept: frozenset[At]
    names: tuple[str, ...] = ()


def read_forms(grid: Grid) -> list[Form]:
    """The forms of a sheet, from left to right and from the top down."""
    found: list[Form] = []
    begin = 1
    title: tuple[str, ...] = ()
    while begin <= grid.last[0]:
        table = _Table(grid, begin, title)
        if table.heads is None:
            break
        found += table.forms()
        begin, title = max(table.end, table.heads[1]) + 1, table.title
    return found


@dataclass(frozen=True)
class _Table:
    """The first table from row ``begin`` on; ``above`` is the title of the one before it, for want of its own."""

    grid: Grid
    begin: int
    above: tuple[str, ...] = ()

    def forms(self) -> Iterator[Form]:
        if not self.body:
            return
        page = self.grid.page
        for labels, data in self._blocks():
            rows = tuple(self._rows(labels))
            columns = tuple(self._column(c) for c in data)
            cells = [(r.at, c.at) for r in rows for c in columns if self._stands_alone((r.at, c.at))]
            empty = frozenset(at for at in cells if self.grid.is_empty(at))
            if cells:
                names = tuple("".join(self._column(c).texts) for c in labels)
                yield Form(page.title, self.title, rows, columns, empty, frozenset(cells) - empty, names)

    def _stands_alone(self, at: At) -> bool:
        """Whether a cell is merged with no other one that might be filled: with columns under the same head at most."""
        if at not in self.grid.merged:
            return True
        row, column = self.grid.ends.get(at, (0, 0))
        heads = {self._column(c).texts for c in range(at[1], column + 1)}
        return row == at[0] and len(heads) == 1

    # --- rows -------------------------------------------------------------------------------------------------------

    @cached_property
    def heads(self) -> tuple[int, int] | None:
        """The first and the last row of heads."""
        return find_heads(self.grid, self.begin)

    @cached_property
    def end(self) -> int:
        """The last row of the table."""
        assert self.heads is not None
        return find_end(self.grid, self.heads)

    @cached_property
    def title(self) -> tuple[str, ...]:
        """What stands above the heads."""
        assert self.heads is not None
        rows = range(self.begin, self.heads[0])
        own = [self.grid.values[at] for r in rows for at in self.grid.anchors(r) if at[0] == r]
        return tuple(" ".join(text.split()) for text in own if not is_note(text)) or self.above

    @cached_property
    def body(self) -> list[int]:
        """The rows below the heads that say anything."""
        assert self.heads is not None
        return [r for r in range(self.heads[1] + 1, self.end + 1) if self.grid.anchors(r)]

    def _rows(self, labels: Sequence[int]) -> Iterator[Line]:
        over = ""
        above = [""] * len(labels)
        for r in self.body:
            if (found := section(self.grid, r)) is not None:
                over, above = found, [""] * len(labels)
                continue
            raw = [self.grid.text(r, c) for c in labels]
            if not any(text.strip() for text in raw):
                continue
            total = any(is_total(squeezed(text)) for text in raw)
            if raw[-1].strip() and not total and not is_total(squeezed(above[0])):
                raw = [text if text.strip() else up for text, up in zip(raw[:-1], above, strict=False)] + raw[-1:]
            above = raw
            unit = next((squeezed(self.grid.text(r, c)) for c in self.units if self.grid.text(r, c).strip()), None)
            yield Line(r, _path([over, *raw]), self._indent(r, labels, raw), unit)

    def _indent(self, r: int, labels: Sequence[int], raw: Sequence[str]) -> int:
        column = next((c for c, text in zip(reversed(labels), reversed(raw), strict=True) if text.strip()), labels[0])
        text = self.grid.text(r, column)
        cell = self.grid.page.cell(*self.grid.first(r, column))
        return len(text) - len(text.lstrip()) + 2 * int(cell.alignment.indent or 0)

    # --- columns ----------------------------------------------------------------------------------------------------

    def _blocks(self) -> Iterator[tuple[list[int], list[int]]]:
        """Columns of names with the columns of data behind them."""
        labels: list[int] = []
        data: list[int] = []
        for c in range(1, self.grid.last[1] + 1):
            kind = self.kinds[c]
            if kind == "label" and data:
                yield labels, data
                labels, data = [], []
            if kind == "label":
                labels.append(c)
            elif kind == "data" and labels:
                data.append(c)
        if data:
            yield labels, data

    @cached_property
    def kinds(self) -> dict[int, _Kind]:
        """What each column is for."""
        made: dict[int, _Kind] = {}
        for c in range(1, self.grid.last[1] + 1):
            made[c] = self._kind(c, named="label" in made.values(), counted="data" in made.values())
        return made

    @cached_property
    def units(self) -> list[int]:
        """The columns of units."""
        return [c for c, kind in self.kinds.items() if kind == "unit"]

    def _kind(self, c: int, *, named: bool, counted: bool) -> _Kind:
        head = squeezed(self._column(c).texts[-1] if self._column(c).texts else "")
        said = [squeezed(self.grid.text(r, c)) for r in self.body if section(self.grid, r) is None]
        words = [text for text in said if text and not _NUMBER.fullmatch(text)]
        if named and words and _UNIT_HEAD.fullmatch(head) and all(is_unit(text) or len(text) > 6 for text in words):
            return "unit"
        if _NO_DATA.fullmatch(head):
            return "skip"
        if said and not named and all(_YEAR.fullmatch(text) for text in said):
            return "label"
        if words and (not counted or len(words) * 2 > len(said)):
            return "label"
        return "data" if head else "skip"

    def _column(self, c: int) -> Line:
        assert self.heads is not None
        first, last = self.heads
        texts: list[str] = []
        seen: set[At] = set()
        for r in range(first, last + 1):
            at = self.grid.first(r, c)
            text = self.grid.text(r, c)
            if not text.strip() and at == (r, c) and r < last and self.grid.text(last, c).strip():
                at, text = self._wider(r, c)
            if at not in seen and text.strip() and not is_index(self.grid, r):
                texts.append(text)
            seen.add(at)
        return Line(c, _path(texts))

    def _wider(self, r: int, c: int) -> tuple[At, str]:
        """The head that stands for a blank one to the right of it, as where cells were not merged."""
        for left in range(c - 1, 0, -1):
            at = self.grid.first(r, left)
            if self.grid.values.get(at, "").strip():
                row = self.grid.ends.get(at, at)[0]
                return (at, self.grid.values[at]) if row == r and self.grid.text(r + 1, left).strip() else ((r, c), "")
        return (r, c), ""


def _path(texts: Sequence[str]) -> tuple[str, ...]:
    """Words without the blanks between them, one that repeats the last left out."""
    found: list[str] = []
    for text in map(squeezed, texts):
        if text and text != (found[-1] if found else ""):
            found.append(text)
    return tuple(found)
