"""POST /v1/compare: places beside each other, by indicators or by a theme; a cell's citations are as an answer's."""

from __future__ import annotations

import time
from typing import Any, Literal

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from answer.codebook import Aspect
from api.asking import AspectIn
from api.comparing import compare_indicators, compare_theme, in_order_given
from api.http.current import Here
from api.http.lists import FactStatus, Place
from api.http.models import CitationOut, PeriodOut, PlaceOut, TableOut, Text
from corpus.errors import UsageError


class CompareIn(BaseModel):
    """What to compare: indicators, or a theme; without either the indicators that several places have."""

    model_config = ConfigDict(extra="forbid")

    places: list[Place] | None = Field(
        default=None, max_length=4000, description="地名或代码，含其下各地；不写为资料库中各地",
        examples=[["德清县", "昆山市"]],
    )  # fmt: skip
    indicators: list[Text] = Field(
        default=[], max_length=60, description="指标的编号或名称", examples=[["site.stations"]]
    )
    theme: Text | None = Field(default=None, description="要比较的内容，如 骑手驿站")
    aspects: list[AspectIn] = Field(default=[], max_length=20, description="自己的编码表；不写为自带的六个方面")
    order: Literal["code", "given"] = Field(default="code", description="code 按行政区划代码，given 按所写的次序")
    statuses: list[FactStatus] = Field(default=["done", "ongoing"], min_length=1, description="数据的状态")


class FigureOut(BaseModel):
    """A figure with its sources; ``text`` is as written, ``shown`` as a table shows it, ``bound`` how exact it is."""

    model_config = ConfigDict(extra="allow")

    fact: str
    text: str
    shown: str
    object: str
    bound: str
    period: PeriodOut
    remarks: str
    citations: list[int]


class ValuedOut(FigureOut):
    """A figure in the column's unit."""

    value: str
    value_high: str | None
    status: FactStatus


class FigureCellOut(ValuedOut):
    """A place's figure; ``others`` are what else its sources say, ``times`` its figures where of several dates.

    ``parts`` are parts of what there is, changes of it, and additions to it. Several of ``times`` with the same end of
    period contradict each other.
    """

    others: list[FigureOut]
    parts: list[FigureOut]
    times: list[ValuedOut]


class PointOut(FigureOut):
    """A figure of a body below the place (点位数据)."""

    place: PlaceOut | None
    subject: str
    level: str
    indicator: str
    indicator_name: str
    status: FactStatus


class SentenceOut(BaseModel):
    """A sentence of a source."""

    text: str
    citations: list[int]


class SaidCellOut(BaseModel):
    """What a place says on an aspect; its ``code`` is 1, 0 where it says there is none, or 未提及."""

    code: Literal["1", "0", "未提及"]
    sentences: list[SentenceOut]


class RowOut(BaseModel):
    """A place with a cell for each column; null where no source tells a figure."""

    place: PlaceOut
    cells: list[FigureCellOut | SaidCellOut | None]


class ColumnOut(BaseModel):
    """An indicator with its unit, or an aspect; ``notes`` tell where the figures differ in what they speak of."""

    model_config = ConfigDict(extra="allow")

    name: str
    notes: list[str]
    indicator: str | None = None
    unit: str | None = None
    definition: str | None = None


class CompareOut(BaseModel):
    """Rows in administrative order, or the one given; ``table`` and ``references`` are as an answer's."""

    kind: Literal["indicators", "theme"]
    order: Literal["code", "given"]
    theme: str | None
    columns: list[ColumnOut]
    rows: list[RowOut]
    points: list[PointOut]
    table: TableOut
    citations: list[CitationOut]
    references: dict[str, dict[str, str | None]]
    notes: list[str]
    places_without: list[str]
    ms: float


router = APIRouter(prefix="/v1", tags=["问答"])


@router.post("/compare", summary="各地对比：按指标列数，或按主题列原句", response_model=CompareOut)
def compare(asked: CompareIn, library: Here) -> Response:
    """A table of places, each cell with its sources."""
    started = time.perf_counter()
    made: dict[str, Any]
    if asked.theme is None:
        if asked.aspects:
            raise UsageError("aspects 要和 theme 一起用。")
        made = compare_indicators(library, asked.places, asked.indicators, asked.statuses)
    else:
        if asked.indicators:
            raise UsageError("theme 和 indicators 只能用一个。")
        aspects = [Aspect(a.name, a.definition, tuple(a.examples)) for a in asked.aspects]
        made = compare_theme(library, asked.theme, asked.places, aspects)
    if asked.order == "given":
        made = in_order_given(made, library.scope(asked.places).places, library.gazetteer)
    return JSONResponse(made | {"ms": round((time.perf_counter() - started) * 1000, 1)})
