"""Which facts of the library count what a question asks, over all of it, not the top few."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from answer.asks import PERSONS, Ask, asks_growth, may_be_rate
from answer.likeness import (
    BY_WORDS,
    ENOUGH,
    SEARCHED,
    SURE,
    context_of,
    headings_over,
    likeness,
    plainly,
    share_in,
    title_of,
)
from answer.plan import YEAR, Question
from answer.sources import Sources
from answer.words import Term
from corpus.model import Article, Fact, Period
from corpus.rows import about
from extract.actions import action_class, is_not_done, known_actions
from extract.classify import GOES_TO
from extract.clause import CHANGE as CHANGED_BY
from extract.clause import last_clause
from extract.measures import dimension
from extract.period import SAME_SPAN, find_period
from extract.sentences import clause_of
from extract.status import says_planned
from extract.subject import LOW

_OTHER_MEASURE = 0.1
"""What a figure loses whose measure word is of another kind (几家 for 户)."""
_NAMED_BOTH = 0.2
"""The fit of a figure whose place and thing are both named, in a question over several places."""
_CLEAR = 0.75
"""The share of the words of a figure of the asked thing that need not be compared in meaning."""
_OTHER_HEAD, _OTHER_WORD, _OTHER_ACTION = 0.2, 0.12, 0.1
"""What a figure loses that counts a thing of another name, or less where nothing in the library has the asked name;
and one of which another thing is done."""
_NEAR_BEST = 0.25
"""How much less than the best of its place a figure may fit, unless the best is part of it."""
_COMPARED = 80
"""How many figures that are not clear, those with the most words first, are compared in meaning."""
_AROUND = 0.5
"""What a word counts that stands elsewhere in the question, not beside the figure asked for."""
CHANGE = re.compile(
    r"增[长幅速加]|涨幅|提[高升]|上升|下降|减少|降[幅低]|同比|环比|比(?:去年|上年|前年|年初)[^，。]{0,6}[多少增减升降]|[涨升降]了?(?:多少|几)|[多少]了(?:多少|几)"
)
_GROWTH = re.compile("增速|增幅|涨幅|降幅|增长|上涨|下降|降低|上升|提高")
_GROWN = re.compile(f"(?:{_GROWTH.pattern})率?$")
"""What ends the name of by how much something grew or fell (地区生产总值增速)."""
_EACH_BY = re.compile(rf"分别[^，。；\d]{{0,8}}(?:{_GROWTH.pattern}|增加|减少)了?(?:\d[^，。；]*)?$")
"""Before each of a row of figures that tell by how much (城镇、农村居民收入分别增长5.5%和|7.5%)."""
_WHOM = (
    "小哥|骑手|快递|外卖|网约|司机|货车|新就业群体", "人才|毕业生", "老年|老人|长者", "儿童|少年|婴幼儿|托育",
    "妇女", "退役军人", "残疾", "游客|旅游", "农民工|零工",
)  # fmt: skip
"""For whom a thing is: what is for the one is not for the other (小哥驿站, 人才驿站)."""
_CONTRARY = tuple(
    tuple(re.compile(kind) for kind in kinds)
    for kinds in (
        ("城镇|城市|市民", "农村|乡村|农民"), ("男", "女"), ("公办", "民办"), ("线上", "线下"), ("出生", "死亡"),
        ("进口", "(?<!进)出口"), ("国内", "入境|国际|境外"), ("省外", "省内"),
        _WHOM,
        ("第?一产业?|农业", "第?二产业?|(?<!农)工业", "第?三产业?|服务业"),
    )
)  # fmt: skip
"""Words that tell kinds apart: what is counted of one kind never answers for another."""
_RIDERS = re.compile(f"{_WHOM[0]}|户外劳动者|环卫")
_STATIONS = tuple("驿 驿家 驿栈 港湾 之家 小站 小屋 家园 服务站 能量站 加油站 补给站 暖心屋 会客厅".split())
_OWN_NAME = re.compile(f"[“「][^”」]{{1,10}}(?:{'|'.join(_STATIONS)})[”」]$")
"""What a place calls its own stations for riders, whose name does not say that they are stations."""
_DEFINING = re.compile(
    "注册|专职|兼职|持证|普惠|公办|民办|每[千万]人|规上|规模以上|国家级|省级|市级|县级|[一二三四五]星级"
)
"""Words without which what is counted is another thing (注册志愿者, 每千人口托位)."""
_DEGREES = ("满意度", "知晓度", "知晓率", "参与度", "认可度", "覆盖度", "集中度")
"""How names of degrees end, which are told in percent or points."""
_SITES = ("驿站", "站点", "服务站", "食堂", "助餐点", "阵地", "网点")
"""How names of places end where people go, which are counted themselves (not 走访站点5900次)."""
_BEHIND = 3
"""Characters at most behind the name asked for in the name of what has it (入境旅游|人次)."""
_ASKS_TARGET = re.compile("目标|计划数|任务数")
_WHOLE_PLACE = re.compile("全[市县区旗州盟](?!各|有哪|哪)")
_PER = re.compile(r"每[百千万十]?[个家户人处名一]|每[百千万]|[人户村校班日月年]均|平均|均值")
"""So much for each of something, never the whole."""
_SO_MUCH = re.compile(
    r"每(?:[百千万]|一?[名个家户位][一-鿿]{1,4}?)[^，。；]{1,10}$|(?:[人户村校班日月年]均|平均每?)[^，。；]{0,10}$"
)
_FOR_EACH = re.compile("[户村校班]均")
"""In the name of what is counted: so much for each (村均牌子)."""
_NAMED_RATE = re.compile("人均(?:可支配|纯|消费性?)")
"""A statistic that everybody knows by its name alone (居民人均可支配收入, as 农民收入)."""
_SAME_TIME = re.compile("(?:去年|上年)同期(?!相?比|[多少增减])")
_YEAR_OF = re.compile("(?:19|20)[0-9]{2}年|今年|本年度?")
_ALL_YEAR = re.compile("全年(?!计划|任务|目标)")
_EARLIER = re.compile("去年|上年|前年|同期|年初|此前|之前|原来|(?:19|20)[0-9]{2}年")
"""Words of a question that may ask for a figure with which another is compared."""
_LOOKS_BACK = re.compile("政府工作报告|工作总结|年度总结|统计公报")
"""What is written early in a year of the one before."""
_EARLY = "03"
_STALE = 4
"""Months after which a figure as of a day says nothing of a later one that is asked of."""
_LEAD = 80
"""How many characters of a text say what it is about."""
_MEASURED = {"ratio", "length", "distance", "duration", "temperature", "mass", "volume"}
"""Dimensions of figures that count nothing."""
_RATE = re.compile(r"率|比例|比重|占比|百分|程度|时长|距离|面积|半径")
_IS_RATE = re.compile("(?<![功频效速])率$|占比$|比重$")
_ANY_RATE = re.compile("[一-鿿]{0,2}(?:率|比例|占比|比重)")
_OF_RATE = 0.5
"""The share of the words that a rate must have whose own name says little (快递进村|覆盖率, not 森林覆盖率)."""
_NOTHING = ("人员", "人次", "家庭", "资金", "比例", "面积", "")
"""What a figure counts of which no thing is named."""
_ANY_SUM = frozenset("收入 支出 产值 总额 余额 人数 面积 金额 投资 资金 产量 总量".split())
"""How names of sums end that have nothing else in common (农民收入, 一般公共预算收入)."""
_ONE_KIND = 0.9
"""The cosine of the names of two things of one kind (快递网点, 寄递网点)."""
_CASES = {"起", "件", "宗", "例", "桩"}
"""Units of what happens and is dealt with one by one."""
_OWN_MEASURES = frozenset("本 册 张 块 辆 台 栋 盏 头 只 株 棵 篇 份".split())
"""Measure words of things of one make, never of others (台账|15本, not 证明事项|16项)."""
_OF_ALL_KINDS = {"个", "家", "位", "支", "批", "次"}
"""Measure words that persons are asked for with as well."""
_COUNTED = {"thing", "body", "text", "none"}
_COUNTABLE = _COUNTED | {"person", "household", "event"}
"""Dimensions of what can be counted one by one; those of things are asked for in one another's measure words."""
_LOOSE = {"reach", "other"}

