"""数据核实表: one place's figures for its own office to confirm or correct, and send back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from corpus.labels import STATUS
from corpus.model import Article, Fact, Place
from extract.workbook.blocks import Block, Cell, Formula, Kind, Link, Sheet
from extract.workbook.content import remarks, shown

CONFIRMED_VALUE = "核实数值"
"""The column the office writes in; what is written there replaces 数值 when the table is read back."""
_HEADS: tuple[tuple[str, float, Kind], ...] = (
    ("序号", 6, "number"), ("主体", 18, "text"), ("指标", 22, "text"), ("原文表述", 13, "text"), ("数值", 12, "number"),
    ("单位", 8, "text"), ("显示值", 12, "text"), ("时间", 14, "text"), ("状态", 9, "text"),
    (CONFIRMED_VALUE, 12, "text"), ("核实说明", 22, "text"), ("原句", 56, "text"), ("文件", 24, "text"),
    ("备注", 18, "text"), ("编号", 18, "text"),
)  # fmt: skip


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
            n, fact.subject, fact.indicator_name, q.surface, q.value, q.unit or "", shown(fact),
            fact.period.text or "", STATUS[fact.status], "", "", fact.sentence_text, articles[fact.article].name,
            remarks(fact), fact.id,
        ]  # fmt: skip
