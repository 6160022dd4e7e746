"""An article → its practices: what ``names`` finds, each told by the sentences of its paragraph.

Problem, measures and results come from the paragraph in which it is first named; members from its name or beside it.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from corpus.model import Article, Fact, Member, Practice, Span, content_id
from corpus.wordlists import entries, read_entries
from extract.names import Name, practice_names
from extract.numerals import DIGITS
from extract.sentences import sentences

_COUNTED = re.compile(r"(?<!第)([一二两三四五六七八九十])(?=[一-鿿])")
_BESIDE, _NEAR = 20, 60
"""Characters before and after a name that tell its theme, the nearer ones more."""
_SHORT = 3000
"""Characters up to which an article has themes as a whole."""
_WITHIN = 12
"""Sentences before and after a name that may tell of it."""
_SECOND = 0.6
"""The share of the first theme's score that a second one needs."""
_JOINED = re.compile(
    r"(?:等?[一二两三四五六七八九十](?:方|位一体|级|大|个)?)?(?:组建|共建|形成|组成|构成|联动|协同|参与|等)?(?:了|为|的)?$"
)
"""What joins a list to the name it makes up."""
_OF_PARTS = re.compile("的[一-鿿]{0,6}(?:机制|模式|体系|制度)$")
"""What stands behind the parts of a name made of them (周调度、月调研的|工作机制)."""
_PROBLEM = re.compile(r"针对|破解|难题|痛点|堵点|难点|薄弱|短板|问题|不足|困境|乱象|瓶颈|烦心事")
_RESULT = re.compile(r"成效|实现了|有效|显著|明显|提升了|增强了|推动[^，。]{0,16}(?:转变|跨越|提升)|目前|截至|累计|已")


def _table(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(read_entries("extract", f"data/{name}")))


def themes(overrides: Path | None = None) -> dict[str, tuple[str, ...]]:
    """Theme → the words that speak for it; ``overrides/themes.csv`` adds and replaces rows."""
    rows = _table("themes.csv")
    file = overrides / "themes.csv" if overrides else None
    if file is not None and file.is_file():
        rows += list(csv.DictReader(entries(file.read_text("utf-8-sig"))))
    return {row["theme"]: tuple(row["words"].split()) for row in rows}


def practices(
    article: Article, found_facts: Sequence[Fact], rules: str, overrides: Path | None = None
) -> tuple[Practice, ...]:
    """The practices of an article, in text order, one for each name."""
    names: dict[tuple[str, bool], list[Name]] = {}
    for name in practice_names(article.body, article.title):
        # “军嫂之家” may be a station and a team of the same name: two practices.
        known = {mention.kind for mention in names.get((name.text, False), ())}
        team = name.kind == "team_brand" and "platform_site" in known
        names.setdefault((name.text, team), []).append(name)
    if not names:
        return ()
    teller = _Teller(article, found_facts, themes(overrides))
    return tuple(teller.practice(mentions, rules) for mentions in names.values())


@dataclass(frozen=True)
class _Teller:
    """Tells the practices of one article from what surrounds their names."""

    article: Article
    facts: Sequence[Fact]
    known: dict[str, tuple[str, ...]]

    def practice(self, mentions: Sequence[Name], rules: str) -> Practice:
        """The practice of a name, by its mentions."""
        article, first = self.article, mentions[0]
        problem, measures, results = self._told(first.span)
        counted = tuple(DIGITS.get(m, 10) for m in _COUNTED.findall(first.text))
        claimed = counted if len(first.text) <= 10 and any(n > 1 for n in counted) else ()
        members = _members(article.body, first)
        flags = ("member_count_differs",) if members and claimed and len(members) != claimed[0] else ()
        return Practice(
            id=content_id(article.id, first.text, str(first.span.start)),
            article=article.id, document=article.document, name=article.name, practice=first.text, kind=first.kind,
            place=article.place, themes=self._themes(mentions), spans=tuple(m.span for m in mentions),
            claimed_count=claimed, members=members, problem=problem, measures=measures, results=results,
            flags=flags, rules=rules,
        )  # fmt: skip

    def _told(self, name: Span) -> tuple[tuple[Span, ...], tuple[Span, ...], tuple[Span, ...]]:
        """Problem, measure and result sentences around a name in its paragraph."""
        body = self.article.body
        at = max(0, bisect_right(self._sentences, name.start, key=lambda s: s.start) - 1)
        before, after = self._sentences[max(0, at - _WITHIN) : at], self._sentences[at : at + _WITHIN]
        problem = [s for s in before if "\n" not in body[s.end : name.start] and _PROBLEM.search(s.of(body))]
        measures: list[Span] = []
        results: list[Span] = []
        for sentence in after:
            if "\n" in body[name.start : sentence.start]:
                break
            naming = sentence.start <= name.start
            if sentence in self._counted or (not naming and _RESULT.search(sentence.of(body))):
                results.append(sentence)
            if naming or (sentence not in results and len(measures) < 4):
                measures.append(sentence)
        return tuple(problem[-2:]), tuple(measures), tuple(results[:4])

    @cached_property
    def _sentences(self) -> list[Span]:
        return sentences(self.article.body)

    @cached_property
    def _counted(self) -> set[Span]:
        """The sentences with figures of what was done."""
        return {f.sentence for f in self.facts if f.status in ("done", "ongoing")}

    def _themes(self, mentions: Sequence[Name]) -> tuple[str, ...]:
        """At most two, by the words in the name, right around it, in the title and in the text: ever less weight."""
        body = self.article.body
        beside, near = (
            "\n".join(body[max(0, m.span.start - size) : m.span.end + size] for m in mentions)
            for size in (_BESIDE, _NEAR)
        )
        scored: dict[str, float] = {}
        whole = self._of_body if len(body) < _SHORT else Counter[str]()
        for told, weight, most in (
            (self._words(mentions[0].text), 6.0, 3), (self._words(beside), 1.5, 4), (self._words(near), 0.75, 4),
            (self._of_title, 1.0, 3), (whole, 0.2, 10),
        ):  # fmt: skip
            for theme, count in told.items():
                scored[theme] = scored.get(theme, 0.0) + weight * min(count, most)
        ranked = sorted(scored.items(), key=lambda pair: -pair[1])[:2]
        if not ranked:
            return ("其他",)
        return tuple(
            theme for n, (theme, score) in enumerate(ranked) if not n or score >= max(2.0, _SECOND * ranked[0][1])
        )

    @cached_property
    def _of_title(self) -> Counter[str]:
        return self._words(self.article.title)

    @cached_property
    def _of_body(self) -> Counter[str]:
        return self._words(self.article.body)

    def _words(self, text: str) -> Counter[str]:
        """Words of each theme in a text; a word within a longer one is not counted (就业 in 新就业群体)."""
        of, pattern = _vocabulary(tuple(self.known.items()))
        return Counter(theme for word in pattern.findall(text) for theme in of[word])


