"""What the web desk asks of the server: uploads and jobs, corrections with versions, digests, the dictionary."""

from __future__ import annotations

import json
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from answer.issue import checked
from answer.issue_private import private
from answer.issue_text import html, markdown
from answer.reference import Citing
from answer.units import credited, ledger
from api.http.app import create_app
from api.jobs import Jobs
from api.library import Library
from api.lock import writing
from api.uploads import Upload, keep
from corpus.digests import Entry, Issue, Saved, Section, Source
from corpus.jobs import Job, JobLog
from corpus.model import Article
from corpus.places import Gazetteer

TEXT = "德清县：驿站建到身边\n德清县建成新就业群体驿站46个，选派党建指导员210名。\n"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[tuple[TestClient, Library]]:
    with Library.open(tmp_path / "library", create=True) as library, TestClient(create_app(library)) as client:
        yield client, library


def _taken(client: TestClient, files: dict[str, bytes]) -> dict[str, Any]:
    given = [("files", (name, BytesIO(content))) for name, content in files.items()]
    begun = client.post("/v1/documents", files=given)
    assert begun.status_code == 202 and begun.headers["location"] == f"/v1/jobs/{begun.json()['id']}"
    for _ in range(600):
        job: dict[str, Any] = client.get(begun.headers["location"]).json()
        if job["state"] not in ("queued", "running"):
            return job
        time.sleep(0.05)
    raise AssertionError("the job does not end")


def test_files_are_taken_in_by_a_job_and_listed_with_what_failed(desk: tuple[TestClient, Library]) -> None:
    client, library = desk
    job = _taken(client, {"甲.txt": TEXT.encode(), "坏.pdf": b"%PDF-1.7 no", "秘密.txt": "秘密\n\n内容".encode()})
    assert job["state"] == "done" and (job["done"], job["total"]) == (3, 3)
    states = {d["name"]: d["status"] for d in job["result"]["documents"]}
    assert states == {"甲.txt": "indexed", "坏.pdf": "failed", "秘密.txt": "failed"}
    listed = client.get("/v1/documents").json()
    assert [d["status"] for d in listed["items"]] == ["failed", "failed", "indexed"] and listed["total"] == 3
    assert all(d["reason"] for d in listed["items"][:2])
    assert not list((library.folder / "uploads").glob("*/*"))
    again = _taken(client, {"甲.txt": TEXT.encode()})
    assert [d["status"] for d in again["result"]["documents"]] == ["duplicate"]
    assert [j["id"] for j in client.get("/v1/jobs").json()["items"]][0] == again["id"]


def test_pages_of_documents_are_read_by_cursor(desk: tuple[TestClient, Library]) -> None:
    client, _ = desk
    _taken(client, {f"{n}.txt": f"德清县：第{n}篇\n德清县建成驿站{n + 2}个。\n".encode() for n in range(5)})
    seen, cursor = [], None
    for _ in range(3):
        page = client.get("/v1/documents", params={"limit": 2, **({"cursor": cursor} if cursor else {})}).json()
        seen += [d["name"] for d in page["items"]]
        cursor = page["next"]
    assert seen == [f"{n}.txt" for n in range(5)] and cursor is None
    assert client.get("/v1/documents", params={"cursor": "none"}).status_code == 422


def test_hidden_files_are_left_out_and_paths_are_told_as_sent(desk: tuple[TestClient, Library]) -> None:
    client, _ = desk
    sent = {"材料/甲.txt": TEXT.encode(), "材料/.DS_Store": b"x", "材料/.git/config": b"x", "__MACOSX/._甲.txt": b"x"}
    job = _taken(client, sent)
    assert [d["name"] for d in job["result"]["documents"]] == ["甲.txt"]
    assert [d["path"] for d in client.get("/v1/documents").json()["items"]] == ["材料/甲.txt"]
    hidden = client.post("/v1/documents", files=[("files", (".DS_Store", b"x"))])
    assert hidden.status_code == 422 and "隐藏文件" in hidden.json()["detail"]


