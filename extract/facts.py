"""An article → its facts: every quantity that counts something, with what, who, where, when and how surely."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.indicators import Indicator, indicators
from corpus.model import Article, Fact, Period, Place, Quantity, Relation, Span, Status, content_id
from corpus.places import Gazetteer
from corpus.script import simplified
from extract.actions import action_class
from extract.aliases import also_called
from extract.classify import classify
from extract.clause import Phrase
from extract.exclude import context, reason
from extract.inherit import inherit_periods, reckoned_from, so_far, under_plans
from extract.listed import counting, named_above, of_lists
from extract.measures import dimension
from extract.owners import owned_apart
from extract.period import find_period, period_spans
from extract.phrase import phrases
from extract.quantities import scan
from extract.relations import FROM, is_base, of_which, ties
from extract.respective import respectively, times_apart
from extract.resumed import resumed
from extract.sentences import clauses, sentences
from extract.status import says_planned, status_of
from extract.subject import Subject, Subjects, place_spans
from extract.sums import enumerated, restated
from extract.tables import table_facts, table_sentences

RULES = "2026.11.20"
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
    title = simplified(article.title)
    told = reckoned_from(article.published_on, title)
    plain = replace(article, title=title, body=simplified(article.body), published_on=told)
    found = _facts(plain, rules)
    if told != article.published_on:
        found = tuple(_of_title(fact) for fact in found)
    if plain.body == article.body:
        return found
    return tuple(_as_written(fact, article.body) for fact in found)


def _of_title(fact: Fact) -> Fact:
    """A figure whose time is reckoned from the period of the title, not from a day of publication."""
    reckoned = fact.period.basis == "published"
    return replace(fact, period=replace(fact.period, basis="inherited")) if reckoned else fact


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
            made = _of_sentence(article, sentence, list(zip(inside, named, strict=True)), subjects, rules)
            found += of_which(article.body, sentence, made, found)
            earlier.extend(zip(inside, named, strict=True))
    names = sorted([*place_spans(subjects), *period_spans(article.body)])
    found = of_lists(article.body, found, names, rules.indicators)
    found = also_called(article.title, article.body, resumed(article.body, found, rules.indicators), rules.indicators)
    if article.tables:
        found += table_facts(article, subjects, rules.indicators, RULES)
        found = named_above(article.body, sorted(found, key=lambda fact: fact.quantity.span), rules.indicators)
    found = so_far(inherit_periods(article, under_plans(article, found)))
    return tuple(restated(enumerated(found)))


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
        part, whole = made[tie.at], made[tie.to]
        level = tie.type == "part_of" and _A_LEVEL.fullmatch(part.object) is not None
        thing = part.object + whole.object if level else part.object
        part = replace(part, relations=(*part.relations, relation), object=thing)
        of_whole = tie.type == "part_of" and not part.action and action_class(whole.action).name in _CHOSEN
        of_whole = of_whole and dimension(part.quantity.unit) in ("thing", "body")
        part = counting(replace(part, action=whole.action), thing, rules.indicators) if of_whole else part
        made[tie.at] = part
    made = times_apart(body, sentence, made, article.published_on)
    return owned_apart(body, sentence, made, subjects)


_CHOSEN = ("aid", "serve", "rectify", "close")
"""Classes of what is done to some of what there is, so that no part of them is all there is (包联1163家，其中企业…)."""
_A_LEVEL = re.compile("(?:国家|部|省|市|州|盟|县|区|旗|乡|镇|街道|社区|村)+级")
"""What only tells which of the whole's things are counted (58个助餐点，其中村级39个)."""


def _fact(article: Article, sentence: Span, quantity: Quantity, phrase: Phrase, subject: Subject, rules: Rules) -> Fact:
    body = article.body
    clause = _clause(body, sentence, quantity.span)
    indicator, name = classify(phrase, quantity.unit, clause, rules.indicators)
    quantity = _as_share(quantity)
    left = body[sentence.start : quantity.span.start]
    based = is_base(left, body[quantity.span.end : sentence.end])
    when = re.split("较|比", left)[-1] if based else _GROWN_FROM.sub("，", _COMPARED.sub("", left))
    period = find_period(when, _told_on(when) or article.published_on) or Period()
    if _YEARS_SUMMED.search(left):
        period = _whole_of(left, article.published_on) or period
    everyone = quantity.unit is not None and any(w in clause for w in ("全部", "均已", "全覆盖")) and "的" in left[-2:]
    abroad = subject.level == "national" and article.place is not None
    status = _status(article, quantity, period, left, clause, body[quantity.span.end : sentence.end], abroad=abroad)
    aimed = status == "done" and _is_aim(_list_before(body, sentence.start) + left, left + quantity.surface)
    aimed = aimed and not FROM.search(left)
    status = "planned" if aimed else status
    return Fact(
        id=content_id(article.id, str(quantity.span.start), str(quantity.span.end)),
        article=article.id, document=article.document, name=article.name, quantity=quantity,
        indicator=indicator, indicator_name=name, object=_placeless(phrase, subject.place), action=phrase.action,
        subject=subject.name, subject_level=subject.level, place=subject.place, period=period,
        status=status,
        sentence=sentence, sentence_text=sentence.of(body),
        source=article.source(quantity.span), denominator=str(quantity.value) if everyone else None,
        flags=() if period.text else ("no_period",), rules=RULES,
    )  # fmt: skip


