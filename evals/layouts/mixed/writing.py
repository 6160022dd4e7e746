"""A seed → articles in the fourth voice: long ones, news, cases and speeches about one place each."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from evals.layouts.model import Bulletin, Figure, Item, Part
from evals.layouts.phrases import sections
from evals.layouts.plain.writing import NUMERALS, Pen, lines_of, name_of, said
from evals.layouts.writing import places

SOURCE = "mixed"
Shape = Literal["chapters", "numbered", "run-in", "bold"]
"""Of a long article: 一、背景 with （一）…, 一、二、三、, 一是…。 in bold, headings in bold without numbers."""


class Made:
    """Who makes an issue, and when: ``source`` and ``staff`` are the files of its lists and of its people."""

    source = staff = SOURCE
    rng: random.Random
    number: int
    day: date

    @property
    def printed(self) -> str:
        """The day of the issue as it is printed."""
        return said(self.day)

    def people(self, count: int) -> list[str]:
        """Persons who write, edit or speak."""
        return self.rng.sample(sections(self.staff)["people"], count)

    def turned(self, section: str) -> str:
        """A name of a list, another one for the next seed."""
        return sections(self.source)[section][self.number % len(sections(self.source)[section])]


class Desk(Made):
    """Where an issue is written: its day, places and topics not yet used."""

    def __init__(self, number: int, rng: random.Random) -> None:
        self.rng, self.pen, self.number = rng, Pen(rng, SOURCE, names=SOURCE), number
        self.day = date(rng.randint(2023, 2025), rng.randint(10, 12), rng.randint(12, 28))
        *self._places, other, self.home_code = places(random.Random(f"mixed places {number}"), 14)
        self.pen.other, self.home = name_of(other), name_of(self.home_code)
        names = topics()
        self._topics = rng.sample(names, len(names))
        self.topic: dict[str, list[str]] = {}

    def go(self, topic: str = "") -> str:
        """A new place and topic; the code of the place."""
        code = self._places.pop()
        self.topic = lines_of(topic or self._topics.pop(), SOURCE)
        self.pen.go(name_of(code))
        return code

    def feature(self, shape: Shape, *, named: bool | None = None, short: bool = False) -> Item:
        """A long article, without its source; ``named``: its title names the place, else a subtitle may do so."""
        code, topic, pen = self.go(), self.topic, self.pen
        which = self.rng.randrange(3) if named is None else self.rng.randrange(2) if named else 2
        title = pen.fill(topic["T"][which])
        subtitle = pen.fill(topic["S"][0]) if which == 2 else None
        lead = Part("text", pen.fill(topic["L"][0]))
        return Item((title,), (lead, *self._body(shape, short=short)), code, None, subtitle, kind="feature")

    def _body(self, shape: Shape, *, short: bool) -> list[Part]:
        topic, fill = self.topic, self.pen.fill
        points = self._points(more=1 if short else 2)
        before, after, learnt = (Part("text", fill(topic[kind][0])) for kind in "PRI")
        quote = Part("text", fill(topic["Q"][0]) + "。")
        if shape == "chapters":
            return [
                Part("heading", "一、基本情况", 1), before,
                Part("heading", "二、主要做法", 1), *_points(points, "（{}）{}", 2),
                Part("heading", "三、取得成效", 1), after, *([] if short else [quote]),
                Part("heading", "四、几点启示", 1), learnt, Part("text", self.pen.say("next")),
            ]  # fmt: skip
        body = {
            "numbered": lambda: _points(points, "{}、{}", 1),
            "bold": lambda: _points(points, "{1}", 1),
            "run-in": lambda: _run_in(points),
        }[shape]()
        ends = [quote, after] if self.rng.random() < 0.5 else [after, quote]
        return [
            *([] if short else [before]),
            *body,
            *(ends[-1:] if short else [*ends, Part("text", self.pen.say("next"))]),
        ]

    def _points(self, more: int) -> list[list[str]]:
        """The points of the last topic; some have one more paragraph."""
        points = [self.pen.fill(line).split("|") for line in self.topic["H"]]
        for i in sorted(self.rng.sample(range(len(points)), more)):
            points[i][-1] = points[i][-1] if points[i][-1].endswith("。") else points[i][-1] + "。"
            points[i].append(self.pen.say("extras"))
        return points

    def news(self) -> Item:
        """News of some paragraphs; the title names the place."""
        code = self.go()
        title, *texts = self.pen.fill(self.topic["N"][0]).split("|")
        more = self.rng.randrange(4)
        if more in (0, 1):
            texts.insert(1, self.pen.fill(self.topic["H"][self.rng.randrange(3)].split("|")[1]))
        if more in (1, 2):
            texts.append(self.pen.fill(self.topic["Q"][0]) + "。")
        if more == 3:
            texts[-1] += self.pen.fill(self.topic["R"][0])
        if self.rng.random() < 0.4:
            texts.append(self.pen.say("next"))
        texts = [text if text.endswith(("。", "”")) else text + "。" for text in texts]
        return Item((title,), tuple(Part("text", text) for text in texts), code, kind="report")

    def case(self, heads: Sequence[str], *, table: bool) -> Item:
        """A case under the same four headings as all others: 背景, 做法, 成效, 启示."""
        code, topic, fill = self.go(), self.topic, self.pen.fill
        points = self._points(more=2)
        parts = [Part("heading", heads[0], 1), Part("text", fill(topic["L"][0])), Part("text", fill(topic["P"][0]))]
        parts.append(Part("heading", heads[1], 1))
        parts += _run_in(points) if self.rng.random() < 0.5 else _points(points, "（{}）{}", 2)
        parts += [Part("heading", heads[2], 1), Part("text", fill(topic["R"][0]))]
        if table:
            rows = [tuple(fill(line).split("|")) for line in topic["M"]]
            parts.append(Part("table", rows=(("指标", "实施前", "实施后"), *rows)))
        parts += [Part("heading", heads[3], 1), Part("text", fill(topic["I"][0]))]
        title = fill(topic["T"][0])
        return Item((title,), tuple(parts), code, kind="feature")

    def speech(self) -> Item:
        """What the speaker of a place says: in the first person behind the opening."""
        code, topic, pen = self.go(), self.topic, self.pen

        def own(text: str) -> str:
            return pen.fill(text.replace("{p}", "我{c}").replace("该{c}", "我{c}"))

        points = [own(line).split("|") for line in topic["H"]]
        for point in points:
            point.append(pen.say("extras"))
        lead = pen.fill(topic["L"][0].replace("该{c}", "我{c}"))
        # A title that names no place: the line below it says who speaks.
        title = own(topic["T"][2])
        calls = ("各位领导、同志们：", "尊敬的各位领导，同志们：", "各位领导：")
        thanks = ("以上汇报，不妥之处，请批评指正。", "我的发言完毕，谢谢大家。", "汇报完毕，请领导和同志们批评指正。")
        opening = f"很高兴有机会在这里汇报工作。{lead}下面，我从{NUMERALS_OF[len(points)]}个方面作简要汇报。"
        parts = [
            Part("text", self.rng.choice(calls)), Part("text", opening), Part("text", own(topic["P"][0])),
            *_points(points, "{}、{}", 1), Part("text", own(topic["R"][0])),
            Part("text", own(topic["I"][0]) + _HOPE), Part("text", self.rng.choice(thanks)),
        ]  # fmt: skip
        subtitle = pen.fill(topic["S"][0]) if self.rng.random() < 0.3 else None
        return Item((title,), tuple(parts), code, None, subtitle, kind="feature")

    def caption(self) -> str:
        """What a picture of the last article shows."""
        return self.pen.fill(self.topic["C"][0])

    def picture(self, item: Item, form: str = "{}") -> Item:
        """The article with a picture after one of its paragraphs."""
        able = [i for i, part in enumerate(item.parts) if part.kind == "text"]
        return replace(item, figures=(*item.figures, Figure(form.format(self.caption()), self.rng.choice(able[:-1]))))

    def unit(self, item: Item) -> str:
        """Who sends the article."""
        place = name_of(item.adcode or "")
        kinds = ("委社会工作部", "委社会工作部", "融媒体中心", "人民政府办公室", "委办公室")
        return place + self.rng.choice(kinds)

    def bulletin(self, name: str, issue: str, sponsor: str, items: Sequence[Item], furniture: Sequence[str],
                 colophon: Sequence[str] = ()) -> Bulletin:  # fmt: skip
        """The issue; captions belong to no body."""
        captions = [figure.caption for item in items for figure in item.figures]
        own = (*furniture, *colophon, *captions)
        return Bulletin(name, issue, sponsor, self.printed, self.day.isoformat(), tuple(items), tuple(colophon), own)


_HOPE = "下一步，我们将以这次会议为契机，虚心学习兄弟县市的好经验，把工作做得更实。"
NUMERALS_OF = {2: "两", 3: "三", 4: "四"}


def topics() -> list[str]:
    """The names of the topics."""
    return [name for name, lines in sections(SOURCE).items() if lines[0].startswith("W ")]


def theme_of(desk: Desk) -> str:
    """The theme of the last article."""
    return desk.topic["W"][0]


def sourced(item: Item, line: str, printed: str, *others: str) -> Item:
    """The article with the line that says where it is from, ``printed`` as it stands on the page."""
    also = (*item.also, *(("source_line", other) for other in (printed, *others)))
    return replace(item, source_line=line, source_as_set=printed, also=also)


def noted(item: Item, label: str, text: str) -> Item:
    """The article with a box above its text: ``label`` and what it is about."""
    note = f"{label}{text}"
    return replace(item, note=note, also=(*item.also, ("note", text)))


def _points(points: Sequence[Sequence[str]], form: str, level: int) -> list[Part]:
    parts: list[Part] = []
    for i, (head, *texts) in enumerate(points):
        parts.append(Part("heading", form.format(NUMERALS[i], head), level))
        parts += [Part("text", text if text.endswith("。") else text + "。") for text in texts]
    return parts


def _run_in(points: Sequence[Sequence[str]]) -> list[Part]:
    parts: list[Part] = []
    for i, (head, *texts) in enumerate(points):
        start = f"{NUMERALS[i]}是{head}。"
        parts.append(Part("text", start + texts[0], run_in=len(start)))
        parts += [Part("text", text) for text in texts[1:]]
    return parts
