"""Copies, texts that only look alike, and versions, told apart as an editor would, whatever the order they came in."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from api.library import Library
from corpus.near import draft_of, same_numbers, stem_of

BODY = (
    "近年来，{place}坚持党建引领，把新就业群体服务管理作为基层治理的重要抓手。一是摸清底数，组织社区干部和网格员上门走访，"
    "建立骑手台账。二是建好阵地，依托社区党群服务中心建成骑手驿站{n}个，配备饮水机、充电柜和急救箱，方便骑手歇脚。三是用好队伍，"
    "引导骑手担任流动网格员，随手拍、随时报，发现问题及时处置，让骑手从管理对象变成治理力量。（虚构样例）"
)


def text(tmp_path: Path, name: str, body: str, title: str = "建好骑手驿站", source: str = "") -> Path:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{title}\n{body}\n{source}", encoding="utf-8")
    return path


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library.open(tmp_path / "库", create=True)


def test_the_same_article_from_two_outlets_is_counted_once(library: Library, tmp_path: Path) -> None:
    body = BODY.format(place="涉县", n=36)
    with library:
        library.ingest(
            [
                text(tmp_path, "甲/a.txt", body, "涉县建好骑手驿站", "（转自涉县发布）"),
                text(tmp_path, "乙/b.txt", "本网讯 " + body + "下一步还要继续办好。", "涉县：骑手有了家"),
            ]
        )
        short, long = sorted(library.articles(), key=lambda a: len(a.body))
        assert (short.duplicate_of, long.duplicate_of) == (long.id, None)
        facts = [f for f in library.facts() if f.quantity.surface == "36个"]
        assert {f.duplicate_of for f in facts} == {None, next(f.id for f in facts if f.article == long.id)}
        assert "36个" in library.ask("涉县建成了多少个骑手驿站？").text


def test_a_changed_number_or_another_place_is_no_copy(library: Library, tmp_path: Path) -> None:
    with library:
        library.ingest(
            [
                text(tmp_path, "a.txt", BODY.format(place="涉县", n=36), "涉县建好骑手驿站"),
                text(tmp_path, "b.txt", BODY.format(place="涉县", n=39), "涉县建好骑手驿站"),
                text(tmp_path, "c.txt", BODY.format(place="德清县", n=36), "德清县建好骑手驿站"),
            ]
        )
        articles = {a.id: a for a in library.articles()}
        assert all(a.stands for a in articles.values())
        links = library.links()
        assert [link.kind for link in links] == ["alike"] * 3
        for link in links:
            here, there = articles[link.article], articles[link.other]
            changed = {(d.here.of(here.body), d.there.of(there.body)) for d in link.differences}
            if here.place == there.place:
                assert changed in ({("6", "9")}, {("9", "6")})
            else:
                assert any({"涉县", "德清县"} & set(pair) or "涉" in pair for pair in changed)


def test_two_outlets_that_print_one_report_with_other_figures_are_linked_and_both_told(
    library: Library, tmp_path: Path
) -> None:
    lead = "入夏以来，德清县组织多部门开展涉水安全隐患大排查，重点检查水库、山塘、河道和景区水域。"
    tail = "下一步，德清县将对问题隐患逐项建立台账，明确责任单位和完成时限。（虚构样例）"
    a = f"{lead}截至7月20日，已排查隐患412处。乡镇干部每日巡查，志愿者在岸边劝导。{tail}"
    b = f"{lead}截至7月20日，已排查隐患421处。公安、应急、水利等部门联合执法。{tail}"
    title = "德清县开展涉水安全隐患大排查"
    with library:
        library.ingest([text(tmp_path, "甲/a.txt", a, title), text(tmp_path, "乙/b.txt", b, title)])
        assert [link.kind for link in library.links()] == ["alike"]
        answer = library.ask("德清县截至7月20日排查涉水安全隐患多少处？")
        assert "412处" in answer.text and "421处" in answer.text
        assert "同一时间的数，不同材料说法不一，请核对原件。" in answer.caveats
        other = b.replace("公安、应急、水利等部门联合执法", "教育部门组织学校上好开学第一课")
        library.ingest([text(tmp_path, "丙/c.txt", other, "暑期防溺水进行时")])
        assert len(library.links()) == 1


def test_the_newest_draft_stands(library: Library, tmp_path: Path) -> None:
    with library:
        library.ingest(
            [
                text(tmp_path, "涉县总结（定稿2）.txt", BODY.format(place="涉县", n=39), "涉县工作总结"),
                text(tmp_path, "涉县总结（定稿）.txt", BODY.format(place="涉县", n=36), "涉县工作总结"),
                text(tmp_path, "涉县总结初稿.txt", BODY.format(place="涉县", n=30), "涉县工作总结"),
            ]
        )
        by_name = {a.name: a for a in library.articles()}
        newest = by_name["涉县总结（定稿2）.txt"]
        assert newest.stands and newest.flags == ()
        for name in ("涉县总结（定稿）.txt", "涉县总结初稿.txt"):
            assert by_name[name].version_of == newest.id and "older_version" in by_name[name].flags
        answer = library.ask("涉县建成了多少个骑手驿站？").text
        assert "39个" in answer and "36个" not in answer and "30个" not in answer


def test_the_order_of_files_does_not_matter(tmp_path: Path) -> None:
    body = BODY.format(place="涉县", n=36)
    files = [
        text(tmp_path, "a.txt", body, "涉县建好骑手驿站"),
        text(tmp_path, "b.txt", body + "还要办好。", "涉县建好骑手驿站"),
        text(tmp_path, "c.txt", body.replace("36", "37"), "涉县建好骑手驿站"),
    ]
    seen = set()
    for n, order in enumerate(permutations(files)):
        with Library.open(tmp_path / f"库{n}", create=True) as library:
            for path in order:
                library.ingest([path])
            state = tuple(sorted((a.id, a.duplicate_of) for a in library.articles()))
            state += tuple(sorted((f.id, f.duplicate_of) for f in library.facts()))
            seen.add(state + tuple(library.links()))
    assert len(seen) == 1


def test_short_and_unlike_texts_are_not_linked(library: Library, tmp_path: Path) -> None:
    with library:
        library.ingest([text(tmp_path, "a.txt", "涉县建站3个。"), text(tmp_path, "b.txt", "涉县建站4个。")])
        assert library.links() == []


@pytest.mark.parametrize(
    ("name", "stem", "rank"),
    [
        ("总结（定稿）.docx", "总结", (9, 0)), ("总结-定稿2.docx", "总结", (9, 2)), ("总结初稿.docx", "总结", (0, 0)),
        ("总结 v3.docx", "总结", (0, 3)), ("总结第二稿.docx", "总结", (0, 2)),
    ],
)  # fmt: skip
def test_names_of_drafts(name: str, stem: str, rank: tuple[int, int]) -> None:
    assert draft_of(name) == (stem, rank) and stem_of(name) == stem


@pytest.mark.parametrize("name", ["2026年工作总结.docx", "定稿.docx", "简报第3期.pdf"])
def test_names_that_are_no_drafts(name: str) -> None:
    assert draft_of(name) is None


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("选派138名。", "选派138名。", True), ("选派138名。", "选派158名。", False),
        ("建成三个站", "近日，建成三个站，选派5名", True), ("建成三个站", "建成五个站，选派138名", False),
        ("3个和3个", "3个和4个，又5个", False),
    ],
)  # fmt: skip
def test_changed_numbers(a: str, b: str, same: bool) -> None:
    assert same_numbers(a, b) is same


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_two_texts_that_hold_the_same_third_both_stand(
    library: Library, tmp_path: Path, order: tuple[int, ...]
) -> None:
    body = BODY.format(place="涉县", n=36)
    said = ["", "各镇另建成红色驿站7个，货车司机也能歇脚。", "沿街商户另开放爱心驿站9个，环卫工人也能喝水。"]
    paths = [text(tmp_path, f"{n}.txt", body + more, "涉县建好骑手驿站") for n, more in enumerate(said)]
    with library:
        for n in order:
            library.ingest([paths[n]])
        by_name = {a.name: a for a in library.articles()}
        assert by_name["0.txt"].duplicate_of in (by_name["1.txt"].id, by_name["2.txt"].id)
        assert by_name["1.txt"].stands and by_name["2.txt"].stands
        standing = {f.quantity.surface for f in library.facts() if f.stands}
    assert standing == {"36个", "7个", "9个"}
