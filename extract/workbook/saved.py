"""A mapping that was saved, and perhaps corrected by a person, laid over the mapping that was read.

Only what differs from what was written counts as a person's: the rest is read anew.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpus.errors import NotFound, UsageError
from corpus.model import Period, Place
from extract.period import find_period
from extract.workbook.edited import cell_text, reading_workbook
from extract.workbook.fitting import right_unit
from extract.workbook.mapping import BY_HAND, UNSURE, Entry, Known, Slot
from extract.workbook.wanted import Wanted, scale
from extract.workbook.wording import NOT_LEVELS

MAPPING_SHEET = "填报对应"
HEADS = (
    "类别", "工作表", "范围", "表中文字", "指标编号", "指标", "单位", "时间", "地方代码", "地方", "把握", "说明",
    "自动对应",
)  # fmt: skip
NOT_FILLED, ANY_TIME = "不填", "不限"
_BETWEEN = "｜"
_DATES = re.compile(r"(\d{4}-\d\d-\d\d)?\s*[至~—]\s*(\d{4}-\d\d-\d\d)")
_FIELDS = {
    "kind": "类别", "sheet": "工作表", "range": "范围", "text": "表中文字", "indicators": "指标编号",
    "indicator_name": "指标", "unit": "单位", "period": "时间", "adcode": "地方代码", "place": "地方", "sure": "把握",
    "note": "说明", "read_as": "自动对应",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SavedRow:
    """A row of a saved mapping as it stands there: head → text; ``where`` is what a message calls it."""

    where: str
    cells: Mapping[str, str]

    def __getitem__(self, head: str) -> str:
        return self.cells.get(head, "")


def entry_row(entry: Entry, read: Entry) -> dict[str, str]:
    """An entry as the cells of 填报对应; ``read`` is the same as the program reads it."""
    return {
        "类别": entry.kind, "工作表": entry.sheet, "范围": entry.area, "表中文字": entry.text,
        "指标编号": "、".join(entry.indicators) or (NOT_FILLED if entry.by_hand else ""),
        "指标": entry.name if entry.kind == "指标" else "", "单位": entry.unit or "",
        "时间": ANY_TIME if entry.any_time else _period_text(entry.period),
        "地方代码": entry.place.adcode if entry.place else "",
        "地方": entry.place.name if entry.place else NOT_FILLED if entry.kind == "地方" and entry.by_hand else "",
        "把握": entry.sure, "说明": entry.note, "自动对应": _read_as(read),
    }  # fmt: skip


def entry_json(entry: Entry, read: Entry) -> dict[str, Any]:
    """The same for programs."""
    row = entry_row(entry, read)
    made: dict[str, Any] = {field: row[head] or None for field, head in _FIELDS.items()}
    return made | {"indicators": list(entry.indicators)}


def _read_as(entry: Entry) -> str:
    """What the program read by itself: by it a person's changes are told, also when the next form is read otherwise."""
    if entry.kind == "地方":
        return entry.place.adcode if entry.place else ""
    return _BETWEEN.join(("、".join(entry.indicators), entry.unit or "", _period_text(entry.period)))


def _written(row: SavedRow, entry: Entry) -> list[str]:
    """Indicators, unit and time as the program wrote them into a row."""
    found = (row["自动对应"] if "自动对应" in row.cells else _read_as(entry)).split(_BETWEEN)
    return found if len(found) == 3 else _read_as(entry).split(_BETWEEN)


def _period_text(period: Period | None) -> str:
    """A period as a cell of the mapping says it: in words where they can be read back, else by its days."""
    if period is None or period.text is None:
        return ""
    if period.end is None:
        return period.text
    again = find_period(period.text, None)
    same = again is not None and (again.start, again.end) == (period.start, period.end)
    return period.text if same else f"{period.start or ''}至{period.end}"


def read_saved(path: Path) -> list[SavedRow]:
    """The rows of a saved mapping, from 填报对应 of a workbook or from what --json printed.

    Raises:
        UsageError: the file holds no mapping.
    """
    return _from_json(path) if path.suffix.lower() == ".json" else _from_workbook(path)


