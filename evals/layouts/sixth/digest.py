"""要情 or 周报 set by LibreOffice: contents in a box, one article at length, others of a paragraph."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

from evals.layouts.mixed import tables
from evals.layouts.mixed.look import Wear, wear_of
from evals.layouts.mixed.office import Paper
from evals.layouts.mixed.writing import sourced
from evals.layouts.model import Bulletin, Item
from evals.layouts.plain.docx import HEI, KAI, RED, SONG, TITLE, Block, Face, field_of, marked, para, run
from evals.layouts.plain.writing import name_of
from evals.layouts.sixth.writing import Desk

_FORMS = (
    ("numbered", "plain", "brief", "run-in", "brief", "brief", "brief"),
    ("plain", "brief", "numbered", "brief", "brief", "plain", "brief"),
    ("run-in", "plain", "brief", "brief", "brief", "brief", "brief"),
)
_COLUMNS = (("本周要闻", "工作动态"), None, ("重点关注", "简讯"))


def digest(number: int, rng: random.Random) -> tuple[Bulletin, bytes]:
    """``turn`` 1 has numbered titles and no columns; the others have two columns, long articles in the first."""
    wear = wear_of(number, rng, (5, 7), ("inline", "tail", "under"), title=rng.choice([16.0, 18.0, 20.0]))
    desk, turn = Desk(number, rng), wear.turn
    names = _COLUMNS[turn]
    items = []
    for i, form in enumerate(_FORMS[turn][: wear.look.count]):
        desk.go("event")
        item = desk.event(form)
        unit = name_of(desk.code) + rng.choice(["委社会工作部", "委办公室", "人民政府办公室", "融媒体中心"])
        if rng.random() < 0.85:
            printed = f"（{unit}）"
            item = sourced(item, unit, printed)
            item = replace(item, byline=printed) if wear.look.source == "under" else item
        if names:
            item = replace(item, column=names[0 if i < 2 else 1])
        else:
            item = replace(item, number=i + 1, also=(*item.also, ("title", f"{i + 1}．{item.whole_title}")))
        items.append(item)
    name, issue = desk.turned("digests"), f"{desk.day.year}年第{rng.randint(38, 50)}期"
    sponsor = f"{desk.home}委社会工作部"
    first = desk.day - timedelta(days=6)
    week = f"（{first.month}月{first.day}日—{desk.day.month}月{desk.day.day}日）"
    editor, checker = desk.people(2)
    colophon = (f"送：{desk.home}委、{desk.home}人民政府领导", f"编辑：{editor}　核稿：{checker}　虚构样例")
    label = ("本期目录", "本　期　要　目", "目　　录")[turn]
    furniture = (label, f"{sponsor}编", *([week] if turn == 2 else []))
    bulletin = desk.bulletin(name, issue, sponsor, items, furniture, colophon)
    return bulletin, _pdf(bulletin, wear, label, week if turn == 2 else "")


def _pdf(bulletin: Bulletin, wear: Wear, label: str, week: str) -> bytes:
    sheet = Paper(wear)
    look, body = wear.look, sheet.document.body
    centre = Block(align="center", after=6)
    sheet.add(bulletin.name, Face(TITLE, 42, bold=True, colour=RED, spacing=6), replace(centre, after=10))
    if week:
        sheet.add(week, Face(KAI, 14), centre)
    if wear.turn == 1:
        sheet.add(bulletin.issue, Face(KAI, 14), centre)
        line = f"{bulletin.sponsor}编\t{bulletin.date}"
    else:
        line = f"{bulletin.issue}　{bulletin.sponsor}编\t{bulletin.date}"
    face = Face(sheet.font, 12)
    sheet.add(line, face, Block(align="left", tab=sheet.measure, below=(1.5, RED), after=10))
    body.append(_contents(bulletin, sheet, label))
    sheet.add("", block=Block(line=8.0))
    shown = None
    for i, item in enumerate(bulletin.items):
        if item.column and item.column != shown:
            mark = ("【{}】", "{}", "■ {}")[wear.turn].format(item.column)
            block = Block(align="center" if wear.turn == 0 else "left", before=look.pitch * 0.7, keep=True)
            sheet.add(mark, Face(HEI, look.size + 2, colour=RED if look.ruled else ""), block)
        shown = item.column
        _head(sheet, item, i)
        sheet.article(replace(item, source_as_set=None if item.byline else item.source_as_set))
    sheet.lines(bulletin.colophon)
    return sheet.finish()


def _contents(bulletin: Bulletin, sheet: Paper, label: str) -> str:
    turn, width = sheet.wear.turn, sheet.measure - 16
    face, lines = Face(SONG, 12), [para(run(label, Face(HEI, 14)), Block(align="center", after=4))]
    for i, item in enumerate(bulletin.items):
        text = f"{i + 1}．{item.whole_title}" if turn == 1 else item.whole_title
        if turn == 2:
            lines.append(para(run(f"◇ {text}", face), Block(19, "left")))
            continue
        block = Block(20, "left", tab=width - 14, leader="dot" if turn == 0 else "")
        lines.append(para(run(f"{text}\t", face) + field_of(f"PAGEREF item{i} \\h", face), block))
    return tables.box(lines, width, "F3F3F3" if turn == 2 else "")


def _head(sheet: Paper, item: Item, i: int) -> None:
    """The title; those of single paragraphs below a column are in bold in the size of the text."""
    look = sheet.look

    def mark(line: str) -> str:
        return f"{i + 1}．{line}" if item.number else line

    small = item.kind == "brief" and sheet.wear.turn == 2
    size = look.size if small else look.title
    face = Face(HEI, size) if small else Face(TITLE, size, bold=True)
    align = "center" if look.centred and not item.number and not small else "left"
    gap = round(look.pitch * (0.3 if small else 0.8), 1)
    runs = marked(f"item{i}", i + 1, run(mark(item.whole_title), face))
    after = 0 if small or item.byline else round(look.pitch * 0.4, 1)
    sheet.document.body.append(para(runs, Block(round(size * 1.45, 1), align, before=gap, after=after, keep=True)))
    if item.byline:
        sheet.add(item.byline, Face(KAI, look.size), Block(look.pitch, align, after=4, keep=True))
