"""The last resort of a question for a figure in everyday words: the sentence that is nearest to it in all the library.

Everyday words share little with a report's (拉起来多少义工: 招募志愿者450余人), but their meaning lies nearer to the
sentence that answers than to any sentence of another place. Where another place's lies nearer, the asked one is silent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from answer.asks import FIGURES
from answer.compose import Composition, Row
from answer.likeness import SEARCHED
from answer.match import ends_early, in_time, of_part_only, unheard_of
from answer.narrated import sentence_claim, tells_change
from answer.plan import Question
from answer.sources import Sources
from answer.speaking import FoundSentence, by_part, qualifying, speaking, without_put_aside
from corpus.catalogue import Scope
from corpus.model import Passage
from extract.exclude import context, reason
from extract.measures import dimension
from extract.quantities import scan

_ALIKE = 0.888
"""The cosine of a whole question and a sentence that answers it."""
_SHORT_OF_BEST = 0.013
"""How much less near a sentence may be than the nearest one of another place."""
_NEARLY = 0.01
"""How much less near than the best another sentence may be that is told beside it."""
_ELSEWHERE = 8
"""Passages of other places that are compared."""
_SURELY = 0.8
"""The share of the words of a sentence of the country, or of no known place, that is told for want of a figure."""
_TOLD = 2
_LONGEST = 200
"""Characters up to which a sentence is told whole: which of its clauses answers is not known."""
_COUNTABLES = frozenset("站点所室厅院馆队家屋桩园店市员者伍心构织")
"""What the names of sites, bodies and persons end in, of which a sentence that tells how many speaks by name."""
_COUNTABLE = {"thing", "body", "text", "none", "person", "household", "event", "structure"}


def nearest(made: Composition) -> bool:
    """Sentences of the asked place with a figure of the asked kind, as near to the question as the library has any."""
    question, sources = made.question, made.sources
    if len(question.plan.places) != 1 or not question.wanted:
        return False
    scope = sources.scope(question.places)
    inside = [
        h for h in _sentences(question, sources, SEARCHED, scope)
        if _figures(question, h.text) and in_time(question, h.article, h.text)
        and not _falls_short(question, sources, h)
    ]  # fmt: skip
    inside = without_put_aside(inside, sources)
    whole = sources.similarities(question.text, [h.text for h in inside])
    core = sources.similarities(question.core, [h.text for h in inside])
    if not inside or whole is None or core is None or max(whole) < _ALIKE:
        return False
    others = [h for h in _sentences(question, sources, SEARCHED + _ELSEWHERE, Scope()) if not _of_place(made, h)]
    others_core = sources.similarities(question.core, [h.text for h in others]) or [0.0]
    enough = max(others_core) - _SHORT_OF_BEST
    near = [(w + c, h) for w, c, h in zip(whole, core, inside, strict=True) if w >= _ALIKE and c >= enough]
    near.sort(key=lambda each: (-each[0], each[1].article.id, each[1].span))
    told = [h for score, h in near if score >= near[0][0] - 2 * _NEARLY][:_TOLD]
    for hit in told:
        claim = sentence_claim(made, hit, _LONGEST)
        made.say(claim.text + "。", claim)
    if told:
        made.warn("没有单独列出的数，以下是写到它的原句，请自行辨认。")
    return bool(told)


def surveyed(made: Composition) -> bool:
    """The sentences of all places that speak to a question and have a figure of its kind, where no figure matches."""
    question = made.question
    if question.places or question.condition or (question.ask and unheard_of(question.ask, made.sources)):
        return False
    found = qualifying(question, made.sources)
    heads = question.ask.heads if question.ask else ()
    heads = heads if question.plan.operation == "rank" or any(t.word[-1] in _COUNTABLES for t in heads) else ()
    numbered = [
        h for hits in found.values() for h in hits
        if _figures(question, h.text) and (h.place or h.words >= _SURELY) and in_time(question, h.article, h.text)
        and (not heads or any(t.share(h.text) for t in heads))
    ]  # fmt: skip
    kept = set(without_put_aside(numbered, made.sources))
    told = {p: [h for h in hits if h in kept] for p, hits in found.items()}
    claims = [c for hits in told.values() for c in made.holding([sentence_claim(made, h, _LONGEST) for h in hits])[:1]]
    for claim in claims:
        made.say(claim.text + "；", claim)
        made.rows.append(Row((claim.text.split("：", 1)[0], claim.text.split("：", 1)[-1]), claim))
    if claims:
        made.columns = ("地方", "依据")
        made.warn("没有单独列出的数，以下是写到它的原句，请自行辨认。")
    return bool(claims)


def _sentences(question: Question, sources: Sources, n: int, scope: Scope) -> list[FoundSentence]:
    """The sentences of the passages that search finds."""
    passages = [hit.passage for hit in sources.search(question.core, n, scope)]
    return list(dict.fromkeys(by_part(_of_passages(passages, sources), scope.places, sources)))


def _of_passages(passages: Iterable[Passage], sources: Sources) -> Iterator[FoundSentence]:
    for passage in passages:
        if (article := sources.article(passage.article)) is not None:
            yield from speaking(article, (), passage.span)


def _of_place(made: Composition, hit: FoundSentence) -> bool:
    contains = made.sources.gazetteer.contains
    return not hit.place or any(contains(p, hit.place) for p in made.question.plan.places)


def _falls_short(question: Question, sources: Sources, hit: FoundSentence) -> bool:
    """Whether the figures of a sentence are of a part of the year or of the place of which all is asked for."""
    facts = sources.facts_in(hit.article.id, hit.span)
    return any(ends_early(question, f) for f in facts) or (
        bool(facts) and all(of_part_only(question, f) for f in facts)
    )


def _figures(question: Question, text: str) -> bool:
    """Whether a sentence has a figure of the kind that is asked for, and tells a change where one is."""
    if question.plan.operation == "trend" and not tells_change(text):
        return False
    if not question.counts and question.plan.operation not in FIGURES:
        return True
    asked = {dimension(ask.unit) for ask in question.asks if ask.unit}
    wanted = asked | (_COUNTABLE if asked & _COUNTABLE else set())
    around = context(text)
    given = {dimension(q.unit) for q in scan(text) if q.unit and reason(q, around) is None}
    return bool(given & wanted) if asked else bool(given - {"duration"})
