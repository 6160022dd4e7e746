"""Text and Markdown → blocks, hard wraps undone."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from ingest.block import Block, Source
from ingest.dates import find_date
from ingest.decode import decode
from ingest.furniture import is_page_number
from ingest.readers.aligned import table_rows
from ingest.readers.pasted import heads_letter, without_letter, without_page
from ingest.sniff import TEXT
from ingest.traced import Traced, join
from ingest.typography import counts_on, ends_sentence, width

_LINE = re.compile(r"[^\r\n\f\v\x85\u2028\u2029]*")
_BREAK = re.compile(r"\r\n|[\r\n\f\v\x85\u2028\u2029]")
_RULE = re.compile(r"[-=_*~—─━═＝＊－·. 　+:|│┃┌┬┐├┼┤└┴┘╋┏┳┓┣┫┗┻┛]{6,}|([-=*_~＊※])(?: *\1){2,}")
"""A line that only rules off what stands above it."""
_INDENT = 2.5
"""Characters a paragraph is indented by, at most: what stands further in is centred, or signs at the right."""
_APART = 2
"""Blank lines or rules from which on lines below one another are of no table."""
_FRONT_MATTER = re.compile(
    r"\ufeff?---[ \t]*\r?\n"
    r"((?:(?:[\w\-一-鿿]{1,30}:(?:[ \t][^\r\n]*)?|[ \t]+[^\r\n]*|- [^\r\n]*|#[^\r\n]*)\r?\n){1,60})"
    r"---[ \t]*\r?\n"
)
_SECRECY = re.compile("密级|secrecy|classification", re.I)
_TOLD = {
    "title": ("title",), "date": ("date", "published", "pubdate"), "source": ("source", "origin"),
    "author": ("author",), "column": ("category", "column"),
}  # fmt: skip
"""What keys of front matter tell of an article."""
_MARKDOWN = re.compile(r"(#{1,6})\s+")
_LABELLED = re.compile(r"[一-鿿](?:[ 　]{0,4}[一-鿿]){1,3}[ 　]?[：:](?=\S)")
"""How a line of a form begins (记　录：…), where there are several."""
_MARKUP = re.compile(
    r"^[-*+] +"
    r"|(?P<mark>\*\*\*|\*\*|(?<!\w)__|`|(?<![\w*])\*(?=[^*]*[^\s*，。；、]\*))(?=\S)(?P<strong>.+?)(?P=mark)(?!\*)"
    r"|!?\[(?P<link>[^\]]*)\]\((?:[^()\s]|\([^()\s]*\))*\)"
)
"""A bullet, what is set off, and a link or picture."""


@dataclass(slots=True)
class _Row:
    """A line as it stands: its block, its width and length with its indent, whether it is indented, or set midway."""

    block: Block
    width: float
    length: int
    indented: bool
    midway: bool


def read_text(data: bytes, name: str) -> Source:
    """The blocks of a text file; a form feed begins a page."""
    return without_letter(without_page(text_of(decode(data, name).text, name)))


def text_of(text: str, name: str) -> Source:
    """The same of a decoded text."""
    markdown = name.lower().endswith((".md", ".markdown"))
    rows: list[_Row] = []
    matter = _FRONT_MATTER.match(text) if markdown else None
    gap, page, at = 0, 1, matter.end() if matter else 0
    while at <= len(text):
        match = _LINE.match(text, at)
        end = match.end() if match else at
        raw = Traced.of(text[at:end], at).keep(_printable)
        line = raw.strip()
        if line.text and not _RULE.fullmatch(line.text):
            level, line = _heading(_without_markup(line.strip("> "))) if markdown else (0, line)
            indent = width(raw.text[: len(raw.text) - len(raw.text.lstrip())])
            midway = indent > _INDENT
            block = Block(line, page=page, gap=gap, level=level, marked=midway)
            rows.append(_Row(block, width(raw.text.rstrip()), len(raw.text.rstrip()), indent > 0, midway))
            gap = 0
        else:
            gap += 1
        brk = _BREAK.match(text, end)
        if brk is None:
            break
        page += brk.group() == "\f"
        at = brk.end()
    for n, line in table_rows(
        [(row.block.line, n > 0 and row.block.gap < _APART) for n, row in enumerate(rows)]
    ).items():
        rows[n].block = replace(rows[n].block, line=line, role="row", level=0, marked=False)
    source = Source(tuple(_unwrap(rows)), TEXT, "text", pages=page if page > 1 else None)
    return _told_above(source, matter) if matter else source


def _told_above(source: Source, matter: re.Match[str]) -> Source:
    """A text under what its front matter says of it (title: ……), whose lines may hold a mark of secrecy."""
    told: dict[str, Traced] = {}
    at = matter.start(1)
    for line in matter[1].splitlines(keepends=True):
        key = line.partition(":")[0]
        value = Traced.of(line, at).cut(len(key) + 1).strip().strip("\"'")
        if value.text:
            told.setdefault(key.strip().lower(), value)
        at += len(line)
    said = {field: each.text for field, names in _TOLD.items() for name in names if (each := told.get(name))}
    blocks = source.blocks
    if "title" in told and not any(block.text == told["title"].text for block in blocks[:2]):
        blocks = (Block(told["title"], level=1, firm=True), *blocks)
    marks = tuple(f"密级：{each.text}" if _SECRECY.search(key) else each.text for key, each in told.items())
    return replace(
        source, blocks=blocks, title=said.get("title"), published_on=find_date(said.get("date", "")),
        source_line=said.get("source"), author=said.get("author"), column=said.get("column"), margins=marks,
    )  # fmt: skip


def _printable(c: str) -> bool:
    return (c >= " " and c not in "\x7f\ufeff\u200b") or c == "\t"


def _heading(line: Traced) -> tuple[int, Traced]:
    """The level and text of a Markdown heading; level 0 for any other line."""
    m = _MARKDOWN.match(line.text)
    return (len(m.group(1)), line.cut(m.end()).strip("# ")) if m else (0, line)


def _without_markup(line: Traced) -> Traced:
    """A line of Markdown without bullets, marks of emphasis and the addresses of links."""
    pieces: list[Traced] = []
    at = 0
    for m in _MARKUP.finditer(line.text):
        inner = next((group for group in ("strong", "link") if m[group] is not None), None)
        pieces += [line.cut(at, m.start()), _without_markup(line.cut(*m.span(inner))) if inner else line.cut(0, 0)]
        at = m.end()
    return join([*pieces, line.cut(at)]) if pieces else line


def _unwrap(rows: list[_Row]) -> list[Block]:
    """Lines broken at a fixed width put together again; an indented line begins a paragraph."""
    full, near = _measure(rows)
    counted = [replace(row, width=float(row.length)) for row in rows]
    if (by_count := _measure(counted))[1] > near:
        rows, full = counted, by_count[0]
    indents = sum(row.indented for row in rows) > 1
    labelled = sum(_LABELLED.match(row.block.text) is not None for row in rows) > 2
    out: list[Block] = []
    parts: list[Traced | str] = []
    last: _Row | None = None
    for row in rows:
        begins = row.indented or row.block.gap > 0 or row.block.level > 0 or row.block.role == "row"
        begins = begins or (bool(out) and counts_on(out[-1].text, row.block.text))
        begins = begins or heads_letter(row.block.text) or (labelled and _LABELLED.match(row.block.text) is not None)
        begins = begins or any(is_page_number(block.text) for block in (row.block, *out[-1:]))
        if last is None or last.block.role == "row" or not full or begins or not _runs_on(last, full, indents=indents):
            parts = [row.block.line]
            apart = row.indented and not (row.midway and last is not None and last.midway)
            out.append(replace(row.block, gap=max(1, row.block.gap)) if apart else row.block)
        else:
            spaced = _latin(last.block.text[-1:]) and _latin(row.block.text[:1])
            parts.extend([" ", row.block.line] if spaced else [row.block.line])
            out[-1] = replace(out[-1], line=join(parts))
        last = row
    return out


def _runs_on(row: _Row, full: float, *, indents: bool) -> bool:
    """Whether a full line goes on below; one that ends a sentence does so only where paragraphs are indented."""
    return row.width >= full - 2 and (indents or not ends_sentence(row.block.text))


def _latin(c: str) -> bool:
    return c.isascii() and c.isalpha()


def _measure(rows: list[_Row]) -> tuple[float, int]:
    """The width lines are broken at, in Chinese characters, and how many lines are; 0 if they are not broken."""
    able = [not row.midway and row.block.role == "text" and not heads_letter(row.block.text) for row in rows]
    open_lines = [
        row.width
        for row, after, kept in zip(rows, rows[1:], able, strict=False)
        if kept and not (after.indented or after.block.gap) and not ends_sentence(row.block.text)
    ]
    rows = [row for row, kept in zip(rows, able, strict=True) if kept]
    if len(open_lines) < 3:
        return 0, 0
    common, _ = Counter(round(w) for w in open_lines).most_common(1)[0]
    full = max(w for w in open_lines if w <= common + 1.5)
    near = sum(full - 2 <= w <= full for w in open_lines)
    over = sum(row.width > full + 2 for row in rows)
    if 10 <= full <= 60 and near >= 3 and near * 2 >= len(open_lines) and over * 10 <= len(rows):
        return full, near
    return 0, 0
