"""A person's corrections of facts, laid over what extraction made: the extraction itself stays as it was.

A correction names one field by the key of ``FIELDS`` and gives its text before and after. Fact ids come from content,
so corrections survive reading a file again and building the indexes anew. The last correction of a field counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, cast

from corpus.errors import UsageError
from corpus.labels import BOUND, FIELD, LEVEL, STATUS
from corpus.model import Fact, Place, PlaceLevel

if TYPE_CHECKING:
    from sqlalchemy import Connection

_MOST_DIGITS = 24
_LONGEST = 200
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Correction:
    """One field of one fact: its text before and after (None: empty), who said so, and when (ISO 8601)."""

    fact: str
    field: str
    old: str | None
    new: str | None
    author: str = ""
    at: str = ""


def corrected(fact: Fact, corrections: Sequence[Correction]) -> Fact:
    """The fact with its corrections, oldest first, laid over it; flagged ``corrected`` where one changed something.

    A review that leaves the fact as it is (confirmed, not_used) is a flag of its own.
    """
    changed = fact
    for field, new in {c.field: c.new for c in corrections}.items():
        if field in FIELDS and field_text(changed, field) != new:
            changed = FIELDS[field].put(changed, new)
    if replace(changed, flags=fact.flags) == fact:
        return changed
    printed = fact.quantity if changed.quantity != fact.quantity else None
    return replace(changed, flags=(*(f for f in changed.flags if f != "corrected"), "corrected"), printed=printed)


def field_text(fact: Fact, field: str) -> str | None:
    """What a field holds, as a correction writes it: decimals plain, a place as ``code path``, None where empty."""
    return FIELDS[field].get(fact) or None


def checked(fact: Fact, field: str, new: str | None) -> Correction | None:
    """The correction that sets a field, or None where the field says so already.

    Raises:
        UsageError: there is no such field, or the text does not fit it.
    """
    if field not in FIELDS:
        raise UsageError(f"没有可更正的栏目 {field!r}，可用：{'、'.join(FIELDS)}。")
    new = (new or "").strip() or None
    try:
        changed = FIELDS[field].put(fact, new)
    except (ValueError, InvalidOperation, KeyError) as exc:
        raise UsageError(f"“{FIELD[field]}”不能写成“{new or ''}”。{FIELDS[field].hint}") from exc
    old, text = field_text(fact, field), field_text(changed, field)
    return None if old == text or changed == fact else Correction(fact.id, field, old, text)


def place_text(place: Place | None) -> str | None:
    """A place as a correction writes it.

    >>> place_text(Place("522732", "三都水族自治县", ("贵州省", "黔南州", "三都水族自治县"), "county"))
    '522732 贵州省>黔南州>三都水族自治县'
    """
    return f"{place.adcode} {'>'.join(place.path)}" if place else None


# --- the fields -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Field:
    get: Callable[[Fact], str | None]
    put: Callable[[Fact, str | None], Fact]
    hint: str = ""


def _required(text: str | None) -> str:
    if not text:
        raise ValueError("empty")
    return text


def _number(text: str | None) -> Decimal:
    value = Decimal(_required(text))
    if not value.is_finite() or abs(value.adjusted()) > _MOST_DIGITS or len(value.as_tuple().digits) > _MOST_DIGITS:
        raise ValueError(text)
    return value


def _text(text: str | None) -> str | None:
    """A short text of a line."""
    if text is not None and (len(text) > _LONGEST or not text.isprintable()):
        raise ValueError(text)
    return text


def _of_quantity(name: str, read: Callable[[str | None], Any], hint: str = "") -> _Field:
    def get(fact: Fact) -> str | None:
        value = getattr(fact.quantity, name)
        return format(value, "f") if isinstance(value, Decimal) else value

    return _Field(get, lambda fact, new: replace(fact, quantity=replace(fact.quantity, **{name: read(new)})), hint)


def _of_fact(name: str, read: Callable[[str | None], Any], hint: str = "") -> _Field:
    return _Field(
        lambda fact: cast("str | None", getattr(fact, name)),
        lambda fact, new: replace(fact, **{name: read(new)}),
        hint,
    )


def _of_period(name: str, hint: str = "") -> _Field:
    def put(fact: Fact, new: str | None) -> Fact:
        if new is not None and name != "text":
            _check_date(new)
        _text(new)
        period = replace(fact.period, **cast("dict[str, Any]", {name: new, "basis": "stated"}))
        if not (period.text or period.start or period.end):
            period = replace(period, basis="none")
        return replace(fact, period=period, flags=tuple(f for f in fact.flags if f != "no_period"))

    return _Field(lambda fact: cast("str | None", getattr(fact.period, name)), put, hint)


def _check_date(text: str) -> None:
    if not _DATE.fullmatch(text):
        raise ValueError(text)
    date.fromisoformat(f"{text}-01-01"[:10])


def _one_of(codes: Sequence[str]) -> Callable[[str | None], str]:
    def read(text: str | None) -> str:
        if text is None or text not in codes:
            raise ValueError(text)
        return text

    return read


def _place(text: str | None) -> Place | None:
    if text is None:
        return None
    match = re.fullmatch(r"(\d{6}) (\S+)", text)
    if match is None:
        raise ValueError(text)
    code, path = match[1], tuple(match[2].split(">"))
    level: PlaceLevel = "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"
    return Place(code, path[-1], path, level)


REVIEWS = ("confirmed", "not_used")
"""What a person may say of a fact that stays as it is."""


def _reviewed(fact: Fact, new: str | None) -> Fact:
    if new is not None and new not in REVIEWS:
        raise ValueError(new)
    kept = tuple(f for f in fact.flags if f not in REVIEWS)
    return replace(fact, flags=(*kept, new) if new else kept)


_SHORT = f"最多 {_LONGEST} 字，不能换行。"
_DATES = "请写成 2026-03-01、2026-03 或 2026。"
FIELDS = {
    "value": _of_quantity("value", _number, "请写数字。"),
    "value_high": _of_quantity("value_high", lambda text: _number(text) if text else None, "请写数字或留空。"),
    "unit": _of_quantity("unit", _text, _SHORT),
    "bound": _of_quantity("bound", _one_of(list(BOUND)), f"可用：{'、'.join(BOUND)}。"),
    "indicator": _of_fact("indicator", lambda text: _required(_text(text)), "请写指标编号。"),
    "indicator_name": _of_fact("indicator_name", lambda text: _required(_text(text)), "请写指标名称。"),
    "object": _of_fact("object", lambda text: _text(text) or "", _SHORT),
    "action": _of_fact("action", lambda text: _text(text) or "", _SHORT),
    "subject": _of_fact("subject", lambda text: _text(text) or "", _SHORT),
    "subject_level": _of_fact("subject_level", _one_of(list(LEVEL)), f"可用：{'、'.join(LEVEL)}。"),
    "status": _of_fact("status", _one_of(list(STATUS)), f"可用：{'、'.join(STATUS)}。"),
    "place": _Field(
        lambda fact: place_text(fact.place), lambda fact, new: replace(fact, place=_place(new)), "请写行政区划代码。"
    ),
    "period_text": _of_period("text"),
    "period_start": _of_period("start", _DATES),
    "period_end": _of_period("end", _DATES),
    "review": _Field(
        lambda fact: next((f for f in REVIEWS if f in fact.flags), None),
        _reviewed,
        f"可用：{'、'.join(REVIEWS)}，或留空。",
    ),
}
"""Every field a person may correct."""


# --- in the catalogue -------------------------------------------------------------------------------------------------


def stored(tx: Connection, facts: Sequence[str] | None = None) -> dict[str, list[Correction]]:
    """All corrections by fact, oldest first; ``facts`` (a page of them) limits to those."""
    from sqlalchemy import select

    from corpus.tables import correction

    columns = (correction.c[name] for name in ("fact", "field", "old", "new", "author", "at"))
    found: dict[str, list[Correction]] = {}
    query = select(*columns).order_by(correction.c.id)
    for row in tx.execute(query if facts is None else query.where(correction.c.fact.in_(facts))):
        found.setdefault(row.fact, []).append(Correction(*row))
    return found


def newest(tx: Connection, before: int | None, limit: int) -> list[tuple[int, Correction]]:
    """Numbered corrections, the newest first, from before a number on."""
    from sqlalchemy import select

    from corpus.tables import correction

    columns = (correction.c[name] for name in ("id", "fact", "field", "old", "new", "author", "at"))
    query = select(*columns).order_by(correction.c.id.desc()).limit(limit)
    rows = tx.execute(query if before is None else query.where(correction.c.id < before))
    return [(row.id, Correction(*row[1:])) for row in rows]


def store(tx: Connection, corrections: Sequence[Correction]) -> None:
    """Append corrections."""
    from dataclasses import asdict

    from sqlalchemy import insert

    from corpus.tables import correction

    if corrections:
        tx.execute(insert(correction), [asdict(each) for each in corrections])
