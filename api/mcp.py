"""A library as a server of the Model Context Protocol over stdio: tools that read, for language models and agents."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from importlib import metadata
from typing import TYPE_CHECKING, Annotated, Any, Literal, ParamSpec

from pydantic import Field, create_model

from api.comparing import compare_indicators, compare_theme
from api.http.current import Current
from api.library import Library
from api.shapes import Json, answer_json, article_json, fact_json, hit_json
from corpus.errors import TongjianError
from corpus.paging import At, WantedFacts

if TYPE_CHECKING:
    from mcp.server import MCPServer
    from mcp.server.mcpserver.tools import Tool

P = ParamSpec("P")
_Places = Annotated[list[str] | None, Field(description="地名、简称或行政区划代码，含其下各地；不填为资料库中各地")]
_LONGEST = 20_000
_TOLD = (
    "通鉴资料库：各地工作材料里的文章、数据和做法，都可查到原文。引用时写明文章标题和原句；"
    "数以工具给出的为准，不要自己相加；资料中未见的，照实说未见。"
)

_TOOLS = {
    "search": "按词和意思检索段落，给出原文、所在文章和位置。",
    "read_article": "读一篇文章：标题、地方、日期和正文；正文长的分几次读，next_start 是下次的 start，没有了为 null。",
    "find_facts": "查从文章中提取的数据：值、单位、地方、时间、状态和原句，每页 50 条；total 是总条数，只在第一页。",
    "compare": "各地对比：按指标列数（街道、社区、单位的数另列），或按主题分方面列原句；每格有出处，空白为资料中未见。",
    "ask": "提问，得到逐句有出处、与原文比对过的答案；资料里没有的会直说。",
}


class Tools:
    """The tools over one library, as it stands at each call."""

    def __init__(self, library: Library) -> None:
        self._current = Current(library)

    def search(
        self,
        query: Annotated[str, Field(description="要找的内容", min_length=1, max_length=2000)],
        places: _Places = None,
        k: Annotated[int, Field(description="给几段", ge=1, le=50)] = 8,
        since: Annotated[str | None, Field(description="起始日期，如 2026-01-01")] = None,
        until: Annotated[str | None, Field(description="截止日期")] = None,
    ) -> Json:
        """Passages that speak to a query."""
        library = self._current()
        hits = library.search(query, k, place=places, since=since, until=until)
        outlines = library.catalogue.outlines({h.passage.article for h in hits})
        return {"hits": [hit_json(hit, outlines[hit.passage.article]) for hit in hits]}

    def read_article(
        self,
        article: Annotated[str, Field(description="文章编号")],
        start: Annotated[int, Field(description="从正文第几个字起", ge=0)] = 0,
    ) -> Json:
        """An article with its body, a long one in pieces."""
        found = self._current().article(article)
        end = min(start + _LONGEST, len(found.body))
        shown = article_json(found) | {"body": found.body[start:end], "start": start}
        return shown | {"next_start": end if end < len(found.body) else None}

    def find_facts(
        self,
        places: _Places = None,
        indicator: Annotated[str | None, Field(description="指标的编号或名称，如 党建指导员选派数")] = None,
        words: Annotated[str | None, Field(description="对象、动作或原句里的词，空格隔开")] = None,
        status: Annotated[
            Literal["done", "ongoing", "planned", "capacity", "background"] | None, Field(description="状态")
        ] = None,
        cursor: Annotated[str | None, Field(description="上一页给出的 next")] = None,
    ) -> Json:
        """A page of facts."""
        library = self._current()
        ids = library.indicator_ids(indicator) or (indicator,) if indicator else ()
        wanted = WantedFacts(library.scope(places), ids, status, tuple((words or "").split()))
        page = library.catalogue.fact_page(wanted, At(cursor, 50))
        return {"facts": [fact_json(f) for f in page.items], "next": page.next, "total": page.total}

    def compare(
        self,
        places: _Places = None,
        indicators: Annotated[list[str] | None, Field(description="指标的编号或名称")] = None,
        theme: Annotated[str | None, Field(description="要比较的内容，如 骑手驿站；与 indicators 只用一个")] = None,
    ) -> Json:
        """Places beside each other."""
        library = self._current()
        if theme:
            return compare_theme(library, theme, places)
        return compare_indicators(library, places, indicators or [])

    def ask(
        self,
        question: Annotated[str, Field(description="问题", min_length=1, max_length=2000)],
        places: _Places = None,
    ) -> Json:
        """A cited, verified answer made without a language model: the one that asks phrases it."""
        return answer_json(self._current().ask(question, llm="none", places=places))


def server(library: Library) -> MCPServer[Any]:
    """The server with its tools.

    Raises:
        TongjianError: the extra ``mcp`` is not installed.
    """
    try:
        from mcp.server import MCPServer
        from mcp.server.mcpserver.tools import Tool
        from mcp.types import ToolAnnotations
    except ImportError as exc:
        raise TongjianError('没有安装 MCP 组件。请运行 pip install "tongjian[mcp]" 后再试。') from exc

    tools = Tools(library)
    reads = ToolAnnotations(read_only_hint=True, open_world_hint=False)
    return MCPServer(
        "tongjian", title="通鉴", instructions=_TOLD, version=metadata.version("tongjian"), log_level="WARNING",
        tools=[
            _strict(Tool.from_function(_telling(getattr(tools, name)), description=description, annotations=reads))
            for name, description in _TOOLS.items()
        ],
    )  # fmt: skip


def _strict(tool: Tool) -> Tool:
    """A tool that refuses arguments it does not have; it would leave them out unseen."""
    known = tool.fn_metadata.arg_model
    tool.fn_metadata.arg_model = create_model(known.__name__, __base__=known, __cls_kwargs__={"extra": "forbid"})
    tool.parameters = tool.fn_metadata.arg_model.model_json_schema(by_alias=True)
    return tool


def _telling(tool: Callable[P, Json]) -> Callable[P, Json]:
    """A tool whose refusals reach the model in our words."""
    from mcp.server.mcpserver.exceptions import ToolError

    @wraps(tool)
    def told(*args: P.args, **kwargs: P.kwargs) -> Json:
        try:
            return tool(*args, **kwargs)
        except TongjianError as exc:
            raise ToolError(str(exc)) from exc

    return told
