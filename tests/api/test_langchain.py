from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator

import pytest

from api.client import RemoteLibrary
from api.http.serve import serving
from api.langchain import TongjianRetriever, search_tool
from api.library import Library
from tests.conftest import library_of

TEXTS = {
    "甲.txt": "江苏昆山：驿站暖人心\n\n昆山市建成新就业群体驿站112个，配有饮水机。骑手随时可以歇脚。\n",
    "乙.txt": "山西平遥：院坝里说事\n\n平遥县组织老党员调解邻里纠纷，上半年化解争议130件。\n",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with library_of(tmp_path_factory.mktemp("langchain"), TEXTS) as made:
        yield made


def test_documents_point_at_their_article(library: Library) -> None:
    found = TongjianRetriever(library=library, k=1).invoke("骑手的驿站")
    assert len(found) == 1
    told = found[0].metadata
    assert set(told) == {"article", "title", "place", "start", "end", "name", "score"}
    assert (told["place"], told["name"]) == ("320583", "甲.txt")
    assert library.article(told["article"]).body[told["start"] : told["end"]] == found[0].page_content


def test_a_place_limits_and_async_gives_the_same(library: Library) -> None:
    retriever = TongjianRetriever(library=library, place="平遥县")
    found = retriever.invoke("驿站")
    assert {d.metadata["place"] for d in found} == {"140728"}
    again = asyncio.run(retriever.ainvoke("驿站"))
    assert [(d.id, d.metadata) for d in again] == [(d.id, d.metadata) for d in found]


def test_the_tool_gives_json(library: Library) -> None:
    tool = search_tool(library, k=2)
    assert set(tool.args) == {"query", "place"}
    found = json.loads(tool.invoke({"query": "调解纠纷", "place": "山西省"}))
    assert [f["title"] for f in found] == ["山西平遥：院坝里说事"]
    assert "130件" in found[0]["text"]


def test_a_library_over_http_is_searched_alike(library: Library) -> None:
    with serving(library) as address, RemoteLibrary(address) as remote:
        found = TongjianRetriever(library=remote, k=1).invoke("骑手的驿站")
        assert found == TongjianRetriever(library=library, k=1).invoke("骑手的驿站")
        told = json.loads(search_tool(remote).invoke({"query": "驿站", "place": "平遥县"}))
    assert {each["place"] for each in told} == {"140728"}
