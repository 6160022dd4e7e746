"""What a text copied from a web page, or printed from it, says around its title: the path above, credits below."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.block import Source
from ingest.readers.page import find_day, find_origin
from ingest.words import any_of

_LABEL = re.compile(
    r"(?:发布|发表|更新)?(?:时间|日期)|(?:信息|文章|稿件)?来源|作者|(?:责任)?编辑|(?:浏览|阅读|点击)(?:次数|量|数)|字[体号]"
)
_LABELLED = re.compile(rf"(?:^|(?<=[\s　|｜\])）】]))(?:{_LABEL.pattern})\s*[:：]")
_OF_PAGE = re.compile(r"来源|编辑|浏览|阅读|点击|字[体号]|(?:发布|发表|更新)(?:时间|日期)")
"""What one label at least is of: a notice gives times and authors too."""
_WRITER = re.compile(r"作者\s*[:：]\s*([一-鿿·]{2,4}(?:[、 ][一-鿿·]{2,4}){0,3})(?=[\s　]|$)")
_HEADER = re.compile(
    r"(?:(?P<sender>发\s*件\s*人|寄件人|from)|(?P<day>发\s*送\s*时\s*间|日\s*期|时\s*间|date|sent)|(?P<subject>主\s*[题旨]|subject)"
    r"|收\s*件\s*人|抄\s*送|密\s*送|附\s*件|to|cc|bcc|attachments?)\s*[:：]\s*(?P<said>.*)",
    re.I,
)
"""A line of the head of a letter, as it stands in a text copied from one."""
_ADDRESS = re.compile(r"[<＜\[(（]?\S+@\S+[>＞\])）]?")
_FEWEST = 3
_OPENING, _TOP = 6, 14
_PRINTED = re.compile(r"(?:(?:https?|file)://|www\.)\S{4,300}(?:\s+\d{1,3}\s*[/／]\s*\d{1,3})?")
"""The address that a browser prints below each page."""
_AROUND = 160


def without_page(source: Source) -> Source:
    """The source without these lines, and with what they say; the same where it has no line of credits."""
    lines = [block.text for block in source.blocks[:_OPENING]]
    at = next((i for i, line in enumerate(lines) if i and _is_credits(line)), None)
    if at is None:
        return source
    path = 1 if at > 1 and any_of("page_lines").search(lines[0]) else 0
    writer = _WRITER.search(lines[at])
    return replace(
        source,
        blocks=(*source.blocks[path:at], *source.blocks[at + 1 :]),
        source_line=find_origin(lines[at]),
        published_on=find_day(lines[at]),
        author=writer[1] if writer else None,
    )


def heads_letter(line: str) -> bool:
    """Whether a line is of the head of a letter (发件人：……).

    >>> heads_letter("抄　送：局领导"), heads_letter("时间是宝贵的")
    (True, False)
    """
    return _HEADER.match(line) is not None


def without_letter(source: Source) -> Source:
    """A text copied from a letter without the lines of its head, and with what they say."""
    heads = [m for block in source.blocks if (m := _HEADER.match(block.text))]
    heads = heads if [b.text for b in source.blocks[: len(heads)]] == [m.string for m in heads] else []
    told = {kind: m["said"].strip() for m in heads for kind in ("sender", "day", "subject") if m[kind]}
    if len(heads) < _FEWEST or "sender" not in told:
        return source
    return replace(
        source,
        blocks=source.blocks[len(heads) :],
        title=told.get("subject"),
        published_on=find_day(told.get("day", "")),
        site=_ADDRESS.sub("", told["sender"]).strip() or None,
        margins=(*source.margins, *(m.string for m in heads)),
    )


def without_print(source: Source) -> Source:
    """A page printed by a browser without its address on each sheet and what its site put around the article."""
    texts = [block.text for block in source.blocks]
    if not any(_PRINTED.fullmatch(line.strip()) for line in (*source.margins, *texts)):
        return source
    at = next((i for i, text in enumerate(texts[:_TOP]) if i and _is_credits(text)), None)
    said = texts[at] if at else ""
    kept = tuple(
        block
        for i, block in enumerate(source.blocks)
        if (at is None or i >= at - 1)
        and not _PRINTED.fullmatch(block.text.strip())
        and not (len(block.text) <= _AROUND and any_of("page_lines").search(block.text))
    )
    day, writer = find_day(said), _WRITER.search(said)
    return replace(
        source, blocks=kept, source_line=find_origin(said), published_on=day, author=writer[1] if writer else None
    )


def _is_credits(line: str) -> bool:
    """Whether a line is made of what a web page says of its article."""
    if len(line) > _AROUND or "。" in line or line.rstrip().endswith("."):
        return False
    labels = [m.group() for m in _LABELLED.finditer(line.strip())]
    return len(labels) > 1 and any(map(_OF_PAGE.search, labels))
