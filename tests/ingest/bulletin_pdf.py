"""A bulletin set as a PDF of one, two or three columns, with a running head and page numbers, for tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

FONT = "STSong-Light"
WIDTH, HEIGHT = 595.28, 841.89
MARGIN = 56.0
GUTTER = 22.0


@dataclass
class Item:
    """One article to set."""

    title: str
    paragraphs: list[str]
    column: str | None = None
    source_line: str | None = None
    captions: dict[int, str] = field(default_factory=dict)  # paragraph number → caption set inside it


def render(
    items: list[Item], *, columns: int = 2, head: str = "基层工作简报", spanning: bool = False, order: int = 0
) -> bytes:
    """The PDF. ``spanning``: titles run over all columns; ``order``: a seed to draw the lines of a page shuffled."""
    setter = _Setter(columns, head, order)
    for item in items:
        if item.column:
            setter.short(item.column, 16.0, spanning=spanning)
        setter.short(item.title, 18.0 if spanning else 14.0, spanning=spanning)
        for i, paragraph in enumerate(item.paragraphs):
            if len(paragraph) < 40 and paragraph[-1] not in "。！？；：”":
                setter.short(paragraph, 10.5, centred=False)
            else:
                setter.paragraph(paragraph, caption=item.captions.get(i))
        if item.source_line:
            setter.short(f"（{item.source_line}）", 10.5, centred=False, right=True)
    return setter.finish()


class _Setter:
    def __init__(self, columns: int, head: str, order: int) -> None:
        from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
        from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]
        from reportlab.pdfgen import canvas  # type: ignore[import-untyped]

        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        self.metrics = pdfmetrics
        self.out = BytesIO()
        self.canvas: Any = canvas.Canvas(self.out, pagesize=(WIDTH, HEIGHT))
        self.columns, self.head, self.order = columns, head, order
        self.measure = (WIDTH - 2 * MARGIN - GUTTER * (columns - 1)) / columns
        self.top = HEIGHT - 80
        self.y, self.column, self.page = self.top, 0, 1
        self.strings: list[tuple[float, float, float, str]] = []

    def short(
        self, text: str, size: float, *, spanning: bool = False, centred: bool = True, right: bool = False
    ) -> None:
        """A title, heading or source line."""
        measure = WIDTH - 2 * MARGIN if spanning else self.measure
        lines = self._break(text, size, measure, 0)
        if spanning and (self.column or self.y < self.top):
            self._new_page()
        self._room(len(lines) * size * 1.6 + 24)
        self.y -= 6
        for line in lines:
            self.y -= size * 1.6
            width = self._width(line, size)
            shift = (measure - width) / 2 if centred else measure - width if right else 0
            self._put(self._left() + shift, size, line)
        self.y -= 4
        if spanning:
            self.top = self.y

    def paragraph(self, text: str, caption: str | None = None) -> None:
        """Body text, its first line indented; the caption stands in the middle of it."""
        lines = self._break(text, 10.5, self.measure, 21)
        for i, line in enumerate(lines):
            if caption and i == len(lines) // 2:
                set_lines = self._break(caption, 9, self.measure, 0)
                self._room(26 + 14 * len(set_lines))
                self.y -= 10
                for said in set_lines:
                    self.y -= 14
                    self._put(self._left() + (self.measure - self._width(said, 9)) / 2, 9, said)
                self.y -= 6
            self._room(17)
            self.y -= 17
            self._put(self._left() + (21 if i == 0 else 0), 10.5, line)

    def finish(self) -> bytes:
        self._flush()
        self.canvas.save()
        return self.out.getvalue()

    def _left(self) -> float:
        return MARGIN + self.column * (self.measure + GUTTER)

    def _width(self, text: str, size: float) -> float:
        return float(self.metrics.stringWidth(text, FONT, size))

    def _break(self, text: str, size: float, measure: float, indent: float) -> list[str]:
        """Greedy lines; closing punctuation never begins one, the character before it goes down with it."""
        lines: list[str] = []
        line = ""
        for c in text:
            room = measure - (indent if not lines else 0)
            if self._width(line + c, size) > room:
                kept = line.rstrip("，。、；：！？”）》%")[:-1] if c in "，。、；：！？”）》%" else line
                lines.append(kept)
                line = line[len(kept) :]
            line += c
        return [*lines, line]

    def _room(self, height: float) -> None:
        if self.y - height < 70:
            if self.column + 1 < self.columns:
                self.column, self.y = self.column + 1, self.top
            else:
                self._new_page()

    def _new_page(self) -> None:
        self._flush()
        self.page, self.column, self.top = self.page + 1, 0, HEIGHT - 80
        self.y = self.top

    def _put(self, x: float, size: float, text: str) -> None:
        self.strings.append((x, self.y, size, text))

    def _flush(self) -> None:
        import random

        if self.order:
            random.Random(self.order).shuffle(self.strings)
        for x, y, size, text in self.strings:
            self.canvas.setFont(FONT, size)
            self.canvas.drawString(x, y, text)
        self.strings = []
        self.canvas.setFont(FONT, 9)
        self.canvas.drawString(MARGIN, HEIGHT - 45, self.head)
        self.canvas.drawCentredString(WIDTH / 2, 40, f"— {self.page} —")
        self.canvas.showPage()
