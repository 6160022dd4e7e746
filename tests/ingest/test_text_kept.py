"""Titles and sentences that look like furniture of a paper, a chat or a web page, in invented texts (虚构), are kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.model import Article
from ingest.read import read_file

A = "村里把闲置的粮站改成了议事厅，每周四晚上大家围着火炉商量事情，已经定下十七件。"
B = "办事员把表格压减到三张，老人只要带上身份证就能办，跑一趟的事再也不用跑三趟。"
HEAD = "德清县工作简报\n第3期（总第96期）\n德清县委办公室编{}\n\n"


def read(tmp_path: Path, text: str, name: str = "稿件.txt") -> list[Article]:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return list(read_file(path).articles)


def titles(found: list[Article]) -> list[str]:
    return [article.title for article in found]


def place(article: Article) -> str | None:
    return article.place.name if article.place else None


@pytest.mark.parametrize("day", ["", "　2026年5月6日", "\n2026年5月6日"])
@pytest.mark.parametrize("title", ["德清县残疾人传捷报", "3个村试点改革", "安吉县十大新闻", "5月工作安排", "德清县新闻"])
def test_a_short_title_below_an_issue_number_is_no_name_of_a_paper(tmp_path: Path, day: str, title: str) -> None:
    (article,) = read(tmp_path, f"{HEAD.format(day)}{title}\n    近日，{A}\n    {B}\n")
    assert article.title == title and article.body == f"近日，{A}\n{B}"


def test_the_names_of_a_paper_and_its_page_are_beside_its_day(tmp_path: Path) -> None:
    head = "德清报\n2026年5月8日　星期五　第3版\n综合新闻\n\n"
    (article,) = read(tmp_path, f"{head}议事厅里话家常\n    近日，{A}\n    {B}\n")
    assert article.title == "议事厅里话家常" and article.body == f"近日，{A}\n{B}" and article.column is None
