"""Who issued an article and when it was published."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from corpus.spacing import squeezed
from ingest.block import Source
from ingest.dates import date_in_name, find_date
from ingest.typography import SENT_TO
from ingest.words import any_of

_ROLE = re.compile(
    r"^(?:主办|编印|编发|承办)(?:单位)?[:：]|(?:编印|编发|编辑|汇编|整理|汇总|主办|主编|编制|编|文件|印发)$"
)
_WHOLE = len("2026-05-06")
_PRINTED = re.compile(r"(?:印发|编印|出版)[)）]?$")
_TAIL = re.compile(r"^[（(]?\s*(?:\d{4}|[一二][〇○零一二三四五六七八九]{3})\s*年.{1,12}[)）]?$")
_SIGNED = re.compile(rf"(?P<who>[^，。；\d]{{4,40}}?)[ 　]+{_TAIL.pattern[1:]}")
"""A date behind the body that signs."""
_CREDITED = re.compile(
    r"[（(](?=.*(?:记者|通讯员|作者|供稿|来稿|撰稿))[^（()）。]{2,40}[ 　,，](?:19|20)\d{2}年\d{1,2}月\d{1,2}日[)）]"
)
"""A date with who wrote, in brackets."""
_ATTACHED = re.compile(
    r"[（(【]?附件?\s*[\d一二三四五六七八九十]{0,2}\s*[)）】]?(?:[:：].*)?$|[（(](?:此件|本文)[^）)]{2,16}[)）]$"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
_ABOUT = re.compile(r"^(?:[（(][^）)]{1,8}[)）])?([一-鿿（） 、]{4,60}?)关于")
_YEAR_OF_ISSUE = re.compile(r"((?:19|20)\d{2})\s*年\s*第\s*\d+\s*期")
_DAY = re.compile(r"(?<!\d)(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_UNTIL = re.compile(r"截[至止].*")
"""What figures hold up to is no date of the text."""
_PUBLISHED = re.compile(
    r"(?:(?:发布|发文|成文|印发|刊发|发表|制表|填表|填报|公告|答复)(?:时间|日期)|(?:报送|公示)日期)"
    r"\s*[:：]?\s*([\d年月日/.\- ]{8,14})(?!\s*[至前起—~～])"
)
_ISSUE = re.compile(r"[（(][^（()）]{0,40}?((?:19|20)\d{2}年\d{1,2}月\d{1,2}日)\s*,?，?\s*第?\s*\d+\s*版\s*[)）]")
_YEAR_TOLD = re.compile(
    r"(?<![\d从自于])((?:19|20)\d{2})年(?!\d{0,2}月?(?:至今|以来|[起开]|成立|创办|启动)|[底末]?前|[将计力预要])"
)
_SPRING = 4
"""The month from which news that tells of several years is of the last of them."""
_DAY_OF_DATELINE = re.compile(r"^[^。，]{0,24}?(\d{1,2})月(\d{1,2})日\s*(?:电|讯|消息|报道)")
_DATELINE = re.compile(r"^[^。]{0,30}?((?:19|20)\d{2}年\d{1,2}月\d{1,2}日)\s*(?:电|讯|消息|报道)")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as ISO text, possibly partial, and where it was found: printed, file_name, metadata, none."""

    date: str | None
    basis: str


def find_published(source: Source, name: str, heads: Sequence[str], body: str) -> Dated:
    """When an article was published.

    ``heads`` are the short lines around it: subtitle, lines under the title, masthead and foot. The printed date wins,
    that of its own column in a sheet too; then the file's name; then metadata, which also stands in where the name
    gives only its year. The day a file was made counts only where the text does not speak of other years.
    """
    printed = next((d for line in heads if (d := find_date(_UNTIL.sub("", line)))), None) or _day_of_issue(heads)
    below = _printed_in(body) if printed is None or len(printed) < _WHOLE else None
    printed = below if below and below.startswith(printed or "") else printed
    printed = printed or (source.published_on if source.is_record else None)
    if printed:
        return Dated(printed, "printed")
    named = date_in_name(PurePath(name).stem)
    for told in (source.published_on, source.made_on if _may_be(source.made_on, body) else None):
        if told and (named is None or (len(named) < len(told) and told.startswith(named))):
            return Dated(told, "metadata")
    return Dated(named, "file_name") if named else Dated(None, "none")


