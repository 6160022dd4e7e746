"""Places beside each other: figures by indicator, or what they say of a theme by aspect; each cell with its source.

Rows stand in administrative order. A place's cell holds its own figures alone; those of bodies below are apart
(点位数据). What no source tells is blank, never 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from typing import TYPE_CHECKING

from answer.choose import is_part, is_so_far, latest
from answer.cite import Citations
from answer.say import name_of
from api.shapes import Json, citation_json, period_json, place_json, plain, references_json
from api.stream import FactStream, Outlines
from corpus.errors import UsageError
from corpus.labels import BASIS, LEVEL, STATUS, SUB_LEVEL
from corpus.model import Article, Fact, Place
from extract.classify import object_head
from extract.workbook.comparison import RESULTS, Compared, Comparison, Head, compare, in_unit
from extract.workbook.content import is_addition, remarks, shown

if TYPE_CHECKING:
    from answer.codebook import Aspect
    from answer.matrix import Matrix
    from api.library import Library
    from api.reading import Places
    from corpus.catalogue import Scope
    from corpus.places import Gazetteer
    from extract.workbook.content import Facts

_MOST_CELLS = 20_000
"""Cells of one comparison; more are read in the workbook."""
_MOST_POINTS = 500


def compare_indicators(
    library: Library, places: Places = None, indicators: Sequence[str] = (), statuses: Sequence[str] = RESULTS
) -> Json:
    """Places × indicators (ids or names; those that several places have where none is named).

    Raises:
        UsageError: a place or an indicator is unknown, or the table would be too large.
    """
    from api.wiring import sources

    scope = library.scope(places)
    wanted = [(name, library.indicator_ids(name)) for name in indicators]
    if unknown := [name for name, ids in wanted if not ids]:
        raise UsageError(f"没有指标 {unknown[0]!r}。请写已有指标的名称或编号。", command="tongjian facts")
    order = [i for _, ids in wanted for i in ids]
    asked = [library.gazetteer.place(code) for code in scope.places]
    facts, articles = _read(library, scope, order, statuses)
    table = compare(facts, articles, statuses, asked, alone=bool(order))
    if len(table.heads) * len(table.rows) > _MOST_CELLS:
        raise UsageError(f"对比表有 {len(table.rows)} 行 {len(table.heads)} 列，太大了。请少选一些地方或指标。")
    stocks = {i.id for i in library.rules.indicators.values() if i.stat_type == "stock"}
    citations = Citations(sources(library))
    told = _Told(table, citations, _columns(table, order), stocks)
    made = told.json()
    cited = library.catalogue.outlines({c.article for c in citations.made})
    without = _without([(place, any(cells)) for place, cells in told.rows], library.gazetteer)
    return made | {"references": references_json(cited.values()), "places_without": without}


def in_order_given(made: Json, places: Sequence[str], gazetteer: Gazetteer) -> Json:
    """A comparison with its rows in the order of some places (adcodes), those below a place where it stands."""

    def position(at: int) -> tuple[int, int]:
        code = made["rows"][at]["place"]["adcode"]
        return next((n for n, place in enumerate(places) if gazetteer.contains(place, code)), len(places)), at

    order = sorted(range(len(made["rows"])), key=position)
    table = made["table"]
    moved = {name: [table[name][at] for at in order] for name in ("rows", "cell_citations")}
    return made | {"rows": [made["rows"][at] for at in order], "table": table | moved, "order": "given"}


def _read(
    library: Library, scope: Scope, indicators: Sequence[str], statuses: Sequence[str]
) -> tuple[Facts, Mapping[str, Article]]:
    """The facts with their articles' outlines: those of indicators at once, all of a library as a stream."""
    if indicators:
        facts = library.catalogue.facts(scope, indicators=indicators, statuses=statuses)
        return facts, library.catalogue.outlines({fact.article for fact in facts})
    articles = Outlines(library.catalogue, {})
    return FactStream(lambda: library.catalogue.each_fact(scope, statuses), articles.read), articles


def _columns(table: Comparison, order: Sequence[str]) -> list[int]:
    """The columns of a comparison in the order asked for."""
    columns = list(range(len(table.heads)))
    return sorted(columns, key=lambda c: order.index(table.heads[c].indicator)) if order else columns


