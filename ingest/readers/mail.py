"""Letters (EML) and web pages saved with all they show (MHTML), whose text is one part of a MIME message.

Offsets refer to that part as decoded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime

from corpus.errors import ReadError
from ingest.block import Block, Source
from ingest.decode import decode
from ingest.readers.html import page_of
from ingest.readers.mime import file_name, header, parse_message, words_decoded
from ingest.readers.text import text_of
from ingest.sniff import EML, MHTML
from ingest.traced import Traced

_MOST_PARTS = 2_000
_REPLY = re.compile(r"^(?:\s*(?:回复|答复|转发|Re|Fw|Fwd)\s*[:：])+\s*", re.I)
_SHOWN = re.compile(r"""\bcid:([^"'\s>)]+)""", re.I)
_SIGNATURES = ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")


def read_mail(data: bytes, name: str, media_type: str) -> Source:
    """The text of a letter under its subject, or the page of an MHTML file.

    Raises:
        ReadError: kind ``no_text`` or ``damaged``.
    """
    message = parse_message(data, name)
    plain, html = _bodies(message)
    if media_type == MHTML:
        if html is None:
            raise ReadError("no_text", f"网页存档 {name!r} 里没有网页正文，请在浏览器中打开后另存为 PDF。")
        return replace(page_of(_text(html, name), name), media_type=MHTML, reader="mhtml")
    if plain is not None and (text := _text(plain, name)).strip():
        return _titled(text_of(text, "letter.txt"), message)
    if html is not None:
        return _titled(page_of(_text(html, name), name), message)
    if any(True for _ in _files(message, name)):
        return _titled(Source((), EML, "eml"), message)
    raise ReadError("no_text", f"邮件 {name!r} 没有正文，也没有附件。")


def attachments(data: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each file sent with a letter, pictures shown in its text left out.

    Raises:
        ReadError: kind ``damaged``.
    """
    return _files(parse_message(data, name), name)


def _files(message: Message, name: str) -> Iterator[tuple[str, bytes]]:
    plain, html = _bodies(message)
    page = _text(html, name) if html is not None else ""
    shown = {m[1].lower() for m in _SHOWN.finditer(page)}
    for part in _parts(message):
        if part.get_content_type() == "message/rfc822":
            yield from _forwarded(part)
            continue
        title, content = file_name(part), part.get_payload(decode=True)
        if not title or not isinstance(content, bytes) or part in (plain, html):
            continue
        called = str(part.get("Content-ID", "")).strip("<> \t").lower()
        if called not in shown and part.get_content_type() not in _SIGNATURES:
            yield title, content


def _forwarded(part: Message) -> Iterator[tuple[str, bytes]]:
    """A letter sent on within another, as a file."""
    inner = part.get_payload()
    if isinstance(inner, list) and inner and isinstance(inner[0], Message):
        called = file_name(part) or words_decoded(header(inner[0], "Subject")) or "转发邮件"
        yield called if called.lower().endswith(".eml") else f"{called}.eml", inner[0].as_bytes()


def _parts(message: Message) -> Iterator[Message]:
    """The parts that hold something themselves, a letter sent on within this one as a whole."""
    stack = [message]
    for _ in range(_MOST_PARTS):
        if not stack:
            return
        part = stack.pop()
        inside = part.get_payload()
        if part.is_multipart() and isinstance(inside, list) and part.get_content_type() != "message/rfc822":
            stack += [each for each in reversed(inside) if isinstance(each, Message)]
        else:
            yield part


def _bodies(message: Message) -> tuple[Message | None, Message | None]:
    """The text and the page of a letter: files sent along are neither, unless there is no other."""
    parts = [p for p in _parts(message) if p.get_content_disposition() != "attachment"]
    told = [p for p in parts if p.get_content_type() in ("text/plain", "text/html") and not file_name(p)]
    told = told or [p for p in parts if p.get_content_disposition() is None]
    plain = next((p for p in told if p.get_content_type() == "text/plain"), None)
    return plain, next((p for p in told if p.get_content_type() == "text/html"), None)


def _text(part: Message, name: str) -> str:
    content = part.get_payload(decode=True)
    return decode(content if isinstance(content, bytes) else b"", name, part.get_content_charset()).text


def _titled(source: Source, message: Message) -> Source:
    """A letter under its subject, dated when it was sent, from its sender."""
    subject = _REPLY.sub("", " ".join(words_decoded(header(message, "Subject")).split()))
    sender = words_decoded(parseaddr(header(message, "From"))[0])
    blocks = source.blocks
    if subject and not any(block.text == subject for block in blocks[:3]):
        blocks = (Block(Traced(subject), level=1, firm=True), *blocks)
    return replace(
        source, blocks=blocks, media_type=EML, reader="eml", title=subject or source.title,
        published_on=_sent(header(message, "Date")) or source.published_on, site=sender or None,
    )  # fmt: skip


def _sent(date: str) -> str | None:
    try:
        return parsedate_to_datetime(date).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return None
