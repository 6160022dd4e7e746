"""The surface forms of a division's name: full, shortened by its suffix, without its peoples' names."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from corpus.wordlists import entries

SUFFIX = re.compile(r"(?:特别行政区|自治[区州县旗]|地区|新区|林区|特区|矿区|[省市县区旗盟州])$")
_SELF = {"自治县": "县", "自治州": "州", "自治旗": "旗", "自治区": "区"}


def data(name: str) -> str:
    """The text of one file of the gazetteer."""
    return resources.files("corpus.gazetteer").joinpath(name).read_text("utf-8")


@cache
def word_list(name: str) -> frozenset[str]:
    """The words of a space-separated list, comment lines left out."""
    return frozenset(w for line in entries(data(name)) for w in line.split())


@cache
def _peoples() -> re.Pattern[str]:
    names = sorted(word_list("ethnic.txt"), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(names)})+$")


def core(name: str) -> str:
    """The name without its suffix and its peoples' names; the name itself where too little would be left.

    >>> core("三都水族自治县"), core("福鼎市"), core("鄂温克族自治旗"), core("赵县"), core("内蒙古自治区")
    ('三都', '福鼎', '鄂温克', '赵县', '内蒙古')
    """
    suffix = SUFFIX.search(name)
    stem = name[: suffix.start()] if suffix else name
    if suffix and suffix.group().startswith("自治"):
        bare = _peoples().sub("", stem)
        stem = bare if len(bare) >= 2 else stem.removesuffix("族")
    return stem if len(stem) >= 2 else name


def forms(name: str, level: str) -> tuple[str, ...]:
    """Every surface of the name, the full one first, the suffix-less one last.

    >>> forms("三都水族自治县", "county")
    ('三都水族自治县', '三都自治县', '三都县', '三都')
    >>> forms("黔南布依族苗族自治州", "prefecture")
    ('黔南布依族苗族自治州', '黔南自治州', '黔南州', '黔南')
    """
    stem, found = core(name), [name]
    suffix = SUFFIX.search(name)
    if suffix and suffix.group() in _SELF and stem != name:
        found.append(stem + suffix.group())
        if level != "province":
            found.append(stem + _SELF[suffix.group()])
    found.append(stem)
    return tuple(dict.fromkeys(found))
