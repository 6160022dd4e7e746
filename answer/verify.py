"""Judge a claim against what it cites: quotes exact; numbers, units and bounds kept; place, period and 拟/未 kept.

A claim passes only if nothing speaks against it. The reasons are for people.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from unicodedata import normalize

from answer.amended import CORRECTION, as_printed
from answer.arithmetic import bound_of, compute
from answer.below import begins_with
from answer.binding import bound, vague_kept, whole_kept
from answer.likeness import paragraph_around
from answer.match import is_baseline
from answer.say import SCALES, year_of
from answer.sources import Sources
from answer.words import bigrams
from corpus.model import Citation, Claim, Derivation, Fact, Period, Quantity, Span, overlapped
from corpus.spacing import squeezed
from extract.exclude import context, reason
from extract.period import find_period
from extract.quantities import scan
from extract.status import planned_at, says_planned

_NEGATION = re.compile(r"未(?!来|必|成年|雨)|没有|并非|尚无|不再|从未|无法")
_CUMULATIVE = re.compile(r"累计|共计")
_TIMES = re.compile(
    r"\d{4}年|[上下]半年|第?[一二三四]季度|(?<!\d)\d{1,2}(?:[至到~～—–\-]\d{1,2})?(?:月|[日号](?!线|楼)|[时点](?![间候位]))|今年|去年|前年|上年|明年|本年"
)
_PLAN_WORD = re.compile(r"计划|预计|力争|有望|(?<![模比虚])拟(?![定订])|即将")
_COUNT_OF_PLACES = re.compile(r"(?:资料(?:库)?中)?(?:共?有)?(?P<n>\d+)个(?:地方|县|市|区|旗|州|省|县市|县区|市县)")
_CLAUSE_SHARE = 0.45
"""The share of each clause's neighbouring characters that must stand in what the claim cites."""
_LONGEST_NAME = 15
"""Characters of the longest names of divisions."""
_TURNS = {"increase": re.compile("增加|增长|上升|提高|多了"), "decrease": re.compile("减少|下降|降低|少了")}
"""Words of the direction of a change."""
_SUFFIX = re.compile(r"[省市县区旗州盟]")
_SAID_AGAIN = 0.5
"""From this share on a clause of the quote is told again by the claim."""
_HERE = re.compile("[全本我该][省市县区州旗]|[省市县区]里|当地|本地")
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)(?:[A-Za-z]+级?\d*)?")
"""A number; a grade with the figure told of it (5A级2家) goes with that figure."""
_SHOWN_SUM = re.compile(r"（([\d.()+−×÷%\s-]+)）")
"""A sum shown in a claim: numbers and signs alone."""
_ROUNDED = Decimal("0.005")
"""How far a rounded result may lie from the exact one."""
_NAMED = re.compile(r"[“「]([^”」]+)[”」]")
_HAN_NUMBER = re.compile(r"[一二两三四五六七八九十百千万几数]+[次个家名户支项条种天场步级类批期轮届座处半]")
_SAYS_NOTHING = frozenset("一个 一批 一种 一项 一条 一级 一类 一天 一次次 一步 一场".split())
"""Numerals that count nothing."""
_DAY = re.compile(r"\d{1,2}[日号]")
_HALF_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)}
_MARK = re.compile(r"\[\d+\]")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a claim holds, and why not."""

    n: int
    verified: bool
    reasons: tuple[str, ...] = ()


def verify_claims(claims: Sequence[Claim], citations: Sequence[Citation], sources: Sources) -> list[Verdict]:
    """A verdict for each claim, numbered from 1 in the order given."""
    known = {c.n: c for c in citations}
    judge = _Judge(sources)
    return [
        Verdict(n, not reasons, tuple(reasons))
        for n, claim in enumerate(claims, 1)
        for reasons in [judge.reasons(claim, [known[c] for c in claim.citations if c in known], known)]
    ]


class _Judge:
    def __init__(self, sources: Sources) -> None:
        self.sources = sources

    def reasons(self, claim: Claim, cited: Sequence[Citation], known: dict[int, Citation]) -> list[str]:
        found = [f"引文编号 {n} 不存在" for n in claim.citations if n not in known]
        if not cited:
            return [*found, "没有依据"]
        for citation in cited:
            found += self._quote(citation)
        if found:
            return found
        given = self._cited_facts(cited)
        told, facts = as_printed(claim.text, given)
        claim = replace(claim, text=told)
        if claim.derivation is not None and claim.derivation.operation == "count":
            return found + self._count(claim.text, claim.derivation, cited)
        if claim.derivation is not None and claim.derivation.operation == "year":
            opening = f"{claim.derivation.result}年，"
            undated = claim.text.removeprefix(opening)
            holds = claim.text.startswith(opening) and _of_the_year(undated, claim.derivation, facts)
            found += [] if holds else ["年份与依据的时间不符"]
            claim = replace(claim, text=undated, derivation=None)
        if claim.derivation is not None and claim.derivation.operation == CORRECTION:
            changed = {f.id for f in given if f.printed} - {f.id for f in facts if f.printed}
            found += [] if set(claim.derivation.inputs) <= changed else ["更正与资料库所记的不符"]
            claim = replace(claim, derivation=None)
        text = _MARK.sub("", claim.text).translate(_HALF_WIDTH)
        found += self._derivation(text, claim.derivation, facts)
        found += self._numbers(_SHOWN_SUM.sub("", text) if claim.derivation else text, claim.derivation, cited, facts)
        found += _names_kept(text, cited)
        found += self._bound(text, claim.derivation, cited, facts)
        found += self._bodies(text, cited, facts)
        found += self._place(claim, text, cited, facts)
        found += _words_kept(text, cited, [self._as_told(f) for f in facts])
        if claim.derivation is None:
            found += self._grounded(text, cited)
        return found

    def _quote(self, citation: Citation) -> list[str]:
        article = self.sources.article(citation.article)
        if article is None:
            return [f"引文 {citation.n} 的文章不在资料库"]
        fields = {
            "body": article.body, "title": article.title, "column": article.column or "",
            "source_line": article.source_line or "", "caption": "\n".join(c.text for c in article.captions),
        }  # fmt: skip
        text = fields.get(citation.field, "")
        if text[citation.start : citation.end] == citation.quote and citation.quote:
            return []
        if citation.quote and squeezed(citation.quote) in squeezed(text):
            return []
        return [f"引文 {citation.n} 与原文不一致"]

    def _cited_facts(self, cited: Sequence[Citation]) -> list[Fact]:
        """The facts whose characters lie in a quoted span."""
        spans = {(c.article, Span(c.start, c.end)) for c in cited if c.field == "body"}
        found = {fact.id: fact for article, span in sorted(spans) for fact in self.sources.facts_in(article, span)}
        return list(found.values())

    def _as_told(self, fact: Fact) -> Fact:
        """A fact without a period that only its article's title tells: the claim cites none, and may not tell it."""
        article, told = self.sources.article(fact.article), fact.period.text
        if fact.period.basis != "inherited" or article is None or not told:
            return fact
        before = Span(paragraph_around(article, fact.sentence).start, fact.sentence.end)
        return fact if told in before.of(article.body) else replace(fact, period=Period())

    # --- numbers ----------------------------------------------------------------------------------------------------

    def _derivation(self, text: str, derivation: Derivation | None, facts: Sequence[Fact]) -> list[str]:
        """The inputs are cited, the sum shown is over them and no others, and it comes out as told."""
        if derivation is None:
            return []
        by_id = {f.id: f for f in facts}
        if any(i not in by_id for i in derivation.inputs):
            return ["推算用到的数据不在依据中"]
        values = [by_id[i].quantity.value for i in derivation.inputs]
        for shown in (derivation.expression, *_SHOWN_SUM.findall(text)):
            if shown and not any(_is_sum_over(shown, values, scale) for scale in _scales_told(text)):
                return ["算式与所用的数据不符"]
        try:
            told = Decimal(derivation.result)
        except InvalidOperation:
            return ["推算结果不是数"]
        made = compute(derivation.operation, values)
        if made is None:
            return [f"不认识的推算 {derivation.operation!r}"]
        if derivation.operation in _TURNS and not _turns(
            text, derivation.operation, [by_id[i] for i in derivation.inputs]
        ):
            return ["增减的方向与依据不符"]
        if not any(q.value == told for q in scan(_SHOWN_SUM.sub("", text))):
            return ["没有写出推算的结果"]
        return [] if abs(made - told) <= _ROUNDED else [f"推算结果应为 {format(made.normalize(), 'f')}"]

    def _count(self, text: str, derivation: Derivation, cited: Sequence[Citation]) -> list[str]:
        """A count of places: as many as are listed, each among the cited, and nothing else said that is not cited."""
        places = self._told_of(cited)
        places |= {f.place.adcode for f in self._cited_facts(cited) if f.place and f.place.adcode in derivation.inputs}
        n = str(len(derivation.inputs))
        told = _COUNT_OF_PLACES.search(_MARK.sub("", text))
        if told is None or told["n"] != n or derivation.result != n:
            return ["计数与所列不符"]
        if not set(derivation.inputs) <= places:
            return ["计数的地方不在依据中"]
        rest = _COUNT_OF_PLACES.sub("", _MARK.sub("", text)).strip("：，。")
        return self._numbers(rest, None, cited, ()) + self._grounded(rest, cited, most=1) + _times_kept(rest, cited, ())

    def _numbers(
        self, text: str, derivation: Derivation | None, cited: Sequence[Citation], facts: Sequence[Fact]
    ) -> list[str]:
        tabled = [f.quantity for f in facts if "table" in f.flags]
        bare = {q.surface for q in tabled}
        quoted = [q for c in cited for q in scan(c.quote) if q.surface not in bare]
        allowed = [*tabled, *quoted, *_with_unit_from_afar(quoted, facts)]
        told = [
            q
            for q in scan(_without_places(text, self.sources))
            if not (q.bound == "exact" and _DAY.fullmatch(q.surface))
        ]
        found = [
            f"{q.surface!r} 与依据中的数、单位或约数词不符"
            for q in told
            if not any(_same(q, a) for a in allowed) and not (derivation and _derives(q, derivation, facts))
        ]
        if derivation is None and not found:
            often = [q for q in told if sum(_same(q, t) for t in told) > sum(_same(q, a) for a in allowed)]
            found += [f"{q.surface!r} 比依据中多出现了" for q in often[:1]]
        return found

    def _bodies(self, text: str, cited: Sequence[Citation], facts: Sequence[Fact]) -> list[str]:
        """A street or community is named only where the cited sentence or its figure is about it."""
        given = "".join(c.quote for c in cited) + "".join(f.subject for f in facts)
        if not any(q.unit for q in scan(text)):
            given += "".join(c.title for c in cited)
        named = [d.surface for d in self.sources.gazetteer.find_details(text)]
        return [f"依据说的不是{body}" for body in named if body not in given]

    def _bound(
        self, text: str, derivation: Derivation | None, cited: Sequence[Citation], facts: Sequence[Fact]
    ) -> list[str]:
        """Each number stands with the words the source gives it; a derivation's own numbers are judged there."""
        found = [] if whole_kept(text, cited) else ["依据没有说是全部"]
        found += [] if vague_kept(text, cited) else ["约数词与依据不符"]
        if derivation is None:
            around = context(text)
            counting = [q for q in scan(text) if reason(q, around) is None or any(_same(q, f.quantity) for f in facts)]
            told = [(q, [f for f in facts if _same(q, f.quantity)]) for q in counting]
            found += [why for q, same in told if (why := bound(text, q, same, cited))]
        return found

    # --- place --------------------------------------------------------------------------------------------------------

    def _place(self, claim: Claim, text: str, cited: Sequence[Citation], facts: Sequence[Fact]) -> list[str]:
        gazetteer = self.sources.gazetteer
        about = self._about(text, cited, facts)
        found = []
        if claim.place and about and not any(self._fits(claim.place, a, claim.derivation) for a in about):
            found.append(f"地方不符：依据说的是{'、'.join(sorted({gazetteer.place(a).name for a in about}))}")
        elif claim.place and not about:
            found.append("依据没有可确认的地方")
        mentions = [(m.surface, m.candidates) for m in gazetteer.find(text)]
        addressed = any(set(codes) & about for _, codes in mentions)
        for surface, codes in mentions:
            quoted = any(surface in c.quote for c in cited)
            above = (addressed or claim.derivation is not None) and any(
                gazetteer.contains(code, a) for code in codes for a in about
            )
            if not (set(codes) & about or above or (quoted and addressed)):
                found.append(f"{surface!r} 与依据的地方不符")
        return found + self._named_elsewhere(text, about, cited) + self._level(text, claim.place, cited, facts)

    def _named_elsewhere(self, text: str, about: set[str], cited: Sequence[Citation]) -> list[str]:
        """Full names of other divisions that the source has not, also where no mention is made out (新城区青年)."""
        given = "".join(c.quote + c.title for c in cited)
        contains = self.sources.gazetteer.contains
        for last in (m.end() for m in _SUFFIX.finditer(text)):
            for first in range(max(0, last - _LONGEST_NAME), last - 1):
                name = text[first:last]
                codes = self.sources.gazetteer.surfaces.get(name, ())
                if codes and name not in given and not any(contains(code, a) for code in codes for a in about):
                    return [f"{name!r} 与依据的地方不符"]
                if codes:
                    break
        return []

    def _about(self, text: str, cited: Sequence[Citation], facts: Sequence[Fact]) -> set[str]:
        """The places the cited facts, or else the cited articles, speak of."""
        told = scan(text)
        own = {f.place.adcode for f in facts if f.place and any(_same(q, f.quantity) for q in told)}
        if own:
            return own
        return self._told_of(cited)

    def _told_of(self, cited: Sequence[Citation]) -> set[str]:
        """The places of the cited articles, or those in them with which a quote begins."""
        found: set[str] = set()
        for citation in cited:
            article = self.sources.article(citation.article)
            if article is not None and article.place is not None:
                below = begins_with(citation.quote, article.place, self.sources.gazetteer)
                found |= set(below) or {article.place.adcode}
        return found

    def _fits(self, code: str, about: str, derivation: Derivation | None) -> bool:
        """The same place; a higher one only for a derivation over its members."""
        return code == about or (derivation is not None and self.sources.gazetteer.contains(code, about))

    def _level(self, text: str, place: str | None, cited: Sequence[Citation], facts: Sequence[Fact]) -> list[str]:
        """A street's or an organisation's figure names its body."""
        told = scan(text)
        mine = [f for f in facts if any(_same(q, f.quantity) for q in told)]
        for fact in mine:
            low = fact.subject_level in ("township", "community", "organisation") and fact.subject
            others = [f for f in mine if _same(f.quantity, fact.quantity) and f.subject_level != fact.subject_level]
            if low and fact.subject not in text and not others and not any(c.quote.strip("。") in text for c in cited):
                return [f"这是{fact.subject}的数据，不是全域的数据"]
            unsaid = fact.subject_level == "national" and "全国" not in text and "我国" not in text
            if unsaid and self._is_local(text, place, cited):
                return ["这是全国的数据，不是当地的数据"]
        return []

    def _is_local(self, text: str, place: str | None, cited: Sequence[Citation]) -> bool:
        """Whether a claim speaks of a place, by its own words or as what it cites does."""
        named = place or _HERE.search(text) or self.sources.gazetteer.find(text)
        articles = (self.sources.article(c.article) for c in cited)
        return bool(named) or any(a is not None and a.place is not None for a in articles)

    def _grounded(self, text: str, cited: Sequence[Citation], most: int = 3) -> list[str]:
        """Enough of the words of each clause stand in what the claim cites; the shortest tell nothing."""
        said = _without_places("".join(c.quote + c.title for c in cited), self.sources)
        given = bigrams(_LIGHT.sub("", said))
        for clause in re.split(r"[，。；：:！？]", _without_places(text, self.sources)):
            told = bigrams(_LIGHT.sub("", clause))
            if len(told) > most and len(told & given) / len(told) < _CLAUSE_SHARE:
                return ["说法在依据中找不到"]
        return []


