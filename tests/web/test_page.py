"""The page in Chromium, over a small library served on loopback."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

import pytest

from api.http.serve import serving
from api.library import Library

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
HOSTILE = "<script>document.title='坏'</script><img src=x onerror=\"document.title='坏'\">"
TEXTS = {
    "昆山.txt": "江苏昆山：驿站暖人心\n\n昆山市委社会工作部\n\n𠮷日开馆，群众称好。\n昆山市建成新就业群体驿站112个，"
    "覆盖全部区镇。各驿站配有饮水机和微波炉，骑手随时可以歇脚。\n",
    "平遥.txt": "山西平遥：古城里的小哥之家\n\n平遥县委社会工作部\n\n平遥县建成新就业群体驿站38个，服务外卖骑手。"
    "驿站统一挂牌，由社区党组织管理。\n",
    f"{HOSTILE.replace('/', '∕')[:60]}.txt": f"德清：办好驿站{HOSTILE}\n\n德清县委社会工作部\n\n"
    f"德清县建成新就业群体驿站52个，{HOSTILE}每月服务骑手。站长由党员担任，轮流值守。\n",
}
ASKED = "各地建成了多少个新就业群体驿站？"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("chromium is not installed (apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("web")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Library.open(folder / "library", create=True) as library:
        assert not library.ingest([folder / name for name in TEXTS]).failures
        with serving(library) as at:
            yield at


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page on which any console error, script error or request to another host fails the test."""
    faults: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 860})
    made = context.new_page()
    made.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    made.on("pageerror", lambda error: faults.append(str(error)))
    made.on("request", lambda request: faults.append(request.url) if not _here(request.url) else None)
    made.on("response", lambda response: faults.append(response.url) if response.status >= 400 else None)
    yield made
    context.close()
    assert faults == []


def _here(url: str) -> bool:
    return urlsplit(url).hostname == "127.0.0.1"


def _ask(page: Page, address: str, question: str) -> None:
    page.goto(address)
    page.fill("#question", question)
    page.keyboard.press("Enter")
    page.wait_for_selector(".told")


def _answer(page: Page, question: str) -> Any:
    return page.request.post("/v1/ask" if not page.url else _api(page.url), data={"question": question}).json()


def _api(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/v1/ask"


def _overflow(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def test_choosing_a_mark_opens_the_article_with_exactly_the_quote_marked(page: Page, address: str) -> None:
    _ask(page, address, ASKED)
    answer = _answer(page, ASKED)
    assert len(answer["citations"]) >= 3
    for citation in answer["citations"]:
        page.click(f".text .ref[data-n='{citation['n']}']")
        page.wait_for_function(
            "title => document.querySelector('#reader h2')?.textContent === title", arg=citation["title"]
        )
        assert "".join(page.locator("#reader mark").all_text_contents()) == citation["quote"]
        assert page.locator("#reader mark").first.is_visible()
        assert citation["name"] in page.inner_text("#reader .facts")
    assert page.evaluate("document.activeElement.matches('#reader h2')")
    page.keyboard.press("Escape")
    assert page.is_hidden("#reader")
    assert page.evaluate("document.activeElement.matches('.ref')")


def test_the_whole_text_is_shown_with_its_table_coverage_and_check(page: Page, address: str) -> None:
    _ask(page, address, ASKED)
    answer = _answer(page, ASKED)
    assert "".join(page.locator(".text p").all_text_contents()) == answer["text"]
    assert page.locator(".rows tbody tr").count() == len(answer["table"]["rows"])
    assert "与原文一致" in page.inner_text(".checked")
    assert "资料库全部 3 地" in page.inner_text(".coverage")
    assert page.locator(".reading").inner_text().startswith("问法")


def test_hostile_text_stays_text(page: Page, address: str) -> None:
    _ask(page, address, ASKED)
    page.locator(".sources li", has_text="德清").locator(".ref").click()
    page.wait_for_selector("#reader mark")
    assert HOSTILE in page.inner_text("#reader .body")
    assert page.locator("#answer img, #answer script, #reader img, #reader script").count() == 0
    assert page.title() == "通鉴"
    page.goto(f"{address}?q={quote(HOSTILE)}")
    page.wait_for_selector(".told")
    assert page.inner_text(".told h2") == HOSTILE
    assert page.title() == "通鉴"


def test_an_example_is_asked_when_chosen(page: Page, address: str) -> None:
    page.goto(address)
    example = page.locator(".examples button").first
    wanted = example.inner_text()
    example.click()
    page.wait_for_selector(".told")
    assert page.inner_text(".told h2") == wanted
    assert page.locator(".refusal").count() == 0
    assert page.locator(".text .ref").count() > 0


def test_a_refusal_says_what_was_searched_and_is_no_fault(page: Page, address: str) -> None:
    _ask(page, address, "三亚市建成了多少个新就业群体驿站？")
    assert page.locator(".fault").count() == 0
    assert page.inner_text(".unseen").startswith("资料中未见")
    assert "三亚市" in page.inner_text(".coverage")


def test_a_question_stands_in_the_address(page: Page, address: str) -> None:
    _ask(page, address, ASKED)
    page.reload()
    page.wait_for_selector(".told")
    assert page.input_value("#question") == ASKED


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_scrolls_sideways(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address)
    assert _overflow(page) <= 0
    _ask(page, address, ASKED)
    assert _overflow(page) <= 0
    page.click(".text .ref >> nth=0")
    page.wait_for_selector("#reader mark")
    assert _overflow(page) <= 0
    box, view = page.locator("#reader mark").first.bounding_box(), page.viewport_size
    assert box and view and 0 <= box["y"] < view["height"], "the quote is not in view"


def test_an_empty_library_says_how_to_fill_it(page: Page, tmp_path: Path) -> None:
    with Library.open(tmp_path / "空", create=True) as library, serving(library) as address:
        page.goto(address)
        assert "tongjian ingest" in page.inner_text(".empty")
        assert page.locator("#ask").count() == 0
        assert _overflow(page) <= 0
