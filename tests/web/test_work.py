"""The rooms' main jobs in Chromium: take files in, compare, put figures right, make a digest and print it."""

from __future__ import annotations

import json
import shutil
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from answer.codebook import aspects_of
from api.exports import correct
from api.http.serve import serving
from api.issues import begin
from api.library import Library
from api.settings import Settings
from corpus.corrections import Correction
from tests.web.conftest import WIDTHS, Watched, downloaded, overflow, written

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

STATIONS = "驿站/阵地数"


@pytest.mark.parametrize("width", WIDTHS)
def test_three_files_are_taken_in_and_the_bad_one_says_why(
    pages: Watched, own: tuple[str, Library], tmp_path: Path, width: int
) -> None:
    page, (address, library) = pages(width), own
    files = written(tmp_path)[:2]
    bad = tmp_path / "坏的.pdf"
    bad.write_bytes(b"%PDF-1.7\nnot a pdf")
    page.goto(f"{address}/documents")
    page.set_input_files("#files", [*files, bad])
    page.wait_for_selector("#outcome p", timeout=60_000)
    assert page.inner_text("#outcome p") == "导入完成：2 个文件成功，0 个已有，1 个没有导入。"
    assert page.inner_text("#outcome li").count("坏的.pdf") == 1
    assert len(page.inner_text("#outcome li .fault-line")) > 8
    assert set(page.locator("#outcome li a").all_inner_texts()) == {file.name for file in files}
    page.wait_for_selector(".row:has-text('驿站暖人心')")
    page.click("#tab-files")
    page.wait_for_selector(".file.failed:has-text('坏的.pdf')")
    assert overflow(page) <= 0
    assert not list((library.folder / "uploads").glob("*/*")), "what was uploaded stays in the library as blobs alone"
    page.goto(f"{address}/jobs")
    page.wait_for_selector(".jobs .flag.done")
    assert "坏的.pdf" in page.inner_text("#jobs")


def test_files_are_dropped_with_their_folders(page: Page, own: tuple[str, Library]) -> None:
    address, library = own
    page.goto(f"{address}/documents")
    page.evaluate(
        "() => { const given = new DataTransfer();"
        " given.items.add(new File(['德清县：拖来的\\n德清县建成驿站7个。'], '拖来.txt'));"
        " document.getElementById('upload').dispatchEvent(new DragEvent('drop', {dataTransfer: given, bubbles: true,"
        " cancelable: true})); }"
    )
    page.wait_for_selector("#outcome p", timeout=60_000)
    assert any(d.document.name == "拖来.txt" for d in library.documents())


def test_articles_are_found_by_facets_and_a_file_deleted_comes_back(page: Page, own: tuple[str, Library]) -> None:
    address, library = own
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{address}/documents")
    page.click("[aria-label=宁夏回族自治区各地]")
    page.click(".facet:has-text('泾源县')")
    page.wait_for_selector("#total:has-text('共 2 项')")
    page.fill("#words-in", "志愿服务季综述")
    page.wait_for_selector("#total:has-text('共 1 项')")
    assert page.locator(".facet[aria-pressed=true]").inner_text().startswith("泾源县")
    page.click("text=清除筛选")
    page.wait_for_selector("#total:has-text('共 33 项')")
    page.click("#tab-files")
    row = page.locator(".row", has_text="泾源县志愿服务季综述.txt")
    row.locator("text=删除").click()
    page.wait_for_selector("#notice:has-text('已删除')")
    assert len(library.articles()) == 32
    page.click("#notice .link")
    page.wait_for_function("() => !document.querySelector('.file.deleted')", timeout=60_000)
    page.wait_for_selector(".file.indexed:has-text('泾源县志愿服务季综述.txt')")
    assert len(library.articles()) == 33


