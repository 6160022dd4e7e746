"""The cells of a table as words: heads over columns, labels before rows, which columns count."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from corpus.model import Article, Grid
from extract.heads import IN_BRACKETS, is_unit

_TOTAL = re.compile(r"(?:合|总|小|共)\s*计|总数|[全本](?:[省市州县区旗镇乡]|街道)(?:合计|总计)?")
_NO_COUNT = re.compile(
    r"序号|编号|行次|代码|电话|手机|邮编|日期|时间|年份|年度(?!目标|计划|任务|指标)|身份证|联系|地址|备注|排名|名次|责任|牵头|配合|负责"
)
_WHEN = re.compile(
    r"(?:19|20)\d\d年?[度末底]?(?:(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?|第?[一二三四1-4]季度|[上下]半年|1?[-—至]\d{1,2}月)?"
    r"|(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?|第?[一二三四1-4]季度|[上下]半年"
)
"""What a cell says that tells when the row is of (2024, 2025年末, 三季度)."""
_TIME_HEAD = re.compile(r"(?:统计)?(?:年份|年度|时间|时期|月份|季度|年|月|指标|项目|期间)?")
"""What stands over a column that tells when its rows are of, and no day on which something was built."""
_UNIT_HEAD = re.compile(r"(?:计量)?单\s*位")
NUMBER = re.compile(r"[约近超]?\s*[¥￥]?[-+]?\d[\d,，.]*\s*(?:[百千万亿]*)\s*[%％‰]?\s*[一-鿿（）()/]{0,6}")
"""What a cell of numbers says."""
_CAPTION = 40
"""The longest line above a table that is its caption."""


@dataclass(frozen=True)
class Cells:
    """What one table of an article says."""

    article: Article
    grid: Grid

    @cached_property
    def texts(self) -> list[list[str]]:
        """What the cells say."""
        return [[" ".join(cell.of(self.article.body).split()) for cell in row] for row in self.grid.rows]

    @cached_property
    def heads(self) -> list[str]:
        """What stands over each column, from the top down; a merged head counts for all its columns."""
        rows = [list(row) for row in self.texts[: self.grid.header]]
        for row, below in zip(rows, rows[1:], strict=False):
            for c in range(1, len(row)):
                row[c] = row[c] or (row[c - 1] if below[c] else "")
        return ["".join(dict.fromkeys(filter(None, column))) for column in zip(*rows, strict=True)] or [""] * len(
            self.texts[0]
        )

    @cached_property
    def counting(self) -> list[int]:
        """The columns of numbers."""
        body = self.texts[self.grid.header :]
        columns = [c for c in range(len(self.heads)) if self._may_name(c)]
        return [c for c in columns if any(NUMBER.fullmatch(row[c]) for row in body)]

    @cached_property
    def naming(self) -> list[int]:
        """The columns before the numbers that name what the rows are."""
        return [c for c in range(min(self.counting, default=0)) if self._may_name(c)]

    @cached_property
    def labels(self) -> list[list[str]]:
        """The words before the first number of each row; an empty one goes on from above."""
        edge = min(self.counting, default=0)
        out: list[list[str]] = []
        for row in self.texts[self.grid.header :]:
            above = out[-1] if out else [""] * len(self.naming)
            total = next((text for text in row[:edge] if is_total(text)), "")
            label = [row[c] or ("" if total else above[i]) for i, c in enumerate(self.naming)]
            out.append([total, *label[1:]] if label and total and not any(label) else label)
        return out

    @cached_property
    def caption(self) -> str:
        """A short line, the end of a longer one, or a row that is no head, above the table: it may tell its unit."""
        above = self.article.body[: self.grid.rows[0][0].start].rstrip("\n").rsplit("\n", 1)[-1]
        if "\t" not in above and len(above) > _CAPTION:
            above = above.rsplit("。", 1)[-1]
        return " ".join(above.split()) if len(above) <= _CAPTION or "\t" in above else ""

    @cached_property
    def times(self) -> list[str]:
        """Of when each row below the heads is, as a column of years or periods tells; "" where there is none."""
        rows = self.texts[self.grid.header :]
        return [row[self._timing[0]] for row in rows] if self._timing else [""] * len(rows)

    @cached_property
    def _timing(self) -> list[int]:
        """The columns of years or periods."""
        return [c for c in range(len(self.heads)) if self._holds_times(c)]

    @cached_property
    def units(self) -> int | None:
        """The column of units; under 单位 may as well stand bodies."""
        return next(
            (c for c, head in enumerate(self.heads) if _UNIT_HEAD.fullmatch(head) and self._holds_units(c)), None
        )

    def _holds_units(self, c: int) -> bool:
        told = [text for row in self.texts[self.grid.header :] if (text := row[c])]
        return sum(map(is_unit, told)) * 2 > len(told)

    def _holds_times(self, c: int) -> bool:
        rows = [row for row in self.texts[self.grid.header :] if not any(is_total(text) for text in row)]
        told = [row[c] for row in rows if row[c] and any(row[:c] + row[c + 1 :])]  # a note has a row to itself
        told = [IN_BRACKETS.sub("", text).strip() for text in told]
        return len(told) > 1 and _TIME_HEAD.fullmatch(self.heads[c]) is not None and all(map(_WHEN.fullmatch, told))

    def _may_name(self, c: int) -> bool:
        """Whether a column holds what is counted or names it, not ordinals, units, times or addresses."""
        return not _NO_COUNT.search(self.heads[c]) and c != self.units and c not in self._timing


def is_total(text: str) -> bool:
    """Whether the label of a row says that it adds up others.

    >>> is_total("合 计"), is_total("全县"), is_total("三塘镇")
    (True, True, False)
    """
    return _TOTAL.fullmatch(text.replace(" ", "")) is not None
