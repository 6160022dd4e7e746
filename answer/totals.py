"""Answers by arithmetic over facts: totals, means, differences, shares, counts of places. Never done by a model."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from answer.asks import Ask
from answer.choose import adcode_of, by_place, is_part, latest, one_a_body, one_unit, wider_apart, without_nested
from answer.compose import Composition
from answer.counted import claim_of, derived, lookup, note, tell
from answer.match import find_facts, is_rate
from answer.narrated import count_places, places_that
from answer.words import Term
from corpus.labels import LEVEL
from corpus.model import Fact, Period
from corpus.rows import about
from extract.actions import action_class, is_action
from extract.classify import object_head
from extract.measures import dimension, units
from extract.nouns import noun_after
from extract.period import find_period, period_spans, whole_year
from extract.sentences import clause_before, clause_of
from extract.tokens import tokens

_HELD = ("done", "ongoing", "capacity")
"""Standings of figures that tell what there is."""
_TWO = 2
_A_YEAR = re.compile(r"\d{4}年")
_ADDS = re.compile("加上?|[和与及、]|一共|总共|合计")
"""What joins periods that are added up."""
_THERE_IS = re.compile("[共现已总建设备]有|拥有|保有|总数|总量|存量|在册|在岗|[年月季][底末]")
_FLOWS = re.compile("(?:投入|支出|资金|经费|补[贴助]|收入|产值|捐款|善款|投资)$")
"""How sums of money end that a period brings, not those that there are at its end (存款, 余额)."""
_REACHES = re.compile("(?:达到?|[增升降减扩涨][一-鿿]{0,2}[到至]|有|(?<!分别)为)$")
_LISTED = ("登记", "注册", "运营", "运行", "使用", "覆盖", "居住")
"""What tells of those who are there (登记失业人员, 运营养老机构21家)."""
_LEFT = re.compile("(?:(?:还|尚|仍)(?:差|剩|有|需|余)|剩余?|余下|[未没]有?[一-鿿]{2}的?(?:还有|有)?)[^，。；]{0,6}$")
"""What stands before a figure of what is left."""
_CLOSING = ("resolve", "rectify", "close", "renovate", "establish", "reach", "transfer")
"""What is done to the things of a whole, one after another."""
_BEFORE = 120
"""Characters before a figure's sentence in which the body it is of may be named (“法律服务团”…。目前，服务企业31户)."""
_THAN = re.compile(r"比|和|与|跟|同")
_OF = re.compile(r"占|中|里")
_EACH = re.compile(rf"(?:每一?|一)(?P<unit>{'|'.join(sorted(units(), key=len, reverse=True))})?(?P<rest>[^，。？?]+)")
_EACH_PLACE = re.compile(r"每一?个?(?:县|市|区|旗|州|镇|乡|街道|地方?)")
_A_HEAD = re.compile(r"(?P<who>[一-鿿]{2,6})人均")
_TIMES = re.compile(r"上半年|下半年|今年|去年|平均|一年")
_SHARE_WORDS = re.compile(r"占|比重|占比|比例")


def aggregate(made: Composition) -> bool:
    """A sum, mean, difference, share or count with its derivation."""
    question = made.question
    if question.counts_places:
        return _count(made)
    if question.arithmetic == "share":
        return _share(made) or _sum(made)
    if question.arithmetic == "difference":
        return _sum(made)
    told = [_sum(made, ask) for ask in question.asks or (None,)]
    return any(told)


def _sum(made: Composition, ask: Ask | None = None) -> bool:
    """The total or mean over places; in one place, over what it counts apart, or over the months that it tells."""
    if made.question.arithmetic == "sum" and (row := _each_period(made, ask) or _months(made, ask)):
        _tell(made, "sum", row)
        return True
    chosen, points = by_place(made, ask)
    several = len({adcode_of(f) for f in chosen}) > 1
    if not several:
        chosen, points = by_place(made, ask, one_each=False)
    parts = [f for f in chosen if f.status in _HELD]
    parts = [f for f in parts if not is_part(f, parts)] or parts
    parts = _of_one_level(made, parts) if made.question.arithmetic == "mean" else parts
    parts = one_unit(made, without_nested(made, parts))
    if made.question.bodies or made.question.below or not parts:
        points = [f for f in points if f.status in _HELD]
        parts = one_unit(made, one_a_body(points) if made.question.below else points) or parts
    elif not several and not _each_asked(made, parts, ask):
        parts = parts[:1]
    if not parts:
        return False
    if len(parts) == 1:
        return lookup(made)
    of_places = _EACH_PLACE.search(made.question.text) is not None
    if made.question.arithmetic == "mean" and _EACH.search(made.question.text) and not of_places:
        return lookup(made)
    _tell(made, "mean" if made.question.arithmetic == "mean" else "sum", parts)
    return True


