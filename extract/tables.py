"""The cells of a table → facts: what is counted from the heads of column and row, whose it is from the row, with units.

A row of 合计 is the article's own figure and the rows above it are its parts; a township's row stays the township's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise

from corpus.indicators import Indicator
from corpus.model import Article, Fact, Grid, Level, Period, Quantity, Relation, Span, content_id
from corpus.places import Gazetteer
from corpus.spacing import squeezed
from extract.actions import is_action
from extract.cells import NUMBER, Cells, is_total
from extract.classify import classify
from extract.clause import Phrase
from extract.heads import BARE_HEAD, CHANGE, IN_BRACKETS, PLAN, SHARE, bracketed, is_unit, said_in, table_unit
from extract.measures import dimension
from extract.period import find_period, without_periods
from extract.phrase import phrases
from extract.quantities import scan
from extract.sentences import sentences
from extract.status import says_planned
from extract.subject import Subject, Subjects

_NAMES = re.compile(r"[一-鿿]")
_SUBTOTAL = re.compile(r"小\s*计")
_COUNT_WORD = re.compile(r"(?:总?数量?|总量|[个家户人件处支名座条项套台所间张]数|面积数|金额)$")
_YEAR_BEHIND = re.compile(r"(?<=[一-鿿])(?:(?:19|20)\d\d年?度?|上年|本年|去年|今年)(?:上半年|下半年|[年月]?[初底末])?$")
"""The year that the lower of two heads adds to the upper one (驿站数|2024年)."""
_ADDED_HEAD = re.compile("(?:其中[：:]?)?(?:当年|本年|今年|年内|本期)?(?P<verb>新增|新建|净增)(?:个?数)?")
"""A head that only says what was added to what the column before counts (其中：当年新增)."""
_PLAN_HEAD = re.compile(r"(?:年度|全年)?(?:目标|计划|任务)(?:任务|完成|指标)?(?:数量?|值)?")
_BEFORE_TOPIC = re.compile(
    r"^(?:[^，。；]{2,24}?(?<![有无相])关于(?!$)|[全本我][省市州盟县区旗镇乡]|现?将(?=[^，。；]{0,16}[通如]|$)|附[表件]?\d*[:：]?|表\s*[\d一二三四五六七八九十]+[:：、.]?|关于|(?:各|有关)[县市区]{1,3}(?!级))+"
)
_BEHIND_TOPIC = re.compile(
    r"(?:的|建设|工作|任务|项目|指标|开展|推进|落实|完成|进展|进度|实施|运行|基本|主要|有关|情况|数据|数量|统计|汇总|对比|排名|一览|明细"
    r"|[简月季快通]报|通知|公告|(?<!代)表|如下[:：]?)+$"
)
_KIND = 2
"""Characters of a head that only tells the kind of the thing that the line above names in full (工程处数)."""
_OF_WHEN = re.compile(r"[（(【]?(?:(?:数据|统计|报表)?截[至止]|(?:统计|数据|报告)(?:时间|期间|日期|期)?[:：])")
_SHORT_LINE = 40
"""How a line of its own begins that says of when the figures below are, and its most characters."""
_OF_TOPIC = re.compile("(?:[户人]数|户|总?投资额?|资金|金额|经费|面积|里程)")
"""What a column counts that says only with the topic of its table what it is of (老旧小区改造|户数)."""
_NAME_HEAD = re.compile("(?:项目|工程|事项|任务|措施)名称$")
_PLANNED_HEAD = re.compile("^(?:年度)?(?:计划|目标|任务)")
_SHORT_NAME = re.compile(r"[一-鿿“”]{2,16}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_FINENESS: tuple[Level, ...] = (
    "national", "province", "prefecture", "county", "township", "community", "organisation",
)  # fmt: skip
_BELOW: tuple[tuple[re.Pattern[str], Level], ...] = (
    (re.compile(r"镇街|乡镇|街道|街镇|乡$|镇$"), "township"),
    (re.compile(r"社区|村|居委|嘎查"), "community"),
    (re.compile(r"单位|部门|企业|机构|组织|公司|学校|医院|协会"), "organisation"),
)


def table_sentences(article: Article) -> list[Span]:
    """The sentences in the cells of the article's tables that are not a number alone."""
    found = []
    for grid in article.tables:
        for cell in (cell for row in grid.rows for cell in row):
            if not NUMBER.fullmatch(cell.of(article.body).strip()):
                found += sentences(article.body, cell)
    return found


_HEADS_AGAIN = 2
"""Heads that a row repeats at least that begins another table below."""
_SUMMED = re.compile("(?<=[省市州盟县区旗乡镇道])(?:合|总|小)计$")
"""Behind the name of a place whose sum a row is (正定县|合计)."""


