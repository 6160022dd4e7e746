"""Where the tables of a sheet begin and end: their heads, their notes, the heads of the next one."""

from __future__ import annotations

import re

from corpus.spacing import squeezed
from extract.cells import is_total
from extract.workbook.grid import Grid

_PREAMBLE = re.compile(
    r"(?:填报|填表|报送|上报|制表|填制|编报|综合机关|制定机关|批准|备案|表\s*号|文\s*号|有效期|(?:计量)?单\s*位|时\s*间|日\s*期|"
    r"联系|审核|负责|截[至止])[^：:（(]{0,10}[：:]|.{0,12}年\s*月(?:\s*日)?$"
)
_NOTES = re.compile(
    r"\s*(?:(?:注释?|备注|说明|填[表报]说明|附注)\s*\d?\s*[：:．.、]|"
    r"(?:单位|统计|部门)?(?:审核|制表|填表|填报|负责|联系)人?(?:签字|签章)?\s*[：:]|报出日期)"
)
_INDEX = re.compile(r"[甲乙丙丁戊己]|[(（]?\d{1,2}[)）]?|[A-Z]|[—\-]|栏次")
_WORDS = re.compile("[一-鿿]{2}")
_DEEPEST = 5
"""Rows of heads at most."""


def find_heads(grid: Grid, begin: int) -> tuple[int, int] | None:
    """The first and the last row of heads: the first row with two cells that are no preamble begins them."""
    for r in range(begin, grid.last[0] + 1):
        said = _said(grid, r)
        if len(said) >= 2 and not any(_PREAMBLE.match(text) or _NOTES.match(text) for text in said):
            return r, _head_end(grid, r)
    return None


def find_end(grid: Grid, heads: tuple[int, int]) -> int:
    """The last row of the table: before its notes, or before the title and heads of another one."""
    counted = _counted(grid, heads)
    for r in range(heads[1] + 1, grid.last[0] + 1):
        said = _said(grid, r)
        if said and _NOTES.match(said[0]):
            return r - 1
        if _heads_again(grid, heads, counted, r):
            while r - 1 > heads[1] and len(_said(grid, r - 1)) < 2 and not _is_row(grid, r - 1):
                r -= 1
            return r - 1
    return grid.last[0]


def section(grid: Grid, r: int) -> str | None:
    """The words of a row that is merged across the table, and heads the rows below it."""
    anchors = grid.anchors(r)
    if len(anchors) != 1 or anchors[0][0] != r or anchors[0] not in grid.ends:
        return None
    text, wide = grid.values[anchors[0]].strip(), grid.ends[anchors[0]][1] - anchors[0][1] + 1
    across = wide >= 3 and grid.ends[anchors[0]][1] >= grid.last[1] - 1
    return text if across and not is_total(squeezed(text)) else None


def is_index(grid: Grid, r: int) -> bool:
    """Whether a row only numbers the columns (甲 1 2 3)."""
    said = [squeezed(grid.values[at]) for at in grid.anchors(r)]
    return len(said) >= 2 and all(_INDEX.fullmatch(text) for text in said)


def is_note(text: str) -> bool:
    """Whether a text below or above a table is a note or a line for signatures."""
    return _NOTES.match(text) is not None


def _said(grid: Grid, r: int) -> list[str]:
    return [squeezed(grid.values[at]) for at in grid.anchors(r) if at[0] == r]


def _head_end(grid: Grid, first: int) -> int:
    last, ends = first, grid.ends
    while last < min(grid.last[0], first + _DEEPEST):
        deeper = [ends[at][0] for at in grid.anchors(last) if at in ends]
        if max(deeper, default=0) > last and max(deeper) - first < _DEEPEST:
            last = max(deeper)
        elif _goes_on(grid, first, last) or is_index(grid, last + 1):
            last += 1
        else:
            break
    return last


def _goes_on(grid: Grid, first: int, last: int) -> bool:
    """Whether the row after ``last`` tells apart the columns of a wide head, merged or with blanks behind it."""
    heads = grid.anchors(last)
    wide = [at for at in heads if at in grid.ends and grid.ends[at][1] > at[1]]
    if heads[0] in wide and all(grid.ends.get(at, at)[0] == last for at in heads):
        wide.remove(heads[0])
    for at in wide:
        below = [c for c in range(at[1], grid.ends[at][1] + 1) if grid.text(last + 1, c).strip()]
        if at[0] == last and below:
            return True
    here = {c for _, c in grid.anchors(last)}
    below_ = {c for _, c in grid.anchors(last + 1)}
    under_blank = {c for c in below_ if c > min(here, default=0) and not grid.text(last, c).strip()}
    return bool(under_blank) and min(here, default=0) not in below_ and first == last


def _is_row(grid: Grid, r: int) -> bool:
    """Whether the only words of a row stand where those of the first row below the heads do, in one cell."""
    at = next(iter(grid.anchors(r)), None)
    return at is not None and at not in grid.ends and not re.search(r"表|单位|[:：]", grid.values[at])


def _heads_again(grid: Grid, heads: tuple[int, int], counted: list[int], r: int) -> bool:
    """Whether a row below the heads is heads again: it says in words what stands in most columns of numbers."""
    said = {c: grid.text(r, c) for r_, c in grid.anchors(r) if r_ == r}
    if len(said) < 2:
        return False
    if tuple(map(squeezed, said.values())) == tuple(_said(grid, heads[0])):
        return True
    words = [text for c in counted if _WORDS.search(text := squeezed(said.get(c, "")))]
    return len(set(words)) == len(words) >= 2 and len(words) * 5 >= len(counted) * 3


def _counted(grid: Grid, heads: tuple[int, int]) -> list[int]:
    """The columns that hold no words in the first row below the heads."""
    rows = range(heads[1] + 1, grid.last[0] + 1)
    below = next((r for r in rows if grid.anchors(r) and section(grid, r) is None), rows.start)
    headed = [c for c in range(1, grid.last[1] + 1) if grid.text(heads[0], c).strip()]
    return [c for c in headed if not re.search("[一-鿿]", grid.text(below, c))]
