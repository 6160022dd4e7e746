"""export, import and digest on a library, by hand and by the command line."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.cli.app import run
from api.cli.exports import read_places
from api.library import Library
from corpus.errors import UsageError

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
    assert "党组织建设" in capsys.readouterr().err


def test_digest_of_some_places(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "地方.txt").write_text("三都县\n\n贵州省\n", encoding="utf-8-sig")
    with Library.open(home / "库") as library:
        theme = next(p.themes[0] for p in library.practices("三都"))
    assert run(["digest", "--theme", theme, "--places", "地方.txt", "摘.docx", "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert (made["items"], made["places"]) == (1, 1)
    assert (home / "摘.docx").stat().st_size > 0


def test_every_unknown_place_is_named(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["digest", "--theme", "党组织建设", "--places", "三都，乌有县、子虚市", "摘.md"]) == 2
    told = capsys.readouterr().err
    assert "乌有县" in told and "子虚市" in told and "三都" not in told


def test_places_come_from_a_list_or_a_file(tmp_path: Path) -> None:
    assert read_places("三都县, 德清县，福鼎市、昆山") == ["三都县", "德清县", "福鼎市", "昆山"]
    assert read_places(None) == []
    (tmp_path / "坏.txt").write_bytes(b"\xff\xfe\x00\xd8")
    with pytest.raises(UsageError, match="坏.txt"):
        read_places(str(tmp_path / "坏.txt"))
