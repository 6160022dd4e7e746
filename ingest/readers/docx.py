"""DOCX → blocks, as its last reader sees it: tracked insertions taken, deletions and comments left out.

Its "decoded file", to which offsets refer, is its paragraphs (automatic numbers included), table rows (cells parted by
tabs), text boxes and notes, in the order they are met, joined by line feeds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from corpus.errors import ReadError
from ingest.block import Block, Role, Source
from ingest.readers.package import BROKEN, open_package
from ingest.readers.wordml import Paragraph, W, blocks, changed_rows, paragraph, rows
from ingest.readers.wordstyle import Numbers, Styles
from ingest.sniff import DOCX
from ingest.titles import is_table_name
from ingest.traced import Traced

if TYPE_CHECKING:
    from docx.document import Document
    from docx.opc.coreprops import CoreProperties

_DEEPEST = 12
_NOTE_SIZE = 0.8
_CAPTION_SIZE = 0.85
_WATERMARK = "{urn:schemas-microsoft-com:vml}textpath"
_KINDS = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
)
"""What a main part is besides a plain document: DOTX, DOCM, DOTM."""


@dataclass(slots=True)
class _Line:
    """A line of the decoded file: heading level, type size in points (0 unknown), and what it is.

    ``caption``: its style makes it that of a picture.
    """

    text: str
    level: int = 0
    points: float = 0.0
    role: Role = "text"
    note: bool = False
    caption: bool = False


def read_docx(data: bytes, name: str) -> Source:
    """The paragraphs, table rows, text boxes and notes of a Word file in document order.

    Raises:
        ReadError: kind ``damaged`` or ``too_large``.
    """
    import docx

    try:
        open_package(data, name)
        document = _opened(data)
        walk = _Walk(document)
        lines = list(walk.lines(document.element.body))
        margins = tuple(_margins(document, walk))
    except (*BROKEN, docx.exceptions.PythonDocxError) as exc:
        raise ReadError("damaged", f"文件 {name!r} 已损坏，Word 内容读不出来，请重新获取后再导入。") from exc
    properties = document.core_properties
    return Source(
        tuple(_placed(lines)),
        DOCX,
        "docx",
        title=(properties.title or "").strip() or None,
        margins=margins,
        flags=("revised",) if walk.revised else (),
        made_on=_saved(properties),
    )


def _opened(data: bytes) -> Document:
    """The document of a package; with macros, or as a template, it is of another type and read alike."""
    from docx.opc.part import PartFactory
    from docx.package import Package
    from docx.parts.document import DocumentPart

    for kind in _KINDS:
        PartFactory.part_type_for.setdefault(kind, DocumentPart)
    part = Package.open(BytesIO(data)).main_document_part
    if not isinstance(part, DocumentPart):
        raise ValueError("not a Word document")
    document: Document = part.document
    return document


def _saved(properties: CoreProperties) -> str | None:
    """The day a person last saved the file, None where a program's template tells its own."""
    saved = properties.modified or properties.created
    return None if saved is None or properties.author == "python-docx" else saved.date().isoformat()


def docx_text(data: bytes) -> str:
    """The decoded file of a DOCX, to which the offsets of its articles refer."""
    document = _opened(data)
    return "\n".join(line.text for line in _Walk(document).lines(document.element.body))


