"""Markings of secrecy in the position of a mark: such a file is refused before any of its text is kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath

from corpus.errors import ReadError
from corpus.spacing import squeezed
from ingest.block import Block, Source

_LEVEL = r"(?:绝\s*密|机\s*密|秘\s*密)"
_STAR = r"[★☆*＊]"
_TERM = rf"(?:\s*{_STAR}\s*(?:\d+\s*(?:年|个?月|天|日)|长期|启用前|解密)?)"
_ALONE = re.compile(
    rf"(?:密\s*级\s*[:：]\s*)?(?:№?\s*\d{{3,8}}\s*)?[【\[（(]?\s*{_LEVEL}{_TERM}?\s*[】\]）)]?(?:\s*(?:特\s*急|加\s*急|急\s*件|紧\s*急))?(?:\s*№?\s*\d{{3,8}})?"
)
_STARRED = re.compile(rf"(?<![一-鿿]){_LEVEL}\s*{_STAR}")
_NAMED = re.compile(
    rf"^[\[【（(]?{_LEVEL}(?:[\]】）)★☆_＿\-—.\s]|$)|[\[【（(_＿\-—\s]{_LEVEL}(?:{_TERM}|\s*)(?:[\]】）)_＿\-—.\s]|$)"
)
_MARKED = {
    "internal": re.compile(r"内部(?:资料|刊物|文件|材料|参考|使用)"),
    "work_secret": re.compile(r"工作秘密(?!管理|保护|的|等|和|及|范围|事项|制度)"),
}


def refuse_marked(source: Source, name: str) -> None:
    """Nothing, if the document carries no marking.

    Raises:
        ReadError: kind ``marked`` if 绝密, 机密 or 秘密 stands where a mark stands: alone in the first lines of a
            page, in a page head or foot, in a text box, before a star, or in the file name.
    """
    lines = [*source.margins, *_corners(source.blocks)]
    stars = (b.text for b in source.blocks if len(b.text) <= 60)
    if (
        _NAMED.search(PurePath(name).stem)
        or any(_ALONE.fullmatch(line.strip()) for line in lines)
        or any(_STARRED.search(text) for text in stars)
    ):
        raise ReadError(
            "marked", f"文件 {name!r} 标有密级，未读取、未保存任何内容。涉密文件请按保密规定处理，不要导入本系统。"
        )


def markings(source: Source) -> tuple[str, ...]:
    """The flags of 内部资料 and 工作秘密 where they are printed in the head or foot of the document."""
    lines = [*source.margins, *(b.text for b in [*source.blocks[:15], *source.blocks[-6:]] if len(b.text) <= 40)]
    printed = [squeezed(line) for line in lines]
    return tuple(flag for flag, pattern in _MARKED.items() if any(pattern.search(line) for line in printed))


def _corners(blocks: Sequence[Block]) -> list[str]:
    """The first lines of the document, and the first and last lines of every page."""
    lines = [b.text for b in blocks[:12]]
    for i, block in enumerate(blocks):
        near = [blocks[j].page for j in (i - 3, i + 3) if 0 <= j < len(blocks)]
        if block.page is not None and (len(near) < 2 or any(page != block.page for page in near)):
            lines.append(block.text)
    return lines
