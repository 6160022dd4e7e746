"""An issue of short news and one long article, set by ReportLab's own paragraphs."""

from __future__ import annotations

import random
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from evals.layouts.layouts import LAYOUTS, style_of
from evals.layouts.model import Bulletin, Item, Part
from evals.layouts.phrases import sections
from evals.layouts.plain.look import Look, look_of
from evals.layouts.plain.writing import Desk, name_of
from evals.layouts.reportlab import fonts_of

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]
    from reportlab.platypus import Flowable  # type: ignore[import-untyped]

_SHEET = (595.28, 841.89)


def updates(number: int, rng: random.Random) -> tuple[Bulletin, bytes]:
    """动态信息: titles in bold at the start of the paragraph or on a line of their own; one article at length."""
    look = replace(look_of(rng, (5, 8), ("tail", "inline", "from")), size=rng.choice([12.0, 13.0, 14.0]), title=18.0)
    run_in = number % 2 == 1
    desk = Desk(number, replace(look, source="inline"), rng)
    news, other = rng.choice(sections("works")["briefs"]), rng.choice(sections("works")["columns"])
    briefs = [desk.signed(_placed(desk.item("brief", news), run_in=run_in)) for _ in range(look.count)]
    desk.look = look
    long = desk.signed(desk.item("feature", other))
    items = (long, *briefs) if look.listed else (*briefs, long)
    name, issue = rng.choice(sections("works")["names"]), f"第{rng.randint(3, 60)}期（总第{rng.randint(61, 200)}期）"
    sponsor = f"{desk.home}委社会工作部"
    head = f"{name}·{desk.printed}"
    bulletin = desk.bulletin(
        name, issue, sponsor, items, (f"主办：{sponsor}", head),
        (f"本期编辑：{rng.choice(sections('works')['authors'])}（虚构样例）",),
    )  # fmt: skip
    setter = _Setter(bulletin, look, head, run_in=run_in)
    return bulletin, setter.render()


def _placed(item: Item, *, run_in: bool) -> Item:
    """Its title with the place: in 【】, where the text goes on in the same line; a reader may leave the place out."""
    place, title = name_of(item.adcode or ""), item.whole_title
    printed = f"【{place}】{title}" if run_in else f"{place}{title}"
    also = (("title", f"{place}{title}"), ("title", title)) if run_in else ()
    return replace(item, title=(printed,), also=(*item.also, *also))


