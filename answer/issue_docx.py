"""An issue as .docx on the page of GB/T 9704: 清样, clean; or 校核稿, the source of each sentence as a comment.

Each entry's paragraphs lie in a bookmark named by its id, which Word and WPS keep: a revised file finds its way back.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from answer.digest import in_words, reference
from answer.digest_docx import begun
from answer.issue import checked
from answer.issue_text import credit, masthead
from corpus.digests import Entry, Issue
from corpus.errors import UsageError
from corpus.files import replacing
from corpus.han import han
from corpus.model import Article, content_id
from corpus.spacing import squeezed

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_MARK = re.compile(r"tj_([ht])_([\w-]{1,24})_([0-9a-f]{8})")
"""The name of a bookmark: heading or text, the entry's id, and a stamp of what was exported."""
_CREDIT = re.compile(r"（([^（）]{1,60})供稿）\s*$")
_MOST_BYTES = 32 * 1024 * 1024
_NUMBERED = re.compile(r"^（[一二三四五六七八九十百零]+）")
_UNVERIFIED = "待核：引用的原文里没有这一句。"
_GONE = "待核：所引的文章已从资料库删除，无法与原文比对。"


def write_issue(issue: Issue, path: Path, articles: Mapping[str, Article], marked: str, *, proof: bool) -> None:
    """Write the issue; ``proof`` adds the comments.

    Raises:
        LibraryError: the file cannot be written.
    """
    document = begun(issue.title, issue.dated)
    _head(document, issue, marked)
    mark = _Bookmarks()
    for n, section in enumerate(issue.sections, 1):
        document.add_paragraph(f"{han(n)}、{section.heading}", style="Heading 1")
        for m, entry in enumerate(section.entries, 1):
            heading = document.add_paragraph(f"（{han(m)}）{entry.heading}", style="Heading 2")
            mark.around(f"tj_h_{entry.id}_{_stamp(entry)}", heading, heading)
            paragraphs = _paragraphs(document, entry, articles, proof=proof)
            mark.around(f"tj_t_{entry.id}_{_stamp(entry)}", paragraphs[0], paragraphs[-1])
    _imprint(document, issue)
    with replacing(path) as aside:
        document.save(str(aside))


def _head(document: Document, issue: Issue, marked: str) -> None:
    if marked:
        document.add_paragraph(marked, style="Heading 1").paragraph_format.first_line_indent = 0
    if issue.masthead:
        document.add_paragraph(issue.masthead, style="Masthead")
    if told := masthead(issue):
        document.add_paragraph(told, style="Subtitle")
    document.add_paragraph(issue.title, style="Title")
    document.add_paragraph("", style="Subtitle")


def _paragraphs(document: Document, entry: Entry, articles: Mapping[str, Article], *, proof: bool) -> list[Paragraph]:
    """The entry's text, a run a sentence, the credit behind its last line."""
    made = [document.add_paragraph()]
    at = 0
    for each in checked(entry, articles):
        for n, between in enumerate(entry.text[at : each.span.start].split("\n")):
            if n:
                made.append(document.add_paragraph())
            if between.strip():
                made[-1].add_run(between)
        run = made[-1].add_run(each.span.of(entry.text))
        at = each.span.end
        if proof:
            source = each.source
            article = articles.get(source.article) if source else None
            told = _UNVERIFIED
            if article is not None and source is not None:
                told = f"{reference(article, article.place)}\n原文：{source.quote}"
            elif source is not None:
                told = f"{_GONE}\n引文：{source.quote}"
            document.add_comment(run, told, author="通鉴", initials="通鉴")
    if said := entry.text[at:].strip() + credit(entry):
        made[-1].add_run(said)
    return made


def _imprint(document: Document, issue: Issue) -> None:
    """版记: to whom it goes, who made it and when, between lines at the end."""
    made = "　".join(filter(None, [issue.issuer, issue.dated and f"{in_words(issue.dated)}印发"]))
    for line in filter(None, [issue.recipients and f"报送：{issue.recipients}", made]):
        document.add_paragraph(line, style="Imprint")