_NOT_SO = re.compile(
    "(?:[尚还]?未能?(?!来|成年|必)|[还尚]?没有?|不(?![同断少低足超仅再到如是在要])|无(?!人机|障碍|偿))了?"
    "(?P<what>[一-鿿]{1,2})"
)
"""What is said not to be so."""
_MET = frozenset("走访 座谈 访谈 慰问 回访 访问 约谈 问卷".split())
"""What is done with persons of whom there are more (走访代办员|96名)."""
_OWED = re.compile("应(?:参[检加评保会]|[到建收缴检报退还])")
_REMAINS = re.compile("还[差剩有]|剩|缺口|缺多少|差多少")
_NEW = re.compile("新[建增设办开招添]|增[设加补]|年(?:这|那)?一年(?!级)|当年|年内")
"""What asks for what a period added, which a figure as of its end does not tell."""


@dataclass(frozen=True, slots=True)
class FoundFact:
    """A fact and how well it fits, 0 to 1."""

    fact: Fact
    score: float


def find_facts(question: Question, sources: Sources, ask: Ask | None = None) -> list[FoundFact]:
    """The facts in the question's places and period that count what it asks, copies left out, best first.

    ``ask``: the one of its figures that is meant; the first by default.
    """
    ask = ask or question.ask
    meant = ask or Ask(question.text, question.wanted, (), question.wanted[-1:], "", None)
    return list(sources.once(("facts", question, meant), lambda: _find(question, sources, meant)))