class _Setter:
    """Makes the paragraphs and the edges of the pages."""

    def __init__(self, bulletin: Bulletin, look: Look, head: str, *, run_in: bool) -> None:
        self.bulletin, self.look, self.head, self.run_in = bulletin, look, head, run_in
        plain = next(layout for layout in LAYOUTS if layout.name == "reportlab_updates")
        serif = replace(style_of(0, plain), serif=look.body != "hei")
        self.body, self.bold, self.kai = fonts_of(serif)
        self.body = self.kai if look.body == "kai" else self.body
        self.margin = look.margins[1]

    def render(self) -> bytes:
        """The PDF; made twice where the number of pages is printed."""
        pages = self._made(0)[1]
        return self._made(pages)[0]

    def _made(self, pages: int) -> tuple[bytes, int]:
        from reportlab.platypus import SimpleDocTemplate

        out = BytesIO()
        template = SimpleDocTemplate(
            out, pagesize=_SHEET, leftMargin=self.margin, rightMargin=self.margin, topMargin=74, bottomMargin=70
        )
        seen: list[int] = []

        def edge(canvas: Canvas, _: object) -> None:
            seen.append(canvas.getPageNumber())
            self._edge(canvas, seen[-1], pages)

        template.build(self._story(), onFirstPage=edge, onLaterPages=edge)
        return out.getvalue(), len(seen)

    def _edge(self, canvas: Canvas, page: int, pages: int) -> None:
        look, width = self.look, _SHEET[0]
        number = look.number.replace("{n}", str(page)).replace("{N}", str(pages))
        canvas.setFont(self.body, 10)
        if look.outer and page % 2 == 0:
            canvas.drawString(self.margin, 42, number)
        elif look.outer:
            canvas.drawRightString(width - self.margin, 42, number)
        else:
            canvas.drawCentredString(width / 2, 42, number)
        if page > 1:
            canvas.setFont(self.body, 9)
            canvas.drawCentredString(width / 2, _SHEET[1] - 50, self.head)
            if look.ruled:
                canvas.line(self.margin, _SHEET[1] - 56, width - self.margin, _SHEET[1] - 56)

    def _story(self) -> list[Flowable]:
        bulletin, look = self.bulletin, self.look
        story = [
            self._p(bulletin.name, self.bold, 34, align=1, after=10, colour="#c00000"),
            self._p(bulletin.issue, self.body, 12, align=1),
            self._table(f"主办：{bulletin.sponsor}", bulletin.date),
        ]
        shown = None
        for item in bulletin.items:
            if item.column != shown:
                mark = {True: "◆ {}", False: "【{}】"}[look.centred].format(item.column)
                story.append(self._p(mark, self.bold, look.size * 1.2, before=16, after=6, keep=True))
            shown = item.column
            story += self._brief(item) if item.kind == "brief" else self._long(item)
        story += [self._p(line, self.body, 10.5, before=24) for line in bulletin.colophon]
        return story

    def _brief(self, item: Item) -> list[Flowable]:
        text = escape(item.parts[0].text + (item.source_as_set or ""))
        if self.run_in:
            begun = f'<font name="{self.bold}">{escape(item.whole_title)}。</font>'
            return [self._text(begun + text, after=self.look.size * 0.5)]
        size = self.look.size
        title = self._p(item.whole_title, self.bold, size, before=size * 0.6, keep=True, indent=2 * size)
        return [title, self._text(text)]

    def _long(self, item: Item) -> list[Flowable]:
        look = self.look
        align = 1 if look.centred else 0
        story = [self._p(item.whole_title, self.bold, look.title, align, before=14, after=6, keep=True)]
        if item.subtitle:
            story.append(self._p("——" + item.subtitle, self.kai, look.size, align, after=6, keep=True))
        for i, part in enumerate(item.parts):
            last = i == len(item.parts) - 1 and look.source == "inline" and item.source_as_set is not None
            story.append(self._part(part, item.source_as_set or "" if last else ""))
        if item.source_as_set and look.source != "inline":
            story.append(self._p(item.source_as_set, self.body, look.size, 2, before=2))
        return story

    def _part(self, part: Part, source: str) -> Flowable:
        if part.kind == "heading":
            size = self.look.size
            return self._p(part.text, self.bold if part.level == 1 else self.kai, size, keep=True, indent=2 * size)
        begun = escape(part.text[: part.run_in])
        begun = f'<font name="{self.bold}">{begun}</font>' if begun else ""
        return self._text(begun + escape(part.text[part.run_in :] + source))

    def _text(self, markup: str, after: float = 0.0) -> Flowable:
        size = self.look.size
        return self._p(markup, self.body, size, 4, after=after, indent=2 * size, markup=True)

    def _p(
        self, text: str, font: str, size: float, align: int = 0, *, before: float = 0.0, after: float = 0.0,
        keep: bool = False, indent: float = 0.0, colour: str = "#000000", markup: bool = False,
    ) -> Flowable:  # fmt: skip
        from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]
        from reportlab.platypus import Paragraph

        leading = self.look.pitch / self.look.size * size if size <= self.look.size else size * 1.4
        style = ParagraphStyle(
            "own", fontName=font, fontSize=size, leading=leading, alignment=align, spaceBefore=before, spaceAfter=after,
            keepWithNext=keep, firstLineIndent=indent, textColor=colour, wordWrap="CJK",
        )  # fmt: skip
        return Paragraph(text if markup else escape(text), style)

    def _table(self, left: str, right: str) -> Flowable:
        """Two texts at the ends of a line with a rule below."""
        from reportlab.platypus import Table

        width = _SHEET[0] - 2 * self.margin
        rule = ("LINEBELOW", (0, 0), (-1, -1), 1.5, "#c00000")
        font = ("FONT", (0, 0), (-1, -1), self.body, 11)
        style = [rule, font, ("ALIGN", (1, 0), (1, 0), "RIGHT"), ("LEFTPADDING", (0, 0), (-1, -1), 0),
                 ("RIGHTPADDING", (0, 0), (-1, -1), 0)]  # fmt: skip
        return Table([[left, right]], colWidths=[width / 2, width / 2], style=style, spaceAfter=8)
