"""Figures in a list of places or years (路南区18个，路北区24个; 2024年末221人，2025年末205人) count its head."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.indicators import Indicator
from corpus.model import Fact, Span
from extract.actions import NOMINAL, is_action
from extract.classify import classify
from extract.clause import Phrase, counts_places
from extract.measures import dimension
from extract.nouns import noun_before
from extract.period import without_periods
from extract.phrase import DEFAULTS
from extract.sentences import clause_of, paragraphs, sentences
from extract.status import says_planned
from extract.tokens import tokens

_BEGINS = re.compile(r"(?:^|[，,、；;。：:（(\n])\s*(?:其中|包括|分别[是为]|依次[是为]|有)?[：:，,]?\s*$")
"""What stands before the name that an item of a list begins with."""
_BETWEEN = re.compile(
    r"[末底初]?[（(]?[：:\s]*(?:今年|全年|年度|上半年)?(?:为|有|共有?|达到?|各有?|约|近|超过?|是)*(?P<verb>[一-鿿]{2})?(?:了|为|达)?"
)
_ALREADY = re.compile("^(?:已经?|共|累计|实际|现)+")
_INTRODUCES = re.compile(
    r"\s*(?:第?[一二三四五六首][支项类个条页本张]?|[一-鿿]{2,6}的)[^，。；：\d]{0,8}是(?P<what>[一-鿿]{2,10})[。：]?\s*"
)
_ENDS = re.compile(r"\s*(?:[，,；;、。（(）)\n]|$)")
_ENUMERATED = re.compile(r"^\s*(?:【[^】]{1,8}】|[（(]?[一二三四五六七八九十\d]+[）)、.．]\s*)+")
_OF_ALL = re.compile(
    r"^.*?(?:现?将)?[各全本](?:旱作|山区|贫困|重点|农业|牧业|大)*(?:市直|机关|街道|社区|单位|[（(][市区旗、]+[)）]|旗|[县市区旗州镇乡村地、和及])+的?"
)
_ASIDE = re.compile(r"[（(](?:不?含|包括|单位)[^（）()]*[)）]")
_SAYS_LIST = re.compile(
    r"(?:[：:，,。；;\s]|(?:从|分)[^，。：]{1,8}看|(?:普遍|仍然?|较|偏|更)[高低大小多少]|按[^，。：]{1,14}[分计排]|分别|依次|具体|主要|如下|公示|列出|列表|通报|统计|情况|分布|排名|其中|包括|[较最]多|[较最]少"
    r"|进度表?|进展|推进|一览表?|明细|名单|逐[年步月]|连年|年年|节节攀?升?|(?:一年)?[一上迈跨登]+个?新?台阶|持续|稳步|不断|上升|下降|增加|减少|增长|方面|排?[前后末][一二三四五六七八九十]+[位名]?|[是为有的]|[人户件]?数|数量|数据)+$"
)
_AREAS = re.compile(
    "[各县市区镇乡旗州省]*(?:城区|县市|区县|县区|市区|乡镇|街镇|镇街|街道|农村|城镇|各地|本级|直属|市直|县直|区直|县级|市级|区级)"
)
"""What says only of which places a list is (县市方面，宜都市142件)."""
_SO_MANY = re.compile(
    r"[一二两三四五六七八九十\d]+个(?=(?:旱作|山区|贫困|重点|农业|牧业|大)*(?:县|旗|市|区|镇|乡|街道|村|社区))"
)
_HOTLINE = re.compile(r"(?<!\d)1[12]\d{3}(?!\d)")
_AMONG = re.compile(r"各[^，。；]{1,8}[中里][，,：:]?$")
"""Before a list, of how many places it is (六个县（市）中，)."""
_IN_BRACKETS = re.compile(r"[（(](?P<what>[^（）()]+)[)）][：:。\s]*$")
_FEWEST = 2
_FAR = 120
"""Characters between a list and the figure that it divides."""
_PLANS = ("计划", "任务", "目标")
_TOPIC = re.compile(r"(?:^|[。；\n])\s*(?:在|从)?(?P<what>[一-鿿]{3,14})方面[，,：:]")
"""How a sentence begins that says what the figures behind it count (家庭养老床位方面，今年新建225张)."""
_OF_TEXT = tuple("情况 概况 背景 现状 成效 做法 问题 经验 打算 措施 举措 体会 启示 进展 成绩".split())
"""Ends of headings that say what their section is of, not what is counted in it."""
_SAYS_NOTHING = ("方面", "数据", "工作", "事项", "指标", "部分", "内容", "范围")
"""Ends of headings that are names and name no thing."""
_THINGS = ("thing", "body", "text")
_SEEN = 400
"""Characters before a figure, or at the head of its paragraph, that are looked through for what it counts."""
_QUALIFIED = 6
"""Characters before a noun that belong to its name where none is a verb of the genre (月人均应发|工资)."""
_ASIDE_ALSO = re.compile("[（(][^（()）]*[)）]$")
_WHOLE_NAME = 10
"""Characters of the longest heading that is a name as it stands."""
_HEADING = 18
"""Characters of the longest heading."""


@dataclass(frozen=True, slots=True)
class _Item:
    """A bare fact behind the name that its item begins with; ``verb`` before it, ``column``: how many are before it."""

    fact: Fact
    begin: int
    verb: str
    column: int = 0


def of_lists(
    body: str, found: Sequence[Fact], names: Sequence[Span], indicators: Mapping[str, Indicator]
) -> list[Fact]:
    """The facts, those of a list of places with the object and action of its head; each column with its own."""
    items = {i.fact.id: i for i in _items(body, found, names)}
    made = [_under_heading(body, f, indicators) for f in found]
    for first, last in _rows(found, items):
        columns: dict[int, list[int]] = {}
        for at in range(first, last):
            columns.setdefault(items[found[at].id].column, []).append(at)
        for column, row in columns.items():
            group = [found[at] for at in row]
            kinds = {dimension(f.quantity.unit) for f in group}
            if len(kinds) > 1 or len({(f.subject, f.period.text) for f in group}) < _FEWEST:
                continue
            item = items[group[0].id]
            head = _of_column(body, item, column, len(columns)) or _head(body, made[:first], item)
            if head is not None:
                for at in row:
                    made[at] = _under(body, made[at], items[made[at].id].verb, head, indicators)
    return made


def named_above(body: str, found: Sequence[Fact], indicators: Mapping[str, Indicator]) -> list[Fact]:
    """The facts in text order, those of a table whose heads name only what is done (全年计划（张）) of the thing above.

    That is what the last figure in their unit counts before the table, of those whose thing ends in the head (物业投诉
    above 投诉（件）) where there are any.
    """
    made = list(found)
    for at, fact in enumerate(found):
        if "table" not in fact.flags or is_thing(fact.object):
            continue
        told = [
            f for f in reversed(found[:at])
            if "table" not in f.flags and f.quantity.unit == fact.quantity.unit
            and _is_level(f) and f.object not in DEFAULTS
        ]  # fmt: skip
        above = next((f for f in told if f.object.endswith(fact.object)), told[0] if told else None)
        if above is not None and fact.quantity.unit is not None:
            verb = fact.object if is_action(fact.object) else fact.action
            made[at] = _under(body, fact, verb, Phrase(above.object, "", "inherited"), indicators)
    return made


def _of_column(body: str, first: _Item, column: int, columns: int) -> Phrase | None:
    """What a column counts, where the line above names them all in brackets (驿站数、上半年服务人次)."""
    lead = body[first.fact.sentence.start : first.begin]
    bracket = _IN_BRACKETS.search(lead or _line_before(body, first.fact.sentence.start))
    told = bracket["what"].split("、") if bracket else []
    if len(told) != columns or columns < _FEWEST:
        return None
    name = _SAYS_LIST.sub("", without_periods(told[column]).strip())
    if name.endswith("人次"):
        return Phrase("人次", name.removesuffix("人次"), "inherited")
    return _named(name)


def _under_heading(body: str, fact: Fact, indicators: Mapping[str, Indicator]) -> Fact:
    """A figure that names only what is done (计划改造268个) counts what the numbered heading above it names.

    Or what the sentence before introduces (第一支是党建指导员。全市选派246名).
    """
    named = is_thing(fact.object) and fact.object not in DEFAULTS and not fact.object.endswith("方面")
    if "table" in fact.flags or named:
        return fact
    kind, start = dimension(fact.quantity.unit), fact.sentence.start
    topic = _topic(body, fact) if kind in (*_THINGS, "person") else ""
    topic = topic or (_heading(body, start) if kind in _THINGS else "")
    if not topic and kind in (*_THINGS, "person") and (told := _INTRODUCES.fullmatch(_line_before(body, start))):
        topic = told["what"] if is_thing(told["what"]) and not is_action(told["what"][:2]) else ""
    if not topic:
        return fact
    verb = fact.object[-2:] if is_action(fact.object[-2:]) else ""
    return _under(body, fact, "", Phrase(topic, fact.action or verb, "inherited"), indicators)


def _topic(body: str, fact: Fact) -> str:
    """What the paragraph of a figure says last before it that it speaks of (家庭养老床位方面，), if that is a thing."""
    paragraph = _last_two(body, fact.sentence.start)[-1]
    told = [match["what"] for match in _TOPIC.finditer(body[paragraph.start : fact.quantity.span.start])]
    return told[-1] if told and _is_name(told[-1]) else ""


def _items(body: str, found: Sequence[Fact], names: Sequence[Span]) -> list[_Item]:
    items: list[_Item] = []
    named = {name.of(body) for name in names}
    for at, fact in enumerate(found):
        start = fact.quantity.span.start
        before_it = [n for n in names if n.end <= start and n.start >= fact.sentence.start]
        if "table" in fact.flags or not before_it or not _ENDS.match(body, fact.quantity.span.end):
            continue
        name = before_it[-2] if len(before_it) > 1 and before_it[-2].end == before_it[-1].start else before_it[-1]
        if name.end != start and not _is_bare(fact, named):
            continue
        before = items[-1] if items and found[at - 1].id == items[-1].fact.id else None
        same = before is not None and before.begin == name.start
        rest = _ALREADY.sub("", re.split(r"[，,；;、]", body[name.end : start])[-1].strip())
        match = _BETWEEN.fullmatch(body[name.end : start])
        if before is not None and same and len(rest) <= 4 and (not rest or is_action(rest)):
            items.append(_Item(fact, name.start, rest, before.column + 1))
        elif match and not same and _BEGINS.search(body[fact.sentence.start : name.start]):
            verb = match["verb"] or ""
            if not verb or is_action(verb) or verb in _PLANS:
                items.append(_Item(fact, name.start, verb))
    return items


def _is_bare(fact: Fact, names: set[str]) -> bool:
    """Whether what a figure counts was not made out: it is a name of the list, only what is done, or nothing at all."""
    if fact.object in names or fact.object in (*DEFAULTS, fact.quantity.unit):
        return True
    if fact.object not in fact.sentence_text:
        return True
    if counts_places(fact.object):  # 有52个村|实行 counts villages
        return not (fact.action and _behind(fact).startswith(fact.object))
    return not is_thing(fact.object) or re.fullmatch(r"[年月季][末底初]", fact.object) is not None


def _behind(fact: Fact) -> str:
    return fact.sentence_text[fact.quantity.span.end - fact.sentence.start :]


def _rows(found: Sequence[Fact], items: Mapping[str, _Item]) -> Iterator[tuple[int, int]]:
    """From where to where facts are items of one list, in sentences that follow one another."""
    first = 0
    while first < len(found):
        last = first
        while last < len(found) and _goes_on(found[first : last + 1], items):
            last += 1
        if last - first >= _FEWEST:
            yield first, last
        first = max(last, first + 1)


def _goes_on(row: Sequence[Fact], items: Mapping[str, _Item]) -> bool:
    """Whether the last of some facts goes on with the list of the others: next to it, a first figure of their kind."""
    first, last = row[0], row[-1]
    if last.id not in items or first is last:
        return last.id in items
    other = items[last.id].column == 0 and dimension(last.quantity.unit) != dimension(first.quantity.unit)
    return not other and _near(row[-2], last)


def _near(before: Fact, fact: Fact) -> bool:
    return fact.sentence.start - before.sentence.end <= 2


def _head(body: str, before: Sequence[Fact], first: _Item) -> Phrase | None:
    """What the list counts: by the words before it in its sentence, by the figure it divides, by the line above it."""
    sentence, unit = first.fact.sentence, first.fact.quantity.unit
    lead = body[sentence.start : first.begin]
    levels = [f for f in reversed(before) if f.quantity.unit == unit and _is_level(f)]
    above = next((f for f in levels if not f.tied("part_of")), levels[0] if levels else None)
    told = _named(lead)
    if not (told and told.object) and before and _is_series(before[-1], first.fact):
        return Phrase(before[-1].object, before[-1].action, "inherited")
    if told is None and above is not None and above.sentence == sentence:
        return Phrase(above.object, above.action, "inherited")
    if told is None and not lead.strip("（( ").startswith("其中"):
        told = _named(_line_before(body, sentence.start))
    far = above is None or sentence.start - above.sentence.end > _FAR
    if told and told.object and told.object not in (*DEFAULTS, "量"):
        return told
    topic = _heading(body, sentence.start) if dimension(unit) in _THINGS else ""
    if told and topic:
        return replace(told, object=topic)
    if above is not None and not far:
        return Phrase(above.object, told.action if told else above.action, "inherited")
    return told


def _is_series(fact: Fact, following: Fact) -> bool:
    """Whether two figures of a sentence tell how many there were at one time and at another."""
    beside = fact.sentence == following.sentence and fact.quantity.unit == following.quantity.unit
    times = fact.period.text and following.period.text and fact.period.text != following.period.text
    return bool(beside and times) and fact.object not in DEFAULTS and not fact.tied("change_of")


def _is_level(fact: Fact) -> bool:
    """Whether a figure tells how many there are of a thing, not by how much they changed, nor of how many places."""
    return is_thing(fact.object) and not counts_places(fact.object) and not fact.tied("change_of")


def _line_before(body: str, start: int) -> str:
    """The sentence before, in its paragraph or at the end of the one above."""
    near = [Span(max(p.start, min(p.end, start) - _SEEN), p.end) for p in _last_two(body, start)]
    spans = [s for p in near for s in sentences(body, Span(p.start, min(p.end, start))) if s.start < start]
    return spans[-1].of(body) if spans else ""


def _last_two(body: str, start: int) -> tuple[Span, ...]:
    """The paragraph in which an offset is, behind the one above it."""
    at = bisect_right(_paragraphs(body), start, key=lambda p: p.start)
    return _paragraphs(body)[max(0, at - 2) : at]


@lru_cache(maxsize=4)
def _paragraphs(body: str) -> tuple[Span, ...]:
    return tuple(paragraphs(body))


def is_thing(noun: str) -> bool:
    """Whether a noun names a thing or a kind of deed (离婚登记), not only what is done (计划改造)."""
    words = tokens(noun)
    if any(w.is_noun and not is_action(w.word) and w.word not in _PLANS for w in words):
        return True
    kind = len(words) == 2 and words[1].word in NOMINAL and len(words[0].word) > 1
    return kind and not is_action(words[0].word) and words[0].word not in _PLANS


def _heading(body: str, start: int) -> str:
    """What the numbered heading of a paragraph names (一、老旧小区改造。)."""
    text = next(filter(None, (_numbered(body, p, start) for p in reversed(_last_two(body, start)))), "")
    bare = _ASIDE_ALSO.sub("", _ENUMERATED.sub("", text))
    if len(bare) <= _WHOLE_NAME and _is_name(bare):
        return "" if bare.endswith((*_PLANS, *_OF_TEXT, *_SAYS_NOTHING)) else bare
    run, like = "", ""
    for word in tokens(_ENUMERATED.sub("", text).removeprefix("关于")):
        if word.is_noun and not is_action(word.word):
            run, like = run + like + word.word, ""
        elif run and word.tag[0] in "ab" and not like:  # 老年幸福食堂
            like = word.word
        elif run:
            break
    return "" if run.endswith((*_PLANS, *_OF_TEXT)) else run


def _is_name(text: str) -> bool:
    """Whether a heading or topic is a name (居家照护床位), and no deed (推进家庭养老床位)."""
    words = tokens(text)
    ends = bool(words) and words[-1].is_noun and not is_action(words[-1].word) and not is_action(words[0].word)
    return ends and not any(w.tag[0] in "pcdu" or w.word in "、和与及" for w in words)


def _numbered(body: str, paragraph: Span, start: int) -> str:
    """The numbered heading that a paragraph begins with or, above the one of an offset, is; "" where it is none."""
    opening = Span(paragraph.start, min(paragraph.end, paragraph.start + _SEEN))
    first = next(iter(sentences(body, opening)), None)
    text = first.of(body).rstrip("。") if first else ""
    if first is None or not _ENUMERATED.match(text) or len(text) > _HEADING or re.search(r"[，；的\d]", text):
        return ""
    above = paragraph.end <= start
    return "" if above and paragraph.of(body).strip().rstrip("。") != text.strip() else text


def _named(text: str) -> Phrase | None:
    """The thing, or only the action, that the head of a list names (办件情况, 完工数按县分, 现将各镇捐款情况公示)."""
    text = _SO_MANY.sub("各", without_periods(_ASIDE.sub("", _ENUMERATED.sub("", text))))
    if re.search(r"\d", _HOTLINE.sub("", text)) or _AMONG.search(text):
        return None
    clauses = [c for c in re.split(r"[，,。；;]", text) if c.strip()]
    clause = next((c for c in clauses if _OF_ALL.match(c)), clauses[-1] if clauses else "")
    rest = _SAYS_LIST.sub("", _OF_ALL.sub("", clause))
    if not rest or len(rest) > 16:
        return None
    if not is_thing(rest):
        return None if any(w.tag == "p" for w in tokens(rest)) else Phrase("", rest, "inherited")
    noun = noun_before(tokens(rest)) or (rest if len(rest) <= 4 else "")
    if _AREAS.fullmatch(noun) or counts_places(noun) or noun.endswith(_PLANS):
        return None
    before = rest.removesuffix(noun) if noun else ""
    if noun and 0 < len(before) <= _QUALIFIED and not any(is_action(w.word) for w in tokens(before)):
        noun, before = rest, ""
    verb = before[-2:]
    return Phrase(noun, verb if is_action(verb) else "", "inherited") if noun else None


def counting(fact: Fact, noun: str, indicators: Mapping[str, Indicator]) -> Fact:
    """The figure as one of what a noun names."""
    action = fact.action or (fact.object if is_action(fact.object) else "")
    indicator, name = classify(Phrase(noun, action, "inherited"), fact.quantity.unit, clause_of(fact), indicators)
    return replace(fact, object=noun, action=action, indicator=indicator, indicator_name=name)


def _under(body: str, fact: Fact, verb: str, head: Phrase, indicators: Mapping[str, Indicator]) -> Fact:
    action = verb or head.action
    phrase = Phrase(head.object or head.action, action, "inherited")
    indicator, name = classify(phrase, fact.quantity.unit, clause_of(fact), indicators)
    status = (
        "done" if fact.status == "planned" and is_action(verb) and not says_planned(clause_of(fact)) else fact.status
    )
    return replace(
        fact, object=phrase.object, action=action, indicator=indicator, indicator_name=name, status=status
    )  # fmt: skip
