"""Edited rows against the library's facts: which fields a person changed, read as offices write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from corpus.corrections import REVIEWS, checked, place_text
from corpus.errors import NotFound, UsageError
from corpus.labels import BOUND, FLAG, LEVEL, MARKING, STATUS, code_of
from corpus.model import Fact, Place, Quantity
from corpus.places import Gazetteer
from corpus.spacing import squeezed
from extract.quantities import scan
from extract.workbook.columns import COLUMNS, Row
from extract.workbook.content import divisions, measure, plain
from extract.workbook.edited import Edited, EditedRow, matching
from extract.workbook.xlsx import clean

_DIVISIONS = ("省", "市", "县")
_LOOKED_AT = [column for column in COLUMNS if column.head in ("原文表述", "显示值", "备注", "时间依据", "原句")]
"""Columns that are there to be read; what is typed into them is told, not taken."""
_MOST_ROWS = 10
"""Rows named in one message."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of a fact that the workbook gives otherwise than the library; ``head`` is its column."""

    fact: str
    field: str
    head: str
    old: str | None
    new: str | None


@dataclass(frozen=True)
class Known:
    """What edits are read against: facts by id, indicator names by id, and places."""

    facts: Mapping[str, Fact]
    indicators: Mapping[str, str]
    gazetteer: Gazetteer


def differences(edited: Edited, known: Known) -> tuple[list[Difference], list[str]]:
    """What the workbook gives otherwise than the library, and the rows and cells that could not be taken."""
    found: list[Difference] = []
    problems = list(edited.problems)
    left: dict[str, list[int]] = {}
    for row, fact, why in matching(edited.rows, known.facts):
        if fact is None:
            problems.append(why)
        else:
            found += _of_row(known.facts[fact], row, known, problems)
            for head in _looked_at(known.facts[fact], row):
                left.setdefault(head, []).append(row.number)
    return found, problems + [_left(head, rows) for head, rows in left.items()]


def _of_row(fact: Fact, row: EditedRow, known: Known, problems: list[str]) -> list[Difference]:
    wanted: dict[str, tuple[str | None, str]] = {}
    for head, field, typed in _changed(fact, row):
        try:
            wanted |= {name: (new, head) for name, new in _READERS[field](typed, fact, known).items()}
        except _Unreadable as exc:
            problems.append(f"第 {row.number} 行“{head}”栏 {typed!r}：{exc}")
    found = []
    for field, (new, head) in wanted.items():
        try:
            correction = checked(fact, field, new)
        except UsageError as exc:
            problems.append(f"第 {row.number} 行“{head}”栏：{exc}")
            continue
        if correction is not None:
            found.append(Difference(fact.id, field, head, correction.old, correction.new))
    return found


def _changed(fact: Fact, row: EditedRow) -> list[tuple[str, str, str]]:
    """Head, field and text of the cells that differ from what the export wrote; what is said twice, once."""
    made = []
    for column in COLUMNS:
        typed = row.cells.get(column.head)
        if column.field is None or typed is None:
            continue
        cell = column.of(Row(fact))
        written = plain(cell) if isinstance(cell, Decimal) else clean(str(cell or ""))
        if not _same(typed, written):
            made.append((column.head, column.field, typed))
    heads = {head for head, _, _ in made}
    if "指标编号" in heads:
        made = [each for each in made if each[0] != "指标"]
    value = row.cells["数值"]
    inside = [q.unit for q in scan(value)] if "数值" in heads else []
    if inside and inside[0] and measure(inside[0]) != measure(row.cells.get("单位")):
        # 2.4亿元 typed as the value says the unit too; the cell beside it is the old one.
        made = [each for each in made if each[0] != "单位"]
    typed_path = [row.cells.get(head, "") for head in _DIVISIONS]
    named = all(head in row.cells for head in _DIVISIONS)
    if "地方代码" not in heads and named and not _same("".join(typed_path), "".join(divisions(fact.place))):
        made.append(("县", "place", "".join(typed_path)))
    return made


def _looked_at(fact: Fact, row: EditedRow) -> list[str]:
    """The heads of cells only to be read that were edited; of a corrected fact they may have followed since."""
    if "corrected" in fact.flags:
        return []
    cells = [(column.head, row.cells.get(column.head), clean(str(column.of(Row(fact))))) for column in _LOOKED_AT]
    return [
        head for head, typed, written in cells
        if typed is not None and not _same(typed, written) and not _is_excerpt(typed, written)
    ]  # fmt: skip


def _is_excerpt(typed: str, written: str) -> bool:
    """Whether a cell is part of a longer text, as a 数据核实表 quotes it."""
    return "……" in typed and squeezed(typed).strip("…") in squeezed(written)


def _left(head: str, rows: list[int]) -> str:
    """That a column's edits were not taken.

    >>> _left("原句", [5, 9])
    '“原句”栏只供参看，不读回：第 5、9 行的改动没有采用。'
    """
    more = f"等 {len(rows)} 行" if len(rows) > _MOST_ROWS else "行"
    return f"“{head}”栏只供参看，不读回：第 {'、'.join(map(str, rows[:_MOST_ROWS]))} {more}的改动没有采用。"


