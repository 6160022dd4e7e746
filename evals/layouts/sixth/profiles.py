"""先进典型 printed by Chromium: a person or team an article, the name as title, a portrait beside the text."""

from __future__ import annotations

import base64
import random
from dataclasses import replace

from evals.layouts.chromium import print_html
from evals.layouts.mixed.writing import sourced
from evals.layouts.model import Bulletin, Item
from evals.layouts.plain.chromium import _document, _e
from evals.layouts.plain.office import image_of
from evals.layouts.plain.writing import name_of
from evals.layouts.sixth.writing import Desk, texts

_SERIF, _SANS, _KAI = '"Noto Serif CJK SC"', '"Noto Sans CJK SC"', '"AR PL UKai CN"'
_MING = '"AR PL UMing CN"'


def profiles(number: int, rng: random.Random) -> tuple[Bulletin, bytes]:
    """The title is the name, who it is stands below or beside it; ``turn`` 1: a title in words, ——记 and the name."""
    turn = number % 3
    desk = Desk(number, rng)
    items = []
    for _ in range(rng.randint(3, 7)):
        desk.go("profile")
        (name,), (role,), (words,), (theme,) = (desk.said(letter) for letter in "NOTW")
        body = texts(desk.said("P"))
        if turn == 1:
            item = desk.item(words, body, subtitle=f"记{role}{name}", feature=True)
        else:
            item = desk.item(name, body, subtitle=role, feature=True)
            also = (("title", f"{name}{role}"), ("subtitle", ""), ("source_line", role))
            item = replace(item, also=also)
        if turn != 2:
            item = replace(item, column=theme, also=(*item.also, ("column", f"【{theme}】")))
        unit = name_of(desk.code) + rng.choice(["委宣传部", "委社会工作部", "文明办"])
        if turn == 1:
            item = sourced(item, f"{unit}推荐", f"（{unit}推荐）", unit)
        elif turn == 0 and rng.random() < 0.7:
            item = sourced(item, f"供稿：{unit}", f"供稿：{unit}", unit)
        items.append(item)
    if turn == 0:
        order = list(dict.fromkeys(item.column for item in items))
        items.sort(key=lambda item: order.index(item.column))
    title, issue = desk.turned("honours"), f"第{rng.randint(2, 30)}期"
    sponsor = f"{desk.home}委社会工作部"
    foot = f"本期编辑：{desk.people(1)[0]}　虚构样例"
    bulletin = desk.bulletin(title, issue, sponsor, items, (f"{sponsor}编印", f"{title}　{issue}"), (foot,))
    return bulletin, print_html(_page(bulletin, turn, rng))


def _page(bulletin: Bulletin, turn: int, rng: random.Random) -> str:
    size = rng.choice([12.0, 13.0, 14.0])
    title = size * rng.choice([1.5, 1.7, 1.9])
    colour = ("#b01616", "#1d5a8c", "#7a3b12")[turn]
    number = ('"— " counter(page) " —"', 'counter(page) " / " counter(pages)', '"第" counter(page) "页"')[turn]
    side = rng.choice(["left", "right"])
    align = "center" if turn == 1 and rng.random() < 0.6 else "left"
    family = (_SERIF, _MING, _KAI)[(turn + rng.randrange(2)) % 3]
    head = f'@top-right {{ content: "{bulletin.name}　{bulletin.issue}"; font: 9pt {_SANS} }}' if turn != 1 else ""
    where = ("@bottom-center", "@bottom-right", "@bottom-center")[turn]
    css = (
        f"@page {{ size: A4; margin: {rng.choice([58, 66, 74])}pt {rng.choice([60, 72, 84])}pt; {head}"
        f" {where} {{ content: {number}; font: 10pt {_SERIF} }} }}"
        "@page :first { @top-right { content: none } }"
        f"body {{ margin: 0; font: {size}pt/{rng.choice([1.6, 1.75, 1.9])} {family} }}"
        "p { margin: 0; text-align: justify; text-indent: 2em; orphans: 2; widows: 2 }"
        f".mast {{ background: {colour if turn != 1 else 'none'}; color: {'#fff' if turn != 1 else colour};"
        f" text-align: {'center' if turn != 2 else 'left'}; padding: 8pt 14pt }}"
        f".mast h1 {{ margin: 0; font: 700 32pt/1.4 {_SERIF}; letter-spacing: 4pt }}"
        f".facts {{ display: flex; justify-content: space-between; border-bottom: 1.5pt solid {colour};"
        f" font: 11pt/1.8 {_SANS}; margin-bottom: 14pt }}"
        f".column {{ font: 700 {size * 1.15:.1f}pt/1.5 {_SANS}; color: {colour}; text-indent: 0; margin: 12pt 0 2pt;"
        f" break-after: avoid; text-align: {align} }}"
        f"h2 {{ font: 700 {title:.1f}pt/1.4 {_SANS if turn else _SERIF}; margin: {10 if turn == 1 else 14}pt 0 4pt;"
        f" text-align: {align}; break-after: avoid }}"
        f"h2 span {{ font: {size}pt/1.4 {_KAI}; margin-left: 1em }}"
        f".role {{ text-indent: 0; text-align: {align}; font-family: {_KAI}; margin-bottom: 6pt; break-after: avoid }}"
        f".face {{ float: {side}; width: 96pt; height: 120pt; object-fit: cover;"
        f" margin: 4pt {'12pt 6pt 0' if side == 'left' else '0 6pt 12pt'} }}"
        ".end { text-align: right; text-indent: 0; clear: both }"
        f"article {{ border-bottom: {'.6pt dashed #888' if turn == 2 else 'none'}; padding-bottom: 8pt;"
        " display: flow-root }"
        ".foot { text-indent: 0; text-align: right; margin-top: 14pt; font-size: 10pt }"
    )
    first = (bulletin.issue, f"{bulletin.sponsor}编印")
    facts = (*first, bulletin.date) if turn == 1 else ("　".join(first), bulletin.date)
    row = "".join(f"<span>{_e(fact)}</span>" for fact in facts)
    lines = [f'<div class="mast"><h1>{_e(bulletin.name)}</h1></div><div class="facts">{row}</div>']
    shown = None
    for item in bulletin.items:
        if item.column and (turn == 1 or item.column != shown):
            lines.append(f'<p class="column">{_e(item.column if turn == 0 else f"【{item.column}】")}</p>')
        shown = item.column
        lines.append(_article(item, turn))
    lines.append(f'<p class="foot">{_e(bulletin.colophon[0])}</p>')
    return _document(css, "".join(lines))


def _article(item: Item, turn: int) -> str:
    """``turn`` 2: who it is stands behind the name, in the same line."""
    beside = f"<span>{_e(item.subtitle or '')}</span>" if turn == 2 else ""
    lines = [f"<h2>{_e(item.whole_title)}{beside}</h2>"]
    if turn != 2:
        lines.append(f'<p class="role">{"——" if turn == 1 else ""}{_e(item.subtitle or "")}</p>')
    if turn != 1:
        data = base64.b64encode(image_of(random.Random(item.whole_title))).decode()
        lines.append(f'<img class="face" src="data:image/png;base64,{data}">')
    lines += [f"<p>{_e(part.text)}</p>" for part in item.parts]
    if item.source_as_set:
        lines.append(f'<p class="end">{_e(item.source_as_set)}</p>')
    return f"<article>{''.join(lines)}</article>"
