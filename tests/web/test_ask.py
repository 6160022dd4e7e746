"""The room of questions in Chromium: ask, read, follow, change the plan, take away."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from api.exports import correct
from api.library import Library
from corpus.corrections import Correction
from tests.web.conftest import WIDTHS, Watched, downloaded, overflow
from tests.web.texts import ASKED, HOSTILE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def _ask(page: Page, address: str, question: str) -> None:
    page.goto(f"{address}/ask")
    page.fill("#question", question)
    page.keyboard.press("Enter")
    page.wait_for_selector(".told")


def _answer(page: Page, address: str, question: str) -> Any:
    return page.request.post(f"{address}/v1/ask", data={"question": question}).json()


def _told(page: Page, address: str, **changes: Any) -> None:
    """Show the answer to the question with something of it otherwise."""
    body = f"event: done\ndata: {json.dumps(_answer(page, address, ASKED) | changes, ensure_ascii=False)}\n\n"
    page.route("**/v1/ask", lambda route: route.fulfill(content_type="text/event-stream", body=body))
    _ask(page, address, ASKED)


def test_choosing_a_mark_opens_the_article_with_exactly_the_quote_marked(page: Page, address: str) -> None:
    _ask(page, address, ASKED)
    answer = _answer(page, address, ASKED)
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


@pytest.mark.parametrize("width", WIDTHS)
def test_marks_are_as_large_as_a_finger_and_take_no_click_of_each_other(
    pages: Watched, address: str, width: int
) -> None:
    page = pages(width)
    _told(page, address, text="昆山市建成驿站112个[1][2][3]；平遥县建成驿站38个[2]。")
    assert page.locator(".text .ref").count() == 4
    missed = """refs => refs.flatMap(ref => {
      const { left, right, top, bottom } = ref.getBoundingClientRect();
      const middle = (top + bottom) / 2;
      const points = [[left + 1, top - 8], [right - 1, bottom + 8], [left, middle], [right - .5, middle]];
      return points.filter(([x, y]) => document.elementFromPoint(x, y) !== ref).map(() => ref.textContent);
    })"""
    assert page.eval_on_selector_all(".text .ref", missed) == []
    page.set_viewport_size({"width": width, "height": 3000})
    whole = missed.replace("top - 8", "top + 1").replace("bottom + 8", "bottom - 1")
    assert page.eval_on_selector_all(".ref, .take", whole) == []


def test_no_line_begins_with_the_punctuation_behind_a_mark(pages: Watched, address: str) -> None:
    page = pages(390)
    lines = [f"{'驿' * n}[1][2]；{'站' * n}[3]。" for n in range(8, 24)]
    _told(page, address, text="".join(lines))
    assert "".join(page.locator(".text p").all_text_contents()) == "".join(lines)
    apart = """all => all.flatMap(p => {
      const text = document.createRange(), walk = document.createTreeWalker(p, NodeFilter.SHOW_TEXT), found = [];
      for (let before = 0; walk.nextNode();) {
        const node = walk.currentNode;
        text.selectNodeContents(node);
        const { top, bottom } = text.getClientRects()[0] ?? {};
        if (/^[；。]/.test(node.data) && top > before) found.push(p.textContent);
        if (bottom) before = [...text.getClientRects()].at(-1).bottom;
      }
      return found;
    })"""
    assert page.eval_on_selector_all(".text p", apart) == []


def test_what_is_copied_holds_what_is_to_be_noted(page: Page, address: str) -> None:
    _told(page, address, caveats=["只有计划数的没有列入。", "平均数按有数的地方计算。"])
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click("text=复制（带脚注）")
    page.wait_for_selector("#notice:has-text('已复制')")
    copied = page.evaluate("navigator.clipboard.readText()").splitlines()
    at = copied.index("注意：只有计划数的没有列入。")
    assert copied[at + 1 : at + 3] == ["注意：平均数按有数的地方计算。", ""] and copied[at + 3].startswith("[1] ")


def test_an_answer_that_counts_places_counts_them_once(page: Page, own: tuple[str, Library]) -> None:
    address, _ = own
    _ask(page, address, "哪些地方选派了党建指导员？")
    assert page.inner_text(".text").startswith("资料中有")
    told = page.inner_text(".coverage")
    assert told.startswith("已查资料库全部") and "有依据" not in told


def test_a_source_is_labelled_once(page: Page, own: tuple[str, Library]) -> None:
    address, library = own
    article = next(a for a in library.articles() if (a.source_line or "").startswith("来源："))
    page.goto(f"{address}/articles/{article.id}")
    source = page.locator("dl.facts div:has(dt:text-is('来源')) dd")
    assert f"来源：{source.inner_text()}" == article.source_line


def test_the_whole_text_is_shown_with_its_table_coverage_and_check(page: Page, address: str) -> None:
    _ask(page, address, ASKED)
    answer = _answer(page, address, ASKED)
    assert "".join(page.locator(".text p").all_text_contents()) == answer["text"]
    assert page.locator(".rows tbody tr").count() == len(answer["table"]["rows"])
    assert "与原文一致" in page.inner_text(".checked")
    assert "资料库全部 3 地" in page.inner_text(".coverage")
    assert page.locator(".chip").first.inner_text().startswith("问法")


def test_a_corrected_figure_and_what_is_printed_stand_together(page: Page, own: tuple[str, Library]) -> None:
    address, library = own
    question = "竹溪县有多少个驿站？"
    fact = next(f for f in library.facts(place="竹溪县") if f.object == "驿站")
    correct(library, [Correction(fact.id, "value", None, "987")], "张三")
    _ask(page, address, question)
    assert "不足987个（人工更正，原文近20个）" in page.inner_text(".text")
    assert "人工更正的数除外" in page.inner_text(".checked")
    assert page.inner_text(".derivation") == "人工更正：近20个 → 不足987个"


def test_a_source_in_ris_has_its_bulletin_and_page(page: Page, own: tuple[str, Library], tmp_path: Path) -> None:
    address, _ = own
    _ask(page, address, "武隆区受理了多少件矛盾纠纷？")
    path = downloaded(page, "text=出处（RIS）", tmp_path / "out.ris")
    ris = path.read_text("utf-8")
    assert "T2  - 基层治理参考2026年第6期" in ris and "SP  - " in ris


def test_sources_of_no_place_are_not_counted_as_places(page: Page, own: tuple[str, Library], tmp_path: Path) -> None:
    address, library = own
    path = tmp_path / "报告.txt"
    path.write_text("国务院政府工作报告\n各位代表：\n2025年，全国粮食产量达到14000亿斤。\n", encoding="utf-8")
    library.ingest([path])
    _ask(page, address, "2025年全国粮食产量达到多少？")
    assert "14000亿斤" in page.inner_text(".text")
    told = page.inner_text(".coverage")
    assert told.startswith("已查资料库全部") and "0 地有依据" not in told


def test_hostile_text_stays_text(page: Page, address: str) -> None:
    _ask(page, address, ASKED)
    page.locator(".sources li", has_text="德清").locator(".ref").click()
    page.wait_for_selector("#reader mark")
    assert HOSTILE in page.inner_text("#reader .body")
    assert page.locator("#answer img, #answer script, #reader img, #reader script").count() == 0
    assert page.title() == "问答 - 通鉴"
    page.goto(f"{address}/ask?q={quote(HOSTILE)}")
    page.wait_for_selector(".told")
    assert page.inner_text(".told h2") == HOSTILE
    assert page.title() == "问答 - 通鉴"


def test_an_example_is_asked_when_chosen(page: Page, address: str) -> None:
    page.goto(f"{address}/ask")
    example = page.locator("#examples button").first
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


@pytest.mark.parametrize("width", WIDTHS)
def test_the_quote_is_in_view_and_nothing_scrolls_sideways(pages: Watched, address: str, width: int) -> None:
    page = pages(width)
    _ask(page, address, ASKED)
    assert overflow(page) <= 0
    page.click(".text .ref >> nth=0")
    page.wait_for_selector("#reader mark")
    assert overflow(page) <= 0
    box, view = page.locator("#reader mark").first.bounding_box(), page.viewport_size
    assert box and view and 0 <= box["y"] < view["height"], "the quote is not in view"


@pytest.mark.parametrize("width", WIDTHS)
def test_a_citation_of_a_pdf_is_shown_on_the_page_itself(pages: Watched, own: tuple[str, Library], width: int) -> None:
    page, (address, _) = pages(width), own
    _ask(page, address, "江油市建成了多少个新就业群体驿站？")
    page.click(".text .ref >> nth=0")
    page.wait_for_selector("#reader .page rect")
    page.wait_for_selector("#reader .page-frame.zoomed")
    mark, frame = (page.locator(f"#reader {part}").bounding_box() for part in (".page g", ".page-frame"))
    assert mark and frame and frame["x"] <= mark["x"] and mark["x"] + mark["width"] <= frame["x"] + frame["width"]
    assert max(frame["y"], 0) <= mark["y"] and mark["y"] + mark["height"] <= 860, "not in view"
    box, picture = (page.locator(f"#reader .page {part}").first.bounding_box() for part in ("rect", "img"))
    assert box and picture
    assert picture["x"] <= box["x"] and box["x"] + box["width"] <= picture["x"] + picture["width"] + 1
    assert picture["y"] <= box["y"] and box["y"] + box["height"] <= picture["y"] + picture["height"] + 1
    assert page.evaluate("document.querySelector('#reader .page img').naturalWidth") > 1000


def test_a_page_is_read_closer_in_its_frame_and_alone(page: Page, own: tuple[str, Library]) -> None:
    address, _ = own
    _ask(page, address, "江油市建成了多少个新就业群体驿站？")
    page.click(".text .ref >> nth=0")
    page.wait_for_selector("#reader .page rect")
    width = page.locator("#reader .page-frame").evaluate("e => e.clientWidth")
    assert page.locator("#reader .page img").evaluate("e => e.clientWidth") >= 760, "it opens large enough to be read"
    page.click("#reader >> text=放大")
    assert page.locator("#reader .page img").evaluate("e => e.clientWidth") > 2 * width
    mark, frame = (page.locator(f"#reader {part}").first.bounding_box() for part in (".page rect", ".page-frame"))
    assert mark and frame and frame["y"] <= mark["y"] <= frame["y"] + frame["height"], "what is cited stays in view"
    page.focus("#reader .page-frame")
    page.keyboard.press("+")
    assert page.locator("#reader .page img").evaluate("e => e.clientWidth") > 3 * width
    page.click("#reader .page", position={"x": 5, "y": 5})
    assert page.locator("#reader .page img").evaluate("e => e.clientWidth") <= width
    with page.expect_popup() as popup:
        page.click("#reader >> text=在新窗口打开")
    popup.value.wait_for_selector("img")


@pytest.mark.parametrize("width", WIDTHS)
def test_reading_a_source_leaves_the_page_where_it_is(
    pages: Watched, own: tuple[str, Library], tmp_path: Path, width: int
) -> None:
    address, library = own
    path = tmp_path / "长文.txt"
    filler = "\n\n".join(
        f"第{n}段，各驿站配有饮水机和微波炉，骑手随时可以歇脚，群众称好，大家都来。" for n in range(60)
    )
    path.write_text(f"江苏昆山：驿站长文\n\n{filler}\n\n昆山市建成暖心小屋317个。\n\n{filler}\n", encoding="utf-8")
    assert not library.ingest([path]).failures
    page = pages(width)
    _ask(page, address, "昆山市建成了多少个暖心小屋？")
    ref = page.locator(".text .ref:visible").first
    before = ref.evaluate("e => e.getBoundingClientRect().top")
    ref.click()
    page.wait_for_selector("#reader mark:has-text('317')")
    assert abs(ref.evaluate("e => e.getBoundingClientRect().top") - before) < 2
    view = page.viewport_size
    for part in ("#reader .body mark >> nth=0", "#reader .close", "#reader h2"):
        box = page.locator(part).bounding_box()
        assert box and view and 0 <= box["y"] < view["height"], part


def test_the_plan_is_changed_and_the_question_asked_again(page: Page, address: str) -> None:
    _ask(page, address, ASKED)
    page.click(".chip >> nth=1")
    assert page.evaluate("document.activeElement.id") == "plan-1"
    page.fill("#plan-1", "昆山")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelectorAll('.text .ref').length === 1")
    assert "112" in page.inner_text(".text") and "38" not in page.inner_text(".text")


def test_a_place_that_is_unknown_is_told(pages: Watched, address: str) -> None:
    page = pages(allowed=(422,))
    _ask(page, address, ASKED)
    page.click(".chip >> nth=1")
    page.fill("#plan-1", "没有这个地方")
    page.keyboard.press("Enter")
    page.wait_for_selector(".plan-form .fault-line:has-text('没有这个地方')")
    assert "112" in page.inner_text(".text") and page.locator(".plan .chip").count() > 1, "the answer stays"
    page.fill("#plan-1", "昆山")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelectorAll('.text .ref').length === 1")
    assert page.locator(".plan-form .fault-line").inner_text() == ""


def test_a_question_leans_on_the_one_before_and_both_are_kept(page: Page, address: str) -> None:
    _ask(page, address, "昆山市建成了多少个新就业群体驿站？")
    page.fill("#question", "平遥县呢？")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('.told h2')?.textContent === '平遥县呢？'")
    assert "38" in page.inner_text(".text")
    page.goto(f"{address}/ask")
    kept = page.locator("#history li button")
    assert kept.all_inner_texts() == ["平遥县呢？", "昆山市建成了多少个新就业群体驿站？"]
    page.click("#forget")
    assert page.is_hidden("#history")


def test_an_answer_is_taken_away_with_its_sources(page: Page, address: str, tmp_path: Path) -> None:
    _ask(page, address, ASKED)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click("text=复制（带脚注）")
    page.wait_for_selector("#notice:has-text('已复制')")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert ASKED in copied and "[1] " in copied and "社会工作部. 江苏昆山：驿站暖人心[Z]." in copied
    for name, ending in (("导出 Word", ".docx"), ("导出表格", ".xlsx"), ("出处（RIS）", ".ris")):
        with page.expect_download() as download:
            page.click(f"text={name}")
        path = tmp_path / f"out{ending}"
        download.value.save_as(path)
        assert download.value.suggested_filename.endswith(ending)
        assert path.stat().st_size > 200
    ris = (tmp_path / "out.ris").read_text("utf-8")
    assert ris.count("TY  - GOVDOC") == 3 and ris.count("ER  - ") == 3
    assert ris.count("AU  - ") == copied.count("社会工作部. ") > 0
    from docx import Document

    text = "\n".join(p.text for p in Document(str(tmp_path / "out.docx")).paragraphs)
    assert ASKED in text and "112" in text and "原文：" in text


def test_a_chart_is_drawn_where_the_answer_has_numbers(page: Page, address: str) -> None:
    _ask(page, address, ASKED)
    page.click(".chart summary")
    page.wait_for_selector(".board canvas")
    label = page.get_attribute(".board", "aria-label")
    assert label and "昆山市 112" in label


def test_a_follow_up_survives_reload_and_the_ways_back_and_on(page: Page, address: str) -> None:
    sent: list[Any] = []
    page.on("request", lambda r: sent.append(r.post_data_json) if r.url.endswith("/v1/ask") else None)
    first = "昆山市建成了多少个新就业群体驿站？"
    _ask(page, address, first)
    page.fill("#question", "平遥县呢？")
    page.keyboard.press("Enter")
    page.wait_for_selector(".told h2:text-is('平遥县呢？')")
    page.reload()
    page.wait_for_selector(".told h2:text-is('平遥县呢？')")
    assert "38" in page.inner_text(".text") and page.locator(".refusal").count() == 0
    page.go_back()
    page.wait_for_selector(".told h2:has-text('昆山市')")
    assert "112" in page.inner_text(".text")
    page.go_forward()
    page.wait_for_selector(".told h2:text-is('平遥县呢？')")
    assert "38" in page.inner_text(".text")
    page.goto(f"{address}/ask")
    page.click("#history button:text-is('平遥县呢？')")
    page.wait_for_selector(".told")
    assert "38" in page.inner_text(".text"), "what it leaned on is kept with it"
    assert [each["previous"] for each in sent] == [[], [first], [first], [], [first], [first]]


def test_the_way_back_to_the_empty_room_empties_it(page: Page, address: str) -> None:
    _ask(page, address, ASKED)
    page.go_back()
    page.wait_for_selector(".told", state="detached")
    assert page.input_value("#question") == "" and page.locator("body.asked").count() == 0


def test_a_second_change_of_the_plan_keeps_the_first(page: Page, address: str) -> None:
    sent: list[Any] = []
    page.on("request", lambda r: sent.append(r.post_data_json) if r.url.endswith("/v1/ask") else None)
    _ask(page, address, ASKED)
    page.click(".chip >> nth=1")
    page.fill("#plan-1", "昆山")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelectorAll('.text .ref').length === 1")
    page.click(".chip >> nth=1")
    page.fill("#plan-2", "驿站")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('#plan-2')?.value === '驿站'")
    assert sent[-1]["plan"]["places"] == ["昆山"] and sent[-1]["plan"]["topic"] == "驿站"
    page.reload()
    page.wait_for_selector(".told")
    assert sent[-1]["plan"]["places"] == ["昆山"], "and so does a reload"


def test_the_address_tells_what_was_asked_to_whoever_is_sent_it(
    page: Page, pages: Watched, browser: Browser, address: str
) -> None:
    _ask(page, address, "昆山市建成了多少个新就业群体驿站？")
    page.fill("#question", "平遥县呢？")
    page.keyboard.press("Enter")
    page.wait_for_selector(".told:has-text('平遥县')")
    leaning = page.url
    _ask(page, address, ASKED)
    page.click(".chip >> nth=1")
    page.fill("#plan-1", "昆山")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelectorAll('.text .ref').length === 1")
    with browser.new_context() as other:
        sent = other.new_page()
        sent.goto(page.url)
        sent.wait_for_selector(".told")
        assert sent.inner_text(".text") == page.inner_text(".text")
        sent.goto(leaning)
        sent.wait_for_selector(".told:has-text('平遥县')")
    broken = pages(allowed=(422,))
    broken.goto(f"{address}/ask?q={quote(ASKED)}&plan=places%3D昆山")
    broken.wait_for_selector(".fault:has-text('plan')")


def test_an_answer_that_breaks_off_is_told(page: Page, address: str) -> None:
    page.route("**/v1/ask", lambda route: route.fulfill(content_type="text/event-stream", body=": 开始\n\n"))
    page.goto(f"{address}/ask?q={quote(ASKED)}")
    page.wait_for_selector(".fault:has-text('没有收完整')")
    assert page.get_attribute("#answer", "aria-busy") == "false"


def test_an_answer_that_cannot_be_drawn_is_not_taken_for_a_lost_connection(browser: Browser, address: str) -> None:
    page = browser.new_page()
    body = "event: done\ndata: {}\n\n"
    page.route("**/v1/ask", lambda route: route.fulfill(content_type="text/event-stream", body=body))
    with page.expect_event("pageerror"):
        page.goto(f"{address}/ask?q={quote(ASKED)}")
    assert "没能显示" in page.inner_text(".fault") and "连不上" not in page.inner_text(".fault")
    page.close()


def test_what_something_between_answers_is_told_in_chinese(pages: Watched, address: str) -> None:
    page = pages(allowed=(502,))
    page.route("**/v1/ask", lambda route: route.fulfill(status=502, content_type="text/html", body="<h1>Bad</h1>"))
    page.goto(f"{address}/ask?q={quote(ASKED)}")
    page.wait_for_selector(".fault:has-text('HTTP 502')")
    assert "Unexpected" not in page.inner_text(".fault")
