"""A seed → articles in the seventh voice: features under headings, news in some paragraphs, short news."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from typing import Literal

from evals.layouts.mixed.writing import Made, sourced
from evals.layouts.model import Bulletin, Figure, Item, Part
from evals.layouts.phrases import sections
from evals.layouts.plain.writing import NUMERALS, Pen, lines_of, name_of
from evals.layouts.writing import places

SOURCE = "seventh"
_MARKS = "①②③④⑤⑥⑦⑧⑨"
_UNITS = ("委社会工作部", "委社会工作部", "委组织部", "民政局", "委政法委", "融媒体中心")

Form = Literal["numbered", "deep", "bracketed", "bold", "run-in", "led", "joined", "plain"]
"""Headings 一、; （一） below 一、; （一）; unnumbered; 一是…。 or the heading itself before the text, set apart;
一是…二是… in one paragraph; none."""
SourceForm = Literal["supplied", "by", "from", "unit", "town"]
"""（…供稿）, （供稿：…）, 来源：…, （…）, （…供稿） with the place only."""


@dataclass(frozen=True, slots=True)
class Wants:
    """What an article may have, where its topic has it; ``named``: its title names the place, else a subtitle may."""

    form: Form = "plain"
    named: bool = True
    broken: bool = False
    subtitle: bool = False
    table: bool = False
    footnote: bool = False
    box: bool = False
    quote: bool = True
    note: bool = False

    @property
    def needs(self) -> str:
        """The letters of the lines a topic must have."""
        return "M" * self.table + "F" * self.footnote + "A" * self.box + "D" * self.note


class Desk(Made):
    """Where an issue is written: its day, places and topics not yet used."""

    source = staff = SOURCE

    def __init__(self, number: int, rng: random.Random) -> None:
        self.rng, self.pen, self.turn, self.number = rng, Pen(rng, SOURCE, names=SOURCE), number % 3, number
        self.day = date(rng.randint(2023, 2025), 12, rng.randint(1, 28))
        *self._places, other, self.home_code = places(random.Random(f"seventh places {number}"), 16)
        self.pen.other, self.home = name_of(other), name_of(self.home_code)
        self._topics, self._briefs = (self._shuffled(kind) for kind in ("topic", "brief"))
        self.topic: dict[str, list[str]] = {}
        self.code = self.home_code

    def article(self, wants: Wants, *, at_home: bool = False) -> Item:
        """A feature or news about a new place, or the one of the issue."""
        self._go(self._next_topic(wants), at_home=at_home)
        title, subtitle = self._headline(wants)
        parts = [Part("text", self._line("L")), *_points(wants.form, [line.split("|") for line in self._lines("H")])]
        if wants.form == "deep":
            parts.append(Part("heading", "二、工作成效", 1))
        if wants.quote and "Q" in self.topic:
            parts.append(Part("text", self._line("Q") + "。"))
        if wants.table and "M" in self.topic:
            rows = tuple(tuple(line.split("|")) for line in self._lines("M"))
            parts += [Part("text", self._line("I")), Part("table", rows=rows)]
        parts.append(Part("text", self._line("E")))
        if self.rng.random() < 0.35:
            parts.append(Part("text", self.pen.say("next")))
        parts, notes = self._footnoted(parts) if wants.footnote and "F" in self.topic else (parts, ())
        if wants.box and "A" in self.topic:
            parts += [Part("box", text) for text in self._line("A").split("|")]
        return Item(title, tuple(parts), self.code, subtitle=subtitle, notes=notes, kind="feature")

    def brief(self, *, at_home: bool = False) -> Item:
        """News of one paragraph: every third one about a topic that others have a feature on."""
        if self._briefs and self.rng.random() < 0.67:
            self._go(self._briefs.pop(), at_home=at_home)
        else:
            self._go(self._next_topic(Wants()), at_home=at_home)
        return Item((self._line("K"),), (Part("text", self._line("B")),), self.code, kind="brief")

    @property
    def theme(self) -> str:
        """The theme of the last article."""
        return self.topic["W"][0]

    def noted(self, item: Item, label: str) -> Item:
        """The article with what the editor says of it, where its topic has such a line."""
        if "D" not in self.topic:
            return item
        text = self._line("D")
        return replace(item, note=f"{label}{text}", also=(*item.also, ("note", text)))

    def picture(self, item: Item, form: str = "{}") -> Item:
        """The article with a picture after one of its first paragraphs."""
        able = [i for i, part in enumerate(item.parts) if part.kind == "text"][:3]
        return replace(item, figures=(Figure(form.format(self._line("C")), self.rng.choice(able)),))

    def signed(self, item: Item, form: SourceForm) -> Item:
        """The article with the unit of its place that sent it."""
        place = name_of(item.adcode or "")
        unit = place + self.rng.choice(_UNITS)
        line = {
            "supplied": f"{unit}供稿",
            "by": f"供稿：{unit}",
            "from": f"来源：{unit}",
            "unit": unit,
            "town": f"{place}供稿",
        }[form]
        return sourced(item, line, line if form == "from" else f"（{line}）", place if form == "town" else unit)

    def written(self, item: Item, form: str) -> Item:
        """The article with its author below the title, ``form`` as it is printed."""
        author = self.people(1)[0]
        printed = form.format(author)
        also = (*item.also, ("author", printed))
        if item.source_line is None:
            also = (*also, ("source_line", printed), ("source_line", author))
        return replace(item, author=author, byline=printed, also=also)

    def bulletin(self, name: str, issue: str, sponsor: str, items: Sequence[Item], furniture: Sequence[str],
                 colophon: Sequence[str] = ()) -> Bulletin:  # fmt: skip
        """The issue; captions belong to no body."""
        captions = [figure.caption for item in items for figure in item.figures]
        own = (*furniture, *colophon, *captions)
        return Bulletin(name, issue, sponsor, self.printed, self.day.isoformat(), tuple(items), tuple(colophon), own)

    def _shuffled(self, kind: str) -> list[str]:
        names = [name for name in sections(SOURCE) if name.startswith(f"{kind} ")]
        return self.rng.sample(names, len(names))

    def _next_topic(self, wants: Wants) -> str:
        """The next topic that has most of what is wanted."""

        def lacking(name: str) -> int:
            lines = lines_of(name, SOURCE)
            whole = wants.broken and "／" not in lines["T" if wants.named else "N"][0]
            return len(set(wants.needs) - set(lines)) * 2 + whole

        chosen = min(self._topics, key=lacking)
        self._topics.remove(chosen)
        return chosen

    def _go(self, topic: str, *, at_home: bool) -> None:
        self.topic = lines_of(topic, SOURCE)
        self.code = self.home_code if at_home else self._places.pop()
        self.pen.go(name_of(self.code))

    def _lines(self, letter: str) -> list[str]:
        return [self.pen.fill(line) for line in self.topic[letter]]

    def _line(self, letter: str) -> str:
        return self._lines(letter)[0]

    def _headline(self, wants: Wants) -> tuple[tuple[str, ...], str | None]:
        title = self._line("T" if wants.named else "N")
        subtitle = self._line("S") if wants.subtitle else None
        return (tuple(title.split("／")) if wants.broken else (title.replace("／", "　"),)), subtitle

    def _footnoted(self, parts: Sequence[Part]) -> tuple[list[Part], tuple[str, ...]]:
        """The parts with a mark behind a word in one paragraph, and the note."""
        word, told = self._line("F").split("|")
        for i, part in enumerate(parts):
            at = part.text.find(word)
            if part.kind != "text" or at < part.run_in:
                continue
            at += len(word)
            at += part.text[at : at + 1] == "”"
            marked = replace(part, text=part.text[:at] + _MARKS[0] + part.text[at:])
            return [*parts[:i], marked, *parts[i + 1 :]], (f"{_MARKS[0]}{word}：{told}。",)
        return list(parts), ()


def columned(item: Item, column: str, mark: str = "{}") -> Item:
    """The article in a column whose name is set off by ``mark``."""
    return replace(item, column=column, also=(*item.also, ("column", mark.format(column))))


def numbered(item: Item, number: int, mark: str) -> Item:
    """The article with a number before its title."""
    return replace(item, number=number, also=(*item.also, ("title", f"{mark}{item.whole_title}")))


def counted_through(items: Sequence[Item]) -> list[Item]:
    """The articles with their pictures and the marks of their notes counted through the issue."""
    marks, found, shown = iter(_MARKS), [], count(1)
    for item in items:
        figures = (replace(f, caption=f.caption.replace("图", f"图{next(shown)}", 1)) for f in item.figures)
        item = replace(item, figures=tuple(figures))
        if item.notes:
            mark = next(marks)
            parts = tuple(replace(part, text=part.text.replace(_MARKS[0], mark)) for part in item.parts)
            item = replace(item, parts=parts, notes=tuple(mark + note[1:] for note in item.notes))
        found.append(item)
    return found


def starts(items: Sequence[Item]) -> list[bool]:
    """Whether the name of its column stands over an article: over the first one of each."""
    before = [None, *(item.column for item in items[:-1])]
    return [item.column is not None and item.column != last for item, last in zip(items, before, strict=True)]


def _points(form: Form, points: Sequence[Sequence[str]]) -> list[Part]:
    if form == "joined":
        return [Part("text", "".join(f"{NUMERALS[i]}是{head}。{texts[0]}" for i, (head, *texts) in enumerate(points)))]
    parts = [Part("heading", "一、主要做法", 1)] if form == "deep" else []
    for i, (head, *texts) in enumerate(points):
        named = {"numbered": f"{NUMERALS[i]}、{head}", "bold": head}.get(form, f"（{NUMERALS[i]}）{head}")
        start = {"run-in": f"{NUMERALS[i]}是{head}。", "led": f"{head}。"}.get(form, "")
        if form in ("numbered", "deep", "bracketed", "bold"):
            parts.append(Part("heading", named, 2 if form == "deep" else 1))
        parts.append(Part("text", start + texts[0], run_in=len(start)))
        parts += [Part("text", text) for text in texts[1:]]
    return parts
