"""The opening and the foot of a bulletin: its contents and the lines of its masthead, which no article keeps."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.script import simplified
from corpus.spacing import squeezed
from ingest import titles
from ingest.block import Block
from ingest.credits import find_number
from ingest.dates import find_date
from ingest.fields import is_organ
from ingest.traced import join
from ingest.typography import SENT_TO

_LED = re.compile(r"(?:(?:[.．·…—]\s*){4,}|\t)[（(]?\d{1,3}[)）]?$")
"""The end of a line of a table of contents: leaders or a wide gap, and a page number."""

_RED_HEAD = re.compile(r"[一-鿿（）()、]{4,40}文件|[一-鿿]{0,16}会议纪要|[一-鿿]{2,6}(?:通报|专报|快报|专刊)")
_KIND = re.compile(r"[一-鿿]{0,6}(?:通知|通报|公报|简报|专报|快报|纪要|要情|参阅|摘报|信息|动态|报送|上报)")
_PAPER = re.compile(r"(?!.*关于)[一-鿿“”]{2,20}(?:简报|动态|工作信息|信息专报|专报|快报|通讯|参考|要情|简讯|摘报)")
_EDITED = re.compile(r"(?:主办|编印|编发|编辑部|[一-鿿]编)\s*$|(?:主办|编印|编发|编辑)")
_LETTERHEAD = re.compile(
    r"(?:编号|份号)[:：][\dA-Z-]{2,12}|(?:办理)?类别[:：].{1,8}|(?:办理)?结果[:：][A-Ca-c]类?|(?:公开(?:方式|属性|类别)|是否公开|签发人|联系人|密级)[:：].{1,16}"
    r"|[【\[（(]?(?:内部(?:资料|文件|材料|参考|情况|明电)|工作秘密)[】\]）)]?[，,。：:★☆]?"
    r"(?:(?:注意|妥善)(?:保存|保管)|(?:请勿|不得|严禁|禁止)外传|仅供[参领]阅|免费交流)?|[【\[（(]内部[】\]）)]"
)
"""A line above the head of a letter or report (类别：A, 内部资料　注意保存)."""
_REST_OF_DAY = re.compile(r"\d{0,2}\s*月?\s*\d{0,2}\s*日?\s*(?:印发|印|编印)?")
_DAY_CUT_OFF = re.compile(r"(?:19|20)\d{2}年\d{0,2}月?\d{0,2}")
_PAGES = re.compile(r"\d[\d\s]{0,60}")
"""The page numbers of a table of contents, set as a column of their own."""
_BY_WITH_PAGE = re.compile(r"[一-鿿·]{2,12}(?:[ 　、]+[一-鿿·]{2,12}){0,3}\s*[（(]?\d{1,3}[)）]?")
"""Who wrote an entry of a table of contents, with its page, in a column of its own (宋长河 李梦 03)."""
_COLUMN = re.compile(r"[一-鿿·]{2,8}[ 　\t]+(?=\S)")
"""The name of a column before the title in an entry of the contents."""
_IMPRINT = re.compile(
    r"(?P<own>主[办管编]|编[辑审印]|编者(?!按)|编辑部|责任编辑|投稿(?:邮箱|信箱|热线)|准印证号?|定价|印[数刷])[^：:，。]{0,4}[:：]"
    r"|(?:承办|协办|地址|邮编|电话|传真|网址|邮箱)[:：]"
)
"""The labels of an imprint."""
_COPIES = re.compile(rf"(?:{SENT_TO})[:：]")
_PRINTED = re.compile(r"印发$")


@dataclass(frozen=True, slots=True)
class Opening:
    """A document without its contents, masthead and foot; ``contents`` are the titles that the contents list.

    ``cover`` stands before the contents; ``bulletin`` says that the masthead or foot counts issues.
    """

    contents: frozenset[str]
    kept: tuple[Block, ...]
    masthead: tuple[str, ...]
    cover: tuple[Block, ...]
    bulletin: bool


def without_contents(blocks: Sequence[Block]) -> Opening:
    """What the opening and the foot of a document hold, and the blocks without it."""
    kept: list[Block] = []
    cover: list[Block] = []
    masthead: list[str] = []
    entries: list[str] = []
    listing = bulletin = False
    issue = any(titles.is_issue_number(b.text) or titles.is_newspaper_page(b.text) for b in blocks[:12])
    by_day = not issue and _is_paper_by_day(blocks)
    number = next((i for i, b in enumerate(blocks[:8]) if find_number(b.text)), None)
    named = _name_of_bulletin(blocks[:12], max((b.size for b in blocks[12:]), default=9.0))
    wrapped = 0
    for i, block in enumerate(blocks):
        if i < wrapped:
            continue
        opening = i < 14 and not any(titles.is_paragraph(b) and not titles.is_about_issue(b.text) for b in kept)
        if opening and titles.is_contents(block.text) and (page := _page_of_titles(blocks, i + 1)):
            cover, kept = cover + kept, []
            entries += page[0]
            wrapped = page[1]
        elif opening and titles.is_contents(block.text) and _lists(blocks, i + 1):
            listing = True
            cover, kept = cover + kept, []
        elif listing and _entry(block) and (_is_led(blocks[i : i + 2]) or _said_later(block.text, blocks[i + 1 :])):
            entries.append(_title_of(block.text, blocks[i + 1 :]))
        elif listing and entries and (_PAGES.fullmatch(block.text) or _BY_WITH_PAGE.fullmatch(block.text.strip())):
            continue
        elif listing and (whole := _wrapped_entry(blocks, i)):
            entries.append(titles.contents_entry(whole[0]))
            wrapped = whole[1]
        elif (opening or _in_foot(blocks, i)) and _is_imprint(block.text):
            masthead.append(block.text)
        elif (
            (issue or bulletin)
            and (opening or _in_foot(blocks, i))
            and (_is_masthead(block) or i in named or _is_paper_line(blocks, i))
        ):
            masthead.append(block.text)
            bulletin = True
        elif (
            i < 3
            and not _goes_on_above(blocks, i, kept)
            and (_is_kind_of_paper(block, blocks[i + 1 :]) or _is_letterhead(block))
        ):
            masthead.append(block.text)
        elif i == 0 and len(titles.WIDE_GAP.split(block.text)) > 1 and _names(block):
            masthead.append(block.text)
            bulletin = True
        elif by_day and i < 2:
            masthead.append(block.text)
            bulletin = True
        elif (
            masthead
            and blocks[i - 1].text == masthead[-1][-len(blocks[i - 1].text) :]
            and _goes_on(masthead[-1], block)
        ):
            masthead[-1] += block.text
        elif number is not None and (
            _is_red_head(blocks, i, number) if i < number else _is_colophon(blocks, i) or (opening and _names(block))
        ):
            masthead.append(block.text)
        else:
            listing = False
            kept.append(block)
    return Opening(frozenset(entries), tuple(kept), tuple(masthead), tuple(cover), bulletin)


def _is_paper_by_day(blocks: Sequence[Block]) -> bool:
    """Whether the name of a paper and a line with its day and who edits it head a document (××工作动态)."""
    if len(blocks) < 3 or not _PAPER.fullmatch(squeezed(blocks[0].text)):
        return False
    return (
        "。" not in blocks[1].text
        and find_date(blocks[1].text) is not None
        and _EDITED.search(blocks[1].text) is not None
    )


def _is_red_head(blocks: Sequence[Block], i: int, number: int) -> bool:
    """Whether a line above the number of an official document is its head: ××县人民政府文件, or bodies and no title."""
    head = [squeezed(block.text) for block in blocks[i:number]]
    red = [_RED_HEAD.fullmatch(text) is not None and "关于" not in text for text in head]
    return red[0] or all(is_red or is_organ(text) for is_red, text in zip(red, head, strict=True))


def _is_kind_of_paper(block: Block, below: Sequence[Block]) -> bool:
    """Whether a line says in the largest type what kind of paper it heads, and another stands below as the title."""
    others = [line.size for line in below if titles.heading_like(line)]
    largest = block.size > max((line.size for line in below), default=block.size) + 0.06
    return (
        largest and bool(others) and max(others) > titles.LARGER and _KIND.fullmatch(squeezed(block.text)) is not None
    )


def _goes_on_above(blocks: Sequence[Block], i: int, kept: Sequence[Block]) -> bool:
    """Whether a line goes on with the large title above it (……国民经济和社会|发展统计公报)."""
    above = kept[-1] if kept and kept[-1] is blocks[i - 1] else None
    alike = above is not None and abs(above.size - blocks[i].size) < 0.06 < above.size - 1.0
    return alike and not blocks[i].gap


def _is_letterhead(block: Block) -> bool:
    return _LETTERHEAD.fullmatch(squeezed(simplified(block.text))) is not None


def _names(block: Block) -> bool:
    """Whether a line below the number of a document names a body and a day, as that of minutes does."""
    return _is_masthead(block) and find_date(block.text) is not None and not titles.is_date(block.text)


def _is_colophon(blocks: Sequence[Block], i: int) -> bool:
    """Whether a block is of those that say below a document who gets copies and who printed it when."""
    colophon = (_COPIES.match(b.text.strip()) or _PRINTED.search(b.text.strip()) for b in blocks[-6 : i + 1])
    return _in_foot(blocks, i) and _is_masthead(blocks[i]) and any(colophon)


def _is_imprint(text: str) -> bool:
    """Whether a text is the imprint of a periodical: several labels, one of them no office's (主办：…编辑：…)."""
    told = list(_IMPRINT.finditer(squeezed(text)))
    return len(told) > 1 and any(match["own"] for match in told)


