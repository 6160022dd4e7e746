"""A question → its plan: operation, places, what is counted or told, period, and the numbers it takes for granted."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import cast

from answer.sources import Sources
from answer.words import Term, terms, weighed
from corpus.model import Operation, Period, Plan, Quantity, Span
from corpus.script import simplified
from extract.actions import known_actions
from extract.classify import classify
from extract.exclude import context, reason
from extract.measures import dimension, units
from extract.period import find_period, without_periods
from extract.phrase import Phrase, phrases
from extract.quantities import scan

_HOW_MANY = re.compile(r"(?:多少|几)(?![时月年])|多(?=大面积|[长高重远久](?![期效]))")
_PAUSE = re.compile(r"[，,；;。！!？?、]|以及|还有|并且|和(?=[^，。？、]*(?:多少|几))")
_WHICH = re.compile(r"哪些|哪几|哪个|哪里|哪儿|各地|各县|各市|各区|各旗|每个[县市区]|谁")
_HOW = re.compile(r"怎么|如何|怎样|做法|措施|举措|办法|经验|干了什么|做了什么|咋")
_PLACES_COUNTED = re.compile(r"(?:多少|几)个?(?:县|市|区|地方|旗|地区)")
_PLANNED = re.compile(r"计划|拟|打算|目标|预计|将要|准备")
_DONE = re.compile(r"已|目前|现有|了多少|了几")
_MONEY = re.compile(r"(?:块?钱|资金|款)(?=[的了吗？?，,]|$)")
_SHARE = re.compile(r"(?:率|比例|占比|比重|百分比|百分点)(?:是|为|有|达到?|大概|大约|的)*$")
_AVERAGE = re.compile(r"平均")


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    """Patterns by operation, in the order they are tried, and ``filler``."""
    raw = tomllib.loads(resources.files("answer").joinpath("data/cues.toml").read_text("utf8"))
    return {name: re.compile("|".join(patterns.split())) for name, patterns in raw.items()}


@dataclass(frozen=True, slots=True)
class Ask:
    """One figure that a question asks for: ``text`` is the part of the question that does.

    ``own``: the words beside 多少; ``around``: the question's other words; ``heads``: the words for what is counted,
    none where only the unit tells (多少人); ``unit`` None where the question names none.
    """

    text: str
    own: tuple[Term, ...]
    around: tuple[Term, ...]
    heads: tuple[Term, ...]
    action: str
    unit: str | None


@dataclass(frozen=True, slots=True)
class Question:
    """A question read: its plan, and what the later stages need of it beside the contract's fields.

    ``asks``: the figures asked for, in order; ``counts`` is False where one is only meant (谁的驿站最多).
    ``within``: of a list of places that it is limited to, those that it speaks of.
    """

    text: str
    plan: Plan
    wanted: tuple[Term, ...]
    asks: tuple[Ask, ...]
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
    topic = _blanked(text, spans)
    around = context(text, spans)
    assumed = tuple(q for q in scan(text) if reason(q, around) is None)
    wanted = _weighed(topic, assumed, sources)
    operation = _operation(text, places, wanted, assumed)
    asks = tuple(_asks(text, topic, wanted, assumed, operation, sources))
    plan = Plan(
        operation, tuple(dict.fromkeys(places)), _indicators(text, asks, sources),
        ("做法",) if _HOW.search(text) else (),
        _period(text), "".join(t.word for t in wanted), tuple(q.surface for q in assumed),
    )  # fmt: skip
    return Question(
        text, plan, wanted, asks, assumed,
        counts=_asked(text) != [], tells=_HOW.search(text) is not None,
        counts_places=_PLACES_COUNTED.search(text) is not None, average=_AVERAGE.search(text) is not None,
        unknown=tuple(unknown), bodies=tuple(d.surface for d in bodies),
        planned=True if _PLANNED.search(text) else False if _DONE.search(text) else None,
    )  # fmt: skip


def _weighed(topic: str, assumed: Sequence[Quantity], sources: Sources) -> tuple[Term, ...]:
    """The words of a text without its places that tell something, weighed."""
    found = terms(_cues()["filler"].sub(lambda m: "　" * len(m.group()), without_periods(topic)), sources.overrides)
    telling = [t for t in found if not any(t.word in q.surface for q in assumed)]
    return weighed(telling, sources.frequency, sources.passages)


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


def _asks(
    text: str, topic: str, wanted: Sequence[Term], assumed: Sequence[Quantity], operation: Operation, sources: Sources
) -> Iterator[Ask]:
    """The figures asked for: one for each 多少 or 几 between two pauses, or the one that an operation needs."""
    asked = _asked(text)
    if not asked and operation in ("rank", "aggregate", "trend", "list", "check"):
        yield _ask(text, wanted, (), None, None)
    for quantity in asked:
        span = _between_pauses(text, quantity.span, [q.span for q in asked])
        own = _weighed(topic[span.start : span.end], assumed, sources)
        own = tuple(t for t in own if t.word != quantity.unit)
        phrase = phrases(text, span, [quantity])[0]
        rest = tuple(t for t in wanted if t not in own and t.word != quantity.unit)
        named = len(quantity.surface) > len("多少") or quantity.surface.startswith("几")
        made = _ask(span.of(text), own, rest, phrase, quantity.unit if named and quantity.unit else None)
        yield replace(made, action="") if operation == "trend" else made


def _ask(
    text: str, own: Sequence[Term], around: Sequence[Term], phrase: Phrase | None, unit: str | None
) -> Ask:
    """Words around stand in where the ask's own name no thing (各建了多少)."""
    nouns = _things(own)
    if not nouns and dimension(unit) != "person":
        text = "".join(t.word for t in around) + text
        nouns, own, around = _things(around), (*own, *around), ()
    elif not own:
        text = "".join(t.word for t in around) + text
    heads = [t for t in nouns if phrase and phrase.object and t.word in phrase.object] or nouns
    return Ask(text, tuple(own), tuple(around), tuple(heads[-1:]), phrase.action if phrase else "", unit)


