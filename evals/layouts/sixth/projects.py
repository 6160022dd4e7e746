"""A list of projects of volunteers set by Typst: short entries, each under the same labels."""

from __future__ import annotations

import random
from dataclasses import replace

from evals.layouts.mixed.typesetting import _s
from evals.layouts.mixed.writing import sourced
from evals.layouts.model import Bulletin, Item, Part
from evals.layouts.plain.writing import NUMERALS
from evals.layouts.sixth.writing import Desk, texts

_KAI, _SANS, _SERIF, _MING = "AR PL UKai CN", "Noto Sans CJK SC", "Noto Serif CJK SC", "AR PL UMing CN"


def projects(number: int, rng: random.Random) -> tuple[Bulletin, bytes]:
    """``turn`` 0: 项目一 before the name; 1: the name behind its label; 2: who does it below, labels above texts."""
    turn = number % 3
    desk = Desk(number, rng)
    items = []
    for i in range(rng.randint(4, 7)):
        desk.go("project")
        items.append(_project(desk, i, turn))
    name, sponsor = f"{desk.home}{desk.turned('lists')}", f"{desk.home}委社会工作部"
    issue = f"第{rng.randint(2, 12)}期"
    foot = "（本刊内容为虚构样例）"
    furniture = (f"编印：{sponsor}", foot, *([f"{name}　{issue}"] if turn == 2 else []))
    bulletin = desk.bulletin(name, issue, sponsor, items, furniture, (foot,))
    return bulletin, _pdf(bulletin, turn, rng)


def _project(desk: Desk, i: int, turn: int) -> Item:
    (name,), (unit,), (served,), (content,), (result,) = (desk.said(letter) for letter in "NUGCR")
    first, *more = content.split("|")
    label = f"项目{NUMERALS[i]}"
    if turn == 2:
        parts = [
            Part("heading", "【服务对象】", 1), Part("text", f"{served}。"), Part("heading", "【项目内容】", 1),
            *texts([first, *more]), Part("heading", "【项目成效】", 1), Part("text", result),
        ]  # fmt: skip
        item = sourced(desk.item(name, parts), unit, f"实施单位：{unit}")
        return replace(item, byline=f"实施单位：{unit}")
    named = (("实施单位：", unit), ("服务对象：", served), ("项目内容：", first))
    parts = [Part("text", head + text, run_in=len(head)) for head, text in named]
    head = "项目成效："
    parts += [*texts(more), Part("text", head + result, run_in=len(head))]
    item = replace(desk.item(name, parts), number=i + 1)
    also = [("source_line", unit), ("source_line", f"实施单位：{unit}")]
    if turn == 0:
        also += [("title", f"{label}{name}"), ("column", label)]
    else:
        also += [("title", f"项目名称：{name}"), ("title", f"{i + 1}.项目名称：{name}")]
    return replace(item, also=tuple(also))


def _pdf(bulletin: Bulletin, turn: int, rng: random.Random) -> bytes:
    import typst  # type: ignore[import-not-found,unused-ignore]

    return bytes(typst.compile("\n".join(_lines(bulletin, turn, rng)).encode("utf-8")))


def _lines(bulletin: Bulletin, turn: int, rng: random.Random) -> list[str]:
    size, leading = rng.choice([11.0, 12.0, 13.0, 14.0]), rng.choice([0.8, 0.95, 1.1])
    x, y = rng.choice([(72, 72), (84, 76), (62, 80)])
    font = (_SERIF, _MING, _KAI, _SANS)[(turn + rng.randrange(2)) % 4]
    colour = ("rgb(160, 20, 20)", "black", "rgb(20, 90, 70)")[turn]
    number = ("[— #n —]", "[第 #n 页]", "[#n]")[turn]
    align = ("left", "left", "center")[turn]
    head = f"align(center, text(size: 9pt, {_s(f'{bulletin.name}　{bulletin.issue}')}))" if turn == 2 else "none"
    footer = f"context {{ let n = counter(page).display(); align({rng.choice(['center', 'right'])}, {number}) }}"
    lines = [
        f'#let kai(t) = text(font: "{_KAI}", t)\n#let hei(t) = text(font: "{_SANS}", weight: "bold", t)',
        "#let flat(t) = par(first-line-indent: 0em, justify: false, t)",
        f'#set page(paper: "a4", margin: (x: {x}pt, y: {y}pt), header: {head}, footer: {footer})',
        f'#set text(font: "{font}", size: {size}pt, lang: "zh", region: "cn")',
        f"#set par(justify: true, leading: {leading}em, spacing: {leading}em,"
        " first-line-indent: (amount: 2em, all: true))",
        f"#align(center, text(size: 24pt, fill: {colour}, flat(hei({_s(bulletin.name)}))))#v(0.3em)",
    ]
    left, right = _s(f"{bulletin.issue}　编印：{bulletin.sponsor}"), _s(bulletin.date)
    lines.append(
        f"#flat(text(size: 11pt)[#{left} #h(1fr) #{right}])#v(-0.4em)#line(length: 100%, stroke: 1.2pt + {colour})"
    )
    for i, item in enumerate(bulletin.items):
        if i and turn == 1:
            lines.append("#v(0.2em)#line(length: 100%, stroke: 0.4pt + gray)")
        lines += _entry(item, i, turn, align, colour)
    return [*lines, f"#v(1.5em)#align(right, text(size: 10pt, flat({_s(bulletin.colophon[0])})))"]


def _entry(item: Item, i: int, turn: int, align: str, colour: str) -> list[str]:
    big = f"text(size: 1.25em, fill: {colour}, hei({{}}))"
    if turn == 0:
        inner = f"#flat({big.format(_s(f'项目{NUMERALS[i]}　{item.whole_title}'))})"
    elif turn == 1:
        inner = f"#par[#hei({_s(f'{i + 1}.项目名称：')})#hei({_s(item.whole_title)})]"
    else:
        inner = f"#flat({big.format(_s(item.whole_title))})\n#flat(kai({_s(item.byline or '')}))"
    above, below = ("1.2em", "1em") if turn == 1 else ("2.2em", "1.1em")
    lines = [f"#block(width: 100%, sticky: true, above: {above}, below: {below})[#align({align})[{inner}]]"]
    for part in item.parts:
        start, rest = part.text[: part.run_in], part.text[part.run_in :]
        if part.kind == "heading":
            lines.append(f"#block(sticky: true, flat(hei({_s(part.text)})))")
        else:
            lines.append(f"#par[#hei({_s(start)})#{_s(rest)}]" if start else f"#par({_s(rest)})")
    return lines
