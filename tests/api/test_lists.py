from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.exports import correct
from api.http.app import create_app
from api.http.lists import PracticeOut
from api.library import Library
from api.shapes import practice_json
from corpus.catalogue import Catalogue
from corpus.corrections import Correction
from corpus.paging import WantedFacts
from corpus.retold import retold

TEXTS = {
    "甲.txt": "江苏昆山：驿站暖人心\n\n2026年6月，昆山市建成新就业群体驿站112个。\n\n昆山市计划新建驿站20个。\n",
    "乙.txt": "江苏昆山：再说驿站\n\n2026年6月，昆山市建成新就业群体驿站120个。\n",
    "丙.txt": "浙江德清：办好“小哥驿站”\n\n德清县建成新就业群体驿站52个，莫干山镇建成驿站3个。\n",
}


@pytest.fixture(scope="module")
def client(sample_library: Library) -> Iterator[TestClient]:
    with TestClient(create_app(sample_library)) as made:
        yield made


@pytest.fixture
def small(tmp_path: Path) -> Iterator[tuple[TestClient, Library]]:
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with Library.open(tmp_path / "library", create=True) as library:
        assert not library.ingest([tmp_path / name for name in TEXTS]).failures
        with TestClient(create_app(library)) as made:
            yield made, library


def _get(client: TestClient, path: str, **params: Any) -> dict[str, Any]:
    response = client.get(path, params=params)
    assert response.status_code == 200, response.text
    told: dict[str, Any] = response.json()
    return told


def _all(client: TestClient, path: str, limit: int, **params: Any) -> list[Any]:
    page = _get(client, path, limit=limit, **params)
    items, total = page["items"], page["total"]
    while page["next"]:
        page = _get(client, path, limit=limit, cursor=page["next"], **params)
        assert page["total"] is None
        items += page["items"]
    assert total == len(items)
    return items  # type: ignore[no-any-return]


@pytest.mark.parametrize("path", ["/v1/articles", "/v1/facts", "/v1/practices"])
@pytest.mark.parametrize("limit", [1, 7, 1000])
def test_pages_of_any_size_make_up_the_whole(
    client: TestClient, sample_library: Library, path: str, limit: int
) -> None:
    whole = {
        "/v1/articles": sample_library.articles,
        "/v1/facts": sample_library.facts,
        "/v1/practices": sample_library.practices,
    }[path]()  # type: ignore[operator]
    assert [item["id"] for item in _all(client, path, limit)] == [noun.id for noun in whole]


def test_practices_are_as_the_command_line_tells_them(client: TestClient, sample_library: Library) -> None:
    found = sample_library.practices()
    bodies = {a.id: a for a in sample_library.articles()}
    again = retold(found)
    told = _all(client, "/v1/practices", 10)
    assert told == [practice_json(p, bodies[p.article], again.get(p.id, ())) for p in found]
    for item in told:
        PracticeOut.model_validate(item)


def test_practices_are_filtered_and_belong_to_an_article(client: TestClient, sample_library: Library) -> None:
    found = sample_library.practices()
    theme = next(t for p in found for t in p.themes if t != "其他")
    by_theme = _all(client, "/v1/practices", 10, theme=theme)
    assert [p["id"] for p in by_theme] == [p.id for p in found if theme in p.themes]
    kind = found[0].kind
    assert [p["id"] for p in _all(client, "/v1/practices", 10, kind=kind)] == [p.id for p in found if p.kind == kind]
    place = next(p.place for p in found if p.place)
    near = _all(client, "/v1/practices", 10, place=place.name)
    assert near and {p["place"]["adcode"] for p in near} == {place.adcode}
    article = found[0].article
    told = _all(client, f"/v1/articles/{article}/practices", 10)
    assert [p["id"] for p in told] == [p.id for p in found if p.article == article]
    assert client.get("/v1/articles/none/practices").status_code == 404


def test_facts_are_filtered_by_what_the_desk_needs(small: tuple[TestClient, Library]) -> None:
    client, library = small

    def texts(**params: Any) -> list[str]:
        return [f["text"] for f in _all(client, "/v1/facts", 2, **params)]

    assert sorted(texts()) == ["112个", "120个", "20个", "3个", "52个"]
    assert sorted(texts(place="江苏省")) == ["112个", "120个", "20个"]
    assert sorted(texts(place=["德清县", "320583"])) == sorted(texts())
    assert texts(level="township") == ["3个"] and texts(status="planned") == ["20个"]
    assert sorted(texts(q="计划 驿站")) == ["20个"]
    assert sorted(texts(q="莫干山")) == ["3个", "52个"], "the sentence is looked in"
    assert texts(q="100%_") == [] and texts(indicator="没有的指标") == []
    assert sorted(texts(year="2026-06")) == ["112个", "120个"]
    assert "no_period" in _all(client, "/v1/facts", 9, flag="no_period")[0]["flags"]
    assert "112个" not in texts(flag="no_period")
    article = next(a for a in library.articles() if a.name == "丙.txt")
    assert sorted(texts(article=article.id)) == sorted(texts(document=article.document)) == ["3个", "52个"]
    named = _all(client, "/v1/facts", 9, level="township")[0]
    assert named["id"] in {f["id"] for f in _all(client, "/v1/facts", 9, indicator=named["indicator_name"])}


