"""Bulletins set line by line on ReportLab's canvas: newspapers with jumps, lines drawn out of order."""

from __future__ import annotations

import random
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from evals.layouts.layouts import Layout, Style, running_head
from evals.layouts.model import Bulletin, Figure, Item, Part

_WIDTH, _HEIGHT = 595.28, 841.89
FONT_FILES = {
    "ming": "/usr/share/fonts/truetype/arphic/uming.ttc",
    "kai": "/usr/share/fonts/truetype/arphic/ukai.ttc",
    "hei": "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
}
_NO_BEGIN = "，。、；：！？”）》%】①"
_NO_END = "“（《【"


@dataclass(frozen=True, slots=True)
class _Row:
    """A line to set: its text, font and size, its indent, its place in the measure, the space above it."""

    text: str
    font: str
    size: float
    above: float
    indent: float = 0.0
    align: str = "left"
    kind: str = "text"
    fill: float = 0.0


def render(bulletin: Bulletin, layout: Layout, style: Style) -> bytes:
    """The PDF; set twice where articles go on on later pages, for the numbers of those pages."""
    setter, later = _set(bulletin, layout, style, {})
    if later:
        setter, _ = _set(bulletin, layout, style, later)
    return setter.finish()


def _set(bulletin: Bulletin, layout: Layout, style: Style, later: dict[int, int]) -> tuple[_Setter, dict[int, int]]:
    """The pages, and on which page each article that is continued goes on."""
    setter = _Setter(bulletin, layout, style)
    setter.masthead()
    kept: dict[int, list[_Row]] = {}
    for i, item in enumerate(bulletin.items):
        new = item.column if item.column and (i == 0 or bulletin.items[i - 1].column != item.column) else None
        head, rows = setter.rows_of(item, new)
        cut = _cut(rows) if layout.jumps and i < 2 else 0
        setter.head(head)
        setter.run(rows[:cut] if cut else rows)
        if cut:
            setter.run([setter.small(f"（下转第{later.get(i, 9)}版）", "right")])
            kept[i] = rows[cut:]
    found: dict[int, int] = {}
    for i, rest in kept.items():
        setter.new_page()
        found[i] = setter.page
        again = setter.again(bulletin.items[i].whole_title) if i % 2 else []
        setter.run([*again, setter.small("（上接第1版）", "left"), *rest])
    return setter, found


def _cut(rows: list[_Row]) -> int:
    """Where a long article is broken off: inside a paragraph."""
    able = (k for k in range(12, len(rows) - 8) if rows[k - 1].kind == rows[k].kind == "text" and not rows[k].indent)
    return next((k for k in able if rows[k].above == 0), 0) if len(rows) > 24 else 0


