"""Which of the facts that fit stand for a place: the latest of a series, the total before its parts, no place twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from answer.asks import Ask
from answer.cite import Citations
from answer.compose import Composition
from answer.match import FoundFact, find_facts, is_rate, kinds_of
from answer.say import OWN_LEVELS, name_of
from corpus.model import Fact, Quantity
from extract.actions import action_class, is_action
from extract.classify import object_head
from extract.measures import dimension
from extract.sentences import clause_before

WHOLE = re.compile(r"[全本](?:省|市|州|盟|县|旗|区)")
"""Words that ask for a figure of the whole place."""
_ADDED = re.compile("新(?!能源|时代|业态|就业|型|质|兴|生|闻|冠|市|农|华|社|疆|区|城)[一-鿿]|净增|增[设加补](?![到至])")
"""Verbs of what is added to what there was (新建, 新设)."""
_OF_EACH = re.compile("每[百千万]|[人户]均")
"""So much for each of many (每千人口托位数)."""
_SO_FAR = re.compile("总数|总量|保有量|累计|共有|现有")
"""Words that ask for what there is so far, though of a year (2025年助餐点总数)."""
_RESULT = re.compile(
    "[一-鿿]{2}(?P<word>成功|办结|完成|落地|开工|投产|投用|竣工|合格|通过|达标|到位|返乡|上岗)(?!率|资金|比例)(?=的|了|数|多少|几|[，。？]|$)"
)
"""What came of what is asked for (调解成功的)."""
_COUNTED = {"body", "event", "text", "thing"}
"""Dimensions whose measure words say the same of a thing: 起 and 件, 个 and 处."""
_CLEARLY = 0.1
"""How much better a part must fit than its whole to stand before it."""
_NEARLY = 0.15
"""How much worse than the best a figure may fit that is shown beside it."""


def near_best(found: Sequence[FoundFact]) -> list[Fact]:
    """The facts that fit as well as the best does, or nearly."""
    best = max((f.score for f in found), default=0.0)
    return [f.fact for f in found if f.score >= best - _NEARLY]


def own_and_points(found: Sequence[Fact], made: Composition) -> tuple[list[Fact], list[Fact]]:
    """Figures of the places themselves, and of bodies below them; only of places of the level that is asked for.

    Those of the country where it is named, or where no place is asked for and none has any.
    """
    wanted = made.question.level
    whole = [f for f in found if f.place is None and f.subject_level == "national"] if made.question.country else []
    if whole and (made.question.country == "only" or all(f.place is None for f in found)):
        return whole, []
    own = [f for f in found if f.subject_level in OWN_LEVELS and f.place is not None]
    points = [
        f for f in found
        if f.subject_level not in OWN_LEVELS and f.place is not None and f.subject_level != "national"
    ]  # fmt: skip
    if made.question.below and points:
        return [], [f for f in points if f.subject_level != "organisation"] or points
    level, endings = made.sources.gazetteer.level, made.question.endings
    own = [f for f in own if wanted is None or level(adcode_of(f)) == wanted]
    return [f for f in own if not endings or name_of(f.place).endswith(tuple(endings))], points


def by_place(made: Composition, ask: Ask | None, *, one_each: bool = True) -> tuple[list[Fact], list[Fact]]:
    """The best own figure of each place (or all that fit equally), in code order, and those of bodies below."""
    found = _meeting(made.question.condition, find_facts(made.question, made.sources, ask))
    own, points = own_and_points([f.fact for f in found], made)
    score = {f.fact.id: f.score for f in found}
    chosen: list[Fact] = []
    several: list[str] = []
    for _, mine in sorted(_grouped(own).items()):
        mine = [f for f in mine if f.status in ("done", "capacity")] or mine
        best = max(score[f.id] for f in mine)
        done = latest(made.citations, [f for f in mine if score[f.id] >= best - 2 * _NEARLY])
        done = sorted(done, key=lambda f: -score[f.id])
        done = sorted(done, key=lambda f: f.period.end or "", reverse=True)
        done = _standing_first(made, ask, done, score, mine)
        if one_each and len({f.quantity.value for f in done}) > 1:
            several.append(name_of(done[0].place))
        chosen += done[:1] if one_each else done
    if several:
        made.warn("、".join(several) + "有多个口径的数，列出最相符的一个，其余见指标数据。")
    covered = {adcode_of(f) for f in chosen}
    return chosen, sorted(
        (f for f in points if adcode_of(f) not in covered), key=lambda f: (adcode_of(f), f.article, f.quantity.span)
    )


_TELLS_APART = ("close", "rectify", "find", "resolve", "award")
"""Classes of verbs of which each tells another outcome."""


def _standing_first(
    made: Composition, ask: Ask | None, done: Sequence[Fact], score: Mapping[str, float], mine: Sequence[Fact]
) -> list[Fact]:
    """A place's figures, the one that stands for it first: so much for each if that is asked, a whole before parts.

    Of what counts the very thing what is new or so far, as is asked; of 8236名村民 of whom so many have been moved,
    those moved, where that is asked.
    """
    parts = {f.id for f in done if is_part(f, mine)}
    whole = max((score[f.id] for f in done if f.id not in parts), default=0.0)
    family = _names_family(made.question.text, ask) and any(_counts_it(f, ask) for f in done if f.id not in parts)
    does = {f.id for f in done if _does_it(f, ask)}
    alone = bool(does) and does <= parts
    parts = {p for p in parts if (family or score[p] <= whole + _CLEARLY) and not (alone and p in does)}
    asked = made.question.plan.period
    of_period = asked is not None and asked.start is not None
    as_of = asked is not None and asked.start is None
    added = (of_period and not _SO_FAR.search(made.question.text)) or _asks_added(ask)
    of_each = _OF_EACH.search(made.question.text) is not None
    named = {f.id for f in done if _is_in_full(f, ask)} or {f.id for f in done if _is_it(f, ask)}
    result = _RESULT.search(made.question.text)
    verb = ask.action if ask and action_class(ask.action).name == "other" else ""
    verb = verb if any(f.action == verb for f in done) else ""
    verbs = {f.id: _verbs_said(f, ask) for f in done}
    said = {f.id for f in done if verbs[f.id] and verbs[f.id] == max(verbs.values())}
    return sorted(
        done, key=lambda f: (
            result is not None and result["word"] not in clause_before(f), bool(verb) and f.action != verb,
            bool(said) and f.id not in said,
            of_each and not _is_of_each(f), f.id in parts, not _counts_it(f, ask),
            not of_period and _is_of_one_day(f), as_of and _is_of_a_span(f), of_period and not f.period.text,
            of_period and bool(named) and f.id not in named, added is not is_added(f),
            f.id not in named and f.id not in does, not added and not is_so_far(f), f.id not in does,
            f.id not in named,
        ),
    )  # fmt: skip


def _verbs_said(fact: Fact, ask: Ask | None) -> int:
    """How many of the verbs asked with are a figure's, of those that tell apart what became of things (撤销|登记)."""
    verbs = [t.word for t in (*ask.own, *ask.around) if is_action(t.word)] if ask else []
    return sum(v in fact.action for v in verbs if action_class(v).name in _TELLS_APART)


