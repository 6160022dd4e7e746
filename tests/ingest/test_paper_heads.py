"""Heads of plain texts: papers without titles, remarks, minutes, contents behind a note, pages, lists of places."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ingest.invented import A, B, place, read, titles


def test_the_only_article_of_a_paper_bears_the_papers_name(tmp_path: Path) -> None:
    (found,) = read(
        tmp_path, f"德清县每周信息摘报（2026年第28期）\n德清县委办公室信息科 2026年7月13日\n【卫生】{A}\n【文化】{B}\n"
    )
    assert (found.title, place(found), found.issuer) == (
        "德清县每周信息摘报（2026年第28期）", "德清县", "德清县委办公室信息科",
    )  # fmt: skip
    assert found.published_on == "2026-07-13" and "no_title" not in found.flags


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ("时间：2026年6月29日下午\n地点：县政府四楼会议室", "2026-06-29"),
        ("2026年7月14日 （数字虚构，仅供参考）", "2026-07-14"),
        ("〔说明：内容虚构〕\n2026年7月14日", "2026-07-14"),
    ],
)
def test_what_stands_below_a_title_is_no_part_of_it(tmp_path: Path, head: str, date: str) -> None:
    (found,) = read(tmp_path, f"德清县冷链物流建设会商会议纪要\n{head}\n{A}{B}\n")
    assert (found.title, found.published_on) == ("德清县冷链物流建设会商会议纪要", date)


def test_a_text_that_goes_through_places_is_of_what_holds_them(tmp_path: Path) -> None:
    head = "水利简报 第14期\n湖州市水利局办公室编 2026年5月20日\n【清淤专辑】\n各县进度如下：\n"
    (found,) = read(tmp_path, f"{head}德清县：清淤沟渠412公里。{A}\n安吉县：清淤沟渠368公里。{B}\n")
    assert (place(found), [p.name for p in found.places]) == ("湖州市", ["德清县", "安吉县"])


def test_contents_behind_an_editors_note(tmp_path: Path) -> None:
    head = "社会工作信息\n（湖州）2026年第12期\n市委社会工作部编　　　8月6日\n【编者按】本期选编两地做法。\n\n目录\n"
    text = f"○德清县：给企业派“管家”\n○安吉县：小院“打包”\n\n德清县：给企业派“管家”\n{A}\n\n安吉县：小院“打包”\n{B}\n"
    found = read(tmp_path, head + text)
    assert titles(found) == ["德清县：给企业派“管家”", "安吉县：小院“打包”"]
    assert {a.published_on for a in found} == {"2026-08-06"}


def test_numbered_pieces_behind_what_an_issue_says_of_itself(tmp_path: Path) -> None:
    head = "基层治理信息摘报\n第31期（总第214期）\n9月10日\n本期摘编自各地来稿。\n\n"
    text = f"1.浙江德清县：老楼自己管\n德清县{A}\n\n2.浙江安吉县：错峰开食堂\n安吉县{B}\n"
    assert [(a.title, place(a)) for a in read(tmp_path, head + text)] == [
        ("浙江德清县：老楼自己管", "德清县"), ("浙江安吉县：错峰开食堂", "安吉县"),
    ]  # fmt: skip


def test_the_page_of_a_county_paper(tmp_path: Path) -> None:
    head = "德清县融媒体中心　周末报·综合新闻\n2026年6月20日　星期六　农历五月初六\n\n"
    text = f"留一盏灯\n本报讯（记者 张某）{A}\n（通讯员 李某）\n\n积分超市上新\n本报讯　{B}\n（记者 王某）\n"
    found = read(tmp_path, head + text)
    assert [(a.title, place(a), a.place_basis) for a in found] == [
        ("留一盏灯", "德清县", "issuer"), ("积分超市上新", "德清县", "issuer"),
    ]  # fmt: skip
    assert [a.source_line for a in found] == [None, None]


def test_a_name_of_several_is_settled_by_the_articles_beside_it(tmp_path: Path) -> None:
    head = "社会工作信息\n2026年第12期\n\n"
    text = f"上杭县：派“管家”\n{A}\n（上杭县委社会工作部供稿）\n\n永定区：零工不蹲马路\n{B}\n（永定区民政局供稿）\n"
    assert [a.place.adcode if a.place else None for a in read(tmp_path, head + text)] == ["350823", "350803"]


def test_rows_set_with_wide_gaps_are_a_table(tmp_path: Path) -> None:
    text = f"德清县床位情况\n{A}\n单位　　　计划（张）　建成（张）\n武康街道　　300　　180\n乾元镇　　200　　130\n{B}\n"
    (found,) = read(tmp_path, text)
    assert [[cell.of(found.body) for cell in row] for row in found.tables[0].rows] == [
        ["单位", "计划（张）", "建成（张）"], ["武康街道", "300", "180"], ["乾元镇", "200", "130"],
    ]  # fmt: skip
    markdown = "# 德清县床位情况\n\n| 镇 | 建成（张） |\n|---|---|\n| 乾元镇 | 130 |\n| 新市镇 | 95 |\n"
    assert len(read(tmp_path, markdown, "表.md")[0].tables[0].rows) == 3


@pytest.mark.parametrize(
    ("paper", "said", "at"),
    [
        ("平利报", "全县", ("平利县", "issuer")),
        ("今日平利", "我县", ("平利县", "issuer")),
        ("平利报", "各地", (None, "none")),  # a word that is also a place: nothing says that the paper is its own
        ("读书报", "全县", (None, "none")),
    ],
)
def test_a_county_paper_is_at_home_in_its_county(
    tmp_path: Path, paper: str, said: str, at: tuple[str | None, str]
) -> None:
    """Its stories name no place, or the cities that its people went to."""
    page = f"{paper}\n2026年7月9日 星期四 第3218期 第2版 综合新闻\n\n"
    first = f"春茶收官\n本报记者 陈某某\n{said}春茶产量8600吨。县里还组织茶企到西安、济南开展推介。{A}\n\n"
    found = read(tmp_path, f"{page}{first}社区工厂稳就业\n通讯员 王某某\n目前{said}有社区工厂98家。{B}\n")
    assert [(place(a), a.place_basis) for a in found] == [at, at]


@pytest.mark.parametrize("label", ["来源：", "供稿：", "报送单位：", "交流单位："])
def test_sources_below_titles_part_a_digest(tmp_path: Path, label: str) -> None:
    head = "基层工作信息摘报\n2026年第7期（总第31期）\n编者按：本期选登两地材料，供参考。\n\n"
    first = f"小站办到家门口\n{label}德清县民政局\n{A}\n\n"
    found = read(tmp_path, f"{head}{first}“三级联动”解民忧\n{label}昆山市民政局\n{B}\n")
    assert [(a.title, place(a)) for a in found] == [("小站办到家门口", "德清县"), ("“三级联动”解民忧", "昆山市")]
    assert [a.body for a in found] == [A, B]


def test_a_source_below_a_text_ends_it(tmp_path: Path) -> None:
    """The short lines between are headings of one article."""
    text = f"德清县办好驿站\n{A}\n建得好\n{B}\n管得好\n{A}\n来源：德清县民政局\n"
    assert titles(read(tmp_path, text)) == ["德清县办好驿站"]
