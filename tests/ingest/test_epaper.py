"""Pages of newspapers on the web, invented (虚构样例): each article by itself, with the paper's day and page."""

from __future__ import annotations

from pathlib import Path

from tests.ingest.invented import A, B, place, read, titles

TOLD = ("渠首村的“夜饭会”", "厚坡镇老兵办起调解室", "九重镇：把课堂搬到橘园")


def page(head: str, texts: list[str]) -> str:
    guide = "".join(f'<li><a href="#a{i}">{title}</a></li>' for i, title in enumerate(TOLD))
    return (
        f"<html><head><title>{head}</title></head><body><b>标题导航</b><ul>{guide}</ul>{''.join(texts)}</body></html>"
    )


def article(title: str, n: int) -> str:
    return (
        f'<div id="a{n}"><div><b>{title}</b></div><div>——乡村治理见闻</div><div>本报记者 张晓明</div>'
        f"<p>　　{A}</p><p>　　{B}</p></div>"
    )


def test_each_title_of_the_guide_begins_an_article(tmp_path: Path) -> None:
    text = page("今日淅川 2022年05月17日 第03版 基层", [article(title, n) for n, title in enumerate(TOLD)])
    found = read(tmp_path, text, "node_3.html")
    assert titles(found) == list(TOLD) and {a.body for a in found} == {f"{A}\n{B}"}
    assert {(a.published_on, a.column, a.author, a.subtitle) for a in found} == {
        ("2022-05-17", "基层", "张晓明", "乡村治理见闻")
    }
    assert {place(a) for a in found} == {"淅川县"}


def test_a_page_of_headings_that_its_guide_leads_to_is_one_article(tmp_path: Path) -> None:
    text = page("乡村治理三问_淅川县人民政府网", [f"<h1>乡村治理三问</h1>{article(t, n)}" for n, t in enumerate(TOLD)])
    assert len(read(tmp_path, text, "page.html")) == 1


def test_controls_of_a_page_are_no_text(tmp_path: Path) -> None:
    text = page("今日淅川 2022年05月17日 第03版 基层", [article(t, n) for n, t in enumerate(TOLD)])
    found = read(tmp_path, text.replace("</body>", "<div>放大 缩小 默认　朗读</div></body>"), "node_3.html")
    assert "放大" not in found[-1].body
