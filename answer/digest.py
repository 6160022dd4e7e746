"""经验摘编: the practices of a theme, by kind and place, in sentences of their sources; nothing is rewritten.

One item a place, of the article that tells most of how it was done and what came of it: its heading names place and
practice, its paragraph is made of whole sentences of the body in their order (the measures and results of each
practice), its last line says where it is from. What is left out is counted. Articles about no place are an item each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from answer.quotes import needed, quotable
from answer.reference import Citing, reference, titled
from answer.say import name_of
from corpus.han import han
from corpus.labels import PRACTICE, marking
from corpus.model import Article, Place, Practice, Span
from corpus.places.names import core

_MOST = 600
"""Characters of a paragraph, beyond which no further sentence begins."""
_GROUP = {"unnamed": "其他做法"}
"""What a kind is called over its items, where its label says too little."""
_LEAST = 120
"""Characters of a paragraph that tells enough; where no results are told, the article goes on up to these."""

_Draft = tuple[Article, Sequence[Practice], tuple[Span, ...]]


@dataclass(frozen=True, slots=True)
class Item:
    """One article's experience: ``quotes`` are spans of its body, told in order; ``sources`` their numbers below.

    Articles of one place that tell the same in the same words are one item with several sources.
    """

    heading: str
    article: Article
    place: Place | None
    practices: tuple[str, ...]
    quotes: tuple[Span, ...]
    sources: tuple[int, ...]
    kind: str

    @property
    def paragraph(self) -> str:
        """The sentences, to the character."""
        return "".join(quote.of(self.article.body).strip() for quote in self.quotes)

    @property
    def origin(self) -> str:
        """The line under the paragraph, with its numbers."""
        by = f"{self.article.issuer}供稿；" if self.article.issuer else ""
        numbers = "".join(f"[{n}]" for n in self.sources)
        return f"（{by}来源：{PurePath(self.article.name).stem}《{titled(self.article)}》）{numbers}"


@dataclass(frozen=True, slots=True)
class Group:
    """The items of one kind of practice."""

    name: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest: groups by kind, items in administrative order; ``sources`` are numbered from 1.

    ``left``: articles of its places that it does not tell.
    """

    theme: str
    made_on: str
    groups: tuple[Group, ...]
    sources: tuple[str, ...]
    articles: int
    documents: int
    marking: str
    left: int = 0

    @property
    def title(self) -> str:
        """The heading of the whole."""
        return f"{self.theme}经验摘编"

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item in order."""
        return tuple(item for group in self.groups for item in group.items)

    @property
    def compiled(self) -> str:
        """What it was made from and when."""
        places = len({item.place.adcode for item in self.items if item.place})
        return (
            f"根据资料库 {self.documents} 份文件、{self.articles} 篇文章摘编，涉及 {places} 个地方。"
            + (f"每地取写得最实的一篇，另有 {self.left} 篇未收。" if self.left else "")
            + f"文字均照录原文。{in_words(self.made_on)}"
        )


def compile_digest(theme: str, practices: Sequence[Practice], articles: Mapping[str, Article], made_on: str) -> Digest:
    """The digest of a theme's practices; copies of an article are left out. ``made_on`` is an ISO date."""
    by_article: dict[str, list[Practice]] = {}
    for practice in practices:
        if articles[practice.article].stands:
            by_article.setdefault(practice.article, []).append(practice)
    read: list[_Draft] = [(articles[a], told, _quotes(articles[a], told)) for a, told in by_article.items()]
    every = sorted((draft for draft in read if draft[2]), key=lambda draft: _order(draft[0], draft[1]))
    by_kind = _by_kind(every)
    drafts = [draft for kind in PRACTICE for draft in by_kind.get(kind, ())]
    items = list(_items(drafts))
    used = [article for article, _, _ in drafts]
    return Digest(
        theme, made_on, tuple(_groups(items)), tuple(reference(a, Citing(made_on)) for a, _, _ in drafts),
        len(drafts), len({a.document for a in used}), marking(flag for a in used for flag in a.flags),
        len(every) - len(drafts),
    )  # fmt: skip


def _by_kind(drafts: Sequence[_Draft]) -> dict[str, list[_Draft]]:
    """The best draft of each place, with those in the very same words, by the kind of its first practice."""
    best: dict[str, _Draft] = {}
    for draft in drafts:
        best[_whose(draft)] = max(best.get(_whose(draft), draft), draft, key=_worth)
    kept: dict[str, list[_Draft]] = {}
    for draft in drafts:
        stands = best[_whose(draft)]
        if _told(draft) == _told(stands):
            kept.setdefault(_kind(stands), []).append(draft)
    return kept


def _whose(draft: _Draft) -> str:
    """The adcode of an article's place; of one about no place, the article itself."""
    place = _place(draft[1])
    return place.adcode if place else draft[0].id


