"""Answers from facts: lookup, list, rank, trend."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations

from answer.against import beyond, in_one_place, rate_around
from answer.arithmetic import bound_of, compute, undecided
from answer.asks import Ask, asks_growth
from answer.choose import (
    WHOLE,
    adcode_of,
    by_place,
    contradict,
    dated,
    is_added,
    is_so_far,
    latest,
    near_best,
    one_a_body,
    one_unit,
    own_and_points,
    wider_apart,
)
from answer.compose import Composition, Row
from answer.match import find_facts, is_baseline, is_change, moves, of_the_time
from answer.narrated import count_places, denied
from answer.plan import Question
from answer.say import OWN_LEVELS, SCALES, in_words, name_of, of_level, reached, scale_of, told, whose, year_of
from corpus.labels import BOUND_NOTE, BY_HAND, STATUS
from corpus.model import Claim, Derivation, Fact, Period
from extract.actions import action_class
from extract.classify import object_head
from extract.measures import dimension
from extract.nouns import is_statistic

_FEWEST_FIRST = re.compile(
    r"垫底|倒数|[后末][一二两三四五六七八九十\d]+[名位]|最[少低小短快]|[少低小短][到至→>—-]+[多高大长]"
)
_TOTAL = re.compile("[一总]共|合计|累计|总[计数和]|加起来")
_WHICH_YEAR = re.compile("哪[一几]?年|哪个年[份度]|何年|哪一?份")
_FEW = 3
"""Figures from which on a mean says something of each."""
_A_YEAR = 12
_PLAN_WORD = re.compile("拟|计划|预计|力争")
_STEM = 4
"""Characters in which names of one statistic begin alike (居民消费价格总水平涨幅, 居民消费价格涨幅)."""
_THE_VERY = 0.8
"""The fit of a figure of the very thing that places are compared by."""
_THERE = ("establish", "reach", "hold")
"""Classes of verbs that say what there is."""
_LAST = "9999"
"""Behind all days: of what has no date nor year (今年6月), which a text tells last."""
_ONLY_POINTS = "没有全县（市、区）的数，只见到街道、村或单位的数"
_ONLY_PLANNED = "没有已完成的数，只见到计划数"
_HIGHEST = re.compile("[最谁更][高低]|[高低][到至][高低]")
"""What is high or low and has no unit is a rate, where there are any (谁签得最高)."""
COLUMNS = ("地方", "原文表述", "数值", "单位", "时间", "说明")


def lookup(made: Composition) -> bool:
    """One place's figures; False where the library has none that fit."""
    if _over_years(made):
        return True
    asks = made.question.asks
    told = [_looked_up(made, ask) for ask in asks or (None,)]
    if any(told):
        _unanswered(made, [ask for ask, found in zip(asks, told, strict=False) if not found])
    return any(told)


def _looked_up(made: Composition, ask: Ask | None) -> bool:
    found = find_facts(made.question, made.sources, ask)
    own, points = own_and_points(near_best(found), made)
    if not own and not made.question.bodies and not made.question.below:
        theirs = [f for f in found if f.fact.subject_level in OWN_LEVELS]
        own = own_and_points(near_best(theirs), made)[0]
    if not own and points:
        _warn_points(made)
        if WHOLE.search(made.question.text) or (made.question.below and made.question.plan.operation == "aggregate"):
            _decline(made, _ONLY_POINTS)
    standing = latest(made.citations, own or points)
    if _TOTAL.search(made.question.text):
        standing = [f for f in standing if is_so_far(f)] or standing
    shown = sorted(standing[:4], key=lambda f: f.tied("part_of"))
    if shown and made.question.planned is False and all(f.status == "planned" for f in shown):
        if not denied(made):
            _decline(made, _ONLY_PLANNED)
    for fact in shown:
        tell(made, fact, "。")
    _warn_of_conflict(made, shown)
    note(made, shown)
    return bool(own or points)


