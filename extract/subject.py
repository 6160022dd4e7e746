"""Whose figure it is: the body that did it, its level, and the place it lies in.

A street's, a community's, a company's or the nation's figure never becomes the county's. The subject is read from scope
words (全县, 全省), named bodies before the quantity, organisations at a clause's head, and other places named; it is
carried through a paragraph until another subject of the county's level or above takes over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from corpus.model import Article, Level, Place, Span
from corpus.places import Gazetteer
from corpus.places.details import Detail
from corpus.places.mentions import Mention
from extract.actions import is_action
from extract.lists import any_of
from extract.sentences import paragraphs
from extract.tokens import tokens

_NATIONAL = re.compile(
    r"全国(?!文明|人大|政协|劳[动模]|优秀|先进|最美|道德|学雷锋|百|性|两会|示范|重点|首|第|青|五一|模范|卫生|双拥|社会工作|志愿|各地)|我国|全国范围内|国家层面|(?:^|(?<=[，。；：]))(?:中共)?中央[一-鿿]{2,4}[部办委]|国务院|国家[一-鿿]{1,6}[委局部办]"
)
_SCOPE = re.compile(r"[全本我该](?P<unit>省|自治区|市|州|盟|县|旗|区|镇|乡|街道|村|社区|嘎查)(?![委局部级政务院管])")
_ORGAN = re.compile(r"(?:^|[，。；：\n])(?:中共)?(?:[省市州盟县旗区])(?:委|政府|直|属|级)")
_ORGANISATION = re.compile(rf"(?:{any_of('organisations')})$")
_ELSEWHERE = re.compile(rf"(?:{any_of('elsewhere')})$")
LOW = ("township", "community", "organisation")
"""Levels below the county."""
_COUNTY_WORDS = {"县": "county", "旗": "county", "镇": "township", "乡": "township", "街道": "township"}
_COUNTY_WORDS |= {"村": "community", "社区": "community", "嘎查": "community"}


@dataclass(frozen=True, slots=True)
class Subject:
    """Who did it, at what level, in which place (None for the nation)."""

    name: str
    level: Level
    place: Place | None


@dataclass(frozen=True)
class Subjects:
    """The subjects of one article: ``at(sentence, offset)`` gives the one a quantity belongs to."""

    article: Article
    gazetteer: Gazetteer
    _carried: dict[int, Subject] = field(default_factory=dict, repr=False)

    @cached_property
    def mentions(self) -> list[Mention]:
        """Places named in the body."""
        return self.gazetteer.find(self.article.body)

    @cached_property
    def details(self) -> list[Detail]:
        """Bodies below the county named in the body."""
        return self.gazetteer.find_details(self.article.body)

    @cached_property
    def _quotes(self) -> list[Span]:
        return [Span(*m.span()) for m in re.finditer(r"“[^“”]{1,30}”|《[^《》]{1,60}》", self.article.body)]

    @cached_property
    def default(self) -> Subject:
        """The article's own subject."""
        place = self.article.place
        if place is None:
            national = len(_NATIONAL.findall(self.article.body)) >= 2
            return Subject("全国" if national else "", "national" if national else "organisation", None)
        if body := self._titled_organisation():
            return Subject(body, "organisation", place)
        if place.detail:
            return Subject(place.detail, _detail_level(place.detail), place)
        return Subject(place.name, place.level, place)

    def _titled_organisation(self) -> str | None:
        """The organisation a title begins with, as of an article about a company (××公司：…)."""
        head = re.split(r"[：:，,\s]", self.article.title)[0]
        return head if len(head) >= 4 and _ORGANISATION.search(head) else None

    @cached_property
    def _paragraphs(self) -> list[Span]:
        return paragraphs(self.article.body)

    def at(self, sentence: Span, offset: int) -> Subject:
        """The subject of the quantity at ``offset``; call in text order, as subjects carry over sentences."""
        paragraph = next((p.start for p in self._paragraphs if p.start <= offset < p.end), sentence.start)
        found = self._stated(sentence, offset)
        before = self._carried.get(paragraph)
        if found is None:
            return before or self.default
        opens = sentence.start == paragraph or (before is not None and before.level in LOW)
        if found.level not in LOW or opens:
            self._carried[paragraph] = found
        return found

    def _stated(self, sentence: Span, offset: int) -> Subject | None:
        """The subject the sentence itself names before the quantity; of several, the nearest."""
        before = Span(sentence.start, offset)
        found = [*self._organisations(before), *self._scopes(before), *self._bodies(before), *self._places(before)]
        return max(found, key=lambda each: each[0])[1] if found else None

    def _scopes(self, before: Span) -> list[tuple[int, Subject]]:
        text = before.of(self.article.body)
        found = [(m.start() + before.start, Subject("全国", "national", None)) for m in _NATIONAL.finditer(text)]
        for match in _SCOPE.finditer(text):
            if re.search(r"[比较占于]$", text[: match.start()]):
                continue
            subject = self._scope(match["unit"], match.group())
            if subject:
                found.append((match.start() + before.start, subject))
        if _ORGAN.search(text) and self.article.place:
            found.append(
                (before.start, replace(self.default, name=self.article.place.name, level=self.article.place.level))
            )
        return found

    def _scope(self, unit: str, word: str) -> Subject | None:
        place = self.article.place
        if place is None:
            return Subject("全国", "national", None) if unit == "国" else None
        level = _COUNTY_WORDS.get(unit)
        if level in ("township", "community"):
            return Subject(place.detail or word, "township" if level == "township" else "community", place)
        chain: list[str] = [place.adcode]
        while parent := self.gazetteer.parent(chain[-1]):
            chain.append(parent)
        ends = {"区": ("区",), "自治区": ("自治区",), "省": ("省",), "市": ("市",), "州": ("州",), "盟": ("盟",)}
        suffixes = ends.get(unit, ("县", "旗"))
        for adcode in chain:
            found = self.gazetteer.place(adcode)
            if found.name.endswith(suffixes) or (unit == "省" and found.level == "province"):
                return Subject(found.name, found.level, found)
        return None

    def _bodies(self, before: Span) -> list[tuple[int, Subject]]:
        found: list[tuple[int, Subject]] = []
        for detail in self.details:
            inside = before.start <= detail.span.start and detail.span.end <= before.end
            if inside and not re.search(r"(?:赴|来自|与|和)$", self.article.body[: detail.span.start]):
                place = replace(self.article.place, detail=detail.surface) if self.article.place else None
                found.append((detail.span.start, Subject(detail.surface, detail.level, place)))
        return found

    def _places(self, before: Span) -> list[tuple[int, Subject]]:
        found: list[tuple[int, Subject]] = []
        context = [self.article.place.adcode] if self.article.place else []
        for mention in self.mentions:
            if not (before.start <= mention.span.start and mention.span.end <= before.end):
                continue
            quoted = any(q.start < mention.span.start < q.end for q in self._quotes)
            away = self._from_elsewhere(mention.span.start) and not self._opens_with(mention.span, before.start)
            if quoted or away or self._in_name(mention.span.end):
                continue
            adcode = self.gazetteer.settle(mention.candidates, context)
            if adcode is None:
                continue
            place = self.gazetteer.place(adcode)
            if context and adcode == context[0]:
                place = replace(place, detail=None)
            found.append((mention.span.start, Subject(place.name, place.level, place)))
        return found

    def _opens_with(self, mention: Span, sentence: int) -> bool:
        """A sentence that opens with a place and a comma (在盘州市，…) is about it."""
        body = self.article.body
        return (
            mention.start - 1 == sentence
            and body[mention.start - 1] == "在"
            and body[mention.end : mention.end + 1] == "，"
        )

    def _from_elsewhere(self, start: int) -> bool:
        return _ELSEWHERE.search(self.article.body[max(0, start - 4) : start]) is not None

    def _in_name(self, end: int) -> bool:
        """A place name that is part of a newspaper's, a company's or a person's title is no subject of its own."""
        rest = self.article.body[end : end + 12]
        return (
            re.match(
                r"(?:日报|晚报|晨报|新闻网|电视台|广播|融媒|文明网|网讯|籍|人(?:[，。])|户籍|风味|特产|[一-鿿]{0,8}(?:公司|集团|协会|大学|学院))",
                rest,
            )
            is not None
        )

    def _organisations(self, before: Span) -> list[tuple[int, Subject]]:
        """Organisations that head a clause of the sentence and act."""
        body = self.article.body
        found: list[tuple[int, Subject]] = []
        for match in re.finditer(r"(?:^|(?<=[，。；：！？\n]))[^，。；：！？\n]+", before.of(body)):
            name = self._acting(match.group())
            if name:
                found.append((before.start + match.start(), Subject(name, "organisation", self.article.place)))
        return found

    def _acting(self, clause: str) -> str | None:
        words = tokens(clause[:40])
        if words and (is_action(words[0].word) or words[0].tag[0] in "mq"):
            return None
        for at, word in enumerate(words):
            head = "".join(w.word for w in words[: at + 1])
            if word.is_noun and _ORGANISATION.search(head) and at + 1 < len(words):
                following = words[at + 1]
                acts = following.is_verb or following.tag[0] in "dtp" or following.word in ("组织", "共")
                return head.strip("“”") if acts and following.word not in ("的", "和", "、") else None
            if not (word.is_noun or word.is_quote or word.tag[0] in "abmqrx" or word.word in ("的", "（", "）")):
                return None
        return None


def _detail_level(detail: str) -> Level:
    last = re.split(r"(?<=街道)|(?<=镇)|(?<=乡)", detail)[-1] or detail
    return "community" if re.search(r"(?:社区|村|嘎查|小区|居委会|村委会)$", last) else "township"


def place_spans(subjects: Subjects) -> Sequence[Span]:
    """Where the body names places and bodies: numerals inside are names."""
    return [*(m.span for m in subjects.mentions), *(d.span for d in subjects.details)]
