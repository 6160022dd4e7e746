"""An answer in the making: pieces of text, each with the claim that carries it, table rows, caveats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from answer.amended import amend
from answer.cite import Citations
from answer.plan import Question
from answer.say import name_of
from answer.sources import Sources
from answer.verify import verify_claims
from corpus.labels import NOT_FOUND
from corpus.model import Answer, Claim, Coverage, Derivation, Table

ROOM = 400
ROOM_PER_PLACE = 250
"""Most characters of a text, and more for each place answered."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence of the text; without a claim it holds no number and states no fact."""

    text: str
    claim: Claim | None = None
    marks: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """A table row, shown only while its claim holds."""

    cells: tuple[str, ...]
    claim: Claim


@dataclass
class Composition:
    """What an operation makes; ``finish`` verifies it and turns it into an answer."""

    question: Question
    sources: Sources
    citations: Citations
    pieces: list[Piece] = field(default_factory=list)
    columns: tuple[str, ...] = ()
    rows: list[Row] = field(default_factory=list)
    caveats: list[str] = field(default_factory=list)
    refusal: str | None = None
    with_evidence: set[str] = field(default_factory=set)
    asked: tuple[str, ...] = ()

    def say(self, text: str, claim: Claim | None = None, *, marks: bool = True) -> None:
        """Add a sentence once; ``marks`` off leaves its citation marks to the sentences after it."""
        if all(piece.text != text for piece in self.pieces):
            self.pieces.append(Piece(text, claim, marks))

    def claim(
        self, text: str, place: str | None, citations: Sequence[int], derivation: Derivation | None = None
    ) -> Claim:
        """A claim, its corrected figures told as such; ``place`` counts as one with evidence; None or "" of several."""
        if place:
            self.with_evidence.add(place)
        if derivation is None or derivation.operation == "year":
            text, changed = amend(text, [self.citations.made[n - 1] for n in citations], self.sources)
            derivation = derivation or changed
        return Claim(text, place or None, tuple(dict.fromkeys(citations)), derivation)

    def holding(self, claims: Sequence[Claim]) -> list[Claim]:
        """Those of the claims that verify."""
        verdicts = verify_claims(claims, self.citations.made, self.sources)
        return [c for c, v in zip(claims, verdicts, strict=True) if v.verified]

    def name(self, adcode: str) -> str:
        """The name of a place for a sentence; "" of none."""
        return name_of(self.sources.gazetteer.place(adcode)) if adcode else ""

    def warn(self, text: str) -> None:
        """Add a caveat once."""
        if text not in self.caveats:
            self.caveats.append(text)

    def refuse(self, reason: str) -> None:
        """There is no answer; ``reason`` says why."""
        self.refusal = reason

    def finish(self, mode: str = "extractive") -> Answer:
        """The answer: what does not verify is left out; if nothing is left, it is a refusal."""
        claims = list(dict.fromkeys(p.claim for p in self.pieces if p.claim is not None))
        verdicts = verify_claims(claims, self.citations.made, self.sources)
        good = {c: replace(c, verified=True) for c, v in zip(claims, verdicts, strict=True) if v.verified}
        if claims and not good and self.refusal is None:
            self.refusal = "找到的内容与原文逐字比对不一致，不予采用"
        kept = [p for p in self.pieces if p.claim is None or p.claim in good]
        if self.refusal is not None:
            kept = [Piece(f"{NOT_FOUND}可以回答的内容：{self.refusal}。"), *(p for p in kept if p.claim is not None)]
        return self._answer(kept, good, mode)

    def _answer(self, kept: Sequence[Piece], good: dict[Claim, Claim], mode: str) -> Answer:
        rows = [r for r in self.rows if r.claim in good] if self.refusal is None else []
        shown = self._fit(kept)
        used = [p.claim for p in shown if p.claim and p.marks] + [r.claim for r in rows]
        used += [p.claim for p in shown if p.claim]
        number = {n: i for i, n in enumerate(dict.fromkeys(n for c in used for n in c.citations), 1)}
        by_n = {c.n: c for c in self.citations.made}
        citations = tuple(replace(by_n[old], n=new) for old, new in number.items())
        claims = dict.fromkeys([p.claim for p in shown if p.claim] + [r.claim for r in rows])
        return Answer(
            question=self.question.text, mode="llm" if mode == "llm" else "extractive", plan=self.question.plan,
            text=_ended("".join(_marked(p, number) for p in shown)),
            coverage=self._coverage({c.place for c in claims if c.place}),
            claims=tuple(_renumbered(good[c], number) for c in claims), citations=citations,
            table=self._table(rows, number), refused=self.refusal is not None, reason=self.refusal,
            caveats=tuple(self.caveats),
        )  # fmt: skip

    def _fit(self, kept: Sequence[Piece]) -> list[Piece]:
        """As many pieces as the room allows; the table still has all rows."""
        room = ROOM + ROOM_PER_PLACE * len({p.claim.place for p in kept if p.claim and p.claim.place})
        shown: list[Piece] = []
        for piece in kept:
            room -= len(piece.text) + 6
            if room < 0:
                self.warn("内容较多，文字只列出一部分，其余见表。")
                break
            shown.append(piece)
        return shown

    def _table(self, rows: Sequence[Row], number: dict[int, int]) -> Table | None:
        if not rows:
            return None
        cited = tuple(
            tuple(tuple(number[n] for n in r.claim.citations) if i else () for i in range(len(r.cells))) for r in rows
        )
        return Table(self.columns, tuple(r.cells for r in rows), cited)

    def _coverage(self, evident: set[str]) -> Coverage:
        asked = self.asked or self.question.places
        contains = self.sources.gazetteer.contains
        met = [p for p in asked if any(contains(p, e) for e in evident)]
        return Coverage(
            places_in_library=len(self.sources.places), places_asked=tuple(asked),
            places_with_evidence=tuple(sorted(evident)), places_without=tuple(p for p in asked if p not in met),
        )  # fmt: skip


def _marked(piece: Piece, number: dict[int, int]) -> str:
    """A piece with its citation marks before its end mark."""
    if piece.claim is None or not piece.marks:
        return piece.text
    marks = "".join(f"[{number[n]}]" for n in piece.claim.citations)
    text = piece.text
    return text[:-1] + marks + text[-1] if text and text[-1] in "。；，、" else text + marks


def _ended(text: str) -> str:
    """With a full stop at its end."""
    return text.rstrip("；，：、") + "。" if text.endswith(("；", "，", "：", "、")) else text


def _renumbered(claim: Claim, number: dict[int, int]) -> Claim:
    return replace(claim, citations=tuple(number[n] for n in claim.citations))