def _names_family(text: str, ask: Ask | None) -> bool:
    """Whether a question names things of one family by several of its names (食堂、助餐点)."""
    named = {form for t in (ask.heads if ask else ()) for form in t.forms if form in text}
    return len({form for form in named if not any(form != other and form in other for other in named)}) > 1


def _is_of_each(fact: Fact) -> bool:
    return is_rate(fact) or _OF_EACH.match(fact.object) is not None


def _is_of_one_day(fact: Fact) -> bool:
    """Whether a figure is of what happened on one day (3月5日1300名志愿者走上街头), not as of one."""
    return fact.period.start is not None and fact.period.start == fact.period.end


def _is_of_a_span(fact: Fact) -> bool:
    """Whether a figure is of what a text says was done in a time (全年建成27个), not as of its end."""
    return fact.period.start is not None and action_class(fact.action).name not in ("reach", "other")


def _asks_added(ask: Ask | None) -> bool:
    """Whether what is new is asked for (新建的驿站), not what there is so far."""
    return ask is not None and any(_ADDED.match(t.word) for t in (*ask.own, *ask.around))


def is_added(fact: Fact) -> bool:
    """Whether a figure is of what was added to what there was (新建12个)."""
    return _ADDED.match(fact.action) is not None


def _counts_it(fact: Fact, ask: Ask | None) -> bool:
    """Whether what a fact counts ends in the asked thing's name: 老年助餐点, not 助餐人次."""
    counted = (fact.object.rstrip("”"), fact.object.removesuffix("数"))
    return ask is not None and any(c.endswith(form) for c in counted for t in ask.heads for form in t.forms)


