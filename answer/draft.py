"""An extractive answer put into a model's words: drafted from its citations alone, each claim checked, or not used."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from answer.amended import amend
from answer.llm import ChatModel, DraftedClaim, Evidence, Refused
from answer.plan import Question
from answer.say import name_of
from answer.sources import Sources
from answer.verify import verify_claims
from answer.words import bigrams
from corpus.errors import ModelError
from corpus.labels import marking
from corpus.model import Answer, Citation, Claim
from corpus.spacing import squeezed
from extract.sentences import clauses
from extract.status import says_planned

logger = logging.getLogger(__name__)

NOT_USED = "语言模型未能给出与原文比对相符的说法，已用原文句作答。"
WITHHELD = "内部资料没有发给本机以外的语言模型，有关地方用原文句作答。"
_DRAFTS = 3
"""The first and at most two more."""
_LONGEST = 150
_PER_PLACE = 220
"""Most characters of one claim, and of all claims about one place."""
_GROUNDED = 0.5
"""The share of each clause's character pairs that its evidence, its title or the question must have."""
_MARK = re.compile(r"\s*\[\d+\]")
_BRACKETS = re.compile(r"[\[\]【】［］]")


def draft(question: Question, answer: Answer, sources: Sources, model: ChatModel) -> Answer:
    """The answer in the model's words where they hold; else unchanged, with a caveat.

    A place of which the model says nothing that holds keeps its own sentences. Arithmetic stays the code's, and a
    false premise is corrected in the code's words alone.
    """
    if question.assumed or not answer.claims:
        return answer
    desk = _Desk(question, answer, sources, model.local)
    if desk.withheld:
        answer = replace(answer, caveats=(*answer.caveats, WITHHELD))
    good = _drafted(desk, model) if desk.evidence else []
    if not good:
        return replace(answer, caveats=(*answer.caveats, NOT_USED)) if desk.evidence else answer
    claims = _arranged(answer, good)
    return replace(answer, mode="llm", text=_text(answer, claims, good), claims=tuple(claims))


def _drafted(desk: _Desk, model: ChatModel) -> list[Claim]:
    """Claims that hold, of up to three drafts; the model is told what was wrong with the others."""
    good: list[Claim] = []
    refused: list[Refused] = []
    for _ in range(_DRAFTS):
        try:
            said = model.draft(desk.question.text, desk.evidence, refused)
        except ModelError as exc:
            logger.warning("draft failed: %s", exc.__cause__ or exc)
            break
        refused = []
        for drafted in said:
            claim, reasons = desk.judge(drafted)
            if claim is None:
                refused.append(Refused(drafted, tuple(reasons)))
            elif all(claim.text != known.text for known in good):
                good.append(claim)
        if not refused:
            break
    return good


@dataclass(frozen=True, slots=True)
class _Place:
    """A place that evidence speaks of; ``adcode`` None where the extractive claim has none."""

    adcode: str | None
    name: str


