"""MIME messages as Chinese mail programs write them: bytes of GBK or UTF-8 in headers, encoded words cut anywhere.

RFC 2047 encoded words are read in file names too, and RFC 2231 parameters in whatever character set they name.
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error
from email import message_from_bytes
from email.message import Message
from email.policy import Compat32
from quopri import decodestring

from corpus.errors import ReadError

_WORD = re.compile(r"=\?([\w-]+)(?:\*[\w-]+)?\?([bq])\?([^?]*)\?=", re.I)
_WORDS = re.compile(rf"{_WORD.pattern}(?:\s*{_WORD.pattern})*", re.I)
_CHINESE = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030", "big5": "big5hkscs"}


def parse_message(data: bytes, name: str) -> Message:
    """The message, its headers as text.

    Raises:
        ReadError: kind ``damaged``.
    """
    try:
        return message_from_bytes(data, policy=_Lenient())
    except (ValueError, LookupError, IndexError, AttributeError) as exc:
        raise ReadError("damaged", f"邮件 {name!r} 已损坏，读不出来。") from exc


def header(message: Message, name: str) -> str:
    """A header as it stands, empty where there is none."""
    return str(message.get(name, ""))


def file_name(part: Message) -> str:
    """The name a part has as a file, empty where it has none."""
    for parameter, field in (("filename", "content-disposition"), ("name", "content-type")):
        said = part.get_param(parameter, None, field)
        if isinstance(said, tuple):
            charset, _, text = said
            return told(text.encode("latin-1", "replace"), charset).strip()
        if said:
            return " ".join(words_decoded(str(said)).split())
    return ""


def words_decoded(text: str) -> str:
    """A header with its encoded words read; those next to each other are one, for a character may lie in both.

    >>> words_decoded("=?gb2312?B?x+m/?= =?GB2312?B?9g==?= 3")
    '情况 3'
    """
    return _WORDS.sub(lambda m: _joined(m.group()), text)


def told(raw: bytes, charset: str | None = None) -> str:
    """Bytes as text: in the character set they name, else in UTF-8, GB18030 or Big5."""
    named = (charset or "").lower()
    for encoding in (_CHINESE.get(named, named), "utf-8", "gb18030", "big5hkscs"):
        try:
            return raw.decode(encoding)
        except (ValueError, LookupError):
            continue
    return raw.decode("gb18030", "replace")


def _joined(words: str) -> str:
    out: list[tuple[str, bytes]] = []
    for m in _WORD.finditer(words):
        charset, raw = m[1].lower(), _bytes(m[2], m[3])
        if out and out[-1][0] == charset:
            out[-1] = charset, out[-1][1] + raw
        else:
            out.append((charset, raw))
    return "".join(told(raw, charset) for charset, raw in out)


def _bytes(how: str, text: str) -> bytes:
    raw = text.encode("utf-8")
    if how in "qQ":
        return decodestring(raw, header=True)
    try:
        return b64decode(raw + b"=" * (-len(raw) % 4))
    except Error:
        return raw


class _Lenient(Compat32):
    """Keeps each header as text, whatever its bytes."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Name and value of a header."""
        name, value = super().header_source_parse(sourcelines)
        return name, told(value.encode("utf-8", "surrogateescape"))