def _from_workbook(path: Path) -> list[SavedRow]:
    with reading_workbook(path) as book:
        if MAPPING_SHEET not in book.sheetnames:
            raise UsageError(f"表格 {path.name!r} 里没有“{MAPPING_SHEET}”表。请用 tongjian fill 生成的表格。")
        page = book[MAPPING_SHEET]
        page.reset_dimensions()
        lines = [[cell_text(cell) for cell in line] for line in page.iter_rows(values_only=True)]
    at = next((n for n, line in enumerate(lines) if {"类别", "表中文字"} <= set(line)), None)
    if at is None:
        raise UsageError(f"“{MAPPING_SHEET}”表里没有“类别”和“表中文字”两栏，请保留表头。")
    return [
        SavedRow(f"“{MAPPING_SHEET}”第 {n} 行", dict(zip(lines[at], line, strict=False)))
        for n, line in enumerate(lines[at + 1 :], at + 2)
        if any(line)
    ]


def _from_json(path: Path) -> list[SavedRow]:
    try:
        raw = json.loads(path.read_text("utf-8-sig"))
        rows = [row for group in raw.get("mapping", raw).values() for row in group]
        return [
            SavedRow(f"{path.name} 第 {n} 项", {head: _plain(row.get(field)) for field, head in _FIELDS.items()})
            for n, row in enumerate(rows, 1)
        ]
    except FileNotFoundError as exc:
        raise UsageError(f"没有文件 {str(path)!r}。") from exc
    except (OSError, ValueError, AttributeError, TypeError) as exc:
        raise UsageError(f"读不了对应关系 {path.name!r}。应为 tongjian fill --json 输出的形式。") from exc


def _plain(value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value).strip()


# --- over what was read -----------------------------------------------------------------------------------------------


def corrected(slots: Sequence[Slot], rows: Iterable[SavedRow], known: Known) -> list[Slot]:
    """The slots with the entries as a person corrected them.

    A row belongs to an entry of the same words and range, or to all of the same words if none has the range.

    Raises:
        UsageError: a row names an indicator, a unit, a time or a place that cannot be read.
    """
    by_words: dict[tuple[str, ...], list[SavedRow]] = {}
    for row in rows:
        by_words.setdefault((row["类别"], row["表中文字"]), []).append(row)

    def over(entry: Entry | None) -> Entry | None:
        if entry is None:
            return None
        found = by_words.get((entry.kind, entry.text), [])
        same = [r for r in found if (r["工作表"], r["范围"]) == (entry.sheet, entry.area)]
        row = same[0] if same else found[0] if len({_said(r) for r in found}) == 1 else None
        return _over(entry, row, known) if row is not None else entry

    made: dict[tuple[str, ...], Entry | None] = {}

    def once(entry: Entry | None) -> Entry | None:
        if entry is not None and entry.key not in made:
            made[entry.key] = over(entry)
        return made[entry.key] if entry is not None else None

    return [replace(s, what=once(s.what), where=once(s.where), when=once(s.when)) for s in slots]


def _said(row: SavedRow) -> tuple[str, ...]:
    return tuple(row[head] for head in ("指标编号", "指标", "单位", "时间", "地方代码", "地方"))


def _over(entry: Entry, row: SavedRow, known: Known) -> Entry:
    if entry.kind == "地方":
        return _with_place(entry, row, known)
    entry = _with_period(entry, row)
    return _in_its_unit(_with_unit(_with_indicator(entry, row, known), row), known) if entry.kind == "指标" else entry


def _with_indicator(entry: Entry, row: SavedRow, known: Known) -> Entry:
    typed = [word for word in re.split(r"[、，,；;\s]+", row["指标编号"]) if word]
    written = _written(row, entry)[0]
    confirmed = typed and row["把握"] == BY_HAND
    if "、".join(typed) == written and not confirmed:
        named = row["指标"]
        renamed = named and named not in (entry.name, *(known.names.get(i) for i in typed)) and named != NOT_FILLED
        if not renamed and named != NOT_FILLED:
            return entry
        typed = [named]
    if not typed and row["把握"] == UNSURE and not row["指标"]:
        return entry
    if not typed and row["指标"] and row["指标"] != NOT_FILLED and not written:
        typed = [row["指标"]]
    if not typed or NOT_FILLED in typed:
        return replace(entry, indicators=(), name="", sure=BY_HAND, note="人工指定不填", by_hand=True)
    ids = tuple(dict.fromkeys(i for word in typed for i in _indicators(word, row, known)))
    wanted = entry.wanted or Wanted((entry.text,))
    if wanted.refused:
        wanted = Wanted((entry.text,), unit=entry.unit, refused=wanted.refused if wanted.refused in NOT_LEVELS else "")
    return replace(
        entry, indicators=ids, name=known.names[ids[0]], sure=BY_HAND, note="", wanted=wanted, by_hand=True
    )  # fmt: skip


