"""The catalogue's database: opened, brought to the newest revision, WAL mode on SQLite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import create_engine, event, inspect, text
from sqlalchemy.exc import DatabaseError

from corpus.errors import LibraryError

if TYPE_CHECKING:
    from sqlalchemy import Engine

T = TypeVar("T")

_BATCH = 500
REVISION = "0005"
"""The newest migration."""


def sqlite_url(file: Path) -> str:
    """The URL of a SQLite file, whatever characters its path has."""
    return "sqlite:///" + file.resolve().as_posix()


def open_engine(url: str, *, migrate: bool) -> Engine:
    """An engine on an up-to-date database.

    Raises:
        LibraryError: the file is no database, or its revision is not ours and ``migrate`` is off.
    """
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _pragmas)
    try:
        revision = _revision(engine)
    except DatabaseError as exc:
        raise LibraryError(f"资料库的目录文件已损坏：{url!r}。请用 tongjian restore 从备份恢复。") from exc
    if revision == REVISION:
        return engine
    if revision is not None and revision > REVISION:
        raise LibraryError(f"资料库由更新版本的通鉴写成（{revision!r}），请先升级通鉴。")
    if not migrate:
        raise LibraryError("资料库是旧版本或未建成，请先运行 tongjian ingest 完成升级。")
    _upgrade(engine)
    return engine


def batches(ids: Iterable[T]) -> Iterator[list[T]]:
    """Lists of at most as many as a database takes as parameters of one query.

    >>> [len(batch) for batch in batches(range(1100))]
    [500, 500, 100]
    """
    listed = list(ids)
    for at in range(0, len(listed), _BATCH):
        yield listed[at : at + _BATCH]


def _pragmas(connection: Any, _: object) -> None:  # noqa: ANN401
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA busy_timeout=20000")
    cursor.close()


def _revision(engine: Engine) -> str | None:
    if not inspect(engine).has_table("alembic_version"):
        return None
    with engine.connect() as connection:
        return connection.execute(text("select version_num from alembic_version")).scalar()


def _upgrade(engine: Engine) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "corpus:migrations")
    config.set_main_option("path_separator", "os")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
