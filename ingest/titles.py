"""What a short line is: the name of a column, a title, a heading, a caption, a line of the masthead."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from corpus.places import Gazetteer
from corpus.spacing import squeezed
from corpus.wordlists import read_entries
from ingest.block import Block
from ingest.credits import is_person
from ingest.fields import is_organ
from ingest.typography import SENT_TO, cannot_begin, ends_sentence, is_numbered, is_prose
from ingest.words import any_of, words

_ORNAMENT = re.compile(r"^[\s【\[〔［〖◆■●★▲▶◇□○◎☆※·•|｜▍▎▌▋█┃]+|[\s】\]〕］〗◆■●★▲◀◇□○☆※·•|｜▍▎▌▋█┃]+$")
_BULLET = re.compile(r"^[\s◆■●★▲▶◇□○☆※◎•·]+")
_PREFIX = re.compile(r"([^：:，。；！？]{2,24})\s*[：:]\s*\S")
_FIGURES = re.compile(r"(?<=[：:\s])\d[\d.,万亿余多]*[一-鿿%]{1,3}(?:[，、；]|$)")
"""What follows a place in a list of figures (沭城街道：12个，3.4万人次)."""
_BODY = re.compile(r"(?:省|市|区|县|旗|盟|州|镇|乡|街道|社区|村|局|委|部|办|中心|协会|公司|学校|医院|法院|检察院)$")
_BELOW = re.compile(r"[一-鿿]{1,8}?(?:省|市|区|县|旗|州|镇|乡|街道|社区|村|局|委|部|院|校|协会|公司|中心)")
_BYLINE = re.compile(
    r"^\W*(?:本[报刊网台]|特约|实习)?(?:(?:记者|通讯员)(?!从|在|来到|走进|走访|了解|看到|见到|发现|获悉|采访|注意|跟随|一行)"
    r"|作者|撰稿|文字|文/|文／|文图)"
)
_SIGNED = re.compile(
    r"[□■○◎]\s*(?:本[报刊网台](?:记者|通讯员)?|记者|通讯员)?\s*([一-鿿·]{2,4}|[一-鿿][ 　]+[一-鿿])(?=[\s、]|$)"
)
_PERSON = re.compile(r"^[一-鿿]{2,20}[ 　\t]+([一-鿿]{1,3}[ 　]?[一-鿿]{1,3})$")
_DATE = re.compile(
    r"^[（(]?[\d〇○零一二三四五六七八九十]{4}\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月(?:\s*[\d一二三四五六七八九十]{1,3}\s*日)?"
    r"(?:\s*[-—–－~～至到]+\s*(?:[\d一二三四五六七八九十]{4}\s*年)?(?:\s*[\d一二三四五六七八九十]{1,3}\s*月)?\s*[\d一二三四五六七八九十]{1,3}\s*日)?[)）]?$"
)
_NUMBER = re.compile(
    r"^[^\s，。]{0,12}[〔\[（【(]\s*\d{4}\s*[〕\]）】)]\s*第?\s*\d+\s*号(?:\s+签发人?\s*[:：].{0,20})?$"
)
_ADDRESS = re.compile(r"^[^。]*[:：]$")
_PAGE = re.compile(
    r"(?:^|[\s:：])第?\s*[A-D]?[\d一二三四五六七八九十]{1,2}\s*版(?:$|[\s:：])"
    r"|(?:19|20)\d{2}年\d{1,2}月\d{1,2}日\W{0,3}(?:本期|今日)共?\d{1,2}版$"
)
_DAY_OF_PAPER = re.compile(r"(?:19|20)\d{2}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*[（(]?星期[一二三四五六日天]")
WIDE_GAP = re.compile(r"\t|[ 　]{2,}")
"""What parts the things that one line of a masthead says: a paper, its number, who puts it together, its day."""
_COUNT = re.compile(r"^(?:\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[)）]|[一二三四五六七八九十]{1,3}、)")
_CLAUSE = re.compile(
    r"让|把|使(?!命)|[当做办建守管护走答写绘下打]好|[激盘]活|[点擦]亮|织密|筑牢|拧紧|扛[起牢]|唱响|跑出|架起|搭起"
)
"""How a clause begins that leads up to a title, as no name of a column does."""
_LEADERS = re.compile(r"[\s.…·．。—\-]*[（(]?\d{0,3}[)）]?$")
_CONTENTS = re.compile(
    r"[【\[]?(?:(?:材料|文件|会议材料|发言|总)?目\s*录|要\s*目|[本今][期日版](?:要目|导读|目录|内容|看点)|导\s*读)(?:CONTENTS)?[】\]]?[:：]?",
    re.IGNORECASE,
)


LARGER = 1.06
"""From this ratio to the body's size on, type is set larger on purpose."""


