"""A form with its figures written in: every one with a comment and a link to its source, beside three sheets on them.

Only empty cells of the form are written, and only numbers; all else of it stays as it was. Text is written as text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from corpus.labels import marking
from corpus.model import Article
from extract.measures import dimension
from extract.workbook.content import plain
from extract.workbook.fill import Filled, Unfilled
from extract.workbook.mapping import Entry, area
from extract.workbook.saved import HEADS, MAPPING_SHEET, entry_row
from extract.workbook.xlsx import clean, display_width

if TYPE_CHECKING:
    from openpyxl import Workbook  # type: ignore[import-untyped]
    from openpyxl.cell import Cell  # type: ignore[import-untyped]
    from openpyxl.worksheet.worksheet import Worksheet  # type: ignore[import-untyped]

SOURCES_SHEET, UNFILLED_SHEET = "填报依据", "未填清单"
OUR_SHEETS = (MAPPING_SHEET, SOURCES_SHEET, UNFILLED_SHEET)
_TINT = "FFF6DD"
_LONGEST = 160
"""Characters of a sentence in a comment."""
_LINE = 13.5
_ABOUT_MAPPING = (
    "可改“指标编号”“单位”“时间”“地方代码”各栏（不要填的写“不填”，不论时间的写“不限”）；"
    "指标对而没填的，把“把握”改成“人工指定”。改后加 --mapping 本文件 再运行一次。"
)
_ABOUT_SOURCES = (
    "每个填入的数一行。表中着浅黄色的单元格，资料里另有不同数值，或所说的对象、时间与表中所写不完全一致，请核对原文。"
)
_ABOUT_UNFILLED = "没有填的单元格及原因；空白不是零。"


@dataclass(frozen=True)
class Filling:
    """What became of a form: its cells, the entries as used with those as read, and what to tell of the file itself."""

    cells: Sequence[Filled | Unfilled]
    kept: int
    entries: Sequence[tuple[Entry, Entry]]
    articles: Mapping[str, Article]
    notes: Sequence[str] = field(default=())

    @property
    def filled(self) -> list[Filled]:
        """The cells filled."""
        return [each for each in self.cells if isinstance(each, Filled)]

    @property
    def unfilled(self) -> list[Unfilled]:
        """The cells left empty."""
        return [each for each in self.cells if isinstance(each, Unfilled)]

    @property
    def marking(self) -> str:
        """What the workbook is marked with (内部资料), from the articles used."""
        return marking(flag for each in self.filled for flag in self.articles[each.fact.article].flags)


def write_filling(book: Workbook, filling: Filling) -> None:
    """Write the figures into an open form and add the sheets 填报对应, 填报依据 and 未填清单."""
    for n, each in enumerate(filling.filled, 1):
        _write_figure(book[each.slot.sheet].cell(*each.slot.at), each, n, filling.articles[each.fact.article])
    for name in OUR_SHEETS:
        if name in book.sheetnames:
            del book[name]
    _sheet(book, MAPPING_SHEET, _ABOUT_MAPPING, _MAPPING_WIDTHS, _mapping_rows(filling))
    _sheet(book, SOURCES_SHEET, _ABOUT_SOURCES, _SOURCES_WIDTHS, _source_rows(filling), link=2)
    _sheet(book, UNFILLED_SHEET, _ABOUT_UNFILLED, _UNFILLED_WIDTHS, _unfilled_rows(filling), link=1)
    if filling.marking:
        for page in book.worksheets:
            _mark(page, filling.marking)
    book.calculation.fullCalcOnLoad = True


def _write_figure(cell: Cell, filled: Filled, n: int, article: Article) -> None:
    from openpyxl.styles import PatternFill  # type: ignore[import-untyped]
    from openpyxl.worksheet.hyperlink import Hyperlink  # type: ignore[import-untyped]

    percent = "%" in cell.number_format and dimension(filled.fact.quantity.unit) == "ratio"
    cell.value = filled.value / 100 if percent else filled.value
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{SOURCES_SHEET}'!A{n + _ABOVE}")
    if filled.doubtful:
        cell.fill = PatternFill("solid", fgColor=_TINT)
    _comment(cell, _told(filled, n, article))


def _comment(cell: Cell, text: str) -> None:
    from openpyxl.comments import Comment  # type: ignore[import-untyped]

    before = f"{cell.comment.text}\n" if cell.comment is not None else ""
    lines = sum(1 + display_width(line) // 44 for line in (before + text).split("\n"))
    cell.comment = Comment(before + clean(text), "通鉴", height=18 * lines + 12, width=320)


def _told(filled: Filled, n: int, article: Article) -> str:
    fact = filled.fact
    page = f" 第{fact.source.page}页" if fact.source and fact.source.page else ""
    lines = [
        f"依据{n}：{fact.subject}，{fact.action}{fact.object}，原文“{fact.quantity.surface}”",
        f"原句：{_cut(fact.sentence_text)}",
        f"出处：{article.title}（{article.name}{page}）",
    ]
    return "\n".join(lines + ([f"备注：{'；'.join(filled.notes)}"] if filled.notes else []))


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "……"


def _mark(page: Worksheet, text: str) -> None:
    left = page.oddHeader.left
    left.text = text if not left.text else f"{text}　{left.text}"


# --- our sheets -------------------------------------------------------------------------------------------------------

_ABOVE = 2
"""Rows above the first row of a list: a line on it, and its heads."""
_Row = tuple[object, ...]
_MAPPING_WIDTHS = dict(zip(HEADS, (6, 12, 12, 30, 28, 20, 8, 16, 9, 14, 10, 40, 24), strict=True))
_SOURCES_WIDTHS = {
    "依据": 6, "工作表": 12, "单元格": 8, "地方": 14, "指标": 20, "填报值": 11, "单位": 7, "原文表述": 13, "数值": 12,
    "备注": 30, "原句": 60, "文章": 28, "文件": 24, "日期": 11, "页码": 6, "位置": 12,
}  # fmt: skip
_UNFILLED_WIDTHS = {
    "工作表": 12,
    "单元格": 8,
    "地方": 16,
    "表中文字": 30,
    "指标": 20,
    "时间": 16,
    "原因": 13,
    "说明": 60,
}


def _mapping_rows(filling: Filling) -> Iterable[_Row]:
    for entry, read in filling.entries:
        cells = entry_row(entry, read)
        yield tuple(cells[head] for head in HEADS)


def _source_rows(filling: Filling) -> Iterable[_Row]:
    for n, each in enumerate(filling.filled, 1):
        fact, article, what = each.fact, filling.articles[each.fact.article], each.slot.what
        yield (
            n, each.slot.sheet, area(each.slot.at, each.slot.at), fact.subject, fact.indicator_name, each.value,
            (what.unit if what and what.unit else fact.quantity.unit) or "", fact.quantity.surface,
            f"{plain(fact.quantity.value)}{fact.quantity.unit or ''}", "；".join(each.notes), fact.sentence_text,
            article.title, article.name, article.published_on or "", fact.source.page if fact.source else None,
            f"{fact.quantity.span.start}–{fact.quantity.span.end}",
        )  # fmt: skip


def _unfilled_rows(filling: Filling) -> Iterable[_Row]:
    for each in filling.unfilled:
        what, where, when = each.slot.what, each.slot.where, each.slot.when or each.slot.what
        period = when.period if when else None
        yield (
            each.slot.sheet, area(each.slot.at, each.slot.at), where.text if where else "", what.text if what else "",
            what.name if what else "", period.text if period else "", each.reason, each.detail,
        )  # fmt: skip


def _sheet(
    book: Workbook, name: str, about: str, widths: Mapping[str, int], rows: Iterable[_Row], link: int | None = None
) -> None:
    """A list under its heads; column ``link`` leads to the cell it names, on the sheet named in the column before."""
    from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
    from openpyxl.worksheet.hyperlink import Hyperlink

    page = book.create_sheet(name)
    styles = _styles(book)
    _put(page.cell(1, 1), about, styles.about)
    for c, (head, width) in enumerate(widths.items(), 1):
        _put(page.cell(_ABOVE, c), head, styles.head)
        page.column_dimensions[get_column_letter(c)].width = width
    last = _ABOVE
    for last, row in enumerate(rows, _ABOVE + 1):
        for c, value in enumerate(row, 1):
            _put(page.cell(last, c), value, styles.number if isinstance(value, (int, Decimal)) else styles.text)
        if link is not None:
            place = f"'{str(row[link - 1]).replace(chr(39), chr(39) * 2)}'!{row[link]}"
            page.cell(last, link + 1).hyperlink = Hyperlink(ref=f"{get_column_letter(link + 1)}{last}", location=place)
        page.row_dimensions[last].height = _LINE * _lines(row, list(widths.values())) + 1.5
    _paper(page, f"A{_ABOVE}:{get_column_letter(len(widths))}{last}")


@dataclass(frozen=True, slots=True)
class _Styles:
    """Names of the styles of our sheets, made once: fonts cell by cell take ten times as long."""

    about: str
    head: str
    text: str
    number: str


def _styles(book: Workbook) -> _Styles:
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

    edge = Side(style="thin", color="A6A6A6")
    boxed = {"border": Border(edge, edge, edge, edge), "alignment": Alignment(vertical="center", wrap_text=True)}
    middle = Alignment(horizontal="center", vertical="center", wrap_text=True)
    font, grey = Font(name="宋体", size=10), PatternFill("solid", fgColor="E7ECEF")
    names = _Styles("通鉴说明", "通鉴表头", "通鉴文字", "通鉴数字")
    made = (
        NamedStyle(names.about, font=Font(name="宋体", size=10, color="595959")),
        NamedStyle(
            names.head, **boxed | {"font": Font(name="宋体", size=10, bold=True), "fill": grey, "alignment": middle}
        ),
        NamedStyle(names.text, font=font, number_format="@", **boxed),
        NamedStyle(names.number, font=font, **boxed),
    )
    for style in made:
        if style.name not in book.named_styles:
            book.add_named_style(style)
    return names


def _put(cell: Cell, value: object, style: str) -> None:
    """Write a number as a number and anything else as text, never as a formula."""
    cell.style = style
    if isinstance(value, (int, Decimal)):
        cell.value = value
    elif value is not None and value != "":
        cell.value = clean(str(value))
        cell.data_type = "s"


def _lines(row: _Row, widths: Sequence[int]) -> int:
    full = (-(-display_width(str(v)) // w) for v, w in zip(row, widths, strict=True) if isinstance(v, str))
    return min(30, max([1, *full]))


def _paper(page: Worksheet, used: str) -> None:
    page.freeze_panes = f"A{_ABOVE + 1}"
    page.auto_filter.ref = used
    page.page_setup.paperSize, page.page_setup.orientation = 9, "landscape"
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_setup.fitToHeight = 0
    page.print_title_rows = f"{_ABOVE}:{_ABOVE}"
    page.oddFooter.center.text = "第 &P 页，共 &N 页"
