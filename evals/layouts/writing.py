"""A seed → an invented bulletin (虚构样例): its articles with everything a reader of it would name."""

from __future__ import annotations

import random
from dataclasses import dataclass

from corpus.places import Gazetteer
from evals.layouts.model import Bulletin, Figure, Item, Part
from evals.layouts.phrases import Voice, sections

_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Content:
    """What the articles of a layout may hold."""

    items: int = 4
    figures: bool = True
    notes: bool = False
    tables: bool = False
    columns: bool = True
    boxes: bool = False


def write_bulletin(seed: int, content: Content) -> Bulletin:
    """The bulletin of a seed."""
    rng = random.Random(f"bulletin {seed}")
    voice = Voice(rng)
    month, day, number = rng.randint(1, 12), rng.randint(1, 28), rng.randint(1, 24)
    year = rng.randint(2023, 2026)
    columns = rng.sample(sections()["columns"], 2) if content.columns else []
    change = rng.randint(1, content.items - 1)
    date = f"{year}年{month}月{day}日"
    items = []
    for i, adcode in enumerate(places(rng, content.items)):
        column = columns[0 if i < change else 1] if columns else None
        items.append(_Writer(rng, voice, adcode, content, date).item(column))
    issue = f"第{number}期" if rng.random() < 0.5 else f"{year}年第{number}期"
    if rng.random() < 0.4:
        issue += f"（总第{number + rng.randint(20, 90)}期）"
    sponsor = rng.choice(["县委社会工作部", "市委社会工作部办公室", "区委组织部", "县基层治理领导小组办公室"])
    colophon = (
        "抄送：市委社会工作部，各乡镇（街道），县直有关单位（虚构样例）。",
        f"{sponsor}　　　　{date}印发",
    )
    return Bulletin(
        rng.choice(sections()["names"]), issue, sponsor, date, f"{year}-{month:02}-{day:02}", tuple(items), colophon
    )


def places(rng: random.Random, count: int) -> list[str]:
    """Counties whose names mean one division only, and some prefectures."""
    gazetteer = Gazetteer.load()
    known = [
        d for d in gazetteer.divisions.values() if d.level != "province" and len(gazetteer.candidates(d.name)) == 1
    ]
    known = [d for d in known if 3 <= len(d.name) <= 8 and d.name[-1] in "县市区旗" and d.adcode < "710000"]
    return [d.adcode for d in rng.sample(sorted(known, key=lambda d: d.adcode), count)]