SMALLER = 0.93
"""Below this ratio, type is set smaller on purpose: captions, footnotes."""


@cache
def columns() -> dict[str, str]:
    """Known column names and the kind of their articles."""
    return {row[0]: row[1] for row in csv.reader(read_entries("ingest.data", "columns.csv"))}


def bare(text: str) -> str:
    """The line without ornaments and white space.

    >>> bare("【 基层 快讯 】")
    '基层快讯'
    """
    return squeezed(_ORNAMENT.sub("", text))


def unbulleted(text: str) -> str:
    """The line without a bullet before it.

    >>> unbulleted("◆ 三塘镇：办起夜校")
    '三塘镇：办起夜校'
    """
    return _BULLET.sub("", text)


def heading_like(block: Block) -> bool:
    """Whether the block can be a title, a heading, a column name or a caption: a short line that is no sentence."""
    text = block.text
    if _is_broken_line(block):
        return False
    if block.role == "row" or not re.search(r"[一-鿿A-Za-z]", text):
        return False
    if block.level or block.size > LARGER:
        return len(text) <= 120 and not re.search(r"[。；]$", text)
    if re.search(r"[。；]|[，、]$", text) or cannot_begin(text) or is_no_title(text):
        return False
    if ends_sentence(text) and not (re.search(r"[！？!?]$", text) and len(text) < 40 and "“" not in text[:1]):
        return False
    return (
        len(text) < 45 or (len(text) < 64 and _PREFIX.match(text) is not None) or (len(text) < 90 and is_titled(text))
    )


_LABELLED_FIGURES = re.compile(
    r"[一-鿿]{2,10}(?<![省市县区旗州镇乡村])[：:](?:\d[\d.,%万亿余多]*[一-鿿%]{0,2}(?:[，、；]|$))+"
)
"""A figure with its label, in a box or on a card (课堂数：16个村、412堂)."""
_REMARK = re.compile(
    r"[（(【〔［][^（()）】〕］]{0,10}(?:虚构|样例|示例|节选|摘要|摘登|摘编|转载|内部资料|参阅|供[^（()）】〕］]{1,6}参考)"
    r"[^（()）】〕］]{0,20}[)）】〕］]"
)
_NO_TITLE = re.compile(r"(?:问|答|记者问?|主持人)\s*[:：]|[（(]?截[至止][^，。：:]{2,16}[时日分][)）]?$")


def is_remark(text: str) -> bool:
    """Whether a line in brackets says what kind of copy a text is.

    >>> is_remark("（节选）"), is_remark("（供领导参考）"), is_remark("（征求意见稿）")
    (True, True, False)
    """
    return _REMARK.fullmatch(text.strip()) is not None


def is_no_title(text: str) -> bool:
    """Whether a line is a question or an answer of an interview, a figure with its label, or says only as of when.

    >>> is_no_title("问：开办一家企业要多久？"), is_no_title("截至5月26日24时"), is_no_title("问需于民解民忧")
    (True, True, False)
    >>> is_no_title("课堂数：16个村、412堂"), is_no_title("三塘镇：12项措施解难题")
    (True, False)
    """
    return _LABELLED_FIGURES.fullmatch(text.strip()) is not None or _NO_TITLE.match(text.strip()) is not None


_TAG = 6
"""Characters of the longest name on a tag."""


def _is_broken_line(block: Block) -> bool:
    """Whether the page sets a block as a line of running text, which it breaks: from edge to edge, no space above."""
    whole = len(block.text) > _TAG  # the name of a column fills the tag that it is set in
    text_like = block.full and whole and not block.marked and block.size <= LARGER and block.text[:1] != "—"
    return text_like and (block.begins is True or (block.begins is False and block.gap == 0))


_TITLED = re.compile(
    r"关于.{4,}的?(?:通知|通告|公告|公示|意见|办法|方案|报告|决定|批复|函|通报)(?:[（(][^）)]*[)）])?$"
)


def is_titled(text: str) -> bool:
    """Whether it is the title of an official document (关于……的通知).

    >>> is_titled("三塘县人民政府关于做好防汛工作的通知")
    True
    """
    return _TITLED.search(text) is not None


_BY_LABEL = re.compile(r"(?:来源|作者|供稿(?:单位)?|报送单位|日期|发布(?:时间|日期|单位))\s*[:：]")
"""How a line under a title begins that says whence an article is."""


