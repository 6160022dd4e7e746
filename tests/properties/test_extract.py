"""Of any text: spans slice back, forms agree, nothing raises."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.codec import decode, encode
from corpus.model import Article, Fact, Practice
from extract.exclude import context, reason
from extract.facts import Rules, facts
from extract.period import find_period, without_periods
from extract.practices import practices
from extract.quantities import scan
from extract.sentences import clauses, paragraphs, sentences
from retrieval.chunk import LIMIT, chunk, split
from tests.conftest import an_article

FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
WORDS = (
    "选派 党建指导员 驿站 建成 计划 其中 同比 增长 由 提升至 近 余 多 约 超过 不少于 万 亿 元 名 个 家 人次 % 138 2.4 1,250 三十 二〇二六年 今年 上半年 "  # noqa: E501
    "截至目前 德清县 武康街道 全国 “七步法” 《通知》 第3期 ， 。 ； 、 \n （ ） - — ～ 至 分别 和 三分之二 数十 十几 每月 岁 １２ ％ 百分之 0"  # noqa: E501
).split(" ")
GENRE = st.lists(st.sampled_from(WORDS), max_size=40).map("".join)
ANY = st.text(max_size=120)
WIDE = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
UNITS = ("名", "个", "家", "元", "户", "人次", "件", "万元", "场")


@cache
def _rules() -> Rules:
    """Not a fixture: a failing example would print it whole."""
    return Rules.load()


@FEW
@given(GENRE | ANY)
def test_spans_of_quantities_slice_back_and_do_not_overlap(text: str) -> None:
    found = scan(text)
    assert all(q.span.of(text) == q.surface and q.surface for q in found)
    assert all(a.span.end <= b.span.start for a, b in zip(found, found[1:], strict=False))
    around = context(text)
    for q in found:
        assert q.value.is_finite()
        assert q.value_high is None or q.value_high > q.value
        assert isinstance(reason(q, around), str | None)


@FEW
@given(GENRE, GENRE)
def test_two_texts_on_two_lines_have_the_quantities_of_both(one: str, other: str) -> None:
    both = scan(one + "\n" + other)
    apart = [*scan(one), *scan(other)]
    assert [(q.surface, q.value, q.unit, q.bound) for q in both] == [
        (q.surface, q.value, q.unit, q.bound) for q in apart
    ]


@FEW
@given(st.decimals(min_value=0, max_value=10**8, places=2, allow_nan=False), st.sampled_from(UNITS))
def test_full_width_and_half_width_agree(number: Decimal, unit: str) -> None:
    text = f"新增{number}{unit}。"
    [half], [full] = scan(text), scan(text.translate(WIDE))
    assert (half.value, half.unit, half.bound) == (full.value, full.unit, full.bound)


@FEW
@given(st.integers(min_value=1, max_value=10**9), st.sampled_from(UNITS), st.data())
def test_a_changed_digit_changes_the_value(number: int, unit: str, data: st.DataObject) -> None:
    digits = str(number)
    at = data.draw(st.integers(0, len(digits) - 1))
    other = data.draw(st.sampled_from([d for d in "123456789" if d != digits[at]]))
    [before] = scan(f"新增{digits}{unit}。")
    [after] = scan(f"新增{digits[:at]}{other}{digits[at + 1 :]}{unit}。")
    assert before.value != after.value
    assert before.unit == after.unit


@FEW
@given(st.integers(min_value=0, max_value=10**9))
def test_grouped_digits_are_the_same_number(number: int) -> None:
    [plain], [grouped] = scan(f"投入{number}元"), scan(f"投入{number:,}元")
    assert plain.value == grouped.value == number


@settings(FEW, max_examples=40)
@given(GENRE | ANY)
def test_facts_and_practices_of_any_text(text: str) -> None:
    known = _rules()
    article = an_article(known, text)
    found = facts(article, known)
    named = practices(article, found, "test")
    ids = {f.id for f in found}
    assert len(ids) == len(found)
    for fact in found:
        assert fact.quantity.span.of(text) == fact.quantity.surface
        assert fact.sentence.of(text) == fact.sentence_text
        assert fact.object
        assert {r.fact for r in fact.relations} <= ids
        assert fact.duplicate_of is None or fact.duplicate_of in ids
        assert decode(Fact, encode(fact)) == fact
    for practice in named:
        assert all(s.of(text) for s in (*practice.spans, *practice.problem, *practice.measures, *practice.results))
        assert all(m.span.of(text) == m.text for m in practice.members)
        assert decode(Practice, encode(practice)) == practice
    assert decode(Article, encode(article)) == article


@FEW
@given(GENRE | ANY)
def test_pieces_of_a_text_are_in_order_and_within_it(text: str) -> None:
    for cut in (sentences, clauses):
        spans = cut(text)
        assert all(a.end <= b.start for a, b in zip(spans, spans[1:], strict=False))
        assert all(s.of(text).strip() == s.of(text) != "" for s in spans)
    assert "".join("".join(p.of(text).split()) for p in paragraphs(text)) == "".join(text.split())


@FEW
@given(GENRE | ANY, st.sampled_from(["2026-07-10", "2024-02-29", None]))
def test_a_period_is_in_its_text_and_runs_forward(text: str, published: str | None) -> None:
    found = find_period(text, published)
    if found is not None:
        assert found.text
        assert found.text in text
        if found.start and found.end:
            assert found.start <= found.end
    assert not without_periods(text).strip() or text.strip()


@FEW
@given(st.lists(GENRE, max_size=30).map("".join), st.integers(min_value=20, max_value=LIMIT))
def test_passages_tile_the_body(text: str, limit: int) -> None:
    spans = split(text, limit)
    assert all(0 < s.end - s.start <= limit for s in spans)
    assert all(a.end <= b.start for a, b in zip(spans, spans[1:], strict=False))
    assert "".join("".join(s.of(text).split()) for s in spans) == "".join(text.split())


def test_passages_carry_their_articles_title() -> None:
    article = an_article(_rules(), "选派干部20名。" * 100)
    found = chunk(article)
    assert len(found) > 1
    assert {(p.title, p.article) for p in found} == {(article.title, article.id)}
    assert len({p.id for p in found}) == len(found)
