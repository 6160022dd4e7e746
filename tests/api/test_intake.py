"""A folder that lives: files change, are taken out, come back; a look before taking in; extraction without an index."""

from __future__ import annotations

import json
import os
import threading
import zipfile
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest

from api.library import Library, Report
from api.upkeep import check
from corpus.errors import NotFound
from tests.conftest import here, tongjian


def put(path: Path, stations: int, title: str = "涉县：驿站建设进展") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = f"涉县新建驿站{stations}个，骑手歇脚、喝水、充电都有了去处，群众都说好。（虚构样例）"
    path.write_text(f"{title}\n{text}\n", encoding="utf8")
    return path


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library.open(tmp_path / "库", create=True)


def said(library: Library) -> str:
    return library.ask("涉县新建了多少个驿站？").text


def test_a_changed_file_replaces_its_old_version(library: Library, tmp_path: Path) -> None:
    with library:
        library.ingest([put(tmp_path / "进展.txt", 30)])
        (old,) = library.documents()
        library.ingest([put(tmp_path / "进展.txt", 36)])
        assert "36个" in said(library) and "30个" not in said(library)
        assert len(library.articles()) == 1
        states = {d.document.id: d for d in library.documents()}
        new = next(d for d in states.values() if d.state == "indexed")
        history = states[old.document.id]
        assert (history.state, history.replaced_by) == ("replaced", new.document.id)
        assert check(library).problems == ()


def test_the_old_file_put_back_is_read_again(library: Library, tmp_path: Path) -> None:
    with library:
        for stations in (30, 36, 30):
            library.ingest([put(tmp_path / "进展.txt", stations)])
        assert "30个" in said(library) and len(library.articles()) == 1
        assert sorted(d.state for d in library.documents()) == ["indexed", "replaced"]
        assert check(library).problems == ()


def test_a_file_that_became_a_copy_of_another_is_history_too(library: Library, tmp_path: Path) -> None:
    with library:
        library.ingest([put(tmp_path / "甲.txt", 30), put(tmp_path / "乙.txt", 36, "涉县：驿站再添新点")])
        library.ingest([put(tmp_path / "甲.txt", 36, "涉县：驿站再添新点")])
        assert sorted(d.state for d in library.documents()) == ["indexed", "replaced"]
        assert len(library.articles()) == 1


def test_an_unreadable_new_version_leaves_the_old_one(library: Library, tmp_path: Path) -> None:
    with library:
        path = put(tmp_path / "进展.txt", 30)
        library.ingest([path])
        path.write_bytes(b"")
        assert library.ingest([path]).documents[0].status == "failed"
        assert "30个" in said(library)


def test_what_is_deleted_is_gone_until_it_is_taken_in_again(library: Library, tmp_path: Path) -> None:
    with library:
        path = put(tmp_path / "进展.txt", 30)
        library.ingest([path, put(tmp_path / "别处.txt", 12, "德清县：驿站建设")])
        assert [d.document.name for d in library.delete(["进展.txt"])] == ["进展.txt"]
        assert not any("30个" in hit.passage.text for hit in library.search("涉县驿站"))
        assert check(library).problems == ()
        with pytest.raises(NotFound, match="没有的"):
            library.delete(["别处.txt", "没有的.txt"])
        assert len(library.articles()) == 1
        assert library.ingest([path]).documents[0].status == "indexed"
        assert "30个" in said(library)


def test_copies_are_counted_again_when_their_original_goes(library: Library, tmp_path: Path) -> None:
    body = put(tmp_path / "甲.txt", 30).read_text("utf8")
    (tmp_path / "乙.txt").write_text(body + "下一步还要继续办好。", encoding="utf8")
    with library:
        library.ingest([tmp_path / "甲.txt", tmp_path / "乙.txt"])
        assert sorted(f.duplicate_of is None for f in library.facts()) == [False, True]
        library.delete(["乙.txt"])
        assert [f.duplicate_of for f in library.facts()] == [None]