def table_facts(article: Article, subjects: Subjects, known: Mapping[str, Indicator], rules: str) -> list[Fact]:
    """The facts of the number cells of an article's tables, in text order."""
    made: list[Fact] = []
    for grid in table_parts(article):
        made += _Table(article, Cells(article, grid), subjects, known, rules).facts()
    return made


def table_parts(article: Article) -> list[Grid]:
    """The tables of an article, one in which heads stand again over other rows in parts (年度|工厂数 … 区域|工厂数)."""
    return [part for grid in article.tables for part in _parted(article, grid)]


def _parted(article: Article, grid: Grid) -> list[Grid]:
    heads = [{text for cell in row if (text := cell.of(article.body).strip())} for row in grid.rows]
    again = [
        at for at in range(grid.header + 1, len(grid.rows))
        if len(heads[at] & heads[0]) >= _HEADS_AGAIN and len(heads[at] & heads[0]) * 2 > len(heads[at])
    ]  # fmt: skip
    edges = [0, *again, len(grid.rows)]
    return [
        Grid(grid.rows[start:end], grid.header if start == 0 else 1) for start, end in pairwise(edges)
        if end > start + 1
    ] if again else [grid]  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Column:
    """What the head of a column of numbers tells.

    ``plain`` is the head without what is in brackets, ``adds`` what it adds to the name of a row, ``subject`` whose
    the column is where not the rows are anybody's.
    """

    at: int
    head: str
    plain: str
    adds: str
    subject: Subject | None
    period: Period | None


@dataclass(frozen=True, slots=True)
class _Row:
    """What the words before the first number of a row tell, and of when it is, if that is a column of its own."""

    at: int
    label: list[str]
    subject: Subject | None
    total: bool
    when: str


