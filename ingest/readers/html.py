"""A web page → the blocks of its article, its title, date and source; the site's chrome left behind."""

from __future__ import annotations

import re

from corpus.errors import ReadError
from ingest.block import Block, Source
from ingest.readers.dom import BLOCKS, Node, parse
from ingest.sniff import HTML, decode
from ingest.traced import Traced, join
from ingest.typography import is_cjk
from ingest.words import any_of, words

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.I)
_DATE = re.compile(r"(\d{4})[-年/.](\d{1,2})[-月/.](\d{1,2})")
_PUBLISHED = re.compile(
    r"(?:发布|发表|成文|印发|更新)(?:时间|日期)\s*[:：]?\s*(\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2})|^日期[:：]\s*(\d{4}-\d{1,2}-\d{1,2})"
)
_ORIGIN = re.compile(r"(?:信息来源|文章来源|来源|供稿)\s*[:：]\s*([^\s|｜，。]{2,40})")
_DROP = frozenset("script style noscript template iframe textarea select button nav footer svg form".split())
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SITE = re.compile(r"\s*[-_|—–]+\s*[^-_|—–]*(?:网|网站|门户|平台|政府|公众号)[^-_|—–]*$")
_SPACE = re.compile(r"\s+")


def read_html(data: bytes, name: str) -> Source:
    """The article of a web page.

    Raises:
        ReadError: kind ``no_text`` if the page holds no text.
    """
    declared = _CHARSET.search(data[:4096])
    root = parse(decode(data, name, declared.group(1).decode("ascii") if declared else None).text)
    meta = _meta(root)
    container = _container(root)
    blocks = _blocks(container)
    if not blocks:
        raise ReadError(
            "no_text", f"网页 {name!r} 里没有正文，可能要运行脚本才显示。请在浏览器中打开后另存为 PDF 或文本。"
        )
    page = root.text
    published = _PUBLISHED.search(page)
    origin = _ORIGIN.search(page)
    return Source(
        tuple(blocks),
        HTML,
        "html",
        title=_title(root, meta, container),
        column=meta.get("columnname") or None,
        source_line=origin.group(1) if origin else meta.get("contentsource") or None,
        published_on=_date(meta.get("pubdate") or meta.get("article:published_time") or "")
        or (_date(published.group(1) or published.group(2)) if published else None),
    )


def _meta(root: Node) -> dict[str, str]:
    """Names and contents of the page's meta elements, first of each name."""
    found: dict[str, str] = {}
    for node in root.walk():
        if node.tag == "meta" and node.attrs.get("content", "").strip():
            key = node.attrs.get("name") or node.attrs.get("property") or ""
            found.setdefault(key.lower(), " ".join(node.attrs["content"].split()))
    return found


def _date(text: str) -> str | None:
    m = _DATE.search(text)
    return f"{m[1]}-{int(m[2]):02}-{int(m[3]):02}" if m else None


def _title(root: Node, meta: dict[str, str], container: Node) -> str | None:
    """The article's title: its own meta element, a heading that the page's title repeats, or that title."""
    head = next((n.text for n in root.walk() if n.tag == "title" and n.text), "")
    if title := meta.get("articletitle"):
        return title
    inside = set(map(id, container.walk()))
    marked = [
        n
        for n in root.walk()
        if (n.tag in ("h1", "h2") or re.search(r"title|headline|activity-name", n.marks)) and 4 <= len(n.text) <= 120
    ]
    squeezed = re.sub(r"\s", "", head)
    for node in marked:
        if re.sub(r"\s", "", node.text)[:12] in squeezed:
            return node.text
    heads = [n.text for n in marked if n.tag == "h1" and id(n) not in inside]
    bare = _SITE.sub("", head).strip()
    return meta.get("og:title") or (heads[0] if len(heads) == 1 else None) or bare or head or None


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
                count += len(text) if len(text) >= 15 or re.search(r"[。；，]", text) else 0
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

    def flush(level: int = 0) -> None:
        line = _squeeze(join(pieces)).strip()
        pieces.clear()
        if line.text:
            out.append(Block(line, level=level, firm=True))

    def visit(node: Node, level: int) -> None:
        for child in node.children:
            if isinstance(child, Traced):
                pieces.append(child)
            elif _chrome(child):
                continue
            elif child.tag == "tr" and not any(n.tag == "table" for n in child.walk()):
                flush(level)
                out.extend(_row(child))
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


def _row(node: Node) -> list[Block]:
    """A table row, its cells parted by tabs; a row of one long cell is layout, its paragraphs are blocks."""
    cells = [n for n in node.children if isinstance(n, Node) and n.tag in ("td", "th")]
    if len(cells) == 1:
        return _blocks(cells[0])
    lines = [_squeeze(join(cell.texts())).strip() for cell in cells]
    filled = [line for line in lines if line.text]
    joined = join(part for i, line in enumerate(filled) for part in (("\t", line) if i else (line,)))
    return [Block(joined, firm=True, role="row")] if joined.text else []


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
