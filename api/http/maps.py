"""POST /v1/desk/map: shapes of places on the map that the user configured."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from api.http.current import Here, Remembered
from api.http.lists import Place
from api.maps import draw_map, read_map
from corpus.errors import UsageError

router = APIRouter(prefix="/v1/desk", tags=["网页"])


class MapIn(BaseModel):
    """What to show."""

    places: list[Place] = Field(
        min_length=1, max_length=4000, description="地名或代码", examples=[["330521", "昆山市"]]
    )


@router.post("/map", summary="所配置地图上各地的轮廓")
def shapes(asked: MapIn, library: Here, request: Request) -> JSONResponse:
    """The shapes of the places and of their neighbours, the file's name and its approval number."""
    path = library.settings.map
    if path is None:
        raise UsageError("没有配置地图。请把 TONGJIAN_MAP 设为一个 GeoJSON 文件后重新启动。")
    remembered: Remembered = request.app.state.remembered
    written = path.stat().st_mtime_ns if path.is_file() else None
    told = remembered(library, ("map", path, written), lambda: read_map(path, library.gazetteer))
    drawn = draw_map(told, [library.resolve(place).adcode for place in asked.places], library.gazetteer)
    return JSONResponse(drawn | {"name": told.name, "approval": told.approval})
