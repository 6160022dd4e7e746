"""How Chinese text is set: where a sentence ends, how wide a line is, what a short line looks like."""

from __future__ import annotations

import re

CLOSERS = "”’\"'）)》】〉」』]］〕"
_FINAL = "。！？!?；;：:…"
_NUMBERED = re.compile(
    r"(?:第[一二三四五六七八九十百\d]+[章节条部篇]|[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十\d]{1,3}[)）]"
    r"|\d{1,2}(?:[、．]|\.(?!\d))|[①-⑳]|[一二三四五六七八九十]是|第[一二三四五六七八九十]，)"
)
_ITEM = re.compile(r"(\d{1,2})(?:[．、]|\.(?!\d))")
SENT_TO = "报|送|发|发送|呈|呈报|呈送|抄送|抄报|主送|分送"
"""The words before those a paper goes to, as a pattern."""
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
"""Digits set above the line, as marks of notes and powers are: part of no number that stands beside them."""
_NOT_FIRST = "，。、；：！？）”’》】〉」』％…,;:!?)"


def ends_sentence(text: str) -> bool:
    """Whether the text ends where a sentence, or its introduction, ends.

    >>> ends_sentence("受益居民近3000人次。”"), ends_sentence("由市委社会工作部具体指"), ends_sentence("做法如下：")
    (True, False, True)
    """
    return text.rstrip().rstrip(CLOSERS).rstrip()[-1:] in tuple(_FINAL)


def is_salutation(text: str) -> bool:
    """Whether a line greets those a speech or letter is for (尊敬的各位领导，同志们：)."""
    return re.fullmatch(r"(?:尊敬的|各位|同志们).{0,30}[:：]", text.strip()) is not None


def is_prose(text: str) -> bool:
    """Whether it is running text, not a heading or a caption: long, or holding the end of a sentence."""
    return len(text) >= 45 or ends_sentence(text) or re.search(r"[。；]", text) is not None


def is_numbered(text: str) -> bool:
    """Whether it begins with a number of sections or items.

    >>> is_numbered("（二）加强统筹"), is_numbered("1.5万名党员"), is_numbered("一是建机制")
    (True, False, True)
    """
    return _NUMBERED.match(text) is not None


def counts_on(first: str, text: str) -> bool:
    """Whether a text begins the item after the one that the first begins (1．……, 2．……).

    >>> counts_on("1．办好夜校", "2．建好驿站"), counts_on("1．办好夜校", "2.5万人次")
    (True, False)
    """
    a, b = _ITEM.match(first), _ITEM.match(text)
    return a is not None and b is not None and int(b[1]) == int(a[1]) + 1


def cannot_begin(text: str) -> bool:
    """Whether its first character can only go on with a sentence."""
    return text[:1] in tuple(_NOT_FIRST)


def width(text: str) -> float:
    """Width in Chinese characters."""
    return sum(0.5 if c.isascii() else 1.0 for c in text)


def is_cjk(c: str) -> bool:
    """Whether it is a Chinese character or full-width punctuation."""
    return "一" <= c <= "鿿" or "　" <= c <= "〿" or "＀" <= c <= "￯" or c in "“”‘’—…·㐀"


def is_ideograph(c: str) -> bool:
    """Whether it is a Chinese character."""
    return "㐀" <= c <= "鿿"


def balanced(text: str) -> bool:
    """Whether every quotation mark and bracket it opens is closed."""
    return all(text.count(a) <= text.count(b) for a, b in ("“”", "《》", "（）", "「」", "【】", "()"))
