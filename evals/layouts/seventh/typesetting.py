"""Three issues set by Typst: a quarterly, a bulletin with frames beside its articles, news by place in two columns."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from evals.layouts.mixed.typesetting import _s
from evals.layouts.model import Bulletin, Figure, Item, Part
from evals.layouts.plain.writing import name_of
from evals.layouts.seventh.writing import Desk, Form, Wants, columned, counted_through, starts

_KAI, _SANS, _SERIF, _MING = "AR PL UKai CN", "Noto Sans CJK SC", "Noto Serif CJK SC", "AR PL UMing CN"


@dataclass(frozen=True, slots=True)
class _Set:
    """How a page is set (points, leading in em)."""

    turn: int
    size: float
    leading: float
    font: str
    title: float
    align: str
    colour: str


def _set_of(desk: Desk, sizes: Sequence[float], titles: Sequence[float]) -> _Set:
    rng, turn = desk.rng, desk.turn
    return _Set(
        turn,
        size=rng.choice(sizes),
        leading=rng.choice([0.75, 0.85, 1.0]),
        font=(_SERIF, _SANS, _MING)[(turn + rng.randrange(2)) % 3],
        title=rng.choice(titles),
        align=("center", "left", "center")[turn],
        colour=("rgb(150, 24, 24)", "rgb(20, 70, 120)", "rgb(30, 95, 60)")[turn],
    )


def quarterly(number: int, rng: random.Random) -> tuple[Bulletin, bytes]:
    """A quarterly: contents on a page, columns on bars, authors below titles, footnotes, tables, pictures."""
    desk = Desk(number, rng)
    own = _set_of(desk, [10.5, 11.0, 12.0], [17.0, 18.0, 20.0])
    forms: Sequence[Form] = (("numbered", "run-in"), ("deep", "bold"), ("bracketed", "numbered"))[own.turn]
    written: dict[str, list[Item]] = {}
    for i in range(rng.randint(5, 7)):
        named = i % 3 != own.turn
        wants = Wants(forms[i % 2], named=named, broken=own.turn != 1, subtitle=not named, footnote=i in (0, 1, 3),
                      table=i in (2, 4))  # fmt: skip
        item = desk.article(wants)
        item = desk.picture(item, "图　{}") if i in (1, 3) else item
        item = desk.written(item, ("{}", "文／{}", "○ {}")[own.turn])
        written.setdefault(desk.theme, []).append(item)
    items = counted_through([columned(item, theme) for theme in written for item in written[theme]])
    name, issue = desk.turned("journals"), f"{desk.day.year}年第4期"
    sponsor = f"{desk.home}委社会工作部"
    foot = f"主办：{sponsor}　　本期责编：{desk.people(1)[0]}　　内容为虚构样例"
    bulletin = desk.bulletin(name, issue, sponsor, items, ("目　录", name, f"{name}　{issue}"), (foot,))
    return bulletin, _pdf([*_opening(bulletin, own), *_quarterly(bulletin, own)])


def _opening(bulletin: Bulletin, own: _Set) -> list[str]:
    """The page with name and contents."""
    lines = [
        *_preamble(own, 'paper: "iso-b5", margin: (x: 56pt, y: 62pt)'),
        f"#align(center, flat(text(size: 30pt, fill: {own.colour}, hei({_s(bulletin.name)}))))#v(0.5em)",
        f"#align(center, flat({_s(f'{bulletin.issue}　　{bulletin.date}')}))#v(-0.3em)"
        f"#line(length: 100%, stroke: 1.5pt + {own.colour})#v(1em)",
        f"#align({own.align}, flat(text(size: 16pt, hei[目　录])))#v(0.5em)",
    ]
    for i, (item, first) in enumerate(zip(bulletin.items, starts(bulletin.items), strict=True)):
        if first:
            lines.append(f"#v(0.4em)#flat(text(fill: {own.colour}, hei({_s(item.column or '')})))")
        at = f'context counter(page).at(label("q{i}")).first()'
        shown = "　".join(item.title)
        lines.append(f"#flat[#{_s(shown)}#h(0.4em)#{_s(item.author or '')}#box(width: 1fr, repeat[…])#{at}]")
    return [*lines, f"#v(1fr)#align(center, text(size: 9pt, flat({_s(bulletin.colophon[0])})))"]


def _quarterly(bulletin: Bulletin, own: _Set) -> list[str]:
    odd, even = _s(bulletin.name), _s(f"{bulletin.name}　{bulletin.issue}")
    rule = "#v(-0.6em)#line(length: 100%, stroke: 0.4pt)" if own.turn != 1 else ""
    head = (
        "context { let n = counter(page).get().first(); set text(size: 9pt)\n"
        f"if calc.odd(n) [#align(right, {odd}){rule}] else [#align(left, {even}){rule}] }}"
    )
    number = ("[— #n —]", "[#n]", "[· #n ·]")[own.turn]
    side = "if calc.odd(n) { right } else { left }" if own.turn else "center"
    foot = f"context {{ let n = counter(page).get().first(); align({side}, text(size: 9pt, {number})) }}"
    lines = [f"#set page(header: {head}, footer: {foot})", "#pagebreak()"]
    for i, (item, first) in enumerate(zip(bulletin.items, starts(bulletin.items), strict=True)):
        if first:
            bar = f"fill: {own.colour}, inset: (x: 8pt, y: 5pt), width: {'100%' if own.turn != 1 else '38%'}"
            bar = f"rect({bar}, flat(text(fill: white, hei({_s(item.column or '')}))))"
            lines.append(f"#block(width: 100%, sticky: true, above: 2em, below: 0.6em, {bar})")
        lines += _headline(item, own, f'#metadata({i})#label("q{i}")')
        lines += _body(item, own)
    return lines


def framed(number: int, rng: random.Random) -> tuple[Bulletin, bytes]:
    """A bulletin whose name stands in the margin from top to bottom; frames with explanations beside articles."""
    desk = Desk(number, rng)
    own = _set_of(desk, [11.0, 12.0], [16.0, 18.0])
    forms: Sequence[Form] = (("run-in", "plain"), ("led", "joined"), ("plain", "bold"))[own.turn]
    items = []
    for i in range(rng.randint(4, 6)):
        item = desk.article(Wants(forms[i % 2], box=i in (0, 2, 3), quote=i != 1, subtitle=i == 1))
        item = desk.picture(item, "{}。") if i == 1 else item
        items.append(desk.signed(item, ("from", "by", "supplied")[own.turn]))
    name, issue = desk.turned("names"), f"第{rng.randint(5, 48)}期"
    sponsor = f"{desk.home}委社会工作部"
    head = f"{name}·{issue}·虚构样例"
    bulletin = desk.bulletin(name, issue, sponsor, items, (f"{sponsor}主办", head))
    return bulletin, _pdf(_framed(bulletin, own, head))


def _framed(bulletin: Bulletin, own: _Set, head: str) -> list[str]:
    inner, outer = 70, 52
    stacked = ", ".join(_s(c) for c in head)
    side = f"text(size: 8.5pt, stack(spacing: 3pt, {stacked}))"
    at = "left" if own.turn == 1 else "right"
    edge = f"place({at} + horizon, dx: {'' if at == 'left' else '-'}{outer * 0.45:.0f}pt, {side})"
    foot = f"context align({at}, counter(page).display())"
    margin = f"(left: {outer if at == 'left' else inner}pt, right: {outer if at == 'right' else inner}pt, y: 64pt)"
    facts = ", ".join(_s(fact) for fact in (bulletin.issue, f"{bulletin.sponsor}主办", bulletin.date))
    lines = [
        *_preamble(own, f'paper: "a4", margin: {margin}, background: {edge}, footer: {foot}'),
        f"#align({own.align}, flat(text(size: 32pt, fill: {own.colour}, hei({_s(bulletin.name)}))))#v(0.5em)",
        f"#grid(columns: (1fr, auto, 1fr), ..({facts}).enumerate().map(((i, t)) =>"
        " align((left, center, right).at(i), flat(t))))#v(-0.4em)",
        f"#line(length: 100%, stroke: 2pt + {own.colour})",
    ]
    for item in bulletin.items:
        boxed = [part.text for part in item.parts if part.kind == "box"]
        lines += _headline(item, own)
        body = "\n".join(_body(item, own))
        if not boxed:
            lines.append(body)
            continue
        name, *texts = boxed
        inside = f"#align(center, flat(hei({_s(name)})))\n" + "\n".join(f"#par({_s(text)})" for text in texts)
        tint = "luma(238)" if own.turn == 2 else "none"
        frame = (
            f"rect(width: 100%, inset: 7pt, stroke: 0.7pt + {own.colour}, fill: {tint}, text(size: 0.88em)[{inside}])"
        )
        cells = (f"[{body}]", frame) if own.turn != 1 else (frame, f"[{body}]")
        widths = "(1fr, 138pt)" if own.turn != 1 else "(138pt, 1fr)"
        lines.append(f"#grid(columns: {widths}, gutter: 16pt, {', '.join(cells)})")
    return lines


def by_place(number: int, rng: random.Random) -> tuple[Bulletin, bytes]:
    """Two columns; over each article stands its place, whose name its title does not say, in the order of codes."""
    desk = Desk(number, rng)
    own = _set_of(desk, [10.0, 10.5, 11.0], [13.0, 14.0])
    mark = ("{}", "◎{}", "【{}】")[own.turn]
    forms: Sequence[Form] = (("joined", "plain"), ("plain", "run-in"), ("bold", "joined"))[own.turn]
    items = []
    for i in range(rng.randint(6, 9)):
        item = desk.article(Wants(forms[i % 2], named=False, quote=i % 3 == 0))
        place = mark.format(name_of(desk.code))
        item = desk.picture(item, "{}") if i in (1, 4) else item
        item = desk.signed(item, "by") if own.turn == 1 else item
        # Who takes the line of the place for a column's name or a part of the title is as right.
        said = (("title", f"{place}{item.whole_title}"), ("column", place), ("column", name_of(desk.code)))
        items.append(replace(item, kicker=place, also=(*item.also, *said)))
    items.sort(key=lambda item: item.adcode or "")
    name, issue = f"{desk.turned('digests')}", f"第{rng.randint(2, 40)}期（总第{rng.randint(60, 200)}期）"
    sponsor = f"{desk.home}委社会工作部"
    furniture = (f"{sponsor}编", f"{name}（虚构样例）", *(item.kicker or "" for item in items if own.turn))
    bulletin = desk.bulletin(name, issue, sponsor, items, furniture)
    return bulletin, _pdf(_by_place(bulletin, own))


def _by_place(bulletin: Bulletin, own: _Set) -> list[str]:
    shown = f"align(center, text(size: 8.5pt, {_s(f'{bulletin.name}（虚构样例）')}))"
    head = f"context if counter(page).get().first() > 1 {{ {shown} }}"
    number = ("[第 #n 页]", "[#n]", "[－ #n －]")[own.turn]
    foot = f"context {{ let n = counter(page).display(); align({own.align}, text(size: 9pt, {number})) }}"
    gutter = (20, 26, 22)[own.turn]
    left, right = _s(f"{bulletin.issue}　{bulletin.sponsor}编"), _s(bulletin.date)
    top = (
        f"#align(center, flat(text(size: 28pt, fill: {own.colour}, hei({_s(bulletin.name)}))))#v(0.5em)\n"
        f"#flat[#{left} #h(1fr) #{right}]#v(-0.5em)#line(length: 100%, stroke: 1.2pt + {own.colour})\n"
        "#align(center, flat(text(size: 9pt)[（虚构样例）]))"
    )
    lines = [
        *_preamble(own, f'paper: "a4", margin: (x: 54pt, y: 66pt), columns: 2, header: {head}, footer: {foot}'),
        f"#set columns(gutter: {gutter}pt)",
        f'#place(top, scope: "parent", float: true, block(width: 100%)[{top}])',
    ]
    for item in bulletin.items:
        place = f"text(size: {own.size + 1}pt, fill: {own.colour}, hei({_s(item.kicker or '')}))"
        if own.turn == 0:
            place = f"box(stroke: (bottom: 1.2pt + {own.colour}), inset: (bottom: 2pt), {place})"
        lines.append(
            f"#block(width: 100%, sticky: true, above: 1.8em, below: 0.5em, align({own.align}, flat({place})))"
        )
        lines += _headline(item, own)
        lines += _body(item, own)
    return lines


def _preamble(own: _Set, page: str) -> list[str]:
    return [
        f'#let kai(t) = text(font: "{_KAI}", t)\n#let hei(t) = text(font: "{_SANS}", weight: "bold", t)',
        "#let flat(t) = par(first-line-indent: 0em, justify: false, t)",
        f"#set page({page})",
        f'#set text(font: "{own.font}", size: {own.size}pt, lang: "zh", region: "cn")',
        f"#set par(justify: true, leading: {own.leading}em, spacing: {own.leading}em,"
        " first-line-indent: (amount: 2em, all: true))",
        "#show table: set par(justify: false, first-line-indent: 0em)",
        '#set footnote(numbering: "①")\n#show footnote.entry: set par(first-line-indent: 0em)',
        "#set footnote.entry(gap: 0.6em)",
    ]


def _headline(item: Item, own: _Set, mark: str = "") -> list[str]:
    """Title, subtitle and author."""
    shown = [mark] if mark else []
    shown += [f"#flat(text(size: {own.title}pt, hei({_s(line)})))" for line in item.title]
    shown += [f"#flat(kai({_s(f'——{item.subtitle}')}))"] if item.subtitle else []
    shown += [f"#v(0.2em)#flat(kai({_s(item.byline)}))"] if item.byline else []
    inner = "\n".join(shown)
    return [f"#block(width: 100%, sticky: true, above: 2em, below: 1.1em)[#align({own.align})[{inner}]]"]


def _body(item: Item, own: _Set) -> list[str]:
    """The text with its pictures, but for what stands in a frame."""
    figures = {figure.at: figure for figure in item.figures}
    lines = []
    for i, part in enumerate(item.parts):
        if part.kind != "box":
            lines.append(_part(part, item.notes))
        if i in figures:
            lines.append(_picture(figures[i]))
    if item.source_as_set:
        lines.append(f"#align(right, flat(kai({_s(item.source_as_set)})))")
    return lines


def _picture(figure: Figure) -> str:
    caption = f"flat(text(size: 0.85em, kai({_s(figure.caption)})))"
    shade = sum(map(ord, figure.caption)) % 40
    picture = f"rect(width: 78%, height: 96pt, fill: rgb({180 + shade}, 205, {190 + shade}), stroke: none)"
    inner = f"#set par(first-line-indent: 0em)\n#{picture}#v(-0.4em)#{caption}"
    return f"#block(width: 100%, breakable: false, above: 1em, below: 1em)[#align(center)[{inner}]]"


def _part(part: Part, notes: Sequence[str]) -> str:
    if part.kind == "table":
        head, *rows = part.rows
        cells = ", ".join([*(f"hei({_s(cell)})" for cell in head), *(_s(cell) for row in rows for cell in row)])
        made = f"table(columns: (1.4fr, {'1fr, ' * (len(head) - 1)}), align: center + horizon, stroke: 0.5pt, {cells})"
        return f"#block(breakable: false, width: 100%, above: 0.9em, below: 0.9em, text(size: 0.9em, {made}))"
    if part.kind == "heading":
        deep = part.level == 2
        return f"#block(sticky: true, par({'kai' if deep else 'hei'}({_s(part.text)})))"
    start, rest = part.text[: part.run_in], part.text[part.run_in :]
    shown = [f"#hei({_s(start)})"] if start else []
    for note in notes:
        before, mark, after = rest.partition(note[0])
        if mark:
            return f"#par[{''.join(shown)}#{_s(before)}#footnote({_s(note[1:])})#{_s(after)}]"
    return f"#par[{''.join(shown)}#{_s(rest)}]"


def _pdf(lines: Sequence[str]) -> bytes:
    import typst  # type: ignore[import-not-found,unused-ignore]

    return bytes(typst.compile("\n".join(lines).encode("utf-8")))
