"""Take the screenshots of the page from the sample library: ``python docs/screenshots/make.py``. Needs Chromium."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from api.cli.demo import samples
from api.http.serve import serving
from api.library import Library

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HERE = Path(__file__).parent
QUESTION = "昆山、平遥、江油三地各建了多少个新就业群体驿站？"
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--force-color-profile=srgb",
)  # fmt: skip


def main() -> None:
    """Write ``ask-1280.png`` and ``ask-390.png`` beside this file."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Library.open(Path(folder) / "library", create=True) as library,
        _chromium() as browser,
    ):
        library.ingest(samples())
        with serving(library) as address:
            _shoot(browser, address, (1280, 860), HERE / "ask-1280.png")
            _shoot(browser, address, (390, 844), HERE / "ask-390.png", scale=2)


@contextmanager
def _chromium() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
        yield browser
        browser.close()


def _shoot(browser: Browser, address: str, size: tuple[int, int], out: Path, *, scale: int = 1) -> None:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, device_scale_factor=scale)
    page.goto(address)
    page.wait_for_selector(".examples button")
    page.fill("#question", QUESTION)
    page.keyboard.press("Enter")
    page.wait_for_selector(".told")
    if size[0] > 860:
        page.click(".text .ref >> nth=1")
        page.wait_for_selector("#reader mark")
    page.evaluate("window.scrollTo(0, 0)")
    page.screenshot(path=out)
    page.close()


if __name__ == "__main__":
    main()
