"""Two bulletins set by Typst: a reference paper on 16K with a contents page, and pages with tabs at their edges."""

from __future__ import annotations

from evals.layouts.county.parts import boxed, by_column, flowing, inline_source, pull_at
from evals.layouts.layouts import Layout, Style
from evals.layouts.model import Bulletin, Figure, Item, Part

_SERIF, _SANS, _KAI = "Noto Serif CJK SC", "Noto Sans CJK SC", "AR PL UKai"
_SECTION = "query(<section>).filter(m => m.location().page() <= here().page())"
"""The columns that have begun by the page that is set."""


def render(bulletin: Bulletin, layout: Layout, style: Style) -> bytes:
    """The PDF."""
    import typst  # type: ignore[import-not-found,unused-ignore]

    lines = _reference(bulletin, style) if layout.name == "typst_reference" else _tabs(bulletin, style)
    return bytes(typst.compile("\n".join(lines).encode("utf-8")))


def _common(style: Style, page: str, par: str) -> str:
    leading = (style.pitch - 1.0) * 0.8
    return (
        f'#let kai(t) = text(font: "{_KAI}", t)\n#let hei(t) = text(font: "{_SANS}", weight: "bold", t)\n'
        "#let flat(t) = par(first-line-indent: 0em, justify: false, t)\n"
        f'#set page({page})\n#set text(font: "{_SERIF}", size: {style.size}pt, lang: "zh", region: "cn",'
        f" tracking: {style.spacing}em)\n#set par(justify: true, leading: {leading:.2f}em, {par})\n"
        "#show table: set par(justify: false)"
    )


def _reference(bulletin: Bulletin, style: Style) -> list[str]:
    """Titles in tinted boxes, at the right edge; briefs in frames, two abreast; heads say the column of the page."""
    name = f"context {{ let s = {_SECTION}; if s.len() > 0 {{ s.last().value }} }}"
    number = (
        "context if calc.odd(here().page()) { align(right, [#c #h(1em) #n]) } else { align(left, [#n #h(1em) #c]) }"
    )
    foot = f"{{ let c = {_s(bulletin.contact)}; let n = context here().page(); text(size: 0.75em, {number}) }}"
    head = f"text(size: 0.8em, grid(columns: (1fr, auto), {name}, {_s(bulletin.name + '·虚构样例')}))"
    leading = (style.pitch - 1.0) * 0.8
    page = f"width: 185mm, height: 260mm, margin: {max(52.0, style.margin):.0f}pt, header: {head}, footer: {foot}"
    par = f"spacing: {leading:.2f}em, first-line-indent: (amount: 2em, all: true)"
    lines = [_common(style, page, par), *_cover(bulletin, style)]
    numbers = iter(range(len(bulletin.items)))
    for column, items in by_column(bulletin):
        brief = items[0].kind == "brief"
        lines.append(f"#v(1.2em)#metadata({_s(column)})<section>")
        if brief:
            bar = f"rect(fill: black, text(fill: white, hei({_s(column)})))"
            lines.append(f"#block(width: 100%, sticky: true, align(center, {bar}))")
            cells = ", ".join(f"[{_anchor(next(numbers))}#block(breakable: false)[{_brief(item)}]]" for item in items)
            lines.append(f"#grid(columns: (1fr, 1fr), stroke: 0.5pt, inset: 7pt, {cells})")
            continue
        lines.append(f"#block(sticky: true, flat(text(size: {style.column}em, hei({_s(f'【{column}】')}))))")
        for item in items:
            lines += [_anchor(next(numbers)), *_boxed_title(item, style), *_text(item, style, "tail")]
    return [*lines, "#v(2em)#line(length: 100%)", *(f"#flat({_s(line)})" for line in bulletin.colophon)]


def _cover(bulletin: Bulletin, style: Style) -> list[str]:
    """Masthead and contents: titles under their columns, dots, the page where each begins."""
    lines = [
        f"#align(right, kai({_s(f'{bulletin.issue}')}))",
        f"#align(center, text(size: {style.size * 3:.0f}pt, fill: rgb(190, 0, 0), tracking: 0.3em,"
        f" hei({_s(bulletin.name)})))",
        f"#align(center, kai({_s(f'{bulletin.sponsor}主办')}))#align(center, kai({_s(bulletin.date)}))",
        '#line(length: 100%, stroke: 1.5pt + rgb(190, 0, 0))#v(1em)#align(center, hei("目　录"))',
    ]
    i = 0
    for column, items in by_column(bulletin):
        lines.append(f"#v(0.5em)#flat(hei({_s(column)}))")
        for item in items:
            at = f'context counter(page).at(label("a{i}")).first()'
            lines.append(f"#flat[#{_s(item.whole_title)} #box(width: 1fr, repeat[.]) #{at}]")
            i += 1
    return [*lines, "#pagebreak()"]


def _anchor(i: int) -> str:
    return f'#metadata({i})#label("a{i}")'


def _boxed_title(item: Item, style: Style) -> list[str]:
    lines = [f"flat(kai({_s(item.kicker)}))"] if item.kicker else []
    lines.append(f"flat(text(size: {style.title}em, hei({_s(item.whole_title)})))")
    lines += [f"flat(kai({_s('——' + item.subtitle)}))"] if item.subtitle else []
    inner = "\n".join(f"#{line}" for line in lines)
    box = "width: 100%, fill: rgb(232, 226, 212), inset: 8pt, sticky: true"
    return [f"#v(0.6em)#block({box})[#align(right)[{inner}]]#v(0.3em)"]