def _is_it(fact: Fact, ask: Ask | None) -> bool:
    """Whether what a fact counts is the asked thing without more: 托位, not 普惠托位."""
    return ask is not None and any(fact.object in t.forms for t in ask.heads)


def _is_in_full(fact: Fact, ask: Ask | None) -> bool:
    """Whether what a fact counts is the asked thing with all that its name is asked with (家庭养老|床位)."""
    kinds = kinds_of(ask) if ask else []
    rest = fact.object
    for term in (*kinds, *(ask.heads[-1:] if ask and kinds else ())):
        form = next((form for form in sorted(term.forms, key=len, reverse=True) if form in rest), None)
        if form is None:
            return False
        rest = rest.replace(form, "", 1)
    return bool(kinds) and not rest


def _does_it(fact: Fact, ask: Ask | None) -> bool:
    """Whether what was done is of the class of a verb that is asked with (撤离, 转移)."""
    kinds = {action_class(t.word).name for t in (*ask.own, *ask.around) if is_action(t.word)} if ask else set()
    return bool(fact.action) and action_class(fact.action).name in kinds


def _meeting(condition: Quantity | None, found: Sequence[FoundFact]) -> list[FoundFact]:
    """The figures in the unit of a question's condition that meet it; a condition in a unit that none has is none."""
    if condition is None:
        return list(found)
    kind = _kind(condition)
    alike = [f for f in found if condition.unit is None or _kind(f.fact.quantity) == kind]
    return [f for f in alike if _meets(condition, f.fact)] if alike else list(found)


def _kind(quantity: Quantity) -> str:
    """The dimension of a quantity; of what is only counted, one for all measure words."""
    kind = dimension(quantity.unit)
    return "thing" if kind in _COUNTED else kind


def _meets(condition: Quantity, fact: Fact) -> bool:
    """Whether a figure is as a question demands (超过65%, 不足100个, 5万以上)."""
    value, limit = fact.quantity.value, condition.value
    match condition.bound:
        case "more_than" | "approx_above":
            return value > limit
        case "at_least":
            return value >= limit
        case "less_than":
            return value < limit
        case "range":
            return limit <= value <= (condition.value_high or limit)
    return True


def one_a_body(points: Sequence[Fact]) -> list[Fact]:
    """The first figure of each street, town or community."""
    return list({(adcode_of(f), f.subject): f for f in reversed(points)}.values())[::-1]


def wider_apart(made: Composition, facts: Sequence[Fact]) -> tuple[list[Fact], list[Fact]]:
    """Figures of places, and of those that contain another listed place and are told apart."""
    above = {code for f in facts for code in _above(made, adcode_of(f))}
    return [f for f in facts if adcode_of(f) not in above], [f for f in facts if adcode_of(f) in above]


def _above(made: Composition, adcode: str) -> list[str]:
    """The divisions that a place lies in."""
    found: list[str] = []
    above = made.sources.gazetteer.parent(adcode) if adcode else None
    while above:
        found.append(above)
        above = made.sources.gazetteer.parent(above)
    return found


def _grouped(facts: Sequence[Fact]) -> dict[str, list[Fact]]:
    places: dict[str, list[Fact]] = {}
    for fact in facts:
        places.setdefault(adcode_of(fact), []).append(fact)
    return places


