"""Which place an article is about: from its title, lead, source line, issuer, body, in that order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.model import Place, Span
from corpus.places import Gazetteer
from corpus.places.mentions import Mention

LEAD = 160
_DOMINANT = 0.6
_REFINING = 0.8
# A newspaper's or an agency's line before the text: it tells where the outlet is, not what the text is about.
_DATELINE = re.compile(
    r"(?:新华社|中新社|中新网|人民网|央广网|央视网|光明网|中国网|红网|本报|本网|[\u4e00-\u9fff]{2,8}(?:报|网|社|客户端|融媒))"
    r"[^，。！？；“]{0,14}?(?:\d+月)?\d*日?(?:电|讯|消息|报道)|[（(][^（()）]*(?:记者|通讯员|供图|供稿|图片)[^（()）]*[)）]"
)
_OUTLET = re.compile(
    r"([\u4e00-\u9fff]{2,4}?)(?:日报|晚报|晨报|早报|都市报|新闻网|电视台|融媒|广播|发布|客户端|(?:\d+月)?\d+日(?:电|讯))"
)
_LISTED = re.compile(r"\s*[、和与及]\s*")
_LIST_BEFORE = re.compile(r"[、和与及]\s*$")
_LIST_AFTER = re.compile(r"\s*、")
# The country itself as the subject: its organs, its meetings, or all of its places.
_NATIONAL = re.compile(
    r"中央(?!企业|财政|空调|公园|大街)|国务院|国家(?!级|税务|森林|公园|现代|通用|标准)|我国|全国(?:各地|上下|范围|[^，。]{0,10}(?:会议|大会|现场会|名单))|"
    r"(?:民政部|农业农村部|人力资源社会保障部)(?!门)"
)
_HEAD = re.compile(r"[^一-鿿]{0,4}([一-鿿]{2,10})[】\])）]?(?:[：:]|\s*[—－]{1,2}|(?<=】)|[ 　](?=\S))")
"""The name that heads a paragraph of a list."""
_PAIR = 2
_OPENS_WITH = 20
_BODY_BEFORE = re.compile("[室局部委办院会社队组府厅处]$")
_WITHIN_NAME = re.compile(r"[一-鿿](?<![在到赴从向与和及由对是把让为])$")
_WENT = re.compile(r"(?:赴|前往|组团到|带队到)[^，。]{0,8}$")
_LEARNT = re.compile(r"[^，。；]{0,10}(?:考察|取经|学习|观摩|招商|对接|交流)")
_CAME_FROM = re.compile(r"(?:来自|籍贯|原籍|老家在?)$")
_LIES = re.compile(r"(?:位于|坐落[于在]|地处)[^，。；]{0,6}$")
_OF_COUNTY = re.compile("[全我本]县|(?<![一-鿿])县(?:里|委|政府|直)")
_OF_WIDER = re.compile("[全我本][省市州盟]|(?<![一-鿿])[省市州盟](?:里|委|政府|直)")
"""How a text speaks of its own place: a county's is not about the cities that its people go to (到西安、济南推介)."""


@dataclass(frozen=True, slots=True)
class Located:
    """The place of an article and what told it: title, lead, source_line, issuer, body or none.

    ``places``: all of them where an article covers several; ``place`` is then what contains them, if one does.
    """

    place: Place | None
    basis: str
    places: tuple[Place, ...]


_OURS = re.compile("我(?P<what>[省市州盟县区旗])")
_OUR_LEVELS = {"省": "province", "市": "prefecture", "州": "prefecture", "盟": "prefecture"}
_HELD = re.compile("[一-鿿]{0,10}?(?:举办|举行|召开|开幕|落幕|闭幕|开赛|收官|启动)")


@dataclass(frozen=True, slots=True)
class _Seen:
    """A mention settled to one division."""

    span: Span
    adcode: str
    explicit: bool


