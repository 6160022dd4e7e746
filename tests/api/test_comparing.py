from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.http.comparing import CompareOut
from api.library import Library
from tests.conftest import library_of

TEXTS = {
    "甲.txt": "江苏昆山：驿站暖人心\n\n2026年6月，昆山市建成新就业群体驿站112个。昆山市投入资金240万元。\n",
    "乙.txt": "江苏昆山：再说驿站\n\n2026年6月，昆山市建成新就业群体驿站120个。\n",
    "丙.txt": "浙江德清：办好驿站\n\n2025年德清县建成爱心驿站52个，莫干山镇建成驿站3个。德清县选派党建指导员210名。\n",
    "丁.txt": "山西平遥：院坝说事\n\n平遥县组织老党员调解邻里纠纷，上半年化解争议130件。\n",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with library_of(tmp_path_factory.mktemp("comparing"), TEXTS) as made:
        yield made


@pytest.fixture(scope="module")
def client(library: Library) -> Iterator[TestClient]:
    with TestClient(create_app(library)) as made:
        yield made


def _compared(client: TestClient, library: Library, **asked: Any) -> dict[str, Any]:
    """A comparison; every citation of it is to the character what the article says."""
    response = client.post("/v1/compare", json=asked)
    assert response.status_code == 200, response.text
    told: dict[str, Any] = response.json()
    CompareOut.model_validate(told)
    for citation in told["citations"]:
        assert library.article(citation["article"]).body[citation["start"] : citation["end"]] == citation["quote"]
    known = {c["n"] for c in told["citations"]}
    table = told["table"]
    assert {n for row in table["cell_citations"] for cell in row for n in cell} <= known
    assert all(len(row) == len(table["columns"]) for row in (*table["rows"], *table["cell_citations"]))
    assert len(table["rows"]) == len(told["rows"])
    return told


def test_figures_stand_in_code_order_with_sources_and_blanks(client: TestClient, library: Library) -> None:
    told = _compared(client, library, indicators=["site.stations", "党建指导员选派数"])
    assert [c["indicator"] for c in told["columns"]] == ["site.stations", "party.instructor.dispatched"]
    assert [r["place"]["adcode"] for r in told["rows"]] == ["320583", "330521"]
    kunshan, deqing = told["rows"]
    assert kunshan["cells"][1] is None and told["table"]["rows"][0][2] == "", "not told is blank, never 0"
    cell = deqing["cells"][0]
    assert (cell["value"], cell["text"]) == ("52", "52个")
    quote = told["citations"][cell["citations"][0] - 1]["quote"]
    assert "52个" in quote
    others = [kunshan["cells"][0], *kunshan["cells"][0]["others"]]
    assert {o["text"] for o in others} == {"112个", "120个"}, "what sources say otherwise is not hidden"


DATED = {
    "一.txt": "竹溪县：驿站进展\n\n截至2026年3月底，竹溪县建成新就业群体驿站30个，较上年底新增5个。\n",
    "二.txt": "竹溪县：驿站进展\n\n截至2026年6月底，竹溪县建成新就业群体驿站60个，其中城区21个。\n",
    "三.txt": "竹溪县：驿站又一说\n\n截至2026年6月底，竹溪县建成新就业群体驿站近20个。\n",
    "四.txt": "竹溪县：志愿服务\n\n截至2026年3月底，竹溪县注册志愿者800名。截至2026年6月底，竹溪县新增志愿者915名。\n",
}


def test_figures_of_several_dates_are_levels_and_none_is_lost(tmp_path: Path) -> None:
    with library_of(tmp_path, DATED) as library, TestClient(create_app(library)) as client:
        told = _compared(client, library, places=["竹溪县"], indicators=["site.stations", "volunteer.count"])
    stations, volunteers = told["rows"][0]["cells"]
    said = [(p["period"]["end"], p["text"], p["bound"]) for p in stations["times"]]
    assert said[0] == ("2026-03-31", "30个", "exact")
    assert sorted(said[1:]) == [("2026-06-30", "20个", "less_than"), ("2026-06-30", "60个", "exact")]
    assert all(point["citations"] for point in stations["times"])
    assert volunteers["times"] == [], "an addition is no level"
    assert {o["text"]: o["period"]["end"] for o in stations["others"]}["30个"] == "2026-03-31"
    assert all("remarks" in other for other in stations["others"])


ADDED = {
    "修武.txt": "河南修武：驿站有暖意\n\n近日，修武县又有3个新就业群体驿站揭牌启用。"
    "至此，全县驿站总数达到21个，其中城区15个。\n",
    "德清.txt": "浙江德清：办好驿站\n\n德清县新建驿站5个。\n",
    "昆山.txt": "江苏昆山：驿站暖人心\n\n昆山市有驿站112个，另一处说建成驿站120个。\n",
}


def test_a_total_so_far_stands_before_what_is_new_and_parts(tmp_path: Path) -> None:
    with library_of(tmp_path, ADDED) as library, TestClient(create_app(library)) as client:
        told = _compared(client, library, indicators=["site.stations"])
        cells = {row["place"]["name"]: row["cells"][0] for row in told["rows"]}
        assert "21个" in library.ask("修武县有多少个驿站？").text
    assert [cells[name]["text"] for name in ("昆山市", "德清县", "修武县")] == ["112个", "5个", "21个"]
    assert [o["text"] for o in cells["修武县"]["others"]] == []
    assert {o["text"] for o in cells["修武县"]["parts"]} == {"3个", "15个"}
    assert [o["text"] for o in cells["昆山市"]["others"]] == ["120个"]
    assert "德清县的是新增数，不是总数。" in told["columns"][0]["notes"]


def test_what_was_settled_of_what_was_taken_up_stands_and_has_its_line(tmp_path: Path) -> None:
    texts = {
        "一.txt": "德清县2025年平安建设情况\n\n2025年，德清县受理矛盾纠纷3465件，化解矛盾纠纷3403件。\n",
        "二.txt": "德清县2024年平安建设情况\n\n2024年，德清县受理矛盾纠纷2870件，化解矛盾纠纷2801件。\n",
    }
    with library_of(tmp_path, texts) as made, TestClient(create_app(made)) as client:
        told = _compared(client, made, indicators=["mediation.disputes"])
    [[cell]] = [row["cells"] for row in told["rows"]]
    assert cell["text"] == "3403件" and not cell["parts"]
    assert [time["text"] for time in cell["times"]] == ["2801件", "3403件"]


def test_bodies_below_a_place_are_apart(client: TestClient, library: Library) -> None:
    told = _compared(client, library, indicators=["site.stations"], places=["德清县", "平遥县"])
    assert [r["place"]["name"] for r in told["rows"]] == ["平遥县", "德清县"]
    assert told["places_without"] == ["140728"] and told["rows"][0]["cells"] == [None]
    assert [(p["text"], p["level"]) for p in told["points"]] == [("3个", "township")]
    assert "3个" not in str(told["rows"]) and any("点位数据" in note for note in told["notes"])
    told = _compared(client, library, indicators=["site.stations"], places=["浙江省", "平遥县"])
    assert told["places_without"] == ["140728"], "of 浙江省 its counties are told"


def test_differing_scopes_and_times_are_noted(client: TestClient, library: Library) -> None:
    (column,) = _compared(client, library, indicators=["site.stations"])["columns"]
    assert any("口径" in note and "爱心驿站" in note for note in column["notes"])
    assert any("2025、2026" in note for note in column["notes"])


def test_all_that_several_places_have_where_nothing_is_named(client: TestClient, library: Library) -> None:
    told = _compared(client, library)
    assert [c["indicator"] for c in told["columns"]] == ["site.stations"]
    assert any("只有一个地方有数据" in note for note in told["notes"])


def test_values_are_in_the_columns_unit(client: TestClient, library: Library) -> None:
    fact = next(f for f in library.facts() if f.quantity.unit == "元")
    told = _compared(client, library, indicators=[fact.indicator])
    assert told["columns"][0]["unit"] == "万元"
    assert Decimal(told["rows"][0]["cells"][0]["value"]) == 240


def test_a_theme_is_told_in_sentences_of_the_sources(client: TestClient, library: Library) -> None:
    told = _compared(
        client, library, theme="驿站", places=["昆山市", "德清县", "平遥县"],
        aspects=[{"name": "站点", "definition": "建成的驿站", "examples": ["驿站"]}],
    )  # fmt: skip
    assert [c["name"] for c in told["columns"]] == ["站点"]
    codes = {r["place"]["name"]: r["cells"][0]["code"] for r in told["rows"]}
    assert codes == {"平遥县": "未提及", "昆山市": "1", "德清县": "1"}
    assert told["places_without"] == ["140728"] and told["table"]["rows"][0] == ["平遥县", ""]
    quotes = {c["n"]: c["quote"] for c in told["citations"]}
    for row in told["rows"]:
        for sentence in row["cells"][0]["sentences"]:
            assert [quotes[n] for n in sentence["citations"]] == [sentence["text"]]
    assert _compared(client, library, theme="火箭发射")["rows"] == []
    named = _compared(client, library, theme="驿站", aspects=[{"name": "站点"}])
    assert named["columns"][0]["name"] == "站点", "an aspect may do without examples"


def test_a_row_of_a_theme_tells_of_its_own_place_alone(tmp_path: Path) -> None:
    texts = TEXTS | {
        "戊.txt": "浙江省：统筹办好驿站\n\n浙江省委社会工作部\n\n浙江省统筹建设驿站，站长由社区党员担任。\n\n"
        "德清县建成驿站52个，骑手自己管理。\n"
    }
    aspects = [{"name": "管理", "definition": "由谁管理驿站", "examples": ["站长", "管理", "建成"]}]
    with library_of(tmp_path, texts) as library, TestClient(create_app(library)) as client:
        told = _compared(client, library, theme="驿站", aspects=aspects)
    rows = dict(told["table"]["rows"])
    assert "统筹建设" in rows["浙江省"] and "德清" not in rows["浙江省"] and "德清县" in rows["德清县"]
    assert any("只列该地自己的记载" in note for note in told["notes"])


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"theme": "驿站", "indicators": ["site.stations"]}, "只能用一个"),
        ({"aspects": [{"name": "站点"}]}, "theme"),
        ({"indicators": ["没有这个"]}, "没有这个"),
        ({"places": ["火星"]}, "火星"),
        ({"statuses": ["sold"]}, "statuses"),
    ],
)
def test_what_cannot_be_compared_is_told(client: TestClient, asked: dict[str, Any], says: str) -> None:
    response = client.post("/v1/compare", json=asked)
    assert response.status_code == 422 and says in response.json()["detail"]


