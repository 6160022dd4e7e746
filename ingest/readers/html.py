"""A web page → the blocks of its article, its title, date and source; the site's chrome left behind."""

from __future__ import annotations

import re

from corpus.errors import ReadError
from corpus.spacing import squeezed
from ingest.block import Block, Source
from ingest.credits import find_number
from ingest.decode import decode
from ingest.marks import is_mark
from ingest.readers.dom import BLOCKS, Node, parse
from ingest.readers.epaper import page_name, paper_page
from ingest.readers.page import (
    metadata,
    page_author,
    page_column,
    page_date,
    page_number,
    page_site,
    page_source,
    page_subtitle,
    page_title,
)
from ingest.sniff import HTML
from ingest.traced import Traced, join
from ingest.typography import is_cjk, is_prose
from ingest.words import any_of, words

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.I)
_DROP = frozenset("del script style noscript template iframe textarea select button nav footer svg form".split())
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_REPOSTED = re.compile(r"^[（(【\[](?:转载|转发|转)[）)】\]]")
_SMALL = 0.85
_CENTRED = re.compile(r"text-align\s*:\s*center|^center", re.I | re.M)
_PALE = re.compile(
    r"font-size\s*:\s*(?:1[0-4](?:\.\d+)?px|(?:[89]|10)(?:\.\d+)?pt|0?\.\d+r?em|small)"
    r"|(?<![-\w])color\s*:\s*(?:#([789ab])\w?\1\w?\1\w?\b|gr[ae]y|rgb\((1[2-8]\d)(?:,\s*\2){2}\))",
    re.I,
)
_MARKED_TITLE = re.compile(r"((?:[绝絕机機]|秘)\s*密)[\s:：★]")
_SPACE = re.compile(r"\s+")


_HEAD = 6
"""Paragraphs at the head of a page's text, one of which may be the number of the document, above its title."""


def read_html(data: bytes, name: str) -> Source:
    """The article of a web page.

    Raises:
        ReadError: kind ``no_text`` if the page holds no text.
    """
    declared = _CHARSET.search(data[:4096])
    return page_of(decode(data, name, declared.group(1).decode("ascii") if declared else None).text, name)


def page_of(text: str, name: str) -> Source:
    """The article of a web page's decoded text; raises as ``read_html``."""
    root = parse(text)
    meta = metadata(root)
    container = _container(root)
    title = page_title(root, meta, container)
    printed = _blocks(container)
    blocks = _trimmed(printed, title)
    paper = paper_page(root, blocks)
    if not blocks:
        raise ReadError(
            "no_text", f"网页 {name!r} 里没有正文，可能要运行脚本才显示。请在浏览器中打开后另存为 PDF 或文本。"
        )
    return Source(
        paper or tuple(blocks),
        HTML,
        "html",
        title=title,
        column=page_name(root) if paper else page_column(root, meta, title),
        source_line=page_source(root, meta),
        published_on=page_date(root, meta),
        site=page_site(root, meta),
        author=page_author(root),
        number=page_number(root) or next((n for b in printed[:_HEAD] if (n := find_number(b.text))), None),
        subtitle=page_subtitle(root, title),
        margins=tuple(_marks(root, meta)),
    )


def _marks(root: Node, meta: dict[str, str]) -> list[str]:
    """The lines of a whole page, links left out, and of its head that hold a mark of secrecy."""
    found = [f"密级：{said}" if "密级" in name else said for name, said in meta.items() if "密" in name + said]
    for node in root.walk():
        inside = [child for child in node.children if isinstance(child, Node) and child.tag in BLOCKS]
        row = node.tag == "tr" and all(child.tag in ("td", "th") for child in inside)
        if row or (not inside and node.tag in BLOCKS and not any(n.tag == "a" for n in node.walk())):
            found.append("\t".join(child.text for child in inside) if row else node.text)
        elif node.tag == "title" and (named := _MARKED_TITLE.match(node.text)):
            found.append(named[1])
    return [line for line in found if "密" in line and is_mark(line)]


def _container(root: Node) -> Node:
    """The element that holds the article: a known one with text, else the smallest that holds most prose."""
    ranks = {name: rank for rank, name in enumerate(words("containers"))}
    known = []
    for node in root.walk():
        rank = min((ranks[m] for m in node.marks.split() + [node.tag] if m in ranks), default=None)
        if rank is not None and (amount := _prose(node)) >= 10:
            known.append((rank, -amount, node))
    if known:
        return min(known, key=lambda k: k[:2])[2]
    body = next((n for n in root.walk() if n.tag == "body"), root)
    node, total = body, _prose(body)
    while total:
        inner = max((c for c in node.children if isinstance(c, Node) and not _chrome(c)), key=_prose, default=None)
        if (
            inner is None
            or inner.tag not in BLOCKS
            or inner.tag in ("p", "tr", "td", "li")
            or _prose(inner) < total * 0.75
        ):
            break
        node = inner
    return node


def _prose(node: Node) -> int:
    """Characters of running text: pieces outside links that are long or punctuated."""
    count = 0
    stack: list[Node] = [node]
    while stack:
        current = stack.pop()
        for child in current.children:
            if isinstance(child, Traced):
                text = child.text.strip()
                if len(text) >= 15 or re.search(r"[。；，]", text):
                    count += 0 if any_of("page_lines").search(text) else len(text)
            elif child.tag != "a" and not _chrome(child):
                stack.append(child)
    return count


