"""What a file really is, from its bytes."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import PurePath

from corpus.errors import ReadError

TEXT, HTML, PDF = "text/plain", "text/html", "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLS, ODS = "application/vnd.ms-excel", "application/vnd.oasis.opendocument.spreadsheet"
XLSB, EXCEL_XML = "application/vnd.ms-excel.sheet.binary.macroenabled.12", "application/vnd.ms-excel+xml"
CSV, JSON = "text/csv", "application/json"
OFD = "application/ofd"
EML, MHTML = "message/rfc822", "multipart/related"
SHEETS = (XLSX, XLS, ODS, XLSB, EXCEL_XML)
DOC, RTF, ODT = "application/msword", "application/rtf", "application/vnd.oasis.opendocument.text"
WORD_XML = "application/msword+xml"
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
    (b"CAJ\x00", "知网 CAJ 文档"),
    (b"KDH ", "知网 CAJ 文档"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf", "7z 压缩包"),
    (b"\x1f\x8b", "gzip 压缩包"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "快捷方式"),
    (b"ID3", "视频或录音"),
    (b"\x7fELF", "程序"),
    (b"MZ", "程序"),
)
_ZIP = (
    ("word/document.xml", DOCX),
    ("mimetypeapplication/vnd.oasis.opendocument.text", ODT),
    ("OFD.xml", OFD),
    ("xl/workbook.bin", XLSB),
    ("xl/workbook", XLSX),
    ("mimetypeapplication/vnd.oasis.opendocument.spreadsheet", ODS),
    ("ppt/", "演示文稿"),
    ("uof.xml", "UOF 文档"),
)
_XML = (
    (re.compile(rb"<(?:\w+:)?Workbook[\s>].*urn:schemas-microsoft-com:office:spreadsheet", re.S), EXCEL_XML),
    (re.compile(rb"<(?:w:wordDocument|pkg:package)[\s>]"), WORD_XML),
    (re.compile(rb"<uof:UOF[\s>]|schemas\.uof\.org"), "UOF 文档"),
)
_READABLE = {
    TEXT: "纯文本", HTML: "网页（HTML）", PDF: "PDF", DOCX: "Word 文档（DOCX）", "image/png": "PNG 图片",
    "image/jpeg": "JPEG 图片", "image/gif": "GIF 图片", "image/bmp": "BMP 图片", "image/tiff": "TIFF 图片",
    "image/webp": "WebP 图片", DOC: "旧版 Word 或 WPS 文档", RTF: "RTF 文档", ODT: "ODT 文档",
    WORD_XML: "Word 2003 XML 文档", EXCEL_XML: "Excel 2003 XML 表格", XLSB: "Excel 二进制工作簿（XLSB）",
    XLSX: "Excel 工作簿", XLS: "旧版 Excel 或 ET 表格", ODS: "ODS 表格", CSV: "CSV 表格", JSON: "JSON",
    OFD: "OFD 版式文件", EML: "邮件（EML）", MHTML: "网页存档（MHTML）",
}  # fmt: skip
_BY_EXTENSION = {"pdf": PDF, "docx": DOCX}
_FOREIGN = {
    **dict.fromkeys(("caj", "nh", "kdh", "teb", "caa"), "知网 CAJ 文档"),
    **dict.fromkeys(("ceb", "cebx"), "CEB 文档"),
    **dict.fromkeys(("uof", "uot", "uos", "uop"), "UOF 文档"),
    "lnk": "快捷方式", "sep": "书生 SEP 文档", "gd": "书生 GD 文档", "gw": "书生 GD 文档",
}  # fmt: skip
"""What a file is by its name where its bytes tell nothing: these formats have no mark that is published."""
_LETTER = re.compile(
    rb"(?:From [^\r\n]*\r?\n)?(?:[A-Za-z][A-Za-z0-9-]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,}", re.I
)
_MIME = re.compile(rb"^Content-Type:\s*([a-z]+/[a-z0-9.+-]+)", re.I | re.M)
_SAVED = re.compile(rb"^(?:Snapshot-Content-Location:|From:\s*<?Saved by|X-MimeOLE:)|type=\"?text/html", re.I | re.M)
_SENT = re.compile(rb"^(?:From|To|Subject|Date|Received):", re.I | re.M)
_TAG = re.compile(rb"<(?:!doctype\s+html|html|head|body|div|p|table|meta)[\s>]", re.I)
_REMEDY = {
    "CEB": "请用方正 Apabi 阅读器打印为 PDF 后再导入。",
    "CAJ": "请用 CAJViewer 打印为 PDF 后再导入。",
    "书生": "请用书生阅读器打印为 PDF 后再导入。",
    "UOF": "请用 WPS、永中 Office 或 LibreOffice 另存为 .docx 或 .xlsx 后再导入。",
    "Outlook": "请在 Outlook 中另存为 PDF 或 .html 后再导入。",
    "旧版": "请用 Word 或 WPS 另存为 .docx 后再导入。",
    "演示文稿": "请另存为 PDF 后再导入。",
    "程序": "程序不是材料，不必导入，请看是否选错了文件。",
    "HEIC": "请另存为 JPG 或 PNG 后再导入。",
    "视频": "请先转写成文字后再导入。",
    "快捷方式": "请导入它指向的文件。",
    "压缩包": "请先解压，再导入其中的文件。",
}


_HEAD, _NOISE = 4096, 0.05
"""Bytes looked at, and the share of control characters among them that no text has."""


def _is_noise(head: bytes) -> bool:
    return sum(byte < 9 or 13 < byte < 32 for byte in head) > _NOISE * len(head)


def media_type(data: bytes, name: str) -> str:
    """The media type the bytes have, one of those that can be read; a text named .csv, .tsv or .json is such.

    Raises:
        ReadError: kind ``empty``, ``unsupported``, ``wrong_type`` (the name promises another format), ``encrypted`` or
            ``damaged``.
    """
    if not data.strip(b"\x00\r\n\t \xef\xbb\xbf\xff\xfe"):
        raise ReadError("empty", f"文件 {name!r} 是空的，请检查是否上传完整。")
    extension = PurePath(name).suffix.lower().lstrip(".")
    found = _found(data, name)
    if found in (TEXT, "ZIP 压缩包", "旧版 Office 文件"):
        found = _FOREIGN.get(extension, found)
    if extension in ("csv", "tsv") and found == TEXT:
        return CSV
    if extension in ("json", "jsonl", "ndjson") and found in (TEXT, HTML):
        return JSON
    promised = _BY_EXTENSION.get(extension)
    if promised not in (None, found):
        really = _READABLE.get(found, found)
        if found == TEXT and _is_noise(data[:_HEAD]):
            raise ReadError("damaged", f"文件 {name!r} 已损坏，或不是{_READABLE[promised]}，请重新获取后再导入。")
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
    if data[4:8] == b"ftyp":
        return "HEIC 图片" if data[8:12] in (b"heic", b"heix", b"hevc", b"mif1", b"heif") else "视频或录音"
    head = data[:_HEAD].replace(b"\x00", b"")
    if kind := sent_as(head, name):
        return kind
    for pattern, label in _XML:
        if pattern.search(head):
            return label
    return HTML if _TAG.search(head) else TEXT


def sent_as(head: bytes, name: str) -> str | None:
    """Whether a file begins as a letter or a saved page does, with lines of a MIME message, and which it is."""
    kind = _MIME.search(head)
    if _LETTER.match(head) and (kind or (name.lower().endswith(".eml") and _SENT.search(head))):
        related = kind is not None and kind.group(1).lower() == b"multipart/related"
        return MHTML if related and (_SAVED.search(head) or not _SENT.search(head)) else EML
    return None


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
    if "__properties_version1.0" in streams:
        return "Outlook 邮件（MSG）"
    return "演示文稿" if "PowerPoint Document" in streams else "旧版 Office 文件"


def _zipped(data: bytes, name: str) -> str:
    try:
        archive = zipfile.ZipFile(BytesIO(data))
        names = archive.namelist()
        if names[:1] == ["mimetype"]:
            with archive.open("mimetype") as kind:
                names.append("mimetype" + kind.read(100).decode("ascii", "replace"))
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError) as exc:
        raise ReadError("damaged", f"文件 {name!r} 已损坏或不完整，请重新获取后再导入。") from exc
    return next((found for part, found in _ZIP if any(n.startswith(part) for n in names)), "ZIP 压缩包")
