"""How an article is cited after GB/T 7714: who. title[type]//host. date: page.

The type is what the article's source tells: [EB/OL] a page of the web, [N] a newspaper, [R] a report, [Z] the rest.
Official documents bear their number (文号) behind the title. The page is that of the file, and stands last.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from corpus.model import Article

Standard = Literal["2025", "2015"]

_TOLD_BY = re.compile(r"^[（(]?\s*(?:转自|来\s*源|供稿|摘自|据)[:：\s]*|[)）]\s*$")
_PAPER = re.compile(r"[\u4e00-\u9fff]{1,12}(?<![简通快专情公月季年周汇导战捷海预])报(?:社)?")
_SERIAL = re.compile(r"简报|第\s*[\d一二三四五六七八九十百]+\s*[期辑卷]|\d{4}年\d{1,2}月")
_WEB = {".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml"}


@dataclass(frozen=True, slots=True)
class Citing:
    """After which edition, and the day on which it was looked at (an ISO date).

    The edition of 2015 wants that day of whatever is read on a screen, that of 2025 of pages of the web.
    """

    accessed: str
    standard: Standard = "2025"


def reference(article: Article, citing: Citing, page: int | None = None) -> str:
    """A source without its number.

    >>> made = Article("", "", "信息2026年第1期.pdf", 0, "驿站进街区", "", (), source_line="转自某县社会工作")
    >>> reference(made, Citing("2026-11-27"), 3)
    '某县社会工作. 驿站进街区[Z]//信息2026年第1期: 3.'
    >>> reference(made, Citing("2026-11-27", "2015"), 3)
    '某县社会工作. 驿站进街区[Z]//信息2026年第1期: 3[2026-11-27].'
    """
    kind = _kind(article)
    number = f"（{article.number}）" if article.number else ""
    by = author(article)
    head = "".join([f"{by}. " if by else "", titled(article), number, f"[{kind}]"])
    date = article.published_on or ""
    if kind == "EB/OL":
        dated = f"({date})" if date else ""
        return f"{head}. {dated}[{citing.accessed}]."
    looked = f"[{citing.accessed}]" if citing.standard == "2015" else ""
    host = host_of(article)
    if kind == "N":
        return f"{head}. {', '.join(filter(None, [host, date]))}{looked}."
    told = ". ".join(filter(None, [f"{head}//{host}" if host else head, date])) + (f": {page}" if page else "")
    return f"{told}. {looked}." if looked and told == head else f"{told}{looked}."


def author(article: Article) -> str:
    """Who is responsible for it: a person, who issued it, who sent it in, who its source line names; "" for nobody."""
    said = told_by(article.source_line)
    return article.author or article.issuer or article.reporter or ("" if is_paper(said) else said)


def told_by(source_line: str | None) -> str:
    """Who a source line names, "" where there is none.

    >>> told_by("（转自某县社会工作）")
    '某县社会工作'
    """
    return _TOLD_BY.sub("", source_line or "")


def is_paper(name: str) -> bool:
    """Whether a name is that of a newspaper.

    >>> is_paper("湖州日报"), is_paper("工作简报")
    (True, False)
    """
    return _PAPER.fullmatch(name) is not None


def titled(article: Article) -> str:
    """The title, or the beginning of the text where there is none; a report is called by its kind.

    >>> titled(Article("", "", "", 0, "今年以来，某县围绕新就业群体“三难”问题", "", (), flags=("no_title",)))
    '（无标题）今年以来，某县围绕新就业群体…'
    """
    if "no_title" not in article.flags or (article.kind == "work_report" and article.title.endswith("报告")):
        return article.title
    return f"（无标题）{article.title[:14]}…"


def host_of(article: Article) -> str:
    """The newspaper or bulletin an article stands in: the latter a file named 简报, or by its issue or month."""
    kind, stem = _kind(article), PurePath(article.name).stem
    if kind == "N":
        return told_by(article.source_line)
    within = kind != "EB/OL" and not article.number and (article.issue or _SERIAL.search(stem))
    return stem if within else ""


def _kind(article: Article) -> str:
    if PurePath(article.name).suffix.lower() in _WEB:
        return "EB/OL"
    if is_paper(told_by(article.source_line)):
        return "N"
    return "R" if article.kind == "work_report" else "Z"