def latest(citations: Citations, facts: Sequence[Fact]) -> list[Fact]:
    """Of figures of one thing at several dates the latest stands; figures are never added up over time."""
    kept: list[Fact] = []
    alike: dict[tuple[object, ...], list[int]] = {}
    for fact in facts:
        thing = object_head(fact.object), is_added(fact), fact.tied("part_of")
        places = alike.setdefault((*thing, fact.quantity.unit, fact.status, fact.subject, adcode_of(fact)), [])
        at = next((i for i in places if _one_series(citations, kept[i], fact)), None)
        if at is None:
            places.append(len(kept))
            kept.append(fact)
        elif dated(citations, fact) > dated(citations, kept[at]):
            kept[at] = fact
    return kept


def dated(citations: Citations, fact: Fact) -> str:
    """When a figure stood: its period's end, else its article's date; "" where neither is known."""
    return fact.period.end or citations.article(fact.article).published_on or ""


def _one_series(citations: Citations, a: Fact, b: Fact) -> bool:
    """Whether figures of one thing, unit, standing and body tell how it stood at two dates."""
    if a.article == b.article and (a.period.end == b.period.end or None in (a.period.end, b.period.end)):
        return False
    if contradict(citations, a, b):
        return False
    same = a.indicator == b.indicator or (_is_standing(a) and _is_standing(b))
    return same and "" not in (dated(citations, a), dated(citations, b))


def contradict(citations: Citations, a: Fact, b: Fact) -> bool:
    """Whether two texts tell different figures of one thing at one time: as of one day, or one text in two outlets."""
    exact = a.quantity.bound == b.quantity.bound == "exact"
    if a.article == b.article or a.quantity.value == b.quantity.value or not exact or not _counts_same(a, b):
        return False
    if a.period.end or b.period.end:
        return (a.period.start, a.period.end) == (b.period.start, b.period.end) and a.period.basis == "stated"
    return b.article in citations.sources.once(("linked", a.article), lambda: _linked(citations, a.article))


def _linked(citations: Citations, article: str) -> list[str]:
    """The articles that are copies of one or look like it."""
    links = citations.sources.catalogue.links([article])
    return [link.other if link.article == article else link.article for link in links]


def _counts_same(a: Fact, b: Fact) -> bool:
    same = a.object == b.object and is_added(a) is is_added(b) and a.tied("part_of") is b.tied("part_of")
    same = same and a.place == b.place and action_class(a.action).name == action_class(b.action).name
    return same and (a.quantity.unit, a.status, a.subject) == (b.quantity.unit, b.status, b.subject)


def _is_standing(fact: Fact) -> bool:
    """Whether a figure tells what there is, by its verb (共有46个, 达到58个)."""
    return action_class(fact.action).name in ("establish", "reach", "other")


def is_so_far(fact: Fact) -> bool:
    """Whether the words before a figure say that it is the whole so far."""
    return re.search(r"累计|共|总数|达到?$|已建|现有|已有|目前", fact.left) is not None


def is_part(fact: Fact, among: Iterable[Fact]) -> bool:
    """Whether a figure is a change or a baseline, or part of another of its own place among those that fit."""
    own = {f.id for f in among if adcode_of(f) == adcode_of(fact)}
    return any(
        r.type in ("change_of", "baseline_of") or (r.type == "part_of" and r.fact in own) for r in fact.relations
    )


def without_nested(made: Composition, facts: Sequence[Fact]) -> list[Fact]:
    """Parent and child places are never added: the higher place's figure stands."""
    codes = {adcode_of(f) for f in facts}
    kept = [f for f in facts if not codes.intersection(_above(made, adcode_of(f)))]
    if len(kept) < len(facts):
        made.warn("上级已含下级，下级的数未重复相加。")
    return kept


def one_unit(made: Composition, facts: Sequence[Fact]) -> list[Fact]:
    """The figures in the unit that most of them have; 名 and 人, 个 and 处 are one."""
    units: dict[str | None, list[Fact]] = {}
    for fact in facts:
        units.setdefault(_kind(fact.quantity), []).append(fact)
    if len(units) > 1:
        made.warn("单位不同的数没有放在一起比较。")
    return max(units.values(), key=len) if units else []


def adcode_of(fact: Fact) -> str:
    """The adcode of a fact's place, or an empty string."""
    return fact.place.adcode if fact.place else ""
