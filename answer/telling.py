"""The sentences that tell best how a place does something: what was done, with what, by whom, not what was achieved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from answer.likeness import headings_over, paragraph_around, plainly, title_of
from answer.plan import Question
from answer.sources import Sources
from answer.speaking import FoundSentence, by_part, find_sentences, meanings, speaking
from answer.ways import of_other, ways_of
from corpus.model import Article, Span
from extract.sentences import paragraphs

_AND = re.compile(r"以及|[和与及、，,]|还有")
_WAYS = re.compile(r"方面|上的|做法|情况|的$|^的")
_MEASURE = re.compile(
    r"建立|推行|选派|组建|开展|印发|制定|打造|构建|联合|依托|通过|成立|搭建|指导|健全|完善|创新|实行|设立|明确|统一|整合|聘请|招募|出资|列支|补助|补贴|奖补|承担|签订|落实|配备|提供|试点|发放|上门|分片|派驻|招用|定级|评定|公示|兑换|结对|帮带|包案|会诊|调解员|轮值|领办|认领|捎带|统一|按[^，。]{1,8}[计分]"
)
_PRAISE = re.compile(
    r"新格局|高质量发展|新篇章|新路径|坚实|显著[增提]|持续提升|不断[提激增]|稳步|有效[提解破激]|成效|充分发挥|奠定|注入|样板|满意度|获得感|幸福感|“组合拳”|提质增效|同频共振|双向奔赴|走深走实|落地生根|强大力量|生力军|活力|不仅是|更是|更要|既要|起来、"
)
FRAGMENT = re.compile(r"^.{0,11}$|(?:说|道|表示|介绍)[，。：]?$|^[“‘].{0,30}[”’]$")
"""Sentences that tell no measure: very short ones, who says something, and what is said."""
_COUNTED = re.compile(r"[率额量数]为?(?:达到?)?\d|\d[万亿余]*(?:起|件|名|人|支|家|个|处|户|场|万人次|人次|%)")
_SITUATION = re.compile(
    "问题|短板|教训|不足|不均|不高|不够|偏[低少慢]|滞后|薄弱|缺乏|闲置|过去|从前|以前|前几年|曾|难在|卡在|犯了愁|难题|尚未|目标|计划|力争"
)
"""Words of how things were or are to be, not of what is done."""
_FOR_A_COUNT = 0.1
"""What a sentence loses that only counts, or only tells how things were."""
_FOR_A_MEASURE, _MOST_FOR_MEASURES, _FOR_A_NAME, _FOR_PRAISE, _MOST_FOR_PRAISE = 0.04, 0.12, 0.03, 0.08, 0.24
_NAMED_WAY = re.compile(
    "[行立设造建展出用施现开定照将按过以动](?:了|起)?“[^”]{2,14}”|“[^”]{2,14}”(?:制度|机制|模式|体系|工作法|行动|服务队|志愿队|队伍|小组|平台|办法|站|室|超市|银行|日|会)"
)
"""A way of doing under a name of its own (推行“老带新”, “五步议事”工作法)."""
_WORDS = 0.3
"""What its words count, beside its meaning, of a sentence of an article that speaks to the question."""
_SPEAKS = 0.28
"""The fit of a sentence of an article that speaks to the question as a whole."""
_NOT_WELL = re.compile("问题|困难|短板|不足|难[点处题]|成效|效果|打算|计划|建议|体会|教训")
"""What is asked beside ways of working."""
_ONE_BY_ONE = 2
"""Ways of the thing asked about that an article must tell for them to be told one by one."""
_LEADING = 0.75
"""How near to the best of a place's articles another must come to be read as well."""


