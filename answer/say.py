"""Facts and sentences in short Chinese, in the source's own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from answer.words import Term, covered
from corpus.model import Bound, Fact, Place, Quantity
from extract.measures import dimension
from extract.sentences import clause_of, clauses
from extract.status import says_planned

OWN_LEVELS = ("county", "prefecture", "province")
COUNTRY = "全国"
SCALES = {"": 1, "万": 10_000, "亿": 100_000_000, "万亿": 1_000_000_000_000}
"""The words of scale that amounts are told in."""
BOUND_WORD = re.compile(r"(?:不少于|不低于|至少|最少|不超过|不足|不到|接近|将近|近|超过|突破|超|逾|大约|约)$")
_IS = re.compile(
    "(?:[“”的]|占?比例|水平|一直|稳定|保持|仍|已|均|也|又|都|分别|目前|现在?|全部|高达|达到?|为|是|在|约|近|仅|只有"
    "|[：:（(\\s])*"
)
"""What may stand between the name of a rate and its figure for one to be the other (化解率稳定在|98%)."""
_LEAD = re.compile(
    r"^(?:[◆◇▲△●○■□▍★☆◎➤•·\s]+|[（(]\d{1,2}[）)]\s*)?"
    r"(?:(?:[一二三四五六七八九十]是|同时|此外|另外|其中|目前|例如|比如|近日|近年来|今年以来|截至目前|据悉|据了解)[，,]?)?"
)


def name_of(place: Place | None) -> str:
    """A place's name for a sentence, its parent before it where the name is a district's (鼓楼区 is not unique)."""
    if place is None:
        return ""
    if place.level == "county" and place.name.endswith("区") and len(place.path) > 1:
        return place.path[-2] + place.name
    return place.name


def of_whom(name: str, text: str) -> str:
    """A text with whose it is before it, where that is known."""
    return f"{name}：{text}" if name else text


def whose(fact: Fact) -> str:
    """The place, and below it the body whose figure it is; the country."""
    if fact.place is None and fact.subject_level == "national":
        return COUNTRY
    own = fact.subject_level in OWN_LEVELS
    name = name_of(fact.place)
    if own or not fact.subject or fact.subject in name or fact.place is None:
        return name
    return name + fact.subject.removeprefix(fact.place.name)


def year_of(fact: Fact) -> str:
    """The year in which a figure's period lies, or at whose end it stood; "" of several years, or none known."""
    start, end = fact.period.start or fact.period.end or "", fact.period.end or ""
    return end[:4] if start[:4] == end[:4] or reached(fact) else ""


def marked_plan(text: str, facts: Sequence[Fact]) -> str:
    """A source's own words, marked where all of their figures are planned and only a heading above says so."""
    only = bool(facts) and all(f.status == "planned" for f in facts) and not says_planned(text)
    return f"（计划）{text}" if only else text


def reached(fact: Fact) -> bool:
    """Whether a figure stood at the end of its period, however long that is (五年来从54万亿元增加到82.7万亿元)."""
    return fact.action.endswith(("到", "至"))


def told(fact: Fact, *, headed: bool = False) -> str:
    """What a fact says, without whose: 选派138名党建指导员; with its plan word and its stated period.

    ``headed``: what it counts is not named in its sentence but above it, which is cited too. A corrected figure is told
    as its source prints it.
    """
    fact = replace(fact, quantity=fact.printed) if fact.printed else fact
    if fact.status == "planned" and _ASIDE.search(fact.left):
        return f"计划{fact.object}{fact.quantity.surface}"
    text = _under_head(fact) if headed else _core(fact)
    if fact.status == "planned" and not says_planned(text):
        text = ("拟" if text.startswith("安排") else "计划") + text
    elif fact.status == "capacity" and "可" not in text:
        text = "可" + text
    if fact.period.basis == "stated" and fact.period.text and fact.period.text not in text:
        text = fact.period.text + text
    return text


_GREW = re.compile(
    "(?:比上年|比去年|较上年|较去年)?(?:同期)?(?:同比|环比|名义|实际|可比价)?(?:增[长加幅]|下降|提[高升]|减少|上[升涨]|回落|降低)"
)
"""How a clause begins that tells by how much what stands before it has changed (同比增长|5.4%)."""


_ASIDE = re.compile("(?:任务|目标|计划|指标)数?[（(]$")
"""Before a target in brackets (完成年度任务（|120家）的53.3%)."""
_QUALIFIED = re.compile("[一-鿿]的")
"""What says of which of a whole's things a part is (24小时开放的|18个)."""


