"""A document's blocks → its articles, every field filled."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import dropwhile, pairwise, takewhile
from pathlib import PurePath

from corpus.model import Article, Document, content_id
from corpus.places import Gazetteer
from corpus.script import simplified
from corpus.spacing import squeezed
from ingest import fields, titles
from ingest.block import Block, Source
from ingest.body import Body, write_body
from ingest.chat import messages
from ingest.credits import (
    Credits,
    find_dateline_author,
    find_issue,
    find_number,
    find_reporter,
    folder_reporter,
    is_person,
    named_in,
    names_person,
    read_byline,
    read_credits,
)
from ingest.dates import find_date
from ingest.endings import NO_NAME, find_ending
from ingest.entries import signed_together
from ingest.footnotes import brought_home
from ingest.furniture import without_furniture
from ingest.glued import Unglued, first_clause, unglue
from ingest.grids import grids
from ingest.headings import find_headings
from ingest.headline import Headline
from ingest.home import housed
from ingest.issues import issues
from ingest.jumps import mended, rejoined
from ingest.kind import find_kind
from ingest.labelled import records, tabled
from ingest.locate import locate_article
from ingest.marks import markings
from ingest.pieces import are_alike, lone_numbers
from ingest.readers.garbage import is_garbage
from ingest.repeats import repeated_passages
from ingest.segment import Cut, Draft, is_round_up, segment
from ingest.typography import is_prose, is_salutation

_SIGNATURE = 12
"""Lines at most of who sent a letter, at its end."""
_GOES_ON = re.compile("^\\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）])", re.MULTILINE)
"""A numbered heading."""
_HEAD = 12
"""Lines of a letter in which the number of an issue stands that it holds."""
_GREETING = 8
"""Among so many first lines a letter gives the title of what it sends, which its subject ends with."""
_NOTE_MARK = re.compile(r"(?<=..)(?:[\[［]\d{1,2}[\]］]|(?<!m)[⁰¹²³⁴-⁹*＊]{1,2})$")
"""What leads from a title to a note."""
_ASKED = re.compile("^(?:请|关于)?(?:报送|上报|提交|提供)")
"""How a subject begins that asks for what a letter sends."""
_BRACKETED = re.compile("^【([^【】]+)】$")
"""A title that brackets hold as a whole."""
_MOJIBAKE = re.compile(r"锟斤拷|烫烫烫|ï¿½|Ã.Â|\ufffd")
_LOST = re.compile("[?\u0080-\u00b6\u00b8-\u00ff]")
"""What stands for characters that a wrong decoding lost."""
_TOLD = 2_000
"""So many characters tell whether a text was decoded as it should be."""


def write_articles(source: Source, document: Document, gazetteer: Gazetteer) -> tuple[Article, ...]:
    """The articles of a document in order; one at least, if it holds any text."""
    articles: list[Article] = []
    whole = source.parts or tabled(source) or messages(source) or issues(source) or (source,)
    for part in (record for each in whole for record in records(each) or (each,)):
        articles += _articles(part, document, gazetteer, len(articles))
    return tuple(articles)


def _articles(source: Source, document: Document, gazetteer: Gazetteer, first: int) -> list[Article]:
    """The articles of a source, numbered from ``first`` on."""
    kept = lone_numbers(source.blocks, gazetteer)
    blocks = mended(brought_home(rejoined(without_furniture(source.blocks, kept))))
    cut, glued = _cut(source, blocks, gazetteer)
    cut = _titled_by_paper(cut)
    several = len(cut.drafts) > 1
    around = [*cut.masthead, *source.margins]
    named = _named_alike(cut.drafts)
    sender = folder_reporter(PurePath(document.path).parent.name)
    if source.reader in ("eml", "sheets", "text") and source.site:
        sender = folder_reporter(source.site) or sender
    issuer = fields.masthead_issuer(cut.masthead)
    articles: list[Article] = []
    for draft in cut.drafts:
        signs = [b.text for b in draft.blocks[-2:] if b.text.startswith("□")]
        above = [b.text for b in _above_text(draft)]
        written = _is_paper(draft) or named
        credits = read_credits([*above, *signs], alone=_is_signed(draft), written=written, named=named)
        body = write_body([b for b in draft.blocks if b.text not in credits.used])
        if not body.length and not draft.headline.title:
            continue
        opens = source.reader in ("html", "mhtml") and draft is cut.drafts[0]
        head = _named(draft.headline, body, source.title if opens or not several else None)
        article = _article(source, document, head, body, credits, first + len(articles))
        if glued is not None and article.source_line is None:
            article = replace(article, source_line=glued.source_line)
        article = _credited(_dated(article, source, cut, draft, credits), source, around, credits)
        article = replace(article, reporter=article.reporter or sender)
        articles.append(_placed(article, gazetteer, source, credits.speaker or _office(article.body), issuer))
    columns = {draft.headline.column for draft in cut.drafts}
    column = columns.pop() if len(columns) == 1 and several else None
    articles = [_among(a, articles, gazetteer, source, issuer) for a in articles]
    articles = signed_together(articles) if cut.entries else articles
    papers = [line for line in cut.masthead if titles.is_paper_line(line) or titles.names_paper(line)]
    letter = source.site if source.reader in ("eml", "text") else None
    at_home = [name for name in (issuer, column, *papers, letter) if name]
    return housed(articles, gazetteer, issuers=at_home, path=PurePath(document.path), site=source.site)


def _titled_by_paper(cut: Cut) -> Cut:
    """The only article of a paper, which prints no title over it, under the name and number of the paper."""
    head = cut.drafts[0].headline if len(cut.drafts) == 1 else None
    if head is None or (head.title and not fields.is_organ(head.title)):
        return cut
    named = next((line for line in cut.masthead if titles.names_paper(line)), None)
    if named is None:
        return cut
    issuer = (head.title,) if head.title else ()
    draft = replace(cut.drafts[0], headline=replace(head, title=named))
    return Cut((draft,), (*cut.masthead, *issuer))


def _among(
    article: Article, others: Sequence[Article], gazetteer: Gazetteer, source: Source, issuer: str | None
) -> Article:
    """An article whose place bears a name of several, with the one that lies where those beside it do."""
    beside = [place.path[-2] for other in others for place in other.places if len(place.path) > 1]
    if article.place is not None or not beside:
        return article
    signed = None if article.issuer == issuer else article.issuer
    bare = replace(article, issuer=signed, flags=tuple(flag for flag in article.flags if flag != "place_unresolved"))
    around = " ".join([source.site or "", *dict.fromkeys(beside)])
    found = _placed(bare, gazetteer, replace(source, site=around), None, issuer)
    return replace(found, issuer=article.issuer)


def _above_text(draft: Draft) -> list[Block]:
    """The short lines between a title and its text."""
    below = dropwhile(lambda b: titles.is_editors_note(b.text) or titles.is_remark(b.text), draft.blocks)
    lines = takewhile(lambda b: b.role != "row" and not is_prose(b.text) and len(b.text) <= 60, below)
    return list(lines)[:6]


def _office(body: str) -> str | None:
    """Whose the writer is, as the end of a text says: （作者系三塘县委社会工作部部长）."""
    m = re.search(r"[（(]作者(?:系|为|单位[:：])\s*([一-鿿、]{4,40})[)）]$", body)
    return m[1] if m else None


def _is_paper(draft: Draft) -> bool:
    """Whether persons named under the title wrote an article.

    It has an abstract above its text or is addressed to hearers, or says where its writers work; or the line names
    several, or is set unlike the text.
    """
    opened = any(titles.is_editors_note(b.text) or is_salutation(b.text) for b in draft.blocks[:4])
    return opened or any("作者单位" in b.text for b in draft.blocks[-2:]) or _names_writers(draft.blocks[:2])


def _names_writers(blocks: Sequence[Block]) -> bool:
    """Whether a line right above a text is made of names of persons: several, or one set apart from the text."""
    if len(blocks) < 2 or not titles.heading_like(blocks[0]) or not is_prose(blocks[1].text):
        return False
    names = re.split(r"[\s　、]+", blocks[0].text.strip())
    apart = blocks[0].marked or not 0.99 < blocks[0].size < 1.01 or names[0].endswith("某")
    return (all(map(is_person, names)) and (len(names) > 1 or apart)) or (apart and names_person(blocks[0].text))


def _named_alike(drafts: Sequence[Draft]) -> bool:
    """Whether the line below each of several titles is of names alone, rare ones as well: all are set alike."""
    lines = [draft.blocks[0] for draft in drafts if draft.blocks]
    alike = len(lines) == len(drafts) > 1 and all(are_alike(line, lines[0]) for line in lines)
    alike = alike and not any(titles.is_reporter(line.text) for line in lines)
    below = [draft.blocks[1] for draft in drafts if len(draft.blocks) > 1]
    text = len(below) == len(drafts) and all(titles.is_paragraph(block) for block in below)
    names = [name for line in lines for name in named_in(line.text)]
    able = all(re.fullmatch("[一-鿿·]{2,4}", name) and not NO_NAME.search(name) for name in names)
    known = [name for name in names if is_person(name)]
    return alike and text and able and len(set(names)) > 1 and 3 * len(known) >= len(names)


def _is_signed(draft: Draft) -> bool:
    """Whether the line under a title is the name of a body, no heading, and no other line is."""
    bodies = [
        b
        for b in draft.blocks
        if len(b.text) <= 30 and fields.is_unit(re.sub(r"[ 　]+[编印制宣写整理]{1,2}$", "", b.text.strip()))
    ]
    first = next((b for b in draft.blocks if not titles.is_remark(b.text)), None)
    return len(bodies) == 1 and bodies[0] is first and bodies[0].size <= titles.LARGER and not bodies[0].level


def _cut(source: Source, blocks: list[Block], gazetteer: Gazetteer) -> tuple[Cut, Unglued | None]:
    """The document in articles; a one-line news text is parted from its title first."""
    if blocks and len(blocks) <= 3 and source.reader == "text" and (glued := unglue(blocks[0])):
        rest = (replace(blocks[0], line=glued.body), *blocks[1:])
        return Cut((Draft(Headline(glued.title), rest),), ()), glued
    if source.reader == "eml":
        blocks = _unsigned(blocks)
        if issue := _issue_sent(blocks, gazetteer):
            return issue, None
    if source.reader == "eml" or source.is_record:
        return _whole(source, blocks), None
    if source.reader in ("html", "mhtml") and source.title:
        return _page(source, blocks, gazetteer), None
    return segment(blocks, gazetteer, source.edges), None


def _unsigned(blocks: list[Block]) -> list[Block]:
    """A letter without who sent it, below the line of two dashes that parts that off (RFC 3676).

    What goes on there under a numbered heading is of the letter.
    """
    at = next((i for i in range(1, min(_SIGNATURE, len(blocks))) if blocks[-i].text.strip() == "--"), None)
    below = "\n".join(block.text for block in blocks[-at:]) if at else ""
    return blocks[:-at] if at and not _GOES_ON.search(below) else blocks


_FORWARDED = re.compile(r"\W*(?:原始邮件|原邮件|转发的?邮件|以下是转发|Original Message|Forwarded [Mm]essage)")
_OF_LETTER = re.compile(
    r"\W*(?:发件人|发送时间|发送日期|日期|时间|收件人|抄送|主题|From|Sent|Date|To|Cc|Subject)\s*[:：]", re.IGNORECASE
)
"""The line over a letter that was sent on, and the lines of its head."""


def _issue_sent(blocks: list[Block], gazetteer: Gazetteer) -> Cut | None:
    """The articles of a bulletin that a letter holds below what it says to its receivers; None without one."""
    sent = next((i for i, b in enumerate(blocks[:_HEAD]) if _FORWARDED.match(b.text)), 0)
    head = next((i for i in range(sent + 1, len(blocks)) if not _OF_LETTER.match(blocks[i].text)), sent)
    below = range(head if sent else 1, min(head + _HEAD, len(blocks)))  # the first line is the letter's subject
    at = next((i for i in below if titles.is_issue_number(blocks[i].text)), None)
    if at is None:
        return None
    begin = at - 1 if titles.heading_like(blocks[at - 1]) else at
    cut = segment(blocks[begin:], gazetteer)
    told = tuple(block.text for block in blocks[:begin])
    return replace(cut, masthead=(*told, *cut.masthead)) if len(cut.drafts) > 1 else None


def _whole(source: Source, blocks: list[Block]) -> Cut:
    """A source that is one article: its first block is its title where it says so."""
    titled = bool(blocks) and blocks[0].level == 1
    title = blocks[0].text if titled else source.title or ""
    rest = blocks[titled:]
    own = next((i for i, b in enumerate(rest[:_GREETING]) if _is_sent(title, b.text)), None)
    if source.reader == "eml" and own is not None:
        title, rest = rest[own].text, rest[own + 1 :]
    return Cut((Draft(Headline(title, column=source.column), tuple(rest)),), ())


def _is_sent(subject: str, line: str) -> bool:
    """Whether a line of a letter is the title that its subject ends with, or of what its subject asks for.

    >>> _is_sent("报送：三塘县民政工作总结", "三塘县民政工作总结"), _is_sent("请报送工作总结", "三塘县工作总结")
    (True, False)
    >>> _is_sent("请报送2026年工作总结", "三塘县2026年工作总结")
    True
    """
    asked = _ASKED.sub("", subject)
    return 5 < len(line) and (subject.endswith(line) or (asked != subject and 5 < len(asked) and line.endswith(asked)))


def _page(source: Source, blocks: list[Block], gazetteer: Gazetteer) -> Cut:
    """A web page: one article under the page's title, unless it is itself a bulletin."""
    title = source.title or ""
    said = squeezed(title)
    cut = segment(blocks, gazetteer)
    signed = sum(find_ending(b.text) is not None for b in blocks) + sum(map(_is_signed, cut.drafts)) > 1
    if len(cut.drafts) > 1 and (cut.masthead or signed or cut.counted or is_round_up(cut, gazetteer)):
        under = (replace(d, headline=d.headline.under(d.headline.column or source.column)) for d in cut.drafts)
        return replace(cut, drafts=tuple(under))
    rest = tuple(blocks)
    while rest and len(rest[0].text) <= 120 and squeezed(rest[0].text) in (said, squeezed(source.subtitle or "")):
        rest = rest[1:]
    subtitle = (source.subtitle or "").lstrip("—― ") or None
    return Cut((Draft(Headline(title, subtitle, source.column), rest),), ())


