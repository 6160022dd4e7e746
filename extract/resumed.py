"""What a figure counts that its own sentence does not name (“卡友之家”…。截至6月底，全市建成|34个).

It is what its paragraph said was done so before, what the figure before it in the same unit counts, what the sentences
before it tell was founded, or the one thing with a name of its own that the text counts in the same measure.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from corpus.indicators import Indicator
from corpus.model import Fact, Span
from extract.actions import action_class, is_action
from extract.clause import BODY, last_clause
from extract.listed import counting, is_thing
from extract.measures import dimension
from extract.nouns import noun_after, noun_before
from extract.period import without_periods
from extract.phrase import PERSONS
from extract.sentences import clause_of, clauses, sentences
from extract.tokens import tokens

_COUNTED = frozenset("个 处 家 所 座 间 支 名 人 位 员 张 条 块 本 辆 台 栋".split())
"""Measures of what is founded or sent, not of cases (件) and the like."""
_MADE = ("establish", "dispatch")
"""Classes of verbs of which the thing made is what the text goes on to count."""
_DONE = (*_MADE, "rectify", "close", "recruit")
"""Classes of verbs that are told twice of the same things."""
_PERSONS = re.compile("[员者师人工手生长家管问]$|干部|骨干|人才|书记|队伍")
_BARE = re.compile(
    r"(?:其中|我们|把|[全我本][省市州盟县区旗镇乡]|已经?|共|累计|总[数量]|规模|目前|现[已有]?|实际|全年|年[底末初]前?|原?计划|目标(?:任务)?|拟|力争|预计|要|将|再|新|在[营用运册]"
    r"|首[批次]|第?[一二三四五]批|分别|[增升降减扩]?[加大至到升降]*[至到]|发展到|达到?了?|稳定在|[为是有]|[近约超]|突破|[到至截止从由在于的]|\s)*"
)
"""What a clause holds beside a figure that goes on with what was counted before."""
_EACH = re.compile("[村户人校班镇]均")
"""What begins the name of so many for each (村均牌子)."""
_KIND = re.compile("[一-鿿]{2,8}类(?P<thing>[一-鿿]{2,})$")
_OWN_KIND = re.compile("[一-鿿]{2,8}类$")
"""The name of a kind of thing, and before a figure that of another kind of the same (助老类活动1280场，交通类795场)."""
_STANDS = re.compile("在[营运册]|现有|尚有|仍有|保有|剩余?")
"""What says that so many there are."""
_SEEN = 400
"""Characters before a figure's sentence, in its paragraph, that are looked through."""
_ABOVE, _LINE = 1200, 30
"""Characters of the paragraphs before in which what was done so is looked for, and in which it stands."""
_NEAR = 2
"""Sentences before a figure's own in which what was founded is looked for."""


def resumed(body: str, found: Sequence[Fact], indicators: Mapping[str, Indicator]) -> list[Fact]:
    """The facts in text order, those that name nothing with what they go on to count."""
    made: list[Fact] = []
    names: dict[str, set[str]] = {}
    for fact in found:
        if fact.object.startswith("“"):
            names.setdefault(dimension(fact.quantity.unit), set()).add(fact.object)
    for fact in found:
        noun = ""
        if _names_nothing(fact):
            noun = _of_tied(fact, made) or _resumed(body, fact, made)
            noun = noun or _only(names.get(dimension(fact.quantity.unit), ()), fact)
        elif (each := _EACH.match(fact.object)) and not fact.tied("baseline_of", "change_of") and _is_whole(fact):
            noun = fact.object[each.end() :]
        elif (told := _KIND.match(fact.object)) and (own := _OWN_KIND.search(last_clause(fact.left))):
            noun = own[0] + told["thing"] if own[0] not in fact.object else ""
        made.append(_standing(counting(fact, noun, indicators) if noun else fact))
    return made


def _standing(fact: Fact) -> Fact:
    """A figure of how many there are, without the verb of what was done before (关停4个，在营|91个)."""
    taken_over = fact.action and fact.action not in clause_of(fact) and _STANDS.search(last_clause(fact.left))
    return replace(fact, action="") if taken_over else fact


def _of_tied(fact: Fact, before: Sequence[Fact]) -> str:
    """What the figure before it counts that a baseline or a change is of (比2024年底的|28个多出6个)."""
    if not before or not fact.tied("baseline_of", "change_of"):
        return ""
    last = before[-1]
    alike = last.sentence == fact.sentence and last.quantity.unit == fact.quantity.unit
    return last.object if alike and not _names_nothing(last) else ""


