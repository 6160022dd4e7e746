"""An article → its facts: every quantity that counts something, with what, who, where, when and how surely."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from corpus.indicators import Indicator, indicators
from corpus.model import Article, Fact, Period, Quantity, Relation, Span, Status, content_id, overlapped
from corpus.places import Gazetteer
from corpus.script import simplified
from extract.actions import action_class
from extract.classify import classify, object_head
from extract.exclude import context, reason
from extract.listed import of_lists
from extract.measures import dimension
from extract.period import NAMED_YEAR, SAME_SPAN, find_period, is_wide, leading_period, period_spans, same_span
from extract.phrase import Phrase, phrases
from extract.quantities import scan
from extract.relations import is_base, respectively, ties
from extract.sentences import clauses, paragraphs, sentences
from extract.status import says_planned, status_of
from extract.subject import LOW, Subject, Subjects, place_spans
from extract.tables import table_facts, table_sentences

RULES = "2026.11.7"
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


_EARLIER = 24
"""Figures before a sentence, one of which it may take up."""


def _facts(article: Article, rules: Rules) -> tuple[Fact, ...]:
    subjects = Subjects(article, rules.gazetteer)
    around = context(article.body, place_spans(subjects))
    quantities = [q for q in scan(article.body) if reason(q, around) is None]
    found: list[Fact] = []
    earlier: deque[tuple[Quantity, Phrase]] = deque(maxlen=_EARLIER)
    for sentence in _sentences(article):
        first, last = (bisect_left(quantities, at, key=lambda q: q.span.start) for at in (sentence.start, sentence.end))
        inside = [q for q in quantities[first:last] if q.span.end <= sentence.end]
        if inside:
            named = phrases(article.body, sentence, inside, earlier)
            found += _of_sentence(article, sentence, list(zip(inside, named, strict=True)), subjects, rules)
            earlier.extend(zip(inside, named, strict=True))
    names = sorted([*place_spans(subjects), *period_spans(article.body)])
    found = of_lists(article.body, found, names, rules.indicators)
    if article.tables:
        found += table_facts(article, subjects, rules.indicators, RULES)
        found.sort(key=lambda fact: fact.quantity.span)
    return tuple(_restated(_enumerated(_inherit_periods(article, _under_plans(article.body, found)))))


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
    based = is_base(left, body[quantity.span.end : sentence.end])
    when = re.split("较|比", left)[-1] if based else _COMPARED.sub("", left)
    period = find_period(when, article.published_on) or Period()
    if _YEARS_SUMMED.search(left):
        period = _whole_of(left, article.published_on) or period
    everyone = quantity.unit is not None and any(w in clause for w in ("全部", "均已", "全覆盖")) and "的" in left[-2:]
    abroad = subject.level == "national" and article.place is not None
    status = _status(article, quantity, left, clause, body[quantity.span.end : sentence.end], abroad=abroad)
    to_come = bool(article.published_on and period.end) and str(period.end) > str(article.published_on)
    if status == "done" and to_come and says_planned(left):
        status = "planned"
    return Fact(
        id=content_id(article.id, str(quantity.span.start), str(quantity.span.end)),
        article=article.id, document=article.document, name=article.name, quantity=quantity,
        indicator=indicator, indicator_name=name, object=phrase.object, action=phrase.action,
        subject=subject.name, subject_level=subject.level, place=subject.place, period=period,
        status=status,
        sentence=sentence, sentence_text=sentence.of(body),
        source=article.source(quantity.span), denominator=str(quantity.value) if everyone else None,
        flags=() if period.text else ("no_period",), rules=RULES,
    )  # fmt: skip


_COMPARED = re.compile(r"[较比](?:去年|上年|\d{4}年)[^，。；]{0,60}[，；]")
"""What earlier figures of a sentence are compared with, whose times are not those of what follows."""
_YEARS_SUMMED = re.compile("(?<!\\d)[两三四五六七八九十\\d]年(?:来|间)?(?:一?共计?|合计|累计|总计)[^，。；\\d]{0,6}$")
"""Behind the figures of several years, their sum (2024年16万亩、2025年15万亩，两年共31万亩)."""


def _whole_of(text: str, published: str | None) -> Period | None:
    """From the first to the last of the periods that a text tells; none unless it tells two."""
    told = [p for s in period_spans(text) if (p := find_period(s.of(text), published)) and p.start and p.end]
    if len(told) < 2:
        return None
    start, end = min(str(p.start) for p in told), max(str(p.end) for p in told)
    return Period(f"{told[0].text}至{told[-1].text}", start, end, "stated")


def _status(article: Article, quantity: Quantity, left: str, clause: str, right: str, *, abroad: bool) -> Status:
    """As the words around tell; what a notice wants of others at least is still to be done."""
    status = status_of(left, clause, right, background=abroad)
    demanded = article.kind in ("notice", "policy") and quantity.bound == "at_least"
    arranged = _ARRANGED.search(left) if article.published_on else None
    ahead = arranged is not None and arranged["year"] >= (article.published_on or "")[:4]
    ahead = ahead and dimension(quantity.unit) != "money"
    return "planned" if (demanded or ahead) and status == "done" else status


_ARRANGED = re.compile(r"(?P<year>20\d{2})年(?![^，。；]*已)[^，。；\d]{0,6}安排[^，。；\d]{0,8}$")
"""What a year that is not over has in hand (2026年安排300户)."""


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


_PARAGRAPH = 8
"""Sentences of the longest paragraph that a period at its beginning is taken to hold for."""
_PRESENT = re.compile(r"目前|如今|现有|现已|当前|眼下")
_THAT_DAY = re.compile("当天|当日|当晚|(?:活动|仪式|大集|大会|比赛)现场|(?:[仪幕]式|(?<!社)会|活动)上|活动中")
"""Words that take up the day told before."""
_FOUNDED = re.compile(r"(?:成立|运行|启用|开办|投用|实施|开展|开业|组建|创建|建成)以来")


_RUN_IN = re.compile(r"\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)])[^，。；：]{2,18}。")
"""A numbered heading run into its paragraph (四、下半年重点。武康街道再建2家)."""
_OF_PLANS = re.compile("打算|下一步|下步|(?:工作|下半年|明年|下一阶段)(?:计划|安排|重点|任务)|目标任务|工作思路")


_OF_RESULTS = re.compile("完成|落实|执行|情况|成效|进展|强化")
_SAID_DONE = re.compile("已|今年以来|上半年[^，。；]{0,8}(?:完成|建成)|截[至止]")


def _under_plans(body: str, found: Sequence[Fact]) -> list[Fact]:
    """Figures below a heading of plans (下半年打算) are planned, until a heading that is none."""
    planned: list[Span] = []
    below = False
    for paragraph in paragraphs(body):
        text = paragraph.of(body)
        head = _RUN_IN.match(text)
        if head or (len(text) <= 36 and not re.search(r"[。；]", text)):
            told = head.group() if head else text
            below = _OF_PLANS.search(told) is not None and not _OF_RESULTS.search(told)
        if below and (head or len(text) > 36 or re.search(r"[。；]", text)):
            planned.append(paragraph)
    return [
        replace(f, status="planned")
        if f.status == "done" and overlapped(planned, f.sentence) and not _SAID_DONE.search(f.sentence_text)
        else f
        for f in found
    ]


def _inherit_periods(article: Article, found: Sequence[Fact]) -> list[Fact]:
    """A fact without a period takes the one the sentence before it stated, or its paragraph began with (2025年，…).

    What a paragraph begins with must be longer than a month, and holds neither through a long one, as where a whole
    article is one, nor beyond a word of the present (如今), nor beyond another period. 当天 takes up the last day told.
    What a place has done since it was founded (该中心成立以来) began when that is said to have been. What is left has
    the period of the title, where that has one (2026年上半年…情况通报).
    """
    body, published = article.body, article.published_on
    waiting = deque(found)
    made: list[Fact] = []
    for paragraph in paragraphs(body):
        spans = sentences(body, paragraph)
        carried: Period | None = None
        head: Period | None = None
        day: Period | None = None
        for sentence in spans:
            text = sentence.of(body)
            if _PRESENT.search(text):
                carried = head = None
            if _THAT_DAY.search(text):
                carried = carried or day
            since = _FOUNDED.search(text)
            while waiting and waiting[0].quantity.span.start < sentence.end:
                fact = waiting.popleft()
                fact = _in_same_span(fact, carried)
                named = NAMED_YEAR.search(body, sentence.start, fact.quantity.span.start) is not None
                if not fact.period.text and carried is not None and not named and "table" not in fact.flags:
                    period = replace(carried, basis="inherited")
                    if since and carried.start and body.find(since[0], sentence.start, fact.quantity.span.start) >= 0:
                        period = replace(period, text=since[0], end=published)
                    fact = replace(fact, period=period, flags=())
                made.append(fact)
                based = any(r.type == "baseline_of" for r in fact.relations)
                based = based or (fact.period.text or "").endswith(SAME_SPAN)
                if fact.period.basis == "stated" and not based and _is_adverbial(fact.period.text or "", text):
                    carried = fact.period
            stated = leading_period(text, published)
            stated = None if stated and (stated.text or "").endswith(SAME_SPAN) else stated
            if stated is not None:
                begins = sentence == spans[0] and len(spans) <= _PARAGRAPH and is_wide(stated)
                head = stated if begins else None
            carried = stated or head
            told = find_period(text, published) if "日" in text else None
            day = told if told and told.start and told.start == told.end else day
    titled = find_period(article.title, published) if len(period_spans(article.title)) == 1 else None
    if titled is None or not titled.start or not is_wide(titled):
        return [*made, *waiting]
    whole = replace(titled, basis="inherited")
    return [
        _in_same_span(f, titled)
        if f.period.text or f.status == "planned"
        else replace(f, period=whole, flags=tuple(flag for flag in f.flags if flag != "no_period"))
        for f in (*made, *waiting)
    ]


def _in_same_span(fact: Fact, period: Period | None) -> Fact:
    """A figure of 去年同期, of which the text before told the span."""
    told = fact.period.text or ""
    if period is None or fact.period.end or not told.endswith(SAME_SPAN):
        return fact
    start, end = same_span(told, period)
    return replace(fact, period=replace(fact.period, start=start, end=end))


def _is_adverbial(period: str, sentence: str) -> bool:
    """Whether a period says when the sentence happens, not which year's list or plan it speaks of (2022年度名单)."""
    at = sentence.find(period)
    return (
        not period.endswith("年度") and re.search(r"(?:^|[，、：（(\s])[自从在于到截至止]*$", sentence[:at]) is not None
    )


