"""The figures that a question asks for: 多少 or 几 with the words beside it, or an amount named (组建率, 人数)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import pairwise

from answer.words import Term
from corpus.model import Operation, Quantity, Span
from extract.actions import known_actions
from extract.clause import Phrase
from extract.measures import dimension, units
from extract.phrase import phrases

HOW_MANY = re.compile(r"(?:多少|(?<![哪那这])几)(?![时月年])|多(?=大面积|[长高重远久](?![期效]))")
_PAUSE = re.compile(r"[，,；;。！!？?、]|以及|还有|并且|和(?=[^，。？、]*(?:多少|几))")
PLACES_COUNTED = re.compile(
    r"(?<![哪那这])(?:多少|几)个?(?:县|市|区|地方|旗|地区)|(?<!每个)(?<!每)(?:县|(?<![超集夜门早])市|(?<![小社园校厂街片景库])区|地方|旗)一?共?有?(?<![哪那这])(?:多少|几)个?[？?]?$"
    r"|(?<=的有)(?:多少|几)个(?=[？?]|$)"
)
_SO_MANY = re.compile(r"(?<![各了])(?<!各有)(?<!各是)(?:几|多少)个(?=[，,、；;。？?和]|$)")
_WHICH_ONES = re.compile(r"哪几个|哪些|是哪|分别是")
"""Beside so many of nothing named: places are counted (有几个、哪几个)."""
_POINTS = re.compile(
    r"(?:几|多少)个(?:点位?|站点)(?=[了呢啊吧的，,。？?]|$)|[几多少]个[^，。？]{1,10}的点位?(?=[了呢啊吧，,。？?]|$)"
)
_POINTS_ASKED = re.compile("[^，。？]{2,8}的点(?=[，,])")
_SITES = ("点位", "站点", "网点", "服务点", "助餐点", "托管点")
"""What is meant by points (摆了几个点)."""
_MONEY = re.compile(r"(?:块?钱|资金|款)(?=[的了吗？?，,]|$)")
_POINTS_MOVED = re.compile("个点(?!位)")
_MOVED = re.compile("(?:率|比例|比重|占比|度)[^，。？]{0,20}(?:[升降高低涨跌差]|增[加长]|减少)[了出]?$")
"""Before so many points by which a rate moved (提高几个点)."""
_SHARE = re.compile(r"(?:率|比例|占比|比重|百分比|百分点)(?:是|为|有|达到?|大概|大约|的)*$")
_AMOUNT = re.compile(
    r"(?P<person>人数|的人(?=最|更|多|少))|(?P<times>人次)数?|(?P<ratio>[一-鿿]{2}率|比例|占比|比重)|(?P<plan>(?:预期|年度|全年|约束性)(?:目标|指标)值?)|(?P<growth>增速|增幅|涨幅|降幅|(?:增长|上涨|下降|降低)(?:率|的?(?:年度|预期|全年|主要|的)*(?:目标|指标)))|(?P<money>金额|总额|资金量|(?:资金|资产|贷款|融资|投资|信贷)规模)"
    r"|(?P<pay>月?(?:均|应发)?工资|月薪|年薪|薪酬)|(?P<sum>(?:财政|资金|经费|累计|总)(?:投入|支出)(?=[，,。？?\s]|$)|(?<=年)产值(?=[，,。？?\s]|$))"
    r"|(?P<area>面积|亩数)|(?P<length>里程|公里数)"
    r"|(?P<hours>时长)|(?P<took>多久|多长时间|[用耗]时)|(?P<unit>[家个处座栋套台辆艘只头株棵盏件宗起例笔单份篇册届堂对组批支条项户名眼块张]|(?<![车农牧广市殖林])场|(?<![厕务生出究])所|(?<![房车])间|(?<![人路窗])口|(?<![成版样资剧课日读])本)[数次](?![据字量])|(?:数量|总数|总量|次数|规模|(?:安排|发行|下达)额度?(?=[，,。？?\s、]|$)|额度(?=[，,。？?\s、]|$)|增量|数额|(?<=[一-鿿]{2})数|[办受]件(?=[，,。？?]|$)|(?:[办受]件|办理|受理|接待|服务|发放|投放|客流|成交|交易|处理|使用|收集|清运|借阅|捐赠|[产销])量)(?![据字])"
)
_AMOUNT_UNITS = {
    "person": "人", "times": "人次", "ratio": "%", "growth": "%", "money": "元", "pay": "元", "sum": "元", "area": "亩",
    "length": "公里", "hours": "小时", "took": "小时",
}  # fmt: skip

_OF_MONEY = (
    "资金",
    "经费",
    "投资",
    "收入",
    "产值",
    "补贴",
    "补助",
    "销售额",
    "零售额",
    "成交额",
    "交易额",
    "捐款",
    "善款",
    "贷款",
    "工资",
)
"""What words for sums of money end in."""
_GREW_BY = re.compile("(?:增[长加]|上涨|下降|减少|提高|[涨升降跌])了?(?:多少|几|百分)")
_MORE = re.compile("(?:哪[个家边里]|谁)[^，。？]{0,4}[更最]?[高多大少低小]")
_GENERIC = frozenset(("人员", "情况", "数量", "地方"))
"""Nouns that name no thing counted."""
PERSONS = frozenset("员者人师长工手哥民生兵警童众客友")
"""What words for persons end in."""

_Weigh = Callable[[str], tuple[Term, ...]]
"""The words of a piece of text that tell something, weighed."""


FIGURES: frozenset[Operation] = frozenset({"rank", "aggregate", "trend", "list", "check"})
"""Operations over figures, also where the question has no 多少."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One figure that a question asks for: ``text`` is the part of the question that does.

    ``own``: the words beside 多少; ``around``: the question's other words; ``heads``: the words for what is counted,
    none where only the unit tells (多少人); ``unit`` None where the question names none. ``indicator``: the one that a
    user chose, in place of the words.
    """

    text: str
    own: tuple[Term, ...]
    around: tuple[Term, ...]
    heads: tuple[Term, ...]
    action: str
    unit: str | None
    indicator: str = ""


def asks(text: str, topic: str, wanted: Sequence[Term], operation: Operation, weigh: _Weigh) -> Iterator[Ask]:
    """The figures asked for: one for each 多少 or 几 between two pauses, or the one that an operation needs.

    ``topic`` is the text with its places made blank, of the same length; ``wanted`` its words.
    """
    asked = asked_in(text)
    if asked and operation in ("trend", "check"):
        unit = next((q.unit for q in asked if q.unit), None)
        yield replace(_ask(topic, topic, wanted, (), None, unit), action="")
        return
    if asked:
        pieces = _compared_before(topic, asked)
    else:
        pieces = [] if operation in ("trend", "check") else [span.of(topic) for span in _amounts_in_row(topic)]
    if not asked and not pieces and (operation in FIGURES or amount(topic)):
        yield replace(_ask(topic, topic, wanted, (), None, amount_unit(topic)), action="")
    for piece in pieces:
        yield replace(_ask(piece, piece, weigh(piece), (), None, amount_unit(piece)), action="")
    for quantity in asked:
        span = _between_pauses(text, quantity.span, [q.span for q in asked])
        own = weigh(topic[span.start : span.end])
        own = tuple(t for t in own if t.word != quantity.unit)
        phrase = phrases(topic, span, [quantity])[0]
        if (thing := _right_behind(own, topic[quantity.span.end : span.end])) and thing not in phrase.object:
            phrase = replace(phrase, object=thing)
        rest = tuple(t for t in wanted if t not in own and t.word != quantity.unit)
        named = len(quantity.surface) > len("多少") or quantity.surface.startswith("几")
        unit = quantity.unit if named and quantity.unit else None
        alone = unit is None and not any(t.noun for t in own)
        yield _ask(topic, span.of(topic), own, rest, phrase, amount_unit(topic) if alone else unit)


def _right_behind(own: Sequence[Term], text: str) -> str:
    """The noun that stands right behind 多少, with what goes on with it (多少|学生|志愿者)."""
    thing = ""
    for term in own:
        if term.noun and text.startswith(thing + term.word):
            thing += term.word
    return thing


def _compared_before(topic: str, asked: Sequence[Quantity]) -> list[str]:
    """The first piece of a question that asks who has more, where a later one asks how much of something of the same.

    到位资金哪个高，增速分别是多少; not 哪个更多，各是多少, which asks for one figure.
    """
    piece, _, rest = topic.partition("，")
    growth = any(m["growth"] for m in _AMOUNT.finditer(rest))
    apart = growth and _MORE.search(piece) is not None and all(q.span.start > len(piece) for q in asked)
    return [piece] if apart else []


def _amounts_in_row(topic: str) -> list[Span]:
    """The pieces of a text that name several amounts in a row (生产总值增速与公共预算收入增速); none of any other."""
    ends = [m.end() for m in _AMOUNT.finditer(topic)]
    joined = [end for end, after in pairwise(ends) if re.match("[与和、及]", topic[end:]) and end < after]
    if not joined or len(joined) < len(ends) - 1:
        return []
    edges = [0, *(end + 1 for end in joined), len(topic)]
    return [Span(start, end) for start, end in pairwise(edges)]


def _ask(
    topic: str, text: str, own: Sequence[Term], around: Sequence[Term], phrase: Phrase | None, unit: str | None
) -> Ask:
    """Words around stand in where the ask's own name no thing (各建了多少, 都派了多少人)."""
    amounts = {m.group() for m in _AMOUNT.finditer(topic) if not (m["ratio"] or m["sum"])}
    own = [t for t in own if t.word not in amounts and not HOW_MANY.match(t.word)]
    around = [t for t in around if t.word not in amounts and not HOW_MANY.match(t.word)]
    if unit is None and amount_unit(text) == "元":
        unit = "元"
    nouns = _things(own)
    if not nouns and dimension(unit) == "person":
        nouns = [t for t in _things(around) if t.word[-1] in PERSONS]
    elif not nouns and dimension(unit) != "person_time":
        nouns, own, around = _things(around), (*own, *around), ()
    if unit is None and nouns and nouns[-1].word.endswith(_OF_MONEY) and not may_be_rate(text):
        unit = "元"
    if (phrase is not None and _POINTS.search(text)) or _POINTS_ASKED.search(topic):
        nouns = [Term("点位", frozenset(_SITES), 0.5)]
    if not own or nouns and nouns[-1] in around:
        text = "".join(t.word for t in around) + text
    nouns = [] if dimension(unit) == "time" else [t for t in nouns if t.word not in _GENERIC]
    named = [t for t in nouns if phrase and phrase.object and t.word in phrase.object] or nouns
    named = _whole_name(own, named)
    heads = [t for t in named if t is named[-1] or (f"{t.word}、" in topic and _persons(t) is _persons(named[-1]))]
    own, around = _deeds_below(own, heads), _deeds_below(around, heads)
    return Ask(text, tuple(own), tuple(around), tuple(heads), phrase.action if phrase else "", unit)