_LIGHT = re.compile(r"[\d.]+年?|[为达是]")
"""What says nothing of what a clause tells: numbers, years, and words between a name and its figure."""


def _scales_told(text: str) -> set[int]:
    """One, and the scale of the amount that a claim tells (增加|33.9亿元)."""
    told = re.search(r"[\d.](万亿|亿|万)", _SHOWN_SUM.sub("", text))
    return {1, SCALES[told[1]]} if told else {1}


def _is_sum_over(shown: str, values: Sequence[Decimal], scale: int) -> bool:
    """Whether a sum shown is over the values, all of them written in one scale, and over no other numbers."""
    terms = Counter(abs(v) / scale for v in values)
    constants = Counter([Decimal(len(values)), Decimal(100), Decimal(1)])
    written = Counter(Decimal(n) for n in _NUMBER.findall(shown))
    return not (terms - written or written - terms - constants)


def _of_the_year(text: str, derivation: Derivation, facts: Sequence[Fact]) -> bool:
    """Whether the figures of a claim are of its year, which their sentence need not tell, as the library dates them."""
    known = bool(derivation.inputs) and {f.id for f in facts} >= set(derivation.inputs)
    figures = [[f for f in facts if _same(q, f.quantity)] for q in scan(text)]
    dated = [any(year_of(f) == derivation.result for f in same) for same in figures if same]
    return known and bool(dated) and all(dated)