def _find(question: Question, sources: Sources, ask: Ask) -> list[FoundFact]:
    if not question.places and unheard_of(ask, sources):
        return []
    asks_change = CHANGE.search(question.text) is not None
    asks_rate = question.arithmetic == "mean" or _PER.search(question.text) is not None
    if ask.indicator:
        chosen = sources.catalogue.facts(sources.scope(question.places), indicators=[ask.indicator])
        return [FoundFact(f, 1.0) for f in chosen if f.stands and _in_period(question, f, sources) and not is_change(f)]
    facts = [
        fact for fact in _in_scope(question, ask, sources)
        if fact.stands and _in_period(question, fact, sources) and (asks_change or not is_change(fact))
        and _same_kind(ask, fact) and _of_bodies(question, fact, sources) and (asks_rate or not is_rate(fact))
        and question.may_cite(fact.article) and not _of_other_kind(ask, fact) and not for_others(question, fact.object)
        and not _only_seen(ask, fact) and _so_as_asked(question, fact)
        and (fact.status != "background" or fact.place is None)
    ]  # fmt: skip
    if asks_growth(ask):
        facts = [f for f in facts if _of_growth(ask, f)]
    facts = [f for f in facts if _is_denied_so(question, f)] or facts
    fitting = _fitting(question, ask, facts, sources)
    if question.plan.operation != "trend" and not asks_change and not _EARLIER.search(question.text):
        fitting = _of_now(fitting)
    elif question.plan.operation in ("list", "rank", "aggregate"):
        fitting = _of_now(fitting, question)
    fitting = _as_defined(ask, fitting)
    found = [f for f in _rows_alike(fitting) if f.score >= _floor(question, ask, f.fact, sources)]
    kept = [f for each in _by_place(found) for f in _in_unit(ask, each)]
    kept = [f for each in _by_place(_of_named_bodies(question, kept)) for f in _of_the_period(question, each)]
    if question.planned is not None and question.plan.operation != "check" and not question.assumed:
        targets = _ASKS_TARGET.search(question.text) is not None
        kept = [f for each in _by_place(kept) for f in _as_planned(each, question.planned, targets=targets)]
    best: dict[str, float] = {}
    for each in kept:
        best[_where(each.fact)] = max(best.get(_where(each.fact), 0.0), each.score)
    wholes = {r.fact for f in kept for r in f.fact.relations if r.type == "part_of"}
    near = [f for f in kept if f.score >= best[_where(f.fact)] - _NEAR_BEST or f.fact.id in wholes]
    return sorted(near, key=lambda f: -f.score)


def _rows_alike(fitting: Sequence[FoundFact]) -> list[FoundFact]:
    """A table's column, or a list in one sentence, all as the best of them: they count the same."""
    best: dict[tuple[object, ...], float] = {}
    rows = [(_row_of(each.fact), each) for each in fitting]
    for row, each in rows:
        best[row] = max(best.get(row, each.score), each.score)
    return [FoundFact(each.fact, best[row]) for row, each in rows]


def _row_of(fact: Fact) -> tuple[object, ...]:
    """What figures of one column or list have in common."""
    where = "table" if "table" in fact.flags else fact.sentence
    same = fact.object, fact.action, fact.quantity.unit, fact.period.text, fact.status
    return fact.article, where, *same, fact.tied("part_of"), fact.tied("change_of", "baseline_of")


def _as_planned(found: list[FoundFact], planned: bool, *, targets: bool) -> list[FoundFact]:
    """A place's figures that are planned, or are not, as is asked; all of them where those fit worse.

    ``targets``: it is a target that is asked for, which nothing stands for that has been done.
    """
    meant = [f for f in found if (f.fact.status == "planned") is planned]
    if planned and not meant and targets:
        return []
    best, top = (max((f.score for f in each), default=0.0) for each in (meant, found))
    return meant if best >= top - _OTHER_HEAD else found


def _as_defined(ask: Ask, found: list[FoundFact]) -> list[FoundFact]:
    """The figures of what is asked for as it is defined, where any is (注册志愿者, not the 志愿者 of one day)."""
    words = _DEFINING.findall(ask.text)
    meant = [f for f in found if all(w in f.fact.object + clause_of(f.fact) for w in words)]
    return meant if words and any(f.score >= ENOUGH for f in meant) else found


def _of_now(found: Sequence[FoundFact], question: Question | None = None) -> list[FoundFact]:
    """In place of a figure that another is compared with, that other one: it counts the same.

    Not where it is the one of the very time that a question asks of.
    """
    score = {f.fact.id: f.score for f in found}
    for each in found:
        for level in (r.fact for r in each.fact.relations if r.type == "baseline_of"):
            if level in score:
                score[level] = max(score[level], each.score)
    of_then = {f.fact.id for f in found if question is not None and of_the_time(question, f.fact)}
    return [FoundFact(f.fact, score[f.fact.id]) for f in found if not is_baseline(f.fact) or f.fact.id in of_then]


def _floor(question: Question, ask: Ask, fact: Fact, sources: Sources) -> float:
    """The fit that is enough: less where the place is named, or what is counted has the very name that is asked for."""
    if fact.subject in question.bodies_of(_where(fact)):
        return _NAMED_BOTH
    if not question.asks:
        return SURE
    by_name = any(len(t.word) > 1 for t in ask.heads) and _head_alike(ask, fact, sources) == 1
    if question.places and by_name and question.plan.operation in ("list", "rank"):
        return _NAMED_BOTH
    return ENOUGH if question.places or by_name else SURE


