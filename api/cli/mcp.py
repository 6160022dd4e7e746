"""mcp: the library as tools for language models and agents."""

from __future__ import annotations

from api.cli.app import app
from api.cli.out import open_library


@app.command(help="把资料库接给大模型和智能体：MCP 服务，走标准输入输出，只读。需要安装 tongjian[mcp]。")
def mcp() -> None:
    """A server of the Model Context Protocol on stdin and stdout, until stdin ends."""
    import signal

    from api.mcp import server

    with open_library() as library:
        made = server(library)
        # Ctrl+C ends it at once: the thread that waits for stdin would keep an interrupted one alive.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        made.run("stdio")