def _of_one_level(made: Composition, parts: Sequence[Fact]) -> list[Fact]:
    """The figures of places of one level, the one that most are of: a province is no county of a mean."""
    levels = Counter(f.place.level for f in parts if f.place)
    if len(levels) < _TWO:
        return list(parts)
    level = levels.most_common(1)[0][0]
    made.warn(f"只平均{LEVEL[level]}的数，其他层级的没有计入。")
    return [f for f in parts if f.place and f.place.level == level]


def _each_period(made: Composition, ask: Ask | None) -> list[Fact]:
    """A place's figure of each of several periods that a question names to be added up (2024年全年加2025年上半年).

    Or of each of the years from one to another (2022到2024年).
    """
    question = made.question
    told: list[Period | None] = []
    year = ""
    for span in period_spans(question.text):
        text = span.of(question.text)
        year = text[:5] if _A_YEAR.match(text) else year
        told.append(find_period(text if _A_YEAR.match(text) else year + text, None))
    periods = [p for p in told if p is not None and p.start and p.end]
    if len(told) == 1 and periods and (str(periods[0].start)[5:], str(periods[0].end)[5:]) == ("01-01", "12-31"):
        first, last = (int(str(day)[:4]) for day in (periods[0].start, periods[0].end))
        periods = [Period(f"{y}年", *whole_year(y)) for y in range(first, last + 1)]
        told = [*periods]
    adds = len(question.plan.places) == 1 and _ADDS.search(question.text) is not None
    if len(periods) < max(_TWO, len(told)) or not adds:
        return []
    row: list[Fact] = []
    for period in periods:
        of_period = replace(question, plan=replace(question.plan, period=period))
        fitting = [f.fact for f in find_facts(of_period, made.sources, ask) if _adds_up(f.fact)]
        theirs = [f for f in fitting if (f.period.start, f.period.end) == (period.start, period.end)]
        row += [f for f in theirs if not row or _alike(f, row[0])][:1]
    row.sort(key=lambda f: str(f.period.start))
    apart = all(str(a.period.end) < str(b.period.start) for a, b in pairwise(row))
    return row if len(row) == len(periods) and apart and all(_alike(f, row[0]) for f in row) else []


def _months(made: Composition, ask: Ask | None) -> list[Fact]:
    """A place's figures of one thing whose periods, end to end, make up the one asked for; none where one tells it."""
    asked = made.question.plan.period
    found = [f.fact for f in find_facts(made.question, made.sources, ask)]
    if asked is None or not asked.start or not asked.end or len({adcode_of(f) for f in found}) > 1:
        return []
    inside = [f for f in found if _adds_up(f)]
    if any((f.period.start, f.period.end) == (asked.start, asked.end) for f in inside):
        return []
    for first in (f for f in inside if f.period.start == asked.start):
        row = [first]
        while (behind := _day_after(row[-1])) <= asked.end:
            beside = [f for f in inside if f.article == first.article and _alike(f, first)]
            following = next((f for f in beside if f.period.start == behind), None)
            if following is None:
                break
            row.append(following)
        if len(row) > 1 and row[-1].period.end == asked.end:
            return row
    return []


def _day_after(fact: Fact) -> str:
    return (date.fromisoformat(str(fact.period.end)) + timedelta(days=1)).isoformat()


def _adds_up(fact: Fact) -> bool:
    """Whether a figure is of what happened in a period, not of what there is at its end (共有46个), nor a rate.

    It says what was done; 累计 is of the period where that begins the year.
    """
    clause = clause_before(fact)
    head = "".join(word.word for word in tokens(fact.object)[:1])
    flows = dimension(fact.quantity.unit) == "money" and _FLOWS.search(fact.object) is not None
    deed = fact.action or (head if is_action(head) else "")
    does = flows or (bool(deed) and action_class(deed).name != "reach" and not deed.endswith(_LISTED))
    standing = _THERE_IS.search(clause) is not None or _REACHES.search(clause) is not None
    standing = standing or ("累计" in clause and (fact.period.start or "")[5:] != "01-01")
    dated = fact.period.start is not None and fact.period.end is not None and fact.status in _HELD
    return dated and does and not standing and not is_rate(fact) and dimension(fact.quantity.unit) != "ratio"


def _alike(fact: Fact, other: Fact) -> bool:
    """Whether two figures are of one thing and done by one body in one way (加装 and 新增加装)."""
    same = fact.subject == other.subject and _deed(fact) == _deed(other)
    return same and fact.object == other.object and fact.quantity.unit == other.quantity.unit


def _deed(fact: Fact) -> str:
    return fact.action if fact.action.endswith(_LISTED) else re.sub("^新增?(?=..)", "", fact.action)


