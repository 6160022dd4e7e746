"""Which lines are the titles of the pieces of a collection: each is set, signed or answered below as the others are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import dropwhile, pairwise, takewhile

from corpus.places import Gazetteer
from corpus.spacing import squeezed
from ingest import titles
from ingest.block import Block
from ingest.credits import find_number, is_person, names_person
from ingest.endings import find_ending, is_whole
from ingest.fields import is_unit
from ingest.pieces import are_alike, bare_place, count_leads, shared_place
from ingest.typography import ends_sentence, is_salutation

_AUTHOR = re.compile(r"(?:作\s*者|撰\s*文|文)\s*[:：/／|｜]\s*[一-鿿]{2,4}")
_PORTRAIT = re.compile(r"([一-鿿]{2,4})[ 　\t]+[一-鿿“”]{6,40}")
_BRIEFS = re.compile("[一-鿿]{0,4}(?:简讯|短讯|快讯|简明新闻|信息快递|工作动态|一句话新闻|集锦|短波)")
"""The head of short news at the end of an issue."""
_MARK = re.compile(r"[◎◆■●★▲▶◇□○☆※]")


def titles_in_series(blocks: Sequence[Block], gazetteer: Gazetteer) -> frozenset[int]:
    """The titles of a document's pieces, by id of their first lines."""
    return (
        bulleted(blocks, gazetteer)
        | authored(blocks)
        | sourced(blocks)
        | addressed(blocks)
        | documents(blocks)
        | subtitled(blocks)
        | profiled(blocks)
        | placed(blocks, gazetteer)
        | rounded_up(blocks, gazetteer)
    )


