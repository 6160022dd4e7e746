"""A text as the grammars read it: simplified characters, narrow digits and letters, as long as before."""

from __future__ import annotations

import re

from corpus.script import simplified

_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ．％－＋＜＞＝～＄／]")
_WIDE_COMMA = re.compile(
    r"(?<![0-9０-９,，.])[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+(?![0-9０-９])(?P<rest>[.．][0-9０-９])?"
)


def shadow(text: str) -> str:
    """The text for matching; offsets stay.

    A wide comma parts thousands where the digits are wide too or decimals follow.

    >>> shadow("１１１，１１１個"), shadow("共120，300户"), shadow("82，225.00元")
    ('111,111个', '共120，300户', '82,225.00元')
    """
    if "，" in text:
        text = _WIDE_COMMA.sub(_thousands, text)
    return _WIDE.sub(lambda m: chr(ord(m[0]) - 0xFEE0), simplified(text))


def _thousands(match: re.Match[str]) -> str:
    wide = not any(c.isascii() for c in match[0])
    return match[0].replace("，", ",") if wide or match["rest"] else match[0]