@cache
def _vocabulary(
    known: tuple[tuple[str, tuple[str, ...]], ...],
) -> tuple[dict[str, tuple[str, ...]], re.Pattern[str]]:
    """Word → its themes, and a pattern for any of the words, the longest first."""
    of = {word: tuple(t for t, listed in known if word in listed) for _, listed in known for word in listed}
    return of, re.compile("|".join(map(re.escape, sorted(of, key=len, reverse=True))) or "(?!)")


def _members(body: str, name: Name) -> tuple[Member, ...]:
    """The parts that the text lists: in the name, right before it, or behind it."""
    inside = _parts(body, name)
    if inside:
        return inside
    before = re.search(r"[“「]([^“”「」]{3,40})[”」]$", body[max(0, name.span.start - 42) : name.span.start])
    if before and "、" in before.group(1):
        end = name.span.start - 1
        return tuple(_split(body, Span(end - len(before.group(1)), end)))
    return _listed_after(body, name) or _listed_before(body, name)


def _parts(body: str, name: Name) -> tuple[Member, ...]:
    """The parts of a name that is made of them: 前端…，中端…，后端…; 党建+网格+志愿服务 (党建+治理 is one thing)."""
    quoted = re.match("[“「‘]([^“”「」‘’]+)[”」’]", name.text)
    start = name.span.start + (1 if quoted else 0)
    text = quoted[1] if quoted else _OF_PARTS.sub("", name.text)
    mark = next((m for m in ("，", "、", "+", "＋") if m in text), None)
    if mark is None or re.search(r"\d[个家名支条项]|\d、\d", text) or re.match(r"党建[+＋][^+＋]+$", text):
        return ()
    parts = tuple(_split(body, Span(start, start + len(text)), mark))
    few = 1 if name.kind in ("named_method", "mechanism") else 2
    return parts if len(parts) > few else ()


def _listed_after(body: str, name: Name) -> tuple[Member, ...]:
    """What a counted name is said to be: ：…, 即…, 包括…; what a place is said to have: 设有…."""
    counted = _COUNTED.search(name.text) or re.search(r"[0-9]{2,}", name.text)
    lead = r"：|，即|，包括|，就是" if counted else r"，设有|，内设|，下设|，包括"
    after = re.match(
        rf"[”」]?(?:[“”「」四五三六七八两二\w]{{0,12}})(?:{lead})[“「]?", body[name.span.end : name.span.end + 22]
    )
    if not after:
        return ()
    start = name.span.end + after.end()
    stop = re.search(r"[。\n”」]|等", body[start:])
    end = start + (stop.start() if stop else len(body) - start)
    mark = next((m for m in ("；", "、", "，") if m in body[start:end]), "、")
    found = tuple(_split(body, Span(start, end), mark))
    return found if counted or len(found) > 2 else ()


def _listed_before(body: str, name: Name) -> tuple[Member, ...]:
    """As many things as the name or the words before it count: 机关、企业、农村党支部组建“三联体”."""
    begin = max(0, name.span.start - 80)
    before = body[begin : name.span.start].rstrip("“‘「")
    clause = re.split(r"[，。；：！？\n]", before)[-1]
    told = _JOINED.search(clause)
    listed = clause[: told.start()] if told else clause
    number = _COUNTED.search(told.group()) if told and _COUNTED.search(told.group()) else _COUNTED.search(name.text)
    items = re.split("[、及和与]", listed)
    if number is None or len(items) != DIGITS.get(number[1], 0) or len(items) < 2:
        return ()
    end = begin + len(before) - (len(clause) - len(listed))
    at = end - len(listed)
    made: list[Member] = []
    for item in items:
        made.append(Member(item, Span(at, at + len(item))))
        at += len(item) + 1
    return tuple(made)


def _split(body: str, span: Span, mark: str = "、") -> Iterator[Member]:
    at = span.start
    for part in span.of(body).split(mark):
        if part.strip():
            yield Member(part, Span(at, at + len(part)))
        at += len(part) + len(mark)