def _turns(text: str, operation: str, inputs: Sequence[Fact]) -> bool:
    """Whether the first figure stood before the second, and the claim tells this direction and no other."""
    first, last = inputs
    before = is_baseline(first) or (first.period.end or "") < (last.period.end or "")
    told = {name for name, words in _TURNS.items() if words.search(text)}
    return before and told == {operation}


def _with_unit_from_afar(quoted: Sequence[Quantity], facts: Sequence[Fact]) -> list[Quantity]:
    """The quantities of facts whose number stands without its unit in the quote (分别为3、5名)."""
    return [f.quantity for f in facts if f.quantity.unit and not any(_same(f.quantity, q) for q in quoted)]


def _same(told: Quantity, given: Quantity) -> bool:
    """Equal in value, unit and bound, however written (2.4亿元 = 24000万元, 二十个 = 20个); no unit is put in."""
    if told.value != given.value or told.value_high != given.value_high:
        return False
    if told.unit not in (None, given.unit):
        return False
    return told.bound == given.bound


def _derives(q: Quantity, derivation: Derivation, facts: Sequence[Fact]) -> bool:
    """Whether a number is the derivation's result with its unit and bound, or one of its terms."""
    inputs = [f.quantity for f in facts if f.id in derivation.inputs]
    terms = {abs(i.value): i.bound for i in inputs}
    if q.unit is None and (q.value in terms or q.value == len(derivation.inputs)):
        return q.bound in ("exact", terms.get(q.value, "exact"))
    return (
        q.value == Decimal(derivation.result)
        and q.bound == bound_of(derivation.operation, inputs)
        and q.unit in (None, derivation.unit)
    )


