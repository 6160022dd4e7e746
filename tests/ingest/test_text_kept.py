"""Titles and text that look like furniture of a paper, a chat or a web page are kept, in invented texts (虚构)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ingest.invented import A, B, place, read, titles

HEAD = "德清县工作简报\n第3期（总第96期）\n德清县委办公室编{}\n\n"


@pytest.mark.parametrize("day", ["", "　2026年5月6日", "\n2026年5月6日"])
@pytest.mark.parametrize(
    "title", ["德清县残疾人传捷报", "3个村试点改革", "安吉县十大新闻", "5月工作安排", "德清县新闻"]
)
def test_a_short_title_below_an_issue_number_is_no_name_of_a_paper(tmp_path: Path, day: str, title: str) -> None:
    (article,) = read(tmp_path, f"{HEAD.format(day)}{title}\n    近日，{A}\n    {B}\n")
    assert article.title == title and article.body == f"近日，{A}\n{B}"


def test_the_names_of_a_paper_and_its_page_are_beside_its_day(tmp_path: Path) -> None:
    head = "德清报\n2026年5月8日　星期五　第3版\n综合新闻\n\n"
    (article,) = read(tmp_path, f"{head}议事厅里话家常\n    近日，{A}\n    {B}\n")
    assert article.title == "议事厅里话家常" and article.body == f"近日，{A}\n{B}" and article.column is None


def test_bylines_with_a_time_head_no_messages(tmp_path: Path) -> None:
    told = {"德清县“四联”工作法": "2026-05-06", "德清县“板凳会”": "2026-05-07"}
    lines = (f"{title}\n德清县融媒体中心 {day} 10:20\n    德清县{A}{B}\n" for title, day in told.items())
    text = "\n".join(lines)
    found = read(tmp_path, text)
    kept = "".join(f"{a.title}{a.body}" for a in found)
    assert found[0].title == "德清县“四联”工作法" and "德清县“板凳会”" in kept and kept.count(B) == 2


@pytest.mark.parametrize("lead", ["", "五月上旬，中心每日安排两人值守，来访事项一律登记在册。\n"])
@pytest.mark.parametrize("head", ["张某到中心反映邻里纠纷", "值班员张某"])
def test_a_log_of_duty_keeps_its_entries(tmp_path: Path, lead: str, head: str) -> None:
    entries = [
        f"2026-05-06 08:30 {head}",
        "已转乾元镇调解。",
        "2026-05-06 09:40 值班员张某",
        f"处理情况：{B}{A}",
        "2026-05-07 10:10 值班员李某",
        "噪音扰民，已转城管办。",
    ]
    found = read(tmp_path, f"德清县社会治理中心值班日志\n{lead}" + "\n".join(entries) + "\n")
    kept = "".join(f"{a.title}{a.body}" for a in found)
    assert "值班日志" in kept and all(text in kept for text in (lead.strip(), *entries[1::2]))


def test_a_short_message_stays_and_thanks_do_not(tmp_path: Path) -> None:
    text = f"""社工信息交流群
2026-05-06 10:20:15 德清县-王某
德清县“四联”工作法
德清县{A}{B}
2026-05-06 10:25:15 德清县-王某
补充：上周又办成两件。
2026-05-06 10:40:02 市部-李某
收到，谢谢
2026-05-07 09:04:12 安吉县-赵某
安吉县“板凳会”
安吉县{A}{B}
"""
    first, second = read(tmp_path, text)
    assert titles([first, second]) == ["德清县“四联”工作法", "安吉县“板凳会”"]
    assert "补充：上周又办成两件。" in first.body and "谢谢" not in first.body and second.published_on == "2026-05-07"


@pytest.mark.parametrize(
    "line",
    [
        "报名时间：6月1日至6月30日，评选时间：7月1日至7月10日。",
        "活动日期：6月5日，地点：县体育馆，报到时间：上午8时。",
        "报名时间：6月1日　评选时间：7月1日",
        "资金来源：县财政，发布时间：另行通知",
    ],
)
def test_times_that_a_notice_sets_are_its_text(tmp_path: Path, line: str) -> None:
    (article,) = read(tmp_path, f"关于评选好邻居的通知\n各乡镇：\n现将评选的有关事项通知如下。\n{line}\n{A}\n")
    assert line in article.body


@pytest.mark.parametrize(
    "second",
    ["德清县开展安全教育进校园", "德清县建成首家智慧养老服务站", "安吉县推进数字赋能乡村", "德清县举办农民丰收会"],
)
def test_a_clause_below_a_title_is_no_source(tmp_path: Path, second: str) -> None:
    (article,) = read(tmp_path, f"平安就在家门口\n{second}\n    近日，{A}\n    {B}\n")
    assert second in f"{article.title} {article.subtitle} {article.body}"
    assert article.source_line is None and article.issuer is None


@pytest.mark.parametrize("name", ["公安/a.txt", "资源/a.txt", "大方.txt"])
def test_a_file_named_with_a_common_word_is_of_no_county(tmp_path: Path, name: str) -> None:
    (article,) = read(tmp_path, f"议事厅里话家常\n    近日，全县推开议事厅。{A}\n", name)
    assert place(article) is None


@pytest.mark.parametrize(("name", "county"), [("公安县/a.txt", "公安县"), ("德清/a.txt", "德清县")])
def test_a_file_named_after_a_county_is_of_it(tmp_path: Path, name: str, county: str) -> None:
    (article,) = read(tmp_path, f"议事厅里话家常\n    近日，全县推开议事厅。{A}\n", name)
    assert place(article) == county


def test_the_tasks_of_a_plan_are_no_news(tmp_path: Path) -> None:
    told = [("深化", "德清县", "矛盾调解中心"), ("推进", "安吉县", "养老服务体系")]
    tasks = [f"{n}. {verb}{name}{what}建设。{name}{A}" for n, (verb, name, what) in enumerate(told, 1)]
    (article,) = read(tmp_path, "湖州市上半年基层治理重点任务\n" + "\n".join(tasks) + "\n")
    assert place(article) == "湖州市" and article.body == "\n".join(tasks)


def test_short_news_lie_where_their_column_does(tmp_path: Path) -> None:
    news = "".join(f"{n}. {name}办好议事厅夜间开放。{name}{A}\n" for n, name in ((1, "莫干山镇"), (2, "乾元镇")))
    found = read(tmp_path, f"德清县工作简讯\n{news}")
    assert titles(found) == ["莫干山镇办好议事厅夜间开放", "乾元镇办好议事厅夜间开放"]
    assert [place(article) for article in found] == ["德清县", "德清县"]


@pytest.mark.parametrize("lead", ["", f"上半年，全省信访总量下降。{A}\n"])
@pytest.mark.parametrize("title", ["上半年全省信访工作通报", "德清县上半年工作总结"])
def test_counties_that_head_sections_of_one_text_keep_their_numbers(tmp_path: Path, title: str, lead: str) -> None:
    sections = f"一、德清县\n德清县信访总量下降一成。{B}\n二、安吉县\n安吉县信访总量下降两成。{A}"
    (article,) = read(tmp_path, f"{title}\n{lead}{sections}\n")
    assert article.title == title and article.body == lead + sections
