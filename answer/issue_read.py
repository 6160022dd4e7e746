"""A revised .docx of an issue: which part of the issue each paragraph is, by the bookmarks of the export."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import UsageError

if TYPE_CHECKING:
    from docx.document import Document

_MARK = re.compile(r"tj_([htsiof])_([\w-]{1,24})_([0-9a-f]{8})")
"""The name of a bookmark: an entry's heading or text, a section, the issue's title, order or frame; its id; a stamp."""
_STYLED = {"Heading 1": "s", "Heading 2": "h", "Title": "i", "Marking": "m"} | dict.fromkeys(
    ("Masthead", "Subtitle", "Below Masthead", "Imprint"), "f"
)
_MOST_BYTES = 32 * 1024 * 1024
_OURS = "通鉴"


@dataclass
class Line:
    """A paragraph: its part (as in a bookmark, "" for none), the id of its section or entry ("" for none), its text."""

    part: str
    id: str = ""
    text: str = ""


@dataclass
class Read:
    """A file's paragraphs, the stamps of its bookmarks by part and id, and what else it holds (表格, 图片, 批注)."""

    lines: list[Line] = field(default_factory=list)
    stamps: dict[tuple[str, str], str] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)


def read_revised(file: Path) -> Read:
    """What a file holds; insertions under revision are in it, deletions are not.

    Raises:
        UsageError: it is no .docx, or none of ours.
    """
    document = _opened(file)
    read = Read(others=["批注"] if any(c.author != _OURS for c in document.comments) else [])
    read.lines = [line for line in _lines(document, read) if line.text.strip()]
    if not read.stamps:
        raise UsageError(f"文件 {file.name!r} 里没有通鉴的标记。请用本资料库导出的 Word 文件修改后再导回。")
    return read


def _lines(document: Document, read: Read) -> Iterator[Line]:
    """Paragraphs of the running text. One is of the part whose bookmark its text lies in, or else of its style."""
    from docx.oxml.ns import qn

    styles = {style.style_id: style.name or "" for style in document.styles}
    pieces = {qn("w:t"): None, qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): " "}
    aside = {qn("w:tbl"): "表格", qn("w:txbxContent"): "文本框"}
    others = aside | {qn("w:drawing"): "图片", qn("w:pict"): "图片"}
    open_: dict[str, tuple[str, str]] = {}
    line: Line | None = None
    for element in document.element.body.iter():
        if element.tag in others:
            read.others.append(others[element.tag])
        elif element.tag == qn("w:p") and not _inside(element, *aside):
            if line is not None:
                yield line
            line = Line(_STYLED.get(styles.get(element.style, ""), ""))
        elif element.tag == qn("w:bookmarkStart") and (named := _MARK.fullmatch(element.get(qn("w:name"), ""))):
            part, each, stamped = named.groups()
            read.stamps[part, each] = stamped
            if part not in "of":
                open_[element.get(qn("w:id"))] = part, each
        elif element.tag == qn("w:bookmarkEnd"):
            # LibreOffice opens a bookmark again in each paragraph and ends one of them.
            ended = open_.get(element.get(qn("w:id")))
            open_ = {key: mark for key, mark in open_.items() if mark != ended}
        elif element.tag in pieces and line is not None and not _inside(element, qn("w:moveFrom"), *aside):
            piece = pieces[element.tag] or element.text or ""
            line.text += piece
            if piece.strip() and open_ and not line.id:
                line.part, line.id = list(open_.values())[-1]
    if line is not None:
        yield line


def _opened(file: Path) -> Document:
    """A .docx that is not made to fill the memory.

    Raises:
        UsageError: it is none.
    """
    from docx import Document

    try:
        with zipfile.ZipFile(file) as parts:
            size = sum(part.file_size for part in parts.infolist())
        if size > _MOST_BYTES:
            raise UsageError(f"文件 {file.name!r} 展开后过大（{size >> 20} MB），不像是导出的摘编。")
        document = Document(str(file))
    except UsageError:
        raise
    except Exception as exc:  # whatever python-docx raises on a file that is none
        raise UsageError(f"文件 {file.name!r} 不是 Word 文档（.docx），或已损坏。") from exc
    if document.element.body is None:
        raise UsageError(f"文件 {file.name!r} 里没有正文。")
    return document


def _inside(element: Any, *tags: str) -> bool:  # noqa: ANN401 - an lxml element
    return any(above.tag in tags for above in element.iterancestors())
