"""Files that are broken, false, locked or malicious: each a ReadError of its kind, and the next file is fine."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
import zlib
from io import BytesIO
from pathlib import Path

import pytest

from corpus.errors import ReadError
from ingest.read import FileResult, Limits, read_file, read_in_child, read_many
from ingest.readers.ocr import is_here
from ingest.sniff import DOC, media_type
from tests.ingest.bulletin_pdf import Item, render
from tests.ingest.compound import compound

TEXT = "三塘镇办起夜校\n近日，三塘镇在六个村办起夜校，群众很满意。\n"


@pytest.fixture(scope="module")
def pdf() -> bytes:
    paragraph = "近日，三塘镇在六个村办起夜校，开设剪纸、电商、护理等课程，群众都说好。" * 3
    return render([Item("三塘镇：办起夜校", [paragraph], None, "三塘镇供稿")])


def kind_of(tmp_path: Path, name: str, data: bytes) -> str:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ReadError) as caught:
        read_file(path)
    assert repr(name) in caught.value.message
    return caught.value.kind


def objects(*bodies: bytes) -> bytes:
    """A PDF of the given objects, the first of them its catalogue."""
    out, offsets = b"%PDF-1.4\n", []
    for i, body in enumerate(bodies, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (i, body)
    table = b"".join(b"%010d 00000 n \n" % at for at in offsets)
    size = len(bodies) + 1
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%btrailer << /Size %d /Root 1 0 R >>\n" % (size, table, size)
    return out + b"startxref\n%d\n%%%%EOF" % start


PAGES = (
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>",
)


def stream(head: bytes, data: bytes) -> bytes:
    return b"<< %b /Length %d >>\nstream\n%b\nendstream" % (head, len(data), data)


def bomb() -> bytes:
    return objects(*PAGES, stream(b"/Filter /FlateDecode", zlib.compress(b"0 0 m " * 100_000_000, 9)))


def endless() -> bytes:
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>"
    return objects(*PAGES, stream(b"", b"/X Do " * 3), stream(form, b"/X Do " * 3))


def test_empty_and_missing(tmp_path: Path) -> None:
    assert kind_of(tmp_path, "空.txt", b"") == "empty"
    assert kind_of(tmp_path, "空白.txt", b"\xef\xbb\xbf \r\n") == "empty"
    with pytest.raises(ReadError, match="找不到"):
        read_file(tmp_path / "没有.txt")
    with pytest.raises(ReadError, match="文件夹"):
        read_file(tmp_path)


def test_damaged_and_encrypted_pdf(tmp_path: Path, pdf: bytes) -> None:
    import pypdf

    assert kind_of(tmp_path, "坏.pdf", b"%PDF-1.7\nnot a pdf") == "damaged"
    assert kind_of(tmp_path, "截断.pdf", pdf[: len(pdf) // 2]) == "damaged"
    writer = pypdf.PdfWriter(clone_from=BytesIO(pdf))
    writer.encrypt("密码")
    out = BytesIO()
    writer.write(out)
    assert kind_of(tmp_path, "加密.pdf", out.getvalue()) == "encrypted"


def test_locked_office_files(tmp_path: Path) -> None:
    locked = compound({"EncryptionInfo": b"\4\0\4\0", "EncryptedPackage": bytes(5000)})
    assert kind_of(tmp_path, "加密.docx", locked) == kind_of(tmp_path, "加密.xlsx", locked) == "encrypted"
    fib = bytearray(12)
    assert media_type(compound({"WordDocument": bytes(fib)}), "旧.doc") == DOC
    fib[11] |= 1
    assert kind_of(tmp_path, "加密.doc", compound({"WordDocument": bytes(fib)})) == "encrypted"


def test_a_pdf_without_text_names_the_remedy(tmp_path: Path) -> None:
    path = tmp_path / "扫描.pdf"
    path.write_bytes(objects(*PAGES, stream(b"", b"0 0 50 50 re f")))
    with pytest.raises(ReadError, match="文字识别") as caught:
        read_file(path)
    assert caught.value.kind == "no_text"


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("网页.pdf", b"<!DOCTYPE html><html><body><p>hello</p></body></html>", "wrong_type"),
        ("文本.docx", TEXT.encode(), "wrong_type"),
        ("噪声.docx", bytes(range(32)) * 20, "damaged"),
        ("其实是.txt", b"%PDF-1.4\n1 0 obj", "wrong_type"),
        ("二进制.txt", b"\x01\x00\x02\x00\x03\x00" * 200, "wrong_type"),
        ("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "damaged"),
        ("照片.jpg", b"\xff\xd8\xff\xe0" + b"0" * 600, "damaged" if is_here() else "no_text"),
        ("公文.ceb", b"Founder CEB 3.0", "unsupported"),
        ("坏.docx", b"PK\x03\x04 not a zip", "damaged"),
    ],
)
def test_false_and_foreign_types(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    assert kind_of(tmp_path, name, data) == kind


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "文.txt"
    path.write_bytes(TEXT.encode(encoding))
    (article,) = read_file(path).articles
    assert (article.title, article.body) == ("三塘镇办起夜校", "近日，三塘镇在六个村办起夜校，群众很满意。")


def test_nuls_in_a_text_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "零.txt"
    path.write_bytes((TEXT * 5).replace("，群众", "，\0群众", 1).encode())
    body = read_file(path).articles[0].body
    assert "\0" not in body and "，群众很满意" in body


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "机密★10年\n三塘县工作报告\n各位代表：现在报告工作。"),
        ("a.txt", "000012\n秘 密\n关于有关工作的报告\n各单位：请阅。"),
        ("a.txt", "特急 绝密★启用前\n试题说明\n请妥善保管。"),
        ("机密★5年 情况报告.txt", TEXT),
        ("【秘密】情况报告.txt", TEXT),
    ],
)
def test_marked_documents_are_refused(tmp_path: Path, name: str, text: str) -> None:
    assert kind_of(tmp_path, name, text.encode()) == "marked"


def test_a_mark_in_a_page_head_is_seen(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    document.add_paragraph("关于有关工作的报告。")
    document.sections[0].header.paragraphs[0].text = "机密★3年"
    path = tmp_path / "报告.docx"
    document.save(str(path))
    with pytest.raises(ReadError) as caught:
        read_file(path)
    assert caught.value.kind == "marked"


@pytest.mark.parametrize("name", ["商业秘密保护工作通知.txt", "保守国家秘密宣传.txt"])
def test_the_word_in_running_text_is_no_mark(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("关于加强商业秘密保护的通知\n各单位：\n商业秘密是企业的核心资产，涉及国家秘密的按规定办理。\n")
    assert read_file(path).articles[0].kind == "notice"


def test_internal_papers_are_flagged(tmp_path: Path) -> None:
    path = tmp_path / "内参.txt"
    path.write_text("内部资料 注意保存\n三塘工作简报\n第3期\n\n" + TEXT)
    assert "internal" in read_file(path).articles[0].flags


def test_a_bomb_and_a_crash_cost_one_file_each(tmp_path: Path, pdf: bytes) -> None:
    files = {
        "甲.txt": TEXT.encode(),
        "炸弹.pdf": bomb(),
        "乙.txt": TEXT.encode() * 2,
        "循环.pdf": endless(),
        "丙.pdf": pdf,
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    limits = Limits(memory_bytes=1_000_000_000, cpu_seconds=3, wall_seconds=10)
    found = list(read_many([tmp_path / n for n in files], workers=2, limits=limits, work=read_file))
    assert [path.name for path, _ in found] == list(files)
    assert [isinstance(result, FileResult) for _, result in found] == [True, False, True, False, True]
    for _, result in (found[1], found[3]):
        assert isinstance(result, ReadError) and result.kind in ("time", "memory", "crashed", "no_text")


def test_a_hang_is_stopped_by_the_clock(tmp_path: Path) -> None:
    path = tmp_path / "炸弹.pdf"
    path.write_bytes(bomb())
    with pytest.raises(ReadError) as caught:
        read_in_child(path, Limits(wall_seconds=1.0))
    assert caught.value.kind == "time"


def leave_aside(path: Path, limits: Limits) -> str:
    """Write a copy aside, and die on the second file before it can be taken away."""
    aside = Path(tempfile.mkdtemp()) / "copy"
    aside.write_bytes(path.read_bytes())
    if path.name == "乙.txt":
        os.kill(os.getpid(), signal.SIGKILL)
    return str(aside)


def test_nothing_that_a_child_wrote_aside_outlives_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    aside = tmp_path / "aside"
    aside.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(aside))
    paths = [tmp_path / name for name in ("甲.txt", "乙.txt", "丙.txt")]
    for path in paths:
        path.write_text(TEXT)
    found = [result for _, result in read_many(paths, work=leave_aside)]
    assert [isinstance(each, str) and Path(each).is_relative_to(aside) for each in found] == [True, False, True]
    assert list(aside.iterdir()) == []


def test_a_child_whose_parent_is_killed_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "aside").mkdir()
    (tmp_path / "甲.txt").write_text(TEXT)
    code = (
        "import os, signal; from pathlib import Path; from ingest.read import read_many; "
        "from tests.ingest.test_hostile import leave_aside; "
        "read = read_many([Path('甲.txt')] * 9, work=leave_aside); next(read); os.kill(os.getpid(), signal.SIGKILL)"
    )
    here = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "TMPDIR": str(tmp_path / "aside")}
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env={**os.environ, **here}, check=False)
    assert done.returncode == -signal.SIGKILL
    deadline = time.monotonic() + 20
    while list((tmp_path / "aside").iterdir()) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert list((tmp_path / "aside").iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="process groups")
def test_a_converter_that_hangs_ends_with_the_child_that_waits_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = tmp_path / "soffice"
    office.write_text(f"#!/bin/sh\nsleep 300 &\necho $! > {tmp_path}/pid\nwait\n")
    office.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    path = tmp_path / "甲.rtf"
    path.write_bytes(rb"{\rtf1\ansi Hello}")
    with pytest.raises(ReadError) as caught:
        read_in_child(path, Limits(wall_seconds=4.0))
    assert caught.value.kind == "time"
    started = int((tmp_path / "pid").read_text())
    deadline = time.monotonic() + 10
    while _runs(started) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _runs(started)


def _runs(process: int) -> bool:
    """Whether a process is there and not a zombie that waits to be taken away."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{process}/stat")
    return not (stat.is_file() and stat.read_text().rpartition(")")[2].split()[0] == "Z")


def test_the_child_reads_as_the_parent_does(tmp_path: Path) -> None:
    path = tmp_path / "夜 校.txt"
    path.write_text(TEXT)
    assert read_in_child(path) == read_file(path)
