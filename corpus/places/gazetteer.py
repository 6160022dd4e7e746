"""The administrative divisions: codes, names, parents, and which division a name means.

Codes are GB/T 2260 adcodes of September 2026. A name that could be several divisions is settled by its parent beside
it or by the places around it, and otherwise stays open: never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import cast

from corpus.errors import NotFound, UsageError
from corpus.model import Place, PlaceLevel, overlapped
from corpus.places.details import Detail, find_details
from corpus.places.mentions import Mention, Scanner
from corpus.places.names import data, forms
from corpus.script import simplified
from corpus.wordlists import entries

_RANK = {"province": 0, "prefecture": 1, "county": 2}


@dataclass(frozen=True, slots=True)
class Division:
    """One living division; ``parent`` is "" for a province."""

    adcode: str
    name: str
    level: PlaceLevel
    parent: str


_NAMED_AFTER = re.compile("[一-鿿]?(?:镇|乡|苏木)(?![长村镇])")
"""What stands behind a short name that is only the beginning of a township's (准格尔|召镇)."""


@dataclass(frozen=True)
class Gazetteer:
    """Divisions by adcode, and every surface a text may use for them."""

    divisions: dict[str, Division]
    surfaces: dict[str, tuple[str, ...]]
    """Name, short name, alias or old name → adcodes, in code order."""
    whole: dict[str, str]
    """One-character abbreviations and by-names (黔, 羊城) → adcode: only as the whole of a name."""
    weak: frozenset[str]
    """Old names without their suffix: they count only beside their parent."""
    former: dict[str, str]
    """Code of an earlier year that no division has today → the living division's."""
    _children: dict[str, list[str]] = field(repr=False)

    @staticmethod
    def load(overrides: Path | None = None) -> Gazetteer:
        """The package's gazetteer, with ``places.csv`` and ``aliases.csv`` of the folder ``overrides`` read on top.

        ``places.csv`` has the columns adcode,name,level,parent; ``aliases.csv`` alias,adcode[,kind]. Both are UTF-8.

        Raises:
            UsageError: a line of an override file does not fit.
        """
        stamp = tuple(
            (path, path.stat().st_mtime_ns)
            for path in ((overrides / name) for name in ("places.csv", "aliases.csv") if overrides is not None)
            if path.is_file()
        )
        return _load(stamp)

    @cached_property
    def _scanner(self) -> Scanner:
        return Scanner(self.surfaces, self.weak, self.contains, self.level)

    def find(self, text: str, known: Collection[str] = ()) -> list[Mention]:
        """Every mention of a division, in order; adjacent names of one path are one mention.

        Short names that are also words (海伦, 江口) need evidence beside them, or to mean one of the adcodes ``known``.

        >>> [(m.surface, m.candidates) for m in Gazetteer.load().find("贵州三都县和福鼎市的做法")]
        [('贵州三都县', ('522732',)), ('福鼎市', ('350982',))]
        >>> [[m.surface for m in Gazetteer.load().find("江口有几支队伍", known)] for known in ((), ["520621"])]
        [[], ['江口']]
        """
        return self._scanner.find(simplified(text), known)

    def find_details(self, text: str) -> list[Detail]:
        """Every named township, street, village and community, none of them part of a division's name.

        >>> [d.surface for d in Gazetteer.load().find_details("苏州甪直镇和三都水族自治县荣村")]
        ['甪直镇', '荣村']
        """
        whole = (each for each in self.find(text) if each.explicit or not _NAMED_AFTER.match(text, each.span.end))
        spans = [mention.span for mention in whole]
        details = find_details(simplified(text), [span.end for span in spans])
        return [each for each in details if overlapped(spans, each.span) is None]

    def resolve(self, name: str, context: Sequence[str] = ()) -> Place | None:
        """The one division ``name`` (adcode of whatever year, name, path, alias or old name) means, or None.

        Homonyms are settled by ``context``, adcodes of places mentioned around it; a remainder that names a township
        or community becomes ``Place.detail``.

        >>> gazetteer = Gazetteer.load()
        >>> gazetteer.resolve("三都县").path
        ('贵州省', '黔南布依族苗族自治州', '三都水族自治县')
        >>> gazetteer.resolve("鼓楼区") is None, gazetteer.resolve("鼓楼区", ["320500", "320100"]).adcode
        (True, '320106')
        """
        codes, detail = self._read(simplified(name))
        adcode = self.settle(codes, context)
        return self.place(adcode, detail) if adcode else None

    def settle(self, candidates: Sequence[str], context: Iterable[str] = ()) -> str | None:
        """The one of ``candidates`` that the places of ``context`` speak for; None if that is not one.

        Readings that nest mean the outermost, which holds either way (大理: the prefecture); a province's own short
        name means the province.
        """
        if len(candidates) > 1:
            candidates = self._outermost(self._nearest(candidates, context) or candidates)
        return candidates[0] if len(candidates) == 1 else None

    def candidates(self, name: str) -> tuple[Place, ...]:
        """Every division ``name`` may mean, in code order."""
        codes, detail = self._read(name)
        return tuple(self.place(code, detail) for code in codes)

    def place(self, adcode: str, detail: str | None = None) -> Place:
        """The place of a code.

        Raises:
            NotFound: no living division has it.
        """
        path = [self._division(adcode)]
        while path[0].parent:
            path.insert(0, self._division(path[0].parent))
        last = path[-1]
        return Place(adcode, last.name, tuple(each.name for each in path), last.level, detail)

    def level(self, adcode: str) -> PlaceLevel:
        """province, prefecture or county."""
        return self._division(adcode).level

    def parent(self, adcode: str) -> str | None:
        """The adcode next above; None for a province."""
        return self._division(adcode).parent or None

    def contains(self, parent: str, child: str) -> bool:
        """Whether ``child`` is ``parent`` or lies in it."""
        current: str | None = child
        while current:
            if current == parent:
                return True
            division = self.divisions.get(current)
            current = division.parent if division else None
        return False

    def descendants(self, adcode: str) -> tuple[str, ...]:
        """Every adcode below, in code order."""
        found: list[str] = []
        for child in self._children.get(adcode, []):
            found += [child, *self.descendants(child)]
        return tuple(sorted(found))

    def common(self, adcodes: Iterable[str]) -> str | None:
        """The smallest division that contains all of them; None across provinces."""
        chains = [self._ancestors(adcode) for adcode in adcodes]
        shared = [code for code in chains[0] if all(code in chain for chain in chains)] if chains else []
        return shared[0] if shared else None

    def _read(self, name: str) -> tuple[tuple[str, ...], str | None]:
        name = name.strip()
        if code := self._living(name):
            return (code,), None
        if name in self.whole:
            return (self.whole[name],), None
        codes, end = self._scanner.read(name)
        if end == len(name) or not codes:
            return codes, None
        rest = name[end:].strip()
        details = find_details(rest)
        tiled = "".join(each.surface for each in details) == rest
        return (codes, rest) if tiled else ((), None)

    def _living(self, code: str) -> str | None:
        """The living division of a code of six digits, or of twelve that end in zeros."""
        code = code.removesuffix("000000") if len(code) == 12 else code
        return code if code in self.divisions else self.former.get(code)

    def _nearest(self, candidates: Sequence[str], context: Iterable[str]) -> list[str]:
        """The candidates that share the lowest level with a place of the context."""
        scores = dict.fromkeys(candidates, 0)
        for around in set(context):
            for candidate in candidates:
                scores[candidate] = max(scores[candidate], self._closeness(candidate, around))
        best = max(scores.values(), default=0)
        return [code for code, score in scores.items() if score == best] if best else []

    def _closeness(self, a: str, b: str) -> int:
        shared = self.common((a, b))
        if shared is None:
            return 0
        return 3 if shared in (a, b) and _RANK[self.level(shared)] else 1 + _RANK[self.level(shared)]

    def _outermost(self, candidates: Sequence[str]) -> list[str]:
        for code in candidates:
            if self.level(code) == "province" or all(self.contains(code, other) for other in candidates):
                return [code]
        return list(candidates)

    def _ancestors(self, adcode: str) -> list[str]:
        chain = [adcode]
        while parent := self.parent(chain[-1]):
            chain.append(parent)
        return chain

    def _division(self, adcode: str) -> Division:
        try:
            return self.divisions[adcode]
        except KeyError:
            raise NotFound(f"没有代码为 {adcode!r} 的行政区划，请用六位代码或地名") from None