def _deeds_below(terms: Sequence[Term], heads: Sequence[Term]) -> list[Term]:
    """The words, those of what was done weighed no more than the thing it was done with (建 no more than 驿站)."""
    most = max((t.weight for t in heads), default=0.0)
    deeds = known_actions()
    return [replace(t, weight=most) if most and t.word in deeds and t.weight > most else t for t in terms]


def _whole_name(own: Sequence[Term], named: list[Term]) -> list[Term]:
    """With the noun that goes on behind the last one and a verb that only tells its kind (电动车|充电|端口)."""
    at = own.index(named[-1]) if named and named[-1] in own else len(own)
    verb, noun = (own[at + k] if at + k < len(own) else None for k in (1, 2))
    goes_on = verb and noun and verb.follows and noun.follows and noun.noun and not verb.noun
    if not goes_on or not verb or not noun or verb.word in known_actions():
        return named
    return [*named[:-1], noun]


def _persons(term: Term) -> bool:
    return term.word[-1] in PERSONS


def _things(found: Sequence[Term]) -> list[Term]:
    return [t for t in found if (t.noun or t.name) and t.word not in known_actions()]


def amount(topic: str) -> bool:
    """Whether a text without 多少 names an amount: 组建率, 人数, 志愿服务队伍数."""
    return _AMOUNT.search(topic) is not None