def _things(found: Sequence[Term]) -> list[Term]:
    return [t for t in found if (t.noun or t.name) and t.word not in known_actions()]


def _between_pauses(text: str, span: Span, others: Sequence[Span]) -> Span:
    """The part of a text around a span up to the pauses beside it; 、 parts only figures asked for."""
    start, end = 0, len(text)
    for pause in _PAUSE.finditer(text):
        if pause.group() == "、" and not _parts(pause.start(), others):
            continue
        if pause.end() <= span.start:
            start = pause.end()
        elif pause.start() >= span.end:
            end = min(end, pause.start())
    for other in others:
        if start <= other.start and other.end <= span.start:
            start = other.end
    return Span(start, end)


def _parts(at: int, asked: Sequence[Span]) -> bool:
    return any(s.end <= at for s in asked) and any(s.start >= at for s in asked)


def _asked(text: str) -> list[Quantity]:
    """Each ``多少名`` or ``几个`` as a quantity whose value is not known."""
    return [q for match in _HOW_MANY.finditer(text) if (q := _unknown(text, match)) is not None]


def _unknown(text: str, match: re.Match[str]) -> Quantity | None:
    if text[match.start() - 3 : match.start()] in ("百分之", "千分之"):
        return Quantity(match.group(), Decimal(0), None, "%", "exact", Span(match.start() - 3, match.end()))
    scaled = match.end() + len(text[match.end() :]) - len(text[match.end() :].lstrip("十百千万亿"))
    after = text[scaled:]
    unit = next((u for u in _longest_first() if after.startswith(u)), None)
    if unit in ("县", "市", "区", "旗") or _PLACES_COUNTED.match(text, match.start()):
        return None
    if (unit == "个" and after[1:2] == "人") or (unit is None and after.startswith("人")):
        unit, scaled = "人", scaled + after.index("人") + 1
    elif unit is None and (kind := _MONEY.match(after)):
        unit, scaled = "元", scaled + kind.end()
    elif unit is None and after.startswith("大面积"):
        unit, scaled = "亩", scaled + 1
    elif unit is not None:
        scaled += len(unit)
    normal = units()[unit].normal if unit else "%" if _SHARE.search(text, 0, match.start()) else None
    span = Span(match.start(), scaled)
    return Quantity(span.of(text), Decimal(0), None, normal, "exact", span)


@cache
def _longest_first() -> tuple[str, ...]:
    return tuple(sorted(units(), key=len, reverse=True))


def _indicators(text: str, asks: Sequence[Ask], sources: Sources) -> tuple[str, ...]:
    """The indicators meant, as far as the words of the question tell."""
    found: list[str] = []
    for ask in asks:
        if ask.heads:
            phrase = Phrase("".join(t.word for t in ask.heads), ask.action, "after")
            found.append(classify(phrase, ask.unit, text, sources.indicators)[0])
    return tuple(dict.fromkeys(found))


def _blanked(text: str, spans: Sequence[Span]) -> str:
    """The text with spans made blank, of the same length."""
    for span in spans:
        text = text[: span.start] + "　" * (span.end - span.start) + text[span.end :]
    return text


def _period(text: str) -> Period | None:
    found = find_period(text, None)
    return found if found and found.start else None
