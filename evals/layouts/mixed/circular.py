"""A circular on what an inspection found: ranked lists and two tables whose heads have two rows."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from evals.layouts.mixed.tables import Head, head_rows
from evals.layouts.mixed.writing import SOURCE, Desk
from evals.layouts.model import Bulletin, Item, Part
from evals.layouts.phrases import sections
from evals.layouts.plain.writing import lines_of

_CIRCULARS = "circulars"
_DAYS = ((7, 14), (6, 3), (6, 1))
"""Month and first possible day of each circular."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a name and a unit; its part has the rows of the head too."""

    name: str
    unit: str
    head: Head
    rows: tuple[tuple[str, ...], ...]

    @property
    def part(self) -> Part:
        """The table as it stands in a body."""
        return Part("table", rows=(*head_rows(self.head), *self.rows))


@dataclass(frozen=True, slots=True)
class Circular:
    """A circular: its bulletin and the tables of its parts, in order."""

    bulletin: Bulletin
    tables: tuple[Table, ...]
    issuer: str
    attached: int


def write_circular(desk: Desk, turn: int, *, listed: bool, signed: bool) -> Circular:
    """``listed``: the best stand in lines of their own, else in one sentence; ``signed``: issuer and day at the end."""
    rng, pen = desk.rng, desk.pen
    pen.go(desk.home)
    month, first = _DAYS[turn]
    desk.day = date(2025, month, first + rng.randint(0, 6))
    name = list(sections(_CIRCULARS))[turn]
    told = {letter: [pen.fill(text) for text in texts] for letter, texts in lines_of(name, _CIRCULARS).items()}
    issuer = desk.home + ("民政局" if name == "年检" else "委社会工作部" if name == "督查" else "人民政府办公室")
    towns = rng.sample(sections(SOURCE)["townships"], rng.randint(8, 11))
    scores = _table(told["X"][0], towns, rng, ranked=True)
    others = _table(told["Y"][0], [row[0] for row in scores.rows], rng, ranked=False)
    best = [(row[0], row[-1]) for row in scores.rows[:5]]
    general = told["G"][0]
    if listed:
        ranks = [Part("text", general), *(Part("text", f"第{i}名：{t}　{x}分") for i, (t, x) in enumerate(best, 1))]
    else:
        said = "、".join(f"{t}（{x}分）" for t, x in best)
        ranks = [Part("text", f"{general}{said}。")]
    parts = [Part("text", told["A"][0]), Part("text", told["L"][0])]
    parts.append(Part("heading", "一、总体情况", 1))
    parts += [*ranks, Part("text", told["K"][0]), Part("heading", f"表1　{scores.name}", 3), Part("sign", scores.unit)]
    parts += [scores.part, *_findings(name, pen.fill), Part("text", told["E"][0]), Part("text", f"附件：{others.name}")]
    if signed:
        parts += [Part("sign", issuer), Part("sign", desk.printed)]
    attached = len(parts)
    parts += [Part("text", "附件"), Part("heading", others.name, 3), Part("sign", others.unit), others.part]
    title = tuple(told["T"][0].split("|"))
    item = Item(title, tuple(parts), desk.home_code, also=(("source_line", issuer),))
    issue = f"第{rng.randint(2, 30)}期"
    place = rng.choice(["情况通报", "督查通报", "工作通报"])
    bulletin = desk.bulletin(place, issue, issuer, (item,), (f"{issuer}编印", "虚构样例"))
    return Circular(bulletin, (scores, others), issuer, attached)


def _findings(name: str, fill: Callable[[str], str]) -> list[Part]:
    """Headings with paragraphs, and the numbered ones counted anew below each."""
    parts: list[Part] = []
    count = 0
    for line in sections(_CIRCULARS)[name]:
        letter, text = line[0], fill(line[2:])
        count = count + 1 if letter == "N" else 0
        start = text.partition("。")[0] + "。"
        if letter == "H":
            parts.append(Part("heading", text, 1))
        elif letter == "N":
            parts.append(Part("text", f"{count}.{text}", run_in=len(start) + 2))
        elif letter == "C":
            parts.append(Part("text", text, run_in=len(start) if text.startswith("（") else 0))
    return parts


def _table(line: str, names: list[str], rng: random.Random, *, ranked: bool) -> Table:
    """``+3`` is the sum of the first three, ``%`` the share of the last of two; a label with a span is one column."""
    name, unit, first, groups = line.split("|")
    head: list[tuple[str, tuple[str, ...]]] = [(first, ())]
    spans: list[str] = []
    for group in groups.split(";"):
        label, _, own = group.partition(":")
        columns = [column.rpartition(" ") for column in own.split(",")]
        single = columns[0][0] == ""
        head.append((label, () if single else tuple(column for column, _, _ in columns)))
        spans += [span for _, _, span in columns]
    rows = [(town, *_numbers(spans, rng)) for town in names]
    if ranked:
        rows.sort(key=lambda row: -float(row[-1]))
    return Table(name, unit, tuple(head), tuple(rows))


def _numbers(spans: list[str], rng: random.Random) -> list[str]:
    """Figures that agree with each other: none after another is greater than its sense allows."""
    found: list[str] = []
    for span in spans:
        if span == "%":
            found.append(f"{100 * int(found[-1]) / int(found[-2]):.1f}")
        elif span.startswith("+"):
            found.append(str(sum(map(int, found[: int(span)]))))
        else:
            low, high = map(int, span.split("-"))
            value = rng.randint(low, high)
            last = span == spans[-1]
            found.append(f"{value + rng.randint(0, 9) / 10:.1f}" if last else str(value))
    return found