def _warn_of_conflict(made: Composition, facts: Sequence[Fact]) -> None:
    if any(contradict(made.citations, a, b) for a, b in combinations(facts, 2)):
        made.warn("同一时间的数，不同材料说法不一，请核对原件。")


def _decline(made: Composition, reason: str) -> None:
    """Refuse a question for one figure; of one of several only say what is missing."""
    if len(made.question.asks) > 1:
        made.say(f"资料中{reason}：")
    else:
        made.refuse(reason)


def listing(made: Composition) -> bool:
    """The figure of each place that has one, in administrative order; of one place asked over years, each year's."""
    if _over_years(made):
        return True
    told = [_listed(made, ask) for ask in made.question.asks or (None,)]
    return any(told)


def side_by_side(made: Composition) -> bool:
    """The figure of each of some places compared, where all have one of the very thing (登封 vs 金湖 城镇新增就业)."""
    question = made.question
    if question.tells or len(question.plan.places) < 2:
        return False
    surely = {adcode_of(f.fact) for f in find_facts(question, made.sources) if f.score >= _THE_VERY}
    return surely >= set(question.plan.places) and _listed(made, None)


def _listed(made: Composition, ask: Ask | None) -> bool:
    found, points = by_place(made, ask)
    if not found and not points:
        return False
    chosen, wider = wider_apart(made, found)
    if not made.question.plan.places:
        wider = [f for f in wider if _of_its_article(made, f)]
    chosen = _as_asked(made, chosen)
    if made.question.against and chosen:
        chosen = _against(made, ask, chosen, wider)
    if chosen:
        _count_of_places(made, chosen)
        for fact in chosen:
            tell(made, fact)
    for fact in wider:
        rate = dimension(fact.quantity.unit) == "ratio"
        tell(
            made,
            fact,
            "，是总体水平；" if rate else "，是含下级的总数；",
            lead="另有",
            kind="总体" if rate else "含下级",
        )
    if points:
        _warn_points(made)
        for fact in one_a_body(points) if made.question.below else points[:12]:
            tell(made, fact, kind="点位数据")
    note(made, chosen)
    _missing(made, [f.place.adcode for f in (*chosen, *points) if f.place])
    return True


def _against(made: Composition, ask: Ask | None, chosen: list[Fact], wider: list[Fact]) -> list[Fact]:
    """The places above or below the rate of the place they lie in, or the mean of all, which is told as well."""
    whole = rate_around(made, ask, chosen)
    if whole is not None:
        wider[:] = [whole, *(f for f in wider if adcode_of(f) != adcode_of(whole))]
        return beyond(made.question, chosen, whole.quantity)
    alike = one_unit(made, chosen)
    if len(alike) < _FEW or dimension(alike[0].quantity.unit) == "ratio" or not in_one_place(made, alike):
        made.warn("资料中没有可以对照的总体水平，以下是各地的数，没有比较。")
        return chosen
    claim = derived(made, "mean", alike)
    made.say(claim.text + "；", claim)
    made.warn(f"平均数按资料中有数的{len(alike)}个地方计算。")
    mean = compute("mean", [f.quantity.value for f in alike]) or Decimal(0)
    return beyond(made.question, alike, replace(alike[0].quantity, value=mean, value_high=None, bound="exact"))


def _as_asked(made: Composition, chosen: list[Fact]) -> list[Fact]:
    """Where done work is asked for and some places have done it, not the others' plans; and the other way round."""
    planned, named = made.question.planned, made.question.plan.places
    meant = [f for f in chosen if planned is None or (f.status == "planned") is planned or adcode_of(f) in named]
    left = [name_of(f.place) for f in chosen if f not in meant]
    if meant and left:
        made.warn("、".join(left) + ("没有计划数" if planned else "只有计划数") + "，没有列入。")
    return meant or chosen


def _of_its_article(made: Composition, fact: Fact) -> bool:
    """Whether a figure is of the place its article is about, not one of a higher place set beside it."""
    place = made.citations.article(fact.article).place
    return place is not None and place.adcode == adcode_of(fact)


