"""Run the application with uvicorn: in the foreground, or in a thread for as long as a block runs."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from api.http.app import create_app
from api.library import Library
from corpus.errors import LibraryError, UsageError

if TYPE_CHECKING:
    import uvicorn


def run(
    library: Library, host: str = "127.0.0.1", port: int = 8000, ready: Callable[[str], None] | None = None
) -> None:
    """Serve until interrupted; port 0 takes a free one. ``ready`` is told the page's address once it can be reached.

    Raises:
        UsageError: the address cannot be listened on.
    """
    with _listen(host, port) as listening:
        if ready is not None:
            ready(_address(listening))
        try:
            _server(library, host).run(sockets=[listening])
        except KeyboardInterrupt:
            return


@contextmanager
def serving(library: Library, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """Serve in a thread while the block runs; yields the page's address, such as ``http://127.0.0.1:40123/``.

    Raises:
        UsageError: the address cannot be listened on.
        LibraryError: the server did not start.
    """
    server = _server(library, host)
    with _listen(host, port) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while thread.is_alive() and not server.started:
            time.sleep(0.01)
        try:
            if not server.started:
                raise LibraryError("网页服务没有启动，原因见日志。")
            yield _address(listening)
        finally:
            server.should_exit = True
            thread.join()


def _server(library: Library, host: str) -> uvicorn.Server:
    import uvicorn

    config = uvicorn.Config(
        create_app(library, host), log_level="warning", access_log=False, server_header=False,
        timeout_graceful_shutdown=3,
    )  # fmt: skip
    return uvicorn.Server(config)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":  # elsewhere the option would let two servers share a port
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
        made.listen(128)
    except OSError as exc:
        made.close()
        raise UsageError(
            f"无法在 {host}:{port} 监听：{exc.strerror or exc}。请换地址或端口，如 --port {port + 1}。"
        ) from exc
    return made


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
