"""Two bulletins set by LibreOffice: a newsletter on 16K, and pages of one and two columns on A4."""

from __future__ import annotations

from collections.abc import Callable
from xml.sax.saxutils import escape

from evals.layouts.county.parts import INDENT, boxed, by_column, flowing, inline_source, of_kind, pull_at
from evals.layouts.layouts import Layout, Style
from evals.layouts.model import Bulletin, Figure, Item, Part
from evals.layouts.office import convert

_NAMES = {
    "office": "office", "style": "style", "text": "text", "table": "table", "draw": "drawing",
    "fo": "xsl-fo-compatible", "svg": "svg-compatible",
}  # fmt: skip
_SANS, _SERIF, _KAI = "Noto Sans CJK SC", "Noto Serif CJK SC", "AR PL UKai CN"
_CENTRE, _KEEP = 'fo:text-align="center"', 'fo:keep-with-next="always"'
_BOLD = 'fo:font-weight="bold" style:font-weight-asian="bold"'
_RED, _WHITE = 'fo:color="#c00000"', 'fo:color="#ffffff"'
_ROW = '<table:table-row table:style-name="row">'
_FRAME = (
    '<draw:frame draw:style-name="pic" text:anchor-type="as-char" svg:width="220pt" svg:height="90pt">'
    "<draw:text-box><text:p/></draw:text-box></draw:frame>"
)


def render(bulletin: Bulletin, layout: Layout, style: Style) -> bytes:
    """The PDF."""
    return convert(_newsletter(bulletin, style) if layout.name == "office_newsletter" else _mixed(bulletin, style))


def _newsletter(bulletin: Bulletin, style: Style) -> str:
    """16K: every column begins a page, whose head says its name; paragraphs indented by spaces."""
    groups = by_column(bulletin)
    body = [
        _p("Name", bulletin.name),
        _p("Issue", f"（{bulletin.issue}）"),
        f'<text:p text:style-name="Line">{escape(bulletin.sponsor)}<text:tab/>{bulletin.date}</text:p>',
        _p("Contents", "本期目录"),
    ]
    listed = of_kind(bulletin, "feature", "report")
    body += [_p("Entry", f"◇ {item.whole_title}（{i}）") for i, item in enumerate(listed, 1)]
    for i, (name, items) in enumerate(groups):
        body.append(_p(f"Column{i}", name))
        for item in items:
            body += _headline(item) + _text(item, INDENT, _under)
    rows = [f"{_ROW}{_cell('End', line, 'ruled')}</table:table-row>" for line in bulletin.colophon]
    body += [_p("Text", ""), f"<table:table><table:table-column/>{''.join(rows)}</table:table>"]
    masters = [_master(f"M{i}", name, f"{bulletin.name}·虚构样例", bulletin.contact, "") for i, (name, _) in
               enumerate(groups)]  # fmt: skip
    rules = 'fo:border-top="1.5pt solid #c00000" fo:border-bottom="0.5pt solid #c00000"'
    titles = [
        _style(f"Column{i}", f'{_CENTRE} {_KEEP} {rules} fo:margin-top="12pt" fo:margin-bottom="8pt"',
               _font(_SANS, style.size * style.column, _BOLD), master=f"M{i}" if i else "")
        for i in range(len(groups))
    ]  # fmt: skip
    size = style.size
    named = [
        _style("Name", _CENTRE, _font(_SERIF, size * 2.9, f'{_BOLD} {_RED} fo:letter-spacing="4pt"')),
        _style("Issue", _CENTRE, _font(_KAI, size)),
        _style("Line", 'fo:border-bottom="2.5pt solid #c00000" fo:margin-bottom="10pt"',
               _font(_KAI, size), _tab(521.6 - 2 * style.margin)),
        _style("Contents", f'{_CENTRE} fo:margin-bottom="4pt"', _font(_SANS, size, _BOLD)),
        _style("Entry", "", _font(_KAI, size)),
        _style("Title", f'{_CENTRE} {_KEEP} fo:margin-top="6pt" fo:margin-bottom="4pt"',
               _font(_SANS, size * style.title, _BOLD)),
        _style("Small", f'{_KEEP} fo:margin-top="10pt"', _font(_SANS, size, _BOLD)),
        _style("Kicker", f'{_CENTRE} {_KEEP} fo:margin-top="14pt"', _font(_KAI, size * 1.1)),
        _style("Sub", f'{_CENTRE} {_KEEP} fo:margin-bottom="6pt"', _font(_KAI, size * 1.05)),
        _style("Text", f'fo:text-align="justify" {_pitch(style)}', _font(_SERIF, size)),
    ]  # fmt: skip
    return _document(body, [*named, *titles, *_shared(style)], masters, (521.6, 737.0), style, 1)


