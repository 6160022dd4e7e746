"""The user's own map (GeoJSON, ``TONGJIAN_MAP``) → shapes of places to be coloured by a figure.

No map is shipped: one that is published in China needs an approval number (审图号), which the file brings along.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from corpus.errors import UsageError
from corpus.model import PlaceLevel

if TYPE_CHECKING:
    from api.shapes import Json
    from corpus.places import Gazetteer

Point = tuple[float, float]
"""Longitude and latitude in degrees."""
_CODES = ("adcode", "code", "gb", "区划代码", "行政区划代码", "id")
_NAMES = ("name", "NAME", "名称", "地名")
_APPROVAL = ("审图号", "approval")
_LEVELS = get_args(PlaceLevel)
_WIDTH = 1000
"""Units of a drawn map from west to east."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The rings of a place, or of what the map shows without being a place (adcode None: boundary lines of the sea)."""

    adcode: str | None
    rings: tuple[tuple[Point, ...], ...]


@dataclass(frozen=True, slots=True)
class Map:
    """A map file as read."""

    name: str
    approval: str | None
    outlines: tuple[Outline, ...]


def read_map(path: Path, gazetteer: Gazetteer) -> Map:
    """The outlines of a GeoJSON file; a feature is a place by its code or, without one, by its whole name.

    Raises:
        UsageError: the file is missing, no GeoJSON, or shows no known place.
    """
    try:
        told = json.loads(path.read_text("utf-8-sig"))
        outlines = _merged(_outlines(told["features"], gazetteer))
    except OSError as exc:
        raise UsageError(f"打不开地图文件 {path.name!r}。请检查 TONGJIAN_MAP 的路径。") from exc
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as exc:
        raise UsageError(f"地图文件 {path.name!r} 不是 GeoJSON（FeatureCollection，经纬度）。") from exc
    if not any(outline.adcode for outline in outlines):
        raise UsageError(f"地图文件 {path.name!r} 里没有认得的地方。各要素应有 adcode（区划代码）或 name（全称）。")
    approval = next((str(told[key]) for key in _APPROVAL if told.get(key)), None)
    return Map(path.name, approval, outlines)


def _outlines(features: Sequence[Any], gazetteer: Gazetteer) -> Iterator[Outline]:
    for feature in features:
        rings = tuple(_rings(feature.get("geometry") or {}))
        if rings:
            yield Outline(_place(feature, gazetteer), rings)


def _merged(outlines: Iterable[Outline]) -> tuple[Outline, ...]:
    """One outline for each place, of whatever features it is drawn in (islands)."""
    made: dict[object, Outline] = {}
    for outline in outlines:
        key = outline.adcode or len(made)
        before = made[key].rings if key in made else ()
        made[key] = Outline(outline.adcode, before + outline.rings)
    return tuple(made.values())


def _rings(geometry: dict[str, Any]) -> Iterator[tuple[Point, ...]]:
    kind, told = geometry.get("type"), geometry.get("coordinates")
    if kind == "GeometryCollection":
        for part in geometry["geometries"]:
            yield from _rings(part)
        return
    depth = {"LineString": 0, "MultiLineString": 1, "Polygon": 1, "MultiPolygon": 2}.get(str(kind))
    if depth is None:
        return
    rings: list[Any] = [told]
    for _ in range(depth):
        rings = [ring for several in rings for ring in several]
    for ring in filter(None, rings):
        points = tuple((float(x), float(y)) for x, y, *_ in ring)
        if not all(abs(x) <= 180 and abs(y) < 90 for x, y in points):
            raise ValueError("not longitude and latitude")
        yield points


def _place(feature: dict[str, Any], gazetteer: Gazetteer) -> str | None:
    told = {"id": feature.get("id")} | (feature.get("properties") or {})
    for key in _CODES:
        digits = str(told.get(key) or "").removeprefix("156")[:6]
        if digits in gazetteer.divisions:
            return digits
    for key in _NAMES:
        found = gazetteer.resolve(str(told.get(key) or ""))
        if found and not found.detail:
            return found.adcode
    return None


def draw_map(told: Map, places: Sequence[str], gazetteer: Gazetteer) -> Json:
    """The shapes of some places among their neighbours: ``{width, height, shapes: [{adcode, name, path, at}]}``.

    ``path`` is SVG path data, ``at`` where a name may stand. Neighbours are what the map shows beside them at their
    levels in the smallest place around all of them, or across provinces in the whole of it, its lines of no place
    included. Larger places come first, so that smaller ones lie on them; nothing where the map shows none of them.
    """
    asked = {o.adcode for o in told.outlines if o.adcode} & set(places)
    if not asked:
        return {"width": _WIDTH, "height": 0, "shapes": []}
    levels = {gazetteer.level(code) for code in asked}
    around = gazetteer.common(asked)
    if around in asked:
        around = gazetteer.parent(around)

    def shown(code: str | None) -> bool:
        if code is None:
            return around is None
        return code in asked or (
            gazetteer.level(code) in levels and (around is None or gazetteer.contains(around, code))
        )

    def rank(outline: Outline) -> int:
        return len(_LEVELS) if outline.adcode is None else _LEVELS.index(gazetteer.level(outline.adcode))

    drawn = sorted((o for o in told.outlines if shown(o.adcode)), key=rank)
    frame = _Frame([point for outline in drawn for ring in outline.rings for point in ring])
    return {"width": _WIDTH, "height": frame.height, "shapes": [_shape(o, frame, gazetteer) for o in drawn]}


def _shape(outline: Outline, frame: _Frame, gazetteer: Gazetteer) -> Json:
    code = outline.adcode
    paths = [frame.path(ring, closed=code is not None) for ring in outline.rings]
    return {
        "adcode": code, "name": gazetteer.place(code).name if code else "",
        "path": " ".join(path for path in paths if path), "at": frame.middle(max(outline.rings, key=len)),
    }  # fmt: skip


class _Frame:
    """Equirectangular projection, true to scale at the middle latitude, onto a sheet of whole units."""

    def __init__(self, points: Sequence[Point]) -> None:
        west, east = min(x for x, _ in points), max(x for x, _ in points)
        south, self.north = min(y for _, y in points), max(y for _, y in points)
        self.west, self.squeeze = west, math.cos(math.radians((south + self.north) / 2))
        self.scale = _WIDTH / max((east - west) * self.squeeze, 1e-9)
        self.height = round((self.north - south) * self.scale)

    def at(self, point: Point) -> tuple[int, int]:
        x, y = point
        return round((x - self.west) * self.squeeze * self.scale), round((self.north - y) * self.scale)

    def path(self, ring: Sequence[Point], *, closed: bool) -> str:
        """SVG path data, without neighbours that fall together; nothing where all do."""
        placed = [at for at, _ in groupby(self.at(point) for point in ring)]
        if len(placed) < 2:
            return ""
        return "M" + "L".join(f"{x},{y}" for x, y in placed) + ("Z" if closed else "")

    def middle(self, ring: Sequence[Point]) -> tuple[int, int]:
        """The middle of a ring's box."""
        placed = [self.at(point) for point in ring]
        xs, ys = [x for x, _ in placed], [y for _, y in placed]
        return (min(xs) + max(xs)) // 2, (min(ys) + max(ys)) // 2