def test_what_an_editor_pastes_or_a_program_sends_breaks_no_digest(desk: tuple[TestClient, Library]) -> None:
    client, _ = desk
    made = client.post("/v1/digests", json={"title": "一\x0b期"}).json()
    at, issue = f"/v1/digests/{made['id']}", made["issue"]
    assert issue["title"] == "一期"
    entry = {"id": "e1", "heading": "标\x00题", "text": "正\x0b文。"}
    section = issue["sections"][0] | {"entries": [entry]}
    saved = client.put(at, json={"version": 1, "issue": issue | {"sections": [section], "title": "长" * 300}})
    assert saved.json()["issue"]["sections"][0]["entries"][0]["heading"] == "标题"
    for ending in ("docx", "md", "html"):
        assert client.get(f"{at}/file", params={"format": ending}).status_code == 200
    bad: list[dict[str, Any]] = [
        {"title": "长" * 301}, {"template": "none"}, {"dated": "不是日期"}, {"sections": [section, section]},
        {"sections": [section | {"entries": [entry, entry]}]}, {"sections": [section | {"id": 'a"]<b>'}]},
    ]  # fmt: skip
    for change in bad:
        assert client.put(at, json={"version": 2, "issue": issue | change}).status_code == 422, change


def test_a_published_digest_stays(desk: tuple[TestClient, Library]) -> None:
    client, _ = desk
    made = client.post("/v1/digests", json={"title": "一期"}).json()
    at = f"/v1/digests/{made['id']}"
    client.put(at, json={"version": 1, "issue": made["issue"] | {"published": True}})
    assert client.delete(at).status_code == 409
    client.put(at, json={"version": 2, "issue": made["issue"]})
    assert client.delete(at).status_code == 204


def test_passages_become_one_entry_and_a_published_digest_takes_none(desk: tuple[TestClient, Library]) -> None:
    client, library = desk
    _taken(client, {"甲.txt": TEXT.encode(), "乙.txt": "昆山市：驿站\n昆山市建成驿站9个。\n".encode()})
    at = client.post("/v1/digests", json={"title": "一期"}).headers["location"]
    first, second = ({"article": a.id, "start": 0, "end": len(a.body)} for a in library.articles())
    asked = first | {"more": [second], "heading": "两地", "text": "两地都建了驿站。"}
    told = client.post(f"{at}/passages", json=asked).json()
    (entry,) = told["issue"]["sections"][0]["entries"]
    assert (entry["heading"], entry["text"], entry["place"]) == ("两地", "两地都建了驿站。", None)
    assert [s["article"] for s in entry["sources"]] == [first["article"], second["article"]]
    assert told["checks"][entry["id"]][0]["source"] is None
    closed = client.put(at, json={"version": 2, "issue": told["issue"] | {"published": True}}).json()
    refused = client.post(f"{at}/passages", json=first)
    assert refused.status_code == 422 and "已刊发" in refused.json()["detail"]
    changed = client.put(at, json={"version": 3, "issue": closed["issue"] | {"title": "改题"}})
    assert changed.status_code == 422 and client.get(at).json()["issue"]["title"] == "一期"
    opened = client.put(at, json={"version": 3, "issue": closed["issue"] | {"title": "改题", "published": False}})
    assert opened.status_code == 200 and client.post(f"{at}/passages", json=first).status_code == 200


def test_a_file_that_fills_the_memory_is_refused(desk: tuple[TestClient, Library], tmp_path: Path) -> None:
    client, _ = desk
    at = f"/v1/digests/{client.post('/v1/digests', json={'title': '一期'}).json()['id']}/revised"
    bomb = tmp_path / "bomb.docx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/document.xml", b"<w:p/>" * 8_000_000)
    told = client.post(at, files={"file": ("bomb.docx", bomb.read_bytes())})
    assert told.status_code == 422 and "过大" in told.json()["detail"]


def test_two_files_of_one_name_are_deleted_one_by_one(desk: tuple[TestClient, Library]) -> None:
    client, library = desk
    _taken(client, {"甲/同名.txt": TEXT.encode(), "乙/同名.txt": "昆山市：驿站\n昆山市建成驿站9个。\n".encode()})
    assert client.delete("/v1/documents/同名.txt").status_code == 404
    first = library.documents()[0].document.id
    assert client.delete(f"/v1/documents/{first}").status_code == 200
    assert len(library.articles()) == 1


