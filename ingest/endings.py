"""The line at the end of an article that says where it is from: （转自三都社会工作）, ××供稿, 来源：××."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from corpus.places import Gazetteer
from ingest.credits import is_person, named_in
from ingest.fields import SECTION
from ingest.typography import is_numbered
from ingest.words import pairs, words

_GIVEN = r"[^（()）。；]{2,40}?(?:供稿|报送|来稿|提供稿件)"
_NAME = r"[一-鿿](?:[一-鿿·]{1,3}|[ 　][一-鿿])(?<!报道)"
_PERSONS = re.compile(rf"(?:^|(?<=[。！？”）)]))\s*[（(]\s*({_NAME}(?:[、，, 　]+{_NAME}){{0,4}})\s*[)）]\s*$")
"""Names in brackets behind a text: persons who wrote it, where they can be such."""
NO_NAME = re.compile("[图表略页章节条注文版期报刊数号省市县区旗州镇乡村社局委部处科院校站网台队组一二三四五六七八九]$")
"""How words and names of places and bodies end, as no name of a person does."""
_TASK = re.compile(r"(?:材料|信息|数据|情况|方案|名单|报表|计划|总结|进度|台账|问题|线索|文件|稿件)报送$")
_CREDIT = re.compile(r"(?<=.)\s*(?:作者|采\s*写|编辑|记者|审核|责编|发布时间|发布日期|时间|日期|浏览)\s*[:：]")


@dataclass(frozen=True, slots=True)
class Ending:
    """A source line: what it says without brackets, and where it begins and ends in the block it stands in."""

    line: str
    start: int
    end: int


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    word = "(?:" + "|".join(words("source_words")) + ")"
    body = "|".join([*words("organs"), "[镇乡村区县市旗]", "街道", "社区"])
    organ = rf"[一-鿿]{{2,24}}?(?:{body})(?:{SECTION})?"
    said = rf"{word}\s*[:：]?\s*[^（()）。；]{{2,40}}"
    return (
        re.compile(rf"[（(【\[]\s*((?:{said}|{_GIVEN}))\s*[)）】\]]\s*$"),
        re.compile(rf"^\s*({said}(?:[（(][一-鿿]{{2,8}}[)）])?|{_GIVEN})\s*$"),
        re.compile(
            rf"(?:^|(?<=[。！？”）)]))\s*[（(]\s*"
            rf"({organ}(?:[、 　]{organ})*(?:推荐|选送|(?:[ 　]+[一-鿿]{{2,3}})*))\s*[)）]\s*$"
        ),
        re.compile(
            rf"(?<=[。！？”）)])\s*({word}\s*[:：]\s*[^（()）。；，]{{2,40}}|{word}\s+[^（()）。；，]{{2,20}})$"
        ),
        re.compile(
            r"(?:^|(?<=[。！？”]))\s*[（(]\s*((?:本[报刊网台]|特约|全媒体)?(?:记者|通讯员)[ 　:：]+"
            rf"{_NAME}(?:[、 　]+(?:通讯员[ 　]*)?{_NAME}){{0,4}})\s*[)）]\s*$"
        ),
    )


def find_ending(text: str) -> Ending | None:
    """The source line a block ends with or is, or None.

    >>> find_ending("转化为实际行动。(转自奈曼旗社会工作部)")
    Ending(line='转自奈曼旗社会工作部', start=8, end=20)
    >>> find_ending("（三塘县委社会工作部供稿）").line, find_ending("他来源于基层，也服务基层。")
    ('三塘县委社会工作部供稿', None)
    >>> find_ending("群众都说好。（三塘县民政局）").line, find_ending("联系三塘县民政局（县政务中心）")
    ('三塘县民政局', None)
    >>> find_ending("（三塘县民政局、县委社会工作部）").line, find_ending("来源：三塘发布（白水）").line
    ('三塘县民政局、县委社会工作部', '来源：三塘发布（白水）')
    >>> find_ending("夜校满座。（通讯员 张某）").line, find_ending("夜校满座。（张某　李某某）").line
    ('通讯员 张某', '张某　李某某')
    >>> find_ending("夜校满座。（左图）"), find_ending("驿站由他管（张某）")
    (None, None)
    """
    for pattern in _patterns():
        m = pattern.search(text)
        if m is not None and not (pattern is _patterns()[1] and (re.search(r"[，？！]", text) or _is_task(text))):
            line = _CREDIT.split(" ".join(m.group(1).split()))[0].strip()
            return Ending(line, m.start(), m.end())
    signed = _PERSONS.search(text)
    if signed and all(map(_is_writer, named_in(signed.group(1)))):
        return Ending(signed.group(1), signed.start(), signed.end())
    return None


def _is_writer(name: str) -> bool:
    """Whether a name in brackets is that of a person, and no word nor place."""
    word = (name[0], name[-1]) in pairs() and len(name) == 2
    return is_person(name) and not (NO_NAME.search(name) or word or Gazetteer.load().resolve(name))


def _is_task(text: str) -> bool:
    """Whether a line is the heading of a task (五、加强信息报送), not what a body has sent in."""
    return is_numbered(text) or _TASK.search(text.strip()) is not None


def is_whole(text: str, ending: Ending) -> bool:
    """Whether nothing stands before the source line in its block."""
    return not text[: ending.start].strip()
