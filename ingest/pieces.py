"""What marks the pieces of a collection, taken off their titles: 案例三, 1. before news, 【××县】 in their text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import zip_longest

from corpus.places import Gazetteer
from ingest import titles
from ingest.block import Block
from ingest.credits import find_reporter
from ingest.endings import find_ending, is_whole

_RUN_IN = re.compile(
    r"(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[.．、]\s*)?(?=【)【([^】]{2,14})】\s*"
    r"((?:[^，。；！？：]{2,20}，)?[^，。；！？：]{4,36})[。！？：]\s*(?=\S)"
)
_RUN_IN_AGAIN = (
    re.compile(r"【([^】，。；]{8,40})】\s*(?=[^\s【]{20})"),
    re.compile(
        r"(?:\d{1,2}\s*[.．、]|[一二三四五六七八九十]{1,3}、|[◎◆■●★▲▶◇□○☆※])\s*([^，。；！？：]{8,40})[。！]\s*(?=\S{20})"
    ),
)
_RUN_ON = re.compile(r"([^，。；！？：\s]{8,40})(?:[ 　]+|(?<=”)(?=[一-鿿]))(?=\S{20})")
"""A title, set in other type, and the text that goes on behind it."""
_RUN_IN_BELOW = re.compile(r"([^，。；！？：\s]{6,28})。(?=\S{20})")
"""A title, run into its text below the bare name of its place."""
_OF_NEWS = re.compile(
    r"(?:[简短快]讯|动态|信息|[要新]闻|速[递览报]|传真|[简快]报|集锦|掠影|扫描)(?:[（(].{1,12}[)）])?$"
)
"""How the name of a column of news ends."""
_SERIAL = re.compile(
    r"[（(【★☆◆●■]?(?:典型|经验|优秀|创新|会议|书面|大会|交流|发言|参阅){0,3}(?:案例|材料|发言|实例|信息|稿件)"
    r"(?:之?[一二三四五六七八九十]{1,3}|[（(][一二三四五六七八九十\d]{1,3}[)）]|\s?\d{1,2})[】)）★☆◆●■]?(?:[ 　:：]+|$)"
    r"|(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[.．、]\s*)?(?:项目|案例|品牌|做法)名称\s*[:：]\s*"
    r"|(?:第[一二三四五六七八九十\d]{1,3}[篇则例]|之[一二三四五六七八九十]{1,3})\s*[:：]\s*(?=\S{6})"
)
_FEWEST = 3
"""Numbers that stand alone that are no chance."""
_COUNTED = re.compile(r"(\d{1,2}|[一二三四五六七八九十]{1,3})\s*(?:[、．]|\.(?!\d))\s*")
_NUMBER = re.compile(r"(?:part|no|№)?[.\s]*0?(\d{1,2}|[一二三四五六七八九十]{1,2})\s*[.．、]?", re.I)
"""A line that is only a number, as an account sets them over its news (01, PART.2)."""
_SENT = re.compile("信息|稿件")
"""What offices send in to be printed, counted as it stands: a paper may head it with a text of its own."""


def is_serial(text: str) -> bool:
    """Whether a line is nothing but what counts a piece of a collection (案例三)."""
    m = _SERIAL.match(text.strip())
    return m is not None and m.end() == len(text.strip())


def without_serial(blocks: Sequence[Block]) -> tuple[list[Block], frozenset[int]]:
    """The blocks without what counts the pieces of a collection (案例三, 交流材料之二), and their titles by id.

    No text stands before the first piece, but where what was sent in is counted (信息一).
    """
    found = [_SERIAL.match(block.text) if titles.heading_like(block) else None for block in blocks]
    if not any(found):
        found = _counted_with_source(blocks)
    first = next((i for i, m in enumerate(found) if m and re.search("[一1](?![十\\d])", m.group())), 0)
    led = any(map(titles.is_paragraph, blocks[:first])) and not _SENT.search(blocks[first].text)
    if sum(m is not None for m in found) < 2 or led:
        return list(blocks), frozenset()
    out: list[Block] = []
    serial: set[int] = set()
    awaited = False
    for block, m, following in zip_longest(blocks, found, blocks[1:]):
        rest = block.line.cut(m.end()).strip() if m else block.line
        awaited = awaited or m is not None
        if m is not None and not rest.text:
            if following is None or not titles.heading_like(following):
                out.append(block)
                awaited = False
            continue
        own = replace(block, line=rest) if m else block
        if awaited and titles.heading_like(own):
            own = replace(own, level=own.level or 1) if titles.may_be_column(own.text) else own
            serial.add(id(own))
        awaited = False
        out.append(own)
    return out, frozenset(serial)


def _counted_with_source(blocks: Sequence[Block]) -> list[re.Match[str] | None]:
    """The number of each title that counts the pieces of a collection where all say below whence they are.

    That is from one on (一、…, below it 供稿单位：××), a text below that; none where a section is counted so as well.
    """
    found: list[re.Match[str] | None] = [None] * len(blocks)
    for i, (block, source, text) in enumerate(zip(blocks, blocks[1:], blocks[2:], strict=False)):
        match = _COUNTED.match(block.text)
        ending = find_ending(source.text)
        sourced = ending is not None and is_whole(source.text, ending)
        if match and titles.heading_like(block) and sourced and titles.is_paragraph(text):
            found[i] = match
    told = [titles.counted(m[1]) for m in found if m]
    return found if told == list(range(1, len(told) + 1)) else [None] * len(blocks)


def lone_numbers(blocks: Sequence[Block], gazetteer: Gazetteer) -> list[int]:
    """Where the numbers are that stand alone over news.

    They count up from one, a title and a text below each; half the texts begin as that of an article does, or with the
    place that the title names: those of the sections of one text do not.
    """
    found: list[int] = []
    for i, block in enumerate(blocks[:-2]):
        m = _NUMBER.fullmatch(block.text.strip())
        if m and titles.counted(m[1]) == len(found) + 1:
            title, text = blocks[i + 1 : i + 3]
            if titles.heading_like(title) and titles.is_paragraph(text):
                found.append(i)
    leads = count_leads(((blocks[i + 1], blocks[i + 2]) for i in found), gazetteer)
    return found if len(found) >= _FEWEST and 2 * leads >= len(found) else []


def without_lone_numbers(blocks: Sequence[Block], gazetteer: Gazetteer) -> tuple[list[Block], frozenset[int]]:
    """The blocks without the numbers that stand alone over news, and the titles below them by id."""
    found = lone_numbers(blocks, gazetteer)
    return [b for i, b in enumerate(blocks) if i not in found], frozenset(id(blocks[i + 1]) for i in found)


def with_titles_parted(
    blocks: list[Block], gazetteer: Gazetteer, *, bulletin: bool
) -> tuple[list[Block], frozenset[int]]:
    """The blocks; short news run into their titles have these on lines of their own, which are told by id.

    They begin 【place】title。, two of them at least one after another, or 【title】 or 1. title。, no text before the
    first but the name of a column of news or the masthead of a ``bulletin``, or only a gap parts title and text below
    the name of such a column; and the text says again the place that the title names; they name different places.
    """
    found = (
        _run_in(blocks, gazetteer)
        or _run_in_again(blocks, gazetteer, bulletin)
        or _run_on(blocks, gazetteer)
        or _run_in_below(blocks, gazetteer)
    )
    out: list[Block] = []
    news: set[int] = set()
    for i, block in enumerate(blocks):
        if i not in found:
            out.append(block)
            continue
        start, end, rest = found[i]
        title = replace(block, line=block.line.cut(start, end), gap=1, marked=True, full=False, begins=None)
        news.add(id(title))
        out += [title, replace(block, line=block.line.cut(rest).strip(), gap=0)]
    return out, frozenset(news)


def _run_in(blocks: Sequence[Block], gazetteer: Gazetteer) -> dict[int, tuple[int, int, int]]:
    """Where titles begin and end, and the text begins, in blocks that begin 【place】title。."""
    found = [_RUN_IN.match(block.text) if block.role != "row" else None for block in blocks]
    places = [m is not None and gazetteer.resolve(m.group(1)) for m in found]
    beside = [[places[k] for k in (i - 1, i + 1) if 0 <= k < len(blocks)] for i in range(len(blocks))]
    return {
        i: (m.start(1) - 1, m.end(2), m.end())
        for i, m in enumerate(found)
        if m and places[i] and any(place and place != places[i] for place in beside[i])
    }


def _run_in_again(blocks: Sequence[Block], gazetteer: Gazetteer, bulletin: bool) -> dict[int, tuple[int, int, int]]:
    """The same in blocks that begin 【title】 or 1. title。 and say its place again."""
    for form in _RUN_IN_AGAIN:
        found = {i: m for i, block in enumerate(blocks) if block.role != "row" and (m := form.match(block.text))}
        places = [shared_place(gazetteer, m[1], blocks[i].text[m.end() :]) for i, m in found.items()]
        first = next(iter(found), 0)
        if len(found) < 2 or not all(places) or len(set(places)) < len(places):
            continue
        news = _OF_NEWS.search(titles.bare(blocks[first - 1].text)) if first else bulletin
        if news and not any(map(titles.is_paragraph, blocks[:first])):
            return {i: (m.start(1), m.end(1), m.end()) for i, m in found.items()}
    return {}


def _run_on(blocks: Sequence[Block], gazetteer: Gazetteer) -> dict[int, tuple[int, int, int]]:
    """The same in the blocks right below the name of a column of news, that only a gap parts from their titles."""
    found: dict[int, tuple[int, int, int]] = {}
    for column, block in enumerate(blocks):
        if not titles.may_be_column(block.text) or not _OF_NEWS.search(titles.bare(block.text)):
            continue
        places: list[str] = []
        under: dict[int, tuple[int, int, int]] = {}
        for i in range(column + 1, len(blocks)):
            m = _RUN_ON.match(blocks[i].text) if blocks[i].role != "row" else None
            place = shared_place(gazetteer, m[1], blocks[i].text[m.end() :]) if m else None
            if m is None or place is None:
                if find_ending(blocks[i].text) is None:
                    break
                continue
            places.append(place)
            under[i] = (m.start(1), m.end(1), m.end())
        if len(places) > 1 and len(set(places)) == len(places):
            found |= under
    return found


def _run_in_below(blocks: Sequence[Block], gazetteer: Gazetteer) -> dict[int, tuple[int, int, int]]:
    """The same in all the blocks below the bare names of three places or more."""
    heads = [i for i, block in enumerate(blocks) if bare_place(block.text, gazetteer)]
    found = {i: m for i, block in enumerate(blocks) if block.role != "row" and (m := _RUN_IN_BELOW.match(block.text))}
    last = next((i for i in range(heads[-1] + 1, len(blocks)) if i not in found), len(blocks)) if heads else 0
    below = [i for i in range(heads[0] + 1, last) if i not in heads] if heads else []
    each = all(i + 1 in found for i in heads) and found.keys() >= {*below}
    if len({bare_place(blocks[i].text, gazetteer) for i in heads}) < _FEWEST or not each:
        return {}
    return {i: (0, found[i].end(1), found[i].end()) for i in below}


def without_numbers(blocks: list[Block], gazetteer: Gazetteer, contents: frozenset[str]) -> list[Block]:
    """The blocks of a bulletin; titles that count its articles, or the short news of a column, lose their number.

    They count up from one and each names another place, which the text below names too unless they stand first; no
    text leads up to them. Those that stand before any text, or that the contents list, become headings, and so do those
    over all of which nothing stands, or each of whose texts somebody sent in (……供稿).
    """
    out = list(blocks)
    for run in _runs(blocks):
        places = [_named(gazetteer, blocks[i].text) for i, _ in run]
        distinct = all(places) and len(set(places)) == len(places) > 1
        above = [b for b in blocks[: run[0][0]] if not titles.is_about_issue(b.text)]
        first = not any(map(titles.is_paragraph, above))
        led = bool(above) and titles.is_paragraph(above[-1])
        listed = all(titles.without_count(blocks[i].text) in contents for i, _ in run) and len(run) > 1
        named = distinct and (first or (not led and all(_named_below(blocks, i, gazetteer) for i, _ in run)))
        alone = len(run) > 1 and (not above or _each_sent(blocks, [i for i, _ in run]))
        if not (listed or named or alone):
            continue
        for i, m in run:
            bare = replace(blocks[i], line=blocks[i].line.cut(m.end()).strip())
            out[i] = replace(bare, level=1, size=1.0) if first or listed or alone else bare
    return out


def _each_sent(blocks: Sequence[Block], heads: Sequence[int]) -> bool:
    """Whether the text below each of some heads ends with the line of who sent it in."""
    ends = [*heads[1:], len(blocks)]
    below = [blocks[i + 1 : end] for i, end in zip(heads, ends, strict=True)]
    kept = [[b.text for b in each if not titles.is_masthead(b.text)] for each in below]
    return all(len(lines) > 1 and find_reporter(lines[-2:], None) for lines in kept)


def without_place_numbers(blocks: list[Block], gazetteer: Gazetteer) -> list[Block]:
    """The blocks; heads that are only the number and the name of a place (一、三塘县) lose the number, if several."""
    found = {i: m for i, b in enumerate(blocks) if (m := _COUNTED.match(b.text)) and bare_place(b.text, gazetteer)}
    if len({bare_place(blocks[i].text, gazetteer) for i in found}) < 2:
        return blocks
    return [
        replace(block, line=block.line.cut(found[i].end())) if i in found else block for i, block in enumerate(blocks)
    ]


def bare_place(text: str, gazetteer: Gazetteer) -> str | None:
    """The code of the place of which a line is nothing but the name and perhaps a number."""
    name = titles.bare(_COUNTED.sub("", text))
    place = gazetteer.resolve(name) if titles.may_be_column(name) else None
    return place.adcode if place else None


def _named(gazetteer: Gazetteer, title: str) -> str | None:
    """The first place, or else the township, that a title names."""
    codes = [code for mention in gazetteer.find(title)[:1] for code in mention.candidates[:1]]
    return next(iter([*codes, *_towns(gazetteer, title)]), None)


def _towns(gazetteer: Gazetteer, title: str) -> list[str]:
    return [each.surface for each in gazetteer.find_details(title) if each.level == "township"]


def _runs(blocks: Sequence[Block]) -> list[list[tuple[int, re.Match[str]]]]:
    """Numbered headings set alike that count up from one; headings in between may count their own."""
    runs: list[list[tuple[int, re.Match[str]]]] = []
    for i, block in enumerate(blocks):
        m = _COUNTED.match(block.text)
        if m is None or not _counts(block, m.end()):
            continue
        number = titles.counted(m.group(1))
        if number == 1:
            runs.append([(i, m)])
        alike = (r for r in reversed(runs) if len(r) == number - 1 and are_alike(block, blocks[r[-1][0]]))
        goes_on = (r for r in alike if r[-1][1][1].isdigit() == m[1].isdigit())
        if number > 1 and (run := next(goes_on, None)):
            run.append((i, m))
    return runs


def _named_below(blocks: Sequence[Block], i: int, gazetteer: Gazetteer) -> bool:
    """Whether the text below a line names the place that the line names."""
    below = next((b.text for b in blocks[i + 1 : i + 2] if titles.is_paragraph(b)), "")
    return shared_place(gazetteer, blocks[i].text, below) is not None


def count_leads(pieces: Iterable[tuple[Block, Block]], gazetteer: Gazetteer) -> int:
    """How many texts below titles begin as that of an article does, or with the place that the title names."""
    return sum(
        titles.is_lead(text.text) or shared_place(gazetteer, title.text, text.text) is not None
        for title, text in pieces
    )


def shared_place(gazetteer: Gazetteer, title: str, text: str) -> str | None:
    """The place, or else the township, that a title and the beginning of the text below it name."""
    named = [code for mention in gazetteer.find(title)[:1] for code in mention.candidates]
    again = {code for mention in gazetteer.find(text[:80]) for code in mention.candidates}
    shared = next((code for code in named if code in again), None)
    return shared or next((town for town in _towns(gazetteer, title) if town in text[:80]), None)


def are_alike(a: Block, b: Block) -> bool:
    """Whether two lines are set alike."""
    return abs(a.size - b.size) < 0.06 and a.marked == b.marked and a.level == b.level


def _counts(block: Block, start: int) -> bool:
    return titles.heading_like(replace(block, line=block.line.cut(start)))
