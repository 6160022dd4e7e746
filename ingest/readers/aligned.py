"""Tables that plain text sets with wide gaps, tabs, bars or commas: lines alike, figures under heads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.traced import Traced, join

_GAP = re.compile(r"\s*[|｜│┃]\s*|[\t　][\t 　]*| [\t　]\s*| {2,}|(?<=[）)]) (?=\d)")
_SPREAD = re.compile(r"[一-鿿][　 ]{1,6}[一-鿿](?=[　 ]{2,}[^　 ]{2})")
"""Two characters set wide apart at the head of a line (镇　　名      行政村)."""
_COMMA = re.compile("[,，]")
_BARS = "|｜│┃ \t　"
_FIGURE = re.compile(r"[约近超]?[-+±]?\d[\d,，.]*\s*[%％‰]?[余多]?[一-鿿]{0,3}|[-—–/]{1,2}")
_YEAR = re.compile(r"(?:19|20)\d\d年(?:\d{1,2}月|上半年)?[底末]?")
_FEWEST = 3
"""Lines that make a table, its head among them."""


def table_rows(lines: Sequence[tuple[Traced, bool]]) -> dict[int, Traced]:
    r"""The lines that are rows of tables, by number, each with its cells parted by tabs.

    A table has a head without figures and below it rows of as many cells, in all of which but the first column
    figures stand, all but one at least. ``lines``: each with whether it stands right below the one before.

    >>> text = ["单位　　　计划（张）　建成（张）", "白水镇　　300　　180", "三塘镇　　200　　130", "各镇要抓紧。"]
    >>> found = table_rows([(Traced(t), True) for t in text])
    >>> sorted(found), found[1].text.split("\t")
    ([0, 1, 2], ['白水镇', '300', '180'])
    """
    found: dict[int, Traced] = {}
    for gap, fewest in ((_GAP, 2), (_COMMA, 3)):
        found = _tables([_cells(line, gap) for line, _ in lines], [below for _, below in lines], fewest) | found
    return found


def _tables(cells: Sequence[Sequence[Traced]], below: Sequence[bool], fewest: int) -> dict[int, Traced]:
    """The rows of the tables of ``fewest`` columns or more among lines in cells, ``below``: right below the last."""
    found: dict[int, Traced] = {}
    first = 0
    while first < len(cells):
        end = first + 1
        while end < len(cells) and below[end] and len(cells[end]) == len(cells[first]) and _is_row(cells[end]):
            end += 1
        if len(cells[first]) >= fewest and end - first >= _FEWEST and _is_head(cells[first]):
            found |= {n: join(cells[n], "\t") for n in range(first, end)}
        first = end
    return found


def _cells(line: Traced, gap: re.Pattern[str]) -> list[Traced]:
    line = line.strip(_BARS)
    spread = _SPREAD.match(line.text)
    gaps = (each.span() for each in gap.finditer(line.text) if not spread or each.start() >= spread.end())
    cuts = [0, *(at for span in gaps for at in span), len(line)]
    cells = [line.cut(start, end).strip() for start, end in list(pairwise(cuts))[::2]]
    return [join([cells[0].cut(0, 1), cells[0].cut(len(cells[0]) - 1)]), *cells[1:]] if spread else cells


def _is_head(cells: Sequence[Traced]) -> bool:
    """Whether cells hold no figure but years."""
    return not any(_FIGURE.fullmatch(c.text) and not _YEAR.fullmatch(c.text) for c in cells[1:])


def _is_row(cells: Sequence[Traced]) -> bool:
    return 0 < len(cells) - 1 <= _figures(cells) + (len(cells) > _FEWEST)


def _figures(cells: Sequence[Traced]) -> int:
    """How many cells behind the first hold a figure."""
    return sum(_FIGURE.fullmatch(cell.text) is not None for cell in cells[1:])
