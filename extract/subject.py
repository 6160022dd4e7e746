"""Whose figure it is: the body that did it, its level, and the place it lies in.

A street's, a community's, a company's or the nation's figure never becomes the county's. A clause tells its subject by
the part that a name plays in it: the actor at its head (三都县选派…, 该协会组织…), what stands right before the
number (浙江省3家), the scope or the scene of what is done (在全县, 在都安县招收…), the receiver (向寻乌县捐赠…). A
place only spoken of (救援足迹遍及河南) is none. Without one, the subject of the clauses and sentences before stands.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar

from corpus.model import Article, Level, Place, Span, overlapped
from corpus.places import Gazetteer
from corpus.places.details import Detail
from corpus.places.mentions import Mention
from extract.actions import is_action
from extract.areas import Areas, areas
from extract.lists import any_of
from extract.sentences import clauses, paragraphs, sentences
from extract.tokens import Token, joined, tokens

_NATIONAL = re.compile(
    r"全国(?!文明|人大|政协|劳[动模]|优秀|先进|最美|道德|学雷锋|百|性|两会|示范|重点|首|第|青|五一|模范|卫生|双拥|社会工作|志愿|各地|生态)|我国|全国范围内|国家层面|(?:^|(?<=[，。；：]))(?:中共)?中央[一-鿿]{2,4}[部办委]|国务院|国家[一-鿿]{1,6}[委局部办]"
)
_WITHIN = re.compile(r"(?!(?:[年月][初底末]|[年季]度|以来|目前|其中)$)[一-鿿]{2}$")
"""Before 全国 within a phrase (低于全国), not behind a time alone (2025年底全国)."""
_SCOPE = re.compile(r"[全本我该](?P<unit>省|自治区|市|州|盟|县|旗|区|镇|乡|街道|村|社区|嘎查)(?![委局部级政务院管])")
_WHOLE = re.compile("全[省市州盟]|全自治区|同期")
"""What tells figures of a wider place in passing (全省同期…, 长沙全市…)."""
_ORGAN = re.compile(r"^(?:中共)?(?:[省市州盟县旗区])(?:委|政府|直|属|级)")
_ITS_ORGAN = re.compile("[市州盟县旗区](?:城(?!市)|[一-鿿]{0,8}?(?:总工会|妇联|残联|团委|工商联|局|中心|法院|检察院))")
"""An office of the very place that a text is about, told by the kind of place (in 祥云县: 县总工会)."""
_ORGANISATION = re.compile(rf"(?:{any_of('organisations')})$")
_KIND = re.compile("(?:企业|单位|机构|组织|部门)$")
"""What ends the name of a kind, not of one of them (在金湖办企业, 规上工业企业实现营业收入…)."""
_ONE_OF = re.compile("某|[一该这][家个]")
"""What makes one of a kind (一家米业企业)."""
_REFERENCE = re.compile(rf"^该?(?:[一-鿿]{{0,2}}(?:{any_of('organisations')})|[队社院校站馆])")
_BEHIND_NAME = re.compile(
    r"[0-9]{1,2}月[0-9]{1,2}日(?:电|讯|消息)|新闻[0-9]|日报|晚报|晨报|新闻网|电视台|广播|融媒|文明网|网讯|籍|人(?:[，。])|户籍|风味|特产"
    rf"|(?P<before>[一-鿿（）()]{{0,16}}?)(?:{any_of('organisations')})"
)
_LEAD = re.compile(
    r"^(?:[（(]?(?:原标题|图[为注]?)[：:]|[（(][^（）()]{0,30}[）)]|据(?:了解|悉|介绍|统计)|截[至止][^，]{0,12}?[日底末前]"
    r"|(?:今年|近年)(?:以?来)?|[0-9]{4}年(?:[0-9]{1,2}月)?(?:以来)?|[0-9]{1,2}月[0-9]{1,2}日|[近日昨今当][日天期]"
    r"|目前|此外|同时|其中|另外|包括|记者|[例比]?如|[在由据从是及和 　—－-])+"
)
_ASIDE = re.compile(r"其中[^，,：:]{2,18}[，,]")
"""A part told in passing (其中湄江街道12个，): the clauses behind it are again about the whole."""
_HOSTED = re.compile("(?:主办|承办|协办)(?:$|[的、])")
"""Who holds an event is not whose its figures are (由市卫健委主办、县卫健委承办的…)."""
_MOVED = re.compile(rf"(?:{any_of('elsewhere')})$")
_SCENE = re.compile(r"[在于]$")
_CAUSED = re.compile(rf"(?:{any_of('causative')}|组织)$")
_BESIDE = re.compile(r"(?:各地|境内)?(?:的|共|共有|现有|已有|有|仅|各)?\s?$")
_FRONTED = re.compile("立足|依托|围绕|通过|针对|按照|借助|坚持|聚焦|根据|结合|以|为了?|随着|利用|发挥")
_SUMS = re.compile("当前|(?:自[^，。；]{2,12}以来)?累计|截[至止]|目前|至今|今年以来|近年来|总体|据统计")
_PARALLEL = re.compile(r"[0-9][0-9.,余多万亿]*[一-鿿]{1,3}、$")
_JOINED = re.compile(r"(?:、|和|与|及|以及)$")
_AND_OTHERS = re.compile(
    r"(?P<more>(?:[、和][一-鿿]{2,8}?(?:镇|乡|街道|社区|村|苏木|嘎查))*)等(?:地|处|[一二两三四五六七八九十0-9多]+个|乡镇|镇|街道|村|社区)"
)
"""Behind one of several bodies that are only examples of where (乌拉山镇、白彦花镇|等地)."""
_GIVEN = re.compile(
    r"(?P<to>[向为给])(?P<whom>[^，。；]{2,40}?)(?P<each>分别)?(?:再次|累计|先后|无偿)?(?P<verb>捐[赠助献款]?|赠送?|援助|支援|拨付|划拨)"
)
LOW = ("township", "community", "organisation")
"""Levels below the county."""
_RANK = {"organisation": 0, "community": 1, "township": 2} | dict.fromkeys(
    ("county", "prefecture", "province", "national"), 3
)
_COUNTY_WORDS: dict[str, Level] = {"县": "county", "旗": "county", "镇": "township", "乡": "township"}
_COUNTY_WORDS |= {"街道": "township", "村": "community", "社区": "community", "嘎查": "community"}
_ENDS = {"区": ("区",), "自治区": ("自治区",), "省": ("省",), "市": ("市",), "州": ("州",), "盟": ("盟",)}


_REST = re.compile(r"[，、；](?:其余|其他)(?![、是均都])[^，。；、\d]{0,10}$")
"""Behind the members of a list, before the figure of all others (玉山镇24处、周市镇13处，其余区镇|32处)."""
_REST_LENGTH = 13
"""Characters at most of that."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Who did it, at what level, in which place (None for the nation)."""

    name: str
    level: Level
    place: Place | None


