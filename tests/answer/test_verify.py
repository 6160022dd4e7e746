"""The mutation test: what an answer says passes, and stops passing as soon as one word of it is not the source's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from answer.sources import Sources
from answer.verify import verify_claims
from api.library import Library
from api.wiring import sources
from corpus.model import Citation, Claim, Quantity
from extract.quantities import scan
from extract.status import says_planned

QUESTIONS = (
    "德清县选派了多少名党建指导员？",
    "寿宁县选派了多少名党建指导员？",
    "各地新就业群体驿站建了多少？列一张表。",
    "阿荣旗、通道县、柞水县、环江县一共选派了多少名党建指导员？",
    "婺源县、宾川县、敦化市、海晏县的志愿服务队各有多少支？",
    "寿光市到年底计划建成多少个驿站？",
    "武隆区上半年的矛盾纠纷调解成功率是多少？",
    "“三级三调”是哪里的做法，包括哪三调？",
    "南京市鼓楼区和福州市鼓楼区的驿站哪里更多？",
)
OTHER_UNITS = {
    "名": "户",
    "人": "户",
    "个": "元",
    "家": "名",
    "支": "名",
    "人次": "元",
    "元": "人",
    "%": "名",
    "件": "名",
}


@dataclass(frozen=True)
class Case:
    claim: Claim
    citations: tuple[Citation, ...]


@pytest.fixture(scope="module")
def cases(sample_library: Library) -> list[Case]:
    answers = [sample_library.ask(q, llm="none") for q in QUESTIONS]
    return [Case(c, a.citations) for a in answers for c in a.claims]


def _passes(case: Case, claim: Claim, sources: Sources) -> bool:
    [verdict] = verify_claims([claim], case.citations, sources)
    return verdict.verified


def _plain(text: str) -> str:
    return re.sub(r"\[\d+\]", "", text)


def _numbers(case: Case) -> Iterator[tuple[str, Quantity]]:
    text = _plain(case.claim.text)
    for quantity in scan(text):
        yield text, quantity


def _cited(case: Case) -> str:
    return "".join(c.quote for c in case.citations if c.n in case.claim.citations)


def test_what_an_answer_says_passes(cases: list[Case], sample_sources: Sources) -> None:
    assert len(cases) > 20
    for case in cases:
        assert _passes(case, case.claim, sample_sources), case.claim.text


def test_no_other_number_passes(cases: list[Case], sample_sources: Sources) -> None:
    tried = 0
    for case in cases:
        for text, q in _numbers(case):
            held = {a.value for a in scan(_cited(case))}
            for digit in re.finditer(r"\d", q.surface):
                for other in "123456789":
                    surface = q.surface[: digit.start()] + other + q.surface[digit.end() :]
                    if other == digit.group() or {a.value for a in scan(surface)} & held:
                        continue
                    changed = text[: q.span.start] + surface + text[q.span.end :]
                    assert not _passes(case, replace(case.claim, text=changed), sample_sources), changed
                    tried += 1
                    break
    assert tried > 40


def test_no_other_chinese_numeral_passes(cases: list[Case], sample_sources: Sources) -> None:
    changed = [
        replace(c.claim, text=c.claim.text.replace("一百二十", "一百三十")) for c in cases if "一百二十" in c.claim.text
    ]
    told = [c for c in cases if "一百二十" in c.claim.text]
    assert changed
    assert not any(_passes(case, claim, sample_sources) for case, claim in zip(told, changed, strict=True))


def test_no_other_unit_passes(cases: list[Case], sample_sources: Sources) -> None:
    tried = 0
    for case in cases:
        for text, q in _numbers(case):
            for unit, other in OTHER_UNITS.items():
                if q.unit == unit and q.surface.endswith(unit):
                    changed = text[: q.span.end - len(unit)] + other + text[q.span.end :]
                    assert not _passes(case, replace(case.claim, text=changed), sample_sources), changed
                    tried += 1
    assert tried > 20


def test_no_bound_may_be_dropped_or_added(cases: list[Case], sample_sources: Sources) -> None:
    dropped = added = 0
    for case in cases:
        for text, q in _numbers(case):
            before, after = text[: q.span.start], text[q.span.end :]
            if q.bound == "exact" and q.unit and case.claim.derivation is None:
                for word in ("近", "超过", "不少于", "约"):
                    changed = before + word + q.surface + after
                    assert not _passes(case, replace(case.claim, text=changed), sample_sources), changed
                    added += 1
            for word in re.findall(r"[余多近约]|以上|左右|超过", q.surface):
                changed = before + q.surface.replace(word, "") + after
                if [a.value for a in scan(changed)]:
                    assert not _passes(case, replace(case.claim, text=changed), sample_sources), changed
                    dropped += 1
    assert added > 40
    assert dropped > 0


def test_no_other_place_passes(cases: list[Case], sample_sources: Sources) -> None:
    place = sample_sources.gazetteer.place
    for case in cases:
        if case.claim.place is None:
            continue
        other = "522732" if case.claim.place != "522732" else "330521"
        assert not _passes(case, replace(case.claim, place=other), sample_sources), case.claim.text
        name = place(case.claim.place).name
        text = case.claim.text.replace(name, place(other).name)
        if text != case.claim.text:
            assert not _passes(case, replace(case.claim, text=text, place=other), sample_sources), text
            assert not _passes(case, replace(case.claim, text=text), sample_sources), text


def test_a_place_of_the_same_library_is_no_better(cases: list[Case], sample_sources: Sources) -> None:
    """The classic: another place's number under a plausible citation."""
    for case in cases:
        if case.claim.place in (None, "330521") or case.claim.derivation:
            continue
        name = sample_sources.gazetteer.place(str(case.claim.place)).name
        stolen = replace(case.claim, text=case.claim.text.replace(name, "德清县"), place="330521")
        assert not _passes(case, stolen, sample_sources), stolen.text


