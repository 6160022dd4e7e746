"""One library in a user's folder for all tests of the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import tongjian

TEXT = "德清县：驿站建到身边\n德清县建成新就业群体驿站46个，选派党建指导员210名。\n"


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a library in ``资料 库``, of one good file, and the report of taking in five."""
    folder = tmp_path_factory.mktemp("用户 文件夹")
    (folder / "材料").mkdir()
    (folder / "材料" / "甲 一.txt").write_text(TEXT, encoding="utf8")
    (folder / "空.txt").touch()
    (folder / "错名.pdf").write_text("其实是文字。", encoding="utf8")
    (folder / "坏.pdf").write_bytes(b"%PDF-1.7\nnot a pdf")
    _encrypted(folder / "加密.pdf")
    ran = tongjian(
        "ingest",
        "材料",
        "空.txt",
        "错名.pdf",
        "坏.pdf",
        "加密.pdf",
        "没有.txt",
        "--library",
        "资料 库",
        "--json",
        cwd=folder,
    )
    (folder / "report.json").write_text(json.dumps([ran.code, ran.out, ran.err]), encoding="utf8")
    return folder


def _encrypted(path: Path) -> None:
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret", algorithm="RC4-128")
    with path.open("wb") as out:
        writer.write(out)
    writer.close()
