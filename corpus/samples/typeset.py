"""A two-column A4 bulletin as PDF: masthead, running heads, page numbers, columns, captions."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import Any

FONT = "STSong-Light"  # one of the CID fonts every PDF reader supplies
WIDTH, HEIGHT = 595.0, 842.0
LEFT, TOP, BOTTOM, GUTTER = 56.0, 92.0, 70.0, 24.0
COLUMN = (WIDTH - 2 * LEFT - GUTTER) / 2
BODY, LEADING = 12.0, 20.0
_NOT_FIRST = "，。；：、！？”’）》〕％%"
_NOT_LAST = "“‘（《〔"
_INSIDE = re.compile(r"[0-9A-Za-z.][0-9A-Za-z.%]")


def write_bulletin(path: Path, document: dict[str, Any]) -> None:
    """Typeset the articles of a bulletin one after another."""
    sheet = _Sheet(path, document)
    column = None
    for article in document["article"]:
        if article.get("column") != column:
            column = article.get("column")
            sheet.line(str(column), 15, center=True, above=12)
        for number, line in enumerate(article["title"]):
            sheet.line(line, 13, center=True, above=10 if number == 0 else 0)
        sheet.space(4)
        for paragraph in article["body"].strip().split("\n"):
            sheet.paragraph(paragraph)
        if article.get("source_line"):
            sheet.paragraph(f"（{article['source_line']}）")
        sheet.space(8)
    sheet.close()


def broken(text: str, size: float, width: float, indent: float = 0.0) -> list[str]:
    """``text`` in lines no wider than ``width`` points, closing marks never first and opening ones never last."""
    width_of = import_module("reportlab.pdfbase.pdfmetrics").stringWidth
    lines, start, room = [], 0, width - indent
    while start < len(text):
        end = start + 1
        while end < len(text) and width_of(text[start : end + 1], FONT, size) <= room:
            end += 1
        if end < len(text) and text[end] in _NOT_FIRST:
            end += 1
        while end < len(text) and end - start > 1 and (text[end - 1] in _NOT_LAST or _INSIDE.match(text, end - 1)):
            end -= 1
        lines.append(text[start:end])
        start, room = end, width
    return lines


class _Sheet:
    """The page being filled, column by column."""

    def __init__(self, path: Path, document: dict[str, Any]) -> None:
        font = import_module("reportlab.pdfbase.cidfonts").UnicodeCIDFont(FONT)
        import_module("reportlab.pdfbase.pdfmetrics").registerFont(font)
        self._canvas = import_module("reportlab.pdfgen.canvas").Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=1)
        self._canvas.setTitle(f"{document['masthead']}（虚构样例）")
        self._head = f"{document['masthead']}　{document['issue']}　虚构样例"
        self._page, self._side, self._top = 1, 0, TOP
        self._masthead(document)
        self._y = self._top

    def line(self, text: str, size: float, *, center: bool = False, above: float = 0.0) -> None:
        """One line, kept with the two lines after it."""
        self._y += above
        self._need(size * 1.6 + 2 * LEADING)
        self._draw(text, size, center=center)
        self._y += size * 1.6 - LEADING

    def paragraph(self, text: str) -> None:
        """A paragraph, a sub-heading (``# ``) or a picture with its caption (``！图：``)."""
        if text.startswith("# "):
            self._need(3 * LEADING)
            self._draw(text[2:], 12, indent=0)
        elif text.startswith("！图："):
            self._picture(text.removeprefix("！图："))
        else:
            for number, line in enumerate(broken(text, BODY, COLUMN, 2 * BODY)):
                self._need(LEADING)
                self._draw(line, BODY, indent=2 * BODY if number == 0 else 0)

    def space(self, points: float) -> None:
        """Leave room below the last line."""
        self._y += points

    def close(self) -> None:
        """Finish the last page and write the file."""
        self._foot()
        self._canvas.save()

    def _draw(self, text: str, size: float, *, center: bool = False, indent: float = 0.0) -> None:
        left = LEFT + self._side * (COLUMN + GUTTER)
        self._canvas.setFont(FONT, size)
        baseline = HEIGHT - self._y - size
        if center:
            self._canvas.drawCentredString(left + COLUMN / 2, baseline, text)
        else:
            self._canvas.drawString(left + indent, baseline, text)
        self._y += LEADING

    def _picture(self, caption: str) -> None:
        self._need(90 + 2 * LEADING)
        left = LEFT + self._side * (COLUMN + GUTTER)
        self._canvas.setFillGray(0.85)
        self._canvas.rect(left + 20, HEIGHT - self._y - 90, COLUMN - 40, 84, stroke=0, fill=1)
        self._canvas.setFillGray(0)
        self._y += 96
        for line in broken(caption, 9, COLUMN - 40):
            self._draw(line, 9, center=True)

    def _need(self, points: float) -> None:
        """Go on in the next column or page unless ``points`` are left in this one."""
        if self._y + points <= HEIGHT - BOTTOM:
            return
        if self._side == 0:
            self._side = 1
        else:
            self._foot()
            self._canvas.showPage()
            self._page, self._side, self._top = self._page + 1, 0, TOP
            self._running_head()
        self._y = self._top

    def _masthead(self, document: dict[str, Any]) -> None:
        self._canvas.setFont(FONT, 30)
        self._canvas.drawCentredString(WIDTH / 2, HEIGHT - 100, document["masthead"])
        self._canvas.setFont(FONT, 11)
        self._canvas.drawCentredString(WIDTH / 2, HEIGHT - 124, f"{document['issue']}　{document['date']}")
        self._canvas.drawCentredString(WIDTH / 2, HEIGHT - 140, "虚构样例：地名真实，事迹与数字全部编造")
        self._canvas.line(LEFT, HEIGHT - 150, WIDTH - LEFT, HEIGHT - 150)
        self._top = 166.0

    def _running_head(self) -> None:
        self._canvas.setFont(FONT, 9)
        self._canvas.drawCentredString(WIDTH / 2, HEIGHT - 60, self._head)
        self._canvas.line(LEFT, HEIGHT - 66, WIDTH - LEFT, HEIGHT - 66)

    def _foot(self) -> None:
        self._canvas.setFont(FONT, 9)
        self._canvas.drawCentredString(WIDTH / 2, 44, f"— {self._page} —")
