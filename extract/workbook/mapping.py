"""Which line of a form means what: its heads → indicator, unit, period; its names → places. Shown, corrected, saved."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from corpus.model import Period, Place
from corpus.places import Gazetteer
from extract.cells import is_total
from extract.classify import classify
from extract.heads import BARE_HEAD
from extract.measures import dimension
from extract.phrase import Phrase
from extract.workbook.content import own_level
from extract.workbook.fitting import Reading, fits, needs_unit
from extract.workbook.form import At, Form, Line
from extract.workbook.wording import (
    Wanted,
    head_period,
    is_part,
    read_title,
    read_wanted,
    scale,
    stands_alone,
    title_period,
    title_unit,
)

Kind = Literal["指标", "地方", "时间"]
SURE, LIKELY, UNSURE, BY_HAND = "确定", "较有把握", "未能对应", "人工指定"
NOT_FILLED, ANY_TIME = "不填", "不限"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the mapping. Of ``indicators`` the first is the chief one; ``sure`` is how sure the reading is.

    ``by_hand``: a person chose the indicator, whose figures are then taken whatever they are called.
    """

    kind: Kind
    sheet: str
    area: str
    text: str
    indicators: tuple[str, ...] = ()
    name: str = ""
    unit: str | None = None
    period: Period | None = None
    place: Place | None = None
    sure: str = UNSURE
    note: str = ""
    wanted: Wanted | None = None
    by_hand: bool = False
    any_time: bool = False

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What it is found by again: kind, sheet, words and range."""
        return self.kind, self.sheet, self.text, self.area


@dataclass(frozen=True, slots=True)
class Slot:
    """An empty data cell and the lines it stands in; ``total`` is one that adds up others."""

    sheet: str
    at: At
    what: Entry | None
    where: Entry | None
    when: Entry | None
    total: bool = False


@dataclass(frozen=True)
class Known:
    """What a form is read with: figures, places, and what the user says of a form that does not say it."""

    reading: Reading
    gazetteer: Gazetteer
    place: Place | None = None
    period: Period | None = None

    @cached_property
    def names(self) -> dict[str, str]:
        """Indicators of the library and curated ones: id → name."""
        found = {f.indicator: f.indicator_name for f in self.reading.facts}
        return found | {i.id: i.name for i in self.reading.indicators.values()}


@dataclass
class _Axis:
    """The lines of one direction of a form, read: parts, periods, places and words of each."""

    lines: Sequence[Line]
    places: dict[int, str] = field(default_factory=dict)
    totals: set[int] = field(default_factory=set)
    periods: dict[int, tuple[Period, str]] = field(default_factory=dict)
    words: dict[int, tuple[str, ...]] = field(default_factory=dict)


def map_form(form: Form, known: Known) -> list[Slot]:
    """The empty cells of a form with what they ask for; lines that say the same share an entry."""
    return _Mapper(form, known).slots()


@dataclass(frozen=True)
class _Mapper:
    form: Form
    known: Known

    def slots(self) -> list[Slot]:
        return [
            self._slot(r, c) for r in self.form.rows for c in self.form.columns if (r.at, c.at) in self.form.empty
        ]

    def _slot(self, row: Line, column: Line) -> Slot:
        r, c = row.at, column.at
        total = r in self.rows.totals or c in self.columns.totals
        by_row = r in self.located[0]
        where = self.located[0].get(r) if by_row else self.located[1].get(c, self.general_place)
        when = self.dated[0].get(r) or self.dated[1].get(c)
        what = self.entries.get(self._what_key(row, column))
        return Slot(self.form.sheet, (r, c), what, where, when, total)

    # --- what lines say ---------------------------------------------------------------------------------------------

    @cached_property
    def rows(self) -> _Axis:
        return self._axis(self.form.rows)

    @cached_property
    def columns(self) -> _Axis:
        return self._axis(self.form.columns)

    @cached_property
    def period(self) -> Period | None:
        return title_period(self.form.title) or self.known.period

    def _axis(self, lines: Sequence[Line]) -> _Axis:
        axis = _Axis(lines)
        level = self._place_level(lines)
        whole: tuple[str, ...] = ()
        in_part, indent = False, 0
        for line in lines:
            words: list[str] = []
            for n, text in enumerate(line.texts):
                named = level and (self._candidates(text) or (is_total(text) and len(line.texts) == 1))
                if level and named and not is_total(text):
                    axis.places[line.at] = axis.places.get(line.at, "") + text
                    continue
                if is_total(text) and len(line.texts) == 1:
                    axis.totals.add(line.at)
                    continue
                if level and n == len(line.texts) - 1 and line.at not in axis.places and self._mostly(lines):
                    axis.places[line.at] = text
                    continue
                period, left = head_period(text, self.period)
                if period is not None:
                    axis.periods[line.at] = period, period.text or text
                words += [left] if left and not BARE_HEAD.fullmatch(left) else []
            last = words[-1] if words else ""
            child = in_part and words and not stands_alone(words[-1:]) and len(words) == 1
            if len(words) == 1 and whole and (is_part(last) or (in_part and line.indent > indent) or child):
                in_part = True
                words = [*whole, last if is_part(last) else f"其中：{last}"]
            elif words:
                whole, in_part, indent = tuple(words), any(map(is_part, words)), line.indent
                if in_part:
                    whole = tuple(words[:-1])
            if words:
                axis.words[line.at] = tuple(words)
        return axis

    def _candidates(self, text: str) -> bool:
        return bool(self.known.gazetteer.candidates(text))

    def _place_level(self, lines: Sequence[Line]) -> bool:
        """Whether lines are places: one in full, or most by some name."""
        texts = {text for line in lines for text in line.texts if not is_total(text)}
        named = [text for text in texts if self._candidates(text)]
        full = [text for text in named if re.search(r"(?<!小|社|园|院|校)[省市州县区旗盟]$", text) and len(text) > 2]
        return bool(full) or (len(named) > 1 and len(named) * 2 > len(texts))

    @staticmethod
    def _is_name(text: str) -> bool:
        return len(text) <= 12

    def _mostly(self, lines: Sequence[Line]) -> bool:
        """Whether the last words of most lines are places, so that the others are meant for some, too."""
        last = [line.texts[-1] for line in lines if line.texts]
        named = sum(self._candidates(text) or is_total(text) for text in last)
        return named * 2 >= len(last)

    # --- places and periods -----------------------------------------------------------------------------------------

    @cached_property
    def general_place(self) -> Entry | None:
        """The place of the whole form: what the user says, or the one that its title names."""
        place = self.known.place
        text = "".join(self.form.title)
        if place is None:
            found = {
                code
                for title in self.form.title
                for mention in self.known.gazetteer.find(title)
                if mention.explicit and (code := self.known.gazetteer.settle(mention.candidates))
            }
            inner = [c for c in found if not any(c != o and self.known.gazetteer.contains(c, o) for o in found)]
            place = self.known.gazetteer.place(inner[0]) if len(inner) == 1 else None
        if place is None:
            return None
        sure = BY_HAND if self.known.place else LIKELY
        return Entry("地方", self.form.sheet, "全表", text[:60], place=place, name=place.name, sure=sure)

    @cached_property
    def located(self) -> tuple[dict[int, Entry], dict[int, Entry]]:
        """The entries of lines that are places: rows, columns."""
        return self._located(self.rows, by_row=True), self._located(self.columns, by_row=False)

    def _located(self, axis: _Axis, *, by_row: bool) -> dict[int, Entry]:
        gazetteer = self.known.gazetteer
        around = [code for m in gazetteer.find("。".join(self.form.title)) for code in m.candidates if m.explicit]
        if self.known.place is not None:
            around.append(self.known.place.adcode)
        found = {text: gazetteer.candidates(text) for text in axis.places.values()}
        around += [c[0].adcode for c in found.values() if len(c) == 1]
        return {
            at: self._place_entry(text, found[text], around, self._area([at], by_row=by_row))
            for at, text in axis.places.items()
        }

    def _place_entry(self, text: str, candidates: Sequence[Place], around: Sequence[str], area: str) -> Entry:
        made = Entry("地方", self.form.sheet, area, text)
        place = self.known.gazetteer.resolve(text, around) if candidates else None
        if place is None:
            listed = "、".join(f"{''.join(p.path)}（{p.adcode}）" for p in candidates[:4])
            note = f"可能是：{listed}" if listed else "不是行政区划名称"
            return _with(made, note=note)
        if place.detail is not None:
            return _with(made, note="乡镇街道以下不填")
        return _with(made, place=place, name=place.name, sure=SURE if len(candidates) == 1 else LIKELY)

    @cached_property
    def dated(self) -> tuple[dict[int, Entry], dict[int, Entry]]:
        """The entries of lines that are periods and nothing else: rows, columns."""
        return self._dated(self.rows, by_row=True), self._dated(self.columns, by_row=False)

    def _dated(self, axis: _Axis, *, by_row: bool) -> dict[int, Entry]:
        return {
            at: Entry(
                "时间", self.form.sheet, self._area([at], by_row=by_row), text, period=period,
                sure=SURE if period.end else UNSURE, note="" if period.end else "起止时间不明，请写明年份",
            )
            for at, (period, text) in axis.periods.items()
            if at not in axis.words
        }  # fmt: skip

    def _area(self, lines: Sequence[int], *, by_row: bool) -> str:
        across = [line.at for line in (self.form.columns if by_row else self.form.rows)]
        first, last = (min(lines), min(across)), (max(lines), max(across))
        return area(first, last) if by_row else area(first[::-1], last[::-1])

    # --- indicators -------------------------------------------------------------------------------------------------

    def _what_key(self, row: Line, column: Line) -> tuple[tuple[str, ...], tuple[str, ...], Period | None, str | None]:
        words = self.rows.words.get(row.at, ()), self.columns.words.get(column.at, ())
        period = self.columns.periods.get(column.at) if column.at in self.columns.words else None
        period = self.rows.periods.get(row.at) if row.at in self.rows.words and period is None else period
        return (*words, period[0] if period else None, row.unit if words[0] else None)

    @cached_property
    def entries(self) -> dict[tuple[tuple[str, ...], tuple[str, ...], Period | None, str | None], Entry]:
        """The entries of what is asked for, by the words of row and column with their own period and unit."""
        cells: dict[tuple[tuple[str, ...], tuple[str, ...], Period | None, str | None], list[At]] = {}
        for row in self.form.rows:
            for column in self.form.columns:
                at = row.at, column.at
                if at in self.form.empty:
                    cells.setdefault(self._what_key(row, column), []).append(at)
        return {key: made for key, at in cells.items() if (made := self._entry(key, at)) is not None}

    def _entry(
        self, key: tuple[tuple[str, ...], tuple[str, ...], Period | None, str | None], cells: Sequence[At]
    ) -> Entry | None:
        before, above, period, unit = key
        texts = [*before, *above]
        rows, columns = [r for r, _ in cells], [c for _, c in cells]
        where = area((min(rows), min(columns)), (max(rows), max(columns)))
        said = "／".join(texts) or "".join(self.form.title)[:40]
        wanted = read_wanted(texts, self.title) if texts else self.title
        made = Entry("指标", self.form.sheet, where, said, period=period or self.period, wanted=wanted)
        if wanted is None:
            return _with(made, note="表头没有写明指标") if texts else None
        if wanted.refused:
            return _with(made, note=wanted.refused)
        given = wanted.unit or (unit if unit and scale(unit) else None) or title_unit(self.form.title)
        if given and not wanted.unit and not self._takes(wanted, given):
            given = None
        wanted = _with_unit(wanted, given)
        return self.indicated(_with(made, unit=given, wanted=wanted))

    @cached_property
    def title(self) -> Wanted | None:
        return read_title(self.form.title, self.known.gazetteer)

    def _takes(self, wanted: Wanted, unit: str) -> bool:
        """Whether the unit of the whole table can be that of one of its heads; a share has its own."""
        return scale(unit) is not None

    def indicated(self, entry: Entry) -> Entry:
        """An entry with the indicators of the figures that fit it; without any, the curated one its words mean."""
        reading, wanted = self.known.reading, entry.wanted
        assert wanted is not None
        context = "".join(self.form.title)
        best: dict[str, int] = {}
        count: Counter[str] = Counter()
        for fact in reading.usable:
            degree = fits(wanted, fact, reading, context)
            if degree:
                best[fact.indicator] = max(best.get(fact.indicator, 0), degree)
                count[fact.indicator] += 1
        if best:
            ids = sorted(best, key=lambda i: (-best[i], i not in reading.indicators, -count[i], i))
            sure = SURE if best[ids[0]] == 2 else LIKELY
            return _with(entry, indicators=tuple(ids), name=self.known.names[ids[0]], sure=sure)
        return self._unseen(entry, wanted)

    def _unseen(self, entry: Entry, wanted: Wanted) -> Entry:
        """Of what the library has no figure: a curated indicator where the words are its own, else unmapped."""
        asked = scale(wanted.unit) if wanted.unit else None
        phrase = Phrase(wanted.objects[0], wanted.action, "before")
        found, name = classify(phrase, asked.unit if asked else "个", phrase.action + phrase.object, self.known.reading.indicators)
        if found in self.known.reading.indicators and len(wanted.objects) == 1:
            return _with(entry, indicators=(found,), name=name, sure=LIKELY, note="资料库中没有相符的数据")
        return _with(entry, note=self._near(wanted))

    def _near(self, wanted: Wanted) -> str:
        """What the library has that sounds alike, for a person to choose from."""
        heads = {name[-2:] for name in wanted.objects if len(name) > 1}
        facts = [f for f in self.known.reading.usable if own_level(f) and f.object[-2:] in heads]
        if wanted.unit is None and facts and all(needs_unit(f) for f in facts):
            return "表中没有写明单位，请在“单位”栏写明后重填"
        listed = dict.fromkeys(f"{f.indicator_name}（{f.indicator}）" for f in facts if dimension(f.object) == "none")
        return "资料库中相近的：" + "、".join(list(listed)[:4]) if listed else "资料库中没有相符的数据"


def area(first: At, last: At) -> str:
    """A range as spreadsheets name it.

    >>> area((4, 3), (12, 3)), area((4, 3), (4, 3))
    ('C4:C12', 'C4')
    """
    from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

    ends = [f"{get_column_letter(c)}{r}" for r, c in (first, last)]
    return ":".join(dict.fromkeys(ends))


def _with(entry: Entry, **changes: object) -> Entry:
    from dataclasses import replace

    return replace(entry, **changes)  # type: ignore[arg-type]


def _with_unit(wanted: Wanted, unit: str | None) -> Wanted:
    from dataclasses import replace

    return replace(wanted, unit=unit)


def unique(entries: Sequence[Entry]) -> Mapping[tuple[str, str, str, str], Entry]:
    """Entries by their keys, in order."""
    return {entry.key: entry for entry in entries}
