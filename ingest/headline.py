"""The short lines above an article → its column, title and subtitle, and the lines that are none of these.

What leads up to a title from above it (引题) is kept with what stands below it (副题).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from corpus.places import Gazetteer
from corpus.spacing import squeezed
from ingest import titles
from ingest.block import Block
from ingest.credits import is_person, read_byline
from ingest.fields import is_organ, is_unit
from ingest.typography import balanced, is_cjk, is_numbered, width
from ingest.words import pairs

_UNFINISHED = re.compile(r"[、，的和与及对为将《（—：:]$|以[^，。]{2,20}为[一-鿿]{2,3}$")
_CREDITS = re.compile(
    r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日(?:印发|编印|发布|签发)?|刊)$|[一-鿿][ 　]+\d{4}年\d{1,2}月$"
    r"|供稿(?:[（(][^（()）]*[)）])?$|[一二三四五六七八九十]日$|简报$|第\s*\d+\s*期|(?:报|网|社|台|融媒)讯|(?:局|委|部|办公室|督查室|中心|协会|慈善会)(?:编|整理|汇编|汇总)?$"
)
"""A line that says from whom and when: an organ, a paper, an issue or a date at its end."""
_GENRE = re.compile(
    r"(?:调查|调研|纪实|侧记|综述|探索|见闻|纪事|掠影|观察|速写|走笔|工作法|(?:的|之)(?:实践|做法|经验|启示|故事|样本))$"
)
_ASIDE = re.compile(
    r"[（(【〔［][^（()）】〕］]*[，；。：:][^（()）】〕］]*[)）】〕］]"
    r"|(?:会议|活动)?(?:时间|日期|地点|主持人?|主讲人?|召集人|出席|列席|参会|参加|记录|整理|编发|报告|汇报|发布)(?:人员?|单位|日期|时间)?[:：].*"
    r"|(?:19|20)\d{2}\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?\s*[（(][^（()）]*[)）]"
    r"|[（(](?:19|20)\d{2}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日[^（()）]*[)）]"
)
"""A line under a title that says when, where and by whom, or a remark in brackets with a stop in it."""
_ORPHAN = re.compile(r"[一-鿿][”》）]?")
_DASH = re.compile(r"^\s*[—―─–-]{1,4}\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class Headline:
    """Column, title and subtitle; ``before`` and ``after`` are lines of the article before and of this body."""

    title: str = ""
    subtitle: str | None = None
    column: str | None = None
    before: tuple[Block, ...] = ()
    after: tuple[Block, ...] = ()

    def under(self, column: str | None) -> Headline:
        """The same under a column."""
        return replace(self, column=column)

    def with_kicker(self) -> Headline:
        """The same, its column taken as what leads up to the title."""
        return replace(self, column=None, subtitle=" ".join(filter(None, (self.column, self.subtitle))) or None)


def read_headline(
    lines: Sequence[Block], gazetteer: Gazetteer, is_column: Callable[[Block], bool], contents: frozenset[str]
) -> Headline:
    """The headline in a group of short lines.

    >>> from ingest.traced import Traced
    >>> lines = [Block(Traced(t), gap=1) for t in ("基层快讯", "红旗镇办起夜校", "——来自三塘村的调查")]
    >>> h = read_headline(lines, Gazetteer.load(), lambda b: b.text == "基层快讯", frozenset())
    >>> h.column, h.title, h.subtitle
    ('基层快讯', '红旗镇办起夜校', '来自三塘村的调查')
    """
    column_at = max((i for i, line in enumerate(lines) if is_column(line)), default=None)
    column = titles.bare(lines[column_at].text) if column_at is not None else None
    before = list(lines[:column_at]) if column_at is not None else []
    rest = list(lines[column_at + 1 :] if column_at is not None else lines)
    listed = {entry for entry in contents if len(entry) > 5}
    while column_at is None and len(rest) > 1 and _is_of_last(rest[0]) and titles.bare(rest[0].text) not in listed:
        before.append(rest.pop(0))
    if column_at is None and len(rest) > 1 and _short_column(rest[0], rest[1]):
        column = titles.bare(rest.pop(0).text)
    at = _title_at(rest, gazetteer, contents)
    if at is None:
        return Headline("", None, column, tuple(before), tuple(rest))
    end = at + 1
    while end < len(rest) and _goes_on(rest[at:end], rest[end]):
        end += 1
    title, subtitle = _joined(rest[at:end]), None
    over = at
    while over and _is_kicker(rest[over - 1], rest[at]):
        over -= 1
    if end < len(rest) and (_DASH.match(rest[end].text) or _tells_of(rest[end], rest[at])):
        subtitle = _DASH.sub("", rest[end].text)
        end += 1
        while end < len(rest) and _wraps_subtitle(subtitle, rest[end - 1], rest[end]):
            subtitle += rest[end].text
            end += 1
    kickers = (titles.unbulleted(line.text) for line in rest[over:at])
    subtitle = " ".join([*kickers, *([subtitle] if subtitle else [])]) or None
    return Headline(title, subtitle, column, tuple(before), tuple(rest[:over] + rest[end:]))


def _is_of_last(line: Block) -> bool:
    """Whether a line belongs to the article above: the caption of a picture, small type, an attachment's name."""
    named = re.match(r"附件\s*\d{0,2}\s*[:：]", line.text) is not None
    return named or titles.is_caption(line.text) or (line.page is not None and line.size < titles.SMALLER)


