"""The columns of 指标数据: one fact a row, the same in .xlsx and .csv, and read back from an edited workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from corpus.corrections import REVIEWS
from corpus.labels import BASIS, BOUND, FLAG, LEVEL, STATUS, marking
from corpus.model import Article, Fact
from extract.workbook.blocks import Cell, Kind
from extract.workbook.content import Content, divisions, remarks, shown


@dataclass(frozen=True, slots=True)
class Row:
    """A fact with its article and the number of its sentence on 依据; columns with a ``field`` need the fact alone."""

    fact: Fact
    article: Article | None = None
    evidence: int | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its cell of a row, its width in characters, and the corrections' field it edits."""

    head: str
    of: Callable[[Row], Cell]
    width: float
    kind: Kind = "text"
    field: str | None = None


def rows(content: Content) -> Iterator[Row]:
    """The rows in the order of the facts."""
    for fact, number, _ in content.numbered():
        yield Row(fact, content.articles[fact.article], number)


def _division(level: int) -> Callable[[Row], Cell]:
    return lambda row: divisions(row.fact.place)[level]


def _marks(row: Row) -> str:
    """What the article is marked with, and what a person said of the figure."""
    said = [FLAG[flag] for flag in row.fact.flags if flag in REVIEWS]
    return "　".join(filter(None, [marking(row.article.flags) if row.article else "", *said]))


COLUMNS = (
    Column("编号", lambda r: r.fact.id, 18),
    Column("地方代码", lambda r: r.fact.place.adcode if r.fact.place else "", 9, field="place"),
    Column("省", _division(0), 10),
    Column("市", _division(1), 12),
    Column("县", _division(2), 14),
    Column("主体", lambda r: r.fact.subject, 16, field="subject"),
    Column("主体层级", lambda r: LEVEL[r.fact.subject_level], 9, field="subject_level"),
    Column("指标", lambda r: r.fact.indicator_name, 20, field="indicator_name"),
    Column("指标编号", lambda r: r.fact.indicator, 22, field="indicator"),
    Column("对象", lambda r: r.fact.object, 16, field="object"),
    Column("动作", lambda r: r.fact.action, 8, field="action"),
    Column("原文表述", lambda r: r.fact.quantity.surface, 13),
    Column("数值", lambda r: r.fact.quantity.value, 11, "number", "value"),
    Column("数值上限", lambda r: r.fact.quantity.value_high, 9, "number", "value_high"),
    Column("单位", lambda r: r.fact.quantity.unit or "", 7, field="unit"),
    Column("显示值", lambda r: shown(r.fact), 12),
    Column("界限", lambda r: BOUND[r.fact.quantity.bound], 11, field="bound"),
    Column("备注", lambda r: remarks(r.fact), 18),
    Column("时间", lambda r: r.fact.period.text or "", 12, field="period_text"),
    Column("起", lambda r: r.fact.period.start or "", 11, field="period_start"),
    Column("止", lambda r: r.fact.period.end or "", 11, field="period_end"),
    Column("时间依据", lambda r: BASIS[r.fact.period.basis], 15),
    Column("状态", lambda r: STATUS[r.fact.status], 8, field="status"),
    Column("原句", lambda r: r.fact.sentence_text, 60),
    Column("文件", lambda r: r.article.name if r.article else "", 26),
    Column("文章", lambda r: r.article.title if r.article else "", 30),
    Column("起止位置", lambda r: f"{r.fact.quantity.span.start}–{r.fact.quantity.span.end}", 10),
    Column("依据", lambda r: r.evidence, 6, "number"),
    Column("重复于", lambda r: r.fact.duplicate_of or "", 18),
    Column("标记", _marks, 14, field="review"),
    Column("规则版本", lambda r: r.fact.rules, 9),
)
