"""The indicator dictionary as people keep it: renamed, merged, defined. Figures follow by signed corrections."""

from __future__ import annotations

import csv
import io
import re
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
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
_OWN = 12
"""Words that an indicator takes over from its figures."""
_DEFINITION = "definition"
"""A column that the package's list does not have."""
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


@dataclass(frozen=True, slots=True)
class Past:
    """What an indicator's figures were: the names they had, and the indicators they were merged from, with how many.

    ``merged`` are (id, name, figures).
    """

    names: tuple[tuple[str, int], ...]
    merged: tuple[tuple[str, str, int], ...]


def past(library: Library, indicator: str) -> Past:
    """What an indicator's figures were before they were renamed or merged.

    Raises:
        NotFound: neither the dictionary nor a figure has the indicator.
    """
    names: Counter[str] = Counter()
    merged: Counter[tuple[str, str]] = Counter()
    facts = _facts(library, indicator)
    for fact, changes in _changes(library, facts):
        if (origin := _merged_from(fact, changes)) is not None:
            merged[origin] += 1
        moves = {c.at for c in changes if c.field == "indicator"}
        named = {c.old or "" for c in changes if c.field == "indicator_name" and c.at not in moves}
        names.update(named - {fact.indicator_name, ""})
    return Past(tuple(names.items()), tuple((*key, n) for key, n in merged.items()))


def split(library: Library, indicator: str, source: str, author: str = "") -> int:
    """Take the figures that were merged from ``source`` out of an indicator again; how many.

    Raises:
        NotFound: there are none.
    """
    by_name: dict[str, list[Fact]] = {}
    for fact, changes in _changes(library, _facts(library, indicator)):
        code, name = _merged_from(fact, changes) or ("", "")
        if code == source:
            by_name.setdefault(name, []).append(fact)
    if not by_name:
        raise NotFound(f"没有从 {source!r} 并入的数据，也许已经拆出。")
    return sum(
        _correct(library, facts, {"indicator": source, "indicator_name": name}, author)
        for name, facts in by_name.items()
    )


def define(
    library: Library,
    indicator: str,
    *,
    definition: str | None = None,
    units: Sequence[str] | None = None,
    synonyms: Sequence[str] | None = None,
    actions: Sequence[str] | None = None,
) -> None:
    """Say what an indicator is and by which words it is known from now on; None stays, what is empty is cleared.

    One that is not in the dictionary comes into it, with the words of its figures.

    Raises:
        NotFound: neither the dictionary nor a figure has the indicator.
        UsageError: a word is too long or holds a comma.
    """
    given = {"units": units, "object_lexicon": synonyms, "verb_lexicon": actions}
    told = {column: words for column, words in given.items() if words is not None}
    for word in (word for words in told.values() for word in words):
        if not _WORD.fullmatch(word):
            raise UsageError(f"说法 {word[:20]!r} 写法不对：每个最多 {_LONGEST} 字，里面不能有逗号、顿号和换行。")
    new = {} if indicator in library.rules.indicators else _row_of(_facts(library, indicator))
    said = {} if definition is None else {_DEFINITION: " ".join(definition.split())}
    _define(library, indicator, new | {column: ",".join(words) for column, words in told.items()} | said)


def _row_of(facts: Sequence[Fact]) -> dict[str, str]:
    """A row for an indicator that its figures' own words have made; nobody has said that its values may be added."""

    def words(said: Iterable[str | None]) -> str:
        return ",".join(word for word, _ in Counter(filter(None, said)).most_common(_OWN) if _WORD.fullmatch(word))

    units = words(fact.quantity.unit for fact in facts)
    return {
        "zh": facts[0].indicator_name, "family": "own", "stat_type": "unknown", "units": units,
        "norm_unit": units.partition(",")[0], "object_lexicon": words(fact.object for fact in facts),
        "verb_lexicon": words(fact.action for fact in facts), "aggregation": "no",
    }  # fmt: skip


def _changes(library: Library, facts: Sequence[Fact]) -> Iterator[tuple[Fact, list[Correction]]]:
    """The figures that were corrected, with their corrections, the oldest first."""
    changes = library.catalogue.corrections([fact.id for fact in facts])
    for fact in facts:
        if fact.id in changes:
            yield fact, changes[fact.id]


def _merged_from(fact: Fact, changes: Sequence[Correction]) -> tuple[str, str] | None:
    """The indicator a figure was merged from, and the name it had there; None where it stands where it was read."""
    moves = [c for c in changes if c.field == "indicator"]
    if not moves or moves[0].old == fact.indicator:
        return None
    named = [c.old for c in changes if c.field == "indicator_name" and c.at == moves[-1].at]
    return moves[-1].old or "", (named[-1] if named else fact.indicator_name) or ""


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
    columns = [*next(iter(package.values())), _DEFINITION]
    own[indicator] = (own.get(indicator) or package.get(indicator) or {"id": indicator}) | fields
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(own.values())
    with replacing(file) as aside:
        aside.write_text(out.getvalue(), encoding="utf-8-sig")


def _rows(text: str) -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in csv.DictReader(text.splitlines())}
