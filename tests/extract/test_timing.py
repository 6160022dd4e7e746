"""Whether a figure stands for the period a form states."""

from decimal import Decimal

import pytest

from corpus.model import Fact, Period, Quantity, Span
from extract.facts import Rules
from extract.period import find_period
from extract.workbook.timing import match_period
from tests.conftest import an_article


def _match(rules: Rules, stated: str, told: str, published: str | None = "2026-07-10", *, stock: bool = False) -> str:
    article = an_article(rules, "选派138名。", published=published)
    quantity = Quantity("138名", Decimal(138), None, "名", "exact", Span(2, 6))
    fact = Fact(
        "f", article.id, article.document, article.name, quantity, "i", "i", "党建指导员", "选派", "德清县", "county",
        article.place, find_period(told, published) or Period(), "done", Span(0, 7), article.body, None,
    )  # fmt: skip
    return match_period(find_period(stated, None), fact, article, stock=stock)


@pytest.mark.parametrize(
    ("stated", "told", "match"),
    [
        ("2026年上半年", "2026年上半年", "same"), ("2026年上半年", "2026年1—6月", "same"),
        ("2026年上半年", "截至2026年6月底", "same"), ("截至2026年6月底", "2026年上半年", "same"),
        ("2026年上半年", "2026年1—5月", "within"), ("2026年", "2026年上半年", "within"),
        ("2026年上半年", "2026年二季度", "other"), ("2026年上半年", "2026年6月", "other"),
        ("2026年上半年", "2025年上半年", "other"), ("2026年上半年", "2026年", "other"),
        ("2026年上半年", "2026年三季度", "other"),
        ("2025年", "2026年上半年", "other"), ("2026年上半年", "", "undated"), ("2025年", "", "other"),
        ("2026年6月", "2026年6月", "same"), ("2026年6月", "截至2026年6月底", "other"), ("2026年6月", "", "other"),
        ("2026年上半年", "今年", "other"), ("2026年", "今年", "within"), ("2026年", "截至目前", "within"),
        ("上半年", "2026年上半年", "other"),
    ],
)  # fmt: skip
def test_periods(rules: Rules, stated: str, told: str, match: str) -> None:
    assert _match(rules, stated, told) == match


def test_a_month_takes_what_is_there_at_its_end(rules: Rules) -> None:
    assert _match(rules, "2026年6月", "截至2026年6月底", stock=True) == "same"


def test_a_figure_without_a_date_in_a_text_without_one(rules: Rules) -> None:
    assert _match(rules, "2026年上半年", "", published=None) == "undated"
