"""A Word document made by hand: paragraphs, runs, tables, pictures, heads and feet of pages."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from xml.sax.saxutils import escape

SONG, KAI, HEI = "AR PL UMing CN", "AR PL UKai CN", "WenQuanYi Zen Hei"
TITLE = "Noto Serif CJK SC"
RED = "C00000"
_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# LibreOffice 7.4 reads overflowPunct the wrong way round: 1 keeps marks, which its PDFs may lose, inside the edge.
_INSIDE = '<w:overflowPunct w:val="1"/>'
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


@dataclass(frozen=True, slots=True)
class Face:
    """How characters are set."""

    font: str
    size: float
    bold: bool = False
    colour: str = ""
    spacing: float = 0.0


@dataclass(frozen=True, slots=True)
class Block:
    """How a paragraph is set (points): ``line`` is exact, ``below`` and ``above`` are rules (their width, colour)."""

    line: float = 0.0
    align: str = "both"
    indent: float = 0.0
    left: float = 0.0
    right: float = 0.0
    before: float = 0.0
    after: float = 0.0
    keep: bool = False
    new_page: bool = False
    above: tuple[float, str] | None = None
    below: tuple[float, str] | None = None
    tab: float = 0.0
    leader: str = ""


@dataclass(slots=True)
class Pages:
    """A section: size and margins of its pages (points, as in CSS), heads and feet by kind, first number."""

    margins: tuple[float, float, float, float]
    size: tuple[float, float] = (595.3, 841.9)
    heads: dict[str, str] = field(default_factory=dict)
    feet: dict[str, str] = field(default_factory=dict)
    start: int = 0
    bare_first: bool = False


def run(text: str, face: Face) -> str:
    """Characters; a tab is a tab."""
    parts = "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(t)}</w:t>' if t else "" for t in text.split("\t"))
    return f"<w:r>{_face(face)}{parts}</w:r>"


def field_of(code: str, face: Face, shown: str = "1") -> str:
    """A field: PAGE, NUMPAGES, PAGEREF."""
    mark = f"<w:r>{_face(face)}<w:fldChar w:fldCharType="
    return (
        f'{mark}"begin"/></w:r><w:r>{_face(face)}<w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        f'{mark}"separate"/></w:r>{run(shown, face)}{mark}"end"/></w:r>'
    )


def numbered(pattern: str, face: Face) -> str:
    """A page's number: {n} of {N}."""
    codes = {"{n}": "PAGE", "{N}": "NUMPAGES"}
    done, rest = "", pattern
    while (at := rest.find("{")) >= 0:
        done += (run(rest[:at], face) if at else "") + field_of(codes[rest[at : at + 3]], face)
        rest = rest[at + 3 :]
    return done + (run(rest, face) if rest else "")