def telling(question: Question, sources: Sources, place: str, n: int) -> list[FoundSentence]:
    """At most ``n`` sentences of a place, in the order they stand: for each aspect asked the best, then the next best.

    Each from a paragraph of its own as far as there are enough.
    """
    here = replace(question, within=(), plan=replace(question.plan, places=(place,)))
    articles = articles_telling(here, sources)
    if not articles:
        return _first_of_paragraphs(here, sources, n) if not question.wanted else []
    candidates = [
        h
        for a in articles
        for h in by_part(speaking(a, question.wanted, None, question.plan.assumed), [place], sources)
        if not FRAGMENT.search(h.text)
    ]
    if question.plan.operation in ("survey", "compare"):
        candidates = [h for h in candidates if not _only_praises(h.text)] or candidates
    if question.plan.operation == "compare" and question.tells and (one_by_one := _ways_told(here, articles, sources)):
        return one_by_one[:n]
    ways = question.tells or bool(question.plan.aspects) if question.plan.operation == "survey" else _of_ways(question)
    if ways and not _NOT_WELL.search(question.text):
        candidates = _headed(candidates, articles)
    rankings = [_ranked(candidates, aspect, sources, ways=ways) for aspect in aspects(question.core)]
    chosen: list[FoundSentence] = []
    for apart in (True, False):
        for hit in (r[turn] for turn in range(n) for r in rankings if turn < len(r)):
            if len(chosen) < n and not _said(hit, chosen, apart=apart):
                chosen.append(hit)
    return sorted(chosen, key=lambda h: (h.article.id, h.span))


def _ways_told(question: Question, articles: Sequence[Article], sources: Sources) -> list[FoundSentence]:
    """The ways that articles tell one by one of the very thing asked about, each its head with what says how."""
    found = []
    for article in articles:
        whole = title_of(article)[0]
        for way in ways_of(article):
            text = whole + plainly(headings_over(article, way.paragraph.start) + way.paragraph.of(article.body))
            says = way.sentences(article)
            if says and all(term.share(text) for term in question.wanted):
                best = max(says, key=lambda span: (_tells_how(span.of(article.body)), -span.start))
                found.append(FoundSentence(article, best, 1.0, head=way.head))
    return list(by_part(found, question.places, sources)) if len(found) >= _ONE_BY_ONE else []


def _of_ways(question: Question) -> bool:
    """Whether places are compared in how they do something, not in figures."""
    return question.plan.operation == "compare" and not question.counts


def _headed(candidates: Sequence[FoundSentence], articles: Sequence[Article]) -> list[FoundSentence]:
    """The candidates without the heads of ways, the first sentence of each way behind its head."""
    ways = [(article, way) for article in articles for way in ways_of(article)]
    heads = {(article.id, says[0]): way.head for article, way in ways if (says := way.sentences(article))}
    names = {(article.id, way.head.start) for article, way in ways}
    told = [h for h in candidates if not any(a == h.article.id and h.span.start <= at < h.span.end for a, at in names)]
    return [replace(h, head=heads.get((h.article.id, h.span))) for h in told or candidates]


def _tells_how(text: str) -> float:
    return concrete(text, ways=True) - (_SITUATION.search(text) is not None or FRAGMENT.search(text) is not None)


def telling_beside(
    question: Question, sources: Sources, place: str, figures: Sequence[tuple[Article, Span]], n: int
) -> list[FoundSentence]:
    """At most ``n`` sentences of the paragraphs in which figures of a place stand, that tell best how it was done."""
    around = {(article.id, paragraph_around(article, span)): article for article, span in figures}
    candidates = [
        h
        for (_, paragraph), article in around.items()
        for h in by_part(speaking(article, question.wanted, paragraph), [place], sources)
        if not FRAGMENT.search(h.text) and not _SITUATION.search(h.text)
    ]
    chosen = _ranked(candidates, question.core, sources, ways=True)[:n]
    return sorted(chosen, key=lambda h: (h.article.id, h.span))