def _names_kept(text: str, cited: Sequence[Citation]) -> list[str]:
    """Names in quotation marks, and numbers that count nothing (“1+5+N”, 18时, 每季度一次), are the source's own."""
    given = normalize("NFKC", squeezed("".join(c.quote.replace("\t", "，") + c.title for c in cited)))
    plain = normalize("NFKC", squeezed(_SHOWN_SUM.sub("", text)))
    counted = [q.span for q in scan(plain)]
    found = [f"“{name}”不是原文的说法" for name in _NAMED.findall(plain) if name not in given]
    for number in (m for p in (_NUMBER, _HAN_NUMBER) for m in p.finditer(plain)):
        own = Span(*number.span(number.lastindex or 0))
        if overlapped(counted, own) is None and number.group() not in _SAYS_NOTHING:
            if not re.search(rf"(?<![\d.]){re.escape(number.group())}(?![\d.])", given):
                found.append(f"{number.group()!r} 不在依据中")
    return found


_SIGN_ALONE = re.compile(r"(?<![\d\s.])[%％]")
"""A sign of percent without its number (半%)."""


def _words_kept(text: str, cited: Sequence[Citation], facts: Sequence[Fact]) -> list[str]:
    """Plans stay plans, what was not done stays not done, periods stay as they are, 累计 is not put in."""
    quotes = "".join(c.quote for c in cited)
    told = scan(text)
    found = []
    mine = [f for f in facts if any(_same(q, f.quantity) for q in told)]
    if mine and all(f.status == "planned" for f in mine) and not says_planned(text):
        found.append("依据说的是计划，不是已完成")
    if any(f.status == "planned" for f in mine):
        kept = _plans_of_figures_kept(text, squeezed(quotes), told, mine)
    else:
        kept = _plans_kept(text, squeezed(quotes), bool(mine))
    if not kept:
        found.append("依据没有说是计划")
    done = bool(mine) and all(f.status in ("done", "ongoing") for f in mine)
    if not done and _plans_nearby(text, cited):
        found.append("依据说的是计划，不是已完成")
    if bool(_NEGATION.search(text)) and not _NEGATION.search(quotes):
        found.append("依据没有这个否定说法")
    if _denied(text, cited):
        found.append("依据说的是没有或未做")
    if "未达" in text and "未达" not in quotes:
        found.append("依据没有说是未达")
    if _SIGN_ALONE.search(text) and not _SIGN_ALONE.search(quotes):
        found.append("“%”前没有数")
    if _CUMULATIVE.search(text) and not re.search("累计|共", quotes):
        found.append("依据没有说是累计")
    found += [f"{q.surface!r} 在依据中不是这个时间的数" for q in _of_other_times(text, told, facts)]
    return found + _times_kept(text, cited, facts, _told_period(text, mine))


