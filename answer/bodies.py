"""Streets, towns and communities that a question names, with their place or without it, in full or short."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from answer.sources import Sources
from corpus.model import Article, Span
from extract.tokens import plain_tokens

_TOGETHER = re.compile(
    r"(?P<names>[一-鿿]{2,3}(?:、[一-鿿]{2,3})+)(?=这?[两二三四五六七八九十]个?(?:镇|乡|街道|村|社区))"
)
"""Streets and towns that share their last word (庄寨、大集两镇)."""
_ENDINGS = ("镇", "乡", "街道", "苏木", "社区", "村")
_NAME = ("ns", "nr", "nz", "nt")
"""Tags of words that may be names."""
_ASKED = re.compile("多少|几|哪")
"""What begins no name (多少块|村)."""
_LOOKED_INTO = 40
"""Articles in which a name is looked for: whose it is, if one place's, the first tell as well as all."""
_LONGEST = 4
"""Characters of a name up to which a verb in it is by chance."""
_OPENS = 3
"""Characters of the longest short name that a question begins with."""


def details_in(text: str, places: Sequence[Span], sources: Sources) -> list[Span]:
    """Streets, towns and communities that are named, without the place before them (谷城|庙滩镇)."""
    found = [d.span for d in sources.gazetteer.find_details(text) if text[d.span.start] not in "请把按将各"]
    for row in _TOGETHER.finditer(text):
        found += [
            Span(row.start() + m.start(), row.start() + m.end()) for m in re.finditer(r"[一-鿿]{2,4}", row["names"])
        ]
    cut = [Span(max([s.start, *(p.end for p in places if s.start <= p.start < p.end < s.end)]), s.end) for s in found]
    apart = [s for s in cut if s.of(text) not in _ENDINGS and not any(s.overlaps(p) for p in places)]
    return [s for s in apart if not _ASKED.match(s.of(text)) and not _is_phrase(s.of(text), sources)]


def _is_phrase(name: str, sources: Sources) -> bool:
    """Whether what ends like a village's name is a phrase that only ends so, and no name that the library has."""
    inner = plain_tokens(name)[:-1]
    return len(name) > _LONGEST and any(w.is_verb and len(w.word) > 1 for w in inner) and not sources.frequency([name])


def short_names(text: str, sources: Sources) -> list[tuple[Span, str]]:
    """Where a question that names no place has a town of the library by its short name (甪直), and its full one."""
    for stem in dict.fromkeys(_stems(text)):
        for name in (stem.of(text) + ending for ending in _ENDINGS):
            if sources.frequency([name]) and any(name in _bodies(a.body, sources) for a in _with(name, sources)):
                return [(stem, name)]
    return []


def place_of(name: str, sources: Sources) -> str | None:
    """The one county or city in which a street or town of the library lies, by its figures or else its articles."""
    articles = _with(name, sources)
    told = sources.catalogue.facts(articles=[a.id for a in articles])
    places = {f.place.adcode for f in told if f.subject == name and f.place}
    places = places or {a.place.adcode for a in articles if a.place and a.stands and name in _bodies(a.body, sources)}
    return places.pop() if len(places) == 1 else None


def _with(name: str, sources: Sources) -> list[Article]:
    """Articles that have a name, so many at most."""
    return sources.catalogue.articles(sources.catalogue.articles_with([name])[:_LOOKED_INTO])


def _bodies(body: str, sources: Sources) -> set[str]:
    return {d.surface for d in sources.gazetteer.find_details(body)}


def _stems(text: str) -> Iterator[Span]:
    """What may be a name without its ending: a word that is tagged so, or with which a question begins."""
    words = plain_tokens(text)
    yield from (Span(w.start, w.end) for w in words if w.tag in _NAME and 1 < len(w.word) <= _OPENS)
    known = {w.word for w in words if len(w.word) > 1 and w.tag not in _NAME}
    yield from (Span(0, n) for n in (2, _OPENS) if re.fullmatch("[一-鿿]+", text[:n]) and text[:n] not in known)
