"""What a figure takes over from the text around it: the period told before it, the plan that a heading announces."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence
from dataclasses import replace

from corpus.model import Article, Fact, Period, Span, overlapped
from extract.clause import last_clause
from extract.period import (
    NAMED_YEAR,
    SAME_SPAN,
    find_period,
    is_wide,
    leading_period,
    period_spans,
    same_span,
    whole_year,
)
from extract.sentences import paragraphs, sentences
from extract.status import says_planned

_LOOKS_BACK_ON = re.compile(
    r"(?:过去|这|刚刚过去的)?(?:[三四五六七八九十]|\d{1,2})年(?:[间来]|以来)?(?=[，,])|“?[一二三四五六七八九十]{2,3}五”?(?:时期|期间)"
)
_LINE = 40
"""Characters at most of a line that opens a part of a text."""
_PARAGRAPH = 8
"""Sentences of the longest paragraph that a period at its beginning is taken to hold for."""
_PRESENT = re.compile(r"目前|如今|现有|现已|当前|眼下")
_THAT_DAY = re.compile("当天|当日|当晚|(?:活动|仪式|大集|大会|比赛)现场|(?:[仪幕]式|(?<!社)会|活动)上|活动中")
"""Words that take up the day told before."""
_EXPECTED = re.compile("预计|预估|有望")
_TO_COME = re.compile("可|后|将|带动")
_FOUNDED = re.compile(r"(?:成立|运行|启用|开办|投用|实施|开展|开业|组建|创建|建成)以来")
_RUN_IN = re.compile(r"\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)])[^，。；：]{2,18}。")
"""A numbered heading run into its paragraph (四、下半年重点。武康街道再建2家)."""
_LEADS = re.compile(r"[：:]\s*$")
"""How a line ends that leads on to what follows (重点抓好以下工作：)."""
_NO_HEADING = re.compile(r"[。；]|[，、！？：:]\s*$")
"""What a short line has that is no heading (国内生产总值增长6.5%，)."""
_LABEL = re.compile(r"\s*[^一-鿿]{0,4}([一-鿿]{2,10})[：】]")
"""A label that a paragraph begins with (下半年打算：改造村卫生室12个)."""
_OF_PLANS = re.compile(
    "打算|20[0-9]{2}年(?:工作)?(?:安排|计划|思路|设想)|(?:20[0-9]{2}年|今年|明年)[，,、]?[^。，]{0,4}(?:这样|怎么|这么|如何)干|下一步|下步|(?:工作|下半年|明年|下一阶段)(?:计划|安排|重点|任务)|目标任务|工作思路"
    "|(?:[0-9]{4}年|今年(?!以来|上半年|[一二三四前]季度)|下一阶段)[^，。0-9]{0,16}(?:任务|部署|总体要求|主要目标|预期目标|要求(?!落实)|(?:工作|发展|奋斗|任务)?目标(?!任务|责任|考核|管理)|工作重点|重点工作|工作的?建议)"
)
_OF_RESULTS = re.compile("完成|落实|执行|情况|成效|进展|强化")
"""What makes a heading one of results (目标任务完成情况)."""
_PLAN = re.compile(r"(?:方案|规划|计划|工作要点|任务清单|目标任务)(?:\s*[（(][^（()）]*[)）])*(?:》?的通知)?$")
"""The title of a document that is a plan."""
_TWO_PARTS = re.compile("(?<=[结顾况作])(?:和|及|暨|与|以及|、)(?=[0-9二今明下])")
_SAYS_PLANS = "打算|计划|安排|要点|思路|谋划|部署"
_PLANS_OF = re.compile(f"{_SAYS_PLANS}|重点")
"""What joins a title's two parts, and what the part of plans says."""
_ASIDE = re.compile(r"[（(][^（()）]*[)）]")
"""A line that is no heading: （前略）."""
_SUBHEADING = re.compile(r"\s*[（(\d]")
_OF_STATE = re.compile("现状|基础|背景|基本情况|回顾|形势|成效|问题|起草")
_LOOKS_BACK = re.compile("回顾|总结|成效|成绩|完成情况|进展情况|亮点|做法|经验|案例|问题|^附")
_SAID_DONE = re.compile("已|现有|目前|今年以来|上半年[^，。；]{0,8}(?:完成|建成)|截[至止]")
"""What a sentence below a heading of plans says of what is done already."""


