"""Two bulletins set by Chromium: a tabloid of blocks of stories, and a circular on B5."""

from __future__ import annotations

import html
from dataclasses import replace

from evals.layouts.chromium import print_html
from evals.layouts.county.parts import INDENT, boxed, by_column, flowing, inline_source, of_kind, pull_at
from evals.layouts.layouts import Layout, Style
from evals.layouts.model import Bulletin, Figure, Item, Part

_SERIF, _SANS, _KAI = '"Noto Serif CJK SC"', '"Noto Sans CJK SC"', '"AR PL UKai CN"'


def render(bulletin: Bulletin, layout: Layout, style: Style) -> bytes:
    """The PDF."""
    page = _tabloid(bulletin, style) if layout.name == "chromium_tabloid" else _circular(bulletin, style)
    return print_html(f'<!doctype html><html lang="zh-CN"><meta charset="utf-8">{page}</html>')


def _common(style: Style) -> str:
    family = _SERIF if style.serif else _SANS
    return (
        f"body {{ margin: 0; font: {style.size}pt/{style.pitch} {family} }} p {{ margin: 0; text-align: justify }}"
        f".kick {{ font: {style.size * 1.2:.1f}pt/1.5 {_KAI}; margin-top: .6em }}"
        f"h2 {{ font: 700 {style.size * style.title:.1f}pt/1.35 {_SANS}; margin: .3em 0 }}"
        f".sub {{ font: {style.size * 1.1:.1f}pt/1.5 {_KAI}; margin-bottom: .4em }} .head {{ font: 700 1em {_SANS};"
        f" line-height: inherit; break-after: avoid }} b {{ font-family: {_SANS} }}"
        f".cap {{ font: {style.size * style.caption:.1f}pt/1.4 {_KAI} }}"
        ".pic { background: #d5dde5; border: .5pt solid #888 }"
        "table { border-collapse: collapse; width: 100%; margin: .5em 0; font-size: .85em; line-height: 1.5 }"
        "td { border: .5pt solid #000; text-align: center; padding: 1pt 2pt } tr { break-inside: avoid }"
        ".src { text-align: right } .kick, h2, .sub, .by { break-after: avoid; break-inside: avoid }"
        f".note {{ font-family: {_KAI if style.kai_notes else family} }}"
    )


def _tabloid(bulletin: Bulletin, style: Style) -> str:
    """An 8K page: a story over four columns, then stories over two of three columns beside a box of briefs."""
    style = replace(style, size=min(style.size, 10.0), pitch=min(style.pitch, 1.6))
    lead, *others = of_kind(bulletin, "feature")
    reports, briefs = of_kind(bulletin, "report"), of_kind(bulletin, "brief")
    foot = f'content: "{bulletin.contact}"; font: {style.size * 0.75:.1f}pt {_SANS}'
    css = (
        f"@page {{ size: 270mm 390mm; margin: 52pt 44pt; @top-left {{ content: '{bulletin.name}·虚构样例' }}"
        f" @top-right {{ content: '{bulletin.date}　第' counter(page) '版' }} @bottom-center {{ {foot} }} }}"
        "@page :first { @top-left { content: none } @top-right { content: none } }"
        f"{_common(style)} .text p, .note {{ text-indent: 2em }} .src, .kick, .sub, .by {{ text-indent: 0 }}"
        f".mast {{ display: flex; border-bottom: 3pt double #000; margin-bottom: 8pt }}"
        f".mast h1 {{ background: #b00; color: #fff; font: 700 46pt/1.5 {_SANS}; margin: 0 18pt 6pt 0; padding: 0 18pt;"
        " letter-spacing: .12em }"
        ".mast div { flex: 1; font-size: .95em }"
        " .ear { border: 1pt solid #b00; padding: 4pt 8pt; margin: 0 0 6pt 12pt }"
        f".four {{ columns: 4; column-gap: {style.gutter}pt; column-rule: .5pt solid #999 }}"
        f".two {{ columns: 2; column-gap: {style.gutter}pt }} .three {{ columns: 3; column-gap: {style.gutter}pt }}"
        ".big p, .big h2 { text-align: center } .right p, .right h2 { text-align: right } .big h2 { font-size: 2.6em }"
        ".big .sub { font-size: 1.4em }"
        f".row {{ display: grid; grid-template-columns: 2fr 1fr; gap: {style.gutter * 1.3:.0f}pt; margin-top: 14pt;"
        " border-top: 1pt solid #000; padding-top: 6pt; margin-bottom: 14pt; break-inside: avoid }"
        f".bar {{ background: #000; color: #fff; font: 700 {style.size * 1.2:.1f}pt/1.6 {_SANS}; text-align: center;"
        " letter-spacing: .3em; break-after: avoid }"
        f".brief {{ background: #f0ece2; padding: 6pt 8pt }} .brief h3 {{ font: 700 1.05em/1.4 {_SANS}; margin: .7em 0"
        " .2em }"
        ".tint { background: #e4ecf4; padding: 4pt 10pt; border-left: 5pt solid #246; margin: 10pt 0 6pt }"
        ".right { border-bottom: 1pt solid #b00; margin-bottom: 4pt }"
        f".pull {{ border-top: 2pt solid #b00; border-bottom: 2pt solid #b00; font: 700 1.35em/1.5 {_KAI}; padding: 4pt"
        " 0; margin: .5em 0; break-inside: avoid } .text .pull { text-indent: 0 }"
        ".tail { border: 1pt solid #246; padding: 4pt 8pt; margin-top: 6pt; break-inside: avoid }"
        ".shot { display: flex; align-items: flex-end; margin: .5em 0; break-inside: avoid }"
        ".shot .cap { width: 26%; padding-right: 5pt; text-indent: 0 !important; text-align: left }"
        ".shot .pic { flex: 1; height: 84pt }"
    )
    blocks = [_masthead(bulletin), _bar(lead.column), _story(lead, "big", "four")]
    beside = _bar(lead.column) + "".join(_story(item, "right", "two") for item in others)
    blocks.append(
        f'<div class="row"><div>{beside}</div>'
        f'<div class="brief">{_bar(briefs[0].column)}{"".join(map(_brief, briefs))}</div></div>'
    )
    blocks.append(_bar(reports[0].column))
    blocks += [_story(item, ("tint", "right")[i % 2], "three") for i, item in enumerate(reports)]
    return f"<style>{css}</style><body>{''.join(blocks)}</body>"


