"""A number and its format → what the sheet shows: 0.95 under ``0%`` is 95%, 46086 under ``yyyy"年"m"月"`` is 2026年3月.

Number formats are those of ECMA-376 part 1, 18.8.30 and 18.8.31, with the ids a Chinese Excel and WPS write.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from ingest.readers.workbooks.cell import Cell
from ingest.readers.workbooks.dateformat import DATE_PARTS, show_date
from ingest.readers.workbooks.digits import Digits, Token

GENERAL = "General"
_SHORT, _MONTH, _DAY = "yyyy/m/d", 'yyyy"年"m"月"', 'm"月"d"日"'
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "¥#,##0;¥-#,##0", 6: "¥#,##0;¥-#,##0", 7: "¥#,##0.00;¥-#,##0.00",
    8: "¥#,##0.00;¥-#,##0.00", 9: "0%", 10: "0.00%", 14: _SHORT, 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: _MONTH, 28: _DAY,
    29: _DAY, 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"', 35: '上午/下午h"时"mm"分"ss"秒"', 36: _MONTH, 37: "#,##0;-#,##0", 38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 41: '#,##0;-#,##0;"-"', 42: '¥#,##0;¥-#,##0;"-"',
    43: '#,##0.00;-#,##0.00;"-"', 44: '¥#,##0.00;¥-#,##0.00;"-"', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss",
    50: _MONTH, 51: _DAY, 52: _MONTH, 53: _DAY, 54: _DAY, 55: '上午/下午h"时"mm"分"', 56: '上午/下午h"时"mm"分"ss"秒"',
    57: _MONTH, 58: _DAY,
}  # fmt: skip
"""The formats that a file names by a number alone, 27 to 36 and 50 to 58 as in Chinese; any other is General."""
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\](?P<escaped>.)|!(?P<dotted>[.,])|_.|\*.|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<half>AM/PM|A/P|上午/下午)|(?P<power>E[+-])"
    r"|(?P<date>y+|m+|d+|h+|s+(?:\.0+)?|aaaa?|e+)|(?P<digit>[0#?])|(?P<literal>.)",
    re.I | re.S,
)
_SECTION = re.compile(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;])*')
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_EPOCH = datetime(1899, 12, 30)
_DAYS_TO_1904, _LAST_DAY = 1_462, 2_958_465
_LONGEST = 60
_MOST = 1e15


@dataclass(frozen=True, slots=True)
class _Section:
    """A part of a format between semicolons: when it holds, and what it shows."""

    tokens: tuple[Token, ...]
    condition: tuple[str, float] | None
    digits: Digits | None
    dated: bool
    plain: bool


def shown(value: float, code: str, *, since_1904: bool = False) -> Cell:
    """What a sheet shows for a number under a format; what cannot be told is shown as it is stored.

    >>> [shown(v, c).text for v, c in ((0.955, "0%"), (3400, "#,##0"), (24000, '0!.0,"万"'), (-1.5, "0;[Red]-0.00"))]
    ['96%', '3,400', '2.4万', '-1.50']
    >>> shown(46086, 'm"月"d"日"')
    Cell(text='3月5日', day='2026-03-05')
    """
    if code in ("", GENERAL) or not abs(value) < _MOST:
        return Cell(plain(value))
    section, magnitude = _chosen(_sections(code), value)
    if section.plain:
        return Cell(plain(value))
    if section.digits is not None:
        return Cell(section.digits.shown(magnitude).strip())
    if section.dated:
        days = value + _DAYS_TO_1904 * since_1904
        return show_date(_EPOCH + timedelta(days), section.tokens) if 0 <= days <= _LAST_DAY else Cell(plain(value))
    return Cell(_words(magnitude, section.tokens).strip())


def day_of(count: int) -> str:
    """The ISO day that a workbook counts as so many.

    >>> day_of(46148)
    '2026-05-06'
    """
    return (_EPOCH + timedelta(count)).date().isoformat()


def plain(value: float) -> str:
    """A number as it is stored, to the 15 digits a sheet keeps.

    >>> plain(12.0), plain(0.1 + 0.2), plain(12345678901.25)
    ('12', '0.3', '12345678901.25')
    """
    return f"{Decimal(f'{value:.15g}'):f}"


def serial(moment: datetime) -> float:
    """The number a sheet keeps for a moment."""
    return (moment - _EPOCH) / timedelta(days=1)


@lru_cache(1024)
def _sections(code: str) -> tuple[_Section, ...]:
    made = []
    at = 0
    while at <= len(code):
        m = _SECTION.match(code, at)
        end = m.end() if m else len(code)
        made.append(_section(code[at:end]))
        at = end + 1
    return tuple(made)


def _section(text: str) -> _Section:
    tokens: list[Token] = []
    condition = None
    for m in _TOKEN.finditer(text):
        kind, said = m.lastgroup, m.group(m.lastgroup or 0)
        if kind == "bracket":
            tokens += _bracket(said)
            if found := _CONDITION.fullmatch(said.strip()):
                condition = found[1], float(found[2])
        elif kind is not None:
            tokens.append(("text" if kind in ("quoted", "escaped", "dotted") else kind, said))
    kinds = {kind for kind, _ in tokens}
    digits = None if "general" in kinds else Digits.of(tuple(tokens))
    fraction = digits is not None and ("literal", "/") in tokens
    unlike = fraction or "power" in kinds or len(tokens) > _LONGEST
    return _Section(tuple(tokens), condition, digits, bool(kinds & DATE_PARTS), unlike)


def _bracket(said: str) -> list[Token]:
    """What a bracket shows: a currency, hours that pass 24, or that digits are Chinese."""
    if m := re.match(r"\$([^-]+)", said):
        return [("text", m[1])]
    if re.fullmatch(r"h+|m+|s+", said, re.I):
        return [("elapsed", said.lower())]
    return [("chinese", "")] if said.upper() == "DBNUM1" else []


def _chosen(sections: tuple[_Section, ...], value: float) -> tuple[_Section, float]:
    """The section of a value, and the value it shows: a section for negative numbers has its own sign."""
    for n, section in enumerate(sections):
        if section.condition and _holds(value, *section.condition):
            return section, abs(value) if n and value < 0 else value
    free = [s for s in sections[:3] if s.condition is None]
    if len(free) < len(sections[:3]):
        return (free[-1] if free else sections[0]), value
    if value < 0 and len(free) > 1:
        return free[1], -value
    return free[2] if value == 0 and len(free) > 2 else free[0], value


def _holds(value: float, sign: str, bound: float) -> bool:
    return {
        "<": value < bound, ">": value > bound, "=": value == bound,
        "<=": value <= bound, ">=": value >= bound, "<>": value != bound,
    }[sign]  # fmt: skip


def _words(value: float, tokens: tuple[Token, ...]) -> str:
    """A section without digits: what it writes, and the number where it says General."""
    if tokens == (("literal", "@"),):
        return plain(value)
    said = ((kind, plain(value) if kind == "general" else text) for kind, text in tokens)
    return "".join(text for kind, text in said if kind in ("general", "text", "literal"))