class _Desk:
    """What a model may use, and the judge of what it makes of it."""

    def __init__(self, question: Question, answer: Answer, sources: Sources, local: bool) -> None:
        self.question = question
        self.sources = sources
        self.citations = answer.citations
        outlines = sources.catalogue.outlines({c.article for c in answer.citations})
        kept = [c for c in answer.citations if local or not marking(outlines[c.article].flags)]
        self.withheld = len(kept) < len(answer.citations)
        self.places = {c.n: self._places(answer, c) for c in kept}
        self.cited: Mapping[int, Citation] = {c.n: c for c in kept}
        self.evidence = [
            Evidence(c.n, "、".join(p.name for p in self.places[c.n] if p.name), c.title, c.quote) for c in kept
        ]

    def _places(self, answer: Answer, citation: Citation) -> list[_Place]:
        told = [c.place for c in answer.claims if citation.n in c.citations and c.derivation is None]
        codes = dict.fromkeys(told or [citation.place])
        return [_Place(code, name_of(self.sources.gazetteer.place(code)) if code else "") for code in codes]

    def judge(self, drafted: DraftedClaim) -> tuple[Claim | None, list[str]]:
        """The claim if it holds, or why not."""
        text = _MARK.sub("", drafted.text).rstrip("。；;，, ")
        cited = [self.cited[n] for n in dict.fromkeys(drafted.evidence) if n in self.cited]
        reasons = self._formal(text, drafted, cited)
        if reasons:
            return None, reasons
        place, reasons = self._place(text, cited)
        if place is None:
            return None, reasons
        if place.name and not self._names(text, place):
            text = f"{place.name}：{text}"
        claim = Claim(text, place.adcode, tuple(c.n for c in cited))
        verdict = verify_claims([claim], self.citations, self.sources)[0]
        reasons = [*verdict.reasons, *self._ungrounded(text, place, cited)]
        told, changed = amend(text, cited, self.sources)
        return (None, reasons) if reasons else (replace(claim, text=told, derivation=changed, verified=True), [])

    def _formal(self, text: str, drafted: DraftedClaim, cited: Sequence[Citation]) -> list[str]:
        found = []
        if not text or len(text) > _LONGEST:
            found.append(f"要点应为一句话，不超过{_LONGEST}字")
        if _BRACKETS.search(text):
            found.append("要点里不要写编号和方括号")
        if not cited or len(cited) < len(set(drafted.evidence)):
            found.append("依据编号不在所给之列")
        quote = squeezed(drafted.quote)
        if not quote or not any(quote in squeezed(c.quote) for c in cited):
            found.append("摘录与依据不是逐字相同")
        return found

    def _place(self, text: str, cited: Sequence[Citation]) -> tuple[_Place | None, list[str]]:
        """The one place that all the evidence named speaks of; of several, the one the text names."""
        shared = [p for p in self.places[cited[0].n] if all(p in self.places[c.n] for c in cited)]
        if not shared:
            return None, ["所用依据说的不是同一个地方，请分开写"]
        named = [p for p in shared if self._names(text, p)]
        if len(named) > 1:
            return None, ["一条要点只说一个地方，请分开写"]
        if len(shared) > 1 and not named:
            return None, ["没有写明是哪个地方"]
        return (named or shared)[0], []

    def _names(self, text: str, place: _Place) -> bool:
        return any(place.adcode in m.candidates for m in self.sources.gazetteer.find(text))

    def _ungrounded(self, text: str, place: _Place, cited: Sequence[Citation]) -> list[str]:
        """Clauses most of whose words stand neither in the evidence nor in the question."""
        given = bigrams("\n".join([*(c.quote + c.title for c in cited), place.name, self.question.text]))
        found = [] if says_planned(text) or not _planned(text, cited) else ["依据说的是计划，不是已完成"]
        for span in clauses(text):
            told = bigrams(span.of(text))
            if len(told) > 1 and len(told & given) / len(told) < _GROUNDED:
                found.append(f"“{span.of(text).strip('，。；：')}”在依据中找不到")
        return found


def _planned(text: str, cited: Sequence[Citation]) -> bool:
    """Whether a clause of the text says what stands after a plan word (拟, 计划) in the evidence."""
    ahead = [(span.of(c.quote), c.quote[: span.end]) for c in cited for span in clauses(c.quote)]
    for span in clauses(text):
        told = bigrams(span.of(text))
        shared = [(len(told & bigrams(clause)), before) for clause, before in ahead]
        most, before = max(shared, default=(0, ""), key=lambda pair: pair[0])
        if most > 1 and says_planned(before):
            return True
    return False


def _arranged(answer: Answer, good: Sequence[Claim]) -> list[Claim]:
    """The answer's claims in their order, each place's own replaced by what holds of the model's about it."""
    drafted: dict[str | None, list[Claim]] = {}
    for claim in good:
        mine = drafted.setdefault(claim.place, [])
        if sum(len(c.text) for c in mine) + len(claim.text) <= _PER_PLACE:
            mine.append(claim)
    claims: list[Claim] = []
    for claim in answer.claims:
        if claim.derivation is not None or claim.place not in drafted:
            claims.append(claim)
        else:
            claims += [c for c in drafted[claim.place] if c not in claims]
    return claims


def _text(answer: Answer, claims: Sequence[Claim], good: Sequence[Claim]) -> str:
    """The claims with their marks, after the answer's own lead; what stood only in the table stays there."""
    at = answer.text.find(answer.claims[0].text)
    parts = [answer.text[:at] if at > 0 and answer.text[at - 1] == "：" else ""]
    for claim in claims:
        if claim in good or claim.text in answer.text:
            counts = claim.derivation is not None and claim.derivation.operation == "count"
            parts.append(claim.text + ("：" if counts else "".join(f"[{n}]" for n in claim.citations) + "。"))
    return "".join(parts)