def _told(draft: _Draft) -> str:
    article, _, quotes = draft
    return "".join(quote.of(article.body) for quote in quotes)


def _worth(draft: _Draft) -> tuple[bool, int]:
    """How much an article tells: whether it has results, and how many characters."""
    return any(practice.results for practice in draft[1]), len(_told(draft))


def _kind(draft: _Draft) -> str:
    """The kind of an article's first practice."""
    return min(draft[1], key=lambda practice: practice.spans).kind


def _order(article: Article, told: Sequence[Practice]) -> tuple[str, str, str]:
    place = _place(told)
    return place.adcode if place else "999999", article.published_on or "", article.id


def _place(told: Sequence[Practice]) -> Place | None:
    return next((practice.place for practice in told if practice.place), None)


def _quotes(article: Article, told: Sequence[Practice]) -> tuple[Span, ...]:
    """The sentences in which the practices are told, in the order they stand, up to the length of a paragraph.

    Each stands once, with those before it that it leans on.
    """
    body = article.body
    spans = quotable(body)
    chosen: dict[str, int] = {}
    parts = [part for p in sorted(told, key=lambda p: p.spans) for part in (*p.measures, *p.results)]
    for n in (n for part in parts for n, span in enumerate(spans) if span.overlaps(part)):
        if _length(chosen) < _MOST:
            _choose(chosen, needed(spans, n, body), spans, body)
    last = max(chosen.values(), default=len(spans))
    for n in range(last + 1, len(spans)):
        if _length(chosen) >= _LEAST or any(practice.results for practice in told):
            break
        _choose(chosen, needed(spans, n, body), spans, body)
    return tuple(spans[n] for n in sorted(chosen.values()))


def _length(chosen: Iterable[str]) -> int:
    return sum(map(len, chosen))


def _choose(chosen: dict[str, int], numbers: Sequence[int], spans: Sequence[Span], body: str) -> None:
    for n in numbers:
        chosen.setdefault(spans[n].of(body), n)


def _items(drafts: Sequence[_Draft]) -> Iterator[Item]:
    same: dict[tuple[Place | None, str], list[int]] = {}
    for n, draft in enumerate(drafts, 1):
        same.setdefault((_place(draft[1]), _told(draft)), []).append(n)
    for numbers in same.values():
        draft = drafts[numbers[0] - 1]
        article, told, quotes = draft
        place = _place(told)
        names = tuple(p.practice for p in told)
        yield Item(_heading(article, place, told), article, place, names, quotes, tuple(numbers), _kind(draft))


def _heading(article: Article, place: Place | None, told: Sequence[Practice]) -> str:
    """Place and practice; several practices go under the article's title."""
    if len(told) == 1 or "no_title" in article.flags:
        said = "".join(_named(practice) for practice in told[:3])
    else:
        said = article.title
    if place is None or core(place.name) in said.split("：")[0]:
        return said
    return f"{name_of(place)}：{said}"


def _named(practice: Practice) -> str:
    """A practice in the marks of its kind, unless its name has its own."""
    name = practice.practice
    if practice.kind == "policy_document":
        return f"《{name.strip('《》')}》"
    return name if "“" in name else f"“{name}”"


def _groups(items: Sequence[Item]) -> Iterator[Group]:
    by_kind: dict[str, list[Item]] = {}
    for item in items:
        by_kind.setdefault(item.kind, []).append(item)
    for kind, group in by_kind.items():
        yield Group(_GROUP.get(kind, PRACTICE[kind]), tuple(group))


def in_words(date: str) -> str:
    """An ISO date as papers print it.

    >>> in_words("2026-07-01"), in_words("")
    ('2026年7月1日', '')
    """
    if not date:
        return ""
    year, month, day = date.split("-")
    return f"{int(year)}年{int(month)}月{int(day)}日"


def markdown(digest: Digest) -> str:
    """The digest as Markdown."""
    return "\n\n".join(_markdown_parts(digest)) + "\n"


def _markdown_parts(digest: Digest) -> Iterator[str]:
    if digest.marking:
        yield f"**{digest.marking}**"
    yield f"# {digest.title}"
    yield f"*{digest.compiled}*"
    for n, group in enumerate(digest.groups, 1):
        yield f"## {han(n)}、{group.name}"
        for m, item in enumerate(group.items, 1):
            yield f"### （{han(m)}）{_escaped(item.heading)}"
            yield _escaped(item.paragraph)
            yield _escaped(item.origin)
    yield "## 来源"
    yield "\n".join(f"[{n}] {_escaped(source)}  " for n, source in enumerate(digest.sources, 1))


def _escaped(text: str) -> str:
    """Text whose marks of HTML and Markdown stay what they are."""
    return re.sub(r"([\\`*_<>#|~])", r"\\\1", text)
