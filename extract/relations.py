"""Ties between the facts of one sentence: part_of, pair, baseline_of and change_of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.model import Fact, Quantity, Relation, Span
from extract.actions import action_class
from extract.clause import Phrase
from extract.measures import dimension
from extract.period import without_periods
from extract.respective import told_of
from extract.tokens import tokens

FROM = re.compile(
    r"[由从]\s?(?:(?:去年|上年|前年|今年|年初|最初|当初|起初|原来|原先|此前|过去|成立|\d{4}年)[^，。；]{0,6}?)?的?(?:每[人户亩名个年月日天次]{1,2})*$"
)
"""Before the figure from which another rose or fell (网格由|1126个调整为1204个)."""
_PERSONS = ("person", "person_time", "household")
_CLAUSE_END = re.compile(r"[，,；;：:。]")
_APART = re.compile(r"[；;。]|其中|同比|环比|较|比上年|分别")
"""Between two quantities that are no two sides of one thing: another sentence, a part, a change."""
_REACHES = re.compile(
    r"\s*(?:共计|共|累计|已|直接|预计|可|约|近)*(?:配备|配有|选配|覆盖|惠及|吸纳|参与|拥有|凝聚|汇聚|参加|受益|服务(?!业)|辐射)"
)
"""A clause that says how many persons what stands before it reached."""
_YIELDED = re.compile(
    r"\s*(?:共计|共|累计|现场|已|预计|可)*"
    r"(?:(?:达成|实现|解决|化解|查找|整改|办结|促成)[一-鿿]{0,4}?(?:问题|隐患|矛盾|贷款|意向|成交|交易|收入)|成交|交易|销售|收入|优惠金额)"
)
"""A clause that says what came of what stands before it (带货23次，成交额|581万元)."""
_RESULTS = {("event", "money"), ("event", "thing"), ("person_time", "money"), ("mass", "money")}
"""What such a clause may count, of what stands before it."""
_WORTH = re.compile(
    r"\s*(?:共计|共|总|累计|已|合计|涉及?|合同|成交|支持|项目|帮助|为?[一-鿿]{0,4}挽回)*"
    r"(?:金额|资金|标的额?|投资|价值|支出|拨付|成交额|销售额|交易额|合同额|经济损失|损失|授信|放款|保费|赔付)"
)
"""A clause that says how much money went with what stands before it (救助4360人次，支出|735万元)."""
_HOLDS = re.compile(r"\s*(?:共有?|设有?|现有)?(?:养老|护理型|总)?(?:床位|客房|房间|车位|座位|餐位|托位)")
"""A clause that says how many places what stands before it has (养老机构29家，床位|4200张)."""
_YIELDS = {("area", "mass"), ("mass", "money")}
_FROM_PLACES = re.compile(r"^[^，]{0,6}，\s*(?:分别)?来自[^，]{0,6}$")
_WHEN = r"(?:去年同期|上年同期|去年|上年|上月|上季度|年初|同期|(?:19|20)\d{2}年)(?:\d{1,2}月)?[末底]?"
_BASE = re.compile(rf"(?:较|比){_WHEN}的?\s*$")
_CHANGES = re.compile(r"[^，。；\d]{0,6}(?:增|减|降|升|提高|下滑|回落|扩大|[多少])|、")
_AND_THEN = re.compile(rf"\s*[、和]{_WHEN}的?\s*")
"""Between two figures that a third is compared with (较2025年末的3860个、2024年末的|3120个)."""
_LAST_YEAR = re.compile(
    r"\s*[，,；;（(]而?(?:去年|上年|(?:19|20)\d\d年)(?:同期|同一时[段期])(?:为|是|仅为?|只有|[一-鿿]{2,4})?\s*"
)
_COMPARES = re.compile("(?:较|比)(?:去年|上年|年初|同期)|同比|环比")
_RATES = frozenset(("降幅", "增幅", "涨幅", "增速", "跌幅", "增长率"))
_AMONG = re.compile(
    r"[^，。；、\d]{0,12}(?<![其集])(?:中|里|当中|之中|里面)[，,]?(?:已经?|仅|只|约|近)*(?:有|的)?(?:近|约)?"
)
"""Between a whole and so many of it (58个驿站中有|22个)."""
_TAKEN_UP = re.compile(
    "受理|收集|征集|征求|排查|上报|登记|接到|收到|摸排|发现|检查|抽查|抽检|梳理|交办|转办|现有|接访|申报|报名|反映|提出|代办|走访|起底|发生|下达|应|报送|列出|查出"
)
"""What is done to take a thing up."""
_SETTLES = re.compile(
    "办结|化解|采纳|采用|整改|解决|调解|调处|成功|答复|完成|完工|转化|立案|销号|兑现|拆除|合格|追回|参检|调成|回复|实到|已建|评为|装|录取|未"
)
"""What settles it."""
_LEFT = re.compile("^(?:余下|剩余|剩下|其余|尚余|还剩|尚有|仍有)")
"""How many are left."""
_TO = re.compile(r"(?:至|到|为|升|增|降|减|扩|壮|发展)")


@dataclass(frozen=True, slots=True)
class Tie:
    """Quantity ``at`` of the sentence is ``type`` of quantity ``to``."""

    type: str
    at: int
    to: int


_COMPARED = re.compile(r"(?:较|同比|环比|超额|超出|(?<![占对])比(?!例|重|较|率))[^，。；]{0,16}$")
"""With what a change compares, before it."""


def ties(text: str, sentence: Span, quantities: Sequence[Quantity], found: Sequence[Phrase]) -> list[Tie]:
    """The ties between quantities of a sentence, by their positions in it."""
    of = told_of(text, sentence, [q.span for q in quantities])
    changes = _changes(text, sentence, quantities, found)
    return [
        *_parts(text, sentence, quantities, found),
        *_pairs(text, quantities, found),
        *(replace(tie, to=of.get(tie.at, tie.to)) if tie.type == "change_of" else tie for tie in changes),
    ]


def _parts(text: str, sentence: Span, quantities: Sequence[Quantity], found: Sequence[Phrase]) -> list[Tie]:
    made: list[Tie] = []
    for mark in re.finditer("其中", text[sentence.start : sentence.end]):
        offset = sentence.start + mark.start()
        before = [i for i, q in enumerate(quantities) if q.span.end <= offset]
        after = [i for i, q in enumerate(quantities) if q.span.start > offset]
        for i in after:
            whole = next((b for b in reversed(before) if _fits(quantities[i], quantities[b])), None)
            if whole is not None:
                made.append(Tie("part_of", i, whole))
    told = {tie.at for tie in made}
    for i in range(1, len(quantities)):
        gap = text[quantities[i - 1].span.end : quantities[i].span.start]
        among = _AMONG.fullmatch(gap) and not _counts_another(text, quantities[i], quantities[i - 1])
        if i not in told and among and _fits(quantities[i], quantities[i - 1]):
            made.append(Tie("part_of", i, i - 1))
    told = {tie.at for tie in made}
    return made + [tie for tie in _settled(text, sentence, quantities, found) if tie.at not in told]


def _settled(text: str, sentence: Span, quantities: Sequence[Quantity], found: Sequence[Phrase]) -> Iterator[Tie]:
    """Of what was taken up, how many were settled, and how many are left (排查隐患264处，整改|261处，剩下|3处)."""
    whole: int | None = None
    for at, quantity in enumerate(quantities):
        before = text[quantities[at - 1].span.end if at else sentence.start : quantity.span.start]
        clause = _CLAUSE_END.split(before)[-1]
        of_whole = whole is not None and quantity.unit == quantities[whole].unit and _fits(quantity, quantities[whole])
        same = of_whole and whole is not None and found[at].object.endswith(found[whole].object[-2:])
        if whole is not None and of_whole and ((same and _SETTLES.search(found[at].action)) or _LEFT.search(clause)):
            yield Tie("part_of", at, whole)
        elif _TAKEN_UP.search(found[at].action) and not _SETTLES.search(found[at].action):
            whole = at


def of_which(body: str, sentence: Span, made: Sequence[Fact], before: Sequence[Fact]) -> list[Fact]:
    """The facts of a sentence that begins with 其中, as parts of the last whole told before it in their unit."""
    if not body.startswith("其中", sentence.start) or not before:
        return list(made)
    last = before[-1].sentence
    near = body.count("\n", last.end, sentence.start) == 0
    wholes = [f for f in before if f.sentence == last and near and not f.tied("change_of", "baseline_of", "part_of")]
    told: list[Fact] = []
    for fact in made:
        whole = next((w for w in reversed(wholes) if _fits(fact.quantity, w.quantity)), None)
        parts = whole is not None and not fact.relations and dimension(fact.quantity.unit) != "ratio"
        parts = parts and whole is not None and fact.quantity.unit == whole.quantity.unit
        told.append(replace(fact, relations=(Relation("part_of", whole.id),)) if parts and whole else fact)
    return told


def _counts_another(text: str, part: Quantity, whole: Quantity) -> bool:
    """Whether the thing named behind a part is none that stands behind its whole (12个社区里5个|驿站)."""
    if dimension(part.unit) in _PERSONS:
        return False
    behind = tokens(_CLAUSE_END.split(text[part.span.end :], 1)[0])
    thing = behind[0] if behind and behind[0].is_noun else None
    return thing is not None and thing.word not in text[whole.span.end : part.span.start]


def _fits(part: Quantity, whole: Quantity) -> bool:
    if dimension(part.unit) == "ratio":
        return True
    return dimension(part.unit) == dimension(whole.unit) and part.value <= (whole.value_high or whole.value)


def _pairs(text: str, quantities: Sequence[Quantity], found: Sequence[Phrase]) -> list[Tie]:
    """Two sides of one thing: 9家单位18名骨干, 培训6期420人次, 组织30人开展活动4场, 入户宣传4次，为60名老人讲解."""
    made: list[Tie] = []
    first: int | None = None
    for at in range(len(quantities)):
        if at and first is not None and _is_pair(text, quantities, found, first, at):
            made.append(Tie("pair", at, first))
            if dimension(quantities[at].unit) == "event":
                first = at
        else:
            first = None if dimension(quantities[at].unit) == "ratio" else at
    return made


def _is_pair(text: str, quantities: Sequence[Quantity], found: Sequence[Phrase], first: int, at: int) -> bool:
    """Whether quantity ``at`` is the other side of what quantity ``first`` counts."""
    kinds = dimension(quantities[first].unit), dimension(quantities[at].unit)
    gap = text[quantities[at - 1].span.end : quantities[at].span.start]
    if "ratio" in kinds or _APART.search(gap):
        return False
    happened = kinds[0] == "event" and kinds[1] in (*_PERSONS, "time")
    listed = re.search(r"^\s*[、和与及]|[、和与及]\s*$", gap) is not None
    clause = re.split("[，,、]", gap)[-1]
    if len(_CLAUSE_END.findall(gap)) > 1:
        return False
    if len(clause) < len(gap):
        reached = kinds[1] in _PERSONS and kinds[0] not in _PERSONS and _REACHES.match(clause)
        worth = kinds[1] == "money" and kinds[0] not in ("money", "ratio") and _WORTH.match(clause)
        holds = kinds == ("body", "thing") and _HOLDS.match(clause)
        if reached or worth or holds or (kinds in _RESULTS and _YIELDED.match(clause)):
            return True
    if listed and not happened:
        return False
    if kinds[0] == kinds[1]:
        verb = any(w.is_verb for w in tokens(gap))
        return at == first + 1 and not _CLAUSE_END.search(gap) and verb and found[first].object != found[at].object
    if not _CLAUSE_END.search(gap):
        return kinds[1] != "time" and not listed or happened
    if kinds[1] in _PERSONS and kinds[0] in _PERSONS:
        return False
    same = kinds[1] in _PERSONS and found[first].object and clause.startswith(found[first].object[-2:])
    from_places = kinds[0] in _PERSONS and _FROM_PLACES.search(gap) is not None
    return happened or bool(same) or kinds in _YIELDS or from_places


def _changes(text: str, sentence: Span, quantities: Sequence[Quantity], found: Sequence[Phrase]) -> list[Tie]:
    """由A提升至B: A is the baseline of B; 增长32% is the change of what stands before it; 比去年同期的A减少 too."""
    made: list[Tie] = []
    level = 0
    waiting: list[int] = []
    for at, quantity in enumerate(quantities):
        left = text[sentence.start : quantity.span.start]
        gap = text[quantities[at - 1].span.end : quantity.span.start] if at else ""
        if FROM.search(left) and at + 1 < len(quantities):
            behind = without_periods(text[quantity.span.end : quantities[at + 1].span.start])
            if len(behind) <= 8 and _TO.search(behind):
                made.append(Tie("baseline_of", at, at + 1))
        of_level = level < len(quantities) and _one_kind(quantity, quantities[level])
        after_base = (bool(made) and made[-1] == Tie("baseline_of", at - 1, level)) or waiting[-1:] == [at - 1]
        based = is_base(left, text[quantity.span.end : sentence.end]) or (after_base and _AND_THEN.fullmatch(gap))
        if based and (not at or len(waiting) == at):
            waiting.append(at)
            level = at + 1
            continue
        if at and of_level and based:
            made.append(Tie("baseline_of", at, level))
            continue
        made += [Tie("baseline_of", base, at) for base in waiting if _one_kind(quantities[base], quantity)]
        waiting = []
        if at and of_level and _LAST_YEAR.fullmatch(gap):
            made.append(Tie("baseline_of", at, level))
            continue
        own = found[at].where == "before" and _COMPARES.search(left) and left.endswith(found[at].action)
        grown = action_class(found[at].action).name in ("grow", "reduce") and (own or found[at].where == "inherited")
        compared = _COMPARED.search(left) is not None
        rate = found[at].object in _RATES and dimension(quantity.unit) == "ratio"
        if at and (grown or compared or rate) and not re.search(r"[至到]$", left):
            made.append(Tie("change_of", at, level if of_level or rate else at - 1))
        else:
            level = at
    return made


def _one_kind(first: Quantity, second: Quantity) -> bool:
    return dimension(first.unit) == dimension(second.unit)


def is_base(left: str, right: str) -> bool:
    """Whether a figure is what another is compared with (比去年同期的|77个|减少31个)."""
    return _BASE.search(left) is not None and _CHANGES.match(right) is not None
