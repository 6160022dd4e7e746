"""An issue as .docx on the page of GB/T 9704: 清样, clean; or 校核稿, the source of each sentence as a comment.

Each entry's paragraphs lie in a bookmark named by its id, which Word and WPS keep: a revised file finds its way back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from answer.digest import reference
from answer.digest_docx import begun
from answer.issue import checked
from answer.issue_text import credit, masthead
from corpus.digests import Entry, Issue
from corpus.errors import UsageError
from corpus.files import replacing
from corpus.han import han
from corpus.model import Article

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_HEADING, _TEXT = "tj_h_", "tj_t_"
_NUMBERED = re.compile(r"^（[一二三四五六七八九十百零]+）")
_UNVERIFIED = "待核：引用的原文里没有这一句。"


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
            mark.around(_HEADING + entry.id, heading, heading)
            paragraphs = _paragraphs(document, entry, articles, proof=proof)
            mark.around(_TEXT + entry.id, paragraphs[0], paragraphs[-1])
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
            document.add_comment(run, told, author="通鉴", initials="通鉴")
    if said := entry.text[at:].strip() + credit(entry):
        made[-1].add_run(said)
    return made


def _imprint(document: Document, issue: Issue) -> None:
    """版记: to whom it goes, who made it and when, between lines at the end."""
    made = "　".join(filter(None, [issue.issuer, issue.dated]))
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


def revised(issue: Issue, file: Path) -> tuple[Issue, int]:
    """The issue with the headings and texts of an edited file, and how many entries changed.

    Insertions under revision are taken and deletions dropped; an entry whose bookmark is gone stays as it was.

    Raises:
        UsageError: it is no .docx, or none of ours.
    """
    texts = _bookmarked(file)
    if not any(name.startswith(_TEXT) for name in texts):
        raise UsageError(f"文件 {file.name!r} 里没有通鉴的标记。请用本资料库导出的 Word 文件修改后再导回。")
    changed = 0
    sections = []
    for section in issue.sections:
        entries = []
        for entry in section.entries:
            new = _revised(entry, texts)
            changed += new != entry
            entries.append(new)
        sections.append(replace(section, entries=tuple(entries)))
    return replace(issue, sections=tuple(sections)), changed


def _revised(entry: Entry, texts: Mapping[str, str]) -> Entry:
    heading, text = texts.get(_HEADING + entry.id), texts.get(_TEXT + entry.id)
    return replace(
        entry,
        heading=entry.heading if heading is None else _NUMBERED.sub("", heading),
        text=entry.text if text is None else text.removesuffix(credit(entry)) if entry.unit else text,
    )


def _bookmarked(file: Path) -> dict[str, str]:
    """The text inside each bookmark of ours, a line a paragraph."""
    from docx import Document
    from docx.oxml.ns import qn

    try:
        body = Document(str(file)).element.body
    except Exception as exc:  # whatever python-docx raises on a file that is none
        raise UsageError(f"文件 {file.name!r} 不是 Word 文档（.docx），或已损坏。") from exc
    open_: dict[str, str] = {}
    texts: dict[str, str] = {}
    for element in body.iter():
        if element.tag == qn("w:p"):
            for name in open_.values():
                texts[name] += "\n"
        elif element.tag == qn("w:bookmarkStart"):
            name = element.get(qn("w:name"), "")
            if name.startswith((_HEADING, _TEXT)):
                open_[element.get(qn("w:id"))] = name
                texts[name] = ""
        elif element.tag == qn("w:bookmarkEnd"):
            open_.pop(element.get(qn("w:id")), None)
        elif element.tag == qn("w:t") and not _deleted(element):
            for name in open_.values():
                texts[name] += element.text or ""
    return {name: text.strip("\n") for name, text in texts.items()}


def _deleted(element: Any) -> bool:  # noqa: ANN401 - an lxml element
    from docx.oxml.ns import qn

    return any(above.tag == qn("w:moveFrom") for above in element.iterancestors())
