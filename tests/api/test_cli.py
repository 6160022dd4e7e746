"""The command line as a person or a script meets it, each command in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import COMMAND, ROOT, Ran, here, tongjian

TEXT = "德清县：驿站建到身边\n德清县建成新就业群体驿站46个，选派党建指导员210名。\n"
COMMANDS = (
    "ingest", "articles", "show", "facts", "practices", "extract", "search", "ask", "verify", "export", "import", "digest", "serve",
    "check", "rebuild", "backup", "restore", "doctor", "eval", "quantities", "demo",
)  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a library in ``资料 库``, of one good file, and the report of taking in five."""
    folder = tmp_path_factory.mktemp("用户 文件夹")
    (folder / "材料").mkdir()
    (folder / "材料" / "甲 一.txt").write_text(TEXT, encoding="utf8")
    (folder / "空.txt").touch()
    (folder / "错名.pdf").write_text("其实是文字。", encoding="utf8")
    (folder / "坏.pdf").write_bytes(b"%PDF-1.7\nnot a pdf")
    _encrypted(folder / "加密.pdf")
    ran = tongjian("ingest", "材料", "空.txt", "错名.pdf", "坏.pdf", "加密.pdf", "没有.txt", "--library", "资料 库", "--json", cwd=folder)
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


def _in(home: Path, *args: str, stdin: str = "", **env: str) -> Ran:
    return here(*args, "--library", "资料 库", "--json", cwd=home, stdin=stdin, **env)


# --- taking in ----------------------------------------------------------------------------------------------------------


def test_what_fails_is_named_with_its_reason_and_the_rest_is_kept(home: Path) -> None:
    code, out, err = json.loads((home / "report.json").read_text("utf8"))
    ran = Ran(code, out, err)
    documents = {d["name"]: d for d in ran.one["documents"]}
    assert ran.code == 3
    assert set(ran.one) == {"documents", "seconds"}
    assert {n: d["status"] for n, d in documents.items()} == {
        "甲 一.txt": "indexed", "空.txt": "failed", "错名.pdf": "failed", "坏.pdf": "failed", "加密.pdf": "failed", "没有.txt": "failed",
    }  # fmt: skip
    for name, told in {"空.txt": "空", "错名.pdf": "扩展名", "加密.pdf": "密", "没有.txt": "找不到", "坏.pdf": "坏"}.items():
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


# --- the two options and the exit codes -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "args",
    [
        ["--library", "资料 库", "--json", "articles"], ["articles", "--library", "资料 库", "--json"], ["--json", "articles", "--library=资料 库"],
        ["--library=资料 库", "articles", "--json"],
    ],
)  # fmt: skip
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


# --- reading ------------------------------------------------------------------------------------------------------------


def test_show_has_the_body_that_offsets_point_into(home: Path) -> None:
    [article] = _in(home, "articles", "--body").rows
    shown = _in(home, "show", article["id"]).one
    assert shown["body"] == article["body"]
    for fact in _in(home, "facts").rows:
        assert shown["body"][fact["start"] : fact["end"]] == fact["text"]
        source = fact["source"]
        assert TEXT[source["start"] : source["end"]] == fact["text"]


def test_a_place_by_code_name_or_alias(home: Path) -> None:
    for place in ("330521", "德清县", "德清", "浙江省", "330500"):
        assert len(_in(home, "facts", "--place", place).rows) == 2
    assert _in(home, "facts", "--place", "江苏省").rows == []


def test_search_hits_are_the_bodys_own_characters(home: Path) -> None:
    [article] = _in(home, "articles", "--body").rows
    for mode in ("hybrid", "dense", "lexical"):
        found = _in(home, "search", "党建指导员", "--mode", mode).one
        assert [h["rank"] for h in found["hits"]] == [1]
        hit = found["hits"][0]
        assert article["body"][hit["start"] : hit["end"]] == hit["text"]


