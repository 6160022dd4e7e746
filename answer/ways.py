"""The ways of working that an article tells one by one, each under a head of its own (（二）按件奖补。…)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from answer.likeness import headings_over
from corpus.model import Article, Span
from extract.sentences import paragraphs, sentences

_FEWEST = 2
"""Ways that an article must tell for its paragraphs to be read so."""
_LONGEST_HEAD = 24
"""Characters of the longest head that runs into its paragraph."""
_NO_WAY = re.compile(
    "问题|短板|不足|难[点处题]|困难|成效|效果|反响|数据|指标|情况|概况|现状|基[本础]|背景|打算|计划|安排|下一?步|今后|明年|建议|体会|启示|"
    "目标|任务|进度|步骤|测算|要求|保障|意义|原因|分析|结论|评价|变化|回头看，|附[件则]"
)
"""Heads over what is no way of working."""
_TELLS_WAYS = re.compile(
    "做法|举措|措施|抓手|经验|探索|亮点|(?:工作|任务)(?:开展|推进|落实)|主要工作|重点工作|路径|方法|办法|对策"
)
_COUNTED = re.compile(
    r"^[\s　]*(?:[（(][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十\d]+[、.．]|[一二三四五六七八九十]是)\s*"
)
_ANSWERS = ("答：", "答:")
"""What the answer to a question begins with, which is the head of no way."""
_FIGURES = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Way:
    """A way of working: its head, and the paragraph that it opens; the one below, of a heading on a line of its own."""

    head: Span
    paragraph: Span

    def sentences(self, article: Article) -> list[Span]:
        """The sentences that say how, behind the head."""
        within = Span(max(self.head.end, self.paragraph.start), self.paragraph.end)
        return [s for s in sentences(article.body, within) if s.of(article.body).strip("。；：")]


def of_other(article: Article, at: int) -> bool:
    """Whether a place of the body stands under a heading of what is no way of working: problems, results, plans."""
    over = headings_over(article, at)
    return _NO_WAY.search(over) is not None and _TELLS_WAYS.search(over) is None


def ways_of(article: Article) -> Sequence[Way]:
    """The ways an article tells, in order; none where it tells fewer than two so."""
    found = list(_ways(article))
    return found if len(found) >= _FEWEST else ()


def _ways(article: Article) -> Iterator[Way]:
    body = article.body
    heading: Span | None = None
    for paragraph in paragraphs(body):
        own = next((h.span for h in article.headings if h.span.start <= paragraph.start < h.span.end), None)
        if own is not None and own.end >= paragraph.end:
            heading = own
            continue
        if of_other(article, paragraph.start):
            heading = None
            continue
        first = own or next(iter(sentences(body, paragraph)), paragraph)
        runs_in = first.end < paragraph.end and _is_head(first.of(body)) and first.of(body)[-1] in "。？！"
        if body.startswith(_ANSWERS, paragraph.start):
            heading = None
            continue
        if runs_in:
            yield Way(_bare(first, body), paragraph)
        elif heading is not None and _is_head(heading.of(body)) and not _TELLS_WAYS.search(heading.of(body)):
            yield Way(_bare(heading, body), paragraph)
        heading = None


def _is_head(text: str) -> bool:
    said = _COUNTED.sub("", text).strip("。；：: 　")
    whole = said[:1] not in "（(" and not _NO_WAY.search(said) and not _FIGURES.search(said)
    return whole and 2 < len(said) <= _LONGEST_HEAD


def _bare(head: Span, body: str) -> Span:
    """A head without its number and its stop."""
    text = head.of(body)
    counted = _COUNTED.match(text)
    start = head.start + (counted.end() if counted else 0)
    return Span(start, start + len(body[start : head.end].rstrip("。；：: 　")))
