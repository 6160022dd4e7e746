"""The way from file to index: what is taken in, in what order, and how one bad item harms only itself."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

import api.making
from api.files import find_files
from api.library import Library
from api.making import Made, make
from corpus.errors import LibraryError
from ingest.read import Limits


def _write(folder: Path, *names: str) -> list[Path]:
    made = []
    for at, name in enumerate(names, 1):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"涉县：第{at}批站点\n涉县第{at}批新建站点{at}0个，选派干部{at}名。\n", encoding="utf8")
        made.append(path)
    return made


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library.open(tmp_path / "library", create=True)


def test_folders_are_walked_in_order_without_hidden_and_system_files(tmp_path: Path) -> None:
    wanted = _write(tmp_path / "in", "a.txt", "b/c.txt", "b/d 通知.txt")
    _write(tmp_path / "in", ".hidden", ".git/x.txt", "~$a.docx", "b/Thumbs.db", "desktop.ini")
    assert find_files([tmp_path / "in"]) == sorted(wanted)


def test_a_library_below_a_folder_is_no_material(tmp_path: Path) -> None:
    (tmp_path / "库" / "index").mkdir(parents=True)
    for name in ("库/catalogue.sqlite", "库/index/meta.json", "文.txt"):
        (tmp_path / name).write_text("驿站", encoding="utf-8")
    assert find_files([tmp_path]) == [tmp_path / "文.txt"]


def test_a_hidden_folder_above_the_one_named_does_not_matter(tmp_path: Path) -> None:
    [file] = _write(tmp_path / ".home" / "in", "a.txt")
    assert find_files([tmp_path / ".home" / "in"]) == [file]


def test_files_named_are_taken_as_they_are_even_missing_ones(tmp_path: Path) -> None:
    given = [*_write(tmp_path, "b.txt", "a.txt"), tmp_path / "none.txt"]
    assert find_files(given) == given


def test_the_report_is_in_the_order_given(library: Library, tmp_path: Path) -> None:
    with library:
        paths = _write(tmp_path, "b.txt", "a.txt", "c.txt")
        (tmp_path / "e.txt").touch()
        given = [paths[0], tmp_path / "e.txt", paths[1], paths[0], paths[2]]
        seen: list[tuple[int, int, str]] = []
        report = library.ingest(given, lambda done, total, item: seen.append((done, total, item)))
        assert [d.path for d in report.documents] == [str(p) for p in given]
        assert [d.status for d in report.documents] == ["indexed", "failed", "indexed", "duplicate", "indexed"]
        assert [(f.stage, f.item) for f in report.failures] == [("read", str(tmp_path / "e.txt"))]
        assert seen == [(i, 5, p.name) for i, p in enumerate(given, 1)]


def test_a_file_that_failed_is_tried_again(library: Library, tmp_path: Path) -> None:
    with library:
        path = tmp_path / "a.txt"
        assert library.ingest([path]).documents[0].status == "failed"
        _write(tmp_path, "a.txt")
        assert library.ingest([path]).documents[0].status == "indexed"
        assert {d.state for d in library.documents()} <= {"indexed", "failed"}


def choking(path: Path, limits: Limits, overrides: Path) -> Made:
    """What a child cannot bear of one file."""
    if path.name == "b.txt":
        raise ZeroDivisionError
    return make(path, limits, overrides)


def test_one_document_that_extraction_cannot_bear_harms_only_itself(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = _write(tmp_path, "a.txt", "b.txt", "c.txt")
    with library:
        with monkeypatch.context() as patch:
            patch.setattr(api.making, "make", choking)
            report = library.ingest(paths)
        assert [d.status for d in report.documents] == ["indexed", "failed", "indexed"]
        assert "'b.txt'" in (report.documents[1].reason or "")
        assert len(library.search("站点")) == 2
        assert library.ingest([tmp_path / "b.txt"]).documents[0].status == "indexed"


def test_places_and_indicators_of_the_library_hold_while_files_are_read(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("云岫新城：驿站连成网\n\n云岫新城建成驿站12个。（虚构样例）\n", "utf8")
    with library:
        (library.overrides / "places.csv").write_text(
            "adcode,name,level,parent\n330199,云岫新城,county,330100\n", "utf8"
        )
        assert [each.articles[0].place.adcode for each in library.preview([path]) if each.articles[0].place] == [
            "330199"
        ]
        library.ingest([path])
        [article] = library.articles()
        assert article.place is not None and article.place.adcode == "330199"
        assert [f.place.adcode for f in library.facts() if f.place] == ["330199"]


def broken_title(path: Path, limits: Limits, overrides: Path) -> Made:
    """As a broken font map of a PDF can give it: half of a surrogate pair."""
    made = make(path, limits, overrides)
    if path.name == "b.txt":
        [article] = made.read.articles
        made = replace(made, read=replace(made.read, articles=(replace(article, title="\ud800" + article.title),)))
    return made


def test_text_that_no_database_takes_harms_only_itself(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api.making, "make", broken_title)
    with library:
        report = library.ingest(_write(tmp_path, "a.txt", "b.txt", "c.txt"))
        assert [d.status for d in report.documents] == ["indexed", "failed", "indexed"]


def test_a_full_disk_stops_with_a_message_and_the_library_stays_whole(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlalchemy.exc import OperationalError

    from corpus.catalogue import Catalogue

    paths = _write(tmp_path, "a.txt", "b.txt")
    with library:
        library.ingest(paths[:1])

        def full(*_: object, **__: object) -> None:
            raise OperationalError("insert", None, Exception("database or disk is full"))

        monkeypatch.setattr(Catalogue, "add", full)
        with pytest.raises(LibraryError, match="磁盘|空间"):
            library.ingest(paths)
        monkeypatch.undo()
        assert len(library.search("站点")) == 1
        assert [d.status for d in library.ingest(paths).documents] == ["duplicate", "indexed"]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file names are text there")
def test_a_file_name_in_another_encoding_is_told(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    _write(folder, "a.txt")
    name = os.fsencode(folder) + b"/" + "项目.txt".encode("gbk")
    with open(name, "w", encoding="utf8") as file:
        file.write("涉县：项目\n涉县新建项目20个。\n")
    with library:
        told = {d.name: d for d in library.ingest([folder]).documents}
        assert {n: d.status for n, d in told.items()} == {"a.txt": "indexed", "项目.txt": "failed"}
        assert "改名" in (told["项目.txt"].reason or "")


def test_the_order_of_files_changes_no_id(tmp_path: Path) -> None:
    paths = _write(tmp_path, "a.txt", "b.txt", "c.txt")
    paths.append(tmp_path / "copy.txt")
    paths[-1].write_text(paths[0].read_text("utf8") + "\n\n", encoding="utf8")
    seen = []
    for n, order in enumerate((paths, paths[::-1])):
        with Library.open(tmp_path / f"library{n}", create=True) as library:
            for path in order if n else [order[0]]:
                library.ingest([path])
            library.ingest(order)
            articles = [(a.id, a.duplicate_of) for a in library.articles()]
            seen.append(
                (articles, [(f.id, f.duplicate_of) for f in library.facts()], [p.id for p in library.practices()])
            )
    assert seen[0] == seen[1]
    assert sum(copy is not None for _, copy in seen[0][0]) == 1


def test_a_rebuild_embeds_only_what_has_no_vector(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with library:
        library.ingest(_write(tmp_path, "a.txt"))
        library.ingest(_write(tmp_path / "more", "b.txt", "c.txt")[1:], index=False)
        assert library.encoder is not None
        encode, asked = library.encoder.encode_passages, list[str]()

        def counted(texts: Sequence[str]) -> object:
            asked.extend(texts)
            return encode(texts)

        monkeypatch.setattr(library.encoder, "encode_passages", counted)
        assert library.rebuild() == 2
        assert [text.split("：")[1][:3] for text in asked] == ["第2批"]
        assert len(library.search("站点", mode="dense")) == 2
        library.rebuild()
        assert len(asked) == 1


def test_without_the_encoders_weights_search_is_by_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from corpus.errors import ModelError

    def none(*_: object) -> None:
        raise ModelError("没有权重")

    monkeypatch.setattr("retrieval.encoder.load_encoder", none)
    paths = _write(tmp_path, "a.txt", "b.txt")
    with Library.open(tmp_path / "library", create=True) as library:
        assert [d.status for d in library.ingest(paths).documents] == ["indexed", "indexed"]
        assert library.searcher.lexical_only
        assert len(library.search("站点")) == 2
        assert library.ask("涉县选派了多少名干部？").text
    monkeypatch.undo()
    with Library.open(tmp_path / "library") as library:
        assert len(library.search("站点")) == 2
        library.rebuild()
        assert not library.searcher.lexical_only
        assert len(library.search("站点", mode="dense")) == 2
