"""JSON and JSON Lines of articles, a record an article, each character at its place in the file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.errors import ReadError
from ingest.read import read_file

RECORDS = [
    {
        "标题": "涉县建成驿站12个",
        "正文": "近日，涉县建成骑手驿站12个，\n群众都说“好”。骑手都来歇脚。（虚构样例）",
        "地区": "涉县",
        "日期": "2031-05-06",
    },
    {
        "标题": "德清县办起夜校",
        "正文": "近日，德清县在六个村办起夜校，村民学得很起劲。（虚构样例）",
        "地区": "德清县",
        "日期": "2031年6月1日",
    },
]


def written(record: dict[str, str], *, ascii: bool = False) -> str:
    return json.dumps(record, ensure_ascii=ascii)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", json.dumps(RECORDS, ensure_ascii=False, indent=1)),
        ("a.json", json.dumps({"code": 0, "data": {"list": RECORDS}}, ensure_ascii=False)),
        ("a.jsonl", "\n".join(map(written, RECORDS))),
        ("a.jsonl", "\n".join(written(record, ascii=True) for record in RECORDS) + "\n"),
    ],
)
def test_a_record_is_an_article(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf8")
    articles = read_file(path).articles
    assert [(a.title, a.published_on) for a in articles] == [
        ("涉县建成驿站12个", "2031-05-06"), ("德清县办起夜校", "2031-06-01")
    ]  # fmt: skip
    assert [a.place.name for a in articles if a.place] == ["涉县", "德清县"]
    for article in articles:
        for run in article.runs:
            assert run.source is not None
            told = article.body[run.body : run.body + run.length], text[run.source : run.source + run.length]
            assert all(a == b or b == "\\" for a, b in zip(*told, strict=True))


@pytest.mark.parametrize(
    ("text", "told"),
    [('[{"标题": "甲"}\n{"标题": "乙"}]', "第 2 行"), ("[" * 3000, "JSON"), ('{"a": "\\ud800x', "JSON")],
)
def test_what_is_no_json_is_told(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "坏.json"
    path.write_text(text, encoding="utf8")
    with pytest.raises(ReadError, match=told):
        read_file(path)


def test_a_level_of_secrecy_in_a_field_refuses_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(written(record | {"密级": "机密"}) for record in RECORDS), encoding="utf8")
    with pytest.raises(ReadError) as caught:
        read_file(path)
    assert caught.value.kind == "marked"


def test_the_articles_are_told_from_longer_lists_in_them(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    pictures = [{"url": f"{n}.jpg"} for n in range(5)]
    path.write_text(json.dumps({"articles": [record | {"images": pictures} for record in RECORDS]}), encoding="utf8")
    assert [a.title for a in read_file(path).articles] == [record["标题"] for record in RECORDS]
    path.write_text(json.dumps(RECORDS[0] | {"files": pictures}, ensure_ascii=False), encoding="utf8")
    assert [a.title for a in read_file(path).articles] == ["涉县建成驿站12个"]


def test_texts_without_titles_are_articles_where_they_are_long(tmp_path: Path) -> None:
    more = "驿站里有热水、微波炉和充电柜，骑手随时可以进来歇脚，镇里还安排专人每天打扫。" * 6
    texts = [
        f"{place}建成骑手驿站 近日，{place}建成骑手驿站12个。（虚构样例）{more}"
        for place in ("涉县", "德清县", "石门县")
    ]
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(written({"docid": f"{n}", "text": text}) for n, text in enumerate(texts)), "utf8")
    assert [a.place.name for a in read_file(path).articles if a.place] == ["涉县", "德清县", "石门县"]
    path.write_text("\n".join(written({"docid": f"{n}", "text": text[:30]}) for n, text in enumerate(texts)), "utf8")
    assert len(read_file(path).articles) == 1
