"""Magazines, letters and copied pages, invented (虚构样例): who wrote, when, what heads a page."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

from ingest.block import Block
from ingest.footnotes import brought_home
from ingest.furniture import without_furniture
from ingest.read import read_file
from ingest.traced import Traced
from tests.ingest.invented import A, B, read, titles

TOLD = (("老窑火旁的合作社", "任 静 翟传宝"), ("把课堂搬进果品拍卖场", "伊 宁"), ("说说“一报了之”", "秦 川"))
COVER = "淅川基层\n2018年第15期　总第203期\n中共淅川县委组织部主管 淅川基层杂志编辑部编 内部交流 2018年8月5日出版\n\n"
CONTENTS = "目 录 CONTENTS\n" + "".join(f"一线\t{title}\t{by}\t{n:02}\n" for n, (title, by) in enumerate(TOLD, 3))
TEXTS = "".join(f"\n{title}\n○ {by}\n\n近日，淅川县{A}\n\n{B}\n" for title, by in TOLD)


def test_names_after_a_bullet_are_authors_though_spaced(tmp_path: Path) -> None:
    found = read(tmp_path, COVER + CONTENTS + TEXTS, "淅川基层.txt")
    assert titles(found) == [title for title, _ in TOLD]
    assert [a.author for a in found] == ["任静、翟传宝", "伊宁", "秦川"]


def test_a_line_of_a_masthead_in_parts_gives_the_day(tmp_path: Path) -> None:
    assert {a.published_on for a in read(tmp_path, COVER + CONTENTS + TEXTS, "淅川基层.txt")} == {"2018-08-05"}


def test_rare_names_are_authors_where_all_titles_have_names_below(tmp_path: Path) -> None:
    told = {"麦客回来以后": "同亚军", "石头上的道理": "惠小蓉", "一条支渠的规矩": "雷晓峰"}
    text = "目录\n" + "".join(f"{title}……{n}\n" for n, title in enumerate(told, 3))
    text += "".join(f"\n{title}\n\n{by}\n\n淅川县{A}\n\n{B}\n" for title, by in told.items())
    found = read(tmp_path, text, "乡村札记.txt")
    assert {a.title: a.author for a in found} == told


def test_a_letter_that_answers_is_titled_as_what_it_sends(tmp_path: Path) -> None:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = (
        "答复：请报送2023年基层党建工作总结",
        "a@x.example",
        "b@x.example",
    )
    message.set_content(f"组织一科：\n\n先把总结贴在正文里，请查收。\n\n淅川县2023年基层党建工作总结\n\n{A}\n\n{B}\n")
    (tmp_path / "答复.eml").write_bytes(message.as_bytes())
    (found,) = read_file(tmp_path / "答复.eml").articles
    assert found.title == "淅川县2023年基层党建工作总结" and found.body == f"{A}\n{B}"


def test_the_head_of_copied_pages_is_left_out_but_for_the_title(tmp_path: Path) -> None:
    head, cut = "淅川县社会工作大事记（2025年）", len(A) - 6
    pages = [f"- {n} -\n{head}\n" for n in (1, 2)]
    text = f"{head}\n中共淅川县委社会工作部整理\n\n{A}\n\n3月5日，{A[:cut]}\n{pages[0]}{A[cut:]}\n\n"
    text += f"7月8日，{B[:cut]}\n{pages[1]}{B[cut:]}\n"
    (found,) = read(tmp_path, text, "大事记.txt")
    assert found.title == head and head not in found.body and f"3月5日，{A}" in found.body


def test_the_author_of_an_account_stands_beside_its_name(tmp_path: Path) -> None:
    meta = '<span class="rich_media_meta rich_media_meta_text">{}</span>'
    page = (
        f'<html><body><h1 class="rich_media_title">一根芦苇划出的民心线</h1>{meta.format("原创 ")}{meta.format("苇苇")}'
    )
    page += f'<a id="js_name">淅川社会工作</a><div id="js_content"><p>{A}</p><p>{B}</p></div></body></html>'
    assert read(tmp_path, page, "账号.html")[0].author == "苇苇"


def test_a_mark_set_apart_stands_before_its_note_which_may_wrap() -> None:
    lines = [(A, 1.0), ("①", 0.36), ("面花：以面团捏塑、蒸制的礼馍，常作花鸟、狮虎之", 0.7), ("形。", 0.7)]
    blocks = tuple(Block(Traced.of(text, 100 * i), page=1, size=size) for i, (text, size) in enumerate(lines))
    assert [b.text for b in without_furniture(blocks)][1].startswith("①面花")
    raised = (Block(Traced.of("蒸面花①要用心。", 0), page=1), *blocks[1:])
    assert [b.text for b in brought_home(without_furniture(raised))][1].endswith("狮虎之形。")


def test_places_below_titles_are_no_authors(tmp_path: Path) -> None:
    told = {"麦客回来以后": "白水县", "石头上的道理": "富平县", "一条支渠的规矩": "合阳县"}
    text = "目录\n" + "".join(f"{title}……{n}\n" for n, title in enumerate(told, 3))
    text += "".join(f"\n{title}\n\n{name}\n\n{name}{A}\n\n{B}\n" for title, name in told.items())
    assert {a.author for a in read(tmp_path, text, "乡村札记.txt")} == {None}


def test_numbers_that_count_news_stay_behind_a_note() -> None:
    lines = [
        ("正文说了一件事。", 1.0),
        ("①", 0.6),
        ("注释文字在这里。", 0.8),
        ("1", 1.0),
        (A, 1.0),
        ("2", 1.0),
        (B, 1.0),
    ]
    blocks = tuple(Block(Traced.of(text, 100 * i), page=1, size=size) for i, (text, size) in enumerate(lines))
    found = [b.text for b in without_furniture(blocks, {3, 5})]
    assert found[1].startswith("①注释") and found[2:] == ["1", A, "2", B]
