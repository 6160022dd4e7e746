"""Two issues drawn on ReportLab's canvas: a paper whose stories go on on a later page, a booklet of two columns."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from evals.layouts.county.reportlab import _fitting, _Page, _Row
from evals.layouts.model import Bulletin, Item
from evals.layouts.seventh.sheet import BLUE, RED, Sheet
from evals.layouts.seventh.writing import Desk, Form, Wants, columned, starts


def continued(number: int, rng: random.Random) -> tuple[Bulletin, bytes]:
    """A paper of three columns: two stories of the first page are broken off there and go on on the second."""
    desk = Desk(number, rng)
    turn = desk.turn
    forms: Sequence[Form] = (("run-in", "plain"), ("plain", "run-in", "led"), ("led", "plain"))[turn]
    long = []
    for i, form in enumerate(forms):
        item = desk.article(Wants(form, named=(i + turn) % 2 == 0, broken=i == 0, subtitle=(i + turn) % 2 == 1))
        item = desk.picture(item, ("{}", "▲{}", "图为{}")[turn]) if i == 0 else item
        long.append(desk.signed(item, ("unit", "supplied", "by")[turn]))
    short = [desk.signed(desk.article(Wants("joined", quote=False)), ("unit", "supplied", "by")[turn])]
    column = ("简明新闻", "各地短波", "简讯")[turn]
    short += [columned(desk.signed(desk.brief(), "unit"), column) for _ in range(rng.randint(3, 5))]
    name, issue = f"{desk.home}{desk.turned('papers')}", f"总第{rng.randint(30, 400)}期"
    sponsor = f"{desk.home}委社会工作部"
    furniture = (f"{sponsor}主办", "内部交流　虚构样例", "下转第", "（上接第", f"{name}　{desk.printed}")
    bulletin = desk.bulletin(name, issue, sponsor, [*long, *short], furniture)
    # Set again where the first page runs over, for the number of the page the stories go on on.
    first, again = (_Paper(bulletin, random.Random(number), turn, len(long)) for _ in range(2))
    pdf = first.render(2)
    return bulletin, pdf if first.later == 2 else again.render(first.later)


class _Paper(Sheet):
    """A paper of two or three pages."""

    sheet = (624.0, 850.0)
    gutter = 16.0

    def __init__(self, bulletin: Bulletin, rng: random.Random, turn: int, long: int) -> None:
        super().__init__(bulletin, rng, turn, "reportlab_continued", rng.choice([9.5, 10.0, 10.5]))
        self.long = long
        self.title = rng.choice([17.0, 19.0, 21.0])
        self.align = ("centre", "left", "centre")[turn]
        self.share = rng.uniform(0.5, 0.62)
        self.later = 0

    def render(self, later: int) -> bytes:
        """The PDF; stories are said to go on on page ``later``."""
        self._masthead()
        items, broken = self.bulletin.items, []
        for i, item in enumerate(items[: self.long]):
            size = self.title * 1.2 if i == 0 else self.title
            self.block(self.headline(item, size, self.page.width, self.align), 6)
            rows = self.told(item)
            cut = self._cut(rows) if i < 2 else 0
            if cut:
                broken.append((item, rows[cut:]))
                rows = [*rows[:cut], self.line(f"（下转第{later}版）", self.kai, align="right")]
            self.level(rows)
        story, briefs = items[self.long], items[self.long + 1 :]
        if self.turn != 1:
            self._story(story)
        self.next_page()
        self.later = self.number
        for item, rows in broken:
            self.block(self._again(item), 6)
            self.level([self.line("（上接第1版）", self.kai), *rows])
        if self.turn == 1:
            self._story(story)
        self._news(briefs)
        return self.finish()

    def _cut(self, rows: Sequence[_Row]) -> int:
        """Where a story is broken off: inside a paragraph, about its middle."""
        able = [k for k in range(8, len(rows) - 6) if rows[k - 1].align == "full" and rows[k].indent == 0
                and rows[k].kind == rows[k - 1].kind == "text"]  # fmt: skip
        return min(able, key=lambda k: abs(k - self.share * len(rows)), default=0)

    def _again(self, item: Item) -> list[_Row]:
        """What stands over the rest of a story: in some issues its title in small."""
        if self.turn == 0:
            return [_Row("", self.body, 1, 4, kind="head")]
        return self.lines("　".join(item.title), self.bold, self.size * 1.2, self.page.width, "left")

    def level(self, rows: Sequence[_Row]) -> None:
        """Rows in columns as high as each other; what does not fit goes on on the next page."""
        rest = list(rows)
        while rest:
            room = self.y - self.page.bottom
            height = sum(row.height for row in rest) / self.count
            while height < room and not self._holds(rest, height):
                height += self.pitch / 4
            top, height = self.y, min(height, room)
            for column in range(self.count):
                rest, _ = self.flow(rest, column, top, top - height)
                if column and self.turn == 1:
                    x = self.left(column) - self.gutter / 2
                    self.canvas.setLineWidth(0.4)
                    self.canvas.line(x, top, x, top - height)
            self.y = top - height - self.pitch * 0.6
            if rest:
                self.next_page()
        self.canvas.setLineWidth(0.6)
        self.canvas.line(self.page.left, self.y, self.page.left + self.page.width, self.y)
        self.y -= self.pitch * 0.3

    def _holds(self, rows: Sequence[_Row], height: float) -> bool:
        rest = list(rows)
        for _ in range(self.count):
            rest = rest[_fitting(rest, height) :]
        return not rest

    def _story(self, story: Item) -> None:
        self.block(self.headline(story, self.title * 0.85, self.page.width, self.align), 6)
        self.level(self.told(story))

    def _news(self, briefs: Sequence[Item]) -> None:
        """Short news below a bar."""
        self.block([_Row(briefs[0].column or "", self.bold, 12, 20, align=self.align, kind="bar")], 5)
        rows: list[_Row] = []
        for item in briefs:
            first, *more = self.lines(item.whole_title, self.bold, self.size * 1.15, self.measure, "left")
            rows += [replace(first, height=first.height * (1.4 if rows else 1.0)), *more]
            rows += self.paragraph(f"{item.parts[0].text}{item.source_as_set or ''}", self.body)
        self.level(rows)

    def _pages(self) -> list[_Page]:
        return [_Page(42.0, self.sheet[0] - 84.0, self.sheet[1] - 58.0, 48.0)]

    def _masthead(self) -> None:
        bulletin, page = self.bulletin, self.page
        ink = (RED, BLUE, (0.0, 0.0, 0.0))[self.turn]
        self.canvas.setFillColorRGB(*ink)
        self.put(_Row(bulletin.name, self.bold, 40, 46, align=self.align), page.left, self.y - 30, page.width)
        self.canvas.setFillGray(0)
        self.y -= 52
        facts = (f"{bulletin.issue}　内部交流　虚构样例", f"{bulletin.sponsor}主办", bulletin.date)
        for text, align in zip(facts, ("left", "centre", "right"), strict=True):
            self.put(_Row(text, self.body, 10, 12, align=align), page.left, self.y, page.width)
        self.y -= 6
        self.canvas.setLineWidth(1.5)
        self.canvas.line(page.left, self.y, page.left + page.width, self.y)
        self.y -= 6

    def _running(self) -> None:
        page, right = self.page, self.page.left + self.page.width
        if self.number == 1:
            self.small(right, 30, "第1版", "right")
            return
        self.small(page.left, page.top + 14, f"第{self.number}版")
        self.small(right, page.top + 14, f"{self.bulletin.name}　{self.bulletin.date}", "right")
        self.canvas.line(page.left, page.top + 8, right, page.top + 8)


def booklet(number: int, rng: random.Random) -> tuple[Bulletin, bytes]:
    """A booklet: two columns, titles within them, names of columns on bars, who wrote below titles."""
    desk = Desk(number, rng)
    turn = desk.turn
    forms: Sequence[Form] = (
        ("bracketed", "joined", "led"), ("run-in", "numbered", "plain"), ("plain", "bold", "joined"),
    )[turn]  # fmt: skip
    written: dict[str, list[Item]] = {}
    for i in range(rng.randint(5, 7)):
        item = desk.article(Wants(forms[i % 3], named=i % 3 != 1, broken=i % 2 == 0, subtitle=i % 3 == 1))
        item = desk.picture(item, "{}") if i in (0, 3) else item
        item = desk.signed(item, "from") if turn != 1 else item
        item = desk.written(item, ("□ {}", "文／{}", "{}")[turn])
        written.setdefault(desk.theme, []).append(item)
    items = [columned(item, theme) for theme in written for item in written[theme]]
    name, issue = desk.turned("journals"), f"{desk.day.year}年第12期"
    sponsor = f"{desk.home}委社会工作部"
    head = f"{name}　{issue}"
    foot = f"编印：{sponsor}　　责编：{desk.people(1)[0]}　　（虚构样例）"
    bulletin = desk.bulletin(name, issue, sponsor, items, (head, f"{sponsor}主办"), (foot,))
    return bulletin, _Booklet(bulletin, rng, turn, head).render()


class _Booklet(Sheet):
    """Pages of 185 by 260 mm, their head from top to bottom at the outer edge."""

    count = 2
    sheet = (524.4, 737.0)

    def __init__(self, bulletin: Bulletin, rng: random.Random, turn: int, head: str) -> None:
        super().__init__(bulletin, rng, turn, "reportlab_booklet", rng.choice([9.5, 10.0, 10.5]))
        self.shown = head
        self.title = rng.choice([13.0, 14.0, 15.0])
        self.align = ("left", "centre", "left")[turn]

    def render(self) -> bytes:
        """The PDF."""
        bulletin, page = self.bulletin, self.page
        title = _Row(bulletin.name, self.bold, 30, 40, align=self.align)
        facts = f"{bulletin.issue}　　{bulletin.sponsor}主办　　{bulletin.date}"
        self.block([title, self.line(facts, self.body, 9.5, self.align)], rule=True)
        rows: list[_Row] = []
        for item, first in zip(bulletin.items, starts(bulletin.items), strict=True):
            if first:
                gap = _Row("", self.body, 1, self.pitch * 0.8, kind="head")
                rows += [gap, _Row(item.column or "", self.bold, 11.5, 20, kind="bar")]
                rows.append(_Row("", self.body, 1, 2, kind="head"))
            rows += self.headline(item, self.title, self.measure, self.align) + self.told(item)
        column, top = 0, self.y
        while rows:
            rows, self.y = self.flow(rows, column, top, page.bottom)
            column = (column + 1) % self.count if rows else column
            if rows and column == 0:
                self.next_page()
                top = self.y
        self.put(self.line(bulletin.colophon[0], self.body, 8.5, "centre"), page.left, page.bottom - 22, page.width)
        return self.finish()

    def _pages(self) -> list[_Page]:
        return [_Page(56.0, self.sheet[0] - 112.0, self.sheet[1] - 52.0, 60.0)]

    def _running(self) -> None:
        odd = self.number % 2 == 1
        x = self.sheet[0] - 34 if odd else 26
        self.canvas.setFont(self.body, 8.5)
        for i, c in enumerate(self.shown):
            self.canvas.drawString(x, self.sheet[1] - 150 - i * 11, c)
        number = ("{}", "·{}·", "- {} -")[self.turn].format(self.number)
        self.small(self.sheet[0] - 56 if odd else 56, 22, number, "right" if odd else "left")
