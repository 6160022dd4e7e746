"""The figures' desk in Chromium: what is filtered, typed and focused is kept; many at once; what is exported."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.exports import correct
from api.library import Library
from corpus.corrections import Correction
from tests.web.conftest import Watched

if TYPE_CHECKING:
    from playwright.sync_api import Dialog, Page, Route


def _opened(page: Page, address: str) -> None:
    page.goto(f"{address}/facts")
    page.wait_for_selector("#grid tbody input")
    page.click("#grid tbody .link >> nth=0")
    page.wait_for_selector("#edit-value")


def test_keys_do_nothing_behind_a_dialog(page: Page, own: tuple[str, Library]) -> None:
    address, library = own
    _opened(page, address)
    page.evaluate("document.getElementById('changes-dialog').showModal()")
    page.keyboard.press("x")
    page.keyboard.press("Escape")
    page.wait_for_selector("#changes-dialog", state="hidden")
    assert page.is_visible("#card")
    assert not library.catalogue.corrections() and page.locator(".put-aside").count() == 0


def test_changes_are_told_in_words_and_the_focus_stays(page: Page, own: tuple[str, Library]) -> None:
    address, _ = own
    _opened(page, address)
    page.keyboard.press("a")
    page.wait_for_selector("#card li:has-text('核实：（空） → 已核实')")
    assert page.evaluate("document.activeElement.matches('tr.current .link')")


def test_a_changed_workbook_is_told_in_words(page: Page, own: tuple[str, Library], tmp_path: Path) -> None:
    from openpyxl import load_workbook  # type: ignore[import-untyped]

    address, _ = own
    path = tmp_path / "数据.xlsx"
    path.write_bytes(page.request.get(f"{address}/v1/exports?format=xlsx&place=江油市&status=done").body())
    book = load_workbook(path)
    cell = next(c for row in book["指标数据"].iter_rows() for c in row if c.value == "已完成")
    cell.value = "计划"
    book.save(path)
    page.goto(f"{address}/facts")
    page.wait_for_selector("#grid tbody input")
    page.set_input_files("#workbook", path)
    page.wait_for_selector("#changes-dialog[open]")
    assert "已完成 → 计划" in page.inner_text("#changes-list")


def test_filters_stand_in_the_address_and_unchoose_all(page: Page, own: tuple[str, Library]) -> None:
    address, _ = own
    page.goto(f"{address}/facts")
    page.wait_for_selector("#grid tbody input")
    page.check("#all")
    page.fill("#f-place", "江油市")
    page.select_option("#f-status", "done")
    page.wait_for_url("**/facts?place=*&status=done")
    of_place = "() => [...document.querySelectorAll('#grid tbody tr')].every(r => r.cells[1].textContent === '江油市')"
    page.wait_for_function(of_place)
    assert not page.is_checked("#all") and page.inner_text("#chosen") == ""
    page.reload()
    page.wait_for_selector("#grid tbody input")
    assert page.input_value("#f-place") == "江油市" and page.input_value("#f-status") == "done"
    assert page.evaluate(f"({of_place})()")


def test_what_is_typed_is_not_left_without_a_word(page: Page, own: tuple[str, Library]) -> None:
    address, library = own
    said: list[str] = []
    stay = True

    def asked(dialog: Dialog) -> None:
        said.append(dialog.message)
        dialog.dismiss() if stay else dialog.accept()

    page.on("dialog", asked)
    _opened(page, address)
    first = page.inner_text("#card h2")
    other = page.locator("#grid tbody .link").nth(3)
    page.fill("#edit-object", "填了一半")
    other.click()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    page.keyboard.press("Escape")
    assert len(said) == 3 and "没有保存" in said[0]
    assert page.input_value("#edit-object") == "填了一半" and page.inner_text("#card h2") == first
    page.click("[data-review=confirmed]")
    page.wait_for_selector("#card li:has-text('已核实')")
    assert page.input_value("#edit-object") == "填了一半"
    page.fill("#f-q", "没有这样的数据")
    page.wait_for_selector("#grid td.hint")
    assert page.input_value("#edit-object") == "填了一半"
    page.click("text=保存修改")
    page.wait_for_selector("#notice:has-text('已写入 1 条')")
    assert [c.new for found in library.catalogue.corrections().values() for c in found] == ["confirmed", "填了一半"]
    page.fill("#edit-object", "又填了")
    stay = False
    page.keyboard.press("Tab")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Escape")
    page.wait_for_selector("#card", state="hidden")


def test_a_card_kept_open_does_not_overwrite_another_unseen(pages: Watched, own: tuple[str, Library]) -> None:
    page, (address, library) = pages(allowed=(409,)), own
    fact = next(f for f in library.facts("江油市") if f.quantity.surface == "64个")
    page.goto(f"{address}/facts?id={fact.id}")
    page.fill("#edit-value", "65")
    correct(library, [Correction(fact.id, "value", "64", "66")], "李四")
    page.fill("#f-place", "江油市")
    page.wait_for_url("**/facts?place=*")
    page.wait_for_load_state("networkidle")
    page.click("text=保存修改")
    page.wait_for_selector("#card .fault-line:has-text('李四')")
    assert library.catalogue.facts(ids=[fact.id])[0].quantity.value == 66


def test_more_than_five_hundred_are_written_at_once(page: Page, own: tuple[str, Library]) -> None:
    address, _ = own
    sent: list[int] = []

    def many(route: Route) -> None:
        told: Any = route.fetch().json()
        items = [told["items"][0] | {"id": f"f{n}"} for n in range(1100)]
        route.fulfill(json={"items": items, "next": None, "total": 1100})

    def written(route: Route) -> None:
        changes = (route.request.post_data_json or {})["changes"]
        sent.append(len(changes))
        route.fulfill(json={"items": []}) if len(changes) > 500 else route.fulfill(
            json={"items": [known | {"id": c["fact"], "review": "confirmed"} for c in changes]}
        )

    known: dict[str, Any] = page.request.get(f"{address}/v1/desk/facts?limit=1").json()["items"][0]
    page.route("**/v1/desk/facts?*", many)
    page.route("**/v1/corrections", written)
    page.goto(f"{address}/facts")
    page.wait_for_selector("tr[data-id=f1099]")
    page.check("#all")
    page.click("[data-review=confirmed]")
    page.wait_for_selector("#notice:has-text('已写入 1100 条')")
    assert sent == [500, 500, 100]


def test_the_export_holds_what_is_listed(page: Page, own: tuple[str, Library]) -> None:
    address, library = own
    page.goto(f"{address}/facts?q=驿站&level=county&flag=no_period&year=2026")
    page.wait_for_selector("#grid tbody input")
    href = page.get_attribute("#export", "href") or ""
    asked = href.partition("?")[2].replace("format=xlsx&", "")
    listed = page.request.get(f"{address}/v1/desk/facts?{asked}&limit=1000").json()["items"]
    told = page.request.get(f"{address}{href.replace('xlsx', 'csv')}").body().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(told)))
    assert 0 < len(listed) < len(library.facts())
    assert {row["编号"] for row in rows} == {f["id"] for f in listed}


def test_an_indicator_that_loses_its_words_is_saved(page: Page, own: tuple[str, Library]) -> None:
    address, library = own
    page.goto(f"{address}/indicators")
    page.fill("#i-q", "驿站/阵地数")
    page.click("#grid tr:has(b:text-is('驿站/阵地数')) button")
    page.fill("#e-synonyms", "")
    page.click("#edit-dialog button[value=write]")
    page.wait_for_selector("#notice:has-text('已保存')")
    with Library.open(library.folder) as anew:
        assert anew.rules.indicators["site.stations"].objects == ()


def test_two_comparisons_in_a_row_show_the_second(page: Page, own: tuple[str, Library]) -> None:
    address, _ = own
    held: list[Route] = []
    page.route("**/v1/compare", lambda route: route.continue_() if held else held.append(route))
    page.goto(f"{address}/compare")
    page.fill("#c-indicator", "驿站/阵地数")
    page.fill("#c-places", "昆山")
    page.click("#choose [type=submit]")
    page.wait_for_timeout(100)
    page.fill("#c-places", "江油")
    page.click("#choose [type=submit]")
    page.wait_for_selector(".rows td:has-text('江油市')")
    with page.expect_response("**/v1/compare"):
        held[0].continue_()
    page.wait_for_load_state("networkidle")
    assert page.locator(".rows tbody tr").count() == 1 and "江油市" in page.inner_text(".rows")


def test_a_codebook_in_any_encoding_keeps_its_fields(page: Page, own: tuple[str, Library], tmp_path: Path) -> None:
    address, _ = own
    book = tmp_path / "编码表.csv"
    told = 'name,definition,examples\r\n站长,"谁管驿站，\r\n怎么管",站长；轮值\r\n设施,"站里,有什么",饮水机；充电\r\n'
    book.write_bytes(told.encode("gb18030"))
    page.goto(f"{address}/compare")
    page.click("#by-theme")
    with page.expect_response("**/v1/desk/codebook") as response:
        page.set_input_files("#codebook", book)
    items = response.value.json()["items"]
    assert [(a["name"], a["definition"]) for a in items] == [("站长", "谁管驿站， 怎么管"), ("设施", "站里,有什么")]
    page.wait_for_selector("#codebook-chosen:has-text('站长、设施')")
    page.fill("#c-theme", "新就业群体驿站")
    page.keyboard.press("Enter")
    page.wait_for_selector(".rows th")
    assert page.locator(".rows th").all_inner_texts() == ["地方", "站长", "设施"]
