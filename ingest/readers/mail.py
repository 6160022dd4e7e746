"""Letters (EML) and web pages saved with all they show (MHTML), whose text is one part of a MIME message.

Offsets refer to that part as decoded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr, parsedate_to_datetime

from corpus.errors import ReadError
from ingest.block import Block, Source
from ingest.decode import decode
from ingest.readers.html import page_of
from ingest.readers.text import text_of
from ingest.sniff import EML, MHTML
from ingest.traced import Traced

_MOST_PARTS = 2_000
_REPLY = re.compile(r"^(?:\s*(?:回复|答复|转发|Re|Fw|Fwd)\s*[:：])+\s*", re.I)


def read_mail(data: bytes, name: str, media_type: str) -> Source:
    """The text of a letter under its subject, or the page of an MHTML file.

    Raises:
        ReadError: kind ``no_text`` or ``damaged``.
    """
    message = _message(data, name)
    html = _part(message, "text/html")
    if media_type == MHTML:
        if html is None:
            raise ReadError("no_text", f"网页存档 {name!r} 里没有网页正文，请在浏览器中打开后另存为 PDF。")
        return replace(page_of(_text(html, name), name), media_type=MHTML, reader="mhtml")
    plain = _part(message, "text/plain")
    if plain is not None and (text := _text(plain, name)).strip():
        return _titled(text_of(text, "letter.txt"), message)
    if html is not None:
        return _titled(page_of(_text(html, name), name), message)
    if any(True for _ in _files(message)):
        return _titled(Source((), EML, "eml"), message)
    raise ReadError("no_text", f"邮件 {name!r} 没有正文，也没有附件。")


def attachments(data: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each file sent with a letter, pictures shown in its text left out.

    Raises:
        ReadError: kind ``damaged``.
    """
    return _files(_message(data, name))


def _files(message: EmailMessage) -> Iterator[tuple[str, bytes]]:
    for part in message.iter_attachments():
        name = part.get_filename()
        content = part.get_payload(decode=True)
        if name and isinstance(content, bytes) and part.get_content_disposition() != "inline":
            yield name, content


def _message(data: bytes, name: str) -> EmailMessage:
    try:
        message = message_from_bytes(data, policy=default)
    except (ValueError, LookupError, IndexError, AttributeError) as exc:
        raise ReadError("damaged", f"邮件 {name!r} 已损坏，读不出来。") from exc
    assert isinstance(message, EmailMessage)
    return message


def _part(message: EmailMessage, kind: str) -> EmailMessage | None:
    """The first part of a type that is no attachment."""
    for n, part in enumerate(message.walk()):
        if n > _MOST_PARTS:
            return None
        if part.get_content_type() == kind and part.get_content_disposition() != "attachment":
            assert isinstance(part, EmailMessage)
            return part
    return None


def _text(part: EmailMessage, name: str) -> str:
    content = part.get_payload(decode=True)
    return decode(content if isinstance(content, bytes) else b"", name, part.get_content_charset()).text


def _titled(source: Source, message: EmailMessage) -> Source:
    """A letter under its subject, dated when it was sent, from its sender."""
    subject = _REPLY.sub("", " ".join(str(message.get("Subject", "")).split()))
    sender, _ = parseaddr(str(message.get("From", "")))
    blocks = source.blocks
    if subject and not any(block.text == subject for block in blocks[:3]):
        blocks = (Block(Traced(subject), level=1, firm=True), *blocks)
    return replace(
        source, blocks=blocks, media_type=EML, reader="eml", title=subject or source.title,
        published_on=_sent(str(message.get("Date", ""))) or source.published_on, site=sender or None,
    )  # fmt: skip


def _sent(date: str) -> str | None:
    try:
        return parsedate_to_datetime(date).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return None