def articles_telling(question: Question, sources: Sources, *, nearest: bool = True, own: bool = False) -> list[Article]:
    """The articles of the place that speak to the question, or else the ``nearest`` that search finds.

    ``own``: only for what they tell of the place itself, not of places in it.
    """
    told = find_sentences(question, sources, per_place=8)
    found = [h for place, hits in told.items() if not own or place in question.places for h in hits]
    if found:
        best = max(h.score for h in found)
        return list({h.article.id: h.article for h in found if h.score >= _LEADING * best}.values())
    near = sources.search(question.core, 1, sources.scope(question.places)) if question.wanted and nearest else []
    found_article = sources.article(near[0].passage.article) if near else None
    return [found_article] if found_article is not None and found_article.stands else []


def aspects(core: str) -> list[str]:
    """What is asked, and each of several things asked, with the topic before 的 or 在…方面.

    >>> aspects("驿站的资金来源和管理方式")
    ['驿站的资金来源和管理方式', '驿站的资金来源', '驿站的管理方式']
    """
    plain = _WAYS.sub("", core)
    parts = [p for p in _AND.split(plain) if len(p) > 1]
    if len(parts) < 2:
        return [core]
    topic, of, first = parts[0].partition("的")
    others = [f"{topic}的{p}" for p in parts[1:]] if of and first else parts[1:]
    return [core, parts[0], *others]


def _ranked(candidates: list[FoundSentence], aspect: str, sources: Sources, *, ways: bool) -> list[FoundSentence]:
    """Those of the candidates that speak to an aspect, best first, as concrete as can be."""
    meant = meanings(aspect, candidates, sources)
    scored = [
        replace(h, score=_WORDS * h.words + (1 - _WORDS) * meaning + concrete(h.text, ways=ways))
        for h, meaning in zip(candidates, meant, strict=True)
    ]
    speaking_ = (h for h in scored if h.score >= _SPEAKS)
    return sorted(speaking_, key=lambda h: (_aside(h, ways=ways) - h.score, h.article.id, h.span))


def _aside(hit: FoundSentence, *, ways: bool) -> float:
    """What a sentence on problems, results or plans loses where ways of working are asked for."""
    return _FOR_A_COUNT if ways and of_other(hit.article, hit.span.start) else 0.0


def concrete(text: str, *, ways: bool = False) -> float:
    """What a sentence gains that tells measures or names, or loses that praises; of ``ways``, also that only counts."""
    measures = min(_FOR_A_MEASURE * len(set(_MEASURE.findall(text))), _MOST_FOR_MEASURES)
    if ways and not measures and (_COUNTED.search(text) or _SITUATION.search(text)):
        measures = -_FOR_A_COUNT
    praise = min(_FOR_PRAISE * len(set(_PRAISE.findall(text))), _MOST_FOR_PRAISE)
    named = _FOR_A_NAME * (2 if ways and _NAMED_WAY.search(text) else "“" in text)
    return measures + named - praise


def _only_praises(text: str) -> bool:
    """Whether a sentence tells how good something is and no measure (党建引领强根基，行业发展兴活力)."""
    return _PRAISE.search(text) is not None and _MEASURE.search(text) is None


def _said(hit: FoundSentence, chosen: list[FoundSentence], *, apart: bool) -> bool:
    """Whether a sentence is already chosen, or, to stand ``apart``, one of its paragraph."""
    if any(h.text == hit.text for h in chosen):
        return True
    return apart and any(
        h.article.id == hit.article.id
        and paragraph_around(h.article, h.span) == paragraph_around(hit.article, hit.span)
        for h in chosen
    )


def _first_of_paragraphs(question: Question, sources: Sources, n: int) -> list[FoundSentence]:
    """Where a question names no subject: the most concrete sentence of each of the main paragraphs."""
    found: list[FoundSentence] = []
    for article in sources.catalogue.articles(scope=sources.scope(question.places)):
        for paragraph in paragraphs(article.body) if article.stands else ():
            here = by_part(speaking(article, (), paragraph), question.places, sources)
            told = [replace(h, score=concrete(h.text)) for h in here]
            best = max(told, key=lambda h: h.score, default=None)
            if best is not None and best.score >= 2 * _FOR_A_MEASURE:
                found.append(best)
    return found[:n]