def _each_asked(made: Composition, parts: Sequence[Fact], ask: Ask | None) -> bool:
    """Whether each of a place's figures has a word of the question that the others lack (整治和整顿的一共多少家).

    The words of its sentence, or of the sentences before where its own has none; of several figures asked for, only
    words that ask for this one.
    """
    words = ask.own if ask is not None and len(made.question.asks) > 1 else made.question.wanted
    return any(_apart(told) for told in zip(*(_words_in(made, f, words) for f in parts), strict=True))


def _apart(told: Sequence[set[str]]) -> bool:
    """Whether each of some sets has a word of its own to stand for it, none that all of them have."""
    common = set.intersection(*told)
    taken: dict[str, int] = {}

    def place(at: int, tried: set[str]) -> bool:
        for word in sorted(told[at] - common - tried):
            tried.add(word)
            if word not in taken or place(taken[word], tried):
                taken[word] = at
                return True
        return False

    return all(place(at, set()) for at in range(len(told)))


def _words_in(made: Composition, fact: Fact, words: Sequence[Term]) -> tuple[set[str], set[str], set[str]]:
    """The words of a question that a figure's thing has, its sentence, and the text before."""
    article = made.citations.article(fact.article)
    before = article.body[max(0, fact.sentence.start - _BEFORE) : fact.sentence.start].split("\n")[-1]
    first, second, third = (
        {t.word for t in words if t.within(text)}
        for text in (fact.object + fact.action, fact.subject + fact.sentence_text, before + fact.sentence_text)
    )
    return first, second, third


def _tell(made: Composition, operation: str, parts: Sequence[Fact]) -> None:
    claim = derived(made, operation, parts)
    made.say(claim.text + "。", claim)
    for fact in parts:
        tell(made, fact)
    note(made, parts)


def difference(made: Composition) -> bool:
    """How far two figures lie apart: of two places, or of what stands before and behind 比."""
    chosen = by_place(made, None)[0] if len(made.question.plan.places) > 1 else []
    if len(chosen) != 2 and len(made.question.plan.places) == _TWO:
        chosen = _one_each(made)
    if len(chosen) != 2:
        chosen = _two(made, _THAN)
    if len(chosen) != _TWO or len(one_unit(made, chosen)) != _TWO:
        return False
    _tell(made, "difference", sorted(chosen, key=lambda f: -f.quantity.value))
    return True


def remainder(made: Composition) -> bool:
    """What is left: of a whole or a plan, what is done taken away; told as it is where the source tells it."""
    question = replace(made.question, planned=None)
    found = [f.fact for f in find_facts(question, made.sources)]
    left = [f for f in found if _LEFT.search(f.left)]
    if left:
        tell(made, left[0], "。")
        return True
    newest = latest(made.citations, found)
    for whole in sorted(found, key=lambda f: f.status != "planned"):
        done = [f for f in newest if _is_done_of(f, whole) and f.quantity.value < whole.quantity.value]
        for part in sorted(done, key=lambda f: (f.article != whole.article, -f.quantity.value)):
            if whole.status == "planned" or action_class(part.action).name in _CLOSING:
                _tell(made, "difference", [whole, part])
                return True
    return False


def _is_done_of(part: Fact, whole: Fact) -> bool:
    """Whether one figure may be what is done of another: of the same thing and body, in its unit, not planned."""
    same = (part.quantity.unit, adcode_of(part), part.subject) == (whole.quantity.unit, adcode_of(whole), whole.subject)
    return same and part.status != "planned" and object_head(part.object) == object_head(whole.object)


def _one_each(made: Composition) -> list[Fact]:
    """The best figure of each place, its bodies' included."""
    best: dict[str, Fact] = {}
    found = [f.fact for f in find_facts(made.question, made.sources)]
    for fact in sorted(found, key=lambda f: is_part(f, found)):
        best.setdefault(adcode_of(fact), fact)
    return one_unit(made, list(best.values()))


def _share(made: Composition) -> bool:
    """What part one figure is of another: told as it is where the source tells it, else computed."""
    rates = [f.fact for f in find_facts(made.question, made.sources) if dimension(f.fact.quantity.unit) == "ratio"]
    words = [t for t in made.question.wanted if len(t.word) > 1]
    if any(not words or any(t.within(about(fact) + clause_of(fact)) for t in words) for fact in rates):
        return lookup(made)
    nested = _nested(made)
    if (nested and _of_wider(made, *nested)) or _of_members(made):
        return True
    if nested:
        return lookup(made)
    found = _two(made, _OF)
    if len(found) != 2:
        return _of_whole(made)
    part, whole = sorted(found, key=lambda f: f.quantity.value)
    _tell(made, "share", [part, whole])
    return True


