"""Is a number told of what the source told it of? Numbers are bound to their words, direction, relation and denial."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.model import Citation, Fact, Quantity
from corpus.spacing import squeezed
from extract.lists import words
from extract.measures import dimension
from extract.quantities import scan
from extract.sentences import clauses
from extract.tokens import plain_tokens

_UP = re.compile(r"增|升|提高|上涨|扩大|新增|高[出于]?$")
_DOWN = re.compile(r"降|减|缩|下滑|回落|低于?$")
_FROM = re.compile(r"(?:由|从|原来?的?|原先的?|去年底?的?|年初的?|上年末?的?|此前的?)\s?$")
_CHANGED = re.compile(r"增|减|升|降|提高|缩|涨|较|比|同比|环比|新增|高出|多")
_DENIED = re.compile(r"未(?!来|必|成年)|没有|尚无|不足以|无[一需]")
_WHOLE = re.compile(r"全部|所有|悉数|无一例外")
_EACH = re.compile(r"(?<![平人户年日月])均(?![衡匀等价可])")
_BARE = re.compile(
    r"(?<![\d一二两三四五六七八九十百千万亿近上超约逾数几成])[百千万亿]{1,2}[余多]?[个名人户家件场次条项元]"
)
_MARKS = re.compile(r"[\W_]+")
_OF_TIME = words("not_head")
_NEAR = 8
_BARE_CLAUSE = 6
"""Up to how many characters beside its number a clause leaves it to the clause before to say what is counted."""


def bound(text: str, quantity: Quantity, same: Sequence[Fact], cited: Sequence[Citation]) -> str | None:
    """Why a number of a claim is not what the source says with it, or None.

    ``same`` are the cited facts of its value, unit and bound; a number that is no fact (每季度一次) stands beside the
    same characters.
    """
    if not same:
        return None if _stands_alike(text, quantity, cited) else f"{quantity.surface!r} 在原文中说的不是这件事"
    reasons = [_differs(text, quantity, fact, cited) for fact in same]
    return None if not reasons or None in reasons else reasons[0]


def _stands_alike(text: str, quantity: Quantity, cited: Sequence[Citation]) -> bool:
    """Whether a quote has an equal number with the same character before or the same two behind it."""
    before, after = _beside(text, quantity)
    for citation in cited:
        for other in scan(citation.quote):
            left, right = _beside(citation.quote, other)
            if other.value == quantity.value and ((before and before == left) or (after and after == right)):
                return True
    return False


def _beside(text: str, quantity: Quantity) -> tuple[str, str]:
    """The character before a number and the two behind it, punctuation apart."""
    return _MARKS.sub("", text[: quantity.span.start])[-1:], _MARKS.sub("", text[quantity.span.end :])[:2]


def _differs(text: str, quantity: Quantity, fact: Fact, cited: Sequence[Citation]) -> str | None:
    clause = _clause(fact)
    if squeezed(clause) in squeezed(text):
        return None
    before, after = text[: quantity.span.start], text[quantity.span.end :]
    close = dimension(quantity.unit) != "ratio" and _neighbours(before, after, fact)
    if not close and fact.object[-2:] not in _told_with(text, quantity):
        return f"{quantity.surface!r} 在原文中说的是“{fact.object}”"
    return (
        _of_another(text, quantity, fact)
        or _past(text, fact)
        or _relation(before, quantity, fact)
        or _direction(before, quantity, fact)
        or _denial(text, clause, quantity)
    )


def _told_with(text: str, quantity: Quantity) -> str:
    """The clause of a claim that a number stands in, with the one before where it says hardly more than the number."""
    spans = clauses(text)
    at = next((i for i, c in enumerate(spans) if c.start <= quantity.span.start < c.end), None)
    if at is None:
        return text
    bare = len(_MARKS.sub("", spans[at].of(text).replace(quantity.surface, ""))) <= _BARE_CLAUSE
    return text[spans[max(at - bare, 0)].start : spans[at].end]


def _of_another(text: str, quantity: Quantity, fact: Fact) -> str | None:
    """A word that the source says only of another number of the same unit (约谈14家，清退3家)."""
    own = _clause(fact) + fact.object + fact.action + fact.subject + (fact.period.text or "")
    own += "".join(fact.place.path) if fact.place else ""
    told = next((c.of(text) for c in clauses(text) if c.start <= quantity.span.start < c.end), text)
    for span in clauses(fact.sentence_text):
        other = span.of(fact.sentence_text)
        if _clause(fact) in other or not any(q.unit == quantity.unit for q in scan(other)):
            continue
        for word in plain_tokens(told):
            telling = len(word.word) > 1 and (word.is_noun or word.is_verb) and word.word not in _OF_TIME
            if telling and word.word in other and word.word not in own:
                return f"{quantity.surface!r} 在原文中与“{word.word}”无关"
    return None


def _past(text: str, fact: Fact) -> str | None:
    """A figure of last year is told as one, and one of this year is not told as last year's."""
    stated = fact.period.text or ""
    if fact.period.basis == "stated" and (past := re.search(r"去年|上年|前年", stated)) and past.group() not in text:
        return f"这是{past.group()}的数"
    years, told = (set(re.findall(r"\d{4}(?=年)", t)) for t in (stated, text))
    if fact.period.basis == "stated" and len(years) == 1 and told and not years & told:
        return f"这是{years.pop()}年的数"
    if "今年" in stated and re.search(r"(?:去年|上年)(?!同期|末|底)", text):
        return "这是今年的数"
    return None