@pytest.mark.parametrize("width", WIDTHS)
def test_an_article_shows_its_figures_its_page_and_gives_a_passage_to_a_digest(
    pages: Watched, own: tuple[str, Library], width: int
) -> None:
    page, (address, library) = pages(width), own
    digest = begin(library, title="新的一期")
    article = next(a for a in library.articles() if a.title.startswith("四川江油"))
    facts = library.catalogue.facts(articles=[article.id])
    page.goto(f"{address}/articles/{article.id}?start={facts[0].sentence.start}&end={facts[0].sentence.end}")
    page.wait_for_selector(".is-fact")
    assert "".join(page.locator(".body mark").all_text_contents()) == facts[0].sentence_text
    shown = page.locator("#p-facts li")
    assert shown.count() == len(facts)
    shown.first.locator("button").first.click()
    page.click("#t-page")
    page.wait_for_selector(".page rect", state="attached")
    assert page.locator(".page rect").count() >= 1
    page.evaluate(
        "() => { const p = document.querySelectorAll('.body p')[1], r = document.createRange();"
        " r.selectNodeContents(p); getSelection().removeAllRanges(); getSelection().addRange(r); }"
    )
    page.click("#gather")
    page.wait_for_selector("#gather-dialog[open]")
    page.click("#gather-dialog button[value=add]")
    page.wait_for_selector("#notice:has-text('已收进')")
    from corpus.digests import Digests

    (entry,) = Digests(library.catalogue.engine).get(digest.id).issue.entries
    assert entry.text == article.body.split("\n")[1].strip() or entry.text in article.body
    assert entry.sources[0].quote == article.body[entry.sources[0].start : entry.sources[0].end]
    assert "64个" in entry.text


def test_places_are_compared_and_a_cell_opens_its_source(page: Page, own: tuple[str, Library]) -> None:
    address, _ = own
    page.goto(f"{address}/compare")
    page.fill("#c-places", "昆山、平遥、江油")
    page.fill("#c-indicator", STATIONS)
    page.keyboard.press("Enter")
    page.click("#choose [type=submit]")
    page.wait_for_selector(".rows td")
    rows = page.locator(".rows tbody tr")
    assert [rows.nth(n).locator("td").first.inner_text() for n in range(rows.count())] == ["平遥县", "昆山市", "江油市"]
    rows.nth(2).locator(".ref").click()
    page.wait_for_selector("#reader mark")
    assert "64" in "".join(page.locator("#reader mark").all_text_contents())
    page.click("#by-theme")
    page.fill("#c-theme", "骑手驿站")
    page.keyboard.press("Enter")
    page.wait_for_selector(".rows th:has-text('做了什么')")
    assert "昆山市" in page.inner_text(".rows")
    with page.expect_download() as download:
        page.click("text=导出表格")
    assert download.value.suggested_filename.endswith(".xlsx")


def test_a_list_of_places_gives_the_rows_and_their_order(page: Page, own: tuple[str, Library], tmp_path: Path) -> None:
    address, _ = own
    path = tmp_path / "名单.csv"
    path.write_text("江油市\n平遥县\n昆山市\n不存在的地方\n", encoding="gb18030")
    page.goto(f"{address}/compare")
    page.set_input_files("#c-list", path)
    page.wait_for_selector("#c-list-chosen .chip")
    page.fill("#c-indicator", STATIONS)
    page.click("#choose [type=submit]")
    page.wait_for_selector(".rows td")
    rows = page.locator(".rows tbody tr")
    assert [rows.nth(n).locator("td").first.inner_text() for n in range(rows.count())] == ["江油市", "平遥县", "昆山市"]
    assert "不存在的地方" in page.inner_text("#c-list-chosen"), "what was not read of the list stays told"


def test_places_of_the_library_are_suggested_one_after_another(page: Page, own: tuple[str, Library]) -> None:
    address, _ = own
    page.goto(f"{address}/compare")
    options = "[...document.querySelectorAll('#place-names option')].map((each) => each.value)"
    page.wait_for_function(f"() => {options}.length > 20")
    page.type("#c-places", "平遥县、江")
    offered = page.evaluate(options)
    assert "平遥县、江油市" in offered and "平遥县、平遥县" not in offered
    assert all(each.startswith("平遥县、") and "江" in each for each in offered)