def locate_article(
    gazetteer: Gazetteer,
    *,
    title: str = "",
    lead: str = "",
    source_line: str | None = None,
    issuer: str | None = None,
    body: str = "",
    site: str = "",
    area: str = "",
    masthead: str = "",
) -> Located:
    """Where the article is about, never guessed: an article about the whole country has no place.

    ``lead`` is the body's first paragraph. A place's township or community named in the title (or, without a place in
    the title, right after the place in the lead) becomes ``Place.detail``. ``site`` (whose site the text is on) and
    ``masthead`` (whose paper it is in) only settle which of several places a name means. ``area``, what a sheet's own
    column says, holds whatever the text speaks of, unless the text keeps to a place within; its basis is source_line.
    """
    title, lead = _without_dateline(title), _without_dateline(lead[:LEAD])
    around = f"{source_line or ''}\n{site}\n{area}\n{masthead}"
    reader = _Reader(gazetteer, _context(gazetteer, title, lead, around, issuer or "", body))
    told = _told(reader, title, lead, source_line, issuer, body, masthead)
    stated = reader.seen(area)
    if not stated:
        return told
    adcode = reader.deepest(stated, stated[0].adcode)
    if told.place is not None and gazetteer.contains(adcode, told.place.adcode):
        return told
    return reader.one(adcode, "source_line", title, reader.adjacent_detail(area, stated[-1].span.end))


def _told(
    reader: _Reader, title: str, lead: str, source_line: str | None, issuer: str | None, body: str, masthead: str
) -> Located:
    """Where the article is about by what it says."""
    named = [each for each in reader.seen(title) if not _is_visited(title, each.span)]
    own = issuer if issuer and reader.seen(issuer) else masthead  # 市委社会工作部 is of the paper's place
    home = reader.own(own, f"{title}\n{lead}")
    named = reader.not_around(home, named)
    if named := reader.meant(named, f"{title}\n{lead}\n{source_line or ''}\n{issuer or ''}\n{body}"):
        return reader.from_title(title, named, lead, body)
    opening = [each for each in reader.seen(lead) if not _CAME_FROM.search(lead, 0, each.span.start)]
    if home:
        opening = reader.not_around(home, [each for each in opening if not _is_scene(lead, each.span)])
    if _OF_COUNTY.search(body) and not _OF_WIDER.search(body):
        opening = [each for each in opening if each.explicit or reader.gazetteer.level(each.adcode) == "county"]
    dominant = reader.dominant(body)
    national = dominant is None and is_national(title, lead)
    listed = [] if national or not opening else reader.listed(body) or reader.row(lead, opening)
    if listed and opening[0].adcode in listed:
        return reader.of_list(listed, (("source_line", source_line), ("issuer", issuer), ("issuer", masthead)))
    if opening and not national:
        return reader.from_lead(title, lead, opening, body)
    for basis, text in (("source_line", source_line), ("issuer", issuer)):
        if text and (seen := reader.seen(text)):
            return reader.one(seen[-1].adcode, basis, title)
    if home:
        return reader.one(home.adcode, "issuer", title)
    if dominant:
        return reader.one(dominant, "body", title)
    return Located(None, "none", ())


def _is_by_chance(text: str, mention: Mention) -> bool:
    """Whether a name is only the end of a township's (大丰镇 is not 丰镇市), or a verb (县督查室会同县直部门)."""
    if mention.explicit:
        return mention.surface == "会同县" and _BODY_BEFORE.search(text, 0, mention.span.start) is not None
    return mention.surface[-1] in "镇乡" and _WITHIN_NAME.search(text, 0, mention.span.start) is not None


def _is_scene(lead: str, span: Span) -> bool:
    """Whether a place is only where something was held to which others went (大赛在三塘县举办)."""
    return lead[: span.start].endswith(("在", "于")) and _HELD.match(lead, span.end) is not None


def _is_visited(title: str, span: Span) -> bool:
    """Whether a title tells that its people went to a place to learn there (赴三塘县考察学习)."""
    return _WENT.search(title, 0, span.start) is not None and _LEARNT.match(title, span.end) is not None


def is_national(title: str, text: str) -> bool:
    """Whether a title, or how its text opens, speaks of the whole country."""
    return _NATIONAL.search(f"{title}\n{text.strip()[:_OPENS_WITH]}") is not None


def _without_dateline(text: str) -> str:
    """``text`` with bylines and datelines blanked out, its length kept."""
    return _DATELINE.sub(lambda match: "　" * len(match.group()), text)


