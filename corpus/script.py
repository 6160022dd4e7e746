"""Traditional script as simplified, character by character: what is shown stays as written, what is matched not."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


def simplified(text: str) -> str:
    """The text in simplified characters, as long as before, so that offsets stay.

    >>> simplified("縣委社會工作部選派黨建指導員138名")
    '县委社会工作部选派党建指导员138名'
    """
    return text.translate(_table())


@cache
def _table() -> dict[int, str]:
    raw = files("corpus").joinpath("traditional.txt").read_text(encoding="utf-8").splitlines()
    return {ord(pair[0]): pair[1] for line in raw if not line.startswith("#") for pair in line.split()}