def test_a_document_may_hold_one_text_twice(library: Library, tmp_path: Path) -> None:
    notice = {"title": "涉县：驿站通知", "content": "涉县新建驿站30个，骑手歇脚、喝水、充电都有了去处，群众都说好。"}
    other = {"title": "涉县：夜校通知", "content": "涉县在六个村办起夜校，请来老师二十三名，每晚两节课，都坐满了人。"}
    rows = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in (notice, other, notice))
    (tmp_path / "通知.jsonl").write_text(rows, encoding="utf8")
    with library:
        assert not library.ingest([tmp_path / "通知.jsonl"]).failures
        assert [a.duplicate_of is None for a in library.articles()].count(True) == 2


def test_extraction_without_an_index_is_indexed_by_the_next_run(library: Library, tmp_path: Path) -> None:
    with library:
        report = library.ingest([put(tmp_path / "进展.txt", 30)], index=False)
        assert report.documents[0].status == "stored" and len(library.facts()) == 1
        library.ingest([])
        assert [d.state for d in library.documents()] == ["indexed"]
        assert "30个" in library.search("涉县驿站")[0].passage.text


def test_a_look_before_taking_in_writes_nothing(tmp_path: Path) -> None:
    put(tmp_path / "in/进展.txt", 30)
    (tmp_path / "in/空.txt").touch()
    ran = tongjian("ingest", "--dry-run", tmp_path / "in", "--library", tmp_path / "库", "--json")
    assert ran.code == 3
    assert {row["name"]: row["status"] for row in ran.rows} == {"进展.txt": "readable", "空.txt": "failed"}
    assert [a["place"]["adcode"] for row in ran.rows for a in row["articles"]] == ["130426"]
    assert not (tmp_path / "库").exists()


def test_a_watched_folder_is_taken_in_as_it_changes(library: Library, tmp_path: Path) -> None:
    folder, stop = tmp_path / "in", threading.Event()
    put(folder / "甲.txt", 30)
    seen: list[Report] = []
    with library:
        for report in library.watch([folder], stop):
            seen.append(report)
            if len(seen) == 1:
                threading.Timer(0.5, put, [folder / "乙.txt", 36, "涉县：驿站再添新点"]).start()
            else:
                stop.set()
        assert [[d.name for d in r.documents] for r in seen] == [["甲.txt"], ["乙.txt"]]


def test_the_commands(library: Library, tmp_path: Path) -> None:
    home = library.folder
    with library:
        library.ingest([put(tmp_path / "甲.txt", 30), put(tmp_path / "乙.txt", 36)])
    listed = tongjian("documents", "--library", home, "--json").rows
    assert {row["name"]: row["status"] for row in listed} == {"甲.txt": "indexed", "乙.txt": "indexed"}
    assert tongjian("links", "--library", home, "--json").code == 0
    assert tongjian("delete", "甲.txt", "--library", home, "--json").one["deleted"] == [
        row["id"] for row in listed if row["name"] == "甲.txt"
    ]
    assert tongjian("delete", "甲.txt", "--library", home).code == 1


Asked = list[tuple[str, bool]]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """The files that are read, and whether with the time of a scan: a reader that says what is one, by its name."""
    import ingest.read
    from corpus.errors import ReadError

    real, asked = ingest.read.read_many, []

    def lanes(paths: list[Path], **options: Any) -> object:
        limits = options["limits"]
        for path, result in real(paths, work=options["work"]):
            whole = limits(path).ocr
            asked.append((path.name, whole and limits(path).cpu_seconds > 90))
            late = path.name.startswith("扫描") and not whole
            yield path, ReadError("scan", f"文件 {path.name!r} 需要识别。", pages=3) if late else result

    monkeypatch.setattr(ingest.read, "read_many", lanes)
    return asked


def test_scans_come_after_all_other_files_and_are_reported_in_order(
    library: Library, tmp_path: Path, asked: Asked
) -> None:
    given = [put(tmp_path / "扫描.txt", 30), put(tmp_path / "文.txt", 36, "涉县：驿站再添新点")]
    seen: list[tuple[int, int, str]] = []
    with library:
        report = library.ingest(given, scanning=lambda *told: seen.append(told))
        assert asked == [("扫描.txt", False), ("文.txt", False), ("扫描.txt", True)]
        assert [(d.name, d.status) for d in report.documents] == [("扫描.txt", "indexed"), ("文.txt", "indexed")]
        assert seen == [(1, 1, "扫描.txt")]


