"""A report form filled in Chromium: how it was read is shown and corrected, figures open their sources, it is saved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook, load_workbook  # type: ignore[import-untyped]

from api.library import Library
from tests.web.conftest import WIDTHS, Watched, downloaded, overflow
from tests.web.test_rooms import AXE
from tests.web.texts import XSS

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROWS = [
    ["2026年上半年社会工作情况统计表"],
    ["地区", "新就业群体驿站（个）", "讲堂场次"],
    ["德清县"],
    ["昆山市"],
]


def _form(path: Path, rows: list[list[str]]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append([*row, *[None] * (3 - len(row))])
    book.save(path)
    return path


def _read(page: Page, address: str, form: Path) -> None:
    page.goto(f"{address}/form")
    page.set_input_files("#form-file", form)
    page.wait_for_selector("#result .told")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_form_is_read_corrected_and_saved(
    pages: Watched, own: tuple[str, Library], tmp_path: Path, width: int
) -> None:
    page, (address, _) = pages(width, allowed=(422,)), own
    form = _form(tmp_path / "报表.xlsx", ROWS)
    _read(page, address, form)
    assert overflow(page) <= 0
    assert page.inner_text("#result h2").startswith("可填 2 格，填不了 2 格，原有内容 0 格不动")
    row = page.locator('[data-slot="mapping"] tbody tr').first
    assert "讲堂场次" in row.inner_text() and "未能对应" in row.inner_text()

    page.click('[data-slot="figures"] .link >> nth=0')
    page.wait_for_selector("#reader mark")
    assert page.inner_text("#reader mark") in page.inner_text('[data-slot="figures"] tbody tr >> nth=0')
    page.keyboard.press("Escape")
    page.wait_for_selector("#reader", state="hidden")

    assert page.is_disabled('[data-slot="again"]')
    row.locator("input").first.fill("没有这个指标")
    page.click('[data-slot="again"]')
    page.wait_for_selector("#fault:has-text('没有这个指标')")
    row.locator("input").first.fill("驿站/阵地数")
    row.locator(".short-field input").fill("个")
    page.click('[data-slot="again"]')
    page.wait_for_selector("#result h2:has-text('可填 4 格，填不了 0 格')")
    assert page.inner_text("#fault") == ""

    saved = downloaded(page, '[data-slot="save"]', tmp_path / "存下的.xlsx")
    filled = load_workbook(saved)
    values = [[cell.value for cell in row] for row in filled.worksheets[0]["B3:C4"]]
    assert all(a == b and isinstance(a, int) for a, b in values), values
    assert "填报依据" in filled.sheetnames


@pytest.mark.parametrize("width", WIDTHS)
def test_a_doubtful_reading_is_confirmed_and_typed_over_again(
    pages: Watched, own: tuple[str, Library], tmp_path: Path, width: int
) -> None:
    page, (address, _) = pages(width), own
    rows = [["阵地建设情况"], ["地区", "阵地建设", ""], ["", "党群服务站点（个）", "讲堂场次"], ["德清县"], ["昆山市"]]
    _read(page, address, _form(tmp_path / "报表.xlsx", rows))
    assert page.inner_text("#result h2").startswith("可填 0 格")
    button = page.get_by_role("button", name="就按这个填")
    assert button.count() == 1 and overflow(page) <= 0
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in found] == []

    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#result h2:has-text('可填 2 格')")
    assert page.evaluate("document.activeElement.tagName") == "H2" and button.count() == 0
    assert "新就业群体驿站" in page.inner_text('[data-slot="figures"]')

    talks = page.get_by_label("阵地建设／讲堂场次：对应的指标")
    for name, told in (("驿站/阵地数", "所以没有填"), ("不填", "人工指定不填")):
        talks.fill(name)
        page.click('[data-slot="again"]')
        page.wait_for_selector(f'[data-slot="mapping"] tr:has-text("{told}")')
        assert page.inner_text("#fault") == "" and told in page.locator("tr", has=talks).inner_text()


def test_a_form_that_states_no_place_and_no_time_is_asked_about(
    page: Page, own: tuple[str, Library], tmp_path: Path
) -> None:
    address, _ = own
    form = _form(tmp_path / "本县.xlsx", [["项目", "数量"], ["新就业群体驿站（个）"]])
    _read(page, address, form)
    assert page.inner_text("#result h2").startswith("可填 0 格")
    page.fill("#form-place", "昆山市")
    page.click("#asked .primary")
    page.wait_for_selector("#result h2:has-text('可填 1 格')")
    assert "112" in page.inner_text('[data-slot="figures"]')


def test_what_cannot_be_filled_is_told_and_hostile_words_stay_words(
    page: Page, own: tuple[str, Library], tmp_path: Path
) -> None:
    address, _ = own
    _read(page, address, _form(tmp_path / "表.xlsx", [["地区", XSS[0], XSS[1]], ["德清县"]]))
    assert XSS[0].strip() in page.inner_text('[data-slot="mapping"]')
    page.goto(f"{address}/form")
    page.click("#asked .primary")
    assert page.inner_text("#fault") == "请先选一张报表。"


def test_a_file_that_is_no_form_says_so(pages: Watched, own: tuple[str, Library], tmp_path: Path) -> None:
    page, (address, _) = pages(allowed=(422,)), own
    bad = tmp_path / "坏的.xlsx"
    bad.write_bytes(b"PK\x03\x04 no workbook")
    page.goto(f"{address}/form")
    page.set_input_files("#form-file", bad)
    page.wait_for_selector("#fault:has-text('坏的.xlsx')")
    assert page.locator("#result > *").count() == 0