def test_an_own_codebook_makes_the_columns(page: Page, own: tuple[str, Library], tmp_path: Path) -> None:
    address, _ = own
    book = tmp_path / "编码表.csv"
    rows = ("name,definition,examples", "站长,谁管驿站,站长；轮值", "设施,站里有什么,饮水机；充电", "")
    book.write_text("\n".join(rows), encoding="utf-8-sig")
    page.add_init_script(
        "const plain = window.fetch; window.fetch = async (url, ...more) => {"
        " if (String(url).includes('codebook')) await new Promise((done) => setTimeout(done, 500));"
        " return plain(url, ...more); };"
    )  # what is asked while the file is still read waits for it
    page.goto(f"{address}/compare")
    page.click("#by-theme")
    assert "三列：方面、定义（什么算这一方面）、例词（用；隔开）" in page.inner_text("#what-theme")
    with page.expect_download() as download:
        page.click("text=下载样表")
    template = download.value.path().read_text("utf-8-sig")
    assert template.startswith("方面,定义,例词") and len(aspects_of(template)) == 6
    page.set_input_files("#codebook", book)
    page.fill("#c-theme", "新就业群体驿站")
    page.keyboard.press("Enter")
    page.wait_for_selector(".rows th")
    assert page.locator(".rows th").all_inner_texts() == ["地方", "站长", "设施"]


def test_a_figure_is_put_right_by_keyboard_and_signed(page: Page, own: tuple[str, Library]) -> None:
    address, library = own
    page.goto(f"{address}/facts")
    page.fill("#author", "张三")
    page.fill("#f-place", "江油市")
    page.wait_for_function(
        "() => { const rows = [...document.querySelectorAll('#grid tbody tr')];"
        " return rows.length > 0 && rows.every(r => r.cells[1].textContent === '江油市'); }"
    )
    page.locator("#grid").click(position={"x": 5, "y": 5})
    page.keyboard.press("ArrowDown")
    page.wait_for_selector("#card mark")
    page.keyboard.press("e")
    assert page.evaluate("document.activeElement.id") == "edit-value"
    page.fill("#edit-value", "65")
    page.keyboard.press("Enter")
    page.wait_for_selector("#notice:has-text('已写入')")
    assert "数值：64 → 65" in page.inner_text("#card [data-slot=history]") and "张三" in page.inner_text("#card")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("x")
    page.wait_for_selector("tr.put-aside")
    said = library.ask("江油市建成了多少个新就业群体驿站？").text
    assert "64" not in said and "65" not in said, "a figure put aside is not told"
    page.keyboard.press("a")
    page.wait_for_selector("tr .flag.confirmed")
    assert page.locator("tr.put-aside").count() == 0
    page.goto(f"{address}/jobs")
    page.wait_for_selector("#changes li a")
    assert page.locator("#changes li").count() == 3


def test_many_figures_are_judged_at_once(page: Page, own: tuple[str, Library]) -> None:
    address, library = own
    page.goto(f"{address}/facts?q=驿站")
    page.wait_for_selector("#grid tbody input")
    page.check("#all")
    n = page.locator("#grid tbody input").count()
    page.click("[data-review=confirmed]")
    page.wait_for_selector(f"#notice:has-text('已写入 {n} 条')")
    assert page.locator("tr .flag.confirmed").count() == n
    assert sum("confirmed" in f.flags for f in library.facts()) == n