def _in_scope(question: Question, ask: Ask, sources: Sources) -> list[Fact]:
    """All facts of a few places; of many, those that count something of the asked name, or stand where search finds."""
    scope = sources.scope(question.places)
    if scope and all(sources.gazetteer.level(p) == "county" for p in scope.places):
        return sources.catalogue.facts(scope)
    by_name = sources.catalogue.facts(scope, about=_counted(ask))
    passages = [hit.passage for hit in sources.search(ask.text, SEARCHED, scope)]
    near = sources.catalogue.facts(scope, articles={p.article for p in passages}) if passages else []
    spans = [(p.article, p.span) for p in passages]
    met = [f for f in near if any(f.article == a and f.sentence.overlaps(s) for a, s in spans)]
    return list({f.id: f for f in (*by_name, *met)}.values())


def _by_place(found: Sequence[FoundFact]) -> list[list[FoundFact]]:
    places: dict[str, list[FoundFact]] = {}
    for each in found:
        places.setdefault(_where(each.fact), []).append(each)
    return list(places.values())


def _in_unit(ask: Ask, found: list[FoundFact]) -> list[FoundFact]:
    """A place's figures in the very unit asked for, where they are many and fit nearly as well as the others."""
    exact = [f for f in found if ask.unit and _one_unit(f.fact.quantity.unit, ask.unit)]
    best, top = (max((f.score for f in each), default=0.0) for each in (exact, found))
    return exact if len(exact) * 2 >= len(found) and best >= top - _OTHER_ACTION else found


def _one_unit(unit: str | None, other: str) -> bool:
    return unit == other or dimension(unit) == dimension(other) == "person"


def _of_named_bodies(question: Question, found: list[FoundFact]) -> list[FoundFact]:
    """At a place of which a street or town is named, the figures of that one, if there are any."""
    theirs = {f.fact.id for f in found if f.fact.subject in question.bodies_of(_where(f.fact))}
    places = {_where(f.fact) for f in found if f.fact.id in theirs}
    return [f for f in found if f.fact.id in theirs or _where(f.fact) not in places]


def _fitting(question: Question, ask: Ask, facts: Sequence[Fact], sources: Sources) -> list[FoundFact]:
    """Each fact with its fit: by its words where it counts the asked thing and has most of them.

    The others by words and meaning alike, less where they count or do something else.
    """
    near = [(share_of_words(ask, f), _head_alike(ask, f, sources), f) for f in facts]
    near = [(max(share, _CLEAR) if _is_station(ask, f, sources) else share, alike, f) for share, alike, f in near]
    named = any(len(t.word) > 1 for t in ask.heads)
    clear = [s for s in near if named and s[0] >= _CLEAR and s[1] == 1]
    surely = {fact.id for _, _, fact in clear}
    others = sorted((s for s in near if s[2].id not in surely), key=lambda s: (-s[0], s[2].id))[: _COMPARED * 2]
    others = [(share_of_words(ask, f, sources), alike, f) for _, alike, f in others]
    others = sorted(others, key=lambda s: (-s[0], s[2].id))[:_COMPARED]
    cosines = _cosines(question, ask, [_told(f) for _, _, f in others], sources)
    other_head = _OTHER_HEAD if any(sources.frequency(t.forms) for t in ask.heads) else _OTHER_WORD
    of_persons = dimension(ask.unit) in ("person", "person_time")
    other_head = _OTHER_WORD if of_persons and ask.heads and ask.heads[-1].word[-1] not in PERSONS else other_head
    of_rate = bool(ask.heads) and _ANY_RATE.fullmatch(ask.heads[-1].word) is not None
    found = [FoundFact(f, share - (0 if _same_action(ask, f) else _OTHER_ACTION)) for share, _, f in clear]
    for n, (share, alike, fact) in enumerate(others):
        less = (0 if _same_action(ask, fact) else _OTHER_ACTION) + (0 if _same_measure(ask, fact) else _OTHER_MEASURE)
        if cosines is None:
            score = share - less if alike and share >= BY_WORDS else 0.0
        else:
            score = (share + likeness(cosines[n])) / 2 - (0 if alike else other_head) - less
        other = not _has_names(ask, fact, sources) or (of_rate and alike == 1 and share < _OF_RATE)
        found.append(FoundFact(fact, score - (_OTHER_HEAD if other else 0)))
    return found


def _has_names(ask: Ask, fact: Fact, sources: Sources) -> bool:
    """Whether a figure's sentence or title has the names in quotation marks that are asked for."""
    names = [t for t in ask.own if t.name]
    article = sources.article(fact.article) if names else None
    said = plainly(fact.sentence_text + fact.object) + (title_of(article)[0] if article else "")
    return all(t.within(said) for t in names)


