"""Traditional script as simplified, wide digits as narrow, by character: what is shown stays, what is matched not."""

from __future__ import annotations

import re
from functools import cache

from corpus.wordlists import read_entries

_WIDE = re.compile("[０-９]")
_NARROW = str.maketrans("０１２３４５６７８９", "0123456789")


def simplified(text: str) -> str:
    """The text in simplified characters, as long as before, so that offsets stay.

    >>> simplified("縣委社會工作部選派黨建指導員138名")
    '县委社会工作部选派党建指导员138名'
    """
    table, traditional = _table()
    return text.translate(table) if traditional.search(text) else text


def with_narrow_digits(text: str) -> str:
    """The text with its full-width digits as ASCII, as long as before.

    >>> with_narrow_digits("２０２６年1月")
    '2026年1月'
    """
    return text.translate(_NARROW) if _WIDE.search(text) else text


@cache
def _table() -> tuple[dict[int, str], re.Pattern[str]]:
    """The simplified form of each traditional character, and a pattern of them: most text has none."""
    pairs = [pair for line in read_entries("corpus", "traditional.txt") for pair in line.split()]
    return {ord(pair[0]): pair[1] for pair in pairs}, re.compile(f"[{''.join(pair[0] for pair in pairs)}]")
