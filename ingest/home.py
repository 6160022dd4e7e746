"""The place of articles whose text names none: where their paper, file, folder or site is at home."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from corpus.model import Article, Place
from corpus.places import Gazetteer
from corpus.places.names import word_list
from corpus.script import simplified
from ingest.locate import is_national, locate_article

_OURS = re.compile(r"[全我本][省市县区旗州镇乡]|(?<![一-鿿])[市县区旗州](?:委|政府|直)")
"""How a text speaks of its own place."""
_NEWSPAPER = re.compile("(?:今日)?(?P<place>[一-鿿]{2,5}?)(?:日报|晚报|时报|周报|新闻|报)?")
"""The name of a newspaper that may be that of its place with what makes it one."""


def housed(
    articles: list[Article], gazetteer: Gazetteer, *, issuers: Sequence[str], path: PurePath, site: str | None
) -> list[Article]:
    """The articles, those without a place at home; an article on the country has none.

    All others must lie there too, or the article must speak of what issues it as its own (a county's bulletin that also
    tells of guests and of other counties). Home is where one of ``issuers`` is (the body of the masthead, the column
    that all stand in, the paper), else the place that the file, its folder or the site is named after: the site only
    where a text speaks of its own place (我县). What a county's paper says of a township alone is at home.
    """
    if all(article.place for article in articles) and len(articles) < 2:
        return articles
    told = [("issuer", _of_newspaper(name, articles, gazetteer)) for name in issuers]
    named = [("issuer", name) for name in issuers]
    named += [("file_name", path.stem), ("file_name", path.parent.name), ("site", site or "")]
    told += ((basis, _place_of(simplified(name), gazetteer)) for basis, name in named if name)
    basis, own = next(((basis, place) for basis, place in told if place), ("none", None))
    if own is None:
        return articles
    of_county = basis == "issuer" and gazetteer.level(own.adcode) == "county"
    towns = [_town(article, own, gazetteer) if of_county else None for article in articles]
    others = [place for article, town in zip(articles, towns, strict=True) if not town for place in article.places]
    alone = all(gazetteer.contains(own.adcode, place.adcode) for place in others)
    return [
        _at(article, replace(own, detail=town) if town else own, basis)
        if town or (_is_homeless(article, basis) and (alone or (basis == "issuer" and _OURS.search(article.body))))
        else article
        for article, town in zip(articles, towns, strict=True)
    ]


def _town(article: Article, own: Place, gazetteer: Gazetteer) -> str | None:
    """The township that a title is about, of the county whose paper it is in: no county stands before it there."""
    if article.place_basis not in ("none", "lead", "body") or gazetteer.find(article.title):
        return None
    named = [each.surface for each in gazetteer.find_details(article.title) if each.level == "township"]
    towns = [town.removesuffix("办") if town.endswith("街道办") else town for town in named]
    beside = [place for place in article.places if gazetteer.level(place.adcode) == "county"]
    elsewhere = any(f"{place.name}{town}" in article.body for place in beside for town in towns[:1])
    return towns[0] if towns and not elsewhere else None


def _place_of(name: str, gazetteer: Gazetteer) -> Place | None:
    name = re.sub(r"^[\d\s._、—-]+", "", name)
    ordinary = (
        len(name) == 2 and name[1] != "县" and name in word_list("ordinary.txt")
    )  # 公安, 资源 name what is in a folder
    return None if ordinary else locate_article(gazetteer, title=name).place or gazetteer.resolve(name)


def _of_newspaper(name: str, articles: Sequence[Article], gazetteer: Gazetteer) -> Place | None:
    """The place of a newspaper named after it (平利报, 今日平利), where an article speaks of it as its own (全县)."""
    named = _NEWSPAPER.fullmatch(simplified(name))
    place = gazetteer.resolve(named["place"]) if named and named["place"] != name else None
    ours = place is not None and any(re.search(f"[全我本]{place.name[-1]}", article.body) for article in articles)
    return place if ours else None


def _is_homeless(article: Article, basis: str) -> bool:
    ours = basis != "site" or _OURS.search(article.body) is not None
    return article.place is None and ours and not is_national(article.title, article.body)


def _at(article: Article, own: Place, basis: str) -> Article:
    flags = [flag for flag in article.flags if flag != "place_unresolved"]
    return replace(article, place=own, place_basis=basis, places=(own,), flags=tuple(flags))