@pytest.mark.parametrize("command", ["ingest", "ingest --dry-run", "extract"])
def test_every_command_opens_archives_and_gives_scans_their_time(tmp_path: Path, asked: Asked, command: str) -> None:
    attached = put(tmp_path / "附件.txt", 12, "德清县：驿站建设").read_text("utf8").replace("涉县", "德清县")
    message = EmailMessage(policy=SMTP)
    message["Subject"] = "涉县：来信"
    message.set_content("涉县选派指导员7名，群众都说好。（虚构样例）", charset="utf-8", cte="base64")
    message.add_attachment(attached.encode(), maintype="text", subtype="plain", filename="附件.txt")
    folder = tmp_path / "in"
    put(folder / "文.txt", 36, "涉县：驿站再添新点")
    (folder / "来信.eml").write_bytes(message.as_bytes())
    with zipfile.ZipFile(folder / "材料.zip", "w") as archive:
        archive.write(put(tmp_path / "扫描.txt", 30), "三月/扫描.txt")
        archive.writestr("三月/空.txt", b"")
    with zipfile.ZipFile(folder / "空.zip", "w") as archive:
        archive.writestr("__MACOSX/._扫描.txt", b"")

    ran = here(*command.split(), folder, "--library", tmp_path / "库", "--json")

    assert ran.code == 3
    assert sorted(asked) == [
        ("扫描.txt", False), ("扫描.txt", True), ("文.txt", False), ("来信.eml", False), ("空.txt", False),
        ("附件.txt", False),
    ]  # fmt: skip
    assert asked[-2:] == [("扫描.txt", True), ("来信.eml", False)]  # when all that was sent with it is known
    if command == "extract":
        assert {row["text"] for row in ran.rows} == {"36个", "7名", "12个", "30个"}
        assert sorted(line.split("：")[1] for line in ran.err.splitlines()) == [
            str(folder / "材料.zip!/三月/空.txt"), str(folder / "空.zip")
        ]  # fmt: skip
        return
    told = ran.rows if "--dry-run" in command else ran.one["documents"]
    good = "readable" if "--dry-run" in command else "indexed"
    assert [(Path(row["path"]).relative_to(folder).as_posix(), row["status"]) for row in told] == [
        ("文.txt", good), ("材料.zip!/三月/扫描.txt", good), ("材料.zip!/三月/空.txt", "failed"),
        ("来信.eml", good), ("来信.eml!/附件.txt", good), ("空.zip", "failed"),
    ]  # fmt: skip


def letter(subject: str, **attached: str | EmailMessage) -> EmailMessage:
    """A letter with texts, or other letters, sent with it."""
    message = EmailMessage(policy=SMTP)
    message["Subject"], message["From"] = subject, "a@b.cn"
    message.set_content("涉县选派指导员7名，群众都说好。（虚构样例）", charset="utf-8", cte="base64")
    for name, content in attached.items():
        if isinstance(content, str):
            message.add_attachment(content.encode(), maintype="text", subtype="plain", filename=f"{name}.txt")
        else:
            message.add_attachment(content)
    return message


def test_a_letter_with_a_marked_file_is_refused_with_it(library: Library, tmp_path: Path) -> None:
    (tmp_path / "来信.eml").write_bytes(letter("涉县：来信", 方案="机密★1年\n涉县驿站方案\n各单位：请阅。").as_bytes())
    with library:
        report = library.ingest([tmp_path / "来信.eml"])
        assert [d.kind for d in report.documents] == ["marked", "marked"]
    kept = [path.read_bytes() for path in library.folder.rglob("*") if path.is_file()]
    assert not any(b"5py65a+G" in content or "机密★".encode() in content for content in kept)


def test_letters_in_letters_and_archives_are_opened(library: Library, tmp_path: Path) -> None:
    told = "德清县：驿站建设\n德清县建成驿站12个，覆盖全部街道，群众都说好。（虚构样例）"
    inner = letter("德清县：来信", 情况=told)
    (tmp_path / "转来.eml").write_bytes(letter("涉县：转来", 里=inner).as_bytes())
    with zipfile.ZipFile(tmp_path / "信.zip", "w") as archive:
        archive.writestr("信/来信", inner.as_bytes())
    with library:
        report = library.ingest([tmp_path / "转来.eml", tmp_path / "信.zip"])
        names = [d.path.partition("!/")[2] for d in report.documents]
        assert names == ["", "德清县：来信.eml", "德清县：来信.eml!/情况.txt", "信/来信", "信/来信!/情况.txt"]
        assert not report.failures
        assert sum("德清县建成驿站12个" in a.body for a in library.catalogue.articles() if a.stands) == 1