def test_indicators_are_renamed_and_merged(page: Page, own: tuple[str, Library]) -> None:
    address, library = own
    old = next(f for f in library.facts() if f.indicator.startswith("open.") and f.quantity.unit == "处")
    page.goto(f"{address}/indicators")
    page.fill("#author", "张三")
    page.fill("#i-q", old.indicator_name)
    row = page.locator("#grid tr", has=page.get_by_text(old.indicator_name, exact=True))
    row.locator("button").click()
    page.fill("#e-name", "改过的名称")
    page.click("#edit-dialog button[value=write]")
    page.wait_for_selector("#notice:has-text('已写入')")
    assert library.catalogue.facts(ids=[old.id])[0].indicator_name == "改过的名称"
    page.fill("#i-q", "")
    page.wait_for_selector(f"#grid b:text-is('{STATIONS}')")
    page.fill("#i-q", "改过的名称")
    page.click("#grid tr:has(b:text-is('改过的名称')) button")
    page.fill("#e-into", STATIONS)
    page.click("#edit-dialog button[value=write]")
    page.wait_for_selector("#grid td.hint")
    merged = library.catalogue.facts(ids=[old.id])[0]
    assert (merged.indicator, merged.indicator_name) == ("site.stations", STATIONS)
    page.fill("#i-q", STATIONS)
    page.wait_for_function("() => document.querySelectorAll('#grid tbody button').length === 1")
    page.click("#grid tbody button")
    with page.expect_response("**/v1/indicators/split"):
        page.click("#e-past li:has-text('并入的：改过的名称') button")
    apart = library.catalogue.facts(ids=[old.id])[0]
    assert (apart.indicator, apart.indicator_name) == (old.indicator, "改过的名称")
    assert {c.author for c in library.catalogue.corrections()[old.id]} == {"张三"}


def test_an_indicator_of_the_texts_own_words_comes_into_the_dictionary(page: Page, own: tuple[str, Library]) -> None:
    address, library = own
    old = next(f for f in library.facts() if f.indicator.startswith("open.") and f.quantity.unit == "处")
    page.goto(f"{address}/indicators")
    page.fill("#i-q", old.indicator_name)
    row = page.locator("#grid tr", has=page.get_by_text(old.indicator_name, exact=True))
    row.locator("button").click()
    assert page.is_visible("#e-open")
    page.fill("#e-definition", "全县建成并挂牌的数量。")
    page.fill("#e-name", "改过的名称")
    page.click("#edit-dialog button[value=write]")
    with page.expect_response("**/v1/indicators/open*"):
        page.click("#notice:has-text('已写入') .link")
    page.wait_for_selector(f"#grid tr:has(b:text-is('{old.indicator_name}')) >> text=全县建成并挂牌的数量。")
    known = library.rules.indicators[old.indicator]
    assert (known.name, known.definition) == (old.indicator_name, "全县建成并挂牌的数量。")
    assert old.object.strip("“”") in known.objects and "处" in known.units and not known.additive


def test_an_edited_workbook_comes_back_after_a_look_at_the_differences(
    page: Page, own: tuple[str, Library], tmp_path: Path
) -> None:
    from openpyxl import load_workbook  # type: ignore[import-untyped]

    address, library = own
    page.goto(f"{address}/facts?place=江油市")
    page.wait_for_selector("#grid tbody input")
    path = downloaded(page, "#export", tmp_path / "数据.xlsx")
    book = load_workbook(path)
    cell = next(c for row in book["指标数据"].iter_rows() for c in row if c.value == 64)
    cell.value = 67
    book.save(path)
    page.set_input_files("#workbook", path)
    page.wait_for_selector("#changes-dialog[open]")
    assert "64 → 67" in page.inner_text("#changes-list")
    page.click("#changes-dialog button[value=write]")
    page.wait_for_selector("#notice:has-text('已写入 1 条')")
    assert 67 in {f.quantity.value for f in library.facts("江油市")}