_OF_YEAR = re.compile("(?:全年|年度)(?=(?:[的总]|计划)*(?:目标|任务|计划))")
"""Of which time a target is that is told behind another figure."""
_SO_FAR = re.compile("累计|总[数量面]|共有|现有|达到?了?$")
_ADDED_BEFORE = 4
"""How many figures before a whole so far may tell what was added."""


def under_plans(article: Article, found: Sequence[Fact]) -> list[Fact]:
    """Figures below a heading of plans (下半年打算) are planned, until a heading that is none.

    A 政府工作报告 looks back first: of what follows its heading of plans only a look back is none. In a plan (行动方案,
    工作要点) all are but those below a heading that says how things stand (现状).
    """
    body, planned, depth = article.body, list[Span](), None
    below = plan = _PLAN.search(article.title) is not None
    report = article.title.endswith("政府工作报告")
    for paragraph in paragraphs(body):
        text = paragraph.of(body)
        head = _RUN_IN.match(text)
        short = len(text) <= 36 and not _ASIDE.fullmatch(text.strip())
        heading = short and not _NO_HEADING.search(text)
        leads = short and _LEADS.search(text) is not None and _OF_PLANS.search(text) is not None
        if head or heading or leads:
            told = head.group() if head else text
            if not plan:
                plans = _OF_PLANS.search(told) is not None and not _OF_RESULTS.search(told)
                below = plans or (below and not _LOOKS_BACK.search(told) and (report or _is_deeper(told, depth)))
                depth = _depth(told) if plans else depth
            elif not _SUBHEADING.match(told):
                below = not _OF_STATE.search(told)
        label = _LABEL.match(text)
        if label and _OF_PLANS.search(label[1]) and not _OF_RESULTS.search(label[1]):
            planned.append(paragraph)
        if below and (head or not heading):
            planned.append(paragraph)
    return [
        replace(f, status="planned")
        if f.status == "done" and overlapped(planned, f.sentence) and not _is_over(f, article.published_on)
        else f
        for f in found
    ]


def _is_over(fact: Fact, published: str | None) -> bool:
    """Whether a figure is said to be of what is done, what a plan starts from, or of a time that was over (去年…)."""
    past = published is not None and fact.period.end is not None and fact.period.end[:4] < published[:4]
    return past or fact.tied("baseline_of") or _SAID_DONE.search(fact.sentence_text) is not None


def _is_deeper(heading: str, depth: int | None) -> bool:
    """Whether a heading stands below one of a depth: a greater number, or none below one that has."""
    return depth is not None and ((own := _depth(heading)) is None or own > depth)


def _depth(heading: str) -> int | None:
    """How deep a numbered heading stands: 0 一、, 1 （一）, 2 1．; None of one without a number."""
    marks = (r"\s*[一二三四五六七八九十]+、", r"\s*[（(][一二三四五六七八九十]+[）)]", r"\s*[（(]?\d+[.．、）)]")
    return next((depth for depth, mark in enumerate(marks) if re.match(mark, heading)), None)


def inherit_periods(article: Article, found: Sequence[Fact]) -> list[Fact]:
    """A fact without a period takes the one the sentence before it stated, or its paragraph began with (2025年，…).

    What a paragraph begins with must be longer than a month, and holds neither through a long one, as where a whole
    article is one, nor beyond a word of the present (如今), nor beyond another period. 当天 takes up the last day told.
    What a place has done since it was founded (该中心成立以来) began when that is said to have been. What is left has
    the period of its section's heading (2025年工作回顾), or of the title, where that has one (2026年上半年…情况通报).
    """
    body, published = article.body, article.published_on
    waiting = deque(found)
    made: list[Fact] = []
    for paragraph in paragraphs(body):
        spans = sentences(body, paragraph)
        carried: Period | None = None
        head: Period | None = None
        day: Period | None = None
        last: Period | None = None
        for sentence in spans:
            text = sentence.of(body)
            if text.startswith("其中") and last and last.end and last.end > (carried and carried.end or last.end):
                carried = last
            last = None
            if _PRESENT.search(text):
                carried = head = None
            if _THAT_DAY.search(text):
                carried = carried or day
            since = _FOUNDED.search(text)
            while waiting and waiting[0].quantity.span.start < sentence.end:
                fact = waiting.popleft()
                fact = _year_before(_in_same_span(fact, carried), carried)
                named = NAMED_YEAR.search(body, sentence.start, fact.quantity.span.start) is not None
                if not fact.period.text and carried is not None and not named and "table" not in fact.flags:
                    period = replace(carried, basis="inherited")
                    if since and carried.start and body.find(since[0], sentence.start, fact.quantity.span.start) >= 0:
                        period = replace(period, text=since[0], end=published)
                    fact = replace(fact, period=period, flags=())
                made.append(fact)
                based = fact.tied("baseline_of")
                based = based or (fact.period.text or "").endswith(SAME_SPAN)
                if fact.period.basis == "stated" and not based and _is_adverbial(fact.period.text or "", text):
                    carried = last = fact.period
            stated = leading_period(text, published)
            stated = None if stated and (stated.text or "").endswith(SAME_SPAN) else stated
            if stated is not None:
                begins = sentence == spans[0] and len(spans) <= _PARAGRAPH and is_wide(stated)
                head = stated if begins else None
            carried = stated or head
            told = find_period(text, published) if "日" in text else None
            day = told if told and told.start and told.start == told.end else day
    done, planned = _titled(article.title, published)
    headed = _headed(article)
    dated = [
        _in_whole(
            f, next((p for span, p in headed if span.overlaps(f.sentence)), None) or
            (planned if f.status == "planned" else done),
        )
        for f in (*made, *waiting)
    ]  # fmt: skip
    return [_estimated(_of_whole_year(f), published) for f in dated]


