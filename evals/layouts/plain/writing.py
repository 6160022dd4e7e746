"""A seed → articles in the third voice: on what departments of a county do, each with its place and its source."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

from corpus.places import Gazetteer
from evals.layouts.model import Bulletin, Figure, Item, ItemKind, Part
from evals.layouts.phrases import Voice, sections
from evals.layouts.plain.look import HeadForm, Look
from evals.layouts.writing import places

NUMERALS = "一二三四五六七八九十"
_SOURCE = "works"


class Pen(Voice):
    """Fills blanks; one township, village and person an article, and the word for the kind of its place.

    ``names``: the file those of an article are drawn from.
    """

    def __init__(self, rng: random.Random, source: str = _SOURCE, *, names: str = _SOURCE) -> None:
        super().__init__(rng, source)
        self.names = names
        self.kept: dict[str, str] = {}

    def go(self, place: str) -> None:
        """The next article is about this place."""
        lists = sections(self.names)
        kinds = {"t": "townships", "v": "villages", "s": "surnames"}
        self.place = place
        self.kept = {blank: self.rng.choice(lists[kind]) for blank, kind in kinds.items()}
        self.kept["c"] = place[-1]

    def _blank(self, kind: str) -> str:
        return self.kept[kind] if kind in self.kept else super()._blank(kind)


class Desk:
    """Where an issue is written: its day, its places, topics not yet used."""

    def __init__(self, number: int, look: Look, rng: random.Random) -> None:
        self.look, self.rng, self.pen = look, rng, Pen(rng)
        self.day = date(rng.randint(2023, 2026), rng.randint(1, 12), rng.randint(11, 28))
        *self._places, other, home = places(random.Random(f"plain places {number}"), 14)
        self.pen.other, self.home_code = name_of(other), home
        self.home = name_of(home)
        topics = [name for name, lines in sections(_SOURCE).items() if lines[0].startswith("T ")]
        self._topics = rng.sample(topics, len(topics))
        self.topic: dict[str, list[str]] = {}

    @property
    def printed(self) -> str:
        """The day of the issue as it is printed."""
        return said(self.day)

    def item(self, kind: ItemKind, column: str | None = None, *, named: bool = False, news: str = "") -> Item:
        """An article about a new place and topic, without its source.

        ``named``: its title begins with the place. ``news``: how its first paragraph begins.
        """
        adcode, topic = self._places.pop(), lines_of(self._topics.pop())
        self.topic = topic
        self.pen.go(name_of(adcode))
        if kind == "brief":
            return self._brief(adcode, topic, column)
        titles = [t for t in topic["T"] if t.startswith("{p}")] if named else topic["T"]
        template = self.rng.choice(titles)
        title = self.pen.fill(template)
        subtitle = None
        if topic.get("S") and not named and ("{p}" not in template or self.rng.random() < 0.5):
            subtitle = self.pen.fill(topic["S"][0]).removeprefix("——")
        lead = news + self._lead(topic["L"][0], adcode)
        heads = self.rng.choice(self.look.heads) if kind == "feature" else "none"
        parts = [Part("text", lead), *self._body(topic, heads, short=kind == "report")]
        return Item((title,), tuple(parts), adcode, column, subtitle, kind=kind)

    def caption(self) -> str:
        """What a picture of the last article shows."""
        return self.pen.fill(self.topic["C"][0])

    def kicker(self) -> str | None:
        """The line over the title of the last article, where its topic has one."""
        return self.topic["K"][0] if "K" in self.topic else None

    def signed(self, item: Item) -> Item:
        """The article with its source where the look of the issue wants it; every sixth goes without."""
        place = name_of(item.adcode or "")
        unit = place + self.rng.choice(["委社会工作部", "委社会工作部", "委社会工作部", "融媒体中心"])
        form = "none" if self.rng.random() < 1 / 6 else self.look.source
        also = (*item.also, ("source_line", unit))
        if form == "under":
            line = self.rng.choice([unit, f"（{unit}）"])
            return replace(item, source_line=unit, byline=line, also=also)
        forms = {"tail": f"{unit}供稿", "inline": unit, "short": f"{place}供稿", "from": f"来源：{unit}"}
        if form not in forms:
            return item
        line = forms[form]
        printed = line if form == "from" else f"（{line}）"
        also = (*also, ("source_line", place)) if form == "short" else also
        return replace(item, source_line=line, source_as_set=printed, also=also)

    def bulletin(self, name: str, issue: str, sponsor: str, items: tuple[Item, ...], furniture: tuple[str, ...],
                 colophon: tuple[str, ...] = ()) -> Bulletin:  # fmt: skip
        """The issue; captions belong to no body."""
        captions = tuple(figure.caption for item in items for figure in item.figures)
        own = (*furniture, *colophon, *captions)
        return Bulletin(name, issue, sponsor, self.printed, self.day.isoformat(), items, colophon, own)

    def _brief(self, adcode: str, topic: dict[str, list[str]], column: str | None) -> Item:
        # What a title counts, its text counts too.
        line = self.rng.choice(topic["B"])
        for blank in ("{n}", "{m}", "{d}"):
            if blank in line.partition("|")[0]:
                line = line.replace(blank, self.pen.fill(blank), 2)
        title, _, text = self.pen.fill(line).partition("|")
        return Item((title,), (Part("text", text),), adcode, column, kind="brief")

    def _lead(self, text: str, adcode: str) -> str:
        if self.rng.random() < 0.35:
            path = Gazetteer.load().place(adcode).path
            text = text.replace("{p}", path[0] + path[-1], 1)
        return self.pen.fill(text)

    def _body(self, topic: dict[str, list[str]], heads: HeadForm, *, short: bool) -> list[Part]:
        points = [self.pen.fill(line).split("|") for line in topic["H"]]
        ends = [Part("text", self.pen.fill(topic[kind][0])) for kind in "EQ"]
        if short:
            chosen = points[: self.rng.randint(1, 2)]
            parts = [Part("text", texts[0]) for _, *texts in chosen]
            return [*parts, *(ends if self.rng.random() < 0.5 else ends[:1])]
        if heads == "joined":
            said = "".join(f"{NUMERALS[i]}是{head}。{''.join(texts)}" for i, (head, *texts) in enumerate(points))
            return [Part("text", said), *ends]
        parts = [part for i, (head, *texts) in enumerate(points) for part in _point(heads, i, head, texts)]
        if heads == "deep":
            return [Part("heading", "一、主要做法", 1), *parts, Part("heading", "二、工作成效", 1), *ends]
        return [*parts, *ends]


def _point(heads: HeadForm, i: int, head: str, texts: list[str]) -> list[Part]:
    if heads == "run-in":
        start = f"{NUMERALS[i]}是{head}。"
        return [Part("text", start + texts[0], run_in=len(start)), *(Part("text", text) for text in texts[1:])]
    more = [Part("text", text) for text in texts]
    named = {"deep": f"（{NUMERALS[i]}）{head}", "bracketed": f"（{NUMERALS[i]}）{head}", "bold": head}
    if heads == "none":
        return more
    level = 2 if heads == "deep" else 1
    return [Part("heading", named.get(heads, f"{NUMERALS[i]}、{head}"), level), *more]


def lines_of(topic: str, source: str = _SOURCE) -> dict[str, list[str]]:
    """The lines of a topic by their first letter."""
    found: dict[str, list[str]] = {}
    for line in sections(source)[topic]:
        found.setdefault(line[0], []).append(line[2:])
    return found


def with_picture(item: Item, caption: str, at: int = 0) -> Item:
    """The article with a picture after one of its paragraphs."""
    return replace(item, figures=(Figure(caption, at),))


def said(day: date) -> str:
    """A day as it is printed."""
    return f"{day.year}年{day.month}月{day.day}日"


def name_of(adcode: str) -> str:
    """The short name of a place."""
    return Gazetteer.load().place(adcode).path[-1]