@lru_cache(maxsize=4)
def _load(overrides: tuple[tuple[Path, int], ...]) -> Gazetteer:
    tables = {path.name: path.read_text("utf-8-sig") for path, _ in overrides}
    divisions: dict[str, Division] = {}
    for row in _rows(data("divisions.csv")) + _rows(tables.get("places.csv", "")):
        divisions[row[0]] = _checked(row)
    surfaces: dict[str, set[str]] = {}
    for adcode, division in divisions.items():
        for form in forms(division.name, division.level):
            surfaces.setdefault(form, set()).add(adcode)
    whole: dict[str, str] = {}
    shortened: dict[str, set[str]] = {}
    for text in (data("common.csv"), data("aliases.csv"), tables.get("aliases.csv", "")):
        for alias, adcode, *kind in _rows(text):
            if adcode not in divisions:
                raise UsageError(f"别名 {alias!r} 指向不存在的代码 {adcode!r}，请改正 aliases.csv")
            if kind[:1] == ["whole"]:
                whole[alias] = adcode
                continue
            surfaces.setdefault(alias, set()).add(adcode)
            if kind and kind[0] in ("former", "merged"):
                shortened.setdefault(forms(alias, "county")[-1], set()).add(adcode)
    weak = frozenset(shortened) - frozenset(surfaces)
    surfaces.update({short: shortened[short] for short in weak})
    children: dict[str, list[str]] = {}
    for division in divisions.values():
        children.setdefault(division.parent, []).append(division.adcode)
    readings = {surface: tuple(sorted(codes)) for surface, codes in surfaces.items()}
    former = {code: adcode for code, adcode in _rows(data("codes.csv")) if adcode in divisions}
    return Gazetteer(divisions, readings, whole, weak, former, children)


def _rows(text: str) -> list[list[str]]:
    """The fields of a plain table (no quoting), comments and the head line left out."""
    return [[cell.strip() for cell in line.split(",")] for line in entries(text)[1:]]


def _checked(row: list[str]) -> Division:
    if len(row) != 4 or row[2] not in _RANK:
        raise UsageError(f"places.csv 里 {','.join(row)!r} 一行不合格式，应为 adcode,name,level,parent")
    return Division(row[0], row[1], cast(PlaceLevel, row[2]), row[3])