def _masthead(bulletin: Bulletin) -> str:
    """The name reversed out of red, beside it a box that says what stands in the issue."""
    shown = "".join(f"<p>▶ {_e(item.whole_title)}</p>" for item in of_kind(bulletin, "feature")[1:])
    ear = f'<div class="ear"><p><b>今日导读</b></p>{shown}</div>' if shown else ""
    return (
        f'<div class="mast"><h1>{_e(bulletin.name)}</h1><div><p>{_e(bulletin.issue)}　内部资料　免费交流</p>'
        f"<p>{bulletin.sponsor}主办</p><p>{bulletin.date}</p></div>{ear}</div>"
    )


def _bar(name: str | None) -> str:
    return f'<p class="bar">{_e(name or "")}</p>'


def _headline(item: Item) -> str:
    lines = [f'<p class="kick">{_e(item.kicker)}</p>'] if item.kicker else []
    lines.append(f"<h2>{_e(item.whole_title)}</h2>")
    lines += [f'<p class="sub">——{_e(item.subtitle)}</p>'] if item.subtitle else []
    lines += [f'<p class="by">{_e(item.byline)}</p>'] if item.byline else []
    return "".join(lines)


def _story(item: Item, head: str, columns: str) -> str:
    note = f'<p class="note">{_e(item.note)}</p>' if item.note else ""
    figures = {figure.at: figure for figure in item.figures}
    lines: list[str] = []
    for i, part in flowing(item):
        lines.append(_part(part, ""))
        if item.pull and i == pull_at(item):
            lines.append(f'<p class="pull">{_e(item.pull)}</p>')
        if i in figures:
            lines.append(_shot(figures[i]))
    if item.source_as_set:
        lines.append(f'<p class="src" style="text-indent: 0">{_e(item.source_as_set)}</p>')
    tail = "".join(f"<p>{_e(text)}</p>" for text in boxed(item))
    tail = f'<div class="tail">{tail}</div>' if tail else ""
    return (
        f'<article><div class="{head}">{_headline(item)}</div>{note}<div class="text {columns}">{"".join(lines)}</div>'
        f"{tail}</article>"
    )


def _shot(figure: Figure) -> str:
    """The caption at the left of the picture."""
    return f'<div class="shot"><p class="cap">{_e(figure.caption)}</p><div class="pic"></div></div>'


def _brief(item: Item) -> str:
    text = item.parts[0].text + inline_source(item)
    return f'<h3>{_e(item.whole_title)}</h3><p style="text-indent: 2em">{_e(text)}</p>'


