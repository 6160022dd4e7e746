"""Issues of a bulletin bound in one volume (合订本) → each by itself, with the masthead that numbers and dates it."""

from __future__ import annotations

from dataclasses import replace

from ingest import titles
from ingest.block import Block, Source
from ingest.credits import find_issue


def issues(source: Source) -> tuple[Source, ...]:
    """The issues of a volume; none where there are not several mastheads of one name, each with another number.

    What stands before the first issue is only a cover and a table of contents: it goes.
    """
    names: dict[str, list[int]] = {}
    for i, block in enumerate(source.blocks[1:]):
        if _is_number(block):
            names.setdefault(titles.bare(source.blocks[i].text), []).append(i)
    starts = max(names.values(), key=len, default=[])
    if len(starts) < 2 or len({find_issue([source.blocks[i + 1].text]) for i in starts}) < len(starts):
        return ()
    texts = [source.blocks[a:b] for a, b in zip(starts, [*starts[1:], len(source.blocks)], strict=True)]
    front = source.blocks[: starts[0]]
    if any(map(titles.is_paragraph, front)) or not all(any(map(titles.is_paragraph, text)) for text in texts):
        return ()
    return tuple(replace(source, blocks=text) for text in texts)


def _is_number(block: Block) -> bool:
    """Whether a line counts an issue and says hardly anything else."""
    return titles.is_issue_number(block.text) and titles.is_masthead(block.text)
