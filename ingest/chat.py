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
_LEAST = 60
"""Characters of running text that an article sent in a chat has at least: the rest is talk (收到，谢谢)."""


@dataclass(slots=True)
class _Message:
    """What one person sent: the day and name its head tells, and its text."""

    sender: str
    day: str | None
    blocks: list[Block] = field(default_factory=list)

    @property
    def amount(self) -> int:
        """Characters of running text."""
        return sum(len(block.text) for block in self.blocks if is_prose(block.text))


def messages(source: Source) -> tuple[Source, ...]:
    """The articles in the messages of a chat; none where a text is no chat.

    A title sent by itself before its text belongs to it.
    """
    found: list[_Message] = []
    for block in source.blocks:
        if m := next((m for head in _HEADS if (m := head.fullmatch(block.text))), None):
            found.append(_Message(m["name"], find_date(m["day"])))
        elif found:
            found[-1].blocks.append(block)
    if len(found) < 2:
        return ()
    return tuple(_source(source, m) for m in _joined(found) if m.amount >= _LEAST)


def _joined(found: Sequence[_Message]) -> list[_Message]:
    out: list[_Message] = []
    for message in found:
        if out and out[-1].sender == message.sender and not out[-1].amount:
            message.blocks[:0] = out.pop().blocks
        out.append(message)
    return out


def _source(source: Source, message: _Message) -> Source:
    return replace(source, blocks=tuple(message.blocks), published_on=message.day, site=message.sender)
