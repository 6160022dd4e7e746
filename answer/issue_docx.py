"""An issue as .docx on the page of GB/T 9704: 清样, clean; or 校核稿, the source of each sentence as a comment.

Bookmarks, which Word and WPS keep, name what each paragraph is and what it said: ``issue_back`` reads a revised file.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from answer.digest import in_words
from answer.digest_docx import at_foot, begun
from answer.issue import Checked, checked
from answer.issue_text import credit, masthead, printed
from answer.reference import Citing, reference
from corpus.digests import Entry, Issue, Source
from corpus.files import replacing
from corpus.model import Article, Span, content_id
from corpus.spacing import squeezed

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_UNVERIFIED = "待核：引用的原文里没有这一句。"
_GONE = "待核：所引的文章已从资料库删除，无法与原文比对。"


def write_issue(
    issue: Issue, path: Path, articles: Mapping[str, Article], marked: str, proof: Citing | None = None
) -> None:
    """Write the issue; ``proof`` adds the comments, sources cited in its way.

    Raises:
        LibraryError: the file cannot be written.
    """
    document = begun(issue.title, issue.dated)
    mark = _Bookmarks()
    _head(document, issue, marked, mark)
    for section, above, entries in printed(issue):
        if above:
            heading = document.add_paragraph(above, style="Heading 1")
            mark.around("s", section.id, stamp(section.heading), heading)
        for entry, line in entries:
            if line:
                mark.around("h", entry.id, stamp_of(entry), document.add_paragraph(line, style="Heading 2"))
            mark.around("t", entry.id, stamp_of(entry), *_paragraphs(document, entry, articles, proof))
    if printed_last := imprint(issue):
        at_foot(document, [document.add_paragraph(line, style="Imprint") for line in printed_last])
    with replacing(path) as aside:
        document.save(str(aside))


def stamp(*said: str) -> str:
    """What was said, shortened: eight digits, for the name of a bookmark."""
    return content_id(*(squeezed(part) for part in said))[:8]


def stamp_of(entry: Entry) -> str:
    """The stamp of what an entry says."""
    return stamp(entry.heading, entry.text, entry.unit)


def order(issue: Issue) -> list[str]:
    """What is printed, in order: each section's id with #, then the ids of its entries."""
    return [
        each for section, _, told in printed(issue) for each in (f"#{section.id}", *(entry.id for entry, _ in told))
    ]


def frame(issue: Issue) -> str:
    """What stands around the text: 刊头, what is under it, 版记."""
    return "".join([issue.masthead, masthead(issue), *imprint(issue)])


def imprint(issue: Issue) -> list[str]:
    """版记: to whom it goes; who made it, and at the right edge when."""
    made = "\t".join([issue.issuer, f"{in_words(issue.dated)}印发" if issue.dated else ""])
    return [line for line in (issue.recipients and f"报送：{issue.recipients}", made) if line.strip()]


def _head(document: Document, issue: Issue, marked: str, mark: _Bookmarks) -> None:
    if marked:
        document.add_paragraph(marked, style="Marking")
    if issue.masthead:
        document.add_paragraph(issue.masthead, style="Masthead")
        if issue.number:
            document.add_paragraph(issue.number, style="Subtitle").paragraph_format.space_after = 0
        document.add_paragraph(f"{issue.issuer}\t{in_words(issue.dated)}", style="Below Masthead")
    elif told := masthead(issue):
        document.add_paragraph(told, style="Subtitle")
    mark.around("i", "title", stamp(issue.title), document.add_paragraph(issue.title, style="Title"))
    below = document.add_paragraph()
    mark.around("o", "order", stamp(*order(issue)), below)
    mark.around("f", "frame", stamp(frame(issue)), below)


def _paragraphs(
    document: Document, entry: Entry, articles: Mapping[str, Article], proof: Citing | None
) -> list[Paragraph]:
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
            document.add_comment(run, _comment(each, articles, proof), author="通鉴", initials="通鉴")
    if said := entry.text[at:].strip() + credit(entry):
        made[-1].add_run(said)
    return made


def _comment(told: Checked, articles: Mapping[str, Article], citing: Citing) -> str:
    """Where a sentence stands, with the page, or that it does not and what it is to be held against."""
    if told.source is None:
        return "\n对照：".join([_UNVERIFIED, *([_original(told.near, articles, citing)] if told.near else [])])
    if told.source.article not in articles:
        return f"{_GONE}\n引文：{told.source.quote}"
    return _original(told.source, articles, citing)


def _original(source: Source, articles: Mapping[str, Article], citing: Citing) -> str:
    article = articles[source.article]
    at = article.source(Span(source.start, source.end))
    return f"{reference(article, citing, at.page if at else None)}\n原文：{source.quote}"


class _Bookmarks:
    def __init__(self) -> None:
        self._n = 0

    def around(self, part: str, named: str, stamped: str, *paragraphs: Paragraph) -> None:
        """Put a bookmark around the runs of paragraphs: what part of the issue, of which id, what it says."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        self._n += 1
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for element in (start, end):
            element.set(qn("w:id"), str(self._n))
        start.set(qn("w:name"), f"tj_{part}_{named}_{stamped}")
        first, last = paragraphs[0], paragraphs[-1]
        first._p.insert(1 if first._p.pPr is not None else 0, start)
        last._p.append(end)