class _Told:
    """A comparison of figures in the making: its columns in order, its cells with their citations.

    ``stocks`` are the indicators that say how much there is at a time.
    """

    def __init__(self, table: Comparison, citations: Citations, columns: Sequence[int], stocks: Set[str]) -> None:
        self.table, self.citations, self.stocks = table, citations, stocks
        self.heads = [table.heads[c] for c in columns]
        self.rows = [(place, [self._standing(cells[c]) for c in columns]) for place, cells in table.rows]

    def json(self) -> Json:
        """The whole of it."""
        rows: list[Json] = [
            {"place": place_json(place), "cells": [self._cell(c, h) for h, c in zip(self.heads, cells, strict=True)]}
            for place, cells in self.rows
        ]
        listed = self.table.points[:_MOST_POINTS]
        points = [self._point(fact) for fact in listed]
        columns = [
            {"indicator": h.indicator, "name": h.name, "unit": h.unit or None, "notes": self._notes(at)}
            for at, h in enumerate(self.heads)
        ]
        titles = [f"{h.name}（{h.unit}）" if h.unit else h.name for h in self.heads]
        texts = [[c["shown"] if c else "" for c in row["cells"]] for row in rows]
        cited = [[c["citations"] if c else [] for c in row["cells"]] for row in rows]
        return {
            "kind": "indicators", "theme": None, "order": "code", "columns": columns, "rows": rows, "points": points,
            "table": _table(titles, [name_of(p) for p, _ in self.rows], texts, cited),
            "citations": [citation_json(c) for c in self.citations.made],
            "notes": self._left_out(len(self.table.points) - len(listed)),
        }  # fmt: skip

    def _cell(self, cell: Compared | None, head: Head) -> Json | None:
        if cell is None:
            return None
        told = (cell.fact, *cell.others)
        within = [] if self._is_within(cell.fact, told) else [f for f in cell.others if self._is_within(f, told)]
        return self._valued(cell.fact, head) | {
            "others": [self._figure(other) for other in cell.others if other not in within],
            "parts": [self._figure(other) for other in within], "times": self._times(cell, head),
        }  # fmt: skip

    def _standing(self, cell: Compared | None) -> Compared | None:
        """A cell with the figure that answers would tell: wholes before parts and additions, then totals so far."""
        if cell is None:
            return None
        told = latest(self.citations, (cell.fact, *cell.others))
        told = sorted(told, key=lambda f: f.period.end or "", reverse=True)
        best = min(told, key=lambda f: (self._is_within(f, told), not is_so_far(f)))
        others = (f for f in (cell.fact, *cell.others) if f is not best)
        return replace(cell, fact=best, value=best.quantity.value, others=tuple(others))

    def _is_within(self, fact: Fact, among: Sequence[Fact]) -> bool:
        """Whether a figure is a part of one beside it, a change, or an addition to what there is, no whole."""
        return is_part(fact, among) or self._adds(fact)

    def _times(self, cell: Compared, head: Head) -> list[Json]:
        """A place's figures at several dates: wholes alone, and of what there is at a time no additions to it."""
        levels = [fact for fact in cell.dated if not self._is_within(fact, cell.dated)]
        if len({fact.period.end for fact in levels}) < 2:
            return []
        return [self._valued(fact, head) for fact in levels]

    def _adds(self, fact: Fact) -> bool:
        return fact.indicator in self.stocks and is_addition(fact)

    def _valued(self, fact: Fact, head: Head) -> Json:
        """A figure in its column's unit."""
        low, high = plain(in_unit(fact.quantity.value, head)), fact.quantity.value_high
        upper = None if high is None else plain(in_unit(high, head))
        return self._figure(fact) | {
            "value": low, "value_high": upper, "shown": low if upper is None else f"{low}—{upper}",
            "status": fact.status,
        }  # fmt: skip

    def _figure(self, fact: Fact) -> Json:
        return {
            "fact": fact.id, "text": shown(fact) if fact.printed else fact.quantity.surface, "shown": shown(fact),
            "object": fact.object,
            "bound": fact.quantity.bound, "period": period_json(fact.period), "remarks": remarks(fact),
            "citations": self.citations.fact(fact),
        }  # fmt: skip

    def _point(self, fact: Fact) -> Json:
        return self._figure(fact) | {
            "place": place_json(fact.place), "subject": fact.subject, "level": fact.subject_level,
            "indicator": fact.indicator, "indicator_name": fact.indicator_name, "status": fact.status,
        }  # fmt: skip

    def _notes(self, column: int) -> list[str]:
        """Where the figures of a column differ in what they speak of."""
        told = [(place, cells[column]) for place, cells in self.rows]
        filled = [(place, cell.fact) for place, cell in told if cell is not None]
        notes = (_objects(filled), _levels(filled), _periods(filled), _states(filled), self._additions(filled))
        return [note for note in notes if note]

    def _additions(self, filled: Sequence[tuple[Place, Fact]]) -> str:
        """Of which places only an addition is known, where of others there is what there is."""
        adding = [name_of(place) for place, fact in filled if self._adds(fact)]
        return f"{'、'.join(adding)}的是新增数，不是总数。" if 0 < len(adding) < len(filled) else ""

    def _left_out(self, points: int) -> list[str]:
        table = self.table
        told = {
            f"{SUB_LEVEL}是街道、社区、村或单位的数，不代表所在地，列在表外。": bool(table.points),
            f"另有 {points + table.untold} 条{SUB_LEVEL}未列出。": points + table.untold,
            f"另有 {table.alone} 项指标只有一个地方有数据，未列入。": table.alone,
            f"另有 {table.more} 项指标因栏数所限未列入，可指定指标。": table.more,
        }
        return [note for note, holds in told.items() if holds]