def _enumerated(found: Sequence[Fact]) -> list[Fact]:
    """Figures that make up a whole are its parts: a row near it (1名、3名、3名、5名 of 12名), two before their sum."""
    made = list(found)
    at = 0
    while at < len(made):
        end = at + 1
        while end < len(made) and _in_row(made[at], made[end]):
            end += 1
        if end - at >= _ROW or (end - at == 2 and made[at].quantity.value + made[at + 1].quantity.value >= _LARGE):
            total = sum((f.quantity.value for f in made[at:end]), start=Decimal(0))
            near = [*made[max(0, at - _NEAR) : at], *made[end : end + _NEAR]]
            whole = next((f for f in near if f.quantity.value == total and _is_whole(f, made[at])), None)
            made[at:end] = [_part(_counted_as(f, whole), whole) for f in made[at:end]]
        at = end
    for at in range(2, len(made)):
        if _adds_up(made[at - 2], made[at - 1], made[at]):
            made[at - 2 : at] = [_part(f, made[at]) for f in made[at - 2 : at]]
    return made


def _counted_as(part: Fact, whole: Fact | None) -> Fact:
    """A part of which its sentence names no thing counts what the whole does, and is no change of its neighbour."""
    if whole is None or "table" in part.flags or _told_beside(part) or not _told_beside(whole):
        return part
    place = part.place.name if part.place else ""
    between = part.sentence_text[: part.quantity.span.start - part.sentence.start].rpartition(place)[2]
    if not _BARE.fullmatch(between):
        return part
    return replace(
        part, object=whole.object, action=whole.action, indicator=whole.indicator, indicator_name=whole.indicator_name,
        relations=tuple(r for r in part.relations if r.type != "change_of"),
    )  # fmt: skip