def tells_day(line: str) -> bool:
    """Whether a line says by its label when a text or table was made.

    >>> tells_day("填报时间：2026年5月6日"), tells_day("完成时间：2026年5月6日")
    (True, False)
    """
    return _PUBLISHED.search(line) is not None


def _day_of_issue(heads: Sequence[str]) -> str | None:
    """The date of an issue that prints its year with its number and its day apart (2026年第12期 … 8月6日)."""
    year = next((m[1] for line in heads if (m := _YEAR_OF_ISSUE.search(line))), None)
    day = next((m for line in heads if (m := _DAY.search(line))), None)
    return find_date(f"{year}年{day[1]}月{day[2]}日") if year and day else None


def _may_be(made_on: str | None, body: str) -> bool:
    """Whether a text may be of the day its file was made: the last year it names is that year, or it names none."""
    years = [int(y) for y in _YEAR.findall(body)]
    return made_on is not None and (not years or max(years) == int(made_on[:4]))


def _printed_in(body: str) -> str | None:
    """The date of a dateline, of a date line under the text, or of a newspaper's issue."""
    lines = _signed(body.split("\n"))
    day, years = _DAY_OF_DATELINE.search(lines[0]), set(_YEAR_TOLD.findall(lines[0].partition("。")[0]))
    if day and (len(years) == 1 or (years and int(day[1]) >= _SPRING)):
        return find_date(f"{max(years)}年{day[1]}月{day[2]}日")
    for pattern, text in ((_DATELINE, lines[0]), (_ISSUE, lines[-1]), (_PUBLISHED, "\n".join(lines[:3] + lines[-3:]))):
        if m := pattern.search(text):
            return find_date(m.group(1))
    for line in lines[:4] + lines[-8:]:
        signed = _SIGNED.match(line.strip())
        if _TAIL.match(line.strip()) or _CREDITED.fullmatch(line.strip()) or (signed and is_organ(signed["who"])):
            return find_date(line)
    return None


def _signed(lines: list[str]) -> list[str]:
    """The lines of a document without the attachments that stand below its date."""
    for i in range(1, len(lines)):
        if _ATTACHED.match(lines[i].strip()) and any(_TAIL.match(line.strip()) for line in lines[max(0, i - 4) : i]):
            return lines[:i]
    return lines


def find_issuer(title: str, body: str, source_line: str | None) -> str | None:
    """The body that issued a document: above the date at its end, in its title before 关于, or the site's source.

    >>> find_issuer("三塘县民政局关于做好救助工作的通知", "各乡镇：", None)
    '三塘县民政局'
    """
    lines = _signed([line.strip() for line in body.split("\n")])
    # At the end, or at the end of a short notice that stands before what it issues.
    for i in [*range(len(lines) - 1, max(0, len(lines) - 12), -1), *range(1, min(12, len(lines)))]:
        if _TAIL.match(lines[i]) and not _PRINTED.search(lines[i]) and (names := _signatories(lines[:i])):
            return "、".join(names)
    if (m := _ABOUT.match(title)) and is_organ(m.group(1).strip()):
        return m.group(1).strip()
    said = (
        re.sub(r"^(?:信息来源|文章来源|稿件来源|来源|供稿|转载自|转自|摘自)[:：丨]?\s*", "", source_line or "")
        .removesuffix("供稿")
        .removesuffix("官网")
        .strip()
    )
    return said if said and is_organ(said) else None


