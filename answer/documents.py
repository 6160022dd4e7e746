"""The document that a question names as its source: 2024年政府工作报告提出的…, 统计公报显示…."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from answer.sources import Sources
from corpus.model import Article, Span

_NAMED = re.compile(
    r"(?:在|按照?|根据|据|从)?(?:(?P<years>(?:19|20)\d\d(?:年?度?(?:[、和与及跟,，至到—–~-]|vs)(?:19|20)\d\d)*)年?度?|历[年次]|各年|哪[一几]?年)?"
    r"[）)]?[，,]?(?:[这那各每历次份两三四五几年回的]{0,6})"
    r"(?:国务院|中央|全国|国家|总理作?|[省市县区州盟旗]里?)?的?"
    r"《?(?P<genre>政府工作报告|工作报告|工作总结|统计公报|情况通报|工作要点|(?<=[年度各每份次作的回\d])报告(?!了|期|会|人|单|制))(?!会|质量|征求|起草|印发|撰写)》?"
    r"(?:中|里面?|上|的时候)?(?P<says>所?(?:提出|提到|明确|确定|安排|部署|显示|指出|公布|披露|写明?|列出|载明|要求|讲|说|报)(?:了|到|过)?)?(?:的(?!是))?"
)
_OF_THEIR_YEAR = ("政府工作报告", "工作要点", "报告")
"""Documents that are called by the year in which they are given, not by the one they look back on."""
_GENRE_ASKED = re.compile(r"(?:什么|哪[些份个几]|几份|多少份)[^，。？]{0,4}$")
"""Before a kind of document that is itself asked for."""
_SETS = re.compile("提出|明确|确定|安排|部署|要求")
"""Verbs by which a document says what is to be done."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a question names its document, the articles that are it, and whether it is said to set something.

    ``years``: those by which documents are told, which are then no period of what is asked. ``missing``: the year of
    which the library has no such document, though it has others.
    """

    span: Span
    articles: tuple[str, ...]
    sets: bool
    years: tuple[str, ...]
    missing: str = ""


def source_named(text: str, places: Sequence[str], sources: Sources) -> Source | None:
    """The document of the library that a question names by its kind, and by its year where it tells one."""
    named = _NAMED.search(text)
    if named is None or _GENRE_ASKED.search(text, 0, named.start("genre")):
        return None
    genre, years = named["genre"], _each_year(named["years"] or "")
    of_genre: list[Article] = []
    if genre != "报告" or years:  # 报告 alone may be any
        outlines = sources.catalogue.outlines(sources.catalogue.articles_with([genre], sources.scope(places)))
        of_genre = [a for a in outlines.values() if a.stands and genre in a.title]
    meant = [a for a in of_genre if not years or _years_of(a, genre) & set(years)]
    reports = of_genre and genre == "政府工作报告"
    missing = f"{'、'.join(years)}年的{genre}" if reports and not meant else ""
    sets = named["says"] is not None and _SETS.search(named["says"]) is not None
    start = named.start() if meant and years else named.start("genre")
    return Source(Span(start, named.end()), tuple(a.id for a in meant), sets, tuple(years) if meant else (), missing)


def _each_year(told: str) -> list[str]:
    """The years that are told, with those between the first and the last of a range.

    >>> _each_year("2024年和2026"), _each_year("2020至2022")
    (['2024', '2026'], ['2020', '2021', '2022'])
    """
    years = re.findall(r"\d{4}", told)
    if len(years) == 2 and re.search("[至到—–~-]", told):
        return [str(year) for year in range(int(years[0]), int(years[1]) + 1)]
    return years


def _years_of(article: Article, genre: str) -> set[str]:
    """The years of a document: of its title, or where that tells none of its date, and the one it looks back on."""
    told = set(re.findall(r"(?:19|20)\d\d", article.title))
    year = (article.published_on or "")[:4]
    back = {str(int(year) - 1)} if year and genre not in _OF_THEIR_YEAR else set()
    return told or {year} | back