def test_a_workbook_overwrites_nothing_that_was_changed_after_its_export(
    desk: tuple[TestClient, Library], tmp_path: Path
) -> None:
    client, library = desk
    _taken(client, {"甲.txt": TEXT.encode()})
    library.export(tmp_path / "数据.xlsx")
    time.sleep(1.1)
    fact = client.get("/v1/facts").json()["items"][0]
    change = {"fact": fact["id"], "version": 0, "fields": {"value": "99"}}
    client.post("/v1/corrections", json={"changes": [change], "author": "李四"})
    sent = {"file": ("数据.xlsx", (tmp_path / "数据.xlsx").read_bytes())}
    told = client.post("/v1/desk/workbook", params={"write": True}, files=sent).json()
    assert told["differences"] == [] and told["written"] == 0 and "李四" in told["problems"][0]
    assert client.get(f"/v1/facts/{fact['id']}").json()["value"] == "99"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("黄小明身患尿毒症，联系电话138-1234-5678。", ["138-1234-5678", "黄小明"]),
        ("王强家庭困难，电话 138 1234 5678。", ["138 1234 5678", "王强"]),
        ("居民张伟因车祸截肢。", ["张伟"]),
        ("全县困难家庭得到帮扶。", []),
        ("刘大柱是驿站站长。", []),
        ("举办文明集市、夏令营，开展敬老活动，帮扶困难家庭。", []),
    ],
)
def test_names_beside_hardship_and_numbers_are_pointed_out(text: str, found: list[str]) -> None:
    both = Entry("h", heading=text), Entry("t", text=text)
    issue = Issue("一期", sections=(Section("s", "节", both),))
    for field in ("heading", "text"):
        told = [p.span.of(text) for p in private(issue) if p.field == field]
        assert sorted(told) == sorted(found)


def test_the_ledger_tells_the_prefecture_or_the_province_of_each_unit() -> None:
    places = {"522732": "522700", "110105": "110000", "429004": "420000", "520100": "520100", None: "", "999999": ""}
    entries = tuple(Entry(f"e{n}", unit="某部", place=place) for n, place in enumerate(places))
    issue = Issue("一期", dated="2026-07-01", published=True, sections=(Section("s", "节", entries),))
    rows = ledger([Saved("d", 1, "", issue)], [], Gazetteer.load()).rows
    assert rows == tuple(("2026-07", code, "某部", 0, 1 + (not code)) for code in sorted({*places.values()}))


def test_the_ledger_counts_every_entry_once_for_each_unit_under_one_name() -> None:
    source = (Source("a", 0, 3, "驿站。"),)
    entries = (
        Entry("1", unit="平遥县委社会工作部", place="140728"), Entry("2", unit="平遥社会工作", place="140728"),
        Entry("3", unit="中共平遥县委社会工作部"), Entry("4", place="140728"), Entry("5", sources=source),
        Entry("6", text="编者按。"), Entry("7", unit="德清县民政局、德清县委社会工作部", place="330521"),
    )  # fmt: skip
    issue = Issue("一期", dated="2026-07-01", published=True, sections=(Section("s", "节", entries),))
    place = Gazetteer.load().place("140728")
    sent = Article("a", "d", "甲.txt", 0, "驿站", "正文。", (), place=place, source_line="转自平遥社会工作")
    rows = ledger([Saved("d", 1, "", issue)], [("2026-07", sent, 2)], Gazetteer.load()).rows
    assert {row[1:] for row in rows} == {
        ("140700", "平遥县委社会工作部", 2, 3), ("140700", "平遥县（未注明单位）", 0, 1), ("", "未注明单位", 0, 1),
        ("330500", "德清县民政局", 0, 1), ("330500", "德清县委社会工作部", 0, 1),
    }  # fmt: skip


def test_articles_are_in_the_order_asked_for_page_by_page(desk: tuple[TestClient, Library]) -> None:
    client, _ = desk
    told = [("浙江德清", "2026-07-01"), ("江苏昆山", "2026-05-01"), ("贵州三都", "2026-06-01"), ("江苏昆山", "")]
    for n, (place, day) in enumerate(told):
        text = f"{place}：驿站\n{day}\n{place[2:]}建成驿站{n + 3}个，服务骑手。\n"
        _taken(client, {f"{n}.txt": text.encode()})

    def names(sort: str) -> str:
        first = client.get("/v1/desk/articles", params={"sort": sort, "limit": 2}).json()
        rest = client.get("/v1/desk/articles", params={"sort": sort, "limit": 2, "cursor": first["next"]}).json()
        return "".join(each["name"][0] for each in first["items"] + rest["items"])

    orders = ("newest", "oldest", "place", "received")
    assert [names(sort) for sort in orders][:3] == ["0213", "1203", "1302"]
    assert sorted(names("received")) == list("0123")
    facets = client.get("/v1/desk/facets").json()
    assert {each["value"]: each["count"] for each in facets["place"]}["320000"] == 2


