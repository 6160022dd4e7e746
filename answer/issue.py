"""An issue of a digest: drafted from a theme, checked against its sources sentence by sentence, never blocked.

A sentence is 与原文一致 where its characters, white space and final mark aside, stand in an article that its entry
cites; every other sentence is 待核, whatever it says. Editors paraphrase; the mark tells what still needs an eye.
"""

from __future__ import annotations

import re
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from answer.digest import Digest, Item, told_by
from answer.matrix import Cell, Matrix
from answer.say import name_of
from corpus.digests import Entry, Issue, Saved, Section, Source
from corpus.model import Article, Place, Span
from corpus.spacing import squeezed
from extract.sentences import sentences
from extract.tokens import tokens

_END = "。！？；;.!?”’」』）)"
_PHONE = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8})(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_HARDSHIP = re.compile(
    r"患病|重病|大病|癌|肿瘤|瘫痪|残疾|智障|精神障碍|抑郁|艾滋|低保|特困|贫困户|困难家庭|孤儿|留守儿童|丧偶|离异|失独|"
    r"服刑|刑满|社区矫正|吸毒|戒毒|自杀|家暴"
)


@dataclass(frozen=True, slots=True)
class Checked:
    """A sentence of an entry's text: the source it stands in, or None (待核)."""

    span: Span
    source: Source | None


@dataclass(frozen=True, slots=True)
class Private:
    """What should not leave without a thought: its characters in an entry's text, why, and what to write instead."""

    entry: str
    span: Span
    why: str
    instead: str


@dataclass(frozen=True, slots=True)
class Used:
    """An article of an entry that an earlier issue told: 已刊于 that issue."""

    entry: str
    article: str
    issue: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """What units sent in and what was used, month by month.

    Rows of month, region (adcode of the prefecture, or of a province; "" for none), unit, articles sent, entries used.
    """

    rows: tuple[tuple[str, str, str, int, int], ...]


def drafted(digest: Digest) -> Issue:
    """The first draft of a theme: a section for each province, an entry for each item."""
    sections = tuple(
        Section(_new(), group.name, tuple(_entry(item) for item in group.items)) for group in digest.groups
    )
    return Issue(digest.title, dated=digest.made_on, sections=sections)


def compared(matrix: Matrix, dated: str) -> Issue:
    """The first draft of a comparison: a section for each aspect that any place speaks to, an entry for each place."""
    sections = []
    for at, aspect in enumerate(matrix.aspects):
        cells = [(place, row[at]) for place, row in zip(matrix.places, matrix.rows, strict=True) if row[at].sentences]
        if cells:
            sections.append(Section(_new(), aspect.name, tuple(_of_cell(place, cell) for place, cell in cells)))
    return Issue(f"{matrix.theme}：各地做法对比", "comparison", dated=dated, sections=tuple(sections))


def _of_cell(place: Place, cell: Cell) -> Entry:
    said = cell.sentences
    sources = tuple(Source(h.article.id, h.span.start, h.span.end, h.span.of(h.article.body)) for h in said)
    units = dict.fromkeys(filter(None, (unit_of(hit.article) for hit in said)))
    text = "".join(source.quote.strip() for source in sources)
    return Entry(_new(), name_of(place), text, "、".join(units), place.adcode, sources)


def _entry(item: Item) -> Entry:
    article = item.article
    sources = tuple(Source(article.id, q.start, q.end, q.of(article.body)) for q in item.quotes)
    place = item.place.adcode if item.place else None
    return Entry(_new(), item.heading, item.paragraph, unit_of(article), place, sources)


def unit_of(article: Article) -> str:
    """Who an article is credited to (供稿): who sent it in, who issued it, its source line, or else its place."""
    return article.reporter or article.issuer or told_by(article) or (article.place.name if article.place else "")


def gathered(article: Article, span: Span) -> Entry:
    """An entry of a passage chosen anywhere."""
    quote = span.of(article.body)
    place = article.place.adcode if article.place else None
    source = Source(article.id, span.start, span.end, quote)
    return Entry(_new(), article.title, quote.strip(), unit_of(article), place, (source,))


def new_section(heading: str) -> Section:
    """A section without entries."""
    return Section(_new(), heading)


def checked(entry: Entry, articles: Mapping[str, Article]) -> list[Checked]:
    """Every sentence of an entry's text with where it stands."""
    bodies = [(source, _bare(source.quote)) for source in entry.sources]
    for source in {s.article: s for s in entry.sources if s.article in articles}.values():
        article = articles[source.article]
        bodies.append((source, _bare(f"{article.title}\n{article.body}")))
    found = []
    for span in sentences(entry.text):
        said = _bare(span.of(entry.text)).rstrip(_END)
        found.append(Checked(span, next((source for source, body in bodies if said and said in body), None)))
    return found


def _bare(text: str) -> str:
    return squeezed(text)


def private(issue: Issue) -> list[Private]:
    """Telephone and identity numbers, and persons' names in a sentence that tells of illness or hardship."""
    return [found for entry in issue.entries for found in _private(entry)]


def _private(entry: Entry) -> Iterator[Private]:
    for pattern, why in ((_PHONE, "电话号码"), (_IDENTITY, "证件号码")):
        for match in pattern.finditer(entry.text):
            yield Private(entry.id, Span(*match.span()), why, "（删去）")
    for span in sentences(entry.text):
        said = span.of(entry.text)
        if not _HARDSHIP.search(said) and not _PHONE.search(said):
            continue
        for token in tokens(said):
            if token.tag == "nr" and 2 <= len(token.word) <= 4 and "某" not in token.word:
                at = Span(span.start + token.start, span.start + token.end)
                yield Private(entry.id, at, "姓名与病情、困难或电话同句", token.word[0] + "某某"[: len(token.word) - 1])


def told_before(issue: Issue, digest: str, saved: Sequence[Saved]) -> list[Used]:
    """The entries whose articles another published issue told."""
    earlier: dict[str, str] = {}
    for each in saved:
        if each.issue.published and each.id != digest:
            name = each.issue.number or each.issue.title
            earlier |= {source.article: name for entry in each.issue.entries for source in entry.sources}
    found = {
        Used(entry.id, source.article, earlier[source.article]): None
        for entry in issue.entries for source in entry.sources if source.article in earlier
    }  # fmt: skip
    return list(found)


def ledger(saved: Sequence[Saved], received: Iterable[tuple[str, Article, int]]) -> Ledger:
    """Articles sent in by month of publication, and entries used by month of the issue, for each unit.

    ``received``: a month, an article, and how many are from the same unit in that month.
    """
    sent: Counter[tuple[str, str, str]] = Counter()
    for month, article, n in received:
        if unit := unit_of(article):
            sent[month, region(article.place.adcode if article.place else None), unit] += n
    used: Counter[tuple[str, str, str]] = Counter()
    for each in saved:
        if each.issue.published:
            told = [entry for entry in each.issue.entries if entry.unit]
            used.update((each.issue.dated[:7], region(entry.place), entry.unit) for entry in told)
    keys = sorted(sorted({*sent, *used}), key=lambda key: key[0], reverse=True)
    return Ledger(tuple((*key, sent[key], used[key]) for key in keys))


def region(adcode: str | None) -> str:
    """The prefecture a place lies in, or its province.

    >>> region("522732"), region("520000"), region("110105"), region(None)
    ('522700', '520000', '110000', '')
    """
    if adcode is None:
        return ""
    municipality = adcode[:2] in ("11", "12", "31", "50")
    return f"{adcode[:2]}0000" if municipality or adcode[2:] == "0000" else f"{adcode[:4]}00"


def _new() -> str:
    return uuid.uuid4().hex[:12]