def _same(typed: str, written: str) -> bool:
    """Whether two cells say the same: width and spaces aside, numbers by value as a spreadsheet keeps them.

    >>> _same("１３８", "138"), _same("66.666667", "66.666667000"), _same("", "0")
    (True, True, False)
    """
    a, b = (squeezed(unicodedata.normalize("NFKC", text)) for text in (typed, written))
    if a == b:
        return True
    try:
        return float(a) == float(b)
    except ValueError:
        return False


# --- how cells are read -----------------------------------------------------------------------------------------------


class _Unreadable(Exception):
    """Says why a cell cannot be taken, and what would do."""


def _amount(typed: str) -> Quantity | Decimal:
    plain_text = unicodedata.normalize("NFKC", typed).replace(" ", "")
    try:
        return Decimal(plain_text.replace(",", ""))
    except InvalidOperation:
        found = scan(plain_text)
    rest = plain_text.replace(found[0].surface, "", 1) if len(found) == 1 else plain_text
    if len(found) != 1 or re.fullmatch(r"(?:大约|约|近|超过?|逾|突破|不足|不到|至少|不少于|不低于)?", rest) is None:
        raise _Unreadable("读不懂这个数，未采用。请写数字，如 138、2.4亿元。")
    return found[0]


def _value(typed: str, fact: Fact, _: Known) -> dict[str, str | None]:
    if not typed:
        raise _Unreadable("数值为空，未采用。要改请写数字。")
    amount = _amount(typed)
    if isinstance(amount, Decimal):
        return {"value": plain(amount)}
    made: dict[str, str | None] = {"value": plain(amount.value)}
    if amount.value_high is not None:
        made["value_high"] = plain(amount.value_high)
    if amount.unit and measure(amount.unit) != measure(fact.quantity.unit):
        made["unit"] = amount.unit
    if amount.bound != "exact":
        made["bound"] = amount.bound
    return made


def _high(typed: str, fact: Fact, _: Known) -> dict[str, str | None]:
    if not typed:
        return {"value_high": None}
    amount = _amount(typed)
    value = amount if isinstance(amount, Decimal) else amount.value
    if value < fact.quantity.value:
        raise _Unreadable("上限小于数值，未采用。")
    return {"value_high": plain(value)}


def _text(field: str) -> Callable[[str, Fact, Known], dict[str, str | None]]:
    return lambda typed, fact, known: {field: typed or None}


def _code(field: str, labels: Mapping[str, str]) -> Callable[[str, Fact, Known], dict[str, str | None]]:
    def read(typed: str, fact: Fact, known: Known) -> dict[str, str | None]:
        code = code_of(labels, typed)
        if code is None:
            raise _Unreadable(f"请写{'、'.join(f'“{label}”' for label in labels.values())}之一。")
        return {field: code}

    return read


def _indicator(typed: str, fact: Fact, known: Known) -> dict[str, str | None]:
    """By id or by name."""
    ids = [typed] if typed in known.indicators else [i for i, name in known.indicators.items() if name == typed]
    if len(ids) != 1:
        raise _Unreadable("指标不止一个，请写指标编号。" if ids else "不在指标字典中，请照“指标字典”填写。")
    return {"indicator": ids[0], "indicator_name": known.indicators[ids[0]]}


def _place(typed: str, fact: Fact, known: Known) -> dict[str, str | None]:
    """By code, or by its names."""
    if not typed:
        return {"place": None}
    place: Place | None
    if re.fullmatch(r"\d{6}", typed):
        try:
            place = known.gazetteer.place(typed)
        except NotFound:
            place = None
    else:
        place = known.gazetteer.resolve(typed)
    if place is None:
        raise _Unreadable("不能确定是哪个地方，请写六位行政区划代码。")
    return {"place": place_text(place)}


def _date(field: str) -> Callable[[str, Fact, Known], dict[str, str | None]]:
    def read(typed: str, fact: Fact, known: Known) -> dict[str, str | None]:
        match = re.fullmatch(r"(\d{4})(?:[-/.年](\d{1,2}))?(?:[-/.月](\d{1,2}))?[年月日]?", typed)
        if typed and match is None:
            raise _Unreadable("日期请写成 2026-03-01、2026-03 或 2026。")
        parts = [part for part in match.groups() if part] if match else []
        return {field: "-".join(part.zfill(2) for part in parts) or None}

    return read


def _review(typed: str, fact: Fact, known: Known) -> dict[str, str | None]:
    """已核实 or 不采用; neither says nothing, since an empty cell is not the wish to take a review back."""
    words = set(re.split(r"[、，,;；\s]+", typed)) - {"", *MARKING.values()}
    found = [code for code in REVIEWS if FLAG[code] in words]
    if len(found) < len(words) or len(found) > 1:
        raise _Unreadable(f"这一栏只读{'、'.join(f'“{FLAG[code]}”' for code in REVIEWS)}，未采用。")
    return {"review": found[0]} if found else {}


_READERS: dict[str, Callable[[str, Fact, Known], dict[str, str | None]]] = {
    "value": _value, "value_high": _high, "unit": _text("unit"), "bound": _code("bound", BOUND),
    "indicator": _indicator, "indicator_name": _indicator, "object": _text("object"), "action": _text("action"),
    "subject": _text("subject"), "subject_level": _code("subject_level", LEVEL), "status": _code("status", STATUS),
    "place": _place, "period_text": _text("period_text"), "period_start": _date("period_start"),
    "period_end": _date("period_end"), "review": _review,
}  # fmt: skip
