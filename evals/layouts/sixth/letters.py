"""A paper of two columns set by ReportLab: news, readers' letters with what offices answer, questions and answers."""

from __future__ import annotations

import random
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from evals.layouts.layouts import LAYOUTS, style_of
from evals.layouts.model import Bulletin, Item, Part
from evals.layouts.reportlab import fonts_of
from evals.layouts.sixth.writing import Desk, texts

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]
    from reportlab.platypus import Flowable  # type: ignore[import-untyped]

_SHEETS = ((595.28, 841.89), (612.0, 858.9), (552.8, 779.5))
_COLUMNS = (("社区要闻", "读者来信", "政策问答"), ("身边事", "来信照登", "你问我答"), ("要闻", "百姓信箱", "办事指南"))


def letters(number: int, rng: random.Random) -> tuple[Bulletin, bytes]:
    """All articles are about the place of the paper; letters are signed and answered."""
    turn = number % 3
    desk = Desk(number, rng)
    news, post, asked = _COLUMNS[turn]
    items = [replace(_news(desk, turn, rng), column=news) for _ in range(rng.randint(1, 2))]
    items += [replace(_letter(desk, turn), column=post) for _ in range(rng.randint(2, 3))]
    items += [replace(_questions(desk, turn), column=asked) for _ in range(1 if turn else 2)]
    if turn == 2:
        items = [*items[-1:], *items[:-1]]
    name, issue = f"{desk.home}{desk.turned('newspapers')}", f"第{rng.randint(4, 90)}期"
    sponsor = f"{desk.home}委社会工作部"
    foot = f"责任编辑：{desk.people(1)[0]}　　虚构样例"
    bulletin = desk.bulletin(name, issue, sponsor, items, (f"{sponsor}主办", f"{name}·{desk.printed}"), (foot,))
    return bulletin, _Setter(bulletin, turn, rng).render()


def _news(desk: Desk, turn: int, rng: random.Random) -> Item:
    desk.go("event", at_home=True)
    item = desk.event(rng.choice(["plain", "run-in"]))
    author = desk.people(1)[0]
    printed = (f"通讯员　{author}", f"（{author}）", f"□ {author}")[turn]
    also = (("author", printed), ("source_line", printed), ("source_line", author))
    # Turn 1 ends the text with who wrote it, the others have the line below the title.
    item = replace(item, author=author, also=also)
    return replace(item, source_as_set=printed) if turn == 1 else replace(item, byline=printed)


def _letter(desk: Desk, turn: int) -> Item:
    desk.go("letter", at_home=True)
    (title,), (signed,), (unit,), (answer,) = (desk.said(letter) for letter in "TSUA")
    first, *more = answer.split("|")
    opening = texts(["编辑同志："]) if turn == 1 else []
    parts = [*opening, *texts(desk.said("P")), Part("sign", signed)]
    if turn == 0:
        start = f"{unit}答复："
        parts += [Part("text", start + first, run_in=len(start)), *texts(more)]
    else:
        head = f"【{unit}回复】" if turn == 1 else f"{unit}："
        parts += [Part("heading", head, 1), *texts([first, *more])]
    return desk.item(title, parts)


def _questions(desk: Desk, turn: int) -> Item:
    desk.go("faq", at_home=True)
    (title,), (lead,) = desk.said("T"), desk.said("L")
    parts = texts([lead])
    for i, line in enumerate(desk.said("Q")):
        question, answer = line.split("|")
        ask = ("问：", f"{i + 1}．", "问：")[turn]
        reply = "" if turn == 1 else "答："
        parts += [Part("heading", ask + question, 1), Part("text", reply + answer, run_in=len(reply))]
    return desk.item(title, parts)


