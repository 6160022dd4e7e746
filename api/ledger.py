"""The ledger of what units sent in and what issues used: by month or in sum, and as a workbook.

An article without a date, or from a news medium, was not sent in and is left out of 报送.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from answer.reference import is_paper
from answer.units import ledger, unit_of
from corpus.desk import Desk
from corpus.digests import Digests
from corpus.places import Gazetteer
from extract.workbook.blocks import Block, Kind, Sheet
from ingest.words import words

if TYPE_CHECKING:
    from api.library import Library

Row = tuple[str, str, str, int, int]
"""Month, region (adcode or ""), unit, articles sent in, entries used."""
Total = tuple[str, str, int, int]
"""Region (adcode or ""), unit, articles sent in, entries used."""
NAME = "报送和采用台账"
_HEADS: tuple[tuple[str, float, Kind], ...] = (
    ("地区", 24.0, "text"), ("单位", 36.0, "text"), ("报送", 8.0, "number"), ("采用", 8.0, "number"),
)  # fmt: skip


def use_ledger(library: Library) -> tuple[Row, ...]:
    """What each unit sent in and what issues used, the newest month first."""
    received = (row for row in Desk(library.catalogue.engine).sent() if row[0] and not is_medium(unit_of(row[1])))
    return ledger(Digests(library.catalogue.engine).published(), received, library.gazetteer).rows


def chosen(rows: Iterable[Row], since: str = "", until: str = "", unit: str = "") -> list[Row]:
    """The rows of months from one to another whose unit has the words; an issue without a date is of no month."""

    def within(month: str) -> bool:
        return (not since or month >= since) and (not until or "" < month <= until)

    return [row for row in rows if unit in row[2] and within(row[0])]


def totals(rows: Iterable[Row]) -> list[Total]:
    """The sums of each unit, in administrative order.

    >>> totals([("2026-07", "330500", "甲", 1, 0), ("2026-06", "330500", "甲", 2, 1)])
    [('330500', '甲', 3, 1)]
    """
    sent, used = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for _, region, unit, n, m in rows:
        sent[region, unit] += n
        used[region, unit] += m
    return [(*key, sent[key], used[key]) for key in sorted(sent)]


def write(rows: Sequence[Row], gazetteer: Gazetteer, out: Path) -> None:
    """Write the rows by month and the sums of units as a workbook."""
    from extract.workbook.xlsx import write_sheets

    by_month = [(month, region_name(code, gazetteer), unit, n, m) for month, code, unit, n, m in rows]
    sums = [(region_name(code, gazetteer), unit, n, m) for code, unit, n, m in totals(rows)]
    sheets = [
        Sheet("逐月", (Block((("月份", 10.0, "text"), *_HEADS), by_month),), frozen=1),
        Sheet("各单位合计", (Block(_HEADS, sums),), frozen=1),
    ]
    write_sheets(sheets, out, title=NAME)


def region_name(code: str, gazetteer: Gazetteer) -> str:
    """A region with what it lies in, "" for none."""
    return "".join(gazetteer.place(code).path) if code else ""


def is_medium(unit: str) -> bool:
    """Whether a name is that of a news medium, which sends nothing in.

    >>> is_medium("新华网"), is_medium("某县融媒体中心"), is_medium("湖州日报社"), is_medium("德清社会工作")
    (True, True, True, False)
    """
    return is_paper(unit) or _media().fullmatch(unit) is not None


@cache
def _media() -> re.Pattern[str]:
    named = "|".join(words("media"))
    return re.compile(rf"(?:{named})(?:客户端|[-·—].*)?|.{{2,15}}(?:电视台|广播电台|融媒体中心|新闻网|报社|客户端)")