def bulleted(blocks: Sequence[Block], gazetteer: Gazetteer) -> frozenset[int]:
    """The titles, by id, of news that one mark sets off (◎ before each), no text before the first but under 简讯.

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
    leads = count_leads(marked, gazetteer)
    headed = first > 0 and _BRIEFS.fullmatch(squeezed(blocks[first - 1].text).strip("【】[]")) is not None
    below_text = any(map(titles.is_paragraph, blocks[:first])) and not headed
    if len(marked) < 3 or below_text or 3 * leads < 2 * len(marked):
        return frozenset()
    return frozenset(id(block) for block, _ in marked)


def authored(blocks: Sequence[Block]) -> frozenset[int]:
    """The titles, by id of their first lines, of several pieces that name their author right below (作者：张某)."""
    found: set[int] = set()
    for i, block in enumerate(blocks):
        if i and _AUTHOR.match(block.text) and titles.heading_like(blocks[i - 1]):
            found.add(id(_first_line(blocks, i - 1)))
    return frozenset(found) if len(found) > 1 else frozenset()


def _first_line(blocks: Sequence[Block], at: int) -> Block:
    """The first line of a title that ends with a block: no gap between its lines, all set alike."""
    while at and not blocks[at].gap and titles.heading_like(blocks[at - 1]) and are_alike(*blocks[at - 1 : at + 1]):
        at -= 1
    return blocks[at]


def sourced(blocks: Sequence[Block]) -> frozenset[int]:
    """The titles, by id of their first lines, of several pieces that say where they are from right below (来源：××).

    None where a source stands below a text: there it ends what is above.
    """
    found: set[int] = set()
    for i, block in enumerate(blocks[:-1]):
        ending = find_ending(block.text)
        if ending is None or not is_whole(block.text, ending):
            continue
        if not i or not titles.heading_like(blocks[i - 1]) or not titles.is_paragraph(blocks[i + 1]):
            return frozenset()
        found.add(id(_first_line(blocks, i - 1)))
    return frozenset(found) if len(found) > 1 else frozenset()


def addressed(blocks: Sequence[Block]) -> frozenset[int]:
    """The titles, by id of their first lines, of several speeches: each greets its hearers right below (同志们：)."""
    found: set[int] = set()
    for i, block in enumerate(blocks):
        over = [line for line in reversed(blocks[max(0, i - 6) : i]) if is_salutation(block.text)]
        lines = list(takewhile(lambda b: titles.heading_like(b) and not ends_sentence(b.text), over))
        able = list(dropwhile(_is_below_title, lines))
        if able:
            alike = takewhile(lambda pair: are_alike(*pair) and not pair[0].gap, pairwise(able))
            found.add(id([able[0], *(above for _, above in alike)][-1]))
    return frozenset(found) if len(found) > 1 else frozenset()


def _is_below_title(block: Block) -> bool:
    """Whether a line is one of those between a title and a speech: a subtitle, who speaks, when."""
    text = block.text
    return (
        text.startswith(("—", "－"))
        or titles.is_byline(text, block.size, block.level)
        or names_person(text)
        or is_unit(text)
    )


def documents(blocks: Sequence[Block]) -> frozenset[int]:
    """The titles, by id of their first lines, of several official documents (关于……的通知).

    Each has its number or whom it is addressed to below it; a date ends the one above.
    """
    found: set[int] = set()
    first = next((i for i, block in enumerate(blocks) if titles.is_paragraph(block)), len(blocks))
    end = 0
    for i in range(len(blocks)):
        below = next((k for k in range(i + 1, i + 4) if _is_title(blocks[i:k])), None)
        if i < end or below is None or not (i <= first or any(titles.is_date(b.text) for b in blocks[i - 3 : i])):
            continue
        if any(find_number(b.text) or re.search("[:：]$", b.text) for b in blocks[below : below + 3]):
            found.add(id(blocks[i]))
            end = below
    return frozenset(found) if len(found) > 1 else frozenset()


def _is_title(lines: Sequence[Block]) -> bool:
    """Whether lines set alike are the title of an official document as a whole."""
    alike = all(titles.heading_like(line) and are_alike(line, lines[0]) for line in lines)
    return alike and titles.is_titled("".join(line.text for line in lines))


def placed(blocks: Sequence[Block], gazetteer: Gazetteer) -> frozenset[int]:
    """The titles, by id, of news under the bare names of their places: several in turn, a title right below each.

    Further titles below a name stand over texts that say it again.
    """
    heads = [i for i, block in enumerate(blocks) if bare_place(block.text, gazetteer)]
    found: set[int] = set()
    for start, end in pairwise([*heads, len(blocks)]):
        place = bare_place(blocks[start].text, gazetteer)
        for i in range(start + 1, end - 1):
            title, text = blocks[i : i + 2]
            again = i == start + 1 or any(place in m.candidates for m in gazetteer.find(text.text[:80]))
            if titles.heading_like(title) and len(title.text) > 5 and titles.is_paragraph(text) and again:
                found.add(id(title))
    under = [i for i in heads if i + 1 < len(blocks) and id(blocks[i + 1]) in found]
    return frozenset(found) if len({bare_place(blocks[i].text, gazetteer) for i in under}) > 1 else frozenset()


def rounded_up(blocks: Sequence[Block], gazetteer: Gazetteer) -> frozenset[int]:
    """The titles, by id, of news of several counties: headings of one level, each of another, as its text is too."""
    for level in (1, 2, 3):
        heads = [(block, below) for block, below in pairwise(blocks) if block.level == level]
        places = [shared_place(gazetteer, block.text, below.text) or "" for block, below in heads]
        if len(places) > 2 and all(map(str.isdigit, places)) and len(set(places)) == len(places):
            return frozenset(id(block) for block, _ in heads)
    return frozenset()


def subtitled(blocks: Sequence[Block]) -> frozenset[int]:
    """The titles, by id, of several pieces each of which has a subtitle with a dash between it and its text."""
    found = set()
    for title, below, text in zip(blocks, blocks[1:], blocks[2:], strict=False):
        named = titles.heading_like(title) and not ends_sentence(title.text) and len(title.text) > 4
        if named and re.match("[—－]", below.text) and titles.heading_like(below) and titles.is_paragraph(text):
            found.add(id(title))
    return frozenset(found) if len(found) > 1 else frozenset()


def profiled(blocks: Sequence[Block]) -> frozenset[int]:
    """The titles, by id, of several portraits: a name and what the person is, of whom the text right below tells."""
    found = set()
    for i, block in enumerate(blocks):
        m = _PORTRAIT.fullmatch(block.text)
        if m and is_person(m[1]) and any(m[1] in below.text for below in blocks[i + 1 : i + 4]):
            found.add(id(block))
    return frozenset(found) if len(found) > 1 else frozenset()
