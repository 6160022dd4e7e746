"""Arithmetic over the quantities of facts: results, how sure they are, and which of two is the greater."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from corpus.model import Bound, Quantity

_UPWARD = {"exact", "approx_above", "at_least", "more_than"}
_DOWNWARD = {"exact", "less_than"}
_VAGUE = Decimal("0.1")
"""How far, as a share, an approximate value may lie from what is written."""


def compute(operation: str, values: Sequence[Decimal]) -> Decimal | None:
    """The result of an operation over values, or None where the operation is not known or has none.

    >>> compute("sum", [Decimal(16), Decimal(39)]), compute("growth", [Decimal(30), Decimal(20)])
    (Decimal('55'), Decimal('50.0'))
    """
    if not values:
        return None
    match operation:
        case "sum":
            return sum(values, Decimal(0))
        case "mean":
            return sum(values, Decimal(0)) / len(values)
        case "difference":
            return values[0] - sum(values[1:], Decimal(0))
        case "increase" | "decrease":
            change = values[1] - values[0] if len(values) == 2 else Decimal(-1)
            change = -change if operation == "decrease" and len(values) == 2 else change
            return change if change >= 0 else None
        case "ratio":
            return values[0] / values[1] if len(values) == 2 and values[1] else None
        case "share":
            return sum(values[:-1], Decimal(0)) / values[-1] * 100 if len(values) > 1 and values[-1] else None
        case "growth":
            return (values[0] / values[1] - 1) * 100 if len(values) == 2 and values[1] else None
        case "max":
            return max(values)
        case "min":
            return min(values)
    return None


def bound_of(operation: str, inputs: Sequence[Quantity]) -> Bound:
    """What can be said of a result: exact only where every input is; 余 where all lie at or above what is written.

    >>> from corpus.model import Span
    >>> more = Quantity("30余", Decimal(30), None, "个", "approx_above", Span(0, 3))
    >>> bound_of("sum", [more, more]), bound_of("difference", [more, more])
    ('approx_above', 'approx')
    """
    bounds = {"approx" if q.bound == "range" else q.bound for q in inputs}
    if bounds == {"exact"}:
        return "exact"
    if operation in ("sum", "mean", "max", "min"):
        if bounds <= _UPWARD:
            return "approx_above"
        if bounds <= _DOWNWARD:
            return "less_than"
    return "approx"


def undecided(a: Quantity, b: Quantity) -> bool:
    """Whether their bounds leave open which of two quantities is the greater (2000余 and 1980, 近100 and 98)."""
    vague = {a.bound, b.bound} - {"exact"}
    small, large = sorted((a.value, b.value))
    return bool(vague) and (small == large or small >= large * (1 - _VAGUE))
