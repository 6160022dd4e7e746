"""Chromium over small libraries served on loopback; anything amiss on a page fails the test that opened it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from api.http.serve import serving
from api.library import Library
from api.samples import samples
from tests.web.texts import HOSTILE_NAME, TEXTS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
WIDTHS = (1280, 390)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, for a module: while it runs, so does an event loop of playwright's in this thread."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("chromium is not installed (apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield launched
        launched.close()


def written(folder: Path) -> list[Path]:
    """The texts as files."""
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in TEXTS]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A library of three texts, one of them hostile, that tests only read."""
    folder = tmp_path_factory.mktemp("web")
    with Library.open(folder / "library", create=True) as library:
        assert not library.ingest(written(folder)).failures
        with serving(library) as at:
            yield at.rstrip("/")


@pytest.fixture(scope="session")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples taken in, in a folder that tests copy."""
    folder = tmp_path_factory.mktemp("samples") / "library"
    with Library.open(folder, create=True) as library:
        assert not library.ingest(samples()).failures
    return folder


@pytest.fixture
def servers() -> Iterator[ExitStack]:
    """Libraries and servers of a test; they end after its pages are closed."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def own(sampled: Path, tmp_path: Path, servers: ExitStack) -> tuple[str, Library]:
    """A copy of the samples' library that a test may change, with its address."""
    shutil.copytree(sampled, tmp_path / "library")
    library = servers.enter_context(Library.open(tmp_path / "library"))
    return servers.enter_context(serving(library)).rstrip("/"), library


def downloaded(page: Page, control: str, path: Path) -> Path:
    """What a control has the browser save, saved at a path, which is given back."""
    with page.expect_download() as download:
        page.click(control)
    download.value.save_as(path)
    return path


Watched = Callable[..., "Page"]


@pytest.fixture
def pages(browser: Browser, servers: ExitStack) -> Iterator[Watched]:
    """Opens pages; a console error, a script error, a CSP report or a request to another host fails the test.

    ``allowed`` are the statuses of failed requests that a test means to provoke, ``author`` who signed in that browser.
    """
    faults: list[str] = []
    contexts = []

    def opened(width: int = 1280, allowed: tuple[int, ...] = (), author: str = "王五") -> Page:
        context = browser.new_context(viewport={"width": width, "height": 860}, accept_downloads=True)
        contexts.append(context)
        page = context.new_page()
        if author:
            page.add_init_script(f"localStorage.getItem('author') ?? localStorage.setItem('author', '{author}')")

        def told(text: str) -> None:
            if not any(f"status of {status}" in text for status in allowed):
                faults.append(text)

        page.on("console", lambda m: told(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda r: faults.append(r.url) if not _here(r.url) else None)
        page.on("response", lambda r: faults.append(r.url) if r.status >= 400 and r.status not in allowed else None)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def page(pages: Watched) -> Page:
    """One such page, 1280 wide."""
    return pages()


def _here(url: str) -> bool:
    parts = urlsplit(url)
    return parts.hostname == "127.0.0.1" or parts.scheme in ("blob", "data")


def overflow(page: Page) -> int:
    """How many pixels the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


__all__ = ["HOSTILE_NAME", "WIDTHS", "Watched", "overflow", "written"]