@pytest.mark.parametrize("query", ['" OR NEAR( *', "(", "a AND", "'; --", "%", "标题:x", "[1]", "^驿站~2"])
def test_a_query_is_never_syntax(home: Path, query: str) -> None:
    assert _in(home, "search", query).code == 0


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("-5度", [("-5", "度", "exact")]),
        ("三分之二", [("0.666666666667", None, "exact")]),
        ("无", []),
        ("约2000余个", [("2000", "个", "approx_above")]),
    ],
)
def test_quantities(text: str, rows: list[tuple[str, str | None, str]]) -> None:
    ran = here("quantities", text, "--json")
    assert ran.code == 0, ran.err
    assert [(r["value"], r["unit"], r["bound"]) for r in ran.rows] == rows


def test_verify_from_stdin_and_from_a_file(home: Path) -> None:
    answer = _in(home, "ask", "德清县选派了多少名党建指导员？").one
    assert "210" in answer["text"]
    forged = json.loads(json.dumps(answer).replace("210\\u540d", "211\\u540d"))
    forged["citations"] = answer["citations"]
    ran = tongjian("verify", "-", "--library", "资料 库", "--json", cwd=home, stdin=json.dumps(answer, ensure_ascii=False))
    assert ran.one == {"claims": [{"n": 1, "verified": True, "reasons": []}]}
    (home / "答案.json").write_text(json.dumps(forged, ensure_ascii=False), encoding="utf-8-sig")
    [verdict] = _in(home, "verify", "答案.json").one["claims"]
    assert (verdict["n"], verdict["verified"]) == (1, False)
    assert verdict["reasons"]


@pytest.mark.parametrize("text", ["", "not json", "[]", "{}", '{"claims": 1}', "null"])
def test_verify_of_something_else(home: Path, text: str) -> None:
    ran = _in(home, "verify", "-", stdin=text)
    assert ran.code == 2
    assert "Traceback" not in ran.err


# --- keeping --------------------------------------------------------------------------------------------------------------


def test_backup_restore_rebuild_check(home: Path, tmp_path: Path) -> None:
    before = [_in(home, *what).out for what in (["articles", "--body"], ["facts"], ["practices"])]
    out = tmp_path / "备 份.tar"
    assert _in(home, "backup", str(out)).one["bytes"] == out.stat().st_size
    other = str(tmp_path / "恢复 库")
    assert here("restore", str(out), "--library", other, "--json").code == 0
    after = [here(*what, "--library", other, "--json").out for what in (["articles", "--body"], ["facts"], ["practices"])]
    assert after == before
    assert here("check", "--library", other, "--json").one["ok"] is True
    hits = here("search", "指导员", "--library", other, "--json").one["hits"]
    assert hits == _in(home, "search", "指导员").one["hits"]
    assert here("rebuild", "--library", other, "--json").one == {"passages": len(hits)}
    again = here("restore", str(out), "--library", other, "--json")
    assert (again.code, "不是空的" in again.err) == (2, True)


def test_a_damaged_index_is_told_and_mended(home: Path, tmp_path: Path) -> None:
    import shutil

    library = tmp_path / "库"
    shutil.copytree(home / "资料 库", library)
    shutil.rmtree(library / "index")
    looked = here("check", "--library", str(library), "--json")
    assert (looked.code, looked.one["ok"]) == (3, False)
    assert "rebuild" in " ".join(looked.one["problems"])
    assert here("rebuild", "--library", str(library), "--json").code == 0
    assert here("check", "--library", str(library), "--json").code == 0
    assert len(here("search", "指导员", "--library", str(library), "--json").one["hits"]) == 1


def test_a_file_that_is_no_backup_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.tar").write_bytes(b"no tar" * 1000)
    ran = here("restore", str(tmp_path / "x.tar"), "--library", str(tmp_path / "库"))
    assert ran.code == 1
    assert "备份" in ran.err
    assert not (tmp_path / "库").exists()


