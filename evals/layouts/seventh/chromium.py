"""Two issues printed by Chromium: a newsletter with coloured bars, the front and back of a paper of three columns."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from evals.layouts.chromium import print_html
from evals.layouts.model import Bulletin, Item, Part
from evals.layouts.plain.chromium import _document, _e, _picture
from evals.layouts.seventh.writing import Desk, Form, Wants, columned, starts

_SERIF, _SANS, _KAI = '"Noto Serif CJK SC"', '"Noto Sans CJK SC"', '"AR PL UKai CN"'


def bars(number: int, rng: random.Random) -> tuple[Bulletin, bytes]:
    """A newsletter: columns on bars, notes on a tint, who wrote below the title, 来源 at the end, short news last."""
    desk = Desk(number, rng)
    turn = desk.turn
    forms: Sequence[Form] = (("bold", "run-in", "plain"), ("numbered", "led", "joined"), ("led", "bracketed", "plain"))[
        turn
    ]
    label = ("编者按　", "【按语】", "编者按：")[turn]
    long = rng.randint(3, 4)
    items = []
    for i in range(long):
        wants = Wants(forms[i % 3], named=i % 2 == 0, subtitle=i % 2 == 1, note=i in (0, 3), table=i == 1)
        item = desk.article(wants)
        item = desk.noted(item, label) if i in (0, 3) else item
        item = desk.picture(item, ("{}", "▲{}", "{}（资料图片）")[turn]) if i != 1 else item
        item = desk.signed(item, "from")
        item = desk.written(item, ("文／{}", "通讯员　{}", "作者：{}")[turn]) if i != 2 else item
        items.append(columned(item, ("特别关注", "一线实践")[i > 0]))
    for _ in range(rng.randint(3, 5)):
        items.append(columned(desk.signed(desk.brief(), "unit"), "简讯"))
    name, issue = f"{desk.home}{desk.turned('names')}", f"{desk.day.year}年第{rng.randint(20, 48)}期"
    sponsor = f"{desk.home}委社会工作部"
    foot = f"主办：{sponsor}　编辑：{'　'.join(desk.people(2))}　（虚构样例）"
    bulletin = desk.bulletin(name, issue, sponsor, items, (f"{name}　{issue}", f"{sponsor}主办"), (foot,))
    return bulletin, print_html(_bars(bulletin, label, turn, rng))


def _bars(bulletin: Bulletin, label: str, turn: int, rng: random.Random) -> str:
    size, colour = rng.choice([11.5, 12.0, 13.0]), ("#a31515", "#0b5394", "#38761d")[turn]
    family = (_SERIF, _SANS, _SERIF)[turn]
    align = ("left", "center", "left")[turn]
    number = ('counter(page)', '"— " counter(page) " —"', '"第 " counter(page) " 页"')[turn]  # fmt: skip
    bar = (
        f"background: {colour}; color: #fff; padding: 3pt 12pt",
        f"background: linear-gradient(90deg, {colour} 0 30%, #dfe8f3 30%); color: #fff; padding: 3pt 12pt",
        f"border-bottom: 2pt solid {colour}; border-left: 10pt solid {colour}; color: {colour}; padding: 1pt 8pt",
    )[turn]
    css = (
        f"@page {{ size: A4; margin: 60pt {rng.choice([62, 70])}pt 58pt 30pt }}"
        f"@page :right {{ @bottom-right {{ content: {number}; font: 10pt {_SANS} }} }}"
        f"@page :left {{ @bottom-left {{ content: {number}; font: 10pt {_SANS} }} }}"
        f"body {{ margin: 0 0 0 46pt; font: {size}pt/{rng.choice([1.6, 1.7, 1.8])} {family} }}"
        "p { margin: 0; text-align: justify; text-indent: 2em; orphans: 2; widows: 2 }"
        f".spine {{ position: fixed; left: 0; top: 210pt; writing-mode: vertical-rl; font: 9pt/1.2 {_SANS};"
        f" color: {colour}; letter-spacing: 2pt; text-indent: 0 }}"
        f"h1 {{ font: 700 30pt/1.4 {_SANS}; color: {colour}; margin: 0; text-align: {align} }}"
        f".facts {{ display: flex; justify-content: space-between; border-bottom: 2pt solid {colour};"
        f" font: 10.5pt/1.8 {_SANS} }}"
        f".bar {{ font: 700 13pt/1.5 {_SANS}; {bar}; margin: 16pt 0 4pt; break-after: avoid; text-indent: 0 }}"
        f"h2 {{ font: 700 {size * 1.5:.1f}pt/1.4 {_SANS}; margin: 14pt 0 4pt; text-align: {align};"
        " break-after: avoid }"
        f".sub, .by {{ text-indent: 0; text-align: {align}; break-after: avoid }}"
        " .by { color: #555; margin: 2pt 0 6pt }"
        f".note {{ background: #f2f2f2; padding: 6pt 10pt; margin: 6pt 0; font: {size * 0.95:.1f}pt/1.6 {_KAI} }}"
        f".note b {{ font-family: {_SANS}; color: {colour} }} b {{ font-family: {_SANS} }}"
        f".head {{ font: 700 {size}pt/1.7 {_SANS}; break-after: avoid }}"
        ".src { text-indent: 0; text-align: right; color: #444 }"
        f"h3 {{ font: 700 {size}pt/1.5 {_SANS}; margin: 8pt 0 2pt; break-after: avoid }}"
        "table { border-collapse: collapse; width: 99.5%; margin: 4pt 0; break-inside: avoid; font-size: .92em }"
        "td { border: .6pt solid #555; text-align: center; padding: 1pt 4pt }"
        f".pic {{ break-inside: avoid; text-align: center; margin: 6pt 0; font: {size * 0.85:.1f}pt/1.5 {_KAI} }}"
        ".pic img { width: 60%; display: block; margin: 0 auto 2pt }"
        ".foot { text-indent: 0; border-top: 1pt solid #888; margin-top: 16pt; font-size: 10pt; text-align: center }"
    )
    facts = "".join(f"<span>{_e(x)}</span>" for x in (bulletin.issue, f"{bulletin.sponsor}主办", bulletin.date))
    lines = [
        f'<p class="spine">{_e(f"{bulletin.name}　{bulletin.issue}")}</p><h1>{_e(bulletin.name)}</h1>',
        f'<div class="facts">{facts}</div>',
    ]
    for item, first in zip(bulletin.items, starts(bulletin.items), strict=True):
        if first:
            lines.append(f'<p class="bar">{_e(item.column or "")}</p>')
        lines.append(_brief(item, turn) if item.kind == "brief" else _article(item, label))
    return _document(css, f'{"".join(lines)}<p class="foot">{_e(bulletin.colophon[0])}</p>')


def _article(item: Item, label: str = "") -> str:
    lines = [_headline(item)]
    if item.note:
        told = _e(item.note.removeprefix(label))
        lines.append(f'<p class="note"><b>{_e(label)}</b>{told}</p>')
    lines += _flow(item, item.parts)
    if item.source_as_set:
        lines.append(f'<p class="src">{_e(item.source_as_set)}</p>')
    return "".join(lines)


def _headline(item: Item) -> str:
    lines = [f"<h2>{'<br>'.join(map(_e, item.title))}</h2>"]
    lines += [f'<p class="sub">——{_e(item.subtitle)}</p>'] if item.subtitle else []
    lines += [f'<p class="by">{_e(item.byline)}</p>'] if item.byline else []
    return "".join(lines)


def _brief(item: Item, turn: int) -> str:
    """``turn`` 1: the title is the bold beginning of the paragraph."""
    title, text = _e(item.whole_title), _e(f"{item.parts[0].text}{item.source_as_set or ''}")
    if turn == 1:
        return f"<p><b>{title}</b>　{text}</p>"
    return f"<h3>{title}</h3><p>{text}</p>"


def _flow(item: Item, parts: Sequence[Part]) -> list[str]:
    figures = {id(item.parts[figure.at]): figure for figure in item.figures}
    lines = []
    for part in parts:
        if part.kind == "table":
            rows = ("".join(f"<td>{_e(cell)}</td>" for cell in row) for row in part.rows)
            lines.append(f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>")
        else:
            begun, rest = _e(part.text[: part.run_in]), _e(part.text[part.run_in :])
            kind = "head" if part.kind == "heading" else ""
            lines.append(f'<p class="{kind}">{f"<b>{begun}</b>" if begun else ""}{rest}</p>')
        if id(part) in figures:
            lines.append(_picture(figures[id(part)].caption))
    return lines


def front(number: int, rng: random.Random) -> tuple[Bulletin, bytes]:
    """A paper: the first story over three columns with a box beside it, two stories below, short news in a frame."""
    desk = Desk(number, rng)
    turn = desk.turn
    lead = desk.article(Wants("led", named=turn != 0, broken=True, subtitle=turn == 0, box=True))
    lead = desk.picture(lead, ("图为{}。", "{}　通讯员摄", "{}")[turn])
    lead = desk.written(lead, ("本刊记者　{}", "□本刊通讯员　{}", "{}")[turn])
    others = [desk.article(Wants(form, quote=False)) for form in ("joined", "plain")]
    others = [desk.signed(item, ("unit", "supplied", "by")[turn]) for item in others]
    back = desk.article(Wants("bold", named=turn == 1, broken=True, subtitle=turn != 1, table=True))
    back = desk.written(desk.signed(back, "from"), ("本刊记者　{}", "□本刊通讯员　{}", "{}")[turn])
    column = ("简讯", "一句话新闻", "各地动态")[turn]
    mark = ("{}", "■ {}", "【{}】")[turn]
    briefs = []
    for _ in range(rng.randint(3, 5)):
        item = columned(desk.brief(), column, mark)
        briefs.append(desk.signed(item, "unit") if turn else item)
    name, issue = f"{desk.home}{desk.turned('papers')}", f"第{rng.randint(20, 300)}期"
    sponsor = f"{desk.home}委社会工作部"
    furniture = (f"{sponsor}主办　虚构样例", f"{name}·{desk.printed}")
    bulletin = desk.bulletin(name, issue, sponsor, (lead, *others, *briefs, back), furniture)
    return bulletin, print_html(_front(bulletin, turn, mark, rng))


def _front(bulletin: Bulletin, turn: int, mark: str, rng: random.Random) -> str:
    size, gap = rng.choice([9.5, 10.0, 10.5]), rng.choice([16, 20, 24])
    colour = ("#b00", "#124e78", "#000")[turn]
    lead, first, second, *briefs, back = bulletin.items
    rule = ("none", ".5pt solid #999", "none")[turn]
    align = ("center", "left", "center")[turn]
    edge = f"font: 9pt {_SANS}"
    css = (
        f"@page {{ size: 260mm 366mm; margin: 50pt 46pt; @top-left {{ content: '第' counter(page) '版'; {edge} }}"
        f" @top-right {{ content: '{bulletin.name}·{bulletin.date}'; {edge} }} }}"
        "@page :first { @top-left { content: none } @top-right { content: none } }"
        f"body {{ margin: 0; font: {size}pt/1.6 {(_SERIF, _SERIF, _SANS)[turn]} }}"
        "p { margin: 0; text-align: justify; text-indent: 2em }"
        f".three {{ columns: 3; column-gap: {gap}pt; column-rule: {rule} }}"
        f".two {{ columns: 2; column-gap: {gap}pt; column-rule: {rule} }}"
        f"h1 {{ font: 700 42pt/1.3 {_SERIF}; color: {colour}; margin: 0; letter-spacing: 4pt; text-align: {align} }}"
        f".facts {{ display: flex; justify-content: space-between; border: solid {colour}; border-width: 1pt 0;"
        f" font: 10pt/1.8 {_SANS}; margin-bottom: 8pt }}"
        f"h2 {{ font: 700 {size * 1.7:.1f}pt/1.35 {_SANS}; margin: 4pt 0; text-align: {align}; break-after: avoid }}"
        f".lead h2 {{ font-size: {size * 2.5:.1f}pt }}"
        f".sub, .by {{ text-indent: 0; text-align: {align}; margin-bottom: 4pt }} .sub {{ font-size: 1.2em }}"
        f"b, .head {{ font-family: {_SANS}; font-weight: 700 }} .head {{ break-after: avoid }}"
        f".beside {{ display: grid; grid-template-columns: {'3fr 1fr' if turn != 1 else '1fr 3fr'}; gap: {gap}pt }}"
        f".box {{ border: 1pt solid {colour}; padding: 6pt 8pt; align-self: {('end', 'start', 'start')[turn]};"
        f" background: {('none', '#f3f3f3', 'none')[turn]} }}"
        f".box p:first-child {{ font: 700 1.05em/1.6 {_SANS}; text-align: center; text-indent: 0; color: {colour} }}"
        f".pair {{ display: grid; grid-template-columns: 1fr 2fr; gap: {gap}pt; border-top: 1pt solid {colour};"
        " margin-top: 10pt; padding-top: 6pt } .src { text-indent: 0; text-align: right }"
        f".frame {{ border: 1.2pt solid {colour}; padding: 4pt 10pt 8pt; margin: 12pt 0; break-inside: avoid }}"
        f".bar {{ font: 700 {size * 1.3:.1f}pt/1.9 {_SANS}; color: {colour}; text-indent: 0; text-align: {align} }}"
        f"h3 {{ font: 700 1em/1.6 {_SANS}; margin: 4pt 0 0; break-after: avoid }}"
        "table { border-collapse: collapse; width: 99.5%; margin: 4pt 0; break-inside: avoid }"
        "td { border: .5pt solid #555; text-align: center }"
        f".pic {{ break-inside: avoid; text-align: center; margin: 4pt 0; font: {size * 0.9:.1f}pt/1.4 {_KAI} }}"
        ".pic img { width: 100%; display: block }"
    )
    boxed = "".join(f"<p>{_e(part.text)}</p>" for part in lead.parts if part.kind == "box")
    told = f'<div class="{"three" if not boxed else "two"}">{"".join(_flow(lead, _plain(lead)))}</div>'
    box = f'<div class="box">{boxed}</div>' if boxed else ""
    beside = f'<div class="beside">{told + box if turn != 1 else box + told}</div>' if boxed else told
    facts = (bulletin.issue, f"{bulletin.sponsor}主办　虚构样例", bulletin.date)
    row = "".join(f"<span>{_e(fact)}</span>" for fact in facts)
    pair = "".join(f"<div>{_story(item, columns)}</div>" for item, columns in ((first, ""), (second, "two")))
    news = "".join(_brief(item, 1 if turn == 0 else 0) for item in briefs)
    return _document(
        css,
        f'<h1>{_e(bulletin.name)}</h1><div class="facts">{row}</div><div class="lead">{_headline(lead)}{beside}</div>'
        f'<div class="pair">{pair}</div><div class="frame"><p class="bar">{_e(mark.format(briefs[0].column))}</p>'
        f'<div class="three">{news}</div></div><div>{_story(back, "three")}</div>',
    )


def _plain(item: Item) -> list[Part]:
    return [part for part in item.parts if part.kind != "box"]


def _story(item: Item, columns: str) -> str:
    text = _article(replace(item, title=(), subtitle=None, byline=None, note=None))
    return f'{_headline(item)}<div class="{columns}">{text.partition("</h2>")[2]}</div>'