def _named(head: Headline, body: Body, title: str | None) -> Headline:
    """The headline, its title taken from the file's own data or the first clause where none is printed."""
    if head.title:
        return head
    text = body.line.text
    if title and len(title) >= 4 and re.search(r"[一-鿿]{4}", title) and squeezed(title)[:8] in squeezed(text):
        return replace(head, title=title)
    return head


def _article(source: Source, document: Document, head: Headline, body: Body, credits: Credits, ordinal: int) -> Article:
    """The article with what its own text says."""
    line = body.line
    title = (
        _BRACKETED.sub(r"\1", _NOTE_MARK.sub("", head.title or ""))
        or _reported(line.text)
        or first_clause(_first_prose(line.text))
    )
    source_line = body.source_line or credits.source or source.source_line
    kind = find_kind(simplified(title) if head.title else "", head.column, simplified(_text_of(line.text)))
    # Rules and forms repeat their clauses on purpose; an article that does was pasted twice.
    repeats = () if kind in ("notice", "policy") else repeated_passages(line.text)
    flags = []
    if body.truncated:
        flags.append("truncated")
    if repeats:
        flags.append("repeated_passage")
    if not head.title:
        flags.append("no_title")
    if _is_garbled(line.text):
        flags.append("garbled")
    return Article(
        id=content_id(document.id, str(ordinal)),
        document=document.id,
        name=document.name,
        ordinal=ordinal,
        title=title,
        body=line.text,
        runs=line.runs,
        column=head.column,
        subtitle=head.subtitle,
        kind=kind,
        issuer=fields.find_issuer(title, line.text, source_line),
        source_line=source_line,
        captions=tuple(body.captions),
        note=body.note or None,
        repeats=repeats,
        flags=(*markings(source, document.name), *source.flags, *flags),
        headings=find_headings(line.text, body.marked),
        tables=grids(line.text, body.rows),
    )