def _mixed(bulletin: Bulletin, style: Style) -> str:
    """A4: features over the width, briefs in two columns below a bar; space between paragraphs instead of indents."""
    body = [
        f'<text:p text:style-name="Line">{escape(bulletin.issue)}<text:tab/>{bulletin.sponsor}主办</text:p>',
        _p("Name", bulletin.name),
        _p("Day", f"{bulletin.date}　虚构样例"),
    ]
    for name, items in by_column(bulletin):
        body.append(_p("Bar", f"　{name}　"))
        flow: list[str] = []
        for item in items:
            flow += _headline(item, "" if item.kind == "brief" else "◎ ") + _text(item, "", _beside)
        if items[0].kind == "brief":
            flow = [f'<text:section text:style-name="flow" text:name="b">{"".join(flow)}</text:section>']
        body += flow
    head = f"{bulletin.name}·虚构样例"
    size, contact = style.size, bulletin.contact
    named = [
        _style("Name", "", _font(_SANS, size * 3, f"{_BOLD} {_RED}")),
        _style("Line", 'fo:border-bottom="0.5pt solid #000000"', _font(_SANS, size * 0.85),
               _tab(595.3 - 2 * style.margin)),
        _style("Day", 'fo:text-align="end" fo:border-bottom="3pt double #000000"', _font(_SANS, size * 0.85)),
        _style("Bar", f'{_KEEP} fo:background-color="#000000" fo:margin-top="14pt" fo:margin-bottom="6pt"',
               _font(_SANS, size * 1.15, f"{_BOLD} {_WHITE}")),
        _style("Title", f'{_KEEP} fo:margin-top="14pt" fo:margin-bottom="2pt"',
               _font(_SANS, size * style.title, _BOLD)),
        _style("Small", f'{_KEEP} fo:margin-top="4pt"', _font(_SANS, size, _BOLD)),
        _style("Kicker", _KEEP, _font(_KAI, size)),
        _style("Sub", f"{_KEEP}", _font(_KAI, size)),
        _style("By", f'{_KEEP} fo:margin-bottom="8pt"', _font(_KAI, size * 0.9, 'fo:color="#555555"')),
        _style("Text", f'fo:text-align="justify" fo:margin-bottom="{size * 0.8:.1f}pt" {_pitch(style)}',
               _font(_SERIF if style.serif else _SANS, size)),
    ]  # fmt: skip
    master = _master("Standard", head, "", contact, bulletin.issue)
    return _document(body, [*named, *_shared(style)], [master], (595.3, 841.9), style, 2)


def _shared(style: Style) -> list[str]:
    size = style.size
    return [
        _style("Head", f"{_KEEP} {_pitch(style)}", _font(_SANS, size, _BOLD)),
        _style("Head2", f"{_KEEP} {_pitch(style)}", _font(_KAI, size)),
        _style("Note", f'fo:background-color="#eeeeee" fo:margin-bottom="6pt" {_pitch(style)}', _font(_KAI, size)),
        _style("Source", f'fo:text-align="end" {_pitch(style)}', _font(_KAI, size)),
        _style("Pull", f'fo:margin-left="{4 * size:.0f}pt" fo:margin-right="{2 * size:.0f}pt"'
               ' fo:border-left="4pt solid #c00000" fo:padding-left="6pt" fo:margin-top="4pt" fo:margin-bottom="8pt"',
               _font(_KAI, size * 1.25, _RED)),
        _style("Cell", _CENTRE, _font(_SERIF, size * 0.85)),
        _style("End", "", _font(_SERIF, size * 0.9)),
        _style("Caption", _CENTRE, _font(_KAI, size * style.caption)),
        _style("Side", 'fo:text-align="start"', _font(_KAI, size * style.caption)),
        _style("Running", "", _font(_SANS, size * 0.75), _tab(0)),
        '<style:style style:name="lead" style:family="text">'
        f"<style:text-properties {_font(_SANS, size, _BOLD)}/></style:style>",
    ]  # fmt: skip


