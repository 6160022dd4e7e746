"""Two bulletins drawn on ReportLab's canvas: an A3 sheet to be folded, and a small page of two columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

from evals.layouts.county.parts import INDENT, boxed, by_column, flowing, inline_source
from evals.layouts.layouts import Layout, Style
from evals.layouts.model import Bulletin, Item, Part
from evals.layouts.reportlab import fonts_of

_NO_BEGIN = "，。、；：！？”’）》%】"
_NO_END = "“‘（《【"
_PICTURE = 84.0


@dataclass(frozen=True, slots=True)
class _Row:
    """A line, or a picture with its caption at the left (``kind`` shot); its first ``bold`` characters are set bold."""

    text: str
    font: str
    size: float
    height: float
    indent: float = 0.0
    align: str = "left"
    kind: str = "text"
    bold: int = 0
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Page:
    """A page, or half of a folded sheet: its left edge, the width and height of its text."""

    left: float
    width: float
    top: float
    bottom: float


def render(bulletin: Bulletin, layout: Layout, style: Style) -> bytes:
    """The PDF."""
    setter = _Folded(bulletin, style) if layout.name == "reportlab_folded" else _Pocket(bulletin, style)
    setter.write()
    return setter.finish()


class _Setter:
    """Fills pages with bands of balanced columns, from their heads down."""

    sheet = (524.4, 737.0)
    tight = 0.0
    indent = ""

    def __init__(self, bulletin: Bulletin, style: Style) -> None:
        from reportlab.pdfgen import canvas  # type: ignore[import-untyped]

        self.bulletin, self.style = bulletin, style
        self.body, self.bold, self.kai = fonts_of(replace(style, serif=True))
        self.size, self.pitch = style.size, style.size * style.pitch
        self.out = BytesIO()
        self.canvas: Any = canvas.Canvas(self.out, pagesize=self.sheet)
        self.pages = self._pages()
        self.number, self.y = 1, self.pages[0].top
        self.section = self.head = ""

    @property
    def page(self) -> _Page:
        """The page that is being filled."""
        return self.pages[(self.number - 1) % len(self.pages)]

    @property
    def measure(self) -> float:
        """The width of one of two columns."""
        return (self.page.width - self.style.gutter) / 2

    def write(self) -> None:
        """All articles."""
        raise NotImplementedError

    def _pages(self) -> list[_Page]:
        raise NotImplementedError

    def _running(self) -> None:
        """Head and foot of the page that is full."""
        raise NotImplementedError

    def finish(self) -> bytes:
        """The file."""
        self._running()
        self.canvas.showPage()
        self.canvas.save()
        return self.out.getvalue()

    def next_page(self) -> None:
        """The next page or the other half of the sheet."""
        self._running()
        if self.number % len(self.pages) == 0:
            self.canvas.showPage()
        self.number += 1
        self.y, self.head = self.page.top, self.section

    def rows_of(self, item: Item) -> list[_Row]:
        """The lines of an article below its headline."""
        rows = self.paragraph(item.note, self.kai) if item.note else []
        figures = {figure.at: figure for figure in item.figures}
        for i, part in flowing(item):
            last = part is item.parts[-1]
            rows += self._part(part, inline_source(item) if last else "")
            if i in figures:
                lines = self.wrap(figures[i].caption, self.kai, self.size * 0.85, self.measure * 0.26)
                rows.append(_Row("", self.kai, self.size * 0.85, _PICTURE + 12, kind="shot", lines=tuple(lines)))
        rows += [row for text in boxed(item) for row in self.paragraph(text, self.kai)]
        if item.source_as_set and item.kind != "brief":
            rows.append(self.line(item.source_as_set, self.kai, align="right"))
        return rows

    def paragraph(self, text: str, font: str, bold: int = 0, kind: str = "text") -> list[_Row]:
        """Lines over the column's width, the first one indented by two characters."""
        typed = self.indent + text
        bold += len(self.indent) if bold else 0
        indent = 0.0 if self.indent else 2 * self.size
        pieces = self.wrap(typed, font, self.size, self.measure, indent)
        rows = []
        for i, piece in enumerate(pieces):
            how = "left" if i == len(pieces) - 1 else "full"
            inner = indent if i == 0 else 0.0
            rows.append(_Row(piece, font, self.size, self.pitch, inner, how, kind, min(bold, len(piece))))
            bold = max(0, bold - len(piece))
        return rows

    def line(self, text: str, font: str, size: float = 0.0, align: str = "left", kind: str = "text") -> _Row:
        """A line of its own."""
        size = size or self.size
        return _Row(text, font, size, max(self.pitch, size * 1.35), align=align, kind=kind)

    def lines(self, text: str, font: str, size: float, width: float, align: str, kind: str = "head") -> list[_Row]:
        """A headline of as many lines as it needs."""
        return [self.line(piece, font, size, align, kind) for piece in self.wrap(text, font, size, width)]

    def wrap(self, text: str, font: str, size: float, width: float, indent: float = 0.0) -> list[str]:
        """Greedy lines: numbers are not torn, closing marks never begin a line, opening ones never end one."""
        pieces: list[str] = []
        line = ""
        for word in re.findall(r"[0-9A-Za-z.,%@:/-]+|.", text):
            room = width - (0 if pieces else indent)
            if line and self.width(line + word, font, size) > room + 0.01:
                kept = line.rstrip(_NO_BEGIN)[:-1] if word in _NO_BEGIN else line.rstrip(_NO_END)
                pieces.append(kept)
                line = line[len(kept) :]
            line += word
        return [*pieces, line]

    def width(self, text: str, font: str, size: float) -> float:
        """As set, with the spacing of letters."""
        from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]

        return float(pdfmetrics.stringWidth(text, font, size)) + self.tight * max(0, len(text) - 1)

    def band(self, rows: Sequence[_Row], inset: float = 0.0) -> None:
        """Rows in two columns as high as each other; what a page cannot hold goes on on the next."""
        rest = list(rows)
        while rest:
            room = self.y - self.page.bottom
            if room < 4 * self.pitch:
                self.next_page()
                continue
            height = self.balanced(rest, room)
            top, rest = self.y, self._columns(rest, height, inset)
            self.y = top - height
            if rest:
                self.next_page()

    def balanced(self, rows: Sequence[_Row], room: float) -> float:
        """The height of columns that hold all rows, or all there is."""
        height = sum(row.height for row in rows) / 2
        while height < room:
            first = _fitting(rows, height)
            if first + _fitting(rows[first:], height) == len(rows):
                return height
            height += self.pitch / 4
        # A page of one or two lines is left to no one: the page before gives some of its own.
        first = _fitting(rows, room)
        left = len(rows) - first - _fitting(rows[first:], room)
        return room - 2 * self.pitch if left < 4 else room

    def _columns(self, rows: list[_Row], height: float, inset: float) -> list[_Row]:
        for i in range(2):
            taken = _fitting(rows, height)
            y = self.y
            for row in rows[:taken]:
                y -= row.height
                self.put(row, self.page.left + i * (self.measure + self.style.gutter), y, self.measure, inset)
            rows = rows[taken:]
        return rows

    def put(self, row: _Row, left: float, y: float, width: float, inset: float = 0.0) -> None:
        """One row with its lower edge near ``y``."""
        left, width = left + inset, width - 2 * inset
        if row.kind == "shot":
            self._shot(row, left, y, width)
            return
        if row.kind == "column":
            half = self.width(row.text, row.font, row.size) / 2 + 6
            for start, end in ((left, left + width / 2 - half), (left + width / 2 + half, left + width)):
                self.canvas.line(start, y + row.size * 0.35, end, y + row.size * 0.35)
        used, room = self._length(row), width - row.indent
        shift = {"centre": (room - used) / 2, "right": room - used}.get(row.align, 0.0)
        apart = (room - used) / (len(row.text) - 1) if row.align == "full" and len(row.text) > 1 else 0.0
        x = left + row.indent + shift
        for text, font in ((row.text[: row.bold], self.bold), (row.text[row.bold :], row.font)):
            if text:
                self.canvas.setFont(font, row.size)
                self.canvas.drawString(x, y + 2, text, charSpace=self.tight + apart)
                x += self.width(text, font, row.size) + self.tight + apart * len(text)

    def _length(self, row: _Row) -> float:
        start, rest = row.text[: row.bold], row.text[row.bold :]
        joint = self.tight if start and rest else 0.0
        return self.width(start, self.bold, row.size) + self.width(rest, row.font, row.size) + joint

    def _shot(self, row: _Row, left: float, y: float, width: float) -> None:
        self.canvas.setFillGray(0.85)
        self.canvas.rect(left + width * 0.3, y + 6, width * 0.7, _PICTURE, stroke=1, fill=1)
        self.canvas.setFillGray(0)
        foot = y + 8 + (len(row.lines) - 1) * row.size * 1.3
        for i, text in enumerate(row.lines):
            self.canvas.setFont(row.font, row.size)
            self.canvas.drawString(left, foot - i * row.size * 1.3, text)

    def _part(self, part: Part, source: str) -> list[_Row]:
        if part.kind == "heading":
            return self.paragraph(part.text, self.bold, kind="head")
        return self.paragraph(part.text + source, self.body, part.run_in)

    def block(self, rows: Sequence[_Row], follow: float = 4.0, tint: bool = False, rule: bool = False) -> None:
        """A headline over the page's width, never parted from the lines below it."""
        height = sum(row.height for row in rows) + 8
        if self.y - height - follow * self.pitch < self.page.bottom:
            self.next_page()
        if tint:
            self.canvas.setFillGray(0.88)
            self.canvas.rect(self.page.left, self.y - height, self.page.width, height, stroke=0, fill=1)
            self.canvas.setFillGray(0)
        y = self.y - 2
        for row in rows:
            y -= row.height
            self.put(row, self.page.left, y, self.page.width, 8 if tint else 0)
        self.y -= height
        if rule:
            self.canvas.line(self.page.left, self.y, self.page.left + self.page.width, self.y)
        self.y -= 4

    def small(self, x: float, y: float, text: str, align: str = "left") -> None:
        """A line of a head or foot."""
        self.canvas.setFont(self.body, self.size * 0.85)
        draw = {"left": self.canvas.drawString, "right": self.canvas.drawRightString}[align]
        draw(x, y, text)


