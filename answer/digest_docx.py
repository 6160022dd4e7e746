"""A digest as .docx on A4 after GB/T 9704-2012: 22 lines of 28 characters on 156 × 225 mm, — 1 — at the foot."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from answer.digest import Digest
from corpus.files import replacing
from corpus.han import han

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document
    from docx.section import Section
    from docx.text.paragraph import Paragraph

_TITLE, _BODY, _HEAD, _SUBHEAD, _FOOT = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
_SIZE_MASTHEAD = 42
_SIZE_2, _SIZE_3, _SIZE_4 = 22, 16, 14
"""二号, 三号 and 四号 in points."""
_TEXT_WIDTH = 156
"""Millimetres of a line."""
_LINE = 28.9
"""Points from line to line: 22 on 225 mm."""
_CLOSER = -5
"""Twentieths of a point between characters: 28 of 三号 on 156 mm."""
_FONT_SLOTS = ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs")
_THEME_SLOTS = ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme")


def write_docx(digest: Digest, path: Path) -> None:
    """Write the digest.

    Raises:
        LibraryError: the file cannot be written.
    """
    document = begun(digest.title, digest.made_on)
    _fill(document, digest)
    with replacing(path) as aside:
        document.save(str(aside))


def begun(title: str, made_on: str) -> Document:
    """An empty document with page and styles; ``made_on`` is an ISO date, or something else that is no date."""
    from docx import Document

    document = Document()
    _page(document)
    _styles(document)
    document.core_properties.title = title[:255]
    document.core_properties.author = "通鉴"
    with suppress(ValueError):
        document.core_properties.created = datetime.fromisoformat(made_on)
    return document


def at_foot(document: Document, last: Sequence[Paragraph]) -> None:
    """Have a document's last paragraphs stand at the foot of its last page, in one frame as wide as the text.

    A frame stands on the page of the paragraph behind it: an empty one, almost without height, that ends the text.
    """
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    places = {"w": "8844", "hSpace": "0", "wrap": "notBeside", "vAnchor": "margin", "hAnchor": "margin"}
    for paragraph in last:
        frame = OxmlElement("w:framePr")
        for name, value in (places | {"xAlign": "left", "yAlign": "bottom"}).items():
            frame.set(_name(f"w:{name}"), value)
        # The schema wants the frame right behind the style.
        properties = paragraph._p.get_or_add_pPr()
        properties.insert(1 if properties.pStyle is not None else 0, frame)
    document.add_paragraph().paragraph_format.line_spacing = Pt(1)


def _fill(document: Document, digest: Digest) -> None:
    if digest.marking:
        document.add_paragraph(digest.marking, style="Marking")
    document.add_paragraph(digest.title, style="Title")
    document.add_paragraph(digest.compiled, style="Subtitle")
    for n, group in enumerate(digest.groups, 1):
        document.add_paragraph(f"{han(n)}、{group.name}", style="Heading 1")
        for m, item in enumerate(group.items, 1):
            document.add_paragraph(f"（{han(m)}）{item.heading}", style="Heading 2")
            document.add_paragraph(item.paragraph)
            document.add_paragraph(item.origin, style="Quote")
    document.add_paragraph("来源", style="Heading 1")
    for n, source in enumerate(digest.sources, 1):
        document.add_paragraph(f"[{n}] {source}", style="List")


# --- the page ---------------------------------------------------------------------------------------------------------


def _page(document: Document) -> None:
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    _grid(section)
    document.settings.odd_and_even_pages_header_footer = True
    _page_number(section.footer.paragraphs[0], right=True)
    _page_number(section.even_page_footer.paragraphs[0], right=False)


def _grid(section: Section) -> None:
    """22 lines on 225 mm. Characters are set closer by their style: not every program squeezes them into a grid."""
    grid = _child(section._sectPr, "w:docGrid")
    grid.set(_name("w:type"), "lines")
    grid.set(_name("w:linePitch"), str(int(_LINE * 20)))


def _page_number(paragraph: Paragraph, *, right: bool) -> None:
    """— 1 — in 四号, one character in from the outer edge."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    edge = paragraph.paragraph_format
    edge.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.LEFT
    if right:
        edge.right_indent = Pt(_SIZE_4)
    else:
        edge.left_indent = Pt(_SIZE_4)
    for text in ("— ", "{PAGE}", " —"):
        run = paragraph.add_run("" if text == "{PAGE}" else text)
        run.font.size = Pt(_SIZE_4)
        _font(run._r.get_or_add_rPr(), _FOOT)
        if text == "{PAGE}":
            _field(run._r, "PAGE")


