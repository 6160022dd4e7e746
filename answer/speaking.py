"""Which sentences of the library speak to a question, and which places do what it asks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from answer.below import parts_below
from answer.likeness import (
    BY_WORDS,
    ENOUGH,
    HEADED,
    NEARBY,
    SEARCHED,
    headings_over,
    likeness,
    plainly,
    share_in,
    title_of,
)
from answer.match import for_others, in_time
from answer.plan import Question
from answer.sources import Sources
from answer.words import Term
from corpus.model import Article, Passage, Span
from extract.actions import is_action
from extract.areas import Areas, areas
from extract.sentences import clauses, paragraphs, sentences
from extract.status import says_planned

_DOES, _DOES_IN_WORDS = 0.5, 0.42
"""The fit, and the share of the words, of a sentence by which a place is counted among those that do something."""
_MAY_DO, _MAY_DO_OF_BEST = 0.4, 0.65
"""The fit, and its part of the best, that is enough where no place is surely one of them."""
_FIRST, _OF_FIRST = 8, 0.5
"""Passages that search finds first, whose places count as well, and the part of the best fit that they must have."""
_MEANS, _SOME_WORDS, _APART = 0.75, 0.3, 0.12
"""The likeness in meaning, and the share of the words, by which a place is counted as well, where all that are counted
lie so far above all others in meaning."""
_COMPARED, _COMPARED_NEAR = 80, 60
"""How many candidates, those with the most words first, are compared in meaning, and how many sentences beside them
that stand in the passages search finds first."""
_ALL_WORDS = 0.85
"""The share of the words of a sentence that speaks to the question without being compared in meaning, where there are
more such than are compared."""
_OF_A_VERB = 0.5
"""What a verb counts, beside a noun, of a question for ways of doing."""
_WITH_NUMBER = 0.4
"""What a sentence gains that has a number the question takes for granted."""
_HEADING = re.compile(r"[^，。！？；：,]{1,36}")
"""A line that makes no pause tells nothing by itself."""
_ASKS_NONE = re.compile(
    r"(?<!有)(?:没有?|未)(?![什说记超])[^，。？]{1,20}(?:县|市|区|旗|地方|有哪|是哪)|哪[^，。？]{0,12}(?:没有?|未)(?![什说超])"
)
"""A question for the places that do not do something."""
_ASKS_WHICH = re.compile("哪(?:些|几)?个?(?:地方|地区|省|市|州|盟|县|区|旗|城市|乡|镇|街道|社区|村)|哪[里儿]|谁")
"""A question for the places that do something, not for what each does."""
_SAYS_NONE = re.compile("没有?|尚未|还未|未(?:建|设|统计|开展|组建|启动|出台|实行)|暂无|尚无")
_NOT_YET = re.compile("(?:还|尚|仍)(?:没有?|未)")
_HAS_DONE = re.compile("已|建成|完成|开展了|上半年")
_OF_COUNTRY = 12
"""Sentences that are looked at of documents about no place."""
_LEADING = 40
"""Characters of the longest line that only leads on to what follows."""


@dataclass(frozen=True, slots=True)
class FoundSentence:
    """A sentence of an article and how well it fits, 0 to 1; ``words``: by its words alone.

    ``below``: the place within the article's own of which this part of a sentence tells; ``head``: the head of the
    paragraph that names the way of working which the sentence tells.
    """

    article: Article
    span: Span
    score: float
    words: float = 1.0
    below: str = ""
    head: Span | None = None

    @property
    def meaning(self) -> float:
        """Its likeness in meaning, 0 to 1."""
        return 2 * self.score - self.words

    @property
    def place(self) -> str:
        """The adcode of the place it tells of; "" of none."""
        return self.below or (self.article.place.adcode if self.article.place else "")

    @property
    def text(self) -> str:
        """Its characters."""
        return self.span.of(self.article.body)

    @property
    def headed(self) -> str:
        """The same behind its head."""
        return f"{self.head.of(self.article.body)}：{self.text}" if self.head else self.text


def find_sentences(question: Question, sources: Sources, *, per_place: int = 3) -> dict[str, list[FoundSentence]]:
    """For each place of the library in the question's scope, its sentences that speak to it, best first."""
    found: dict[str, list[FoundSentence]] = {}
    for hit in _placed(question, [h for h in _spoken(question, sources) if h.score >= ENOUGH]):
        found.setdefault(hit.place, []).append(hit)
    return {place: _top(hits, per_place if place else _OF_COUNTRY) for place, hits in sorted(found.items())}