def _nested(made: Composition) -> tuple[str, str] | None:
    """The two places named, where one lies in the other."""
    places = made.question.plan.places
    contains = made.sources.gazetteer.contains
    pairs = (places, places[::-1]) if len(places) == _TWO else ()
    return next(((part, whole) for part, whole in pairs if part != whole and contains(whole, part)), None)


def _of_wider(made: Composition, part: str, whole: str) -> bool:
    """What share the figure of a place has of that of the place it lies in (甲区占全市)."""
    ask = made.question.ask
    counted = replace(ask, unit=None) if ask and dimension(ask.unit) == "ratio" else ask
    chosen = {adcode_of(f): f for f in by_place(made, counted)[0] if dimension(f.quantity.unit) != "ratio"}
    if part not in chosen or whole not in chosen:
        return False
    _tell(made, "share", one_unit(made, [chosen[part], chosen[whole]]))
    return True


def _of_whole(made: Composition) -> bool:
    """What share a figure has of the one that its text says it is part of (公益岗中保洁占比: 1120 of 1860)."""
    question = made.question
    wanted = replace(question.asks[0], unit=None) if question.asks else None
    for fact in (f.fact for f in find_facts(question, made.sources, wanted)):
        whole = next((r.fact for r in fact.relations if r.type == "part_of"), None)
        found = [f for f in made.sources.catalogue.facts(articles={fact.article}) if f.id == whole]
        if found and found[0].quantity.value and dimension(found[0].quantity.unit) == dimension(fact.quantity.unit):
            _tell(made, "share", [fact, *found])
            return True
    return False


def per_unit(made: Composition) -> bool:
    """How much there is of one thing for each of another, of each place asked: 平均每个驿站服务多少人次."""
    question = made.question
    each = _EACH.search(question.text) or _A_HEAD.search(question.text)
    if each is None or not question.asks or question.arithmetic != "mean" or _EACH_PLACE.search(question.text):
        return False
    unit = each.groupdict().get("unit")
    noun = each.groupdict().get("who") or noun_after(_TIMES.split(each["rest"])[0].split("的")[0]) or unit or ""
    by_what = _side(question.wanted, noun)
    if not by_what.own:
        return False
    found = find_facts(question, made.sources, replace(by_what, unit=unit))
    held = [f.fact for f in found if f.fact.status in ("done", "ongoing")]
    units = sorted(held, key=lambda f: (is_part(f, held), not f.object.endswith(noun)))
    totals = [f.fact for f in find_facts(question, made.sources)]
    pairs: dict[str, list[Fact]] = {}
    for total, of in ((t, u) for t in totals for u in units if adcode_of(t) == adcode_of(u) and t.id != u.id):
        if of.quantity.value and object_head(total.object) != object_head(of.object):
            pairs.setdefault(adcode_of(total), [total, of])
    ranked = sorted(pairs.values(), key=lambda p: -(p[0].quantity.value / p[1].quantity.value))
    for pair in ranked:
        _tell(made, "ratio", pair)
    return bool(pairs)


def _of_members(made: Composition) -> bool:
    """What part the places named have of the higher place that is named as well."""
    chosen, _ = by_place(made, made.question.ask)
    members, wider = wider_apart(made, chosen)
    if not members or len(wider) != 1:
        return False
    if len(members) > 1:
        _tell(made, "sum", members)
    _tell(made, "share", [*members, *wider])
    return True


def _two(made: Composition, between: re.Pattern[str]) -> list[Fact]:
    """The best figure for the words before a dividing word, and another for those behind it."""
    question = made.question
    for match in between.finditer(question.core):
        before, behind = question.core[: match.start()], question.core[match.end() :]
        sides = [_side(question.wanted, text) for text in (before, behind)]
        if not all(side.own for side in sides):
            continue
        found = [latest(made.citations, [f.fact for f in find_facts(question, made.sources, side)]) for side in sides]
        first = next(iter(found[0]), None)
        second = next((f for f in found[1] if first is not None and f.quantity.value != first.quantity.value), None)
        if first is not None and second is not None:
            return [first, second]
    return []


def _side(wanted: Sequence[Term], text: str) -> Ask:
    """The words of one side as what is asked for."""
    own = tuple(t for t in wanted if t.word in text)
    around = tuple(t for t in wanted if t not in own)
    heads = tuple(sorted((t for t in own if t.noun), key=lambda t: text.rfind(t.word)))[-1:]
    return Ask(_SHARE_WORDS.sub("", text), own, around, heads, "", None)


def _count(made: Composition) -> bool:
    """How many places there are, and which."""
    question = made.question
    chosen = by_place(made, question.asks[0])[0] if question.asks and (question.condition or question.counts) else []
    claims = [claim_of(made, f) for f in chosen] or [claim for _, claim in places_that(made)]
    if not claims:
        return False
    count_places(made, claims)
    for claim in claims:
        made.say(claim.text + "；", claim)
    return True
