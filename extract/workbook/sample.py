"""抽检: a random sample of the exported facts, to be judged by a person, and the error rate that follows from it."""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterator

from corpus.labels import STATUS
from corpus.model import Fact
from extract.workbook.blocks import Block, Cell, Formula, Kind, Link
from extract.workbook.content import Content, Facts

SAMPLE = "抽检"
SIZE = 100
"""Facts of a sample: with 3 errors among 100 the rate lies, at 95 %, between 1.0 and 8.5 %."""
RIGHT, WRONG = "对", "错"
_JUDGED = "核对结果"


def sample(facts: Facts, size: int = SIZE) -> list[Fact]:
    """Facts drawn by the hash of their ids: the same export always gives the same ones, in the order of the export."""
    drawn = heapq.nsmallest(size, enumerate(facts), key=lambda each: _draw(each[1].id))
    return [fact for _, fact in sorted(drawn, key=lambda each: each[0])]


def _draw(fact: str) -> str:
    return hashlib.sha256(f"sample {fact}".encode()).hexdigest()


def sample_blocks(content: Content) -> tuple[Block, Block]:
    """The sample as a list with a column to judge in, and below it the error rate with its interval (Wilson, 95 %)."""
    heads: tuple[tuple[str, float, Kind], ...] = (
        ("序号", 7, "number"), ("编号", 18, "text"), (_JUDGED, 9, "text"), ("地方", 16, "text"), ("主体", 16, "text"),
        ("指标", 20, "text"), ("原文表述", 13, "text"), ("数值", 12, "number"), ("单位", 7, "text"),
        ("时间", 14, "text"), ("状态", 8, "text"), ("原句", 60, "text"), ("文件", 24, "text"), ("说明", 20, "text"),
    )  # fmt: skip
    drawn = sample(content.facts)
    listed = Block(
        heads, (_row(content, n, fact) for n, fact in enumerate(drawn, 1)), choices=(_JUDGED, (RIGHT, WRONG))
    )
    return listed, Block((("抽检结果", 7, "text"), ("", 18, "text"), ("", 9, "text")), _result(content, len(drawn)))


def _row(content: Content, n: int, fact: Fact) -> list[Cell | Link | Formula]:
    q = fact.quantity
    return [
        n, fact.id, "", fact.place.name if fact.place else "", fact.subject, fact.indicator_name, q.surface, q.value,
        q.unit or "", fact.period.text or "", STATUS[fact.status], fact.sentence_text,
        content.articles[fact.article].name, "",
    ]  # fmt: skip


def _result(content: Content, drawn: int) -> Iterator[list[Cell | Link | Formula]]:
    judged = f"C2:C{drawn + 1}"
    n, wrong = f'(COUNTIF({judged},"{RIGHT}")+COUNTIF({judged},"{WRONG}"))', f'COUNTIF({judged},"{WRONG}")'
    rate, z = f"({wrong}/{n})", "1.96"
    middle, spread = f"({rate}+{z}^2/(2*{n}))", f"{z}*SQRT({rate}*(1-{rate})/{n}+{z}^2/(4*{n}^2))"
    scale = f"(1+{z}^2/{n})"
    yield ["", "数据总数", content.survey.counts.total()]
    yield ["", "抽取", drawn]
    yield ["", "已核对", Formula(f"={n}")]
    yield ["", "其中有错", Formula(f"={wrong}")]
    for name, figure in (
        ("差错率", rate),
        ("差错率下限（95%）", f"MAX(0,({middle}-{spread})/{scale})"),
        ("差错率上限（95%）", f"MIN(1,({middle}+{spread})/{scale})"),
    ):
        yield ["", name, Formula(f'=IF({n}=0,"",{figure})', percent=True)]
