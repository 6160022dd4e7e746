"""A 简报 of two columns printed by Chromium: titles over one column, □ before who wrote, pictures with captions."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import groupby

from evals.layouts.chromium import print_html
from evals.layouts.mixed.writing import Desk, Shape, sourced, theme_of
from evals.layouts.model import Bulletin, Item
from evals.layouts.plain.chromium import _document, _e, _flow

_SERIF, _SANS, _KAI = '"Noto Serif CJK SC"', '"Noto Sans CJK SC"', '"AR PL UKai CN"'
_MING, _ZEN = '"AR PL UMing CN"', '"WenQuanYi Zen Hei"'


def twin(number: int, rng: random.Random) -> tuple[Bulletin, bytes]:
    """Where who wrote and the source stand changes with the seed: below the title, at the end, or both there."""
    turn = number % 3
    desk = Desk(number, rng)
    shapes: tuple[Shape, ...] = rng.choice([("numbered", "run-in"), ("bold", "run-in"), ("numbered", "bold")])
    grouped = turn != 1
    items = []
    for i in range(rng.randint(4, 6)):
        item = desk.feature(shapes[i % 2], short=i > 0)
        column = theme_of(desk)
        if i == 0 or rng.random() < 0.5:
            taken = ("{}", "图为{}。", "▲{}")[turn]
            item = desk.picture(item, taken)
        item = _written(desk, item, turn, rng)
        items.append(replace(item, column=column) if grouped else item)
    order = list(dict.fromkeys(item.column for item in items))
    items.sort(key=lambda item: order.index(item.column))
    name, issue = desk.turned("papers"), f"第{rng.randint(5, 80)}期（总第{rng.randint(81, 300)}期）"
    sponsor = f"{desk.home}委社会工作部"
    editor, other = desk.people(2)
    foot = f"责任编辑：{editor}　　校对：{other}　　虚构样例"
    bulletin = desk.bulletin(name, issue, sponsor, items, (f"{sponsor}主办", f"{name}　{desk.printed}"), (foot,))
    return bulletin, print_html(_page(bulletin, turn, rng))


def _written(desk: Desk, item: Item, turn: int, rng: random.Random) -> Item:
    """The article with who wrote it and where it is from; one of five says only who wrote it."""
    people = desk.people(rng.choice([1, 1, 2]))
    author = "　".join(people)
    byline = f"□ {author}" if turn != 1 else f"□{author}"
    also = (*item.also, ("author", byline), ("author", "、".join(people)))
    item = replace(item, author=author, byline=byline, also=also)
    unit = desk.unit(item)
    if rng.random() < 0.2:
        return replace(item, also=(*item.also, ("source_line", byline), ("source_line", author)))
    line = f"作者单位：{unit}" if turn == 2 else unit
    return sourced(item, line, f"（{line}）", unit, f"{byline}（{line}）")


def _page(bulletin: Bulletin, turn: int, rng: random.Random) -> str:
    size = rng.choice([10.5, 11.0, 12.0])
    family = (_SERIF, _MING, _ZEN)[rng.randrange(3)]
    gap = rng.choice([18, 22, 28])
    rule = rng.choice(["none", ".5pt solid #888", "none"])
    align = "center" if rng.random() < 0.6 else "left"
    number = rng.choice(["'— ' counter(page) ' —'", "counter(page)", "'第' counter(page) '页　共' counter(pages) '页'"])
    flush = rng.random() < 0.25
    indent = "0; margin-bottom: .5em" if flush else "2em"
    colour = rng.choice(["#b5121b", "#b5121b", "#1f4e79"])
    title = rng.choice([15, 16, 18])
    edge = f"font: 9pt {_SANS}"
    head = f'@top-right {{ content: "{bulletin.name}　{bulletin.date}"; {edge} }}' if rng.random() < 0.5 else ""
    bar = {
        0: f"background: {colour}; color: #fff; padding: 1pt 8pt; display: inline-block",
        1: "",
        2: f"border-bottom: 1.5pt solid {colour}; color: {colour}",
    }[turn]
    css = (
        f"@page {{ size: A4; margin: {rng.choice([56, 62, 70])}pt {rng.choice([48, 56, 64])}pt; {head}"
        f" @bottom-center {{ content: {number}; {edge} }} }}"
        "@page :first { @top-right { content: none } }"
        f"body {{ margin: 0; font: {size}pt/{rng.choice([1.6, 1.7, 1.85])} {family} }}"
        f"p {{ margin: 0; text-align: justify; text-indent: {indent}; orphans: 2; widows: 2 }}"
        f".flow {{ columns: 2; column-gap: {gap}pt; column-rule: {rule};"
        f" column-fill: {rng.choice(['balance', 'auto', 'balance'])} }}"
        f".mast {{ text-align: center; border-bottom: 2.5pt solid {colour}; margin-bottom: 12pt; padding-bottom: 4pt }}"
        f".mast h1 {{ font: 700 {34 if len(bulletin.name) < 8 else 28}pt/1.4 {_SERIF}; color: {colour}; margin: 0;"
        " letter-spacing: 3pt } .mast p { text-indent: 0; text-align: center; margin: 0 }"
        ".mast .row { display: flex; justify-content: space-between }"
        f".column {{ font: 700 {size * 1.2:.1f}pt/1.6 {_SANS}; text-indent: 0; margin: 10pt 0 4pt; {bar};"
        " break-after: avoid }"
        f"h2 {{ font: 700 {title}pt/1.35 {_SANS if turn else _SERIF}; text-align: {align}; margin: 12pt 0 5pt;"
        " break-after: avoid; break-inside: avoid }"
        f".sub, .by {{ text-align: {align}; text-indent: 0; font-family: {_KAI}; break-after: avoid;"
        " margin-bottom: 5pt }"
        ".end { text-align: right; text-indent: 0; break-before: avoid }"
        f".head {{ font-family: {_SANS}; font-weight: 700; break-after: avoid }} b {{ font-family: {_SANS} }}"
        f".pic {{ break-inside: avoid; margin: 6pt 0; text-align: center; font: {size * 0.86:.1f}pt/1.45 {_KAI} }}"
        ".pic img { width: 100%; display: block; margin-bottom: 3pt }"
        f".foot {{ border-top: .75pt solid #000; margin-top: 14pt; padding-top: 3pt; text-indent: 0; font-size: .9em }}"
    )
    lines = [_masthead(bulletin, turn), '<div class="flow">']
    for column, items in groupby(bulletin.items, key=lambda item: item.column):
        lines += [f'<p class="column">{_e(column)}</p>'] if column else []
        for item in items:
            lines += _article(item, turn)
    lines += ["</div>", f'<p class="foot">{_e(bulletin.colophon[0])}</p>']
    return _document(css, "".join(lines))


def _masthead(bulletin: Bulletin, turn: int) -> str:
    sponsor, day = f"{_e(bulletin.sponsor)}主办", _e(bulletin.date)
    if turn == 1:
        return (
            f'<div class="mast"><p>{_e(bulletin.issue)}</p><h1>{_e(bulletin.name)}</h1>'
            f'<div class="row"><span>{sponsor}</span><span>{day}</span></div></div>'
        )
    return (
        f'<div class="mast"><h1>{_e(bulletin.name)}</h1><div class="row"><span>{_e(bulletin.issue)}</span>'
        f"<span>{sponsor}</span><span>{day}</span></div></div>"
    )


def _article(item: Item, turn: int) -> list[str]:
    """``turn`` 0: who wrote below the title, the source on a line of its own; 1: it ends the text; 2: both last."""
    lines = [f"<h2>{_e(item.whole_title)}</h2>"]
    lines += [f'<p class="sub">——{_e(item.subtitle)}</p>'] if item.subtitle else []
    parts = list(item.parts)
    if turn != 2:
        lines.append(f'<p class="by">{_e(item.byline or "")}</p>')
    if turn == 1 and item.source_as_set:
        parts[-1] = replace(parts[-1], text=parts[-1].text + item.source_as_set)
    lines += _flow(parts, item.figures, 0)
    if turn == 2:
        lines.append(f'<p class="end">{_e(item.byline or "")}</p>')
    if turn != 1 and item.source_as_set:
        lines.append(f'<p class="end">{_e(item.source_as_set)}</p>')
    return lines
