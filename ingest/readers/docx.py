"""DOCX → blocks.

Its "decoded file", to which offsets refer, is its paragraphs and table rows (cells parted by tabs) joined by
line feeds.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from corpus.errors import ReadError
from ingest.block import Block, Source
from ingest.sniff import DOCX
from ingest.traced import Traced

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph

_MOST = 400_000_000
_WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_docx(data: bytes, name: str) -> Source:
    """The paragraphs and table rows of a Word file in document order.

    Raises:
        ReadError: kind ``damaged`` or ``too_large``.
    """
    import docx

    try:
        if sum(i.file_size for i in zipfile.ZipFile(BytesIO(data)).infolist()) > _MOST:
            raise ReadError("too_large", f"文件 {name!r} 解压后过大，请拆分后再导入。")
        document = docx.Document(BytesIO(data))
        rows = list(_rows(document))
        margins = tuple(_margins(document))
    except (KeyError, ValueError, zipfile.BadZipFile, SyntaxError, docx.exceptions.PythonDocxError) as exc:
        raise ReadError("damaged", f"文件 {name!r} 已损坏，Word 内容读不出来，请重新获取后再导入。") from exc
    properties = document.core_properties
    return Source(tuple(_placed(rows)), DOCX, "docx", title=(properties.title or "").strip() or None, margins=margins)


def docx_text(data: bytes, name: str = "") -> str:
    """The decoded file of a DOCX, to which the offsets of its articles refer."""
    import docx

    return "\n".join(text for text, *_ in _rows(docx.Document(BytesIO(data))))


def _rows(document: Document) -> Iterator[tuple[str, int, float, bool]]:
    """Text, heading level, size in points (0 unknown) and whether it is a table row."""
    from docx.table import Table

    for item in document.iter_inner_content():
        if isinstance(item, Table):
            for text in _table(item):
                yield text, 0, 0.0, True
        else:
            for text in item.text.split("\n"):
                yield text, _level(item), _points(item), False


def _table(table: Table) -> Iterator[str]:
    """One line a row; merged cells once."""
    for row in table.rows:
        seen: list[object] = []
        texts = []
        for cell in row.cells:
            if cell._tc not in seen:
                seen.append(cell._tc)
                texts.append(" ".join(cell.text.split()))
        yield "\t".join(t for t in texts if t)


def _level(paragraph: Paragraph) -> int:
    style = paragraph.style.name if paragraph.style is not None and paragraph.style.name else ""
    if style in ("Title", "标题"):
        return 1
    m = re.fullmatch(r"(?:Heading|标题)\s*(\d)", style)
    return int(m.group(1)) if m else 0


def _points(paragraph: Paragraph) -> float:
    """The size most of its characters are set in, from its runs or its style."""
    sizes: Counter[float] = Counter()
    for run in paragraph.runs:
        if run.font.size is not None:
            sizes[float(run.font.size.pt)] += len(run.text)
    if sizes:
        return sizes.most_common(1)[0][0]
    style = paragraph.style
    return float(style.font.size.pt) if style is not None and style.font.size is not None else 0.0


def _placed(rows: list[tuple[str, int, float, bool]]) -> Iterator[Block]:
    """Blocks with their offsets; sizes over the size most characters have."""
    weights: Counter[float] = Counter()
    for text, _, points, _ in rows:
        weights[points] += len(text)
    body = weights.most_common(1)[0][0] if weights else 0.0
    at = gap = 0
    for text, level, points, is_row in rows:
        line = Traced.of(text, at).strip()
        at += len(text) + 1
        if line.text:
            size = points / body if points and body else 1.0
            yield Block(line, level=level, size=size, gap=gap, firm=True, role="row" if is_row else "text")
            gap = 0
        else:
            gap += 1


def _margins(document: Document) -> Iterator[str]:
    """Lines of page heads, feet and text boxes."""
    for section in document.sections:
        for part in (section.header, section.first_page_header, section.footer, section.first_page_footer):
            yield from (p.text.strip() for p in part.paragraphs if p.text.strip())
    for box in document.element.iter(f"{_WORDS}txbxContent"):
        for paragraph in box.iter(f"{_WORDS}p"):
            if text := "".join(t.text or "" for t in paragraph.iter(f"{_WORDS}t")).strip():
                yield text