def _cosines(question: Question, ask: Ask, told: Sequence[str], sources: Sources) -> list[float] | None:
    """How alike in meaning each figure is to what is asked, or to the whole question where it asks for one only."""
    cosines = sources.similarities(ask.text, told)
    if cosines is None or len(question.asks) > 1 or not question.core:
        return cosines
    whole = sources.similarities(question.core, told) or cosines
    return [max(pair) for pair in zip(cosines, whole, strict=True)]


def _told(fact: Fact) -> str:
    """A figure in words, to be compared: its clause, and its object where that stands elsewhere."""
    clause = clause_of(fact)
    return clause if fact.object in clause else f"{clause}（{fact.object}）"


def _where(fact: Fact) -> str:
    return fact.place.adcode if fact.place else ""


def _counted(ask: Ask) -> list[str]:
    """The words one of which a figure must count to fit at all; none where the question names nothing."""
    words = {form for term in ask.heads for form in term.forms}
    own = _STATIONS if ask.heads and ask.heads[-1].word.endswith("驿站") else ()
    return sorted(words | {t.word[-2:] for t in ask.heads if not t.name} | set(own))


def _of_growth(ask: Ask, fact: Fact) -> bool:
    """Whether a figure tells by how much the very thing asked for grew or fell (not emissions a unit of 生产总值)."""
    grown = is_change(fact) or moves(fact) or _GROWTH.search(fact.object + fact.action) is not None
    thing = _GROWN.sub("", fact.object)
    forms = {form for t in (*ask.heads, *ask.own) for form in (t.word, *t.forms)}
    return grown and (not forms or any(thing in form or _ends_in(thing, form) for form in forms))


def _ends_in(thing: str, form: str) -> bool:
    """Whether a name ends in another, or hardly goes on behind it (入境旅游|人次)."""
    at = thing.rfind(form)
    return at >= 0 and len(thing) - at - len(form) <= _BEHIND


def moves(fact: Fact) -> bool:
    """Whether a figure tells by how much what stands before its verb went up or down (标准提高|40元, not 提高到)."""
    clause = last_clause(fact.left)
    changed = CHANGED_BY.search(clause)
    alone = changed is not None and fact.object in clause[: changed.start()]
    return alone or _EACH_BY.search(clause) is not None


def is_change(fact: Fact) -> bool:
    """Whether a figure tells by how much another changed; such a one is never a level."""
    return fact.tied("change_of")


def is_rate(fact: Fact) -> bool:
    """Whether a figure is so much for each of something (每千常住人口托位5.3个)."""
    share = dimension(fact.quantity.unit) == "ratio"
    named = _NAMED_RATE.search(fact.object)
    told = _SO_MUCH.search(re.split("[，。；：]", fact.left)[-1]) or _FOR_EACH.search(fact.object)
    return not (share or named) and told is not None


def is_baseline(fact: Fact) -> bool:
    """Whether a figure is what another was before it changed."""
    return fact.tied("baseline_of")


def share_of_words(ask: Ask, fact: Fact, sources: Sources | None = None) -> float:
    """What share of the ask's words a fact has, by where they stand: in it, its clause, its sentence.

    With ``sources`` also in its paragraph and its article's title.
    """
    own = about(fact)
    layers = [(own, 1.0), (plainly(fact.subject + clause_of(fact)), 0.95), (plainly(fact.sentence_text), 0.85)]
    if sources is not None and (article := sources.article(fact.article)) is not None:
        layers += context_of(article, fact.sentence)
    whole = sum(t.weight for t in ask.own) + _AROUND * sum(t.weight for t in ask.around)
    tail = 0.8 if any(plainly(fact.object).endswith(t.word[-2:]) and len(t.word) > 2 for t in ask.heads) else 0.0
    got = sum(t.weight * max(share_in(t, layers), tail if t in ask.heads else 0.0) for t in ask.own)
    return (got + _AROUND * sum(t.weight * share_in(t, layers) for t in ask.around)) / whole if whole else 0.0


def _of_bodies(question: Question, fact: Fact, sources: Sources) -> bool:
    """Whether a fact is of one of the streets, villages or communities that the question names at its place, if any."""
    bodies = question.bodies_of(_where(fact))
    told = fact.subject + fact.sentence_text
    return not bodies or any(body in told or _about_body(body, fact, sources) for body in bodies)


def _about_body(body: str, fact: Fact, sources: Sources) -> bool:
    """Whether the fact's article is about a street or community as a whole, or spoke of it just before (该镇)."""
    article = sources.article(fact.article)
    if article is None:
        return False
    before = article.body[: fact.sentence.start]
    return body in article.title or body in before[:_LEAD] or (fact.subject_level in LOW and body in before)