class _Folded(_Setter):
    """A3 across, two pages to a sheet: column names on tabs at the side, titles on a tint or at the right edge."""

    sheet = (1190.55, 841.89)

    def write(self) -> None:
        self._masthead()
        *groups, (briefs, short) = by_column(self.bulletin)
        for name, items in groups:
            for i, item in enumerate(items):
                rows = self._headline(item, "right" if i % 2 else "left")
                needed = max(4.0, len(name) + 2) if i == 0 else 4.0
                self.block(rows, needed, tint=i % 2 == 0, rule=i % 2 == 1)
                if i == 0:
                    self._tab(name, sum(row.height for row in rows) + 12)
                self.band(self.rows_of(item))
                self.y -= self.pitch
        self._box(briefs, short)

    def _pages(self) -> list[_Page]:
        margin = max(58.0, self.style.margin)
        half = self.sheet[0] / 2
        return [_Page(x + margin, half - 2 * margin, self.sheet[1] - margin, margin) for x in (0.0, half)]

    def _masthead(self) -> None:
        bulletin, page = self.bulletin, self.page
        self.y -= self.size * 3.2
        self.canvas.setFont(self.bold, self.size * 3.4)
        self.canvas.drawString(page.left, self.y, bulletin.name)
        right = page.left + page.width
        self.small(right, self.y + self.size * 2.4, bulletin.issue, "right")
        self.small(right, self.y + self.size * 1.2, bulletin.date, "right")
        self.small(right, self.y, f"{bulletin.sponsor}主办", "right")
        self.y -= self.size
        self.canvas.setLineWidth(3)
        self.canvas.line(page.left, self.y, right, self.y)
        self.canvas.setLineWidth(0.6)
        self.y -= self.size

    def _headline(self, item: Item, align: str) -> list[_Row]:
        room, size = self.page.width - 16, self.size
        rows = self.lines(item.kicker, self.kai, size * 1.1, room, align) if item.kicker else []
        rows += self.lines(item.whole_title, self.bold, size * self.style.title * 1.15, room, align)
        rows += self.lines("——" + item.subtitle, self.kai, size * 1.1, room, align) if item.subtitle else []
        return rows + (self.lines(item.byline, self.kai, size, room, align) if item.byline else [])

    def _tab(self, name: str, above: float) -> None:
        """The column's name from top to bottom, white on black, beside its first article."""
        size = self.size * 1.1
        left, top = self.page.left - size * 2.2, self.y + above
        self.canvas.rect(left, top - size * (1.2 * len(name) + 1), size * 1.6, size * (1.2 * len(name) + 1), fill=1)
        self.canvas.setFillGray(1)
        self.canvas.setFont(self.bold, size)
        for i, c in enumerate(name):
            self.canvas.drawString(left + size * 0.3, top - size * (1.2 * i + 1.5), c)
        self.canvas.setFillGray(0)

    def _box(self, name: str, items: Sequence[Item]) -> None:
        """Briefs in a frame, their name on a bar."""
        rows: list[_Row] = []
        for item in items:
            heads = self.lines(item.whole_title, self.bold, self.size, self.measure - 16, "left")
            rows += [replace(heads[0], height=self.pitch * 1.3), *heads[1:], *self._narrow(item)]
        height = self.balanced(rows, self.page.top - self.page.bottom) + self.size * 2.4
        if self.y - height < self.page.bottom:
            self.next_page()
        page, bar = self.page, self.size * 1.8
        self.canvas.rect(page.left, self.y - height, page.width, height)
        self.canvas.rect(page.left, self.y - bar, page.width, bar, fill=1)
        self.canvas.setFillGray(1)
        self.put(self.line(f"【{name}】", self.bold, align="centre"), page.left, self.y - bar + 2, page.width)
        self.canvas.setFillGray(0)
        self.y -= bar
        self.band(rows, inset=8)

    def _narrow(self, item: Item) -> list[_Row]:
        """A brief's lines, within the frame."""
        text = item.parts[0].text + inline_source(item)
        pieces = self.wrap(text, self.body, self.size, self.measure - 16, 2 * self.size)
        return [
            _Row(piece, self.body, self.size, self.pitch, 0.0 if i else 2 * self.size,
                 "full" if i < len(pieces) - 1 else "left")
            for i, piece in enumerate(pieces)
        ]  # fmt: skip

    def _running(self) -> None:
        page, odd = self.page, self.number % 2 == 1
        right = page.left + page.width
        self.small(page.left if odd else right, page.bottom - 26, f"第{self.number}版", "left" if odd else "right")
        shown = self.bulletin.contact if odd else f"{self.bulletin.name}·虚构样例"
        self.small(right if odd else page.left, page.bottom - 26, shown, "right" if odd else "left")
        if self.number > 1:
            self.small(page.left, page.top + 12, f"{self.bulletin.name}　{self.bulletin.date}")


