"""An issue as Markdown and as HTML: headings, entries, who sent them in, and the sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape

from answer.digest import in_words
from answer.issue import checked
from answer.reference import Citing, reference
from corpus.digests import Entry, Issue, Section
from corpus.han import han
from corpus.model import Article

_STYLE = (
    "body{max-width:42em;margin:2em auto;padding:0 1em;font:17px/1.9 FangSong,仿宋,STFangsong,serif}"
    "h1{text-align:center;font:bold 1.5em/1.5 SimSun,宋体,serif}h2{font:1.1em/1.8 SimHei,黑体,sans-serif}"
    "h3{font:1em/1.8 KaiTi,楷体,serif}p{text-indent:2em;margin:.3em 0}li{font-size:.85em}"
)
"""As the printed form looks: title in 宋体, headings in 黑体 and 楷体, text in 仿宋."""


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

    What comes before the first heading of a section has no line above it, nor has an entry without a heading. A heading
    that is the only one of its section bears no number.

    >>> section = Section("s", "各地做法", (Entry("a", text="引言。"), Entry("b", "驿站", "正文。"), Entry("c")))
    >>> [(line, [line for _, line in entries]) for _, line, entries in printed(Issue("一期", sections=(section,)))]
    [('一、各地做法', ['', '驿站'])]
    """
    n = 0
    for section in issue.sections:
        told = [entry for entry in section.entries if entry.heading.strip() or entry.text.strip()]
        if not told:
            continue
        leads = n == 0 and not section.heading.strip()
        n += not leads
        headed = [entry for entry in told if entry.heading.strip()]
        numbered = {entry.id: f"（{han(m)}）" for m, entry in enumerate(headed, 1) if len(headed) > 1}
        lines = [numbered.get(entry.id, "") + entry.heading.strip() for entry in told]
        yield section, "" if leads else f"{han(n)}、{section.heading}", list(zip(told, lines, strict=True))


def references(issue: Issue, articles: Mapping[str, Article], citing: Citing) -> list[str]:
    """Each article cited, once, in order of its first entry."""
    return [reference(articles[a], citing) for a in _numbers(issue, articles)]


def _numbers(issue: Issue, articles: Mapping[str, Article]) -> dict[str, int]:
    """The number in the list of sources of each article cited."""
    cited = dict.fromkeys(s.article for entry in issue.entries for s in entry.sources if s.article in articles)
    return {article: n for n, article in enumerate(cited, 1)}


def _cited(entry: Entry, articles: Mapping[str, Article], numbers: Mapping[str, int]) -> str:
    """An entry's text, the number of its source behind each sentence that stands in one."""
    text, at = "", 0
    for each in checked(entry, articles):
        said = entry.text[at : each.span.end]
        n = numbers.get(each.source.article) if each.source and not each.gone else None
        text += said.rstrip() + (f"[{n}]" if n else "") + said[len(said.rstrip()) :]
        at = each.span.end
    return text + entry.text[at:] + credit(entry)


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
    numbers = _numbers(issue, articles)
    for _, above, entries in printed(issue):
        if above:
            yield f"## {_escaped(above)}"
        for entry, line in entries:
            if line:
                yield f"### {_escaped(line)}"
            yield _escaped(_cited(entry, articles, numbers))
    if listed := references(issue, articles, citing):
        yield "## 来源"
        yield "\n".join(f"[{n}] {_escaped(source)}  " for n, source in enumerate(listed, 1))


def html(issue: Issue, articles: Mapping[str, Article], marked: str, citing: Citing) -> str:
    """The issue as a page of its own, everything in it as text."""
    parts = [f"<p><strong>{escape(marked)}</strong></p>"] if marked else []
    parts += [f"<p>{escape(issue.masthead)}</p>"] if issue.masthead else []
    parts += [f"<h1>{escape(issue.title)}</h1>", f"<p>{escape(masthead(issue))}</p>"]
    numbers = _numbers(issue, articles)
    for _, above, entries in printed(issue):
        parts += [f"<h2>{escape(above)}</h2>"] if above else []
        for entry, line in entries:
            paragraphs = _cited(entry, articles, numbers).split("\n")
            parts += [f"<h3>{escape(line)}</h3>"] if line else []
            parts += [f"<p>{escape(line)}</p>" for line in paragraphs if line.strip()]
    listed = "".join(f"<li>{escape(source)}</li>" for source in references(issue, articles, citing))
    parts += [f"<h2>来源</h2><ol>{listed}</ol>"] if listed else []
    body = "\n".join(parts)
    return (
        f'<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(issue.title)}</title>'
        f"<style>{_STYLE}</style></head>"
        f"<body>\n{body}\n</body></html>\n"
    )


def _escaped(text: str) -> str:
    """Text whose marks of HTML and Markdown stay what they are."""
    return re.sub(r"([\\`*_<>#|~\[\]])", r"\\\1", text)
