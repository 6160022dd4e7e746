"""An issue of a digest: drafted from a theme, checked against its sources sentence by sentence, never blocked.

A sentence is 与原文一致 where its characters, white space and outer marks aside, are whole clauses of an article that
its entry cites, or a claim of an answer that its sources carry; every other is 待核, whatever it says. Editors
paraphrase; the mark tells what needs an eye.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from answer.digest import Digest, Item
from answer.matrix import Cell, Matrix
from answer.quotes import needed, quotable
from answer.say import name_of
from answer.units import credited
from answer.words import bigrams
from corpus.digests import Entry, Issue, Saved, Section, Source
from corpus.model import Article, Place, Span
from corpus.spacing import squeezed
from extract.sentences import sentences

_MARKS = "。！？；;!?，,、：:.…—“”‘’「」『』（）()《》〈〉【】〔〕·"
"""What a clause begins behind and ends before."""
_ALIKE = 0.4
"""The share of a sentence's neighbouring characters that the quotation has which it was made from."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A sentence of an entry's text: the source it stands in, or None (待核); ``gone`` where its article is deleted.

    ``near``: of one that stands in none, the quotation that is most like it, to hold it against.
    """

    span: Span
    source: Source | None
    gone: bool = False
    near: Source | None = None


@dataclass(frozen=True, slots=True)
class Used:
    """An article of an entry that an earlier issue told: 已刊于 that issue."""

    entry: str
    article: str
    issue: str


def drafted(digest: Digest) -> Issue:
    """The first draft of a theme: a section for each kind of practice, an entry for each item."""
    sections = tuple(
        Section(_new(), group.name, tuple(_entry(item) for item in group.items)) for group in digest.groups
    )
    return Issue(digest.title, dated=digest.made_on, sections=sections)


def compared(matrix: Matrix, dated: str) -> Issue:
    """The first draft of a comparison: a section for each aspect that any place speaks to, an entry for each place.

    Places stand in administrative order; a sentence stands once, in the section that it fits best.
    """
    places = sorted(matrix.places, key=lambda place: place.adcode)
    told = _told_once(
        {(p.adcode, n): c for p, row in zip(matrix.places, matrix.rows, strict=True) for n, c in enumerate(row)}
    )
    sections = []
    for n, aspect in enumerate(matrix.aspects):
        entries = tuple(_of_cell(p, told[p.adcode, n]) for p in places if told[p.adcode, n])
        if entries:
            sections.append(Section(_new(), aspect.name, entries))
    return Issue(f"{matrix.theme}：各地做法对比", "comparison", dated=dated, sections=tuple(sections))


_At = tuple[str, int]
_Quote = tuple[Article, Span]


def _told_once(cells: Mapping[_At, Cell]) -> dict[_At, list[_Quote]]:
    """What each cell (of a place and an aspect) tells, in order: whole sentences, each in the cell it fits best."""
    told: dict[_At, list[_Quote]] = {at: [] for at in cells}
    said: set[str] = set()
    spans: dict[str, list[Span]] = {}
    hits = ((at, hit) for at, cell in cells.items() for hit in cell.sentences)
    for at, hit in sorted(hits, key=lambda pair: -pair[1].score):
        body = hit.article.body
        known = spans.setdefault(hit.article.id, quotable(body))
        first = next((n for n, span in enumerate(known) if span.overlaps(hit.span)), None)
        whole = [known[n] for n in needed(known, first, body)] if first is not None else []
        texts = {span.of(body) for span in whole}
        if not said & texts:
            said |= texts
            told[at] += [(hit.article, span) for span in whole]
    return {at: sorted(quotes, key=lambda quote: (quote[0].id, quote[1])) for at, quotes in told.items()}


def _of_cell(place: Place, quotes: Sequence[_Quote]) -> Entry:
    sources = tuple(Source(article.id, span.start, span.end, span.of(article.body)) for article, span in quotes)
    units = dict.fromkeys(filter(None, (credited(article) for article, _ in quotes)))
    text = "".join(source.quote.strip() for source in sources)
    return Entry(_new(), name_of(place), text, "、".join(units), place.adcode, sources)


def _entry(item: Item) -> Entry:
    article = item.article
    sources = tuple(Source(article.id, q.start, q.end, q.of(article.body)) for q in item.quotes)
    place = item.place.adcode if item.place else None
    return Entry(_new(), item.heading, item.paragraph, credited(article), place, sources)


def gathered(passages: Sequence[tuple[Article, Span]], heading: str = "", text: str = "") -> Entry:
    """An entry of passages chosen anywhere, under the first article's title and in their words unless told others."""
    sources = tuple(Source(article.id, span.start, span.end, span.of(article.body)) for article, span in passages)
    places = {article.place.adcode if article.place else None for article, _ in passages}
    units = dict.fromkeys(filter(None, (credited(article) for article, _ in passages)))
    told = text or "\n".join(source.quote.strip() for source in sources)
    place = places.pop() if len(places) == 1 else None
    return Entry(_new(), heading or passages[0][0].title, told, "、".join(units), place, sources)