def asks_growth(ask: Ask) -> bool:
    """Whether it is by how much something grew that is asked for (增速, 增长目标)."""
    return _of_growth(ask.text)


def may_be_rate(text: str) -> bool:
    """Whether by how much something grew is asked for, which a share tells as well as a sum (投资增长多少)."""
    return _of_growth(text) or _GREW_BY.search(text) is not None


def _of_growth(text: str) -> bool:
    return any(m["growth"] for m in _AMOUNT.finditer(text))


def amount_unit(topic: str) -> str | None:
    """The unit of the amount it names, where that tells one: 元 for 金额, 场 for 场次."""
    match = next((m for m in _AMOUNT.finditer(topic) if m["growth"]), None) or _AMOUNT.search(topic)
    return (match["unit"] or _AMOUNT_UNITS.get(match.lastgroup or "")) if match else None


def _between_pauses(text: str, span: Span, others: Sequence[Span]) -> Span:
    """The part of a text around a span up to the pauses beside it; 、 parts only figures asked for."""
    start, end = 0, len(text)
    for pause in _PAUSE.finditer(text):
        if pause.group() == "、" and not _parts(pause.start(), others):
            continue
        if pause.group() in ("和", "以及") and "各" in text[pause.end() : span.start]:
            continue
        if pause.end() <= span.start:
            start = pause.end()
        elif pause.start() >= span.end:
            end = min(end, pause.start())
    for other in others:
        if start <= other.start and other.end <= span.start:
            start = other.end
    return Span(start, end)


