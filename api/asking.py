"""A plan as a person edited it, in the words of the doors → ``PlanEdit``; pydantic stands at this edge."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from answer.codebook import Aspect, aspects_named, read_aspects
from answer.edits import PlanEdit
from corpus.errors import UsageError
from corpus.labels import OPERATION, code_of
from corpus.model import Operation, Period
from extract.period import find_period

if TYPE_CHECKING:
    from api.library import Library

_TOLD_ONLY = ("assumed", "asked", "reading", "names")
"""What an answer's plan tells besides, and nobody edits."""


class AspectIn(BaseModel):
    """One aspect of a codebook."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=40, description="方面的名称")
    definition: str = Field(default="", max_length=400, description="什么算这一方面")
    examples: list[str] = Field(default_factory=list, max_length=50, description="标志词")


class PeriodIn(BaseModel):
    """A period: in words, or from a date to a date."""

    model_config = ConfigDict(extra="ignore")

    text: str | None = Field(default=None, max_length=60)
    start: str | None = Field(default=None, pattern=r"^\d{4}-\d{2}-\d{2}$")
    end: str | None = Field(default=None, pattern=r"^\d{4}-\d{2}-\d{2}$")


class PlanIn(BaseModel):
    """The edited fields of a plan; what is left out, or is as it was understood, stays."""

    model_config = ConfigDict(extra="forbid")

    operation: str | None = Field(default=None, description="问法，如 rank 或 按数量排列")
    places: list[str] | None = Field(default=None, max_length=4000, description="地名或代码；空表为资料库中各地")
    indicators: list[str] | None = Field(default=None, max_length=20, description="指标编号或名称")
    topic: str | None = Field(default=None, max_length=200, description="要查的内容")
    period: PeriodIn | str | None = Field(default=None, description="时间，如 2026年上半年；null 为不限")
    aspects: list[str | AspectIn] | None = Field(default=None, max_length=20, description="分开列出的方面")

    @model_validator(mode="before")
    @classmethod
    def _edited_only(cls, raw: Any) -> Any:  # noqa: ANN401
        return {k: v for k, v in raw.items() if k not in _TOLD_ONLY} if isinstance(raw, dict) else raw


Codebook = Path | Sequence[str | AspectIn | Aspect] | None
"""The aspects to tell apart: a CSV file, or names and whole aspects."""


def read_plan(raw: Mapping[str, object]) -> PlanIn:
    """An edited plan in the form that an answer shows it.

    Raises:
        UsageError: a field is unknown or of another form; the message names it.
    """
    try:
        return PlanIn.model_validate(dict(raw))
    except ValidationError as exc:
        where = ".".join(str(part) for part in exc.errors()[0]["loc"])
        fields = "、".join(PlanIn.model_fields)
        raise UsageError(f"改过的计划格式不对：{where or '整体'}。可改的有 {fields}。") from exc


def edit_of(library: Library, plan: PlanIn | None, aspects: Codebook) -> PlanEdit:
    """What was edited, its places and indicators looked up; ``aspects`` are the codebook's where the plan names none.

    Raises:
        UsageError: an operation, place, indicator or period is unknown, or a field is empty; the message says which.
    """
    plan = plan or PlanIn()
    if plan.topic is not None and not plan.topic.strip():
        raise UsageError("计划里要查的内容是空的，请写出要查什么。")
    told = _aspects(plan.aspects) if plan.aspects is not None else _aspects(aspects)
    return PlanEdit(
        operation=_operation(plan.operation),
        places=None if plan.places is None else tuple(library.resolve(p).adcode for p in plan.places),
        indicators=None if plan.indicators is None else tuple(_indicator(library, i) for i in plan.indicators),
        topic=plan.topic.strip() if plan.topic else None,
        period=_period(plan.period) if "period" in plan.model_fields_set else None,
        aspects=told or None,
    )


def _operation(word: str | None) -> Operation | None:
    code = code_of(OPERATION, word) if word else None
    if word and code is None:
        raise UsageError(f"没有问法 {word!r}。可用的有 {'、'.join(OPERATION.values())}。")
    return cast(Operation, code) if code else None


def _indicator(library: Library, word: str) -> str:
    if re.fullmatch(r"open\.[^.]*\.[^.]+\.[^.]*", word):
        return word
    found = next((i for i, each in library.rules.indicators.items() if word in (i, each.name)), None)
    if found is None:
        raise UsageError(f"没有指标 {word!r}。请写已有指标的名称或编号。", command="tongjian facts --json")
    return found


def _period(told: PeriodIn | str | None) -> Period | Literal[""]:
    if isinstance(told, PeriodIn):
        if told.start and told.end:
            return Period(told.text, told.start, told.end, "stated")
        told = told.text
    if not told:
        return ""
    found = find_period(told, None)
    if found is None or found.start is None:
        raise UsageError(f"读不懂时间 {told!r}。请写成 2026年、2026年上半年 或 2026年1月至6月。")
    return found


def _aspects(told: Codebook) -> tuple[Aspect, ...]:
    if isinstance(told, Path):
        return read_aspects(told)
    made: list[Aspect] = []
    for each in told or ():
        if isinstance(each, str):
            made += aspects_named([each])
        elif isinstance(each, AspectIn):
            made.append(Aspect(each.name, each.definition, tuple(each.examples)))
        else:
            made.append(each)
    return tuple(made)
