"""Lists of places on the command line: names, codes of earlier years, files as offices keep them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from api.cli.app import run
from api.library import Library
from api.places import read_places
from corpus.errors import UsageError

_TEXTS = {
    "甲.txt": "浙江德清：驿站进商圈\n2025年3月1日\n浙江省湖州市德清县建成新就业群体驿站46个。\n",
    "乙.txt": "贵州三都：指导员进企业\n2025年5月9日\n贵州省黔南州三都水族自治县选派党建指导员138名。\n",
}


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """A library of two counties, and the place to run commands in."""
    monkeypatch.setattr(Library, "encoder", None)
    monkeypatch.setenv("TONGJIAN_WORKERS", "1")
    monkeypatch.setenv("TONGJIAN_LIBRARY", str(tmp_path / "库"))
    monkeypatch.chdir(tmp_path)
    for name, text in _TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    opened = Library.open(tmp_path / "库", create=True)
    opened.ingest([tmp_path / name for name in _TEXTS])
    return opened


def _codes(library: Library, given: str) -> list[str]:
    return [place.adcode for place in read_places(given, library).places]


def test_names_with_commas(library: Library) -> None:
    assert _codes(library, "三都县, 德清县，福鼎市、昆山") == ["522732", "330521", "350982", "320583"]


def test_a_file_of_lines_as_offices_keep_it(library: Library, tmp_path: Path) -> None:
    """A head, numbers, codes of earlier years, paths; saved by a spreadsheet in GB18030."""
    lines = [
        "序号,地区,代码",
        "1,三都水族自治县,522732",
        "2,江干区,330104",
        "3,陕西省 渭南市 富平县,",
        "",
        ",,610500000000",
    ]
    (tmp_path / "名单.csv").write_bytes("\r\n".join(lines).encode("gb18030"))
    assert _codes(library, "名单.csv") == ["522732", "330102", "610528", "610500"]


def test_a_sheet(library: Library, tmp_path: Path) -> None:
    from openpyxl import Workbook  # type: ignore[import-untyped]

    book = Workbook()
    book.active.append(["区划代码", "名称"])
    book.active.append([522732, "三都县"])
    book.active.append([None, "福鼎市"])
    book.save(tmp_path / "名单.xlsx")
    assert _codes(library, "名单.xlsx") == ["522732", "350982"]


def test_lines_that_name_no_place_are_told_and_the_rest_is_used(
    library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "名单.txt").write_text("三都县\n鼓楼区\n不存在的地方\n522732 德清县\n", encoding="utf-8")
    assert run(["facts", "--places", "名单.txt", "--json"]) == 3
    out = capsys.readouterr()
    assert [json.loads(line)["text"] for line in out.out.splitlines()] == ["138名"]
    told = out.err
    assert "第 2 行" in told and "请写出上级" in told
    assert "第 3 行" in told and "第 4 行" in told and "请改成一致" in told


def test_a_list_without_a_place_is_refused(library: Library, tmp_path: Path) -> None:
    (tmp_path / "坏.txt").write_bytes(b"\xff\xfe\x00\xd8")
    for given in ("坏.txt", "甲乙丙丁"):
        with pytest.raises(UsageError):
            read_places(given, library)


def test_what_the_library_holds_of_each(library: Library, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["places", "--places", "德清县,福鼎市,贵州省", "--json"]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    told = [(f["name"], f["documents"], f["facts"], f["first"], f["last"], f["mentioned"]) for f in found]
    assert told == [
        ("德清县", 1, 1, "2025-03-01", "2025-03-01", True),
        ("福鼎市", 0, 0, None, None, False),
        ("贵州省", 1, 1, "2025-05-09", "2025-05-09", True),
    ]
    assert run(["places"]) == 0
    assert {"522732", "330521"} <= set(capsys.readouterr().out.split())


def test_search_within_a_list(library: Library, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", "驿站", "--places", "522732", "--mode", "lexical", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["hits"] == []
    assert run(["search", "驿站", "--place", "三都县", "--places", "522732"]) == 2


def test_a_question_within_a_list(library: Library, capsys: pytest.CaptureFixture[str]) -> None:
    def asked(question: str, places: str) -> dict[str, Any]:
        assert run(["ask", question, "--places", places, "--json"]) == 0
        answer: dict[str, Any] = json.loads(capsys.readouterr().out)
        return answer

    told = asked("各地选派了多少名党建指导员？", "三都,都安")
    assert [c["place"] for c in told["claims"]] == ["522732"] and not told["refused"]
    assert (told["coverage"]["places_asked"], told["coverage"]["places_without"]) == (["522732", "451228"], ["451228"])
    assert told["caveats"][-1] == "只查了所列 2 个地方的材料，其中 1 个未提及：都安瑶族自治县。"
    assert asked("各地选派了多少名党建指导员？", "德清")["refused"]
    assert "所列的地方之中" in asked("三都选派了多少名党建指导员？", "德清,都安")["reason"]
    both = asked("贵州和浙江选派了多少名党建指导员？", "三都")
    assert [c["place"] for c in both["claims"]] == ["522732"] and "浙江" not in both["text"]
    with pytest.raises(UsageError, match="地名单是空的"):
        library.ask("各地选派了多少名党建指导员？", places=[])
    named = asked("贵州选派了多少名党建指导员？", "三都,德清")
    assert [c["place"] for c in named["claims"]] == ["522732"]