def rank(made: Composition) -> bool:
    """The figures of places in order; the words 倒数 and 落后 are never used."""
    by_year = made.question.country is not None or _WHICH_YEAR.search(made.question.text)
    if by_year and _by_year(made):
        return True
    told = [_ranked(made, ask) for ask in made.question.asks or (None,)]
    return any(told)


def _by_year(made: Composition) -> bool:
    """One place's figures of several years, the highest or the lowest first."""
    question = replace(made.question, plan=replace(made.question.plan, period=None))
    levels = [f for f in find_facts(question, made.sources) if not is_change(f.fact)]
    own, points = own_and_points(near_best(levels), made)
    if not _of_one_place(own or points):
        return False
    series = [f for f in _series(made, [f.fact for f in levels], own or points) if year_of(f)] if own or points else []
    if len(series) < 2:
        return False
    fewest = _FEWEST_FIRST.search(question.text) is not None
    made.say("按数量" + ("由少到多：" if fewest else "由多到少："))
    for fact in sorted(series, key=lambda f: f.quantity.value, reverse=not fewest):
        tell(made, fact, dated=True)
    note(made, series)
    return True


def _ranked(made: Composition, ask: Ask | None) -> bool:
    found, points = by_place(made, ask)
    if ask is not None and ask.unit is None and _HIGHEST.search(made.question.text) and not _all_named(found, ask):
        rates, theirs = by_place(made, replace(ask, unit="%"))
        if len(rates) > 1 and len(rates) * 2 >= len(found):
            found, points = rates, theirs
    chosen, wider = wider_apart(made, found)
    if wider:
        made.warn("含下级的总数未参与排列。")
    if points and (made.question.bodies or not chosen):
        named = {place for place, _ in made.question.bodies}
        chosen = [*(f for f in chosen if adcode_of(f) not in named), *one_a_body(points)]
    done = one_unit(made, [f for f in chosen if f.status in ("done", "ongoing")])
    if not done:
        return _listed(made, ask)
    fewest = _FEWEST_FIRST.search(made.question.text) is not None
    ordered = sorted(done, key=lambda f: (f.quantity.value if fewest else -f.quantity.value, adcode_of(f)))
    if len(ordered) == 1 and (lacking := _lacking(made, [adcode_of(f) for f in (*chosen, *wider, *points)])):
        _decline(made, f"未见{'、'.join(lacking)}的数，无法比较")
        tell(made, ordered[0], "。")
        return True
    made.say("按数量" + ("由少到多：" if fewest else "由多到少："))
    for fact in ordered[: made.question.top]:
        tell(made, fact)
    if any(undecided(a.quantity, b.quantity) for a, b in zip(ordered, ordered[1:], strict=False)):
        made.say("有约数，相邻几处的先后无法确定。")
    if len(done) < len(chosen):
        made.warn("计划数、容量等未参与排列。")
    for fact in (f for f in chosen if f.status == "planned" and adcode_of(f) in made.question.plan.places):
        claim = claim_of(made, fact)
        made.say(f"只有计划数的：{claim.text}；", claim)
    note(made, ordered)
    _missing(made, [adcode_of(f) for f in ordered])
    return True


def _all_named(facts: Sequence[Fact], ask: Ask) -> bool:
    """Whether most of some figures, none of them rates, count the very thing that is asked for."""
    named = [f for f in facts if dimension(f.quantity.unit) != "ratio" and any(f.object in t.forms for t in ask.heads)]
    return len(named) * 2 > len(facts)


def of_two_years(made: Composition) -> list[Fact]:
    """What there is of one thing in the two years named, of the one place asked or the country, in order of time."""
    years = set(made.question.years)
    if len(years) != 2 or not (len(made.question.plan.places) == 1 or made.question.country):
        return []
    question = _of_any_time(made.question)
    levels = [f.fact for f in find_facts(question, made.sources) if not is_change(f.fact)]
    own = [f for f in own_and_points(levels, made)[0] if year_of(f) in years]
    series = _series(made, own, own) if own and _of_one_place(own) else []
    return series if {year_of(f) for f in series} == years else []


