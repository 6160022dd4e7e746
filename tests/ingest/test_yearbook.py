"""A chapter of a yearbook, invented (虚构样例): its entries are articles, signed one by one or together."""

from __future__ import annotations

from pathlib import Path

from tests.ingest.invented import A, B, read, titles

CHAPTER = f"""社会治理

民政工作

【概况】　2021年，淅川县民政局内设股室9个。{A}
【社会组织管理】　2021年，全县新登记社会组织63个。{B}
年末统计如下。（韦丽华）
【志愿服务】　2021年，全县注册志愿者3.2万人。{A}（张晓明）

信访工作

【信访代办】　2021年，全县信访代办员有134名。{B}（李志坚）
【领导接访】　2021年，县领导接访162人次。{A}（李志坚）
"""


def test_entries_are_articles_under_the_heads_of_their_sections(tmp_path: Path) -> None:
    found = read(tmp_path, CHAPTER, "淅川年鉴.txt")
    assert titles(found) == ["概况", "社会组织管理", "志愿服务", "信访代办", "领导接访"]
    assert [a.column for a in found] == ["民政工作"] * 3 + ["信访工作"] * 2
    assert found[0].body.startswith("2021年，淅川县民政局")


def test_who_signs_the_last_of_several_entries_wrote_them_all(tmp_path: Path) -> None:
    found = read(tmp_path, CHAPTER, "淅川年鉴.txt")
    assert [a.author for a in found] == ["韦丽华", "韦丽华", "张晓明", "李志坚", "李志坚"]


def test_bracketed_parts_of_one_case_are_no_entries(tmp_path: Path) -> None:
    parts = "".join(f"【{name}】　{text}\n" for name, text in (("背景", A), ("主要做法", B), ("红色引擎", A)))
    found = read(tmp_path, f"淅川县办好“夜饭会”\n\n{parts}（张晓明）\n")
    assert len(found) == 1


def test_short_news_that_begins_alike_is_not_titled_by_how_it_begins(tmp_path: Path) -> None:
    news = "".join(
        f"【本报讯】　近日，{place}{text}（张晓明）\n\n"
        for place, text in (("淅川县", A), ("西峡县", B), ("内乡县", A))
    )
    assert "本报讯" not in titles(read(tmp_path, f"一周简讯\n\n{news}"))
