"""The library as it stands now: what was read into memory is read anew after another process has written."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, TypeVar, cast

from fastapi import Depends, Request

from api.library import Library

logger = logging.getLogger(__name__)

T = TypeVar("T")

_FILES = ("catalogue.sqlite", "catalogue.sqlite-wal", "index/lexical/meta.json")
"""What changes with each write: of facts and corrections the database and its log, of passages the index."""

Stamp = tuple[object, ...]


class Current:
    """Gives each request the library; safe in threads. A library once given stays usable to who has it."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._lock = threading.Lock()
        self.stamp = _stamp(library.folder)
        """Equal as long as the library is the same."""

    def __call__(self) -> Library:
        """The library, with what was written until now."""
        stamp = _stamp(self._library.folder)
        with self._lock:
            if stamp != self.stamp:
                self.stamp = stamp
                if not self._library.searcher.held:
                    self._library = _anew(self._library)
            return self._library


def _of_request(request: Request) -> Library:
    current: Current = request.app.state.current
    return current()


class Remembered:
    """What was made of a library, kept until the library changes; safe in threads."""

    _MOST = 32

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._made: dict[tuple[Stamp, Hashable], Any] = {}

    def __call__(self, library: Library, key: Hashable, make: Callable[[], T]) -> T:
        """What ``make`` gives, made once for each state of the library and each key."""
        stamp = stamp_of(library)
        if stamp is None:
            return make()
        with self._lock:
            if (stamp, key) in self._made:
                return cast("T", self._made[stamp, key])
        made = make()
        self._keep(stamp, key, made)
        return made

    @contextmanager
    def writing(self, library: Library, key: Hashable) -> Iterator[Callable[[Callable[[Any], Any]], None]]:
        """Write to the library in the block, one writer at a time.

        Called with how what is remembered of a key is revised for what was written, it is kept and not made anew.
        """
        with self._writing:
            before = stamp_of(library)
            made = self._made.get((before, key)) if before else None

            def revise(how: Callable[[Any], Any]) -> None:
                if made is not None and (now := stamp_of(library)) is not None:
                    self._keep(now, key, how(made))

            yield revise

    def _keep(self, stamp: Stamp, key: Hashable, made: object) -> None:
        with self._lock:
            while len(self._made) >= self._MOST:
                del self._made[next(iter(self._made))]
            self._made[stamp, key] = made


def stamp_of(library: Library) -> Stamp | None:
    """Equal as long as nothing was written to the library; None where that cannot be seen (a database server)."""
    if library.catalogue.engine.dialect.name != "sqlite":
        return None
    return (str(library.folder), *(_written(library.folder / name) for name in _FILES))


def _written(file: Path) -> tuple[int, int, int] | None:
    try:
        stat = file.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size, stat.st_ino


Here = Annotated[Library, Depends(_of_request)]
"""The library, as a route's parameter."""


def warm(library: Library) -> None:
    """Load what the first question would wait for; a library that cannot answer is served all the same and says so."""
    try:
        library.ask("各地有哪些做法？", llm="none")
    except Exception as exc:  # the HTTP edge: each request will tell its own error
        logger.warning("library not ready: %s", exc)


def _anew(old: Library) -> Library:
    """The same library without its vectors and indexes in memory; database, places, rules and encoder are kept."""
    made = Library(old.folder, old.catalogue, old.settings)
    made.gazetteer, made.rules, made.encoder = old.gazetteer, old.rules, old.encoder
    return made


def _stamp(folder: Path) -> tuple[int, int, int] | None:
    """Changes with every commit of the lexical index, the last step of each write."""
    return _written(folder / "index" / "lexical" / "meta.json")