def _text_of(body: str) -> str:
    """The body from its first sentence on: without date lines and bylines above it."""
    lines = body.split("\n")
    first = next((i for i, line in enumerate(lines) if is_prose(line) and not titles.is_byline(line)), 0)
    return "\n".join(lines[first:] if first <= 3 else lines)


def _reported(text: str) -> str | None:
    """What a speech says it is: 向大会作政府工作报告 → 政府工作报告."""
    m = re.search(r"向大会(?:报告|作)([一-鿿]{0,12}工作(?:报告)?)", text[:300])
    return m.group(1).removesuffix("报告") + "报告" if m else None


def _first_prose(text: str) -> str:
    """The first paragraph that is a sentence (not 各位代表：)."""
    lines = text.split("\n")
    return next((line for line in lines if is_prose(line) and len(line) > 12), lines[0])


def _dated(article: Article, source: Source, cut: Cut, draft: Draft, credits: Credits) -> Article:
    """The article with its date; a date on the masthead is that of every article."""
    under = [
        b.text for b in draft.headline.after if titles.is_byline(b.text) or "发布" in b.text or b.text.endswith("日")
    ]
    if any(map(titles.is_paragraph, draft.blocks)):
        under += [b.text for b in _above_text(draft)[:1] if len(b.text) <= 40 and len(find_date(b.text) or "") == 10]
    under += [b.text for b in draft.blocks[:1] if b.role == "row" and all("：" in part for part in b.text.split("\t"))]
    issue = [line for line in source.margins if titles.is_issue_number(line)]
    issue += [line for line in source.margins if source.published_on is None and fields.tells_day(line)]
    heads = [article.subtitle or "", *under, *credits.used, *_days(cut, draft), *issue]
    dated = fields.find_published(source, article.name, heads, article.body)
    return replace(article, published_on=dated.date, date_basis=dated.basis)