def test_doctor_tells_what_is_here(home: Path) -> None:
    checks = _in(home, "doctor").one["checks"]
    assert len(checks) > 5
    assert all(set(c) >= {"name", "ok", "told"} for c in checks)


# --- machines -------------------------------------------------------------------------------------------------------------


def test_help_names_every_command() -> None:
    ran = tongjian("--help")
    assert ran.code == 0
    named = {line.split()[0] for line in ran.out.splitlines() if line.startswith("  ") and line.strip()}
    assert set(COMMANDS) <= named


@pytest.mark.parametrize("command", [c for c in COMMANDS])
def test_every_command_has_help(command: str) -> None:
    ran = here(command, "--help")
    assert ran.code == 0, ran.err
    assert command in ran.out


def test_help_imports_nothing_heavy() -> None:
    heavy = ("chromadb", "onnxruntime", "sqlalchemy", "jieba", "tantivy", "langchain", "fastapi", "numpy", "pypdfium2", "docx")
    code = f"from api.cli.app import run\nimport sys\nrun(['--help'])\nsys.exit(','.join(m for m in {heavy!r} if m in sys.modules) or 0)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_gbk_console_gets_gbk(home: Path) -> None:
    for args in (["facts"], ["ask", "德清县选派了多少名党建指导员？"]):
        ran = tongjian(*args, "--library", "资料 库", cwd=home, PYTHONIOENCODING="gbk", PYTHONUTF8="0")
        assert ran.code == 0, ran.err
        assert "�" not in ran.out
    ran = tongjian("quantities", "✓选派①名ǎ干部😀210名", PYTHONIOENCODING="gbk", PYTHONUTF8="0")
    assert ran.code == 0, ran.err
    assert "210" in ran.out


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no pseudo-terminals here")
def test_a_terminal_in_gbk(home: Path) -> None:
    import pty

    left, right = pty.openpty()
    env = {k: v for k, v in os.environ.items() if not k.startswith("TONGJIAN_") or k == "TONGJIAN_CACHE"}
    done = subprocess.Popen(
        [*COMMAND, "ask", "德清县选派了多少名党建指导员？", "--library", "资料 库"], cwd=home, stdout=right, stderr=right, stdin=right,
        env=env | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0", "TERM": "xterm", "COLUMNS": "200"},
    )  # fmt: skip
    os.close(right)
    shown = b""
    try:
        while block := os.read(left, 4096):
            shown += block
    except OSError:
        pass
    finally:
        os.close(left)
    assert done.wait(60) == 0, shown
    assert "210名" in shown.decode("gbk")
    assert "\x1b[?" not in shown.decode("gbk")


def test_a_home_that_cannot_be_written(home: Path, tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file, not a folder")
    (tmp_path / "tmp").mkdir()
    env = {"HOME": str(tmp_path / "home"), "TMPDIR": str(tmp_path / "tmp"), "XDG_CACHE_HOME": str(tmp_path / "home" / "x")}
    ran = tongjian("ingest", str(home / "材料"), "--library", str(tmp_path / "库"), "--json", **env)
    assert ran.code == 0, ran.err
    assert [d["status"] for d in ran.one["documents"]] == ["indexed"]
    assert tongjian("ask", "德清县建成多少个驿站？", "--library", str(tmp_path / "库"), "--json", **env).one["refused"] is False


def test_a_reader_that_stops_reading_is_no_error(home: Path) -> None:
    command = " ".join(f"'{part}'" for part in (*COMMAND, "facts", "--library", "资料 库", "--json"))
    done = subprocess.run(
        ["sh", "-c", f"{command} | head -c 5"], cwd=home, capture_output=True, text=True, check=False, env=os.environ | {"PYTHONPATH": str(ROOT)}
    )
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


def test_no_file_is_left_where_the_user_stands(home: Path, tmp_path: Path) -> None:
    here("ask", "德清县建成多少个驿站？", "--library", str(home / "资料 库"), cwd=tmp_path)
    here("quantities", "5名", cwd=tmp_path)
    assert list(tmp_path.iterdir()) == []