def _is_kicker(line: Block, title: Block) -> bool:
    """Whether a line over a title in larger type leads up to it (引题)."""
    smaller = title.size > titles.LARGER and line.size < title.size - 0.06 and line.page == title.page
    named = re.search(r"^附件|(?:征求意见|送审|讨论|草案|修订)稿", line.text) is not None or is_organ(line.text)
    named = named or titles.is_issue_number(line.text) or titles.is_masthead(line.text)
    return smaller and len(line.text) <= 24 and not _no_title(line) and not named


def _short_column(first: Block, second: Block) -> bool:
    """Whether a few characters stand over a longer line of another size, as a column name over a title."""
    name = titles.bare(first.text)
    if (
        not titles.may_be_column(first.text)
        or len(name) > 6
        or len(second.text) < 10
        or first.gap == 0
        and not first.firm
        or _DASH.match(second.text)
        or first.size > second.size + 0.06
    ):
        return False
    return abs(first.size - second.size) > 0.1 or (
        second.gap > 0 and first.level == second.level == 0 and not first.firm
    )


def _title_at(lines: Sequence[Block], gazetteer: Gazetteer, contents: frozenset[str]) -> int | None:
    """Which line the title begins with: the surest one, else the largest, else the first that is no byline."""
    able = [i for i, line in enumerate(lines) if not _no_title(line)]
    if not able:
        return None
    size = max(lines[i].size for i in able)
    larger = [i for i in able if lines[i].size > max(size - 0.06, titles.LARGER)]
    able = [i for i in able if not is_organ(lines[i].text) or larger == [i]] or able
    listed = [i for i in able if any(e.startswith(titles.without_count(lines[i].text)) for e in contents)]
    if listed:
        return _line_before(lines, able, listed[0])
    for sure in (
        titles.is_titled,
        lambda t: titles.is_place_led(t, gazetteer),
    ):
        if found := [i for i in able if sure(lines[i].text)]:
            return _line_before(lines, able, found[0])
    largest = max(lines[i].size for i in able)
    return _line_before(lines, able, next(i for i in able if lines[i].size > largest - 0.06))


def _line_before(lines: Sequence[Block], able: Sequence[int], at: int) -> int:
    """The first line of a title of which a later line was recognised."""
    if at and is_organ(lines[at - 1].text) and re.match(r"关于|20\d\d年|[把将让给为用](?!民)", lines[at].text):
        alike = lines[at].gap == 0 and abs(lines[at].size - lines[at - 1].size) < 0.06
        return at - 1 if alike else at
    while at - 1 in able and lines[at].gap == 0 and not balanced("".join(ln.text for ln in lines[at - 1 : at])):
        at -= 1
    return at


def _no_title(line: Block) -> bool:
    text = line.text
    return (
        titles.is_byline(text, line.size, line.level)
        or titles.is_no_title(text)
        or titles.is_caption(text)
        or is_numbered(text)
        or _DASH.match(text) is not None
        or _ASIDE.fullmatch(text) is not None
        or titles.is_remark(text)
        or re.fullmatch(r"(?!.*关于)[一-鿿]{4,24}文件", text) is not None
        or not re.search(r"[一-鿿]{2}", squeezed(text))
    )


def _goes_on(title: Sequence[Block], line: Block) -> bool:
    """Whether a line goes on with the title above it."""
    text = "".join(part.text for part in title)
    if _is_other(line) or len(text) + len(line.text) > 100 or line.level != title[-1].level:
        return False
    if not balanced(text) or _UNFINISHED.search(text):
        return True
    if is_organ(text) and re.match(r"关于|20\d\d年", line.text):
        return True
    if titles.is_titled(text) or (is_unit(line.text) and not is_organ(text)):
        return False
    if "关于" in text and titles.is_titled(text + line.text):
        return True
    if line.size > titles.LARGER or title[-1].size > titles.LARGER:
        return abs(line.size - title[-1].size) < 0.06
    if line.marked and title[-1].marked and line.page is not None:
        return True
    wraps = not line.gap and not line.firm and line.page == title[-1].page and 10 <= width(text) <= 32
    return wraps and _CREDITS.search(line.text) is None and read_byline(line.text) is None


def _is_other(line: Block) -> bool:
    """Whether a line is no part of a title: nothing a title can begin with, nor the one character that had no room."""
    return _no_title(line) and _ORPHAN.fullmatch(line.text) is None


def _tells_of(line: Block, title: Block) -> bool:
    """Whether a line in smaller type below a title tells of whom and what kind it is: a subtitle without its dash."""
    smaller = title.size > titles.LARGER and line.size < title.size - 0.06
    return smaller and len(line.text) >= 8 and _GENRE.search(line.text) is not None and not _no_title(line)


def _wraps_subtitle(subtitle: str, last: Block, line: Block) -> bool:
    """Whether a line goes on with a subtitle that ran out of room."""
    signs = is_organ(line.text) or is_person(line.text) or read_byline(line.text) is not None
    if _is_other(line) or signs or line.firm or abs(line.size - last.size) > 0.06:
        return False
    return not balanced(subtitle) or (line.page is not None and not line.gap and line.marked == last.marked)


def _joined(lines: Sequence[Block]) -> str:
    """The lines of a title; a space where a phrase ends, none where a word goes on."""
    text = titles.unbulleted(lines[0].text)
    for line in lines[1:]:
        glued = not balanced(text) or (
            is_cjk(text[-1]) and re.search(r"[、，的和与及对为将《（—：:]$", text) is not None
        )
        text += ("" if glued or _wraps(text, line.text) else " ") + line.text
    return text


def _wraps(text: str, line: str) -> bool:
    """Whether a title only ran out of room: its last character goes down, within a word, or in an official title."""
    return (
        len(line) <= 2
        or (text[-1], line[0]) in pairs()
        or titles.is_titled(text + line)
        or (is_organ(text) and re.match(r"20\d\d年|关于", line) is not None)
    )