def para(runs: str, block: Block, section: str = "") -> str:
    """A paragraph of runs; ``section`` ends a section with it."""
    rules = "".join(
        f'<w:{name} w:val="single" w:sz="{width * 8:.0f}" w:space="4" w:color="{colour}"/>'
        for name, rule in (("top", block.above), ("bottom", block.below))
        if rule
        for width, colour in [rule]
    )
    leader = f' w:leader="{block.leader}"' if block.leader else ""
    tabs = f'<w:tabs><w:tab w:val="right"{leader} w:pos="{_twips(block.tab)}"/></w:tabs>' if block.tab else ""
    exact = f' w:line="{_twips(block.line)}" w:lineRule="exact"' if block.line else ""
    properties = (
        f"{'<w:keepNext/>' if block.keep else ''}{'<w:pageBreakBefore/>' if block.new_page else ''}"
        f"{f'<w:pBdr>{rules}</w:pBdr>' if rules else ''}{tabs}{_INSIDE}"
        f'<w:spacing w:before="{_twips(block.before)}" w:after="{_twips(block.after)}"{exact}/>'
        f'<w:ind w:left="{_twips(block.left)}" w:right="{_twips(block.right)}" w:firstLine="{_twips(block.indent)}"/>'
        f'<w:jc w:val="{block.align}"/>{section}'
    )
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def marked(name: str, number: int, runs: str) -> str:
    """Runs that a field may refer to."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{runs}<w:bookmarkEnd w:id="{number}"/>'


def table(rows: Sequence[Sequence[str]], widths: Sequence[float], face: Face, head: Face) -> str:
    """A ruled table; its first row comes again on every page, no row is torn."""
    grid = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in widths)
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    rules = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in sides)
    shown = "".join(_row(row, widths, head if i == 0 else face, first=i == 0) for i, row in enumerate(rows))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{_twips(sum(widths))}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{rules}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{shown}</w:tbl>"
    )


def _row(row: Sequence[str], widths: Sequence[float], face: Face, *, first: bool) -> str:
    cells = ""
    for cell, width in zip(row, widths, strict=True):
        block = Block(align="left" if len(cell) > 12 else "center")
        cells += (
            f'<w:tc><w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
            f"{para(run(cell, face), block)}</w:tc>"
        )
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if first else ''}</w:trPr>{cells}</w:tr>"


def picture(number: int, width: float, height: float) -> str:
    """A picture in the line."""
    x, y = int(width * 12700), int(height * 12700)
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{x}" cy="{y}"/>'
        f'<wp:docPr id="{number}" name="图片{number}"/><a:graphic><a:graphicData'
        ' uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="{number}" name="图片{number}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        '<a:blip r:embed="pic"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
        f'<a:off x="0" y="0"/><a:ext cx="{x}" cy="{y}"/></a:xfrm><a:prstGeom prst="rect"/></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


class Document:
    """Collects sections with their heads and feet."""

    def __init__(self) -> None:
        self.body: list[str] = []
        self.parts: dict[str, str] = {}
        self.even = False

    def close(self, pages: Pages, *, last: bool = False) -> None:
        """What was written so far is a section of such pages."""
        found = self._section(pages)
        self.body.append(found if last else para("", Block(line=1.0), section=found))

    def _section(self, pages: Pages) -> str:
        refs = ""
        for what, texts in (("header", pages.heads), ("footer", pages.feet)):
            for kind, text in texts.items():
                name = f"{what}{len(self.parts) + 1}"
                self.parts[name] = text
                self.even |= kind == "even"
                refs += f'<w:{what}Reference w:type="{kind}" r:id="{name}"/>'
        top, right, bottom, left = map(_twips, pages.margins)
        start = f'<w:pgNumType w:start="{pages.start}"/>' if pages.start else ""
        return (
            f'<w:sectPr>{refs}<w:pgSz w:w="{_twips(pages.size[0])}" w:h="{_twips(pages.size[1])}"/>'
            f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" w:header="720"'
            f' w:footer="840" w:gutter="0"/>{start}{"<w:titlePg/>" if pages.bare_first else ""}</w:sectPr>'
        )

    def save(self, image: bytes) -> bytes:
        """The file."""
        out = BytesIO()
        kinds = {name: name.rstrip("0123456789") for name in self.parts}
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("[Content_Types].xml", _types(kinds))
            packed.writestr("_rels/.rels", _relations({"doc": ("officeDocument", "word/document.xml")}))
            own = {name: (kind, f"{name}.xml") for name, kind in kinds.items()}
            own |= {"pic": ("image", "picture.png"), "st": ("styles", "styles.xml"), "se": ("settings", "settings.xml")}
            packed.writestr("word/_rels/document.xml.rels", _relations(own))
            body = f"<w:body>{''.join(self.body)}</w:body>"
            packed.writestr("word/document.xml", f"{_XML}<w:document {_NAMES}>{body}</w:document>")
            packed.writestr("word/styles.xml", f"{_XML}<w:styles {_NAMES}>{_DEFAULTS}</w:styles>")
            even = "<w:evenAndOddHeaders/>" if self.even else ""
            packed.writestr("word/settings.xml", f"{_XML}<w:settings {_NAMES}>{even}</w:settings>")
            packed.writestr("word/picture.png", image)
            for name, text in self.parts.items():
                root = "hdr" if kinds[name] == "header" else "ftr"
                packed.writestr(f"word/{name}.xml", f"{_XML}<w:{root} {_NAMES}>{text}</w:{root}>")
        return out.getvalue()


_DEFAULTS = (
    f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{SONG}" w:hAnsi="{SONG}" w:eastAsia="{SONG}"/>'
    '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
)


def _types(kinds: dict[str, str]) -> str:
    base = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    own = {"document": "document.main", "styles": "styles", "settings": "settings", **kinds}
    found = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{base}.{kind}+xml"/>' for name, kind in own.items()
    )
    return (
        f'{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="png"'
        f' ContentType="image/png"/>{found}</Types>'
    )


def _relations(found: dict[str, tuple[str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="{name}" Type="{_REL}/{kind}" Target="{target}"/>' for name, (kind, target) in found.items()
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{_XML}<Relationships xmlns="{space}">{lines}</Relationships>'


def _face(face: Face) -> str:
    bold = "<w:b/><w:bCs/>" if face.bold else ""
    colour = f'<w:color w:val="{face.colour}"/>' if face.colour else ""
    spacing = f'<w:spacing w:val="{_twips(face.spacing)}"/>' if face.spacing else ""
    return (
        f'<w:rPr><w:rFonts w:ascii="{face.font}" w:hAnsi="{face.font}" w:eastAsia="{face.font}" w:hint="eastAsia"/>'
        f'{bold}{colour}{spacing}<w:sz w:val="{face.size * 2:.0f}"/><w:szCs w:val="{face.size * 2:.0f}"/></w:rPr>'
    )


def _twips(points: float) -> int:
    return round(points * 20)
