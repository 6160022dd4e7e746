"""The command line: reading a library and keeping it."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest

from tests.api.conftest import TEXT
from tests.conftest import Ran, here, tongjian


def _in(home: Path, *args: str, stdin: str = "", **env: str) -> Ran:
    return here(*args, "--library", "资料 库", "--json", cwd=home, stdin=stdin, **env)


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
    ran = tongjian(
        "verify", "-", "--library", "资料 库", "--json", cwd=home, stdin=json.dumps(answer, ensure_ascii=False)
    )
    assert ran.one == {"claims": [{"n": 1, "verified": True, "reasons": []}]}
    (home / "答案.json").write_text(json.dumps(forged, ensure_ascii=False), encoding="utf-8-sig")
    [verdict] = _in(home, "verify", "答案.json").one["claims"]
    assert (verdict["n"], verdict["verified"]) == (1, False)
    assert verdict["reasons"]


def test_ask_after_another_question_and_by_own_aspects(home: Path) -> None:
    answer = _in(home, "ask", "那昆山市呢？", "--after", "德清县选派了多少名党建指导员？").one
    assert answer["plan"]["asked"] == "昆山市选派了多少名党建指导员？"
    (home / "方面.csv").write_text("name,definition,examples\n资金,钱从哪里来,经费；补贴\n", "utf-8-sig")
    answer = _in(home, "ask", "德清县的驿站怎么建的？", "--aspects", "方面.csv").one
    assert answer["plan"]["aspects"] == ["资金"]


@pytest.mark.parametrize("text", ["", "not json", "[]", "{}", '{"claims": 1}', "null"])
def test_verify_of_something_else(home: Path, text: str) -> None:
    ran = _in(home, "verify", "-", stdin=text)
    assert ran.code == 2
    assert "Traceback" not in ran.err


# --- keeping --------------------------------------------------------------------------------------------------------------  # noqa: E501


def test_backup_restore_rebuild_check(home: Path, tmp_path: Path) -> None:
    before = [_in(home, *what).out for what in (["articles", "--body"], ["facts"], ["practices"])]
    out = tmp_path / "备 份.tar"
    assert _in(home, "backup", str(out)).one["bytes"] == out.stat().st_size
    other = str(tmp_path / "恢复 库")
    assert here("restore", str(out), "--library", other, "--json").code == 0
    after = [
        here(*what, "--library", other, "--json").out for what in (["articles", "--body"], ["facts"], ["practices"])
    ]
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


def test_a_practice_told_by_several_articles_is_one(tmp_path: Path) -> None:
    folder = tmp_path / "简报"
    folder.mkdir()
    told = "近日，{place}推行“三送三提”工作法，送政策、送服务、送温暖，提素质、提能力、提效率，{rest}（虚构样例）"
    for name, place, rest in (
        ("县简报", "德清县", "走访骑手120人，解决停车、充电等问题36件。"),
        ("市简报", "湖州市德清县", "骑手反映的难题件件有回音，办结率达到九成以上。"),
        ("外县", "安吉县", "组织党员干部进村入户，办好民生实事58件。"),
    ):
        text = f"{place}：“三送三提”暖人心\n\n" + told.format(place=place, rest=rest)
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    here("ingest", "简报", "--library", "资料 库", "--json", cwd=tmp_path)
    rows = [row for row in _in(tmp_path, "practices").rows if "三送三提" in row["practice"]]
    again = {row["name"]: sorted(other["name"] for other in rows if other["id"] in row["same_as"]) for row in rows}
    assert again == {"县简报.txt": ["市简报.txt"], "市简报.txt": ["县简报.txt"], "外县.txt": []}
    printed = here("practices", "--library", "资料 库", cwd=tmp_path).out
    assert sum("三送三提" in line for line in printed.splitlines()) == 2
    out = _in(tmp_path, "export", "表.xlsx")
    assert out.code == 0
    sheet = openpyxl.load_workbook(tmp_path / "表.xlsx")["做法"]
    heads = [cell.value for cell in next(sheet.iter_rows())]
    file, elsewhere = heads.index("文件"), heads.index("另见（同一做法）")
    others = {row[file]: row[elsewhere] for row in sheet.iter_rows(2, values_only=True)}
    assert "市简报.txt" in (others["县简报.txt"] or "") and not others["外县.txt"]
