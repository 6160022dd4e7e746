"""The periods that heads and titles of a form state."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.model import Period
from corpus.spacing import squeezed
from extract.period import find_period

_RELATIVE = re.compile(r"(?:上年|去年)?同期(?:数|值)?|上期(?:数|值)?")
_RUNNING = re.compile(r"(?:本年|今年|当年|年初)(?:以来|至今)?累计(?:数|值|完成)?|(?:本年|今年|当年|年初)(?:以来|至今)")
_EMPTY_BRACKETS = re.compile(r"[（(][\s，,、]*[)）]")


def head_period(text: str, general: Period | None) -> tuple[Period | None, str]:
    """The period a head states and the words that are left; ``general`` is that of the whole form.

    >>> head_period("2023年新建数", None)[0].end, head_period("2023年新建数", None)[1]
    ('2023-12-31', '新建数')
    >>> head_period("上年同期", Period("2026年上半年", "2026-01-01", "2026-06-30", "stated"))[0].end
    '2025-06-30'
    """
    if match := re.fullmatch(r"((?:19|20)\d\d)(?:-(\d\d)-01)?", text):
        text = f"{match[1]}年" + (f"{int(match[2])}月" if match[2] else "")
    if match := _RELATIVE.search(text):
        return _year_before(general, match.group()), (text[: match.start()] + text[match.end() :])
    if match := _RUNNING.search(text):
        return _year_so_far(general, match.group()), text[: match.start()] + text[match.end() :]
    found = find_period(text, general.end if general and general.end else None)
    if found is None or found.text is None or found.basis == "published":
        return None, text
    left = text.replace(found.text, "", 1)
    return found, _EMPTY_BRACKETS.sub("", left)


def _year_before(general: Period | None, said: str) -> Period:
    if general is None or general.end is None or said.startswith("上期"):
        return Period(said, None, None, "stated")
    start, end = (date and f"{int(date[:4]) - 1}{date[4:]}" for date in (general.start, general.end))
    return Period(said, start, (end or "").replace("-02-29", "-02-28") or None, "stated")


def _year_so_far(general: Period | None, said: str) -> Period:
    """From the year's first day to the end of the form's period."""
    if general is None or general.end is None:
        return Period(said, None, None, "stated")
    return Period(said, f"{general.end[:4]}-01-01", general.end, "stated")


def title_period(title: Sequence[str]) -> Period | None:
    """The period that stands above a table: the first that is told with its dates, else the first told.

    >>> title_period(["附件1", "2023年上半年情况统计表", "填报日期：2023年7月5日"]).text
    '2023年上半年'
    """
    said = [re.sub(r"(?:填[报表]|制表|报送|上报|报出)?(?:日期|时间)\s*[:：].*", "", text) for text in title]
    found = [period for text in said if (period := find_period(squeezed(text), None)) is not None]
    return next((p for p in found if p.end), found[0] if found else None)