class _Writer:
    """Writes one article about one place."""

    def __init__(self, rng: random.Random, voice: Voice, adcode: str, content: Content, date: str) -> None:
        self.date = date
        self.rng, self.voice, self.adcode, self.content = rng, voice, adcode, content
        path = Gazetteer.load().place(adcode).path
        self.place = path[-1]
        self.long = "".join(path[:1] + path[-1:]) if rng.random() < 0.5 else path[-1]
        voice.place = self.place

    def item(self, column: str | None) -> Item:
        """The article."""
        roll = self.rng.random()
        if roll < 0.12:
            return self._notice(column)
        return self._news(column) if roll < 0.3 else self._practice(column)

    def _practice(self, column: str | None) -> Item:
        parts = [Part("text", self._lead()), *self._sections()]
        parts, notes = self._noted(parts)
        if self.content.tables and self.rng.random() < 0.6:
            parts.insert(len(parts) - 1, self._table())
        title, subtitle = self._title()
        source, printed = self._source()
        note = None
        if self.rng.random() < 0.25:
            note = self.rng.choice(["编者按：", "按语：", "【编者按】"]) + self.voice.say("editor")
        if self.content.boxes and self.rng.random() < 0.6:
            parts += [Part("box", "相关链接"), Part("box", self._sentences(2))]
        return Item(
            title, tuple(parts), self.adcode, column, subtitle, note, source, printed, self._figures(parts), notes
        )

    def _news(self, column: str | None) -> Item:
        news = self.voice.say("news")
        parts = [Part("text", f"近日，{self.long}{news}。{self._sentences(3)}")]
        parts += [Part("text", self._sentences(3)) for _ in range(self.rng.randint(1, 2))]
        source, printed = self._source()
        title = (f"{self.long}{news}",)
        return Item(title, tuple(parts), self.adcode, column, None, None, source, printed, self._figures(parts))

    def _notice(self, column: str | None) -> Item:
        about = self.voice.say("notices")
        parts = [Part("text", f"为贯彻落实上级部署，现就{self.long}{about}有关事项通知如下：")]
        for i, head in enumerate(["目标任务", "工作要求", "时间安排"]):
            parts.append(Part("heading", f"{_NUMERALS[i]}、{head}", 1))
            parts.append(Part("text", self.voice.say("duties") + "。" + self.voice.say("duties") + "。"))
        if self.rng.random() < 0.6:
            parts += [Part("sign", f"{self.place}民政局"), Part("sign", self.date)]
        return Item((f"{self.long}关于{about}的通知",), tuple(parts), self.adcode, column)

    def _title(self) -> tuple[tuple[str, ...], str | None]:
        motto, phrase, other = (self.voice.say(s) for s in ("mottos", "phrases", "phrases"))
        roll = self.rng.random()
        if roll < 0.35:
            return (f"{self.long}：“{motto}”{phrase}",), None
        if roll < 0.5:
            return (f"{self.long}：以“{motto}”为抓手", phrase), None
        if roll < 0.65:
            return (f"{self.long}“{motto}”{phrase}",), None
        if roll < 0.85:
            kind = self.rng.choice(["的实践与思考", "工作调查", "探索侧记"])
            return (f"“{motto}”{phrase}",), f"{self.long}推行“{motto}”{kind}"
        return (f"以“{motto}”为牵引{phrase}", f"{self.long}{other}"), None

    def _lead(self) -> str:
        opening = self.voice.say("openings")
        if self.long not in opening:
            opening = opening.replace(self.place, self.long, 1)
        return opening + "，" + self._clauses() + "。" + self._sentences(self.rng.randint(1, 2))

    def _sections(self) -> list[Part]:
        style = self.rng.choice(["numbered", "deep", "bold", "run-in", "plain"])
        parts: list[Part] = []
        for i in range(self.rng.randint(2, 4)):
            head = self.voice.say("heads")
            if style == "run-in":
                ordinals = "".join(f"{_NUMERALS[k]}是{self._clauses()}。" for k in range(3))
                parts.append(Part("text", f"{head}。{self._sentences(1)}{ordinals}"))
                continue
            if style in ("numbered", "deep"):
                parts.append(Part("heading", f"{_NUMERALS[i]}、{head}", 1))
            elif style == "bold":
                parts.append(Part("heading", head, 1))
            if style == "deep":
                for k in range(2):
                    parts.append(Part("heading", f"（{_NUMERALS[k]}）{self.voice.say('heads')}", 2))
                    parts.append(Part("text", self._sentences(2)))
            else:
                parts += [Part("text", self._sentences(self.rng.randint(2, 4))) for _ in range(self.rng.randint(1, 2))]
        return parts

    def _clauses(self) -> str:
        said = [self.voice.say("actors") + self.voice.say("actions"), self.voice.say("details")]
        if self.rng.random() < 0.6:
            said.append(self.voice.say("results"))
        return "，".join(said)

    def _sentences(self, count: int) -> str:
        found = []
        for _ in range(count):
            roll = self.rng.random()
            if roll < 0.2:
                said = self.voice.say("quotes")
                found.append(said if said.endswith("。”") else said + "。")
            elif roll < 0.35:
                found.append(self.voice.say("plain") + "。")
            else:
                found.append(self._clauses() + "。")
        return "".join(found)

    def _source(self) -> tuple[str | None, str | None]:
        unit = f"{self.place}委社会工作部" if self.place[-1] in "县区市旗" else f"{self.place}社会工作"
        forms = [
            (f"转自{unit}", f"（转自{unit}）"),
            (f"{unit}供稿", f"（{unit}供稿）"),
            (f"来源：{unit}", f"来源：{unit}"),
            (unit, f"（{unit}）"),
            (None, None),
        ]
        return self.rng.choice(forms)

    def _figures(self, parts: list[Part]) -> tuple[Figure, ...]:
        if not self.content.figures or self.rng.random() < 0.4:
            return ()
        said = self.voice.say("captions")
        caption = self.rng.choice(
            [f"图为{said}。", f"{said}（{self.rng.choice(['何某', '周某某'])}摄）", f"{said}（县融媒体中心供图）", said]
        )
        able = [i for i, p in enumerate(parts) if p.kind == "text" and len(p.text) > 70]
        return (Figure(caption, self.rng.choice(able)),) if able else ()

    def _noted(self, parts: list[Part]) -> tuple[list[Part], tuple[str, ...]]:
        """The parts with one footnote mark, and the note."""
        if not self.content.notes or self.rng.random() < 0.3:
            return parts, ()
        i = self.rng.choice([i for i, p in enumerate(parts) if p.kind == "text" and "，" in p.text])
        at = parts[i].text.index("，")
        parts[i] = Part("text", parts[i].text[:at] + "①" + parts[i].text[at:])
        return parts, ("①" + self.voice.say("notes") + "。",)

    def _table(self) -> Part:
        towns = self.rng.sample(sections()["townships"], 3)
        rows = [("乡镇（街道）", "站点数", "服务人次")]
        rows += [(town, str(self.rng.randint(2, 40)), str(self.rng.randint(100, 9000))) for town in towns]
        return Part("table", rows=tuple(rows))