class _Pocket(_Setter):
    """A small page, letters set tight, paragraphs indented by spaces; day and unit under every title."""

    tight = -0.3
    indent = INDENT

    def write(self) -> None:
        self._masthead()
        (name, long), *groups = by_column(self.bulletin)
        self.section = name
        self.block([self.line(name, self.bold, self.size * 1.2, "centre", "column")], 8)
        for item in long:
            self.block(self._headline(item, self.page.width))
            self.band(self.rows_of(item))
            self.y -= self.pitch
        for name, items in groups:
            self.section = name
            shown = f"【{name}】" if items[0].kind == "brief" else name
            rows = [self.line(shown, self.bold, self.size * 1.2, "centre", "column")]
            for item in items:
                rows += [*self._headline(item, self.measure), *self.rows_of(item)]
            self.band(rows)
            self.y -= self.pitch

    def _pages(self) -> list[_Page]:
        margin = min(56.0, self.style.margin)
        return [_Page(margin, self.sheet[0] - 2 * margin, self.sheet[1] - margin, margin)]

    def _masthead(self) -> None:
        bulletin = self.bulletin
        title = _Row(bulletin.name, self.bold, self.size * 3, self.size * 3.6, align="centre")
        day = f"{bulletin.date}　{bulletin.sponsor}主办　{bulletin.issue}"
        self.block([title, self.line(day, self.kai, self.size, "centre")], rule=True)

    def _headline(self, item: Item, width: float) -> list[_Row]:
        brief = item.kind == "brief"
        size = self.size if brief else self.size * self.style.title
        align = "left" if brief else "centre"
        rows = self.lines(item.whole_title, self.bold, size, width, align)
        rows = [replace(rows[0], height=rows[0].height + self.pitch * 0.6), *rows[1:]]
        rows += self.lines("——" + item.subtitle, self.kai, self.size, width, align) if item.subtitle else []
        return rows + (self.lines(item.byline, self.kai, self.size * 0.9, width, align) if item.byline else [])

    def _running(self) -> None:
        page, odd = self.page, self.number % 2 == 1
        right = page.left + page.width
        self.small(right if odd else page.left, page.bottom - 24, f"· {self.number} ·", "right" if odd else "left")
        self.small(page.left if odd else right, page.bottom - 24, self.bulletin.contact, "left" if odd else "right")
        if self.number > 1:
            self.small(page.left, page.top + 10, self.head)
            self.small(right, page.top + 10, f"{self.bulletin.name}·虚构样例", "right")
            self.canvas.line(page.left, page.top + 6, right, page.top + 6)


def _fitting(rows: Sequence[_Row], height: float) -> int:
    """How many rows a column holds; a heading is not its last."""
    count, used = 0, 0.0
    while count < len(rows) and used + rows[count].height <= height + 0.01:
        used += rows[count].height
        count += 1
    while 0 < count < len(rows) and rows[count - 1].kind in ("head", "column"):
        count -= 1
    return count