def test_what_another_changed_meanwhile_is_not_overwritten(pages: Watched, own: tuple[str, Library]) -> None:
    page, (address, library) = pages(allowed=(409,)), own
    fact = next(f for f in library.facts("江油市") if f.quantity.surface == "64个")
    page.goto(f"{address}/facts?id={fact.id}")
    page.wait_for_selector("#edit-value")
    correct(library, [Correction(fact.id, "value", "64", "66")], "李四")
    page.fill("#edit-value", "65")
    page.fill("#edit-object", "暖心驿站")
    page.click("text=保存修改")
    page.wait_for_selector("#card .fault-line:has-text('李四')")
    assert library.catalogue.facts(ids=[fact.id])[0].quantity.value == 66
    page.click("#notice .link")
    page.wait_for_function("() => document.getElementById('edit-value').value === '66'")
    assert page.inner_text("#card [data-slot=typed]") == "您刚才填的：数值 65；对象 暖心驿站"
    page.fill("#edit-value", "65")
    page.click("text=保存修改")
    page.wait_for_selector("#notice:has-text('已写入')")
    assert library.catalogue.facts(ids=[fact.id])[0].quantity.value == 65


def test_a_digest_is_drafted_reordered_edited_and_printed_in_both_forms(
    page: Page, own: tuple[str, Library], tmp_path: Path
) -> None:
    from docx import Document

    address, _ = own
    page.goto(f"{address}/digests")
    page.fill("#b-theme", "新就业群体服务")
    page.fill("#b-title", "驿站建设经验摘编")
    page.click("#begin [type=submit]")
    page.wait_for_selector(".entry .kept-to-source")
    assert page.locator(".off").count() == 0
    before = page.locator(".outline-list li").all_inner_texts()
    page.drag_and_drop(".outline-list li >> nth=0", ".outline-list li >> nth=2")
    page.wait_for_selector("#state:has-text('已保存')")
    after = page.locator(".outline-list li").all_inner_texts()
    assert after != before and sorted(after) == sorted(before)
    page.click(".entry >> nth=0 >> [data-do=edit]")
    area = page.locator(".entry textarea").first
    area.fill(area.input_value() + "骑手都说这里像家一样。")
    page.keyboard.press("Tab")
    page.wait_for_selector(".off")
    assert page.inner_text(".off") == "骑手都说这里像家一样。"
    page.click(".imprint summary")
    page.fill("#i-masthead", "社会工作简报")
    page.fill("#i-number", "2026年第3期")
    page.keyboard.press("Tab")
    page.wait_for_selector("#state:has-text('已保存')")
    paths = {}
    for form in ("clean", "proof"):
        paths[form] = downloaded(page, f"#{form}", tmp_path / f"{form}.docx")
    page.reload()
    page.wait_for_selector(".off")
    assert page.locator(".outline-list li").all_inner_texts() == after
    warned = page.locator("#warnings li .link", has_text="骑手都说这里像家一样。")
    warned.click()
    assert page.evaluate("document.activeElement.className") == "heading"
    clean, proof = (Document(str(paths[form])) for form in ("clean", "proof"))
    heads = [p.text.split("）", 1)[-1] for p in clean.paragraphs if p.style and p.style.name == "Heading 2"]
    assert heads == after
    texts = [p.text for p in clean.paragraphs]
    assert "社会工作简报" in texts and "驿站建设经验摘编" in texts and any(t.startswith("2026年第3期") for t in texts)
    units = [unit for unit in page.locator(".entry .unit").evaluate_all("all => all.map(e => e.value)") if unit]
    assert units and sum(t.endswith("供稿）") for t in texts) == len(units)
    assert [p.text for p in proof.paragraphs] == texts
    assert len(list(clean.comments)) == 0
    comments = [c.text for c in proof.comments]
    assert sum(c.startswith("待核") for c in comments) == 1 and sum("[Z]//" in c for c in comments) == len(comments) - 1
    section = clean.sections[0]
    assert section.page_width and section.page_height
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    fonts = clean.styles.element.xml
    assert 'w:eastAsia="仿宋_GB2312"' in fonts and 'w:eastAsia="方正小标宋简体"' in fonts


