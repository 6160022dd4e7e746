"""Digests in Chromium: what is collected from where, what is pointed out, two editors, the file from Word."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from api.issues import begin
from api.library import Library
from corpus.digests import Digests, Entry, Issue, Section
from tests.web.conftest import WIDTHS, Watched, downloaded, overflow
from tests.web.texts import ASKED

if TYPE_CHECKING:
    from playwright.sync_api import Dialog, Page, Route

STATIONS = "驿站/阵地数"


def _saved(library: Library, digest: str) -> Issue:
    return Digests(library.catalogue.engine).get(digest).issue


def _published(library: Library, **changes: str) -> str:
    made = begin(library, title="经验摘编")
    Digests(library.catalogue.engine).save(made.id, replace(made.issue, published=True, **changes), 1)  # type: ignore[arg-type]
    return made.id


def _take(page: Page) -> None:
    page.wait_for_selector("#gather-dialog[open]")
    page.click("#gather-dialog button[value=add]")
    page.wait_for_selector("#notice:has-text('已收进')")


def test_a_published_issue_takes_nothing_in_until_it_is_opened_again(pages: Watched, own: tuple[str, Library]) -> None:
    page, (address, library) = pages(), own
    draft = begin(library, title="经验摘编")
    old = _published(library, number="2026年第1期")
    article = next(a for a in library.articles() if a.title.startswith("四川江油"))
    page.goto(f"{address}/articles/{article.id}")
    page.wait_for_selector("#p-facts li")
    page.evaluate(f"localStorage.setItem('digest', '{old}')")
    page.click("#p-facts li >> nth=0 >> text=收进摘编")
    page.wait_for_selector("#gather-dialog[open]")
    assert page.input_value("#gather-to") == draft.id
    offered = page.locator("#gather-to option")
    assert "2026年第1期" in offered.nth(0).inner_text() and "已刊发" in offered.nth(0).inner_text()
    assert offered.nth(0).is_disabled() and "第 1 版" in offered.nth(1).inner_text()
    page.click("#gather-dialog button[value=add]")
    page.wait_for_selector("#notice:has-text('已收进')")
    assert _saved(library, old).entries == () and len(_saved(library, draft.id).entries) == 1
    page.goto(f"{address}/digests/{old}")
    page.wait_for_selector("#closed")
    assert page.is_disabled("#add-entry") and page.is_disabled("#revised")
    page.click(".imprint summary")
    page.uncheck("#i-published")
    page.wait_for_selector("#state:has-text('已保存')")
    assert page.is_hidden("#closed") and page.is_enabled("#add-entry")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_digest_being_drafted_is_told(pages: Watched, own: tuple[str, Library], width: int) -> None:
    page, (address, _) = pages(width, allowed=(422,)), own
    held: list[Route] = []
    page.route(
        "**/v1/digests", lambda route: held.append(route) if route.request.method == "POST" else route.continue_()
    )
    page.goto(f"{address}/digests")
    page.wait_for_selector("#digests td")
    page.fill("#b-theme", "新就业群体服务")
    begin_button = page.locator("#begin [type=submit]")
    ready = begin_button.evaluate("e => getComputedStyle(e).backgroundColor")
    begin_button.click()
    page.wait_for_selector("#begin-state[role=status]:has-text('正在起草')")
    assert begin_button.is_disabled() and begin_button.get_attribute("aria-busy") == "true"
    assert begin_button.evaluate("e => getComputedStyle(e).backgroundColor") != ready
    assert overflow(page) <= 0
    held[0].fulfill(status=422, json={"detail": "没有写到它的材料。"})
    page.wait_for_selector("#begin-fault:has-text('没有写到')")
    assert page.inner_text("#begin-state") == "" and begin_button.is_enabled()
    begin_button.click()
    page.wait_for_selector("#begin-state:has-text('正在起草')")
    held[1].continue_()
    page.wait_for_url("**/digests/*")


@pytest.mark.parametrize("width", WIDTHS)
def test_figures_practices_answers_and_rows_are_collected(pages: Watched, own: tuple[str, Library], width: int) -> None:
    page, (address, library) = pages(width), own
    digest = begin(library, title="新的一期")
    fact = next(f for f in library.facts("江油市") if f.quantity.surface == "64个")
    page.goto(f"{address}/facts?id={fact.id}")
    page.click("#card >> text=收进摘编")
    _take(page)
    practice = next(p for p in library.practices() if p.spans)
    page.goto(f"{address}/articles/{practice.article}")
    page.click("#t-practices")
    page.click("#p-practices li >> nth=0 >> text=收进摘编")
    _take(page)
    page.goto(f"{address}/ask?q=江油市建成了多少个新就业群体驿站？")
    page.click(".actions >> text=收进摘编")
    _take(page)
    page.goto(f"{address}/compare?places=昆山、江油&indicator={STATIONS}")
    page.click(".take >> nth=1")
    _take(page)
    figure, told, answer, row = _saved(library, digest.id).entries
    assert figure.text == fact.sentence_text.strip() and figure.sources[0].article == fact.article
    assert told.heading and told.sources[0].article == practice.article
    assert (answer.heading, answer.text) == ("江油市", "江油市建成新就业群体驿站64个。") and answer.sources
    assert row.heading == "江油市" and "64" in row.text and row.sources
    assert overflow(page) <= 0


@pytest.mark.parametrize("width", WIDTHS)
def test_a_claim_keeps_its_citation_in_a_digest_begun_in_the_dialog(
    pages: Watched, own: tuple[str, Library], width: int
) -> None:
    page, (address, library) = pages(width), own
    _published(library)
    page.goto(f"{address}/ask?q=德清县和昆山市的驿站哪个多？多多少？")
    page.click(".actions >> text=收进摘编")
    page.wait_for_selector("#gather-dialog[open]")
    assert page.input_value("#gather-to") == "" and page.is_visible("#gather-title")
    page.fill("#gather-title", "两地驿站")
    page.click("#gather-dialog button[value=add]")
    page.click("#notice:has-text('已收进“两地驿站”') .link")
    page.wait_for_selector(".entry >> nth=2")
    headings = page.eval_on_selector_all(".entry .heading", "all => all.map(each => each.value)")
    assert headings == ["德清县和昆山市的驿站哪个多？多多少？", "昆山市", "德清县"]
    assert "相差60个（112 − 52）。" in page.inner_text(".entry >> nth=0")
    assert page.locator(".kept-to-source").count() == 3 and page.locator(".off").count() == 0
    page.click(".entry >> nth=1 >> [data-do=edit]")
    page.fill(".entry textarea >> nth=1", "昆山市建成新就业群体驿站113个。")
    page.keyboard.press("Escape")
    page.wait_for_selector(".entry >> nth=1 >> .off")
    assert overflow(page) <= 0


def test_a_line_of_an_answer_goes_into_the_section_of_its_province(page: Page, own: tuple[str, Library]) -> None:
    address, library = own
    digest = begin(library, title="按省编排")
    sections = (Section("a", "四川省"), Section("b", "江苏省"))
    Digests(library.catalogue.engine).save(digest.id, replace(digest.issue, sections=sections), digest.version)
    page.goto(f"{address}/ask?q={ASKED}")
    page.click(".text p:has-text('江油市') .take")
    _take(page)
    section = next(s for s in _saved(library, digest.id).sections if s.heading == "四川省")
    assert section.entries[-1].heading == "江油市" and "64个" in section.entries[-1].text


def test_the_section_is_chosen_and_the_last_one_is_offered_again(page: Page, own: tuple[str, Library]) -> None:
    address, library = own
    digest = begin(library, title="按节编排")
    sections = (Section("a", "做法"), Section("b", "成效"))
    Digests(library.catalogue.engine).save(digest.id, replace(digest.issue, sections=sections), digest.version)
    for place, chosen in (("江油市", ""), ("昆山市", "a"), ("平遥县", None)):
        page.goto(f"{address}/ask?q={place}建成了多少个新就业群体驿站？")
        page.click(".actions >> text=收进摘编")
        page.wait_for_selector("#gather-dialog[open] #gather-section")
        if chosen is not None:
            page.select_option("#gather-section", chosen)
        _take(page)
    told = {s.heading: [e.heading for e in s.entries] for s in _saved(library, digest.id).sections}
    assert told == {"做法": ["昆山市", "平遥县"], "成效": ["江油市"]}


@pytest.mark.parametrize("width", WIDTHS)
def test_what_to_look_at_is_a_line_a_kind_that_opens_to_its_entries(
    pages: Watched, own: tuple[str, Library], width: int
) -> None:
    page, (address, library) = pages(width), own
    digest = begin(library, title="两节一地")
    entries = {s: Entry(f"e{s}", "德清县", "骑手都说这里像家一样。", place="330521") for s in "ab"}
    sections = tuple(Section(s, name, (entries[s],)) for s, name in (("a", "做法"), ("b", "成效")))
    Digests(library.catalogue.engine).save(digest.id, replace(digest.issue, sections=sections), digest.version)
    page.goto(f"{address}/digests/{digest.id}")
    page.wait_for_selector("#warnings summary")
    assert page.locator("#warnings > ul > li").all_inner_texts() == [
        "没有填写刊头、期号、编发单位", "2 句待核", "2 条没有供稿单位",
    ]  # fmt: skip
    page.click("#warnings summary:has-text('2 条没有供稿单位')")
    page.click("#warnings li li .link:text-is('成效 › 德清县')")
    assert page.evaluate("document.activeElement.closest('[data-entry]').dataset.entry") == "eb"
    asked: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.once("dialog", dismiss)
    page.click("#warnings .link:has-text('没有填写')")
    assert page.evaluate("document.activeElement.id") == "i-masthead"
    page.click("#i-published")
    assert asked == ["没有填写刊头、期号、编发单位；2 句待核。仍要标为已刊发？"]
    assert not page.is_checked("#i-published") and overflow(page) <= 0
    page.fill("#i-masthead", "社会工作简报")
    page.keyboard.press("Tab")
    page.wait_for_selector("#warnings li:has-text('没有填写期号、编发单位')")
    assert page.locator("#warnings details[open]").count() == 1


@pytest.mark.parametrize("width", WIDTHS)
def test_a_sentence_written_by_hand_is_given_its_source(pages: Watched, own: tuple[str, Library], width: int) -> None:
    page, (address, library) = pages(width), own
    digest = begin(library, title="新的一期")
    page.goto(f"{address}/digests/{digest.id}")
    page.click("#add-entry")
    page.click("[data-do=cite]")
    page.wait_for_selector("#notice:has-text('请先写正文')")
    page.click("[data-do=edit]")
    page.fill(".entry textarea", "各地都在努力。江油市建成驿站64个。")
    page.click("[data-do=cite]")
    page.wait_for_selector("#source-dialog[open] #source-sentence")
    page.select_option("#source-sentence", "江油市建成驿站64个。")
    first = page.locator("#source-list li:has-text('建成新就业群体驿站64个')").first
    assert "与原文一致" in first.inner_text() and "四川江油" in first.inner_text()
    assert overflow(page) <= 0
    first.get_by_role("button").click()
    page.wait_for_selector(".kept-to-source:has-text('江油市建成驿站64个。')")
    page.wait_for_selector("#state:has-text('已保存')")
    assert page.inner_text(".off") == "各地都在努力。" and "四川江油" in page.inner_text(".entry-sources")
    (entry,) = _saved(library, digest.id).entries
    assert entry.place == "510781" and entry.unit == page.input_value(".unit") == "江油市委社会工作部"
    page.reload()
    page.wait_for_selector(".kept-to-source")


def test_a_comparison_hands_theme_and_places_to_a_new_digest(page: Page, own: tuple[str, Library]) -> None:
    address, library = own
    page.goto(f"{address}/compare?places=江油、昆山&theme=骑手驿站")
    page.click("text=按此主题起草摘编")
    page.wait_for_selector("#begin")
    chosen = [page.input_value(f"#b-{name}") for name in ("theme", "template", "places")]
    assert chosen == ["骑手驿站", "comparison", "江油、昆山"]
    page.click("#begin [type=submit]")
    page.wait_for_url("**/digests/*")
    issue = _saved(library, page.url.rpartition("/")[2])
    assert issue.template == "comparison" and {e.heading for e in issue.entries} <= {"江油市", "昆山市"}


def test_a_theme_in_own_words_is_drafted_from_practices_that_speak_of_it(page: Page, own: tuple[str, Library]) -> None:
    address, library = own
    page.goto(f"{address}/digests")
    page.fill("#b-theme", "流动服务队")
    page.click("#begin [type=submit]")
    page.wait_for_url("**/digests/*")
    issue = _saved(library, page.url.rpartition("/")[2])
    assert issue.title == "流动服务队经验摘编" and issue.entries
    assert all("服务队" in entry.heading + entry.text for entry in issue.entries)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_ledger_is_looked_through_by_month_and_unit(pages: Watched, own: tuple[str, Library], width: int) -> None:
    page, (address, _) = pages(width), own
    page.goto(f"{address}/digests")
    page.wait_for_selector("#ledger td")
    page.fill("#l-unit", "德清")
    page.wait_for_function("() => document.querySelectorAll('#ledger tr').length === 2")
    page.fill("#l-since", "2026-08")
    page.wait_for_function("() => document.querySelectorAll('#ledger tr').length === 1")
    assert page.inner_text("#ledger-sent") == "1" and "since=2026-08" in str(page.get_attribute("#ledger-file", "href"))
    page.fill("#l-since", "")
    page.select_option("#l-by", "unit")
    page.wait_for_selector("#ledger tr:has-text('合计')")
    assert page.inner_text("#ledger td:nth-child(4)") == "2" and page.inner_text("#ledger-sent") == "2"
    wide = "e => e.closest('.scroll').scrollWidth <= e.closest('.scroll').clientWidth"
    assert page.locator("#ledger").evaluate(wide) and overflow(page) <= 0


def test_a_deleted_digest_is_restored_from_the_notice(page: Page, own: tuple[str, Library]) -> None:
    address, library = own
    digest = begin(library, "新就业群体服务")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{address}/digests/{digest.id}")
    page.wait_for_selector(".entry")
    page.click("#delete")
    page.wait_for_selector("#notice:has-text('已删除“新就业群体服务经验摘编”')")
    assert not Digests(library.catalogue.engine).all()
    page.click("#notice >> text=恢复")
    page.wait_for_selector(".entry")
    (saved,) = Digests(library.catalogue.engine).all()
    assert saved.issue == digest.issue


def test_what_was_added_has_the_cursor_and_an_empty_section_is_named(page: Page, own: tuple[str, Library]) -> None:
    address, library = own
    digest = begin(library, "新就业群体服务")
    page.goto(f"{address}/digests/{digest.id}")
    page.wait_for_selector(".entry")
    page.click("#add-section")
    assert page.evaluate("document.activeElement.className") == "section-heading"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top < innerHeight")
    page.keyboard.press("Control+A")
    page.keyboard.type("空的一节")
    page.wait_for_selector("#warnings li:has-text('“空的一节”一节没有条目')")
    page.wait_for_selector("#state:has-text('已保存')")
    with page.expect_download() as download:
        page.click("text=Markdown")
    assert "空的一节" not in download.value.path().read_text("utf-8")
    page.click("#add-entry")
    assert page.evaluate("document.activeElement.value") == "新条目"
    assert page.locator("#warnings li:has-text('空的一节')").count() == 0


def test_of_two_texts_of_an_entry_one_is_chosen_at_leisure(pages: Watched, own: tuple[str, Library]) -> None:
    address, library = own
    digest = begin(library, "新就业群体服务")
    first, second = pages(allowed=(409,)), pages(allowed=(409,))
    for page in (first, second):
        page.goto(f"{address}/digests/{digest.id}")
        page.wait_for_selector(".entry")
    for n in range(2):
        first.fill(f".entry .heading >> nth={n}", f"甲改的标题{n}")
    first.wait_for_selector("#state:has-text('已保存')")
    for n in range(2):
        second.fill(f".entry .heading >> nth={n}", f"乙改的标题{n}")
    second.wait_for_selector(".clash >> nth=1")
    told = second.locator(".clash").first
    assert "甲改的标题0" in told.inner_text() and "乙改的标题0" in told.inner_text()
    told.get_by_text("用别处的", exact=True).click()
    second.locator(".clash").first.get_by_text("用这里的", exact=True).click()
    second.wait_for_selector("#state:has-text('已保存')")
    assert second.is_hidden("#standing")
    assert [e.heading for e in _saved(library, digest.id).entries[:2]] == ["甲改的标题0", "乙改的标题1"]


def test_a_file_from_word_moves_and_renames_and_says_what_it_left(
    page: Page, own: tuple[str, Library], tmp_path: Path
) -> None:
    from docx import Document

    address, library = own
    digest = begin(library, "新就业群体服务")
    page.goto(f"{address}/digests/{digest.id}")
    page.wait_for_selector(".entry")
    path = downloaded(page, "#clean", tmp_path / "清样.docx")
    edited = Document(str(path))
    heads = [p for p in edited.paragraphs if p.style and p.style.name == "Heading 1"]
    heads[0].insert_paragraph_before("今年以来，各地积极探索。")
    heads[0].runs[0].text = "一、改过的节"
    edited.add_table(1, 1).cell(0, 0).text = "表里的字"
    edited.save(str(path))
    page.set_input_files("#revised", path)
    page.wait_for_selector("#standing")
    said = page.inner_text("#standing")
    assert "新增 1 条（没有出处，待核）" in said and "1 个标题有改动" in said and "没有采用的：表格" in said
    page.click("#standing >> text=知道了")
    assert page.is_hidden("#standing")
    now = _saved(library, digest.id).sections
    assert [s.heading for s in now[:2]] == ["", "改过的节"]
    assert (now[0].entries[0].text, now[0].entries[0].sources) == ("今年以来，各地积极探索。", ())
    assert page.locator(".off").first.inner_text() == "今年以来，各地积极探索。"


def test_an_empty_section_is_not_printed(own: tuple[str, Library], tmp_path: Path) -> None:
    from docx import Document

    from api.issues import write

    _, library = own
    made = begin(library, "新就业群体服务")
    issue = replace(made.issue, sections=(Section("s0", "空的一节"), *made.issue.sections))
    write(library, Digests(library.catalogue.engine).save(made.id, issue, 1), tmp_path / "清样.docx")
    texts = [p.text for p in Document(str(tmp_path / "清样.docx")).paragraphs]
    assert not any("空的一节" in text for text in texts)
    assert f"一、{made.issue.sections[0].heading}" in texts


def test_the_edition_of_the_standard_reaches_copied_and_printed_references(
    page: Page, own: tuple[str, Library], tmp_path: Path
) -> None:
    from docx import Document

    address, library = own
    digest = begin(library, "新就业群体服务")
    article = digest.issue.entries[0].sources[0].article
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    for edition, accessed in (("2025", False), ("2015", True)):
        page.goto(f"{address}/settings")
        page.select_option("#standard", edition)
        page.goto(f"{address}/articles/{article}")
        page.wait_for_selector(".body p")
        page.click("#cite")
        page.wait_for_selector("#notice:has-text('已复制')")
        copied = page.evaluate("navigator.clipboard.readText()")
        page.goto(f"{address}/digests/{digest.id}")
        page.wait_for_selector(".entry")
        path = downloaded(page, "#proof", tmp_path / "校核稿.docx")
        comment = next(iter(Document(str(path)).comments)).text.split("\n")[0]
        for told in (copied, comment):
            cited = re.search(r"\[Z\]//社会工作信息2026年第\d期\. 2026-0\d-\d\d", told)
            assert cited and told.endswith("].") is accessed
        assert re.search(r": \d", comment)


def test_a_comparison_is_taken_away_whole(page: Page, own: tuple[str, Library], tmp_path: Path) -> None:
    from openpyxl import load_workbook  # type: ignore[import-untyped]

    address, _ = own
    page.goto(f"{address}/compare?places=昆山、江油、平遥&indicator={STATIONS}")
    page.wait_for_selector(".rows td")
    notes = page.locator(".caveats li").all_inner_texts()
    assert len(notes) == 2
    path = downloaded(page, "text=导出表格", tmp_path / "对比.xlsx")
    book = load_workbook(path)
    assert book.sheetnames == ["对比表", "逐条数据", "点位数据", "依据"]
    rows = [list(row) for row in book["对比表"].iter_rows(values_only=True)]
    assert [row[0] for row in rows[2:4]] == notes
    assert rows[5] == ["平遥县", 38, "[1]"] and rows[7] == ["江油市", 64, "[3]"]
    told = list(book["逐条数据"].iter_rows(values_only=True))
    assert told[0][:4] == ("地方", "指标", "原文表述", "显示值") and told[3][2:4] == ("64个", 64)
    assert any("推定" in row[7] for row in told[1:])
    sources = list(book["依据"].iter_rows(values_only=True))
    assert sources[3][0] == 3 and "江油社会工作. " in sources[3][1] and "64个" in sources[3][2]
