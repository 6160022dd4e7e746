"""Four documents set by LibreOffice from Word files: a special report, a round-up, a circular, speeches."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import groupby

from evals.layouts.mixed import tables
from evals.layouts.mixed.circular import Circular, Table, write_circular
from evals.layouts.mixed.look import Wear, wear_of
from evals.layouts.mixed.writing import Desk, Shape, noted, sourced, theme_of
from evals.layouts.model import Bulletin, Item
from evals.layouts.plain.docx import HEI, KAI, RED, SONG, TITLE, Block, Face, Pages, para, run
from evals.layouts.plain.office import Sheet
from evals.layouts.plain.writing import NUMERALS, name_of

_BLACK = "000000"
_CENTRE = Block(align="center")
_REGIONS = {"1": "华北地区", "2": "东北地区", "3": "华东地区", "4": "中南地区", "5": "西南地区", "6": "西北地区"}


class Paper(Sheet):
    """A document whose paragraphs may stand flush, with room behind them, in more faces."""

    def __init__(self, wear: Wear) -> None:
        super().__init__(wear.look)
        self.wear, self.font = wear, wear.font
        self.face = Face(wear.font, wear.look.size)
        self.bold = Face(wear.font, wear.look.size, bold=True)

    def text(self, text: str, face: Face | None = None, start: int = 0, head: Face | None = None,
             *, keep: bool = False) -> None:  # fmt: skip
        """A paragraph of the body."""
        if not self.wear.flush:
            super().text(text, face, start, head, keep=keep)
            return
        runs = run(text[:start], head or self.bold) if start else ""
        block = Block(self.look.pitch, after=round(self.look.size * 0.6, 1), keep=keep)
        self.document.body.append(para(runs + run(text[start:], face or self.face), block))

    def framed(self, item: Item, label: str, tint: str, *, apart: bool) -> None:
        """What the article is about, in a frame; ``apart``: its label has a line of its own."""
        note = (item.note or "").removeprefix(label)
        size = self.look.size - 2
        kai, hei = Face(KAI, size), Face(HEI, size)
        pitch = round(size * 1.5, 1)
        if apart:
            shown = [para(run(label, hei), Block(pitch, "center", keep=True))]
            shown.append(para(run(note, kai), Block(pitch, indent=2 * size)))
        else:
            shown = [para(run(label, hei) + run(note, kai), Block(pitch, indent=0 if self.wear.flush else 2 * size))]
        self.document.body.append(tables.box(shown, self.measure, tint))
        self.add("", block=Block(line=8.0))

    def lines(self, texts: tuple[str, ...]) -> None:
        """Lines between rules at the end of the issue."""
        face = Face(self.font, 12)
        for i, text in enumerate(texts):
            last = i == len(texts) - 1
            block = Block(
                20, "left", left=8, right=8, before=30 if i == 0 else 0, keep=not last,
                above=(0.75, _BLACK) if i == 0 else None, below=(0.75, _BLACK) if last else None,
            )  # fmt: skip
            self.add(text, face, block)


def special(number: int, rng: random.Random) -> tuple[Bulletin, bytes]:
    """信息专报: two or three articles below a red head, what each is about in a frame above its text."""
    wear = wear_of(number, rng, (2, 3), ("tail", "inline", "under"))
    desk = Desk(number, rng)
    label = ("【导读】", "【摘要】", "内容提要")[wear.turn]
    shapes: tuple[Shape, ...] = rng.choice([("chapters", "run-in"), ("numbered", "chapters"), ("numbered", "run-in")])
    items = []
    for i in range(wear.look.count):
        item = noted(desk.feature(shapes[i % 2]), label, desk.pen.fill(desk.topic["D"][0]))
        unit = name_of(item.adcode or "") + "委社会工作部"
        printed = f"（来源：{unit}）"
        if wear.look.source == "under":
            item = replace(item, byline=printed)
        items.append(sourced(item, f"来源：{unit}", printed, unit))
    name, issue = desk.turned("names"), f"第{rng.randint(3, 90)}期"
    sponsor = f"{desk.home}委办公室"
    editor, checker = desk.people(2)
    colophon = (
        f"报：{desk.home}委常委，有关领导同志",
        f"发：各乡镇（街道），{desk.home[-1]}直有关部门",
        f"编辑：{editor}　　审核：{checker}　　（本刊内容为虚构样例）",
    )
    bulletin = desk.bulletin(name, issue, sponsor, items, (f"{sponsor}编", f"{sponsor}编印"), colophon)
    return bulletin, _special(bulletin, wear, label)


def _special(bulletin: Bulletin, wear: Wear, label: str) -> bytes:
    sheet = Paper(wear)
    look = wear.look
    red = Face(TITLE, 48 if len(bulletin.name) < 5 else 40, bold=True, colour=RED, spacing=10)
    sheet.add(bulletin.name, red, replace(_CENTRE, before=16, after=14))
    if wear.turn == 0:
        sheet.add(bulletin.issue, Face(KAI, 16), replace(_CENTRE, after=8))
        line = f"{bulletin.sponsor}编\t{bulletin.date}"
    elif wear.turn == 1:
        line = f"{bulletin.issue}\t{bulletin.date}"
        sheet.add(f"{bulletin.sponsor}编印", Face(KAI, 16), replace(_CENTRE, after=8))
    else:
        line = f"{bulletin.sponsor}编印　{bulletin.issue}\t{bulletin.date}"
    sheet.add(line, Face(sheet.font, 14), Block(align="left", tab=sheet.measure, below=(2.0, RED), after=10))
    tint = "" if look.ruled else "EFEFEF"
    for item in bulletin.items:
        above = wear.turn == 2
        if above:
            sheet.add("", block=Block(line=10.0))
            sheet.framed(item, label, tint, apart=look.listed)
        sheet.headline(item)
        if not above:
            sheet.framed(item, label, tint, apart=look.listed)
        sheet.article(replace(item, note=None, source_as_set=None if item.byline else item.source_as_set))
    sheet.lines(bulletin.colophon)
    return sheet.finish()


def roundup(number: int, rng: random.Random) -> tuple[Bulletin, bytes]:
    """工作动态: news below the names of regions or themes, with numbered titles or the place in 【】."""
    wear = wear_of(number, rng, (6, 9), ("inline", "none", "tail"))
    desk = Desk(number, rng)
    bracketed, by_theme = wear.turn == 0, wear.turn != 1
    found = []
    for _ in range((9, 6, 8)[wear.turn]):
        item = desk.news()
        column = theme_of(desk) if by_theme else _REGIONS[(item.adcode or "1")[0]]
        unit = desk.unit(item)
        if wear.look.source != "none" and rng.random() < 0.8:
            item = sourced(item, unit, f"（{unit}）")
        found.append(replace(item, column=column, also=(*item.also, ("column", f"◆ {column}"))))
    order = {name: i for i, name in enumerate(dict.fromkeys(item.column for item in found))}
    found.sort(key=(lambda item: order[item.column]) if by_theme else (lambda item: (item.adcode or "")[0]))
    items = [_titled(item, i, bracketed=bracketed) for i, item in enumerate(found)]
    name = desk.turned("roundups")
    issue = f"{desk.day.year}年第{rng.randint(36, 50)}期" if rng.random() < 0.5 else f"第{rng.randint(36, 50)}期"
    sponsor = f"{desk.home}委社会工作部"
    closing = f"（共印{rng.randint(4, 20) * 10}份，虚构样例）"
    bulletin = desk.bulletin(name, issue, sponsor, items, (f"{sponsor}编", f"{sponsor}主办"), (closing,))
    return bulletin, _roundup(bulletin, wear)


def _titled(item: Item, i: int, *, bracketed: bool) -> Item:
    """A title begins with the place; it is in 【】, or has a number before it."""
    place, title = name_of(item.adcode or ""), item.whole_title
    if not bracketed:
        printed = f"{NUMERALS[i]}、{title}"
        return replace(item, title=(title,), number=i + 1, also=(*item.also, ("title", printed)))
    rest = title.removeprefix(place)
    # Some titles name the place in the middle: there 【】 says it again.
    printed = f"【{place}】{rest}"
    return replace(item, title=(printed,), also=(*item.also, ("title", rest), ("title", f"{place}{rest}")))


def _roundup(bulletin: Bulletin, wear: Wear) -> bytes:
    sheet = Paper(wear)
    look = wear.look
    colour = RED if wear.turn == 0 else ""
    sheet.add(bulletin.name, Face(HEI if wear.turn else TITLE, 32, bold=True, colour=colour), replace(_CENTRE, after=8))
    below = (1.5, colour or _BLACK)
    if wear.turn == 2:
        sheet.add(f"（{bulletin.issue}）", Face(KAI, 14), replace(_CENTRE, after=4))
        sheet.add(f"{bulletin.sponsor}主办\t{bulletin.date}", Face(SONG, 12), Block(tab=sheet.measure, below=below))
    else:
        sheet.add(f"{bulletin.issue}\t{bulletin.sponsor}编", Face(SONG, 14), Block(tab=sheet.measure))
        sheet.add(bulletin.date, Face(SONG, 14), Block(align="right", below=below, after=6))
    for column, items in groupby(bulletin.items, key=lambda item: item.column):
        shown = f"◆ {column}" if look.listed else f"{column}"
        align = "center" if look.centred else "left"
        sheet.add(shown, Face(HEI, 18), Block(align=align, before=14, after=4, keep=True))
        for item in items:
            title = f"{NUMERALS[item.number - 1]}、{item.whole_title}" if item.number else item.whole_title
            face = Face(HEI, look.size) if look.ruled else Face(TITLE, look.size, bold=True)
            indent = 0.0 if wear.flush or look.typed else 2 * look.size
            sheet.add(title, face, Block(look.pitch, "left", indent=indent, before=6, after=2, keep=True))
            sheet.article(item)
    sheet.add(bulletin.colophon[0], Face(KAI, 12), Block(align="right", before=18))
    return sheet.finish()


def circular(number: int, rng: random.Random) -> tuple[Bulletin, bytes]:
    """情况通报: one article with ranks, a table in its text and one attached, the heads of both in two rows."""
    wear = wear_of(number, rng, (1, 1), ("none",), title=rng.choice([22.0, 22.0, 20.0]))
    look = replace(wear.look, centred=True, size=max(14.0, wear.look.size))
    wear = replace(wear, look=replace(look, pitch=round(look.size * rng.choice([1.7, 1.8, 1.9]), 1)), flush=False)
    desk = Desk(number, rng)
    told = write_circular(desk, wear.turn, listed=look.listed, signed=wear.turn != 1)
    return told.bulletin, _circular(told, wear)


def _circular(told: Circular, wear: Wear) -> bytes:
    sheet = Paper(wear)
    look, bulletin = wear.look, told.bulletin
    colour = RED if wear.turn != 2 else ""
    sheet.add(bulletin.name, Face(TITLE, 40, bold=True, colour=colour, spacing=12), replace(_CENTRE, after=10))
    sheet.add(f"{bulletin.issue}（虚构样例）", sheet.face, replace(_CENTRE, after=6))
    rule = Block(align="left", tab=sheet.measure, below=(2.0, colour or _BLACK), after=10)
    sheet.add(f"{told.issuer}编印\t{bulletin.date}", Face(sheet.font, 14), rule)
    (item,) = bulletin.items
    sheet.headline(item)
    sheet.add(item.parts[0].text, block=Block(look.pitch, "left"))
    left = list(told.tables)
    for i, part in enumerate(item.parts[1:], 1):
        if i == told.attached:
            sheet.add(part.text, Face(HEI, look.size), Block(look.pitch, "left", new_page=True))
        elif part.kind == "heading" and part.level == 3:
            big = Face(TITLE, 18, bold=True) if i > told.attached else Face(HEI, 12)
            sheet.add(part.text, big, Block(round(big.size * 1.5, 1), "center", before=6, after=2, keep=True))
        elif part.kind == "sign" and part.text.startswith("单位："):
            sheet.add(part.text, Face(SONG, 10.5), Block(16, "right", keep=True))
        elif part.kind == "table":
            _numbers(sheet, left.pop(0))
        else:
            if part.text.startswith("附件：") or (part.kind == "sign" and item.parts[i - 1].kind != "sign"):
                sheet.add("", block=Block(line=look.pitch))
            sheet.part(part)
    return sheet.finish()


def _numbers(sheet: Paper, table: Table) -> None:
    count = sum(max(1, len(own)) for _, own in table.head)
    shares = [1.6, *[1.0] * (count - 1)]
    widths = [sheet.measure * share / sum(shares) for share in shares]
    sheet.document.body.append(tables.merged(table.head, table.rows, widths, Face(SONG, 10.5), Face(HEI, 10.5)))
    sheet.add("", block=Block(line=10.0))


_MARKS = ("交流材料之{}", "会议材料（{}）", "书面交流材料{}")


def speeches(number: int, rng: random.Random) -> tuple[Bulletin, bytes]:
    """会议交流材料: what places said at a meeting, each on pages of its own with a mark at the top."""
    wear = wear_of(number, rng, (3, 5), ("under",))
    wear = replace(wear, look=replace(wear.look, centred=True), flush=False)
    desk = Desk(number, rng)
    cover = wear.turn != 1
    meeting = rng.choice(["基层治理工作现场推进会", "社会工作重点任务调度会", "党建引领基层治理经验交流会"])
    people = desk.people(wear.look.count)
    items = []
    for i in range(wear.look.count):
        item = desk.speech()
        unit = name_of(item.adcode or "") + rng.choice(["委社会工作部", "人民政府", "委"])
        unit = unit if not unit.endswith("委") else unit.removesuffix("委") + "委组织部"
        mark = _MARKS[wear.turn].format(NUMERALS[i])
        also = [("title", f"{mark}{item.whole_title}"), ("column", mark), ("source_line", unit)]
        speaker = people[i] if wear.turn == 2 else None
        line = f"{unit}　{speaker}" if speaker else unit
        if speaker:
            also += [("author", line), ("author", f"{unit}{speaker}"), ("source_line", line)]
        if not cover:
            dated = f"（{desk.printed}）"
            also += [("source_line", f"{unit}{dated}"), ("source_line", f"{line}{dated}")]
        item = replace(item, source_line=unit, byline=line, author=speaker, kicker=mark, also=(*item.also, *also))
        items.append(item)
    name, sponsor = f"{desk.home}{meeting}交流材料", f"{desk.home}委社会工作部"
    marks = tuple(item.kicker or "" for item in items)
    bulletin = desk.bulletin(name, "", sponsor, items, (name, "虚构样例", *marks))
    return bulletin, _speeches(bulletin, wear, cover=cover)


def _speeches(bulletin: Bulletin, wear: Wear, *, cover: bool) -> bytes:
    sheet = Paper(wear)
    look = wear.look
    if cover:
        sheet.add("内部资料　虚构样例", Face(HEI, 14), Block(align="left"))
        home = bulletin.name.removesuffix("交流材料")
        sheet.add(home, Face(TITLE, 26, bold=True), replace(_CENTRE, before=150, after=12))
        sheet.add("交　流　材　料", Face(TITLE, 36, bold=True), replace(_CENTRE, after=250))
        sheet.add(bulletin.sponsor, Face(KAI, 18), replace(_CENTRE, after=6))
        sheet.add(bulletin.date, Face(KAI, 18))
        if look.listed:
            sheet.add("材　料　目　录", Face(HEI, 20), replace(_CENTRE, new_page=True, after=14))
            for i, item in enumerate(bulletin.items, 1):
                entry = f"{i}．{item.whole_title}（{item.source_line}）"
                sheet.add(entry, Face(SONG, 14), Block(24, "left", left=28))
        sheet.document.close(Pages(look.margins))
    for i, item in enumerate(bulletin.items):
        mark = Face(HEI, 14)
        shown = f"{item.kicker}　　（虚构样例）" if not cover and i == 0 else item.kicker or ""
        sheet.add(shown, mark, Block(20, "right" if look.ruled else "left", new_page=i > 0, keep=True))
        sheet.headline(item)
        if not cover:
            sheet.add(f"（{bulletin.date}）", Face(KAI, look.size), replace(_CENTRE, after=10, keep=True))
        sheet.add(item.parts[0].text, block=Block(look.pitch, "left"))
        for part in item.parts[1:]:
            sheet.part(part)
    return sheet.finish(bulletin.name if look.outer else "", start=1 if cover else 0)