def _brief(item: Item) -> str:
    text = item.parts[0].text + inline_source(item)
    return f"#block(sticky: true, flat(hei({_s(item.whole_title)})))\n#par({_s(text)})\n#v(0.4em)"


def _tabs(bulletin: Bulletin, style: Style) -> list[str]:
    """Every column begins a page and stands on a tab at the edge of its pages; no indents."""
    stacked = "stack(spacing: 3pt, ..s.last().value.clusters().map(c => text(fill: white, hei(c))))"
    side = (
        f"context {{ let s = {_SECTION}; if s.len() > 0 {{ place(if calc.odd(here().page()) {{ right + top }} else"
        f" {{ left + top }}, dy: 90pt, rect(fill: black, inset: 7pt, {stacked})) }} }}"
    )
    head = f"align(center, text(size: 0.8em, {_s(f'{bulletin.name}·虚构样例　{bulletin.issue}')}))"
    foot = (
        "grid(columns: (1fr, auto, 1fr), context if calc.even(here().page()) [第 #here().page() 页],"
        f" text(size: 0.75em, {_s(bulletin.contact)}), context if calc.odd(here().page()) [#align(right)[第"
        " #here().page() 页]])"
    )
    leading = (style.pitch - 1.0) * 0.8
    page = f'paper: "a4", margin: {max(56.0, style.margin):.0f}pt, background: {side}, header: {head}, footer: {foot}'
    lines = [_common(style, page, f"spacing: {leading + 0.75:.2f}em")]
    for i, (column, items) in enumerate(by_column(bulletin)):
        kind = items[0].kind
        lines.append(f"#set page(columns: {1 if kind == 'feature' else 2})")
        lines.append(f"#metadata({_s(column)})<section>")
        if i == 0:
            lines += _nameplate(bulletin, style)
        if kind == "brief":
            lines.append(f'#place(top, scope: "parent", float: true, block(width: 100%, fill: black, inset: 5pt,'
                         f" text(fill: white, hei({_s(f'◆ {column} ◆')}))))")  # fmt: skip
            half = (len(items) + 1) // 2
            lines += [*map(_brief, items[:half]), "#colbreak()", *map(_brief, items[half:])]
        else:
            lines += [line for item in items for line in (*_ruled_title(item, style), *_text(item, style, ""))]
    return lines


def _nameplate(bulletin: Bulletin, style: Style) -> list[str]:
    """The name at the left, what belongs to the issue at its right."""
    facts = "\n".join(f"#flat({_s(t)})" for t in (bulletin.issue, f"{bulletin.sponsor}编", bulletin.date))
    return [
        f"#grid(columns: (1fr, auto), align: horizon, text(size: {style.size * 2.6:.0f}pt, hei({_s(bulletin.name)})),"
        f" block(stroke: (left: 2pt), inset: (left: 8pt))[{facts}])",
        "#line(length: 100%, stroke: 2pt)",
    ]


def _ruled_title(item: Item, style: Style) -> list[str]:
    """Kicker, title and subtitle at the left, who wrote it at the right edge, a rule below."""
    lines = [f"#flat(kai({_s(item.kicker)}))"] if item.kicker else []
    lines.append(f"#flat(text(size: {style.title}em, hei({_s(item.whole_title)})))")
    lines += [f"#flat(kai({_s('——' + item.subtitle)}))"] if item.subtitle else []
    lines += [f"#align(right, kai({_s(item.byline)}))"] if item.byline else []
    inner = "\n".join(lines)
    return [f"#v(1em)#block(width: 100%, sticky: true, stroke: (bottom: 0.5pt), inset: (bottom: 4pt))[{inner}]"]


def _text(item: Item, style: Style, source: str) -> list[str]:
    lines = [f"#par(kai({_s(item.note)}))"] if item.note else []
    figures = {figure.at: figure for figure in item.figures}
    for i, part in flowing(item):
        lines.append(_part(part))
        if item.pull and i == pull_at(item):
            quote = f"text(size: 1.25em, fill: rgb(190, 0, 0), kai({_s(item.pull)}))"
            lines.append(f"#align(center, block(width: 80%, stroke: (y: 1pt), inset: 7pt, flat({quote})))")
        if i in figures:
            lines.append(_shot(figures[i], style))
    if boxes := boxed(item):
        inner = "\n".join(f"#par({_s(text)})" for text in boxes)
        lines.append(f"#block(stroke: 0.5pt, inset: 6pt, width: 100%, breakable: false)[{inner}]")
    if source and item.source_as_set:
        lines.append(f"#align(right, kai({_s(item.source_as_set)}))")
    return lines


def _shot(figure: Figure, style: Style) -> str:
    """The caption at the left of the picture, at its foot."""
    caption = f"flat(text(size: {style.caption}em, kai({_s(figure.caption)})))"
    return (
        f"#block(breakable: false, grid(columns: (27%, 1fr), gutter: 6pt, align: bottom, {caption},"
        " rect(width: 100%, height: 90pt, fill: rgb(200, 215, 225))))"
    )


def _part(part: Part) -> str:
    if part.kind == "table":
        cells = ", ".join(_s(cell) for row in part.rows for cell in row)
        return (
            f"#text(size: 0.85em, table(columns: (1.3fr, ..(1fr,) * {len(part.rows[0]) - 1}), align: center, {cells}))"
        )
    if part.kind == "heading":
        return f"#block(sticky: true, par({'hei' if part.level == 1 else 'kai'}({_s(part.text)})))"
    start, rest = part.text[: part.run_in], part.text[part.run_in :]
    return f"#par[#hei({_s(start)})#{_s(rest)}]" if start else f"#par({_s(rest)})"


def _s(text: str) -> str:
    """A string of Typst's."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
