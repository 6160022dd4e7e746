"""An article → its facts: every quantity that counts something, with what, who, where, when and how surely."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.indicators import Indicator, indicators
from corpus.model import Article, Fact, Period, Quantity, Relation, Span, content_id
from corpus.places import Gazetteer
from corpus.script import simplified
from extract.classify import classify, object_head
from extract.exclude import context, reason
from extract.measures import dimension
from extract.period import find_period
from extract.phrase import Phrase, phrases
from extract.quantities import scan
from extract.relations import respectively, ties
from extract.sentences import clauses, paragraphs, sentences
from extract.status import status_of
from extract.subject import LOW, Subject, Subjects, place_spans
from extract.tables import table_facts, table_sentences

RULES = "2026.11.2"
"""Version of the extraction rules; stored with every fact and practice."""


@dataclass(frozen=True)
class Rules:
    """What extraction knows beside the text."""

    gazetteer: Gazetteer
    indicators: Mapping[str, Indicator]

    @staticmethod
    def load(overrides: Path | None = None) -> Rules:
        """The package's rules with the library's ``overrides`` folder on top."""
        return Rules(Gazetteer.load(overrides), indicators(overrides))


def facts(article: Article, rules: Rules) -> tuple[Fact, ...]:
    """The facts of an article, in text order; repeated ones carry ``duplicate_of``.

    Traditional script is read in simplified characters; what is quoted stays as written.
    """
    plain = replace(article, title=simplified(article.title), body=simplified(article.body))
    if plain.body == article.body:
        return _facts(plain, rules)
    return tuple(_as_written(fact, article.body) for fact in _facts(plain, rules))


def _as_written(fact: Fact, body: str) -> Fact:
    quantity = replace(fact.quantity, surface=fact.quantity.span.of(body))
    return replace(fact, quantity=quantity, sentence_text=fact.sentence.of(body))


def _facts(article: Article, rules: Rules) -> tuple[Fact, ...]:
    subjects = Subjects(article, rules.gazetteer)
    around = context(article.body, place_spans(subjects))
    quantities = [q for q in scan(article.body) if reason(q, around) is None]
    found: list[Fact] = []
    earlier: tuple[Quantity, Phrase] | None = None
    for sentence in _sentences(article):
        inside = [q for q in quantities if sentence.start <= q.span.start and q.span.end <= sentence.end]
        if inside:
            named = phrases(article.body, sentence, inside, earlier)
            found += _of_sentence(article, sentence, list(zip(inside, named, strict=True)), subjects, rules)
            earlier = inside[-1], named[-1]
    if article.tables:
        found += table_facts(article, subjects, rules.indicators, RULES)
        found.sort(key=lambda fact: fact.quantity.span)
    return tuple(_restated(_inherit_periods(article, _under_plans(article.body, found))))


def _sentences(article: Article) -> list[Span]:
    """The sentences of the text and of the cells of its tables."""
    if not article.tables:
        return sentences(article.body)
    tables = [Span(grid.rows[0][0].start, grid.rows[-1][-1].end) for grid in article.tables]
    running = [s for s in sentences(article.body) if not any(s.overlaps(table) for table in tables)]
    return sorted([*running, *table_sentences(article)])


def _of_sentence(
    article: Article, sentence: Span, counted: Sequence[tuple[Quantity, Phrase]], subjects: Subjects, rules: Rules
) -> list[Fact]:
    body = article.body
    inside, named = [q for q, _ in counted], [p for _, p in counted]
    for at, action in respectively(body, sentence, inside).items():
        named[at] = replace(named[at], action=action)
    made = [
        _fact(article, sentence, quantity, phrase, subjects.at(sentence, quantity.span.start), rules)
        for quantity, phrase in zip(inside, named, strict=True)
    ]
    for tie in ties(body, sentence, inside, named):
        relation = Relation(tie.type, made[tie.to].id)
        made[tie.at] = replace(made[tie.at], relations=(*made[tie.at].relations, relation))
    return made


def _fact(article: Article, sentence: Span, quantity: Quantity, phrase: Phrase, subject: Subject, rules: Rules) -> Fact:
    body = article.body
    clause = _clause(body, sentence, quantity.span)
    indicator, name = classify(phrase, quantity.unit, clause, rules.indicators)
    quantity = _as_share(quantity)
    left = body[sentence.start : quantity.span.start]
    period = find_period(left, article.published_on) or Period()
    everyone = quantity.unit is not None and any(w in clause for w in ("全部", "均已", "全覆盖")) and "的" in left[-2:]
    abroad = subject.level == "national" and article.place is not None
    return Fact(
        id=content_id(article.id, str(quantity.span.start), str(quantity.span.end)),
        article=article.id, document=article.document, name=article.name, quantity=quantity,
        indicator=indicator, indicator_name=name, object=phrase.object, action=phrase.action,
        subject=subject.name, subject_level=subject.level, place=subject.place, period=period,
        status=status_of(left, clause, background=abroad), sentence=sentence, sentence_text=sentence.of(body),
        source=article.source(quantity.span), denominator=str(quantity.value) if everyone else None,
        flags=() if period.text else ("no_period",), rules=RULES,
    )  # fmt: skip


def _as_share(quantity: Quantity) -> Quantity:
    """三分之二 of a population is 66.666667 %."""
    if quantity.unit is None and "分之" in quantity.surface:
        return replace(quantity, value=round(quantity.value * 100, 6).normalize(), unit="%")
    return quantity


def _clause(body: str, sentence: Span, span: Span) -> str:
    for clause in clauses(body, sentence):
        if clause.start <= span.start < clause.end:
            return clause.of(body)
    return sentence.of(body)


def _under_plans(body: str, found: Sequence[Fact]) -> list[Fact]:
    """Figures below a heading of plans (下半年打算) are planned, until a heading that is none."""
    planned: list[Span] = []
    below = False
    for paragraph in paragraphs(body):
        text = paragraph.of(body)
        if len(text) <= 36 and not re.search(r"[。；]", text):
            below = re.search(r"打算|下一步|下步|工作计划|工作安排|目标任务|工作思路", text) is not None
        elif below:
            planned.append(paragraph)
    return [
        replace(f, status="planned") if f.status == "done" and any(f.sentence.overlaps(p) for p in planned) else f
        for f in found
    ]


def _inherit_periods(article: Article, found: Sequence[Fact]) -> list[Fact]:
    """A fact without a period takes the one stated before it in its paragraph."""
    made: list[Fact] = []
    for paragraph in paragraphs(article.body):
        last: Period | None = None
        for fact in found:
            if not paragraph.start <= fact.quantity.span.start < paragraph.end:
                continue
            if fact.period.text:
                last = fact.period
            elif last is not None and "table" not in fact.flags:
                fact = replace(fact, period=replace(last, basis="inherited"), flags=())
            made.append(fact)
    return made


def _restated(found: Sequence[Fact]) -> list[Fact]:
    """The same figure of the same thing told again in the article points at the first telling."""
    first: dict[tuple[object, ...], str] = {}
    made: list[Fact] = []
    for fact in found:
        q = fact.quantity
        place = fact.place.adcode if fact.place else None
        whose = fact.subject if fact.subject_level in LOW else ""
        told = (q.value, q.value_high, q.unit, q.bound)
        key = (told, place, fact.subject_level, whose, object_head(fact.object), fact.status, fact.period.end)
        earlier = first.setdefault(key, fact.id)
        plain = q.value < 2 or dimension(q.unit) == "ratio"
        if earlier != fact.id and not (plain and not _repeats(fact, made)):
            fact = replace(fact, duplicate_of=earlier, relations=(*fact.relations, Relation("repeats", earlier)))
        made.append(fact)
    return made


def _repeats(fact: Fact, made: Sequence[Fact]) -> bool:
    return any(other.sentence_text == fact.sentence_text and other.sentence != fact.sentence for other in made)
