"""A question → an answer: plan → evidence → compose → verify. With a model, its claims pass the same verifier."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from answer import counted, defined, narrated, stated, totals
from answer.by_aspect import by_aspect
from answer.cite import Citations
from answer.compose import Composition
from answer.edits import UNEDITED, PlanEdit
from answer.follow import completed
from answer.nearest import nearest, surveyed
from answer.plan import Arithmetic, Question, edited, read_question
from answer.premise import corrected, moved
from answer.say import name_of
from answer.sources import Sources
from corpus.errors import UsageError
from corpus.model import Answer, Operation, Plan

if TYPE_CHECKING:
    from answer.llm import ChatModel

_Try = Callable[[Composition], bool]
_FIGURES: dict[Operation, _Try] = {
    "lookup": counted.lookup, "list": counted.listing, "rank": counted.rank, "aggregate": totals.aggregate,
    "trend": counted.trend, "check": stated.check,
}  # fmt: skip
_WORDS: dict[Operation, _Try] = {
    "lookup": narrated.lookup, "survey": narrated.survey, "compare": narrated.compare, "define": defined.define,
}  # fmt: skip
_COMPUTED: dict[Arithmetic, _Try] = {
    "mean": totals.per_unit, "difference": totals.difference, "remainder": totals.remainder,
}  # fmt: skip
"""What is computed whatever the operation, where the figures for it are found."""
_NAMED = 10
"""How many of the listed places without evidence are named."""


def ask(
    question: str,
    sources: Sources,
    model: ChatModel | None = None,
    within: Sequence[str] = (),
    *,
    previous: Sequence[str] = (),
    edit: PlanEdit = UNEDITED,
    understood: Callable[[Plan], None] | None = None,
) -> Answer:
    """The answer to a question; a refusal where the library does not carry one.

    ``within``: adcodes of the places, with all below them, that the answer is limited to. ``previous``: the questions
    asked before, on which it may lean. ``edit``: what a person changed in its plan. ``understood`` hears of the plan
    before it is followed.

    Raises:
        UsageError: the question is empty.
    """
    started = time.perf_counter()
    if not question.strip():
        raise UsageError("问题是空的，请写出要问的内容。")

    def places_of(earlier: str) -> Sequence[str]:
        return ask(earlier, sources, within=within).coverage.places_with_evidence

    read = read_question(completed(question, previous, sources, places_of), sources)
    edit = edit.beyond(read.plan)
    if edit != UNEDITED:
        read = edited(read, edit, sources)
    if within:
        read = _limited(read, within, sources)
    if understood is not None:
        understood(read.plan)
    made = Composition(read, sources, Citations(sources))
    if within and not read.within:
        made.refuse("所问的地方不在所列的地方之中")
    else:
        _answer(made)
    answer = made.finish()
    if read.within:
        answer = replace(answer, caveats=(*answer.caveats, _limits(answer, len(within), sources)))
    if model is not None and not answer.refused:
        from answer.draft import draft

        answer = draft(read, answer, sources, model)
    return replace(answer, question=question, ms=(time.perf_counter() - started) * 1000)


def _limited(question: Question, listed: Sequence[str], sources: Sources) -> Question:
    """A question within what the places it names and those listed have in common; of the list where it names none."""
    contains, named = sources.gazetteer.contains, question.plan.places
    inside = [w for w in listed if not named or any(contains(n, w) for n in named)]
    within = dict.fromkeys((*inside, *(n for n in named if any(contains(w, n) for w in listed))))
    kept = tuple(n for n in named if any(contains(n, w) or contains(w, n) for w in within))
    return replace(question, within=tuple(within), plan=replace(question.plan, places=kept or named))


def _limits(answer: Answer, listed: int, sources: Sources) -> str:
    """What the answer was limited to, and which of the listed places say nothing of it."""
    without = [name_of(sources.gazetteer.place(p)) for p in answer.coverage.places_without]
    names = "、".join(without[:_NAMED]) + ("等" if len(without) > _NAMED else "")
    said = f"，其中 {len(without)} 个未提及：{names}" if without and not answer.refused else ""
    return f"只查了所列 {listed} 个地方的材料{said}。"


def _answer(made: Composition) -> None:
    moved(made)
    question = made.question
    if _outside(made):
        return
    if corrected(made):
        return
    for attempt in _attempts(question):
        if attempt(made):
            return
    made.refuse(_why(made))
    narrated.related(made)


def _attempts(question: Question) -> list[_Try]:
    """What to try, in order: figures where a number is asked for, sentences where a way of doing is."""
    operation = question.plan.operation
    if question.own_aspects:
        return [by_aspect]
    figures, words = _FIGURES.get(operation), _WORDS.get(operation)
    if computed := _COMPUTED.get(question.arithmetic):
        years = [counted.between_years] if question.arithmetic == "difference" else []
        return [*years, computed, *_told(question, figures, words)]
    return _told(question, figures, words)


def _told(question: Question, figures: _Try | None, words: _Try | None) -> list[_Try]:
    operation = question.plan.operation
    if question.counts or operation in ("rank", "aggregate", "trend", "list"):
        first = counted.listing if operation in ("compare", "survey") else figures or counted.lookup
        tries = [first, narrated.denied, narrated.figures_in_words] if question.counts else [first]
        tries += [nearest, surveyed]
        tries += [narrated.lookup] if question.tells and question.plan.places else []
        beside = narrated.lookup if operation == "lookup" else narrated.ways
        with_words = question.tells if operation == "lookup" else question.asks_ways
        first = _with_words(first, narrated.reasons) if question.asks_why else first
        return [_with_words(first, beside) if with_words else first, *tries[1:]]
    if operation == "check" and question.assumed and figures:
        return [figures, narrated.denied, narrated.checked, nearest]
    if operation == "check":
        return [
            stated.compared,
            stated.against_year,
            stated.of_plan,
            stated.turned,
            stated.ended,
            narrated.checked,
            nearest,
        ]
    figures_beside = [counted.between_years, counted.side_by_side] if operation == "compare" else []
    return [*figures_beside, words or narrated.lookup, nearest]


def _with_words(figures: _Try, words: _Try) -> _Try:
    """Figures, and what is told beside them where a question asks for both (谁掏钱建的，掏了多少)."""

    def both(made: Composition) -> bool:
        found = figures(made)
        return found and (words(made) or found)

    return both


def _outside(made: Composition) -> bool:
    """Refuse where a named place is unknown or not in the library."""
    question, sources = made.question, made.sources
    contains = sources.gazetteer.contains
    absent = [
        p for p in question.plan.places
        if not any(contains(p, held) or contains(held, p) for held in sources.places)
    ]  # fmt: skip
    if question.source and question.source.missing:
        made.refuse(f"资料库里没有{question.source.missing}")
        return True
    if question.unknown and not question.plan.places:
        several = sources.gazetteer.candidates(question.unknown[0])
        why = "不止一处同名，请写出它的上级" if several else "在行政区划里查不到，资料库里也没有，请检查写法"
        made.refuse(f"“{question.unknown[0]}”{why}")
        return True
    if absent and len(absent) == len(question.plan.places):
        made.refuse("资料库里没有" + "、".join(name_of(sources.gazetteer.place(p)) for p in absent) + "的材料")
        return True
    return False


def _why(made: Composition) -> str:
    question, sources = made.question, made.sources
    subject = question.plan.topic or "所问内容"
    if question.plan.places and not question.within:
        names = "、".join(name_of(sources.gazetteer.place(p)) for p in question.plan.places)
        return f"已查{names}的全部材料，没有写明“{subject}”" + ("的数" if question.counts else "")
    where = "所列地方" if question.within else "资料库中各地"
    return f"已查{where}的全部材料，没有写明“{subject}”" + ("的数" if question.counts else "")