def _indicators(word: str, row: SavedRow, known: Known) -> list[str]:
    found = [word] if word in known.names else [i for i, name in known.names.items() if name == word]
    if not found:
        raise UsageError(f"{row.where}的指标 {word!r} 不在资料库和指标字典中，请照导出的“指标字典”填写，或写“不填”。")
    return found


def _with_unit(entry: Entry, row: SavedRow) -> Entry:
    typed = row["单位"]
    if typed == _written(row, entry)[1] or "单位" not in row.cells:
        return entry
    if typed and scale(typed) is None:
        raise UsageError(f"{row.where}的单位 {typed!r} 读不懂，请写如 个、人、万元、%。")
    wanted = replace(entry.wanted, unit=typed or None) if entry.wanted else None
    return replace(entry, unit=typed or None, wanted=wanted)


def _in_its_unit(entry: Entry, known: Known) -> Entry:
    """An entry that says so where the indicator chosen is counted otherwise than the head."""
    wanted, facts = entry.wanted, [f for f in known.reading.usable if f.indicator in entry.indicators]
    if not entry.by_hand or wanted is None or wanted.unit is None or not facts:
        return entry
    if any(right_unit(wanted, fact, known.reading) for fact in facts):
        return entry
    own = "”“".join(dict.fromkeys(filter(None, (f.quantity.unit for f in facts))))
    return replace(entry, note=f"“{entry.name}”的单位是“{own}”，表中是“{wanted.unit}”，所以没有填；要填请改“单位”")


def _with_period(entry: Entry, row: SavedRow) -> Entry:
    typed = row["时间"]
    if typed == _written(row, entry)[2] or "时间" not in row.cells:
        return entry
    if typed in ("", ANY_TIME):
        return replace(entry, period=None, any_time=True, note=entry.note if entry.kind == "指标" else "")
    period = parse_period(typed)
    if period is None:
        raise UsageError(f"{row.where}的时间 {typed!r} 读不懂，请写如 2026年上半年、截至2026年6月底，或“{ANY_TIME}”。")
    changed = replace(entry, period=period)
    return replace(changed, sure=BY_HAND, note="") if entry.kind == "时间" else changed


def parse_period(text: str) -> Period | None:
    """A period as a person writes it, with its year.

    >>> parse_period("2026年上半年").end, parse_period("2026-01-01至2026-03-31").end, parse_period("上半年")
    ('2026-06-30', '2026-03-31', None)
    """
    if match := _DATES.fullmatch(text):
        return Period(text, match.group(1), match.group(2), "stated")
    found = find_period(text + ("年" if re.fullmatch(r"\d{4}", text) else ""), None)
    return found if found is not None and found.end is not None else None


def _with_place(entry: Entry, row: SavedRow, known: Known) -> Entry:
    code, name = row["地方代码"], row["地方"]
    written = row["自动对应"] if "自动对应" in row.cells else (entry.place.adcode if entry.place else "")
    if code == written:
        if not name and not code:
            return entry
        place = _named(name, row, known) if name != NOT_FILLED else None
        if place is not None and place.adcode == code:
            return entry
    elif code and code != NOT_FILLED:
        place = _coded(code, row, known)
    else:
        place = _named(name, row, known) if name and not written else None
    note = "" if place else "人工指定不填"
    return replace(entry, place=place, name=place.name if place else "", sure=BY_HAND, note=note, by_hand=True)


def _coded(code: str, row: SavedRow, known: Known) -> Place:
    try:
        return known.gazetteer.place(code)
    except NotFound as exc:
        raise UsageError(f"{row.where}：{exc}。") from exc


def _named(name: str, row: SavedRow, known: Known) -> Place | None:
    if not name:
        return None
    places = known.gazetteer.candidates(name)
    if (code := row["地方代码"]) and any(p.adcode == code for p in places):
        return known.gazetteer.place(code)
    if len(places) != 1 or places[0].detail is not None:
        raise UsageError(f"{row.where}的地方 {name!r} 不能确定，请写六位行政区划代码。")
    return places[0]