def test_a_comparison_is_drafted_aspect_by_aspect(own: tuple[str, Library]) -> None:
    _, library = own
    issue = begin(library, "新就业群体服务", ["昆山", "平遥"], template="comparison").issue
    assert issue.masthead == "对比专报" and len(issue.sections) >= 2
    assert {e.heading for e in issue.entries} == {"昆山市", "平遥县"}
    bodies = {a.id: a.body for a in library.articles()}
    quoted = [s for e in issue.entries for s in e.sources]
    assert all(bodies[s.article][s.start : s.end] == s.quote for s in quoted)
    assert len({s.quote for s in quoted}) == len(quoted), "a sentence stands once"
    codes = [[e.place or "" for e in section.entries] for section in issue.sections]
    assert all(each == sorted(each) for each in codes)


def test_a_file_revised_in_word_comes_back_with_its_sources(
    page: Page, own: tuple[str, Library], tmp_path: Path
) -> None:
    from docx import Document

    from corpus.digests import Digests

    address, library = own
    digest = begin(library, "新就业群体服务")
    page.goto(f"{address}/digests/{digest.id}")
    page.wait_for_selector(".entry")
    path = downloaded(page, "#proof", tmp_path / "校核稿.docx")
    edited = Document(str(path))
    first = digest.issue.entries[0]
    paragraph = next(p for p in edited.paragraphs if first.text[:12] in p.text)
    paragraph.runs[0].text = "开头改过。" + paragraph.runs[0].text
    edited.save(str(path))
    page.set_input_files("#revised", path)
    page.wait_for_selector("#notice:has-text('1 个条目有改动')")
    assert page.inner_text(".off") == "开头改过。"
    now = Digests(library.catalogue.engine).get(digest.id).issue.entries
    assert now[0].text == "开头改过。" + first.text and now[0].sources == first.sources
    assert now[1:] == digest.issue.entries[1:]


def test_what_was_published_and_what_is_private_is_pointed_out(page: Page, own: tuple[str, Library]) -> None:
    from dataclasses import replace

    from corpus.digests import Digests

    address, library = own
    digests = Digests(library.catalogue.engine)
    old = begin(library, "新就业群体服务")
    digests.save(old.id, replace(old.issue, published=True, number="2026年第1期"), 1)
    new = begin(library, "新就业群体服务")
    section = new.issue.sections[0]
    told = replace(section.entries[0], text="李建国因患重病生活困难，电话13800138000。")
    issue = replace(new.issue, sections=(replace(section, entries=(told,)), *new.issue.sections[1:]))
    digests.save(new.id, issue, 1)
    page.goto(f"{address}/digests/{new.id}")
    page.wait_for_selector("#warnings li")
    for kind in page.locator("#warnings summary").all():
        kind.click()
    said = page.inner_text("#warnings")
    assert "已刊于2026年第1期" in said and "13800138000" in said and "李某某" in said
    page.goto(f"{address}/digests")
    page.wait_for_selector("#ledger td")
    used = page.locator("#ledger tr").all_inner_texts()
    assert any(row.endswith("\t1") for row in used)


def test_a_save_that_fails_is_tried_again_and_exports_wait_for_it(pages: Watched, own: tuple[str, Library]) -> None:
    page, (address, library) = pages(allowed=(503,)), own
    digest = begin(library, "新就业群体服务")
    page.goto(f"{address}/digests/{digest.id}")
    page.wait_for_selector(".entry")
    failed: list[bool] = []

    def once(route: Route) -> None:
        if route.request.method == "PUT" and not failed:
            failed.append(True)
            route.fulfill(status=503, json={"detail": "暂不可用。", "kind": "ModelError"})
        else:
            route.continue_()

    page.route(f"**/v1/digests/{digest.id}", once)
    page.fill(".entry .heading >> nth=0", "改过的标题")
    page.wait_for_selector("#notice:has-text('暂不可用')")
    page.wait_for_selector("#state:has-text('已保存')")
    page.fill(".entry .heading >> nth=0", "又改的标题")
    with page.expect_download() as download:
        page.click("text=Markdown")
    assert "又改的标题" in download.value.path().read_text("utf-8")
    assert failed


