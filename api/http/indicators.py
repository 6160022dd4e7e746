"""/v1/indicators: what figures measure: the known indicators and those that the figures' own words make."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from api.dictionary import define, merge, past, rename, split
from api.http.current import Here
from api.http.lists import Paged, Words
from api.http.models import Clean
from api.library import Library
from api.shapes import Json
from corpus.errors import UsageError
from corpus.indicators import ALONE, Indicator
from extract.measures import dimension

_MEASURED = {
    "stock": "某一时点有多少", "flow": "一段时间内新增或发生多少", "ratio": "占多大比重", "target": "目标是多少",
    "state": "处于什么状态",
}  # fmt: skip
_CHANGES = ("增速", "涨幅", "降幅", "增幅", "幅度")
"""How names of what tells a change end."""
_OPEN = "按原文的说法归为一项，尚未收入指标表。"


class IndicatorsIn(Paged):
    """Which indicators."""

    q: Words = Field(default="", description="名称、编号或说法里的词，空格隔开，都要有", examples=["驿站"])
    used: bool = Field(default=False, description="只要资料库里有数据的")


class IndicatorOut(BaseModel):
    """An indicator; ``known`` ones are of the dictionary, others are made from the words of the figures."""

    id: str
    name: str
    definition: str
    unit: str | None
    units: list[str]
    dimension: str
    type: Literal["stock", "flow", "ratio", "target", "state", "unknown"]
    family: str | None
    synonyms: list[str]
    actions: list[str]
    additive: bool | None
    known: bool
    facts: int


class IndicatorsOut(BaseModel):
    """One page, those with the most figures first; ``total`` is told on the first page."""

    items: list[IndicatorOut]
    next: str | None
    total: int | None


class ChangeIn(BaseModel):
    """What to change of an indicator; what is left out stays."""

    model_config = ConfigDict(extra="forbid")

    name: str | None = Field(default=None, max_length=60, description="新名称，资料库里它的数据随之改名")
    definition: Clean | None = Field(default=None, max_length=400, description="含义")
    units: list[str] | None = Field(default=None, max_length=20, description="不写不变，空表清除")
    synonyms: list[str] | None = Field(default=None, max_length=200, description="对象的说法，用于以后导入的材料")
    actions: list[str] | None = Field(default=None, max_length=200, description="动作的说法，用于以后导入的材料")
    author: str = Field(default="", max_length=40)


class MergeIn(BaseModel):
    """Which indicator goes into which."""

    model_config = ConfigDict(extra="forbid")

    indicator: str = Field(max_length=200)
    into: str = Field(max_length=200, description="编号或名称")
    author: str = Field(default="", max_length=40)


class SplitIn(BaseModel):
    """Which indicator's figures are to come out of which."""

    model_config = ConfigDict(extra="forbid")

    indicator: str = Field(max_length=200, description="现在的指标")
    source: str = Field(max_length=200, description="原来的指标")
    author: str = Field(default="", max_length=40)


class NameOut(BaseModel):
    """A name that figures had."""

    name: str
    facts: int


class MergedOut(NameOut):
    """An indicator that figures were merged from."""

    indicator: str


class PastOut(BaseModel):
    """What an indicator's figures were."""

    names: list[NameOut]
    merged: list[MergedOut]


class ChangedOut(BaseModel):
    """How many figures changed."""

    facts: int


router = APIRouter(prefix="/v1", tags=["资料"])


@router.get("/indicators", summary="指标：含义、单位、说法和数据条数", response_model=IndicatorsOut)
def indicators(asked: Annotated[IndicatorsIn, Query()], library: Here) -> Response:
    """A page of indicators, those with the most figures first."""
    counts = library.catalogue.indicator_counts()
    known = library.rules.indicators
    listed = [i for i in {*known, *counts} if i in counts or not asked.used]
    if words := asked.q.split():
        told = _words(known, library.catalogue.indicator_names())
        listed = [i for i in listed if all(word in told(i) for word in words)]
    listed.sort(key=lambda i: (-counts.get(i, (0, ""))[0], i))
    if asked.cursor is not None and asked.cursor not in listed:
        raise UsageError(f"游标 {asked.cursor!r} 已失效（资料库有变动或筛选条件不同），请从第一页重新读取。")
    start = 0 if asked.cursor is None else listed.index(asked.cursor) + 1
    page = listed[start : start + asked.limit]
    following = page[-1] if start + asked.limit < len(listed) else None
    total = len(listed) if asked.cursor is None else None
    return JSONResponse({"items": _shown(library, page, counts), "next": following, "total": total})