@dataclass(frozen=True)
class Subjects:
    """The subjects of one article: ``at(sentence, offset)`` gives the one that a quantity belongs to."""

    article: Article
    gazetteer: Gazetteer
    _heads: dict[tuple[int, int], Subject | None] = field(default_factory=dict, repr=False)
    _named: list[Subject] = field(default_factory=list, repr=False)

    @cached_property
    def mentions(self) -> list[Mention]:
        """Places named in the body; a name that is also a word counts where the body means the place elsewhere."""
        found = self.gazetteer.find(self.article.body)
        known = {code for mention in found if mention.explicit for code in mention.candidates}
        return self.gazetteer.find(self.article.body, known)

    @cached_property
    def details(self) -> list[Detail]:
        """Bodies below the county named in the body."""
        return self.gazetteer.find_details(self.article.body)

    @cached_property
    def _ending(self) -> dict[int, Span]:
        """The names of places and bodies by where they end."""
        return {each.end: each for each in place_spans(self)}

    @cached_property
    def _spans(self) -> list[Span]:
        """The names of places and bodies in text order."""
        return list(place_spans(self))

    @cached_property
    def _quotes(self) -> list[Span]:
        return [Span(*m.span()) for m in re.finditer(r"“[^“”]{1,30}”|《[^《》]{1,60}》", self.article.body)]

    @cached_property
    def _areas(self) -> Areas:
        return areas(self.article, self.mentions, self.gazetteer)

    def named_in(self, sentence: Span) -> list[tuple[Span, Subject]]:
        """The places and bodies that a sentence names, in order."""
        named = [*self._bodies(sentence, anywhere=True), *self._places(sentence, anywhere=True)]
        return sorted(named, key=lambda each: each[0])

    def _own(self, offset: int) -> Subject:
        """Whom the text around an offset is about: a place within the article's own, or the article's own subject."""
        adcode = self._areas.at(offset)
        if adcode is None:
            return self.default
        place = self.gazetteer.place(adcode)
        return Subject(place.name, place.level, place)

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
        """The organisation a title begins with, as of an article about it (××公司：…, ××协会获评…), not any (商会…)."""
        title = _LEAD.sub("", self.article.title)
        head = re.split(r"[：:，,\s｜|]", title)[0]
        named = _ORGANISATION.search(head) and not _KIND.search(head)
        if len(head) >= 4 and named and not _is_plural(head):
            return head
        name = _acting(title)
        return name if name is not None and len(name) > 3 else None

    def at(self, sentence: Span, offset: int) -> Subject:
        """The subject of the quantity at ``offset`` of a sentence."""
        before = self._so_far.get(sentence.start) or self._own(sentence.start)
        if _REST.search(self.article.body, max(sentence.start, offset - _REST_LENGTH), offset):
            return before
        parts = [c for c in clauses(self.article.body, sentence) if c.start < offset]
        last = Span(parts[-1].start, offset) if parts else Span(sentence.start, offset)
        told = [c for n, c in enumerate(parts[:-1]) if n == 0 or not _ASIDE.fullmatch(c.of(self.article.body))]
        head: Subject | None = None
        for clause in told:
            head = self._head(clause, head or before) or head
        acting = self._head(last, head or before) or head or self._main(sentence, offset, before) or before
        if alone := self._beside(last, acting) or self._receiver(last, acting):
            return alone
        scene = self._scene(last, acting)
        if scene is None:
            return acting
        return replace(acting, place=scene.place) if acting.level == "organisation" else scene

    def _main(self, sentence: Span, offset: int, before: Subject) -> Subject | None:
        """The actor of the main clause, where a figure stands in what a sentence starts from (依托11个站，渝中区…)."""
        first, *rest = clauses(self.article.body, sentence)
        if offset >= first.end or not _FRONTED.match(self.article.body, first.start):
            return None
        return next((h for c in rest if (h := self._head(c, before))), None)

    @cached_property
    def _so_far(self) -> dict[int, Subject]:
        """The subject that stands when a sentence begins, by its start.

        A sentence takes over the one before it in its paragraph. A body below the county stands on only where the
        paragraph began with one, and until a sum is drawn (目前, 累计); the nation only for a 其中.
        """
        body, found = self.article.body, dict[int, Subject]()
        for paragraph in paragraphs(body):
            high = current = own = self._own(paragraph.start)
            opens = True
            for sentence in sentences(body, paragraph):
                summed = not opens and _SUMS.match(body, sentence.start)
                if summed or (current.level == "national" and not body.startswith("其中", sentence.start)):
                    current = high
                found[sentence.start] = current
                parts = clauses(body, sentence)
                head = next((h for c in parts if (h := self._head(c, current))), None)
                if self._lists_places(sentence, own):
                    current = high = own
                elif head is not None and (opens or _RANK[head.level] >= _RANK[current.level]):
                    if not opens and self._is_around(head.place) and _WHOLE.search(body, sentence.start, sentence.end):
                        continue
                    current = head
                    if head.level not in LOW and head.level != "national":
                        high = head
                opens = False
        return found

    def _is_around(self, place: Place | None) -> bool:
        """Whether a place holds the article's own."""
        own = self.article.place
        if own is None or place is None or own.adcode == place.adcode:
            return False
        return self.gazetteer.contains(place.adcode, own.adcode)

    def _lists_places(self, sentence: Span, own: Subject) -> bool:
        """Whether a sentence of a text on a larger place tells of several places in it one after another."""
        if own.place is None or own.level in (*LOW, "county"):
            return False
        around = own.place.adcode
        named = {self.gazetteer.settle(m.candidates, [around]) for m in _inside(self.mentions, sentence)}
        return sum(self.gazetteer.contains(around, code) for code in named if code and code != around) > 1

    # --- the parts a name can play in a clause ------------------------------------------------------------------------

    def _head(self, clause: Span, before: Subject) -> Subject | None:
        """The actor that a clause begins with."""
        key = clause.start, clause.end
        if key not in self._heads:
            self._heads[key] = self._read_head(clause, before)
        return self._heads[key]

    def _read_head(self, clause: Span, before: Subject) -> Subject | None:
        body = self.article.body
        text = clause.of(body)
        if _HOSTED.search(text):
            return None
        lead = _LEAD.match(text)
        start = clause.start + (lead.end() if lead else 0)
        text = body[start : clause.end]
        about = self.article.place
        own_organ = about is not None and _ITS_ORGAN.match(text) and about.name.endswith(text[0])
        if not own_organ and (organisation := self._organisation(text, start)):
            return organisation
        if about and (_ORGAN.match(text) or own_organ):
            place = self._own(start).place or about
            return Subject(place.name, place.level, place)
        named = [*self._scopes(clause, before), *self._bodies(clause), *self._places(clause)]
        heads = [(span, subject) for span, subject in named if self._heads_clause(span, start)]
        return max(heads, key=lambda each: each[0])[1] if heads else None

    def _heads_clause(self, name: Span, start: int) -> bool:
        """Whether nothing is done before a name in its clause, or it is made to act (推动三都县…, 都安县招收…).

        What is said of it first may stand before it (进度最快的是六排镇).
        """
        left = self._before_list(name, start)
        if left.endswith("的是"):
            return True
        following = tokens(self.article.body[name.end : name.end + 8])
        acts = bool(following) and following[0].is_verb
        if acts and (_CAUSED.search(left) or _PARALLEL.search(left)):
            return True
        return not any(word.is_verb or word.tag == "p" or is_action(word.word) for word in tokens(left))

    def _beside(self, clause: Span, acting: Subject) -> Subject | None:
        """The place that stands right before the number (浙江省3家, 三都县的16家), unless it is where from or where."""
        found = [
            (span, subject)
            for span, subject in (*self._scopes(clause, acting), *self._bodies(clause), *self._places(clause))
            if _BESIDE.fullmatch(self.article.body[span.end : clause.end])
        ]
        if not found:
            return None
        span, subject = max(found, key=lambda each: each[0])
        left = self._before_list(span, clause.start)
        if _MOVED.search(left) or _SCENE.search(left):
            return None
        return None if acting.level == "organisation" and subject.level != "national" else subject

    def _receiver(self, clause: Span, acting: Subject) -> Subject | None:
        """Who is given the figure; with 分别, each place its own."""
        given = _GIVEN.search(self.article.body, clause.start, clause.end)
        if given is None:
            return None
        inside = Span(*given.span("whom"))
        places = [subject for _, subject in sorted(self._places(inside, anywhere=True), key=lambda each: each[0])]
        if not places:
            return None
        nth = len(re.findall("、|和", self.article.body[given.end() : clause.end])) if given["each"] else 0
        if len(places) > 1 and not given["each"]:
            return None
        place = places[min(nth, len(places) - 1)]
        return replace(acting, place=place.place) if acting.level == "organisation" else place

    def _scene(self, clause: Span, acting: Subject) -> Subject | None:
        """Where it is done: the last scope, or place or body behind 在, of a clause."""
        found = list(self._scopes(clause, acting))
        for span, subject in (*self._places(clause, anywhere=True), *self._bodies(clause, anywhere=True)):
            following = overlapped(self._spans, Span(span.end + 1, span.end + 2))
            listed = following is not None and following.start == span.end + 1
            if _SCENE.search(self.article.body[clause.start : span.start]) and not listed:
                found.append((span, subject))
        return max(found, key=lambda each: each[0])[1] if found else None

    def _before_list(self, name: Span, start: int) -> str:
        """What stands before a name, or before the list of names it ends (河南、山东、安徽)."""
        left = self.article.body[start : name.start]
        while joined := _JOINED.search(left):
            end = start + joined.start()
            other = self._ending.get(end)
            if other is None or other.start < start:
                break
            left = self.article.body[start : other.start]
        return left

    # --- the names ----------------------------------------------------------------------------------------------------

    def _scopes(self, clause: Span, before: Subject) -> Iterator[tuple[Span, Subject]]:
        body = self.article.body
        text = clause.of(body)
        for match in _NATIONAL.finditer(text):
            if not _MOVED.search(text[: match.start()]) and not _WITHIN.search(text[: match.start()]):
                yield Span(clause.start + match.start(), clause.start + match.end()), Subject("全国", "national", None)
        for match in _SCOPE.finditer(text):
            if re.search(r"[比较占]$", text[: match.start()]) or clause.start + match.start() in self._ending:
                continue
            subject = self._scope(match["unit"], match.group(), before)
            if subject:
                yield Span(clause.start + match.start(), clause.start + match.end()), subject

    def _scope(self, unit: str, word: str, before: Subject) -> Subject | None:
        """全市 of whom: of the division of that kind that the subject so far, or else the article, lies in."""
        own = word[0] in "我本"
        for place in (self.article.place, before.place) if own else (before.place, self.article.place):
            if place is None:
                continue
            level = _COUNTY_WORDS.get(unit)
            if level in ("township", "community"):
                if place.detail and _detail_level(place.detail) != level:
                    continue
                return Subject(place.detail or word, level, place)
            suffixes = _ENDS.get(unit, ("县", "旗"))
            adcode: str | None = place.adcode
            while adcode:
                found = self.gazetteer.place(adcode)
                if found.name.endswith(suffixes) or (unit == "省" and found.level == "province"):
                    return Subject(found.name, found.level, found)
                adcode = self.gazetteer.parent(adcode)
        return None

    def _bodies(self, clause: Span, *, anywhere: bool = False) -> Iterator[tuple[Span, Subject]]:
        for detail in _inside(self.details, clause):
            if not anywhere and re.search(
                r"(?:赴|来自|与|和)$", self.article.body[max(0, detail.span.start - 4) : detail.span.start]
            ):
                continue
            others = _AND_OTHERS.match(self.article.body, detail.span.end)
            if others and (others["more"] or self.article.body[detail.span.start - 1] in "、和"):
                continue
            around = self._just_before(detail) or self._own(detail.span.start).place or self.article.place
            place = replace(around, detail=detail.surface) if around else None
            yield detail.span, Subject(detail.surface, detail.level, place)

    def _just_before(self, detail: Detail) -> Place | None:
        """The place within the article's that stands right before a body's name (南充市的…，南部县|升钟镇)."""
        own = self.article.place
        near = Span(max(0, detail.span.start - 12), detail.span.start)
        mention = next((m for m in _inside(self.mentions, near) if m.span.end == detail.span.start), None)
        adcode = self.gazetteer.settle(mention.candidates, [own.adcode] if own else []) if mention else None
        return self.gazetteer.place(adcode) if adcode and own and self.gazetteer.contains(own.adcode, adcode) else None

    def _places(self, clause: Span, *, anywhere: bool = False) -> Iterator[tuple[Span, Subject]]:
        context = [self.article.place.adcode] if self.article.place else []
        for mention in _inside(self.mentions, clause):
            quoted = overlapped(self._quotes, mention.span) is not None
            moved = _MOVED.search(self.article.body[max(0, mention.span.start - 4) : mention.span.start])
            if quoted or (moved and not anywhere) or self._in_name(mention.span.end):
                continue
            adcode = self.gazetteer.settle(mention.candidates, context)
            if adcode is None:
                continue
            place = self.gazetteer.place(adcode)
            if context and adcode == context[0]:
                place = replace(place, detail=None)
            yield mention.span, Subject(place.name, place.level, place)

    def _in_name(self, end: int) -> bool:
        """A place name that is part of a newspaper's, a company's or a person's title is no subject of its own."""
        match = _BEHIND_NAME.match(self.article.body, end, end + 24)
        if match is None or match["before"] is None:
            return match is not None
        first = next(iter(tokens(match["before"])), None)
        return first is None or not (is_action(first.word) or first.tag[0] in "dp")

    def _organisation(self, text: str, start: int) -> Subject | None:
        """The organisation that acts at the head of a clause, named or referred to (该协会, 救援队)."""
        name = self._seated(start) or _acting(text)
        if name and "、" in name:  # 在港口、渔村、养殖公司设联系点
            return None
        if name and _COUNTED.match(self.article.body, start + text.find(name) + len(name)):
            return None
        if name and _is_kind(name):
            return self._place_before(start)
        if name is not None and len(name) > 3 and not name.startswith("该"):
            subject = Subject(name, "organisation", self._seat(start, len(name)))
            self._named.append(subject)
            return subject
        reference = _REFERENCE.match(text)
        if reference is None or not (name or text.startswith("该")):
            return None
        tail = reference.group()[-1]
        known = [s for s in (self.default, *self._named) if s.level == "organisation" and s.name.endswith(tail)]
        if known:
            return known[-1]
        return Subject(reference.group(), "organisation", self.article.place) if text.startswith("该") else None

    def _mention_at(self, start: int) -> Mention | None:
        """The place whose name begins at an offset."""
        mention = next(_inside(self.mentions, Span(start, start + 16)), None)
        return mention if mention is not None and mention.span.start == start else None

    def _place_before(self, start: int) -> Subject | None:
        """The place that the name of a kind of bodies begins with (塔城地区|主要面粉企业)."""
        mention = self._mention_at(start)
        own = [self.article.place.adcode] if self.article.place else []
        adcode = self.gazetteer.settle(mention.candidates, own) if mention else None
        place = self.gazetteer.place(adcode) if adcode else None
        return Subject(place.name, place.level, place) if place else None

    def _seated(self, start: int) -> str | None:
        """An organisation that acts and whose name begins with a place: 三门峡市崤函退役军人帮扶援助志愿服务队."""
        body = self.article.body
        mention = self._mention_at(start)
        if mention is None or not self._in_name(mention.span.end):
            return None
        match = _BEHIND_NAME.match(body, mention.span.end, mention.span.end + 24)
        if match is None or match["before"] is None:
            return None
        name = body[start : match.end()]
        words = tokens(name[-2:] + re.split(r"[，。；：！？\n]", body[match.end() : match.end() + 24])[0])
        return name if words and not _is_plural(name) and _acts(words, 0) else None

    def _seat(self, start: int, length: int) -> Place | None:
        """The place in an organisation's name where it lies in the article's place, else the article's place."""
        own = self.article.place
        context = [own.adcode] if own else []
        for mention in _inside(self.mentions, Span(start, start + length)):
            adcode = self.gazetteer.settle(mention.candidates, context)
            if adcode and (own is None or self.gazetteer.contains(own.adcode, adcode)):
                return own if own and adcode == own.adcode else self.gazetteer.place(adcode)
        return own