def test_the_ledger_is_narrowed_summed_and_written(desk: tuple[TestClient, Library], tmp_path: Path) -> None:
    from openpyxl import load_workbook  # type: ignore[import-untyped]

    client, library = desk
    text = "浙江德清：驿站\n{}\n德清县建成驿站{}个，服务骑手。\n（转自{}）\n"
    sent = [("2026-07-01", "德清社会工作"), ("2026-06-02", "德清社会工作"), ("2026-07-01", "湖州日报")]
    texts = [text.format(day, n, unit) for n, (day, unit) in enumerate([*sent, ("", "德清社会工作")], 3)]
    _taken(client, {f"{n}.txt": each.encode() for n, each in enumerate(texts)})

    def told(**asked: str) -> list[tuple[str, str, int]]:
        items = client.get("/v1/digests/ledger", params=asked).json()["items"]
        return [(each["month"], each["unit"], each["sent"]) for each in items]

    assert told() == [("2026-07", "德清县委社会工作部", 1), ("2026-06", "德清县委社会工作部", 1)]
    assert told(since="2026-07") == told()[:1] and told(until="2026-06") == told()[1:] and told(unit="湖州") == []
    assert told(by="unit") == [("", "德清县委社会工作部", 2)]
    path = tmp_path / "台账.xlsx"
    path.write_bytes(client.get("/v1/digests/ledger/file", params={"since": "2026-07"}).content)
    book = load_workbook(path)
    assert [cell.value for cell in book["各单位合计"][2]] == ["浙江省湖州市", "德清县委社会工作部", 1, 0]
    assert client.get("/v1/digests/ledger", params={"since": "七月"}).status_code == 422


def test_only_whole_clauses_are_said_to_be_the_sources(desk: tuple[TestClient, Library]) -> None:
    client, library = desk
    body = "德清县：驿站\n德清县尚未完成改造任务。全市建成120个驿站投入使用，覆盖全部乡镇。\n"
    _taken(client, {"甲.txt": body.encode()})
    article = library.articles()[0]
    source = Source(article.id, 0, len(article.body), "20个驿站投入使用。任意的话。")
    told = {
        "全市建成120个驿站投入使用。": True, "覆盖全部乡镇。": True, "20个驿站投入使用。": False, "任意的话。": False,
        "完成改造任务。": False, "全市建成12。": False,
    }  # fmt: skip
    for text, stands in told.items():
        (each,) = checked(Entry("e", text=text, sources=(source,)), {article.id: article})
        assert (each.source is not None) is stands, text
    (gone,) = checked(Entry("e", text="任意的话。", sources=(source,)), {})
    assert gone.gone and gone.source is not None
    near = [checked(Entry("e", text=t, sources=(source,)), {article.id: article})[0].near for t in told]
    assert near == [None, None, source, source, None, None]


def test_credit_is_for_bodies_not_for_media_or_places() -> None:
    article = Article("a", "d", "甲.txt", 0, "驿站", "正文。", (), place=Gazetteer.load().place("330521"))
    told = {
        "来源：德清县委社会工作部": "德清县委社会工作部", "（转自德清社会工作）": "德清县委社会工作部",
        "来源：德清县人民政府网站": "德清县人民政府", "转自湖州社会工作": "湖州市委社会工作部", "转自长兴社会工作": "",
        "来源：北京日报 记者 某某": "", "来源：德清县融媒体中心": "",
        "来源：上海宝山官方微信": "", "来源：舞阳街道": "舞阳街道", "": "",
    }  # fmt: skip
    assert {line: credited(replace(article, source_line=line)) for line in told} == told
    assert credited(replace(article, source_line="来源：湖州日报", reporter="德清县民政局")) == "德清县民政局"


