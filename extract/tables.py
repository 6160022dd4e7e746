"""The cells of a table → facts: what is counted from the heads of column and row, whose it is from the row, with units.

A row of 合计 is the article's own figure and the rows above it are its parts; a township's row stays the township's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from corpus.indicators import Indicator
from corpus.model import Article, Fact, Grid, Level, Period, Quantity, Relation, Span, content_id
from extract.actions import is_action
from extract.classify import classify
from extract.period import find_period
from extract.phrase import Phrase, phrases
from extract.quantities import dimension, scan
from extract.sentences import sentences
from extract.status import says_planned
from extract.subject import Subject, Subjects

_TOTAL = re.compile(r"(?:合|总|小|共)\s*计|总数|[全本](?:[省市州县区旗镇乡]|街道)(?:合计|总计)?")
_NAMES = re.compile(r"[一-鿿]")
_SUBTOTAL = re.compile(r"小\s*计")
_NO_COUNT = re.compile(
    r"序号|编号|行次|代码|电话|手机|邮编|日期|时间|年份|年度|身份证|联系|地址|备注|排名|名次|责任|牵头|配合|负责"
)
_UNIT_HEAD = re.compile(r"(?:计量)?单\s*位")
_IN_BRACKETS = re.compile(r"[（(]\s*(?:单位\s*[:：]\s*)?([^（）()]{1,8})\s*[)）]")
_TABLE_UNIT = re.compile(r"(?:计量)?单\s*位\s*[:：]\s*([^\s，。；（）()、]{1,6})")
_COUNT_WORD = re.compile(r"(?:总?数量?|总量|个数|家数|户数|人数|件数|面积数|金额)$")
_SAYS_UNIT = {"人次": "人次", "人数": "人", "户数": "户", "家数": "家", "个数": "个", "场次": "场次", "件数": "件"}
_SHARE = re.compile(r"(?:率|占比|比例|比重|百分比|%|％|增幅|增长|增速)$")
_CHANGE = re.compile(r"同比|环比|增长|增幅|增速|比上年|较上年|比去年|较去年")
_PLAN = re.compile(r"目标|计划|任务|指标值?$|年度指标")
_BARE_HEAD = re.compile(
    r"(?:数量?|数值|数据|完成(?:数|情况|值)?|实际(?:数|完成)?|指标值|本期|累计|合计|总计|情况|内容)?"
)
_CAPTION = 40
"""The longest line above a table that is its caption."""
_PLAN_HEAD = re.compile(r"(?:年度|全年)?(?:目标|计划|任务)(?:任务|完成|指标)?(?:数量?|值)?")
_NUMBER = re.compile(r"[约近超]?\s*[¥￥]?[-+]?\d[\d,，.]*\s*(?:[百千万亿]*)\s*[%％‰]?\s*[一-鿿（）()/]{0,6}")
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
            if not _NUMBER.fullmatch(cell.of(article.body).strip()):
                found += sentences(article.body, cell)
    return found


def table_facts(article: Article, subjects: Subjects, known: Mapping[str, Indicator], rules: str) -> list[Fact]:
    """The facts of the number cells of an article's tables, in text order."""
    made: list[Fact] = []
    for grid in article.tables:
        made += _Table(article, grid, subjects, known, rules).facts()
    return made