class _Bookmarks:
    def __init__(self) -> None:
        self._n = 0

    def around(self, name: str, first: Paragraph, last: Paragraph) -> None:
        """Put a bookmark around the runs of paragraphs."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        self._n += 1
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for element in (start, end):
            element.set(qn("w:id"), str(self._n))
        start.set(qn("w:name"), name)
        first._p.insert(1 if first._p.pPr is not None else 0, start)
        last._p.append(end)


# --- and back ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Revision:
    """An issue with what an edited file says otherwise.

    ``changed``: how many entries were taken over. ``kept``: headings of entries that were changed on both sides, and
    stay as the issue has them. ``missing``: headings of entries that the file does not have.
    """

    issue: Issue
    changed: int
    kept: tuple[str, ...]
    missing: tuple[str, ...]


def revised(issue: Issue, file: Path) -> Revision:
    """What an edited file says otherwise: headings, texts, who sent an entry in.

    Insertions under revision are taken and deletions dropped. What the file leaves as it was exported stays as it now
    is in the issue.

    Raises:
        UsageError: it is no .docx, or none of ours.
    """
    texts = _bookmarked(file)
    if not texts:
        raise UsageError(f"文件 {file.name!r} 里没有通鉴的标记。请用本资料库导出的 Word 文件修改后再导回。")
    changed, kept, missing = 0, [], []
    sections = []
    for section in issue.sections:
        entries = []
        for entry in section.entries:
            told = texts.get(entry.id)
            new = entry if told is None else _of_file(entry, told)
            if told is None:
                missing.append(entry.heading)
            elif _stamp(new) in (told.exported, _stamp(entry)):
                new = entry
            elif _stamp(entry) != told.exported:
                kept.append(entry.heading)
                new = entry
            changed += new != entry
            entries.append(new)
        sections.append(replace(section, entries=tuple(entries)))
    return Revision(replace(issue, sections=tuple(sections)), changed, tuple(kept), tuple(missing))


@dataclass
class _Told:
    """An entry as a file has it, and the stamp of what was exported."""

    exported: str
    heading: str = ""
    text: str = ""


def _stamp(entry: Entry) -> str:
    """What an entry says, shortened: eight digits, for the name of its bookmark."""
    return content_id(entry.heading.strip(), squeezed(entry.text), entry.unit.strip())[:8]


def _of_file(entry: Entry, told: _Told) -> Entry:
    text = told.text.rstrip()
    named = _CREDIT.search(text)
    unit = named[1] if named else ""
    return replace(entry, heading=_NUMBERED.sub("", told.heading), text=_CREDIT.sub("", text), unit=unit)


def _bookmarked(file: Path) -> dict[str, _Told]:
    """The entries inside the bookmarks of ours, by id; a line a paragraph."""
    from docx.oxml.ns import qn

    open_: dict[str, tuple[str, str]] = {}
    found: dict[str, _Told] = {}
    said = {qn("w:t"): None, qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): " "}
    for element in _body(file).iter():
        piece = ""
        if element.tag == qn("w:p"):
            piece = "\n"
        elif element.tag == qn("w:bookmarkStart") and (named := _MARK.fullmatch(element.get(qn("w:name"), ""))):
            part, entry, exported = named.groups()
            found.setdefault(entry, _Told(exported))
            open_[element.get(qn("w:id"))] = part, entry
        elif element.tag == qn("w:bookmarkEnd"):
            open_.pop(element.get(qn("w:id")), None)
        elif element.tag in said and not _deleted(element):
            piece = said[element.tag] or element.text or ""
        for part, entry in open_.values():
            if part == "h":
                found[entry].heading += piece
            else:
                found[entry].text += piece
    for told in found.values():
        told.heading, told.text = told.heading.strip(), told.text.strip("\n")
    return found


def _body(file: Path) -> Any:  # noqa: ANN401 - an lxml element
    """The body of a .docx that is not made to fill the memory.

    Raises:
        UsageError: it is none.
    """
    from docx import Document

    try:
        with zipfile.ZipFile(file) as parts:
            size = sum(part.file_size for part in parts.infolist())
        if size > _MOST_BYTES:
            raise UsageError(f"文件 {file.name!r} 展开后过大（{size >> 20} MB），不像是导出的摘编。")
        body = Document(str(file)).element.body
    except UsageError:
        raise
    except Exception as exc:  # whatever python-docx raises on a file that is none
        raise UsageError(f"文件 {file.name!r} 不是 Word 文档（.docx），或已损坏。") from exc
    if body is None:
        raise UsageError(f"文件 {file.name!r} 里没有正文。")
    return body


def _deleted(element: Any) -> bool:  # noqa: ANN401 - an lxml element
    from docx.oxml.ns import qn

    return any(above.tag == qn("w:moveFrom") for above in element.iterancestors())