def _same_kind(ask: Ask, fact: Fact) -> bool:
    """Whether a figure can be what is asked for: countables are asked for in many measure words (几家, 几条命).

    Where no unit is told, what is measured only where its very name is (土方, 总库容).
    """
    head = ask.heads[-1].word if ask.heads else ""
    if ask.unit is None and head.endswith(_DEGREES):
        return dimension(fact.quantity.unit) in ("ratio", "score")
    if ask.unit is None and _IS_RATE.search(head):
        return dimension(fact.quantity.unit) == "ratio"
    if ask.unit is None and head.endswith(_SITES):
        return dimension(fact.quantity.unit) in _COUNTED or may_be_rate(ask.text) or _RATE.search(ask.text) is not None
    if ask.unit is None and head[-1:] in PERSONS and dimension(fact.quantity.unit) in ("thing", "body", "text"):
        return _names_head(ask, fact)
    if ask.unit is None:
        named = _names_head(ask, fact)
        rate = may_be_rate(ask.text) and fact.quantity.unit == "%"
        return named or rate or dimension(fact.quantity.unit) not in _MEASURED or _RATE.search(ask.text) is not None
    other = ask.unit in _OWN_MEASURES and fact.quantity.unit != ask.unit
    if other and ask.heads and not any(t.word in fact.object for t in ask.heads):
        return False
    asked, given = dimension(ask.unit), dimension(fact.quantity.unit)
    people = {"person", "household"}
    if given in people and asked not in people and (head.endswith(_SITES) or not _may_count_persons(ask)):
        return False
    if asked == given or {ask.unit, fact.quantity.unit} <= _CASES:
        return True
    if asked == "person" and given == "person_time":
        return action_class(fact.action).name == action_class(ask.action).name == "serve"
    return (asked in _COUNTED and given in _COUNTABLE) or (asked in people and given in people)


def _names_head(ask: Ask, fact: Fact) -> bool:
    """Whether what a figure counts ends in the name of the thing asked for."""
    return any(fact.object.endswith(form) for t in ask.heads for form in (t.word, *t.forms) if len(form) > 1)


def _may_count_persons(ask: Ask) -> bool:
    """Whether persons may be asked for in a measure word: one of all kinds (几个), or with a word for them (几条命)."""
    return ask.unit in _OF_ALL_KINDS or not ask.heads or ask.heads[-1].word[-1] in {*PERSONS, "命"}


def _of_other_kind(ask: Ask, fact: Fact) -> bool:
    """Whether what a figure counts is of another kind than is asked for (城镇居民 for 农民)."""
    for kinds in _CONTRARY:
        told = {n for n, kind in enumerate(kinds) if kind.search(fact.object)}
        asked = {n for n, kind in enumerate(kinds) if kind.search(ask.text)} if told else set()
        if asked and told and not asked & told:
            return True
    return False


def unheard_of(ask: Ask, sources: Sources) -> bool:
    """Whether what tells the kind of the thing asked for (托育|机构, not 农民|收入) stands nowhere in the library."""
    if ask.heads and ask.heads[-1].word[-2:] in _ANY_SUM:
        return False
    return any(t.noun and len(t.word) > 1 and not sources.frequency(t.forms) for t in kinds_of(ask))


def kinds_of(ask: Ask) -> list[Term]:
    """The words right before the head of what is asked for."""
    terms = [*ask.own, *ask.around]
    at = terms.index(ask.heads[-1]) if ask.heads and ask.heads[-1] in terms else 0
    kinds: list[Term] = []
    while at > 0 and terms[at].follows and terms[at - 1].word not in known_actions():
        at -= 1
        kinds.append(terms[at])
    return kinds


def _so_as_asked(question: Question, fact: Fact) -> bool:
    """Whether a figure is of what was not so, or ought to be, just where that is asked (不合格, 未参检, 应参检)."""
    owed = fact.action.startswith("应")
    if question.arithmetic == "remainder":
        return True
    asks_owed = _OWED.search(question.text) is not None
    if owed or asks_owed:
        return owed and asks_owed
    if _denied(fact) or is_not_done(fact.action):
        return _is_denied_so(question, fact) or _REMAINS.search(question.text) is not None
    return not any(what in fact.object + fact.action for what in _not_so(question.text))


def _denied(fact: Fact) -> set[str]:
    """What a figure's action or thing says was not so."""
    told = _NOT_SO.match(fact.action), _NOT_SO.match(fact.object.lstrip("“"))
    return {m["what"] for m in told if m}


def _is_denied_so(question: Question, fact: Fact) -> bool:
    """Whether a figure is of what a question asks for as not being so (不合格的, 没办结的)."""
    return any(a.startswith(s) or s.startswith(a) for a in _not_so(question.text) for s in _denied(fact))


@lru_cache(256)
def _not_so(text: str) -> frozenset[str]:
    """What a text says is not so."""
    return frozenset(m["what"] for m in _NOT_SO.finditer(text))


def _only_seen(ask: Ask, fact: Fact) -> bool:
    """Whether a figure is of sites or persons that somebody went to see, where what there is of them is asked for."""
    if fact.action in _MET and fact.action not in ask.text:
        return bool(ask.heads) and ask.heads[-1].word[-1] in PERSONS
    sites = bool(ask.heads) and ask.heads[-1].word.endswith(_SITES)
    seen = fact.action in GOES_TO or action_class(fact.action).name == "find"
    return sites and seen and action_class(ask.action).name != "find"


