"""An exported chat (2026-05-06 10:20:15 三塘县-张某) → the articles people sent in it, a source each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ingest.block import Block, Source
from ingest.dates import find_date
from ingest.typography import is_prose

_DAY = r"(?P<day>(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)[ 　]+(?:[上下]午[ 　]*)?\d{1,2}:\d{2}(?::\d{2})?"
_NAME = r"(?P<name>[^\s。，：:；][^。，：:；]{0,30})"
_HEADS = (re.compile(rf"{_DAY}[ 　]+{_NAME}[:：]?"), re.compile(rf"{_NAME}[ 　]+{_DAY}[:：]?"))
_GROUP = re.compile(r"[^\s—–－-]{1,20}[—–－-][^\s—–－-]{1,10}")
"""How members of a group name themselves: their office and, after a hyphen, their name."""
_TALK = re.compile(
    r"(?:已?收到|谢谢|感谢|好的?|辛苦|您|你|了|啦|大家|各位|领导|老师|[Oo][Kk]|\[[^\]]{1,6}\]|[\s，。！!、~～🙏👍👌🌹🤝])+"
)
"""What thanks and confirms, and says nothing else."""
_OF_GROUP = re.compile(r"聊天|群名|消息记录|导出|群$")
_LEAST = 60
"""Characters of running text that an article sent in a chat has at least."""


@dataclass(slots=True)
class _Message:
    """What one person sent: its head, the sender and day that this tells, and its text."""

    head: Block
    sender: str
    day: str | None
    blocks: list[Block] = field(default_factory=list)

    @property
    def amount(self) -> int:
        """Characters of running text."""
        return sum(len(block.text) for block in self.blocks if is_prose(block.text))


def messages(source: Source) -> tuple[Source, ...]:
    """The articles in the messages of a chat; none where a text is no chat.

    A title sent by itself before its text belongs to it. A short message stays with the article before it, unless it
    only says thanks.
    """
    above: list[Block] = []
    found: list[_Message] = []
    for block in source.blocks:
        if m := next((m for head in _HEADS if (m := head.fullmatch(block.text))), None):
            found.append(_Message(block, m["name"], find_date(m["day"])))
        elif found:
            found[-1].blocks.append(block)
        else:
            above.append(block)
    if not _is_chat(above, found):
        return ()
    articles: list[_Message] = []
    rest = [block for block in above if not _OF_GROUP.search(block.text)]
    for message in _joined(found):
        if message.amount >= _LEAST:
            message.blocks[:0], rest = rest, []
            articles.append(message)
        elif not all(_TALK.fullmatch(block.text) for block in message.blocks):
            (articles[-1].blocks if articles else rest).extend([message.head, *message.blocks])
    return tuple(_source(source, message) for message in articles)


def _is_chat(above: Sequence[Block], found: Sequence[_Message]) -> bool:
    """Whether lines that name a sender and a time head messages, and are not the bylines of titles nor items of a log.

    No text stands before the first; one message follows another without a title above its head; and a sender writes
    again, or is named as members of a group are.
    """
    senders = [message.sender for message in found]
    known = len(set(senders)) < len(senders) or any(map(_GROUP.fullmatch, senders))
    follows = (not m.blocks or is_prose(m.blocks[-1].text) or _TALK.fullmatch(m.blocks[-1].text) for m in found[:-1])
    return known and any(follows) and not any(is_prose(block.text) for block in above)


def _joined(found: Sequence[_Message]) -> list[_Message]:
    out: list[_Message] = []
    for message in found:
        if out and out[-1].sender == message.sender and not out[-1].amount:
            message.blocks[:0] = out.pop().blocks
        out.append(message)
    return out


def _source(source: Source, message: _Message) -> Source:
    return replace(source, blocks=tuple(message.blocks), published_on=message.day, site=message.sender)