def test_answers_are_verified_and_altered_ones_are_not(client: TestClient) -> None:
    answer = client.post("/v1/ask", json={"question": "德清县选派了多少名党建指导员？"}).json()
    told = client.post("/v1/verify", json=answer).json()["claims"]
    assert told and all(v["verified"] for v in told) and [v["n"] for v in told] == list(range(1, len(told) + 1))
    altered = answer | {"claims": [c | {"text": c["text"].replace("210", "211")} for c in answer["claims"]]}
    wrong = client.post("/v1/verify", json=altered).json()["claims"]
    assert not any(v["verified"] for v in wrong) and all(v["reasons"] for v in wrong)
    bad = client.post("/v1/verify", json={"claims": [{"citations": [1]}]})
    assert bad.status_code == 422 and "claims.0.text" in bad.json()["detail"]


def test_exports_are_downloads_that_open(client: TestClient, tmp_path: Path) -> None:
    import openpyxl  # type: ignore[import-untyped]
    import pyarrow.parquet as pq  # type: ignore[import-untyped]

    got = {kind: client.get("/v1/exports", params={"format": kind}) for kind in ("xlsx", "csv", "parquet", "jsonl")}
    for kind, response in got.items():
        assert response.status_code == 200
        disposition = response.headers["content-disposition"]
        assert disposition.startswith(f"attachment; filename=tongjian.{kind}; filename*=UTF-8''%E9%80%9A")
        assert disposition.isascii()
        (tmp_path / f"got.{kind}").write_bytes(response.content)
    assert "spreadsheetml" in got["xlsx"].headers["content-type"]
    assert got["csv"].headers["content-type"] == "text/csv; charset=utf-8"
    rows = got["jsonl"].text.splitlines()
    assert pq.read_table(tmp_path / "got.parquet").num_rows == len(rows) == len(got["csv"].text.splitlines()) - 1
    assert "对比表" in openpyxl.load_workbook(tmp_path / "got.xlsx").sheetnames


def test_exports_are_limited_and_leave_nothing_behind(client: TestClient, monkeypatch: pytest.MonkeyPatch,
                                                      tmp_path: Path) -> None:  # fmt: skip
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    one = client.get("/v1/exports", params={"format": "jsonl", "place": "德清县", "indicator": "site.stations"})
    assert {line["text"] for line in map(json.loads, one.text.splitlines())} == {"52个", "3个"}
    several = client.post("/v1/exports", json={"format": "csv", "place": ["平遥县", "昆山市"]})
    assert "德清" not in several.text and "昆山" in several.text
    assert client.get("/v1/exports", params={"place": "火星"}).status_code == 422
    assert client.get("/v1/exports", params={"theme": "没有的主题"}).status_code == 422
    assert client.get("/v1/exports", params={"format": "pdf"}).status_code == 422
    assert list(tmp_path.iterdir()) == []