@dataclass(frozen=True)
class _Table:
    article: Article
    cells: Cells
    subjects: Subjects
    known: Mapping[str, Indicator]
    rules: str

    def facts(self) -> list[Fact]:
        """One fact a number cell; the parts of a total point at it."""
        made: list[Fact] = []
        positions: dict[int, list[int]] = {}
        for row in self.rows:
            last: Fact | None = None
            if any(_SUBTOTAL.fullmatch(text) for text in row.label):
                continue
            for column in self.columns:
                fact = self._fact(row, column)
                if fact is None:
                    continue
                if last is not None and CHANGE.search(column.head):
                    fact = replace(fact, relations=(Relation("change_of", last.id),))
                last = fact
                positions.setdefault(column.at, []).append(len(made))
                made.append(fact)
        return _summed(made, positions.values())

    @cached_property
    def rows(self) -> list[_Row]:
        """The rows below the heads."""
        return [
            _Row(at, label, *self._owner(label), when)
            for at, (label, when) in enumerate(
                zip(self.cells.labels, self.cells.times, strict=True), self.cells.grid.header
            )
        ]

    @cached_property
    def named(self) -> int:
        """Which of the labels names the rows: under 项目名称, or else the last before the numbers."""
        heads = [self.cells.heads[c] for c in self.cells.naming]
        return next((n for n, head in enumerate(heads) if _NAME_HEAD.search(head)), -1)

    @cached_property
    def columns(self) -> list[_Column]:
        """The columns of numbers, with what their heads tell; the period of one before where nothing else tells any."""
        made: list[_Column] = []
        for c in self.cells.counting:
            column = self._column(c)
            left = made[-1].period if made else None
            made.append(replace(column, period=column.period or left))
        return made

    @cached_property
    def by_place(self) -> bool:
        """Whether rows are places or bodies, so that columns are what is counted."""
        return sum(row.subject is not None for row in self.rows) * 2 > len(self.rows)

    def _column(self, c: int) -> _Column:
        head = self.cells.heads[c]
        plain = IN_BRACKETS.sub("", head)
        subject = self._named(head, "")
        names = BARE_HEAD.fullmatch(plain) or find_period(plain, "2000-01-01") or subject
        return _Column(c, head, plain, "" if names else plain, subject, self._period(head))

    def _period(self, head: str) -> Period | None:
        """The period of a column: the nearest with dates, of its head, the caption, a line of its own, the title."""
        lines = (line.strip() for line in self.article.body[: self.cells.grid.rows[0][0].start].split("\n"))
        stated = next((line for line in lines if len(line) <= _SHORT_LINE and _OF_WHEN.match(line)), "")
        named = [self.cells.heads[c] for c in self.cells.naming]
        texts = (head, *named, self.cells.caption, stated, self.article.title)
        told = [find_period(text, self.article.published_on) for text in texts]
        found = [period for period in told if period is not None]
        return next((period for period in found if period.end), found[0] if found else None)

    def _when(self, row: _Row, column: _Column) -> Period | None:
        """The period of a cell: of its row, in the year of its column where that tells only a part (三季度)."""
        if not row.when or row.total or is_total(row.when):
            return column.period
        told = IN_BRACKETS.sub("", row.when).strip()
        if _YEAR.fullmatch(told):
            told += "年"
        elif not _YEAR.match(told) and column.period and column.period.end:
            told = f"{column.period.end[:4]}年{told}"
        found = find_period(told, self.article.published_on)
        return replace(found, text=told) if found else column.period

    def _owner(self, label: Sequence[str]) -> tuple[Subject | None, bool]:
        """Whose row it is, the finest place or body its labels name, of equals the last; whether it is a total."""
        if any(is_total(text) for text in label):
            return self.subjects.default, True
        label = [_SUMMED.sub("", IN_BRACKETS.sub("", text) or text) for text in label]
        heads = [self.cells.heads[c] for c in self.cells.naming]
        named = [found for text, head in zip(label, heads, strict=True) if (found := self._named(text, head))]
        return max(reversed(named), key=lambda subject: _FINENESS.index(subject.level), default=None), False

    def _named(self, text: str, head: str) -> Subject | None:
        gazetteer, place = self.subjects.gazetteer, self.article.place
        details = gazetteer.find_details(text)
        if details and details[-1].span.end == len(text):
            detail = details[-1]
            return Subject(detail.surface, detail.level, replace(place, detail=text) if place else None)
        context = [place.adcode] if place else []
        for mention in gazetteer.find(text):
            adcode = gazetteer.settle(mention.candidates, context)
            if adcode is not None and mention.span == Span(0, len(text)):
                found = gazetteer.place(adcode)
                return Subject(found.name, found.level, found)
        told = text if text.startswith(("其他", "其余")) else head
        level = next((level for pattern, level in _BELOW if pattern.search(told)), None)
        if level is None or not text or len(text) > 24:
            return None
        return Subject(text, level, replace(place, detail=text) if place and level != "organisation" else place)

    def _fact(self, row: _Row, column: _Column) -> Fact | None:
        counted = self._counted(row, column)
        if not NUMBER.fullmatch(self.cells.texts[row.at][column.at]) or not _NAMES.search(counted):
            return None
        quantity = self._quantity(row, column, counted)
        if quantity is None:
            return None
        phrase = self._phrase(row, column, quantity.unit)
        subject = (row.subject if self.by_place else column.subject) or self.subjects.default
        spans = self.cells.grid.rows[row.at]
        whole = Span(spans[0].start, spans[-1].end)
        indicator, name = classify(phrase, quantity.unit, counted, self.known)
        planned = PLAN.search(column.head) or PLAN.search(row.when) or says_planned(counted)
        period = self._when(row, column)
        return Fact(
            id=content_id(self.article.id, str(quantity.span.start), str(quantity.span.end)),
            article=self.article.id, document=self.article.document, name=self.article.name, quantity=quantity,
            indicator=indicator, indicator_name=name, object=phrase.object, action=phrase.action,
            subject=subject.name, subject_level=subject.level, place=subject.place,
            period=period or Period(), status="planned" if planned else "done", sentence=whole,
            sentence_text=whole.of(self.article.body), source=self.article.source(quantity.span), rules=self.rules,
            flags=("table", *(("total",) if row.total else ()), *(() if period else ("no_period",))),
        )  # fmt: skip

    def _phrase(self, row: _Row, column: _Column, unit: str | None) -> Phrase:
        """Object and action; a target and a growth are those of the column before."""
        if self.named >= 0 and not self.by_place and any(row.label):  # the name of a project is no clause
            of_what = _PLANNED_HEAD.sub("", without_periods(column.plain)).strip()
            return Phrase(row.label[self.named] + of_what, "", "before")
        before = [each for each in self.columns if each.at < column.at and not SHARE.search(each.plain)]
        if before and self.by_place and (added := _ADDED_HEAD.fullmatch(column.plain)):
            return Phrase(self._phrase(row, before[-1], unit).object, added["verb"], "before")
        if before and (_PLAN_HEAD.fullmatch(column.plain) or CHANGE.search(column.plain)):
            last = self._phrase(row, before[-1], "个")
            return last if _PLAN_HEAD.fullmatch(column.plain) else Phrase(last.object, "增长", "before")
        kind = _COUNT_WORD.sub("", column.plain)
        of_kind = len(kind) == _KIND and self.topic.endswith(kind)
        if self.by_place and self.topic and (_PLAN_HEAD.fullmatch(column.plain) or of_kind):
            return Phrase(self.topic, "", "before")
        found = _phrase(self._counted(row, column), unit)
        if self.by_place and self.topic and _OF_TOPIC.fullmatch(found.object):
            named = _OF_TOPIC.search(column.plain)
            return replace(found, object=self.topic + (named.group() if named else found.object))
        return found

    def _counted(self, row: _Row, column: _Column) -> str:
        """What a cell counts: its column where rows are places, else its row with what its column adds."""
        if not self.by_place and any(row.label):
            return row.label[self.named] + column.adds
        return (self.topic if _says_no_thing(column.plain) else "") + column.head

    @cached_property
    def topic(self) -> str:
        """What a table of places whose heads only say 完成 or 数量 is about: by the line above it, or the title."""
        lines = (IN_BRACKETS.sub("", self.cells.caption), self.article.title)
        told = (topic_of(text, self.subjects.gazetteer) for text in lines)
        return next(filter(None, told), "")

    def _quantity(self, row: _Row, column: _Column, counted: str) -> Quantity | None:
        """The number of a cell, its unit from the cell, its heads, a column of units, or the line above the table."""
        cell, text = self.cells.grid.rows[row.at][column.at], self.cells.texts[row.at][column.at]
        own = scan(text)
        if not own:
            return None
        unit = None if own[0].unit else self._unit(row, column, counted)
        scaled = scan(f"{text}{unit}") if unit else own
        whole = len(scaled) == 1 and scaled[0].span.start == own[0].span.start  # no 0.29人次 is 29人次
        found = scaled[0] if whole else own[0]
        at = cell.start + cell.of(self.article.body).find(text[0])
        span = Span(at, at + len(text)) if text in cell.of(self.article.body) else cell
        return replace(found, surface=span.of(self.article.body), span=span)

    def _unit(self, row: _Row, column: _Column, counted: str) -> str | None:
        head = column.head if counted.endswith(column.head) else column.head + counted
        given = bracketed(head)
        given += [self.cells.texts[row.at][self.cells.units]] if self.cells.units is not None else []
        given += ["%"] if SHARE.search(column.plain) else []
        thing = self.topic if self.by_place and _says_no_thing(column.plain) else column.plain
        given += [table_unit(self.cells.caption, thing) or "", *said_in(head)]
        given += [m.group(1) for m in IN_BRACKETS.finditer(self.cells.caption)]
        return next((unit for unit in given if unit and is_unit(unit)), None)


