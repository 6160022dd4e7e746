"""Take the screenshots of every room from the sample library: ``python docs/screenshots/make.py``. Needs Chromium."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from api.http.serve import serving
from api.issues import begin
from api.library import Library

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HERE = Path(__file__).parent
QUESTION = "昆山、平遥、江油三地各建了多少个新就业群体驿站？"
FORM = (
    ["2026年上半年新就业群体服务统计表"], ["地区", "驿站（个）", "党建指导员（名）", "投入资金（万元）"],
    ["德清县", None, None, None], ["昆山市", None, None, None], ["江油市", None, None, None],
)  # fmt: skip
SIZES = ((1280, 860, 1), (390, 844, 2))
"""Width, height, and pixels of the picture to a pixel of the page."""
_WITHOUT_PATH = """prefix => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) walker.currentNode.data = walker.currentNode.data.replaceAll(prefix, ".venv");
}"""
"""Takes the folder of this machine out of the texts of a page."""
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--force-color-profile=srgb",
)  # fmt: skip


def main() -> None:
    """Write ``ROOM-WIDTH.png`` for every room beside this file."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Library.open(Path(folder) / "library", create=True) as library,
        _chromium() as browser,
    ):
        with serving(library) as at:
            _load_samples(browser, at)
            article = next(a for a in library.articles() if a.title.startswith("四川江油"))
            digest = begin(library, "新就业群体服务")
            rooms: dict[str, tuple[str, str | Callable[[Page], None]]] = {
                "home": ("", "#newest li"),
                "ask": ("ask", _ask),
                "compare": ("compare?theme=骑手驿站", ".rows td"),
                "documents": ("documents", "#list .row"),
                "article": (f"articles/{article.id}", _original),
                "facts": ("facts", _fact),
                "indicators": ("indicators", "#grid td"),
                "form": ("form", _form),
                "digests": ("digests", "#ledger td"),
                "digest": (f"digests/{digest.id}", _edit),
                "jobs": ("jobs", "#jobs li"),
                "settings": ("settings", "#abilities li"),
            }
            for name, (path, ready) in rooms.items():
                for width, height, scale in SIZES:
                    page = browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=scale)
                    page.goto(at + path)
                    if callable(ready):
                        ready(page)
                    else:
                        page.wait_for_selector(ready)
                    page.wait_for_load_state("networkidle")
                    page.evaluate(_WITHOUT_PATH, sys.prefix)
                    page.evaluate("window.scrollTo(0, 0)")
                    picture = (
                        Image.open(BytesIO(page.screenshot())).convert("RGB").quantize(96, dither=Image.Dither.NONE)
                    )
                    picture.save(HERE / f"{name}-{width}.png", optimize=True)
                    page.close()


def _load_samples(browser: Browser, at: str) -> None:
    page = browser.new_page()
    page.goto(at)
    page.click("#load-samples")
    page.wait_for_selector("#newest li", timeout=120_000)
    page.close()


def _ask(page: Page) -> None:
    page.wait_for_selector("#examples button")
    page.fill("#question", QUESTION)
    page.keyboard.press("Enter")
    page.wait_for_selector(".told")
    if _is_wide(page):
        page.click(".text .ref >> nth=1")
        page.wait_for_selector("#reader .page rect")
        page.evaluate("document.getElementById('reader').scrollTop = 0")


def _original(page: Page) -> None:
    page.wait_for_selector("#p-facts li")
    if _is_wide(page):
        page.click("#p-facts li button >> nth=0")
        page.click("#t-page")
        page.wait_for_selector(".page rect")
        page.evaluate("document.querySelector('.side').scrollTop = 0")


def _fact(page: Page) -> None:
    page.wait_for_selector("#grid tbody .link")
    if _is_wide(page):
        page.click("#grid tbody .link >> nth=1")
        page.wait_for_selector("#card mark")


def _form(page: Page) -> None:
    from openpyxl import Workbook  # type: ignore[import-untyped]

    book, out = Workbook(), BytesIO()
    for row in FORM:
        book.active.append(row)
    book.active.title = "汇总"
    book.save(out)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.set_input_files("#form-file", {"name": "统计表.xlsx", "mimeType": kind, "buffer": out.getvalue()})
    page.wait_for_selector("#result .told")


def _edit(page: Page) -> None:
    page.wait_for_selector(".entry .kept-to-source")
    page.click(".entry >> nth=0 >> [data-do=edit]")
    area = page.locator(".entry textarea").first
    if "像家一样" not in area.input_value():
        area.fill(area.input_value() + "骑手们说，这里像家一样。")
    page.keyboard.press("Tab")
    page.wait_for_selector(".off")


def _is_wide(page: Page) -> bool:
    return bool(page.evaluate("innerWidth > 860"))


@contextmanager
def _chromium() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
        yield browser
        browser.close()


if __name__ == "__main__":
    main()
