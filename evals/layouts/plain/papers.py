"""Papers of one article: a notice with its clauses, a report on a year's work with its attachment."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date

from evals.layouts.model import Bulletin, Item, Part
from evals.layouts.phrases import sections
from evals.layouts.plain.writing import NUMERALS, Desk, Pen

_PAPERS = "papers"
_ORDER = "LHCNE"


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice: its bulletin (with the clauses as its only article) and what stands around it."""

    bulletin: Bulletin
    issuer: str
    number: str
    colophon: tuple[str, ...]


def write_notice(desk: Desk) -> Notice:
    """The notice of a seed; addressees, attachments, signature and day are of its body."""
    rng, pen = desk.rng, Pen(desk.rng, _PAPERS)
    pen.go(desk.home)
    name = rng.choice([name for name in sections(_PAPERS) if name.startswith("notice")])
    lines = [(line[0], pen.fill(line[2:])) for line in sections(_PAPERS)[name]]
    told = {letter: text for letter, text in lines if letter in "ITA"}
    unit, _, sign = told["I"].partition("|")
    issuer = desk.home + unit
    number = f"{desk.home[0]}{sign}〔{desk.day.year}〕{rng.randint(3, 60)}号"
    title = told["T"].split("|")
    if desk.look.listed:
        # What would not go in one line is broken behind the issuer.
        title = [issuer + title[0], *title[1:]] if len(issuer + title[0]) < 20 else [issuer, *title]
    sign_lines = (Part("sign", issuer), Part("sign", desk.printed))
    parts = (Part("text", told["A"]), *_clauses(lines), *_attached(lines), *sign_lines)
    item = Item(tuple(title), parts, desk.home_code, also=(("source_line", issuer),))
    if rng.random() < 0.5:
        item = replace(item, parts=(*parts, Part("text", "（此件公开发布）")))
    office = issuer + "办公室" if issuer.endswith("局") else f"{desk.home}委社会工作部办公室"
    colophon = (
        f"抄送：{desk.home[-1]}委办公室，{desk.home[-1]}人大常委会办公室，{desk.home[-1]}政协办公室。",
        f"{office}　　{desk.printed}印发",
    )
    furniture = (f"{issuer}文件", number, "虚构样例")
    bulletin = desk.bulletin(f"{issuer}文件", number, issuer, (item,), furniture, colophon)
    return Notice(bulletin, issuer, number, colophon)


def _clauses(lines: list[tuple[str, str]]) -> list[Part]:
    parts: list[Part] = []
    count = 0
    for letter, text in lines:
        if letter not in _ORDER:
            continue
        count = count + 1 if letter == "N" else 0
        start = text.partition("。")[0] + "。"
        if letter == "H":
            parts.append(Part("heading", text, 1))
        elif letter == "N":
            parts.append(Part("text", f"{count}.{text}", run_in=len(start) + 2))
        else:
            parts.append(Part("text", text, run_in=len(start) if text[0] == "（" or text[1] == "." else 0))
    return parts


def _attached(lines: list[tuple[str, str]]) -> list[Part]:
    """The list of attachments: they are sent by themselves."""
    names = [text for letter, text in lines if letter == "F"]
    return [Part("text", f"附件：{name}" if i == 0 else name) for i, name in enumerate(names)]


def write_report(desk: Desk) -> Bulletin:
    """The report of a seed: what was done, what is wrong, what is planned; the attachment is of the article too."""
    rng, pen = desk.rng, Pen(desk.rng, _PAPERS)
    pen.go(desk.home)
    desk.day = date(2025, 1, rng.randint(6, 26))
    unit = f"{desk.home}委社会工作部"
    title = rng.choice([
        (f"{unit}2024年工作总结", "和2025年工作打算"),
        (f"关于{desk.home}2024年社会工作情况的报告",),
        (f"{desk.home}2024年基层治理工作情况报告",),
    ])  # fmt: skip
    opening = (
        f"2024年，{unit}在上级有关部门的指导下，围绕中心、服务大局，以抓基层、强基础、惠民生为主线，"
        "各项工作取得新进展。现将有关情况报告如下。"
    )
    attachment, attached = _attachment(pen, rng)
    parts = [
        Part("text", opening), *_done(pen, rng), *_numbered(pen, "二、存在的主要问题", "problems", 3),
        *_numbered(pen, "三、下一步工作打算", "plans", 4), Part("text", f"附件：{attachment}"),
        Part("sign", unit), Part("sign", desk.printed), *attached,
    ]  # fmt: skip
    item = Item(title, tuple(parts), desk.home_code, also=(("source_line", unit),))
    if desk.look.listed:
        line = f"（{desk.printed}）"
        also = (*item.also, ("source_line", line), ("subtitle", line), ("note", line))
        item = replace(item, byline=line, also=also)
    furniture = ("内部资料　虚构样例", *([f"{unit}文稿"] if desk.look.listed else []))
    return desk.bulletin(f"{unit}文稿", "", unit, (item,), furniture)


def _done(pen: Pen, rng: random.Random) -> list[Part]:
    parts = [Part("heading", "一、2024年主要工作情况", 1)]
    works = rng.sample(sections(_PAPERS)["works"], rng.randint(4, 6))
    for i, line in enumerate(works):
        head, lead, *points = pen.fill(line).split("|")
        parts += [Part("heading", f"（{NUMERALS[i]}）{head}", 2), Part("text", lead)]
        for k, point in enumerate(points, 1):
            start = f"{k}.{point.partition('。')[0]}。"
            parts.append(Part("text", f"{k}.{point}", run_in=len(start)))
        if i == 1:
            parts += _table(pen, rng)
    return parts


def _table(pen: Pen, rng: random.Random) -> list[Part]:
    """A table as wide as the page, with its title over it and the unit at the right."""
    name, unit, heads, spans = rng.choice(sections(_PAPERS)["tables"]).split("|")
    towns = rng.sample(sections("works")["townships"], rng.randint(5, 8))
    rows = [tuple(heads.split(","))]
    for town in towns:
        bounds = [tuple(map(int, span.split("-"))) for span in spans.split(",")]
        rows.append((town, *(str(rng.randint(low, high)) for low, high in bounds)))
    return [
        Part("text", f"各乡镇（街道）具体情况见《{name}》。"), Part("heading", f"表1　{name}", 3),
        Part("sign", unit), Part("table", rows=tuple(rows)),
    ]  # fmt: skip


def _numbered(pen: Pen, head: str, section: str, count: int) -> list[Part]:
    parts = [Part("heading", head, 1)]
    for i in range(count):
        text = pen.say(section)
        start = f"（{NUMERALS[i]}）{text.partition('。')[0]}。"
        parts.append(Part("text", f"（{NUMERALS[i]}）{text}", run_in=len(start)))
    return parts


def _attachment(pen: Pen, rng: random.Random) -> tuple[str, list[Part]]:
    """Its name, and its parts: 附件1, its title, a paragraph and a table."""
    title, lead, heads = pen.fill(sections(_PAPERS)["attachments"][0]).split("|")
    rows = [tuple(heads.split(","))]
    rows += [(str(i), *pen.say("tasks").rsplit(",", 2)) for i in range(1, rng.randint(7, 10))]
    parts = [
        Part("heading", "附件1", 4),
        Part("heading", title, 5),
        Part("text", lead),
        Part("table", rows=tuple(rows)),
    ]
    return title, parts
