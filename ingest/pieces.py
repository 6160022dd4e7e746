"""What marks the pieces of a collection, taken off their titles: 案例三, 1. before news, 【××县】 in their text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import dropwhile, pairwise, takewhile, zip_longest

from corpus.places import Gazetteer
from ingest import titles
from ingest.block import Block
from ingest.credits import is_person, names_person
from ingest.fields import is_unit
from ingest.typography import ends_sentence, is_salutation

_RUN_IN = re.compile(r"【([^】]{2,14})】\s*([^，。；！？：]{4,36})[。！？：]\s*(?=\S)")
_RUN_IN_AGAIN = (
    re.compile(r"【([^】，。；]{8,40})】\s*(?=[^\s【]{20})"),
    re.compile(
        r"(?:\d{1,2}\s*[.．、]|[一二三四五六七八九十]{1,3}、|[◎◆■●★▲▶◇□○☆※])\s*([^，。；！？：]{8,40})[。！]\s*(?=\S{20})"
    ),
)
_SERIAL = re.compile(
    r"[（(【]?(?:典型|经验|优秀|创新|会议|书面|大会|交流|发言|参阅){0,3}(?:案例|材料|发言|实例)"
    r"(?:之?[一二三四五六七八九十]{1,3}|[（(][一二三四五六七八九十\d]{1,3}[)）]|\s?\d{1,2})[】)）]?(?:[ 　:：]+|$)"
    r"|(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[.．、]\s*)?(?:项目|案例|品牌|做法)名称\s*[:：]\s*"
    r"|第[一二三四五六七八九十\d]{1,3}[篇则例]\s*[:：]\s*(?=\S{6})"
)
_AUTHOR = re.compile(r"(?:作\s*者|撰\s*文|文)\s*[:：/／|｜]\s*[一-鿿]{2,4}")
_PORTRAIT = re.compile(r"([一-鿿]{2,4})[ 　\t]+[一-鿿“”]{6,40}")
_MARK = re.compile(r"[◎◆■●★▲▶◇□○☆※]")
_COUNTED = re.compile(r"(\d{1,2}|[一二三四五六七八九十]{1,3})\s*(?:[、．]|\.(?!\d))\s*")


def without_serial(blocks: Sequence[Block]) -> tuple[list[Block], frozenset[int]]:
    """The blocks without what counts the pieces of a collection (案例三, 交流材料之二), and their titles by id.

    No text stands before the first piece.
    """
    found = [_SERIAL.match(block.text) if titles.heading_like(block) else None for block in blocks]
    first = next((i for i, m in enumerate(found) if m and re.search("[一1](?![十\\d])", m.group())), 0)
    if sum(m is not None for m in found) < 2 or any(map(titles.is_paragraph, blocks[:first])):
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


def bulleted(blocks: Sequence[Block], gazetteer: Gazetteer) -> frozenset[int]:
    """The titles, by id, of news that one mark sets off (◎ before each), no text before the first.

    The text below most of them begins as that of an article does, or with the place that the title names.
    """
    blocks = [block for block in blocks if not titles.is_byline(block.text)]
    mark = next((m.group() for block in blocks if (m := _MARK.match(block.text))), None)
    marked = [
        (block, below)
        for block, below in pairwise(blocks)
        if (m := _MARK.match(block.text)) and m.group() == mark and titles.is_paragraph(below)
    ]
    first = next((i for i, block in enumerate(blocks) if marked and block is marked[0][0]), 0)
    leads = sum(
        titles.is_lead(below.text) or shared_place(gazetteer, block.text, below.text) is not None
        for block, below in marked
    )
    if len(marked) < 3 or any(map(titles.is_paragraph, blocks[:first])) or 3 * leads < 2 * len(marked):
        return frozenset()
    return frozenset(id(block) for block, _ in marked)


def authored(blocks: Sequence[Block]) -> frozenset[int]:
    """The titles, by id of their first lines, of several pieces that name their author right below (作者：张某)."""
    found: set[int] = set()
    for i, block in enumerate(blocks):
        if i and _AUTHOR.match(block.text) and titles.heading_like(blocks[i - 1]):
            at = i - 1
            while (
                at
                and not blocks[at].gap
                and titles.heading_like(blocks[at - 1])
                and are_alike(*blocks[at - 1 : at + 1])
            ):
                at -= 1
            found.add(id(blocks[at]))
    return frozenset(found) if len(found) > 1 else frozenset()


def addressed(blocks: Sequence[Block]) -> frozenset[int]:
    """The titles, by id of their first lines, of several speeches: each greets its hearers right below (同志们：)."""
    found: set[int] = set()
    for i, block in enumerate(blocks):
        over = [line for line in reversed(blocks[max(0, i - 6) : i]) if is_salutation(block.text)]
        lines = list(takewhile(lambda b: titles.heading_like(b) and not ends_sentence(b.text), over))
        able = list(dropwhile(lambda b: titles.is_byline(b.text) or names_person(b.text) or is_unit(b.text), lines))
        if able:
            alike = takewhile(lambda pair: are_alike(*pair), pairwise(able))
            found.add(id([able[0], *(above for _, above in alike)][-1]))
    return frozenset(found) if len(found) > 1 else frozenset()


def placed(blocks: Sequence[Block], gazetteer: Gazetteer) -> frozenset[int]:
    """The titles, by id, of news under the bare name of their place: several in turn, a title right below each."""
    found: dict[str, int] = {}
    for name, title, text in zip(blocks, blocks[1:], blocks[2:], strict=False):
        place = gazetteer.resolve(titles.bare(name.text)) if titles.may_be_column(name.text) else None
        if place and titles.heading_like(title) and len(title.text) > 5 and titles.is_paragraph(text):
            found[place.adcode] = id(title)
    return frozenset(found.values()) if len(found) > 1 else frozenset()


def profiled(blocks: Sequence[Block]) -> frozenset[int]:
    """The titles, by id, of several portraits: a name and what the person is, of whom the text right below tells."""
    found = set()
    for i, block in enumerate(blocks):
        m = _PORTRAIT.fullmatch(block.text)
        if m and is_person(m[1]) and any(m[1] in below.text for below in blocks[i + 1 : i + 4]):
            found.add(id(block))
    return frozenset(found) if len(found) > 1 else frozenset()


def with_titles_parted(blocks: list[Block], gazetteer: Gazetteer) -> tuple[list[Block], frozenset[int]]:
    """The blocks; short news run into their titles have these on lines of their own, which are told by id.

    They begin 【place】title。, two of them at least one after another, or 【title】 or 1. title。, no text before the
    first, and the text says again the place that the title names; they name different places.
    """
    found = _run_in(blocks, gazetteer) or _run_in_again(blocks, gazetteer)
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
        i: (0, m.end(2), m.end())
        for i, m in enumerate(found)
        if m and places[i] and any(place and place != places[i] for place in beside[i])
    }


def _run_in_again(blocks: Sequence[Block], gazetteer: Gazetteer) -> dict[int, tuple[int, int, int]]:
    """The same in blocks that begin 【title】 or 1. title。 and say its place again."""
    for form in _RUN_IN_AGAIN:
        found = {i: m for i, block in enumerate(blocks) if block.role != "row" and (m := form.match(block.text))}
        places = [shared_place(gazetteer, m[1], blocks[i].text[m.end() :]) for i, m in found.items()]
        first = next(iter(found), 0)
        if len(found) < 2 or not all(places) or len(set(places)) < len(places):
            continue
        if not any(map(titles.is_paragraph, blocks[:first])):
            return {i: (m.start(1), m.end(1), m.end()) for i, m in found.items()}
    return {}


def without_numbers(blocks: list[Block], gazetteer: Gazetteer) -> list[Block]:
    """The blocks of a bulletin; titles that count its articles, or the short news of a column, lose their number.

    They count up from one and each names another place, which the text below names too unless they stand first; no
    text leads up to them. Those that stand before any text become headings.
    """
    out = list(blocks)
    for run in _runs(blocks):
        places = [[m.candidates[0] for m in gazetteer.find(blocks[i].text)[:1]] for i, _ in run]
        distinct = all(places) and len({place[0] for place in places}) == len(places) > 1
        first = not any(titles.is_paragraph(b) for b in blocks[: run[0][0]])
        led = titles.is_paragraph(blocks[run[0][0] - 1])
        if not distinct or not (first or (not led and all(_named_below(blocks, i, gazetteer) for i, _ in run))):
            continue
        for i, m in run:
            bare = replace(blocks[i], line=blocks[i].line.cut(m.end()).strip())
            out[i] = replace(bare, level=1, size=1.0) if first else bare
    return out


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


def shared_place(gazetteer: Gazetteer, title: str, text: str) -> str | None:
    """The place a title and the beginning of the text below it name."""
    named = [code for mention in gazetteer.find(title)[:1] for code in mention.candidates]
    again = {code for mention in gazetteer.find(text[:80]) for code in mention.candidates}
    return next((code for code in named if code in again), None)


def are_alike(a: Block, b: Block) -> bool:
    """Whether two lines are set alike."""
    return abs(a.size - b.size) < 0.06 and a.marked == b.marked and a.level == b.level


def _counts(block: Block, start: int) -> bool:
    return titles.heading_like(replace(block, line=block.line.cut(start)))
