"""GET and POST /v1/exports: facts and practices as a file to download."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import FileResponse
from pydantic import BaseModel, ConfigDict, Field

from api.exports import Chosen
from api.exports import export as write
from api.http.current import Here
from api.http.files import as_file
from api.http.lists import FactLevel, FactStatus, Place, Words, Year
from api.library import Library

Format = Literal["xlsx", "csv", "parquet", "jsonl"]
MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "jsonl": "application/x-ndjson",
}


class ExportIn(BaseModel):
    """What to export, and how."""

    model_config = ConfigDict(extra="forbid")

    format: Format = Field(default="xlsx", description="文件格式", examples=["xlsx"])
    place: list[Place] | None = Field(
        default=None, max_length=4000, description="地名或代码，含其下各地；可写多个", examples=[["贵州省"]]
    )
    indicator: str | None = Field(default=None, max_length=200, description="指标的编号或名称")
    status: FactStatus | None = Field(default=None, description="状态")
    theme: str | None = Field(default=None, max_length=60, description="主题，如 基层治理")
    q: Words = Field(default="", description="数据的对象、动作或原句里的词，空格隔开，都要有")
    level: FactLevel | None = Field(default=None, description="数据的主体层级")
    flag: str | None = Field(default=None, pattern=r"^[a-z_]{1,40}$", description="数据带有的标记")
    year: Year | None = Field(default=None, description="数据截止的年、年月或日；没写时间的按发布日期")


router = APIRouter(prefix="/v1", tags=["资料"])
_RESPONSES = {
    200: {
        "description": "文件",
        "content": {kind.partition(";")[0]: {"schema": {"type": "string", "format": "binary"}} for kind in
                    MEDIA_TYPES.values()},
    }
}  # fmt: skip


@router.get("/exports", summary="把数据和做法导出为文件", response_class=FileResponse, responses=_RESPONSES)  # type: ignore[arg-type]
def export_by_address(asked: Annotated[ExportIn, Query()], library: Here) -> FileResponse:
    """A file, everything in the address."""
    return _file(library, asked)


@router.post("/exports", summary="把数据和做法导出为文件", response_class=FileResponse, responses=_RESPONSES)  # type: ignore[arg-type]
def export(asked: ExportIn, library: Here) -> FileResponse:
    """The same for a long list of places."""
    return _file(library, asked)


def _file(library: Library, asked: ExportIn) -> FileResponse:
    place = asked.place[0] if asked.place and len(asked.place) == 1 else asked.place
    chosen = Chosen(
        place, asked.indicator, asked.status, asked.theme, tuple(asked.q.split()), asked.level, asked.flag, asked.year
    )
    return as_file(
        f"通鉴数据{date.today():%Y%m%d}.{asked.format}",
        lambda out: write(library, out, chosen),
        MEDIA_TYPES[asked.format],
    )
