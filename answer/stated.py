"""A figure that a question states, held against what the library says: as many, of the same, then, done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from answer.arithmetic import undecided
from answer.choose import WHOLE, adcode_of, by_place, is_part, latest, near_best, one_unit
from answer.compose import Composition
from answer.counted import claim_of, derived, lookup, of_two_years, tell
from answer.match import CHANGE, FoundFact, asked_time, find_facts, is_change, of_the_time, share_of_words
from answer.narrated import AGREES, DIFFERS
from answer.plan import Question
from answer.say import OWN_LEVELS, year_of
from corpus.model import Fact, Quantity
from corpus.rows import about
from extract.measures import dimension
from extract.sentences import clause_before

_ITSELF = {"person_time", "ratio", "money", "area", "mass", "length", "time", "volume"}
"""Dimensions of which another unit says something else (7.4万公顷 is not 7.4万亩)."""
_COUNTED = {"thing", "body", "event", "text", "none", "structure"}
_PEOPLE = {"person", "person_time", "household"}
_OPEN_ABOVE = ("more_than", "at_least")
_MORE = re.compile("增|[多高升涨]")
"""Words by which a figure is said to have grown."""
_THAN = re.compile(
    "(?<!占)比(?![例重率较])[^，。？]{2,20}?(?:还|更|要|的?都)*(?P<more>[多少高低大小长短快慢])(?=[一些了得很的]|[吗吧呢？?。，]|$)"
    "|(?P<sign>[>＞<＜])"
)
_OR_NOT = re.compile("是不是|有没有|是否")
_WHETHER = re.compile("是升是降|升了?还是降|降了?还是升|涨了?还是跌|增了?还是减")
_UP = re.compile("增长|上升|增加|提高|上涨|回升|升高|(?<![上下])涨")
_DOWN = re.compile("下降|减少|降低|回落|下滑|下跌|缩减|压减")
_ALL_DONE = re.compile(
    "(?:全都|全部|都|均)(?:已经?)?[^，。？]{0,4}(?P<verb>整改|办结|完成|化解|完工|竣工|验收|达标|签约|拨付|销号|覆盖)"
)
"""All of something has been done to."""
_ALL_OF_PLAN = re.compile(
    "(?:计划|目标|任务|原定|年初)[^，。？]{0,24}(?:全都|全部|都|均)(?:已经?)?[^，。？没未不]{0,4}(?:建成|建好|完成|完工|投用|实现|到位)"
)
"""As many as were planned have been done."""
_OF_PLAN = re.compile(
    "(?P<not>没有?能?|未能?|还没)?(?P<over>超额|超)?(?:完成|达到|实现|达成|过)了?[^，。？]{0,8}(?:任务|目标|计划)(?!书|表|生育)"
)
"""What was planned has been done, or more than that."""
_YEAR_BEFORE = re.compile("比[^，。？]{0,4}(?:上年|去年|上一年|前一年|年初)|同比")
_THAN_YEAR = re.compile(
    "(?:(?P<over>高于|多于|大于|超过|超出)|低于|少于|小于|不及|不如)了?(?:19|20)\\d\\d年"
    "|比了?(?:19|20)\\d\\d年[^，。？]{0,12}?(?:(?P<more>[多高增涨升])|[少低减降跌])"
)
"""More or less than in another year, as a question states."""
_WHOLE_SHARE = 100
_NOT = re.compile("(?:没有?|未|尚|并非)[^，。？]{0,2}$")
"""What denies what stands right behind it."""
_GREATER = "多高大长慢>＞"


def check(made: Composition) -> bool:
    """Whether a figure the question states is what the library says."""
    question = made.question
    fitting = _of_the_kind(question, find_facts(question, made.sources))
    found = near_best(fitting)
    if not question.assumed or not found:
        return bool(found) and (compared(made) or against_year(made) or lookup(made))
    facts = _of_the_name(question, fitting)
    found = [f for f in found if f in facts] or found
    if _plan_reached(made, facts):
        return True
    asks_change = CHANGE.search(question.text) is not None
    if asks_change and _changed(made, facts):
        return True
    changes = [f for f in facts if asks_change and is_change(f)]
    wholes = changes or [f for f in facts if not is_part(f, facts) or f.subject in question.text] or facts
    same = [f for f in wholes if any(_states(question, a, f) for a in question.assumed)]
    beside = [f for each in same for f in made.sources.facts_in(each.article, each.sentence)]
    if not all(any(_states(question, a, f) for f in (*wholes, *beside)) for a in question.assumed):
        same = []
    made.say(AGREES if same else DIFFERS)
    done = changes or [f for f in found if f.status != "planned"] or found
    for fact in latest(made.citations, same or done)[:3]:
        tell(made, fact, "。")
    plan = _plan_of_as_many(question, facts)
    if plan is not None and not same and question.planned is not True:
        claim = claim_of(made, plan)
        made.say(f"所问的是计划数：{claim.text}。", claim)
    return True


def _plan_of_as_many(question: Question, facts: Sequence[Fact]) -> Fact | None:
    """The first plan of as many as a question states."""
    planned = (f for f in facts if f.status == "planned")
    return next((f for f in planned if any(_as_many(a, f.quantity) for a in question.assumed)), None)


def _judged(made: Composition, agrees: bool, *facts: Fact) -> Literal[True]:
    """Tell whether what a question states agrees with the library, and the figures that say so."""
    made.say(AGREES if agrees else DIFFERS)
    for fact in facts:
        tell(made, fact, "。")
    return True


def _done_of(made: Composition, plan: Fact) -> list[Fact]:
    """What was done of a plan, told behind it in its sentence."""
    beside = made.sources.facts_in(plan.article, plan.sentence)
    same = (plan.object, plan.quantity.unit)
    done = [f for f in beside if f.status == "done" and (f.object, f.quantity.unit) == same and not is_change(f)]
    return [f for f in done if f.quantity.span.start > plan.quantity.span.start]


def _plan_reached(made: Composition, facts: Sequence[Fact]) -> bool:
    """Whether as many have been done as were planned, where a question states that (计划的30个是不是都建成了)."""
    question = made.question
    said = _ALL_OF_PLAN.search(_OR_NOT.sub("", question.text))
    plan = _plan_of_as_many(question, facts)
    if said is None or plan is None:
        return False
    done = _done_of(made, plan)
    if not done:
        return False
    return _judged(made, done[0].quantity.value >= plan.quantity.value, plan, done[0])


def _of_the_kind(question: Question, fitting: list[FoundFact]) -> list[FoundFact]:
    """The figures of the kind that is stated, where there are any: of people, of things, or of one measure."""
    kinds = {_kind(a) for a in question.assumed}
    return [f for f in fitting if _kind(f.fact.quantity) in kinds] or fitting


def _kind(quantity: Quantity) -> str:
    dim = dimension(quantity.unit)
    return "people" if dim in _PEOPLE else "things" if dim in _COUNTED else dim


def _of_the_name(question: Question, fitting: list[FoundFact]) -> list[Fact]:
    """Of the figures that fit, those of the very thing that is asked (一等奖, not 三等奖), where one is near the best.

    With those as many as is stated whose sentence says more of what is asked.
    """
    facts = [f.fact for f in fitting]
    ask = question.ask
    named = [f for f in facts if ask and any(t.within(about(f)) for t in ask.heads)]
    if ask is None or not set(named) & set(near_best(fitting)):
        return facts
    most = max(share_of_words(ask, f) for f in named)
    values = {a.value for a in question.assumed}
    return [f for f in facts if f in named or (f.quantity.value in values and share_of_words(ask, f) > most)]


def compared(made: Composition) -> bool:
    """Whether one place has more or less of something than another, as a question states (澧县的土方比安乡县还多)."""
    question = made.question
    said = _THAN.search(question.text)
    if said is None or question.assumed or len(question.plan.places) != 2:
        return False
    figures = {adcode_of(f): f for f in one_unit(made, by_place(made, question.ask)[0])}
    if set(figures) != set(question.plan.places):
        return False
    first, second = (figures[place] for place in question.plan.places)
    if question.text[: said.start()].strip("“ ") == "":
        first, second = second, first  # 比安乡县多的是澧县
    more = first.quantity.value > second.quantity.value
    less = first.quantity.value < second.quantity.value
    if undecided(first.quantity, second.quantity):
        made.say("有约数，谁多谁少无法确定：")
    else:
        made.say(AGREES if (more if (said["more"] or said["sign"]) in _GREATER else less) else DIFFERS)
    for fact in (first, second):
        tell(made, fact)
    return True


def of_plan(made: Composition) -> bool:
    """Whether what was planned has been done, or more, as a question states (没完成任务, 超过了年初计划)."""
    question = made.question
    said = _OF_PLAN.search(_OR_NOT.sub("", question.text))
    if said is None or question.assumed:
        return False
    facts = _of_the_name(question, find_facts(question, made.sources))
    pairs = ((plan, done) for plan in facts if plan.status == "planned" for done in _done_of(made, plan))
    plan, done = next(pairs, (None, None))
    if plan is None or done is None or undecided(plan.quantity, done.quantity):
        return False
    over = done.quantity.value > plan.quantity.value
    holds = over or (done.quantity.value == plan.quantity.value and said["over"] is None)
    return _judged(made, holds is (said["not"] is None), plan, done)


def turned(made: Composition) -> bool:
    """Whether something grew or fell as a question without a figure states (离婚登记同比下降，是否正确).

    By what a text tells of it, or by the figures of a date and of the same one a year before (比上年末减少).
    """
    question = made.question
    said = _turn(_OR_NOT.sub("", _WHETHER.sub("", question.text)))
    ask = question.ask
    if said is None or question.assumed or ask is None or not ask.heads:
        return False
    if row := _years_apart(made):
        first, last = (f.quantity for f in row)
        return _judged(made, last.value > first.value if said else last.value < first.value, *row)
    changes = [f.fact for f in find_facts(question, made.sources) if is_change(f.fact)]
    for fact in changes:
        level = next((f for f in made.sources.facts_in(fact.article, fact.sentence) if f.id in _levels(fact)), fact)
        told = _turn(clause_before(fact))
        if told is not None and any(t.within(level.object) for t in ask.heads):
            return _judged(made, told is said, fact)
    return False


def _years_apart(made: Composition) -> list[Fact]:
    """The exact figure of the time asked of and the one of the same body and thing a year before, that first."""
    question = made.question
    asked = question.plan.period
    if asked is None or not asked.end or not _YEAR_BEFORE.search(question.text):
        return []
    before = f"{int(asked.end[:4]) - 1}{asked.end[4:]}"
    whenever = replace(question, plan=replace(question.plan, period=None))
    facts = [f for f in _of_the_name(question, find_facts(whenever, made.sources)) if f.status == "done"]
    facts = [f for f in facts if f.quantity.bound == "exact" and not is_change(f) and f.subject_level in OWN_LEVELS]
    for last in (f for f in facts if f.period.end == asked.end):
        for first in (f for f in facts if f.period.end == before):
            thing = (first.object, first.quantity.unit, first.subject, first.article)
            if thing == (last.object, last.quantity.unit, last.subject, last.article):
                return [first, last]
    return []


def against_year(made: Composition) -> bool:
    """Whether a figure is more or less than that of another year, as a question states (2025年的件数低于2024年)."""
    question = made.question
    said = _THAN_YEAR.search(_OR_NOT.sub("", question.text))
    row = of_two_years(made) if said and not question.assumed else []
    parts = {tuple((day or "")[4:] for day in (f.period.start, f.period.end)) for f in row}  # half a year is no year
    if said is None or len(parts) != 1 or any(undecided(row[0].quantity, f.quantity) for f in row[1:]):
        return False
    than, of = sorted(row, key=lambda f: year_of(f) not in said.group())
    more = of.quantity.value > than.quantity.value
    return _judged(made, more if said["over"] or said["more"] else of.quantity.value < than.quantity.value, *row)


def _levels(change: Fact) -> set[str]:
    return {r.fact for r in change.relations if r.type == "change_of"}


def _turn(text: str) -> bool | None:
    """True where a text says that something grew, False where it fell; None where it says neither, both, or denies."""
    up, down = _UP.search(text), _DOWN.search(text)
    said = up or down
    if said is None or (up and down) or _NOT.search(text[: said.start()]):
        return None
    return up is not None


def ended(made: Composition) -> bool:
    """Whether all of something has been done, as a question states (隐患都整改完了吧): by its rate, if that is told."""
    question = made.question
    text = _OR_NOT.sub("", question.text)
    said = _ALL_DONE.search(text)
    if said is None or question.assumed or "不是" in text or re.search("[没未不]", said[0]):
        return False
    rate = f"{said['verb']}率"
    facts = made.sources.catalogue.facts(made.sources.scope(question.places), about=[rate])
    rates = [
        f for f in facts
        if f.stands and f.subject_level in OWN_LEVELS and f.object.endswith(rate)
        and question.may_cite(f.article)
        and (asked_time(question, f) is None or f.period.end is None or of_the_time(question, f))
    ]  # fmt: skip
    near = [f for f in rates if question.ask and any(t.within(f.sentence_text) for t in question.ask.heads)]
    if len(near) != 1 or near[0].quantity.bound not in ("exact", "less_than"):
        return False
    whole = near[0].quantity.value == _WHOLE_SHARE and near[0].quantity.bound == "exact"
    denied = _NOT.search(text[: said.start()]) is not None
    return _judged(made, whole is not denied, near[0])


def _changed(made: Composition, facts: list[Fact]) -> bool:
    """Whether figures lie as far from what they are compared with as the question states (比去年同期多138件)."""
    pairs = list(_compared(made, facts))
    for place in dict.fromkeys(adcode_of(level) for level, _ in pairs):
        level, base = next(pair for pair in pairs if adcode_of(pair[0]) == place)
        apart = level.quantity.value - base.quantity.value
        direction = "increase" if apart >= 0 else "decrease"
        turned = (_MORE.search(made.question.text) is not None) is (apart >= 0)
        same = turned and any(a.value == abs(apart) and a.unit == level.quantity.unit for a in made.question.assumed)
        made.say(AGREES if same else DIFFERS)
        for fact in (level, base):
            tell(made, fact)
        claim = derived(made, direction, (base, level))
        made.say(claim.text + "。", claim)
    return bool(pairs)


def _compared(made: Composition, facts: list[Fact]) -> Iterator[tuple[Fact, Fact]]:
    """Each figure with the one that its sentence compares it with."""
    for fact in facts:
        for other in made.sources.facts_in(fact.article, fact.sentence):
            if any(r.type == "baseline_of" and r.fact == fact.id for r in other.relations):
                yield fact, other


def _states(question: Question, stated: Quantity, fact: Fact) -> bool:
    """Whether a figure is what a question states.

    As many, in the same unit (人次 are not 人), done or planned, as of the time told, and of the whole place where
    全区 is said.
    """
    own = fact.subject_level in OWN_LEVELS or fact.subject in question.text or WHOLE.search(question.text) is None
    planned = (fact.status == "planned") is (question.planned is True)
    return _as_many(stated, fact.quantity) and own and planned and _then(question, fact)


def _as_many(stated: Quantity, told: Quantity) -> bool:
    """Whether one may be said for the other: 5万多件 for 51000件, never 1000件 for 近1000件."""
    kinds = {dimension(stated.unit), dimension(told.unit)}
    if stated.unit != told.unit and (kinds & _ITSELF or not (len(kinds) == 1 or kinds <= _COUNTED)):
        return False
    if stated.value == told.value:
        above = stated.bound in _OPEN_ABOVE and told.bound in (*_OPEN_ABOVE, "approx_above")
        return above or stated.bound == told.bound
    match stated.bound:
        case "approx_above":
            return told.bound == "exact" and stated.value < told.value < stated.value + _step(stated)
        case "approx":
            return abs(told.value - stated.value) * 10 <= stated.value
        case "more_than" | "at_least":
            return told.bound != "less_than" and told.value > stated.value
        case "range":
            return stated.value <= told.value <= (stated.value_high or stated.value)
        case "less_than":
            return told.bound in ("exact", "less_than") and told.value < stated.value
    return False


def _step(stated: Quantity) -> int:
    """The place of the last digit written: 10000 for 5万多."""
    digits = format(stated.value.normalize(), "f").partition(".")[0]
    return int(10 ** (len(digits) - len(digits.rstrip("0"))))


def _then(question: Question, fact: Fact) -> bool:
    """Whether a dated figure is of the time that the question tells."""
    asked, end = asked_time(question, fact), fact.period.end
    if asked is None or asked.end is None or end is None:
        return True
    return of_the_time(question, fact) if asked.start else end == asked.end
