"""The same assertions over a library in a folder and over one that is served."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from api.asking import AspectIn
from api.http.serve import serving
from api.library import Library
from api.shapes import answer_json
from corpus.errors import LibraryError, NotFound, UsageError
from corpus.model import Fact
from tongjian import RemoteLibrary

ASKED = "各地选派了多少名党建指导员？"
Either = Library | RemoteLibrary


@pytest.fixture(scope="module")
def remote(sample_library: Library) -> Iterator[RemoteLibrary]:
    with serving(sample_library) as address, RemoteLibrary(address) as made:
        yield made


@pytest.fixture(params=["folder", "served"])
def library(request: pytest.FixtureRequest, sample_library: Library, remote: RemoteLibrary) -> Either:
    return sample_library if request.param == "folder" else remote


def _rounded(fact: Fact) -> Fact:
    """With boxes as the contract writes them, to a hundredth of a point."""
    if fact.source is None:
        return fact
    boxes = tuple((round(a, 2), round(b, 2), round(c, 2), round(d, 2)) for a, b, c, d in fact.source.boxes)
    return replace(fact, source=replace(fact.source, boxes=boxes))


def test_articles(library: Either, sample_library: Library) -> None:
    expected = [replace(a, runs=()) for a in sample_library.articles()]
    assert [replace(a, runs=()) for a in library.articles()] == expected
    one = expected[3]
    assert replace(library.article(one.id), runs=()) == one
    within = library.articles(["贵州省", "330521"])
    assert within and {a.place.adcode[:2] for a in within if a.place} <= {"52", "33"}
    with pytest.raises(NotFound, match="'甲 乙'"):
        library.article("甲 乙")


def test_facts_and_practices(library: Either, sample_library: Library) -> None:
    assert list(map(_rounded, library.facts())) == list(map(_rounded, sample_library.facts()))
    by_label = library.facts(indicator="党建指导员选派数", status="已完成")
    assert by_label and {f.indicator for f in by_label} == {"party.instructor.dispatched"}
    assert library.practices() == sample_library.practices()
    theme = sample_library.practices()[0].themes[0]
    assert all(theme in p.themes for p in library.practices(theme=theme))
    with pytest.raises(UsageError, match="火星"):
        library.facts("火星")
    with pytest.raises(UsageError):
        library.facts(status="sold")


def test_search(library: Either, sample_library: Library) -> None:
    expected = sample_library.search("骑手歇脚的驿站", 4)
    found = library.search("骑手歇脚的驿站", 4)
    assert [h.passage for h in found] == [h.passage for h in expected]
    assert [h.score for h in found] == pytest.approx([h.score for h in expected], abs=1e-6)
    within = library.search("驿站", 5, place=["浙江省", "山西省"], mode="lexical")
    assert within and all(h.rank == n for n, h in enumerate(within, 1))


def test_answers_and_their_verification(library: Either, sample_library: Library) -> None:
    answer = library.ask(ASKED, llm="none")
    assert replace(answer, ms=0) == replace(sample_library.ask(ASKED, llm="none"), ms=0)
    assert all(v.verified for v in library.verify(answer_json(answer)))
    within = library.ask(ASKED, places="贵州省")
    assert set(within.coverage.places_with_evidence) < set(answer.coverage.places_with_evidence)
    with pytest.raises(UsageError, match="claims"):
        library.verify({"claims": 3})
    with pytest.raises(UsageError, match="地名单"):
        library.ask(ASKED, places=[])


def test_a_question_leans_on_another_and_a_plan_is_edited(library: Either, tmp_path: Path) -> None:
    answer = library.ask("那昆山市呢？", previous="德清县建了多少个新就业群体驿站？", llm="none")
    assert answer.plan.asked == "昆山市建了多少个新就业群体驿站？"
    edited = library.ask(ASKED, plan=answer_json(answer)["plan"] | {"places": ["德清县"]}, llm="none")
    assert edited.plan.places == ("330521",)
    (tmp_path / "方面.csv").write_text("name,definition,examples\n资金,钱从哪里来,经费；补贴\n", "utf-8")
    for aspects in (tmp_path / "方面.csv", [AspectIn(name="资金", examples=["经费"])], ["资金"]):
        assert library.ask("德清县的驿站怎么建的？", aspects=aspects, llm="none").plan.aspects == ("资金",)
    with pytest.raises(UsageError):
        library.ask(ASKED, plan={"x": 1})


def test_holdings(library: Either, sample_library: Library) -> None:
    assert library.holdings() == sample_library.holdings()
    named = ["德清县", "江苏省"]
    assert library.holdings(named) == sample_library.holdings(named)


def test_a_form_is_filled_and_a_workbook_comes_back(library: Either, tmp_path: Path) -> None:
    from openpyxl import Workbook, load_workbook  # type: ignore[import-untyped]

    book = Workbook()
    for row in (["地区", "新就业群体驿站（个）"], ["德清县", None], ["昆山市", None]):
        book.active.append(row)
    book.save(tmp_path / "报表.xlsx")
    library.fill(tmp_path / "报表.xlsx", period="2026年上半年")
    filled = load_workbook(tmp_path / "报表（已填）.xlsx")
    assert [cell.value for cell in filled.worksheets[0]["B"][1:]] == [46, 112]
    library.fill(tmp_path / "报表.xlsx", tmp_path / "又.xlsx", mapping=tmp_path / "报表（已填）.xlsx")
    assert "填报依据" in load_workbook(tmp_path / "又.xlsx").sheetnames
    with pytest.raises(UsageError, match="不覆盖原表"):
        library.fill(tmp_path / "报表.xlsx", tmp_path / "报表.xlsx")
    with pytest.raises(UsageError):
        library.fill(tmp_path / "没有.xlsx")

    library.export(tmp_path / "数据.xlsx", place="德清县")
    assert library.import_workbook(tmp_path / "数据.xlsx").differences == ()
    edited = load_workbook(tmp_path / "数据.xlsx")
    page = edited["指标数据"]
    rows = list(page.iter_rows())
    heads = next(row for row in rows if "数值" in [cell.value for cell in row])
    at = [cell.value for cell in heads].index("数值")
    cell = rows[rows.index(heads) + 1][at]
    cell.value += 1
    edited.save(tmp_path / "数据.xlsx")
    (found,) = library.import_workbook(tmp_path / "数据.xlsx").differences
    assert found.field == "value"
    assert Decimal(found.new or "") - Decimal(found.old or "") == 1


def test_a_server_that_is_not_there_or_not_ours_is_told(sample_library: Library) -> None:
    with pytest.raises(LibraryError, match="连不上"), RemoteLibrary("http://127.0.0.1:1") as nobody:
        nobody.articles()

    server = http.server.HTTPServer(("127.0.0.1", 0), _Other)
    thread = threading.Thread(target=server.handle_request)
    thread.start()
    with pytest.raises(LibraryError, match="不是 JSON"), RemoteLibrary(f"http://127.0.0.1:{server.server_port}") as it:
        it.articles()
    thread.join()
    server.server_close()


class _Other(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<html>hello</html>")

    def log_message(self, *_: object) -> None:
        pass


def test_files_go_in_and_out_over_http(tmp_path: Path) -> None:
    good, bad = tmp_path / "甲.txt", tmp_path / "乙.pdf"
    good.write_text("德清县工作情况\n\n德清县建成骑手驿站32个。\n", "utf-8")
    bad.write_bytes(b"%PDF-1.4 nothing")
    seen: list[str] = []
    with (
        Library.open(tmp_path / "library", create=True) as own,
        serving(own) as address,
        RemoteLibrary(address) as remote,
    ):
        report = remote.ingest([good, bad], lambda done, total, item: seen.append(item))
        assert {d.name: d.status for d in report.documents} == {"甲.txt": "indexed", "乙.pdf": "failed"}
        assert report.failures[0].message
        assert "32" in remote.ask("德清县建成多少个骑手驿站？").text
        exported = remote.export(tmp_path / "数据.csv", place="德清县")
        assert "骑手驿站" in exported.read_text("utf-8-sig")
        with pytest.raises(UsageError):
            remote.export(tmp_path / "数据.exe")
        with pytest.raises(NotFound, match="丙"):
            remote.delete(["甲.txt", "丙.txt"])
        assert len(remote.delete(["甲.txt"])) == 1
        assert remote.ask("德清县建成多少个骑手驿站？").refused