def _headline(item: Item, mark: str = "") -> list[str]:
    if item.kind == "brief":
        return [_p("Small", f"{item.number}.{item.whole_title}" if item.number else item.whole_title)]
    lines = [_p("Kicker", item.kicker)] if item.kicker else []
    lines.append(_p("Title", mark + item.whole_title))
    lines += [_p("Sub", "——" + item.subtitle)] if item.subtitle else []
    lines += [_p("By", item.byline)] if item.byline else []
    return [*lines, *([_p("Note", item.note)] if item.note else [])]


def _text(item: Item, indent: str, shot: Callable[[Figure], str]) -> list[str]:
    figures = {figure.at: figure for figure in item.figures}
    lines: list[str] = []
    for i, part in flowing(item):
        lines.append(_part(part, indent, inline_source(item)))
        if item.pull and i == pull_at(item):
            lines.append(_p("Pull", item.pull))
        if i in figures:
            lines.append(shot(figures[i]))
    lines += [_p("Note", text) for text in boxed(item)]
    if item.source_as_set and not inline_source(item):
        lines.append(_p("Source", item.source_as_set))
    return lines


def _part(part: Part, indent: str, source: str) -> str:
    if part.kind == "table":
        rows = (_ROW + "".join(_cell("Cell", cell, "ruled") for cell in row) + "</table:table-row>"
                for row in part.rows)  # fmt: skip
        columns = f'<table:table-column table:number-columns-repeated="{len(part.rows[0])}"/>'
        return f"<table:table>{columns}{''.join(rows)}</table:table>"
    if part.kind == "heading":
        return _p("Head" if part.level == 1 else "Head2", indent + part.text)
    start, rest = part.text[: part.run_in], part.text[part.run_in :] + source
    lead = f'<text:span text:style-name="lead">{escape(start)}</text:span>' if start else ""
    return f'<text:p text:style-name="Text">{indent}{lead}{escape(rest)}</text:p>'


def _under(figure: Figure) -> str:
    """A picture, its caption below it."""
    return f'<text:p text:style-name="Caption">{_FRAME}</text:p>{_p("Caption", figure.caption)}'


def _beside(figure: Figure) -> str:
    """A picture, its caption at its left, in two cells without rules."""
    picture = f'<table:table-cell><text:p text:style-name="Caption">{_FRAME}</text:p></table:table-cell>'
    columns = '<table:table-column table:style-name="narrow"/><table:table-column table:style-name="broad"/>'
    row = f"{_ROW}{_cell('Side', figure.caption, 'bottom')}{picture}</table:table-row>"
    return f"<table:table>{columns}{row}</table:table>"


def _p(name: str, text: str) -> str:
    return f'<text:p text:style-name="{name}">{escape(text)}</text:p>'


def _cell(name: str, text: str, kind: str) -> str:
    return f'<table:table-cell table:style-name="{kind}">{_p(name, text)}</table:table-cell>'


def _style(name: str, paragraph: str, text: str, inner: str = "", master: str = "") -> str:
    """LibreOffice leaves marks that hang over the edge out of its PDFs: none hang."""
    begins = f' style:master-page-name="{master}"' if master else ""
    return (
        f'<style:style style:name="{name}" style:family="paragraph"{begins}><style:paragraph-properties'
        f' style:punctuation-wrap="simple" {paragraph}>{inner}</style:paragraph-properties>'
        f"<style:text-properties {text}/></style:style>"
    )


