"""Three issues set by LibreOffice: under a red head, with titles as large as the text, with counted titles."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from evals.layouts.mixed.look import Wear, wear_of
from evals.layouts.mixed.office import Paper
from evals.layouts.model import Bulletin, Item
from evals.layouts.plain.docx import HEI, KAI, RED, SONG, TITLE, Block, Face, field_of, marked, para, run
from evals.layouts.plain.writing import NUMERALS
from evals.layouts.seventh.writing import Desk, Form, Wants, columned, numbered, starts

_BLACK = "000000"
_CENTRE = Block(align="center")
_NOTES = ("编者按：", "【编者按】", "按语：")


def redhead(number: int, rng: random.Random) -> tuple[Bulletin, bytes]:
    """工作简报 below a red head: titles of two lines, what the editor says, who is told at the end."""
    wear = wear_of(number, rng, (4, 5), ("tail", "inline", "tail"), title=rng.choice([20.0, 22.0]))
    wear = replace(wear, look=replace(wear.look, centred=True, size=min(wear.look.size, 15.0)), flush=False)
    desk = Desk(number, rng)
    forms: list[Form] = ["deep", "numbered", "run-in", "plain", "joined"]
    rng.shuffle(forms)
    items = []
    for i in range(wear.look.count):
        named = i % 2 == wear.turn % 2
        wants = Wants(forms[i], named=named, broken=named or i == 3, subtitle=not named, note=i in (0, 2))
        item = desk.article(wants)
        item = desk.noted(item, _NOTES[wear.turn]) if i in (0, 2) else item
        items.append(desk.signed(item, ("supplied", "unit", "by")[wear.turn]))
    name, issue = desk.turned("names"), f"第{rng.randint(3, 60)}期"
    issue += f"（总第{rng.randint(70, 300)}期）" if wear.turn == 1 else ""
    sponsor = f"{desk.home}委社会工作部"
    editor, checker = desk.people(2)
    colophon = (
        f"报：{desk.home}委、{desk.home}人民政府领导同志。",
        f"送：{desk.home}直各单位，各乡镇（街道）。",
        f"编辑：{editor}　　校对：{checker}　　（虚构样例）",
        f"{sponsor}办公室　　　　{desk.printed}印发",
    )
    furniture = (f"{sponsor}编", *(["内部资料　注意保存"] if wear.turn == 2 else []))
    bulletin = desk.bulletin(name, issue, sponsor, items, furniture, colophon)
    return bulletin, _redhead(bulletin, wear)


def _redhead(bulletin: Bulletin, wear: Wear) -> bytes:
    sheet = Paper(wear)
    if wear.turn == 2:
        sheet.add("内部资料　注意保存", Face(HEI, 12), Block(align="left"))
    size = 46 if len(bulletin.name) < 7 else 34
    sheet.add(bulletin.name, Face(TITLE, size, bold=True, colour=RED, spacing=8), replace(_CENTRE, before=12, after=8))
    sheet.add(bulletin.issue, Face(KAI, 15), replace(_CENTRE, after=8))
    below = ((2.5, RED), (1.5, RED), (3.0, RED))[wear.turn]
    line = Block(align="left", tab=sheet.measure, below=below, after=6)
    sheet.add(f"{bulletin.sponsor}编\t{bulletin.date}", Face(sheet.font, 14), line)
    for item in bulletin.items:
        sheet.headline(item)
        sheet.article(item)
    sheet.lines(bulletin.colophon)
    return sheet.finish()


def samesize(number: int, rng: random.Random) -> tuple[Bulletin, bytes]:
    """动态 whose titles are in bold as large as the text, in its middle, indented as it is or flush."""
    wear = wear_of(number, rng, (7, 9), ("inline", "tail", "inline"))
    wear = replace(wear, look=replace(wear.look, size=rng.choice([12.0, 14.0, 15.0])))
    wear = replace(wear, look=replace(wear.look, pitch=round(wear.look.size * rng.choice([1.6, 1.75, 1.9]), 1)))
    desk = Desk(number, rng)
    columns = (("基层要闻", "简讯"), (), ("工作进展", "各地动态"))[wear.turn]
    forms: tuple[Form, ...] = ("plain", "joined", "plain", "joined")
    items = []
    long = 3 if wear.turn else 4
    for i in range(wear.look.count):
        item = desk.article(Wants(forms[i], quote=i != 1)) if i < long else desk.brief()
        item = desk.signed(item, ("unit", "supplied", "town")[wear.turn]) if rng.random() < 0.85 else item
        items.append(columned(item, columns[0 if i < long else 1], "【{}】") if columns else item)
    name = f"{desk.home}{desk.turned('names')}"
    issue, sponsor = f"{desk.day.year}年第{rng.randint(30, 52)}期", f"{desk.home}委社会工作部"
    foot = f"责任编辑：{desk.people(1)[0]}　　本期内容为虚构样例"
    bulletin = desk.bulletin(name, issue, sponsor, items, (f"{sponsor}编印", name), (foot,))
    return bulletin, _samesize(bulletin, wear)


def _samesize(bulletin: Bulletin, wear: Wear) -> bytes:
    sheet, look = Paper(wear), wear.look
    sheet.add(bulletin.name, Face(HEI if wear.turn else TITLE, 26, bold=True), replace(_CENTRE, after=6))
    rule = Block(align="left", tab=sheet.measure, below=(1.0, _BLACK), after=8)
    sheet.add(f"{bulletin.issue}　{bulletin.sponsor}编印\t{bulletin.date}", Face(SONG, 12), rule)
    indent = 2 * look.size if wear.turn == 1 else 0.0
    block = Block(look.pitch, "center" if wear.turn == 0 else "left", indent, keep=True)
    block = replace(block, before=round(look.pitch * (0.5 if look.listed or wear.flush else 0.0), 1))
    for item, first in zip(bulletin.items, starts(bulletin.items), strict=True):
        if first:
            above = Block(look.pitch + 2, "center", before=look.pitch * 0.6, after=4, keep=True)
            _bar(sheet, f"【{item.column}】", Face(HEI, look.size), above, "E4E4E4")
        sheet.add(item.whole_title, Face(sheet.font, look.size, bold=True), block)
        sheet.article(item)
    sheet.add(bulletin.colophon[0], Face(KAI, 11), Block(align="right", before=18))
    return sheet.finish(bulletin.name if look.ruled else "")


@dataclass(frozen=True, slots=True)
class _Bar:
    """How the name of a column is set: white on a colour, on a tint, between rules."""

    fill: str
    ink: str
    align: str


_BARS = (_Bar("9C1C1C", "FFFFFF", "left"), _Bar("DCE6F2", "1F3864", "center"), _Bar("F0E6D2", "7A3B12", "left"))
_COUNTS = ("{n}．", "{c}、", "{n:02}　")


def counted(number: int, rng: random.Random) -> tuple[Bulletin, bytes]:
    """经验摘编: contents with the numbers of pages, columns on bars, counted titles, tables in the text."""
    wear = wear_of(number, rng, (6, 8), ("tail", "tail", "inline"), title=rng.choice([16.0, 18.0]))
    look = replace(wear.look, size=rng.choice([12.0, 14.0]), outer=True, number=rng.choice(["{n}", "— {n} —"]))
    wear = replace(wear, look=replace(look, pitch=round(look.size * rng.choice([1.6, 1.8]), 1)))
    desk = Desk(number, rng)
    forms: Sequence[Form] = (
        ("bracketed", "run-in", "plain"), ("bracketed", "led", "joined"), ("bold", "led", "bracketed"),
    )[wear.turn]  # fmt: skip
    written: dict[str, list[Item]] = {}
    for i in range(look.count):
        item = desk.article(Wants(forms[i % 3], table=i in (0, 2, 5), subtitle=i % 4 == 3))
        item = desk.picture(item, "图为{}") if i in (1, 4) else item
        item = desk.signed(item, ("by", "from", "unit")[wear.turn])
        written.setdefault(desk.theme, []).append(item)
    grouped = [columned(item, theme, "◆{}" if wear.turn == 1 else "{}") for theme in written for item in written[theme]]
    items = [numbered(item, i, _count(i, wear.turn)) for i, item in enumerate(grouped, 1)]
    name, issue = f"{desk.turned('digests')}", f"第{rng.randint(2, 24)}期"
    sponsor = f"{desk.home}委社会工作部"
    head = f"{name}　{issue}"
    furniture = ("目　录", f"{sponsor}编", head, "（本刊所载均为虚构样例）")
    bulletin = desk.bulletin(name, issue, sponsor, items, furniture)
    return bulletin, _counted(bulletin, wear, head)


def _count(i: int, turn: int) -> str:
    return _COUNTS[turn].format(n=i, c=NUMERALS[i - 1])


def _counted(bulletin: Bulletin, wear: Wear, head: str) -> bytes:
    sheet, look, bar = Paper(wear), wear.look, _BARS[wear.turn]
    sheet.add(bulletin.name, Face(TITLE, 36, bold=True, colour=bar.fill if wear.turn == 0 else "", spacing=6), _CENTRE)
    sheet.add(f"{bulletin.issue}　（本刊所载均为虚构样例）", Face(SONG, 12), replace(_CENTRE, before=6, after=4))
    rule = Block(align="left", tab=sheet.measure, below=(1.5, bar.fill if wear.turn == 0 else _BLACK), after=10)
    sheet.add(f"{bulletin.sponsor}编\t{bulletin.date}", Face(SONG, 12), rule)
    sheet.add("目　录", Face(HEI, 16), replace(_CENTRE, before=6, after=6))
    line = Block(round(look.size * 1.8, 1), "left", tab=sheet.measure, leader="dot")
    shown = starts(bulletin.items)
    for i, item in enumerate(bulletin.items, 1):
        if shown[i - 1]:
            sheet.add(f"◆{item.column}" if wear.turn == 1 else item.column or "", Face(HEI, 12), line)
        face = Face(SONG, 12)
        runs = run(f"{_count(i, wear.turn)}{item.whole_title}\t", face) + field_of(f"PAGEREF item{i} \\h", face)
        sheet.document.body.append(para(runs, line))
    for i, item in enumerate(bulletin.items, 1):
        if shown[i - 1]:
            text = f"◆{item.column}" if wear.turn == 1 else item.column or ""
            block = Block(26, bar.align, before=16, after=4, keep=True, new_page=i == 1)
            _bar(sheet, text, Face(HEI, 14, bold=True, colour=bar.ink), block, bar.fill)
        _title(sheet, item, i)
        sheet.article(item)
    return sheet.finish(head)


def _bar(sheet: Paper, text: str, face: Face, block: Block, fill: str) -> None:
    """A line on a bar over the measure, never the last one of a page."""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'
    shown = para(run(text, face), block)
    sheet.document.body.append(shown.replace("<w:overflowPunct", f"{shade}<w:overflowPunct", 1))


def _title(sheet: Paper, item: Item, i: int) -> None:
    """The counted title and the line below it."""
    look = sheet.look
    big = Face(TITLE, look.title, bold=True)
    align = "center" if look.centred else "left"
    block = Block(round(look.title * 1.5, 1), align, before=10, after=0 if item.subtitle else 6, keep=True)
    runs = marked(f"item{i}", i, run(f"{_count(i, sheet.wear.turn)}{item.whole_title}", big))
    sheet.document.body.append(para(runs, block))
    if item.subtitle:
        sheet.add(f"——{item.subtitle}", Face(KAI, look.size), Block(look.pitch, align, after=6, keep=True))
