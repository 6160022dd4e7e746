"""Word lists and tables in files of a package: an entry a line; blank lines and those that begin with # are none."""

from __future__ import annotations

from importlib import resources


def read_entries(package: str, path: str) -> list[str]:
    """The entries of a file of a package.

    >>> read_entries("corpus.gazetteer", "ethnic.txt")[0].startswith("#")
    False
    """
    return entries(resources.files(package).joinpath(path).read_text("utf-8"))


def entries(text: str) -> list[str]:
    r"""The entries of a text.

    >>> entries("# 近义词\n驿站 暖心站\n\n骑手 外卖员\n")
    ['驿站 暖心站', '骑手 外卖员']
    """
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