def qualifying(question: Question, sources: Sources) -> dict[str, list[FoundSentence]]:
    """For each place that does what a question over many places asks, its best sentences; the others do not count."""
    question = _of_ways(question)
    found = _placed(question, _spoken(question, sources))
    if question.level is not None:
        found = [h for h in found if sources.gazetteer.level(h.place) == question.level]
    if _ASKS_NONE.search(question.text):
        nouns = [t for t in question.wanted if t.noun]
        none = [h for h in found if _denies(h.text, nouns)]
        found = [h for h in none if any(_denies(c.of(h.text), nouns) for c in clauses(h.text))] or none
    elif question.plan.operation in ("survey", "list"):
        found = [h for h in found if not _NOT_YET.search(h.text)] or found
    found = [h for h in found if not for_others(question, h.text, h.article.body)]
    if question.planned is False:
        found = [h for h in found if not _is_plan(h, sources)] or found
    sure = {h.place for h in found if h.score >= _DOES and h.words >= _DOES_IN_WORDS}
    sure |= _as_well(found, sure)
    best = max((h.score for h in found), default=0.0)
    which = _ASKS_WHICH.search(question.text) or _ASKS_NONE.search(question.text)
    first = set() if which else _first_found(question, sources)
    sure |= {h.place for h in found if h.place in first and h.score >= max(_MAY_DO, _OF_FIRST * best)}
    if not sure:
        sure = {h.place for h in found if h.score >= max(_MAY_DO, _MAY_DO_OF_BEST * best)}
    by_place: dict[str, list[FoundSentence]] = {}
    for hit in found:
        if hit.place in sure:
            by_place.setdefault(hit.place, []).append(hit)
    return {place: _top(hits, 3 if place else _OF_COUNTRY) for place, hits in sorted(by_place.items())}


def _denies(text: str, nouns: Sequence[Term]) -> bool:
    """Whether a text denies something and names a thing that is asked about (尚未建立驿站, not 手机没电)."""
    return _SAYS_NONE.search(text) is not None and any(t.within(text) for t in nouns)


def _of_ways(question: Question) -> Question:
    """A question for ways of doing with its verbs counting less: places tell them in other words (留住, 带不走)."""
    nouns = any(t.noun for t in question.wanted)
    if question.plan.operation != "survey" or not question.tells or not nouns:
        return question
    verbs = {t.word for t in question.wanted if not t.noun or is_action(t.word)}
    wanted = (replace(t, weight=t.weight * _OF_A_VERB) if t.word in verbs else t for t in question.wanted)
    return replace(question, wanted=tuple(wanted))


def _is_plan(hit: FoundSentence, sources: Sources) -> bool:
    """Whether a sentence tells what is planned: by its words, or by a heading above it as far as its figures know."""
    if says_planned(hit.text):
        return _HAS_DONE.search(hit.text) is None
    facts = sources.facts_in(hit.article.id, hit.span)
    return bool(facts) and all(f.status == "planned" for f in facts)


def _placed(question: Question, hits: Sequence[FoundSentence]) -> list[FoundSentence]:
    """What tells of places; of the country where it is asked about, or nothing does that speaks to the question."""
    placed, others = ([h for h in hits if (h.place != "") is of_places] for of_places in (True, False))
    if question.country == "only" and others:
        return others
    speaks = question.country is None or any(h.score >= ENOUGH for h in placed)
    return placed if speaks else others or placed