class _Setter:
    """Fills columns and pages with rows."""

    def __init__(self, bulletin: Bulletin, layout: Layout, style: Style) -> None:
        from reportlab.pdfgen import canvas  # type: ignore[import-untyped]

        self.bulletin, self.layout, self.style = bulletin, layout, style
        self.body, self.bold, self.kai = fonts_of(style)
        self.out = BytesIO()
        self.canvas: Any = canvas.Canvas(self.out, pagesize=(_WIDTH, _HEIGHT))
        self.measure = (_WIDTH - 2 * style.margin - style.gutter * (layout.columns - 1)) / layout.columns
        self.top = self.y = _HEIGHT - style.margin
        self.column, self.page = 0, 1
        self.strings: list[tuple[float, float, str, float, str, float]] = []

    def masthead(self) -> None:
        """Name, issue, sponsor and date over all columns."""
        size = self.style.size
        for text, big in (
            (self.bulletin.name, 3.0),
            (f"{self.bulletin.issue}　　{self.bulletin.sponsor}主办　　{self.bulletin.date}", 1.0),
        ):
            self.y -= size * (2.6 if big > 1 else 2.4)
            self._put(_Row(text, self.bold if big > 1 else self.body, size * big, 0, align="centre"), 0, self._full())
        self.y -= size
        self.canvas.line(self.style.margin, self.y, _WIDTH - self.style.margin, self.y)
        self.top = self.y

    def rows_of(self, item: Item, column: str | None) -> tuple[list[_Row], list[_Row]]:
        """The rows of the headline and those below it."""
        size, style = self.style.size, self.style
        align = "centre" if style.centred else "left"
        measure = self._full() if self.layout.spanning else self.measure
        head: list[_Row] = []
        if column:
            head.append(_Row(column, self.bold, size * style.column, size * 1.2, kind="head"))
        for line in item.title:
            head += self._break(
                line,
                self.body if style.light else self.bold,
                size * style.title,
                measure,
                align=align,
                above=size,
                kind="head",
            )
        if item.subtitle:
            head += self._break("——" + item.subtitle, self.kai, size, measure, align=align, above=2, kind="head")
        rows: list[_Row] = []
        if item.note:
            rows += self._paragraph(item.note, self.kai if style.kai_notes else self.body)
        figures = {figure.at: figure for figure in item.figures}
        for k, part in enumerate(item.parts):
            rows += self._part(part, figures.get(k))
        if item.source_as_set:
            rows += self._break(item.source_as_set, self.body, size, self.measure, align="right", kind="source")
        return head, rows

    def head(self, rows: list[_Row]) -> None:
        """A headline: over all columns or in its own; never parted from two lines below it."""
        height = sum(self._height(row) for row in rows) + 3 * self._pitch()
        if self.layout.spanning:
            if self.column or self.y < self.top:
                self.new_page()
            for row in rows:
                self._down(row)
                self._put(row, 0, self._full())
            self.y -= self.style.size
            self.top = self.y
            return
        if self.y - height < self.style.margin:
            self._next_column()
        self.run(rows)
        self.y -= 0.4 * self.style.size

    def run(self, rows: list[_Row]) -> None:
        """Rows in the columns."""
        for row in rows:
            if self.y - self._height(row) < self.style.margin + 4:
                self._next_column()
            self._down(row)
            if row.kind == "picture":
                left = self._left()
                self.canvas.setFillGray(0.85)
                self.canvas.rect(left, self.y, self.measure, row.fill - 4, stroke=1, fill=1)
                self.canvas.setFillGray(0)
            else:
                self._put(row, self._left() - self.style.margin, self.measure)

    def small(self, text: str, align: str) -> _Row:
        """A line that points to another page."""
        return _Row(text, self.kai, self.style.size, 0, align=align, kind="jump")

    def again(self, title: str) -> list[_Row]:
        """The title said again over the part on a later page."""
        return self._break(title, self.bold, self.style.size, self.measure, kind="jump", align="left")

    def new_page(self) -> None:
        """The next page."""
        self._flush()
        self.page, self.column = self.page + 1, 0
        self.top = self.y = _HEIGHT - self.style.margin

    def finish(self) -> bytes:
        """The file."""
        self._flush()
        self.canvas.save()
        return self.out.getvalue()

    def _part(self, part: Part, figure: Figure | None) -> list[_Row]:
        size = self.style.size
        if part.kind == "heading":
            return self._paragraph(part.text, self.bold, kind="heading")
        if part.kind == "sign":
            return [_Row(part.text, self.body, size, 0, align="right", kind="sign")]
        rows = self._paragraph(part.text, self.body, kind="box" if part.kind == "box" else "text")
        if figure is not None:
            small = size * self.style.caption
            shown = [_Row("", self.body, size, 0, kind="picture", fill=80.0)]
            shown += self._break(figure.caption, self.kai, small, self.measure, align="centre", above=0, kind="caption")
            shown.append(_Row("", self.body, size, -0.5 * size, kind="caption"))
            at = len(rows) // 2 if self.layout.inside else len(rows)
            rows = rows[:at] + shown + rows[at:]
        return rows

    def _paragraph(self, text: str, font: str, kind: str = "text") -> list[_Row]:
        indent = 2 * self.style.size if self.layout.indent else 0.0
        above = 0.0 if self.layout.indent else 0.9 * self.style.size
        return self._break(text, font, self.style.size, self.measure, indent=indent, above=above, kind=kind)

    def _break(
        self, text: str, font: str, size: float, measure: float, *, indent: float = 0.0, align: str = "full",
        above: float = 0.0, kind: str = "text",
    ) -> list[_Row]:  # fmt: skip
        """Greedy lines; closing marks never begin one."""
        pieces: list[str] = []
        line = ""
        for c in text:
            room = measure - (indent if not pieces else 0)
            if self._width(line + c, font, size) > room + 0.01:
                kept = line.rstrip(_NO_BEGIN)[:-1] if c in _NO_BEGIN else line.rstrip(_NO_END)
                pieces.append(kept)
                line = line[len(kept) :]
            line += c
        pieces.append(line)
        full = align == "full" and not self.layout.ragged
        rows = []
        for i, piece in enumerate(pieces):
            inner = indent if i == 0 else 0.0
            how = "justify" if full and i < len(pieces) - 1 else "left" if align == "full" else align
            rows.append(_Row(piece, font, size, above if i == 0 else 0.0, inner, how, kind))
        return rows

    def _width(self, text: str, font: str, size: float) -> float:
        from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]

        return float(pdfmetrics.stringWidth(text, font, size))

    def _full(self) -> float:
        return _WIDTH - 2 * self.style.margin

    def _left(self) -> float:
        return self.style.margin + self.column * (self.measure + self.style.gutter)

    def _pitch(self) -> float:
        return self.style.size * self.style.pitch

    def _height(self, row: _Row) -> float:
        return row.above + (row.fill or max(self._pitch(), row.size * 1.3))

    def _down(self, row: _Row) -> None:
        self.y -= self._height(row)

    def _next_column(self) -> None:
        if self.column + 1 < self.layout.columns:
            self.column, self.y = self.column + 1, self.top
        else:
            self.new_page()

    def _put(self, row: _Row, x: float, measure: float) -> None:
        width = self._width(row.text, row.font, row.size)
        room = measure - row.indent
        shift = {"centre": (room - width) / 2, "right": room - width}.get(row.align, 0.0)
        apart = (room - width) / (len(row.text) - 1) if row.align == "justify" and len(row.text) > 1 else 0.0
        left = self.style.margin + x + row.indent + shift
        self.strings.append((left, self.y, row.font, row.size, row.text, apart))

    def _flush(self) -> None:
        if self.layout.shuffled:
            random.Random(self.page).shuffle(self.strings)
        for x, y, font, size, text, apart in self.strings:
            self.canvas.setFont(font, size)
            self.canvas.drawString(x, y, text, charSpace=apart)
        self.strings = []
        number = self.layout.page_number.replace("{n}", str(self.page))
        margin, small = self.style.margin, self.style.size * 0.85
        self.canvas.setFont(self.body, small)
        head = running_head(self.bulletin, self.page if self.layout.alternate else 1)
        if self.layout.alternate and self.page % 2 == 0:
            self.canvas.drawString(margin, _HEIGHT - margin * 0.6, head)
            self.canvas.drawString(margin, margin * 0.5, number)
        else:
            self.canvas.drawRightString(_WIDTH - margin, _HEIGHT - margin * 0.6, head)
            self.canvas.drawRightString(_WIDTH - margin, margin * 0.5, number)
        self.canvas.showPage()


def fonts_of(style: Style) -> tuple[str, str, str]:
    """Fonts of text, titles and asides; without the files, the one that every PDF program has."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]
    from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-untyped]

    for name, path in FONT_FILES.items():
        if not Path(path).exists():
            pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
            return ("STSong-Light",) * 3
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, path))
    return ("ming" if style.serif else "hei", "hei", "kai")
