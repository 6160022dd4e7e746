"""The parts of a text on a larger place that tell of a place within it: sections under its name, paragraphs on it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.model import Article, Heading, Span, overlapped
from corpus.places import Gazetteer
from corpus.places.mentions import Mention
from extract.sentences import paragraphs

_NUMBER = re.compile(
    r"(?:第?[一二三四五六七八九十\d]{1,3}[、．.]|[^一-鿿“”\d]*[（(][一二三四五六七八九十\d]{1,3}[)）])?[^一-鿿“”\d]*"
)
"""The number and the ornaments before a name."""
_WHEN = re.compile(
    r"(?:(?:今年|近年|\d{4}年|上半年|下半年|[一二三四]季度|去年|目前|近日|截[至止][^，]{2,12})(?:以?来|初|底|末)?，)*"
)
_BRACKETED = re.compile(r"\s*(?P<open>[【〔［\[])(?P<name>[^】〕］\]]{2,10})[】〕］\]](?P<title>.*)")
_BEHIND = re.compile(r"\s*(?:$|[：:。，,、】\])）“·|｜]|[—－]{1,2})|[ 　]")
"""Behind the name of a place that heads a section."""
_SHORT = 16
"""Characters of the longest line that is but a name, and of what is looked through for one at the head of a line."""
_TITLE = 40


@dataclass(frozen=True, slots=True)
class Areas:
    """Paragraphs, and the sections around them, each with the adcode of the place it tells of, in text order."""

    paragraphs: tuple[tuple[Span, str], ...] = ()
    sections: tuple[tuple[Span, str], ...] = ()

    def at(self, offset: int) -> str | None:
        """The place that the paragraph at an offset tells of, or else the innermost section around it."""
        last = bisect_right(self.paragraphs, offset, key=lambda part: part[0].start) - 1
        if last >= 0 and offset < self.paragraphs[last][0].end:
            return self.paragraphs[last][1]
        begun = bisect_right(self.sections, offset, key=lambda part: part[0].start)
        return next((place for span, place in reversed(self.sections[:begun]) if offset < span.end), None)


def areas(article: Article, mentions: Sequence[Mention], gazetteer: Gazetteer) -> Areas:
    """The parts that tell of one place within the article's own; an article on one county has none.

    A heading that begins with a place's name, a line that is nothing else, and one that begins with it in brackets
    hold up to the next heading as high or the next line alike. A paragraph that begins with a place, and names no
    other, tells of it. ``mentions``: the places named in the body.
    """
    if article.place is not None and article.place.level == "county":
        return Areas()
    reader = _Reader(article, mentions, gazetteer)
    return Areas(tuple(reader.paragraphs()), tuple(sorted([*reader.sections(), *reader.bracketed()])))


@dataclass(frozen=True)
class _Reader:
    article: Article
    mentions: Sequence[Mention]
    gazetteer: Gazetteer

    @property
    def _around(self) -> list[str]:
        return [self.article.place.adcode] if self.article.place else []

    def _within(self, adcode: str | None) -> str | None:
        """The adcode, of a place within the article's own."""
        inside = adcode is not None and all(
            adcode != own and self.gazetteer.contains(own, adcode) for own in self._around
        )
        return adcode if inside else None

    def paragraphs(self) -> Iterator[tuple[Span, str]]:
        """The paragraphs that begin with a place and name no other."""
        body = self.article.body
        for line in paragraphs(body):
            if not re.search("[，。；：]", line.of(body)):
                continue
            if label := _BRACKETED.match(line.of(body)):
                if (place := self._named(label["name"])) and not _is_title(label["title"]):
                    yield line, place
                continue
            start = _NUMBER.match(body, line.start)
            start = _WHEN.match(body, start.end() if start else line.start)
            inside = [m for m in self._inside(line) if self._place(m)]
            first = inside[0] if inside and start and inside[0].span.start == start.end() else None
            if first and len({self._place(m) for m in inside}) == 1 and (place := self._place(first)):
                yield line, place

    def sections(self) -> Iterator[tuple[Span, str]]:
        """The sections under a heading that begins with a place, or under a line that is nothing but its name."""
        body, known = self.article.body, [h.span for h in self.article.headings]
        lowest = max((h.level for h in self.article.headings), default=0) + 1
        lines = (x for x in paragraphs(body) if x.end - x.start <= _SHORT and overlapped(known, x) is None)
        names = [Heading(x, lowest) for x in lines if self._heading(x, alone=True)]
        heads = sorted([*self.article.headings, *names], key=lambda h: h.span)
        for at, head in enumerate(heads):
            if place := self._heading(head.span):
                ends = (h.span.start for h in heads[at + 1 :] if h.level <= head.level)
                yield Span(head.span.start, next(ends, len(body))), place

    def bracketed(self) -> Iterator[tuple[Span, str]]:
        """The sections under a title with a place in brackets before it, up to the next line in such brackets."""
        body = self.article.body
        heads = [(line, m) for line in paragraphs(body) if (m := _BRACKETED.match(line.of(body)))]
        for at, (line, label) in enumerate(heads):
            if _is_title(label["title"]) and (place := self._named(label["name"])):
                ends = (other.start for other, m in heads[at + 1 :] if m["open"] == label["open"])
                yield Span(line.start, next(ends, len(body))), place

    def _heading(self, line: Span, *, alone: bool = False) -> str | None:
        """The place that a line begins with, or is nothing but (``alone``)."""
        body = self.article.body
        start = _NUMBER.match(body, line.start)
        first = next(iter(self._inside(line)), None)
        if first is None or start is None or first.span.start != start.end():
            return None
        rest = body[first.span.end : line.end]
        fits = not re.search(r"[一-鿿\d]", rest) if alone else _BEHIND.match(rest) is not None
        return self._place(first) if fits else None

    def _inside(self, line: Span) -> Sequence[Mention]:
        first, last = (
            bisect_right(self.mentions, at, key=lambda m: m.span.start) for at in (line.start - 1, line.end - 1)
        )
        return self.mentions[first:last]

    def _place(self, mention: Mention) -> str | None:
        return self._within(self.gazetteer.settle(mention.candidates, self._around))

    def _named(self, name: str) -> str | None:
        place = self.gazetteer.resolve(name, self._around)
        return self._within(place.adcode) if place else None


def _is_title(text: str) -> bool:
    return len(text) <= _TITLE and not re.search("[。；]$", text)
