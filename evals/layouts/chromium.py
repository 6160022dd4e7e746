"""Bulletins set by Chromium from HTML and CSS."""

from __future__ import annotations

import html
import shutil
import subprocess
import tempfile
from pathlib import Path

from evals.layouts.layouts import Layout, Style, running_head
from evals.layouts.model import Bulletin, Figure, Item, Part


def render(bulletin: Bulletin, layout: Layout, style: Style) -> bytes:
    """The PDF."""
    return print_html(_page(bulletin, layout, style))


def print_html(text: str) -> bytes:
    """The PDF of a page."""
    program = shutil.which("chromium") or "chromium"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        page, out = folder / "page.html", folder / "page.pdf"
        page.write_text(text, encoding="utf-8")
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        command = [program, *options, f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={out}", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return out.read_bytes()


def _page(bulletin: Bulletin, layout: Layout, style: Style) -> str:
    side = f'<div class="side">{_e(running_head(bulletin, 1))}</div>' if layout.side_head else ""
    rail = (
        f'<aside class="rail"><p>主办：{bulletin.sponsor}</p><p>责任编辑：何某</p><p>内部资料</p></aside>'
        if layout.rail
        else ""
    )
    items = "".join(_item(item, layout, i, bulletin) for i, item in enumerate(bulletin.items))
    foot = f"<footer>{''.join(f'<p>{_e(line)}</p>' for line in bulletin.colophon)}</footer>" if layout.colophon else ""
    return (
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><style>{_css(bulletin, layout, style)}</style><body>'
        f'{side}<header><h1>{_e(bulletin.name)}</h1><p class="line"><span>{_e(bulletin.issue)}</span>'
        f"<span>{bulletin.sponsor}编</span><span>{bulletin.date}</span></p></header>{rail}"
        f"<main>{items}</main>{foot}</body></html>"
    )


def _css(bulletin: Bulletin, layout: Layout, style: Style) -> str:
    serif, sans, kai = '"Noto Serif CJK SC"', '"Noto Sans CJK SC"', '"AR PL UKai CN"'
    family = serif if style.serif else sans
    titles = f"400 {style.size * style.title:.1f}pt/1.4 {family}" if style.light else ""
    titles = titles or f"700 {style.size * style.title:.1f}pt/1.4 {sans}"
    number = '"' + layout.page_number.replace("{n}", '" counter(page) "').replace("{N}", '" counter(pages) "') + '"'
    heads = f'@top-center {{ content: "{running_head(bulletin, 1)}"; font: {style.size * 0.8:.1f}pt {sans} }}'
    if layout.side_head:
        heads = ""
    pages = f"@page {{ size: A4; margin: {style.margin}pt; {heads} @bottom-center {{ content: {number}; }} }}"
    if layout.alternate:
        odd, even = running_head(bulletin, 1), running_head(bulletin, 2)
        pages = (
            f"@page {{ size: A4; margin: {style.margin}pt }}"
            f'@page :right {{ @top-right {{ content: "{odd}" }} @bottom-right {{ content: {number} }} }}'
            f'@page :left {{ @top-left {{ content: "{even}" }} @bottom-left {{ content: {number} }} }}'
        )
    colour = "#c00" if layout.red else "#000"
    span = "column-span: all;" if layout.spanning else ""
    drop = ".first { text-indent: 0 } .first::first-letter { font-size: 2.6em; float: left; line-height: 1; }"
    rail = (
        ".rail { float: left; width: 24%; margin: 0 4% 1em 0; font-size: .8em; border: 1px solid #888; padding: .5em }"
        ".rail p { text-indent: 0 }"
    )
    return (
        f"{pages} body {{ margin: 0; font: {style.size}pt/{style.pitch} {family}; letter-spacing: {style.spacing}em }}"
        f"header h1 {{ text-align: center; color: {colour}; font: 700 {style.size * 3:.1f}pt {sans}; margin: 0;"
        f" letter-spacing: .2em }}"
        f".line {{ display: flex; justify-content: space-between; border-bottom: 2pt solid {colour}; text-indent: 0;"
        f" white-space: nowrap; font-size: 0.85em }}"
        f"main {{ columns: {layout.columns}; column-gap: {style.gutter}pt }}"
        f"p {{ margin: 0; text-indent: 2em; text-align: {'left' if layout.ragged else 'justify'} }}"
        f"h2 {{ font: {titles}; {span} text-align: "
        f"{'center' if style.centred else 'left'}; margin: 1.2em 0 .5em }}"
        f"h2 span {{ display: block }} .sub {{ text-align: {'center' if style.centred else 'right'}; text-indent: 0;"
        f" {span} font-family: {kai} }}"
        f".col {{ font: 700 {style.size * style.column:.1f}pt {sans}; color: {colour}; {span} text-indent: 0;"
        f" margin-top: 1em }}"
        f".head {{ font-weight: 700; font-family: {sans} }}"
        f".note {{ font-family: {kai if style.kai_notes else family} }}"
        f".src {{ text-align: right; text-indent: 0 }} .sign {{ text-align: right }}"
        f"figure {{ margin: .8em 0; break-inside: avoid; text-align: center; border: 1px solid #999 }}"
        f".fig {{ float: left; width: 100%; margin: .5em 0; text-indent: 0; border: 1px solid #999;"
        f" break-inside: avoid }}"
        f".fig i, figure i {{ display: block; height: 90pt; background: #cde }}"
        f".cap {{ display: block; font: {style.size * style.caption:.1f}pt {kai}; text-align: center; text-indent: 0 }}"
        f".box {{ border: 1px solid #000; padding: .5em; margin: .5em 0; break-inside: avoid }}"
        f"table {{ border-collapse: collapse; width: 100% }} td {{ border: 1px solid #000; text-align: center }}"
        f".side {{ position: fixed; left: -{style.margin * 0.6:.0f}pt; top: 30%; writing-mode: vertical-rl;"
        f" font-size: {style.size * 0.8:.1f}pt }}"
        f"footer {{ margin-top: 2em; border-top: 1pt solid #000 }} footer p {{ text-indent: 0 }}"
        f"{drop if layout.drop_cap else ''}{rail}"
        + ("" if layout.indent else "p { text-indent: 0; margin-bottom: .9em }")
    )


def _item(item: Item, layout: Layout, i: int, bulletin: Bulletin) -> str:
    new = item.column if item.column and (i == 0 or bulletin.items[i - 1].column != item.column) else None
    lines = [f'<p class="col">{_e(new)}</p>'] if new else []
    lines.append("<h2>" + "".join(f"<span>{_e(line)}</span>" for line in item.title) + "</h2>")
    if item.subtitle:
        lines.append(f'<p class="sub">——{_e(item.subtitle)}</p>')
    if item.note:
        lines.append(f'<p class="note">{_e(item.note)}</p>')
    figures = {figure.at: figure for figure in item.figures}
    first = next(k for k, part in enumerate(item.parts) if part.kind == "text")
    boxed: list[str] = []
    for k, part in enumerate(item.parts):
        if part.kind == "box":
            boxed.append(f"<p>{_e(part.text)}</p>")
        else:
            lines.append(_part(part, figures.get(k), layout, first=k == first))
    lines += [f'<p style="font-size: .85em">{_e(note)}</p>' for note in item.notes]
    if boxed:
        lines.append(f'<div class="box">{"".join(boxed)}</div>')
    if item.source_as_set:
        lines.append(f'<p class="src">{_e(item.source_as_set)}</p>')
    return "".join(lines)


def _part(part: Part, figure: Figure | None, layout: Layout, *, first: bool) -> str:
    if part.kind == "table":
        rows = ("<tr>" + "".join(f"<td>{_e(cell)}</td>" for cell in row) + "</tr>" for row in part.rows)
        return f"<table>{''.join(rows)}</table>"
    kind = {"heading": "head", "sign": "sign"}.get(part.kind, "first" if first else "text")
    text, after = _e(part.text), ""
    if figure is not None and layout.inside:
        half = len(part.text) // 2
        shown = f'<span class="fig"><i></i><span class="cap">{_e(figure.caption)}</span></span>'
        text = _e(part.text[:half]) + shown + _e(part.text[half:])
    elif figure is not None:
        after = f'<figure><i></i><span class="cap">{_e(figure.caption)}</span></figure>'
    return f'<p class="{kind}">{text}</p>{after}'


def _e(text: str) -> str:
    return html.escape(text, quote=False)
