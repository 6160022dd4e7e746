"""What an article is called, of what kind it is, who issued it and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import PurePath
from typing import cast

from corpus.model import Kind
from ingest.block import Source
from ingest.dates import date_in_name, find_date
from ingest.titles import columns, is_lead
from ingest.words import any_of

_TAIL = re.compile(r"^[（(]?\s*(?:\d{4}|[一二][〇○零一二三四五六七八九]{3})\s*年.{1,12}[)）]?$")
_ABOUT = re.compile(r"^(?:[（(][^）)]{1,8}[)）])?([一-鿿（） 、]{4,60}?)关于")
_PUBLISHED = re.compile(r"(?:发布|发文|成文|印发|刊发|发表)(?:时间|日期)\s*[:：]?\s*([\d年月日/.\- ]{8,14})")
_ISSUE = re.compile(r"[（(]\s*((?:19|20)\d{2}年\d{1,2}月\d{1,2}日)\s*第?\s*\d+\s*版\s*[)）]")
_DATELINE = re.compile(r"^[^。]{0,30}?((?:19|20)\d{2}年\d{1,2}月\d{1,2}日)\s*(?:电|讯|消息|报道)")
_SPEECH = re.compile(r"向大会(?:报告|作).{0,12}(?:工作|报告)")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as ISO text, possibly partial, and where it was found: printed, file_name, metadata, none."""

    date: str | None
    basis: str


def find_published(source: Source, name: str, heads: Sequence[str], body: str) -> Dated:
    """When an article was published.

    ``heads`` are the short lines around it: subtitle, lines under the title, masthead and foot. The printed date wins;
    then the file's name; then metadata, which also stands in where the name gives only a year.
    """
    printed = next((d for line in heads if (d := find_date(line))), None) or _printed_in(body)
    if printed:
        return Dated(printed, "printed")
    named = date_in_name(PurePath(name).stem)
    if source.published_on and (named is None or len(named) < len(source.published_on)):
        return Dated(source.published_on, "metadata")
    return Dated(named, "file_name") if named else Dated(None, "none")


def _printed_in(body: str) -> str | None:
    """The date of a dateline, of a date line under the text, or of a newspaper's issue."""
    lines = body.split("\n")
    for pattern, text in ((_DATELINE, lines[0]), (_ISSUE, lines[-1]), (_PUBLISHED, "\n".join(lines[:3] + lines[-3:]))):
        if m := pattern.search(text):
            return find_date(m.group(1))
    for line in lines[:4] + lines[-8:]:
        if _TAIL.match(line.strip()):
            return find_date(line)
    return None


def find_issuer(title: str, body: str, source_line: str | None) -> str | None:
    """The body that issued a document: above the date at its end, in its title before 关于, or the site's source.

    >>> find_issuer("三塘县民政局关于做好救助工作的通知", "各乡镇：", None)
    '三塘县民政局'
    """
    lines = [line.strip() for line in body.split("\n")]
    for i in range(len(lines) - 1, max(0, len(lines) - 12), -1):
        above = re.sub(r"\s+", "", lines[i - 1])
        if _TAIL.match(lines[i]) and is_organ(above) and len(above) <= 40:
            return above
    if (m := _ABOUT.match(title)) and is_organ(m.group(1).strip()):
        return m.group(1).strip()
    said = (
        re.sub(r"^(?:信息来源|文章来源|来源|转载自|转自|摘自)[:：]?\s*", "", source_line or "")
        .removesuffix("供稿")
        .strip()
    )
    return said if said and is_organ(said) else None


def is_organ(name: str) -> bool:
    """Whether it is the name of a Party or government body and nothing else.

    >>> is_organ("中共三塘县委社会工作部"), is_organ("三塘县2025年工作总结")
    (True, False)
    """
    return any_of("organs", r"[一-鿿（）()、 　]{2,60}?{}(?:[（(][^）)]{2,30}[)）])?").fullmatch(name) is not None


@cache
def _kinds() -> tuple[tuple[re.Pattern[str], Kind], ...]:
    text = (files("ingest.data") / "kinds.csv").read_text(encoding="utf-8")
    rows = [row.rsplit(",", 1) for row in text.splitlines() if row and not row.startswith("#")]
    return tuple((re.compile(pattern), cast(Kind, kind)) for pattern, kind in rows)


def find_kind(title: str, column: str | None, body: str) -> Kind:
    """The kind of an article: by its title, its column, and how it begins.

    >>> find_kind("三塘县人民政府关于防汛工作的通知", None, ""), find_kind("三塘：夜校暖人心", "经验做法", "近日，")
    ('notice', 'practice')
    """
    for pattern, kind in _kinds():
        if pattern.search(title):
            return kind
    if column and (known := columns().get(column)):
        return cast(Kind, known)
    if _SPEECH.search(body[:400]):
        return "work_report"
    if is_lead(body) or re.search(r"(?:记者|通讯员|讯|消息|电)", body[:60]):
        return "news"
    return "other"
