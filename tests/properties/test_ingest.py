"""Whatever the text: body characters are the source's, reading what was read changes nothing, nor does its order."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.library import Library
from corpus.model import Article
from ingest.read import read_file

CLAUSES = st.sampled_from(
    ["近日，德清县新建驿站12个", "服务骑手3,400人次", "群众都说好", "一是建好阵地", "其中，武康街道5个",
     "“小哥”有了家（见图）", "A4纸打印", "办结率95.4%"]
)  # fmt: skip
SENTENCE = st.lists(CLAUSES, min_size=1, max_size=5).map(lambda c: "，".join(c) + "。")
PARAGRAPH = st.lists(SENTENCE, min_size=1, max_size=4).map("".join)
BREAK = st.sampled_from(["\n", "\n\n", "\r\n", "\n　　", " \n"])
TEXT = st.lists(st.tuples(PARAGRAPH, BREAK), min_size=1, max_size=6).map(lambda ps: "".join(a + b for a, b in ps))
SLOW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(text: str, name: str = "情况.txt") -> tuple[Article, ...]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(text.encode())
        return read_file(path).articles


@given(TEXT)
@SLOW
def test_every_body_character_is_its_source_character(body: str) -> None:
    text = "德清县驿站建设情况\n" + body
    for article in read(text):
        for run in article.runs:
            assert run.source is not None
            shown = article.body[run.body : run.body + run.length]
            assert shown == text[run.source : run.source + run.length]
        covered = sum(run.length for run in article.runs)
        assert covered == len(article.body) - article.body.count("\n") or covered == len(article.body)


@given(TEXT)
@SLOW
def test_reading_what_was_read_changes_nothing(body: str) -> None:
    (first,) = read("德清县驿站建设情况\n" + body)
    (again,) = read(f"{first.title}\n{first.body}")
    assert (again.title, again.body) == (first.title, first.body)


@given(st.lists(TEXT, min_size=2, max_size=3, unique=True))
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_neither_order_nor_repetition_matters(bodies: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for n, body in enumerate(bodies):
            paths.append(Path(folder) / f"{n}.txt")
            paths[-1].write_bytes(f"德清县驿站建设情况{'甲乙丙'[n]}\n{body}".encode())
        states = []
        for n, order in enumerate((paths, [*reversed(paths), *paths])):
            with Library.open(Path(folder) / f"库{n}", create=True) as library:
                library.ingest(order, index=False)
                facts = sorted((f.id, f.duplicate_of or "") for f in library.facts())
                states.append((sorted((a.id, a.duplicate_of or "") for a in library.articles()), facts))
        assert states[0] == states[1]
