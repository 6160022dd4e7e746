"""Places held against the whole they lie in, or the mean of all, as a question demands (低于全市平均水平)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from answer.arithmetic import undecided
from answer.asks import Ask
from answer.choose import adcode_of
from answer.compose import Composition
from answer.match import find_facts
from answer.plan import Question
from answer.say import OWN_LEVELS
from corpus.model import Fact, Quantity
from extract.measures import dimension

_ALL_OF = re.compile("全([省市州盟])")


def rate_around(made: Composition, ask: Ask | None, chosen: Sequence[Fact]) -> Fact | None:
    """The rate of the place that all of the figures' places lie in, where these are rates."""
    contains = made.sources.gazetteer.contains
    codes = {adcode_of(f) for f in chosen}
    for found in find_facts(made.question, made.sources, ask):
        fact = found.fact
        rate = dimension(fact.quantity.unit) == "ratio" and fact.subject_level in OWN_LEVELS
        if rate and adcode_of(fact) not in codes and all(contains(adcode_of(fact), code) for code in codes):
            return fact
    return None


def in_one_place(made: Composition, figures: Sequence[Fact]) -> bool:
    """Whether figures are of one city or province, where a mean over 全市 or 全省 is asked for."""
    told = _ALL_OF.search(made.question.text)
    if told is None:
        return True
    gazetteer = made.sources.gazetteer
    around = gazetteer.common(adcode_of(f) for f in figures)
    wide = around is not None and gazetteer.level(around) == "province"
    return around is not None and (told[1] == "省" or not wide or gazetteer.place(around).name.endswith(told[1]))


def beyond(question: Question, chosen: Sequence[Fact], limit: Quantity) -> list[Fact]:
    """The figures that surely lie above the limit, or below it, as is asked."""
    below = question.against == "under"
    apart = [f for f in chosen if not undecided(f.quantity, limit)]
    return [f for f in apart if (f.quantity.value < limit.value if below else f.quantity.value > limit.value)]
