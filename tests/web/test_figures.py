"""The figures' desk in Chromium: what is filtered, typed and focused is kept; many at once; what is exported."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from api.exports import correct
from api.library import Library
from corpus.corrections import Correction
from tests.web.conftest import WIDTHS, Watched, overflow

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
    row = book["指标数据"][cell.row]
    heads = [c.value for c in next(book["指标数据"].iter_rows())]
    indicator, said = (row[heads.index(head)].value for head in ("指标", "原句"))
    row[heads.index("标记")].value = "已核实"
    row[heads.index("原文表述")].value = "改了的"
    book.save(path)
    page.goto(f"{address}/facts")
    page.wait_for_selector("#grid tbody input")
    page.set_input_files("#workbook", path)
    page.wait_for_selector("#changes-dialog[open]")
    told = page.inner_text("#changes-list")
    assert "江油市" in told and f"{indicator}　状态：已完成 → 计划；标记：（空） → 已核实" in told
    assert said[:20] in told and f"“原文表述”栏只供参看，不读回：第 {cell.row} 行" in told


@pytest.mark.parametrize("width", WIDTHS)
def test_a_change_is_taken_back_and_a_value_unlike_its_words_is_marked(
    pages: Watched, own: tuple[str, Library], width: int
) -> None:
    page, (address, library) = pages(width), own
    fact = next(f for f in library.facts("江油市") if f.quantity.surface == "64个")

    def value() -> int:
        return int(library.catalogue.facts(ids=[fact.id])[0].quantity.value)

    page.goto(f"{address}/facts?place=江油市&id={fact.id}")
    page.wait_for_selector("#edit-value")
    page.fill("#edit-value", "66")
    page.click("text=保存修改")
    page.wait_for_selector("#card .fault-line:has-text('与原文表述“64个”不同')")
    assert page.inner_text("tr.current .unlike") == "66"
    flags = page.inner_text("tr.current td:last-child")
    assert "与原文表述不同" in flags and "false" not in page.inner_text("#grid")
    page.click("#notice >> text=撤销")
    page.wait_for_selector("#card li:has-text('数值：66 → 64')")
    assert value() == 64 and page.locator(".unlike").count() == 0
    page.click("#card li:has-text('数值：66 → 64') >> text=恢复")
    page.wait_for_selector("tr.current .unlike")
    assert value() == 66
    page.click("#card li:has-text('数值：64 → 66') >> nth=0 >> text=恢复")
    page.wait_for_selector("tr.current .unlike", state="detached")
    assert value() == 64 and overflow(page) <= 0


def test_many_at_once_are_taken_back_and_what_was_judged_otherwise_is_asked_about(
    page: Page, own: tuple[str, Library]
) -> None:
    address, library = own
    aside = next(f for f in library.facts("江油市") if f.quantity.surface == "64个")
    correct(library, [Correction(aside.id, "review", None, "not_used")], "李四")
    said: list[str] = []

    def asked(dialog: Dialog) -> None:
        said.append(dialog.message)
        dialog.accept() if len(said) > 1 else dialog.dismiss()

    page.on("dialog", asked)
    page.goto(f"{address}/facts?place=江油市")
    page.wait_for_selector(".put-aside")
    page.check("#all")
    page.click("[data-review=confirmed]")
    assert said == ["所选中有 1 条已定为“不采用”，一并改为“已核实”？"] and page.locator(".put-aside").count() == 1
    page.click("[data-review=confirmed]")
    page.wait_for_selector("#notice:has-text('已写入')")
    assert page.locator(".put-aside").count() == 0
    page.fill("#f-place", "昆山市")
    page.wait_for_selector("#grid tbody td:has-text('昆山市')")
    page.click("#notice >> text=撤销")
    page.wait_for_selector("#notice:has-text('已写入')")
    reviews = {f.id: "confirmed" in f.flags or "not_used" in f.flags for f in library.facts("江油市")}
    assert [i for i, reviewed in reviews.items() if reviewed] == [aside.id]


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


CLASH = (
    "截至2026年6月底，江油市建成新就业群体驿站64个，较上年底新增5个。中坝街道建成驿站3个，三合街道建成驿站4个。",
    "截至2026年6月底，江油市建成新就业群体驿站70个，较上年底新增5个。",
)


def _clashing(library: Library, folder: Path) -> None:
    for n, text in enumerate(CLASH):
        path = folder / f"江油材料{n}.txt"
        path.write_text(f"江油市：驿站进展{n}\n\n{text}\n", encoding="utf-8")
        assert not library.ingest([path]).failures


def test_what_contradicts_a_figure_is_found_told_and_stays_told(
    page: Page, own: tuple[str, Library], tmp_path: Path
) -> None:
    address, library = own
    _clashing(library, tmp_path)
    page.goto(f"{address}/facts?place=江油市")
    page.select_option("#f-flag", label="数值不一")
    page.wait_for_function("() => document.querySelectorAll('#grid tbody tr').length === 2")
    page.click("#grid tbody .link >> nth=0")
    page.wait_for_selector("#card .conflicts li")
    other = {"64个": "70个", "70个": "64个"}[page.inner_text("#card > .quote mark")]
    assert other in page.inner_text("#card .conflicts li")
    page.keyboard.press("a")
    page.wait_for_selector("tr.current .flag.confirmed")
    assert page.inner_text("tr.current .flag.failed") == "数值不一"
    page.keyboard.press("x")
    page.wait_for_selector("tr.put-aside")
    assert page.locator("tr.current .flag.failed").count() == 0, "what is put aside contradicts nothing"
    href = page.get_attribute("#export", "href") or ""
    told = page.request.get(f"{address}{href.replace('xlsx', 'csv')}").body().decode("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(told)))) == 0


def test_who_signs_is_asked_once_and_stands_by_the_figure(pages: Watched, own: tuple[str, Library]) -> None:
    page, (address, library) = pages(author=""), own
    _opened(page, address)
    page.keyboard.press("a")
    page.click("#sign-dialog button[value='']")
    assert not library.catalogue.corrections()
    page.keyboard.press("a")
    page.fill("#sign-name", "赵六")
    page.keyboard.press("Enter")
    page.wait_for_selector("tr .flag.confirmed")
    assert re.fullmatch(r"已核实（赵六，\d{4}-\d\d-\d\d）", page.inner_text("tr .flag.confirmed"))
    assert "已核实（赵六，" in page.inner_text("#card")
    page.reload()
    _opened(page, address)
    page.keyboard.press("x")
    page.wait_for_selector("tr.put-aside")
    assert {c.author for found in library.catalogue.corrections().values() for c in found} == {"赵六"}


def test_on_a_narrow_screen_the_card_lies_over_the_list(pages: Watched, own: tuple[str, Library]) -> None:
    page, (address, _) = pages(390), own
    page.goto(f"{address}/facts")
    page.wait_for_selector("#grid tbody input")
    row = page.locator("#grid tbody tr").nth(5)
    row.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    row.locator(".link").click()
    page.wait_for_selector("#card [data-judge=confirmed]")
    assert page.evaluate("scrollY") == before
    assert page.evaluate("document.activeElement === document.querySelector('#card h2')")
    box = page.locator("#card").bounding_box()
    assert box and box["y"] >= 0 and box["y"] + box["height"] <= 861
    page.click("#card [data-judge=confirmed]")
    page.wait_for_selector("tr.current .flag.confirmed")
    page.click("#card .close")
    page.wait_for_selector("#card", state="hidden")
    assert row.locator(".link").evaluate("e => e === document.activeElement")


def test_a_row_tells_whose_figure_it_is(page: Page, own: tuple[str, Library], tmp_path: Path) -> None:
    address, library = own
    path = tmp_path / "武侯.txt"
    path.write_text(
        "成都市武侯区：办好驿站\n\n2026年，成都市武侯区建成驿站52个，簇桥街道建成驿站3个。\n", encoding="utf-8"
    )
    library.ingest([path])
    page.goto(f"{address}/facts?place=武侯区")
    page.wait_for_selector("#grid tbody input")
    rows = {r.locator("td").nth(3).inner_text(): r.locator("td").nth(1) for r in page.locator("#grid tbody tr").all()}
    assert rows["52个"].inner_text() == "成都市武侯区"
    assert rows["3个"].inner_text().split("\n") == ["成都市武侯区", "簇桥街道（乡镇街道）"]
    rows["52个"].click()
    assert page.input_value("#edit-place") == "成都市武侯区"
    page.keyboard.press("e")
    assert page.evaluate("getSelection().toString()") == "52"
    page.fill("#edit-place", "德清县")
    page.keyboard.press("Enter")
    page.wait_for_selector("#card li:has-text('德清县')")
    assert {f.place.adcode for f in library.facts() if f.quantity.surface == "52个" and f.place} >= {"330521"}


def test_a_filter_that_finds_nothing_leaves_no_other_rows_and_says_why(
    pages: Watched, own: tuple[str, Library]
) -> None:
    page, (address, _) = pages(allowed=(422,)), own
    page.goto(f"{address}/facts")
    page.wait_for_selector("#grid tbody input")
    page.fill("#f-place", "火星")
    page.wait_for_selector("#grid td.hint:has-text('火星')")
    assert page.locator("#grid tbody input").count() == 0
    page.fill("#f-place", "江油市")
    page.wait_for_selector("#grid tbody input")
    assert "火星" not in page.inner_text("body")
    page.fill("#f-place", "")
    page.fill("#f-indicator", "驿站")
    page.wait_for_function(
        "() => { const rows = [...document.querySelectorAll('#grid tbody .link')];"
        " return rows.length && rows.every((r) => r.textContent.includes('驿站')); }"
    )
    page.fill("#f-indicator", "没有的指标")
    page.wait_for_selector("#grid td.hint:has-text('名称中的几个字')")


def test_an_indicator_without_figures_can_be_merged_into_and_a_failure_keeps_what_is_typed(
    pages: Watched, own: tuple[str, Library]
) -> None:
    page, (address, library) = pages(allowed=(404, 422)), own
    empty = next(i for i in library.rules.indicators.values() if i.units and "个" in i.units
                 and not library.catalogue.facts(indicators=[i.id]))  # fmt: skip
    old = next(f for f in library.facts() if f.indicator.startswith("open.") and f.quantity.unit == "个")
    page.goto(f"{address}/indicators")
    page.fill("#i-q", old.indicator_name)
    page.locator("#grid tr", has=page.get_by_text(old.indicator_name, exact=True)).locator("button").click()
    page.fill("#e-into", "没有的指标")
    page.click("#edit-dialog button[value=write]")
    page.wait_for_selector("#e-fault:has-text('没有的指标')")
    assert page.input_value("#e-into") == "没有的指标"
    page.fill("#e-into", empty.name)
    page.click("#edit-dialog button[value=write]")
    page.wait_for_selector("#edit-dialog", state="hidden")
    assert library.catalogue.facts(ids=[old.id])[0].indicator == empty.id


def test_a_change_is_told_with_the_figure_it_is_of(page: Page, own: tuple[str, Library]) -> None:
    address, library = own
    fact = next(f for f in library.facts("江油市") if f.quantity.surface == "64个")
    correct(library, [Correction(fact.id, "object", fact.object, "驿站点")], "李四")
    page.goto(f"{address}/jobs")
    page.wait_for_selector("#changes li a")
    said = page.inner_text("#changes li")
    assert "江油市" in said and fact.indicator_name in said and "64个" in said and "李四" in said
