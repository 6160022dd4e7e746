"""The plain exports: CSV for offices, Parquet for analysis, JSON lines for programs."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from corpus.files import replacing
from corpus.model import Fact
from extract.workbook.blocks import Cell
from extract.workbook.columns import COLUMNS, rows
from extract.workbook.content import Content, divisions, plain

_LIVE = ("=", "+", "-", "@", "\t")
"""Beginnings that a spreadsheet would take for a formula."""


def write_csv(content: Content, path: Path) -> None:
    """指标数据 as UTF-8 with BOM; a text that a spreadsheet would run gets an apostrophe before it."""
    with replacing(path) as aside, aside.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow([c.head for c in COLUMNS])
        for row in rows(content):
            writer.writerow([_csv_cell(c.of(row)) for c in COLUMNS])


def _csv_cell(cell: Cell) -> str:
    if isinstance(cell, str):
        return inert(cell)
    return plain(cell) if isinstance(cell, Decimal) else "" if cell is None else str(cell)


def inert(text: str) -> str:
    """A text that no spreadsheet takes for a formula.

    >>> inert("=1+1"), inert("增长-5%")
    ("'=1+1", '增长-5%')
    """
    return "'" + text if text.startswith(_LIVE) else text


def write_lines(objects: Iterable[Mapping[str, Any]], path: Path) -> None:
    """JSON lines, UTF-8."""
    with replacing(path) as aside, aside.open("w", encoding="utf-8", newline="\n") as out:
        for each in objects:
            out.write(json.dumps(each, ensure_ascii=False) + "\n")


def write_parquet(content: Content, path: Path) -> None:
    """One fact a row under the JSON names, flat: ``province`` … ``adcode``, ``period_start`` …; numbers are doubles."""
    import pyarrow as pa  # type: ignore[import-untyped]
    import pyarrow.parquet as pq  # type: ignore[import-untyped]

    numbers, counts = {"value", "value_high"}, {"start", "end"}
    types = {name: pa.float64() for name in numbers} | {name: pa.int64() for name in counts}
    schema = pa.schema([(name, types.get(name, pa.string())) for name in _NAMES])
    with replacing(path) as aside, pq.ParquetWriter(aside, schema) as out:
        each = (_record(fact, content.articles[fact.article].title) for fact in content.facts)
        while group := list(islice(each, _GROUP)):
            out.write_table(pa.Table.from_pylist(group, schema=schema))


_GROUP = 10_000
"""Rows of a group of the file."""
_NAMES = (
    "id", "article", "document", "name", "title", "adcode", "province", "prefecture", "county", "subject",
    "subject_level", "indicator", "indicator_name", "object", "action", "text", "value", "value_high", "unit", "bound",
    "status", "period_text", "period_start", "period_end", "period_basis", "denominator", "flags", "sentence", "start",
    "end", "duplicate_of", "rules",
)  # fmt: skip


def _record(fact: Fact, title: str) -> dict[str, Any]:
    quantity, period = fact.quantity, fact.period
    high = quantity.value_high
    province, prefecture, county = divisions(fact.place)
    made = {name: getattr(fact, name) for name in _NAMES if hasattr(fact, name)}
    return made | {
        "title": title, "adcode": fact.place.adcode if fact.place else None, "province": province or None,
        "prefecture": prefecture or None, "county": county or None, "text": quantity.surface,
        "value": float(quantity.value), "value_high": None if high is None else float(high),
        "unit": quantity.unit, "bound": quantity.bound, "period_text": period.text, "period_start": period.start,
        "period_end": period.end, "period_basis": period.basis, "flags": " ".join(fact.flags),
        "sentence": fact.sentence_text, "start": quantity.span.start, "end": quantity.span.end,
    }  # fmt: skip