def test_contradicting_facts_come_first_until_a_person_sets_them_right(small: tuple[TestClient, Library]) -> None:
    client, library = small
    told = _all(client, "/v1/facts", 2, sort="doubt")
    assert [f["doubt"] for f in told[:2]] == ["数值不一", "数值不一"]
    assert {f["text"] for f in told[:2]} == {"112个", "120个"} and len(told) == 5
    assert {f["doubt"] for f in told[2:]} <= {"未写明时间", "时间为推定", None}
    wrong = next(f for f in told if f["text"] == "112个")
    correct(library, [Correction(wrong["id"], "value", "112", "120")], "李")
    again = _all(client, "/v1/facts", 2, sort="doubt")
    assert "数值不一" not in {f["doubt"] for f in again}
    assert [f["value"] for f in _all(client, "/v1/facts", 2, flag="corrected")] == ["120"]


def test_articles_are_filtered(small: tuple[TestClient, Library]) -> None:
    client, _ = small

    def names(**params: Any) -> set[str]:
        return {a["name"] for a in _all(client, "/v1/articles", 1, **params)}

    assert names(q="小哥之家") == set() and names(q="小哥 驿站 德清") == {"丙.txt"}
    assert names(place=["昆山市", "德清县"]) == set(TEXTS)
    assert names(kind="policy") == set()
    listed = _get(client, "/v1/articles", q="德清", body=True)["items"][0]
    assert len(listed["body"]) == listed["chars"]


@pytest.mark.parametrize("path", ["/v1/articles", "/v1/facts", "/v1/practices", "/v1/facts?sort=doubt"])
def test_a_cursor_that_is_gone_is_told(client: TestClient, path: str) -> None:
    response = client.get(path, params={"cursor": "gone"} | ({"sort": "doubt"} if "sort" in path else {}))
    assert response.status_code == 422 and "gone" in response.json()["detail"]


def test_what_has_not_changed_is_not_sent_again(small: tuple[TestClient, Library]) -> None:
    client, library = small
    article = library.articles()[0].id
    for path in ("/v1/articles", "/v1/facts?limit=2", f"/v1/articles/{article}", "/v1/practices"):
        first = client.get(path)
        tag = first.headers["etag"]
        assert first.headers["cache-control"] == "private, no-cache"
        again = client.get(path, headers={"if-none-match": f'"x", {tag}'})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert again.headers["content-security-policy"]
    other = client.get("/v1/facts?limit=3", headers={"if-none-match": client.get("/v1/facts?limit=2").headers["etag"]})
    assert other.status_code == 200, "another page is another thing"
    tag = client.get("/v1/facts").headers["etag"]
    fact = library.facts()[0]
    correct(library, [Correction(fact.id, "value", str(fact.quantity.value), "7")], "李")
    changed = client.get("/v1/facts", headers={"if-none-match": tag})
    assert changed.status_code == 200 and "7" in {f["value"] for f in changed.json()["items"]}
    assert "etag" not in client.get("/v1/articles/none").headers
    tag = client.get("/v1/indicators").headers["etag"]
    client.patch("/v1/indicators/site.stations", json={"synonyms": ["歇脚点"]}).raise_for_status()
    defined = client.get("/v1/indicators", params={"q": "歇脚点"}, headers={"if-none-match": tag})
    assert [i["id"] for i in defined.json()["items"]] == ["site.stations"]
    assert client.get("/v1/indicators").headers["etag"] != tag, "the library's own dictionary counts too"


def test_who_changed_what_is_told_in_pages_the_newest_first(small: tuple[TestClient, Library]) -> None:
    client, library = small
    facts = library.facts()[:3]
    for fact in facts:
        correct(
            library, [Correction(fact.id, "object", fact.object, "站"), Correction(fact.id, "action", "", "建")], "李"
        )
    changes, cursor = [], None
    while True:
        page = _get(client, "/v1/corrections", limit=2, **({"cursor": cursor} if cursor else {}))
        changes += [(c["fact"], c["field"], c["author"]) for c in page["items"]]
        if (cursor := page["next"]) is None:
            break
    assert changes == [(f.id, field, "李") for f in reversed(facts) for field in ("action", "object")]
    assert client.get("/v1/corrections", params={"cursor": "gone"}).status_code == 422


def test_a_correction_revises_the_order_by_doubt_without_reading_all_facts(
    small: tuple[TestClient, Library], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, library = small
    told = _all(client, "/v1/facts", 9, sort="doubt")
    wrong = next(f for f in told if f["text"] == "112个")
    change = {"fact": wrong["id"], "version": 0, "fields": {"value": "120"}}
    assert client.post("/v1/corrections", json={"author": "李", "changes": [change]}).status_code == 200
    with monkeypatch.context() as patched:
        patched.setattr(Catalogue, "doubtful", lambda *_: pytest.fail("all facts were read again"))
        again = {f["id"]: f["doubt"] for f in _all(client, "/v1/facts", 9, sort="doubt")}
    assert again == library.catalogue.doubtful(WantedFacts()) and "数值不一" not in again.values()