@dataclass(frozen=True)
class _Table:
    article: Article
    grid: Grid
    subjects: Subjects
    known: Mapping[str, Indicator]
    rules: str

    def facts(self) -> list[Fact]:
        """One fact a number cell; the parts of a total point at it."""
        made: list[Fact] = []
        columns: dict[int, list[int]] = {}
        for r in range(self.grid.header, len(self.grid.rows)):
            last: Fact | None = None
            for c in self.counting:
                fact = self._fact(r, c)
                if fact is None:
                    continue
                if last is not None and _CHANGE.search(self.heads[c]):
                    fact = replace(fact, relations=(Relation("change_of", last.id),))
                last = fact
                columns.setdefault(c, []).append(len(made))
                made.append(fact)
        return self._summed(made, columns)

    @cached_property
    def texts(self) -> list[list[str]]:
        """What the cells say."""
        return [[" ".join(cell.of(self.article.body).split()) for cell in row] for row in self.grid.rows]

    @cached_property
    def heads(self) -> list[str]:
        """What stands over each column, from the top down; a merged head counts for all its columns."""
        rows = self.texts[: self.grid.header]
        for n, row in enumerate(rows[:-1]):
            for c in range(1, len(row)):
                row[c] = row[c] or (row[c - 1] if rows[n + 1][c] else "")
        return ["".join(dict.fromkeys(filter(None, column))) for column in zip(*rows, strict=True)] or [""] * len(
            self.texts[0]
        )

    @cached_property
    def counting(self) -> list[int]:
        """The columns of numbers."""
        body = self.texts[self.grid.header :]
        return [
            c
            for c in range(len(self.texts[0]))
            if not _NO_COUNT.search(self.heads[c])
            and not _UNIT_HEAD.fullmatch(self.heads[c])
            and any(_NUMBER.fullmatch(row[c]) for row in body)
        ]

    @cached_property
    def labels(self) -> list[list[str]]:
        """The words before the first number of each row; an empty one goes on from above."""
        edge = min(self.counting, default=0)
        kept = [
            c for c in range(edge) if not _NO_COUNT.search(self.heads[c]) and not _UNIT_HEAD.fullmatch(self.heads[c])
        ]
        out: list[list[str]] = []
        for row in self.texts[self.grid.header :]:
            above = out[-1] if out else [""] * len(kept)
            total = next((row[c] for c in range(edge) if _TOTAL.fullmatch(row[c].replace(" ", ""))), "")
            label = [row[c] or ("" if total else above[i]) for i, c in enumerate(kept)]
            out.append([total, *label[1:]] if label and total and not any(label) else label)
        return out

    def _names(self, c: int) -> bool:
        """Whether a column before the numbers names what its rows are."""
        return not _NO_COUNT.search(self.heads[c]) and not _UNIT_HEAD.fullmatch(self.heads[c])

    @cached_property
    def caption(self) -> str:
        """A short line, or a row that is no head, above the table: it may tell its unit and period."""
        above = self.article.body[: self.grid.rows[0][0].start].rstrip("\n").rsplit("\n", 1)[-1]
        return " ".join(above.split()) if len(above) <= _CAPTION or "\t" in above else ""

    def _period(self, c: int) -> Period | None:
        """The period of a column: the nearest that is told with its dates, of its head, the caption, the title."""
        told = [find_period(t, self.article.published_on) for t in (self.heads[c], self.caption, self.article.title)]
        found = [period for period in told if period is not None]
        return next((period for period in found if period.end), found[0] if found else None)

    @cached_property
    def by_place(self) -> bool:
        """Whether rows are places or bodies, so that columns are what is counted."""
        named = [bool(label) and (self._subject(label) is not None) for label in self.labels]
        return sum(named) * 2 > len(named)

    def _subject(self, label: Sequence[str]) -> Subject | None:
        """Whose row it is: the finest place or body its labels name, of equals the last."""
        if any(_TOTAL.fullmatch(text.replace(" ", "")) for text in label):
            return self.subjects.default
        heads = [self.heads[c] for c in range(min(self.counting, default=0)) if self._names(c)]
        named = [found for text, head in zip(label, heads, strict=True) if (found := self._named(text, head))]
        return max(reversed(named), key=lambda subject: _FINENESS.index(subject.level), default=None)

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
        level = next((level for pattern, level in _BELOW if pattern.search(head)), None)
        if level is None or not text or len(text) > 24:
            return None
        return Subject(text, level, replace(place, detail=text) if place and level != "organisation" else place)

    def _fact(self, r: int, c: int) -> Fact | None:
        text = self.texts[r][c]
        label = self.labels[r - self.grid.header]
        head = self._counted(label, c)
        if not _NUMBER.fullmatch(text) or not _NAMES.search(head) or any(_SUBTOTAL.fullmatch(t) for t in label):
            return None
        quantity = self._quantity(r, c, head)
        if quantity is None:
            return None
        phrase = self._phrase(label, c, head, quantity.unit)
        subject = (self._subject(label) if self.by_place else self._named(self.heads[c], "")) or self.subjects.default
        row = Span(self.grid.rows[r][0].start, self.grid.rows[r][-1].end)
        period = self._period(c)
        indicator, name = classify(phrase, quantity.unit, head, self.known)
        total = any(_TOTAL.fullmatch(t.replace(" ", "")) for t in label)
        planned = _PLAN.search(self.heads[c]) or says_planned(head)
        return Fact(
            id=content_id(self.article.id, str(quantity.span.start), str(quantity.span.end)),
            article=self.article.id, document=self.article.document, name=self.article.name, quantity=quantity,
            indicator=indicator, indicator_name=name, object=phrase.object, action=phrase.action,
            subject=subject.name, subject_level=subject.level, place=subject.place, period=period or Period(),
            status="planned" if planned else "done", sentence=row, sentence_text=row.of(self.article.body),
            source=self.article.source(quantity.span), rules=self.rules,
            flags=("table", *(("total",) if total else ()), *(() if period else ("no_period",))),
        )  # fmt: skip

    def _phrase(self, label: Sequence[str], c: int, head: str, unit: str | None) -> Phrase:
        """Object and action; a target and a growth are those of the column before."""
        before = [b for b in self.counting if b < c and not _SHARE.search(_IN_BRACKETS.sub("", self.heads[b]))]
        plain = _IN_BRACKETS.sub("", self.heads[c])
        if before and (_PLAN_HEAD.fullmatch(plain) or _CHANGE.search(plain)):
            last = self._phrase(label, before[-1], self._counted(label, before[-1]), "个")
            return last if _PLAN_HEAD.fullmatch(plain) else Phrase(last.object, "增长", "before")
        return _phrase(head, unit)

    def _counted(self, label: Sequence[str], c: int) -> str:
        """What a cell counts: its column where rows are places, else its row with what its column adds."""
        head = self.heads[c]
        if self.by_place or not any(label):
            return head
        item = label[-1]
        plain = _IN_BRACKETS.sub("", head)
        names = _BARE_HEAD.fullmatch(plain) or find_period(plain, "2000-01-01") or self._named(head, "")
        return item if names else f"{item}{plain}"

    def _quantity(self, r: int, c: int, head: str) -> Quantity | None:
        """The number of a cell, its unit from the cell, its heads, a column of units, or the line above the table."""
        cell, text = self.grid.rows[r][c], self.texts[r][c]
        own = scan(text)
        if not own:
            return None
        unit = None if own[0].unit else self._unit(r, c, head)
        scaled = scan(f"{text}{unit}") if unit else own
        found = scaled[0] if len(scaled) == 1 else own[0]
        at = cell.start + cell.of(self.article.body).find(text[0])
        span = Span(at, at + len(text)) if text in cell.of(self.article.body) else cell
        return replace(found, surface=span.of(self.article.body), span=span)

    def _unit(self, r: int, c: int, head: str) -> str | None:
        at = next((i for i, h in enumerate(self.heads) if _UNIT_HEAD.fullmatch(h)), None)
        given = [m.group(1) for text in (self.heads[c], head) if (m := _IN_BRACKETS.search(text))]
        given += [self.texts[r][at]] if at is not None else []
        given += [unit for word, unit in _SAYS_UNIT.items() if word in self.heads[c] + head]
        given += ["%"] if _SHARE.search(_IN_BRACKETS.sub("", self.heads[c])) else []
        given += _TABLE_UNIT.findall(self.caption)
        return next((unit for unit in given if unit and _is_unit(unit)), None)

    def _summed(self, made: list[Fact], columns: dict[int, list[int]]) -> list[Fact]:
        """The rows above a total of their column are its parts."""
        for positions in columns.values():
            totals = [i for i in positions if "total" in made[i].flags]
            if len(totals) != 1:
                continue
            for i in positions:
                if i != totals[0] and dimension(made[i].quantity.unit) != "ratio":
                    relation = Relation("part_of", made[totals[0]].id)
                    made[i] = replace(made[i], relations=(*made[i].relations, relation))
        return made


def _is_unit(text: str) -> bool:
    found = scan(f"1{text}")
    return len(found) == 1 and found[0].unit is not None and found[0].span.end == len(text) + 1


def _phrase(head: str, unit: str | None) -> Phrase:
    """Object and action of a head, read as if the number stood behind it (新建驿站数 → 新建驿站3个)."""
    plain = re.sub(r"\s", "", _IN_BRACKETS.sub("", head))
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
