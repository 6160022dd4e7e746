"""Questions answered from a table: the row and its heads are cited, the unit is the head's, other units are refused."""

from __future__ import annotations

from collections.abc import Iterator

import docx
import pytest

from api.library import Library

ROWS = (
    ("镇（街道）", "新建驿站数（个）", "服务骑手（人次）"),
    ("武康街道", "12", "3,400"),
    ("新市镇", "8", "1,200"),
    ("合计", "20", "4,600"),
)
ABOVE = "德清县上半年抓紧建设驿站，各镇街的情况如下。"
"""The line above the table, which tells of when it is."""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("表")
    document = docx.Document()
    document.add_paragraph("德清县2026年上半年驿站建设情况（虚构样例）")
    document.add_paragraph(ABOVE)
    table = document.add_table(len(ROWS), 3)
    for r, row in enumerate(ROWS):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    document.save(str(folder / "情况.docx"))
    with Library.open(folder / "库", create=True) as made:
        assert not made.ingest([folder / "情况.docx"]).failures
        yield made


@pytest.mark.parametrize(
    ("question", "said", "row"),
    [("德清县新建了多少个驿站？", "新建驿站20个", 3), ("武康街道服务骑手多少人次？", "服务骑手3,400人次", 1)],
)
def test_a_cell_answers_with_its_row_and_heads(library: Library, question: str, said: str, row: int) -> None:
    answer = library.ask(question)
    assert said in answer.text and not answer.refused
    assert [c.quote for c in answer.citations] == ["\t".join(ROWS[row]), "\t".join(ROWS[0]), ABOVE]
    assert all(claim.verified for claim in answer.claims)


@pytest.mark.parametrize(
    ("text", "good"),
    [("新建驿站20个", True), ("新建驿站20名", False), ("新建驿站12个", False), ("服务骑手20人次", False)],
)
def test_the_heads_bind_the_number(library: Library, text: str, good: bool) -> None:
    (article,) = library.articles()
    row, heads = article.body.index("合计"), article.body.index("镇（街道）")
    cited = [
        {
            "n": n,
            "article": article.id,
            "title": article.title,
            "field": "body",
            "quote": quote,
            "start": at,
            "end": at + len(quote),
        }
        for n, (at, quote) in enumerate([(row, "\t".join(ROWS[3])), (heads, "\t".join(ROWS[0]))], 1)
    ]
    claim = {"text": f"德清县2026年上半年{text}", "place": "330521", "citations": [1, 2], "derivation": None}
    (verdict,) = library.verify({"claims": [claim], "citations": cited})
    assert verdict.verified is good, verdict.reasons
