"""The rooms of the web desk: pages made on the server, filled by their scripts; and the static files."""

from __future__ import annotations

import threading
from functools import cache
from importlib import metadata, resources
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles

from api.http.current import Current, Here
from api.http.examples import examples
from api.issues import FORMS, TEMPLATES
from api.library import Library
from api.samples import held_samples
from corpus import labels
from corpus.digests import Digests

if TYPE_CHECKING:
    from jinja2 import Environment
    from starlette.types import Scope


router = APIRouter(include_in_schema=False)

ROOMS = (
    ("/", "首页"), ("/ask", "问答"), ("/compare", "对比"), ("/documents", "资料"), ("/facts", "指标"),
    ("/digests", "摘编"), ("/jobs", "任务"), ("/settings", "设置"),
)  # fmt: skip


@router.get("/", response_class=HTMLResponse)
def home(request: Request, library: Here) -> Response:
    """What is in the library. A question in the address goes to the room of questions."""
    if question := request.query_params.get("q"):
        return RedirectResponse(f"/ask?{urlencode({'q': question})}")
    return _room("home.html", "/", library, samples=len(held_samples(library)))


@router.get("/ask", response_class=HTMLResponse)
def ask(library: Here) -> Response:
    """Questions and answers."""
    return _room("ask.html", "/ask", library, model=_has_model(library), has_map=_has_map(library))


@router.get("/compare", response_class=HTMLResponse)
def compare(library: Here) -> Response:
    """Places side by side."""
    return _room("compare.html", "/compare", library, has_map=_has_map(library))


@router.get("/documents", response_class=HTMLResponse)
def documents(library: Here) -> Response:
    """Files and articles."""
    return _room("documents.html", "/documents", library, samples=len(held_samples(library)))


@router.get("/articles/{article}", response_class=HTMLResponse)
def article(article: str, library: Here) -> Response:
    """One article, with its figures and practices marked."""
    found = library.article(article)
    return _room("article.html", "/documents", library, title=found.title or "（无标题）", article=found.id)


@router.get("/facts", response_class=HTMLResponse)
def facts(library: Here) -> Response:
    """Figures, to be looked through and put right."""
    return _room("facts.html", "/facts", library)


@router.get("/indicators", response_class=HTMLResponse)
def indicators(library: Here) -> Response:
    """The indicator dictionary."""
    return _room("indicators.html", "/facts", library)


@router.get("/form", response_class=HTMLResponse)
def form(library: Here) -> Response:
    """A report form to be filled."""
    return _room("form.html", "/facts", library)


@router.get("/digests", response_class=HTMLResponse)
def digests(library: Here) -> Response:
    """Issues, and the ledger."""
    return _room("digests.html", "/digests", library, templates=TEMPLATES, themes=_themes(library))


@router.get("/digests/{digest}", response_class=HTMLResponse)
def digest(digest: str, library: Here) -> Response:
    """One issue on the table."""
    Digests(library.catalogue.engine).get(digest)
    return _room("digest.html", "/digests", library, digest=digest, templates=TEMPLATES, forms=FORMS)


@router.get("/jobs", response_class=HTMLResponse)
def jobs(library: Here) -> Response:
    """What runs and ran."""
    return _room("jobs.html", "/jobs", library)


@router.get("/settings", response_class=HTMLResponse)
def settings(library: Here) -> Response:
    """Where data lies, the model, versions."""
    return _room("settings.html", "/settings", library, told=_told(library), model=_has_model(library))


@router.get("/examples")
def example_questions(request: Request, library: Here) -> list[str]:
    """Questions for a visitor to start with; asked for apart, since trying some takes a while."""
    tried: Examples = request.app.state.examples
    return tried(library)


def fault(request: Request, said: dict[str, Any]) -> Response | None:
    """A problem as a page, where a browser asked for one."""
    path = request.url.path
    wants = request.method in ("GET", "HEAD") and "text/html" in request.headers.get("accept", "")
    if not wants or path.startswith(("/v1/", "/static/")):
        return None
    at = next((href for href, _ in ROOMS[1:] if path.startswith(href)), "")
    page = _templates().get_template("fault.html").render(labels=labels, rooms=ROOMS, at=at, said=said)
    return HTMLResponse(page, said["status"])


def add_static(app: FastAPI) -> None:
    """Serve the pages' own files."""
    app.mount("/static", _Static(directory=_web() / "static"), name="static")


class _Static(StaticFiles):
    """Vendored files are kept by the browser; our own are asked after each time (304 where unchanged)."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """A file."""
        response = await super().get_response(path, scope)
        kept = "public, max-age=31536000, immutable" if path.startswith("vendor/") else "no-cache"
        response.headers["cache-control"] = kept
        return response


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


def _room(template: str, at: str, library: Library, **given: Any) -> HTMLResponse:  # noqa: ANN401 - template values
    counts = library.catalogue.counts()
    page = _templates().get_template(template).render(labels=labels, rooms=ROOMS, at=at, counts=counts, **given)
    return HTMLResponse(page, headers={"cache-control": "no-cache"})


def _web() -> Path:
    return Path(str(resources.files("api").joinpath("web")))


def _words() -> dict[str, str]:
    """What scripts say, and the labels of codes as ``group.code``."""
    groups = (
        "STATUS", "BOUND", "BASIS", "LEVEL", "KIND", "PRACTICE", "FLAG", "STATE", "FIELD", "JOB", "OPERATION",
        "ATTENTION",
    )  # fmt: skip
    coded = {f"{group.lower()}.{code}": word for group in groups for code, word in getattr(labels, group).items()}
    return coded | labels.PAGE


@cache
def _templates() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(_web() / "templates")
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.globals["words"] = _words
    made.policies["json.dumps_kwargs"] = {"sort_keys": False}  # selects stand in the order of the labels
    return made


def _themes(library: Library) -> list[str]:
    from extract.practices import themes

    return list(themes(library.overrides))


def _has_model(library: Library) -> bool:
    return bool(library.settings.llm_base_url and library.settings.llm_model)


def _has_map(library: Library) -> bool:
    return library.settings.map is not None


def _told(library: Library) -> list[tuple[str, str]]:
    settings = library.settings
    encoder = library.encoder
    model = f"{settings.llm_model}（{settings.llm_base_url}）" if _has_model(library) else "未配置（用原文句作答）"
    return [
        ("版本", metadata.version("tongjian")),
        ("资料库", str(library.folder.resolve())),
        ("数据库", "PostgreSQL" if settings.database_url else "SQLite（catalogue.sqlite）"),
        ("原件", str((library.folder / "blobs").resolve())),
        ("更正和词表", str(library.overrides.resolve())),
        ("向量模型", encoder.name if encoder else "没有（只按词检索）"),
        ("语言模型", model),
        ("地图", str(settings.map) if settings.map else "未配置（TONGJIAN_MAP，GeoJSON 文件；公开使用须有审图号）"),
    ]
