"""The command line: taking in, the two options that every command has, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.api.conftest import TEXT
from tests.conftest import Ran, here


def _in(home: Path, *args: str, stdin: str = "", **env: str) -> Ran:
    return here(*args, "--library", "资料 库", "--json", cwd=home, stdin=stdin, **env)


# --- taking in ---


def test_what_fails_is_named_with_its_reason_and_the_rest_is_kept(home: Path) -> None:
    code, out, err = json.loads((home / "report.json").read_text("utf8"))
    ran = Ran(code, out, err)
    documents = {d["name"]: d for d in ran.one["documents"]}
    assert ran.code == 3
    assert set(ran.one) == {"documents", "seconds"}
    assert {n: d["status"] for n, d in documents.items()} == {
        "甲 一.txt": "indexed",
        "空.txt": "failed",
        "错名.pdf": "failed",
        "坏.pdf": "failed",
        "加密.pdf": "failed",
        "没有.txt": "failed",
    }
    for name, told in {
        "空.txt": "空",
        "错名.pdf": "扩展名",
        "加密.pdf": "密",
        "没有.txt": "找不到",
        "坏.pdf": "坏",
    }.items():
        assert told in documents[name]["reason"]
        assert name in documents[name]["reason"]
        assert documents[name]["reason"] in ran.err
    assert documents["甲 一.txt"]["path"] == str(Path("材料", "甲 一.txt"))
    assert [a["name"] for a in _in(home, "articles").rows] == ["甲 一.txt"]


def test_the_same_bytes_are_a_duplicate_whatever_their_name(home: Path, tmp_path: Path) -> None:
    (tmp_path / "又名.txt").write_text(TEXT, encoding="utf8")
    ran = _in(home, "ingest", str(tmp_path / "又名.txt"), str(home / "材料"))
    assert ran.code == 0
    assert [d["status"] for d in ran.one["documents"]] == ["duplicate", "duplicate"]


def test_extract_needs_no_library(home: Path, tmp_path: Path) -> None:
    ran = here("extract", str(home / "材料" / "甲 一.txt"), "--json", cwd=tmp_path)
    assert ran.code == 0
    assert [(f["text"], f["value"], f["unit"]) for f in ran.rows] == [("46个", "46", "个"), ("210名", "210", "名")]
    assert list(tmp_path.iterdir()) == []


def test_extract_of_what_cannot_be_read(home: Path) -> None:
    ran = here("extract", str(home / "空.txt"), str(home / "材料"), "--json")
    assert (ran.code, len(ran.rows)) == (3, 2)
    assert "空.txt" in ran.err


# --- the two options and the exit codes -----------------------------------------------------------------------------------  # noqa: E501


@pytest.mark.parametrize(
    "args",
    [
        ["--library", "资料 库", "--json", "articles"],
        ["articles", "--library", "资料 库", "--json"],
        ["--json", "articles", "--library=资料 库"],
        ["--library=资料 库", "articles", "--json"],
    ],
)
def test_options_before_and_after_the_command(home: Path, args: list[str]) -> None:
    ran = here(*args, cwd=home)
    assert ran.code == 0
    assert [a["name"] for a in ran.rows] == ["甲 一.txt"]


def test_the_library_may_stand_in_the_environment(home: Path) -> None:
    assert len(here("articles", "--json", cwd=home, TONGJIAN_LIBRARY="资料 库").rows) == 1


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["articles"], 0),
        (["ask", "三亚市有多少个驿站？"], 0),
        (["search", "毫不相干的词语"], 0),
        (["check"], 0),
        (["show", "0000000000000000"], 1),
        (["verify", "没有.json"], 1),
        (["restore", "没有.tar"], 1),
        (["ask", " "], 2),
        (["search", "驿站", "--from", "昨天"], 2),
        (["search", "驿站", "--mode", "magic"], 2),
        (["search", "驿站", "-k", "0"], 2),
        (["facts", "--place", "火星"], 2),
        (["facts", "--status", "finished"], 2),
        (["extract", "材料", "--what", "magic"], 2),
        (["no-such-command"], 2),
        (["ask"], 2),
        (["articles", "--no-such-option"], 2),
        (["export", "out.docx"], 2),
    ],
)
def test_exit_codes(home: Path, args: list[str], code: int) -> None:
    ran = _in(home, *args)
    assert ran.code == code, ran.err
    assert "Traceback" not in ran.err
    for line in ran.out.splitlines():
        json.loads(line)
    if code:
        assert ran.err.strip()


def test_without_a_library_there_is_a_message_and_no_library_is_made(tmp_path: Path) -> None:
    for command in (["articles"], ["ask", "驿站有几个？"], ["check"], ["rebuild"], ["facts"]):
        ran = here(*command, "--library", "无 此库", cwd=tmp_path)
        assert ran.code == 1
        assert "无 此库" in ran.err
        assert "ingest" in ran.err
    assert list(tmp_path.iterdir()) == []


def test_a_library_path_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "库").write_text("x")
    (tmp_path / "甲.txt").write_text(TEXT, encoding="utf8")
    ran = here("ingest", "甲.txt", "--library", "库", cwd=tmp_path)
    assert ran.code == 1
    assert "'库'" in ran.err
    assert "Traceback" not in ran.err


def test_a_bad_setting_is_named(home: Path) -> None:
    ran = _in(home, "articles", TONGJIAN_WORKERS="many")
    assert ran.code == 2
    assert "TONGJIAN_WORKERS" in ran.err
