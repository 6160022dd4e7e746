"""Answers altered one word at a time and given to the verifier: what is altered is rejected, what is not passes.

Every number, unit, bound word, place, period and word of standing (计划, 未, 累计) of every claim is changed alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from answer.sources import Sources
from answer.verify import verify_claims
from corpus.model import Answer, Claim, Span
from extract.measures import dimension, units
from extract.quantities import scan
from extract.status import says_planned

_MARK = re.compile(r"\[\d+\]")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_BOUND_WORD = re.compile(
    r"余|多(?=[名个人家户件场次万亿元支])|(?<!附)近|(?<!预)约|超过|突破|超|逾|不少于|不低于|不足|以上|左右"
)
_PERIOD = re.compile(r"(?:19|20)\d{2}年|[上下]半年|[一二三四]季度|(?<!\d)(?:1[0-2]|[1-9])月|今年|去年|上年|明年")
_PLANNED = re.compile(r"计划|拟(?=[新建选派])|预计|力争")
_SO_FAR = re.compile(r"累计|共|总")
_OTHER_PERIOD = {"今年": "去年", "去年": "今年", "上年": "今年", "明年": "去年", "上半年": "下半年", "下半年": "上半年"}
_NEXT = dict(zip("一二三四五六七八九十", "二三四五六七八九三二", strict=True))


@dataclass(frozen=True, slots=True)
class Altered:
    """A claim with one thing changed: ``kind`` says which."""

    kind: str
    claim: Claim


def run_mutations(answers: Iterable[Answer], sources: Sources) -> dict[str, Any]:
    """Shares of altered claims rejected by kind, of true ones accepted, and what went wrong."""
    made: Counter[str] = Counter()
    rejected: Counter[str] = Counter()
    true = accepted = 0
    passed: list[str] = []
    refused: list[str] = []
    for answer in answers:
        quotes = "".join(c.quote for c in answer.citations)
        for claim in answer.claims:
            same = [claim, *rewordings(claim)]
            for told, verdict in zip(same, verify_claims(same, answer.citations, sources), strict=True):
                true += 1
                accepted += verdict.verified
                if not verdict.verified:
                    refused.append(f"{told.text} ({'; '.join(verdict.reasons)})")
            altered = list(alterations(claim, quotes, sources))
            verdicts = verify_claims([a.claim for a in altered], answer.citations, sources)
            for each, verdict in zip(altered, verdicts, strict=True):
                made[each.kind] += 1
                rejected[each.kind] += not verdict.verified
                if verdict.verified:
                    passed.append(f"{each.kind}: {each.claim.text} ({each.claim.place}) was {claim.text}")
    return {
        "altered": made.total(), "rejected": rejected.total() / made.total() if made else None,
        "by_kind": {kind: f"{rejected[kind]}/{n}" for kind, n in sorted(made.items())},
        "true": true, "accepted": accepted / true if true else None, "passed": passed, "refused": refused,
    }  # fmt: skip


def alterations(claim: Claim, quotes: str, sources: Sources) -> Iterator[Altered]:
    """The claim with each thing changed alone; never to something that what is cited says as well."""
    text = _MARK.sub("", claim.text)
    seen = {claim.text}
    for kind, changed in (
        *_of_digits(text), *_of_quantities(text), *_of_periods(text, quotes), *_of_standing(text, quotes),
        *_of_places(text, sources),
    ):  # fmt: skip
        if changed not in seen:
            seen.add(changed)
            yield Altered(kind, replace(claim, text=changed))
    if claim.place:
        for other in _elsewhere({claim.place}, sources)[:2]:
            yield Altered("place field", replace(claim, place=other))


def _of_digits(text: str) -> Iterator[tuple[str, str]]:
    for match in _DIGITS.finditer(text):
        number = match.group()
        for changed in (
            number[:-1] + str((int(number[-1]) + 3) % 10),
            str(int(number[0]) % 9 + 1) + number[1:],
            number + "0" if "." not in number else number.replace(".", "", 1),
            number[1:].lstrip(".") if len(number) > 1 and number[1] != "0" else number + "1",
        ):
            if Decimal(changed) != Decimal(number):
                yield "digit", _put(text, Span(*match.span()), changed)


def _of_quantities(text: str) -> Iterator[tuple[str, str]]:
    for quantity in scan(text):
        span, surface = quantity.span, quantity.surface
        for at, character in enumerate(surface):
            if character in _NEXT and not _DIGITS.search(surface):
                yield "numeral", _put(text, span, surface[:at] + _NEXT[character] + surface[at + 1 :])
                break
        word = next((u for u in sorted(units(), key=len, reverse=True) if surface.endswith(u)), None)
        number = surface.removesuffix(word) if word else surface
        if re.search(r"\d$", number):
            yield "scale", _put(text, span, number + "万" + (word or ""))
        elif number.endswith(("万", "亿")):
            yield "scale", _put(text, span, number[:-1] + (word or ""))
            yield "scale", _put(text, span, number[:-1] + ("亿" if number.endswith("万") else "万") + (word or ""))
        if word:
            for other in ("人次", "家", "元", "%", "亩", "户"):
                if dimension(units()[other].normal) != dimension(quantity.unit):
                    yield "unit", _put(text, span, number + other)
        term = text[: span.start].count("（") > text[: span.start].count("）")
        if quantity.bound == "exact" and re.search(r"\d$", number) and not term:
            more = (number + "余" + (word or ""), "近" + surface, "超过" + surface)
            yield from (("bound", _put(text, span, m)) for m in more)
    loose = [q.span for q in scan(text) if q.bound not in ("exact", "range")]
    for match in _BOUND_WORD.finditer(text):
        if any(s.start - 2 <= match.start() < s.end for s in loose):
            yield "bound", _put(text, Span(*match.span()), "")


def _of_periods(text: str, quotes: str) -> Iterator[tuple[str, str]]:
    for match in _PERIOD.finditer(text):
        word = match.group()
        other = _OTHER_PERIOD.get(word) or _DIGITS.sub(lambda m: str(int(m.group()) % 12 + 1), word)
        if word[0] in _NEXT:
            other = _NEXT[word[0]] + word[1:]
        if word.endswith("年") and word[0].isdigit():
            other = f"{int(word[:-1]) - 3}年"
        if other not in quotes:
            yield "period", _put(text, Span(*match.span()), other)
    if not _PERIOD.search(text) and _DIGITS.search(text):
        for word in ("2019年", "去年", "上半年"):
            if word not in quotes:
                yield "period", word + text


def _of_standing(text: str, quotes: str) -> Iterator[tuple[str, str]]:
    for match in _PLANNED.finditer(text):
        done = _put(text, Span(*match.span()), "")
        if not says_planned(done) and _DIGITS.match(text, match.end()) is None and _DIGITS.search(text, match.end()):
            yield "standing", done
    for quantity in scan(text):
        before, after = text[: quantity.span.start], text[quantity.span.start :]
        if not says_planned(quotes + text):
            yield "standing", f"{before}计划达到{after}"
        if not _SO_FAR.search(quotes):
            yield "standing", f"{before}累计{after}"
        if not re.search("未|没有|尚无", quotes):
            yield "standing", f"{before}未达{after}"


def _of_places(text: str, sources: Sources) -> Iterator[tuple[str, str]]:
    for mention in sources.gazetteer.find(text):
        for other in _elsewhere(set(mention.candidates), sources)[:2]:
            yield "place", _put(text, mention.span, sources.gazetteer.place(other).name)


def _elsewhere(codes: set[str], sources: Sources) -> list[str]:
    """Places of the library that neither are, nor contain, nor lie in one of these."""
    contains = sources.gazetteer.contains
    apart = [p for p in sources.places if not any(contains(p, c) or contains(c, p) for c in codes)]
    start = sum(map(int, codes)) % len(apart) if apart else 0
    return apart[start:] + apart[:start]


def rewordings(claim: Claim) -> list[Claim]:
    """The claim with its numbers written in other ways that mean the same."""
    text = claim.text
    said: list[str] = []
    for quantity in scan(text):
        surface = quantity.surface
        if dimension(quantity.unit) in ("duration", "time") or surface.endswith(("日", "号")):
            continue
        if claim.derivation is not None or quantity.bound != "exact" or quantity.value_high is not None:
            continue
        number = _DIGITS.match(surface)
        if number and surface[number.end() : number.end() + 1] == "亿":
            changed = f"{Decimal(number.group()) * 10000:f}万{surface[number.end() + 1 :]}"
            said.append(_put(text, quantity.span, changed))
        elif number and number.group().isdigit() and surface[number.end() : number.end() + 1] != "万":
            wide = number.group().translate({48 + i: 0xFF10 + i for i in range(10)})
            said.append(_put(text, quantity.span, wide + surface[number.end() :]))
            if len(number.group()) == 2 and number.group()[1] == "0" and quantity.unit not in ("%", None):
                tens = ("" if number.group()[0] == "1" else "一二三四五六七八九"[int(number.group()[0]) - 1]) + "十"
                said.append(_put(text, quantity.span, tens + surface[number.end() :]))
    return [replace(claim, text=changed) for changed in dict.fromkeys(said)]


def _put(text: str, span: Span, words: str) -> str:
    return text[: span.start] + words + text[span.end :]
