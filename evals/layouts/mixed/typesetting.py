"""A collection of cases set by Typst: numbered titles, the same headings in all, small tables."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from evals.layouts.mixed.writing import Desk, sourced
from evals.layouts.model import Bulletin, Item, Part
from evals.layouts.plain.writing import NUMERALS

_KAI, _SANS = "AR PL UKai CN", "Noto Sans CJK SC"
_HEADS = (
    ("【背景】", "【做法】", "【成效】", "【启示】"),
    ("一、案例背景", "二、主要做法", "三、工作成效", "四、经验启示"),
    ("背景", "做法", "成效", "启示"),
)


@dataclass(frozen=True, slots=True)
class _Set:
    """``apart``: the number of a case has a line of its own; ``paged``: every case begins a page, else only one."""

    turn: int
    size: float
    leading: float
    font: str
    margin: tuple[int, int]
    cover: bool
    contents: bool
    apart: bool
    paged: bool
    align: str
    indent: bool
    number: str
    colour: str


def cases(number: int, rng: random.Random) -> tuple[Bulletin, bytes]:
    """A cover and contents in some; a table in some cases; who sent it below the title or at the end."""
    turn = number % 3
    own = _Set(
        turn=turn,
        size=rng.choice([11.0, 12.0, 14.0]),
        leading=rng.choice([0.85, 1.0, 1.15]),
        font=("Noto Serif CJK SC", "AR PL UMing CN", _KAI)[turn],
        margin=rng.choice([(72, 72), (80, 68), (64, 84)]),
        cover=turn != 1,
        contents=turn == 0 or (turn == 2 and rng.random() < 0.5),
        apart=turn == 2,
        paged=turn == 0,
        align=rng.choice(["center", "center", "left"]),
        indent=rng.random() < 0.75,
        number=rng.choice(["[— #n —]", "[#n]", "[第 #n 页]"]),
        colour=rng.choice(["rgb(170, 0, 0)", "black", "rgb(20, 70, 120)"]),
    )
    desk = Desk(number, rng)
    heads = _HEADS[turn]
    count = rng.randint(4, 6)
    tabled = set(rng.sample(range(count), 2))
    items = []
    for i in range(count):
        item = desk.case(heads, table=i in tabled)
        label = f"案例{NUMERALS[i]}"
        item = replace(
            item, number=i + 1, also=(*item.also, ("title", f"{label}{item.whole_title}"), ("column", label))
        )
        if rng.random() < 0.35:
            item = desk.picture(item, f"图{i + 1}　{{}}")
        unit = desk.unit(item)
        if turn == 0:
            item = sourced(item, f"供稿：{unit}", f"（供稿：{unit}）", unit)
        elif turn == 1:
            item = replace(sourced(item, unit, unit), byline=unit)
        elif rng.random() < 0.7:
            item = sourced(item, f"报送单位：{unit}", f"报送单位：{unit}", unit)
        items.append(item)
    name, sponsor = f"{desk.home}{desk.turned('casebooks')}", f"{desk.home}委社会工作部"
    issue = "" if own.cover else f"第{rng.randint(1, 9)}辑"
    bulletin = desk.bulletin(name, issue, sponsor, items, (name, f"{sponsor}编", "虚构样例"))
    return bulletin, _pdf(bulletin, own)


def _pdf(bulletin: Bulletin, own: _Set) -> bytes:
    import typst  # type: ignore[import-not-found,unused-ignore]

    return bytes(typst.compile("\n".join(_lines(bulletin, own)).encode("utf-8")))


def _lines(bulletin: Bulletin, own: _Set) -> list[str]:
    x, y = own.margin
    foot = f"context {{ let n = counter(page).display(); align(center, text(size: 9pt, {own.number})) }}"
    head = f"align(right, text(size: 9pt, {_s(bulletin.name)}))" if own.turn == 2 else "none"
    indent = ", first-line-indent: (amount: 2em, all: true)" if own.indent else ""
    space = own.leading if own.indent else own.leading + 0.6
    lines = [
        f'#let kai(t) = text(font: "{_KAI}", t)\n#let hei(t) = text(font: "{_SANS}", weight: "bold", t)',
        "#let flat(t) = par(first-line-indent: 0em, justify: false, t)",
        f'#set page(paper: "a4", margin: (x: {x}pt, y: {y}pt))',
        f'#set text(font: "{own.font}", size: {own.size}pt, lang: "zh", region: "cn")',
        f"#set par(justify: true, leading: {own.leading}em, spacing: {space:.2f}em{indent})",
        "#show table: set par(justify: false, first-line-indent: 0em)",
        *(_cover(bulletin, own) if own.cover else []),
        *(_contents(bulletin) if own.contents else []),
        f"#set page(header: {head}, footer: {foot})",
        "#counter(page).update(1)" if own.cover else "",
        *([] if own.cover else _masthead(bulletin, own)),
    ]
    broken = len(bulletin.items) // 2
    for i, item in enumerate(bulletin.items):
        if i and (own.paged or i == broken):
            lines.append("#pagebreak(weak: true)")
        lines += _case(item, i, own)
    return lines


def _cover(bulletin: Bulletin, own: _Set) -> list[str]:
    return [
        "#flat(hei[内部资料　虚构样例])#v(130pt)",
        f"#align(center, text(size: 30pt, fill: {own.colour}, flat(hei({_s(bulletin.name)}))))#v(1fr)",
        f"#align(center, text(size: 16pt, kai({_s(bulletin.sponsor + '编')})))",
        f"#align(center, text(size: 16pt, kai({_s(bulletin.date)})))#v(60pt)#pagebreak()",
    ]


def _masthead(bulletin: Bulletin, own: _Set) -> list[str]:
    issue, sponsor = _s(bulletin.issue + "（虚构样例）"), _s(bulletin.sponsor + "编")
    facts = f"{issue}, align(center, {sponsor}), align(right, {_s(bulletin.date)})"
    return [
        f"#align(center, text(size: 24pt, fill: {own.colour}, flat(hei({_s(bulletin.name)}))))",
        f"#grid(columns: (1fr, auto, 1fr), {facts})#v(-0.4em)#line(length: 100%, stroke: 1.5pt + {own.colour})",
    ]


def _contents(bulletin: Bulletin) -> list[str]:
    lines = ["#align(center, text(size: 18pt, hei[目　录]))#v(0.6em)"]
    for i, item in enumerate(bulletin.items):
        at = f'context counter(page).at(label("c{i}")).first()'
        entry = f"案例{NUMERALS[i]}　{item.whole_title}"
        lines.append(f"#flat[#{_s(entry)} #box(width: 1fr, repeat[.]) #{at}]")
    return [*lines, "#pagebreak()"]


def _case(item: Item, i: int, own: _Set) -> list[str]:
    label, mark = f"案例{NUMERALS[i]}", f'#metadata({i})#label("c{i}")'
    big = f"text(size: 18pt, fill: {own.colour}, hei({{}}))"
    if own.apart:
        shown = [f"#flat(text(size: 14pt, kai({_s(label)})))", f"#flat({big.format(_s(item.whole_title))})"]
    else:
        shown = [f"#flat({big.format(_s(f'{label}　{item.whole_title}'))})"]
    shown += [f"#flat(kai({_s(item.byline)}))"] if item.byline else []
    inner = "\n".join([mark, *shown])
    lines = [f"#block(width: 100%, sticky: true, above: 2.4em, below: 1.3em)[#align({own.align})[{inner}]]"]
    figures = {figure.at: figure for figure in item.figures}
    for k, part in enumerate(item.parts):
        lines.append(_part(part, own))
        if k in figures:
            caption = f"flat(text(size: 0.85em, kai({_s(figures[k].caption)})))"
            picture = "rect(width: 62%, height: 110pt, fill: rgb(190, 210, 200), stroke: none)"
            lines.append(f"#block(width: 100%, breakable: false)[#align(center)[#{picture}#{caption}]]")
    if item.source_as_set and not item.byline:
        lines.append(f"#align({'right' if own.turn == 0 else 'left'}, flat(kai({_s(item.source_as_set)})))")
    return lines


def _part(part: Part, own: _Set) -> str:
    if part.kind == "table":
        head, *rows = part.rows
        cells = ", ".join([*(f"hei({_s(cell)})" for cell in head), *(_s(cell) for row in rows for cell in row)])
        made = f"table(columns: (2fr, 1fr, 1fr), align: center + horizon, stroke: 0.5pt, {cells})"
        return f"#block(breakable: false, width: 100%, text(size: 0.88em, {made}))"
    if part.kind == "heading":
        if part.level == 2:
            return f"#block(sticky: true, par(kai({_s(part.text)})))"
        plain = own.turn == 1
        return f"#block(sticky: true, {'par' if plain else 'flat'}(hei({_s(part.text)})))"
    start, rest = part.text[: part.run_in], part.text[part.run_in :]
    return f"#par[#hei({_s(start)})#{_s(rest)}]" if start else f"#par({_s(rest)})"


def _s(text: str) -> str:
    """A string of Typst's."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