@router.patch(
    "/indicators/{indicator:path}",
    summary="给指标改名，写它的含义、单位和说法；不在指标表里的收入指标表",
    response_model=ChangedOut,
)
def change(indicator: str, asked: ChangeIn, library: Here) -> Response:
    """Rename or define."""
    changed = rename(library, indicator, asked.name, asked.author) if asked.name is not None else 0
    told = asked.model_dump(include={"definition", "units", "synonyms", "actions"}, exclude_none=True)
    if told:
        define(library, indicator, **told)
    return JSONResponse({"facts": changed})


@router.post("/indicators/merge", summary="把一个指标的数据并入另一个", response_model=ChangedOut)
def merged(asked: MergeIn, library: Here) -> Response:
    """Merge."""
    targets = library.indicator_ids(asked.into)
    if len(targets) > 1:
        raise UsageError(f"有几个名为“{asked.into}”的指标（{'、'.join(targets)}），请写编号。")
    into = targets[0] if targets else asked.into
    return JSONResponse({"facts": merge(library, asked.indicator, into, asked.author)})


@router.post("/indicators/split", summary="把并入的数据拆出来", response_model=ChangedOut)
def taken_apart(asked: SplitIn, library: Here) -> Response:
    """Undo a merge."""
    return JSONResponse({"facts": split(library, asked.indicator, asked.source, asked.author)})


@router.get("/indicators/past", summary="指标的曾用名，和并入它的指标", response_model=PastOut)
def before(indicator: Annotated[str, Query(max_length=200)], library: Here) -> Response:
    """What an indicator's figures were before they were renamed or merged."""
    found = past(library, indicator)
    names = [{"name": name, "facts": n} for name, n in found.names]
    merged = [{"indicator": code, "name": name, "facts": n} for code, name, n in found.merged]
    return JSONResponse({"names": names, "merged": merged})


def _words(known: Mapping[str, Indicator], names: Mapping[str, str]) -> Callable[[str], str]:
    """All words of an indicator, to be looked through."""

    def of(code: str) -> str:
        found = known.get(code)
        return " ".join((code, found.name, *found.objects) if found else (code, names.get(code, "")))

    return of


def _shown(library: Library, page: list[str], counts: Mapping[str, tuple[int, str]]) -> list[Json]:
    known = library.rules.indicators
    example = {f.indicator: f for f in library.catalogue.facts_by_id([counts[i][1] for i in page if i not in known])}
    return [
        _of_known(known[i], counts.get(i, (0, ""))[0]) if i in known
        else _of_words(i, example[i].indicator_name, example[i].quantity.unit, counts[i][0])
        for i in page if i in known or i in example
    ]  # fmt: skip


def _of_known(found: Indicator, facts: int) -> Json:
    unit = found.units[0] if found.units else None
    objects = [word.lstrip(ALONE) for word in found.objects if word != "*"]
    measured = "比过去变化了多少" if found.name.endswith(_CHANGES) else _MEASURED.get(found.stat_type, "数量")
    said = f"；原文常写作{'、'.join(found.verbs[:6])}" if found.verbs else ""
    made = f"{'、'.join(objects[:6]) or found.name}：{measured}{said}。"
    return {
        "id": found.id, "name": found.name, "definition": found.definition or made, "unit": unit,
        "units": list(found.units),
        "dimension": dimension(unit), "type": found.stat_type, "family": found.family, "synonyms": objects,
        "actions": list(found.verbs), "additive": found.additive, "known": True, "facts": facts,
    }  # fmt: skip


def _of_words(code: str, name: str, unit: str | None, facts: int) -> Json:
    return {
        "id": code, "name": name, "definition": _OPEN, "unit": unit, "units": [unit] if unit else [],
        "dimension": dimension(unit), "type": "unknown", "family": None, "synonyms": [], "actions": [],
        "additive": None, "known": False, "facts": facts,
    }  # fmt: skip