class _Walk:
    """Walks a document once, in order, counting automatic numbers; ``boxes`` are the lines of its text boxes."""

    def __init__(self, document: Document) -> None:
        parts = {rel.reltype.rsplit("/", 1)[-1]: rel for rel in document.part.rels.values() if not rel.is_external}
        roots = {kind: _root(rel.target_part) for kind, rel in parts.items() if kind in _PARTS}
        self.styles = Styles(roots.get("styles"))
        self.numbers = Numbers(roots.get("numbering"), self.styles)
        self.notes = {
            (kind, note.get(W + "id")): note
            for kind in ("footnotes", "endnotes")
            for note in (roots[kind] if roots.get(kind) is not None else ())
        }
        self.boxes: list[str] = []
        self.revised = False

    def lines(self, parent: Any, depth: int = 0) -> Iterator[_Line]:  # noqa: ANN401
        """The lines of a body, cell or box."""
        held = ""
        for element in blocks(parent) if depth < _DEEPEST else ():
            if element.tag == W + "tbl":
                yield from self._table(element, depth)
                continue
            read = paragraph(element)
            self.revised |= read.revised or read.joined
            text = held + self._numbered(read)
            if read.joined:
                held = text
                continue
            held = ""
            level, points = self.styles.level(element), self._points(read)
            caption = self.styles.is_caption(element) and not is_table_name(text.strip())
            for part in text.split("\n"):
                yield _Line(part, level, points, caption=caption)
            yield from self._notes(read, depth)
            for box in read.boxes:
                inside = list(self.lines(box, depth + 1))
                self.boxes += [line.text for line in inside]
                yield from inside
        if held:
            yield _Line(held)

    def _numbered(self, read: Paragraph) -> str:
        label = self.numbers.label(read.element)
        return label + read.text if read.text.strip() else read.text

    def _notes(self, read: Paragraph, depth: int) -> Iterator[_Line]:
        for key in read.notes:
            note = self.notes.get(key)
            text = "".join(line.text.strip() for line in self.lines(note, depth + 1)) if note is not None else ""
            if text:
                yield _Line(f"[{key[1]}] {text}", note=True)

    def _table(self, table: Any, depth: int) -> Iterator[_Line]:  # noqa: ANN401
        """One line a row, as many cells in each; the paragraphs of a table that is layout are lines.

        That is one of one column or cell, or of a few cells with running text in one of them.
        """
        found = list(rows(table))
        self.revised |= next(changed_rows(table), None) is not None
        wide = max(map(len, found), default=0)
        layout = wide == 1 or _is_layout(found)
        for cells in found:
            if layout:
                for cell in cells:
                    yield from self.lines(cell, depth + 1) if cell is not None else ()
                continue
            texts = [self._cell(cell, depth) for cell in cells] + [""] * (wide - len(cells))
            if any(texts):
                yield _Line("\t".join(texts), role="row")

    def _cell(self, cell: Any, depth: int) -> str:  # noqa: ANN401
        if cell is None:
            return ""
        return " ".join(" ".join(line.text.split()) for line in self.lines(cell, depth + 1)).strip()

    def _points(self, read: Paragraph) -> float:
        """The size most of its characters are set in."""
        usual = self.styles.points(read.element)
        sizes: Counter[float] = Counter()
        for run in read.runs:
            sizes[run.points or usual] += len(run.text.strip())
        return sizes.most_common(1)[0][0] if sizes else usual


def _is_layout(found: list[list[Any]]) -> bool:
    """Whether a table only sets a text beside a picture: it has a single cell, or a few with running text in one."""
    cells = [cell for row in found for cell in row if cell is not None]
    texts = ["".join(cell.itertext()) for cell in cells if len(cells) <= _FEW_CELLS]
    return len(cells) == 1 or any(len(text) >= _RUNNING and text.count("。") > 1 for text in texts)


_FEW_CELLS, _RUNNING = 4, 120
"""Cells of a table that sets a text, at most, and the characters that such a text has at least."""
_PARTS = ("styles", "numbering", "footnotes", "endnotes")


def _root(part: Any) -> Any:  # noqa: ANN401
    """The XML of a part."""
    from docx.oxml import parse_xml

    element = getattr(part, "element", None)
    return element if element is not None else parse_xml(part.blob)


def _placed(lines: list[_Line]) -> Iterator[Block]:
    """Blocks with their offsets; sizes over the size most characters have."""
    weights: Counter[float] = Counter()
    for line in lines:
        weights[line.points] += len(line.text) if line.role == "text" and not line.note else 0
    body = weights.most_common(1)[0][0] if weights else 0.0
    at = gap = 0
    for line in lines:
        row = line.role == "row"
        traced = Traced.of(line.text, at)
        traced = traced if row else traced.strip()
        at += len(line.text) + 1
        if traced.text:
            size = _NOTE_SIZE if line.note else line.points / body if line.points and body and not row else 1.0
            if line.caption:
                yield Block(traced, size=min(size, _CAPTION_SIZE), gap=1)
            else:
                yield Block(traced, level=line.level, size=size, gap=gap, firm=True, role=line.role)
            gap = 0
        else:
            gap += 1


def _margins(document: Document, walk: _Walk) -> Iterator[str]:
    """Lines of page heads, feet and text boxes, and what watermarks say."""
    for section in document.sections:
        for part in (
            section.header, section.first_page_header, section.even_page_header,
            section.footer, section.first_page_footer, section.even_page_footer,
        ):  # fmt: skip
            if part.is_linked_to_previous:
                continue
            yield from (line.text.strip() for line in walk.lines(part._element) if line.text.strip())
            yield from (path.get("string", "") for path in part._element.iter(_WATERMARK))
    yield from walk.boxes