def _field(run: Any, instruction: str) -> None:  # noqa: ANN401
    from docx.oxml import OxmlElement

    for kind in ("begin", "", "separate", "end"):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(_name("w:fldCharType"), kind)
        else:
            part.text = instruction
        run.append(part)


# --- the styles -------------------------------------------------------------------------------------------------------


def _styles(document: Document) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
    from docx.shared import Mm, Pt, RGBColor

    styles = document.styles
    language = styles.element.find(f".//{_name('w:lang')}")
    if language is not None:
        language.set(_name("w:eastAsia"), "zh-CN")
    both, centre = WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.CENTER
    _style(styles["Normal"], _BODY, _SIZE_3, both, indent=2)
    _style(styles["Title"], _TITLE, _SIZE_2, centre, line=1.2)
    _style(styles["Subtitle"], _SUBHEAD, _SIZE_3, centre)
    styles["Subtitle"].paragraph_format.space_after = Pt(_LINE)
    _style(styles["Heading 1"], _HEAD, _SIZE_3, both, indent=2)
    _style(styles["Heading 2"], _SUBHEAD, _SIZE_3, both, indent=2)
    _style(styles["Quote"], _SUBHEAD, _SIZE_3, both, indent=2)
    _style(styles["List"], _BODY, _SIZE_4, both)
    styles["List"].paragraph_format.left_indent = 0
    marking, masthead, below, imprint = (
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH) for name in ("Marking", "Masthead", "Below Masthead", "Imprint")
    )
    _style(marking, _HEAD, _SIZE_3, both)
    _style(masthead, _TITLE, _SIZE_MASTHEAD, centre, line=2.4)
    masthead.font.color.rgb = RGBColor(0xC0, 0, 0)
    _style(below, _BODY, _SIZE_3, both)
    below.paragraph_format.space_after = Pt(_LINE)
    _lined(below, ("bottom",), "C00000", 16)
    _style(imprint, _BODY, _SIZE_4, both)
    _lined(imprint, ("top", "bottom", "between"))
    for style in (below, imprint):
        style.paragraph_format.tab_stops.add_tab_stop(Mm(_TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)


def _lined(style: Any, sides: Sequence[str], colour: str = "auto", width: int = 8) -> None:  # noqa: ANN401
    """Lines around or between the style's paragraphs, ``width`` eighths of a point; ``sides`` as the schema orders."""
    from docx.oxml import OxmlElement

    properties = style.element.get_or_add_pPr()
    borders = OxmlElement("w:pBdr")
    for side in sides:
        line = OxmlElement(f"w:{side}")
        for name, value in {"val": "single", "sz": str(width), "space": "1", "color": colour}.items():
            line.set(_name(f"w:{name}"), value)
        borders.append(line)
    # The schema wants borders before spacing.
    properties.find(_name("w:spacing")).addprevious(borders)


def _style(style: Any, font: str, size: int, align: Any, *, indent: int = 0, line: float = 1.0) -> None:  # noqa: ANN401
    """``indent`` in characters of the first line, ``line`` in lines of the page."""
    from docx.shared import Pt, RGBColor

    style.font.size, style.font.bold, style.font.italic = Pt(size), False, False
    style.font.color.rgb = RGBColor(0, 0, 0)
    letters = style.element.get_or_add_rPr()
    _font(letters, font)
    # The schema wants spacing right after colour.
    closer = _child(letters, "w:spacing")
    closer.set(_name("w:val"), str(_CLOSER))
    letters.find(_name("w:color")).addnext(closer)
    shape = style.paragraph_format
    shape.alignment, shape.line_spacing = align, Pt(round(_LINE * line, 1))
    shape.space_before = shape.space_after = Pt(0)
    shape.widow_control = False
    properties = style.element.get_or_add_pPr()
    for border in properties.findall(_name("w:pBdr")):
        properties.remove(border)
    shape.first_line_indent = Pt(indent * size)
    _child(properties, "w:ind").set(_name("w:firstLineChars"), str(indent * 100))


def _font(properties: Any, font: str) -> None:  # noqa: ANN401
    """One font for Latin and Chinese alike: python-docx sets the Latin slots alone, and themes override names."""
    fonts = properties.get_or_add_rFonts()
    for slot in _THEME_SLOTS:
        fonts.attrib.pop(_name(slot), None)
    for slot in _FONT_SLOTS:
        fonts.set(_name(slot), font)
    fonts.set(_name("w:hint"), "eastAsia")


def _child(parent: Any, tag: str) -> Any:  # noqa: ANN401
    """The child element, made where it is not there."""
    from docx.oxml import OxmlElement

    found = parent.find(_name(tag))
    if found is None:
        found = OxmlElement(tag)
        parent.append(found)
    return found


def _name(tag: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(tag))