def of_part_only(question: Question, fact: Fact) -> bool:
    """Whether a figure is of a town or body only where a question asks for the whole place (全市, 全县)."""
    whole = _WHOLE_PLACE.search(question.text) is not None and question.plan.operation != "check"
    return whole and fact.subject_level in LOW and not question.bodies


def for_others(question: Question, *texts: str) -> bool:
    """Whether the first of some texts that says for whom the thing asked for is names others (人才驿站).

    Not where the first text speaks of those asked for.
    """
    asked = _whom(question.text)
    if not asked or asked & _whom(texts[0]):
        return False
    things = "|".join(t.word[-2:] for t in question.wanted if t.noun and not _whom(t.word[-2:]))
    if not things:
        return False
    told = (
        [kinds for name in re.findall(f"[一-鿿]{{0,4}}(?:{things})", text) if (kinds := _whom(name))] for text in texts
    )
    first = next(filter(None, told), [])
    return bool(first) and not any(kinds & asked for kinds in first)


@lru_cache(maxsize=256)
def _whom(text: str) -> frozenset[int]:
    return frozenset(n for n, kind in enumerate(_WHOM) if re.search(kind, text))


def _same_measure(ask: Ask, fact: Fact) -> bool:
    asked, given = dimension(ask.unit), dimension(fact.quantity.unit)
    cases = {ask.unit, fact.quantity.unit} <= _CASES
    return ask.unit in (None, "个") or asked == given or cases or (asked in _COUNTED and given in _COUNTED)


def _same_action(ask: Ask, fact: Fact) -> bool:
    """The question's verb and the fact's are of one class, or one of them says nothing in particular."""
    if not ask.action or not fact.action:
        return True
    asked, done = action_class(ask.action), action_class(fact.action)
    if asked.name in _LOOSE or done.name in _LOOSE or asked.name == done.name:
        return True
    return ask.action in clause_of(fact)


def _head_alike(ask: Ask, fact: Fact, sources: Sources) -> float:
    """1 where the fact counts the thing asked for, less where a part of the word agrees (微驿站, 托管), else 0.

    A figure whose thing is not named beside it (白水镇有57支, 全区共320名) counts what its paragraph speaks of.
    """
    if not ask.heads or any(t.within(about(fact)) for t in ask.heads):
        return 1.0
    deed = fact.object == fact.action and dimension(fact.quantity.unit) in ("event", "person_time")
    if deed and any(t.within(fact.action) for t in ask.own if len(t.word) > 1):
        return 1.0
    if "table" in fact.flags and _named_by_heading(ask, fact, sources):
        return 0.8
    head = ask.heads[-1]
    if _is_station(ask, fact, sources):
        return 1.0
    if head.name or len(head.word) < 3:
        return 0.0
    counted = plainly(fact.object)
    if fact.object in (fact.quantity.unit, fact.action, *_NOTHING):
        near = plainly(fact.sentence_text) + _paragraph_of(fact, sources)
        return 0.8 if head.within(near) else 0.0
    ends = head.word[:2] if head.word[-2:] in _ANY_SUM else head.word[-2:]
    shortened = len(counted) > 1 and any(f.endswith(counted) for f in head.forms if len(f) <= 2 * len(counted))
    if shortened or counted.endswith(ends):
        return 0.8 if _of_that_kind(head, fact, sources) else 0.0
    return 0.8 if counted.endswith(head.word[:2]) else 0.0


def _of_that_kind(head: Term, fact: Fact, sources: Sources) -> bool:
    """Whether a thing whose name ends like the one asked for is of its kind: by the text around, or by its meaning.

    队伍 in a text on 志愿服务, 应急抢险队伍 for 应急救援队伍; not 养老机构 for 托育机构.
    """
    if head.word[:2] in _around(fact, sources):
        return True
    cosines = sources.similarities(head.word, [plainly(fact.object)])
    return cosines is not None and cosines[0] >= _ONE_KIND


def _is_station(ask: Ask, fact: Fact, sources: Sources) -> bool:
    """Whether stations are asked for and a figure counts what a place calls its own, in a text about riders.

    The text may leave off the marks and the beginning of the name that it gave them (“虞城小哥港湾”…，建成港湾|41个).
    """
    if not ask.heads or not ask.heads[-1].word.endswith("驿站"):
        return False
    article, name = sources.article(fact.article), fact.object.strip("“”「」")
    body = article.body if article is not None and name.endswith(_STATIONS) else ""
    if not _OWN_NAME.search(fact.object) and not re.search(f"[“「][^”」]{{1,8}}{re.escape(name)}[”」]", body):
        return False
    return _RIDERS.search(_around(fact, sources)) is not None


def _named_by_heading(ask: Ask, fact: Fact, sources: Sources) -> bool:
    """Whether a table's column counts the rest of what is asked, and the heading above says of what (二、技能培训)."""
    article = sources.article(fact.article)
    over = plainly(headings_over(article, fact.sentence.start)) if article is not None else ""
    rest = any(t.within(fact.object) for t in ask.own if t not in ask.heads)
    return bool(over) and rest and all(t.within(over) for t in ask.heads)


