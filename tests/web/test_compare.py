"""The room of comparing in Chromium: what a figure's number alone does not tell, time lines, files, what is missing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from api.issues import begin
from api.library import Library
from tests.web.conftest import WIDTHS, Watched

if TYPE_CHECKING:
    from playwright.sync_api import Page

STATIONS = "驿站/阵地数"


def _take_in(library: Library, folder: Path, *texts: str) -> None:
    for n, text in enumerate(texts):
        path = folder / f"材料{n}.txt"
        path.write_text(f"{text[:3]}：驿站进展\n\n{text}\n", encoding="utf-8")
        assert not library.ingest([path]).failures


def test_a_time_line_has_levels_alone_and_each_point_its_source(
    page: Page, own: tuple[str, Library], tmp_path: Path
) -> None:
    address, library = own
    told = [
        f"截至2026年{m}月底，竹溪县建成新就业群体驿站{n}个，较上年底新增5个。" for m, n in ((3, 21), (6, 34), (9, 52))
    ]
    _take_in(library, tmp_path, *(f"竹溪县{text}" for text in told))
    page.goto(f"{address}/compare?places=竹溪县、三亚市&indicator={STATIONS}")
    page.click("summary:text-is('时间线')")
    page.wait_for_selector(".board canvas")
    label = page.locator(".times .board").get_attribute("aria-label")
    assert label and label.endswith("2026-03-31 21个，2026-06-30 34个，2026-09-30 52个")
    page.locator(".times .ref").nth(1).click()
    page.wait_for_selector("#reader mark")
    assert "34个" in "".join(page.locator("#reader mark").all_text_contents())
    assert "资料中未见：三亚市" in page.inner_text(".coverage")


def test_figures_that_clash_are_told_and_not_drawn(page: Page, own: tuple[str, Library], tmp_path: Path) -> None:
    address, library = own
    _take_in(
        library, tmp_path, "竹溪县截至2026年3月底，竹溪县建成新就业群体驿站21个。",
        "竹溪县截至2026年6月底，竹溪县建成新就业群体驿站34个。",
        "竹溪县截至2026年6月底，竹溪县建成新就业群体驿站近30个。",
        "竹溪县截至2026年9月底，竹溪县建成新就业群体驿站52个。",
    )  # fmt: skip
    page.goto(f"{address}/compare?places=竹溪县&indicator={STATIONS}")
    page.click("summary:text-is('时间线')")
    label = page.locator(".times .board").get_attribute("aria-label")
    assert label and label.endswith("2026-03-31 21个，2026-09-30 52个")
    listed = page.inner_text(".times li")
    assert "34个" in listed and "30个（原文为约数，近）" in listed and "数不一" in listed


def test_a_cell_tells_period_bound_and_what_else_is_said(page: Page, own: tuple[str, Library], tmp_path: Path) -> None:
    address, library = own
    _take_in(
        library, tmp_path, "三亚市截至2026年6月底，三亚市建成新就业群体驿站近20个。",
        "三亚市截至2026年3月底，三亚市建成新就业群体驿站15个。",
    )  # fmt: skip
    page.goto(f"{address}/compare?places=三亚市&indicator={STATIONS}")
    cell = page.locator(".rows tbody td").nth(1)
    said = cell.inner_text()
    assert "截至2026年6月底" in said and "原文为约数，近" in said and "另有 1 种说法" in said
    assert not cell.locator("li").is_visible()
    cell.locator("summary").click()
    assert "15个" in cell.locator("li").inner_text() and "截至2026年3月底" in cell.locator("li").inner_text()
    cell.locator("li .ref").click()
    page.wait_for_selector("#reader mark:has-text('15个')")


def test_a_place_that_contains_another_is_not_drawn_beside_it(
    page: Page, own: tuple[str, Library], tmp_path: Path
) -> None:
    address, library = own
    _take_in(
        library, tmp_path, "成都市截至2026年6月底，成都市建成新就业群体驿站900个。",
        "武侯区截至2026年6月底，成都市武侯区建成新就业群体驿站50个。",
        "锦江区截至2026年6月底，成都市锦江区建成新就业群体驿站60个。",
    )  # fmt: skip
    page.goto(f"{address}/compare?places=成都市、武侯区、锦江区&indicator={STATIONS}")
    page.wait_for_selector(".rows td")
    label = page.locator(".chart .board").first.get_attribute("aria-label")
    assert label == "成都市锦江区 60个，成都市武侯区 50个"
    assert "未画入含下级的：成都市" in page.inner_text(".chart figcaption")


def test_a_codebook_that_cannot_be_read_stops_the_comparison_until_it_is_removed(
    pages: Watched, own: tuple[str, Library], tmp_path: Path
) -> None:
    page, (address, _) = pages(allowed=(422,)), own
    bad = tmp_path / "坏的.csv"
    bad.write_text("没有,这样的,栏目\n1,2,3\n", encoding="utf-8")
    compared: list[str] = []
    page.on("request", lambda r: compared.append(r.url) if r.url.endswith("/v1/compare") else None)
    page.goto(f"{address}/compare")
    page.click("#by-theme")
    page.set_input_files("#codebook", bad)
    page.fill("#c-theme", "新就业群体驿站")
    page.keyboard.press("Enter")
    page.wait_for_selector("#fault:has-text('没有对比')")
    assert "“方面”“定义”“例词”三列" in page.inner_text("#codebook-chosen .fault-line") and not compared
    page.click("#codebook-chosen .chip")
    page.click("#choose [type=submit]")
    page.wait_for_selector(".rows th:has-text('做了什么')")
    assert page.inner_text("#fault") == ""


def test_a_codebook_is_a_workbook_with_chinese_heads(page: Page, own: tuple[str, Library], tmp_path: Path) -> None:
    from openpyxl import Workbook  # type: ignore[import-untyped]

    address, _ = own
    made = Workbook()
    for row in (("方面", "含义", "例词"), ("站长", "谁管驿站", "站长；轮值"), ("设施", "站里有什么", "饮水机；充电")):
        made.active.append(row)
    made.save(tmp_path / "编码表.xlsx")
    page.goto(f"{address}/compare")
    page.click("#by-theme")
    page.set_input_files("#codebook", tmp_path / "编码表.xlsx")
    page.wait_for_selector("#codebook-chosen:has-text('站长、设施')")
    page.fill("#c-theme", "新就业群体驿站")
    page.keyboard.press("Enter")
    page.wait_for_selector(".rows th")
    assert page.locator(".rows th").all_inner_texts() == ["地方", "站长", "设施"]


def test_nothing_chosen_asks_for_something_and_offers_indicators(page: Page, own: tuple[str, Library]) -> None:
    address, _ = own
    page.goto(f"{address}/compare")
    page.wait_for_selector("#common-indicators .chip", state="attached")
    page.click("#choose [type=submit]")
    page.wait_for_selector("#fault:has-text('请先选')")
    assert page.locator("#result *").count() == 0 and page.evaluate("document.activeElement.id") == "c-indicator"
    page.click(f"#common-indicators .chip:text-is('{STATIONS}')")
    page.click("#choose [type=submit]")
    page.wait_for_selector(".rows td:has-text('江油市')")


@pytest.mark.parametrize("width", WIDTHS)
def test_one_click_compares_what_was_just_typed(pages: Watched, own: tuple[str, Library], width: int) -> None:
    page, (address, _) = pages(width), own
    page.goto(f"{address}/compare")
    page.click("#choose [type=submit]")
    page.wait_for_selector("#fault:has-text('请先选')")
    page.click("#c-indicator")
    page.keyboard.type(STATIONS)
    assert page.inner_text("#fault") == ""
    box = page.locator("#choose [type=submit]").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.wait_for_timeout(100)
    page.mouse.up()
    page.wait_for_selector(".rows td:has-text('江油市')")
    assert page.locator("#chosen-indicators .chip").count() == 1 and page.input_value("#c-indicator") == ""


def test_an_indicator_is_chosen_from_the_list_and_what_is_typed_stays(page: Page, own: tuple[str, Library]) -> None:
    address, _ = own
    page.goto(f"{address}/compare")
    page.wait_for_selector("#common-indicators .chip", state="attached")
    chosen = "e => { e.value = %r; e.dispatchEvent(new InputEvent('input', {inputType: 'insertReplacementText'})); }"
    page.locator("#c-indicator").evaluate(chosen % STATIONS)
    assert page.locator("#chosen-indicators .chip").all_inner_texts() == [f"{STATIONS} ×"]
    page.click("#c-indicator")
    page.keyboard.type("党建指导员选派数")
    page.click("#what-indicators summary")
    page.click("#common-indicators .chip >> nth=-1")
    assert page.input_value("#c-indicator") == "党建指导员选派数"
    assert page.locator("#chosen-indicators .chip").count() == 2


def test_what_an_input_method_is_still_making_is_not_taken(page: Page, own: tuple[str, Library]) -> None:
    address, _ = own
    asked: list[str] = []
    page.on("request", lambda r: asked.append(r.url) if "/v1/desk/facts" in r.url else None)
    page.goto(f"{address}/compare")
    page.fill("#c-indicator", "yizhan")
    composing = (
        "(id) => document.getElementById(id).dispatchEvent(new {}('{}', {{bubbles: true, isComposing: true{}}}))"
    )
    page.evaluate(composing.format("KeyboardEvent", "keydown", ", key: 'Enter'"), "c-indicator")
    assert page.locator("#chosen-indicators .chip").count() == 0
    page.goto(f"{address}/facts")
    page.wait_for_selector("#grid tbody input")
    page.wait_for_load_state("networkidle")
    asked.clear()
    page.evaluate("document.getElementById('f-q').value = 'yi'")
    page.evaluate(composing.format("InputEvent", "input", ""), "f-q")
    page.wait_for_timeout(600)
    assert not asked
    page.evaluate("document.getElementById('f-q').value = '驿'")
    with page.expect_request("**/v1/desk/facts?*"):
        page.evaluate(composing.format("CompositionEvent", "compositionend", ""), "f-q")


def test_an_export_leaves_no_empty_notice(page: Page, own: tuple[str, Library]) -> None:
    address, _ = own
    page.goto(f"{address}/compare?places=昆山、江油&indicator={STATIONS}")
    with page.expect_download() as download:
        page.click("text=导出表格")
    download.value.path()
    page.wait_for_selector("#notice", state="hidden", timeout=3000)


def test_choices_stand_in_the_order_of_the_labels(page: Page, own: tuple[str, Library]) -> None:
    address, _ = own
    page.goto(f"{address}/facts")
    page.click("#grid tbody .link >> nth=0")
    page.wait_for_selector("#edit-bound")
    levels = page.locator("#edit-subject_level option").all_inner_texts()
    assert levels == ["全国", "省级", "市级", "县级", "乡镇街道", "村社区", "单位"]
    assert page.locator("#edit-bound option").first.inner_text() == "确数"


def test_the_place_stays_while_its_row_is_scrolled_on_a_narrow_page(pages: Watched, own: tuple[str, Library]) -> None:
    page, (address, _) = pages(390), own
    for path, table, column in (("compare?theme=骑手驿站", ".rows", 1), ("facts", ".grid-and-card .scroll", 2)):
        page.goto(f"{address}/{path}")
        cell = page.locator(f"{table} tbody tr >> nth=0").locator(f"td:nth-child({column})")
        cell.wait_for()
        scrolled = page.locator(table).evaluate("e => { e.scrollLeft = 200; return e.scrollLeft; }")
        left = page.locator(table).evaluate("e => e.getBoundingClientRect().left")
        box = cell.bounding_box()
        assert scrolled == 200 and box and abs(box["x"] - left) <= 1 and box["width"] < 160, path


def test_a_comparison_prints_across_and_no_empty_section_of_a_digest_prints(
    page: Page, own: tuple[str, Library], tmp_path: Path
) -> None:
    from pypdf import PdfReader

    address, library = own
    page.goto(f"{address}/compare?theme=骑手驿站")
    page.wait_for_selector(".rows td")
    page.pdf(path=tmp_path / "对比.pdf", prefer_css_page_size=True)
    sheet = PdfReader(tmp_path / "对比.pdf").pages[0]
    assert sheet.mediabox.width > sheet.mediabox.height
    page.emulate_media(media="print")
    wide = page.eval_on_selector_all(".matrix td:not(:first-child)", "all => all.map(each => each.offsetWidth)")
    assert min(wide) > 100 and page.locator(".take:visible").count() == 0
    digest = begin(library, "新就业群体服务")
    page.emulate_media(media="screen")
    page.goto(f"{address}/digests/{digest.id}")
    page.click("#add-section")
    page.emulate_media(media="print")
    assert page.is_hidden(".part:last-child .section-heading") and page.is_visible(".part .section-heading >> nth=0")


def test_the_caption_tells_whose_order_the_rows_stand_in(page: Page, own: tuple[str, Library], tmp_path: Path) -> None:
    address, _ = own
    listed = tmp_path / "名单.txt"
    listed.write_text("江油市\n昆山市\n", encoding="utf-8")
    page.goto(f"{address}/compare?indicator={STATIONS}")
    page.wait_for_selector(".told .about:has-text('按行政区划次序')")
    page.set_input_files("#c-list", listed)
    page.click("#choose [type=submit]")
    page.wait_for_selector(".told .about:has-text('按名单次序')")
    assert "行政区划" not in page.inner_text(".told .about >> nth=0")
    assert page.locator(".told tbody th, .told tbody td:first-child").first.inner_text().startswith("江油市")


def test_what_names_no_indicator_is_told_with_what_is_like_it(page: Page, own: tuple[str, Library]) -> None:
    address, _ = own
    page.goto(f"{address}/compare")
    page.wait_for_load_state("networkidle")
    page.fill("#c-indicator", "驿站")
    page.keyboard.press("Enter")
    page.wait_for_selector("#near-told:has-text('没有叫“驿站”的指标')")
    page.click("#near-indicators button:has-text('驿站/阵地数')")
    assert page.inner_text("#near-told") == "" and page.locator("#near-indicators li").count() == 0
    assert "驿站/阵地数" in page.inner_text("#chosen-indicators")
    page.fill("#c-indicator", "zzz")
    page.click("#choose .primary")
    page.wait_for_selector("#near-told:has-text('也没有相近的')")
    assert page.locator("#result table").count() == 0
