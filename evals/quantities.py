"""Numbers, shares, money and measures of peers' test suites, read by ``scan`` and compared with what they expect.

A case is right where the values (and, for money and measures, units) are those expected, in order. Cases that
contradict a documented convention of ours are listed with the convention in ``golds/conventions.csv`` and
counted apart.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from importlib import resources
from pathlib import Path
from typing import Any

from corpus.errors import NotFound
from corpus.model import Quantity
from extract.quantities import scan

Case = dict[str, Any]
Judge = Callable[[Case, list[Quantity]], bool]


@dataclass
class Score:
    """Cases of one task: right, judged and apart (against a convention)."""

    right: int = 0
    judged: int = 0
    apart: int = 0
    wrong: list[str] = field(default_factory=list)


def run_quantities(cases: Path) -> dict[str, Any]:
    """Scores by suite and task.

    Raises:
        NotFound: the cases are not there.
    """
    apart = conventions()
    scores: dict[str, Score] = {}
    for case in read_cases(cases, _JUDGES):
        score = scores.setdefault(f"{case['suite']} {case['task']}", Score())
        if case["id"] in apart:
            score.apart += 1
            continue
        score.judged += 1
        if _JUDGES[case["task"]](case, scan(case["input"])):
            score.right += 1
        else:
            score.wrong.append(case["id"])
    return {
        name: {"right": s.right, "judged": s.judged, "share": s.right / s.judged, "apart": s.apart, "wrong": s.wrong}
        for name, s in scores.items()
    }


def read_cases(cases: Path, tasks: Container[str]) -> list[Case]:
    """The cases of these tasks.

    Raises:
        NotFound: the cases are not there.
    """
    if not cases.is_file():
        raise NotFound(f"没有用例文件 {str(cases)!r}。")
    return [case for case in map(json.loads, cases.read_text("utf8").splitlines()) if case["task"] in tasks]


def conventions() -> dict[str, str]:
    """Which cases contradict which convention of ours, by the id of the case."""
    text = resources.files("evals").joinpath("golds/conventions.csv").read_text("utf8")
    return {row["id"]: row["convention"] for row in csv.DictReader(text.splitlines())}


def _values(wanted: Sequence[Any]) -> Judge:
    numbers = [_decimal(w) for w in wanted]
    return lambda _, found: len(found) == len(numbers) and all(map(_same, (q.value for q in found), numbers))


def _recognized(case: Case, found: list[Quantity]) -> bool:
    return _values([e["Resolution"]["value"] for e in case["expected"]])(case, found)


def _shares(case: Case, found: list[Quantity]) -> bool:
    shares = [q for q in found if q.unit in ("%", "‰", "个百分点")]
    values = [q.value / 10 if q.unit == "‰" else q.value for q in shares]
    wanted = [_decimal(e["Resolution"]["value"].rstrip("%")) for e in case["expected"]]
    return len(values) == len(wanted) and all(map(_same, values, wanted))


def _numeral(case: Case, found: list[Quantity]) -> bool:
    return _values([re.sub(r"NumeralValue|[() ]", "", case["expected"])])(case, found)


def _written(case: Case, found: list[Quantity]) -> bool:
    wanted = case["expected"]
    if not isinstance(wanted, str):
        return _values([wanted])(case, found)
    numbers = re.findall(r"-?[0-9]+(?:\.[0-9]+)?", wanted) or [q.value for q in scan(wanted)]
    return _values(numbers)(case, found)


def _money(case: Case, found: list[Quantity]) -> bool:
    wanted = case["expected"]
    numbers = wanted["num"] if isinstance(wanted["num"], list) else [wanted["num"]]
    low, high = _decimal(numbers[0]), _decimal(numbers[-1])
    if len(found) != 1 or not _same(found[0].value, low):
        return False
    [one] = found
    currency = wanted["case"] if one.unit is not None else None
    bounded = low == high or one.bound in ("approx", "approx_above") or one.value_high == high
    return bounded and one.unit == currency


def _amounts(case: Case, found: list[Quantity]) -> bool:
    texts = [e["text"] for e in case["expected"]]
    money = [q for q in found if q.unit and q.unit.endswith(("元", "镑"))]
    return len(money) == len(texts) and all(q.surface in t or t in q.surface for q, t in zip(money, texts, strict=True))


_MEASURES = {
    "克": ("Gram", "1"), "千克": ("Gram", "1000"), "公斤": ("Gram", "1000"), "斤": ("Gram", "500"),
    "两": ("Gram", "50"),
    "毫克": ("Gram", "0.001"), "升": ("Litre", "1"), "毫升": ("Millilitre", "1"), "加仑": ("Gallon", "1"),
    "米": ("Metre", "1"), "厘米": ("Centimetre", "1"), "公里": ("Kilometre", "1"), "英里": ("Mile", "1"),
    "英尺": ("Foot", "1"), "英寸": ("Inch", "1"), "℃": ("Celsius", "1"), "℉": ("Fahrenheit", "1"),
    "度": ("Degree", "1"), "元": ("Dollar", "1"), "角": ("Cent", "10"), "分": ("Cent", "1"),
    "港元": ("HKD", "1"),
}  # fmt: skip


def _measure(case: Case, found: list[Quantity]) -> bool:
    """``simple Gram 1500``, ``between Metre (1.6, 3.9)``, ``under Gallon 6``."""
    kind, unit, *rest = case["expected"].split(" ", 2)
    numbers = [_decimal(n) for n in re.findall(r"[0-9.]+", rest[0])]
    if len(found) != 1 or found[0].unit not in _MEASURES:
        return False
    [one] = found
    name, factor = _MEASURES[one.unit or ""]
    values = [v * Decimal(factor) for v in (one.value, one.value_high) if v is not None]
    if unit == "CNY":
        unit = "Dollar"
    if unit == "Cent" and name == "Dollar":
        name, values = "Cent", [v * 100 for v in values]
    bounded = {"under": ("less_than",), "above": ("at_least", "more_than")}.get(kind)
    return (
        name == unit
        and len(values) == len(numbers)
        and all(map(_same, values, numbers))
        and (bounded is None or one.bound in bounded)
    )


def _same(left: Decimal, right: Decimal) -> bool:
    return abs(left - right) <= abs(right) * Decimal("1e-9")


def _decimal(text: Any) -> Decimal:  # noqa: ANN401
    try:
        return Decimal(str(text))
    except InvalidOperation:
        return Decimal("NaN")


_JUDGES: dict[str, Judge] = {
    "NumberModel": _recognized, "PercentModel": _shares, "Numeral_ZH": _numeral,
    "strict_data_dict": _written, "normal_data_dict": _written, "smart_data_dict": _written,
    "money_parser": _money, "money_extractor": _amounts,
    "AmountOfMoney_ZH": _measure, "Quantity_ZH": _measure, "Volume_ZH": _measure, "Distance_ZH": _measure,
    "Temperature_ZH": _measure,
}  # fmt: skip