def _of_whole_year(fact: Fact) -> Fact:
    """A year's target told behind a figure of a part of it is of that year (6月底555张，全年目标|620张)."""
    clause, when = last_clause(fact.left), fact.period
    named = _OF_YEAR.search(clause) if fact.status == "planned" and when.end else None
    start, end = whole_year((when.end or "")[:4])
    if named is None or (when.text or "") in clause or (when.start, when.end) == (start, end):
        return fact
    return replace(fact, period=replace(when, text=named[0], start=start, end=end))


def _estimated(fact: Fact, published: str | None) -> Fact:
    """What is expected of a period that was over is no plan but an estimate (2025年预计实现生产总值…, told in 2026)."""
    over = published is not None and fact.period.end is not None and fact.period.end < published
    if fact.status != "planned" or not over or _TO_COME.search(last_clause(fact.left)):
        return fact
    only = _EXPECTED.search(fact.left) and not says_planned(_EXPECTED.sub("", fact.left))
    return replace(fact, status="done") if only else fact


def _titled(title: str, published: str | None) -> tuple[Period | None, Period | None]:
    """The periods that a title gives to what is done and to what is planned (2025年工作总结和2026年工作打算)."""
    parts = _TWO_PARTS.split(title)
    if len(parts) == 1:
        whole = _only_period(title, published)
        return whole, whole if _PLAN.search(title) else None
    plans = [part for part in parts if _PLANS_OF.search(part)]
    others = [part for part in parts if part not in plans]
    periods = [
        next((found for part in told if (found := _only_period(part, published))), None) for told in (others, plans)
    ]
    return periods[0], periods[1]


_YEAR_OVER = re.compile("总结|小结|回顾|述职|工作(?:情况|汇报)|(?:运行|推进|进展|建设|办理|开展)情况")
"""What ends the title of a report that is told from the end of its year."""


def reckoned_from(published: str | None, title: str) -> str | None:
    """The day from which 今年 is told: of publication, or the end of the year before that a title looks back on."""
    told = told_on(title)
    if told is None or (published is not None and (told[:4] >= published[:4] or re.search(_SAYS_PLANS, title))):
        return published
    return told


def told_on(title: str) -> str | None:
    """The last day of the period that a title reports on, from which 今年 and 上半年 are told; None without one.

    A whole year is such only of a report that looks back on it: a 通报 or a government's report comes in the next.

    >>> told_on("某县2025年上半年工作小结"), told_on("2024年工作总结和2025年工作思路"), told_on("2025年政府工作报告")
    ('2025-06-30', '2024-12-31', None)
    """
    period, _ = _titled(title, None)
    if period is None or period.end is None or _PLAN.search(title):
        return None
    whole = period.end.endswith("12-31") and "季度" not in (period.text or "") and "下半年" not in (period.text or "")
    return period.end if not whole or _YEAR_OVER.search(title) else None


def _in_whole(fact: Fact, whole: Period | None) -> Fact:
    """A figure without a period of its own in that of its section, or in that of the title."""
    if whole is None:
        return fact
    if fact.period.text:
        return _in_same_span(fact, whole)
    flags = tuple(flag for flag in fact.flags if flag != "no_period")
    return replace(fact, period=replace(whole, basis="inherited"), flags=flags)