def is_masthead(text: str) -> bool:
    """Whether the line belongs to a bulletin's masthead or foot (第3期, ××简报, 主办：××)."""
    if _BY_LABEL.match(text.strip()):
        return False
    parts = WIDE_GAP.split(text.strip())
    told = [is_date(p) or is_organ(p) or any_of("masthead").fullmatch(squeezed(p)) is not None for p in parts]
    close = text.split()
    if len(close) > 2 and all(any_of("masthead").fullmatch(part) for part in close):
        return True
    return any_of("masthead").fullmatch(squeezed(text)) is not None or (
        len(parts) > 1 and any(told) and all(t or is_paper_line(p) for t, p in zip(told, parts, strict=True))
    )


def names_paper(text: str) -> bool:
    """Whether a line of a masthead holds the name of a paper, beside its number perhaps.

    >>> names_paper("政务简报（第9期）"), names_paper("第9期　三塘县委办公室编"), names_paper("报：县委常委")
    (True, False, False)
    """
    name = squeezed(re.sub(r"[（(][^（()）]*[)）]|[（(]?(?:(?:19|20)\d{2}年)?第\s*\S{1,4}\s*期.*", "", text))
    told = is_organ(name) or is_date(name) or re.match(rf"(?:{SENT_TO})[:：]|.*(?<![摘汇选])[编印]$|.*[:：]", name)
    return re.fullmatch(r"[一-鿿“”·、]{4,30}", name) is not None and not told


def is_paper_line(text: str) -> bool:
    """Whether the line can be the name of a newspaper or of its page, as a short title can too.

    >>> is_paper_line("三塘新闻"), is_paper_line("三塘县十大新闻"), is_paper_line("5月工作安排")
    (True, False, False)
    """
    return any_of("paper_lines").fullmatch(squeezed(text)) is not None


def is_issue_number(text: str) -> bool:
    """Whether the line counts issues (2026年第3期).

    >>> is_issue_number("第12期（总第96期）")
    True
    """
    return _COUNTED_ISSUE.search(text) is not None and len(text) <= (80 if "（总第" in squeezed(text) else 50)


def counted(number: str) -> int:
    """The number before a title, in digits or Chinese, up to 39.

    >>> counted("3"), counted("十二"), counted("二十")
    (3, 12, 20)
    """
    if number.isdigit():
        return int(number)
    digits = "零一二三四五六七八九"
    tens, ten, ones = number.rpartition("十")
    return (digits.index(tens) if tens in digits[1:] and tens else 1) * 10 * bool(ten) + (
        digits.index(ones) if len(ones) == 1 and ones in digits else 0
    )


def is_newspaper_page(text: str) -> bool:
    """Whether the line counts the pages of a newspaper (3版　社会治理).

    >>> is_newspaper_page("2026年5月8日　第3版　社会治理"), is_newspaper_page("改版后的第3版方案")
    (True, False)
    >>> is_newspaper_page("2026年5月8日 星期五　责编/张某")
    True
    """
    return len(text) <= 60 and (_PAGE.search(text) is not None or _DAY_OF_PAPER.search(text) is not None)


def is_contents(text: str) -> bool:
    """Whether the line heads a table of contents."""
    return _CONTENTS.fullmatch(squeezed(text)) is not None


def contents_entry(text: str) -> str:
    """The title in a line of a table of contents.

    >>> contents_entry("红旗镇：敲门行动暖人心……………… 12")
    '红旗镇：敲门行动暖人心'
    >>> contents_entry("2. 红旗镇：敲门行动暖人心")
    '红旗镇：敲门行动暖人心'
    """
    return without_count(_LEADERS.sub("", text))


def without_count(text: str) -> str:
    """The line without ornaments, white space and the number that counts it.

    >>> without_count("3．三塘镇：办起夜校")
    '三塘镇：办起夜校'
    """
    return _COUNT.sub("", bare(text))


