from __future__ import annotations

import asyncio
import builtins
import json
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from api.library import Library
from corpus.errors import TongjianError
from tests.conftest import COMMAND, ROOT, tongjian

Talk = Callable[[Any], Awaitable[None]]


def _talk(library: Library, talk: Talk) -> None:
    """A session of a real client with ``tongjian mcp`` in a process of its own."""
    from mcp import ClientSession, StdioServerParameters
    from mcp.client.stdio import stdio_client

    path = os.pathsep.join([str(ROOT), *sys.path])
    process = StdioServerParameters(
        command=COMMAND[0], args=[*COMMAND[1:], "mcp", "--library", str(library.folder)], env={"PYTHONPATH": path}
    )

    async def session() -> None:
        async with stdio_client(process) as (read, write), ClientSession(read, write) as client:
            await client.initialize()
            await talk(client)

    asyncio.run(asyncio.wait_for(session(), 120))


def _told(result: Any) -> dict[str, Any]:
    assert not result.is_error, result.content
    assert json.loads(result.content[0].text) == result.structured_content
    return result.structured_content  # type: ignore[no-any-return]


def test_an_agent_searches_reads_counts_compares_and_asks(sample_library: Library) -> None:
    async def talk(client: Any) -> None:
        tools = (await client.list_tools()).tools
        assert {t.name for t in tools} == {"search", "read_article", "find_facts", "compare", "ask"}
        assert all(t.annotations.read_only_hint and t.description and t.input_schema for t in tools)
        for tool in tools:
            refused = await client.call_tool(tool.name, {"places_named": "昆山"})
            assert refused.is_error and "places_named" in refused.content[0].text, tool.name
            assert tool.input_schema["additionalProperties"] is False

        hits = _told(await client.call_tool("search", {"query": "骑手驿站", "places": ["浙江省"], "k": 2}))["hits"]
        assert hits and {h["place"]["adcode"][:2] for h in hits} == {"33"}
        article = _told(await client.call_tool("read_article", {"article": hits[0]["article"]}))
        assert article["body"][hits[0]["start"] : hits[0]["end"]] == hits[0]["text"] and article["next_start"] is None
        rest = _told(await client.call_tool("read_article", {"article": hits[0]["article"], "start": 5}))
        assert rest["body"] == article["body"][5:]

        facts = _told(await client.call_tool("find_facts", {"indicator": "党建指导员选派数", "status": "done"}))
        expected = sample_library.facts(indicator="党建指导员选派数", status="done")
        assert [f["id"] for f in facts["facts"]] == [f.id for f in expected] and facts["total"] == len(expected)
        told = _told(await client.call_tool("compare", {"indicators": ["site.stations"], "places": ["德清县"]}))
        assert told["rows"][0]["place"]["name"] == "德清县" and told["citations"]
        told = _told(await client.call_tool("compare", {"theme": "骑手驿站", "places": ["德清县"]}))
        assert told["kind"] == "theme"
        answer = _told(await client.call_tool("ask", {"question": "各地选派了多少名党建指导员？"}))
        assert not answer["refused"] and all(c["verified"] for c in answer["claims"])

        for name, arguments, says in (
            ("read_article", {"article": "none"}, "'none'"),
            ("search", {"query": "驿站", "places": ["火星"]}, "火星"),
            ("find_facts", {"status": "sold"}, "status"),
        ):
            refused = await client.call_tool(name, arguments)
            assert refused.is_error and says in refused.content[0].text

    _talk(sample_library, talk)


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT")
def test_ctrl_c_and_the_end_of_input_end_it(sample_library: Library) -> None:
    path = os.pathsep.join([str(ROOT), *sys.path])
    command = [*COMMAND, "mcp", "--library", str(sample_library.folder)]
    hello = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
    for how in ("interrupt", "end"):
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": path}
        ) as process:
            assert process.stdin is not None and process.stdout is not None
            process.stdin.write(json.dumps(hello).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == 1
            process.send_signal(signal.SIGINT) if how == "interrupt" else process.stdin.close()
            assert process.wait(20) == (-signal.SIGINT if how == "interrupt" else 0)


def test_a_missing_library_and_a_missing_extra_are_told(
    tmp_path: Path, sample_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = tongjian("mcp", "--library", tmp_path / "没有")
    assert ran.code == 1 and "没有资料库" in ran.err and ran.out == ""
    real = builtins.__import__

    def without_mcp(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.split(".")[0] == "mcp":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without_mcp)
    from api.mcp import server

    with pytest.raises(TongjianError, match=r"tongjian\[mcp\]"):
        server(sample_library)
