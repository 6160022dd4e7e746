"""The bodies (单位) that articles are from and entries are credited to, each under one name; the ledger of them."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from answer.reference import told_by
from corpus.digests import Entry, Saved
from corpus.labels import UNNAMED
from corpus.model import Article, Place
from corpus.places import Gazetteer
from corpus.places.names import forms
from corpus.wordlists import read_entries

_BODY = re.compile(
    r"(?<!融媒体)(?:[部委局办院厅署会所处科队]|(?<!网)站|中心|政府|办公室|街道|[镇乡村]|社区|公司|集团|大学|学院|学校)$"
)
"""How the names of those end who send material in."""
_SITE = re.compile(r"(?:官方|门户)*(?:网站|微信|微博|微信公众号|公众号)$")


@dataclass(frozen=True, slots=True)
class Ledger:
    """What units sent in and what was used, month by month.

    Rows of month, region (adcode of the prefecture, or of a province; "" for none), unit, articles sent, entries used.
    """

    rows: tuple[tuple[str, str, str, int, int], ...]


def unit_of(article: Article) -> str:
    """Whom an article is from: who sent it in, who issued it, its source line, or else its place, no body named."""
    return next(_named_by(article), "") or (_unnamed(article.place) if article.place else "")


def credited(article: Article) -> str:
    """The body that an article is credited to (供稿); "" where only a medium, an account or its place is known."""
    return next((name for name in _named_by(article) if _BODY.search(name)), "")


def one_name(name: str, path: Sequence[str]) -> str:
    """The name of a body in its one form, where it is surely one of the place (or one above it) whose names are given.

    >>> path = ("山西省", "晋中市", "平遥县")
    >>> [one_name(name, path) for name in ("平遥社会工作", "中共平遥县委社会工作部", "中共平遥县委办公室")]
    ['平遥县委社会工作部', '平遥县委社会工作部', '平遥县委办公室']
    >>> [one_name(name, path) for name in ("晋中市社会工作部", "山西民政", "平遥日报")]
    ['晋中市委社会工作部', '山西省民政厅', '平遥日报']
    """
    name = _SITE.sub("", re.sub("^中共(?=.{2,}委)", "", name.strip()))
    found = _kinds().fullmatch(name)
    if found is None:
        return name
    said = found["place"]
    for above in path[:-1]:
        said = said.removeprefix(above) or said
    places = [each for n, each in enumerate(path) if said in forms(each, "county" if n else "province")]
    return _body(places[0], _bodies()[found["word"]]) if len(places) == 1 else name


def _body(place: str, body: str) -> str:
    """A body of a place: that of a province is a 厅, the committee of a region a 党委."""
    if place.endswith(("省", "自治区")):
        body = re.sub("局$", "厅", body)
    return place + (f"党{body}" if place.endswith("自治区") and body.startswith("委") else body)


@cache
def _bodies() -> dict[str, str]:
    return {row["word"]: row["body"] for row in csv.DictReader(read_entries("answer", "data/bodies.csv"))}


@cache
def _kinds() -> re.Pattern[str]:
    return re.compile(rf"(?P<place>[一-鿿]{{2,20}}?)[党委]*(?P<word>{'|'.join(_bodies())})[部局厅委]?")


def _named_by(article: Article) -> Iterator[str]:
    """Who sent it in, who issued it, whom its source line names, as far as they are known."""
    path = article.place.path if article.place else ()
    for name in (article.reporter, article.issuer, told_by(article.source_line)):
        if name:
            yield one_name(name, path)


def _unnamed(place: Place) -> str:
    return f"{place.name}（{UNNAMED}）"


def ledger(published: Sequence[Saved], received: Iterable[tuple[str, Article, int]], gazetteer: Gazetteer) -> Ledger:
    """Articles sent in by month of publication, and entries used by month of the issue, for each unit.

    ``received``: a month, an article, and how many are from the same unit in that month. An entry of several units is
    one of each; one of which no unit is known is its place's, an editor's own words are nobody's.
    """
    sent: Counter[tuple[str, str, str]] = Counter()
    for month, article, n in received:
        if unit := unit_of(article):
            sent[month, _region(article.place, gazetteer), unit] += n
    used: Counter[tuple[str, str, str]] = Counter()
    for each in published:
        for entry in each.issue.entries:
            place = _place(entry, gazetteer)
            used.update((each.issue.dated[:7], _region(place, gazetteer), unit) for unit in _units(entry, place))
    keys = sorted(sorted({*sent, *used}), key=lambda key: key[0], reverse=True)
    return Ledger(tuple((*key, sent[key], used[key]) for key in keys))


def _region(place: Place | None, gazetteer: Gazetteer) -> str:
    """The prefecture or province a place is or lies in; "" for none."""
    if place is None:
        return ""
    above = gazetteer.parent(place.adcode) if place.level == "county" else None
    return above or place.adcode


def _place(entry: Entry, gazetteer: Gazetteer) -> Place | None:
    """The place of an entry, or else the one that its unit's name names."""
    if entry.place:
        return gazetteer.place(entry.place) if entry.place in gazetteer.divisions else None
    named = {mention.candidates for mention in gazetteer.find(entry.unit)}
    codes = named.pop() if len(named) == 1 else ()
    return gazetteer.place(codes[0]) if len(codes) == 1 else None


def _units(entry: Entry, place: Place | None) -> list[str]:
    path = place.path if place else ()
    if named := [one_name(unit, path) for unit in entry.unit.split("、") if unit.strip()]:
        return list(dict.fromkeys(named))
    if place:
        return [_unnamed(place)]
    return [UNNAMED] if entry.sources else []
