"""Which indicator a fact belongs to: a curated one where object, verb and unit all fit, else an open identity.

The open identity is object head + action class + dimension, so that no fact is dropped and the same thing said in other
places falls together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from corpus.indicators import ALONE, Indicator
from extract.actions import NOMINAL, action_class, is_action, is_not_done
from extract.clause import PER, Phrase
from extract.lists import any_of, words
from extract.measures import dimension
from extract.nouns import FOUND_TO_BE
from extract.tokens import tokens

_SUFFIX = 2
"""Characters behind an object's word that may still say the same thing (老旧小区改造, 矛盾纠纷排查)."""
_AMOUNT_ENDS = tuple("数量额率们费")
_AMOUNTS = {"规模", "总数", "人数", "数量", "总量", "总额", "面积", "产量", "户数", "比例"}
HAVING = frozenset({"共有", "现有", "下辖", "登记", "注册", "配备", "持证"})
"""Verbs of having: such an indicator may stand without a verb."""
GOES_TO = frozenset({"跑", "跑了", "走", "走了", "看", "看了", "去", "到"})
"""Verbs of going somewhere, which say nothing of what there is (跑了30多个站点)."""
_TIMES = frozenset({"次", "场", "场次", "期", "轮", "批次"})
_COMMON = words("common_objects")
"""Things that any verb may be done to: an indicator of theirs needs a verb of its own."""
_ANY = "*"
"""An object that is any: the verb alone tells such an indicator (服务…人次)."""
_SITE = rf"(?=[一-鿿]{{0,4}}(?:{any_of('branded_kinds')})$)"
_BRAND = re.compile(rf"^[“‘「][^”’」]{{1,12}}[”’」]{_SITE}")
_ORNAMENT = re.compile(rf"^(?:{any_of('ornaments')}){_SITE}")
"""What a place calls its own before what it built: “银龄”食堂, 幸福食堂, but no kind of thing: “散乱污”企业."""
_PRIZE = re.compile(r"[一二三特]等奖|[金银铜]奖|(?:优秀|入围|组织|鼓励)奖")
"""Prizes of one contest, which are no honours of persons or bodies."""
_BY_CLASS = 2
"""The score of a verb that is only of the indicator's class; a short object (企业, 群众) needs one of its own."""
_DEFINING = ("award", "donate")
"""Classes of verbs that tell the indicator, whatever is awarded or given; as a verb of so many characters does."""
_WHOLE = 4
_BEST = ("最美", "最佳")
"""What the awarded are called."""


_LACKS = frozenset(("无", "未", "不", "没", "没有"))
_LACKING = re.compile("(?:未(?!来|成年)|没有?|不(?!同|断|少))[^，。的]{1,10}的")
"""What begins the name of things that lack or fail something, which are no level of the things (无物业|老旧小区)."""


def classify(phrase: Phrase, unit: str | None, clause: str, known: Mapping[str, Indicator]) -> tuple[str, str]:
    """The indicator's id and its Chinese name."""
    undone, found_so = is_not_done(phrase.action), FOUND_TO_BE.match(phrase.object)
    lacking = _LACKING.search(phrase.object) or found_so or any(w.word in _LACKS for w in tokens(phrase.object)[:1])
    scored = [(score, each) for each in known.values() if (score := _score(each, phrase, unit, clause)) > 0]
    if scored and not undone and not lacking:
        best = max(scored, key=lambda pair: pair[0])[1]
        return best.id, best.name
    kind = action_class(phrase.action)
    head = _kind_head(phrase.object)
    label = kind.label if kind.name != "other" else ""
    head = phrase.action + head if undone else head
    head = found_so.group() + head if found_so and not head.startswith(found_so.group()) else head
    name = head if head.startswith(label) else label + head
    return f"open.{kind.name}.{head}.{'thing' if dimension(unit) == 'body' else dimension(unit)}", name


@lru_cache(1 << 14)
def _fits(unit: str | None, units: tuple[str, ...]) -> bool:
    """Whether a figure in a unit may be of an indicator: one of its units, 人 for 名, or 个 for any kind of thing."""
    if unit in units:
        return True
    kind = _group(unit)
    if kind in ("person", "money", "ratio", "area", "mass", "length"):
        return kind in {_group(u) for u in units}
    if unit in _TIMES:
        return bool(_TIMES & set(units))
    return (unit == "个" and "thing" in {_group(u) for u in units}) or ("个" in units and kind == "thing")


def _group(unit: str | None) -> str:
    kind = dimension(unit)
    return "thing" if kind in ("thing", "body", "text", "household") else kind


