from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.http.indicators import IndicatorsOut
from api.http.places import PlacesOut
from api.library import Library
from api.places import holding_json


@pytest.fixture(scope="module")
def client(sample_library: Library) -> Iterator[TestClient]:
    with TestClient(create_app(sample_library)) as made:
        yield made


def _nodes(items: list[Any]) -> list[Any]:
    return [node for item in items for node in (item, *_nodes(item["children"]))]


def test_the_tree_counts_what_the_library_holds_of_each_place(client: TestClient, sample_library: Library) -> None:
    told = client.get("/v1/places").json()
    PlacesOut.model_validate(told)
    nodes = _nodes(told["items"])
    assert [n["adcode"] for n in nodes] == sorted(n["adcode"] for n in nodes), "in code order"
    assert {n["parent"] for n in told["items"]} == {None}
    for node in nodes:
        ((place, held),) = sample_library.holdings([node["adcode"]])
        assert {k: node[k] for k in holding_json(place, held)} == holding_json(place, held)
        assert all(child["parent"] == node["adcode"] for child in node["children"])
    assert [n["adcode"] for n in nodes if n["own_articles"]] == sample_library.catalogue.places()


def test_a_name_is_resolved_or_its_meanings_told(client: TestClient) -> None:
    one = client.get("/v1/places", params={"q": "三都县"}).json()
    PlacesOut.model_validate(one)
    assert one["resolved"] == "522732" and one["items"][0]["name"] == "三都水族自治县"
    several = client.get("/v1/places", params={"q": "鼓楼区"}).json()
    assert several["resolved"] is None and len(several["items"]) > 2
    assert client.get("/v1/places", params={"q": "火星"}).json() == {"items": [], "resolved": None}
    both = client.get("/v1/places", params={"q": "三都县", "place": "三都县"})
    assert both.status_code == 422


def test_named_places_come_in_the_order_asked(client: TestClient, sample_library: Library) -> None:
    first, second = sample_library.catalogue.places()[:2]
    told = client.get("/v1/places", params={"place": [second, first]}).json()
    assert [n["adcode"] for n in told["items"]] == [second, first]
    assert client.get("/v1/places", params={"place": "火星"}).status_code == 422


def test_indicators_tell_what_they_are_and_how_many_figures_they_have(
    client: TestClient, sample_library: Library
) -> None:
    items: list[Any] = []
    cursor = None
    while True:
        page = client.get("/v1/indicators", params={"limit": 50} | ({"cursor": cursor} if cursor else {})).json()
        IndicatorsOut.model_validate(page)
        items, cursor = items + page["items"], page["next"]
        if cursor is None:
            break
    counts = sample_library.catalogue.indicator_counts()
    assert {i["id"]: i["facts"] for i in items if i["facts"]} == {i: n for i, (n, _) in counts.items()}
    assert len({i["id"] for i in items}) == len(items) == len({*counts, *sample_library.rules.indicators})
    assert [i["facts"] for i in items] == sorted((i["facts"] for i in items), reverse=True)
    stations = next(i for i in items if i["id"] == "site.stations")
    assert stations["known"] and "驿站" in "".join(stations["synonyms"]) and stations["type"] in ("stock", "flow")
    opened = next(i for i in items if not i["known"])
    assert opened["name"] and opened["facts"] > 0 and opened["type"] == "unknown"


def test_indicators_are_found_by_word(client: TestClient) -> None:
    found = client.get("/v1/indicators", params={"q": "驿站", "used": True}).json()
    assert "site.stations" in {i["id"] for i in found["items"]}
    assert all(i["facts"] for i in found["items"]) and found["total"] == len(found["items"])
    assert client.get("/v1/indicators", params={"q": "没有这种"}).json()["items"] == []
    assert client.get("/v1/indicators", params={"cursor": "gone"}).status_code == 422