def _core(fact: Fact) -> str:
    if "table" in fact.flags:
        return _of_cell(fact)
    sentence, surface = fact.sentence_text, fact.quantity.surface
    at = fact.quantity.span.start - fact.sentence.start
    if (word := BOUND_WORD.search(sentence[:at])) and fact.quantity.bound not in ("exact", "range"):
        surface, at = word.group() + surface, word.start()
    if fact.tied("change_of", "baseline_of"):
        clause = _clause_at(fact)
        bare = _GREW.match(clause) and fact.object in sentence[:at] and fact.object not in clause
        return fact.object + clause if bare else clause
    if dimension(fact.quantity.unit) == "ratio":
        if fact.object not in sentence[:at]:
            return _clause_at(fact)
        between = sentence[:at].rpartition(fact.object)[2]
        clause = _clause_at(fact)
        return f"{fact.object}为{surface}" if fact.object not in clause or _IS.fullmatch(between) else clause
    clause = _clause_at(fact)
    if fact.tied("part_of") and fact.object not in clause and not of_level(fact) and _QUALIFIED.search(clause):
        return f"{fact.object}中{clause}"
    if sentence.startswith(fact.object, at + len(surface)):
        counted = surface + fact.object
    elif fact.object in sentence[:at] or of_level(fact):
        counted = fact.object + surface
    else:
        return _clause_at(fact)
    if not fact.action:
        return "有" + counted if counted.startswith(surface) else counted
    paired = "分别" in sentence and all(part in sentence for part in (fact.action[:2], fact.action[2:]))
    if fact.action == fact.object or of_level(fact):
        return counted
    if counted.startswith(fact.object) and fact.action in sentence[:at].rpartition(fact.object)[2]:
        return fact.object + fact.action + surface
    return fact.action + counted if fact.action in sentence[:at] or paired else _clause_at(fact)


def of_level(fact: Fact) -> bool:
    """Whether only the level of a part stands before its figure (其中村级|39个 of 老年助餐点)."""
    level = re.match("[一-鿿]{1,4}级(?=.)", fact.object)
    return level is not None and fact.tied("part_of") and fact.left.endswith(level.group())


def _under_head(fact: Fact) -> str:
    """A figure of a list, with what its head says is counted: 办件41200件, 老旧小区完工18个."""
    surface = fact.quantity.surface
    if dimension(fact.quantity.unit) == "ratio":
        return f"{fact.object}为{surface}"
    return fact.object + (fact.action if fact.action != fact.object else "") + surface


def _of_cell(fact: Fact) -> str:
    """A table's cell as words: 新建驿站12个, 覆盖率为98%."""
    change = fact.tied("change_of")
    if dimension(fact.quantity.unit) == "ratio" and not change:
        return f"{fact.object}为{as_written(fact.quantity)}"
    words = fact.object + fact.action if change else fact.action + fact.object
    return words + as_written(fact.quantity)


def as_written(quantity: Quantity) -> str:
    """A quantity as its source writes it, with the unit that stands apart from it in a table's head.

    >>> from decimal import Decimal
    >>> from corpus.model import Span
    >>> as_written(Quantity("120", Decimal(1200000), None, "元", "exact", Span(0, 3)))
    '120万元'
    """
    surface = quantity.surface
    if quantity.unit is None or re.search(r"[^\d.,，\s+-]", surface):
        return surface
    number = Decimal(re.sub(r"[,，\s]", "", surface))
    scale = {1: "", 10_000: "万", 100_000_000: "亿"}.get(int(quantity.value / number)) if number else ""
    return f"{quantity.value:f}{quantity.unit}" if scale is None else f"{surface}{scale}{quantity.unit}"


def scale_of(quantities: Sequence[Quantity]) -> str:
    """万 or 亿 where all quantities are written in it, as in their source or a table's head; else ""."""
    told = {m[1] if (m := re.search(f"([万亿]+){q.unit or ''}", as_written(q))) else "" for q in quantities}
    return min(told, key=lambda scale: SCALES[scale]) if told <= set(SCALES) else ""


def in_words(value: Decimal, unit: str | None, bound: Bound, scale: str = "") -> str:
    """A computed value with its unit and how sure it is, in 万 or 亿.

    >>> in_words(Decimal(55000), "份", "approx_above"), in_words(Decimal("4.5"), "个", "approx")
    ('55000余份', '约4.5个')
    >>> in_words(Decimal(9320000000), "元", "exact", "亿"), in_words(Decimal(30), "家", "at_least")
    ('93.2亿元', '30家以上')
    """
    before = {"approx": "约", "less_than": "不足", "more_than": "超过"}.get(bound, "")
    within, behind = "余" if bound == "approx_above" else "", "以上" if bound == "at_least" else ""
    shown = (value / SCALES[scale]).normalize()
    return f"{before}{shown:f}{scale}{within}{unit or ''}{behind}"


_LEADS_ON = re.compile(
    "(?:针对|围绕|通过|按照|依托|为了?(?!期|主)|坚持|聚焦|结合|随着|立足|根据|利用|借助|以(?=[^上下后前来]))[^，]*，?$"
    "|.*(?:[时后中上下里]|的是)，?$|.*：$"
)
"""A clause that only leads on to the next (针对主体分散的特点，)."""


def _clause_at(fact: Fact) -> str:
    return _LEAD.sub("", clause_of(fact)).rstrip("，,。；;：:！？")


def excerpt(sentence: str, wanted: Sequence[Term], limit: int = 90) -> str:
    """A sentence, or of a long one the run of clauses that has the most of the terms."""
    plain = _LEAD.sub("", sentence.strip()).rstrip("。；;！？，,")
    if len(plain) <= limit:
        return plain
    parts = [c.of(plain) for c in clauses(plain)]
    best, best_fit = "", (0.0, True, 0)
    for start in range(len(parts)):
        run = ""
        for part in parts[start:]:
            if len(run) + len(part) > limit:
                break
            run += part
            fit = covered(wanted, run), not _LEADS_ON.match(part), -len(run)
            if fit > best_fit:
                best, best_fit = run, fit
    if not best:
        for part in parts:
            if len(best) + len(part) > limit:
                break
            best += part
    return (best or plain[:limit]).rstrip("。；;！？，,：:")
