"""Every room in Chromium: accessible, nothing sideways, its keys and focus, hostile text, an empty library."""

from __future__ import annotations

import re
import shutil
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from api.http.serve import serving
from api.issues import begin
from api.library import Library
from corpus.digests import Digests, Entry, Issue, Section, Source
from tests.web.conftest import WIDTHS, Watched, overflow
from tests.web.texts import ASKED, HOSTILE, XSS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

AXE = Path(__file__).parent / "vendor" / "axe-4.14.1.min.js"
ROOMS = (
    "home",
    "ask",
    "compare",
    "documents",
    "files",
    "article",
    "facts",
    "dictionary",
    "form",
    "digests",
    "digest",
    "jobs",
    "settings",
    "missing",
)


@pytest.fixture(scope="module")
def rooms(sampled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The address of every room over the samples, each with something in it."""
    folder = tmp_path_factory.mktemp("rooms") / "library"
    shutil.copytree(sampled, folder)
    with Library.open(folder) as library, serving(library) as at:
        article = next(a for a in library.articles() if a.name.endswith("9期.pdf"))
        digest = begin(library, "新就业群体服务")
        yield {
            "home": at, "ask": f"{at}ask?q={ASKED}", "compare": f"{at}compare?indicator=驿站/阵地数",
            "documents": f"{at}documents", "files": f"{at}documents?view=files",
            "article": f"{at}articles/{article.id}?start=0&end=20", "facts": f"{at}facts", "digests": f"{at}digests",
            "digest": f"{at}digests/{digest.id}", "dictionary": f"{at}indicators", "form": f"{at}form",
            "jobs": f"{at}jobs", "settings": f"{at}settings", "missing": f"{at}articles/zzz",
        }  # fmt: skip


def _page(pages: Watched, room: str, width: int = 1280) -> Page:
    return pages(width, allowed=(404,) if room == "missing" else ())


def _settled(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.wait_for_function("() => !document.querySelector('[aria-busy=\"true\"]')")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("room", ROOMS)
def test_a_room_is_accessible_and_nothing_scrolls_sideways(
    pages: Watched, rooms: dict[str, str], room: str, width: int
) -> None:
    page = _page(pages, room, width)
    _settled(page, rooms[room])
    assert overflow(page) <= 0
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in found] == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_control_has_a_name_and_shows_its_focus(pages: Watched, rooms: dict[str, str], room: str) -> None:
    page = _page(pages, room)
    _settled(page, rooms[room])
    page.evaluate("document.activeElement.blur()")
    seen = 0
    for _ in range(12):
        page.keyboard.press("Tab")
        told = page.evaluate(
            "() => { const e = document.activeElement, b = (e.closest('.button, .line') ?? e), s = getComputedStyle(e),"
            " t = getComputedStyle(b); return e === document.body ? null : {name: e.getAttribute('aria-label')"
            " ?? e.labels?.[0]?.textContent ?? e.textContent ?? '', shown: s.outlineStyle !== 'none' ||"
            " t.outlineStyle !== 'none' || t.boxShadow !== 'none'}; }"
        )
        if told is None:
            break
        seen += 1
        assert told["name"].strip() and told["shown"], told
    assert seen >= 8


@pytest.mark.parametrize("width", WIDTHS)
def test_an_empty_library_is_filled_with_one_click(
    pages: Watched, servers: ExitStack, tmp_path: Path, width: int
) -> None:
    page = pages(width)
    library = servers.enter_context(Library.open(tmp_path / "空", create=True))
    address = servers.enter_context(serving(library))
    for room in ("", "ask", "compare", "documents", "facts", "indicators", "form", "digests", "jobs", "settings"):
        _settled(page, address + room)
        assert overflow(page) <= 0
        if room != "settings":
            assert page.is_visible("#load-samples"), room
    page.goto(address)
    assert "还是空的" in page.inner_text(".empty")
    assert page.locator("#question").count() == 0
    page.click("#load-samples")
    assert page.is_visible("#samples-bar") and "正在准备" in page.inner_text("#samples-doing")
    page.wait_for_selector("#samples-doing:has-text(' / 18')", timeout=60_000)
    page.wait_for_selector("#question", timeout=60_000)
    page.wait_for_selector("#newest li")
    assert "18" in page.inner_text(".figures") and "虚构样例 18 个文件" in page.inner_text("#samples")
    assert overflow(page) <= 0
    (tmp_path / "自己的.txt").write_text("江苏昆山：驿站\n\n昆山市建成驿站9个。\n", encoding="utf-8")
    assert not library.ingest([tmp_path / "自己的.txt"]).failures
    page.on("dialog", lambda dialog: dialog.accept())
    page.click("#remove-samples")
    page.wait_for_selector("#samples", state="detached", timeout=60_000)
    assert [d.document.name for d in library.documents() if d.state == "indexed"] == ["自己的.txt"]


def test_an_empty_room_says_what_to_do(page: Page, servers: ExitStack, tmp_path: Path) -> None:
    library = servers.enter_context(Library.open(tmp_path / "空", create=True))
    address = servers.enter_context(serving(library))
    for room, says in (
        ("digests", ("起草", "按月列出")),
        ("jobs", ("导入材料后", "核实或修改后")),
        ("documents", ("拖到",)),
    ):
        _settled(page, address + room)
        said = page.inner_text("main")
        assert all(each in said for each in says) and "没有符合条件" not in said


def test_on_a_narrow_screen_every_room_can_be_gone_to_and_what_needs_a_look_comes_first(
    pages: Watched, rooms: dict[str, str]
) -> None:
    page = pages(390)
    for room in ("home", "settings"):
        _settled(page, rooms[room])
        boxes = [each.bounding_box() for each in page.locator(".top li a").all()]
        assert len(boxes) == 8 and all(box and box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in boxes)
    _settled(page, rooms["home"])
    needs, places = (page.locator(f"#{part}").bounding_box() for part in ("attention-head", "places-head"))
    assert needs and places and needs["y"] < places["y"]


def test_names_of_abilities_and_settings_stand_apart_from_their_texts(pages: Watched, rooms: dict[str, str]) -> None:
    page = pages(1280)
    _settled(page, rooms["settings"])
    name, text = (page.locator(f"#abilities li >> nth=0 >> {part}").bounding_box() for part in ("b", ".about"))
    assert name and text and text["x"] - name["x"] - name["width"] >= 6
    page = pages(390)
    _settled(page, rooms["settings"])
    term, told = (page.locator(f"dl:has(code) >> nth=0 >> {part}").first.bounding_box() for part in ("dt", "dd"))
    assert term and told and told["y"] >= term["y"] + term["height"] - 1


def test_what_is_printed_is_the_matter_alone(page: Page, rooms: dict[str, str]) -> None:
    page.emulate_media(media="print")
    hidden = {
        "compare": (".choose", ".actions"), "article": (".side .link", ".tabs"), "facts": ("#grid input", ".toolbar"),
        "digest": ("#warnings", ".outline"),
    }  # fmt: skip
    for room, parts in hidden.items():
        _settled(page, rooms[room])
        for part in parts:
            assert page.locator(f"{part}:visible").count() == 0, (room, part)
    _settled(page, rooms["compare"])
    said = page.inner_text(".told")
    assert "驿站/阵地数" in said and "地方：" in said and "制表：" in said and "空白为资料中未提及" in said
    marks = page.locator(".told .ref").evaluate_all("all => [...new Set(all.map((e) => e.dataset.n))]")
    assert 0 < len(marks) == page.locator(".printed li:visible").count(), "each mark has its source"
    _settled(page, rooms["facts"])
    lines = (
        "e => { const text = document.createRange(); text.selectNodeContents(e); return text.getClientRects().length; }"
    )
    assert page.locator("#grid td.short").first.evaluate(lines) == 1


def test_a_page_is_there_soon_and_its_own_files_are_small(pages: Watched, rooms: dict[str, str]) -> None:
    page = pages()
    sizes = {}
    page.on("response", lambda r: sizes.update({r.url: len(r.body())}) if "/static/" in r.url else None)
    for room in ROOMS[:-1]:
        _settled(page, rooms[room])
    assert sizes and sum(sizes.values()) < 2_000_000


def test_hostile_text_stays_text_in_every_room(pages: Watched, servers: ExitStack, tmp_path: Path) -> None:
    page = pages()
    bodies = "\n".join(f"{text}\n德清县建成驿站{n + 2}个，选派{text}{n + 3}名。" for n, text in enumerate(XSS))
    path = tmp_path / "德清“<img src=x onerror=document.title=1>”.txt"
    path.write_text(f"德清：{HOSTILE}\n\n德清县委社会工作部\n\n{bodies}\n", encoding="utf-8")
    table = tmp_path / "表.html"
    cells = "".join(f"<tr><td>德清县</td><td>{i + 2}</td><td>{_escaped(x)}</td></tr>" for i, x in enumerate(XSS))
    rows = f"<table><tr><th>地方</th><th>驿站（个）</th><th>说明</th></tr>{cells}</table>"
    table.write_text(f"<html><body><h1>德清县驿站表</h1><p>德清县建成驿站。</p>{rows}</body></html>", encoding="utf-8")
    library = servers.enter_context(Library.open(tmp_path / "library", create=True))
    address = servers.enter_context(serving(library))
    assert not library.ingest([path, table]).failures
    hostile = next(a for a in library.articles() if a.name == path.name)
    source = Source(hostile.id, 0, 20, hostile.body[:20])
    entries = tuple(Entry(f"e{n}", text, text, text, None, (source,)) for n, text in enumerate(XSS))
    issue = Issue(HOSTILE, sections=(Section("s", HOSTILE, entries),))
    digest = Digests(library.catalogue.engine).add("d1", issue)
    shown = ["", f"ask?q={ASKED}", "compare?theme=驿站", "documents", "documents?view=files", "facts", "digests"]
    shown += [f"articles/{a.id}" for a in library.articles()] + [f"digests/{digest.id}", "jobs"]
    for room in shown:
        _settled(page, address + room)
        assert page.title() in _titles(page, hostile.title), room
        made = ("img", "iframe", "script:not([type])", "svg:not([aria-hidden])", "style", "base", "meta")
        assert page.locator(", ".join(f"main {tag}" for tag in made)).count() == 0, room
    page.goto(f"{address}facts")
    page.click("#grid .link >> nth=0")
    page.wait_for_selector("#card mark")
    assert "坏" not in page.title()
    for ending in ("html", "md"):
        text = page.request.get(f"{address}v1/digests/d1/file?format={ending}").text()
        assert not re.search(r"(?<!\\)<(?:script|img|svg onload|iframe)", text)


def _titles(page: Page, hostile: str) -> set[str]:
    rooms = {f"{name} - 通鉴" for name in ("首页", "问答", "对比", "资料", "指标", "摘编", "任务", "设置")}
    return rooms | {f"{' '.join(hostile.split())} - 通鉴"} | {"德清县驿站表 - 通鉴"}


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