def test_a_passage_gathered_elsewhere_comes_into_an_open_digest(pages: Watched, own: tuple[str, Library]) -> None:
    from api.issues import add_passages
    from corpus.digests import Digests
    from corpus.model import Span

    page, (address, library) = pages(allowed=(409,)), own
    digest = begin(library, "新就业群体服务")
    page.goto(f"{address}/digests/{digest.id}")
    page.wait_for_selector(".entry")
    article = next(a for a in library.articles() if a.title.startswith("四川江油"))
    add_passages(library, digest.id, [(article.id, Span(0, article.body.index("\n")))])
    page.fill(".entry .heading >> nth=0", "我改的标题")
    page.wait_for_selector("#state:has-text('已保存')")
    entries = Digests(library.catalogue.engine).get(digest.id).issue.entries
    assert entries[0].heading == "我改的标题" and entries[-1].text in article.body
    assert len(entries) == len(digest.issue.entries) + 1


def test_two_editors_of_one_digest_lose_nothing(pages: Watched, own: tuple[str, Library]) -> None:
    address, library = own
    digest = begin(library, "新就业群体服务")
    first, second = pages(allowed=(409,)), pages(allowed=(409,))
    for page in (first, second):
        page.goto(f"{address}/digests/{digest.id}")
        page.wait_for_selector(".entry")
    first.fill(".entry .heading >> nth=0", "甲改的标题")
    first.wait_for_selector("#state:has-text('已保存')")
    second.fill(".entry .heading >> nth=0", "乙改的标题")
    second.wait_for_selector("#state:has-text('别处改过')")
    assert second.input_value(".entry .heading >> nth=0") == "乙改的标题"
    from corpus.digests import Digests

    assert Digests(library.catalogue.engine).get(digest.id).issue.entries[0].heading == "甲改的标题"


def test_a_configured_map_shows_the_figures_of_places(
    pages: Watched, sampled: Path, tmp_path: Path, servers: ExitStack
) -> None:
    """The own map of a user: squares where places lie, one of them without a figure."""
    path = tmp_path / "地图.json"
    corners = {"320583": (120.6, 31.0), "140728": (112.0, 37.0), "510781": (104.5, 31.6), "330521": (119.5, 30.2)}
    path.write_text(json.dumps({"审图号": "GS（2025）0号", "features": [
        {
            "properties": {"adcode": code},
            "geometry": {"type": "Polygon", "coordinates": [[[x, y], [x + 3, y], [x + 3, y + 3], [x, y + 3], [x, y]]]},
        }
        for code, (x, y) in corners.items()
    ]}), "utf-8")  # fmt: skip
    shutil.copytree(sampled, tmp_path / "library")
    library = servers.enter_context(
        Library.open(tmp_path / "library", settings=Settings(library=tmp_path / "library", map=path))
    )
    address = servers.enter_context(serving(library)).rstrip("/")
    for width in WIDTHS:
        page = pages(width)
        page.goto(f"{address}/compare?places=昆山、平遥、江油&indicator={STATIONS}")
        page.click(".chart summary:has-text('地图')")
        page.wait_for_selector(".map svg[role=img]")
        assert "江油市 64" in str(page.get_attribute(".map svg[role=img]", "aria-label"))
        assert page.locator(".map .step-none").count() == 1 and page.locator(".map .step-4").count() == 2, "map and key"
        assert "GS（2025）0号" in page.inner_text(".map")
        assert overflow(page) <= 0
    page = pages()
    page.goto(f"{address}/ask?q=昆山、平遥、江油三地各建了多少个新就业群体驿站？")
    page.click(".chart summary:has-text('地图')")
    page.wait_for_selector(".map svg[role=img]")