_IN_BRACKETS = re.compile("[（(][^（）()]{1,12}[)）]")
_YEAR_BEFORE = re.compile(r"^(?:今年|本年|去年|上年|\d{4}年)(?=.)")


_SINCE = re.compile("[由从较比][^，。；]*$")
"""Before a figure that another is told from, with its time (2024年，覆盖率由2023年底的|89.5%提高到93.7%)."""


def _of_other_times(text: str, told: Sequence[Quantity], facts: Sequence[Fact]) -> list[Quantity]:
    """The figures before which another time of their sentence is told than theirs (7月、8月分别为3.2亿元、3.9亿元).

    Behind several times the figures stand in their order; a time in brackets behind a figure is its own.
    """
    wrong, before, last = [], 0, -1
    lead = text[: min((q.span.start for q in told), default=0)]
    in_row = len({f.period.text for f in facts if _at(lead, f) >= 0}) > 1 and not _SINCE.search(lead)
    for q in sorted(told, key=lambda q: q.span):
        mine = [f for f in facts if _same(q, f.quantity)]
        aside = _IN_BRACKETS.match(text, q.span.end)
        around = aside.group() if aside else text[before : q.span.start]
        if mine and not any(_may_be_then(around, f, facts) for f in mine):
            wrong.append(q)
        elif len(mine) == 1 and in_row and (at := _at(lead, mine[0])) >= 0:
            wrong += [q] if at < last else []
            last = at
        before = aside.end() if aside else q.span.end
    return wrong