_BARE = re.compile(r"[：:为有是各共约\s]*")
"""What may stand between a place of a list and its figure."""


def _told_beside(fact: Fact) -> bool:
    """Whether a figure's own sentence names what it counts, beside the place."""
    place = fact.place.name if fact.place else ""
    return fact.object in fact.sentence_text and fact.object not in (place, fact.subject)


def _adds_up(first: Fact, second: Fact, total: Fact) -> bool:
    """Whether two figures of one thing are told and then their sum (去年100家，今年新增20家，一共120家)."""
    three = (first, second, total)
    exact = all(f.quantity.bound == "exact" and f.quantity.unit == total.quantity.unit for f in three)
    left = total.sentence_text[: total.quantity.span.start - total.sentence.start]
    summed = _SUM.search(left) is not None and dimension(total.quantity.unit) != "ratio"
    right_there = first.sentence == second.sentence == total.sentence and _SUM_ALONE.search(left) is not None
    alike = len({(right_there or object_head(f.object), f.place, f.status) for f in three}) == 1
    added = first.quantity.value + second.quantity.value
    return exact and alike and summed and added == total.quantity.value >= _LARGE


def _part(fact: Fact, whole: Fact | None) -> Fact:
    if whole is None or any(r.type == "part_of" for r in fact.relations):
        return fact
    return replace(fact, relations=(*fact.relations, Relation("part_of", whole.id)))


