"""Layouts seen in bulletins: marks hung into the gutter, numbered titles, contents with leaders, lines cut by count."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.places import Gazetteer
from ingest import titles
from ingest.block import Block
from ingest.read import read_file
from ingest.readers.glyphs import Glyph
from ingest.readers.layout import read_pages
from ingest.segment import segment
from ingest.traced import Traced

SIZE, PITCH = 10.0, 16.0


def glyphs(text: str, left: float, row: int) -> list[Glyph]:
    """A line of full-width characters."""
    top = 100 + PITCH * row
    return [
        Glyph(c, left + SIZE * i, top, left + SIZE * (i + 1), top + SIZE, SIZE, 1, top + 0.88 * SIZE, False)
        for i, c in enumerate(text)
    ]


def test_a_mark_hung_into_the_gutter_spans_nothing() -> None:
    left = ["骑手在驿站里歇脚喝水充电看书", "骑手在驿站里歇脚喝水充电看书”"] + ["社区干部走访商户了解用工需求"] * 8
    right = ["网格员上门登记老人的助餐需求"] * 10
    page = [g for i, t in enumerate(left) for g in glyphs(t, 60, i)]
    page += [g for i, t in enumerate(right) for g in glyphs(t, 60 + 14 * SIZE + 16, i)]
    text = "".join(block.text for block in read_pages([page])[0])
    assert text == "".join(left + right)


@pytest.mark.parametrize(("beside", "marked"), [("", True), ("的", False)])
def test_a_mark_set_upright_in_a_corner_is_seen(beside: str, marked: bool) -> None:
    page = [g for i in range(12) for g in glyphs("社区干部走访商户了解用工需求。", 60, i + 6)]
    page += glyphs(f"机{beside}", 400, 0) + glyphs(f"密{beside}", 400, 1)
    assert ("机密" in read_pages([page])[1]) == marked


def test_entries_of_the_contents_are_not_joined() -> None:
    entries = ["三塘县办好夜校……………2", "白水县建好驿站……………3"]
    lines = [*entries, *["社区干部走访商户了解用工需求。"] * 3]
    blocks, _, _ = read_pages([[g for i, t in enumerate(lines) for g in glyphs(t, 60, i)]])
    assert [b.text for b in blocks][:2] == entries


def test_numbered_titles_part_a_bulletin() -> None:
    lines = ["第3期", "1．道外区办起骑手驿站", "道外区老街巷多，区里办起骑手驿站39个。"]
    lines += ["2．海伦市组建春耕志愿队", "海伦市组建志愿队126支下田头。", "3．漠河市聘小巷管家", "漠河市聘管家97人。"]
    cut = segment([Block(Traced(t), gap=1) for t in lines], Gazetteer.load())
    assert [d.headline.title for d in cut.drafts] == ["道外区办起骑手驿站", "海伦市组建春耕志愿队", "漠河市聘小巷管家"]


def test_numbered_sections_of_one_place_do_not() -> None:
    lines = ["第3期", "道外区办起骑手驿站", "1．道外区建阵地", "区里办起骑手驿站39个。", "2．强队伍", "聘骑手85名。"]
    cut = segment([Block(Traced(t), gap=1) for t in lines], Gazetteer.load())
    assert len(cut.drafts) == 1


def test_lines_cut_by_count_are_joined(tmp_path: Path) -> None:
    text = "　　全县志愿者21,460人，活动3,890场次，服务30万人次，时长26.4万小时，建成实践站80个，培育品牌项目10个。"
    lines = [text[i : i + 20] for i in range(0, len(text), 20)]
    path = tmp_path / "报告.txt"
    path.write_bytes("\r\n".join(["杜尔伯特蒙古族自治县志愿服务情况", "", *lines]).encode("gb18030"))
    assert read_file(path).articles[0].body == text.strip()


def test_date_and_issuer_above_the_attachments(tmp_path: Path) -> None:
    lines = ["关于开展星级评定的通知", "各街道办事处：", "现就有关事项通知如下。", "河东区民政局", "2026年3月20日"]
    lines += ["（此件公开发布）", "附件1", "申报表", "街道\t备案数", *[f"{n}号街\t{n}" for n in range(9)]]
    path = tmp_path / "通知.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    (article,) = read_file(path).articles
    assert (article.published_on, article.issuer) == ("2026-03-20", "河东区民政局")


def test_the_name_of_the_bulletin_is_no_title() -> None:
    lines = [Block(Traced("基层党建观察"), size=3.2), Block(Traced("2026年第14期"), size=1.1)]
    lines += [Block(Traced(t), gap=1) for t in ("村口议事议出新气象", "琼海市在村口设议事点151个。")]
    cut = segment(lines, Gazetteer.load())
    assert [d.headline.title for d in cut.drafts] == ["村口议事议出新气象"]
    assert "基层党建观察" in cut.masthead


def test_counted_entries_that_fill_their_lines_are_not_joined(tmp_path: Path) -> None:
    entries = ["1．蒲城县：办好夜校的四种做法", "2．白水县：建好驿站的三条路子"]
    lines = [(i, entry) for i, entry in enumerate(entries)] + [
        (i, "社区干部走访商户了解用工需求，") for i in range(4, 9)
    ]
    blocks = read_pages([[g for i, t in lines for g in glyphs(t, 60, i)]]).blocks
    assert [b.text for b in blocks][:2] == entries
    path = tmp_path / "目录.txt"
    path.write_text(
        "云溪工作简报\n第3期\n\n本期要目\n" + "".join(f"{entry}\n" for entry in entries)
        + "".join(f"\n{entry}\n\n近日，{entry[2:5]}办好实事，群众都说好。\n" for entry in entries),
        encoding="utf-8",
    )  # fmt: skip
    assert [titles.without_count(a.title) for a in read_file(path).articles] == [entry[2:] for entry in entries]


def test_bracketed_headings_at_the_top_of_pages_are_kept() -> None:
    text = ["社区干部走访商户了解用工需求。"] * 6
    pages = [
        [replace(g, page=n) for i, t in enumerate(["【案例背景】", *text]) for g in glyphs(t, 60, 2 * i)]
        for n in (1, 2, 3)
    ]
    assert [b.text for b in read_pages(pages).blocks].count("【案例背景】") == 3