def _parts(at: int, asked: Sequence[Span]) -> bool:
    return any(s.end <= at for s in asked) and any(s.start >= at for s in asked)


def asked_in(text: str) -> list[Quantity]:
    """Each ``多少名`` or ``几个`` as a quantity whose value is not known."""
    return [q for match in HOW_MANY.finditer(text) if (q := _unknown(text, match)) is not None]


def _unknown(text: str, match: re.Match[str]) -> Quantity | None:
    if text[match.start() - 3 : match.start()] in ("百分之", "千分之"):
        return Quantity(match.group(), Decimal(0), None, "%", "exact", Span(match.start() - 3, match.end()))
    scaled = match.end() + len(text[match.end() :]) - len(text[match.end() :].lstrip("十百千万亿"))
    after = text[scaled:]
    unit = next((u for u in _longest_first() if after.startswith(u)), None)
    counted = any(m.start() <= match.start() < m.end() for m in PLACES_COUNTED.finditer(text))
    counted = counted or (_SO_MANY.match(text, match.start()) is not None and _WHICH_ONES.search(text) is not None)
    if unit in ("县", "市", "区", "旗") or counted:
        return None
    if after.startswith("个百分点") or (_POINTS_MOVED.match(after) and _MOVED.search(text, 0, match.start())):
        span = Span(match.start(), scaled + after.index("点") + 1)
        return Quantity(match.group(), Decimal(0), None, "个百分点", "exact", span)
    if (unit == "个" and after[1:2] == "人") or (unit is None and after.startswith("人")):
        unit, scaled = "人", scaled + after.index("人") + 1
    elif unit is None and (kind := _MONEY.match(after)):
        unit, scaled = "元", scaled + kind.end()
    elif unit is None and after.startswith("大面积"):
        unit, scaled = "亩", scaled + 1
    elif unit is None and after.startswith(("久", "长时间")):
        unit, scaled = "天", scaled + 1
    elif unit is not None:
        scaled += len(unit)
    normal = units()[unit].normal if unit else "%" if _SHARE.search(text, 0, match.start()) else None
    span = Span(match.start(), scaled)
    return Quantity(span.of(text), Decimal(0), None, normal, "exact", span)


@cache
def _longest_first() -> tuple[str, ...]:
    return tuple(sorted(units(), key=len, reverse=True))
