"""Markings of secrecy in the position of a mark: such a file is refused before any of its text is kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath

from corpus.errors import ReadError
from corpus.script import simplified
from corpus.spacing import squeezed
from ingest.block import Block, Source

_LEVEL = r"(?:绝\s*密|机\s*密|秘\s*密)"
_STAR = r"(?:[★☆✮✯✩⭐＊]|\*(?!\*))"
_SPAN = r"(?:\d+\s*(?:年|个?月|天|日)|长期|启用前|解密)"
_TERM = rf"(?:\s*{_STAR}\s*{_SPAN}?|\s*[·•.▲—-]\s*{_SPAN}?|\s*[（(【\[]\s*{_SPAN}\s*[)）】\]]|\s*{_SPAN})"
_MARK = rf"{_STAR}?\s*[\[【〔［（(《]?\s*{_LEVEL}\s*(?:级|件|文件|材料|资料)?{_TERM}?\s*[\]】〕］）)》]?"
_URGENT = r"(?:特\s*急|特\s*提|加\s*急|平\s*急|急\s*件|紧\s*急)"
_COPY = r"(?:份号\s*[:：]?\s*)?№?\s*\d{3,8}"
_LABEL = r"[【\[]?(?:密\s*级|保密等级|秘密等级)[】\]]?\s*[:：]?"
_KEEP = r"(?:[，,、　 ]*(?:(?:注意|妥善)(?:保存|保管)|(?:请勿|不得|严禁|禁止)外传|仅供[参领]阅))"
_ALONE = re.compile(
    rf"(?:{_LABEL}\s*)?(?:{_COPY}\s*)?(?:{_URGENT}\s*)?{_MARK}(?:[\s、，]*{_URGENT})?{_KEEP}?"
    rf"(?:\s*{_COPY})?"
)
_LABELLED = re.compile(rf"{_LABEL}\s*{_MARK}(?:\s|$)")
_STARRED = re.compile(rf"(?<![一-鿿]){_LEVEL}\s*级?\s*{_STAR}")
_FULL = re.compile(rf"{_LEVEL}\s*级?{_TERM}")
"""A mark with its star or term (机密★1年), which no list of levels has."""
_GAP = re.compile(r"\t|　+|[ ]{2,}|[|｜]")
_KINDS = re.compile(_LEVEL)
_NAMED = re.compile(
    rf"(?:^|[\[【〔［（(《「_＿\-—+\s\d.、★]|(?:{_LABEL}))\s*{_LEVEL}\s*(?:级|件|文件|材料|资料)?(?:{_TERM}|\s*)"
    rf"(?:[\]】〕］）)》」_＿\-—+.★☆:：\s（(]|[vV]?\d{{1,2}}$|$)|{_LEVEL}\s*(?:[★☆]\s*|\s){_SPAN}"
)
_WORD = re.compile(r"[\s_＿]秘\s*密$")
"""How a name ends that may well be a title (百岁老人的长寿 秘密)."""
_BRACKETED = rf"[\[【〔（(]{_LEVEL}{_TERM}?[\]】〕）)]"
_TITLED = re.compile(rf"^(?:{_LEVEL}{_TERM}?(?:[\s:：★]|$)|{_BRACKETED})|{_BRACKETED}$")
"""How a title or property says that what it names is secret."""
_SHORT = 60
"""Characters that a line with a mark has at most."""
_MARKED = {
    "internal": re.compile(
        r"[^，。；]{0,12}内部(?:资料|刊物|文件|材料|参考|情况|明电|交流)[^，。；]{0,20}"
        r"|[^，。；]{0,12}(?:仅供)?内部(?:使用|参阅|掌握)[^，。；]{0,12}|[【\[〔（(]内部[】\]〕）)]"
    ),
    "work_secret": re.compile(r"[【\[〔（(]?工作秘密(?:[★☆:：][^，。；]{0,12})?[】\]〕）)]?"),
}
_INTERNAL_NAME = re.compile(r"[\[【〔（(_\s]内部(?:资料|文件|材料|参考)?[\]】〕）)_\s.]|^内部资料$")


def refuse_marked(source: Source, name: str) -> None:
    """Nothing, if the document carries no marking.

    Raises:
        ReadError: kind ``marked`` if 绝密, 机密 or 秘密 stands where a mark stands: alone in the first lines of a
            page, in a page head or foot, in a text box, behind 密级, before a star, in its title or in the file name. A
            document whose lines name several of them, none with its term, is about secrecy.
    """
    lines = [*source.margins, *_corners(source.blocks)]
    marks = [simplified(line) for line in lines if is_mark(line)]
    marks += [text for b in source.blocks if len(b.text) <= _SHORT and _STARRED.search(text := simplified(b.text))]
    levels = {"".join(level.split()) for line in marks for level in _KINDS.findall(line)}
    title = simplified(source.title or "")
    titled = _TITLED.search(title) is not None and len(_KINDS.findall(title)) == 1
    told = len(levels) == 1 or any(map(_FULL.search, marks))
    if is_marked_name(PurePath(name).stem) or titled or told:
        raise refusal(name)


def refusal(name: str) -> ReadError:
    """Why a marked file is not taken in."""
    told = f"文件 {name!r} 标有密级，未读取、未保存任何内容。涉密文件请按保密规定处理，不要导入本系统。"
    return ReadError("marked", told)


def is_mark(line: str) -> bool:
    r"""Whether a line holds a mark of secrecy, alone or set apart from what stands beside it, and no list of levels.

    >>> [is_mark(line) for line in ("机密★10年", "000012　秘 密　特急", "份号 000123 密级 机密", "機密·1年")]
    [True, True, True, True]
    >>> [is_mark(line) for line in ("商业秘密", "绝密\t机密\t秘密", "严守国家秘密", "秘密级文件管理办法")]
    [False, False, False, False]
    """
    text = simplified(line.strip())
    if len(text) > _SHORT or len({"".join(m.split()) for m in _KINDS.findall(text)}) > 1:
        return False
    parts = [text, *_GAP.split(text)]
    return any(_ALONE.fullmatch(part.strip()) for part in parts) or _LABELLED.search(text) is not None


def is_marked_name(name: str) -> bool:
    """Whether the name of a file, a folder or a document says that it is secret.

    >>> [is_marked_name(name) for name in ("方案（机密）", "【秘密】情况", "机密：方案", "1.机密 方案", "机密")]
    [True, True, True, True, True]
    >>> [is_marked_name(name) for name in ("保守商业秘密办法", "机密局工作总结", "国家秘密（样本）")]
    [False, False, False]
    """
    name = simplified(name)
    several = len({"".join(level.split()) for level in _KINDS.findall(name)}) > 1
    return _NAMED.search(name) is not None and not several and _WORD.search(name) is None


def markings(source: Source, name: str = "") -> tuple[str, ...]:
    """The flags of 内部资料 and 工作秘密 where they are printed in the head or foot of the document, or in its name."""
    lines = [*source.margins, *(b.text for b in [*source.blocks[:15], *source.blocks[-6:]] if len(b.text) <= 40)]
    printed = [squeezed(part) for line in lines for part in (line, *_GAP.split(line))]
    found = {flag for flag, pattern in _MARKED.items() if any(pattern.fullmatch(simplified(part)) for part in printed)}
    found |= {"internal"} if _INTERNAL_NAME.search(simplified(name)) else set()
    return tuple(flag for flag in _MARKED if flag in found)


def _corners(blocks: Sequence[Block]) -> list[str]:
    """The first lines of the document, and the first and last lines of every page."""
    lines = [b.text for b in blocks[:12]]
    for i, block in enumerate(blocks):
        near = [blocks[j].page for j in (i - 3, i + 3) if 0 <= j < len(blocks)]
        if block.page is not None and (len(near) < 2 or any(page != block.page for page in near)):
            lines.append(block.text)
    return lines
