"""What the numeral of a quantity is worth: plain, a share, a fraction, a vague number or a half."""

from __future__ import annotations

import re
from decimal import Decimal

from extract.numerals import adjacent, last_scale, numeral, scale


def value_of(match: re.Match[str]) -> tuple[Decimal, Decimal | None] | None:
    """Low and high of a match of the grammar, or None where its characters form no number."""
    if match["per"]:
        n = _signed(match["pern"])
        return None if n is None else (n * 100 * short(match["perk"]) / scale(match["per"]), None)
    if match["den"]:
        n, d = _signed(match["num"]), numeral(match["den"])
        whole = numeral(match["whole"]) if match["whole"] else Decimal(0)
        return None if n is None or not d or whole is None else (round(whole + n / d, 12), None)
    if match["over"]:
        d = Decimal(match["under"])
        return (round(int(match["add"] or 0) + Decimal(match["over"]) / d, 12), None) if d else None
    if match["vscale"]:
        low = Decimal(scale(match["vscale"]))
        return (low, None) if match["vague"] == "成" else (low, low * 10 - 1)
    if match["half"]:
        return (_of_share(match, Decimal(50 if match["half"].endswith(("百", "折")) else "0.5")), None)
    return _plain(match)


def _plain(match: re.Match[str]) -> tuple[Decimal, Decimal | None] | None:
    text, factor = match["n"], short(match["short"])
    more = match["scale"] or match["many"] or ""
    if match["mid"] == "几":
        n, step, factor = numeral(text), max(1, last_scale(text) // 10), scale(more)
        return None if n is None else ((n + step) * factor, (n + 9 * step) * factor)
    pair = adjacent(text)
    if pair and not match["pct"]:
        return pair[0] * scale(more), pair[1] * scale(more)
    n = numeral(text + more)
    if n is None:
        return None
    if match["power"]:
        sign, exponent = match["power"][0], int(match["power"][1:])
        if abs(exponent) > 30:
            return None
        n = n**exponent if sign == "^" else n.scaleb(exponent)
    return _of_share(match, n) * factor + (Decimal("0.5") if match["and"] else 0), None


def _signed(text: str) -> Decimal | None:
    n = numeral(text.lstrip("负-"))
    return -n if n is not None and text[0] in "负-" else n


def short(mark: str | None) -> int:
    """What k, w and M stand for."""
    return {"k": 1000, "w": 10**4, "m": 10**6}[mark.strip().lower()] if mark else 1


def _of_share(match: re.Match[str], value: Decimal) -> Decimal:
    mark = match["pct"] or ""
    if mark.startswith("成"):
        extra = (match["cheng"] or "").strip()
        return value * 10 + (Decimal(5) if extra == "半" else numeral(extra) or 0 if extra else 0)
    return value * 10 if mark == "折" and value <= 10 else value
