"""Files made to do harm, by a script: bombs, loops, truncations, flipped bytes, wrong names. ``python -m`` writes them.

Each entry is a name and its bytes; all are made here, none is real.
"""

from __future__ import annotations

import io
import random
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.ingest.bulletin_pdf import Item, render
from tests.ingest.compound import compound
from tests.ingest.test_hostile import PAGES, bomb, endless, objects, stream

TEXT = "德清县新建驿站12个，骑手歇脚、喝水、充电都有了去处，群众都说好。（虚构样例）"
Entry = tuple[str, bytes]


def hostile() -> Iterator[Entry]:
    """Every file: its name and its bytes."""
    for make in (_pdf, _docx, _archives, _html, _text, _other, _names):
        yield from make()


def _sound_pdf(paragraphs: int = 6) -> bytes:
    return render([Item("德清县：驿站建设", [TEXT * 4] * paragraphs, None, "德清县供稿")])


def _pdf() -> Iterator[Entry]:
    sound = _sound_pdf()
    yield "炸弹.pdf", bomb()
    yield "自引用.pdf", endless()
    for share in (10, 50, 90, 99):
        yield f"截断{share}.pdf", sound[: len(sound) * share // 100]
    for seed in range(6):
        yield f"翻转{seed}.pdf", _flipped(sound, seed)
    yield "百万算符.pdf", objects(*PAGES, stream(b"", b"1 0 0 1 0 0 cm " * 1_500_000))
    yield "页树成环.pdf", objects(PAGES[0], b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>")
    yield "无页.pdf", objects(PAGES[0], b"<< /Type /Pages /Kids [] /Count 0 >>")
    yield "假页数.pdf", objects(PAGES[0], b"<< /Type /Pages /Kids [3 0 R] /Count 900000000 >>", PAGES[2])
    yield "巨大页面.pdf", objects(*PAGES[:2], PAGES[2].replace(b"100 100", b"1e30 1e30"), stream(b"", b"BT ET"))
    yield "负页面.pdf", objects(*PAGES[:2], PAGES[2].replace(b"0 0 100 100", b"9 9 -9 -9"), stream(b"", b"BT ET"))
    yield "深数组.pdf", objects(*PAGES, stream(b"/X " + b"[" * 100_000 + b"]" * 100_000, b""))
    yield (
        "启动程序.pdf",
        objects(
            b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /Launch /F (calc.exe) >> >>",
            *PAGES[1:],
            stream(b"", b""),
        ),
    )
    yield "多页.pdf", _many_pages(1800)
    yield "只有文件头.pdf", b"%PDF-1.7\n%%EOF"
    yield (
        "层层压缩.pdf",
        objects(*PAGES, stream(b"/Filter [/FlateDecode /FlateDecode]", _twice(b"0 0 m " * 50_000_000))),
    )


def _many_pages(n: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (3 + i) for i in range(n))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>"
    return objects(PAGES[0], b"<< /Type /Pages /Kids [%b] /Count %d >>" % (kids, n), *[page] * n)


def _twice(data: bytes) -> bytes:
    return zlib.compress(zlib.compress(data, 9), 9)


def _flipped(data: bytes, seed: int) -> bytes:
    changed = bytearray(data)
    rng = random.Random(seed)
    for _ in range(len(data) // 200):
        changed[rng.randrange(20, len(data))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _sound_docx(paragraphs: int = 3) -> dict[str, bytes]:
    import docx

    document = docx.Document()
    document.add_paragraph("德清县驿站建设情况")
    for _ in range(paragraphs):
        document.add_paragraph(TEXT)
    out = io.BytesIO()
    document.save(out)
    with zipfile.ZipFile(out) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _zipped(parts: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


W = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _body(xml: bytes, head: bytes = b"") -> bytes:
    text = b'<?xml version="1.0" encoding="UTF-8"?>' + head + b"<w:document " + W + b"><w:body>" + xml
    return _zipped(_sound_docx() | {"word/document.xml": text + b"</w:body></w:document>"})


def _docx() -> Iterator[Entry]:
    sound = _zipped(_sound_docx())
    yield (
        "外部实体.docx",
        _body(b"<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    )
    laughs = b"".join(b'<!ENTITY l%d "%b">' % (i, b"&l%d;" % (i - 1) * 10) for i in range(1, 10))
    yield (
        "十亿笑声.docx",
        _body(b"<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>", b'<!DOCTYPE d [<!ENTITY l0 "lol">' + laughs + b"]>"),
    )
    yield "深嵌套.docx", _body(b"<w:sdt><w:sdtContent>" * 20_000 + b"</w:sdtContent></w:sdt>" * 20_000)
    nested = b"<w:tbl><w:tr><w:tc>" * 200 + b"<w:p/>" + b"</w:tc></w:tr></w:tbl>" * 200
    yield "表中表.docx", _body(nested)
    yield "压缩炸弹.docx", _body(b"<w:p><w:r><w:t>" + b"0" * 600_000_000 + b"</w:t></w:r></w:p>")
    for share in (20, 80):
        yield f"截断{share}.docx", sound[: len(sound) * share // 100]
    for seed in range(4):
        yield f"翻转{seed}.docx", _flipped(sound, seed)
    parts = _sound_docx()
    yield "无正文.docx", _zipped({k: v for k, v in parts.items() if k != "word/document.xml"})
    styles = (
        b"<w:styles " + W + b'><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:basedOn w:val="b"/></w:style>'
    )
    styles += b'<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>'
    yield "样式成环.docx", _zipped(parts | {"word/styles.xml": styles})
    yield "带宏.docx", _zipped(parts | {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0" + b"\0" * 600})
    yield "加密.docx", compound({"EncryptionInfo": b"\4\0\4\0", "EncryptedPackage": bytes(5000)})
    yield (
        "合并过宽.docx",
        _body(b'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'),
    )


def _archives() -> Iterator[Entry]:
    yield (
        "越界.zip",
        _zipped({"../../越界.txt": TEXT.encode(), "/绝对.txt": TEXT.encode(), "C:\\盘.txt": TEXT.encode()}),
    )
    yield "炸弹.zip", _zipped({"a.txt": b"0" * 300_000_000})
    inner = _zipped({"a.txt": TEXT.encode()})
    for _ in range(12):
        inner = _zipped({"里.zip": inner}, zipfile.ZIP_STORED)
    yield "套娃.zip", inner
    yield "数万项.zip", _zipped({f"{i}.txt": b"" for i in range(40_000)}, zipfile.ZIP_STORED)
    yield "怪名.zip", _zipped({"a\nb.txt": TEXT.encode(), "长" * 100 + ".txt": TEXT.encode(), " ": b"y"})
    yield "截断.zip", _zipped({"a.txt": TEXT.encode() * 50})[:60]
    yield "不是压缩包.zip", b"PK\x03\x04" + random.Random(1).randbytes(4000)
    yield "实体.ofd", _zipped({"OFD.xml": b'<!DOCTYPE o [<!ENTITY x SYSTEM "file:///etc/passwd">]><OFD>&x;</OFD>'})
    yield "空版式.ofd", _zipped({"OFD.xml": b"<ofd:OFD xmlns:ofd='http://www.ofdspec.org/2016'/>"})
    yield (
        "炸弹.xlsx",
        _zipped(
            {
                "[Content_Types].xml": b"<Types/>",
                "xl/workbook.xml": b"<workbook/>",
                "xl/worksheets/sheet1.xml": b" " * 300_000_000,
            }
        ),
    )


def _html() -> Iterator[Entry]:
    yield "深嵌套.html", b"<div>" * 200_000 + TEXT.encode() + b"</div>" * 200_000
    yield "不闭合.html", b"<table><tr><td>" * 20_000 + TEXT.encode()
    yield "大属性.html", b'<div class="' + b"a" * 20_000_000 + b'">' + TEXT.encode() + b"</div>"
    yield "实体海.html", b"<p>" + b"&amp;&#20013;" * 300_000 + b"</p>"
    yield "跨行无数.html", b'<table><tr><td rowspan="99999999" colspan="99999999">1</td></tr></table>' + TEXT.encode()
    yield "假编码.html", b'<meta charset="utf-99"><p>' + TEXT.encode("gb18030") + b"</p>"
    yield "只有脚本.html", b"<html><body><script>" + b"x=1;" * 200_000 + b"</script></body></html>"


def _text() -> Iterator[Entry]:
    yield "空.txt", b""
    yield "空白.txt", b"\xef\xbb\xbf" + b" \r\n" * 5000
    yield "随机.txt", random.Random(7).randbytes(200_000)
    yield "一行.txt", TEXT.encode() * 20_000
    yield "百万行.txt", ("甲\n" * 1_000_000).encode()
    yield "全角空格.txt", ("　" * 3_000_000).encode() + TEXT.encode()
    yield "控制字符.txt", bytes(range(1, 32)) * 500 + TEXT.encode()
    yield "坏编码.txt", TEXT.encode("gb18030")[:-1] + b"\xff\xfe\x80" * 50
    yield "开括号.txt", ("（“《【" * 200_000 + TEXT).encode()
    yield "数字海.txt", ("1,234.5万亿元至9.9%" * 100_000).encode()
    yield "表格.csv", ("a," * 200_000).encode()
    yield "不闭合.csv", ('标题,正文\n"' + TEXT * 2000).encode()


def _other() -> Iterator[Entry]:
    yield "图片炸弹.png", _png(60_000, 60_000)
    yield "截断.png", _png(100, 100)[:40]
    yield "截断.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\0" * 50
    yield "旧文档.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + random.Random(3).randbytes(4096)
    yield "程序.exe", b"MZ" + b"\0" * 500
    yield "假的.pdf", b"<html><body><p>" + TEXT.encode() + b"</p></body></html>"
    yield "假的.docx", _sound_pdf()
    yield "富文本.rtf", b"{\\rtf1" + b"{" * 100_000
    yield "邮件.eml", b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\n" * 50_000


def _png(width: int, height: int) -> bytes:
    """A PNG that claims a size; its pixels are a few compressed bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x00\x00\x00\x00"
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 10_000))
        + chunk(b"IEND", b"")
    )


def _names() -> Iterator[Entry]:
    for name in ("-rf.txt", "引'号\"$(x).txt", "表情😀.txt", "换\n行.txt", "长" * 80 + ".txt", "点..txt", "百分%s.txt"):
        yield name, f"德清县驿站建设\n{TEXT}{name}\n".encode()


def write_all(folder: Path, entries: Callable[[], Iterator[Entry]] = hostile) -> list[Path]:
    """Write the files to a folder; their paths."""
    paths = []
    for name, data in entries():
        path = folder / name
        path.write_bytes(data)
        paths.append(path)
    return paths


if __name__ == "__main__":
    write_all(Path(sys.argv[1]))