_PART = re.compile(
    r"(?:第[一二三四五六七八九十\d]{1,3}(?:[篇辑编]|部分|板块)|[上中下]篇)(?:[ 　:：]+[一-鿿、]{2,16})?"
    r"|(?![一二三四五六七八九十第这本])[一-鿿]{2,6}(?<![下上中新名长开单诗])篇"
)
_COUNTED_ISSUE = re.compile(
    r"第\s*[\d一二三四五六七八九十百〇零]+\s*[期辑]|(?:19|20)\d{2}\s*年\s*第\s*\d{1,2}\s*周"
    r"|^\s*[（(\[〔]第\s*\d+\s*[次号][)）\]〕]\s*$"
)
"""How a line counts issues, or sessions of which these are the minutes (（第16次）)."""
_BY_WHOM = r"[一-鿿·](?:[ 　]?[一-鿿·]){0,11}"
_TAKEN = re.compile(
    rf"(?<=。)(?:[ 　（(]*(?:本报|特约)?(?:记者|通讯员)?[ 　]*{_BY_WHOM}[ 　/／]*(?:摄影|摄|供图|图)[)）]?"
    r"|[ 　]*[（(](?:资料图片?|新华社发|图片来源[:：][^（）()]{1,16})[)）])$"
)
_ABOUT_ISSUE = re.compile(
    r"本[刊册书][为系]|本[期刊](?:共|现|集中|特)?(?:选编|摘编|选登|刊发|刊登|刊载|推出|摘登|介绍|所载|内容|各条)"
    r"|.{0,60}(?:跟着小编|一起来?看看|先睹为快)"
)
_KEYWORDS = re.compile(r"[【\[（(]?关\s*键\s*[词字]\s*(?:[】\]）)]\s*[:：]?|[:：])")
_EDITORS = re.compile(
    r"[【\[（(]?\s*(?:编\s*者\s*按|编者的话|编者语|编前语?|编前的话|按\s*语|本刊按|按(?=\s*[:：])"
    r"|导\s*读|摘\s*要|(?:内容|核心)?提要|核心提示|阅读提示)\s*"
    r"(?:[】\]）)]\s*[:：]?|[:：]|(?=$|[ 　]))"
)


def is_editors_note(text: str, *, alone: bool = False) -> bool:
    """Whether a paragraph is an editor's note or abstract (编者按：……, 【摘要】……); ``alone``: only those words.

    >>> is_editors_note("【编者按】三塘镇的做法值得一读。"), is_editors_note("编者按", alone=True)
    (True, True)
    """
    return (_EDITORS.fullmatch if alone else _EDITORS.match)(text.strip()) is not None or is_keywords(text)


def is_about_issue(text: str) -> bool:
    """Whether a paragraph is an editor's note, or says of an issue what it holds.

    >>> is_about_issue("本期选编五地的做法，供参考。"), is_about_issue("本期工程完工。")
    (True, False)
    """
    return is_editors_note(text) or _ABOUT_ISSUE.match(text) is not None


def is_keywords(text: str) -> bool:
    """Whether a line lists the key words of an article, as it does below an abstract (关键词：志愿服务；社区)."""
    return _KEYWORDS.match(text.strip()) is not None


def is_caption(text: str) -> bool:
    """Whether the line says of itself that it belongs to a picture.

    >>> is_caption("社区议事会现场（镇社工站供图）"), is_caption("三塘镇开展摄影比赛")
    (True, False)
    """
    said = _TAKEN.sub("", text)
    return len(text) <= 80 and "。" not in said[:-1] and any_of("captions").search(text) is not None


def is_table_name(text: str) -> bool:
    """Whether a line begins as the name of a table does, by its number.

    >>> is_table_name("表26　2021年社会组织情况表"), is_table_name("表彰一批先进个人")
    (True, False)
    """
    return _TABLE.match(text) is not None


_TABLE = re.compile(r"附?表\s*[\d一二三四五六七八九十]{1,2}(?![\d，。])")


def is_byline(text: str, size: float = 1.0, level: int = 0) -> bool:
    """Whether the line names an author, a date, a document number or the addressees.

    Persons and addressees are not set larger, nor marked as headings.
    """
    text = text.strip()
    size = LARGER + 1 if level else size
    if (m := _SIGNED.match(text)) and is_person(squeezed(m[1])):
        return True
    return any(p.search(text) for p in (_BYLINE, _DATE, _NUMBER)) or (
        size <= LARGER and (_names_person(text) or _ADDRESS.search(text) is not None)
    )


def is_reporter(text: str) -> bool:
    """Whether a line says by its first words who wrote an article.

    >>> is_reporter("本刊通讯员　张某"), is_reporter("记者来到三塘村")
    (True, False)
    """
    return _BYLINE.search(text.strip()) is not None


def _names_person(text: str) -> bool:
    """Whether a line is a body or an office and, set apart, the name of a person."""
    m = _PERSON.search(text)
    return m is not None and is_person(squeezed(m[1]))


def is_date(text: str) -> bool:
    """Whether the line is a date and nothing else.

    >>> is_date("2026年5月6日"), is_date("2026年5月6日印发")
    (True, False)
    """
    return _DATE.match(squeezed(text)) is not None


