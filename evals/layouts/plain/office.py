"""Five documents set by LibreOffice from Word files: a briefing, a compilation, a digest, a report, a notice."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

from evals.layouts.model import Bulletin, Item, Part
from evals.layouts.office import converted
from evals.layouts.phrases import sections
from evals.layouts.plain import docx
from evals.layouts.plain.docx import HEI, KAI, RED, SONG, TITLE, Block, Document, Face, Pages, para, run
from evals.layouts.plain.look import Look, look_of
from evals.layouts.plain.papers import write_notice, write_report
from evals.layouts.plain.writing import Desk, said, with_picture

_WIDE = "　　"
_BLACK = "000000"
_CENTRE = Block(align="center")


class Sheet:
    """A document being written in one look."""

    def __init__(self, look: Look) -> None:
        self.look, self.document = look, Document()
        self.font = {"song": SONG, "kai": KAI, "hei": HEI}[look.body]
        self.face = Face(self.font, look.size)
        self.bold = Face(self.font, look.size, bold=True)
        self.pictures = 0
        self.size = (595.3, 841.9)

    @property
    def measure(self) -> float:
        """The width of the text."""
        return self.size[0] - self.look.margins[1] - self.look.margins[3]

    def add(self, text: str, face: Face | None = None, block: Block = _CENTRE) -> None:
        """A paragraph of one face."""
        self.document.body.append(para(run(text, face or self.face), block))

    def text(self, text: str, face: Face | None = None, start: int = 0, head: Face | None = None,
             *, keep: bool = False) -> None:  # fmt: skip
        """A paragraph of the body; its first characters may be in another face."""
        look, face = self.look, face or self.face
        indent = 0.0 if look.typed else 2 * look.size
        typed = _WIDE if look.typed else ""
        runs = run(typed + text[:start], head or self.bold) if start else ""
        runs += run(text[start:] if start else typed + text, face)
        self.document.body.append(para(runs, Block(look.pitch, indent=indent, keep=keep)))

    def part(self, part: Part) -> None:
        """A part of a body."""
        look = self.look
        if part.kind == "heading":
            face = {1: Face(HEI, look.size), 2: Face(KAI, look.size, bold=look.listed)}.get(part.level, self.bold)
            self.text(part.text, face, keep=True)
        elif part.kind == "table":
            count = len(part.rows[0])
            self.table(part, [1.6 if i == 0 else 1.0 for i in range(count)], 10.5)
        elif part.kind == "sign":
            self.add(part.text, block=Block(look.pitch, "right", right=2 * look.size))
        else:
            self.text(part.text, start=part.run_in)

    def table(self, part: Part, shares: list[float], size: float) -> None:
        """A table over the measure."""
        widths = [self.measure * share / sum(shares) for share in shares]
        self.document.body.append(docx.table(part.rows, widths, Face(SONG, size), Face(HEI, size)))
        self.add("", block=Block(line=8.0))

    def headline(self, item: Item, *, new_page: bool = False, mark: Callable[[str], str] = str) -> None:
        """Title, subtitle and the line of the source; ``mark`` makes the title one that can be referred to."""
        look = self.look
        align = "center" if look.centred else "left"
        big = Face(TITLE, look.title, bold=True)
        last = not (item.subtitle or item.byline)
        block = Block(look.title * 1.45, align, before=look.pitch, after=look.pitch * 0.6 if last else 0, keep=True)
        lines = [run(line, big) for line in item.title]
        for i, line in enumerate(lines):
            above, after = (look.pitch if i == 0 else 0), (block.after if i == len(lines) - 1 else 0)
            shown = mark(line) if i == 0 else line
            own = replace(block, before=above, after=after, new_page=new_page and i == 0)
            self.document.body.append(para(shown, own))
        kai = Face(KAI, look.size)
        if item.subtitle:
            self.add("——" + item.subtitle, kai, Block(look.pitch, align, after=0 if item.byline else 10, keep=True))
        if item.byline:
            self.add(item.byline, kai, Block(look.pitch, align, after=10, keep=True))

    def article(self, item: Item) -> None:
        """All below the headline."""
        if item.note:
            self.text(item.note, Face(KAI, self.look.size))
        figures = {figure.at: figure for figure in item.figures}
        for i, part in enumerate(item.parts):
            last = i == len(item.parts) - 1
            if last and item.source_as_set and self.look.source == "inline":
                part = replace(part, text=part.text + item.source_as_set)
            self.part(part)
            if i in figures:
                self.picture(figures[i].caption)
        if item.source_as_set and self.look.source != "inline":
            self.add(item.source_as_set, block=Block(self.look.pitch, "right"))

    def picture(self, caption: str) -> None:
        """A picture and the line below it."""
        self.pictures += 1
        self.document.body.append(para(docx.picture(self.pictures, 240, 135), replace(_CENTRE, keep=True, before=6)))
        self.add(caption, Face(KAI, self.look.size - 3.5), replace(_CENTRE, after=6))

    def feet(self) -> dict[str, str]:
        """The numbers of pages: in the middle or at the outer corners."""
        face = Face(SONG, 14.0 if self.look.size > 14 else 10.5)
        runs = docx.numbered(self.look.number, face)
        if not self.look.outer:
            return {"default": para(runs, _CENTRE)}
        return {"default": para(runs, Block(align="right", right=14)), "even": para(runs, Block(align="left", left=14))}

    def heads(self, text: str) -> dict[str, str]:
        """The head of every page."""
        rule = (0.75, _BLACK) if self.look.ruled else None
        shown = para(run(text, Face(SONG, 9)), Block(align="center", below=rule))
        return {"default": shown, "even": shown} if self.look.outer else {"default": shown}

    def finish(self, heads: str = "", start: int = 0) -> bytes:
        """The PDF; all pages since the last section have these heads."""
        found = self.heads(heads) if heads else {}
        self.document.close(Pages(self.look.margins, self.size, found, self.feet(), start), last=True)
        return converted("page.docx", self.document.save(image_of(random.Random(self.look.size))))


def image_of(rng: random.Random) -> bytes:
    """A picture of hills, as a PNG."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (480, 270), (196, 214, 232))
    draw = ImageDraw.Draw(image)
    for i in range(5):
        x, y = rng.randint(0, 480), 110 + i * 30
        draw.ellipse((x - 260, y, x + 260, y + 320), fill=(90 + i * 20, 140 - i * 12, 90))
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def brief(number: int, rng: random.Random) -> tuple[Bulletin, bytes]:
    """A briefing under a red head: 仿宋 text, titles in 小标宋, the colophon between rules."""
    look = look_of(rng, (2, 6), ("tail", "inline", "under", "short"))
    desk = Desk(number, look, rng)
    grouped = rng.random() < 0.5
    columns = rng.sample(sections("works")["columns"], 2) if grouped else []
    items: list[Item] = []
    for i in range(look.count):
        column = columns[0 if i < (look.count + 1) // 2 else 1] if columns else None
        item = desk.item("feature" if i % 3 == 0 else "report", column)
        if i == 0 and rng.random() < 0.5:
            note = rng.choice(["编者按：", "【编者按】"]) + desk.pen.say("editors")
            item = replace(item, note=note)
        items.append(desk.signed(item))
    name, issue = rng.choice(sections("works")["names"]), f"第{rng.randint(2, 48)}期"
    sponsor = f"{desk.home}委社会工作部"
    colophon = (
        "报：市委社会工作部，各位领导同志。",
        "送：各乡镇（街道），各有关单位（虚构样例）。",
        f"{sponsor}　　{desk.printed}印发",
    )
    bulletin = desk.bulletin(name, issue, sponsor, tuple(items), (sponsor + "编",), colophon)
    return bulletin, _brief(bulletin, look)


def _brief(bulletin: Bulletin, look: Look) -> bytes:
    sheet = Sheet(look)
    red = Face(TITLE, 44 if len(bulletin.name) < 6 else 38, bold=True, colour=RED, spacing=6)
    sheet.add(bulletin.name, red, replace(_CENTRE, before=10, after=10))
    sheet.add(bulletin.issue, sheet.face, replace(_CENTRE, after=6))
    line = Block(align="left", tab=sheet.measure, below=(2.25, RED), after=8)
    sheet.add(f"{bulletin.sponsor}编\t{bulletin.date}", sheet.face, line)
    if look.listed:
        sheet.add("本期要目", Face(HEI, look.size), replace(_CENTRE, before=8))
        for item in bulletin.items:
            sheet.add(f"◇{item.whole_title}", Face(KAI, look.size), Block(look.pitch, "left", left=look.size))
    shown = None
    for item in bulletin.items:
        if item.column and item.column != shown:
            sheet.add(f"【{item.column}】", Face(HEI, look.size + 2), Block(align="left", before=14, keep=True))
        shown = item.column
        sheet.headline(item)
        sheet.article(item)
    _colophon(sheet, bulletin.colophon)
    return sheet.finish()


def _colophon(sheet: Sheet, lines: tuple[str, ...]) -> None:
    """Lines between rules at the end."""
    face = Face(sheet.font, 14)
    for i, text in enumerate(lines):
        last = i == len(lines) - 1
        block = Block(
            22, "left", left=14, right=14, before=40 if i == 0 else 0, keep=not last,
            above=(1.0 if i == 0 else 0.5, _BLACK), below=(1.0, _BLACK) if last else None,
        )  # fmt: skip
        sheet.add(text, face, block)


def compilation(number: int, rng: random.Random) -> tuple[Bulletin, bytes]:
    """A bound compilation: a cover, contents with the numbers of pages, every article on a new page."""
    look = look_of(rng, (3, 6), ("under", "tail", "from", "none"))
    look = replace(look, number=rng.choice(["- {n} -", "— {n} —", "{n}"]), centred=True, size=min(look.size, 15.0))
    desk = Desk(number, look, rng)
    chapters = sections("works")["chapters"] if rng.random() < 0.6 else ()
    items: list[Item] = []
    for i in range(look.count):
        column = chapters[0 if i < look.count // 2 else 1] if chapters else None
        item = desk.item("report" if i == 1 else "feature", column)
        if column:
            item = replace(item, also=(*item.also, ("column", column.partition("　")[2])))
        if rng.random() < 0.5:
            item = with_picture(
                item, f"图为{desk.caption()}", rng.choice([0, 1]) if item.parts[1].kind == "text" else 0
            )
        items.append(desk.signed(item))
    name = f"{desk.home}{rng.choice(['基层治理经验材料汇编', '改革创新案例选编', '社会工作典型案例汇编'])}"
    sponsor = f"{desk.home}委社会工作部"
    bulletin = desk.bulletin(name, "", sponsor, tuple(items), (name, "虚构样例"))
    return bulletin, _compilation(bulletin, look)


def _compilation(bulletin: Bulletin, look: Look) -> bytes:
    sheet = Sheet(look)
    sheet.add("内部资料　虚构样例", Face(HEI, 14), Block(align="left"))
    sheet.add(bulletin.name, Face(TITLE, 30, bold=True), replace(_CENTRE, before=170, after=260))
    sheet.add(bulletin.sponsor, Face(KAI, 18), replace(_CENTRE, after=6))
    sheet.add(bulletin.date, Face(KAI, 18))
    sheet.add("目　录", Face(HEI, 20), replace(_CENTRE, new_page=True, after=16))
    _contents(sheet, bulletin)
    sheet.document.close(Pages(look.margins, bare_first=True))
    shown = None
    for i, item in enumerate(bulletin.items):
        if item.column and item.column != shown:
            block = replace(_CENTRE, before=240, new_page=i > 0)
            sheet.add(item.column, Face(TITLE, 26, bold=True), block)
        new = i > 0 or item.column is not None
        shown = item.column
        sheet.headline(item, new_page=new, mark=lambda runs, i=i: docx.marked(f"a{i}", i + 1, runs))  # type: ignore[misc]
        sheet.article(item)
    return sheet.finish(bulletin.name, start=1)


def _contents(sheet: Sheet, bulletin: Bulletin) -> None:
    look = sheet.look
    block = Block(look.pitch * 1.1, "left", tab=sheet.measure, leader="dot" if look.ruled else "middleDot")
    face, shown = Face(SONG, look.size), None
    for i, item in enumerate(bulletin.items):
        if item.column and item.column != shown:
            sheet.add(item.column, Face(HEI, look.size), Block(look.pitch * 1.1, "left"))
        shown = item.column
        runs = run(f"{item.whole_title}\t", face) + docx.field_of(f"PAGEREF a{i} \\h", face)
        sheet.document.body.append(para(runs, block))


def digest(number: int, rng: random.Random) -> tuple[Bulletin, bytes]:
    """A digest: titles in bold as large as the text, the place first; the source in brackets at the end."""
    look = look_of(rng, (4, 7), ("inline", "tail", "short"))
    look = replace(look, heads=("none", "run-in", "joined"))
    desk = Desk(number, look, rng)
    items = []
    for i in range(look.count):
        item = desk.item("feature" if i in (0, 3) else "report", named=True)
        items.append(desk.signed(item))
    name, issue = rng.choice(sections("works")["names"]), f"{desk.day.year}年第{rng.randint(2, 48)}期"
    sponsor = f"{desk.home}委社会工作部"
    head = f"{name}　{issue}" if look.ruled else ""
    furniture = (f"{sponsor}编印", f"（虚构样例）{said(desk.day)}", *([head] if head else []))
    bulletin = desk.bulletin(name, issue, sponsor, tuple(items), furniture)
    return bulletin, _digest(bulletin, look, head)


def _digest(bulletin: Bulletin, look: Look, head: str) -> bytes:
    sheet = Sheet(look)
    sheet.add(bulletin.name, Face(HEI, 28, spacing=4), replace(_CENTRE, after=8))
    sheet.add(f"{bulletin.issue}\t{bulletin.sponsor}编印", sheet.face, Block(align="left", tab=sheet.measure))
    below = (0.75, _BLACK)
    sheet.add(f"（虚构样例）{bulletin.date}", sheet.face, Block(align="right", below=below, after=8))
    face = sheet.bold if look.body != "hei" else Face(HEI, look.size, bold=True)
    for item in bulletin.items:
        if look.centred:
            sheet.text(item.whole_title, face, keep=True)
        else:
            sheet.add(item.whole_title, face, Block(look.pitch, "left", keep=True))
        sheet.article(item)
        if look.listed:
            sheet.add("", block=Block(line=look.pitch))
    return sheet.finish(head)


def report(number: int, rng: random.Random) -> tuple[Bulletin, bytes]:
    """One long report on a year's work, with headings of three levels, tables and an attachment."""
    look = replace(look_of(rng, (1, 1), ("none",)), centred=True, title=22.0, body=rng.choice(["song", "kai"]))
    desk = Desk(number, look, rng)
    bulletin = write_report(desk)
    return bulletin, _report(bulletin, look)


def _report(bulletin: Bulletin, look: Look) -> bytes:
    sheet = Sheet(look)
    sheet.add("内部资料　虚构样例", Face(HEI, 12), Block(align="left"))
    (item,) = bulletin.items
    sheet.headline(item)
    parts = list(item.parts)
    at = next(i for i, part in enumerate(parts) if part.text == "附件1")
    for part in parts[:at]:
        _report_part(sheet, part)
    sheet.document.close(Pages(look.margins, feet=sheet.feet()))
    wide = look.ruled
    if wide:
        sheet.size = (841.9, 595.3)
    sheet.add(parts[at].text, Face(HEI, look.size), Block(look.pitch, "left", keep=True))
    sheet.add(parts[at + 1].text, Face(TITLE, 20, bold=True), Block(30, "center", before=8, after=8, keep=True))
    sheet.text(parts[at + 2].text)
    sheet.table(parts[at + 3], [0.6, 4.2, 2.0, 1.2], 12.0)
    return sheet.finish(f"{bulletin.name}" if look.listed else "")


def _report_part(sheet: Sheet, part: Part) -> None:
    """The title of a table is set over it, its unit at the right without an indent."""
    if part.kind == "heading" and part.level == 3:
        sheet.add(part.text, Face(HEI, 14), Block(24, "center", before=6, keep=True))
    elif part.kind == "sign" and part.text.startswith("单位："):
        sheet.add(part.text, Face(SONG, 12), Block(18, "right", keep=True))
    else:
        sheet.part(part)


def notice(number: int, rng: random.Random) -> tuple[Bulletin, bytes]:
    """A notice under the red head of its issuer, with number, addressees, clauses, signature and colophon."""
    look = replace(look_of(rng, (1, 1), ("none",)), centred=True, body=rng.choice(["song", "song", "kai"]))
    desk = Desk(number, look, rng)
    told = write_notice(desk)
    sheet = Sheet(look)
    sheet.add("虚构样例", Face(HEI, 14), Block(align="left"))
    size = 40 if len(told.issuer) < 9 else 32
    red = Face(TITLE, size, bold=True, colour=RED, spacing=2)
    sheet.add(told.bulletin.name, red, replace(_CENTRE, before=30, after=24))
    sheet.add(told.number, sheet.face, replace(_CENTRE, below=(2.25, RED), after=12))
    (item,) = told.bulletin.items
    sheet.headline(item)
    first, *rest = item.parts
    sheet.add(first.text, block=Block(look.pitch, "left"))
    for i, part in enumerate(rest):
        _notice_part(sheet, part, rest[i - 1] if i else first)
    _colophon(sheet, told.colophon)
    return told.bulletin, sheet.finish()


def _notice_part(sheet: Sheet, part: Part, before: Part) -> None:
    """Room before attachments and signature; the second attachment stands under the name of the first."""
    look = sheet.look
    attached = part.text.startswith("附件：")
    if attached or (part.kind == "sign" and before.kind != "sign"):
        sheet.add("", block=Block(line=look.pitch))
    if before.text.startswith("附件：1.") and part.kind == "text":
        sheet.add(part.text, block=Block(look.pitch, left=5 * look.size))
    else:
        sheet.part(part)
