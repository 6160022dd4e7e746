"""The user's own map: which shapes are shown, in what order, and what is said of files that are none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.library import Library
from api.maps import draw_map, read_map
from api.settings import Settings
from corpus.errors import UsageError
from corpus.places import Gazetteer
from tests.conftest import library_of

GAZETTEER = Gazetteer.load()
SEA = {
    "type": "Feature",
    "properties": {},
    "geometry": {"type": "MultiLineString", "coordinates": [[[110, 5], [111, 9]]]},
}


def square(west: float, south: float, **properties: Any) -> dict[str, Any]:
    """A place as a square of one degree."""
    ring = [[west, south], [west + 1, south], [west + 1, south + 1], [west, south + 1], [west, south]]
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}


FEATURES = [
    square(119.5, 30.2, adcode=330521, name="德清县"),
    square(118.7, 30.2, gb="156330522"),
    square(120.6, 31.0, name="昆山市"),
    square(118.0, 29.0, adcode="330500"),
    SEA,
]


def written(folder: Path, **more: Any) -> Path:
    """A map file."""
    path = folder / "地图.json"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": FEATURES, **more}), "utf-8")
    return path


def test_neighbours_of_one_level_are_shown_around_the_places(tmp_path: Path) -> None:
    told = read_map(written(tmp_path, 审图号="浙S（2025）0号"), GAZETTEER)
    assert told.approval == "浙S（2025）0号"
    assert [o.adcode for o in told.outlines] == ["330521", "330522", "320583", "330500", None]
    drawn = draw_map(told, ["330521"], GAZETTEER)
    assert [(s["adcode"], s["name"]) for s in drawn["shapes"]] == [("330521", "德清县"), ("330522", "长兴县")]
    west = drawn["shapes"][1]
    assert west["path"].startswith("M0,") and west["path"].endswith("Z")
    assert 0 <= west["at"][0] <= drawn["width"] and 0 <= west["at"][1] <= drawn["height"]


def test_a_place_in_several_features_is_one_and_empty_rings_are_nothing(tmp_path: Path) -> None:
    empty = {"type": "Feature", "properties": {"adcode": 330523}, "geometry": {"type": "Polygon", "coordinates": [[]]}}
    islands = [square(119.5, 30.2, adcode=330521), square(121.5, 30.2, adcode=330521), empty]
    told = read_map(written(tmp_path, features=islands), GAZETTEER)
    assert [(o.adcode, len(o.rings)) for o in told.outlines] == [("330521", 2)]
    (shape,) = draw_map(told, ["330521", "330523"], GAZETTEER)["shapes"]
    assert shape["path"].count("M") == 2


def test_across_provinces_the_whole_map_is_shown_with_its_lines(tmp_path: Path) -> None:
    told = read_map(written(tmp_path), GAZETTEER)
    drawn = draw_map(told, ["330521", "320583", "330500"], GAZETTEER)
    assert [s["adcode"] for s in drawn["shapes"]] == ["330500", "330521", "330522", "320583", None], "large ones below"
    assert "Z" not in drawn["shapes"][-1]["path"]
    assert draw_map(told, ["110101"], GAZETTEER)["shapes"] == []


@pytest.mark.parametrize(
    "text",
    [
        "not json", "[]", "{}", '{"features": [3]}', '{"features": []}', "[" * 100_000,
        '{"features": [{"geometry": {"type": "Polygon"}}]}',
        json.dumps({"features": [square(500000, 3400000, adcode=330521)]}),
        json.dumps({"features": [square(1, 1, name="乌有县")]}),
    ],
)  # fmt: skip
def test_a_file_that_is_no_map_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "坏.json"
    path.write_text(text, "utf-8")
    with pytest.raises(UsageError, match="坏.json"):
        read_map(path, GAZETTEER)
    with pytest.raises(UsageError, match="TONGJIAN_MAP"):
        read_map(tmp_path / "没有.json", GAZETTEER)


def test_the_desk_tells_shapes_only_where_a_map_is_configured(tmp_path: Path) -> None:
    path = written(tmp_path)
    with (
        library_of(tmp_path, {"甲.txt": "德清县建成驿站52个。\n"}) as library,
        TestClient(create_app(library)) as client,
    ):
        refused = client.post("/v1/desk/map", json={"places": ["德清县"]})
        assert refused.status_code == 422 and "TONGJIAN_MAP" in refused.json()["detail"]
        assert "data-map" not in client.get("/compare").text
        folder = library.folder
    with (
        Library.open(folder, settings=Settings(library=folder, map=path)) as library,
        TestClient(create_app(library)) as client,
    ):
        told = client.post("/v1/desk/map", json={"places": ["德清县"]}).json()
        assert (told["name"], told["approval"], len(told["shapes"])) == ("地图.json", None, 2)
        assert "data-map" in client.get("/compare").text and str(path) in client.get("/settings").text
        path.write_text("{}", "utf-8")
        assert client.post("/v1/desk/map", json={"places": ["德清县"]}).status_code == 422, (
            "a changed file is read anew"
        )
