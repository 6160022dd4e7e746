"""Claims of an answer as entries of an issue: in the claim's words, verified through the spans it cites."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from answer.issue import new_entry
from answer.sources import Sources
from answer.units import credited
from answer.verify import verify_claims
from corpus.digests import Entry, Issue, Source, Stated
from corpus.model import Article, Citation, Claim


def stated(
    claims: Sequence[Claim],
    citations: Mapping[int, Citation],
    articles: Mapping[str, Article],
    names: Mapping[str, str],
) -> Iterator[Entry]:
    """An entry for each place that claims speak of, and one for those of no place; a count of places is none.

    ``names`` are the headings, place → name, "" for those of no place.
    """
    places = dict.fromkeys(claim.place for claim in claims)
    for place in places:
        said = [claim for claim in claims if claim.place == place and _says(claim)]
        if said:
            yield _entry(place, names[place or ""], said, citations, articles)


def held(issue: Issue, sources: Sources) -> Issue:
    """The issue with the claims that their quotes carry; others are struck out, their sentences stay."""
    if not any(entry.claims for entry in issue.entries):
        return issue
    sections = (
        replace(section, entries=tuple(_held(entry, sources) for entry in section.entries))
        for section in issue.sections
    )
    return replace(issue, sections=tuple(sections))


def carried(stated: Stated, entry: Entry, sources: Sources) -> bool:
    """Whether the sources that a claim names carry it."""
    if not all(n < len(entry.sources) for n in stated.sources):
        return False
    cited = [_citation(n, entry.sources[n], sources.article(entry.sources[n].article)) for n in stated.sources]
    claim = Claim(stated.text, entry.place, stated.sources, stated.derivation)
    return verify_claims([claim], cited, sources)[0].verified


def _says(claim: Claim) -> bool:
    return claim.derivation is None or claim.derivation.operation != "count"


def _entry(
    place: str | None,
    heading: str,
    claims: Sequence[Claim],
    citations: Mapping[int, Citation],
    articles: Mapping[str, Article],
) -> Entry:
    numbers = dict.fromkeys(n for claim in claims for n in claim.citations if n in citations)
    cited = [citations[n] for n in numbers if citations[n].field == "body"]
    at = {each.n: number for number, each in enumerate(cited)}
    told = [
        Stated(_sentence(claim.text, heading), tuple(at[n] for n in claim.citations if n in at), claim.derivation)
        for claim in claims
    ]
    units = dict.fromkeys(filter(None, (credited(articles[each.article]) for each in cited)))
    return replace(
        new_entry(heading, "".join(each.text for each in told), "、".join(units)), place=place, claims=tuple(told),
        sources=tuple(Source(each.article, each.start, each.end, each.quote) for each in cited),
    )  # fmt: skip


def _sentence(text: str, heading: str) -> str:
    """A claim as a sentence, without the name that stands above it.

    >>> _sentence("平遥县：驿站实行“商户轮值”", "平遥县"), _sentence("平遥县建成驿站38个。", "平遥县")
    ('驿站实行“商户轮值”。', '平遥县建成驿站38个。')
    """
    return text.removeprefix(f"{heading}：").rstrip("。；") + "。"


def _held(entry: Entry, sources: Sources) -> Entry:
    return replace(entry, claims=tuple(claim for claim in entry.claims if carried(claim, entry, sources)))


def _citation(n: int, source: Source, article: Article | None) -> Citation:
    title = article.title if article else ""
    return Citation(n, source.article, title, None, "", source.quote, source.start, source.end)