def _placeless(phrase: Phrase, place: Place | None) -> str:
    """What is counted without the place whose figure it is (岷县合格率), which a title of honour keeps."""
    honour = action_class(phrase.action).name == "award"
    rest = phrase.object.removeprefix(place.name).removeprefix("的") if place and not honour else ""
    return rest if len(rest) > 1 and rest[0] not in "级属直" else phrase.object


_GROWN_FROM = re.compile(
    r"[由从](?=[^，。；]{0,8}(?:年|同期))[^，。；起]{1,40}?[增升降减扩提涨压缩展大][^，。；\d]{0,3}[至到]"
)
"""What a figure has grown from, whose time is not its own (由去年同期的39个增至|58个)."""
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


_ARRANGED = re.compile(r"(?:(?P<year>20\d{2})年|今年|年内)(?![^，。；]*已)[^，。；\d]{0,6}安排(?!了)[^，。；\d]{0,16}$")
"""What a year that is not over has in hand (2026年安排300户)."""


def _status(
    article: Article, quantity: Quantity, period: Period, left: str, clause: str, right: str, *, abroad: bool
) -> Status:
    """As the words around tell; what a notice wants of others at least is still to be done, and what is yet to come."""
    left, clause = (_without_past(text, article.published_on) for text in (left, clause))
    status = status_of(left, clause, right, background=abroad)
    demanded = article.kind in ("notice", "policy") and quantity.bound == "at_least"
    arranged = _ARRANGED.search(left) if article.published_on else None
    year = (article.published_on or "")[:4]
    ahead = arranged is not None and (arranged["year"] or year) >= year
    ahead = ahead and dimension(quantity.unit) != "money"
    to_come = article.published_on and period.end and period.end > article.published_on and says_planned(left)
    return "planned" if (demanded or ahead or to_come) and status == "done" else status


_YEAR_BEFORE = re.compile("(20[0-9]{2})年[^。；]*[，（(]上年(?!同期)")


def _told_on(left: str) -> str:
    """The end of the year that 上年 looks back from (2024年底46处，上年底|31处); "" where its sentence tells none."""
    told = _YEAR_BEFORE.search(left)
    return f"{told[1]}-12-31" if told else ""


_AIMS = re.compile(
    r"目标(?:任务)?(?:是|为|如下)?[：:][^。]*$"
    r"|(?:将(?=[^。；：:]{0,4}(?:重点|着力|全力|深入|继续|围绕|[抓办做]好|实施|完成|推进|开展|办理))|拟|计划|准备|力争|(?<![主重需必纪摘概简])要(?!闻|总结))"
    r"(?![求点素])(?:(?!作为|[纳列]入|列为)[^。；：:]){0,14}(?:实事|工作|任务|项目|事项|工程|举措|几件事)[：:][^。]*$"
    r"|(?:目标(?:是|为)|(?:努力|确保|力争|争取)(?:实现|完成)[^。；]*目标)[^。]*；\s*$"
)
"""What the members of a list, parted by ； or in lines of their own, are said to be (主要预期目标是：…；…)."""
_AIM_REACHED = re.compile("(?:圆满|超额|全面|提前|顺利|已|均)?(?:完成|实现|达成|超额)[^，。；：]{0,8}$")
_DONE_SO_FAR = re.compile("已(?!有)|截至|目前|累计|进展|(?:建成|完成|实现)了")
_DONE_BEFORE = re.compile("(?<![较比同跟与])(?:去年|上[年周月])(?!底|末|同期)[^，。；]*$")
_LIST = 300
"""Characters before a sentence in which the head of its list stands."""


def _is_aim(before: str, told: str) -> bool:
    """Whether a member of a list is what is aimed at, and not what is said to have been done."""
    aims = _AIMS.search(before)
    reached = aims is not None and _AIM_REACHED.search(before, 0, aims.start())
    done = _DONE_SO_FAR.search(told) or _DONE_BEFORE.search(told)
    return aims is not None and not reached and not done and not _DONE_SO_FAR.search(aims[0])


def _list_before(body: str, start: int) -> str:
    """What stands before a sentence in its list: to the last full stop; beyond its line only behind a colon or ；."""
    before = body[max(0, start - _LIST) : start].rpartition("。")[2].rstrip(" \u3000")
    lines = before.split("\n")
    ends = [n for n in range(1, len(lines)) if not lines[n - 1].rstrip().endswith(("：", ":", "；", ";"))]
    return "\n".join(lines[ends[-1] if ends else 0 :])


_BY_YEAR = re.compile(
    "(?P<plan>(?:规划|计划|要求|目标|方案|提出|力争|确保|争取|明确)[^。；]{0,12})?(?<!截)至?到(?P<year>20[0-9]{2})年(?=[底末]?[，,])"
)


def _without_past(text: str, published: str | None) -> str:
    """A text in which what it tells of the end of a year that was over is no plan (到2025年底，全县有…, of 2026)."""
    day = published or ""
    return _BY_YEAR.sub(lambda m: m.group() if m["plan"] or f"{m['year']}-12-31" > day else f"截至{m['year']}年", text)


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