def new_entry(heading: str, text: str, unit: str) -> Entry:
    """An entry without sources."""
    return Entry(_new(), heading, text, unit)


def placed(issue: Issue, entry: Entry, *, province: str = "", section: str = "") -> Issue:
    """The issue with an entry at the end of a section: the one of that id, or of its province, or else the last."""
    sections = list(issue.sections) or [new_section("各地做法")]
    chosen = [n for n, each in enumerate(sections) if each.id == section]
    own = [n for n, each in enumerate(sections) if each.heading == province]
    at = (chosen or own or [len(sections) - 1])[0]
    sections[at] = replace(sections[at], entries=(*sections[at].entries, entry))
    return replace(issue, sections=tuple(sections))


def new_section(heading: str) -> Section:
    """A section without entries."""
    return Section(_new(), heading)


def checked(entry: Entry, articles: Mapping[str, Article]) -> list[Checked]:
    """Every sentence of an entry's text with where it stands: whole clauses of a cited article, from mark to mark.

    The first source whose quotation has it stands for it; else one whose article does. A sentence that is one of the
    entry's claims stands in the first source of that claim.
    """
    quoted = [(source, _lines(source.quote)) for source in entry.sources if source.article in articles]
    sources = {source.article: source for source in reversed(entry.sources)}
    texts = [
        (s, _lines(f"{articles[a].title}\n{_parted(articles[a].body)}")) for a, s in sources.items() if a in articles
    ]
    claims = {_bare(c.text): entry.sources[c.sources[0]] for c in entry.claims if c.sources}
    gone = [(source, _lines(source.quote)) for source in entry.sources if source.article not in articles]
    found = []
    for span in sentences(entry.text):
        said = _bare(span.of(entry.text))
        source = next((source for source, text in texts if _stands(said, text)), claims.get(said))
        exact = next((each for each, text in quoted if _stands(said, text)), None)
        source = exact if source is not None and exact is not None else source
        lost = None if source else next((source for source, text in gone if _stands(said, text)), None)
        near = None if source or lost else _nearest(said, [each for each, _ in quoted])
        found.append(Checked(span, source or lost, lost is not None, near))
    return found


def _parted(body: str) -> str:
    """A body in which a sentence has a line end before it where something else, as a byline, runs into it."""
    starts = [span.start for span in quotable(body) if not _mark(body, span.start - 1)]
    return "\n".join(body[a:b] for a, b in zip([0, *starts], [*starts, len(body)], strict=True))


def _nearest(said: str, quoted: Sequence[Source]) -> Source | None:
    """The quotation that has most of a sentence's neighbouring characters, if it has enough of them."""
    pairs = bigrams(said)
    best = max(quoted, key=lambda source: len(pairs & bigrams(source.quote)), default=None)
    return best if best and len(pairs & bigrams(best.quote)) >= _ALIKE * len(pairs) else None


def stands(sentence: str, text: str) -> bool:
    """Whether a sentence stands in a text as whole clauses, white space and outer marks aside."""
    return _stands(_bare(sentence), _lines(text))


def _bare(text: str) -> str:
    """The text without white space and outer marks."""
    return squeezed(text).strip(_MARKS)


def _lines(text: str) -> str:
    """The text without white space, its line ends kept."""
    return "\n".join(squeezed(line) for line in text.split("\n"))


def _stands(said: str, text: str) -> bool:
    """Whether words stand in a text between two marks, so that no 尚未 before and no unit behind is cut off.

    >>> _stands("20个驿站投入使用", "建成120个驿站投入使用。"), _stands("建成120个驿站", "今年，建成120个驿站。")
    (False, True)
    """
    at = text.find(said) if said else -1
    while at >= 0:
        end = at + len(said)
        if _mark(text, at - 1) and _mark(text, end):
            return True
        at = text.find(said, at + 1)
    return False


def _mark(text: str, at: int) -> bool:
    """Whether a clause begins or ends there; a point or comma inside a number is no mark."""
    if not 0 <= at < len(text):
        return True
    inside = text[at] in ".,，" and text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()
    return text[at] in _MARKS + "\n" and not inside


def told_before(issue: Issue, digest: str, published: Sequence[Saved]) -> list[Used]:
    """The entries whose articles another published issue told."""
    earlier: dict[str, str] = {}
    for each in published:
        if each.id != digest:
            name = each.issue.number or each.issue.title
            earlier |= {source.article: name for entry in each.issue.entries for source in entry.sources}
    found = {
        Used(entry.id, source.article, earlier[source.article]): None
        for entry in issue.entries for source in entry.sources if source.article in earlier
    }  # fmt: skip
    return list(found)


def _new() -> str:
    return uuid.uuid4().hex[:12]
