"""Names of practices in a text: methods, mechanisms, platforms, teams, campaigns, documents, told from ornament.

A name stands in quotation marks and is followed by or ends with a word of kind (“四必访”工作制度, ‘公共客厅’), has the
form of a method (三抓三促, 党建+网格), or stands in a row of names; or it stands bare behind a verb of founding
(启动青年教师成长计划) or before one of opening (零工市场正式启用); or it is a document issued. Speech, metaphors,
titles of honour and things that any place has (志愿服务活动) are none.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from corpus.model import Span
from corpus.wordlists import read_entries
from extract.actions import is_action
from extract.lists import any_of, words
from extract.tokens import tokens

_QUOTED = re.compile(r"“(?P<a>[^“”]{2,40})”|‘(?P<b>[^‘’]{2,30})’|「(?P<c>[^「」]{2,30})」")
_DOCUMENT = re.compile(
    r"(?:印发|制定|制订|出台|下发|修订|发布|探索出|起草|编制)[^。；《]{0,12}(?:《[^》]{4,60}》[、和及]?)+"
)
_FOUNDED = re.compile(
    rf"(?:{any_of('founding_verbs')})(?:了|起|好)?(?P<name>[^，。；：！？“”‘’《》\s的了等]{{3,24}}?(?:{any_of('bare_kinds')}))"
    rf"(?=[，。；：！？、“（(和与及等，]|$|(?:{any_of('after_names')}))"
)
_OPENED = re.compile(
    rf"(?P<name>[一-鿿（）()A-Za-z0-9]{{4,20}}?(?:{any_of('site_kinds')}))(?:正式|全面|全新|顺利|率先|日前|近日)*"
    r"(?:揭牌|揭幕|开园|试运行|启用|建成|投用|投入使用|投入运营|开业|开放|上线|亮相|挂牌|落成)"
)
_TEAM = re.compile(
    r"(?:^|(?<=[，。；：！？、\s）(（由和与]))(?P<name>[一-鿿]{3,16}?(?:宣讲团|服务队|志愿队|救援队|艺术团|志愿者协会|救援协会|行动中心))"
    r"(?![一-鿿]{0,2}(?:队|协会|中心))"
)
_ROW = re.compile(
    r"(?:开展|实施|推出|打造|举办|形成|培育|推行|落实|启动|建成|建立)(?:了|起)?(?P<row>[^。；：、]{3,16}(?:、[^。；：、]{3,16}){1,9})"
    r"等(?:系列|特色|一批|多个|[0-9一二两三四五六七八九十]+个)?(?:公益|服务|特色|党建|品牌|志愿服务|创新)*(?:项目|品牌|工程|计划|制度|机制|工作法)"
)
_PARTS_OF = re.compile(
    r"(?:构建|建立|推行|健全|完善|探索|创新|实行|落实)(?:了|起)?(?P<name>[^，。；：、“”]{3,16}(?:、[^，。；：、“”]{3,20}){1,6}的"
    r"(?!安全|资金|责任|保障)[一-鿿]{0,6}?(?:机制|模式|体系|制度))"
)
_DOES = re.compile(
    r"(?:实行|推行|建立|落实|成立|设立|开展|组建|健全|完善|执行|坚持|用好|实施|创新|推广|探索|深化|运用|依托|通过|发起|召开)[^，。；]*$"
)
_NOT_DONE = re.compile("未|没有|尚|形同虚设|不健全|缺失|要|应当|不力")
_DOES_NEAR = 24
"""Characters before a name of the trade in which its verb stands."""
_DONE_ANYWHERE = frozenset("红白理事会 道德评议会 村民议事会 乡贤理事会 乡贤参事会".split())
"""Bodies whose name says that the place has them."""
_VERB_BEFORE = re.compile(rf"(?:{any_of('naming_verbs')})[^，。；“”]{{0,10}}$")
_HONOURED = re.compile(
    r"(?:评为|荣获|获评|获得|上榜|入选|授予|命名为|被誉为|称为|荣膺|斩获|争当|争做|争创|年度|全国)[^，。；“”]{0,6}$"
)
_HONOUR = re.compile(
    r"(?:称号|荣誉|名单|奖|先进|典型|之称|美誉|志愿者(?![一-鿿]{0,2}(?:队|协会|联盟|团))|志愿服务组织)"
)
_WHAT_FOR = re.compile(r"的?[一-鿿0-9]{0,20}?(?:活动|行动|机制|模式|工作法|规则|规定|格局|课堂|夏令营|项目|平台|仪式)")
"""What follows a name that is a sentence of its own."""
_BECOME = re.compile(r"(?:成为|变成|化身|当好|化作|变身)[^，。；“”]{0,10}$")
_SPOKEN = re.compile(r"(?:说|道|表示|介绍|问|认为|感慨|点赞|坦言|告诉记者)[，：:]?$")
_SENTENCE = re.compile(r"[，。！？；：]")
_METHOD = re.compile(
    r"^(?:[一二两三四五六七八九十\d][^\d\s，。]{1,3}){2}$|^[一二两三四五六七八九十][^\s，。]{1,4}$|[+＋×]"
)
_FIRST_SECOND = re.compile(r"^(?P<x>[^，。]{1,2})[^，。]{1,2}(?P=x)[^，。]{1,2}$")
_DAY = re.compile(r"(?:日|节|周年|主义|思想|精神|讲话|决定|战略|规划|时代|意识|自信|维护|五年|公里|米|生活圈)$")
_MADE_OF = re.compile(
    r"的?[^，。；：“”‘’的]{0,8}?(?P<kind>模式|机制|规则|格局|方法|做法|路径|体系|办法|制度|工作法|标准|规定)(?![一-鿿]?[化性])"
)
_RUN = re.compile(r"[^，。；：、！？“”‘’《》（）()\s的了是在与为]{0,14}")
_NAMED_FOR = re.compile(
    r"的?[^，。；：、！？“”‘’《》（）()\s的了是]{0,20}?(?P<kind>活动|行动|项目|品牌|服务队|大赛|比赛|课程|计划|工程|夏令营|服务月|系统|平台)"
)
"""What a quotation names though verbs stand between (“同舟共享”关心关爱新就业群体服务月活动)."""
_NAMED_KINDS = {"品牌": "team_brand", "服务队": "team_brand", "系统": "platform_site", "平台": "platform_site"}
"""The kinds of these words; the others name campaigns."""
_AND_MORE = re.compile("等(?:一?系列|多项|特色)?")
_COUNTED_KIND = re.compile(
    r"[一二两三四五六七八九十](?:步|字|大|支|项|张|个)?[一-鿿]{0,6}?(?:工作法|法|服务团|服务队|机制|行动|工程|清单|体系|模式|平台)"
)
_APART = re.compile(r"[、和与及\s]*$")
_INNER = re.compile(
    r"(?<![一-鿿])[一-鿿]{1,2}[“‘][一-鿿]{1,2}[”’][一-鿿]{2,6}|(?<=[造设推建出办立])[一-鿿][“‘][一-鿿]{1,2}[”’][一-鿿]{2,6}"
)
_COUNT = re.compile(r"(?:近|约|超|首批)?[0-9一二三四五六七八九十百千万余多两]+(?:余|多)?[个家处支条座间所名]")
_GENERIC = re.compile(any_of("generic_names"))
_SHORT = 6
"""A name of fewer characters is none where it only ends a longer one."""
_FILLER = re.compile(r"^(?:[了起好一个的首批各市县区]|全(?=[省市县区新])|该|本|首[个家批]|新型|多[个种元]|一系列)+")


@dataclass(frozen=True, slots=True)
class Name:
    """A name with its place in the text and what kind of practice it names."""

    text: str
    span: Span
    kind: str


def practice_names(body: str, title: str = "") -> list[Name]:
    """The names in a text, in order, none within another; ``title`` tells which bare names matter."""
    found = sorted([*_quoted(body), *_documents(body), *_inner(body)], key=lambda n: n.span)
    bare = (*_founded(body, title), *_opened(body), *_teams(body, title), *_rows(body), *_made_of(body), *_usual(body))
    taken = {at for name in found for at in range(name.span.start, name.span.end)}
    found += [n for n in bare if taken.isdisjoint(range(n.span.start, n.span.end))]
    ends = {n.text[-size:] for n in found for size in range(1, min(_SHORT, len(n.text)))}
    kept: list[Name] = []
    for name in sorted(found, key=lambda n: (n.span.start, -n.span.end)):
        free = not kept or kept[-1].span.end <= name.span.start
        if free and not (len(name.text) < _SHORT and name.text in ends):
            kept.append(name)
    return kept


# --- in quotation marks -----------------------------------------------------------------------------------------------


def _quoted(body: str) -> Iterator[Name]:
    quotes = [*_marks(body)]
    kinds = [_kind_of(body, quote) for quote in quotes]
    for at, quote in enumerate(quotes):
        text = quote.of(body)
        if method := _listed_method(body, quote):
            yield method
            continue
        if not _may_name(body, quote):
            continue
        generic = _only_generic(text) and not re.search(r"[+＋一二两三四五六七八九十]", text)
        kind = kinds[at] or (None if generic else _row_kind(body, quotes, kinds, at))
        if kind is None:
            row = quote.start
            while row > 1 and body[row - 2] == "”" and (opens := body.rfind("“", 0, row - 2)) >= 0:
                row = opens + 1
            if not _is_formed(text, body[max(0, row - 15) : row - 1]):
                continue
            kind = "named_method"
        made = _MADE_OF.match(body, quote.end + 1)
        if made and re.search("[、，]", text):
            whole = Span(quote.start - 1, made.end())
            yield Name(whole.of(body), whole, kind)
        else:
            yield Name(text, quote, kind)


def _is_formed(text: str, before: str) -> bool:
    """Whether a name has the form of a method: 党建+网格 and 三联 behind a verb, 五社联动 and 河长制 anywhere."""
    if len(text) > 24:
        return False
    if re.fullmatch(r"[一二三四五六七八九十][^，。\s]{3,5}|[一-鿿]{1,3}[长员]制", text) and not before.endswith("的"):
        return True
    return bool((_METHOD.search(text) or _FIRST_SECOND.match(text)) and _VERB_BEFORE.search(before))


def _inner(body: str) -> Iterator[Name]:
    """Names with a word of theirs in quotation marks: 暖“新”食堂."""
    for match in _INNER.finditer(body):
        kind = _kind_by_end(match.group())
        if kind and not is_action(re.split("[“‘]", match.group())[0]):
            yield Name(match.group(), Span(*match.span()), kind)


def _marks(body: str) -> Iterator[Span]:
    """What stands in quotation marks, that in inner marks by itself where the outer is speech."""
    for match in _QUOTED.finditer(body):
        span = Span(*match.span(match.lastgroup or 0))
        yield span
    for match in re.finditer(r"‘([^‘’]{2,30})’", body):
        outer = body.rfind("“", 0, match.start())
        if outer > body.rfind("”", 0, match.start()):
            yield Span(*match.span(1))


def _may_name(body: str, quote: Span) -> bool:
    text, before, after = (
        quote.of(body),
        body[max(0, quote.start - 15) : quote.start - 1],
        body[quote.end + 1 : quote.end + 27],
    )
    bare = re.fullmatch(r"[0-9０-９\s]+|[一-鿿]{1,4}\s*[+＋]", text)
    if text in words("slogans") or (bare and not _WHAT_FOR.match(after)):
        return False
    if text.endswith(_ornaments()) or _DAY.search(text) or _SPOKEN.search(before):
        return False
    if _HONOURED.search(before) or _HONOUR.match(after):
        return False
    if _BECOME.search(before):
        return False
    if _SENTENCE.search(text) or len(text) > 24:
        return _WHAT_FOR.match(after) is not None
    return not (text.startswith("以") or re.match(r"(?:的|地)?[一-鿿]{0,2}(?:精神|理念|要求|目标|原则|思路)", after))


def _kind_of(body: str, quote: Span) -> str | None:
    """The kind that the words behind a quotation or its own last word give."""
    run = _RUN.match(body, quote.end + 1)
    phrase = _noun_run(re.sub(r"^等(?:系列|一系列|特色|一批)?", "", run.group() if run else ""))
    text = quote.of(body)
    if made := _MADE_OF.match(body, quote.end + 1):
        return "named_method" if made["kind"] in ("模式", "方法", "做法", "路径", "工作法") else "mechanism"
    bare = _only_generic(text) and not any(text.endswith(w) for w, k in _kinds() if k == "team_brand" and len(w) > 1)
    if bare or len(text) < 3 + text.startswith(("小", "大", "进", "好")):
        own = next((kind for word, kind in _kinds() if len(word) > 1 and phrase.startswith(word)), None)
        ends = _kind_by_end(phrase)
        return own or (ends if ends in ("team_brand", "campaign", "platform_site") else None)
    for word, kind in _kinds():
        if kind == "policy_document":
            continue
        if phrase.startswith(word) or (len(word) > 1 and word in phrase):
            return kind
    listed = _AND_MORE.match(body, quote.end + 1)
    if named := _NAMED_FOR.match(body, listed.end() if listed else quote.end + 1):
        return _NAMED_KINDS.get(named["kind"], "campaign")
    for word, kind in _kinds():
        if len(text) > len(word) and text.endswith(word) and (len(word) > 1 or word in "苑坊会岗团营"):
            return kind
    return None


def _kind_by_end(text: str) -> str | None:
    """The kind whose word of two or more characters a text ends with."""
    return next((kind for word, kind in _kinds() if len(word) > 1 and text.endswith(word)), None)


def _noun_run(text: str) -> str:
    """The nouns that a text begins with."""
    made = ""
    for word in tokens(text):
        if not (word.is_noun or word.tag[0] in "abmqz") or (is_action(word.word) and word.tag[:2] != "vn"):
            break
        made += word.word
    return made


def _row_kind(body: str, quotes: Sequence[Span], kinds: Sequence[str | None], at: int) -> str | None:
    """The kind of a neighbour in a row of quotations (‘城市公共客厅’‘暖新驿站’‘一角咖啡’)."""
    for step in (1, -1):
        other = at
        while 0 <= other + step < len(quotes):
            first, second = sorted((quotes[other], quotes[other + step]))
            if not _APART.fullmatch(body[first.end + 1 : second.start - 1]):
                break
            other += step
            if kinds[other]:
                return kinds[other]
    return None


def _listed_method(body: str, quote: Span) -> Name | None:
    """“取、撞、核、找”四步法, “财税、人才、法律”三大服务团: the name stands behind its quoted members."""
    tail = _COUNTED_KIND.match(body, quote.end + 1)
    if "、" not in quote.of(body) or tail is None:
        return None
    kind = next((kind for word, kind in _kinds() if tail.group().endswith(word)), "named_method")
    return Name(tail.group(), Span(*tail.span()), kind)


# --- bare -------------------------------------------------------------------------------------------------------------


def _founded(body: str, title: str) -> Iterator[Name]:
    """Names behind a verb of founding, each of a row."""
    for match in _FOUNDED.finditer(body):
        at = match.start("name")
        for part in re.split("([、和与及])", match["name"]):
            name = _trimmed(part, at)
            at += len(part)
            if name is not None and _is_specific(name.text, body, title):
                yield name


def _opened(body: str) -> Iterator[Name]:
    for match in _OPENED.finditer(body):
        name = _trimmed(re.split("[，、和与及的]", match["name"])[-1], match.end("name"), backwards=True)
        counted = name is not None and re.search(r"[0-9]", name.text)
        if name is not None and len(name.text) > 5 and not counted and not _only_generic(name.text):
            yield replace(name, kind="platform_site")


def _teams(body: str, title: str) -> Iterator[Name]:
    """Bare teams with names of their own: the one the title begins with, and those that act at the head of a clause."""
    for match in _TEAM.finditer(body):
        name = match["name"]
        own = not _only_generic(name) and (len(name) > 6 or name in title)
        if own and "等" not in name and _noun_run(name) == name:
            yield Name(name, Span(*match.span("name")), "team_brand")


def _rows(body: str) -> Iterator[Name]:
    """Names in a row summed up as projects or brands (开展了爱心衣橱、未来少年班、成长计划等公益项目)."""
    for match in _ROW.finditer(body):
        at = match.start("row")
        for part in match["row"].split("、"):
            plain = part.strip("“”‘’")
            if 3 <= len(plain) <= 16 and not _only_generic(plain):
                start = at + part.index(plain)
                yield Name(plain, Span(start, start + len(plain)), _kind_by_end(plain) or "campaign")
            at += len(part) + 1


def _made_of(body: str) -> Iterator[Name]:
    """What is made of parts that are told (构建区委统一领导、部门统筹协调、乡村具体落实的工作机制)."""
    for match in _PARTS_OF.finditer(body):
        yield Name(match["name"], Span(*match.span("name")), _kind_by_end(match["name"]) or "mechanism")


def _usual(body: str) -> Iterator[Name]:
    """Names of the trade that many places have, where they are said to be done (成立红白理事会, 推行河长制)."""
    for match in _trade_names().finditer(body):
        before = re.split("[，。；\n]", body[max(0, match.start() - _DOES_NEAR) : match.start()])[-1]
        behind = re.split("[，。；\n]", body[match.end() : match.end() + _DOES_NEAR])[0]
        done = match.group() in _DONE_ANYWHERE or _DOES.search(before)
        if done and not _NOT_DONE.search(before + behind):
            yield Name(match.group(), Span(*match.span()), _kind_by_end(match.group()) or "mechanism")


@cache
def _trade_names() -> re.Pattern[str]:
    names = [name for line in read_entries("extract", "data/trade_names.txt") for name in line.split()]
    return re.compile("|".join(sorted(names, key=len, reverse=True)))


def _trimmed(text: str, at: int, *, backwards: bool = False) -> Name | None:
    """A bare name without fillers before it, if it ends with a word of kind; ``at`` is where it begins or ends."""
    start = at - len(text) if backwards else at
    filler = _FILLER.match(text)
    cut = filler.end() if filler else 0
    counted = _COUNT.match(text, cut)
    cut = counted.end() if counted else cut
    name = text[cut:]
    kind = next((kind for word, kind in _kinds() if name.endswith(word)), None)
    if kind is None or len(name) < 4:
        return None
    return Name(name, Span(start + cut, start + len(text)), kind)


def _is_specific(name: str, body: str, title: str) -> bool:
    """Whether a bare name is more than what every place has: in the title, told twice, of words of its own, long."""
    if re.match(r"[个一两三0-9]|健全|完善|科学|长效|有效|各[类种]|相关|一[些批]", name) or name.endswith("新模式"):
        return False
    if any(name.endswith(word) for word in words("loose_kinds")):
        return len(name) >= 6 and not _only_generic(name) and (name in title or body.count(name) > 1)
    return len(name) >= (8 if _only_generic(name) else 5)


def _only_generic(name: str) -> bool:
    rest = _GENERIC.sub("", name)
    rest = next((rest[: -len(w)] for w, _ in _kinds() if rest.endswith(w)), rest)
    return len(rest) < 2


# --- the others -------------------------------------------------------------------------------------------------------


def _documents(body: str) -> Iterator[Name]:
    for issue in _DOCUMENT.finditer(body):
        for title in re.finditer(r"《([^》]{4,60})》", issue.group()):
            start = issue.start() + title.start(1)
            yield Name(title.group(1), Span(start, start + len(title.group(1))), "policy_document")


@cache
def _kinds() -> list[tuple[str, str]]:
    rows = csv.DictReader(read_entries("extract", "data/practice_kinds.csv"))
    pairs = [(word, row["kind"]) for row in rows for word in row["words"].split()]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


@cache
def _ornaments() -> tuple[str, ...]:
    return tuple(read_entries("extract", "data/ornaments.txt"))