def _score(indicator: Indicator, phrase: Phrase, unit: str | None, clause: str) -> int:
    """0 where it does not fit; more for longer object words, an object word at the head, and what is done."""
    if not _fits(unit, indicator.units):
        return 0
    noun = re.sub(r"[“”‘’《》]", "", phrase.object)
    ratio = indicator.stat_type == "ratio"
    if PER.match(noun) and not ratio:
        return 0
    within = clause if ratio and len(noun) <= _SUFFIX else noun
    found = [
        w.lstrip(ALONE)
        for w in indicator.objects
        if (w[1:] == noun if w[0] == ALONE else w in within and (within is clause or not _is_modifier(w, noun)))
    ]
    done = _done(indicator, phrase, clause)
    own = [v for v in indicator.verbs if v in phrase.action]
    if _ANY in indicator.objects and noun.startswith(_BEST) and "award" in _classes(indicator):
        return 40
    if _ANY in indicator.objects and own and not _PRIZE.search(noun):
        defines = action_class(phrase.action).name in _DEFINING or max(map(len, own)) >= _WHOLE
        return done + (40 if defines else 0)
    if not found:
        return 0
    heads = any(noun.endswith(w) for w in found)
    longest = max(map(len, found))
    own_object = heads and any(noun.endswith(w) and w not in _COMMON for w in found)
    if not done and _is_neutral(phrase, unit):
        done = 1 if ratio or HAVING & set(indicator.verbs) else 0
        if not done and not own_object and not (heads and dimension(unit) == "event"):
            return 0
        if done and not ratio and action_class(phrase.action).name == "other" and phrase.action:
            return 0
    elif not done or (done == _BY_CLASS and not own_object):
        return 0
    return 4 * longest + (12 if heads else 0) + done


def _done(indicator: Indicator, phrase: Phrase, clause: str) -> int:
    """How surely what is done is the indicator's: by its own verbs, or by one of their class; 0 where it is not."""
    own = max((len(v) for v in indicator.verbs if v in phrase.action), default=0)
    if own:
        return 5 + 2 * min(own, 4)
    kind = "other" if phrase.acts else action_class(phrase.action).name
    told = max((len(v) for v in indicator.verbs if v in clause), default=0)
    if told and kind in ("other", "reach", *_classes(indicator)):
        return 2 * min(told, 4)
    return _BY_CLASS if kind not in ("other", "reach") and kind in _classes(indicator) else 0


@cache
def _classes(indicator: Indicator) -> frozenset[str]:
    return frozenset(action_class(verb).name for verb in indicator.verbs if verb not in HAVING)


def _is_neutral(phrase: Phrase, unit: str | None) -> bool:
    """Whether what is done says nothing of the thing: no verb or none known, how much there is, what it does itself.

    That something happened so many times is said with any verb of holding or ending it.
    """
    kind = action_class(phrase.action).name
    happened = dimension(unit) == "event" and kind in ("hold", "resolve", "issue")
    if phrase.acts:
        return dimension(unit) not in ("person", "household")
    if phrase.action in GOES_TO:
        return False
    return happened or kind in ("other", "reach")


def _is_modifier(word: str, noun: str) -> bool:
    """Whether a word of a noun phrase only modifies its head: 村民 of 村民小组, not 老旧小区 of 老旧小区改造.

    >>> _is_modifier("村民", "村民小组"), _is_modifier("老旧小区", "老旧小区改造")
    (True, False)
    """
    behind = re.split("[和与及、]", noun[noun.rfind(word) + len(word) :])[0]
    said = behind in ("", *_AMOUNT_ENDS) or is_action(behind) or behind in NOMINAL or behind in _AMOUNTS
    return len(behind) > _SUFFIX or not said


def _kind_head(noun: str) -> str:
    """The head of a noun phrase without what each place calls its own.

    >>> _kind_head("“银龄”食堂"), _kind_head("幸福食堂"), _kind_head("“散乱污”企业")
    ('食堂', '食堂', '散乱污企业')
    """
    bare = re.sub(r"[“”‘’「」]", "", _BRAND.sub("", noun.rsplit("的", 1)[-1] or noun))
    return object_head(_ORNAMENT.sub("", bare))


@lru_cache(1 << 16)
def object_head(noun: str) -> str:
    """The head of a noun phrase with its nearest modifier, quotation marks off: 崭新的充电桩棚 → 充电桩棚.

    >>> object_head("脱钩和直接登记的行业协会商会"), object_head("“暖新”驿站"), object_head("融资需求")
    ('行业协会商会', '暖新驿站', '融资需求')
    """
    tail = noun.rsplit("的", 1)[-1] or noun
    plain = re.sub(r"[“”‘’《》（）()]", "", tail)
    if len(plain) <= 6:
        return plain
    parts = [w.word for w in tokens(plain)]
    head = parts[-1]
    for word in reversed(parts[:-1]):
        if len(head) >= 4 or word in ("和", "与", "、", "及"):
            break
        head = word + head
    return head