def _first_found(question: Question, sources: Sources) -> set[str]:
    """The places told of in the passages that search finds first."""
    passages = [(sources.article(p.article), p.span) for p in _searched(question, sources)[:_FIRST]]
    told = (h for article, span in passages if article is not None for h in speaking(article, (), span))
    return {h.place for h in by_part(told, question.places, sources)}


def _as_well(found: Sequence[FoundSentence], sure: set[str]) -> set[str]:
    """The places that mean the same in other words, where they and the sure ones stand apart from all others."""
    best: dict[str, float] = {}
    for hit in found:
        best[hit.place] = max(best.get(hit.place, 0.0), hit.meaning)
    more = {h.place for h in found if h.meaning >= _MEANS and h.words >= _SOME_WORDS}
    lowest = min((best[p] for p in more | sure), default=0.0)
    highest = max((m for p, m in best.items() if p not in more | sure), default=0.0)
    return more if lowest - highest >= _APART else set()


def _spoken(question: Question, sources: Sources) -> Sequence[FoundSentence]:
    def find() -> Iterator[FoundSentence]:
        told = (h for h in _speaking(question, sources) if question.may_cite(h.article.id))
        here = list(by_part(told, question.places, sources))
        then = [h for h in here if in_time(question, h.article, h.text)]
        return iter(then if any(h.score >= ENOUGH for h in then) or _dated(question) else here)

    return sources.once(("sentences", question), find)


def _dated(question: Question) -> bool:
    """Whether figures of a time are asked for, which a text of another time does not tell."""
    return question.counts and question.plan.period is not None


def by_part(found: Iterable[FoundSentence], places: Sequence[str], sources: Sources) -> Iterator[FoundSentence]:
    """Sentences that tell of some places, or of any; one of a larger place as many as it tells of places in it."""
    contains = sources.gazetteer.contains
    for hit in _parted(found, sources):
        if not places or any(contains(place, hit.place) for place in places if hit.place):
            yield hit


def _parted(found: Iterable[FoundSentence], sources: Sources) -> Iterator[FoundSentence]:
    for hit in found:
        told = False
        for codes, run in parts_below(hit.text, hit.article.place, sources.gazetteer):
            span = Span(hit.span.start + run.start, hit.span.start + run.end)
            for code in codes:
                told = True
                yield replace(hit, span=span, below=code)
        if not told:
            yield replace(hit, below=_areas(hit.article, sources).at(hit.span.start) or "")


def _areas(article: Article, sources: Sources) -> Areas:
    def read() -> Iterator[Areas]:
        yield areas(article, sources.gazetteer.find(article.body), sources.gazetteer)

    return sources.once(("areas", article.id), read)[0]


def _speaking(question: Question, sources: Sources) -> Iterator[FoundSentence]:
    """The sentences that have the question's words or stand where search finds, with their fit."""
    by_words = {
        (h.article.id, h.span): h
        for a in _candidates(question, sources)
        for h in speaking(a, question.wanted, None, question.plan.assumed)
    }
    near: list[FoundSentence] = []
    for passage in _searched(question, sources):
        if (article := sources.article(passage.article)) is not None:
            near += speaking(article, question.wanted, passage.span, question.plan.assumed)
    by_words.update({(h.article.id, h.span): h for h in near})
    hits = sorted(by_words.values(), key=lambda h: (-h.words, h.article.id, h.span))
    sure = [h for h in hits if h.words >= _ALL_WORDS]
    yield from (replace(h, score=h.words * _ALL_WORDS) for h in sure[_COMPARED:])
    hits = [*sure[:_COMPARED], *hits[len(sure) :]][:_COMPARED]
    known = {(h.article.id, h.span) for h in hits}
    hits += [h for h in near if (h.article.id, h.span) not in known][:_COMPARED_NEAR]
    for hit, meaning in zip(hits, meanings(question.core or question.text, hits, sources), strict=True):
        yield replace(hit, score=(hit.words + meaning) / 2)