_Named = TypeVar("_Named", Mention, Detail)


def _inside(named: Sequence[_Named], within: Span) -> Iterator[_Named]:
    """The names that lie within a span, of names in text order."""
    for at in range(bisect_left(named, within.start, key=lambda n: n.span.start), len(named)):
        if named[at].span.start >= within.end:
            return
        if named[at].span.end <= within.end:
            yield named[at]


def _is_kind(name: str) -> bool:
    """Whether a name is of a kind of bodies, not of one (规上工业企业)."""
    return _KIND.search(name) is not None and _ONE_OF.search(name) is None


def _acting(text: str) -> str | None:
    """The organisation at the head of a clause, if a verb or an adverb follows it."""
    words = tokens(text[:40])
    first = next((w for w in words if w.tag != "d"), None)
    if first is None or is_action(first.word) or first.tag[0] in "mq":
        return None
    for at, word in enumerate(words):
        head = joined(words[: at + 1])
        if (word.is_noun or word.is_verb) and _ORGANISATION.search(head) and not _continues(words, at):
            return None if _is_plural(head) or not _acts(words, at) else head.strip("“”")
        if not (word.is_noun or word.is_quote or word.tag[0] in "abmqrx" or word.word in ("的", "（", "）", "(", ")")):
            return None
    return None


