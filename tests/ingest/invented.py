"""Invented texts (虚构) read as files, and what is told of their articles."""

from __future__ import annotations

from pathlib import Path

from corpus.model import Article
from ingest.read import read_file

A = "村里把闲置的粮站改成了议事厅，每周四晚上大家围着火炉商量事情，已经定下十七件。"
B = "办事员把表格压减到三张，老人只要带上身份证就能办，跑一趟的事再也不用跑三趟。"


def read(tmp_path: Path, text: str, name: str = "稿件.txt") -> list[Article]:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return list(read_file(path).articles)


def titles(found: list[Article]) -> list[str]:
    return [article.title for article in found]


def place(article: Article) -> str | None:
    return article.place.name if article.place else None