def _may_be_then(before: str, fact: Fact, facts: Sequence[Fact]) -> bool:
    """Whether what stands before a figure tells its time, or no other of its sentence."""
    if fact.period.basis != "stated" or not _TIMES.search(fact.period.text or "") or _at(before, fact) >= 0:
        return True
    beside = [f for f in facts if (f.article, f.sentence, f.period.basis) == (fact.article, fact.sentence, "stated")]
    return not any(f.period.text != fact.period.text and _at(before, f) >= 0 for f in beside)


def _at(text: str, fact: Fact) -> int:
    """Where a text tells the period of a figure, its year apart; -1 where it does not."""
    own = _YEAR_BEFORE.sub("", squeezed(fact.period.text or ""))
    found = re.search(rf"(?<![\d—-]){re.escape(own)}", squeezed(text)) if own else None
    return found.start() if found else -1


def _times_kept(text: str, cited: Sequence[Citation], facts: Sequence[Fact], same_period: str = "") -> list[str]:
    """Every date, month, quarter and year told stands in a quote as often, or is the period of a cited fact.

    ``same_period``: what tells the facts' period in other words; of it only days and hours must be the source's.
    """
    quotes = squeezed("，".join(c.quote for c in cited))
    periods = [f.period.text or "" for f in facts]
    same = set(_TIMES.findall(same_period))
    found = []
    for time, n in Counter(_TIMES.findall(squeezed(text))).items():
        if time in same and time[-1] not in "日号时点":
            continue
        whole = re.compile(rf"(?<!\d){time}")
        if n > max(len(whole.findall(quotes)), any(whole.search(p) for p in periods)):
            found.append(f"时间 {time!r} 不在依据中")
    return found