def _says_no_thing(head: str) -> bool:
    told = without_periods(head).strip()
    return BARE_HEAD.fullmatch(told) is not None or _PLAN_HEAD.fullmatch(head) is not None


def topic_of(title: str, gazetteer: Gazetteer) -> str:
    """The thing that a title is about, without place, period and genre; "" where what is left is no short name.

    >>> from corpus.places import Gazetteer
    >>> topic_of("黔东南州2025年农村公路建设完成情况通报", Gazetteer.load())
    '农村公路'
    >>> topic_of("表二　困难残疾人家庭无障碍改造", Gazetteer.load())
    '困难残疾人家庭无障碍改造'
    """
    named = squeezed(IN_BRACKETS.sub("", title))
    plain = _BEFORE_TOPIC.sub("", named)
    mention = next((m.span for m in gazetteer.find(plain) if m.span.start == 0), Span(0, 0))
    plain = without_periods(plain[mention.end :]).replace("　", "").strip("的 ")
    topic = _BEHIND_TOPIC.sub("", _BEFORE_TOPIC.sub("", plain))
    told = topic != plain or named.startswith(("表", "附表"))
    return topic if told and _SHORT_NAME.fullmatch(topic) else ""


def _summed(made: list[Fact], columns: Iterable[Sequence[int]]) -> list[Fact]:
    """The facts, those above a total of their column as its parts; ``columns`` are the positions of each column's."""
    for positions in columns:
        totals = [i for i in positions if "total" in made[i].flags]
        if len(totals) != 1:
            continue
        for i in positions:
            if i != totals[0] and dimension(made[i].quantity.unit) != "ratio":
                relation = Relation("part_of", made[totals[0]].id)
                made[i] = replace(made[i], relations=(*made[i].relations, relation))
    return made


@lru_cache(1024)
def _phrase(head: str, unit: str | None) -> Phrase:
    """Object and action of a head, read as if the number stood behind it (新建驿站数 → 新建驿站3个)."""
    plain = squeezed(IN_BRACKETS.sub("", head))
    plain = _YEAR_BEHIND.sub("", plain) or plain
    trimmed = _COUNT_WORD.sub("", plain)
    if trimmed and not is_action(trimmed):
        plain = trimmed
    if dimension(unit) == "ratio":
        return Phrase(plain, "", "before")
    text = f"{plain}1{unit or '个'}"
    found = scan(text)
    if len(found) != 1:
        return Phrase(plain, "", "before")
    (phrase,) = phrases(text, Span(0, len(text)), found)
    return phrase if phrase.object else Phrase(plain, "", "before")