def _continues(words: Sequence[Token], at: int) -> bool:
    """Whether the name goes on with another organisation's word (社区|服务中心|志愿队)."""
    following = words[at + 1] if at + 1 < len(words) else None
    return following is not None and following.is_noun and _ORGANISATION.search(following.word) is not None


_MEMBERS = ("党员", "志愿者", "成员", "队员", "会员", "职工", "工作人员", "负责人", "青年")
"""Who acts for an organisation when named behind it."""
_ACTING = ("组织", "共", "再次", "首批", "全体", "用时")
"""Words that tell that who is named before them acts, though they are no verbs."""
_COUNTED = re.compile(r"(?:共有?|现有|达到?)?[\d.]+[万余多]*[家所个支处座户](?:[，、。；（(]|$)")
"""Behind what is counted, not who acts (公办小学|315个、)."""


def _acts(words: Sequence[Token], at: int) -> bool:
    while at + 1 < len(words) and words[at + 1].word in _MEMBERS:
        at += 1
    if at + 1 == len(words):
        return True
    following = words[at + 1]
    if following.word in ("和", "与", "、"):
        return any(_ORGANISATION.search(word.word) for word in words[at + 2 :])
    acts = following.is_verb or following.tag[0] in "dtpam" or following.word in _ACTING
    return acts and following.word not in ("的", "和", "、", "及", "与", "等")


def _is_plural(name: str) -> bool:
    """Several organisations, or any: 多家企业, 各协会, 企业."""
    return len(name) < 2 or re.search(r"^[各些每两]|[多几各数]家|广大|相关|有关|^全[省市县区]|[0-9]", name) is not None


def _detail_level(detail: str) -> Level:
    last = re.split(r"(?<=街道)|(?<=镇)|(?<=乡)", detail)[-1] or detail
    return "community" if re.search(r"(?:社区|村|嘎查|小区|居委会|村委会)$", last) else "township"


def place_spans(subjects: Subjects) -> Sequence[Span]:
    """Where the body names places and bodies, in text order: numerals inside are names."""
    return sorted([*(m.span for m in subjects.mentions), *(d.span for d in subjects.details)])