def _days(cut: Cut, draft: Draft) -> list[str]:
    """The lines that date a document as a whole: its masthead, the day its copies were printed last (印发日期).

    The day that an article, or the first, of a document which counts no issues is signed with (成文日期) goes before.
    """
    printed = [line for line in cut.masthead if line.rstrip().endswith("印发")]
    signed = [
        below.text
        for each in (draft, cut.drafts[0])
        for above, below in pairwise(each.blocks)
        if fields.is_organ(above.text) and titles.is_date(below.text)
    ]
    counts = not printed or any(map(titles.is_issue_number, cut.masthead))
    return [*(line for line in cut.masthead if line not in printed), *([] if counts else signed[:1]), *printed]


def _is_garbled(text: str) -> bool:
    """Whether a text was decoded wrongly before it came here: signs of it, or words that nobody writes."""
    start = text[:_TOLD]
    lost = len(start) > 20 and len(_LOST.findall(start)) * 3 > len(start)
    return _MOJIBAKE.search(text) is not None or lost or is_garbage(start)


def _credited(article: Article, source: Source, around: Sequence[str], credits: Credits) -> Article:
    """The article with its author, numbers and who sent it in; ``around`` are the lines of masthead and margins."""
    numbers = (number for line in around if (number := find_number(line)))
    signed = read_byline(article.source_line or "", alone=True)
    written = credits.author or (signed.author if signed else None) or find_dateline_author(article.body)
    return replace(
        article,
        author=written or source.author,
        source_line=None if signed and not signed.source else article.source_line,
        number=credits.number or source.number or next(numbers, None),
        issue=find_issue(around),
        reporter=find_reporter(around, article.source_line),
    )


def _named_place(column: str | None, gazetteer: Gazetteer) -> str:
    """The column of an article where it is nothing but the name of a place."""
    return column if column and gazetteer.resolve(column) else ""


def _placed(
    article: Article, gazetteer: Gazetteer, source: Source, speaker: str | None, masthead: str | None
) -> Article:
    """The article with its place, and a flag where it has none; the masthead's body issues what no other signs."""
    lead = _text_of(article.body).split("\n", 1)[0][:200]
    located = locate_article(
        gazetteer,
        title="" if "no_title" in article.flags else simplified(f"{article.title}\n{article.subtitle or ''}".strip()),
        lead=simplified(lead),
        source_line=simplified(article.source_line or speaker or "") or None,
        issuer=simplified(article.issuer or "") or None,
        body=simplified(article.body),
        site=simplified(source.site or ""),
        area=simplified(source.area or _named_place(article.column, gazetteer)),
        masthead=simplified(masthead or ""),
    )
    flags = article.flags if located.place is not None else (*article.flags, "place_unresolved")
    article = replace(article, issuer=article.issuer or masthead, flags=flags)
    return replace(article, place=located.place, place_basis=located.basis, places=tuple(located.places))
