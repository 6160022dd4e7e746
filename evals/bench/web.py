"""``python -m evals.bench.web LIBRARY``: how soon each room shows something, and how long a page of a list takes.

The rooms are opened in Chromium over loopback, each five times with an empty cache; lists are read by their cursors as
the pages read them.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from api.http.serve import serving
from api.library import Library

ROOMS = ("", "ask", "compare", "documents", "facts", "indicators", "digests", "jobs", "settings")
LISTS = ("/v1/documents?limit=50", "/v1/desk/articles?limit=50", "/v1/desk/facts?sort=text&limit=100")
_FAR = 30
"""Pages turned."""
_PAINT = (
    "() => new Promise(told => new PerformanceObserver(list => told(list.getEntries().at(-1).startTime))"
    ".observe({type: 'paint', buffered: true}))"
)

_SIZE = (
    "() => performance.getEntriesByType('resource').filter(r => r.name.includes('/static/'))"
    ".reduce((sum, r) => sum + r.decodedBodySize, 0)"
)


def main() -> None:
    """Print the figures as Markdown rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("library", type=Path)
    given = parser.parse_args()
    with Library.open(given.library) as library, serving(library) as address:
        at = address.rstrip("/")
        for line in (*_rooms(at), *_lists(at)):
            sys.stdout.write(line + "\n")


def _rooms(at: str) -> Iterator[str]:
    from playwright.sync_api import sync_playwright

    yield "| room | first contentful paint, ms (median of 5) | bytes of our files |\n|---|---|---|"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        for room in ROOMS:
            paints, sizes = zip(*(_opened(browser, f"{at}/{room}") for _ in range(5)), strict=True)
            yield f"| /{room} | {statistics.median(paints):.0f} | {max(sizes)} |"
        browser.close()


def _opened(browser: Any, address: str) -> tuple[float, int]:  # noqa: ANN401 - playwright is imported late
    page = browser.new_context().new_page()
    page.goto(address)
    paint = float(page.evaluate(_PAINT))
    page.wait_for_timeout(500)
    size = int(page.evaluate(_SIZE))
    page.context.close()
    return paint, size


def _lists(at: str) -> Iterator[str]:
    import httpx

    yield f"\n| list | rows | first page, ms | page {_FAR}, ms | slowest of {_FAR}, ms |\n|---|---|---|---|---|"
    with httpx.Client(base_url=at, timeout=120) as client:
        for path in LISTS:
            took: list[float] = []
            cursor, total = None, 0
            while len(took) < _FAR and (cursor or not took):
                started = time.perf_counter()
                told = client.get(path + (f"&cursor={cursor}" if cursor else "")).json()
                took.append((time.perf_counter() - started) * 1000)
                total, cursor = told["total"] or total, told["next"]
            yield f"| {path} | {total} | {took[0]:.0f} | {took[-1]:.0f} | {max(took):.0f} |"


if __name__ == "__main__":
    main()