@pytest.mark.parametrize("marked", ["方案（机密）.txt", "机密/方案.txt"])
def test_a_marked_name_is_refused_though_its_bytes_are_in(library: Library, tmp_path: Path, marked: str) -> None:
    put(tmp_path / "文.txt", 36)
    put(tmp_path / marked, 36)
    with library:
        report = library.ingest([tmp_path / "文.txt", tmp_path / marked])
        assert [(d.status, d.kind) for d in report.documents] == [("indexed", None), ("failed", "marked")]


def test_copies_of_what_failed_are_read_themselves(library: Library, tmp_path: Path) -> None:
    text = put(tmp_path / "b.txt", 36).read_bytes()
    for name in ("a.pdf", "c.txt", "d.pdf"):
        (tmp_path / name).write_bytes(text)
    with library:
        report = library.ingest([tmp_path / name for name in ("a.pdf", "b.txt", "c.txt", "d.pdf")])
        told = [(d.name, d.status) for d in report.documents]
    assert told == [("a.pdf", "failed"), ("b.txt", "indexed"), ("c.txt", "duplicate"), ("d.pdf", "duplicate")]


def test_a_file_that_was_renamed_and_then_changed_is_one(library: Library, tmp_path: Path) -> None:
    first = put(tmp_path / "a.txt", 12)
    with library:
        library.ingest([first])
        first.rename(tmp_path / "b.txt")
        library.ingest([tmp_path / "b.txt"])
        put(tmp_path / "b.txt", 19)
        library.ingest([tmp_path / "b.txt"])
        live = [d for d in library.documents() if d.state == "indexed"]
        assert [d.document.name for d in live] == ["b.txt"]


def test_what_a_folder_holds_besides_files_is_told(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "材料"
    put(folder / "文.txt", 36)
    os.mkfifo(folder / "管道.txt")
    (folder / "断.txt").symlink_to(folder / "没有.txt")
    (folder / "外.txt").symlink_to(put(tmp_path / "别处.txt", 12))
    with library:
        kinds = {d.name: d.kind or d.status for d in library.ingest([folder]).documents}
    assert kinds == {"文.txt": "indexed", "管道.txt": "wrong_type", "断.txt": "missing", "外.txt": "unsupported"}


def test_files_that_change_names_among_each_other_stay(library: Library, tmp_path: Path) -> None:
    first, second = put(tmp_path / "a.txt", 12), put(tmp_path / "b.txt", 19)
    with library:
        library.ingest([first, second])
        first.rename(tmp_path / "c.txt")
        second.rename(first)
        (tmp_path / "c.txt").rename(second)
        library.ingest([first, second])
        assert sorted(d.state for d in library.documents()) == ["indexed", "indexed"]


def test_a_letter_waits_for_a_copy_of_what_was_sent_with_it(library: Library, tmp_path: Path) -> None:
    secret = "机密★1年\n涉县驿站方案\n各单位：请阅。"
    (tmp_path / "a.txt").write_text(secret, encoding="utf8")
    (tmp_path / "b.mht").write_bytes(letter("涉县：来信", 方案=secret).as_bytes())
    with library:
        report = library.ingest([tmp_path / "a.txt", tmp_path / "b.mht"])
        assert [d.kind for d in report.documents] == ["marked"] * 3


def test_a_search_over_files_without_an_index_says_so(tmp_path: Path) -> None:
    home = tmp_path / "库"
    put(tmp_path / "文.txt", 36)
    assert tongjian("ingest", tmp_path / "文.txt", "--no-index", "--library", home).code == 0
    assert "没有建索引" in tongjian("search", "驿站", "--library", home).err
    assert tongjian("rebuild", "--library", home).code == 0
    assert "没有建索引" not in tongjian("search", "驿站", "--library", home).err


def test_a_name_tells_a_terminal_nothing(tmp_path: Path) -> None:
    path = tmp_path / "坏\x1b[31m.txt"
    path.write_bytes(b"")
    said = tongjian("ingest", path, "--library", tmp_path / "库").err
    assert "坏�[31m.txt" in said and "\x1b" not in said