def test_a_sentence_that_two_sources_have_stands_in_the_one_that_quotes_it(desk: tuple[TestClient, Library]) -> None:
    client, library = desk
    texts = ("开展结对帮扶。选派指导员46名。", "办起夜校。选派指导员46名。")
    _taken(client, {f"{n}.txt": f"德清县：做法{n}\n{text}\n".encode() for n, text in enumerate(texts)})
    articles = {article.id: article for article in library.articles()}
    first, second = sorted(articles.values(), key=lambda a: a.title)
    sources = (Source(first.id, 0, 7, "开展结对帮扶。"), Source(second.id, 0, 16, "选派指导员46名。"))
    entry = Entry("e", text="开展结对帮扶。选派指导员46名。", sources=sources)
    assert [each.source for each in checked(entry, articles)] == list(sources)
    told = Issue("一期", sections=(Section("s", "", (entry,)),))
    assert "开展结对帮扶。[1]选派指导员46名。[2]" in html(told, articles, "", Citing("2026-11-27"))
    assert markdown(told, articles, "", Citing("2026-11-27")).count("46名。") == 1


def test_a_claim_is_verified_through_what_it_cites(desk: tuple[TestClient, Library]) -> None:
    client, library = desk
    _taken(client, {"甲.txt": "浙江德清：驿站\n全县建成驿站52个，服务骑手。\n".encode()})
    answer = client.post("/v1/ask", json={"question": "德清县建成多少个驿站？"}).json()
    given = {"question": "问", "claims": answer["claims"], "citations": answer["citations"]}
    at = client.post("/v1/digests", json={"title": "一期"}).headers["location"]
    told = client.post(f"{at}/claims", json=given).json()
    (entry,) = told["issue"]["sections"][0]["entries"]
    assert (entry["heading"], entry["text"], entry["place"]) == ("德清县", "德清县建成驿站52个。", "330521")
    assert [each["source"] for each in told["checks"][entry["id"]]] == [0]
    forged = json.loads(json.dumps(told["issue"], ensure_ascii=False).replace("建成驿站52个。", "建成驿站53个。"))
    told = client.put(at, json={"version": told["version"], "issue": forged}).json()
    assert [each["source"] for each in told["checks"][entry["id"]]] == [None]
    other = json.loads(json.dumps(given, ensure_ascii=False).replace("服务骑手", "服务网民"))
    assert client.post(f"{at}/claims", json=other).status_code == 422


@pytest.mark.parametrize(
    "name", ["../../../逃出.txt", "/etc/甲.txt", "C:\\甲\\乙.txt", "..", "a\x00b.txt", "长" * 300 + ".txt"]
)
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    folder = keep(tmp_path, [Upload(name, BytesIO(b"x")), Upload(name, BytesIO(b"y"))])
    kept = [p for p in folder.rglob("*") if p.is_file()]
    assert len(kept) == 2 and all(p.resolve().is_relative_to(folder.resolve()) for p in kept)
    assert {p.read_bytes() for p in kept} == {b"x", b"y"}


def test_a_deleted_file_comes_back_from_its_original(desk: tuple[TestClient, Library]) -> None:
    client, library = desk
    document = _taken(client, {"甲.txt": TEXT.encode()})["result"]["documents"][0]["id"]
    assert client.get(f"/v1/documents/{document}/file").content == TEXT.encode()
    assert client.delete(f"/v1/documents/{document}").json()["status"] == "deleted"
    assert library.articles() == []
    assert client.post("/v1/documents/none/restore").status_code == 404
    job = client.post(f"/v1/documents/{document}/restore").json()
    while client.get(f"/v1/jobs/{job['id']}").json()["state"] in ("queued", "running"):
        time.sleep(0.05)
    assert [a.name for a in library.articles()] == ["甲.txt"]


def test_home_tells_of_practices_of_places_and_of_no_empty_places(desk: tuple[TestClient, Library]) -> None:
    client, _ = desk
    told = {
        f"国{n}.txt": f"国务院政府工作报告\n国务院总理\n各位代表：\n全国推行“三清单”工作法，全国建成驿站{n}万个。\n"
        f"广东省建成驿站{n}00个，江苏省建成驿站{n}50个，山东省建成驿站{n}20个。\n"
        for n in (3, 4, 5)
    }
    told["甲.txt"] = "德清县：推行“四步”工作法\n德清县推行“四步”工作法，一问二议三办四评，化解矛盾纠纷46件。\n"
    _taken(client, {name: text.encode() for name, text in told.items()})
    shown = client.get("/v1/desk/overview").json()
    (practice,) = shown["practices"]
    assert "四步" in practice["practice"] and practice["articles"] == 1
    assert [p["name"] for p in shown["places"]] == ["浙江省"]


def _living(library: Library) -> list[str]:
    return sorted(d.document.path for d in library.documents() if d.state == "indexed")