def between_years(made: Composition) -> bool:
    """One place's figures of two years that are compared, and how far they lie apart."""
    series = [] if made.question.tells else of_two_years(made)
    if not series:
        return False
    for fact in series:
        tell(made, fact, dated=True)
    claim = _change(made, series[0], series[-1])
    made.say(claim.text + "。", claim)
    note(made, series)
    return True


def _over_years(made: Composition) -> bool:
    """The figures of several years, of one place or the country, where these are asked for and no total of them."""
    asked, places = made.question.plan.period, made.question.plan.places
    years = made.question.years
    several = asked is not None and (asked.start or "")[:4] < (asked.end or "")[:4] and bool(asked.start)
    source = made.question.source
    several = several or len(years) > 2 or (len(years) > 1 and source is not None and len(source.years) > 1)
    if not several or _TOTAL.search(made.question.text) or not (len(places) == 1 or made.question.country):
        return False
    found = [f.fact for f in find_facts(made.question, made.sources)]
    if not _of_one_place(found) or any(asked and _spans(f.period, asked) for f in found):
        return False
    warned = list(made.caveats)
    if trend(made):
        return True
    made.caveats[:] = warned
    return False


def _spans(period: Period, asked: Period) -> bool:
    """Whether a period of several years is the one that is asked for."""
    same = (period.start, period.end) == (asked.start, asked.end)
    return same and (period.start or "")[:4] != (period.end or "")[:4]


def trend(made: Composition) -> bool:
    """A place's figures by date and how the last differs from the first; a change told by the source as it is."""
    question = _of_any_time(made.question)
    fitting = find_facts(question, made.sources)
    growth = question.ask is not None and asks_growth(question.ask)
    told = {f.fact.id for f in fitting if is_change(f.fact) or (moves(f.fact) and not growth)}
    levels = [f for f in fitting if f.fact.id not in told]
    inside = {f.id for f in _of_years_asked(made, [f.fact for f in levels])}
    levels = [f for f in levels if f.fact.id in inside]
    changes = near_best([f for f in fitting if f.fact.id in told])
    changes = [f for f in changes if of_the_time(made.question, f)] or changes
    own, points = own_and_points(near_best(levels), made)
    ordered = _series(made, [f.fact for f in levels], own or points) if own or points else []
    if len(ordered) < 2 and not changes:
        return False
    _warn_of_conflict(made, [*ordered, *own])
    for fact in (*ordered, *changes[:2]):
        tell(made, fact, dated=True)
    if len({f.quantity.value for f in ordered}) > 1:
        mean = question.arithmetic == "mean" and _has_every_year(made.question, ordered)
        claim = derived(made, "mean", ordered) if mean else _change(made, ordered[0], ordered[-1])
        made.say(claim.text + "。", claim)
    return True


def _has_every_year(question: Question, ordered: Sequence[Fact]) -> bool:
    """Whether there is one figure of each of the years asked for."""
    period = question.plan.period
    if period is None or not period.start or not period.end:
        return False
    return [year_of(f) for f in ordered] == [str(y) for y in range(int(period.start[:4]), int(period.end[:4]) + 1)]


def _series(made: Composition, facts: Sequence[Fact], near: Sequence[Fact]) -> list[Fact]:
    """The figures that count what the nearest of most dates do, of the same body, one of each date, the earliest first.

    With all of its sentence (2023年612件，2024年745件); only those in the years asked for, where these have several.
    Plans only where they are asked for, or there is nothing else.
    """
    best = _typical(made.question, near)
    facts = [*facts, *(f for f in made.sources.facts_in(best.article, best.sentence) if f not in facts)]
    alike = _of_one_length(_of_years_asked(made, _alike(made, facts, best)), best)
    fit = {f.id: at for at, f in enumerate(facts)}
    forms = {form for t in made.question.ask.heads for form in t.forms} if made.question.ask else set()
    ordered = sorted(
        alike,
        key=lambda f: (
            not is_baseline(f), dated(made.citations, f) or _LAST, f.object not in forms, f.tied("part_of"),
            fit.get(f.id, 0),
        ),
    )  # fmt: skip
    return list({(f.period.end or f.id, is_baseline(f)): f for f in reversed(ordered)}.values())[::-1]