def _searched(question: Question, sources: Sources) -> Sequence[Passage]:
    """The passages that search finds, best first."""
    text, places = question.core or question.text, question.places

    def find() -> Iterator[Passage]:
        return (hit.passage for hit in sources.search(text, SEARCHED, sources.scope(places)))

    return sources.once(("passages", text, places), find)


def meanings(text: str, hits: Sequence[FoundSentence], sources: Sources) -> list[float]:
    """How near each sentence is to a text in meaning, 0 to 1; without an encoder, as near as its words."""
    cosines = sources.similarities(text, [h.headed for h in hits])
    if cosines is None:
        return [h.words if h.words >= BY_WORDS else -h.words for h in hits]
    return [likeness(cosine) for cosine in cosines]


def speaking(
    article: Article, wanted: Sequence[Term], within: Span | None = None, assumed: Sequence[str] = ()
) -> Iterator[FoundSentence]:
    """The sentences of an article with their share of the words; a name must stand in them or around.

    ``assumed``: numbers the question takes for granted, which speak for a sentence that has them.
    """
    if not article.stands:
        return
    whole = sum(t.weight for t in wanted) or 1.0
    titled = [share_in(t, [title_of(article)]) for t in wanted]
    for paragraph in paragraphs(article.body):
        if within is not None and not paragraph.overlaps(within):
            continue
        heads = plainly(headings_over(article, paragraph.start))
        text = heads + plainly(paragraph.of(article.body))
        here = [t.share(text) for t in wanted]
        headed = [HEADED * t.share(heads) for t in wanted]
        around = [max(NEARBY * h, head, title) for h, head, title in zip(here, headed, titled, strict=True)]
        if any(t.name and not share for t, share in zip(wanted, around, strict=True)):
            continue
        for span in sentences(article.body, paragraph):
            if within is not None and not span.overlaps(within):
                continue
            said = plainly(span.of(article.body))
            if _is_heading(article, span, said) or any(span.overlaps(repeat) for repeat in article.repeats):
                continue
            shares = (max(t.share(said), a) if h else a for t, h, a in zip(wanted, here, around, strict=True))
            share = sum(t.weight * s for t, s in zip(wanted, shares, strict=True)) / whole
            if any(number in said for number in assumed):
                share = min(share + _WITH_NUMBER, 1.0)
            yield FoundSentence(article, span, share, share)


def without_put_aside(hits: Sequence[FoundSentence], sources: Sources) -> list[FoundSentence]:
    """The sentences, without those that tell a figure that a person put aside (不采用)."""
    facts = sources.catalogue.facts(articles={h.article.id for h in hits}) if hits else []
    aside = [(f.article, f.quantity.span) for f in facts if "not_used" in f.flags]
    return [h for h in hits if not any(a == h.article.id and span.overlaps(h.span) for a, span in aside)]


def _is_heading(article: Article, span: Span, said: str) -> bool:
    """Whether a sentence is a line without a pause, one that leads on (各县专班：), or a heading run into its text."""
    leads = said.endswith(("：", ":")) and len(said) <= _LEADING
    return (
        _HEADING.fullmatch(said) is not None
        or leads
        or any(h.span.start <= span.start and span.end <= h.span.end + 1 for h in article.headings)
    )


def _candidates(question: Question, sources: Sources) -> list[Article]:
    """Articles that have one of the two weightiest terms in some form; all in scope where the question has no term."""
    scope = sources.scope(question.places)
    if not question.wanted:
        return sources.catalogue.articles(scope=scope)
    heaviest = sorted(question.wanted, key=lambda t: -t.weight)[:2] if not scope else question.wanted
    ids = {i for term in heaviest for i in sources.catalogue.articles_with(sorted(term.forms), scope)}
    return sources.catalogue.articles(ids)


def _top(hits: list[FoundSentence], n: int) -> list[FoundSentence]:
    best = max(h.score for h in hits)
    kept = [h for h in hits if h.score >= best - 0.2]
    return sorted(kept, key=lambda h: (-h.score, h.article.id, h.span))[:n]
