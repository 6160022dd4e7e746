"""The page at ``/`` and its static files."""

from __future__ import annotations

import threading
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles

from api.http.current import Current, Here
from api.http.examples import examples
from api.library import Library
from corpus import labels

if TYPE_CHECKING:
    from jinja2 import Environment


router = APIRouter(include_in_schema=False)


@router.get("/", response_class=HTMLResponse)
def page(library: Here) -> str:
    """The page, with what the library holds."""
    counts = library.catalogue.counts()
    return _templates().get_template("page.html").render(
        labels=labels, counts=counts, places=len(library.catalogue.places()), folder=str(library.folder),
        model=_has_model(library),
    )  # fmt: skip


@router.get("/examples")
def example_questions(request: Request, library: Here) -> list[str]:
    """Questions for a visitor to start with; asked for apart, since trying them takes a second or two."""
    tried: Examples = request.app.state.examples
    return tried(library)


def add_static(app: FastAPI) -> None:
    """Serve the page's own files."""
    app.mount("/static", StaticFiles(directory=_web() / "static"), name="static")


class Examples:
    """The example questions, made once for each state of the library."""

    def __init__(self, current: Current) -> None:
        self._current = current
        self._lock = threading.Lock()
        self._made: tuple[object, list[str]] | None = None

    def __call__(self, library: Library) -> list[str]:
        """A few questions that the library answers."""
        with self._lock:
            stamp = self._current.stamp
            if self._made is None or self._made[0] != stamp:
                self._made = (stamp, examples(library))
            return self._made[1]


def _web() -> Path:
    return Path(str(resources.files("api").joinpath("web")))


@cache
def _templates() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(_web() / "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)


def _has_model(library: Library) -> bool:
    return bool(library.settings.llm_base_url and library.settings.llm_model)