def _typical(question: Question, near: Sequence[Fact]) -> Fact:
    """The nearest that is planned or done as is asked, a level before a change, and has the most dates."""
    planned = question.planned
    dates = {f.id: {o.period.end for o in near if _counts_alike(f, o) and _plans(f) is _plans(o)} for f in near}
    return min(
        near,
        key=lambda f: (
            planned is not None and _plans(f) is not planned, of_level(f), moves(f), -len(dates[f.id]), _plans(f)
        ),
    )  # fmt: skip


def _alike(made: Composition, facts: Sequence[Fact], best: Fact) -> list[Fact]:
    """The figures of the body of the best that count what it does; what there is in all, where several tell it."""
    alike = [
        f for f in one_unit(made, [f for f in facts if adcode_of(f) == adcode_of(best) and f.subject == best.subject])
        if _counts_alike(f, best) and not is_change(f)
        and _plans(f) is _plans(best) and of_level(f) is of_level(best)
    ] or [best]  # fmt: skip
    alike = alike if moves(best) else [f for f in alike if not moves(f)]
    so_far = [f for f in alike if not is_added(f)]
    return so_far if len(so_far) > 1 else alike


def _of_years_asked(made: Composition, alike: list[Fact]) -> list[Fact]:
    """The figures of the years, or in the span of years, that are asked for, where there are several."""
    asked, years = made.question.plan.period, made.question.years
    if len(years) > 1:
        of_years = [f for f in alike if year_of(f) in years]
        return of_years if len({year_of(f) for f in of_years}) > 1 else alike
    if asked and asked.start and asked.end and asked.start[:4] < asked.end[:4]:
        inside = [f for f in alike if _is_of_this_year(f) or asked.start <= dated(made.citations, f)[:10] <= asked.end]
        return inside if len(inside) > 1 else alike
    return alike


def _of_one_length(alike: list[Fact], best: Fact) -> list[Fact]:
    """The figures whose periods are as long as most; where each is of its own length, no sum of years beside a year."""
    as_of = any(f.period.end and not f.period.start for f in alike)
    spans = Counter(_length(f, as_of=as_of) for f in alike if f.period.end)
    usual = spans.most_common(1)[0] if spans else (None, 0)
    if usual[1] > 1:
        return [f for f in alike if _length(f, as_of=as_of) == usual[0] or reached(f)]
    summed = (_length(best, as_of=as_of) or 0) > _A_YEAR
    return [f for f in alike if ((_length(f, as_of=as_of) or 0) > _A_YEAR) is summed or reached(f)]


def _counts_alike(fact: Fact, best: Fact) -> bool:
    """Whether two figures count one thing, by its name or by one curated indicator (生产总值, 地区生产总值)."""
    curated = fact.indicator == best.indicator and not fact.indicator.startswith("open.")
    name, other = (re.sub("[“”]", "", f.object) for f in (fact, best))
    within = name.endswith(other) or other.endswith(name) or name[:_STEM] == other[:_STEM]
    return (curated and within and is_statistic(name)) or bool(_names(fact) & _names(best))


def _names(fact: Fact) -> set[str]:
    """What a figure counts, and with what was done where it only says so many times (培训|18640人次, as 培训人次)."""
    return {object_head(fact.object)} | ({f"{fact.action}人次"} if fact.object == "人次" else set())


def _of_any_time(question: Question) -> Question:
    """A question without its period."""
    return replace(question, plan=replace(question.plan, period=None), part_of_year="")


def _of_one_place(facts: Iterable[Fact]) -> bool:
    return len({adcode_of(f) for f in facts}) <= 1


def _plans(fact: Fact) -> bool:
    return fact.status == "planned"


def _is_of_this_year(fact: Fact) -> bool:
    """Whether a figure without a date is of the year in which it was written."""
    return not fact.period.end and (fact.period.text or "").startswith(("今年", "目前", "现"))


