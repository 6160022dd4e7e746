"""An issue as Markdown and as HTML: headings, entries, who sent them in, and the sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from itertools import count

from answer.digest import in_words
from answer.reference import Citing, reference
from corpus.digests import Entry, Issue, Section
from corpus.han import han
from corpus.model import Article


def credit(entry: Entry) -> str:
    """（××社会工作部供稿）, or nothing.

    >>> credit(Entry("e", unit="德清县委社会工作部"))
    '（德清县委社会工作部供稿）'
    """
    return f"（{entry.unit}供稿）" if entry.unit else ""


def masthead(issue: Issue) -> str:
    """The line under the 刊头: number, issuer, date."""
    return "　".join(filter(None, [issue.number, issue.issuer, in_words(issue.dated)]))


def printed(issue: Issue) -> Iterator[tuple[Section, str, list[tuple[Entry, str]]]]:
    """What is printed, with the numbered lines above: sections with an entry, entries with a heading or a text.

    What comes before the first heading of a section has no line above it, nor has an entry without a heading.

    >>> section = Section("s", "各地做法", (Entry("a", text="引言。"), Entry("b", "驿站", "正文。"), Entry("c")))
    >>> [(line, [line for _, line in entries]) for _, line, entries in printed(Issue("一期", sections=(section,)))]
    [('一、各地做法', ['', '（一）驿站'])]
    """
    n = 0
    for section in issue.sections:
        told = [entry for entry in section.entries if entry.heading.strip() or entry.text.strip()]
        if not told:
            continue
        leads = n == 0 and not section.heading.strip()
        n += not leads
        m = count(1)
        lines = [f"（{han(next(m))}）{entry.heading}" if entry.heading.strip() else "" for entry in told]
        yield section, "" if leads else f"{han(n)}、{section.heading}", list(zip(told, lines, strict=True))


def references(issue: Issue, articles: Mapping[str, Article], citing: Citing) -> list[str]:
    """Each article cited, once, in order of its first entry."""
    cited = dict.fromkeys(s.article for entry in issue.entries for s in entry.sources)
    return [reference(articles[a], citing) for a in cited if a in articles]


def markdown(issue: Issue, articles: Mapping[str, Article], marked: str, citing: Citing) -> str:
    """The issue as Markdown; ``marked`` is what a text of its articles is marked with."""
    return "\n\n".join(_markdown(issue, articles, marked, citing)) + "\n"


def _markdown(issue: Issue, articles: Mapping[str, Article], marked: str, citing: Citing) -> Iterator[str]:
    if marked:
        yield f"**{marked}**"
    if issue.masthead:
        yield f"**{_escaped(issue.masthead)}**"
    yield f"# {_escaped(issue.title)}"
    if told := masthead(issue):
        yield f"*{_escaped(told)}*"
    for _, above, entries in printed(issue):
        if above:
            yield f"## {_escaped(above)}"
        for entry, line in entries:
            if line:
                yield f"### {_escaped(line)}"
            yield _escaped(entry.text + credit(entry))
    if listed := references(issue, articles, citing):
        yield "## 来源"
        yield "\n".join(f"[{n}] {_escaped(source)}  " for n, source in enumerate(listed, 1))


def html(issue: Issue, articles: Mapping[str, Article], marked: str, citing: Citing) -> str:
    """The issue as a page of its own, everything in it as text."""
    parts = [f"<p><strong>{escape(marked)}</strong></p>"] if marked else []
    parts += [f"<p>{escape(issue.masthead)}</p>"] if issue.masthead else []
    parts += [f"<h1>{escape(issue.title)}</h1>", f"<p>{escape(masthead(issue))}</p>"]
    for _, above, entries in printed(issue):
        parts += [f"<h2>{escape(above)}</h2>"] if above else []
        for entry, line in entries:
            paragraphs = (entry.text + credit(entry)).split("\n")
            parts += [f"<h3>{escape(line)}</h3>"] if line else []
            parts += [f"<p>{escape(line)}</p>" for line in paragraphs if line.strip()]
    listed = "".join(f"<li>{escape(source)}</li>" for source in references(issue, articles, citing))
    parts += [f"<h2>来源</h2><ol>{listed}</ol>"] if listed else []
    body = "\n".join(parts)
    return (
        f'<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(issue.title)}</title></head>'
        f"<body>\n{body}\n</body></html>\n"
    )


def _escaped(text: str) -> str:
    """Text whose marks of HTML and Markdown stay what they are."""
    return re.sub(r"([\\`*_<>#|~\[\]])", r"\\\1", text)