_SUM = re.compile("(?:共|总数|合计|总计|累计)[^，。；]{0,12}$")
_SUM_ALONE = re.compile("[，,、（(](?:共计?|合计|总计)$")
_TELLING = 10
"""A figure that is rarely the same by chance (10座电动自行车充电桩棚, later 10座充电桩棚)."""
_ROW, _NEAR = 3, 6
"""Figures that make a row, and figures before and after it among which its whole may be."""
_LARGE = 30
"""A sum of only two that is no coincidence."""


def _in_row(first: Fact, other: Fact) -> bool:
    exact = first.quantity.bound == other.quantity.bound == "exact"
    return exact and first.sentence == other.sentence and first.quantity.unit == other.quantity.unit


def _is_whole(whole: Fact, part: Fact) -> bool:
    return whole.quantity.bound == "exact" and dimension(whole.quantity.unit) == dimension(part.quantity.unit)


def _restated(found: Sequence[Fact]) -> list[Fact]:
    """The same figure of the same thing told again in the article points at the first telling."""
    told: dict[tuple[object, ...], list[Fact]] = {}
    again: dict[str, set[Span]] = {}
    made: list[Fact] = []
    for fact in found:
        q = fact.quantity
        again.setdefault(fact.sentence_text, set()).add(fact.sentence)
        unit = "人" if dimension(q.unit) == "person" else q.unit
        known = told.setdefault((q.value, q.value_high, unit, q.bound, object_head(fact.object)[-2:], fact.status), [])
        earlier = next((other for other in known if _one_thing(other, fact)), None)
        plain = q.value < 2 or dimension(q.unit) == "ratio"
        if earlier is None:
            known.append(fact)
        elif not plain or len(again[fact.sentence_text]) > 1:
            fact = replace(fact, duplicate_of=earlier.id, relations=(*fact.relations, Relation("repeats", earlier.id)))
        made.append(fact)
    return made


def _one_thing(first: Fact, second: Fact) -> bool:
    """Whether two figures alike may be one: of one thing, nobody else's, of no other place and no other time."""
    done = [action_class(f.action).name for f in (first, second) if f.action]
    if len(set(done)) > 1 and "other" not in done:
        return False
    heads = object_head(first.object), object_head(second.object)
    shorter = heads[0].endswith(heads[1]) or heads[1].endswith(heads[0])
    if heads[0] != heads[1] and not (shorter and first.quantity.value >= _TELLING):
        return False
    a, b = first.place, second.place
    if (a and a.adcode) != (b and b.adcode):
        return False
    if first.period.end != second.period.end and "stated" == first.period.basis == second.period.basis:
        return False
    if first.subject_level == second.subject_level:
        return first.subject_level not in LOW or first.subject == second.subject
    one_below = first.subject_level in LOW or second.subject_level in LOW
    return one_below and first.quantity.value >= _TELLING and len(heads[0]) >= 4