def _length(fact: Fact, *, as_of: bool) -> int | None:
    """How many months a figure's period goes beyond its first; as of a day none.

    ``as_of``: others are as of a day, and so is what there is in a report's period.
    """
    start, end = fact.period.start or fact.period.end, fact.period.end
    there = as_of and (not fact.action or action_class(fact.action).name in _THERE)
    if fact.period.basis == "inherited" and there and not is_added(fact):
        start = end
    return None if not start or not end else (int(end[:4]) - int(start[:4])) * 12 + int(end[5:7]) - int(start[5:7])


def _change(made: Composition, first: Fact, last: Fact) -> Claim:
    """By how much the last figure lies above or below the first; how far apart where their order is not known."""
    if not (is_baseline(first) or (first.period.end or "") < (last.period.end or "")):
        return derived(made, "difference", sorted((first, last), key=lambda f: -f.quantity.value))
    return derived(made, "decrease" if last.quantity.value < first.quantity.value else "increase", (first, last))


# --- saying -----------------------------------------------------------------------------------------------------------


def claim_of(made: Composition, fact: Fact, *, dated: bool = False) -> Claim:
    """What a fact says and whose it is; ``dated``: opened by its year, where its words do not tell it."""
    who, what = whose(fact), told(fact, headed=made.citations.head(fact) is not None)
    if fact.subject and who.endswith(fact.subject):
        what = what.removeprefix(fact.subject)
    year, derivation = year_of(fact) if dated else "", None
    if year and year not in what:
        when = fact.period.text or ""
        known = f"“{when}”" if when and year not in when else "按上文"
        derivation = Derivation("year", (fact.id,), year, "年", known)
        who = f"{year}年，{who}"
    return made.claim(who + what, adcode_of(fact), made.citations.fact(fact), derivation)


def tell(
    made: Composition, fact: Fact, end: str = "；", *, lead: str = "", kind: str = "", dated: bool = False
) -> None:
    """Say a fact, between ``lead`` and ``end``, and add its row."""
    claim = claim_of(made, fact, dated=dated)
    made.say(lead + claim.text + end, claim)
    row_of(made, fact, claim, kind)


def derived(made: Composition, operation: str, facts: Sequence[Fact]) -> Claim:
    """A result over facts as a claim that shows the sum; of 比重 the last is the whole."""
    values = [f.quantity.value for f in facts]
    result = compute(operation, values)
    assert result is not None
    result = result.quantize(Decimal("0.01"), ROUND_HALF_UP)
    unit = "%" if operation in ("share", "growth") else facts[0].quantity.unit
    if operation in ("difference", "increase", "decrease") and unit == "%":
        unit = "个百分点"
    scale = scale_of([f.quantity for f in facts]) if operation not in ("share", "ratio") else ""
    shown = _shown(operation, [plain(v / SCALES[scale]) for v in values])
    derivation = Derivation(operation, tuple(f.id for f in facts), plain(result), unit, shown)
    places = {adcode_of(f) for f in facts}
    low = any(f.subject_level not in OWN_LEVELS for f in facts)
    who = _whose_all(facts) if len(places) == 1 or low else ""
    amount = in_words(result, unit, bound_of(operation, [f.quantity for f in facts]), scale)
    cited = [n for f in facts for n in made.citations.fact(f)]
    plans = _plan_word(facts) if operation in ("increase", "decrease") else ""
    text = f"{who}{plans}{_RESULTS[operation]}{amount}（{shown}）"
    return made.claim(text, places.pop() if len(places) == 1 else None, cited, derivation)


def _plan_word(facts: Sequence[Fact]) -> str:
    """The word by which the sentences of figures that are all planned say so, if one does."""
    told = (_PLAN_WORD.search(f.sentence_text) for f in facts)
    return next((m[0] for m in told if m), "") if all(map(_plans, facts)) else ""


