"""A seed → an invented bulletin (虚构样例) in the second voice: features, reports and briefs, each on its own topic."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from corpus.places import Gazetteer
from evals.layouts.model import Bulletin, Figure, Item, ItemKind, Part
from evals.layouts.phrases import Voice, sections
from evals.layouts.writing import places

_SOURCE = "topics"
_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Plan:
    """How many articles of which kind an issue has, and what they may hold.

    ``signed``: where an article says from whom it comes: in brackets at its end (``tail``), under its title with its
    day (``dated``) or with who wrote it (``bylined``). ``heads``: how the parts of a feature are headed. ``long``:
    features go on over several pages. ``numbered``: briefs count 1. 2. 3.
    """

    features: int
    reports: int
    briefs: int
    signed: Literal["tail", "dated", "bylined"]
    heads: tuple[str, ...] = ("numbered", "bold", "run-in")
    kickers: bool = False
    tables: bool = False
    pulls: bool = False
    boxes: bool = False
    long: bool = False
    numbered: bool = False


def write_county_bulletin(seed: int, plan: Plan) -> Bulletin:
    """The bulletin of a seed."""
    rng = random.Random(f"county {seed}")
    day = date(rng.randint(2023, 2026), rng.randint(1, 12), rng.randint(10, 28))
    counts: dict[ItemKind, int] = {"feature": plan.features, "report": plan.reports, "brief": plan.briefs}
    kinds = [kind for kind, count in counts.items() for _ in range(count)]
    *own, other = places(rng, len(kinds) + 1)
    voice = Voice(rng, _SOURCE)
    voice.other = Gazetteer.load().place(other).path[-1]
    topics = rng.sample([name for name in _lists() if _lists()[name][0].startswith("T ")], len(kinds))
    columns = {kind: rng.choice(_lists()["briefs"]) for kind in kinds}
    columns["feature"], columns["report"] = rng.sample(_lists()["columns"], 2)
    inline = rng.random() < 0.5
    items = [
        _Writer(rng, voice, adcode, topic, plan, day, inline=inline).item(kind, columns[kind])
        for adcode, topic, kind in zip(own, topics, kinds, strict=True)
    ]
    if plan.numbered:
        items = [*items[: -plan.briefs], *map(_numbered, range(1, plan.briefs + 1), items[-plan.briefs :])]
    return _bulletin(rng, plan, day, tuple(items))


def _numbered(number: int, item: Item) -> Item:
    """A reader may take the number of a brief into its title."""
    return replace(item, number=number, also=(*item.also, ("title", f"{number}.{item.whole_title}")))


def _bulletin(rng: random.Random, plan: Plan, day: date, items: tuple[Item, ...]) -> Bulletin:
    number, name = rng.randint(1, 40), rng.choice(_lists()["names"])
    issue = rng.choice(
        [f"第{number}期", f"{day.year}年第{number}期", f"〔{day.year}〕第{number}期", f"总第{number + 60}期"]
    )
    sponsor = rng.choice(["县委社会工作部", "市委社会工作领导小组办公室", "区委社会工作部", "县社会工作学会"])
    printed = f"{day.year}年{day.month}月{day.day}日"
    telephone, street = rng.randint(1000000, 9999999), rng.choice(["人民路", "解放街", "滨江大道"])
    contact = rng.choice([
        f"电话：0000-{telephone}　邮箱：shgz@example.cn",
        f"投稿邮箱：jianbao{number}@example.cn　联系电话：0000-{telephone}",
        f"地址：{street}{number}号　电话：0000-{telephone}",
    ])  # fmt: skip
    names = _lists()["authors"]
    colophon = (
        "报：市委社会工作部，县委、县政府领导同志（虚构样例）。",
        "送：县直各单位，各乡镇（街道）党（工）委。",
        f"责任编辑：{rng.choice(names)}　　校对：{rng.choice(names)}　　共印{number * 10}份",
    )
    captions = [figure.caption for item in items for figure in item.figures]
    furniture = (f"{name}·虚构样例", issue, f"{sponsor}主办", contact, *contact.split("　"), *colophon, *captions)
    return Bulletin(name, issue, sponsor, printed, day.isoformat(), items, colophon, furniture, contact)


def _lists() -> dict[str, tuple[str, ...]]:
    return sections(_SOURCE)


class _Writer:
    """Writes one article about one place and topic."""

    def __init__(
        self, rng: random.Random, voice: Voice, adcode: str, topic: str, plan: Plan, day: date, *, inline: bool
    ) -> None:
        self.rng, self.voice, self.adcode, self.plan, self.inline = rng, voice, adcode, plan, inline
        path = Gazetteer.load().place(adcode).path
        self.place = voice.place = path[-1]
        self.long = "".join(path[:1] + path[-1:]) if rng.random() < 0.4 else path[-1]
        self.day = day - timedelta(days=rng.randint(1, 9))
        # One township and one village an article: title, subtitle and text mean the same.
        self.here = {"{t}": rng.choice(_lists()["townships"]), "{v}": rng.choice(_lists()["villages"])}
        self.topic: dict[str, list[str]] = {}
        for line in _lists()[topic]:
            self.topic.setdefault(line[0], []).append(line[2:])

    def item(self, kind: ItemKind, column: str) -> Item:
        """The article."""
        if kind == "brief":
            return self._brief(column)
        title = self._fill(self.rng.choice(self.topic["T"]))
        named = self.place in title
        subtitle = None if named and self.rng.random() < 0.6 else self._fill(self.topic["S"][0])
        parts = self._feature() if kind == "feature" else self._report()
        kicker = self._fill(self.topic["K"][0]) if self.plan.kickers and self.rng.random() < 0.7 else None
        note = None
        if kind == "feature" and self.rng.random() < 0.35:
            note = self.rng.choice(["编者按：", "【编者按】", "编前语："]) + self.voice.say("editors")
        pull = self._fill(self.topic["E"][0]).split("。")[0] + "。" if self.plan.pulls and kind == "feature" else None
        if pull and not any(pull in part.text for part in parts):
            pull = None
        figures = self._figures(parts)
        if self.plan.boxes and kind == "feature" and self.rng.random() < 0.7:
            parts += [Part("box", "名词解释"), Part("box", self.voice.say("links"))]
        also = [("title", f"{kicker}{title}"), ("subtitle", kicker)] if kicker and not subtitle else []
        also += [("title", f"{kicker}{title}"), ("subtitle", f"{kicker}{subtitle}")] if kicker and subtitle else []
        item = Item(
            (title,), tuple(parts), self.adcode, column, subtitle, note, figures=figures, kind=kind, kicker=kicker,
            pull=pull, also=tuple(also),
        )  # fmt: skip
        return self._signed(item)

    def _brief(self, column: str) -> Item:
        # What a title counts, its text counts too.
        line = self.topic["B"][0]
        for blank in ("{n}", "{m}", "{d}"):
            if blank in line.partition("|")[0]:
                line = line.replace(blank, self._fill(blank), 2)
        title, _, text = self._fill(line).partition("|")
        unit = self._unit()
        printed = f"（{unit}）" if self.inline else None
        return Item(
            (title,), (Part("text", text),), self.adcode, column, source_line=unit if printed else None,
            source_as_set=printed, kind="brief",
        )  # fmt: skip

    def _feature(self) -> list[Part]:
        style = self.rng.choice(self.plan.heads)
        parts = [Part("text", self._lead())]
        if self.rng.random() < 0.5:
            parts.append(Part("text", self._general(2)))
        if style == "deep":
            return parts + self._deep()
        for i, (head, text) in enumerate(self._points()):
            parts += self._point(style, i, head, text)
            if self.plan.long:
                parts += [Part("text", self._general(4)), Part("text", self._general(2))]
        return [*parts, *self._ending()]

    def _deep(self) -> list[Part]:
        """Headings of three levels: 一、 then （一） or 1. for what was done."""
        low = self.rng.choice(["head", "run-in"])
        parts = [Part("heading", "一、主要做法", 1)]
        for i, (head, text) in enumerate(self._points()):
            if low == "head":
                parts += [Part("heading", f"（{_NUMERALS[i]}）{head}", 2), Part("text", text + self._general(1))]
            else:
                start = f"{i + 1}.{head}。"
                parts.append(Part("text", start + text + self._general(1), run_in=len(start)))
            parts.append(Part("text", self._general(3)))
        *middle, last = self._ending()
        parts += [Part("heading", "二、初步成效", 1), *middle]
        return [*parts, Part("heading", "三、下一步打算", 1), last]

    def _point(self, style: str, i: int, head: str, text: str) -> list[Part]:
        more = self._general(self.rng.randint(0, 2))
        if style == "run-in":
            start = f"{_NUMERALS[i]}是{head}。"
            return [Part("text", start + text + more, run_in=len(start))]
        named = f"{_NUMERALS[i]}、{head}" if style == "numbered" else head
        return [Part("heading", named, 1), Part("text", text + more)]

    def _report(self) -> list[Part]:
        """News without headings: three or four paragraphs."""
        parts = [Part("text", self._lead())]
        parts += [Part("text", text + self._general(1)) for _, text in self._points()[: self.rng.randint(1, 2)]]
        return [*parts, Part("text", self._said()), Part("text", self._fill(self.topic["E"][0]))]

    def _ending(self) -> list[Part]:
        parts = [Part("text", self._fill(self.topic["E"][0])), Part("text", self._said())]
        if self.plan.tables and self.rng.random() < 0.7:
            parts += [Part("text", f"{self.place}部分乡镇（街道）的进展见下表。"), self._table()]
        if self.rng.random() < 0.5:
            parts.append(Part("text", self.voice.say("visits") + "。" + self._general(1)))
        return [*parts, Part("text", self.voice.say("closings"))]

    def _points(self) -> list[tuple[str, str]]:
        found = [self._fill(line).partition("|") for line in self.topic["H"]]
        return [(head, text + "。") for head, _, text in found]

    def _said(self) -> str:
        said = self._fill(self.topic["Q"][0]) + "。"
        return said + self._general(1) if self.rng.random() < 0.5 else said

    def _lead(self) -> str:
        lead = self._fill(self.topic["L"][0])
        return lead.replace(self.place, self.long, 1)

    def _general(self, count: int) -> str:
        return "".join(self.voice.say("general") + "。" for _ in range(count))

    def _fill(self, text: str) -> str:
        for blank, name in self.here.items():
            text = text.replace(blank, name)
        return self.voice.fill(text)

    def _unit(self) -> str:
        return self.place + self.rng.choice(["委社会工作部", "委社会工作部", "民政局", "委组织部", "融媒体中心"])

    def _signed(self, item: Item) -> Item:
        unit, author = self._unit(), self.rng.choice(_lists()["authors"])
        if self.plan.signed == "dated":
            printed = f"{self.day.year}年{self.day.month}月{self.day.day}日"
            line = f"{printed}　{unit}"
            also = (*item.also, ("source_line", line), ("date", self.day.isoformat()))
            return replace(item, source_line=unit, byline=line, also=also)
        if self.plan.signed == "bylined":
            return self._bylined(item, unit, author)
        line = self.rng.choice([unit, f"{unit}　{author}", f"供稿：{unit}", f"{unit}供稿"])
        also = (*item.also, ("source_line", unit), *self._author_forms(author))
        if author not in line:
            author, also = "", also[:-2]
        return replace(item, source_line=line, source_as_set=f"（{line}）", author=author or None, also=also)

    def _bylined(self, item: Item, unit: str, author: str) -> Item:
        """Who wrote it stands under the title; a line without a unit may be called the source too."""
        forms = (*item.also, *self._author_forms(author))
        if self.rng.random() < 0.5:
            line = self.rng.choice([f"通讯员　{author}", f"本刊通讯员　{author}"])
            return replace(item, byline=line, author=author, also=(*forms, ("source_line", line), ("author", line)))
        line = f"{unit}　{author}"
        return replace(item, source_line=unit, byline=line, author=author, also=(*forms, ("source_line", line)))

    @staticmethod
    def _author_forms(author: str) -> tuple[tuple[str, str], ...]:
        return (("author", f"通讯员{author}"), ("author", f"本刊通讯员{author}"))

    def _figures(self, parts: list[Part]) -> tuple[Figure, ...]:
        if self.rng.random() < 0.45:
            return ()
        said = self.topic["C"][0]
        by = self.rng.choice(_lists()["authors"])
        caption = self.rng.choice([f"图为{said}。", f"{said}（{by}　摄）", f"{said}。{by}摄", said])
        # Not at the very end, where a picture could as well be the next article's.
        able = [i for i, part in enumerate(parts[:-1]) if part.kind == "text"]
        return (Figure(caption, self.rng.choice(able)),)

    def _table(self) -> Part:
        towns = self.rng.sample(_lists()["townships"], self.rng.randint(4, 6))
        rows: list[tuple[str, ...]] = [
            ("乡镇（街道）", "村（社区）数", "服务站点（个）", "志愿者（人）", "收到诉求（件）", "办结率（%）")
        ]
        for town in towns:
            numbers = [self.rng.randint(*span) for span in ((6, 30), (2, 25), (40, 900), (30, 800))]
            rows.append((town, *map(str, numbers), f"{self.rng.uniform(88, 100):.1f}"))
        return Part("table", rows=tuple(rows))