def _is_whole(fact: Fact) -> bool:
    """Whether a figure's clause tells what was done with so many in all, and none for each (孔城镇清理312块)."""
    clause = last_clause(fact.left)
    return bool(fact.action) and fact.action in clause and "均" not in clause


def _names_nothing(fact: Fact) -> bool:
    """Whether a count of persons or things has no noun of its own."""
    if "table" in fact.flags or fact.quantity.unit not in _COUNTED:
        return False
    at = fact.quantity.span.end - fact.sentence.start
    default = fact.object == PERSONS and not fact.sentence_text.startswith(PERSONS, at)
    return default or fact.object in (fact.action, fact.quantity.unit) or is_action(fact.object)


def _goes_on(fact: Fact) -> bool:
    """Whether nothing but what was done, where, when and how many stands in the clause before a figure."""
    clause = without_periods(last_clause(fact.left).rpartition("、")[2]).replace(_deed(fact), "", 1)
    town = (fact.place.detail or "") if fact.place else ""
    return _BARE.fullmatch(clause.replace(town, "")) is not None


def _deed(fact: Fact) -> str:
    return next((word for word in (fact.action, fact.object) if is_action(word)), "")


def _makes(fact: Fact) -> bool:
    """Whether what was done to what is counted made it, or nothing was."""
    return not (deed := _deed(fact)) or action_class(deed).name in _MADE


def _resumed(body: str, fact: Fact, before: Sequence[Fact]) -> str:
    if fact.tied("change_of") or not _goes_on(fact):
        return ""
    at = fact.sentence.start
    opening = max(0, at - _SEEN)
    opening = max(opening, body.rfind("\n", opening, at) + 1)
    deed = _deed(fact)
    before_it = body[opening : fact.quantity.span.start]
    if action_class(deed).name in _DONE and (noun := _done_before(before_it, deed) or _done_above(body, opening, deed)):
        return noun
    near = takewhile(lambda other: other.sentence.start >= opening, reversed(before))
    last = next((other for other in near if _alike(other, fact)), None)
    if last is not None and (not deed or action_class(deed).name in ("reach", "grow")):
        return last.object
    noun = _founded(body, Span(opening, at)) if _makes(fact) else ""
    persons = dimension(fact.quantity.unit) == "person"
    return noun if not persons or _PERSONS.search(noun.strip("”")) else ""


def _done_before(told: str, deed: str) -> str:
    """What was said before to be done so (把向企业选派驻企党建指导员作为重点，原计划选派|300名)."""
    for match in reversed(list(re.finditer(re.escape(deed), told))):
        noun = noun_after(re.split(r"作为|，|。|；", told[match.end() :])[0])
        if len(noun) > 2 and not re.search(r"\d", noun) and is_thing(noun) and not BODY.search(noun):
            return noun
    return ""


def _done_above(body: str, opening: int, deed: str) -> str:
    """What the paragraphs before say was done so, if that is one thing."""
    told = body[max(0, opening - _ABOVE) : opening]
    nouns = {
        n for m in re.finditer(re.escape(deed), told) if (n := _done_before(told[m.start() : m.end() + _LINE], deed))
    }
    return nouns.pop() if len(nouns) == 1 else ""


def _alike(other: Fact, fact: Fact) -> bool:
    """Whether another figure is of the same measure, names what it counts, and is no part of a whole."""
    same = other.quantity.unit == fact.quantity.unit and other.place == fact.place
    return same and not _names_nothing(other) and not other.tied("part_of", "change_of") and is_thing(other.object)


def _founded(body: str, before: Span) -> str:
    """What the last sentences say was founded, or sent (沿线布设“卡友之家”)."""
    for sentence in reversed(sentences(body, before)[-_NEAR:]):
        for clause in reversed(clauses(body, sentence)):
            words = tokens(clause.of(body).rstrip("。，；、 \n"))
            noun = noun_before(words)
            verb = next((w.word for w in reversed(words) if is_action(w.word) and w.word not in noun), "")
            if noun and verb and action_class(verb).name in _MADE and is_thing(noun) and not BODY.search(noun):
                return noun
    return ""


def _only(names: Collection[str], fact: Fact) -> str:
    """The one thing under a name of its own that the text counts in the measure of a figure that goes on with it."""
    return next(iter(names)) if len(names) == 1 and _goes_on(fact) and _makes(fact) else ""
