"""Bodies below the county in text: townships and streets, villages and communities."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from corpus.model import Span
from corpus.places.names import word_list

_TOWNSHIP = "村?(?:街道办事处|街道办|街道)|办事处|民族乡|苏木|镇|乡"
_COMMUNITY = "村?(?:社区居委会|社区)|村委会|村民委员会|嘎查|村"
_TAIL = re.compile(f"{_TOWNSHIP}|{_COMMUNITY}")
_RUN = re.compile(r"[\u4e00-\u9fff]{1,12}$")
_LONGEST = 5
# Words after which a name begins, whatever comes next.
_CUT = re.compile(
    r"走进|来到|走访|深入|位于|地处|坐落|前往|奔赴|组织|指导|联合|通过|依托|坚持|围绕|聚焦|以及|推动|引导|支持|开展|"
    r"近日|日前|今年|目前|例如|比如|其中|同时|单是|光是|年度|首[家个批]|修通|记者|共有|现有|(?<=[全我本][省市县区旗州镇乡])有|自治[州县旗]|[在到赴至往的了由让被把向据是也但还并已就仅]"
)
# Characters that end a division or join two names, unless the name itself has them (和平街道, 市北街道).
_JOIN = re.compile(r"(?<=..)[省市县区盟旗乡镇]|[和与及同对为从于以将等年月日]")
# Common nouns that end like a body's name, and modifiers before one (3个村, 本村, 各社区).
_COMPOUND = re.compile(r"(?:[乡农渔山牧]村|[城集村乡小]镇|[家返下城故同进回侨]乡)$")
_OF_MARKET = re.compile(r"(?!小城|中心|重点|农村|建设|乡村|各|本|老|传统|特色)[一-鿿]{1,2}[集村]镇")
_OF_CITY = re.compile(
    r"(?!全|小|我国|各|新建|沿海|沿江|沿边|周边|中小|重点|新型|特色|大中|主要|部分|区域|中心|农村|其他|其余|[县市区省州旗国]城|.[县市区省州旗]城)[一-鿿]{1,2}城镇"
)
_STANDS_ALONE = re.compile(r"[\d、，：:；。（(\s]|$")
"""What follows the name of a town in 城, which 城镇居民 and 城镇化 are not (枝城镇21个村)."""
_ACTS = re.compile("清[理掉]|共(?!同)|有(?!关|所|效)|[建办]成|办结|完成|选派|开展|组织|把")
"""What a town does, behind its name (孔城镇清理312块)."""
_AFTER_PLACE = re.compile("(?<=[一-鿿])[县市区旗]的?$|(?<=..)的$")
_BEGINS = re.compile(r"(?:^|[\s、，,；;。：:（(.．]|其中)$")
"""A town named after a market or village, and no market town, where a phrase begins (1. 新集镇：…)."""
_MODIFIER = re.compile(
    r"(?:半年|[今去本]年|季度|年度|[年月][底末初])$|[个各每本该千百进出到入返回]$|^[千百万亿年月天全某两]$"
)
_NOT_AFTER = re.compile(
    r"村道(?!口)|苏木[乡镇]|镇[街域级政]|乡[村镇贤亲愁风土情里梓党间下]|村乡(?![亲贤民邻里])|村[镇民级干庄组居支里改医务容规史马超晚部两卫]|村[串入进]?[户门]|村串|街道[上旁]|社区(?:[化性]|矫正|戒毒|康复)"
)


@cache
def _generic() -> frozenset[str]:
    return word_list("generic.txt")


@cache
def _named_so() -> frozenset[str]:
    return word_list("verb_names.txt")


@cache
def _verbs() -> frozenset[str]:
    return word_list("verbs.txt")


@dataclass(frozen=True, slots=True)
class Detail:
    """A named body below the county: its span, its text, and township or community."""

    span: Span
    surface: str
    level: Literal["township", "community"]


def find_details(text: str, begins: Iterable[int] = ()) -> list[Detail]:
    """Every named township, street, village and community, in order.

    ``begins``: offsets at which a name may begin, such as the ends of place mentions.

    >>> [(d.surface, d.level) for d in find_details("走进青云谱区洪都街道洪科社区，到荣村走访")]
    [('洪都街道', 'township'), ('洪科社区', 'community'), ('荣村', 'community')]
    >>> find_details("全区12个街道、老旧社区和乡镇")
    []
    """
    found: list[Detail] = []
    begins = sorted(begins)
    at = 0
    for tail in _TAIL.finditer(text):
        begun = bisect_left(begins, tail.start())
        floor = max(at, begins[begun - 1]) if begun else at
        start = _name_start(text, floor, tail)
        if start is None or _NOT_AFTER.match(text, tail.start()):
            continue
        level: Literal["township", "community"] = "township" if re.fullmatch(_TOWNSHIP, tail.group()) else "community"
        span = Span(start, tail.end())
        found.append(Detail(span, span.of(text), level))
        at = tail.end()
    return found


def _name_start(text: str, floor: int, tail: re.Match[str]) -> int | None:
    """Where the name before a tail word begins, or None if what stands there is no name."""
    run = _RUN.search(text[floor : tail.start()])
    name = run.group() if run else ""
    cuts = [cut for cut in _CUT.finditer(name) if name[cut.start() :] not in _named_so()]
    name = name[cuts[-1].end() :] if cuts else name
    for join in reversed(list(_JOIN.finditer(name))):
        rest = name[join.end() :]
        if len(rest) >= 2 or (rest and tail.group() == "村"):
            name = rest
            break
    if re.search(r"[和与及、以为把将对从向]$", name):
        return None
    if len(name) >= 4 and name[:2] in _verbs():
        name = name[2:]
    start = tail.start() - len(name)
    market = _OF_MARKET.fullmatch(name + tail.group()) and name[:-1] not in _verbs()
    alone = text.endswith("其中", 0, start) or _STANDS_ALONE.match(text, tail.end())
    acts = _ACTS.match(text, tail.end()) is not None
    city = (alone or acts) and _OF_CITY.fullmatch(name + tail.group()) and name[:-1] not in _verbs()
    begins = _BEGINS.search(text, 0, start) or (acts and _AFTER_PLACE.search(text, 0, start))
    own = (market or city) and begins
    if not 0 < len(name) <= _LONGEST or (not own and _is_generic(name, tail.group())):
        return None
    return start


def _is_generic(name: str, tail: str) -> bool:
    if len(name) == 1 and tail not in ("村", "镇", "乡"):
        return True
    compass = len(name) == 3 and name[0] in "东西南北中上下前后内外"
    if name[-2:] in _verbs() and name not in _named_so() and not compass:
        return True
    if len(name) == 3 and name[2] in "省市县区镇乡" and name[:2] in _verbs():
        return True
    if _MODIFIER.search(name) or _COMPOUND.search(name + tail):
        return True
    return any(name[-n:] in _generic() for n in range(1, len(name) + 1) if n > 1 or len(name) == 1)
