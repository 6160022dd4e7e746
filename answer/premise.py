"""What a question takes for granted: a figure or a name of the asked place that is another place's, or is not so."""

from __future__ import annotations

from dataclasses import replace

from answer import counted, stated
from answer.compose import Composition
from answer.defined import definitions, name_asked
from answer.likeness import SEARCHED, context_of
from answer.match import CHANGE, find_facts
from answer.narrated import denied, sentence_claim
from answer.say import name_of
from answer.speaking import find_sentences
from corpus.catalogue import Scope
from corpus.model import Claim, Fact
from extract.measures import dimension

_NEAR = 0.3
"""The share of a question's subject that the paragraph of a figure of another place must have."""


def corrected(made: Composition) -> bool:
    """Tell whose the figure or name is, or what the library says instead; False where nothing is wrong."""
    question = made.question
    if not question.plan.places:
        return False
    if question.assumed and not _known(made) and denied(made):
        return True
    changed = question.plan.operation == "check" and CHANGE.search(question.text) is not None
    others = [] if changed else _figure_elsewhere(made) or _name_elsewhere(made)
    if others:
        _tell(made, others)
        return True
    if question.assumed and question.plan.operation != "check" and not _known(made):
        if find_facts(question, made.sources):
            made.warn("问题里的数与资料不符，已按资料更正。")
            return stated.check(made)
    return False


def moved(made: Composition) -> None:
    """Ask of the place in which a street, or what bears a quoted name, lies, where it is not in the place asked.

    Only of one of the same name, or of the same city: 北京通州二甲镇 lies in 南通通州.
    """
    question, sources = made.question, made.sources
    names = [name for _, name in question.bodies] + [t.word for t in question.wanted if t.name]
    if len(question.plan.places) != 1 or question.within or not names:
        return
    if sources.catalogue.articles_with(names[:1], sources.scope(question.places)):
        return
    elsewhere = sources.catalogue.articles(sources.catalogue.articles_with(names[:1]))
    places = {a.place.adcode for a in elsewhere if a.place and a.stands}
    asked, there = question.plan.places[0], places.pop() if len(places) == 1 else None
    if there is None or not _confused(made, asked, there):
        return
    gazetteer = sources.gazetteer
    here, other = name_of(gazetteer.place(asked)), name_of(gazetteer.place(there))
    made.say(f"资料中未见{here}有“{names[0]}”，它在{other}：")
    made.warn("问题里的地方与资料不符，已按资料更正。")
    bodies = tuple((there, name) for _, name in question.bodies)
    made.question = replace(question, plan=replace(question.plan, places=(there,)), bodies=bodies)


def _confused(made: Composition, first: str, second: str) -> bool:
    gazetteer = made.sources.gazetteer
    parents = {gazetteer.parent(first), gazetteer.parent(second)}
    return gazetteer.place(first).name == gazetteer.place(second).name or len(parents) == 1


def _tell(made: Composition, others: list[Claim]) -> None:
    names = "、".join(made.name(p) for p in made.question.plan.places)
    made.say(f"资料中未见{names}的这一说法，它是别处的：")
    for claim in others[:2]:
        made.say(claim.text + "。", claim)
    _asked_there(made, others[0].place)
    for fact in (f.fact for f in find_facts(made.question, made.sources)[:1]):
        own = counted.claim_of(made, fact)
        made.say("该地的说法是：" + own.text + "。", own)
    made.warn("问题里的前提与资料不符，已更正。")


def _asked_there(made: Composition, place: str | None) -> None:
    """What else is asked, of the place whose the figure or name is."""
    if place is None or made.question.plan.operation == "check":
        return
    there = replace(made.question, plan=replace(made.question.plan, places=(place,)), bodies=())
    for ask in there.asks:
        for fact in (f.fact for f in find_facts(there, made.sources, ask)[:1]):
            claim = counted.claim_of(made, fact)
            made.say(claim.text + "。", claim)


def _known(made: Composition) -> bool:
    """Whether the asked places have a figure that the question takes for granted."""
    return any(_assumed(made, f) for f in made.sources.catalogue.facts(made.sources.scope(made.question.places)))


def _assumed(made: Composition, fact: Fact) -> bool:
    return fact.stands and any(
        fact.quantity.value == a.value and dimension(fact.quantity.unit) == dimension(a.unit)
        for a in made.question.assumed
    )


def _figure_elsewhere(made: Composition) -> list[Claim]:
    """Claims of other places with the figure that the question takes for granted, on its subject."""
    question, sources = made.question, made.sources
    if not question.assumed or _known(made):
        return []
    scope = Scope(question.within)
    articles = {h.passage.article for h in sources.search(question.core, SEARCHED, scope)}
    facts = [f for f in sources.catalogue.facts(scope, articles=articles) if f.place and _assumed(made, f)]
    return [
        counted.claim_of(made, f)
        for f in facts if _about_it(made, f)
    ][:2]  # fmt: skip


def _about_it(made: Composition, fact: Fact) -> bool:
    """Whether a figure's paragraph has enough of the words of the question."""
    wanted = made.question.wanted
    text = fact.object + context_of(made.citations.article(fact.article), fact.sentence)[0][0]
    return sum(t.weight * t.share(text) for t in wanted) >= _NEAR * sum(t.weight for t in wanted)


def _name_elsewhere(made: Composition) -> list[Claim]:
    """Claims of other places with a quoted name that the asked places do not have, where no figure is asked."""
    question, sources = made.question, made.sources
    names = [t.word for t in question.wanted if t.name]
    if not names and question.plan.operation == "define" and (name := name_asked(made)):
        names = [name]
    if not names or question.counts or sources.catalogue.articles_with(names[:1], sources.scope(question.places)):
        return []
    scope = Scope(question.within)
    if claims := definitions(made, names[0], scope):
        return claims
    anywhere = replace(question, plan=replace(question.plan, places=()))
    return [sentence_claim(made, hits[0]) for hits in find_sentences(anywhere, sources).values()]
