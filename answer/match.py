"""Which facts and which sentences of the library speak to a question, over all of it, not the top few."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from answer.plan import Question
from answer.sources import Sources
from answer.words import Term, covered
from corpus.catalogue import Scope
from corpus.model import Article, Fact, Span
from corpus.rows import about, plain
from corpus.script import simplified
from extract.actions import action_class, known_actions
from extract.measures import dimension
from extract.sentences import clause_of, sentences

ENOUGH = 0.6
"""The share of a question's subject that evidence must have."""
MOST = 0.85
"""The share that a figure must have where no figure was asked for."""
_CHANGE = re.compile(r"增[长幅速]|提高|下降|降幅|同比|环比|涨")
_COUNTED = {"thing", "body", "text"}
_LOOSE = {"reach", "other"}


@dataclass(frozen=True, slots=True)
class FoundFact:
    """A fact and how well it fits, 0 to 1."""

    fact: Fact
    score: float


@dataclass(frozen=True, slots=True)
class FoundSentence:
    """A sentence of an article and how well it fits, 0 to 1."""

    article: Article
    span: Span
    score: float

    @property
    def text(self) -> str:
        """Its characters."""
        return self.span.of(self.article.body)


def find_facts(question: Question, sources: Sources) -> list[FoundFact]:
    """The facts in the question's places and period that count what it asks, copies left out, best first."""
    asks_change = _CHANGE.search(question.text) is not None
    found: list[FoundFact] = []
    for fact in sources.catalogue.facts(scope_of(question), about=_counted(question)):
        if fact.stands and _in_period(question, fact) and (asks_change or not is_change(fact)):
            score = fit(question, fact)
            if score >= (ENOUGH if question.counts else MOST):
                found.append(FoundFact(fact, score))
    exact = [f for f in found if question.unit and f.fact.quantity.unit == question.unit]
    kept = exact if exact and len(exact) * 2 >= len(found) else found
    kept = [f for f in kept if f.fact.subject in question.bodies] or kept
    if question.planned is not None and question.plan.operation != "check" and not question.assumed:
        meant = [f for f in kept if (f.fact.status == "planned") is question.planned]
        kept = meant or kept
    best: dict[str, float] = {}
    for each in kept:
        best[_where(each.fact)] = max(best.get(_where(each.fact), 0.0), each.score)
    return sorted((f for f in kept if f.score >= best[_where(f.fact)] - 0.25), key=lambda f: -f.score)


def _where(fact: Fact) -> str:
    return fact.place.adcode if fact.place else ""


def _counted(question: Question) -> list[str]:
    """The words one of which a figure must count to fit at all; none where the question names nothing."""
    heads = _heads(question)
    words = {form for term in heads for form in term.forms}
    if heads and question.counts:
        words.add(heads[-1].word[-2:])
    return sorted(words)


def is_change(fact: Fact) -> bool:
    """Whether a figure tells by how much another changed; such a one is never a level."""
    return any(r.type == "change_of" for r in fact.relations)


def scope_of(question: Question) -> Scope:
    """The places of a question as a catalogue scope."""
    return Scope(question.places)


def fit(question: Question, fact: Fact) -> float:
    """How well a fact fits: its object and action first, its sentence less; nothing where unit or action differ."""
    if not _same_kind(question, fact) or not _same_action(question, fact):
        return 0.0
    if any(body not in fact.subject + fact.sentence_text for body in question.bodies):
        return 0.0
    own = about(fact)
    sentence = _plain(f"{fact.subject} {fact.sentence_text}")
    whole = sum(t.weight for t in question.wanted)
    alike = _head_alike(question, fact, own)
    if not whole or not alike:
        return 0.0
    heads = _heads(question)
    got = sum(
        t.weight * (1.0 if t.within(own) else alike if t in heads else 0.6 if t.within(sentence) else 0.0)
        for t in question.wanted
    )
    return got / whole


def _same_kind(question: Question, fact: Fact) -> bool:
    if question.unit is None:
        return True
    asked, given = dimension(question.unit), dimension(fact.quantity.unit)
    loose = _COUNTED | {"person", "household"} if question.unit == "个" else _COUNTED
    return asked == given or (asked in loose and given in loose)


def _same_action(question: Question, fact: Fact) -> bool:
    """The question's verb and the fact's are of one class, or one of them says nothing in particular."""
    if question.phrase is None or not question.phrase.action or not fact.action:
        return True
    asked, done = action_class(question.phrase.action), action_class(fact.action)
    if asked.name in _LOOSE or done.name in _LOOSE or asked.name == done.name:
        return True
    return question.phrase.action in clause_of(fact)


def _head_alike(question: Question, fact: Fact, own: str) -> float:
    """1 where the fact counts the thing asked for, less where only the last word agrees (微驿站), else 0."""
    heads = _heads(question)
    if not heads or any(t.within(own) for t in heads):
        return 1.0
    tail = heads[-1].word[-2:]
    return 0.8 if question.counts and len(heads[-1].word) > 2 and _plain(fact.object).endswith(tail) else 0.0


def _heads(question: Question) -> Sequence[Term]:
    nouns = [t for t in question.wanted if t.word not in known_actions()]
    if question.phrase and question.phrase.object:
        heads = [t for t in nouns if t.word in question.phrase.object]
        if heads:
            return heads[-1:]
        done = [t for t in question.wanted if t.word in question.phrase.action]
        if done and question.phrase.where == "none":
            return done[-1:]
    return nouns[-1:] if question.counts and nouns else question.wanted


def find_sentences(question: Question, sources: Sources, *, per_place: int = 3) -> dict[str, list[FoundSentence]]:
    """For each place of the library in the question's scope, its sentences that speak to it, best first."""
    found: dict[str, list[FoundSentence]] = {}
    for article in _candidates(question, sources):
        if article.place is None or not article.stands:
            continue
        for hit in speaking(article, question.wanted):
            found.setdefault(article.place.adcode, []).append(hit)
    return {place: _top(hits, per_place) for place, hits in sorted(found.items())}


def speaking(article: Article, wanted: Sequence[Term]) -> Iterable[FoundSentence]:
    """The sentences of an article that have enough of the terms."""
    for span in sentences(article.body):
        if any(span.overlaps(repeat) for repeat in article.repeats):
            continue
        score = covered(wanted, _plain(span.of(article.body)))
        if score >= ENOUGH:
            yield FoundSentence(article, span, score)


def _candidates(question: Question, sources: Sources) -> list[Article]:
    """Articles that have the weightiest term in some form; all in scope where the question has no term."""
    scope = scope_of(question)
    if not question.wanted:
        return sources.catalogue.articles(scope=scope)
    heaviest = sorted(question.wanted, key=lambda t: -t.weight)[:2]
    ids = {i for term in heaviest for i in sources.catalogue.articles_with(sorted(term.forms), scope)}
    return sources.catalogue.articles(ids)


def _top(hits: list[FoundSentence], n: int) -> list[FoundSentence]:
    best = max(h.score for h in hits)
    kept = [h for h in hits if h.score >= best - 0.2]
    return sorted(kept, key=lambda h: (-h.score, h.article.id, h.span))[:n]


def _in_period(question: Question, fact: Fact) -> bool:
    asked = question.plan.period
    if asked is None or asked.start is None or asked.end is None:
        return True
    if fact.period.end is None:
        return fact.period.start is None
    return (fact.period.start or fact.period.end) <= asked.end and fact.period.end >= asked.start


def _plain(text: str) -> str:
    return plain(simplified(text))
