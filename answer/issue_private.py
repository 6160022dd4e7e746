"""What of an issue should not leave without a thought: numbers of persons, and names beside illness or hardship."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from corpus.digests import Entry, Issue
from corpus.model import Span
from corpus.wordlists import read_entries
from extract.sentences import sentences
from extract.tokens import is_common, plain_tokens

_PHONE = re.compile(r"(?<!\d)(?:1[3-9]\d[ -]?\d{4}[ -]?\d{4}|0\d{2,3}[ -]?\d{7,8})(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石"
    "廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_NO_PERSONS = ("矫正", "康复", "安置")
"""Words that the tagger takes for names."""
_THINGS = "营节会赛日周课班队组站所院"
"""What the names of things end with."""
_GIVEN = 2
"""Characters of most given names."""
_NAMED = re.compile(
    rf"(?:^|[，。；：、“（《\s]|家庭(?!方[面式案]|任务|万[元户]|于[今本去一二三四五六七八九十\d])|居民|村民|群众|职工|老人|学生|患者|党员|同志|骑手|小哥|户主|家长|网友)"
    rf"(?P<name>[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}?)"
    r"(?=身患|患|因|确诊|家庭|家里|家中|家境|生活|一家|今年|现年|联系|电话|的|[，、（(]|是|在|被)"
)


@dataclass(frozen=True, slots=True)
class Private:
    """What should not leave without a thought: where in an entry's heading or text, why, and what to write instead."""

    entry: str
    field: str
    span: Span
    why: str
    instead: str


def private(issue: Issue) -> list[Private]:
    """Telephone and identity numbers, and persons' names in a sentence that tells of illness or hardship."""
    return [found for entry in issue.entries for found in _private(entry)]


def _private(entry: Entry) -> Iterator[Private]:
    for field, text in (("heading", entry.heading), ("text", entry.text)):
        for pattern, why in ((_PHONE, "电话号码"), (_IDENTITY, "证件号码")):
            for match in pattern.finditer(text):
                yield Private(entry.id, field, Span(*match.span()), why, "（删去）")
        for span in sentences(text):
            said = span.of(text)
            if any(word in said for word in _hardships()) or _PHONE.search(said):
                for name in _names(said):
                    at = Span(span.start + name.start, span.start + name.end)
                    instead = text[at.start] + "某某"[: at.end - at.start - 1]
                    yield Private(entry.id, field, at, "姓名与病情、困难或电话同句", instead)


def _names(said: str) -> list[Span]:
    """Persons' names: words tagged as one, and a surname with one or two characters where a name may stand."""
    words = (t for t in plain_tokens(said) if t.tag == "nr" and 2 <= len(t.word) <= 4)
    tagged = (_with_surname(said, Span(t.start, t.end)) for t in words)
    found = {span for span in tagged if _may_name(span.of(said))}
    for match in _NAMED.finditer(said):
        span = Span(*match.span("name"))
        if _may_name(match["name"]) and not any(span.overlaps(other) for other in found):
            found.add(span)
    return sorted(found)


def _may_name(word: str) -> bool:
    """Whether a word can be a person's name: it is no common word, nor a thing named after one (夏令营)."""
    named_after = len(word) > 2 and word[-1] in _THINGS and is_common(word[:-1])
    return "某" not in word and word[:2] not in _NO_PERSONS and not is_common(word) and not named_after


def _with_surname(said: str, name: Span) -> Span:
    """A given name with the surname that stands before it, which the tagger may take for a word (陈|秀英)."""
    alone = name.end - name.start == _GIVEN and said[name.start] not in _SURNAMES
    return Span(name.start - 1, name.end) if alone and said[name.start - 1 : name.start] in tuple(_SURNAMES) else name


@cache
def _hardships() -> tuple[str, ...]:
    return tuple(read_entries("answer", "data/hardships.txt"))
