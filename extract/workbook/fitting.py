"""Whether a figure is what a head asks for. Strict on purpose: a figure of something else must never fill a cell.

The thing counted must be the same. A modifier that only the figure has (大学生志愿者 under 志愿者) narrows it and is
refused; one that only the head has must stand beside the figure. What was done must be the same too: 受理 is not 化解,
新建 not 建成. What a head above names (驿站建设 over 投入资金) must stand in the figure's sentence, or in its title.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from corpus.indicators import Indicator
from corpus.model import Article, Fact
from extract.actions import action_class, is_action
from extract.classify import HAVING
from extract.measures import dimension
from extract.sentences import clause_before, clause_of
from extract.workbook.comparison import RESULTS
from extract.workbook.content import is_level, measure, own_level
from extract.workbook.guards import is_generic, no_total
from extract.workbook.likeness import bare, common_words, words_of
from extract.workbook.wanted import FIELDS, PERSON, Wanted, scale, telling

SAME, NEAR, FAR = 3, 2, 1
"""To the word; with a modifier taken from around it; only with the title of its article, or by a person's choice."""
_NEUTRAL = frozenset(
    "的 有 为 达 达到 等 各 各类 各级 各种 各个 各族 其中 全县 全市 全区 全州 全旗 全省 本县 辖区 辖区内 相关 有关 "
    "实际 总 共 已 累计 全部 "
    "县 市 区 旗 州 省".split()
)
_NEW = re.compile(r"新|增设|增建|净增")
_BUILT = frozenset("建立 建成 建设 组建 成立 设立 打造 创建 搭建 设置 建起 建有 设有".split())
_EXACT_ONLY = {"resolve", "find"}
"""Classes whose verbs are steps of one matter, each with its own number: 受理, 调解, 化解, 办结."""
_JOINED = re.compile(r"[、和与及/／]")
_NEEDS_UNIT = {"money", "area", "length", "volume", "mass", "energy", "time", "data"}


@dataclass(frozen=True)
class Reading:
    """What a library's figures are read with: the articles they stand in, and the curated indicators."""

    facts: Sequence[Fact]
    articles: Mapping[str, Article]
    indicators: Mapping[str, Indicator]

    @cached_property
    def by_id(self) -> dict[str, Fact]:
        """Every figure."""
        return {f.id: f for f in self.facts}

    @cached_property
    def usable(self) -> list[Fact]:
        """The places' own figures of what is there: no plan, no change, no copy, no body below the place."""
        return [f for f in self.facts if own_level(f) and is_level(f) and f.status in RESULTS]


def fits(wanted: Wanted, fact: Fact, reading: Reading, context: str) -> int:
    """How well a figure is what a head asks for, by ``SAME``, ``NEAR`` and ``FAR``; 0 where it is not.

    ``context`` are the words of the form's title, which hold for all of it.
    """
    if not right_unit(wanted, fact, reading):
        return 0
    whole = _whole_of(fact, reading)
    if whole is None and not any(_may_be(name, fact) for name in wanted.objects):
        return 0
    if no_total(fact, wanted.action + "".join(wanted.objects)):
        return 0
    if whole is None or (wanted.part and bare(fact.object) != bare(whole.object)):
        own = max((_is_asked(name, wanted, fact, reading, context) for name in wanted.objects), default=0)
        if own:
            return min(own, _grouped(wanted, fact, reading))
    return _as_part(wanted, fact, whole, reading, context)


def fits_choice(indicators: Sequence[str], wanted: Wanted, fact: Fact, reading: Reading, context: str) -> int:
    """How well a figure is what a person said a head means, in its unit and with its action.

    A figure of another thing than the head names (大学生志愿者), or the indicator where the head names none of its
    things, is ``FAR`` from it.
    """
    if fact.indicator not in indicators or (wanted.unit and not right_unit(wanted, fact, reading)):
        return 0
    if degree := fits(wanted, fact, reading, context):
        return degree
    if _whole_of(fact, reading) is not None or (wanted.action and not same_action(wanted, fact, reading)):
        return 0
    known = reading.indicators.get(fact.indicator)
    kinds = known.objects if known else ()
    named = any(bare(name).endswith(kinds) for name in wanted.objects) if kinds else True
    names = wanted.objects if named else kinds
    own = max((_same_thing(bare(name), wanted, fact, reading, context) for name in names), default=0)
    return NEAR if own > FAR and not wanted.refused else FAR