_PAPER_OF = re.compile(
    r"(?P<body>[一-鿿]{3,24}?)(?:工作|政务|党建)?(?:简报|信息|动态|通讯|专报|快报|摘报|要情|参阅|专刊|内参)(?:[（(]|第|$|\d)"
)
"""The name of a paper that begins with whose it is."""


def masthead_issuer(lines: Sequence[str]) -> str | None:
    """The body that a masthead names as the one whose paper it is.

    >>> masthead_issuer(["第3期（总第96期）", "三塘县委办公室编　　　2026年5月6日"])
    '三塘县委办公室'
    >>> masthead_issuer(["三塘县民政局工作简报（第14期）"])
    '三塘县民政局'
    """
    for line in lines:
        parts = [] if re.match(rf"(?:{SENT_TO})[:：]", line) else re.split(r"\s+", line.strip())
        for part in parts:
            name = _ROLE.sub("", part)
            if len(name) >= 4 and is_organ(name):
                return name
    papers = (_PAPER_OF.match(squeezed(line)) for line in lines)
    return next((paper["body"] for paper in papers if paper and is_organ(paper["body"])), None)


def _signatories(lines: Sequence[str]) -> list[str]:
    """The bodies named one a line at the end of the lines."""
    names: list[str] = []
    for line in reversed(lines):
        name = squeezed(line)
        if len(name) > 40 or not is_organ(name):
            break
        names.insert(0, name)
    return names


def is_attachment(text: str) -> bool:
    """Whether a line heads an attachment, and does not name one.

    >>> is_attachment("附件1"), is_attachment("附件：统计表"), is_attachment("附件管理要加强")
    (True, False, False)
    """
    return re.fullmatch(r"[（(【]?附[件表]\s*[\d一二三四五六七八九十]{0,2}\s*[)）】]?[:：]?", text.strip()) is not None


_VERB = re.compile(
    r"[让把]|[走唱飘送搬住请跑开飞]进|融入|变[身成]|打造|守护|(?<!目)的(?!士)"
    r"|开展|召开|举[办行]|建成|首[家个批]|落[地户]|启[动用](?!区)|亮相|投用|揭牌|开[班讲课园馆]|上线|走访|慰问|传捷报"
)
"""What a clause holds and the name of a body does not."""
_TOLD = re.compile(
    r"推[进动行出]|深化|强化|加[强快]|赋能|助力|助推|擦亮|激活|做[优实强好]|建[好强立设]|完善|实[现施]|破解|入选|荣获|获[评得]|喜迎|迎[来接]|办[好起实成]|守[牢住]|绘就|夯实"
)
"""What else a clause on a township or village holds."""
SECTION = r"[一-鿿]{2,4}(?<![学本专百文理工外])[科股]"
"""A section within a body."""
_LOCAL = re.compile(r"[一-鿿]{2,10}[省市县区旗州][一-鿿]{1,10}(?:镇|乡|街道|社区|村|馆|站|所|队|校)")


def is_unit(name: str) -> bool:
    """Whether it is the name of a body, or of a township, village or place of work in its county.

    >>> is_unit("三塘县白水乡"), is_unit("三塘县民政局"), is_unit("走村串寨进社区"), is_unit("三塘县推进智慧社区")
    (True, True, False, False)
    """
    local = _LOCAL.fullmatch(name) is not None
    return is_organ(name) or (local and not _VERB.search(name) and not _TOLD.search(name))


def is_organ(name: str) -> bool:
    """Whether it is the name of a Party or government body and nothing else.

    >>> is_organ("中共三塘县委社会工作部"), is_organ("三塘县2025年工作总结"), is_organ("夜校搬进敬老院")
    (True, False, False)
    >>> is_organ("三塘县委办公室信息科")
    True
    """
    told = any_of("organs", rf"[一-鿿（）()、“” 　]{{2,60}}?{{}}(?:{SECTION})?(?:[（(][^）)]{{2,30}}[)）])?")
    return told.fullmatch(name) is not None and _VERB.search(name) is None
