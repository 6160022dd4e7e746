"""The indicator dictionary as people keep it: renamed, merged, defined. Figures follow by signed corrections."""

from __future__ import annotations

import csv
import io
import re
import threading
from collections.abc import Sequence
from importlib import resources
from typing import TYPE_CHECKING

from api.exports import correct
from corpus.corrections import Correction, checked
from corpus.errors import NotFound, UsageError
from corpus.files import replacing
from extract.measures import dimension

if TYPE_CHECKING:
    from pathlib import Path

    from api.library import Library
    from corpus.model import Fact

_LONGEST = 40
_WORD = re.compile(rf"[^,，、;；\s\x00-\x1f]{{1,{_LONGEST}}}")
_LOCK = threading.Lock()
"""Held while the library's own list is read, changed and written."""


def rename(library: Library, indicator: str, name: str, author: str = "") -> int:
    """Call an indicator otherwise, in every figure that has it and in the dictionary; how many figures changed.

    Raises:
        UsageError: the name is empty or another indicator's.
        NotFound: neither the dictionary nor a figure has the indicator.
    """
    name = name.strip()
    if not name:
        raise UsageError("指标名称不能为空。")
    names = library.catalogue.indicator_names() | {i: each.name for i, each in library.rules.indicators.items()}
    if any(each == name and i != indicator for i, each in names.items()):
        raise UsageError(f"已有名为“{name}”的指标。要归成一项，请用合并。")
    changed = _correct(library, _facts(library, indicator), {"indicator_name": name}, author)
    if indicator in library.rules.indicators:
        _define(library, indicator, {"zh": name})
    return changed


def merge(library: Library, indicator: str, into: str, author: str = "") -> int:
    """Count the figures of one indicator under another; how many changed.

    Raises:
        UsageError: both are the same, or one counts persons and the other money.
        NotFound: one of them is neither in the dictionary nor in a figure.
    """
    if indicator == into:
        raise UsageError("不能把指标并入它自己。")
    facts, target = _facts(library, indicator), library.rules.indicators.get(into)
    others = [] if target else _facts(library, into)
    name = target.name if target else others[0].indicator_name
    units = target.units if target else [f.quantity.unit for f in others]
    kinds, wanted = {dimension(f.quantity.unit) for f in facts}, {dimension(unit) for unit in units}
    if wanted and kinds and not kinds & wanted:
        raise UsageError(f"“{name}”的单位与要并入的数据不是一类，不能合并。请先核对单位。")
    return _correct(library, facts, {"indicator": into, "indicator_name": name}, author)


def define(
    library: Library,
    indicator: str,
    *,
    units: Sequence[str] | None = None,
    synonyms: Sequence[str] | None = None,
    actions: Sequence[str] | None = None,
) -> None:
    """Say by which words an indicator of the dictionary is known from now on; None stays, an empty list is cleared.

    Raises:
        NotFound: the dictionary has no such indicator.
        UsageError: a word is too long or holds a comma.
    """
    if indicator not in library.rules.indicators:
        raise NotFound(f"指标表里没有 {indicator!r}。请先改名或并入已有的指标。")
    given = {"units": units, "object_lexicon": synonyms, "verb_lexicon": actions}
    told = {column: words for column, words in given.items() if words is not None}
    for word in (word for words in told.values() for word in words):
        if not _WORD.fullmatch(word):
            raise UsageError(f"说法 {word[:20]!r} 写法不对：每个最多 {_LONGEST} 字，里面不能有逗号、顿号和换行。")
    _define(library, indicator, {column: ",".join(words) for column, words in told.items()})


def _facts(library: Library, indicator: str) -> list[Fact]:
    found = library.catalogue.facts(indicators=[indicator])
    if not found and indicator not in library.rules.indicators:
        raise NotFound(f"没有指标 {indicator!r}。")
    return found


def _correct(library: Library, facts: Sequence[Fact], fields: dict[str, str], author: str) -> int:
    made: list[Correction] = []
    for fact in facts:
        made += [c for field, new in fields.items() if (c := checked(fact, field, new)) is not None]
    if made:
        correct(library, made, author.strip())
    return len({correction.fact for correction in made})


def _define(library: Library, indicator: str, fields: dict[str, str]) -> None:
    """Write a row of the library's own ``indicators.csv``, on top of the package's."""
    with _LOCK:
        _write_row(library.overrides / "indicators.csv", indicator, fields)
    vars(library).pop("rules", None)


def _write_row(file: Path, indicator: str, fields: dict[str, str]) -> None:
    package = _rows(resources.files("corpus").joinpath("indicators.csv").read_text("utf-8-sig"))
    own = _rows(file.read_text("utf-8-sig")) if file.is_file() else {}
    row = own.get(indicator) or package[indicator]
    own[indicator] = row | fields
    out = io.StringIO()
    writer = csv.DictWriter(out, list(row), lineterminator="\n")
    writer.writeheader()
    writer.writerows(own.values())
    with replacing(file) as aside:
        aside.write_text(out.getvalue(), encoding="utf-8-sig")


def _rows(text: str) -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in csv.DictReader(text.splitlines())}
