"""A question → its plan: operation, places, what is counted or told, period, and the numbers it takes for granted."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import cast

from answer.sources import Sources
from answer.words import Term, terms
from corpus.model import Operation, Period, Plan, Quantity, Span
from corpus.script import simplified
from extract.classify import classify
from extract.exclude import context, reason
from extract.measures import units
from extract.period import find_period, without_periods
from extract.phrase import Phrase, phrases
from extract.quantities import scan

_HOW_MANY = re.compile(r"(?:多少|几)(?![时月年])")
_WHICH = re.compile(r"哪些|哪几|哪个|哪里|哪儿|各地|各县|各市|各区|各旗|每个[县市区]|谁")
_HOW = re.compile(r"怎么|如何|怎样|做法|措施|举措|办法|经验|干了什么|做了什么|咋")
_PLACES_COUNTED = re.compile(r"(?:多少|几)个?(?:县|市|区|地方|旗|地区)")
_PLANNED = re.compile(r"计划|拟|打算|目标|预计|将要|准备")
_DONE = re.compile(r"已|目前|现有|了多少|了几")
_AVERAGE = re.compile(r"平均")


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    """Patterns by operation, in the order they are tried, and ``filler``."""
    raw = tomllib.loads(resources.files("answer").joinpath("data/cues.toml").read_text("utf8"))
    return {name: re.compile("|".join(patterns.split())) for name, patterns in raw.items()}


@dataclass(frozen=True, slots=True)
class Question:
    """A question read: its plan, and what the later stages need of it beside the contract's fields.

    ``within``: of a list of places that it is limited to, those that it speaks of.
    """

    text: str
    plan: Plan
    wanted: tuple[Term, ...]
    phrase: Phrase | None
    unit: str | None
    assumed: tuple[Quantity, ...]
    counts: bool
    tells: bool
    counts_places: bool
    average: bool
    unknown: tuple[str, ...]
    bodies: tuple[str, ...] = ()
    planned: bool | None = None
    within: tuple[str, ...] = ()

    @property
    def places(self) -> tuple[str, ...]:
        """The places whose material is read; all of the library's where there are none."""
        return self.within or self.plan.places


def read_question(text: str, sources: Sources) -> Question:
    """The plan of a question, read with the library's own places and indicators as context."""
    text = simplified(text.strip())
    places: list[str] = []
    spans: list[Span] = []
    unknown: list[str] = []
    for span, candidates in _named(text, sources):
        adcode = _settle(candidates, sources)
        held = [c for c in candidates if c in sources.places]
        if adcode is None and not held:
            unknown.append(span.of(text))
        places += [adcode] if adcode else held
        spans.append(span)
    bodies = [d for d in sources.gazetteer.find_details(text)]
    spans += [d.span for d in bodies]
    topic = _without(text, sorted(spans))
    around = context(text, spans)
    assumed = tuple(q for q in scan(text) if reason(q, around) is None)
    asked = _asked_quantity(text)
    phrase, unit = _asked_phrase(text, asked)
    wanted = terms(_cues()["filler"].sub(" ", without_periods(topic)), sources.overrides)
    wanted = tuple(t for t in wanted if t.word != unit and not any(t.word in q.surface for q in assumed))
    operation = _operation(text, places, wanted, assumed)
    if phrase is not None and operation == "trend":
        phrase = replace(phrase, action="")
    known = classify(phrase, unit, text, sources.indicators) if phrase and phrase.object else None
    plan = Plan(
        operation, tuple(dict.fromkeys(places)),
        (known[0],) if known else (), ("做法",) if _HOW.search(text) else (),
        _period(text), "".join(t.word for t in wanted), tuple(q.surface for q in assumed),
    )  # fmt: skip
    return Question(
        text, plan, wanted, phrase, unit, assumed,
        counts=asked is not None, tells=_HOW.search(text) is not None,
        counts_places=_PLACES_COUNTED.search(text) is not None, average=_AVERAGE.search(text) is not None,
        unknown=tuple(unknown), bodies=tuple(d.surface for d in bodies),
        planned=True if _PLANNED.search(text) else False if _DONE.search(text) else None,
    )  # fmt: skip


def _named(text: str, sources: Sources) -> list[tuple[Span, tuple[str, ...]]]:
    """Places the question names: what the gazetteer finds, and any full name of a place of the library."""
    found = [(m.span, m.candidates) for m in sources.gazetteer.find(text, sources.places) if not _is_word(text, m.span)]
    for adcode in sources.places:
        name = sources.gazetteer.place(adcode).name
        at = text.find(name)
        span = Span(at, at + len(name))
        if at >= 0 and not any(span.overlaps(other) for other, _ in found):
            found.append((span, (adcode,)))
    return sorted(found)


def _is_word(text: str, span: Span) -> bool:
    """A bare place word that is part of a question's wording (哪个县, 各市)."""
    return span.end - span.start == 1 or text[max(0, span.start - 1) : span.start] in ("哪", "各", "每")


def _settle(candidates: tuple[str, ...], sources: Sources) -> str | None:
    """The one place meant: of several, the one the library speaks of."""
    held = [c for c in candidates if any(sources.gazetteer.contains(c, p) for p in sources.places)]
    if len(held) == 1:
        return held[0]
    return sources.gazetteer.settle(held or candidates, sources.places)


def _operation(text: str, places: list[str], wanted: tuple[Term, ...], assumed: tuple[Quantity, ...]) -> Operation:
    for name, cue in _cues().items():
        operation = cast(Operation, name)
        if name != "filler" and cue.search(text):
            if operation == "define" and (len(places) > 1 or _HOW_MANY.search(text)):
                continue
            return operation
    if len(places) > 1:
        return "list" if _HOW_MANY.search(text) else "compare"
    if _WHICH.search(text) and not (places and assumed):
        return "list" if _HOW_MANY.search(text) else "survey"
    if _HOW_MANY.search(text) and not places:
        return "list"
    return "lookup"


def _asked_quantity(text: str) -> Quantity | None:
    """``多少名`` or ``几个`` as a quantity whose value is not known."""
    found = list(_HOW_MANY.finditer(text))
    if not found:
        return None
    words = sorted(units(), key=len, reverse=True)
    match = found[-1]
    scaled = match.end() + len(text[match.end() :]) - len(text[match.end() :].lstrip("十百千万亿"))
    unit = next((u for u in words if text.startswith(u, scaled)), None)
    if unit in ("县", "市", "区", "旗") or (
        unit == "个" and re.match(r"个(?:县|市|区|地方|旗|地区)", text[match.end() :])
    ):
        return None
    span = Span(match.start(), scaled + len(unit) if unit else match.end())
    return Quantity(span.of(text), Decimal(0), None, units()[unit].normal if unit else "个", "exact", span)


def _asked_phrase(text: str, asked: Quantity | None) -> tuple[Phrase | None, str | None]:
    """What is asked to be counted, and in what unit; no unit where the question names none."""
    if asked is None:
        return None, None
    named = len(asked.surface) > len("多少") or asked.surface.startswith("几") and len(asked.surface) > 1
    return phrases(text, Span(0, len(text)), [asked])[0], asked.unit if named else None


def _without(text: str, spans: list[Span]) -> str:
    for span in reversed(spans):
        text = text[: span.start] + " " + text[span.end :]
    return text


def _period(text: str) -> Period | None:
    found = find_period(text, None)
    return found if found and found.start else None