def _around(fact: Fact, sources: Sources) -> str:
    """A figure's sentence, its paragraph with the headings over it, and the title."""
    article = sources.article(fact.article)
    titled = title_of(article)[0] if article is not None else ""
    return plainly(fact.sentence_text) + _paragraph_of(fact, sources) + titled


def _paragraph_of(fact: Fact, sources: Sources) -> str:
    article = sources.article(fact.article)
    return context_of(article, fact.sentence)[0][0] if article is not None else ""


def _of_the_period(question: Question, found: list[FoundFact]) -> list[FoundFact]:
    """A place's figures of the very period asked for; where there are none, those that overlap it.

    Of 截至 a day, those as of that day; of a year, those of it or a part, not of several years.
    """
    if _SAME_TIME.search(question.text):
        return [f for f in found if (f.fact.period.text or "").endswith(SAME_SPAN)] or found
    inside = [f for f in found if of_the_time(question, f.fact) or _of_that_part(question, f.fact)]
    if not any(asked_time(question, f.fact) for f in found):
        return found
    dated = {f.fact.id for f in found if f.fact.period.end}
    return [f for f in found if f in inside or f.fact.id not in dated] if inside else found


def _of_that_part(question: Question, fact: Fact) -> bool:
    """Whether a figure of a year that is not known is of the part of the year that is asked for (今年上半年)."""
    asked, told = question.plan.period, fact.period
    part = _YEAR_OF.sub("", asked.text or "") if asked else ""
    return bool(part) and not told.end and _YEAR_OF.sub("", told.text or "") == part


def asked_time(question: Question, fact: Fact) -> Period | None:
    """The period a question asks of; one without a year, of the year of the figure."""
    if question.plan.period is not None or not question.part_of_year or not fact.period.end:
        return question.plan.period
    return find_period(question.part_of_year, fact.period.end)


def of_the_time(question: Question, fact: Fact) -> bool:
    """Whether a dated figure is of the very time that is asked: as of the day, or of the span or a part of it."""
    asked, told = asked_time(question, fact), fact.period
    if asked is None or asked.end is None or told.end is None:
        return False
    if asked.start is None or (told.start is None and not _NEW.search(question.text)):
        return told.end == asked.end
    return asked.start <= (told.start or "") and told.end <= asked.end


def _of_other_years(asked: Period, article: Article | None, *, planned: bool) -> bool:
    """Whether what an article tells without a period is older than a period, or later than the year behind it.

    Early in a year, what a report tells is of the year before, but for what it plans.
    """
    told = article.published_on if article is not None else None
    if article is None or told is None or not asked.start or not asked.end:
        return False
    reports = not planned and told[5:7] <= _EARLY and _LOOKS_BACK.search(article.title) is not None
    if reports:
        told = f"{int(told[:4]) - 1}-12-31"
    whole_years = asked.start[5:7] == "01" and asked.end[5:7] == "12"
    early = told < asked.start[:10] if whole_years else told[:7] < asked.end[:7]
    return early or int(told[:4]) > int(asked.end[:4]) + (0 if reports else 1)


def in_time(question: Question, article: Article, text: str) -> bool:
    """Whether a sentence may be of the period that is asked for: its article is of that time, or it names the year."""
    asked = question.plan.period
    if asked is None or not asked.end:
        return True
    first, last = (asked.start or asked.end)[:4], asked.end[:4]
    if first in text or last in text:
        return True
    told = YEAR.findall(text) or YEAR.findall(article.title)
    if told and not any((first <= year or asked.start is None) and year <= last for year in told):
        return False
    return not _of_other_years(asked, article, planned=says_planned(text))


def ends_early(question: Question, fact: Fact) -> bool:
    """Whether a figure is of the first part of a year only (1—10月), and no plan, where all of it is asked for."""
    told = fact.period
    if told.end is None or fact.status == "planned" or not _ALL_YEAR.search(question.text):
        return False
    year = asked_time(question, fact)
    return (
        year is not None
        and str(year.start) <= (told.start or told.end)
        and told.end < str(year.end)
        and told.end[5:7] != "12"
    )


def _is_stale(told: str, asked: str) -> bool:
    """Whether a figure as of one day is too old to stand for another day that is asked of."""
    then, now = (int(day[:4]) * 12 + int(day[5:7] or 12) for day in (told, asked))
    return now - then > _STALE


def _in_period(question: Question, fact: Fact, sources: Sources) -> bool:
    asked = question.plan.period
    article, planned = sources.article(fact.article), fact.status == "planned"
    if asked and not fact.period.end and _of_other_years(asked, article, planned=planned):
        return False
    asked = asked_time(question, fact)
    if asked is None or asked.end is None:
        return True
    if ends_early(question, fact):
        return False
    if fact.period.end is None:
        return asked.start is None or fact.period.start is None
    if asked.start is None:  # as of a day: not of a later time, nor long before
        to_come = planned and fact.period.end > asked.end
        begun = (fact.period.start or fact.period.end) <= asked.end
        return begun and not to_come and not _is_stale(fact.period.end, asked.end)
    return (fact.period.start or fact.period.end) <= asked.end and fact.period.end >= asked.start