def right_unit(wanted: Wanted, fact: Fact, reading: Reading) -> bool:
    """Whether a figure can stand in the unit a head asks for; without one, whether it is in its natural unit."""
    unit = fact.quantity.unit
    if wanted.unit is not None:
        asked = scale(wanted.unit)
        return asked is not None and measure(asked.unit) == measure(unit)
    kind = dimension(unit)
    if kind in _NEEDS_UNIT or kind in ("ratio", "person_time", "none"):
        return False
    if fact.indicator in reading.indicators:
        return True
    return (kind == "person") == bool(PERSON.search(bare(fact.object)))


def in_natural_unit(wanted: Wanted, unit: str) -> bool:
    """Whether the unit of a whole table can be meant for one of its heads: 单位：个 above 党员 is not."""
    asked = scale(unit)
    person = any(PERSON.search(bare(name)) for name in wanted.objects)
    return asked is not None and not (person and measure(asked.unit) == "个")


def needs_unit(fact: Fact) -> bool:
    """Whether a figure says nothing without its unit, as sums of money."""
    return dimension(fact.quantity.unit) in _NEEDS_UNIT


def _whole_of(fact: Fact, reading: Reading) -> Fact | None:
    """The figure of the same place that this one is a part of.

    What flowed in a shorter time is whole for that time; what was settled is no part of what was taken up, another
    indicator.
    """
    wholes = [reading.by_id[r.fact] for r in fact.relations if r.type == "part_of" and r.fact in reading.by_id]
    wholes = [w for w in wholes if bare(w.object) != bare(fact.object) or w.indicator == fact.indicator]
    known = reading.indicators.get(fact.indicator)
    if known is not None and known.stat_type == "flow" and fact.period.basis == "stated":
        wholes = [w for w in wholes if (w.period.start, w.period.end) == (fact.period.start, fact.period.end)]
    return next((w for w in wholes if (w.place, w.subject_level) == (fact.place, fact.subject_level)), None)


def _as_part(wanted: Wanted, fact: Fact, whole: Fact | None, reading: Reading, context: str) -> int:
    """Whether a figure is the part asked for of the whole asked for (新建党组织18个，其中企业12个)."""
    if whole is None or wanted.whole is None:
        return 0
    part = bare(wanted.part or wanted.objects[0])
    named = bare(fact.object) in (part, *map(bare, wanted.objects))
    if not named and not (bare(fact.object) == bare(whole.object) and _tells_part(part, wanted, fact)):
        return 0
    above = replace(wanted.whole, unit=wanted.unit, counted=True)
    return fits(above, whole, reading, context)


def _tells_part(part: str, wanted: Wanted, fact: Fact) -> bool:
    """Whether what stands before a part's figure is what the head says of it, and no more (其中24小时开放的18个)."""
    before = bare(clause_before(fact))
    inherited = wanted.whole is not None and wanted.action == wanted.whole.action
    said = [part] if inherited or not wanted.action else [part, wanted.action]
    if not all(text in before for text in said):
        return False
    for text in (*said, bare(fact.object), bare(fact.action)):
        before = before.replace(text, "", 1)
    return set(words_of(before)) <= _NEUTRAL


def _grouped(wanted: Wanted, fact: Fact, reading: Reading) -> int:
    """How near to a figure stand the things that the heads above name and neither the lowest nor the indicator does."""
    known = reading.indicators.get(fact.indicator)
    names = (*wanted.objects, *((*known.objects, known.name) if known else ()))
    told = [w for head in wanted.above for w in telling(head) if not any(w in name for name in names)]
    return min((_around(bare(word), fact, reading) for word in told), default=SAME)


def _around(thing: str, fact: Fact, reading: Reading) -> int:
    """How near to a figure a thing is named: in its sentence, or only in the title of its article."""
    if _names(fact.left + fact.object, thing):
        return NEAR
    return FAR if _names(reading.articles[fact.article].title, thing) else 0


def _names(text: str, thing: str) -> bool:
    """Whether a text has the words of a thing, which may begin or end longer ones (新就业群体驿站: 驿站, not 就业)."""
    said = words_of(bare(text))
    return all(any(word.startswith(each) or word.endswith(each) for word in said) for each in words_of(thing))


def _is_asked(name: str, wanted: Wanted, fact: Fact, reading: Reading, context: str) -> int:
    """Whether the thing is the same and was done the same with."""
    asked, given = bare(name), bare(fact.object)
    if wanted.unit and _names_nothing(fact) and asked != given:
        return _around(asked, fact, reading) if same_action(wanted, fact, reading) else 0
    if (wanted.action or fact.action) and _readings(asked, wanted.action) & _own_readings(given, fact):
        return SAME
    own = _same_thing(asked, wanted, fact, reading, context)
    return own if own and same_action(wanted, fact, reading) else 0