def _chrome(node: Node) -> bool:
    """Whether the element is hidden or one of the site's own."""
    if node.tag in _DROP or _HIDDEN.search(node.attrs.get("style", "")):
        return True
    return bool(node.marks.strip()) and any_of("page_chrome").search(node.marks) is not None


def _blocks(container: Node) -> list[Block]:
    """One block a paragraph, list item or table row, in document order."""
    out: list[Block] = []
    pieces: list[Traced | str] = []
    styles: list[str] = []
    pictured = False

    def flush(level: int = 0) -> None:
        nonlocal pictured
        line = _squeeze(join(pieces)).strip()
        if line.text:
            caption = pictured and _under_picture("\n".join(styles))
            out.append(Block(line, level=level, size=_SMALL, gap=1) if caption else Block(line, level=level, firm=True))
            pictured = False
        pieces.clear()
        styles.clear()

    def visit(node: Node, level: int) -> None:
        nonlocal pictured
        styles.append(f"{node.tag} {node.attrs.get('style', '')}")
        for child in node.children:
            if isinstance(child, Traced):
                pieces.append(child)
            elif _chrome(child):
                continue
            elif child.tag == "img":
                pictured = True
            elif child.tag == "table" and sum(n.tag == "table" for n in child.walk()) == 1:
                flush(level)
                out.extend(_table(child))
            elif child.tag in BLOCKS:
                flush(level)
                own = int(child.tag[1]) if re.fullmatch(r"h[1-6]", child.tag) else level
                visit(child, own)
                flush(own)
            else:
                visit(child, level)

    visit(container, 0)
    flush()
    return out


def _under_picture(style: str) -> bool:
    """Whether a line below a picture is set as its caption: centred, and smaller or paler than text."""
    return style.startswith("figcaption") or (_CENTRED.search(style) is not None and _PALE.search(style) is not None)


def _trimmed(blocks: list[Block], title: str | None) -> list[Block]:
    """The blocks of the article: what its site put above its title, around it and below it left out."""
    named = squeezed(title or "")
    said = {named, _REPOSTED.sub("", named)} - {""}
    first = next((i for i, b in enumerate(blocks[:30]) if squeezed(b.text) in said), -1)
    if not any(is_prose(b.text) and len(b.text) >= 30 for b in blocks[: max(first, 0)]):
        blocks = blocks[first + 1 :]
    while blocks and (squeezed(blocks[0].text) in said or find_number(blocks[0].text)):
        blocks = blocks[1:]
    for i, block in enumerate(blocks):
        after = sum(len(b.text) for b in blocks[i:] if is_prose(b.text) and not _of_site(b))
        if any_of("page_ends").fullmatch(block.text) and after * 5 <= sum(len(b.text) for b in blocks[:i]):
            blocks = blocks[:i]
            break
    return [b for b in blocks if not _of_site(b)]


def _of_site(block: Block) -> bool:
    return len(block.text) <= 160 and any_of("page_lines").search(block.text) is not None


def _table(table: Node) -> list[Block]:
    """Its caption, then one row block a row, as many cells in each; a row of one cell is layout, so its paragraphs."""
    found = _grid(table)
    wide = max((len(row) for row in found), default=0)
    out = [block for node in table.walk() if node.tag == "caption" for block in _blocks(node)]
    for row in found:
        cells = [cell for cell in row if cell is not None]
        if len(cells) == 1 and (wide == 1 or _span(cells[0], "colspan") == wide):
            out += _blocks(cells[0])
            continue
        lines = [_squeeze(join(cell.texts())).strip() if cell else Traced("") for cell in row]
        lines += [Traced("")] * (wide - len(row))
        if any(line.text for line in lines):
            out.append(Block(join(lines, "\t"), firm=True, role="row"))
    return out


def _grid(table: Node) -> list[list[Node | None]]:
    """The cells of each row by column; None where a merged cell goes on."""
    below: dict[int, int] = {}
    out: list[list[Node | None]] = []
    for tr in (n for n in table.walk() if n.tag == "tr"):
        row: list[Node | None] = []
        for cell in (n for n in tr.children if isinstance(n, Node) and n.tag in ("td", "th") and not _chrome(n)):
            while below.get(len(row)):
                below[len(row)] -= 1
                row.append(None)
            span, down = _span(cell, "colspan"), _span(cell, "rowspan")
            below |= {len(row) + i: down - 1 for i in range(span)}
            row += [cell, *[None] * (span - 1)]
        while below.get(len(row)):
            below[len(row)] -= 1
            row.append(None)
        out.append(row)
    return out


def _span(cell: Node, name: str) -> int:
    value = cell.attrs.get(name, "").strip()
    return max(1, min(int(value), 100)) if value.isascii() and value.isdigit() else 1


def _squeeze(line: Traced) -> Traced:
    """White space as a browser shows it: one space, and none where the mark-up only wraps Chinese text."""
    pieces: list[Traced | str] = []
    at = 0
    for m in _SPACE.finditer(line.text):
        pieces.append(line.cut(at, m.start()))
        before, after = line.text[m.start() - 1 : m.start()], line.text[m.end() : m.end() + 1]
        if not ("\n" in m.group() and before and after and is_cjk(before) and is_cjk(after)):
            pieces.append(" ")
        at = m.end()
    return join([*pieces, line.cut(at)]) if pieces else line
