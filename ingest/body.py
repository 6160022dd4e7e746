"""The blocks of an article → its body in whole paragraphs, with captions, footnotes and the source line taken out.

What is taken out of the middle of a sentence leaves the sentence whole; the body's runs still lead to the source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corpus.model import Caption, Span
from corpus.spacing import squeezed
from ingest import titles
from ingest.block import Block
from ingest.endings import find_ending
from ingest.footnotes import SMALL
from ingest.traced import Traced, join
from ingest.typography import balanced, cannot_begin, ends_sentence, is_numbered

_UNIT = re.compile(r"[（(]?(?:计量)?单位\s*[:：]")
"""What stands over a table beside its name: its unit."""
_QUOTES = 4
"""Where an article has more sentences set apart than this, they are its text."""
_NOTE = re.compile(r"^(?:[①-⑳]|注\s*[:：]|\[\d{1,2}\])")
_LABEL = re.compile("【[^【】]{2,12}】")
"""A heading in brackets, which is no caption however small it is set (【主要做法】)."""
_TINY = 0.8
"""To this ratio of the body's size no text is set that goes on with it."""
_CREDITS = re.compile(
    r"\s*(?:[一-鿿/]{0,12}(?:记者|编辑|校对|撰稿|作者|通讯员|审核|校正|采\s*写|摄影|图文|订阅|联系方式|责编))"
)


@dataclass(slots=True)
class Body:
    """A body being written: its pieces, what was taken out, whether it breaks off.

    ``rows`` are the rows of tables; ``marked`` the lines (by offset) that mark-up or size make headings, and how deep;
    ``note`` is the editor's note before it; ``full`` says whether its last line filled the measure.
    """

    pieces: list[Traced | str] = field(default_factory=list)
    length: int = 0
    captions: list[Caption] = field(default_factory=list)
    source_line: str | None = None
    truncated: bool = False
    rows: list[Span] = field(default_factory=list)
    marked: dict[int, int] = field(default_factory=dict)
    note: str = ""
    full: bool = False

    @property
    def line(self) -> Traced:
        """The body as text with its runs."""
        return join(self.pieces)

    def add(self, piece: Traced | str) -> None:
        """Append a piece."""
        self.pieces.append(piece)
        self.length += len(piece)


POINTERS = "▲△▼▽↑↓←→◀▶ 　"
"""What a caption begins with to point at its picture."""


def write_body(blocks: Sequence[Block]) -> Body:
    """The body of an article.

    >>> lines = ["三塘镇开办夜校。夜校帮助他们学会一技之长，一步一步实现", "议事会现场（镇社工站供图）"]
    >>> lines.append("致富梦想。（三塘镇供稿）")
    >>> body = write_body([Block(Traced.of(t, 100 * i)) for i, t in enumerate(lines)])
    >>> body.line.text[-9:-1], body.captions[0].text, body.source_line
    ('一步实现致富梦想', '议事会现场（镇社工站供图）', '三塘镇供稿')
    """
    body = Body()
    blocks = _without_quotes(blocks)
    notes: list[Block] = []
    paragraph = ""
    last = next((i for i in reversed(range(len(blocks))) if titles.is_paragraph(blocks[i])), -1)
    for i, block in enumerate(blocks):
        ending = find_ending(block.text)
        line = block.line
        if ending is not None:
            body.source_line = body.source_line or ending.line
            line = line.cut(0, ending.start).strip()
        if not line.text:
            continue
        block = replace(block, line=line)
        if _takes_note(body, block):
            body.note += "\n" * bool(body.note and titles.is_keywords(line.text)) + line.text
            body.full = block.full
            continue
        caption = body.captions[-1] if body.captions else None
        if caption is not None and caption.at == body.length and _goes_on_below(caption.text, block):
            body.captions[-1] = Caption(caption.text + block.text, caption.at)
        elif _is_note(block, paragraph):
            notes.append(block)
        elif not _set_on(body, block) and _is_caption(
            block,
            paragraph,
            following=blocks[i + 1] if i + 1 < len(blocks) else None,
            ended=i >= last and body.source_line is not None and ending is None,
        ):
            body.captions.append(Caption(block.text.lstrip(POINTERS), body.length))
        else:
            paragraph = _append(body, block, paragraph)
    body.truncated = body.source_line is None and _cut_off(paragraph)
    for note in notes:
        _append(body, note, "")
    return body