def test_a_plan_stays_a_plan(cases: list[Case], sample_sources: Sources) -> None:
    planned = [c for c in cases if says_planned(c.claim.text) and not says_planned(c.claim.text.replace("计划", ""))]
    assert planned
    for case in planned:
        text = case.claim.text.replace("计划", "已")
        assert not _passes(case, replace(case.claim, text=text), sample_sources), text


@pytest.mark.parametrize("word", ["计划", "拟", "未", "没有"])
def test_what_was_done_becomes_no_plan_and_no_denial(cases: list[Case], sample_sources: Sources, word: str) -> None:
    tried = 0
    for case in cases:
        if says_planned(_cited(case)) or case.claim.derivation is not None:
            continue
        for verb in ("选派", "建成", "设立", "组建", "推行"):
            text = case.claim.text.replace(verb, word + verb, 1)
            if text != case.claim.text:
                assert not _passes(case, replace(case.claim, text=text), sample_sources), text
                tried += 1
    assert tried > 10


def test_no_other_period_passes(cases: list[Case], sample_sources: Sources) -> None:
    tried = 0
    for case in cases:
        if case.claim.derivation is not None:
            continue
        name = sample_sources.gazetteer.place(case.claim.place).name if case.claim.place else ""
        for period in ("2019年", "去年下半年", "一季度", "明年", "2031年5月"):
            if name and name in case.claim.text and period not in _cited(case):
                text = case.claim.text.replace(name, name + period, 1)
                assert not _passes(case, replace(case.claim, text=text), sample_sources), text
                tried += 1
    assert tried > 40


def test_no_total_is_put_in(cases: list[Case], sample_sources: Sources) -> None:
    for case in cases:
        text = case.claim.text.replace("选派", "累计选派", 1)
        if text != case.claim.text and not re.search("累计|共", _cited(case)):
            assert not _passes(case, replace(case.claim, text=text), sample_sources), text


def test_a_derivation_must_be_right_and_over_what_is_cited(cases: list[Case], sample_sources: Sources) -> None:
    case = next(c for c in cases if c.claim.derivation and c.claim.derivation.operation == "sum")
    derivation = case.claim.derivation
    assert derivation is not None
    wrong = str(int(derivation.result) + 1)
    told = case.claim.text.replace(derivation.result, wrong)
    assert not _passes(case, replace(case.claim, text=told), sample_sources)
    assert not _passes(
        case, replace(case.claim, text=told, derivation=replace(derivation, result=wrong)), sample_sources
    )
    assert not _passes(case, replace(case.claim, derivation=replace(derivation, operation="mean")), sample_sources)
    assert not _passes(case, replace(case.claim, derivation=replace(derivation, operation="magic")), sample_sources)
    assert not _passes(case, replace(case.claim, derivation=replace(derivation, inputs=("0" * 16,))), sample_sources)
    assert not _passes(case, replace(case.claim, derivation=None), sample_sources)