def is_lead(text: str) -> bool:
    """Whether a paragraph begins as the first of an article does."""
    return any_of("leads").match(text) is not None


def is_place_led(text: str, gazetteer: Gazetteer) -> bool:
    """Whether a title begins with a place and a colon, as those of bulletins do.

    >>> g = Gazetteer.load()
    >>> is_place_led("陕西泾阳：四维聚力", g), is_place_led("三塘镇：办好实事", g), is_place_led("一是：加强领导", g)
    (True, True, False)
    """
    m = _PREFIX.match(unbulleted(text))
    if m is None or is_numbered(text) or _FIGURES.search(text, m.end() - 1):
        return False
    prefix = m.group(1).strip()
    if _BODY.search(prefix) and len(prefix) >= 3:
        return True
    return any(mention.span.start <= 1 and mention.span.end >= len(prefix) - 1 for mention in gazetteer.find(prefix))


def shared_body(title: str, lead: str) -> bool:
    """Whether a place or body named in the title is named again at the beginning of the paragraph."""
    names = {m.group()[-k:] for m in _BELOW.finditer(title) for k in (3, 4) if len(m.group()) >= k}
    return any(name in lead[:80] for name in names)


def names_place(text: str, gazetteer: Gazetteer) -> bool:
    """Whether a title names a division."""
    return bool(gazetteer.find(text))


def is_inner_heading(text: str) -> bool:
    """Whether a line heads a part of one piece (背景, 主要做法), or is a heading in brackets."""
    return bare(text) in words("inner_headings") or re.fullmatch(r"【[^】]{2,12}】", text.strip()) is not None


def is_column(text: str) -> bool:
    """Whether the line is a known column name."""
    return bare(text) in columns()


def is_part(text: str) -> bool:
    """Whether the line names a part of a volume.

    >>> is_part("第一篇　机制创新"), is_part("党建引领篇"), is_part("第一篇报道见报后，反响热烈")
    (True, True, False)
    """
    return _PART.fullmatch(text.strip()) is not None


def ornamented(text: str) -> bool:
    """Whether ornaments or brackets set a short line off, as they do column names; not those of a case's parts."""
    name = bare(text)
    set_off = len(name) <= 10 and re.match(r"\s*[【\[〔［〖◆■●★▲▶◇※▍▎▌▋█┃]", text) is not None
    return set_off and name not in words("inner_headings") and not is_byline(text)


def parts_of_each(blocks: Sequence[Block]) -> frozenset[str]:
    """Bracketed headings that come again in turn, as the parts of each piece of a collection do (【做法】【成效】)."""
    names = [
        bare(block.text)
        for block, below in pairwise(blocks)
        if re.fullmatch(r"【[^】]{2,10}】", block.text.strip()) and not heading_like(below)
    ]
    first = {name: i for i, name in reversed(list(enumerate(names)))}
    again = {name for i, name in enumerate(names) if set(names[first[name] : i]) - {name}}
    return frozenset(again) if len(again) > 1 else frozenset()


def is_of_briefs(text: str) -> bool:
    """Whether the name of a column says that its news is short (一周简讯)."""
    return re.search("[简短快要]讯|短波|集[萃锦]|[速快]递|速览|一周", bare(text)) is not None


def is_collection(text: str) -> bool:
    """Whether a line names a paper or a collection of articles (基层动态一周, 案例选编)."""
    return (
        re.search(r"(?:一周|周报|月报|简报|快报|通讯|[汇选]编|选[登辑]|专辑|摘报|要情|速[递览]|合集|集锦)$", bare(text))
        is not None
    )


def is_subtitled(lines: Sequence[Block]) -> int | None:
    """Which of the lines above a text has a subtitle with a dash right below it and stands apart from what is above."""
    pairs = (i for i, (a, b) in enumerate(pairwise(lines)) if a.gap and not b.gap and re.match("[—－]", b.text))
    return next(pairs, None)


def may_be_column(text: str) -> bool:
    """Whether a line looks like a column name: a few Chinese characters that are no clause, and nothing else.

    >>> may_be_column("基层动态"), may_be_column("让老人吃得舒心")
    (True, False)
    """
    name = bare(text)
    return re.fullmatch(r"[一-鿿·]{2,8}", name) is not None and not is_numbered(text) and not _CLAUSE.match(name)


def is_paragraph(block: Block) -> bool:
    """Whether the block is running text."""
    return block.role != "row" and is_prose(block.text) and not heading_like(block)