def _neighbours(before: str, after: str, fact: Fact) -> bool:
    """Whether the characters on one side of the number are the same in claim and source."""
    at = fact.quantity.span.start - fact.sentence.start
    left, right = fact.sentence_text[:at], fact.sentence_text[at + len(fact.quantity.surface) :]
    return (len(before) >= 2 and before[-2:] == left[-2:]) or (len(after) >= 2 and after[:2] == right[:2])


def _relation(before: str, quantity: Quantity, fact: Fact) -> str | None:
    """A baseline is told with 由 or 从, or with its own time, a change as a change."""
    kinds = {r.type for r in fact.relations}
    dated = fact.period.basis == "stated" and fact.period.text and fact.period.text in before
    if "baseline_of" in kinds and not _FROM.search(before) and not dated:
        return f"{quantity.surface!r} 是变化前的数"
    if "baseline_of" not in kinds and re.search(r"[由从]\s?$", before):
        return f"{quantity.surface!r} 不是变化前的数"
    if "change_of" in kinds and not _CHANGED.search(before[-_NEAR:]):
        return f"{quantity.surface!r} 是变化的幅度"
    return None


def _direction(before: str, quantity: Quantity, fact: Fact) -> str | None:
    at = fact.quantity.span.start - fact.sentence.start
    told, said = before[-_NEAR:], fact.sentence_text[max(0, at - _NEAR) : at]
    turned = (_UP.search(told) and not _UP.search(said) and _DOWN.search(said)) or (
        _DOWN.search(told) and not _DOWN.search(said) and _UP.search(said)
    )
    return f"{quantity.surface!r} 的升降与原文相反" if turned else None


def _denial(text: str, clause: str, quantity: Quantity) -> str | None:
    if _DENIED.search(clause) and not _DENIED.search(text):
        return f"{quantity.surface!r} 在原文中说的是没有或未做"
    return None


def vague_kept(text: str, cited: Sequence[Citation]) -> bool:
    """Whether 近千户 did not become 千户: a bare scale stands as it does in the source."""
    quotes = "".join(c.quote for c in cited)
    return all(
        m.group() in quotes and not re.search(rf"[近上超约逾数几]{m.group()}", quotes) for m in _BARE.finditer(text)
    )


def whole_kept(text: str, cited: Sequence[Citation]) -> bool:
    """Whether 全部 and 所有 are the source's own."""
    return all(not word.search(text) or any(word.search(c.quote) for c in cited) for word in (_WHOLE, _EACH))


def _clause(fact: Fact) -> str:
    at = fact.quantity.span.start - fact.sentence.start
    spans = clauses(fact.sentence_text)
    clause = next((s.of(fact.sentence_text) for s in spans if s.start <= at < s.end), fact.sentence_text)
    return clause.rstrip("，,。；;：:！？")
