"""The sheets of the workbook as plain rows; how they look is ``xlsx``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from corpus.labels import BOUND, CONFIRMED, FLAG, PRACTICE, REVIEW, STATUS, SUB_LEVEL, UNMENTIONED
from corpus.model import Fact, Place, Practice, Span
from corpus.retold import retold
from extract.workbook.blocks import Block, Cell, Kind, Link, Sheet
from extract.workbook.columns import COLUMNS, rows
from extract.workbook.comparison import RESULTS, Compared, Comparison, Head, compare, in_unit
from extract.workbook.content import MADE_AT, Content, divisions, plain, remarks, shown
from extract.workbook.review import Doubt, doubts
from extract.workbook.sample import SAMPLE, sample_blocks

EVIDENCE_SHEET = "依据"
_STAT = {"stock": "存量", "flow": "流量", "ratio": "比率", "state": "状态", "target": "目标"}


def sheets(content: Content) -> Iterator[Sheet]:
    """Every sheet in order; rows are made as they are written."""
    statuses = (content.status,) if content.status else RESULTS
    table = compare(content.facts, content.articles, statuses, [place for place, _ in content.asked])
    found = doubts(table.facts)
    linked = dict.fromkeys([f.id for f in (*table.facts, *table.points)], 0)
    below = (_points(table, linked),) if table.points else ()
    yield Sheet("说明", (_about(content, len(found)), _legend()), listed=False)
    if content.asked:
        yield Sheet("地方覆盖", (_coverage(content),), frozen=2)
    yield Sheet("指标数据", (_facts(content, linked),), frozen=1)
    yield Sheet("对比表", (_compared(content, table, linked, statuses), *below), frozen=2)
    yield Sheet("做法", (_practices(content),), frozen=1)
    yield Sheet(EVIDENCE_SHEET, (_evidence(content),), frozen=1)
    yield Sheet("指标字典", (_dictionary(content),))
    yield Sheet(REVIEW, (_review(content, found),), frozen=1)
    yield Sheet(SAMPLE, sample_blocks(content), frozen=1)


def _about(content: Content, doubtful: int) -> Block:
    seen = content.survey
    chosen = "；".join(f"{head}：{value}" for head, value in content.filters.items()) or "全部"
    lines = [("标记", content.marking)] if content.marking else []
    lines += [
        (MADE_AT, content.made_at), ("通鉴版本", content.version), ("规则版本", content.rules), ("筛选", chosen),
        ("数据", f"{seen.counts.total()} 条"), ("做法", f"{len(content.practices)} 项"),
        ("来源", f"{len(seen.documents)} 份文件，{len(seen.articles)} 篇文章，涉及 {len(seen.places)} 个地方"),
        (REVIEW, f"{doubtful} 条"),
    ]  # fmt: skip
    return Block((("项目", 16, "text"), ("内容", 100, "text")), lines, ("通鉴资料库导出",))


def _legend() -> Block:
    lines = (
        ("数值", "按最小单位记（2.4亿元记为 240000000 元）；“原文表述”照录原文，“显示值”金额以万元计。"),
        ("界限", "、".join(BOUND.values()) + "；“余、近、超”等字样见备注，数值本身不含。"),
        ("状态", "、".join(STATUS.values()) + "；对比表只收已完成和进行中的数据（另有筛选的除外）。"),
        ("时间依据", "“推定”指原文写“目前”“截至目前”等，按发布日期推定；“承前文”指沿用前面写明的时间。"),
        (
            "对比表",
            f"按行政区划代码排列，只收地方自身的数据；街道、社区和单位的列为{SUB_LEVEL}；空白为资料中未见，不是零。",
        ),
        ("更正", "可在“指标数据”上直接改，改后导回资料库；“编号”请勿改动，排序、增删列、删行均可。"),
        (SAMPLE, "随机抽出的数据，逐条对照原句填“对”或“错”，表上方即算出差错率及其范围。"),
        ("核对", f"数据由程序从原文提取并标明出处，使用前请对照原文；核对后可在{REVIEW}填写“{CONFIRMED}”。"),
    )
    return Block((("栏目", 16, "text"), ("含义", 100, "text")), lines)


def _coverage(content: Content) -> Block:
    heads: tuple[tuple[str, float, Kind], ...] = (
        ("地方代码", 9, "text"), ("地方", 18, "text"), ("所属", 24, "text"), ("文件", 8, "number"),
        ("文章", 8, "number"), ("数据", 8, "number"),
        ("做法", 8, "number"), ("最早", 11, "text"), ("最晚", 11, "text"), ("备注", 12, "text"),
    )  # fmt: skip
    made: Iterator[list[Cell | Link]] = (
        [place.adcode, place.name, "".join(place.path[:-1]), held.documents, held.articles, held.facts,
         held.practices, held.first or "", held.last or "", "" if held.mentioned else UNMENTIONED]
        for place, held in content.asked
    )  # fmt: skip
    return Block(heads, made, ("所列各地在资料库中的材料（按发布日期）",))


def _facts(content: Content, linked: dict[str, int]) -> Block:
    """The facts; the numbers of the sentences of ``linked`` ones are noted as they pass."""

    def made() -> Iterator[list[Cell]]:
        for row in rows(content):
            if row.fact.id in linked and row.evidence:
                linked[row.fact.id] = row.evidence
            yield [column.of(row) for column in COLUMNS]

    return Block(tuple((c.head, c.width, c.kind) for c in COLUMNS), made())


# --- 对比表 -----------------------------------------------------------------------------------------------------------


def _compared(content: Content, table: Comparison, linked: Mapping[str, int], statuses: Sequence[str]) -> Block:
    fixed: tuple[tuple[str, float, Kind], ...] = (
        ("地方代码", 9, "text"), ("地方", 18, "text"), ("所属", 24, "text"))  # fmt: skip
    heads = (*fixed, *((_titled(h), 13.0, "number") for h in table.heads), ("备注", 50.0, "text"))
    lines = [f"各地数据对比（状态：{'、'.join(STATUS[s] for s in statuses)}；点数字可到依据）"]
    if table.alone:
        lines.append(f"另有 {table.alone} 项指标只有一个地方有数据，未列入，见“指标数据”。")
    if table.more:
        lines.append(f"另有 {table.more} 项指标因栏数所限未列入，可指定指标单独导出。")
    return Block(heads, (_compared_row(content, table, linked, row) for row in table.rows), tuple(lines))


def _titled(head: Head) -> str:
    return f"{head.name}（{head.unit}）" if head.unit else head.name


def _compared_row(
    content: Content, table: Comparison, linked: Mapping[str, int], row: tuple[Place, tuple[Compared | None, ...]]
) -> list[Cell | Link]:
    place, cells = row
    notes: list[str] = []
    made: list[Cell | Link] = [place.adcode, place.name, "".join(place.path[:-1])]
    for head, cell in zip(table.heads, cells, strict=True):
        if cell is None:
            made.append(None)
            continue
        note = _note(cell, linked)
        notes += [f"{head.name}：{note}"] if note else []
        made.append(Link(_figure(cell, head), linked[cell.fact.id], bool(note)))
    if place.adcode in content.unmentioned:
        notes.append(UNMENTIONED)
    return [*made, "。".join(notes)]


def _figure(cell: Compared, head: Head) -> Cell:
    high = cell.fact.quantity.value_high
    return cell.value if high is None else f"{plain(cell.value)}—{plain(in_unit(high, head))}"


def _note(cell: Compared, linked: Mapping[str, int]) -> str:
    said = [n for n in remarks(cell.fact).split("；") if n and n != FLAG["no_period"]]
    said += [_other(other, linked) for other in cell.others]
    return "；".join(said)


def _other(fact: Fact, linked: Mapping[str, int]) -> str:
    return f"另见{shown(fact)}（{'，'.join(filter(None, [fact.period.text, f'依据{linked[fact.id]}']))}）"


def _points(table: Comparison, linked: Mapping[str, int]) -> Block:
    heads: tuple[tuple[str, float, Kind], ...] = (
        ("地方代码", 0, "text"), ("地方", 0, "text"), ("主体", 0, "text"), ("指标", 0, "text"),
        ("原文表述", 0, "text"), ("数值", 0, "number"), ("单位", 0, "text"), ("依据", 0, "number"),
    )  # fmt: skip
    made = (_point(fact, linked[fact.id]) for fact in table.points)
    more = f"；另有 {table.untold} 条未列，见“指标数据”" if table.untold else ""
    return Block(heads, made, (f"{SUB_LEVEL}（街道、社区和单位的数据，不计入上表{more}）",))


def _point(fact: Fact, n: int) -> list[Cell | Link]:
    place = fact.place
    return [
        place.adcode if place else "", place.name if place else "", fact.subject, fact.indicator_name,
        fact.quantity.surface, fact.quantity.value, fact.quantity.unit or "", Link(n, n),
    ]  # fmt: skip


# --- the others -------------------------------------------------------------------------------------------------------


def _practices(content: Content) -> Block:
    heads: tuple[tuple[str, float, Kind], ...] = (
        ("编号", 18, "text"), ("地方代码", 9, "text"), ("省", 10, "text"), ("市", 12, "text"), ("县", 14, "text"),
        ("做法", 18, "text"), ("类别", 10, "text"), ("要素", 20, "text"), ("主题", 14, "text"), ("问题", 30, "text"),
        ("措施", 50, "text"), ("成效", 50, "text"), ("备注", 12, "text"), ("文件", 22, "text"), ("文章", 26, "text"),
        ("另见（同一做法）", 26, "text"),
    )  # fmt: skip
    again = retold(content.practices)
    by_id = {p.id: p for p in content.practices}
    return Block(heads, (_practice(content, p, [by_id[i] for i in again.get(p.id, ())]) for p in content.practices))


def _practice(content: Content, practice: Practice, again: Sequence[Practice]) -> list[Cell | Link]:
    article, place = content.articles[practice.article], practice.place

    def said(spans: Sequence[Span]) -> str:
        return "\n".join(span.of(article.body) for span in spans)

    return [
        practice.id, place.adcode if place else "", *divisions(place), practice.practice, PRACTICE[practice.kind],
        "、".join(m.text for m in practice.members), "、".join(practice.themes), said(practice.problem),
        said(practice.measures), said(practice.results), "；".join(FLAG.get(f, f) for f in practice.flags),
        article.name, article.title,
        "；".join(dict.fromkeys(f"{p.name}《{content.articles[p.article].title}》" for p in again)),
    ]  # fmt: skip


def _evidence(content: Content) -> Block:
    heads: tuple[tuple[str, float, Kind], ...] = (
        ("依据", 6, "number"), ("原句", 78, "text"), ("文章", 30, "text"), ("文件", 26, "text"), ("地方", 20, "text"),
        ("日期", 11, "text"), ("页码", 6, "number"), ("起止位置", 12, "text"),
    )  # fmt: skip
    return Block(heads, (_quoted(content, fact, n) for fact, n, first in content.numbered() if first))


def _quoted(content: Content, fact: Fact, n: int) -> list[Cell | Link]:
    article, at = content.articles[fact.article], fact.sentence
    place = "".join(article.place.path) if article.place else ""
    page = fact.source.page if fact.source else None
    return [
        n, fact.sentence_text, article.title, article.name, place, article.published_on or "",
        page, f"{at.start}–{at.end}",
    ]  # fmt: skip


def _dictionary(content: Content) -> Block:
    heads: tuple[tuple[str, float, Kind], ...] = (
        ("指标编号", 32, "text"), ("指标", 28, "text"), ("单位", 14, "text"), ("类型", 8, "text"),
        ("各地能否相加", 13, "text"), ("数据条数", 10, "number"), ("地方数", 10, "number"),
    )  # fmt: skip
    seen = content.survey
    made: list[list[Cell | Link]] = []
    for code in [*content.indicators, *sorted(seen.names.keys() - content.indicators.keys())]:
        known = content.indicators.get(code)
        said = (
            (known.name, "、".join(known.units), _STAT.get(known.stat_type, ""), "能" if known.additive else "不能")
            if known
            else (seen.names[code], seen.units[code], "", "")
        )
        made.append([code, *said, seen.counts[code], len(seen.places_of[code])])
    return Block(heads, made)


def _review(content: Content, found: Sequence[Doubt]) -> Block:
    heads: tuple[tuple[str, float, Kind], ...] = (
        ("序号", 6, "number"), ("疑点", 12, "text"), ("说明", 30, "text"), ("编号", 18, "text"), ("地方", 14, "text"),
        ("主体", 16, "text"), ("指标", 20, "text"), ("原文表述", 13, "text"), ("数值", 11, "number"),
        ("单位", 7, "text"), ("时间", 12, "text"), ("原句", 60, "text"), ("文件", 24, "text"), (CONFIRMED, 20, "text"),
    )  # fmt: skip
    return Block(heads, (_doubt(content, n, d.kind, d.why, d.fact) for n, d in enumerate(found, 1)))


def _doubt(content: Content, n: int, kind: str, why: str, fact: Fact) -> list[Cell | Link]:
    return [
        n, kind, why, fact.id, fact.place.name if fact.place else "", fact.subject, fact.indicator_name,
        fact.quantity.surface, fact.quantity.value, fact.quantity.unit or "", fact.period.text or "",
        fact.sentence_text, content.articles[fact.article].name, "",
    ]  # fmt: skip
