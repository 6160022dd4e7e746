"""数据核实表: one place's figures for its own office to confirm or correct, and send back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from corpus.labels import STATUS
from corpus.model import Article, Fact, Place
from extract.workbook.blocks import Block, Cell, Formula, Kind, Link, Sheet

CONFIRMED_VALUE = "核实数值"
"""The column the office writes in; what is written there replaces 数值 when the table is read back."""
_HEADS: tuple[tuple[str, float, Kind], ...] = (
    ("序号", 5, "number"), ("主体", 15, "text"), ("指标", 18, "text"), ("原文表述", 11, "text"), ("数值", 10, "number"),
    ("单位", 6, "text"), ("时间", 11, "text"), ("状态", 7, "text"), (CONFIRMED_VALUE, 11, "text"),
    ("核实说明", 20, "text"), ("原句", 40, "text"), ("文件", 18, "text"), ("编号", 18, "text"),
)  # fmt: skip
_AROUND = 40
"""Characters quoted before and after a figure; its place in the whole is on 依据 of the full export."""


def verification(place: Place, facts: Sequence[Fact], articles: Mapping[str, Article]) -> Sheet:
    """The table of a place: figures told once each, its own before those of bodies below it."""
    listed = sorted((f for f in facts if f.stands), key=lambda f: f.subject_level != place.level)
    lines = (
        f"{place.name}数据核实表",
        "请对照原句核实：无误的不填；有误的在“核实数值”填正确的数，并在“核实说明”写明依据。“编号”请勿改动。",
        "填报单位（盖章）：　　　　　　　　核实人：　　　　　　审核人：　　　　　　日期：　　　年　　月　　日",
    )
    return Sheet("数据核实表", (Block(_HEADS, _rows(listed, articles), lines),), frozen=3)


def _rows(facts: Sequence[Fact], articles: Mapping[str, Article]) -> Iterator[list[Cell | Link | Formula]]:
    for n, fact in enumerate(facts, 1):
        q = fact.quantity
        yield [
            n, fact.subject, fact.indicator_name, q.surface, q.value, q.unit or "", fact.period.text or "",
            STATUS[fact.status], "", "", excerpt(fact), articles[fact.article].name, fact.id,
        ]  # fmt: skip


def excerpt(fact: Fact) -> str:
    """The sentence, of a long one what stands around the figure."""
    text, at = fact.sentence_text, fact.quantity.span.start - fact.sentence.start
    start, end = max(0, at - _AROUND), at + len(fact.quantity.surface) + _AROUND
    return ("……" if start else "") + text[start:end] + ("……" if end < len(text) else "")