def _goes_on(line: str, block: Block) -> bool:
    """Whether a line of a masthead ran out of room before or within its date (2026年5月 | 6日印发)."""
    within = re.search(r"年\s*\d{0,2}\s*月?\s*\d{0,2}$", line) is not None
    rest = _REST_OF_DAY if within else _DAY_CUT_OFF
    return rest.fullmatch(block.text.strip()) is not None


def _in_foot(blocks: Sequence[Block], i: int) -> bool:
    """Whether a block is among the last of a document, and does not sign its last article."""
    signed = i > 0 and titles.is_date(blocks[i].text) and is_organ(blocks[i - 1].text)
    return i >= len(blocks) - 6 and not signed


def _name_of_bulletin(opening: Sequence[Block], largest: float) -> frozenset[int]:
    """Where the bulletin's name stands: above its issue number, far larger than text or a few characters alone.

    Below its number, where nothing above is one, it is also far larger than any line of the rest (``largest``), or
    other lines of the masthead go on below it.
    """
    number = next((i for i, b in enumerate(opening) if titles.is_issue_number(b.text)), None)
    if number is None:
        paper = len(opening) > 1 and re.fullmatch(r"[一-鿿]{3,12}", opening[0].text) and _is_masthead(opening[1])
        return frozenset({0}) if paper else frozenset()
    names = [i for i, b in enumerate(opening[: number + 4]) if len(titles.bare(b.text)) <= 16]
    above = frozenset(
        i
        for i in names
        if (i < number and opening[i].size > 1.5)
        or (i == 0 < number and re.fullmatch(r"[一-鿿 　]{4,14}", opening[i].text.strip()))
    )
    below = [i for i in names if i > number and opening[i].size > 1.5]
    return above or frozenset(
        i for i in below if opening[i].size > 1.25 * largest or any(map(_is_masthead, opening[i + 1 : i + 2]))
    )


