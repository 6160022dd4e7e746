"""What stands beside a quantity in its own clause: what it counts and what was done.

Chinese puts the counted noun after the quantity (选派138名党建指导员), before it (建立临时党支部20个), or before a verb
of reaching (办结率达98%). The words come from jieba's tagger; which noun phrase belongs to the quantity is decided
here, by position.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.model import Quantity
from corpus.places import find_details
from extract.actions import action_class, is_action, known_actions
from extract.grammar import AFTER
from extract.lists import any_of
from extract.measures import dimension
from extract.nouns import (
    STOP,
    attribute,
    govern,
    last_verb,
    noun_after,
    noun_before,
    says_of_all,
    statistic_before,
    strip_reaching,
    verb_after,
)
from extract.period import period_spans
from extract.tokens import Token, joined, tokens

_TAKES_IN = frozenset(("受理", "接到", "收到", "办理", "办结", "处理", "处置", "化解", "调处", "解决", "答复", "转办"))
"""What an office does with a complaint or a case, before its name (受理物业服务投诉|2036件)."""
_NO_ONE_THING = re.compile("^后|[的，、和与及并或]")
_THAN = "(?:同比|环比|比上年|较[^，。；]{1,8}|比[^，。；]{1,8})?"
_GREW = (
    "增加|提高|(?<!改造)(?<!整治)(?<!更新)(?<!美化)(?<!绿化)提升|上升|下降|减少|降低|缩短|压减|压缩|增收|上涨|回落"
    "|下滑|下跌|攀升|缩减|萎缩|走高|走低"
)
CHANGE = re.compile(f"{_THAN}(?:净?增长?|{_GREW})了?$")
_CHANGED = re.compile(
    f"{_THAN}(?:已|大幅|平均|累计|净|分别|实际|名义|年均|稳步|进一步)*"
    f"(?:增长|{_GREW}|[升降涨跌增减](?=[到至])|[升降涨跌增减少](?=了))(?:了|到|至)?$"
)
"""The words of a change before its number, with what they compare with."""
_FROM = re.compile(
    r"(?P<what>[一-鿿“”（）()]{2,})[由从](?:(?:去年|上年|前年|今年|年初|最初|当初|起初|原来|原先|此前|过去|成立|最[多少高低]时?|一开始|开始|刚开始|高峰时?|\d{4}年)[^，。；]{0,6}?)?的?(?:每[一-鿿]{1,2})?$"
)
"""What grew or shrank, before the figure that it grew from (助餐点由去年同期的|39个增至)."""
_COMPARING = re.compile(r"(?P<what>[^，。；]{2,16}?)[较比](?:去年|上年|年初|\d{4}年)[^，。；]{0,6}的$")
"""What is compared, before the figure that it is compared with (志愿者较2025年末的|3860人)."""
_LEVEL = re.compile(r"(?:达到?|为|[高升增降减]至|[提升增降减]?[高升加低少]到|突破|超过|稳定在|控制在|保持在)了?$")
"""Words behind the name of a statistic, before its figure (能源综合生产能力达到|58亿吨标准煤)."""
_FOR_EACH = re.compile(r"[由从]?(?:每[一-鿿]{1,3})+$")
PER = re.compile("每[百千万]")
"""What there is so much for, before the noun (每千人口|托位)."""
_PASSING = re.compile("(?:其中|仅|例如|比如|如|而|像|以)*")
_TARGET = re.compile("(?:年度|全年|目标)?(?:任务|目标|任务数|计划数)$|(?:年度|全年|年初|原定)计划$|^计划$")
"""What says of a figure only that it is to be reached (新建改建任务|3600座)."""
_PART = re.compile(
    r"(?P<what>[^，。；]{2,20}?)(?:约|共|就|仅|只|已)?占(?![补用地道据])(?:全部|全[省市县区旗]|总|所有|到)?[^，。；占]{1,16}"
)
"""A part and what it is a share of (刷单类骗局占全部电诈案件的|41.6%)."""
_SHARE_OF = re.compile("(?:约|就|仅|已)?占(?![补用地道据比领])")
"""Of what wider thing a share is of what was told before (高速铁路超过1.9万公里，占世界|60%)."""
_COVERING = re.compile(r"^(?:全?覆盖|入章|达标|落实|到位|办结|挂牌)")
BODY = re.compile(
    r"(?:局|委|部|办|省|州|旗|县|(?<![超集夜门早花])市|区|镇|乡|街道|社区|党委|政府|单位|中心|部门|机关|法院|检察院|公安)$"
)
_COUNTY = re.compile(
    r"^[一-鿿]{1,6}(?:县|旗|(?<![超集夜门早花])市)$|^[一-鿿]{1,6}(?<![社小片景园校库矿牧农城山厂林辖地郊灾战特海湖洲街管新市演展学])区$|^(?:其余)?各(?:镇|乡|村|县|街道|社区|区)+$|^[我全本]?[县市区州旗镇乡村]$|^(?![一-鿿]*级)[一-鿿]{0,4}(?:高新|经开|开发|新)区$"
)
_DIVISIONS = re.compile(
    r"(?:[县市旗]区|市辖区|区县|县市|旗县|乡镇|镇街|街镇)$|^(?:大|贫困|重点|山区|湖区)*(?:县|市|区|旗|州|乡|镇|村|街道|社区|地)$"
)
_ACTOR = re.compile(rf"(?:{any_of('organisations')})$")
_SHORT_RATE = 3
_RATE = re.compile(r"[一-鿿]{2,12}率$")
"""A rate named by what happens (森林火灾受害率)."""
_HELD = re.compile(
    r"(?P<verb>组织开展|开展|举办|举行|进行|实施)(?:了|各类|各项|系列)*(?P<what>[^，。；、]{2,16}?)(?:共|累计|近|超|约|达)*$"
)
"""What was held so many times, verbs in it included (开展心理疏导14次)."""
_THIS = re.compile(r"^(?:本次|此次|这次|该|本)")
_NO_THING = frozenset(
    "处 地 者 方 场 点 春 夏 秋 冬 家中 家里 方面 同期 上年同期 去年同期 同一时段 同一时期 今年以来 去年以来 "
    "单笔 单户 单次 年度 上年度 上一年度 以前年度 往年 历年 此前 以往 运营 投用 使用 "
    "义务 免费 小时 全天".split()
)
"""What names nothing that is counted (在城隍庙等处|讲解390场, 比去年同期的|77个)."""
_BY_MEANS = re.compile("(?:通过|利用|借助|经由|依托)$")
"""Before what something is done with (通过“码上提”小程序提交|2914条)."""
_DOER = re.compile(r"(?:[员者们]|调解室|服务站|中心)$")
"""Who does what is counted, where that is no person (调解员劝和|82对)."""
_DEED = re.compile(r"(?:年度|全年)?(?:计划|拟|预计|目标|任务|已|再|又|共|累计)*(?P<verb>[一-鿿]{2,4})")
_HAVING_NOUN = ("支", "张", "个")
"""Measure words that are also read together with their noun (25支队伍, 300张床位)."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words around a quantity.

    ``where`` its object stands: after, before, inherited, none; or it is a part or subset of what was counted before,
    or a target told aside, in brackets.
    ``taken``: how many characters after the quantity belong to it; ``acts``: the action is what the object does, not
    what is done to it.
    """

    object: str
    action: str
    where: str
    taken: int = 0
    acts: bool = False


def phrase_of(left: str, right: str, quantity: Quantity, more: bool) -> Phrase:
    """The words around a quantity, by the text on either side of it; ``more``: another quantity follows."""
    clause = re.split("等[处地](?![区方级])", _without_body(last_clause(left)))[-1]
    clause = _without_plan(_without_each(_without_when(clause)))
    if clause in ("其他", "其它"):
        return Phrase("其他", "", "before")
    words = tokens(clause.removeprefix("其中"))
    if (compared := _COMPARING.match(clause)) and (noun := noun_before(tokens(compared["what"]))):
        return Phrase(noun, "", "before")
    grown = _FROM.search(re.sub(r"(?<=的)(?:不到|不足|将近|大约)$", "", clause))
    if grown and grown.group().endswith("的") and (noun := noun_before(_without_also(tokens(grown["what"])))):
        return Phrase(noun, _verb_left_of(tokens(grown["what"]), noun), "before")
    if dimension(quantity.unit) == "ratio" or quantity.unit is None:
        return _ratio(words, right)
    if grown and (noun := noun_before(_without_also(tokens(grown["what"])))):
        return Phrase(noun, _verb_left_of(tokens(grown["what"]), noun), "before")
    if _LEVEL.search(clause) and (noun := statistic_before(words)):
        return Phrase(noun, "", "before")
    if within := _noun_within(quantity):
        return Phrase(within, govern(words, right, ""), "after", acts=_acts(words, right, ""))
    after = "" if STOP.match(right) or right.startswith("没") else noun_after(right, before_quantity=more)
    if changed := CHANGE.search(clause):
        before = clause[: changed.start()]
        thing = noun_before(tokens(before))
        whole = thing and before.endswith(thing) and not after
        if whole or not noun_before(words[:-1]).strip():
            return Phrase(thing, last_verb(words), "before") if thing else Phrase("", last_verb(words), "none")
    if after and clause.endswith("的"):
        head, verb = attribute(words) if len(words) > 1 else ("", "")
        return Phrase(head + after, verb or verb_after(right, after), "after", len(after))
    counted = words and words[-1].is_noun and not is_action(words[-1].word)
    if after and not (counted and _starts_with_verb(right)):
        return Phrase(after, govern(words, right, after), "after", len(after), _acts(words, right, after))
    return _before(words, left, right, dimension(quantity.unit))


def _without_when(clause: str) -> str:
    """A clause without the time at its end, where what is counted stands before it (非遗工坊2024年底是|17家).

    Without what is counted, only what was done is left of it (6月末累计达到|46个).
    """
    last = next(reversed(period_spans(clause)), None)
    behind = clause[last.end :] if last else ""
    if last is None or strip_reaching(behind) or behind.startswith("的") or CHANGE.search(behind):
        return clause
    what = re.sub("(?:截?[至到止]|在|于|自|从)$", "", clause[: last.start])
    if not what:
        return behind
    return what if noun_before(tokens(what)) else clause


def _without_each(clause: str) -> str:
    """A clause without what there is so much for, behind the noun (基本生活费由每人每月|1250元)."""
    each = _FOR_EACH.search(strip_reaching(clause))
    if each is None or is_action(each.group()[-2:]):
        return clause
    what = clause[: each.start()]
    noun = noun_before(tokens(what))
    return what if noun and not names_place(noun) and not noun.endswith("地区") else clause


_PLANNED = re.compile(
    "(?:原定?|[年当]初|年度|全年)?(?:计划|打算|(?:下达)?(?:的)?(?:目标)?任务(?:数)?[为是])(?P<verb>[一-鿿]{1,6})$"
)
_PLANNED_SO = re.compile("^(?:再|将|共|全部)+(?=.)")


def _without_plan(clause: str) -> str:
    """A clause without the word that says that what is done at its end was planned (原计划|选派)."""
    plan = _PLANNED.search(clause)
    verb = _PLANNED_SO.sub("", plan["verb"]) if plan else ""
    planned = verb in known_actions() and action_class(verb).name != "serve"
    return clause[: plan.start()] + verb if plan and planned else clause


def _without_body(clause: str) -> str:
    """A clause without the street, town or village that it begins with (其中大程镇|完成418座)."""
    first = next(iter(find_details(clause)), None)
    lead = _PASSING.match(clause)
    if first is None or first.span.start != (lead.end() if lead else 0):
        return clause
    if first.surface.endswith("办") and clause[first.span.end : first.span.end + 1] in tuple("理结好事成"):
        return clause[first.span.end - 1 :]
    behind = tokens(clause[first.span.end : first.span.end + 8])
    acts = not behind or behind[0].is_verb or is_action(behind[0].word)
    return clause[first.span.end :] if acts else clause


def _noun_within(quantity: Quantity) -> str:
    """The noun that is read together with its measure word (25支队伍, 300张床位); empty without one."""
    behind = quantity.surface.rpartition(quantity.unit or "")[2] if quantity.unit in _HAVING_NOUN else ""
    return "" if behind in AFTER else behind


def _ratio(words: Sequence[Token], right: str) -> Phrase:
    """A share stands behind its noun (办结率达98%), before a covering verb (100%覆盖) or 的 (三分之二的商会)."""
    of_it = bool(words) and words[-1].word == "的"
    while words and words[-1].word == "的":
        words = words[:-1]
    if _SHARE_OF.match(joined(words)):
        return Phrase("", "占", "none")
    part = _PART.fullmatch(joined(words))
    if part and (noun := noun_before(tokens(part["what"]))):
        return Phrase(f"{noun}占比", "占", "before")
    noun = _whole_rate(noun_before(words), words)
    noun = "" if noun in "升降涨跌增减" or noun in _NO_THING else noun
    noun = "" if _TARGET.fullmatch(noun) and not of_it else noun
    if noun and names_place(noun) and joined(words).endswith("占"):
        return Phrase("", "占", "none")
    cover = _COVERING.match(right)
    clause = joined(words)
    if not noun and (rate := _RATE.search(strip_reaching(clause))):
        noun = rate.group()
    if cover:
        return Phrase(noun + cover.group().lstrip("全") if noun else cover.group(), last_verb(words), "before")
    if right.startswith("的"):
        after = noun_after(right[1:])
        return Phrase(after, verb_after(right, after), "after") if after else Phrase(noun, last_verb(words), "before")
    if _CHANGED.search(clause) and (not noun or _CHANGED.sub("", clause) == ""):
        topic = noun_before(_without_time(tokens(_CHANGED.sub("", clause))))
        verb = last_verb(words) or clause[-2:]
        return Phrase(topic, verb, "before") if topic and not names_place(topic) else Phrase("", verb, "none")
    if noun:
        return Phrase(noun, _verb_left_of(words, noun), "before")
    after = "" if STOP.match(right) else noun_after(right)
    if after:
        return Phrase(after, last_verb(words) or verb_after(right, after), "after", len(after))
    return Phrase("", last_verb(words), "none")


def _whole_rate(noun: str, words: Sequence[Token]) -> str:
    """A rate with the verb that the tagger parted from its name (到|岗率)."""
    at = next((n for n, w in enumerate(words) if noun.endswith("率") and noun.startswith(w.word)), 0)
    parted = at and words[at - 1].is_verb and len(words[at - 1].word) == 1 and len(noun) <= _SHORT_RATE
    return words[at - 1].word + noun if parted else noun


def _only_actor(words: Sequence[Token], noun: str) -> bool:
    """Whether nothing but who does it stands before the quantity (救援队3次, 协会组织90人次)."""
    if noun:
        return _ACTOR.search(noun) is not None and joined(words).startswith(noun)
    return bool(words) and (words[-1].word in ("组织", "动员") or not last_verb(words))


def _happening(words: Sequence[Token], right: str) -> Phrase:
    """What was done so many times or by so many, by the verb behind (救援队3次走进学校, 组织90人次参与救援)."""
    following = tokens(STOP.split(right)[0][:30])
    at = next((i for i, w in enumerate(following) if w.is_verb or is_action(w.word)), None)
    if at is None:
        return Phrase("", last_verb(words), "none")
    verb = following[at]
    noun = noun_after(joined(following[at + 1 :]))
    return Phrase(noun or verb.word, verb.word if noun else last_verb(words), "after")


def _taken_in(words: Sequence[Token]) -> Phrase | None:
    """What an office takes in or settles and names by what people did (受理物业服务投诉, 接到群众举报)."""
    at = next((n for n in range(len(words) - 2, -1, -1) if words[n].word in _TAKES_IN), None)
    what = joined(words[at + 1 :]) if at is not None else ""
    if at is None or not (words[-1].is_verb or is_action(words[-1].word)) or _NO_ONE_THING.search(what):
        return None
    return Phrase(what, words[at].word, "before")


def _before(words: Sequence[Token], left: str, right: str, kind: str) -> Phrase:
    if len(words) > 1 and words[-1].word == "的":
        words = words[:-1]
    if taken := _taken_in(words):
        return taken
    noun = "" if _is_done(words) else noun_before(words)
    happens = kind in ("event", "person_time")
    if not happens and (deed := _DEED.fullmatch(noun)) and is_action(deed["verb"]) and _only_deed(words, noun):
        return Phrase("", deed["verb"], "none")
    noun = "" if noun in _NO_THING else noun
    if target := _TARGET.search(noun):
        return _of_target(words, target.group())
    if happens and (held := _HELD.search(joined(words))):
        return Phrase(held["what"], held["verb"], "before")
    if happens and _only_actor(words, noun):
        return _happening(words, right)
    if BODY.search(noun) and "的" in right[:12] and not STOP.match(right):
        behind = noun_after(right.split("的", 1)[1])
        if behind:
            return Phrase(behind, right[: right.index("的")], "after")
    if not noun and not words and left.strip():
        clause = tokens(last_clause(left.rstrip("，,：: ")))
        noun = "" if any(w.is_verb for w in clause) and _starts_with_verb(right) else noun_before(clause)
    if noun and (names_place(noun) or _THIS.match(noun)):
        return Phrase("", last_verb(words) if _THIS.match(noun) else "", "none")
    if noun:
        return Phrase(noun, _verb_left_of(words, noun), "before")
    verb = last_verb(words)
    if not verb and says_of_all(right):
        return Phrase("", verb_after(right, ""), "none", acts=True)
    if not verb and len(words) > 1 and _is_state(words[-1], kind) and (thing := noun_before(words[:-1])):
        named = not names_place(thing) and thing not in _NO_THING
        return Phrase(thing, words[-1].word, "before") if named else Phrase("", "", "none")
    rest = joined(words)
    rest = rest if verb and rest.endswith(verb) else strip_reaching(rest)
    if verb and rest.endswith(verb):
        topic = noun_before(_without_time([w for w in words if w.end <= len(rest) - len(verb)]))
        acts = _DOER.search(topic) is not None and kind not in ("person", "person_time", "household")
        acts = acts or _BY_MEANS.search(rest[: rest.rfind(topic)]) is not None if topic else acts
        topic = "" if topic in _NO_THING or acts else topic
        does = kind == "person" and _ACTOR.search(topic) is not None
        if is_action(topic):
            once = action_class(topic).name == "renovate"  # 改造提升|1.4万亩 names no thing
            return Phrase("", topic + verb, "none") if once else Phrase(verb, topic, "before")
        if topic and not does and not BODY.search(topic) and topic != "会议":
            return Phrase(topic, verb, "before")
        if topic and not does and not is_action(verb[:-2]):
            return Phrase("", verb, "none")
        if len(verb) == 4:
            return Phrase(verb[-2:], verb[:-2], "before")
    return Phrase("", verb, "none")


def _is_state(word: Token, kind: str) -> bool:
    """Whether a word says what state things are in, or that money is at most so much (超期|27张, 最高|50万元)."""
    return word.word.startswith("最") if kind == "money" else word.tag[0] == "b" and len(word.word) > 1


def _of_target(words: Sequence[Token], noun: str) -> Phrase:
    """What a target is for: 农村户厕新建改建|任务 is of 农村户厕."""
    length = joined(words).rfind(noun)
    whole = before = _without_time([w for w in words if w.end <= length])
    verb = last_verb(before)
    while before and (before[-1].is_verb or is_action(before[-1].word)):
        before = before[:-1]
    thing = noun_before(_without_time(before)) or noun_before(whole)
    if thing and thing != verb and not names_place(thing):
        return Phrase(thing, verb, "before")
    return Phrase("任务", verb, "before") if verb and length == len(joined(words[:1])) else Phrase("", verb, "none")


def _only_deed(words: Sequence[Token], noun: str) -> bool:
    """Whether a clause tells nothing but what was done, and when (今年|计划改造|850户)."""
    end = len(joined(words)) - len(noun)
    before = _without_time([w for w in words if w.end <= end])
    kind = action_class(noun).name
    return not any(w.is_noun or w.is_quote or (w.is_verb and action_class(w.word).name != kind) for w in before)


def _is_done(words: Sequence[Token]) -> bool:
    """Whether a clause ends in a verb of doing and its 了 (协会培训了|300人, but 数量达到了|55支)."""
    if len(words) < 2 or words[-1].word != "了" or not is_action(words[-2].word):
        return False
    return action_class(words[-2].word).name not in ("reach", "grow", "reduce")


def _without_also(words: Sequence[Token]) -> Sequence[Token]:
    """Without the adverb at the end (会费|也)."""
    return words[:-1] if words and words[-1].tag == "d" else words


def _without_time(words: Sequence[Token]) -> Sequence[Token]:
    """Without the adverbs and times at the end."""
    while words and words[-1].tag[0] in "td":
        words = words[:-1]
    return words


def counts_places(noun: str) -> bool:
    """Whether it is places that are counted (六个|县, 四个|旗县)."""
    return _DIVISIONS.search(noun) is not None


def names_place(noun: str) -> bool:
    """Whether a noun names a place or body, whose figure this is, not what is counted (北市场街道6个)."""
    return all(_is_place(part) for part in re.split("[、和与及]", noun))


def _is_place(name: str) -> bool:
    details = find_details(name)
    whole = len(details) == 1 and details[0].span.end == len(name) and details[0].span.start <= 1  # 将台堡镇
    return _COUNTY.search(name) is not None or whole


def _acts(words: Sequence[Token], right: str, noun: str) -> bool:
    """Whether what is counted does what the verb behind it says (385个站参与), not has it done (对16家…起底)."""
    done_to = any(w.word in ("对", "将", "把", "被", "为", "给", "向", "由") for w in words)
    return not last_verb(words) and not done_to and bool(verb_after(right, noun))


def last_clause(left: str) -> str:
    """What stands between the last stop and the quantity; a parenthesis is looked through."""
    bare = re.sub(r"[（(][^（）()]*[）)]", "", left)
    return re.split(r"[，,。！？；;：:\n]", bare)[-1]


def _starts_with_verb(right: str) -> bool:
    words = tokens(right[:8])
    return bool(words) and words[0].is_verb


def _verb_left_of(words: Sequence[Token], noun: str) -> str:
    text = joined(words)
    at = text.rfind(noun)
    return last_verb([w for w in words if w.end <= at]) if at >= 0 else last_verb(words)
