"""What a figure is compared with, when that stood, and how far they lie apart."""

from __future__ import annotations

import pytest

from tests.conftest import Extracted

Tie = tuple[int, str, int]
Span = tuple[str | None, str | None]
NOW: Span = ("2026-01-01", "2026-06-30")
THEN: Span = ("2025-01-01", "2025-06-30")


@pytest.mark.parametrize(
    ("body", "spans", "ties"),
    [
        (
            "上半年受理纠纷415起，比去年同期的468起少53起。",
            [NOW, THEN, NOW],
            [(1, "baseline_of", 0), (2, "change_of", 0)],
        ),
        (
            "截至2026年6月底，志愿服务队4120个，较2025年末的3860个、2024年末的3120个明显增加。",
            [(None, "2026-06-30"), (None, "2025-12-31"), (None, "2024-12-31")],
            [(1, "baseline_of", 0), (2, "baseline_of", 0)],
        ),
        ("上半年受理纠纷415起，去年同期345起。", [NOW, THEN], [(1, "baseline_of", 0)]),
        ("上半年受理纠纷415起（去年同期为345起）。", [NOW, THEN], [(1, "baseline_of", 0)]),
        # a change without its base, and two figures of one year
        ("上半年受理纠纷415起，比去年同期少53起。", [NOW, NOW], [(1, "change_of", 0)]),
        ("上半年受理纠纷415起，办结345起。", [NOW, NOW], [(1, "part_of", 0)]),
        ("上半年受理纠纷415起，降幅22.3%。", [NOW, NOW], [(1, "change_of", 0)]),
        ("上半年受理纠纷415起，办结率22.3%。", [NOW, NOW], []),
        # beside another's change, one of its own; a level behind it is none
        (
            "上半年受理纠纷415起，比去年同期少53起，咨询增加21起。",
            [NOW, NOW, NOW],
            [(1, "change_of", 0), (2, "change_of", 0)],
        ),
        ("上半年受理纠纷415起，同比下降8.4%，成功率98.9%。", [NOW, NOW, NOW], [(1, "change_of", 0)]),
    ],
)
def test_figures_compared(extracted: Extracted, body: str, spans: list[Span], ties: list[Tie]) -> None:
    facts = extracted(body)
    number = {f.id: i for i, f in enumerate(facts)}
    assert [(f.period.start, f.period.end) for f in facts] == spans
    assert [(i, r.type, number[r.fact]) for i, f in enumerate(facts) for r in f.relations] == ties


@pytest.mark.parametrize(
    ("body", "span"),
    [
        ("上半年受理纠纷415起。去年同期受理345起。", THEN),
        ("上半年受理纠纷415起，2024年同期为345起。", ("2024-01-01", "2024-06-30")),
        ("2025年受理纠纷415起，2023年同期345起。", ("2023-01-01", "2023-12-31")),
        ("上半年受理纠纷415起，2024年为345起。", ("2024-01-01", "2024-12-31")),
        # nothing tells the span
        ("全县受理纠纷415起，去年同期345起。", (None, None)),
    ],
)
def test_the_same_span_of_another_year(extracted: Extracted, body: str, span: Span) -> None:
    last = extracted(body)[-1]
    assert (last.period.start, last.period.end) == span


def test_what_stood_then_is_not_handed_on(extracted: Extracted) -> None:
    facts = extracted("上半年受理纠纷415起，去年同期345起。办结诉求320件。")
    assert (facts[-1].period.start, facts[-1].period.end) == NOW


def test_the_sum_of_years_is_of_them_all(extracted: Extracted) -> None:
    told = "2023年建成农田14.8万亩，2024年建成农田16万亩，2025年建成农田15万亩，"
    sums = {"三年共45.8万亩。": ("2023-01-01", "2025-12-31"), "其中山区2万亩。": ("2025-01-01", "2025-12-31")}
    for end, span in sums.items():
        period = extracted(told + end)[-1].period
        assert (period.start, period.end) == span, end
