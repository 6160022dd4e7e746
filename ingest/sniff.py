"""What a file really is, from its bytes, and the text of a text file."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath

from corpus.errors import ReadError
from corpus.script import simplified
from ingest.words import common_characters

TEXT, HTML, PDF = "text/plain", "text/html", "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLS, ODS = "application/vnd.ms-excel", "application/vnd.oasis.opendocument.spreadsheet"
CSV = "text/csv"
OFD = "application/ofd"
EML, MHTML = "message/rfc822", "multipart/related"
SHEETS = (XLSX, XLS, ODS)
DOC, RTF, ODT = "application/msword", "application/rtf", "application/vnd.oasis.opendocument.text"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"{\\rtf", RTF),
    (b"Founder CEB", "CEB 文档"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf", "7z 压缩包"),
    (b"\x1f\x8b", "gzip 压缩包"),
    (b"\x7fELF", "程序"),
    (b"MZ", "程序"),
)
_ZIP = (
    ("word/document.xml", DOCX),
    ("mimetypeapplication/vnd.oasis.opendocument.text", ODT),
    ("OFD.xml", OFD),
    ("xl/workbook", XLSX),
    ("mimetypeapplication/vnd.oasis.opendocument.spreadsheet", ODS),
    ("ppt/", "演示文稿"),
)
_READABLE = {
    TEXT: "纯文本", HTML: "网页（HTML）", PDF: "PDF", DOCX: "Word 文档（DOCX）", "image/png": "PNG 图片",
    "image/jpeg": "JPEG 图片", "image/gif": "GIF 图片", "image/bmp": "BMP 图片", "image/tiff": "TIFF 图片",
    "image/webp": "WebP 图片", DOC: "旧版 Word 或 WPS 文档", RTF: "RTF 文档", ODT: "ODT 文档",
    XLSX: "Excel 工作簿", XLS: "旧版 Excel 或 ET 表格", ODS: "ODS 表格", CSV: "CSV 表格",
    OFD: "OFD 版式文件", EML: "邮件（EML）", MHTML: "网页存档（MHTML）",
}  # fmt: skip
_BY_EXTENSION = {"pdf": PDF, "docx": DOCX}
_LETTER = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,}", re.I)
_MIME = re.compile(rb"^Content-Type:\s*([a-z]+/[a-z0-9.+-]+)", re.I | re.M)
_SAVED = re.compile(rb"^(?:Snapshot-Content-Location:|From:\s*<?Saved by|X-MimeOLE:)|type=\"?text/html", re.I | re.M)
_TAG = re.compile(rb"<(?:!doctype\s+html|html|head|body|div|p|table|meta)[\s>]", re.I)
_REMEDY = {
    "CEB": "请用方正 Apabi 阅读器打印为 PDF 后再导入。",
    "旧版": "请用 Word 或 WPS 另存为 .docx 后再导入。",
    "演示文稿": "请另存为 PDF 后再导入。",
    "压缩包": "请先解压，再导入其中的文件。",
}


def media_type(data: bytes, name: str) -> str:
    """The media type the bytes have, one of those that can be read; a text named .csv or .tsv is CSV.

    Raises:
        ReadError: kind ``empty``, ``unsupported``, ``wrong_type`` (the name promises another format), ``encrypted`` or
            ``damaged``.
    """
    if not data.strip(b"\x00\r\n\t \xef\xbb\xbf\xff\xfe"):
        raise ReadError("empty", f"文件 {name!r} 是空的，请检查是否上传完整。")
    extension = PurePath(name).suffix.lower().lstrip(".")
    found = _found(data, name)
    if extension in ("csv", "tsv") and found == TEXT:
        return CSV
    promised = _BY_EXTENSION.get(extension)
    if promised not in (None, found):
        really = _READABLE.get(found, found)
        raise ReadError("wrong_type", f"文件 {name!r} 的扩展名与内容不符，内容其实是{really}。请改正扩展名后再导入。")
    if found not in _READABLE:
        remedy = next((r for key, r in _REMEDY.items() if key in found), "请转成 PDF、DOCX、HTML 或文本后再导入。")
        raise ReadError("unsupported", f"文件 {name!r} 是{found}，暂不能读取。{remedy}")
    if extension in ("txt", "md", "html", "htm") and found not in (TEXT, HTML):
        raise ReadError(
            "wrong_type", f"文件 {name!r} 的扩展名与内容不符，内容其实是{_READABLE[found]}。请改正扩展名后再导入。"
        )
    return found


def _found(data: bytes, name: str) -> str:
    if b"%PDF-" in data[:1024]:
        return PDF
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data, name)
    if data.startswith(_OLE):
        return _compound(data, name)
    for magic, label in _MAGIC:
        if data.startswith(magic) and (len(magic) > 2 or b"\x00" in data[:64]):
            return label
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    head = data[:4096].replace(b"\x00", b"")
    kind = _MIME.search(head)
    if _LETTER.match(head) and (kind or name.lower().endswith(".eml")):
        saved = kind and kind.group(1).lower() == b"multipart/related" and _SAVED.search(head)
        return MHTML if saved else EML
    return HTML if _TAG.search(head) else TEXT


def _compound(data: bytes, name: str) -> str:
    """What an OLE compound file holds, told by its streams; .wps and .et have the same as .doc and .xls."""
    import olefile

    try:
        with olefile.OleFileIO(BytesIO(data)) as ole:
            streams = {path[0] for path in ole.listdir()}
            head = ole.openstream("WordDocument").read(12) if "WordDocument" in streams else b""
    except (OSError, ValueError, IndexError, struct.error) as exc:
        raise ReadError("damaged", f"文件 {name!r} 已损坏或不完整，请重新获取后再导入。") from exc
    if "EncryptedPackage" in streams or (len(head) == 12 and head[11] & 1):
        raise ReadError("encrypted", f"文件 {name!r} 有密码，请去掉密码后再导入。")
    if head:
        return DOC
    if streams & {"Workbook", "Book"}:
        return XLS
    return "演示文稿" if "PowerPoint Document" in streams else "旧版 Office 文件"


def _zipped(data: bytes, name: str) -> str:
    try:
        archive = zipfile.ZipFile(BytesIO(data))
        names = archive.namelist()
        if names[:1] == ["mimetype"]:
            with archive.open("mimetype") as kind:
                names.append("mimetype" + kind.read(100).decode("ascii", "replace"))
    except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, RuntimeError) as exc:
        raise ReadError("damaged", f"文件 {name!r} 已损坏或不完整，请重新获取后再导入。") from exc
    return next((found for part, found in _ZIP if any(n.startswith(part) for n in names)), "ZIP 压缩包")


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