def _is_masthead(block: Block) -> bool:
    kinds = (titles.is_masthead, titles.is_issue_number, titles.is_newspaper_page)
    return len(block.text) <= 60 and any(told(block.text) for told in kinds)


def _is_paper_line(blocks: Sequence[Block], i: int) -> bool:
    """Whether a line names a newspaper or its page: a line beside it gives its page, or its day of the week."""
    beside = [*blocks[max(0, i - 1) : i], *blocks[i + 1 : i + 2]]
    return titles.is_paper_line(blocks[i].text) and any(titles.is_newspaper_page(b.text) for b in beside)


def _lists(blocks: Sequence[Block], i: int) -> bool:
    """Whether what stands below the heading of a table of contents is said again later, or leads to a page."""
    entries = blocks[i : i + 3]
    return any(_is_led(blocks[k : k + 2]) or _said_later(b.text, blocks[k + 1 :]) for k, b in enumerate(entries, i))


def _page_of_titles(blocks: Sequence[Block], i: int) -> tuple[list[str], int] | None:
    """The titles that the rest of a page lists in lines run together, and where it ends."""
    end = next((k for k in range(i, len(blocks)) if blocks[k].page != blocks[i - 1].page), i)
    said = squeezed("".join(block.text for block in blocks[i:end]))
    if blocks[i - 1].page is None or end == i or "。" in said or not any(len(b.text) > 45 for b in blocks[i:end]):
        return None
    heads = [titles.bare(b.text) for b in blocks[end:] if titles.heading_like(b)]
    named = [head for head in heads if len(head) > 5 and head in said]
    return (named, end) if len(named) > 1 else None


def _is_led(lines: Sequence[Block]) -> bool:
    """Whether a line of the contents leads to a page, or a few characters stand over one that does."""
    return any(_LED.search(line.text) for line in (lines if titles.may_be_column(lines[0].text) else lines[:1]))


def _entry(block: Block) -> bool:
    return 0 < len(titles.contents_entry(block.text)) <= 90


def _wrapped_entry(blocks: Sequence[Block], i: int) -> tuple[str, int] | None:
    """An entry of the contents set in two or three lines, and where it ends."""
    for end in (i + 2, i + 3):
        whole = Block(join(block.line for block in blocks[i:end]))
        if re.search(r"\d{1,3}[)）]?$", whole.text) and _entry(whole) and _said_later(whole.text, blocks[end:]):
            return whole.text, end
    return None


def _said_later(line: str, later: Sequence[Block]) -> bool:
    """Whether a line of the contents is said again as a title or column below."""
    parts = [titles.contents_entry(part) for part in (line, *_behind_column(line))]
    told = (titles.without_count(b.text) for b in later)
    return any(part.startswith(said) for said in told if 4 <= len(said) <= 80 for part in parts)


def _behind_column(entry: str) -> list[str]:
    """What stands behind the name of a column in an entry of the contents, if it may begin with one."""
    match = _COLUMN.match(entry.strip())
    return [entry.strip()[match.end() :]] if match else []


def _title_of(entry: str, later: Sequence[Block]) -> str:
    """The title of an entry, without the name of its column before it (卷首语　把“小支部”建成“大堡垒”)."""
    named = next((part for part in _behind_column(entry) if _said_later(part, later)), entry)
    return titles.contents_entry(named)
