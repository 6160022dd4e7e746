"""mcp: the library as tools for language models and agents."""

from __future__ import annotations

from api.cli.app import app
from api.cli.out import open_library


@app.command(help="把资料库接给大模型和智能体：MCP 服务，走标准输入输出，只读。需要安装 tongjian[mcp]。")
def mcp() -> None:
    """A server of the Model Context Protocol on stdin and stdout, until stdin ends."""
    from api.mcp import server

    with open_library() as library:
        server(library).run("stdio")