class _Setter:
    """Makes the paragraphs and the edges of the pages."""

    def __init__(self, bulletin: Bulletin, turn: int, rng: random.Random) -> None:
        self.bulletin, self.turn = bulletin, turn
        self.sheet = _SHEETS[turn]
        self.size = rng.choice([9.5, 10.0, 10.5])
        self.leading = round(self.size * rng.choice([1.5, 1.6, 1.7]), 1)
        self.title = rng.choice([14.0, 16.0, 17.0])
        self.margin, self.gutter = rng.choice([44, 50, 58]), rng.choice([18, 22, 26])
        self.align = (0, 1, 1)[turn]
        self.colour = ("#b01818", "#000000", "#1a5c3a")[turn]
        layout = next(x for x in LAYOUTS if x.name == "reportlab_letters")
        self.body, self.bold, self.kai = fonts_of(replace(style_of(0, layout), serif=turn != 2))

    def render(self) -> bytes:
        """The PDF; made twice where the number of pages is printed."""
        pages = self._made(0)[1]
        return self._made(pages)[0]

    def _made(self, pages: int) -> tuple[bytes, int]:
        from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

        out, (wide, high), margin = BytesIO(), self.sheet, self.margin
        column = (wide - 2 * margin - self.gutter) / 2
        seen: list[int] = []

        def edge(canvas: Canvas, _: object) -> None:
            seen.append(canvas.getPageNumber())
            self._edge(canvas, seen[-1], pages)

        def frames(top: float) -> list[Frame]:
            edges = (margin, margin + column + self.gutter)
            pads = dict.fromkeys(("leftPadding", "rightPadding", "topPadding", "bottomPadding"), 0)
            return [Frame(left, 60, column, high - top - 60, **pads) for left in edges]

        made = [
            PageTemplate("first", frames(134.0), onPage=edge, autoNextPageTemplate="later"),
            PageTemplate("later", frames(66.0), onPage=edge),
        ]
        BaseDocTemplate(out, pagesize=self.sheet, pageTemplates=made).build(self._story())
        return out.getvalue(), len(seen)

    def _edge(self, canvas: Canvas, page: int, pages: int) -> None:
        wide, high, bulletin = *self.sheet, self.bulletin
        number = ("第{n}版", "{n} / {N}", "· {n} ·")[self.turn].format(n=page, N=pages)
        canvas.setFont(self.body, 9.5)
        if self.turn == 0 and page > 1:
            canvas.drawRightString(wide - self.margin, high - 46, number)
        else:
            canvas.drawCentredString(wide / 2, 36, number)
        canvas.setLineWidth(1.2)
        canvas.setStrokeColor(self.colour)
        if page > 1:
            canvas.drawString(self.margin, high - 46, f"{bulletin.name}·{bulletin.date}")
            canvas.line(self.margin, high - 52, wide - self.margin, high - 52)
            return
        canvas.setFillColor(self.colour)
        canvas.setFont(self.bold, 34)
        if self.turn == 0:
            canvas.drawString(self.margin, high - 82, bulletin.name)
        else:
            canvas.drawCentredString(wide / 2, high - 82, bulletin.name)
        canvas.setFillColor("#000000")
        canvas.setFont(self.body, 10)
        canvas.drawString(self.margin, high - 108, f"{bulletin.sponsor}主办")
        canvas.drawCentredString(wide / 2, high - 108, bulletin.issue)
        canvas.drawRightString(wide - self.margin, high - 108, bulletin.date)
        canvas.line(self.margin, high - 116, wide - self.margin, high - 116)

    def _story(self) -> list[Flowable]:
        story, shown = [], None
        for item in self.bulletin.items:
            if item.column and item.column != shown:
                mark = ("{}", "◆ {} ◆", "【{}】")[self.turn].format(item.column)
                ink, back = ("#ffffff", self.colour) if self.turn == 0 else (self.colour, None)
                story.append(
                    self._p(mark, self.bold, 12, self.align, before=12, after=8, keep=True, colour=ink, back=back)
                )
            shown = item.column
            story.append(self._p(item.whole_title, self.bold, self.title, self.align, before=8, after=5, keep=True))
            if item.byline:
                story.append(self._p(item.byline, self.kai, self.size, self.align, after=4, keep=True))
            story += self._parts(item)
        story.append(self._p(self.bulletin.colophon[0], self.body, 9, before=16))
        return story

    def _parts(self, item: Item) -> list[Flowable]:
        story, size, last = [], self.size, len(item.parts) - 1
        for i, part in enumerate(item.parts):
            tail = escape(item.source_as_set or "") if i == last else ""
            flush = part.text.endswith("同志：")
            if part.kind == "sign":
                story.append(self._p(part.text, self.kai, size, 2, after=4))
            elif part.kind == "heading":
                story.append(self._p(part.text, self.bold, size, keep=True, indent=0 if self.turn == 2 else 2 * size))
            else:
                start, rest = escape(part.text[: part.run_in]), escape(part.text[part.run_in :])
                markup = (f'<font name="{self.bold}">{start}</font>' if start else "") + rest + tail
                story.append(self._p(markup, self.body, size, 4, indent=0 if flush else 2 * size, markup=True))
        return story

    def _p(
        self, text: str, font: str, size: float, align: int = 0, *, before: float = 0.0, after: float = 0.0,
        keep: bool = False, indent: float = 0.0, colour: str = "#000000", back: str | None = None,
        markup: bool = False,
    ) -> Flowable:  # fmt: skip
        from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]
        from reportlab.platypus import Paragraph

        style = ParagraphStyle(
            "own", fontName=font, fontSize=size, leading=self.leading if size == self.size else size * 1.4,
            alignment=align, spaceBefore=before, spaceAfter=after, keepWithNext=keep, firstLineIndent=indent,
            textColor=colour, backColor=back, borderPadding=2 if back else 0, wordWrap="CJK",
        )  # fmt: skip
        return Paragraph(text if markup else escape(text), style)
