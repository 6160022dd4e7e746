"""export, import and digest on a library, by hand and by the command line."""

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from api.cli.app import run
from api.library import Library

_TEXTS = {
    "甲.txt": "浙江德清：驿站进商圈\n"
    "今年以来，浙江省湖州市德清县推行“四必访”工作制度，建成新就业群体驿站46个，服务骑手2000余人次。\n",
    "乙.txt": "贵州三都：指导员进企业\n"
    "贵州省黔南州三都水族自治县推行“双报到”工作机制，选派党建指导员138名，建成新就业群体驿站21个。\n",
}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with a library, without an encoder to keep it quick."""
    monkeypatch.setattr(Library, "encoder", None)
    monkeypatch.setenv("TONGJIAN_WORKERS", "1")
    for name, text in _TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with Library.open(tmp_path / "库", create=True) as library:
        library.ingest([tmp_path / name for name in _TEXTS])
    monkeypatch.setenv("TONGJIAN_LIBRARY", str(tmp_path / "库"))
    monkeypatch.chdir(tmp_path)
    yield tmp_path


def _edited(path: Path, **cells: object) -> str:
    """Set cells of the first fact of an export; its id."""
    from openpyxl import load_workbook  # type: ignore[import-untyped]

    book = load_workbook(path)
    page = book["指标数据"]
    heads = [cell.value for cell in page[1]]
    row = next(r for r in page.iter_rows(min_row=2) if r[heads.index("原文表述")].value == "138名")
    for head, value in cells.items():
        row[heads.index(head)].value = value
    book.save(path)
    return str(row[0].value)


def test_a_correction_goes_out_comes_back_and_stays(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", "表.xlsx"]) == 0
    fact = _edited(home / "表.xlsx", 数值="139名", 状态="计划")
    capsys.readouterr()
    assert run(["import", "表.xlsx", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    expected = [(fact, "value", "138", "139"), (fact, "status", "done", "planned")]
    assert [(d["id"], d["field"], d["old"], d["new"]) for d in shown["differences"]] == expected
    assert (shown["written"], shown["problems"]) == (0, [])

    assert run(["import", "表.xlsx", "--yes", "--json", "--author", "王某"]) == 0
    assert json.loads(capsys.readouterr().out)["written"] == 2
    assert run(["facts", "--status", "planned", "--json"]) == 0
    (corrected,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (corrected["id"], corrected["value"], corrected["text"]) == (fact, "139", "138名")
    assert "corrected" in corrected["flags"]

    assert run(["import", "表.xlsx", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["differences"] == []


def test_corrections_survive_ingest_and_rebuild(home: Path) -> None:
    with Library.open(home / "库") as library:
        library.export("表.xlsx")
        _edited(home / "表.xlsx", 数值=139)
        library.import_workbook("表.xlsx", write=True)
        library.ingest([home / "乙.txt"])
        library.rebuild()
        assert [str(f.quantity.value) for f in library.facts(indicator="党建指导员选派数")] == ["139"]


def test_nothing_is_written_without_yes(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["export", "表.xlsx"])
    _edited(home / "表.xlsx", 数值=139)
    capsys.readouterr()
    assert run(["import", "表.xlsx"]) == 0
    told = capsys.readouterr().out
    assert "138" in told and "139" in told and "--yes" in told
    with Library.open(home / "库") as library:
        assert not [f for f in library.facts() if "corrected" in f.flags]


@pytest.mark.parametrize("ending", [".xlsx", ".csv", ".parquet", ".jsonl"])
def test_every_format_is_written_with_its_filters(home: Path, ending: str) -> None:
    with Library.open(home / "库") as library:
        everything = library.export(f"全{ending}")
        some = library.export(f"部分{ending}", place="三都", theme=None)
    assert 0 < some.facts < everything.facts
    assert (home / f"部分{ending}").stat().st_size > 0


def test_lines_are_the_facts_command(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["export", "表.jsonl"])
    capsys.readouterr()
    run(["facts", "--json"])
    assert (home / "表.jsonl").read_text("utf-8") == capsys.readouterr().out


@pytest.mark.parametrize(
    "line",
    [
        ["export", "表.doc"], ["export", "没有/表.csv"], ["export", "表.csv", "--status", "拟建"],
        ["export", "表.csv", "--theme", "无此主题"], ["import", "甲.txt"], ["import", "无.xlsx"],
        ["digest", "摘.txt", "--theme", "基层治理"], ["digest", "摘.md"],
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_and_leaves_no_file(home: Path, line: list[str]) -> None:
    before = sorted(home.iterdir())
    assert run(line) == 2
    assert sorted(home.iterdir()) == before


def test_a_theme_without_material_names_those_that_have_some(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["digest", "摘.md", "--theme", "乡村"]) == 2
    assert "新就业群体服务" in capsys.readouterr().err


def test_digest_of_some_places(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "地方.txt").write_text("三都县\n\n贵州省\n", encoding="utf-8-sig")
    with Library.open(home / "库") as library:
        theme = next(p.themes[0] for p in library.practices("三都"))
    assert run(["digest", "--theme", theme, "--places", "地方.txt", "摘.docx", "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert (made["items"], made["places"]) == (1, 1)
    assert (home / "摘.docx").stat().st_size > 0


def test_every_unknown_place_is_named(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["digest", "--theme", "党组织建设", "--places", "三都，乌有县、子虚市", "摘.md"]) == 3
    told = capsys.readouterr().err
    assert "乌有县" in told and "子虚市" in told and "三都" not in told
    assert "三都" in (home / "摘.md").read_text("utf-8")


def test_a_table_for_each_place_goes_out_and_comes_back(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from openpyxl import load_workbook

    assert run(["export", "核实", "--split-by", "place", "--json"]) == 0
    made = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [Path(each["path"]).name for each in made] == [
        "330521德清县数据核实表.xlsx",
        "522732三都水族自治县数据核实表.xlsx",
    ]
    file = home / made[1]["path"]
    book = load_workbook(file)
    page = book.active
    assert page["A1"].value == "三都水族自治县数据核实表"
    heads = [cell.value for cell in page[4]]
    row = next(r for r in page.iter_rows(min_row=5) if r[heads.index("原文表述")].value == "138名")
    row[heads.index("核实数值")].value = 141
    book.save(file)
    assert run(["import", str(file), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [(d["field"], d["old"], d["new"]) for d in found["differences"]] == [("value", "138", "141")]
    assert found["problems"] == []


def test_places_of_a_list_have_their_rows(home: Path) -> None:
    from openpyxl import load_workbook

    with Library.open(home / "库") as library:
        library.export("表.xlsx", place=["522732", "330521", "350982"])
    book = load_workbook(home / "表.xlsx")
    covered = [[cell.value for cell in row] for row in book["地方覆盖"].iter_rows(min_row=3)]
    assert [(r[0], r[3], r[9]) for r in covered] == [("522732", 1, ""), ("330521", 1, ""), ("350982", 0, "未提及")]
    (unmentioned,) = [r for r in book["对比表"].iter_rows(values_only=True) if r[0] == "350982"]
    assert set(unmentioned[3:-1]) == {None}
    assert unmentioned[-1] == "未提及"


def test_the_sample_states_its_error_rate(home: Path) -> None:
    """LibreOffice works the rate out: one wrong of four judged, between 4.6 and 69.9 %."""
    from openpyxl import load_workbook

    from ingest.readers.office import converted, find_office

    if find_office() is None:
        pytest.skip("LibreOffice 未安装")
    with Library.open(home / "库") as library:
        library.export("表.xlsx")
    book = load_workbook(home / "表.xlsx")
    page = book["抽检"]
    listed = [row for row in page.iter_rows(min_row=2) if isinstance(row[0].value, int)]
    assert len(listed) == 4
    for n, row in enumerate(listed):
        row[2].value = "错" if n == 0 else "对"
    book.save(home / "已核.xlsx")
    worked_out = BytesIO(converted((home / "已核.xlsx").read_bytes(), "已核.xlsx", ".xlsx", "xlsx"))
    values = load_workbook(worked_out, data_only=True)["抽检"]
    result = {row[1].value: row[2].value for row in values.iter_rows(min_row=8)}
    assert (result["数据总数"], result["抽取"], result["已核对"], result["其中有错"]) == (4, 4, 4, 1)
    rates = [result[k] for k in ("差错率", "差错率下限（95%）", "差错率上限（95%）")]
    assert [round(r, 3) for r in rates] == [0.25, 0.046, 0.699]


def test_corrections_are_listed_and_go_out_as_gold(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a person set right is what extraction is measured against."""
    run(["export", "表.xlsx"])
    fact = _edited(home / "表.xlsx", 数值="139名", 状态="计划")
    assert run(["corrections", "金.jsonl"]) == 2
    run(["import", "表.xlsx", "--yes", "--author", "王某"])
    capsys.readouterr()
    assert run(["corrections", "--json"]) == 0
    listed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(c["fact"], c["field"], c["new"], c["author"]) for c in listed] == [
        (fact, "value", "139", "王某"),
        (fact, "status", "planned", "王某"),
    ]
    assert run(["corrections", "金.jsonl"]) == 0
    capsys.readouterr()
    assert run(["eval", "facts", "--gold", "金.jsonl", "--texts", ".", "--json"]) == 0
    scores = json.loads(capsys.readouterr().out)
    assert (scores["quantity"]["gold"], scores["quantity"]["recall"]) == (1, 0.0)
