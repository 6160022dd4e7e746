"""The layout of a blank report form: what stands over and before each of its data cells.

Nothing is known here of places or indicators: a form is lines (columns under heads, rows behind names) and the cells
where they cross. Tables that stand side by side on one sheet are forms of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from corpus.spacing import squeezed
from extract.cells import is_total
from extract.heads import is_unit

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet  # type: ignore[import-untyped]

At = tuple[int, int]
"""Row and column of a cell, from 1."""
_PREAMBLE = re.compile(
    r"(?:填报|填表|报送|上报|制表|填制|编报|综合机关|制定机关|批准|备案|表\s*号|文\s*号|有效期|(?:计量)?单\s*位|时\s*间|日\s*期|"
    r"联系|审核|负责|截[至止])[^：:（(]{0,10}[：:]|.{0,12}年\s*月(?:\s*日)?$"
)
_NOTES = re.compile(
    r"\s*(?:(?:注释?|备注|说明|填[表报]说明|附注)\s*\d?\s*[：:．.、]|"
    r"(?:单位|统计|部门)?(?:审核|制表|填表|填报|负责|联系)人?(?:签字|签章)?\s*[：:]|报出日期)"
)
_INDEX = re.compile(r"[甲乙丙丁戊己]|[(（]?\d{1,2}[)）]?|[A-Z]|[—\-]|栏次")
_NO_DATA = re.compile(
    r"序号|编号|行次|栏次|.*代码|.*电话|手机.*|邮编|备\s*注|说明|排名|名次|联系(?:人|方式|电话).*|地址|(?:责任|牵头|配合)"
    r"(?:人|单位|部门|领导)?|负责人.*|填[报表]人|经办人|姓名|日期|签[名字章]|佐证.*|附件.*"
)
_UNIT_HEAD = re.compile(r"(?:计量)?单位")
_NUMBER = re.compile(r"[-+]?[\d,]*\.?\d+%?")
_YEAR = re.compile(r"(?:19|20)\d\d")
LAST_ROW, LAST_COLUMN = 20_000, 500
_DEEPEST = 5
"""Rows of heads at most."""
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
    """One table of a sheet. ``names`` are the heads over the words of its rows. ``empty`` are the data cells to be filled, ``kept`` those that hold something."""

    sheet: str
    title: tuple[str, ...]
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    empty: frozenset[At]
    kept: frozenset[At]
    names: tuple[str, ...] = ()


def read_forms(page: Worksheet, values: Mapping[At, str]) -> list[Form]:
    """The forms of a sheet, from left to right; ``values`` are its cells as shown, formulas by their results."""
    return list(_Sheet(page, values).forms())


@dataclass(frozen=True)
class _Sheet:
    page: Worksheet
    values: Mapping[At, str]

    def forms(self) -> Iterator[Form]:
        if self.heads is None or not self.body:
            return
        for labels, data in self._blocks():
            rows = tuple(self._rows(labels))
            columns = tuple(self._column(c) for c in data)
            cells = [(r.at, c.at) for r in rows for c in columns if self._stands_alone((r.at, c.at))]
            empty = frozenset(at for at in cells if self._is_empty(at))
            if cells:
                names = tuple("".join(self._column(c).texts) for c in labels)
                yield Form(self.page.title, self.title, rows, columns, empty, frozenset(cells) - empty, names)

    # --- cells ------------------------------------------------------------------------------------------------------

    @cached_property
    def merged(self) -> dict[At, At]:
        """Every cell of a merged range → its first."""
        found: dict[At, At] = {}
        for area in self.page.merged_cells.ranges:
            for r in range(area.min_row, min(area.max_row, LAST_ROW) + 1):
                for c in range(area.min_col, min(area.max_col, LAST_COLUMN) + 1):
                    found[r, c] = area.min_row, area.min_col
        return found

    @cached_property
    def ends(self) -> dict[At, At]:
        """The first cell of a merged range → its last."""
        return {
            (a.min_row, a.min_col): (min(a.max_row, LAST_ROW), min(a.max_col, LAST_COLUMN))
            for a in self.page.merged_cells.ranges
        }

    @cached_property
    def last(self) -> At:
        """The last row and the last column that say anything."""
        said = [at for at, text in self.values.items() if text.strip()]
        ends = [self.ends.get(at, at) for at in said]
        return max((r for r, _ in ends), default=0), max((c for _, c in ends), default=0)

    def text(self, r: int, c: int) -> str:
        """What a cell says; a merged one says it everywhere."""
        return self.values.get(self.merged.get((r, c), (r, c)), "")

    def anchors(self, r: int) -> list[At]:
        """The first cells of what a row says, each once."""
        cells = ((r, c) for c in range(1, self.last[1] + 1))
        found = dict.fromkeys(self.merged.get(at, at) for at in cells)
        return [at for at in found if self.values.get(at, "").strip()]

    def _is_empty(self, at: At) -> bool:
        value = self.page.cell(*at).value
        return value is None or (isinstance(value, str) and not value.strip())

    def _stands_alone(self, at: At) -> bool:
        """Whether a cell is not merged with another one that might be filled."""
        return at not in self.merged

    # --- rows -------------------------------------------------------------------------------------------------------

    @cached_property
    def heads(self) -> tuple[int, int] | None:
        """The first and the last row of heads: the first row with two cells that are no preamble begins them."""
        for r in range(1, self.last[0] + 1):
            said = [squeezed(self.values[at]) for at in self.anchors(r) if at[0] == r]
            if len(said) >= 2 and not any(_PREAMBLE.match(text) for text in said):
                return r, self._head_end(r)
        return None

    def _head_end(self, first: int) -> int:
        last = first
        while last < min(self.last[0], first + _DEEPEST):
            deeper = [self.ends[at][0] for at in self.anchors(last) if at in self.ends]
            if max(deeper, default=0) > last and max(deeper) - first < _DEEPEST:
                last = max(deeper)
            elif self._goes_on(first, last) or self._is_index(last + 1):
                last += 1
            else:
                break
        return last

    def _goes_on(self, first: int, last: int) -> bool:
        """Whether the row after ``last`` tells apart the columns of a wide head, merged or with blanks behind it."""
        wide = [at for at in self.anchors(last) if at in self.ends and self.ends[at][1] > at[1]]
        for at in wide:
            below = [c for c in range(at[1], self.ends[at][1] + 1) if self.text(last + 1, c).strip()]
            if at[0] == last and below:
                return True
        here = {c for _, c in self.anchors(last)}
        below_ = {c for _, c in self.anchors(last + 1)}
        under_blank = {c for c in below_ if c > min(here, default=0) and not self.text(last, c).strip()}
        return bool(under_blank) and min(here, default=0) not in below_ and first == last

    def _is_index(self, r: int) -> bool:
        """Whether a row only numbers the columns (甲 1 2 3)."""
        said = [squeezed(self.values[at]) for at in self.anchors(r)]
        return len(said) >= 2 and all(_INDEX.fullmatch(text) for text in said)

    @cached_property
    def title(self) -> tuple[str, ...]:
        """What stands above the heads."""
        assert self.heads is not None
        first = self.heads[0]
        return tuple(" ".join(self.values[at].split()) for r in range(1, first) for at in self.anchors(r) if at[0] == r)

    @cached_property
    def body(self) -> list[int]:
        """The rows below the heads, down to the notes."""
        assert self.heads is not None
        found = []
        for r in range(self.heads[1] + 1, self.last[0] + 1):
            said = [self.values[at] for at in self.anchors(r)]
            if said and _NOTES.match(said[0]):
                break
            if said:
                found.append(r)
        return found

    def _section(self, r: int) -> str | None:
        """The words of a row that is merged across the table, and heads the rows below it."""
        anchors = self.anchors(r)
        if len(anchors) != 1 or anchors[0][0] != r or anchors[0] not in self.ends:
            return None
        text, wide = self.values[anchors[0]].strip(), self.ends[anchors[0]][1] - anchors[0][1] + 1
        across = wide >= 3 and self.ends[anchors[0]][1] >= self.last[1] - 1
        return text if across and not is_total(squeezed(text)) else None

    def _rows(self, labels: Sequence[int]) -> Iterator[Line]:
        section = ""
        above = [""] * len(labels)
        for r in self.body:
            if (found := self._section(r)) is not None:
                section, above = found, [""] * len(labels)
                continue
            raw = [self.text(r, c) for c in labels]
            if not any(text.strip() for text in raw):
                continue
            total = any(is_total(squeezed(text)) for text in raw)
            if raw[-1].strip() and not total and not is_total(squeezed(above[0])):
                raw = [text if text.strip() else up for text, up in zip(raw[:-1], above, strict=False)] + raw[-1:]
            above = raw
            unit = next((squeezed(self.text(r, c)) for c in self.units if self.text(r, c).strip()), None)
            yield Line(r, _path([section, *raw]), self._indent(r, labels, raw), unit)

    def _indent(self, r: int, labels: Sequence[int], raw: Sequence[str]) -> int:
        column = next((c for c, text in zip(reversed(labels), reversed(raw), strict=True) if text.strip()), labels[0])
        text = self.text(r, column)
        cell = self.page.cell(*self.merged.get((r, column), (r, column)))
        return len(text) - len(text.lstrip()) + 2 * int(cell.alignment.indent or 0)

    # --- columns ----------------------------------------------------------------------------------------------------

    def _blocks(self) -> Iterator[tuple[list[int], list[int]]]:
        """Columns of names with the columns of data behind them."""
        labels: list[int] = []
        data: list[int] = []
        for c in range(1, self.last[1] + 1):
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
        for c in range(1, self.last[1] + 1):
            made[c] = self._kind(c, named="label" in made.values(), counted="data" in made.values())
        return made

    @cached_property
    def units(self) -> list[int]:
        """The columns of units."""
        return [c for c, kind in self.kinds.items() if kind == "unit"]

    def _kind(self, c: int, *, named: bool, counted: bool) -> _Kind:
        head = squeezed(self._column(c).texts[-1] if self._column(c).texts else "")
        said = [squeezed(self.text(r, c)) for r in self.body if self._section(r) is None]
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
            at = self.merged.get((r, c), (r, c))
            text = self.text(r, c)
            if not text.strip() and at == (r, c) and r < last and self.text(last, c).strip():
                at, text = self._wider(r, c)
            if at not in seen and text.strip() and not self._is_index(r):
                texts.append(text)
            seen.add(at)
        return Line(c, _path(texts))

    def _wider(self, r: int, c: int) -> tuple[At, str]:
        """The head that stands for a blank one to the right of it, as where cells were not merged."""
        for left in range(c - 1, 0, -1):
            at = self.merged.get((r, left), (r, left))
            if self.values.get(at, "").strip():
                row = self.ends.get(at, at)[0]
                return (at, self.values[at]) if row == r and self.text(r + 1, left).strip() else ((r, c), "")
        return (r, c), ""


def _path(texts: Sequence[str]) -> tuple[str, ...]:
    """Words without the blanks between them, one that repeats the last left out."""
    found: list[str] = []
    for text in map(squeezed, texts):
        if text and text != (found[-1] if found else ""):
            found.append(text)
    return tuple(found)