def _circular(bulletin: Bulletin, style: Style) -> str:
    """B5, one column, paragraphs indented by spaces; the heads of pages say the column."""
    groups = by_column(bulletin)
    pages = "".join(
        f"@page s{i} {{ @top-left {{ content: '{name}' }} @top-right {{ content: '{bulletin.name}·虚构样例' }} }}"
        for i, (name, _) in enumerate(groups)
    )
    number = f"font: {style.size * 0.8:.1f}pt {_SANS}"
    css = (
        f"@page {{ size: 176mm 250mm; margin: 58pt 48pt }}"
        f"@page :left {{ @bottom-left {{ content: '— ' counter(page) ' —'; {number} }}"
        f" @bottom-right {{ content: '{bulletin.contact.split('　')[1]}'; {number} }} }}"
        f"@page :right {{ @bottom-right {{ content: '— ' counter(page) ' —'; {number} }}"
        f" @bottom-left {{ content: '{bulletin.contact.split('　')[0]}'; {number} }} }} {pages}"
        f"{_common(style)} body {{ letter-spacing: {style.spacing}em }} h2, .kick, .sub, .by {{ text-align: center }}"
        f"h1 {{ font: 700 {style.size * 2.7:.1f}pt/1.4 {_SANS}; color: #c00; text-align: center; letter-spacing: .4em;"
        " margin: 0 0 .2em; padding-left: .4em }"
        ".issue { text-align: center } .line { display: flex; justify-content: space-between }"
        ".line { border-bottom: 2.5pt solid #c00 } .toc { margin: 1em 0 } .toc p { text-align: left }"
        f".rule {{ display: flex; align-items: center; font: 700 {style.size * style.column:.1f}pt/2 {_SANS} }}"
        ".rule::before, .rule::after { content: ''; flex: 1; border-top: 1pt solid #000; margin: 0 10pt }"
        f".by {{ font: {style.size * 0.92:.1f}pt/1.6 {_KAI}; margin-bottom: .6em }}"
        ".shot { text-align: center; margin: .5em 0; break-inside: avoid } .shot .pic { height: 100pt; margin: 0 12% }"
        ".shot .cap { text-align: center }"
        ".tail { background: #eee; padding: 5pt 8pt; margin-top: 8pt; break-inside: avoid }"
        ".end { border-top: 1pt solid #000; border-bottom: 1pt solid #000; margin-top: 22pt; break-inside: avoid }"
        ".end p + p { border-top: .5pt solid #000 } .small h2 { font-size: 1.1em; text-align: left; margin-top: 1em }"
    )
    titles = "".join(f"<p>● {_e(item.whole_title)}</p>" for item in of_kind(bulletin, "feature", "report"))
    front = (
        f'<h1>{_e(bulletin.name)}</h1><p class="issue">{_e(bulletin.issue)}</p><p class="line">'
        f"<span>{bulletin.sponsor}编</span><span>{bulletin.date}</span></p>"
        f'<div class="toc"><p class="issue"><b>本期要目</b></p>{titles}</div>'
    )
    shown = "".join(
        f'<section style="page: s{i}">{"" if i else front}<p class="rule">{_e(name)}</p>{"".join(map(_letter, items))}'
        f"{_colophon(bulletin) if i == len(groups) - 1 else ''}</section>"
        for i, (name, items) in enumerate(groups)
    )
    return f"<style>{css}</style><body>{shown}</body>"


def _letter(item: Item) -> str:
    lines = [_headline(item), *([f'<p class="note">{INDENT}{_e(item.note)}</p>'] if item.note else [])]
    figures = {figure.at: figure for figure in item.figures}
    for i, part in flowing(item):
        source = inline_source(item) if part is item.parts[-1] else ""
        lines.append(_part(part, INDENT, source))
        if i in figures:
            caption = f'<p class="cap">{_e(figures[i].caption)}</p>'
            lines.append(f'<div class="shot"><div class="pic"></div>{caption}</div>')
    tail = "".join(f"<p>{INDENT}{_e(text)}</p>" for text in boxed(item))
    lines += [f'<div class="tail">{tail}</div>'] if tail else []
    return f'<article class="{"small" if item.kind == "brief" else ""}">{"".join(lines)}</article>'


def _colophon(bulletin: Bulletin) -> str:
    return f'<div class="end">{"".join(f"<p>{_e(line)}</p>" for line in bulletin.colophon)}</div>'


def _part(part: Part, indent: str, source: str = "") -> str:
    if part.kind == "table":
        rows = ("<tr>" + "".join(f"<td>{_e(cell)}</td>" for cell in row) + "</tr>" for row in part.rows)
        return f"<table>{''.join(rows)}</table>"
    start, rest = part.text[: part.run_in], part.text[part.run_in :]
    shown = f"{indent}{f'<b>{_e(start)}</b>' if start else ''}{_e(rest + source)}"
    return f'<p class="{"head" if part.kind == "heading" else ""}">{shown}</p>'


def _e(text: str) -> str:
    return html.escape(text, quote=False)
