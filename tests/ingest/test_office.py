"""Files of old Word, WPS, RTF and ODT, made by LibreOffice and read back; clear words where it is not installed."""

from __future__ import annotations

import subprocess
from pathlib import Path

import docx
import pytest

from corpus.errors import ReadError
from ingest.read import read_file, read_in_child
from ingest.readers.office import find_office

OFFICE = find_office()
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
LEAD = "近日，德清县新建驿站12个，服务骑手3,400人次，群众都说好。（虚构样例）"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    document = docx.Document()
    document.add_heading("德清县驿站建设情况", 1)
    document.add_paragraph(LEAD)
    table = document.add_table(2, 2, style="Table Grid")
    for cell, text in zip((c for row in table.rows for c in row.cells), ("镇", "驿站（个）", "武康", "5"), strict=True):
        cell.text = text
    document.add_paragraph("下一步，德清县还要继续办好驿站。")
    path = tmp_path_factory.mktemp("office") / "原件.docx"
    document.save(str(path))
    return path


def saved_as(original: Path, ending: str) -> Path:
    folder = original.parent
    profile = (folder / "profile").as_uri()
    command = [
        str(OFFICE),
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        ending,
        "--outdir",
        folder,
    ]
    subprocess.run([*map(str, command), str(original)], check=True, capture_output=True, timeout=120)
    return folder / f"原件.{ending}"


@needs_office
@pytest.mark.parametrize("ending", ["doc", "rtf", "odt"])
def test_old_formats_read_as_their_original(original: Path, ending: str) -> None:
    result = read_in_child(saved_as(original, ending))
    (article,), (same,) = result.articles, read_file(original).articles
    assert (article.title, article.body) == (same.title, same.body)
    assert [[c.of(article.body) for c in row] for row in article.tables[0].rows] == [
        ["镇", "驿站（个）"],
        ["武康", "5"],
    ]
    assert result.document.reader == "libreoffice"


@needs_office
def test_a_wps_file_is_told_by_its_streams(original: Path, tmp_path: Path) -> None:
    path = tmp_path / "材料.wps"
    path.write_bytes(saved_as(original, "doc").read_bytes())
    assert read_file(path).articles[0].body.startswith(LEAD)


@needs_office
def test_a_broken_old_file_is_named(original: Path, tmp_path: Path) -> None:
    data = saved_as(original, "doc").read_bytes()
    path = tmp_path / "坏.doc"
    path.write_bytes(data[: len(data) // 3])
    with pytest.raises(ReadError, match="坏.doc"):
        read_file(path)


def test_without_libreoffice_the_remedy_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.readers.office.find_office", lambda: None)
    path = tmp_path / "材料.rtf"
    path.write_bytes(rb"{\rtf1\ansi hello}")
    with pytest.raises(ReadError, match="LibreOffice.*docx") as caught:
        read_file(path)
    assert caught.value.kind == "unsupported"


def test_a_file_named_doc_that_is_something_else_is_read_as_what_it_is(original: Path, tmp_path: Path) -> None:
    path = tmp_path / "材料.doc"
    path.write_bytes(original.read_bytes())
    assert read_file(path).articles[0].body.startswith(LEAD)
    path.write_bytes(f"<html><body><h1>德清县驿站</h1><p>{LEAD}</p></body></html>".encode())
    assert LEAD in read_file(path).articles[0].body