def _plans_kept(text: str, quotes: str, done: bool) -> bool:
    """Whether each plan word is the source's; before a figure that the source tells as done, with what follows it."""
    text = squeezed(text)
    after = 2 if done else 0
    return all(text[m.start() : m.end() + after] in quotes for m in _PLAN_WORD.finditer(text))


def _plans_of_figures_kept(text: str, quotes: str, told: Sequence[Quantity], facts: Sequence[Fact]) -> bool:
    """Whether each plan word stands before a figure that is planned, or is the source's with what follows it."""
    for m in _PLAN_WORD.finditer(text):
        figure = next((q for q in told if q.span.start >= m.end()), None)
        same = [f for f in facts if figure and _same(figure, f.quantity)]
        if same and all(f.status != "planned" for f in same) and text[m.start() : m.end() + 2] not in quotes:
            return False
    return True


def _told_period(text: str, facts: Sequence[Fact]) -> str:
    """The period a claim tells, where it is that of the facts in other words (2026年1—8月 for 今年1至8月); else ""."""
    told = find_period(text, None)
    if told is None or told.start is None:
        return ""
    same = any((f.period.start, f.period.end) == (told.start, told.end) for f in facts)
    return squeezed(told.text or "") if same else ""


def _plans_nearby(text: str, cited: Sequence[Citation]) -> bool:
    """Whether the words told stand in a planning clause of the quote, and the claim left the plan word out."""
    if says_planned(text):
        return False
    for citation in cited:
        for clause in re.split(r"[，。；]", citation.quote):
            mark = planned_at(clause)
            after = bigrams(clause[mark:]) if mark is not None else frozenset()
            if len(after) >= 4 and len(after & bigrams(text)) / len(after) >= _SAID_AGAIN:
                return True
    return False


def _denied(text: str, cited: Sequence[Citation]) -> bool:
    """The quoted words around what the claim says are negated, and the claim left that out."""
    if _NEGATION.search(text):
        return False
    for citation in cited:
        for negation in _NEGATION.finditer(citation.quote):
            after = re.split(r"[，。；]", citation.quote[negation.end() :])[0][:8]
            if (
                len(after) >= 3
                and after[:4] in text
                and citation.quote[negation.start() : negation.end() + 4] not in text
            ):
                return True
    return False


def _without_places(text: str, sources: Sources) -> str:
    for mention in reversed(sources.gazetteer.find(text)):
        text = text[: mention.span.start] + "　" + text[mention.span.end :]
    return text


def read_answer(raw: object) -> tuple[list[Claim], list[Citation]]:
    """Claims and citations of an answer in the contract's form, from any source.

    Raises:
        UsageError: it has not that form.
    """
    from answer.reading import parse

    return parse(raw)


def verify_answer(raw: object, sources: Sources) -> list[Verdict]:
    """A verdict for each claim of an answer in the contract's form."""
    claims, citations = read_answer(raw)
    return verify_claims(claims, citations, sources)
