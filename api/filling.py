"""A given report form filled from a library: read, mapped, filled, written beside the form, which stays as it was."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import UsageError
from corpus.files import is_workbook, replacing

if TYPE_CHECKING:
    from openpyxl import Workbook  # type: ignore[import-untyped]

    from api.library import Library
    from extract.workbook.filled import Filling
    from extract.workbook.form import Form
    from extract.workbook.grid import At
    from extract.workbook.mapping import Entry, Known, Slot

_DRAWN = ("xl/drawings/drawing", "xl/charts/", "xl/media/", "xl/ctrlProps/")


@dataclass(frozen=True, slots=True)
class Asked:
    """How a form is to be filled: a saved mapping, and the place and period of a form that states none."""

    mapping: Path | None = None
    place: str | None = None
    period: str | None = None


@dataclass(frozen=True)
class Made:
    """A filled form written to ``path``."""

    path: Path
    filling: Filling

    @property
    def counts(self) -> dict[str, int]:
        """How many cells there are, were filled, of them doubtful, were full before, were left empty."""
        filled, left = self.filling.filled, len(self.filling.unfilled)
        doubtful, kept = sum(each.doubtful for each in filled), self.filling.kept
        cells = len(filled) + kept + left
        return {"cells": cells, "filled": len(filled), "doubtful": doubtful, "kept": kept, "unfilled": left}

    @property
    def cells(self) -> dict[str, list[dict[str, Any]]]:
        """The cells filled, with where each figure stands, doubtful ones first; and those left, with why."""
        from extract.workbook.content import plain
        from extract.workbook.mapping import area

        def at(slot: Slot) -> dict[str, Any]:
            where, what = slot.where, slot.what
            return {
                "sheet": slot.sheet, "cell": area(slot.at, slot.at), "place": where.text if where else None,
                "text": what.text if what else None, "indicator_name": (what.name if what else "") or None,
            }  # fmt: skip

        filled = [
            at(each.slot)
            | {"value": plain(each.value), "unit": (each.slot.what and each.slot.what.unit) or each.fact.quantity.unit}
            | {"said": each.fact.quantity.surface, "sentence": each.fact.sentence_text}
            | {"article": each.fact.article, "start": each.fact.quantity.span.start, "end": each.fact.quantity.span.end}
            | {"title": article.title, "name": article.name, "doubtful": each.doubtful, "notes": list(each.notes)}
            for each in sorted(self.filling.filled, key=lambda each: not each.doubtful)
            for article in [self.filling.articles[each.fact.article]]
        ]
        left = [at(each.slot) | {"reason": each.reason, "detail": each.detail} for each in self.filling.unfilled]
        return {"filled": filled, "left": left}

    @property
    def mapping(self) -> dict[str, list[dict[str, Any]]]:
        """The mapping used, as JSON has it: columns, places, periods."""
        from extract.workbook.saved import entry_json

        made: dict[str, list[dict[str, Any]]] = {"columns": [], "places": [], "periods": []}
        group = {"指标": "columns", "地方": "places", "时间": "periods"}
        for entry, read in self.filling.entries:
            made[group[entry.kind]].append(entry_json(entry, read))
        return made


def filled_name(form: Path) -> Path:
    """Where a form is written when filled.

    >>> filled_name(Path("表/报表.xlsx")).name
    '报表（已填）.xlsx'
    """
    return form.with_name(f"{form.stem}（已填）{form.suffix}")


def fill_form(library: Library, form: Path, out: Path | None = None, asked: Asked = Asked()) -> Made:
    """Fill the empty cells of a form and write it to ``out``.

    Raises:
        UsageError: it is no workbook, has no table to fill, or ``asked`` cannot be read.
        LibraryError: the file cannot be written.
    """
    from extract.workbook.fill import fill
    from extract.workbook.filled import Filling, write_filling
    from extract.workbook.mapping import map_form
    from extract.workbook.saved import corrected, read_saved

    out = checked(form, out or filled_name(form))
    rows = read_saved(asked.mapping) if asked.mapping is not None else []
    with _opened(form) as (book, forms, lost):
        known = _known(library, asked)
        read = [slot for each in forms for slot in map_form(each, known)]
        used = corrected(read, rows, known)
        cells = tuple(fill(used, known.reading))
        kept = sum(len(each.kept) for each in forms)
        filling = Filling(cells, kept, _entries(used, read), known.reading.articles, lost)
        with replacing(out) as aside:
            write_filling(book, filling)
            book.save(aside)
    return Made(out, filling)


def checked(form: Path, out: Path) -> Path:
    """Where a form may be written when filled.

    Raises:
        UsageError: one is no workbook, or the form would be overwritten or become another kind of file.
    """
    for path in (form, out):
        if not is_workbook(path):
            raise UsageError(f"不支持的格式 {path.name!r}，请在表格软件中另存为 .xlsx 再填。")
    if form.suffix.lower() != out.suffix.lower():
        raise UsageError(f"输出 {out.name!r} 的扩展名须与原表相同（{form.suffix}）。")
    if out.resolve() == form.resolve():
        raise UsageError(f"不覆盖原表 {form.name!r}，请用 --out 指定另一个文件名。")
    if not out.parent.exists():
        raise UsageError(f"文件夹 {str(out.parent)!r} 不存在，请先建立。")
    return out


@contextmanager
def _opened(path: Path) -> Iterator[tuple[Workbook, list[Form], list[str]]]:
    """A form open for writing, its tables, and what of the file cannot be carried over."""
    from extract.workbook.edited import open_workbook
    from extract.workbook.filled import OUR_SHEETS
    from extract.workbook.form import read_forms
    from extract.workbook.grid import Grid

    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        keep = {"read_only": False, "data_only": False, "rich_text": True, "keep_vba": path.suffix.lower() == ".xlsm"}
        book = open_workbook(path, **keep)
        values = _values(path)
    try:
        pages = [p for p in book.worksheets if p.sheet_state == "visible" and p.title not in OUR_SHEETS]
        forms = [form for page in pages for form in read_forms(Grid(page, values.get(page.title, {})))]
        if not any(form.empty or form.kept for form in forms):
            raise UsageError(f"表格 {path.name!r} 里没有认出可填的表。表要有表头，和写有地方、指标或时间的行。")
        yield book, forms, _lost(path, bool(told))
    finally:
        book.close()


def _values(path: Path) -> dict[str, dict[At, str]]:
    """The cells of each sheet as shown, formulas by the results that were stored with them."""
    from extract.workbook.edited import cell_text, reading_workbook
    from extract.workbook.grid import LAST_COLUMN, LAST_ROW

    found: dict[str, dict[At, str]] = {}
    with reading_workbook(path) as book:
        for page in book.worksheets:
            page.reset_dimensions()
            lines = page.iter_rows(max_row=LAST_ROW, max_col=LAST_COLUMN, values_only=True)
            found[page.title] = {
                (r, c): cell_text(value)
                for r, line in enumerate(lines, 1)
                for c, value in enumerate(line, 1)
                if value is not None
            }
    return found


def _lost(path: Path, told: bool) -> list[str]:
    with zipfile.ZipFile(path) as parts:
        drawn = any(name.startswith(_DRAWN) for name in parts.namelist())
    notes = ["原表中有图片、图形或图表，可能没有全部带到填好的表里，请对照原表。"] if drawn else []
    return notes + (["原表的个别设置（如扩展的数据验证、条件格式）没有带到填好的表里。"] if told else [])


def _known(library: Library, asked: Asked) -> Known:
    from extract.workbook.fitting import Reading
    from extract.workbook.mapping import Known
    from extract.workbook.saved import parse_period

    period = parse_period(asked.period) if asked.period else None
    if asked.period and period is None:
        raise UsageError(f"时间 {asked.period!r} 读不懂，请写如 2026年上半年、截至2026年6月底。")
    place = library.resolve(asked.place) if asked.place else None
    facts = library.facts()
    articles = library.catalogue.outlines({f.article for f in facts})
    return Known(Reading(facts, articles, library.rules.indicators), library.gazetteer, place, period)


def _entries(used: list[Slot], read: list[Slot]) -> list[tuple[Entry, Entry]]:
    """The entries used, each with itself as read, indicators before places before periods."""
    found: Mapping[tuple[str, ...], tuple[Entry, Entry]] = {
        mine.key: (mine, theirs)
        for new, old in zip(used, read, strict=True)
        for mine, theirs in ((new.what, old.what), (new.where, old.where), (new.when, old.when))
        if mine is not None and theirs is not None
    }
    order = ["指标", "地方", "时间"]
    return sorted(found.values(), key=lambda pair: order.index(pair[0].kind))