def _context(gazetteer: Gazetteer, title: str, lead: str, source: str, issuer: str, body: str) -> list[str]:
    """Adcodes of every unambiguous place around, outlets included."""
    text = "\n".join((title, lead, source, issuer, body))
    found = [mention.candidates[0] for mention in gazetteer.find(text) if len(mention.candidates) == 1]
    for match in _OUTLET.finditer(text[: 4 * LEAD] + source):
        name = match.group(1)
        places = (gazetteer.resolve(name[at:]) for at in range(len(name) - 1))
        found += [place.adcode for place in places if place is not None][:1]
    return found


@dataclass(frozen=True)
class _Reader:
    """Reads the parts of one article with the places named around them as context."""

    gazetteer: Gazetteer
    context: Sequence[str]

    def seen(self, text: str) -> list[_Seen]:
        """The mentions of ``text`` that mean one division."""
        found = []
        for mention in self.gazetteer.find(text):
            adcode = self.gazetteer.settle(mention.candidates, self.context)
            if adcode is not None and not _is_by_chance(text, mention):
                found.append(_Seen(mention.span, adcode, mention.explicit))
        return found

    def meant(self, named: list[_Seen], text: str) -> list[_Seen]:
        """The mentions but short names that only look like one (钱江源头): the text names other places alone."""
        contains = self.gazetteer.contains
        told = {each.adcode for each in self.seen(text) if each.explicit}
        return [
            each
            for each in named
            if each.explicit or not told or any(contains(each.adcode, t) or contains(t, each.adcode) for t in told)
        ]

    def from_title(self, title: str, named: list[_Seen], lead: str, body: str) -> Located:
        """The title's first place, refined by a lead that goes deeper; several where the title lists several."""
        listed = [named[0]]
        for each in named[1:]:
            if _LISTED.fullmatch(title, listed[-1].span.end, each.span.start):
                listed.append(each)
        codes = list(dict.fromkeys(each.adcode for each in listed))
        if len(codes) > 1:
            above = self.gazetteer.common(codes)
            places = tuple(self.gazetteer.place(code) for code in codes)
            return Located(self.gazetteer.place(above) if above else None, "title", places)
        adcode = self.deepest(named, codes[0])
        finer = self._finer(adcode, lead, body)
        return self.one(finer or adcode, "lead" if finer else "title", title)

    def own(self, issuer: str, told: str) -> _Seen | None:
        """The place that speaks of itself (我市), if it is who issues a text and not one around that."""
        seen, ours = self.seen(issuer), _OURS.search(told)
        if not seen or ours is None:
            return None
        level, name = self.gazetteer.level(seen[-1].adcode), self.gazetteer.place(seen[-1].adcode).name
        meant = level == _OUR_LEVELS.get(ours["what"], "county") or (level == "county" and name.endswith(ours["what"]))
        return seen[-1] if meant else None

    def not_around(self, home: _Seen | None, named: list[_Seen]) -> list[_Seen]:
        """The places without those in which the one lies that speaks of itself."""
        return [each for each in named if home is None or not self._below(each.adcode, home.adcode)]

    def from_lead(self, title: str, lead: str, opening: list[_Seen], body: str) -> Located:
        """The lead's first place that carries its kind, else its first."""
        first = opening[0]
        adcode = first.adcode
        adcode = self._finer(adcode, lead, body) or adcode
        last = next((each for each in opening if each.adcode == adcode), first)
        detail = self.adjacent_detail(lead, last.span.end)
        if detail and self._beyond(adcode, detail, body):
            detail = None
        return self.one(adcode, "lead", title, detail)

    def listed(self, body: str) -> list[str]:
        """The divisions that paragraphs begin with, each heading what is told of it (平邑县：……), if several do."""
        heads = (m[1] for line in body.split("\n") if (m := _HEAD.match(line)))
        seen = [found[-1] for head in heads if (found := self.seen(head)) and found[-1].span.end == len(head)]
        codes = list(dict.fromkeys(each.adcode for each in seen))
        return codes if len(codes) > 1 else []

    def row(self, lead: str, opening: Sequence[_Seen]) -> list[str]:
        """The divisions that a lead names first in a row (长丰县、肥东县、肥西县5个县), if there are several."""
        row = list(opening[:1])
        for each in opening[1:]:
            if not _LISTED.fullmatch(lead, row[-1].span.end, each.span.start):
                break
            row.append(each)
        codes = list(dict.fromkeys(each.adcode for each in row))
        return codes if len(codes) > _PAIR else []

    def of_list(self, codes: Sequence[str], told: Sequence[tuple[str, str | None]]) -> Located:
        """What contains all of the divisions that a text lists: where its source or issuer is, else the smallest."""
        places = tuple(self.gazetteer.place(code) for code in codes)
        for basis, text in told:
            for each in reversed(self.seen(text or "")):
                if all(self.gazetteer.contains(each.adcode, code) for code in codes):
                    return Located(self.gazetteer.place(each.adcode), basis, places)
        above = self.gazetteer.common(codes)
        return Located(self.gazetteer.place(above) if above else None, "lead", places)

    def one(self, adcode: str, basis: str, title: str, detail: str | None = None) -> Located:
        """A single place, with the body below it that the title names."""
        named = self.gazetteer.find_details(title)
        titled = self.adjacent_detail(title, named[0].span.start) if named else None
        place = self.gazetteer.place(adcode, titled or detail)
        return Located(place, basis, (place,))

    def dominant(self, body: str) -> str | None:
        """The smallest division most mentions of the body are of or in."""
        codes = [each.adcode for each in self.seen(body)]
        counts = Counter(codes)
        best = None
        for code in sorted(counts, key=self._depth):
            share = sum(n for other, n in counts.items() if self.gazetteer.contains(code, other)) / len(codes)
            if share >= _DOMINANT and counts[code] > 1:
                best = code
        return best

    def _finer(self, adcode: str, lead: str, body: str) -> str | None:
        """The division below that the lead says it lies in, or opens with while the body keeps to it.

        One of several in a row (奔赴新疆、湖南龙山县) is where something was done, and not where the text keeps to.
        """
        below = [each for each in self.seen(lead) if self._below(adcode, each.adcode)]
        opened = [each for each in below if not self._in_list(lead, each.span)]
        opening = [each.adcode for each in opened]
        if opened and _LIES.search(lead, 0, opened[0].span.start):
            return opening[0]
        if not opening or self._depth(adcode) == 2:
            return None
        deeper = [each.adcode for each in self.seen(body) if self._below(adcode, each.adcode)]
        kept = sum(self.gazetteer.contains(opening[0], code) for code in deeper)
        return opening[0] if deeper and kept / len(deeper) >= _REFINING else None

    def _in_list(self, text: str, span: Span) -> bool:
        """Whether a mention, with the divisions above it that stand before it, is one of several in a row."""
        start = span.start
        for each in reversed(self.seen(text[: span.start])):
            if each.span.end == start:
                start = each.span.start
        return bool(_LIST_BEFORE.search(text, 0, start) or _LIST_AFTER.match(text, span.end))

    def deepest(self, seen: Sequence[_Seen], adcode: str) -> str:
        """The last of the places each of which lies in the one before."""
        for each in seen:
            if self._below(adcode, each.adcode):
                adcode = each.adcode
        return adcode

    def adjacent_detail(self, text: str, at: int) -> str | None:
        """The township and community named from an offset on."""
        names = []
        for each in self.gazetteer.find_details(text):
            if each.span.start == at:
                names.append(each.surface)
                at = each.span.end
        return "".join(names) or None

    def _beyond(self, adcode: str, detail: str, body: str) -> bool:
        """Whether the body goes on about the whole division, and the body below it was only where it began."""
        finer = {each.span.start for each in self.gazetteer.find_details(body)}
        alone = sum(each.adcode == adcode and each.span.end not in finer for each in self.seen(body))
        again = any(body.count(each.surface) > 1 for each in self.gazetteer.find_details(detail))
        return not again and alone > 1

    def _below(self, parent: str, child: str) -> bool:
        return parent != child and self.gazetteer.contains(parent, child)

    def _depth(self, adcode: str) -> int:
        return {"province": 0, "prefecture": 1, "county": 2}[self.gazetteer.level(adcode)]
