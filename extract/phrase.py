"""What is counted and what was done: object and action of each quantity of a sentence.

What its own clause leaves out (其中注销9家) a quantity takes over from those before it, in the sentence or earlier.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.model import Quantity, Span
from corpus.places import find_details
from extract.actions import NOMINAL, action_class, is_action
from extract.clause import BODY, CHANGE, PER, Phrase, counts_places, last_clause, names_place, phrase_of
from extract.measures import dimension
from extract.nouns import FOUND_TO_BE, STOP, noun_before, strip_reaching, verb_after
from extract.relations import FROM
from extract.respective import LINKED, things_apart
from extract.tokens import tokens

_LINK_FIRST = re.compile(r"\s*(?:和|与|及|以及|、|或)")
_PLAN = re.compile("(?:计划|目标|任务)数?$")
_PLAIN = re.compile(
    r"^共(?=办|受理|接|发)|^(?:预计|估计|预估)(?=..)|^(?:各类|各种|各项|大批|大量|一批)(?=..)"
    r"|(?<=..)(?:数量|总数|人数|总量|保有量)$"
)
"""What a counted noun may lose: it says only that it is counted."""
_AMOUNT_ONLY = re.compile(r"数量|总数|总量|规模")
_EACH = re.compile("(?P<each>每[百千万](?:[一-鿿]{0,8}?|[名人户位][一-鿿]{1,10}?))(?:拥有|配有|配备)?$")
_ADVERB = re.compile(r"(?:全天|全部|均|都|已经?|实行|采用|由|设在|位于|达到?|开放|正在)")
"""What says something of a part told with 其中, and is no noun that is counted (其中12个|全天开放)."""
_AREA = re.compile(r"^(?:[牧城农山库老]区|农村|城市|城镇|乡村|乡镇|街道|县城|镇区|中心城区)$")
_MONEY_NOUN = re.compile(r"(?:收入|产值|资金|金额|投资|销售额|利润|收益|分红)$")
_IN_USE = re.compile("(?P<what>.*?)已?(?P<verb>投入(?:使用|运行|运营))")
_KINDS = frozenset(("机构", "站点", "点位", "设施", "场所", "队伍", "网点"))
"""Nouns that only tell the kind of a thing."""
_GRADE = re.compile(r"^\d?[A-Za-z\d]级$")
_OF_THEM = re.compile(
    r"(?:^|[，,；;、：:])(?:其中)?(?P<which>[^，,。；;、：:\d]{2,14}的)(?:就?有|共有?|只有|仅有?|约|近|达)?$"
)
_NO_KIND = re.compile(
    "[增升降减提扩缩压][^，]{0,2}[至到为]|(?:目前|现在|现有|原来|原有|当时|上年|去年|今年|同期|以上|以下)的$"
)
"""What stands before a figure and tells no kind of thing (由39个增至目前的|58个)."""
_RATE = re.compile(
    r"(?:^|[，,；;。：:])(?P<what>[^，,。；;：:\d]{2,18}?(?:率|[比重占]比|比[例重]))"
    r"(?:(?:普遍|仍然?|还|较|偏|最|都|均)*[高低大小])?，[^，。；]{2,10}$"
)
"""A rate that the clause before tells of, before the place or the time that has it (空驶率高，平邑县为|39%)."""
_EXTREME = re.compile(
    r"(?:(?P<what>[^，,。；;：:\d]{2,18}?率)|[；;，,])最[高低大小多少](?:的)?[^，。；]{0,8}?(?:是|为)[^，。；]{2,12}，(?:达到?|为|只有|仅为?)?$"
)
"""Where a rate is highest or lowest (化解率最高的是鹤峰县，为|99.1%；最低的是恩施市，为|97.2%)."""
_SHARE = re.compile(
    r"(?:^|[，,、；;。：:])(?:其中)?(?P<which>[^，,。；;、：:]{2,16}的)(?:仅|约|只|就)?占(?:比|到|了)?(?:达|为|约)?$"
)
_BY_KIND = re.compile("按[^，。；]{1,10}(?:分|看|划分|统计)[，,：:]")
"""Before the kinds of what is counted (按类型分，婚姻家庭|912件)."""
_MEMBERS = ("person", "household", "thing", "body")
"""Dimensions of what has parts that are told by their share (35岁以下的占|43.8%)."""
_SCOPE = re.compile(
    r"^(?:[全我本][省市县区旗州镇乡村]|已经?|共|累计|目前|现|先后|今年|上半年|年[初内]|全年|原定?|计划|拟|打算|实际)+"
)
_TAKEN_AS = re.compile("[将把](?P<what>[^，。；向对]{2,14}?)(?:列[为入]|作为|纳入|当作)[^，。；]*，[^，。；]*$")
"""What a clause says is taken up, before one that only says what is done to it (把长者食堂列为实事，计划新建|60处)."""
_SOME_OF = re.compile("(?:[仍还尚]?有|的有?|其中|共|只|仅)$")
"""Before how many of what the clause before is about."""
_FEW_OF = re.compile("^(?:部分|一些|少数|个别|不少|多数|大部分|有的|各)")
_OF_BODY = re.compile("(?:企业|公司|商会|协会|组织|机构|单位|学校|院|店|厂|站|点|馆|所|社|园|超市|食堂|银行)$")
_MOST = re.compile(
    "(?P<what>[^，。；]{2,}?)(?:数量?)?(?:最[多少高低大小]|居首|领先|排(?:名|在)?(?:第一|首位|前列))(?:的?[是为][^，。；]*)?$"
)
"""A clause that says of what there is most somewhere, before how many there are (玉屏街道托管点最多，共|12个)."""
_SAYS = re.compile("坦言|表示|介绍|[说称道]$|透露|记者")
_DOES = frozenset("建开办招设派修种评选")
"""Verbs of one character that tell what was done with the thing of the clause before (开设驿家，已开|21个)."""
_TASK = re.compile("(?:任务|工作|实事|重点)$")
_DEFINED = re.compile(r"\s*“(?P<name>[^“”]{2,12})”，?(?:就?是指?|指的是)")
PERSONS = "人员"
_DEFAULT = {
    "person": PERSONS,
    "person_time": "人次",
    "household": "家庭",
    "money": "资金",
    "ratio": "比例",
    "area": "面积",
}
_LARGE = 100
"""A sum of figures that is no coincidence."""
_CHANGED_ALONE = re.compile(
    r"[、，,]?(?:同比|环比|同口径|可比价|名义|实际|比上年同?期?|较上年同?期?|比去年同?期?|较去年同?期?)?(?:增长|下降|提高|增加|减少|降低|上升)了?"
)
"""By how much the figure just before has changed (零售总额45.2亿元、增长|8.1%)."""
_HOLDS = re.compile(
    r"(?:可以?|能够?)(?:同时|一次性)?(?:容纳|停放?|供|接待|服务|满足|安置|储存|处理|住)[^，。；：的]{0,4}$"
)
"""Before how many a thing can hold (可容纳|300人的礼堂5个)."""
_SIZES = ("money", "length", "area", "volume", "mass", "energy", "data", "ratio", "time")
"""What is measured, not counted."""
_ABILITY = re.compile(r"[日年月]?均?[一-鿿]{2}能力[^，。；]{0,3}$")
_LIKE = re.compile(r"[^，。；：的0-9]{0,9}的(?P<what>[一-鿿“”]{2,12})")
_ASIDE_BEFORE = re.compile(r"[)）](?=的)")
"""Behind a figure in brackets that only the next one goes on from (完成全年任务（42亿元）的|75.2%)."""
_ONLY_SO_MANY = re.compile(r"\s*(?:[仅只就共已]?有?|达到?)\s*")
_INTO = re.compile("[一-鿿]{0,4}?[为至到]")
_FROM = 24
"""Characters before a figure in which what says that it was so before stands."""
_NEAR = 5
"""Characters at most behind a size up to what it is of."""
_TOGETHER_WITH = ("加上", "连同", "算上")
"""What begins a sentence that takes up the figure before (建成64个。加上以前年度建成的|134个)."""
_OF_BEFORE = re.compile(
    "^(?:加上|连同|算上)(?:以前|往年|历年|此前|之前|过去|原有|年度|各年)*(?P<did>[^，。；]{0,8})的$"
)
_OF_BODIES = ("家", "户", "所", "个")
"""Measure words of bodies, which are no deeds."""
_NOT = re.compile("(?<![一不尚还])(?:不|未|没有|无)$")
"""Before the name of things that are not so."""
_NOT_DONE = re.compile("(?:[尚还]未|未能?|没有?|拒不|不|应)$")
"""Before what was not done."""
_SHORT_OF = re.compile("[仍尚还共]缺(?:少|口)?(?:约|近)?$")
_OWED = re.compile("应(?:参[检加评保会]|[到建收缴检报退还])")
_OF_BOUND = re.compile("超过?$|[低少高多小大]于|[到断仅足含有计]$|突破$|达$")
"""Verbs that 不 makes a bound or an adverb."""
_IN_ROW = 3
"""Figures back to which an item of a list goes on with the one before (电白区9180户，其中企业2140户；高州市|8640户)."""
_Told = tuple[Quantity, Phrase]
DEFAULTS = tuple(_DEFAULT.values())
"""What a figure is said to count of which nothing is named."""


def phrases(text: str, sentence: Span, quantities: Sequence[Quantity], earlier: Sequence[_Told] = ()) -> list[Phrase]:
    """One phrase for each quantity of a sentence, in order.

    ``earlier``: the quantities of the sentences before; the last is taken up by a sentence that begins with 其中, one
    of which the same was done by a figure that names no thing (建成服务点2133个。…要建到2400个).
    """
    found: list[Phrase] = []
    edge, named, before_aside = sentence.start, "", ""
    for at, quantity in enumerate(quantities):
        following = quantities[at + 1] if at + 1 < len(quantities) else None
        left = text[edge : quantity.span.start]
        if at and (aside := _ASIDE_BEFORE.match(left)) and (opened := max(before_aside.rfind(b) for b in "（(")) >= 0:
            left = before_aside[:opened] + left[aside.end() :]
        before_aside = left
        right = text[quantity.span.end : following.span.start if following else sentence.end]
        holds = _HOLDS.search(left)
        like = _likened(right, quantity, following, far=holds is not None) if following else None
        behind = right.partition("的")[0] if like or holds else right
        joins = not at and left.startswith(_TOGETHER_WITH)
        left = _OF_BEFORE.sub(r"\g<did>", left) if joins else left
        phrase = phrase_of(named or left, behind, quantity, following is not None)
        phrase = _before_rate(phrase, quantity, following)
        named_so, deed = phrase, _deed_of(phrase, quantity)
        phrase = Phrase("", deed, "none") if deed else phrase
        named = _before_size(left, phrase) + like["what"] if like else ""
        levels = [told for told in reversed(earlier) if not PER.match(told[1].object)]
        last = next((told for told in levels if told[0].unit == quantity.unit), levels[0] if levels else None)
        before = (quantities[at - 1], found[-1]) if at else last if joins or left.startswith("其中") else None
        of_last = found and _is_amount(phrase)
        phrase = _put_to_use(phrase, quantity)
        if phrase.where == "none":
            before = _taken_up(left, at, quantities, found, earlier) or before
        if quantity.unit == "%":
            phrase = _of_share(phrase, left, [*earlier, *zip(quantities, found, strict=False)], first=before is None)
        if before is None and phrase.where == "none":
            before = _alike(phrase, quantity, earlier)
        if (which := _which(left, right, quantity)) and (thing := _counted_before(quantities, found, at, before)):
            phrase = Phrase(which + thing.object.rpartition("的")[2], "", "subset")
        elif before:
            phrase = _with_last(phrase, left, right, before[1], quantity.unit, before[0].unit)
        if phrase.where == "none" and not before and dimension(quantity.unit) != "money":
            phrase = _from_clause_before(phrase, left)
        if phrase.where == "none" and not phrase.object and quantity.unit in ("家", "所"):
            phrase = _of_topic(phrase, text[sentence.start : quantity.span.start], right)
        if before and phrase.where == "none" and _ONLY_SO_MANY.fullmatch(left) and _is_limit(before[0]):
            limited = None if before[1].where == "after" else _same_unit(quantities, at)
            phrase = Phrase(before[1].object if limited is None else found[limited].object, "", "inherited")
        if of_last and phrase.where == "none":
            phrase = Phrase(found[-1].object, "", "inherited")
        phrase = named_so if deed and phrase.where == "none" else phrase
        phrase = _as_said(_in_full(phrase, text[sentence.start : quantity.span.start]), left, right)
        phrase = _of_state(phrase, quantity, [*earlier, *zip(quantities, found, strict=False)])
        phrase = replace(phrase, where="aside") if _stands_aside(text, quantity.span) else phrase
        found.append(_with_default(_reduced(_for_each(phrase, left), quantity), quantity))
        edge = quantity.span.end + phrase.taken
    made = _done_of(text, quantities, _pairs(text, quantities, found))
    made = _become(text, quantities, made)
    made = things_apart(text, sentence, quantities, made)
    kinds = _BY_KIND.search(text, sentence.start, sentence.end)
    return [
        replace(p, where="part") if kinds and q.span.start > kinds.end() else p
        for q, p in zip(quantities, made, strict=True)
    ]


def _likened(right: str, quantity: Quantity, following: Quantity, *, far: bool) -> re.Match[str] | None:
    """What the next figure counts, where this one says what each is like (面积1200平方米的服务中心|3个).

    It is a size with 的 near behind it; ``far``, it may be of anything, and 的 be further off (供20人休息的驿站|8个).
    """
    like = _LIKE.fullmatch(right)
    size = dimension(quantity.unit) in _SIZES and dimension(following.unit) not in _SIZES
    return like if like and (far or (size and like.start("what") <= _NEAR)) else None


def _before_size(left: str, phrase: Phrase) -> str:
    """What stands before what each is like (全县建成|可容纳300人, 全县建成|日处理能力2万吨)."""
    if able := _HOLDS.search(left) or _ABILITY.search(left):
        return left[: able.start()]
    return left[: left.rfind(phrase.object)] if phrase.where == "before" and phrase.object in left else left


def _before_rate(phrase: Phrase, quantity: Quantity, following: Quantity | None) -> Phrase:
    """What is counted without the rate behind it, which the next figure is of (两个工种|取证率超过八成)."""
    words = tokens(phrase.object)
    of_next = phrase.where == "after" and following is not None and following.unit == "%" and len(words) > 1
    if not of_next or not words[-1].word.endswith("率"):
        return phrase
    if _is_limit(quantity):
        return replace(phrase, taken=0)
    return replace(phrase, object=phrase.object[: words[-1].start], taken=0)


def _deed_of(phrase: Phrase, quantity: Quantity) -> str:
    """What stands before a number of bodies or persons and is what was done to them, no name (撤销登记|17家); or ""."""
    if phrase.where != "before" or not phrase.object:
        return ""
    both = [done for done in (phrase.action + phrase.object, phrase.object + phrase.action) if is_action(done)]
    if quantity.unit in _OF_BODIES:
        does = is_action(phrase.object) or phrase.object in NOMINAL
        alone = does and all(w.is_verb or w.word in NOMINAL for w in tokens(phrase.object))
        return both[0] if phrase.action and both else phrase.object if alone else ""
    twice = dimension(quantity.unit) == "person" and is_action(phrase.object) and is_action(phrase.action)
    return phrase.action + phrase.object if twice and all(w.is_verb for w in tokens(phrase.object)) else ""


def _as_said(phrase: Phrase, left: str, right: str) -> Phrase:
    """With the word that says that something was not so or not done, or ought to be (不合格|11家, 未参检|35家)."""
    clause = last_clause(left)
    object_, action = phrase.object, phrase.action
    if phrase.where == "before" and object_ and (no := _NOT.search(clause[: max(clause.rfind(object_), 0)])):
        object_ = no.group() + object_
    said = right if phrase.where == "after" and action not in clause else clause
    if _SHORT_OF.search(clause):
        action = "缺"
    if action in ("应", "") and (owed := _OWED.search(clause)):
        action, object_ = owed.group(), object_.removeprefix(owed.group()[1:]) or object_
    before = said[: max(said.rfind(action), 0)]
    if action and action not in object_ and not _OF_BOUND.search(action) and (no := _NOT_DONE.search(before)):
        action = no.group() + action
    return replace(phrase, object=object_, action=action)


def _is_limit(quantity: Quantity) -> bool:
    """Whether a figure only says which things are counted behind it (10亿元以上|项目6个)."""
    return quantity.surface.endswith(("以上", "以下", "以内"))


def _is_amount(phrase: Phrase) -> bool:
    """Whether a phrase only says that a figure is how much there is (总量达|3.8万户)."""
    return _AMOUNT_ONLY.fullmatch(phrase.object) is not None and not phrase.action


def _put_to_use(phrase: Phrase, quantity: Quantity) -> Phrase:
    """A thing without what only says that it is in use, or how much there is (电梯投入使用|152部, 受理量|6980件)."""
    if _is_amount(phrase) or (phrase.object == "量" and quantity.unit):
        return replace(phrase, object="", where="none")
    used = _IN_USE.fullmatch(phrase.object)
    if used is None:
        return phrase
    return replace(phrase, object=used["what"], action=used["verb"], where=phrase.where if used["what"] else "none")


def _in_full(phrase: Phrase, before: str) -> Phrase:
    """A thing that only its kind names, with the name that the sentence gave it (校外培训机构…，排查机构|167家)."""
    if phrase.object not in _KINDS:
        return phrase
    named = [m.end() for m in re.finditer(phrase.object, before.removesuffix(phrase.object))]
    nouns = {noun_before(tokens(last_clause(before[:end]))) for end in named}
    noun = nouns.pop() if len(nouns) == 1 else ""
    whole = noun.endswith(phrase.object) and noun != phrase.object and not names_place(noun)
    return replace(phrase, object=noun) if whole else phrase


def _of_share(phrase: Phrase, left: str, told: Sequence[_Told], *, first: bool) -> Phrase:
    """The rate that the clause before a share names, or what part of the things counted before is so much of them."""
    if first and phrase.where == "none" and (rate := _RATE.search(left)):
        return Phrase(rate["what"], "", "before")
    rate = _EXTREME.search(left)
    of_rate = next((p.object for q, p in reversed(told) if q.unit == "%"), "") if rate else ""
    if rate and (what := rate["what"] or of_rate):
        return Phrase(what, "", "before")
    part = _SHARE.search(left)
    whole = next((p.object for q, p in reversed(told) if dimension(q.unit) in _MEMBERS and _is_level(p)), None)
    return Phrase(f"{part['which']}{whole.rpartition('的')[2]}占比", "占", "before") if part and whole else phrase


def _which(left: str, right: str, quantity: Quantity) -> str:
    """What a part of the things counted before is like, where only the figure follows it (其中达标的|452个)."""
    told = _OF_THEM.search(left)
    bare = dimension(quantity.unit) != "ratio" and (not right or STOP.match(right) or right[0] in "、（(")
    return told["which"] if told and bare and not _NO_KIND.search(told["which"]) else ""


def _counted_before(
    quantities: Sequence[Quantity], found: Sequence[Phrase], at: int, before: _Told | None
) -> Phrase | None:
    """The phrase of the last figure in the same unit, in the sentence or before it."""
    alike = _same_unit(quantities, at)
    if alike is not None:
        return found[alike]
    return before[1] if before and before[0].unit == quantities[at].unit else None


def _taken_up(
    left: str, at: int, quantities: Sequence[Quantity], found: Sequence[Phrase], earlier: Sequence[_Told]
) -> _Told | None:
    """The last figure in the same unit, in the sentence, for one of which nothing is named.

    Where only its place is told (曲阳县|62家), the last that counts a thing, in the sentences before as well.
    """
    told = list(zip(quantities, found, strict=False))
    if told and (not left or (quantities[at].unit in ("%", told[-1][0].unit) and _CHANGED_ALONE.fullmatch(left))):
        return told[-1]
    of_place = names_place(last_clause(left).removeprefix("其中").strip("、和及与 　"))
    if not of_place:
        unit = quantities[at].unit
        return next((each for each in reversed(told[:at]) if each[0].unit == unit and each[1].where != "aside"), None)
    alike_before = [each for each in reversed([*earlier, *told]) if each[0].unit == quantities[at].unit]
    levels = [each for each in alike_before if _is_level(each[1]) and each[1].where not in ("part", "subset")]
    listed = (each for each in levels[:_IN_ROW] if each[1].where == "inherited")
    return next(listed, levels[0] if levels else None)


def _stands_aside(text: str, span: Span) -> bool:
    """Whether a figure stands alone in brackets (完成年度任务（|120家）的53.3%，累计926家)."""
    return text[span.start - 1 : span.start] in ("（", "(") and text[span.end : span.end + 1] in ("）", ")")


def _is_level(phrase: Phrase) -> bool:
    """Whether it is a thing that is counted, not places, nor by how much it changed."""
    changed = action_class(phrase.action).name in ("grow", "reduce")
    thing = not _PLAN.search(phrase.object) and not names_place(phrase.object) and not PER.match(phrase.object)
    return thing and not changed and not counts_places(phrase.object)


def _alike(phrase: Phrase, quantity: Quantity, earlier: Sequence[_Told]) -> _Told | None:
    """The last figure in the same unit of which the same was done, or else the last one if it is in that unit."""
    earlier = [each for each in earlier if each[1].where != "subset"]
    of_unit = [each for each in reversed(earlier) if each[0].unit == quantity.unit and not names_place(each[1].object)]
    kinds = bool(earlier) and earlier[-1][1].where == "part"
    of_unit = [each for each in of_unit if each[1].where != "part"]
    done = action_class(phrase.action).name
    parts = 0 if dimension(quantity.unit) == "money" else _parts_before(of_unit)
    of_unit = of_unit[parts:]
    taken = done not in ("other", "grow", "reduce")
    same = next((each for each in of_unit if taken and action_class(each[1].action).name == done), None)
    ratio = dimension(quantity.unit) == "ratio"
    last = next((each for each in reversed(earlier) if ratio or dimension(each[0].unit) != "ratio"), None)
    return same or (of_unit[0] if of_unit and (parts or kinds or of_unit[0] is last) else None)


def _parts_before(told: Sequence[_Told]) -> int:
    """How many of figures in one unit, the last first, are the parts that the one before them adds up."""
    values = [quantity.value for quantity, _ in told]
    return next((n for n in range(2, len(values)) if sum(values[:n]) == values[n] >= _LARGE), 0)


def _same_unit(quantities: Sequence[Quantity], at: int) -> int | None:
    """The last quantity before in the sentence that is in the same unit."""
    return next((n for n in range(at - 1, -1, -1) if quantities[n].unit == quantities[at].unit), None)


def _with_last(phrase: Phrase, left: str, right: str, last: Phrase, unit: str | None, last_unit: str | None) -> Phrase:
    """What a quantity takes over from the one before it in the sentence (发放宣传册300份，礼品|200份)."""
    touching, same_dimension = not left.strip(), dimension(unit) == dimension(last_unit)
    if phrase.where == "after" and (
        LINKED.fullmatch(left) or (not phrase.action and (touching or left.strip() in "，," or _LINK_FIRST.match(left)))
    ):
        return replace(phrase, action=last.action or phrase.action)
    bare = left.strip("，,、和及与 ") == phrase.object
    if phrase.where == "before" and unit == last_unit != "%" and not phrase.action and bare:
        return replace(phrase, action=last.action)
    if phrase.where == "none" and touching and last.where == "before":
        return Phrase(last.object, last.action, "inherited")
    if left.strip("，,；;、 ").startswith("其中") and unit == last_unit and _ADVERB.match(right):
        return Phrase(last.object, last.action, "inherited")
    if phrase.where == "before" and same_dimension and "其中" in left and _part_of_place(phrase.object):
        return Phrase(last.object, last.action, "inherited")
    if phrase.where == "before" and _GRADE.match(phrase.object):
        return Phrase(phrase.object + re.sub(r"^\d?[A-Za-z\d]级", "", last.object), last.action, "inherited")
    shared = phrase.action == "占" or last_clause(left).endswith(("占", "占比"))
    if phrase.where == "none" and shared:
        return Phrase(last.object.removesuffix("占比") + "占比", "占", "inherited")
    change = phrase.where == "none" and CHANGE.search(last_clause(left))
    held = dimension(unit) == "person_time" and dimension(last_unit) == "event"
    if phrase.where == "none" and held and last.where == "before":
        return Phrase(last.object, phrase.action or last.action, "inherited")
    if phrase.where == "none" and dimension(unit) == "money" and _MONEY_NOUN.search(last.object):
        return Phrase(last.object, phrase.action or last.action, "inherited")
    if phrase.where == "none" and (same_dimension or change):
        return Phrase(last.object, phrase.action or last.action, "inherited")
    return phrase


def _part_of_place(noun: str) -> bool:
    return _AREA.search(noun) is not None or names_place(noun)


def _from_clause_before(phrase: Phrase, left: str) -> Phrase:
    """The object of the clause before, where the quantity's own clause is only its verb (布设“微驿站”，建成11个).

    What a sentence defines is its object too (“水管家”是指……，全县共聘用|387名).
    """
    parts = re.split(r"[，,]", left)
    if len(parts) > 1 and not _strip_to(parts[-1]) and (most := _MOST.search(parts[-2])):
        noun = noun_before(tokens(_without_name(last_clause(most["what"]))))
        return Phrase(noun, "", "before") if noun and not names_place(noun) else phrase
    does = is_action(phrase.action) or phrase.action in _DOES
    if len(parts) < 2 or not does or _strip_to(parts[-1]) != phrase.action:
        return phrase
    if defined := _DEFINED.match(left):
        return Phrase(defined["name"], phrase.action, "before")
    if taken := _TAKEN_AS.search(left):
        return Phrase(taken["what"], phrase.action, "before")
    noun = noun_before(tokens(parts[-2]))
    named = noun and not BODY.search(noun) and not _TASK.search(noun) and not _SAYS.search(noun)
    return Phrase(noun, phrase.action, "before") if named else phrase


def _of_topic(phrase: Phrase, before: str, right: str) -> Phrase:
    """The bodies that the clause before is about, where its own only says how many (敬老院…老化，仍有|3家)."""
    *told, own = re.split(r"[，,；;]", before)
    if not told or not _SOME_OF.search(own):
        return phrase
    topic, which = "", _OF_THEM.search(own)
    for word in tokens(_FEW_OF.sub("", told[-1])):
        if not (word.is_noun or word.tag[0] in "ab"):
            break
        topic += word.word
        if _OF_BODY.search(topic) and not names_place(topic):
            return Phrase((which["which"] if which else "") + topic, verb_after(right, ""), "after", acts=True)
    return phrase


def _of_state(phrase: Phrase, quantity: Quantity, told: Sequence[_Told]) -> Phrase:
    """What only tells how things of the kind before were found to be, with their name (参检|351家，不合格|28家)."""
    if phrase.where != "before" or not FOUND_TO_BE.fullmatch(phrase.object):
        return phrase
    last = next((p for q, p in reversed(told) if q.unit == quantity.unit), None)
    noun = FOUND_TO_BE.sub("", last.object.rpartition("的")[2]) if last else ""
    return replace(phrase, object=phrase.object + noun) if last and noun and noun != last.action else phrase


def _without_name(clause: str) -> str:
    """A clause without the street, town or village whose name it begins with."""
    first = next(iter(find_details(clause)), None)
    return clause[first.span.end :] if first and first.span.start == 0 else clause


def _strip_to(clause: str) -> str:
    return _SCOPE.sub("", strip_reaching(clause)).strip()


def _for_each(phrase: Phrase, left: str) -> Phrase:
    """With what there is so much for, before its noun (每千人口|托位5.3个)."""
    clause = last_clause(left)
    each = _EACH.search(clause[: clause.rfind(phrase.object)]) if phrase.where == "before" and phrase.object else None
    return replace(phrase, object=each["each"] + phrase.object) if each else phrase


def _reduced(phrase: Phrase, quantity: Quantity) -> Phrase:
    """物资价值14万元 is of 物资; 累计服务12万人次 has 服务 as its action; 各类活动 and 驿站数量 are 活动 and 驿站."""
    if dimension(quantity.unit) == "money":
        noun = re.sub(r"(?<=..)总?(?:价值|金额)$", "", phrase.object)
        if is_action(noun) and action_class(noun).name == "fund":
            return replace(phrase, object="", action=phrase.action or noun)
        return replace(phrase, object=noun, action=phrase.action or (noun if is_action(noun) else ""))
    if dimension(quantity.unit) == "person_time" and not phrase.action and is_action(phrase.object):
        return replace(phrase, object="", action=phrase.object)
    if _AMOUNT_ONLY.fullmatch(phrase.object):
        return replace(phrase, object="")
    plain = _PLAIN.sub("", phrase.object)
    doing = plain + "人数" == phrase.object and tokens(plain)[-1].is_verb
    return replace(phrase, object=phrase.object if doing else plain)


def _with_default(phrase: Phrase, quantity: Quantity) -> Phrase:
    if phrase.object:
        return phrase
    kind = dimension(quantity.unit)
    told = not phrase.acts and is_action(phrase.action) and action_class(phrase.action).name != "reach"
    told = told or ((kind == "event" or quantity.unit == "件") and len(phrase.action) > 1)
    named = phrase.action if told and kind not in ("money", "person_time", "area", "mass") else ""
    return replace(phrase, object=named or _DEFAULT.get(kind, quantity.unit or phrase.action))


def _become(text: str, quantities: Sequence[Quantity], found: list[Phrase]) -> list[Phrase]:
    """What something has come to is of the thing itself, whatever was done to it (网格由1126个调整为|1204个)."""
    for at in range(1, len(found)):
        before, this = quantities[at - 1], quantities[at]
        kept = ("reach", "grow", "reduce", *(("other",) if found[at].object == found[at - 1].object else ()))
        into = this.unit == before.unit and _INTO.fullmatch(text[before.span.end : this.span.start])
        if into and action_class(found[at].action).name not in kept and FROM.search(text[: before.span.start][-_FROM:]):
            found[at] = Phrase(found[at - 1].object, "达到", "inherited")
    return found


def _done_of(text: str, quantities: Sequence[Quantity], found: list[Phrase]) -> list[Phrase]:
    """Of how many so many have had something done, is not done to all (8236名村民已有序转移|7716人)."""
    for at in range(len(found) - 1):
        this, following = found[at], found[at + 1]
        gap = text[quantities[at].span.end : quantities[at + 1].span.start]
        same = dimension(quantities[at].unit) == dimension(quantities[at + 1].unit)
        if same and this.action and this.action == following.action and re.search(f"已[^，。；]*{this.action}$", gap):
            found[at] = replace(this, action="")
    return found


def _pairs(text: str, quantities: Sequence[Quantity], found: list[Phrase]) -> list[Phrase]:
    """Adjacent quantities share what only the last is given (5方面16条措施, 捐赠51万元、49万元助残资金)."""
    for at in range(len(found) - 2, -1, -1):
        this, following = found[at], found[at + 1]
        gap = text[quantities[at].span.end : quantities[at + 1].span.start].strip()
        alike = dimension(quantities[at].unit) == dimension(quantities[at + 1].unit)
        if following.where != "after" or gap not in ("", "、", "和", "及") or (gap and not alike):
            continue
        if this.where == "none":
            found[at] = replace(following, action=this.action)
        elif gap and quantities[at].unit == quantities[at + 1].unit and is_action(this.object):
            found[at] = replace(following, action=this.object)
            found[at + 1] = replace(following, action=following.action or this.object)
    return found