def _restored(client: TestClient, document: str) -> dict[str, Any]:
    job = client.post(f"/v1/documents/{document}/restore").json()
    while job["state"] in ("queued", "running"):
        time.sleep(0.05)
        job = client.get(f"/v1/jobs/{job['id']}").json()
    return dict(job["result"]["documents"][0])


def test_a_mended_file_sent_again_replaces_its_old_version_and_back(desk: tuple[TestClient, Library]) -> None:
    client, library = desk
    path = "报送/甲（定稿2）.txt"
    (old,) = _taken(client, {path: TEXT.encode()})["result"]["documents"]
    (new,) = _taken(client, {path: TEXT.replace("46", "64").encode()})["result"]["documents"]
    assert (old["replaced"], new["replaced"]) == ([], [old["id"]])
    assert "64个" in library.ask("德清县建成多少个驿站？").text and len(library.articles()) == 1
    states = {s["value"]: s["count"] for s in client.get("/v1/desk/states").json()["state"]}
    assert states == {"indexed": 1, "replaced": 1}
    assert _restored(client, old["id"])["replaced"] == [new["id"]]
    assert "46个" in library.ask("德清县建成多少个驿站？").text and _living(library) == [path]


OTHERS = {
    "another county": "涉县：驿站建到身边\n涉县建成新就业群体驿站52个，选派党建指导员30名。\n",
    "another town": TEXT.replace("德清县", "德清县新市镇"),
    "another day": f"{TEXT}（2026年9月8日）\n",
    "another year": TEXT.replace("驿站建到身边", "2024年驿站建到身边").replace("46", "64"),
    "another text": "德清县：夜校开课\n德清县在六个村办起夜校，请来老师二十三名。\n",
}


@pytest.mark.parametrize("other", OTHERS)
def test_another_file_of_the_same_name_replaces_nothing(desk: tuple[TestClient, Library], other: str) -> None:
    client, library = desk
    first = f"{TEXT}（2026年8月8日）\n" if other == "another day" else TEXT
    _taken(client, {"总结.txt": first.encode()})
    (told,) = _taken(client, {"总结.txt": OTHERS[other].encode()})["result"]["documents"]
    assert told["replaced"] == [] and _living(library) == ["总结.txt"] * 2


def test_of_two_files_of_one_version_the_last_to_come_in_is_the_newest(desk: tuple[TestClient, Library]) -> None:
    client, library = desk
    told = "骑手歇脚、喝水、充电都有了去处，站长由党员轮流担任，每周组织一次志愿服务，群众都说好。"
    for folder, stations in (("甲", 46), ("乙", 64), ("丙", 58)):
        _taken(client, {f"{folder}/总结（定稿2）.txt": f"{TEXT.replace('46', str(stations))}{told}\n".encode()})
        with library.catalogue.engine.begin() as tx:
            tx.exec_driver_sql("update document set received = received - 60")
    assert "58个" in library.ask("德清县建成多少个驿站？").text


def test_what_a_server_left_unfinished_is_noted_as_stopped_by_the_next(desk: tuple[TestClient, Library]) -> None:
    _, library = desk
    log = JobLog(library.catalogue.engine)
    log.put(Job("j1", "ingest", "很多文件", "2026-01-01T00:00:00+08:00", state="running"))
    assert Jobs(log).get("j1").state == "stopped"


def test_work_that_fails_says_why_and_the_next_goes_on(desk: tuple[TestClient, Library]) -> None:
    _, library = desk
    jobs = Jobs(JobLog(library.catalogue.engine))

    def broken(_: Any) -> dict[str, Any]:
        raise RuntimeError("inside")

    first, second = jobs.submit("x", "坏的", broken), jobs.submit("x", "好的", lambda _: {"n": 1})
    while not jobs.get(second.id).ended:
        time.sleep(0.01)
    assert (jobs.get(first.id).state, jobs.get(first.id).error) == ("failed", "服务器内部出错，详情见服务器日志。")
    assert (jobs.get(second.id).state, jobs.get(second.id).result) == ("done", {"n": 1})


def test_another_sites_page_cannot_write(desk: tuple[TestClient, Library]) -> None:
    client, library = desk
    given = [("files", ("甲.txt", BytesIO(TEXT.encode())))]
    refused = client.post("/v1/documents", files=given, headers={"Origin": "http://evil.example"})
    assert refused.status_code == 403 and library.documents() == []
    own = client.post("/v1/ask", json={"question": "有多少？"}, headers={"Origin": "http://testserver"})
    assert own.status_code == 200


