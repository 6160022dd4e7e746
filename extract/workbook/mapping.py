"""Which line of a form means what: its heads → indicator, unit, period; its names → places. Shown, corrected, saved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from corpus.model import Period, Place
from corpus.places import Gazetteer
from extract.classify import classify
from extract.clause import Phrase
from extract.measures import dimension
from extract.workbook.fitting import SAME, Reading, fits, in_natural_unit, needs_unit
from extract.workbook.form import Form, Line
from extract.workbook.grid import At
from extract.workbook.likeness import likeness
from extract.workbook.lines import Axis, read_axis
from extract.workbook.periods import title_period
from extract.workbook.wanted import Wanted, scale
from extract.workbook.wording import read_title, read_wanted, title_unit

Kind = Literal["指标", "地方", "时间"]
SURE, LIKELY, UNSURE, BY_HAND = "确定", "较有把握", "未能对应", "人工指定"
WHOLE_FORM = "全表"
_NO_PLACE = "表中没有写明地方，可加 --place，或在“填报对应”写明"
_Key = tuple[tuple[str, ...], tuple[str, ...], Period | None, str | None]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the mapping. Of ``indicators`` the first is the chief one; ``sure`` is how sure the reading is.

    ``by_hand``: a person chose the indicator, whose figures are then taken whatever they are called; ``any_time``: a
    person said that the period does not matter.
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
    """An empty data cell and the lines it stands in, under a title (``context``); ``total`` is one that adds up."""

    sheet: str
    at: At
    what: Entry | None
    where: Entry | None
    when: Entry | None
    total: bool = False
    context: str = ""


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


def map_form(form: Form, known: Known) -> list[Slot]:
    """The empty cells of a form with what they ask for; cells that ask for the same share an entry."""
    return _Mapper(form, known).slots()


@dataclass(frozen=True)
class _Mapper:
    form: Form
    known: Known

    def slots(self) -> list[Slot]:
        crossing = [(r, c) for r in self.form.rows for c in self.form.columns if (r.at, c.at) in self.form.empty]
        return [self._slot(r, c) for r, c in crossing]

    def _slot(self, row: Line, column: Line) -> Slot:
        r, c = row.at, column.at
        total = r in self.rows.totals or c in self.columns.totals
        in_row, in_column = self.located[0].get(r), self.located[1].get(c)
        where = None if in_row and in_column else in_row or in_column
        if not any(self.located):
            where = self.general_place
        when = self.dated[0].get(r) or self.dated[1].get(c)
        what = self.entries.get(self._key(row, column))
        return Slot(self.form.sheet, (r, c), what, where, when, total, "".join(self.form.title))

    @cached_property
    def rows(self) -> Axis:
        return read_axis(self.form.rows, self.known.gazetteer, self.period, self.form.names)

    @cached_property
    def columns(self) -> Axis:
        return read_axis(self.form.columns, self.known.gazetteer, self.period)

    @cached_property
    def period(self) -> Period | None:
        said = title_period(self.form.title)
        return said if said is not None and said.end else self.known.period or said

    # --- places and periods -----------------------------------------------------------------------------------------

    @cached_property
    def general_place(self) -> Entry:
        """The place of the whole form: what the user says, or the one that its title names."""
        gazetteer, place = self.known.gazetteer, self.known.place
        if place is None:
            mentions = [m for title in self.form.title for m in gazetteer.find(title) if m.explicit]
            found = {code for m in mentions if (code := gazetteer.settle(m.candidates))}
            inner = [c for c in found if not any(c != o and gazetteer.contains(c, o) for o in found)]
            place = gazetteer.place(inner[0]) if len(inner) == 1 else None
        made = Entry("地方", self.form.sheet, WHOLE_FORM, "".join(self.form.title)[:60], note=_NO_PLACE)
        if place is None:
            return made
        return replace(made, place=place, name=place.name, sure=BY_HAND if self.known.place else LIKELY, note="")

    @cached_property
    def located(self) -> tuple[dict[int, Entry], dict[int, Entry]]:
        """The entries of lines that are places: rows, columns."""
        return self._located(self.rows), self._located(self.columns)

    def _located(self, axis: Axis) -> dict[int, Entry]:
        gazetteer = self.known.gazetteer
        around = [code for m in gazetteer.find("。".join(self.form.title)) if m.explicit for code in m.candidates]
        around += [self.known.place.adcode] if self.known.place is not None else []
        found = {names: self._meant(names) for names in axis.places.values()}
        around += [places[0].adcode for places in found.values() if len(places) == 1]
        return {at: self._place(said, found[said], around, self._line(axis, at)) for at, said in axis.places.items()}

    def _meant(self, names: Sequence[str]) -> tuple[Place, ...]:
        """The places that a path of names may mean; the province's county stands below no prefecture."""
        gazetteer = self.known.gazetteer
        if (found := gazetteer.candidates("".join(names))) or len(names) == 1:
            return found
        over = [p.adcode for p in gazetteer.candidates(names[0])]
        return tuple(p for p in gazetteer.candidates(names[-1]) if any(gazetteer.contains(o, p.adcode) for o in over))

    def _place(self, names: Sequence[str], candidates: Sequence[Place], around: Sequence[str], where: str) -> Entry:
        made = Entry("地方", self.form.sheet, where, "".join(names))
        code = self.known.gazetteer.settle([p.adcode for p in candidates], around)
        place = next((p for p in candidates if p.adcode == code), None)
        if place is None:
            listed = "、".join(f"{''.join(p.path)}（{p.adcode}）" for p in candidates[:4])
            return replace(made, note=f"可能是：{listed}" if listed else "不是行政区划名称")
        if place.detail is not None:
            return replace(made, note="乡镇街道以下不填")
        return replace(made, place=place, name=place.name, sure=SURE if len(candidates) == 1 else LIKELY)

    @cached_property
    def dated(self) -> tuple[dict[int, Entry], dict[int, Entry]]:
        """The entries of lines that are periods and nothing else: rows, columns."""
        return self._dated(self.rows), self._dated(self.columns)

    def _dated(self, axis: Axis) -> dict[int, Entry]:
        found = {at: said for at, said in axis.periods.items() if at not in axis.words}
        unclear = "起止时间不明，请写明年份"
        return {
            at: Entry(
                "时间", self.form.sheet, self._line(axis, at), text, period=period,
                sure=SURE if period.end else UNSURE, note="" if period.end else unclear,
            )
            for at, (period, text) in found.items()
        }  # fmt: skip

    def _line(self, axis: Axis, at: int) -> str:
        """The range of a line's data cells."""
        if axis is self.rows:
            return area((at, self.form.columns[0].at), (at, self.form.columns[-1].at))
        return area((self.form.rows[0].at, at), (self.form.rows[-1].at, at))

    # --- indicators -------------------------------------------------------------------------------------------------

    def _key(self, row: Line, column: Line) -> _Key:
        """The words of row and column, with their own period and unit."""
        before, above = self.rows.words.get(row.at, ()), self.columns.words.get(column.at, ())
        said = self.columns.periods.get(column.at) if above else None
        said = said or (self.rows.periods.get(row.at) if before else None)
        return before, above, said[0] if said else None, row.unit if before else None

    @cached_property
    def entries(self) -> dict[_Key, Entry]:
        """The entries of what is asked for."""
        cells: dict[_Key, list[At]] = {}
        for row in self.form.rows:
            for column in self.form.columns:
                total = row.at in self.rows.totals or column.at in self.columns.totals
                if (row.at, column.at) in self.form.empty and not total:
                    cells.setdefault(self._key(row, column), []).append((row.at, column.at))
        return {key: self._entry(key, at) for key, at in cells.items()}

    def _entry(self, key: _Key, cells: Sequence[At]) -> Entry:
        before, above, period, unit = key
        texts = [*before, *above]
        rows, columns = [r for r, _ in cells], [c for _, c in cells]
        where = area((min(rows), min(columns)), (max(rows), max(columns)))
        said = "／".join(texts) or "".join(self.form.title)[:40]
        wanted = read_wanted(texts, self.title, unit) if texts else self.title
        made = Entry("指标", self.form.sheet, where, said, period=period or self.period)
        if wanted is None:
            return replace(made, note="表头没有写明指标")
        general = title_unit(self.form.title)
        if wanted.unit is None and general and in_natural_unit(wanted, general):
            wanted = replace(wanted, unit=general)
        made = replace(made, unit=wanted.unit, wanted=wanted, note=wanted.refused)
        return made if wanted.refused else self._indicated(made)

    @cached_property
    def title(self) -> Wanted | None:
        return read_title(self.form.title, self.known.gazetteer)

    def _indicated(self, entry: Entry) -> Entry:
        """An entry with the indicators of the figures that fit it; without any, the curated one its words mean."""
        reading, wanted, context = self.known.reading, entry.wanted, "".join(self.form.title)
        assert wanted is not None
        best: dict[str, int] = {}
        count: Counter[str] = Counter()
        for fact in reading.usable:
            if degree := fits(wanted, fact, reading, context):
                best[fact.indicator] = max(best.get(fact.indicator, 0), degree)
                count[fact.indicator] += 1
        if not best:
            return self._unseen(entry, wanted)
        ids = sorted(best, key=lambda i: (-best[i], i not in reading.indicators, -count[i], i))
        sure = SURE if best[ids[0]] == SAME else LIKELY
        return replace(entry, indicators=tuple(ids), name=self.known.names[ids[0]], sure=sure)

    def _unseen(self, entry: Entry, wanted: Wanted) -> Entry:
        """Of what the library has no figure: a curated indicator where the words are its own, else unmapped."""
        asked, known = scale(wanted.unit) if wanted.unit else None, self.known.reading.indicators
        phrase = Phrase(wanted.objects[0], wanted.action, "before")
        found, name = classify(phrase, asked.unit if asked else "个", wanted.action + wanted.objects[0], known)
        if found in known and len(wanted.objects) == 1 and not wanted.part:
            note = f"{self._near(wanted)}；要按此指标填，请核对后确认"
            return replace(entry, indicators=(found,), name=name, sure=LIKELY, note=note)
        return replace(entry, note=self._near(wanted))

    def _near(self, wanted: Wanted) -> str:
        """What the library has that sounds alike, for a person to choose from."""
        if wanted.unit is not None:
            bare, context = replace(wanted, unit=None), "".join(self.form.title)
            if any(fits(bare, f, self.known.reading, context) for f in self.known.reading.usable):
                return f"单位“{wanted.unit}”与资料库中的不符，请在“单位”栏改正后重填"
        alike = [
            (likeness(wanted.objects, f.object), f) for f in self.known.reading.usable if dimension(f.object) == "none"
        ]
        facts = [f for n, f in sorted(alike, key=lambda each: -each[0]) if n > 1]
        if wanted.unit is None and facts and all(needs_unit(f) for f in facts):
            return "表中没有写明单位，请在“单位”栏写明后重填"
        listed = list(dict.fromkeys(f"{f.indicator_name}（{f.indicator}）" for f in facts))
        return "资料库中相近的：" + "、".join(listed[:4]) if listed else "资料库中没有相符的数据"


def area(first: At, last: At) -> str:
    """A range as spreadsheets name it.

    >>> area((4, 3), (12, 3)), area((4, 3), (4, 3))
    ('C4:C12', 'C4')
    """
    from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

    ends = [f"{get_column_letter(c)}{r}" for r, c in (first, last)]
    return ":".join(dict.fromkeys(ends))
