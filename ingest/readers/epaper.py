"""A page of a newspaper on the web (数字报) → its masthead, and its articles under the titles that its guide lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.spacing import squeezed
from ingest.block import Block
from ingest.readers.dom import Node
from ingest.titles import is_newspaper_page, is_paragraph

_NAMED = re.compile(r"\s*[一-鿿]{2,12}(?=[\s_|—–-]+\S)")
"""The name of the paper, before day and page in the title of the page."""
_COLUMN = re.compile(r"第?\s*[A-D]?\d{1,2}\s*版\s*[:：\s]\s*(?P<column>[一-鿿·]{2,8})\s*$")
_LEAST = 5
"""Characters that a title has at least."""
_NEAR = 5
"""Lines among which the text below a title begins."""


def paper_page(root: Node, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The masthead and the articles of a newspaper's page, none where it is no page with several.

    Its title counts pages, and texts stand under several titles to which links of the page lead.
    """
    head = next((node for node in root.walk() if node.tag == "title"), None)
    if head is None or not is_newspaper_page(head.text):
        return ()
    listed = {squeezed(node.text) for node in root.walk() if node.tag == "a"}
    last = {said: i for i, block in enumerate(blocks) if len(said := squeezed(block.text)) >= _LEAST and said in listed}
    titles = sorted(last.values())
    if len(titles) < 2 or not all(any(map(is_paragraph, blocks[i : i + _NEAR])) for i in titles):
        return ()
    texts = (replace(b, level=1) if i in titles else b for i, b in enumerate(blocks) if i >= titles[0])
    return (*_masthead(head), *texts)


def page_name(root: Node) -> str | None:
    """What a newspaper's page is called, behind its number in the page's title (第03版　基层)."""
    head = next((node.text for node in root.walk() if node.tag == "title"), "")
    m = _COLUMN.search(head) if is_newspaper_page(head) else None
    return m["column"] if m else None


def _masthead(head: Node) -> list[Block]:
    """The name of the paper, and its day and page, as two lines."""
    line = next(head.texts()).strip()
    m = _NAMED.match(line.text)
    parts = [line.cut(0, m.end()), line.cut(m.end()).strip()] if m else [line]
    return [Block(part, gap=1, firm=True) for part in parts]