def _font(family: str, size: float, extra: str = "") -> str:
    points = f"{size:.1f}pt"
    return (
        f'style:font-name="{family}" style:font-name-asian="{family}" fo:font-size="{points}"'
        f' style:font-size-asian="{points}" {extra}'
    )


def _pitch(style: Style) -> str:
    return f'fo:line-height="{style.pitch * style.size:.1f}pt"'


def _tab(position: float) -> str:
    """A stop at the right edge."""
    if not position:
        return ""
    return f'<style:tab-stops><style:tab-stop style:position="{position:.0f}pt" style:type="right"/></style:tab-stops>'


def _master(name: str, head: str, right: str, contact: str, even: str) -> str:
    """Heads and feet of pages; with ``even``, those of even pages differ."""
    shown = f"{escape(head)}　　{escape(right)}" if right else escape(head)
    number = "第<text:page-number/>页"

    def running(kind: str, text: str) -> str:
        return f'<style:{kind}><text:p text:style-name="Running">{text}</text:p></style:{kind}>'

    left = running("header-left", escape(even)) if even else ""
    feet = running("footer", f"{escape(contact)}　　{number}")
    feet += running("footer-left", f"{number}　　{escape(contact)}") if even else ""
    start = "Standard" if name == "M0" else name
    return (
        f'<style:master-page style:name="{start}" style:page-layout-name="page">{running("header", shown)}{left}{feet}'
        "</style:master-page>"
    )


def _document(
    body: list[str], styles: list[str], masters: list[str], size: tuple[float, float], style: Style, columns: int
) -> str:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"' for name, long in _NAMES.items()
    )
    faces = "".join(f'<style:font-face style:name="{f}" svg:font-family="\'{f}\'"/>' for f in (_SANS, _SERIF, _KAI))
    room = size[0] - 2 * style.margin
    usage = "mirrored" if columns > 1 else "all"
    automatic = (
        f'<style:page-layout style:name="page" style:page-usage="{usage}"><style:page-layout-properties'
        f' fo:page-width="{size[0]}pt" fo:page-height="{size[1]}pt" fo:margin="36pt" fo:margin-left="{style.margin}pt"'
        f' fo:margin-right="{style.margin}pt"/><style:header-style><style:header-footer-properties'
        ' fo:min-height="18pt" fo:margin-bottom="10pt"/></style:header-style><style:footer-style>'
        '<style:header-footer-properties fo:min-height="18pt" fo:margin-top="10pt"/></style:footer-style>'
        '</style:page-layout><style:style style:name="flow" style:family="section"><style:section-properties'
        f' text:dont-balance-text-columns="false"><style:columns fo:column-count="{columns}"'
        f' fo:column-gap="{style.gutter}pt"/></style:section-properties></style:style>'
        '<style:style style:name="pic" style:family="graphic"><style:graphic-properties style:wrap="none"'
        ' fo:background-color="#d5dde5" draw:fill="solid" draw:fill-color="#d5dde5" fo:border="0.5pt solid #888888"/>'
        "</style:style>"
    )
    automatic += (
        '<style:style style:name="row" style:family="table-row">'
        '<style:table-row-properties fo:keep-together="always"/></style:style>'
    )
    automatic += "".join(
        f'<style:style style:name="{name}" style:family="table-cell"><style:table-cell-properties {how}/></style:style>'
        for name, how in (("ruled", 'fo:border="0.5pt solid #000000"'), ("bottom", 'style:vertical-align="bottom"'))
    )
    automatic += "".join(
        f'<style:style style:name="{name}" style:family="table-column"><style:table-column-properties'
        f' style:column-width="{room * share:.0f}pt"/></style:style>'
        for name, share in (("narrow", 0.3), ("broad", 0.7))
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {spaces} office:version="1.2"'
        ' office:mimetype="application/vnd.oasis.opendocument.text">'
        f"<office:font-face-decls>{faces}</office:font-face-decls><office:styles>{''.join(styles)}</office:styles>"
        f"<office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:master-styles>{''.join(masters)}</office:master-styles>"
        f"<office:body><office:text>{''.join(body)}</office:text></office:body></office:document>"
    )
