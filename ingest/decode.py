"""The text of a text file, whatever it is encoded in."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.errors import ReadError
from corpus.script import simplified
from ingest.words import common_characters


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text of a file without its BOM, line ends as they stand, and how it was encoded."""

    text: str
    encoding: str


def decode(data: bytes, name: str = "", declared: str | None = None) -> Decoded:
    """The text of a text file: BOM, strict UTF-8, what it declares, UTF-16, GB18030 or Big5, in that order.

    Raises:
        ReadError: kind ``wrong_type`` if the bytes are no text, ``damaged`` if no encoding fits.

    >>> decode("近日，三塘镇".encode("gb18030")).encoding
    'gb18030'
    """
    for bom, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(bom):
            return Decoded(data[len(bom) :].decode(encoding, "replace"), encoding)
    text: str | None
    for tried in ("utf-8", declared):
        text = _almost(data, tried)
        if text is not None:
            return _plain(Decoded(text, tried or ""), name)
    for encoding in ("utf-16-le", "utf-16-be"):
        text = _almost(data, encoding)
        if text and _readable(text) > 0.95:
            return Decoded(text, encoding)
    text = _almost(data, "gb18030")
    big5 = _almost(data, "big5hkscs")
    if big5 and (not text or _ordinary(big5) > _ordinary(text) + 0.15):
        return _plain(Decoded(big5, "big5hkscs"), name)
    if text:
        return _plain(Decoded(text, "gb18030"), name)
    raise ReadError("damaged", f"文件 {name!r} 的文字编码无法识别，请另存为 UTF-8 文本后再导入。")


def _almost(data: bytes, encoding: str | None) -> str | None:
    """The text if at most one character in 500 cannot be decoded (a cut or slightly damaged file)."""
    try:
        text = data.decode(encoding or "", "replace")
    except LookupError:
        return None
    return text if text.count("�") - data.count(b"\xef\xbf\xbd") <= max(1, len(text) // 500) else None


def _ordinary(text: str) -> float:
    """The share of ordinary characters among a text's Chinese ones: bytes read in a wrong encoding have few."""
    chinese = [c for c in simplified(text[:20_000]) if "一" <= c <= "鿿"]
    return sum(c in common_characters() for c in chinese) / max(1, len(chinese))


def _plain(decoded: Decoded, name: str) -> Decoded:
    """The text, unless it is a binary file or UTF-16 that happens to decode."""
    nuls = decoded.text.count("\x00")
    if nuls * 20 <= len(decoded.text):
        return decoded
    for encoding in ("utf-16-le", "utf-16-be"):
        wide = _almost(decoded.text.encode(decoded.encoding, "replace"), encoding)
        if wide and _readable(wide) > 0.95:
            return Decoded(wide, encoding)
    raise ReadError("wrong_type", f"文件 {name!r} 不是文本，而是二进制内容。请确认文件类型后再导入。")


def _readable(text: str) -> float:
    """Share of characters a Chinese text is made of."""
    ours = sum(
        "一" <= c <= "鿿" or " " <= c <= "~" or c in "\r\n\t" or "　" <= c <= "〿" or "＀" <= c <= "￯" or "‐" <= c <= "…"
        for c in text
    )
    return ours / max(1, len(text))
