"""Bulletins set by LibreOffice from a flat ODF text."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

from evals.layouts.layouts import Layout, Style, running_head
from evals.layouts.model import Bulletin, Figure, Item, Part

_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for name, long in (
        ("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"), ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"),
    )
)  # fmt: skip
_SANS, _SERIF, _KAI = "Noto Sans CJK SC", "Noto Serif CJK SC", "AR PL UKai CN"


def render(bulletin: Bulletin, layout: Layout, style: Style) -> bytes:
    """The PDF."""
    return convert(_document(bulletin, layout, style))


def convert(text: str) -> bytes:
    """The PDF of a flat ODF text."""
    return converted("page.fodt", text.encode("utf-8"))


def converted(file: str, content: bytes) -> bytes:
    """The PDF of a document with this name."""
    program = shutil.which("soffice") or "soffice"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / file).write_bytes(content)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", name, str(folder / file)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return (folder / "page.pdf").read_bytes()


def _document(bulletin: Bulletin, layout: Layout, style: Style) -> str:
    body: list[str] = [
        f'<text:p text:style-name="Name">{escape(bulletin.name)}</text:p>',
        f'<text:p text:style-name="Line">{escape(bulletin.issue)}<text:tab/>{bulletin.sponsor}编印<text:tab/>'
        f"{bulletin.date}</text:p>",
    ]
    if layout.contents:
        body.append('<text:p text:style-name="Centre">目　录</text:p>')
        body += [
            f'<text:p text:style-name="Entry">{escape(item.whole_title)}<text:tab/>{i + 1}</text:p>'
            for i, item in enumerate(bulletin.items)
        ]
    flow: list[str] = []
    for i, item in enumerate(bulletin.items):
        new = item.column and (i == 0 or bulletin.items[i - 1].column != item.column)
        head, rest = _item(item, layout, item.column if new else None, style)
        if layout.spanning:
            body += [*head, _section(rest, i)]
        else:
            flow += [*head, *rest]
    if flow:
        body.append(_section(flow, 0) if layout.columns > 1 else "".join(flow))
    if layout.colophon:
        body += [f'<text:p text:style-name="{n}">{escape(t)}</text:p>'
                 for n, t in zip(("Foot", "FootLast"), bulletin.colophon, strict=True)]  # fmt: skip
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_SPACES} office:version="1.2"'
        ' office:mimetype="application/vnd.oasis.opendocument.text">'
        f"{_fonts()}<office:styles>{_styles(layout, style)}</office:styles>"
        f"<office:automatic-styles>{_automatic(layout, style)}</office:automatic-styles>"
        f"<office:master-styles>{_master(bulletin, layout)}</office:master-styles>"
        f"<office:body><office:text>{''.join(body)}</office:text></office:body></office:document>"
    )


def _fonts() -> str:
    faces = (f'<style:font-face style:name="{f}" svg:font-family="\'{f}\'"/>' for f in (_SANS, _SERIF, _KAI))
    return f"<office:font-face-decls>{''.join(faces)}</office:font-face-decls>"


def _style(name: str, paragraph: str, text: str, inner: str = "") -> str:
    return (
        f'<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties {paragraph}>{inner}'
        f"</style:paragraph-properties><style:text-properties {text}/></style:style>"
    )


def _font(family: str, size: float, extra: str = "") -> str:
    points = f"{size:.1f}pt"
    return (
        f'style:font-name="{family}" style:font-name-asian="{family}" fo:font-size="{points}"'
        f' style:font-size-asian="{points}" {extra}'
    )


def _styles(layout: Layout, style: Style) -> str:
    size = style.size
    family = _SERIF if style.serif else _SANS
    bold = 'fo:font-weight="bold" style:font-weight-asian="bold"'
    heavy = "" if style.light else bold
    spaced = f'fo:letter-spacing="{style.spacing * size:.2f}pt"' if style.spacing else ""
    line = f'fo:line-height="{style.pitch * size:.1f}pt"'
    indent = f'fo:text-indent="{2 * size:.1f}pt"' if layout.indent else f'fo:margin-bottom="{0.9 * size:.1f}pt"'
    align = 'fo:text-align="start"' if layout.ragged else 'fo:text-align="justify"'
    centre = 'fo:text-align="center"' if style.centred else 'fo:text-align="start"'
    hung = 'style:punctuation-wrap="simple"'  # LibreOffice leaves marks that hang over the edge out of its PDFs
    colour = 'fo:color="#cc0000"' if layout.red else ""
    rule = "2pt solid #cc0000" if layout.red else "1pt solid #000000"
    width = 595.28 - 2 * style.margin
    drop = '<style:drop-cap style:lines="2" style:length="1" style:distance="2pt"/>' if layout.drop_cap else ""
    tabs = (
        f'<style:tab-stops><style:tab-stop style:position="{width / 2:.0f}pt" style:type="center"/>'
        f'<style:tab-stop style:position="{width:.0f}pt" style:type="right"/></style:tab-stops>'
    )
    leader = (
        f'<style:tab-stops><style:tab-stop style:position="{width:.0f}pt" style:type="right"'
        ' style:leader-style="dotted" style:leader-text="."/></style:tab-stops>'
    )
    plain = _font(family, size, spaced)
    title = f'{centre} fo:margin-top="{size:.0f}pt" fo:margin-bottom="{size * 0.5:.0f}pt" fo:keep-with-next="always"'
    return "".join([
        _style("Name", 'fo:text-align="center"', _font(_SANS, size * 2.8, f"{bold} {colour}")),
        _style("Line", f'fo:border-bottom="{rule}"', _font(family, size * 0.8), tabs),
        _style("Entry", "", _font(family, size), leader),
        _style("Centre", 'fo:text-align="center"', _font(_SANS, size * 1.2, bold)),
        _style("Column", 'fo:margin-top="12pt" fo:keep-with-next="always"',
               _font(_SANS, size * style.column, f"{bold} {colour}")),
        _style("Title1", title, _font(family if style.light else _SANS, size * style.title, heavy)),
        _style("Sub", f'{centre} fo:keep-with-next="always"', _font(_KAI, size)),
        _style("Text", f"{align} {line} {indent} {hung}", plain),
        _style("First", f"{align} {line} {hung} {'' if drop else indent}", plain, drop),
        _style("Kai", f"{align} {line} {indent} {hung}", _font(_KAI if style.kai_notes else family, size)),
        _style("Head", f'{line} {indent} fo:keep-with-next="always"', _font(_SANS, size, bold)),
        _style("Source", f'fo:text-align="end" {line}', plain),
        _style("Sign", f'fo:text-align="end" fo:margin-right="{2 * size:.0f}pt" {line}', plain),
        _style("Cell", 'fo:text-align="center"', _font(family, size * 0.95)),
        _style("Caption", 'fo:text-align="center"', _font(_KAI, size * style.caption)),
        _style("Small", "", _font(family, size * 0.8)),
        _style("Foot", 'fo:border-top="1pt solid #000000" fo:margin-top="24pt"', _font(family, size * 0.9)),
        _style("FootLast", 'fo:border-bottom="1pt solid #000000"', _font(family, size * 0.9)),
        _style("Odd", 'fo:text-align="end"', _font(family, size * 0.8)),
        _style("Even", 'fo:text-align="start"', _font(family, size * 0.8)),
        '<text:notes-configuration text:note-class="footnote" style:num-format="①, ②, ③, ..." text:start-value="0"'
        ' text:footnotes-position="page"/>',
    ])  # fmt: skip


def _automatic(layout: Layout, style: Style) -> str:
    usage = "mirrored" if layout.alternate else "all"
    return (
        f'<style:page-layout style:name="page" style:page-usage="{usage}"><style:page-layout-properties'
        f' fo:page-width="595.28pt" fo:page-height="841.89pt" fo:margin="{style.margin * 0.6:.0f}pt'
        f'" fo:margin-left="{style.margin}pt" fo:margin-right="{style.margin}pt" style:num-format="1"/>'
        '<style:header-style><style:header-footer-properties fo:min-height="20pt" fo:margin-bottom="10pt"/>'
        '</style:header-style><style:footer-style><style:header-footer-properties fo:min-height="20pt"'
        ' fo:margin-top="10pt"/></style:footer-style></style:page-layout>'
        '<style:style style:name="flow" style:family="section">'
        "<style:section-properties text:dont-balance-text-columns="
        f'"false"><style:columns fo:column-count="{layout.columns}" fo:column-gap="{style.gutter}pt"/>'
        "</style:section-properties></style:style>"
        '<style:style style:name="pic" style:family="graphic"><style:graphic-properties style:wrap="none"'
        ' style:horizontal-pos="center" style:horizontal-rel="paragraph" fo:border="0.5pt solid #888888"/>'
        "</style:style>"
        '<style:style style:name="cell" style:family="table-cell"><style:table-cell-properties'
        ' fo:border="0.5pt solid #000000"/></style:style>'
    )


def _master(bulletin: Bulletin, layout: Layout) -> str:
    number = escape(layout.page_number).replace("{n}", "<text:page-number/>").replace("{N}", "<text:page-count/>")
    odd, even = escape(running_head(bulletin, 1)), escape(running_head(bulletin, 2))
    left = ""
    if layout.alternate:
        left = f'<style:header-left><text:p text:style-name="Even">{even}</text:p></style:header-left>'
    foot_left = f'<style:footer-left><text:p text:style-name="Even">{number}</text:p></style:footer-left>'
    return (
        '<style:master-page style:name="Standard" style:page-layout-name="page">'
        f'<style:header><text:p text:style-name="Odd">{odd}</text:p></style:header>{left}'
        f'<style:footer><text:p text:style-name="Odd">{number}</text:p></style:footer>'
        f"{foot_left if layout.alternate else ''}</style:master-page>"
    )


def _section(lines: list[str], i: int) -> str:
    return f'<text:section text:style-name="flow" text:name="s{i}">{"".join(lines)}</text:section>'


def _item(item: Item, layout: Layout, column: str | None, style: Style) -> tuple[list[str], list[str]]:
    head = [_p("Column", column)] if column else []
    head.append('<text:p text:style-name="Title1">' + "<text:line-break/>".join(map(escape, item.title)) + "</text:p>")
    if item.subtitle:
        head.append(_p("Sub", "——" + item.subtitle))
    rest = [_p("Kai", item.note)] if item.note else []
    figures = {figure.at: figure for figure in item.figures}
    first = next(k for k, part in enumerate(item.parts) if part.kind == "text")
    for k, part in enumerate(item.parts):
        rest.append(_part(part, figures.get(k), item.notes, style, first=k == first))
    if item.source_as_set:
        rest.append(_p("Source", item.source_as_set))
    return head, rest


def _p(name: str, text: str) -> str:
    return f'<text:p text:style-name="{name}">{escape(text)}</text:p>'


def _cell(text: str) -> str:
    return f'<table:table-cell table:style-name="cell">{_p("Cell", text)}</table:table-cell>'


def _part(part: Part, figure: Figure | None, notes: tuple[str, ...], style: Style, *, first: bool) -> str:
    if part.kind == "table":
        rows = (
            "<table:table-row>"
            + "".join(
                f'<table:table-cell table:style-name="cell">{_p("Cell", cell)}</table:table-cell>' for cell in row
            )
            + "</table:table-row>"
            for row in part.rows
        )
        columns = f'<table:table-column table:number-columns-repeated="{len(part.rows[0])}"/>'
        return f"<table:table>{columns}{''.join(rows)}</table:table>"
    name = {"heading": "Head", "sign": "Sign"}.get(part.kind, "First" if first else "Text")
    text = escape(part.text)
    if "①" in text and notes:
        note = (
            '<text:note text:note-class="footnote"><text:note-citation text:label="①">①</text:note-citation>'
            f"<text:note-body>{_p('Small', notes[0][1:])}</text:note-body></text:note>"
        )
        text = text.replace("①", note, 1)
    shown = ""
    if figure is not None:
        # Anchored to the paragraph, the picture stands at its head; a box of its own line stands after it.
        shown = (
            '<text:p text:style-name="Caption"><draw:frame draw:style-name="pic" text:anchor-type="as-char"'
            f' svg:width="{style.size * 14:.0f}pt" svg:height="80pt"><draw:text-box><text:p/></draw:text-box>'
            f"</draw:frame></text:p>{_p('Caption', figure.caption)}"
        )
    return f'<text:p text:style-name="{name}">{text}</text:p>{shown}'