def test_corrections_are_all_written_or_none(desk: tuple[TestClient, Library]) -> None:
    client, library = desk
    _taken(client, {"甲.txt": TEXT.encode()})
    first, second = (f["id"] for f in client.get("/v1/facts").json()["items"])
    bad = {"fact": second, "version": 0, "fields": {"value": "许多"}}
    good = {"fact": first, "version": 0, "fields": {"value": "47", "place": "昆山市"}}
    assert client.post("/v1/corrections", json={"changes": [good, bad]}).status_code == 422
    assert library.catalogue.corrections() == {}
    told = client.post("/v1/corrections", json={"changes": [good], "author": "张三"}).json()["items"][0]
    assert (told["value"], told["place"]["adcode"], told["version"]) == ("47", "320583", 2)
    stale = client.post("/v1/corrections", json={"changes": [good]})
    assert stale.status_code == 409 and "张三" in stale.json()["detail"] and stale.json()["kind"] == "Conflict"
    missing = {"fact": "none", "version": 0, "fields": {}}
    assert client.post("/v1/corrections", json={"changes": [missing]}).status_code == 404
    assert [c["author"] for c in client.get("/v1/corrections").json()["items"]] == ["张三", "张三"]


def test_a_reviewed_fact_is_found_by_its_review(desk: tuple[TestClient, Library]) -> None:
    client, _ = desk
    _taken(client, {"甲.txt": TEXT.encode()})
    first = client.get("/v1/facts").json()["items"][0]["id"]
    for n, review in enumerate(("not_used", "confirmed")):
        change = {"fact": first, "version": n, "fields": {"review": review}}
        assert client.post("/v1/corrections", json={"changes": [change]}).status_code == 200
    assert client.get("/v1/facts", params={"flag": "not_used"}).json()["items"] == []
    assert [f["id"] for f in client.get("/v1/facts", params={"flag": "confirmed"}).json()["items"]] == [first]


def test_the_dictionary_refuses_what_makes_no_sense(desk: tuple[TestClient, Library]) -> None:
    client, library = desk
    _taken(client, {"甲.txt": TEXT.encode()})
    taken = library.rules.indicators["site.stations"].name
    other = "/v1/indicators/party.instructor.dispatched"
    assert client.patch(other, json={"name": taken}).status_code == 422
    assert client.patch(other, json={"name": " "}).status_code == 422
    assert client.patch("/v1/indicators/none", json={"name": "新"}).status_code == 404
    assert client.post("/v1/indicators/merge", json={"indicator": "none", "into": "site.stations"}).status_code == 404
    same = {"indicator": "site.stations", "into": "site.stations"}
    assert client.post("/v1/indicators/merge", json=same).status_code == 422
    assert client.patch(other, json={"name": "指导员数", "synonyms": ["党建指导员", "党建顾问"]}).json() == {"facts": 1}
    with Library.open(library.folder) as anew:
        assert anew.rules.indicators["party.instructor.dispatched"].objects == ("党建指导员", "党建顾问")
    _taken(client, {"乙.txt": "昆山市：选派顾问\n昆山市选派党建顾问9名。\n".encode()})
    told = client.get("/v1/facts", params={"place": "昆山市"}).json()["items"]
    assert [f["indicator_name"] for f in told] == ["指导员数"]


def test_digests_are_begun_saved_and_taken_out(desk: tuple[TestClient, Library]) -> None:
    client, library = desk
    _taken(client, {"甲.txt": TEXT.encode()})
    assert client.post("/v1/digests", json={"theme": "没有的主题"}).status_code == 422
    assert client.post("/v1/digests", json={"template": "none"}).status_code == 422
    made = client.post("/v1/digests", json={"title": "一期"})
    assert made.status_code == 201
    at, article = made.headers["location"], library.articles()[0]
    passage = {"article": article.id, "start": 0, "end": 10_000}
    assert client.post(f"{at}/passages", json=passage).status_code == 422
    end = article.body.index("，") + 1
    told = client.post(f"{at}/passages", json=passage | {"end": end}).json()
    (entry,) = told["issue"]["sections"][0]["entries"]
    assert (entry["text"], entry["unit"], told["version"]) == (article.body[:end], "", 2)
    assert told["checks"][entry["id"]] == [{"start": 0, "end": end, "gone": False, "source": 0, "near": None}]
    issue = told["issue"] | {"title": "二期"}
    assert client.put(at, json={"version": 1, "issue": issue}).status_code == 409
    assert client.put(at, json={"version": 2, "issue": issue}).json()["issue"]["title"] == "二期"
    assert [d["title"] for d in client.get("/v1/digests").json()["items"]] == ["二期"]
    assert client.get(f"{at}/file", params={"format": "exe"}).status_code == 422
    assert client.post(f"{at}/revised", files={"file": ("x.docx", b"no")}).status_code == 422
    assert client.delete(at).status_code == 204
    assert client.get(at).status_code == 404