def _headed(article: Article) -> list[tuple[Span, Period]]:
    """The sections whose headings tell a period, each up to the next heading of its level or above."""
    made: list[tuple[Span, Period]] = []
    for at, heading in enumerate(article.headings):
        period = _only_period(heading.span.of(article.body), article.published_on)
        ends = (h.span.start for h in article.headings[at + 1 :] if h.level <= heading.level)
        if period is not None and "年" in (period.text or ""):
            made.insert(0, (Span(heading.span.end, next(ends, len(article.body))), period))
    return [*(each for each in _announced(article) if not any(_same(each[1], p) for _, p in made)), *made]


def _same(a: Period, b: Period) -> bool:
    return (a.start, a.end) == (b.start, b.end)


def _announced(article: Article) -> list[tuple[Span, Period]]:
    """What follows a line that opens a look back on years (过去五年，我国发展成就举世瞩目。), up to the next such line.

    It tells no figure, and ends where another period, or a section of its level, begins.
    """
    body, made = article.body, list[tuple[Span, Period]]()
    heads = [heading.span.start for heading in article.headings if heading.level == 1]
    opened: tuple[int, Period] | None = None
    for paragraph in paragraphs(body):
        text = paragraph.of(body)
        found = leading_period(text, article.published_on) if len(text) <= _LINE else None
        if opened and (found or any(opened[0] <= head < paragraph.end for head in heads)):
            made.append((Span(opened[0], paragraph.start), opened[1]))
            opened = None
        if found and _LOOKS_BACK_ON.match(text) and not re.search(r"\d", text.replace(found.text or "", "")):
            opened = paragraph.end, found
    if opened:
        made.append((Span(opened[0], len(body)), opened[1]))
    return made


def _only_period(text: str, published: str | None) -> Period | None:
    """The one period that a title or heading tells, if it is a wide one with dates; a year before 今年以来."""
    spans = period_spans(text)
    if len(spans) == 2 and spans[1].of(text).startswith("今年"):
        text, spans = text[: spans[1].start], spans[:1]
    found = find_period(text, published) if len(spans) == 1 else None
    return found if found is not None and found.start and is_wide(found) else None


def so_far(found: Sequence[Fact]) -> list[Fact]:
    """A whole so far, told behind what a period added to it, is as of its end (2025年新建3.6万亩，累计31.2万亩)."""
    made: list[Fact] = []
    for at, fact in enumerate(found):
        clause, when = last_clause(fact.left), fact.period
        if _SO_FAR.search(clause) and any(_adds(other, fact) for other in found[max(0, at - _ADDED_BEFORE) : at]):
            told = (when.text or "") in clause
            period = when if told or not when.end else replace(when, start=None)
            fact = replace(fact, period=period, action=fact.action if fact.action in clause else "")
        made.append(fact)
    return made


def _adds(part: Fact, whole: Fact) -> bool:
    """Whether a figure of the same sentence, and of no later a period, may be part of a whole."""
    a, b = part.quantity, whole.quantity
    same = part.sentence == whole.sentence and a.unit == b.unit
    return same and a.value < b.value and (part.period.end or "") <= (whole.period.end or part.period.end or "")


def _in_same_span(fact: Fact, period: Period | None) -> Fact:
    """A figure of 去年同期, of which the text before told the span."""
    told = fact.period.text or ""
    if period is None or fact.period.end or not told.endswith(SAME_SPAN):
        return fact
    start, end = same_span(told, period)
    return replace(fact, period=replace(fact.period, start=start, end=end))


def _year_before(fact: Fact, period: Period | None) -> Fact:
    """A figure of 上年, of which the text before told the year."""
    told = fact.period
    year = (period.end or "")[:4] if period else ""
    if told.end or told.text not in ("上年", "去年") or not year:
        return fact
    start, end = whole_year(int(year) - 1)
    return replace(fact, period=replace(told, start=start, end=end))


def _is_adverbial(period: str, sentence: str) -> bool:
    """Whether a period says when the sentence happens, not which year's list or plan it speaks of (2022年度名单)."""
    at = sentence.find(period)
    return (
        not period.endswith("年度") and re.search(r"(?:^|[，、：（(\s])[自从在于到截至止]*$", sentence[:at]) is not None
    )
