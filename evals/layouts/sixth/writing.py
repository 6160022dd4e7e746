"""A seed → articles in the sixth voice: events, people, projects, letters and questions."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from evals.layouts.mixed.writing import Made
from evals.layouts.model import Bulletin, Item, Part
from evals.layouts.phrases import sections
from evals.layouts.plain.writing import NUMERALS, Pen, lines_of, name_of
from evals.layouts.writing import places

SOURCE = "sixth"


class Desk(Made):
    """Where an issue is written: its day, places and topics not yet used."""

    source = SOURCE

    def __init__(self, number: int, rng: random.Random) -> None:
        self.rng, self.pen, self.number = rng, Pen(rng, "mixed", names="mixed"), number
        self.day = date(rng.randint(2023, 2025), rng.randint(10, 12), rng.randint(12, 28))
        *self._places, other, self.home_code = places(random.Random(f"sixth places {number}"), 14)
        self.pen.other, self.home = name_of(other), name_of(self.home_code)
        self._left: dict[str, list[str]] = {}
        self.topic: dict[str, list[str]] = {}
        self.code = self.home_code

    def go(self, kind: str, *, at_home: bool = False) -> None:
        """A new topic of a kind, at a new place or the one of the issue."""
        if kind not in self._left:
            names = [name for name in sections(SOURCE) if name.startswith(f"{kind} ")]
            self._left[kind] = self.rng.sample(names, len(names))
        self.topic = lines_of(self._left[kind].pop(), SOURCE)
        self.code = self.home_code if at_home else self._places.pop()
        self.pen.go(name_of(self.code))

    def said(self, letter: str) -> list[str]:
        """The lines of the topic that begin with a letter, filled."""
        return [self.pen.fill(line) for line in self.topic[letter]]

    def item(self, title: str, parts: Sequence[Part], *, column: str | None = None, subtitle: str | None = None,
             feature: bool = False) -> Item:  # fmt: skip
        """An article about the place."""
        kind = "feature" if feature else "report"
        return Item((title,), tuple(parts), self.code, column, subtitle, kind=kind)  # type: ignore[arg-type]

    def event(self, form: str) -> Item:
        """What was done at a place, ``numbered`` or ``run-in`` at length, in some paragraphs or a single one."""
        (title,), (brief,), (lead,), (result,) = (self.said(letter) for letter in "TBLR")
        points = [line.split("|") for line in self.said("H")]
        if form == "brief":
            return replace(self.item(title, texts([brief])), kind="brief")
        if form == "plain":
            return self.item(title, texts([lead, *(text for _, text in points), result]))
        body: list[Part] = []
        extra = self.rng.randrange(len(points))
        for i, (head, text) in enumerate(points):
            if form == "numbered":
                body += [Part("heading", f"{NUMERALS[i]}、{head}", 1), Part("text", text)]
            else:
                start = f"{NUMERALS[i]}是{head}。"
                body.append(Part("text", start + text, run_in=len(start)))
            if i == extra:
                body.append(Part("text", self.pen.say("extras")))
        ends = texts([result, self.pen.say("next")])
        return self.item(title, [Part("text", lead), *body, *ends], feature=True)

    def bulletin(self, name: str, issue: str, sponsor: str, items: Sequence[Item], furniture: Sequence[str],
                 colophon: Sequence[str] = ()) -> Bulletin:  # fmt: skip
        """The issue."""
        own = (*furniture, *colophon)
        return Bulletin(name, issue, sponsor, self.printed, self.day.isoformat(), tuple(items), tuple(colophon), own)


def texts(lines: Sequence[str]) -> list[Part]:
    """Paragraphs."""
    return [Part("text", line) for line in lines]
