"""What the thing is that a text calls by a name of its own: “红领顾问”（即党建指导员）.

A figure of that name, or of its last words (62名|顾问), counts the thing as well.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus.indicators import Indicator
from corpus.model import Fact
from extract.actions import action_class
from extract.listed import counting, is_thing

_NAME = "“(?P<name>[^“”，。；]{2,10})”"
_IT = "(?P<it>[一-鿿]{3,10}?)"
_ENDS = r"(?=[）)，。；、]|$)"
_SAID = (
    re.compile(rf"{_NAME}[（(，](?:即|也就是|实为|指)(?:我[市县区州]的?)?{_IT}{_ENDS}"),
    re.compile(rf"{_NAME}[^“”，。；]{{0,6}}(?:就是|实际(?:上)?(?:就)?是|指的是)(?:我[市县区州]的?)?{_IT}{_ENDS}"),
    re.compile(
        rf"{_NAME}，?(?:实际|主要)?(?:上)?(?:承担|履行|行使|担负)的?(?:就是|是)?{_IT}的?(?:职责|职能|角色|作用){_ENDS}"
    ),
    re.compile(
        r"(?:^|[：:，。；\n])(?:[^，。；：:\n]{0,20}的)?(?P<name>[一-鿿]{3,10}?)[，,]?(?:与|和|同|即)(?P<it>[一-鿿]{3,10}?)"
        "(?:为|是|系|属)同一[个类种]?(?:统计)?(?:对象|口径|概念|事物|单位)"
    ),
    re.compile(rf"{_IT}[（(](?:以下)?(?:简称|统称|叫作?|又[称名]|取名为?|命名为){_NAME}[）)]"),
)
_HEADED = re.compile(
    r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]|\d+[.．、])?(?P<name>[一-鿿]{3,10})"
    r"[（(](?:即)?(?P<it>[一-鿿]{3,10})[)）]",
    re.MULTILINE,
)
"""A heading or title that names a thing twice (居家照护床位（即家庭养老床位）)."""
_LIST = re.compile("[、：:]|以及")
_TAIL = 2
"""The fewest characters by which the end of a name stands for it."""


def aliases(body: str) -> dict[str, str]:
    """What each name of a text's own stands for.

    >>> aliases("选派“红领顾问”（即党建指导员）"), aliases("派到企业当“红色管家”，实际承担的就是党建指导员的职责。")
    ({'红领顾问': '党建指导员'}, {'红色管家': '党建指导员'})
    >>> aliases("开展“四必访”，即困难必访、生病必访")
    {}
    """
    found: dict[str, str] = {}
    for form in _SAID:
        for match in form.finditer(body):
            listed = _LIST.match(body, match.end()) is not None
            if not listed and is_thing(match["it"]) and match["name"] not in found:
                found[match["name"]] = match["it"]
    for match in _HEADED.finditer(body):
        alike = match["name"][-1] == match["it"][-1] or "即" in match.group()
        if alike and is_thing(match["it"]) and is_thing(match["name"]):
            found.setdefault(match["name"], match["it"])
    return found


def also_called(title: str, body: str, found: Sequence[Fact], indicators: Mapping[str, Indicator]) -> list[Fact]:
    """The facts, those of a name of the text's own with what it stands for."""
    names = aliases(f"{title}\n{body}")
    return [_also(fact, names, indicators) for fact in found] if names else list(found)


def _also(fact: Fact, names: Mapping[str, str], indicators: Mapping[str, Indicator]) -> Fact:
    counted = fact.object.replace("“", "").replace("”", "")
    thing = next((it for name, it in names.items() if counted.endswith(name) or _ends(name, counted)), "")
    if not thing or thing in counted:
        return fact
    told = not fact.action or action_class(fact.action).name != "other"
    meant = counting(fact, thing, indicators) if told and fact.indicator.startswith("open.") else fact
    return replace(fact, also=thing, indicator=meant.indicator, indicator_name=meant.indicator_name)


def _ends(name: str, counted: str) -> bool:
    return len(counted) >= _TAIL and name.endswith(counted)