def _names_nothing(fact: Fact) -> bool:
    """Whether a figure's thing is but what it is counted in, or what was done (服务12.4万人次, 培训4期)."""
    counted = dimension(fact.quantity.unit) in ("person_time", "event")
    return counted and (dimension(fact.object) != "none" or is_action(fact.object))


def _same_thing(asked: str, wanted: Wanted, fact: Fact, reading: Reading, context: str) -> int:
    """``SAME`` where the object reads the same, ``NEAR`` with modifiers, 0 else."""
    given = bare(fact.object)
    if not given or asked == given:
        return SAME if given else 0
    if dimension(asked) != "none":
        return NEAR if dimension(asked) == dimension(fact.quantity.unit) and _is_anybody(given) else 0
    tail = common_words(asked, given)
    if tail < 2 or _JOINED.search(asked):
        return 0
    missing, extra = (words_of(text[: len(text) - tail]) for text in (asked, given))
    verbs = HAVING if not wanted.action else frozenset[str]()
    around = context + "".join(wanted.above)
    extra = [w for w in extra if w not in missing and w not in _NEUTRAL and w not in around and w not in verbs]
    missing = [w for w in missing if w not in given and w not in _NEUTRAL]
    if extra or not set(missing) <= set(words_of(_beside(fact))):
        return 0
    return NEAR


def _is_anybody(thing: str) -> bool:
    """Whether persons are named without saying which (各族群众)."""
    return any(is_generic(thing[n:]) and (n == 0 or thing[:n] in _NEUTRAL) for n in range(len(thing) - 1))


def _beside(fact: Fact) -> str:
    """The words around a figure that say what it is of: its clause, and for a share its sentence."""
    return bare(fact.left if dimension(fact.quantity.unit) == "ratio" else clause_of(fact))


def _readings(thing: str, action: str) -> set[str]:
    return {action + thing, thing + action} if action else {thing}


def _own_readings(given: str, fact: Fact) -> set[str]:
    """Thing and action of a figure together; a verb may already stand in its thing (建设|投入资金)."""
    return _readings(given, bare(fact.action)) | ({given} if fact.action in FIELDS else set())


def same_action(wanted: Wanted, fact: Fact, reading: Reading) -> bool:
    """Whether what was done with the thing is what a head asks for."""
    known = reading.indicators.get(fact.indicator)
    verbs = known.verbs if known else ()
    asked, done = wanted.action, fact.action
    if not asked:
        return _is_stock(done, fact, reading)
    if not done:
        return asked in clause_of(fact)
    if asked in done or done in asked:
        return bool(_NEW.match(asked)) == bool(_NEW.match(done))
    of, is_ = action_class(asked).name, action_class(done).name
    if of != is_ or of in _EXACT_ONLY or of == "other":
        return False
    if _NEW.match(asked):
        return bool(known and _NEW.search(known.name) and done in verbs)
    if _NEW.match(done):
        return False
    return (asked in verbs and done in verbs) or (asked in _BUILT and done in _BUILT)


def _is_stock(done: str, fact: Fact, reading: Reading) -> bool:
    """Whether a verb says no more than that the thing is there, or was held; of a mere noun no text says that."""
    thing, known = bare(fact.object), reading.indicators.get(fact.indicator)
    if is_generic(thing) and "table" not in fact.flags:
        return False
    if not done or done in thing:
        return True
    if done in _BUILT:
        return known is not None or not any(_only_had(i, thing) for i in reading.indicators.values())
    kind = action_class(done).name
    if _NEW.match(done) or kind in _EXACT_ONLY:
        return False
    counts = known is not None and (known.stat_type == "stock" or dimension(fact.quantity.unit) == "event")
    return kind == "reach" or (known is not None and counts and done in known.verbs)


def _only_had(indicator: Indicator, thing: str) -> bool:
    """Whether how many there are of a thing is another figure than how many were made (党支部)."""
    return indicator.stat_type == "stock" and not _BUILT & set(indicator.verbs) and thing.endswith(indicator.objects)


def _may_be(name: str, fact: Fact) -> bool:
    """Whether the thing can be the one asked for at all: they share their last word, or a word and its action do."""
    asked, given = bare(name), bare(fact.object)
    if _names_nothing(fact) or dimension(asked) != "none":
        return True
    return asked[-1:] == given[-1:] or fact.action[-1:] == asked[-1:] or asked in given + fact.action or given in asked