def _whose_all(facts: Sequence[Fact]) -> str:
    """Whose figures of one place, or of bodies, are: each body by name, once however its name is written."""
    bodies = sorted({whose(f) for f in facts}, key=len)
    if all(f.subject in bodies[-1] for f in facts):
        return bodies[-1]
    low = any(f.subject_level not in OWN_LEVELS for f in facts)
    return "、".join(dict.fromkeys(whose(f) for f in facts)) if low else whose(facts[0])


_RESULTS = {
    "sum": "合计", "mean": "平均", "difference": "相差", "share": "占比为", "ratio": "平均", "increase": "增加",
    "decrease": "减少",
}  # fmt: skip


def _shown(operation: str, values: Sequence[str]) -> str:
    """The sum as it is shown: 16 + 39."""
    if operation == "share":
        part = " + ".join(values[:-1])
        return f"{part if len(values) == 2 else f'({part})'} ÷ {values[-1]}"
    if operation == "ratio":
        return " ÷ ".join(values)
    if operation == "increase":
        return " − ".join(reversed(values))
    if operation == "mean":
        return f"({' + '.join(values)}) ÷ {len(values)}"
    return {"sum": " + ", "difference": " − ", "decrease": " − "}[operation].join(values)


def _count_of_places(made: Composition, facts: Sequence[Fact]) -> None:
    if len(facts) > 1 and len(made.question.plan.places) < 2:
        count_places(made, [claim_of(made, f) for f in facts])


def row_of(made: Composition, fact: Fact, claim: Claim, kind: str = "") -> None:
    """Add a fact's row to the table."""
    made.columns = COLUMNS
    quantity = fact.quantity
    value = plain(quantity.value)
    if quantity.value_high is not None:
        value += "–" + plain(quantity.value_high)
    notes = [
        kind,
        "" if fact.status == "done" else STATUS[fact.status],
        BOUND_NOTE.get(quantity.bound, ""),
        BY_HAND if fact.printed else "",
        fact.object,
    ]
    cells = (
        whose(fact),
        quantity.surface,
        value,
        quantity.unit or "",
        fact.period.text or "",
        "；".join(filter(None, notes)),
    )
    made.rows.append(Row(cells, claim))


def note(made: Composition, facts: Iterable[Fact]) -> None:
    """Warn of plans, corrections, and what makes figures hard to compare."""
    listed = list(facts)
    if any(f.status == "planned" for f in listed):
        made.warn("其中有计划数，不是已完成数。")
    if any("corrected" in f.flags and f.printed is None for f in listed):
        made.warn("有的数据的地方、时间或指标经人工更正，与原文不同。")
    heads = {object_head(f.object) for f in listed}
    if len(heads) > 1 and not _of_one_place(listed):
        made.warn("各地所指对象的说法不同，口径可能不一致，比较时请看原句。")
    if made.question.plan.period and any(f.period.end is None for f in listed):
        made.warn("原文没有写明时间的数，不能确定属于所问的时期。")
    if any(f.period.basis == "published" for f in listed):
        made.warn("“目前”“截至目前”按发布日期推定。")


def _warn_points(made: Composition) -> None:
    made.warn("街道、社区、村或单位的数是点位数据，不代表全县（市、区）。")


def _unanswered(made: Composition, asks: Sequence[Ask]) -> None:
    """Say of which of several figures asked for nothing was found."""
    for ask in asks:
        words = "".join(t.word for t in ask.own)
        if words and not re.search(r"\d", words):
            made.say(f"资料中未见“{words}”的数。")


def _missing(made: Composition, present: Sequence[str]) -> None:
    """Name the places asked for of which nothing was found."""
    if without := _lacking(made, present):
        made.say(f"资料中未见{'、'.join(without)}的相关数据。")


def _lacking(made: Composition, present: Sequence[str]) -> list[str]:
    """The names of the places asked for that are none of some, nor hold one of them."""
    contains = made.sources.gazetteer.contains
    return [made.name(p) for p in made.question.plan.places if not any(contains(p, e) for e in present)]


def plain(value: Decimal) -> str:
    """A value without an exponent or needless zeros."""
    return format(value.normalize(), "f")
