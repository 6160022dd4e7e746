"""Bulletins set by Typst."""

from __future__ import annotations

from evals.layouts.layouts import Layout, Style, running_head
from evals.layouts.model import Bulletin, Figure, Item, Part

_SANS, _KAI = "Noto Sans CJK SC", "AR PL UKai"


def render(bulletin: Bulletin, layout: Layout, style: Style) -> bytes:
    """The PDF."""
    import typst  # type: ignore[import-not-found,unused-ignore]

    lines = [_setup(bulletin, layout, style), *_masthead(bulletin, layout, style)]
    if layout.contents:
        lines += _contents(bulletin)
    for i, item in enumerate(bulletin.items):
        new = item.column and (i == 0 or bulletin.items[i - 1].column != item.column)
        lines += _item(item, layout, style, item.column if new else None)
    if layout.colophon:
        lines.append("#v(1fr)#line(length: 100%)")
        lines += [f"#noindent({_s(line)})" for line in bulletin.colophon]
    return bytes(typst.compile("\n".join(lines).encode("utf-8")))


def _setup(bulletin: Bulletin, layout: Layout, style: Style) -> str:
    number = layout.page_number.replace("{n}", '" + str(here().page()) + "').replace(
        "{N}", '" + str(counter(page).final().at(0)) + "'
    )
    odd, even = _s(running_head(bulletin, 1)), _s(running_head(bulletin, 2))
    head = f"context align(center, text(size: 0.8em, {odd}))"
    foot = f'context align(center, text(size: 0.8em, "{number}"))'
    if layout.alternate:
        head = f"context if calc.odd(here().page()) {{ align(right, {odd}) }} else {{ align(left, {even}) }}"
        foot = f'context align(if calc.odd(here().page()) {{ right }} else {{ left }}, "{number}")'
    side = "none"
    if layout.side_head:
        head = "none"
        stacked = ", ".join(_s(c) for c in running_head(bulletin, 1))
        turned = f"text(size: 0.75em, stack(spacing: 3pt, {stacked}))"
        side = f"place(left + horizon, dx: {style.margin * 0.35:.0f}pt, {turned})"
    family = "Noto Serif CJK SC" if style.serif else _SANS
    leading = (style.pitch - 1.0) * 0.8
    indent = "(amount: 2em, all: true)" if layout.indent else "0em"
    spacing = f"{leading:.2f}em" if layout.indent else f"{leading + 0.9:.2f}em"
    return (
        f'#set page(paper: "a4", margin: {style.margin}pt, columns: {layout.columns}, header: {head}, footer: {foot},'
        f" background: {side})\n#set columns(gutter: {style.gutter}pt)\n"
        f'#set text(font: "{family}", size: {style.size}pt, lang: "zh", region: "cn", tracking: {style.spacing}em)\n'
        f"#set par(justify: {'false' if layout.ragged else 'true'}, leading: {leading:.2f}em, spacing: {spacing},"
        f" first-line-indent: {indent})\n"
        '#set footnote(numbering: "①")\n#show footnote: it => it\n'
        f"#let noindent(t) = par(first-line-indent: 0em, text(t))\n"
        f'#let kai(t) = text(font: "{_KAI}", t)\n#let hei(t) = text(font: "{_SANS}", weight: "bold", t)\n'
    )


def _masthead(bulletin: Bulletin, layout: Layout, style: Style) -> list[str]:
    colour = "red" if layout.red else "black"
    shown = (
        f"#align(center, text(size: {style.size * 3:.1f}pt, fill: {colour}, hei({_s(bulletin.name)})))\n"
        f"#grid(columns: (auto, 1fr, auto), {_s(bulletin.issue)}, align(center, {_s(bulletin.sponsor + '主办')}),"
        f" align(right, {_s(bulletin.date)}))\n#line(length: 100%, stroke: 2pt + {colour})"
    )
    if layout.columns == 1:
        return [shown]
    return [f'#place(top, scope: "parent", float: true)[{shown}]']


def _contents(bulletin: Bulletin) -> list[str]:
    lines = ['#align(center, hei("目　录"))']
    for i, item in enumerate(bulletin.items):
        lines.append(f"#par(first-line-indent: 0em)[#{_s(item.whole_title)} #box(width: 1fr, repeat[…]) {i + 1}]")
    return [*lines, "#v(1em)"]


def _item(item: Item, layout: Layout, style: Style, column: str | None) -> list[str]:
    centre = "center" if style.centred else "left"
    head = ["#counter(footnote).update(0)"]
    if column:
        head.append(f"#v(1em)#par(first-line-indent: 0em, text(size: {style.column}em, hei({_s(column)})))")
    face = "text" if style.light else "hei"
    title = "#linebreak()".join(f"#{face}({_s(line)})" for line in item.title)
    head.append(
        f"#v(1em)#align({centre}, par(first-line-indent: 0em, justify: false, text(size: {style.title}em)[{title}]))"
    )
    if item.subtitle:
        head.append(f"#align({centre}, par(first-line-indent: 0em, kai({_s('——' + item.subtitle)})))")
    lines = head
    if layout.spanning:
        shown = "\n".join(head)
        lines = ["#pagebreak(weak: true)", f'#place(top, scope: "parent", float: true, block(width: 100%)[{shown}])']
    if item.note:
        lines.append(f"#par(kai({_s(item.note)}))" if style.kai_notes else f"#par({_s(item.note)})")
    figures = {figure.at: figure for figure in item.figures}
    boxed = [part.text for part in item.parts if part.kind == "box"]
    for k, part in enumerate(item.parts):
        if part.kind != "box":
            lines += _part(part, figures.get(k), item.notes, layout, style)
    if boxed:
        inner = "\n".join(f"#par({_s(text)})" for text in boxed)
        lines.append(f"#block(stroke: 0.5pt, inset: 6pt, width: 100%, breakable: false)[{inner}]")
    if item.source_as_set:
        lines.append(f"#align(right, {_s(item.source_as_set)})")
    return lines


def _part(part: Part, figure: Figure | None, notes: tuple[str, ...], layout: Layout, style: Style) -> list[str]:
    if part.kind == "table":
        cells = ", ".join(_s(cell) for row in part.rows for cell in row)
        return [f"#table(columns: (1fr,) * {len(part.rows[0])}, align: center, {cells})"]
    if part.kind == "heading":
        return [f"#par(hei({_s(part.text)}))"]
    if part.kind == "sign":
        return [f"#align(right, {_s(part.text)})"]
    text, after = f"#{_s(part.text)}", []
    if "①" in part.text and notes:
        before, _, rest = part.text.partition("①")
        text = f"#{_s(before)}#footnote({_s(notes[0][1:])})#{_s(rest)}"
    if figure is not None:
        picture = (
            "block(width: 100%)[#align(center)[#rect(width: 90%, height: 80pt, fill: rgb(200, 215, 225))"
            f" #par(first-line-indent: 0em, text(size: {style.caption}em, kai({_s(figure.caption)})))]]"
        )
        if layout.inside:
            half = len(part.text) // 2
            # A float in an explicit paragraph is lost: this one is bounded by blank lines.
            return ["", f"#{_s(part.text[:half])}#place(top, float: true, {picture})#{_s(part.text[half:])}", ""]
        else:
            after = [f"#{picture}"]
    return [f"#par[{text}]", *after]


def _s(text: str) -> str:
    """A string of Typst's."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