def _objects(filled: Sequence[tuple[Place, Fact]]) -> str:
    heads = dict.fromkeys(object_head(fact.object) for _, fact in filled if fact.object)
    return f"各地所指不尽相同（{'、'.join(list(heads)[:6])}），口径可能不一致，请看原句。" if len(heads) > 1 else ""


def _levels(filled: Sequence[tuple[Place, Fact]]) -> str:
    levels = dict.fromkeys(LEVEL[place.level] for place, _ in filled)
    return f"{'、'.join(levels)}的数放在了一起，上级的数可能已含下级。" if len(levels) > 1 else ""


def _periods(filled: Sequence[tuple[Place, Fact]]) -> str:
    ends = {fact.period.end[:4] for _, fact in filled if fact.period.end}
    undated = sum(fact.period.end is None for _, fact in filled)
    if len(ends) > 1:
        return f"时间不一（{'、'.join(sorted(ends))}年）。"
    return f"{undated} 处{BASIS['none']}时间，可能不是同一时期。" if undated and len(filled) > undated else ""


def _states(filled: Sequence[tuple[Place, Fact]]) -> str:
    states = dict.fromkeys(STATUS[fact.status] for _, fact in filled)
    return f"状态不一（{'、'.join(states)}）。" if len(states) > 1 else ""


def _without(told: Sequence[tuple[Place, bool]], gazetteer: Gazetteer) -> list[str]:
    """The places of which nothing is told, of themselves or of a place inside them."""
    heard = [place.adcode for place, something in told if something]
    return [p.adcode for p, _ in told if not any(gazetteer.contains(p.adcode, each) for each in heard)]


def _table(
    columns: Sequence[str], places: Sequence[str], cells: Sequence[Sequence[str]], cited: Sequence[Sequence[list[int]]]
) -> Json:
    """In the form of an answer's table."""
    return {
        "columns": ["地方", *columns],
        "rows": [[place, *row] for place, row in zip(places, cells, strict=True)],
        "cell_citations": [[[], *row] for row in cited],
    }


# --- a theme ----------------------------------------------------------------------------------------------------------


def compare_theme(library: Library, theme: str, places: Places = None, aspects: Sequence[Aspect] = ()) -> Json:
    """Places × aspects of a theme in sentences of the sources; the built-in six aspects where none are given.

    Raises:
        UsageError: a place is unknown, or the theme is empty.
    """
    from answer.codebook import read_aspects
    from answer.matrix import compile_matrix
    from api.wiring import sources

    found = sources(library)
    made = compile_matrix(theme, found, aspects or read_aspects(), library.scope(places).places)
    citations = Citations(found)
    rows = [_said(made, row, citations) for row in range(len(made.places))]
    texts = [["\n".join(s["text"] for s in c["sentences"]) for c in row["cells"]] for row in rows]
    cited = [[[n for s in c["sentences"] for n in s["citations"]] for c in row["cells"]] for row in rows]
    titles = [aspect.name for aspect in made.aspects]
    told = [any(cell.sentences for cell in cells) for cells in made.rows]
    return {
        "kind": "theme", "theme": theme, "order": "code",
        "columns": [{"name": a.name, "definition": a.definition, "notes": []} for a in made.aspects],
        "rows": rows, "points": [],
        "table": _table(titles, [name_of(p) for p in made.places], texts, cited),
        "citations": [citation_json(c) for c in citations.made],
        "references": references_json(library.catalogue.outlines({c.article for c in citations.made}).values()),
        "notes": _of_theme(theme, made.places, library.gazetteer),
        "places_without": _without([*zip(made.places, told, strict=True)], library.gazetteer),
    }  # fmt: skip


def _of_theme(theme: str, places: Sequence[Place], gazetteer: Gazetteer) -> list[str]:
    if not places:
        return [f"资料库里没有哪个地方写到“{theme}”。"]
    nested = any(gazetteer.contains(a.adcode, b.adcode) for a in places for b in places if a.adcode != b.adcode)
    return ["各行只列该地自己的记载，所辖市县的记载列在市县的行里。"] if nested else []


def _said(made: Matrix, row: int, citations: Citations) -> Json:
    cells = [
        {
            "code": cell.code,
            "sentences": [{"text": s.text, "citations": [citations.span(s.article, s.span)]} for s in cell.sentences],
        }
        for cell in made.rows[row]
    ]
    return {"place": place_json(made.places[row]), "cells": cells}