def _without_quotes(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without sentences of the text that the page says again in other type to catch the eye.

    They stand inside the text, a few in an article, and nothing that is not said again is set like them.
    """
    inside = [
        block
        for above, block, below in zip(blocks, blocks[1:], blocks[2:], strict=False)
        if _may_be_quote(block) and titles.is_paragraph(above) and titles.is_paragraph(below)
    ]
    if not 0 < len(inside) <= _QUOTES:
        return list(blocks)
    whole = [squeezed(block.text) for block in blocks]
    again = {id(block) for block in inside if _said_in(squeezed(block.text), whole)}
    others = [b for b in blocks if id(b) not in again and len(b.text) <= 60 and (b.marked or abs(b.size - 1) > 0.04)]
    alike = {id(b) for b in inside if any(abs(b.size - o.size) < 0.04 and b.marked == o.marked for o in others)}
    return [block for block in blocks if id(block) not in again - alike]


def _may_be_quote(block: Block) -> bool:
    """Whether a page sets a short statement apart by its type, no smaller than the text."""
    unlike = block.page is not None and (block.marked or block.size > 1.04) and block.size > titles.SMALLER
    return unlike and 10 <= len(block.text) <= 60 and block.text.endswith("。") and not is_numbered(block.text)


def _said_in(quote: str, paragraphs: Sequence[str]) -> bool:
    bare = quote.rstrip("。")
    return any(bare in text and len(text) > len(quote) + 8 for text in paragraphs)


def _set_on(body: Body, block: Block) -> bool:
    """Whether the page sets a block as the next line of what is above it."""
    return body.full and block.begins is False and not block.marked


def _append(body: Body, block: Block, paragraph: str) -> str:
    """Add a block, to the open paragraph or as a new one; gives that paragraph's text."""
    line = block.line
    goes_on = bool(paragraph) and _continues(paragraph, block, full=body.full)
    body.full = block.full
    if goes_on:
        if re.search(r"[A-Za-z]$", paragraph) and re.match(r"[A-Za-z]", line.text):
            body.add(" ")
        body.add(line)
        return paragraph + line.text
    if body.length:
        body.add("\n")
    if block.level or block.size > titles.LARGER:
        body.marked[body.length] = block.level or 1
    if block.role == "row":
        body.rows.append(Span(body.length, body.length + len(line)))
    body.add(line)
    return line.text


_MID_SENTENCE = re.compile("[。；，][^。；！？]*[一-鿿]$")
"""How a note ends that a line breaks off, though the next stands as if it began a paragraph."""


def _takes_note(body: Body, block: Block) -> bool:
    """Whether a block above the text is the editor's note, or goes on with it."""
    if body.length or block.role == "row":
        return False
    if titles.is_keywords(body.note.rpartition("\n")[2]):
        return False
    if not body.note or titles.is_keywords(block.text):
        return titles.is_editors_note(block.text)
    goes_on = block.begins is not True or _MID_SENTENCE.search(body.note) is not None
    return titles.is_editors_note(body.note, alone=True) or (
        goes_on and (_open(body.note) or (body.full and not ends_sentence(body.note)))
    )


def _continues(paragraph: str, block: Block, *, full: bool) -> bool:
    """Whether a block goes on with the paragraph before it: by where its first line stands, or its sentence is open."""
    text = block.text
    if block.role == "row" or "\t" in paragraph:
        return False
    if is_numbered(text) and titles.heading_like(block) and not paragraph.endswith(("，", "、")):
        return False
    if block.begins is False and full and not _NOTE.match(text):
        return not (ends_sentence(paragraph) and (titles.heading_like(block) or block.marked))
    if cannot_begin(text) and not is_numbered(text):
        return True
    open_still = "，" in paragraph and not ends_sentence(paragraph) and not is_numbered(paragraph)
    if block.begins is False and open_still and not titles.heading_like(block):
        return not (block.marked or _NOTE.match(text))
    if block.page is not None and not block.gap and block.begins is not True and _counts_on(paragraph, text):
        return True
    if ends_sentence(paragraph) or is_numbered(text) or _NOTE.match(text) or paragraph.endswith(("）", ")")):
        return False
    if block.firm:
        return paragraph.endswith(("，", "、")) or (len(paragraph) >= 45 and "。" in paragraph and ends_sentence(text))
    if (
        titles.heading_like(block)
        and not ends_sentence(text)
        and len(text) < 45
        and not paragraph.endswith(("，", "、"))
    ):
        return block.gap == 0 and len(paragraph) >= 45 and block.size == 1.0 and len(text) < 8
    return _open(paragraph)


def _counts_on(paragraph: str, text: str) -> bool:
    """Whether a text counts on what a paragraph counts in its running text (……。一是……。 二是……)."""
    m = re.match("([二三四五六七八九])是", text)
    return (
        m is not None
        and re.search(rf"[。；：，]{'一二三四五六七八九'['一二三四五六七八九'.index(m[1]) - 1]}是", paragraph)
        is not None
    )


def _is_note(block: Block, paragraph: str) -> bool:
    """Whether it is a footnote: a numbered note in small type or inside a sentence."""
    small = block.size < SMALL
    return _NOTE.match(block.text) is not None and (
        small or (_open(paragraph) and not paragraph.endswith(("，", "、")))
    )


def _open(paragraph: str) -> bool:
    """Whether the paragraph was left inside a sentence."""
    if not paragraph or ends_sentence(paragraph) or paragraph.endswith(("）", ")")):
        return False
    if len(paragraph) >= 45 or re.search(r"[。；]|[，、]$", paragraph):
        return True
    return not balanced(paragraph) or (len(paragraph) >= 30 and paragraph.count("，") > 1)


def _is_caption(block: Block, paragraph: str, *, following: Block | None, ended: bool) -> bool:
    """Whether it is a picture's caption: it says so, is set small, or stands inside a sentence or after the end.

    ``following`` is the block below it; ``ended`` says that the article has its source line and no paragraph follows.
    """
    if block.role == "row" or titles.is_table_name(block.text) or _UNIT.match(block.text):
        return False
    if _LABEL.fullmatch(block.text.strip()):
        return False
    if titles.is_caption(block.text):
        return True
    if _is_under_picture(block, following):
        return True
    if not titles.heading_like(block) or is_numbered(block.text) or len(block.text) < 4:
        return False
    if ended:
        return not titles.is_byline(block.text)
    if block.firm:
        return False
    if block.size < titles.SMALLER:
        return True
    return (
        (block.gap > 0 or block.marked or block.size != 1.0)
        and _open(paragraph)
        and following is not None
        and titles.is_paragraph(following)
        and not titles.is_lead(following.text)
        and not is_numbered(following.text)
    )


def _is_under_picture(block: Block, following: Block | None) -> bool:
    """Whether a page sets one sentence small and apart or in other type; the text above goes on below in its own.

    What a web page sets below a picture is told by its reader.
    """
    apart = block.gap > 0 or block.marked or block.size < _TINY
    alone = not block.firm and block.size < titles.SMALLER and apart and block.begins is not True
    sentence = 6 <= len(block.text) <= 80 and block.text.endswith("。") and "。" not in block.text[:-1]
    below = following is not None and (titles.is_paragraph(following) or titles.heading_like(following))
    text = below and following is not None and following.size > block.size + 0.06
    last = following is None and block.size < _TINY
    return alone and sentence and (text or last or block.page is None) and not _NOTE.match(block.text)


def _goes_on_below(caption: str, block: Block) -> bool:
    """Whether a line closes what the caption above it left open."""
    return block.size < titles.SMALLER and not balanced(caption) and balanced(caption + block.text)


def _cut_off(paragraph: str) -> bool:
    """Whether an article's last paragraph breaks off."""
    text = paragraph.rstrip()
    tail = re.split(r"[。！？；”）)]", text)[-1]
    if _CREDITS.match(tail) or re.search(r"附件|[年月]\s*\d{1,2}\s*[月日]|\d{4}\s*年|\d$|[a-zA-Z]$", tail):
        return False
    return "\t" not in text and _open(text) and not text.endswith(("”", "》", "】"))