def test_an_expression_may_smuggle_in_no_number(cases: list[Case], sample_sources: Sources) -> None:
    case = next(c for c in cases if c.claim.derivation and c.claim.derivation.operation == "sum")
    derivation = case.claim.derivation
    assert derivation is not None
    smuggled = replace(derivation, expression=derivation.expression + " + 777")
    text = case.claim.text.replace(derivation.result, "777名中的" + derivation.result)
    assert not _passes(case, replace(case.claim, text=text, derivation=smuggled), sample_sources)


def test_a_count_of_places_must_be_as_many_as_cited(cases: list[Case], sample_sources: Sources) -> None:
    case = next(c for c in cases if c.claim.derivation and c.claim.derivation.operation == "count")
    derivation = case.claim.derivation
    assert derivation is not None
    more = str(int(derivation.result) + 1)
    text = case.claim.text.replace(derivation.result, more)
    assert not _passes(case, replace(case.claim, text=text), sample_sources)
    padded = replace(derivation, result=more, inputs=(*derivation.inputs, "522732"))
    assert not _passes(case, replace(case.claim, text=text, derivation=padded), sample_sources)


@pytest.mark.parametrize(
    "said", ["资料中有{n}个地方发生群体事件", "资料中有{n}名干部受到处分", "{n}个县市已全面完成改制"]
)
def test_a_count_of_places_carries_no_other_statement(cases: list[Case], sample_sources: Sources, said: str) -> None:
    case = next(c for c in cases if c.claim.derivation and c.claim.derivation.operation == "count")
    assert case.claim.derivation is not None
    text = said.format(n=case.claim.derivation.result)
    assert not _passes(case, replace(case.claim, text=text), sample_sources)


def test_a_citation_must_exist_and_be_the_sources_own_words(cases: list[Case], sample_sources: Sources) -> None:
    case = cases[0]
    assert not _passes(case, replace(case.claim, citations=()), sample_sources)
    assert not _passes(case, replace(case.claim, citations=(99,)), sample_sources)
    quote = case.citations[0].quote
    for changed in (quote.replace("210", "211"), quote[:-1] + "！", "", quote + "。此外还有很多。"):
        forged = Case(case.claim, (replace(case.citations[0], quote=changed),))
        assert not _passes(forged, case.claim, sample_sources), changed
    gone = Case(case.claim, (replace(case.citations[0], article="0" * 16),))
    assert not _passes(gone, case.claim, sample_sources)


def test_a_quote_of_another_article_does_not_carry_it(cases: list[Case], sample_sources: Sources) -> None:
    first, second = cases[0], next(c for c in cases if c.claim.place == "350924")
    crossed = Case(first.claim, second.citations)
    assert not _passes(crossed, first.claim, sample_sources)


@pytest.mark.parametrize(
    ("written", "other"),
    [("7600万元", "0.76亿元"), ("7600万元", "76000000元"), ("97名", "九十七名"), ("97名", "９７名"), ("97名", "97 名")],
)
def test_forms_that_mean_the_same_pass(
    sample_library: Library, sample_sources: Sources, written: str, other: str
) -> None:
    place = "451226"
    fact = next(f for f in sample_library.facts(place) if f.quantity.surface == written)
    article = sample_library.article(fact.article)
    citation = Citation(
        1, article.id, article.title, place, article.name, fact.sentence_text, fact.sentence.start, fact.sentence.end
    )
    clause = next(c for c in re.split("[，；。]", fact.sentence_text) if written in c)
    claim = Claim("环江县" + clause, place, (1,))
    case = Case(claim, (citation,))
    assert _passes(case, claim, sample_sources)
    assert _passes(case, replace(claim, text=claim.text.replace(written, other)), sample_sources)
    assert not _passes(case, replace(claim, text=claim.text.replace(written, "9" + other)), sample_sources)


def test_an_invented_sentence_without_numbers_does_not_pass(cases: list[Case], sample_sources: Sources) -> None:
    case = cases[0]
    claim = replace(case.claim, text="德清县建立了无人机巡查和夜间心理热线制度")
    assert not _passes(case, claim, sample_sources)


