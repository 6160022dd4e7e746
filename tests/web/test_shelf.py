"""The shelf and the home page in Chromium: pages, facets, many files, files that failed, numbers that lead on."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from api.exports import correct
from api.issues import begin
from api.library import Library
from corpus.blobs import Blobs
from corpus.corrections import Correction
from corpus.desk import Desk
from corpus.digests import Digests
from tests.web.conftest import WIDTHS, Watched, overflow

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload, Page, Route


def test_the_next_page_leaves_the_total(page: Page, own: tuple[str, Library]) -> None:
    address, _ = own
    page.route("**/v1/desk/articles?*", lambda route: route.continue_(url=route.request.url.replace("=50", "=20")))
    page.goto(f"{address}/documents")
    page.wait_for_selector("#total:has-text('共 33 项')")
    page.click("#more")
    page.wait_for_function("() => document.querySelectorAll('#list .row').length === 33")
    assert page.inner_text("#total") == "共 33 项"


def test_the_focus_stays_on_the_facet_chosen(page: Page, own: tuple[str, Library]) -> None:
    address, _ = own
    page.goto(f"{address}/documents")
    page.click("[aria-label=宁夏回族自治区各地]")
    page.click(".facet:has-text('泾源县')")
    page.wait_for_selector(".facet[aria-pressed=true]")
    assert page.evaluate("document.activeElement.textContent").startswith("泾源县")


@pytest.mark.parametrize("width", WIDTHS)
def test_places_are_a_tree_sources_a_facet_and_the_order_is_chosen(
    pages: Watched, own: tuple[str, Library], width: int
) -> None:
    page, (address, _) = pages(width), own
    page.goto(f"{address}/documents")
    page.wait_for_selector("#list .row")
    if width < 860:
        page.click("#facets summary")
    assert not page.is_visible(".facet:has-text('德清县')")
    page.click("[aria-label=浙江省各地]")
    page.click(".facet:has-text('浙江省')")
    page.wait_for_selector("#total:has-text('共 2 项')")
    assert page.is_visible(".facet:has-text('德清县')")
    page.click("[data-facet=source]:has-text('德清社会工作')")
    page.wait_for_url("**source=*")
    page.click("text=清除筛选")
    page.wait_for_selector("#total:has-text('共 33 项')")
    first = page.inner_text(".row h3 >> nth=0")
    page.select_option("#sort", "oldest")
    page.wait_for_url("**sort=oldest")
    page.wait_for_function("first => document.querySelector('.row h3').innerText !== first", arg=first)
    assert "敦化" in page.inner_text(".row >> nth=0")
    page.reload()
    page.wait_for_selector("#list .row")
    assert page.input_value("#sort") == "oldest" and "敦化" in page.inner_text(".row >> nth=0")
    assert overflow(page) <= 0


def test_many_files_go_up_some_at_a_time(page: Page, own: tuple[str, Library]) -> None:
    address, _ = own
    sent: list[int] = []

    def taken(route: Route) -> None:
        if route.request.method != "POST":
            return route.fallback()
        n = (route.request.post_data_buffer or b"").count(b'name="files"')
        sent.append(n)
        documents = [{"name": f"{i}.txt", "status": "indexed"} for i in range(n)]
        job = {"id": "j", "state": "done", "done": n, "total": n, "item": "", "error": None}
        return route.fulfill(json={**job, "result": {"documents": documents}}, status=202)

    page.route("**/v1/documents", taken)
    page.goto(f"{address}/documents")
    files: list[FilePayload] = [{"name": f"{n}.txt", "mimeType": "text/plain", "buffer": b"x"} for n in range(1203)]
    page.set_input_files("#files", files)
    page.wait_for_selector("#outcome p:has-text('1203 个文件成功')")
    assert sent == [200] * 6 + [3]


def test_a_file_that_failed_is_found_by_its_state_and_put_off_the_list(
    page: Page, own: tuple[str, Library], tmp_path: Path
) -> None:
    address, library = own
    bad = tmp_path / "坏的.pdf"
    bad.write_bytes(b"%PDF-1.7\nnot a pdf")
    library.ingest([bad])
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{address}/documents?view=files")
    page.click(".facet:has-text('读不了')")
    page.wait_for_selector("#total:has-text('共 1 项')")
    assert "status=failed" in page.url
    page.click("text=移出清单")
    page.wait_for_selector("#notice:has-text('移出清单')")
    page.wait_for_selector("#total:has-text('没有')")
    assert {d.document.name: d.state for d in library.documents()}["坏的.pdf"] == "deleted"


def test_a_file_dropped_beside_the_box_does_not_take_the_page_away(page: Page, own: tuple[str, Library]) -> None:
    address, _ = own
    page.goto(f"{address}/documents")
    page.wait_for_selector("#list .row")
    for name in ("dragover", "drop"):
        event = f"new DragEvent('{name}', {{bubbles: true, cancelable: true}})"
        assert page.evaluate(f"document.querySelector('h1').dispatchEvent({event})") is False


def test_every_number_of_the_home_page_leads_to_what_it_counted(page: Page, own: tuple[str, Library]) -> None:
    address, library = own
    page.goto(address)
    page.wait_for_selector("#newest li")
    row_of = "e => [...e.closest('li, tr').children].map(c => c.textContent).join(' ')"
    links = page.locator("#attention a, #practices a, #years a, #places .count a, #places li > a").all()
    told = [(a.evaluate(row_of), a.get_attribute("href")) for a in links]
    needs = {name: n for name, n in Desk(library.catalogue.engine).attention().items() if n}
    assert len(page.locator("#attention a").all()) == len(needs) + 1 >= 4
    assert len(told) > 40
    for row, href in told:
        assert href
        numbers = re.search(r"(\d+) 条数据" if "/facts" in href else r"(\d+)(?: 个文件| 篇文章|$)", row)
        if numbers is None:
            continue
        path, _, query = href.partition("?")
        listed = {"/facts": "/v1/desk/facts", "/documents": "/v1/desk/articles"}[path]
        given = page.request.get(f"{address}{listed}?{query}").json()
        assert given["total"] == int(numbers[1]), (row, href)
    for name, n in needs.items():
        page.goto(f"{address}/documents?attention={name}")
        page.wait_for_selector(f"#total:has-text('共 {n} 项')")
        assert page.locator(".facet[aria-pressed=true]").inner_text().endswith(str(n))


def test_a_page_that_is_not_there_leads_on(pages: Watched, own: tuple[str, Library]) -> None:
    page, (address, _) = pages(allowed=(404,)), own
    for path in ("articles/zzz", "digests/zzz", "nowhere"):
        page.goto(f"{address}/{path}")
        assert page.inner_text("h1") == "没有找到"
        page.click("text=回首页")
        page.wait_for_selector("#newest li")
    told = page.request.get(f"{address}/articles/zzz", headers={"accept": "application/json"})
    assert told.status == 404 and json.loads(told.text())["kind"] == "NotFound"
    assert page.request.get(f"{address}/v1/digests/zzz", headers={"accept": "text/html"}).json()["status"] == 404


def test_a_page_can_be_asked_for_without_its_body(page: Page, own: tuple[str, Library]) -> None:
    address, library = own
    article = library.articles()[0]
    rooms = (
        "",
        "ask",
        "compare",
        "documents",
        "facts",
        "indicators",
        "digests",
        "jobs",
        "settings",
        "examples",
        "v1/facts",
    )
    for room in (*rooms, f"articles/{article.id}", "static/page.css"):
        told = page.request.head(f"{address}/{room}")
        assert told.status == 200 and told.body() == b"", room


def test_what_came_in_is_told_with_links_and_found_first(page: Page, own: tuple[str, Library], tmp_path: Path) -> None:
    address, library = own
    old = next(d.document for d in library.documents() if d.document.name == "泾源县志愿服务季综述.txt")
    content = Blobs(library.folder / "blobs").get(old.sha256)
    assert content
    (tmp_path / "换了名.txt").write_bytes(content)
    (tmp_path / "新来的.txt").write_text("竹溪县：驿站进展\n竹溪县建成新就业群体驿站21个。\n", encoding="utf-8")
    (tmp_path / "程序.exe").write_bytes(b"MZ\x90\x00\x03" + bytes(200))
    page.goto(f"{address}/documents?view=files")
    page.set_input_files("#files", [tmp_path / n for n in ("换了名.txt", "新来的.txt", "程序.exe")])
    page.wait_for_selector("#outcome p", timeout=60_000)
    told = page.locator("#outcome li")
    assert [told.nth(n).inner_text().split("\n")[0][:5] for n in range(3)] == ["程序.ex", "新来的.t", "换了名.t"]
    assert (
        "资料库里已有：泾源县志愿服务季综述.txt" in told.nth(2).inner_text()
        and "请转成" not in told.nth(0).inner_text()
    )
    first = page.locator(".row.file", has_text="新来的.txt")
    first.wait_for()
    names = page.locator(".row.file h3").all_inner_texts()
    assert {names[0].split("\n")[0][:3], names[1].split("\n")[0][:3]} == {"程序.", "新来的"}
    assert " KB" in first.inner_text() and "202" in first.locator(".about").inner_text()
    told.nth(2).locator("a").click()
    page.wait_for_selector("#list:has-text('泾源县志愿服务季综述.txt')")
    assert "共 1 项" in page.inner_text("#total")
    page.goto(address)
    page.wait_for_selector("#newest li")
    assert "竹溪县：驿站进展" in page.locator("#newest li").first.inner_text()


def test_a_mended_file_says_that_it_replaced_the_old_one_and_gives_it_back(
    page: Page, own: tuple[str, Library], tmp_path: Path
) -> None:
    address, library = own
    path = tmp_path / "竹溪.txt"
    page.goto(f"{address}/documents?view=files")
    for n in (21, 24):
        path.write_text(f"竹溪县：驿站进展\n竹溪县建成新就业群体驿站{n}个。\n", encoding="utf-8")
        page.set_input_files("#files", [path])
        page.wait_for_selector("#progress", state="hidden")
        page.wait_for_selector("#outcome li" + (":has-text('替换了旧版')" if n == 24 else ""))
    assert "24个" in library.ask("竹溪县建成多少个驿站？").text
    page.click("#outcome >> text=恢复旧版")
    page.wait_for_selector("#notice:has-text('正在恢复')")
    while (job := page.request.get(f"{address}/v1/jobs").json()["items"][0])["state"] != "done" or "恢复" not in job[
        "title"
    ]:
        page.wait_for_timeout(50)
    page.click(".facet:has-text('已被新版替换')")
    page.wait_for_selector(".row.file.replaced")
    assert "21个" in library.ask("竹溪县建成多少个驿站？").text


def test_versions_say_which_is_current_and_where_they_differ(
    page: Page, own: tuple[str, Library], tmp_path: Path
) -> None:
    address, library = own
    told = "竹溪县：驿站进展\n竹溪县建成新就业群体驿站{}个，站长由党员轮流担任，每周组织一次志愿服务，群众都说好。\n"
    for name, n in (("总结（定稿）.txt", 21), ("总结（定稿2）.txt", 24)):
        (tmp_path / name).write_text(told.format(n), encoding="utf-8")
        library.ingest([tmp_path / name])
    articles = {a.name: a.id for a in library.articles()}
    for name, said, was, now in (
        ("总结（定稿）.txt", "那一篇是现用的", "21", "24"),
        ("总结（定稿2）.txt", "那一篇是旧稿", "24", "21"),
    ):
        page.goto(f"{address}/articles/{articles[name]}")
        page.wait_for_selector("#p-links .differences", state="attached")
        page.click("#t-links")
        assert said in page.inner_text("#p-links") and "有 1 处不同" in page.inner_text("#p-links")
        assert page.inner_text("#p-links del") == was and page.inner_text("#p-links ins") == now
        assert "驿站" in page.inner_text("#p-links .differences li")


def test_the_reason_of_a_failure_stands_alone(page: Page, own: tuple[str, Library], tmp_path: Path) -> None:
    address, library = own
    (tmp_path / "没有字.txt").write_bytes(b"")
    assert library.ingest([tmp_path / "没有字.txt"]).failures
    page.goto(f"{address}/documents?view=files&status=failed")
    page.wait_for_selector(".fault-line:text-is('文件是空的，请检查是否上传完整。')")


def test_a_page_left_while_files_come_in_goes_on_telling(page: Page, own: tuple[str, Library]) -> None:
    address, _ = own
    states = iter(["running", "running", "done"])

    def job(state: str) -> dict[str, Any]:
        documents = [{"id": "d1", "name": "很多.zip", "status": "indexed", "articles": 3, "facts": 4, "reason": None}]
        return {
            "id": "j1", "kind": "ingest", "title": "很多.zip", "queued_at": "", "ended_at": None, "state": state,
            "done": 1, "total": 3, "item": "甲.txt", "error": None,
            "result": {"documents": documents} if state == "done" else {},
        }  # fmt: skip

    page.route("**/v1/jobs", lambda route: route.fulfill(json={"items": [job("running")]}))
    page.route("**/v1/jobs/j1", lambda route: route.fulfill(json=job(next(states, "done"))))
    page.goto(f"{address}/documents")
    page.wait_for_selector("#progress:has-text('甲.txt')")
    assert page.get_attribute("#progress a", "href") == "/jobs"
    page.wait_for_selector("#outcome a:has-text('很多.zip')")
    assert page.is_hidden("#progress")


def test_home_tells_of_figures_that_differ_and_sentences_to_be_checked(
    page: Page, own: tuple[str, Library], tmp_path: Path
) -> None:
    address, library = own
    for n in (21, 24):
        path = tmp_path / f"竹溪{n}.txt"
        path.write_text(f"竹溪县：驿站进展\n截至2026年9月底，竹溪县建成新就业群体驿站{n}个。\n", encoding="utf-8")
        library.ingest([path])
    made = begin(library, "新就业群体服务", title="新的一期")
    section = made.issue.sections[0]
    entries = (replace(section.entries[0], text="原文里没有的一句。"), *section.entries[1:])
    issue = replace(made.issue, sections=(replace(section, entries=entries), *made.issue.sections[1:]))
    Digests(library.catalogue.engine).save(made.id, issue, 1)
    first = library.facts()[0]
    correct(library, [Correction(first.id, "review", None, "confirmed")], "张三")
    page.goto(address)
    page.click("#attention a:has-text('摘编“新的一期”有 1 句待核')")
    page.wait_for_selector(".off")
    page.goto(address)
    page.click("#attention a:has-text('条数据数值不一')")
    page.wait_for_selector("#grid tbody tr")
    rows = page.locator("#grid tbody tr").all_inner_texts()
    assert all("数值不一" in row for row in rows) and sum("竹溪县" in row for row in rows) == 2
    page.goto(address)
    left = len(library.facts()) - 1
    page.click(f"#attention a:has-text('{left} 条数据尚未核实')")
    page.wait_for_selector("#grid tbody tr")
    assert page.input_value("#f-flag") == "unreviewed"
    assert page.locator(f"#grid tr[data-id='{first.id}']").count() == 0


def test_a_search_shows_the_sentence_and_opens_there(page: Page, own: tuple[str, Library]) -> None:
    address, _ = own
    page.goto(f"{address}/documents")
    page.wait_for_selector("#list .row")
    page.fill("#words-in", "驿站")
    page.wait_for_selector("#list .quote mark:has-text('驿站')")
    page.click("#list .quote a >> nth=0")
    page.wait_for_selector(".body mark")
    assert "驿站" in page.inner_text(".body mark >> nth=0")