def test_a_key_repeats_no_digest(desk: tuple[TestClient, Library]) -> None:
    client, _ = desk
    twice = [client.post("/v1/digests", json={"title": "一期"}, headers={"Idempotency-Key": "k"}) for _ in range(2)]
    assert twice[0].json() == twice[1].json()
    assert len(client.get("/v1/digests").json()["items"]) == 1


def test_a_server_that_holds_its_library_reads_and_writes_it(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library", create=True) as library, library.holding("网页服务"):
        with TestClient(create_app(library)) as client:
            document = _taken(client, {"甲.txt": TEXT.encode()})["result"]["documents"][0]["id"]
            _taken(client, {"乙.txt": "昆山市：驿站\n昆山市建成新就业群体驿站52个。\n".encode()})
            assert (
                "52" in client.post("/v1/ask", json={"question": "昆山市建成了多少个新就业群体驿站？"}).json()["text"]
            )
            change = {"fact": client.get("/v1/facts").json()["items"][0]["id"], "version": 0, "fields": {"value": "9"}}
            assert client.post("/v1/corrections", json={"changes": [change]}).status_code == 200
            assert client.delete(f"/v1/documents/{document}").status_code == 200


def test_figures_are_put_right_while_another_process_imports(desk: tuple[TestClient, Library]) -> None:
    client, library = desk
    _taken(client, {"甲.txt": TEXT.encode()})
    change = {"fact": client.get("/v1/facts").json()["items"][0]["id"], "version": 0, "fields": {"value": "9"}}
    with writing(library.folder, "导入资料"):
        assert client.post("/v1/corrections", json={"changes": [change]}).status_code == 200
        told = _taken(client, {"乙.txt": TEXT.encode()})
        assert told["state"] == "failed" and "导入资料" in told["error"]


def test_of_two_changes_at_once_one_is_written(desk: tuple[TestClient, Library]) -> None:
    client, library = desk
    _taken(client, {"甲.txt": TEXT.encode()})
    fact = client.get("/v1/facts").json()["items"][0]["id"]

    def change(n: int) -> int:
        asked = {"changes": [{"fact": fact, "version": 0, "fields": {"value": str(n)}}]}
        return client.post("/v1/corrections", json=asked).status_code

    with ThreadPoolExecutor(8) as pool:
        told = sorted(pool.map(change, range(1000, 1008)))
    assert told == [200, *[409] * 7]
    assert len(library.catalogue.corrections()[fact]) == 1


def test_what_people_read_on_pages_names_no_command_and_no_inside(
    desk: tuple[TestClient, Library], tmp_path: Path
) -> None:
    client, _ = desk
    _taken(client, {"甲.txt": TEXT.encode()})
    word = tmp_path / "名单.docx"
    with zipfile.ZipFile(word, "w") as parts:
        parts.writestr("word/document.xml", b"<w:p/>" * 50 + bytes(range(256)))
    sent = {"file": ("名单.docx", word.read_bytes())}
    fact = client.get("/v1/facts").json()["items"][0]["id"]
    change = {"fact": fact, "version": 0, "fields": {"value": "abc"}}
    answers = {
        "指标": client.post("/v1/compare", json={"indicators": ["没有的指标"]}),
        "文章": client.get("/v1/articles/none"),
        "“数值”不能写成“abc”": client.post("/v1/corrections", json={"changes": [change]}),
        "xlsx": client.post("/v1/desk/places", files=sent),
        "另存为 .xlsx": client.post("/v1/desk/workbook", files=sent),
        "提问": client.post("/v1/verify", json={"claims": [{"citations": 3}]}),
    }
    for said, answer in answers.items():
        detail = answer.json()["detail"]
        assert answer.status_code in (404, 422), detail
        assert said in detail and not any(inside in detail for inside in ("tongjian", "/v1", "/tmp", "--")), detail