def test_a_streets_figure_is_not_the_districts(sample_library: Library, sample_sources: Sources) -> None:
    fact = next(f for f in sample_library.facts("210102") if f.subject == "北市场街道" and f.quantity.surface == "6个")
    article = sample_library.article(fact.article)
    citation = Citation(
        1, article.id, article.title, "210102", article.name, fact.sentence_text, fact.sentence.start, fact.sentence.end
    )
    [verdict] = verify_claims([Claim("沈阳市和平区有驿站6个", "210102", (1,))], [citation], sample_sources)
    assert not verdict.verified


def test_a_national_figure_is_not_the_citys(sample_library: Library, sample_sources: Sources) -> None:
    fact = next(f for f in sample_library.facts() if f.subject_level == "national")
    article = sample_library.article(fact.article)
    assert article.place is not None
    place = article.place.adcode
    citation = Citation(
        1, article.id, article.title, place, article.name, fact.sentence_text, fact.sentence.start, fact.sentence.end
    )
    text = f"{article.place.name}新就业群体规模已{fact.quantity.surface if '超' in fact.quantity.surface else '超' + fact.quantity.surface}"  # noqa: E501
    [verdict] = verify_claims([Claim(text, place, (1,))], [citation], sample_sources)
    assert not verdict.verified


@pytest.mark.parametrize(
    ("quote", "told", "changes"),
    [
        # a grade changed to another of the sentence
        (
            "今年武安市参评社会组织31家，评出5A级2家、4A级6家、3A级12家，登记后三日内复核的不足一半。",
            "武安市参评社会组织31家，评出5A级2家、4A级6家、3A级12家，登记后三日内复核的不足一半",
            [("5A级2家", "6A级2家"), ("4A级6家", "3A级6家"), ("不足一半", "不足二半")],
        ),
        # a month told of the other month's figure
        (
            "武安市7月、8月分别接待游客32万人次、39万人次。",
            "武安市7月接待游客32万人次",
            [("7月", "8月"), ("32万", "39万"), ("7月", "9月")],
        ),
        (
            "武安市1月、11月分别完成投资4.2亿元、5.1亿元。",
            "武安市1月、11月分别完成投资4.2亿元、5.1亿元",
            [
                ("1月、11月分别完成投资4.2亿元、5.1亿元", "11月完成投资4.2亿元"),
                ("4.2亿元、5.1亿元", "5.1亿元、4.2亿元"),
            ],
        ),
        (
            "武安市7月接待游客32万人次，8月接待游客39万人次。",
            "武安市接待游客32万人次（7月），39万人次（8月）",
            [
                ("（7月），39万人次（8月）", "（8月），39万人次（7月）"),
                ("接待游客32万人次（7月），39万人次（8月）", "7月、8月接待游客39万人次、32万人次"),
            ],
        ),
        (
            "今年1—6月，武安市新增企业320家，7月新增企业45家。",
            "武安市1—6月新增企业320家，7月新增企业45家",
            [("320家，7月新增企业45家", "45家，7月新增企业320家"), ("320家，7月新增企业45家", "45家")],
        ),
        # what is planned told of what is done in the same sentence
        (
            "武安市计划改造老旧小区12个，目前已开工8个。",
            "武安市老旧小区计划改造12个，已开工8个",
            [("计划改造12个，已开工8个", "改造12个，计划开工8个"), ("已开工8个", "计划开工8个")],
        ),
    ],
)
def test_each_figure_keeps_its_own_grade_month_and_standing(
    tmp_path: Path, quote: str, told: str, changes: list[tuple[str, str]]
) -> None:
    (tmp_path / "a.txt").write_text(f"武安市工作情况\n\n{quote}（虚构样例）\n", encoding="utf-8")
    with Library.open(tmp_path / "库", create=True) as library:
        library.ingest([tmp_path / "a.txt"])
        [article] = library.articles()
        start = library.article(article.id).body.index(quote)
        citation = Citation(1, article.id, article.title, "130481", article.name, quote, start, start + len(quote))
        case = Case(Claim(told, "130481", (1,)), (citation,))
        assert _passes(case, case.claim, sources(library))
        for true, false in changes:
            assert not _passes(case, replace(case.claim, text=told.replace(true, false)), sources(library)), false
